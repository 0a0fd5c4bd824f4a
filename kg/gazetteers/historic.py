"""Former names of divisions: 衢县, 文登市, 哲里木盟.

In: `gazetteers/historic-divisions.csv`. Out: rows by former name. What they became is a code of today's list; the
mapping says nothing about borders that moved.
"""

from __future__ import annotations

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from kg.errors import InputError

COLUMNS = ("name", "code", "from", "to", "successor_code", "note", "source")


@dataclass(frozen=True, slots=True)
class HistoricDivision:
    """A former division. `since` and `until` are years, `until` the year it ended; None is unknown.

    `successors` are today's codes, sorted; more than one where it was divided. `code` is the code it had, if known.
    """

    name: str
    code: str | None
    since: int | None
    until: int | None
    successors: tuple[str, ...]
    note: str
    source: str


def commented_rows(path: Path) -> list[tuple[int, list[str]]]:
    """The rows of a CSV file with their line numbers, header included, `#` lines and blank lines left out.

    Raises:
        InputError: the file cannot be read or is not UTF-8.
    """
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise InputError("cannot read this table", where=str(path), hint=str(error)) from error
    lines = text.splitlines()
    return [
        (number, next(csv.reader([line])))
        for number, line in enumerate(lines, start=1)
        if line.strip() and not line.startswith("#")
    ]


@lru_cache(maxsize=4)
def load_historic(path: Path) -> Mapping[str, tuple[HistoricDivision, ...]]:
    """Former divisions by name, each name's rows in the order of their codes; empty if there is no such file.

    Raises:
        InputError: a wrong header, or a row that cannot be read.
    """
    if not path.exists():
        return {}
    rows = commented_rows(path)
    if not rows or tuple(rows[0][1]) != COLUMNS:
        raise InputError("wrong header", where=str(path), hint="expected " + ",".join(COLUMNS))
    found: dict[str, list[HistoricDivision]] = {}
    for number, cells in rows[1:]:
        if len(cells) != len(COLUMNS):
            raise InputError(f"{len(cells)} cells instead of {len(COLUMNS)}", where=f"{path}:{number}")
        name, code, since, until, successors, note, source = (cell.strip() for cell in cells)
        try:
            row = HistoricDivision(
                name=name,
                code=code or None,
                since=int(since) if since else None,
                until=int(until) if until else None,
                successors=tuple(sorted(part for part in successors.split(";") if part)),
                note=note,
                source=source,
            )
        except ValueError as error:
            raise InputError("a year is no number", where=f"{path}:{number}") from error
        found.setdefault(name, []).append(row)
    return {
        name: tuple(sorted(rows_, key=lambda row: (row.code or "", row.successors))) for name, rows_ in found.items()
    }
