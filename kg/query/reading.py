"""A store's tables as columns in memory, in well under a second for a hundred thousand facts.

In: the folder of a build. Out: the facts that `kg.resolve.resolve` makes of the same store (a test holds this), as
columns. It does not build page records: at this size the objects alone would take longer than all else.
"""

from __future__ import annotations

import json
from array import array
from collections.abc import Sequence
from itertools import groupby
from operator import itemgetter
from pathlib import Path
from typing import Any

import numpy as np

from kg.errors import InputError
from kg.model import Entity, Issue, Kind, Relation
from kg.query.columns import NONE, RELATION_NUMBER, ArticleRow, Columns, PageRow, Rows, Sayings
from kg.query.moments import covered
from kg.store import Store
from kg.store.collector import without_collector

_HIERARCHY = frozenset((Relation.PART_OF.value, Relation.LOCATED_IN.value))
_UNDATED = np.iinfo(np.int64).max


def read_columns(folder: Path) -> Columns:
    """Read the store of a folder.

    Raises:
        InputError: there is no store, it is damaged or of another kg, or it holds no facts.
    """
    with Store.open(folder) as store, without_collector():
        entities, entity_rows = _entities(store)
        pages, page_rows, page_numbers = _pages(store)
        resolved = _resolved(store, entity_rows)
        n_mentions = _mentions(store, len(entities), resolved)
        return _facts(store, folder, entities, n_mentions, pages, page_rows, page_numbers, resolved, entity_rows)


def _rows(store: Store, sql: str) -> list[tuple[Any, ...]]:
    # The store's own reading gives whole page records; this is the one place that needs single columns.
    return store.rows(sql)


def _entities(store: Store) -> tuple[tuple[Entity, ...], dict[str, int]]:
    kinds = {kind.value: kind for kind in Kind}
    entities = tuple(
        Entity(
            row[0],
            kinds[row[1]],
            row[2],
            row[3],
            tuple(json.loads(row[4])) if row[4] != "[]" else (),
            row[5],
            row[6],
            bool(row[7]),
            *row[8:],
        )
        for row in _rows(
            store,
            "SELECT id, kind, name, subtype, aliases, code, anchor, linked, title, org, track, rank, date, "
            '"precision", status FROM entities ORDER BY id',
        )
    )
    return entities, {entity.id: row for row, entity in enumerate(entities)}


def _pages(store: Store) -> tuple[tuple[PageRow, ...], dict[str, int], dict[int, int]]:
    """Pages by date of issue and id, their rows by id and by number in the store."""
    articles: dict[int, tuple[ArticleRow, ...]] = {
        number: tuple(ArticleRow(*row[1:]) for row in rows)
        for number, rows in groupby(
            _rows(store, 'SELECT page_no, id, title, start, "end", blocks FROM articles ORDER BY page_no, position'),
            key=itemgetter(0),
        )
    }
    rows = _rows(
        store,
        "SELECT page_no, id, text, newspaper, date, region, region_code, issue_number, inferred, number, url FROM pages",
    )
    rows.sort(key=lambda row: (row[4] or "~", row[1]))
    pages = tuple(
        PageRow(id_, text, _issue(issue, inferred), number, url, articles.get(page_no, ()))
        for page_no, id_, text, *issue, inferred, number, url in rows
    )
    return pages, {page.id: at for at, page in enumerate(pages)}, {row[0]: at for at, row in enumerate(rows)}


def _issue(known: Sequence[str | None], inferred: str) -> Issue:
    newspaper, date, region, region_code, number = known
    return Issue(newspaper, date, region, region_code, number, tuple(json.loads(inferred)))


def _resolved(store: Store, entity_rows: dict[str, int]) -> dict[int, dict[str, int]]:
    """Entity rows by page number and the page's own entity id."""
    found: dict[int, dict[str, int]] = {}
    for page_no, local, entity in _rows(store, "SELECT page_no, page_entity, entity FROM resolved"):
        if page_no not in found:
            found[page_no] = {}
        found[page_no][local] = entity_rows[entity]
    return found


