"""Names of private people are gone from everything that leaves the house; what is public stays as printed."""

from __future__ import annotations

import hashlib
import json
import random
import zipfile
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from gold_records import gold_records
from graph_generator import generate
from hypothesis import given, settings
from hypothesis import strategies as st
from outside_readers import reader

from kg.exports import FORMATS, write_exports
from kg.graph import build_graph
from kg.knowledge import Knowledge, entity_index
from kg.model import (
    Article,
    Byline,
    Candidate,
    Entity,
    Fact,
    Issue,
    Kind,
    Link,
    Mention,
    Page,
    PageRecord,
    Provenance,
    Relation,
    Span,
    content_id,
)
from kg.redact import initials, is_public_post, private_people, redact_private
from kg.resolve import resolve

# Invented people: 钱小贝 and 孔文明 are private, 石大为 holds an office, 吴某珍 was printed masked.
TEXT = (
    "区委书记石大为看望钱小贝\n"
    "本报讯 昨日，石大为到钱小\n贝家庭农场，钱 小贝说好。\n"
    "网友孔文明说，文明办来了。孔文明笑了。余先生、吴某珍和张××在场。\n"
    "小贝说，钱小贝农场在贝村。记者 孔文明\n"
)
OTHER = "钱小贝又来了。文明办也来了。石大为的书记当得好。钱小贝贝不是她。\n"


def page(name: str, text: str) -> Page:
    digest = hashlib.sha256(text.encode()).hexdigest()
    return Page(name, f"/home/me/{name}", digest, text, Issue("报", "2021-01-20", "某省", "330802"), 1)


PEOPLE = {
    "钱小贝": ("person-qian", ("小贝",)),
    "孔文明": ("person-kong", ("文明",)),
    "石大为": ("person-shi", ()),
    "吴某珍": ("person-wu", ()),
    "余先生": ("person-yu", ()),
    "张××": ("person-zhang", ()),
}


def record() -> PageRecord:
    mentions: list[Mention] = []
    links: list[Link] = []

    def mention(surface: str, kind: Kind, entity: str, nth: int = 0) -> None:
        at = -1
        for _ in range(nth + 1):
            at = TEXT.index(surface, at + 1)
        span = Span(at, at + len(surface))
        name = content_id("mention", surface, at)
        mentions.append(Mention(name, "a.txt", "a1", span, surface, kind, "made", 1.0))
        known = Candidate("person-shi", "石大为", 0.5, ("name=石大为",)), Candidate("page-own-钱小贝", "钱小贝", 0.1)
        links.append(Link(name, entity, True, known))

    mention("石大为", Kind.PERSON, "person-shi")
    mention("钱小贝", Kind.PERSON, "person-qian")
    mention("钱小\n贝家庭农场", Kind.ORG, "org-farm")
    mention("孔文明", Kind.PERSON, "person-kong")
    mention("文明办", Kind.ORG, "org-office")
    mention("文明", Kind.PERSON, "person-kong", 2)
    mention("余先生", Kind.PERSON, "person-yu")
    mention("吴某珍", Kind.PERSON, "person-wu")
    mention("张××", Kind.PERSON, "person-zhang")
    mention("小贝", Kind.PERSON, "person-qian", 2)
    mention("贝村", Kind.PLACE, "place-330802101201")
    said = (Provenance("a.txt", "a1", Span(13, 50)),)
    facts = (
        Fact("fact-钱小贝", Relation.HOLDS_ROLE, "person-qian", "role-villager", None, said, "text", "made", 0.9),
        Fact("fact-2", Relation.HOLDS_ROLE, "person-shi", "role-secretary", None, said, "text", "made", 0.9),
        Fact("fact-3", Relation.VISITED, "person-shi", "org-farm", "2021-01-19", said, "text", "made", 0.9, (("event", "event-1"), ("note", "钱小贝"))),
        Fact("fact-4", Relation.PARTICIPATED_IN, "person-kong", "event-1", "2021-01-19", said, "text", "made", 0.9, (("part", "attend"),)),
        Fact("fact-5", Relation.LOCATED_IN, "org-farm", "place-330802101201", None, said, "text", "made", 0.9),
    )  # fmt: skip
    at = TEXT.rindex("孔文明")
    article = Article(
        "a1", "a.txt", "区委书记石大为看望钱小贝", Span(0, len(TEXT)), (), (Byline("孔文明", "记者", Span(at, at + 3)),)
    )
    return PageRecord(page("a.txt", TEXT), (article,), tuple(mentions), tuple(links), (), facts, ("title 钱小贝",))


