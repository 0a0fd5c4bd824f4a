"""What single lines of a newspaper page say of its issue: date, number, paper, publisher, page.

Comes in: one line of a page. Goes out: a `MastheadLine`, or None where the line is no masthead. Two stages need it:
`pages` reads the issue from such lines, `articles` keeps them out of articles. Nothing here looks at more than a line;
a date in running text is none, because a masthead line holds nothing but masthead pieces.
"""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass
from functools import lru_cache

from kg.text import fold

_HAN = "㐀-鿿"
_DIGITS = "〇零一二三四五六七八九"
_CHINESE_DIGIT = {char: value for value, char in enumerate("〇一二三四五六七八九")} | {
    "零": 0,
    "○": 0,
    "О": 0,
    "Ｏ": 0,
    "0": 0,
}

# 2021年1月20日, 2021-01-20, 2021/1/20, 2021.1.20, 二〇二一年一月二十日
_DATE = re.compile(
    r"(?<!\d)(?P<y>(?:19|20)\d{2})\s*(?:年|[-/.])\s*(?P<m>\d{1,2})\s*(?:月|[-/.])\s*(?P<d>\d{1,2})(?!\d)\s*[日号]?"
    r"|(?P<cy>[一二]\s*[〇零○ОＯ九]\s*[〇零○ОＯ一二三四五六七八九]\s*[〇零○ОＯ一二三四五六七八九])\s*年"
    r"\s*(?P<cm>[一二三四五六七八九十]{1,2})\s*月\s*(?P<cd>[一二三四五六七八九十]{1,3})\s*日"
)
_MONTH_DAY = re.compile(r"(?<![\d年月日/.-])(?P<m>\d{1,2})\s*月\s*(?P<d>\d{1,2})\s*日")
_WEEKDAY = re.compile(r"(?:星期|周|礼拜)\s*(?P<w>[一二三四五六日天])")
_CLOCK = re.compile(r"\d{1,2}：\d{2}(?:：\d{2})?")
_LUNAR_DAY = r"[闰正一二三四五六七八九十冬腊廿初卅月日大小 ]"
_LUNAR = re.compile(
    r"(?:农历|夏历)?\s*[甲乙丙丁戊己庚辛壬癸][子丑寅卯辰巳午未申酉戌亥]\s*年" + _LUNAR_DAY + "*|农历" + _LUNAR_DAY + "+"
)
_NUMBER = re.compile(
    r"[（(]?\s*(?:总\s*)?(?:第\s*)(?P<n>\d{1,6})\s*[期号](?:\s*[）)])?|(?:总第|总)\s*(?P<n2>\d{1,6})\s*期?"
)
_PAGE = re.compile(
    r"第?\s*(?P<l>[A-Z])?\s*(?P<p>\d{1,3})\s*版(?!面)|第\s*(?P<cp>[一二三四五六七八九十]{1,3})\s*版(?!面)|^(?P<l2>[A-Z])\s?(?P<p2>\d{1,2})$"
)
_TOTAL = re.compile(
    r"(?:今日|本期|共)\s*(?:共\s*)?[\d一二三四五六七八九十]{1,3}\s*版|[\d一二三四五六七八九十]{1,3}\s*(?:开\s*\d+)\s*版"
)
_PUBLISHER = re.compile(
    rf"(?P<body>[{_HAN}（）]{{4,30}}?)\s*(?:联合)?"
    rf"(?P<act>主管主办|主管、主办|主管|主办|承办|编印|编辑出版|出版|编辑)(?:单位)?(?=$|[\s　{_HAN}])"
)
_PUBLISHER_BODY = re.compile(
    r"(委|委员会|政府|宣传部|融媒体中心|传媒中心|新闻中心|报社|日报社|传媒集团|报业集团|新闻信息中心|报道组|广播电视台|电视台)$"
)
_LABELLED = re.compile(
    r"(?:采编|新闻|投稿|广告|发行|订阅|服务|爆料|举报|热线|联系|值班|咨询|读者)?"
    r"(?:热线|电话|邮箱|信箱|传真|QQ群?|微信号?|E-?mail)\s*[：:]?\s*[\w@.()（）\-—、 ]{0,40}"
    r"|(?:国内统一|统一)?(?:连续出版物|刊)?号\s*[：:]?\s*[（(]?[\w\-/()（） ]{2,24}[)）]?"
    r"|(?:国内统一)?刊号|(?:邮发)?代号\s*[：:]?\s*[\d\-—]+|CN\s*\d{2}\s*[-—]\s*\d{3,4}(?:/?[()（）A-Z]*)?|准印证.{0,24}"
    r"|(?:数字报|网址|官网|网站|投稿邮箱)\s*[：:]?\s*[\w./:：\-@]{0,60}|(?:https?：//|www\.)[\w./\-]+",
    re.I,
)
_PAPER_TAIL = "日报|晚报|早报|晨报|时报|商报|导报|周报|周刊|新报|快报|都市报|开发报|新闻|报"
_PAPER = re.compile(rf"^[《]?(?P<paper>今日[{_HAN}]{{2,4}}|[{_HAN}]{{2,6}}(?:{_PAPER_TAIL}))[》]?$")
_NO_PAPER = re.compile(
    r"今日.{0,2}(版|导读|要闻|天气|关注|聚焦|看点|视点|头条|话题|推荐|提示|谈|论|评|说)$|(海|简|墙|捷|通|战|喜|汇|申|举|预|播|填|上|月|年)报$"
    r"|(一句话|图片|短|要闻|简明|综合|时政|国际|国内|社会|体育|民生|教育|财经|乡镇|部门|基层|本地|地方|今日|热点|视频|文化|法治|经济|农村|最|快讯)新闻$"
)
_APP = re.compile(
    r"^.{2,14}?(?:发布|APP|客户端|公众号|视频号|抖音号?|二维码|微博|小程序|新闻网|手机报|数字报)$|^扫一扫.{0,14}$|^扫码.{0,12}$",
    re.I,
)
_WEATHER = re.compile(r"^(?:今日|今天|明天|明日|天气)[^。]{0,6}[：:]?.{0,24}(?:℃|多云|阴|晴|雨|雪).{0,20}$")
_SECTION = (
    "要闻",
    "综合",
    "综合新闻",
    "时政",
    "民生",
    "社会",
    "副刊",
    "专版",
    "专题",
    "广告",
    "公告",
    "文化",
    "教育",
    "理论",
    "时评",
    "聚焦",
    "关注",
    "新闻",
    "深度",
    "头版",
    "经济",
    "生活",
    "乡镇",
    "基层",
    "健康",
    "法治",
    "旅游",
    "视觉",
    "图片新闻",
)
_META_LABEL = re.compile(r"(?:发稿|发布|发表|加入|更新|添加|录入|上传|编辑)?(?:时间|日期)\s*：")


