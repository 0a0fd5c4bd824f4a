"""Choosing a part of what is known: by time, region, kind of entity, relation and score.

In: `Knowledge`. Out: `Knowledge` that is whole in itself: every id in it is one of its entities, every page that a
kept fact rests on is there. Nothing is rewritten but references to what was left out.
"""

from __future__ import annotations

import re
from array import array
from calendar import monthrange
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from difflib import get_close_matches
from enum import StrEnum
from typing import TypeVar

from kg.errors import InputError
from kg.knowledge import Knowledge, changed_records, entity_index, facts_alone
from kg.model import Entity, Fact, Kind, Page, PageRecord, Relation

_GEOGRAPHY = (Relation.PART_OF, Relation.LOCATED_IN)
_FACTS = 1 << 20
"""More facts than a page has."""
_DATE = re.compile(r"([0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2}))?)?\Z")
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
    first, last = _days(since, until)
    if not 0 <= min_score <= 1:
        raise InputError(f"a score is between 0 and 1, not {min_score:g}", hint="--min-score 0.8")
    narrowed = any((since, until, region, relations, min_score))
    if not narrowed and not types:
        return knowledge
    entities = entity_index(knowledge)
    code = find_region(knowledge.entities, region) if region else None
    spots = _Spots(knowledge, entities) if code else None

    def lets_through(page: Page, fact: Fact) -> bool:
        if fact.score < min_score or (kept_relations and fact.relation not in kept_relations):
            return False
        if (first or last) and not _within(_when(fact, entities, page), first, last):
            return False
        return spots is None or code is None or any(spot.startswith(code) for spot in spots.of(page, fact))

    def of_kinds(fact: Fact) -> bool:
        return not kinds or (entities[fact.subject].kind in kinds and entities[fact.object].kind in kinds)

    # Where something lies is true at any time: it stays with what stays, unless nothing else is asked for.
    climbing = narrowed and not (kept_relations and kept_relations <= set(_GEOGRAPHY))
    kept = _Kept(entities, kinds)
    for record in facts_alone(knowledge):
        for at, fact in enumerate(record.facts):
            if not of_kinds(fact):
                continue
            if climbing and fact.relation in _GEOGRAPHY and fact.score >= min_score:
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
    chosen = _cut(knowledge, names, kept, whole_pages=not narrowed)
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
    kept = _Kept(entities, frozenset())
    for record in facts_alone(knowledge):
        for at, fact in enumerate(record.facts):
            if fact.relation in _GEOGRAPHY:
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
    return _cut(knowledge, names, kept, whole_pages=False)


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


def date_bounds(date: str | None) -> tuple[str, str] | None:
    """First and last day of a date as FORMAT writes it; None where there is none or it cannot be read.

    >>> date_bounds("2021-02"), date_bounds("2021-01-07/2021-01-17"), date_bounds(None)
    (('2021-02-01', '2021-02-28'), ('2021-01-07', '2021-01-17'), None)
    """
    if not date:
        return None
    pieces = date.split("/")
    if len(pieces) > 2:
        return None
    begins, ends = _bounds(pieces[0]), _bounds(pieces[-1])
    return (begins[0], ends[1]) if begins and ends and begins[0] <= ends[1] else None


def find_region(entities: Iterable[Entity], region: str) -> str:
    """The significant digits of a region's division code, given as code or as name.

    Raises:
        InputError: no place with a code is called so, or several are.
    """
    wanted = region.strip()
    if re.fullmatch(r"[0-9]{2}|[0-9]{4}|[0-9]{6}|[0-9]{9}|[0-9]{12}", wanted):
        return significant(wanted)
    coded = {entity.code: entity for entity in entities if entity.kind is Kind.PLACE and entity.code}
    exact = {code for code, place in coded.items() if wanted == place.name or wanted in place.aliases}
    found = sorted(exact or {code for code, place in coded.items() if _is_path(wanted, place, coded)})
    if len(found) == 1:
        return significant(found[0])
    if found:
        choices = ", ".join(f"{code} {coded[code].name}" for code in found[:5])
        raise InputError(f"several places are called {wanted!r}", hint=f"give the code: {choices}")
    near = get_close_matches(wanted, sorted({place.name for place in coded.values()}), n=3, cutoff=0.4)
    hint = f"did you mean {', '.join(near)}?" if near else "give a name that the pages print, or a division code"
    raise InputError(f"no region {wanted!r} among these pages", hint=hint)


