"""How good the graph is: precision and recall per kind against gold annotations (docs/gold-guide.md).

Entities are aligned by the spans of their mentions, never by name, so that any canonical naming scores alike. What is
scored is what exports show: events that were only planned are left out.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from kg.errors import InputError
from kg.evaluate.claims import score_events, score_roles, score_visits
from kg.evaluate.gold import GoldPage, read_gold
from kg.evaluate.measures import Tally, harmonic
from kg.evaluate.names import score_articles, score_linking, score_mentions, score_places
from kg.evaluate.scoresheet import Error, Scores, lay_over
from kg.knowledge import Knowledge, entity_index, facts_by_page, without_planned
from kg.model import Fact

__all__ = ["Evaluation", "Figure", "evaluate", "format_table", "read_gold"]


@dataclass(frozen=True, slots=True)
class Figure:
    """One line of the table. An accuracy has `f1` and `n` only; `tally` is None where nothing is counted in it."""

    name: str
    f1: float
    precision: float | None = None
    recall: float | None = None
    tally: Tally | None = None
    n: int | None = None

    def as_row(self) -> dict[str, float | int]:
        """Figures by name, rounded to four digits."""
        if self.precision is None or self.recall is None:
            return {"f1": round(self.f1, 4), "n": self.n or 0}
        row: dict[str, float | int] = {
            "precision": round(self.precision, 4),
            "recall": round(self.recall, 4),
            "f1": round(self.f1, 4),
        }
        if self.tally is not None:
            row |= {"hit": self.tally.hit, "missed": self.tally.missed, "spurious": self.tally.spurious}
        return row


@dataclass(frozen=True, slots=True)
class Evaluation:
    """The table in its order, every error as (page, what, …), and gold pages that were not built."""

    figures: tuple[Figure, ...]
    errors: tuple[Error, ...]
    not_built: tuple[str, ...]

    def as_rows(self) -> dict[str, dict[str, float | int]]:
        """The table as plain data."""
        return {figure.name: figure.as_row() for figure in self.figures}


def evaluate(knowledge: Knowledge, gold_pages: Sequence[GoldPage]) -> Evaluation:
    """Score knowledge against gold pages; pages without gold count for nothing.

    Raises:
        InputError: no gold page is among the pages that were built.
    """
    shown = without_planned(knowledge)
    entities = entity_index(shown)
    records = {record.page.id: record for record in shown.records}
    facts: dict[str, list[Fact]] = {}
    for page, fact in facts_by_page(shown):
        facts.setdefault(fact.evidence[0].page if fact.evidence else page.id, []).append(fact)
    scores = Scores()
    errors: list[Error] = []
    not_built = tuple(gold.doc for gold in gold_pages if gold.doc not in records)
    if len(not_built) == len(gold_pages):
        raise InputError(
            "none of the gold pages was built",
            where=not_built[0] if not_built else None,
            hint="the gold's \"doc\" must be the page's path as `kg build` was given it",
        )
    for gold in gold_pages:
        if gold.doc not in records:
            continue
        sheet = lay_over(gold, records[gold.doc], tuple(facts.get(gold.doc, ())), entities)
        for score in (
            score_mentions,
            score_linking,
            score_roles,
            score_visits,
            score_events,
            score_places,
            score_articles,
        ):
            score(sheet, scores)
        errors += [(gold.doc, *error) for error in scores.errors]
        scores.errors.clear()
    return Evaluation(_figures(scores), tuple(errors), not_built)


def format_table(evaluation: Evaluation) -> str:
    """The table as aligned plain text, a measure a line; what a measure does not have is `nan` or empty."""
    lines = [f"{'':22}{'P':>7}{'R':>7}{'F1':>7}   hit missed spurious"]
    for name, row in evaluation.as_rows().items():
        precision, recall = (row.get(key, math.nan) for key in ("precision", "recall"))
        counts = " ".join(str(row.get(key, "")) for key in ("hit", "missed", "spurious"))
        lines.append(f"{name:22}{precision:7.3f}{recall:7.3f}{row['f1']:7.3f}   {counts}")
    return "\n".join(lines)


def _figures(scores: Scores) -> tuple[Figure, ...]:
    figures = []
    for name, tally in scores.tallies.items():
        precision, recall, f1 = tally.precision_recall_f1()
        figures.append(Figure(name, f1, precision, recall, tally))
    if scores.linking:
        precision = sum(row[0] for row in scores.linking) / len(scores.linking)
        recall = sum(row[1] for row in scores.linking) / len(scores.linking)
        figures.append(Figure("linking b3", harmonic(precision, recall), precision, recall))
    for name, answers in (
        ("place code", scores.codes),
        ("event type", scores.event_types),
        ("event date", scores.event_dates),
        ("participant part", scores.parts),
        ("evidence", scores.evidence),
    ):
        right = sum(answers) / len(answers) if answers else 0.0
        figures.append(Figure(f"{name} accuracy", right, n=len(answers)))
    return tuple(figures)
