"""Four invented pages that decisions are tried on, and what decisions make of them."""

from __future__ import annotations

from functools import partial

from kg.decisions import Decisions, Records, bind, correct
from kg.errors import InputError
from kg.knowledge import Knowledge
from kg.model import (
    Article,
    Entity,
    Fact,
    Issue,
    Kind,
    Link,
    Mention,
    Page,
    PageRecord,
    Provenance,
    Relation,
    Span,
    content_id,
)
from kg.resolve import PageEntities, point_at, resolve_entities

V, P, T, H = Relation.VISITED, Relation.PARTICIPATED_IN, Relation.TOOK_PLACE_AT, Relation.HOLDS_ROLE
_ORG = Entity("org", Kind.ORG, "石桥镇委", "government", anchor="330802")
_POST = Entity("post", Kind.ROLE, "石桥镇委书记", title="书记", org="org", anchor="330802")
_COUNTY = Entity("county", Kind.PLACE, "柯城区", "county", code="330802", linked=True)


def _page(
    page_id: str, date: str, text: str, people: tuple[Entity, ...], *more: Entity, facts: tuple[tuple[object, ...], ...]
) -> PageRecord:
    """A page whose people and other entities are mentioned wherever the text has their names."""
    entities = (*people, *more)
    mentions, links = [], []
    for entity in entities:
        if entity.kind in (Kind.ROLE, Kind.EVENT):
            continue
        at = text.find(entity.name)
        while at >= 0:
            mention_id = content_id("mention", page_id, at, entity.kind)
            span = Span(at, at + len(entity.name))
            mentions.append(Mention(mention_id, page_id, "a1", span, entity.name, entity.kind, "made", 0.9))
            links.append(Link(mention_id, entity.id, not entity.linked))
            at = text.find(entity.name, at + 1)
    told = []
    for relation, subject, target, day, words, *attributes in facts:
        start = text.index(str(words))
        where = Provenance(page_id, "a1", Span(start, text.index("。", start) + 1))
        fact_id = content_id("fact", page_id, relation, subject, target, day, words)
        pairs = tuple(sorted(dict(attributes[0]).items())) if attributes else ()  # type: ignore[call-overload]
        told.append(Fact(fact_id, relation, subject, target, day, (where,), "text", "made", 0.5, pairs))  # type: ignore[arg-type]
    article = Article("a1", page_id, text[:4], Span(0, len(text)), ())
    page = Page(page_id, f"/x/{page_id}", page_id, text, Issue("石桥报", date, region_code="330802"))
    return PageRecord(page, (article,), tuple(mentions), tuple(links), entities, tuple(told))


def _person(local: str, name: str, anchor: str = "330802") -> Entity:
    return Entity(local, Kind.PERSON, name, anchor=anchor)


def _site(local: str, name: str) -> Entity:
    return Entity(local, Kind.PLACE, name, "site", anchor="330802")


def records() -> tuple[PageRecord, ...]:
    """1: a tour; 2: the same people, one name with a wrong character; 3: a successor and a namesake; 4: a masked name."""
    tour = Entity("tour", Kind.EVENT, "调研", "inspection", date="2021-01-12", precision="day")
    again = Entity("again", Kind.EVENT, "走访", "inspection", date="2021-02-03", precision="day")
    with_tour = {"event": "tour", "precision": "day"}
    return (
        _page(
            "1.txt", "2021-01-13", "石桥镇委书记甲立成到东坝调研。乙小波陪同。甲立成又到西坝看。",
            (_person("jia", "甲立成"), _person("yi", "乙小波")), _site("east", "东坝"), _site("west", "西坝"), _ORG, _POST, tour,
            facts=(
                (H, "jia", "post", None, "石桥"), (P, "jia", "tour", "2021-01-12", "石桥", {"part": "lead"}),
                (P, "yi", "tour", "2021-01-12", "乙小波", {"part": "accompany"}), (T, "tour", "east", "2021-01-12", "石桥"),
                (V, "jia", "east", "2021-01-12", "石桥", with_tour), (V, "yi", "east", "2021-01-12", "乙小波", with_tour),
                (V, "jia", "west", "2021-01-12", "甲立成又", with_tour),
            ),
        ),
        _page(
            "2.txt", "2021-02-04", "石桥镇委书记甲立戌到东坝走访，乙小波一起来到东坝。",
            (_person("jia", "甲立戌"), _person("yi", "乙小波")), _site("east", "东坝"), _ORG, _POST, again,
            facts=(
                (H, "jia", "post", None, "石桥"), (P, "jia", "again", "2021-02-03", "石桥", {"part": "lead"}),
                (P, "yi", "again", "2021-02-03", "石桥", {"part": "accompany"}), (V, "jia", "east", "2021-02-03", "石桥", {"event": "again"}),
                (V, "yi", "east", None, "石桥"),
            ),
        ),
        _page(
            "3.txt", "2021-02-06", "石桥镇委书记丙大海在柯城区。甲立成在家种田。",
            (_person("bing", "丙大海"), _person("jia", "甲立成")), _ORG, _POST, _COUNTY,
            facts=((H, "bing", "post", None, "石桥"), (V, "bing", "county", None, "石桥")),
        ),
        _page(
            "4.txt", "2021-03-01", "吴某珍到东坝。吴秀珍也在。",
            (_person("wu", "吴某珍"), _person("wu2", "吴秀珍")), _site("east", "东坝"),
            facts=((V, "wu", "east", None, "吴某珍"),),
        ),
    )  # fmt: skip


def applied(decisions: Decisions, pages: tuple[PageRecord, ...] | None = None) -> tuple[Knowledge, list[InputError]]:
    """What is known under these decisions, and the decisions that could not be applied."""
    pages = records() if pages is None else pages
    source = Records.of(pages)
    constraints, unbound = bind(decisions, source)
    ordered = sorted(pages, key=lambda record: record.page.id)
    resolution = resolve_entities(
        (PageEntities(r.page.id, r.page.issue, r.entities) for r in ordered), decisions=constraints
    )
    point = partial(point_at, resolution=resolution)
    corrections, uncorrected = correct(decisions, source, resolution.ids, resolution.entities, point)
    told = tuple(corrections.record(point(record)) for record in ordered)
    return Knowledge(corrections.all_entities(resolution.entities), told), [*unbound, *uncorrected]
