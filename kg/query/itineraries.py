"""Visits told by day of one person, and by person of one place."""

from __future__ import annotations

from collections import Counter
from typing import Any

import numpy as np

from kg.query.columns import NONE
from kg.query.index import Index
from kg.query.moments import When
from kg.query.names import Named
from kg.query.tables import Table
from kg.query.visits import visits

_STOPS = ("date", "event", "places", "together_with", "newspaper", "issue_date", "doc", "evidence", "event_id")
_VISITORS = (
    "person",
    "posts",
    "n_visits",
    "first_date",
    "last_date",
    "places",
    "newspaper",
    "issue_date",
    "doc",
    "evidence",
    "person_id",
    "fact",
)


def itinerary(index: Index, person: Named, *, since: When | None, until: When | None) -> Table:
    """See `Graph.itinerary`."""
    stops: dict[tuple[object, ...], list[dict[str, Any]]] = {}
    for row in visits(index, person=person, since=since, until=until).rows():
        stops.setdefault((row["date"], row["event_id"] or row["doc"]), []).append(row)
    rows_of_events = {entity.id: row for row, entity in enumerate(index.entities) if entity.kind.value == "EVENT"}
    found = []
    for rows in stops.values():
        first = rows[0]
        event = rows_of_events.get(first["event_id"], NONE)
        sentences = dict.fromkeys(row["evidence"] for row in rows if row["evidence"])
        found.append(
            (
                first["date"],
                first["event"],
                "、".join(dict.fromkeys(row["place"] for row in rows)),
                "、".join(_others(index, event, first["person_id"])) or None,
                first["newspaper"],
                first["issue_date"],
                first["doc"],
                " ".join(sentences) or None,
                first["event_id"],
            )
        )
    return Table.of(_STOPS, found)


def visitors(
    index: Index, place: Named, *, within: bool, since: When | None, until: When | None, event_type: str | None
) -> Table:
    """See `Graph.visitors`."""
    people: dict[str, list[dict[str, Any]]] = {}
    for row in visits(index, place=place, within=within, since=since, until=until, event_type=event_type).rows():
        people.setdefault(row["person_id"], []).append(row)
    ids = {entity.id: row for row, entity in enumerate(index.entities) if entity.id in people}
    found = []
    for person_id, rows in people.items():
        held = index.columns.object[index.posts_by_person[ids[person_id]]].tolist()
        dates = [row["date"] for row in rows if row["date"]]
        posts = [index.entities[post].name for post, _ in Counter(held).most_common()]
        found.append(
            (
                rows[0]["person"],
                "、".join(posts[:3]) or None,
                len({(row["date"], row["event_id"] or row["doc"]) for row in rows}),
                dates[0] if dates else None,
                dates[-1] if dates else None,
                "、".join(dict.fromkeys(row["place"] for row in rows)),
                rows[0]["newspaper"],
                rows[0]["issue_date"],
                rows[0]["doc"],
                rows[0]["evidence"],
                person_id,
                rows[0]["fact"],
            )
        )
    found.sort(key=lambda row: (-row[2], row[3] or "~", row[0], row[10]))
    return Table.of(_VISITORS, found)


def _others(index: Index, event: int, person_id: str) -> list[str]:
    """Who else was at an event, as printed; nobody where there is no event."""
    if event == NONE:
        return []
    columns = index.columns
    facts = np.concatenate((index.parts_by_event[event], index.visits_by_event[event]))
    facts = facts[index.is_person[columns.subject[facts]]]
    rows = dict.fromkeys(columns.subject[index.kept(facts, planned=True, min_score=0)].tolist())
    return [index.entities[row].name for row in rows if index.entities[row].id != person_id]
