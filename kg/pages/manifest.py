"""`pages.csv`: what its writer knows of each page (newspaper, date, page number, home region, where to read it).

Comes in: a manifest file. Goes out: its rows by file, and a problem for each thing that cannot be used; the rest goes
on. Nothing is read from the pages here.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from kg.errors import InputError
from kg.mastheads import iso_date
from kg.pages.decoding import decode_text
from kg.text import fold

COLUMNS = ("file", "newspaper", "date", "page", "region", "url")
MANIFEST_NAME = "pages.csv"


@dataclass(frozen=True, slots=True)
class ManifestRow:
    """One row: `line` is its line in the file; empty cells are None; `date` is ISO (day, month or year)."""

    line: int
    file: str
    newspaper: str | None = None
    date: str | None = None
    page: int | None = None
    region: str | None = None
    url: str | None = None


@dataclass(frozen=True, slots=True)
class Manifest:
    """A manifest's rows in file order; `path` is the file, rows' files are relative to its folder."""

    path: Path
    rows: tuple[ManifestRow, ...]
    problems: tuple[InputError, ...]


def read_manifest(path: Path) -> Manifest:
    """Read a manifest; what is wrong with a row is a problem, not an end.

    Raises:
        InputError: the file can't be read at all, or has no column `file`.
    """
    where = str(path)
    try:
        raw = path.read_bytes()
    except OSError as error:
        raise InputError(f"cannot read the manifest: {error.strerror or error}", where=where) from None
    text = decode_text(raw, where=where)
    problems: list[InputError] = []
    reader = csv.reader(io.StringIO(text, newline=""))
    try:
        header = [name.strip().lower() for name in next(reader, [])]
        table = [(reader.line_num, cells) for cells in reader]
    except csv.Error as error:
        raise InputError(f"not a CSV file: {error}", where=f"{where}:{reader.line_num}") from None
    if "file" not in header:
        raise InputError(
            "the manifest has no column “file”", where=where, hint=f"its first line is {','.join(COLUMNS)}"
        )
    unknown = [name for name in header if name and name not in COLUMNS]
    if unknown:
        problems.append(
            InputError(f"unknown column {', '.join(unknown)}", where=where, hint=f"known are {', '.join(COLUMNS)}")
        )
    rows: list[ManifestRow] = []
    seen: dict[str, int] = {}
    for line, cells in table:
        row = {name: cell.strip() for name, cell in zip(header, cells, strict=False)}
        if not any(row.values()):
            continue
        at = f"{where}:{line}"
        if not row.get("file"):
            problems.append(InputError("a row without a file", where=at))
            continue
        file = row["file"].replace("\\", "/")
        if file in seen:
            problems.append(
                InputError(f"{file} has a row already, in line {seen[file]}", where=at, hint="the first one is used")
            )
            continue
        seen[file] = line
        rows.append(_row(line, file, row, at, problems))
    return Manifest(path, tuple(rows), tuple(problems))


def _row(line: int, file: str, row: Mapping[str, str], at: str, problems: list[InputError]) -> ManifestRow:
    date = None
    if row.get("date"):
        date = read_date(row["date"])
        if date is None:
            problems.append(InputError(f"{row['date']} is no date", where=at, hint="write 2021-01-20, 2021-01 or 2021"))
    page = None
    if row.get("page"):
        page = _page_number(row["page"])
        if page is None:
            problems.append(InputError(f"{row['page']} is no page number", where=at))
    url = row.get("url") or None
    if url is not None and not re.match(r"https?://[^\s\"'<>]+$", url, re.I):
        problems.append(InputError(f"{url} is no web address", where=at, hint="it begins with http:// or https://"))
        url = None
    return ManifestRow(line, file, row.get("newspaper") or None, date, page, row.get("region") or None, url)


@lru_cache(maxsize=1024)
def _page_number(cell: str) -> int | None:
    match = re.fullmatch(r"第?\s*[A-Za-z]?\s*(\d{1,3})\s*版?", fold(cell))
    return int(match[1]) if match else None


@lru_cache(maxsize=16384)
def read_date(cell: str) -> str | None:
    """An ISO day, month or year from a cell, as people and spreadsheets write them (2021/1/20, 2021年1月)."""
    match = re.fullmatch(
        r"(\d{4})(?:[-/.年](\d{1,2})(?:[-/.月](\d{1,2})日?|月)?|年)?(?:[ T]0{1,2}:00(?::00)?)?",
        fold(cell).replace("：", ":").strip(),
    )
    if match is None:
        return None
    year, month, day = (int(part) if part else None for part in match.groups())
    full = iso_date(year or 0, month or 1, day or 1)
    if full is None:
        return None
    return full if day else full[:7] if month else full[:4]
