"""Which articles are printed again, where a few pages have changed: `kg.resolve.repeats.find_copies` of those alone.

An article is looked at anew if it is new, if a mark that it has became common or rare, or if it has enough marks in
common with one of these or with one that is gone. What the others are like cannot have changed.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable

from kg.resolve import PageEntities
from kg.resolve.repeats import COMMON, FEW_MARKS, is_copy
from kg.store.seen import KeptArticle, Ref, Seen


def update_copies(seen: Seen, gone: Iterable[str], pages: Iterable[PageEntities]) -> set[Ref]:
    """Bring the kept articles up to changed pages.

    Args:
        gone: pages as they were seen.
        pages: those that are new.

    Returns:
        The (page, article) whose first print is another one now, with the first prints that they had and have; some of
        them may be gone.
    """
    work = _Copies(seen)
    dropped = [article for page in gone for article in seen.articles("page = ?", page)]
    for article in dropped:
        work.before[article.number] = article
    changed = {mark for article in dropped for mark in article.marks if mark >= 0}
    changed.update(mark for page in pages for article in page.articles for mark in article.sketch if mark >= 0)
    common = {mark for mark in changed if work.is_common(mark)}
    roots = {article.number: work.root(article.number) for article in dropped}
    orphans = [n for article in dropped for n in work.copies_of(article.number)]
    seen.drop_articles(dropped)
    work.is_common_now.clear()
    fresh = {
        seen.add_article(page.page, article.id, article.date, article.sketch, article.facts)
        for page in pages
        for article in page.articles
    }
    turned = {mark for mark in changed if work.is_common(mark) != (mark in common)}
    touched = fresh | {n for mark in turned for n in seen.with_mark(mark, -1)} | set(orphans)
    touched -= work.before.keys()
    near = {n for number in sorted(touched) for n in work.near(work.article(number).marks, turned)}
    near |= {n for article in dropped for n in work.near(article.marks, turned)}
    copies: dict[int, int | None] = {}
    for number in sorted(touched | near):
        found = work.find_copy(work.article(number))
        if found != work.article(number).copy_of:
            copies[number] = found
    return work.store(copies, roots)


class _Copies:
    def __init__(self, seen: Seen) -> None:
        self.seen = seen
        self.before: dict[int, KeptArticle] = {}
        self.known: dict[int, KeptArticle] = {}
        self.is_common_now: dict[int, bool] = {}

    def article(self, number: int) -> KeptArticle:
        """An article as it was before anything is stored here."""
        if number in self.before:
            return self.before[number]
        if number not in self.known:
            [self.known[number]] = self.seen.articles("article_no = ?", number)
        return self.known[number]

    def copies_of(self, number: int) -> list[int]:
        return [article.number for article in self.seen.articles("copy_of = ?", number)]

    def is_common(self, mark: int) -> bool:
        if mark not in self.is_common_now:
            self.is_common_now[mark] = len(self.seen.with_mark(mark, COMMON + 1)) > COMMON
        return self.is_common_now[mark]

    def root(self, number: int) -> int:
        """The first print as the articles were."""
        while (of := self.article(number).copy_of) is not None:
            number = of
        return number

    def near(self, marks: Collection[int], turned: set[int]) -> list[int]:
        """Articles that may be a copy of one with these marks, or it of them, now or before."""
        shared: Counter[int] = Counter()
        for mark in marks:
            if mark >= 0 and (mark in turned or not self.is_common(mark)):
                shared.update(self.seen.with_mark(mark, -1))
        likely = [(number, n) for number, n in shared.items() if n >= FEW_MARKS]
        # As if no other mark told anything: of whatever comes of marks that are common or rare now, none is left out.
        return [number for number, n in likely if is_copy(n, 0, tuple(marks), self.article(number).marks)]

    def telling(self, article: KeptArticle) -> list[int]:
        return [mark for mark in article.marks if mark >= 0 and not self.is_common(mark)]

    def find_copy(self, article: KeptArticle) -> int | None:
        telling = self.telling(article)
        shared: Counter[int] = Counter()
        for mark in telling:
            shared.update(self.seen.with_mark(mark, COMMON))
        likely = [(n, self.article(other)) for other, n in shared.items() if n >= FEW_MARKS]
        likely = [(n, other) for n, other in likely if _order(other) < _order(article)]
        for n, other in sorted(likely, key=lambda row: (-row[0], _order(row[1]))):
            least = min(len(telling), len(self.telling(other)))
            if other.page != article.page and is_copy(n, least, article.marks, other.marks):
                return other.number
        return None

    def store(self, copies: dict[int, int | None], roots: dict[int, int]) -> set[Ref]:
        """Store what is changed; the articles with another first print, and these."""
        changed = set(copies)
        queue = list(copies)
        for number, of in copies.items():
            self.seen.set_copy(number, of)
        while queue:
            new = [n for n in self.copies_of(queue.pop()) if n not in changed]
            changed.update(new)
            queue += new
        ends = {*roots.keys(), *roots.values(), *changed, *map(self.root, changed)}
        refs = {(self.article(number).page, self.article(number).id) for number in ends}
        return refs | {ref for number in changed if (ref := first_print(self.seen, number)) is not None}


def first_print(seen: Seen, number: int) -> Ref | None:
    """The first print of an article as they are kept; None where it is the first, or that is on its own page."""
    [article] = first = seen.articles("article_no = ?", number)
    while first[0].copy_of is not None:
        first = seen.articles("article_no = ?", first[0].copy_of)
    original = first[0]
    return None if original.page == article.page else (original.page, original.id)


def _order(article: KeptArticle) -> tuple[str, str, str]:
    return article.date or "~", article.page, article.id
