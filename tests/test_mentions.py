"""The pipeline of finders: what each adds, what can be left out or added by configuration, what a mention carries."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import pytest
from reading import Reader, article_of, page_of
from spacy.language import Language
from spacy.tokens import Doc

from kg.articles import split_articles
from kg.extraction import Extractor, Settings
from kg.gazetteers import is_ordinary_word, load_divisions
from kg.mentions import COMPONENTS, SPAN_GROUP, Found, find_mentions, mention_pipeline
from kg.mentions.found import RANKS
from kg.mentions.listed import ListedFinder
from kg.model import Kind
from kg.ontology import load_ontology
from kg.sheet import Sheet, lay_out

SANTAI = "四川省绵阳市三台县"
TEXT = "3月2日，县委书记张志远到芦溪镇调研，走进鸿福家园，四川默锐科技有限公司总经理李军介绍。"


@pytest.fixture
def sheet(extractor: Extractor) -> Sheet:
    page = page_of(article_of(TEXT), region=SANTAI)
    return lay_out(page, split_articles(page), ontology=load_ontology(), tagger=extractor.tagger)


def test_all_kinds_in_order(reader: Reader) -> None:
    said = reader.said(TEXT, SANTAI)
    assert [(one.surface, one.kind) for one in said] == [
        ("县委", Kind.ORG),
        ("张志远", Kind.PERSON),
        ("芦溪镇", Kind.PLACE),
        ("鸿福家园", Kind.PLACE),
        ("四川默锐科技有限公司", Kind.ORG),
        ("李军", Kind.PERSON),
    ]


def test_a_mention_says_what_found_it(reader: Reader) -> None:
    rules = {one.surface: one.mention.rule for one in reader.said(TEXT, SANTAI)}
    assert rules["县委"] == "organ.level"
    assert rules["芦溪镇"] == "division.township"
    assert rules["张志远"] == "person.after-title"


def test_mentions_know_their_article(reader: Reader) -> None:
    record = reader.record(TEXT, SANTAI)
    assert {mention.article for mention in record.mentions} == {record.articles[0].id}


def test_a_character_is_a_token() -> None:
    doc = mention_pipeline().make_doc("花园街道社区A1 。")
    assert [token.text for token in doc] == list("花园街道社区A1 。")
    assert doc.text == "花园街道社区A1 。"


def test_components_are_registered() -> None:
    assert tuple(mention_pipeline().pipe_names) == COMPONENTS
    assert all(Language.has_factory(name) for name in COMPONENTS)


def test_finds_are_spans_of_the_doc(sheet: Sheet, extractor: Extractor) -> None:
    doc = extractor.nlp.make_doc(sheet.text)
    doc.user_data.update(sheet=sheet, home=load_divisions().get("510722"), finds=[])
    for _, component in extractor.nlp.pipeline:
        doc = component(doc)
    spans = {(span.start, span.end, span.label_) for span in doc.spans[SPAN_GROUP]}
    assert spans == {(find.start, find.end, find.kind.value) for find in doc.user_data["finds"]}
    codes = {span.text: span.kb_id_ for span in doc.spans[SPAN_GROUP] if span.kb_id_}
    assert codes["芦溪镇"] == "510722137"


@Language.component("test_nothing")
def find_nothing(doc: Doc) -> Doc:
    """A component of a user's own that leaves the doc alone."""
    return doc


def test_a_component_can_be_added(sheet: Sheet) -> None:
    nlp = mention_pipeline.__wrapped__()
    nlp.add_pipe("test_nothing", first=True)
    home = load_divisions().get("510722")
    assert find_mentions(sheet, home, nlp=nlp) == find_mentions(sheet, home, nlp=mention_pipeline())


@pytest.mark.parametrize("component", COMPONENTS)
def test_a_component_can_be_left_out(sheet: Sheet, component: str) -> None:
    nlp = mention_pipeline.__wrapped__()
    nlp.remove_pipe(component)
    finds = find_mentions(sheet, load_divisions().get("510722"), nlp=nlp)
    assert finds
    assert all(a.end <= b.start for a, b in pairwise(finds))


def test_every_family_has_a_rank(sheet: Sheet, extractor: Extractor) -> None:
    finds = find_mentions(sheet, None, nlp=extractor.nlp)
    assert {find.family for find in finds} <= set(RANKS)


def test_an_empty_sheet_has_no_mentions(extractor: Extractor) -> None:
    empty = lay_out(page_of(""), (), ontology=load_ontology(), tagger=extractor.tagger)
    assert find_mentions(empty, None, nlp=extractor.nlp) == []


# ------------------------------------------------------------------ listed names


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A user's folder with two names of their own."""
    (tmp_path / "places.csv").write_text(
        "name,kind,subtype,code,parent_code,aliases,source\n"
        "梓江书社,ORG,other,,510722,梓社,own\n"
        "涪水亭,PLACE,site,,510722137,,own\n",
        "utf-8",
    )
    return tmp_path


def listed(text: str, folder: Path) -> list[Found]:
    sheet = lay_out(page_of(text), (), ontology=load_ontology(), tagger=None)
    return [find for find in ListedFinder([folder]).find(sheet) if find.codes[:1] and find.codes[0].startswith("5107")]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        pytest.param("到梓江书社参观。", ["梓江书社"], id="name"),
        pytest.param("梓社今年十岁。", ["梓江书社"], id="alias means the name"),
        pytest.param("涪水亭前，梓江书社成员合影。", ["涪水亭", "梓江书社"], id="two"),
        pytest.param("梓江的书社很多。", [], id="parts"),
        pytest.param("", [], id="empty"),
    ],
)
def test_listed(folder: Path, text: str, names: list[str]) -> None:
    assert [find.name for find in listed(text, folder)] == names


def test_settings_bring_a_folder(folder: Path) -> None:
    own = Extractor(Settings(gazetteers=(folder,), tagger=False))
    record = own.read(page_of(article_of("读者在涪水亭前合影。"), region=SANTAI))
    assert "涪水亭" in [mention.surface for mention in record.mentions]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        pytest.param("中央、省委要求抓好落实。", True, id="before a list of organs"),
        pytest.param("广场中央立着石碑。", False, id="the middle"),
        pytest.param("中央空调停用。", False, id="air conditioning"),
        pytest.param("党中央、国务院决定。", True, id="with 党"),
    ],
)
def test_the_centre(reader: Reader, text: str, found: bool) -> None:
    assert any("中央" in surface for surface, _ in reader.bodies(text, SANTAI)) is found


# ------------------------------------------------------------------ what only the tagger saw


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("美国、日本、欧洲市场回暖，海内外游客增多。", id="abroad"),
        pytest.param("东部、南方、西北地区降雨。", id="directions"),
        pytest.param("各级党组织、各县级部门、省级文明单位。", id="levels"),
        pytest.param("“绿美”行动启动。", id="in quotes"),
    ],
)
def test_tagged_words_that_are_no_names(reader: Reader, text: str) -> None:
    assert [one.surface for one in reader.said(text, SANTAI) if one.mention.rule == "tagger"] == []


def test_no_mention_is_an_ordinary_word(reader: Reader) -> None:
    """A name found by form alone is never a word of the dictionary."""
    text = "群众在花园散步，工人建设家园，市场繁荣，企业发展，农民增收，学校开学，医院义诊，车站有序。"
    assert [one.surface for one in reader.said(text, SANTAI) if is_ordinary_word(one.surface)] == []
