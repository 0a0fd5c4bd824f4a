"""Checking a folder of gazetteers, ours or a user's, before anything is built on it.

In: a folder. Out: problems with file and line; nothing is changed. Sense is not checked, only what a program can see.
The lists of words (YAML) are checked in `word_lists`, the packed divisions in `division_files`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from kg.errors import InputError
from kg.gazetteers.division_files import check_division_files
from kg.gazetteers.divisions import Divisions, load_divisions
from kg.gazetteers.given_names import load_given_names
from kg.gazetteers.historic import HistoricDivision, commented_rows, load_historic
from kg.gazetteers.places import FILE, PlaceRow, load_places
from kg.gazetteers.problems import Problem
from kg.gazetteers.surnames import load_surnames
from kg.gazetteers.word_lists import check_ontology, check_plain_words, check_suffixes, names_its_source
from kg.gazetteers.words import is_ordinary_word, word_frequency
from kg.model import Kind

# Measured on places.csv: jieba has 农行, 央视, 工行 as nouns too, 418 at most; 花园 and 建设 lie above 1,200.
_FREQUENT = 1000
_KNOWN = (
    FILE,
    "given-names.csv",
    "historic-divisions.csv",
    "ontology.yaml",
    "ordinary-words.txt",
    "suffixes.yaml",
    "surnames.csv",
)


def check_gazetteers(folder: Path) -> list[Problem]:
    """All problems of the gazetteer files in a folder, sorted by file and line; empty if there are none.

    Files that are absent are no problem: a user's folder holds only what the user adds.
    """
    packed = list(check_division_files(folder / "divisions"))
    own = (folder / "divisions" / "top.tsv").is_file() and not any(each.file == "divisions/top.tsv" for each in packed)
    divisions = load_divisions(folder) if own else load_divisions()
    problems = [
        *packed,
        *_unknown_files(folder),
        *_readable(FILE, folder, lambda: load_places([folder])),
        *_readable("surnames.csv", folder, lambda: load_surnames(folder)),
        *_readable("given-names.csv", folder, lambda: load_given_names(folder)),
        *_readable("historic-divisions.csv", folder, lambda: load_historic(folder / "historic-divisions.csv")),
    ]
    broken = {problem.file for problem in problems}
    if FILE not in broken:
        problems += check_places(load_places([folder]), divisions)
    if "historic-divisions.csv" not in broken:
        problems += _historic(folder, divisions)
    problems += names_its_source(folder / "surnames.csv", folder)
    problems += names_its_source(folder / "given-names.csv", folder)
    problems += names_its_source(folder / "look-alikes.txt", folder)
    problems += check_ontology(folder / "ontology.yaml")
    problems += check_suffixes(folder / "suffixes.yaml")
    problems += check_plain_words(folder / "ordinary-words.txt")
    problems += _short_names(folder, divisions)
    return sorted(set(problems))


def check_places(rows: Iterable[PlaceRow], divisions: Divisions) -> Iterator[Problem]:
    """Problems of known places and organisations, in the order of the rows."""
    owner: dict[tuple[str, str], str] = {}
    for row in rows:
        line = int(row.where.rsplit(":", 1)[1])
        for code in (row.code, row.parent_code):
            if code is not None and divisions.get(code) is None:
                yield Problem(FILE, line, f"{row.name}: no division {code}")
        own = divisions.get(row.code) if row.code else None
        if own is not None and row.kind is Kind.PLACE and own.level != row.subtype:
            yield Problem(FILE, line, f"{row.name}: {own.code} is a {own.level}, not a {row.subtype}")
        for text in (row.name, *row.aliases):
            if len(text) < 2:
                yield Problem(FILE, line, f"{row.name}: {text!r} is too short")
            elif len(text) == 2 and is_ordinary_word(text) and word_frequency(text) >= _FREQUENT:
                yield Problem(FILE, line, f"{row.name}: {text} is an ordinary word")
            if text != row.name and text in divisions.top_aliases():
                yield Problem(FILE, line, f"{row.name}: {text} is a division's name")
            if owner.setdefault((text, row.kind), row.name) != row.name:
                yield Problem(FILE, line, f"{row.name}: {text} also names {owner[text, row.kind]}")


def _unknown_files(folder: Path) -> Iterator[Problem]:
    """Tables and lists under a name that nothing reads: `place.csv` would be left out without a word."""
    for path in sorted(folder.glob("*")):
        if path.suffix.lower() in (".csv", ".yaml", ".yml", ".tsv") and path.name not in _KNOWN:
            yield Problem(path.name, 0, f"no file of this name is read; known are {', '.join(_KNOWN)}")


def _readable(name: str, folder: Path, load: Callable[[], object]) -> Iterator[Problem]:
    if not (folder / name).exists():
        return
    try:
        load()
    except InputError as error:
        match = re.search(r":(\d+)$", error.where or "")
        said = f"{error.what}; {error.hint}" if error.hint else error.what
        yield Problem(name, int(match.group(1)) if match else 0, said)


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
    name = f"divisions/{path.name}"
    seen: set[tuple[str, str]] = set()
    try:
        rows = commented_rows(path)[1:]
    except InputError as error:
        yield Problem(name, 0, f"{error.what}; {error.hint}")
        return
    for number, cells in rows:
        if len(cells) != 3 or cells[2] not in ("short", "stem"):
            yield Problem(name, number, "expected code,short,form with form short or stem")
            continue
        if divisions.get(cells[0]) is None:
            yield Problem(name, number, f"{cells[1]}: no division {cells[0]}")
        if (cells[0], cells[1]) in seen:
            yield Problem(name, number, f"{cells[1]} stands here twice")
        seen.add((cells[0], cells[1]))
        if len(cells[1]) > 1 and cells[2] == "short" and is_ordinary_word(cells[1]):
            yield Problem(name, number, f"{cells[1]} is an ordinary word")
    yield from names_its_source(path, folder)
