"""Knowledge as tables that people read: one row a fact, names beside ids, the sentence beside the claim.

Comes in: `Knowledge`. Goes out: `Tables`, whose rows are made in one walk over the pages, while they are read. They are
shared by the formats for spreadsheets and columns; this module writes nothing.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from kg.knowledge import Knowledge, entity_index, evidence_page, facts_alone, record_finder, statement_of
from kg.model import Entity, Fact, Kind, Page, PageRecord, Relation
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
    """A table by name. A date column holds ISO days, a list column tuples."""

    name: str
    columns: tuple[Column, ...]


FACT_TABLES = (
    Table("visits", _VISITS),
    Table("roles", _ROLES),
    Table("events", _EVENTS),
    Table("geography", _GEOGRAPHY),
    Table("entities", _ENTITIES),
)
"""One row a fact; `entities` one row a node."""
TEXT_TABLES = (
    Table("mentions", _MENTIONS),
    Table("evidence", _EVIDENCE),
    Table("articles", _ARTICLES),
    Table("pages", _PAGES),
)
"""`evidence` has one row a sentence of a fact."""
_TABLE_OF = {
    Relation.VISITED: "visits",
    Relation.HOLDS_ROLE: "roles",
    Relation.PARTICIPATED_IN: "events",
    Relation.TOOK_PLACE_AT: "events",
    Relation.PART_OF: "geography",
    Relation.LOCATED_IN: "geography",
}


def fact_rows(knowledge: Knowledge) -> Iterator[tuple[str, Row]]:
    """The rows of `FACT_TABLES`, each with its table's name: page by page, those of `entities` last."""
    return _Reader(knowledge).rows(texts=False)


def all_rows(knowledge: Knowledge) -> Iterator[tuple[str, Row]]:
    """The same with the rows of `TEXT_TABLES`."""
    return _Reader(knowledge).rows(texts=True)


def count_fact_rows(knowledge: Knowledge) -> dict[str, int]:
    """How many rows each of `FACT_TABLES` has, by name."""
    counted = Counter(_TABLE_OF[fact.relation] for record in facts_alone(knowledge) for fact in record.facts)
    counted["entities"] = len(knowledge.entities)
    return {table.name: counted[table.name] for table in FACT_TABLES}


