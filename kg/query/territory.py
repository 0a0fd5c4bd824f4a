"""What lies inside a place, and which township and county a place lies in.

Two things say so: the facts PART_OF and LOCATED_IN, and the official codes (330802101232 lies in 330802101). Where they
form a circle, each lies in the other and nothing runs for ever.
"""

from __future__ import annotations

from bisect import bisect_left

import numpy as np

from kg.model import Kind, Relation
from kg.query.columns import RELATION_NUMBER, Columns, Grouped, Rows

_LEVEL_DIGITS = {"township": 9, "county": 6}


class Territory:
    """The containment of places and organisations, by entity row."""

    def __init__(self, columns: Columns) -> None:
        """Index the hierarchy; nothing is walked before it is asked for."""
        self._entities = columns.entities
        wanted = [RELATION_NUMBER[Relation.PART_OF], RELATION_NUMBER[Relation.LOCATED_IN]]
        self._subject, self._object = columns.subject, columns.object
        said = np.flatnonzero(np.isin(columns.relation, wanted)).tolist()
        edges = np.array([fact for fact in said if not self._upside_down(fact)], dtype=np.int64)
        self._below = Grouped(columns.object, len(columns.entities), edges)
        self._above = Grouped(columns.subject, len(columns.entities), edges)
        self._by_code = sorted(
            (entity.code, row)
            for row, entity in enumerate(columns.entities)
            if entity.code and entity.kind is Kind.PLACE
        )
        self._row_of_code = dict(self._by_code)
        self._inside: dict[int, Rows] = {}
        self._levels: dict[tuple[int, str], int | None] = {}

    def inside(self, place: int) -> Rows:
        """The place itself and everything in it, ascending rows."""
        known = self._inside.get(place)
        if known is None:
            seen = {place}
            waiting = [place]
            while waiting:
                at = waiting.pop()
                below = {*self._subject[self._below[at]].tolist(), *self._coded_below(at)} - seen
                seen |= below
                waiting.extend(below)
            known = self._inside[place] = np.array(sorted(seen), dtype=np.int64)
        return known

    def level(self, place: int, level: str) -> int | None:
        """The township or county that a place or organisation lies in (itself, if it is one), or None.

        Args:
            level: `township` or `county`.
        """
        key = place, level
        if key not in self._levels:
            self._levels[key] = self._find(place, level)
        return self._levels[key]

    def chain(self, entity: int) -> tuple[int, ...]:
        """What an entity lies in, from near to far, without itself; of two parents the one with the longer code."""
        found: list[int] = []
        at: int | None = entity
        while at is not None:
            at = next((each for each in self._parents(at) if each != entity and each not in found), None)
            if at is not None:
                found.append(at)
        return tuple(found)

    def _upside_down(self, fact: int) -> bool:
        """Whether a page was read as if a division lay in a part of itself: 柯城区 in 石梁镇 would be all of 柯城区."""
        inner, outer = self._entities[self._subject[fact]].code, self._entities[self._object[fact]].code
        return inner is not None and outer is not None and outer.startswith(inner)

    def _parents(self, row: int) -> list[int]:
        code = self._entities[row].code or ""
        coded = (self._row_of_code.get(code[:size]) for size in (9, 6, 4, 2) if size < len(code))
        said = {*self._object[self._above[row]].tolist(), *(each for each in coded if each is not None)}
        return sorted(said, key=lambda each: (-len(self._entities[each].code or ""), self._entities[each].id))

    def _coded_below(self, row: int) -> list[int]:
        entity = self._entities[row]
        if not entity.code or entity.kind is not Kind.PLACE:
            return []
        first = bisect_left(self._by_code, (entity.code, -1))
        last = bisect_left(self._by_code, (entity.code + "~", -1))
        return [below for _, below in self._by_code[first:last]]

    def _find(self, place: int, level: str) -> int | None:
        for row in (place, *self.chain(place)):
            entity = self._entities[row]
            if entity.subtype == level and entity.kind is Kind.PLACE:
                return row
            code = (entity.code or "")[: _LEVEL_DIGITS[level]]
            if len(code) == _LEVEL_DIGITS[level] and code in self._row_of_code:
                return self._row_of_code[code]
        return None
