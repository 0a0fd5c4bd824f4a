"""The view of a folder's knowledge: all of it, or the part that a person chose, private names masked where asked for.

Knowledge comes in, graph.html goes out, and a word on how much of the whole it holds.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from kg.errors import InputError
from kg.knowledge import Knowledge, facts_alone, without_planned
from kg.model import Fact, Page

VIEW_NAME = "graph.html"

LARGE = 50_000_000
"""Bytes of a page that may be slow to open. A million facts take 34 MB, opened in 3 s (docs/performance-viewer.md)."""


@dataclass(frozen=True, slots=True)
class Choice:
    """What of the knowledge a view is to hold: times, a region, people, a least score (as `kg.select` takes them)."""

    since: str | None = None
    until: str | None = None
    region: str | None = None
    people: tuple[str, ...] = ()
    min_score: float = 0.0

    def __bool__(self) -> bool:
        return self != Choice()


@dataclass(frozen=True, slots=True)
class Shown:
    """A view that was written: where, its bytes; of a part, the facts it holds and those it leaves out, else 0."""

    path: Path
    size: int
    n_facts: int
    n_left_out: int

    @property
    def is_large(self) -> bool:
        """Whether a browser may take long to open it."""
        return self.size > LARGE


def view_path(out: Path) -> Path:
    """Where the view of an output folder lies."""
    return out / VIEW_NAME


def show(
    knowledge: Knowledge,
    out: Path,
    *,
    focus: str | None = None,
    to: Path | None = None,
    redact: bool = False,
    choice: Choice | None = None,
) -> Shown:
    """Write the view of a folder's knowledge; what was only planned is not shown.

    Args:
        focus: id or name of the entity to open with; None opens the landing panel.
        to: the file to write; None writes graph.html in `out`.
        redact: put initials in place of the names of people without a public post.
        choice: what to show of it; None shows all. The page itself says what it leaves out.

    Raises:
        InputError: nothing has that name, the choice leaves nothing or names what is not there, or the file cannot be
            written.
    """
    from kg.redact import redacted_with_ids
    from kg.select import select, select_people
    from kg.viewer import Scope, count_merged, find_entity, write_view  # pyvis takes half a second to load

    choice = choice or Choice()
    # In the order of the exports: who is private, and which id somebody gets, must not depend on what is chosen.
    whole = without_planned(knowledge)
    # The focus is looked up by the name that the person at the keyboard knows.
    begin = find_entity(whole.entities, _facts(whole), focus).id if focus is not None else None
    if redact:
        whole, ids = redacted_with_ids(whole)
        begin = ids.get(begin, begin) if begin is not None else None
    part = select(whole, since=choice.since, until=choice.until, region=choice.region, min_score=choice.min_score)
    part = select_people(part, choice.people) if choice.people else part
    if begin is not None and all(entity.id != begin for entity in part.entities):
        raise InputError(f"the part chosen does not hold {focus!r}", hint="choose more, or leave --focus out")
    n_facts = n_left_out = 0
    if choice:  # counted as the page counts: what several pages state is one fact
        n_facts = count_merged(_facts(part))
        n_left_out = count_merged(_facts(whole)) - n_facts
    scope = Scope(
        since=choice.since,
        until=choice.until,
        region=choice.region,
        people=choice.people,
        min_score=choice.min_score,
        n_left_out=n_left_out,
        redacted=redact,
        held=_held(whole, choice),
    )
    path = to or view_path(out)
    write_view(part, path, focus=begin, scope=scope)
    return Shown(path=path, size=path.stat().st_size, n_facts=n_facts, n_left_out=n_left_out)


def _facts(knowledge: Knowledge) -> Iterator[Fact]:
    return (fact for record in facts_alone(knowledge) for fact in record.facts)


def _held(knowledge: Knowledge, choice: Choice) -> tuple[Page, ...]:
    """The pages whose silence means something: all that were read, of the time chosen, also those that say nothing."""
    from kg.select import date_bounds

    first, last = date_bounds(choice.since), date_bounds(choice.until)
    return tuple(
        page
        for page in (record.page for record in facts_alone(knowledge))
        if not (first or last)
        or (
            page.issue.date is not None
            and (first is None or page.issue.date >= first[0])
            and (last is None or page.issue.date <= last[1])
        )
    )
