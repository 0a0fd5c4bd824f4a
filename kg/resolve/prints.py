"""Sketches of texts, by which a text printed again is known without keeping the text.

Only Chinese characters count: a reprint is set anew and scanned anew, so that spaces, line breaks and punctuation differ.
"""

from __future__ import annotations

import re
from zlib import crc32

Sketch = tuple[int, ...]

_CHINESE = re.compile(r"[\u4e00-\u9fff]+")
_SHINGLE = 8
"""Characters a shingle. Shorter ones are shared by articles that only use the same phrases (全面贯彻落实)."""
_ONE_IN = 8
"""Of the shingles of a text those are kept whose hash is divisible by this: in two texts the same ones, wherever in them
the common part stands, and however long the rest is."""
_LEAST = 60
"""Characters below which an article says too little to be known again (a headline, a notice of office hours)."""
_BITS = 512


def sketch(text: str) -> Sketch:
    """Hashes of some of the shingles of a text, sorted; none where it is too short."""
    plain = "".join(_CHINESE.findall(text))
    if len(plain) < _LEAST:
        return ()
    encoded = plain.encode()  # three bytes a character, all of them in one block of Unicode
    width = 3 * _SHINGLE
    hashes = {crc32(encoded[at : at + width]) for at in range(0, len(encoded) - width + 1, 3)}
    return tuple(sorted(mark for mark in hashes if mark % _ONE_IN == 0))


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
