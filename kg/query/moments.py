"""Dates as spans of days: what a fact's printed date covers, and what a user means by since and until.

Days are proleptic ordinals (`datetime.date.toordinal`); 0 stands for no date.
"""

from __future__ import annotations

import calendar
import datetime
import re

from kg.errors import InputError

When = str | datetime.date
"""What a caller may give for a date: `2021`, `2021-01`, `2021-01-12`, 2021年1月12日, or a `datetime.date`."""

_GIVEN = re.compile(r"(\d{4})(?:[-/.年](\d{1,2})(?:[-/.月](\d{1,2})日?|月)?|年)?")


def covered(iso: str | None) -> tuple[int, int]:
    """First and last day of a date as facts have it (day, month, year, `a/b`); (0, 0) where there is none.

    >>> covered("2021-02") == (covered("2021-02-01")[0], covered("2021-02-28")[1])
    True
    """
    if not iso:
        return 0, 0
    first, _, last = iso.partition("/")
    try:
        return _days(*_numbers(first))[0], _days(*_numbers(last or first))[1]
    except ValueError:
        return 0, 0


def precision(iso: str | None) -> str | None:
    """How exact a fact's date is: `day`, `month`, `year`, `interval`, or None without a date."""
    if not iso:
        return None
    return "interval" if "/" in iso else {4: "year", 7: "month"}.get(len(iso), "day")


def bounds(since: When | None, until: When | None) -> tuple[int, int] | None:
    """The days that a user asks for, both ends included; None where neither end is given.

    Raises:
        InputError: something given is no date, or the end lies before the beginning.
    """
    if since is None and until is None:
        return None
    first = asked(since)[0] if since is not None else 1
    last = asked(until)[1] if until is not None else datetime.date.max.toordinal()
    if first > last:
        raise InputError(f"{since} lies after {until}", hint="give the earlier date as since")
    return first, last


def asked(when: When) -> tuple[int, int]:
    """First and last day of a date that a user gives.

    Raises:
        InputError: it is no date.
    """
    if isinstance(when, datetime.date):
        return when.toordinal(), when.toordinal()
    match = _GIVEN.fullmatch(when.strip())
    try:
        if match is None:
            raise ValueError(when)
        return _days(*(int(part) if part else None for part in match.groups()))
    except ValueError:
        raise InputError(f"{when!r} is no date", hint="write 2021, 2021-01 or 2021-01-12") from None


def _numbers(iso: str) -> tuple[int | None, ...]:
    return tuple(int(part) for part in iso.split("-"))


def _days(year: int | None, month: int | None = None, day: int | None = None) -> tuple[int, int]:
    if year is None:
        raise ValueError("no year")
    first = datetime.date(year, 1 if month is None else month, 1 if day is None else day)
    end = 12 if month is None else month
    last = datetime.date(year, end, calendar.monthrange(year, end)[1] if day is None else day)
    return first.toordinal(), last.toordinal()
