"""A page as it is read: one text of all its articles, with sentences, words, posts and dates already marked.

In: a page and its articles. Out: a `Sheet`, on which all later stages work; positions in it are reading positions and
`Sheet.span` leads back to the page. It finds no names and decides nothing.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

from kg.dates import find_dates
from kg.gazetteers import load_surnames
from kg.model import Article, Block, DateSpan, Page, Span
from kg.ontology import Ontology, Title
from kg.suffixes import load_suffixes
from kg.tagger import Tagged, Tagger, as_trained
from kg.text import Reading, read_blocks, sentence_spans

_BREAK = re.compile(r"[，。；：、！？“”‘’《》（）【】…—\n ]")
_PIECE = re.compile(rf"{_BREAK.pattern}|[^，。；：、！？“”‘’《》（）【】…—\n ]+")
# 高远山|率市检查组: a name of two or three characters and what its bearer does, or the end.
_ACTS = re.compile(
    r"[\u4e00-\u9fff]{2,3}(?:率|带|在|来到|深入|到|赴|参加|出席|主持|调研|检查|一行|同志|等|强调|指出|要求|表示|介绍|说|[、，。；（\n]|$)"
)
_LINE = re.compile(r"[^\n\r\f\v\x85\u2028\u2029]+")


class Word(NamedTuple):  # as many as `kg.tagger.Tagged`, and a tuple for the same reason
    """A word of the reading with the tagger's tag (`n`, `v`, `PER`, …), `x` where there is no tagger."""

    start: int
    end: int
    tag: str


@dataclass(frozen=True, slots=True)
class Sheet:
    """The reading of a page. All sequences are sorted by start; `sentences` and `words` do not overlap."""

    page: Page
    articles: tuple[Article, ...]
    text: str
    offsets: tuple[int, ...]
    paragraphs: tuple[tuple[int, int, str], ...]
    sentences: tuple[tuple[int, int], ...]
    words: tuple[Word, ...]
    titles: tuple[Title, ...]
    dates: tuple[DateSpan, ...]
    _word_starts: tuple[int, ...] = field(repr=False)
    _sentence_starts: tuple[int, ...] = field(repr=False)
    _article_starts: tuple[int, ...] = field(repr=False)

    def span(self, start: int, end: int) -> Span:
        """Page span of a reading range; breaks inside it are included."""
        return Span(self.offsets[start], self.offsets[end - 1] + 1)

    def article_at(self, at: int) -> Article | None:
        """The article that holds reading position `at`; None in a masthead or between articles."""
        offset = self.offsets[at]
        index = bisect_right(self._article_starts, offset) - 1
        if index >= 0 and offset < self.articles[index].span.end:
            return self.articles[index]
        return None

    def sentence_at(self, at: int) -> tuple[int, int]:
        """The sentence around `at`; the bare position where there is none (a blank between sentences)."""
        index = bisect_right(self._sentence_starts, at) - 1
        if index >= 0 and at < self.sentences[index][1]:
            return self.sentences[index]
        return at, min(at + 1, len(self.text))

    def word_index(self, at: int) -> int:
        """Index of the word that holds `at`, or of the last one before it; -1 before the first."""
        return bisect_right(self._word_starts, at) - 1

    def word_at(self, at: int) -> Word | None:
        """The word that holds position `at`, or None."""
        index = self.word_index(at)
        if index >= 0 and at < self.words[index].end:
            return self.words[index]
        return None

    def tag_over(self, start: int, end: int) -> str | None:
        """The tag of the word that is exactly `[start, end)`, or None."""
        word = self.word_at(start)
        return word.tag if word and (word.start, word.end) == (start, end) else None


@dataclass(frozen=True, slots=True)
class Draft:
    """A page whose lines are joined and parted into sentences, and nothing marked yet."""

    page: Page
    articles: tuple[Article, ...]
    reading: Reading
    sentences: tuple[tuple[int, int], ...]

    def for_tagger(self) -> list[str]:
        """The sentences in the spelling that the tagger knows; empty where it can change nothing (see `naming_characters`)."""
        plain = as_trained(self.reading.text)
        pieces = (plain[start:end] for start, end in self.sentences)
        return [piece if not naming_characters().isdisjoint(piece) else "" for piece in pieces]


@lru_cache(maxsize=1)
def naming_characters() -> frozenset[str]:
    """Characters of which a name that the rules could take from the tagger has one: common surnames, last characters of names
    of bodies and places. Measured in docs/quality.md: a narrower choice of sentences loses names."""
    return load_surnames().common | {word[-1] for word in load_suffixes().by_word}


def lay_out(page: Page, articles: tuple[Article, ...], *, ontology: Ontology, tagger: Tagger | None) -> Sheet:
    """Read a page: join its lines, mark sentences, words, posts and dates.

    Lines that belong to no article (mastheads, indexes) are paragraphs of their own, kind `outside`.
    """
    draft = join_lines(page, articles)
    return mark(draft, tagger.tag(draft.for_tagger()) if tagger else (), ontology=ontology)


