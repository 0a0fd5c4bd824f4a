"""Bodies of a region and names that end in a suffix: where they begin and end, and what is no name."""

from __future__ import annotations

import pytest
from reading import Reader

SANTAI = "四川省绵阳市三台县"
WUYI = "浙江省金华市武义县"
XISHUI = "贵州省遵义市习水县"
KUNSHAN = "江苏省苏州市昆山市"
DEBAO = "广西壮族自治区百色市德保县"
UJIMQIN = "内蒙古自治区锡林郭勒盟东乌珠穆沁旗"
YUANYANG = "云南省红河哈尼族彝族自治州元阳县"
LINGSHUI = "海南省陵水黎族自治县"
SHUNDE = "广东省佛山市顺德区"
SONGJIANG = "上海市松江区"


@pytest.mark.parametrize(
    ("region", "text", "bodies"),
    [
        pytest.param(SANTAI, "县委、县政府高度重视。", [("县委", "三台县委"), ("县政府", "三台县政府")], id="level character"),
        pytest.param(SANTAI, "省委、省政府作出部署。", [("省委", "四川省委"), ("省政府", "四川省政府")], id="province"),
        pytest.param(SANTAI, "县委编办、县委政法委、县纪委监委参加。", [("县委编办", "三台县委编办"), ("县委政法委", "三台县委政法委"), ("县纪委监委", "三台县纪委监委")], id="units of the committee"),
        pytest.param(SANTAI, "县市场监督管理局、县农业农村局到场。", [("县市场监督管理局", "三台县市场监督管理局"), ("县农业农村局", "三台县农业农村局")], id="bureaux in full"),
        pytest.param(SANTAI, "三台县人民法院、三台县公安局联合发文。", [("三台县人民法院", "三台县人民法院"), ("三台县公安局", "三台县公安局")], id="region before"),
        pytest.param(SANTAI, "中共三台县委作出决定。", [("中共三台县委", "三台县委")], id="party chain"),
        pytest.param(SANTAI, "三台县人民政府发布公告。", [("三台县人民政府", "三台县政府")], id="people's government"),
        pytest.param(SANTAI, "芦溪镇党委、芦溪镇人民政府牵头。", [("芦溪镇党委", "芦溪镇党委"), ("芦溪镇人民政府", "芦溪镇政府")], id="township"),
        pytest.param(KUNSHAN, "市委宣传部、市工信局发文。", [("市委宣传部", "昆山市委宣传部"), ("市工信局", "昆山市工信局")], id="county-level city"),
        pytest.param(SONGJIANG, "市委与区委、区政府部署。", [("市委", "上海市委"), ("区委", "松江区委"), ("区政府", "松江区政府")], id="municipality and district"),
        pytest.param(DEBAO, "自治区教育厅、自治区党委宣传部下发通知。", [("自治区教育厅", "广西壮族自治区教育厅"), ("自治区党委宣传部", "广西壮族自治区党委宣传部")], id="autonomous region"),
        pytest.param(UJIMQIN, "盟委、旗人民法院到场。", [("盟委", "锡林郭勒盟委"), ("旗人民法院", "东乌珠穆沁旗人民法院")], id="league and banner"),
        pytest.param(YUANYANG, "州委、州人大常委会、红河州农业局支持。", [("州委", "红河哈尼族彝族自治州委"), ("州人大常委会", "红河哈尼族彝族自治州人大常委会"), ("红河州农业局", "红河哈尼族彝族自治州农业局")], id="autonomous prefecture"),
        pytest.param(LINGSHUI, "自治县人大常委会开会。", [("自治县人大常委会", "陵水黎族自治县人大常委会")], id="autonomous county"),
        pytest.param(SANTAI, "县残联、县妇联、县文联承办。", [("县残联", "三台县残联"), ("县妇联", "三台县妇联"), ("县文联", "三台县文联")], id="mass organisations"),
        pytest.param(SANTAI, "三台县公安局交警大队开展整治。", [("三台县公安局交警大队", "三台县公安局交警大队")], id="unit of a bureau"),
        pytest.param(SANTAI, "共青团三台县委、民盟绵阳市委调研。", [("共青团三台县委", "共青团三台县委"), ("民盟绵阳市委", "民盟绵阳市委")], id="league and parties"),
        pytest.param(SANTAI, "县融媒体中心、县电视台直播。", [("县融媒体中心", "三台县融媒体中心"), ("县电视台", "三台县电视台")], id="level and a suffix alone"),
        pytest.param(SANTAI, "县教育和体育局、县商务和粮食局发文。", [("县教育和体育局", "三台县教育和体育局"), ("县商务和粮食局", "三台县商务和粮食局")], id="merged bureaux with 和"),
        pytest.param("黑龙江省佳木斯市桦川县", "县计委、县土地局、县人事劳动局发文。", [("县计委", "桦川县计委"), ("县土地局", "桦川县土地局"), ("县人事劳动局", "桦川县人事劳动局")], id="bureaux of 2005"),
        pytest.param(SONGJIANG, "区卫生健康委、区农业农村委发文。", [("区卫生健康委", "松江区卫生健康委"), ("区农业农村委", "松江区农业农村委")], id="commissions"),
        pytest.param(SANTAI, "三台县委、县政府和各乡镇落实。", [("三台县委", "三台县委"), ("县政府", "三台县政府")], id="short behind full"),
    ],
)  # fmt: skip
def test_bodies_of_a_region(reader: Reader, region: str, text: str, bodies: list[tuple[str, str]]) -> None:
    assert reader.bodies(text, region) == bodies


