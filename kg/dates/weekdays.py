"""Weekdays that contradict the date they stand with: a sign that one of the two is misprinted or misread."""

from __future__ import annotations

import re

from kg.dates.calendar import parse_iso
from kg.dates.patterns import WEEKDAY
from kg.dates.reading import find_dates

_NAMES = "一二三四五六日"
# The lunar date of a date line may stand between: 2021年1月20日 农历庚子年十二月初八 星期三.
_WEEKDAY_AFTER = re.compile(
    rf"[\s（，]*(?:(?:第\d+期\s*)?(?:农历|庚|[甲乙丙丁戊己庚辛壬癸][子丑寅卯辰巳午未申酉戌亥])[^。，；\d]{{2,14}}?)?[\s（，]*(?:星期|礼拜|周)({WEEKDAY})"
)
_WEEKDAY_IN = re.compile(rf"(?:星期|礼拜|周)({WEEKDAY})")


def weekday_conflict(text: str, *, issue_date: str | None = None) -> tuple[str, ...]:
    """Notes on days of a text whose printed weekday is not theirs, in order; empty if all agree.

    Args:
        text: folded; a date line may be parted over lines.
        issue_date: for dates printed without a year, which are passed over if it is None.

    >>> weekday_conflict("2021年1月20日 星期四")
    ('2021年1月20日 is a 星期三 (2021-01-20), but 星期四 is printed',)
    """
    notes: list[str] = []
    for found in find_dates(text, issue_date=issue_date):
        if (
            found.precision != "day"
            or found.iso is None
            or found.rule not in ("absolute", "month-day", "relative-year")
        ):
            continue
        printed = _WEEKDAY_IN.search(found.surface)
        said = printed or _WEEKDAY_AFTER.match(text, found.end)
        if said is None:
            continue
        true = parse_iso(found.iso).first().weekday()
        if _NAMES[true] != said[1].replace("天", "日"):
            surface = found.surface[: printed.start()].rstrip("（ ") if printed else found.surface
            notes.append(f"{surface} is a 星期{_NAMES[true]} ({found.iso}), but 星期{said[1]} is printed")
    return tuple(notes)
