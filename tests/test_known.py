"""Names again: what the page defined or proved before, whole or short, and what a short name must not be."""

from __future__ import annotations

import pytest
from reading import Reader, page_of

from kg.mentions.found import Found, resolve_overlaps
from kg.mentions.known import find_defined, short_names
from kg.model import Kind
from kg.ontology import load_ontology
from kg.sheet import Sheet, lay_out
from kg.suffixes import load_suffixes

SANTAI = "四川省绵阳市三台县"


def a_sheet(text: str) -> Sheet:
    """A sheet without tagger and articles: offsets equal positions."""
    return lay_out(page_of(text), (), ontology=load_ontology(), tagger=None)


def a_company(text: str, name: str) -> Found:
    start = text.index(name)
    return Found(start, start + len(name), Kind.ORG, "company", "name", "test", 0.9)


@pytest.mark.parametrize(
    ("text", "owner", "shorts"),
    [
        pytest.param("宏远建材有限公司（以下简称“宏远”）开业，宏远承诺。", "宏远建材有限公司", 2, id="in quotes"),
        pytest.param("宏远建材有限公司（以下简称宏远建材）开业。", "宏远建材有限公司", 1, id="without quotes"),
        pytest.param("宏远建材有限公司（简称“宏远”）开业，宏远、宏远。", "宏远建材有限公司", 3, id="every occurrence"),
        pytest.param("宏远建材有限公司（以下统称“宏远”“远建”）开业。", "宏远建材有限公司", 0, id="several in quotes"),
        pytest.param("宏远建材有限公司（股票代码六位）开业。", "宏远建材有限公司", 0, id="no definition"),
        pytest.param("宏远建材有限公司（位于城东）开业。", "宏远建材有限公司", 0, id="where it lies"),
        pytest.param("宏远建材有限公司开业（以下简称“活动”）。", "宏远建材有限公司", 0, id="not behind the name"),
        pytest.param("宏远建材有限公司（以下简称“宏”）开业。", "宏远建材有限公司", 0, id="too short"),
    ],
)
def test_defined(text: str, owner: str, shorts: int) -> None:
    company = a_company(text, owner)
    found = [find for find in find_defined(a_sheet(text), [company]) if find.start >= company.end]
    assert len(found) == shorts
    assert all(find.name == owner and find.rule == "known.defined" for find in found)


@pytest.mark.parametrize(
    ("name", "kind", "subtype", "yes", "no"),
    [
        pytest.param("四川默锐科技有限公司", Kind.ORG, "company", {"默锐", "默锐公司", "默锐科技"}, {"四川", "科技", "公司"}, id="region and trade taken off"),
        pytest.param("习水县鳛部文化旅游开发有限责任公司", Kind.ORG, "company", {"鳛部"}, {"习水县", "文化旅游"}, id="several trades"),
        pytest.param("四川默锐（集团）有限公司", Kind.ORG, "company", {"默锐"}, {"集团", "四川"}, id="brackets"),
        pytest.param("绵阳市建设有限公司", Kind.ORG, "company", set(), {"建设", "绵阳市"}, id="nothing but a trade"),
        pytest.param("绵阳市花园有限公司", Kind.ORG, "company", set(), {"花园"}, id="an ordinary word"),
        pytest.param("三台县第一小学", Kind.ORG, "school", set(), {"第一小学", "小学"}, id="no company"),
        pytest.param("好又多超市（城北店）", Kind.PLACE, "site", {"好又多超市"}, {"城北店"}, id="without its branch"),
        pytest.param("芦溪河治理项目", Kind.PLACE, "site", {"芦溪河治理工程"}, {"治理工程"}, id="project called works"),
        pytest.param("芦溪河治理工程", Kind.PLACE, "site", {"芦溪河治理项目"}, {"芦溪河治理"}, id="works called a project"),
        pytest.param("涪江新城蚕桑文化产业园", Kind.PLACE, "site", {"蚕桑文化产业园"}, {"文化产业园", "产业园"}, id="site in a zone"),
        pytest.param("涪江新城文化产业园", Kind.PLACE, "site", set(), {"文化产业园"}, id="everyday word in a zone"),
        pytest.param("石桥自然村", Kind.PLACE, "village", {"石桥村"}, {"石桥"}, id="hamlet"),
    ],
)  # fmt: skip
def test_short_names(name: str, kind: Kind, subtype: str, yes: set[str], no: set[str]) -> None:
    find = Found(0, len(name), kind, subtype, "name", "test", 0.9)
    shorts = set(short_names(name, find, load_ontology(), load_suffixes()))
    assert yes <= shorts
    assert not no & shorts


