"""Knowledge as RDF resources, for Turtle and JSON-LD; which properties say what is decided here and nowhere else.

schema.org for people, organisations, places and events; a post as a `schema:OrganizationRole` between person and
organisation; a visit as a `schema:TravelAction`; Wikidata's P39 (position held) and P131 (located in the
administrative entity) where they fit. Every fact is an `rdf:Statement` with its score and rule, `prov:wasDerivedFrom`
pages' sentences, which are selected as the Web Annotation model has it. Text of a page's offsets count code points.

Source: https://schema.org/Role, https://schema.org/TravelAction, https://www.w3.org/TR/prov-o/,
https://www.w3.org/TR/annotation-model/#text-position-selector, https://www.wikidata.org/wiki/Property:P39.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType

from kg.exports.spool import Spool
from kg.exports.texts import article_id, clean
from kg.knowledge import Knowledge, entity_index, evidence_page, facts_by_page, record_finder
from kg.model import Entity, Fact, Kind, Page, Provenance, Relation, content_id

PREFIXES: Mapping[str, str] = MappingProxyType(
    {
        "kg": "urn:county-kg:",
        "kgv": "urn:county-kg:vocabulary:",
        "oa": "http://www.w3.org/ns/oa#",
        "prov": "http://www.w3.org/ns/prov#",
        "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
        "schema": "https://schema.org/",
        "wdt": "http://www.wikidata.org/prop/direct/",
        "xsd": "http://www.w3.org/2001/XMLSchema#",
    }
)
_LOCAL = re.compile(r"[A-Za-z][A-Za-z0-9-]*\Z")


@dataclass(frozen=True, slots=True)
class Iri:
    """A resource as a prefixed name (`kg:person-1`)."""

    name: str


@dataclass(frozen=True, slots=True)
class Literal:
    """A value; `datatype` is a prefixed name, or None for Chinese text where `language` is set."""

    text: str
    datatype: str | None = None
    language: str | None = None


Value = Iri | Literal


@dataclass(frozen=True, slots=True)
class Resource:
    """A subject with its types and statements, in a fixed order; a statement may stand more than once."""

    iri: Iri
    types: tuple[str, ...]
    statements: tuple[tuple[str, Value], ...]


def resources(knowledge: Knowledge, folder: Path) -> Iterator[Resource]:
    """Pages and articles, then entities, then facts each with the evidence not yet given; each resource once.

    Args:
        folder: where what facts say of entities waits, until these have their turn.

    Raises:
        OSError: the disk is full.
    """
    with Spool(folder, len(knowledge.entities)) as said:
        writer = _Writer(knowledge, said)
        yield from writer.documents()
        for entity in knowledge.entities:
            yield writer.entity(entity)
        yield from writer.facts()


_ORGANISATIONS = {
    "government": "schema:GovernmentOrganization",
    "company": "schema:Corporation",
    "school": "schema:EducationalOrganization",
    "media": "schema:NewsMediaOrganization",
}
_DATATYPES = {4: "xsd:gYear", 7: "xsd:gYearMonth", 10: "xsd:date"}
_PARTS = {"organise": "schema:organizer", "host": "schema:organizer", "lead": "schema:performer"}


class _Writer:
    def __init__(self, knowledge: Knowledge, said: Spool) -> None:
        self.knowledge = knowledge
        self.entities = entity_index(knowledge)
        self.numbers = {entity.id: number for number, entity in enumerate(knowledge.entities)}
        self.find = record_finder(knowledge)
        self.said = said

    def _note(self, fact: Fact) -> None:
        """Keep what a fact says of an entity."""
        subject, target = fact.subject, fact.object
        match fact.relation:
            case Relation.PART_OF:
                self._say(subject, "schema:containedInPlace", target)
                self._say(subject, "wdt:P131", target)
            case Relation.LOCATED_IN:
                self._say(subject, "schema:location", target)
            case Relation.TOOK_PLACE_AT:
                self._say(subject, "schema:location", target)
            case Relation.PARTICIPATED_IN:
                part = str(dict(fact.attributes).get("part"))
                self._say(target, _PARTS.get(part, "schema:attendee"), subject)
            case Relation.HOLDS_ROLE:
                self._say(subject, "wdt:P39", target)
                self._say(subject, "schema:worksFor", fact.id, "fact")
            case Relation.VISITED:
                pass  # an action of its own

    def documents(self) -> Iterator[Resource]:
        """Pages and articles; what facts say of entities is kept for these."""
        for record in self.knowledge.records:
            for fact in record.facts:
                self._note(fact)
            page = record.page
            about: list[tuple[str, Value]] = [
                ("schema:name", _plain(page.id)),
                *_date("schema:datePublished", page.issue.date),
            ]
            if page.issue.newspaper:
                about.append(("schema:publisher", _chinese(page.issue.newspaper)))
            if page.url:
                about.append(("schema:url", Literal(clean(page.url), "schema:URL")))
            yield Resource(_page(page.id), ("schema:CreativeWork", "prov:Entity"), tuple(about))
            for article in record.articles:
                yield Resource(
                    Iri(f"kg:{article_id(page.id, article.id)}"),
                    ("schema:NewsArticle",),
                    (
                        ("schema:headline", _chinese(article.title)),
                        ("schema:isPartOf", _page(page.id)),
                        *_date("schema:datePublished", article.date or page.issue.date),
                        *(("schema:author", _chinese(byline.name)) for byline in article.bylines),
                    ),
                )

    def entity(self, entity: Entity) -> Resource:
        about: list[tuple[str, Value]] = [("schema:name", _chinese(entity.name))]
        about += [("schema:alternateName", _chinese(alias)) for alias in entity.aliases]
        if entity.subtype:
            about.append(("schema:additionalType", _plain(entity.subtype)))
        match entity.kind:
            case Kind.PERSON:
                types = ("schema:Person",)
            case Kind.PLACE:
                types = ("schema:AdministrativeArea",) if entity.code else ("schema:Place",)
                if entity.code:
                    about.append(("schema:identifier", _plain(entity.code)))
            case Kind.ORG:
                types = (_ORGANISATIONS.get(entity.subtype or "", "schema:Organization"),)
            case Kind.ROLE:
                types = ("schema:Occupation",)
                if entity.org in self.entities:
                    about.append(("kgv:organisation", resource_iri(entity.org or "", "entity")))
            case Kind.EVENT:
                types = ("schema:Event",)
                about += _interval(entity.date)
        said = dict.fromkeys(self.said.rows(self.numbers[entity.id]))
        about += [(predicate, Iri(name)) for predicate, name in said]
        return Resource(resource_iri(entity.id, "entity"), types, tuple(about))

    def facts(self) -> Iterator[Resource]:
        given: set[int] = set()  # the hashes alone: millions of sentences, a tenth of the memory of their names
        for page, fact in facts_by_page(self.knowledge):
            sentences = []
            for one in fact.evidence:
                iri = Iri(f"kg:{content_id('evidence', one.page, one.span.start, one.span.end)}")
                sentences.append(iri)
                number = int(iri.name.rpartition("-")[2], 16)
                if number not in given:
                    given.add(number)
                    yield from self._evidence(iri, one, page)
            yield self._fact(fact, sentences)

    def _fact(self, fact: Fact, sentences: list[Iri]) -> Resource:
        subject, target = resource_iri(fact.subject, "entity"), resource_iri(fact.object, "entity")
        types = ["rdf:Statement"]
        about: list[tuple[str, Value]] = [
            ("rdf:subject", subject),
            ("rdf:predicate", Iri(f"kgv:{fact.relation.value}")),
            ("rdf:object", target),
            ("kgv:score", Literal(f"{fact.score:.4f}", "xsd:decimal")),
            ("kgv:rule", _plain(fact.rule)),
            ("kgv:source", _plain(fact.source)),
        ]
        match fact.relation:
            case Relation.HOLDS_ROLE:
                types.append("schema:OrganizationRole")
                role = self.entities[fact.object]
                about.append(("schema:roleName", _chinese(role.title or role.name)))
                if role.org in self.entities:
                    about.append(("schema:worksFor", resource_iri(role.org or "", "entity")))
                about += _interval(fact.date)
            case Relation.VISITED:
                types.append("schema:TravelAction")
                about += [("schema:agent", subject), ("schema:toLocation", target)]
                about += _interval(fact.date, "schema:startTime", "schema:endTime")
                event = str(dict(fact.attributes).get("event"))
                if event in self.entities:
                    about.append(("kgv:event", resource_iri(event, "entity")))
            case _:
                about += _interval(fact.date)
        for name, value in fact.attributes:
            if name in ("part", "order"):
                about.append((f"kgv:{name}", Literal(str(value), "xsd:integer" if isinstance(value, int) else None)))
        about += [("prov:wasDerivedFrom", iri) for iri in sentences]
        return Resource(resource_iri(fact.id, "fact"), tuple(types), tuple(about))

    def _evidence(self, iri: Iri, one: Provenance, page: Page) -> Iterator[Resource]:
        text = evidence_page(one, page, self.find).text[one.span.start : one.span.end]
        position, quote = Iri(f"{iri.name}-position"), Iri(f"{iri.name}-quote")
        article = Iri(f"kg:{article_id(one.page, one.article)}") if one.article else None
        yield Resource(
            iri,
            ("oa:SpecificResource", "prov:Entity"),
            (
                ("oa:hasSource", _page(one.page)),
                ("oa:hasSelector", position),
                ("oa:hasSelector", quote),
                *((("schema:isPartOf", article),) if article else ()),
            ),
        )
        start, end = (Literal(str(at), "xsd:nonNegativeInteger") for at in (one.span.start, one.span.end))
        yield Resource(position, ("oa:TextPositionSelector",), (("oa:start", start), ("oa:end", end)))
        yield Resource(quote, ("oa:TextQuoteSelector",), (("oa:exact", _chinese(text)),))

    def _say(self, subject: str, predicate: str, target: str, prefix: str = "entity") -> None:
        self.said.add(self.numbers[subject], (predicate, resource_iri(target, prefix).name))


def resource_iri(text: str, prefix: str) -> Iri:
    """The resource of an id of ours; one that is no plain name is hashed."""
    return Iri(f"kg:{text if _LOCAL.match(text) else content_id(prefix, text)}")


def _page(page_id: str) -> Iri:
    return Iri(f"kg:{content_id('page', page_id)}")


def _chinese(text: str) -> Literal:
    return Literal(clean(text), language="zh")


def _plain(text: str) -> Literal:
    return Literal(clean(text))


def _date(predicate: str, date: str | None) -> list[tuple[str, Value]]:
    if not date or len(date) not in _DATATYPES:
        return []
    return [(predicate, Literal(clean(date), _DATATYPES[len(date)]))]


def _interval(
    date: str | None, start: str = "schema:startDate", end: str = "schema:endDate"
) -> list[tuple[str, Value]]:
    if not date:
        return []
    first, _, last = date.partition("/")
    return [*_date(start, first), *_date(end, last or first)]
