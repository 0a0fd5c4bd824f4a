"""Knowledge as the explorer's columns.

In: entities, facts, articles, pages, and which entity each mention was taken for. Out: one JSON-ready dictionary of
parallel lists, the same whatever the order of the input. Text is made printable here (lone surrogates, control and
bidi characters); it is not escaped: the page only ever makes text nodes of it.
"""

from __future__ import annotations

import hashlib
import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from kg.knowledge import statement_of
from kg.model import Article, Entity, Fact, Kind, Mention, Page, Provenance, Relation, Span
from kg.viewer.labels import shown_names
from kg.viewer.names import romanise
from kg.viewer.scope import Scope

KINDS = tuple(kind.value for kind in Kind)
RELATIONS = tuple(relation.value for relation in Relation)
_SEARCHED_BY_SOUND = frozenset({Kind.PERSON, Kind.PLACE, Kind.ORG, Kind.ROLE})

# Surrogates cannot be written as UTF-8; bidi overrides would turn the text around them; the rest has no glyph.
_UNPRINTABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufffe\uffff]")
_SPACE = re.compile(r"[\s\u3000]+")


def printable(text: str) -> str:
    """The text, character for character, with what cannot be written or would mislead replaced by U+FFFD.

    >>> printable("朱\\ud800素芳")
    '朱�素芳'
    """
    return _UNPRINTABLE.sub("\ufffd", text)


def readable(text: str, span: Span) -> tuple[str, list[int]]:
    """A sentence as one line, and for each of its characters the page offset it came from.

    Breaks inside the sentence are dropped, since OCR sets them in mid-word; other runs of blanks become one space.
    """
    pieces: list[str] = []
    offsets: list[int] = []
    at = span.start
    for match in _SPACE.finditer(text, span.start, span.end):
        pieces.append(text[at : match.start()])
        offsets.extend(range(at, match.start()))
        if not any(char in "\r\n\u2028\u2029\x85" for char in match.group()):
            pieces.append(" ")
            offsets.append(match.start())
        at = match.end()
    pieces.append(text[at : span.end])
    offsets.extend(range(at, span.end))
    return printable("".join(pieces)), offsets


def view_data(
    entities: Iterable[Entity],
    facts: Iterable[Fact],
    articles: Iterable[Article],
    pages: Iterable[Page],
    mentions: Iterable[tuple[Mention, str]] = (),
    *,
    scope: Scope | None = None,
) -> dict[str, Any]:
    """Everything the explorer shows, as columns.

    Args:
        facts: those whose subject or object is no entity given are left out and counted in `counts.dropped`.
        mentions: each with the id of the entity it was taken for; only those inside a sentence of evidence are kept.
        scope: what was chosen of all that is known; None holds everything.
    """
    scope = scope or Scope()
    entity_list = sorted(entities, key=lambda entity: entity.id)
    rows = {entity.id: row for row, entity in enumerate(entity_list)}
    page_list = sorted(pages, key=lambda page: (page.issue.date or "", page.issue.newspaper or "", page.id))
    article_list = sorted(articles, key=lambda article: (article.page, article.span, article.id))
    all_facts = merged_facts(facts)
    fact_list = sorted(
        (fact for fact in all_facts if fact.subject in rows and fact.object in rows),
        key=lambda fact: (fact.date or "~", rows[fact.subject], fact.relation, rows[fact.object], fact.id),
    )
    names = [_line(name) for name in shown_names(entity_list, fact_list)]
    mention_count, marks = _marks_by_page(mentions, rows)
    sentences = _Sentences(page_list, article_list, marks)
    dates, subtypes, rules, parts = _Table(), _Table(), _Table(), _Table()
    columns = _fact_columns(fact_list, rows, sentences, dates, rules, parts)
    return {
        "version": 1,
        "counts": {
            "pages": len(page_list),
            "articles": len(article_list),
            "mentions": mention_count,
            "dropped": len(all_facts) - len(fact_list),
        },
        "kinds": KINDS,
        "relations": RELATIONS,
        "entities": _entity_columns(entity_list, names, rows, subtypes, dates),
        "facts": columns,
        "sentences": sentences.columns(),
        "articles": {
            "page": [sentences.page_rows.get(article.page, -1) for article in article_list],
            "title": [_line(article.title) for article in article_list],
        },
        "pages": _page_columns(page_list),
        "held": _held(page_list if scope.held is None else scope.held),
        "scope": {name: _typed(value) for name, value in scope.columns().items()},
        "dates": dates.values,
        "subtypes": subtypes.values,
        "rules": rules.values,
        "parts": parts.values,
    }


