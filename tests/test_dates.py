"""Time expressions: what is read, what it means, and what only looks like one."""

from __future__ import annotations

import importlib
import re
from collections.abc import Sequence
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.dates import find_dates, interval_of, patterns, weekday_conflict
from kg.dates.calendar import When, cycle_year, festival_day, lunar_day, parse_iso
from kg.dates.numerals import read_number, spelled_year
from kg.model import DateSpan
from kg.text import fold

ISSUE = "2021-01-20"  # a Wednesday


def read(text: str, issue: str | None = ISSUE, context: str | None = None) -> list[tuple[str, str | None]]:
    """Surfaces and dates of a text, durations left out."""
    found = find_dates(fold(text), issue_date=issue, context_date=context)
    return [(span.surface, span.iso) for span in found if span.rule != "duration"]


def only(text: str, issue: str | None = ISSUE, context: str | None = None) -> DateSpan:
    """The one expression of a text."""
    (span,) = find_dates(fold(text), issue_date=issue, context_date=context)
    return span


DATED = {
    "absolute": [
        ("2021年1月20日", "2021-01-20"),
        ("2021年 1月 20日", "2021-01-20"),
        ("２０２１年１月２０日", "2021-01-20"),
        ("2021-01-20", "2021-01-20"),
        ("2021/6/9", "2021-06-09"),
        ("2021.1.20", "2021-01-20"),
        ("二〇二一年一月二十日", "2021-01-20"),
        ("二○二一年一月", "2021-01"),
        ("二零二一年十二月", "2021-12"),
        ("一九九八年", "1998"),
        ("98年3月", "1998-03"),
        ("08年5月", "2008-05"),
        ("2011年元月", "2011-01"),
        ("2019年3月", "2019-03"),
        ("2018年", "2018"),
        ("2019年度", "2019"),
        ("2018年以来", "2018"),
        ("2018年起，", "2018"),
        ("3月1号", "2021-03-01"),
    ],
    "part": [
        ("2020年底", "2020-12"),
        ("2020年年底", "2020-12"),
        ("2019年末", "2019-12"),
        ("2020年初", "2020-01"),
        ("去年底", "2020-12"),
        ("去年年底", "2020-12"),
        ("今年年初", "2021-01"),
        ("年初", "2021-01"),
        ("力争年底前完工", "2021-12"),
        ("年内", "2021"),
        ("2024年一季度", "2024"),
        ("2020年第三季度", "2020"),
        ("2020年前三季度", "2020"),
        ("今年上半年", "2021"),
        ("去年下半年", "2020"),
        ("9月初", "2020-09"),
        ("8月底", "2020-08"),
        ("2020年4月中下旬", "2020-04"),
        ("1月上旬", "2021-01"),
        ("3月份", "2021-03"),
        ("月初", "2021-01"),
    ],
    "from-issue": [
        ("去年", "2020"),
        ("上年", "2020"),
        ("前年", "2019"),
        ("明年5月", "2022-05"),
        ("今年6月", "2021-06"),
        ("今年以来", "2021"),
        ("去年3月", "2020-03"),
        ("去年12月28日", "2020-12-28"),
        ("去年的3月", "2020-03"),
        ("前年8月底", "2019-08"),
        ("本月29日", "2021-01-29"),
        ("本月中旬", "2021-01"),
        ("上月", "2020-12"),
        ("上个月5日", "2020-12-05"),
        ("这个月", "2021-01"),
        ("下月", "2021-02"),
        ("连日来", "2021-01"),
        ("3年前", "2018"),
        ("两年前", "2019"),
        ("5个月前", "2020-08"),
    ],
    "no-year": [
        ("1月12日下午", "2021-01-12"),
        ("12月28日", "2020-12-28"),
        ("7月中旬", "2020-07"),
        ("十二月六日", "2020-12-06"),
        ("1月25日", "2021-01-25"),
        ("将于3月18日开工", "2021-03-18"),
        ("预计投产日期为9月20日", "2021-09-20"),
        ("9月建成", "2020-09"),
        ("确保9月底前建成", "2021-09"),
        ("10月31日", "2020-10-31"),
        ("2月29日", "2020-02-29"),
    ],
    "no-month": [
        ("15日上午", "2021-01-15"),
        ("25日上午", "2020-12-25"),
        ("将于25日开工", "2021-01-25"),
        ("二十三日上午", "2020-12-23"),
        ("新华社北京5日电", "2021-01-05"),
    ],
    "relative-day": [
        ("昨日", "2021-01-19"),
        ("昨天上午", "2021-01-19"),
        ("昨晚", "2021-01-19"),
        ("前天", "2021-01-18"),
        ("今天上午", "2021-01-20"),
        ("今日上午", "2021-01-20"),
        ("今晨", "2021-01-20"),
        ("明天上午", "2021-01-21"),
        ("昨日(19日)", "2021-01-19"),
        ("昨天（1月18日）上午", "2021-01-18"),
        ("上周五", "2021-01-15"),
        ("上周五（15日）", "2021-01-15"),
        ("上个星期天", "2021-01-17"),
        ("本周一", "2021-01-18"),
        ("下周二", "2021-01-26"),
        ("周三，", "2021-01-20"),
        ("周四上午", "2021-01-14"),
        ("星期三", "2021-01-20"),
        ("上周", "2021-01-11/2021-01-17"),
        ("上周末", "2021-01-16/2021-01-17"),
    ],
    "interval": [
        ("1月7日至17日", "2021-01-07/2021-01-17"),
        ("1月7日至1月17日", "2021-01-07/2021-01-17"),
        ("2020年7月8日至9日", "2020-07-08/2020-07-09"),
        ("10月1日到4日", "2020-10-01/2020-10-04"),
        ("8月30日—9月1日", "2020-08-30/2020-09-01"),
        ("8月30日-9月1日", "2020-08-30/2020-09-01"),
        ("8月6、7日", "2020-08-06/2020-08-07"),
        ("13日至14日", "2021-01-13/2021-01-14"),
        ("13-14日", "2021-01-13/2021-01-14"),
        ("1月30日至2日", "2021-01-30/2021-02-02"),
        ("12月28日至1月3日", "2020-12-28/2021-01-03"),
        ("2020年12月28日至2021年1月3日", "2020-12-28/2021-01-03"),
        ("去年12月至今年2月", "2020-12/2021-02"),
        ("11月至2021年1月", "2020-11/2021-01"),
        ("2018年至2021年", "2018/2021"),
        ("2018-2021年", "2018/2021"),
        ("2018年—2020年", "2018/2020"),
        ("2020年1-8月", "2020-01/2020-08"),
        ("1至11月份", "2020-01/2020-11"),
        ("2020年12月至1月", "2020-12/2021-01"),
        ("前11个月", "2020-01/2020-11"),
        ("2020年7月至今", "2020-07/2021-01"),
        ("2018年至今", "2018/2021"),
        ("1月7日至今", "2021-01-07/2021-01-20"),
        ("2020年7月8日迄今", "2020-07-08/2021-01-20"),
        ("1月7日上午起至17日", "2021-01-07/2021-01-17"),
    ],
    "decade": [
        ("上世纪九十年代", "1990/1999"),
        ("上个世纪80年代末", "1980/1989"),
        ("20世纪70年代", "1970/1979"),
        ("二十世纪六十年代", "1960/1969"),
        ("九十年代", "1990/1999"),
        ("90年代", "1990/1999"),
        ("1990年代", "1990/1999"),
        ("上世纪七八十年代", "1970/1989"),
    ],
    "festival": [
        ("去年国庆期间", "2020-10"),
        ("国庆节，", "2020-10-01"),
        ("国庆假期", "2020-10"),
        ("国庆前夕", "2020-09"),
        ("元旦前夕", "2020-12"),
        ("春节期间", "2021-02"),
        ("去年春节", "2020-01"),
        ("2019年春节期间", "2019-02"),
        ("今年元旦", "2021-01-01"),
        ("中秋节当天", "2020-10-01"),
        ("端午节期间", "2020-06"),
        ("去年清明节", "2020-04-04"),
        ("教师节当天", "2020-09-10"),
        ("“五一”假期", "2020-05"),
        ("五一劳动节期间", "2020-05"),
        ("“十一”黄金周", "2020-10"),
        ("“七一”前夕", "2020-06"),
        ("今年除夕", "2021-02-11"),
        ("9月10日教师节当天", "2020-09-10"),
    ],
    "lunar": [
        ("农历正月初八", "2021-02-19"),
        ("腊月廿三", "2021-02-04"),
        ("农历庚子年十二月初八", "2021-01-20"),
        ("农历八月十五", "2020-10-01"),
        ("三月三", "2020-03-26"),
        ("大年初一", "2021-02-12"),
        ("去年腊月廿三", "2021-02-04"),
        ("农历闰四月初一", "2020-05-23"),
        ("农历冬月", "2020-12-15/2021-01-12"),
    ],
}


