"""An Excel workbook, `knowledge.xlsx`: a sheet a table, headings fixed, filters on; what most local reporters open.

Strings are written as strings, so that no cell can be run as a formula. The same knowledge gives the same bytes: the
workbook's dates are fixed. A table with more rows than a sheet holds goes on in a second sheet.

Source: ECMA-376; https://xlsxwriter.readthedocs.io (limits: 1,048,576 rows, 32,767 characters a cell).
"""

from __future__ import annotations

import datetime
from pathlib import Path
from typing import Any

from kg.exports.tables import FACT_TABLES, Cell, Row, Table, count_fact_rows, fact_rows
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
        # All sheets first, in the order of the tables: rows of all of them come in one walk.
        counted = count_fact_rows(knowledge)
        sheets = {table.name: _Sheets(workbook, table, counted[table.name], bold) for table in FACT_TABLES}
        for name, row in fact_rows(knowledge):
            sheets[name].add(row)
        try:
            workbook.close()
        except FileCreateError as error:
            reason = error.args[0] if error.args else None
            raise unwritable(path, reason if isinstance(reason, OSError) else OSError(str(reason))) from error
    return (path,)


class _Sheets:
    """The sheets of a table, to be filled row by row."""

    def __init__(self, workbook: Any, table: Table, n_rows: int, bold: Any) -> None:
        self._sheets = []
        self._at = 0
        for number in range(n_rows // _ROWS + 1):
            sheet = workbook.add_worksheet(table.name if number == 0 else f"{table.name} {number + 1}")
            sheet.freeze_panes(1, 0)
            for at, (column, _type) in enumerate(table.columns):
                sheet.set_column(at, at, _WIDTHS.get(column, 12))
                sheet.write_string(0, at, column, bold)
            sheet.autofilter(0, 0, min(_ROWS, n_rows - number * _ROWS), len(table.columns) - 1)
            self._sheets.append(sheet)

    def add(self, row: Row) -> None:
        number, at = divmod(self._at, _ROWS)
        self._at += 1
        _write_row(self._sheets[number], at + 1, row)


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