def significant(code: str) -> str:
    """A division code without the zeros that only fill it up, so that everything inside begins with it.

    >>> significant("330000"), significant("330800"), significant("330802"), significant("330802005000")
    ('33', '3308', '330802', '330802005')
    """
    for size, fill in ((12, 3), (9, 3), (6, 2), (4, 2)):
        if len(code) == size and code.endswith("0" * fill):
            code = code[:-fill]
    return code


def _is_path(words: str, place: Entity, coded: Mapping[str, Entity]) -> bool:
    """Whether 浙江省衢州市柯城区 names a place: its own name last, before it nothing but names of what contains it."""
    if words == place.name or not words.endswith(place.name):
        return False
    rest = words.removesuffix(place.name)
    code = significant(place.code or "")
    above = [other for key, other in sorted(coded.items()) if key != place.code and code.startswith(significant(key))]
    for other in sorted(above, key=lambda other: len(significant(other.code or ""))):
        rest = rest.removeprefix(other.name)
    return not rest


def _bounds(date: str) -> tuple[str, str] | None:
    match = _DATE.match(date)
    if not match:
        return None
    year, month, day = match.groups()
    if year == "0000":
        return None
    if month is None:
        return f"{year}-01-01", f"{year}-12-31"
    if not 1 <= int(month) <= 12:
        return None
    n_days = monthrange(int(year), int(month))[1]
    if day is None:
        return f"{year}-{month}-01", f"{year}-{month}-{n_days}"
    return (date, date) if 1 <= int(day) <= n_days else None


def _days(since: str | None, until: str | None) -> tuple[str | None, str | None]:
    """First and last day of a period; either end may be open."""
    days: list[str | None] = []
    for option, given, end in (("--since", since, 0), ("--until", until, 1)):
        bounds = _bounds(given.strip()) if given else None
        if given and bounds is None:
            raise InputError(f"{option} {given!r} is no date", hint="write 2021-01-20, 2021-01 or 2021")
        days.append(bounds[end] if bounds else None)
    first, last = days
    if first and last and first > last:
        raise InputError(f"--since {since} is after --until {until}", hint="exchange them")
    return first, last


def _when(fact: Fact, entities: Mapping[str, Entity], page: Page) -> tuple[str, str] | None:
    event = next((value for key, value in fact.attributes if key == "event"), None)
    for entity_id in (event, fact.subject, fact.object):
        if fact.date:
            break
        entity = entities.get(str(entity_id))
        if entity is not None and entity.kind is Kind.EVENT and entity.date:
            return date_bounds(entity.date)
    return date_bounds(fact.date or page.issue.date)


def _within(days: tuple[str, str] | None, first: str | None, last: str | None) -> bool:
    return days is not None and (last is None or days[0] <= last) and (first is None or days[1] >= first)


class _Spots:
    """Where facts happen, as division codes without fill."""

    def __init__(self, knowledge: Knowledge, entities: Mapping[str, Entity]) -> None:
        self.entities = entities
        self.inside: dict[str, dict[str, None]] = {}
        self.scenes: dict[str, dict[str, None]] = {}
        for record in facts_alone(knowledge):
            for fact in record.facts:
                if fact.relation in _GEOGRAPHY:
                    self.inside.setdefault(fact.subject, {})[fact.object] = None
                elif fact.relation is Relation.TOOK_PLACE_AT:
                    self.scenes.setdefault(fact.subject, {})[fact.object] = None
        self.known: dict[str, frozenset[str]] = {}

    def of(self, page: Page, fact: Fact) -> frozenset[str]:
        """Codes of the places that a fact is about; the newspaper's own region where it names none."""
        about = fact.subject if fact.relation in (*_GEOGRAPHY, Relation.TOOK_PLACE_AT) else fact.object
        found = self.codes(about, ())
        if not found and page.issue.region_code:
            return frozenset((significant(page.issue.region_code),))
        return found

    def codes(self, entity_id: str, seen: tuple[str, ...]) -> frozenset[str]:
        """Codes of an entity, or of what contains it."""
        if entity_id in self.known:
            return self.known[entity_id]
        entity = self.entities.get(entity_id)
        if entity is None or entity_id in seen:
            return frozenset()
        if entity.kind is Kind.PLACE and entity.code:
            found = frozenset((significant(entity.code),))
        else:
            ways = (*self.scenes.get(entity_id, ()), *self.inside.get(entity_id, ()), *filter(None, (entity.org,)))
            parts = [self.codes(other, (*seen, entity_id)) for other in ways]
            found = frozenset().union(*parts)
            if not found and entity.anchor:
                found = frozenset((significant(entity.anchor),))
        if not seen:  # within a circle of names only the outermost answer is whole
            self.known[entity_id] = found
        return found


