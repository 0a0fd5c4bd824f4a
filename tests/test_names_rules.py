"""Rules of `kg.mentions`, each by a text that it reads and by the nearest one that it must leave alone."""

from __future__ import annotations

import pytest
from reading import Reader

SANTAI = "四川省绵阳市三台县"
XISHUI = "贵州省遵义市习水县"
UJIMQIN = "内蒙古自治区锡林郭勒盟东乌珠穆沁旗"
DEBAO = "广西壮族自治区百色市德保县"
CHANGXING = "浙江省湖州市长兴县"
QUJIANG = "浙江省衢州市衢江区"
KECHENG = "浙江省衢州市柯城区"
NAIDONG = "西藏自治区山南市乃东区"
SHACHE = "新疆维吾尔自治区喀什地区莎车县"

# (id, region, text, every name in order)
BEGINNINGS = [
    ("registered name with its regions", SANTAI, "陕西洛川延昌果业有限公司派人参加。", "陕西洛川延昌果业有限公司"),
    ("full regions before a registered name", SANTAI, "四川省三台县延昌果业有限公司派人参加。",
     "四川省 三台县延昌果业有限公司"),
    ("group that begins a name", UJIMQIN, "科左中旗草原集团乳业公司投产。", "科左中旗 草原集团乳业公司"),
    ("company of the banner", UJIMQIN, "东乌珠穆沁旗草原乳业公司投产。", "东乌珠穆沁旗草原乳业公司"),
    ("road between two places", SANTAI, "李庄至王集高速公路通车。", "李庄至王集高速公路"),
    ("road from one place to another", SANTAI, "自李庄至王集高速公路通车。", "李庄至王集高速公路"),
    ("road between two regions", XISHUI, "泸州至习水高速公路通车。", "泸州至习水高速公路"),
    ("road of a class between two regions", XISHUI, "自泸州至习水一级公路通车。", "泸州至习水一级公路"),
    ("road of a region", XISHUI, "习水高速公路通车。", "习水高速公路"),
    ("from morning to night", SANTAI, "从早至晚高速公路繁忙。", ""),
    ("park in a zone", SANTAI, "三台县经济开发区临港产业园开工。", "三台县经济开发区 临港产业园"),
    ("zone by itself", SANTAI, "三台县经济开发区开工。", "三台县经济开发区"),
    ("what is built in a zone", SANTAI, "绵阳市经济技术开发区建设铁路。", "绵阳市经济技术开发区"),
    ("before and", SANTAI, "绵阳中学和育才小学开学。", "绵阳中学 育才小学"),
    ("and inside a bureau", SANTAI, "县教育和体育局发文。", "县教育和体育局"),
    ("dot inside", XISHUI, "正安·国际吉他产业园开园。", "正安·国际吉他产业园"),
    ("numbered unit of an office", SANTAI, "绵阳市委主题教育办第二联络组到会。", "绵阳市委主题教育办第二联络组"),
    ("office that does", SANTAI, "县委办主办第二联络组会议。", "县委办"),
    ("what it is, then its name", SANTAI, "饲料加工公司宏远牧业公司落户。", "宏远牧业公司"),
    ("works that somebody looks at", SANTAI, "县长到三台县调研项目建设。", "三台县"),
    ("station of a town", SANTAI, "考察团到绵阳东站考察。", "绵阳东站"),
    ("goes to the whole of it", SANTAI, "他来到同心共富综合体，察看设施。", "同心共富综合体"),
    ("goes to everyday words", SANTAI, "他走进田间地头、农家小院。", ""),
    ("street of shops", SANTAI, "他前往长虹一条街。", "长虹一条街"),
    ("street of a trade", SANTAI, "他来到百货一条街。", ""),
    ("inside of a park", SANTAI, "滨江公园内，游人如织。", "滨江公园"),
    ("zone and its park by code", SANTAI, "三台县M0园区开工。", "三台县 M0园区"),
    ("code behind a short name", QUJIANG, "衢江M0园区开工。", "衢江M0园区"),
    ("trade by its letters", SANTAI, "四川IT产业基地发展迅速。", "四川"),
    ("longer letters of a trade", SANTAI, "三台LED产业基地投产。", "三台"),
]  # fmt: skip

