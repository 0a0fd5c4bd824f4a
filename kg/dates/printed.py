"""Readers of calendar dates as printed, whole or in part: 2021年1月20日, 去年3月, 8月底, 23日, 上世纪九十年代."""

from __future__ import annotations

import re
from dataclasses import replace

from kg.dates import patterns
from kg.dates.calendar import When, shift_month
from kg.dates.context import Context
from kg.dates.festivals import LUNAR_MONTHS, festival, lunar_date
from kg.dates.numerals import read_number, spelled_year
from kg.dates.pieces import Piece

# What 同期 and 比 make a yardstick of instead of a date.
COMPARABLE = frozenset(("absolute", "relative-year"))
_YEAR_SHIFT = {"去年": -1, "上年": -1, "上一年": -1, "前年": -2, "今年": 0, "本年": 0, "明年": 1}
_YEAR_REFERENCE = {"当年": 0, "同年": 0, "次年": 1, "翌年": 1}
_MONTH_SHIFT = {"本": 0, "这": 0, "上": -1, "下": 1}
_MONTH_REFERENCE = {"当": 0, "同": 0, "次": 1, "翌": 1}
# Months that stand for a part of a year; the other parts (一季度, 上半年) are written as the year.
_PART_MONTHS = {"初": 1, "底": 12, "末": 12}


def read_numeric(context: Context, head: re.Match[str], left: When | None) -> Piece:
    """2021-01-20, 2021.1.20: a whole date in digits."""
    found = When(int(head["num_year"]), int(head["num_month"]), int(head["num_day"]))
    return Piece(head.end(), "absolute", found, year_said=True)


def read_year_span(context: Context, head: re.Match[str], left: When | None) -> Piece:
    """2019-2021年; a span that runs backwards is no date."""
    first, last = When(int(head["span_year"])), When(int(head["span_year_to"]))
    if last < first:
        return Piece(head.end(), "impossible")
    return Piece(head.end(), "absolute", first, last, year_said=True)


def read_decade(context: Context, head: re.Match[str], left: When | None) -> Piece:
    """上世纪九十年代 is 1990/1999, a bare 九十年代 too; a paper without a date is one of this century."""
    this_century = context.now.year // 100 * 100 if context.now else 2000
    tens = head["tens"]
    first = int(tens) if tens.isascii() else (read_number(tens[0]) or 0) * 10
    last = int(tens) if tens.isascii() else (read_number(tens[-2]) or 0) * 10
    if head["century_digits"]:
        base = int(head["century_digits"]) * 100
    elif head["century"] == "本" or (head["century"] is None and last < 20):
        base = this_century
    elif head["century"] in (None, "上"):
        base = this_century - 100
    else:
        base = ((read_number(head["century"]) or 20) - 1) * 100
    decade = When(base + first), When(base + max(first, last) + 9)
    return Piece(head.end(), "decade", *decade, finer=head["decade_part"] or "", year_said=True)


def read_year(context: Context, head: re.Match[str], left: When | None) -> Piece:
    """2021年, 二〇二一年, and 21年 in two digits, which from 70 on is of the last century."""
    if head["year_short"]:
        short = int(head["year_short"])
        year: int | None = short + (1900 if short >= 70 else 2000)
    else:
        year = spelled_year(head["year_digits"])
    return _with_year(context, year, head.end(), "absolute")


def read_year_word(context: Context, head: re.Match[str], left: When | None) -> Piece:
    """去年, 今年 from the day of the issue; 同年, 次年 from the year named last."""
    word = head["year_word"]
    if word in _YEAR_SHIFT:
        year = context.now.year + _YEAR_SHIFT[word] if context.now else None
    else:
        base = left.year if left else context.last_year()
        year = base + _YEAR_REFERENCE[word] if base else None
    return _with_year(context, year, head.end(), "relative-year")


def _with_year(context: Context, year: int | None, end: int, rule: str) -> Piece:
    """What follows a year that is given: a festival, a lunar date, a month, a part of it."""
    skip = end + 1 if context.text[end : end + 1] == "的" else end
    feast = patterns.FESTIVAL_AT.match(context.text, skip)
    if feast and (piece := festival(context, feast, year or 0)):
        return replace(piece, year_said=True)
    lunar = patterns.LUNAR.match(context.text, skip)
    if (
        lunar
        and lunar["year"] is None
        and (lunar["mark"] or lunar["month"] in LUNAR_MONTHS or lunar["day"] or lunar["twin_day"])
    ):
        return replace(lunar_date(context, lunar, year or 0), year_said=True)
    after = patterns.AFTER_YEAR_MONTH.match(context.text, end)
    if after and after["to"]:
        first, last = _numbers(after, "from", "to")
        until = year + (first > last) if year else None
        return _months(year, first, until, last, after.end(), rule)
    if after and after["first"]:
        return _months(year, 1, year, read_number(after["first"]) or 0, after.end(), rule)
    if after:
        month = 1 if after["month"] == "元" else read_number(after["month"]) or 0
        return _with_month(context, When(year, month) if year else None, after.end(), rule, year_said=True)
    part = patterns.AFTER_YEAR_PART.match(context.text, end)
    if part:
        month = _PART_MONTHS.get(part[0][-1], 0) if part[0][0] not in "春夏秋冬" else 0
        return Piece(part.end(), rule, When(year, month) if year else None, finer=part[0], year_said=True)
    return Piece(end, rule, When(year) if year else None, year_said=True)


