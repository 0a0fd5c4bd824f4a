"""The documentation's site, built as `make docs` builds it: links, search in Chinese, what it loads, how wide it is.

Skipped with a reason where Sphinx is missing; with CI=true that is a failure as soon as the lock has it. The last tests
need Chromium, like those of the explorer.
"""

from __future__ import annotations

import doctest
import importlib
import os
import re
import shutil
import sys
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import unquote, urlsplit

import pytest
from outside_readers import reader
from test_docs import ROOT, command_line, every_command, public, read

if TYPE_CHECKING:
    from playwright.sync_api import Browser

sys.path.insert(0, str(ROOT / "tools"))

pytestmark = pytest.mark.filterwarnings("ignore:.*Check CHANGES for Sphinx API modifications")  # myst-parser 5

LOCKED = re.search(r"^sphinx==", read("requirements-dev.lock"), flags=re.MULTILINE) is not None


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site; its build fails on any warning of Sphinx."""
    for module, package in (
        ("sphinx", "sphinx"),
        ("myst_parser", "myst-parser"),
        ("furo", "furo"),
        ("griffe", "griffe"),
    ):
        reader(module, package=package, locked=LOCKED)
    import make_docs

    folder = tmp_path_factory.mktemp("docs")
    assert make_docs.main(["--to", str(folder / "site"), "--sources", str(folder / "sources")]) == 0
    return folder / "site"


class Links(HTMLParser):
    """Ids of a page, where it leads, and what a browser loads with it."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.ids: set[str] = set()
        self.leads: list[str] = []
        self.loads: list[str] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Take notice of one element."""
        values = {name: value or "" for name, value in attrs}
        self.ids |= {values[name] for name in ("id", "name") if name in values}
        if tag == "a" and "href" in values:
            self.leads.append(values["href"])
        elif tag in {"script", "img", "iframe", "source", "audio", "video"} and "src" in values:
            self.loads.append(values["src"])
        elif tag == "link" and values.get("rel") not in {"index", "search", "next", "prev", "canonical"}:
            self.loads.append(values["href"])


@pytest.fixture(scope="module")
def pages(site: Path) -> dict[Path, Links]:
    return {path: Links(path.read_text(encoding="utf-8")) for path in sorted(site.rglob("*.html"))}


@pytest.mark.parametrize("name", ["assembling", "commands", "library", "outputs", "searching"])
def test_examples_of_the_builder(site: Path, name: str) -> None:
    failed, _ = doctest.testmod(importlib.import_module(f"documenting.{name}"))
    assert failed == 0


def test_every_document_is_a_page(site: Path) -> None:
    names = [path.relative_to(ROOT) for path in (ROOT / "docs").rglob("*.md") if path.name != "README.md"]
    wanted = [*names, Path("CONTRIBUTING.md"), Path("CHANGELOG.md"), Path("README.md"), Path("index.md")]
    assert [str(name) for name in wanted if not (site / name.with_suffix(".html")).exists()] == []


def test_links_and_anchors_lead_somewhere(site: Path, pages: dict[Path, Links]) -> None:
    broken = []
    for path, page in pages.items():
        for target in page.leads:
            parts = urlsplit(target)
            if parts.scheme in {"http", "https", "mailto"}:
                continue
            goal = (path.parent / unquote(parts.path)).resolve() if parts.path else path
            anchor = unquote(parts.fragment)
            if not goal.is_file() or (anchor and goal in pages and anchor not in pages[goal].ids):
                broken.append(f"{path.relative_to(site)}: {target}")
    assert sum(len(page.leads) for page in pages.values()) > 1000
    assert broken == []


def test_nothing_is_loaded_from_elsewhere(site: Path, pages: dict[Path, Links]) -> None:
    loads = {(path, target) for path, page in pages.items() for target in page.loads}
    assert len(loads) > 100
    away = [
        (path.name, target)
        for path, target in loads
        if urlsplit(target).scheme not in {"", "data"} or target[:2] == "//"
    ]
    missing = [(path.name, target) for path, target in loads if not urlsplit(target).scheme
               and not (path.parent / unquote(urlsplit(target).path)).is_file()]  # fmt: skip
    assert (away, missing) == ([], [])
    styles = {path.name: re.findall(r"(?:url\(|@import)\s*[\"']?(?:https?:)?//[^)\"']+", path.read_text(encoding="utf-8"))
              for path in site.rglob("*.css")}  # fmt: skip
    assert len(styles) > 3
    assert [found for found in styles.values() if found] == []


def test_no_markup_is_left_over(site: Path) -> None:
    """Markdown wants no Chinese letter behind `。**`: whoever writes it sees asterisks in the page."""
    left = []
    for path in sorted(site.rglob("*.html")):
        body = re.sub(r"<(pre|code|script|style)\b.*?</\1>", "", path.read_text(encoding="utf-8"), flags=re.DOTALL)
        text = re.sub(r"<[^>]+>", "", body)
        left += [f"{path.relative_to(site)}: {found}" for found in re.findall(r".{0,20}(?:\*\*|\]\(|```).{0,20}", text)]
    assert left == []


def test_contents_are_in_the_order_of_the_index(site: Path) -> None:
    page = (site / "index.html").read_text(encoding="utf-8")
    captions = re.findall(r'<span class="caption-text">(.+?)</span>', page)
    sections = re.findall(r"^## (.+)$", read("docs/README.md"), flags=re.MULTILINE)
    assert captions == sections
    assert [section.split(" · ")[1] for section in sections] == [
        "Tutorial",
        "How-to",
        "Reference",
        "Explanation",
        "Development",
    ]


def test_reference_names_every_command_and_option(site: Path) -> None:
    page = (site / "reference" / "commands.html").read_text(encoding="utf-8")
    said = re.sub(r"<[^>]+>", "", page)
    for name, command in every_command(command_line()):
        assert f"{name}¶" in said or re.search(rf"\b{name}\b", said), name
        for parameter in command.params:
            for option in (*parameter.opts, *parameter.secondary_opts):
                assert not option.startswith("-") or option in said, f"{name} {option}"


def test_options_are_explained_in_both_languages() -> None:
    reader("sphinx", locked=LOCKED)
    from documenting.commands import commands_page

    rows = re.findall(r"^\| `(?!QUERY`).+\|$", commands_page(), flags=re.MULTILINE)  # a query is a query
    assert len(rows) > 80
    assert [
        row for row in rows if not re.search(r"\| [^|]*[\u3400-\u9fff][^|]*<br>[^|]*[A-Za-z]{2}[^|]* \|$", row)
    ] == []


def test_reference_names_every_public_function(site: Path) -> None:
    import ast

    missing = []
    for path in sorted((ROOT / "kg").rglob("*.py")):
        top = path.relative_to(ROOT / "kg").with_suffix("").parts[0]
        if top.startswith("_"):
            top = "kg"
        page = (site / "reference" / "modules" / f"{top}.html").read_text(encoding="utf-8")
        said = re.sub(r"<[^>]+>", "", page)
        for name, _ in public(ast.parse(path.read_text(encoding="utf-8")).body, ""):
            if not re.search(rf"(?<!\w){name.rpartition('.')[2]}¶", said):
                missing.append(f"{path.name}{name}")
    assert missing == []


# ------------------------------------------------------------------ in a browser

WIDTHS = {"desktop": (1280, 900), "telephone": (390, 844)}
LOOKED_AT = ("index.html", "docs/tutorial.html", "docs/quality.html", "docs/data-model.html", "reference/commands.html")


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    path = os.environ.get("KG_CHROMIUM") or shutil.which("chromium") or shutil.which("google-chrome")
    if path is None:
        said = "no Chromium: THE SITE WAS NOT OPENED"
        if os.environ.get("CI") == "true":
            pytest.fail(said)
        pytest.skip(said)
    sync_api = reader("playwright.sync_api", package="playwright")
    with sync_api.sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=path, args=["--no-sandbox"])
        yield opened
        opened.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", WIDTHS)
def test_pages_fit_and_ask_no_network(site: Path, browser: Browser, width: str, scheme: str) -> None:
    wide, high = WIDTHS[width]
    context = browser.new_context(viewport={"width": wide, "height": high}, color_scheme=scheme)  # type: ignore[arg-type]
    page = context.new_page()
    wrong: list[str] = []
    page.on("request", lambda request: None if request.url[:5] in ("file:", "data:") else wrong.append(request.url))
    page.on("pageerror", lambda error: wrong.append(str(error)))
    page.on("console", lambda message: wrong.append(message.text) if message.type == "error" else None)
    for name in LOOKED_AT:
        page.goto((site / name).as_uri())
        if page.evaluate("document.documentElement.scrollWidth") > wide:
            wrong.append(f"{name} is wider than the window")
        ink, ground = page.evaluate("(s => [s.color, s.backgroundColor])(getComputedStyle(document.body))")
        if (brightness(ink) > brightness(ground)) != (scheme == "dark"):
            wrong.append(f"{name}: {ink} on {ground}")
    context.close()
    assert wrong == []


def brightness(colour: str) -> float:
    """Of `rgb(…)`, 0 to 255."""
    return sum(float(part) for part in re.findall(r"[\d.]+", colour)[:3]) / 3


@pytest.mark.parametrize(
    ("question", "page"),
    [
        pytest.param("拼音首字母", "写出普通人的姓名", id="inside a sentence"),
        pytest.param("职务", "术语表", id="one word"),
        pytest.param("到访", "数据模型", id="a relation"),
        pytest.param("--min-score", "分数是什么意思", id="an option"),
        pytest.param("Gephi 时间轴", "Gephi", id="two scripts"),
        pytest.param("neo4j-import", "Neo4j", id="a file"),
    ],
)
def test_search_finds(site: Path, browser: Browser, question: str, page: str) -> None:
    opened = browser.new_page()
    opened.goto((site / "search.html").as_uri() + f"?q={question}")
    opened.wait_for_selector("#search-results ul.search li a", timeout=20_000)
    opened.wait_for_timeout(800)  # results come in one by one
    found = opened.locator("#search-results ul.search li > a").all_inner_texts()
    opened.close()
    assert [title for title in found if page in title], found


def test_search_finds_nothing_that_is_nowhere(site: Path, browser: Browser) -> None:
    opened = browser.new_page()
    opened.goto((site / "search.html").as_uri() + "?q=紫貂狐裘")
    opened.wait_for_function("document.querySelector('#search-results p.search-summary')?.innerText.length > 0")
    opened.wait_for_timeout(800)
    found = opened.locator("#search-results ul.search li > a").all_inner_texts()
    opened.close()
    assert found == []
