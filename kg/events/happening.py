"""The plain data that the event reader hands on."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Happening:
    """Something that happened. Participants are (entity id, part) in printed order; visits (person, place, position, day): the
    day is None where the happening's own date says it.

    `evidence` are reading positions, most telling first; `status` is None, or `planned` for what was only announced.
    """

    type: str
    name: str
    date: str | None
    precision: str | None
    participants: tuple[tuple[str, str], ...]
    places: tuple[str, ...]
    visits: tuple[tuple[str, str, int, str | None], ...]
    evidence: tuple[int, ...]
    rule: str
    score: float
    status: str | None = None

    def key(self) -> tuple[str, ...]:
        """What tells this happening from the others of its page."""
        return (self.type, self.date or "", self.name, *(entity for entity, _ in self.participants), *self.places)


@dataclass(slots=True)
class Draft:
    """A happening while its article is read."""

    type: str
    name: str
    rule: str
    score: float
    date: str | None = None
    precision: str | None = None
    parts: dict[str, str] = field(default_factory=dict)
    stops: dict[str, int] = field(default_factory=dict)  # place entity -> reading position that says so
    day: str | None = None  # the day being told of a tour of several days
    days: dict[str, str] = field(default_factory=dict)  # stop -> its day, on such a tour
    region: str | None = None  # 我区召开…: where it was if no place is told; nobody visits it by that
    guests: dict[tuple[str, str], int] = field(default_factory=dict)  # (person, region) of 来我区
    evidence: list[int] = field(default_factory=list)
    people: set[str] = field(default_factory=set)
    still: set[str] = field(default_factory=set)  # people who took part where they are anyway
    local: set[str] = field(default_factory=set)  # people who went along each in his own county (分别在当地陪同)
    follows: Draft | None = None  # whose people this one has, too (座谈 during a tour)
    looked: bool = False  # a tour on which something was looked at; else somebody only went there (赶到现场)
    reported: bool = False  # the reporters' own way: who talks to them has no part in it
    headline: bool = False  # told by a title or kicker, which the text then tells again
    status: str | None = None

    def join(self, entity: str, part: str, *, person: bool) -> None:
        """Add a participant; a stronger part replaces `attend`."""
        if person:
            self.people.add(entity)
        known = self.parts.get(entity)
        if known is None or (known in {"attend"} and part in {"host", "speak", "lead", "accompany"}):
            self.parts[entity] = part
