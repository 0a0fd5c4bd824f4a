"""Cypher over the graph: an engine finds the nodes of a pattern, everything else is done here.

grand-cypher 1.2 limits before it makes rows distinct, takes the minimum of nothing for infinite, and fails to sort
where a value is missing; conditions, aggregates, order and limits are therefore not left to it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import cached_property
from statistics import fmean
from typing import Any

import networkx as nx

from kg.errors import InputError
from kg.query.clauses import Item, Parsed, parse
from kg.query.matching import Engine, Facts, find_matches
from kg.query.nearest import nearest
from kg.query.tables import Table

_AGGREGATES: dict[str, Callable[[list[Any]], Any]] = {
    "COUNT": len,
    "MIN": lambda values: min(values, default=None),
    "MAX": lambda values: max(values, default=None),
    "SUM": sum,
    "AVG": lambda values: fmean(values) if values else None,
    "COLLECT": lambda values: "、".join(map(str, values)),
}
ENGINES = ("grand-cypher", "ladybug")


class Cypher:
    """Answers Cypher about one graph."""

    def __init__(self, graph: nx.MultiDiGraph[str]) -> None:
        """`graph` is as `kg.graph.build_graph` makes it."""
        self._graph = graph
        self._engines: dict[str, Engine] = {}
        names: dict[str, None] = {"id": None}
        for _, attributes in graph.nodes(data=True):
            names |= dict.fromkeys(attributes)
        self._about: dict[str, Mapping[str, Any]] = {}
        for _, _, key, attributes in graph.edges(keys=True, data=True):
            self._about[key] = attributes
            names |= dict.fromkeys(attributes)
        self._attributes = tuple(names)

    def ask(self, query: str, *, parameters: Mapping[str, Any] | None = None, engine: str = "grand-cypher") -> Table:
        """What a query finds, in the order asked for, else in that of the values returned.

        Args:
            parameters: what `$name` stands for in the query.
            engine: one of `ENGINES`.

        Raises:
            InputError: the query is malformed or not answered, or the engine is unknown or not installed.
        """
        parsed = parse(query, attributes=self._attributes, parameters=parameters)
        matches = find_matches(self._facts, self._engine(engine), parsed.pattern, self._among(parsed))
        rows = self._rows(parsed, matches)
        return Table.of([item.name for item in parsed.items], _finished(parsed, rows))

    @cached_property
    def _facts(self) -> Facts:
        return Facts(self._graph)

    def _engine(self, name: str) -> Engine:
        if name not in ENGINES:
            near = nearest(name, ENGINES)
            raise InputError(f"no engine is called {name!r}", hint=f"known: {', '.join(near or ENGINES)}")
        if name not in self._engines:
            if name == "ladybug":
                from kg.query.ladybug import LadybugEngine

                self._engines[name] = LadybugEngine(self._facts)
            else:
                from kg.query.grand_cypher import GrandCypherEngine

                self._engines[name] = GrandCypherEngine(self._facts)
        return self._engines[name]

    def _among(self, parsed: Parsed) -> dict[str, tuple[str, ...]]:
        """The only nodes that a name can stand for, where the condition says what an attribute must equal."""
        asked: dict[str, list[tuple[str, str]]] = {}
        for cell, text in parsed.condition.equal if parsed.condition else ():
            name, _, attribute = cell.partition(".")
            if name in parsed.pattern.nodes:
                asked.setdefault(name, []).append((attribute, text))
        return {
            name: tuple(
                node
                for node, about in self._graph.nodes(data=True)
                if all((node if attribute == "id" else about.get(attribute)) == text for attribute, text in wanted)
            )
            for name, wanted in asked.items()
        }

    def _rows(self, parsed: Parsed, matches: Sequence[tuple[tuple[str, ...], tuple[str, ...]]]) -> list[dict[str, Any]]:
        """The attributes that the rest of the query needs of each match that the condition lets through."""
        nodes = {name: at for at, name in enumerate(parsed.pattern.nodes)}
        steps = {step.name: at for at, step in enumerate(parsed.pattern.steps)}
        wanted = dict.fromkeys(
            [item.cell for item in (*parsed.items, *(item for item, _ in parsed.order)) if item.variable is not None]
        )
        wanted |= dict.fromkeys(parsed.condition.needs if parsed.condition else ())
        cells = [(cell, *cell.split(".", 1)) for cell in wanted]
        rows = []
        for chosen, keys in matches:
            row: dict[str, Any] = {}
            for cell, name, attribute in cells:
                if name in nodes:
                    node = chosen[nodes[name]]
                    row[cell] = node if attribute == "id" else self._graph.nodes[node].get(attribute)
                else:
                    key = keys[steps[name]]
                    row[cell] = key if attribute == "id" else self._about[key].get(attribute)
            if parsed.condition is None or parsed.condition.decide(row):
                rows.append(row)
        # Engines find in any order: without this the same question has another order on another day.
        rows.sort(key=lambda row: [_sortable(value) for value in row.values()])
        return rows


def _finished(parsed: Parsed, rows: Sequence[dict[str, Any]]) -> list[tuple[Any, ...]]:
    """Aggregate, make distinct, sort, cut: in the order that Cypher prescribes."""
    sorts = [item for item, _ in parsed.order]
    items = (*parsed.items, *sorts)
    if any(item.aggregate for item in items):
        made = _aggregated(items, rows)
    else:
        made = [tuple(row[item.cell] for item in items) for row in rows]
    width = len(parsed.items)
    if parsed.distinct:
        made = list({row[:width]: row for row in reversed(made)}.values())[::-1]
    for at in reversed(range(len(sorts))):
        made.sort(key=lambda row, at=at: _sortable(row[width + at]), reverse=parsed.order[at][1])  # type: ignore[misc]
    end = None if parsed.limit is None else parsed.skip + parsed.limit
    return [row[:width] for row in made[parsed.skip : end]]


def _aggregated(items: Sequence[Item], rows: Sequence[dict[str, Any]]) -> list[tuple[Any, ...]]:
    """One row for every combination of what is not aggregated; of nothing, one row if all is aggregated."""
    plain = [item for item in items if not item.aggregate]
    groups: dict[tuple[Any, ...], list[dict[str, Any]]] = {}
    for row in rows:
        groups.setdefault(tuple(row[item.cell] for item in plain), []).append(row)
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
    values = [value for row in rows if (value := row[item.cell]) is not None]
    if item.distinct:
        values = list(dict.fromkeys(values))
    try:
        return _AGGREGATES[item.aggregate or "COUNT"](values)
    except TypeError:
        raise InputError(f"{item.name} needs numbers", hint="use COUNT, MIN, MAX or COLLECT for text") from None


def _sortable(value: Any) -> tuple[bool, str, Any]:
    """Values in order within their type, the missing last, as Cypher sorts."""
    return (value is None, "" if value is None else "n" if isinstance(value, int | float) else "s", value or 0)
