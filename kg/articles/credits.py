"""Who wrote or photographed: names and parts read from credits.

Comes in: a stretch of a page that is a credit (a byline line, the bracket of 本报讯（…）, a photo credit). Goes out:
`Byline`s with page offsets. Running text is never read here: 记者从市委了解到 is no credit.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise

from kg.model import Byline, Span
from kg.text import fold

_HAN = "㐀-鿿○〇"

# Part words. The value is the part as `Byline.part` has it, "" for a word whose names are no person's (来源：宣传科).
# Words of the photo come after the names (张三 摄) as well as before (摄影：张三).
_PARTS: dict[str, str] = {
    "见习记者": "见习记者",
    "实习记者": "实习记者",
    "特约记者": "特约记者",
    "特派记者": "特派记者",
    "首席记者": "首席记者",
    "驻站记者": "记者",
    "摄影记者": "摄影",
    "文字记者": "记者",
    "图片记者": "摄影",
    "小记者": "小记者",
    "学生记者": "学生记者",
    "记者": "记者",
    "实习生": "实习生",
    "特约通讯员": "特约通讯员",
    "通讯员": "通讯员",
    "通迅员": "通讯员",
    "通 讯 员": "通讯员",
    "特约摄影": "摄影",
    "摄影报道": "摄影报道",
    "摄影": "摄影",
    "摄制": "摄影",
    "摄": "摄",
    "供图": "供图",
    "供稿": "供稿",
    "图文": "图文",
    "文图": "图文",
    "文/图": "图文",
    "文/摄": "图文",
    "文并摄": "图文",
    "图/文": "图文",
    "图片": "图片",
    "文字": "文字",
    "文": "文",
    "图": "图",
    "撰稿": "撰稿",
    "撰文": "撰文",
    "采写": "采写",
    "采访": "采访",
    "采访小组": "采访小组",
    "采访组": "采访组",
    "报道组": "报道组",
    "综合报道": "报道",
    "报道": "报道",
    "整理": "整理",
    "作者": "作者",
    "责任编辑": "责任编辑",
    "责任编委": "责任编委",
    "本版编辑": "编辑",
    "本版责编": "责编",
    "责编": "责编",
    "编辑": "编辑",
    "编审": "编审",
    "编校": "编校",
    "执行主编": "执行主编",
    "副主编": "副主编",
    "主编": "主编",
    "总编": "总编",
    "总监制": "监制",
    "监制": "监制",
    "审核": "审核",
    "审签": "审签",
    "审校": "审校",
    "初审": "初审",
    "复审": "复审",
    "终审": "终审",
    "签发": "签发",
    "校对": "校对",
    "校检": "校对",
    "版式设计": "版式",
    "版式": "版式",
    "版面": "版式",
    "排版": "排版",
    "美编": "美编",
    "设计": "设计",
    "制图": "制图",
    "制作": "制作",
    "插图": "插图",
    "漫画": "漫画",
    "视频": "视频",
    "剪辑": "剪辑",
    "值班编委": "值班编委",
    "值班总编": "值班总编",
    "来源": "",
    "稿件来源": "",
    "信息来源": "",
    "供稿单位": "",
    "单位": "",
    "加入时间": "",
    "发布时间": "",
    "发稿时间": "",
    "时间": "",
    "日期": "",
    "浏览": "",
    "点击": "",
    "阅读": "",
    "字体": "",
    "字号": "",
}
_AFTER = frozenset(("摄", "摄影", "摄影报道", "供图", "供稿", "图文", "报道", "整理", "撰稿", "采写", "图", "文", "绘"))
"""Parts that stand after their names (张三 摄); before them too when a colon or slash follows (摄影：张三, 文/张三)."""

STAFF = frozenset(
    (
        "责任编辑 责任编委 责编 编辑 编审 编校 执行主编 副主编 主编 总编 监制 审核 审签 审校 初审 复审 终审 签发 校对 版式 排版 美编 设计 制作 值班编委 值班总编"
    ).split()  # noqa: SIM905 - one word a token reads better than 24 quoted ones
)
"""Parts of those who make the page, not the article."""

# 文, 图 and 摄 are part words only where no name goes on (王文彬 is a name).
_PART = (
    "|".join(re.escape(word) for word in sorted(_PARTS, key=lambda word: (-len(word), word)) if len(word) > 1)
    + rf"|(?<![{_HAN}])[文图](?![{_HAN}])|摄(?![{_HAN}])"
)
_SEPARATOR = r"[\s　、，,/／|｜：；;．•·]+|[和与及暨](?=[\s　])"
_DIGITS = r"[0-9A-Za-z][0-9A-Za-z.\-/：]*"
_MEDIUM = re.compile(
    r"(报|报社|日报|新闻|网|社|台|站|集团|传媒|融媒|全媒体|融媒体|媒体|中心|周刊|客户端|公司|局|办|部|委|会|厅|处|科|院|校|学校|大学|中学|小学|幼儿园|街道|镇|乡|村|社区|县|区|市|省|馆|所|队|团|库|本报|本台|本网|本刊|综合|专题|栏目|频道|论坛)$"
)
_NOT_A_NAME = frozenset(
    (
        "本报 本台 本网 本刊 本社 我报 综合 整理 资料 网络 实习 见习 特约 全媒体 融媒体 手记 见闻 观察 调查 连线 在线 时评 视点 关注 评论 走基层 专访 日记 札记 感言 帮办 点评 "
        "手札 探访 体验 跑腿 说法 来信 来论 之家 工作 证 团 大 中 小 打印 关闭 收藏 分享 未完 完 待续 下转 上接 据 据悉 转载 原创 不详 佚名 暂无 无 均为 均由 本文 本版 右 "
        "左 中间 前排 后排"
    ).split()  # noqa: SIM905
)
# The two hundred commonest surnames (public census reports); only a hint where a credit could be something else.
_SURNAMES = frozenset(
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾肖田董潘袁蔡蒋余于杜叶程魏苏吕丁任卢姚沈钟姜崔谭陆范汪廖石金韦贾夏付方邹熊白孟秦邱侯江尹薛闫雷龙史陶贺毛段郝"
    "顾龚邵万覃武钱戴严莫孔向常汤康易乔赖文樊兰殷施洪翟安颜倪牛温芦季俞章鲁葛伍申尤毕聂柴焦柳邢岳齐庄辛管祝左涂谷祁时舒耿牟卜詹关苗凌费纪靳盛童欧甄项曲成游阳裴席卫查屈鲍位覃"
    "霍翁隋植甘景薄单包司柏宁柯阮桂闵解强连阎佟宫占边卓房全苟应习娄晏车巫贵居朗麻虞蒙房缪蓝邝冉刁滕仇危花翦糜戚胥隆薄商佘郎迟吉丛池奚储桑冷郗仝计初奉褚鄢晋谌揭蔺盖原岑凤楚路"
)
_COMPOUND = (
    "欧阳",
    "上官",
    "司马",
    "诸葛",
    "皇甫",
    "尉迟",
    "令狐",
    "夏侯",
    "司徒",
    "慕容",
    "公孙",
    "东方",
    "长孙",
    "宇文",
    "端木",
    "百里",
    "南宫",
    "轩辕",
    "闻人",
    "钟离",
)
_NAME_SHAPE = re.compile(rf"[{_HAN}]{{1,8}}(?:[·•?？‧][{_HAN}]{{1,10}})+|[{_HAN}]{{2,4}}")
_TOKEN = re.compile(
    rf"(?P<part>{_PART})|(?P<separator>{_SEPARATOR})|(?P<digits>{_DIGITS})"
    rf"|(?P<han>[{_HAN}]{{1,8}}(?:[·•‧?？][{_HAN}]{{1,10}})+|[{_HAN}]+?(?=$|{_PART}|[^{_HAN}]))"
)
_CREDIT_BRACKET = re.compile(r"[（(\[【]([^（()）\[\]【】]{2,80})[)）\]】]")


@dataclass(frozen=True, slots=True)
class Credit:
    """What a stretch says of its makers. `clean` is False where words were left that no credit has."""

    bylines: tuple[Byline, ...]
    parts: tuple[str, ...]
    clean: bool


def is_surname(name: str) -> bool:
    """Whether a string begins like a Chinese name, by the common surnames."""
    return bool(name) and (name[0] in _SURNAMES or name.startswith(_COMPOUND))


def _plausible(name: str, *, named_as_person: bool) -> bool:
    """Whether a token is a person's name; `named_as_person` where a part word stands before it."""
    if name in _NOT_A_NAME or not _NAME_SHAPE.fullmatch(name):
        return False
    if re.search(r"[·•‧?？]", name):
        return True
    if is_surname(name):
        if len(name) == 4 and not name.startswith(_COMPOUND):
            return named_as_person and not _MEDIUM.search(name)
        return not (len(name) >= 3 and _MEDIUM.search(name) and not name.endswith(("会", "社", "部", "团", "台", "区")))
    return named_as_person and not _MEDIUM.search(name) and len(name) <= 4