ENTITIES = (
    *(Entity(name, Kind.PERSON, text, aliases=aliases) for text, (name, aliases) in PEOPLE.items()),
    Entity("place-330802101201", Kind.PLACE, "贝村", subtype="village", code="330802101201", linked=True),
    Entity("org-farm", Kind.ORG, "钱小贝家庭农场", subtype="company", aliases=("钱小贝农场",)),
    Entity("org-office", Kind.ORG, "文明办", subtype="government"),
    Entity("org-committee", Kind.ORG, "区委", subtype="government"),
    Entity("role-villager", Kind.ROLE, "村民", title="村民", track="people"),
    Entity("role-secretary", Kind.ROLE, "区委书记", title="书记", org="org-committee", track="party"),
    Entity("role-owner", Kind.ROLE, "钱小贝家庭农场负责人", title="负责人", org="org-farm", track="company"),
    Entity("event-1", Kind.EVENT, "石大为看望钱小贝", subtype="inspection", date="2021-01-19"),
)
KNOWN = Knowledge(ENTITIES, (record(), PageRecord(page("b.txt", OTHER), (), (), (), (), ())))
REDACTED = redact_private(KNOWN)
SEEDS = resolve(gold_records())


def named(knowledge: Knowledge, name: str) -> list[Entity]:
    return [entity for entity in knowledge.entities if entity.name == name]


def test_private_names_are_gone_and_public_ones_stay() -> None:
    text = repr(REDACTED)
    for name in ("钱小贝", "孔文明", "余先生", "小\\n贝", "小 贝", "孔 文"):
        assert name not in text
    assert len(named(REDACTED, "石大为")) == len(named(REDACTED, "QXB")) == len(named(REDACTED, "KWM")) == 1
    assert "区委书记石大为看望QXB" in text


def test_the_page_reads_as_before_but_for_the_names() -> None:
    text = REDACTED.records[0].page.text
    assert text == (
        "区委书记石大为看望QXB\n"
        "本报讯 昨日，石大为到QX\nB家庭农场，Q XB说好。\n"
        "网友KWM说，文明办来了。KWM笑了。Y先生、吴某珍和张××在场。\n"
        "XB说，QXB农场在贝村。记者 KWM\n"
    )
    # On a page that does not speak of 孔文明, 文明 is the word.
    assert REDACTED.records[1].page.text == "QXB又来了。文明办也来了。石大为的书记当得好。QXB贝不是她。\n"


def test_masked_names_stay_masked() -> None:
    for name in ("吴某珍", "张××"):
        assert len(named(REDACTED, name)) == 1


def test_aliases_titles_bylines_notes_and_attributes_are_redacted() -> None:
    [person] = named(REDACTED, "QXB")
    assert person.aliases == ("XB",)
    [farm] = named(REDACTED, "QXB家庭农场")
    assert farm.aliases == ("QXB农场",)
    [owner] = named(REDACTED, "QXB家庭农场负责人")
    assert owner.org == farm.id
    [article] = REDACTED.articles
    assert (article.title, article.bylines[0].name) == ("区委书记石大为看望QXB", "KWM")
    assert REDACTED.records[0].notes == ("title QXB",)
    visit = next(fact for fact in REDACTED.facts if fact.relation is Relation.VISITED)
    assert dict(visit.attributes) == {"event": named(REDACTED, "石大为看望QXB")[0].id, "note": "QXB"}


def test_offsets_stay_true() -> None:
    for before, after in zip(KNOWN.records, REDACTED.records, strict=True):
        assert len(before.page.text) == len(after.page.text)
        assert [mention.span for mention in before.mentions] == [mention.span for mention in after.mentions]
        for mention in after.mentions:
            assert after.page.text[mention.span.start : mention.span.end] == mention.surface


