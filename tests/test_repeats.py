"""What is told twice happened once: second reports and reprints; and what only looks so stays two."""

from __future__ import annotations

import random
from dataclasses import replace

import pytest

from kg.knowledge import Knowledge
from kg.model import Article, Entity, Fact, Issue, Kind, Page, PageRecord, Provenance, Relation, Span
from kg.resolve import resolve, resolve_entities, see
from kg.resolve.prints import shared_words, sketch, word_bits
from kg.resolve.repeats import find_reprints, is_same
from kg.resolve.sightings import SeenEvent

TEXT = (
    "县长甲一明到东村调研春耕备耕工作，副县长乙二光、丙三水陪同。在东村晒谷场，甲一明同种粮户算了一笔账，"
    "今年早稻订单比去年多出三成，合作社的烘干机却只有两台。他请农业农村局十天之内拿出办法，并把结果贴在村口。"
    "随后一行人沿渠道走到水库，看了新换的闸门，听管理员讲夜里怎样放水。"
)
OTHER = (
    "昨天上午，全县小学生在体育场比了三个项目，跳绳、拔河和接力。天气晴好，看台上坐满了家长。"
    "最后一棒交接时有人摔倒，爬起来又跑，全场都站起来为她鼓掌。校长说，名次写在纸上，这一跤写在心里。"
)  # fmt: skip


def record(page_id: str, date: str, text: str = TEXT, **more: object) -> PageRecord:
    """A page with one article that tells of a tour (or of `type`), by two people at a place."""
    options = {"type": "inspection", "day": "2021-03-02", "people": ("甲一明", "乙二光"), "place": "东村", "post": True}
    options |= more
    page = Page(page_id, f"/x/{page_id}", page_id, text, Issue("甲报", date, region_code="330824"))
    article = Article(f"article-{page_id}", page_id, "标题", Span(0, len(text)), ())
    end = text.index("。") + 1
    said = (Provenance(page_id, article.id, Span(0, end)),)
    day = options["day"]
    event = Entity("event-1", Kind.EVENT, "调研", str(options["type"]), date=str(day), status=options.get("status"))  # type: ignore[arg-type]
    place = Entity("place-1", Kind.PLACE, str(options["place"]), anchor="330824")
    entities = [event, place]
    facts = [Fact(f"{page_id}-at", Relation.TOOK_PLACE_AT, "event-1", "place-1", str(day), said, "text", "r", 0.5)]
    for number, name in enumerate(options["people"], 1):  # type: ignore[arg-type, var-annotated]
        entities.append(Entity(f"p{number}", Kind.PERSON, name, anchor="330824"))
        facts += [
            Fact(f"{page_id}-in{number}", Relation.PARTICIPATED_IN, f"p{number}", "event-1", str(day), said, "text", "r", 0.5),
            Fact(f"{page_id}-v{number}", Relation.VISITED, f"p{number}", "place-1", str(day), said, "text", "r", 0.5,
                 (("event", "event-1"),)),
        ]  # fmt: skip
    if options["post"]:
        entities += [
            Entity("org-1", Kind.ORG, "甲县政府", anchor="330824"),
            Entity("role-1", Kind.ROLE, "甲县长", title="县长", org="org-1", track="government", rank="1"),
        ]
        facts.append(Fact(f"{page_id}-post", Relation.HOLDS_ROLE, "p1", "role-1", None, said, "text", "r", 0.9))
    return PageRecord(page, (article,), (), (), tuple(entities), tuple(facts))


def events(knowledge: Knowledge) -> int:
    return sum(entity.kind is Kind.EVENT for entity in knowledge.entities)


def told(knowledge: Knowledge, relation: Relation) -> list[list[str]]:
    return [[where.page for where in fact.evidence] for fact in knowledge.facts if fact.relation is relation]


SHORT = "县长甲一明到东村调研春耕备耕工作，副县长乙二光陪同。"


def test_two_reports_are_one_event_with_two_evidences() -> None:
    knowledge = resolve([record("2", "2021-03-04", SHORT, post=False), record("1", "2021-03-03")])
    assert events(knowledge) == 1
    assert told(knowledge, Relation.VISITED) == [["1", "2"], ["1", "2"]]
    assert told(knowledge, Relation.TOOK_PLACE_AT) == [["1", "2"]]
    [first, second] = knowledge.records
    assert first.facts and not second.facts  # told where it was printed first