def _mentions(store: Store, n_entities: int, resolved: dict[int, dict[str, int]]) -> list[int]:
    """How often each entity is mentioned, by row; what a build that was stopped did not resolve does not count."""
    counted = [0] * n_entities
    for page_no, local in _rows(store, "SELECT page_no, page_entity FROM links"):
        row = resolved.get(page_no, {}).get(local)
        if row is not None:
            counted[row] += 1
    return counted


def _facts(
    store: Store,
    folder: Path,
    entities: tuple[Entity, ...],
    n_mentions: list[int],
    pages: tuple[PageRow, ...],
    page_rows: dict[str, int],
    page_numbers: dict[int, int],
    resolved: dict[int, dict[str, int]],
    entity_rows: dict[str, int],
) -> Columns:
    names = "page_no, position, id, relation, subject, object, date, source, rule, score, attributes"
    read = store.walk(
        f"SELECT {names} FROM facts f "
        "WHERE NOT EXISTS (SELECT 1 FROM hidden_facts h WHERE h.page_no = f.page_no AND h.fact = f.id) "
        "ORDER BY page_no, position"
    )
    # What people decided points at entities already.
    decided = store.walk(f"SELECT {names} FROM decided_facts ORDER BY page_no, position")
    keys, positions, subject, object_, event = (array("q") for _ in range(5))
    ids: list[str] = []
    told: tuple[list[Any], ...] = ([], [], [], [], [])
    attributes: list[dict[str, Any]] = []
    shared: dict[Any, Any] = {}  # one object for equal values, of which there are few
    parsed: dict[str, dict[str, Any]] = {}
    try:
        for rows, entities_of in ((read, resolved.__getitem__), (decided, lambda _page_no: entity_rows)):
            n_read = len(ids)  # at the end: of the first table alone
            for page_no, position, id_, kind, one, other, date, source, rule, score, text in rows:
                of_page = entities_of(page_no)
                named = parsed.get(text)
                if named is None:
                    named = parsed[text] = json.loads(text)
                keys.append(page_no)
                positions.append(position)
                subject.append(of_page[one])
                object_.append(of_page[other])
                event.append(of_page.get(named["event"], NONE) if "event" in named else NONE)
                ids.append(id_)
                attributes.append(named)
                for values, value in zip(told, (kind, date, source, rule, score), strict=True):
                    values.append(shared.setdefault(value, value))
    except KeyError:
        raise InputError(
            "the store was not built to its end", where=str(folder), hint="run the same kg build again"
        ) from None
    if not ids:
        raise InputError("the store holds no facts", where=str(folder), hint="build it from pages that tell of people")
    relation, dates, sources, rules, scores = told
    sayings = _joined_sayings(
        _sayings(store, "evidence", keys[:n_read], positions[:n_read], page_rows),
        _sayings(store, "decided_evidence", keys[n_read:], positions[n_read:], page_rows),
    )
    kept = _merge(keys, relation, subject, object_, event, dates, sources, rules, scores, attributes, sayings)
    spans = {date: covered(date) for date in set(dates)}
    since = np.array([spans[date][0] for date in dates], dtype=np.int64)
    page = np.array([page_numbers[number] for number in keys], dtype=np.int64)
    order = kept[np.lexsort((page[kept], np.where(since[kept] > 0, since[kept], _UNDATED)))]
    chosen = order.tolist()
    numbers = {name.value: number for name, number in RELATION_NUMBER.items()}

    def column(values: Sequence[int]) -> Rows:
        return np.array(values, dtype=np.int64)[order]

    return Columns(
        entities=entities,
        n_mentions=n_mentions,
        pages=pages,
        ids=[ids[at] for at in chosen],
        relation=column([numbers[name] for name in relation]),
        subject=column(subject),
        object=column(object_),
        event=column(event),
        since=since[order],
        until=column([spans[date][1] for date in dates]),
        dates=[dates[at] for at in chosen],
        page=page[order],
        sources=[sources[at] for at in chosen],
        rules=[rules[at] for at in chosen],
        scores=[scores[at] for at in chosen],
        attributes=[attributes[at] for at in chosen],
        sayings=Sayings([sayings.of[at] for at in chosen], sayings.page, sayings.article, sayings.start, sayings.end),
        complete=store.is_complete,
    )


