"""From what each page calls by a name to what holds across pages: entities with ids of their own.

In: what resolution reads of every page (`PageEntities`), and what was decided. Out: a `Resolution`. Places, bodies and
posts are grouped by fixed keys (code, or name and county); people by `kg.resolve.people`, events by
`kg.resolve.repeats`. Ids hang on content and on the earliest sighting, so that a page added later changes none of them
that it does not concern.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from kg.model import Entity, Kind, content_id
from kg.resolve.constraints import NO_CONSTRAINTS, Constraints, Ref, Unions, parted, united
from kg.resolve.people import group_people
from kg.resolve.repeats import find_reprints, same_events, told_again
from kg.resolve.sightings import PageEntities, SeenArticle, SeenEvent, Sighting, county, is_shared_name

_KIND_ORDER = {kind: number for number, kind in enumerate(Kind)}


@dataclass(frozen=True, slots=True)
class Resolution:
    """Entities across pages, and for each (page id, id of a page entity) the entity's id.

    `repeats` has, for each (page id, fact id) that is told again, the page that told it first. `reprints` leads from a
    (page id, article id) to the one that it was printed as first.
    """

    entities: tuple[Entity, ...]
    ids: Mapping[Ref, str]
    repeats: Mapping[tuple[str, str], str] = field(default_factory=dict)
    reprints: Mapping[tuple[str, str], tuple[str, str]] = field(default_factory=dict)


@dataclass(slots=True)
class _Group:
    """Everything that pages say of one entity, counted."""

    names: Counter[str] = field(default_factory=Counter)
    aliases: set[str] = field(default_factory=set)
    values: dict[str, Counter[str]] = field(default_factory=dict)
    linked: bool = False


_COUNTED = ("subtype", "code", "anchor", "title", "track", "rank", "date", "precision", "status")


def resolve_entities(pages: Iterable[PageEntities], *, constraints: Constraints = NO_CONSTRAINTS) -> Resolution:
    """Group the entities of pages into entities across pages.

    Args:
        pages: in any order, each page once.
        constraints: what a person decided.

    Returns:
        Entities sorted by kind and id; every page entity has an id in `ids`.

    Raises:
        ValueError: a role names an organisation that its page does not have.
    """
    seen = _Seen(constraints)
    for page in pages:
        seen.add(page)
    return seen.resolve()


class _Seen:
    """Collects pages, then resolves kind by kind: a post's id hangs on its body's, so posts come last."""

    def __init__(self, constraints: Constraints) -> None:
        self.together = united(constraints.together)
        self.apart = tuple(parted(constraints))
        self.decided = frozenset(ref for group in (*constraints.together, *constraints.apart) for ref in group)
        self.ids: dict[Ref, str] = {}
        self.groups: dict[tuple[Kind, str], _Group] = {}
        self.roles: list[tuple[str, Entity]] = []
        self.people: dict[str, list[tuple[Sighting, Entity]]] = {}
        self.events: list[SeenEvent] = []
        self.event_entities: dict[Ref, Entity] = {}
        self.articles: list[SeenArticle] = []
        self.fixed: dict[Ref, tuple[Entity, str]] = {}

    def add(self, page: PageEntities) -> None:
        """Take in a page."""
        sightings = {sighting.entity: sighting for sighting in page.people}
        events = {event.entity: event for event in page.events}
        for entity in page.entities:
            ref = page.page, entity.id
            match entity.kind:
                case Kind.ROLE:
                    self.roles.append((page.page, entity))
                case Kind.PERSON:
                    sighting = sightings.get(entity.id) or _bare(page, entity)
                    self.people.setdefault(entity.name, []).append((sighting, entity))
                case Kind.EVENT:
                    self.event_entities[ref] = entity
                    self.events.append(events.get(entity.id) or _bare_event(page, entity))
                case Kind.PLACE | Kind.ORG:
                    entity_id = (
                        f"place-{entity.code}"
                        if entity.kind is Kind.PLACE and entity.code
                        else content_id(entity.kind.value.lower(), entity.name, county(page.issue, entity))
                    )
                    if ref in self.decided:
                        self.fixed[ref] = entity, entity_id
                    else:
                        self._put(ref, entity, entity_id)
        self.articles += page.articles

    def resolve(self) -> Resolution:
        """What the pages make together."""
        self._resolve_decided()
        for block in self._name_blocks():
            self._resolve_people(block)
        reprints = find_reprints(self.articles)
        happenings = same_events(self.events, reprints, together=self.together, apart=self.apart)
        for happening in happenings:
            self._resolve_event(happening)
        orgs = self._resolve_roles()
        entities = [_merged(kind, id_, group, orgs.get(id_)) for (kind, id_), group in self.groups.items()]
        entities.sort(key=lambda entity: (_KIND_ORDER[entity.kind], entity.id))
        repeats = told_again(happenings, self.articles, reprints)
        return Resolution(tuple(entities), self.ids, repeats, reprints)

    def _put(self, ref: Ref, entity: Entity, entity_id: str) -> None:
        self.ids[ref] = entity_id
        _count(self.groups.setdefault((entity.kind, entity_id), _Group()), entity)

    def _resolve_decided(self) -> None:
        """Places and bodies of which something was decided: those together share the id of the first of them.

        Those that are to be apart from one which has the common id get an id of their own.
        """
        taken: dict[Ref, str] = {}
        for ref in sorted(self.fixed):
            root = self.together.find(ref)
            leader = root if root in self.fixed else ref
            taken.setdefault(root, self.fixed[leader][1])
        others = {frozenset((self.together.find(one), self.together.find(other))) for one, other in self.apart}
        given: dict[Ref, str] = {}
        for root in sorted(taken):
            entity_id = taken[root]
            if any(given.get(rival) == entity_id for pair in others if root in pair for rival in pair - {root}):
                entity_id = content_id(entity_id.split("-")[0], entity_id, *root)
            given[root] = entity_id
        for ref in sorted(self.fixed):
            self._put(ref, self.fixed[ref][0], given[self.together.find(ref)])

    def _name_blocks(self) -> list[list[tuple[Sighting, Entity]]]:
        """Sightings by name; names that a decision joins are one block."""
        joined = Unions()
        by_root: dict[Ref, str] = {}
        for name, block in sorted(self.people.items()):
            for sighting, _entity in block:
                if sighting.ref in self.decided:
                    other = by_root.setdefault(self.together.find(sighting.ref), name)
                    joined.join(("", name), ("", other))
        blocks: dict[Ref, list[tuple[Sighting, Entity]]] = {}
        for name, block in sorted(self.people.items()):
            blocks.setdefault(joined.find(("", name)), []).extend(block)
        return list(blocks.values())

    def _resolve_people(self, block: list[tuple[Sighting, Entity]]) -> None:
        entities = {sighting.ref: entity for sighting, entity in block}
        shared = []
        for sighting, entity in block:
            if sighting.ref in self.decided or (sighting.county is not None and is_shared_name(sighting.name)):
                shared.append(sighting)
            else:
                # Nothing tells a masked name, or one that no county is known of, from its like on another page.
                own = content_id("person", sighting.name, sighting.county, sighting.page, sighting.entity)
                self._put(sighting.ref, entity, own)
        taken: set[str] = set()
        for group in group_people(shared, together=self.together, apart=self.apart):
            first = group[0]
            entity_id = content_id("person", first.name, first.county)
            if entity_id in taken:  # the earliest of namesakes keeps the short id: later pages leave it alone
                entity_id = content_id("person", first.name, first.county, first.page, first.entity)
            taken.add(entity_id)
            for sighting in group:
                self._put(sighting.ref, entities[sighting.ref], entity_id)

    def _resolve_event(self, happening: tuple[SeenEvent, ...]) -> None:
        first = happening[0]
        entity_id = content_id("event", first.page, first.entity)
        for event in happening:
            ref = event.page, event.entity
            self.ids[ref] = entity_id
        # A second report, or a reprint of another year, does not change when it happened: the first one's word counts.
        _count(self.groups.setdefault((Kind.EVENT, entity_id), _Group()), self.event_entities[first.page, first.entity])

    def _resolve_roles(self) -> dict[str, str]:
        """Give posts their ids; returns the body of each."""
        orgs: dict[str, str] = {}
        for page, entity in self.roles:
            org = None
            if entity.org is not None:
                org = self.ids.get((page, entity.org))
                if org is None:
                    raise ValueError(f"page {page}: {entity.id} names no entity {entity.org}")
            entity_id = content_id("role", entity.title or entity.name, org)
            if org is not None:
                orgs[entity_id] = org
            self._put((page, entity.id), entity, entity_id)
        return orgs


def _bare(page: PageEntities, entity: Entity) -> Sighting:
    return Sighting(
        page.page, entity.id, entity.name, page.issue.date, county(page.issue, entity), page.issue.newspaper
    )


def _bare_event(page: PageEntities, entity: Entity) -> SeenEvent:
    return SeenEvent(
        page.page,
        entity.id,
        entity.name,
        entity.subtype,
        entity.date,
        page.issue.date,
        None,
        entity.status is not None,
        None,
        frozenset(),
        frozenset(),
        0,
        (),
    )


def _count(group: _Group, entity: Entity) -> None:
    group.names[entity.name] += 1
    group.aliases.update(entity.aliases)
    group.linked |= entity.linked
    for name in _COUNTED:
        value = getattr(entity, name)
        if value is not None:
            group.values.setdefault(name, Counter())[value] += 1


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
