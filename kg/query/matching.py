"""All matches of a pattern in a graph, as Cypher counts them, whatever engine looks for the nodes.

Engines differ: grand-cypher never takes two nodes of a pattern for one entity, confuses two relations between the same
nodes and finds `--` only where it is stated both ways; ladybug lets two relations of a pattern be the same fact. So an
engine is only asked which nodes fit a pattern of directed relations, one at most between two nodes; which facts lie
between them, and that no fact is taken twice in one MATCH, is decided here.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import product
from typing import Protocol

import networkx as nx

from kg.errors import InputError
from kg.graph import KIND, RELATION
from kg.query.pattern import Pattern, Step

MOST_MATCHES = 3_000_000
"""More would fill the memory of a notebook; a forgotten relation between two nodes makes as many at once."""

Match = tuple[tuple[str, ...], tuple[str, ...]]
"""The ids of nodes and of facts, in the order of the pattern's nodes and steps."""
Pairs = Mapping[str, Collection[tuple[str, str]]]


@dataclass(frozen=True, slots=True)
class Wanted:
    """A connected pattern for an engine: directed steps, one at most between two nodes, none from a node to itself.

    `among` are the only nodes that may stand for a name, where they are known beforehand.
    """

    nodes: Mapping[str, frozenset[str]]
    steps: tuple[Step, ...]
    among: Mapping[str, tuple[str, ...]]


class Engine(Protocol):
    """Finds nodes."""

    nodes_may_coincide: bool
    """Whether two nodes of a pattern may be the same entity."""

    def find(self, wanted: Wanted) -> Iterator[tuple[str, ...]]:
        """Node ids in the order of `wanted.nodes`; the same ones may come several times."""


class Facts:
    """A graph's nodes by kind and facts by relation, for looking up."""

    def __init__(self, graph: nx.MultiDiGraph[str]) -> None:
        """Read a graph as `kg.graph.build_graph` makes it."""
        self.graph = graph
        self.kinds: dict[str, str] = {node: about[KIND] for node, about in graph.nodes(data=True)}
        self.loops = {node for node in graph if graph.has_edge(node, node)}
        self.pairs: dict[str, dict[tuple[str, str], None]] = {}
        for subject, object_, about in graph.edges(data=True):
            self.pairs.setdefault(about[RELATION], {})[subject, object_] = None
        self.ends = {
            relation: (
                frozenset(self.kinds[subject] for subject, _ in pairs),
                frozenset(self.kinds[object_] for _, object_ in pairs),
            )
            for relation, pairs in self.pairs.items()
        }

    def of_kinds(self, kinds: frozenset[str]) -> Iterator[str]:
        """The nodes of some kinds."""
        return (node for node, kind in self.kinds.items() if kind in kinds)

    def between(self, subject: str, object_: str, relations: frozenset[str]) -> list[str]:
        """The facts of some relations from one node to another."""
        if not self.graph.has_edge(subject, object_):
            return []
        return [key for key, about in self.graph[subject][object_].items() if about[RELATION] in relations]


def find_matches(facts: Facts, engine: Engine, pattern: Pattern, among: Mapping[str, tuple[str, ...]]) -> list[Match]:
    """All matches of a pattern, each once, in no particular order.

    Args:
        among: for some names the only nodes that they may stand for.

    Raises:
        InputError: there are more than `MOST_MATCHES`.
    """
    found: dict[Match, None] = {}
    for steps in _directed(pattern.steps):
        wanted = _narrowed(facts, Wanted(pattern.nodes, steps, among))
        parts = [_part(wanted, names) for names in _connected(wanted)]
        nodes = [_distinct(_nodes(facts, engine, part)) for part in parts]
        names = [name for part in parts for name in part.nodes]
        for chosen in product(*nodes):
            bound = dict(zip(names, (node for part in chosen for node in part), strict=True))
            for keys in _facts(facts, steps, bound):
                found[tuple(bound[name] for name in pattern.nodes), keys] = None
                _count(len(found))
    return list(found)


def _distinct(found: Iterator[tuple[str, ...]]) -> list[tuple[str, ...]]:
    kept: dict[tuple[str, ...], None] = {}
    for nodes in found:
        kept[nodes] = None
        _count(len(kept))
    return list(kept)


def _count(matches: int) -> None:
    if matches > MOST_MATCHES:
        raise InputError(
            f"the pattern has more than {MOST_MATCHES:,} matches", hint="connect its parts, or say more in WHERE with ="
        )


def _directed(steps: tuple[Step, ...]) -> Iterator[tuple[Step, ...]]:
    """The steps with `--` read in either direction."""
    ways = [
        (step, replace(step, source=step.target, target=step.source)) if step.both_ways else (step,) for step in steps
    ]
    yield from product(*ways)


