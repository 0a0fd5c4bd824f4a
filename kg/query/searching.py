"""Words on the pages, and what they name.

A search ignores how a line was broken and how wide a character is. It finds sentences; who is named in them follows
from the facts that cite them.
"""

from __future__ import annotations

import json
import re

from kg.errors import InputError
from kg.model import Block, Span
from kg.query.columns import ArticleRow, PageRow
from kg.query.index import Index
from kg.query.moments import When, bounds, covered
from kg.query.sentences import one_line
from kg.query.tables import Table
from kg.text import covering, fold, read_blocks, sentence_spans

_NAMES = ("sentence", "title", "newspaper", "issue_date", "doc", "start", "end", "article", "url")


def search(index: Index, text: str, *, since: When | None, until: When | None, limit: int | None) -> Table:
    """See `Graph.search`."""
    wanted = "".join(fold(text).split())
    if not wanted:
        raise InputError("nothing to search for", hint="give a word or a phrase")
    days = bounds(since, until)
    # Every character may stand in half or full width, and lines break anywhere.
    pattern = re.compile(r"\s*".join(_widths(char) for char in wanted), re.IGNORECASE)
    found: list[tuple[object, ...]] = []
    for page in index.columns.pages:
        first, last = covered(page.issue.date)
        if days is not None and not (first and first <= days[1] and last >= days[0]):
            continue
        hits = [match.span() for match in pattern.finditer(page.text)]
        if hits:
            found += _sentences(page, hits)
            if limit is not None and len(found) >= limit:
                break
    return Table.of(_NAMES, found[:limit])


def _widths(char: str) -> str:
    """A pattern for a character in any of its widths."""
    forms = _WIDE.get(char, {char})
    return "[" + "".join(sorted(re.escape(form) for form in forms)) + "]"


def _wide_forms() -> dict[str, set[str]]:
    forms: dict[str, set[str]] = {}
    for code in range(0x21, 0x7F):
        narrow, wide = chr(code), chr(code + 0xFEE0)
        same = {narrow, wide, fold(narrow), fold(wide)}
        for char in same:
            forms.setdefault(char, set()).update(same)
    return forms


_WIDE = _wide_forms()


def _sentences(page: PageRow, hits: list[tuple[int, int]]) -> list[tuple[object, ...]]:
    """The sentences of a page that hold the hits, each once, as printed."""
    rows: dict[tuple[int, int], tuple[object, ...]] = {}
    for start, end in hits:
        article = next((each for each in page.articles if each.start <= start and end <= each.end), None)
        span = (article and _within_article(page, article, start)) or _line(page.text, start, end)
        if span not in rows:
            rows[span] = (
                one_line(page.text[span[0] : span[1]]),
                one_line(article.title) if article else None,
                page.issue.newspaper,
                page.issue.date,
                page.id,
                *span,
                article.id if article else None,
                page.url,
            )
    return [rows[span] for span in sorted(rows)]


def _within_article(page: PageRow, article: ArticleRow, start: int) -> tuple[int, int] | None:
    blocks = [Block(kind, tuple(Span(*line) for line in lines)) for kind, lines in json.loads(article.blocks)]
    reading = read_blocks(page.text, [block for block in blocks if block.lines])
    at = reading.position(start)
    # Reading order may differ from page order; then the offset is no position and the printed line has to do.
    if at >= len(reading.offsets) or reading.offsets[at] != start:
        return None
    sentence = covering(sentence_spans(reading.text), at)
    if sentence is None:
        return None
    span = reading.page_span(*sentence)
    return span.start, span.end


def _line(text: str, start: int, end: int) -> tuple[int, int]:
    begin = text.rfind("\n", 0, start) + 1
    stop = text.find("\n", end)
    return begin, stop if stop >= 0 else len(text)
