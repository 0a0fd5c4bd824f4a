"""`kg explain`: one page or loose text, and why it was read so."""

# No `from __future__ import annotations`: typer reads the annotations of these functions as they are.

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
import typer.core

from kg.cli.language import speaking
from kg.cli.running import BAD_INPUT, NOTHING_FOUND, Folders, Lang, SpacyModel, calmly, settings_of
from kg.cli.screen import Screen
from kg.errors import InputError
from kg.messages import Messages
from kg.messages import help as texts

if TYPE_CHECKING:
    from kg.gazetteers import Divisions
    from kg.model import Page


def add_explain(app: typer.Typer, say: Messages) -> None:
    """Put the command into the command line."""

    @app.command(
        cls=speaking(typer.core.TyperCommand, say),
        help=texts.EXPLAIN,
        short_help=texts.EXPLAIN_SHORT,
        epilog=texts.EXPLAIN_EXAMPLES,
    )
    def explain(
        context: typer.Context,
        page: Annotated[str | None, typer.Argument(help=texts.EXPLAIN_PAGE, metavar="PAGE", show_default=False)] = None,
        name: Annotated[
            str | None, typer.Option("--name", help=texts.EXPLAIN_NAME, metavar="NAME", show_default=False)
        ] = None,
        html: Annotated[
            Path | None, typer.Option("--html", help=texts.EXPLAIN_HTML, metavar="FILE", show_default=False)
        ] = None,
        region: Annotated[
            str | None, typer.Option("--region", help=texts.EXPLAIN_REGION, metavar="REGION", show_default=False)
        ] = None,
        date: Annotated[
            str | None, typer.Option("--date", help=texts.EXPLAIN_DATE, metavar="DATE", show_default=False)
        ] = None,
        manifest: Annotated[
            Path | None, typer.Option("--manifest", help=texts.BUILD_MANIFEST, metavar="FILE", show_default=False)
        ] = None,
        gazetteers: Folders = None,
        spacy_model: SpacyModel = None,
        as_json: Annotated[bool, typer.Option("--json", help=texts.EXPLAIN_JSON)] = False,
        lang: Lang = None,
    ) -> None:
        screen = Screen(say)
        if page is None and sys.stdin.isatty():
            typer.echo(context.get_help())
            raise typer.Exit(BAD_INPUT)
        with calmly(screen):
            from kg.cli.explained import show_explanation
            from kg.explain import explain_page, with_issue
            from kg.extraction import Extractor
            from kg.gazetteers import load_divisions

            divisions = load_divisions()
            settings = settings_of(gazetteers, spacy_model)
            read = _page(screen, page, divisions, manifest)
            read = with_issue(read, divisions, region=region, date=date)
            explanation = explain_page(read, Extractor(settings))
            if name is not None:
                explanation = explanation.about(name)
            if as_json:
                typer.echo(json.dumps(explanation.as_rows(), ensure_ascii=False, indent=1))
            elif html is None:
                show_explanation(screen, explanation)
            if html is not None:
                from kg.explain.html import write_html

                write_html(explanation, html)
                screen.note("Wrote {path}", path=str(html))
            if not explanation.mentions and not explanation.facts:
                screen.note("Nothing was found on these pages")
                raise typer.Exit(NOTHING_FOUND)


def _page(screen: Screen, named: str | None, divisions: "Divisions", manifest: Path | None) -> "Page":
    """The one page that is named, or the one that standard input holds."""
    from kg.explain import read_loose_page
    from kg.pages import read_pages

    if named is None or named == "-":
        return read_loose_page(sys.stdin.buffer.read(), divisions)
    path = Path(named)
    if path.is_dir():
        raise InputError("one page at a time", where=named, hint="name a file of this folder")
    page_set = read_pages([path], manifest=manifest, divisions=divisions)
    if not page_set.pages:
        raise page_set.problems[0]
    if len(page_set.pages) > 1:
        raise InputError("one page at a time", where=named, hint="name one file")
    for problem in page_set.problems:
        # A manifest speaks of other pages too; only what concerns this one matters here.
        if problem.where in (named, page_set.pages[0].id):
            screen.problem(problem)
    return page_set.pages[0]
