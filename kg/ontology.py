"""The ontology of posts and organs (`gazetteers/ontology.yaml`), loaded and made searchable.

In: the YAML file. Out: an `Ontology` that finds post titles in a text and knows the words organs are made of. It does
not decide who holds a post (`roles` does) nor which organisation is meant (`link` does).
"""

from __future__ import annotations

import re
from collections.abc import Container
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import yaml
from ahocorasick_rs import AhoCorasick, MatchKind

from kg.errors import InputError
from kg.gazetteers import gazetteer_folder

FILE = "ontology.yaml"

# A party body inside another body is part of the post's title, not an organisation of its own: 省经信厅党组书记.
PARTY_PREFIXES = (
    "机关党委",
    "党委",
    "党组",
    "党工委",
    "党总支",
    "党支部",
    "党建",
    "支部",
    "总支",
    "纪委",
    "纪检",
    "工会",
    "团委",
)


@dataclass(frozen=True, slots=True)
class Title:
    """A post or occupation as printed. Offsets are positions in the searched text.

    `head_start` is where the last word of the post begins (书记 in 党组副书记); `group` is its track (`party`,
    `government`, …), `people` for occupations and `collective` for 区领导 and the like.
    """

    start: int
    end: int
    head_start: int
    text: str
    head: str
    group: str
    rank: int


# 河长制, 林长制 are systems, not posts; 镇长制定、局长制止 are what somebody does.
_SYSTEM = re.compile(r"制(?![定作止造约成])")


class Ontology:
    """Posts, organs and the words they are made of. Immutable after loading."""

    def __init__(self, rows: dict[str, object]) -> None:
        """`rows` is the parsed YAML; its keys are documented at the head of the file."""
        self.heads: dict[str, tuple[str, int]] = {}
        heads = rows["heads"]
        if not isinstance(heads, dict):
            raise InputError("heads must be a mapping of tracks", where=FILE)
        for track, groups in heads.items():
            for group in groups:
                for word in group["words"]:
                    self.heads.setdefault(str(word), (str(track), int(group["rank"])))
        for word in _words(rows, "people"):
            self.heads.setdefault(word, ("people", 9))
        for word in _words(rows, "collective"):
            self.heads[word] = ("collective", 2)
        self.qualifiers = tuple(sorted(_words(rows, "qualifiers"), key=len, reverse=True))
        self.deputies = tuple(sorted(_words(rows, "deputies"), key=len, reverse=True))
        organs = rows["organs"]
        if not isinstance(organs, dict):
            raise InputError("organs must be a mapping of tracks", where=FILE)
        self.organs: dict[str, str] = {str(word): str(track) for track, words in organs.items() for word in words}
        self.bureaux = frozenset(_words(rows, "bureaux"))
        self.bureau_suffixes = tuple(sorted(_words(rows, "bureau_suffixes"), key=len, reverse=True))
        self.units = tuple(sorted(_words(rows, "units"), key=len, reverse=True))
        self.generic = frozenset(_words(rows, "generic"))
        self.full_bureaux = _forms(rows, "full_bureaux")
        self.full_bodies = _forms(rows, "full_bodies")
        self._hidden = frozenset(_words(rows, "not_posts"))
        self._titles = [*self.heads, *sorted(self._hidden - self.heads.keys())]
        self._automaton = AhoCorasick(self._titles, matchkind=MatchKind.LeftmostLongest)

    def find_titles(self, text: str) -> list[Title]:
        """Every post or occupation in `text`, in order, not overlapping, with its qualifiers.

        >>> [t.text for t in load_ontology().find_titles("县政协原主席和常务副区长")]
        ['原主席', '常务副区长']
        """
        found: list[Title] = []
        floor = 0
        for index, head_start, end in self._automaton.find_matches_as_indexes(text):
            head = self._titles[index]
            if head in self._hidden or _SYSTEM.match(text, end):
                floor = end
                continue
            if head.endswith("校") and text[end : end + 1] == "长":  # 一中|校长 is no 中校
                head, head_start, end = "校长", end - 1, end + 1
            group, rank = self.heads[head]
            start = self._extend(text, head_start, floor)
            found.append(Title(start, end, head_start, text[start:end], head, group, rank))
            floor = end
        return found

    def is_generic(self, core: str, suffixes: Container[str]) -> bool:
        """Whether `core` is made of generic words and suffixes only (综合信息指挥室): no name without its region."""
        reach = {0}
        for at in range(len(core)):
            if at not in reach:
                continue
            for size in range(1, min(7, len(core) - at) + 1):
                piece = core[at : at + size]
                if piece in self.generic or piece in suffixes or piece in self.bureaux:
                    reach.add(at + size)
        return len(core) in reach

    def _extend(self, text: str, start: int, floor: int) -> int:
        """Move `start` left over deputies, qualifiers and party prefixes (党组副书记), not before `floor`."""
        moved = True
        while moved:
            moved = False
            for word in (*self.deputies, *self.qualifiers):
                at = start - len(word)
                if at >= floor and text.startswith(word, at):
                    start, moved = at, True
                    break
        return start


def _words(rows: dict[str, object], key: str) -> tuple[str, ...]:
    words = rows.get(key)
    if not isinstance(words, list):
        raise InputError(f"{key} must be a list of words", where=FILE)
    return tuple(str(word) for word in words)


def _forms(rows: dict[str, object], key: str) -> dict[str, str]:
    forms = rows.get(key, {})
    if not isinstance(forms, dict):
        raise InputError(f"{key} must lead from short forms to full ones", where=FILE)
    return {str(short): str(full) for short, full in forms.items()}


@lru_cache(maxsize=4)
def load_ontology(folder: Path | None = None) -> Ontology:
    """The ontology of the package, or of a user's folder.

    Raises:
        InputError: the file is missing or not of its form.
    """
    path = (folder or gazetteer_folder()) / FILE
    try:
        rows = yaml.load(path.read_text("utf-8"), Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))
    except OSError as error:
        raise InputError("cannot read the ontology", where=str(path), hint=str(error)) from error
    except yaml.YAMLError as error:
        raise InputError("the ontology is no valid YAML", where=str(path), hint=str(error)) from error
    return Ontology(rows)
