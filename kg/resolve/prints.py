"""Sketches of articles, by which one printed again is known without keeping its text.

Marks of two sorts. Hashes of shingles, zero and above, say how it is worded; they are looked up. Marks below zero say
what it tells: each a day, a number, a person, a place or an organisation that it names; they are compared where the
wording is alike, for a form that is printed every year is worded alike and names others. Of the text only Chinese
characters and digits count: a reprint is set anew and scanned anew, so that spaces, line breaks and punctuation differ.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from enum import IntEnum
from functools import lru_cache
from zlib import crc32

Sketch = tuple[int, ...]
"""Marks in rising order, so that what is told comes first."""


class Told(IntEnum):
    """What a mark below zero stands for (`told_sort`)."""

    DAY = 1
    NUMBER = 2
    PERSON = 3
    PLACE = 4
    ORG = 5


_CHINESE = re.compile(r"[\u4e00-\u9fff]+")
_WORDED = re.compile(r"[\u4e00-\u9fff０-９]+")
_WIDE = str.maketrans("0123456789", "０１２３４５６７８９")
_BLANK = re.compile(r"\s+")
_DAY = re.compile(r"([0-9０-９]{1,2})月([0-9０-９]{1,2})日")
_NUMBER = re.compile(r"[０-９]{2,}")
"""One digit says too little: 3 stands in every second article."""
_SHINGLE = 8
"""Characters a shingle. Shorter ones are shared by articles that only use the same phrases (全面贯彻落实)."""
_ONE_IN = 8
"""Of the shingles of a text those are kept whose hash is divisible by this: in two texts the same ones, wherever in them
the common part stands, and however long the rest is."""
_LEAST = 60
"""Characters below which an article says too little to be known again (a headline, a notice of office hours)."""
_NAME = 3
"""Characters below which a place or an organisation is left out (全县, 县委): everybody names it."""
_BITS = 512
_SORTS = 7  # the last three bits of a mark below zero, taken positive


def sketch(text: str, names: Iterable[tuple[Told, str]] = ()) -> Sketch:
    """The marks of an article: some of its shingles, all days and numbers, and the names that are given.

    Args:
        names: who and what it names, in any order; those who are only credited with having written it left out.

    Returns:
        None where the text is too short.
    """
    wide = _BLANK.sub("", text).translate(_WIDE)
    plain = "".join(_WORDED.findall(wide))
    if len(plain) < _LEAST:
        return ()
    encoded = plain.encode()  # three bytes a character: digits are wide, the rest is in one block of Unicode
    width = 3 * _SHINGLE
    hashes = {crc32(encoded[at : at + width]) for at in range(0, len(encoded) - width + 1, 3)}
    told = {(Told.DAY, f"{int(day[1])}-{int(day[2])}") for day in _DAY.finditer(wide)}
    told |= {(Told.NUMBER, number) for number in _NUMBER.findall(_DAY.sub("，", wide))}
    told |= {(sort, name) for sort, name in names if sort is Told.PERSON or len(name) >= _NAME}
    return tuple(sorted((*(mark for mark in hashes if mark % _ONE_IN == 0), *(_told_mark(*each) for each in told))))


@lru_cache(maxsize=1 << 16)  # also one int for all articles that name somebody
def _told_mark(sort: Told, text: str) -> int:
    return -((crc32(text.encode()) & ~_SORTS) | sort)


def told_sort(mark: int) -> Told:
    """What a mark below zero stands for."""
    return Told(-mark & _SORTS)


def word_bits(text: str) -> int:
    """The pairs of characters in a sentence, as a set of bits of an integer."""
    plain = "".join(_CHINESE.findall(text))
    bits = 0
    for at in range(len(plain) - 1):
        bits |= 1 << (crc32(plain[at : at + 2].encode()) % _BITS)
    return bits


def shared_words(first: int, second: int) -> float:
    """How much of the shorter sentence stands in the other, 0–1."""
    least = min(first.bit_count(), second.bit_count())
    return (first & second).bit_count() / least if least else 0.0
