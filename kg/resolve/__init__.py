"""Who and what is one across pages: page records and decisions → entities, and the records pointing at them.

The way: `see` takes from each record what resolution needs; `resolve_entities` makes entities of all pages; for each
record `point_at` then gives (with what `retell` found on several pages) the record that points at them. `resolve` does all of it in memory. Mentions and facts are
never rewritten; they are pointed at. Everything is deterministic, whatever the order of pages.

Decisions come in as `kg.decisions.Constraints`. Names that may be misreadings of each other are joined by nobody here:
`kg.review` proposes them to a person.
"""

from kg.resolve.entities import Resolution, event_ids, person_ids, resolve_entities
from kg.resolve.pointing import NOTHING_RETOLD, Retold, pages_retold, point_at, resolve, retell
from kg.resolve.sightings import PageEntities, is_shared_name, see

__all__ = [
    "NOTHING_RETOLD",
    "PageEntities",
    "Resolution",
    "Retold",
    "event_ids",
    "is_shared_name",
    "pages_retold",
    "person_ids",
    "point_at",
    "resolve",
    "resolve_entities",
    "retell",
    "see",
]
