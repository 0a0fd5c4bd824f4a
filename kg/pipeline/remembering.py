"""Keeps what resolution saw of each page, and what the page adds to the summary.

In: what `kg.resolve.see` took from a record; the record as it points at entities. Out: rows of the `seen_` tables, from
which `kg.pipeline.touched` resolves and `kg.pipeline.counting` counts.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping

from kg.knowledge import speaks_of
from kg.model import Entity, Kind, PageRecord, Relation, content_id
from kg.resolve import PageEntities, Resolution, Retold, point_at
from kg.resolve.kept import block_text, entity_text, event_text, sighting_text
from kg.resolve.pointing import event_of
from kg.resolve.sightings import bare_event, bare_sighting
from kg.store import Store
from kg.store.prints import Ref
from kg.store.seen import Seen, SeenEntity


def keep_page(seen: Seen, page: PageEntities, ids: Mapping[Ref, str]) -> None:
    """Keep what was seen of a page, its articles apart.

    Args:
        ids: the entities of its page entities.
    """
    sightings = {sighting.entity: sighting for sighting in page.people}
    events = {event.entity: event for event in page.events}
    people, happenings = [], []
    for entity in page.entities:
        if entity.kind is Kind.PERSON:
            sighting = sightings.get(entity.id) or bare_sighting(page, entity)
            people.append((entity.id, entity.name, sighting_text(sighting)))
        elif entity.kind is Kind.EVENT:
            event = events.get(entity.id) or bare_event(page, entity)
            happenings.append((entity.id, block_text(event), event.article, event_text(event)))
    rows = [kept_entity(page.page, entity, ids) for entity in page.entities]
    seen.add_page(page.page, rows, people, happenings)


def kept_entity(page: str, entity: Entity, ids: Mapping[Ref, str]) -> SeenEntity:
    """A page entity as it is kept."""
    id_ = ids[page, entity.id]
    org = ids[page, entity.org] if entity.kind is Kind.ROLE and entity.org is not None else None
    return SeenEntity(entity.id, entity.kind.value, id_, entity_text(entity), is_counted((page, entity.id), id_), org)


def is_counted(ref: Ref, entity: str) -> bool:
    """Whether a page's word on an entity counts: of the reports of an event only that of the first."""
    return not entity.startswith("event-") or entity == content_id("event", *ref)


def count_pages(store: Store, seen: Seen, pages: Iterable[str]) -> None:
    """Count anew what pages add to the summary."""
    for record in store.records_of(pages):
        page = record.page.id
        ids = seen.ids(page)
        kinds = {ids[page, each.id]: each.kind for each in record.entities if each.kind in (Kind.PLACE, Kind.ORG)}
        hidden, facts = store.told_instead(page)
        pointed = point_at(record, Resolution((), ids), Retold({page: hidden}, {page: facts}))
        spoken = {value for fact in pointed.facts if (value := event_of(fact)) is not None}
        count(seen, pointed, kinds, seen.planned(spoken))


def count(seen: Seen, pointed: PageRecord, kinds: Mapping[str, Kind], planned: frozenset[str]) -> None:
    """Keep what a page adds to the summary (`kg.pipeline.summary.summarize`).

    Args:
        pointed: its record, pointing at entities.
        kinds: of places and organisations at least.
        planned: ids of events that had not happened, those at least that the page tells of.
    """
    relations = Counter(fact.relation for fact in pointed.facts if not speaks_of(fact, planned))
    linked: Counter[Kind] = Counter()
    nil: Counter[str] = Counter()
    for link in pointed.links:
        kind = kinds.get(link.entity)
        if kind is not None:
            linked[kind] += 1
            nil[link.entity] += link.nil
    seen.count_page(
        pointed.page.id,
        (
            int(bool(pointed.page.issue.inferred)),
            len(pointed.page.text),
            len(pointed.articles),
            len(pointed.mentions),
            linked[Kind.PLACE],
            linked[Kind.ORG],
            relations[Relation.HOLDS_ROLE],
            relations[Relation.VISITED],
            relations.total(),
        ),
        [(entity, n) for entity, n in nil.items() if n],
    )
