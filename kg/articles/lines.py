"""What kind of line each line of a page is, told from the line and its nearest neighbours.

Comes in: a page's text. Goes out: its non-blank lines with a `role`. Which lines make an article is decided in
`kg.articles.assembly`; here nothing is joined.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from kg.articles.credits import HEAD, Credit, bracket_credits, credit_line
from kg.articles.parts import STAFF
from kg.articles.signatures import DEEP, Signature, read_signature
from kg.mastheads import MastheadLine, read_masthead_line
from kg.model import Span
from kg.text import fold

LONG = 40
"""A line of so many characters is text, not a title; the longest title line of the seed pages has 44, with a space."""
_FRAGMENT_SCORE = 3
_WRAPPED_WIDTH = 36
"""Lines at most this long, most of them equally long, are a printed column's; above, a line is a paragraph."""

_CLOSERS = r"[”’」』）)】》\"'\s]*"
_FINISHED = re.compile(
    rf"[。！？；…!?;]{_CLOSERS}$|[：:][“\"「]?\s*$"
    r"|[（(]\s*(?:完|本报|记者|据|下转|未完|全文完)[^（()）]{0,30}[)）]?\s*$"
    r"|[。！？…”][”’]?\s*[（(][^（()）]{1,40}[)）]\s*$"
    r"|(?:摄|图|供图|供稿|报道)\s*[)）】]\s*$|[。！？”].{2,24}(?:摄|文/图|摄影报道)\s*$"
)
_TURN = re.compile(
    r"[（(【]?\s*(?:下转|紧转|转接|转)\s*第?\s*[A-Z]?\s*[\d一二三四五六七八九十、，\-]+\s*版[^。]{0,12}[)）】]?\s*$"
)
_CONTINUED = re.compile(r"^[\s　]*[（(【]?\s*(?:紧接|上接|接)\s*第?\s*[A-Z]?\s*[\d一二三四五六七八九十]*\s*版")
_INDEX = re.compile(
    r"[（(【]?\s*(?:详见|详细报道见|报道见|相关报道见|见|全文见|图文见|》+|→|▶+|▲|>>)"
    r"\s*第?\s*[A-Z]?\d[\d\-—、，至～~A-Z ]*\s*版[^。]{0,6}[)）】]?\s*$|^[A-Z]?\d{1,2}\s*版?\s*[>》▶→|｜]"
)
_GUIDE = re.compile(
    r"^[\s　【\[■●]*(?:本期|今日|今日要闻|要闻|新闻|内容|本报|重点|版面|精彩)?\s*导\s*读\s*[】\]]?$"
    r"|^(?:今日看点|今日提要|内容提要|本期看点|导览)$"
)
_CAPTION = re.compile(
    r"^[\s　]*(?:[↑↓←→▲△▼▽◀▶]|(?:上|下|左|右|如)图|图为|图[①-⑩一二三四五六\d]+[：:为是，]?|图/"
    r"|[（(](?:上|下|左|右)图|(?:资料|效果|示意)图)"
)
_SUBHEAD = re.compile(
    r"^[\s　]*(?:【[^】]{1,24}】|\[[^\]]{1,24}\]|〖[^〗]{1,24}〗|第?[一二三四五六七八九十]{1,3}[、．.]\s*.{2,40}"
    r"|[（(][一二三四五六七八九十\d]{1,3}[)）].{0,40}|\d{1,2}[、．.]\s*\D.{1,38}|[0０][1-9１-９]|◎.{2,20}|◆.{2,20})$"
)
# What the title of a notice ends with; a subhead of a report doesn't.
NOTICE = re.compile(
    r"^.{0,24}(?:启事|启示|小启|声明|公告|通告|通报|公示|告示|致歉|更正|讣告|通知|感谢信|表扬信|倡议书|公开信|招租|拍卖|招标)$"
)
_META = re.compile(
    r"^[\s　]*(?:【?\s*字\s*(?:体|号)\s*[：:]|【?\s*(?:打印|关闭|分享|收藏)|(?:浏览|点击|阅读)(?:次数|量|数)?\s*[：:]"
    r"|原标题\s*[：:]?$|\[?(?:打印|关闭)|扫码|责任编辑[：:]?$|分享到|上一篇|下一篇|相关(?:阅读|链接|新闻)[：:]?"
    r"|当前位置|您的位置|首页\s*[>»])"
)
_ORIGINAL_TITLE = re.compile(r"^[\s　]*[（(【\[]\s*原(?:标题|题)\s*[：:]\s*(?P<title>.+?)\s*[)）】\]]\s*$")
# Slogans are verbs and objects without a subject, in even pieces, and stand between articles.
_SLOGAN_START = re.compile(
    r"^(?:社会主义核心价值观|富强|民主|创建|争创|打造|争做|共建|共创|共享|弘扬|践行|奋力|奋进|坚决打赢|坚持|携手|讲文明|树|倡导"
    r"|文明|公益广告|不忘初心|牢记使命|绿水青山|撸起袖子|众志成城|回眸|喜迎|庆祝|热烈|学思想|党建引领|厉行|关爱|珍惜|节约|保护"
    r"|垃圾分类|珍爱|远离|预防|扫黑除恶|请|遵守|全面|深入|牢固|永远|建设|加快|加强|推进|推动|学习|贯彻|向)"
)
# What happened, after a subject of two characters or more.
_STRONG_VERB = re.compile(
    r"召开|举行|举办|开展|调研|考察|视察|督查|督导|检查|慰问|走访|看望|党课|签约|开工|启动|揭牌|授牌|获评|荣获|获批|入选|开幕|闭幕"
    r"|会见|接待|座谈|出席|宣讲|落户|投产|通车|竣工|查处|破获|当选|任命|上线|建成|挂牌|成立|落成|演练|培训"
)
_NEWS_VERB = re.compile(
    _STRONG_VERB.pattern
    + r"|获|来.{1,6}|赴|主持|部署|亮相|完成|破解|突破|发布|通过|走进|深入|实现|迎来|推出|列入|改造|新增|达|超|助|让|为"
)


