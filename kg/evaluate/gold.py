"""Gold annotations (docs/gold-guide.md) as plain data."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from kg.errors import InputError

Pair = tuple[str, str]


@dataclass(frozen=True, slots=True)
class GoldEntity:
    """A named entity of a page, by its canonical name, with every form the page uses."""

    id: str
    kind: str
    surfaces: tuple[str, ...]
    code: str | None


@dataclass(frozen=True, slots=True)
class GoldRole:
    """A post that the page gives a person; `orgs` are the names its organisation may have, the first the plainest."""

    person: str
    title: str
    org: str | None
    org_also: tuple[str, ...]
    evidence: str | None
    optional: bool


@dataclass(frozen=True, slots=True)
class GoldVisit:
    """A person at a place, once."""

    person: str
    place: str
    date: str | None
    evidence: str | None
    optional: bool


@dataclass(frozen=True, slots=True)
class GoldEvent:
    """A happening; `parts` are (name, part), `unsure` names of participants and places that may be left out."""

    id: str
    kind: str
    date: str | None
    places: tuple[str, ...]
    parts: tuple[Pair, ...]
    unsure: frozenset[str]
    evidence: str | None
    optional: bool


@dataclass(frozen=True, slots=True)
class GoldArticle:
    """An article, by its first characters, with (name, part) of its bylines."""

    id: str
    starts: str
    bylines: tuple[tuple[str, str | None], ...]


@dataclass(frozen=True, slots=True)
class GoldPage:
    """What a careful reader finds on one page. Pairs of `part_of` and `located_in` are (pair, optional)."""

    doc: str
    articles: tuple[GoldArticle, ...]
    entities: tuple[GoldEntity, ...]
    exceptions: tuple[Pair, ...]
    roles: tuple[GoldRole, ...]
    visits: tuple[GoldVisit, ...]
    events: tuple[GoldEvent, ...]
    part_of: tuple[tuple[Pair, bool], ...]
    located_in: tuple[tuple[Pair, bool], ...]
    optional_spans: frozenset[tuple[int, int]]


def read_gold(folder: Path) -> tuple[GoldPage, ...]:
    """Read every `*.json` of a folder.

    Returns:
        Pages sorted by file name; never empty.

    Raises:
        InputError: there is no such folder, no gold page in it, or a file is not a gold page.
    """
    if not folder.is_dir():
        raise InputError("no such folder", where=str(folder))
    paths = sorted(folder.glob("*.json"))
    if not paths:
        raise InputError("no gold pages here", where=str(folder), hint="one .json a page, see docs/gold-guide.md")
    return tuple(_read_page(path) for path in paths)


def _read_page(path: Path) -> GoldPage:
    try:
        return _page(json.loads(path.read_text("utf-8")))
    except OSError as error:
        raise InputError(f"cannot be read: {error.strerror}", where=str(path)) from error
    except ValueError as error:  # JSON and UTF-8 both
        raise InputError("not JSON", where=str(path), hint=str(error)) from error
    except (KeyError, TypeError, AttributeError, IndexError) as error:
        raise InputError(f"not a gold page: {error!r}", where=str(path), hint="see docs/gold-guide.md") from error


def _page(row: dict[str, Any]) -> GoldPage:
    return GoldPage(
        doc=row["doc"],
        articles=tuple(
            GoldArticle(a["id"], a["starts"], tuple((b["person"], b["part"]) for b in a.get("bylines", ())))
            for a in row["articles"]
        ),
        entities=tuple(
            GoldEntity(e["id"], e["type"], tuple(e["surfaces"]), e.get("code") or None) for e in row["entities"]
        ),
        exceptions=tuple(
            (e["surface"], e["context"]) for e in row.get("projection_exceptions", ()) if not e.get("is_entity")
        ),
        roles=tuple(
            GoldRole(
                person=r["person"],
                title=r["title"],
                org=r.get("org") or None,
                org_also=tuple(name for name in r.get("org_also", ()) if name),
                evidence=r.get("evidence") or None,
                optional=bool(r.get("optional")),
            )
            for r in row["holds_role"]
        ),
        visits=tuple(
            GoldVisit(v["person"], v["place"], v.get("date"), v.get("evidence") or None, bool(v.get("optional")))
            for v in row["visited"]
        ),
        events=tuple(_event(e) for e in row["events"]),
        part_of=_pairs(row["part_of"]),
        located_in=_pairs(row["located_in"]),
        optional_spans=frozenset((int(start), int(end)) for start, end in row.get("optional_spans", ())),
    )


def _event(row: dict[str, Any]) -> GoldEvent:
    unsure = {p["name"] for p in row["participants"] if p.get("optional")} | set(row.get("optional_places", ()))
    return GoldEvent(
        id=row["id"],
        kind=row["type"],
        date=row.get("date"),
        places=tuple(row.get("places", ())),
        parts=tuple((p["name"], p["part"]) for p in row["participants"]),
        unsure=frozenset(unsure),
        evidence=row.get("evidence") or None,
        optional=bool(row.get("optional")),
    )


def _pairs(rows: list[list[str]]) -> tuple[tuple[Pair, bool], ...]:
    return tuple(((row[0], row[1]), len(row) > 2) for row in rows)
