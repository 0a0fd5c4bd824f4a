"""What the decisions on one fact make of it together, and what tells one fact from another."""

from __future__ import annotations

from dataclasses import dataclass, replace

from kg.decisions.adding import precision_of
from kg.decisions.kinds import DECIDED, Decision, DecisionKind
from kg.model import Fact, Relation

Key = tuple[Relation, str, str, str | None]
"""What a page says once: relation, subject, object, date."""


@dataclass(slots=True)
class Verdict:
    """The decisions on one fact; the latest of each sort, as (when, value)."""

    rejected: str = ""
    confirmed: str = ""
    date: tuple[str, str] | None = None

    def hear(self, row: Decision) -> None:
        """Take in one more decision, in any order."""
        if row.kind is DecisionKind.REJECT:
            self.rejected = max(self.rejected, row.made)
            return
        self.confirmed = max(self.confirmed, row.made)
        if row.kind is DecisionKind.DATE:
            self.date = max(self.date or ("", ""), (row.made, row.to or ""))

    @property
    def is_rejected(self) -> bool:
        """A wrong fact is worse than a missing one: of one day, the rejection holds."""
        return self.rejected >= self.confirmed and bool(self.rejected)


def event_of(fact: Fact) -> str | None:
    """The event that a fact belongs to, None where it belongs to none."""
    match fact.relation:
        case Relation.PARTICIPATED_IN:
            return fact.object
        case Relation.TOOK_PLACE_AT:
            return fact.subject
        case Relation.VISITED:
            event = dict(fact.attributes).get("event")
            return event if isinstance(event, str) else None
        case _:
            return None


def redated(fact: Fact, verdict: Verdict, moved: tuple[str, str] | None) -> Fact:
    """The fact as decided. A person who looked at it is as sure as can be; who looked at its event only is not.

    Args:
        moved: when and to what date its event was moved; None where it was not.
    """
    attributes = dict(fact.attributes)
    newest = max((each for each in (verdict.date, moved) if each is not None), default=None)
    date = fact.date if newest is None else newest[1] or None
    if newest is not None:
        attributes.pop("precision", None)
        if date and fact.relation is Relation.VISITED:
            attributes["precision"] = precision_of(date) or ""
    attributes[DECIDED] = "confirmed" if newest is None else "dated"
    score = 1.0 if verdict.confirmed else fact.score
    return replace(fact, date=date, score=score, attributes=tuple(sorted(attributes.items())))


def joined(decided: Fact, known: Fact) -> Fact:
    """A decided fact with the evidence of one that says the same."""
    return replace(
        decided,
        evidence=tuple(dict.fromkeys((*decided.evidence, *known.evidence))),
        source="text" if "text" in (decided.source, known.source) else decided.source,
        score=max(decided.score, known.score),
        attributes=tuple(sorted({**dict(known.attributes), **dict(decided.attributes)}.items())),
    )


def key_of(fact: Fact) -> Key:
    """What a page says once."""
    return fact.relation, fact.subject, fact.object, fact.date


def ends_of(fact: Fact) -> tuple[str, ...]:
    """The entities that a fact speaks of, its event among them."""
    event = event_of(fact)
    return (fact.subject, fact.object) if event is None else (fact.subject, fact.object, event)
