"""Who goes with whom, as an undirected networkx graph of people."""

from __future__ import annotations

from collections.abc import Collection
from itertools import combinations

import networkx as nx
import numpy as np

from kg.model import Relation
from kg.query.columns import NONE, RELATION_NUMBER, Rows
from kg.query.index import Index
from kg.query.moments import When
from kg.select import named

_CROWD = 60
"""Events with more people say nothing of who knows whom, and their pairs would fill the memory."""


def chosen_facts(
    index: Index,
    *,
    since: When | None,
    until: When | None,
    relations: Collection[str],
    planned: bool,
    min_score: float,
) -> Rows:
    """The facts of `Graph.network`."""
    wanted = [RELATION_NUMBER[relation] for relation in named(Relation, relations, "relation")]
    facts = np.flatnonzero(np.isin(index.columns.relation, wanted)) if wanted else np.arange(len(index.columns))
    return index.kept(index.within_days(facts, since, until), planned=planned, min_score=min_score)


def together(index: Index, *, since: When | None, until: When | None) -> nx.Graph[str]:
    """See `Graph.together`."""
    columns = index.columns
    visits = index.kept(index.within_days(index.visits, since, until), planned=False, min_score=0)
    parts = index.kept(index.within_days(index.parts, since, until), planned=False, min_score=0)
    rows = np.concatenate((visits, parts))
    events = np.concatenate((columns.event[visits], columns.object[parts]))
    kept = index.is_person[columns.subject[rows]] & (events != NONE)
    people: dict[int, set[int]] = {}
    for event, who in zip(events[kept].tolist(), columns.subject[rows[kept]].tolist(), strict=True):
        people.setdefault(event, set()).add(who)
    graph: nx.Graph[str] = nx.Graph()
    for row in sorted({who for group in people.values() for who in group}):
        graph.add_node(index.entities[row].id, name=index.entities[row].name)
    for event in sorted(people):
        group = sorted(people[event])
        if len(group) > _CROWD:
            continue
        for one, other in combinations(group, 2):
            a, b = index.entities[one].id, index.entities[other].id
            weight = graph.edges[a, b]["weight"] + 1 if graph.has_edge(a, b) else 1
            graph.add_edge(a, b, weight=weight)
    return graph
