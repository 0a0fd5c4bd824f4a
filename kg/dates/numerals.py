"""Numbers as dates write them, in ASCII digits or Chinese: 12, 十二, 廿三, 二〇二一."""

from __future__ import annotations

_DIGITS = {"〇": 0, "○": 0, "零": 0} | {char: n for n, char in enumerate("一二三四五六七八九", start=1)} | {"两": 2}
_TENS = {"廿": 20, "卅": 30}


def read_number(text: str) -> int | None:
    """The value of a number up to 999, None if `text` is not one.

    >>> [read_number(text) for text in ("08", "十二", "二十", "廿三", "三十一", "一百零五", "两三", "初")]
    [8, 12, 20, 23, 31, 105, None, None]
    """
    if text.isascii():
        return int(text) if text.isdigit() else None
    total = 0
    digit: int | None = None
    for char in text:
        if char in _DIGITS:
            if digit:
                return None  # 两三天 is no number
            digit = _DIGITS[char]
        elif char in _TENS:
            total += _TENS[char]
        elif char in "十百":
            total += (1 if digit is None else digit) * (10 if char == "十" else 100)
            digit = None
        else:
            return None
    return total + (digit or 0)


def spelled_year(text: str) -> int | None:
    """The year that four digits spell one by one (2021, 二〇二一, 二0二一), None if `text` spells none.

    >>> spelled_year("二〇二一"), spelled_year("1998"), spelled_year("二十")
    (2021, 1998, None)
    """
    spelled = "".join(char if char.isascii() else str(_DIGITS.get(char, "x")) for char in text)
    return int(spelled) if len(spelled) == 4 and spelled.isascii() and spelled.isdigit() else None
