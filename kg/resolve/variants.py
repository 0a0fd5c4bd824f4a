"""Proposes people who may be one under a misread name (潘估, 潘祜), and joins none of them.

In: knowledge. Out: `Proposal`s, each with its reasons, for a person to decide (`decisions.yaml`, a merge). Two names are
compared only if they are as long and differ in one character that is not the surname's first.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import combinations

from kg.knowledge import Knowledge, facts_by_page
from kg.model import Entity, Kind, Relation
from kg.resolve.features import day_number
from kg.resolve.sightings import is_shared_name

VARIANT_FEATURES = {
    "same-post": 4.0,  # one post at one body, seen within a year of each other
    "same-paper": 2.0,  # reporters of one newspaper within a year; a paper has few of nearly one name
    "companion": 1.0,  # for each person whom both are seen with at events, at most three
    "one-rare": 1.0,  # one on two pages at most, the other on five times as many: a slip is seldom
    "same-page": -8.0,  # a page prints both: two people (brothers often differ in one character)
    "two-characters": -1.0,  # of short names half is the same by chance
}
VARIANT_THRESHOLD = 4.0
"""Below it a list of a county's names is mostly people who are two (measured on the invented archive, where no name is
misread: so every proposal is a wrong one; docs/performance.md)."""

_MAX_COMPANIONS = 3
_A_YEAR = 365
_RARE, _TIMES = 2, 5


@dataclass(frozen=True, slots=True)
class Proposal:
    """Two people who may be one; `rarer` is the one named on fewer pages. `reasons` are names of `VARIANT_FEATURES`."""

    rarer: Entity
    other: Entity
    score: float
    reasons: tuple[str, ...]


@dataclass(slots=True)
class _About:
    """What is known of one person."""

    pages: set[str] = field(default_factory=set)
    posts: dict[str, list[int]] = field(default_factory=dict)
    credits: dict[str | None, list[int]] = field(default_factory=dict)
    companions: set[str] = field(default_factory=set)


def propose(knowledge: Knowledge) -> tuple[Proposal, ...]:
    """Possible misreadings, most likely first, then by name and id."""
    people = {
        entity.id: entity for entity in knowledge.entities if entity.kind is Kind.PERSON and is_shared_name(entity.name)
    }
    about = _gather(knowledge, people)
    blocks: dict[tuple[str | None, str], list[str]] = {}
    for person, entity in people.items():
        for at in range(1, len(entity.name)):
            pattern = entity.name[:at] + "?" + entity.name[at + 1 :]
            blocks.setdefault((entity.anchor[:6] if entity.anchor else None, pattern), []).append(person)
    found: dict[tuple[str, str], Proposal] = {}
    for _key, block in sorted(blocks.items(), key=lambda row: (row[0][0] or "", row[0][1])):
        for one, other in combinations(sorted(block), 2):
            if people[one].name != people[other].name and (one, other) not in found:
                reasons = _reasons(about[one], about[other], people[one].name)
                score = sum(VARIANT_FEATURES[name] for name in reasons)
                if score >= VARIANT_THRESHOLD:
                    rarer, known = sorted((one, other), key=lambda person: (len(about[person].pages), person))
                    found[one, other] = Proposal(people[rarer], people[known], score, reasons)
    return tuple(sorted(found.values(), key=lambda p: (-p.score, p.other.name, p.other.id, p.rarer.id)))


def _gather(knowledge: Knowledge, people: dict[str, Entity]) -> dict[str, _About]:
    about = {person: _About() for person in people}
    roles = {entity.id: entity for entity in knowledge.entities if entity.kind is Kind.ROLE}
    present: dict[str, set[str]] = {}
    for record in knowledge.records:
        for link in record.links:
            if link.entity in about:
                about[link.entity].pages.add(record.page.id)
    for page, fact in facts_by_page(knowledge):
        known = about.get(fact.subject)
        if known is None:
            continue
        known.pages.add(page.id)
        if fact.relation is Relation.PARTICIPATED_IN:
            present.setdefault(fact.object, set()).add(fact.subject)
        elif fact.relation is Relation.HOLDS_ROLE:
            day = day_number(fact.date or page.issue.date)
            role = roles[fact.object]
            if day is None:
                continue
            if role.org is not None:
                known.posts.setdefault(role.id, []).append(day)
            elif role.track == "media":
                known.credits.setdefault(page.issue.newspaper, []).append(day)
    for here in present.values():
        for person in here:
            about[person].companions |= here - {person}
    return about


def _reasons(one: _About, other: _About, name: str) -> tuple[str, ...]:
    found = []
    if any(_near(one.posts[post], other.posts[post]) for post in one.posts.keys() & other.posts.keys()):
        found.append("same-post")
    if any(_near(one.credits[paper], other.credits[paper]) for paper in one.credits.keys() & other.credits.keys()):
        found.append("same-paper")
    found += ["companion"] * min(_MAX_COMPANIONS, len(one.companions & other.companions))
    few, many = sorted((len(one.pages), len(other.pages)))
    if few <= _RARE and many >= _TIMES * few:
        found.append("one-rare")
    if one.pages & other.pages:
        found.append("same-page")
    if len(name) == 2:
        found.append("two-characters")
    return tuple(found)


def _near(days: Iterable[int], others: Iterable[int]) -> bool:
    others = sorted(others)
    return any(min(abs(day - other) for other in others) <= _A_YEAR for day in days)


def reason_line(proposal: Proposal) -> str:
    """The reasons in one line, `same-post +4, companion +1 ×3`."""
    counted = Counter(proposal.reasons)
    parts = [
        f"{name} {VARIANT_FEATURES[name]:+g}" + (f" ×{count}" if count > 1 else "") for name, count in counted.items()
    ]
    return ", ".join(parts)
