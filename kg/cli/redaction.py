"""`--redact private`, the longer spelling of `--redact`."""

from __future__ import annotations

from collections.abc import Sequence

from kg.errors import InputError

_OPTION = "--redact"
_WHO = "private"


def plain_redaction(arguments: Sequence[str]) -> list[str]:
    """The arguments with `--redact private` and `--redact=private` written `--redact`.

    An option of typer either takes a value or takes none, and `kg view --redact out` must go on naming a folder: the
    word private alone is taken away. A folder of that name is written `./private`.

    Raises:
        InputError: `--redact=` says anything but private.

    >>> plain_redaction(["view", "out", "--redact", "private"])
    ['view', 'out', '--redact']
    """
    left: list[str] = []
    before = ""
    for at, word in enumerate(arguments):
        if word == "--":
            return [*left, *arguments[at:]]
        who = word.removeprefix(_OPTION + "=")
        if who != word and who != _WHO:
            raise InputError(f"no such redaction: {who}", hint="write --redact or --redact private")
        if not (word == _WHO and before == _OPTION):
            left.append(_OPTION if who != word else word)
        before = word
    return left
