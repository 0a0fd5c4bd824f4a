"""What is told twice: an event in two reports, an article printed again. Told twice, it happened once.

In: the events and articles of all pages. Out: which events are one, and which facts are told again and where first.
Wrong merges are worse than missing ones: two reports are of one event only where day, type and county are the same and
people, places and words agree; what was only announced is never what happened.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import combinations

from kg.resolve.constraints import Ref, Unions
from kg.resolve.prints import alike, shared_words
from kg.resolve.sightings import SeenArticle, SeenEvent

REPRINT = 0.7
"""Shared shingles from which an article is another one printed again. Pages of one paper about one kind of event, in the
same phrases, share less than 0.4 in the invented archives; one character in fifty misread leaves 0.85 of shingles."""
LENGTHS = 0.8
"""The shorter text has at least so much of the longer one's characters: an excerpt is no reprint."""
SAME_WORDS = 0.6
"""Pairs of characters that the shorter of two sentences has in common with the other, from which they say one thing."""
_DAY = 10
_LARGE_BLOCK = 400
_PLACED = frozenset(("inspection", "enforcement", "activity", "other", "project"))


def find_reprints(articles: Iterable[SeenArticle]) -> dict[tuple[str, str], tuple[str, str]]:
    """For each article that was printed before: (page, article) → (page, article) of the first print.

    Articles of one page are never reprints of each other: there the page says something twice, as headlines do.
    """
    ordered = sorted(articles, key=lambda article: (article.date or "~", article.page, article.id))
    by_mark: dict[int, list[int]] = {}
    first: dict[int, int] = {}
    for at, article in enumerate(ordered):
        shared: dict[int, int] = {}
        for mark in article.sketch:
            for other in by_mark.get(mark, ()):
                shared[other] = shared.get(other, 0) + 1
        likely = sorted(
            (other for other, n in shared.items() if 2 * n >= len(article.sketch)), key=lambda o: (-shared[o], o)
        )
        for other in likely:
            if _is_reprint(ordered[other], article):
                first[at] = first.get(other, other)
                break
        else:
            for mark in article.sketch:
                by_mark.setdefault(mark, []).append(at)
    return {
        (ordered[at].page, ordered[at].id): (ordered[other].page, ordered[other].id)
        for at, other in first.items()
        if ordered[at].page != ordered[other].page
    }


def _is_reprint(one: SeenArticle, other: SeenArticle) -> bool:
    if one.page == other.page:
        return False
    short, long = sorted((one.n_characters, other.n_characters))
    return short >= LENGTHS * long and alike(one.sketch, other.sketch) >= REPRINT


def same_events(
    events: Iterable[SeenEvent],
    reprints: dict[tuple[str, str], tuple[str, str]],
    *,
    together: Unions | None = None,
    apart: Iterable[tuple[Ref, Ref]] = (),
) -> tuple[tuple[SeenEvent, ...], ...]:
    """Events in groups, each one happening; within a group, and among groups, by issue date, page and id."""
    ordered = sorted(events, key=_order)
    unions = Unions()
    parted = {frozenset(pair) for pair in apart}
    refs = {(event.page, event.entity) for event in ordered}
    blocks: dict[tuple[object, ...], list[SeenEvent]] = {}
    if together is not None:
        for event in ordered:
            root = together.find((event.page, event.entity))
            if root in refs:
                unions.join(root, (event.page, event.entity))
    for event in ordered:
        if event.date and len(event.date) >= _DAY and event.county:
            blocks.setdefault((event.county, event.type, event.date, event.planned), []).append(event)
    told_in: dict[tuple[str, str], list[SeenEvent]] = {}
    for event in ordered:
        if event.article is not None:
            told_in.setdefault((event.page, event.article), []).append(event)
    pairs: list[tuple[SeenEvent, SeenEvent]] = []
    for block in blocks.values():
        # A day with hundreds of events of one type in one county is a list, not news.
        if len(block) <= _LARGE_BLOCK:
            pairs += [(a, b) for a, b in combinations(block, 2) if a.page != b.page and is_same(a, b)]
    for copy, original in reprints.items():
        for event in told_in.get(copy, ()):
            for other in told_in.get(original, ()):
                if (
                    event.type == other.type
                    and shared_words(event.words, other.words) >= SAME_WORDS
                    and (event.people == other.people or event.people & other.people)
                ):
                    pairs.append((other, event))
                    break
    members: dict[Ref, set[Ref]] = {}
    for one, other in pairs:
        first, second = unions.find((one.page, one.entity)), unions.find((other.page, other.entity))
        both = members.get(first, {first}) | members.get(second, {second})
        if any(pair <= both for pair in parted):
            continue
        unions.join(first, second)
        members[unions.find(first)] = both
    groups: dict[Ref, list[SeenEvent]] = {}
    for event in ordered:
        groups.setdefault(unions.find((event.page, event.entity)), []).append(event)
    return tuple(sorted((tuple(group) for group in groups.values()), key=lambda group: _order(group[0])))


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


def _order(event: SeenEvent) -> tuple[str, str, str]:
    return event.issue_date or "~", event.page, event.entity


def told_again(
    groups: Iterable[Sequence[SeenEvent]],
    articles: Iterable[SeenArticle],
    reprints: dict[tuple[str, str], tuple[str, str]],
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
