"""Filters keep what they say and nothing that hangs in the air; a filter that cannot be meant is told."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from gold_records import gold_records
from graph_generator import generate

from kg.errors import InputError
from kg.exports import FORMATS, write_exports
from kg.knowledge import Knowledge
from kg.model import Entity, Fact, Issue, Kind, Page, PageRecord, Provenance, Relation, Span
from kg.resolve import resolve
from kg.select import date_bounds, find_region, select, select_people, significant

SEEDS = resolve(gold_records())
SAID = (Provenance("p.txt", None, Span(0, 2)),)


def place(code: str, name: str, subtype: str = "village", **more: Any) -> Entity:
    return Entity(f"place-{code}", Kind.PLACE, name, subtype=subtype, code=code, linked=True, **more)


def fact(name: str, relation: Relation, subject: str, target: str, **more: Any) -> Fact:
    given = {"date": None, "evidence": SAID, "source": "text", "rule": "made", "score": 0.9} | more
    return Fact(f"fact-{name}", relation, subject, target, **given)


ENTITIES = (
    Entity("person-a", Kind.PERSON, "甲"),
    Entity("person-b", Kind.PERSON, "乙"),
    place("330000", "浙江省", "province"),
    place("330800", "衢州市", "city"),
    place("330802", "柯城区", "county"),
    place("330802101", "石梁镇", "township"),
    place("330802101201", "白云村"),
    place("330803", "衢江区", "county"),
    place("330803201", "白云村", aliases=("白云",)),
    Entity("place-shop", Kind.PLACE, "菜场", subtype="site"),
    Entity("org-1", Kind.ORG, "柯城区委", subtype="government", anchor="330802"),
    Entity("role-1", Kind.ROLE, "柯城区委书记", title="书记", org="org-1"),
    Entity("event-1", Kind.EVENT, "调研", subtype="inspection", date="2021-01-12"),
    Entity("event-2", Kind.EVENT, "座谈", subtype="meeting", date="2020"),
)
FACTS = (
    fact("post", Relation.HOLDS_ROLE, "person-a", "role-1"),
    fact("part", Relation.PARTICIPATED_IN, "person-a", "event-1"),
    fact("talk", Relation.PARTICIPATED_IN, "person-b", "event-2", score=0.4),
    fact("where", Relation.TOOK_PLACE_AT, "event-1", "place-330802101201", date="2021-01-12"),
    fact(
        "visit",
        Relation.VISITED,
        "person-a",
        "place-330802101201",
        date="2021-01-12",
        attributes=(("event", "event-1"),),
    ),
    fact("shop", Relation.VISITED, "person-b", "place-shop", date="2021-02"),
    fact("tour", Relation.VISITED, "person-b", "place-330803201", date="2021-01-07/2021-01-17", score=0.6),
    fact("v", Relation.PART_OF, "place-330802101201", "place-330802101", evidence=(), source="gazetteer"),
    fact("t", Relation.PART_OF, "place-330802101", "place-330802", evidence=(), source="gazetteer"),
    fact("c", Relation.PART_OF, "place-330802", "place-330800", evidence=(), source="gazetteer"),
    fact("o", Relation.PART_OF, "place-330803201", "place-330803", evidence=(), source="gazetteer"),
    fact("s", Relation.PART_OF, "place-shop", "place-330802"),
)
PAGE = Page("p.txt", "p.txt", "0" * 64, "原文", Issue("报", "2021-03-01", "浙江省衢州市柯城区", "330802"))
KNOWN = Knowledge(ENTITIES, (PageRecord(PAGE, (), (), (), (), FACTS),))


def names(knowledge: Knowledge) -> set[str]:
    return {fact.id.removeprefix("fact-") for fact in knowledge.facts}


@pytest.mark.parametrize(
    ("filters", "kept"),
    [
        pytest.param({"since": "2021-01-12"}, "post part where visit shop tour v t c o s", id="since a day"),
        pytest.param({"until": "2020"}, "talk", id="until a year"),
        pytest.param({"since": "2021-01-18", "until": "2021-02"}, "shop s c", id="a period; a month reaches in"),
        pytest.param({"since": "2021-01-17", "until": "2021-01-17"}, "tour o", id="the last day of an interval"),
        pytest.param({"since": "2021-03"}, "post", id="undated: as of the day it was printed"),
        pytest.param({"region": "330803"}, "tour o", id="a code"),
        pytest.param({"region": "330800"}, "post part where visit shop tour v t c o s talk", id="a city and all in it"),
        pytest.param({"region": "石梁镇"}, "part where visit v t c", id="a name"),
        pytest.param({"region": "浙江省衢州市柯城区"}, "post part talk where visit shop v t c s", id="a path"),
        pytest.param({"types": ["PERSON", "PLACE"]}, "visit shop tour v t c o s", id="types"),
        pytest.param({"types": ["person", "Org"]}, "", id="types without facts between them"),
        pytest.param({"relations": ["visited"]}, "visit shop tour", id="a relation"),
        pytest.param({"relations": ["PART-OF"]}, "v t c o s", id="only geography"),
        pytest.param({"relations": ["visited", "part_of"], "since": "2021-02"}, "shop s c", id="with its geography"),
        pytest.param({"min_score": 0.5}, "post part where visit shop tour v t c o s", id="a score"),
        pytest.param({"min_score": 0.9, "relations": ["visited"]}, "visit shop", id="two filters"),
        pytest.param({}, "post part talk where visit shop tour v t c o s", id="no filter"),
    ],
)
def test_facts_kept(filters: dict[str, Any], kept: str) -> None:
    assert names(select(KNOWN, **filters)) == set(kept.split())


def test_no_filter_changes_nothing() -> None:
    assert select(KNOWN) is KNOWN


def test_only_what_a_kept_fact_names_stays() -> None:
    chosen = select(KNOWN, relations=["HOLDS_ROLE"])
    assert {entity.id for entity in chosen.entities} == {"person-a", "role-1", "org-1"}
    visits = select(KNOWN, relations=["VISITED"], until="2021-01-12", since="2021-01-12", min_score=0.7)
    assert {entity.id for entity in visits.entities} == {"person-a", "place-330802101201", "event-1"}


def test_what_is_left_out_is_not_referred_to() -> None:
    chosen = select(KNOWN, types=["PERSON", "PLACE", "ROLE"])
    assert {entity.kind for entity in chosen.entities} == {Kind.PERSON, Kind.PLACE, Kind.ROLE}
    assert all(entity.org is None for entity in chosen.entities)
    assert all(not fact.attributes for fact in chosen.facts)


FILTERS: list[dict[str, Any]] = [
    {"since": "2021"},
    {"until": "2021-01-15"},
    {"region": "柯城区"},
    {"types": ["PERSON", "EVENT"]},
    {"types": ["PLACE"]},
    {"relations": ["PARTICIPATED_IN"]},
    {"min_score": 0.5},
    {"region": "柯城区", "since": "2021", "min_score": 0.1, "types": ["PERSON", "PLACE"]},
]


@pytest.mark.parametrize("filters", FILTERS, ids=str)
def test_a_part_is_whole_in_itself(filters: dict[str, Any]) -> None:
    for knowledge in (SEEDS, KNOWN):
        chosen = select(knowledge, **filters)
        ids = {entity.id for entity in chosen.entities}
        pages = {page.id for page in chosen.pages}
        assert ids and ids <= {entity.id for entity in knowledge.entities}
        assert all({fact.subject, fact.object} <= ids for fact in chosen.facts)
        assert all(one.page in pages for fact in chosen.facts for one in fact.evidence)
        assert all(entity.org is None or entity.org in ids for entity in chosen.entities)
        linked = {link.mention for link in chosen.links}
        assert all(link.entity in ids for link in chosen.links)
        assert linked == {mention.id for mention in chosen.mentions}
        events = {entity.id for entity in knowledge.entities if entity.kind is Kind.EVENT}
        assert all(value in ids for fact in chosen.facts for _key, value in fact.attributes if value in events)
        assert select(chosen, **filters) == chosen


def test_every_format_takes_a_part(tmp_path: Any) -> None:
    formats = [name for name in FORMATS if name not in ("xlsx", "parquet")]
    written = write_exports(
        SEEDS, tmp_path, formats=formats, relations=["VISITED"], region="柯城区", types=["person", "place"]
    )
    assert list(written) == formats


def test_a_large_graph_is_cut_as_a_small_one() -> None:
    knowledge = generate(3000)
    chosen = select(knowledge, since="2020", until="2020", relations=["VISITED"])
    assert chosen.facts and all((fact.date or "").startswith("2020") for fact in chosen.facts)


@pytest.mark.parametrize(
    ("filters", "message"),
    [
        ({"since": "last year"}, "--since 'last year' is no date — write 2021-01-20, 2021-01 or 2021"),
        ({"until": "2021-02-30"}, "--until '2021-02-30' is no date"),
        ({"since": "2021-13"}, "is no date"),
        ({"since": "2022", "until": "2021"}, "--since 2022 is after --until 2021"),
        ({"types": ["PEOPLE"]}, "no type 'PEOPLE'"),
        ({"types": ["persn"]}, "did you mean PERSON?"),
        ({"relations": ["visit"]}, "no relation 'visit' — did you mean VISITED?"),
        ({"min_score": 80}, "a score is between 0 and 1, not 80"),
        ({"min_score": -0.1}, "a score is between 0 and 1"),
        ({"min_score": float("nan")}, "a score is between 0 and 1"),
        ({"region": "柯城"}, "no region '柯城' among these pages — did you mean 柯城区"),
        ({"region": "白云村"}, "several places are called '白云村' — give the code: 330802101201 白云村, 330803201 白云村"),
        ({"region": "菜场"}, "no region '菜场'"),
        ({"region": "440000"}, "nothing is left by these filters"),
        ({"since": "2030"}, "nothing is left by these filters — the pages speak of 2021-01-07 to 2021-03-01"),
        ({"min_score": 0.99, "relations": ["VISITED"]}, "nothing is left by these filters — leave one of them out"),
    ],
)  # fmt: skip
def test_what_cannot_be_meant_is_told(filters: dict[str, Any], message: str) -> None:
    with pytest.raises(InputError) as caught:
        select(KNOWN, **filters)
    assert message in str(caught.value)


@pytest.mark.parametrize(
    ("date", "bounds"),
    [
        ("2021-01-20", ("2021-01-20", "2021-01-20")),
        ("2020-02", ("2020-02-01", "2020-02-29")),
        ("2021", ("2021-01-01", "2021-12-31")),
        ("1990/1999", ("1990-01-01", "1999-12-31")),
        ("2021-01/2021-02-03", ("2021-01-01", "2021-02-03")),
        (None, None),
        ("", None),
        ("2021-1-2", None),
        ("2021-02-29", None),
        ("0000", None),
        ("2021-02-02/2021-01-01", None),
        ("a/b/c", None),
        ("２０２１", None),
    ],
)
def test_bounds_of_dates(date: str | None, bounds: tuple[str, str] | None) -> None:
    assert date_bounds(date) == bounds


@pytest.mark.parametrize(
    ("code", "short"),
    [("330000", "33"), ("33", "33"), ("330800", "3308"), ("330802000000", "330802"), ("330802005010", "330802005010")],
)
def test_codes_without_fill(code: str, short: str) -> None:
    assert significant(code) == short


def test_a_region_is_found_by_alias_and_by_path() -> None:
    assert find_region(ENTITIES, "白云") == "330803201"
    assert find_region(ENTITIES, "衢江区白云村") == "330803201"
    assert find_region(ENTITIES, "柯城区白云村") == "330802101201"


def test_a_circle_of_places_ends() -> None:
    circle = (
        fact("1", Relation.PART_OF, "place-x", "place-y"),
        fact("2", Relation.PART_OF, "place-y", "place-x"),
        fact("3", Relation.VISITED, "person-a", "place-x"),
    )
    entities = (*ENTITIES, Entity("place-x", Kind.PLACE, "子"), Entity("place-y", Kind.PLACE, "丑"))
    [record] = KNOWN.records
    assert names(select(Knowledge(entities, (replace(record, facts=circle),)), region="330802")) == {"1", "2", "3"}


@pytest.mark.parametrize(
    ("people", "kept"),
    [
        pytest.param(["甲"], {"post", "part", "where", "visit", "v", "t", "c"}, id="events whole, geography above"),
        pytest.param(["person-b"], {"talk", "shop", "tour", "o", "s", "c"}, id="by id"),
        pytest.param(["甲", "乙"], {fact.id.removeprefix("fact-") for fact in FACTS}, id="two"),
        pytest.param([], {fact.id.removeprefix("fact-") for fact in FACTS}, id="nobody named"),
    ],
)
def test_people_keep_their_events(people: list[str], kept: set[str]) -> None:
    assert names(select_people(KNOWN, people)) == kept


def test_whoever_shares_an_event_stays_with_their_posts() -> None:
    [record] = KNOWN.records
    more = (
        fact("with", Relation.PARTICIPATED_IN, "person-b", "event-1"),
        fact("aside", Relation.HOLDS_ROLE, "person-c", "role-1"),
    )
    entities = (*ENTITIES, Entity("person-c", Kind.PERSON, "丙", aliases=("老丙",)))
    known = Knowledge(entities, (replace(record, facts=(*FACTS, *more)),))
    assert names(select_people(known, ["乙"])) >= {"with", "part", "post", "where", "visit"}
    assert "aside" not in names(select_people(known, ["乙"]))
    assert names(select_people(known, ["老丙"])) == {"aside"}


def test_people_who_are_not_there_are_told() -> None:
    with pytest.raises(InputError, match="nobody is called '丁' on these pages"):
        select_people(KNOWN, ["丁"])
    with pytest.raises(InputError, match="nobody is called '白云村'"):
        select_people(KNOWN, ["白云村"])
