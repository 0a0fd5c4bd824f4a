"""`kg gazetteer`: the lists of names checked, shown, searched, and added to."""

# No `from __future__ import annotations`: typer reads the annotations of these functions as they are.

import json
from pathlib import Path
from typing import Annotated

import typer
import typer.core

from kg.cli.language import speaking
from kg.cli.running import NOTHING_FOUND, Folders, Lang, calmly, existing
from kg.cli.screen import Screen
from kg.errors import InputError
from kg.messages import Messages
from kg.messages import help as texts

PROBLEMS = 1


def add_gazetteer(app: typer.Typer, say: Messages) -> None:
    """Put the group of commands into the command line."""
    command = speaking(typer.core.TyperCommand, say)
    group = typer.Typer(
        name="gazetteer",
        cls=speaking(typer.core.TyperGroup, say),
        help=texts.GAZETTEER,
        epilog=texts.GAZETTEER_EXAMPLES,
        no_args_is_help=True,
        rich_markup_mode="rich",
    )
    app.add_typer(group)

    @group.command(cls=command, help=texts.CHECK, epilog=texts.CHECK_EXAMPLES)
    def check(
        folder: Annotated[
            Path | None, typer.Argument(help=texts.CHECK_FOLDER, metavar="FOLDER", show_default=False)
        ] = None,
        lang: Lang = None,
    ) -> None:
        screen = Screen(say)
        with calmly(screen):
            from kg.gazetteers import check_gazetteers, gazetteer_folder

            existing([folder] if folder else None)
            checked = folder or gazetteer_folder()
            problems = check_gazetteers(checked)
            for problem in problems:
                where = f"{checked / problem.file}:{problem.line}" if problem.line else str(checked / problem.file)
                screen.problem(InputError(problem.message, where=where))
            if problems:
                screen.note("{n} problems in {folder}", n=len(problems), folder=str(checked))
                raise typer.Exit(PROBLEMS)
            screen.line("No problems in {folder}", folder=str(checked))

    @group.command(cls=command, help=texts.SHOW, epilog=texts.SHOW_EXAMPLES, no_args_is_help=True)
    def show(
        region: Annotated[str, typer.Argument(help=texts.SHOW_REGION, metavar="REGION", show_default=False)],
        depth: Annotated[int, typer.Option("--depth", help=texts.SHOW_DEPTH, metavar="N", min=0, max=4)] = 2,
        gazetteers: Folders = None,
        lang: Lang = None,
    ) -> None:
        screen = Screen(say)
        with calmly(screen):
            from kg.cli.listings import show_tree
            from kg.gazetteers import find_region, load_divisions, region_tree

            divisions = load_divisions()
            division = find_region(divisions, region)
            folders = existing(gazetteers)
            show_tree(screen, divisions, region_tree(divisions, division.code, depth=depth, folders=folders))

    @group.command(cls=command, help=texts.FIND, epilog=texts.FIND_EXAMPLES, no_args_is_help=True)
    def find(
        name: Annotated[str, typer.Argument(help=texts.FIND_NAME, metavar="NAME", show_default=False)],
        within: Annotated[
            str | None, typer.Option("--within", help=texts.FIND_WITHIN, metavar="REGION", show_default=False)
        ] = None,
        gazetteers: Folders = None,
        as_json: Annotated[bool, typer.Option("--json", help=texts.FIND_JSON)] = False,
        lang: Lang = None,
    ) -> None:
        screen = Screen(say)
        with calmly(screen):
            from kg.cli.listings import meaning_rows, show_meanings
            from kg.gazetteers import find_meanings, find_region, load_divisions

            divisions = load_divisions()
            inside = find_region(divisions, within).code if within is not None else None
            meanings = find_meanings(divisions, name, folders=existing(gazetteers), within=inside)
            if as_json:
                typer.echo(json.dumps(meaning_rows(meanings), ensure_ascii=False, indent=1))
            elif meanings:
                show_meanings(screen, meanings)
            if not meanings:
                screen.note("No gazetteer has {name}", name=name)
                raise typer.Exit(NOTHING_FOUND)

    @group.command(cls=command, help=texts.ADD, epilog=texts.ADD_EXAMPLES, no_args_is_help=True)
    def add(
        name: Annotated[str, typer.Argument(help=texts.ADD_NAME, metavar="NAME", show_default=False)],
        kind: Annotated[str, typer.Option("--kind", help=texts.ADD_KIND, metavar="KIND", show_default=False)],
        source: Annotated[str, typer.Option("--source", help=texts.ADD_SOURCE, metavar="TEXT", show_default=False)],
        gazetteers: Annotated[
            Path, typer.Option("--gazetteers", help=texts.ADD_FOLDER, metavar="FOLDER", show_default=False)
        ],
        parent: Annotated[
            str | None, typer.Option("--parent", help=texts.ADD_PARENT, metavar="REGION", show_default=False)
        ] = None,
        alias: Annotated[
            list[str] | None, typer.Option("--alias", help=texts.ADD_ALIAS, metavar="NAME", show_default=False)
        ] = None,
        code: Annotated[
            str | None, typer.Option("--code", help=texts.ADD_CODE, metavar="CODE", show_default=False)
        ] = None,
        lang: Lang = None,
    ) -> None:
        screen = Screen(say)
        with calmly(screen):
            from kg.gazetteers import add_place, find_region, load_divisions

            divisions = load_divisions()
            parent_code = find_region(divisions, parent).code if parent is not None else None
            row = add_place(
                gazetteers,
                name,
                subtype=kind,
                source=source,
                parent_code=parent_code,
                code=code,
                aliases=alias or (),
            )
            screen.line("Added: {where}", where=row.where)
