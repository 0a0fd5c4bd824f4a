"""What happened, who took part, where and when: each named pattern of `kg.events` on sentences made up for it."""

from __future__ import annotations

import pytest
from told import (
    ANHUI,
    CHONGQING,
    FUJIAN,
    GANSU,
    GUANGXI,
    GUIZHOU,
    HEBEI,
    HENAN,
    HUBEI,
    HUNAN,
    SHANDONG,
    SHANXI,
    SICHUAN,
    YUNNAN,
    ZHEJIANG,
    Event,
    Paper,
    event,
    tell,
)

from kg.events import patterns

# (id, paper, text, type, date, places, participants)
TOURS = [
    ("stops-of-one-sentence", ANHUI,
     "5月14日上午，县委副书记、县长周启明到梅山镇调研，先后来到黄畈村、前畈村，实地察看茶园建设情况。",
     "inspection", "2019-05-14", "梅山镇 黄畈村 前畈村", "周启明:lead"),
    ("afterwards-and-in-the-afternoon", ANHUI,
     "5月14日上午，县委书记周启明来到黄畈村，走访慰问了困难群众。随后，周启明一行来到前畈村，实地察看茶园建设情况。"
     "当天下午，周启明还前往梅山镇敬老院看望老人。\n县委常委、办公室主任许国强陪同。",
     "inspection", "2019-05-14", "黄畈村 前畈村 梅山镇敬老院", "周启明:lead 许国强:accompany"),
    ("sentence-opens-with-the-place", HUNAN,
     "3月8日，县委书记蒙汉清到思蒙镇调研。在仁里冲村，蒙汉清详细了解了柑橘种植情况。"
     "在湖南思蒙旅游开发有限公司，他仔细询问了企业经营情况。",
     "inspection", "2018-03-08", "思蒙镇 仁里冲村 湖南思蒙旅游开发有限公司", "蒙汉清:lead"),
    ("village-in-township", SICHUAN,
     "1月18日，县长蒋明来到相如镇油房沟村，看望慰问老党员唐玉珍，与村党支部书记蒋勇一起商量发展思路。",
     "inspection", "2022-01-18", "油房沟村", "蒋明:lead 蒋勇:accompany"),
    ("accompanied-before", SICHUAN,
     "1月18日，在县委书记钟鸣远、县长蒋明的陪同下，省水利厅厅长郭亨荣先后到相如镇、锦屏镇检查防汛工作。",
     "inspection", "2022-01-18", "相如镇 锦屏镇", "郭亨荣:lead 钟鸣远:accompany 蒋明:accompany"),
    ("took-part", GANSU, "昨日，县委书记莫建平深入文峰镇检查安全生产工作。副县长何旭东参加检查。",
     "inspection", "2020-11-02", "文峰镇", "莫建平:lead 何旭东:attend"),
    ("two-leaders", HUNAN, "3月8日，副县长舒立群、副县长向明德到思蒙镇督导。",
     "inspection", "2018-03-08", "思蒙镇", "舒立群:lead 向明德:lead"),
    ("several-days", YUNNAN, "5月31日至6月1日，州委书记陈坚深入剑川县调研。陈坚先后来到沙溪古镇、石宝山景区。",
     "inspection", "2017-05-31/2017-06-01", "沙溪古镇 石宝山景区", "陈坚:lead"),
    ("the-same-day", CHONGQING,
     "6月16日，县委书记冉光明在龚滩镇调研时，要求各级各部门抓好旅游工作。"
     "当日，冉光明还到龙潭镇、麻旺镇检查了项目建设情况。",
     "inspection", "2020-06-16", "龚滩镇 龙潭镇 麻旺镇", "冉光明:lead"),
    ("last-year", SHANDONG, "去年3月，县委书记薛启明到泉庄镇尹家峪村调研时提出，要发展旅游。",
     "inspection", "2015-03", "尹家峪村", "薛启明:lead"),
    ("last-friday", SHANDONG, "上周五，薛启明书记带领县直部门主要负责人到泉庄镇现场办公。",
     "inspection", "2016-09-09", "泉庄镇", "薛启明:lead"),
    ("recently", HEBEI, "日前，全国人大代表杜新民到狼牙山镇东西水村调研。",
     "inspection", None, "东西水村", "杜新民:lead"),
    ("led-bodies", ZHEJIANG, "3月2日，副县长徐土金带领县应急管理局、县公安局负责人来到古市镇检查安全生产情况。",
     "inspection", "2020-03-02", "古市镇", "徐土金:lead 松阳县应急管理局:attend 松阳县公安局:attend"),
    ("hurries-at-night", GUIZHOU, "6月28日夜，县委书记杨胜平连夜赶赴平永镇指挥防汛抢险。",
     "inspection", "2023-06-28", "平永镇", "杨胜平:lead"),
    ("visitors", GANSU, "11月2日，福州市晋安区区长林建明率考察团来陇西县考察东西部协作工作。",
     "inspection", "2020-11-02", "陇西县", "林建明:lead"),
]  # fmt: skip

