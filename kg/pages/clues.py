"""What one page says of its issue: by its masthead lines, and by its file's and folders' names.

Comes in: a page's text; a relative path. Goes out: `Clues`. A date in running text is no clue, and a date line at the
end of a page only where other masthead lines stand beside it (a public notice is signed with a date as well).
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import lru_cache

from kg.mastheads import MastheadLine, iso_date, read_masthead_line

_TOP, _BOTTOM, _NEAR = 40, 20, 4
"""How many non-blank lines count as top and bottom of a page, and as beside one another."""


@dataclass(frozen=True, slots=True)
class Clues:
    """What is known of a page's issue from one source; None is unknown. `month_day` and `weekday` wait for a year."""

    newspaper: str | None = None
    date: str | None = None
    number: str | None = None
    page: int | None = None
    publishers: tuple[str, ...] = ()
    month_day: tuple[int, int] | None = None
    weekday: int | None = None
    web: bool = False


def read_text_clues(text: str) -> Clues:
    """What a page's masthead lines say; the first line that says a thing counts."""
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    first_text = next((i for i, line in enumerate(lines) if _is_running(line)), len(lines))
    found: dict[int, MastheadLine] = {}
    for at, line in enumerate(lines):
        if at < _TOP or at >= len(lines) - _BOTTOM:
            masthead = read_masthead_line(line)
            if masthead is not None:
                found[at] = masthead
    clues = Clues()
    for at, said in sorted(found.items()):
        beside = [other for i, other in found.items() if i != at and abs(i - at) <= _NEAR and not other.web]
        firm = at < first_text or _is_firm(said) or any(_is_firm(other) for other in beside)
        if said.web:
            if at < min(10, len(lines)) or at >= len(lines) - 6:
                clues = _fill(clues, Clues(date=said.date, web=clues.date is None))
            continue
        if not firm:
            continue
        clues = _fill(
            clues,
            Clues(
                newspaper=said.paper,
                date=said.date,
                number=said.number,
                page=said.page,
                publishers=(said.publisher,) if said.publisher else (),
                month_day=said.month_day,
                weekday=said.weekday,
            ),
        )
    return clues


def _is_running(line: str) -> bool:
    return len(line) > 45 or line.endswith("。")


def _is_firm(line: MastheadLine) -> bool:
    """Whether a line says something that only a masthead has."""
    return line.number is not None or line.publisher is not None or line.weekday is not None or line.paper is not None


def _fill(clues: Clues, more: Clues) -> Clues:
    return replace(
        clues,
        newspaper=clues.newspaper or more.newspaper,
        date=clues.date or more.date,
        number=clues.number or more.number,
        page=clues.page if clues.page is not None else more.page,
        publishers=clues.publishers + tuple(name for name in more.publishers if name not in clues.publishers),
        month_day=clues.month_day or more.month_day,
        weekday=clues.weekday if clues.weekday is not None else more.weekday,
        web=clues.web or more.web,
    )


# 2021/0120/01, 20210120_02, 2021-01-20/A03, 2021-01/20/node_2, 2021年1月20日/第1版
_PATH_DATE = re.compile(
    r"(?<![0-9A-Za-z])(?P<y>(?:19|20)\d\d)(?:[-_./年 ]?(?P<m>0[1-9]|1[0-2])[-_./月 ]?(?P<d>0[1-9]|[12]\d|3[01])"
    r"|[-_./年](?P<m1>\d{1,2})[-_./月](?P<d1>\d{1,2}))日?(?![0-9a-z])"
)
_EXPLICIT_PAGE = re.compile(
    r"(?:第|[pP](?:age)?[_\- ]?)(?P<n>\d{1,3})版?$|(?<![0-9A-Za-z])(?P<l>[A-D])0?(?P<n2>\d{1,2})(?:版)?$"
    r"|(?<!\d)(?P<n3>\d{1,2})版"
)
_BARE_PAGE = re.compile(r"(?<![0-9A-Za-z])0?(?P<n>\d{1,2})$")
_PATH_PAPER = re.compile(
    r"^《?(?P<paper>今日[㐀-鿿]{2,4}|[㐀-鿿]{2,6}(?:日报|晚报|早报|晨报|时报|商报|导报|周报|周刊|新报|快报|新闻|报))》?(?:$|[^㐀-鿿])"
)


def read_path_clues(path: str) -> Clues:
    """What a path says, folders first.

    Args:
        path: relative, with `/`; its last part is the file's name.

    >>> clues = read_path_clues("今日某县/2021/0120/01.txt")
    >>> clues.newspaper, clues.date, clues.page
    ('今日某县', '2021-01-20', 1)
    """
    folders, slash, file = path.rpartition("/")
    dot = file.rfind(".")
    stem = file[:dot] if 0 < dot < len(file) - 1 else file
    plain = folders + slash + stem
    date = None
    rest = plain
    for match in _PATH_DATE.finditer(plain):
        date = iso_date(int(match["y"]), int(match["m"] or match["m1"]), int(match["d"] or match["d1"]))
        if date:
            rest = plain[: match.start()] + "|" + plain[match.end() :]
            break
    name = rest.rpartition("/")[2]
    page = None
    explicit = _EXPLICIT_PAGE.search(name)
    bare = _BARE_PAGE.search(name)
    if explicit:
        page = int(explicit["n"] or explicit["n2"] or explicit["n3"])
    elif bare and (date or re.fullmatch(r"0?\d{1,2}", name)):
        page = int(bare["n"])
    return Clues(newspaper=_path_paper(folders) or _path_paper(stem), date=date, page=page or None)


@lru_cache(maxsize=1024)
def _path_paper(names: str) -> str | None:
    """The newspaper that the first of some names in a path names."""
    found = (_PATH_PAPER.match(name) for name in names.split("/"))
    return next((match["paper"] for match in found if match), None)
