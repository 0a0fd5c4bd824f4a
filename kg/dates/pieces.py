"""What the readers of time expressions give back: one point in time, or one stretch of it."""

from __future__ import annotations

from dataclasses import dataclass

from kg.dates.calendar import When


@dataclass(frozen=True, slots=True)
class Piece:
    """A time expression as read up to `end`; `last` closes a stretch that begins with `first`, both None if undated.

    `year_said` where the text itself gives the year; `finer` is what the date drops (下午, 底).
    """

    end: int
    rule: str
    first: When | None = None
    last: When | None = None
    finer: str = ""
    year_said: bool = False
