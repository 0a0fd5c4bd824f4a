"""Questions to a graph, their answers known by heart; and the store read fast is the store read whole."""

from __future__ import annotations

import datetime
import html
import importlib.util
import json
import sqlite3
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from graph_generator import generate
from small_store import ENTITIES, small_ids, small_knowledge, write_store
from viewer_sample import unpacked

import kg
from kg.errors import InputError
from kg.model import Entity, Kind
from kg.query import AmbiguousName, Graph, UnknownName
from kg.query.clauses import parse
from kg.query.moments import asked, bounds, covered, precision
from kg.query.nearest import edit_distance, nearest
from kg.query.sentences import one_line
from kg.redact import initials, private_people

pytest.importorskip("pandas", reason="answers are DataFrames: pip install 'county-kg[notebooks]'")


IDS = small_ids()


@pytest.fixture(scope="module")
def graph(tmp_path_factory: pytest.TempPathFactory) -> Graph:
    folder = tmp_path_factory.mktemp("small")
    write_store(small_knowledge(), folder)
    return kg.open(folder)


def rows(frame: Any, *names: str) -> list[tuple[Any, ...]]:
    return [tuple(row) for row in frame[list(names)].itertuples(index=False)]


# The store read in columns is the store read in records


@pytest.mark.parametrize("make", [small_knowledge, lambda: generate(3000)], ids=["small", "generated"])
def test_columns_hold_what_resolution_makes(make: Any, tmp_path: Path) -> None:
    from kg.pipeline import load_knowledge

    write_store(make(), tmp_path)
    graph = kg.open(tmp_path)
    columns = graph.index.columns
    found = {
        (
            columns.ids[at],
            columns.entities[columns.subject[at]].id,
            columns.entities[columns.object[at]].id,
            columns.dates[at],
            columns.sources[at],
            columns.rules[at],
            columns.scores[at],
            tuple((columns.pages[s.page].id, s.article, s.start, s.end) for s in columns.sayings[at]),
            columns.entities[columns.event[at]].id if columns.event[at] >= 0 else None,
        )
        for at in range(len(columns))
    }
    expected = {
        (
            fact.id,
            fact.subject,
            fact.object,
            fact.date,
            fact.source,
            fact.rule,
            fact.score,
            tuple((e.page, e.article, e.span.start, e.span.end) for e in fact.evidence),
            dict(fact.attributes).get("event"),
        )
        for fact in load_knowledge(tmp_path)[0].facts
    }
    assert found == expected
    assert graph.nx.number_of_edges() == len(columns)


def test_importing_kg_loads_nothing_heavy() -> None:
    code = "import sys, kg; print(sorted({'numpy', 'pandas', 'networkx', 'spacy', 'kg.query'} & set(sys.modules)))"
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True).stdout.strip() == "[]"


# Visits

JIA = [("甲成功", "东桥村", "2021-01-12"), ("甲成功", "甲厂", "2021-01-12"), ("甲成功", "东桥村", "2021-02-03")]
YI = ("乙立波", "东桥村", "2021-01-12")


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ({"person": "甲成功"}, JIA),
        ({"person": "老甲"}, JIA),
        ({"person": IDS["person-jia"]}, JIA),
        ({"person": "甲成功", "since": "2021-02"}, JIA[2:]),
        ({"person": "甲成功", "until": datetime.date(2021, 1, 12)}, JIA[:2]),
        ({"person": "甲成功", "since": "2022"}, []),
        ({"place": "甲厂"}, JIA[1:2]),
        ({"place": "柯城区东桥村"}, [JIA[0], YI, *JIA[1:]]),
        ({"place": "柯城区东桥村", "within": False}, [JIA[0], YI, JIA[2]]),
        ({"place": "柯城区"}, [JIA[0], YI, *JIA[1:]]),
        ({"place": "衢江区"}, [("丙海", "西岭镇", None)]),
        ({"place": "衢江区", "since": "1990"}, []),
        ({"place": "衢江区东桥村"}, []),
        ({"place": "石梁镇", "role": "镇长"}, [YI]),
        ({"role": "柯城区委书记"}, JIA),
        ({"place": "柯城区", "event_type": "考察"}, [JIA[0], YI, *JIA[1:]]),
        ({"event_type": "meeting"}, []),
        ({"person": "丁文"}, []),
        ({"person": "丁文", "planned": True}, [("丁文", "东桥村", "2021-09")]),
        ({"place": "衢江区", "min_score": 0.6}, []),
    ],
    ids=str,
)
def test_visits(graph: Graph, question: dict[str, Any], expected: list[tuple[Any, ...]]) -> None:
    found = rows(graph.visits(**question), "person", "place", "date")
    assert sorted(found, key=str) == sorted(expected, key=str)
    dates = [date or "~" for _, _, date in found]
    assert dates == sorted(dates)


