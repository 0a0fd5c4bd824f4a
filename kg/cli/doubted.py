"""How `kg review` shows a question, and how it reads an answer."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass

from rich import box
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from kg.cli.language import wrap
from kg.cli.screen import Screen
from kg.decisions import check_date
from kg.errors import InputError
from kg.messages import Messages, printable
from kg.model import Kind
from kg.review import Answer, Doubt, DoubtKind, choices

_KEYS: Mapping[str, Answer] = {
    "s": Answer.SAME,
    "d": Answer.DIFFERENT,
    "a": Answer.ACCEPT,
    "r": Answer.REJECT,
    "1": Answer.REJECT_FIRST,
    "2": Answer.REJECT_SECOND,
    "t": Answer.DATE,
    "n": Answer.RENAME,
}
_ASKED: Mapping[Answer, str] = {
    Answer.SAME: "same [s]",
    Answer.DIFFERENT: "different [d]",
    Answer.ACCEPT: "accept [a]",
    Answer.REJECT: "reject [r]",
    Answer.REJECT_FIRST: "the first is wrong [1]",
    Answer.REJECT_SECOND: "the second is wrong [2]",
    Answer.DATE: "fix date [t 2021-01-12]",
    Answer.RENAME: "another name [n NAME]",
}
_TITLES: Mapping[DoubtKind, str] = {
    DoubtKind.CONTRADICTION: "Two people in one post at one time?",
    DoubtKind.MERGE: "One person or two?",
    DoubtKind.NAME: "A name of no gazetteer: is it right?",
    DoubtKind.SCORE: "Is this so?",
}
_REASONS: Mapping[str, str] = {
    "same_name": "one name, two entries",
    "one_character": "one character apart",
    "short_form": "one is a short form of the other on some page",
    "region_left_out": "the same but for the region in front",
    "look_alike": "one character apart that is easily misread",
    "post": "one post: {value}",
    "companions": "{value} companions in common",
    "places": "{value} places in common",
    "mentions": "named {value} (times / pages)",
    "days": "seen on {value}",
    "regions": "regions {value}",
    "score": "score {value}",
}


def _title(doubt: Doubt) -> str:
    if doubt.kind is DoubtKind.MERGE and doubt.entity_kind is Kind.ORG:
        return "One organisation or two?"
    return _TITLES[doubt.kind]


@dataclass(frozen=True, slots=True)
class Reply:
    """What was typed: an answer with what belongs to it, or `word` (`undo`, `quit`); neither means skip."""

    answer: Answer | None = None
    value: str | None = None
    reason: str | None = None
    word: str | None = None


def read_answer(line: str, doubt: Doubt | None) -> Reply:
    """What a typed line means for a question, or behind the last one (None).

    A letter first, then the value where one is needed, then a reason in words: `t 2021-01-12 见当日报纸`.

    Raises:
        InputError: it means nothing here; the line says what would.
    """
    first, _blank, rest = line.strip().partition(" ")
    rest = rest.strip()
    match first.lower():
        case "" | "k":
            return Reply()
        case "q":
            return Reply(word="quit")
        case "u":
            return Reply(word="undo")
    answer, possible = _KEYS.get(first.lower()), choices(doubt) if doubt is not None else ()
    if answer is None or answer not in possible:
        known = " ".join(key for key, each in _KEYS.items() if each in possible)
        raise InputError(f"{first} is no answer here", hint=f"known here: {known} u q")
    if answer not in (Answer.DATE, Answer.RENAME):
        return Reply(answer, reason=rest or None)
    value, _blank, reason = rest.partition(" ")
    if answer is Answer.DATE and value != "-" and not check_date(value):
        raise InputError(
            f"{value} is no date", hint="write 2021-01-12, 2021-01, 2021 or 2021-01-07/2021-01-17, or - for none"
        )
    if answer is Answer.RENAME and not value:
        raise InputError("something is missing here", hint="n NAME")
    return Reply(answer, value="" if value == "-" else value, reason=reason.strip() or None)


def prompt_for(say: Messages, doubt: Doubt | None) -> Text:
    """The line that asks; behind the last question (None), whether to take something back."""
    if doubt is None:
        return Text(f"{say('All was asked')}: {say('undo [u]')}{say(', ')}{say('finish [Enter]')} › ", style="bold")
    words = [say(_ASKED[answer]) for answer in choices(doubt)]
    words += [say("skip [Enter]"), say("undo [u]"), say("quit [q]")]
    return Text(say(", ").join(words) + " › ", style="bold")


def show_doubt(screen: Screen, doubt: Doubt, number: int, n: int) -> None:
    """A question with everything that speaks for and against it."""
    say = screen.say
    screen.out.rule(style="dim")
    screen.out.print(Text.assemble((f"{number}/{n}  ", "dim"), (say(_title(doubt)), "bold")))
    screen.out.print(Text(_about(say, doubt), style="cyan"))
    screen.out.print(Text(_why(say, doubt), style="dim"))
    for at, sentence in enumerate(doubt.sentences, 1):
        mark = f"[{at}] " if len(doubt.sentences) > 1 else ""
        said = f"{mark}{sentence.newspaper or ''} {sentence.date or ''} {sentence.doc}"
        screen.out.print(Text(printable(" ".join(said.split())), style="dim"))
        words = Text(wrap(printable(sentence.text), screen.out.width - 4))
        for name in doubt.names:
            # A line may end in the middle of a name.
            words.highlight_regex(r"\n?".join(map(re.escape, printable(name))), "bold yellow")
        screen.out.print(Padding(words, (0, 0, 0, 4)))


def list_doubts(screen: Screen, doubts: Sequence[Doubt]) -> None:
    """A table of all questions."""
    say = screen.say
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False)
    table.add_column("#", justify="right", no_wrap=True, style="dim")
    table.add_column(say("about"), overflow="fold", ratio=3)
    table.add_column(say("why"), overflow="fold", ratio=2)
    table.add_column(say("sentence"), overflow="fold", ratio=5)
    for number, doubt in enumerate(doubts, 1):
        said = "\n".join(printable(_short(sentence.text)) for sentence in doubt.sentences)
        table.add_row(str(number), Text(_about(say, doubt)), Text(_why(say, doubt)), Text(said))
    if doubts:
        screen.out.print(table)
        screen.line("{n} doubtful; kg review without --list asks about them", n=len(doubts))


def doubt_rows(doubts: Sequence[Doubt]) -> list[dict[str, object]]:
    """The questions as plain JSON values, keys in a fixed order."""
    return [
        {
            "kind": doubt.kind.value,
            "claim": doubt.claim or None,
            "entities": list(doubt.entities),
            "names": list(doubt.names),
            "facts": [{"doc": page, "fact": fact} for page, fact in doubt.facts],
            "why": [{"reason": reason, "value": value or None} for reason, value in doubt.why],
            "sentences": [asdict(sentence) for sentence in doubt.sentences],
        }
        for doubt in doubts
    ]


def _about(say: Messages, doubt: Doubt) -> str:
    """What is asked about, on one line: two names, a post with its holders, or a claim."""
    names = say(", ").join(doubt.names)
    if doubt.kind is DoubtKind.CONTRADICTION:
        return printable(f"{doubt.claim}: {names}")
    relation, _blank, rest = doubt.claim.partition(" ")
    return printable(f"{say(relation)} {rest}" if rest else names)


def _why(say: Messages, doubt: Doubt) -> str:
    return say("; ").join(
        say(_REASONS[reason], value=printable(value)) if value else say(_REASONS[reason]) for reason, value in doubt.why
    )


def _short(text: str, most: int = 60) -> str:
    return text if len(text) <= most else text[: most - 1] + "…"
