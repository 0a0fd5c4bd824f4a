"""Scores mentions on damaged pages: the gold's spans are carried along through the offset map, never searched anew.

In: pages with gold, an extractor. Out: a `Tally` for each kind of damage. What is compared are exact spans by kind, as
`kg.evaluate` does on clean pages; spans that are optional there are optional here.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, replace

from ocr_noise import add_noise

from kg.evaluate.gold import GoldPage
from kg.evaluate.measures import Tally
from kg.evaluate.scoresheet import project
from kg.extraction import Extractor
from kg.model import Page, PageRecord
from kg.pipeline.reading import read_chunk

KINDS = ("PERSON", "PLACE", "ORG")
_Spans = set[tuple[int, int]]


@dataclass(frozen=True, slots=True)
class NoiseRow:
    """Mentions at one rate of noise, over all pages and seeds: all kinds together, and each kind.

    `failed` tells of readings that ended in an error (as `kg build` would report them); their mentions are all missed.
    """

    rate: float
    all: Tally
    by_kind: tuple[tuple[str, Tally], ...]
    failed: tuple[str, ...]


def score_noise(
    pages: Sequence[Page],
    gold_pages: Sequence[GoldPage],
    extractor: Extractor,
    *,
    rates: Sequence[float],
    seeds: Sequence[int],
) -> tuple[NoiseRow, ...]:
    """Damage each page at each rate with each seed, read it, and compare; a row a rate, in the order of `rates`.

    A rate of 0 is read once, for every seed gives the clean page.
    """
    gold_by_doc = {gold.doc: gold for gold in gold_pages}
    rows = []
    for rate in rates:
        by_kind = {kind: Tally() for kind in KINDS}
        failed: list[str] = []
        for page in pages:
            if page.id in gold_by_doc:
                for seed in seeds if rate else seeds[:1]:
                    problem = _score_page(page, gold_by_doc[page.id], extractor, rate, seed, by_kind)
                    failed += [problem] if problem else []
        total = Tally()
        for tally in by_kind.values():
            total.hit += tally.hit
            total.missed += tally.missed
            total.spurious += tally.spurious
        rows.append(NoiseRow(rate, total, tuple(by_kind.items()), tuple(failed)))
    return tuple(rows)


def _score_page(
    page: Page, gold: GoldPage, extractor: Extractor, rate: float, seed: int, by_kind: dict[str, Tally]
) -> str | None:
    """Add one reading to the tallies; what went wrong if it ended in an error."""
    noised = add_noise(page.text, rate=rate, seed=f"{seed}/{page.id}")
    spans, optional_spans = project(gold, page.text)
    expected: dict[str, _Spans] = {kind: set() for kind in KINDS}
    optional = {place for span in optional_spans if (place := noised.span(*span))}
    for span, (_entity, kind) in spans.items():
        place = noised.span(*span)
        if place and place not in optional:
            expected[kind].add(place)
    sha256 = hashlib.sha256(noised.text.encode()).hexdigest()
    problem = None
    record = next(read_chunk(extractor, [replace(page, text=noised.text, sha256=sha256)]))
    if isinstance(record, PageRecord):
        found = _mentions(record)
    else:
        found = {kind: set() for kind in KINDS}
        problem = f"{page.id}, seed {seed}: {record.error.what}"
    for kind, tally in by_kind.items():
        tally.add(expected[kind], found[kind] - optional)
    return problem


def _mentions(record: PageRecord) -> dict[str, _Spans]:
    """Spans by the kind of the entity that they were linked to."""
    kinds = {entity.id: entity.kind.value for entity in record.entities}
    linked = {link.mention: kinds.get(link.entity, "") for link in record.links}
    found: dict[str, _Spans] = {kind: set() for kind in KINDS}
    for mention in record.mentions:
        kind = linked.get(mention.id, "")
        if kind in found:
            found[kind].add((mention.span.start, mention.span.end))
    return found
