"""The language of a command line: `--lang` is taken from anywhere in it, and help texts are put into Chinese."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import typer.core
import typer.rich_utils

from kg.messages import Messages

_OPTION = "--lang"
_TITLES = ("ARGUMENTS_PANEL_TITLE", "OPTIONS_PANEL_TITLE", "COMMANDS_PANEL_TITLE", "ERRORS_PANEL_TITLE")
_ENGLISH_TITLES = {name: str(getattr(typer.rich_utils, name)) for name in _TITLES}


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


def translate_help(command: Any, say: Messages) -> None:
    """Put the help of a command, its parameters and the commands below it into the language of `say`.

    Args:
        command: as typer makes it; its type is private to typer.
    """
    for name, title in _ENGLISH_TITLES.items():
        setattr(typer.rich_utils, name, say(title))
    _translate(command, say)


def _translate(command: Any, say: Messages) -> None:
    for name in ("help", "epilog", "short_help"):
        text = getattr(command, name, None)
        if text:
            setattr(command, name, say(text))
    for param in command.params:
        _polish(param, say)
    for child in getattr(command, "commands", {}).values():
        _translate(child, say)


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
