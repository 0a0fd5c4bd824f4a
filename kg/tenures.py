"""Office holders over time: who was seen in which post from when to when, who followed whom, what cannot both be.

In: knowledge, or plain sightings of posts. Out: `Tenure`s and what follows from them. A page names a post on the day it is
printed; nobody prints from when to when it is held. So a tenure is the first and the last issue that says so, and claims
nothing outside of these.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from kg.knowledge import Knowledge, entity_index, facts_by_page
from kg.model import Entity, Kind, Relation

# Posts that one person holds at a time, at one body: heads. 副县长, 常委, 委员, 代表, 村民 are held by many.
_SINGLE = re.compile(
    r"(?:代|代理)?(?:党委|党组|党工委|工委|党总支|党支部|总支|支部|纪委|团委)?书记|"
    r"(?:代|代理)?(?:[省市区县州盟旗镇乡村局厅部院校园馆站所社台行处科]|检察|董事|理事|秘书|会)长|"
    r"(?:代|代理)?(?:主任|主席|行署专员|总经理|总编辑)"
)
_APART_YEARS = 3


@dataclass(frozen=True, slots=True)
class PostSeen:
    """A fact that gives a post to a person. `date` is the fact's own or that of the issue; `past` says 原 or 前."""

    person: str
    role: str
    date: str | None
    fact: str
    past: bool = False


@dataclass(frozen=True, slots=True)
class Tenure:
    """A person in a post, as seen from `first_seen` to `last_seen` (dates as FORMAT writes them, both included).

    `person` and `role` are entity ids; `facts` all facts that say so, in order of time; `left_by` the first date of a
    page that calls it over (原县长), where there is one.
    """

    person: str
    role: str
    first_seen: str
    last_seen: str
    facts: tuple[str, ...]
    left_by: str | None = None


@dataclass(frozen=True, slots=True)
class Succession:
    """Who held a post before whom, as far as was seen; between the two dates nobody knows."""

    role: str
    before: Tenure
    after: Tenure


@dataclass(frozen=True, slots=True)
class Contradiction:
    """Two people seen in one single post in one time; `facts` says one, `against` the other, nearest in time."""

    role: str
    one: Tenure
    other: Tenure
    first: str
    last: str


def posts_seen(knowledge: Knowledge) -> tuple[PostSeen, ...]:
    """Every fact that gives a post to a person, by page; what was printed again counts as of its first print."""
    dates = {page.id: page.issue.date for page in knowledge.pages}
    return tuple(
        PostSeen(
            fact.subject,
            fact.object,
            fact.date or (dates.get(fact.evidence[0].page) if fact.evidence else page.issue.date),
            fact.id,
            bool(dict(fact.attributes).get("past")),
        )
        for page, fact in facts_by_page(knowledge)
        if fact.relation is Relation.HOLDS_ROLE
    )


def tenures(knowledge: Knowledge) -> tuple[Tenure, ...]:
    """All tenures of the knowledge, by post, then by first sighting. See `tenures_of`."""
    single = frozenset(entity.id for entity in entity_index(knowledge).values() if is_single(entity))
    return tenures_of(posts_seen(knowledge), single)


def tenures_of(seen: Iterable[PostSeen], single: frozenset[str]) -> tuple[Tenure, ...]:
    """Tenures from single sightings, whose order does not matter; undated ones are left out.

    A person has one tenure of a post; only where somebody else is seen in a single post in between, and years lie
    between, the person came back, and has two.

    Args:
        single: ids of posts that one person holds at a time.

    Returns:
        By post, first sighting, person.
    """
    held: dict[tuple[str, str], list[PostSeen]] = {}
    left: dict[tuple[str, str], str] = {}
    by_role: dict[str, list[PostSeen]] = {}
    for sighting in sorted(seen, key=lambda s: (s.date or "", s.fact)):
        if sighting.date is None:
            continue
        key = sighting.role, sighting.person
        if sighting.past:
            left.setdefault(key, sighting.date)
        else:
            held.setdefault(key, []).append(sighting)
            by_role.setdefault(sighting.role, []).append(sighting)
    found = []
    for (role, person), sightings in held.items():
        others = [s.date or "" for s in by_role[role] if s.person != person] if role in single else []
        run = [sightings[0]]
        for sighting in sightings[1:]:
            if _came_back(run[-1].date or "", sighting.date or "", others):
                found.append(_tenure(run, left.get((role, person))))
                run = []
            run.append(sighting)
        found.append(_tenure(run, left.get((role, person))))
    return tuple(sorted(found, key=lambda t: (t.role, t.first_seen, t.person)))


def successions(found: Iterable[Tenure], single: frozenset[str]) -> tuple[Succession, ...]:
    """For each single post who follows whom, by post and time.

    Whoever was seen last before the new one was seen first; who still is seen afterwards is followed by nobody, for they
    overlap (`contradictions`). One who was seen within the time of another follows, and is followed, by neither.
    """
    pairs = []
    for role, held in _by_role(found, single):
        for after in held:
            ended = [tenure for tenure in held if tenure.last_seen < after.first_seen]
            before = max(ended, key=lambda tenure: (tenure.last_seen, tenure.first_seen, tenure.person), default=None)
            going_on = any(
                other.first_seen <= after.first_seen <= other.last_seen and other.person != after.person
                for other in held
            )
            if before is not None and before.person != after.person and not going_on:
                pairs.append(Succession(role, before, after))
    return tuple(pairs)


def contradictions(found: Iterable[Tenure], single: frozenset[str]) -> tuple[Contradiction, ...]:
    """Pairs of people seen in one single post in one time, by post and time.

    Either the pages contradict each other, or a page was misread, or two namesakes were taken for one person.
    """
    pairs = []
    for role, held in _by_role(found, single):
        for at, one in enumerate(held):
            for other in held[at + 1 :]:
                if other.first_seen > one.last_seen:
                    break
                if other.person != one.person:
                    last = min(one.last_seen, other.last_seen)
                    pairs.append(Contradiction(role, one, other, other.first_seen, last))
    return tuple(pairs)


def is_single(role: Entity) -> bool:
    """Whether one person at a time holds a post: the head of a body that is known.

    >>> is_single(Entity("r", Kind.ROLE, "县长", title="县长", org="o")), is_single(Entity("r", Kind.ROLE, "", title="副县长"))
    (True, False)
    """
    return role.kind is Kind.ROLE and role.org is not None and bool(_SINGLE.fullmatch(role.title or ""))


def _by_role(found: Iterable[Tenure], single: frozenset[str]) -> list[tuple[str, list[Tenure]]]:
    held: dict[str, list[Tenure]] = {}
    for tenure in found:
        if tenure.role in single:
            held.setdefault(tenure.role, []).append(tenure)
    return [
        (role, sorted(tenures, key=lambda t: (t.first_seen, t.last_seen, t.person)))
        for role, tenures in sorted(held.items())
    ]


def _came_back(last: str, again: str, others: Iterable[str]) -> bool:
    return int(again[:4]) - int(last[:4]) >= _APART_YEARS and any(last < other < again for other in others)


def _tenure(run: list[PostSeen], left: str | None) -> Tenure:
    first, last = run[0].date or "", run[-1].date or ""
    return Tenure(
        run[0].person,
        run[0].role,
        first,
        last,
        tuple(sighting.fact for sighting in run),
        left if left is not None and left >= first else None,
    )
