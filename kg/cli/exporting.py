"""What is seen while an export is written: which format, the how manyth, how much of it is on the disk."""

from __future__ import annotations

from pathlib import Path

from rich.progress import BarColumn, MofNCompleteColumn, Progress, ProgressColumn, SpinnerColumn, Task, TextColumn
from rich.progress import TimeElapsedColumn as ElapsedColumn
from rich.text import Text

from kg.cli.screen import Screen


class ExportProgress:
    """A bar on stderr while formats are written; nothing without a terminal. A context manager.

    Call it before each format with its name, its number from 0 and how many there are.
    """

    def __init__(self, screen: Screen, folder: Path) -> None:
        """`folder` is where the files are written."""
        self._screen = screen
        self._bar = Progress(
            SpinnerColumn(),
            TextColumn("{task.description}", markup=False),
            BarColumn(bar_width=None),
            MofNCompleteColumn(),
            _WrittenColumn(folder),
            ElapsedColumn(),
            console=screen.err,
            transient=True,
            disable=screen.quiet or not screen.err.is_terminal,
        )
        self._task = self._bar.add_task(screen.say("Reading the graph"), total=None, visible=True)

    def __enter__(self) -> ExportProgress:
        self._bar.start()
        return self

    def __exit__(self, *_error: object) -> None:
        self._bar.stop()

    def __call__(self, name: str, number: int, total: int) -> None:
        """A format begins."""
        self._bar.update(
            self._task, description=self._screen.say("Writing {format}", format=name), completed=number, total=total
        )


class _WrittenColumn(ProgressColumn):
    """How large the unfinished files are; they bear other names until they are whole."""

    max_refresh = 0.2

    def __init__(self, folder: Path) -> None:
        super().__init__()
        self._folder = folder

    def render(self, task: Task) -> Text:
        size = 0
        for path in (path for aside in self._folder.glob(".*.part") for path in aside.rglob("*")):
            try:
                size += path.stat().st_size if path.is_file() else 0
            except OSError:  # it got its name meanwhile
                continue
        return Text(f"{size / 1e6:.0f} MB" if size else "", style="dim")
