"""The plain data of an explanation. Offsets are reading positions in `Explanation.text` unless they are page spans."""

from __future__ import annotations

from dataclasses import dataclass

from kg.model import Entity, Fact, Kind, Mention, Page

RANK, LENGTH, SCORE, ORDER = "rank", "length", "score", "order"
"""Why a find lost to one that it overlaps, in the order of the policy (`kg.mentions.found`): its family is weaker, it
is shorter, it is less sure, it begins later."""


@dataclass(frozen=True, slots=True)
class Weighed:
    """A candidate with its features; a weight is None where the feature has none of its own."""

    name: str
    code: str | None
    path: tuple[str, ...]
    score: float
    features: tuple[tuple[str, float | None], ...]


@dataclass(frozen=True, slots=True)
class Loser:
    """A find that overlapped a kept one and was dropped; `reason` is one of `RANK`, `LENGTH`, `SCORE`, `ORDER`."""

    start: int
    end: int
    surface: str
    kind: Kind
    rule: str
    family: str
    score: float
    reason: str


@dataclass(frozen=True, slots=True)
class MentionReason:
    """A mention: what found it, what it was taken for, and what it won against.

    `surface` is as read (breaks gone), `mention.surface` as printed. `also` are other rules that found the very same.
    `candidates` are best first; `losers` as in the text.
    """

    mention: Mention
    start: int
    end: int
    surface: str
    family: str
    entity: Entity
    nil: bool
    path: tuple[str, ...]
    candidates: tuple[Weighed, ...] = ()
    also: tuple[str, ...] = ()
    losers: tuple[Loser, ...] = ()


@dataclass(frozen=True, slots=True)
class FactReason:
    """A fact in words; `sentences` are those that say it, as read, most telling first, with their page offsets."""

    fact: Fact
    subject: str
    object: str
    sentences: tuple[tuple[int, str], ...]


@dataclass(frozen=True, slots=True)
class Explanation:
    """All reasons of a page. `sentences` are `(start, end)` in `text`; `paragraphs` carry their kind and article id."""

    page: Page
    text: str
    sentences: tuple[tuple[int, int], ...]
    paragraphs: tuple[tuple[int, int, str, str | None], ...]
    titles: tuple[tuple[str, str], ...]
    mentions: tuple[MentionReason, ...]
    facts: tuple[FactReason, ...]

    def about(self, name: str) -> Explanation:
        """The same with only what has `name` in it: mentions by surface or entity, facts by either end."""
        mentions = tuple(
            each
            for each in self.mentions
            if name in each.surface or name in each.entity.name or any(name in loser.surface for loser in each.losers)
        )
        facts = tuple(each for each in self.facts if name in each.subject or name in each.object)
        return Explanation(self.page, self.text, self.sentences, self.paragraphs, self.titles, mentions, facts)

    def as_rows(self) -> dict[str, object]:
        """Mentions and facts as plain JSON values, keys in a fixed order."""
        return {
            "doc": self.page.id,
            "date": self.page.issue.date,
            "region": self.page.issue.region,
            "mentions": [_mention_row(each) for each in self.mentions],
            "facts": [_fact_row(each) for each in self.facts],
        }


def _mention_row(reason: MentionReason) -> dict[str, object]:
    mention, entity = reason.mention, reason.entity
    return {
        "start": mention.span.start,
        "end": mention.span.end,
        "text": mention.surface,
        "type": mention.kind.value,
        "rule": mention.rule,
        "family": reason.family,
        "score": mention.score,
        "entity": {"name": entity.name, "subtype": entity.subtype, "code": entity.code, "linked": not reason.nil},
        "path": list(reason.path),
        "candidates": [
            {
                "name": each.name,
                "code": each.code,
                "path": list(each.path),
                "score": each.score,
                "features": dict(each.features),
            }
            for each in reason.candidates
        ],
        "also": list(reason.also),
        "lost": [
            {"text": each.surface, "type": each.kind.value, "rule": each.rule, "score": each.score, "why": each.reason}
            for each in reason.losers
        ],
    }


def _fact_row(reason: FactReason) -> dict[str, object]:
    fact = reason.fact
    return {
        "relation": fact.relation.value,
        "subject": reason.subject,
        "object": reason.object,
        "date": fact.date,
        "source": fact.source,
        "rule": fact.rule,
        "score": fact.score,
        "attributes": dict(fact.attributes),
        "evidence": [{"start": start, "text": text} for start, text in reason.sentences],
    }
