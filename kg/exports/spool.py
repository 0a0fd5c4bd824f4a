"""Rows that an export cannot write yet, kept on the disk until it can: a file's head or order may hang on what comes last.

In: rows of plain values, each with the number of its group. Out: the rows of a group, in the order in which they came. In
memory stay sixteen bytes a row and sixteen a group.
"""

from __future__ import annotations

import marshal
import tempfile
from array import array
from collections.abc import Iterator
from pathlib import Path
from types import TracebackType
from typing import Any, Self

_NONE = -1
# marshal and not JSON: two lone surrogates beside each other, as an OCR engine may leave them, come back as they were.


class Spool:
    """Rows on the disk, by group. A context manager: the file has no name and goes with it."""

    def __init__(self, folder: Path, n_groups: int) -> None:
        """`folder` is where the file lies: on the disk that the export is written to. Groups count from 0."""
        self._file = tempfile.TemporaryFile("w+b", dir=folder)  # noqa: SIM115 - closed by __exit__
        self._end = 0
        self._at_end = True
        self._starts, self._next = array("q"), array("q")
        self._first, self._last = array("q", [_NONE]) * n_groups, array("q", [_NONE]) * n_groups

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._file.close()

    def add(self, group: int, row: Any) -> int:
        """Keep a row (texts, numbers, None, tuples, lists and dictionaries of these); its number, counted from 0.

        Raises:
            OSError: the disk is full.
        """
        number, last = len(self._starts), self._last[group]
        if not self._at_end:
            self._file.seek(self._end)
            self._at_end = True
        self._starts.append(self._end)
        self._next.append(_NONE)
        self._end += self._file.write(marshal.dumps(row))
        if last == _NONE:
            self._first[group] = number
        else:
            self._next[last] = number
        self._last[group] = number
        return number

    def numbers(self, group: int) -> Iterator[int]:
        """The numbers of a group's rows."""
        number = self._first[group]
        while number != _NONE:
            yield number
            number = self._next[number]

    def row(self, number: int) -> Any:
        """A row by its number."""
        end = self._starts[number + 1] if number + 1 < len(self._starts) else self._end
        self._file.seek(self._starts[number])
        self._at_end = False
        return marshal.loads(self._file.read(end - self._starts[number]))

    def rows(self, group: int) -> Iterator[Any]:
        """The rows of a group."""
        return map(self.row, self.numbers(group))