def read_credit(text: str, span: Span, *, strict: bool = False) -> Credit:
    """Names and parts of a stretch that is a credit and nothing else.

    Args:
        text: the page's text.
        span: the stretch, in page offsets, without its brackets or bullets.
        strict: names need a common surname even after a part word (for lines that may be titles: 记者走基层).

    Returns:
        The bylines in printed order, the part words met, and whether everything was understood.
    """
    piece = fold(text[span.start : span.end]).replace("＆", " ")
    tokens: list[tuple[str, str, int, int]] = []
    at = 0
    clean = True
    while at < len(piece):
        match = _TOKEN.match(piece, at)
        if match is None:
            clean = False
            at += 1
            continue
        kind = match.lastgroup or ""
        tokens.append((kind, match.group(0), match.start(), match.end()))
        at = match.end()
    tokens = _join_single_characters(tokens)
    names: list[tuple[str, int, int, str | None]] = []
    parts: list[str] = []
    part: str | None = None
    since = 0  # names from here on still wait for a part that stands after them
    for index, (kind, word, start, _end) in enumerate(tokens):
        following = tokens[index + 1] if index + 1 < len(tokens) else None
        previous = tokens[index - 1] if index else None
        if kind == "part":
            label = _PARTS[word]
            parts.append(label)
            before = label in _AFTER and since < len(names) and not _introduces(following, tokens, index)
            if before:
                if label == "摄影报道" or label == "报道" or (label in ("图文", "整理", "采写") and part):
                    pass  # 记者 张三 文/图: the reporter stays a reporter
                else:
                    names[since:] = [(n, s, e, label) for n, s, e, _ in names[since:]]
                since = len(names)
                part = None
            else:
                part = label
                since = len(names)
        elif kind == "han":
            if part == "" and not _introduces(following, tokens, index):
                continue
            glued_part = following is not None and following[0] == "part"
            if glued_part and following is not None and _is_prefix(word, following[1], first=not names and not parts):
                continue
            if word in ("本报", "本台", "本网", "新华社", "中新社", "特约", "发", "电", "讯", "由"):
                continue
            for name, offset in _split_names(word):
                needs_surname = strict and (previous is None or previous[0] != "separator" or part is None)
                if _plausible(name, named_as_person=part not in (None, "") and not needs_surname):
                    names.append((name, start + offset, start + offset + len(name), part))
                elif not _MEDIUM.search(name):
                    clean = False
        elif kind == "digits" and part != "":
            clean = False
    bylines = tuple(
        Byline(_spelled(name), label or None, Span(span.start + start, span.start + end))
        for name, start, end, label in names
        if label != ""
    )
    return Credit(bylines, tuple(parts), clean)


