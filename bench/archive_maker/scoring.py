"""How well people and happenings were resolved, against the truth of an invented archive.

A page's person is right where the page prints a name and the reading has a person of that name. Pairs of pages are
judged: two pages of one person that are one entity are a hit. Pairs weigh whom the paper prints daily most; B³ counts
every sighting once; the third figure counts pairs among names that several people bear, which alone are difficult.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from itertools import combinations
from itertools import pairwise as pairwise_of

from kg.resolve import PageEntities

Sighted = tuple[str, str]
"""A page and a name on it (or a page and a happening)."""


@dataclass(frozen=True, slots=True)
class Score:
    """Precision and recall, 0–1, and what they were counted over."""

    precision: float
    recall: float
    n: int

    @property
    def f1(self) -> float:
        """The harmonic mean."""
        total = self.precision + self.recall
        return 2 * self.precision * self.recall / total if total else 0.0


def pairwise(
    truth: Mapping[Sighted, str], found: Mapping[Sighted, str], keep: Callable[[Sighted], bool] = lambda _: True
) -> Score:
    """Pairs of sightings that are one person, in the truth and in what was found; `n` is the pairs of the truth."""
    cells: Counter[tuple[str, str]] = Counter()
    people: Counter[str] = Counter()
    clusters: Counter[str] = Counter()
    for sighted in truth.keys() & found.keys():
        if keep(sighted):
            cells[truth[sighted], found[sighted]] += 1
            people[truth[sighted]] += 1
            clusters[found[sighted]] += 1
    hits, told, given = (sum(n * (n - 1) // 2 for n in c.values()) for c in (cells, people, clusters))
    return Score(hits / given if given else 1.0, hits / told if told else 1.0, told)


def b_cubed(truth: Mapping[Sighted, str], found: Mapping[Sighted, str]) -> Score:
    """B³ over the sightings that both have."""
    cells: Counter[tuple[str, str]] = Counter()
    people: Counter[str] = Counter()
    clusters: Counter[str] = Counter()
    for sighted in truth.keys() & found.keys():
        cells[truth[sighted], found[sighted]] += 1
        people[truth[sighted]] += 1
        clusters[found[sighted]] += 1
    n = sum(cells.values())
    if not n:
        return Score(1.0, 1.0, 0)
    precision = sum(count * count / clusters[cluster] for (_person, cluster), count in cells.items()) / n
    recall = sum(count * count / people[person] for (person, _cluster), count in cells.items()) / n
    return Score(precision, recall, n)


def shared_names(truth: Mapping[Sighted, str]) -> frozenset[str]:
    """Names that several people bear."""
    bearers: dict[str, set[str]] = defaultdict(set)
    for (_page, name), person in truth.items():
        bearers[name].add(person)
    return frozenset(name for name, people in bearers.items() if len(people) > 1)


def people_truth(rows: Iterable[Mapping[str, object]]) -> dict[Sighted, str]:
    """(page, name) → person, from the rows of `truth.jsonl`."""
    found: dict[Sighted, str] = {}
    for row in rows:
        people = row["people"]
        if isinstance(people, dict):
            found.update(((str(row["file"]), str(name)), str(person)) for name, person in people.items())
    return found


def happening_truth(
    rows: Iterable[Mapping[str, object]], pages: Iterable[PageEntities], ids: Mapping[tuple[str, str], str]
) -> tuple[dict[Sighted, str], dict[Sighted, str]]:
    """(page, event of the page) → happening, and → what it was resolved to; events that fit no single happening are left.

    A happening of a page is recognised by who is named in its piece: the truth lists them.
    """
    named: dict[str, dict[str, frozenset[str]]] = {}
    for row in rows:
        told = row["happenings"]
        if isinstance(told, dict):
            named[str(row["file"])] = {str(key): frozenset(names) for key, names in told.items()}
    truth: dict[Sighted, str] = {}
    found: dict[Sighted, str] = {}
    for page in pages:
        here = named.get(page.page, {})
        for event in page.events:
            fitting = [key for key, names in here.items() if event.people and event.people <= names]
            if len(fitting) == 1:
                truth[page.page, event.entity] = fitting[0]
                found[page.page, event.entity] = ids[page.page, event.entity]
    return truth, found


Pair = tuple[str, str, str]
"""A post, as `whole_post` says it, and the names of two who were seen in it."""
_ONE_HEAD = re.compile(r"(?<!副)(?:书记|局长|镇长|乡长|部长|主任|主席|县长|市长|校长|董事长|总经理)$")
"""Posts of the archive that one person holds at a time."""


def post_truth(rows: Iterable[Mapping[str, object]], county: str) -> tuple[set[Pair], set[Pair], frozenset[str]]:
    """Who followed whom in an office, who held a post in one time, and which posts are offices, by what the pages print.

    In an office only one does; a school may have been given two heads.
    """
    seen: dict[str, list[tuple[str, str]]] = defaultdict(list)
    offices = set()
    for row in rows:
        for name, printed, sort in row["posts"]:  # type: ignore[attr-defined]
            post = whole_post(str(printed), county)
            if not _ONE_HEAD.search(post):
                continue
            seen[post].append((str(row["day"]), str(name)))
            if sort == "office":
                offices.add(post)
    followed: set[Pair] = set()
    at_once: set[Pair] = set()
    for post, sightings in seen.items():
        holders = [name for _day, name in sorted(sightings)]
        if post in offices:
            followed |= {(post, one, other) for one, other in pairwise_of(holders) if one != other}
        spans: dict[str, list[str]] = defaultdict(list)
        for day, name in sorted(sightings):
            spans[name].append(day)
        for one, other in combinations(sorted(spans), 2):
            if post not in offices and spans[one][0] <= spans[other][-1] and spans[other][0] <= spans[one][-1]:
                at_once.add((post, one, other))
    return followed, at_once, frozenset(offices)


def whole_post(printed: str, county: str) -> str:
    """A post with the region that the page leaves out: 县教育局局长 and 开化县教育局局长 are one; 政府 is left out.

    >>> whole_post("县长", "开化县"), whole_post("县委常委、组织部部长", "开化县")
    ('开化县县长', '开化县委组织部部长')
    """
    post = printed.split("、")[-1].replace("政府", "")
    if post == "县长":
        return f"{county}县长"
    if post.startswith(("组织部", "宣传部")):
        return f"{county}委{post}"
    return f"{county}{post[1:]}" if post.startswith("县") else post


def of_pairs(truth: set[Pair], found: set[Pair]) -> Score:
    """Precision and recall of pairs."""
    right = len(truth & found)
    return Score(right / len(found) if found else 1.0, right / len(truth) if truth else 1.0, len(truth))