def _narrowed(facts: Facts, wanted: Wanted) -> Wanted:
    """The nodes with only those kinds that their relations are found with."""
    nodes = dict(wanted.nodes)
    for step in wanted.steps:
        there = [facts.ends[relation] for relation in sorted(step.relations) if relation in facts.ends]
        for name, side in ((step.source, 0), (step.target, 1)):
            nodes[name] &= frozenset().union(*(ends[side] for ends in there))
    return replace(wanted, nodes=nodes)


def _connected(wanted: Wanted) -> list[list[str]]:
    """The names of nodes in groups that relations hold together, in the order of the pattern."""
    graph: nx.Graph[str] = nx.Graph()
    graph.add_nodes_from(wanted.nodes)
    graph.add_edges_from((step.source, step.target) for step in wanted.steps)
    return [[name for name in wanted.nodes if name in group] for group in nx.connected_components(graph)]


def _part(wanted: Wanted, names: Sequence[str]) -> Wanted:
    return Wanted(
        {name: wanted.nodes[name] for name in names},
        tuple(step for step in wanted.steps if step.source in names),
        {name: wanted.among[name] for name in names if name in wanted.among},
    )


def _nodes(facts: Facts, engine: Engine, part: Wanted) -> Iterator[tuple[str, ...]]:
    """Nodes that fit a connected part, a superset of what has facts between them."""
    ways = [list(range(len(part.nodes)))] if engine.nodes_may_coincide else _partitions(len(part.nodes))
    names = list(part.nodes)
    for way in ways:
        merged = _merged(part, dict(zip(names, way, strict=True)))
        if not all(merged.nodes.values()) or any(not ids for ids in merged.among.values()):
            continue
        if any(step.source == step.target for step in merged.steps) and not facts.loops:
            continue
        for nodes in _found(facts, engine, merged):
            yield tuple(nodes[number] for number in way)


def _merged(part: Wanted, group: Mapping[str, int]) -> Wanted:
    """The part with all names of a group made one, called after the group's number."""
    nodes: dict[str, frozenset[str]] = {}
    among: dict[str, tuple[str, ...]] = {}
    for name, number in group.items():
        new = f"v{number}"
        nodes[new] = nodes.get(new, part.nodes[name]) & part.nodes[name]
        if name in part.among:
            both = part.among[name]
            among[new] = tuple(each for each in among.get(new, both) if each in both)
    steps = tuple(
        replace(step, source=f"v{group[step.source]}", target=f"v{group[step.target]}") for step in part.steps
    )
    return Wanted(nodes, steps, among)


def _found(facts: Facts, engine: Engine, part: Wanted) -> Iterator[tuple[str, ...]]:
    """The engine's answer, asked only for what it answers well: no loops, one step from a node to another."""
    steps = tuple({(step.source, step.target): step for step in part.steps if step.source != step.target}.values())
    looped = {step.source for step in part.steps if step.source == step.target}
    among = {name: part.among.get(name) for name in part.nodes}
    if not steps:
        [(name, kinds)] = part.nodes.items()
        found: Iterator[tuple[str, ...]] = ((node,) for node in among[name] or facts.of_kinds(kinds))
    elif len(part.nodes) == 2 and len(steps) == 1:
        found = _one_step(facts, part, steps[0])
    else:
        found = engine.find(Wanted(part.nodes, steps, part.among))
    at = {name: number for number, name in enumerate(part.nodes)}
    for nodes in found:
        if all(facts.kinds[node] in kinds for node, kinds in zip(nodes, part.nodes.values(), strict=True)) and all(
            nodes[at[name]] in facts.loops for name in looped
        ):
            yield nodes


def _one_step(facts: Facts, part: Wanted, step: Step) -> Iterator[tuple[str, ...]]:
    """Two nodes with one relation between them need no engine."""
    forwards = next(iter(part.nodes)) == step.source
    subjects, objects = (
        frozenset(part.among.get(name, facts.of_kinds(part.nodes[name]))) for name in (step.source, step.target)
    )
    for relation in sorted(step.relations & facts.pairs.keys()):
        for subject, object_ in facts.pairs[relation]:
            if subject in subjects and object_ in objects:
                yield (subject, object_) if forwards else (object_, subject)


def _facts(facts: Facts, steps: Sequence[Step], bound: Mapping[str, str]) -> Iterator[tuple[str, ...]]:
    """For each step a fact between the nodes bound, none twice in one MATCH."""
    ways = [facts.between(bound[step.source], bound[step.target], step.relations) for step in steps]
    for keys in product(*ways):
        if len({(key, step.clause) for key, step in zip(keys, steps, strict=True)}) == len(keys):
            yield keys


def _partitions(size: int) -> Iterator[list[int]]:
    """All ways to put things into groups, as the group of each, groups numbered by their first member."""

    def longer(groups: list[int]) -> Iterator[list[int]]:
        if len(groups) == size:
            yield groups
            return
        for number in range(max(groups, default=-1) + 2):
            yield from longer([*groups, number])

    yield from longer([])
