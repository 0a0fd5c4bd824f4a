"""Stage 2: a page's text into articles with their titles, paragraphs and bylines.

Comes in: a `Page`. Goes out: `Article`s in page order, whose blocks hold every non-blank line of their span exactly
once. Masthead, index and slogan lines outside articles belong to none. Nothing is corrected and no name is looked up.
"""

from __future__ import annotations

import re

from kg.articles.assembly import Draft, find_drafts
from kg.articles.credits import HEAD, bracket_credits
from kg.articles.lines import Line, original_title, read_lines
from kg.mastheads import find_date, iso_date
from kg.model import Article, Block, Byline, Page, Span, content_id

__all__ = ["split_articles"]

_DATELINE = re.compile(r"(?:(?P<y>\d{4})年)?(?P<m>\d{1,2})月(?P<d>\d{1,2})日")


def split_articles(page: Page) -> tuple[Article, ...]:
    """Split a page into its articles.

    Returns:
        Articles in page order, not overlapping; empty for a page without text. Where the page tells none apart (a web
        text), it is one article.
    """
    lines = read_lines(page.text)
    return tuple(_article(page, draft) for draft in find_drafts(page.text, lines))


def _article(page: Page, draft: Draft) -> Article:
    blocks = tuple(Block(kind, tuple(line.span for line in lines)) for kind, lines in draft.groups)
    start, end = blocks[0].lines[0].start, blocks[-1].lines[-1].end
    title = ""
    if draft.title is not None:
        inner = original_title(draft.title)
        title = page.text[inner[0] : inner[1]] if inner else page.text[draft.title.span.start : draft.title.span.end]
    return Article(
        id=content_id("article", page.id, start, page.text[start:end]),
        page=page.id,
        title=title,
        span=Span(start, end),
        blocks=blocks,
        bylines=_bylines(page.text, draft),
        date=_date(page, draft),
    )


def _bylines(text: str, draft: Draft) -> tuple[Byline, ...]:
    """Every credited name once for each part, in page order."""
    found: list[Byline] = []
    bodies = [line for kind, lines in draft.groups if kind == "paragraph" for line in lines]
    for kind, lines in draft.groups:
        for line in lines:
            if kind == "byline" and line.credit is not None:
                found.extend(line.credit.bylines)
            elif kind in ("paragraph", "caption", "other", "subhead"):
                at_end = bool(bodies) and line is bodies[-1]
                for credit in bracket_credits(text, line.span, at_end=at_end):
                    found.extend(credit.bylines)
    found.sort(key=lambda byline: byline.span)
    kept: list[Byline] = []
    for byline in found:
        if not kept or byline.span.start >= kept[-1].span.end:
            kept.append(byline)
    return tuple(kept)


def _date(page: Page, draft: Draft) -> str | None:
    """The article's own date: a web page's 发布时间, or the day of its dateline completed by the issue's year."""
    body: Line | None = next((lines[0] for kind, lines in draft.groups if kind == "paragraph"), None)
    for _, lines in draft.groups:
        for line in lines:
            if line.masthead is not None and line.masthead.web and line.masthead.date:
                return line.masthead.date
    if body is None:
        return None
    head = HEAD.match(body.text)
    match = _DATELINE.search(head.group(0)) if head else None
    if match is None:
        return None
    if match["y"]:
        return find_date(match.group(0))
    issue = page.issue.date
    if issue is None or len(issue) < 4:
        return None
    year, month = int(issue[:4]), int(match["m"])
    if len(issue) >= 7 and month - int(issue[5:7]) > 6:
        year -= 1  # 12月30日 in an issue of January
    return iso_date(year, month, int(match["d"]))
