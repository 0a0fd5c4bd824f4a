"""What a person may decide, as plain data. Nothing here knows YAML, pages or clusters.

A decision speaks of names on pages and of division codes, never of cluster ids: clusters change when pages arrive, what
is printed does not.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

from kg.model import Kind, Relation, content_id

DECIDED = "decided"
"""The attribute of a fact that a person decided on: `confirmed`, `dated` or `added`."""


class DecisionKind(StrEnum):
    """What is decided."""

    MERGE = "merge"
    SPLIT = "split"
    RENAME = "rename"
    REJECT = "reject"
    CONFIRM = "confirm"
    DATE = "date"
    ADD = "add"


@dataclass(frozen=True, slots=True)
class Anchor:
    """One entity, by where it is printed or by its code.

    `page` and `text` name a mention (or an event by its name, with `kind`); `start` tells two mentions of one surface
    apart. Without a page, `code` is the division itself, and with `text` whoever bears that name in that county.
    `title` and `org` name a post. `new` allows an added fact to bring an entity that no page has.
    """

    page: str | None = None
    text: str | None = None
    start: int | None = None
    code: str | None = None
    kind: Kind | None = None
    title: str | None = None
    org: Anchor | None = None
    new: bool = False

    def __str__(self) -> str:
        """As a person would say it: 张三 (1.txt), 330802."""
        if self.title is not None:
            return f"{self.org or ''}{self.title}"
        return f"{self.text or self.code}" + (f" ({self.page})" if self.page else "")


@dataclass(frozen=True, slots=True)
class FactAnchor:
    """A fact as a page gives it: what it is of, by names as that page has them.

    `date` is the date as it was read, heeded only where `dated`; `quote` is a part of the sentence that says it.
    """

    page: str
    relation: Relation
    subject: str
    object: str
    date: str | None = None
    dated: bool = False
    quote: str | None = None

    def __str__(self) -> str:
        """The claim on one line."""
        return f"{self.relation} {self.subject} → {self.object} ({self.page})"


@dataclass(frozen=True, slots=True)
class Claim:
    """A fact that a person adds. `page` and `quote` are its evidence, where a page says it; `part` is a participant's."""

    relation: Relation
    subject: Anchor
    object: Anchor
    date: str | None = None
    page: str | None = None
    quote: str | None = None
    part: str | None = None


@dataclass(frozen=True, slots=True)
class Decision:
    """One decision of a person, why and when.

    `groups` are anchors of one entity each: one group for merge and rename, two or more for split. `made` is the date of
    the decision (ISO, with a time where two of one day must not tie). `line` is where it stands in its file.
    """

    kind: DecisionKind
    reason: str
    made: str
    who: str | None = None
    groups: tuple[tuple[Anchor, ...], ...] = ()
    name: str | None = None
    fact: FactAnchor | None = None
    to: str | None = None
    claim: Claim | None = None
    line: int = field(default=0, compare=False)

    @property
    def key(self) -> str:
        """An id of what it says: the same wherever it stands in a file."""
        parts = (self.kind, self.reason, self.made, self.who, self.groups, self.name, self.fact, self.to, self.claim)
        return content_id("decision", *map(repr, parts))


@dataclass(frozen=True, slots=True)
class Decisions:
    """All decisions of a file in its order, what the file is called in messages, and its text."""

    rows: tuple[Decision, ...] = ()
    where: str = "decisions.yaml"
    text: str = ""

    def at(self, decision: Decision) -> str:
        """File and line of a decision, for a message."""
        return f"{self.where}:{decision.line}" if decision.line else self.where

    def newest_first(self) -> list[Decision]:
        """In an order that does not hang on the file: later ones first, of one time what keeps apart before the rest."""
        return sorted(
            sorted(self.rows, key=lambda each: (each.kind is not DecisionKind.SPLIT, each.key)),
            key=lambda each: each.made,
            reverse=True,
        )
