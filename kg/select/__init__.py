"""Choosing a part of what is known: by time, region, kind of entity, relation and score.

In: `Knowledge`. Out: `Knowledge` that is whole in itself: every id in it is one of its entities, every page that a
kept fact rests on is there. Nothing is rewritten but references to what was left out.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from difflib import get_close_matches
from enum import StrEnum
from typing import TypeVar

from kg.errors import InputError
from kg.knowledge import Knowledge, entity_index, facts_alone
from kg.model import Entity, Fact, Kind, Page, Relation
from kg.select.dates import date_bounds, period, when, within
from kg.select.keeping import Kept, cut
from kg.select.regions import GEOGRAPHY, Spots, find_region, significant

__all__ = ["date_bounds", "find_region", "named", "select", "select_people", "significant"]

_Named = TypeVar("_Named", bound=StrEnum)


def select(
    knowledge: Knowledge,
    *,
    since: str | None = None,
    until: str | None = None,
    region: str | None = None,
    types: Sequence[str] = (),
    relations: Sequence[str] = (),
    min_score: float = 0.0,
) -> Knowledge:
    """The part of `knowledge` that every filter given lets through; all of it where none is given.

    A fact counts as of its own date, else of its event's, else of the day it was printed. As soon as facts are
    filtered, only entities that a kept fact names stay, with the geography above them.

    Args:
        since: first day, month or year (`2021-01`) that counts; a fact that lasts counts if it reaches into it.
        until: last day, month or year that counts, included.
        region: a division code (`330802`) or the name of a place that has one (`柯城区`, `浙江省衢州市柯城区`); facts that
            happen in it stay, wherever their people come from.
        types: kinds of entities; a fact stays if both its ends are of them.
        relations: relations of facts.
        min_score: 0–1; facts below it go.

    Raises:
        InputError: no such kind, relation, date or region, or nothing is left.
    """
    kinds = named(Kind, types, "type")
    kept_relations = named(Relation, relations, "relation")
    first, last = period(since, until)
    if not 0 <= min_score <= 1:
        raise InputError(f"a score is between 0 and 1, not {min_score:g}", hint="--min-score 0.8")
    narrowed = any((since, until, region, relations, min_score))
    if not narrowed and not types:
        return knowledge
    entities = entity_index(knowledge)
    code = find_region(knowledge.entities, region) if region else None
    spots = Spots(knowledge, entities) if code else None

    def lets_through(page: Page, fact: Fact) -> bool:
        if fact.score < min_score or (kept_relations and fact.relation not in kept_relations):
            return False
        if (first or last) and not within(when(fact, entities, page), first, last):
            return False
        return spots is None or code is None or any(spot.startswith(code) for spot in spots.of(page, fact))

    def of_kinds(fact: Fact) -> bool:
        return not kinds or (entities[fact.subject].kind in kinds and entities[fact.object].kind in kinds)

    # Where something lies is true at any time: it stays with what stays, unless nothing else is asked for.
    climbing = narrowed and not (kept_relations and kept_relations <= set(GEOGRAPHY))
    kept = Kept(entities, kinds)
    for record in facts_alone(knowledge):
        for at, fact in enumerate(record.facts):
            if not of_kinds(fact):
                continue
            if climbing and fact.relation in GEOGRAPHY and fact.score >= min_score:
                if kept_relations and fact.relation not in kept_relations:
                    continue
                kept.add_inside(record.page, at, fact)
                if first or last:
                    continue
            if lets_through(record.page, fact):
                kept.add(record.page, at, fact)
    names = kept.names()
    kept.climb(names)
    if not narrowed:
        names = {entity.id for entity in knowledge.entities if entity.kind in kinds}
    chosen = cut(knowledge, names, kept, whole_pages=not narrowed)
    if not chosen.entities:
        raise InputError("nothing is left by these filters", hint=_advice(knowledge, since, until))
    return chosen


def select_people(knowledge: Knowledge, people: Sequence[str]) -> Knowledge:
    """The part of `knowledge` that some people are in: what is said of them, and the whole of the events they were in.

    Whoever else took part stays, with the posts they hold, and so does the geography above all that is named.

    Args:
        people: ids, names or other names; of namesakes all are kept. Without any, everything is kept.

    Raises:
        InputError: nobody is called so.
    """
    if not people:
        return knowledge
    entities = entity_index(knowledge)
    wanted = {person for name in people for person in _called(knowledge.entities, name)}

    def event_of(fact: Fact) -> str | None:
        if fact.relation is Relation.PARTICIPATED_IN:
            return fact.object
        return next((str(value) for key, value in fact.attributes if key == "event"), None)

    events = {
        event_of(fact)
        for record in facts_alone(knowledge)
        for fact in record.facts
        if fact.subject in wanted or fact.object in wanted
    } - {None}
    kept = Kept(entities, frozenset())
    for record in facts_alone(knowledge):
        for at, fact in enumerate(record.facts):
            if fact.relation in GEOGRAPHY:
                kept.add_inside(record.page, at, fact)
            elif {fact.subject, fact.object} & (wanted | events) or event_of(fact) in events:
                kept.add(record.page, at, fact)
    names = kept.names() | wanted
    for record in facts_alone(knowledge):
        for at, fact in enumerate(record.facts):
            if fact.relation is Relation.HOLDS_ROLE and fact.subject in names:
                kept.add(record.page, at, fact)
    names |= kept.names()
    kept.climb(names)
    return cut(knowledge, names, kept, whole_pages=False)


def _called(entities: Iterable[Entity], name: str) -> list[str]:
    """Ids of the people with an id, a name or, failing these, another name."""
    everybody = [entity for entity in entities if entity.kind is Kind.PERSON]
    found = [person.id for person in everybody if name in (person.id, person.name)] or [
        person.id for person in everybody if name in person.aliases
    ]
    if not found:
        near = get_close_matches(name, sorted({person.name for person in everybody}), n=3)
        hint = f"did you mean {', '.join(near)}?" if near else "give a name as the pages print it"
        raise InputError(f"nobody is called {name!r} on these pages", hint=hint)
    return found


def named(choices: type[_Named], words: Iterable[str], what: str) -> frozenset[_Named]:
    """Members of an enum by name, in any case, `-` for `_`.

    Raises:
        InputError: no such member; says which one may have been meant.
    """
    found = set()
    for word in words:
        name = word.strip().upper().replace("-", "_")
        if name not in choices.__members__:
            near = get_close_matches(name, choices.__members__, n=1)
            known = ", ".join(choices.__members__)
            hint = f"did you mean {near[0]}? known: {known}" if near else f"known: {known}"
            raise InputError(f"no {what} {word!r}", hint=hint)
        found.add(choices[name])
    return frozenset(found)


def _advice(knowledge: Knowledge, since: str | None, until: str | None) -> str:
    if since or until:
        days = sorted(
            bound
            for record in facts_alone(knowledge)
            for date in {record.page.issue.date, *(fact.date for fact in record.facts)}
            if (bounds := date_bounds(date))
            for bound in bounds
        )
        if days:
            return f"the pages speak of {days[0]} to {days[-1]}"
    return "leave one of them out"