NO_NAMES = [
    ("slogan", SANTAI, "勇当先行示范区，争当模范社区。", ""),
    ("zone one goes to", SANTAI, "他来到先行示范区。", "先行示范区"),
    ("zone that is aimed at", SANTAI, "三台县打造麦冬产业示范区。", "三台县"),
    ("zone that is to be built", SANTAI, "建设涪江示范区。", ""),
    ("zone that is not to be built", SANTAI, "他来到涪江示范区。", "涪江示范区"),
    ("honour of a base", SANTAI, "命名为绿源示范基地。", ""),
    ("base that one goes to", SANTAI, "他来到绿源示范基地。", "绿源示范基地"),
    ("zone that is there", SANTAI, "他来到三台县麦冬产业示范区。", "三台县 麦冬产业示范区"),
    ("counted", SANTAI, "走访了11个社区、3家公司。", ""),
    ("some estate", SANTAI, "芦溪镇某小区停水。", "芦溪镇"),
    ("one estate", SANTAI, "芦溪镇一小区内停水。", "芦溪镇"),
    ("estate by name", SANTAI, "芦溪镇鸿福小区停水。", "芦溪镇 鸿福小区"),
    ("first school", SANTAI, "三台县一中开学。", "三台县一中"),
    ("works of the committee", SANTAI, "市委重点项目开工。", "市委"),
    ("market of a region", SANTAI, "产品进入台湾市场。", "台湾"),
    ("market with a trade", SANTAI, "产品进入三台县农贸市场。", "三台县农贸市场"),
    ("leg of a campaign", SANTAI, "文化行——成都站启动。", "成都"),
    ("station", SANTAI, "他来到成都站。", "成都站"),
    ("state abroad", SANTAI, "哈萨克斯坦政府宣布。", ""),
    ("government at home", SANTAI, "三台县政府宣布。", "三台县政府"),
    ("class in brackets", SANTAI, "三台县开发区（园区）整合提升。", "三台县"),
    ("figure in brackets", SANTAI, "三台县开发区（总投资三亿元）开工。", "三台县开发区"),
    ("machines by their trade", SANTAI, "工程机械公司投产。", ""),
    ("price of the works", SANTAI, "三台县引水工程造价高。", "三台县"),
    ("works", SANTAI, "三台县引水工程竣工。", "三台县 引水工程"),
    ("company of works", SANTAI, "宏远工程公司投产。", "宏远工程公司"),
    ("sponsor of a zone", SANTAI, "三台经开区协办。", "三台经开区"),
    ("youth league for short", SANTAI, "团县委书记到会。", "团县委"),
    ("a group from the county", SANTAI, "团县里的人来了。", ""),
    ("shop that the tagger takes whole", SANTAI, "杭州百草堂到会。", "杭州百草堂"),
    ("back to the country", SANTAI, "返乡、下乡、还乡。", ""),
]  # fmt: skip

