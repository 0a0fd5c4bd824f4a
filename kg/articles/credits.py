"""Who wrote or photographed: names and parts read from credits.

Comes in: a stretch of a page that is a credit (a byline line, the bracket of 本报讯（…）, a photo credit). Goes out:
`Byline`s with page offsets. Running text is never read here: 记者从市委了解到 is no credit.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise

from kg.articles.parts import AFTER, COMPOUND, NOT_A_NAME, PARTS, SURNAMES
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
    return bool(name) and (name[0] in SURNAMES or name.startswith(COMPOUND))


def _plausible(name: str, *, named_as_person: bool) -> bool:
    """Whether a token is a person's name; `named_as_person` where a part word stands before it."""
    if name in NOT_A_NAME or not _NAME_SHAPE.fullmatch(name):
        return False
    if re.search(r"[·•‧?？]", name):
        return True
    if is_surname(name):
        if len(name) == 4 and not name.startswith(COMPOUND):
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
    for index, (kind, word, start, end) in enumerate(tokens):
        following = tokens[index + 1] if index + 1 < len(tokens) else None
        previous = tokens[index - 1] if index else None
        if kind == "part":
            label = PARTS[word]
            parts.append(label)
            before = label in AFTER and since < len(names) and not _introduces(following, tokens, index)
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
                    stop = end if len(name) == len(word) else start + offset + len(name)
                    names.append((name, start + offset, stop, part))
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
    if _MEDIUM.search(word) or word in NOT_A_NAME or len(word) > 4 or part.endswith("组"):
        return True
    return first and PARTS[part] not in AFTER


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
            if at + size <= len(word) and best[at + size] and word[at] in SURNAMES:
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
    size = len(raw.rstrip())
    for match in _CREDIT_BRACKET.finditer(raw):
        # Only the beginning of a line is a report's head; a look at all of it for each bracket would be quadratic.
        before = fold(raw[: match.start()]) if match.start() < 40 else None
        inner = Span(line.start + match.start(1), line.start + match.end(1))
        after = match.end() < size
        head = before is not None and HEAD.match(before) is not None
        first = before is not None and not re.sub(r"[\s　■●◆▲★]", "", before)
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
# 本报讯 记者张三、通讯员李四报道：…; `read_credit` tells whether nothing but names stands between.
OPEN_HEAD = re.compile(
    r"^[\s　]*本报讯[\s　]*((?:本报|全媒体|融媒体|见习|实习|特约)?(?:记者|通讯员)"
    rf"[{_HAN}、，\s　]{{2,60}}?)(?:摄影)?报道"
)
