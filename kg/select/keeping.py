"""Which facts stay when a part is chosen, and the part that they make."""

from __future__ import annotations

from array import array
from collections.abc import Mapping
from dataclasses import replace

from kg.knowledge import Knowledge, changed_records
from kg.model import Entity, Fact, Kind, Page, PageRecord

_FACTS = 1 << 20
"""More facts than a page has."""


class Kept:
    """Which facts of which pages stay, and what they name.

    Facts are told by their place on their page and are not held: an archive has millions of them.
    """

    def __init__(self, entities: Mapping[str, Entity], kinds: frozenset[Kind]) -> None:
        """`kinds`: of entities that may stay; none is all."""
        self._entities, self._kinds = entities, kinds
        self.cited: set[str] = set()
        self._named: set[str] = set()
        self._bits: dict[str, int] = {}
        self._pages: list[str] = []
        self._inside: dict[str, array[int]] = {}
        self._around: dict[str, set[str]] = {}
        self._cited_inside: dict[int, tuple[str, ...]] = {}

    def add(self, page: Page, at: int, fact: Fact) -> None:
        """Keep the fact that stands there, and the pages that say it."""
        self._add(page.id, at)
        self.cited.update(provenance.page for provenance in fact.evidence)
        named = (fact.subject, fact.object, *(value for _key, value in fact.attributes if isinstance(value, str)))
        self._named.update(self._entities[name].id for name in named if name in self._entities)

    def add_inside(self, page: Page, at: int, fact: Fact) -> None:
        """Note that something lies inside something else: kept if `climb` comes by."""
        if not self._pages or self._pages[-1] != page.id:
            self._pages.append(page.id)
        where = (len(self._pages) - 1) * _FACTS + at
        self._inside.setdefault(fact.subject, array("Q")).append(where)
        self._around.setdefault(fact.subject, set()).add(self._entities[fact.object].id)
        elsewhere = {provenance.page for provenance in fact.evidence} - {page.id}
        if elsewhere:
            self._cited_inside[where] = tuple(elsewhere)

    def names(self) -> set[str]:
        """Entities that kept facts name, with the organisations of posts and the events of visits."""
        entities, kinds = self._entities, self._kinds
        names = self._named | {
            org for name in self._named if (org := entities[name].org) is not None and org in entities
        }
        return {name for name in names if not kinds or entities[name].kind in kinds}

    def climb(self, names: set[str]) -> None:
        """Keep what says where the entities named lie, level by level, and add what is around them to `names`."""
        waiting = sorted(names)
        while waiting:
            name = waiting.pop()
            for where in self._inside.get(name, ()):
                number, at = divmod(where, _FACTS)
                self._add(self._pages[number], at)
                self.cited.update(self._cited_inside.get(where, ()))
            for around in self._around.get(name, ()):
                if around not in names and (not self._kinds or self._entities[around].kind in self._kinds):
                    names.add(around)
                    waiting.append(around)

    def stays(self, page: str, at: int) -> bool:
        """Whether a fact is kept."""
        return bool(self._bits.get(page, 0) >> at & 1)

    @property
    def pages(self) -> set[str]:
        """The pages of kept facts, and those that say them."""
        return self.cited | self._bits.keys()

    def _add(self, page: str, at: int) -> None:
        self._bits[page] = self._bits.get(page, 0) | 1 << at


def cut(knowledge: Knowledge, names: set[str], kept: Kept, *, whole_pages: bool) -> Knowledge:
    """The part of `knowledge` with these entities and facts.

    Args:
        whole_pages: pages that say nothing of it stay too.
    """
    dropped = {entity.id for entity in knowledge.entities} - names

    def left(record: PageRecord) -> PageRecord:
        links = tuple(link for link in record.links if link.entity in names)
        linked = {link.mention for link in links}
        return replace(
            record,
            links=links,
            mentions=tuple(mention for mention in record.mentions if mention.id in linked),
            facts=tuple(
                _without(fact, dropped) for at, fact in enumerate(record.facts) if kept.stays(record.page.id, at)
            ),
        )

    entities = tuple(
        replace(entity, org=None) if entity.org in dropped else entity
        for entity in knowledge.entities
        if entity.id in names
    )
    pages = None if whole_pages else kept.pages
    return Knowledge(entities, changed_records(knowledge.records, left, pages=pages))


def _without(fact: Fact, dropped: set[str]) -> Fact:
    """The fact without attributes that name what was left out."""
    if not any(value in dropped for _key, value in fact.attributes):
        return fact
    return replace(fact, attributes=tuple(pair for pair in fact.attributes if pair[1] not in dropped))