@pytest.mark.parametrize(
    ("text", "iso"),
    [pytest.param(*case, id=f"{group}-{n}") for group, cases in DATED.items() for n, case in enumerate(cases)],
)
def test_reads_one_date(text: str, iso: str) -> None:
    assert [found for _, found in read(text)] == [iso]


UNDATED = {
    "number-or-other": [
        "3·15晚会",
        "1.20米",
        "11.11元",
        "3/4",
        "1/20",
        "10:30",
        "〔2021〕12号",
        "GB2021-12",
        "400-826-1234",
        "0570-3082110",
        "2021级",
        "2021版",
        "2021年鉴",
        "第十四届全国人民代表大会第二次会议",
        "百年老店",
        "三十年代表",
        "世纪广场",
        "上世纪",
        "年年有余",
        "年均",
        "万年县",
        "千年古镇",
        "十佳青年",
        "青年路",
        "时间就是金钱",
        "第1768期",
        "投资1.5亿元",
        "24小时",
        "“12345热线”",
        "99.29%",
        "2021届毕业生",
        "85后年轻干部",
        "90后",
        "2000年历史",
        "2020-2021学年",
        "21世纪",
        "三年级",
        "192.168.1.20",
        "v2021.1.20.3",
        "2021.13.40",
        "年底部",
        "青年内部",
        "三季稻",
        "两个季度",
        "大年夜饭",
        "时代年代",
        "二三十岁",
        "三十二人",
        "十二小时",
        "8点8",
        "",
    ],
    "day-or-number": [
        "20日元",
        "25日本",
        "3日语",
        "100日元",
        "7日年化",
        "1日志",
        "八日后",
        "三日内",
        "十日谈",
        "二日",
        "七日",
        "一号",
        "十二号楼",
        "半日闲",
        "日照市",
        "日产",
        "300日元",
        "三日游",
        "6日游",
        "一日三餐",
        "1号楼",
        "中央1号文件",
        "795-797号",
        "30日内",
        "为期5日",
        "第30日",
        "7日龄",
        "日均10吨",
        "20个工作日",
        "32日",
        "0日",
    ],
    "named-number-or-festival": [
        "“五一”劳动奖章",
        "“三八”妇女维权岗",
        "五四运动",
        "党的十九届四中全会",
        "十一届三中全会",
        "青年节目",
        "国庆厅",
        "国庆同志",
        "立春村",
        "重阳木",
        "清明上河图",
        "端午粽",
        "春分区",
        "二月兰",
        "“十四五”",
        "“十三五”规划",
        "五一村",
        "“六一村”",
        "八一路",
        "七一广场",
        "七一勋章",
        "三八红旗手",
        "五四广场",
        "十一届全国人大",
        "双十一",
        "九三学社",
        "一二三",
        "王国庆",
        "国庆村",
        "国庆路",
        "李中秋说",
        "吃元宵",
        "政治清明",
        "冬至夏",
        "秋分离",
    ],
    "word-inside-words": [
        "今年轻人",
        "当年轻人",
        "前天津市市长",
        "后天性",
        "明日科技公司",
        "今日头条",
        "今日说法",
        "同年级",
        "次年级",
        "前年份",
        "上月台",
        "下月球",
        "每日一报",
        "生日快乐",
        "节日慰问",
        "假日经济",
        "今日柯城",
        "今日四版",
        "《今日早报》",
        "明日之星",
        "明天会更好",
        "项目前期",
        "节目前",
        "生日前",
        "应当前往",
        "前年产量",
        "说明年龄",
        "表明年轻",
        "如今年轻",
        "应当天天",
        "担当日记",
        "同日而语",
        "后天努力",
        "先天后天",
        "今天的中国",
    ],
    "month": [
        "日月潭",
        "三月街",
        "五月花酒店",
        "七月流火",
        "九月菊",
        "月薪",
        "月均",
        "日本月刊",
        "登上月球",
        "3月饼",
        "八月桂花",
        "5月饼",
        "第三月",
        "13月",
        "月球",
        "岁月",
        "蜜月",
    ],
    "week": [
        "日常周到",
        "上周转",
        "下周密",
        "本周年",
        "100周年",
        "周一鸣",
        "周五常委",
        "周三多",
        "周日新",
        "以上周边",
        "一周一会商",
        "四周一片",
        "周三平",
        "本周期",
    ],
}


