"""JSON Lines as docs/format.md fixes them: `entities`, `mentions`, `facts`, `articles`.

Keys stand in a fixed order and rows in a deterministic one. Line breaks and control characters inside a text are
escaped, so that only `\\n` ends a line.

Source: https://jsonlines.org; docs/format.md.
"""

from __future__ import annotations

import json
from contextlib import ExitStack
from pathlib import Path

from kg.files import open_whole
from kg.knowledge import Knowledge, entity_index
from kg.model import Article, Entity, Fact, Kind, Link, Mention, Page, Provenance

Row = dict[str, object]


def write_jsonl(knowledge: Knowledge, folder: Path) -> tuple[Path, ...]:
    """Write the four files into a folder that exists.

    Returns:
        The files: entities, mentions, facts, articles.

    Raises:
        InputError: a file cannot be written.
    """
    named = entity_index(knowledge)
    paths = tuple(folder / f"{name}.jsonl" for name in ("entities", "mentions", "facts", "articles"))
    with ExitStack() as stack:
        entities, mentions, facts, articles = (stack.enter_context(open_whole(path)) for path in paths)
        entities.writelines(map(_line, map(_entity, knowledge.entities)))
        for record in knowledge.records:
            page, links = record.page, {link.mention: link for link in record.links}
            for mention in record.mentions:
                link = links.get(mention.id)
                mentions.write(_line(_mention(page, mention, link, named.get(link.entity) if link else None)))
            facts.writelines(_line(_fact(page, fact)) for fact in record.facts)
            articles.writelines(_line(_article(page, article)) for article in record.articles)
    return paths


def _line(row: Row) -> str:
    return json.dumps(row, ensure_ascii=False, allow_nan=False) + "\n"


def _entity(entity: Entity) -> Row:
    return {
        "id": entity.id,
        "type": entity.kind.value,
        "subtype": entity.subtype,
        "name": entity.name,
        "aliases": list(entity.aliases),
        "code": entity.code if entity.kind is Kind.PLACE else None,
        "title": entity.title,
        "org": entity.org,
        "date": entity.date if entity.kind is Kind.EVENT else None,
        "linked": entity.linked,
        "anchor": entity.anchor,
        "track": entity.track,
        "rank": entity.rank,
        "precision": entity.precision,
        "status": entity.status,
    }


def _mention(page: Page, mention: Mention, link: Link | None, entity: Entity | None) -> Row:
    return {
        "doc": page.id,
        "article": mention.article,
        "start": mention.span.start,
        "end": mention.span.end,
        "text": mention.surface,
        "entity": entity.id if entity else None,
        "type": (entity.kind if entity else mention.kind).value,
        "rule": mention.rule,
        "score": _rounded(mention.score),
        "linked": link is not None and not link.nil,
        "id": mention.id,
    }


def _fact(page: Page, fact: Fact) -> Row:
    return {
        "id": fact.id,
        "relation": fact.relation.value,
        "subject": fact.subject,
        "object": fact.object,
        "date": fact.date,
        "doc": fact.evidence[0].page if fact.evidence else page.id,
        "article": fact.evidence[0].article if fact.evidence else None,
        "evidence": [_evidence(provenance) for provenance in fact.evidence],
        "source": fact.source,
        "rule": fact.rule,
        "score": _rounded(fact.score),
        "attributes": dict(fact.attributes),
    }


def _evidence(provenance: Provenance) -> Row:
    return {"doc": provenance.page, "start": provenance.span.start, "end": provenance.span.end}


def _article(page: Page, article: Article) -> Row:
    return {
        "doc": page.id,
        "id": article.id,
        "title": article.title,
        "start": article.span.start,
        "end": article.span.end,
        "date": article.date or page.issue.date,
        "bylines": [{"name": byline.name, "part": byline.part} for byline in article.bylines],
    }


def _rounded(score: float) -> float:
    """Four digits: what a score means, and the same on every machine."""
    return round(float(score), 4)