@dataclass(frozen=True, slots=True)
class MastheadLine:
    """What one masthead line says; everything may be None where the line is only recognised as one.

    `date` is ISO; `month_day` a `(month, day)` where no year is printed; `weekday` 0 is Monday. `publisher` is the
    body that publishes (中共某市某区委). `web` tells a web page's 发布时间 line from a printed masthead.
    """

    date: str | None = None
    month_day: tuple[int, int] | None = None
    weekday: int | None = None
    number: str | None = None
    paper: str | None = None
    publisher: str | None = None
    page: int | None = None
    web: bool = False


def chinese_number(text: str) -> int | None:
    """The value of a Chinese numeral below 100 (二十一), or of its digits (二〇二一); None if it is neither.

    >>> chinese_number("二十一"), chinese_number("二〇二一"), chinese_number("十"), chinese_number("")
    (21, 2021, 10, None)
    """
    text = re.sub(r"\s", "", text)
    if not text:
        return None
    if "十" in text:
        tens, _, ones = text.partition("十")
        if len(tens) > 1 or len(ones) > 1 or not set(tens + ones) <= set(_CHINESE_DIGIT):
            return None
        return (_CHINESE_DIGIT[tens] if tens else 1) * 10 + (_CHINESE_DIGIT[ones] if ones else 0)
    if not set(text) <= set(_CHINESE_DIGIT):
        return None
    return int("".join(str(_CHINESE_DIGIT[char]) for char in text))


@lru_cache(maxsize=16384)
def iso_date(year: int, month: int, day: int) -> str | None:
    """The ISO date, or None where the calendar has no such day or the year is no newspaper's (1900–2099)."""
    if not (1900 <= year < 2100 and 1 <= month <= 12 and 1 <= day <= monthrange(year, month)[1]):
        return None
    return f"{year:04d}-{month:02d}-{day:02d}"


