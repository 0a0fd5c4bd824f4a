"""From lines to articles: where one begins, what belongs to it, which lines make one paragraph.

Comes in: the lines of a page with their roles. Goes out: for each article its lines, sorted into title, credits and
body. The page's order is taken as it is: a paragraph that the OCR put before its title stays with the article above
it, because a wrong article costs more than a misplaced paragraph.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from kg.articles.lines import NOTICE, Line, closes, is_news_title, is_report_title, is_slogan, is_turned

START_SCORE = 3
"""Evidence that a short line must have to open an article; weights below were set on the seed pages and 18 others."""

_DATE_OPENING = re.compile(
    r"^[\s　“●■]*(?:近日|日前|昨日|昨天|今天|连日来|近期|最近|目前|今年以来|入\w{1,2}以来|\d{1,2}月\d{1,2}日"
    r"|\d{1,2}日(?:上午|下午|晚)?|\d{1,2}月(?:上|中|下)旬|\d{4}年\d{1,2}月\d{1,2}日|(?:本|上)周|新年伊始)"
)
_SUBTITLE = re.compile(r"^(?:——|—|--|[（(].*[)）]$)|(?:主持|讲话|参加|出席|陪同|致辞|会见时在座)")
# 教育动态两则, 一句话新闻 and the like say that several short reports follow.
_BRIEFS = re.compile(r"(?:[两二三四五六七八九十\d]+则|简讯|短讯|快讯|短波|短新闻|要闻集锦|动态集锦|拾零)[）)]?$")
_DAY_OPENING = re.compile(r"^[\s　“●■]*(?:近日|日前|昨日|昨天|今天|\d{1,2}月\d{1,2}日|\d{1,2}日(?:上午|下午|晚)?[，,])")
# How a news text begins that follows a headline of its own: 3月5日，…; 为推进…，近日，…; not 在河西村，…, as under a subhead.
_ON_A_DAY = re.compile(r"^[\s　“]*(?:为[^，。]{4,30}，\s?)?(?:(?:\d{4}年)?\d{1,2}月\d{1,2}日|近日|日前|昨日)")
_NOT_A_TITLE = re.compile(r"^[——…“”]*$|^[\d\W_]+$")


@dataclass(frozen=True, slots=True)
class Draft:
    """An article in the making: its lines as `(kind, lines)` in reading order, and its title line."""

    groups: tuple[tuple[str, tuple[Line, ...]], ...]
    title: Line | None


def find_drafts(text: str, lines: Sequence[Line]) -> list[Draft]:
    """Group a page's lines into articles, in page order; empty where no line is text or title of one."""
    starts = _starts(text, lines)
    newspaper = _is_newspaper(lines, starts)
    drafts: list[Draft] = []
    for index, first in enumerate(starts):
        end = starts[index + 1] if index + 1 < len(starts) else len(lines)
        draft = _draft(text, lines[first:end], newspaper=newspaper)
        if draft is not None:
            drafts.append(draft)
    return drafts


def _is_newspaper(lines: Sequence[Line], starts: Sequence[int]) -> bool:
    """Whether a page is a printed one; a web text keeps its captions and signatures after the last paragraph."""
    return len(starts) > 1 or any(line.role in ("masthead", "index") for line in lines)


