"""Known places and organisations that no list of divisions has and no suffix gives away: 长三角, 西湖, 中石油, 新华社.

In: `places.csv` in gazetteer folders. Out: rows; a later folder (the user's) wins over an earlier one by name and kind.
"""

from __future__ import annotations

import csv
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from kg.errors import InputError
from kg.gazetteers.divisions import gazetteer_folder
from kg.gazetteers.historic import commented_rows
from kg.model import ORG_SUBTYPES, PLACE_SUBTYPES, Kind

FILE = "places.csv"
COLUMNS = ("name", "kind", "subtype", "code", "parent_code", "aliases", "source")
SUBTYPES = {Kind.PLACE: PLACE_SUBTYPES, Kind.ORG: ORG_SUBTYPES}


@dataclass(frozen=True, slots=True)
class PlaceRow:
    """A known place or organisation.

    `code` is its own division code or None; `parent_code` the smallest division that holds or governs it, None for one
    of the whole nation or of several provinces. `aliases` keep the file's order. `where` is `file:line`.
    """

    name: str
    kind: Kind
    subtype: str
    code: str | None
    parent_code: str | None
    aliases: tuple[str, ...]
    source: str
    where: str


def load_places(folders: Sequence[Path] | None = None) -> tuple[PlaceRow, ...]:
    """The rows of all folders, by name and kind.

    Args:
        folders: gazetteer folders, the strongest last; default the package's own. One without the file adds nothing.

    Raises:
        InputError: a wrong header, a wrong kind or subtype, a row without name or source, a name twice in one file.
    """
    rows: dict[tuple[str, str], PlaceRow] = {}
    for folder in folders if folders is not None else (gazetteer_folder(),):
        path = folder / FILE
        if path.exists():
            rows.update(_read(path))
    return tuple(row for _, row in sorted(rows.items()))


def places_of(folder: Path) -> tuple[PlaceRow, ...]:
    """The rows of one folder in the order of its file; empty if it has none.

    Raises:
        InputError: as `load_places`.
    """
    path = folder / FILE
    return tuple(_read(path).values()) if path.exists() else ()


def _read(path: Path) -> dict[tuple[str, str], PlaceRow]:
    try:
        lines = commented_rows(path)
    except csv.Error as error:
        raise InputError("cannot read this table", where=str(path), hint=str(error)) from error
    if not lines or tuple(cell.strip() for cell in lines[0][1]) != COLUMNS:
        raise InputError("wrong header", where=str(path), hint="expected " + ",".join(COLUMNS))
    rows: dict[tuple[str, str], PlaceRow] = {}
    for number, cells in lines[1:]:
        if not any(cell.strip() for cell in cells):
            continue  # spreadsheets leave rows of commas behind
        row = read_row(cells, where=f"{path}:{number}")
        if (row.name, row.kind.value) in rows:
            raise InputError(f"{row.name} stands here twice", where=row.where)
        rows[row.name, row.kind.value] = row
    return rows


def read_row(cells: Sequence[str], *, where: str) -> PlaceRow:
    """The row that the cells of one line make.

    Args:
        cells: in the order of `COLUMNS`.
        where: `file:line`, for messages and `PlaceRow.where`.

    Raises:
        InputError: a wrong number of cells, kind or subtype; no name or source.
    """
    if len(cells) != len(COLUMNS):
        raise InputError(f"{len(cells)} cells instead of {len(COLUMNS)}", where=where)
    name, kind_text, subtype, code, parent_code, aliases, source = (cell.strip() for cell in cells)
    if kind_text not in (Kind.PLACE, Kind.ORG):
        raise InputError(f"kind {kind_text!r}", where=where, hint="PLACE or ORG")
    kind = Kind(kind_text)
    if subtype not in SUBTYPES[kind]:
        raise InputError(f"subtype {subtype!r}", where=where, hint="one of " + " ".join(SUBTYPES[kind]))
    if not name or not source:
        raise InputError("name and source must not be empty", where=where)
    return PlaceRow(
        name=name,
        kind=kind,
        subtype=subtype,
        code=code or None,
        parent_code=parent_code or None,
        aliases=tuple(alias.strip() for alias in aliases.replace("；", ";").split(";") if alias.strip()),
        source=source,
        where=where,
    )
