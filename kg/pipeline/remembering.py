"""Keeps what resolution saw of each page, while a full resolution passes all records by once more.

In: a store that was resolved and the records. Out: the `seen_` tables, from which `kg.pipeline.touched` resolves the
next change, and the same records pointing at entities. Also how a page is kept, for both ways of resolving.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping

from kg.knowledge import planned_events, speaks_of
from kg.model import Entity, Kind, PageRecord, Relation, content_id
from kg.resolve import PageEntities, see
from kg.resolve.kept import block_text, entity_text, event_text, sighting_text
from kg.resolve.sightings import bare_event, bare_sighting
from kg.store import Store
from kg.store.seen import Seen, SeenEntity
from kg.stored import Resolved

Ref = tuple[str, str]


def remember(store: Store, resolved: Resolved, resolver: str) -> Iterator[PageRecord]:
    """Keep what was seen of every page; gives the records pointed at entities, sorted by page id.

    Nothing is kept unless all records are taken, or where decisions have a part in what was resolved (the next build
    resolves everything again then).

    Args:
        resolver: what resolved it.
    """
    if store.decisions()[1]:
        yield from map(resolved.record, store.records())
        return
    resolution = resolved.resolution
    kinds = {entity.id: entity.kind for entity in resolved.entities if entity.kind in (Kind.PLACE, Kind.ORG)}
    planned = planned_events(resolved.entities)
    numbers: dict[Ref, int] = {}
    with store.resolving(resolver) as seen:
        seen.clear()
        for record in store.records():
            page = see(record)
            keep_page(seen, page, resolution.ids)
            for article in page.articles:
                numbers[page.page, article.id] = seen.add_article(
                    page.page, article.id, article.date, article.sketch, article.facts
                )
            pointed = resolved.record(record)
            count(seen, pointed, kinds, planned)
            yield pointed
        for copy, other in resolution.copies.items():
            seen.set_copy(numbers[copy], numbers[other])
        repeats: dict[str, dict[str, str]] = {}
        for (page_id, fact), home in resolution.repeats.items():
            repeats.setdefault(page_id, {})[fact] = home
        for page_id, told in repeats.items():
            seen.set_repeats(page_id, told)


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
