"""The commands that ask a graph: who, person, post, with, search, query.

`register` adds them to a typer application. Exit codes: 0 found, 1 nothing found, 2 a bad question.
"""

# No `from __future__ import annotations`: typer reads the annotations of these functions as they are.

import os
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from kg.errors import InputError
from kg.messages import Messages

if TYPE_CHECKING:
    from kg.ask import Answer
    from kg.query.index import Index

NOTHING_FOUND = 1
BAD_QUESTION = 2
FORMATS = ("table", "json", "csv", "markdown")

# English → Chinese of the help; kg.cli may translate it again without harm.
HELP = {
    "Who came to a place, or into what lies inside it.": "谁到过一个地方（包括它下辖的各处）。",
    "What is known of a person: posts, where they went, with whom.": "一个人的职务、行程和同行者。",
    "Who held a post, and in which issues it says so.": "谁担任过一个职务，见于哪些日期的报纸。",
    "Who held which post from when to when, after whom; posts that two are said to hold at once.": "谁在什么时候担任什么职务、接替谁；哪些职务同时见于两人。",
    "Only posts of one person that two are said to hold.": "只看一人之职却同时见于两人的。",
    "Where two people were together; with one name, who goes with them.": "两个人在哪里同行；只给一个名字，则列出与其同行的人。",
    "Sentences on the pages with these words, wherever lines break in them.": "版面上含有这些字的句子，断行不影响查找。",
    "Ask in Cypher (a part of it; see docs/queries.md).": "用 Cypher 提问（支持其中一部分，见 docs/queries.md）。",
    "A township, village, organisation …: a name, 柯城区石梁镇, or an id.": "乡镇、村、单位等：名称、柯城区石梁镇 这样的全称，或 id。",
    "A name or an id.": "姓名或 id。",
    "A second name or id.": "另一个姓名或 id。",
    "A full name (柯城区委书记), a bare title (区长) or an id.": "全称（柯城区委书记）、职务名（区长）或 id。",
    "A word or a phrase.": "一个词或一句话。",
    "MATCH … RETURN …": "MATCH … RETURN …",
    "Only since then: 2021, 2021-01 or 2021-01-12.": "自何时起：2021、2021-01 或 2021-01-12。",
    "Only until then, that day included.": "到何时止（含当日）。",
    "Only this type of event: inspection 考察, meeting 会议, …": "只看这类活动：inspection 考察、meeting 会议……",
    "Only the place itself.": "只看这个地方本身，不含下辖。",
    "Who held it then: a day, month or year.": "当时由谁担任：某日、某月或某年。",
    "The folder that kg build wrote; also read from KG_OUT.": "kg build 写入的文件夹；也可用环境变量 KG_OUT 给出。",
    "table, json, csv or markdown.": "table、json、csv 或 markdown。",
    "Show the sentence that says so below each row.": "在每一行下面列出依据的原句。",
    "At most so many.": "最多列出几条。",
    "Nothing found.": "没有找到。",
}