@pytest.mark.parametrize(
    ("region", "text", "bodies"),
    [
        pytest.param(WUYI, "浙江恒达机械有限公司投产。", ["浙江恒达机械有限公司"], id="company behind a province"),
        pytest.param(SANTAI, "四川宏达（集团）有限公司获奖。", ["四川宏达（集团）有限公司"], id="brackets inside"),
        pytest.param(
            XISHUI,
            "习水县鳛部文化旅游开发有限责任公司成立。",
            ["习水县鳛部文化旅游开发有限责任公司"],
            id="company behind a county",
        ),
        pytest.param(SANTAI, "三台农商银行发放贷款。", ["三台农商银行"], id="bank"),
        pytest.param(
            SANTAI,
            "西南科技大学、绵阳中学、三台县第一小学派出教师。",
            ["西南科技大学", "绵阳中学", "三台县第一小学"],
            id="schools",
        ),
        pytest.param(SANTAI, "三台县人民医院、潼川镇卫生院义诊。", ["三台县人民医院", "潼川镇卫生院"], id="hospitals"),
        pytest.param(SANTAI, "四川日报、绵阳电视台报道。", ["四川日报", "绵阳电视台"], id="media"),
        pytest.param(SANTAI, "麦冬产业协会、三台县商会倡议。", ["麦冬产业协会", "三台县商会"], id="associations"),
        pytest.param(SANTAI, "绵阳市生态环境局三台分局带队。", ["绵阳市生态环境局三台分局"], id="branch of a bureau"),
        pytest.param(XISHUI, "习水经济开发区管委会招商。", ["习水经济开发区管委会"], id="administration of a zone"),
        pytest.param(SANTAI, "城关派出所民警出动。", ["城关派出所"], id="police station"),
        pytest.param(
            SHUNDE, "碧海集团与顺德职业技术学院签约。", ["碧海集团", "顺德职业技术学院"], id="group and college"
        ),
        pytest.param(SHUNDE, "顺德区住建水利局局长梁沛介绍情况。", ["顺德区住建水利局"], id="merged bureau"),
        pytest.param(
            "江苏省苏州市昆山市", "昆山海关、昆山市第一人民医院支持。", ["昆山海关", "昆山市第一人民医院"], id="customs"
        ),
    ],
)
def test_bodies_by_suffix(reader: Reader, region: str, text: str, bodies: list[str]) -> None:
    assert [surface for surface, _ in reader.bodies(text, region)] == bodies


