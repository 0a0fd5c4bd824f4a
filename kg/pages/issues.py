"""What is known of each page's issue, gathered from manifest, masthead, path and the issue's other pages.

Comes in: per page its clues. Goes out: per page an `Issue`. What stands nowhere is inferred from the text and named
in `Issue.inferred`. No article is read here.
"""

from __future__ import annotations

import datetime
import re
from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import TypeVar

from kg.errors import InputError
from kg.gazetteers import Divisions
from kg.mastheads import iso_date
from kg.model import Issue
from kg.pages.clues import Clues
from kg.pages.manifest import ManifestRow
from kg.pages.memory import FileMemory
from kg.pages.regions import infer_region, stated_region
from kg.text import fold

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class PageClues:
    """All that one page, its name and its manifest row say; `folder` tells which pages may be of one issue.

    `sha256` stands for the page's text, which is asked for only where something must be inferred from it.
    """

    page: str
    folder: str
    sha256: str
    printed: Clues
    path: Clues
    row: ManifestRow | None = None


@dataclass(slots=True)
class _Known:
    """What is known so far of one page's issue; only this module sees it change."""

    clues: PageClues
    newspaper: str | None = None
    date: str | None = None
    number: str | None = None
    region: str | None = None
    region_code: str | None = None
    page: int | None = None
    inferred: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ResolvedIssue:
    """A page's issue and its number in it."""

    issue: Issue
    page: int | None


def resolve_issues(
    pages: Sequence[PageClues],
    divisions: Divisions,
    text_of: Callable[[PageClues], str],
    memory: FileMemory | None = None,
) -> tuple[tuple[ResolvedIssue, ...], tuple[InputError, ...]]:
    """Gather what is known of every page's issue.

    The manifest comes before the masthead, the masthead before the path. Pages of one issue (one folder and one date,
    or a folder of numbered pages) share what one of them says.

    Args:
        text_of: the text of a page.
        memory: what was inferred from the same texts before; notes what is inferred now.

    Returns:
        One `ResolvedIssue` a page, in the order of `pages`, and a problem for each contradiction or unknown region.
    """
    problems: list[InputError] = []
    known = [_own(page, divisions, problems) for page in pages]
    _share(known)
    _infer(known, divisions, text_of, memory if memory is not None else FileMemory())
    return tuple(
        ResolvedIssue(
            Issue(each.newspaper, each.date, each.region, each.region_code, each.number, each.inferred), each.page
        )
        for each in known
    ), tuple(problems)


def _own(page: PageClues, divisions: Divisions, problems: list[InputError]) -> _Known:
    row, printed, path = page.row, page.printed, page.path
    known = _Known(page)
    known.newspaper = (row.newspaper if row else None) or printed.newspaper or path.newspaper
    stated = row.date if row else None
    known.date = stated or (None if printed.web and path.date else printed.date) or path.date
    if stated and printed.date and not printed.web and not printed.date.startswith(stated):
        problems.append(
            InputError(
                f"the manifest says {stated}, the page prints {printed.date}",
                where=page.page,
                hint="the manifest is used",
            )
        )
    known.number = printed.number
    known.page = next((n for n in (row.page if row else None, path.page, printed.page) if n is not None), None)
    if row is not None and row.region:
        known.region = row.region
        division = divisions.parse_region(row.region)
        known.region_code = division.code if division else None
        if division is None:
            problems.append(
                InputError(
                    f"no division is known as {row.region}",
                    where=page.page,
                    hint="write the whole path, such as 浙江省衢州市柯城区",
                )
            )
    elif printed.publishers:
        division = stated_region(divisions, printed.publishers)
        if division is not None:
            known.region = _path(divisions, division.code)
            known.region_code = division.code
    return known


def _path(divisions: Divisions, code: str) -> str:
    return "".join(division.name for division in divisions.path(code))


def _share(known: Sequence[_Known]) -> None:
    """Pages of one issue take from each other what only one of them says."""
    for group in _grouped(known, lambda each: each.clues.folder):
        numbers = [each.clues.path.page for each in group]
        # 01, 02, 03, 04 in one folder are one issue; other names may be anything.
        if len(group) > 1 and None not in numbers and len(set(numbers)) == len(numbers):
            date = _only(each.date for each in group)
            if date is not None:
                for each in group:
                    each.date = each.date or date
    for group in _grouped(known, lambda each: (each.clues.folder, each.date) if each.date else None):
        papers = {each.newspaper for each in group} - {None}
        if len(papers) > 1:
            continue
        paper = _only(each.newspaper for each in group)
        number = _only(each.number for each in group)
        region = _only((each.region, each.region_code) if each.region else None for each in group)
        for each in group:
            each.newspaper = each.newspaper or paper
            each.number = each.number or number
            if each.region is None and region is not None:
                each.region, each.region_code = region


def _only(values: Iterable[T | None]) -> T | None:
    """The one value that all say who say any, else None."""
    given = [value for value in values if value is not None]
    return given[0] if given and all(value == given[0] for value in given) else None


