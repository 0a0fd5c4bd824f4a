"""What people correct: `decisions.yaml`, read, bound to what pages print, and applied on the way to knowledge.

Merges, splits and renamings become `Constraints` for resolution; rejected, confirmed, dated and added facts become
`Corrections` that every reader of the store sees. Pages and page records are never changed, and decisions never speak of
cluster ids, so that they hold when clusters change. It does not ask anybody anything (`kg.review` does).
"""

from kg.decisions.anchoring import anchor_fact, anchor_mentions
from kg.decisions.binding import Records, Source, bind
from kg.decisions.constraints import NO_CONSTRAINTS, Constraints, Ref, partition, renamed
from kg.decisions.corrections import Corrections, Point, correct
from kg.decisions.kinds import DECIDED, Anchor, Claim, Decision, DecisionKind, Decisions, FactAnchor
from kg.decisions.reading import check_date, parse_decisions, read_decisions
from kg.decisions.writing import append_decision, format_decisions, remove_decision

DECISIONS_NAME = "decisions.yaml"
"""The file in an output folder that holds what people decided on it."""

__all__ = [
    "DECIDED",
    "DECISIONS_NAME",
    "NO_CONSTRAINTS",
    "Anchor",
    "Claim",
    "Constraints",
    "Corrections",
    "Decision",
    "DecisionKind",
    "Decisions",
    "FactAnchor",
    "Point",
    "Records",
    "Ref",
    "Source",
    "anchor_fact",
    "anchor_mentions",
    "append_decision",
    "bind",
    "check_date",
    "correct",
    "format_decisions",
    "parse_decisions",
    "partition",
    "read_decisions",
    "remove_decision",
    "renamed",
]
