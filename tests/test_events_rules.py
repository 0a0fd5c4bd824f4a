"""Rules of `kg.events`, each by a sentence that it reads and by the nearest one that it must leave alone."""

from __future__ import annotations

import pytest
from told import ANHUI, HEBEI, SHANXI, Paper, events_of, tell, visits_of

from kg.model import Relation

# (id, paper, text, every event as `type date | places | name:part …`, every visit as `person place date`)
MEETINGS = [
    ("festive-village", HEBEI,
     "5月20日，东西水村内彩旗招展，锣鼓喧天，文化礼堂奠基仪式举行，县长杜新民出席奠基仪式。",
     ["ceremony 2013-05-20 | 东西水村 | 杜新民:attend"], "杜新民 东西水村 2013-05-20"),
    ("prosperous-village", HEBEI, "5月20日，东西水村经济繁荣。文化礼堂奠基仪式举行，县长杜新民出席奠基仪式。",
     ["ceremony 2013-05-20 | | 杜新民:attend"], ""),
    ("tells-of-another-meeting", SHANXI, "10月19日，县政府召开座谈会。高明亮介绍，9月初，碛口镇召开群众会议。",
     ["meeting 2017-10-19 | | 临县政府:organise", "meeting 2017-09 | | 碛口镇:organise"], ""),
    ("tells-of-affairs", SHANXI, "10月19日，县政府召开座谈会。高明亮介绍了情况。",
     ["meeting 2017-10-19 | | 临县政府:organise 高明亮:speak"], ""),
    ("speak-in-turn", SHANXI, "10月19日，县政府召开座谈会。冯云平、刘永强、薛爱平等先后发言。",
     ["meeting 2017-10-19 | | 临县政府:organise 冯云平:speak 刘永强:speak 薛爱平:speak"], ""),
    ("speakers-by-office", SHANXI, "10月19日，县政府召开座谈会。冯云平、刘永强、薛爱平等发言人到会。",
     ["meeting 2017-10-19 | | 临县政府:organise"], ""),
    ("heard-bodies", SHANXI, "10月19日，县政府召开座谈会。会议听取了县财政局、县教育局的工作汇报。",
     ["meeting 2017-10-19 | | 临县政府:organise 临县财政局:speak 临县教育局:speak"], ""),
    ("heard-a-township", SHANXI, "10月19日，县政府召开座谈会，听取县财政局、碛口镇情况汇报。",
     ["meeting 2017-10-19 | | 临县政府:organise 临县财政局:speak 碛口镇:speak"], ""),
    ("read-papers-of-bodies", SHANXI, "10月19日，县政府召开座谈会。会议学习了县财政局、县教育局的文件。",
     ["meeting 2017-10-19 | | 临县政府:organise"], ""),
    ("closes-victoriously", SHANXI, "10月19日，临县政协全体会议经过三天的紧张议程后胜利闭幕。",
     ["meeting 2017-10-19 | | 临县政协:organise"], ""),
    ("no-verb-of-holding", SHANXI, "10月19日，临县政协全体会议经过三天的紧张议程。", [], ""),
    ("talks-in-a-yard", SHANXI, "10月18日晚，碛口镇开了院坝会，副县长王文平讲话。",
     ["meeting 2017-10-18 | | 碛口镇:organise 王文平:speak"], ""),
    ("opened-shops", SHANXI, "10月18日，碛口镇超市开了三家。", [], ""),
    ("accompany-behind-the-talks", SHANXI,
     "10月18日，县委书记张建国到碛口镇督导。在座谈会上，张建国指出，要抓好落实。副县长王文平陪同督导。",
     ["inspection 2017-10-18 | 碛口镇 | 张建国:lead 王文平:accompany", "meeting 2017-10-18 | | 张建国:speak"],
     "张建国 碛口镇 2017-10-18; 王文平 碛口镇 2017-10-18"),
    ("both-or-either", SHANXI,
     "10月18日，县委书记张建国到碛口镇调研。随后，县委召开座谈会。冯云平、刘永强陪同调研或参加座谈会。",
     ["inspection 2017-10-18 | 碛口镇 | 张建国:lead 冯云平:accompany 刘永强:accompany",
      "meeting 2017-10-18 | | 临县委:organise 冯云平:attend 刘永强:attend"],
     "张建国 碛口镇 2017-10-18; 冯云平 碛口镇 2017-10-18; 刘永强 碛口镇 2017-10-18"),
    ("one-each", SHANXI,
     "10月18日，县委书记张建国到碛口镇调研。随后，县委召开座谈会。冯云平陪同调研，刘永强参加座谈会。",
     ["inspection 2017-10-18 | 碛口镇 | 张建国:lead 冯云平:accompany",
      "meeting 2017-10-18 | | 临县委:organise 刘永强:attend"],
     "张建国 碛口镇 2017-10-18; 冯云平 碛口镇 2017-10-18"),
    ("fair-named-after-a-region", SHANXI, "10月18日，县委书记张建国参加宁夏特色产业推介会。",
     ["meeting 2017-10-18 | | 张建国:attend"], ""),
    ("ceremony-on-the-article's-day", SHANXI, "10月18日，碛口镇天气晴好。\n群众很高兴。\n县长李大勇出席奠基仪式。",
     ["ceremony 2017-10-18 | | 李大勇:attend"], ""),
    ("tour-on-some-day", SHANXI, "10月18日，碛口镇天气晴好。\n群众很高兴。\n县长李大勇到碛口镇调研。",
     ["inspection - | 碛口镇 | 李大勇:lead"], "李大勇 碛口镇 -"),
    ("to-a-fair-named-after-a-region", SHANXI, "10月18日，县委书记张建国到宁夏特色产业博览会考察。",
     ["inspection 2017-10-18 | | 张建国:lead"], ""),
    ("to-the-region", SHANXI, "10月18日，县委书记张建国到宁夏考察特色产业。",
     ["inspection 2017-10-18 | 宁夏回族自治区 | 张建国:lead"], "张建国 宁夏回族自治区 2017-10-18"),
    ("company-holds-the-ceremony", SHANXI, "10月18日，山西美锦能源股份有限公司举行投产仪式，县长李大勇出席仪式。",
     ["ceremony 2017-10-18 | | 山西美锦能源股份有限公司:organise 李大勇:attend"], ""),
    ("ceremony-of-a-company", SHANXI, "10月18日，县长李大勇出席山西美锦能源股份有限公司投产仪式。",
     ["ceremony 2017-10-18 | | 李大勇:attend"], ""),
]  # fmt: skip

