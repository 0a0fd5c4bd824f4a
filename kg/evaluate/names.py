"""Scoring what is named: mentions, which of them are one entity, places' codes and hierarchy, articles and bylines."""

from __future__ import annotations

from collections import defaultdict

from kg.evaluate.gold import Pair
from kg.evaluate.measures import TextSpan, closure, credit, relax
from kg.evaluate.scoresheet import Scores, Scoresheet
from kg.model import Relation

_NEAR = 45
"""Characters between a gold article's start and ours that still count: a kicker or a title may open the article."""


def score_mentions(sheet: Scoresheet, scores: Scores) -> None:
    """Exact spans by kind, all, relaxed to half the characters, and whatever the kind."""
    for kind in ("PERSON", "PLACE", "ORG"):
        gold = {span for span, (_entity, k) in sheet.gold_spans.items() if k == kind} - sheet.optional
        predicted = {span for span, entity in sheet.predicted_spans.items() if sheet.entities[entity].kind == kind}
        predicted -= sheet.optional
        scores.tally(f"mention {kind}").add(gold, predicted)
        scores.tally("mention all").add(gold, predicted)
        scores.tally("mention all, relaxed").add(gold, relax(gold, predicted, sheet.optional))
        for word, spans in (("missed", gold - predicted), ("spurious", predicted - gold)):
            scores.errors += [(f"mention {word}", kind, sheet.text[start:end]) for start, end in sorted(spans)]
    scores.tally("mention untyped").add(
        set(sheet.gold_spans) - sheet.optional, set(sheet.predicted_spans) - sheet.optional
    )


def score_linking(sheet: Scoresheet, scores: Scores) -> None:
    """B-cubed precision and recall of each mention that both sides have."""
    both = [span for span in sheet.gold_spans if span in sheet.predicted_spans]
    gold: dict[str, set[TextSpan]] = defaultdict(set)
    predicted: dict[str, set[TextSpan]] = defaultdict(set)
    for span in both:
        gold[sheet.gold_spans[span][0]].add(span)
        predicted[sheet.predicted_spans[span]].add(span)
    for span in both:
        ours, theirs = predicted[sheet.predicted_spans[span]], gold[sheet.gold_spans[span][0]]
        shared = len(ours & theirs)
        scores.linking.append((shared / len(ours), shared / len(theirs)))


def score_places(sheet: Scoresheet, scores: Scores) -> None:
    """Division codes, and both hierarchies up to what follows from a finer step."""
    for row in sheet.gold.entities:
        if row.code:
            entity = sheet.entities.get(sheet.aligned.get(row.id, ""))
            given = (entity.code if entity else None) or ""
            scores.codes.append(given == row.code)
            if given != row.code:
                scores.errors.append(("place code", row.id, row.code, f"got {given!r}"))
    part_of, located_in = _named_pairs(sheet, Relation.PART_OF), _named_pairs(sheet, Relation.LOCATED_IN)
    gold_above = closure(pair for pair, _optional in (*sheet.gold.part_of, *sheet.gold.located_in))
    above = closure(part_of | located_in)
    _score_hierarchy("part_of", sheet.gold.part_of, part_of, gold_above, above, scores)
    _score_hierarchy("located_in", sheet.gold.located_in, located_in, gold_above, above, scores)


def _score_hierarchy(
    name: str,
    rows: tuple[tuple[Pair, bool], ...],
    predicted: set[Pair],
    gold_above: dict[str, set[str]],
    above: dict[str, set[str]],
    scores: Scores,
) -> None:
    gold = {pair for pair, optional in rows if not optional}
    unsure = {pair for pair, optional in rows if optional}
    children = {part for part, _whole in gold}
    cyclic = {part for part, wholes in above.items() if part in wholes}
    hit = {(part, whole) for part, whole in gold if part not in cyclic and whole in above.get(part, ())}
    wrong: set[Pair] = set()
    for part, whole in predicted - unsure:
        if part in cyclic or part in gold_above.get(whole, ()):
            wrong.add((part, whole))
        elif part in children and not ({whole} | above.get(whole, set())) & gold_above[part]:
            # A finer step on the way up is right; what leads past every gold parent is not.
            wrong.add((part, whole))
    tally = scores.tally(name)
    tally.hit += len(hit)
    tally.missed += len(gold - hit)
    tally.spurious += len(wrong)
    scores.errors += [(f"{name} missed", *pair) for pair in sorted(gold - hit)]
    scores.errors += [(f"{name} wrong", *pair) for pair in sorted(wrong)]


def _named_pairs(sheet: Scoresheet, relation: Relation) -> set[Pair]:
    return {(sheet.gold_name(fact.subject), sheet.gold_name(fact.object)) for fact in sheet.facts_of(relation)}


def score_articles(sheet: Scoresheet, scores: Scores) -> None:
    """Where articles begin, and who is named in their bylines."""
    starts = sorted(article.span.start for article in sheet.articles)
    hit: dict[str, int] = {}
    for article in sheet.gold.articles:
        at = sheet.text.find(article.starts)
        near = [start for start in starts if abs(start - at) <= _NEAR]
        if near:
            hit[article.id] = near[0]
    spurious = {("+", start) for start in starts if start not in hit.values()}
    scores.tally("article").add({article.id for article in sheet.gold.articles}, set(hit) | spurious)
    gold = {(name, credit(part)) for article in sheet.gold.articles for name, part in article.bylines}
    predicted = {(byline.name, credit(byline.part)) for article in sheet.articles for byline in article.bylines}
    scores.tally("byline").add(gold, predicted)
    scores.errors += [("byline missed", *row) for row in sorted(gold - predicted)]
    scores.errors += [("byline spurious", *row) for row in sorted(predicted - gold)]