@pytest.mark.parametrize(
    "text",
    [pytest.param(text, id=f"{group}-{n}") for group, texts in UNDATED.items() for n, text in enumerate(texts)],
)
def test_reads_no_date(text: str) -> None:
    assert read(text) == []


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("近日", "vague"),
        ("日前", "vague"),
        ("近期", "vague"),
        ("目前", "vague"),
        ("当前", "vague"),
        ("近年来", "vague"),
        ("多年来", "vague"),
        ("近两年", "vague"),
        ("不久前", "vague"),
        ("周末", "vague"),
        ("岁末年初", "vague"),
        ("每年3月", "recurring"),
        ("每年3月至5月", "recurring"),
        ("每月5日", "recurring"),
        ("每年底", "recurring"),
        ("每周三", "recurring"),
        ("周一至周五", "recurring"),
        ("周六、周日", "recurring"),
        ("每年国庆期间", "recurring"),
        ("去年同期", "comparison"),
        ("比去年", "comparison"),
        ("较2020年", "comparison"),
        ("比去年3月", "comparison"),
        ("2021年2月30日", "impossible"),
        ("2021-02-30", "impossible"),
        ("2021-2018年", "impossible"),
        ("教师节活动", "festival"),
        ("喜迎国庆节，", "festival"),
        ("春节团拜会", "festival"),
        ("春节前", "festival"),
        ("十多年前", "ago"),
        ("三天前", "ago"),
        ("当天", "same-day"),
        ("次日", "same-day"),
        ("同年", "relative-year"),
        ("当月", "relative-month"),
        ("“今天，”", "relative-day"),
    ],
)
def test_reads_words_that_fix_no_date(text: str, rule: str) -> None:
    (span,) = find_dates(text, issue_date=ISSUE)
    assert (span.iso, span.precision, span.rule) == (None, "none", rule)


