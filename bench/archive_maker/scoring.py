"""How well people and happenings were resolved, against the truth of an invented archive.

A page's person is right where the page prints a name and the reading has a person of that name. Pairs of pages are
judged: two pages of one person that are one entity are a hit. Pairs weigh whom the paper prints daily most; B³ counts
every sighting once; the third figure counts pairs among names that several people bear, which alone are difficult.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

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
