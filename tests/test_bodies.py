"""Which organisations are one across pages, which are proposed, and who is known country-wide."""

from __future__ import annotations

from dataclasses import replace

import pytest
from test_repeats import record

from kg.decisions import Decisions
from kg.knowledge import Knowledge
from kg.model import Entity, Issue, Kind, Link, Mention, PageRecord, Span, content_id
from kg.resolve import resolve
from kg.resolve.bodies import compared_name, fixed_id, nation_of
from kg.review import DoubtKind, find_doubts


def body(name: str, anchor: str | None = "330824", **more: object) -> Entity:
    told = {"subtype": "government", "linked": True} | more
    return Entity(content_id("org", name), Kind.ORG, name, anchor=anchor, **told)  # type: ignore[arg-type]


def id_of(entity: Entity, county: str = "330824") -> str:
    return fixed_id(Issue("甲报", "2021-03-03", region_code=county), entity)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("开化县卫健局", "开化县卫生健康局"), ("开化县发改委", "开化县发展改革委"), ("开化县发改委", "开化县发展和改革委员会"),
        ("开化县法院", "开化县人民法院"), ("衢州市市场监管局", "衢州市市场监督管理局"), ("开化县人社局", "开化县人力社保局"),
        ("开化县公安局芹阳派出所", "芹阳派出所"), ("共青团开化县委", "团县委"), ("开化县人武部", "开化县武装部"),
    ],
)  # fmt: skip
def test_forms_of_one_name_are_one_body(one: str, other: str) -> None:
    assert id_of(body(one)) == id_of(body(other))
    assert id_of(body(one)) != id_of(body(other, anchor="330802")), "of another county"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("开化县发改委", "开化县发改局"), ("开化县文旅局", "开化县文化和旅游局"), ("开化县卫健局", "开化县卫计局"),
        ("开化县财政局", "开化县地税局"), ("开化县公安局刑警大队", "刑警大队"), ("共青团开化县委", "共青团衢州学院委"),
        ("开化县公安局芹阳派出所", "开化县公安局池淮派出所"), ("开化县林业局", "开化县林业局林场"),
    ],
)  # fmt: skip
def test_other_names_are_other_bodies(one: str, other: str) -> None:
    assert id_of(body(one)) != id_of(body(other))


def test_a_name_that_only_looks_like_a_bureau_stays_as_it_is() -> None:
    for name in ("卫健餐饮有限公司", "开化县应急救援队", "开化县环保协会", "工商银行开化县支行"):
        assert compared_name(body(name)) == name
    assert compared_name(body("开化县卫健局", linked=False)) == "开化县卫健局"  # whoever it is, no gazetteer says so


@pytest.mark.parametrize(
    ("one", "other"),
    [("党中央", "中共中央"), ("中央", "党中央"), ("国家发改委", "国家发展和改革委员会"), ("新华社", "新华通讯社")],
)
def test_a_body_of_the_nation_is_one_in_all_counties(one: str, other: str) -> None:
    assert id_of(body(one, "330824")) == id_of(body(other, "330802"), "330802")
    assert id_of(body(one, "330824", linked=False)) != id_of(body(other, "330802", linked=False), "330802")


@pytest.mark.parametrize(
    ("title", "org", "nation"),
    [
        ("总理", "国务院", "国务院"), ("副总理", "国务院", "国务院"), ("国务委员", "国务院", "国务院"), ("委员", "中央政治局", "中共中央政治局"),
        ("国家主席", None, "国家"), ("总书记", None, "中共中央"), ("部长", "教育部", "教育部"),
        ("代表", "全国人民代表大会", None), ("参事", "国务院", None), ("司长", "教育部", None), ("书记", "开化县委", None),
        ("行长", "中国银行", None), ("主席", None, None),
    ],
)  # fmt: skip
def test_who_leads_the_nation(title: str, org: str | None, nation: str | None) -> None:
    subtype = "company" if org == "中国银行" else "government"
    assert nation_of(title, body(org, subtype=subtype) if org else None) == nation


def said_in(page: str, county: str, org: str, title: str, name: str) -> PageRecord:
    """A page of a county that gives somebody a post."""
    made = record(page, f"2021-03-0{page}", f"{org}{title}{name}到东村调研春耕备耕工作，看望村民。", people=(name,))
    entities = tuple(
        replace(entity, name=org, anchor=county, linked=True, subtype="government") if entity.kind is Kind.ORG
        else replace(entity, title=title) if entity.kind is Kind.ROLE
        else replace(entity, anchor=county)
        for entity in made.entities
    )  # fmt: skip
    return replace(made, page=replace(made.page, issue=replace(made.page.issue, region_code=county)), entities=entities)


def people(*pages: PageRecord) -> int:
    return sum(entity.kind is Kind.PERSON for entity in resolve(pages).entities)