@dataclass(frozen=True, slots=True)
class Line:
    """A non-blank line. `span` is trimmed; `role` is one of the names below; `gap` counts blank lines before it.

    `head` opens a report (本报讯…), `text` is running text, `short` may be a title, `byline` a credit, `caption`,
    `subhead`, `masthead`, `index` (本期导读, 详见2版), `meta` (a web page's own words), `original` (（原标题：…）),
    `staff` (责任编辑 …).
    """

    span: Span
    text: str
    role: str
    gap: int
    finished: bool
    indent: int = 0
    credit: Credit | None = None
    masthead: MastheadLine | None = None

    @property
    def indented(self) -> bool:
        """Whether the line begins as a paragraph does."""
        return self.indent >= 2

    @property
    def size(self) -> int:
        """Characters without blank space."""
        return len(re.sub(r"\s", "", self.text))


def read_lines(text: str) -> list[Line]:
    """The non-blank lines of a page in order, each with its role."""
    found: list[Line] = []
    gap = 0
    offset = 0
    for raw in text.splitlines(keepends=True):
        stripped = raw.strip(_BLANK)
        if stripped:
            start = offset + raw.index(stripped)
            span = Span(start, start + len(stripped))
            found.append(_line(text, span, gap, len(raw) - len(raw.lstrip(_BLANK))))
            gap = 0
        else:
            gap += 1
        offset += len(raw)
    _sign(text, found)
    return _second_look(found)


_BLANK = " \t\r\n\v\f\u3000\u00a0\u200b\ufeff\x1c\x1d\x1e\x85\u2028\u2029"


def _line(text: str, span: Span, gap: int, indent: int) -> Line:
    folded = fold(text[span.start : span.end])
    finished = bool(_FINISHED.search(folded) or _TURN.search(folded))
    credit: Credit | None = None
    masthead: MastheadLine | None = None
    size = len(re.sub(r"\s", "", folded))
    if _ORIGINAL_TITLE.match(folded):
        role = "original"
    elif (head := HEAD.match(folded)) and (size > 24 or re.match(r"\s*[（(]|.*。", folded[head.end() :])):
        role = "head"
    elif _GUIDE.match(folded) or (_INDEX.search(folded) and size < 60):
        role = "index"
    elif _CONTINUED.match(folded):
        role = "head"
    elif (masthead := read_masthead_line(folded)) is not None:
        role = "meta" if masthead.web else "masthead"
        credit = credit_line(text, span) if masthead.web else None
        if credit is not None and credit.bylines:
            role = "byline"
    elif _META.match(folded) and size < LONG:
        role = "meta"
    elif (credit := credit_line(text, span)) is not None:
        role = "staff" if credit.parts and set(filter(None, credit.parts)) <= STAFF else "byline"
    elif _CAPTION.match(folded) and size < 120:
        role = "caption"
    elif _SUBHEAD.match(folded) and not re.search(r"[。；]", folded):
        role = "subhead"
    elif (
        size > LONG + 15
        or "。" in folded
        or (finished and not _is_exclaimed_title(folded, size))
        or (size > LONG and not re.search(r"\s", folded))
    ):
        role = "text"
    else:
        role = "short"
    return Line(span, folded, role, gap, finished, indent, credit, masthead)


