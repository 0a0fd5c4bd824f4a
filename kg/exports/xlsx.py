"""An Excel workbook, `knowledge.xlsx`: a sheet a table, headings fixed, filters on; what most local reporters open.

Strings are written as strings, so that no cell can be run as a formula. The same knowledge gives the same bytes: the
workbook's dates are fixed. A table with more rows than a sheet holds goes on in a second sheet.

Source: ECMA-376; https://xlsxwriter.readthedocs.io (limits: 1,048,576 rows, 32,767 characters a cell).
"""

from __future__ import annotations

import datetime
from itertools import islice
from pathlib import Path
from typing import Any

from kg.exports.tables import Cell, Column, Row, fact_tables
from kg.exports.texts import clean
from kg.exports.whole import not_installed, whole_file
from kg.files import unwritable
from kg.knowledge import Knowledge

_ROWS = 1_000_000
"""Rows a sheet, below Excel's own limit."""
_CHARACTERS = 32_767
_WIDTHS = {"sentence": 60, "name": 18, "event": 24, "article": 30, "organisation": 22, "place": 18, "doc": 18}
_CREATED = datetime.datetime(2000, 1, 1, tzinfo=datetime.UTC).replace(tzinfo=None)


def write_xlsx(knowledge: Knowledge, folder: Path) -> tuple[Path, ...]:
    """Write `knowledge.xlsx` into a folder that exists.

    Returns:
        The one file.

    Raises:
        InputError: XlsxWriter is not installed, or the file cannot be written.
    """
    try:
        import xlsxwriter
        from xlsxwriter.exceptions import FileCreateError
    except ImportError as error:
        raise not_installed("xlsx", "XlsxWriter") from error
    path = folder / "knowledge.xlsx"
    with whole_file(path) as temporary:
        options = {
            "constant_memory": True,  # a sheet is streamed to disk row by row
            "tmpdir": str(temporary.parent),
            "strings_to_formulas": False,
            "strings_to_numbers": False,
            "strings_to_urls": False,
            "nan_inf_to_errors": True,
        }
        workbook = xlsxwriter.Workbook(str(temporary), options)
        workbook.set_properties({"title": "county-kg", "created": _CREATED})
        bold = workbook.add_format({"bold": True})
        for table in fact_tables(knowledge):
            rows = table.rows()
            number = 1
            while _fill(workbook, table.name if number == 1 else f"{table.name} {number}", table.columns, rows, bold):
                number += 1
        try:
            workbook.close()
        except FileCreateError as error:
            reason = error.args[0] if error.args else None
            raise unwritable(path, reason if isinstance(reason, OSError) else OSError(str(reason))) from error
    return (path,)


def _fill(workbook: Any, name: str, columns: tuple[Column, ...], rows: Any, bold: Any) -> bool:
    """Write a sheet; whether there are rows for a further one."""
    sheet = workbook.add_worksheet(name)
    sheet.freeze_panes(1, 0)
    for at, (column, _type) in enumerate(columns):
        sheet.set_column(at, at, _WIDTHS.get(column, 12))
        sheet.write_string(0, at, column, bold)
    n_rows = 0
    for n_rows, row in enumerate(islice(rows, _ROWS), 1):
        _write_row(sheet, n_rows, row)
    sheet.autofilter(0, 0, n_rows, len(columns) - 1)
    return n_rows == _ROWS


def _write_row(sheet: Any, at: int, row: Row) -> None:
    for column, cell in enumerate(row):
        match cell:
            case None | "":
                continue
            case bool():
                sheet.write_boolean(at, column, cell)
            case int() | float():
                sheet.write_number(at, column, cell)
            case _:
                sheet.write_string(at, column, _text(cell))


def _text(cell: Cell) -> str:
    text = ";".join(part.replace(";", "；") for part in cell) if isinstance(cell, tuple) else str(cell)
    return clean(text).replace("\r\n", "\n").replace("\r", "\n")[:_CHARACTERS]
