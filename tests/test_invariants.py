"""What holds for any page: the seed pages, the passages, and pages that no newspaper would print."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from reading import article_of, page_of

from kg.extraction import Extractor, Settings
from kg.model import Page, PageRecord
from kg.pages import read_pages

ROOT = Path(__file__).resolve().parent.parent
PAGES: dict[str, Page] = {
    f"{folder.name}/{page.id}": page
    for folder in (ROOT / "seeds", ROOT / "tests" / "passages")
    for page in read_pages([folder]).pages
}
# Two short pages and a real one: enough to see an order that depends on hashing.
HASHED = ("passages/p001.txt", "passages/p002.txt", "seeds/004_147de72ef09e8da5.txt")

# Run in another process, so that sets and dicts of strings have another order.
PRINT_RECORDS = f"""
import sys
sys.path[:0] = [{str(ROOT)!r}, {str(ROOT / "tests")!r}]
from kg.extraction import Extractor
from test_invariants import HASHED, PAGES
extractor = Extractor()
for name in HASHED:
    print(ascii(extractor.read(PAGES[name])))
"""


@pytest.fixture(scope="module")
def records(extractor: Extractor) -> dict[str, PageRecord]:
    """Every page, read once."""
    return {name: extractor.read(page) for name, page in PAGES.items()}


@pytest.fixture(params=PAGES)
def record(request: pytest.FixtureRequest, records: dict[str, PageRecord]) -> PageRecord:
    return records[request.param]


def check(record: PageRecord) -> None:
    """The invariants of a record that need nothing but the record."""
    check_mentions(record)
    check_links(record)
    check_facts(record)


def check_mentions(record: PageRecord) -> None:
    text = record.page.text
    end = 0
    for mention in record.mentions:
        assert text[mention.span.start : mention.span.end] == mention.surface
        assert mention.surface.strip()
        assert mention.page == record.page.id
        assert 0 < mention.score <= 1
    for mention in sorted(record.mentions, key=lambda mention: mention.span):
        assert mention.span.start >= end, f"{mention.surface} overlaps the mention before"
        end = mention.span.end
    articles = {article.id: article.span for article in record.articles}
    for mention in record.mentions:
        if mention.article is not None:
            span = articles[mention.article]
            assert span.start <= mention.span.start < span.end


def check_links(record: PageRecord) -> None:
    entities = {entity.id: entity for entity in record.entities}
    assert len(entities) == len(record.entities)
    for ids in (record.mentions, record.articles, record.facts):
        assert len({one.id for one in ids}) == len(ids)
    assert [link.mention for link in record.links] == [mention.id for mention in record.mentions]
    for mention, link in zip(record.mentions, record.links, strict=True):
        entity = entities[link.entity]
        assert link.nil is not entity.linked
        assert entity.name
        scores = [candidate.score for candidate in link.candidates]
        assert scores == sorted(scores, reverse=True)
        if entity.kind == "PERSON":
            assert mention.kind == "PERSON"
    assert all(entity.id.isascii() for entity in record.entities)


def check_facts(record: PageRecord) -> None:
    entities = {entity.id for entity in record.entities}
    size = len(record.page.text)
    for fact in record.facts:
        assert {fact.subject, fact.object} <= entities
        assert 0 < fact.score <= 1
        assert fact.source in ("text", "gazetteer")
        assert fact.evidence or fact.source == "gazetteer"
        for where in fact.evidence:
            assert where.page == record.page.id
            assert 0 <= where.span.start < where.span.end <= size
            assert record.page.text[where.span.start : where.span.end].strip()


def test_mentions_stand_where_they_say(record: PageRecord) -> None:
    check_mentions(record)


def test_every_link_has_its_entity(record: PageRecord) -> None:
    check_links(record)


def test_every_fact_has_evidence_on_its_page(record: PageRecord) -> None:
    check_facts(record)


def test_names_without_gazetteer_are_their_own(record: PageRecord) -> None:
    """Two different surfaces without a code share an entity only where one is an alias of it."""
    entities = {entity.id: entity for entity in record.entities}
    for mention, link in zip(record.mentions, record.links, strict=True):
        if link.nil:
            entity = entities[link.entity]
            assert "".join(mention.surface.split()) in (entity.name, *entity.aliases)


@pytest.mark.parametrize("name", ["passages/p001.txt", "passages/p040.txt", "seeds/004_147de72ef09e8da5.txt"])
def test_twice_the_same(name: str, extractor: Extractor, records: dict[str, PageRecord]) -> None:
    """Reading keeps no state: after all other pages a page reads as it did."""
    assert extractor.read(PAGES[name]) == records[name]


def test_ids_depend_on_content_only(extractor: Extractor) -> None:
    """A page that grows at its end keeps the ids of what stood before."""
    short = article_of("县长李文斌到塔山镇南池村调研。")
    before = extractor.read(page_of(short, region="四川省绵阳市三台县"))
    after = extractor.read(page_of(short + "\n另讯\n　　副县长何晓明到芦溪镇调研。\n", region="四川省绵阳市三台县"))
    assert {mention.id for mention in before.mentions} <= {mention.id for mention in after.mentions}


def test_hash_seed_changes_nothing(records: dict[str, PageRecord]) -> None:
    outputs = []
    for seed in ("1", "2"):
        done = subprocess.run(
            [sys.executable, "-c", PRINT_RECORDS],
            env={**os.environ, "PYTHONHASHSEED": seed},
            capture_output=True,
            text=True,
            check=True,
        )
        outputs.append(done.stdout)
    assert outputs[0] == outputs[1]
    assert outputs[0].splitlines() == [ascii(records[name]) for name in HASHED]


HOSTILE = {
    "empty": "",
    "blanks": " \n\u3000\t\r\n" * 50,
    "one character": "县",
    "one mark": "。",
    "marks": "，。；：、！？“”‘’《》（）【】…—" * 50,
    "opening brackets": "（" * 2000 + "“" * 2000,
    "closing brackets": "）" * 2000 + "”" * 2000,
    "control characters": "县委\x00书记\x01张\x02志\x03远\x1b[31m到\x7f芦溪镇\x9b。",
    "line separators": "县委书记\u2028张志远\u2029到\x0b芦溪镇\x0c调研\x85。\x1c\x1d\x1e",
    "joiners and marks of direction": "县委\u200b书记\u200d张\u202e志远\ufeff到\u2060芦溪镇。",
    "combining": "县\u0301委\u0302书\u0303记" * 40,
    "private use and unassigned": "\ue000县长\uf8ff\U000f0000张志远\U0010ffff到村。",
    "beyond the basic plane": "县长𠮷田𠀀到𫝀村调研。" * 20,
    "emoji": "县长👨‍👩‍👧‍👦张志远🇨🇳到芦溪镇👍🏽调研。" * 20,
    "Latin only": "The county held a meeting on spring ploughing. " * 60,
    "digits": "0123456789" * 300,
    "dates": "2021年3月5日1月2日" * 200,
    "lone surrogates": "县长\ud800张志远\udfff到\udc80芦溪镇调研。" * 5,
    "markup": "<script>alert('县长张志远')</script>&amp;%00{{7*7}}${县委}" * 20,
    "Cyrillic and Arabic": "Привет县长مرحبا张志远Ελλάδα到村。" * 20,
    "full-width": "ＡＢＣ１２３县长ＺＨＡＮＧ（主任）" * 40,
    "half a post": "书" * 300 + "记" * 300,
    "titles only": "县委书记县长副县长主任局长" * 100,
    "names only": "张志远李文斌何晓明" * 100,
    "list without end": "张志远、" * 200,
    "places only": "四川省绵阳市三台县芦溪镇" * 150,
    "dots": "艾尔肯·吐尔逊·" * 200,
    "masked only": "某" * 500 + "张某" * 200,
    "no line break": "县长张志远到芦溪镇调研春耕备耕工作，要求抓好落实" * 120,
    "only line breaks": "县\n长\n张\n志\n远\n到\n村\n" * 60,
    "Windows line ends": "县长张志远\r\n到芦溪镇\r\n调研。\r\n" * 40,
    "bylines only": "（记者 张志远 通讯员 李文斌）\n" * 60,
    "quotation never closed": "“县长张志远说：“" + "抓好春耕，" * 300,
}  # fmt: skip


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_hostile_pages(extractor: Extractor, text: str) -> None:
    check(extractor.read(page_of(text, region="四川省绵阳市三台县")))


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(char * 50_000, id=name)
        for name, char in {
            "county": "县",
            "surname": "王",
            "verb": "说",
            "letter": "A",
            "mark": "、",
            "blank": " ",
            "line break": "\n",
            "dot": "·",
            "bracket": "（",
            "emoji": "👍",
            "nought": "\x00",
        }.items()
    ],
)
def test_fifty_thousand_of_one_kind(extractor: Extractor, text: str) -> None:
    check(extractor.read(page_of(text, region="四川省绵阳市三台县")))


@pytest.mark.parametrize(
    "region", [None, "", "某省某市某县", "四川省", "330802", "兵团", "县", "x" * 300, "新疆生产建设兵团第八师"]
)
@pytest.mark.parametrize("date", [None, "2021-03-05", "2021-03", "2021"])
def test_any_issue(extractor: Extractor, region: str | None, date: str | None) -> None:
    """Whatever is known of the issue, the page is read."""
    check(
        extractor.read(page_of(article_of("3月2日，县委书记张志远到芦溪镇调研，全市联动。"), region=region, date=date))
    )


def test_without_a_tagger_pages_are_read() -> None:
    """jieba's weights may be missing: less is found, nothing breaks."""
    extractor = Extractor(Settings(tagger=False))
    for name in HASHED:
        record = extractor.read(PAGES[name])
        check(record)
        assert record.mentions


def test_records_are_plain_data(records: dict[str, PageRecord]) -> None:
    """Every string of a record can be written as UTF-8 JSON."""
    for record in records.values():
        json.dumps([entity.name for entity in record.entities], ensure_ascii=False).encode("utf-8")
