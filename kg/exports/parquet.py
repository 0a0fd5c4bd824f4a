"""Parquet for DuckDB, pandas, polars and R: typed columns, lists as lists, days as dates.

All tables of the spreadsheets and beside them `mentions`, `evidence` (every sentence of every fact), `articles` and
`pages`. Written in batches; no clock and no host name gets into a file.

Source: https://parquet.apache.org/docs/file-format/, https://arrow.apache.org/docs/python/parquet.html.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable
from itertools import islice
from pathlib import Path
from typing import Any

from kg.exports.tables import Cell, ColumnType, fact_tables, text_tables
from kg.exports.texts import clean
from kg.exports.whole import not_installed, whole_file
from kg.knowledge import Knowledge

_BATCH = 20_000


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
    paths = []
    for table in (*fact_tables(knowledge), *text_tables(knowledge)):
        schema = pa.schema([(name, types[kind]) for name, kind in table.columns])
        path = folder / f"{table.name}.parquet"
        with whole_file(path) as temporary, pq.ParquetWriter(temporary, schema, compression="zstd") as writer:
            rows = table.rows()
            while batch := list(islice(rows, _BATCH)):
                columns = [
                    pa.array(map(_READ[kind], column), type=types[kind])
                    for column, (_name, kind) in zip(zip(*batch, strict=True), table.columns, strict=True)
                ]
                writer.write_table(pa.Table.from_arrays(columns, schema=schema))
        paths.append(path)
    return tuple(paths)


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
