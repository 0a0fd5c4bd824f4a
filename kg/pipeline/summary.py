"""Figures of what a store knows, as plain data for a table."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from kg.knowledge import Knowledge, entity_index, without_planned
from kg.model import Kind, Relation

_TOP = 5


@dataclass(frozen=True, slots=True)
class Unlinked:
    """Mentions of one kind that no gazetteer has; `top` are the (name, mentions) seen most."""

    kind: Kind
    n_mentions: int
    n_nil: int
    n_nil_entities: int
    top: tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class Inferred:
    """A page whose date or region was concluded from its text: `values` are (field, value)."""

    page: str
    values: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Summary:
    """What a store knows. `posts` counts persons' posts, `visits` person, place and day; plans are left out."""

    n_pages: int
    n_characters: int
    n_articles: int
    n_mentions: int
    people: int
    places: int
    organisations: int
    posts: int
    visits: int
    events: int
    n_facts: int
    unlinked: tuple[Unlinked, ...]
    inferred: tuple[Inferred, ...]


@dataclass(frozen=True, slots=True)
class Coverage:
    """Pages, facts and visits of one newspaper in one month (`2021-01`) or year; None is unknown.

    `n_silent` are its months without a page, between the newspaper's first month and its last.
    """

    newspaper: str | None
    period: str | None
    n_pages: int
    n_facts: int
    n_visits: int
    n_silent: int = 0


def summarize(knowledge: Knowledge) -> Summary:
    """Count what there is and what could not be linked."""
    shown = without_planned(knowledge)
    kinds = Counter(entity.kind for entity in shown.entities)
    relations = Counter(fact.relation for record in shown.records for fact in record.facts)
    return Summary(
        n_pages=len(shown.records),
        n_characters=sum(len(record.page.text) for record in shown.records),
        n_articles=sum(len(record.articles) for record in shown.records),
        n_mentions=sum(len(record.mentions) for record in shown.records),
        people=kinds[Kind.PERSON],
        places=kinds[Kind.PLACE],
        organisations=kinds[Kind.ORG],
        posts=relations[Relation.HOLDS_ROLE],
        visits=relations[Relation.VISITED],
        events=kinds[Kind.EVENT],
        n_facts=relations.total(),
        unlinked=_unlinked(shown),
        inferred=_inferred(shown),
    )


def cover(knowledge: Knowledge, *, by_year: bool = False) -> tuple[Coverage, ...]:
    """Coverage by newspaper and month of issue (or year), sorted; the unknown last.

    Months without a page have a row too, from the newspaper's first to its last: no visits in them means that nobody
    read them, and not that none took place. A visit that two pages report counts where it was reported first.
    """
    pages: Counter[_Month] = Counter()
    facts: Counter[_Month] = Counter()
    visits: Counter[_Month] = Counter()
    for record in without_planned(knowledge).records:
        issue = record.page.issue
        month = issue.newspaper, issue.date[:7] if issue.date else None
        pages[month] += 1
        facts[month] += len(record.facts)
        visits[month] += sum(fact.relation is Relation.VISITED for fact in record.facts)
    rows: dict[_Month, Coverage] = {}
    for month in [*pages, *_silent(pages)]:
        paper, period = month
        key = paper, period[:4] if period and by_year else period
        known = rows.get(key, Coverage(*key, 0, 0, 0))
        rows[key] = Coverage(
            *key,
            known.n_pages + pages[month],
            known.n_facts + facts[month],
            known.n_visits + visits[month],
            known.n_silent + (pages[month] == 0),
        )
    return tuple(
        rows[key] for key in sorted(rows, key=lambda key: (key[0] is None, key[0] or "", key[1] is None, key[1] or ""))
    )


_Month = tuple[str | None, str | None]


def _silent(pages: Mapping[_Month, int]) -> list[_Month]:
    """Months between a newspaper's first and last of which there is no page; issues dated by the year alone tell none."""
    known: dict[str | None, list[str]] = {}
    for paper, month in pages:
        if month is not None and len(month) == len("2021-01"):
            known.setdefault(paper, []).append(month)
    found: list[_Month] = []
    for paper, months in known.items():
        first, last = (int(month[:4]) * 12 + int(month[5:]) - 1 for month in (min(months), max(months)))
        every = (f"{at // 12:04}-{at % 12 + 1:02}" for at in range(first, last + 1))
        found += [(paper, month) for month in every if month not in months]
    return found


def _unlinked(knowledge: Knowledge) -> tuple[Unlinked, ...]:
    """Places and organisations only: no gazetteer lists people."""
    entities = entity_index(knowledge)
    mentions: Counter[Kind] = Counter()
    nil: dict[Kind, Counter[str]] = {Kind.PLACE: Counter(), Kind.ORG: Counter()}
    for record in knowledge.records:
        for link in record.links:
            entity = entities.get(link.entity)
            if entity is None or entity.kind not in nil:
                continue
            mentions[entity.kind] += 1
            if link.nil:
                nil[entity.kind][entity.id] += 1
    found = []
    for kind, counter in nil.items():
        top = sorted(counter.items(), key=lambda row: (-row[1], entities[row[0]].name, row[0]))[:_TOP]
        names = tuple((entities[entity_id].name, count) for entity_id, count in top)
        found.append(Unlinked(kind, mentions[kind], counter.total(), len(counter), names))
    return tuple(found)


def _inferred(knowledge: Knowledge) -> tuple[Inferred, ...]:
    found = []
    for page in knowledge.pages:
        values = tuple((name, str(getattr(page.issue, name, None) or "?")) for name in page.issue.inferred)
        if values:
            found.append(Inferred(page.id, values))
    return tuple(found)
