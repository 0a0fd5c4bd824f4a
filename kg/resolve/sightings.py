"""What resolution needs to know of a page, taken from its record alone: who is seen, with which posts, where, with whom.

In: a `PageRecord`. Out: `PageEntities`, small and without text, a pure function of the record, so that it can be kept
beside the page and a page that did not change need not be looked at again.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from kg.model import Entity, Fact, Issue, Kind, Mention, PageRecord, Relation
from kg.resolve.bodies import compared_name, county, nation_of
from kg.resolve.prints import Sketch, Told, sketch, word_bits

_COUNTY_DIGITS = 6
_GEOGRAPHY = (Relation.PART_OF, Relation.LOCATED_IN)

_UNSHARED_NAME = re.compile(
    r"某|[×＊*xX○〇□]|"  # 吴某珍, 王××; nearest name that must not match: none, these signs stand in no real name
    r"^.{1,2}(先生|女士|小姐|太太|师傅|阿姨|大爷|大妈|大伯|奶奶|爷爷|老师|同学|老人|老汉|大姐|大哥)$|"
    r"^[小老阿].$"  # 小陈, 老李; 小 and 老 with one character more (老舍) are left apart as well: a split is safe
)


@dataclass(frozen=True, slots=True)
class SeenPost:
    """A post that a page gives to a person. `region` is the code of the division that its organisation belongs to.

    `org` is the name by which bodies are compared; a post of the nation has no region, whatever county prints it.
    """

    title: str
    org: str | None
    region: str | None
    track: str | None
    past: bool


@dataclass(frozen=True, slots=True)
class Sighting:
    """A person on one page. `county` is where the page lives; `date` that of the issue; names, never ids, of the rest.

    `companions` are the people of the same events, `places` where these took place.
    """

    page: str
    entity: str
    name: str
    date: str | None
    county: str | None
    newspaper: str | None
    posts: tuple[SeenPost, ...] = ()
    companions: frozenset[str] = frozenset()
    places: frozenset[str] = frozenset()

    @property
    def ref(self) -> tuple[str, str]:
        """The page entity that this is."""
        return self.page, self.entity


@dataclass(frozen=True, slots=True)
class SeenEvent:
    """An event on one page. `people` and `places` are names; `words` the characters of the sentence that tells it.

    `facts` are the ids of all facts that speak of it.
    """

    page: str
    entity: str
    name: str
    type: str | None
    date: str | None
    issue_date: str | None
    county: str | None
    planned: bool
    article: str | None
    people: frozenset[str]
    places: frozenset[str]
    words: int
    facts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SeenArticle:
    """An article of a page as a sketch of how it is worded and what it names, with the ids of the facts that only it says."""

    page: str
    id: str
    date: str | None
    sketch: Sketch
    facts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PageEntities:
    """The part of a page record that resolution reads.

    `people` and `events` say more of entities of these kinds; one that is missing there is a bare name.
    """

    page: str
    issue: Issue
    entities: tuple[Entity, ...]
    people: tuple[Sighting, ...] = ()
    events: tuple[SeenEvent, ...] = ()
    articles: tuple[SeenArticle, ...] = ()


def is_shared_name(name: str) -> bool:
    """Whether a person's name may stand for one person on two pages.

    Masked names and a surname with a form of address tell nothing beyond their page.

    >>> is_shared_name("张三"), is_shared_name("吴某珍"), is_shared_name("余先生")
    (True, False, False)
    """
    return len(name) > 1 and not _UNSHARED_NAME.search(name)


def bare_sighting(page: PageEntities, entity: Entity) -> Sighting:
    """A person of whom nothing but the name is known."""
    issue = page.issue
    return Sighting(page.page, entity.id, entity.name, issue.date, county(issue, entity), issue.newspaper)


def bare_event(page: PageEntities, entity: Entity) -> SeenEvent:
    """An event of which nothing but the entity is known: it is like no other."""
    return SeenEvent(
        page.page,
        entity.id,
        entity.name,
        entity.subtype,
        entity.date,
        page.issue.date,
        None,
        entity.status is not None,
        None,
        frozenset(),
        frozenset(),
        0,
        (),
    )


def event_order(event: SeenEvent) -> tuple[str, str, str]:
    """By date of issue, then page; the first of several reports is the one that counts."""
    return event.issue_date or "~", event.page, event.entity


def see(record: PageRecord) -> PageEntities:
    """What resolution reads of a record.

    Raises:
        ValueError: a fact names an entity that the record does not have.
    """
    entities = {entity.id: entity for entity in record.entities}
    for fact in record.facts:
        for end in (fact.subject, fact.object):
            if end not in entities:
                raise ValueError(f"page {record.page.id}: no entity {end}")
    by_event = _by_event(record.facts, entities)
    people = tuple(_person(record, entity, entities, by_event) for entity in _of(record, Kind.PERSON))
    events = tuple(_event(record, entity, entities, by_event.get(entity.id, ())) for entity in _of(record, Kind.EVENT))
    return PageEntities(record.page.id, record.page.issue, record.entities, people, events, _articles(record))


def _of(record: PageRecord, kind: Kind) -> list[Entity]:
    return sorted((entity for entity in record.entities if entity.kind is kind), key=lambda entity: entity.id)


def _by_event(facts: Iterable[Fact], entities: dict[str, Entity]) -> dict[str, list[Fact]]:
    found: dict[str, list[Fact]] = {}
    for fact in facts:
        told = {fact.subject, fact.object, str(dict(fact.attributes).get("event"))}
        for event in sorted(told & entities.keys()):
            if entities[event].kind is Kind.EVENT:
                found.setdefault(event, []).append(fact)
    return found


def _person(
    record: PageRecord, person: Entity, entities: dict[str, Entity], by_event: dict[str, list[Fact]]
) -> Sighting:
    posts: set[SeenPost] = set()
    companions: set[str] = set()
    places: set[str] = set()
    for fact in record.facts:
        if fact.subject != person.id:
            continue
        if fact.relation is Relation.HOLDS_ROLE:
            posts.add(_post(fact, entities))
        elif fact.relation is Relation.PARTICIPATED_IN:
            for other in by_event.get(fact.object, ()):
                if other.relation is Relation.PARTICIPATED_IN and entities[other.subject].kind is Kind.PERSON:
                    companions.add(entities[other.subject].name)
                elif other.relation is Relation.TOOK_PLACE_AT:
                    places.add(entities[other.object].name)
    issue = record.page.issue
    return Sighting(
        record.page.id,
        person.id,
        person.name,
        issue.date,
        county(issue, person),
        issue.newspaper,
        tuple(sorted(posts, key=lambda p: (p.title, p.org or "", p.region or "", p.track or "", p.past))),
        frozenset(companions - {person.name}),
        frozenset(places),
    )


def _post(fact: Fact, entities: dict[str, Entity]) -> SeenPost:
    role = entities[fact.object]
    org = entities.get(role.org) if role.org else None
    title, past = role.title or role.name, bool(dict(fact.attributes).get("past"))
    nation = nation_of(title, org)
    if nation is not None:
        return SeenPost(title, nation, None, role.track, past)
    region = (org.code or org.anchor) if org else role.anchor
    return SeenPost(title, compared_name(org) if org else None, region, role.track, past)


def _event(record: PageRecord, event: Entity, entities: dict[str, Entity], facts: Iterable[Fact]) -> SeenEvent:
    facts = tuple(facts)
    people, places = set(), set()
    for fact in facts:
        if fact.relation is Relation.PARTICIPATED_IN and entities[fact.subject].kind is Kind.PERSON:
            people.add(entities[fact.subject].name)
        elif fact.relation is Relation.TOOK_PLACE_AT:
            places.add(entities[fact.object].name)
    said = min((fact.evidence[0] for fact in facts if fact.evidence), default=None)
    text = record.page.text[said.span.start : said.span.end] if said else ""
    issue = record.page.issue
    return SeenEvent(
        record.page.id,
        event.id,
        event.name,
        event.subtype,
        event.date,
        issue.date,
        issue.region_code[:_COUNTY_DIGITS] if issue.region_code else None,
        event.status is not None,
        said.article if said else None,
        frozenset(people),
        frozenset(places),
        word_bits(text),
        tuple(sorted(fact.id for fact in facts)),
    )


_NAMED = {Kind.PERSON: Told.PERSON, Kind.PLACE: Told.PLACE, Kind.ORG: Told.ORG}


def _articles(record: PageRecord) -> tuple[SeenArticle, ...]:
    said: dict[str, list[str]] = {}
    for fact in record.facts:
        told_in = {where.article for where in fact.evidence}
        if fact.relation not in _GEOGRAPHY and len(told_in) == 1 and (only := told_in.pop()) is not None:
            said.setdefault(only, []).append(fact.id)
    named: dict[str | None, list[Mention]] = {}
    for mention in record.mentions:
        if mention.kind in _NAMED:
            named.setdefault(mention.article, []).append(mention)
    found = []
    for article in record.articles:
        text = record.page.text[article.span.start : article.span.end]
        # Whoever wrote it wrote last year's report, too, and may not be named where it is printed again.
        credited = {byline.span for byline in article.bylines}
        names = [(_NAMED[m.kind], m.surface) for m in named.get(article.id, ()) if m.span not in credited]
        marks = sketch(text, names)
        if marks:
            facts = tuple(sorted(said.get(article.id, ())))
            found.append(SeenArticle(record.page.id, article.id, record.page.issue.date, marks, facts))
    return tuple(found)
