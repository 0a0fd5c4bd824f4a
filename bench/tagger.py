"""How fast the tagger is, beside jieba.posseg on the same sentences in the same run.

    OPENBLAS_NUM_THREADS=1 python bench/tagger.py [PAGES...]

Compare ratios, not figures: a shared machine changes its mind. One thread is also what a process of many should use;
OpenBLAS's own threads wait by spinning, and slow down everything where cores are busy.
"""

from __future__ import annotations

import resource
import sys
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median

from kg.tagger import as_trained, load_tagger
from kg.text import sentence_spans

ROUNDS = 5


def seconds(run: Callable[[], object]) -> float:
    """Wall time of one run."""
    start = time.perf_counter()
    run()
    return time.perf_counter() - start


def peak_megabytes() -> float:
    """The most memory this process has held so far (Linux counts in KiB)."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def main(paths: list[Path]) -> None:
    """Print the figures of the given pages."""
    pages = []
    for path in paths:
        text = path.read_text(encoding="utf-8-sig")
        pages.append([as_trained(text[start:end]) for start, end in sentence_spans(text)])
    together = [sentence for page in pages for sentence in page]
    n_characters = sum(map(len, together))
    before = peak_megabytes()
    load = seconds(load_tagger)
    tagger = load_tagger()
    if tagger is None:
        sys.exit("no tagger")
    first = seconds(lambda: tagger.tag(together))
    print(f"{len(pages)} pages, {len(together)} sentences, {n_characters} characters")
    print(f"load {load * 1000:.0f} ms, first call {first * 1000:.0f} ms, {peak_megabytes() - before:.0f} MB")

    import jieba
    import jieba.posseg

    jieba.setLogLevel("ERROR")
    jieba.initialize()
    list(jieba.posseg.cut("热身"))
    ways: dict[str, Callable[[], object]] = {
        "jieba.posseg": lambda: [list(jieba.posseg.cut(sentence)) for sentence in together],
        "all pages at once": lambda: tagger.tag(together),
        "page by page": lambda: [tagger.tag(page) for page in pages],
        "one by one": lambda: [tagger.tag([sentence]) for sentence in together],
    }
    # Interleaved, so that a busy moment falls on every way alike.
    times = [{name: seconds(run) for name, run in ways.items()} for _ in range(ROUNDS)]
    for name in ways:
        speed = n_characters / median(time_of[name] for time_of in times)
        ratio = median(time_of["jieba.posseg"] / time_of[name] for time_of in times)
        print(f"{name:18} {speed / 1000:6.1f} thousand characters/s, {ratio:.2f} × jieba.posseg")


if __name__ == "__main__":
    given = [Path(name) for name in sys.argv[1:]]
    main(given or sorted((Path(__file__).resolve().parent.parent / "seeds").glob("*.txt")))