def test_a_leader_of_the_nation_is_one_person_where_the_post_is_stated() -> None:
    first, second = (
        said_in(page, county, "国务院", "总理", "辛远程") for page, county in (("1", "330824"), ("2", "110119"))
    )
    assert people(first, second) == 1
    unstated = replace(second, facts=tuple(fact for fact in second.facts if fact.object != "role-1"))
    assert people(first, unstated) == 2, "a bare name in another county may be anybody's"
    assert (
        people(said_in("1", "330824", "国务院", "参事", "辛远程"), said_in("2", "110119", "国务院", "参事", "辛远程"))
        == 2
    )
    assert people(first, said_in("2", "110119", "延庆区政府", "区长", "辛远程")) == 2


def test_a_bureau_has_one_post_and_one_head_whatever_it_is_called() -> None:
    pages = [
        said_in("1", "330824", "开化县卫健局", "局长", "辛远程"),
        said_in("2", "330824", "开化县卫生健康局", "局长", "辛远程"),
    ]
    knowledge = resolve(pages)
    kinds = [entity.kind for entity in knowledge.entities]
    assert (kinds.count(Kind.ORG), kinds.count(Kind.ROLE), kinds.count(Kind.PERSON)) == (1, 1, 1)
    [org] = [entity for entity in knowledge.entities if entity.kind is Kind.ORG]
    assert {org.name, *org.aliases} == {"开化县卫健局", "开化县卫生健康局"}


COUNTY = Entity("place-330824", Kind.PLACE, "开化县", "county", code="330824", linked=True)


def named(*bodies: Entity, on_one_page: bool = False) -> Knowledge:
    """Pages that name a body each, or one that names all."""
    groups = [bodies] if on_one_page else [(each,) for each in bodies]
    pages = []
    for number, group in enumerate(groups, 1):
        text = "".join(f"{each.name}召开会议。" for each in group)
        made = record(str(number), f"2021-03-0{number}", text, people=(), post=False)
        spans = [Span(at := text.index(f"{each.name}召开"), at + len(each.name)) for each in group]
        mentions = [
            Mention(f"m{number}-{at}", str(number), None, span, text[span.start : span.end], Kind.ORG, "r", 1.0)
            for at, span in enumerate(spans)
        ]
        links = [Link(mention.id, each.id, True) for mention, each in zip(mentions, group, strict=True)]
        pages.append(replace(made, entities=(*group, COUNTY), facts=(), mentions=tuple(mentions), links=tuple(links)))
    return resolve(pages)


def proposed(*bodies: Entity, on_one_page: bool = False) -> list[tuple[set[str], str]]:
    doubts = find_doubts(named(*bodies, on_one_page=on_one_page), Decisions())
    return [(set(doubt.names), doubt.why[0][0]) for doubt in doubts if doubt.kind is DoubtKind.MERGE]


def firm(name: str, *aliases: str, anchor: str = "330824") -> Entity:
    return body(name, anchor, subtype="company", linked=False, aliases=aliases)


@pytest.mark.parametrize(
    ("one", "other", "why"),
    [
        pytest.param(firm("开化县月湾物业管理有限公司", "月湾"), firm("月湾"), "short_form", id="introduced on a page"),
        pytest.param(firm("月湾物业管理有限公司"), firm("月湾公司"), "short_form", id="begins so"),
        pytest.param(firm("衢州月湾物业管理有限公司", anchor="3308"), firm("月湾物业管理有限公司", anchor="3308"), None, id="no such region is known"),
        pytest.param(firm("开化月湾物业管理有限公司"), firm("月湾物业管理有限公司"), "region_left_out", id="without its county"),
        pytest.param(firm("月湾物业管理有限公司"), firm("月弯物业管理有限公司"), None, id="no look-alikes"),
        pytest.param(firm("土山物业管理有限公司"), firm("士山物业管理有限公司"), "look_alike", id="easily misread"),
        pytest.param(firm("月湾物业管理有限公司"), firm("海棠物业管理有限公司"), None, id="another firm"),
        pytest.param(firm("月湾物业管理有限公司"), firm("月湾公司", anchor="330802"), None, id="of another county"),
        pytest.param(body("开化县人大常委会"), body("开化县政协"), None, id="bodies of the gazetteer"),
    ],
)  # fmt: skip
def test_what_is_likely_is_proposed_and_not_joined(one: Entity, other: Entity, why: str | None) -> None:
    assert sum(entity.kind is Kind.ORG for entity in named(one, other).entities) == 2
    assert proposed(one, other) == ([({one.name, other.name}, why)] if why else [])
    assert proposed(other, one) == proposed(one, other)


def test_two_that_one_page_names_are_two_unless_one_is_short_for_the_other() -> None:
    assert proposed(firm("土山物业管理有限公司"), firm("士山物业管理有限公司"), on_one_page=True) == []
    assert proposed(firm("月湾物业管理有限公司"), firm("月湾公司"), on_one_page=True)
