"""`find_dates`: all time expressions of a text.

`patterns.HEAD` finds where one begins; the reader of its kind follows it and resolves it with what the text has said so
far (`Context`). What may follow any of them is read here: times of day, brackets, 至, 以来.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import replace

from kg.dates import festivals, patterns, printed, relative
from kg.dates.calendar import When, parse_iso, shift_day, shift_month
from kg.dates.context import Context
from kg.dates.pieces import Piece
from kg.model import DateSpan

# What fixes no date takes no time of day and begins no interval.
_DATELESS = frozenset(("recurring", "vague", "duration", "comparison"))
# A date in brackets is surer than the word before them, but 9月3日（农历七月廿七） is not.
_SURE_KINDS = frozenset(("day", "month", "year", "numeric"))
_SAME_KINDS = frozenset(("lunar", "new_year", "festival"))

_READERS: dict[str, Callable[[Context, re.Match[str], When | None], Piece | None]] = {
    "numeric": printed.read_numeric,
    "decade": printed.read_decade,
    "year_span": printed.read_year_span,
    "year": printed.read_year,
    "year_word": printed.read_year_word,
    "year_part": printed.read_year_part,
    "month_span": printed.read_month_span,
    "first_months": printed.read_first_months,
    "month": printed.read_month,
    "month_word": printed.read_month_word,
    "month_part": printed.read_month_part,
    "day_span": printed.read_day_span,
    "day": printed.read_day,
    "lunar": festivals.read_lunar,
    "new_year": festivals.read_new_year,
    "festival": festivals.read_festival,
    "relative_day": relative.read_relative_day,
    "day_reference": relative.read_day_reference,
    "week_day": relative.read_week_day,
    "week": relative.read_week,
    "days_on_end": relative.read_days_on_end,
    "duration": relative.read_duration,
    "recurring": lambda context, head, left: Piece(head.end(), "recurring"),
    "vague": lambda context, head, left: Piece(head.end(), "vague"),
}


def find_dates(text: str, *, issue_date: str | None, context_date: str | None = None) -> tuple[DateSpan, ...]:
    """All time expressions of a text, resolved against the issue's date and against each other.

    Words that fix no date (近日, 每年3月, 去年同期) are given too, with `iso` None, and so are durations (`rule` is
    `duration`, `finer` an ISO 8601 duration such as `P11D` where it is exact).

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
    given = parse_iso(context_date) if context_date else None
    return tuple(_read_all(Context(text, anchor, given)))


def interval_of(start: str, duration: DateSpan) -> str | None:
    """The days that a duration covers from a day on, its first day counted: 1月7日 and 仅用11天.

    Args:
        start: ISO date.
        duration: of `find_dates`, in days or weeks.

    Returns:
        An ISO interval, None where `start` is no day or the duration is not exact.

    >>> (days,) = find_dates("仅用11天", issue_date=None)
    >>> interval_of("2021-01-07", days)
    '2021-01-07/2021-01-17'
    """
    match = re.fullmatch(r"P(\d+)([DW])", duration.finer or "")
    if match is None or not re.fullmatch(r"\d{4}-\d\d-\d\d", start):
        return None
    days = int(match[1]) * (7 if match[2] == "W" else 1)
    return f"{start}/{shift_day(parse_iso(start), days - 1).iso}" if days > 1 else None


def _read_all(context: Context) -> Iterator[DateSpan]:
    at = 0
    while head := patterns.HEAD.search(context.text, at):
        piece = _follow(context, head)
        if piece is None:
            at = head.start() + 1
            continue
        if piece.first and piece.first.valid:
            context.note(piece.end, piece.first, year_said=piece.year_said)
        yield _span(context.text, head.start(), piece)
        at = piece.end


def _span(text: str, start: int, piece: Piece) -> DateSpan:
    iso, precision, rule = None, "none", piece.rule
    first, last = piece.first, piece.last
    if first and not (first.valid and (last is None or last.valid)):
        rule = "impossible"
    elif first and last and first != last:
        iso, precision = f"{first.iso}/{last.iso}", "interval"
    elif first:
        iso, precision = first.iso, first.precision
    return DateSpan(start, piece.end, text[start : piece.end], iso, precision, rule, piece.finer or None)


def _follow(context: Context, head: re.Match[str]) -> Piece | None:
    """A whole expression, with brackets, the other end of an interval, and 前 or 以来."""
    piece = _read(context, head, None)
    if piece is None or piece.rule in _DATELESS:
        return piece
    piece = _join(context, _open_bracket(context, piece))
    edge = patterns.EDGE.match(context.text, piece.end)
    return replace(piece, end=edge.end(), finer=piece.finer + edge[0]) if edge else piece


