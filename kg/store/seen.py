"""What resolution last saw of each page, kept in the store so that a build asks only for what a changed page touches.

Rows in, rows out: what a sighting or an event says is text here. The tables refer to pages by id, so that what a removed
page said is still known when the next build resolves what it had to do with. All of it is written within
`Store.resolving`, one transaction together with what comes of it.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from kg.model import Entity, Fact
from kg.store import rows as _rows

Ref = tuple[str, str]
"""A page and the id of an entity, an article or a fact on it."""

_BY_PAGE = ("seen_pages", "seen_nil", "seen_entities", "seen_people", "seen_events", "seen_repeats")
_ALL = (*_BY_PAGE, "seen_values", "seen_articles", "seen_marks")


@dataclass(frozen=True, slots=True)
class SeenEntity:
    """A page entity: what it says (`kg.resolve.kept`), the entity it is, whether its word counts for that, its body."""

    id: str
    kind: str
    entity: str
    said: str
    counted: bool
    org: str | None = None


@dataclass(frozen=True, slots=True)
class KeptArticle:
    """A row of `seen_articles`; `copy_of` is the number of the earlier article that it is most like."""

    number: int
    page: str
    id: str
    date: str | None
    marks: tuple[int, ...]
    facts: tuple[str, ...]
    copy_of: int | None


class Seen:
    """The `seen_` tables and what resolution wrote, within a transaction."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        """Not for callers: see `Store.resolving`."""
        self._connection = connection

    def all(self, sql: str, *values: object) -> list[tuple[Any, ...]]:
        """What a query answers."""
        return self._connection.execute(sql, values).fetchall()

    def _many(self, sql: str, rows: Iterable[tuple[Any, ...]]) -> None:
        self._connection.executemany(sql, rows)

    # Pages

    def clear(self) -> None:
        """Forget everything."""
        for table in _ALL:
            self._connection.execute(f"DELETE FROM {table}")

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
        """Forget what was seen of pages; articles apart (`drop_articles`)."""
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

    # Entities

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
        self._many(
            "INSERT INTO seen_entities SELECT ?, ?, ?, ?, ?, value_no, ? FROM seen_values WHERE said = ?",
            [(page, row.id, row.kind, row.entity, row.org, int(row.counted), row.said) for row in rows],
        )
        self._many("INSERT INTO seen_people VALUES (?, ?, ?, ?)", [(page, *row) for row in people])
        self._many("INSERT INTO seen_events VALUES (?, ?, ?, ?, ?)", [(page, *row) for row in events])

    def ids(self, page: str) -> dict[Ref, str]:
        """The entity of each entity of a page."""
        return {
            (page, id_): entity for id_, entity in self.all("SELECT id, entity FROM seen_entities WHERE page = ?", page)
        }

    def names(self, page: str) -> list[str]:
        """The names of the people of a page."""
        return [name for (name,) in self.all("SELECT name FROM seen_people WHERE page = ?", page)]

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

    def first_report(self, entity: str) -> tuple[str, str, str] | None:
        """Page, id and event of the first report of an event."""
        found = self.all(
            "SELECT e.page, e.id, e.said FROM seen_entities s JOIN seen_events e ON e.page = s.page AND e.id = s.id "
            "WHERE s.entity = ? AND s.counted",
            entity,
        )
        return found[0] if found else None

    def point(self, ref: Ref, entity: str, *, counted: bool) -> None:
        """Say which entity a page entity is."""
        self._many(
            "UPDATE seen_entities SET entity = ?, counted = ? WHERE page = ? AND id = ?", [(entity, int(counted), *ref)]
        )
        self._many(
            "INSERT OR REPLACE INTO resolved SELECT page_no, ?, ? FROM pages WHERE id = ?", [(ref[1], entity, ref[0])]
        )

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
        """Delete entities that no page has any more."""
        self._many("DELETE FROM entities WHERE id = ?", [(entity,) for entity in entities])

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

    # Articles

    def add_article(self, page: str, id_: str, date: str | None, marks: Iterable[int], facts: Iterable[str]) -> int:
        """Keep an article; its number. Marks below zero are kept with it and looked up by nobody."""
        marks = list(marks)
        number = self._connection.execute(
            "INSERT INTO seen_articles (page, id, date, marks, facts) VALUES (?, ?, ?, ?, ?)",
            (page, id_, date, json.dumps(marks), json.dumps(list(facts))),
        ).lastrowid
        if number is None:
            raise sqlite3.DatabaseError("no row number")
        self._many("INSERT INTO seen_marks VALUES (?, ?)", [(mark, number) for mark in marks if mark >= 0])
        return number

    def articles(self, where: str, *values: object) -> list[KeptArticle]:
        """Articles; `where` is a condition of our own on the columns of `seen_articles`."""
        return [
            KeptArticle(number, page, id_, date, tuple(json.loads(marks)), tuple(json.loads(facts)), copy_of)
            for number, page, id_, date, marks, facts, copy_of in self.all(
                f"SELECT * FROM seen_articles WHERE {where}", *values
            )
        ]

    def drop_articles(self, articles: Iterable[KeptArticle]) -> None:
        """Forget articles and their marks."""
        for article in articles:
            self._many(
                "DELETE FROM seen_marks WHERE mark = ? AND article_no = ?", [(m, article.number) for m in article.marks]
            )
            self._many("DELETE FROM seen_articles WHERE article_no = ?", [(article.number,)])

    def set_copy(self, number: int, of: int | None) -> None:
        """Say which earlier article one is most like."""
        self._many("UPDATE seen_articles SET copy_of = ? WHERE article_no = ?", [(of, number)])

    def with_mark(self, mark: int, at_most: int) -> list[int]:
        """Numbers of articles with a mark, not more than so many."""
        return [n for (n,) in self.all("SELECT article_no FROM seen_marks WHERE mark = ? LIMIT ?", mark, at_most)]

    # What is told again

    def repeats(self, page: str) -> dict[str, str]:
        """The page that told it first, for each fact of a page that is told again there."""
        return dict(self.all("SELECT fact, home FROM seen_repeats WHERE page = ?", page))

    def set_repeats(self, page: str, repeats: dict[str, str]) -> None:
        """Replace them."""
        self._many("DELETE FROM seen_repeats WHERE page = ?", [(page,)])
        self._many("INSERT INTO seen_repeats VALUES (?, ?, ?)", [(page, *row) for row in repeats.items()])

    def tellers(self, home: str) -> list[str]:
        """The pages that tell again what a page told first."""
        return [
            page for (page,) in self.all("SELECT DISTINCT page FROM seen_repeats WHERE home = ? ORDER BY page", home)
        ]

    def untell(self, home: str) -> None:
        """Take back what is told once on a page, and what is hidden elsewhere for it; `set_repeats` comes afterwards."""
        number = "(SELECT page_no FROM pages WHERE id = ?)"
        self._many(
            f"DELETE FROM hidden_facts WHERE page_no = {number} AND fact NOT IN "
            "(SELECT fact FROM seen_repeats WHERE page = ?)",
            [(home, home)],
        )
        self._many(
            "DELETE FROM hidden_facts WHERE (page_no, fact) IN "
            "(SELECT p.page_no, r.fact FROM seen_repeats r JOIN pages p ON p.id = r.page WHERE r.home = ?)",
            [(home,)],
        )
        for table in ("decided_evidence", "decided_facts"):
            self._many(f"DELETE FROM {table} WHERE page_no = {number}", [(home,)])

    def tell(self, home: str, hidden: Iterable[Ref], facts: tuple[Fact, ...]) -> None:
        """Tell once on a page what several tell."""
        self._many(
            "INSERT INTO hidden_facts SELECT page_no, ? FROM pages WHERE id = ?",
            [(fact, page) for page, fact in sorted(hidden)],
        )
        [(number,)] = self.all("SELECT page_no FROM pages WHERE id = ?", home)
        for table, rows in _rows.fact_rows(number, facts):
            if rows:
                self._many(f"INSERT INTO decided_{table} VALUES ({', '.join('?' * len(rows[0]))})", rows)
