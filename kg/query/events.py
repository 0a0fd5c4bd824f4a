"""What happened: events with who took part and where."""

from __future__ import annotations

import numpy as np

from kg.model import Kind
from kg.query.columns import NONE, Rows
from kg.query.index import Index
from kg.query.moments import When, bounds, covered, precision
from kg.query.names import PERSON, PLACE, Named
from kg.query.tables import Table
from kg.query.visits import event_subtype

_NAMES = (
    "event",
    "event_type",
    "date",
    "precision",
    "status",
    "participants",
    "n_participants",
    "places",
    "newspaper",
    "issue_date",
    "doc",
    "evidence",
    "event_id",
    "fact",
)


def events(
    index: Index,
    *,
    person: Named | None = None,
    place: Named | None = None,
    within: bool = True,
    since: When | None = None,
    until: When | None = None,
    event_type: str | None = None,
    planned: bool = False,
) -> Table:
    """See `Graph.events`."""
    columns = index.columns
    rows = np.array([row for row, entity in enumerate(index.entities) if entity.kind is Kind.EVENT], dtype=np.int64)
    if person is not None:
        who = index.names.one(person, PERSON)
        rows = np.intersect1d(
            rows,
            np.concatenate((columns.object[index.parts_by_person[who]], columns.event[index.visits_by_person[who]])),
        )
    if place is not None:
        where = index.names.one(place, PLACE)
        inside = index.territory.inside(where) if within else np.array([where], dtype=np.int64)
        there = (columns.event[index.visits_by_place.of(inside)], columns.subject[index.events_by_site.of(inside)])
        rows = np.intersect1d(rows, np.concatenate(there))
    if event_type is not None:
        wanted = event_subtype(event_type)
        rows = rows[index.subtypes[rows] == wanted]
    if not planned:
        rows = rows[~index.planned_event[rows]]
    days = bounds(since, until)
    told = []
    for row in rows.tolist():
        spans = covered(index.entities[row].date)
        if days is None or (spans[0] and spans[0] <= days[1] and spans[1] >= days[0]):
            told.append((spans[0] or 10**9, index.entities[row].name, index.entities[row].id, row))
    return Table.of(_NAMES, [_row(index, row) for *_, row in sorted(told)])


def _row(index: Index, event: int) -> tuple[object, ...]:
    columns, entity = index.columns, index.entities[event]
    parts = sorted(index.parts_by_event[event].tolist(), key=lambda fact: _rank(index, fact))
    visited = index.visits_by_event[event].tolist()
    sites = index.sites_by_event[event].tolist()
    people = list(dict.fromkeys(int(columns.subject[fact]) for fact in (*parts, *visited)))
    places = list(dict.fromkeys(int(columns.object[fact]) for fact in (*visited, *sites)))
    facts = [*parts, *visited, *sites]
    fact = facts[0] if facts else NONE
    page = columns.pages[int(columns.page[fact])] if fact != NONE else None
    return (
        entity.name,
        entity.subtype,
        entity.date,
        precision(entity.date),
        entity.status,
        "、".join(index.entities[row].name for row in people) or None,
        len(people),
        "、".join(index.entities[row].name for row in places) or None,
        page.issue.newspaper if page else None,
        page.issue.date if page else None,
        page.id if page else None,
        index.sentences(_one(fact))[0] if fact != NONE else None,
        entity.id,
        columns.ids[fact] if fact != NONE else None,
    )


def _rank(index: Index, fact: int) -> tuple[int, int, int]:
    """Who leads or hosts first, then as printed."""
    attributes = index.columns.attributes[fact]
    order = attributes.get("order")
    return (attributes.get("part") not in ("lead", "host"), order if isinstance(order, int) else 500, fact)


def _one(fact: int) -> Rows:
    return np.array([fact], dtype=np.int64)
