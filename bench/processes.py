"""How much of reading and storing pages can be shared by processes, and how much the one that stores does alone.

On a machine that others use too the wall clock says little. Processor time says what two free cores could do: they share
the sum of all processes' work, and the one that stores cannot be shared.

    .venv/bin/python bench/processes.py --pages 2000 --jobs 1 2
"""

from __future__ import annotations

import argparse
import os
import resource
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

from archive_maker import make_archive, write_archive


def read_and_store(pages: Path, out: Path, jobs: int) -> tuple[float, float, float]:
    """Seconds on the wall clock, of this process, and of the processes that it started; loading is part of all."""
    from kg.extraction import Settings
    from kg.pages import read_pages
    from kg.pipeline.reading import Failure, read_records
    from kg.store import Store, content_key

    found = read_pages([pages]).pages
    wall, own, others = time.perf_counter(), time.process_time(), _children()
    with Store.create(out) as store:
        for result in read_records(found, Settings(), jobs=jobs):
            if isinstance(result, Failure):
                raise SystemExit(str(result.error))
            store.put(result, content_key=content_key(result.page, ""))
    return time.perf_counter() - wall, time.process_time() - own, _children() - others


def _children() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def main(arguments: Sequence[str]) -> None:
    """Measure and print a line for each number of processes."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--pages", type=int, default=2000)
    parser.add_argument("--jobs", type=int, nargs="+", default=[1, 2])
    options = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory(prefix="kg-bench-") as name:
        folder = Path(name)
        write_archive(make_archive(options.pages), folder)
        print(f"{options.pages} pages; load {os.getloadavg()[0]:.1f}")
        print("processes      wall       own    others   speed-up that free cores allow")
        alone = None
        for jobs in options.jobs:
            wall, own, others = read_and_store(folder / "pages", folder / f"out-{jobs}", jobs)
            alone = alone or own + others
            # As many cores as processes: they share all work, and never wait for less than what one does alone.
            least = max((own + others) / jobs, own)
            print(f"{jobs:9}{wall:10.1f}{own:10.1f}{others:10.1f}{alone / least:10.2f}")


if __name__ == "__main__":
    main(sys.argv[1:])
