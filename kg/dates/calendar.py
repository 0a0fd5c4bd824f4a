"""Calendar arithmetic: years, months and days as far as they are known, the lunar calendar and festivals.

Nothing here reads text, and nothing knows what day it is. The lunar calendar, solar terms and festival days come from
`lunar_python`; no calendar table is kept here.
"""

from __future__ import annotations

import re
from calendar import isleap, monthrange
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

from lunar_python import Lunar, Solar
from lunar_python.util import LunarUtil, SolarUtil

# A month and day without a year may lie this far after the issue before it is taken for last year's: papers announce
# what comes within two months by month and day alone.
ANNOUNCED_DAYS = 60
# A plan (将于, 计划) may lie further ahead, but a December date in a January issue is last month's even then.
PLANNED_DAYS = 330
_ISO = re.compile(r"(\d{4})(?:-(\d\d)(?:-(\d\d))?)?")
_FIRST_YEAR, _LAST_YEAR = 1600, 2200


@dataclass(frozen=True, slots=True, order=True)
class When:
    """A year, a month of a year or a day; `month` and `day` are 0 where they are not known."""

    year: int
    month: int = 0
    day: int = 0

    @property
    def iso(self) -> str:
        """ISO 8601, as precise as what is known: `2021`, `2021-01`, `2021-01-20`."""
        return "-".join([f"{self.year:04}", *(f"{part:02}" for part in (self.month, self.day) if part)])

    @property
    def precision(self) -> str:
        """`day`, `month` or `year`."""
        return "day" if self.day else "month" if self.month else "year"

    @property
    def valid(self) -> bool:
        """Whether the calendar has such a day (2021-02-30 is none)."""
        return not self.day or self.day <= monthrange(self.year, self.month)[1]

    def first(self) -> date:
        """Its first day; the last of the month stands in for a day that the month lacks."""
        month = self.month or 1
        return date(self.year, month, min(self.day or 1, monthrange(self.year, month)[1]))

    def last(self) -> date:
        """Its last day."""
        month = self.month or 12
        length = monthrange(self.year, month)[1]
        return date(self.year, month, min(self.day or length, length))


def when(day: date) -> When:
    """A day as `When`."""
    return When(day.year, day.month, day.day)


def parse_iso(text: str) -> When:
    """The year, month or day of an ISO date.

    Raises:
        ValueError: `text` is no ISO year, month or day, or the calendar has no such day.
    """
    match = _ISO.fullmatch(text)
    if match:
        year, month, day = (int(part) if part else 0 for part in match.groups())
        known = When(year, month, day)
        if _FIRST_YEAR <= year <= _LAST_YEAR and month <= 12 and (match[2] is None or month) and known.valid:
            return known
    raise ValueError(f"not an ISO date, month or year: {text!r}")