BODIES = [
    ("committee of the zone", SANTAI, "三台县临江开发区党工委副书记、管委会主任李文斌到会。",
     "三台县临江开发区党工委=三台县临江开发区党工委 管委会=三台县临江开发区管委会"),
    ("committee of nothing", SANTAI, "李文斌说，管委会主任到会。", ""),
    ("committee that asks", SANTAI, "三台县临江开发区党工委委员、管委会要求。",
     "三台县临江开发区党工委=三台县临江开发区党工委"),
    ("city that is a county today", CHANGXING, "长兴市委、长兴市人大到会。", "长兴市委=长兴市委 长兴市人大=长兴市人大"),
    ("county that it is", CHANGXING, "长兴县委、长兴县人大到会。", "长兴县委=长兴县委 长兴县人大=长兴县人大"),
    ("the region carried on", DEBAO, "平果市委书记李文斌，市委副书记、市长何晓明到会。",
     "平果市委=平果市委 市委=平果市委"),
    ("the next sentence", DEBAO, "平果市委书记李文斌到会。市委副书记、市长何晓明到会。", "平果市委=平果市委 市委=百色市委"),
    ("another region between", DEBAO, "平果市委书记李文斌来到德保县参加会议，市委副书记、市长何晓明到会。",
     "平果市委=平果市委 市委=百色市委"),
    ("level before a school", SANTAI, "县第三小学开学。", "县第三小学=三台县第三小学"),
    ("firm of a list", SANTAI, "四川默锐科技有限公司、凉爽空调等二百余家企业签约。",
     "四川默锐科技有限公司=四川默锐科技有限公司 凉爽空调=凉爽空调"),
    ("wares of a list", SANTAI, "四川默锐科技有限公司、凉爽空调等二百余种产品到场。",
     "四川默锐科技有限公司=四川默锐科技有限公司"),
    ("everyday word of a list", SANTAI, "四川默锐科技有限公司、幸福家庭等三十余家企业到会。",
     "四川默锐科技有限公司=四川默锐科技有限公司"),
    ("list of firms without a known one", SANTAI, "凉爽空调、幸福家庭等三十余家企业到会。", ""),
    ("product of a company", SANTAI, "四川默锐科技有限公司投产。“默锐·云仓”上线。",
     "四川默锐科技有限公司=四川默锐科技有限公司"),
    ("trade of timber", SANTAI, "四川默锐木业有限公司投产。今年，默锐新招百人。",
     "四川默锐木业有限公司=四川默锐木业有限公司 默锐=四川默锐木业有限公司"),
    ("the party for short", SANTAI, "九三学社绵阳市委会召开会议。会后，九三社员义诊。",
     "九三学社绵阳市委会=九三学社绵阳市委会 九三=九三学社绵阳市委会"),
    ("a parade", SANTAI, "九三学社绵阳市委会召开会议。九三阅兵开始。", "九三学社绵阳市委会=九三学社绵阳市委会"),
    ("level said twice", SANTAI, "德阳市市委召开会议。", "德阳市市委=德阳市委"),
    ("bureau before a post", SANTAI, "副县长何文、体育局局长罗永强到会。", "体育局=体育局"),
    ("bureau before a post in speech", SANTAI, "何文说，他找过体育局局长。", ""),
    ("fair ground and service centre are sites", SANTAI, "昨日，鸿福博览中心、鸿福公共服务中心举行比赛。", ""),
    ("centre that guides is a body", SANTAI, "昨日，鸿福指导中心举行比赛。", "鸿福指导中心=鸿福指导中心"),
    ("bureaux of nobody", SANTAI, "此事由财政局、教育局、民政局负责。", ""),
    ("joint committee", SANTAI, "绵阳市社会组织综合党委召开会议。", "绵阳市社会组织综合党委=绵阳市社会组织综合党委"),
    ("committee of what it leads", SANTAI, "绵阳市社会组织党委召开会议。", ""),
    ("the party is not on the page", SANTAI, "九三社员义诊。", ""),
]  # fmt: skip