@pytest.mark.parametrize(
    ("text", "surface", "name"),
    [
        pytest.param(
            "四川默锐科技有限公司投产。默锐科技负责人表示感谢。",
            "默锐科技",
            "四川默锐科技有限公司",
            id="with its trade",
        ),
        pytest.param(
            "四川默锐科技有限公司投产。在默锐公司，工人忙碌。", "默锐公司", "四川默锐科技有限公司", id="core and 公司"
        ),
        pytest.param("四川默锐科技有限公司投产。今年，默锐新招百人。", "默锐", "四川默锐科技有限公司", id="core"),
        pytest.param(
            "宏远建材有限公司（以下简称“宏远”）投产。今年，宏远新招百人。", "宏远", "宏远建材有限公司", id="defined"
        ),
    ],
)
def test_short_form_means_the_full_name(reader: Reader, text: str, surface: str, name: str) -> None:
    found = [one for one in reader.said(text, SANTAI) if one.surface == surface]
    assert found
    assert {one.entity.name for one in found} == {name}


@pytest.mark.parametrize(
    ("text", "surfaces"),
    [
        pytest.param("他来到三台县产业园。县产业园很大。", ["三台县产业园", "县产业园"], id="the county's own"),
        pytest.param("他来到三台县产业园。各县产业园很大。", ["三台县产业园"], id="every county's"),
        pytest.param("他来到涪城区法治教育基地。法治教育基地很大。", ["涪城区法治教育基地", "法治教育基地"], id="behind the full name"),
        pytest.param("法治教育基地很大。他来到涪城区法治教育基地。", ["涪城区法治教育基地"], id="before the full name"),
    ],
)  # fmt: skip
def test_short_names_of_a_site(reader: Reader, text: str, surfaces: list[str]) -> None:
    assert [surface for surface, _ in reader.sites(text, SANTAI)] == surfaces


def test_a_headline_may_name_shortly_what_the_text_names_in_full(reader: Reader) -> None:
    page = page_of("法治教育基地开馆\n　　涪城区法治教育基地昨日开馆。\n", region=SANTAI)
    said = [(mention.surface, mention.rule) for mention in reader.extractor.read(page).mentions]
    assert said == [("法治教育基地", "known.short"), ("涪城区法治教育基地", "name.region")]


@pytest.mark.parametrize(
    ("text", "surface"),
    [
        pytest.param("四川花园科技有限公司投产。市民在花园散步。", "花园", id="ordinary word"),
        pytest.param("四川默锐科技有限公司投产。科技改变生活。", "科技", id="trade alone"),
        pytest.param("四川默锐科技有限公司投产。这家公司招工。", "公司", id="公司 alone"),
        pytest.param("四川默锐科技有限公司投产。", "默锐", id="inside its own full name"),
    ],
)
def test_no_short_form(reader: Reader, text: str, surface: str) -> None:
    assert surface not in [one.surface for one in reader.said(text, SANTAI)]


@pytest.mark.parametrize(
    ("finds", "kept"),
    [
        pytest.param(
            [(0, 4, "division", 0.9), (0, 6, "organ", 0.9)], [(0, 6)], id="a body beats the place at its head"
        ),
        pytest.param([(0, 3, "person", 0.9), (0, 2, "short", 0.99)], [(0, 3)], id="a person beats a short place"),
        pytest.param([(0, 3, "person", 0.9), (0, 3, "division", 0.5)], [(0, 3)], id="same span, one stands"),
        pytest.param([(0, 2, "name", 0.9), (2, 4, "name", 0.9)], [(0, 2), (2, 4)], id="adjoining finds both stand"),
        pytest.param([(0, 4, "name", 0.5), (0, 2, "name", 0.99)], [(0, 4)], id="length before score"),
        pytest.param([(1, 3, "name", 0.5), (2, 4, "name", 0.9)], [(2, 4)], id="score between equals"),
        pytest.param([(1, 3, "name", 0.9), (2, 4, "name", 0.9)], [(1, 3)], id="the first between equals"),
        pytest.param([(3, 9, "tagger", 0.99), (0, 4, "deictic", 0.5)], [(3, 9)], id="tagger before pointing words"),
        pytest.param([], [], id="none"),
    ],
)
def test_resolve_overlaps(finds: list[tuple[int, int, str, float]], kept: list[tuple[int, int]]) -> None:
    found = [Found(start, end, Kind.PLACE, "site", family, "test", score) for start, end, family, score in finds]
    assert [(find.start, find.end) for find in resolve_overlaps(found)] == kept
    assert resolve_overlaps(reversed(found)) == resolve_overlaps(found)