def shift_month(year: int, month: int, by: int) -> When:
    """The month `by` months later."""
    count = year * 12 + month - 1 + by
    return When(count // 12, count % 12 + 1)


def shift_day(day: When, by: int) -> When:
    """The day `by` days later than a day."""
    return when(day.first() + timedelta(days=by))


def year_of(month: int, day: int, anchor: When, *, planned: bool = False, announced: bool = False) -> int:
    """The year of a month (and day, or 0) that is printed without one.

    Args:
        anchor: the date of the issue.
        planned: the words about it speak of a plan, so it may lie well ahead.
        announced: 将于 stands right before it, so it may lie over the turn of the year.
    """
    if not anchor.month:
        return anchor.year
    this_year = When(anchor.year, month, day)
    ahead = (this_year.first() - anchor.last()).days
    if ahead <= ANNOUNCED_DAYS or (planned and ahead <= PLANNED_DAYS):
        next_year = When(anchor.year + 1, month, day)
        if announced and ahead < -180 and (next_year.first() - anchor.last()).days <= 2 * ANNOUNCED_DAYS:
            return next_year.year
        year = anchor.year
    else:
        year = anchor.year - 1
    if (month, day) == (2, 29):
        return next((leap for leap in range(year, year - 9, -1) if isleap(leap)), year)
    return year


def nearest(days: list[date], anchor: When) -> date | None:
    """The latest of some days that is not much after the issue, else the earliest, None of none."""
    limit = anchor.last() + timedelta(days=ANNOUNCED_DAYS)
    past = [day for day in days if day <= limit]
    return max(past) if past else min(days, default=None)


@lru_cache(maxsize=4096)
def lunar_day(year: int, month: int, day: int) -> date | None:
    """The day of a lunar date, None if that lunar year has no such day; a leap month is negative.

    >>> lunar_day(2020, 12, 8)
    datetime.date(2021, 1, 20)
    """
    try:
        solar = Lunar.fromYmd(year, month, day).getSolar()
    except Exception:  # lunar_python raises bare Exception for a day or leap month that the year lacks
        return None
    return date(solar.getYear(), solar.getMonth(), solar.getDay())


def lunar_month(year: int, month: int) -> tuple[date, date] | None:
    """First and last day of a lunar month, None if that lunar year lacks it."""
    first = lunar_day(year, month, 1)
    last = lunar_day(year, month, 30) or lunar_day(year, month, 29)
    return (first, last) if first and last else None


def cycle_year(name: str, anchor: When) -> int | None:
    """The lunar year that a name of the sixty-year cycle (庚子) means, seen from the issue; None if it is no such name.

    >>> cycle_year("庚子", When(2021, 1, 20))
    2020
    """
    for year in range(anchor.year + 1, anchor.year - 59, -1):
        stem, branch = LunarUtil.GAN[(year - 4) % 10 + 1], LunarUtil.ZHI[(year - 4) % 12 + 1]
        if name == stem + branch:
            return year
    return None


def _tabled(table: dict[str, str]) -> dict[str, tuple[int, ...]]:
    return {name: tuple(int(part) for part in key.split("-")) for key, name in table.items()}


_SOLAR = _tabled(SolarUtil.FESTIVAL) | {
    name: (int(key.split("-")[0]), int(key.split("-")[1]))
    for key, names in SolarUtil.OTHER_FESTIVAL.items()
    for name in names
}
_LUNAR = _tabled(LunarUtil.FESTIVAL)
_WEEK = _tabled(SolarUtil.WEEK_FESTIVAL)


@lru_cache(maxsize=1024)
def festival_day(name: str, year: int) -> date | None:
    """The day of a festival or solar term in a year of the common calendar, None for an unknown name.

    >>> festival_day("国庆节", 2019), festival_day("中秋节", 2020), festival_day("清明", 2021)
    (datetime.date(2019, 10, 1), datetime.date(2020, 10, 1), datetime.date(2021, 4, 4))
    """
    if name == "除夕":
        new_year = lunar_day(year, 1, 1)
        return new_year - timedelta(days=1) if new_year else None
    if name in _SOLAR:
        month, day = _SOLAR[name]
        return date(year, month, day)
    if name in _LUNAR:
        month, day = _LUNAR[name]
        days = (lunar_day(lunar, month, day) for lunar in (year - 1, year))
        return next((found for found in days if found and found.year == year), None)
    if name in _WEEK:
        month, nth, weekday = _WEEK[name]
        first = date(year, month, 1)
        # lunar_python counts Sunday as 0, datetime Monday as 0.
        return first + timedelta(days=(weekday - 1 - first.weekday()) % 7 + 7 * (nth - 1))
    # Solar terms: the table around a summer begins with the winter solstice of the year before.
    for summer in (year, year + 1):
        solar = Solar.fromYmd(summer, 6, 1).getLunar().getJieQiTable().get(name)
        if solar and solar.getYear() == year:
            return date(solar.getYear(), solar.getMonth(), solar.getDay())
    return None
