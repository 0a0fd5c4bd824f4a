"""Divisions: full names by their code, short names where the text allows them, pointing words by the home region."""

from __future__ import annotations

import pytest
from reading import Reader

WUYI = "浙江省金华市武义县"
SANTAI = "四川省绵阳市三台县"
SHUNDE = "广东省佛山市顺德区"
KUNSHAN = "江苏省苏州市昆山市"
DINGZHOU = "河北省保定市定州市"
SONGJIANG = "上海市松江区"
LINGSHUI = "海南省陵水黎族自治县"
YUANYANG = "云南省红河哈尼族彝族自治州元阳县"
UJIMQIN = "内蒙古自治区锡林郭勒盟东乌珠穆沁旗"
SHACHE = "新疆维吾尔自治区喀什地区莎车县"
SHIZHU = "重庆市石柱土家族自治县"


@pytest.mark.parametrize(
    ("region", "text", "divisions"),
    [
        pytest.param(
            SANTAI,
            "广元市剑阁县、遂宁市射洪市派员学习。",
            [("广元市", "5108"), ("剑阁县", "510823"), ("遂宁市", "5109"), ("射洪市", "510981")],
            id="levels joined",
        ),
        pytest.param(
            SANTAI, "成都、德阳、绵阳三市联动。", [("成都", "5101"), ("德阳", "5106"), ("绵阳", "5107")], id="stems in a list"
        ),
        pytest.param(SANTAI, "重庆市、陕西省西安市的客商到场。", [("重庆市", "50"), ("陕西省", "61"), ("西安市", "6101")], id="other provinces"),
        pytest.param(SANTAI, "塔山镇南池村的道路已经硬化。", [("塔山镇", "510722104"), ("南池村", "510722104206")], id="village in township"),
        pytest.param(SANTAI, "富顺镇位于县城东部。", [("富顺镇", "510722108")], id="township that is a county elsewhere"),
        pytest.param(KUNSHAN, "张浦镇姜杭村、周市镇市北村入选。", [("张浦镇", "320583106"), ("姜杭村", "320583106219"), ("周市镇", "320583102"), ("市北村", "320583102200")], id="level character inside a name"),
        pytest.param(SHUNDE, "容桂街道、大良街道率先启动。", [("容桂街道", "440606006"), ("大良街道", "440606005")], id="subdistricts"),
        pytest.param(UJIMQIN, "道特淖尔镇巴彦图嘎嘎查草场返青。", [("道特淖尔镇", "152525101"), ("巴彦图嘎嘎查", "152525101205")], id="gacha"),
        pytest.param(SHACHE, "米夏镇、霍什拉甫乡开始播种。", [("米夏镇", "653125108"), ("霍什拉甫乡", "653125210")], id="Xinjiang"),
        pytest.param(LINGSHUI, "黎安镇大墩村种植圣女果。", [("黎安镇", "469028108"), ("大墩村", "469028108205")], id="county under a province"),
        pytest.param(YUANYANG, "红河州各县到元阳学习。", [("红河州", "5325"), ("元阳", "532528")], id="short autonomous prefecture"),
        pytest.param(SANTAI, "绵阳市三台县芦溪镇", [("绵阳市", "5107"), ("三台县", "510722"), ("芦溪镇", "510722137")], id="a path alone"),
        pytest.param(SANTAI, "湖南省长沙市、浙江省长兴县的客商到会。", [("湖南省", "43"), ("长沙市", "4301"), ("浙江省", "33"), ("长兴县", "330522")], id="省 before 长"),
        pytest.param(SONGJIANG, "市民从松江赶来。", [("松江", "310117")], id="home stem"),
    ],
)  # fmt: skip
def test_named(reader: Reader, region: str, text: str, divisions: list[tuple[str, str]]) -> None:
    assert reader.divisions(text, region) == divisions


