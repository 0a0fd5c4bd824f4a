"""The explorer opened in a real browser: what several test files need (a pytest plugin, named in those).

Needs Chromium (`KG_CHROMIUM`, else one of Debian's names). Without one these tests skip and say so; under CI=true they
fail instead.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest
from graph_generator import generate
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright
from viewer_sample import county, hostile

from kg.knowledge import Knowledge
from kg.model import Fact, Relation
from kg.pipeline import build, load_knowledge
from kg.viewer import write_view

ROOT = Path(__file__).parent.parent
CI = os.environ.get("CI") == "true"
ARGUMENTS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


def not_run(reason: str) -> None:
    """Skip loudly; under CI=true fail."""
    if CI:
        pytest.fail(reason)
    pytest.skip(f"NOT RUN: {reason}")


def chromium() -> str | None:
    named = os.environ.get("KG_CHROMIUM")
    return named or shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    path = chromium()
    if path is None:
        not_run("no Chromium; install Debian's package chromium, or name one in KG_CHROMIUM")
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=path, args=list(ARGUMENTS))
        yield opened
        opened.close()


@pytest.fixture(scope="session")
def graphs(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Knowledge]:
    """By name: with known answers, hostile, generated small and large, and read from the seed pages."""
    out = tmp_path_factory.mktemp("built")
    build([ROOT / "seeds"], out)
    return {
        "county": county(),
        "hostile": hostile(),
        "crowd": generate(3000, seed=7),
        "large": generate(100_000),
        "seeds": load_knowledge(out)[0],
    }


@pytest.fixture(scope="session")
def files(tmp_path_factory: pytest.TempPathFactory, graphs: dict[str, Knowledge]) -> dict[str, Path]:
    folder = tmp_path_factory.mktemp("explorer")
    made = graphs
    for name, knowledge in made.items():
        write_view(knowledge, folder / f"{name}.html")
    return {name: folder / f"{name}.html" for name in made}


class Opened:
    """A page, and everything that went wrong or out of it."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.wrong: list[str] = []
        page.on("console", lambda message: self.wrong.append(f"{message.type}: {message.text}"))
        page.on("pageerror", lambda error: self.wrong.append(str(error)))
        page.on("request", self._request)
        page.on("dialog", lambda dialog: (self.wrong.append("dialog"), dialog.dismiss()))

    def _request(self, request: object) -> None:
        url = getattr(request, "url", "")
        if not url.startswith(("file:", "data:", "blob:")):
            self.wrong.append(f"request {url}")

    def open(self, path: Path, hash: str = "") -> Page:
        self.page.goto(f"{path.as_uri()}{hash}")
        self.page.wait_for_selector('body[data-ready="1"]')
        return self.page


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    made = browser.new_context(locale="zh-CN", viewport={"width": 1440, "height": 900})
    made.set_default_timeout(15_000)
    yield made
    made.close()


@pytest.fixture
def explore(context: BrowserContext, files: dict[str, Path]) -> Iterator[Callable[..., Page]]:
    """Open one of the files, at a hash; whatever the page logs, throws or asks of a network fails the test."""
    opened = Opened(context.new_page())
    yield lambda name, hash="": opened.open(files[name], hash)
    assert opened.wrong == []


def nodes(page: Page) -> list[str]:
    return (page.get_attribute("#canvas", "data-nodes") or "").split()


def click_at(page: Page, *ids: str, double: bool = False) -> None:
    """Click an entity, or the middle of the link between two."""
    boxes = page.evaluate("explorer.boxes()")
    x, y = (sum(boxes[name][axis] for name in ids) / len(ids) for axis in "xy")
    (page.mouse.dblclick if double else page.mouse.click)(x, y)


def type_in_search(page: Page, text: str) -> list[str]:
    page.keyboard.press("/")
    page.fill("#search", text)
    return page.eval_on_selector_all("#found [data-row]", "found => found.map(row => row.dataset.row)")


def totals(page: Page) -> tuple[int, int, int]:
    line = page.locator("#total-line")
    shown, hidden, total = (int(line.get_attribute(f"data-{name}") or -1) for name in ("shown", "hidden", "total"))
    return shown, hidden, total


def together(facts: tuple[Fact, ...], me: str, other: str, days: int) -> tuple[int, int]:
    """Events that name both; my dated visits where the other was at the place within `days` days."""

    def events(person: str) -> set[str]:
        return {fact.object for fact in facts if fact.relation is Relation.PARTICIPATED_IN and fact.subject == person}

    def visits(person: str) -> list[tuple[str, date]]:
        return [
            (fact.object, date.fromisoformat(fact.date))
            for fact in facts
            if fact.relation is Relation.VISITED and fact.subject == person and fact.date and len(fact.date) == 10
        ]

    theirs = visits(other)
    near = sum(any(at == spot and abs((day - then).days) <= days for spot, then in theirs) for at, day in visits(me))
    return len(events(me) & events(other)), near
