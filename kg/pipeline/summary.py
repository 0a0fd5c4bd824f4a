"""Figures of what a store knows, as plain data for a table."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass

from kg.knowledge import Knowledge, planned_events, speaks_of, without_planned
from kg.model import Entity, Kind, Page, PageRecord, Relation

TOP_UNLINKED = 5


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


Month = tuple[str | None, str | None]
"""Newspaper, and month or year of issue."""


def summarize(knowledge: Knowledge) -> Summary:
    """Count what there is and what could not be linked."""
    return summarize_records(knowledge.entities, knowledge.records)


def summarize_records(entities: Sequence[Entity], records: Iterable[PageRecord]) -> Summary:
    """The same, of records that come one after the other and need not be held in memory together.

    Args:
        entities: of all the records.
    """
    planned = planned_events(entities)
    kinds = Counter(entity.kind for entity in entities if entity.id not in planned)
    relations: Counter[Relation] = Counter()
    n_pages = n_characters = n_articles = n_mentions = 0
    unlinked = _Unlinked({entity.id: entity for entity in entities if entity.kind in (Kind.PLACE, Kind.ORG)})
    inferred: list[Inferred] = []
    for record in records:
        n_pages += 1
        n_characters += len(record.page.text)
        n_articles += len(record.articles)
        n_mentions += len(record.mentions)
        relations.update(fact.relation for fact in record.facts if not speaks_of(fact, planned))
        unlinked.add(record)
        inferred += inferred_of(record.page)
    return Summary(
        n_pages=n_pages,
        n_characters=n_characters,
        n_articles=n_articles,
        n_mentions=n_mentions,
        people=kinds[Kind.PERSON],
        places=kinds[Kind.PLACE],
        organisations=kinds[Kind.ORG],
        posts=relations[Relation.HOLDS_ROLE],
        visits=relations[Relation.VISITED],
        events=kinds[Kind.EVENT],
        n_facts=relations.total(),
        unlinked=unlinked.counted(),
        inferred=tuple(inferred),
    )


def summary_to_json(summary: Summary) -> str:
    """A summary as text to be kept."""
    return json.dumps(asdict(summary), ensure_ascii=False)


def summary_from_json(text: str) -> Summary | None:
    """A summary that was kept; None where there is none or another version of kg kept it."""
    try:
        values = json.loads(text)
        values["unlinked"] = tuple(
            Unlinked(**(row | {"kind": Kind(row["kind"]), "top": tuple((name, count) for name, count in row["top"])}))
            for row in values["unlinked"]
        )
        values["inferred"] = tuple(
            Inferred(row["page"], tuple((name, value) for name, value in row["values"])) for row in values["inferred"]
        )
        return Summary(**values)
    except (ValueError, KeyError, TypeError):
        return None


def cover(knowledge: Knowledge, *, by_year: bool = False) -> tuple[Coverage, ...]:
    """Coverage by newspaper and month of issue (or year), sorted; the unknown last.

    Months without a page have a row too, from the newspaper's first to its last: no visits in them means that nobody
    read them, and not that none took place. A visit that two pages report counts where it was reported first.
    """
    pages: Counter[Month] = Counter()
    facts: Counter[Month] = Counter()
    visits: Counter[Month] = Counter()
    for record in without_planned(knowledge).records:
        issue = record.page.issue
        month = issue.newspaper, issue.date[:7] if issue.date else None
        pages[month] += 1
        facts[month] += len(record.facts)
        visits[month] += sum(fact.relation is Relation.VISITED for fact in record.facts)
    return cover_months(pages, facts, visits, by_year=by_year)


def cover_months(
    pages: Counter[Month], facts: Counter[Month], visits: Counter[Month], *, by_year: bool = False
) -> tuple[Coverage, ...]:
    """Coverage where pages, facts and visits of each newspaper and month (or year, or None) are counted already."""
    rows: dict[Month, Coverage] = {}
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


def _silent(pages: Mapping[Month, int]) -> list[Month]:
    """Months between a newspaper's first and last of which there is no page; issues dated by the year alone tell none."""
    known: dict[str | None, list[str]] = {}
    for paper, month in pages:
        if month is not None and len(month) == len("2021-01"):
            known.setdefault(paper, []).append(month)
    found: list[Month] = []
    for paper, months in known.items():
        first, last = (int(month[:4]) * 12 + int(month[5:]) - 1 for month in (min(months), max(months)))
        every = (f"{at // 12:04}-{at % 12 + 1:02}" for at in range(first, last + 1))
        found += [(paper, month) for month in every if month not in months]
    return found


class _Unlinked:
    """Counts mentions of places and organisations that no gazetteer has; none lists people."""

    def __init__(self, entities: Mapping[str, Entity]) -> None:
        self._entities = entities
        self._mentions: Counter[Kind] = Counter()
        self._nil: dict[Kind, Counter[str]] = {Kind.PLACE: Counter(), Kind.ORG: Counter()}

    def add(self, record: PageRecord) -> None:
        """Count the mentions of a page."""
        for link in record.links:
            entity = self._entities.get(link.entity)
            if entity is not None:
                self._mentions[entity.kind] += 1
                if link.nil:
                    self._nil[entity.kind][entity.id] += 1

    def counted(self) -> tuple[Unlinked, ...]:
        """What was counted, a row for each kind."""
        found = []
        for kind, counter in self._nil.items():
            top = sorted(counter.items(), key=lambda row: (-row[1], self._entities[row[0]].name, row[0]))[:TOP_UNLINKED]
            names = tuple((self._entities[entity_id].name, count) for entity_id, count in top)
            found.append(Unlinked(kind, self._mentions[kind], counter.total(), len(counter), names))
        return tuple(found)


def inferred_of(page: Page) -> list[Inferred]:
    """What was concluded of a page: a row, or none."""
    values = tuple((name, str(getattr(page.issue, name, None) or "?")) for name in page.issue.inferred)
    return [Inferred(page.id, values)] if values else []