MEETINGS = [
    ("who-called-it", HUBEI, "3月11日，县农业农村局组织召开春耕生产座谈会。",
     "meeting", "2019-03-11", "", "宣恩县农业农村局:organise"),
    ("sponsors", HUBEI, "3月10日，由县文化和旅游局主办、宣恩县文化馆承办的贡水河文化论坛在兴隆老街举行。",
     "meeting", "2019-03-10", "兴隆老街", "宣恩县文化和旅游局:organise 宣恩县文化馆:organise"),
    ("host", GUIZHOU, "6月29日，县委书记杨胜平主持召开专题会议，研究防汛工作。",
     "meeting", "2023-06-29", "", "杨胜平:host"),
    ("host-and-attendance", SHANXI,
     "10月19日，县政协召开主席会议。县政协主席冯云平主持，副主席刘永强、薛爱平出席。",
     "meeting", "2017-10-19", "", "临县政协:organise 冯云平:host 刘永强:attend 薛爱平:attend"),
    ("encounter", HUBEI, "3月11日，县委书记张光明会见了湖北省交通投资集团有限公司总经理刘维汉一行。",
     "meeting", "2019-03-11", "", "张光明:lead 刘维汉:attend"),
    ("speaks-and-hosts", SHANXI,
     "10月19日，县政府召开秋季农业生产座谈会。副县长王文平主持会议，县长李大勇讲话。",
     "meeting", "2017-10-19", "", "临县政府:organise 王文平:host 李大勇:speak"),
]  # fmt: skip

OTHERS = [
    ("signing", SHANXI, "10月19日，临县人民政府与山西美锦能源股份有限公司签订合作框架协议。",
     "signing", "2017-10-19", "", "临县政府:subject 山西美锦能源股份有限公司:subject"),
    ("signing-attended", SICHUAN,
     "1月18日，蓬安县与四川天和实业有限公司签署战略合作协议。县委副书记、县长钟鸣远出席签约仪式。",
     "signing", "2022-01-18", "", "蓬安县:subject 四川天和实业有限公司:subject 钟鸣远:attend"),
    ("opening-ceremony", HEBEI, "5月20日上午，万通物流园项目举行开工仪式，县委书记马志远宣布开工，县长杜新民致辞。",
     "ceremony", "2013-05-20", "万通物流园", "马志远:lead 杜新民:speak"),
    ("arrest", GUIZHOU, "榕江县公安局于6月28日抓获涉嫌盗窃的犯罪嫌疑人杨某成。",
     "enforcement", "2023-06-28", "", "榕江县公安局:lead 杨某成:subject"),
    ("gives-oneself-up", SHANXI, "10月19日，县水利局原局长高明亮涉嫌严重违纪违法，主动投案，目前正接受审查调查。",
     "enforcement", "2017-10-19", "", "高明亮:subject"),
    ("charge", SHANXI, "10月19日，临县人民检察院依法对犯罪嫌疑人张某批准逮捕。",
     "enforcement", "2017-10-19", "", "临县人民检察院:lead 张某:subject"),
    ("school-festival", SHANXI, "10月17日，临县第一中学举办第十届校园文化艺术节。",
     "activity", "2017-10-17", "", "临县第一中学:organise"),
    ("volunteers-in-a-village", SHANXI, "10月17日，湍水头镇在刘家庄村开展志愿服务活动。",
     "activity", "2017-10-17", "刘家庄村", "湍水头镇:organise"),
    ("founded-in-the-past", SHANXI, "2015年6月，临县红枣产业协会成立。",
     "other", "2015-06", "", "临县红枣产业协会:subject"),
    ("honour", SHANXI, "10月17日，安业乡武家沟村村民武二小获评“最美家庭”。",
     "other", "2017-10-17", "", "武二小:subject"),
    ("source-of-the-news", SHANXI, "10月10日，记者从县教育局获悉，临县第一中学被评为省级示范高中。",
     "other", "2017-10-10", "", "临县第一中学:subject"),
    ("works-in-the-past", ZHEJIANG, "2019年12月，古市镇黄山头村修建了文化礼堂。",
     "project", "2019-12", "黄山头村", "黄山头村:organise"),
    ("into-service", HUBEI, "3月10日，宣恩县沙道沟镇中心卫生院正式投入使用。",
     "launch", "2019-03-10", "", "沙道沟镇中心卫生院:organise"),
]  # fmt: skip

