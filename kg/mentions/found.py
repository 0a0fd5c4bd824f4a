"""What finders find, and which of two overlapping finds is kept.

The policy, in this order: (1) rank of the finder (see `RANKS`), (2) length, (3) score, (4) position. A find that
overlaps a kept one is dropped, whatever it says; nested names never come out of here, because finders that know of
nesting (石梁镇 + 白云村) write two adjoining finds themselves.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from kg.model import Kind

# Higher wins. A registered name beats the place at its head; a place of the gazetteer beats a person who shares
# its characters; a person named by a post beats a short place name; what only the tagger saw comes last.
RANKS = {
    "own": 10,  # rows of a user's folder: they win over everything, whatever a finder of ours thinks
    "byline": 9,
    "organ": 8,
    "name": 7,
    "quoted": 7,
    "listed": 6,
    "division": 6,
    "person": 5,
    "known": 4,
    "weak": 4,
    "short": 3,
    "tagger": 2,
    "deictic": 1,
}


@dataclass(frozen=True, slots=True)
class Found:
    """One find on a sheet; `start`/`end` are reading positions.

    `codes` are the divisions it may be (for places) or whose body it is (for organs). `name` is a fuller name where
    the finder knows one (区教育局 → 柯城区教育局). `family` is the rank group of `RANKS`.
    """

    start: int
    end: int
    kind: Kind
    subtype: str | None
    family: str
    rule: str
    score: float
    codes: tuple[str, ...] = ()
    name: str | None = None


def resolve_overlaps(finds: Iterable[Found]) -> list[Found]:
    """The finds that stand, by the policy above, sorted by position.

    >>> a = Found(0, 4, Kind.PLACE, "county", "division", "r", 0.9)
    >>> b = Found(0, 6, Kind.ORG, "government", "organ", "r", 0.9)
    >>> [f.end for f in resolve_overlaps([a, b])]
    [6]
    """
    kept: list[Found] = []
    taken: set[int] = set()
    ordered = sorted(
        finds, key=lambda f: (-RANKS[f.family], f.start - f.end, -f.score, f.start, f.kind, f.rule, f.codes)
    )
    for find in ordered:
        span = range(find.start, find.end)
        if not any(at in taken for at in span):
            taken.update(span)
            kept.append(find)
    return sorted(kept, key=lambda f: f.start)
