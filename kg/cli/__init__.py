"""The `kg` command: arguments, progress, exit codes; no logic.

Exit codes: 0 all well, 1 nothing found, 2 bad input (everything that could be used was), 130 stopped by Ctrl-C.
"""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Sequence

__all__ = ["main"]


def main(argv: Sequence[str] | None = None) -> int:
    """Run `kg` with arguments (default: those of the process).

    Returns:
        The exit code.
    """
    from kg.cli.language import take_language, translate_help
    from kg.cli.redaction import plain_redaction
    from kg.errors import InputError
    from kg.messages import Messages, choose_language

    _speak_utf8()
    arguments = list(sys.argv[1:] if argv is None else argv)
    asked, arguments = take_language(arguments)
    try:
        say = Messages(choose_language(asked, os.environ))
    except InputError as error:
        print(f"✗ {error}", file=sys.stderr)
        return 2

    from typer.main import get_command

    from kg.cli.app import make_app

    try:
        arguments = plain_redaction(arguments)
    except InputError as error:
        print(f"✗ {say.error(error)}", file=sys.stderr)
        return 2
    command = get_command(make_app(say))
    translate_help(command, say, width=shutil.get_terminal_size().columns)
    try:
        command(args=arguments, prog_name="kg")
    except SystemExit as end:
        return end.code if isinstance(end.code, int) else 1
    return 0


def _speak_utf8() -> None:
    """Chinese must come out of a terminal or pipe whose locale is C as well, and no character may stop a command."""
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(encoding="utf-8", errors="replace")
