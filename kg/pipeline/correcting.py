"""Facts as people decided them, laid over the store: `kg.decisions.correct`, of the pages that decisions name.

In: a store that was resolved. Out: its tables of facts that are hidden and told instead, and entities that are new, changed
or gone. What is named is looked up; nothing is read of other pages.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass

from kg.decisions import Decisions, Ref, Source, correct
from kg.errors import InputError
from kg.model import Entity, PageRecord
from kg.resolve import Resolution, Retold, point_at
from kg.store import Store
from kg.store.seen import Seen


@dataclass(frozen=True, slots=True)
class Corrected:
    """What decisions on facts had an effect on, and a line for each that cannot be applied."""

    pages: frozenset[str]
    entities: frozenset[str]
    problems: tuple[InputError, ...]


def correct_facts(store: Store, seen: Seen, decisions: Decisions, source: Source) -> Corrected:
    """Lay decisions on facts over a store in which none are, or none any more."""

    def point(record: PageRecord) -> PageRecord:
        page = record.page.id
        hidden, facts = store.told_instead(page)
        return point_at(record, Resolution((), seen.ids(page)), Retold({page: hidden}, {page: facts}))

    corrections, problems = correct(decisions, source, _Ids(seen), _Entities(seen), point, naming=_Naming(seen))
    pages = frozenset((*corrections.hidden, *corrections.facts))
    seen.delete_entities(sorted(corrections.gone))
    for entity in corrections.entities.values():
        seen.write_entity(entity)
    for page in sorted(pages):
        hidden = corrections.hidden.get(page, frozenset())
        kept = [fact for fact in store.told_instead(page)[1] if fact.id not in hidden]
        seen.told.decide(page, hidden, (*kept, *corrections.facts.get(page, ())))
    return Corrected(pages, corrections.gone | frozenset(corrections.entities), problems)


class _Ids(Mapping[Ref, str]):
    """The entity of each page entity, looked up."""

    def __init__(self, seen: Seen) -> None:
        self._seen = seen

    def __getitem__(self, ref: Ref) -> str:
        entity = self._seen.entity_of(ref)
        if entity is None:
            raise KeyError(ref)
        return entity

    def __iter__(self) -> Iterator[Ref]:
        raise NotImplementedError("asked for all page entities of an archive")

    def __len__(self) -> int:
        raise NotImplementedError("asked for all page entities of an archive")


class _Entities(Mapping[str, Entity]):
    """Entities by id, looked up."""

    def __init__(self, seen: Seen) -> None:
        self._seen = seen

    def __getitem__(self, entity_id: str) -> Entity:
        entity = self._seen.entity(entity_id)
        if entity is None:
            raise KeyError(entity_id)
        return entity

    def __iter__(self) -> Iterator[str]:
        raise NotImplementedError("asked for all entities of an archive")

    def __len__(self) -> int:
        raise NotImplementedError("asked for all entities of an archive")


@dataclass(frozen=True, slots=True)
class _Naming:
    """The pages that name some entities."""

    seen: Seen

    def __call__(self, entities: Collection[str]) -> list[tuple[str, str]]:
        return sorted({(page, entity) for entity in entities for page, _id in self.seen.refs_of(entity)})
