"""Records as they came from their pages, pointed at what resolution made of their entities.

In: a page's record and the `Resolution`. Out: the record with resolved ids, facts that became one merged. A fact that
is told again on another page goes to the page that told it first, with its evidence: it is one fact, said twice.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

from kg.knowledge import Knowledge
from kg.model import Fact, PageRecord, Relation
from kg.resolve.constraints import NO_CONSTRAINTS, Constraints
from kg.resolve.entities import Resolution, resolve_entities
from kg.resolve.sightings import see

_RELATION_ORDER = {relation: number for number, relation in enumerate(Relation)}
_HIERARCHY = (Relation.PART_OF, Relation.LOCATED_IN)
_ENTITY_ATTRIBUTES = ("event", "org", "role", "place")
"""Fact attributes whose value, where it is the id of a page entity, follows that entity."""


def resolve(records: Iterable[PageRecord], *, constraints: Constraints = NO_CONSTRAINTS) -> Knowledge:
    """Resolve all pages at once; the order they come in does not matter.

    Raises:
        ValueError: a record points at an entity that it does not have (a bug in extraction).
    """
    ordered = sorted(records, key=lambda record: record.page.id)
    resolution = resolve_entities((see(record) for record in ordered), constraints=constraints)
    guests = collect_repeats((record for record in ordered if record.page.id in guest_pages(resolution)), resolution)
    return Knowledge(resolution.entities, tuple(point_at(record, resolution, guests) for record in ordered))


def guest_pages(resolution: Resolution) -> frozenset[str]:
    """Pages that tell again what another page told: those that `collect_repeats` needs."""
    return frozenset(page for page, _fact in resolution.repeats)


def collect_repeats(records: Iterable[PageRecord], resolution: Resolution) -> dict[str, tuple[Fact, ...]]:
    """The facts told again, pointed at resolved entities, by the page that told them first.

    Args:
        records: the pages of `guest_pages`, in any order; others add nothing.
    """
    dates = {entity.id: entity.date for entity in resolution.entities if entity.date is not None}
    found: dict[str, list[Fact]] = {}
    for record in sorted(records, key=lambda record: (record.page.issue.date or "~", record.page.id)):
        page = record.page.id
        for fact in record.facts:
            home = resolution.repeats.get((page, fact.id))
            if home is not None:
                pointed = _pointed(fact, page, resolution)
                event = event_of(pointed)
                if event is not None and fact.date is not None:
                    # A reprint says 12月29日 in another year, and means the day that the first print meant.
                    pointed = replace(pointed, date=dates.get(event, fact.date))
                found.setdefault(home, []).append(pointed)
    return {home: tuple(facts) for home, facts in found.items()}


def event_of(fact: Fact) -> str | None:
    """The id of the event that a fact speaks of, or None."""
    for value in (fact.subject, fact.object, dict(fact.attributes).get("event")):
        if isinstance(value, str) and value.startswith("event-"):
            return value
    return None


def point_at(
    record: PageRecord, resolution: Resolution, repeats: Mapping[str, tuple[Fact, ...]] | None = None
) -> PageRecord:
    """The record with its links and facts pointing at resolved entities, facts that became one merged.

    Args:
        repeats: what `collect_repeats` found on other pages; without it, facts told again stay away all the same.

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
        replace(
            link,
            entity=entity_id(link.entity),
            candidates=tuple(
                replace(candidate, entity=resolution.ids.get((page, candidate.entity), candidate.entity))
                for candidate in link.candidates
            ),
        )
        for link in record.links
    )
    merged: dict[tuple[Relation, str, str, str | None], Fact] = {}
    told = [_pointed(fact, page, resolution) for fact in record.facts if (page, fact.id) not in resolution.repeats]
    for fact in (*told, *(repeats or {}).get(page, ())):
        if fact.subject == fact.object and fact.relation in _HIERARCHY:
            continue  # two names of one place: nothing is part of itself
        key = (fact.relation, fact.subject, fact.object, fact.date)
        merged[key] = _merge_facts(merged[key], fact) if key in merged else fact
    mentions = sorted(record.mentions, key=lambda mention: (mention.span, mention.id))
    facts = sorted(merged.values(), key=_fact_order)
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
    return replace(fact, subject=subject, object=object_, attributes=attributes)


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
