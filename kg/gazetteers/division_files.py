"""Checking the packed divisions: codes in order, each once, of the right length, under a parent that exists.

In: a folder `divisions/`. Out: problems; of a packed file the line is that of the text in it.
"""

from __future__ import annotations

import lzma
from collections.abc import Iterator
from pathlib import Path

from kg.gazetteers.problems import Problem


def check_division_files(folder: Path) -> Iterator[Problem]:
    """Problems of all files of divisions; none if there is no such folder."""
    top = folder / "top.tsv"
    if not top.is_file():
        return
    name = "divisions/top.tsv"
    codes: set[str] = set()
    try:
        text = top.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        yield Problem(name, 0, f"cannot read this block of divisions; {error}")
        return
    for number, code, division in _rows(text):
        if division is None or len(code) not in (2, 4, 6) or not _is_number(code):
            yield Problem(name, number, "expected a code of 2, 4 or 6 digits, a tab, a name")
        elif code in codes:
            yield Problem(name, number, f"{code} stands here twice")
        elif len(code) > 2 and code[:2] not in codes:
            yield Problem(name, number, f"{division}: no division {code[:2]}")
        codes.add(code)
    if not (folder / "README.md").is_file():
        yield Problem("divisions", 0, "no README.md that names source, date and licence")
    for path in sorted(folder.glob("*.tsv.xz")):
        yield from _check_block(path, codes)


def _check_block(path: Path, top: set[str]) -> Iterator[Problem]:
    name = f"divisions/{path.name}"
    prefix = path.name.split(".", 1)[0]
    try:
        text = lzma.decompress(path.read_bytes()).decode()
    except (OSError, lzma.LZMAError, UnicodeDecodeError) as error:
        yield Problem(name, 0, f"cannot read this block of divisions; {error}")
        return
    before, townships = "", set()
    for number, code, division in _rows(text):
        if division is None or len(code) not in (9, 12) or not _is_number(code) or not code.startswith(prefix):
            yield Problem(name, number, f"expected a code of 9 or 12 digits that begins with {prefix}, a tab, a name")
            continue
        if code <= before:
            yield Problem(name, number, f"{code} stands behind {before}; codes must rise")
        before = code
        if len(code) == 9:
            townships.add(code)
            # 441900: a city without counties has its townships itself.
            if code[:6] not in top and code[:4] not in top:
                yield Problem(name, number, f"{division}: no division {code[:6]}")
        elif code[:9] not in townships and code[:6] not in top and code[:4] not in top:
            # Townships that only statistics knows (330383198) are left out; their villages lie in the county.
            yield Problem(name, number, f"{division}: no division {code[:9]}")


def _rows(text: str) -> Iterator[tuple[int, str, str | None]]:
    for number, line in enumerate(text.splitlines(), start=1):
        code, tab, division = line.partition("\t")
        yield number, code, division if tab and division.strip() == division and division else None


def _is_number(code: str) -> bool:
    return code.isascii() and code.isdecimal()
