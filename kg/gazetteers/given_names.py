"""Given names of peoples without Han surnames, of which longer names are made (索南昂杰, 乌云其其格).

In: `gazetteers/given-names.csv`. Out: the names. They say what may be a name, not who is one.
"""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from kg.errors import InputError
from kg.gazetteers.divisions import gazetteer_folder
from kg.gazetteers.historic import commented_rows

COLUMNS = ("name", "people")


@lru_cache(maxsize=4)
def load_given_names(folder: Path | None = None) -> tuple[str, ...]:
    """The names of a gazetteer folder (default: the package's own), longest first; cached.

    Raises:
        InputError: no such file, a wrong header, a wrong or double row.

    >>> {"扎西", "其其格"} <= set(load_given_names())
    True
    """
    path = (folder or gazetteer_folder()) / "given-names.csv"
    rows = commented_rows(path)
    if not rows or tuple(rows[0][1]) != COLUMNS:
        raise InputError("wrong header", where=str(path), hint="expected " + ",".join(COLUMNS))
    names: set[str] = set()
    for number, cells in rows[1:]:
        if len(cells) != 2 or not cells[0]:
            raise InputError("expected name,people", where=f"{path}:{number}")
        if cells[0] in names:
            raise InputError(f"{cells[0]} stands here twice", where=f"{path}:{number}")
        names.add(cells[0])
    return tuple(sorted(names, key=lambda name: (-len(name), name)))