def test_a_visit_has_all_that_is_known_of_it(graph: Graph) -> None:
    row = graph.visits(person="乙立波").iloc[0].to_dict()
    assert row["township"] == "石梁镇"
    assert row["county"] == "柯城区"
    assert row["precision"] == "day"
    assert (row["event"], row["event_type"], row["event_id"]) == ("调研", "inspection", IDS["event-tour"])
    assert (row["newspaper"], row["issue_date"], row["doc"]) == ("今日柯城", "2021-03-05", "a.txt")
    assert row["evidence"] == "乙立波陪同。"
    assert row["place_id"] == "place-330802100201"


def test_an_empty_answer_keeps_its_columns(graph: Graph) -> None:
    assert list(graph.visits(person="丁文").columns) == list(graph.visits().columns)


def test_an_answer_may_be_changed_without_changing_the_graph(graph: Graph) -> None:
    answer = graph.visits(person="甲成功")
    answer.loc[:, "person"] = "somebody"
    assert set(graph.visits(person="甲成功").person) == {"甲成功"}


@pytest.mark.parametrize(
    ("inner", "outer"),
    [("place-330802", "place-330802100"), ("place-330802100", "place-330802100201")],
    ids=["county in township", "township in village"],
)
def test_nothing_lies_in_a_part_of_itself(tmp_path: Path, inner: str, outer: str) -> None:
    knowledge = small_knowledge()
    record = knowledge.records[0]
    part = next(fact for fact in record.facts if fact.relation == "PART_OF")
    wrong = replace(part, id="fact-wrong", subject=inner, object=outer)
    write_store(
        type(knowledge)(knowledge.entities, (replace(record, facts=(*record.facts, wrong)), *knowledge.records[1:])),
        tmp_path,
    )
    graph = kg.open(tmp_path)
    index = graph.index
    row = index.names.one(outer, (Kind.PLACE,))
    inside = [index.entities[each].id for each in index.territory.inside(row).tolist()]
    assert inner not in inside
    assert outer in inside
    assert len(graph.visits(place="柯城区")) == 4


def test_circles_end(tmp_path: Path) -> None:
    knowledge = small_knowledge()
    record = knowledge.records[0]
    part = next(fact for fact in record.facts if fact.subject == "place-site")
    back = replace(part, id="fact-back", subject=part.object, object=part.subject)
    write_store(type(knowledge)(knowledge.entities, (replace(record, facts=(*record.facts, back)),)), tmp_path)
    graph = kg.open(tmp_path)
    assert len(graph.visits(place="甲厂")) == len(graph.visits(place="柯城区东桥村")) == 4
    assert graph.visits(place="甲厂").county.unique().tolist() == ["柯城区"]


def test_itinerary(graph: Graph) -> None:
    assert rows(graph.itinerary("甲成功"), "date", "event", "places", "together_with") == [
        ("2021-01-12", "调研", "东桥村、甲厂", "乙立波"),
        ("2021-02-03", "走访", "东桥村", None),
    ]


def test_visitors(graph: Graph) -> None:
    assert rows(graph.visitors("石梁镇"), "person", "posts", "n_visits", "first_date", "last_date") == [
        ("甲成功", "柯城区委书记", 2, "2021-01-12", "2021-02-03"),
        ("乙立波", "石梁镇镇长", 1, "2021-01-12", "2021-01-12"),
    ]


