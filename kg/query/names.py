"""From what a user calls something to the entity that is meant: an id, a name, a qualified name, or an entity.

A name that several entities bear is never guessed: the error lists them with what tells them apart.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence

from kg.errors import InputError
from kg.model import Entity, Kind
from kg.query.nearest import nearest
from kg.query.territory import Territory

Named = str | Entity
"""What a question takes for a person, place or post: a Chinese name, an id, or an entity of the same store."""

PERSON = (Kind.PERSON,)
PLACE = (Kind.PLACE, Kind.ORG)
ROLE = (Kind.ROLE,)
EVENT = (Kind.EVENT,)

_WORDS = {
    PERSON: ("person", "people"),
    PLACE: ("place or organisation", "places or organisations"),
    ROLE: ("post", "posts"),
    EVENT: ("event", "events"),
}
_MOST_LISTED = 8


class UnknownName(InputError):  # noqa: N818 # named for what is wrong, as users write it in except
    """Nothing has that name; `suggestions` are the nearest names, best first."""

    def __init__(self, asked: str, what: str, suggestions: tuple[str, ...]) -> None:
        """`what` is what was looked for: person, post, …"""
        self.suggestions = suggestions
        hint = f"did you mean {', '.join(suggestions)}?" if suggestions else "kg search finds words in the pages"
        super().__init__(f"no {what} is called {asked!r}", hint=hint)


class AmbiguousName(InputError):  # noqa: N818 # the same
    """Several entities have that name; `candidates` are they, `described` what tells them apart, in the same order."""

    def __init__(self, asked: str, what: str, candidates: Sequence[Entity], described: Sequence[str]) -> None:
        """`what` is a plural: people, posts, …"""
        self.candidates = tuple(candidates)
        self.described = tuple(described)
        listed = "; ".join(described[:_MOST_LISTED]) + ("; …" if len(described) > _MOST_LISTED else "")
        super().__init__(f"{len(candidates)} {what} are called {asked!r}", hint=f"give the id of one: {listed}")


class Names:
    """Entities by id, name and other names."""

    def __init__(self, entities: Sequence[Entity], territory: Territory, describe: Callable[[int], str]) -> None:
        """`describe` says in a few words what tells an entity from its namesakes."""
        self._entities = entities
        self._territory = territory
        self._describe = describe
        self._ids = {entity.id: row for row, entity in enumerate(entities)}
        self._names: dict[str, list[int]] = {}
        self._aliases: dict[str, list[int]] = {}
        self._titles: dict[str, list[int]] = {}
        for row, entity in enumerate(entities):
            if entity.kind is Kind.EVENT:
                continue  # thousands are called 调研; they are found by their id
            self._names.setdefault(entity.name, []).append(row)
            for alias in entity.aliases:
                self._aliases.setdefault(alias, []).append(row)
            if entity.title:
                self._titles.setdefault(entity.title, []).append(row)

    def one(self, asked: Named, kinds: tuple[Kind, ...]) -> int:
        """The row of the entity meant.

        Raises:
            UnknownName: there is none.
            AmbiguousName: there are several.
        """
        found = self.find(asked, kinds)
        name = asked if isinstance(asked, str) else asked.id
        if len(found) > 1:
            raise AmbiguousName(
                name,
                _words(kinds)[1],
                [self._entities[row] for row in found],
                [self._describe(row) for row in found],
            )
        if not found:
            raise UnknownName(name, _words(kinds)[0], self._suggest(name, kinds))
        return found[0]

    def roles(self, asked: Named) -> list[int]:
        """Posts: one by id or full name (柯城区委书记), or all with a bare title (区长).

        Raises:
            UnknownName: there is none.
        """
        found = self.find(asked, ROLE)
        name = asked if isinstance(asked, str) else asked.id
        if not found:
            found = self._titles.get(name, [])
        if not found:
            raise UnknownName(name, _words(ROLE)[0], self._suggest(name, ROLE))
        return found

    def find(self, asked: Named, kinds: Collection[Kind]) -> list[int]:
        """All entities that may be meant, in the order of ids: by id, else by name, else by another name, else by a
        name with what it lies in put before it (柯城区石梁镇)."""
        if isinstance(asked, Entity):
            asked = asked.id
        asked = asked.strip()
        if asked in self._ids:
            row = self._ids[asked]
            return [row] if self._entities[row].kind in kinds else []
        for index in (self._names, self._aliases):
            if found := self._of(index.get(asked, ()), kinds):
                return found
        return self._qualified(asked, kinds)

    def _of(self, rows: Iterable[int], kinds: Collection[Kind]) -> list[int]:
        return sorted({row for row in rows if self._entities[row].kind in kinds})

    def _qualified(self, asked: str, kinds: Collection[Kind]) -> list[int]:
        """Names with a place before them; the shortest place before that fits anything decides."""
        for at in range(2, len(asked)):
            before, name = asked[:at], asked[at:]
            rows = self._of((*self._names.get(name, ()), *self._aliases.get(name, ())), kinds)
            if fitting := [row for row in rows if self._lies_in(row, before)]:
                return fitting
        return []

    def _lies_in(self, row: int, words: str) -> bool:
        """Whether `words` are names of what an entity lies in, from the outside in (浙江省柯城区)."""
        chain = self._territory.chain(row)
        for entity in (self._entities[above] for above in reversed(chain)):
            name = max((n for n in (entity.name, *entity.aliases) if words.startswith(n)), key=len, default="")
            words = words[len(name) :]
        return not words

    def _suggest(self, name: str, kinds: tuple[Kind, ...]) -> tuple[str, ...]:
        there = [
            called
            for entity in self._entities
            if entity.kind in kinds
            for called in (entity.name, *entity.aliases, *((entity.title,) if entity.title and kinds == ROLE else ()))
        ]
        return nearest(name, there, person=kinds == PERSON)


def _words(kinds: tuple[Kind, ...]) -> tuple[str, str]:
    return _WORDS.get(kinds, ("thing", "things"))
