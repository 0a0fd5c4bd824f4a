"""Builds an invented archive of one county newspaper, and says how fast, and how well people were told apart.

The archive has its own truth (see `archive_maker`): who each name on each page is, what happened, what was printed
again. Pages are read as any page is, so that what reading misses or misreads is part of what resolution is given.

    make bench-archive
    .venv/bin/python bench/archive.py --pages 1000 4000 10000 --out /tmp/archives
    .venv/bin/python bench/archive.py --pages 1000 --namesakes 0.15 --sweep
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, TypeVar

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

from archive_maker import make_archive, write_archive
from archive_maker.scoring import (
    Score,
    Sighted,
    b_cubed,
    happening_truth,
    of_pairs,
    pairwise,
    people_truth,
    post_truth,
    shared_names,
    whole_post,
)

from kg.knowledge import entity_index
from kg.model import Kind
from kg.resolve import PageEntities, resolve_entities, see
from kg.resolve.people import group_people
from kg.store import Store
from kg.stored import read_resolved
from kg.tenures import contradictions, is_single, successions, tenures

COUNTY = "开化县"  # of `make_archive`
ADDED = "9999-added.txt"
_Result = TypeVar("_Result")


class Stopwatch:
    """Progress that notes the seconds of each stage: on the wall clock, and of this process's own computing.

    On a machine that others use too only the second figure can be compared from run to run.
    """

    def __init__(self) -> None:
        """Nothing has begun."""
        self.seconds: dict[str, tuple[float, float]] = {}
        self._name: str | None = None
        self._since = (0.0, 0.0)
        self._first: tuple[float, float] | None = None

    def stage(self, name: str) -> None:
        """Begin a stage, and end the one before."""
        now = time.perf_counter(), time.process_time()
        if self._name is not None:
            wall, cpu = self.seconds.get(self._name, (0.0, 0.0))
            self.seconds[self._name] = wall + now[0] - self._since[0], cpu + now[1] - self._since[1]
        self._name, self._since = name, now

    def waiting(self) -> None:
        """Nothing: nobody else builds here."""

    def started(self, n_pages: int, n_to_read: int, n_characters: int) -> None:
        """Nothing: the pages are known."""

    def reader_changed(self) -> None:
        """Nothing: all pages are read again."""

    def page_done(self, page: object) -> None:
        """The first page ends the loading; what it takes itself is too little to matter."""
        if self._name == "load":
            self.stage("extract and store")


def build_archive(folder: Path) -> dict[str, tuple[float, float]]:
    """Build the pages of a folder in one process; seconds (wall, computing) of each stage, loading apart."""
    from kg.pipeline import build

    stopwatch = Stopwatch()
    summary = build([folder / "pages"], folder / "out", jobs=1, progress=stopwatch)
    stopwatch.stage("end")
    if summary.problems:
        raise SystemExit(f"{len(summary.problems)} pages failed, the first: {summary.problems[0]}")
    return stopwatch.seconds


def add_one_page(folder: Path) -> dict[str, tuple[float, float]]:
    """Seconds of the stages of a build when one page was added to an archive that is built already."""
    pages = folder / "pages"
    extra = pages / ADDED
    extra.write_text(max(pages.glob("*.txt")).read_text(encoding="utf-8"), encoding="utf-8")
    try:
        return build_archive(folder)
    finally:
        extra.unlink()


def see_pages(folder: Path) -> list[PageEntities]:
    """What resolution reads of each page of a store, but for the one that was added, of which there is no truth."""
    with Store.open(folder / "out") as store:
        return [see(record) for record in store.records() if record.page.id != ADDED]


def judge(folder: Path, pages: Sequence[PageEntities]) -> dict[str, Score]:
    """The scores of people and of happenings."""
    rows: list[dict[str, Any]] = [
        json.loads(line) for line in (folder / "truth.jsonl").read_text(encoding="utf-8").splitlines()
    ]
    truth = people_truth(rows)
    resolution = resolve_entities(pages)
    found = {
        (page.page, entity.name): resolution.ids[page.page, entity.id]
        for page in pages
        for entity in page.entities
        if entity.kind is Kind.PERSON
    }
    several = shared_names(truth)
    happened, told = happening_truth(rows, pages, resolution.ids)
    reported = {str(row["file"]): set(row["happenings"]) for row in rows}
    again = {(copy[0], first[0]) for copy, first in resolution.reprints.items()}
    right = {(copy, first) for copy, first in again if reported[copy] & reported[first]}
    printed_again = {str(row["file"]) for row in rows if row["reprints"]}
    return {
        "people, pairs": pairwise(truth, found),
        "people, B3": b_cubed(truth, found),
        "people, pairs among namesakes": pairwise(truth, found, lambda sighted: sighted[1] in several),
        "names read": Score(
            len(truth.keys() & found.keys()) / max(1, len(found)),
            len(truth.keys() & found.keys()) / max(1, len(truth)),
            len(truth),
        ),
        "happenings, pairs": pairwise(happened, told),
        "articles printed again": Score(
            len(right) / max(1, len(again)),
            len(printed_again & {copy for copy, _first in again}) / max(1, len(printed_again)),
            len(printed_again),
        ),
    }


def judge_posts(folder: Path) -> dict[str, Score]:
    """The scores of successions in offices, and of two in one post at a time, of whom no office of the archive had any."""
    with Store.open(folder / "out") as store:
        knowledge = read_resolved(store)
    rows = [json.loads(line) for line in (folder / "truth.jsonl").read_text(encoding="utf-8").splitlines()]
    followed, at_once, offices = post_truth(rows, COUNTY)
    entities = entity_index(knowledge)
    single = frozenset(entity.id for entity in entities.values() if is_single(entity))
    held = tenures(knowledge)

    def post(role: str) -> str:
        entity = entities[role]
        return whole_post(f"{entities[entity.org or ''].name}{entity.title}", COUNTY)

    def names(*people: str) -> tuple[str, ...]:
        return tuple(entities[person].name for person in people)

    told = {(post(s.role), *names(s.before.person, s.after.person)) for s in successions(held, single)}
    against = {(post(c.role), *sorted(names(c.one.person, c.other.person))) for c in contradictions(held, single)}
    in_office = {row for row in against if row[0] in offices}
    return {
        "successions in office": of_pairs(followed, {row for row in told if row[0] in offices}),
        "two heads of a school or firm": of_pairs(at_once, against - in_office),
        f"two in an office ({len(in_office)})": of_pairs(set(), in_office),
    }


def sweep(folder: Path, pages: Sequence[PageEntities]) -> list[tuple[float, Score]]:
    """Pairwise scores of people at different thresholds."""
    rows = [json.loads(line) for line in (folder / "truth.jsonl").read_text(encoding="utf-8").splitlines()]
    truth = people_truth(rows)
    blocks: dict[str, list[Any]] = {}
    for page in pages:
        for sighting in page.people:
            blocks.setdefault(sighting.name, []).append(sighting)
    scores = []
    for threshold in (-2.0, -1.0, 0.0, 1.0, 1.5, 2.0, 2.5, 3.0, 4.0, 6.0):
        found: dict[Sighted, str] = {}
        for name, block in blocks.items():
            for number, group in enumerate(group_people(block, threshold=threshold)):
                found.update(((sighting.page, name), f"{name}{number}") for sighting in group)
        scores.append((threshold, pairwise(truth, found)))
    return scores


def main(arguments: Sequence[str]) -> None:
    """Make, build and judge archives; print tables."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--pages", type=int, nargs="+", default=[1000], help="sizes of the archives")
    parser.add_argument("--seed", type=int, default=2021)
    parser.add_argument("--namesakes", type=float, default=0.05, help="share of new people named like somebody else")
    parser.add_argument("--out", type=Path, default=None, help="keep archives and builds in this folder")
    parser.add_argument("--sweep", action="store_true", help="scores at several thresholds")
    parser.add_argument("--only-judge", action="store_true", help="archives in --out are built already")
    options = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory(prefix="kg-archive-") as temporary:
        for n_pages in options.pages:
            folder = (options.out or Path(temporary)) / f"{n_pages}-{options.seed}-{options.namesakes:g}"
            run(folder, n_pages, options)