def _grouped(known: Sequence[_Known], key: Callable[[_Known], Hashable]) -> list[list[_Known]]:
    groups: dict[Hashable, list[_Known]] = defaultdict(list)
    for each in known:
        value = key(each)
        if value is not None:
            groups[value].append(each)
    return list(groups.values())


def _infer(
    known: Sequence[_Known], divisions: Divisions, text_of: Callable[[PageClues], str], memory: FileMemory
) -> None:
    """Fill what is still unknown from the text; say so."""
    for group in _grouped(known, lambda each: (each.clues.folder, each.date) if each.date else each.clues.page):
        if any(each.region is None for each in group):
            paper = _only(each.newspaper for each in group)
            code = memory.guess(
                "region",
                (paper, *(each.clues.sha256 for each in group)),
                partial(_guess_region, group, divisions, paper, text_of),
            )
            for each in group:
                if each.region is None and code is not None:
                    each.region, each.region_code = _path(divisions, code), code
                    each.inferred = (*each.inferred, "region")
    # The same paper is of the same place in every issue.
    for group in _grouped(known, lambda each: each.newspaper):
        stated = _only(
            (each.region, each.region_code) if each.region and "region" not in each.inferred else None for each in group
        )
        for each in group:
            if stated is not None and (each.region is None or "region" in each.inferred):
                each.region, each.region_code = stated
                each.inferred = tuple(dict.fromkeys((*each.inferred, "region")))
    for each in known:
        if each.date is None:
            each.date = memory.guess("date", (each.clues.sha256,), partial(_guess_date, each.clues, text_of))
            if each.date is not None:
                each.inferred = tuple(sorted({*each.inferred, "date"}))


def _guess_region(
    group: Sequence[_Known], divisions: Divisions, paper: str | None, text_of: Callable[[PageClues], str]
) -> str | None:
    text = "\n".join(text_of(each.clues) for each in group)
    division = infer_region(text, divisions, newspaper=paper)
    return division.code if division is not None else None


def _guess_date(page: PageClues, text_of: Callable[[PageClues], str]) -> str | None:
    return infer_date(text_of(page), page.printed)


_YEAR = re.compile(r"(?<!\d)(?P<y>20[0-4]\d)年(?:(?P<m>\d{1,2})月(?P<d>\d{1,2}日)?)?(?P<after>[^，。；]{0,8})")
_PLANNED = re.compile(r"(?:计划|预计|力争|将|拟|确保|争取|目标|展望|规划|有望|前)[^。；]{0,30}$|(?:到|至|——|—|-)\s*$")
_PLANNED_AFTER = re.compile(r"^(?:年?底前|底|末|前|投入使用|建成|完工|竣工|投产|基本|全面|实现|将|计划|目标)")
_NOW = re.compile(r"今年|去年")
_DATELINE = re.compile(
    r"(?:^|[)）讯电])[\s　]*(?P<m>\d{1,2})月(?P<d>\d{1,2})日(?=上午|下午|晚|，|至|在|，|,|凌晨|清晨|早|中午|召开|，)",
    re.M,
)


def infer_date(text: str, printed: Clues) -> str | None:
    """The month (or day, where a masthead without a year gives it) of a page that no date is known of, as ISO, or None.

    A paper writes 今年 and not the year for the year it is of: the last past year that it names in figures is the one
    before, where it says 今年 or 去年, or where that year's month comes after the month of the datelines. Weekday and
    day of a masthead are checked against each other.
    """
    folded = fold(text)
    years: list[tuple[int, int, bool]] = []
    for match in _YEAR.finditer(folded):
        before = folded[max(0, match.start() - 32) : match.start()]
        past = before.endswith("截至")
        if past or (not _PLANNED.search(before) and not _PLANNED_AFTER.match(match["after"])):
            years.append((int(match["y"]), int(match["m"] or 0), match["d"] is not None))
    if printed.month_day is not None and printed.weekday is not None:
        month, day = printed.month_day
        latest = max((year for year, _, _ in years), default=None)
        fitting = [
            year
            for year in range(latest if latest else 2005, (latest + 3) if latest else 2031)
            if iso_date(year, month, day) and datetime.date(year, month, day).weekday() == printed.weekday
        ]
        return iso_date(fitting[0], month, day) if len(fitting) == 1 or (fitting and latest) else None
    datelines = [(int(match["m"]), int(match["d"])) for match in _DATELINE.finditer(folded)]
    datelines = [each for each in datelines if iso_date(2000, *each)]
    if not datelines or not years:
        return None
    months = {month for month, _ in datelines}
    month = min(months) if {1, 12} <= months else max(months)
    year, last_month, _ = max(years)
    if any(dated and y == year for y, _, dated in years) and last_month <= month and not _NOW.search(folded):
        return f"{year:04d}-{month:02d}"
    if last_month > month or _NOW.search(folded):
        return f"{year + 1:04d}-{month:02d}"
    return None
