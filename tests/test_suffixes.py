"""The last words of names: the longest counts, wherever they stand; and files that are not of their form."""

from __future__ import annotations

from pathlib import Path

import pytest

from kg.errors import InputError
from kg.model import ORG_SUBTYPES, PLACE_SUBTYPES, Kind
from kg.suffixes import FILE, Suffixes, load_suffixes


@pytest.fixture(scope="module")
def suffixes() -> Suffixes:
    return load_suffixes()


@pytest.mark.parametrize(
    ("name", "word"),
    [
        pytest.param("默锐科技有限责任公司", "有限责任公司", id="longest company tail"),
        pytest.param("潼川镇卫生院", "卫生院", id="health station"),
        pytest.param("凤凰山小区", "小区", id="estate"),
        pytest.param("飞鸽林场", "林场", id="forest farm"),
        pytest.param("小区", "小区", id="the suffix alone"),
        pytest.param("第一中学", "中学", id="school"),
        pytest.param("春耕备耕", None, id="no suffix"),
        pytest.param("小区里", None, id="not at the end"),
        pytest.param("", None, id="empty"),
        pytest.param("ABC", None, id="letters"),
    ],
)
def test_ending(suffixes: Suffixes, name: str, word: str | None) -> None:
    suffix = suffixes.ending(name)
    assert (suffix.word if suffix else None) == word


@pytest.mark.parametrize(
    ("text", "found"),
    [
        pytest.param("到凤凰山小区和振华小学", ["小区", "小学"], id="in order"),
        pytest.param("默锐有限责任公司", ["有限责任公司"], id="one an end position, the longest"),
        pytest.param("春耕备耕，倒排任务", [], id="none"),
        pytest.param("", [], id="empty"),
    ],
)
def test_find(suffixes: Suffixes, text: str, found: list[str]) -> None:
    hits = [(start, end, suffix.word) for start, end, suffix in suffixes.find(text) if not suffix.weak]
    assert [word for _, _, word in hits] == found
    assert all(text[start:end] == word for start, end, word in hits)


def test_ends_are_sorted_and_single(suffixes: Suffixes) -> None:
    ends = [end for _, end, _ in suffixes.find("三台县第一人民医院、鲁班水库风景区、文化广场、农业银行三台支行")]
    assert ends == sorted(set(ends))


def test_subtypes_are_of_the_format(suffixes: Suffixes) -> None:
    for suffix in suffixes.by_word.values():
        assert suffix.kind in (Kind.ORG, Kind.PLACE), suffix
        assert suffix.subtype in (ORG_SUBTYPES if suffix.kind == Kind.ORG else PLACE_SUBTYPES), suffix
        assert not (suffix.site_or_body and suffix.body_or_site), suffix


@pytest.mark.parametrize(
    "yaml",
    [
        pytest.param(None, id="no file"),
        pytest.param("- [", id="no YAML"),
        pytest.param("- {kind: ORG}", id="no words"),
        pytest.param("- {kind: CITY, subtype: x, words: [城]}", id="no such kind"),
        pytest.param("7", id="a number"),
    ],
)
def test_bad_files_are_input_errors(tmp_path: Path, yaml: str | None) -> None:
    if yaml is not None:
        (tmp_path / FILE).write_text(yaml, "utf-8")
    with pytest.raises(InputError) as caught:
        load_suffixes(tmp_path)
    assert "\n" not in str(caught.value)


def test_a_user_may_bring_a_file(tmp_path: Path) -> None:
    (tmp_path / FILE).write_text("- {kind: PLACE, subtype: site, words: [围屋]}\n", "utf-8")
    suffixes = load_suffixes(tmp_path)
    assert list(suffixes.by_word) == ["围屋"]
