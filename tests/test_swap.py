"""Names are swapped on the page and in its gold alike: kinds, lengths and who lies where stay, pointing words stay."""

from __future__ import annotations

import csv
import json
import random
import sys
from pathlib import Path
from typing import Any

import pytest

from kg.evaluate.measures import is_deictic
from kg.evaluate.scoresheet import project
from kg.gazetteers import load_divisions

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "tools"))

from swap_names import main, swap_page
from swapping import invented_names
from swapping.carried_gold import gold_row_page
from swapping.moved_home import move, type_word
from swapping.name_cores import core_of
from swapping.new_names import KEPT, plain_surfaces
from swapping.replacement import cut_alike, rewrite

ROOT = Path(__file__).resolve().parent.parent

MANIFEST = {row["file"]: row for row in csv.DictReader((ROOT / "seeds" / "pages.csv").open(encoding="utf-8"))}
DIVISIONS = load_divisions()


def seed_page(file: str) -> tuple[str, dict[str, Any]]:
    gold = json.loads((ROOT / "tests" / "gold" / file).with_suffix(".json").read_text("utf-8"))
    return (ROOT / "seeds" / file).read_bytes().decode("utf-8-sig"), gold


@pytest.fixture(scope="module", params=sorted(MANIFEST))
def page(request: pytest.FixtureRequest) -> tuple[str, str, dict[str, Any]]:
    return (request.param, *seed_page(request.param))


@pytest.mark.parametrize(
    ("name", "divisions", "whole", "core"),
    [
        pytest.param("浙江东南建设管理有限公司", ["浙江"], True, "东南", id="province before, business behind"),
        pytest.param("衢州市万顺家居有限公司", ["衢州市", "衢州"], True, "万顺", id="city before"),
        pytest.param("裕丰菜市场", [], False, "裕丰", id="market"),
        pytest.param("三衢路", [], False, "三衢", id="road"),
        pytest.param("胡庆余堂", [], True, "胡庆余堂", id="a company's whole name"),
        pytest.param("乐来购超市（世纪广场店）", [], False, "乐来购", id="what stands in brackets is left"),
        pytest.param("长三角", [], False, None, id="a site without a type word"),
        pytest.param("乡村振兴讲堂", [], False, None, id="nothing distinctive"),
        pytest.param("柯城区行政服务中心", ["柯城区"], False, None, id="an office"),
        pytest.param("今日柯城", ["柯城"], False, None, id="a type word inside a division's name"),
        pytest.param("M0园区", [], False, None, id="no Han characters"),
    ],
)
def test_core_of_a_name(name: str, divisions: list[str], whole: bool, core: str | None) -> None:
    assert core_of(name, divisions=divisions, whole=whole) == core


@pytest.mark.parametrize(
    ("text", "names", "new"),
    [
        pytest.param("柯城区委在柯城", {"柯城": "天元", "柯城区": "天元区"}, "天元区委在天元", id="the longest first"),
        pytest.param("甲乙", {"甲": "乙", "乙": "甲"}, "乙甲", id="all at once"),
        pytest.param("石\n成", {"石成": "张磊"}, "石\n成", id="a cut name is not the name"),
        pytest.param("无名", {}, "无名", id="nothing to do"),
    ],
)
def test_rewrite(text: str, names: dict[str, str], new: str) -> None:
    assert rewrite(text, names).text == new


@pytest.mark.parametrize(
    ("words", "span", "new_span"),
    [
        pytest.param("在", (0, 1), (0, 1), id="before"),
        pytest.param("柯城", (1, 3), (1, 4), id="the name itself"),
        pytest.param("柯", (1, 2), (1, 4), id="half a name grows to it"),
        pytest.param("城开", (2, 4), (1, 5), id="from inside to behind"),
        pytest.param("开会", (3, 5), (4, 6), id="behind"),
    ],
)
def test_spans_follow_the_text(words: str, span: tuple[int, int], new_span: tuple[int, int]) -> None:
    rewritten = rewrite("在柯城开会", {"柯城": "葫芦岛"})
    assert rewritten.source[slice(*span)] == words
    assert rewritten.span(*span) == new_span


