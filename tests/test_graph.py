"""The graph has a node an entity, an edge a fact, and attributes that any writer can take."""

from __future__ import annotations

import pytest
from gold_records import gold_records

from kg import graph as names
from kg.graph import build_graph
from kg.knowledge import Knowledge, facts_by_page
from kg.model import Entity, Fact, Issue, Kind, Page, PageRecord, Relation
from kg.resolve import resolve

KNOWLEDGE = resolve(gold_records())


def small(*entities: Entity, facts: tuple[Fact, ...] = ()) -> Knowledge:
    return Knowledge(entities, (PageRecord(Page("1", "/1", "", "文", Issue()), (), (), (), (), facts),))


def test_every_entity_and_fact_of_the_seeds_is_there() -> None:
    graph = build_graph(KNOWLEDGE)
    assert list(graph) == [entity.id for entity in KNOWLEDGE.entities]
    assert {key for _s, _o, key in graph.edges(keys=True)} == {fact.id for fact in KNOWLEDGE.facts}
    assert graph.number_of_edges() == len(KNOWLEDGE.facts)


def test_attributes_are_scalars_and_the_promised_ones_are_there() -> None:
    graph = build_graph(KNOWLEDGE)
    rows = [row for _n, row in graph.nodes(data=True)] + [row for _s, _o, row in graph.edges(data=True)]
    for row in rows:
        assert row[names.LABEL]
        assert isinstance(row[names.WEIGHT], float)
        assert "id" not in row
        assert all(isinstance(value, str | int | float | bool) for value in row.values())


def test_an_edge_carries_the_sentence_that_says_it() -> None:
    graph = build_graph(KNOWLEDGE)
    texts = {page.id: page.text for page in KNOWLEDGE.pages}
    for page, fact in facts_by_page(KNOWLEDGE):
        row = graph.edges[fact.subject, fact.object, fact.id]
        assert row[names.DOC] == page.id
        if fact.evidence:
            assert texts[page.id][row[names.START] : row[names.END]] == row[names.EVIDENCE]
        else:
            assert names.EVIDENCE not in row


def test_parallel_facts_are_parallel_edges() -> None:
    facts = tuple(
        Fact(f"f{day}", Relation.VISITED, "p", "l", f"2021-01-{day}", (), "gazetteer", "r", 0.5) for day in (20, 21)
    )
    graph = build_graph(small(Entity("p", Kind.PERSON, "张三"), Entity("l", Kind.PLACE, "村"), facts=facts))
    assert graph.number_of_edges("p", "l") == 2


@pytest.mark.parametrize(
    ("entity", "expected"),
    [
        pytest.param(Entity("p", Kind.PERSON, "张三"), {names.ALIASES, names.CODE, names.DATE, names.ORG}, id="absent"),
        pytest.param(Entity("p", Kind.PERSON, "张三", linked=True, aliases=("a",)), {names.CODE}, id="some"),
    ],
)
def test_what_is_unknown_is_absent(entity: Entity, expected: set[str]) -> None:
    assert not expected & set(build_graph(small(entity)).nodes["p"])


def test_a_separator_in_a_name_does_not_part_it() -> None:
    graph = build_graph(small(Entity("p", Kind.PERSON, "张三", aliases=("a;b", "c"))))
    assert graph.nodes["p"][names.ALIASES] == "a；b;c"


def test_attributes_of_a_fact_do_not_take_the_place_of_those_of_the_edge() -> None:
    attributes = (("key", "k"), ("label", "x"), ("part", "lead"), ("score", 7))
    fact = Fact("f", Relation.PARTICIPATED_IN, "p", "e", None, (), "gazetteer", "r", 0.5, attributes)
    graph = build_graph(small(Entity("p", Kind.PERSON, "张三"), Entity("e", Kind.EVENT, "会"), facts=(fact,)))
    row = graph.edges["p", "e", "f"]
    assert (row[names.LABEL], row[names.SCORE], row["part"]) == ("PARTICIPATED_IN", 0.5, "lead")
