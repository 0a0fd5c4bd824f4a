"""A sentence in outline: signs for names, where speech begins, what a quotation hides."""

from __future__ import annotations

import pytest
from told import ANHUI, GANSU, HUBEI, HUNAN, SHANXI, SICHUAN, Paper, outlines_of

from kg.events.outline import DATE, ORG, PERSON, PLACE, REGION, SPEECH, TITLE, Outline

_LETTERS = str.maketrans({PERSON: "P", PLACE: "L", ORG: "O", DATE: "D", TITLE: "T", REGION: "R"})


def letters(outline: Outline, end: int | None = None) -> str:
    """The outline with letters for signs: P person, L place, O body, R region, D date, T post."""
    return outline.text[:end].translate(_LETTERS)


@pytest.mark.parametrize(
    ("paper", "text", "expected"),
    [
        pytest.param(ANHUI, "5月14日，县委书记周启明来到黄畈村。", "D，OTP来到L。", id="post-name-place"),
        pytest.param(ANHUI, "周启明一行来到梅山镇小南京村。", "P一行来到LL。", id="village-in-township"),
        pytest.param(GANSU, "林建明来陇西县考察。", "P来R考察。", id="region"),
        pytest.param(GANSU, "林建明来我县考察。", "P来R考察。", id="our-county"),
        pytest.param(SICHUAN, "蓬安县与四川天和实业有限公司签约。", "R与O签约。", id="bodies"),
        pytest.param(SHANXI, "天气晴朗，群众很高兴。", "天气晴朗，T很高兴。", id="no-names"),
        pytest.param(SHANXI, "项目投资３０００万元。", "项目投资3000万元。", id="widths-are-folded"),
    ],
)
def test_signs(paper: Paper, text: str, expected: str) -> None:
    (outline,) = outlines_of(text, paper)
    assert letters(outline) == expected


@pytest.mark.parametrize(
    ("text", "narrative"),
    [
        pytest.param("周启明强调，要加快黄畈村道路建设。", "P", id="stressed"),
        pytest.param("周启明说，黄畈村变化很大。", "P", id="said"),
        pytest.param("周启明要求，黄畈村要加快建设。", "P", id="asked"),
        pytest.param("周启明来到黄畈村，叮嘱大家注意安全。", "P来到L，", id="told"),
    ],
)
def test_speech_begins(text: str, narrative: str) -> None:
    (outline,) = outlines_of(text, ANHUI)
    assert letters(outline, outline.speech) == narrative


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("周启明按照要求，来到黄畈村。", id="according-to-orders"),
        pytest.param("周启明的建议、意见来自黄畈村。", id="nouns-of-a-list"),
        pytest.param("周启明听取了黄畈村的情况介绍。", id="an-introduction"),
        pytest.param("周启明来到黄畈村，察看茶园。", id="narrative"),
    ],
)
def test_no_speech(text: str) -> None:
    (outline,) = outlines_of(text, ANHUI)
    assert outline.speech == len(outline.text)


@pytest.mark.parametrize("text", ["强调，要抓好", "告诉记者", "要求大家", "介绍，公司"])
def test_words_of_speech(text: str) -> None:
    assert SPEECH.search(text)


@pytest.mark.parametrize("text", ["认真落实", "新要求", "按照要求", "听取介绍。", "强调的是", "没有希望了"])
def test_words_of_no_speech(text: str) -> None:
    assert not SPEECH.search(text)


def test_speech_is_carried_on() -> None:
    first, second, third = outlines_of(
        "会上，蒙汉清强调，要抓好春耕。要加快思蒙镇柑橘园建设。蒙汉清来到仁里冲村。", HUNAN
    )
    assert 0 < first.speech < len(first.text)
    assert second.speech == 0
    assert letters(third, third.speech) == "P来到L。"


def test_speech_ends_with_the_paragraph() -> None:
    _, second = outlines_of("会上，蒙汉清强调，要抓好春耕。\n思蒙镇有柑橘园五千亩。", HUNAN)
    assert second.speech == len(second.text)


def test_speech_ends_where_the_tour_goes_on() -> None:
    _, second = outlines_of("蒙汉清强调，要抓好春耕。随后来到仁里冲村。", HUNAN)
    assert letters(second, second.speech) == "随后来到L。"


def test_a_long_quotation_has_no_names() -> None:
    outlines = outlines_of("彭大贵说：“去年张光明来到两河口村，看望了我们一家人。”", HUBEI)
    assert [sign.sign for outline in outlines for sign in outline.signs] == [PERSON]


def test_a_short_quotation_has_names() -> None:
    (outline,) = outlines_of("张光明来到“两河口村”。", HUBEI)
    assert PLACE in [sign.sign for sign in outline.signs]


def test_clauses_are_parted_at_semicolons_outside_quotations() -> None:
    assert len(outlines_of("张光明来到两河口村；习海军来到沙道沟镇。", HUBEI)) == 2
    assert len(outlines_of("张光明说：“要修路；要种茶。”", HUBEI)) == 1


def test_signs_know_their_place() -> None:
    (outline,) = outlines_of("3月11日，张光明来到两河口村。", HUBEI)
    assert all(outline.text[sign.at] == sign.sign for sign in outline.signs)
    assert outline.sign_at(outline.signs[0].at) == outline.signs[0]
    assert outline.sign_at(1) is None
    assert [sign.sign for sign in outline.signs_in(0, len(outline.text), PERSON, PLACE)] == [PERSON, PLACE]
    assert outline.signs_in(0, 0) == []
    assert all(sign.entity is None for sign in outline.signs if sign.sign in {DATE, TITLE})


def test_no_sign_stands_in_a_text() -> None:
    (outline,) = outlines_of("这里没有名字。", HUBEI)
    assert outline.signs == () and not set(outline.text) & {PERSON, PLACE, ORG, DATE, TITLE, REGION}
