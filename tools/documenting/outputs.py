"""Commands shown in documents together with what they print: run anew, compared or put in.

A block that begins with ```` ```console ```` holds lines `$ kg …` and below each its output. ```` ```console lines=1-4,9 ```` shows only
these lines of what a command prints, with `…` for what is left out; one list of lines a command, parted by `;`. The blocks of a
document are run in order in one folder that has `seeds/` and `tests/`, 80 columns wide, in Chinese unless the block says `lang=en`.
"""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

_BLOCK = re.compile(r"^```console([^\n]*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_WIDTH = 80


def blocks(text: str) -> list[tuple[str, list[str]]]:
    """Settings and commands of each console block of a Markdown text, in order.

    >>> blocks("```console lines=1\\n$ kg stats out\\n 3 pages\\n…\\n```\\n")
    [('lines=1', ['kg stats out'])]
    """
    return [(head.strip(), re.findall(r"^\$ (.+)$", body, re.MULTILINE)) for head, body in _BLOCK.findall(text)]


def rewritten(text: str, *, root: Path, folder: Path) -> str:
    """A Markdown text with the output of each console block as the commands print it now.

    Args:
        root: the repository; its `kg` is run.
        folder: an empty folder to run in.

    Raises:
        RuntimeError: a command ended with another exit code than 0 or 1.
    """
    for name in ("seeds", "tests"):
        if not (folder / name).exists():
            (folder / name).symlink_to(root / name)

    def fill(block: re.Match[str]) -> str:
        settings = dict(word.split("=", 1) for word in block[1].split())
        choices = settings.get("lines", "").split(";")
        shown: list[str] = []
        for at, command in enumerate(re.findall(r"^\$ (.+)$", block[2], re.MULTILINE)):
            printed = run(command, root=root, folder=folder, language=settings.get("lang", "zh"))
            shown += [f"$ {command}", *shortened(printed, choices[at] if at < len(choices) else "")]
        return f"```console{block[1]}\n" + "\n".join(shown) + "\n```"

    return _BLOCK.sub(fill, text)


def run(command: str, *, root: Path, folder: Path, language: str) -> list[str]:
    """The lines that a shell command prints, without blanks at their ends.

    Raises:
        RuntimeError: it ended with another exit code than 0 or 1 (nothing found).
    """
    environment = {name: value for name, value in os.environ.items() if not name.startswith(("LC_", "KG_", "PYTEST"))}
    environment |= {"LANG": {"zh": "zh_CN.UTF-8", "en": "en_GB.UTF-8"}[language], "COLUMNS": str(_WIDTH)}
    environment |= {"PYTHONPATH": str(root), "NO_COLOR": "1", "TERM": "dumb"}
    program = f'kg() {{ {shlex.quote(sys.executable)} -m kg "$@"; }}\n'
    ended = subprocess.run(
        ["bash", "-c", program + command], cwd=folder, env=environment, capture_output=True, text=True, encoding="utf-8"
    )
    if ended.returncode not in (0, 1):
        raise RuntimeError(f"{command}: exit code {ended.returncode}: {ended.stderr.strip()}")
    return [line.rstrip() for line in ended.stdout.rstrip("\n").splitlines()]


def shortened(lines: list[str], choice: str) -> list[str]:
    """The lines chosen, counted from 1, with `…` where some are left out; all of them for an empty choice.

    >>> shortened(["a", "b", "c", "d"], "1,3-4")
    ['a', '…', 'c', 'd']
    >>> shortened(["a", "b", "c"], "1-2")
    ['a', 'b', '…']
    """
    if not choice:
        return lines
    kept = sorted(number for number in _numbers(choice) if number <= len(lines))
    shown: list[str] = []
    before = 0
    for number in [*kept, len(lines) + 1]:
        if number > before + 1:
            shown.append("…")
        if number <= len(lines):
            shown.append(lines[number - 1])
        before = number
    return shown


def _numbers(choice: str) -> Iterator[int]:
    for part in choice.split(","):
        first, _, last = part.partition("-")
        yield from range(int(first), int(last or first) + 1)
