"""Reading one page while looking on: every find, kept or dropped, and why.

The extractor's own pipeline runs, through an object that keeps the Doc it makes; nothing is run twice or differently.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from typing import cast

from spacy.language import Language
from spacy.tokens import Doc

from kg.explain.reasons import LENGTH, ORDER, RANK, SCORE, Explanation, FactReason, Loser, MentionReason, Weighed
from kg.extraction import Extractor
from kg.gazetteers import Divisions, path_names
from kg.link import FEATURES
from kg.mentions import Found, resolve_overlaps
from kg.mentions.found import RANKS
from kg.model import Entity, Kind, Link, Page, PageRecord, Relation
from kg.sheet import Sheet


class _Watched:
    """A pipeline whose last Doc stays at hand; all else is the pipeline's own."""

    def __init__(self, nlp: Language) -> None:
        self._nlp = nlp
        self.doc: Doc | None = None

    def make_doc(self, text: str) -> Doc:
        self.doc = self._nlp.make_doc(text)
        return self.doc

    def __getattr__(self, name: str) -> object:
        return getattr(self._nlp, name)


def explain_page(page: Page, extractor: Extractor) -> Explanation:
    """Read a page and say why it was read so.

    Raises:
        InputError: as the extractor raises it.
    """
    nlp = extractor.nlp
    watched = _Watched(nlp)
    extractor.nlp = cast(Language, watched)
    try:
        record = extractor.read(page)
    finally:
        extractor.nlp = nlp
    if watched.doc is None:  # a page without text
        return Explanation(page, "", (), (), (), (), ())
    sheet: Sheet = watched.doc.user_data["sheet"]
    finds: list[Found] = watched.doc.user_data["finds"]
    return Explanation(
        page=page,
        text=sheet.text,
        sentences=sheet.sentences,
        paragraphs=tuple(
            (start, end, kind, article.id if end > start and (article := sheet.article_at(start)) else None)
            for start, end, kind in sheet.paragraphs
        ),
        titles=tuple((article.id, article.title) for article in record.articles),
        mentions=_mentions(sheet, finds, record, extractor.divisions),
        facts=_facts(sheet, record),
    )


def _mentions(
    sheet: Sheet, finds: Sequence[Found], record: PageRecord, divisions: Divisions
) -> tuple[MentionReason, ...]:
    kept = resolve_overlaps(finds)
    by_span = {(sheet.span(find.start, find.end), find.kind): find for find in kept}
    also, losers = _losers(sheet, finds, kept)
    links = {link.mention: link for link in record.links}
    entities = {entity.id: entity for entity in record.entities}
    reasons: list[MentionReason] = []
    for mention in record.mentions:
        find = by_span.get((mention.span, mention.kind))
        link = links[mention.id]
        entity = entities[link.entity]
        start = find.start if find else bisect_left(sheet.offsets, mention.span.start)
        end = find.end if find else start + len(mention.surface)
        reasons.append(
            MentionReason(
                mention=mention,
                start=start,
                end=end,
                surface=sheet.text[start:end],
                family=find.family if find else "",
                entity=entity,
                nil=link.nil,
                path=_path(divisions, entity),
                candidates=_weighed(divisions, link),
                also=tuple(also.get((start, end), ())),
                losers=tuple(losers.get((start, end), ())),
            )
        )
    return tuple(sorted(reasons, key=lambda reason: (reason.start, reason.end)))


def _losers(
    sheet: Sheet, finds: Sequence[Found], kept: Sequence[Found]
) -> tuple[dict[tuple[int, int], list[str]], dict[tuple[int, int], list[Loser]]]:
    """By the range of the kept find: rules that found the same too, and what was dropped for its sake."""
    owner: dict[int, Found] = {at: find for find in kept for at in range(find.start, find.end)}
    also: dict[tuple[int, int], list[str]] = {}
    losers: dict[tuple[int, int], list[Loser]] = {}
    standing = {id(find) for find in kept}
    seen: set[Found] = set(kept)
    for find in sorted(finds, key=lambda each: (each.start, each.end, each.kind, each.rule, -each.score)):
        if id(find) in standing or find in seen:
            continue
        seen.add(find)
        rivals = {owner[at] for at in range(find.start, find.end) if at in owner}
        winner = min(rivals, key=_strength)
        place = (winner.start, winner.end)
        if (find.start, find.end, find.kind) == (winner.start, winner.end, winner.kind):
            if find.rule != winner.rule and find.rule not in also.setdefault(place, []):
                also[place].append(find.rule)
            continue
        losers.setdefault(place, []).append(
            Loser(
                find.start,
                find.end,
                sheet.text[find.start : find.end],
                find.kind,
                find.rule,
                find.family,
                find.score,
                _reason(find, winner),
            )
        )
    return also, losers


def _strength(find: Found) -> tuple[int, int, float, int]:
    """The policy of `resolve_overlaps` as a sort key, strongest first."""
    return (-RANKS[find.family], find.start - find.end, -find.score, find.start)


def _reason(loser: Found, winner: Found) -> str:
    for reason, mine, its in zip((RANK, LENGTH, SCORE), _strength(loser), _strength(winner), strict=False):
        if mine != its:
            return reason
    return ORDER


def _weighed(divisions: Divisions, link: Link) -> tuple[Weighed, ...]:
    weighed: list[Weighed] = []
    for candidate in link.candidates:
        code = candidate.entity.removeprefix("place-") if candidate.entity.startswith("place-") else None
        features: list[tuple[str, float | None]] = []
        for evidence in candidate.evidence:
            name, equals, weight = evidence.partition("=")
            features.append((name, float(weight) if equals else FEATURES.get(name)))
        weighed.append(
            Weighed(candidate.name, code, path_names(divisions, code) if code else (), candidate.score, tuple(features))
        )
    return tuple(weighed)


def _path(divisions: Divisions, entity: Entity) -> tuple[str, ...]:
    """The divisions above the entity; those of its anchor where it has no code of its own. Empty for people."""
    if entity.kind is Kind.PERSON:
        return ()
    if entity.code:
        return path_names(divisions, entity.code)[:-1]
    return path_names(divisions, entity.anchor) if entity.anchor else ()


def _facts(sheet: Sheet, record: PageRecord) -> tuple[FactReason, ...]:
    entities = {entity.id: entity for entity in record.entities}
    relations = tuple(Relation)
    order = {entity.id: at for at, entity in enumerate(record.entities)}
    facts = sorted(
        record.facts,
        key=lambda fact: (
            fact.source != "text",
            fact.evidence[0].span.start if fact.evidence else -1,
            relations.index(fact.relation),
            order[fact.subject],
            order[fact.object],
            fact.id,
        ),
    )
    return tuple(
        FactReason(
            fact,
            entities[fact.subject].name,
            _named(entities[fact.object], entities),
            tuple((each.span.start, _as_read(sheet, each.span.start, each.span.end)) for each in fact.evidence),
        )
        for fact in facts
    )


def _named(entity: Entity, entities: dict[str, Entity]) -> str:
    """A post with the body it belongs to: 柯城区委 + 书记; anything else by its name."""
    if entity.kind is Kind.ROLE and entity.title:
        return f"{entities[entity.org].name if entity.org else ''}{entity.title}"
    return entity.name


def _as_read(sheet: Sheet, start: int, end: int) -> str:
    """What stands between two page offsets, lines joined."""
    return sheet.text[bisect_left(sheet.offsets, start) : bisect_left(sheet.offsets, end)].strip()