def test_companions_and_covisits(graph: Graph) -> None:
    assert rows(graph.companions("甲成功"), "person", "n_events", "n_places") == [("乙立波", 2, 1)]
    assert rows(graph.companions("甲成功", until="2021-02"), "person", "n_events") == [("乙立波", 1)]
    assert rows(graph.companions(IDS["person-bing1"]), "person") == []
    assert rows(graph.covisits("甲成功", "乙立波"), "person", "other", "place", "date") == [
        ("甲成功", "乙立波", "东桥村", "2021-01-12")
    ]
    assert rows(graph.covisits("甲成功", "丁文"), "place") == []


def test_events(graph: Graph) -> None:
    assert rows(graph.events(person="乙立波"), "event_id", "participants", "places") == [
        (IDS["event-tour"], "甲成功、乙立波", "东桥村、甲厂"),
        (IDS["event-meeting"], "甲成功、乙立波", "石梁镇"),
    ]
    assert rows(graph.events(place="石梁镇", event_type="会议"), "event_id") == [(IDS["event-meeting"],)]
    assert rows(graph.events(since="2021-03-15", until="2021-03-16"), "event_id") == [(IDS["event-meeting"],)]
    assert rows(graph.events(planned=True, since="2021-04"), "event_id", "status") == [(IDS["event-plan"], "planned")]
    assert rows(graph.events(place="衢江区"), "event_id") == []


# Posts


@pytest.mark.parametrize(
    ("on", "basis"),
    [
        (None, None),
        ("2021-03-05", "said that day"),
        ("2021-04-01", "said before and after"),
        ("2021", "said that day"),
        ("2022-01-01", "last said before"),
        ("2020-01-01", "first said after"),
    ],
)
def test_posts(graph: Graph, on: str | None, basis: str | None) -> None:
    frame = graph.posts("甲成功", on=on)
    assert rows(frame, "role", "first_seen", "last_seen", "n_facts") == [
        ("柯城区委书记", "2021-03-05", "2021-06-01", 2)
    ]
    assert basis is None or list(frame.basis) == [basis]


def test_holders(graph: Graph) -> None:
    assert rows(graph.holders("柯城区委书记"), "person") == [("甲成功",)]
    assert rows(graph.holders("镇长"), "person_id", "organisation") == [
        (IDS["person-bing2"], "石梁镇"),
        (IDS["person-yi"], "石梁镇"),
    ]


# Paths, evidence, search


def test_path(graph: Graph) -> None:
    frame = graph.path("乙立波", "甲厂")
    assert frame["from"].iloc[0] == "乙立波"
    assert frame["to"].iloc[-1] == "甲厂"
    assert len(frame) == 3
    assert len(graph.path(IDS["person-bing1"], "甲成功")) == 0
    assert len(graph.path(IDS["person-bing1"], "西岭镇")) == 1
    assert len(graph.path("甲成功", IDS["person-jia"])) == 0
    assert len(graph.path("甲厂", "柯城区东桥村", relations=["PART_OF"])) == 1


def test_evidence_of_what_is_told_twice(graph: Graph) -> None:
    fact = graph.visits(place="甲厂").iloc[0].fact
    assert rows(graph.evidence(fact), "sentence", "doc", "page", "title", "url") == [
        ("本报讯 甲成功1月12日到东桥村，看了＜ＡＢ＞厂。", "a.txt", 1, "领导下乡", "https://example.org/1")
    ]
    twice = graph.visits(person="甲成功", until="2021-01").iloc[0].fact
    assert list(graph.evidence(twice).sentence)[1] == "乙立波陪同。"


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        ("又到东桥村", ["甲成功2月3日又到东桥村，说=1+1。"]),
        ("又到 东桥", ["甲成功2月3日又到东桥村，说=1+1。"]),
        ("<ab>厂", ["本报讯 甲成功1月12日到东桥村，看了＜ＡＢ＞厂。"]),
        ("东桥村,看", ["本报讯 甲成功1月12日到东桥村，看了＜ＡＢ＞厂。"]),
        ("没有的话", []),
        (".*", []),
        ("厂。乙", ["本报讯 甲成功1月12日到东桥村，看了＜ＡＢ＞厂。"]),
    ],
)
def test_search(graph: Graph, text: str, sentences: list[str]) -> None:
    assert list(graph.search(text, until="2021-03").sentence) == sentences