LATER = [
    ("everyday words behind a region", DEBAO, "他来到百色市青年创业孵化园。", "百色市青年创业孵化园"),
    ("a name behind a region", DEBAO, "他来到百色市鸿福产业园。", "百色市 鸿福产业园"),
    ("class of town", SANTAI, "全县有街道、建制镇十二个。", "全县"),
    ("town", SANTAI, "全县有芦溪镇、刘营镇。", "全县 芦溪镇 刘营镇"),
    ("bank in a project's name", SANTAI, "三台县绵阳银行建设项目开工。", "三台县 绵阳银行"),
    ("building in a project's name", SANTAI, "三台县鸿福大楼改造项目开工。", "三台县 鸿福大楼改造项目"),
    ("stop with a figure in its name", SANTAI, "他先后参观了宏图1.2兆瓦电站、鸿福家园。", "宏图1.2兆瓦电站 鸿福家园"),
    ("how large the stop is", SANTAI, "他先后参观了1.5万亩公园、鸿福家园。", "鸿福家园"),
    ("centre that is aimed at", SANTAI, "三台县打造川北物资集散中心。", "三台县"),
    ("centre that one goes to", SANTAI, "他来到川北物资集散中心。", "川北物资集散中心"),
    ("middle of the town", SANTAI, "三台县鸿福文化中心城区建设提速。", "三台县"),
    ("centre in the town", SANTAI, "三台县鸿福文化中心开馆。", "三台县 鸿福文化中心"),
    ("money for a project", SANTAI, "三台县涪江治理项目资金到位。", "三台县 涪江"),
    ("project", SANTAI, "三台县涪江治理项目开工。", "三台县 涪江治理项目"),
    ("trade of a project", SANTAI, "昨日，草莓种植示范项目开工。", ""),
    ("name of a project", SANTAI, "昨日，长虹种植示范项目开工。", "长虹种植示范项目"),
    ("house of the deputies", SANTAI, "刘营镇人大代表之家揭牌。", "刘营镇人大代表之家"),
    ("deputies of a township", SANTAI, "刘营镇人大代表到会。", "刘营镇"),
    ("deputies of the county, counted", SANTAI, "县人大代表2名到会。", ""),
    ("congress of the county", SANTAI, "县人大召开会议。", "县人大"),
    ("an estate of quality", SANTAI, "新添一个优美宜居小区。", ""),
    ("an estate called so", SANTAI, "增添一个名为鸿福宜居小区的住宅区。", "鸿福宜居小区"),
    ("room in the county's house", SANTAI, "会议在县政务大楼三楼会议室召开。", "县政务大楼三楼会议室"),
    ("room with a name", SANTAI, "会议在县鸿福会议室召开。", "鸿福会议室"),
    ("all counties' committees", SANTAI, "德阳市县委召开会议。", "德阳市"),
    ("exit of a motorway", SANTAI, "他来到芦溪高速出口。", "芦溪高速出口"),
    ("some exit of a motorway", SANTAI, "他来到高速出口。", ""),
    ("house of a union", SANTAI, "他来到鸿福社区职工之家。", "鸿福社区职工之家"),
    ("house of some union", SANTAI, "他来到职工之家。", ""),
    ("fair ground", SANTAI, "昨日，鸿福博览中心举行比赛。", "鸿福博览中心"),
    ("some fair ground", SANTAI, "他来到博览中心。", ""),
    ("service centre by name", SANTAI, "昨日，鸿福公共服务中心举行比赛。", "鸿福公共服务中心"),
    ("some service centre", SANTAI, "他来到公共服务中心。", ""),
]  # fmt: skip

SITES = [
    ("site of a company", SANTAI, "四川默锐科技有限公司绵阳生产基地投产。", "四川默锐科技有限公司绵阳生产基地"),
    ("customers of a company", SANTAI, "四川默锐科技有限公司绵阳客户多。", "四川默锐科技有限公司 绵阳"),
]

PLACES = [
    ("greater city", SANTAI, "走进大成都，融入大绵阳。", "大成都 大绵阳"),
    ("word before a city", SANTAI, "扩大成都的影响。", "成都"),
    ("no city", "浙江省金华市武义县", "走进大武义。", "武义"),
    ("service of a province", SANTAI, "福建政务服务网上线。", ""),
    ("province that serves", SANTAI, "福建政务公开。", "福建"),
    ("one character of the home region", QUJIANG, "留衢过年，来衢考察，在衢就业。", "衢 衢 衢"),
    ("one character before a plant", KECHENG, "在柯木上刻字。", ""),
]  # fmt: skip