def _is_prefix(word: str, part: str, *, first: bool) -> bool:
    """Whether a word glued to a part word tells whose reporter (某报记者, 某县采访小组) and is no name (张三摄)."""
    if _MEDIUM.search(word) or word in _NOT_A_NAME or len(word) > 4 or part.endswith("组"):
        return True
    return first and _PARTS[part] not in _AFTER


def _spelled(name: str) -> str:
    return re.sub(r"[\s　]", "", name)


def _introduces(
    following: tuple[str, str, int, int] | None, tokens: list[tuple[str, str, int, int]], index: int
) -> bool:
    """Whether a part word at `index` is followed by `：` or `/` and so by its own names (文/张三 图/李四)."""
    return (
        following is not None
        and following[0] == "separator"
        and bool(re.search(r"[：/／|｜]", following[1]))
        and any(kind == "han" for kind, *_ in tokens[index + 2 : index + 3])
    )


def _split_names(word: str) -> list[tuple[str, int]]:
    """Names glued together (张三丰李四光), cut where a surname begins; one name where nothing else is sure."""
    if re.search(r"[·•‧?？]", word) or len(word) <= 4 or len(word) > 12 or _MEDIUM.search(word):
        return [(word, 0)]
    best: list[list[int]] = [[] for _ in range(len(word) + 1)]
    best[len(word)] = [len(word)]
    for at in range(len(word) - 2, -1, -1):
        for size in (3, 2):
            if at + size <= len(word) and best[at + size] and word[at] in _SURNAMES:
                best[at] = [at, *best[at + size]]
                break
    cuts = best[0]
    if not cuts:
        return [(word, 0)]
    return [(word[a:b], a) for a, b in pairwise(cuts)]


def _join_single_characters(tokens: list[tuple[str, str, int, int]]) -> list[tuple[str, str, int, int]]:
    """Two single characters with only space between are one name (王　明); so are the letters of 通 讯 员."""
    joined: list[tuple[str, str, int, int]] = []
    at = 0
    while at < len(tokens):
        kind, word, start, _end = tokens[at]
        if (
            kind == "han"
            and len(word) == 1
            and at + 2 < len(tokens)
            and tokens[at + 1][0] == "separator"
            and not tokens[at + 1][1].strip(" 　")
            and tokens[at + 2][0] == "han"
            and len(tokens[at + 2][1]) == 1
        ):
            other = tokens[at + 2]
            joined.append(("han", word + other[1], start, other[3]))
            at += 3
            continue
        joined.append(tokens[at])
        at += 1
    return joined


