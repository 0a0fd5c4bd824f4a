"""The commands: arguments in, a call of the pipeline, something shown, an exit code. No logic of its own.

Whatever reads pages or draws is imported when a command needs it, so that `--help` answers at once.
"""

# No `from __future__ import annotations`: typer reads the annotations of these functions as they are.

import json
import webbrowser
from pathlib import Path
from typing import Annotated

import typer
import typer.core

from kg import __version__
from kg.ask_commands import register
from kg.cli.explaining import add_explain
from kg.cli.gazetteer import add_gazetteer
from kg.cli.language import speaking
from kg.cli.reviewing import add_review
from kg.cli.running import (
    BAD_INPUT,
    NOTHING_FOUND,
    Folders,
    Lang,
    MinScore,
    Out,
    Redact,
    Region,
    Since,
    SpacyModel,
    Until,
    calmly,
    cluster_of,
    load,
    note_incomplete,
    opened,
    settings_of,
)
from kg.cli.screen import BuildProgress, Screen
from kg.errors import InputError
from kg.messages import Messages, printable
from kg.messages import help as texts


def make_app(say: Messages) -> typer.Typer:
    """The command line in one language.

    Args:
        say: what commands speak; help texts are translated by `kg.cli.main`.
    """
    group, command = speaking(typer.core.TyperGroup, say), speaking(typer.core.TyperCommand, say)
    app = typer.Typer(
        name="kg",
        cls=group,
        add_completion=False,
        help=texts.APP,
        epilog=texts.APP_EXAMPLES,
        no_args_is_help=True,
        rich_markup_mode="rich",
        pretty_exceptions_enable=False,
        context_settings={"help_option_names": ["-h", "--help"]},
    )

    @app.callback()
    def start(
        version: Annotated[
            bool, typer.Option("--version", help=texts.VERSION, is_eager=True, callback=_print_version)
        ] = False,
        lang: Lang = None,
    ) -> None:
        pass

    @app.command(cls=command, help=texts.BUILD, epilog=texts.BUILD_EXAMPLES, no_args_is_help=True)
    def build(
        pages: Annotated[list[str], typer.Argument(help=texts.BUILD_PAGES, metavar="PAGES", show_default=False)],
        out: Annotated[Path, typer.Option("--out", "-o", help=texts.BUILD_OUT, metavar="FOLDER", show_default=False)],
        manifest: Annotated[
            Path | None, typer.Option(help=texts.BUILD_MANIFEST, metavar="FILE", show_default=False)
        ] = None,
        gazetteers: Folders = None,
        spacy_model: SpacyModel = None,
        decisions: Annotated[
            Path | None, typer.Option("--decisions", help=texts.BUILD_DECISIONS, metavar="FILE", show_default=False)
        ] = None,
        jobs: Annotated[int, typer.Option("--jobs", "-j", help=texts.BUILD_JOBS, metavar="N", min=1, max=256)] = 1,
        workers: Annotated[
            int | None, typer.Option(help=texts.BUILD_WORKERS, metavar="N", min=1, max=256, show_default=False)
        ] = None,
        scheduler: Annotated[
            str | None, typer.Option(help=texts.BUILD_SCHEDULER, metavar="ADDRESS", show_default=False)
        ] = None,
        skip_bad: Annotated[bool, typer.Option("--skip-bad", help=texts.BUILD_SKIP_BAD)] = False,
        rehash: Annotated[bool, typer.Option("--rehash", help=texts.BUILD_REHASH)] = False,
        no_wait: Annotated[bool, typer.Option("--no-wait", help=texts.BUILD_NO_WAIT)] = False,
        quiet: Annotated[bool, typer.Option("--quiet", "-q", help=texts.BUILD_QUIET)] = False,
        lang: Lang = None,
    ) -> None:
        screen = Screen(say, quiet=quiet)
        with calmly(screen):
            from kg.pipeline import build as build_graph

            settings = settings_of(gazetteers, spacy_model)
            with BuildProgress(screen) as progress:
                summary = build_graph(
                    pages,
                    out,
                    manifest=manifest,
                    settings=settings,
                    decisions=decisions,
                    jobs=jobs,
                    cluster=cluster_of(workers, scheduler),
                    rehash=rehash,
                    lock_timeout=0 if no_wait else None,
                    progress=progress,
                )
            for problem in summary.problems:
                screen.problem(problem)
            screen.built(summary, out)
            if not summary.knowledge.n_pages:
                raise typer.Exit(BAD_INPUT)
            if summary.problems and not skip_bad:
                raise typer.Exit(BAD_INPUT)
            if not summary.knowledge.n_mentions:
                screen.note("Nothing was found on these pages")
                raise typer.Exit(NOTHING_FOUND)

    @app.command(cls=command, help=texts.EXPORT, epilog=texts.EXPORT_EXAMPLES, no_args_is_help=True)
    def export(
        out: Out,
        formats: Annotated[
            list[str], typer.Option("--format", "-f", help=texts.EXPORT_FORMAT, metavar="NAME", show_default=False)
        ],
        to: Annotated[Path, typer.Option("--to", help=texts.EXPORT_TO, metavar="FOLDER", show_default=False)],
        redact: Redact = False,
        since: Since = None,
        until: Until = None,
        region: Region = None,
        types: Annotated[
            list[str] | None, typer.Option("--type", help=texts.EXPORT_TYPE, metavar="NAME", show_default=False)
        ] = None,
        relations: Annotated[
            list[str] | None,
            typer.Option("--relation", help=texts.EXPORT_RELATION, metavar="NAME", show_default=False),
        ] = None,
        min_score: MinScore = 0.0,
        planned: Annotated[bool, typer.Option("--planned", help=texts.EXPORT_PLANNED)] = False,
        flavour: Annotated[str, typer.Option(help=texts.EXPORT_FLAVOUR, metavar="NAME")] = "gephi",
        quiet: Annotated[bool, typer.Option("--quiet", "-q", help=texts.BUILD_QUIET)] = False,
        lang: Lang = None,
    ) -> None:
        screen = Screen(say, quiet=quiet)
        with calmly(screen):
            from kg.cli.exporting import ExportProgress
            from kg.exports import check_names, write_exports

            check_names(formats, flavour)  # before the graph is read, which may take long
            with ExportProgress(screen, to) as progress, opened(screen, out) as knowledge:
                written = write_exports(
                    knowledge,
                    to,
                    formats=formats,
                    flavour=flavour,
                    planned=planned,
                    redact=redact,
                    since=since,
                    until=until,
                    region=region,
                    types=types or (),
                    relations=relations or (),
                    min_score=min_score,
                    progress=progress,
                )
            for paths in written.values():
                for path in paths:
                    screen.note("Wrote {path}", path=str(path))
            if not knowledge.entities:
                raise typer.Exit(NOTHING_FOUND)

    @app.command(cls=command, help=texts.EVALUATE, epilog=texts.EVALUATE_EXAMPLES, no_args_is_help=True)
    def evaluate(
        out: Out,
        gold: Annotated[Path, typer.Option("--gold", help=texts.EVALUATE_GOLD, metavar="FOLDER", show_default=False)],
        errors: Annotated[bool, typer.Option("--errors", help=texts.EVALUATE_ERRORS)] = False,
        as_json: Annotated[bool, typer.Option("--json", help=texts.EVALUATE_JSON)] = False,
        lang: Lang = None,
    ) -> None:
        screen = Screen(say)
        with calmly(screen):
            from kg.evaluate import evaluate as score
            from kg.evaluate import format_table, read_gold

            gold_pages = read_gold(gold)
            evaluation = score(load(screen, out), gold_pages)
            if as_json:
                typer.echo(json.dumps(evaluation.as_rows(), ensure_ascii=False, indent=1))
            else:
                typer.echo(format_table(evaluation))
            if errors:
                for error in evaluation.errors:
                    typer.echo("\t".join(printable(word) for word in error))
            for doc in evaluation.not_built:
                screen.problem(InputError("this gold page is not among the pages built", where=doc))
            if evaluation.not_built:
                raise typer.Exit(BAD_INPUT)

    @app.command(cls=command, help=texts.VIEW, epilog=texts.VIEW_EXAMPLES, no_args_is_help=True)
    def view(
        out: Out,
        open_it: Annotated[bool, typer.Option("--open", help=texts.VIEW_OPEN)] = False,
        focus: Annotated[
            str | None, typer.Option("--focus", help=texts.VIEW_FOCUS, metavar="NAME", show_default=False)
        ] = None,
        to: Annotated[Path | None, typer.Option("--to", help=texts.VIEW_TO, metavar="FILE", show_default=False)] = None,
        redact: Redact = False,
        since: Since = None,
        until: Until = None,
        region: Region = None,
        people: Annotated[
            list[str] | None, typer.Option("--person", help=texts.VIEW_PERSON, metavar="NAME", show_default=False)
        ] = None,
        min_score: MinScore = 0.0,
        lang: Lang = None,
    ) -> None:
        screen = Screen(say)
        with calmly(screen):
            from kg.pipeline import Choice, show

            choice = Choice(since=since, until=until, region=region, people=tuple(people or ()), min_score=min_score)
            with opened(screen, out) as knowledge:
                shown = show(knowledge, out, focus=focus, to=to, redact=redact, choice=choice)
            screen.line("The graph to look at: {path}", path=str(shown.path))
            if shown.n_left_out:
                screen.line(
                    "It holds {n} facts and leaves out {n_left_out}; the page says so too",
                    n=f"{shown.n_facts:,}",
                    n_left_out=f"{shown.n_left_out:,}",
                )
            screen.weighs(shown, out)
            if open_it and not webbrowser.open(shown.path.absolute().as_uri()):
                screen.note("No browser could be started; open that file yourself")

    @app.command(cls=command, help=texts.STATS, epilog=texts.STATS_EXAMPLES, no_args_is_help=True)
    def stats(
        out: Out,
        by: Annotated[str, typer.Option("--by", help=texts.STATS_BY, metavar="PERIOD")] = "month",
        format: Annotated[str, typer.Option("--format", "-f", help=texts.STATS_FORMAT, metavar="FORMAT")] = "table",
        lang: Lang = None,
    ) -> None:
        screen = Screen(say)
        with calmly(screen):
            from kg.cli.coverage import FORMATS, PERIODS, coverage_text
            from kg.pipeline import load_figures

            for given, known, what in ((by, PERIODS, "period"), (format, FORMATS, "format")):
                if given not in known:
                    raise InputError(f"no {what} {given!r}", hint=f"known: {', '.join(known)}")
            summary, coverage, complete = load_figures(out, by_year=by == "year")
            note_incomplete(screen, out, complete)
            if format == "table":
                screen.knows(summary)
                screen.covers(coverage, by_year=by == "year")
            else:
                typer.echo(coverage_text(coverage, format), nl=False)

    @app.command(cls=command, help=texts.DIFF, epilog=texts.DIFF_EXAMPLES, no_args_is_help=True)
    def diff(
        old: Annotated[Path, typer.Argument(help=texts.DIFF_OLD, metavar="OLD", show_default=False)],
        new: Annotated[Path, typer.Argument(help=texts.DIFF_NEW, metavar="NEW", show_default=False)],
        limit: Annotated[
            int | None, typer.Option("--limit", help=texts.DIFF_LIMIT, metavar="N", min=0, show_default=False)
        ] = None,
        as_json: Annotated[bool, typer.Option("--json", help=texts.DIFF_JSON)] = False,
        lang: Lang = None,
    ) -> None:
        screen = Screen(say)
        with calmly(screen):
            from kg.cli.compared import diff_rows, show_diff
            from kg.diff import diff_stores

            changes = diff_stores(old, new)
            if as_json:
                typer.echo(json.dumps(diff_rows(changes), ensure_ascii=False, indent=1))
            else:
                show_diff(screen, changes, limit=limit)

    register(app, say, command=command)
    add_explain(app, say)
    add_gazetteer(app, say)
    add_review(app, say)
    return app


def _print_version(asked: bool) -> None:
    if asked:
        typer.echo(f"kg {__version__}")
        raise typer.Exit
