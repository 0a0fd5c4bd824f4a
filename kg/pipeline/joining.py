"""What decisions join, part and rename, over what blocks made without them.

In: decisions and the store, block by block resolved. Out: page entities pointed as decided. What decisions had an effect on
is kept (`seen_moved`, and `effects` of the store), so that the next build takes back what no longer holds and looks at
nothing else.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from kg.decisions import NO_CONSTRAINTS, Constraints, Decisions, Source, bind, partition
from kg.errors import InputError
from kg.model import Entity, Kind
from kg.pipeline.correcting import Corrected
from kg.resolve.entities import merge_entity
from kg.resolve.kept import read_entity, read_event
from kg.resolve.sightings import event_order
from kg.store.prints import Ref
from kg.store.seen import Seen


@dataclass(slots=True)
class Joined:
    """Entities of which something else is said, and pages of which some entity is another one."""

    entities: set[str] = field(default_factory=set)
    pages: set[str] = field(default_factory=set)


class Joining:
    """The decisions of the last time, and those that hold now."""

    def __init__(self, seen: Seen) -> None:
        """Reads what the last decisions had an effect on."""
        self.seen = seen
        self._last = seen.effects()
        self._moved = dict(seen.moved())
        self._constraints = NO_CONSTRAINTS
        self.by_name: dict[str, Constraints] = {}
        """Of each name that decisions join or part, what they say of it."""
        self.corrected_pages: list[str] = self._last.get("pages", [])
        """Pages of which facts were told as decided."""

    @property
    def last_named(self) -> list[str]:
        """Entities that had a name by decision."""
        return list(self._last.get("named", ()))

    @property
    def last_corrected(self) -> list[str]:
        """Entities that decisions on facts had made, changed or taken away."""
        return list(self._last.get("entities", ()))

    def bind(self, decisions: Decisions, source: Source) -> tuple[InputError, ...]:
        """Find what decisions name on the pages as they are now; a line for each that cannot be applied."""
        self._constraints, unbound = bind(decisions, source)
        same: dict[str, list[frozenset[Ref]]] = {}
        apart: dict[str, set[frozenset[Ref]]] = {}
        name_of = {ref: name for ref in self._constraints.refs if (name := self.seen.name_of(ref)) is not None}
        for group in self._constraints.same:
            for name in {name_of[ref] for ref in group if ref in name_of}:
                same.setdefault(name, []).append(group)
        for pair in self._constraints.apart:
            for name in {name_of[ref] for ref in pair if ref in name_of}:
                apart.setdefault(name, set()).add(pair)
        self.by_name = {
            name: Constraints(tuple(same.get(name, ())), frozenset(apart.get(name, ()))) for name in {*same, *apart}
        }
        return unbound

    def touched_names(self) -> set[str]:
        """Names of which decisions say something else than last time."""
        last, now = self._last.get("blocks", {}), self._blocks()
        return {name for name in {*last, *now} if last.get(name) != now.get(name)}

    def _blocks(self) -> dict[str, str]:
        def text(groups: Iterable[Iterable[Ref]]) -> str:
            return json.dumps(sorted(map(sorted, groups)), ensure_ascii=False)

        return {name: text(told.same) + text(told.apart) for name, told in sorted(self.by_name.items())}

    def forget(self, pages: Iterable[str]) -> None:
        """Pages are gone, or are others now."""
        gone = frozenset(pages)
        self._moved = {ref: base for ref, base in self._moved.items() if ref[0] not in gone}

    def settled(self, ids: Iterable[Ref]) -> None:
        """Page entities that were pointed at other entities, which they are without decisions."""
        for ref in ids:
            self._moved.pop(ref, None)

    def join(self) -> Joined:
        """Point page entities as decided, and those of which that no longer holds as they would be without."""
        base = {ref: entity for ref in sorted(self._constraints.refs) if (entity := self.base_of(ref)) is not None}
        moved, left = partition(base, self._constraints)
        wanted = {ref: new for cluster, new in moved.items() for ref in self._refs_of(cluster)} | left
        bases = {ref: entity for ref in wanted if (entity := self.base_of(ref)) is not None}
        back = {ref: entity for ref, entity in self._moved.items() if ref not in wanted}
        joined = Joined()
        events = {entity for entity in (*wanted.values(), *bases.values(), *back.values()) if _is_event(entity)}
        for ref, entity in (wanted | back).items():
            before = self.seen.entity_of(ref)
            if before is not None and before != entity:
                self.seen.point([(ref, entity, not _is_event(entity))])
                joined.entities |= {before, entity}
                joined.pages.add(ref[0])
                events |= {each for each in (before, entity) if _is_event(each)}
        for event in sorted(events):
            self._count_first(event, joined)
        self.seen.set_moved({ref: bases[ref] for ref, entity in wanted.items() if bases[ref] != entity})
        return joined

    def base_of(self, ref: Ref) -> str | None:
        """The entity that a page entity is without decisions that join or part; None where there is no such."""
        return self._moved.get(ref) or self.seen.entity_of(ref)

    def bases_of(self, refs: Sequence[Ref]) -> dict[Ref, str]:
        """As `base_of`, of many at once."""
        return self.seen.entities_of(refs) | {ref: base for ref in refs if (base := self._moved.get(ref))}

    def _refs_of(self, cluster: str) -> list[Ref]:
        moved = [ref for ref, base in self._moved.items() if base == cluster]
        return moved + [ref for ref in self.seen.refs_of(cluster) if ref not in self._moved]

    def _count_first(self, event: str, joined: Joined) -> None:
        """Of the reports of an event, the first one's word counts, whichever cluster it comes from."""
        reports = [
            (read_event(page, id_, said), bool(counted)) for page, id_, said, counted in self.seen.reports(event)
        ]
        reports.sort(key=lambda row: event_order(row[0]))
        wrong = [(each, not at) for at, (each, counted) in enumerate(reports) if counted is not (not at)]
        if wrong:
            self.seen.point(((each.page, each.entity), event, counted) for each, counted in wrong)
            joined.entities.add(event)
            joined.pages.update(each.page for each, _counted in reports)

    def names(self) -> dict[str, str]:
        """The names that people gave, by entity; of several the latest."""
        given: dict[str, tuple[str, str]] = {}
        for ref, name in self._constraints.names.items():
            entity = self.seen.entity_of(ref)
            if entity is not None:
                given[entity] = max(given.get(entity, ("", "")), name)
        return {entity: name for entity, (_made, name) in given.items()}

    def renamed(self, entity: Entity, given: Mapping[str, str]) -> Entity:
        """An entity with the name that people gave it, a post with that of its body (`kg.decisions.renamed`)."""
        name = given.get(entity.id)
        if name is None and entity.kind is Kind.ROLE and entity.org is not None and entity.org in given:
            was = self._read_name(entity.org)
            if entity.name.startswith(was):
                name = given[entity.org] + entity.name[len(was) :]
        if name is None:
            return entity
        return replace(entity, name=name, aliases=tuple(sorted({*entity.aliases, entity.name} - {name})))

    def _read_name(self, entity: str) -> str:
        told = self.seen.told_of(entity)
        if told is None:
            return ""
        kind, org, values = told
        return merge_entity(entity, Kind(kind), [(read_entity(Kind(kind), text), n) for text, n in values], org).name

    def keep(self, named: Iterable[str], corrected: Corrected) -> None:
        """Keep what the decisions have an effect on."""
        self.seen.keep_effects(
            {
                "blocks": self._blocks(),
                "named": sorted(named),
                "entities": sorted(corrected.entities),
                "pages": sorted(corrected.pages),
            }
        )


def _is_event(entity: str) -> bool:
    return entity.startswith("event-")
