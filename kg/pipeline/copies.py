"""Which articles are printed again: `kg.resolve.repeats.find_copies`, article by article from the store.

Where a few pages have changed, an article is looked at anew if it is new, if a mark that it has became common or rare, or
if it has enough marks in common with one of these or with one that is gone. What the others are like cannot have changed.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator

from kg.resolve.repeats import COMMON, FEW_MARKS, REPRINT, is_copy
from kg.resolve.sightings import SeenArticle
from kg.store.prints import KeptArticle, Prints, Ref


def copy_all(prints: Prints) -> None:
    """Find the copies among articles that are all new; their marks are not indexed yet."""
    prints.index(after=0)
    # Marks that few articles have are most of them; the common ones are few, as each is in many articles.
    work = _Copies(prints, prints.common(COMMON), prints.rare(COMMON))
    for number in prints.numbers():
        found = work.find_copy(work.article(number))
        if found is not None:
            prints.set_copy(number, found)
        work.known.clear()


def update_copies(prints: Prints, gone: Iterable[str], added: Iterable[SeenArticle]) -> set[Ref]:
    """Bring the kept articles up to changed pages.

    Args:
        gone: pages as they were seen.
        added: articles of those that are new.

    Returns:
        The (page, article) whose first print is another one now, with the first prints that they had and have; some of
        them may be gone.
    """
    work = _Copies(prints)
    added = list(added)
    dropped = [article for page in gone for article in prints.articles("page = ?", page)]
    for article in dropped:
        work.before[article.number] = article
    changed = {mark for article in dropped for mark in article.marks if mark >= 0}
    changed.update(mark for article in added for mark in article.sketch if mark >= 0)
    common = {mark for mark in changed if work.is_common(mark)}
    roots = {article.number: work.root(article.number) for article in dropped}
    orphans = [n for article in dropped for n in prints.copies_of(article.number)]
    prints.drop(dropped)
    last = prints.last()
    fresh = {prints.add(each.page, each.id, each.date, each.sketch, each.facts) for each in added}
    prints.index(after=last)
    work.forget()
    turned = {mark for mark in changed if work.is_common(mark) != (mark in common)}
    touched = fresh | {n for mark in turned for n in prints.with_mark(mark)} | set(orphans)
    touched -= work.before.keys()
    near = {n for number in sorted(touched) for n in work.near(work.article(number).marks, turned)}
    near |= {n for article in dropped for n in work.near(article.marks, turned)}
    copies: dict[int, int | None] = {}
    for number in sorted(touched | near):
        found = work.find_copy(work.article(number))
        if found != work.article(number).copy_of:
            copies[number] = found
    return work.store(copies, roots)


class FirstPrints:
    """Which article each copy was printed as first, as the articles are kept now."""

    def __init__(self, prints: Prints) -> None:
        """Read them: of an archive's articles few are copies or copied."""
        rows = {number: ((page, id_), of) for number, page, id_, of in prints.copies()}
        self.first: dict[Ref, Ref] = {}
        """For each copy the first print; without those whose first print is on their own page."""
        self._family: dict[Ref, list[Ref]] = {}
        self._root: dict[Ref, Ref] = {}
        for number, (ref, _of) in rows.items():
            while (of := rows[number][1]) is not None:
                number = of
            root = rows[number][0]
            self._root[ref] = root
            self._family.setdefault(root, []).append(ref)
            if root[0] != ref[0]:
                self.first[ref] = root
        self.pages = frozenset(page for page, _article in self.first)

    def __contains__(self, article: Ref) -> bool:
        return article in self._root

    def __iter__(self) -> Iterator[Ref]:
        return iter(self._family)

    def family(self, article: Ref) -> list[Ref]:
        """The first print of an article and all that were printed after it."""
        return self._family[self._root[article]] if article in self._root else [article]


class _Copies:
    def __init__(self, prints: Prints, common: set[int] | None = None, n_telling: dict[int, int] | None = None) -> None:
        self.prints = prints
        self.common = common
        self.n_telling = n_telling
        self.before: dict[int, KeptArticle] = {}
        self.known: dict[int, KeptArticle] = {}
        self._is_common: dict[int, bool] = {}

    def forget(self) -> None:
        """The marks are others now."""
        self._is_common.clear()

    def article(self, number: int) -> KeptArticle:
        """An article as it was before anything is stored here."""
        if number in self.before:
            return self.before[number]
        if number not in self.known:
            [self.known[number]] = self.prints.articles("article_no = ?", number)
        return self.known[number]

    def is_common(self, mark: int) -> bool:
        if self.common is not None:
            return mark in self.common
        if mark not in self._is_common:
            self._is_common[mark] = self.prints.is_common(mark, COMMON)
        return self._is_common[mark]

    def root(self, number: int) -> int:
        """The first print as the articles were."""
        while (of := self.article(number).copy_of) is not None:
            number = of
        return number

    def near(self, marks: Collection[int], turned: set[int]) -> list[int]:
        """Articles that may be a copy of one with these marks, or it of them, now or before."""
        told = [mark for mark in marks if mark >= 0 and (mark in turned or not self.is_common(mark))]
        # As if no other mark told anything: of whatever comes of marks that are common or rare now, none is left out.
        return [
            number
            for number, n in self.prints.sharing(told, FEW_MARKS)
            if is_copy(n, 0, tuple(marks), self.article(number).marks)
        ]

    def telling(self, article: KeptArticle) -> list[int]:
        """The marks that not everybody prints."""
        return [mark for mark in article.marks if mark >= 0 and not self.is_common(mark)]

    def find_copy(self, article: KeptArticle) -> int | None:
        """The earlier article that one is most like, if it is one printed again."""
        telling = self.telling(article)
        found = [(n, number) for number, n in self.prints.sharing(telling, FEW_MARKS) if number != article.number]
        if self.n_telling is not None:  # of the many that share a few marks most need not be read
            rare = self.n_telling
            found = [(n, number) for n, number in found if n >= REPRINT * min(len(telling), rare[number])]
        likely = [(n, other) for n, number in found if _order(other := self.article(number)) < _order(article)]
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
            self.prints.set_copy(number, of)
        while queue:
            new = [n for n in self.prints.copies_of(queue.pop()) if n not in changed]
            changed.update(new)
            queue += new
        ends = {*roots.keys(), *roots.values(), *changed, *map(self.root, changed)}
        after = FirstPrints(self.prints)
        refs = {(self.article(number).page, self.article(number).id) for number in ends}
        return refs | {first for ref in refs if (first := after.first.get(ref)) is not None}


def _order(article: KeptArticle) -> tuple[str, str, str]:
    return article.date or "~", article.page, article.id