def _is_exclaimed_title(folded: str, size: int) -> bool:
    """Titles may end in ！ or ？ or a closing quotation; then no other sentence mark stands in them."""
    return (
        size <= 36
        and bool(re.search(r"[！？…!?][”’」』）)]?$", folded))
        and "。" not in folded
        and not re.search(r"^[“\"「]|(?:说|道|表示)[，：。]|[！？].*，|，.*[！？].*[！？]", folded)
    )


def _sign(text: str, found: list[Line]) -> None:
    """Take lines of names only for credits, where they stand under a title or after a text."""
    for index, line in enumerate(found):
        if line.role not in ("short", "subhead", "caption", "text") or line.size > 30:
            continue
        previous = found[index - 1] if index else None
        following = found[index + 1] if index + 1 < len(found) else None
        if previous is None:
            continue
        over_text = following is not None and following.role in ("text", "head")
        under_title = over_text and previous.role in ("short", "subhead", "original") and previous.size >= 5
        under_text = (
            previous.role in ("text", "head")
            and previous.finished
            and (following is None or following.role in ("short", "original", "staff", "masthead", "index", "meta"))
        )
        under_text |= previous.role in ("text", "head", "short") and previous.finished and line.indent >= DEEP
        under_text |= previous.role == "byline" and following is None
        if not (under_title or under_text):
            continue
        signature = read_signature(text, line.span, indent=line.indent)
        if signature is None:
            continue
        under_title = under_title and signature.under_title and not _is_heading(found, index, signature)
        if under_title or (under_text and signature.under_text):
            found[index] = replace(line, role="byline", credit=signature.credit)


def _is_heading(found: Sequence[Line], index: int, signature: Signature) -> bool:
    """Whether a name heads what follows: a portrait that begins with it, or one of several marked headings."""
    opening = found[index + 1].text[:16] if index + 1 < len(found) else ""
    if any(byline.name in opening for byline in signature.credit.bylines):
        return True
    return signature.bullet != "" and any(
        line.text.startswith(signature.bullet) and line.role in ("short", "subhead", "text")
        for at, line in enumerate(found)
        if at != index
    )


def _second_look(found: list[Line]) -> list[Line]:
    """Correct what only neighbours tell: the end of a broken paragraph, index items, masthead labels."""
    _unwrap(found)
    for index, line in enumerate(found):
        previous = found[index - 1] if index else None
        if (
            line.role in ("short", "subhead", "masthead", "caption")
            and previous is not None
            and previous.role in ("text", "head")
            and not previous.finished
            and previous.size >= 20
            and _continues(previous, line, found[index + 1] if index + 1 < len(found) else None)
        ):
            found[index] = replace(line, role="text", masthead=None)
    broken = any(line.role == "text" and not line.finished and line.size > LONG for line in found)
    for index, line in enumerate(found):
        if line.role == "short":
            previous = found[index - 1] if index else None
            following = found[index + 1] if index + 1 < len(found) else None
            if _fragment_score(previous, line, following, broken=broken) >= _FRAGMENT_SCORE:
                found[index] = replace(line, role="text")
    # Index items stand before （详见2版） or after 导读: short lines there are no titles.
    for index, line in enumerate(found):
        if line.role != "index":
            continue
        if _GUIDE.match(line.text):
            ahead = index + 1
            while ahead < len(found) and found[ahead].role in ("short", "index", "subhead") and ahead - index <= 24:
                rest = found[ahead:]
                if not any(other.role == "index" for other in rest[:4]):
                    break
                found[ahead] = replace(found[ahead], role="index")
                ahead += 1
        else:
            back = index - 1
            if back >= 0 and found[back].role == "short":
                found[back] = replace(found[back], role="index")
    # At the top, short lines before and between masthead lines are labels of the paper.
    first_text = next((i for i, line in enumerate(found) if line.role in ("text", "head")), len(found))
    last = max((i for i in range(first_text) if found[i].role == "masthead"), default=-1)
    shorts = [i for i in range(first_text) if found[i].role == "short"]
    if last >= 0 and any(i > last for i in shorts):
        for i in shorts:
            if i < last and found[i].size <= 14 and not _NEWS_VERB.search(found[i].text):
                found[i] = replace(found[i], role="masthead")
    return found


