"""Replaces names in a text and says where each character went.

In: a text and new names by old. Out: the new text, and a map from the old offsets to the new ones.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Rewritten:
    """A text under new names. `edits` are (old start, old end, new start, new end) of what was replaced, in order."""

    source: str
    text: str
    names: Mapping[str, str]
    edits: tuple[tuple[int, int, int, int], ...]

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Where `source[start:end]` lies now; a range that cuts a replaced name grows to the whole name."""
        return self._offset(start, is_end=False), self._offset(end, is_end=True)

    def apply(self, words: str) -> str:
        """Words that need not stand on the page, under the new names."""
        return rewrite(words, self.names).text

    def carry(self, words: str) -> str:
        """A quotation from the page as the page has it now; `apply` for words that do not stand there."""
        at = self.source.find(words) if words else -1
        if at < 0:
            return self.apply(words)
        start, end = self.span(at, at + len(words))
        return self.text[start:end]

    def _offset(self, at: int, *, is_end: bool) -> int:
        index = bisect_right(self.edits, at, key=lambda edit: edit[0]) - 1
        if index < 0:
            return at
        old_start, old_end, new_start, new_end = self.edits[index]
        if at >= old_end:
            return at - old_end + new_end
        if at == old_start:
            return new_start
        return new_end if is_end else new_start


def rewrite(text: str, names: Mapping[str, str]) -> Rewritten:
    """Replace every name at once, the longest first.

    Args:
        names: new name by old; no old name is empty.
    """
    if not names:
        return Rewritten(text, text, names, ())
    longest_first = sorted(names, key=lambda name: (-len(name), name))
    pattern = re.compile("|".join(map(re.escape, longest_first)))
    pieces: list[str] = []
    edits: list[tuple[int, int, int, int]] = []
    old_at = new_at = 0
    for match in pattern.finditer(text):
        pieces.append(text[old_at : match.start()])
        new_at += match.start() - old_at
        new = names[match.group()]
        pieces.append(new)
        edits.append((match.start(), match.end(), new_at, new_at + len(new)))
        old_at, new_at = match.end(), new_at + len(new)
    pieces.append(text[old_at:])
    return Rewritten(text, "".join(pieces), names, tuple(edits))


def cut_alike(old: str, new: str) -> str:
    """`new` with the blanks and line breaks of `old`, as near as may be to where they were.

    >>> cut_alike("衢江\\n区", "天元区")
    '天元\\n区'
    """
    gaps = [(len("".join(old[: match.start()].split())), match.group()) for match in re.finditer(r"\s+", old)]
    for before, gap in reversed(gaps):
        at = min(before, len(new) - 1)
        new = new[:at] + gap + new[at:]
    return new
