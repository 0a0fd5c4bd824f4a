"""People: beside a post, in lists, by the tagger, masked, with courtesy words; and the words that only look like names."""

from __future__ import annotations

import pytest
from reading import Reader

WUYI = "浙江省金华市武义县"
SANTAI = "四川省绵阳市三台县"
XISHUI = "贵州省遵义市习水县"
SHACHE = "新疆维吾尔自治区喀什地区莎车县"
NAIDONG = "西藏自治区山南市乃东区"
UJIMQIN = "内蒙古自治区锡林郭勒盟东乌珠穆沁旗"
DEBAO = "广西壮族自治区百色市德保县"
WANGQING = "吉林省延边朝鲜族自治州汪清县"
DONGXIANG = "甘肃省临夏回族自治州东乡族自治县"


@pytest.mark.parametrize(
    ("region", "text", "people"),
    [
        pytest.param(WUYI, "3月2日，县委书记张志远率队到王宅镇调研。", ["张志远"], id="post before"),
        pytest.param(WUYI, "张志远书记要求，各地要抓紧备耕。", ["张志远"], id="post behind"),
        pytest.param(WUYI, "县长李文斌主持，副县长何晓明、周丽华参加。", ["李文斌", "何晓明", "周丽华"], id="list"),
        pytest.param(
            SANTAI, "县领导严立华、冉茂林、石小琼参加。", ["严立华", "冉茂林", "石小琼"], id="collective post before"
        ),
        pytest.param(
            SANTAI, "昨日，严立华、冉茂林、石小琼等县领导参加。", ["严立华", "冉茂林", "石小琼"], id="collective behind"
        ),
        pytest.param(
            SANTAI, "退休教师欧阳文华和村民上官秀兰一同前往。", ["欧阳文华", "上官秀兰"], id="two-character surname"
        ),
        pytest.param(XISHUI, "贵州大学教授诸葛松出席。", ["诸葛松"], id="two-character surname, one given"),
        pytest.param(SANTAI, "参赛选手王某、张某军被取消资格。", ["王某", "张某军"], id="masked"),
        pytest.param(SANTAI, "嫌疑人李某某被抓获。", ["李某某"], id="masked twice"),
        pytest.param("山东省潍坊市寒亭区", "市民吴女士、业主郑先生来电。", ["吴女士", "郑先生"], id="courtesy"),
        pytest.param(SANTAI, "主席台上坐着县长王　丽。", ["王　丽"], id="set apart"),
        pytest.param(WUYI, "村民雷根土告诉记者，今年收成好。", ["雷根土"], id="villager"),
        pytest.param(WUYI, "市委副书记、市长刘永进行调研。", ["刘永"], id="third character belongs to the verb"),
        pytest.param(SHACHE, "县长艾尔肯·吐尔逊深入米夏镇。", ["艾尔肯·吐尔逊"], id="dotted"),
        pytest.param(
            SHACHE,
            "县人大常委会主任阿不都热西提·买买提，县政协主席古丽娜尔·艾合买提出席。",
            ["阿不都热西提·买买提", "古丽娜尔·艾合买提"],
            id="two dotted",
        ),
        pytest.param(SHACHE, "莎车县人民医院副院长热依汗古丽接受采访。", ["热依汗古丽"], id="no dot, behind a post"),
        pytest.param(NAIDONG, "区委书记次仁多吉到昌珠镇慰问。", ["次仁多吉"], id="Tibetan"),
        pytest.param(UJIMQIN, "旗委书记阿拉腾敖其尔深入草原。", ["阿拉腾敖其尔"], id="Mongolian"),
        pytest.param(UJIMQIN, "盟委委员、副盟长布仁巴图到我旗调研。", ["布仁巴图"], id="Mongolian behind two posts"),
        pytest.param(WANGQING, "县委书记金哲洙，县长崔龙官参加。", ["金哲洙", "崔龙官"], id="Korean"),
        pytest.param(DONGXIANG, "那勒寺镇镇长马艾尔萨介绍。", ["马艾尔萨"], id="Dongxiang, four characters"),
        pytest.param(DEBAO, "村民覃有福、陆桂英种桑养蚕。", ["覃有福", "陆桂英"], id="surname of the south-west"),
        pytest.param(SANTAI, "公安民警周杰说，请大家注意安全。", ["周杰"], id="policeman"),
        pytest.param(SANTAI, "县一中校长张永、二小校长周玲介绍。", ["张永", "周玲"], id="head of a numbered school"),
        pytest.param(SANTAI, "镇长廖明（前排左二）查看秧苗。", ["廖明"], id="bracket behind"),
        pytest.param(SANTAI, "“今年麦冬价格好。”种植大户谢大全说。", ["谢大全"], id="behind a quotation"),
    ],
)
def test_people(reader: Reader, region: str, text: str, people: list[str]) -> None:
    assert reader.people(text, region) == people


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("县委书记说，县长表示，局长要求。", id="posts without names"),
        pytest.param("主任医师带领护士查房，班长点名。", id="posts that act"),
        pytest.param("教师节前夕，记者节，护士长。", id="posts inside words"),
        pytest.param("哈尼族、彝族、傣族、苗族、瑶族、汉族世居。", id="peoples"),
        pytest.param("高峰期间车流量大，田野里一片金黄。", id="words that are names elsewhere"),
        pytest.param("合作共赢，和平发展，建设美丽家园，开放包容。", id="slogans"),
        pytest.param("成都、德阳、绵阳三市联动。", id="cities"),
        pytest.param("安全生产、方便群众、张贴公告、周密部署。", id="verbs that begin with a surname"),
        pytest.param("于是，何时开工、江水清澈、白云飘飘。", id="words that begin with a surname"),
        pytest.param("各级党委、政府要切实负责。", id="bodies"),
        pytest.param("小麦、水稻、玉米、花生长势良好。", id="crops"),
        pytest.param("“马上办、网上办、就近办”成为常态。", id="slogan in quotes"),
        pytest.param("主任要带头，书记必须到场，镇长负总责。", id="posts and a modal verb"),
        pytest.param("全国人大代表、省政协委员参加。", id="post behind a body"),
        pytest.param("老人、妇女、儿童、残疾人得到关爱。", id="groups"),
        pytest.param("春节、清明、端午、中秋期间供应充足。", id="festivals"),
        pytest.param("温室大棚里，黄瓜、白菜、金针菇、马铃薯上市。", id="vegetables that begin with a surname"),
        pytest.param("王者归来，李代桃僵，张灯结彩。", id="idioms"),
        pytest.param("第一书记、驻村干部、网格员全部下沉。", id="grass-roots posts"),
        pytest.param("水利局、林业局、农业局分工负责。", id="bureaux"),
        pytest.param("村民委员会、居民小组、党支部。", id="bodies of a village"),
        pytest.param("一名老党员带着五位乡亲修路。", id="counted people"),
    ],
)
def test_no_people(reader: Reader, text: str) -> None:
    assert reader.people(text, SANTAI) == []


def test_reporters_are_people(reader: Reader) -> None:
    record = reader.record("本报讯（记者 赵小刚 通讯员 钱一鸣）3月2日，春耕开始。", SANTAI)
    surfaces = [mention.surface for mention in record.mentions]
    assert surfaces == ["赵小刚", "钱一鸣"]


def test_same_name_is_found_again(reader: Reader) -> None:
    text = "县长李文斌主持会议。会上，李文斌要求抓好春耕。随后，李文斌一行来到田间。"
    assert reader.people(text, WUYI) == ["李文斌"] * 3


def test_length_is_settled_by_the_page(reader: Reader) -> None:
    """徐旭来 is 徐旭 + 来 where 徐旭 stands elsewhere."""
    text = "副县长徐旭来到王宅镇。徐旭指出，要抓好春耕。徐旭要求，各村要带头。"
    assert reader.people(text, WUYI) == ["徐旭"] * 3
