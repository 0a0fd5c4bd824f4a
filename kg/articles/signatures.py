"""Names that stand without 记者 or 摄: under a title, or signed under a text.

Comes in: one line of a page. Goes out: the credit it may be, with the place on the page that it needs;
`kg.articles.lines` looks whether it stands there. Without a part word only form and place tell a name from a subhead.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from kg.articles.credits import Credit, is_body, read_credit
from kg.model import Span
from kg.text import fold

_BLANK = " \t　\xa0"
_BULLETS = "■□●◆◇▲△★☆◎○▪•"
_BULLETED = re.compile(rf"^[{_BLANK}]*[{_BULLETS}]+[{_BLANK}]*(?P<inner>[^{_BULLETS}（）()]+?)[{_BLANK}]*$")
_BRACKETED = re.compile(r"^\s*[（(【\[](?P<inner>[^（()）\[\]【】]{2,40})[)）\]】]\s*$")
_DASHED = re.compile(r"^[\s　]*(?:—|－|-|–){1,2}[\s　]*(?P<inner>\S.*?)\s*$")
_SIGNED = re.compile(rf"^(?P<where>[㐀-鿿]{{2,16}})[{_BLANK}]+(?P<inner>[㐀-鿿{_BLANK}]{{2,8}})$")
# Who may sign a letter without being of a body.
_WRITER = re.compile(r"(?:读者|市民|村民|居民|学生|游客|乘客|患者|家长|职工|网友|教师|退休\S{2,4})$")
DEEP = 6
"""Blanks before a signature, or a name set in the middle of its line; a paragraph begins with two (four half-width)."""


@dataclass(frozen=True, slots=True)
class Signature:
    """A credit of names only. `under_title` and `under_text` say where it may stand, `bullet` how it begins."""

    credit: Credit
    under_title: bool
    under_text: bool
    bullet: str = ""


def read_signature(text: str, span: Span, *, indent: int) -> Signature | None:
    """The credit of names only that a line may be (□张三, （莫　妃）, a letter's 某镇 张三), or None.

    Args:
        text: the page's text.
        span: the line without blanks around it, in page offsets.
        indent: how many blanks stand before it.
    """
    line = fold(text[span.start : span.end])
    if len(line) > 44:
        return None
    for pattern, under_title in ((_BULLETED, True), (_BRACKETED, True), (_DASHED, False)):
        match = pattern.match(line)
        if match:
            credit = _names(text, span, match, most=4, bodies=True)
            bullet = line.lstrip(_BLANK)[0] if pattern is _BULLETED else ""
            return None if credit is None else Signature(credit, under_title, True, bullet)
    match = re.match(r"(?P<inner>.+)", line)
    credit = _names(text, span, match, most=2, bodies=False) if match else None
    if credit is not None:
        # 周海燕 at the margin is a name under a title; two characters could be any word.
        sure = indent >= 2 or all(len(each.name) == 3 for each in credit.bylines)
        return Signature(credit, sure, indent >= DEEP) if sure else None
    match = _SIGNED.match(line)
    if match and indent >= DEEP and (is_body(match["where"]) or _WRITER.search(match["where"])):
        credit = _names(text, span, match, most=1, bodies=True)
        return None if credit is None else Signature(credit, False, True)
    return None


def _names(text: str, span: Span, match: re.Match[str], *, most: int, bodies: bool) -> Credit | None:
    """The credit where the stretch is names and nothing else, not more than `most`; `bodies` may stand beside them."""
    inner = Span(span.start + match.start("inner"), span.start + match.end("inner"))
    credit = read_credit(text, inner)
    if not credit.clean or credit.parts or not 1 <= len(credit.bylines) <= most:
        return None
    printed = len(re.sub(r"[\s　、，,和与及/／·•‧]", "", text[inner.start : inner.end]))
    named = sum(len(re.sub(r"[·•‧和与及]", "", each.name)) for each in credit.bylines)
    return credit if bodies or printed == named else None
