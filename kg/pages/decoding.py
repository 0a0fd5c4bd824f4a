"""Bytes of a page file to text, or why they are no page.

Comes in: the raw bytes of a file. Goes out: the decoded text, newlines untouched, BOM removed. Only UTF-8, GB18030
and UTF-16/32 with a BOM are known; anything else is refused, because mojibake read as Chinese makes false names.
"""

from __future__ import annotations

import codecs
import re

from kg.errors import InputError

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_HAN = re.compile(r"[㐀-䶿一-鿿豈-﫿𠀀-𲎯]")
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x19\x1b-\x1f\x7f]")

COMMON_SHARE = 0.85
"""The least share of everyday characters (level 1 of GB 2312) in text decoded as GB18030. The seed pages have 0.98 and
more; the same text in Big5, or in UTF-8 with one broken byte, read as GB18030 stays below 0.6."""


def decode_page(raw: bytes, *, where: str) -> str:
    """The text of a page file.

    Args:
        raw: the whole file.
        where: the file's name for messages.

    Raises:
        InputError: the file is empty, binary, in no known encoding, or holds no Chinese.
    """
    text = decode_text(raw, where=where)
    if not text.strip():
        raise InputError("the file is empty", where=where)
    if not _HAN.search(text):
        raise InputError(
            "no Chinese text in this file", where=where, hint="a page is the text of a Chinese newspaper page"
        )
    return text


def decode_text(raw: bytes, *, where: str) -> str:
    """The text of a file in UTF-8, GB18030, or UTF-16/32 with a BOM.

    Raises:
        InputError: the file is binary or in no known encoding.
    """
    for bom, encoding in _BOMS:
        if raw.startswith(bom):
            try:
                return _no_binary(raw[len(bom) :].decode(encoding), where)
            except UnicodeDecodeError as error:
                raise InputError(
                    f"begins like {encoding.upper()} but byte {error.start + len(bom)} is not",
                    where=where,
                    hint="save it as UTF-8",
                ) from None
    if b"\x00" in raw:
        raise InputError("this is a binary file, not a page of text", where=where)
    try:
        return _no_binary(raw.decode("utf-8"), where)
    except UnicodeDecodeError as error:
        first_bad = error.start
    try:
        text = raw.decode("gb18030")
    except UnicodeDecodeError:
        text = ""
    if not text or not _reads_as_chinese(text):
        raise InputError(
            f"neither UTF-8 (byte {first_bad}) nor GB18030", where=where, hint="save it as UTF-8 and try again"
        )
    return _no_binary(text, where)


def _no_binary(text: str, where: str) -> str:
    if len(_CONTROL.findall(text)) * 20 > len(text):
        raise InputError("this is a binary file, not a page of text", where=where)
    return text


def _reads_as_chinese(text: str) -> bool:
    """Whether what came out of GB18030 is written in everyday characters."""
    han = _HAN.findall(text)
    return bool(han) and sum(_is_common(char) for char in han) >= COMMON_SHARE * len(han)


def _is_common(char: str) -> bool:
    try:
        code = char.encode("gb2312")
    except UnicodeEncodeError:
        return False
    return 0xB0 <= code[0] <= 0xD7
