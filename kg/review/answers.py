"""What may be answered to a doubt, and the decision that an answer is."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from enum import StrEnum

from kg.decisions import Anchor, Decision, DecisionKind, FactAnchor, anchor_fact, anchor_mentions
from kg.model import Kind, PageRecord
from kg.review.doubts import Doubt, DoubtKind


class Answer(StrEnum):
    """What a person may say to a doubt."""

    SAME = "same"
    DIFFERENT = "different"
    ACCEPT = "accept"
    REJECT = "reject"
    REJECT_FIRST = "first"
    REJECT_SECOND = "second"
    DATE = "date"
    RENAME = "rename"


_CHOICES: Mapping[DoubtKind, tuple[Answer, ...]] = {
    DoubtKind.MERGE: (Answer.SAME, Answer.DIFFERENT),
    DoubtKind.CONTRADICTION: (Answer.REJECT_FIRST, Answer.REJECT_SECOND, Answer.ACCEPT, Answer.SAME),
    DoubtKind.NAME: (Answer.ACCEPT, Answer.RENAME),
    DoubtKind.SCORE: (Answer.ACCEPT, Answer.REJECT, Answer.DATE),
}

Records = Callable[[Iterable[str]], Iterable[PageRecord]]
"""Page records by page id, as they were read (`kg.store.Store.records_of`)."""


def choices(doubt: Doubt) -> tuple[Answer, ...]:
    """What may be answered to a doubt, beside leaving it."""
    return _CHOICES[doubt.kind]


def decide(
    doubt: Doubt,
    answer: Answer,
    *,
    raw: Records,
    pointed: Iterable[PageRecord],
    reason: str,
    made: str,
    who: str | None = None,
    value: str | None = None,
) -> tuple[Decision, ...]:
    """The decisions that an answer is; empty where what it is about was itself added by a decision.

    Args:
        raw: looks up records as they were read.
        pointed: records that point at resolved entities, by page.
        value: the new date (empty for unknown) or name.

    Raises:
        ValueError: that cannot be answered to this doubt.
    """
    if answer not in choices(doubt):
        raise ValueError(f"{answer} is no answer to {doubt.kind}")

    def make(kind: DecisionKind, **more: object) -> Decision:
        return Decision(kind=kind, reason=reason, made=made, who=who, **more)  # type: ignore[arg-type]

    if answer in (Answer.SAME, Answer.DIFFERENT) or doubt.kind is DoubtKind.NAME:
        anchors = anchor_mentions(pointed, doubt.entities, doubt.entity_kind or Kind.PERSON)
        if len(anchors) < len(set(doubt.entities)):
            return ()
        given: tuple[Anchor, ...] = tuple(anchors[each] for each in doubt.entities)
        match answer:
            case Answer.SAME:
                return (make(DecisionKind.MERGE, groups=(given,)),)
            case Answer.DIFFERENT:
                return (make(DecisionKind.SPLIT, groups=tuple((each,) for each in given)),)
            case _:
                # To say that a name is right as it is, is to give it.
                name = value if answer is Answer.RENAME else doubt.names[0]
                return (make(DecisionKind.RENAME, groups=((given[0],),), name=name),)
    facts = [anchor for page, fact in doubt.facts if (anchor := _fact(raw, page, fact)) is not None]
    if len(facts) < len(doubt.facts):
        return ()
    match answer:
        case Answer.ACCEPT:
            return tuple(make(DecisionKind.CONFIRM, fact=each) for each in facts)
        case Answer.DATE:
            return (make(DecisionKind.DATE, fact=facts[0], to=value or None),)
        case Answer.REJECT_SECOND:
            return (make(DecisionKind.REJECT, fact=facts[1]),)
        case _:
            return (make(DecisionKind.REJECT, fact=facts[0]),)


def _fact(raw: Records, page: str, fact: str) -> FactAnchor | None:
    return next((anchor_fact(record, fact) for record in raw([page])), None)