def test_a_cut_name_stays_cut() -> None:
    assert cut_alike("衢江\n\nM0园区", "天元M0园区") == "天元\n\nM0园区"
    assert cut_alike("石成", "张磊") == "张磊"


def test_division_moves_keep_kind_and_nesting() -> None:
    codes = ["330802005004", "330802101232", "330802210", "330110", "11"]
    moved = move(DIVISIONS, codes, "330802", random.Random(5), free=lambda name: True)
    assert set(codes) <= set(moved)
    for code, new in moved.items():
        old = DIVISIONS.get(code)
        assert old is not None
        assert type_word(old.name) == type_word(new.name) and old.level == new.level
        assert new.code != code
        if above := DIVISIONS.parent(code):
            assert DIVISIONS.parent(new.code) == moved[above.code]
    assert len({new.code for new in moved.values()}) == len(moved)


def test_no_county_has_what_is_asked_for() -> None:
    assert move(DIVISIONS, ["330802005004"], "330802", random.Random(5), free=lambda name: False) == {}


@pytest.mark.parametrize("length", [2, 3, 4])
def test_invented_people_have_the_length_asked_for(length: int) -> None:
    rng = random.Random(1)
    assert {len(invented_names.person(rng, length=length)) for _ in range(50)} == {length}


@pytest.mark.parametrize("seed", [1, 7])
def test_gold_lies_where_it_lay(page: tuple[str, str, dict[str, Any]], seed: int) -> None:
    file, text, gold = page
    swapped = swap_page(text, gold, MANIFEST[file], seed=seed)
    was, was_optional = project(gold_row_page(gold), text)
    now, now_optional = project(gold_row_page(swapped.gold), swapped.text)
    assert len(now) == len(was) and len(now_optional) == len(was_optional)
    assert [kind for _span, (_id, kind) in sorted(now.items())] == [kind for _span, (_id, kind) in sorted(was.items())]
    assert all(words in swapped.text for words in plain_surfaces(swapped.gold))
    ids = {entity["id"] for entity in swapped.gold["entities"]}
    assert {role["person"] for role in swapped.gold["holds_role"]} <= ids
    assert {place for event in swapped.gold["events"] for place in event["places"]} <= ids


def test_every_name_is_another(page: tuple[str, str, dict[str, Any]]) -> None:
    file, text, gold = page
    swapped = swap_page(text, gold, MANIFEST[file], seed=1)
    for old, new in zip(gold["entities"], swapped.gold["entities"], strict=True):
        if old["type"] == "PERSON":
            assert (old["id"] == new["id"]) == (old["id"] in KEPT), old["id"]
            assert len(old["id"]) == len(new["id"])
        if old.get("code"):
            assert old["code"] != new["code"]
            division = DIVISIONS.get(new["code"])
            assert division is not None and division.name == new["id"].split("（")[0]
        assert [s for s in old["surfaces"] if is_deictic(s)] == [s for s in new["surfaces"] if is_deictic(s)]
    region = MANIFEST[file]["region"]
    assert swapped.manifest["region"] != region and DIVISIONS.parse_region(swapped.manifest["region"])
    assert region not in swapped.text and region[-3:-1] not in swapped.text
    assert text.count("\n") == swapped.text.count("\n")


def test_seeds_decide() -> None:
    file = sorted(MANIFEST)[0]
    text, gold = seed_page(file)
    first, again, other = (swap_page(text, gold, MANIFEST[file], seed=seed) for seed in (1, 1, 2))
    assert first == again
    assert first.text != other.text


def test_command_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--seed", "3", str(ROOT / "seeds"), str(ROOT / "tests" / "gold"), str(tmp_path / "out")]) == 0
    assert len(list((tmp_path / "out" / "gold").glob("*.json"))) == len(MANIFEST)
    assert main([str(tmp_path), str(ROOT / "tests" / "gold"), str(tmp_path / "out")]) == 2
    assert capsys.readouterr().err.count("\n") == 1
