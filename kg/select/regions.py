"""What a region is called, and where facts happen."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from difflib import get_close_matches

from kg.errors import InputError
from kg.knowledge import Knowledge, facts_alone
from kg.model import Entity, Fact, Kind, Page, Relation

GEOGRAPHY = (Relation.PART_OF, Relation.LOCATED_IN)


def find_region(entities: Iterable[Entity], region: str) -> str:
    """The significant digits of a region's division code, given as code or as name.

    Raises:
        InputError: no place with a code is called so, or several are.
    """
    wanted = region.strip()
    if re.fullmatch(r"[0-9]{2}|[0-9]{4}|[0-9]{6}|[0-9]{9}|[0-9]{12}", wanted):
        return significant(wanted)
    coded = {entity.code: entity for entity in entities if entity.kind is Kind.PLACE and entity.code}
    exact = {code for code, place in coded.items() if wanted == place.name or wanted in place.aliases}
    found = sorted(exact or {code for code, place in coded.items() if _is_path(wanted, place, coded)})
    if len(found) == 1:
        return significant(found[0])
    if found:
        choices = ", ".join(f"{code} {coded[code].name}" for code in found[:5])
        raise InputError(f"several places are called {wanted!r}", hint=f"give the code: {choices}")
    near = get_close_matches(wanted, sorted({place.name for place in coded.values()}), n=3, cutoff=0.4)
    hint = f"did you mean {', '.join(near)}?" if near else "give a name that the pages print, or a division code"
    raise InputError(f"no region {wanted!r} among these pages", hint=hint)


def significant(code: str) -> str:
    """A division code without the zeros that only fill it up, so that everything inside begins with it.

    >>> significant("330000"), significant("330800"), significant("330802"), significant("330802005000")
    ('33', '3308', '330802', '330802005')
    """
    for size, fill in ((12, 3), (9, 3), (6, 2), (4, 2)):
        if len(code) == size and code.endswith("0" * fill):
            code = code[:-fill]
    return code


def _is_path(words: str, place: Entity, coded: Mapping[str, Entity]) -> bool:
    """Whether 浙江省衢州市柯城区 names a place: its own name last, before it nothing but names of what contains it."""
    if words == place.name or not words.endswith(place.name):
        return False
    rest = words.removesuffix(place.name)
    code = significant(place.code or "")
    above = [other for key, other in sorted(coded.items()) if key != place.code and code.startswith(significant(key))]
    for other in sorted(above, key=lambda other: len(significant(other.code or ""))):
        rest = rest.removeprefix(other.name)
    return not rest


class Spots:
    """Where facts happen, as division codes without fill."""

    def __init__(self, knowledge: Knowledge, entities: Mapping[str, Entity]) -> None:
        """`entities` are those of `knowledge`, by id."""
        self.entities = entities
        self.inside: dict[str, dict[str, None]] = {}
        self.scenes: dict[str, dict[str, None]] = {}
        for record in facts_alone(knowledge):
            for fact in record.facts:
                if fact.relation in GEOGRAPHY:
                    self.inside.setdefault(fact.subject, {})[fact.object] = None
                elif fact.relation is Relation.TOOK_PLACE_AT:
                    self.scenes.setdefault(fact.subject, {})[fact.object] = None
        self.known: dict[str, frozenset[str]] = {}

    def of(self, page: Page, fact: Fact) -> frozenset[str]:
        """Codes of the places that a fact is about; the newspaper's own region where it names none."""
        about = fact.subject if fact.relation in (*GEOGRAPHY, Relation.TOOK_PLACE_AT) else fact.object
        found = self.codes(about, ())
        if not found and page.issue.region_code:
            return frozenset((significant(page.issue.region_code),))
        return found

    def codes(self, entity_id: str, seen: tuple[str, ...]) -> frozenset[str]:
        """Codes of an entity, or of what contains it."""
        if entity_id in self.known:
            return self.known[entity_id]
        entity = self.entities.get(entity_id)
        if entity is None or entity_id in seen:
            return frozenset()
        if entity.kind is Kind.PLACE and entity.code:
            found = frozenset((significant(entity.code),))
        else:
            ways = (*self.scenes.get(entity_id, ()), *self.inside.get(entity_id, ()), *filter(None, (entity.org,)))
            parts = [self.codes(other, (*seen, entity_id)) for other in ways]
            found = frozenset().union(*parts)
            if not found and entity.anchor:
                found = frozenset((significant(entity.anchor),))
        if not seen:  # within a circle of names only the outermost answer is whole
            self.known[entity_id] = found
        return found