def _starts(text: str, lines: Sequence[Line]) -> list[int]:
    """Indices of the lines that open an article (its kicker, title, or first paragraph)."""
    starts: list[int] = []
    has_body = False
    opened = False  # whether the article at hand has a title or a 本报讯; a stray caption before the first one has not
    gaps = sorted(line.gap for line in lines[1:])
    usual_gap = gaps[len(gaps) // 2] if gaps else 0
    n_heads = sum(line.role == "head" for line in lines)
    index = 0
    while index < len(lines):
        line = lines[index]
        if line.role in ("masthead", "index", "staff", "meta"):
            index += 1
            continue
        if line.role in ("short", "original", "subhead", "byline", "caption") or line.role == "head":
            run_end = _run_end(lines, index)
            first = _first_of_run(lines, index, run_end)
            if _opens(
                text, lines, index, run_end, has_body=has_body, opened=opened, usual_gap=usual_gap, n_heads=n_heads
            ):
                starts.append(first)
                opened = any(other.role in ("short", "original") for other in lines[first:run_end])
                opened |= run_end < len(lines) and lines[run_end].role == "head"
                has_body = run_end < len(lines) and lines[run_end].role in ("head", "text")
                index = run_end + 1 if has_body else max(run_end, index + 1)
                continue
            index = max(run_end, index + 1)
            continue
        if not starts:
            starts.append(index)
        has_body = True
        index += 1
    return starts


def _run_end(lines: Sequence[Line], start: int) -> int:
    """Where the lines of title, kicker and credit that begin at `start` end (the index of the body's first line)."""
    at = start
    while at < len(lines) and lines[at].role in ("short", "original", "subhead", "byline", "caption", "meta"):
        at += 1
    return at


def _first_of_run(lines: Sequence[Line], start: int, end: int) -> int:
    """The line of a run that opens the article: not a signature or caption left over from the one above."""
    first = start
    for at in range(start, end):
        if (
            lines[at].role in ("byline", "caption")
            and at + 1 < end
            and any(line.role in ("short", "original") for line in lines[at + 1 : end])
        ):
            if lines[at].role == "byline" and at > start:
                break
            first = at + 1
        else:
            break
    # More than four lines hold leftovers (slogans, labels); a title has at most kicker, title and two subtitles.
    titles = [at for at in range(first, end) if lines[at].role in ("short", "original")]
    credits = [at for at in range(first, end) if lines[at].role == "byline"]
    before_credit = [at for at in titles if not credits or at < credits[0]]
    if len(before_credit) > 4:
        first = before_credit[-4]
    return first


def _opens(
    text: str,
    lines: Sequence[Line],
    start: int,
    end: int,
    *,
    has_body: bool,
    opened: bool,
    usual_gap: int,
    n_heads: int,
) -> bool:
    """Whether the run `lines[start:end]`, with the body line at `end`, opens an article."""
    body = lines[end] if end < len(lines) and lines[end].role in ("head", "text") else None
    run = lines[start:end]
    titles = [line for line in run if line.role in ("short", "original")]
    if not has_body or (not opened and titles and body is not None and body.role == "head"):
        # The first of the page: anything but a slogan or label before the masthead.
        return body is not None or any(is_news_title(line) for line in titles) or _only_captions(lines)
    if body is not None and body.role == "head":
        return bool(titles) or (n_heads > 1 and opened)
    if not titles:
        return False
    if body is None:
        # A title whose text the page cuts off: news only, never a slogan.
        alone = end >= len(lines) or lines[end].role in ("masthead", "index", "staff")
        return alone and n_heads > 1 and len(titles) <= 2 and is_news_title(titles[-1]) and titles[0].gap >= usual_gap
    credits = [line for line in run if line.role == "byline"]
    if credits and run.index(titles[0]) < run.index(credits[0]) and _credit_heads_body(run, credits[0]):
        return True
    if run[-1].role == "subhead" or _NOT_A_TITLE.match(titles[-1].text):
        return False
    if NOTICE.match(titles[-1].text) and (lines[start - 1].finished or titles[-1].size <= 6):
        return True
    score = 0
    previous = lines[start - 1]
    if _DAY_OPENING.match(body.text) and _BRIEFS.search(next(line.text for line in lines if line.role != "masthead")):
        score += 2 + (previous.finished and titles[-1].size >= 8)
    if closes(text, previous) or (credits and run.index(credits[0]) < run.index(titles[0])):
        score += 2
    if _segment_closes(text, lines, end):
        score += 2
    if _DATE_OPENING.match(body.text):
        score += 1
    if titles[0].gap > usual_gap:
        score += 1
    if n_heads > 1:
        score += is_news_title(titles[-1])
        score += is_report_title(titles[-1]) and bool(_DATE_OPENING.match(body.text))
    else:
        score -= 1
    if usual_gap == 0 and n_heads <= 1:
        score -= 1
    ended = previous.finished or previous.text.endswith(("）", ")"))
    if ended and titles[-1].size >= 10 and is_news_title(titles[-1]) and _ON_A_DAY.match(body.text):
        score += 4  # several items pasted together: a headline, and a text that opens with its day
    if titles[-1].size < 6:
        score -= 1
    return score >= START_SCORE


def _credit_heads_body(run: Sequence[Line], credit: Line) -> bool:
    """■记者 张三 or □张三 under a title heads an article; 作者 or 责编 lines may close the one above."""
    return credit.credit is not None and (
        not credit.credit.parts
        or any(
            "记者" in part or part in ("通讯员", "采访小组", "采访组", "作者", "报道组", "文", "撰稿", "撰文")
            for part in credit.credit.parts
        )
    )


def _segment_closes(text: str, lines: Sequence[Line], body: int) -> bool:
    """Whether the text from `body` to the next title ends with a credit of its own."""
    last: Line | None = None
    for line in lines[body:]:
        if line.role not in ("head", "text", "caption"):
            break
        last = line
    return last is not None and closes(text, last)


def _only_captions(lines: Sequence[Line]) -> bool:
    """A page of photographs: captions and no running text."""
    return not any(line.role in ("head", "text") for line in lines) and any(line.role == "caption" for line in lines)


def _draft(text: str, lines: Sequence[Line], *, newspaper: bool) -> Draft | None:
    """Sort the lines of one article; what follows its last text and belongs to no article is cut off."""
    bodies = [i for i, line in enumerate(lines) if line.role in ("head", "text")]
    first_body = (
        bodies[0]
        if bodies
        else next(
            (i for i, line in enumerate(lines) if line.role not in ("short", "original", "byline", "meta", "subhead")),
            len(lines),
        )
    )
    end = _end(lines, bodies, newspaper=newspaper)
    kinds = [_kind(lines, i, first_body, bodies) for i in range(end)]
    title = _title_line(lines[:first_body])
    groups: list[tuple[str, tuple[Line, ...]]] = []
    for kind, line in zip(kinds, lines[:end], strict=True):
        if line is title:
            kind = "title"
        if kind == "paragraph" and groups:
            at = len(groups) - 1
            # Captions and labels printed inside a paragraph don't end it; only its own full stop does.
            while at > 0 and groups[at][0] in ("other",):
                at -= 1
            if groups[at][0] == "paragraph" and at == len(groups) - 1 and _goes_on(groups[at][1][-1], line):
                groups[at] = ("paragraph", (*groups[at][1], line))
                continue
        groups.append((kind, (line,)))
    return Draft(tuple(groups), title) if groups else None


def _goes_on(previous: Line, line: Line) -> bool:
    if line.role == "head" or is_turned(previous):
        return False
    return not previous.finished or (previous.text.endswith("；") and not line.indented and line.gap > 0)


def _end(lines: Sequence[Line], bodies: Sequence[int], *, newspaper: bool) -> int:
    """The index after the last line that belongs to the article."""
    if not bodies:
        if newspaper:
            at = 0
            while at < len(lines) and lines[at].role not in ("masthead", "index", "staff"):
                at += 1
            return at
        return len(lines)
    end = bodies[-1] + 1
    while end < len(lines):
        role = lines[end].role
        if role in ("byline", "caption") or (role in ("staff", "short", "subhead", "meta") and not newspaper):
            end += 1
        elif (
            role == "short"
            and any(line.role == "byline" for line in lines[end + 1 : end + 2])
            and not is_slogan(lines[end])
        ):
            end += 2
        else:
            break
    return end


def _kind(lines: Sequence[Line], index: int, first_body: int, bodies: Sequence[int]) -> str:
    line = lines[index]
    if line.role in ("head", "text"):
        return "paragraph"
    if line.role in ("byline", "staff"):
        return "byline"
    if line.role in ("masthead", "index", "meta"):
        return "other"
    if line.role == "caption":
        return "caption"
    if line.role == "original":
        return "title"
    if index < first_body:
        credited = any(other.role == "byline" for other in lines[:index])
        return "kicker" if line.role == "short" and not credited else "subhead"
    if line.role == "subhead":
        return "subhead"
    following = lines[index + 1] if index + 1 < len(lines) else None
    if following is None or (bodies and index > bodies[-1]):
        return "caption" if line.size > 5 else "other"
    return "subhead"


def _title_line(run: Sequence[Line]) -> Line | None:
    """The main title among the lines before the body: the last short one that is no subtitle."""
    original = [line for line in run if line.role == "original"]
    if original:
        return original[0]
    credits = [i for i, line in enumerate(run) if line.role in ("byline", "meta")]
    shorts = [line for i, line in enumerate(run) if line.role == "short" and (not credits or i < credits[0])]
    if not shorts:
        shorts = [line for line in run if line.role == "short"]
    if not shorts:
        return None
    main = shorts[-1]
    if len(shorts) > 1 and _SUBTITLE.search(main.text) and shorts[-2].size >= 8:
        main = shorts[-2]
    return main
