"""Chinese surnames with the reading they have as surnames.

In: `gazetteers/surnames.csv`. Out: `Surnames`. It says which characters may begin a name, not which do.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from kg.errors import InputError
from kg.gazetteers.divisions import gazetteer_folder
from kg.gazetteers.historic import commented_rows

COLUMNS = ("surname", "type", "pinyin")
_TYPES = frozenset({"common", "rare", "compound"})


@dataclass(frozen=True, slots=True)
class Surnames:
    """Surnames by kind.

    `single` has one character each, `common` is the part of it that needs no support from the context; `compound` has
    two characters or more; `pinyin` gives the reading of each (曾 Zēng, 单 Shàn, 尉迟 Yùchí).
    """

    single: frozenset[str]
    compound: frozenset[str]
    common: frozenset[str]
    pinyin: Mapping[str, str]

    def of(self, name: str) -> str | None:
        """The surname that a full name begins with, a compound one first; None if there is none, or nothing after it.

        >>> surnames = load_surnames()
        >>> surnames.of("欧阳修"), surnames.of("欧小明"), surnames.of("柯"), surnames.of("的士")
        ('欧阳', '欧', None, None)
        """
        for size in range(min(len(name) - 1, 5), 0, -1):
            head = name[:size]
            if head in (self.single if size == 1 else self.compound):
                return head
        return None


@lru_cache(maxsize=4)
def load_surnames(folder: Path | None = None) -> Surnames:
    """The surnames of a gazetteer folder (default: the package's own); cached.

    Raises:
        InputError: no such file, a wrong header, a wrong or double row.
    """
    path = (folder or gazetteer_folder()) / "surnames.csv"
    rows = commented_rows(path)
    if not rows or tuple(rows[0][1]) != COLUMNS:
        raise InputError("wrong header", where=str(path), hint="expected " + ",".join(COLUMNS))
    kinds: dict[str, str] = {}
    pinyin: dict[str, str] = {}
    for number, cells in rows[1:]:
        if len(cells) != 3 or cells[1] not in _TYPES or (len(cells[0]) == 1) == (cells[1] == "compound"):
            raise InputError(
                "expected surname,type,pinyin", where=f"{path}:{number}", hint="type: common, rare, compound"
            )
        if cells[0] in kinds:
            raise InputError(f"{cells[0]} stands here twice", where=f"{path}:{number}")
        kinds[cells[0]], pinyin[cells[0]] = cells[1], cells[2]
    return Surnames(
        single=frozenset(name for name, kind in kinds.items() if kind != "compound"),
        compound=frozenset(name for name, kind in kinds.items() if kind == "compound"),
        common=frozenset(name for name, kind in kinds.items() if kind == "common"),
        pinyin=pinyin,
    )