def merged_facts(facts: Iterable[Fact]) -> list[Fact]:
    """Facts that several pages state in the same words of the graph, as one with the evidence of all.

    Two visits on two days, or in two events, stay two. Facts come back by id.
    """
    merged: dict[tuple[object, ...], Fact] = {}
    for fact in sorted(facts, key=lambda fact: (fact.id, fact.evidence)):
        key = _told(fact)
        known = merged.get(key)
        if known is None:
            merged[key] = fact
            continue
        merged[key] = replace(
            known,
            evidence=tuple(dict.fromkeys((*known.evidence, *fact.evidence))),
            score=max(known.score, fact.score),
            source="text" if "text" in (known.source, fact.source) else known.source,
            attributes=known.attributes or fact.attributes,
        )
    return list(merged.values())


def count_merged(facts: Iterable[Fact]) -> int:
    """How many `merged_facts` would give; none of them is held, but for eight bytes each."""
    return len({hashlib.blake2b(repr(_told(fact)).encode(), digest_size=8).digest() for fact in facts})


def _told(fact: Fact) -> tuple[object, ...]:
    return fact.relation, fact.subject, fact.object, fact.date, dict(fact.attributes).get("event")


class _Table:
    """Distinct strings in order of first use; a column holds row numbers, -1 for None."""

    def __init__(self) -> None:
        self.values: list[str] = []
        self._rows: dict[str, int] = {}

    def row(self, value: str | None) -> int:
        if value is None:
            return -1
        if value not in self._rows:
            self._rows[value] = len(self.values)
            self.values.append(_line(value))
        return self._rows[value]


def _line(text: str) -> str:
    return printable(" ".join(text.split()))


def _entity_columns(
    entities: Sequence[Entity], names: Sequence[str], rows: Mapping[str, int], subtypes: _Table, dates: _Table
) -> dict[str, Any]:
    return {
        "id": [entity.id for entity in entities],
        "kind": [KINDS.index(entity.kind) for entity in entities],
        "subtype": [subtypes.row(entity.subtype) for entity in entities],
        "name": names,
        "aliases": [
            [row, others]
            for row, entity in enumerate(entities)
            if (others := [alias for alias in map(_line, (entity.name, *entity.aliases)) if alias != names[row]])
        ],
        "sound": [_sounds(entity, name) for entity, name in zip(entities, names, strict=True)],
        "title": [_line(entity.title) if entity.title else "" for entity in entities],
        "org": [rows.get(entity.org, -1) if entity.org else -1 for entity in entities],
        "date": [dates.row(entity.date) for entity in entities],
        "code": [entity.code or "" for entity in entities],
        "linked": [int(entity.linked) for entity in entities],
    }


def _sounds(entity: Entity, name: str) -> str:
    """The syllables of the name and of each alias, parted by `|`; empty for events, which are found by their text."""
    if entity.kind not in _SEARCHED_BY_SOUND:
        return ""
    person = entity.kind is Kind.PERSON
    spoken = dict.fromkeys(romanise(called, person=person) for called in (name, *map(_line, entity.aliases)))
    return "|".join(spoken)


def _fact_columns(
    facts: Sequence[Fact],
    rows: Mapping[str, int],
    sentences: _Sentences,
    dates: _Table,
    rules: _Table,
    parts: _Table,
) -> dict[str, Any]:
    attributes = [dict(fact.attributes) for fact in facts]
    part_values = [row.get("part") for row in attributes]
    order_values = [row.get("order") for row in attributes]
    evidence = [[sentences.row(provenance) for provenance in fact.evidence] for fact in facts]
    return {
        "relation": [RELATIONS.index(fact.relation) for fact in facts],
        "subject": [rows[fact.subject] for fact in facts],
        "object": [rows[fact.object] for fact in facts],
        "date": [dates.row(fact.date) for fact in facts],
        "score": [round(fact.score * 100) for fact in facts],
        "rule": [rules.row(fact.rule) for fact in facts],
        "given": [int(fact.source == "gazetteer") for fact in facts],
        "part": [parts.row(str(part)) if part is not None else -1 for part in part_values],
        "order": [order if isinstance(order, int) else -1 for order in order_values],
        "event": [rows.get(str(row.get("event")), -1) for row in attributes],
        "evidence": [[row for row in found if row >= 0] for found in evidence],
        "statement": {str(at): _line(said) for at, said in enumerate(map(statement_of, facts)) if said is not None},
    }


