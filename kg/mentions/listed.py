"""Finds places and organisations that a gazetteer file lists by name (`places.csv`): 长三角, 国务院, 新华社.

In: a sheet. Out: finds of family `listed`. Rows of a user's folder win over the package's (`load_places` sees to it).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from ahocorasick_rs import AhoCorasick, MatchKind

from kg.gazetteers import PlaceRow, gazetteer_folder, load_places, places_of
from kg.mentions.found import Found
from kg.model import Kind
from kg.sheet import Sheet
from kg.text import fold

# 中央 is a body where it stands for the party's centre: before or after a list of organs, or 精神, 文件.
_CENTRE_AFTER = (
    "、",
    "和省",
    "和中央",
    "，省",
    "文件",
    "精神",
    "部署",
    "要求",
    "决策",
    "1号",
    "一号",
    "政策",
    "关于",
    "八项",
    "纪委",
    "领导",
    "和市",
    "和区",
    "和县",
    "及省",
)


class ListedFinder:
    """Holds the automaton of all listed names."""

    def __init__(self, folders: Sequence[Path] = ()) -> None:
        """`folders` are the user's, the strongest last."""
        self._rows = _by_name([load_places((gazetteer_folder(),))])
        centre = self._rows.get("中共中央")
        if centre is not None:  # alone the word is an ordinary one; see _CENTRE_AFTER
            self._rows.setdefault("中央", centre)
        self._names = list(self._rows)
        self._automaton = AhoCorasick(self._names, matchkind=MatchKind.LeftmostLongest)
        self._own = _by_name([places_of(folder) for folder in reversed(folders)])
        self._own_names = list(self._own)
        self._own_automaton = AhoCorasick(self._own_names, matchkind=MatchKind.LeftmostLongest)

    def find(self, sheet: Sheet) -> list[Found]:
        """Every listed name on the sheet."""
        finds = list(self._find_own(sheet))
        for index, start, end in self._automaton.find_matches_as_indexes(sheet.text):
            name = self._names[index]
            row = self._rows[name]
            word = sheet.word_at(start)
            following = sheet.word_at(end) if end < len(sheet.text) else None
            if len(name) < 3 and word is not None and word.start != start:
                continue
            if len(name) < 5 and following is not None and following.start != end:
                continue
            if name == "中央" and not sheet.text.startswith(_CENTRE_AFTER, end):
                continue
            codes = (row.code,) if row.code else (row.parent_code,) if row.parent_code else ()
            finds.append(Found(start, end, row.kind, row.subtype, "listed", "listed", 0.93, codes, row.name))
        return finds

    def _find_own(self, sheet: Sheet) -> Iterator[Found]:
        """The user's names, the longest of those that begin at one place; no word boundary and no other find is asked."""
        for index, start, end in self._own_automaton.find_matches_as_indexes(sheet.text):
            row = self._own[self._own_names[index]]
            if row.code and row.kind is Kind.PLACE:
                yield Found(start, end, row.kind, row.subtype, "own", "division.own", 0.99, (row.code,))
            else:
                codes = (row.parent_code,) if row.parent_code else ()
                yield Found(start, end, row.kind, row.subtype, "own", "listed.own", 0.99, codes, row.name)


def _by_name(folders: Iterable[Sequence[PlaceRow]]) -> dict[str, PlaceRow]:
    """Rows by name and alias as a sheet prints them; strongest folder first, in it a row's name before any alias."""
    rows: dict[str, PlaceRow] = {}
    for folder in folders:
        for row in folder:
            rows.setdefault(fold(row.name), row)
        for row in folder:
            for alias in row.aliases:
                rows.setdefault(fold(alias), row)
    return {name: row for name, row in rows.items() if len(name) > 1}
