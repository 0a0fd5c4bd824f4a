"""What the store keeps of page files: rows of text in, rows of text out, written within one transaction."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping
from dataclasses import dataclass, field

FileRow = tuple[str, str, str]
"""State of the file, hash of its bytes, what it prints of its issue; the last as JSON."""


@dataclass(frozen=True, slots=True)
class KeptFiles:
    """Files by path, and what was inferred of texts by key."""

    files: Mapping[str, FileRow] = field(default_factory=dict)
    guesses: Mapping[str, str | None] = field(default_factory=dict)


def read_files(connection: sqlite3.Connection) -> KeptFiles:
    """Everything that is kept."""
    files = connection.execute("SELECT path, stamp, sha256, printed FROM page_files")
    return KeptFiles(
        {path: (stamp, sha256, printed) for path, stamp, sha256, printed in files},
        dict(connection.execute("SELECT key, value FROM guesses")),
    )


def clear_files(connection: sqlite3.Connection) -> None:
    """Forget everything."""
    connection.execute("DELETE FROM page_files")
    connection.execute("DELETE FROM guesses")


def write_files(connection: sqlite3.Connection, before: KeptFiles, now: KeptFiles) -> None:
    """Bring what is kept from `before` to `now`; rows that stay cost nothing."""
    _bring(connection, "page_files", "path", before.files, now.files)
    told = ({key: (value,) for key, value in each.guesses.items()} for each in (before, now))
    _bring(connection, "guesses", "key", *told)


def _bring(
    connection: sqlite3.Connection,
    table: str,
    key: str,
    before: Mapping[str, tuple[str | None, ...]],
    now: Mapping[str, tuple[str | None, ...]],
) -> None:
    gone = [(name,) for name in sorted(before.keys() - now.keys())]
    connection.executemany(f"DELETE FROM {table} WHERE {key} = ?", gone)
    rows = [(name, *row) for name, row in now.items() if before.get(name) != row]
    if rows:
        marks = ", ".join("?" * len(rows[0]))
        connection.executemany(f"INSERT OR REPLACE INTO {table} VALUES ({marks})", rows)
