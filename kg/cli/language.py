"""The language of a command line: `--lang` is taken from anywhere in it, and help texts are put into Chinese."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

import typer.core
import typer.rich_utils
from rich.cells import cell_len

from kg.messages import Messages

_OPTION = "--lang"
_TYPERS_WORDS = (
    "ARGUMENTS_PANEL_TITLE",
    "OPTIONS_PANEL_TITLE",
    "COMMANDS_PANEL_TITLE",
    "ERRORS_PANEL_TITLE",
    "REQUIRED_LONG_STRING",
    "DEFAULT_STRING",
    "RICH_HELP",
)
_IN_ENGLISH = {name: str(getattr(typer.rich_utils, name)) for name in _TYPERS_WORDS if hasattr(typer.rich_utils, name)}
_NOT_FIRST = frozenset("，。、；：！？）》”’…")
_NOT_LAST = frozenset("（《“‘")


def take_language(arguments: Sequence[str]) -> tuple[str | None, list[str]]:
    """Take `--lang X` out of the arguments, wherever it stands before `--`; the last one counts.

    It has to be known before the commands are made, because it is the language of their help too.

    >>> take_language(["build", "seeds", "--lang", "zh"])
    ('zh', ['build', 'seeds'])
    """
    found: str | None = None
    left: list[str] = []
    words = iter(arguments)
    for word in words:
        if word == "--":
            return found, [*left, word, *words]
        if word == _OPTION:
            found = next(words, "")
        elif word.startswith(_OPTION + "="):
            found = word.removeprefix(_OPTION + "=")
        else:
            left.append(word)
    return found, left


def translate_help(command: Any, say: Messages, *, width: int) -> None:
    """Put the help of a command, its parameters and the commands below it into the language of `say`.

    Args:
        command: as typer makes it; its type is private to typer.
        width: columns of the terminal.
    """
    for name, words in _IN_ENGLISH.items():
        setattr(typer.rich_utils, name, say(words))
    _translate(command, say, width - 3)


def _translate(command: Any, say: Messages, width: int) -> None:
    for name in ("help", "short_help", "epilog"):
        text = getattr(command, name, None)
        if text:
            spoken = say(text)
            setattr(command, name, wrap(spoken, width) if say.language == "zh" else spoken)
    for param in command.params:
        _polish(param, say)
    for child in getattr(command, "commands", {}).values():
        _translate(child, say, width)


def wrap(text: str, width: int) -> str:
    """Chinese text in lines of at most `width` columns, broken between characters, none beginning with a comma.

    rich breaks at spaces only, so that 用 graph.html 看 leaves half a line empty before a Latin word.
    """
    return "\n".join(line for given in text.split("\n") for line in _wrap_line(given, width))


def _wrap_line(line: str, width: int) -> list[str]:
    if cell_len(line) <= width:
        return [line]
    lines: list[list[str]] = [[]]
    for piece in re.findall(r"[!-~]+| +|[^ -~]", line):
        last = lines[-1]
        if sum(map(cell_len, last)) + cell_len(piece) <= width:
            last.append(piece)
            continue
        carried = [piece]
        while len(last) > 1 and (carried[0] in _NOT_FIRST or last[-1] in _NOT_LAST):
            carried.insert(0, last.pop())
        lines.append(carried)
    return ["".join(pieces).strip(" ") if at else "".join(pieces).rstrip(" ") for at, pieces in enumerate(lines)]


def _polish(param: Any, say: Messages) -> None:
    """Translate a parameter's help, and leave out types that say nothing to a reader (`<bool>`, `<list[str]>`)."""
    if getattr(param, "help", None):
        param.help = say(param.help)
    if getattr(param, "is_flag", False) or isinstance(param, typer.core.TyperArgument):
        param.display_type_rich = lambda ctx: ""


def speaking(kind: type[Any], say: Messages) -> type[Any]:
    """A command class of typer whose own `--help` option speaks the language of `say`.

    Args:
        kind: `typer.core.TyperCommand` or `typer.core.TyperGroup`.
    """

    class Speaking(kind):  # type: ignore[misc] # a class made of an argument; typer's commands are typed as Any here
        def get_help_option(self, ctx: Any) -> Any:
            option = super().get_help_option(ctx)
            if option is not None:
                _polish(option, say)
            return option

    return Speaking
