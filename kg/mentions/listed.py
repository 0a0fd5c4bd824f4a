"""Finds places and organisations that a gazetteer file lists by name (`places.csv`): 长三角, 国务院, 新华社.

In: a sheet. Out: finds of family `listed`. Rows of a user's folder win over the package's (`load_places` sees to it).
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from ahocorasick_rs import AhoCorasick, MatchKind

from kg.gazetteers import PlaceRow, gazetteer_folder, load_places
from kg.mentions.found import Found
from kg.sheet import Sheet

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
        self._rows: dict[str, PlaceRow] = {}
        for row in load_places((gazetteer_folder(), *folders)):
            for name in (row.name, *row.aliases):
                if len(name) > 1:
                    self._rows.setdefault(name, row)
        self._names = list(self._rows)
        self._automaton = AhoCorasick(self._names, matchkind=MatchKind.LeftmostLongest)

    def find(self, sheet: Sheet) -> list[Found]:
        """Every listed name on the sheet."""
        finds: list[Found] = []
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
