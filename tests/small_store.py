"""A store small enough to know every answer by heart, and a way to store any knowledge.

Two counties with a village of one name, two people of one name, a visit told twice, one without a date, one planned.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from kg.knowledge import Knowledge
from kg.model import (
    Article,
    Block,
    Entity,
    Fact,
    Issue,
    Kind,
    Page,
    PageRecord,
    Provenance,
    Relation,
    Span,
    content_id,
)
from kg.resolve import Resolution, resolve_entities, retell, see
from kg.store import Store

TEXT = (
    "领导下乡\n"
    "本报讯 甲成功1月12日到东桥村，看了＜ＡＢ＞厂。乙立波陪同。\n"
    "甲成功2月3日又到东\n桥村，说=1+1。\n"
    "丙海到西岭镇。\n"
    "丁文将到东桥村。\n"
    "书记甲成功、镇长乙立波开会。\n"
)


def _place(code: str, name: str, subtype: str) -> Entity:
    return Entity(f"place-{code}", Kind.PLACE, name, subtype, code=code, linked=True)


ENTITIES = (
    _place("330802", "柯城区", "county"),
    _place("330802100", "石梁镇", "township"),
    _place("330802100201", "东桥村", "village"),
    _place("330803", "衢江区", "county"),
    _place("330803100", "西岭镇", "township"),
    _place("330803100201", "东桥村", "village"),
    Entity("place-site", Kind.PLACE, "甲厂", "site", anchor="330802100201"),
    Entity("org-committee", Kind.ORG, "柯城区委", "government", anchor="330802"),
    Entity("person-jia", Kind.PERSON, "甲成功", aliases=("老甲",), anchor="330802"),
    Entity("person-yi", Kind.PERSON, "乙立波", anchor="330802"),
    Entity("person-bing1", Kind.PERSON, "丙海", anchor="330802"),
    Entity("person-bing2", Kind.PERSON, "丙海", anchor="330803"),
    Entity("person-ding", Kind.PERSON, "丁文", anchor="330802"),
    Entity("role-secretary", Kind.ROLE, "柯城区委书记", title="书记", org="org-committee", anchor="330802"),
    Entity("role-mayor", Kind.ROLE, "石梁镇镇长", title="镇长", org="place-330802100", anchor="330802"),
    Entity("event-tour", Kind.EVENT, "调研", "inspection", date="2021-01-12", precision="day"),
    Entity("event-again", Kind.EVENT, "走访", "inspection", date="2021-02-03", precision="day"),
    Entity("event-plan", Kind.EVENT, "考察", "inspection", date="2021-09", precision="month", status="planned"),
    Entity("event-meeting", Kind.EVENT, "会议", "meeting", date="2021-03", precision="month"),
)
_LINES = TEXT.split("\n")


def _said(page: str, words: str) -> Provenance:
    start = TEXT.index(words)
    return Provenance(page, "a1", Span(start, TEXT.index("。", start) + 1))


def _fact(
    page: str, relation: Relation, subject: str, object_: str, date: str | None, words: str, **attributes: str | int
) -> Fact:
    return Fact(
        content_id("fact", page, relation, subject, object_, date, words),
        relation,
        subject,
        object_,
        date,
        (_said(page, words),) if words else (),
        "text" if words else "gazetteer",
        "made",
        0.5 if words == "丙海" else 0.9,
        tuple(sorted(attributes.items())),
    )


def _facts(page: str) -> tuple[Fact, ...]:
    visited, part, holds = Relation.VISITED, Relation.PARTICIPATED_IN, Relation.HOLDS_ROLE
    jia, yi, village = "person-jia", "person-yi", "place-330802100201"
    return (
        _fact(page, part, jia, "event-tour", "2021-01-12", "本报讯", part="lead", order=1),
        _fact(page, part, yi, "event-tour", "2021-01-12", "乙立波陪同", part="accompany", order=2),
        _fact(page, visited, jia, village, "2021-01-12", "本报讯", event="event-tour"),
        _fact(page, visited, jia, village, "2021-01-12", "乙立波陪同", event="event-tour"),
        _fact(page, visited, yi, village, "2021-01-12", "乙立波陪同", event="event-tour"),
        _fact(page, visited, jia, "place-site", "2021-01-12", "本报讯", event="event-tour"),
        _fact(page, visited, jia, village, "2021-02-03", "甲成功2月3日", event="event-again"),
        _fact(page, visited, "person-bing1", "place-330803100", None, "丙海"),
        _fact(page, visited, "person-ding", village, "2021-09", "丁文", event="event-plan"),
        _fact(page, part, jia, "event-meeting", "2021-03", "书记甲成功", part="host", order=1),
        _fact(page, part, yi, "event-meeting", "2021-03", "书记甲成功", part="attend", order=2),
        _fact(page, holds, jia, "role-secretary", None, "书记甲成功"),
        _fact(page, holds, yi, "role-mayor", None, "书记甲成功"),
        _fact(page, holds, "person-bing2", "role-mayor", None, "丙海"),
        _fact(page, Relation.PART_OF, "place-site", village, None, ""),
        _fact(page, Relation.PART_OF, "place-330803100", "place-330803", None, ""),
        _fact(page, Relation.PART_OF, "place-330803100201", "place-330803100", None, ""),
        _fact(page, Relation.LOCATED_IN, "org-committee", "place-330802", None, ""),
        _fact(page, Relation.TOOK_PLACE_AT, "event-meeting", "place-330802100", None, "书记甲成功"),
    )


def _record(page_id: str, date: str | None, facts: tuple[Fact, ...]) -> PageRecord:
    page = Page(
        page_id,
        page_id,
        content_id("sha", page_id),
        TEXT,
        Issue("今日柯城", date, "浙江省衢州市柯城区", "330802"),
        1,
        "https://example.org/1",
    )
    starts = [0]
    for line in _LINES[:-1]:
        starts.append(starts[-1] + len(line) + 1)
    lines = [Span(start, start + len(line)) for start, line in zip(starts, _LINES, strict=True) if line]
    # The OCR broke the third line in mid-word: both halves are one paragraph.
    blocks = (
        Block("title", (lines[0],)),
        Block("paragraph", (lines[1],)),
        Block("paragraph", tuple(lines[2:4])),
        *(Block("paragraph", (line,)) for line in lines[4:]),
    )
    article = Article("a1", page_id, "领导下乡", Span(0, len(TEXT)), blocks)
    return PageRecord(page, (article,), (), (), (), facts)


def small_knowledge() -> Knowledge:
    """The pages as they were read: facts that resolution will make one are still two."""
    later = tuple(
        fact for fact in _facts("b.txt") if fact.relation is Relation.HOLDS_ROLE and fact.subject == "person-jia"
    )
    return Knowledge(ENTITIES, (_record("a.txt", "2021-03-05", _facts("a.txt")), _record("b.txt", "2021-06-01", later)))


def write_store(knowledge: Knowledge, folder: Path) -> Resolution:
    """Store knowledge as if each page had read the entities that its facts and links name.

    Returns:
        What resolution made of them; its ids are those that the store answers with.
    """
    by_id = {entity.id: entity for entity in knowledge.entities}
    records = [replace(record, entities=_entities_of(record, by_id)) for record in knowledge.records]
    resolution = resolve_entities(map(see, records))
    retold = retell(records, resolution)
    with Store.create(folder) as store:
        store.remove(store.content_keys())
        for record in records:
            store.put(record, content_key=record.page.id)
        store.put_entities(resolution.entities, resolution.ids, hidden=retold.hidden, facts=retold.facts)
        store.set_complete(True)
    return resolution


def small_ids() -> Mapping[str, str]:
    """The ids that the small store gives to the entities named here."""
    by_id = {entity.id: entity for entity in ENTITIES}
    records = small_knowledge().records
    pages = [see(replace(record, entities=_entities_of(record, by_id))) for record in records]
    return {local: entity for (page, local), entity in resolve_entities(pages).ids.items() if page == "a.txt"}


def _entities_of(record: PageRecord, by_id: Mapping[str, Entity]) -> tuple[Entity, ...]:
    named = {link.entity for link in record.links}
    for fact in record.facts:
        named |= {fact.subject, fact.object, str(dict(fact.attributes).get("event", fact.subject))}
    named |= {by_id[name].org or name for name in named}
    return tuple(by_id[name] for name in sorted(named))
