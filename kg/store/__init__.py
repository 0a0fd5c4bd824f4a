"""The embedded store: one SQLite file with every page record, and the entities that resolution made of them.

A page is written in one transaction, so a process killed at any moment leaves whole pages only. What a page was read
from is kept as its content key: a page whose key is unchanged need not be read again. This module knows SQLite; it does
not know how records are made or resolved.
"""

from __future__ import annotations

import errno
import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from types import MappingProxyType, TracebackType
from typing import Any, Literal, Protocol, Self

from kg.errors import InputError
from kg.files import make_folder, unwritable
from kg.model import Entity, Fact, Issue, Kind, Page, PageRecord, content_id
from kg.store import rows as _rows
from kg.store.files import KeptFiles, clear_files, read_files, write_files
from kg.store.lock import build_lock
from kg.store.rows import RecordRows
from kg.store.schema import (
    APPLICATION_ID,
    MIGRATIONS,
    PAGE_TABLES,
    SCHEMA_VERSION,
    TABLES,
    VIEWS,
)
from kg.store.seen import Seen
from kg.store.sentences import Sentence, pairs, plain, question, sentences_of

__all__ = ["STORE_NAME", "KeptFiles", "RecordRows", "Store", "build_lock", "content_key", "store_path"]

STORE_NAME = "kg.sqlite"
_STATE = "state"
_SUMMARY = "summary"
_READER = "reader"
_RESOLVER = "resolver"
_FILES_READER = "files_reader"
_DECISIONS, _DECISIONS_FILE = "decisions", "decisions_file"
_WITHOUT_TEXT = _rows.PAGE_COLUMNS.replace(" text,", " '' AS text,")
_RESOLVED_ALREADY = """
INSERT INTO resolved
SELECT page_no, entity, entity FROM (
  SELECT page_no, page_entity AS entity FROM links
  UNION SELECT page_no, subject FROM facts
  UNION SELECT page_no, object FROM facts
) WHERE entity IN (SELECT id FROM entities) ORDER BY page_no, entity
"""
_CACHE = 32 * 1024  # kB of pages held while a store is written
_BATCH = 200  # pages read at once when records are streamed


def store_path(folder: Path) -> Path:
    """Where the store of an output folder lies."""
    return folder / STORE_NAME


class Keyed(Protocol):
    """What of a page its content key needs: all but the text, whose hash stands for it."""

    @property
    def id(self) -> str:
        """See `kg.model.Page`, as with the others."""

    @property
    def sha256(self) -> str:
        """The hash of the bytes."""

    @property
    def issue(self) -> Issue:
        """The issue."""

    @property
    def number(self) -> int | None:
        """The number in the issue."""

    @property
    def url(self) -> str | None:
        """Where to read it."""


def content_key(page: Keyed, fingerprint: str) -> str:
    """What a page's record depends on: its bytes, its place, its issue, and what reads it.

    Args:
        fingerprint: changes whenever the extractor would read any page differently.
    """
    issue = page.issue
    return content_id(
        "key",
        fingerprint,
        page.id,
        page.sha256,
        page.number,
        page.url,
        issue.newspaper,
        issue.date,
        issue.region,
        issue.region_code,
        issue.number,
        "\n".join(issue.inferred),
    )