@pytest.mark.parametrize(
    ("region", "text", "sites"),
    [
        pytest.param(SANTAI, "绵三高速公路、涪江大桥通车。", ["绵三高速公路", "涪江大桥"], id="roads and bridges"),
        pytest.param(SANTAI, "梓州大道、北泉路完成改造。", ["梓州大道", "北泉路"], id="streets"),
        pytest.param(
            SANTAI,
            "梓州公园、凤凰山小区、鸿福家园安装充电桩。",
            ["梓州公园", "凤凰山小区", "鸿福家园"],
            id="park and estates",
        ),
        pytest.param(
            SANTAI, "三台县工业园区、三台县经济开发区开工。", ["三台县工业园区", "三台县经济开发区"], id="zones"
        ),
        pytest.param(XISHUI, "马临工业园区投产。", ["马临工业园区"], id="zone without a region"),
        pytest.param(XISHUI, "土城镇青杠坡红军烈士陵园迎来游客。", ["青杠坡红军烈士陵园"], id="site behind a township"),
        pytest.param(XISHUI, "习水县体育馆座无虚席。", ["习水县体育馆"], id="generic site keeps its region"),
        pytest.param(LINGSHUI, "英州镇清水湾游人如织。", ["清水湾"], id="bay"),
        pytest.param(SONGJIANG, "雁栖湖国际会展中心落成。", ["雁栖湖国际会展中心"], id="exhibition centre"),
        pytest.param(XISHUI, "箐山公园、鲁班水库蓄水。", ["箐山公园", "鲁班水库"], id="park and reservoir"),
        pytest.param(
            SANTAI,
            "刘庄煤矿、王集采石场、洪集渡口复工。",
            ["刘庄煤矿", "王集采石场", "洪集渡口"],
            id="mine, quarry, ferry",
        ),
        pytest.param(
            WUYI,
            "武阳江家属院、壶山街道新时代文明实践所揭牌。",
            ["武阳江家属院", "壶山街道新时代文明实践所"],
            id="compound and practice station",
        ),
        pytest.param(WUYI, "柳城畲族镇金川村发展旅游。", ["金川村"], id="village that no gazetteer has"),
    ],
)
def test_sites(reader: Reader, region: str, text: str, sites: list[str]) -> None:
    assert [surface for surface, _ in reader.sites(text, region)] == sites


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("各级党委、政府要切实负责。", id="every committee"),
        pytest.param("该公司、各企业、本行、某医院、我校。", id="pointed at"),
        pytest.param("有限公司、银行、学校、医院、派出所要配合。", id="suffixes alone"),
        pytest.param("人民公园、文化广场、农贸市场里人来人往。", id="generic sites"),
        pytest.param("社区党支部组织活动，村委会张贴公告。", id="bodies of an unnamed village"),
        pytest.param("有关部门、相关单位、行业协会负责。", id="generic bodies"),
        pytest.param("各村、各社区、各乡镇、各街道落实。", id="every village"),
        pytest.param("重点项目、民生工程、示范基地、服务平台建设提速。", id="generic projects"),
        pytest.param("新建公路三条，扩建小学两所。", id="counted"),
        pytest.param("产业园区、工业园区、开发区一派繁忙。", id="zones without a name"),
        pytest.param("委员、委托、委任、委派、委屈。", id="words with 委"),
        pytest.param("老城区改造，新城区扩容，市场繁荣。", id="words with a level character"),
        pytest.param("图书馆、文化馆、体育馆免费开放。", id="halls"),
        pytest.param("合作社、家庭农场、种植大户增收。", id="kinds of farms"),
        pytest.param("志愿服务队、宣讲团、工作队进村入户。", id="kinds of teams"),
        pytest.param("要把好事办好，实事办实。", id="verbs"),
        pytest.param("办公室里，会议室内，大院门口。", id="rooms"),
        pytest.param("进村入户、走街串巷、跋山涉水。", id="idioms with place words"),
    ],
)
def test_no_names(reader: Reader, text: str) -> None:
    assert [one.surface for one in reader.said(text, SANTAI)] == []


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        pytest.param("三台县敬老院副院长周芳介绍情况。", "ORG", id="a home with a head acts"),
        pytest.param("志愿者来到三台县敬老院慰问。", "PLACE", id="a home that one goes to"),
        pytest.param("专家走进三台县博物馆。", "PLACE", id="a museum that one goes to"),
        pytest.param("由三台县博物馆主办。", "ORG", id="a museum that acts"),
    ],
)
def test_site_or_body(reader: Reader, text: str, kind: str) -> None:
    found = [one for one in reader.said(text, SANTAI) if one.surface.startswith("三台县")]
    assert [one.kind.value for one in found] == [kind]


def test_a_page_has_one_kind_for_a_name(reader: Reader) -> None:
    text = "志愿者来到三台县敬老院慰问。三台县敬老院副院长周芳表示感谢。"
    found = [one for one in reader.said(text, SANTAI) if one.surface == "三台县敬老院"]
    assert len({one.entity.id for one in found}) == 1


@pytest.mark.parametrize(
    ("text", "surface", "subtype"),
    [
        pytest.param("张庄自然村通了公路。", "张庄自然村", "village", id="hamlet"),
        pytest.param("鸿福家园通了公路。", "鸿福家园", "site", id="estate"),
    ],
)
def test_subtypes(reader: Reader, text: str, surface: str, subtype: str) -> None:
    assert (surface, subtype) in reader.sites(text, SANTAI)


def test_bodies_of_the_other_parties(reader: Reader) -> None:
    bodies = [
        name for name, _ in reader.bodies("民盟绵阳市委会、九三学社三台县基层委与民建中央派人，农民进城。", SANTAI)
    ]
    assert bodies == ["民盟绵阳市委会", "九三学社三台县基层委", "民建中央"]
