"""The graph of knowledge as nodes and edges one after the other, for the formats that write it so.

In: `Knowledge`. Out: `GraphRows` in the order and with the attributes of the graph that `kg.graph.build_graph` makes, which
is never made: a graph of a million facts takes gigabytes. Edges wait on the disk, as a file has them by their subject
and begins with the names of all their attributes.
"""

from __future__ import annotations

from array import array
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from kg.exports.spool import Spool
from kg.graph import fact_attributes, node_attributes
from kg.knowledge import Knowledge, record_finder

Attributes = Mapping[str, Any]
Node = tuple[str, Attributes]
Edge = tuple[str, str, str, Attributes]
"""Subject, object, id of the fact, attributes."""
Types = Mapping[str, set[type]]
"""Of which types the values of an attribute are, by its name."""


@dataclass(frozen=True, slots=True)
class GraphRows:
    """Nodes and edges; each walk over them begins anew."""

    nodes: Callable[[], Iterable[Node]]
    edges: Callable[[], Iterable[Edge]]
    node_types: Types
    edge_types: Types


@contextmanager
def graph_rows(knowledge: Knowledge, folder: Path) -> Iterator[GraphRows]:
    """The rows of the graph, as long as the context lasts; the records are walked over once.

    Args:
        folder: where edges wait.

    Raises:
        OSError: the disk is full.
    """
    rows = {entity.id: row for row, entity in enumerate(knowledge.entities)}
    n_mentions: Counter[str] = Counter()
    edge_types: dict[str, set[type]] = {}
    targets = array("q")
    find = record_finder(knowledge)
    with Spool(folder, len(rows)) as spool:
        for record in knowledge.records:
            n_mentions.update(link.entity for link in record.links)
            for fact in record.facts:
                attributes = fact_attributes(record.page, fact, find)
                note_types(edge_types, attributes)
                spool.add(rows[fact.subject], (fact.object, fact.id, attributes))
                targets.append(rows[fact.object])

        def nodes() -> Iterator[Node]:
            for entity in knowledge.entities:
                yield entity.id, node_attributes(entity, n_mentions[entity.id])

        def edges() -> Iterator[Edge]:
            for row, entity in enumerate(knowledge.entities):
                # As networkx has them: by subject, then by object as each is first spoken of.
                told: dict[int, list[int]] = {}
                for number in spool.numbers(row):
                    told.setdefault(targets[number], []).append(number)
                for numbers in told.values():
                    for number in numbers:
                        target, key, attributes = spool.row(number)
                        yield entity.id, target, key, attributes

        node_types: dict[str, set[type]] = {}
        for _node, about in nodes():
            note_types(node_types, about)
        yield GraphRows(nodes, edges, node_types, edge_types)


def note_types(types: dict[str, set[type]], attributes: Attributes) -> None:
    """Add the types of a node's or an edge's attributes; one that is None has none."""
    for name, value in attributes.items():
        if value is not None:
            types.setdefault(name, set()).add(type(value))
