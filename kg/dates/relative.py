"""Readers of what is said from the issue's day or the day reported: 昨日, 当天, 上周五, 连日来, 3年前, 11天."""

from __future__ import annotations

import re
from datetime import date, timedelta

from kg.dates.calendar import When, shift_day, shift_month, when
from kg.dates.context import Context
from kg.dates.numerals import read_number
from kg.dates.pieces import Piece

_DAY_SHIFT = {"昨": -1, "前": -2, "今": 0, "明": 1, "后": 2}
_DAY_REFERENCE = {"次日": 1, "翌日": 1, "第二天": 1, "隔天": 1, "前一天": -1, "前一日": -1}
_WEEK_SHIFT = {"上上": -2, "上": -1, "本": 0, "这": 0, "下": 1}
_WEEKDAYS = {char: number for number, char in enumerate("一二三四五六日")} | {"天": 6}
_UNITS = {"unit_days": "D", "unit_weeks": "W", "unit_months": "M", "unit_years": "Y"}
# 500年前 is a manner of speaking.
_LONG_AGO = 100
_TIMED_WORDS = "晚夜晨早"


def read_relative_day(context: Context, head: re.Match[str], left: When | None) -> Piece:
    """今天, 昨日 from the day of the issue; in a quotation from the day of speaking."""
    word = head[0]
    # What somebody says 今天 of is the day of speaking, which is not the day of printing.
    base = context.reference_day(head.start()) if context.quoted(head.start()) else context.anchor
    found = shift_day(base, _DAY_SHIFT[word[0]]) if base and base.day else None
    return Piece(head.end(), "relative-day", found, finer=word[1] if word[1] in _TIMED_WORDS else "")


def read_day_reference(context: Context, head: re.Match[str], left: When | None) -> Piece:
    """当天, 次日: from the day told last."""
    word = head[0]
    base = context.reference_day(head.start())
    found = shift_day(base, _DAY_REFERENCE.get(word, 0)) if base else None
    return Piece(head.end(), "same-day", found, finer=word[1] if word[1] in _TIMED_WORDS else "")


def read_week_day(context: Context, head: re.Match[str], left: When | None) -> Piece:
    """上周三, 本周五; a bare 周三 is the last one up to the issue."""
    if context.anchor is None or not context.anchor.day:
        return Piece(head.end(), "weekday")
    today = context.anchor.first()
    number = _WEEKDAYS[head["week_number"] or head["week_bare"]]
    if head["week_shift"]:
        found = _monday(today) + timedelta(days=7 * _WEEK_SHIFT[head["week_shift"]] + number)
    else:
        found = today - timedelta(days=(today.weekday() - number) % 7)
    return Piece(head.end(), "weekday", when(found))


def read_week(context: Context, head: re.Match[str], left: When | None) -> Piece:
    """上周, 本周末: the days of that week."""
    if context.anchor is None or not context.anchor.day:
        return Piece(head.end(), "week")
    monday = _monday(context.anchor.first()) + timedelta(days=7 * _WEEK_SHIFT[head["week_word"]])
    first = monday + timedelta(days=5) if head["weekend"] else monday
    return Piece(head.end(), "week", when(first), when(monday + timedelta(days=6)))


def read_days_on_end(context: Context, head: re.Match[str], left: When | None) -> Piece:
    """连日来, 这几天: no surer than the month of the issue."""
    now = context.anchor
    return Piece(head.end(), "relative-month", When(now.year, now.month) if now and now.month else None)


def read_duration(context: Context, head: re.Match[str], left: When | None) -> Piece:
    """11天 (no date), and 3年前 as the year, 5个月前 as the month; from which day 三天前 counts is not known."""
    unit = next(code for name, code in _UNITS.items() if head[name])
    count = None if head["more"] else read_number(head["count"])
    if not head["ago"]:
        half_year = head["count"] == "半" and unit == "Y" and not head["more"]
        return Piece(head.end(), "duration", finer="P6M" if half_year else f"P{count}{unit}" if count else "")
    now, found = context.anchor, None
    if now and count and unit == "Y" and count <= _LONG_AGO:
        found = When(now.year - count)
    elif now and now.month and count and unit == "M" and count <= _LONG_AGO:
        found = shift_month(now.year, now.month, -count)
    return Piece(head.end(), "ago", found)


def _monday(day: date) -> date:
    return day - timedelta(days=day.weekday())
