"""Looking names up: everything that may be called so, with its path; one region of a name or code; what lies in it.

In: a name, the user's folders. Out: plain rows. For a person who asks, not for running text.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from kg.errors import InputError
from kg.gazetteers.divisions import Division, Divisions, gazetteer_folder
from kg.gazetteers.places import PlaceRow, load_places, places_of

_SHOWN = 5  # namesakes named in a message


@dataclass(frozen=True, slots=True)
class Meaning:
    """One thing that a name may mean.

    `code` is its own division code, `path` the names from the province down to it, `source` says which list has it:
    `divisions`, `historic`, `places`, or the folder of the user's row. `note` is the former code's years or the name
    in full where an alias was asked for.
    """

    name: str
    level: str
    code: str | None
    path: tuple[str, ...]
    source: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class Branch:
    """A division with what lies in it; `places` are rows of `places.csv` directly in it."""

    division: Division
    below: tuple[Branch, ...]
    places: tuple[PlaceRow, ...] = ()


def find_meanings(
    divisions: Divisions, name: str, *, folders: Sequence[Path] = (), within: str | None = None
) -> tuple[Meaning, ...]:
    """All that a text may call `name`: the user's rows first, then divisions by code, former names, known places.

    Args:
        folders: the user's gazetteer folders, the strongest last.
        within: only what lies in the division of this code.

    Raises:
        InputError: a file of a folder cannot be read.
    """
    inside = within or ""
    own: list[Meaning] = []
    for folder in reversed(folders):
        own += [_of_row(divisions, row, str(folder), name) for row in places_of(folder) if name in _names(row)]
    found = [
        Meaning(
            division.name,
            division.level,
            division.code,
            path_names(divisions, division.code),
            "divisions",
            "" if division.name == name else name,
        )
        for division in divisions.find(name, within=within, deep=within is None)
    ]
    former = [
        Meaning(
            row.name,
            "historic",
            row.code,
            path_names(divisions, successor.code),
            "historic",
            _years(row.since, row.until),
        )
        for row in divisions.historic(name)
        if (successor := divisions.successor(row)) is not None and successor.code.startswith(inside)
    ]
    known = [
        _of_row(divisions, row, "places", name) for row in load_places((gazetteer_folder(),)) if name in _names(row)
    ]
    if within is not None:
        names = path_names(divisions, within)
        own = [each for each in own if each.path[: len(names)] == names]
        known = [each for each in known if each.path[: len(names)] == names]
    return (*own, *found, *former, *known)


def find_region(divisions: Divisions, text: str) -> Division:
    """The one division that a code, a name or a printed path means.

    Raises:
        InputError: there is none, or several.
    """
    division = divisions.get(text.strip()) or divisions.parse_region(text)
    if division is not None:
        return division
    namesakes = divisions.find(text.strip(), deep=True)
    if len(namesakes) == 1:
        return namesakes[0]
    if not namesakes:
        raise InputError(f"no division is known as {text}", hint="write the whole path, such as 浙江省衢州市柯城区")
    paths = ", ".join(f"{''.join(path_names(divisions, each.code))} ({each.code})" for each in namesakes[:_SHOWN])
    more = " …" if len(namesakes) > _SHOWN else ""
    raise InputError(f"{len(namesakes)} divisions are called {text}", hint=f"say which: {paths}{more}")


def region_tree(divisions: Divisions, code: str, *, depth: int, folders: Sequence[Path] = ()) -> Branch:
    """A division and what lies in it.

    Args:
        code: of an existing division.
        depth: levels below it to show; 0 shows none.
        folders: the user's gazetteer folders; their places stand beside the package's.

    Raises:
        InputError: there is no such division, or a file of a folder cannot be read.
    """
    division = divisions.get(code)
    if division is None:
        raise InputError(f"no division is known as {code}")
    rows = load_places((gazetteer_folder(), *folders))
    return _branch(divisions, division, depth, rows)


def path_names(divisions: Divisions, code: str) -> tuple[str, ...]:
    """The names from the province down to a division; empty for an unknown code."""
    return tuple(division.name for division in divisions.path(code))


def _branch(divisions: Divisions, division: Division, depth: int, rows: Sequence[PlaceRow]) -> Branch:
    below = divisions.children(division.code) if depth > 0 else ()
    return Branch(
        division,
        tuple(_branch(divisions, each, depth - 1, rows) for each in below),
        tuple(row for row in rows if row.parent_code == division.code and row.code is None) if depth > 0 else (),
    )


def _names(row: PlaceRow) -> tuple[str, ...]:
    return (row.name, *row.aliases)


def _of_row(divisions: Divisions, row: PlaceRow, source: str, asked: str) -> Meaning:
    code = row.code or row.parent_code
    path = path_names(divisions, code) if code else ()
    if row.code is None:
        path = (*path, row.name)
    return Meaning(row.name, row.subtype, row.code, path, source, "" if row.name == asked else asked)


def _years(since: int | None, until: int | None) -> str:
    return f"{since or ''}–{until or ''}"
