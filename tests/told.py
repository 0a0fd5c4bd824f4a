"""What the reader makes of a few sentences: posts, events and visits in plain names, for the tests of the fact layer.

One `Extractor` serves the whole session. The sentences are made up: the places are real, the people and happenings not.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from kg.articles import split_articles
from kg.events.outline import Outline, outline_sentences
from kg.extraction import Extractor
from kg.link import Linked
from kg.mentions import find_mentions
from kg.model import Entity, Fact, Issue, Kind, Page, PageRecord, Relation
from kg.sheet import Sheet, lay_out

Post = tuple[str, str, str | None]  # person, title, organisation or region
Event = tuple[str, str | None, frozenset[str], frozenset[tuple[str, str]]]  # type, date, places, (name, part)
Visit = tuple[str, str, str | None]  # person, place, date


@dataclass(frozen=True, slots=True)
class Paper:
    """The home region and date of the issue that a case stands in."""

    region: str
    date: str


ANHUI = Paper("安徽省六安市金寨县", "2019-05-16")
HUNAN = Paper("湖南省怀化市溆浦县", "2018-03-09")
GANSU = Paper("甘肃省定西市陇西县", "2020-11-03")
SICHUAN = Paper("四川省南充市蓬安县", "2022-01-19")
SHANXI = Paper("山西省吕梁市临县", "2017-10-20")
HUBEI = Paper("湖北省恩施土家族苗族自治州宣恩县", "2019-03-12")
GUIZHOU = Paper("贵州省黔东南苗族侗族自治州榕江县", "2023-06-30")
SHANDONG = Paper("山东省临沂市沂水县", "2016-09-12")
FUJIAN = Paper("福建省三明市宁化县", "2023-08-08")
MONGOLIA = Paper("内蒙古自治区赤峰市敖汉旗", "2021-09-10")
YUNNAN = Paper("云南省大理白族自治州剑川县", "2017-06-02")
JIANGSU = Paper("江苏省盐城市滨海县", "2018-05-11")
ZHEJIANG = Paper("浙江省丽水市松阳县", "2020-03-04")
GUANGXI = Paper("广西壮族自治区柳州市融水苗族自治县", "2020-04-22")
CHONGQING = Paper("重庆市酉阳土家族苗族自治县", "2020-06-18")
JILIN = Paper("吉林省白城市镇赉县", "2012-08-20")
HEBEI = Paper("河北省保定市易县", "2013-05-21")
QINGHAI = Paper("青海省海东市互助土族自治县", "2016-05-03")
XINJIANG = Paper("新疆维吾尔自治区喀什地区莎车县", "2022-04-01")
HENAN = Paper("河南省南阳市桐柏县", "2016-07-20")


@dataclass(frozen=True, slots=True)
class Told:
    """What was read, in names. Sets, because the order of facts is no promise of the reader."""

    posts: frozenset[Post]
    events: tuple[Event, ...]
    visits: frozenset[Visit]
    record: PageRecord

    def entities(self) -> dict[str, Entity]:
        """Entities of the page by id."""
        return {entity.id: entity for entity in self.record.entities}

    def facts(self, relation: Relation) -> list[Fact]:
        """Facts of one relation, in the record's order."""
        return [fact for fact in self.record.facts if fact.relation is relation]

    def text_of(self, fact: Fact) -> list[str]:
        """The sentences that a fact points at."""
        return [self.record.page.text[where.span.start : where.span.end] for where in fact.evidence]


@lru_cache(maxsize=1)
def extractor() -> Extractor:
    """The session's extractor."""
    return Extractor()


def page_of(text: str, paper: Paper) -> Page:
    """A page of indented paragraphs; a line that begins with `#` is a headline."""
    lines = [line[1:] if line.startswith("#") else f"　　{line}" for line in text.strip().splitlines()]
    body = "\n".join(lines)
    digest = hashlib.sha256(body.encode()).hexdigest()
    return Page("page.txt", "page.txt", digest, body, Issue(region=paper.region, date=paper.date))


def tell(text: str, paper: Paper) -> Told:
    """Read `text` as a page of `paper`."""
    record = extractor().read(page_of(text, paper))
    entities = {entity.id: entity for entity in record.entities}

    def name(entity_id: str | None) -> str | None:
        # a role may point at a region that the page has no entity of: shown as it is, so that a test sees it
        return None if entity_id is None else entities[entity_id].name if entity_id in entities else f"?{entity_id}"

    def facts(relation: Relation) -> list[Fact]:
        return [fact for fact in record.facts if fact.relation is relation]

    posts = frozenset(
        (name(fact.subject) or "", entities[fact.object].title or "", name(entities[fact.object].org))
        for fact in facts(Relation.HOLDS_ROLE)
    )
    events = tuple(
        (
            event.subtype or "",
            event.date,
            frozenset(name(f.object) or "" for f in facts(Relation.TOOK_PLACE_AT) if f.subject == event.id),
            frozenset(
                (name(f.subject) or "", str(dict(f.attributes)["part"]))
                for f in facts(Relation.PARTICIPATED_IN)
                if f.object == event.id
            ),
        )
        for event in record.entities
        if event.kind is Kind.EVENT and event.status is None
    )
    visits = frozenset(
        (name(fact.subject) or "", name(fact.object) or "", fact.date) for fact in facts(Relation.VISITED)
    )
    return Told(posts, events, visits, record)


def event(type_: str, date: str | None, places: str, parts: str) -> Event:
    """An event from blank-parted names; participants as `name:part`."""
    names = frozenset((name, part) for name, _, part in (word.partition(":") for word in parts.split()))
    return type_, date, frozenset(places.split()), names


def events_of(rows: Iterable[str]) -> set[Event]:
    """Events from rows `type date | places | name:part …`; the date `-` is none."""
    result = set()
    for row in rows:
        head, places, parts = (cell.strip() for cell in row.split("|"))
        type_, date = head.split()
        result.add(event(type_, None if date == "-" else date, places, parts))
    return result


def visits_of(text: str) -> set[Visit]:
    """Visits from `person place date`, parted by `;`; the date `-` is none."""
    went = (visit.split() for visit in text.split(";") if visit.strip())
    return {(person, place, None if date == "-" else date) for person, place, date in went}


def outlines_of(text: str, paper: Paper) -> list[Outline]:
    """The outlines of all sentences of `text`."""
    sheet, linked = _laid_out(text, paper)
    return outline_sentences(sheet, linked, 0, len(sheet.text))


def _laid_out(text: str, paper: Paper) -> tuple[Sheet, Linked]:
    reader = extractor()
    page = page_of(text, paper)
    articles = split_articles(page)
    sheet = lay_out(page, articles, ontology=reader.ontology, tagger=reader.tagger)
    home = reader.home(page)
    return sheet, reader.linker.link(sheet, find_mentions(sheet, home, nlp=reader.nlp), home)