@pytest.mark.parametrize(
    ("text", "finer"),
    [
        ("11天", "P11D"),
        ("两年", "P2Y"),
        ("3个月", "P3M"),
        ("半年", "P6M"),
        ("30日内", "P30D"),
        ("两三天", None),
        ("十多年", None),
    ],
)
def test_durations_are_marked(text: str, finer: str | None) -> None:
    span = only(text)
    assert (span.rule, span.iso, span.precision, span.finer) == ("duration", None, "none", finer)


@pytest.mark.parametrize(
    ("text", "dates"),
    [
        (
            "4月23日，桥梁动工。4月的茶山。23日至24日，茶农培训，4月底前完成。自去年8月立项以来。23日上午，验收开始。",
            ["2011-04-23", "2011-04", "2011-04-23/2011-04-24", "2011-04", "2010-08", "2011-04-23"],
        ),
        ("去年3月动工，8月结顶，10月投产。", ["2010-03", "2010-08", "2010-10"]),
        ("2009年，他3月任职，12月离任。", ["2009", "2009-03", "2009-12"]),
        ("2010年8月获批，4月22日开工。", ["2010-08", "2011-04-22"]),
        ("2009年8月获批。4月2日开工。", ["2009-08", "2011-04-02"]),
        ("4月8日、9日", ["2011-04-08", "2011-04-09"]),
        ("2010年3月、5月", ["2010-03", "2010-05"]),
        ("4月22日上午开会，当天下午调研，次日返程。", ["2011-04-22", "2011-04-22", "2011-04-23"]),
        ("4月22日开会。学校于2006年5月1日成立。当天，代表参观。", ["2011-04-22", "2006-05-01", "2011-04-22"]),
        ("2009年5月签约，同年8月开工，次年3月投产。", ["2009-05", "2009-08", "2010-03"]),
        ("3月30日启动，2日结束。", ["2011-03-30", "2011-04-02"]),
        ("明年3月开工，8月完工", ["2012-03", "2012-08"]),
        ("中秋、国庆假期", ["2010-09", "2010-10"]),
        ("2010年底，", ["2010-12"]),
        ("“昨天我去了。”", [None]),
        ("4月22日，他说：“今天开工了。”", ["2011-04-22", "2011-04-22"]),
        ("4月22日，他说：“好。”今天开工", ["2011-04-22", "2011-04-25"]),
        ("第一季度完成，前三季度完成", ["2011", "2011"]),
        ("4月20日（星期三）上午9:30", ["2011-04-20"]),
        ("4月20日\n星期三", ["2011-04-20", "2011-04-20"]),
    ],
)
def test_carries_context_within_a_text(text: str, dates: list[str | None]) -> None:
    assert [iso for _, iso in read(text, "2011-04-25")] == dates


