"""Answers in a terminal: tables that keep their columns with Chinese in them, JSON, CSV, Markdown.

In: tables of `kg.query`. Out: text. Nothing that a page says can steer the terminal, run in a spreadsheet or break a
Markdown table.
"""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from rich.cells import cell_len

from kg.messages import Messages, printable
from kg.query.tables import Table

HEADINGS: Mapping[str, tuple[str, str]] = {
    "person": ("who", "人物"),
    "other": ("with", "同行"),
    "posts": ("posts", "职务"),
    "role": ("post", "职务"),
    "n_visits": ("visits", "次数"),
    "n_events": ("events", "活动"),
    "n_places": ("places", "地点"),
    "when": ("when", "日期"),
    "seen": ("said in issues of", "见报日期"),
    "basis": ("basis", "依据"),
    "follows": ("after", "前任"),
    "against": ("also said of", "同时见于"),
    "places": ("places", "地点"),
    "place": ("place", "地点"),
    "event": ("event", "活动"),
    "date": ("date", "日期"),
    "together_with": ("together with", "同行"),
    "n_facts": ("times", "次数"),
    "sentence": ("sentence", "原句"),
    "title": ("article", "文章"),
    "newspaper": ("newspaper", "报纸"),
    "issue_date": ("issue", "见报"),
    "doc": ("page", "版面"),
}
_BASES = {
    "said that day": "当日见报",
    "said before and after": "前后均见报",
    "last said before": "此前最后见报",
    "first said after": "此后最早见报",
}
_NUMBERS = frozenset(("n_visits", "n_events", "n_places", "n_facts"))
_NARROW = frozenset(("person", "other", "date", "when", "newspaper", "issue_date", "seen", "basis"))
_GAP = 2  # columns between two columns
_WIDEST = 24  # of a name or a span of dates; some names are whole sentences
_NARROWEST = 8  # four characters a line can still be read
_NOT_FIRST = frozenset("，。、；：！？）》”’…")
_NOT_LAST = frozenset("（《“‘")
# A table programme runs what begins so; the apostrophe before makes it text.
_FORMULA = re.compile(r"^[=+\-@\t\r]")


class Format(StrEnum):
    """What `--format` takes."""

    TABLE = "table"
    JSON = "json"
    CSV = "csv"
    MARKDOWN = "markdown"


@dataclass(frozen=True, slots=True)
class Answer:
    """One table to show: all its columns for programs, `shown` for people, `title` above it (English) or none.

    `shown` may name `when` (from first_date to last_date) and `seen` (from first_seen to last_seen).
    """

    name: str
    table: Table
    shown: tuple[str, ...]
    title: str | None = None


def render(
    answers: Sequence[Answer],
    *,
    format: Format,
    say: Messages,
    evidence: bool = False,
    width: int = 80,
    colour: bool = False,
) -> str:
    """All answers as one text, ending in a newline.

    Args:
        evidence: below each row of a table the sentence that says so.
        width: columns of the terminal; only tables keep to it.
        colour: with the escape sequences of a terminal.

    Returns:
        JSON: one list of rows, or with several answers an object of lists by name. CSV: the first answer that has rows.
    """
    match format:
        case Format.JSON:
            rows = {answer.name: list(answer.table.rows()) for answer in answers}
            value: object = rows if len(answers) > 1 else next(iter(rows.values()))
            return json.dumps(value, ensure_ascii=False, indent=1) + "\n"
        case Format.CSV:
            return _csv(next((answer.table for answer in answers if len(answer.table)), answers[0].table))
        case Format.MARKDOWN:
            return "\n".join(_markdown(answer, say, evidence) for answer in answers if len(answer.table))
        case Format.TABLE:
            return _terminal(answers, say, evidence, width, colour)


def _terminal(answers: Sequence[Answer], say: Messages, evidence: bool, width: int, colour: bool) -> str:
    blocks = []
    for answer in answers:
        if not len(answer.table):
            continue
        lines = [_bold(words(answer.title, say), colour), ""] if answer.title else []
        lines += _grid(answer, say, evidence, width, colour)
        blocks.append("\n".join(line.rstrip(" ") for line in lines) + "\n")
    return "\n".join(blocks)


def _grid(answer: Answer, say: Messages, evidence: bool, width: int, colour: bool) -> list[str]:
    rows = list(answer.table.rows())
    cells = [[_cell(row, name, say) for name in answer.shown] for row in rows]
    headings = [heading(name, say) for name in answer.shown]
    widths = _widths(answer.shown, headings, cells, width)
    lines = [_bold(line, colour) for line in _lines(answer.shown, headings, widths)]
    lines.append("─" * min(width, sum(widths) + _GAP * (len(widths) - 1)))
    for row, line in zip(rows, cells, strict=True):
        lines += _lines(answer.shown, line, widths)
        said = row.get("evidence")
        if evidence and said:
            quoted = wrap(f"“{printable(str(said))}”", width - 4) + wrap(f"—— {_source(row)}", width - 4)
            lines += [_dim("    " + each, colour) for each in quoted] + [""]
    return lines


