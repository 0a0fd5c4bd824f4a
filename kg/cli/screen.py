"""What the command line shows: progress, problems, tables. Results go to stdout, everything else to stderr."""

from __future__ import annotations

import os
import shlex
import sys
from collections.abc import Sequence
from itertools import groupby
from pathlib import Path

from rich import box
from rich.console import Console
from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    Progress,
    ProgressColumn,
    SpinnerColumn,
    Task,
    TaskID,
    TextColumn,
    TimeRemainingColumn,
)
from rich.table import Table
from rich.text import Text

from kg.cli.language import wrap
from kg.errors import InputError
from kg.messages import Messages, printable
from kg.model import Kind, Page
from kg.pipeline import BuildSummary, Coverage, Inferred, Shown, Summary, Unlinked

BROKEN_PIPE = 141
"""Exit code where whoever read our output went away, as a shell gives it to a command ended by SIGPIPE."""

_MOST = 5  # lines of one sort before "and n more"


class _PipeConsole(Console):
    """A console whose reader may go away (`kg stats out | head -1`); rich's own would end with 1: nothing found."""

    def on_broken_pipe(self) -> None:
        silence_broken_pipe()
        raise SystemExit(BROKEN_PIPE)


def silence_broken_pipe() -> None:
    """Leave stdout to nobody, so that closing it at exit does not complain."""
    null = os.open(os.devnull, os.O_WRONLY)
    os.dup2(null, sys.stdout.fileno())


class Screen:
    """Both consoles and the language. Text from pages is never read as markup."""

    def __init__(self, say: Messages, *, quiet: bool = False) -> None:
        """`quiet` leaves only problems."""
        self.say = say
        self.quiet = quiet
        self.out = _PipeConsole(markup=False, highlight=False, emoji=False)
        self.err = _PipeConsole(stderr=True, markup=False, highlight=False, emoji=False)

    def problem(self, error: InputError) -> None:
        """One line for what went wrong."""
        line = Text("✗ ", style="bold red")
        line.append(self.say.error(error), style="")
        self.err.print(line, soft_wrap=True)

    def note(self, sentence: str, /, **values: object) -> None:
        """One line on stderr that is no problem; nothing when quiet."""
        if not self.quiet:
            self.err.print(self.say(sentence, **values), soft_wrap=True)

    def line(self, sentence: str, /, **values: object) -> None:
        """One line of the result."""
        self.out.print(self.say(sentence, **values), soft_wrap=True)

    def built(self, summary: BuildSummary, out: Path) -> None:
        """What a build did and what to do next."""
        if self.quiet:
            return
        say = self.say
        self.out.print()
        self.out.print(
            say(
                "{n_read} pages read, {n_kept} kept from before, {n_removed} removed",
                n_read=summary.n_read,
                n_kept=summary.n_kept,
                n_removed=summary.n_removed,
            ),
            soft_wrap=True,
        )
        self.knows(summary.knowledge)
        if summary.problems:
            self.out.print()
            self.out.print(say("Could not be used: {n} (listed above)", n=len(summary.problems)), style="bold red")
        self.out.print()
        self.out.print(say("What next"), style="bold")
        drawn = (
            say("look at the graph: {path}", path=str(summary.view.path))
            if summary.view is not None
            else say("draw the graph; with so many pages this takes time and memory")
        )
        shown, quoted = shlex.quote(str(out)), shlex.quote(str(out / "jsonl"))
        rows = (
            (f"kg view {shown} --open", drawn),
            (f"kg stats {shown}", say("which newspapers and months it covers")),
            (f"kg export {shown} --format jsonl --to {quoted}", say("hand it to other programs")),
        )
        for command, what in rows:
            self.out.print(Text.assemble("  ", (printable(command), "cyan")), soft_wrap=True)
            self.out.print(Text.assemble("      ", (what, "dim")), soft_wrap=True)
        if summary.view is not None:
            self.weighs(summary.view, out)

    def weighs(self, view: Shown, out: Path) -> None:
        """A note on how to choose, where a page is so large that a browser may take long to open it."""
        if view.is_large:
            self.note(
                "That page has {megabytes} MB and may open slowly. For a part: "
                "kg view {out} --since 2021 --until 2021-06 --region NAME --person NAME",
                megabytes=round(view.size / 1e6),
                out=shlex.quote(str(out)),
            )

    def knows(self, summary: Summary) -> None:
        """The table of what there is, and what could not be linked."""
        say = self.say
        table = Table(box=box.SIMPLE, show_header=False, pad_edge=False)
        for _pair in range(3):
            table.add_column(style="dim", no_wrap=True)
            table.add_column(justify="right", style="bold", no_wrap=True)
        table.add_row(
            *(say("pages"), f"{summary.n_pages:,}"),
            *(say("people"), f"{summary.people:,}"),
            *(say("visits"), f"{summary.visits:,}"),
        )
        table.add_row(
            *(say("articles"), f"{summary.n_articles:,}"),
            *(say("places"), f"{summary.places:,}"),
            *(say("events"), f"{summary.events:,}"),
        )
        table.add_row(
            *(say("characters"), f"{summary.n_characters:,}"),
            *(say("organisations"), f"{summary.organisations:,}"),
            *(say("posts held"), f"{summary.posts:,}"),
        )
        self.out.print(table)
        for unlinked in summary.unlinked:
            if unlinked.n_nil:
                self.out.print(self._unlinked(unlinked))
        self._inferred(summary.inferred)

    def covers(self, coverage: Sequence[Coverage], *, by_year: bool = False) -> None:
        """Pages, facts and visits by newspaper and month, or year."""
        say = self.say
        table = Table(box=box.SIMPLE_HEAD, pad_edge=False)
        table.add_column(say("newspaper"), overflow="fold")
        table.add_column(say("year" if by_year else "month"), no_wrap=True)
        for name in ("pages", "facts", "visits", *(("months without pages",) if by_year else ())):
            table.add_column(say(name), justify="right", no_wrap=not by_year)
        for silent, rows in groupby(coverage, key=lambda row: (row.newspaper, not by_year and row.n_pages == 0)):
            if silent[1]:  # months without a page, as one row
                months = [row.period or "" for row in rows]
                span = months[0] if len(months) == 1 else f"{months[0]} – {months[-1]}"
                table.add_row(Text(printable(silent[0] or say("unknown"))), span, say("no pages"), style="dim")
                continue
            self._cover_rows(table, list(rows), by_year)
        self.out.print(table)

    def _cover_rows(self, table: Table, coverage: Sequence[Coverage], by_year: bool) -> None:
        say = self.say
        for row in coverage:
            paper = Text(printable(row.newspaper or say("unknown")))
            numbers = [f"{number:,}" for number in (row.n_pages, row.n_facts, row.n_visits)]
            if by_year:
                numbers.append(str(row.n_silent or ""))
            table.add_row(paper, row.period or say("unknown"), *numbers)

    def _unlinked(self, unlinked: Unlinked) -> str:
        kind = self.say("places" if unlinked.kind is Kind.PLACE else "organisations")
        names = self.say(", ").join(
            self.say("{name} ({count})", name=printable(name), count=count) for name, count in unlinked.top
        )
        line = self.say(
            "Not in any gazetteer: {n_nil} of {n} mentions of {kind}; most often {names}",
            n_nil=f"{unlinked.n_nil:,}",
            n=f"{unlinked.n_mentions:,}",
            kind=kind,
            names=names,
        )
        return wrap(line, self.out.width) if self.say.language == "zh" else line

    def _inferred(self, rows: Sequence[Inferred]) -> None:
        if not rows:
            return
        say = self.say
        self.out.print(
            say("Inferred from the text, because neither page nor manifest says it ({n} pages):", n=len(rows))
        )
        for row in rows[:_MOST]:
            values = say(", ").join(f"{say(name)} {printable(value)}" for name, value in row.values)
            self.out.print(f"  {printable(row.page)}: {values}", soft_wrap=True)
        if len(rows) > _MOST:
            self.out.print("  " + say("… and {n} more", n=len(rows) - _MOST))


