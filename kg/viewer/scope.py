"""What of all that is known a page holds, so that it can say so: a reader must not take a part for the whole."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from kg.model import Page


@dataclass(frozen=True, slots=True)
class Scope:
    """A choice that was made before the page was written, in the words it was made in.

    `n_left_out` facts are not on the page. `held` are the pages whose silence means something, also those that no fact
    of this page rests on; None means those given with the facts.
    """

    since: str | None = None
    until: str | None = None
    region: str | None = None
    people: tuple[str, ...] = ()
    min_score: float = 0.0
    n_left_out: int = 0
    redacted: bool = False
    neighbourhood: bool = False
    held: Sequence[Page] | None = None

    def columns(self) -> dict[str, Any]:
        """What the page shows of it; empty where it holds everything by full name."""
        told = {
            "since": self.since,
            "until": self.until,
            "region": self.region,
            "people": list(self.people),
            "minScore": self.min_score,
            "leftOut": self.n_left_out,
            "redacted": self.redacted,
            "neighbourhood": self.neighbourhood,
        }
        return {name: value for name, value in told.items() if value}
