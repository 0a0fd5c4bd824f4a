"""What a page says at a span, as one line that can be shown."""

from __future__ import annotations

import re

from kg.messages import printable

_BREAK = re.compile(r"[ \t\u3000]*[\r\n\f\v\x85\u2028\u2029][\s\u3000]*")
_BLANKS = re.compile(r"[\s\u3000]+")


def one_line(text: str) -> str:
    """The text without line breaks, which OCR sets in mid-word; other blanks become one space.

    >>> one_line("区委书记张\\n三 　来到")
    '区委书记张三 来到'
    """
    return printable(_BLANKS.sub(" ", _BREAK.sub("", text)).strip())
