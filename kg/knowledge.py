"""What resolution hands to the graph, the exports and the viewer: entities across pages, and the pages that say so.

Comes in from `resolve`; goes out to everything of layer 5 and 6. It holds, and computes nothing but simple walks.
The pages of an archive don't fit into memory together: `Streamed` records stay on the disk and are read page by page, as
often as somebody walks over them. Who walks need not know which they are.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import overload

from kg.model import Article, Entity, Fact, Link, Mention, Page, PageRecord, Provenance

PLANNED = "planned"
"""`Entity.status` of an event that was announced and had not happened when the page was printed."""

STATEMENT = "statement"
"""The attribute of a fact that no page says and a person does: why."""


def statement_of(fact: Fact) -> str | None:
    """What a person says for a fact that no page says, marked as a person's words; None for any other fact."""
    said = dict(fact.attributes).get(STATEMENT)
    return None if fact.evidence or said is None else f"（人工说明）{said}"


_REMEMBERED = 256
"""Records that were looked up one by one and are kept: a reprint's first print is asked for several times in a row."""

Change = Callable[[PageRecord], PageRecord]
Reading = Callable[[Sequence[str]], Iterable[PageRecord]]
"""Gives the records of pages by id, in the order of the ids."""


class Streamed(Sequence[PageRecord]):
    """Page records that are read each time they are walked over, and held by nobody.

    Only one page is in memory at a time. `facts_alone` is for who needs no text: it costs a fraction of the whole.
    """

    def __init__(self, pages: Sequence[str], read: Reading, read_facts: Reading, read_texts: Reading) -> None:
        """Nothing is read yet.

        Args:
            pages: ids, sorted.
            read: whole records.
            read_facts: records that have a page without text, facts, and nothing else.
            read_texts: records that have a page, articles without bylines, and nothing else.
        """
        self.pages = pages
        self._read, self._read_facts, self._read_texts = read, read_facts, read_texts
        self._recent = lru_cache(_REMEMBERED)(self._look_up)

    def __len__(self) -> int:
        return len(self.pages)

    def __iter__(self) -> Iterator[PageRecord]:
        return iter(self._read(self.pages))

    @overload
    def __getitem__(self, at: int) -> PageRecord: ...
    @overload
    def __getitem__(self, at: slice) -> Sequence[PageRecord]: ...
    def __getitem__(self, at: int | slice) -> PageRecord | Sequence[PageRecord]:
        if isinstance(at, slice):
            return Streamed(self.pages[at], self._read, self._read_facts, self._read_texts)
        return next(iter(self._read(self.pages[at : at + 1 or None])))

    def find(self, page: str) -> PageRecord | None:
        """A page with its articles, for who looks for a sentence there; None where there is no such page."""
        return self._recent(page)

    def facts_alone(self) -> Iterator[PageRecord]:
        """All records without text, articles, mentions and links."""
        return iter(self._read_facts(self.pages))

    def changed(self, change: Change, *, pages: Collection[str] | None = None, in_parts: bool = True) -> Streamed:
        """These records as a change leaves them, made when they are asked for.

        Args:
            pages: those that stay; None is all.
            in_parts: facts alone, and texts alone, may be changed; else whole records are read for that.
        """
        read = self._read
        read_facts, read_texts = (self._read_facts, self._read_texts) if in_parts else (read, read)
        return Streamed(
            self.pages if pages is None else [page for page in self.pages if page in pages],
            lambda wanted: map(change, read(wanted)),
            lambda wanted: map(change, read_facts(wanted)),
            lambda wanted: map(change, read_texts(wanted)),
        )

    def _look_up(self, page: str) -> PageRecord | None:
        return next(iter(self._read_texts((page,))), None)


@dataclass(frozen=True, slots=True)
class Knowledge:
    """All pages with their facts pointing at entities that hold across pages.

    `entities` are sorted by kind (people, places, organisations, roles, events) and id. `records` are sorted by page
    id, a tuple or `Streamed`; the entity ids in their links, facts and fact attributes are those of `entities`, and their
    own `entities` are empty.
    """

    entities: tuple[Entity, ...]
    records: Sequence[PageRecord]

    @property
    def pages(self) -> tuple[Page, ...]:
        """All pages, by id."""
        return tuple(record.page for record in self.records)

    @property
    def articles(self) -> tuple[Article, ...]:
        """All articles, by page, then as printed."""
        return tuple(article for record in self.records for article in record.articles)

    @property
    def mentions(self) -> tuple[Mention, ...]:
        """All mentions, by page and offset."""
        return tuple(mention for record in self.records for mention in record.mentions)

    @property
    def links(self) -> tuple[Link, ...]:
        """All links, by page; `Link.entity` is an id of `entities`."""
        return tuple(link for record in self.records for link in record.links)

    @property
    def facts(self) -> tuple[Fact, ...]:
        """All facts, by page."""
        return tuple(fact for record in self.records for fact in record.facts)


def facts_by_page(knowledge: Knowledge) -> Iterator[tuple[Page, Fact]]:
    """Every fact with the page that it was read on, also where it has no evidence (administrative geography)."""
    for record in knowledge.records:
        for fact in record.facts:
            yield record.page, fact


def facts_alone(knowledge: Knowledge) -> Iterator[PageRecord]:
    """The records in order, for who looks at nothing but pages (without text, if they are streamed) and facts."""
    records = knowledge.records
    return records.facts_alone() if isinstance(records, Streamed) else iter(records)


def record_finder(knowledge: Knowledge) -> Callable[[str], PageRecord | None]:
    """What looks up a page and its articles by id: evidence may stand on another page than its fact."""
    records = knowledge.records
    if isinstance(records, Streamed):
        return records.find
    return {record.page.id: record for record in records}.get


def evidence_page(evidence: Provenance, page: Page, find: Callable[[str], PageRecord | None]) -> Page:
    """The page that a piece of evidence stands on; that of its fact, `page`, where it is not among the records."""
    if evidence.page == page.id:
        return page
    record = find(evidence.page)
    return record.page if record else page


def changed_records(
    records: Sequence[PageRecord], change: Change, *, pages: Collection[str] | None = None, in_parts: bool = True
) -> Sequence[PageRecord]:
    """Records as a change leaves them: at once where they are held, when they are asked for where they are streamed.

    Args:
        pages, in_parts: see `Streamed.changed`.
    """
    if isinstance(records, Streamed):
        return records.changed(change, pages=pages, in_parts=in_parts)
    return tuple(change(record) for record in records if pages is None or record.page.id in pages)


def entity_index(knowledge: Knowledge) -> dict[str, Entity]:
    """Entities by id."""
    return {entity.id: entity for entity in knowledge.entities}


def without_planned(knowledge: Knowledge) -> Knowledge:
    """The same knowledge without events that had not happened, and without what is only said of them."""
    planned = planned_events(knowledge.entities)
    if not planned:
        return knowledge

    def told(record: PageRecord) -> PageRecord:
        return replace(record, facts=tuple(fact for fact in record.facts if not speaks_of(fact, planned)))

    return Knowledge(
        entities=tuple(entity for entity in knowledge.entities if entity.id not in planned),
        records=changed_records(knowledge.records, told),
    )


def planned_events(entities: Iterable[Entity]) -> frozenset[str]:
    """Ids of events that were announced and had not happened."""
    return frozenset(entity.id for entity in entities if entity.status == PLANNED)


def speaks_of(fact: Fact, events: frozenset[str]) -> bool:
    """Whether a fact is said of one of the events."""
    return fact.subject in events or fact.object in events or dict(fact.attributes).get("event") in events