class _Kept:
    """Which facts of which pages stay, and what they name.

    Facts are told by their place on their page and are not held: an archive has millions of them.
    """

    def __init__(self, entities: Mapping[str, Entity], kinds: frozenset[Kind]) -> None:
        """`kinds`: of entities that may stay; none is all."""
        self._entities, self._kinds = entities, kinds
        self.cited: set[str] = set()
        self._named: set[str] = set()
        self._bits: dict[str, int] = {}
        self._pages: list[str] = []
        self._inside: dict[str, array[int]] = {}
        self._around: dict[str, set[str]] = {}
        self._cited_inside: dict[int, tuple[str, ...]] = {}

    def add(self, page: Page, at: int, fact: Fact) -> None:
        """Keep the fact that stands there, and the pages that say it."""
        self._add(page.id, at)
        self.cited.update(provenance.page for provenance in fact.evidence)
        named = (fact.subject, fact.object, *(value for _key, value in fact.attributes if isinstance(value, str)))
        self._named.update(self._entities[name].id for name in named if name in self._entities)

    def add_inside(self, page: Page, at: int, fact: Fact) -> None:
        """Note that something lies inside something else: kept if `climb` comes by."""
        if not self._pages or self._pages[-1] != page.id:
            self._pages.append(page.id)
        where = (len(self._pages) - 1) * _FACTS + at
        self._inside.setdefault(fact.subject, array("Q")).append(where)
        self._around.setdefault(fact.subject, set()).add(self._entities[fact.object].id)
        elsewhere = {provenance.page for provenance in fact.evidence} - {page.id}
        if elsewhere:
            self._cited_inside[where] = tuple(elsewhere)

    def names(self) -> set[str]:
        """Entities that kept facts name, with the organisations of posts and the events of visits."""
        entities, kinds = self._entities, self._kinds
        names = self._named | {
            org for name in self._named if (org := entities[name].org) is not None and org in entities
        }
        return {name for name in names if not kinds or entities[name].kind in kinds}

    def climb(self, names: set[str]) -> None:
        """Keep what says where the entities named lie, level by level, and add what is around them to `names`."""
        waiting = sorted(names)
        while waiting:
            name = waiting.pop()
            for where in self._inside.get(name, ()):
                number, at = divmod(where, _FACTS)
                self._add(self._pages[number], at)
                self.cited.update(self._cited_inside.get(where, ()))
            for around in self._around.get(name, ()):
                if around not in names and (not self._kinds or self._entities[around].kind in self._kinds):
                    names.add(around)
                    waiting.append(around)

    def stays(self, page: str, at: int) -> bool:
        """Whether a fact is kept."""
        return bool(self._bits.get(page, 0) >> at & 1)

    @property
    def pages(self) -> set[str]:
        """The pages of kept facts, and those that say them."""
        return self.cited | self._bits.keys()

    def _add(self, page: str, at: int) -> None:
        self._bits[page] = self._bits.get(page, 0) | 1 << at


def _cut(knowledge: Knowledge, names: set[str], kept: _Kept, *, whole_pages: bool) -> Knowledge:
    dropped = {entity.id for entity in knowledge.entities} - names

    def cut(record: PageRecord) -> PageRecord:
        links = tuple(link for link in record.links if link.entity in names)
        linked = {link.mention for link in links}
        return replace(
            record,
            links=links,
            mentions=tuple(mention for mention in record.mentions if mention.id in linked),
            facts=tuple(
                _without(fact, dropped) for at, fact in enumerate(record.facts) if kept.stays(record.page.id, at)
            ),
        )

    entities = tuple(
        replace(entity, org=None) if entity.org in dropped else entity
        for entity in knowledge.entities
        if entity.id in names
    )
    pages = None if whole_pages else kept.pages
    return Knowledge(entities, changed_records(knowledge.records, cut, pages=pages))


def _without(fact: Fact, dropped: set[str]) -> Fact:
    """The fact without attributes that name what was left out."""
    if not any(value in dropped for _key, value in fact.attributes):
        return fact
    return replace(fact, attributes=tuple(pair for pair in fact.attributes if pair[1] not in dropped))


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
