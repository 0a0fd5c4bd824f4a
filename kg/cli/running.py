"""What every command shares: exit codes, the arguments they have in common, and how errors end one."""

# No `from __future__ import annotations`: typer reads these annotations as they are.

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from kg.cli.screen import BROKEN_PIPE, Screen, silence_broken_pipe
from kg.errors import InputError
from kg.knowledge import Knowledge
from kg.messages import help as texts

if TYPE_CHECKING:
    from kg.extraction import Settings
    from kg.pipeline.cluster import Cluster

NOTHING_FOUND = 1
BAD_INPUT = 2
INTERRUPTED = 130

Out = Annotated[Path, typer.Argument(help=texts.OUT, metavar="OUT", show_default=False)]
Lang = Annotated[str | None, typer.Option("--lang", help=texts.LANG, metavar="zh|en", show_default=False)]
Folders = Annotated[
    list[Path] | None, typer.Option("--gazetteers", help=texts.BUILD_GAZETTEERS, metavar="FOLDER", show_default=False)
]
SpacyModel = Annotated[
    str | None, typer.Option("--spacy-model", help=texts.SPACY_MODEL, metavar="NAME", show_default=False)
]

# What to choose of a graph: the same for `kg export` and `kg view`.
Redact = Annotated[bool, typer.Option("--redact", help=texts.EXPORT_REDACT)]
Since = Annotated[str | None, typer.Option("--since", help=texts.EXPORT_SINCE, metavar="DATE", show_default=False)]
Until = Annotated[str | None, typer.Option("--until", help=texts.EXPORT_UNTIL, metavar="DATE", show_default=False)]
Region = Annotated[str | None, typer.Option("--region", help=texts.EXPORT_REGION, metavar="NAME", show_default=False)]
MinScore = Annotated[float, typer.Option("--min-score", help=texts.EXPORT_MIN_SCORE, metavar="N", show_default=False)]


def existing(folders: Sequence[Path] | None) -> tuple[Path, ...]:
    """The user's gazetteer folders.

    Raises:
        InputError: one is not there.
    """
    for folder in folders or ():
        if not folder.is_dir():
            raise InputError("no such folder", where=str(folder))
    return tuple(folders or ())


def settings_of(folders: Sequence[Path] | None, spacy_model: str | None) -> "Settings":
    """How pages are to be read. What is wrong with a folder or a pipeline is said before any page is read.

    Raises:
        InputError: a folder is not there, or the pipeline is none that finds names.
    """
    from kg.extraction import Settings

    settings = Settings(gazetteers=existing(folders), spacy_model=spacy_model)
    if spacy_model is not None:
        from kg.mentions.outside import outside_finder

        outside_finder(spacy_model)
    return settings


def cluster_of(workers: int | None, scheduler: str | None) -> "Cluster | None":
    """The Dask cluster that was asked for, if any.

    Raises:
        InputError: both kinds were asked for.
    """
    if workers is None and scheduler is None:
        return None
    if workers is not None and scheduler is not None:
        raise InputError("--workers and --scheduler together", hint="a scheduler has its own workers: give one of them")
    from kg.pipeline.cluster import Cluster

    return Cluster(scheduler, workers or 1)


def load(screen: Screen, out: Path) -> Knowledge:
    """The knowledge of a folder; a note where its last build was stopped.

    Raises:
        InputError: there is no store, or it cannot be read.
    """
    from kg.pipeline import load_knowledge

    knowledge, complete = load_knowledge(out)
    note_incomplete(screen, out, complete)
    return knowledge


@contextmanager
def opened(screen: Screen, out: Path) -> Iterator[Knowledge]:
    """The same, page by page from the store, which is open as long as the context lasts.

    Raises:
        InputError: there is no store, it cannot be read, or a build changed it meanwhile.
    """
    from kg.pipeline import open_knowledge

    with open_knowledge(out) as (knowledge, complete):
        note_incomplete(screen, out, complete)
        yield knowledge


def note_incomplete(screen: Screen, out: Path, complete: bool) -> None:
    """A note where the last build of a folder was stopped."""
    if not complete:
        screen.note("The last build of {out} did not come to its end; what it had read is shown", out=str(out))


@contextmanager
def calmly(screen: Screen) -> Iterator[None]:
    """Turn what stops a command into lines and an exit code."""
    try:
        yield
    except InputError as error:
        screen.problem(error)
        raise typer.Exit(BAD_INPUT) from None
    except ExceptionGroup as group:
        bad, other = group.split(InputError)
        if other is not None:
            raise
        for problem in bad.exceptions if bad else ():
            if isinstance(problem, InputError):
                screen.problem(problem)
        raise typer.Exit(BAD_INPUT) from None
    except KeyboardInterrupt:
        screen.note("Stopped. What was read is kept; the same command goes on from there")
        raise typer.Exit(INTERRUPTED) from None
    except BrokenPipeError:
        silence_broken_pipe()
        raise typer.Exit(BROKEN_PIPE) from None
