"""Names with one character misread: taken only where the page has the name right, and never a name of its own."""

from __future__ import annotations

import pytest
from reading import Reader

SANTAI = "四川省绵阳市三台县"


@pytest.mark.parametrize(
    ("text", "printed", "reading"),
    [
        pytest.param(
            "县人大常委会召开会议。会后，县人大带委会通报了情况。", "县人大带委会", "三台县人大常委会", id="a body of the region"),
        pytest.param("刘营镇开展清淤。宏远建材有限公司捐款，宏远建材有限公司职工参加。宏远建村有限公司投资两亿元。",
                     "宏远建村有限公司", "宏远建材有限公司", id="a company"),
        pytest.param("他来到三合县调研，三台县很重视。", "三合县", "三台县", id="the home region"),
        pytest.param("刘营镇开展清淤。宏远建材有限公司捐款，宏远建材有限公司职工参加。宏远建材材有限公司投资两亿元。",
                     "宏远建材材有限公司", "宏远建材有限公司", id="a character twice"),
        pytest.param("三台县召开会议，三合县委作了部署。", "三合县委", "三台县委", id="a committee of it"),
    ],
)  # fmt: skip
def test_a_misread_name_is_read_right_and_printed_as_it_stands(
    reader: Reader, text: str, printed: str, reading: str
) -> None:
    found = {said.surface: (said.entity.name, said.mention.rule) for said in reader.said(text, SANTAI)}
    name, rule = found[printed]
    assert name == reading
    assert rule.startswith(("misread.character", "misread.doubled"))


@pytest.mark.parametrize(
    ("text", "other"),
    [
        pytest.param("他先后走访了东河村和西河村，西河村靠近县城，东河村在山上。", "西河村", id="directions"),
        pytest.param("县人大常委会召开会议，县人大及常委会办公室参加。", "县人大及常委会", id="a conjunction"),
        pytest.param("县政府召开会议，要求把政府服务做好，与政府部门联动。", "与政府", id="a word before 政府"),
        pytest.param("他到刘营镇和刘家镇调研。", "刘家镇", id="no other known name near"),
        pytest.param(
            "于家湾工业园投产，于家湾工业园很忙。位于于家湾工业园的企业开工。",
            "于家湾工业园",
            id="a word that ends in its first character",
        ),
        pytest.param("永兴小学举行仪式，永兴办学水平不断提高。", "永兴办学", id="an everyday word"),
    ],
)
def test_what_is_a_name_of_its_own_is_left_alone(reader: Reader, text: str, other: str) -> None:
    assert not [said for said in reader.said(text, SANTAI) if said.mention.rule.startswith("misread")]
    assert other in text


def test_a_wrong_surname_needs_the_person_on_the_page(reader: Reader) -> None:
    text = "县委书记吴继尧主持会议。昊继尧，要抓好春耕。"
    assert "昊继尧" in reader.people(text, SANTAI)
    assert "昊继尧" not in reader.people("昊继尧，要抓好春耕。", SANTAI)
