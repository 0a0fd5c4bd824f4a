"""Adding a row to a user's own `places.csv`: checked before it is written, the rest of the file as it was."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Sequence
from pathlib import Path

from kg.errors import InputError
from kg.files import make_folder, open_whole, unwritable
from kg.gazetteers.check import check_places
from kg.gazetteers.divisions import load_divisions
from kg.gazetteers.places import COLUMNS, FILE, SUBTYPES, PlaceRow, places_of, read_row
from kg.model import Kind

# A cell that a spreadsheet takes for a formula, that makes the line a comment, or that breaks it.
_UNFIT = re.compile(r"^[#=+\-@]|[\x00-\x1f\x7f\x85\u2028\u2029]")
_PARTS_ALIASES = re.compile("[;；]")

_HEAD = """\
# 自己的地名和机构名 · places and organisations of your own. kg build 和 kg explain 用 --gazetteers 指到这个文件夹，这里的每一行都优先。
# name 名称；kind: PLACE 地点 或 ORG 机构；subtype: province city county township village site，或 government company school media other；
# code: 它自己的区划代码，没有就空着；parent_code: 它所在的最小行政区划的代码；aliases: 别名，用 ; 隔开；source: 出处，必填。
"""


def kind_of(subtype: str) -> Kind:
    """PLACE for `site`, `village` …, ORG for `company`, `school` …

    Raises:
        InputError: there is no such subtype.
    """
    for kind, subtypes in SUBTYPES.items():
        if subtype in subtypes:
            return kind
    known = " ".join(word for subtypes in SUBTYPES.values() for word in subtypes)
    raise InputError(f"subtype {subtype!r}", hint=f"one of {known}")


def add_place(
    folder: Path,
    name: str,
    *,
    subtype: str,
    source: str,
    parent_code: str | None = None,
    code: str | None = None,
    aliases: Sequence[str] = (),
) -> PlaceRow:
    """Append one row to a folder's `places.csv`; folder and file are made where missing.

    Args:
        subtype: one of `kg.model.PLACE_SUBTYPES` or `ORG_SUBTYPES`.
        source: where the name can be looked up.
        parent_code: the smallest division that holds or governs it.
        code: its own division code.
        aliases: other names, in the order to keep.

    Raises:
        InputError: the row is not of its form, is there already, or has a problem that `check_gazetteers` would name;
            the file cannot be read or written. Nothing is changed then.
    """
    path = folder / FILE
    old = _old_text(path)
    newline = "\r\n" if "\r\n" in old else "\n"
    if old and not old.endswith("\n"):
        old += newline
    base = old or _HEAD + ",".join(COLUMNS) + "\n"
    where = f"{path}:{len(base.splitlines()) + 1}"
    for text in (name, *aliases, source):
        if _UNFIT.search(text) or (text is not source and _PARTS_ALIASES.search(text)):
            raise InputError(f"{text!r} cannot stand in a table", where=str(path))
    cells = [name, kind_of(subtype).value, subtype, code or "", parent_code or "", ";".join(aliases), source]
    row = read_row(cells, where=where)
    before = places_of(folder)
    if any((each.name, each.kind) == (row.name, row.kind) for each in before):
        raise InputError(f"{row.name} stands here twice", where=str(path))
    line = int(where.rsplit(":", 1)[1])
    for problem in check_places((*before, row), load_divisions()):
        if problem.line == line:
            raise InputError(problem.message, where=str(path))
    buffer = io.StringIO()
    csv.writer(buffer, lineterminator=newline).writerow(cells)
    make_folder(folder)
    with open_whole(path) as stream:
        stream.write(base + buffer.getvalue())
    return row


def _old_text(path: Path) -> str:
    """The file as it is, a byte order mark included (Excel needs it); empty if there is none."""
    try:
        return path.read_bytes().decode("utf-8") if path.exists() else ""
    except UnicodeDecodeError as error:
        raise InputError("cannot read this table", where=str(path), hint=str(error)) from error
    except OSError as error:
        raise unwritable(path, error) from error