def register(app: typer.Typer, say: Messages, *, command: type[Any] | None = None) -> None:
    """Add the commands to an application.

    Args:
        say: the language of headings, help and errors.
        command: the class of its commands, where it has its own.
    """

    def text(english: str) -> str:
        return HELP[english] if say.language == "zh" else english

    def option(english: str, *names: str, metavar: str | None = None) -> Any:
        return typer.Option(*names, help=text(english), metavar=metavar, show_default=False)

    place_type = Annotated[
        str,
        typer.Argument(
            help=text("A township, village, organisation …: a name, 柯城区石梁镇, or an id."), metavar="PLACE"
        ),
    ]
    name_type = Annotated[str, typer.Argument(help=text("A name or an id."), metavar="NAME")]
    other_type = Annotated[
        str | None, typer.Argument(help=text("A second name or id."), metavar="OTHER", show_default=False)
    ]
    post_type = Annotated[
        str,
        typer.Argument(help=text("A full name (柯城区委书记), a bare title (区长) or an id."), metavar="POST"),
    ]
    some_post_type = Annotated[
        str | None,
        typer.Argument(
            help=text("A full name (柯城区委书记), a bare title (区长) or an id."), metavar="POST", show_default=False
        ),
    ]
    contradicted_type = Annotated[bool, option("Only posts of one person that two are said to hold.", "--contradicted")]
    words_type = Annotated[str, typer.Argument(help=text("A word or a phrase."), metavar="TEXT")]
    cypher_type = Annotated[str, typer.Argument(help=text("MATCH … RETURN …"), metavar="QUERY")]
    since_type = Annotated[
        str | None, option("Only since then: 2021, 2021-01 or 2021-01-12.", "--since", metavar="DATE")
    ]
    until_type = Annotated[str | None, option("Only until then, that day included.", "--until", metavar="DATE")]
    type_type = Annotated[
        str | None, option("Only this type of event: inspection 考察, meeting 会议, …", "--type", metavar="TYPE")
    ]
    itself_type = Annotated[bool, option("Only the place itself.", "--itself")]
    on_type = Annotated[str | None, option("Who held it then: a day, month or year.", "--on", metavar="DATE")]
    limit_type = Annotated[int, typer.Option("--limit", "-n", help=text("At most so many."), metavar="N", min=1)]
    out_type = Annotated[
        Path,
        typer.Option(
            "--out",
            "-o",
            envvar="KG_OUT",
            show_envvar=False,
            help=text("The folder that kg build wrote; also read from KG_OUT."),
            metavar="FOLDER",
        ),
    ]
    format_type = Annotated[
        str, typer.Option("--format", "-f", help=text("table, json, csv or markdown."), metavar="FORMAT")
    ]
    evidence_type = Annotated[bool, option("Show the sentence that says so below each row.", "--evidence", "-e")]
    cls: dict[str, Any] = {} if command is None else {"cls": command}

    @app.command("who", help=text("Who came to a place, or into what lies inside it."), no_args_is_help=True, **cls)
    def who(
        place: place_type,
        since: since_type = None,
        until: until_type = None,
        event_type: type_type = None,
        itself: itself_type = False,
        format: format_type = "table",
        evidence: evidence_type = False,
        out: out_type = Path("out"),
    ) -> None:
        with _calmly(say):
            from kg.ask import Answer
            from kg.query.itineraries import visitors

            table = visitors(_open(out, say), place, within=not itself, since=since, until=until, event_type=event_type)
            _show([Answer("visitors", table, ("person", "posts", "n_visits", "when", "places"))], format, evidence, say)

    @app.command(
        "person",
        help=text("What is known of a person: posts, where they went, with whom."),
        no_args_is_help=True,
        **cls,
    )
    def person(
        name: name_type,
        since: since_type = None,
        until: until_type = None,
        format: format_type = "table",
        evidence: evidence_type = False,
        out: out_type = Path("out"),
    ) -> None:
        with _calmly(say):
            from kg.ask import Answer
            from kg.query.itineraries import itinerary
            from kg.query.posts import posts
            from kg.query.visits import companions

            index = _open(out, say)
            answers = [
                Answer("posts", posts(index, name, on=None), ("role", "seen", "n_facts", "newspaper"), "Posts"),
                Answer(
                    "itinerary",
                    itinerary(index, name, since=since, until=until),
                    ("date", "event", "places", "together_with"),
                    "Itinerary",
                ),
                Answer(
                    "companions",
                    companions(index, name, since=since, until=until),
                    ("person", "n_events", "n_places", "when"),
                    "Companions",
                ),
            ]
            _show(answers, format, evidence, say)

    @app.command("post", help=text("Who held a post, and in which issues it says so."), no_args_is_help=True, **cls)
    def post(
        role: post_type,
        on: on_type = None,
        format: format_type = "table",
        evidence: evidence_type = False,
        out: out_type = Path("out"),
    ) -> None:
        with _calmly(say):
            from kg.ask import Answer
            from kg.query.posts import holders

            shown = ("person", "role", "seen", "n_facts", "newspaper")
            table = holders(_open(out, say), role, on=on)
            _show([Answer("holders", table, shown if on is None else ("basis", *shown))], format, evidence, say)

    @app.command(
        "tenures",
        help=text("Who held which post from when to when, after whom; posts that two are said to hold at once."),
        **cls,
    )
    def tenures(
        role: some_post_type = None,
        contradicted: contradicted_type = False,
        format: format_type = "table",
        evidence: evidence_type = False,
        out: out_type = Path("out"),
    ) -> None:
        with _calmly(say):
            from kg.ask import Answer
            from kg.query.tenures import tenures as held

            table = held(_open(out, say), role, contradicted=contradicted)
            shown = ("role", "person", "seen", "n_facts", "against" if contradicted else "follows")
            _show([Answer("tenures", table, shown)], format, evidence, say)

    @app.command(
        "with",
        help=text("Where two people were together; with one name, who goes with them."),
        no_args_is_help=True,
        **cls,
    )
    def together(
        name: name_type,
        other: other_type = None,
        since: since_type = None,
        until: until_type = None,
        format: format_type = "table",
        evidence: evidence_type = False,
        out: out_type = Path("out"),
    ) -> None:
        with _calmly(say):
            from kg.ask import Answer
            from kg.query.visits import companions, together_at

            index = _open(out, say)
            if other is None:
                table = companions(index, name, since=since, until=until)
                answer = Answer("companions", table, ("person", "n_events", "n_places", "when"))
            else:
                table = together_at(index, name, other, since=since, until=until)
                answer = Answer("together", table, ("date", "event", "places", "newspaper", "issue_date"))
            _show([answer], format, evidence, say)

    @app.command(
        "search",
        help=text("Sentences on the pages with these words, wherever lines break in them."),
        no_args_is_help=True,
        **cls,
    )
    def search(
        words: words_type,
        since: since_type = None,
        until: until_type = None,
        limit: limit_type = 50,
        format: format_type = "table",
        out: out_type = Path("out"),
    ) -> None:
        with _calmly(say):
            from kg.ask import Answer
            from kg.query.searching import search as find

            table = find(_open(out, say), words, since=since, until=until, limit=limit)
            _show([Answer("sentences", table, ("issue_date", "title", "sentence"))], format, False, say)

    @app.command("query", help=text("Ask in Cypher (a part of it; see docs/queries.md)."), no_args_is_help=True, **cls)
    def query(
        cypher: cypher_type,
        format: format_type = "table",
        out: out_type = Path("out"),
    ) -> None:
        with _calmly(say):
            from kg.ask import Answer
            from kg.query.graph import Graph

            table = Graph(_open(out, say)).cypher_table(cypher)
            _show([Answer("rows", table, tuple(table.columns))], format, False, say)