def find_date(text: str) -> str | None:
    """The first full date of a string that was folded (`kg.text.fold`), as ISO, or None."""
    for match in _DATE.finditer(text):
        year, month, day = _date_parts(match)
        found = iso_date(year, month, day)
        if found:
            return found
    return None


def _date_parts(match: re.Match[str]) -> tuple[int, int, int]:
    if match["y"]:
        return int(match["y"]), int(match["m"]), int(match["d"])
    parts = (chinese_number(match["cy"]), chinese_number(match["cm"]), chinese_number(match["cd"]))
    return parts[0] or 0, parts[1] or 0, parts[2] or 0


def read_masthead_line(line: str) -> MastheadLine | None:
    """What a line says of the issue, or None where it is no masthead line.

    A line counts only if it is short, has no sentence end and nothing but masthead pieces stand on it.

    >>> read_masthead_line("2021年1月20日 星期三 第1768期").date
    '2021-01-20'
    >>> read_masthead_line("截至2021年1月20日，全区完成12个项目") is None
    True
    """
    text = fold(line).strip()
    if not text or len(text) > 90 or re.search(r"[。！？；]", text):
        return None
    if _META_LABEL.search(text):
        found = find_date(text)
        return MastheadLine(date=found, web=True) if found else None
    found = find_date(text)
    if found and re.search(r"(来源|作者|编辑|浏览|阅读|点击|字体|字号)", text):
        return MastheadLine(date=found, web=True)
    if text in _SECTION or _APP.match(text) or _WEATHER.match(text):
        return MastheadLine()
    paper = _PAPER.match(text)
    if paper and not _NO_PAPER.search(text):
        return MastheadLine(paper=paper["paper"])
    rest = text
    date = month_day = weekday = number = publisher = page = None
    match = _DATE.search(rest)
    if match:
        date = iso_date(*_date_parts(match))
        rest = rest[: match.start()] + "\n" + rest[match.end() :]
    else:
        match = _MONTH_DAY.search(rest)
        if match:
            month_day = (int(match["m"]), int(match["d"]))
            rest = rest[: match.start()] + "\n" + rest[match.end() :]
    rest = _CLOCK.sub("\n", rest) if date else rest
    lunar = _LUNAR.search(rest)
    rest = _LUNAR.sub("\n", rest)
    match = _WEEKDAY.search(rest)
    if match:
        weekday = "一二三四五六日".find(match["w"].replace("天", "日"))
        rest = rest[: match.start()] + "\n" + rest[match.end() :]
    total = _TOTAL.search(rest)
    rest = _TOTAL.sub("\n", rest)
    match = _NUMBER.search(rest)
    if match:
        number = match["n"] or match["n2"]
        rest = _NUMBER.sub("\n", rest)
    labelled = _LABELLED.search(rest)
    rest = _LABELLED.sub("\n", rest)
    match = _PAGE.search(rest)
    if match:
        digits = match["p"] or match["p2"]
        page = int(digits) if digits else chinese_number(match["cp"])
        rest = rest[: match.start()] + "\n" + rest[match.end() :]
    bodies: list[str] = []
    for match in list(_PUBLISHER.finditer(rest)):
        if _PUBLISHER_BODY.search(match["body"]) and match["act"] != "编辑":
            bodies.append(match["body"])
    if bodies:
        publisher = bodies[0]
        rest = _PUBLISHER.sub("\n", rest)
    if not (
        date or month_day or weekday is not None or number or lunar or total or labelled or bodies or page is not None
    ):
        return None
    left = [piece for piece in re.split(r"[\s|｜/·,，、：（）()【】\[\]<>《》-]+", rest) if piece]
    name = None
    for piece in left:
        named = _PAPER.match(piece)
        if named and not _NO_PAPER.search(piece):
            name = named["paper"]
        elif piece not in _SECTION and not re.fullmatch(
            r"(版次?|第|总|期|号|日|出版|值班总?编?委?|新闻版|星期|来源|字体|大|中|小)", piece
        ):
            return None
    if month_day and not (weekday is not None or number or name or lunar):
        return None  # 1月12日 alone may head anything
    return MastheadLine(
        date=date, month_day=month_day, weekday=weekday, number=number, paper=name, publisher=publisher, page=page
    )