def _sayings(
    store: Store, table: str, keys: Sequence[int], positions: Sequence[int], page_rows: dict[str, int]
) -> Sayings:
    # There are more of these than of all else together, twenty to a fact: numbers in arrays, and each article's id once.
    page_no, fact_position, page, start, end = (array("q") for _ in range(5))
    article: list[str | None] = []
    known: dict[str | None, str | None] = {}
    for row in store.walk(
        f'SELECT page_no, fact_position, page, article, start, "end" FROM {table} '
        "ORDER BY page_no, fact_position, position"
    ):
        page_no.append(row[0])
        fact_position.append(row[1])
        page.append(page_rows.get(row[2], NONE))
        article.append(known.setdefault(row[3], row[3]))
        start.append(row[4])
        end.append(row[5])
    if not page_no or not keys:
        return Sayings([range(0)] * len(keys), array("q"), [], array("q"), array("q"))
    # Both tables are sorted by page and position: one merge finds where each fact's evidence begins and ends.
    stride = max(max(positions), max(fact_position)) + 1
    said = np.array(page_no, dtype=np.int64) * stride + np.array(fact_position, dtype=np.int64)
    facts = np.array(keys, dtype=np.int64) * stride + np.array(positions, dtype=np.int64)
    first = np.searchsorted(said, facts, side="left").tolist()
    last = np.searchsorted(said, facts, side="right").tolist()
    return Sayings(
        [range(a, b) for a, b in zip(first, last, strict=True)],
        page,
        article,
        start,
        end,
    )


def _joined_sayings(read: Sayings, decided: Sayings) -> Sayings:
    """The sayings of facts as read, then those of facts as decided."""
    n_read = len(read.page)
    return Sayings(
        [*read.of, *(tuple(at + n_read for at in each) for each in decided.of)],
        read.page + decided.page,
        read.article + decided.article,
        read.start + decided.start,
        read.end + decided.end,
    )


def _merge(
    keys: Sequence[int],
    relation: Sequence[str],
    subject: Sequence[int],
    object_: Sequence[int],
    event: array[int],
    dates: Sequence[str | None],
    sources: list[str],
    rules: list[str],
    scores: list[float],
    attributes: list[dict[str, Any]],
    sayings: Sayings,
) -> Rows:
    """Make one of the facts of a page that resolution made one, as `kg.resolve.point_at` does; the rows that stay."""
    first: dict[tuple[object, ...], int] = {}
    kept: list[int] = []
    for at, key in enumerate(zip(keys, relation, subject, object_, dates, strict=True)):
        if key[2] == key[3] and key[1] in _HIERARCHY:
            continue  # two names of one place: nothing is part of itself
        known = first.setdefault(key, at)
        if known == at:
            kept.append(at)
            continue
        if scores[at] > scores[known]:
            rules[known], scores[known] = rules[at], scores[at]
        if sources[at] == "text":
            sources[known] = "text"
        if "event" not in attributes[known]:
            event[known] = event[at]
        attributes[known] = {**attributes[at], **attributes[known]}
        sayings.of[known] = _joined(sayings, known, at)
    return np.array(kept, dtype=np.int64)


def _joined(sayings: Sayings, known: int, other: int) -> tuple[int, ...]:
    """The evidence of both without repetition."""
    found: dict[tuple[object, ...], int] = {}
    for k in (*sayings.of[known], *sayings.of[other]):
        found.setdefault((sayings.page[k], sayings.article[k], sayings.start[k], sayings.end[k]), k)
    return tuple(found.values())
