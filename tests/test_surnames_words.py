"""Surnames with their readings, and ordinary words."""

from __future__ import annotations

from pathlib import Path

import pytest

from kg.errors import InputError
from kg.gazetteers import is_ordinary_word, load_surnames, word_frequency


@pytest.mark.parametrize(
    ("surname", "pinyin"),
    [
        ("曾", "Zēng"),
        ("单", "Shàn"),
        ("仇", "Qiú"),
        ("区", "Ōu"),
        ("查", "Zhā"),
        ("解", "Xiè"),
        ("肖", "Xiāo"),
        ("任", "Rén"),
        ("朴", "Piáo"),
        ("盖", "Gě"),
        ("乐", "Yuè"),
        ("华", "Huà"),
        ("尉迟", "Yùchí"),
        ("万俟", "Mòqí"),
        ("单于", "Chányú"),
        ("欧阳", "Ōuyáng"),
    ],
)
def test_pinyin_is_the_surnames_reading(surname: str, pinyin: str) -> None:
    assert load_surnames().pinyin[surname] == pinyin


def test_kinds() -> None:
    surnames = load_surnames()
    assert len(surnames.single) >= 500 and len(surnames.compound) >= 80
    assert surnames.common < surnames.single
    assert not surnames.single & surnames.compound
    assert set(surnames.pinyin) == surnames.single | surnames.compound
    for rare in "贵习朗居苟揭区单仇解乜逄亓昝郄":
        assert rare in surnames.single
    for word in ("的", "了", "们", "记", "市"):
        assert word not in surnames.single


@pytest.mark.parametrize(
    ("name", "surname"),
    [
        ("欧阳修", "欧阳"),
        ("欧小明", "欧"),
        ("爱新觉罗溥仪", "爱新觉罗"),
        ("张", None),
        ("的士", None),
        ("", None),
        ("欧阳", "欧"),
    ],
)
def test_surname_of_a_name(name: str, surname: str | None) -> None:
    assert load_surnames().of(name) == surname


@pytest.mark.parametrize(
    "text",
    [
        "surname,type\n",
        "surname,type,pinyin\n张,rare\n",
        "surname,type,pinyin\n欧阳,rare,x\n",
        "surname,type,pinyin\n张,odd,x\n",
        "surname,type,pinyin\n张,rare,x\n张,common,x\n",
    ],
)
def test_broken_surnames(tmp_path: Path, text: str) -> None:
    (tmp_path / "surnames.csv").write_text(text, encoding="utf-8")
    with pytest.raises(InputError):
        load_surnames(tmp_path)


@pytest.mark.parametrize(
    "word", ["花园", "建设", "发展", "工业", "中心", "团结", "和平", "合作", "比如", "通道", "公安"]
)
def test_ordinary(word: str) -> None:
    assert is_ordinary_word(word) and word_frequency(word) > 0


@pytest.mark.parametrize(
    "word", ["衢州", "双港", "义乌", "石首", "遵义", "北京", "浙江省", "航埠", "", "花园 1291 n", "花园\n", "柯城"]
)
def test_not_ordinary(word: str) -> None:
    assert not is_ordinary_word(word)


def test_names_have_a_frequency_all_the_same() -> None:
    assert word_frequency("北京") > 1000
    assert word_frequency("柯城") == 0
