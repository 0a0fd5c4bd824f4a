"""How fast pages become a graph: characters a second of the whole build, beside jieba.posseg on the same text.

Both are measured in one run, in one process with one thread, after loading, so that the ratio means something on any
machine; in seconds of computing, so that it does on one that others use too. The text is at least 1 MB made of the seed pages' articles, shuffled into new pages; one character a sentence
is swapped for another, as a bad scan does, so that next to no sentence comes twice and no cache answers for it.

    make bench
    .venv/bin/python bench/build.py --bytes 3000000 --runs 3
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import random
import re
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path

# Both on one core: jieba has one thread, and numpy would take as many as there are. Read when numpy is imported.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

ROOT = Path(__file__).resolve().parent.parent
SEEDS = ROOT / "seeds"
GOLD = ROOT / "tests" / "gold"
REGIONS = ("浙江省衢州市柯城区", "浙江省衢州市衢江区")
PAGE_CHARACTERS = 4000
"""About what a printed page of the seeds holds."""


def seed_articles() -> list[str]:
    """The articles of the seed pages as printed, cut where the gold annotations say that each begins."""
    articles: list[str] = []
    for path in sorted(GOLD.glob("*.json")):
        gold = json.loads(path.read_text(encoding="utf-8"))
        text = (SEEDS / gold["doc"]).read_bytes().decode("utf-8")
        starts = sorted(text.index(article["starts"]) for article in gold["articles"])
        articles.extend(text[start:end].strip() for start, end in zip(starts, [*starts[1:], len(text)], strict=True))
    return articles


def misread(text: str, characters: Sequence[str], chance: random.Random) -> str:
    """The text with one Chinese character of each sentence swapped for one of `characters`."""
    sentences = re.split(r"(?<=[。！？\n])", text)
    for number, sentence in enumerate(sentences):
        places = [at for at, char in enumerate(sentence) if "\u4e00" <= char <= "\u9fff"]
        if places:
            at = chance.choice(places)
            sentences[number] = sentence[:at] + chance.choice(characters) + sentence[at + 1 :]
    return "".join(sentences)


def make_pages(n_bytes: int) -> list[str]:
    """Pages of shuffled, misread seed articles, together at least `n_bytes` of UTF-8; always the same ones."""
    chance = random.Random(2021)
    articles = seed_articles()
    characters = [char for article in articles for char in article if "\u4e00" <= char <= "\u9fff"]
    pages: list[str] = []
    page: list[str] = []
    size = 0
    while size < n_bytes:
        for article in chance.sample(articles, len(articles)):
            page.append(misread(article, characters, chance))
            if sum(map(len, page)) >= PAGE_CHARACTERS:
                pages.append("\n\n\n".join(page))
                size += len(pages[-1].encode())
                page = []
    return pages


def write_pages(pages: Sequence[str], folder: Path) -> None:
    """One file a page, with a manifest that gives each a day and a home region."""
    rows = ["file,newspaper,date,page,region,url"]
    for number, text in enumerate(pages):
        name = f"{number:05}.txt"
        (folder / name).write_bytes(text.encode())
        day = f"2021-{number // 28 % 12 + 1:02}-{number % 28 + 1:02}"
        rows.append(f"{name},今日报,{day},1,{REGIONS[number % len(REGIONS)]},")
    (folder / "pages.csv").write_text("\n".join(rows) + "\n", encoding="utf-8")


def seconds(work: Callable[[], object]) -> float:
    """How long a call computes; what other programs take of the machine meanwhile does not count."""
    start = time.process_time()
    work()
    return time.process_time() - start


class Stopwatch:
    """Progress that notes how long each stage of a build takes."""

    def __init__(self) -> None:
        self.seconds: dict[str, float] = {}
        self._name: str | None = None
        self._since = 0.0

    def stage(self, name: str) -> None:
        """Begin a stage, and end the one before."""
        now = time.process_time()
        if self._name is not None:
            self.seconds[self._name] = self.seconds.get(self._name, 0.0) + now - self._since
        self._name, self._since = name, now

    def waiting(self) -> None:
        """Nothing: nobody else builds here."""

    def started(self, n_pages: int, n_to_read: int, n_characters: int) -> None:
        """Nothing: the pages are known."""

    def reader_changed(self) -> None:
        """Nothing: every build has a folder of its own."""

    def page_done(self, page: object) -> None:
        """Nothing: single pages are not timed."""


def time_build(folder: Path, out: Path) -> dict[str, float]:
    """Seconds of each stage of a build in one process, without loading; a page that fails ends the run."""
    from kg.extraction import Extractor, Settings
    from kg.pipeline import build

    loading = seconds(lambda: Extractor(Settings()))
    stopwatch = Stopwatch()
    summary = build([folder], out, jobs=1, progress=stopwatch)
    stopwatch.stage("end")
    if summary.problems:
        raise SystemExit(f"{len(summary.problems)} pages failed, the first: {summary.problems[0]}")
    stages = stopwatch.seconds
    # The reader is made anew within `load`, which lasts until the last page is stored.
    return {
        "read files, mastheads": stages["pages"],
        "extract and store": stages["load"] + stages.get("extract", 0.0) - loading,
        "resolve": stages["resolve"],
        "view": stages["view"],
    }


def time_jieba(pages: Sequence[str]) -> float:
    """Seconds that jieba.posseg takes for the pages, line by line, after loading."""
    import jieba.posseg

    def tag() -> None:
        for page in pages:
            for line in page.splitlines():
                for _ in jieba.posseg.cut(line):
                    pass

    return seconds(tag)


def warm_up(folder: Path) -> None:
    """Load everything that is loaded once in a process: modules, gazetteers, weights, dictionaries."""
    import logging

    import jieba
    import jieba.posseg

    from kg.pipeline import build

    jieba.setLogLevel(logging.WARNING)
    jieba.initialize()
    list(jieba.posseg.cut("本报讯"))
    build([SEEDS], folder, jobs=1)


def main(arguments: Sequence[str]) -> None:
    """Measure and print the table; the best of the runs counts, for only disturbance makes a run slower."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--bytes", type=int, default=1_000_000, help="how much text, at least (UTF-8)")
    parser.add_argument("--runs", type=int, default=1, help="how often both are measured; the best counts")
    options = parser.parse_args(arguments)

    pages = make_pages(options.bytes)
    n_characters = sum(map(len, pages))
    n_bytes = sum(len(page.encode()) for page in pages)
    with tempfile.TemporaryDirectory(prefix="kg-bench-") as name:
        folder = Path(name)
        (folder / "pages").mkdir()
        write_pages(pages, folder / "pages")
        warm_up(folder / "warm")
        stages: dict[str, float] = {}
        jieba_seconds = float("inf")
        for run in range(options.runs):
            jieba_seconds = min(jieba_seconds, time_jieba(pages))
            timed = time_build(folder / "pages", folder / f"out-{run}")
            if not stages or sum(timed.values()) < sum(stages.values()):
                stages = timed
    total = sum(stages.values())

    print(
        f"{len(pages)} pages, {n_characters:,} characters, {n_bytes / 1e6:.2f} MB; Python {platform.python_version()}"
    )
    print(f"{'':24}{'seconds':>10}{'characters/s':>15}")
    for stage, time_taken in stages.items():
        print(f"  {stage:22}{time_taken:10.2f}{n_characters / max(time_taken, 1e-9):15,.0f}")
    print(f"{'whole build':24}{total:10.2f}{n_characters / total:15,.0f}")
    print(f"{'jieba.posseg':24}{jieba_seconds:10.2f}{n_characters / jieba_seconds:15,.0f}")
    print(f"whole build / jieba.posseg: {jieba_seconds / total:.2f}")


if __name__ == "__main__":
    main(sys.argv[1:])
