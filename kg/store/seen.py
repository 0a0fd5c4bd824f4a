"""What resolution last saw of each page, kept in the store so that it works name by name and day by day.

Rows in, rows out: what a sighting or an event says is text here. The tables refer to pages by id, so that what a removed
page said is still known when the next build resolves what it had to do with. All of it is written within
`Store.resolving`, one transaction together with what comes of it.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from kg.model import Entity
from kg.store import rows as _rows
from kg.store.prints import Prints, Ref
from kg.store.told import Told

_BY_PAGE = ("seen_pages", "seen_nil", "seen_entities", "seen_people", "seen_events", "seen_repeats", "seen_moved")
_ALL = (*_BY_PAGE, "seen_values", "seen_articles", "seen_marks")
_MADE = ("hidden_facts", "decided_evidence", "decided_facts", "resolved", "entities")
_EFFECTS = "decided"


@dataclass(frozen=True, slots=True)
class SeenEntity:
    """A page entity: what it says (`kg.resolve.kept`), the entity it is, whether its word counts for that, its body."""

    id: str
    kind: str
    entity: str
    said: str
    counted: bool
    org: str | None = None


class Seen:
    """The `seen_` tables and what resolution wrote, within a transaction; `prints` and `told` are parts of them."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        """Not for callers: see `Store.resolving`."""
        self._connection = connection
        self.prints = Prints(connection)
        self.told = Told(connection)

    def all(self, sql: str, *values: object) -> list[tuple[Any, ...]]:
        """What a query answers."""
        return self._connection.execute(sql, values).fetchall()

    def _many(self, sql: str, rows: Iterable[tuple[Any, ...]]) -> None:
        self._connection.executemany(sql, rows)

    # Pages

    def clear(self) -> None:
        """Forget everything, and all that came of it."""
        for table in (*_ALL, *_MADE):
            self._connection.execute(f"DELETE FROM {table}")
        self.keep_effects({})

    def changed_pages(self) -> tuple[list[str], list[str]]:
        """Pages as they are now that were not seen so, and pages as they were seen that are no longer so, by id."""
        new = self.all(
            "SELECT id FROM pages p WHERE NOT EXISTS "
            "(SELECT 1 FROM seen_pages s WHERE s.page = p.id AND s.content_key = p.content_key) ORDER BY id"
        )
        gone = self.all(
            "SELECT page FROM seen_pages s WHERE NOT EXISTS "
            "(SELECT 1 FROM pages p WHERE p.id = s.page AND p.content_key = s.content_key) ORDER BY page"
        )
        return [page for (page,) in new], [page for (page,) in gone]

    def forget(self, pages: Iterable[str]) -> None:
        """Forget what was seen of pages; articles apart (`Prints.drop`)."""
        keys = [(page,) for page in pages]
        for table in _BY_PAGE:
            self._many(f"DELETE FROM {table} WHERE page = ?", keys)

    def count_page(self, page: str, counts: tuple[int, ...], nil: Iterable[tuple[str, int]]) -> None:
        """Keep what a page adds to the summary: columns of `seen_pages` from `inferred` on, and unlinked mentions."""
        marks = ", ".join("?" * len(counts))
        self._many(
            f"INSERT OR REPLACE INTO seen_pages SELECT id, content_key, {marks} FROM pages WHERE id = ?",
            [(*counts, page)],
        )
        self._many("DELETE FROM seen_nil WHERE page = ?", [(page,)])
        self._many("INSERT INTO seen_nil VALUES (?, ?, ?)", [(page, *row) for row in nil])

    def publish(self, pages: Iterable[str]) -> None:
        """Say in `resolved` which entity the page entities of pages are; entities are written before."""
        for page in pages:
            for (number,) in self.all("SELECT page_no FROM pages WHERE id = ?", page):
                self._many("DELETE FROM resolved WHERE page_no = ?", [(number,)])
                rows = self.all("SELECT id, entity FROM seen_entities WHERE page = ?", page)
                _rows.insert(self._connection, "resolved", number, rows)

    # What page entities are

    def add_page(
        self,
        page: str,
        entities: Iterable[SeenEntity],
        people: Iterable[tuple[str, str, str]],
        events: Iterable[tuple[str, str | None, str | None, str]],
    ) -> None:
        """Keep what a page calls by a name.

        Args:
            people: id, name and sighting.
            events: id, block, article and event.
        """
        rows = list(entities)
        self._many("INSERT OR IGNORE INTO seen_values (said) VALUES (?)", [(row.said,) for row in rows])
        # No INSERT … SELECT: SQLite would copy every leaf that it touches, to be able to take back a part of it.
        numbers = dict(
            self.all(
                "SELECT said, value_no FROM seen_values WHERE said IN (SELECT value FROM json_each(?))",
                _rows.to_json([row.said for row in rows]),
            )
        )
        self._many(
            "INSERT INTO seen_entities VALUES (?, ?, ?, ?, ?, ?, ?)",
            [(page, row.id, row.kind, row.entity, row.org, numbers[row.said], int(row.counted)) for row in rows],
        )
        self._many("INSERT INTO seen_people VALUES (?, ?, ?, ?)", [(page, *row) for row in people])
        self._many("INSERT INTO seen_events VALUES (?, ?, ?, ?, ?)", [(page, *row) for row in events])

    def ids(self, page: str) -> dict[Ref, str]:
        """The entity of each entity of a page."""
        return {
            (page, id_): entity for id_, entity in self.all("SELECT id, entity FROM seen_entities WHERE page = ?", page)
        }

    def entity_of(self, ref: Ref) -> str | None:
        """The entity that a page entity is; None where the page has none of that id."""
        found = self.all("SELECT entity FROM seen_entities WHERE page = ? AND id = ?", *ref)
        return str(found[0][0]) if found else None

    def entities_of(self, refs: Iterable[Ref]) -> dict[Ref, str]:
        """The entities that page entities are, without those that pages do not have."""
        rows = self.all(
            "SELECT s.page, s.id, s.entity FROM json_each(?) j "
            "JOIN seen_entities s ON s.page = json_extract(j.value, '$[0]') AND s.id = json_extract(j.value, '$[1]')",
            _rows.to_json([list(ref) for ref in refs]),
        )
        return {(page, id_): entity for page, id_, entity in rows}

    def refs_of(self, entity: str) -> list[Ref]:
        """The page entities that are an entity."""
        return [(page, id_) for page, id_ in self.all("SELECT page, id FROM seen_entities WHERE entity = ?", entity)]

    def names(self, page: str) -> list[str]:
        """The names of the people of a page."""
        return [name for (name,) in self.all("SELECT name FROM seen_people WHERE page = ?", page)]

    def name_of(self, ref: Ref) -> str | None:
        """The name of a person on a page; None where that is nobody."""
        found = self.all("SELECT name FROM seen_people WHERE page = ? AND id = ?", *ref)
        return str(found[0][0]) if found else None

    def people(self, name: str) -> list[tuple[str, str, str, str]]:
        """Page, id, sighting and entity of everybody of a name."""
        return self.all(
            "SELECT p.page, p.id, p.said, e.entity FROM seen_people p "
            "JOIN seen_entities e ON e.page = p.page AND e.id = p.id WHERE p.name = ?",
            name,
        )

    def events(self, where: str, *values: object) -> list[tuple[str, str, str | None, str | None, str]]:
        """Page, id, block, article and event of events; `where` is a condition of our own on these columns."""
        return self.all(f"SELECT page, id, block, article, said FROM seen_events WHERE {where}", *values)

    def crowded_blocks(self) -> list[str]:
        """Blocks of two events or more."""
        found = self.all("SELECT block FROM seen_events WHERE block IS NOT NULL GROUP BY block HAVING count(*) > 1")
        return [block for (block,) in found]

    def later_reports(self, page: str) -> list[tuple[str, str, str]]:
        """Id, entity and event of the events of a page that another report told first."""
        return self.all(
            "SELECT e.id, s.entity, e.said FROM seen_events e JOIN seen_entities s ON s.page = e.page AND s.id = e.id "
            "WHERE e.page = ? AND NOT s.counted",
            page,
        )

    def reports(self, entity: str) -> list[tuple[str, str, str, int]]:
        """Page, id and event of all reports of an event, and whether its word counts."""
        return self.all(
            "SELECT e.page, e.id, e.said, s.counted FROM seen_entities s JOIN seen_events e ON e.page = s.page AND e.id = s.id "
            "WHERE s.entity = ?",
            entity,
        )

    def first_report(self, entity: str) -> tuple[str, str, str] | None:
        """Page, id and event of the first report of an event."""
        found = self.all(
            "SELECT e.page, e.id, e.said FROM seen_entities s JOIN seen_events e ON e.page = s.page AND e.id = s.id "
            "WHERE s.entity = ? AND s.counted",
            entity,
        )
        return found[0] if found else None

    def point(self, rows: Iterable[tuple[Ref, str, bool]]) -> None:
        """Say which entity page entities are, and whether their word counts for it."""
        self._many(
            "UPDATE seen_entities SET entity = ?, counted = ? WHERE page = ? AND id = ?",
            [(entity, int(counted), *ref) for ref, entity, counted in rows],
        )

    def posts(self, page: str) -> list[tuple[str, str, str, str]]:
        """Of each post of a body on a page: id, what it is called, the body's entity, the post's."""
        return self.all(
            "SELECT r.id, coalesce(nullif(r.title, ''), r.name), o.entity, s.entity FROM page_entities r "
            "JOIN pages p ON p.page_no = r.page_no JOIN seen_entities o ON o.page = p.id AND o.id = r.org "
            "JOIN seen_entities s ON s.page = p.id AND s.id = r.id WHERE p.id = ? AND r.kind = 'ROLE'",
            page,
        )

    def set_body(self, ref: Ref, entity: str, org: str) -> None:
        """Say which post a page entity is, and of which body."""
        self._many("UPDATE seen_entities SET entity = ?, org = ? WHERE page = ? AND id = ?", [(entity, org, *ref)])

    # Entities

    def told_of(self, entity: str) -> tuple[str, str | None, list[tuple[str, int]]] | None:
        """Kind, body and (what page entities say, how many of them) of an entity; None where no page has it."""
        found = self.all(
            "SELECT v.said, n FROM (SELECT value_no, count(*) AS n FROM seen_entities WHERE entity = ? AND counted "
            "GROUP BY value_no) JOIN seen_values v USING (value_no)",
            entity,
        )
        if not found:
            return None
        [(kind, org)] = self.all("SELECT kind, org FROM seen_entities WHERE entity = ? LIMIT 1", entity)
        return kind, org, found

    def write_entity(self, entity: Entity) -> None:
        """Write an entity, new or changed."""
        columns = [name.strip() for name in _rows.ENTITY_COLUMNS.split(",")]
        marks = ", ".join("?" * len(columns))
        changed = ", ".join(f"{name} = excluded.{name}" for name in columns[1:])
        # No REPLACE: it would delete the row first, and all that refers to it would be looked through.
        self._many(
            f"INSERT INTO entities VALUES ({marks}) ON CONFLICT (id) DO UPDATE SET {changed}",
            [_rows.entity_values(entity)],
        )

    def delete_entities(self, entities: Iterable[str]) -> None:
        """Delete entities, and that page entities are they."""
        keys = [(entity,) for entity in entities]
        self._many("DELETE FROM resolved WHERE entity = ?", keys)
        self._many("DELETE FROM entities WHERE id = ?", keys)

    def entity(self, entity: str) -> Entity | None:
        """An entity as it was written last."""
        found = self.all(f"SELECT {_rows.ENTITY_COLUMNS} FROM entities WHERE id = ?", entity)
        return _rows.read_entity(found[0]) if found else None

    def posts_of(self, org: str) -> list[str]:
        """The posts of a body, as they were written last."""
        return [post for (post,) in self.all("SELECT id FROM entities WHERE org = ?", org)]

    def dated(self, pages: Iterable[str]) -> list[Entity]:
        """The events that pages report, as entities."""
        found = self.all(
            f"SELECT {_rows.ENTITY_COLUMNS} FROM entities WHERE kind = 'EVENT' AND id IN "
            "(SELECT entity FROM seen_entities WHERE page IN (SELECT value FROM json_each(?)))",
            json.dumps(list(pages)),
        )
        return [_rows.read_entity(row) for row in found]

    def planned(self, events: Iterable[str]) -> frozenset[str]:
        """Which events had not happened."""
        found = self.all(
            "SELECT id FROM entities WHERE status = 'planned' AND id IN (SELECT value FROM json_each(?))",
            json.dumps(sorted(events)),
        )
        return frozenset(event for (event,) in found)

    # What decisions made of them

    def effects(self) -> dict[str, Any]:
        """What `keep_effects` was given last."""
        found = self.all("SELECT value FROM meta WHERE name = ?", _EFFECTS)
        return json.loads(found[0][0]) if found else {}

    def keep_effects(self, effects: Mapping[str, Any]) -> None:
        """Keep what decisions had an effect on, as JSON, for the build that takes it back."""
        self._many("INSERT OR REPLACE INTO meta VALUES (?, ?)", [(_EFFECTS, json.dumps(effects, ensure_ascii=False))])

    def moved(self) -> Iterator[tuple[Ref, str]]:
        """All page entities that decisions point elsewhere, and where they would point without."""
        for page, id_, base in self.all("SELECT page, id, base FROM seen_moved"):
            yield (page, id_), base

    def set_moved(self, moved: Mapping[Ref, str]) -> None:
        """Replace them."""
        self._connection.execute("DELETE FROM seen_moved")
        self._many("INSERT INTO seen_moved VALUES (?, ?, ?)", [(*ref, base) for ref, base in moved.items()])