def _page_columns(pages: Sequence[Page]) -> dict[str, Any]:
    return {
        "id": [printable(page.id) for page in pages],
        "newspaper": [_line(page.issue.newspaper) if page.issue.newspaper else "" for page in pages],
        "date": [page.issue.date or "" for page in pages],
        "inferred": [int("date" in page.issue.inferred) for page in pages],
        "number": [page.number or 0 for page in pages],
        # Only what a browser opens as a web page may become a link.
        "url": [page.url if page.url and re.match(r"https?://", page.url) else "" for page in pages],
    }


def _held(pages: Iterable[Page]) -> dict[str, Any]:
    """How many pages were read, from which day to which, of each month (`2021-01`), and of no known day."""
    days = [page.issue.date or "" for page in pages]
    dated = sorted(filter(None, days))
    months = Counter(day[:7] for day in dated)
    return {
        "pages": len(days),
        "days": [dated[0], dated[-1]] if dated else [],
        "months": sorted(months.items()),
        "undated": len(days) - len(dated),
    }


def _typed(value: Any) -> Any:
    """What a person typed, printable."""
    if isinstance(value, str):
        return _line(value)
    return [_line(name) for name in value] if isinstance(value, list) else value


_Mark = tuple[int, int, int]  # start, end, entity row


def _marks_by_page(
    mentions: Iterable[tuple[Mention, str]], rows: Mapping[str, int]
) -> tuple[int, dict[str, list[_Mark]]]:
    marks: dict[str, list[_Mark]] = {}
    count = 0
    for mention, entity_id in mentions:
        count += 1
        if entity_id in rows:
            marks.setdefault(mention.page, []).append((mention.span.start, mention.span.end, rows[entity_id]))
    for found in marks.values():
        found.sort()
    return count, marks


class _Sentences:
    """The sentences that some fact cites, each once, numbered in order of first use."""

    def __init__(self, pages: Sequence[Page], articles: Sequence[Article], marks: Mapping[str, list[_Mark]]) -> None:
        self.page_rows = {page.id: row for row, page in enumerate(pages)}
        self._pages = pages
        self._article_rows = {(article.page, article.id): row for row, article in enumerate(articles)}
        self._marks = marks
        self._rows: dict[Provenance, int] = {}
        self._text: list[str] = []
        self._mark_columns: list[list[int]] = []

    def row(self, provenance: Provenance) -> int:
        """The sentence's number; -1 where the page is not among those given."""
        if provenance.page not in self.page_rows:
            return -1
        if provenance not in self._rows:
            self._rows[provenance] = len(self._rows)
            text, offsets = readable(self._pages[self.page_rows[provenance.page]].text, provenance.span)
            self._text.append(text)
            self._mark_columns.append(self._marks_within(provenance, offsets))
        return self._rows[provenance]

    def _marks_within(self, provenance: Provenance, offsets: list[int]) -> list[int]:
        """Marks as start, length, entity, start, length, … in sentence positions; the longer of two that overlap."""
        found = self._marks.get(provenance.page, [])
        first = bisect_left(found, (provenance.span.start, -1, -1))
        inside: list[_Mark] = []
        for mark in found[first:]:
            if mark[0] >= provenance.span.end:
                break
            if mark[1] <= provenance.span.end:
                if inside and mark[0] < inside[-1][1]:
                    if mark[1] - mark[0] > inside[-1][1] - inside[-1][0]:
                        inside[-1] = mark
                    continue
                inside.append(mark)
        flat: list[int] = []
        for start, end, entity in inside:
            begin, stop = bisect_left(offsets, start), bisect_left(offsets, end)
            if stop > begin:
                flat.extend((begin, stop - begin, entity))
        return flat

    def columns(self) -> dict[str, Any]:
        provenances = list(self._rows)
        return {
            "page": [self.page_rows[provenance.page] for provenance in provenances],
            "article": [
                self._article_rows.get((provenance.page, provenance.article), -1)
                if provenance.article is not None
                else -1
                for provenance in provenances
            ],
            "text": self._text,
            "marks": self._mark_columns,
        }
