"""FollowTheMoney entities for Aleph, OpenAleph and Yente, `entities.ftm.json`: one JSON object a line.

People are `Person`; offices `Position` with an `Occupancy` for each time one is told of; organisations `PublicBody`,
`Company` or `Organization`; places `Address`; happenings and visits `Event` (a `Trip` wants both ends); articles
`Article`, with a `Documentation` for each entity an article names. The evidence sentence stands in `proof` or
`summary`. A fact that a schema has no place for (a village in a township) is an `UnknownLink` with its `role`.

Source: https://followthemoney.tech/explorer/ (schemata of followthemoney 4), checked with that package's validation.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

from kg.exports.spool import Spool
from kg.exports.texts import article_id, clean
from kg.files import open_whole
from kg.knowledge import Knowledge, entity_index, record_finder
from kg.model import Entity, Fact, Kind, PageRecord, Provenance, Relation, content_id
from kg.select import date_bounds

Properties = dict[str, list[str]]
Row = dict[str, object]

_ORGANISATIONS = {"government": "PublicBody", "company": "Company"}
_COUNTRY = "cn"
_ORGANISING = frozenset({"organise", "host"})


def write_ftm(knowledge: Knowledge, folder: Path) -> tuple[Path, ...]:
    """Write `entities.ftm.json` into a folder that exists.

    Returns:
        The one file.

    Raises:
        InputError: the file cannot be written.
    """
    path = folder / "entities.ftm.json"
    # Documents come last, and wait as one more group behind those of the events.
    with Spool(folder, len(knowledge.entities) + 1) as spool, open_whole(path) as stream:
        for row in _Writer(knowledge, spool).rows():
            stream.write(json.dumps(row, ensure_ascii=False))
            stream.write("\n")
    return (path,)


class _Writer:
    def __init__(self, knowledge: Knowledge, spool: Spool) -> None:
        self.knowledge = knowledge
        self.spool = spool
        self.entities = entity_index(knowledge)
        self.numbers = {entity.id: number for number, entity in enumerate(knowledge.entities)}
        self.find = record_finder(knowledge)
        self.inside: dict[str, dict[str, None]] = {}

    def rows(self) -> Iterator[Row]:
        for record in self.knowledge.records:
            for fact in record.facts:
                match fact.relation:
                    case Relation.PARTICIPATED_IN:
                        part = str(dict(fact.attributes).get("part"))
                        self._tell(fact.object, record, fact, fact.subject, part)
                    case Relation.TOOK_PLACE_AT:
                        self._tell(fact.subject, record, fact, fact.object, None)
                    case Relation.LOCATED_IN if self._is(fact.subject, Kind.ORG) and self._is(fact.object, Kind.PLACE):
                        self.inside.setdefault(self.entities[fact.subject].id, {})[self.entities[fact.object].id] = None
                    case _:
                        pass
        for entity in self.knowledge.entities:
            yield self._entity(entity)
        documents = len(self.knowledge.entities)
        for record in self.knowledge.records:
            for fact in record.facts:
                match fact.relation:
                    case Relation.HOLDS_ROLE:
                        yield self._occupancy(record, fact)
                    case Relation.VISITED:
                        yield self._visit(record, fact)
                    case Relation.PART_OF | Relation.LOCATED_IN:
                        yield self._link(record, fact)
                    case _:
                        pass  # said by the event itself
            for row in self._documents(record):
                self.spool.add(documents, row)
        yield from self.spool.rows(documents)

    def _tell(self, event: str, record: PageRecord, fact: Fact, other: str, part: str | None) -> None:
        """Keep what a fact says of an event: who or where, as what (None is where), in which sentence, where printed."""
        sources: Properties = {}
        self._sourced(sources, record, fact)
        self.spool.add(self.numbers[event], (other, part, self._sentence(record, fact), sources))

    def _entity(self, entity: Entity) -> Row:
        names: Properties = {"name": [entity.name], "alias": list(entity.aliases)}
        match entity.kind:
            case Kind.PERSON:
                return _row(entity.id, "Person", {**names, "country": [_COUNTRY]})
            case Kind.ORG:
                about: Properties = {
                    "country": [_COUNTRY],
                    "classification": [entity.subtype or ""],
                    "addressEntity": list(self.inside.get(entity.id, ())),
                }
                return _row(entity.id, _ORGANISATIONS.get(entity.subtype or "", "Organization"), {**names, **about})
            case Kind.PLACE:
                place: Properties = {
                    "full": [entity.name],
                    "country": [_COUNTRY],
                    "remarks": [f"division code {entity.code}"] if entity.code else [],
                }
                return _row(entity.id, "Address", {**names, **place})
            case Kind.ROLE:
                org = self.entities.get(entity.org or "")
                post: Properties = {
                    "country": [_COUNTRY],
                    "organization": [org.id] if org and org.kind is Kind.ORG else [],
                    "subnationalArea": [org.name] if org and org.kind is Kind.PLACE else [],
                    "description": [entity.title or ""],
                }
                return _row(entity.id, "Position", {**names, **post})
            case Kind.EVENT:
                return self._event(entity, names)

    def _event(self, event: Entity, names: Properties) -> Row:
        properties: Properties = {**names, **_dates(event.date), "keywords": [event.subtype or ""]}
        for other, part, sentence, sources in self.spool.rows(self.numbers[event.id]):
            if part is None:
                self._place(properties, other)
            elif self._is(other, Kind.PLACE):
                _add(properties, "notes", self.entities[other].name)
            else:
                _add(properties, "organizer" if part in _ORGANISING else "involved", other)
            _add(properties, "summary", sentence)
            for name, values in sources.items():
                for value in values:
                    _add(properties, name, value)
        return _row(event.id, "Event", properties)

    def _visit(self, record: PageRecord, fact: Fact) -> Row:
        person, place = self.entities[fact.subject], self.entities[fact.object]
        properties: Properties = {
            "name": [f"{person.name} → {place.name}"],
            "involved": [person.id],
            "keywords": ["visit"],
            "summary": [self._sentence(record, fact)],
            **_dates(fact.date),
        }
        self._place(properties, place.id)
        self._sourced(properties, record, fact)
        return _row(fact.id, "Event", properties)

    def _place(self, properties: Properties, entity_id: str) -> None:
        _add(properties, "location", self.entities[entity_id].name)
        _add(properties, "addressEntity" if self._is(entity_id, Kind.PLACE) else "involved", entity_id)

    def _occupancy(self, record: PageRecord, fact: Fact) -> Row:
        past = bool(dict(fact.attributes).get("past"))
        days = date_bounds(fact.date)
        properties: Properties = {
            "holder": [fact.subject],
            "post": [fact.object],
            # When somebody was seen in a post is not when the post was taken up.
            "date": [record.page.issue.date or ""] if days is None else [],
            "startDate": [days[0]] if days else [],
            "endDate": [days[1]] if days and "/" in (fact.date or "") else [],
            "status": ["ended" if past else ""],
            "summary": [self._sentence(record, fact)],
        }
        self._sourced(properties, record, fact)
        return _row(fact.id, "Occupancy", properties)

    def _link(self, record: PageRecord, fact: Fact) -> Row:
        properties: Properties = {
            "subject": [fact.subject],
            "object": [fact.object],
            "role": ["part of" if fact.relation is Relation.PART_OF else "located in"],
            "summary": [self._sentence(record, fact)],
        }
        self._sourced(properties, record, fact)
        return _row(fact.id, "UnknownLink", properties)

    def _documents(self, record: PageRecord) -> Iterator[Row]:
        page = record.page
        entity_of = {link.mention: link.entity for link in record.links}
        named: dict[str, dict[str, None]] = {}
        for mention in record.mentions:
            if mention.article and (entity_id := entity_of.get(mention.id)) in self.entities:
                named.setdefault(mention.article, {})[entity_id or ""] = None
        for article in record.articles:
            document = article_id(page.id, article.id)
            yield _row(
                document,
                "Article",
                {
                    "title": [article.title],
                    "fileName": [page.id],
                    "author": [byline.name for byline in article.bylines],
                    "publisher": [page.issue.newspaper or ""],
                    "publishedAt": _days(article.date or page.issue.date)[:1],
                    "sourceUrl": [page.url or ""],
                    "bodyText": [page.text[article.span.start : article.span.end]],
                    "language": ["zho"],
                },
            )
            for entity_id in named.get(article.id, ()):
                yield _row(
                    content_id("documentation", document, entity_id),
                    "Documentation",
                    {"document": [document], "entity": [entity_id], "role": ["named"]},
                )

    def _sourced(self, properties: Properties, record: PageRecord, fact: Fact) -> None:
        """The articles that say it, and where a reader finds the page."""
        for one in fact.evidence:
            said_on = self._record_of(one, record)
            if one.article and said_on and any(article.id == one.article for article in said_on.articles):
                _add(properties, "proof", article_id(one.page, one.article))
        if fact.evidence:
            page = (self._record_of(fact.evidence[0], record) or record).page
            _add(properties, "publisher", page.issue.newspaper or "")
            _add(properties, "sourceUrl", page.url or "")

    def _sentence(self, record: PageRecord, fact: Fact) -> str:
        if not fact.evidence:
            return ""
        first = fact.evidence[0]
        return (self._record_of(first, record) or record).page.text[first.span.start : first.span.end]

    def _record_of(self, evidence: Provenance, record: PageRecord) -> PageRecord | None:
        return record if evidence.page == record.page.id else self.find(evidence.page)

    def _is(self, entity_id: str, kind: Kind) -> bool:
        return self.entities[entity_id].kind is kind


def _add(properties: Properties, name: str, value: str) -> None:
    values = properties.setdefault(name, [])
    if value and value not in values:
        values.append(value)


def _days(date: str | None) -> list[str]:
    """A FORMAT date as FollowTheMoney writes it: day, month or year; two of them for an interval."""
    return date.split("/") if date and date_bounds(date) else []


def _dates(date: str | None) -> Properties:
    days = _days(date)
    if len(days) == 2:
        return {"startDate": days[:1], "endDate": days[1:]}
    return {"date": days}


def _row(entity_id: str, schema: str, properties: Properties) -> Row:
    cleaned: Properties = {}
    for name, values in properties.items():
        texts = (clean(value) if name == "bodyText" else " ".join(clean(value).split()) for value in values)
        cleaned[name] = list(dict.fromkeys(text for text in texts if text))
    if "name" in cleaned and not cleaned["name"]:
        cleaned["name"] = ["?"]  # required; a name of nothing but controls has nothing left
    return {
        "id": entity_id,
        "schema": schema,
        "properties": {name: values for name, values in cleaned.items() if values},
    }
