"""Characters that OCR engines take for one another.

In: `gazetteers/look-alikes.txt`. Out: for each character those that it may be read as. Used to recognise a misread name
and, in the measuring tools, to damage pages: so the noise figures in docs/quality.md know the table that damaged them.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path

from kg.errors import InputError
from kg.gazetteers.divisions import gazetteer_folder


@lru_cache(maxsize=4)
def load_look_alikes(folder: Path | None = None) -> Mapping[str, str]:
    """For each character, those that it may be read as, in the order of the file; cached.

    Raises:
        InputError: no such file.

    >>> "土" in load_look_alikes()["士"]
    True
    """
    path = (folder or gazetteer_folder()) / "look-alikes.txt"
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except OSError as error:
        raise InputError("cannot read the look-alikes", where=str(path)) from error
    alike: dict[str, dict[str, None]] = {}
    for group in " ".join(line for line in lines if not line.startswith("#")).split():
        for char in group:
            alike.setdefault(char, {}).update((other, None) for other in group if other != char)
    return {char: "".join(others) for char, others in alike.items() if others}
