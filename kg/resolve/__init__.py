"""Who and what is one across pages: page records and decisions → entities, and the records pointing at them.

The way: `see` takes from each record what resolution needs; `resolve_entities` makes entities of all pages; for each
record `point_at` then gives the record that points at them. `resolve` does all of it in memory. Mentions and facts are
never rewritten; they are pointed at. Everything is deterministic, whatever the order of pages.

Decisions come in as `Constraints`; `propose` lists names that may be misreadings of each other, and joins none.
"""

from kg.resolve.constraints import NO_CONSTRAINTS, Constraints, Ref
from kg.resolve.entities import Resolution, resolve_entities
from kg.resolve.pointing import collect_repeats, guest_pages, point_at, resolve
from kg.resolve.sightings import PageEntities, is_shared_name, see

__all__ = [
    "NO_CONSTRAINTS",
    "Constraints",
    "PageEntities",
    "Ref",
    "Resolution",
    "collect_repeats",
    "guest_pages",
    "is_shared_name",
    "point_at",
    "resolve",
    "resolve_entities",
    "see",
]
