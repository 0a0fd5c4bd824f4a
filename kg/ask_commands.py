"""The commands that ask a graph: who, person, post, with, search, query.

`register` adds them to a typer application. Exit codes: 0 found, 1 nothing found, 2 a bad question.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from inspect import Parameter, Signature
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


@dataclass(frozen=True, slots=True)
class _Given:
    """An argument or an option of a command: without `names` an argument, without `metavar` a switch."""

    type: Any
    help: str
    metavar: str | None = None
    names: tuple[str, ...] = ()
    default: Any = None
    more: tuple[tuple[str, Any], ...] = ()

    def parameter(self, name: str, say: Messages) -> Parameter:
        """The same for typer, in the language of `say`."""
        help = HELP[self.help] if say.language == "zh" else self.help
        shown = {"help": help, "metavar": self.metavar, **dict(self.more)}
        required = not self.names and self.default is ...
        info = typer.Option(*self.names, **shown) if self.names else typer.Argument(**shown)
        return Parameter(
            name,
            Parameter.KEYWORD_ONLY,
            default=Parameter.empty if required else self.default,
            annotation=Annotated[self.type, info],
        )


_QUIET = (("show_default", False),)
_GIVEN = {
    "place": _Given(str, "A township, village, organisation …: a name, 柯城区石梁镇, or an id.", "PLACE", default=...),
    "name": _Given(str, "A name or an id.", "NAME", default=...),
    "other": _Given(str | None, "A second name or id.", "OTHER", more=_QUIET),
    "role": _Given(str, "A full name (柯城区委书记), a bare title (区长) or an id.", "POST", default=...),
    "some_role": _Given(str | None, "A full name (柯城区委书记), a bare title (区长) or an id.", "POST", more=_QUIET),
    "contradicted": _Given(
        bool, "Only posts of one person that two are said to hold.", None, ("--contradicted",), False, _QUIET
    ),
    "words": _Given(str, "A word or a phrase.", "TEXT", default=...),
    "cypher": _Given(str, "MATCH … RETURN …", "QUERY", default=...),
    "since": _Given(str | None, "Only since then: 2021, 2021-01 or 2021-01-12.", "DATE", ("--since",), more=_QUIET),
    "until": _Given(str | None, "Only until then, that day included.", "DATE", ("--until",), more=_QUIET),
    "event_type": _Given(
        str | None, "Only this type of event: inspection 考察, meeting 会议, …", "TYPE", ("--type",), more=_QUIET
    ),
    "itself": _Given(bool, "Only the place itself.", None, ("--itself",), False, _QUIET),
    "on": _Given(str | None, "Who held it then: a day, month or year.", "DATE", ("--on",), more=_QUIET),
    "limit": _Given(int, "At most so many.", "N", ("--limit", "-n"), 50, (("min", 1),)),
    "format": _Given(str, "table, json, csv or markdown.", "FORMAT", ("--format", "-f"), "table"),
    "evidence": _Given(
        bool, "Show the sentence that says so below each row.", None, ("--evidence", "-e"), False, _QUIET
    ),
    "out": _Given(
        Path,
        "The folder that kg build wrote; also read from KG_OUT.",
        "FOLDER",
        ("--out", "-o"),
        Path("out"),
        (("envvar", "KG_OUT"), ("show_envvar", False)),
    ),
}
_TIME = ("since", "until")
_SHOWN = ("format", "evidence", "out")


def _who(index: Index, *, place: str, event_type: str | None, itself: bool, **time: str | None) -> list[Answer]:
    from kg.ask import Answer
    from kg.query.itineraries import visitors

    table = visitors(index, place, within=not itself, event_type=event_type, since=time["since"], until=time["until"])
    return [Answer("visitors", table, ("person", "posts", "n_visits", "when", "places"))]


def _person(index: Index, *, name: str, since: str | None, until: str | None) -> list[Answer]:
    from kg.ask import Answer
    from kg.query.itineraries import itinerary
    from kg.query.posts import posts

    return [
        Answer("posts", posts(index, name, on=None), ("role", "seen", "n_facts", "newspaper"), "Posts"),
        Answer(
            "itinerary",
            itinerary(index, name, since=since, until=until),
            ("date", "event", "places", "together_with"),
            "Itinerary",
        ),
        _companions(index, name, since, until, title="Companions"),
    ]


def _post(index: Index, *, role: str, on: str | None) -> list[Answer]:
    from kg.ask import Answer
    from kg.query.posts import holders

    shown = ("person", "role", "seen", "n_facts", "newspaper")
    return [Answer("holders", holders(index, role, on=on), shown if on is None else ("basis", *shown))]


def _tenures(index: Index, *, some_role: str | None, contradicted: bool) -> list[Answer]:
    from kg.ask import Answer
    from kg.query.tenures import tenures

    shown = ("role", "person", "seen", "n_facts", "against" if contradicted else "follows")
    return [Answer("tenures", tenures(index, some_role, contradicted=contradicted), shown)]


def _with(index: Index, *, name: str, other: str | None, since: str | None, until: str | None) -> list[Answer]:
    from kg.ask import Answer
    from kg.query.visits import together_at

    if other is None:
        return [_companions(index, name, since, until)]
    table = together_at(index, name, other, since=since, until=until)
    return [Answer("together", table, ("date", "event", "places", "newspaper", "issue_date"))]


def _companions(index: Index, name: str, since: str | None, until: str | None, *, title: str | None = None) -> Answer:
    from kg.ask import Answer
    from kg.query.visits import companions

    table = companions(index, name, since=since, until=until)
    return Answer("companions", table, ("person", "n_events", "n_places", "when"), title)


def _search(index: Index, *, words: str, limit: int, since: str | None, until: str | None) -> list[Answer]:
    from kg.ask import Answer
    from kg.query.searching import search

    table = search(index, words, since=since, until=until, limit=limit)
    return [Answer("sentences", table, ("issue_date", "title", "sentence"))]


def _query(index: Index, *, cypher: str) -> list[Answer]:
    from kg.ask import Answer
    from kg.query.graph import Graph

    table = Graph(index).cypher_table(cypher)
    return [Answer("rows", table, tuple(table.columns))]


_COMMANDS: tuple[tuple[str, str, Callable[..., list[Answer]], tuple[str, ...]], ...] = (
    (
        "who",
        "Who came to a place, or into what lies inside it.",
        _who,
        ("place", *_TIME, "event_type", "itself", *_SHOWN),
    ),
    (
        "person",
        "What is known of a person: posts, where they went, with whom.",
        _person,
        ("name", *_TIME, *_SHOWN),
    ),
    ("post", "Who held a post, and in which issues it says so.", _post, ("role", "on", *_SHOWN)),
    (
        "tenures",
        "Who held which post from when to when, after whom; posts that two are said to hold at once.",
        _tenures,
        ("some_role", "contradicted", *_SHOWN),
    ),
    (
        "with",
        "Where two people were together; with one name, who goes with them.",
        _with,
        ("name", "other", *_TIME, *_SHOWN),
    ),
    (
        "search",
        "Sentences on the pages with these words, wherever lines break in them.",
        _search,
        ("words", *_TIME, "limit", *_SHOWN),
    ),
    ("query", "Ask in Cypher (a part of it; see docs/queries.md).", _query, ("cypher", "format", "out")),
)


def register(app: typer.Typer, say: Messages, *, command: type[Any] | None = None) -> None:
    """Add the commands to an application.

    Args:
        say: the language of headings, help and errors.
        command: the class of its commands, where it has its own.
    """
    cls: dict[str, Any] = {} if command is None else {"cls": command}
    for name, help, answer, given in _COMMANDS:
        run = _runner(answer, say)
        run.__name__ = name
        # typer reads what a command takes from its signature.
        run.__signature__ = Signature([_GIVEN[each].parameter(each, say) for each in given])  # type: ignore[attr-defined]
        shown = HELP[help] if say.language == "zh" else help
        asks = any(_GIVEN[each].default is ... for each in given)
        app.command(name, help=shown, no_args_is_help=asks, **cls)(run)


def _runner(answer: Callable[..., list[Answer]], say: Messages) -> Callable[..., None]:
    def run(*, out: Path, format: str, evidence: bool = False, **asked: Any) -> None:
        with _calmly(say):
            if format not in FORMATS:
                raise InputError(f"no format {format!r}", hint=f"known formats: {', '.join(FORMATS)}")
            _show(answer(_open(out, say), **asked), format, evidence, say)

    return run


def make_app(say: Messages) -> typer.Typer:
    """The commands as an application of their own."""
    app = typer.Typer(no_args_is_help=True, add_completion=False, pretty_exceptions_enable=False)
    register(app, say)
    return app


def _open(folder: Path, say: Messages) -> Index:
    from kg.query.index import Index

    index = Index.read(folder)
    if not index.columns.complete:
        unfinished = "The last build of {out} did not come to its end; what it had read is shown"
        typer.echo(say(unfinished, out=str(folder)), err=True)
    return index


def _show(answers: Sequence[Answer], format: str, evidence: bool, say: Messages) -> None:
    from kg.ask import Format, render

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
