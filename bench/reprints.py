"""Prints articles of an invented archive again, damaged in several ways, and says how many are recognised.

Beside them near misses: the same form filled in anew, with other people, another day, other places or other numbers. None of
these is a reprint. All pages are read as any page is. The archive is one that `bench/archive.py --out` has built.

    .venv/bin/python bench/archive.py --pages 4000 --seed 33 --out /tmp/archives
    .venv/bin/python bench/reprints.py /tmp/archives/4000-33-0.05
"""

from __future__ import annotations

import argparse
import json
import os
import random
import re
import sys
import time
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "tools"))

from ocr_noise import add_noise

from kg.extraction import Extractor
from kg.model import Issue, Kind, Page, PageRecord
from kg.resolve import see
from kg.resolve.repeats import find_copies, find_reprints
from kg.resolve.sightings import SeenArticle
from kg.store import Store

AGAIN = (
    "as it was",
    "1 % misread",
    "2 % misread",
    "cut short",
    "new headline",
    "2 % misread, cut",
    "2 % misread, headline",
)
FORMS = ("all else", "other people", "another day", "other places", "other numbers")
LEAST = 140
"""Characters of an article below which it is not chosen."""
ADDED = "9999-added.txt"  # bench/archive.py leaves it in the store
_DAY = re.compile(r"(\d{1,2})月(\d{1,2})日")
_NUMBER = re.compile(r"\d{2,}(?![月日\d])")


@dataclass(frozen=True, slots=True)
class Original:
    """An article of the archive; `people` and `places` are the names that it was read to have."""

    ref: tuple[str, str]
    text: str
    people: tuple[str, ...]
    places: tuple[str, ...]


def originals(records: Iterable[PageRecord]) -> Iterator[Original]:
    """The articles that are long enough."""
    for record in records:
        for article in record.articles:
            text = record.page.text[article.span.start : article.span.end]
            named = [mention for mention in record.mentions if mention.article == article.id]
            people = {m.surface for m in named if m.kind is Kind.PERSON}
            places = {
                m.surface for m in named if m.kind is Kind.PLACE and m.surface[-1] in "村镇乡" and len(m.surface) > 2
            }
            if len(text) >= LEAST:
                yield Original((record.page.id, article.id), text, tuple(sorted(people)), tuple(sorted(places)))


def printed_again(text: str, how: str, seed: int) -> str:
    """The text as a later page prints it."""
    if "headline" in how:
        text = "重温当年的这一天\n\n" + text.split("\n\n", 1)[-1]
    if "misread" in how:
        text = add_noise(text, rate=int(how[0]) / 100, seed=seed).text
    if "cut" in how:
        text = text[: int(0.6 * len(text))]
    return text


def filled_in_anew(original: Original, what: str, chance: random.Random, names: Sequence[Sequence[str]]) -> str | None:
    """The same form telling of something else; None where it has nothing to change."""
    text = original.text
    n_changed = 0
    for kind, told, others in zip(
        ("other people", "other places"), (original.people, original.places), names, strict=True
    ):
        if what in (kind, "all else") and len(told) > 1:
            n_changed += 1
            for name in told:
                text = text.replace(name, chance.choice(others))
    if what in ("another day", "all else") and _DAY.search(text):
        n_changed += 1
        text = _DAY.sub(lambda day: f"{int(day[1]) % 12 + 1}月{chance.randrange(1, 29)}日", text)
    if what in ("other numbers", "all else") and len(set(_NUMBER.findall(text))) > 1:
        n_changed += 1
        text = _NUMBER.sub(lambda number: str(chance.randrange(10, 10 ** len(number[0]))), text)
    return text if n_changed else None


def main(arguments: Sequence[str]) -> None:
    """Print, read and judge; print a table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path, help="an archive that bench/archive.py has built")
    parser.add_argument("--seed", type=int, default=1, help="which articles, and where they are damaged")
    parser.add_argument("--each", type=int, default=100, help="articles of each sort")
    options = parser.parse_args(arguments)
    with Store.open(options.folder / "out") as store:
        records = [record for record in store.records() if record.page.id != ADDED]
    articles = [article for record in records for article in see(record).articles]
    choice = list(originals(records))
    chance = random.Random(options.seed)
    names = [
        sorted({name for o in choice for name in getattr(o, kind) if len(name) == 3}) for kind in ("people", "places")
    ]
    chosen = chance.sample(choice, options.each * (len(AGAIN) + len(FORMS)))
    pages: dict[str, tuple[str, Original]] = {}
    texts: dict[str, str] = {}
    for at, original in enumerate(chosen):
        what = (*AGAIN, *FORMS)[at // options.each]
        text = (
            printed_again(original.text, what, at) if what in AGAIN else filled_in_anew(original, what, chance, names)
        )
        if text is not None:
            page = f"again-{at:05}"
            pages[page], texts[page] = (what, original), text
    issue = Issue("今日新报", "2031-01-01", region_code="330824")
    read = Extractor().read_many(Page(page, page, page, text, issue) for page, text in texts.items())
    new = [article for record in read if isinstance(record, PageRecord) for article in see(record).articles]
    start = time.process_time()
    find_copies([*articles, *new])
    print(f"{len(articles) + len(new):,} articles, {time.process_time() - start:.2f} s computing to find reprints")
    show(options.folder, pages, articles, new)


def show(
    folder: Path, pages: dict[str, tuple[str, Original]], articles: Sequence[SeenArticle], new: Sequence[SeenArticle]
) -> None:
    """Print how many of each sort are claimed, and how many claims are right."""
    told = {}
    for line in (folder / "truth.jsonl").read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        told[str(row["file"])] = set(row["happenings"])
    first = find_reprints([*articles, *new])
    claimed: dict[str, list[tuple[str, str]]] = {}
    for (page, _article), original in first.items():
        if page in pages:
            claimed.setdefault(page, []).append(original)
    n = Counter(what for what, _original in pages.values())
    right: Counter[str] = Counter()
    wrong: Counter[str] = Counter()
    for page, claims in claimed.items():
        what, original = pages[page]
        # The first print of what was chosen, or another report of the same happening.
        fitting = {original.ref, first.get(original.ref, original.ref)}
        ok = [claim in fitting or bool(told.get(claim[0], set()) & told[original.ref[0]]) for claim in claims]
        right[what] += any(ok)
        wrong[what] += not all(ok)
    print(f"{'':26}{'pages':>8}{'claimed':>10}{'wrongly':>10}")
    for what in AGAIN:
        print(f"{what:26}{n[what]:8}{right[what]:10}{wrong[what]:10}")
    for what in FORMS:
        print(f"not one: {what:17}{n[what]:8}{right[what] + wrong[what]:10}")


if __name__ == "__main__":
    main(sys.argv[1:])
