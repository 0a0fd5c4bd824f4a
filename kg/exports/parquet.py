"""Parquet for DuckDB, pandas, polars and R: typed columns, lists as lists, days as dates.

All tables of the spreadsheets and beside them `mentions`, `evidence` (every sentence of every fact), `articles` and
`pages`. Written in batches; no clock and no host name gets into a file.

Source: https://parquet.apache.org/docs/file-format/, https://arrow.apache.org/docs/python/parquet.html.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path
from typing import Any

from kg.exports.tables import FACT_TABLES, TEXT_TABLES, Cell, ColumnType, Row, Table, all_rows
from kg.exports.texts import clean
from kg.exports.whole import not_installed, whole_file
from kg.knowledge import Knowledge

_BATCH = 20_000
"""Rows a row group."""
_PACK = 500
"""Rows that wait as Python's objects, of each table."""


def write_parquet(knowledge: Knowledge, folder: Path) -> tuple[Path, ...]:
    """Write one file a table into a folder that exists.

    Returns:
        The files: visits, roles, events, geography, entities, mentions, evidence, articles, pages.

    Raises:
        InputError: pyarrow is not installed, or a file cannot be written.
    """
    try:
        import pyarrow as pa
        import pyarrow.parquet as pq
    except ImportError as error:
        raise not_installed("parquet", "pyarrow") from error
    types: dict[ColumnType, Any] = {
        "text": pa.string(),
        "date": pa.date32(),
        "integer": pa.int64(),
        "number": pa.float64(),
        "boolean": pa.bool_(),
        "list": pa.list_(pa.string()),
    }
    tables = (*FACT_TABLES, *TEXT_TABLES)
    paths = tuple(folder / f"{table.name}.parquet" for table in tables)
    with ExitStack() as stack:
        writers = {}
        for table, path in zip(tables, paths, strict=True):
            schema = pa.schema([(name, types[kind]) for name, kind in table.columns])
            temporary = stack.enter_context(whole_file(path))
            writer = stack.enter_context(pq.ParquetWriter(temporary, schema, compression="zstd"))
            writers[table.name] = _Batches(pa, writer, schema, table)
        for name, row in all_rows(knowledge):
            writers[name].add(row)
        for batches in writers.values():
            batches.write()
    return paths


class _Batches:
    """The rows of a table until there are enough to be written; most of them wait as Arrow's columns, which are small."""

    def __init__(self, pa: Any, writer: Any, schema: Any, table: Table) -> None:
        self._pa, self._writer, self._schema = pa, writer, schema
        self._reading = [_READ[kind] for _name, kind in table.columns]
        self._rows: list[Row] = []
        self._tables: list[Any] = []
        self._n_packed = 0

    def add(self, row: Row) -> None:
        self._rows.append(row)
        if len(self._rows) == _PACK:
            self._pack()
            if self._n_packed == _BATCH:
                self.write()

    def write(self) -> None:
        """Write what waits as one row group."""
        self._pack()
        if self._tables:
            # One array a column: where pages of a column end must not hang on how its rows were packed.
            self._writer.write_table(self._pa.concat_tables(self._tables).combine_chunks())
        self._tables, self._n_packed = [], 0

    def _pack(self) -> None:
        if self._rows:
            columns = [
                self._pa.array(map(read, column), type=field.type)
                for read, column, field in zip(self._reading, zip(*self._rows, strict=True), self._schema, strict=True)
            ]
            self._tables.append(self._pa.Table.from_arrays(columns, schema=self._schema))
            self._n_packed += len(self._rows)
            self._rows = []


def _text(cell: Cell) -> object:
    return clean(str(cell)) if cell is not None else None


def _date(cell: Cell) -> object:
    return datetime.date.fromisoformat(str(cell)) if cell is not None else None


def _list(cell: Cell) -> object:
    return [clean(part) for part in cell] if isinstance(cell, tuple) else None


def _as_is(cell: Cell) -> object:
    return cell


_READ: dict[ColumnType, Callable[[Cell], object]] = {
    "text": _text,
    "date": _date,
    "integer": _as_is,
    "number": _as_is,
    "boolean": _as_is,
    "list": _list,
}