SIGNINGS = [
    ("two-signings", SHANXI,
     "10月18日，临县与山西美锦能源股份有限公司签署了合作协议，碛口镇与临县红枣产业协会签订了购销合同。",
     ["signing 2017-10-18 | | 临县:subject 山西美锦能源股份有限公司:subject",
      "signing 2017-10-18 | | 碛口镇:subject 临县红枣产业协会:subject"], ""),
    ("share-of-households-signed", SHANXI,
     "10月18日，临县与山西美锦能源股份有限公司签署了合作协议，碛口镇签约率很高。",
     ["signing 2017-10-18 | | 临县:subject 山西美锦能源股份有限公司:subject"], ""),
    ("how-signing-goes", SHANXI, "10月18日，临县与山西美锦能源股份有限公司签订情况良好。", [], ""),
    ("year-of-the-agreement", SHANXI, "10月18日，临县与山西美锦能源股份有限公司签署了《2018年合作协议》。",
     ["signing 2017-10-18 | | 临县:subject 山西美锦能源股份有限公司:subject"], ""),
    ("no-year-but-the-agreement's", SHANXI, "临县与山西美锦能源股份有限公司签署了《2016年合作协议》。", [], ""),
    ("when-the-signing-ended", SHANXI,
     "10月18日，县委书记张建国来到刘家庄村调研。签约结束，张建国看望了武二小。",
     ["inspection 2017-10-18 | 刘家庄村 | 张建国:lead"], "张建国 刘家庄村 2017-10-18"),
]  # fmt: skip

