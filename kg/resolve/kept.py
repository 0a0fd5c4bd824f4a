"""What resolution saw of a page as text to be kept beside it, and back, exactly.

In: sightings, events and page entities of `PageEntities`. Out: JSON without page and id, which whoever keeps it knows.
What a page entity says is the same text for all pages that say the same, so that equal ones can be counted.
"""

from __future__ import annotations

import json
from typing import Any

from kg.model import Entity, Kind
from kg.resolve.repeats import block_of
from kg.resolve.sightings import SeenEvent, SeenPost, Sighting

_SAID = ("subtype", "code", "anchor", "title", "track", "rank", "date", "precision", "status")


def entity_text(entity: Entity) -> str:
    """What a page entity says; its id and the body of a post are the page's own and are left out."""
    told: dict[str, Any] = {"name": entity.name}
    if entity.aliases:
        told["aliases"] = entity.aliases
    if entity.linked:
        told["linked"] = True
    told |= {name: value for name in _SAID if (value := getattr(entity, name)) is not None}
    return _text(told)


def read_entity(kind: Kind, text: str) -> Entity:
    """A page entity as its text says, without id."""
    told = json.loads(text)
    return Entity("", kind, **{**told, "aliases": tuple(told.get("aliases", ()))})


def sighting_text(sighting: Sighting) -> str:
    """All of a sighting but its page and id."""
    posts = [[post.title, post.org, post.region, post.track, post.past] for post in sighting.posts]
    return _text(
        [
            sighting.name,
            sighting.date,
            sighting.county,
            sighting.newspaper,
            posts,
            sorted(sighting.companions),
            sorted(sighting.places),
        ]
    )


def read_sighting(page: str, entity: str, text: str) -> Sighting:
    """The sighting of a text."""
    name, date, county, newspaper, posts, companions, places = json.loads(text)
    return Sighting(
        page,
        entity,
        name,
        date,
        county,
        newspaper,
        tuple(SeenPost(*post) for post in posts),
        frozenset(companions),
        frozenset(places),
    )


def event_text(event: SeenEvent) -> str:
    """All of an event but its page and id."""
    return _text(
        [
            event.name,
            event.type,
            event.date,
            event.issue_date,
            event.county,
            event.planned,
            event.article,
            sorted(event.people),
            sorted(event.places),
            f"{event.words:x}",
            event.facts,
        ]
    )


def read_event(page: str, entity: str, text: str) -> SeenEvent:
    """The event of a text."""
    name, type_, date, issue_date, county, planned, article, people, places, words, facts = json.loads(text)
    return SeenEvent(
        page,
        entity,
        name,
        type_,
        date,
        issue_date,
        county,
        planned,
        article,
        frozenset(people),
        frozenset(places),
        int(words, 16),
        tuple(facts),
    )


def block_text(event: SeenEvent) -> str | None:
    """The block of an event (see `block_of`) as text."""
    block = block_of(event)
    return None if block is None else _text(block)


def _text(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