@pytest.mark.parametrize(
    ("text", "issue", "context", "iso"),
    [
        ("12月5日", "2014-12-05", None, "2014-12-05"),
        ("12月28日", "2021-12-20", None, "2021-12-28"),
        ("1月5日", "2021-12-20", None, "2021-01-05"),
        ("将于1月5日开工", "2021-12-20", None, "2022-01-05"),
        ("12月底前完成", "2021-09-06", None, "2021-12"),
        ("12月28日", "2021-01-03", None, "2020-12-28"),
        ("年底", "2021-01-13", None, "2020-12"),
        ("年底竣工", "2011-03-28", None, "2011-12"),
        ("四季度", "2020-10-12", None, "2020"),
        ("元旦，", "2020-12-20", None, "2021-01-01"),
        ("教师节，", "2021-09-06", None, "2021-09-10"),
        ("去年国庆期间", "2020-10-12", None, "2019-10"),
        ("昨日（26日）", "2011-06-27", None, "2011-06-26"),
        ("昨日（31日）", "2011-06-01", None, "2011-05-31"),
        ("当天下午", ISSUE, "2021-01-12", "2021-01-12"),
        ("次日", ISSUE, "2020-12-31", "2021-01-01"),
        ("17日", ISSUE, "2020-11-12", "2020-11-17"),
        ("“今天，", ISSUE, "2021-01-12", "2021-01-12"),
        # an issue known by month or year
        ("1月12日", "2021-01", None, "2021-01-12"),
        ("12日", "2021-01", None, "2021-01-12"),
        ("12月12日", "2021", None, "2021-12-12"),
        ("去年3月", "2021", None, "2020-03"),
        ("昨日", "2021-01", None, None),
        ("12日", "2021", None, None),
        ("上周五", "2021", None, None),
        ("上月", "2021", None, None),
        ("2020年7月8日至今", "2021-01", None, "2020-07-08/2021-01"),
        # no issue date at all
        ("1月12日", None, None, None),
        ("今年", None, None, None),
        ("去年3月5日", None, None, None),
        ("1月7日至9日", None, None, None),
        ("15日", None, None, None),
        ("国庆节，", None, None, None),
        ("农历正月初八", None, None, None),
        ("2018年至今", None, None, None),
        ("2021年1月12日", None, None, "2021-01-12"),
        ("2021年国庆节", None, None, "2021-10-01"),
        ("2020年腊月廿三", None, None, "2021-02-04"),
        ("上世纪九十年代", None, None, "1990/1999"),
        ("1月14日", None, "2021-01-12", "2021-01-14"),
        ("当天", None, "2021-01-12", "2021-01-12"),
    ],
)
def test_anchors_on_issue_and_article(text: str, issue: str | None, context: str | None, iso: str | None) -> None:
    assert [found for _, found in read(text, issue, context)] == [iso]


def test_a_year_nearby_dates_a_month_without_an_issue() -> None:
    assert read("2020年3月签约，8月6日开工。", None) == [("2020年3月", "2020-03"), ("8月6日", "2020-08-06")]


