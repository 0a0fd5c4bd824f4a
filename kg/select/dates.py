"""When a fact counts as of, and whether that is in a period."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Mapping

from kg.errors import InputError
from kg.model import Entity, Fact, Kind, Page

_DATE = re.compile(r"([0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2}))?)?\Z")


def date_bounds(date: str | None) -> tuple[str, str] | None:
    """First and last day of a date as FORMAT writes it; None where there is none or it cannot be read.

    >>> date_bounds("2021-02"), date_bounds("2021-01-07/2021-01-17"), date_bounds(None)
    (('2021-02-01', '2021-02-28'), ('2021-01-07', '2021-01-17'), None)
    """
    if not date:
        return None
    pieces = date.split("/")
    if len(pieces) > 2:
        return None
    begins, ends = _bounds(pieces[0]), _bounds(pieces[-1])
    return (begins[0], ends[1]) if begins and ends and begins[0] <= ends[1] else None


def _bounds(date: str) -> tuple[str, str] | None:
    match = _DATE.match(date)
    if not match:
        return None
    year, month, day = match.groups()
    if year == "0000":
        return None
    if month is None:
        return f"{year}-01-01", f"{year}-12-31"
    if not 1 <= int(month) <= 12:
        return None
    n_days = monthrange(int(year), int(month))[1]
    if day is None:
        return f"{year}-{month}-01", f"{year}-{month}-{n_days}"
    return (date, date) if 1 <= int(day) <= n_days else None


def period(since: str | None, until: str | None) -> tuple[str | None, str | None]:
    """First and last day of a period; either end may be open."""
    days: list[str | None] = []
    for option, given, end in (("--since", since, 0), ("--until", until, 1)):
        bounds = _bounds(given.strip()) if given else None
        if given and bounds is None:
            raise InputError(f"{option} {given!r} is no date", hint="write 2021-01-20, 2021-01 or 2021")
        days.append(bounds[end] if bounds else None)
    first, last = days
    if first and last and first > last:
        raise InputError(f"--since {since} is after --until {until}", hint="exchange them")
    return first, last


def when(fact: Fact, entities: Mapping[str, Entity], page: Page) -> tuple[str, str] | None:
    """First and last day of a fact: its own, else its event's, else that of the issue; None where none is known."""
    event = next((value for key, value in fact.attributes if key == "event"), None)
    for entity_id in (event, fact.subject, fact.object):
        if fact.date:
            break
        entity = entities.get(str(entity_id))
        if entity is not None and entity.kind is Kind.EVENT and entity.date:
            return date_bounds(entity.date)
    return date_bounds(fact.date or page.issue.date)


def within(days: tuple[str, str] | None, first: str | None, last: str | None) -> bool:
    """Whether days reach into a period, either end of which may be open."""
    return days is not None and (last is None or days[0] <= last) and (first is None or days[1] >= first)
