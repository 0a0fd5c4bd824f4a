"""Reading a printed path of divisions (浙江省衢州市柯城区) into the lowest division it names.

In: a string that is nothing but a path; levels may be skipped, shortened or out of date. Out: a `RegionReading`. Not
for running text: finding names there is the matcher's work.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kg.gazetteers.divisions import Division, Divisions

# What a path may contain and what names nothing: blanks, separators, levels that only statistics knows.
_NOISE = re.compile(r"[\s/·,，、>|\-—]+|(?:省|自治区)?直辖县级行政区划|市辖区")
_CORPS = re.compile(r"(?:新疆)?(?:维吾尔自治区)?(?:新疆)?生产建设兵团")
_CORPS_DIVISION = re.compile(r"(?<=新疆)(?:农|第)+[一二三四五六七八九十]+师(?=.)")
# A reading by common abbreviations beats one by bare stems, and any reading by today's names one by former names.
_COST = {"official": 0, "short": 1, "stem": 2}
_HISTORIC_COST = 20


@dataclass(frozen=True, slots=True)
class RegionReading:
    """What a printed path names: today's division, the last name as printed, whether a former name was used."""

    division: Division
    printed: str
    historic: bool


@dataclass(frozen=True, slots=True)
class _Step:
    code: str
    cost: int
    printed: str
    historic: bool


def read_region(divisions: Divisions, text: str) -> RegionReading | None:
    """Read a printed path; None where nothing fits or several divisions of one level fit equally well."""
    text = _CORPS.sub("新疆", _NOISE.sub("", text.strip())).removeprefix("中华人民共和国")
    text = _CORPS_DIVISION.sub("", text)
    if len(text) > 2 and text.startswith("中国"):
        text = text[2:]
    if not 2 <= len(text) <= 60:
        return None
    readings = list(_readings(divisions, text, 0, _Step("", 0, "", False)))
    if not readings:
        return None
    lowest = min(step.cost for step in readings)
    best = [step for step in readings if step.cost == lowest]
    # 吉林 alone is the province; 鼓楼区 alone is nobody's.
    size = min(len(step.code) for step in best)
    best = [step for step in best if len(step.code) == size]
    division = divisions.get(best[0].code)
    if division is None or len({step.code for step in best}) > 1:
        return None
    return RegionReading(division, best[0].printed, best[0].historic)


def _readings(divisions: Divisions, text: str, at: int, above: _Step) -> Iterator[_Step]:
    if at == len(text):
        yield above
        return
    for end in range(len(text), at + 1, -1):
        for step in _steps(divisions, text[at:end], above):
            yield from _readings(divisions, text, end, step)


def _steps(divisions: Divisions, piece: str, above: _Step) -> Iterator[_Step]:
    """The divisions below `above` that `piece` may name."""
    codes = [code for code in divisions.top_aliases().get(piece, ()) if code.startswith(above.code)]
    if above.code and len(above.code) >= 4:
        codes += [division.code for division in divisions.find(piece, within=above.code) if len(division.code) > 6]
    for code in codes:
        if len(code) > len(above.code) and (division := divisions.get(code)):
            form = next(alias.form for alias in divisions.alias_forms(division) if alias.text == piece)
            yield _Step(code, above.cost + _COST[form], piece, above.historic)
    for row in divisions.historic(piece):
        division = divisions.successor(row)
        # 四川省涪陵市 is in 重庆 today: the former code tells that the path once was right.
        was_there = len(above.code) == 2 and (row.code or "").startswith(above.code)
        if division and (was_there or division.code.startswith(above.code)):
            yield _Step(division.code, above.cost + _HISTORIC_COST, piece, True)
