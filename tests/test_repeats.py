"""What is told twice happened once: second reports and reprints; and what only looks so stays two."""

from __future__ import annotations

import random
from dataclasses import replace

import pytest

from kg.decisions import Decisions
from kg.knowledge import Knowledge
from kg.model import (
    Article,
    Byline,
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
)
from kg.resolve import resolve, resolve_entities, see
from kg.resolve.prints import Told, shared_words, sketch, told_sort, word_bits
from kg.resolve.repeats import find_reprints, is_same
from kg.resolve.sightings import SeenArticle, SeenEvent
from kg.review import DoubtKind, find_doubts

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


FORM = (
    "{day}，{county}召开防火动员大会。县长{chair}到会讲话，副县长{second}、武装部长{third}在主席台就座，{fourth}宣读了命令。"
    "会议要求，各乡镇要把{n}名护林员、{m}处卡口逐一落实到人，祭扫高峰的{k}天里领导带班、专人值守，见烟就查、见火就罚。"
    "会后，与会人员到{village}观看了扑火演练，风力灭火机、水泵和无人机轮番上阵，整个过程用时{t}分钟。"
)  # fmt: skip
FILLED = {
    "day": "3月18日", "county": "甲县", "chair": "沈一舟", "second": "鲁望山", "third": "秦听雨", "fourth": "柏知秋",
    "n": "386", "m": "57", "k": "21", "village": "石门坎村", "t": "43",
}  # fmt: skip
OTHERS = {"chair": "孟春晖", "second": "邬立夏", "third": "简白露", "fourth": "时大雪"}


def article_of(page: str, date: str, text: str, names: dict[str, str]) -> SeenArticle:
    """An article as it is seen where its names were read."""
    told = [(Told.PERSON, names[key]) for key in ("chair", "second", "third", "fourth") if names[key] in text]
    told += [(Told.PLACE, names["village"])] * (names["village"] in text)
    return SeenArticle(page, "article", date, sketch(text, told), ())


def misread(text: str, one_in: int) -> str:
    return "".join("口" if at % one_in == one_in - 1 else char for at, char in enumerate(text))


@pytest.mark.parametrize(
    "again",
    [
        pytest.param(FORM.format(**FILLED), id="as it was"),
        pytest.param(misread(FORM.format(**FILLED), 60), id="misread"),
        pytest.param(FORM.format(**FILLED)[:110], id="cut short"),
        pytest.param(f"老报纸里的这一天\n十年前的甲县怎样防火\n{FORM.format(**FILLED)}", id="new headline"),
        pytest.param(f"{FORM.format(**FILLED)}\n（原载2011年3月20日本报）", id="with its source"),
        pytest.param("\n".join(FORM.format(**FILLED).translate(str.maketrans("0123456789", "０１２３４５６７８９"))), id="set anew"),
        pytest.param(FORM.format(**FILLED) + OTHER, id="run into the next article"),
    ],
)  # fmt: skip
def test_a_reprint_is_known_though_it_is_damaged(again: str) -> None:
    first = article_of("1", "2011-03-20", FORM.format(**FILLED), FILLED)
    later = article_of("2", "2021-03-20", again, FILLED)
    assert find_reprints([later, first]) == {("2", "article"): ("1", "article")}
    assert not find_reprints([replace(later, page="1", id="other"), first])  # of one page: said twice there


@pytest.mark.parametrize(
    "anew",
    [
        pytest.param(
            OTHERS | {"day": "3月16日", "n": "402", "m": "61", "village": "白水洋村", "t": "38"}, id="all else"
        ),
        pytest.param(OTHERS, id="other people"),
        pytest.param({"chair": "孟春晖", "second": "邬立夏", "third": "简白露"}, id="other people but one"),
        pytest.param({"day": "3月16日"}, id="another day"),
        pytest.param({"n": "402", "m": "61", "k": "24", "t": "38"}, id="other numbers"),
    ],
)
def test_the_form_of_last_year_filled_in_anew_is_no_reprint(anew: dict[str, str]) -> None:
    names = FILLED | anew
    first = article_of("1", "2011-03-20", FORM.format(**FILLED), FILLED)
    later = article_of("2", "2012-03-18", FORM.format(**names), names)
    assert len(set(first.sketch) & set(later.sketch)) >= 2  # the wording alone would say so
    assert not find_reprints([later, first])


def test_who_is_credited_does_not_count_among_the_people() -> None:
    text = FORM.format(**FILLED) + "（记者 钟灵秀）"
    at = text.index("钟灵秀")
    credit, chair = Span(at, at + 3), Span(text.index("沈一舟"), text.index("沈一舟") + 3)
    page = record("1", "2011-03-20", text)
    article = replace(page.articles[0], bylines=(Byline("钟灵秀", "记者", credit),))
    mentions = tuple(
        Mention(f"m{span.start}", "1", article.id, span, text[span.start : span.end], Kind.PERSON, "r", 1.0)
        for span in (chair, credit)
    )
    [seen] = see(replace(page, articles=(article,), mentions=mentions)).articles
    people = [mark for mark in seen.sketch if mark < 0 and told_sort(mark) is Told.PERSON]
    assert people == [
        mark for mark in sketch(text, [(Told.PERSON, "沈一舟")]) if mark < 0 and told_sort(mark) is Told.PERSON
    ]


def test_two_that_name_next_to_nothing_must_be_alike_throughout() -> None:
    plain = (
        OTHER
        + "散场以后，清洁工把看台扫了一遍，捡到一只小手套，挂在门口等人来认。天快黑的时候，一个穿红棉袄的女孩跑回来，"
        "踮着脚把它取下，又从口袋里掏出一块糖，塞进清洁工手里，转身就不见了。"
    )
    first, again = (SeenArticle(page, "article", f"202{page}-01-01", sketch(plain), ()) for page in "12")
    assert find_reprints([first, again])
    half = replace(
        again,
        sketch=sketch(
            plain[: len(plain) // 2]
            + "河边的老柳树今年发芽比往年都早，放学的孩子们折了枝条编成帽子戴在头上，一路唱着歌回家，" * 3
        ),
    )
    assert not find_reprints([first, half])


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


@pytest.mark.parametrize(("post", "asked"), [(True, True), (False, False)])
def test_a_misread_name_of_two_characters_is_proposed_and_not_joined(post: bool, asked: bool) -> None:
    pages = []
    for number, name in enumerate(("潘祜", "潘估"), 1):
        page = record(str(number), f"2021-03-0{number}", f"县长{name}到东村调研。", people=(name,), post=post,
                      day=f"2021-03-0{number}")  # fmt: skip
        mention = Mention(f"m{number}", str(number), None, Span(2, 4), name, Kind.PERSON, "r", 1.0)
        pages.append(replace(page, mentions=(mention,), links=(Link(mention.id, "p1", True),)))
    knowledge = resolve(pages)
    assert sum(entity.kind is Kind.PERSON for entity in knowledge.entities) == 2
    merges = [doubt for doubt in find_doubts(knowledge, Decisions()) if doubt.kind is DoubtKind.MERGE]
    assert len(merges) == asked
    assert all("one_character" in dict(doubt.why) for doubt in merges)
