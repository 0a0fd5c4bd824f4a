"""Measure the explorer on a generated graph: `python tools/measure_viewer.py [FACTS]` prints a Markdown table.

Figures go into docs/performance-viewer.md by hand, with the machine they were taken on. Nothing asserts on them: a
shared machine is no stopwatch.
"""

from __future__ import annotations

import os
import shutil
import statistics
import sys
import tempfile
import time
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "tests")]

from browsing import ARGUMENTS  # noqa: E402  the path is set above
from graph_generator import generate  # noqa: E402

from kg.viewer import write_view  # noqa: E402

TYPED = ("zsf", "李", "wang", "书记", "村", "lm", "zhang wei", "2021", "东溪", "x")
RUNS = int(os.environ.get("RUNS", "5"))


def measures(page: Page, name: str) -> list[float]:
    """Durations in milliseconds that the page itself recorded since the last call."""
    found: list[float] = page.evaluate(
        "name => { const all = performance.getEntriesByName(name, 'measure').map(one => one.duration);"
        " performance.clearMeasures(name); return all; }",
        name,
    )
    return found


def until_painted(page: Page, script: str) -> float:
    """Milliseconds from running a script in the page to the frame after the next, so that drawing is counted."""
    took: float = page.evaluate(
        "async script => { const from = performance.now(); new Function(script)();"
        " await new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)));"
        " return performance.now() - from; }",
        script,
    )
    return took


def row(what: str, values: list[float], unit: str, goal: str) -> str:
    return f"| {what} | {statistics.median(values):.3g} {unit} | {max(values):.3g} {unit} | {goal} |"


def main() -> None:
    """Generate, write, open and print."""
    n_facts = int(sys.argv[1]) if len(sys.argv) > 1 else 100_000
    knowledge = generate(n_facts)
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        path = Path(folder) / "view.html"
        begin = time.perf_counter()
        write_view(knowledge, path)
        wrote = time.perf_counter() - begin
        chromium = os.environ.get("KG_CHROMIUM") or shutil.which("chromium")
        browser = playwright.chromium.launch(executable_path=chromium, args=list(ARGUMENTS))
        ready: list[float] = []
        searches: list[float] = []
        draws: list[float] = []
        drawn: list[float] = []
        for _ in range(RUNS):
            page = browser.new_page(viewport={"width": 1440, "height": 900}, bypass_csp=True)
            begin = time.perf_counter()
            page.goto(path.as_uri())
            page.wait_for_selector('body[data-ready="1"]')
            ready.append(time.perf_counter() - begin)
            for typed in TYPED:
                page.fill("#search", typed)
            searches += measures(page, "search")
            page.fill("#search", "")
            drawn.append(until_painted(page, "document.querySelector('.ways a').click()"))
            for key in ("ArrowRight", "ArrowUp", "ArrowLeft"):
                page.focus("#canvas")
                page.keyboard.press(key)
                if page.locator("#expand").count():
                    draws.append(until_painted(page, "document.getElementById('expand').click()"))
            page.close()
        browser.close()
        print(f"{len(knowledge.facts):,} facts, {len(knowledge.entities):,} entities, written in {wrote:.1f} s\n")
        print("| what | median | worst | goal |\n| --- | --- | --- | --- |")
        print(f"| size of the file | {path.stat().st_size / 1e6:.1f} MB | | 15 MB |")
        print(row("opened, landing panel drawn", ready, "s", "2 s"))
        print(row("a search, one key typed", searches, "ms", "20 ms"))
        print(row("focus on the busiest person, panel included", drawn, "ms", "300 ms"))
        print(row("expand a node, panel included", draws, "ms", "300 ms"))


if __name__ == "__main__":
    main()
