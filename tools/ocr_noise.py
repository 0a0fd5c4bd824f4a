"""Damages a page as OCR engines do, and says where each character went, so that its gold can be carried along.

In: a text, the share of its characters to damage, a seed. Out: the damaged text with the new offset of every old
character. Of the damages 70 % are confusions with a look-alike, 15 % lost characters, 15 % lines broken in the middle.
The table of look-alikes (gazetteers/look-alikes.txt) is general: it was written from what characters look like, not from any
page. The extraction knows it, too, so that it reads this damage better than mistakes that are not in the table.

    python tools/ocr_noise.py --rate 0.03 --seed 1 PAGE.txt > NOISED.txt
"""

from __future__ import annotations

import argparse
import random
import sys
from dataclasses import dataclass
from pathlib import Path

from kg.gazetteers import load_look_alikes

LOOK_ALIKES = load_look_alikes()


@dataclass(frozen=True, slots=True)
class Noised:
    """A damaged text. `places[i]` is where the i-th old character (or what it was read as) stands, None if lost."""

    text: str
    places: tuple[int | None, ...]

    def span(self, start: int, end: int) -> tuple[int, int] | None:
        """Where an old span lies: from its first to its last character left, breaks included; None if none is left."""
        left = [place for place in self.places[start:end] if place is not None]
        return (left[0], left[-1] + 1) if left else None


def add_noise(text: str, *, rate: float, seed: int | str) -> Noised:
    """Damage a share of the characters of a text; line breaks and blanks are left alone.

    Args:
        text: the clean page.
        rate: how many damages for each character that is not blank, 0–1.
        seed: decides where and what; the same seed damages the same text alike everywhere.

    >>> add_noise("1月12日下午，区委书记到村里", rate=0.0, seed=1).text
    '1月12日下午，区委书记到村里'
    """
    rng = random.Random(f"noise/{seed}/{rate}")
    printed = [at for at, char in enumerate(text) if not char.isspace()]
    n_damages = round(rate * len(printed))
    n_lost = n_broken = round(0.15 * n_damages)
    chosen = rng.sample(printed, n_lost + n_broken)
    lost, broken = set(chosen[:n_lost]), set(chosen[n_lost:])
    left = [at for at in printed if text[at] in LOOK_ALIKES and at not in lost and at not in broken]
    confused = set(rng.sample(left, min(len(left), n_damages - n_lost - n_broken)))
    pieces: list[str] = []
    places: list[int | None] = []
    at_new = 0
    for at, char in enumerate(text):
        if at in lost:
            places.append(None)
            continue
        if at in broken:
            gap = rng.choice(("\n", "\n\n"))
            pieces.append(gap)
            at_new += len(gap)
        pieces.append(rng.choice(LOOK_ALIKES[char]) if at in confused else char)
        places.append(at_new)
        at_new += 1
    return Noised("".join(pieces), tuple(places))


def main(arguments: list[str]) -> int:
    """Print a damaged page; 0, or 2 with one line on standard error."""
    parser = argparse.ArgumentParser(description="Damage a page as OCR does.")
    parser.add_argument("--rate", type=float, default=0.03, help="damages for each character (default 0.03)")
    parser.add_argument("--seed", type=int, default=1, help="decides where (default 1)")
    parser.add_argument("page", type=Path)
    options = parser.parse_args(arguments)
    try:
        text = options.page.read_bytes().decode("utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        print(error, file=sys.stderr)
        return 2
    sys.stdout.buffer.write(add_noise(text, rate=options.rate, seed=options.seed).text.encode("utf-8"))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
