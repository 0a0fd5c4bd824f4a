"""Who visited where: visits, meetings of two people at one place, and who goes with whom."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from kg.errors import InputError
from kg.model import EVENT_SUBTYPES
from kg.query.columns import NONE, Rows
from kg.query.index import Index
from kg.query.moments import When
from kg.query.names import PERSON, PLACE, Named
from kg.query.tables import Column, Table

EVENT_TYPES = {
    "inspection": "考察",
    "meeting": "会议",
    "ceremony": "仪式",
    "signing": "签约",
    "launch": "启动",
    "activity": "活动",
    "enforcement": "执法",
    "project": "项目",
    "other": "其他",
}


def visits(
    index: Index,
    *,
    person: Named | None = None,
    place: Named | None = None,
    within: bool = True,
    since: When | None = None,
    until: When | None = None,
    role: Named | None = None,
    event_type: str | None = None,
    planned: bool = False,
    min_score: float = 0.0,
) -> Table:
    """See `Graph.visits`."""
    columns = index.columns
    places = None if place is None else _places(index, place, within)
    if person is not None:
        rows = index.visits_by_person[index.names.one(person, PERSON)]
        if places is not None:
            rows = rows[np.isin(columns.object[rows], places)]
    elif places is not None:
        rows = index.visits_by_place.of(places)
    else:
        rows = index.visits
    if role is not None:
        holders = columns.subject[index.posts_by_role.of(np.unique(index.names.roles(role)))]
        rows = rows[np.isin(columns.subject[rows], holders)]
    if event_type is not None:
        wanted = event_subtype(event_type)
        rows = rows[columns.event[rows] != NONE]
        rows = rows[index.subtypes[columns.event[rows]] == wanted]
    rows = index.within_days(rows, since, until)
    return _table(index, index.kept(rows, planned=planned, min_score=min_score))


def event_subtype(asked: str) -> str:
    """The subtype of events that is meant, in English (`inspection`) or Chinese (考察).

    Raises:
        InputError: there is none of that name.
    """
    for english, chinese in EVENT_TYPES.items():
        if asked.strip().lower() in (english, chinese):
            return english
    known = ", ".join(f"{name} {EVENT_TYPES[name]}" for name in EVENT_SUBTYPES)
    raise InputError(f"no type of event is called {asked!r}", hint=f"known: {known}")


def covisits(index: Index, person: Named, other: Named, *, since: When | None, until: When | None) -> Table:
    """See `Graph.covisits`."""
    columns = index.columns
    first, second = index.names.one(person, PERSON), index.names.one(other, PERSON)
    if first == second:
        raise InputError("a person is not asked about together with themselves", hint="name two people")
    mine = index.kept(index.visits_by_person[first], planned=False, min_score=0)
    theirs = index.kept(index.visits_by_person[second], planned=False, min_score=0)
    met = {key: row for row, key in zip(theirs.tolist(), _keys(index, theirs), strict=True) if key is not None}
    pairs = [
        (row, met[key])
        for row, key in zip(mine.tolist(), _keys(index, mine), strict=True)
        if key is not None and key in met
    ]
    rows = np.array([row for row, _ in pairs], dtype=np.int64)
    kept = index.within_days(rows, since, until)
    other_of = dict(pairs)
    facts = np.array([other_of[row] for row in kept.tolist()], dtype=np.int64)
    table = dict(_table(index, kept).columns)
    table["other"] = index.entity_names[columns.subject[facts]]
    table["other_id"] = index.entity_ids[columns.subject[facts]]
    table["other_fact"] = index.ids[facts]
    order = ["person", "other", *(name for name in table if name not in ("person", "other"))]
    return Table({name: table[name] for name in order})


def together_at(index: Index, person: Named, other: Named, *, since: When | None, until: When | None) -> Table:
    """The events in which two people both are, visits or not: one row an event, in order of time."""
    columns = index.columns
    mine, theirs = (
        _attended(index, index.names.one(each, PERSON), since=since, until=until) for each in (person, other)
    )
    if index.names.one(person, PERSON) == index.names.one(other, PERSON):
        raise InputError("a person is not asked about together with themselves", hint="name two people")
    found = []
    for event in [event for event in mine if event in theirs]:
        facts = [*mine[event], *theirs[event]]
        places = dict.fromkeys(
            int(place)
            for grouped, side in ((index.visits_by_event, columns.object), (index.sites_by_event, columns.object))
            for place in side[grouped[event]].tolist()
        )
        page = columns.pages[int(columns.page[facts[0]])]
        sentences = index.sentences(np.array([mine[event][0], theirs[event][0]], dtype=np.int64)).tolist()
        entity = index.entities[event]
        found.append(
            (
                entity.date or columns.dates[facts[0]],
                entity.name,
                entity.subtype,
                "、".join(index.entities[place].name for place in places) or None,
                page.issue.newspaper,
                page.issue.date,
                page.id,
                " ".join(dict.fromkeys(sentence for sentence in sentences if sentence)) or None,
                entity.id,
                columns.ids[mine[event][0]],
                columns.ids[theirs[event][0]],
            )
        )
    found.sort(key=lambda row: (row[0] or "~", row[1], row[8]))
    return Table.of(_TOGETHER, found)


_TOGETHER = (
    "date",
    "event",
    "event_type",
    "places",
    "newspaper",
    "issue_date",
    "doc",
    "evidence",
    "event_id",
    "fact",
    "other_fact",
)


def _attended(index: Index, person: int, *, since: When | None, until: When | None) -> dict[int, list[int]]:
    """The facts that put a person into each event."""
    columns = index.columns
    visited = index.within_days(index.visits_by_person[person], since, until)
    parts = index.within_days(index.parts_by_person[person], since, until)
    found: dict[int, list[int]] = {}
    for rows, events in ((visited, columns.event), (parts, columns.object)):
        rows = index.kept(rows, planned=False, min_score=0)
        for row, event in zip(rows.tolist(), events[rows].tolist(), strict=True):
            if event != NONE:
                found.setdefault(event, []).append(row)
    return found


def companions(index: Index, person: Named, *, since: When | None, until: When | None) -> Table:
    """See `Graph.companions`."""
    columns = index.columns
    asked = index.names.one(person, PERSON)
    visited = index.kept(index.visits_by_person[asked], planned=False, min_score=0)
    visited = index.within_days(visited, since, until)
    parts = index.kept(index.parts_by_person[asked], planned=False, min_score=0)
    parts = index.within_days(parts, since, until)
    events = np.unique(np.concatenate((columns.event[visited], columns.object[parts])))
    events = events[events != NONE]
    # Visits without an event (a store of somebody's own rows): the same place on the same day is together.
    loose = visited[(columns.event[visited] == NONE) & (columns.since[visited] > 0)]
    places = set(_place_days(index, loose))
    together = index.visits_by_place.of(np.unique(columns.object[loose]))
    same_day = np.array(
        [row for row, key in zip(together.tolist(), _place_days(index, together), strict=True) if key in places],
        dtype=np.int64,
    )
    gone = np.concatenate((index.visits_by_event.of(events), same_day)) if len(events) else same_day
    sat = index.parts_by_event.of(events) if len(events) else np.empty(0, dtype=np.int64)
    rows = index.kept(np.unique(np.concatenate((gone, sat))), planned=False, min_score=0)
    who = columns.subject[rows]
    rows = rows[index.is_person[who] & (who != asked)]
    return _companions(index, rows)


def _companions(index: Index, rows: Rows) -> Table:
    columns = index.columns
    by_person: dict[int, list[int]] = {}
    for row, who in zip(rows.tolist(), columns.subject[rows].tolist(), strict=True):
        by_person.setdefault(who, []).append(row)
    is_visit = np.isin(rows, index.visits)
    visits_of = dict(zip(rows.tolist(), is_visit.tolist(), strict=True))
    found = []
    for who, facts in by_person.items():
        events = {
            int(columns.event[fact] if visits_of[fact] else columns.object[fact])
            if columns.event[fact] != NONE or not visits_of[fact]
            else (int(columns.object[fact]), int(columns.since[fact]))
            for fact in facts
        }
        places = {int(columns.object[fact]) for fact in facts if visits_of[fact]}
        dates = [columns.dates[fact] for fact in facts if columns.dates[fact]]
        found.append(
            (who, len(events), len(places), dates[0] if dates else None, dates[-1] if dates else None, facts[0])
        )
    found.sort(key=lambda row: (-row[1], -row[2], index.entities[row[0]].name, index.entities[row[0]].id))
    chosen = np.array([row[-1] for row in found], dtype=np.int64)
    counts = Table.of(
        ("person", "n_events", "n_places", "first_date", "last_date"),
        [(index.entities[row[0]].name, *row[1:-1]) for row in found],
    )
    told = index.told(chosen)
    del told["score"]  # of one of several facts, which says nothing of the count
    return Table(
        {**counts.columns, **told, "person_id": index.entity_ids[columns.subject[chosen]], "fact": index.ids[chosen]}
    )


def _keys(index: Index, rows: Rows) -> list[tuple[int, int, int] | None]:
    """What two people's visits must share to be one: the place and the event, or without event the place and day."""
    columns = index.columns
    return [
        (place, event, NONE) if event != NONE else (place, NONE, day) if day else None
        for place, event, day in zip(
            columns.object[rows].tolist(), columns.event[rows].tolist(), columns.since[rows].tolist(), strict=True
        )
    ]