def _with_month(context: Context, month: When | None, end: int, rule: str, *, year_said: bool = False) -> Piece:
    """What follows a month: days, or a part of it. Without `month`, what cannot be dated is read all the same."""
    after = patterns.AFTER_MONTH_DAY.match(context.text, end)
    if after and after["to"]:
        first, last = _numbers(after, "from", "to")
        return _days(month, first, last, after.end(), rule, year_said=year_said)
    if after and after["day"]:
        found = replace(month, day=read_number(after["day"]) or 0) if month else None
        return Piece(after.end(), rule, found, year_said=year_said)
    part = patterns.AFTER_MONTH_PART.match(context.text, end)
    return Piece(part.end() if part else end, rule, month, finer=part[0] if part else "", year_said=year_said)


def read_month(context: Context, head: re.Match[str], left: When | None) -> Piece:
    """1月, 1月20日, 1月20日至22日, 元月; the year is that of the text before it, else the one that the context suggests."""
    name = head["month_digits"] or head["month_han"]
    number = 1 if name == "元" else read_number(name) or 0
    after = patterns.AFTER_MONTH_DAY.match(context.text, head.end())
    day = read_number(after["day"] or after["from"]) or 0 if after else 0
    year_said = False
    if left:
        year: int | None = left.year + (number < left.month) if left.year else None
    else:
        year = context.year_for(number, day, head.start(), after.end() if after else head.end())
        said = context.said_year(head.start())
        year_said = said is not None and said.year == year
    rule = "month-day" if day else "month"
    return _with_month(context, When(year, number) if year else None, head.end(), rule, year_said=year_said)


def read_month_span(context: Context, head: re.Match[str], left: When | None) -> Piece:
    """1月至3月, 11月至次年1月; the year is that of its last month."""
    first, last = _numbers(head, "span_month", "span_month_to")
    year = context.year_for(last, 0, head.start(), head.end())
    return _months(year - (first > last) if year else None, first, year, last, head.end(), "month")


def read_first_months(context: Context, head: re.Match[str], left: When | None) -> Piece:
    """前三个月: January to the month counted."""
    last = read_number(head["first_count"]) or 0
    year = context.year_for(last, 0, head.start(), head.end())
    return _months(year, 1, year, last, head.end(), "month")


def read_month_word(context: Context, head: re.Match[str], left: When | None) -> Piece:
    """上月, 本月 from the day of the issue; 同月, 次月 from the month named last."""
    first = head["month_word"][0]
    if first in _MONTH_SHIFT:
        base, shift = context.now, _MONTH_SHIFT[first]
    else:
        base, shift = context.last_month(), _MONTH_REFERENCE[first]
    month = shift_month(base.year, base.month, shift) if base and base.month else None
    return _with_month(context, month, head.end(), "relative-month")


def read_month_part(context: Context, head: re.Match[str], left: When | None) -> Piece:
    """月初, 月底 without a month: of the month of the issue."""
    now = context.now
    return Piece(
        head.end(), "relative-month", When(now.year, now.month) if now and now.month else None, finer=head[0][-1]
    )


def read_day(context: Context, head: re.Match[str], left: When | None) -> Piece:
    """20日 alone: the month is that of the date before it, else the one that the context suggests."""
    day = read_number(head["day_digits"] or head["day_han"]) or 0
    if left is None:
        month = context.month_for(day, head.start(), head.end())
    elif left.month:
        month = shift_month(left.year, left.month, 1 if left.day > day else 0)
    else:
        month = None
    return Piece(head.end(), "bare-day", replace(month, day=day) if month else None)


def read_day_span(context: Context, head: re.Match[str], left: When | None) -> Piece:
    """20日至22日 without a month."""
    first, last = _numbers(head, "span_day", "span_day_to")
    return _days(context.month_for(first, head.start(), head.end()), first, last, head.end(), "bare-day")


def read_year_part(context: Context, head: re.Match[str], left: When | None) -> Piece:
    """年初, 上半年, 三季度: of the year named before, else of the issue's, or the year before where it must have passed."""
    now, part = context.now, head[0]
    said = context.said_year(head.start())
    if left and left.year:
        year: int | None = left.year
    elif said:
        year = said.year
    elif now:
        late = part[-1] in "底末" or part[0] == "下" or part[-3:-2] in ("三", "四", "3", "4")
        passed = late and 0 < now.month <= 2 and not context.planned(head.start(), head.end())
        year = now.year - passed
    else:
        year = None
    month = _PART_MONTHS.get(part[-1], 0)
    return Piece(head.end(), "year-part", When(year, month) if year else None, finer=part)


def _numbers(match: re.Match[str], first: str, last: str) -> tuple[int, int]:
    return read_number(match[first]) or 0, read_number(match[last]) or 0


def _months(year: int | None, first: int, until: int | None, last: int, end: int, rule: str) -> Piece:
    """From a month of `year` to one of `until`."""
    year_said = rule != "month"
    if year is None or until is None:
        return Piece(end, rule, year_said=year_said)
    return Piece(end, rule, When(year, first), When(until, last), year_said=year_said)


def _days(month: When | None, first: int, last: int, end: int, rule: str, *, year_said: bool = False) -> Piece:
    """From a day of a month to the next day of the second number."""
    if month is None:
        return Piece(end, rule, year_said=year_said)
    until = shift_month(month.year, month.month, 1) if first > last else month
    return Piece(end, rule, replace(month, day=first), replace(until, day=last), year_said=year_said)
