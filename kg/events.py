"""placeholder"""
from __future__ import annotations
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Happening:
    """A happening."""

    type: str
    name: str
    date: str | None
    precision: str | None
    participants: tuple[tuple[str, str], ...]
    places: tuple[str, ...]
    visits: tuple[tuple[str, str, int], ...]
    evidence: tuple[int, ...]
    rule: str
    score: float
    status: str | None = None

    def key(self) -> tuple[str, ...]:
        return (self.type, self.date or "", self.name, *(e for e, _ in self.participants), *self.places)
