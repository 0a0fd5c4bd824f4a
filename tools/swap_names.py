"""Gives annotated pages other names, so that a rule which knows the pages instead of the language is found out.

In: a folder of pages with its `pages.csv`, and their gold. Out: the same stories told of another county: every person
(but those of `KEPT`), division, natural village, company and site gets another name of the same kind, on the page and
in its gold alike, codes included. Words that only point (我区, 区委) stay. A swapped page is used only if its gold
projects onto it exactly where the old gold did. The same seed gives the same names.

    python tools/swap_names.py --seed 1 seeds tests/gold OUT      → OUT/*.txt, OUT/pages.csv, OUT/gold/*.json
"""

from __future__ import annotations

import argparse
import csv
import io
import json
import random
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from swapping.carried_gold import carry_gold, gold_row_page
from swapping.new_names import choose_names, plain_surfaces
from swapping.replacement import Rewritten, rewrite

from kg.errors import InputError
from kg.evaluate.scoresheet import project
from kg.gazetteers import Divisions, load_divisions

Row = dict[str, Any]
_ATTEMPTS = 80


@dataclass(frozen=True, slots=True)
class SwappedPage:
    """A page under other names: file name, text, gold, manifest row, and new name by old."""

    file: str
    text: str
    gold: Row
    manifest: Mapping[str, str]
    names: Mapping[str, str]


def swap_page(
    text: str, gold: Row, manifest: Mapping[str, str], *, seed: int, divisions: Divisions | None = None
) -> SwappedPage:
    """Swap the names of one page.

    Args:
        text: the page.
        gold: its gold file as read from JSON.
        manifest: its row of `pages.csv`; `file` and `region` are needed.
        seed: decides every name, together with the file's name.
        divisions: those that the page is moved among.

    Raises:
        InputError: the home region is unknown, or no names were found under which the gold fits the text.
    """
    divisions = divisions or load_divisions()
    home = divisions.parse_region(manifest["region"])
    if home is None:
        raise InputError("unknown home region", where=manifest["file"], hint=manifest["region"])
    why = "no county has the divisions that the page names"
    for attempt in range(_ATTEMPTS):
        # A string seeds the same on every machine and Python; the attempt is part of it.
        rng = random.Random(f"{seed}/{manifest['file']}/{attempt}")
        choice = choose_names(text, gold, home, divisions, rng)
        if choice is None:
            continue
        names, codes = choice
        rewritten = rewrite(text, names)
        swapped = carry_gold(gold, rewritten, codes)
        flaw = _flaw(text, gold, rewritten, swapped)
        if flaw is None:
            row = {key: rewritten.apply(value or "") for key, value in manifest.items() if key != "file"}
            return SwappedPage(manifest["file"], rewritten.text, swapped, {"file": manifest["file"], **row}, names)
        why = flaw
    raise InputError("no other names fit this page", where=manifest["file"], hint=why)


def swap_folder(pages: Path, gold: Path, out: Path, *, seed: int) -> tuple[SwappedPage, ...]:
    """Swap every page of a folder that has gold, and write pages, `pages.csv` and `gold/` to `out`.

    Raises:
        InputError: as `swap_page`, or `pages` has no `pages.csv`.
    """
    manifest_path = pages / "pages.csv"
    if not manifest_path.is_file():
        raise InputError("no pages.csv here", where=str(pages), hint="the home region of each page is needed")
    rows = {row["file"]: row for row in csv.DictReader(io.StringIO(manifest_path.read_text("utf-8-sig")))}
    swapped = []
    for path in sorted(gold.glob("*.json")):
        row = json.loads(path.read_text("utf-8"))
        text = (pages / row["doc"]).read_bytes().decode("utf-8-sig")
        swapped.append(swap_page(text, row, rows[row["doc"]], seed=seed))
    (out / "gold").mkdir(parents=True, exist_ok=True)
    for page in swapped:
        (out / page.file).write_bytes(page.text.encode("utf-8"))
        name = Path(page.file).with_suffix(".json").name
        (out / "gold" / name).write_text(json.dumps(page.gold, ensure_ascii=False, indent=1) + "\n", "utf-8")
    with (out / "pages.csv").open("w", encoding="utf-8", newline="") as handle:
        writer = csv.DictWriter(handle, fieldnames=list(swapped[0].manifest), lineterminator="\n")
        writer.writeheader()
        writer.writerows(page.manifest for page in swapped)
    return tuple(swapped)


def _flaw(text: str, gold: Row, rewritten: Rewritten, swapped: Row) -> str | None:
    """What is wrong with a swapped page, or None: its gold must lie where the old gold lay, and be on the page."""
    ids = [entity["id"] for entity in swapped["entities"]]
    if len(set(ids)) < len(ids):
        return "two entities got one name"
    was, was_optional = project(gold_row_page(gold), text)
    now, now_optional = project(gold_row_page(swapped), rewritten.text)
    moved = {rewritten.span(*span): (rewritten.apply(name), kind) for span, (name, kind) in was.items()}
    if moved != now:
        differing = sorted(set(moved.items()) ^ set(now.items()))[0]
        return f"the gold would lie elsewhere: {differing}, {rewritten.text[slice(*differing[0])]!r}"
    if {rewritten.span(*span) for span in was_optional} != set(now_optional):
        return "what is optional would differ"
    for words in plain_surfaces(swapped):
        if words not in rewritten.text:
            return f"{words!r} would not stand on the page"
    return None


def main(arguments: list[str]) -> int:
    """Run the command line; 0, or 2 with one line on standard error."""
    parser = argparse.ArgumentParser(description="Swap the names of annotated pages.")
    parser.add_argument("--seed", type=int, default=1, help="decides the names (default 1)")
    parser.add_argument("--show", action="store_true", help="print old and new names")
    parser.add_argument("pages", type=Path, help="folder of pages with pages.csv")
    parser.add_argument("gold", type=Path, help="folder of gold files")
    parser.add_argument("out", type=Path, help="folder to write to")
    options = parser.parse_args(arguments)
    try:
        swapped = swap_folder(options.pages, options.gold, options.out, seed=options.seed)
    except (InputError, OSError) as error:
        print(error, file=sys.stderr)
        return 2
    for page in swapped if options.show else ():
        print(page.file, " ".join(f"{old}→{new}" for old, new in sorted(page.names.items())))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
