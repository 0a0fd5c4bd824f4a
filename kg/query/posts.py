"""Who held which post, as far as the pages say, and when they say so.

A page names a post on the day it is printed; nobody prints from when to when it is held. So an answer gives the first
and the last issue that says so, and claims nothing outside of what these say.
"""

from __future__ import annotations

from collections import defaultdict

import numpy as np

from kg.query.columns import Rows
from kg.query.index import Index
from kg.query.moments import When, asked, covered
from kg.query.names import PERSON, Named
from kg.query.tables import Table

_NAMES = (
    "person",
    "role",
    "title",
    "organisation",
    "first_seen",
    "last_seen",
    "n_facts",
    "newspaper",
    "issue_date",
    "doc",
    "evidence",
    "score",
    "person_id",
    "role_id",
    "organisation_id",
    "fact",
)
_BASES = ("said that day", "said before and after", "last said before", "first said after")


def posts(index: Index, person: Named, *, on: When | None) -> Table:
    """See `Graph.posts`."""
    table = _held(index, index.posts_by_person[index.names.one(person, PERSON)])
    return table if on is None else _on(table, asked(on))


def holders(index: Index, role: Named, *, on: When | None) -> Table:
    """See `Graph.holders`."""
    rows = index.posts_by_role.of(np.array(sorted(set(index.names.roles(role))), dtype=np.int64))
    table = _held(index, rows)
    return table if on is None else _on(table, asked(on))


def _held(index: Index, rows: Rows) -> Table:
    """One row a person and post; by first issue that says so, then names."""
    columns = index.columns
    grouped: dict[tuple[int, int], list[int]] = defaultdict(list)
    for row, who, post in zip(
        rows.tolist(), columns.subject[rows].tolist(), columns.object[rows].tolist(), strict=True
    ):
        grouped[who, post].append(row)
    organisations = {entity.id: entity for entity in index.entities if entity.kind.value in ("ORG", "PLACE")}
    found = []
    for (who, post), facts in grouped.items():
        said = sorted(date for fact in facts if (date := _said(index, fact)))
        best = max(facts, key=lambda fact: (columns.scores[fact], -fact))
        person, role = index.entities[who], index.entities[post]
        organisation = organisations.get(role.org or "")
        page = columns.pages[int(columns.page[best])]
        found.append(
            (
                person.name,
                role.name,
                role.title,
                organisation.name if organisation else None,
                said[0] if said else None,
                said[-1] if said else None,
                len(facts),
                page.issue.newspaper,
                page.issue.date,
                page.id,
                index.sentences(np.array([best], dtype=np.int64))[0],
                round(columns.scores[best], 4),
                person.id,
                role.id,
                role.org,
                columns.ids[best],
            )
        )
    found.sort(key=lambda row: (row[4] or "~", row[0], row[1], row[12], row[13]))
    return Table.of(_NAMES, found)


def _said(index: Index, fact: int) -> str | None:
    """When a post was said to be held: the fact's own date, else that of the issue."""
    return index.columns.dates[fact] or index.columns.pages[int(index.columns.page[fact])].issue.date


def _on(table: Table, day: tuple[int, int]) -> Table:
    """What is known of a day: posts said to be held around it, else the nearest said before and after."""
    ranked: list[tuple[int, int, dict[str, object]]] = []
    for row in table.rows():
        first, last = covered(row["first_seen"])[0], covered(row["last_seen"])[1]
        if not first:
            continue
        if first <= day[1] and last >= day[0]:
            exact = any(covered(row[name])[0] <= day[1] and covered(row[name])[1] >= day[0] for name in _SEEN)
            ranked.append((0 if exact else 1, 0, row))
        elif last < day[0]:
            ranked.append((2, day[0] - last, row))
        else:
            ranked.append((3, first - day[1], row))
    ranked.sort(key=lambda each: each[:2])
    nearest = {basis: min((away for found, away, _ in ranked if found == basis), default=0) for basis in (2, 3)}
    certain = any(basis < 2 for basis, _, _ in ranked)
    kept = [
        (_BASES[basis], row) for basis, away, row in ranked if basis < 2 or (not certain and away == nearest[basis])
    ]
    return Table.of(("basis", *_NAMES), [(basis, *row.values()) for basis, row in kept])


_SEEN = ("first_seen", "last_seen")