@pytest.mark.parametrize(
    ("text", "surface", "finer"),
    [
        ("1月12日下午,省厅", "1月12日下午", "下午"),
        ("1月12日上午8点半，", "1月12日上午8点半", "上午8点半"),
        ("1月8日8时许，", "1月8日8时许", "8时许"),
        ("1月18日晚，", "1月18日晚", "晚"),
        ("1月18日晚会上", "1月18日", None),
        ("1月18日下午召开", "1月18日下午", "下午"),
        ("1月20日（星期三）上午9:30开会", "1月20日（星期三）上午9：30", "上午9：30"),
        ("昨日(19日)上午，", "昨日（19日）上午", "上午"),
        ("昨晚，", "昨晚", "晚"),
        ("2020年4月中下旬开始", "2020年4月中下旬", "中下旬"),
        ("8月底前完成", "8月底前", "底前"),
        ("12月5日前往", "12月5日", None),
        ("2018年以来,街道", "2018年以来", "以来"),
        ("1月20日（农历腊月初八）下午", "1月20日（农历腊月初八）下午", "下午"),
        ("2024年一季度度", "2024年一季度", "一季度"),
        ("去年国庆期间开放", "去年国庆期间", "期间"),
    ],
)
def test_surface_and_finer(text: str, surface: str, finer: str | None) -> None:
    span = only(text)
    assert (span.surface, span.finer) == (surface, finer)


@pytest.mark.parametrize(
    ("text", "precision"),
    [("1月12日", "day"), ("8月", "month"), ("去年", "year"), ("1月7日至9日", "interval"), ("近日", "none")],
)
def test_precision(text: str, precision: str) -> None:
    assert only(text).precision == precision


@pytest.mark.parametrize(
    ("text", "notes"),
    [
        ("2021年1月20日 星期三", 0),
        ("2021年1月20日 星期四", 1),
        ("2021年1月20日（星期四）", 1),
        ("2021年1月20日\n第1768期\n农历庚子年十二月初八 星期三", 0),
        ("2021年1月20日\n第1768期\n农历庚子年十二月初八 星期二", 1),
        ("1月17日（周日）上午", 0),
        ("1月17日（星期天）上午", 0),
        ("1月17日（周六）上午", 1),
        ("2021年1月20日，上周四调研", 0),
        ("2021年1月20日，张三说，星期四开会", 0),
        ("2021年1月 星期四", 0),
    ],
)
def test_weekday_conflict(text: str, notes: int) -> None:
    assert len(weekday_conflict(fold(text), issue_date=ISSUE)) == notes


def test_interval_of() -> None:
    (days,) = find_dates("仅用11天", issue_date=None)
    (weeks,) = find_dates("用了两周时间", issue_date=None)
    (rough,) = find_dates("十多天", issue_date=None)
    assert interval_of("2021-01-07", days) == "2021-01-07/2021-01-17"
    assert interval_of("2021-01-07", weeks) == "2021-01-07/2021-01-20"
    assert interval_of("2021-01-07", rough) is None
    assert interval_of("2021-01", days) is None
    assert interval_of("2021-01-07/2021-01-09", days) is None


@pytest.mark.parametrize("wrong", ["2021-13-01", "2021-02-30", "20210120", "今天", "2021-1-2", "0001-01-01", "2021-00"])
def test_a_wrong_issue_date_is_refused(wrong: str) -> None:
    with pytest.raises(ValueError, match="not an ISO date"):
        find_dates("昨日", issue_date=wrong)


def test_calendar() -> None:
    assert lunar_day(2021, 1, 1) == date(2021, 2, 12)
    assert lunar_day(2021, -4, 1) is None
    assert festival_day("冬至", 2020) == date(2020, 12, 21)
    assert festival_day("腊八节", 2022) == date(2022, 1, 10)
    assert festival_day("母亲节", 2021) == date(2021, 5, 9)
    assert festival_day("没有这个节", 2021) is None
    assert cycle_year("辛丑", When(2021, 9, 6)) == 2021
    assert cycle_year("甲丑", When(2021, 9, 6)) is None
    assert parse_iso("2021-01") == When(2021, 1)


def test_numerals() -> None:
    assert [read_number(text) for text in ("三十一", "卅", "十", "两", "", "千")] == [31, 30, 10, 2, None, None]
    assert spelled_year("一九四九") == 1949


