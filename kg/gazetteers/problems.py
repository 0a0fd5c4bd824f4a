"""What is wrong where in a gazetteer file."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """What is wrong where; `file` is relative to the folder, `line` is 0 if it is the whole file."""

    file: str
    line: int
    message: str