@pytest.mark.parametrize(
    ("more", "same"),
    [
        pytest.param({}, True, id="the same"),
        pytest.param({"people": ("甲一明", "乙二光", "丁四海")}, True, id="one more name"),
        pytest.param({"day": "2021-03-05"}, False, id="another day"),
        pytest.param({"type": "meeting"}, False, id="another type"),
        pytest.param({"place": "西村"}, False, id="another place"),
        pytest.param({"people": ("丁四海", "戊五岳")}, False, id="other people"),
        pytest.param({"people": ("甲一明", "丁四海", "戊五岳")}, False, id="one in common"),
        pytest.param({"status": "planned"}, False, id="announced only"),
        pytest.param({"people": ()}, False, id="nobody named"),
    ],
)
def test_what_makes_two_reports_one(more: dict[str, object], same: bool) -> None:
    pages = [record("1", "2021-03-03", post=False), record("2", "2021-03-04", SHORT, post=False, **more)]
    assert (events(resolve(pages)) == 1) is same
    assert (events(resolve(pages[::-1])) == 1) is same


def test_two_meetings_of_the_same_people_on_one_day_are_two() -> None:
    first = "县长甲一明主持召开全县安全生产工作会议，副县长乙二光作具体部署。"
    second = "县长甲一明在教师座谈会上倾听一线校长的心声，副县长乙二光参加。"
    pages = [
        record("1", "2021-03-03", first, type="meeting", place="东村", post=False),
        record("2", "2021-03-03", second, type="meeting", place="东村", post=False),
    ]
    assert events(resolve(pages)) == 2
    pages[1] = record("2", "2021-03-03", first, type="meeting", place="东村", post=False)
    assert events(resolve(pages)) == 1


def test_a_reprint_counts_once_and_does_not_lengthen_a_tenure() -> None:
    again = "重温旧闻\n" + TEXT.replace("，", " ，").replace("三成", "二成")
    pages = [record("1", "2021-03-03"), record("2", "2023-06-01", again, day="2023-03-02")]
    knowledge = resolve(pages)
    assert events(knowledge) == 1
    assert told(knowledge, Relation.HOLDS_ROLE) == [["1", "2"]]
    assert told(knowledge, Relation.VISITED) == [["1", "2"], ["1", "2"]]
    assert {fact.date for fact in knowledge.facts if fact.relation is Relation.VISITED} == {"2021-03-02"}


def test_an_article_of_its_own_is_no_reprint() -> None:
    pages = [record("1", "2021-03-03"), record("2", "2023-06-01", OTHER, day="2023-06-01")]
    assert not resolve_entities(map(see, pages)).reprints
    assert told(resolve(pages), Relation.HOLDS_ROLE) == [["1"], ["2"]]


def test_a_phrase_that_everybody_prints_makes_no_reprint() -> None:
    pages = [record(f"{number:03}", f"2021-03-{number % 28 + 1:02}") for number in range(60)]
    assert not find_reprints([article for page in pages for article in see(page).articles])


def test_nothing_is_lost_and_ids_are_unique() -> None:
    pages = [
        record("1", "2021-03-03"),
        record("2", "2021-03-04", SHORT),
        record("3", "2023-06-01", TEXT, day="2023-03-02"),
    ]
    knowledge = resolve(pages)
    ids = [fact.id for fact in knowledge.facts]
    assert len(ids) == len(set(ids))
    kept = {where for fact in knowledge.facts for where in fact.evidence}
    assert kept == {where for page in pages for fact in page.facts for where in fact.evidence}


def test_the_order_of_pages_is_of_no_account() -> None:
    pages = [
        record(str(n), f"2021-03-0{n}", SHORT if n % 2 else TEXT, day=f"2021-03-0{1 + n // 3}") for n in range(1, 8)
    ]
    expected = resolve(pages)
    assert 1 < events(expected) < len(pages)
    for seed in range(6):
        assert resolve(random.Random(seed).sample(pages, len(pages))) == expected


def test_texts_are_known_by_their_marks() -> None:
    assert sketch(TEXT) == sketch("\n".join(TEXT)) != ()
    assert sketch("太短的一句话。") == ()
    assert len(set(sketch(TEXT)) & set(sketch(TEXT + OTHER))) >= len(sketch(TEXT)) - 1
    assert not set(sketch(TEXT)) & set(sketch(OTHER))
    assert (
        shared_words(word_bits(SHORT), word_bits(TEXT)) > 0.8 > 0.3 > shared_words(word_bits(SHORT), word_bits(OTHER))
    )
    assert shared_words(0, word_bits(TEXT)) == 0.0


def test_same_events_need_more_than_a_day() -> None:
    one = SeenEvent(
        "1", "e", "会议", "meeting", "2021-03-02", None, "330824", False, None, frozenset(), frozenset(), 7, ()
    )
    assert not is_same(one, replace(one, page="2"))
    named = replace(one, people=frozenset(("甲一明",)))
    assert is_same(named, replace(named, page="2"))
