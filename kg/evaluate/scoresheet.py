"""One page of knowledge laid over its gold page: which entity is which, and where the gold names stand."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from kg.evaluate.gold import GoldPage
from kg.evaluate.measures import Tally, TextSpan, align, is_deictic
from kg.model import Article, Entity, Fact, Kind, PageRecord, Relation

Error = tuple[str, ...]
_NAMED = (Kind.PERSON, Kind.PLACE, Kind.ORG)


@dataclass(slots=True)
class Scores:
    """What is counted over all pages; `tallies` and `answers` keep the order in which measures first appear."""

    tallies: dict[str, Tally] = field(default_factory=dict)
    linking: list[tuple[float, float]] = field(default_factory=list)
    codes: list[bool] = field(default_factory=list)
    event_types: list[bool] = field(default_factory=list)
    event_dates: list[bool] = field(default_factory=list)
    parts: list[bool] = field(default_factory=list)
    evidence: list[bool] = field(default_factory=list)
    errors: list[Error] = field(default_factory=list)

    def tally(self, name: str) -> Tally:
        """The tally of a measure, made when first asked for."""
        return self.tallies.setdefault(name, Tally())


@dataclass(frozen=True, slots=True)
class Scoresheet:
    """A page's gold and what was read on it, with the alignment of their entities.

    `gold_spans` maps every span of a gold surface to (entity, kind); `optional` are spans neither asked for nor held
    against anybody; `aligned` is gold entity → entity id, `named` the other way round.
    """

    gold: GoldPage
    text: str
    articles: tuple[Article, ...]
    facts: tuple[Fact, ...]
    entities: Mapping[str, Entity]
    gold_spans: Mapping[TextSpan, tuple[str, str]]
    optional: frozenset[TextSpan]
    predicted_spans: Mapping[TextSpan, str]
    aligned: Mapping[str, str]
    named: Mapping[str, str]

    def facts_of(self, relation: Relation) -> list[Fact]:
        """The page's facts of one relation, in their order."""
        return [fact for fact in self.facts if fact.relation is relation]

    def gold_name(self, entity_id: str) -> str:
        """Gold id of an entity, or a name with a plus sign that no gold entity has."""
        if entity_id in self.named:
            return self.named[entity_id]
        entity = self.entities.get(entity_id)
        return "+" + (entity.name if entity else entity_id)

    def is_said(self, words: str | None, fact: Fact) -> bool | None:
        """Whether a fact's evidence overlaps the gold evidence; None where the gold gives none."""
        if not words:
            return None
        spans = [(match.start(), match.start() + len(words)) for match in re.finditer(re.escape(words), self.text)]
        return any(start < e.span.end and e.span.start < end for start, end in spans for e in fact.evidence)


def lay_over(gold: GoldPage, record: PageRecord, facts: tuple[Fact, ...], entities: Mapping[str, Entity]) -> Scoresheet:
    """Align a page's entities with the gold: by the characters that their mentions share, else by name."""
    links = {link.mention: link.entity for link in record.links}
    here: set[str] = {links[mention.id] for mention in record.mentions if mention.id in links}
    predicted: dict[TextSpan, str] = {}
    for mention in record.mentions:
        entity = entities.get(links.get(mention.id, ""))
        if entity is not None and entity.kind in _NAMED:
            predicted[mention.span.start, mention.span.end] = entity.id
    gold_spans, optional = project(gold, record.page.text)
    aligned = align(gold_spans, predicted)
    here |= {entity_id for fact in facts for entity_id in (fact.subject, fact.object)}
    by_name: dict[str, str] = {}
    for entity_id in sorted(here):
        if entity := entities.get(entity_id):
            for name in (entity.name, *entity.aliases):
                by_name.setdefault(name, entity_id)
    taken = set(aligned.values())
    for row in gold.entities:
        same = by_name.get(row.id)
        if row.id not in aligned and same is not None and same not in taken:
            aligned[row.id] = same
            taken.add(same)
    return Scoresheet(
        gold=gold,
        text=record.page.text,
        articles=record.articles,
        facts=facts,
        entities=entities,
        gold_spans=gold_spans,
        optional=optional,
        predicted_spans=predicted,
        aligned=aligned,
        named={entity_id: name for name, entity_id in aligned.items()},
    )


def project(gold: GoldPage, text: str) -> tuple[dict[TextSpan, tuple[str, str]], frozenset[TextSpan]]:
    """Every occurrence of every gold surface, longest first, none inside another.

    Returns:
        (entity, kind) by span, and the spans that are optional because they only point or the two readers disagree.
    """
    blocked = [False] * len(text)
    for surface, context in gold.exceptions:
        inside = context.find(surface)
        for match in _occurrences(context, text):
            if inside >= 0:
                blocked[match + inside : match + inside + len(surface)] = [True] * len(surface)
    surfaces = [(surface, entity.id, entity.kind) for entity in gold.entities for surface in entity.surfaces]
    surfaces.sort(key=lambda row: -len(row[0]))
    taken = [False] * len(text)
    found: dict[TextSpan, tuple[str, str]] = {}
    optional = set(gold.optional_spans)
    for surface, entity_id, kind in surfaces:
        for start in _occurrences(surface, text):
            end = start + len(surface)
            if any(taken[start:end]) or all(blocked[start:end]):
                continue
            found[start, end] = (entity_id, kind)
            if is_deictic(surface):
                optional.add((start, end))
            taken[start:end] = [True] * len(surface)
    return found, frozenset(optional)


def _occurrences(words: str, text: str) -> list[int]:
    found = []
    at = text.find(words) if words else -1
    while at >= 0:
        found.append(at)
        at = text.find(words, at + 1)
    return found