def join_lines(page: Page, articles: tuple[Article, ...]) -> Draft:
    """The first half of `lay_out`, for callers that have the sentences of several pages tagged at once."""
    reading = read_blocks(page.text, _all_blocks(page, articles))
    return Draft(page, articles, reading, tuple(sentence_spans(reading.text)))


def mark(draft: Draft, tagged: Sequence[tuple[Tagged, ...]], *, ontology: Ontology) -> Sheet:
    """The second half of `lay_out`.

    Args:
        tagged: the words of each sentence of `draft.for_tagger()`; empty where there is no tagger.
    """
    page, articles, reading, sentences = draft.page, draft.articles, draft.reading, draft.sentences
    text = reading.text
    paragraphs: list[tuple[int, int, str]] = []
    at = 0
    for kind, piece in zip(reading.kinds, text.split("\n"), strict=False):
        paragraphs.append((at, at + len(piece), kind))
        at += len(piece) + 1
    titles = tuple(ontology.find_titles(text))
    words = tuple(_parted_at_posts(text, _place(text, sentences, tagged), titles)) if tagged else ()
    return Sheet(
        page=page,
        articles=articles,
        text=text,
        offsets=reading.offsets,
        paragraphs=tuple(paragraphs),
        sentences=sentences,
        words=words,
        titles=titles,
        dates=tuple(_dates(page, articles, text, reading.offsets)),
        _word_starts=tuple(word.start for word in words),
        _sentence_starts=tuple(start for start, _ in sentences),
        _article_starts=tuple(article.span.start for article in articles),
    )


def _all_blocks(page: Page, articles: tuple[Article, ...]) -> list[Block]:
    """The articles' blocks and, between them, every line that no article has, in page order."""
    blocks = [block for article in articles for block in article.blocks]
    taken = sorted((line.start, line.end) for block in blocks for line in block.lines)
    starts = [start for start, _ in taken]
    for match in _LINE.finditer(page.text):
        start, end = match.span()
        index = bisect_right(starts, end - 1) - 1
        if (index < 0 or taken[index][1] <= start) and match.group().strip():
            blocks.append(Block("outside", (Span(start, end),)))
    return sorted(blocks, key=lambda block: block.lines[0])


def _place(text: str, sentences: tuple[tuple[int, int], ...], tagged: Sequence[tuple[Tagged, ...]]) -> list[Word]:
    """Words of all sentences; a word that runs over punctuation is cut there (the tagger merges lists)."""
    placed: list[Word] = []
    breaks_in = _BREAK.search
    for (start, _), words in zip(sentences, tagged, strict=True):
        for word_start, word_end, word_tag in words:
            if word_end - word_start == 1 or not breaks_in(text, start + word_start, start + word_end):
                placed.append(Word(start + word_start, start + word_end, word_tag))
                continue
            for piece in _PIECE.finditer(text, start + word_start, start + word_end):
                tag = "w" if _BREAK.match(piece.group()) else word_tag
                placed.append(Word(piece.start(), piece.end(), tag))
    return placed


def _parted_at_posts(text: str, words: Iterable[Word], titles: Sequence[Title]) -> Iterator[Word]:
    """Words as tagged, but for an organisation that holds a post and a name (安平市教育局|副局长|高远山率市检查组): it ends
    before the post, and what stands behind is left to the rules, character by character. Not 市长办公室, 吉林省长|白参源."""
    offices = [title for title in titles if title.head[-1] in "长记任席"]
    starts = [title.start for title in offices]
    surnames = load_surnames().common
    for word in words:
        index = bisect_right(starts, word.start)
        inside = index < len(offices) and offices[index].end + 2 <= word.end
        named = inside and text[offices[index].end] in surnames and _ACTS.match(text, offices[index].end, word.end + 2)
        if word.tag not in {"ORG", "nt", "LOC", "PER"} or not named:
            yield word
            continue
        post = offices[index]
        yield Word(word.start, post.start, word.tag)
        yield Word(post.start, post.end, "n")
        for at in range(post.end, word.end):
            yield Word(at, at + 1, "cut")


def _dates(page: Page, articles: tuple[Article, ...], text: str, offsets: tuple[int, ...]) -> list[DateSpan]:
    """Dates of each article, read on from one to the next sentence of it; what is outside is read by itself."""
    found: list[DateSpan] = []
    ends = [article.span.end for article in articles]
    cuts = [0]
    for end in ends:
        position = bisect_right(offsets, end - 1)
        if position > cuts[-1]:
            cuts.append(position)
    cuts.append(len(text))
    for start, end in pairwise(cuts):
        anchor = page.issue.date
        article = next((a for a in articles if start < end and a.span.start <= offsets[end - 1] < a.span.end), None)
        if article is not None and article.date:
            anchor = article.date
        for date in find_dates(text[start:end], issue_date=anchor):
            found.append(
                DateSpan(
                    date.start + start, date.end + start, date.surface, date.iso, date.precision, date.rule, date.finer
                )
            )
    return found
