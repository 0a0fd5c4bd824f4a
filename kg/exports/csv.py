"""CSV for Excel, LibreOffice, R and pandas: `visits`, `roles`, `events`, `geography`, `entities`; one row a fact.

UTF-8 with a byte order mark and `\\r\\n`, without which Excel takes Chinese for something else. A cell that a
spreadsheet would run as a formula is led by an apostrophe; characters that no program shows are dropped.

Source: RFC 4180; https://owasp.org/www-community/attacks/CSV_Injection.
"""

from __future__ import annotations

import csv
from pathlib import Path

from kg.exports.tables import Cell, fact_tables
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
    paths = []
    for table in fact_tables(knowledge):
        path = folder / f"{table.name}.csv"
        with open_whole(path) as stream:
            stream.write(BOM)
            writer = csv.writer(stream, lineterminator="\r\n")
            writer.writerow([name for name, _type in table.columns])
            writer.writerows([_written(cell) for cell in row] for row in table.rows())
        paths.append(path)
    return tuple(paths)


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
