"""Page records as rows of the store's tables, and back, exactly."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from kg.model import (
    Article,
    Block,
    Byline,
    Candidate,
    Entity,
    Fact,
    Issue,
    Kind,
    Link,
    Mention,
    Page,
    PageRecord,
    Provenance,
    Relation,
    Span,
)

Row = tuple[Any, ...]

PAGE_COLUMNS = (
    "id, path, sha256, text, newspaper, date, region, region_code, issue_number, inferred, number, url, notes, "
    "content_key"
)
ENTITY_COLUMNS = (
    'id, kind, name, subtype, aliases, code, anchor, linked, title, org, track, rank, date, "precision", status'
)


# Made once: json.dumps makes one for each of the hundreds of values of a page.
_encode = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


def to_json(value: object) -> str:
    """Compact JSON with Chinese as it is."""
    return _encode(value)


@dataclass(frozen=True, slots=True)
class RecordRows:
    """A page record as rows: for each table below `pages` its rows without `page_no`, sorted by position."""

    page: Page
    notes: tuple[str, ...]
    children: tuple[tuple[str, Sequence[Row]], ...]

    @classmethod
    def of(cls, record: PageRecord) -> RecordRows:
        """The rows of a record."""
        return cls(record.page, record.notes, tuple(child_rows(record)))

    @property
    def record(self) -> PageRecord:
        """The record of the rows."""
        return read_record(self.page, self.notes, dict(self.children))


def page_row(page: Page, notes: tuple[str, ...], content_key: str) -> Row:
    """The row of `pages`, in the order of `PAGE_COLUMNS`."""
    issue = page.issue
    return (
        page.id,
        page.path,
        page.sha256,
        page.text,
        issue.newspaper,
        issue.date,
        issue.region,
        issue.region_code,
        issue.number,
        to_json(issue.inferred),
        page.number,
        page.url,
        to_json(notes),
        content_key,
    )


def read_page(row: Sequence[Any]) -> tuple[Page, tuple[str, ...]]:
    """A page and its record's notes from a row of `PAGE_COLUMNS`."""
    issue = Issue(row[4], row[5], row[6], row[7], row[8], tuple(json.loads(row[9])))
    return Page(row[0], row[1], row[2], row[3], issue, row[10], row[11]), tuple(json.loads(row[12]))


def entity_values(entity: Entity) -> Row:
    """The values of `ENTITY_COLUMNS`."""
    return (
        entity.id,
        entity.kind.value,
        entity.name,
        entity.subtype,
        to_json(entity.aliases) if entity.aliases else "[]",
        entity.code,
        entity.anchor,
        int(entity.linked),
        entity.title,
        entity.org,
        entity.track,
        entity.rank,
        entity.date,
        entity.precision,
        entity.status,
    )


def read_entity(row: Sequence[Any]) -> Entity:
    """An entity from a row of `ENTITY_COLUMNS`."""
    return Entity(
        id=row[0],
        kind=Kind(row[1]),
        name=row[2],
        subtype=row[3],
        aliases=() if row[4] == "[]" else tuple(json.loads(row[4])),
        code=row[5],
        anchor=row[6],
        linked=bool(row[7]),
        title=row[8],
        org=row[9],
        track=row[10],
        rank=row[11],
        date=row[12],
        precision=row[13],
        status=row[14],
    )


def insert(connection: sqlite3.Connection, table: str, page_no: int, rows: Sequence[Row]) -> None:
    """Insert rows of a page that come without its number."""
    if rows:
        marks = ", ?" * len(rows[0])
        connection.executemany(f"INSERT INTO {table} VALUES (?{marks})", [(page_no, *row) for row in rows])


def child_rows(record: PageRecord) -> Iterator[tuple[str, list[Row]]]:
    """For each table below `pages` its name and the record's rows, without page number."""
    yield (
        "articles",
        [
            (at, a.id, a.title, a.span.start, a.span.end, a.date, _blocks(a.blocks))
            for at, a in enumerate(record.articles)
        ],
    )
    yield (
        "bylines",
        [
            (of, at, b.name, b.part, b.span.start, b.span.end)
            for of, article in enumerate(record.articles)
            for at, b in enumerate(article.bylines)
        ],
    )
    yield (
        "mentions",
        [
            (at, m.id, m.article, m.span.start, m.span.end, m.surface, m.kind.value, m.rule, m.score)
            for at, m in enumerate(record.mentions)
        ],
    )
    yield (
        "links",
        [
            (at, link.mention, link.entity, int(link.nil), _candidates(link.candidates))
            for at, link in enumerate(record.links)
        ],
    )
    yield "page_entities", [(at, *entity_values(entity)) for at, entity in enumerate(record.entities)]
    yield from fact_rows(record.facts)