PEOPLE = [
    ("two given names", NAIDONG, "索南多吉、扎西央宗来了。", "索南多吉 扎西央宗"),
    ("two behind a post", NAIDONG, "研究员尼玛扎西到会。", "尼玛扎西"),
    ("one alone", NAIDONG, "扎西来了。", ""),
    ("a place of that name", NAIDONG, "他来到扎西村，住在扎西街上。", ""),
    ("surname and given name", UJIMQIN, "白乌力吉的羊群。", "白乌力吉"),
    ("a sumu of that name", UJIMQIN, "乌力吉苏木草场返青。", ""),
    ("group behind a dotted name", SHACHE, "艾尔肯·吐尔逊一行来到米夏镇。", "艾尔肯·吐尔逊"),
    ("name that ends in words", SHACHE, "阿不都·哈布都拉来到米夏镇。", "阿不都·哈布都拉"),
    ("all of them", SHACHE, "艾尔肯·吐尔逊都来到米夏镇。", "艾尔肯·吐尔逊"),
    ("levels of a banner", UJIMQIN, "各乡镇苏木、嘎查负责人到会。", ""),
    ("bears a region's name behind an office", SANTAI, "副县长吴忠出席会议。", "吴忠"),
    ("region behind an office", SANTAI, "副县长赴吴忠出席会议。", ""),
    ("region before a delegation", SANTAI, "全国人大代表黄山代表团到会。", ""),
    ("bears a region's name in a list", SANTAI, "县领导何文、罗永强、高平和李晓军到会。", "何文 罗永强 高平 李晓军"),
    ("regions behind a list", SANTAI, "县领导何文、罗永强、绵阳和德阳到会。", "何文 罗永强"),
    ("regions and the like behind a list", SANTAI, "县领导何文、罗永强、高平等地客商。", "何文 罗永强"),
    ("regions in a list", SANTAI, "他先后到过成都、宜宾、高平和马边。", ""),
    ("name that begins like a level", UJIMQIN, "村民苏木林到会。", "苏木林"),
]  # fmt: skip


def rows(cases: list[tuple[str, str, str, str]]) -> list[object]:
    return [pytest.param(region, text, names.split(), id=id_) for id_, region, text, names in cases]


@pytest.mark.parametrize(("region", "text", "names"), rows([*BEGINNINGS, *NO_NAMES, *LATER, *SITES, *PLACES]))
def test_every_name(reader: Reader, region: str, text: str, names: list[str]) -> None:
    assert [said.surface for said in reader.said(text, region)] == names


@pytest.mark.parametrize(("region", "text", "bodies"), rows(BODIES))
def test_bodies(reader: Reader, region: str, text: str, bodies: list[str]) -> None:
    assert [f"{surface}={name}" for surface, name in reader.bodies(text, region)] == bodies


@pytest.mark.parametrize(("region", "text", "people"), rows(PEOPLE))
def test_people(reader: Reader, region: str, text: str, people: list[str]) -> None:
    assert reader.people(text, region) == people


@pytest.mark.parametrize(
    ("text", "surface", "rule"),
    [
        ("李庄至王集高速公路通车。", "李庄至王集高速公路", "name.between"),
        ("他来到同心共富综合体，察看设施。", "同心共富综合体", "name.visited"),
        ("临江新区党工委委员、管委会副主任李文斌到会。", "管委会", "name.committee"),
        ("四川默锐科技有限公司、凉爽空调等二百余家企业签约。", "凉爽空调", "known.listed-firm"),
        ("四川默锐科技有限公司绵阳生产基地投产。", "四川默锐科技有限公司绵阳生产基地", "known.site-of"),
    ],
)
def test_rules_are_named(reader: Reader, text: str, surface: str, rule: str) -> None:
    assert {said.mention.rule for said in reader.said(text, SANTAI) if said.surface == surface} == {rule}
