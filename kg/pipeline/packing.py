"""Page records of a partition as Parquet, for the way from a worker to who writes the store.

In: what reading pages gave. Out: one Parquet file for each table of the store below `pages`, with the columns of that table;
`page_no` is the place of the page in the partition. Texts of pages don't travel back: who sent them has them. The rows go
into the store as they are, so that nobody makes records of them on the way.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from io import BytesIO
from typing import Any

import pyarrow
from pyarrow import parquet

from kg.model import Page, PageRecord
from kg.pipeline.reading import Failure
from kg.store import RecordRows
from kg.store.schema import PAGE_TABLES, columns_of

_TABLES = PAGE_TABLES[:-1]  # without what resolution makes
_TYPES = {"TEXT": pyarrow.string(), "INTEGER": pyarrow.int64(), "REAL": pyarrow.float64()}


@dataclass(frozen=True, slots=True)
class Packed:
    """Records and failures of a partition: Parquet by table; id and notes of each page; what could not be read."""

    tables: Mapping[str, bytes]
    pages: tuple[tuple[str, tuple[str, ...]], ...]
    failures: tuple[Failure, ...]


def pack(outcomes: Iterable[PageRecord | Failure]) -> Packed:
    """Pack what was read."""
    pages: list[tuple[str, tuple[str, ...]]] = []
    failures: list[Failure] = []
    rows: dict[str, list[tuple[Any, ...]]] = {table: [] for table in _TABLES}
    for outcome in outcomes:
        if isinstance(outcome, Failure):
            failures.append(outcome)
            continue
        for table, children in RecordRows.of(outcome).children:
            rows[table] += [(len(pages), *row) for row in children]
        pages.append((outcome.page.id, outcome.notes))
    return Packed({table: _write(table, its_rows) for table, its_rows in rows.items()}, tuple(pages), tuple(failures))


def unpack(packed: Packed, pages: Mapping[str, Page]) -> Iterator[RecordRows | Failure]:
    """The records of a partition, as rows.

    Args:
        pages: those that were sent, by id.
    """
    yield from packed.failures
    tables = {table: _read(packed.tables[table], len(packed.pages)) for table in _TABLES}
    for number, (page_id, notes) in enumerate(packed.pages):
        children = tuple((table, rows[number]) for table, rows in tables.items())
        yield RecordRows(pages[page_id], notes, children)


def _write(table: str, rows: Sequence[tuple[Any, ...]]) -> bytes:
    columns = columns_of(table)
    values = zip(*rows, strict=True) if rows else ([] for _ in columns)
    arrays = [pyarrow.array(value, _TYPES[kind]) for value, kind in zip(values, columns.values(), strict=True)]
    written = BytesIO()
    parquet.write_table(pyarrow.table(arrays, names=list(columns)), written, compression="zstd")
    return written.getvalue()


def _read(data: bytes, n_pages: int) -> list[list[tuple[Any, ...]]]:
    """The rows of each page, without its number."""
    numbers, *columns = (column.to_pylist() for column in parquet.read_table(BytesIO(data)).columns)
    pages: list[list[tuple[Any, ...]]] = [[] for _ in range(n_pages)]
    for number, row in zip(numbers, zip(*columns, strict=True), strict=True):
        pages[number].append(row)
    return pages
