"""grand-cypher as the engine that finds the nodes of a pattern."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property
from itertools import product

import networkx as nx

from kg.errors import InputError
from kg.query.matching import Facts, Wanted

_MOST_SINGLY = 16
"""grand-cypher cannot look for one of several ids; up to so many times it is asked again, else it is asked for all."""


class GrandCypherEngine:
    """Looks in a copy of the graph that has an edge for each relation between two nodes, and no attributes but ids."""

    nodes_may_coincide = False

    def __init__(self, facts: Facts) -> None:
        """The graph is copied when a pattern needs it: one relation alone needs no engine.

        Raises:
            InputError: grand-cypher is not installed.
        """
        try:
            from grandcypher import GrandCypher  # type: ignore[import-untyped, unused-ignore]
        except ImportError:
            raise InputError("grand-cypher is not installed", hint="pip install 'county-kg[cypher]'") from None
        self._engine = GrandCypher
        self._facts = facts

    @cached_property
    def _graph(self) -> nx.MultiDiGraph[str]:
        graph: nx.MultiDiGraph[str] = nx.MultiDiGraph()
        for node, kind in self._facts.kinds.items():
            graph.add_node(node, id=node, __labels__={kind})
        for relation, pairs in self._facts.pairs.items():
            labels = {relation}
            for subject, object_ in pairs:
                if subject != object_:
                    graph.add_edge(subject, object_, key=relation, __labels__=labels)
        return graph

    def find(self, wanted: Wanted) -> Iterator[tuple[str, ...]]:
        """Node ids in the order of `wanted.nodes`, no two of them equal.

        Raises:
            InputError: grand-cypher failed.
        """
        names = list(wanted.nodes)
        few = {name: ids for name, ids in wanted.among.items() if len(ids) <= _MOST_SINGLY}
        many = {at: frozenset(wanted.among[name]) for at, name in enumerate(names) if name in wanted.among.keys() - few}
        for chosen in product(*few.values()):
            found = self._ask(wanted, dict(zip(few, chosen, strict=True)))
            for nodes in zip(*(found[f"{name}.id"] for name in names), strict=True):
                if all(nodes[at] in ids for at, ids in many.items()):
                    yield nodes

    def _ask(self, wanted: Wanted, chosen: dict[str, str]) -> dict[str, list[str]]:
        def node(name: str) -> str:
            one = f' {{id: "{chosen[name]}"}}' if name in chosen else ""
            return f"({name}:{'|'.join(sorted(wanted.nodes[name]))}{one})"

        query = " ".join(
            f"MATCH {node(step.source)}-[:{'|'.join(sorted(step.relations))}]->{node(step.target)}"
            for step in wanted.steps
        )
        try:
            found = self._engine(self._graph).run(f"{query} RETURN {', '.join(f'{name}.id' for name in wanted.nodes)}")
        except Exception as error:  # its parser and its interpreter raise whatever their libraries do
            said = str(error).splitlines()[0] if str(error) else type(error).__name__
            raise InputError(f"grand-cypher failed: {said}", hint="ask in a simpler way") from error
        return {str(name): values for name, values in found.items()}
