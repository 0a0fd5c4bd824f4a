"""What a text has said so far, and so what an incomplete date means: the year of 8月, the month of 23日, 当天."""

from __future__ import annotations

from kg.dates import patterns
from kg.dates.calendar import When, shift_month, year_of

# 当天 and a bare day look back to the happening reported, not to the history told on the way (2016年5月1日成立).
RECENT_DAYS = 60
# A day this close before the issue is news, also in a sentence that begins with an earlier year.
NEWS_DAYS = 7
# A bare day this much smaller than the day before it is next month's: 30日 … 2日.
TURN_DAYS = 15
# Without an issue date a year holds this many characters for the months after it.
YEAR_REACH = 80


class Context:
    """The dates read so far in one text, with the issue's date as their anchor."""

    def __init__(self, text: str, anchor: When | None, context: When | None) -> None:
        """`anchor` is the issue's date; `context` a day that stands in the article before this text."""
        self.text = text
        self.anchor = anchor
        self.context = context if context and context.day else None
        self.now = anchor or context
        self._day: tuple[int, When] | None = None
        self._news: When | None = None
        self._dated: tuple[int, When, bool] | None = None

    def note(self, end: int, found: When, *, year_said: bool) -> None:
        """Remember a date that ends at `end`; `year_said` where the text gives its year."""
        self._dated = (end, found, year_said)
        if found.day:
            self._day = (end, found)
            if self.now is None or 0 <= (self.now.last() - found.first()).days <= RECENT_DAYS:
                self._news = found

    def same_sentence(self, start: int, end: int) -> bool:
        """Whether no sentence ends between two positions."""
        return patterns.SENTENCE_BREAK.search(self.text, start, end) is None

    def said_year(self, at: int) -> When | None:
        """The last date of the sentence if the text gave its year."""
        if self._dated and self._dated[2] and self.same_sentence(self._dated[0], at):
            return self._dated[1]
        return None

    def last_year(self) -> int | None:
        """The year that 同年 and 次年 refer to."""
        if self._dated:
            return self._dated[1].year
        return self.context.year if self.context else None

    def last_month(self) -> When | None:
        """The month that 当月 and 次月 refer to."""
        if self._dated and self._dated[1].month:
            return When(self._dated[1].year, self._dated[1].month)
        return When(self.context.year, self.context.month) if self.context else None

    def planned(self, start: int, end: int) -> bool:
        """Whether the words around a date speak of what is to come."""
        text = self.text
        return bool(
            patterns.PLAN_BEFORE.search(text[max(0, start - 16) : start])
            or patterns.PLAN_AFTER.search(text[end : end + 10])
            or patterns.DEADLINE.match(text, end)
        )

    def year_for(self, month: int, day: int, start: int, end: int) -> int | None:
        """The year of a month (and day, or 0) printed without one, None if nothing tells it."""
        said = self.said_year(start)
        if self.now is None:
            if self._dated is None or start - self._dated[0] > YEAR_REACH:
                return None
            before = self._dated[1]
            return before.year if before.month <= month else None
        near = year_of(
            month,
            day,
            self.now,
            planned=self.planned(start, end),
            announced=bool(patterns.ANNOUNCED.search(self.text[max(0, start - 8) : start])),
        )
        if said is None or said.year == near or said.month > month:
            return near
        if day and self.anchor and self.anchor.day:
            age = (self.anchor.last() - When(near, month, day).last()).days
            if 0 <= age <= NEWS_DAYS:
                return near
        return said.year

    def month_for(self, day: int, start: int, end: int) -> When | None:
        """The month of a day printed alone, None if nothing tells it."""
        before = self._month_before(start)
        if before is None:
            if self.anchor is None or not self.anchor.month:
                return None
            month = When(self.anchor.year, self.anchor.month)
            if self.anchor.day and day > self.anchor.day and not self.planned(start, end):
                return shift_month(month.year, month.month, -1)
            return month
        if before.day - day >= TURN_DAYS:
            turned = shift_month(before.year, before.month, 1)
            if self.now is None or When(turned.year, turned.month, day).first() <= self.now.last():
                return turned
        return When(before.year, before.month)

    def _month_before(self, start: int) -> When | None:
        if self._dated and self._dated[1].month and self.same_sentence(self._dated[0], start):
            return self._dated[1]
        return self._news or self.context

    def reference_day(self, start: int) -> When | None:
        """The day that 当天 and 次日 refer to: the sentence's, the report's, or the one given, in this order."""
        if self._day and self.same_sentence(self._day[0], start):
            return self._day[1]
        return self._news or self.context or (self._day[1] if self._day else None)

    def quoted(self, at: int) -> bool:
        """Whether a position stands inside “…” of its paragraph."""
        text = self.text
        line = text.rfind("\n", 0, at) + 1
        opened, closed = text.rfind("“", line, at), text.rfind("”", line, at)
        if opened >= 0 or closed >= 0:
            return opened > closed
        end = text.find("\n", at)
        end = len(text) if end < 0 else end
        closing = text.find("”", at, end)
        return closing >= 0 and text.find("“", at, closing) < 0