class Store:
    """An open store. Use as a context manager; `Store.create` to build, `Store.open` to read."""

    def __init__(self, connection: sqlite3.Connection, path: Path) -> None:
        """Not for callers: see `create` and `open`."""
        self._connection = connection
        self.path = path

    # Opening

    @classmethod
    def create(cls, folder: Path) -> Self:
        """Open the store of a folder for writing; folder and store are made where missing, old schemas migrated.

        Raises:
            InputError: not a store, damaged, of a newer kg, or the folder cannot be written.
        """
        make_folder(folder)
        path = store_path(folder)
        store = cls(_connect(path, "rwc"), path)
        try:
            with store._reporting():
                if store._is_new():
                    store._connection.executescript(f"PRAGMA application_id = {APPLICATION_ID}")
                store._check(writable=True)
                # One page is one commit: WAL makes that one write, and a killed process loses nothing of it.
                store._connection.execute("PRAGMA journal_mode = WAL")
                store._connection.execute("PRAGMA synchronous = NORMAL")
                store._connection.execute("PRAGMA foreign_keys = ON")
                # Names and marks come in any order: what is written to again and again should not go to the disk each time.
                store._connection.execute(f"PRAGMA cache_size = -{_CACHE}")
        except BaseException:
            store._connection.close()
            raise
        return store

    @classmethod
    def open(cls, folder: Path) -> Self:
        """Open the store of a folder for reading.

        Raises:
            InputError: there is none, it is damaged, or of a newer or an older kg.
        """
        path = store_path(folder)
        if not path.is_file():
            raise InputError("no store here", where=str(folder), hint=f"build one: kg build PAGES --out {folder}")
        store = cls(_connect(path, "ro"), path)
        try:
            with store._reporting():
                store._check(writable=False)
        except BaseException:
            store._connection.close()
            raise
        return store

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Close the file; a store that was written becomes one file again, readable from a read-only disk."""
        try:
            if self._connection.in_transaction:
                self._connection.rollback()
            self._connection.execute("PRAGMA journal_mode = DELETE")
        except sqlite3.Error:
            pass  # somebody else reads it: the next one to close does this
        finally:
            self._connection.close()

    # Writing

    def put(self, record: PageRecord | RecordRows, *, content_key: str) -> None:
        """Write or replace one page's record, or the rows of it, in one transaction.

        Raises:
            InputError: the disk is full or the file is damaged.
        """
        rows = RecordRows.of(record) if isinstance(record, PageRecord) else record
        with self._transaction():
            self._delete(rows.page.id)
            marks = ", ".join("?" * (_rows.PAGE_COLUMNS.count(",") + 1))
            cursor = self._connection.execute(
                f"INSERT INTO pages ({_rows.PAGE_COLUMNS}) VALUES ({marks})",
                _rows.page_row(rows.page, rows.notes, content_key),
            )
            page_no = cursor.lastrowid
            if page_no is None:
                raise sqlite3.DatabaseError("no row number")
            for table, children in rows.children:
                _rows.insert(self._connection, table, page_no, children)

    def remove(self, page_ids: Iterable[str]) -> int:
        """Remove pages with everything read on them, in one transaction.

        Returns:
            How many there were.
        """
        with self._transaction():
            return sum(self._delete(page_id) for page_id in page_ids)

    def put_entities(
        self,
        entities: Iterable[Entity],
        ids: Mapping[tuple[str, str], str] | None,
        *,
        hidden: Mapping[str, Iterable[str]] = MappingProxyType({}),
        facts: Mapping[str, Iterable[Fact]] = MappingProxyType({}),
        decisions: tuple[str, str] = ("", ""),
    ) -> None:
        """Replace what resolution and people's decisions made, in one transaction.

        Args:
            ids: the entity of each (page id, page entity id); None where pages speak of `entities` by their own ids.
            hidden: ids of facts that are not to be told, by page id.
            facts: facts told in their place or beside them, by page id; they point at `entities`.
            decisions: the file that the decisions stood in, and its text.

        Raises:
            InputError: the disk is full or the file is damaged.
        """
        with self._transaction():
            # References run from entity to entity in any order: they are checked when the transaction ends.
            self._connection.execute("PRAGMA defer_foreign_keys = ON")
            self._connection.execute("DELETE FROM meta WHERE name IN (?, ?)", (_SUMMARY, _RESOLVER))
            for table in ("hidden_facts", "decided_evidence", "decided_facts", "resolved", "entities"):
                self._connection.execute(f"DELETE FROM {table}")
            marks = ", ".join("?" * (_rows.ENTITY_COLUMNS.count(",") + 1))
            self._connection.executemany(
                f"INSERT INTO entities VALUES ({marks})", (_rows.entity_values(entity) for entity in entities)
            )
            numbers = dict(self._connection.execute("SELECT id, page_no FROM pages"))
            if ids is None:
                self._connection.execute(_RESOLVED_ALREADY)
            else:
                self._connection.executemany(
                    "INSERT INTO resolved VALUES (?, ?, ?)",
                    ((numbers[page], local, entity) for (page, local), entity in ids.items()),
                )
            self._connection.executemany(
                "INSERT INTO hidden_facts VALUES (?, ?)",
                ((numbers[page], fact) for page, facts_of in hidden.items() for fact in facts_of),
            )
            for page, told in facts.items():
                for table, rows in _rows.fact_rows(tuple(told)):
                    _rows.insert(self._connection, f"decided_{table}", numbers[page], rows)
            self._connection.executemany(
                "INSERT OR REPLACE INTO meta VALUES (?, ?)",
                zip((_DECISIONS_FILE, _DECISIONS), decisions, strict=True),
            )

    @contextmanager
    def resolving(self, resolver: str, decisions: tuple[str, str] = ("", "")) -> Iterator[Seen]:
        """One transaction in which what was seen of pages, and what comes of it, is brought up to date.

        Args:
            resolver: what resolves; `resolver` is this from then on, until entities are put without what was seen.
            decisions: the file that the decisions stood in, and its text.

        Raises:
            InputError: the disk is full or the file is damaged.
        """
        with self._transaction():
            self._connection.execute("PRAGMA defer_foreign_keys = ON")
            self._connection.execute("DELETE FROM meta WHERE name = ?", (_SUMMARY,))
            yield Seen(self._connection)
            self._connection.executemany(
                "INSERT OR REPLACE INTO meta VALUES (?, ?)",
                zip((_RESOLVER, _DECISIONS_FILE, _DECISIONS), (resolver, *decisions), strict=True),
            )

    @property
    def resolver(self) -> str:
        """What resolved the store so that only what changed need be resolved again; empty where nothing did."""
        return "".join(value for (value,) in self.rows("SELECT value FROM meta WHERE name = ?", (_RESOLVER,)))

    def index_sentences(self) -> int:
        """Put the sentences of pages that were written since the last time into the search index.

        Returns:
            How many pages these were.

        Raises:
            InputError: the disk is full or the file is damaged.
        """
        [(n_live,)] = self.rows("SELECT count(*) FROM sentences")
        n_ever = sum(n for (n,) in self.rows("SELECT seq FROM sqlite_sequence WHERE name = 'sentences'"))
        if n_ever > 2 * n_live + _BATCH:
            # Entries of removed pages lead nowhere and stay; where they are most of the index, it is made anew.
            with self._transaction():
                self._connection.execute("INSERT INTO sentence_index (sentence_index) VALUES ('delete-all')")
                self._connection.execute("DELETE FROM sentences")
                self._connection.execute("DELETE FROM sqlite_sequence WHERE name = 'sentences'")
        numbers = self.rows(
            "SELECT page_no FROM pages p WHERE NOT EXISTS (SELECT 1 FROM sentences n WHERE n.page_no = p.page_no) ORDER BY 1"
        )
        for at in range(0, len(numbers), _BATCH):
            # Many pages a transaction: each leaves a piece of index, and small pieces must be merged again and again.
            with self._transaction():
                for (page_no,) in numbers[at : at + _BATCH]:
                    self._index_page(page_no)
        return len(numbers)

    def _index_page(self, page_no: int) -> None:
        [(page_id, text)] = self._connection.execute("SELECT id, text FROM pages WHERE page_no = ?", (page_no,))
        rows = self._connection.execute("SELECT * FROM articles WHERE page_no = ? ORDER BY position", (page_no,))
        for sentence in sentences_of(text, [_rows.read_article(page_id, row[1:]) for row in rows]):
            number = self._connection.execute(
                'INSERT INTO sentences (page_no, article, start, "end") VALUES (?, ?, ?, ?)',
                (page_no, sentence.article, sentence.start, sentence.end),
            ).lastrowid
            self._connection.execute(
                "INSERT INTO sentence_index (rowid, pairs) VALUES (?, ?)", (number, pairs(sentence.text))
            )

    def set_complete(self, complete: bool) -> None:
        """Say whether the store holds all of its last build's input."""
        with self._transaction():
            self._connection.execute(
                "INSERT OR REPLACE INTO meta VALUES (?, ?)", (_STATE, "complete" if complete else "building")
            )
            if not complete:
                self._connection.execute("DELETE FROM meta WHERE name = ?", (_SUMMARY,))

    def set_reader(self, fingerprint: str) -> str | None:
        """Note what reads pages from now on.

        Returns:
            What read them before; None where nothing did, or a kg that did not note it.
        """
        before = self.rows("SELECT value FROM meta WHERE name = ?", (_READER,))
        if before != [(fingerprint,)]:
            with self._transaction():
                self._connection.execute("INSERT OR REPLACE INTO meta VALUES (?, ?)", (_READER, fingerprint))
        return str(before[0][0]) if before else None

    def keep_files(self, before: KeptFiles, now: KeptFiles, *, reader: str) -> None:
        """Keep what was learned of page files, and forget what was kept of others, in one transaction.

        Args:
            before: what `files` gave; what did not change since is not written again.
            reader: what learned it; another one reads the files again.

        Raises:
            InputError: the disk is full or the file is damaged.
        """
        same = self._files_reader() == reader
        if same and before == now:
            return
        with self._transaction():
            if not same:
                before = KeptFiles()
                clear_files(self._connection)
                self._connection.execute("INSERT OR REPLACE INTO meta VALUES (?, ?)", (_FILES_READER, reader))
            write_files(self._connection, before, now)

    def keep_summary(self, text: str) -> None:
        """Keep what a build told of the store; forgotten as soon as anything in it changes."""
        with self._transaction():
            self._connection.execute("INSERT OR REPLACE INTO meta VALUES (?, ?)", (_SUMMARY, text))

    # Reading

    @property
    def summary(self) -> str:
        """What `keep_summary` was given; empty where nothing holds."""
        return "".join(value for (value,) in self.rows("SELECT value FROM meta WHERE name = ?", (_SUMMARY,)))

    def files(self, reader: str) -> KeptFiles:
        """What was learned of page files; nothing where another reader did.

        Raises:
            InputError: the file is damaged.
        """
        if self._files_reader() != reader:
            return KeptFiles()
        with self._reporting():
            return read_files(self._connection)

    def _files_reader(self) -> str:
        return "".join(value for (value,) in self.rows("SELECT value FROM meta WHERE name = ?", (_FILES_READER,)))

    @property
    def version(self) -> int:
        """Another number as soon as somebody else has written the store."""
        return self._pragma("data_version")

    @contextmanager
    def at_one_moment(self) -> Iterator[None]:
        """While a build writes the store, whatever is read within is as it was at the beginning; it hinders nobody.

        Where no build writes, nothing is held, for a build that begins could not: then `version` tells of it.
        """
        if self._connection.execute("PRAGMA journal_mode").fetchone() != ("wal",):
            yield
            return
        with self._reporting():
            self._connection.execute("BEGIN")
        try:
            yield
        finally:
            self._connection.rollback()

    @property
    def is_complete(self) -> bool:
        """Whether the last build came to its end."""
        return self.rows("SELECT value FROM meta WHERE name = ?", (_STATE,)) == [("complete",)]

    def decisions(self) -> tuple[str, str]:
        """The file of the decisions that were applied last and its text; both empty where there were none."""
        found = dict(self.rows("SELECT name, value FROM meta WHERE name IN (?, ?)", (_DECISIONS_FILE, _DECISIONS)))
        return found.get(_DECISIONS_FILE, ""), found.get(_DECISIONS, "")

    def content_keys(self) -> dict[str, str]:
        """Content key by page id, sorted by page id."""
        return dict(self.rows("SELECT id, content_key FROM pages ORDER BY id"))

    def n_pages(self) -> int:
        """How many pages there are."""
        return int(self.rows("SELECT count(*) FROM pages")[0][0])

    def records(self) -> Iterator[PageRecord]:
        """All page records, sorted by page id (code points), a few at a time.

        Raises:
            InputError: the file is damaged.
        """
        numbers = self.rows("SELECT page_no FROM pages ORDER BY id")
        for at in range(0, len(numbers), _BATCH):
            for (page_no,) in numbers[at : at + _BATCH]:
                yield self._record(page_no)

    def records_of(self, page_ids: Iterable[str]) -> Iterator[PageRecord]:
        """The records of those of the pages that there are, sorted by page id."""
        for page_id in sorted(set(page_ids)):
            for (page_no,) in self.rows("SELECT page_no FROM pages WHERE id = ?", (page_id,)):
                yield self._record(page_no)

    def facts_of(self, page_ids: Iterable[str]) -> Iterator[PageRecord]:
        """The same without text, articles, mentions, links and entities: what pages say, for those who read many."""
        for page_id in sorted(set(page_ids)):
            for page_no, *row in self.rows(f"SELECT page_no, {_WITHOUT_TEXT} FROM pages WHERE id = ?", (page_id,)):
                facts = self.rows("SELECT * FROM facts WHERE page_no = ? ORDER BY 2", (page_no,))
                evidence = self.rows("SELECT * FROM evidence WHERE page_no = ? ORDER BY 2, 3", (page_no,))
                told = _rows.read_facts([each[1:] for each in facts], [each[1:] for each in evidence])
                yield PageRecord(_rows.read_page(row)[0], (), (), (), (), told)

    def texts_of(self, page_ids: Iterable[str]) -> Iterator[PageRecord]:
        """The same with texts and articles, and nothing else: where what other pages say stands."""
        for page_id in sorted(set(page_ids)):
            for page_no, *row in self.rows(f"SELECT page_no, {_rows.PAGE_COLUMNS} FROM pages WHERE id = ?", (page_id,)):
                page = _rows.read_page(row)[0]
                articles = self.rows("SELECT * FROM articles WHERE page_no = ? ORDER BY 2", (page_no,))
                printed = tuple(_rows.read_article(page.id, each[1:]) for each in articles)
                yield PageRecord(page, printed, (), (), (), ())

    def told_instead(self, page_id: str) -> tuple[frozenset[str], tuple[Fact, ...]]:
        """Ids of facts of a page that are not told as they were read, and the facts told in their place."""
        number = "page_no = (SELECT page_no FROM pages WHERE id = ?)"
        hidden = self.rows(f"SELECT fact FROM hidden_facts WHERE {number}", (page_id,))
        facts = self.rows(f"SELECT * FROM decided_facts WHERE {number} ORDER BY position", (page_id,))
        evidence = self.rows(f"SELECT * FROM decided_evidence WHERE {number} ORDER BY 2, 3", (page_id,))
        told = _rows.read_facts([row[1:] for row in facts], [row[1:] for row in evidence])
        return frozenset(fact for (fact,) in hidden), told

    def entities(self) -> list[Entity]:
        """The entities that resolution and decisions made, sorted by kind and id."""
        found = self.rows(f"SELECT {_rows.ENTITY_COLUMNS} FROM entities")
        kinds = {kind: number for number, kind in enumerate(Kind)}
        return sorted(map(_rows.read_entity, found), key=lambda entity: (kinds[entity.kind], entity.id))

    def resolved_on(self, page_id: str) -> dict[tuple[str, str], str]:
        """The entity of each (page id, page entity id) of a page."""
        # `resolved` is without those of whom only facts told that a person rejected.
        found = self.rows("SELECT id, entity FROM seen_entities WHERE page = ?", (page_id,)) or self.rows(
            "SELECT page_entity, entity FROM resolved WHERE page_no = (SELECT page_no FROM pages WHERE id = ?)",
            (page_id,),
        )
        return {(page_id, local): entity for local, entity in found}

    def pages_of(self, page_ids: Iterable[str]) -> Iterator[Page]:
        """Those of the pages that there are, without text, sorted by id."""
        for page_id in sorted(set(page_ids)):
            for row in self.rows(f"SELECT {_WITHOUT_TEXT} FROM pages WHERE id = ?", (page_id,)):
                yield _rows.read_page(row)[0]

    def find_entities(self, names: Iterable[str], codes: Iterable[str]) -> list[tuple[str, Issue, Entity]]:
        """Page id, issue and page entity of whatever bears one of the names or has one of the codes, by page."""
        wanted = _rows.to_json(sorted(set(names))), _rows.to_json(sorted(set(codes)))
        found = self.rows(
            f"SELECT page_no, {_rows.ENTITY_COLUMNS} FROM page_entities "
            "WHERE name IN (SELECT value FROM json_each(?)) OR code IN (SELECT value FROM json_each(?)) "
            "ORDER BY page_no, position",
            wanted,
        )
        pages = {
            page_no: _rows.read_page(row)[0]
            for page_no, *row in self.rows(
                f"SELECT page_no, {_WITHOUT_TEXT} FROM pages WHERE page_no IN (SELECT value FROM json_each(?))",
                (_rows.to_json(sorted({page_no for page_no, *_ in found})),),
            )
        }
        rows = [(pages[page_no].id, pages[page_no].issue, _rows.read_entity(row)) for page_no, *row in found]
        return sorted(rows, key=lambda row: row[0])

    def find_sentences(self, text: str) -> Iterator[tuple[str, Sentence]]:
        """Page id and sentence of every sentence that holds a text, by page id and place.

        Width, case, blanks and line breaks don't count. Pages that were read by a build that was stopped are not in
        the index yet.

        Args:
            text: one character or more; without a letter among them, every sentence is looked at.

        Raises:
            InputError: the file is damaged.
        """
        wanted, asked = plain(text), question(text)
        where = (
            "WHERE n.sentence_no IN (SELECT rowid FROM sentence_index WHERE sentence_index MATCH ?)" if asked else ""
        )
        found = self.rows(
            'SELECT p.id, n.article, n.start, n."end", substr(p.text, n.start + 1, n."end" - n.start) '
            f'FROM sentences n JOIN pages p ON p.page_no = n.page_no {where} ORDER BY p.id, n.start, n."end"',
            (asked,) if asked else (),
        )
        for page_id, article, start, end, printed in found:
            if wanted in plain(printed):
                yield page_id, Sentence(article, start, end, printed)

    def page_entities(self) -> Iterator[tuple[Page, tuple[Entity, ...]]]:
        """Each page, without its text, and its own entities, sorted by page id."""
        for page_no, *row in self.rows(f"SELECT page_no, {_WITHOUT_TEXT} FROM pages ORDER BY id"):
            entities = self.rows(
                f"SELECT {_rows.ENTITY_COLUMNS} FROM page_entities WHERE page_no = ? ORDER BY position", (page_no,)
            )
            yield _rows.read_page(row)[0], tuple(map(_rows.read_entity, entities))

    # Inside

    def _record(self, page_no: int) -> PageRecord:
        [row] = self.rows(f"SELECT {_rows.PAGE_COLUMNS} FROM pages WHERE page_no = ?", (page_no,))
        page, notes = _rows.read_page(row)
        children: dict[str, list[tuple[Any, ...]]] = {}
        for table in PAGE_TABLES[:-1]:
            # Primary keys begin with page_no and order the rest, so ORDER BY costs nothing.
            order = "2, 3" if table in ("bylines", "evidence") else "2"
            found = self.rows(f"SELECT * FROM {table} WHERE page_no = ? ORDER BY {order}", (page_no,))
            children[table] = [row[1:] for row in found]
        return _rows.read_record(page, notes, children)

    def _delete(self, page_id: str) -> int:
        return self._connection.execute("DELETE FROM pages WHERE id = ?", (page_id,)).rowcount

    def rows(self, sql: str, values: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
        """What a query of our own answers; `values` stand for its question marks.

        Raises:
            InputError: the file cannot be read.
        """
        with self._reporting():
            return self._connection.execute(sql, values).fetchall()

    def walk(self, sql: str) -> Iterator[tuple[Any, ...]]:
        """The rows of a query of our own, one after the other: for more of them than anybody wants to hold.

        Raises:
            InputError: the file cannot be read.
        """
        with self._reporting():
            yield from self._connection.execute(sql)

    @contextmanager
    def _transaction(self) -> Iterator[None]:
        with self._reporting():
            self._connection.execute("BEGIN IMMEDIATE")
            try:
                yield
                self._connection.execute("COMMIT")
            except BaseException:
                if self._connection.in_transaction:
                    self._connection.rollback()
                raise

    @contextmanager
    def _reporting(self) -> Iterator[None]:
        """Turn what SQLite says into one line for the user."""
        try:
            yield
        except sqlite3.DatabaseError as error:
            raise _told(error, self.path) from error

    def _is_new(self) -> bool:
        return (
            self._pragma("application_id") == 0
            and self._pragma("user_version") == 0
            and not self._connection.execute("SELECT 1 FROM sqlite_master").fetchone()
        )

    def _pragma(self, name: Literal["application_id", "user_version", "data_version"]) -> int:
        return int(self._connection.execute(f"PRAGMA {name}").fetchone()[0])

    def _check(self, *, writable: bool) -> None:
        """See that the file is a store, and bring it to this schema where it may be written."""
        where = str(self.path)
        if self._pragma("application_id") != APPLICATION_ID:
            raise InputError("not a store of kg", where=where, hint="name a folder that kg build wrote, or a new one")
        version = self._pragma("user_version")
        if version > SCHEMA_VERSION:
            raise InputError(
                f"made by a newer kg (schema {version}, this one knows {SCHEMA_VERSION})",
                where=where,
                hint="update kg or choose another output folder",
            )
        if version == SCHEMA_VERSION:
            return
        if not writable:
            hint = "run kg build on it again"
            if version == 0:
                raise InputError("the store is empty", where=where, hint=hint)
            raise InputError(f"made by an older kg (schema {version})", where=where, hint=hint)
        self._connection.execute("BEGIN IMMEDIATE")
        try:
            views = self._connection.execute("SELECT name FROM sqlite_master WHERE type = 'view'").fetchall()
            for (name,) in views:
                self._connection.execute(f'DROP VIEW "{name}"')
            tables = _statements(TABLES) + _migration(1) if version == 0 else _migration(version)
            for statement in tables + _statements(VIEWS):
                self._connection.execute(statement)
            self._connection.execute(f"PRAGMA user_version = {SCHEMA_VERSION}")
            self._connection.execute("COMMIT")
        except BaseException:
            self._connection.rollback()
            raise


def _connect(path: Path, mode: Literal["ro", "rwc"]) -> sqlite3.Connection:
    try:
        # isolation_level=None: transactions begin and end where this module says so.
        return sqlite3.connect(f"{path.absolute().as_uri()}?mode={mode}", uri=True, isolation_level=None, timeout=30)
    except sqlite3.Error as error:
        raise _told(error, path) from error


def _told(error: sqlite3.Error, path: Path) -> InputError:
    where = str(path)
    code = getattr(error, "sqlite_errorcode", 0)
    match code & 0xFF:
        case sqlite3.SQLITE_FULL:
            return unwritable(path, OSError(errno.ENOSPC, ""))
        case sqlite3.SQLITE_READONLY | sqlite3.SQLITE_PERM | sqlite3.SQLITE_CANTOPEN | sqlite3.SQLITE_AUTH:
            return unwritable(path, OSError(errno.EACCES, ""))
        case sqlite3.SQLITE_NOTADB:
            return InputError("not a store of kg", where=where, hint="name a folder that kg build wrote, or a new one")
        case sqlite3.SQLITE_CORRUPT:
            return InputError("the store is damaged", where=where, hint="delete it and build again from the pages")
        case sqlite3.SQLITE_BUSY | sqlite3.SQLITE_LOCKED:
            return InputError("another program is writing this store", where=where, hint="try again when it is done")
        case sqlite3.SQLITE_IOERR:
            return InputError(
                "the disk cannot be read or written", where=where, hint="is it full, or was it taken out?"
            )
        case _:
            return InputError(f"the store cannot be used: {error}", where=where)


def _statements(script: str) -> list[str]:
    """Single statements of a script without triggers; `executescript` would commit between them."""
    return [statement for statement in script.split(";\n") if statement.strip()]


def _migration(version: int) -> list[str]:
    statements: list[str] = []
    for step in range(version, SCHEMA_VERSION):
        statements += _statements(MIGRATIONS[step])
    return statements
