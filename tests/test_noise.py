"""Damaged pages: the same seed damages alike, every character left is accounted for, spans follow."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from kg.evaluate.measures import Tally
from kg.evaluate.scoresheet import project

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "tools"))

from measuring.figures import read_set
from measuring.noise_scores import score_noise
from ocr_noise import LOOK_ALIKES, Noised, add_noise, main

ROOT = Path(__file__).resolve().parent.parent

TEXT = (ROOT / "seeds" / "002_7d3aabad0bdd963e.txt").read_bytes().decode("utf-8-sig")
PRINTED = sum(not char.isspace() for char in TEXT)


def test_look_alikes_go_both_ways() -> None:
    for char, others in LOOK_ALIKES.items():
        assert len(char) == 1 and char not in others and others
        assert all(char in LOOK_ALIKES[other] for other in others)


@pytest.mark.parametrize("pair", ["己已", "日曰", "未末", "土士", "人入", "干千", "0O", "1l"])
def test_common_confusions_are_known(pair: str) -> None:
    assert pair[1] in LOOK_ALIKES[pair[0]]


def test_no_noise_is_the_page() -> None:
    noised = add_noise(TEXT, rate=0.0, seed=1)
    assert noised == Noised(TEXT, tuple(range(len(TEXT))))


@pytest.mark.parametrize("rate", [0.01, 0.03, 0.05])
def test_as_much_as_asked_for(rate: float) -> None:
    noised = add_noise(TEXT, rate=rate, seed=1)
    lost = sum(place is None for place in noised.places)
    kept = [(char, noised.text[place]) for char, place in zip(TEXT, noised.places, strict=True) if place is not None]
    confused = sum(old != new for old, new in kept)
    broken = sum(
        noised.places[at] is not None and noised.text[noised.places[at] - 1] == "\n" != TEXT[at - 1]  # type: ignore[operator]
        for at in range(1, len(TEXT))
    )
    assert lost + confused + broken == pytest.approx(rate * PRINTED, abs=3)
    assert all(new in LOOK_ALIKES[old] for old, new in kept if old != new)


def test_nothing_but_breaks_is_added_and_order_stays() -> None:
    noised = add_noise(TEXT, rate=0.05, seed=2)
    places = [place for place in noised.places if place is not None]
    assert places == sorted(set(places))
    added = set(range(len(noised.text))) - set(places)
    assert {noised.text[at] for at in added} <= {"\n"}


def test_seeds_decide() -> None:
    assert add_noise(TEXT, rate=0.03, seed=1) == add_noise(TEXT, rate=0.03, seed=1)
    assert add_noise(TEXT, rate=0.03, seed=1).text != add_noise(TEXT, rate=0.03, seed=2).text


@pytest.mark.parametrize(
    ("places", "span", "new"),
    [
        pytest.param((0, 1, 2, 3), (1, 3), (1, 3), id="nothing happened"),
        pytest.param((0, None, 1, 2), (1, 3), (1, 2), id="first character lost"),
        pytest.param((0, 1, None, 2), (1, 3), (1, 2), id="last character lost"),
        pytest.param((0, 1, 4, 5), (1, 3), (1, 5), id="broken inside"),
        pytest.param((0, 2, 3, 4), (1, 3), (2, 4), id="broken before"),
        pytest.param((0, 1, 2, 4), (1, 3), (1, 3), id="broken behind"),
        pytest.param((0, None, None, 1), (1, 3), None, id="all lost"),
    ],
)
def test_spans_follow(places: tuple[int | None, ...], span: tuple[int, int], new: tuple[int, int] | None) -> None:
    assert Noised("", places).span(*span) == new


def test_clean_pages_score_as_the_scorer_says() -> None:
    from kg.evaluate import evaluate
    from kg.extraction import Extractor
    from kg.resolve import resolve

    extractor = Extractor()
    annotated = read_set(ROOT / "seeds", ROOT / "tests" / "gold")
    pages = annotated.pages[:2]
    [row] = score_noise(pages, annotated.gold, extractor, rates=(0.0,), seeds=(1, 2, 3))
    figures = evaluate(resolve(map(extractor.read, pages)), annotated.gold).figures
    scorer = {figure.name: figure.tally for figure in figures}
    for kind, tally in row.by_kind:
        assert tally == scorer[f"mention {kind}"]
    assert row.all == scorer["mention all"] and not row.failed


def test_a_damaged_page_has_all_its_gold() -> None:
    annotated = read_set(ROOT / "seeds", ROOT / "tests" / "gold")
    for page, gold in zip(annotated.pages, annotated.gold, strict=True):
        noised = add_noise(page.text, rate=0.03, seed=1)
        spans, _optional = project(gold, page.text)
        carried = {noised.span(*span) for span in spans}
        assert len(carried) == len(spans)  # at 3 % no name is lost whole, and no two fall together
        lengths = Tally(hit=sum(end - start for start, end in carried - {None}))  # type: ignore[misc]
        assert lengths.hit > 0.95 * sum(end - start for start, end in spans)


def test_command_line(tmp_path: Path, capsysbinary: pytest.CaptureFixture[bytes]) -> None:
    page = tmp_path / "page.txt"
    page.write_text(TEXT, "utf-8")
    assert main(["--rate", "0.03", "--seed", "1", str(page)]) == 0
    assert capsysbinary.readouterr().out.decode() == add_noise(TEXT, rate=0.03, seed=1).text
    assert main([str(tmp_path / "none.txt")]) == 2
