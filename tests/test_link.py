"""Which division a name means, whose body a body is, where things lie; and what stays an entity of its own."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from reading import Reader, page_of

from kg.gazetteers import Division, load_divisions
from kg.link import FEATURES, Linked, Linker
from kg.mentions.found import Found
from kg.model import Kind, Relation
from kg.ontology import load_ontology
from kg.sheet import lay_out

SANTAI = "四川省绵阳市三台县"
WUYI = "浙江省金华市武义县"
KUNSHAN = "江苏省苏州市昆山市"
SONGJIANG = "上海市松江区"
DIVISIONS = load_divisions()


def place(text: str, name: str, codes: tuple[str, ...], *, rule: str = "division.full") -> Found:
    at = text.index(name)
    level = DIVISIONS.get(codes[0])
    return Found(at, at + len(name), Kind.PLACE, level.level if level else "site", "division", rule, 0.9, codes)


@pytest.fixture(scope="module")
def link() -> Callable[[str, list[Found], str | None], Linked]:
    """Links finds on a page that is nothing but `text`."""
    linker = Linker(DIVISIONS)

    def run(text: str, finds: list[Found], home: str | None) -> Linked:
        sheet = lay_out(page_of(text), (), ontology=load_ontology(), tagger=None)
        region: Division | None = DIVISIONS.get(home) if home else None
        return linker.link(sheet, finds, region)

    return run


Linking = Callable[[str, list[Found], str | None], Linked]
GULOU = ("320106", "320302", "350102", "410204")  # 鼓楼区 of Nanjing, Xuzhou, Fuzhou, Kaifeng


@pytest.mark.parametrize(
    ("text", "before", "home", "code"),
    [
        pytest.param("南京市鼓楼区", "3201", None, "320106", id="city before"),
        pytest.param("徐州市鼓楼区", "3203", None, "320302", id="another city before"),
        pytest.param("徐州市鼓楼区", "3203", "320106", "320302", id="city before beats home"),
        pytest.param("位于鼓楼区", None, "350102", "350102", id="home itself"),
        pytest.param("位于鼓楼区", None, "4102", "410204", id="in home"),
        pytest.param("位于鼓楼区", None, "320113", "320106", id="in the home city"),
        pytest.param("位于鼓楼区", None, "350203", "350102", id="in the home province"),
        pytest.param("位于鼓楼区", None, "330106", None, id="anywhere: undecided"),
        pytest.param("位于鼓楼区", None, None, None, id="no home: undecided"),
        pytest.param("位于鼓楼区", None, "320505", None, id="two in the home province: undecided"),
    ],
)
def test_one_of_many(link: Linking, text: str, before: str | None, home: str | None, code: str | None) -> None:
    finds = [place(text, text[:3], (before,))] if before else []
    finds.append(place(text, "鼓楼区", GULOU))
    linked = link(text, finds, home)
    entity = linked.entities[linked.entity_of[-1]]
    assert entity.code == code
    assert linked.links[-1].nil is (code is None)
    scores = [candidate.score for candidate in linked.links[-1].candidates]
    assert len(scores) == 4
    assert scores == sorted(scores, reverse=True)


def test_a_candidate_says_why(link: Linking) -> None:
    text = "南京市鼓楼区"
    linked = link(text, [place(text, "南京市", ("3201",)), place(text, "鼓楼区", GULOU)], "320113")
    best = linked.links[-1].candidates[0]
    assert best.entity == "place-320106"
    assert "chain" in best.evidence
    assert best.score == sum(FEATURES[name] for name in best.evidence)


def test_what_no_gazetteer_has_is_its_own(link: Linking) -> None:
    text = "鸿福家园和鸿福家园"
    finds = [Found(at, at + 4, Kind.PLACE, "site", "name", "name.suffix", 0.9) for at in (0, 5)]
    linked = link(text, finds, "510722")
    assert linked.entity_of[0] == linked.entity_of[1]
    entity = linked.entities[linked.entity_of[0]]
    assert (entity.name, entity.code, entity.anchor, entity.linked) == ("鸿福家园", None, "510722", False)
    assert all(one.nil for one in linked.links)


def test_unknown_codes_are_no_candidates(link: Linking) -> None:
    linked = link(
        "某某镇", [Found(0, 3, Kind.PLACE, "township", "division", "division.township", 0.9, ("999999999",))], None
    )
    assert linked.links[0].nil
    assert linked.links[0].candidates == ()


def test_nothing_found_nothing_linked(link: Linking) -> None:
    linked = link("春耕", [], "510722")
    assert (linked.mentions, linked.links, linked.entities) == ([], [], {})


@pytest.mark.parametrize(
    ("region", "text", "surface", "name"),
    [
        pytest.param(WUYI, "县教育局局长陈国介绍。", "县教育局", "武义县教育局", id="county"),
        pytest.param(WUYI, "市委书记到会。", "市委", "金华市委", id="city above"),
        pytest.param(KUNSHAN, "市委书记到会。", "市委", "昆山市委", id="county-level city"),
        pytest.param(KUNSHAN, "苏州市委书记到会。", "苏州市委", "苏州市委", id="the city above by name"),
        pytest.param(SONGJIANG, "市委书记到会。", "市委", "上海市委", id="municipality"),
        pytest.param(SANTAI, "中共三台县委作出决定。", "中共三台县委", "三台县委", id="without 中共"),
        pytest.param(SANTAI, "县委常委、组织部部长罗永强出席。", "组织部", "三台县委组织部", id="of the committee before"),
        pytest.param(SANTAI, "县人民政府公告。", "县人民政府", "三台县政府", id="people's government"),
        pytest.param("甘肃省临夏回族自治州东乡族自治县", "东乡县委书记到会。", "东乡县委", "东乡族自治县委", id="abbreviated county"),
        pytest.param(WUYI, "中共金华市武义县委书记张一鸣来到村里。", "中共金华市武义县委", "武义县委", id="committee under its city"),
        pytest.param(WUYI, "浙江省金华市武义县人民法院院长张一鸣来到村里。", "武义县人民法院", "武义县人民法院", id="court under its city"),
        pytest.param(WUYI, "九三学社武义县委主委张一鸣来到村里。", "九三学社武义县委", "九三学社武义县委", id="of another party"),
    ],
)  # fmt: skip
def test_body_of(reader: Reader, region: str, text: str, surface: str, name: str) -> None:
    assert (surface, name) in reader.bodies(text, region)


@pytest.mark.parametrize(
    ("region", "text", "surface"),
    [
        pytest.param(None, "县委书记到会。", "县委", id="no home"),
        pytest.param(None, "区教育局发文。", "区教育局", id="no home, bureau"),
    ],
)
def test_body_of_nobody(reader: Reader, region: str | None, text: str, surface: str) -> None:
    found = [one for one in reader.said(text, region) if one.surface == surface]
    assert all(one.entity.anchor is None and not one.entity.linked for one in found)


def inside(reader: Reader, text: str, region: str) -> set[tuple[str, str]]:
    record = reader.record(text, region)
    names = {entity.id: entity.name for entity in record.entities}
    return {
        (names[fact.subject], names[fact.object])
        for fact in record.facts
        if fact.relation in (Relation.PART_OF, Relation.LOCATED_IN)
    }


@pytest.mark.parametrize(
    ("text", "pair"),
    [
        pytest.param("塔山镇南池村修路。", ("南池村", "塔山镇"), id="village in township"),
        pytest.param("塔山镇南池村修路。", ("塔山镇", "三台县"), id="township in county"),
        pytest.param("塔山镇南池村修路。", ("绵阳市", "四川省"), id="city in province"),
        pytest.param("芦溪镇鸿福家园交房。", ("鸿福家园", "芦溪镇"), id="estate in township"),
        pytest.param("鸿福家园交房。", ("鸿福家园", "三台县"), id="estate at home"),
        pytest.param("县教育局发文。", ("三台县教育局", "三台县"), id="bureau in county"),
        pytest.param("重庆市江津区的客商到会。", ("江津区", "重庆市"), id="district of a municipality"),
        pytest.param(
            "他来到塔山镇南池村乡村振兴讲堂。", ("南池村乡村振兴讲堂", "南池村"), id="site and its village in one name"
        ),
        pytest.param(
            "他来到南池村。南池乡村振兴讲堂开课。", ("南池乡村振兴讲堂", "南池村"), id="site named after a village"
        ),
        pytest.param(
            "他来到塔山镇。南池乡村振兴讲堂开课。", ("南池乡村振兴讲堂", "三台县"), id="village not on the page"
        ),
        pytest.param("射洪市第一小学到会。", ("射洪市第一小学", "射洪市"), id="school of a region in full"),
        pytest.param("市第一小学到会。", ("绵阳市第一小学", "绵阳市"), id="school of the city above"),
        pytest.param("他来到市博物馆。", ("绵阳市博物馆", "绵阳市"), id="site of the city above"),
        pytest.param(
            "鸿福家园交房。刘营镇鸿福家园业委会成立。", ("鸿福家园业委会", "鸿福家园"), id="committee of an estate"
        ),
        pytest.param("刘营镇宏远建材有限公司开业。", ("宏远建材有限公司", "刘营镇"), id="company in a township"),
        pytest.param("他来到县博物馆。", ("三台县博物馆", "三台县"), id="site of the county"),
    ],
)
def test_lies_in(reader: Reader, text: str, pair: tuple[str, str]) -> None:
    assert pair in inside(reader, text, SANTAI)


@pytest.mark.parametrize(
    ("text", "pair"),
    [
        pytest.param("塔山镇南池村修路。", ("南池村", "三台县"), id="only the smallest that holds it"),
        pytest.param("成都市武侯区的客商到会。", ("武侯区", "三台县"), id="another county"),
        pytest.param("塔山镇、芦溪镇修路。", ("芦溪镇", "塔山镇"), id="a list is no nesting"),
        pytest.param(
            "鸿福家园交房。刘营镇鸿福家园业委会成立。",
            ("鸿福家园业委会", "刘营镇"),
            id="only what its name begins with",
        ),
        pytest.param("县长张志远到会。", ("张志远", "三台县"), id="a person lies nowhere"),
        pytest.param("默锐科技有限公司开业。", ("默锐科技有限公司", "三台县"), id="a company may be from anywhere"),
        pytest.param("他来到南池村。南池河治理开工。", ("南池河", "南池村"), id="a river is longer than its village"),
        pytest.param("射洪中学到会。", ("射洪中学", "射洪市"), id="a school may bear a city's short name"),
    ],
)
def test_does_not_lie_in(reader: Reader, text: str, pair: tuple[str, str]) -> None:
    assert pair not in inside(reader, text, SANTAI)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        pytest.param("他来到景福镇白沙湾村。", True, id="the township it lies in"),
        pytest.param("他来到富顺镇白沙湾村。", False, id="a township that has no such village"),
    ],
)
def test_a_village_under_a_printed_township(reader: Reader, text: str, code: bool) -> None:
    assert any(surface == "白沙湾村" for surface, _ in reader.divisions(text, SANTAI)) is code


def test_the_full_name_says_where_also_behind_a_short_one_in_the_headline(reader: Reader) -> None:
    page = page_of("法治教育基地开馆\n　　涪城区法治教育基地昨日开馆。\n", region=SANTAI)
    record = reader.extractor.read(page)
    names = {entity.id: entity.name for entity in record.entities}
    site = next(entity.id for entity in record.entities if entity.name == "涪城区法治教育基地")
    assert {names[fact.object] for fact in record.facts if fact.subject == site} == {"涪城区"}
