"""Reading time expressions: `find_dates`.

`patterns.HEAD` finds where one begins; its readers follow it as far as it goes (去年 + 国庆期间, 8月 + 底 + 前), resolve it with what
the text has said so far (`Context`) and join two into an interval (7月8日至9日).
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, timedelta

from kg.dates import patterns
from kg.dates.calendar import (
    When,
    cycle_year,
    festival_day,
    lunar_day,
    lunar_month,
    nearest,
    parse_iso,
    shift_day,
    shift_month,
    when,
)
from kg.dates.context import Context
from kg.dates.numerals import read_number, read_year
from kg.model import DateSpan

_YEAR_SHIFT = {"去年": -1, "上年": -1, "上一年": -1, "前年": -2, "今年": 0, "本年": 0, "明年": 1}
_YEAR_REFERENCE = {"当年": 0, "同年": 0, "次年": 1, "翌年": 1}
_MONTH_SHIFT = {"本": 0, "这": 0, "上": -1, "下": 1}
_MONTH_REFERENCE = {"当": 0, "同": 0, "次": 1, "翌": 1}
_DAY_SHIFT = {"昨": -1, "前": -2, "今": 0, "明": 1, "后": 2}
_DAY_REFERENCE = {"次日": 1, "翌日": 1, "第二天": 1, "隔天": 1, "前一天": -1, "前一日": -1}
_WEEK_SHIFT = {"上上": -2, "上": -1, "本": 0, "这": 0, "下": 1}
_WEEKDAYS = {char: number for number, char in enumerate("一二三四五六日")} | {"天": 6}
_LUNAR_MONTHS = {"正": 1, "冬": 11, "腊": 12}
# Months that stand for a part of a year; the other parts (一季度, 上半年) are written as the year.
_PART_MONTHS = {"初": 1, "底": 12, "末": 12}
_UNITS = {"unit_days": "D", "unit_weeks": "W", "unit_months": "M", "unit_years": "Y"}
_TIMED_WORDS = "晚夜晨早"


@dataclass(frozen=True, slots=True)
class _Piece:
    """One point in time (or, with `last`, one stretch) as read up to `end`."""

    end: int
    rule: str
    first: When | None = None
    last: When | None = None
    finer: str = ""
    year_said: bool = False


def find_dates(text: str, *, issue_date: str | None, context_date: str | None = None) -> tuple[DateSpan, ...]:
    """All time expressions of a text, resolved against the issue's date and against each other.

    Durations (`rule == "duration"`, `finer` an ISO 8601 duration such as `P11D`) and words that fix no date (近日, 每年3月)
    are given too, with `iso` None.

    Args:
        text: a sentence, paragraph or article, folded by `kg.text.fold`; the more of an article, the better bare days,
            当天 and 8月 are understood.
        issue_date: ISO day, month or year of the issue, the only "now"; None leaves 昨日 and 1月12日 undated.
        context_date: ISO day that an earlier part of the article gives, for 当天, 次日 and bare days.

    Returns:
        In order of the text, not overlapping; empty if there are none.

    Raises:
        ValueError: `issue_date` or `context_date` is not ISO.

    >>> [(d.surface, d.iso) for d in find_dates("去年3月开工，1月7日至17日签约。", issue_date="2021-01-20")]
    [('去年3月', '2020-03'), ('1月7日至17日', '2021-01-07/2021-01-17')]
    """
    anchor = parse_iso(issue_date) if issue_date else None
    return tuple(_Reader(text, Context(text, anchor, parse_iso(context_date) if context_date else None)).read())


def interval_of(start: str, duration: DateSpan) -> str | None:
    """The days that a duration covers from a day on, its first day counted: 1月7日 and 仅用11天.

    Args:
        start: ISO day.
        duration: of `find_dates`, in days or weeks.

    Returns:
        An ISO interval, None where `start` is no day or the duration is not exact.

    >>> (days,) = find_dates("仅用11天", issue_date=None)
    >>> interval_of("2021-01-07", days)
    '2021-01-07/2021-01-17'
    """
    match = re.fullmatch(r"P(\d+)([DW])", duration.finer or "")
    first = parse_iso(start) if re.fullmatch(r"[\d-]+", start) else None
    if match is None or first is None or not first.day or int(match[1]) < 1:
        return None
    return f"{start}/{shift_day(first, int(match[1]) * (7 if match[2] == 'W' else 1) - 1).iso}"


class _Reader:
    def __init__(self, text: str, context: Context) -> None:
        self.text = text
        self.context = context
        self.anchor = context.anchor
        self._readers: dict[str, Callable[[re.Match[str], When | None], _Piece | None]] = {
            "numeric": self._numeric,
            "decade": self._decade,
            "lunar": self._lunar,
            "new_year": self._new_year,
            "recurring": self._named("recurring"),
            "year_span": self._year_span,
            "year": self._year,
            "year_word": self._year_word,
            "month_span": self._month_span,
            "month": self._month,
            "month_word": self._month_word,
            "day_span": self._day_span,
            "day": self._day,
            "relative_day": self._relative_day,
            "day_reference": self._day_reference,
            "week_day": self._week_day,
            "week": self._week,
            "festival": lambda match, left: self._festival(match, None),
            "first_months": self._first_months,
            "year_part": self._year_part,
            "month_part": self._month_part,
            "duration": self._duration,
            "days_on_end": self._days_on_end,
            "vague": self._named("vague"),
        }

    def read(self) -> list[DateSpan]:
        spans: list[DateSpan] = []
        at = 0
        while match := patterns.HEAD.search(self.text, at):
            piece = self._piece(match)
            if piece is None:
                at = match.start() + 1
                continue
            if piece.first:
                self.context.note(piece.end, piece.first, year_said=piece.year_said)
            spans.append(self._span(match.start(), piece))
            at = piece.end
        return spans

    def _span(self, start: int, piece: _Piece) -> DateSpan:
        iso, precision, rule = None, "none", piece.rule
        if piece.first and not (piece.first.valid and (piece.last is None or piece.last.valid)):
            rule = "impossible"
        elif piece.first and piece.last and piece.first != piece.last:
            iso, precision = f"{piece.first.iso}/{piece.last.iso}", "interval"
        elif piece.first:
            iso, precision = piece.first.iso, piece.first.precision
        return DateSpan(start, piece.end, self.text[start : piece.end], iso, precision, rule, piece.finer or None)

    def _piece(self, head: re.Match[str]) -> _Piece | None:
        piece = self._read(head, None)
        if piece is None or piece.rule in ("recurring", "vague", "duration"):
            return piece
        piece = self._bracket(piece)
        joined = self._interval(head.start(), piece)
        edge = patterns.EDGE.match(self.text, joined.end)
        return replace(joined, end=edge.end(), finer=joined.finer + edge[0]) if edge else joined

    def _read(self, head: re.Match[str], left: When | None) -> _Piece | None:
        """The piece that begins with a match of `HEAD`; `left` is the first date of the interval that it closes."""
        kind = head.lastgroup or ""
        piece = self._readers[kind](head, left)
        if piece and (piece.first is None or piece.first.day) and piece.rule not in ("vague", "recurring", "duration"):
            return self._time(piece)
        return piece

    # --- intervals, brackets, times of day ---------------------------------------------------------------------------

    def _time(self, piece: _Piece) -> _Piece:
        """Take the time of day, and the same day said again: 下午, （星期三）, 教师节当天."""
        finer, end = piece.finer, piece.end
        while True:
            if same := patterns.SAME_DAY.match(self.text, end):
                finer, end = finer + (same["time_inside"] or ""), same.end()
            feast = patterns.FESTIVAL_AT.match(self.text, end) if piece.first else None
            named = self._festival(feast, piece.first.year) if feast and piece.first else None
            if named and named.first == piece.first:
                end = named.end
            after = patterns.AFTER_DAY.match(self.text, end)
            if after is None or not after[0].strip():
                return replace(piece, end=end, finer=finer)
            finer, end = finer + after["time"], after.end()

    def _bracket(self, piece: _Piece) -> _Piece:
        """昨日（26日）, 上周五（9月3日）上午, 1月20日（农历腊月初八）: the calendar date is the surer one."""
        opening = patterns.BRACKET.match(self.text, piece.end)
        if opening is None or piece.last:
            return piece
        head = patterns.HEAD.match(self.text, opening.end())
        if head is None or head.lastgroup not in ("day", "month", "year", "numeric", "lunar", "festival"):
            return piece
        inner = self._read(head, None)
        closing = patterns.BRACKET_END.match(self.text, inner.end) if inner else None
        if inner is None or closing is None or inner.last:
            return piece
        if head.lastgroup == "day" and inner.first and piece.first:
            inner = replace(inner, first=_day_near(inner.first.day, piece.first))
        sure = head.lastgroup not in ("lunar", "festival") and inner.first and inner.first.day
        first = inner.first if sure or piece.first is None else piece.first
        finer = piece.finer + inner.finer + closing["time"]
        return self._time(replace(piece, end=closing.end(), first=first, finer=finer))

    def _interval(self, start: int, piece: _Piece) -> _Piece:
        if piece.last:
            return piece
        now = patterns.NOW.match(self.text, piece.end)
        if now:
            last = _cut(self.anchor, piece.first) if self.anchor and piece.first else None
            first = piece.first if last and piece.first and piece.first <= last else None
            return replace(piece, end=now.end(), first=first, last=last if first else None)
        join = patterns.JOIN.match(self.text, piece.end)
        head = patterns.HEAD.match(self.text, join.end()) if join else None
        if head is None or head.lastgroup not in patterns.RIGHT_KINDS:
            return piece
        right = self._read(head, piece.first or When(1))
        if right is None or right.last:
            return piece
        first, last = piece.first, right.first
        if first is None or last is None:
            return replace(piece, end=right.end, first=None, finer=piece.finer + right.finer)
        if last < first and right.year_said and not piece.year_said:
            year = last.year if replace(first, year=last.year) <= last else last.year - 1
            first = replace(first, year=year)
        if last < first and first.first() > last.last():
            return piece
        return replace(
            piece,
            end=right.end,
            first=first,
            last=last,
            finer=piece.finer + right.finer,
            year_said=piece.year_said or right.year_said,
        )

    # --- calendar dates ----------------------------------------------------------------------------------------------

    def _numeric(self, head: re.Match[str], left: When | None) -> _Piece:
        found = When(int(head["num_year"]), int(head["num_month"]), int(head["num_day"]))
        return _Piece(head.end(), "absolute", found, year_said=True)

    def _year_span(self, head: re.Match[str], left: When | None) -> _Piece:
        first, last = When(int(head["span_year"])), When(int(head["span_year_to"]))
        if last < first:
            return _Piece(head.end(), "impossible")
        return _Piece(head.end(), "absolute", first, last, year_said=True)

    def _decade(self, head: re.Match[str], left: When | None) -> _Piece:
        century = head["century_digits"]
        now = self.context.now.year if self.context.now else 2000  # a paper without a date is one of this century
        if century:
            base = int(century) * 100
        elif head["century"] in (None, "上"):
            base = now // 100 * 100 - 100
        elif head["century"] == "本":
            base = now // 100 * 100
        else:
            base = ((read_number(head["century"]) or 20) - 1) * 100
        tens = head["tens"]
        first = int(tens) if tens.isascii() else (read_number(tens[0]) or 0) * 10
        last = int(tens) if tens.isascii() else (read_number(tens[-2]) or 0) * 10
        return _Piece(
            head.end(),
            "decade",
            When(base + first),
            When(base + max(first, last) + 9),
            finer=head["decade_part"] or "",
            year_said=True,
        )

    def _year(self, head: re.Match[str], left: When | None) -> _Piece:
        if head["year_short"]:
            short = int(head["year_short"])
            year: int | None = short + (1900 if short >= 70 else 2000)
        else:
            year = read_year(head["year_digits"])
        return self._with_year(year, head.start(), head.end(), "absolute")

    def _year_word(self, head: re.Match[str], left: When | None) -> _Piece:
        word = head["year_word"].removesuffix("度")
        year: int | None = None
        if word in _YEAR_SHIFT:
            year = self.context.now.year + _YEAR_SHIFT[word] if self.context.now else None
        else:
            base = left.year if left and left.year > 1 else self.context.last_year()
            year = base + _YEAR_REFERENCE[word] if base else None
        if (
            patterns.COMPARED.match(self.text, head.end())
            or self.text[max(0, head.start() - 1) : head.start()] in "比较"
        ):
            if head.start() and self.text[head.start() - 1] in "比较":
                return _Piece(head.end(), "comparison")
            if patterns.COMPARED.match(self.text, head.end()):
                return _Piece(head.end() + 2, "comparison")
        return self._with_year(year, head.start(), head.end(), "relative-year")

    def _with_year(self, year: int | None, start: int, end: int, rule: str) -> _Piece:
        """What follows a year that is given: a festival, a lunar date, a month, a part of it."""
        skip = end + 1 if self.text[end : end + 1] == "的" else end
        feast = patterns.FESTIVAL_AT.match(self.text, skip)
        if feast:
            piece = self._festival(feast, year or 0)
            if piece:
                return replace(piece, year_said=True)
        lunar = patterns.LUNAR.match(self.text, skip)
        if lunar and lunar["year"] is None and (lunar["mark"] or lunar["month"] in _LUNAR_MONTHS or lunar["day"]):
            found = self._lunar_date(lunar, year or 0)
            if found:
                return replace(found, year_said=True)
        after = patterns.AFTER_YEAR_MONTH.match(self.text, end)
        if after and after["from"]:
            return _months(year, after["from"], after["to"], after.end(), rule)
        if after and after["first"]:
            return _months(year, "1", after["first"], after.end(), rule)
        if after:
            month = 1 if after["month"] == "元" else read_number(after["month"]) or 0
            return self._with_month(When(year, month) if year else None, after.end(), rule, year_said=True)
        part = patterns.AFTER_YEAR_PART.match(self.text, end)
        if part:
            month = _PART_MONTHS.get(part[0][-1], 0) if part[0][0] not in "春夏秋冬" else 0
            return _Piece(part.end(), rule, When(year, month) if year else None, finer=part[0], year_said=True)
        return _Piece(end, rule, When(year) if year else None, year_said=True)

    def _with_month(self, month: When | None, end: int, rule: str, *, year_said: bool = False) -> _Piece:
        """What follows a month: days, or a part of it. Without `month`, what cannot be dated is read all the same."""
        after = patterns.AFTER_MONTH_DAY.match(self.text, end)
        if after and after["from"]:
            first, last = (read_number(after[name]) or 0 for name in ("from", "to"))
            if first <= last or "、" not in after[0]:
                if month is None:
                    return _Piece(after.end(), rule, year_said=year_said)
                until = month if first <= last else shift_month(month.year, month.month, 1)
                return _Piece(
                    after.end(), rule, replace(month, day=first), replace(until, day=last), year_said=year_said
                )
        if after and after["day"]:
            found = replace(month, day=read_number(after["day"]) or 0) if month else None
            return _Piece(after.end(), rule, found, year_said=year_said)
        part = patterns.AFTER_MONTH_PART.match(self.text, end)
        return _Piece(part.end() if part else end, rule, month, finer=part[0] if part else "", year_said=year_said)

    def _month(self, head: re.Match[str], left: When | None) -> _Piece:
        printed = head["month_digits"] or head["month_han"] or head["month_bottom"]
        number = 1 if printed == "元" else read_number(printed) or 0
        after = patterns.AFTER_MONTH_DAY.match(self.text, head.end())
        day = read_number(after["day"] or after["from"]) or 0 if after else 0
        year_said = False
        if left:
            year: int | None = left.year + (number < left.month) if left.year > 1 else None
        else:
            year = self.context.year_for(number, day, head.start(), after.end() if after else head.end())
            said = self.context.said_year(head.start())
            year_said = said is not None and said.year == year
        rule = "month-day" if day else "month"
        return self._with_month(When(year, number) if year else None, head.end(), rule, year_said=year_said)

    def _month_span(self, head: re.Match[str], left: When | None) -> _Piece:
        last = read_number(head["span_month_to"]) or 0
        year = self.context.year_for(last, 0, head.start(), head.end())
        return _months(year, head["span_month"], head["span_month_to"], head.end(), "month")

    def _first_months(self, head: re.Match[str], left: When | None) -> _Piece:
        year = self.context.year_for(read_number(head["first_count"]) or 0, 0, head.start(), head.end())
        return _months(year, "1", head["first_count"], head.end(), "month")

    def _month_word(self, head: re.Match[str], left: When | None) -> _Piece:
        first = head["month_word"][0]
        if first in _MONTH_SHIFT:
            base, shift = self.context.now, _MONTH_SHIFT[first]
        else:
            base, shift = self.context.last_month(), _MONTH_REFERENCE[first]
        month = shift_month(base.year, base.month, shift) if base and base.month else None
        return self._with_month(month, head.end(), "relative-month")

    def _month_part(self, head: re.Match[str], left: When | None) -> _Piece:
        now = self.context.now
        return _Piece(
            head.end(), "relative-month", When(now.year, now.month) if now and now.month else None, finer=head[0][-1]
        )

    def _day(self, head: re.Match[str], left: When | None) -> _Piece:
        day = read_number(head["day_digits"] or head["day_han"]) or 0
        if left is None:
            month = self.context.month_for(day, head.start(), head.end())
        elif left.month:
            month = shift_month(left.year, left.month, 1 if left.day > day else 0)
        else:
            month = None
        return _Piece(head.end(), "bare-day", replace(month, day=day) if month else None)

    def _day_span(self, head: re.Match[str], left: When | None) -> _Piece | None:
        first, last = int(head["span_day"]), int(head["span_day_to"])
        month = self.context.month_for(first, head.start(), head.end())
        if month is None:
            return _Piece(head.end(), "bare-day")
        until = month if first <= last else shift_month(month.year, month.month, 1)
        return _Piece(head.end(), "bare-day", replace(month, day=first), replace(until, day=last))

    def _year_part(self, head: re.Match[str], left: When | None) -> _Piece:
        now, part = self.context.now, head[0]
        said = self.context.said_year(head.start())
        if left and left.year > 1:
            year: int | None = left.year
        elif said:
            year = said.year
        elif now:
            late = part[-1] in "底末" or part[0] == "下" or part[-3:-2] in ("三", "四", "3", "4")
            passed = late and 0 < now.month <= 2 and not self.context.planned(head.start(), head.end())
            year = now.year - passed
        else:
            year = None
        month = _PART_MONTHS.get(part[-1], 0)
        return _Piece(head.end(), "year-part", When(year, month) if year else None, finer=part)

    # --- relative days and weeks -------------------------------------------------------------------------------------

    def _relative_day(self, head: re.Match[str], left: When | None) -> _Piece:
        word = head[0]
        # What somebody says 今天 of is the day of speaking, which is not the day of printing.
        base = self.context.reference_day(head.start()) if self.context.quoted(head.start()) else self.anchor
        found = shift_day(base, _DAY_SHIFT[word[0]]) if base and base.day else None
        return _Piece(head.end(), "relative-day", found, finer=word[1] if word[1] in _TIMED_WORDS else "")

    def _day_reference(self, head: re.Match[str], left: When | None) -> _Piece:
        word = head[0]
        base = self.context.reference_day(head.start())
        found = shift_day(base, _DAY_REFERENCE.get(word, 0)) if base else None
        return _Piece(head.end(), "same-day", found, finer=word[1] if word[1] in _TIMED_WORDS else "")

    def _week_day(self, head: re.Match[str], left: When | None) -> _Piece:
        if self.anchor is None or not self.anchor.day:
            return _Piece(head.end(), "weekday")
        today = self.anchor.first()
        number = _WEEKDAYS[head["week_number"] or head["week_bare"]]
        if head["week_shift"]:
            found = _monday(today) + timedelta(days=7 * _WEEK_SHIFT[head["week_shift"]] + number)
        else:
            found = today - timedelta(days=(today.weekday() - number) % 7)
        return _Piece(head.end(), "weekday", when(found))

    def _week(self, head: re.Match[str], left: When | None) -> _Piece:
        if self.anchor is None or not self.anchor.day:
            return _Piece(head.end(), "week")
        monday = _monday(self.anchor.first()) + timedelta(days=7 * _WEEK_SHIFT[head["week_word"]])
        first = monday + timedelta(days=5) if head["weekend"] else monday
        return _Piece(head.end(), "week", when(first), when(monday + timedelta(days=6)))

    def _days_on_end(self, head: re.Match[str], left: When | None) -> _Piece:
        now = self.anchor
        return _Piece(head.end(), "relative-month", When(now.year, now.month) if now and now.month else None)

    def _duration(self, head: re.Match[str], left: When | None) -> _Piece:
        unit = next(code for name, code in _UNITS.items() if head[name])
        count = read_number(head["count"]) if head["count"] != "半" else None
        exact = count is not None and not head["more"]
        if not head["ago"]:
            finer = f"P{count}{unit}" if exact else "P6M" if head[0] in ("半年", "半年时间") else ""
            return _Piece(head.end(), "duration", finer=finer)
        now = self.anchor
        found = None
        if now and exact and count is not None and unit == "Y" and count < now.year - 1000:
            found = When(now.year - count)
        elif now and now.month and exact and count is not None and unit == "M" and count < 1200:
            found = shift_month(now.year, now.month, -count)
        return _Piece(head.end(), "ago", found)

    def _named(self, rule: str) -> Callable[[re.Match[str], When | None], _Piece]:
        return lambda head, left: _Piece(head.end(), rule)

    # --- lunar dates and festivals -----------------------------------------------------------------------------------

    def _lunar(self, head: re.Match[str], left: When | None) -> _Piece | None:
        match = patterns.LUNAR.match(self.text, head.start())
        return self._lunar_date(match, None) if match else None

    def _lunar_date(self, match: re.Match[str], year: int | None) -> _Piece | None:
        """A lunar date; `year` is the lunar year if one is given before it, 0 if it is given but unknown."""
        now = self.context.now
        month = _LUNAR_MONTHS.get(match["month"]) or read_number(match["month"]) or 0
        if not 1 <= month <= 12:
            return None
        month = -month if match["leap"] else month
        day = read_number((match["day"] or "").removeprefix("初")) or 0
        if match["year"]:
            year = read_year(match["year"])
        elif match["cycle"]:
            year = (cycle_year(match["cycle"][:2], now) if now else None) or 0
        elif match["year_word"]:
            year = now.year + _YEAR_SHIFT[match["year_word"]] if now else 0
        years = [year] if year else range(now.year - 2, now.year + 2) if now and year is None else []
        if day:
            found = self._nearest([lunar_day(lunar, month, day) for lunar in years])
            return _Piece(match.end(), "lunar", when(found) if found else None)
        spans = {first: last for first, last in filter(None, (lunar_month(lunar, month) for lunar in years))}
        first = self._nearest(list(spans))
        if first is None:
            return _Piece(match.end(), "lunar")
        return _Piece(match.end(), "lunar", when(first), when(spans[first]))

    def _new_year(self, head: re.Match[str], left: When | None) -> _Piece:
        match = patterns.NEW_YEAR.match(self.text, head.start())
        printed = match["day"] if match else ""
        now = self.context.now
        years = range(now.year - 1, now.year + 2) if now else []
        if printed.startswith("初"):
            days = [lunar_day(year, 1, read_number(printed[1:]) or 1) for year in years]
        else:
            days = [festival_day("除夕", year) for year in years]
        found = self._nearest(days)
        return _Piece(head.end(), "lunar", when(found) if found else None)

    def _nearest(self, days: list[date | None] | list[date]) -> date | None:
        known = [day for day in days if day]
        return nearest(known, self.context.now) if self.context.now else min(known, default=None)

    def _festival(self, match: re.Match[str], year: int | None) -> _Piece | None:
        """A festival, None if its name stands for something else; `year` is the one given before it, 0 if unknown."""
        name, feast, part = match["festival_name"], match["feast"], match["festival_part"]
        listed = patterns.FESTIVAL_LIST.match(self.text, match.end())
        if name in patterns.NUMBER_NAMES and (part in ("前", "后") or not (feast or part or listed)):
            return None
        if name in patterns.BARE_ROOTS and not (feast or part or listed or year is not None):
            return None
        end = match.end()
        attribute = not part and year is None and not patterns.FESTIVAL_STOP.match(self.text, end)
        if attribute or patterns.FESTIVAL_PRAISE.search(self.text[max(0, match.start() - 6) : match.start()]):
            return _Piece(end, "festival")
        now = self.context.now
        years = [year] if year else range(now.year - 1, now.year + 2) if now and year is None else []
        day = self._nearest([festival_day(patterns.FESTIVALS[name], known) for known in years])
        if day is None or (part and part.endswith(("前", "后")) and part != "前后"):
            return _Piece(end, "festival", finer=part or "")
        if part == "前夕":
            day -= timedelta(days=1)
        whole = when(day)
        if part in ("当天", "当日", "这天", "之夜") or (
            not part and name != "春节" and (feast or name not in patterns.BARE_ROOTS)
        ):
            return _Piece(end, "festival", whole)
        return _Piece(end, "festival", replace(whole, day=0), finer=part or "")


def _months(year: int | None, first: str, last: str, end: int, rule: str) -> _Piece:
    low, high = read_number(first) or 0, read_number(last) or 0
    year_said = rule != "month"
    if year is None or not (1 <= low <= 12 and 1 <= high <= 12):
        return _Piece(end, rule, year_said=year_said)
    return _Piece(end, rule, When(year - (low > high), low), When(year, high), year_said=year_said)


def _cut(now: When, like: When) -> When:
    """`now`, no more precise than another date."""
    return When(now.year, now.month if like.month else 0, now.day if like.day else 0)


def _monday(day: date) -> date:
    return day - timedelta(days=day.weekday())


def _day_near(day: int, near: When) -> When:
    """The day of that number closest to another day."""
    months = [shift_month(near.year, near.month or 1, by) for by in (-1, 0, 1)]
    days = [found for found in (replace(month, day=day) for month in months) if found.valid]
    return min(days, key=lambda found: (abs((found.first() - near.first()).days), found), default=near)