def _unwrap(found: list[Line]) -> None:
    """Where lines are as wide as a printed column, take those that go on from a full line for text."""
    sizes = sorted(line.size for line in found)
    if len(sizes) < 6:
        return
    width = sizes[len(sizes) * 9 // 10]
    full = [line for line in found if line.size >= width - 2]
    # A third of a page in lines of one width, most of which end amid a sentence, is no list of paragraphs.
    if not 8 <= width <= _WRAPPED_WIDTH or len(full) * 3 < len(found):
        return
    if sum(not line.finished for line in full) * 3 < len(full) * 2 or not any("。" in line.text for line in found):
        return
    for index, line in enumerate(found):
        if line.role not in ("short", "subhead", "caption", "masthead"):
            continue
        previous = found[index - 1] if index else None
        goes_on = (
            previous is not None
            and previous.role in ("text", "head")
            and not previous.finished
            and previous.size >= width - 3
        )
        if goes_on or (line.role == "short" and line.size >= width - 2 and re.search(r"[，：]", line.text)):
            found[index] = replace(line, role="text", masthead=None)


_OPENER = re.compile(
    r"^(?:据|随着|位于|近年来|目前|此外|同时|随后|会上|会前|其中|为了?|在|自|从|截至|今年|去年|当天|接下来|一是|二是|三是|对于|通过|围绕|按照|根据|针对|作为|如今|现在|说起|走进|来到|近日|日前|\\d{1,2}月\\d{1,2}日)"
    r"|^.{1,8}(?:指出|强调|要求|表示|认为|介绍|说|提出|告诉记者)[，：]"
)
_CUT_END = re.compile(r"[到了的和与在对把将为是以从及或被让向要会能不也就都并而等该这那各每其之于由比更最很]$")
_CUT_START = re.compile(r"^[了的和与等中下上着过们性化，、。）”’]")


def _fragment_score(previous: Line | None, line: Line, following: Line | None, *, broken: bool) -> int:
    """How much speaks for a short line being a piece of a paragraph that the OCR cut, not a title or subhead."""
    if following is None or following.role != "text":
        return -1
    text = line.text
    score = int(broken)
    score += 2 * bool(_OPENER.match(text))
    score += bool(re.search(r"[，；]", text))
    score += line.size >= 28
    score += 2 * any(text.count(a) > text.count(b) for a, b in ("“”", "‘’", "《》", "（）"))
    score += 2 * bool(_CUT_END.search(text))
    score += 2 * bool(_CUT_START.match(following.text))
    score += previous is not None and previous.role in ("text", "head") and not previous.finished
    score -= 2 * bool(re.search(r"\s", text))
    return score


def _continues(previous: Line, line: Line, following: Line | None) -> bool:
    """Whether a short line without a sentence end goes on from an unfinished paragraph."""
    if re.search(r"[，、（(“‘《：—]$", previous.text):
        return True
    if following is None or following.role != "text" or NOTICE.match(line.text):
        return False
    # 打开 / 小程序，每个项目…: a fragment is followed by text that itself goes on; a title by a paragraph's beginning.
    return line.size < 6 and not line.finished


def is_slogan(line: Line) -> bool:
    """Whether a short line outside an article reads as a slogan or campaign label."""
    return bool(_SLOGAN_START.match(line.text.strip("“”‘’《》 　")))


def is_news_title(line: Line) -> bool:
    """Whether a short line tells an event with a subject before its verb (某某为城建干部上党课)."""
    if line.size < 10 or is_slogan(line) or line.text.count(" ") > 2:
        return False
    verb = _NEWS_VERB.search(line.text, 2)
    return verb is not None


def is_report_title(line: Line) -> bool:
    """Whether a short line tells a happening in the words of a headline (某镇召开春耕动员会)."""
    return not is_slogan(line) and _STRONG_VERB.search(line.text, 2) is not None


def original_title(line: Line) -> tuple[int, int] | None:
    """The page offsets of the title in （原标题：…）."""
    match = _ORIGINAL_TITLE.match(line.text)
    return (line.span.start + match.start("title"), line.span.start + match.end("title")) if match else None


def is_turned(line: Line) -> bool:
    """Whether a line ends with （下转2版）: its article ends here on this page."""
    return bool(_TURN.search(line.text))


def closes(text: str, line: Line) -> bool:
    """Whether a line ends an article by its own words: a credit in brackets at its end, （完）, （下转2版）."""
    if is_turned(line) or re.search(r"[（(](?:完|全文完)[)）]\s*$", line.text):
        return True
    if not line.text.endswith(("）", ")")) and not re.search(r"(?:摄|文/图|供图|摄影报道)\s*$", line.text):
        return False
    credits = bracket_credits(text, line.span, at_end=True)
    return bool(credits) and credits[-1].bylines[-1].span.end >= line.span.end - 8
