"""Everything that questions look things up in, made once when a store is opened.

Holds the columns, the groups of facts by what they speak of, the names, and the territory; answers nothing by itself.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np

from kg.knowledge import PLANNED, STATEMENT
from kg.model import Entity, Kind, Relation
from kg.query.columns import NONE, RELATION_NUMBER, Columns, Grouped, Rows
from kg.query.moments import bounds, precision
from kg.query.names import Names
from kg.query.reading import read_columns
from kg.query.sentences import one_line
from kg.query.tables import Column
from kg.query.territory import Territory


class Index:
    """The indices of one store. Attributes are for reading."""

    def __init__(self, columns: Columns, folder: Path) -> None:
        """Group the facts; about a tenth of a second for a hundred thousand."""
        self.folder = folder
        self.columns = columns
        self.entities = columns.entities
        self.territory = Territory(columns)
        self.names = Names(columns.entities, self.territory, self.describe)
        n = len(columns.entities)
        self.entity_names = _objects([entity.name for entity in columns.entities])
        self.entity_ids = _objects([entity.id for entity in columns.entities])
        self.subtypes = _objects([entity.subtype for entity in columns.entities])
        self.is_person = np.array([entity.kind is Kind.PERSON for entity in columns.entities], dtype=bool)
        self.planned_event = np.array([entity.status == PLANNED for entity in columns.entities], dtype=bool)
        self.ids = _objects(columns.ids)
        self.dates = _objects(columns.dates)
        exactness = {date: precision(date) for date in set(columns.dates)}
        self.precisions = _objects([exactness[date] for date in columns.dates])
        self.scores = np.array(columns.scores, dtype=np.float64).round(4)
        self.docs = _objects([page.id for page in columns.pages])
        self.newspapers = _objects([page.issue.newspaper for page in columns.pages])
        self.issue_dates = _objects([page.issue.date for page in columns.pages])
        self._sentences = np.full(len(columns), None, dtype=object)
        self._lines: dict[tuple[int, int, int], str] = {}

        self.visits = self._rows(Relation.VISITED)
        self.visits_by_person = Grouped(columns.subject, n, self.visits)
        self.visits_by_place = Grouped(columns.object, n, self.visits)
        self.visits_by_event = Grouped(columns.event, n, self.visits)
        self.parts = parts = self._rows(Relation.PARTICIPATED_IN)
        self.parts_by_person = Grouped(columns.subject, n, parts)
        self.parts_by_event = Grouped(columns.object, n, parts)
        sites = self._rows(Relation.TOOK_PLACE_AT)
        self.sites_by_event = Grouped(columns.subject, n, sites)
        self.events_by_site = Grouped(columns.object, n, sites)
        posts = self._rows(Relation.HOLDS_ROLE)
        self.posts_by_person = Grouped(columns.subject, n, posts)
        self.posts_by_role = Grouped(columns.object, n, posts)
        self.planned = self.planned_event[columns.subject] | self.planned_event[columns.object]
        self.planned |= (columns.event >= 0) & self.planned_event[columns.event]

    @classmethod
    def read(cls, folder: Path) -> Index:
        """Read the store of a folder.

        Raises:
            InputError: there is no store, it is damaged or of another kg, or it holds no facts.
        """
        return cls(read_columns(folder), folder)

    def sentences(self, facts: Rows) -> Column:
        """The most telling sentence of each fact as one line; a person's statement where no page says it, None where only geography does."""
        for fact in facts[self._sentences[facts] == None].tolist():  # noqa: E711 # compared element by element
            said = self.columns.sayings.of[fact]
            if said:
                at = said[0]
                sayings = self.columns.sayings
                self._sentences[fact] = self.line(sayings.page[at], sayings.start[at], sayings.end[at])
            elif STATEMENT in self.columns.attributes[fact]:
                self._sentences[fact] = one_line(f"（人工说明）{self.columns.attributes[fact][STATEMENT]}")
        found: Column = self._sentences[facts]
        return found

    def line(self, page: int, start: int, end: int) -> str:
        """A span of a page as one line."""
        key = page, start, end
        if key not in self._lines:
            self._lines[key] = one_line(self.columns.pages[page].text[start:end]) if page != NONE else ""
        return self._lines[key]

    def told(self, facts: Rows) -> dict[str, Column]:
        """The columns that every answer made of facts ends with: date, paper, page, sentence, score."""
        page = self.columns.page[facts]
        return {
            "newspaper": self.newspapers[page],
            "issue_date": self.issue_dates[page],
            "doc": self.docs[page],
            "evidence": self.sentences(facts),
            "score": self.scores[facts],
        }

    def within_days(self, facts: Rows, since: Any, until: Any) -> Rows:
        """Those of the facts that may have been in a time; what has no date is in no time but the unlimited.

        Raises:
            InputError: a date is none.
        """
        days = bounds(since, until)
        if days is None:
            return facts
        first, last = days
        begins, ends = self.columns.since[facts], self.columns.until[facts]
        kept: Rows = facts[(begins > 0) & (begins <= last) & (ends >= first)]
        return kept

    def kept(self, facts: Rows, *, planned: bool, min_score: float) -> Rows:
        """Those of the facts that are not merely planned and certain enough."""
        if not planned:
            facts = facts[~self.planned[facts]]
        if min_score > 0:
            facts = facts[self.scores[facts] >= min_score]
        return facts

    def optional(self, values: Column, rows: Rows) -> Column:
        """`values[rows]`, None where a row is missing (-1)."""
        found: Column = values[rows]
        if len(rows) and rows.min() < 0:
            found[rows < 0] = None
        return found

    def describe(self, row: int) -> str:
        """What tells an entity from its namesakes: id, where, posts, when, how much is said of it."""
        entity = self.entities[row]
        about = [self.region(entity), *self._posts(row), self._when(row)]
        return f"{entity.id} ({', '.join(part for part in about if part)})"

    def region(self, entity: Entity) -> str:
        """The printed path of the division that an entity belongs to; empty where none is known."""
        code = entity.code or entity.anchor
        if not code:
            return ""
        from kg.gazetteers import load_divisions

        path = load_divisions().path(code)
        return "".join(division.name for division in (path[:-1] if entity.code else path))

    def _posts(self, row: int) -> list[str]:
        held = self.columns.object[self.posts_by_person[row]].tolist()
        return [self.entities[post].name for post in dict.fromkeys(held)][:3]

    def _when(self, row: int) -> str:
        facts = np.flatnonzero((self.columns.subject == row) | (self.columns.object == row))
        issues = sorted({date for date in self.issue_dates[self.columns.page[facts]].tolist() if date})
        if not issues:
            return ""
        return issues[0] if len(issues) == 1 else f"{issues[0]}–{issues[-1]}"

    def _rows(self, relation: Relation) -> Rows:
        return np.flatnonzero(self.columns.relation == RELATION_NUMBER[relation])


def _objects(values: list[Any]) -> Column:
    column = np.empty(len(values), dtype=object)
    column[:] = values
    return column