OTHERS = [
    ("honours-each-in-its-clause", SHANXI,
     "2011年5月，高明亮被临县公安局授予“忠诚卫士”称号；2012年7月，又被临县委评为优秀党员。",
     ["other 2011-05 | | 临县公安局:organise 高明亮:subject", "other 2012-07 | | 临县委:organise 高明亮:subject"], ""),
    ("honour-at-no-time", SHANXI, "高明亮被临县公安局评为先进个人。", [], ""),
    ("sponsors-of-the-activity", SHANXI,
     "10月17日，红枣采摘活动在碛口镇开幕。活动由临县农业农村局主办，临县红枣产业协会承办。",
     ["activity 2017-10-17 | | 临县农业农村局:organise 临县红枣产业协会:organise"], ""),
    ("sponsors-to-be", SHANXI, "10月17日，天气晴好。活动拟由临县农业农村局主办。", [], ""),
    ("gives-to-the-county", SHANXI, "10月17日，山西美锦能源股份有限公司向我县捐赠救灾款五十万元。",
     ["other 2017-10-17 | 临县 | 山西美锦能源股份有限公司:lead 临县:subject"], ""),
    ("gives-to-a-school", SHANXI, "10月17日，山西美锦能源股份有限公司向临县第一中学捐赠图书。",
     ["other 2017-10-17 | | 山西美锦能源股份有限公司:lead 临县第一中学:subject"], ""),
    ("will-give", SHANXI, "10月17日，山西美锦能源股份有限公司将向我县捐赠救灾款五十万元。", [], ""),
    ("a-deed-of-the-person-told-of", SHANXI, "高明亮说起往事。2016年12月，获得省级表彰。",
     ["other 2016-12 | | 高明亮:subject"], ""),
    ("a-deed-of-some-company", SHANXI, "高明亮说起往事。2016年12月，公司发放了分红款。", [], ""),
    ("assigned-to-a-school", SHANXI, "高明亮1986年9月分配到临县第一中学任教。",
     ["other 1986-09 | 临县第一中学 | 高明亮:subject"], ""),
    ("joined-the-party", SHANXI, "高明亮于2005年7月入党。", ["other 2005-07 | | 高明亮:subject"], ""),
    ("hopes-to-join", SHANXI, "高明亮希望早日入党。", [], ""),
    ("head-acts-not-the-branch", SHANXI, "10月18日，武家沟村党总支书记武大明组织开展义诊活动。",
     ["activity 2017-10-18 | | 武大明:lead"], ""),
    ("the-branch-acts", SHANXI, "10月18日，武家沟村党总支组织开展义诊活动。",
     ["activity 2017-10-18 | | 武家沟村党总支:organise"], ""),
    ("list-of-places-behind-在", SHANXI, "10月18日，碛口镇在三交镇、安业乡开展义诊活动。",
     ["activity 2017-10-18 | 三交镇 安业乡 | 碛口镇:organise"], ""),
]  # fmt: skip

