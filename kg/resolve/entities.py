"""From what each page calls by a name to what holds across pages: entities with ids of their own.

In: what resolution reads of every page (`PageEntities`), and what was decided. Out: a `Resolution`. Places, bodies and
posts are grouped by fixed keys (code, or name and county); people by `kg.resolve.people`, events by
`kg.resolve.repeats`. What people decided (`Constraints`) holds against all of it. Ids hang on content and on the earliest sighting, so that a page added later changes none of them
that it does not concern.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from kg.decisions import NO_CONSTRAINTS, Constraints, Ref, partition, renamed
from kg.model import Entity, Kind, content_id
from kg.resolve.bodies import fixed_id
from kg.resolve.people import group_people
from kg.resolve.repeats import find_copies, first_prints, same_events, told_again
from kg.resolve.sightings import (
    PageEntities,
    SeenArticle,
    SeenEvent,
    Sighting,
    bare_event,
    bare_sighting,
    event_order,
    is_shared_name,
)

_KIND_ORDER = {kind: number for number, kind in enumerate(Kind)}


@dataclass(frozen=True, slots=True)
class Resolution:
    """Entities across pages, and for each (page id, id of a page entity) the entity's id.

    `repeats` has, for each (page id, fact id) that is told again, the page that told it first. `reprints` leads from a
    (page id, article id) to the one that it was printed as first, `copies` to the one that it is most like.
    """

    entities: tuple[Entity, ...]
    ids: Mapping[Ref, str]
    repeats: Mapping[tuple[str, str], str] = field(default_factory=dict)
    reprints: Mapping[tuple[str, str], tuple[str, str]] = field(default_factory=dict)
    copies: Mapping[tuple[str, str], tuple[str, str]] = field(default_factory=dict)


@dataclass(slots=True)
class _Group:
    """Everything that pages say of one entity, counted."""

    names: Counter[str] = field(default_factory=Counter)
    aliases: set[str] = field(default_factory=set)
    values: dict[str, Counter[str]] = field(default_factory=dict)
    linked: bool = False


_COUNTED = ("subtype", "code", "anchor", "title", "track", "rank", "date", "precision", "status")


def resolve_entities(pages: Iterable[PageEntities], *, decisions: Constraints = NO_CONSTRAINTS) -> Resolution:
    """Group the entities of pages into entities across pages.

    Args:
        pages: in any order, each page once.
        decisions: what people say is one and is not, and what it is called; it holds against anything else.

    Returns:
        Entities sorted by kind and id; every page entity has an id in `ids`.

    Raises:
        ValueError: a role names an organisation that its page does not have.
    """
    seen = _Seen(decisions)
    for page in pages:
        seen.add(page)
    return seen.resolve()


def person_ids(sightings: Iterable[Sighting], decisions: Constraints = NO_CONSTRAINTS) -> dict[Ref, str]:
    """The ids of the people of one name: a block that needs no other, so that a new page asks for its names' blocks only.

    Args:
        sightings: all of the name, in any order.
        decisions: what joins or parts sightings of the name; names that a decision makes one are joined afterwards.
    """
    ids: dict[Ref, str] = {}
    shared = []
    for sighting in sightings:
        if sighting.county is not None and is_shared_name(sighting.name):
            shared.append(sighting)
        else:
            # Nothing tells a masked name, or one that no county is known of, from its like on another page.
            ids[sighting.ref] = content_id("person", sighting.name, sighting.county, sighting.page, sighting.entity)
    same = {ref: min(group) for group in decisions.same for ref in group}
    taken: set[str] = set()
    for group in group_people(shared, same=same, apart=decisions.apart):
        first = group[0]
        entity_id = content_id("person", first.name, first.county)
        if entity_id in taken:  # the earliest of namesakes keeps the short id: later pages leave it alone
            entity_id = content_id("person", first.name, first.county, first.page, first.entity)
        taken.add(entity_id)
        ids.update((sighting.ref, entity_id) for sighting in group)
    return ids


def event_ids(events: Iterable[SeenEvent], reprints: Mapping[tuple[str, str], tuple[str, str]]) -> dict[Ref, str]:
    """The ids of events: each has that of its first report.

    Events of one county, type and day are a block, and those of a reprint with those of its first print.
    """
    ids: dict[Ref, str] = {}
    for happening in same_events(events, reprints):
        entity_id = content_id("event", happening[0].page, happening[0].entity)
        ids.update(((event.page, event.entity), entity_id) for event in happening)
    return ids


class _Seen:
    """Collects pages, then resolves kind by kind: a post's id hangs on its body's, so posts come last."""

    def __init__(self, decisions: Constraints) -> None:
        self.decisions = decisions
        self.base: dict[Ref, str] = {}
        self.entities: dict[Ref, Entity] = {}
        self.people: dict[str, list[Sighting]] = {}
        self.events: list[SeenEvent] = []
        self.articles: list[SeenArticle] = []

    def add(self, page: PageEntities) -> None:
        """Take in a page."""
        sightings = {sighting.entity: sighting for sighting in page.people}
        events = {event.entity: event for event in page.events}
        for entity in page.entities:
            ref = page.page, entity.id
            self.entities[ref] = entity
            match entity.kind:
                case Kind.PERSON:
                    sighting = sightings.get(entity.id) or bare_sighting(page, entity)
                    self.people.setdefault(entity.name, []).append(sighting)
                case Kind.EVENT:
                    self.events.append(events.get(entity.id) or bare_event(page, entity))
                case Kind.PLACE | Kind.ORG:
                    self.base[ref] = fixed_id(page.issue, entity)
        self.articles += page.articles

    def resolve(self) -> Resolution:
        """What the pages make together."""
        for name in sorted(self.people):
            self.base |= person_ids(self.people[name], self.decisions)
        copies = find_copies(self.articles)
        reprints = first_prints(copies)
        self.base |= event_ids(self.events, reprints)
        ids = self._decided()
        orgs = self._resolve_roles(ids)
        told: dict[str, list[SeenEvent]] = {}
        for event in self.events:
            told.setdefault(ids[event.page, event.entity], []).append(event)
        happenings = sorted(
            (tuple(sorted(events, key=event_order)) for events in told.values()),
            key=lambda happening: event_order(happening[0]),
        )
        entities = self._merged(ids, orgs, happenings)
        repeats = told_again(happenings, self.articles, reprints)
        return Resolution(renamed(entities, ids, self.decisions.names), ids, repeats, reprints, copies)

    def _decided(self) -> dict[Ref, str]:
        """The ids of everything but posts, as decided."""
        named = self.decisions.refs
        moved, left = partition({ref: self.base[ref] for ref in sorted(named & self.base.keys())}, self.decisions)
        if not moved and not left:
            return dict(self.base)
        return {ref: left.get(ref) or moved.get(entity_id, entity_id) for ref, entity_id in self.base.items()}

    def _resolve_roles(self, ids: dict[Ref, str]) -> dict[str, str]:
        """Give posts their ids; returns the body of each."""
        orgs: dict[str, str] = {}
        for ref, entity in self.entities.items():
            if entity.kind is not Kind.ROLE:
                continue
            org = None
            if entity.org is not None:
                org = ids.get((ref[0], entity.org))
                if org is None:
                    raise ValueError(f"page {ref[0]}: {entity.id} names no entity {entity.org}")
            ids[ref] = content_id("role", entity.title or entity.name, org)
            if org is not None:
                orgs[ids[ref]] = org
        return orgs

    def _merged(
        self, ids: Mapping[Ref, str], orgs: Mapping[str, str], happenings: Iterable[tuple[SeenEvent, ...]]
    ) -> list[Entity]:
        # A second report, or a reprint of another year, does not change when it happened: the first one's word counts.
        later = {(event.page, event.entity) for happening in happenings for event in happening[1:]}
        groups: dict[tuple[Kind, str], _Group] = {}
        for ref, entity in self.entities.items():
            if ref not in later:
                _count(groups.setdefault((entity.kind, ids[ref]), _Group()), entity)
        entities = [_merged(kind, id_, group, orgs.get(id_)) for (kind, id_), group in groups.items()]
        return sorted(entities, key=lambda entity: (_KIND_ORDER[entity.kind], entity.id))


def merge_entity(entity_id: str, kind: Kind, told: Iterable[tuple[Entity, int]], org: str | None) -> Entity:
    """One entity across pages, of what page entities say of it and how often; `org` is the body of a post."""
    group = _Group()
    for entity, times in told:
        _count(group, entity, times)
    return _merged(kind, entity_id, group, org)


def _count(group: _Group, entity: Entity, times: int = 1) -> None:
    group.names[entity.name] += times
    group.aliases.update(entity.aliases)
    group.linked |= entity.linked
    for name in _COUNTED:
        value = getattr(entity, name)
        if value is not None:
            group.values.setdefault(name, Counter())[value] += times


def _most_told(counter: Counter[str] | None) -> str | None:
    """The most frequent value; among equals the longest, then the first by code points."""
    if not counter:
        return None
    return min(counter, key=lambda value: (-counter[value], -len(value), value))


def _merged(kind: Kind, entity_id: str, group: _Group, org: str | None) -> Entity:
    name = _most_told(group.names) or ""
    told = {key: _most_told(group.values.get(key)) for key in _COUNTED}
    return Entity(
        id=entity_id,
        kind=kind,
        name=name,
        aliases=tuple(sorted((group.aliases | set(group.names)) - {name})),
        linked=group.linked,
        org=org,
        **told,
    )
