"""Known places and organisations that no list of divisions has and no suffix gives away: 长三角, 西湖, 中石油, 新华社.

In: `places.csv` in gazetteer folders. Out: rows; a later folder (the user's) wins over an earlier one by name and kind.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from kg.errors import InputError
from kg.gazetteers.divisions import gazetteer_folder
from kg.gazetteers.historic import commented_rows
from kg.model import ORG_SUBTYPES, PLACE_SUBTYPES, Kind

COLUMNS = ("name", "kind", "subtype", "code", "parent_code", "aliases", "source")
_SUBTYPES = {Kind.PLACE: PLACE_SUBTYPES, Kind.ORG: ORG_SUBTYPES}


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
        path = folder / "places.csv"
        if path.exists():
            rows.update(_read(path))
    return tuple(row for _, row in sorted(rows.items()))


def _read(path: Path) -> dict[tuple[str, str], PlaceRow]:
    lines = commented_rows(path)
    if not lines or tuple(lines[0][1]) != COLUMNS:
        raise InputError("wrong header", where=str(path), hint="expected " + ",".join(COLUMNS))
    rows: dict[tuple[str, str], PlaceRow] = {}
    for number, cells in lines[1:]:
        where = f"{path}:{number}"
        if len(cells) != len(COLUMNS):
            raise InputError(f"{len(cells)} cells instead of {len(COLUMNS)}", where=where)
        name, kind_text, subtype, code, parent_code, aliases, source = (cell.strip() for cell in cells)
        if kind_text not in (Kind.PLACE, Kind.ORG):
            raise InputError(f"kind {kind_text!r}", where=where, hint="PLACE or ORG")
        kind = Kind(kind_text)
        if subtype not in _SUBTYPES[kind]:
            raise InputError(f"subtype {subtype!r}", where=where, hint="one of " + " ".join(_SUBTYPES[kind]))
        if not name or not source:
            raise InputError("name and source must not be empty", where=where)
        if (name, kind.value) in rows:
            raise InputError(f"{name} stands here twice", where=where)
        rows[name, kind.value] = PlaceRow(
            name=name,
            kind=kind,
            subtype=subtype,
            code=code or None,
            parent_code=parent_code or None,
            aliases=tuple(alias for alias in aliases.split(";") if alias),
            source=source,
            where=where,
        )
    return rows