def test_search_is_limited(graph: Graph) -> None:
    assert len(graph.search("东桥村")) == 6
    assert len(graph.search("东桥村", limit=2)) == 2
    assert list(graph.search("东桥村", since="2021-06").doc) == ["b.txt"] * 3


# Bad questions: one clear line with a suggestion


@pytest.mark.parametrize(
    ("ask", "line"),
    [
        (lambda g: g.visits(place="石粱镇"), "no place or organisation is called '石粱镇' — did you mean 石梁镇?"),
        (lambda g: g.visits(person="jiachenggong"), "did you mean 甲成功"),
        (lambda g: g.visits(person="贾成功"), "did you mean 甲成功"),
        (lambda g: g.visits(person="jcg"), "did you mean 甲成功"),
        (lambda g: g.visits(person="石梁镇"), "no person is called"),
        (lambda g: g.visits(person="person-nobody"), "no person is called 'person-nobody'"),
        (
            lambda g: g.posts("丙海"),
            "2 people are called '丙海' — give the id of one: person-",
        ),
        (lambda g: g.visits(place="东桥村"), "2 places or organisations are called '东桥村'"),
        (lambda g: g.holders("区长"), "no post is called '区长' — did you mean"),
        (lambda g: g.visits(since="明天"), "'明天' is no date — write 2021, 2021-01 or 2021-01-12"),
        (lambda g: g.visits(since="2021-02-30"), "'2021-02-30' is no date"),
        (lambda g: g.visits(since="2022", until="2021"), "2022 lies after 2021"),
        (lambda g: g.visits(event_type="开会"), "no type of event is called '开会' — known: inspection 考察"),
        (lambda g: g.covisits("甲成功", "老甲"), "together with themselves"),
        (lambda g: g.path("甲成功", "乙立波", relations=["KNOWS"]), "no relation is called 'KNOWS'"),
        (lambda g: g.evidence("fact-0"), "no fact has the id 'fact-0'"),
        (lambda g: g.search("  "), "nothing to search for"),
        (lambda g: g.entities(kind="人"), "no kind is called '人'"),
        (lambda g: g.entity("\x1b[31m"), r"called '\x1b[31m'"),
    ],
    ids=range(19),
)
def test_bad_questions(graph: Graph, ask: Any, line: str) -> None:
    with pytest.raises(InputError) as caught:
        ask(graph)
    assert line in str(caught.value)
    assert "\n" not in str(caught.value)


def test_errors_can_be_used(graph: Graph) -> None:
    with pytest.raises(AmbiguousName) as ambiguous:
        graph.posts("丙海")
    assert {entity.id for entity in ambiguous.value.candidates} == {IDS["person-bing1"], IDS["person-bing2"]}
    assert sorted(len(graph.posts(entity)) for entity in ambiguous.value.candidates) == [0, 1]
    with pytest.raises(UnknownName) as unknown:
        graph.posts("甲城功")
    assert unknown.value.suggestions == ("甲成功",)


def test_stores_that_are_none(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="no store here"):
        kg.open(tmp_path / "nowhere")
    with sqlite3.connect(tmp_path / "kg.sqlite") as connection:
        connection.execute("CREATE TABLE notes (text)")
    with pytest.raises(InputError, match="not a store of kg"):
        kg.open(tmp_path)
    empty = tmp_path / "empty"
    knowledge = small_knowledge()
    write_store(type(knowledge)(knowledge.entities, ()), empty)
    with pytest.raises(InputError, match="holds no facts"):
        kg.open(empty)


def test_a_store_built_again_is_noticed(tmp_path: Path) -> None:
    knowledge = small_knowledge()
    write_store(knowledge, tmp_path)
    graph = kg.open(tmp_path)
    write_store(generate(200), tmp_path)
    assert len(graph.visits(person="甲成功")) == 3
    with pytest.raises(InputError, match="was built again"):
        graph.knowledge  # noqa: B018 # reading it is the question


# Cypher

