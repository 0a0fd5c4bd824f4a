"""Time expressions of a Chinese newspaper text, resolved to ISO dates.

In comes text folded by `kg.text.fold` and the date of the issue; out go `DateSpan`s. The only "now" is the issue's
date: no clock is read. Which happening a date belongs to is not decided here (`kg.events` does).
"""

from kg.dates.reading import find_dates, interval_of
from kg.dates.weekdays import weekday_conflict

__all__ = ["find_dates", "interval_of", "weekday_conflict"]