def test_ids_and_hashes_say_nothing_of_a_name() -> None:
    """Whoever guesses a name cannot prove the guess by making its id."""
    public = {"person-shi", "place-330802101201", "org-office", "org-committee", "role-villager", "role-secretary"}
    old = {entity.id for entity in KNOWN.entities} - public
    old |= {fact.id for fact in KNOWN.facts} | {mention.id for mention in KNOWN.mentions} | {record().page.sha256}
    text = repr(REDACTED)
    assert not [name for name in old if f"'{name}'" in text]
    page = REDACTED.records[0].page
    assert page.sha256 == hashlib.sha256(page.text.encode()).hexdigest()
    # The same places on pages, another name: the same ids.
    renamed = redact_private(_renamed(KNOWN, "钱小贝", "冯大宝"))
    assert [entity.id for entity in renamed.entities if entity.kind is Kind.PERSON] == [
        entity.id for entity in REDACTED.entities if entity.kind is Kind.PERSON
    ]
    assert [fact.id for fact in renamed.facts] == [fact.id for fact in REDACTED.facts]


def _renamed(knowledge: Knowledge, name: str, other: str) -> Knowledge:
    """The same pages of somebody of another name."""

    def swap(text: str) -> str:
        for old, new in zip(name, other, strict=True):
            text = text.replace(old, new)
        return text

    entities = tuple(
        replace(entity, name=swap(entity.name), aliases=tuple(map(swap, entity.aliases))) if not entity.code else entity
        for entity in knowledge.entities
    )
    records = []
    for old in knowledge.records:
        text = swap(old.page.text)
        mentions = tuple(
            replace(mention, surface=text[mention.span.start : mention.span.end]) for mention in old.mentions
        )
        records.append(replace(old, page=replace(old.page, text=text), mentions=mentions))
    return Knowledge(entities, tuple(records))


@pytest.mark.parametrize("knowledge", [KNOWN, SEEDS, generate(800)], ids=["made", "seeds", "generated"])
def test_the_shape_stays(knowledge: Knowledge) -> None:
    redacted = redact_private(knowledge)
    assert len(redacted.entities) == len(knowledge.entities) and len(redacted.facts) == len(knowledge.facts)
    ids = entity_index(redacted)
    assert len(ids) == len(redacted.entities)
    assert all(fact.subject in ids and fact.object in ids for fact in redacted.facts)
    assert all(entity.org is None or entity.org in ids for entity in redacted.entities)
    assert all(link.entity in ids for link in redacted.links)
    assert len({fact.id for fact in redacted.facts}) == len(redacted.facts)
    kinds = list(Kind)
    order = [(kinds.index(entity.kind), entity.id) for entity in redacted.entities]
    assert order == sorted(order)
    graph, before = build_graph(redacted), build_graph(knowledge)
    assert graph.number_of_edges() == before.number_of_edges()
    for old, new in zip(knowledge.records, redacted.records, strict=True):
        assert [fact.evidence[0].span if fact.evidence else None for fact in old.facts] == [
            fact.evidence[0].span if fact.evidence else None for fact in new.facts
        ]


@pytest.mark.parametrize("knowledge", [SEEDS, generate(800)], ids=["seeds", "generated"])
def test_no_private_name_is_left_anywhere(knowledge: Knowledge) -> None:
    private = private_people(knowledge)
    names = {entity.name for entity in knowledge.entities if entity.id in private}
    public = "\n".join(
        entity.name
        for entity in knowledge.entities
        if (entity.kind is Kind.PERSON and entity.id not in private) or entity.code
    )
    masked = {name for name in names if initials(name) == name}
    text = repr(redact_private(knowledge)).replace("\\n", "")
    left = {name for name in names - masked if name in text and name not in public}
    assert names and left == set()


def test_it_is_the_same_whatever_the_order() -> None:
    records = gold_records()
    random.Random(3).shuffle(records)
    assert redact_private(resolve(records)) == redact_private(SEEDS)


def test_it_changes_nothing_the_second_time_but_ids() -> None:
    again = redact_private(REDACTED)
    assert [page.text for page in again.pages] == [page.text for page in REDACTED.pages]


def test_the_given_knowledge_stays() -> None:
    before = repr(SEEDS)
    redact_private(SEEDS)
    assert repr(SEEDS) == before


def contents(path: Path) -> bytes:
    if path.suffix == ".parquet":
        return repr(reader("pyarrow.parquet").read_table(path).to_pylist()).encode()
    if not zipfile.is_zipfile(path):
        return path.read_bytes()
    with zipfile.ZipFile(path) as archive:
        return b"".join(archive.read(name) for name in archive.namelist())


