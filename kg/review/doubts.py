"""What in a graph a person should look at, as plain data; the four sorts are found by the modules beside this one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import StrEnum

from kg.knowledge import Knowledge, entity_index, statement_of
from kg.model import Article, Entity, Fact, Kind, Page

_AROUND = 80  # characters beside a name: a list of names has no full stop for half a page


class DoubtKind(StrEnum):
    """Why somebody should look."""

    CONTRADICTION = "contradiction"
    MERGE = "merge"
    NAME = "name"
    SCORE = "score"


@dataclass(frozen=True, slots=True)
class Sentence:
    """Words of a page, on one line."""

    doc: str
    newspaper: str | None
    date: str | None
    text: str


@dataclass(frozen=True, slots=True)
class Doubt:
    """One question.

    `entities` are resolved ids, `names` what is shown for them; `facts` are (page id, fact id). `why` are (reason, value)
    pairs, reasons being `same_name`, `one_character`, `short_form`, `region_left_out`, `look_alike`, `post`, `companions`, `places`, `mentions`, `days`, `regions`, `score`. `weight`
    sorts doubts of one kind, the most urgent first.
    """

    kind: DoubtKind
    entities: tuple[str, ...]
    names: tuple[str, ...]
    facts: tuple[tuple[str, str], ...] = ()
    why: tuple[tuple[str, str], ...] = ()
    sentences: tuple[Sentence, ...] = ()
    claim: str = ""
    entity_kind: Kind | None = None
    weight: float = 0.0


class Reader:
    """The knowledge indexed for finding doubts."""

    def __init__(self, knowledge: Knowledge) -> None:
        """One walk over all records."""
        self.knowledge = knowledge
        self.entities = entity_index(knowledge)
        self.pages: dict[str, Page] = {page.id: page for page in knowledge.pages}
        self.articles: dict[tuple[str, str], Article] = {(each.page, each.id): each for each in knowledge.articles}
        self.n_mentions: dict[str, int] = {}
        self.first: dict[str, tuple[str, int, int]] = {}
        self.n_pages: dict[str, set[str]] = {}
        for record in knowledge.records:
            entity_of = {link.mention: link.entity for link in record.links}
            for mention in record.mentions:
                entity = entity_of.get(mention.id)
                if entity is not None:
                    self.n_mentions[entity] = self.n_mentions.get(entity, 0) + 1
                    self.first.setdefault(entity, (record.page.id, mention.span.start, mention.span.end))
                    self.n_pages.setdefault(entity, set()).add(record.page.id)

    def shown(self, entity_id: str) -> str:
        """An entity as a person would say it: a post with its body, an event with its date."""
        entity = self.entities.get(entity_id)
        if entity is None:
            return entity_id
        if entity.kind is Kind.EVENT and entity.date:
            return f"{entity.name}（{entity.date}）"
        return entity.name

    def region(self, entity: Entity) -> str:
        """The code of the county, city or province that an entity belongs to; empty where none is known."""
        return (entity.code or entity.anchor or "")[:6]

    def claim(self, fact: Fact) -> str:
        """A fact on one line."""
        said = f"{fact.relation} {self.shown(fact.subject)} → {self.shown(fact.object)}"
        return f"{said} {fact.date}" if fact.date else said

    def sentence(self, page: Page, fact: Fact) -> Sentence | None:
        """The most telling sentence of a fact, None where no page says it."""
        if not fact.evidence:
            said = statement_of(fact)
            return Sentence(page.id, page.issue.newspaper, page.issue.date, said) if said else None
        first = fact.evidence[0]
        return self._words(self.pages.get(first.page, page), first.span.start, first.span.end)

    def mention(self, entity_id: str) -> Sentence | None:
        """The words around the first mention of an entity, None where no page mentions it."""
        if entity_id not in self.first:
            return None
        page_id, start, end = self.first[entity_id]
        page = self.pages[page_id]
        before = max((page.text.rfind(mark, 0, start) for mark in "。！？；"), default=-1) + 1
        ends = [at for mark in "。！？；" if (at := page.text.find(mark, end)) >= 0]
        begin, close = max(before, start - _AROUND), min([*ends, end + _AROUND]) + 1
        said = self._words(page, begin, close)
        left, right = "…" if begin > before else "", "…" if close not in {at + 1 for at in ends} else ""
        return replace(said, text=f"{left}{said.text}{right}")

    def _words(self, page: Page, start: int, end: int) -> Sentence:
        words = " ".join(page.text[start:end].split())
        return Sentence(page.id, page.issue.newspaper, page.issue.date, words)


def attribute(fact: Fact, name: str) -> str | int | None:
    """The value of an attribute of a fact."""
    attributes: Mapping[str, str | int] = dict(fact.attributes)
    return attributes.get(name)
