"""Reading a broken text while every character keeps its place in the file.

A `Reading` is what a person reads: the lines of a paragraph joined, widths folded. Each of its characters knows the
page offset it came from. It does not decide which lines belong together (`articles` does) and corrects nothing.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import opencc

from kg.model import Block, Span

_FOLD = {code: code - 0xFEE0 for code in range(0xFF10, 0xFF1A)}  # ０-９
_FOLD |= {code: code - 0xFEE0 for code in (*range(0xFF21, 0xFF3B), *range(0xFF41, 0xFF5B))}  # Ａ-Ｚ ａ-ｚ
_FOLD |= {0x3000: 0x20, 0xA0: 0x20, 0x09: 0x20, 0xFF0E: 0x2E, 0xFF05: 0x25}
# Half-width punctuation in Chinese text reads as its full-width form; one for one, so that offsets stay.
_FOLD |= {ord(a): ord(b) for a, b in zip(",;:?!()", "，；：？！（）", strict=True)}
_FOLD |= {ord(a): ord(b) for a, b in zip("﹑﹐﹔﹕﹖﹗﹙﹚", "、，；：？！（）", strict=True)}


def _simplified() -> dict[int, int]:
    """Traditional characters to simplified ones, one for one.

    A character of GB 2312 is left alone: simplified texts print it too (乾 in 乾元镇 is no 干). Source: OpenCC's t2s table.
    """
    convert = opencc.OpenCC("t2s").convert
    characters = [chr(code) for code in range(0x4E00, 0xA000)]
    table: dict[int, int] = {}
    for character, plain in zip(characters, convert("\n".join(characters)).split("\n"), strict=True):
        if character != plain and len(plain) == 1:
            try:
                character.encode("gb2312")
            except UnicodeEncodeError:
                table[ord(character)] = ord(plain)
    return table


_FOLD |= _simplified()
_FOLD |= dict.fromkeys(range(0xD800, 0xE000), 0xFFFD)  # lone surrogates: no matcher takes them


def fold(text: str) -> str:
    """Full-width letters and digits to ASCII, half-width punctuation to full-width, traditional characters to
    simplified ones; character for character.

    >>> fold("本报讯(记者 ＡＢ)1月12日下午,霍震東")
    '本报讯（记者 AB）1月12日下午，霍震东'
    """
    return text.translate(_FOLD)


@dataclass(frozen=True, slots=True)
class Reading:
    """Text as read, with the page offset of each character. Paragraphs are parted by `\\n`.

    `offsets[i]` is the page offset of `text[i]`; offsets never fall. `kinds[k]` is the block kind of the k-th
    paragraph (the k-th `\\n`-parted piece).
    """

    text: str
    offsets: tuple[int, ...]
    kinds: tuple[str, ...] = ()

    def page_span(self, start: int, end: int) -> Span:
        """The page span of `text[start:end]`; from its first to its last character, breaks between included."""
        if not 0 <= start < end <= len(self.text):
            raise ValueError(f"no reading span [{start}, {end}) in a text of {len(self.text)} characters")
        return Span(self.offsets[start], self.offsets[end - 1] + 1)

    def position(self, offset: int) -> int:
        """The first reading position at or after a page offset."""
        return bisect_left(self.offsets, offset)


def read_blocks(text: str, blocks: Iterable[Block]) -> Reading:
    """Join the lines of each block, fold widths, part blocks by `\\n`.

    Args:
        text: the page's text that the blocks' spans point into.
        blocks: in reading order, not overlapping.
    """
    pieces: list[str] = []
    offsets: list[int] = []
    kinds: list[str] = []
    for block in blocks:
        if pieces:
            pieces.append("\n")
            offsets.append(offsets[-1] if offsets else 0)
        kinds.append(block.kind)
        for line in block.lines:
            pieces.append(fold(text[line.start : line.end]))
            offsets.extend(range(line.start, line.end))
    return Reading("".join(pieces), tuple(offsets), tuple(kinds))


def sentence_spans(text: str) -> list[tuple[int, int]]:
    """Sentences of a reading as `(start, end)`, closing quotes and brackets included, blank edges trimmed.

    A sentence ends at 。！？…… or at the end of a paragraph; a full stop inside a quotation ends one only where the
    quotation closes there too, so that what somebody says stays in one piece with who says it.
    """
    spans: list[tuple[int, int]] = []
    start = 0
    at = 0
    size = len(text)
    while at < size:
        char = text[at]
        if char == "\n":
            _append(spans, text, start, at)
            start = at + 1
        elif char in "。！？":
            end = at + 1
            while end < size and text[end] in "。！？”’」』）)":
                end += 1
            _append(spans, text, start, end)
            start = end
            at = end
            continue
        at += 1
    _append(spans, text, start, size)
    return spans


def _append(spans: list[tuple[int, int]], text: str, start: int, end: int) -> None:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    if start < end:
        spans.append((start, end))


def covering(spans: Sequence[tuple[int, int]], at: int) -> tuple[int, int] | None:
    """The span of a sorted, non-overlapping sequence that holds position `at`, or None."""
    index = bisect_left(spans, (at + 1, -1)) - 1
    if index >= 0 and spans[index][0] <= at < spans[index][1]:
        return spans[index]
    return None
