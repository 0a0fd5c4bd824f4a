"""How two entities hang together: a shortest chain of facts."""

from __future__ import annotations

from collections.abc import Collection

import numpy as np

from kg.errors import InputError
from kg.model import Kind, Relation
from kg.query.columns import RELATION_NUMBER, RELATIONS, Grouped
from kg.query.index import Index
from kg.query.names import Named
from kg.query.tables import Table

_ANYTHING = tuple(Kind)
_NAMES = ("step", "from", "relation", "to", "date", "newspaper", "doc", "evidence", "score", "from_id", "to_id", "fact")
TELLING = (Relation.VISITED, Relation.PARTICIPATED_IN, Relation.TOOK_PLACE_AT, Relation.HOLDS_ROLE)
"""The relations that a path may use by default: what people did. Everything lies in some province."""


def path(index: Index, a: Named, b: Named, *, relations: Collection[str] | None) -> Table:
    """See `Graph.path`."""
    columns = index.columns
    start, goal = index.names.one(a, _ANYTHING), index.names.one(b, _ANYTHING)
    allowed = np.array([RELATION_NUMBER[each] for each in _relations(relations)], dtype=np.int64)
    facts = np.flatnonzero(np.isin(columns.relation, allowed) & ~index.planned)
    out = Grouped(columns.subject, len(index.entities), facts)
    into = Grouped(columns.object, len(index.entities), facts)
    came: dict[int, tuple[int, int]] = {start: (-1, -1)}
    ring = [start]
    while ring and goal not in came:
        further: list[int] = []
        # Of two ways equally short the one through the less connected entity says more: not everybody met there.
        for at in sorted(ring, key=lambda row: (out.count(row) + into.count(row), row)):
            for fact in (*out[at].tolist(), *into[at].tolist()):
                other = int(columns.object[fact]) if int(columns.subject[fact]) == at else int(columns.subject[fact])
                if other not in came:
                    came[other] = at, fact
                    further.append(other)
        ring = further
    if goal not in came or start == goal:
        return Table.of(_NAMES, [])
    steps: list[tuple[int, int, int]] = []
    at = goal
    while at != start:
        before, fact = came[at]
        steps.append((before, fact, at))
        at = before
    return Table.of(_NAMES, [_row(index, number, *step) for number, step in enumerate(reversed(steps), 1)])


def _row(index: Index, number: int, before: int, fact: int, after: int) -> tuple[object, ...]:
    columns = index.columns
    forwards = int(columns.subject[fact]) == before
    relation = RELATIONS[int(columns.relation[fact])].value
    page = columns.pages[int(columns.page[fact])]
    return (
        number,
        index.entities[before].name,
        f"{relation} →" if forwards else f"← {relation}",
        index.entities[after].name,
        columns.dates[fact],
        page.issue.newspaper,
        page.id,
        index.sentences(np.array([fact], dtype=np.int64))[0],
        round(columns.scores[fact], 4),
        index.entities[before].id,
        index.entities[after].id,
        columns.ids[fact],
    )


def _relations(asked: Collection[str] | None) -> list[Relation]:
    if asked is None:
        return list(TELLING)
    try:
        return [Relation(each) for each in asked]
    except ValueError:
        wrong = next(each for each in asked if each not in [relation.value for relation in Relation])
        raise InputError(f"no relation is called {wrong!r}", hint=f"known: {', '.join(Relation)}") from None
