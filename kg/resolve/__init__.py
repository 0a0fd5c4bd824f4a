"""Who and what is one across pages: page records and decisions → entities, and the records pointing at them.

The way: `see` takes from each record what resolution needs; `resolve_entities` makes entities of all pages; for each
record `point_at` then gives (with what `retell` found on several pages) the record that points at them. `resolve` does all of it in memory. Mentions and facts are
never rewritten; they are pointed at. Everything is deterministic, whatever the order of pages.

Decisions come in as `kg.decisions.Constraints`; `propose` lists names that may be misreadings of each other, and joins none.
"""

from kg.resolve.entities import Resolution, resolve_entities
from kg.resolve.pointing import NOTHING_RETOLD, Retold, pages_retold, point_at, resolve, retell
from kg.resolve.sightings import PageEntities, is_shared_name, see

__all__ = [
    "NOTHING_RETOLD",
    "PageEntities",
    "Resolution",
    "Retold",
    "is_shared_name",
    "pages_retold",
    "point_at",
    "resolve",
    "resolve_entities",
    "retell",
    "see",
]
