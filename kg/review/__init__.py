"""What people should look at, and what their answers decide.

In: knowledge and the decisions there are. Out: `Doubt`s, the most urgent first, and for an answer the `Decision` that says
it. It asks nobody (`kg.cli.reviewing` does), and writes nothing.
"""

from __future__ import annotations

from collections import defaultdict
from itertools import combinations

from kg.decisions import DECIDED, Decision, DecisionKind, Decisions
from kg.knowledge import Knowledge, without_planned
from kg.model import Kind
from kg.review.answers import Answer, choices, decide
from kg.review.bodies import possible_same_bodies
from kg.review.doubts import Doubt, DoubtKind, Reader, Sentence, attribute
from kg.review.pairs import possible_merges
from kg.review.posts import contradictions
from kg.review.session import Session

__all__ = ["Answer", "Doubt", "DoubtKind", "Sentence", "Session", "choices", "decide", "find_doubts"]

MIN_SCORE = 0.6
"""Facts that a careful reader would keep less often than this are asked about (scores are calibrated: docs/quality.md)."""

MIN_MENTIONS = 3
"""A name of no gazetteer that is seen this often is asked about."""


def find_doubts(
    knowledge: Knowledge,
    decisions: Decisions,
    *,
    min_score: float = MIN_SCORE,
    min_mentions: int = MIN_MENTIONS,
) -> tuple[Doubt, ...]:
    """What is doubtful and not decided yet.

    Args:
        knowledge: with the decisions applied.
        decisions: those applied; what they confirm or keep apart is not asked again.
        min_score: facts below are asked about.
        min_mentions: names of no gazetteer seen this often are.

    Returns:
        Contradictions, possible merges, unknown names, uncertain facts; within each the most urgent first. The same for
        the same knowledge.
    """
    reader = Reader(without_planned(knowledge))
    apart, named = _known(reader, decisions.rows)
    confirmed = {fact.id for fact in reader.knowledge.facts if attribute(fact, DECIDED) is not None}
    found = [
        *(each for each in contradictions(reader) if not _settled(each, confirmed)),
        *possible_merges(reader, apart),
        *possible_same_bodies(reader, apart),
        *_unknown_names(reader, named, min_mentions),
        *_uncertain(reader, min_score),
    ]
    order = {kind: number for number, kind in enumerate(DoubtKind)}
    return tuple(
        sorted(found, key=lambda each: (order[each.kind], -each.weight, each.names, each.entities, each.facts))
    )


def _settled(doubt: Doubt, confirmed: set[str]) -> bool:
    """Whether a person has said that both are right."""
    return all(fact in confirmed for _page, fact in doubt.facts)


def _known(reader: Reader, rows: tuple[Decision, ...]) -> tuple[frozenset[frozenset[str]], frozenset[str]]:
    """Pairs of entities that people told apart, and entities whose name people gave."""
    meant: dict[tuple[str, str], set[str]] = defaultdict(set)
    for record in reader.knowledge.records:
        surfaces = {mention.id: mention.surface for mention in record.mentions}
        for link in record.links:
            if link.mention in surfaces:
                meant[record.page.id, surfaces[link.mention]].add(link.entity)
    apart: set[frozenset[str]] = set()
    named: set[str] = set()
    for row in rows:
        groups = [
            set().union(*(meant.get((anchor.page or "", anchor.text or ""), set()) for anchor in group))
            for group in row.groups
        ]
        if row.kind is DecisionKind.SPLIT:
            apart |= {frozenset((a, b)) for one, other in combinations(groups, 2) for a in one for b in other if a != b}
        elif row.kind in (DecisionKind.RENAME, DecisionKind.MERGE):
            named |= groups[0]
    return frozenset(apart), frozenset(named)


def _unknown_names(reader: Reader, named: frozenset[str], min_mentions: int) -> list[Doubt]:
    """Places and organisations of no gazetteer that pages name again and again."""
    doubts = []
    for entity in reader.knowledge.entities:
        n = reader.n_mentions.get(entity.id, 0)
        if entity.kind not in (Kind.PLACE, Kind.ORG) or entity.linked or n < min_mentions or entity.id in named:
            continue
        said = reader.mention(entity.id)
        why = (("mentions", f"{n} / {len(reader.n_pages[entity.id])}"),)
        doubts.append(
            Doubt(
                DoubtKind.NAME,
                (entity.id,),
                (reader.shown(entity.id),),
                why=why,
                sentences=(said,) if said else (),
                entity_kind=entity.kind,
                weight=float(n),
            )
        )
    return doubts


def _uncertain(reader: Reader, min_score: float) -> list[Doubt]:
    """Facts with a low score that nobody has decided on."""
    doubts = []
    for record in reader.knowledge.records:
        for fact in record.facts:
            if fact.score >= min_score or attribute(fact, DECIDED) is not None:
                continue
            said = reader.sentence(record.page, fact)
            doubts.append(
                Doubt(
                    DoubtKind.SCORE,
                    (fact.subject, fact.object),
                    (reader.shown(fact.subject), reader.shown(fact.object)),
                    ((record.page.id, fact.id),),
                    (("score", f"{fact.score:.2f}"),),
                    (said,) if said else (),
                    claim=reader.claim(fact),
                    weight=1 - fact.score,
                )
            )
    return doubts