needs_cypher = pytest.mark.skipif(
    importlib.util.find_spec("grandcypher") is None, reason="Cypher is an extra: pip install 'county-kg[cypher]'"
)


@needs_cypher
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
    ],
)
def test_cypher(graph: Graph, query: str, expected: list[tuple[Any, ...]]) -> None:
    assert [tuple(row) for row in graph.cypher(query).itertuples(index=False)] == expected


@needs_cypher
@pytest.mark.parametrize(
    ("query", "line"),
    [
        ("MATCH (a)-[r:VISITED]-(b) RETURN a.name", "without direction"),
        ("MATCH (a)--(b) RETURN a.name", "without direction"),
        ("MATCH (a) WITH a RETURN a.name", "WITH is not answered"),
        ("OPTIONAL MATCH (a) RETURN a.name", "OPTIONAL is not answered"),
        ("MATCH (a {name: $name}) RETURN a.name", "parameters"),
        ("MATCH (a)-[r*1..3]->(b) RETURN a.name", "any length"),
        ("MATCH p = (a)-[r]->(b) RETURN a.name", "a path as a value"),
        ("MATCH (a)-[r:VISITED {date: '2021'}]->(b) RETURN a.name", "attributes inside"),
        ("MATCH (a)-[r]->(a) RETURN a.name", "to itself"),
        ("MATCH (a)-[r]->(b)-[r]->(c) RETURN a.name", "r names two relations"),
        ("MATCH (a)--(b)-->(c) RETURN a.name", "without direction"),
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
    ("condition", "pattern"),
    [
        ("a.x = '1'", '(v0{x: "1"})'),
        ("a.x = '1' AND b.x = '2'", '(v0{x: "1"})-[v1]->(v2{x: "2"})'),
        ("a.x = '1' OR b.x = '2'", "(v0)-[v1]->(v2)"),
        ("NOT a.x = '1'", "(v0)-[v1]->(v2)"),
        ("r.x = '1'", "(v0)-[v1]->(v2)"),
        ("a.x = 1", "(v0)-[v1]->(v2)"),
        ("a.x = b.x", "(v0)-[v1]->(v2)"),
    ],
)
def test_what_must_be_equal_is_looked_for_first(condition: str, pattern: str) -> None:
    assert pattern in parse(f"MATCH (a)-[r]->(b) WHERE {condition} RETURN a.x", attributes=("x",)).matching


@needs_cypher
def test_cypher_counts_what_the_functions_count(tmp_path: Path) -> None:
    write_store(generate(600), tmp_path)
    graph = kg.open(tmp_path)
    visits = graph.visits(planned=True)
    counted = graph.cypher("MATCH (a:PERSON)-[r:VISITED]->(b) RETURN b.id, count(*) AS n, count(DISTINCT a) AS people")
    grouped = visits.groupby("place_id")
    assert dict(zip(counted["b.id"], counted.n, strict=True)) == grouped.size().to_dict()
    assert dict(zip(counted["b.id"], counted.people, strict=True)) == grouped.person_id.nunique().to_dict()
    pairs = visits.merge(visits, on="place_id")
    pairs = pairs[pairs.person_id_x != pairs.person_id_y]
    [[found]] = graph.cypher("MATCH (a:PERSON)-[r:VISITED]->(b)<-[s:VISITED]-(c:PERSON) RETURN count(*)").to_numpy()
    assert found == len(pairs)


def test_cypher_keywords_inside_strings_stay() -> None:
    parsed = parse("MATCH (a) WHERE a.name CONTAINS 'return with (a)-[r]-(b)' RETURN a.name", attributes=("name",))
    assert parsed.condition is not None
    assert parsed.condition.decide({"v0.name": "x return with (a)-[r]-(b)"}) is True


# What objects look like


def test_html_is_escaped_and_asks_for_nothing(graph: Graph) -> None:
    whole = graph._repr_html_()
    card = graph.entity("甲成功")._repr_html_()
    assert "柯城区委书记" in card
    assert "浙江省衢州市柯城区" in card
    for page in (whole, card):
        assert "<script" not in page
        assert "http" not in page


def test_hostile_names_are_escaped(tmp_path: Path) -> None:
    knowledge = small_knowledge()
    hostile = [
        entity
        if entity.id != "person-jia"
        else Entity(entity.id, Kind.PERSON, "<img src=y onerror=alert(1)>", anchor="330802")
        for entity in ENTITIES
    ]
    write_store(type(knowledge)(tuple(hostile), knowledge.records), tmp_path)
    graph = kg.open(tmp_path)
    name = "<img src=y onerror=alert(1)>"
    assert "<img" not in graph.entity(name)._repr_html_()
    assert "<img" not in graph.visits(person=name).to_html()


def test_view(graph: Graph) -> None:
    view = graph.view("甲成功")
    assert view._repr_html_().startswith("<iframe")
    assert "甲成功" in repr(view)
    assert 'title="甲成功"' in view._repr_html_()


def test_a_view_without_private_names(tmp_path: Path) -> None:
    write_store(small_knowledge(), tmp_path)
    graph = kg.open(tmp_path)
    private = private_people(graph.knowledge)
    person = next(entity for entity in graph.knowledge.entities if entity.id in private)
    view = graph.view(person.id, redact=True)
    page = html.unescape(view._repr_html_())
    told = json.dumps(unpacked(page), ensure_ascii=False)
    assert person.name not in told + page + repr(view) and person.id not in told + page
    assert initials(person.name) in told and unpacked(page)["scope"]["redacted"]


# Small parts


@pytest.mark.parametrize(
    ("iso", "first", "last", "exactness"),
    [
        ("2021-01-12", "2021-01-12", "2021-01-12", "day"),
        ("2020-02", "2020-02-01", "2020-02-29", "month"),
        ("2021", "2021-01-01", "2021-12-31", "year"),
        ("2020-07/2021-01", "2020-07-01", "2021-01-31", "interval"),
        ("1990/1999", "1990-01-01", "1999-12-31", "interval"),
    ],
)
def test_covered(iso: str, first: str, last: str, exactness: str) -> None:
    days = tuple(datetime.date.fromisoformat(day).toordinal() for day in (first, last))
    assert covered(iso) == days
    assert precision(iso) == exactness


@pytest.mark.parametrize("iso", [None, "", "none", "2021-13", "近日"])
def test_no_date_covers_nothing(iso: str | None) -> None:
    assert covered(iso) == (0, 0)


@pytest.mark.parametrize("when", ["2021-01-12", "2021年1月12日", "2021/1/12", "2021.01.12", datetime.date(2021, 1, 12)])
def test_dates_as_people_write_them(when: Any) -> None:
    assert asked(when) == (datetime.date(2021, 1, 12).toordinal(),) * 2


@pytest.mark.parametrize("when", ["", "21-1-1", "2021-1-1-1", "2021-00", "0000", "12.1.2021", "２０２１x"])
def test_no_dates(when: str) -> None:
    with pytest.raises(InputError, match="is no date"):
        bounds(when, None)


@pytest.mark.parametrize(
    ("left", "right", "distance"),
    [("", "", 0), ("石梁镇", "石粱镇", 1), ("石梁", "石梁镇", 1), ("甲乙丙", "丙乙甲", 2), ("甲", "一二三四", 3)],
)
def test_edit_distance(left: str, right: str, distance: int) -> None:
    assert edit_distance(left, right, most=2) == distance
    assert edit_distance(right, left, most=2) == distance


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("朱素方", ("朱素芳",)),
        ("zhu su fang", ("朱素芳",)),
        ("石梁", ("石梁镇",)),
        ("完全无关之词", ()),
        ("", ()),
        ("Q", ()),
    ],
)
def test_nearest(name: str, expected: tuple[str, ...]) -> None:
    assert nearest(name, ["朱素芳", "石梁镇", "蒋国强"], person=True) == expected


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("区\n委", "区委"),
        ("a b", "a b"),
        ("　领导 \r\n 下乡　", "领导下乡"),
        ("a  \t b", "a b"),
        ("\x1b[1m", "\ufffd[1m"),
    ],
)
def test_one_line(text: str, line: str) -> None:
    assert one_line(text) == line
