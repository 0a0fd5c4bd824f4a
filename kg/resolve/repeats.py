"""What is told twice: an event in two reports, an article printed again. Told twice, it happened once.

In: the events and articles of all pages. Out: which events are one, and which facts are told again and where first.
Wrong merges are worse than missing ones: two reports are of one event only where day, type and county are the same and
people, places and words agree; what was only announced is never what happened.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from itertools import combinations

from kg.resolve.prints import Sketch, Told, shared_words, told_sort
from kg.resolve.sightings import SeenArticle, SeenEvent, event_order
from kg.resolve.unions import Unions

FEW_MARKS = 2
"""Shingles in common below which nothing is compared."""
REPRINT = 0.5
"""Share of the shorter article's shingles that the other one has, from which they are worded alike. One character in
fifty misread leaves 0.85 of the shingles, and few are kept of a short article; what articles share by their phrases is
not counted (`COMMON`)."""
ENOUGH_TOLD = 4
SAME_TOLD = 0.7
"""Days, numbers and names in common, and their share of those of the article that has fewer, from which two that are
worded alike are one. Measured on an invented archive (docs/performance-archive.md)."""
NO_DAY_MARKS = 4
"""Shingles in common that two need of which not both say the day: a leader has the same company on many days."""
OTHERS = 0.5
OTHER_NUMBERS = 0.4
"""Share of the people, of the days, of the places, of the bodies, and of the numbers, below which two articles tell of
different ones, whatever else is equal: the form of last year, filled in anew. An article that ran into the next one
brings numbers of that."""
MANY_MARKS = 8
WHOLE = 0.7
"""Shingles in common, and their share, from which two articles that name next to nothing are one."""
SAME_WORDS = 0.6
"""Pairs of characters that the shorter of two sentences has in common with the other, from which they say one thing."""
_DAY = 10
COMMON = 50
"""Articles with one shingle beyond which it is a phrase that everybody prints, and tells nothing. It also bounds the work."""
_LARGE_BLOCK = 400
_PLACED = frozenset(("inspection", "enforcement", "activity", "other", "project"))


def find_reprints(articles: Iterable[SeenArticle]) -> dict[tuple[str, str], tuple[str, str]]:
    """For each article that was printed before: (page, article) → (page, article) of the first print.

    Articles of one page are never reprints of each other: there the page says something twice, as headlines do. Where an
    article was cut short, or ran into the next one, the part that is common to both decides.
    """
    return first_prints(find_copies(articles))


def find_copies(articles: Iterable[SeenArticle]) -> dict[tuple[str, str], tuple[str, str]]:
    """For each article that was printed before: the earlier article that it is most like, which may be a copy itself."""
    ordered = sorted(articles, key=article_order)
    n_with: Counter[int] = Counter(mark for article in ordered for mark in article.sketch if mark >= 0)
    n_telling: list[int] = []
    by_mark: dict[int, list[int]] = {}
    copies: dict[tuple[str, str], tuple[str, str]] = {}
    for at, article in enumerate(ordered):
        shared: Counter[int] = Counter()
        telling = [mark for mark in article.sketch if mark >= 0 and n_with[mark] <= COMMON]
        n_telling.append(len(telling))
        for mark in telling:
            if n_with[mark] > 1:
                shared.update(by_mark.get(mark, ()))
                by_mark.setdefault(mark, []).append(at)
        for other, n_shared in sorted(shared.items(), key=lambda row: (-row[1], row[0])):
            if n_shared < FEW_MARKS:
                break
            least = min(n_telling[at], n_telling[other])
            if ordered[other].page != article.page and is_copy(n_shared, least, article.sketch, ordered[other].sketch):
                copies[article.page, article.id] = ordered[other].page, ordered[other].id
                break
    return copies


def is_copy(n_shared: int, least: int, one: Sketch, other: Sketch) -> bool:
    """Whether of two articles one is the other printed again: worded alike, and telling of the same.

    Args:
        n_shared: shingles that both have, without those that everybody prints.
        least: such shingles of the article that has fewer.
    """
    if n_shared < FEW_MARKS or n_shared < REPRINT * least:
        return False
    told = _told_in_both(one, other)
    # One number may be cut in two where an article is cut short; one place may be misread.
    if any(
        n < (OTHER_NUMBERS if sort is Told.NUMBER else OTHERS) * of
        for sort, n, of in told
        if of > 1 or sort in (Told.DAY, Told.PERSON)
    ):
        return False
    n_told, of_told = sum(n for _sort, n, _of in told), sum(of for _sort, _n, of in told)
    if n_told >= ENOUGH_TOLD:
        return n_told >= SAME_TOLD * of_told and (n_shared >= NO_DAY_MARKS or told[0][1] > 0)
    return n_shared >= MANY_MARKS and n_shared >= WHOLE * least and n_told == of_told


def _told_in_both(one: Sketch, other: Sketch) -> list[tuple[Told, int, int]]:
    """Each sort of what is told, how much of it both articles tell, and how much the one that tells less of it."""
    first, second = ({mark for mark in marks if mark < 0} for marks in (one, other))
    both, n_first, n_second = (Counter(map(told_sort, marks)) for marks in (first & second, first, second))
    return [(sort, both[sort], min(n_first[sort], n_second[sort])) for sort in Told]


def first_prints(copies: Mapping[tuple[str, str], tuple[str, str]]) -> dict[tuple[str, str], tuple[str, str]]:
    """For each copy the first print of all; without those whose first print is on their own page.

    Args:
        copies: see `find_copies`, the earlier ones first.
    """
    first: dict[tuple[str, str], tuple[str, str]] = {}
    for copy, other in copies.items():
        first[copy] = first.get(other, other)
    return {copy: original for copy, original in first.items() if copy[0] != original[0]}


def article_order(article: SeenArticle) -> tuple[str, str, str]:
    """By date of issue, then page."""
    return article.date or "~", article.page, article.id


def block_of(event: SeenEvent) -> tuple[object, ...] | None:
    """What must be equal of two reports of one event; None of an event that is like no other."""
    if event.date and len(event.date) >= _DAY and event.county:
        return event.county, event.type, event.date, event.planned
    return None


def same_events(
    events: Iterable[SeenEvent], reprints: Mapping[tuple[str, str], tuple[str, str]]
) -> tuple[tuple[SeenEvent, ...], ...]:
    """Events in groups, each one happening; within a group, and among groups, by issue date, page and id."""
    ordered = sorted(events, key=event_order)
    blocks: dict[tuple[object, ...], list[SeenEvent]] = {}
    told_in: dict[tuple[str, str], list[SeenEvent]] = {}
    for event in ordered:
        if (key := block_of(event)) is not None:
            blocks.setdefault(key, []).append(event)
        if event.article is not None:
            told_in.setdefault((event.page, event.article), []).append(event)
    unions = Unions()
    for block in blocks.values():
        # A day with hundreds of events of one type in one county is a list, not news.
        if len(block) <= _LARGE_BLOCK:
            for one, other in combinations(block, 2):
                if one.page != other.page and is_same(one, other):
                    unions.join((one.page, one.entity), (other.page, other.entity))
    for copy, original in sorted(reprints.items()):
        for event in told_in.get(copy, ()):
            first = next((other for other in told_in.get(original, ()) if _is_reprinted(other, event)), None)
            if first is not None:
                unions.join((first.page, first.entity), (event.page, event.entity))
    groups: dict[tuple[str, str], list[SeenEvent]] = {}
    for event in ordered:
        groups.setdefault(unions.find((event.page, event.entity)), []).append(event)
    return tuple(sorted((tuple(group) for group in groups.values()), key=lambda group: event_order(group[0])))


def _is_reprinted(one: SeenEvent, other: SeenEvent) -> bool:
    """Whether an event of an article is one of its reprint; the year may differ, for 12月29日 means another one there."""
    people = one.people == other.people or bool(one.people & other.people)
    same_day = (one.date or "")[4:] == (other.date or "")[4:]
    return one.type == other.type and people and same_day and shared_words(one.words, other.words) >= SAME_WORDS


def is_same(one: SeenEvent, other: SeenEvent) -> bool:
    """Whether two reports of one day, type and county tell of one event.

    Two who are in both, or the only one of the shorter report, and next to nobody who is in one alone where the other
    names as many; places that agree where both name some; and, for meetings and the like, the same words: on one day
    the same people sit in two meetings.
    """
    shared = one.people & other.people
    least = min(len(one.people), len(other.people))
    if not shared or len(shared) < least * 0.6:
        return False
    if one.places and other.places and not one.places & other.places:
        return False
    alike_words = shared_words(one.words, other.words) >= SAME_WORDS
    if one.type in _PLACED:
        return bool(one.places & other.places) and (len(shared) > 1 or alike_words)
    return alike_words


def told_again(
    groups: Iterable[Sequence[SeenEvent]],
    articles: Iterable[SeenArticle],
    reprints: Mapping[tuple[str, str], tuple[str, str]],
) -> dict[tuple[str, str], str]:
    """(page, fact) → the page that told it first, for every fact of an event or an article that is told again."""
    found: dict[tuple[str, str], str] = {}
    for article in articles:
        original = reprints.get((article.page, article.id))
        if original is not None:
            found.update(((article.page, fact), original[0]) for fact in article.facts)
    for group in groups:
        home = group[0].page
        for event in group[1:]:
            if event.page != home:
                found.update(((event.page, fact), home) for fact in event.facts)
    return found
