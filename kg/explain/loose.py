"""A page out of loose text: bytes from standard input, with the region and the date that its reader gives.

In: bytes. Out: a `Page`. What the text says of its issue is read as from a file; what nothing says is inferred.
"""

from __future__ import annotations

import hashlib
from dataclasses import replace

from kg.errors import InputError
from kg.gazetteers import Divisions, find_region, path_names
from kg.model import Page
from kg.pages import Clues, PageClues, read_text_clues, resolve_issues
from kg.pages.decoding import decode_page
from kg.pages.manifest import read_date

STDIN = "-"


def read_loose_page(raw: bytes, divisions: Divisions, *, name: str = STDIN) -> Page:
    """The page that bytes without a file make.

    Args:
        raw: UTF-8, GB18030, or UTF-16/32 with a byte order mark.
        name: the page's id, also for messages.

    Raises:
        InputError: no text, no Chinese, or no known encoding.
    """
    text = decode_page(raw, where=name)
    sha256 = hashlib.sha256(raw).hexdigest()
    clues = PageClues(page=name, folder="", sha256=sha256, printed=read_text_clues(text), path=Clues())
    (resolved,), _problems = resolve_issues([clues], divisions, lambda _page: text)
    return Page(name, name, sha256, text, resolved.issue, resolved.page)


def with_issue(page: Page, divisions: Divisions, *, region: str | None = None, date: str | None = None) -> Page:
    """The page with another home region or date; None keeps what the page has.

    Args:
        region: a code, a name or a printed path (浙江省衢州市柯城区).
        date: a day, month or year (2021-01-20, 2021年1月, 2021).

    Raises:
        InputError: no such region, several of that name, or no date.
    """
    issue = page.issue
    if region is not None:
        division = find_region(divisions, region)
        issue = replace(
            issue,
            region="".join(path_names(divisions, division.code)),
            region_code=division.code,
            inferred=tuple(name for name in issue.inferred if name not in ("region", "region_code")),
        )
    if date is not None:
        day = read_date(date)
        if day is None:
            raise InputError(f"{date} is no date", where="--date", hint="write 2021-01-20, 2021-01 or 2021")
        issue = replace(issue, date=day, inferred=tuple(name for name in issue.inferred if name != "date"))
    return replace(page, issue=issue)