_VOCABULARY = (
    "2021年 二〇二〇年 去年 今年 同年 次年 12月 1月 三月 本月 当月 20日 31日 29日 廿三 初八 至 "
    "到 至今 - — 、 ， 。 （ ） “ ” \n 底 前 以来 上午 8时 昨日 当天 次日 今天 上周五 星期三 "
    "国庆 国庆节 “五一” 期间 前夕 农历 闰 正月 腊月 庚子年 一季度 年底 每年 11天 3年前 近日 第 90年代 "
    "上世纪 2021-02-30 2021/6/9 1-8月 23-24日 大年初一 去年同期 将于 村 张三 8 一"
)
_PIECES = st.sampled_from(_VOCABULARY.split(" "))
_ISSUES = st.one_of(
    st.none(),
    st.dates(date(1900, 1, 1), date(2100, 12, 31)).map(date.isoformat),
    st.sampled_from(["2021", "2021-01", "2020-02-29"]),
)
_DAYS = st.one_of(st.none(), st.dates(date(1900, 1, 1), date(2100, 12, 31)).map(date.isoformat))


def _is_valid(iso: str) -> bool:
    ends = iso.split("/")
    return len(ends) <= 2 and all(parse_iso(end).iso == end for end in ends) and ends == sorted(ends)


@given(st.one_of(st.lists(_PIECES, max_size=12).map("".join), st.text(max_size=40)), _ISSUES, _DAYS)
def test_spans_hold_together(text: str, issue: str | None, context: str | None) -> None:
    folded = fold(text)
    found = find_dates(folded, issue_date=issue, context_date=context)
    assert found == find_dates(folded, issue_date=issue, context_date=context)
    at = 0
    for span in found:
        assert at <= span.start < span.end <= len(folded)
        assert folded[span.start : span.end] == span.surface
        at = span.end
        assert (span.iso is None) == (span.precision == "none")
        assert ("/" in (span.iso or "")) == (span.precision == "interval")
        if span.iso:
            assert _is_valid(span.iso), span
        assert re.fullmatch(r"[a-z-]+", span.rule)
    weekday_conflict(folded, issue_date=issue)


@given(st.dates(date(1950, 1, 1), date(2099, 12, 31)), _ISSUES)
def test_a_whole_date_means_itself(day: date, issue: str | None) -> None:
    for text in (f"{day.year}年{day.month}月{day.day}日", day.isoformat(), f"{day.year}/{day.month}/{day.day}"):
        assert [span.iso for span in find_dates(text, issue_date=issue)] == [day.isoformat()]


@given(st.dates(date(2000, 1, 1), date(2099, 12, 31)), st.integers(0, 300))
def test_a_day_of_the_last_ten_months_needs_no_year(issue: date, ago: int) -> None:
    day = date.fromordinal(issue.toordinal() - ago)
    (span,) = find_dates(f"{day.month}月{day.day}日，签约", issue_date=issue.isoformat())
    assert span.iso == day.isoformat()


def first_characters(pattern: Sequence[tuple[Any, Any]]) -> tuple[set[str], bool]:
    """What a parsed pattern may begin with (`\\d` for digits), and whether it may also match nothing."""
    found: set[str] = set()
    for operation, argument in pattern:
        empty = False
        match str(operation):
            case "LITERAL":
                firsts = {chr(argument)}
            case "IN":
                firsts = set()
                for kind, value in argument:
                    low, high = value if str(kind) == "RANGE" else (value, value)
                    firsts |= {"\\d"} if str(kind) == "CATEGORY" else {chr(code) for code in range(low, high + 1)}
            case "SUBPATTERN":
                firsts, empty = first_characters(argument[3])
            case "BRANCH":
                branches = [first_characters(branch) for branch in argument[1]]
                firsts = set().union(*(each for each, _ in branches))
                empty = any(each for _, each in branches)
            case "MAX_REPEAT" | "MIN_REPEAT":
                firsts, empty = first_characters(argument[2])
                empty = empty or argument[0] == 0
            case "ASSERT" if argument[0] > 0:
                firsts, empty = first_characters(argument[1])
            case "ASSERT" | "ASSERT_NOT" | "AT":
                firsts, empty = set(), True
            case other:
                raise AssertionError(other)
        found |= firsts
        if not empty:
            return found, False
    return found, True


def test_the_first_look_for_a_date_overlooks_none() -> None:
    parser = importlib.import_module("re._parser")
    found, empty = first_characters(parser.parse("|".join(patterns._KINDS)))
    assert not empty
    assert {char for char in found if not char.isdecimal()} - {"\\d"} == set(patterns.FIRST_CHARACTERS)
    assert first_characters(parser.parse("(?=a)b?|(?<!x)c|d?e")) == (set("acde"), False)
    assert first_characters(parser.parse("a?(?!b)")) == ({"a"}, True)
