"""Facts with evidence: who went where, what points at which sentence, what is one fact and what two."""

from __future__ import annotations

import pytest
from told import (
    ANHUI,
    FUJIAN,
    GANSU,
    GUANGXI,
    GUIZHOU,
    HEBEI,
    HENAN,
    HUNAN,
    JIANGSU,
    SHANDONG,
    SHANXI,
    SICHUAN,
    YUNNAN,
    Paper,
    tell,
)

from kg.model import Kind, Relation

# (id, paper, text, every visit as `person place`, its date)
VISITS = [
    ("each-stop", ANHUI, "5月14日，县长周启明先后来到黄畈村、前畈村调研。", "周启明 黄畈村; 周启明 前畈村", "2019-05-14"),
    ("each-person-at-each-stop", GUIZHOU,
     "6月29日，县委书记杨胜平先后来到王岭村、平永镇检查。县领导石国华、龙见昌参加检查。",
     "杨胜平 王岭村; 杨胜平 平永镇; 石国华 王岭村; 石国华 平永镇; 龙见昌 王岭村; 龙见昌 平永镇", "2023-06-29"),
    ("who-accompanied", SICHUAN, "1月18日，在县长蒋明的陪同下，省水利厅厅长郭亨荣到相如镇检查防汛工作。",
     "郭亨荣 相如镇; 蒋明 相如镇", "2022-01-18"),
    ("village-not-its-township", SICHUAN, "1月18日，县长蒋明来到相如镇油房沟村，看望老党员唐玉珍。",
     "蒋明 油房沟村", "2022-01-18"),
    ("company", HUNAN, "3月8日，县长杨志坚来到湖南思蒙旅游开发有限公司调研。",
     "杨志坚 湖南思蒙旅游开发有限公司", "2018-03-08"),
    ("police-station", SHANXI, "10月18日，县委书记张建国来到临县公安局三交派出所看望民警。",
     "张建国 临县公安局三交派出所", "2017-10-18"),
    ("villages-each-with-its-township", GUIZHOU,
     "6月29日，县委书记杨胜平先后深入忠诚镇王岭村、古州镇月寨社区、平永镇，实地查看河道水位。",
     "杨胜平 王岭村; 杨胜平 月寨社区; 杨胜平 平永镇", "2023-06-29"),
    ("cities-each-with-its-province", FUJIAN, "8月6日，县长张元明率队先后赴浙江省杭州市、江苏省苏州市考察。",
     "张元明 杭州市; 张元明 苏州市", "2023-08-06"),
    ("visitor-to-the-county", GANSU, "11月2日，福州市晋安区区长林建明来陇西县考察。", "林建明 陇西县", "2020-11-02"),
    ("visitor-to-our-county", GANSU, "11月2日，福州市晋安区区长林建明来我县考察。", "林建明 陇西县", "2020-11-02"),
    ("visitor-but-not-the-host", YUNNAN, "6月1日，州委书记陈坚深入剑川县调研。县委书记莫文武参加调研。",
     "陈坚 剑川县", "2017-06-01"),
    ("ceremony-at-a-site", HEBEI, "5月20日上午，万通物流园项目举行开工仪式，县委书记马志远宣布开工，县长杜新民致辞。",
     "马志远 万通物流园; 杜新民 万通物流园", "2013-05-20"),
    ("undated", HEBEI, "日前，县长杜新民到狼牙山镇东西水村调研。", "杜新民 东西水村", None),
    ("own-date-of-the-past", SHANDONG, "去年3月，县委书记薛启明到泉庄镇尹家峪村调研时提出，要发展旅游。",
     "薛启明 尹家峪村", "2015-03"),
    ("another-province", ANHUI, "5月14日，县长周启明赴浙江省安吉县考察。", "周启明 安吉县", "2019-05-14"),
    ("floods", HENAN, "7月19日晚，县委书记莫中厚赶到淮源镇陈庄村查看灾情。", "莫中厚 陈庄村", "2016-07-19"),
    ("reporter-who-went", GUANGXI, "本报讯（记者 韦丽娜）4月20日，记者走进四荣乡东田村，看到村民正在采茶。",
     "韦丽娜 东田村", "2020-04-20"),
]  # fmt: skip

NO_VISITS = [
    ("resident-at-home", GUANGXI, "4月20日，四荣乡东田村村民贾老三正在采茶。"),
    ("reporter-who-wrote", GUANGXI, "本报讯（记者 韦丽娜）4月20日，四荣乡东田村茶叶开采。"),
    ("named-in-speech", ANHUI, "县长周启明强调，要加快黄畈村道路建设。"),
    ("said-to-a-reporter", HUNAN, "柑橘专家贺长青告诉记者，仁里冲村的柑橘今年丰收。"),
    ("planned", HUNAN, "县委书记蒙汉清将于下周到思蒙镇调研。"),
    ("no-place", SICHUAN, "1月18日，蓬安县县长蒋明看望慰问了老党员唐玉珍。"),
    ("meeting-in-a-room", SHANXI, "10月19日，县委书记张建国主持召开专题会议，研究碛口镇旅游发展工作。"),
    ("meeting-at-home", SHANXI, "10月19日，临县召开农业工作会议，县委书记张建国出席会议。"),
    ("an-honour", SHANXI, "10月17日，安业乡武家沟村村民武二小获评“最美家庭”。"),
    ("arrested", GUIZHOU, "榕江县公安局于6月28日抓获涉嫌盗窃的犯罪嫌疑人杨某成。"),
    ("a-body-acts", SHANXI, "10月17日，湍水头镇在刘家庄村开展志愿服务活动。"),
    ("an-appointment", FUJIAN, "8月7日，会议决定任命：张元明为宁化县民政局局长。"),
    ("where-somebody-is-from", JIANGSU, "韩学武，男，江苏滨海人，现任滨海县教育局局长。"),
]


