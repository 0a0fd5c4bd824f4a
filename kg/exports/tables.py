"""Knowledge as tables that people read: one row a fact, names beside ids, the sentence beside the claim.

Comes in: `Knowledge`. Goes out: `Table`s, whose rows are made while they are read. They are shared by the formats for
spreadsheets and columns; this module writes nothing.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Literal

from kg.knowledge import Knowledge, entity_index, facts_by_page, statement_of
from kg.model import Article, Entity, Fact, Kind, Page, Relation
from kg.select import date_bounds

Cell = str | int | float | bool | tuple[str, ...] | None
Row = tuple[Cell, ...]
ColumnType = Literal["text", "date", "integer", "number", "boolean", "list"]
Column = tuple[str, ColumnType]

_TYPES: dict[str, ColumnType] = {
    "date": "date",
    "integer": "integer",
    "number": "number",
    "boolean": "boolean",
    "list": "list",
}


def _columns(spec: str) -> tuple[Column, ...]:
    """Columns from words; text where a word names no type (`order:integer`)."""
    pairs = (word.partition(":") for word in spec.split())
    return tuple((name, _TYPES.get(kind, "text")) for name, _, kind in pairs)


_DATED = "date date_from:date date_to:date precision"
_SAID = """newspaper issue_date doc article sentence start:integer end:integer n_evidence:integer url score:number
    source rule fact"""
_VISITS = _columns(f"person place {_DATED} event {_SAID} person_id place_id place_code event_id")
_ROLES = _columns(f"person title organisation past:boolean {_DATED} {_SAID} person_id role_id organisation_id")
_EVENTS = _columns(
    f"event type status {_DATED} relation name kind part order:integer {_SAID} event_id name_id",
)
_GEOGRAPHY = _columns(f"name relation inside code inside_code {_SAID} name_id inside_id")
_ENTITIES = _columns(
    f"""id type subtype name aliases:list code title organisation organisation_id {_DATED} status linked:boolean
    n_mentions:integer n_facts:integer"""
)
_MENTIONS = _columns("id doc article start:integer end:integer text entity type linked:boolean rule score:number")
_EVIDENCE = _columns("fact number:integer doc article start:integer end:integer sentence")
_ARTICLES = _columns("id doc title start:integer end:integer date bylines:list")
_PAGES = _columns("doc newspaper date region region_code number:integer url sha256 text")


@dataclass(frozen=True, slots=True)
class Table:
    """A table by name; `rows()` begins anew each time. A date column holds ISO days, a list column tuples."""

    name: str
    columns: tuple[Column, ...]
    rows: Callable[[], Iterator[Row]]


def fact_tables(knowledge: Knowledge) -> tuple[Table, ...]:
    """The tables `visits`, `roles`, `events`, `geography` (one row a fact) and `entities` (one row a node)."""
    reader = _Reader(knowledge)
    return (
        Table("visits", _VISITS, reader.visits),
        Table("roles", _ROLES, reader.roles),
        Table("events", _EVENTS, reader.events),
        Table("geography", _GEOGRAPHY, reader.geography),
        Table("entities", _ENTITIES, reader.entities),
    )


def text_tables(knowledge: Knowledge) -> tuple[Table, ...]:
    """The tables `mentions`, `evidence` (one row a sentence of a fact), `articles` and `pages`."""
    reader = _Reader(knowledge)
    return (
        Table("mentions", _MENTIONS, reader.mentions),
        Table("evidence", _EVIDENCE, reader.evidence),
        Table("articles", _ARTICLES, reader.articles),
        Table("pages", _PAGES, reader.pages),
    )


class _Reader:
    def __init__(self, knowledge: Knowledge) -> None:
        self.knowledge = knowledge
        self.named = entity_index(knowledge)
        self.on: dict[str, Page] = {page.id: page for page in knowledge.pages}
        self.titled: dict[tuple[str, str | None], Article] = {
            (article.page, article.id): article for article in knowledge.articles
        }

    def visits(self) -> Iterator[Row]:
        for page, fact in self._facts(Relation.VISITED):
            person, place = self.named[fact.subject], self.named[fact.object]
            event = self._event(fact)
            yield (
                *(person.name, place.name, *self._dated(fact, event), event.name if event else None),
                *self._said(page, fact),
                *(person.id, place.id, place.code, event.id if event else None),
            )

    def roles(self) -> Iterator[Row]:
        for page, fact in self._facts(Relation.HOLDS_ROLE):
            person, role = self.named[fact.subject], self.named[fact.object]
            organisation = self.named.get(role.org or "")
            yield (
                *(person.name, role.title or role.name, organisation.name if organisation else None),
                bool(dict(fact.attributes).get("past")),
                *self._dated(fact, None),
                *self._said(page, fact),
                *(person.id, role.id, organisation.id if organisation else None),
            )

    def events(self) -> Iterator[Row]:
        for page, fact in self._facts(Relation.PARTICIPATED_IN, Relation.TOOK_PLACE_AT):
            event, other = self.named[fact.subject], self.named[fact.object]
            if fact.relation is Relation.PARTICIPATED_IN:
                event, other = other, event
            more = dict(fact.attributes)
            order = more.get("order")
            yield (
                *(event.name, event.subtype, event.status, *self._dated(fact, event), fact.relation.value),
                *(other.name, other.kind.value, str(more["part"]) if "part" in more else None),
                order if isinstance(order, int) else None,
                *self._said(page, fact),
                *(event.id, other.id),
            )

    def geography(self) -> Iterator[Row]:
        for page, fact in self._facts(Relation.PART_OF, Relation.LOCATED_IN):
            inner, outer = self.named[fact.subject], self.named[fact.object]
            yield (
                *(inner.name, fact.relation.value, outer.name, inner.code, outer.code),
                *self._said(page, fact),
                *(inner.id, outer.id),
            )

    def entities(self) -> Iterator[Row]:
        n_mentions = Counter(link.entity for record in self.knowledge.records for link in record.links)
        n_facts = Counter(
            end for record in self.knowledge.records for fact in record.facts for end in {fact.subject, fact.object}
        )
        for entity in self.knowledge.entities:
            organisation = self.named.get(entity.org or "")
            is_event = entity.kind is Kind.EVENT
            first, last = date_bounds(entity.date if is_event else None) or (None, None)
            yield (
                *(entity.id, entity.kind.value, entity.subtype, entity.name, entity.aliases, entity.code, entity.title),
                *(organisation.name if organisation else None, entity.org),
                *(entity.date if is_event else None, first, last, entity.precision if is_event else None),
                *(entity.status, entity.linked, n_mentions[entity.id], n_facts[entity.id]),
            )

    def mentions(self) -> Iterator[Row]:
        for record in self.knowledge.records:
            links = {link.mention: link for link in record.links}
            for mention in record.mentions:
                link = links.get(mention.id)
                entity = self.named.get(link.entity) if link else None
                yield (
                    *(mention.id, record.page.id, mention.article, mention.span.start, mention.span.end),
                    *(mention.surface, entity.id if entity else None, (entity or mention).kind.value),
                    *(link is not None and not link.nil, mention.rule, round(float(mention.score), 4)),
                )

    def evidence(self) -> Iterator[Row]:
        for page, fact in facts_by_page(self.knowledge):
            for number, one in enumerate(fact.evidence, 1):
                text = self.on.get(one.page, page).text
                yield (
                    *(fact.id, number, one.page, one.article, one.span.start, one.span.end),
                    text[one.span.start : one.span.end],
                )

    def articles(self) -> Iterator[Row]:
        for record in self.knowledge.records:
            for article in record.articles:
                yield (
                    *(article.id, record.page.id, article.title, article.span.start, article.span.end),
                    *(article.date or record.page.issue.date, tuple(byline.name for byline in article.bylines)),
                )

    def pages(self) -> Iterator[Row]:
        for page in self.knowledge.pages:
            issue = page.issue
            yield (
                *(page.id, issue.newspaper, issue.date, issue.region, issue.region_code, page.number, page.url),
                *(page.sha256, page.text),
            )

    def _facts(self, *relations: Relation) -> Iterator[tuple[Page, Fact]]:
        return ((page, fact) for page, fact in facts_by_page(self.knowledge) if fact.relation in relations)

    def _event(self, fact: Fact) -> Entity | None:
        return self.named.get(str(dict(fact.attributes).get("event")))

    def _dated(self, fact: Fact, event: Entity | None) -> Row:
        date = fact.date or (event.date if event else None)
        first, last = date_bounds(date) or (None, None)
        precision = dict(fact.attributes).get("precision") or (event.precision if event else None)
        return (date, first, last, str(precision) if precision else None)

    def _said(self, page: Page, fact: Fact) -> Row:
        first = fact.evidence[0] if fact.evidence else None
        said_on = self.on.get(first.page, page) if first else page
        article = self.titled.get((first.page, first.article)) if first else None
        return (
            *(said_on.issue.newspaper, said_on.issue.date, said_on.id, article.title if article else None),
            said_on.text[first.span.start : first.span.end] if first else statement_of(fact),
            *((first.span.start, first.span.end) if first else (None, None)),
            *(len(fact.evidence), said_on.url, round(float(fact.score), 4), fact.source, fact.rule, fact.id),
        )
