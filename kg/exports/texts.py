"""Text on its way into a file: what a format forbids is taken out, what it reads as markup is escaped."""

from __future__ import annotations

import re

from kg.model import content_id

_FORBIDDEN = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_UNSAFE = re.compile("[^\n\x20-%'-;=?-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""What an element's text may not hold as it is; most texts hold none, and are let through after one look."""
_SPECIAL = re.compile("[&<>\r]")
_QUOTED = re.compile('[&<>"\t\n\r]')
_ESCAPES = {
    "&": "&amp;",
    "<": "&lt;",
    ">": "&gt;",
    '"': "&quot;",
    "\r": "&#13;",  # a bare \r would be read as \n, and a break in an attribute as a space
    "\n": "&#10;",
    "\t": "&#9;",
}
_ARTICLE = re.compile(r"article-[0-9a-f]{12}\Z")
_FORMULA = tuple("=+-@＝＋－＠\t\r\n")


def article_id(page: str, article: str) -> str:
    """An id of an article that no article of another page has; extraction's own is one already."""
    return article if _ARTICLE.match(article) else content_id("article", page, article)


def clean(text: str) -> str:
    """Text without the characters that XML forbids and most readers choke on: controls, lone surrogates, U+FFFF.

    >>> clean("换\\x0c页\\x00")
    '换页'
    """
    return _FORBIDDEN.sub("", text)


def xml_text(text: str) -> str:
    """Text for an XML element: forbidden characters dropped, markup escaped.

    >>> xml_text("a\\x0cb<c>&\\r")
    'ab&lt;c&gt;&amp;&#13;'
    """
    if not _UNSAFE.search(text):
        return text
    return _SPECIAL.sub(lambda match: _ESCAPES[match.group()], _FORBIDDEN.sub("", text))


def xml_attribute(text: str) -> str:
    """Text for an XML attribute in double quotes; tabs and breaks survive.

    >>> xml_attribute('a"b\\n')
    'a&quot;b&#10;'
    """
    return _QUOTED.sub(lambda match: _ESCAPES[match.group()], _FORBIDDEN.sub("", text))


def cell_text(text: str) -> str:
    """Text for a cell of a spreadsheet: what would be run as a formula is led by an apostrophe.

    Source: OWASP, CSV Injection (https://owasp.org/www-community/attacks/CSV_Injection).

    >>> cell_text("=1+1"), cell_text("一+一")
    ("'=1+1", '一+一')
    """
    text = clean(text)
    return f"'{text}" if text.lstrip(" \u3000").startswith(_FORMULA) else text
