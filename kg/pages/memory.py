"""What was learned of page files before, so that a file that is as it was need not be read again.

In: what a store kept. Out: what that says of a file, as long as the disk says that it is the same file, and what is to be
kept this time. The bytes decide what a page is; size and times only say that they need not be looked at.

A file that was changed shortly before it was read is not remembered: a second change within one tick of the disk's clock
would leave its times as they are. Git calls such files racy (https://git-scm.com/docs/racy-git).
"""

from __future__ import annotations

import json
import os
import time
from collections.abc import Callable, Mapping
from dataclasses import astuple, dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

from kg.model import content_id
from kg.pages.clues import Clues

SETTLED_NS = 2_000_000_000
"""A file this old (nanoseconds) when it is read changes its times with its next change: FAT, the coarsest, counts two
seconds."""


class Learned(NamedTuple):
    """What a file said: `stamp` is the state of the file that was read, `printed` its clues as text.

    A tuple, because a store keeps such rows by the ten thousand.
    """

    stamp: str
    sha256: str
    printed: str

    @property
    def clues(self) -> Clues:
        """What its masthead lines say."""
        return _clues(self.printed)


@dataclass(slots=True)
class FileMemory:
    """What was known before (`files` by path, `guesses` by key), and what is known now.

    A guess is what was inferred from whole texts (a home region, a date); its key has the hashes of these texts, so that
    it holds as long as they are the same.
    """

    files: Mapping[str, tuple[str, str, str]] = field(default_factory=dict)
    guesses: Mapping[str, str | None] = field(default_factory=dict)
    files_now: dict[str, Learned] = field(default_factory=dict)
    guesses_now: dict[str, str | None] = field(default_factory=dict)
    _distrusted: set[str] = field(default_factory=set)

    def unchanged(self, path: str, state: os.stat_result | None) -> Learned | None:
        """What is known of a file that is as it was; None where it must be read."""
        row = self.files.get(path)
        if row is None or state is None or path in self._distrusted:
            return None
        learned = Learned._make(row)
        if learned.stamp != stamp(state):
            return None
        self.files_now[path] = learned
        return learned

    def learn(self, path: str, read: str | None, sha256: str, look: Callable[[], Clues]) -> Clues:
        """Remember a file that was read, and say what its masthead lines say.

        Args:
            read: the stamp of what was read; None where that may still change unseen.
            look: reads the clues, which is not done where the bytes are those of last time.
        """
        row = self.files.get(path)
        before = Learned._make(row) if row is not None else None
        if before is not None and before.sha256 == sha256:
            printed, clues = before.printed, before.clues
        else:
            clues = look()
            printed = json.dumps(astuple(clues), ensure_ascii=False)
        if read is not None and _is_storable(path):
            self.files_now[path] = Learned(read, sha256, printed)
        return clues

    def guess(self, kind: str, about: tuple[str | None, ...], make: Callable[[], str | None]) -> str | None:
        """What `make` infers, or inferred before from the same.

        Args:
            about: all that the answer depends on; hashes for texts.
        """
        key = content_id(kind, *about)
        if key not in self.guesses_now:
            self.guesses_now[key] = self.guesses[key] if key in self.guesses else make()
        return self.guesses_now[key]

    def distrust(self, path: str) -> None:
        """Forget a file that turned out to have changed while pages were looked for; all is to be looked at again."""
        self._distrusted.add(path)
        self.files_now.clear()
        self.guesses_now.clear()


def stamp(state: os.stat_result) -> str:
    """Which state of which file: whoever writes to it changes the time of change (on Windows, of writing)."""
    return f"{state.st_size} {state.st_mtime_ns} {state.st_ctime_ns} {state.st_ino}"


def read_settled(path: str) -> tuple[bytes, str | None]:
    """The bytes of a file, and its stamp if any later change will show in it.

    Raises:
        OSError: the file cannot be read.
    """
    now = time.time_ns()
    with Path(path).open("rb") as stream:
        before = os.fstat(stream.fileno())
        raw = stream.read()
        after = os.fstat(stream.fileno())
    settled = max(after.st_mtime_ns, after.st_ctime_ns) + SETTLED_NS < now
    return raw, stamp(after) if settled and stamp(before) == stamp(after) else None


@lru_cache(maxsize=1024)
def _clues(text: str) -> Clues:
    """Clues from their fields as JSON; most pages of an archive print the same ones, or none."""
    newspaper, date, number, page, publishers, month_day, weekday, web = json.loads(text)
    return Clues(
        newspaper, date, number, page, tuple(publishers), tuple(month_day) if month_day else None, weekday, web
    )


def _is_storable(path: str) -> bool:
    try:
        path.encode()
    except UnicodeEncodeError:
        return False  # a name in no known encoding; SQLite takes none
    return True
