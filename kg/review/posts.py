"""Posts that two people are said to hold at one time, though only one can."""

from __future__ import annotations

import re
from collections import defaultdict
from datetime import date

from kg.model import Fact, Page, Relation
from kg.review.doubts import Doubt, DoubtKind, Reader, attribute

_WITHIN = 7  # days; a successor is seldom seen in the paper within a week of the last sight of whom he follows
# Whole titles of which a body has one: 区长, 党委书记; not 副区长, 委员, 原书记.
_ONE = re.compile(
    r"(?:党[委组]|党工委|党总支|党支部|工委|纪委)?(?:书记|省长|市长|州长|区长|县长|旗长|镇长|乡长|局长|厅长|部长|"
    r"校长|院长|检察长|董事长|总经理|主任|主席|台长|馆长|所长|站长)"
)


def contradictions(reader: Reader) -> list[Doubt]:
    """Two holders of one post within a week, nearest first; each pair of people once a post."""
    seen: dict[str, list[tuple[date, Page, Fact]]] = defaultdict(list)
    for record in reader.knowledge.records:
        for fact in record.facts:
            if fact.relation is not Relation.HOLDS_ROLE or attribute(fact, "past"):
                continue
            role = reader.entities[fact.object]
            day = _day(fact.date) or _day(record.page.issue.date)
            if role.org and _ONE.fullmatch(role.title or "") and day is not None:
                seen[fact.object].append((day, record.page, fact))
    doubts = []
    for post, sightings in sorted(seen.items()):
        sightings.sort(key=lambda each: (each[0], each[1].id, each[2].id))
        nearest: dict[frozenset[str], tuple[int, int, int]] = {}
        for at, (day, _page, fact) in enumerate(sightings):
            for later in range(at + 1, len(sightings)):
                apart = (sightings[later][0] - day).days
                if apart > _WITHIN:
                    break
                if sightings[later][2].subject != fact.subject:
                    pair = frozenset((fact.subject, sightings[later][2].subject))
                    nearest[pair] = min(nearest.get(pair, (apart, at, later)), (apart, at, later))
        doubts += [
            _doubt(reader, post, sightings[at], sightings[later], apart) for apart, at, later in nearest.values()
        ]
    return doubts


def _doubt(
    reader: Reader, post: str, first: tuple[date, Page, Fact], second: tuple[date, Page, Fact], apart: int
) -> Doubt:
    both = (first, second)
    said = [reader.sentence(page, fact) for _day, page, fact in both]
    return Doubt(
        DoubtKind.CONTRADICTION,
        tuple(fact.subject for _day, _page, fact in both),
        tuple(reader.shown(fact.subject) for _day, _page, fact in both),
        tuple((page.id, fact.id) for _day, page, fact in both),
        (("days", f"{first[0]} / {second[0]}"),),
        tuple(each for each in said if each is not None),
        claim=reader.shown(post),
        entity_kind=reader.entities[first[2].subject].kind,
        weight=float(_WITHIN - apart),
    )


def _day(text: str | None) -> date | None:
    if text is None or not re.fullmatch(r"\d{4}-\d{2}-\d{2}", text):
        return None
    return date.fromisoformat(text)
