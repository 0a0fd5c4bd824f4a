"""Sorts errors by cause: what was lost because a name was not found, and what because a sentence was not understood.

In: knowledge and gold. Out: how often each (what, cause) occurs. A cause is the first step of the way (mention → link →
fact) that went wrong; later steps are not blamed for it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from functools import partial

from kg.evaluate.claims import score_events, score_roles, score_visits
from kg.evaluate.gold import GoldPage
from kg.evaluate.measures import TextSpan
from kg.evaluate.scoresheet import Error, Scores, Scoresheet, lay_over
from kg.knowledge import Knowledge, entity_index, facts_by_page, without_planned
from kg.model import Fact
from measuring.judging import paired_events

Cause = tuple[str, str]


def count_causes(knowledge: Knowledge, gold_pages: Sequence[GoldPage]) -> Counter[Cause]:
    """How often each (what went wrong, cause) occurs over all pages that have gold."""
    shown = without_planned(knowledge)
    entities = entity_index(shown)
    records = {record.page.id: record for record in shown.records}
    facts: dict[str, list[Fact]] = {}
    for page, fact in facts_by_page(shown):
        facts.setdefault(page.id, []).append(fact)
    causes: Counter[Cause] = Counter()
    for gold in gold_pages:
        if record := records.get(gold.doc):
            sheet = lay_over(gold, record, tuple(facts.get(gold.doc, ())), entities)
            causes.update(_mention_causes(sheet))
            causes.update(_claim_causes(sheet))
    return causes


def _mention_causes(sheet: Scoresheet) -> Iterator[Cause]:
    expected = {span: kind for span, (_id, kind) in sheet.gold_spans.items() if span not in sheet.optional}
    found = {
        span: str(sheet.entities[entity].kind)
        for span, entity in sheet.predicted_spans.items()
        if span not in sheet.optional
    }
    missed = partial(_mention_cause, others=found, nothing="not found")
    spurious = partial(_mention_cause, others=expected, nothing="no name at all")
    yield from ((f"{kind} missed", missed(span)) for span, kind in expected.items() if found.get(span) != kind)
    yield from ((f"{kind} spurious", spurious(span)) for span, kind in found.items() if expected.get(span) != kind)


def _mention_cause(span: TextSpan, *, others: Mapping[TextSpan, str], nothing: str) -> str:
    if span in others:
        return "taken for another kind"
    if any(start < span[1] and span[0] < end for start, end in others):
        return "cut otherwise"
    return nothing


def _claim_causes(sheet: Scoresheet) -> Iterator[Cause]:
    scores = Scores()
    for score in (score_roles, score_visits, score_events):
        score(sheet, scores)
    read = {event.id for event in paired_events(sheet).values()}
    for error in scores.errors:
        if cause := _claim_cause(error, sheet, read):
            yield error[0], cause


def _claim_cause(error: Error, sheet: Scoresheet, read: set[str]) -> str | None:
    """Why a claim is missing or wrong; None for what needs no cause of its own."""
    match error:
        case ("role missed", person, *_):
            return "post not read" if person in sheet.aligned else "person not found"
        case ("visit missed", person, place):
            return "tour not read" if {person, place} <= sheet.aligned.keys() else "person or place not found"
        case ("event missed", event_id, _evidence):
            event = next(each for each in sheet.gold.events if each.id == event_id)
            names = {name for name, _part in event.parts} | set(event.places)
            return "happening not read" if names <= sheet.aligned.keys() else "a name not found"
        case ("participant missed", event_id, name):
            if name not in sheet.aligned:
                return "name not found"
            return "not given to it" if event_id in read else "happening not read"
        case ("role spurious" | "visit spurious" | "participant spurious" as what, first, second, *_):
            name = second if what == "participant spurious" else first
            return "name that is none" if name.startswith("+") else "misread"
        case ("role org wrong" | "visit date" as what, *_):
            return "another body" if what == "role org wrong" else "another day"
        case _:
            return None
