"""The sentences that say a fact, with where to find them in print."""

from __future__ import annotations

from kg.errors import InputError
from kg.query.columns import NONE
from kg.query.index import Index
from kg.query.tables import Table

_NAMES = ("sentence", "title", "newspaper", "issue_date", "page", "doc", "start", "end", "article", "url")


def evidence(index: Index, fact: str) -> Table:
    """See `Graph.evidence`."""
    try:
        at = index.columns.ids.index(fact)
    except ValueError:
        raise InputError(f"no fact has the id {fact!r}", hint="take one from the column fact of an answer") from None
    rows = []
    for saying in index.columns.sayings[at]:
        if saying.page == NONE:
            continue
        page = index.columns.pages[saying.page]
        title = next((article.title for article in page.articles if article.id == saying.article), None)
        rows.append(
            (
                index.line(saying.page, saying.start, saying.end),
                title,
                page.issue.newspaper,
                page.issue.date,
                page.number,
                page.id,
                saying.start,
                saying.end,
                saying.article,
                page.url,
            )
        )
    return Table.of(_NAMES, rows)