def test_no_format_lets_a_private_name_out(tmp_path: Path) -> None:
    for module in ("xlsxwriter", "pyarrow"):
        reader(module)
    written = write_exports(KNOWN, tmp_path, formats=list(FORMATS), redact=True)
    assert list(written) == list(FORMATS)
    for path in (path for paths in written.values() for path in paths):
        found = contents(path)
        for name in ("钱小贝", "孔文明", "余先生"):
            assert name.encode() not in found, path.name
            assert json.dumps(name).strip('"').encode() not in found, path.name


def test_who_is_private_does_not_depend_on_what_is_chosen(tmp_path: Path) -> None:
    """The filter leaves out the office that makes 石大为 public; the name stays."""
    write_exports(KNOWN, tmp_path, formats=["csv"], redact=True, relations=["VISITED"])
    assert "石大为" in (tmp_path / "visits.csv").read_text("utf-8-sig")


@pytest.mark.parametrize(
    ("name", "short"),
    [
        ("张三", "ZS"),
        ("周莉珍", "ZLZ"),
        ("曾小贤", "ZXX"),
        ("单雄信", "SXX"),
        ("仇和", "QH"),
        ("欧阳修", "OYX"),
        ("尉迟恭", "YCG"),
        ("余先生", "Y先生"),
        ("小陈", "小C"),
        ("老李", "老L"),
        ("王", "W"),
        ("吴某珍", "吴某珍"),
        ("张某某", "张某某"),
        ("王××", "王××"),
        ("李*", "李*"),
        ("阿卜杜·热合曼", "ABD·RHM"),
        ("𠮷田", "×T"),
        ("John", "J×××"),
        ("ZLZ", "ZLZ"),
        ("", ""),
    ],
)
def test_initials(name: str, short: str) -> None:
    assert initials(name) == short


@given(st.text(max_size=8))
@settings(deadline=None)
def test_initials_keep_the_length_of_any_name(name: str) -> None:
    assert len(initials(name)) == len(name)


@given(st.text(alphabet="钱小贝 \n，石大为文明\ud800x", max_size=40))
@settings(deadline=None, max_examples=60)
def test_any_text_keeps_its_length_and_loses_the_name(text: str) -> None:
    other = PageRecord(page("b.txt", text.encode("utf-8", "replace").decode()), (), (), (), (), ())
    redacted = redact_private(Knowledge(ENTITIES, (record(), replace(other, page=replace(other.page, text=text)))))
    after = redacted.records[1].page.text
    assert len(after) == len(text)
    assert "钱小贝" not in "".join(after.split())
    assert [char for char in after if char.isspace()] == [char for char in text if char.isspace()]


GOVERNMENT = Entity("org-g", Kind.ORG, "区政府", subtype="government")
COMPANY = Entity("org-c", Kind.ORG, "公司", subtype="company")
SCHOOL = Entity("org-s", Kind.ORG, "中学", subtype="school")


@pytest.mark.parametrize(
    ("title", "track", "organisation", "public"),
    [
        ("书记", "party", GOVERNMENT, True),
        ("党支部书记", "party", COMPANY, False),
        ("副区长", "government", GOVERNMENT, True),
        ("原副区长", None, GOVERNMENT, True),
        ("区长", None, None, True),
        ("办公室主任", "government", SCHOOL, False),
        ("区领导", "collective", None, True),
        ("人大代表", "legislature", GOVERNMENT, True),
        ("法官", "judiciary", GOVERNMENT, True),
        ("律师", "judiciary", None, False),
        ("退役军人", "military", None, False),
        ("村委会主任", "grassroots", None, True),
        ("业委会主任", "grassroots", None, False),
        ("网格员", "grassroots", None, False),
        ("志愿者", "grassroots", None, False),
        ("工会主席", "mass", GOVERNMENT, True),
        ("会长", "mass", None, False),
        ("负责人", "company", GOVERNMENT, True),
        ("负责人", "company", COMPANY, False),
        ("项目负责人", "company", None, False),
        ("总经理", "company", COMPANY, False),
        ("教师", "culture", SCHOOL, False),
        ("记者", "media", None, False),
        ("村民", "people", None, False),
        ("村民", None, None, False),
        ("", None, None, False),
    ],
)
def test_public_posts(title: str, track: str | None, organisation: Entity | None, public: bool) -> None:
    role = Entity("role-1", Kind.ROLE, title, title=title, track=track)
    assert is_public_post(role, organisation) is public


def test_nobody_known_is_nobody_redacted() -> None:
    empty: Any = redact_private(Knowledge((), ()))
    assert empty == Knowledge((), ())
