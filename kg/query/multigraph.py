"""The columns of a store as the graph that `kg.graph.build_graph` makes of the knowledge, without reading that first."""

from __future__ import annotations

import networkx as nx
import numpy as np

from kg.graph import Quote, Scalar, edge_attributes, node_attributes
from kg.query.columns import NONE, RELATIONS, Columns, Rows
from kg.query.index import Index


def multigraph(index: Index, facts: Rows | None = None) -> nx.MultiDiGraph[str]:
    """An entity a node, a fact an edge, in order of time; attributes as docs/queries.md lists them.

    Args:
        facts: only these, and the entities that they name; all of the store by default.
    """
    columns = index.columns
    graph: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    if facts is None:
        facts, nodes = np.arange(len(columns)), np.arange(len(columns.entities))
    else:
        named = np.concatenate((columns.subject[facts], columns.object[facts], columns.event[facts]))
        nodes = np.unique(named[named != NONE])
    for row in nodes.tolist():
        entity = columns.entities[row]
        graph.add_node(entity.id, **node_attributes(entity, columns.n_mentions[row]))
    ids = [entity.id for entity in columns.entities]
    relations = [RELATIONS[number].value for number in columns.relation.tolist()]
    subjects, objects, events, pages = (
        side.tolist() for side in (columns.subject, columns.object, columns.event, columns.page)
    )
    for at in facts.tolist():
        about = _edge(columns, at, relations[at], events[at], pages[at])
        graph.add_edge(ids[subjects[at]], ids[objects[at]], key=columns.ids[at], **about)
    return graph


def _edge(columns: Columns, at: int, relation: str, event: int, page_row: int) -> dict[str, Scalar]:
    said = columns.sayings.of[at]
    quote = None
    if said:
        first = said[0]
        sayings = columns.sayings
        page_row = sayings.page[first] if sayings.page[first] != NONE else page_row
        start, end = sayings.start[first], sayings.end[first]
        quote = Quote(columns.pages[page_row].text[start:end], start, end, sayings.article[first])
    more = columns.attributes[at]
    if event != NONE:
        more = {**more, "event": columns.entities[event].id}
    page = columns.pages[page_row]
    return edge_attributes(
        relation,
        date=columns.dates[at],
        doc=page.id,
        issue=page.issue,
        quote=quote,
        n_evidence=len(said),
        source=columns.sources[at],
        rule=columns.rules[at],
        score=columns.scores[at],
        more=more.items(),
    )