def fact_rows(facts: Sequence[Fact]) -> Iterator[tuple[str, list[Row]]]:
    """The rows of `facts` and `evidence`, without page number."""
    yield (
        "facts",
        [
            (at, f.id, f.relation.value, f.subject, f.object, f.date, f.source, f.rule, f.score, _pairs(f))
            for at, f in enumerate(facts)
        ],
    )
    yield (
        "evidence",
        [
            (of, at, e.page, e.article, e.span.start, e.span.end)
            for of, fact in enumerate(facts)
            for at, e in enumerate(fact.evidence)
        ],
    )


def read_record(page: Page, notes: tuple[str, ...], rows: Mapping[str, Sequence[Row]]) -> PageRecord:
    """The record of a page.

    Args:
        rows: the page's rows of each table of `child_rows` without `page_no`, sorted by position.
    """
    bylines: dict[int, list[Byline]] = {}
    for of, _at, name, part, start, end in rows["bylines"]:
        bylines.setdefault(of, []).append(Byline(name, part, Span(start, end)))
    return PageRecord(
        page=page,
        articles=tuple(read_article(page.id, row, bylines.get(row[0], ())) for row in rows["articles"]),
        mentions=tuple(
            Mention(id_, page.id, article, Span(start, end), surface, Kind(kind), rule, score)
            for _at, id_, article, start, end, surface, kind, rule, score in rows["mentions"]
        ),
        links=tuple(
            Link(mention, entity, bool(nil), _read_candidates(candidates))
            for _at, mention, entity, nil, candidates in rows["links"]
        ),
        entities=tuple(read_entity(row[1:]) for row in rows["page_entities"]),
        facts=read_facts(rows["facts"], rows["evidence"]),
        notes=notes,
    )


def read_facts(facts: Iterable[Row], evidence: Iterable[Row]) -> tuple[Fact, ...]:
    """Facts from the rows of `fact_rows` without `page_no`, sorted by position."""
    said: dict[int, list[Provenance]] = {}
    # A page has some fifty sentences, and its facts cite them hundreds of times: each is made once.
    made: dict[Row, Provenance] = {}
    for of, _at, *where in evidence:
        page_id, article, start, end = key = tuple(where)
        one = made.get(key)
        if one is None:
            one = made[key] = Provenance(page_id, article, Span(start, end))
        said.setdefault(of, []).append(one)
    return tuple(
        Fact(
            id=id_,
            relation=Relation(relation),
            subject=subject,
            object=object_,
            date=date,
            evidence=tuple(said.get(at, ())),
            source=source,
            rule=rule,
            score=score,
            attributes=_read_pairs(attributes),
        )
        for at, id_, relation, subject, object_, date, source, rule, score, attributes in facts
    )


def read_article(page_id: str, row: Sequence[Any], bylines: Iterable[Byline] = ()) -> Article:
    """An article from its row of `articles` without `page_no`."""
    _at, id_, title, start, end, date, blocks = row
    return Article(id_, page_id, title, Span(start, end), _read_blocks(blocks), tuple(bylines), date)


def _blocks(blocks: Iterable[Block]) -> str:
    return to_json([(block.kind, [(line.start, line.end) for line in block.lines]) for block in blocks])


def _read_blocks(text: str) -> tuple[Block, ...]:
    return tuple(Block(kind, tuple(Span(*line) for line in lines)) for kind, lines in json.loads(text))


def _pairs(fact: Fact) -> str:
    return to_json(dict(fact.attributes)) if fact.attributes else "{}"


@lru_cache(maxsize=4096)
def _read_pairs(text: str) -> tuple[tuple[str, str | int], ...]:
    """Attributes; those of an event are the same with everybody who took part."""
    return tuple(json.loads(text).items())


def _candidates(candidates: Iterable[Candidate]) -> str:
    return to_json([(c.entity, c.name, c.score, c.evidence) for c in candidates])


@lru_cache(maxsize=4096)
def _read_candidates(text: str) -> tuple[Candidate, ...]:
    return tuple(Candidate(entity, name, score, tuple(why)) for entity, name, score, why in json.loads(text))
