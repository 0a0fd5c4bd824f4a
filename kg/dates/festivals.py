"""Readers of lunar dates (农历正月初八), New Year's days (大年初一) and festivals (国庆期间)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta

from kg.dates import patterns
from kg.dates.calendar import When, cycle_year, festival_day, lunar_day, lunar_month, nearest, when
from kg.dates.context import Context
from kg.dates.numerals import read_number, spelled_year
from kg.dates.pieces import Piece

LUNAR_MONTHS = {"正": 1, "冬": 11, "腊": 12}
_YEAR_SHIFT = {"去年": -1, "今年": 0, "明年": 1}


def read_lunar(context: Context, head: re.Match[str], left: When | None) -> Piece | None:
    """正月初八, 农历腊月廿三: a lunar date, given as the day of the common calendar."""
    match = patterns.LUNAR.match(context.text, head.start())
    return lunar_date(context, match, None) if match else None


def lunar_date(context: Context, match: re.Match[str], year: int | None) -> Piece:
    """A lunar date; `year` is the lunar year if one is given before it, 0 if it is given but unknown."""
    now = context.now
    name = match["month"] or match["twin_month"]
    month = LUNAR_MONTHS.get(name) or read_number(name) or 0
    month = -month if match["leap"] else month
    day = read_number((match["day"] or match["twin_day"] or "").removeprefix("初")) or 0
    if match["year"]:
        year = spelled_year(match["year"])
    elif match["cycle"]:
        year = (cycle_year(match["cycle"][:2], now) if now else None) or 0
    elif match["year_word"]:
        year = now.year + _YEAR_SHIFT[match["year_word"]] if now else 0
    years = [year] if year else range(now.year - 2, now.year + 2) if now and year is None else []
    if day:
        found = _nearest(context, [lunar_day(lunar, month, day) for lunar in years])
        return Piece(match.end(), "lunar", when(found) if found else None)
    spans = dict(filter(None, (lunar_month(lunar, month) for lunar in years)))
    first = _nearest(context, list(spans))
    if first is None:
        return Piece(match.end(), "lunar")
    return Piece(match.end(), "lunar", when(first), when(spans[first]))


def read_new_year(context: Context, head: re.Match[str], left: When | None) -> Piece:
    """大年三十, 大年初一: the lunar New Year nearest to the issue."""
    match = patterns.NEW_YEAR.match(context.text, head.start())
    printed = match["day"] if match else ""
    now = context.now
    years = range(now.year - 1, now.year + 2) if now else []
    if printed.startswith("初"):
        days = [lunar_day(year, 1, read_number(printed[1:]) or 1) for year in years]
    else:
        days = [festival_day("除夕", year) for year in years]
    found = _nearest(context, days)
    return Piece(head.end(), "lunar", when(found) if found else None)


def _nearest(context: Context, days: Sequence[date | None]) -> date | None:
    known = [day for day in days if day]
    return nearest(known, context.now) if context.now else min(known, default=None)


def read_festival(context: Context, head: re.Match[str], left: When | None) -> Piece | None:
    """端午, 国庆节: the festival nearest to the issue."""
    return festival(context, head, None)


def festival(context: Context, match: re.Match[str], year: int | None) -> Piece | None:
    """A festival, None if its name stands for something else; `year` is the one given before it, 0 if unknown."""
    name, feast, part = match["festival_name"], match["feast"], match["festival_part"]
    listed = patterns.FESTIVAL_LIST.match(context.text, match.end())
    if name in patterns.NUMBER_NAMES and (part in ("前", "后") or not (feast or part or listed)):
        return None
    if name in patterns.BARE_ROOTS and not (feast or part or listed or year is not None):
        return None
    end = match.end()
    attribute = not part and year is None and not patterns.FESTIVAL_STOP.match(context.text, end)
    if attribute and name in patterns.SOLAR_TERMS:
        return None  # 由冬至夏
    if attribute or patterns.FESTIVAL_PRAISE.search(context.text[max(0, match.start() - 6) : match.start()]):
        return Piece(end, "festival")
    now = context.now
    years = [year] if year else range(now.year - 1, now.year + 2) if now and year is None else []
    day = _nearest(context, [festival_day(patterns.FESTIVALS[name], known) for known in years])
    if day is None or (part and part.endswith(("前", "后")) and part != "前后"):
        return Piece(end, "festival", finer=part or "")
    if part == "前夕":
        day -= timedelta(days=1)
    whole = when(day)
    if part in ("当天", "当日", "这天", "之夜") or (
        not part and name != "春节" and (feast or name not in patterns.BARE_ROOTS)
    ):
        return Piece(end, "festival", whole)
    return Piece(end, "festival", replace(whole, day=0), finer=part or "")