_BULLET = re.compile(r"^[\s　■□●◆◇▲△★☆◎○▪•*|｜—–\-＊➤►▶]+")
_LINE_END = re.compile(r"[\s　]+$")


def credit_line(text: str, line: Span) -> Credit | None:
    """The credit that a whole line is (■记者 张三　通讯员 李四), or None where the line is anything else."""
    raw = text[line.start : line.end]
    if len(raw.strip()) > 120:
        return None
    bullet = _BULLET.match(raw)
    start = line.start + (bullet.end() if bullet else 0)
    trimmed = _LINE_END.search(raw)
    end = line.end - (trimmed.end() - trimmed.start() if trimmed else 0)
    inner = text[start:end]
    if inner[:1] in "（(【[" and inner[-1:] in ")）】]":
        start, end = start + 1, end - 1
    if end - start < 3:
        return None
    credit = read_credit(text, Span(start, end), strict=True)
    if not credit.clean or not credit.parts:
        return None
    if not credit.bylines:
        # 来源：某某报 is a credit line without a person; 编辑 or 图片 alone is a title's word.
        return credit if re.search(r"(来源|供稿|作者|编辑|责编|单位)\s*[：:/]", text[start:end]) else None
    return credit


_PHOTO_END = re.compile(
    rf"[。！？”】）)]\s*(?P<credit>(?:[{_HAN}]{{2,10}}\s?)?(?:记者|通讯员)?[ 　]?[{_HAN}·\s　、]{{2,24}}[ 　/]*"
    r"(?:摄影报道|摄影|摄|文/图|供图|图))\s*$"
)


def bracket_credits(text: str, line: Span, *, at_end: bool) -> list[Credit]:
    """Credits in the brackets of a line: after 本报讯, and photo credits anywhere.

    Args:
        at_end: whether the line ends an article; then a closing bracket of names alone counts too.
    """
    credits: list[Credit] = []
    raw = text[line.start : line.end]
    for match in _CREDIT_BRACKET.finditer(raw):
        before = fold(raw[: match.start()])
        inner = Span(line.start + match.start(1), line.start + match.end(1))
        after = raw[match.end() :].strip()
        head = HEAD.match(before) is not None and len(before) < 40
        first = not re.sub(r"[\s　■●◆▲★]", "", before)
        credit = read_credit(text, inner, strict=not head)
        if not credit.bylines:
            continue
        makers = [part for part in credit.parts if part]
        if (
            head
            or (first and makers and credit.clean)
            or (makers and credit.clean and set(makers) & {"摄", "摄影", "供图", "图"})
            or (makers and credit.clean and not after)
            or (
                at_end and not after and credit.clean and not makers and all(is_surname(b.name) for b in credit.bylines)
            )
        ):
            credits.append(credit)
    photo = _PHOTO_END.search(fold(raw))
    if photo and not raw.rstrip().endswith(("）", ")")):
        credit = read_credit(
            text, Span(line.start + photo.start("credit"), line.start + photo.end("credit")), strict=True
        )
        if credit.bylines and credit.clean:
            credits.append(credit)
    open_head = OPEN_HEAD.match(fold(raw))
    if open_head:
        credit = read_credit(text, Span(line.start + open_head.start(1), line.start + open_head.end(1)))
        if credit.bylines and credit.clean:
            credits.append(credit)
    return credits


_AGENCY = (
    "本报|本台|本网|本刊|新华社|新华网|中新社|中新网|人民网|央视网"
    rf"|[{_HAN}]{{2,8}}(?:日报|晚报|晨报|早报|时报|网|融媒|新闻|传媒|社|台|客户端)"
)
# How a report begins: 本报讯, 本报北京1月5日电, 新华社杭州1月5日电, 某某日报讯, 县融媒讯, 新华网贵阳12月5日报道.
HEAD = re.compile(
    rf"^[\s　■□●◆◇▲★☆▪•【\[（(]*(?:(?:{_AGENCY})[{_HAN}\d ]{{0,14}}?(?:专?讯|专?电|消息|报道)"
    rf"|[{_HAN}]{{2,6}}讯(?=[\s　（(]))[】\]）)]?"
)
_WRITERS = (
    rf"(?:本报|全媒体|融媒体|见习|实习|特约)*(?:记者|通讯员)[\s　]*[{_HAN}]{{2,4}}(?:[、 　][{_HAN}]{{2,4}})*[、，\s　]*"
)
OPEN_HEAD = re.compile(rf"^[\s　]*本报讯[\s　]*((?:{_WRITERS})+)(?:摄影)?报道")
