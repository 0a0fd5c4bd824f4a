"""Sentences of a page as the search index of the store takes them: every word as pairs of neighbouring characters.

Chinese has no spaces, and SQLite's trigram tokenizer finds nothing shorter than three characters, while most Chinese
words have two. So 花园街道 is indexed as 花园 园街 街道 道: a word of two characters is one entry, a longer one a phrase of
entries, a single character the beginning of entries.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from operator import add

from kg.model import Article, Block, Span
from kg.text import fold, read_blocks, sentence_spans

_RUN = re.compile(r"[^\W_]+")  # letters and digits of any script, as str.isalnum has it


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence with its page span; `article` is an article's id, None in a masthead or between articles."""

    article: str | None
    start: int
    end: int
    text: str


def sentences_of(text: str, articles: Sequence[Article]) -> Iterator[Sentence]:
    """The sentences of a page: of each article as it is read, then the lines that no article has."""
    taken: list[tuple[int, int]] = []
    for article in articles:
        blocks = [block for block in article.blocks if block.lines]
        taken += [(line.start, line.end) for block in blocks for line in block.lines]
        reading = read_blocks(text, blocks)
        for start, end in sentence_spans(reading.text):
            offsets = reading.offsets[start:end]
            # A block may be read before one that is printed above it: then its sentence spans what lies between.
            yield Sentence(article.id, min(offsets), max(offsets) + 1, reading.text[start:end])
    taken.sort()
    starts = [start for start, _ in taken]
    at = 0
    for line in text.splitlines(keepends=True):
        start, end = at, at + len(line)
        at = end
        index = bisect_right(starts, end - 1) - 1
        if (index < 0 or taken[index][1] <= start) and line.strip():
            bare = Span(start + len(line) - len(line.lstrip()), start + len(line.rstrip()))
            reading = read_blocks(text, [Block("outside", (bare,))])
            yield Sentence(None, bare.start, bare.end, reading.text)


def pairs(text: str) -> str:
    """A text as the index takes it; punctuation parts, width, case and line breaks don't count.

    >>> pairs("花园街道，A3栋")
    '花园 园街 街道 道 a3 3栋 栋'
    """
    return " ".join(" ".join([*map(add, run, run[1:]), run[-1]]) for run in _runs(text))


def question(text: str) -> str | None:
    """What finds a text in the index (more than is wanted, if it has punctuation); None where no letter is in it.

    >>> question("花园"), question("花园街"), question("花，园街"), question("！")
    ('"花园"', '"花园 园街"', '"花"* "园街"', None)
    """
    return " ".join(_phrase(run) for run in _runs(text)) or None


def plain(text: str) -> str:
    """A text without what a search ignores: width, case, blanks."""
    return "".join(fold(text).lower().split())


def _phrase(run: str) -> str:
    if len(run) == 1:
        return f'"{run}"*'
    return '"' + " ".join(run[at : at + 2] for at in range(len(run) - 1)) + '"'


def _runs(text: str) -> list[str]:
    return _RUN.findall(plain(text))
