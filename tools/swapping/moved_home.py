"""Moves a page to another county: which division of China stands for which on the moved page.

In: the division codes that a page's gold names. Out: for each of them, and for all above it, another division of the
same kind, so that what lay in one another still does: 区 for 区, 镇 for 镇, 社区 for 社区; the words that only point
(我区, 区委, 乡政府) stay true. Short names keep their length where the gazetteer has such a name.
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Iterable

from kg.gazetteers import Division, Divisions

_TYPE = re.compile(r"(?:自治区|自治州|自治县|街道|社区|居委会|地区|苏木|嘎查|[省市州盟区县旗镇乡村])$")
# Names that no story of a village fits: zones, farms, names of peoples (they bring forms of their own).
_UNFIT = re.compile(r"族|开发|园区|管理|兵团|农场|林场|渔场|新区|示范|[^\u4e00-\u9fff]")
_TRIES = 60


def type_word(name: str) -> str:
    """The word that says what a division is (街道), or an empty string."""
    match = _TYPE.search(name)
    return match.group() if match else ""


def stem(name: str) -> str:
    """A division's name without its type word; the whole name where only one character would be left."""
    bare = name.removesuffix(type_word(name))
    return bare if len(bare) > 1 else name


def move(
    divisions: Divisions,
    codes: Iterable[str],
    home: str,
    rng: random.Random,
    *,
    free: Callable[[str], bool],
) -> dict[str, Division]:
    """Choose a division for each of `codes` and each division above them.

    Args:
        codes: division codes (2–12 digits) that the page names.
        home: the code of the paper's county, moved first.
        rng: decides.
        free: whether a division's name may be used (it stands nowhere on the page yet).

    Returns:
        The new division by old code; empty where no county of China has all that is asked for.
    """
    wanted: dict[str, Division] = {}
    for code in (home, *codes):
        for division in divisions.path(code):
            wanted[division.code] = division
    below: dict[str, list[Division]] = {}
    for division in sorted(wanted.values(), key=lambda each: each.code):
        parent = divisions.parent(division.code)
        below.setdefault(parent.code if parent else "", []).append(division)

    def weight(division: Division) -> int:
        return 1 + sum(weight(child) for child in below.get(division.code, ()))

    def place(old: Division, offered: list[Division]) -> dict[str, Division]:
        """Try the offered divisions for `old` and all below it; empty where none will do."""
        # The same length first, so that short names stay as short (and as hard to find) as they were.
        offered.sort(key=lambda each: abs(len(each.name) - len(old.name)))
        for new in offered[:_TRIES]:
            found = {old.code: new}
            used = {new.code}
            children = sorted(below.get(old.code, ()), key=weight, reverse=True)
            stock = list(divisions.children(new.code)) if children else []
            for child in children:
                fitting = [each for each in stock if each.code not in used and fits(child, each)]
                rng.shuffle(fitting)
                deeper = place(child, fitting)
                if not deeper:
                    break
                used.add(deeper[child.code].code)
                found |= deeper
            else:
                return found
        return {}

    def fits(old: Division, new: Division) -> bool:
        return (
            type_word(old.name) == type_word(new.name)
            and old.code != new.code
            and abs(len(old.name) - len(new.name)) <= 1
            and len(stem(new.name)) > 1
            and not _UNFIT.search(new.name)
            and free(new.name)
        )

    provinces = [each for code in _PROVINCES if (each := divisions.get(code))]
    moved: dict[str, Division] = {}
    for old in sorted(below[""], key=lambda each: (not home.startswith(each.code), each.code)):
        taken = {each.code for each in moved.values()}
        fitting = [each for each in provinces if each.code not in taken and fits(old, each)]
        rng.shuffle(fitting)
        found = place(old, fitting)
        if not found:
            return {}
        moved |= found
    return moved


_PROVINCES = (
    *("11", "12", "13", "14", "15", "21", "22", "23", "31", "32", "33", "34", "35", "36", "37"),
    *("41", "42", "43", "44", "45", "46", "50", "51", "52", "53", "54", "61", "62", "63", "64", "65"),
)
