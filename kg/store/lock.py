"""One build at a time on one store.

The lock is an SQLite transaction on an empty file beside the store: the system drops it when the process ends, however
it ends, and it works the same on Linux, macOS and Windows.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from time import monotonic

from kg.errors import InputError

LOCK_NAME = "kg.lock"
_PATIENCE = 0.2  # seconds between two looks, so that Ctrl-C is heard


@contextmanager
def build_lock(
    folder: Path, *, timeout: float | None = None, on_wait: Callable[[], None] | None = None
) -> Iterator[None]:
    """Hold the right to write the store in a folder.

    Args:
        timeout: seconds to wait for another build; None waits as long as it takes, 0 not at all.
        on_wait: called once when another build holds the lock.

    Raises:
        InputError: another build still holds it, or the folder cannot be written.
    """
    path = folder / LOCK_NAME
    try:
        connection = sqlite3.connect(path, timeout=_PATIENCE, isolation_level=None)
    except sqlite3.Error as error:
        raise InputError("not allowed to write here", where=str(folder), hint="choose another output folder") from error
    with closing(connection):
        began = monotonic()
        told = False
        while True:
            try:
                connection.execute("BEGIN EXCLUSIVE")
                break
            except sqlite3.OperationalError as error:
                if error.sqlite_errorcode & 0xFF not in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
                    raise InputError(
                        "not allowed to write here", where=str(folder), hint="choose another output folder"
                    ) from error
            except sqlite3.DatabaseError as error:
                raise InputError("not a lock file of kg", where=str(path), hint="move it away") from error
            if not told and on_wait is not None:
                on_wait()
                told = True
            if timeout is not None and monotonic() - began >= timeout:
                raise InputError(
                    "another build is writing this store", where=str(folder), hint="wait for it or stop it"
                )
        yield
