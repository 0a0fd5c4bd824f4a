"""Cypher: the answers that Cypher itself gives, whichever engine looks; a clear refusal of everything else."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import product
from pathlib import Path
from typing import Any

import networkx as nx
import pytest
from graph_generator import generate
from hypothesis import given, settings
from hypothesis import strategies as st
from outside_readers import reader
from small_store import small_knowledge, write_store

import kg
from kg.errors import InputError
from kg.query import Graph
from kg.query.clauses import parse
from kg.query.cypher import ENGINES, Cypher
from kg.query.matching import Facts
from kg.query.pattern import Pattern

pytest.importorskip("pandas", reason="answers are DataFrames: pip install 'county-kg[notebooks]'")
MODULES = {"grand-cypher": "grandcypher", "ladybug": "ladybug"}


def need(engine: str) -> None:
    reader(MODULES[engine], package=engine)


@pytest.fixture(scope="module")
def graph(tmp_path_factory: pytest.TempPathFactory) -> Graph:
    folder = tmp_path_factory.mktemp("small")
    write_store(small_knowledge(), folder)
    return kg.open(folder)


@pytest.fixture(scope="module")
def larger(tmp_path_factory: pytest.TempPathFactory) -> Graph:
    """More visits than ladybug reads at once (2,048)."""
    folder = tmp_path_factory.mktemp("larger")
    write_store(generate(5000), folder)
    return kg.open(folder)


@pytest.fixture(params=ENGINES)
def engine(request: pytest.FixtureRequest) -> str:
    name: str = request.param
    need(name)
    return name


# What Cypher itself would find, by trying every fact for every relation


def by_trying(graph: nx.MultiDiGraph[str], pattern: Pattern) -> Counter[tuple[str, ...]]:
    """Every way to put a fact to each step, no fact twice in one MATCH; ids of nodes and facts in order."""
    edges = [(s, key, about["relation"], t) for s, t, key, about in graph.edges(keys=True, data=True)]
    kinds = {node: about["type"] for node, about in graph.nodes(data=True)}
    found: set[tuple[str, ...]] = set()

    def go(at: int, bound: Mapping[str, str], used: frozenset[tuple[str, int]]) -> None:
        if at == len(pattern.steps):
            free = [name for name in pattern.nodes if name not in bound]
            for chosen in product(kinds, repeat=len(free)):
                whole = {**bound, **dict(zip(free, chosen, strict=True))}
                if all(kinds[whole[name]] in allowed for name, allowed in pattern.nodes.items()):
                    steps = (whole[step.name] for step in pattern.steps)
                    found.add((*(whole[name] for name in pattern.nodes), *steps))
            return
        step = pattern.steps[at]
        for source, key, relation, target in edges:
            for one, other in {(source, target), (target, source)} if step.both_ways else {(source, target)}:
                fits = bound.get(step.source, one) == one and bound.get(step.target, other) == other
                if step.source == step.target and one != other:
                    fits = False
                if fits and relation in step.relations and (key, step.clause) not in used:
                    go(
                        at + 1,
                        {**bound, step.source: one, step.target: other, step.name: key},
                        used | {(key, step.clause)},
                    )

    go(0, {}, frozenset())
    return Counter(found)


def answered(cypher: Cypher, query: str, names: Sequence[str], engine: str) -> Counter[tuple[str, ...]]:
    table = cypher.ask(f"{query} RETURN {', '.join(f'{name}.id AS {name}' for name in names)}", engine=engine)
    return Counter(tuple(row[name] for name in names) for row in table.rows())


@dataclass(frozen=True)
class Asked:
    """A query without its RETURN, and what it names: first nodes, then relations, in the order of the query."""

    query: str
    nodes: tuple[str, ...]
    steps: tuple[str, ...]


KINDS = ("PERSON", "PLACE", "ORG")
RELATIONS = ("VISITED", "PART_OF", "LOCATED_IN")
LABELLED = st.lists(st.sampled_from(KINDS), max_size=2, unique=True).map(
    lambda kinds: ":" * bool(kinds) + "|".join(kinds)
)
TYPED = st.lists(st.sampled_from(RELATIONS), max_size=2, unique=True).map(
    lambda them: ":" * bool(them) + "|".join(them)
)


@st.composite
def graphs(draw: st.DrawFn) -> nx.MultiDiGraph[str]:
    """A few entities and facts, with facts side by side, back and forth, and from something to itself."""
    graph: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    nodes = [f"n{at}" for at in range(draw(st.integers(1, 5)))]
    for node in nodes:
        graph.add_node(node, type=draw(st.sampled_from(KINDS)), name=node)
    ends = st.sampled_from(nodes)
    for at in range(draw(st.integers(0, 9))):
        graph.add_edge(draw(ends), draw(ends), key=f"f{at}", relation=draw(st.sampled_from(RELATIONS)))
    return graph


@st.composite
def queries(draw: st.DrawFn) -> Asked:
    """One to three relations between up to three nodes, in one MATCH or more, perhaps a node by itself."""
    nodes: dict[str, None] = {}
    text = ""
    names = []
    for at in range(draw(st.integers(0, 3))):
        source, target = draw(st.sampled_from("abc")), draw(st.sampled_from("abc"))
        left, right = draw(st.sampled_from((("-", "->"), ("<-", "-"), ("-", "-"))))
        text += draw(st.sampled_from((", ", " MATCH "))) if text else "MATCH "
        text += f"({source}{draw(LABELLED)}){left}[r{at}{draw(TYPED)}]{right}({target}{draw(LABELLED)})"
        nodes |= dict.fromkeys((source, target))
        names.append(f"r{at}")
    if not text or draw(st.booleans()):
        text += f"{', ' if text else 'MATCH '}(d{draw(LABELLED)})"
        nodes["d"] = None
    return Asked(text, tuple(nodes), tuple(names))


def check(graph: nx.MultiDiGraph[str], asked: Asked, engine: str) -> None:
    pattern = parse(f"{asked.query} RETURN {asked.nodes[0]}.id", attributes=("id",)).pattern
    found = answered(Cypher(graph), asked.query, (*asked.nodes, *asked.steps), engine)
    assert found == by_trying(graph, pattern)


@settings(max_examples=150, deadline=None)
@given(graph=graphs(), asked=queries())
def test_grand_cypher_finds_what_cypher_finds(graph: nx.MultiDiGraph[str], asked: Asked) -> None:
    need("grand-cypher")
    check(graph, asked, "grand-cypher")


@settings(max_examples=15, deadline=None)
@given(graph=graphs(), asked=queries())
def test_ladybug_finds_what_cypher_finds(graph: nx.MultiDiGraph[str], asked: Asked) -> None:
    need("ladybug")
    check(graph, asked, "ladybug")


PATTERNS = [
    "MATCH (a:PERSON)-[r:VISITED]->(b)<-[s:VISITED]-(c:PERSON)",
    "MATCH (a:PERSON)-[r:VISITED]->(b) MATCH (c:PERSON)-[s:VISITED]->(b)",
    "MATCH (a)-[r:VISITED]->(b), (a)-[s:VISITED]->(b)",
    "MATCH (a)-[r:VISITED]->(b), (a)-[s:PART_OF]->(b)",
    "MATCH (a:PERSON)-[r]->(b:ROLE), (c:PERSON)-[s:HOLDS_ROLE]->(d:ROLE)",
    "MATCH (a)-[r]-(b:PLACE)-[s]-(c)",
    "MATCH (a)-[r]->(b)-[s]->(c), (a)-[t]->(c)",
    "MATCH (a:PERSON|PLACE)-[r:VISITED|PART_OF]->(b:PLACE|ORG)",
    "MATCH (a)-[r]->(a)",
    "MATCH (a:PERSON), (b:ROLE)",
]


@pytest.mark.parametrize("query", PATTERNS)
def test_patterns_of_the_small_store(graph: Graph, engine: str, query: str) -> None:
    pattern = parse(f"{query} RETURN a.id", attributes=("id",)).pattern
    names = [name for name in "abcdrst" if f"({name}" in query or f"[{name}" in query]
    nodes = [name for name in names if f"({name}" in query]
    found = answered(Cypher(graph.nx), query, (*nodes, *(name for name in names if name not in nodes)), engine)
    assert found == by_trying(graph.nx, pattern)


def test_engines_find_the_same_in_a_larger_graph(larger: Graph) -> None:
    for name in ENGINES:
        need(name)
    people = larger.visits().person_id.value_counts().index[:2]
    for query in (
        "MATCH (a:PERSON {id: $one})-[r:VISITED]->(b)<-[s:VISITED]-(c:PERSON {id: $other}) "
        "WHERE r.event = s.event RETURN r.id AS r, s.id AS s",
        "MATCH (a:PERSON {id: $one})-[r:VISITED]->(b:PLACE)-[:PART_OF]->(t) RETURN b.name AS b, t.name AS t, r.id AS r",
        "MATCH (a:PERSON)-[r:VISITED]->(b)<-[s:VISITED]-(c:PERSON) WHERE b.name STARTS WITH '清' "
        "RETURN b.id, count(*) AS n, count(DISTINCT a) AS people ORDER BY n DESC",
    ):
        answers = [larger.cypher(query, {"one": people[0], "other": people[1]}, engine=name) for name in ENGINES]
        assert len(answers[0]) > 2
        assert answers[0].equals(answers[1])


def test_covisits_are_those_of_the_function(larger: Graph, engine: str) -> None:
    one, other = larger.visits().person_id.value_counts().index[:2]
    found = larger.cypher(
        "MATCH (a {id: $one})-[r:VISITED]->(b)<-[s:VISITED]-(c {id: $other}) WHERE r.event = s.event RETURN r.id, s.id",
        {"one": one, "other": other},
        engine=engine,
    )
    expected = larger.covisits(one, other)
    assert set(found.itertuples(index=False, name=None)) == set(zip(expected.fact, expected.other_fact, strict=True))


def test_this_release_of_ladybug_finds_everything() -> None:
    need("ladybug")
    from kg.query.ladybug import _connect, finds_everything

    assert finds_everything(_connect())


def test_a_release_of_ladybug_that_leaves_matches_out_is_refused(monkeypatch: pytest.MonkeyPatch, graph: Graph) -> None:
    need("ladybug")
    from kg.query import ladybug

    run = ladybug._run

    def forgetful(connection: Any, query: str, **parameters: object) -> list[list[Any]]:
        return run(connection, query, **parameters)[: -2 if "RETURN" in query else None]

    monkeypatch.setattr(ladybug, "_run", forgetful)
    with pytest.raises(InputError, match="leaves out matches"):
        Cypher(graph.nx).ask("MATCH (a)-[r]->(b)-[s]->(c) RETURN a.name", engine="ladybug")


@pytest.mark.parametrize("name", ["grandcypher", "ladybug"])
def test_an_engine_that_is_not_installed_is_told(monkeypatch: pytest.MonkeyPatch, graph: Graph, name: str) -> None:
    import sys

    monkeypatch.setitem(sys.modules, name, None)
    engine = next(engine for engine, module in MODULES.items() if module == name)
    with pytest.raises(InputError, match=r"is not installed — pip install 'county-kg\["):
        Cypher(graph.nx).ask("MATCH (a) RETURN a.name", engine=engine)


def test_an_unknown_engine_is_told(graph: Graph) -> None:
    with pytest.raises(InputError, match="no engine is called 'neo4j'"):
        graph.cypher("MATCH (a) RETURN a.name", engine="neo4j")


def test_a_forgotten_relation_does_not_fill_the_memory(
    monkeypatch: pytest.MonkeyPatch, larger: Graph, engine: str
) -> None:
    monkeypatch.setattr("kg.query.matching.MOST_MATCHES", 1000)
    with pytest.raises(InputError, match="more than 1,000 matches"):
        larger.cypher("MATCH (a:PERSON), (b:PERSON) RETURN count(*)", engine=engine)
    with pytest.raises(InputError, match="more than 1,000 matches"):
        larger.cypher("MATCH (a)-[:VISITED]->(b)<-[:VISITED]-(c) RETURN count(*)", engine=engine)


def test_many_nodes_of_one_attribute(larger: Graph, engine: str) -> None:
    villages = larger.cypher(
        "MATCH (a:PERSON)-[:VISITED]->(b)-[:PART_OF]->(c) WHERE b.subtype = 'village' RETURN count(*)", engine=engine
    )
    assert villages.iloc[0, 0] == len(larger.visits(planned=True))


def test_facts_are_found_by_their_ends() -> None:
    graph: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    graph.add_node("a", type="PERSON")
    graph.add_node("b", type="PLACE")
    graph.add_edge("a", "b", key="f", relation="VISITED")
    facts = Facts(graph)
    assert facts.between("a", "b", frozenset({"VISITED"})) == ["f"]
    assert facts.between("a", "b", frozenset({"PART_OF"})) == facts.between("b", "a", frozenset({"VISITED"})) == []
    assert facts.ends == {"VISITED": (frozenset({"PERSON"}), frozenset({"PLACE"}))}


VALID = (
    "MATCH (a:PERSON {name: '甲成功'})-[r:VISITED]->(b) WHERE r.date > '2021' AND NOT b.name IN ['x', \"y\"] RETURN a.name AS n",
    "match (人)<-[:参与|到访]-(b:PLACE), (人)--(c) return distinct 人.name, count(*) order by 人.name desc skip 1 limit 2;",
    "MATCH (a) WHERE (a.x = -1.5 OR a.name STARTS WITH $p) AND a.y IS NOT NULL RETURN min(a.x), collect(distinct a.name)",
)
PIECES = [
    *"()[]{}<>-:|,.;'\"$=*!\\\x00 \ud800",
    "->",
    "<-",
    "--",
    "MATCH",
    "WHERE",
    "RETURN",
    "AS",
    "IN",
    "NOT",
    "v0",
    "1",
    "名",
]


@settings(max_examples=400, deadline=None)
@given(
    query=st.sampled_from(VALID),
    cuts=st.lists(st.tuples(st.integers(0, 120), st.integers(0, 6), st.sampled_from(PIECES)), min_size=1, max_size=4),
)
def test_whatever_is_typed_is_read_or_refused_in_one_line(query: str, cuts: list[tuple[int, int, str]]) -> None:
    for at, size, piece in cuts:
        query = query[:at] + piece + query[at + size :]
    try:
        parse(query, attributes=("name", "date", "x", "y"), parameters={"p": "甲"})
    except InputError as error:
        assert "\n" not in str(error)


# Whole queries

PARAMETERS = {"name": "甲成功", "names": ["甲成功", "乙立波"], "hostile": "x' OR 1=1 \\", "n": -1, "none": None}


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        (
            "MATCH (a:PERSON)-[r:VISITED]->(b:PLACE) WHERE a.name = '甲成功' AND r.date > '2021-02' "
            "RETURN a.name, b.name, r.date",
            [("甲成功", "东桥村", "2021-02-03")],
        ),
        (
            "match (人:人物)-[r:到访]->(地) where 地.subtype = 'village' return 人.name as 姓名, count(*) as 次 "
            "order by 次 desc, 姓名",
            [("甲成功", 2), ("丁文", 1), ("乙立波", 1)],
        ),
        ("MATCH (a:PERSON {name: '乙立波'})-[r:HOLDS_ROLE]->(b) RETURN b.name", [("石梁镇镇长",)]),
        ("MATCH (b)<-[r:VISITED]-(a) RETURN DISTINCT a.name ORDER BY a.name LIMIT 2", [("丁文",), ("丙海",)]),
        ("MATCH (a)-[r:VISITED]->(b) WHERE r.date IS NULL RETURN a.name", [("丙海",)]),
        (
            "MATCH (a)-[r:VISITED]->(b) WHERE r.date <> '2021-01-12' RETURN a.name ORDER BY a.name DESC",
            [("甲成功",), ("丁文",)],
        ),
        ("MATCH (a)-[r:VISITED]->(b) WHERE r.date IS NOT NULL RETURN count(r)", [(5,)]),
        ("MATCH (a)-[r:VISITED]->(b) RETURN min(r.date), max(r.date)", [("2021-01-12", "2021-09")]),
        ("MATCH (a:PERSON)-[r:VISITED]->(b), (b)-[s:PART_OF]->(c) RETURN c.name;", [("东桥村",), ("衢江区",)]),
        ("MATCH (a:PERSON) WHERE a.name = 'nobody' RETURN count(*)", [(0,)]),
        ("MATCH (a)-[r:VISITED]->(b) RETURN a.name, r.date ORDER BY r.date DESC SKIP 1 LIMIT 1", [("丁文", "2021-09")]),
        ("MATCH (a:PERSON)-->(b:ROLE) RETURN count(*)", [(4,)]),
        ("MATCH (b:ROLE)<--(a) WHERE NOT a.name = '甲成功' RETURN DISTINCT a.name", [("丙海",), ("乙立波",)]),
        ("MATCH (a:PERSON) WHERE a.name STARTS WITH '甲' RETURN a.name", [("甲成功",)]),
        ("MATCH (a:PERSON) WHERE a.name IN ['甲成功', '乙立波'] RETURN collect(a.name)", [("乙立波、甲成功",)]),
        ("MATCH (a:PERSON) WHERE a.name IN $names RETURN collect(a.name)", [("乙立波、甲成功",)]),
        ("MATCH (a:PERSON {name: $name}) RETURN a.aliases", [("老甲",)]),
        ("MATCH (a:PERSON {name: $hostile}) RETURN a.aliases", []),
        (
            "MATCH (a) WHERE a.name <> $hostile AND a.weight > $n AND a.title = '书记' RETURN a.name",
            [("柯城区委书记",)],
        ),
        ("MATCH (a:ROLE) WHERE a.title = $none RETURN a.name", []),
        ("MATCH (a:PERSON {name: '甲成功'})-[r:VISITED {date: '2021-02-03'}]->(b) RETURN b.name", [("东桥村",)]),
        ("MATCH (:PERSON {name: '甲成功'})-[r:到访]->({name: '甲厂'}) RETURN r.date", [("2021-01-12",)]),
        ("MATCH (a:PLACE {name: '石梁镇'})--(b) RETURN DISTINCT b.name", [("会议",)]),
        ("MATCH (a:PLACE {name: '石梁镇'})-[r]-(b) RETURN r.relation", [("TOOK_PLACE_AT",)]),
        (
            "MATCH (a)-[r:参与]->(b:EVENT) WHERE r.order = 2 RETURN a.name, r.order, b.name ORDER BY r.order, b.name",
            [("乙立波", 2, "会议"), ("乙立波", 2, "调研")],
        ),
        (
            "MATCH (a:PERSON)-[r:VISITED]->(b) RETURN a.name AS who, min(r.date) AS first ORDER BY min(r.date), who LIMIT 2",
            [("乙立波", "2021-01-12"), ("甲成功", "2021-01-12")],
        ),
        ("MATCH (a)-[r:参与 {order: 2}]->(b:EVENT) RETURN a.name, b.name", [("乙立波", "会议"), ("乙立波", "调研")]),
        ("MATCH (a)-[r]->(a) RETURN count(*)", [(0,)]),
        ("MATCH (a:PERSON)-[r:VISITED]->(b)<-[s:VISITED]-(a) RETURN DISTINCT a.name", [("甲成功",)]),
        (
            "MATCH (a:PERSON {name: 'a'}) RETURN min(a.name), sum(a.weight), avg(a.weight), count(a.name)",
            [(None, 0, None, 0)],
        ),
    ],
)
def test_cypher(graph: Graph, engine: str, query: str, expected: list[tuple[Any, ...]]) -> None:
    assert [tuple(row) for row in graph.cypher(query, PARAMETERS, engine=engine).itertuples(index=False)] == expected


@pytest.mark.parametrize(
    ("query", "line"),
    [
        ("MATCH (a) WITH a RETURN a.name", "WITH is not answered"),
        ("OPTIONAL MATCH (a) RETURN a.name", "OPTIONAL is not answered"),
        ("MATCH (a {name: $name}) RETURN a.name", "the parameter $name has no value"),
        ("MATCH (a {name: $}) RETURN a.name", "the parameter $ has no value"),
        ("MATCH (a)-[r*1..3]->(b) RETURN a.name", "any length"),
        ("MATCH p = (a)-[r]->(b) RETURN a.name", "a path as a value is not answered"),
        ("MATCH (a:PERSON:PLACE) RETURN a.name", "nothing has two kinds"),
        ("MATCH (a)-[r]->(r) RETURN a.name", "names a relation and a node"),
        ("MATCH (a)-[a]->(b) RETURN a.name", "a names two things"),
        ("MATCH (a)<-[r]->(b) RETURN a.name", "two heads"),
        ("MATCH (a)-[r:VISITED {day: 'x'}]->(b) RETURN a.name", "no attribute is called 'day'"),
        ("MATCH (a {name}) RETURN a.name", "cannot be read at }"),
        ("MATCH (a)-[r]->(b)-[s]->(c)-[t]->(d)-[u]->(e)-[v]->(f)-[w]->(g) RETURN a.name", "more than 6 nodes"),
        ("MATCH (a) WHERE a.name = 'x' MATCH (b) RETURN a.name", "MATCH behind WHERE"),
        ("MATCH (a:PERSON)-[r]->(b) RETURN DISTINCT a.name ORDER BY b.name", "cannot be sorted by b.name"),
        ("MATCH (a:PERSON)-[r]->(b) RETURN a.name, count(*) ORDER BY b.name", "cannot be sorted by b.name"),
        ("MATCH (a:PERSON) RETURN count(count(a.name))", "cannot return"),
        ("MATCH (a:PERSON) RETURN size(a.name)", "cannot return"),
        ("MATCH (a:PERSON) RETURN *", "cannot return"),
        ("MATCH (a:PERSON) UNWIND [1] AS x RETURN x", "UNWIND is not answered"),
        ("MATCH (a:PERSON) RETURN a.name UNION MATCH (a:ORG) RETURN a.name", "UNION is not answered"),
        ("MATCH (a:PERSON) RETURN CASE a.name WHEN 'x' THEN 1 END", "CASE is not answered"),
        ("MATCH (a) WHERE (a)-->(b) RETURN a.name", "not a Cypher condition"),
        ("MATCH (a) WHERE a:PERSON RETURN a.name", "not a Cypher condition"),
        ("MATCH (a) WHERE a.weight + 1 > 2 RETURN a.name", "not a Cypher condition at +"),
        ("MATCH (a) WHERE a.name = 'x' XOR a.name = 'y' RETURN a.name", "not a Cypher condition at XOR"),
        ("MATCH shortestPath((a)-[*]->(b)) RETURN a.name", "cannot be read at shortestPath"),
        ("MATCH (a)-[:VISITED*2]->(b) RETURN a.name", "any length"),
        ("MATCH (a) (b) RETURN a.name", "cannot be read at ("),
        ("MATCH (a)- RETURN a.name", "cannot be read at"),
        ("MATCH (a)-[r]->(b)-[r]->(c) RETURN a.name", "r names two things"),
        ("MATCH (a) WHERE a.name RETURN a.name", "not a Cypher condition at its end"),
        ("MATCH (a) WHERE a.name = 'x' 'y' RETURN a.name", "not a Cypher condition at 'y'"),
        ("MATCH (a) WHERE (a.name = 'x' RETURN a.name", "not a Cypher condition"),
        ("MATCH (a) WHERE b.name = 'x' RETURN a.name", "no variable b"),
        ("MATCH (a) WHERE a.nmae = 'x' RETURN a.name", "did you mean name"),
        ("MATCH (a) WHERE RETURN a.name", "not a Cypher condition"),
        ("MATCH (a:PERSON) RETURN a", "a whole node"),
        ("MATCH (a:PERSON) RETURN a.nmae", "no attribute is called 'nmae' — did you mean name"),
        ("MATCH (a:PEOPLE) RETURN a.name", "no kind is called 'PEOPLE'"),
        ("MATCH (a)-[r:VISIT]->(b) RETURN a.name", "no relation is called 'VISIT'"),
        ("MATCH (a) RETURN b.name", "no variable b"),
        ("MATCH (a) DELETE a", "the graph is only read"),
        ("MATCH (a) WHERE a.name =~ '甲.*' RETURN a.name", "=~"),
        ("MATCH (a:PERSON RETURN a.name", "not a Cypher query"),
        ("MATCH (a:PERSON) WHERE a.name = '甲 RETURN a.name", "no partner"),
        ("MATCH (a:PERSON)", "needs one RETURN"),
        ("SELECT * FROM visits", "must begin with MATCH"),
        ("", "it is empty"),
        ("MATCH (a:PERSON) RETURN a.name LIMIT many", "LIMIT needs a number"),
        ("MATCH (a:PERSON) RETURN sum(a.name)", "needs numbers"),
        ("MATCH (a:PERSON) RETURN 1 + 1", "cannot return"),
        ("MATCH () RETURN a.name", "nothing in the pattern has a name"),
    ],
)
def test_cypher_that_would_be_wrong(graph: Graph, query: str, line: str) -> None:
    with pytest.raises(InputError) as caught:
        graph.cypher(query)
    assert line in str(caught.value)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize(
    ("condition", "decided"),
    [
        ("a.x = '1'", True),
        ("a.x = 1", False),
        ("a.x <> 1", True),
        ("a.x > 1", None),
        ("a.n >= 2", True),
        ("a.n < 2.5 AND a.n > -1", True),
        ("a.none = '1'", None),
        ("a.none <> '1'", None),
        ("a.none = null", None),
        ("a.none IS NULL", True),
        ("a.x IS NULL", False),
        ("a.x IS NOT NULL", True),
        ("NOT a.x = '2'", True),
        ("NOT a.none = '2'", None),
        ("NOT NOT a.x = '1'", True),
        ("a.x = '1' OR a.x = '2' AND a.n = 9", True),
        ("(a.x = '1' OR a.x = '2') AND a.n = 9", False),
        ("a.none = '1' OR a.x = '1'", True),
        ("a.none = '1' AND a.x = '2'", False),
        ("a.none = '1' AND a.x = '1'", None),
        ("a.x IN ['0', '1']", True),
        ("a.x IN []", False),
        ("a.none IN ['1']", None),
        ("a.word CONTAINS '乙'", True),
        ("a.word STARTS WITH '乙'", False),
        ("a.word ENDS WITH '丙'", True),
        ("a.n CONTAINS '2'", None),
        ("a.none CONTAINS '2'", None),
        ("a.yes = true", True),
        ("a.yes = 1", False),
        (r"a.word = '甲\'乙'", False),
    ],
)
def test_conditions_decide_as_cypher_does(condition: str, decided: bool | None) -> None:
    names = ("x", "n", "none", "word", "yes")
    parsed = parse(f"MATCH (a) WHERE {condition} RETURN a.x", attributes=names)
    row = {"v0.x": "1", "v0.n": 2, "v0.none": None, "v0.word": "甲乙丙", "v0.yes": True}
    assert parsed.condition is not None
    assert parsed.condition.decide(row) is decided


@pytest.mark.parametrize(
    ("condition", "equal"),
    [
        ("a.x = '1'", [("v0.x", "1")]),
        ("a.x = '1' AND b.x = '2'", [("v0.x", "1"), ("v2.x", "2")]),
        ("a.x = '1' OR b.x = '2'", []),
        ("NOT a.x = '1'", []),
        ("r.x = '1'", [("v1.x", "1")]),
        ("a.x = 1", []),
        ("a.x = b.x", []),
    ],
)
def test_what_must_be_equal_is_looked_for_first(condition: str, equal: list[tuple[str, str]]) -> None:
    parsed = parse(f"MATCH (a)-[r]->(b) WHERE {condition} RETURN a.x", attributes=("x",))
    assert parsed.condition is not None
    assert list(parsed.condition.equal) == equal


def test_cypher_counts_what_the_functions_count(tmp_path: Path) -> None:
    write_store(generate(600), tmp_path)
    graph = kg.open(tmp_path)
    visits = graph.visits(planned=True)
    counted = graph.cypher("MATCH (a:PERSON)-[r:VISITED]->(b) RETURN b.id, count(*) AS n, count(DISTINCT a) AS people")
    grouped = visits.groupby("place_id")
    assert dict(zip(counted["b.id"], counted.n, strict=True)) == grouped.size().to_dict()
    assert dict(zip(counted["b.id"], counted.people, strict=True)) == grouped.person_id.nunique().to_dict()
    pairs = visits.merge(visits, on="place_id")
    # A visit does not meet itself; two visits of one person to a place do meet.
    pairs = pairs[pairs.fact_x != pairs.fact_y]
    [[found]] = graph.cypher("MATCH (a:PERSON)-[r:VISITED]->(b)<-[s:VISITED]-(c:PERSON) RETURN count(*)").to_numpy()
    assert found == len(pairs)


def test_cypher_keywords_inside_strings_stay() -> None:
    parsed = parse("MATCH (a) WHERE a.name CONTAINS 'return with (a)-[r]-(b)' RETURN a.name", attributes=("name",))
    assert parsed.condition is not None
    assert parsed.condition.decide({"v0.name": "x return with (a)-[r]-(b)"}) is True
