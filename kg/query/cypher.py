"""Cypher over the graph, through grand-cypher: it finds the patterns, this module does the rest of the query.

One difference to Cypher stays: two nodes of a pattern are always two entities, so that `(a)-->(b)<-->(c)` never
finds somebody together with themselves.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from statistics import fmean
from typing import Any

import networkx as nx

from kg.errors import InputError
from kg.graph import KIND, RELATION
from kg.query.clauses import Item, Parsed, parse
from kg.query.tables import Table

_AGGREGATES: dict[str, Callable[[list[Any]], Any]] = {
    "COUNT": len,
    "MIN": lambda values: min(values, default=None),
    "MAX": lambda values: max(values, default=None),
    "SUM": sum,
    "AVG": lambda values: fmean(values) if values else None,
    "COLLECT": lambda values: "、".join(map(str, values)),
}


class Cypher:
    """Answers Cypher about one graph."""

    def __init__(self, graph: nx.MultiDiGraph[str]) -> None:
        """`graph` is as `kg.graph.build_graph` makes it; it is copied."""
        try:
            from grandcypher import GrandCypher  # type: ignore[import-untyped, unused-ignore]
        except ImportError:
            raise InputError("grand-cypher is not installed", hint="pip install 'county-kg[cypher]'") from None
        self._engine = GrandCypher
        self._graph: nx.MultiDiGraph[str] = nx.MultiDiGraph()
        names: dict[str, None] = {"id": None}
        for node, attributes in graph.nodes(data=True):
            names |= dict.fromkeys(attributes)
            self._graph.add_node(node, id=node, __labels__={attributes[KIND]}, **attributes)
        for subject, object_, key, attributes in graph.edges(keys=True, data=True):
            names |= dict.fromkeys(attributes)
            self._graph.add_edge(subject, object_, key=key, id=key, __labels__={attributes[RELATION]}, **attributes)
        self._attributes = tuple(names)

    def ask(self, query: str) -> Table:
        """What a query finds.

        Raises:
            InputError: the query is malformed, or would be answered wrongly.
        """
        parsed = parse(query, attributes=self._attributes)
        wanted = dict.fromkeys(
            f"{item.variable}.{item.attribute}"
            for item in (*parsed.items, *(item for item, _ in parsed.order))
            if item.variable is not None
        )
        if parsed.condition is not None:
            wanted |= dict.fromkeys(parsed.condition.needs)
        wanted = wanted or {f"{parsed.variables[0]}.id": None}
        try:
            found = self._engine(self._graph).run(f"{parsed.matching} RETURN {', '.join(wanted)}")
        except Exception as error:  # its parser and its interpreter raise whatever their libraries do
            said = str(error).splitlines()[0] if str(error) else type(error).__name__
            raise InputError(
                f"not a Cypher query that grand-cypher reads: {said}",
                hint="as in: MATCH (a:PERSON)-[r:VISITED]->(b) RETURN a.name, b.name",
            ) from None
        columns = {str(name): values for name, values in found.items()}
        rows = [dict(zip(columns, values, strict=True)) for values in zip(*columns.values(), strict=True)]
        if parsed.condition is not None:
            rows = [row for row in rows if parsed.condition.decide(row)]
        # grand-cypher keeps matches in sets: without this the same question has another order on another day.
        rows.sort(key=lambda row: [_sortable(value) for value in row.values()])
        return Table.of([item.name for item in parsed.items], _finished(parsed, rows))


def _finished(parsed: Parsed, rows: Sequence[dict[str, Any]]) -> list[tuple[Any, ...]]:
    """Aggregate, make distinct, sort, cut: in the order that Cypher prescribes."""
    sorts = [item for item, _ in parsed.order]
    items = (*parsed.items, *sorts)
    if any(item.aggregate for item in items):
        made = _aggregated(items, rows, width=len(parsed.items))
    else:
        made = [tuple(row[f"{item.variable}.{item.attribute}"] for item in items) for row in rows]
    width = len(parsed.items)
    if parsed.distinct:
        made = list({row[:width]: row for row in reversed(made)}.values())[::-1]
    for at in reversed(range(len(sorts))):
        made.sort(key=lambda row, at=at: _sortable(row[width + at]), reverse=parsed.order[at][1])  # type: ignore[misc]
    end = None if parsed.limit is None else parsed.skip + parsed.limit
    return [row[:width] for row in made[parsed.skip : end]]


def _aggregated(items: Sequence[Item], rows: Sequence[dict[str, Any]], *, width: int) -> list[tuple[Any, ...]]:
    """One row for every combination of what is not aggregated; of nothing, one row if all is aggregated."""
    plain = [item for item in items if not item.aggregate]
    groups: dict[tuple[Any, ...], list[dict[str, Any]]] = {}
    for row in rows:
        groups.setdefault(tuple(row[f"{item.variable}.{item.attribute}"] for item in plain), []).append(row)
    if not plain and not groups:
        groups[()] = []
    made = []
    for key, members in groups.items():
        values = dict(zip(map(id, plain), key, strict=True))
        made.append(tuple(_aggregate(item, members) if item.aggregate else values[id(item)] for item in items))
    return made


def _aggregate(item: Item, rows: Sequence[dict[str, Any]]) -> Any:
    if item.variable is None:
        return len(rows)
    values = [row[f"{item.variable}.{item.attribute}"] for row in rows]
    values = [value for value in values if value is not None]
    if item.distinct:
        values = list(dict.fromkeys(values))
    try:
        return _AGGREGATES[item.aggregate or "COUNT"](values)
    except TypeError:
        raise InputError(f"{item.name} needs numbers", hint="use COUNT, MIN, MAX or COLLECT for text") from None


def _sortable(value: Any) -> tuple[bool, str, Any]:
    """Values in order within their type, the missing last, as Cypher sorts."""
    return (value is None, "" if value is None else "n" if isinstance(value, int | float) else "s", value or 0)