class _Reader:
    def __init__(self, knowledge: Knowledge) -> None:
        self.knowledge = knowledge
        self.named = entity_index(knowledge)
        self.find = record_finder(knowledge)
        self.n_mentions: Counter[str] = Counter()
        self.n_facts: Counter[str] = Counter()

    def rows(self, *, texts: bool) -> Iterator[tuple[str, Row]]:
        for record in self.knowledge.records:
            self.n_mentions.update(link.entity for link in record.links)
            for fact in record.facts:
                self.n_facts.update({fact.subject, fact.object})
                name = _TABLE_OF[fact.relation]
                yield name, _ROW_OF[name](self, record, fact)
            if texts:
                yield from (("mentions", row) for row in self._mentions(record))
                yield from (("evidence", row) for row in self._evidence(record))
                yield from (("articles", row) for row in self._articles(record))
                yield "pages", self._page(record.page)
        for entity in self.knowledge.entities:
            yield "entities", self._entity(entity)

    def visit(self, record: PageRecord, fact: Fact) -> Row:
        event = self._event(fact)
        person, place = self.named[fact.subject], self.named[fact.object]
        return (
            *(person.name, place.name, *self._dated(fact, event), event.name if event else None),
            *self._said(record, fact),
            *(person.id, place.id, place.code, event.id if event else None),
        )

    def role(self, record: PageRecord, fact: Fact) -> Row:
        person, role = self.named[fact.subject], self.named[fact.object]
        organisation = self.named.get(role.org or "")
        return (
            *(person.name, role.title or role.name, organisation.name if organisation else None),
            bool(dict(fact.attributes).get("past")),
            *self._dated(fact, None),
            *self._said(record, fact),
            *(person.id, role.id, organisation.id if organisation else None),
        )

    def participant(self, record: PageRecord, fact: Fact) -> Row:
        event, other = self.named[fact.subject], self.named[fact.object]
        if fact.relation is Relation.PARTICIPATED_IN:
            event, other = other, event
        more = dict(fact.attributes)
        order = more.get("order")
        return (
            *(event.name, event.subtype, event.status, *self._dated(fact, event), fact.relation.value),
            *(other.name, other.kind.value, str(more["part"]) if "part" in more else None),
            order if isinstance(order, int) else None,
            *self._said(record, fact),
            *(event.id, other.id),
        )

    def inside(self, record: PageRecord, fact: Fact) -> Row:
        inner, outer = self.named[fact.subject], self.named[fact.object]
        return (
            *(inner.name, fact.relation.value, outer.name, inner.code, outer.code),
            *self._said(record, fact),
            *(inner.id, outer.id),
        )

    def _entity(self, entity: Entity) -> Row:
        organisation = self.named.get(entity.org or "")
        is_event = entity.kind is Kind.EVENT
        first, last = date_bounds(entity.date if is_event else None) or (None, None)
        return (
            *(entity.id, entity.kind.value, entity.subtype, entity.name, entity.aliases, entity.code, entity.title),
            *(organisation.name if organisation else None, entity.org),
            *(entity.date if is_event else None, first, last, entity.precision if is_event else None),
            *(entity.status, entity.linked, self.n_mentions[entity.id], self.n_facts[entity.id]),
        )

    def _mentions(self, record: PageRecord) -> Iterator[Row]:
        links = {link.mention: link for link in record.links}
        for mention in record.mentions:
            link = links.get(mention.id)
            entity = self.named.get(link.entity) if link else None
            yield (
                *(mention.id, record.page.id, mention.article, mention.span.start, mention.span.end),
                *(mention.surface, entity.id if entity else None, (entity or mention).kind.value),
                *(link is not None and not link.nil, mention.rule, round(float(mention.score), 4)),
            )

    def _evidence(self, record: PageRecord) -> Iterator[Row]:
        for fact in record.facts:
            for number, one in enumerate(fact.evidence, 1):
                text = evidence_page(one, record.page, self.find).text
                yield (
                    *(fact.id, number, one.page, one.article, one.span.start, one.span.end),
                    text[one.span.start : one.span.end],
                )

    def _articles(self, record: PageRecord) -> Iterator[Row]:
        for article in record.articles:
            yield (
                *(article.id, record.page.id, article.title, article.span.start, article.span.end),
                *(article.date or record.page.issue.date, tuple(byline.name for byline in article.bylines)),
            )

    def _page(self, page: Page) -> Row:
        issue = page.issue
        return (
            *(page.id, issue.newspaper, issue.date, issue.region, issue.region_code, page.number, page.url),
            *(page.sha256, page.text),
        )

    def _event(self, fact: Fact) -> Entity | None:
        return self.named.get(str(dict(fact.attributes).get("event")))

    def _dated(self, fact: Fact, event: Entity | None) -> Row:
        date = fact.date or (event.date if event else None)
        first, last = date_bounds(date) or (None, None)
        precision = dict(fact.attributes).get("precision") or (event.precision if event else None)
        return (date, first, last, str(precision) if precision else None)

    def _said(self, record: PageRecord, fact: Fact) -> Row:
        first = fact.evidence[0] if fact.evidence else None
        said_on = record
        if first and first.page != record.page.id:
            said_on = self.find(first.page) or record
        page = said_on.page
        titles = (article.title for article in said_on.articles if first and article.id == first.article)
        return (
            *(page.issue.newspaper, page.issue.date, page.id, next(titles, None) if first else None),
            page.text[first.span.start : first.span.end] if first else statement_of(fact),
            *((first.span.start, first.span.end) if first else (None, None)),
            *(len(fact.evidence), page.url, round(float(fact.score), 4), fact.source, fact.rule, fact.id),
        )


_ROW_OF: Mapping[str, Callable[[_Reader, PageRecord, Fact], Row]] = {
    "visits": _Reader.visit,
    "roles": _Reader.role,
    "events": _Reader.participant,
    "geography": _Reader.inside,
}
