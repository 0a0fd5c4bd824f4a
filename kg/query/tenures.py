"""Office holders over time, as tables: tenures of a post or of all, who followed whom, and what cannot both be."""

from __future__ import annotations

import numpy as np

from kg.model import Kind
from kg.query.index import Index
from kg.query.names import Named
from kg.query.tables import Table
from kg.tenures import PostSeen, Tenure, contradictions, is_single, successions, tenures_of

_NAMES = (
    "role",
    "organisation",
    "person",
    "first_seen",
    "last_seen",
    "n_facts",
    "follows",
    "against",
    "evidence",
    "person_id",
    "role_id",
    "organisation_id",
    "fact",
)


def tenures(index: Index, role: Named | None = None, *, contradicted: bool = False) -> Table:
    """Who was seen in which post from when to when; one row a tenure, by post and time.

    `follows` is who was seen in it before; `against` names who was seen in it in the same time, where one person holds it.

    Args:
        role: one post, or all that have a bare title (区长); all posts by default.
        contradicted: only tenures that another one contradicts.

    Raises:
        InputError: no post is called so.
    """
    columns = index.columns
    wanted = None if role is None else frozenset(index.entities[at].id for at in index.names.roles(role))
    entities = {entity.id: entity for entity in index.entities}
    single = frozenset(entity.id for entity in index.entities if is_single(entity))
    rows: dict[str, int] = {}
    seen = []
    for row in range(len(index.entities)):
        if index.entities[row].kind is not Kind.ROLE:
            continue
        for fact in index.posts_by_role[row].tolist():
            rows[columns.ids[fact]] = fact
            said = columns.sayings[fact]
            page = columns.pages[said[0].page if said and said[0].page >= 0 else int(columns.page[fact])]
            seen.append(
                PostSeen(
                    index.entities[int(columns.subject[fact])].id,
                    index.entities[row].id,
                    columns.dates[fact] or page.issue.date,
                    columns.ids[fact],
                    bool(columns.attributes[fact].get("past")),
                )
            )
    found = tenures_of(seen, single)
    follows = {id(pair.after): pair.before for pair in successions(found, single)}
    against: dict[int, list[Tenure]] = {}
    for pair in contradictions(found, single):
        against.setdefault(id(pair.one), []).append(pair.other)
        against.setdefault(id(pair.other), []).append(pair.one)
    table = []
    for tenure in found:
        if (wanted is not None and tenure.role not in wanted) or (contradicted and id(tenure) not in against):
            continue
        post = entities[tenure.role]
        organisation = entities.get(post.org or "")
        before = follows.get(id(tenure))
        fact = max((rows[fact] for fact in tenure.facts), key=lambda fact: (columns.scores[fact], -fact))
        table.append(
            (
                post.name,
                organisation.name if organisation else None,
                entities[tenure.person].name,
                tenure.first_seen,
                tenure.last_seen,
                len(tenure.facts),
                entities[before.person].name if before else None,
                "、".join(entities[other.person].name for other in against.get(id(tenure), ())) or None,
                index.sentences(np.array([fact], dtype=np.int64))[0],
                tenure.person,
                tenure.role,
                post.org,
                columns.ids[fact],
            )
        )
    table.sort(key=lambda row: (row[0], row[10], row[3], row[2], row[9]))
    return Table.of(_NAMES, table)
