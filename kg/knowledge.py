"""What resolution hands to the graph, the exports and the viewer: entities across pages, and the pages that say so.

Comes in from `resolve`; goes out to everything of layer 5 and 6. It holds, and computes nothing but simple walks.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from kg.model import Article, Entity, Fact, Link, Mention, Page, PageRecord

PLANNED = "planned"
"""`Entity.status` of an event that was announced and had not happened when the page was printed."""

STATEMENT = "statement"
"""The attribute of a fact that no page says and a person does: why."""


def statement_of(fact: Fact) -> str | None:
    """What a person says for a fact that no page says, marked as a person's words; None for any other fact."""
    said = dict(fact.attributes).get(STATEMENT)
    return None if fact.evidence or said is None else f"（人工说明）{said}"


@dataclass(frozen=True, slots=True)
class Knowledge:
    """All pages with their facts pointing at entities that hold across pages.

    `entities` are sorted by kind (people, places, organisations, roles, events) and id. `records` are sorted by page
    id; the entity ids in their links, facts and fact attributes are those of `entities`, and their own `entities` are
    empty.
    """

    entities: tuple[Entity, ...]
    records: tuple[PageRecord, ...]

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


def entity_index(knowledge: Knowledge) -> dict[str, Entity]:
    """Entities by id."""
    return {entity.id: entity for entity in knowledge.entities}


def without_planned(knowledge: Knowledge) -> Knowledge:
    """The same knowledge without events that had not happened, and without what is only said of them."""
    planned = planned_events(knowledge.entities)
    if not planned:
        return knowledge
    return Knowledge(
        entities=tuple(entity for entity in knowledge.entities if entity.id not in planned),
        records=tuple(
            replace(record, facts=tuple(fact for fact in record.facts if not speaks_of(fact, planned)))
            for record in knowledge.records
        ),
    )


def planned_events(entities: Iterable[Entity]) -> frozenset[str]:
    """Ids of events that were announced and had not happened."""
    return frozenset(entity.id for entity in entities if entity.status == PLANNED)


def speaks_of(fact: Fact, events: frozenset[str]) -> bool:
    """Whether a fact is said of one of the events."""
    return fact.subject in events or fact.object in events or dict(fact.attributes).get("event") in events
