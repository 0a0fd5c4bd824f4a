"""How long each export takes and how much memory, on a generated graph; one process a format.

    .venv/bin/python bench/exports.py
    .venv/bin/python bench/exports.py --facts 100000 --formats graphml gexf

Each format is written in a process of its own, so that its peak of memory is its own; the graph is generated first and
is part of that peak, but not of the time. The seconds of CPU tell what a machine that does nothing else would need.
Nothing in the tests asserts on these figures.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


def measure(format: str, n_facts: int) -> dict[str, float]:
    """Seconds and bytes of one format, and the process's memory in MB before and at its peak."""
    sys.path.insert(0, str(ROOT / "tests"))
    from graph_generator import generate

    from kg.exports import FORMATS, write_exports

    knowledge = generate(n_facts)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    with tempfile.TemporaryDirectory(prefix="kg-bench-") as folder:
        start, worked = time.perf_counter(), time.process_time()
        if format == "redact":
            from kg.redact import redact_private

            redact_private(knowledge)
            paths: tuple[Path, ...] = ()
        else:
            formats = tuple(FORMATS) if format == "together" else (format,)
            written = write_exports(knowledge, Path(folder), formats=formats)
            paths = tuple(path for found in written.values() for path in found)
        seconds, cpu = time.perf_counter() - start, time.process_time() - worked
        size = sum(path.stat().st_size for path in paths)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return {"seconds": seconds, "cpu": cpu, "megabytes": size / 1e6, "before": before, "peak": peak}


def main(arguments: Sequence[str]) -> None:
    """Measure every format and print the table of docs/performance-exports.md."""
    from kg.exports import FORMATS

    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--facts", type=int, default=100_000, help="how many facts the graph has, at least")
    parser.add_argument(
        "--formats",
        nargs="+",
        default=[*FORMATS, "redact", "together"],
        help="which formats; redact is one too, and together (all in one call)",
    )
    parser.add_argument("--one", help=argparse.SUPPRESS)
    options = parser.parse_args(arguments)
    if options.one:
        print(json.dumps(measure(options.one, options.facts)))
        return
    load = f"load {os.getloadavg()[0]:.1f}, {os.cpu_count()} cores"
    print(f"{load}\n\n| format | seconds | of them CPU | size, MB | memory before, MB | peak, MB |")
    print("| --- | --: | --: | --: | --: | --: |")
    for format in options.formats:
        command = [sys.executable, __file__, "--facts", str(options.facts), "--one", format]
        row = json.loads(subprocess.run(command, capture_output=True, check=True, text=True).stdout)
        print(
            f"| {format} | {row['seconds']:.1f} | {row['cpu']:.1f} | {row['megabytes']:.0f} | {row['before']:.0f} | {row['peak']:.0f} |",
            flush=True,
        )


if __name__ == "__main__":
    main(sys.argv[1:])