@pytest.mark.parametrize(("paper", "text", "pairs", "date"), [pytest.param(*case, id=id_) for id_, *case in VISITS])
def test_visits(paper: Paper, text: str, pairs: str, date: str | None) -> None:
    expected = {(*pair.split(), date) for pair in pairs.split(";")}
    assert tell(text, paper).visits == expected


@pytest.mark.parametrize(("paper", "text"), [pytest.param(*case, id=id_) for id_, *case in NO_VISITS])
def test_no_visits(paper: Paper, text: str) -> None:
    assert tell(text, paper).visits == frozenset()


TOUR = (
    "5月14日上午，县委书记周启明来到黄畈村，走访慰问了困难群众。随后，周启明一行来到前畈村，实地察看茶园建设情况。\n"
    "县委常委、办公室主任许国强陪同。"
)


def test_a_visit_points_first_at_the_sentence_of_its_stop() -> None:
    told = tell(TOUR, ANHUI)
    names = {entity.id: entity.name for entity in told.record.entities}
    first = {names[fact.object]: told.text_of(fact)[0] for fact in told.facts(Relation.VISITED)}
    assert first["黄畈村"].startswith("5月14日上午，县委书记周启明来到黄畈村")
    assert first["前畈村"].startswith("随后，周启明一行来到前畈村")


def test_who_came_along_is_said_in_a_sentence_of_its_own() -> None:
    told = tell(TOUR, ANHUI)
    names = {entity.id: entity.name for entity in told.record.entities}
    (fact,) = (fact for fact in told.facts(Relation.PARTICIPATED_IN) if names[fact.subject] == "许国强")
    assert "县委常委、办公室主任许国强陪同。" in told.text_of(fact)


def test_the_printed_order_of_names_is_kept() -> None:
    told = tell("6月29日，县委书记杨胜平到平永镇检查。县领导石国华、龙见昌参加检查。", GUIZHOU)
    names = {entity.id: entity.name for entity in told.record.entities}
    orders = {names[f.subject]: dict(f.attributes)["order"] for f in told.facts(Relation.PARTICIPATED_IN)}
    assert orders == {"杨胜平": 1, "石国华": 2, "龙见昌": 3}


def test_a_visit_names_its_event_and_how_exact_its_date_is() -> None:
    told = tell(TOUR, ANHUI)
    (event,) = (entity for entity in told.record.entities if entity.kind is Kind.EVENT)
    for fact in told.facts(Relation.VISITED):
        assert dict(fact.attributes) == {"event": event.id, "precision": "day"}


@pytest.mark.parametrize(
    ("text", "precision"),
    [
        ("5月14日，周启明县长到黄畈村调研。", "day"),
        ("去年3月，周启明县长到黄畈村调研。", "month"),
        ("5月13日至14日，周启明县长到黄畈村调研。", "interval"),
    ],
)
def test_precision(text: str, precision: str) -> None:
    (event,) = (entity for entity in tell(text, ANHUI).record.entities if entity.kind is Kind.EVENT)
    assert event.precision == precision


def test_a_second_visit_on_another_day_is_a_second_fact() -> None:
    told = tell("5月12日，县委书记周启明到黄畈村调研。5月14日，周启明到黄畈村检查。", ANHUI)
    assert told.visits == {("周启明", "黄畈村", "2019-05-12"), ("周启明", "黄畈村", "2019-05-14")}


def test_villages_lie_in_their_townships() -> None:
    told = tell("5月14日，县委书记周启明来到梅山镇小南京村。", ANHUI)
    names = {entity.id: entity.name for entity in told.record.entities}
    pairs = {(names[fact.subject], names[fact.object]) for fact in told.facts(Relation.PART_OF)}
    assert {("小南京村", "梅山镇"), ("梅山镇", "金寨县")} <= pairs


def test_government_bodies_lie_in_their_region() -> None:
    told = tell("3月11日，县农业农村局组织召开春耕生产座谈会。", HUNAN)
    names = {entity.id: entity.name for entity in told.record.entities}
    pairs = {(names[fact.subject], names[fact.object]) for fact in told.facts(Relation.LOCATED_IN)}
    assert ("溆浦县农业农村局", "溆浦县") in pairs


@pytest.mark.parametrize(
    ("paper", "text"),
    [(ANHUI, TOUR), *((paper, text) for _, paper, text, _, _ in VISITS)],
)
def test_every_fact_of_the_text_has_evidence_and_a_score(paper: Paper, text: str) -> None:
    told = tell(text, paper)
    entities = told.entities()
    assert told.record.facts
    for fact in told.record.facts:
        assert fact.subject in entities and fact.object in entities
        assert fact.evidence or fact.source == "gazetteer"
        assert 0 < fact.score <= 1 and fact.rule
        assert list(fact.attributes) == sorted(fact.attributes)
    assert len({fact.id for fact in told.record.facts}) == len(told.record.facts)


def test_reading_twice_gives_the_same() -> None:
    assert tell(TOUR, ANHUI).record == tell(TOUR, ANHUI).record


@pytest.mark.parametrize(
    "text", ["", "。", "　　", "，，，", "\ue001\ue002来到\ue003。", "5月14日，到。", "、、、书记、县长、"]
)
def test_hostile_texts_say_nothing(text: str) -> None:
    told = tell(text, ANHUI)
    assert not told.posts and not told.events and not told.visits