@pytest.mark.parametrize(
    ("region", "text", "divisions"),
    [
        pytest.param(WUYI, "我县经济平稳运行。", [("我县", "330723")], id="county"),
        pytest.param(
            WUYI, "全市工作会议召开，我省率先发展。", [("全市", "3307"), ("我省", "33")], id="city and province"
        ),
        pytest.param(KUNSHAN, "我市新增企业百家。", [("我市", "320583")], id="county-level city says our city"),
        pytest.param(DINGZHOU, "全市上下行动起来。", [("全市", "130682")], id="county-level city under a city"),
        pytest.param(
            SONGJIANG,
            "全区完成投资，全市排名第三。",
            [("全区", "310117"), ("全市", "31")],
            id="district of a municipality",
        ),
        pytest.param(
            SHIZHU,
            "全县脱贫，我市发文。",
            [("全县", "500240"), ("我市", "50")],
            id="autonomous county of a municipality",
        ),
        pytest.param(
            UJIMQIN,
            "我旗草原辽阔，全盟联动，自治区支持。",
            [("我旗", "152525"), ("全盟", "1525")],
            id="banner and league",
        ),
        pytest.param(YUANYANG, "我州现场会在我县召开。", [("我州", "5325"), ("我县", "532528")], id="prefecture"),
        pytest.param(
            YUANYANG,
            "全州现场会召开，全州上下联动。",
            [("全州", "5325"), ("全州", "5325")],
            id="no county of that name",
        ),
        pytest.param(LINGSHUI, "我县与全省同步。", [("我县", "469028"), ("全省", "46")], id="no city above"),
    ],
)
def test_pointing(reader: Reader, region: str, text: str, divisions: list[tuple[str, str]]) -> None:
    assert reader.divisions(text, region) == divisions


@pytest.mark.parametrize(
    ("region", "text"),
    [
        pytest.param(None, "我县经济平稳运行，全市上下行动起来。", id="no home"),
        pytest.param(WUYI, "我校、我厂、我院、我家各有特色。", id="other words with 我"),
        pytest.param(WUYI, "全国、全民、全场、全域、全面推进。", id="words like them"),
        pytest.param(SANTAI, "全市场、全省级、本区域、本市场。", id="cut words"),
        pytest.param(SANTAI, "各县、该县、本县级、邻县、外县、两县。", id="other counties"),
        pytest.param(SANTAI, "北京路、南京东路、解放路车水马龙。", id="roads"),
        pytest.param(SANTAI, "合作共赢，和平发展，开放建设，安宁祥和。", id="ordinary words"),
        pytest.param(SANTAI, "开发区、高新区、新区、郊区、矿区发展迅速。", id="generic zones"),
        pytest.param(SANTAI, "藏族、彝族、东乡族、土家族群众同庆。", id="peoples"),
        pytest.param(SANTAI, "城区、镇区、乡村、街道、社区焕然一新。", id="levels alone"),
        pytest.param(SANTAI, "全会精神、全镇动员、我镇起步。", id="township paper it is not"),
        pytest.param(SANTAI, "夏津津有味，南北通透，东西贯通。", id="across words"),
    ],
)
def test_not_named(reader: Reader, region: str | None, text: str) -> None:
    assert reader.divisions(text, region) == []


def test_villages_of_other_counties_are_no_divisions(reader: Reader) -> None:
    """A village name is too common to be told apart away from home; only the township has its code."""
    said = reader.said("考察团到江苏省昆山市张浦镇姜杭村学习。", SANTAI)
    coded = [one.surface for one in said if one.entity.code]
    assert coded[-1] == "张浦镇"
    assert [one.entity.code for one in said if one.surface == "姜杭村"] in ([], [None])


def test_short_names_need_text(reader: Reader) -> None:
    """The same stem away from home: not in a slogan, but in a list beside a sure one."""
    assert reader.divisions("学习成都、德阳经验。", WUYI) == [("成都", "5101"), ("德阳", "5106")]
    assert reader.divisions("三台县的麦冬、长寿的老人、平安的社区。", SANTAI) == [("三台县", "510722")]