NOTHING_HAPPENED = [
    ("will-tour", HUNAN, "县委书记蒙汉清将于下周到思蒙镇调研。"),
    ("if", SHANDONG, "县委书记薛启明如果到泉庄镇检查，要提前通知。"),
    ("cancelled", SHANDONG, "9月10日，因天气原因，县委书记薛启明取消到泉庄镇调研的行程。"),
    ("will-meet", HUBEI, "全县春耕生产工作会议定于3月20日召开，县委书记张光明将出席会议。"),
    ("not-held", SHANXI, "未召开座谈会的乡镇要抓紧召开。"),
    ("intends-to-sign", SHANXI, "临县人民政府拟与山西美锦能源股份有限公司签订合作框架协议。"),
    ("expected", SHANXI, "碛口镇卫生院预计2018年10月启用。"),
    ("whenever", SHANXI, "一旦发现违法行为，临县公安局将依法拘留。"),
    ("places-in-speech", ANHUI, "县长周启明强调，要加快黄畈村道路建设，确保前畈村群众早日用上自来水。"),
    ("places-in-a-quotation", ANHUI, "“去年我们走访了黄畈村、前畈村，群众都盼着修路。”周启明说。"),
    ("places-in-orders", SHANXI, "会上，县委书记张建国指出，要以碛口镇、三交镇为重点发展旅游业。"),
    ("meeting-of-nobody-nowhere", FUJIAN, "县政协主席傅国安主持会议。"),
    ("a-state", HUBEI, "彭大贵家住两河口村，家里有五亩茶园。"),
    ("geography", YUNNAN, "沙溪镇位于剑川县东南部，距县城三十二公里。"),
    ("a-post-alone", HENAN, "淮源镇党委书记李新华，1970年出生。"),
    ("resident-at-home", GUANGXI, "四荣乡东田村村民贾老三种了五亩茶叶。"),
]


@pytest.mark.parametrize(
    ("paper", "text", "expected"),
    [
        pytest.param(paper, text, event(type_, date, places, parts), id=id_)
        for id_, paper, text, type_, date, places, parts in (*TOURS, *MEETINGS, *OTHERS)
    ],
)
def test_one_event(paper: Paper, text: str, expected: Event) -> None:
    assert tell(text, paper).events == (expected,)


@pytest.mark.parametrize(("paper", "text"), [pytest.param(*case, id=id_) for id_, *case in NOTHING_HAPPENED])
def test_no_event(paper: Paper, text: str) -> None:
    told = tell(text, paper)
    assert told.events == () and told.visits == frozenset()


def test_headline_and_body_are_one_event() -> None:
    told = tell("#周启明到黄畈村调研\n5月14日，县委书记周启明到黄畈村调研，详细了解茶园建设情况。", ANHUI)
    assert told.events == (event("inspection", "2019-05-14", "黄畈村", "周启明:lead"),)


def test_another_leader_on_another_day_is_another_tour() -> None:
    told = tell(
        "5月13日，县委书记周启明到黄畈村调研。\n5月14日，县长许国强到前畈村检查。",
        ANHUI,
    )
    assert set(told.events) == {
        event("inspection", "2019-05-13", "黄畈村", "周启明:lead"),
        event("inspection", "2019-05-14", "前畈村", "许国强:lead"),
    }


def test_the_same_leader_on_another_day_is_another_tour() -> None:
    told = tell("5月13日，县委书记周启明到黄畈村调研。5月14日，周启明到前畈村检查。", ANHUI)
    assert {(date, place) for _, date, places, _ in told.events for place in places} == {
        ("2019-05-13", "黄畈村"),
        ("2019-05-14", "前畈村"),
    }


@pytest.mark.parametrize(
    ("word", "pattern"),
    [
        *(("县委书记在调研", patterns.INSPECT), ("走访慰问困难群众", patterns.INSPECT), ("看望老人", patterns.INSPECT)),
        *(("来到", patterns.MOVE), ("走进", patterns.MOVE), ("赶赴", patterns.MOVE)),
        *(("召开推进会", patterns.MEETING), ("主持召开", patterns.HOLD), ("亲切会见", patterns.MEET)),
        *(("揭牌仪式", patterns.CEREMONY), ("宣布项目开工", patterns.CEREMONY), ("签约", patterns.SIGN)),
        *(("正式投用", patterns.LAUNCH), ("义诊", patterns.ACTIVITY), ("抓获", patterns.ENFORCE)),
        *(("竣工", patterns.PROJECT), ("荣获", patterns.OTHER), ("等参加", patterns.ATTEND)),
        *(("将于下月", patterns.PLANNED), ("拟投资", patterns.PLANNED), ("未", patterns.NEGATED)),
        *(("签订合同", patterns.SIGN), ("去到", patterns.MOVE), ("坝坝会", patterns.MEETING), ("转业到", patterns.OTHER)),
    ],
)  # fmt: skip
def test_words_of_the_genre(word: str, pattern: object) -> None:
    assert pattern.search(word)  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("word", "pattern"),
    [
        *(("县委书记发言", patterns.INSPECT), ("年轻人", patterns.MOVE), ("会员", patterns.MEETING)),
        *(("宣布结果", patterns.CEREMONY), ("将来", patterns.PLANNED), ("拟定方案", patterns.PLANNED)),
        *(("计划生育工作", patterns.PLANNED), ("召集人", patterns.HOLD), ("行政审批", patterns.ENFORCE)),
        *(("签约率", patterns.SIGN), ("签订情况", patterns.SIGN), ("签约家庭医生", patterns.SIGN)),
        *(("去年", patterns.MOVE), ("开会", patterns.HOLD), ("坝上", patterns.MEETING), ("转业", patterns.OTHER)),
    ],
)  # fmt: skip
def test_words_of_other_things(word: str, pattern: object) -> None:
    assert not pattern.search(word)  # type: ignore[attr-defined]
