"""CSV for Excel, LibreOffice, R and pandas: `visits`, `roles`, `events`, `geography`, `entities`; one row a fact.

UTF-8 with a byte order mark and `\\r\\n`, without which Excel takes Chinese for something else. A cell that a
spreadsheet would run as a formula is led by an apostrophe; characters that no program shows are dropped.

Source: RFC 4180; https://owasp.org/www-community/attacks/CSV_Injection.
"""

from __future__ import annotations

import csv
from contextlib import ExitStack
from pathlib import Path

from kg.exports.tables import FACT_TABLES, Cell, fact_rows
from kg.exports.texts import cell_text, clean
from kg.files import open_whole
from kg.knowledge import Knowledge

BOM = "\ufeff"


def write_csv(knowledge: Knowledge, folder: Path) -> tuple[Path, ...]:
    """Write one file a table into a folder that exists.

    Returns:
        The files: visits, roles, events, geography, entities.

    Raises:
        InputError: a file cannot be written.
    """
    paths = tuple(folder / f"{table.name}.csv" for table in FACT_TABLES)
    with ExitStack() as stack:
        writers = {}
        for table, path in zip(FACT_TABLES, paths, strict=True):
            stream = stack.enter_context(open_whole(path))
            stream.write(BOM)
            writers[table.name] = csv.writer(stream, lineterminator="\r\n")
            writers[table.name].writerow([name for name, _type in table.columns])
        for name, row in fact_rows(knowledge):
            writers[name].writerow([_written(cell) for cell in row])
    return paths


def _written(cell: Cell) -> str | int | float:
    match cell:
        case None:
            return ""
        case bool():
            return "true" if cell else "false"
        case str():
            return cell_text(cell)
        case tuple():
            return cell_text(";".join(clean(part).replace(";", "；") for part in cell))
        case _:
            return cell