def make_app(say: Messages) -> typer.Typer:
    """The commands as an application of their own."""
    app = typer.Typer(no_args_is_help=True, add_completion=False, pretty_exceptions_enable=False)
    register(app, say)
    return app


def _open(folder: Path, say: Messages) -> "Index":
    from kg.query.index import Index

    index = Index.read(folder)
    if not index.columns.complete:
        unfinished = "The last build of {out} did not come to its end; what it had read is shown"
        typer.echo(say(unfinished, out=str(folder)), err=True)
    return index


def _show(answers: "Sequence[Answer]", format: str, evidence: bool, say: Messages) -> None:
    from kg.ask import Format, render

    if format not in FORMATS:
        raise InputError(f"no format {format!r}", hint=f"known formats: {', '.join(FORMATS)}")
    found = any(len(answer.table) for answer in answers)
    if found or format == "json":
        to_terminal = sys.stdout.isatty()
        shown = render(
            answers,
            format=Format(format),
            say=say,
            evidence=evidence,
            width=_width(),
            colour=to_terminal and "NO_COLOR" not in os.environ,
        )
        typer.echo(shown, nl=False)
    if not found:
        typer.echo(HELP["Nothing found."] if say.language == "zh" else "Nothing found.", err=True)
        raise typer.Exit(NOTHING_FOUND)


def _width() -> int:
    """Columns of the terminal, or COLUMNS; 80 where neither is known."""
    import shutil

    return max(40, shutil.get_terminal_size((80, 24)).columns)


@contextmanager
def _calmly(say: Messages) -> Iterator[None]:
    """Turn a bad question into one line and its exit code."""
    try:
        yield
    except InputError as error:
        typer.echo(f"✗ {say.error(error)}", err=True)
        raise typer.Exit(BAD_QUESTION) from None
