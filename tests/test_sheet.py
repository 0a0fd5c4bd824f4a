"""The sheet: positions of the reading lead back to the page, sentences, words, articles and dates are found by position."""

from __future__ import annotations

from itertools import pairwise

import pytest
from reading import article_of, page_of

from kg.articles import split_articles
from kg.extraction import Extractor
from kg.model import Article, Block, Span
from kg.ontology import load_ontology
from kg.sheet import Sheet, lay_out


def laid_out(text: str, *, date: str | None = "2021-03-05", articles: tuple[Article, ...] | None = None) -> Sheet:
    """The sheet of a page without a tagger."""
    page = page_of(text, date=date)
    return lay_out(page, split_articles(page) if articles is None else articles, ontology=load_ontology(), tagger=None)


PAGES = {
    "empty": "",
    "blank": "\n \u3000\r\n",
    "one character": "县",
    "masthead only": "清河报 2021年3月5日 第一版",
    "article": article_of("3月2日，县委书记到村里。春耕开始了！“好。”他说。"),
    "windows line ends": "春耕备耕工作有序推进\r\n　　县长说，要抓紧。\r\n　　他说。\r\n",
    "broken lines": (
        "春耕备耕工作有序推进\n　　连日来，各乡镇抢抓农时，组织群众下田劳作，县委书记张\n"
        "志远到镇里调研，要求各地科学安排，抓好农资供应和技术服务，\n确保不误农时。\n"
    ),
    "two articles": article_of("县长说。") + "\n" + article_of("局长说。"),
    "full width": "春耕备耕工作有序推进\n　　完成投资１２．５亿元，增长３％。\n",
    "odd line breaks": "春耕\u2028备耕\x0b县长\x85说。\f局长。",
}


@pytest.mark.parametrize("text", PAGES.values(), ids=PAGES)
def test_positions_lead_back(text: str) -> None:
    sheet = laid_out(text)
    assert len(sheet.offsets) == len(sheet.text)
    assert list(sheet.offsets) == sorted(sheet.offsets)
    assert all(0 <= offset <= len(text) for offset in sheet.offsets)
    for at in range(len(sheet.text)):
        if sheet.text[at] != "\n" and sheet.text[at].isalpha() and not sheet.text[at].isascii():
            span = sheet.span(at, at + 1)
            assert text[span.start : span.end] == sheet.text[at]


@pytest.mark.parametrize("text", PAGES.values(), ids=PAGES)
def test_nothing_is_lost_or_doubled(text: str) -> None:
    """Every Han character of the page is in the reading once, in its order or moved with its block."""
    sheet = laid_out(text)
    assert sorted(c for c in sheet.text if "\u4e00" <= c <= "\u9fff") == sorted(
        c for c in text if "\u4e00" <= c <= "\u9fff"
    )


@pytest.mark.parametrize("text", PAGES.values(), ids=PAGES)
def test_paragraphs_and_sentences(text: str) -> None:
    sheet = laid_out(text)
    for start, end, _kind in sheet.paragraphs:
        assert 0 <= start <= end <= len(sheet.text)
        assert "\n" not in sheet.text[start:end]
    for start, end in sheet.sentences:
        assert start < end
        assert "\n" not in sheet.text[start:end]
        assert all(sheet.sentence_at(at) == (start, end) for at in (start, end - 1))
    assert list(sheet.sentences) == sorted(sheet.sentences)


def test_lines_of_a_paragraph_are_joined() -> None:
    text = "县委书记张\n志远到镇里。"
    article = Article("a1", "p.txt", "", Span(0, 12), (Block("paragraph", (Span(0, 5), Span(6, 12))),))
    sheet = laid_out(text, articles=(article,))
    at = sheet.text.index("张志远")
    span = sheet.span(at, at + 3)
    assert sheet.page.text[span.start : span.end] == "张\n志远"


def test_what_no_article_has_is_outside() -> None:
    sheet = laid_out("清河报\n县长说。", articles=())
    assert [kind for _, _, kind in sheet.paragraphs] == ["outside", "outside"]
    assert all(sheet.article_at(at) is None for at in range(len(sheet.text)))


def test_article_at() -> None:
    text = "报头\n春耕\n县长说。\n报尾"
    article = Article(
        "a1", "p.txt", "春耕", Span(3, 10), (Block("title", (Span(3, 5),)), Block("paragraph", (Span(6, 10),)))
    )
    sheet = laid_out(text, articles=(article,))
    assert [sheet.article_at(sheet.text.index(c)) for c in "报春县说"] == [None, article, article, article]
    assert sheet.article_at(sheet.text.rindex("报")) is None


def test_without_a_tagger_there_are_no_words() -> None:
    sheet = laid_out(PAGES["article"])
    assert sheet.words == ()
    assert sheet.word_at(0) is None
    assert sheet.word_index(0) == -1
    assert sheet.tag_over(0, 2) is None


def test_posts_are_marked() -> None:
    sheet = laid_out(PAGES["article"])
    assert [title.text for title in sheet.titles] == ["书记"]
    assert all(sheet.text[title.start : title.end] == title.text for title in sheet.titles)


@pytest.mark.parametrize(
    ("date", "iso"),
    [
        pytest.param("2021-03-05", "2021-03-02", id="the issue's year"),
        pytest.param("2021-01-05", "2020-12-28", id="the year before"),
        pytest.param(None, None, id="no date known"),
    ],
)
def test_dates_read_by_the_issue(date: str | None, iso: str | None) -> None:
    day = "12月28日" if iso and iso.endswith("28") else "3月2日"
    sheet = laid_out(article_of(f"{day}，县里召开会议。"), date=date)
    (found,) = sheet.dates
    assert sheet.text[found.start : found.end] == found.surface == day
    if iso:
        assert found.iso == iso
    else:
        assert not (found.iso or "").startswith("2021")


def test_sentence_at_a_blank_is_the_position() -> None:
    sheet = laid_out("县长。\n局长。", articles=())
    at = sheet.text.index("\n")
    assert sheet.sentence_at(at) == (at, at + 1)


def test_words_end_at_marks(extractor: Extractor) -> None:
    """A word of the tagger that runs over a mark of a list is cut there."""
    page = page_of(article_of("成都、德阳、绵阳三市联动，县领导严立华、冉茂林参加。"))
    sheet = lay_out(page, split_articles(page), ontology=load_ontology(), tagger=extractor.tagger)
    assert sheet.words
    assert all(a.end <= b.start for a, b in pairwise(sheet.words))
    for word in sheet.words:
        text = sheet.text[word.start : word.end]
        assert len(text) == 1 or not set(text) & set("、，。")
        assert sheet.word_at(word.start) == sheet.word_at(word.end - 1) == word
        assert sheet.tag_over(word.start, word.end) == word.tag
