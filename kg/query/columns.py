"""All facts of a store as parallel columns, with the indices that questions need.

Rows of facts stand in order of time (undated last), so that any selection of rows in ascending order is
chronological. Entities, pages and facts are named by their row here.
"""

from __future__ import annotations

from array import array
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from kg.model import Entity, Issue, Relation

Rows = npt.NDArray[np.int64]
RELATIONS = tuple(Relation)
RELATION_NUMBER: Mapping[Relation, int] = {relation: number for number, relation in enumerate(RELATIONS)}
NONE = -1


@dataclass(frozen=True, slots=True)
class PageRow:
    """A page with its text and its articles as stored (`blocks` is JSON)."""

    id: str
    text: str
    issue: Issue
    number: int | None
    url: str | None
    articles: tuple[ArticleRow, ...]


@dataclass(frozen=True, slots=True)
class ArticleRow:
    """An article; offsets are those of the page's text."""

    id: str
    title: str
    start: int
    end: int
    blocks: str


@dataclass(frozen=True, slots=True)
class Saying:
    """A place in a page where a fact is said: page row, article id, offsets."""

    page: int
    article: str | None
    start: int
    end: int


class Grouped:
    """Rows of a column by its value: `grouped[value]` are the rows in ascending order, in constant time."""

    __slots__ = ("_order", "_starts")

    def __init__(self, values: Rows, n_values: int, rows: Rows | None = None) -> None:
        """Group `rows` (default: all) by `values[row]`; negative values are left out."""
        kept = np.flatnonzero(values >= 0) if rows is None else rows[values[rows] >= 0]
        found = values[kept]
        order = np.argsort(found, kind="stable")
        self._order: Rows = kept[order]
        self._starts: Rows = np.zeros(n_values + 1, dtype=np.int64)
        np.cumsum(np.bincount(found, minlength=n_values), out=self._starts[1:])

    def __getitem__(self, value: int) -> Rows:
        return self._order[self._starts[value] : self._starts[value + 1]]

    def of(self, values: Rows) -> Rows:
        """The rows of any of several distinct values, ascending."""
        if len(values) == 1:
            return self[int(values[0])]
        parts = [self[int(value)] for value in values]
        return np.sort(np.concatenate(parts)) if parts else np.empty(0, dtype=np.int64)

    def count(self, value: int) -> int:
        """How many rows have a value."""
        return int(self._starts[value + 1] - self._starts[value])


@dataclass(frozen=True, slots=True, eq=False)
class Sayings:
    """The evidence of all facts: `of[fact]` are the positions of a fact's own in the other columns."""

    of: list[range | tuple[int, ...]]
    page: array[int]
    article: list[str | None]
    start: array[int]
    end: array[int]

    def __getitem__(self, fact: int) -> tuple[Saying, ...]:
        """Where a fact is said, most telling first; empty where only geography says it."""
        return tuple(Saying(self.page[k], self.article[k], self.start[k], self.end[k]) for k in self.of[fact])


@dataclass(frozen=True, slots=True, eq=False)
class Columns:
    """Entities, pages, facts. Lists and arrays about facts have one value a fact, in the same order.

    `n_mentions` are the entities' mentions, by row; `complete` says whether the store's last build came to its end.
    """

    entities: tuple[Entity, ...]
    n_mentions: list[int]
    pages: tuple[PageRow, ...]
    ids: list[str]
    relation: Rows
    subject: Rows
    object: Rows
    event: Rows
    since: Rows
    until: Rows
    dates: list[str | None]
    page: Rows
    sources: list[str]
    rules: list[str]
    scores: list[float]
    attributes: list[dict[str, Any]]
    sayings: Sayings
    complete: bool

    def __len__(self) -> int:
        """How many facts."""
        return len(self.ids)
