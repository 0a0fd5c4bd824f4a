"""A small county with known answers, for the explorer's tests. All people are invented but for their names' sounds."""

from __future__ import annotations

import base64
import gzip
import json
import re
from typing import Any

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

HOSTILE = (
    "<script>document.title='owned'</script>",
    '"><img src=x onerror="document.title=\'owned\'">',
    "]]>--><!--",
    "'; document.title='owned'; '",
    "甲\u2028乙\u2029丙",
    "\x00\x07\x1b[31m丁",
    "戊\u202e己",
    "庚\ud800辛\udfff",
    "</script><script>document.title='owned'</script>",
    "{{ 7 * 7 }}{% raw %}",
    "&lt;b&gt;&amp;",
    "𠮷野家👨‍👩‍👧",
)
"""Names and sentences a page must show and never run. The last tests characters beyond 16 bits."""


class Sample:
    """Collects entities and pages; `knowledge()` hands them over."""

    def __init__(self) -> None:
        self.entities: dict[str, Entity] = {}
        self._pages: dict[str, tuple[str, int, str | None]] = {}
        self._texts: dict[str, str] = {}
        self._mentions: dict[str, list[tuple[Mention, Link]]] = {}
        self._facts: dict[str, list[Fact]] = {}

    def entity(self, entity_id: str, kind: Kind, name: str, **fields: object) -> str:
        self.entities[entity_id] = Entity(entity_id, kind, name, **fields)  # type: ignore[arg-type]
        return entity_id

    def page(self, page: str, date: str, number: int = 1, url: str | None = None) -> str:
        self._pages[page] = (date, number, url)
        self._texts[page] = ""
        self._mentions[page] = []
        self._facts[page] = []
        return page

    def say(self, page: str, sentence: str, **names: str) -> Provenance:
        """Write a sentence; `names` maps a surface to the id of what it means, each marked where it stands first."""
        start = len(self._texts[page])
        self._texts[page] += sentence + "\n"
        for surface, entity_id in names.items():
            at = start + sentence.index(surface)
            mention_id = content_id("mention", page, at, surface)
            kind = self.entities[entity_id].kind
            span = Span(at, at + len(surface))
            mention = Mention(mention_id, page, "a1", span, surface, kind, "made", 1.0)
            self._mentions[page].append((mention, Link(mention_id, entity_id, False)))
        return Provenance(page, "a1", Span(start, start + len(sentence)))

    def fact(
        self,
        relation: Relation,
        subject: str,
        object: str,
        date: str | None,
        *evidence: Provenance,
        score: float = 0.9,
        **attributes: str | int,
    ) -> Fact:
        page = evidence[0].page if evidence else next(iter(self._pages))
        fact = Fact(
            content_id("fact", relation, subject, object, date, len(self._facts[page])),
            relation,
            subject,
            object,
            date,
            evidence,
            "text" if evidence else "gazetteer",
            "made",
            score,
            tuple(sorted(attributes.items())),
        )
        self._facts[page].append(fact)
        return fact

    def knowledge(self) -> Knowledge:
        records = []
        for page, (date, number, url) in sorted(self._pages.items()):
            text = self._texts[page]
            article = Article("a1", page, "区领导下乡调研", Span(0, len(text)), ())
            issue = Issue("试验日报", date, "试验省", None)
            mentions = self._mentions[page]
            records.append(
                PageRecord(
                    Page(page, page, "0" * 64, text, issue, number, url),
                    (article,),
                    tuple(mention for mention, _ in mentions),
                    tuple(link for _, link in mentions),
                    (),
                    tuple(self._facts[page]),
                )
            )
        return Knowledge(tuple(self.entities.values()), tuple(records))