def _read(context: Context, head: re.Match[str], left: When | None) -> Piece | None:
    """The piece that begins with a match of `HEAD`; `left` is the first date of the interval that it closes."""
    piece = _READERS[head.lastgroup or ""](context, head, left)
    if piece is None:
        return None
    if piece.rule in printed.COMPARABLE:
        compared = patterns.COMPARED.match(context.text, piece.end)
        if compared or (head.start() and context.text[head.start() - 1] in "比较"):
            return Piece(compared.end() if compared else piece.end, "comparison")
    if piece.last or piece.rule in _DATELESS or (piece.first and not piece.first.day):
        return piece
    return _take_time(context, piece)


def _take_time(context: Context, piece: Piece) -> Piece:
    """Take the time of day, and the same day said again: 下午, （星期三）, 教师节当天."""
    finer, end = piece.finer, piece.end
    while True:
        start = end
        if same := patterns.SAME_DAY.match(context.text, end):
            finer, end = finer + (same["time_inside"] or ""), same.end()
        feast = patterns.FESTIVAL_AT.match(context.text, end) if piece.first else None
        named = festivals.festival(context, feast, piece.first.year) if feast and piece.first else None
        if named and named.first == piece.first:
            end = named.end
        after = patterns.AFTER_DAY.match(context.text, end)
        if after and after[0].strip():
            finer, end = finer + after["time"], after.end()
        if end == start:
            return replace(piece, end=end, finer=finer)


def _open_bracket(context: Context, piece: Piece) -> Piece:
    """昨日（26日）, 上周五（9月3日）上午, 1月20日（农历腊月初八）: one expression."""
    opening = patterns.BRACKET.match(context.text, piece.end)
    head = patterns.HEAD.match(context.text, opening.end()) if opening and not piece.last else None
    kind = head.lastgroup if head else None
    if head is None or kind not in _SURE_KINDS | _SAME_KINDS or (piece.first and not piece.first.day):
        return piece
    inner = _read(context, head, None)
    closing = patterns.BRACKET_END.match(context.text, inner.end) if inner else None
    if inner is None or closing is None or inner.last:
        return piece
    first = piece.first
    if inner.first and inner.first.day and (first is None or kind in _SURE_KINDS):
        first = _day_near(inner.first.day, first) if first and kind == "day" else inner.first
    finer = piece.finer + inner.finer + closing["time"]
    return _take_time(context, replace(piece, end=closing.end(), first=first, finer=finer))


def _join(context: Context, piece: Piece) -> Piece:
    """Read 至 and what it leads to; a piece that begins no interval comes back as it is."""
    if piece.last:
        return piece
    now = patterns.NOW.match(context.text, piece.end)
    if now:
        first, anchor = piece.first, context.anchor
        last = (
            When(anchor.year, anchor.month * bool(first.month), anchor.day * bool(first.day))
            if anchor and first
            else None
        )
        known = first and last and first <= last
        return replace(piece, end=now.end(), first=first if known else None, last=last if known else None)
    join = patterns.JOIN.match(context.text, piece.end)
    head = patterns.HEAD.match(context.text, join.end()) if join else None
    if head is None or head.lastgroup not in patterns.RIGHT_KINDS:
        return piece
    right = _read(context, head, piece.first or When(0))
    if right is None or right.last or right.rule in _DATELESS:
        return piece
    finer = piece.finer + right.finer
    first, last = piece.first, right.first
    if first is None or last is None:
        return replace(piece, end=right.end, first=None, finer=finer)
    if last < first and right.year_said and not piece.year_said:
        # 11月至2021年2月: the year that only the end has tells the beginning's.
        first = replace(first, year=last.year)
        first = first if first <= last else replace(first, year=last.year - 1)
    if not (first.valid and last.valid) or last < first:
        return piece
    return replace(
        piece, end=right.end, first=first, last=last, finer=finer, year_said=piece.year_said or right.year_said
    )


def _day_near(day: int, near: When) -> When:
    """The day of that number closest to another day."""
    months = [shift_month(near.year, near.month, by) for by in (-1, 0, 1)]
    days = [found for found in (replace(month, day=day) for month in months) if found.valid]
    return min(days, key=lambda found: (abs((found.first() - near.first()).days), found))
