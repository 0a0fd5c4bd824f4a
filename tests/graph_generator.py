"""A graph of any size with invented people and places, the same for the same seed.

Shaped like a county's newspapers over ten years: a few dozen leaders who go everywhere, many people named once, places
in four levels, events with a dozen participants. Names are drawn from syllables and belong to nobody.
"""

from __future__ import annotations

import datetime
import random
from collections.abc import Iterator

from kg.knowledge import Knowledge
from kg.model import (
    EVENT_SUBTYPES,
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

_SURNAMES = (
    "王李张刘陈杨赵黄周吴徐孙朱马胡郭林何高罗郑梁谢宋唐许韩冯邓曹彭曾萧田董潘袁蔡蒋余于杜叶程魏苏吕"
    "丁任卢姚沈钟姜崔谭陆汪范廖石金韦贾夏付方邹熊白孟秦邱侯江尹薛闫段雷龙黎史陶贺毛郝顾龚邵万单解仇区"
)
_GIVEN = (
    "伟芳娜敏静丽强磊军洋勇艳杰娟涛明超秀霞平刚桂文云志玲华建国海春燕波辉鹏飞玉梅红亮晨浩宇轩思远佳慧琳雪松林峰岩青山"
)
_PLACE = "东西南北上下大小新古清石白龙凤金银花溪桥岭塘源河湖港坪坑垄坞田湾渡口"
_TITLES = ("书记", "副书记", "区长", "副区长", "主任", "局长", "镇长", "党委委员", "村支书", "网格员")
_VERBS = ("调研", "督导", "走访", "检查", "考察")


class _Draw:
    def __init__(self, seed: int) -> None:
        self.random = random.Random(seed)
        self.used: set[str] = set()

    def name(self, make: str, pool: str, sizes: tuple[int, ...], tail: str = "") -> str:
        while True:
            size = self.random.choice(sizes)
            head = self.random.choice(make) if make else ""
            name = head + "".join(self.random.choice(pool) for _ in range(size)) + tail
            if name not in self.used:
                self.used.add(name)
                return name


def generate(n_facts: int, *, seed: int = 1) -> Knowledge:
    """Knowledge with at least `n_facts` facts (at most one event more), all with a sentence that names both ends."""
    draw = _Draw(seed)
    choose = draw.random
    places, parent = _places(draw, max(8, n_facts // 120))
    villages = [place for place in places if place.subtype == "village"]
    people = [
        Entity(
            content_id("person", number),
            Kind.PERSON,
            draw.name(_SURNAMES, _GIVEN, (1, 2)),
            anchor="330802",
            linked=False,
        )
        for number in range(max(12, n_facts // 6))
    ]
    roles = [
        Entity(
            content_id("role", place.id, title),
            Kind.ROLE,
            f"{place.name}{title}",
            title=title,
            org=place.id,
        )
        for place in places
        if place.subtype in ("county", "township")
        for title in _TITLES
    ]
    leaders = people[: max(6, len(people) // 120)]
    entities: list[Entity] = [*people, *places, *roles]
    by_id = {entity.id: entity for entity in entities}
    records: list[PageRecord] = []
    held: dict[str, Entity] = {person.id: choose.choice(roles) for person in people}
    first = datetime.date(2014, 1, 1)
    count = 0
    geography = [
        Fact(
            content_id("fact", place.id, parent[place.id]),
            Relation.PART_OF,
            place.id,
            parent[place.id],
            None,
            (),
            "gazetteer",
            "division",
            1.0,
        )
        for place in places
        if place.id in parent
    ]
    count += len(geography)
    number = 0
    while count < n_facts:
        day = first + datetime.timedelta(days=choose.randrange(3650))
        page = _PageWriter(f"{day:%Y/%m%d}/{number:06}.txt", day.isoformat(), 1 + number % 4)
        number += 1
        for _ in range(4):
            event, facts = _event(choose, page, by_id, people, leaders, villages, held, day.isoformat())
            entities.append(event)
            by_id[event.id] = event
            count += len(facts)
            if count >= n_facts:
                break
        records.append(page.record(geography if not records else []))
    order = {kind: at for at, kind in enumerate(Kind)}
    entities.sort(key=lambda entity: (order[entity.kind], entity.id))
    return Knowledge(tuple(entities), tuple(sorted(records, key=lambda record: record.page.id)))


def _places(draw: _Draw, size: int) -> tuple[list[Entity], dict[str, str]]:
    parent: dict[str, str] = {}

    def place(name: str, subtype: str, code: str, inside: Entity | None) -> Entity:
        entity = Entity(f"place-{code}", Kind.PLACE, name, subtype=subtype, code=code, linked=True)
        if inside is not None:
            parent[entity.id] = inside.id
        return entity

    city = place(draw.name("", _PLACE, (2,), "市"), "city", "990000", None)
    county = place(draw.name("", _PLACE, (2,), "区"), "county", "990100", city)
    places = [city, county]
    townships = [
        place(draw.name("", _PLACE, (2,), "镇"), "township", f"99010{at:03}"[:9].ljust(9, "0"), county)
        for at in range(1, max(3, size // 30) + 1)
    ]
    places += townships
    for at in range(size):
        inside = townships[at % len(townships)]
        places.append(place(draw.name("", _PLACE, (2, 3), "村"), "village", f"{990100000000 + at}", inside))
    return places, parent


class _PageWriter:
    """Gathers a page's sentences, mentions and facts."""

    def __init__(self, page_id: str, date: str, number: int) -> None:
        self.id = page_id
        self.date = date
        self.number = number
        self.text = ""
        self.mentions: list[Mention] = []
        self.links: list[Link] = []
        self.facts: list[Fact] = []

    def say(self, *pieces: str | Entity) -> Provenance:
        """Write a sentence; entities in it are mentioned."""
        start = len(self.text)
        for piece in pieces:
            if isinstance(piece, str):
                self.text += piece
                continue
            at = Span(len(self.text), len(self.text) + len(piece.name))
            self.text += piece.name
            mention = Mention(
                content_id("mention", self.id, at.start), self.id, "a1", at, piece.name, piece.kind, "made", 1.0
            )
            self.mentions.append(mention)
            self.links.append(Link(mention.id, piece.id, not piece.linked))
        provenance = Provenance(self.id, "a1", Span(start, len(self.text)))
        self.text += "\n"
        return provenance

    def fact(
        self,
        relation: Relation,
        subject: Entity,
        object: Entity,
        evidence: Provenance,
        score: float,
        **attributes: str | int,
    ) -> Fact:
        fact = Fact(
            content_id("fact", relation, subject.id, object.id, self.id, evidence.span.start),
            relation,
            subject.id,
            object.id,
            self.date,
            (evidence,),
            "text",
            "made",
            score,
            tuple(sorted(attributes.items())),
        )
        self.facts.append(fact)
        return fact

    def record(self, extra: list[Fact]) -> PageRecord:
        article = Article("a1", self.id, f"{self.date} 要闻", Span(0, len(self.text)), ())
        issue = Issue("试验日报", self.date, "试验省", None)
        url = f"https://example.invalid/{self.id}" if self.number == 1 else None
        page = Page(self.id, self.id, "0" * 64, self.text, issue, self.number, url)
        return PageRecord(page, (article,), tuple(self.mentions), tuple(self.links), (), (*extra, *self.facts))


def _event(
    choose: random.Random,
    page: _PageWriter,
    by_id: dict[str, Entity],
    people: list[Entity],
    leaders: list[Entity],
    villages: list[Entity],
    held: dict[str, Entity],
    date: str,
) -> tuple[Entity, list[Fact]]:
    verb = choose.choice(_VERBS)
    stops = choose.sample(villages, k=min(len(villages), choose.choice((1, 1, 1, 2, 3))))
    crowd = choose.choices(leaders, k=2) + choose.choices(people, k=choose.choice((0, 1, 1, 2, 6)))
    group = list({person.id: person for person in crowd}.values())
    event = Entity(
        content_id("event", page.id, len(page.text)),
        Kind.EVENT,
        f"{group[0].name}{verb}{stops[0].name}",
        subtype=choose.choice(EVENT_SUBTYPES),
        date=date,
        precision="day",
    )
    names = list(_parted(group, "、"))
    told = page.say(
        "区领导",
        *names,
        f"一行于{date}到",
        *_parted(stops, "、"),
        f"{verb}，了解{_words(choose)}和{_words(choose)}情况。",
    )
    before = len(page.facts)
    for order, person in enumerate(group, 1):
        part = "lead" if order == 1 else "accompany"
        score = choose.randrange(40, 100) / 100
        page.fact(Relation.PARTICIPATED_IN, person, event, told, score, part=part, order=order)
        for stop in stops:
            page.fact(Relation.VISITED, person, stop, told, score, event=event.id)
    for stop in stops:
        page.fact(Relation.TOOK_PLACE_AT, event, stop, told, 0.9)
    speaker = group[0]
    role = held[speaker.id]
    page.fact(
        Relation.HOLDS_ROLE,
        speaker,
        role,
        page.say(role, speaker, f"在现场说，要{_words(choose)}，{_words(choose)}。"),
        0.95,
    )
    return event, page.facts[before:]


def _words(choose: random.Random) -> str:
    """A run of characters that compresses about as badly as prose: drawn from 2,000 common code points."""
    return "".join(chr(0x4E00 + int(2000 * choose.random() ** 2) * 3) for _ in range(choose.randrange(5, 25)))


def _parted(entities: list[Entity], sign: str) -> Iterator[str | Entity]:
    for at, entity in enumerate(entities):
        if at:
            yield sign
        yield entity
