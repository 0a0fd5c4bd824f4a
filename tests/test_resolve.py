"""One entity across pages where the key is one, two where anything may be two; facts stay facts of their page."""

from __future__ import annotations

import itertools
import re
from dataclasses import replace

import pytest
from gold_records import gold_records

from kg.knowledge import entity_index, without_planned
from kg.model import Candidate, Entity, Fact, Issue, Kind, Link, Page, PageRecord, Provenance, Relation, Span
from kg.resolve import is_shared_name, resolve

RECORDS = gold_records()


def page_record(
    page_id: str,
    *entities: Entity,
    facts: tuple[Fact, ...] = (),
    links: tuple[Link, ...] = (),
    region: str | None = "330803",
) -> PageRecord:
    page = Page(page_id, f"/x/{page_id}", page_id, "文" * 100, Issue(region_code=region))
    return PageRecord(page, (), (), links, entities, facts)


def fact(subject: str, object_: str, relation: Relation = Relation.VISITED, **more: object) -> Fact:
    values: dict[str, object] = {
        "id": f"f-{subject}-{object_}-{more.get('date')}-{more.get('at', 0)}",
        "date": None,
        "evidence": (Provenance("1", "a1", Span(int(str(more.pop("at", 0))), 50)),),
        "source": "text",
        "rule": "r",
        "score": 0.5,
    }
    return Fact(relation=relation, subject=subject, object=object_, **(values | more))  # type: ignore[arg-type]


def person(name: str, anchor: str | None = "330803") -> Entity:
    return Entity("p", Kind.PERSON, name, anchor=anchor)


def place(name: str, **more: object) -> Entity:
    return Entity("l", Kind.PLACE, name, **more)  # type: ignore[arg-type]


def org(name: str, **more: object) -> Entity:
    return Entity("o", Kind.ORG, name, **more)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("first", "second", "one"),
    [
        pytest.param(person("张三丰"), person("张三丰"), True, id="one name in one county"),
        pytest.param(person("张三丰"), person("张三丰", "330803102"), True, id="a township of the county"),
        pytest.param(person("张三丰"), person("张三丰", None), True, id="no anchor: the newspaper's county"),
        pytest.param(person("张三丰"), person("张三丰", "330802"), False, id="one name in two counties"),
        pytest.param(person("张三丰"), person("张三丰", "3308"), False, id="an official of the city"),
        pytest.param(person("张三丰"), person("张四丰"), False, id="two names"),
        pytest.param(person("吴某珍"), person("吴某珍"), False, id="masked"),
        pytest.param(person("余先生"), person("余先生"), False, id="surname and address"),
        pytest.param(place("白云村", code="330803102201"), place("白云", code="330803102201"), True, id="one code"),
        pytest.param(place("白云村", code="330803102201"), place("白云村", code="330803103201"), False, id="two codes"),
        pytest.param(place("文化广场", anchor="330803"), place("文化广场", anchor="330803101"), True, id="NIL place"),
        pytest.param(place("文化广场", anchor="330803"), place("文化广场", anchor="330802"), False, id="NIL, counties"),
        pytest.param(place("白云村", code="330803102201"), place("白云村", anchor="330803"), False, id="code and NIL"),
        pytest.param(org("教育局", anchor="330803"), org("教育局", anchor="330803"), True, id="organisation"),
        pytest.param(
            org("教育局", anchor="330803"), org("教育局", anchor="330802"), False, id="bureaus of two counties"
        ),
        pytest.param(org("教育部", linked=True), org("教育部", linked=True), True, id="known and of no county"),
        pytest.param(org("教育局"), place("教育局"), False, id="two kinds"),
    ],
)
def test_entities_of_two_pages(first: Entity, second: Entity, one: bool) -> None:
    knowledge = resolve([page_record("1", first), page_record("2", second)])
    assert len(knowledge.entities) == (1 if one else 2)


@pytest.mark.parametrize(("region", "n"), [("330803", 1), ("330802", 2), (None, 2)])
def test_without_an_anchor_the_newspapers_county_counts(region: str | None, n: int) -> None:
    records = [page_record("1", person("张三丰", None)), page_record("2", person("张三丰", None), region=region)]
    assert len(resolve(records).entities) == n


@pytest.mark.parametrize(
    "name", ["吴某珍", "王某", "李××", "张*", "余先生", "欧阳女士", "陈阿姨", "小陈", "老李", "阿宝", "陈"]
)
def test_names_that_stand_for_somebody_on_their_page_only(name: str) -> None:
    assert not is_shared_name(name)


@pytest.mark.parametrize("name", ["张三", "欧阳修", "买买提·艾力", "老舍先", "小林一郎", "先锋", "师傅强"])
def test_names_that_may_be_one_person_on_two_pages(name: str) -> None:
    assert is_shared_name(name)


def test_roles_are_one_where_title_and_organisation_are() -> None:
    def role(page_id: str, title: str, org_id: str | None) -> PageRecord:
        bureau = Entity("o", Kind.ORG, "教育局", anchor="330803")
        return page_record(page_id, Entity("r", Kind.ROLE, title, title=title, org=org_id), bureau)

    knowledge = resolve(
        [role("1", "局长", "o"), role("2", "局长", "o"), role("3", "副局长", "o"), role("4", "局长", None)]
    )
    roles = [entity for entity in knowledge.entities if entity.kind is Kind.ROLE]
    [bureau] = [entity for entity in knowledge.entities if entity.kind is Kind.ORG]
    assert sorted((role.title, role.org) for role in roles if role.org) == [("副局长", bureau.id), ("局长", bureau.id)]
    assert [role.title for role in roles if not role.org] == ["局长"]


