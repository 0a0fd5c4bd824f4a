"""Judges single facts with the scorer: is this one right, wrong, or not to be judged?

In: knowledge and gold. Out: a `Judgement` for each fact. A fact is taken away and the page scored again: if a hit goes,
the fact was right; if an invention is gone, it was wrong; if nothing changes, the scorer has no opinion (bylines as
roles, optional rows, facts about what the gold leaves open). So whatever the scorer counts is what calibration counts.
Facts of happenings are judged with the scorer's own pairs of events instead: one fact less may pair events otherwise.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from kg.evaluate.claims import _Happening, _match_events, _predicted_events, score_roles, score_visits
from kg.evaluate.gold import GoldEvent, GoldPage
from kg.evaluate.names import score_places
from kg.evaluate.scoresheet import Scores, Scoresheet, lay_over
from kg.knowledge import Knowledge, entity_index, without_planned
from kg.model import Fact, Relation

# What a relation's facts count in, the strictest last: a post with the wrong body, a visit on the wrong day are wrong.
_MEASURES = {
    Relation.HOLDS_ROLE: (score_roles, ("role", "role org")),
    Relation.VISITED: (score_visits, ("visited", "visited, dated")),
    Relation.PART_OF: (score_places, ("part_of",)),
    Relation.LOCATED_IN: (score_places, ("located_in",)),
}


@dataclass(frozen=True, slots=True)
class Judgement:
    """What the scorer holds of a fact. `right` is None where it counts neither way.

    `quite_right` asks more of posts (the right body too) and visits (the right day too); elsewhere it is `right`.
    """

    doc: str
    fact: Fact
    right: bool | None
    quite_right: bool | None


@dataclass(frozen=True, slots=True)
class Bin:
    """Facts whose score lies in `[low, high)` (the last bin has its upper end too), and how many of them are right."""

    low: float
    high: float
    n: int
    n_right: int
    n_quite_right: int


def judge_facts(knowledge: Knowledge, gold_pages: Sequence[GoldPage]) -> Iterator[Judgement]:
    """Judge every fact of every page that has gold, page by page."""
    shown = without_planned(knowledge)
    entities = entity_index(shown)
    records = {record.page.id: record for record in shown.records}
    for gold in gold_pages:
        if record := records.get(gold.doc):
            yield from _judge_page(lay_over(gold, record, record.facts, entities))


def calibrate(judgements: Iterable[Judgement], edges: Sequence[float]) -> tuple[Bin, ...]:
    """Judged facts by score, a bin between each two edges, in their order."""
    judged = [each for each in judgements if each.right is not None]
    bins = []
    for low, high in pairwise(edges):
        inside = [each for each in judged if low <= each.fact.score < high or each.fact.score == high == edges[-1]]
        bins.append(
            Bin(low, high, len(inside), sum(each.right is True for each in inside), sum(map(_is_quite_right, inside)))
        )
    return tuple(bins)


def _is_quite_right(judgement: Judgement) -> bool:
    return judgement.quite_right is True


def _judge_page(sheet: Scoresheet) -> Iterator[Judgement]:
    whole = {relation: _count(sheet, relation) for relation in _MEASURES}
    pairs = paired_events(sheet)
    for fact in sheet.facts:
        if fact.relation in (Relation.PARTICIPATED_IN, Relation.TOOK_PLACE_AT):
            right = _is_of_event(sheet, fact, pairs)
            yield Judgement(sheet.gold.doc, fact, right, right)
            continue
        without = replace(sheet, facts=tuple(other for other in sheet.facts if other is not fact))
        changes = list(zip(whole[fact.relation], _count(without, fact.relation), strict=True))
        right = _verdict(*changes[0])
        # Without a post that names no body where there is one, that body is not even missed.
        lacking = any(_verdict(*change) is False or change[1][1] < change[0][1] for change in changes[1:])
        yield Judgement(sheet.gold.doc, fact, right, False if right and lacking else right)


def paired_events(sheet: Scoresheet) -> dict[str, GoldEvent]:
    """The gold event that each event was matched to by the scorer; those matched to none are missing."""
    gold = {
        event.id: _Happening({name for name, _part in event.parts}, set(event.places), event.date, event.kind)
        for event in sheet.gold.events
    }
    predicted, _parts = _predicted_events(sheet)
    match = _match_events(gold, predicted, {event.id for event in sheet.gold.events if event.optional})
    return {match[event.id]: event for event in sheet.gold.events if event.id in match}


def _is_of_event(sheet: Scoresheet, fact: Fact, pairs: Mapping[str, GoldEvent]) -> bool | None:
    """Whether who took part, or where it was, is in the gold event; None where the gold is unsure of it."""
    takes_part = fact.relation is Relation.PARTICIPATED_IN
    event = pairs.get(fact.object if takes_part else fact.subject)
    name = sheet.gold_name(fact.subject if takes_part else fact.object)
    if event is None:
        return False
    if event.optional or name in event.unsure:
        return None
    return name in ({participant for participant, _part in event.parts} if takes_part else event.places)


def _count(sheet: Scoresheet, relation: Relation) -> list[tuple[int, int, int]]:
    score, names = _MEASURES[relation]
    scores = Scores()
    score(sheet, scores)
    return [(scores.tally(name).hit, scores.tally(name).missed, scores.tally(name).spurious) for name in names]


def _verdict(before: tuple[int, int, int], after: tuple[int, int, int]) -> bool | None:
    """Right if a hit goes with the fact, wrong if only an invention goes, None if neither does."""
    if after[0] < before[0]:
        return True
    return False if after[2] < before[2] else None
