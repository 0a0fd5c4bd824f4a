"""The last words of names of organisations and sites (`gazetteers/suffixes.yaml`), loaded and made searchable."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import yaml
from ahocorasick_rs import AhoCorasick, MatchKind

from kg.errors import InputError
from kg.gazetteers import gazetteer_folder
from kg.model import Kind

FILE = "suffixes.yaml"


@dataclass(frozen=True, slots=True)
class Suffix:
    """A last word of names; `weak`, `site_or_body` and `body_or_site` as the head of the YAML file explains."""

    word: str
    kind: Kind
    subtype: str
    weak: bool
    site_or_body: bool
    body_or_site: bool = False


class Suffixes:
    """All suffixes; longer ones win over shorter ones that end at the same place."""

    def __init__(self, suffixes: dict[str, Suffix]) -> None:
        """`suffixes` by word; of a word listed twice the first row counts."""
        self.by_word = suffixes
        self._words = list(suffixes)
        self._automaton = AhoCorasick(self._words, matchkind=MatchKind.Standard)

    def find(self, text: str) -> list[tuple[int, int, Suffix]]:
        """Suffix occurrences `(start, end, suffix)`, one an end position (the longest), by end."""
        by_end: dict[int, tuple[int, Suffix]] = {}
        for index, start, end in self._automaton.find_matches_as_indexes(text, overlapping=True):
            kept = by_end.get(end)
            if kept is None or start < kept[0]:
                by_end[end] = (start, self.by_word[self._words[index]])
        return [(start, end, suffix) for end, (start, suffix) in sorted(by_end.items())]

    def ending(self, name: str) -> Suffix | None:
        """The longest suffix that `name` ends with, or None."""
        for at in range(len(name)):
            suffix = self.by_word.get(name[at:])
            if suffix is not None:
                return suffix
        return None


@lru_cache(maxsize=4)
def load_suffixes(folder: Path | None = None) -> Suffixes:
    """The suffixes of the package, or of a user's folder.

    Raises:
        InputError: the file is missing or not of its form.
    """
    path = (folder or gazetteer_folder()) / FILE
    try:
        rows = yaml.load(path.read_text("utf-8"), Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))
        suffixes: dict[str, Suffix] = {}
        for row in rows:
            for word in row["words"]:
                suffixes.setdefault(
                    str(word),
                    Suffix(
                        str(word),
                        Kind(row["kind"]),
                        str(row["subtype"]),
                        bool(row.get("weak", False)),
                        bool(row.get("site_or_body", False)),
                        bool(row.get("body_or_site", False)),
                    ),
                )
    except OSError as error:
        raise InputError("cannot read the suffixes", where=str(path), hint=str(error)) from error
    except (yaml.YAMLError, KeyError, TypeError, ValueError) as error:
        raise InputError("the suffix file is not of its form", where=str(path), hint=str(error)) from error
    return Suffixes(suffixes)
