"""Records as they came from their pages, pointed at what resolution made of their entities.

In: a page's record and the `Resolution`. Out: the record with resolved ids, facts that became one merged. A fact that
is told again on another page goes to the page that told it first, with its evidence: it is one fact, said twice.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

from kg.decisions import NO_CONSTRAINTS, Constraints
from kg.knowledge import Knowledge
from kg.model import Candidate, Fact, Link, PageRecord, Relation
from kg.resolve.entities import Resolution, resolve_entities
from kg.resolve.sightings import see

_RELATION_ORDER = {relation: number for number, relation in enumerate(Relation)}
_HIERARCHY = (Relation.PART_OF, Relation.LOCATED_IN)
_ENTITY_ATTRIBUTES = ("event", "org", "role", "place")
"""Fact attributes whose value, where it is the id of a page entity, follows that entity."""


_Key = tuple[Relation, str, str, str | None]


@dataclass(frozen=True, slots=True)
class Retold:
    """What several pages tell, told once.

    `hidden` are ids of facts of page records, by page id: those of a second report, and those of the first that they
    confirm. `facts` are told in their place, by the page that told them first, with the evidence of all; they point at
    resolved entities.
    """

    hidden: Mapping[str, frozenset[str]] = field(default_factory=dict)
    facts: Mapping[str, tuple[Fact, ...]] = field(default_factory=dict)


NOTHING_RETOLD = Retold()


def resolve(records: Iterable[PageRecord], *, decisions: Constraints = NO_CONSTRAINTS) -> Knowledge:
    """Resolve all pages at once; the order they come in does not matter.

    Args:
        decisions: see `resolve_entities`.

    Raises:
        ValueError: a record points at an entity that it does not have (a bug in extraction).
    """
    ordered = sorted(records, key=lambda record: record.page.id)
    resolution = resolve_entities((see(record) for record in ordered), decisions=decisions)
    needed = pages_retold(resolution)
    retold = retell((record for record in ordered if record.page.id in needed), resolution)
    return Knowledge(resolution.entities, tuple(point_at(record, resolution, retold) for record in ordered))


def pages_retold(resolution: Resolution) -> frozenset[str]:
    """Pages that tell what another tells too: those that `retell` needs."""
    return frozenset((*(page for page, _fact in resolution.repeats), *resolution.repeats.values()))


def retell(records: Iterable[PageRecord], resolution: Resolution) -> Retold:
    """Bring the facts of second reports and reprints to the page that told them first.

    Args:
        records: those of `pages_retold`, in any order; others add nothing.
    """
    told = _tellings(records, resolution)
    hidden: dict[str, set[str]] = {}
    facts: dict[str, tuple[Fact, ...]] = {}
    for home, claims in sorted(told.items()):
        gone, instead = _tell_once(home, claims)
        for page, fact_id in gone:
            hidden.setdefault(page, set()).add(fact_id)
        if instead:
            facts[home] = instead
    return Retold({page: frozenset(ids) for page, ids in sorted(hidden.items())}, facts)


def retell_at(
    home: str, records: Iterable[PageRecord], resolution: Resolution
) -> tuple[frozenset[tuple[str, str]], tuple[Fact, ...]]:
    """What `retell` makes of one page that tells first what others tell too, apart from all other such pages.

    Args:
        records: the page's own, and of all pages that tell again what it told.
        resolution: with the ids of these pages, their events among the entities, and what of them is told again.

    Returns:
        The (page, fact) that are hidden in favour of this page, and the facts that it tells instead.
    """
    return _tell_once(home, _tellings(records, resolution, home).get(home, {}))


_Sayings = list[tuple[str, str, Fact]]


def _tellings(
    records: Iterable[PageRecord], resolution: Resolution, only: str | None = None
) -> dict[str, dict[_Key, _Sayings]]:
    """Who says what, by the page that told it first: (page, fact id, fact that points at resolved entities).

    Args:
        only: leave out what another page told first.
    """
    # Without texts, mentions and links: of an archive's pages, half are told again somewhere.
    by_page = {record.page.id: _facts_alone(record) for record in records}
    dates = {entity.id: entity.date for entity in resolution.entities if entity.date is not None}
    told: dict[str, dict[_Key, _Sayings]] = {}
    for record in sorted(by_page.values(), key=lambda record: (record.page.issue.date or "~", record.page.id)):
        page = record.page.id
        for fact in record.facts:
            home = resolution.repeats.get((page, fact.id), page)
            if only is not None and home != only:
                continue
            pointed = _pointed(fact, page, resolution)
            event = event_of(pointed)
            if home != page and event is not None and fact.date is not None:
                # A reprint says 12月29日 in another year, and means the day that the first print meant.
                pointed = replace(pointed, date=dates.get(event, fact.date))
            told.setdefault(home, {}).setdefault(_key(pointed), []).append((page, fact.id, pointed))
    return told


def _tell_once(home: str, claims: Mapping[_Key, _Sayings]) -> tuple[frozenset[tuple[str, str]], tuple[Fact, ...]]:
    hidden: set[tuple[str, str]] = set()
    facts: list[Fact] = []
    for sayings in claims.values():
        pages = {page for page, _id, _fact in sayings}
        event = event_of(sayings[0][2])
        # What only the reprint says stays with it, unless it speaks of an event that the first print told.
        if pages == {home} or (event is None and home not in pages):
            continue
        merged: dict[_Key, Fact] = {}
        for page, fact_id, pointed in sorted(sayings, key=lambda saying: saying[0] != home):
            hidden.add((page, fact_id))
            _add(merged, pointed)
        facts += merged.values()
    return frozenset(hidden), tuple(sorted(facts, key=_fact_order))


def _facts_alone(record: PageRecord) -> PageRecord:
    bare = replace(record.page, text="")
    return replace(record, page=bare, articles=(), mentions=(), links=(), entities=(), notes=())


def _key(fact: Fact) -> _Key:
    return fact.relation, fact.subject, fact.object, fact.date


def _add(merged: dict[_Key, Fact], fact: Fact) -> None:
    known = merged.get(_key(fact))
    merged[_key(fact)] = fact if known is None else _merge_facts(known, fact)


def event_of(fact: Fact) -> str | None:
    """The id of the event that a fact speaks of, or None."""
    for value in (fact.subject, fact.object, dict(fact.attributes).get("event")):
        if isinstance(value, str) and value.startswith("event-"):
            return value
    return None


def point_at(record: PageRecord, resolution: Resolution, retold: Retold = NOTHING_RETOLD) -> PageRecord:
    """The record with its links and facts pointing at resolved entities, facts that became one merged.

    Args:
        retold: what several pages tell (see `retell`); without it, each page tells it for itself.

    Raises:
        ValueError: a link or fact names an entity that the record does not have.
    """
    page = record.page.id

    def entity_id(local: str) -> str:
        try:
            return resolution.ids[page, local]
        except KeyError:
            raise ValueError(f"page {page}: no entity {local}") from None

    links = tuple(
        Link(
            link.mention,
            entity_id(link.entity),
            link.nil,
            tuple(
                Candidate(resolution.ids.get((page, each.entity), each.entity), each.name, each.score, each.evidence)
                for each in link.candidates
            ),
        )
        for link in record.links
    )
    hidden = retold.hidden.get(page, frozenset())
    merged: dict[_Key, Fact] = {}
    for fact in record.facts:
        pointed = _pointed(fact, page, resolution)
        if fact.id in hidden or (pointed.subject == pointed.object and fact.relation in _HIERARCHY):
            continue  # two names of one place: nothing is part of itself
        _add(merged, pointed)
    told = (*merged.values(), *retold.facts.get(page, ()))
    mentions = sorted(record.mentions, key=lambda mention: (mention.span, mention.id))
    facts = sorted(told, key=_fact_order)
    return replace(record, mentions=tuple(mentions), links=links, entities=(), facts=tuple(facts))


def _pointed(fact: Fact, page: str, resolution: Resolution) -> Fact:
    ids = resolution.ids
    try:
        subject, object_ = ids[page, fact.subject], ids[page, fact.object]
    except KeyError as error:
        raise ValueError(f"page {page}: no entity {error.args[0][1]}") from None
    attributes = tuple(
        (key, ids.get((page, value), value) if key in _ENTITY_ATTRIBUTES and isinstance(value, str) else value)
        for key, value in fact.attributes
    )
    # Written out: replace() takes five times as long, and every fact of every page comes here.
    return Fact(
        id=fact.id,
        relation=fact.relation,
        subject=subject,
        object=object_,
        date=fact.date,
        evidence=fact.evidence,
        source=fact.source,
        rule=fact.rule,
        score=fact.score,
        attributes=attributes,
    )


def _fact_order(fact: Fact) -> tuple[object, ...]:
    where = fact.evidence[0] if fact.evidence else None
    return (
        _RELATION_ORDER[fact.relation],
        (where.span.start, where.span.end) if where else (-1, -1),
        fact.subject,
        fact.object,
        fact.date or "",
        fact.id,
    )


def _merge_facts(first: Fact, second: Fact) -> Fact:
    """Two readings of one claim: all evidence; the better score with its rule; attributes of both."""
    better = second if second.score > first.score else first
    return replace(
        first,
        evidence=tuple(dict.fromkeys((*first.evidence, *second.evidence))),
        source="text" if "text" in (first.source, second.source) else first.source,
        rule=better.rule,
        score=better.score,
        attributes=tuple(sorted({**dict(second.attributes), **dict(first.attributes)}.items())),
    )