class _CountColumn(MofNCompleteColumn):
    """Pages read of all; nothing for a step that is not counted."""

    def render(self, task: Task) -> Text:
        return super().render(task) if task.total is not None else Text("")


class _RateColumn(ProgressColumn):
    """Characters read a second."""

    def __init__(self, say: Messages) -> None:
        super().__init__()
        self._say = say

    def render(self, task: Task) -> Text:
        elapsed = task.finished_time if task.finished else task.elapsed
        characters = task.fields.get("characters", 0)
        if not elapsed or not characters:
            return Text("")
        return Text(self._say("{rate} characters/s", rate=f"{characters / elapsed:,.0f}"), style="dim")


class BuildProgress:
    """A bar on stderr while a build runs; without a terminal, a line a stage. A context manager."""

    def __init__(self, screen: Screen) -> None:
        """Shows nothing before `started`."""
        self._screen = screen
        self._say = screen.say
        self._characters = 0
        self._task: TaskID | None = None
        self._n_to_read = 0
        self._bar = Progress(
            SpinnerColumn(),
            TextColumn("{task.description}", markup=False),
            BarColumn(bar_width=None),
            _CountColumn(),
            _RateColumn(self._say),
            TimeRemainingColumn(compact=True),
            console=screen.err,
            transient=True,
            disable=screen.quiet or not screen.err.is_terminal,
        )

    def __enter__(self) -> BuildProgress:
        self._bar.start()
        return self

    def __exit__(self, *_error: object) -> None:
        self._bar.stop()

    def waiting(self) -> None:
        """Another build holds the store."""
        self._screen.note("Another build is writing this folder; waiting for it (Ctrl-C gives up)")

    def started(self, n_pages: int, n_to_read: int, n_characters: int) -> None:
        """Pages are found."""
        self._n_to_read = n_to_read
        if n_to_read < n_pages:
            self._screen.note("{n} pages, {n_to_read} of them new or changed", n=n_pages, n_to_read=n_to_read)
        else:
            self._screen.note("{n} pages to read, {characters} characters", n=n_pages, characters=f"{n_characters:,}")

    def reader_changed(self) -> None:
        """All pages are read again."""
        self._screen.note("kg, a gazetteer or a setting has changed since the last build: every page is read again")

    def page_done(self, page: Page) -> None:
        """A page was read."""
        if self._task is None:
            return
        self._characters += len(page.text)
        self._bar.update(self._task, advance=1, characters=self._characters, description=self._say("Reading pages"))

    def stage(self, name: str) -> None:
        """A step begins."""
        if name == "load":
            self._task = self._bar.add_task(self._say("Loading gazetteers"), total=self._n_to_read)
        elif self._task is not None:
            self._bar.remove_task(self._task)
            self._task = None
        if name in ("resolve", "view") and not self._bar.disable:
            names = {"resolve": "Putting pages together", "view": "Drawing"}
            self._task = self._bar.add_task(self._say(names[name]), total=None)
