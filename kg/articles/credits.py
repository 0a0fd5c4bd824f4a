"""Who wrote or photographed: names and parts read from credits.

Comes in: a stretch of a page that is a credit (a byline line, the bracket of 本报讯（…）, a photo credit). Goes out:
`Byline`s with page offsets. Running text is never read here: 记者从市委了解到 is no credit.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from kg.articles.parts import AFTER, NOT_A_NAME, PARTS
from kg.gazetteers import is_ordinary_word, load_surnames
from kg.model import Byline, Span
from kg.text import fold

_HAN = "㐀-鿿○〇"

# 文, 图 and 摄 are part words only where no name goes on (王文彬 is a name).
_PART = (
    "|".join(re.escape(word) for word in sorted(PARTS, key=lambda word: (-len(word), word)) if len(word) > 1)
    + rf"|(?<![{_HAN}])[文图](?![{_HAN}])|摄(?![{_HAN}])"
)
_SEPARATOR = r"[\s　、，,/／|｜：；;．•·]+|[和与及暨](?=[\s　])"
_DIGITS = r"[0-9A-Za-z][0-9A-Za-z.\-/：]*"
_MEDIUM = re.compile(
    r"(报|新闻|网|社|台|站|集团|传媒|融媒|媒体|中心|周刊|客户端|公司|局|办|部|委|会|厅|处|科|院|校|大学|中学|小学|幼儿园|街道|镇|乡|村|社区"
    r"|县|区|市|省|馆|所|队|团|库|本刊|综合|专题|栏目|频道|论坛)$"
)
_ORIGINS = frozenset(
    ("本报", "本台", "本网", "新华社", "中新社", "特约", "发", "电", "讯", "由", "新华社发", "中新社发", "本报发")
)
# Endings of bodies and places that given names have as well (张文会).
_MEDIUM_AND_NAME = ("会", "社", "部", "团", "台", "区")
# What one person does besides: it doesn't replace the part printed before the name.
_ALL_ROUND = ("摄影报道", "报道", "图文", "整理", "采写")
_NAME_SHAPE = re.compile(rf"[{_HAN}]{{1,8}}(?:[·•?？‧][{_HAN}]{{1,10}})+|[{_HAN}]{{2,8}}")
# Words of a sentence; 其, 和 and 与 stand in names as well.
_GRAMMAR = re.compile(r"[的了在从到将是被把这那让向见第版]")
_SLASHES = {ord("＆"): " ", ord("／"): "/"}
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


def is_body(words: str) -> bool:
    """Whether words end like a medium, body or place (某县委宣传部, 某镇) and so name no person."""
    return bool(_MEDIUM.search(words))


def _is_name(name: str, *, named: bool, sole: bool, title: bool, apart: bool) -> bool:
    """Whether a token is a person's name.

    Args:
        name: the token without blanks.
        named: a part word says that it is one (记者 X, X 摄).
        sole: no part word stands in the stretch, so that only its place says that it is a credit.
        title: the stretch may be a title (记者 走边陲 老乡话小康), so that a name needs more than its place.
        apart: the page prints it with blanks inside (莫　妃), as papers print names of two characters only.
    """
    if name in NOT_A_NAME or not _NAME_SHAPE.fullmatch(name):
        return False
    if re.search(r"[·•‧?？]", name):
        return True
    surnames = load_surnames()
    surname = surnames.of(name)
    medium = bool(_MEDIUM.search(name))
    if surname is not None and len(name) - len(surname) <= 2:
        if len(name) >= 3 and medium and not (name.endswith(_MEDIUM_AND_NAME) and len(name) == 3):
            return False
        if surname in surnames.common or len(surname) > 1 or apart:
            return named or apart or not is_ordinary_word(name)
        return named or not (is_ordinary_word(name) or is_ordinary_word(name[:2]))
    if medium or _GRAMMAR.search(name):
        return False
    # 敖登其其格, 米玛次仁: no Han surname; place and form are all there is.
    if not named:
        return (apart and not _is_words(name)) or (sole and len(name) >= 4 and not _has_word(name))
    return not (_has_word(name) if title else _is_words(name))


def _is_word_name(name: str) -> bool:
    """Whether a word of two characters may be a given name alone (朝阳, 旺堆)."""
    return len(name) == 2 and name not in NOT_A_NAME and not _MEDIUM.search(name) and not _GRAMMAR.search(name)


def _has_word(name: str) -> bool:
    return any(is_ordinary_word(name[at : at + 2]) for at in range(len(name) - 1))


def _is_words(name: str) -> bool:
    """Whether a token is words and nothing else (提供, 资料图片)."""
    if is_ordinary_word(name):
        return True
    return any(is_ordinary_word(name[:at]) and _is_words(name[at:]) for at in range(2, len(name) - 1))


@dataclass(slots=True)
class _Token:
    """A stretch that may be a name: `part` may change when a part word follows; `glued` to the part word before it."""

    name: str
    start: int
    end: int
    part: str | None
    glued: bool

    @property
    def apart(self) -> bool:
        """Whether the page prints it with blanks inside."""
        return self.end - self.start > len(self.name)


def read_credit(text: str, span: Span, *, strict: bool = False, title: bool | None = None) -> Credit:
    """Names and parts of a stretch that is a credit and nothing else.

    Args:
        text: the page's text.
        span: the stretch, in page offsets, without its brackets or bullets.
        strict: what is glued to a part word (记者走基层) is a name only with a surname.
        title: the stretch may be a title (记者 走边陲), so that a name without surname holds no
            word; as `strict` if None.

    Returns:
        The bylines in printed order, the part words met, and whether everything was understood.
    """
    piece = fold(text[span.start : span.end]).translate(_SLASHES)
    tokens, clean = _tokens(piece)
    names: list[_Token] = []
    parts: list[str] = []
    part: str | None = None
    since = 0  # names from here on still wait for a part that stands after them
    for index, (kind, word, start, end) in enumerate(tokens):
        following = tokens[index + 1] if index + 1 < len(tokens) else None
        if kind == "part":
            label = PARTS[word]
            parts.append(label)
            if label in AFTER and since < len(names) and not _introduces(following, tokens, index):
                # 记者 张三 文/图: the reporter stays a reporter.
                if not (part and label in _ALL_ROUND):
                    for name in names[since:]:
                        name.part = label
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
            if word in _ORIGINS:
                continue
            glued = glued_part or (index > 0 and tokens[index - 1][0] == "part")
            for name_text, offset in _split_names(word):
                stop = end if len(name_text) == len(word) else start + offset + len(name_text)
                names.append(_Token(name_text, start + offset, stop, part, glued))
        elif kind == "digits" and part != "":
            clean = False
    bylines: list[Byline] = []
    title = strict if title is None else title
    surnames = load_surnames()
    # （周海燕 尼玛）: beside a name that is sure, the others are names too.
    beside = not parts and any(
        surnames.of(each.name) in surnames.common
        and _is_name(each.name, named=False, sole=True, title=title, apart=each.apart)
        for each in names
    )
    for each in names:
        named = beside or (each.part not in (None, "") and not (strict and each.glued))
        # A reporter may be called 朝阳; what stands beside 图 or 文 may be a verb (图 提供).
        reporter = not title and each.part is not None and each.part.endswith(("记者", "通讯员"))
        if (reporter and named and _is_word_name(each.name)) or _is_name(
            each.name, named=named, sole=not parts, title=title, apart=each.apart
        ):
            if each.part != "":
                bylines.append(Byline(each.name, each.part, Span(span.start + each.start, span.start + each.end)))
        elif not _MEDIUM.search(each.name):
            clean = False
    return Credit(tuple(bylines), tuple(parts), clean)


def _tokens(piece: str) -> tuple[list[tuple[str, str, int, int]], bool]:
    """`(kind, word, start, end)` of a stretch, and whether all of it was understood."""
    tokens: list[tuple[str, str, int, int]] = []
    at = 0
    clean = True
    while at < len(piece):
        match = _TOKEN.match(piece, at)
        if match is None:
            clean = False
            at += 1
            continue
        tokens.append((match.lastgroup or "", match.group(0), match.start(), match.end()))
        at = match.end()
    return _join_single_characters(tokens), clean


def _is_prefix(word: str, part: str, *, first: bool) -> bool:
    """Whether a word glued to a part word tells whose reporter (某报记者, 某县采访小组) and is no name (张三摄)."""
    if _MEDIUM.search(word) or word in NOT_A_NAME or len(word) > 4 or part.endswith("组"):
        return True
    return first and PARTS[part] not in AFTER


def _introduces(
    following: tuple[str, str, int, int] | None, tokens: list[tuple[str, str, int, int]], index: int
) -> bool:
    """Whether a part word at `index` is followed by `：` or `/` and so by its own names (文/张三 图/李四)."""
    return (
        following is not None
        and following[0] == "separator"
        and bool(re.search(r"[：/／|｜]", following[1]))
        and any(
            kind == "han" or (kind == "part" and PARTS[word] not in AFTER)
            for kind, word, *_ in tokens[index + 2 : index + 3]
        )
    )


def _split_names(word: str) -> list[tuple[str, int]]:
    """Names of three characters glued together (张小丰李大光); anything else stays one.

    Five characters that could be cut are as often one name (a Mongol's whose last part begins like a surname).
    """
    size = len(word)
    if size not in (6, 9, 12) or _MEDIUM.search(word):
        return [(word, 0)]
    common = load_surnames().common
    if not all(word[at] in common for at in range(0, size, 3)):
        return [(word, 0)]
    return [(word[at : at + 3], at) for at in range(0, size, 3)]


def _join_single_characters(tokens: list[tuple[str, str, int, int]]) -> list[tuple[str, str, int, int]]:
    """Single characters with only blanks between are one name (王　明, 蓝　小　昊), or two and two."""
    joined: list[tuple[str, str, int, int]] = []
    at = 0
    while at < len(tokens):
        run = [at]
        while (
            len(tokens[at][1]) == 1
            and run[-1] + 2 < len(tokens)
            and all(tokens[i][0] == "han" and len(tokens[i][1]) == 1 for i in (run[-1], run[-1] + 2))
            and not tokens[run[-1] + 1][1].strip(" 　")
        ):
            run.append(run[-1] + 2)
        size = 3 if len(run) == 3 else 2
        if len(run) >= size:
            last = tokens[run[size - 1]]
            word = "".join(tokens[i][1] for i in run[:size])
            joined.append(("han", word, tokens[at][2], last[3]))
            at = run[size - 1] + 1
        else:
            joined.append(tokens[at])
            at += 1
    return joined


_BULLET = re.compile(r"^[\s　■□●◆◇▲△★☆◎○▪•*|｜—–\-＊➤►▶]+")
_OWN_REPORTER = re.compile(r"(?:本报|本台|本网)[\u4e00-\u9fff]{0,3}(?:记者|通讯员)[\s　：:/]")
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
    framed = inner[:1] in "（(【[" and inner[-1:] in ")）】]"
    if framed:
        start, end = start + 1, end - 1
    if end - start < 3:
        return None
    # A title has no bullet or bracket of its own and doesn't begin with 本报记者.
    title = not (framed or bullet or _OWN_REPORTER.match(inner))
    credit = read_credit(text, Span(start, end), strict=True, title=title)
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
    size = len(raw.rstrip())
    for match in _CREDIT_BRACKET.finditer(raw):
        # Only the beginning of a line is a report's head; a look at all of it for each bracket would be quadratic.
        before = fold(raw[: match.start()]) if match.start() < 40 else None
        inner = Span(line.start + match.start(1), line.start + match.end(1))
        after = match.end() < size
        head = before is not None and HEAD.match(before) is not None
        first = before is not None and not re.sub(r"[\s　■●◆▲★]", "", before)
        credit = read_credit(text, inner, strict=not head, title=False)
        if not credit.bylines:
            continue
        makers = [part for part in credit.parts if part]
        if (
            head
            or (first and makers and credit.clean)
            or (makers and credit.clean and set(makers) & {"摄", "摄影", "供图", "图"})
            or (makers and credit.clean and not after)
            or (not after and credit.clean and not makers and (at_end or _ends_a_brief(raw, match.start())))
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


def _ends_a_brief(raw: str, start: int) -> bool:
    """Whether a bracket follows a full stop: ●3月1日，…。（张三） stands amid a column of briefs."""
    return start >= 16 and raw[:start].rstrip()[-1:] in "。！？”"


_AGENCY = (
    "本报|本台|本网|本刊|新华社|新华网|中新社|中新网|人民网|央视网"
    rf"|[{_HAN}]{{2,8}}(?:日报|晚报|晨报|早报|时报|网|融媒|新闻|传媒|社|台|客户端)"
)
# How a report begins: 本报讯, 本报北京1月5日电, 新华社杭州1月5日电, 某某日报讯, 县融媒讯, 新华网西宁3月8日报道.
HEAD = re.compile(
    rf"^[\s　■□●◆◇▲★☆▪•【\[（(]*(?:(?:{_AGENCY})[{_HAN}\d ]{{0,14}}?(?:专?讯|专?电|消息|报道)"
    rf"|[{_HAN}]{{2,6}}讯(?=[\s　（(]))[】\]）)]?"
)
# 本报讯 记者张三、通讯员李四报道：…; `read_credit` tells whether nothing but names stands between.
OPEN_HEAD = re.compile(
    r"^[\s　]*(?:本报讯)?[\s　]*((?:本报|全媒体|融媒体|见习|实习|特约)?(?:记者|通讯员)"
    rf"[{_HAN}、，\s　]{{2,60}}?)(?:(?:摄影)?报道|[\s　]+(?=\d{{1,4}}[年月日]|近日|日前|昨[日天]|今[日天]|连日来))"
)