FIRST = "5月14日，县长周启明来到黄畈村调研。"
BOTH = "周启明 黄畈村 2019-05-14; 周启明 前畈村 2019-05-14"
ONE = "周启明 黄畈村 2019-05-14"
TOURS = [
    ("into-the-site-of-the-paragraph", ANHUI, FIRST + "\n前畈村共有茶园三百亩。周启明走进项目现场，察看茶苗长势。",
     ["inspection 2019-05-14 | 黄畈村 前畈村 | 周启明:lead"], BOTH),
    ("into-the-workshop-without-saying-why", ANHUI, FIRST + "\n鸿福家园有三百户。周启明走进车间，同工人交谈。",
     ["inspection 2019-05-14 | 黄畈村 鸿福家园 | 周启明:lead"], ONE + "; 周启明 鸿福家园 2019-05-14"),
    ("at-some-site", ANHUI, FIRST + "\n前畈村共有茶园三百亩。在现场，周启明很高兴。",
     ["inspection 2019-05-14 | 黄畈村 | 周启明:lead"], ONE),
    ("site-that-opens-the-paragraph", ANHUI, FIRST + "\n鸿福家园共安置三百户。周启明一行察看了安置房质量。",
     ["inspection 2019-05-14 | 黄畈村 鸿福家园 | 周启明:lead"], ONE + "; 周启明 鸿福家园 2019-05-14"),
    ("site-that-nobody-looks-at", ANHUI, FIRST + "\n鸿福家园共安置三百户。周启明十分高兴。",
     ["inspection 2019-05-14 | 黄畈村 | 周启明:lead"], ONE),
    ("whom-they-met", ANHUI, FIRST + "在前畈村，周启明走进村民陈大贵的新居。",
     ["inspection 2019-05-14 | 黄畈村 前畈村 | 周启明:lead"], BOTH),
    ("whom-the-group-met", ANHUI, FIRST + "在前畈村，一行人与陈大贵亲切交谈，问他收成。",
     ["inspection 2019-05-14 | 黄畈村 前畈村 | 周启明:lead"], BOTH),
    ("the-group-goes-on", ANHUI, FIRST + "慰问团来到前畈村。",
     ["inspection 2019-05-14 | 黄畈村 前畈村 | 周启明:lead"], BOTH),
    ("others-come-by", ANHUI, FIRST + "商贩来到前畈村。", ["inspection 2019-05-14 | 黄畈村 | 周启明:lead"], ONE),
    ("counted-over-the-year", ANHUI, "今年以来，县长周启明先后到黄畈村调研9次。", [], ""),
    ("own-day-of-a-stop", ANHUI, "5月13日至14日，县长周启明深入梅山镇调研。5月14日，周启明来到前畈村。",
     ["inspection 2019-05-13/2019-05-14 | 梅山镇 前畈村 | 周启明:lead"],
     "周启明 梅山镇 2019-05-13/2019-05-14; 周启明 前畈村 2019-05-14"),
    ("day-behind-the-interval", ANHUI, "5月13日至14日，县长周启明深入梅山镇调研。5月15日，周启明来到前畈村检查。",
     ["inspection 2019-05-13/2019-05-14 | 梅山镇 | 周启明:lead", "inspection 2019-05-15 | 前畈村 | 周启明:lead"],
     "周启明 梅山镇 2019-05-13/2019-05-14; 周启明 前畈村 2019-05-15"),
    ("told-on-the-way", ANHUI, FIRST + "村民陈大贵去年2月来到前畈村。",
     ["inspection 2019-05-14 | 黄畈村 | 周启明:lead"], ONE),
    ("another-leader's-own-tour", ANHUI, FIRST + "副县长许国强来到前畈村检查。",
     ["inspection 2019-05-14 | 黄畈村 | 周启明:lead", "inspection 2019-05-14 | 前畈村 | 许国强:lead"],
     ONE + "; 许国强 前畈村 2019-05-14"),
    ("who-stays-at-headquarters", ANHUI, "5月14日，县委书记何宏伟在指挥部坐镇，县长周启明赶赴黄畈村查看灾情。",
     ["inspection 2019-05-14 | 黄畈村 | 周启明:lead"], ONE),
    ("who-goes-along", ANHUI, "5月14日，县委书记何宏伟、县长周启明赶赴黄畈村查看灾情。",
     ["inspection 2019-05-14 | 黄畈村 | 周启明:lead 何宏伟:lead"], ONE + "; 何宏伟 黄畈村 2019-05-14"),
    ("after-the-meeting", ANHUI, "5月14日，县政府召开现场会。县长周启明参加会议。与会人员先后来到黄畈村、前畈村参观。",
     ["meeting 2019-05-14 | | 金寨县政府:organise 周启明:attend",
      "inspection 2019-05-14 | 黄畈村 前畈村 | 周启明:attend"], BOTH),
    ("tourists-after-the-meeting", ANHUI,
     "5月14日，县政府召开现场会。县长周启明参加会议。游客先后来到黄畈村、前畈村参观。",
     ["meeting 2019-05-14 | | 金寨县政府:organise 周启明:attend"], ""),
    ("went-to", ANHUI, "5月14日，县长周启明去了黄畈村。", ["other 2019-05-14 | 黄畈村 | 周启明:lead"], ONE),
    ("married-to", ANHUI, "陈大贵2015年嫁到黄畈村。", [], ""),
    ("got-in-touch", ANHUI, "5月14日，陈大贵联系到黄畈村。", [], ""),
    ("returns-home", ANHUI, "5月14日，陈大贵回到黄畈村。", [], ""),
    ("head-in-his-own-hospital", ANHUI, "5月14日，金寨县人民医院院长周启明到金寨县人民医院检查。",
     ["inspection 2019-05-14 | 金寨县人民医院 | 周启明:lead"], ""),
    ("county-head-in-a-hospital", ANHUI, "5月14日，县长周启明到金寨县人民医院检查。",
     ["inspection 2019-05-14 | 金寨县人民医院 | 周启明:lead"], "周启明 金寨县人民医院 2019-05-14"),
    ("class-of-site-in-a-village", SHANXI, "10月18日，县委书记张建国到刘家庄村木耳基地调研。",
     ["inspection 2017-10-18 | 刘家庄村 | 张建国:lead"], "张建国 刘家庄村 2017-10-18"),
    ("site-with-a-name-in-a-village", SHANXI, "10月18日，县委书记张建国到刘家庄村鸿福园调研。",
     ["inspection 2017-10-18 | 刘家庄村 鸿福园 | 张建国:lead"],
     "张建国 刘家庄村 2017-10-18; 张建国 鸿福园 2017-10-18"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("paper", "text", "events", "visits"),
    [pytest.param(*case, id=id_) for id_, *case in (*MEETINGS, *SIGNINGS, *OTHERS, *TOURS)],
)
def test_rules(paper: Paper, text: str, events: list[str], visits: str) -> None:
    told = tell(text, paper)
    assert set(told.events) == events_of(events)
    assert len(told.events) == len(events)
    assert told.visits == visits_of(visits)


def test_who_had_the_meeting_goes_by_a_rule_of_its_own() -> None:
    told = tell("5月14日，县政府召开现场会。县长周启明参加会议。与会人员来到黄畈村、前畈村参观。", ANHUI)
    assert {fact.rule for fact in told.record.facts if fact.relation is Relation.VISITED} == {"event.after-meeting"}


def test_a_stop_on_its_own_day_is_exact_to_the_day() -> None:
    told = tell("5月13日至14日，县长周启明深入梅山镇调研。5月14日，周启明来到前畈村。", ANHUI)
    exact = {f.date: dict(f.attributes)["precision"] for f in told.record.facts if f.relation is Relation.VISITED}
    assert exact == {"2019-05-13/2019-05-14": "interval", "2019-05-14": "day"}