def test_events_stay_with_their_page() -> None:
    event = Entity("e", Kind.EVENT, "全区教育工作会议", date="2021-01-20")
    assert len(resolve([page_record("1", event), page_record("2", event)]).entities) == 2


def test_the_name_told_most_counts_and_the_rest_are_aliases() -> None:
    names = ["柯城区教育局", "教育局", "教育局", "柯城教育局"]
    records = [
        page_record(str(at), place(name, code="330803", aliases=("区教育局",) if at else ()))
        for at, name in enumerate(names)
    ]
    [entity] = resolve(records).entities
    assert (entity.name, entity.aliases) == ("教育局", ("区教育局", "柯城区教育局", "柯城教育局"))
    [entity] = resolve(records[:2]).entities
    assert entity.name == "柯城区教育局"  # as often: the longer one


def test_one_fact_a_page_with_all_its_evidence() -> None:
    visits = (
        fact("p", "l", date="2021-01-20", at=3, score=0.4, rule="weak"),
        fact("p", "l", date="2021-01-20", at=9, score=0.8, rule="strong"),
        fact("p", "l", date="2021-01-20", at=3, score=0.1),
        fact("p", "l", date="2021-01-21", at=9),
        fact("p", "l", at=9),
    )
    knowledge = resolve([page_record("1", person("张三丰"), place("广场"), facts=visits)])
    assert [(f.date, len(f.evidence)) for f in knowledge.facts] == [("2021-01-20", 2), (None, 1), ("2021-01-21", 1)]
    assert (knowledge.facts[0].score, knowledge.facts[0].rule) == (0.8, "strong")
    assert [e.span.start for e in knowledge.facts[0].evidence] == [3, 9]


def test_a_claim_of_two_pages_is_two_facts() -> None:
    records = [
        page_record(page_id, person("张三丰"), place("广场"), facts=(fact("p", "l", id=f"f{page_id}"),))
        for page_id in "12"
    ]
    knowledge = resolve(records)
    assert len(knowledge.facts) == 2
    assert len({(f.subject, f.object) for f in knowledge.facts}) == 1


def test_two_names_of_one_place_are_not_part_of_each_other() -> None:
    village = Entity("l", Kind.PLACE, "白云村", code="330803102201")
    same = Entity("m", Kind.PLACE, "白云", code="330803102201")
    record = page_record("1", village, same, facts=(fact("l", "m", Relation.PART_OF), fact("l", "m")))
    assert [f.relation for f in resolve([record]).facts] == [Relation.VISITED]


def test_everything_points_at_resolved_entities() -> None:
    event = Entity("e", Kind.EVENT, "会议")
    link = Link("m1", "p", True, (Candidate("p", "张三丰", 0.5), Candidate("place-330803", "柯城区", 0.1)))
    record = page_record(
        "1",
        person("张三丰"),
        event,
        place("广场"),
        links=(link,),
        facts=(fact("p", "l", attributes=(("event", "e"), ("part", "p"))),),
    )
    knowledge = resolve([record])
    known = entity_index(knowledge)
    [visit], [link] = knowledge.facts, knowledge.links
    assert known[visit.subject].name == "张三丰" and known[visit.object].name == "广场"
    attributes = dict(visit.attributes)
    assert known[str(attributes["event"])].name == "会议"
    assert attributes["part"] == "p"  # only attributes that name entities are followed
    assert [candidate.entity in known for candidate in link.candidates] == [True, False]


@pytest.mark.parametrize(
    "record",
    [
        pytest.param(page_record("1", person("张三丰"), facts=(fact("p", "gone"),)), id="fact"),
        pytest.param(page_record("1", links=(Link("m", "gone", True),)), id="link"),
        pytest.param(page_record("1", Entity("r", Kind.ROLE, "局长", org="gone")), id="role"),
    ],
)
def test_a_name_that_points_nowhere_is_an_error(record: PageRecord) -> None:
    with pytest.raises(ValueError, match="no entity gone"):
        resolve([record])


def test_the_order_of_pages_and_of_what_stands_on_them_does_not_matter() -> None:
    expected = resolve(RECORDS)
    for order in itertools.islice(itertools.permutations(RECORDS), 0, 120, 29):
        assert resolve(order) == expected
    turned = [replace(r, entities=r.entities[::-1], mentions=r.mentions[::-1]) for r in RECORDS]
    assert resolve(turned).entities == expected.entities
    assert resolve(turned).mentions == expected.mentions


def test_ids_on_seed_pages() -> None:
    knowledge = resolve(RECORDS)
    ids = [entity.id for entity in knowledge.entities]
    assert len(set(ids)) == len(ids)
    assert all(re.fullmatch(r"[a-z]+-[0-9a-z]+", entity_id) for entity_id in ids)
    known = set(ids)
    assert all(link.entity in known for link in knowledge.links)
    assert all(f.subject in known and f.object in known for f in knowledge.facts)
    assert all(entity.org in known for entity in knowledge.entities if entity.org)
    assert all(f.evidence or f.source == "gazetteer" for f in knowledge.facts)
    assert len(knowledge.mentions) == sum(len(record.mentions) for record in RECORDS)


def test_plans_can_be_left_out_with_all_that_is_said_of_them() -> None:
    plan = Entity("e", Kind.EVENT, "拟建", status="planned")
    record = page_record(
        "1",
        plan,
        person("张三丰"),
        place("广场"),
        facts=(
            fact("p", "e", Relation.PARTICIPATED_IN),
            fact("e", "l", Relation.TOOK_PLACE_AT),
            fact("p", "l", attributes=(("event", "e"),)),
            fact("p", "l", date="2021"),
        ),
    )
    shown = without_planned(resolve([record]))
    assert [entity.kind for entity in shown.entities] == [Kind.PERSON, Kind.PLACE]
    assert [f.date for f in shown.facts] == ["2021"]
