"""From what is in the graph now to what a decision should name, so that it is found again in later builds."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from kg.decisions.kinds import Anchor, FactAnchor
from kg.model import Fact, Kind, PageRecord

_QUOTE = 40  # characters of a sentence that tell it from its neighbours, without pinning a whole paragraph


def anchor_fact(record: PageRecord, fact_id: str) -> FactAnchor | None:
    """The anchor of a fact of a page record (not a resolved one), by what the page calls its ends.

    Its sentence is quoted only where the page says the same of the same in two sentences.

    Returns:
        None where the record has no such fact: it was added by a decision.
    """
    names = {entity.id: entity.name for entity in record.entities}
    fact = next((each for each in record.facts if each.id == fact_id), None)
    if fact is None:
        return None

    def says(each: Fact) -> tuple[object, ...]:
        return each.relation, names[each.subject], names[each.object], each.date

    alike = [each for each in record.facts if says(each) == says(fact)]
    quote = None
    if len(alike) > 1 and fact.evidence:
        span = fact.evidence[0].span
        quote = "".join(record.page.text[span.start : span.end].split())[:_QUOTE]
    return FactAnchor(
        record.page.id, fact.relation, names[fact.subject], names[fact.object], fact.date, dated=True, quote=quote
    )


def anchor_mentions(records: Iterable[PageRecord], entities: Collection[str], kind: Kind | None) -> dict[str, Anchor]:
    """For each of some resolved entities its first mention, as an anchor.

    Args:
        records: records that point at resolved entities, by page, mentions by offset.
        kind: of all of them; None takes the kind of the mention.
    """
    wanted = set(entities)
    found: dict[str, Anchor] = {}
    for record in records:
        entity_of = {link.mention: link.entity for link in record.links}
        for mention in record.mentions:
            entity = entity_of.get(mention.id, "")
            if entity in wanted and entity not in found:
                found[entity] = Anchor(record.page.id, mention.surface, mention.span.start, kind=kind or mention.kind)
        if len(found) == len(wanted):
            break
    return found
