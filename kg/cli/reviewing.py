"""`kg review`: asks a person about what is doubtful and writes down what they decide."""

# No `from __future__ import annotations`: typer reads the annotations of these functions as they are.

import json
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
import typer.core

from kg.cli.doubted import Reply, doubt_rows, list_doubts, prompt_for, read_answer, show_doubt
from kg.cli.language import speaking
from kg.cli.running import BAD_INPUT, NOTHING_FOUND, Lang, Out, calmly
from kg.cli.screen import BuildProgress, Screen
from kg.errors import InputError
from kg.messages import Messages
from kg.messages import help as texts

if TYPE_CHECKING:
    from kg.review import Session


def add_review(app: typer.Typer, say: Messages) -> None:
    """Put the command into the command line."""

    @app.command(
        cls=speaking(typer.core.TyperCommand, say),
        help=texts.REVIEW,
        epilog=texts.REVIEW_EXAMPLES,
        no_args_is_help=True,
    )
    def review(
        out: Out,
        only_list: Annotated[bool, typer.Option("--list", help=texts.REVIEW_LIST)] = False,
        as_json: Annotated[bool, typer.Option("--json", help=texts.REVIEW_JSON)] = False,
        kinds: Annotated[
            list[str] | None, typer.Option("--kind", help=texts.REVIEW_KIND, metavar="NAME", show_default=False)
        ] = None,
        min_score: Annotated[
            float, typer.Option("--min-score", help=texts.REVIEW_MIN_SCORE, metavar="N", min=0, max=1)
        ] = 0.6,
        min_mentions: Annotated[
            int, typer.Option("--min-mentions", help=texts.REVIEW_MIN_MENTIONS, metavar="N", min=1)
        ] = 3,
        decisions: Annotated[
            Path | None, typer.Option("--decisions", help=texts.REVIEW_DECISIONS, metavar="FILE", show_default=False)
        ] = None,
        who: Annotated[
            str | None, typer.Option("--who", help=texts.REVIEW_WHO, metavar="NAME", show_default=False)
        ] = None,
        lang: Lang = None,
    ) -> None:
        screen = Screen(say)
        with calmly(screen):
            from kg.decisions import Decisions, read_decisions
            from kg.pipeline import current_decisions_path, redecide
            from kg.review import DoubtKind, Session, find_doubts
            from kg.store import Store
            from kg.stored import held, read_knowledge, resolve_store

            wanted = {_kind(kind, tuple(DoubtKind)) for kind in kinds or tuple(DoubtKind)}
            with Store.open(out) as store:
                path = current_decisions_path(store, out, decisions)
                known = read_decisions(path) if path.exists() else Decisions(where=str(path))
                # As the decisions are now, also where the last build has not seen the newest of them.
                resolved = resolve_store(store, known)
                knowledge = held(read_knowledge(store, resolved))
                found = find_doubts(knowledge, known, min_score=min_score, min_mentions=min_mentions)
                doubts = [doubt for doubt in found if doubt.kind in wanted]
                for problem in resolved.problems:
                    screen.problem(problem)
                if as_json:
                    typer.echo(json.dumps(doubt_rows(doubts), ensure_ascii=False, indent=1))
                elif only_list:
                    list_doubts(screen, doubts)
                if not doubts:
                    screen.note("Nothing doubtful was found")
                    raise typer.Exit(NOTHING_FOUND)
                if as_json or only_list:
                    return
                session = Session(doubts, knowledge, path, raw=store.records_of, now=_now, who=who)
                _ask(screen, session)
            if not session.n_decided:
                screen.line("Nothing was decided")
                return
            screen.line("{n} decisions written to {path}", n=session.n_decided, path=str(path))
            with BuildProgress(screen) as progress:
                problems = redecide(out, decisions=path, progress=progress)
            told = {problem.line() for problem in resolved.problems}
            for problem in problems:
                if problem.line() not in told:
                    screen.problem(problem)
            screen.line("The graph now holds them")
            if problems:
                raise typer.Exit(BAD_INPUT)


def _ask(screen: Screen, session: "Session") -> None:
    """Ask until there is no question left or the person has enough; the end of the input is enough."""
    while True:
        doubt = session.doubt
        if doubt is not None:
            show_doubt(screen, doubt, session.at + 1, len(session.doubts))
        while True:
            screen.out.print(prompt_for(screen.say, doubt), end="", soft_wrap=True)
            try:
                line = input()
                if not sys.stdin.isatty():
                    screen.out.print()  # nobody's Enter has ended the line
                reply = read_answer(line, doubt)
            except (EOFError, KeyboardInterrupt):
                screen.out.print()
                return
            except InputError as error:
                screen.problem(error)
                continue
            break
        if reply.word == "quit" or (doubt is None and reply.word != "undo"):
            return
        try:
            _take(screen, session, reply)
        except InputError as error:
            screen.problem(error)


def _take(screen: Screen, session: "Session", reply: Reply) -> None:
    if reply.word == "undo":
        screen.line("Taken back" if session.undo() else "There is nothing to take back")
    elif reply.answer is None:
        session.skip()
    elif not session.answer(reply.answer, reply.reason or screen.say("seen in kg review"), value=reply.value):
        screen.line("A decision added this; change it in the file")


def _kind(name: str, kinds: tuple[str, ...]) -> str:
    if name not in kinds:
        raise InputError(f"no kind of doubt {name!r}", where="--kind", hint=f"known: {', '.join(kinds)}")
    return name


def _now() -> str:
    return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%S")