def _place_days(index: Index, rows: Rows) -> Sequence[tuple[int, int]]:
    columns = index.columns
    return list(zip(columns.object[rows].tolist(), columns.since[rows].tolist(), strict=True))


def _places(index: Index, place: Named, within: bool) -> Rows:
    row = index.names.one(place, PLACE)
    return index.territory.inside(row) if within else np.array([row], dtype=np.int64)


def _table(index: Index, rows: Rows) -> Table:
    columns = index.columns
    who, where, event = columns.subject[rows], columns.object[rows], columns.event[rows]
    told = index.told(rows)
    return Table(
        {
            "person": index.entity_names[who],
            "place": index.entity_names[where],
            "township": _level(index, where, "township"),
            "county": _level(index, where, "county"),
            "date": index.dates[rows],
            "precision": index.precisions[rows],
            "event": index.optional(index.entity_names, event),
            "event_type": index.optional(index.subtypes, event),
            **told,
            "person_id": index.entity_ids[who],
            "place_id": index.entity_ids[where],
            "event_id": index.optional(index.entity_ids, event),
            "fact": index.ids[rows],
        }
    )


def _level(index: Index, places: Rows, level: str) -> Column:
    found = {place: index.territory.level(place, level) for place in set(places.tolist())}
    rows = np.array([NONE if (row := found[place]) is None else row for place in places.tolist()], dtype=np.int64)
    return index.optional(index.entity_names, rows)