def run(folder: Path, n_pages: int, options: argparse.Namespace) -> None:
    """One archive: made, built, judged."""
    archive = make_archive(n_pages, seed=options.seed, namesakes=options.namesakes)
    n_characters = sum(len(page.text) for page in archive.pages)
    print(
        f"\n{n_pages:,} pages, {n_characters:,} characters, {archive.n_people:,} people named, "
        f"{archive.namesake_share:.1%} of them share their name with another"
    )
    if not options.only_judge:
        write_archive(archive, folder)
        show_stages("whole build", build_archive(folder), n_pages)
        show_stages("one page more", add_one_page(folder), 1)
    pages, taken = timed(lambda: see_pages(folder))
    print(f"  {'read the store':20}{taken:9.2f} s computing")
    scores, taken = timed(lambda: judge(folder, pages))
    print(f"  {'resolve and judge':20}{taken:9.2f} s computing")
    print(f"  {'':32}{'precision':>10}{'recall':>10}{'F1':>10}{'of':>12}")
    scores |= judge_posts(folder)
    for name, score in scores.items():
        print(f"  {name:32}{score.precision:10.4f}{score.recall:10.4f}{score.f1:10.4f}{score.n:12,}")
    if options.sweep:
        for threshold, score in sweep(folder, pages):
            print(f"  threshold {threshold:5.1f}   {score.precision:10.4f}{score.recall:10.4f}{score.f1:10.4f}")
    print(f"  memory at most {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:,.0f} MB", flush=True)


def show_stages(title: str, stages: dict[str, tuple[float, float]], n_pages: int) -> None:
    """The seconds of each stage, and of all without loading."""
    rows = [(name, *seconds) for name, seconds in stages.items() if name != "load"]
    rows.append((title, sum(row[1] for row in rows), sum(row[2] for row in rows)))
    for name, wall, cpu in rows:
        print(f"  {name:20}{wall:9.2f} s wall{cpu:9.2f} s computing{1000 * cpu / n_pages:9.2f} ms a page", flush=True)


def timed(work: Callable[[], _Result]) -> tuple[_Result, float]:
    """What a call returns, and its seconds of computing."""
    start = time.process_time()
    result = work()
    return result, time.process_time() - start


if __name__ == "__main__":
    main(sys.argv[1:])