def _lines(names: Sequence[str], cells: Sequence[str], widths: Sequence[int]) -> list[str]:
    """One row of a table, as many lines as its longest cell takes."""
    wrapped = [wrap(cell, width) for cell, width in zip(cells, widths, strict=True)]
    lines = []
    for at in range(max(map(len, wrapped))):
        pieces = []
        for name, parts, width in zip(names, wrapped, widths, strict=True):
            piece = parts[at] if at < len(parts) else ""
            blank = " " * (width - cell_len(piece))
            pieces.append(blank + piece if name in _NUMBERS else piece + blank)
        lines.append((" " * _GAP).join(pieces))
    return lines


def wrap(text: str, width: int) -> list[str]:
    """Text in lines of at most `width` columns; Chinese breaks anywhere but before a comma, Latin words stay whole.

    >>> wrap("衢州市委副书记、柯城区区长", 14)
    ['衢州市委副书', '记、柯城区区长']
    """
    lines: list[list[str]] = [[]]
    for piece in re.findall(r"[!-~]+| +|[^ -~]", text):
        # A Latin word longer than a line has to be broken after all.
        for part in [piece[at : at + width] for at in range(0, len(piece), width)] if piece.isascii() else [piece]:
            if sum(map(cell_len, lines[-1])) + cell_len(part) <= width:
                lines[-1].append(part)
                continue
            carried = [part]
            while len(lines[-1]) > 1 and (carried[0] in _NOT_FIRST or lines[-1][-1] in _NOT_LAST):
                carried.insert(0, lines[-1].pop())
            lines.append(carried)
    return ["".join(parts).strip(" ") for parts in lines]


def _bold(text: str, colour: bool) -> str:
    return f"\x1b[1m{text}\x1b[0m" if colour else text


def _dim(text: str, colour: bool) -> str:
    return f"\x1b[2m{text}\x1b[0m" if colour else text


def _widths(names: Sequence[str], headings: Sequence[str], cells: Sequence[Sequence[str]], width: int) -> list[int]:
    """Columns wide: names and dates as wide as they are; what is left is shared by the long ones as they need it."""
    needs = [max([cell_len(title), *(cell_len(line[at]) for line in cells)]) for at, title in enumerate(headings)]
    room = width - _GAP * (len(names) - 1)
    fixed = _NARROW | _NUMBERS
    chosen = [min(need, _WIDEST) if name in fixed else 0 for name, need in zip(names, needs, strict=True)]
    room -= sum(chosen)
    shared = sorted((at for at, name in enumerate(names) if name not in fixed), key=lambda at: (needs[at], at))
    for number, at in enumerate(shared):
        chosen[at] = min(needs[at], max(_NARROWEST, room // (len(shared) - number)))
        room -= chosen[at]
    return chosen


def _cell(row: Mapping[str, Any], name: str, say: Messages) -> str:
    if name in ("when", "seen"):
        first, last = (row[f"{end}_{'date' if name == 'when' else 'seen'}"] for end in ("first", "last"))
        return "" if first is None else first if first == last else f"{first} – {last}"
    value = row.get(name)
    if name == "basis" and say.language == "zh":
        value = _BASES.get(str(value), value)
    return "" if value is None else printable(" ".join(str(value).split()))


def _source(row: Mapping[str, Any]) -> str:
    return printable(" ".join(str(row[name]) for name in ("newspaper", "issue_date", "doc") if row.get(name)))


def heading(name: str, say: Messages) -> str:
    """A column's heading; a name that a user gave stays as it is."""
    english, chinese = HEADINGS.get(name, (name, name))
    return printable(chinese if say.language == "zh" else english)


def words(text: str, say: Messages) -> str:
    """A title of this module in the language of `say`."""
    return _TITLES.get(text, text) if say.language == "zh" else text


_TITLES = {
    "Posts": "职务",
    "Itinerary": "行程",
    "Companions": "同行者",
}


def _csv(table: Table) -> str:
    stream = io.StringIO()
    writer = csv.writer(stream, lineterminator="\n")
    writer.writerow(table.columns)
    for row in table.rows():
        writer.writerow([_neutral(value) for value in row.values()])
    return stream.getvalue()


def _neutral(value: object) -> object:
    if isinstance(value, str):
        value = printable(value)
        return f"'{value}" if _FORMULA.match(value) else value
    return "" if value is None else value


def _markdown(answer: Answer, say: Messages, evidence: bool) -> str:
    names = (*answer.shown, *(("evidence", "doc") if evidence and "evidence" in answer.table.columns else ()))
    lines = [f"**{words(answer.title, say)}**\n"] if answer.title else []
    titles = [heading(name, say) if name != "evidence" else heading("sentence", say) for name in names]
    lines.append("| " + " | ".join(map(_escaped, titles)) + " |")
    lines.append("| " + " | ".join("--:" if name in _NUMBERS else "---" for name in names) + " |")
    for row in answer.table.rows():
        lines.append("| " + " | ".join(_escaped(_cell(row, name, say)) for name in names) + " |")
    return "\n".join(lines) + "\n"


def _escaped(text: str) -> str:
    """Text as Markdown shows it: no links, no HTML, no new column."""
    return re.sub(r"([\\`*_{}\[\]<>|#])", r"\\\1", text)
