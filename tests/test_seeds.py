"""The seed pages are the user's documents: nothing changes a byte of them, and gold and manifest speak of them."""

from __future__ import annotations

import csv
import hashlib
import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from kg.text import fold

ROOT = Path(__file__).resolve().parent.parent
SEEDS = ROOT / "seeds"
GOLD = ROOT / "tests" / "gold"

SHA256 = {
    "000_790c225550a08f98.txt": "66c53ce9e7b020e52bcbea5aab6ae886fb64a8e50f7b87bc3902f3407cb429e5",
    "001_f17a095ea133b679.txt": "681fc563a7729be274f20f2994f085bd0e186080b7fe30be804b17c49226866f",
    "002_7d3aabad0bdd963e.txt": "0021248c184d9e182c321a5d3ef0b685c3d07b2a061c71f8c90a83455846ef21",
    "003_10cec4e69471a2db.txt": "ebdc3b070c2e5f791fa7008055bc284020d55bd7cc551b6fe72faec312531207",
    "004_147de72ef09e8da5.txt": "4b36be177d68201a8038343a1f513d5561caf353b65ddc16d7b4b92aad917b65",
}
COLUMNS = ["file", "newspaper", "date", "page", "region", "url"]


def page_text(name: str) -> str:
    """A seed page as offsets count it: decoded, newlines untouched."""
    return (SEEDS / name).read_bytes().decode("utf-8")


def gold_of(name: str) -> dict[str, Any]:
    gold: dict[str, Any] = json.loads((GOLD / name).with_suffix(".json").read_text(encoding="utf-8"))
    return gold


def flat(text: str) -> str:
    """Without white space and widths: what the OCR breaks and what a reader writes are the same."""
    return "".join(fold(text).split())


def manifest() -> list[dict[str, str]]:
    with (SEEDS / "pages.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.mark.parametrize("name", SHA256)
def test_pages_are_untouched(name: str) -> None:
    assert hashlib.sha256((SEEDS / name).read_bytes()).hexdigest() == SHA256[name]


def test_nothing_else_is_a_page() -> None:
    assert sorted(path.name for path in SEEDS.glob("*.txt")) == sorted(SHA256)
    assert sorted(path.stem for path in GOLD.glob("*.json")) == sorted(Path(name).stem for name in SHA256)


def test_manifest_names_every_page_once() -> None:
    rows = manifest()
    assert list(rows[0]) == COLUMNS
    assert [row["file"] for row in rows] == sorted(SHA256)
    for row in rows:
        date.fromisoformat(row["date"])
        assert row["page"].isdecimal()


@pytest.mark.parametrize("name", SHA256)
def test_manifest_says_what_gold_says(name: str) -> None:
    row = next(row for row in manifest() if row["file"] == name)
    issue = gold_of(name)["issue"]
    assert {key: row[key] for key in ("newspaper", "date", "region")} == {
        key: issue[key] for key in ("newspaper", "date", "region")
    }


def test_readme_says_which_dates_are_inferred() -> None:
    lines = (SEEDS / "README.md").read_text(encoding="utf-8").splitlines()
    for name in SHA256:
        issue = gold_of(name)["issue"]
        line = next(line for line in lines if name in line)
        assert issue["date"] in line
        assert ("inferred" in line) is not issue["date_certain"]


@pytest.mark.parametrize("name", SHA256)
def test_gold_occurs_on_its_page(name: str) -> None:
    gold, text = gold_of(name), page_text(name)
    reading = flat(text)
    assert gold["doc"] == name
    for entity in gold["entities"]:
        missing = [surface for surface in entity["surfaces"] if flat(surface) not in reading]
        assert missing == [], f"surfaces of {entity['id']} that the page does not have"
    for key in ("holds_role", "events", "visited"):
        missing = [row["evidence"] for row in gold[key] if flat(row["evidence"]) not in reading]
        assert missing == [], f"evidence of {key} that the page does not have"
    for article in gold["articles"]:
        assert flat(article["starts"]) in reading
        assert all(flat(byline["person"]) in reading for byline in article["bylines"])
    for start, end in gold["optional_spans"]:
        assert 0 <= start < end <= len(text)
        assert text[start:end].strip()


@pytest.mark.parametrize("name", SHA256)
def test_gold_names_only_what_it_annotates(name: str) -> None:
    gold = gold_of(name)
    events = {event["id"] for event in gold["events"]}
    articles = {article["id"] for article in gold["articles"]}
    assert len(events) == len(gold["events"])
    assert len(articles) == len(gold["articles"])
    for key in ("holds_role", "events", "visited"):
        assert {row["article"] for row in gold[key]} <= articles
    assert {row["event"] for row in gold["visited"] if row.get("event")} <= events
    people = {entity["id"] for entity in gold["entities"] if entity["type"] == "PERSON"}
    assert {row["person"] for row in (*gold["holds_role"], *gold["visited"])} <= people


@pytest.mark.parametrize(
    ("printed", "written", "same"),
    [
        pytest.param("签约率达99.\n\n29%。", "签约率达99.29%。", True, id="broken line"),
        pytest.param("本报讯(记者 周万)", "本报讯（记者 周万）", True, id="width"),
        pytest.param("石梁镇白云村", "石梁镇", False, id="another text"),
    ],
)
def test_flat(printed: str, written: str, same: bool) -> None:
    assert (flat(printed) == flat(written)) is same
