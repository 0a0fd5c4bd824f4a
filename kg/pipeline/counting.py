"""The summary of a store whose pages are counted already (`kg.pipeline.remembering.count`), without reading a page."""

from __future__ import annotations

from collections import Counter

from kg.knowledge import PLANNED
from kg.model import Kind
from kg.pipeline.summary import TOP_UNLINKED, Coverage, Month, Summary, Unlinked, cover_months, inferred_of
from kg.store import Store


def told_summary(store: Store) -> Summary:
    """What `summarize` tells of the store's knowledge.

    Raises:
        InputError: the file is damaged.
    """
    names = "characters, articles, mentions, place_mentions, org_mentions, posts, visits, facts"
    sums = ", ".join(f"coalesce(sum({name}), 0)" for name in names.split(", "))
    [(n_pages, characters, articles, mentions, place_mentions, org_mentions, posts, visits, facts)] = store.rows(
        f"SELECT count(*), {sums} FROM seen_pages"
    )
    kinds = dict(store.rows("SELECT kind, count(*) FROM entities WHERE status IS NOT ? GROUP BY kind", (PLANNED,)))
    inferred = [page for (page,) in store.rows("SELECT page FROM seen_pages WHERE inferred ORDER BY page")]
    return Summary(
        n_pages=n_pages,
        n_characters=characters,
        n_articles=articles,
        n_mentions=mentions,
        people=kinds.get(Kind.PERSON.value, 0),
        places=kinds.get(Kind.PLACE.value, 0),
        organisations=kinds.get(Kind.ORG.value, 0),
        posts=posts,
        visits=visits,
        events=kinds.get(Kind.EVENT.value, 0),
        n_facts=facts,
        unlinked=(_unlinked(store, Kind.PLACE, place_mentions), _unlinked(store, Kind.ORG, org_mentions)),
        inferred=tuple(row for page in store.pages_of(inferred) for row in inferred_of(page)),
    )


def told_coverage(store: Store, *, by_year: bool = False) -> tuple[Coverage, ...]:
    """What `cover` tells of the store's knowledge.

    Raises:
        InputError: the file is damaged.
    """
    pages: Counter[Month] = Counter()
    facts: Counter[Month] = Counter()
    visits: Counter[Month] = Counter()
    for paper, period, n_pages, n_facts, n_visits in store.rows(
        "SELECT p.newspaper, substr(p.date, 1, 7), count(*), sum(s.facts), sum(s.visits) "
        "FROM pages p JOIN seen_pages s ON s.page = p.id GROUP BY 1, 2 ORDER BY 1, 2"
    ):
        month = paper, period or None
        pages[month] += n_pages
        facts[month] += n_facts
        visits[month] += n_visits
    return cover_months(pages, facts, visits, by_year=by_year)


def _unlinked(store: Store, kind: Kind, n_mentions: int) -> Unlinked:
    found = store.rows(
        "SELECT e.name, n FROM (SELECT entity, sum(mentions) AS n FROM seen_nil GROUP BY entity) s "
        "JOIN entities e ON e.id = s.entity WHERE e.kind = ? ORDER BY n DESC, e.name, e.id",
        (kind.value,),
    )
    return Unlinked(kind, n_mentions, sum(n for _name, n in found), len(found), tuple(found[:TOP_UNLINKED]))