def county() -> Knowledge:
    """Two leaders, a namesake, a township with two villages and a works, three tours, a meeting, an undated visit."""
    made = Sample()
    person, place, org, role, event = Kind.PERSON, Kind.PLACE, Kind.ORG, Kind.ROLE, Kind.EVENT
    made.entity("place-county", place, "云山区", subtype="county", code="990101", aliases=("我区",), linked=True)
    made.entity("place-town", place, "白石镇", subtype="township", code="990101100", linked=True)
    made.entity("place-east", place, "东溪村", subtype="village", linked=True)
    made.entity("place-west", place, "西溪村", subtype="village", linked=True)
    made.entity("org-works", org, "白石水泥厂", subtype="company")
    made.entity("org-party", org, "云山区委", subtype="government")
    made.entity("role-secretary", role, "云山区委书记", title="书记", org="org-party")
    made.entity("role-deputy", role, "云山区委副书记", title="副书记", org="org-party")
    made.entity("role-warden", role, "东溪村网格员", title="网格员", org="place-east")
    made.entity("person-zhu", person, "朱素芳", aliases=("朱书记",))
    made.entity("person-zeng", person, "曾庆红")
    made.entity("person-shan", person, "单小飞")
    made.entity("person-li-1", person, "李明")
    made.entity("person-li-2", person, "李明")
    made.entity("event-tour", event, "朱素芳督导白石镇", subtype="inspection", date="2021-01-18")
    made.entity("event-visit", event, "曾庆红走访东溪村", subtype="inspection", date="2021-01-20")
    made.entity("event-meeting", event, "云山区委召开会议", subtype="meeting", date="2021-02")
    for inner, outer in (
        ("place-town", "place-county"),
        ("place-east", "place-town"),
        ("place-west", "place-town"),
    ):
        if not made._pages:
            made.page("2021/0119/01.txt", "2021-01-19", 1, "https://example.invalid/0119-1")
        made.fact(Relation.PART_OF, inner, outer, None, score=1.0)
    page = "2021/0119/01.txt"
    tour = made.say(
        page,
        "1月18日，区委书记朱素芳到白石镇东溪村、西溪村和白石水泥厂督导，曾庆红、李明参加。",
        朱素芳="person-zhu",
        白石镇="place-town",
        东溪村="place-east",
        西溪村="place-west",
        白石水泥厂="org-works",
        曾庆红="person-zeng",
        李明="person-li-1",
    )
    made.fact(Relation.LOCATED_IN, "org-works", "place-town", None, tour)
    made.fact(Relation.HOLDS_ROLE, "person-zhu", "role-secretary", "2021-01-18", tour)
    for order, who in enumerate(("person-zhu", "person-zeng", "person-li-1"), 1):
        part = "lead" if order == 1 else "attend"
        made.fact(Relation.PARTICIPATED_IN, who, "event-tour", "2021-01-18", tour, part=part, order=order)
        for stop in ("place-east", "place-west", "org-works"):
            made.fact(Relation.VISITED, who, stop, "2021-01-18", tour, event="event-tour")
    made.fact(Relation.TOOK_PLACE_AT, "event-tour", "place-town", "2021-01-18", tour)
    made.page("2021/0121/02.txt", "2021-01-21", 2)
    visit = made.say(
        "2021/0121/02.txt",
        "20日，区委副书记曾庆红走访东溪村，网格员单小飞陪同。",
        曾庆红="person-zeng",
        东溪村="place-east",
        单小飞="person-shan",
    )
    made.fact(Relation.HOLDS_ROLE, "person-zeng", "role-deputy", "2021-01-20", visit)
    made.fact(Relation.HOLDS_ROLE, "person-shan", "role-warden", "2021-01-20", visit, score=0.6)
    for order, who in enumerate(("person-zeng", "person-shan"), 1):
        made.fact(
            Relation.PARTICIPATED_IN,
            who,
            "event-visit",
            "2021-01-20",
            visit,
            part="lead" if order == 1 else "accompany",
            order=order,
        )
        made.fact(Relation.VISITED, who, "place-east", "2021-01-20", visit, event="event-visit")
    made.fact(Relation.TOOK_PLACE_AT, "event-visit", "place-east", "2021-01-20", visit)
    made.page("2021/0301/01.txt", "2021-03-01", 1)
    meeting = made.say(
        "2021/0301/01.txt",
        "2月，云山区委召开会议，区委副书记朱素芳主持。",
        云山区委="org-party",
        朱素芳="person-zhu",
    )
    made.fact(Relation.PARTICIPATED_IN, "person-zhu", "event-meeting", "2021-02", meeting, part="host", order=1)
    made.fact(Relation.PARTICIPATED_IN, "org-party", "event-meeting", "2021-02", meeting, part="organise")
    made.fact(Relation.HOLDS_ROLE, "person-zhu", "role-deputy", "2021-02", meeting)
    lately = made.say("2021/0301/01.txt", "日前，朱素芳再到东溪村。", 朱素芳="person-zhu", 东溪村="place-east")
    made.fact(Relation.VISITED, "person-zhu", "place-east", None, lately)
    other = made.say("2021/0301/01.txt", "李明到西溪村演出。", 李明="person-li-2", 西溪村="place-west")
    made.fact(Relation.VISITED, "person-li-2", "place-west", "2021-02-27", other)
    return made.knowledge()


def hostile() -> Knowledge:
    """Every hostile string as a person's name, in a sentence, a title of a post and a place visited."""
    made = Sample()
    made.page("<b>page</b>.txt", "2021-01-01", 1, "javascript:document.title='owned'")
    made.entity("place-x", Kind.PLACE, HOSTILE[0], subtype="<i>", aliases=HOSTILE)
    for number, name in enumerate(HOSTILE):
        made.entity(f"person-{number}", Kind.PERSON, name, aliases=(name * 2,))
        said = made.say("<b>page</b>.txt", f"{name}到{HOSTILE[0]}。")
        made.fact(Relation.VISITED, f"person-{number}", "place-x", "2021-01-01", said)
    return made.knowledge()


def unpacked(html: str) -> dict[str, Any]:
    """The columns that a page holds."""
    found = re.search(r'id="kg-data">([^<]*)<', html)
    assert found is not None
    columns: dict[str, Any] = json.loads(gzip.decompress(base64.b64decode(found.group(1))))
    return columns
