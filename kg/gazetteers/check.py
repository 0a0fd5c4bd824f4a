"""Checking a folder of gazetteers, ours or a user's, before anything is built on it.

In: a folder. Out: problems with file and line; nothing is changed. Sense is not checked, only what a program can see.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from kg.errors import InputError
from kg.gazetteers.divisions import Divisions, load_divisions
from kg.gazetteers.historic import HistoricDivision, commented_rows, load_historic
from kg.gazetteers.places import PlaceRow, load_places
from kg.gazetteers.surnames import load_surnames
from kg.gazetteers.words import is_ordinary_word, word_frequency

# Measured on places.csv: jieba has 农行, 央视, 工行 as nouns too, 418 at most; 花园 and 建设 lie above 1,200.
_FREQUENT = 1000


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """What is wrong where; `line` is 0 if it is the whole file."""

    file: str
    line: int
    message: str


def check_gazetteers(folder: Path) -> list[Problem]:
    """All problems of the gazetteer files in a folder, sorted by file and line; empty if there are none.

    Files that are absent are no problem: a user's folder holds only what the user adds.
    """
    divisions = load_divisions(folder) if (folder / "divisions" / "top.tsv").is_file() else load_divisions()
    problems: list[Problem] = []
    problems += _readable("places.csv", folder, lambda: load_places([folder]))
    problems += _readable("surnames.csv", folder, lambda: load_surnames(folder))
    problems += _readable("historic-divisions.csv", folder, lambda: load_historic(folder / "historic-divisions.csv"))
    if not any(problem.file == "places.csv" for problem in problems):
        problems += _places(load_places([folder]), divisions)
    if not any(problem.file == "historic-divisions.csv" for problem in problems):
        problems += _historic(folder, divisions)
    problems += _short_names(folder, divisions)
    return sorted(problems)


def _readable(name: str, folder: Path, load: Callable[[], object]) -> Iterator[Problem]:
    if not (folder / name).exists():
        return
    try:
        load()
    except InputError as error:
        match = re.search(r":(\d+)$", error.where or "")
        yield Problem(name, int(match.group(1)) if match else 0, error.what)


def _places(rows: tuple[PlaceRow, ...], divisions: Divisions) -> Iterator[Problem]:
    owner: dict[tuple[str, str], str] = {}
    for row in rows:
        line = int(row.where.rsplit(":", 1)[1])
        for code in (row.code, row.parent_code):
            if code is not None and divisions.get(code) is None:
                yield Problem("places.csv", line, f"{row.name}: no division {code}")
        for text in (row.name, *row.aliases):
            if len(text) < 2:
                yield Problem("places.csv", line, f"{row.name}: {text!r} is too short")
            elif len(text) == 2 and is_ordinary_word(text) and word_frequency(text) >= _FREQUENT:
                yield Problem("places.csv", line, f"{row.name}: {text} is an ordinary word")
            if text != row.name and text in divisions.top_aliases():
                yield Problem("places.csv", line, f"{row.name}: {text} is a division's name")
            if owner.setdefault((text, row.kind), row.name) != row.name:
                yield Problem("places.csv", line, f"{row.name}: {text} also names {owner[text, row.kind]}")


def _historic(folder: Path, divisions: Divisions) -> Iterator[Problem]:
    path = folder / "historic-divisions.csv"
    if not path.exists():
        return
    lines = {(cells[0], cells[1]): number for number, cells in commented_rows(path)[1:] if len(cells) > 1}
    seen: set[tuple[str, str | None]] = set()
    rows: list[HistoricDivision] = [row for namesakes in load_historic(path).values() for row in namesakes]
    for row in rows:
        line = lines.get((row.name, row.code or ""), 0)
        if (row.name, row.code) in seen:
            yield Problem(path.name, line, f"{row.name} {row.code or ''} stands here twice")
        seen.add((row.name, row.code))
        if not row.source:
            yield Problem(path.name, line, f"{row.name}: no source")
        if not row.successors:
            yield Problem(path.name, line, f"{row.name}: no successor")
        for code in row.successors:
            if divisions.get(code) is None:
                yield Problem(path.name, line, f"{row.name}: no division {code}")
        if row.since is not None and row.until is not None and row.since >= row.until:
            yield Problem(path.name, line, f"{row.name}: it ended {row.until} and began {row.since}")


def _short_names(folder: Path, divisions: Divisions) -> Iterator[Problem]:
    path = folder / "divisions" / "short-names.csv"
    if not path.exists():
        return
    seen: set[tuple[str, str]] = set()
    for number, cells in commented_rows(path)[1:]:
        if len(cells) != 3 or cells[2] not in ("short", "stem"):
            yield Problem(path.name, number, "expected code,short,form with form short or stem")
            continue
        if divisions.get(cells[0]) is None:
            yield Problem(path.name, number, f"{cells[1]}: no division {cells[0]}")
        if (cells[0], cells[1]) in seen:
            yield Problem(path.name, number, f"{cells[1]} stands here twice")
        seen.add((cells[0], cells[1]))
        if len(cells[1]) > 1 and cells[2] == "short" and is_ordinary_word(cells[1]):
            yield Problem(path.name, number, f"{cells[1]} is an ordinary word")
