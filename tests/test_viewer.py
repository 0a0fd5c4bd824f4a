"""The explorer in a real browser: the 21 behaviours of its issue, each on a graph whose answers are known.

The browser and the graphs come from `browsing`. axe, which looks for barriers, comes with the development packages.
"""

from __future__ import annotations

import json
import random
import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from urllib.parse import parse_qs

import axe_playwright_python
import pytest
from browsing import Opened, click_at, nodes, together, totals, type_in_search
from graph_generator import generate
from playwright.sync_api import Browser, BrowserContext, Page, expect
from viewer_sample import HOSTILE, Sample, county

from kg.errors import InputError
from kg.knowledge import Knowledge
from kg.model import Entity, Fact, Kind, Relation, Span
from kg.viewer import embed_html, view_data, view_html, write_view
from kg.viewer.data import merged_facts, printable, readable
from kg.viewer.labels import shown_names
from kg.viewer.names import romanise
from kg.viewer.page import SCRIPTS, application_script

pytest_plugins = ["browsing"]

ROOT = Path(__file__).parent.parent
VIEWER = ROOT / "kg" / "viewer"
AXE = Path(axe_playwright_python.__file__).parent / "axe.min.js"


# The main behaviours on every graph: generated, large, and read from the seed pages


@pytest.mark.parametrize("name", ["crowd", "seeds", "large"])
def test_a_reader_finds_who_went_where_and_the_sentence(
    explore: Callable[..., Page], context: BrowserContext, graphs: dict[str, Knowledge], name: str
) -> None:
    page = explore(name)
    total = len(merged_facts(graphs[name].facts))
    assert totals(page) == (total, 0, total)
    page.locator(".ways a").first.click()
    assert 8 <= len(nodes(page)) <= 150
    dates = page.eval_on_selector_all('[data-name="itinerary"] time', "times => times.map(time => time.dateTime)")
    assert len(dates) >= 5 and dates == sorted(dates)

    middle = dates[len(dates) // 2]
    page.click("#open-filters")
    page.fill("#date-from", middle)
    page.press("#date-from", "Enter")
    page.uncheck("#undated")
    shown = page.eval_on_selector_all("#tab-panel time", "times => times.map(time => time.dateTime)")
    assert shown and all(date >= middle for date in shown)
    kept_now, hidden, everything = totals(page)
    assert kept_now + hidden == everything == total and hidden > 0
    other = context.new_page()
    other.goto(page.url)
    other.wait_for_selector('body[data-ready="1"]')
    assert nodes(other) == nodes(page) and totals(other) == totals(page)

    page.click("#clear-filters")
    page.locator(".facts-known button").click()
    marks = page.eval_on_selector_all("#sheet mark", "all => all.map(one => [one.textContent, one.dataset.row])")
    names = {
        entity.id: {"".join(name.split()) for name in (entity.name, *entity.aliases)}
        for entity in graphs[name].entities
    }
    assert marks and all("".join(text.split()) in names[row] for text, row in marks)


@pytest.mark.parametrize(("typed", "found"), [("zsf", "朱素芳"), ("朱素芳", "朱素芳"), ("kcq", "柯城区")])
def test_search_on_the_seed_pages(explore: Callable[..., Page], typed: str, found: str) -> None:
    page = explore("seeds")
    type_in_search(page, typed)
    assert page.locator("#found .found-name").first.inner_text() == found


# 1, 21: the file


@pytest.mark.parametrize("name", ["county", "crowd", "seeds", "large"])
def test_asks_nothing_of_a_network_and_logs_nothing(explore: Callable[..., Page], name: str) -> None:
    page = explore(name)
    policy = page.get_attribute('meta[http-equiv="Content-Security-Policy"]', "content") or ""
    assert policy.startswith("default-src 'none'")
    assert "unsafe" not in policy and "http" not in policy
    page.locator(".ways a").first.click()
    page.locator("#panel .count, #panel .cite").first.click()
    assert page.locator("#sheet").is_visible()


def test_two_builds_are_byte_equal_whatever_the_order() -> None:
    knowledge = generate(600, seed=3)
    shuffled = list(knowledge.facts)
    random.Random(1).shuffle(shuffled)
    columns = view_data(knowledge.entities, knowledge.facts, knowledge.articles, knowledge.pages)
    again = view_data(reversed(knowledge.entities), shuffled, knowledge.articles[::-1], knowledge.pages[::-1])
    assert json.dumps(columns) == json.dumps(again)
    assert view_html(knowledge) == view_html(knowledge)


# 2: size


def test_a_hub_of_a_large_graph_draws_at_most_150_nodes(explore: Callable[..., Page]) -> None:
    page = explore("large")
    page.locator(".ways a").first.click()
    assert 20 <= len(nodes(page)) <= 150
    for _ in range(6):
        page.focus("#canvas")
        page.keyboard.press("Enter")
        page.keyboard.press("ArrowRight")
    assert 100 <= len(nodes(page)) <= 150
    for _ in range(6):
        page.keyboard.press("ArrowLeft")
        page.keyboard.press("Enter")
    assert len(nodes(page)) <= 150


# 3, 4: search


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("朱素芳", "person-zhu"),
        ("zsf", "person-zhu"),
        ("zhusufang", "person-zhu"),
        ("朱书记", "person-zhu"),
        ("zqh", "person-zeng"),
        ("zengqing", "person-zeng"),
        ("sxf", "person-shan"),
        ("shan", "person-shan"),
        ("网格员", "role-warden"),
        ("白石", "place-town"),
        ("bsz", "place-town"),
        ("李明 西溪村", "person-li-2"),
    ],
)
def test_search_finds(explore: Callable[..., Page], typed: str, first: str) -> None:
    found = type_in_search(explore("county"), typed)
    if typed == "李明 西溪村":
        assert first in found
    else:
        assert found[0] == first


@pytest.mark.parametrize("typed", ["cqh", "dxf", "zzzz", "王", "z s f q"])
def test_search_does_not_find(explore: Callable[..., Page], typed: str) -> None:
    assert type_in_search(explore("county"), typed) == []


def test_search_tells_namesakes_apart(explore: Callable[..., Page]) -> None:
    page = explore("county")
    assert set(type_in_search(page, "李明")) == {"person-li-1", "person-li-2"}
    lines = page.locator("#found [data-row]").all_inner_texts()
    assert len(set(lines)) == 2
    assert all(re.search(r"村|厂", line) for line in lines)


def test_search_by_post_finds_its_holder(explore: Callable[..., Page]) -> None:
    assert "person-shan" in type_in_search(explore("county"), "网格员")


def test_enter_goes_to_the_first_found_but_not_while_composing(explore: Callable[..., Page]) -> None:
    page = explore("county")
    type_in_search(page, "zsf")
    page.evaluate(
        "document.getElementById('search').dispatchEvent("
        "new KeyboardEvent('keydown', {key: 'Enter', isComposing: true, bubbles: true}))"
    )
    assert page.locator(".panel-head").count() == 0
    page.keyboard.press("Enter")
    assert page.inner_text("#panel-title") == "朱素芳"


@pytest.mark.parametrize(
    ("name", "person", "sounds"),
    [
        ("曾庆红", True, "zeng qing hong"),
        ("单小飞", True, "shan xiao fei"),
        ("解英", True, "xie ying"),
        ("仇和", True, "qiu he"),
        ("区新", True, "ou xin"),
        ("尉迟恭", True, "yu chi gong"),
        ("单位", False, "dan wei"),
        ("曾经", False, "ceng jing"),
        ("解", True, "jie"),
        ("李Lee", True, "li lee"),
        ("", True, ""),
    ],
)
def test_romanise(name: str, person: bool, sounds: str) -> None:
    assert romanise(name, person=person) == sounds


# 5, 6: the graph


def test_focus_draws_neighbours_with_parallel_facts_as_one_edge(explore: Callable[..., Page]) -> None:
    page = explore("county", "#f=person-zhu&lang=zh")
    drawn = nodes(page)
    assert drawn[0] == "person-zhu"
    assert set(drawn) >= {"place-east", "place-west", "org-works", "event-tour", "role-secretary"}
    ends = {frozenset((fact.subject, fact.object)) for fact in merged_facts(county().facts)}
    assert int(page.get_attribute("#canvas", "data-edges") or 0) == sum(pair <= set(drawn) for pair in ends)


def test_double_click_adds_1_to_41_nodes(explore: Callable[..., Page]) -> None:
    page = explore("crowd")
    page.locator(".ways a").first.click()
    before = nodes(page)
    click_at(page, before[3], double=True)
    assert 1 <= len(nodes(page)) - len(before) <= 41
    assert nodes(page)[: len(before)] == before


def test_more_opens_a_filtered_list_and_adds_exactly_the_one_chosen(explore: Callable[..., Page]) -> None:
    page = explore("crowd")
    page.locator(".ways a").first.click()
    before = nodes(page)
    page.click("#more")
    offered = page.locator("#sheet [data-add]")
    assert offered.count() == 25
    rows = int(re.sub(r"\D", "", page.inner_text("#sheet .subtitle")))
    assert rows > 25
    page.fill("#sheet .list-filter", page.locator("#sheet .neighbour .ref").nth(7).inner_text())
    assert 1 <= offered.count() < 25
    chosen = offered.first.get_attribute("data-add")
    offered.first.click()
    assert nodes(page) == [*before, chosen]


def test_badge_of_a_node_opens_the_list(explore: Callable[..., Page]) -> None:
    page = explore("crowd")
    page.locator(".ways a").first.click()
    at = page.evaluate("explorer.boxes()")[nodes(page)[0]]
    page.mouse.click(at["x"] + at["radius"] * 0.75 + 12, at["y"] - at["radius"] * 0.95 - 5)
    assert page.locator("#sheet [data-add]").count() == 25


# 7, 8: filters


def test_a_date_range_filters_panel_and_graph(explore: Callable[..., Page]) -> None:
    page = explore("crowd")
    page.locator(".ways a").first.click()
    page.click("#open-filters")
    assert page.locator("#filters rect.told").count() > 10
    before = nodes(page)
    page.fill("#date-from", "2016-03")
    page.press("#date-from", "Enter")
    page.fill("#date-to", "2018-06-15")
    page.press("#date-to", "Enter")
    page.uncheck("#undated")
    assert nodes(page) != before
    dates = page.eval_on_selector_all("#tab-panel time", "times => times.map(time => time.dateTime)")
    assert dates
    assert all("2016-03-01" <= date <= "2018-06-15" for date in dates)
    shown, hidden, total = totals(page)
    assert shown + hidden == total and 0 < shown < total


def test_a_click_in_the_histogram_chooses_a_month(explore: Callable[..., Page]) -> None:
    page = explore("county", "#f=person-zhu&lang=zh")
    page.click("#open-filters")
    box = page.locator("#filters svg.pickable").bounding_box()
    bar = page.locator("#filters rect.told").first.bounding_box()
    assert box is not None and bar is not None
    page.mouse.click(bar["x"] + bar["width"] / 2, box["y"] + 5)
    assert page.input_value("#date-from") == page.input_value("#date-to") == "2021-01"


@pytest.mark.parametrize("typed", ["gestern", "2021-1x", "20", "2021-01-01-01"])
def test_what_is_no_date_filters_nothing(explore: Callable[..., Page], typed: str) -> None:
    page = explore("county", "#f=person-zhu&lang=zh")
    page.click("#open-filters")
    page.fill("#date-from", typed)
    page.press("#date-from", "Enter")
    assert page.get_attribute("#date-from", "aria-invalid") == "true"
    assert totals(page)[1] == 0


def kept(test: Callable[[Fact], bool]) -> int:
    return sum(1 for fact in merged_facts(county().facts) if test(fact))


@pytest.mark.parametrize(
    ("hash", "test"),
    [
        ("k=EVENT", lambda fact: not {fact.subject, fact.object} & {"event-tour", "event-visit", "event-meeting"}),
        ("r=VISITED~PART_OF", lambda fact: fact.relation not in (Relation.VISITED, Relation.PART_OF)),
        ("s=70", lambda fact: fact.score >= 0.7),
        ("u=0", lambda fact: fact.date is not None),
        (
            "t=inspection",
            lambda fact: (
                not {fact.subject, fact.object, *(str(value) for _, value in fact.attributes)}
                & {"event-tour", "event-visit"}
            ),
        ),
        (
            "role=网格员",
            lambda fact: not fact.subject.startswith("person-") or fact.subject == "person-shan",
        ),
    ],
    ids=["kinds", "relations", "score", "undated", "event-types", "roles"],
)
def test_filters_say_how_much_they_hide(explore: Callable[..., Page], hash: str, test: Callable[[Fact], bool]) -> None:
    page = explore("county", f"#f=place-town&lang=zh&{hash}")
    total = len(merged_facts(county().facts))
    assert totals(page) == (kept(test), total - kept(test), total)
    assert str(total - kept(test)) in page.inner_text("#total-line")


def test_clearing_filters_shows_everything(explore: Callable[..., Page]) -> None:
    page = explore("county", "#f=person-zhu&lang=zh&k=EVENT&from=20210101&to=20210131")
    page.locator("#totals button").click()
    assert totals(page)[1] == 0


# 9, 10: evidence


def test_evidence_marks_the_names_and_says_where_it_stands(explore: Callable[..., Page]) -> None:
    page = explore("county", "#f=person-zhu&e=person-zhu~place-east&lang=zh")
    card = page.locator("#sheet .fact").first
    assert "1月18日，区委书记朱素芳到白石镇东溪村" in card.locator("blockquote").inner_text()
    assert card.locator("mark.told").all_inner_texts()[:2] == ["朱素芳", "东溪村"]
    assert set(card.locator("mark").all_inner_texts()) == {
        "朱素芳",
        "白石镇",
        "东溪村",
        "西溪村",
        "白石水泥厂",
        "曾庆红",
        "李明",
    }
    cited = card.locator(".citation").first
    assert "《试验日报》" in cited.inner_text()
    assert cited.locator("time").get_attribute("datetime") == "2021-01-19"
    assert "第1版" in cited.inner_text() and "区领导下乡调研" in cited.inner_text()
    assert cited.locator("a.original").get_attribute("href") == "https://example.invalid/0119-1"


def test_marked_text_equals_the_names(explore: Callable[..., Page]) -> None:
    page = explore("crowd")
    page.locator(".ways a").first.click()
    page.locator(".facts-known button").click()
    marks = page.eval_on_selector_all("#sheet mark", "marks => marks.map(mark => [mark.textContent, mark.dataset.row])")
    names = {entity.id: {entity.name, *entity.aliases} for entity in generate(3000, seed=7).entities}
    assert len(marks) > 50
    assert all(text in names[row] for text, row in marks)


def test_what_else_a_sentence_says(explore: Callable[..., Page]) -> None:
    page = explore("county", "#f=person-zhu&e=person-zhu~place-east&lang=zh")
    details = page.locator("#sheet details").first
    told = [fact for fact in merged_facts(county().facts) if any(p.span.start == 0 for p in fact.evidence)]
    on_page = [fact for fact in told if fact.evidence[0].page == "2021/0119/01.txt"]
    assert str(len(on_page) - 1) in details.locator("summary").inner_text()
    details.locator("summary").click()
    details.locator("button.more").last.click()
    assert details.locator(".fact-line").count() == len(on_page) - 1


def test_an_edge_opens_as_many_facts_as_it_counts(explore: Callable[..., Page]) -> None:
    page = explore("county", "#f=person-zhu&lang=zh")
    facts = merged_facts(county().facts)
    want = sum({fact.subject, fact.object} == {"person-zhu", "place-east"} for fact in facts)
    assert want == 2
    click_at(page, "person-zhu", "place-east")
    page.wait_for_selector("#sheet")
    assert page.locator("#sheet .fact").count() == want
    assert "e=person-zhu" in page.url or "e=place-east" in page.url
    page.keyboard.press("Escape")
    page.wait_for_url(lambda url: "&e=" not in url)
    expect(page.locator("#sheet")).to_have_count(0)


def test_every_count_in_a_panel_opens_that_many_facts(explore: Callable[..., Page]) -> None:
    page = explore("county", "#f=place-town&lang=zh")
    buttons = page.locator("#panel [data-facts]")
    assert buttons.count() > 8
    for at in range(buttons.count()):
        want = int(buttons.nth(at).get_attribute("data-facts") or 0)
        buttons.nth(at).click()
        assert page.locator("#sheet .fact").count() == want
        page.keyboard.press("Escape")


def test_a_long_list_says_how_much_it_shows(explore: Callable[..., Page]) -> None:
    page = explore("crowd")
    page.locator(".ways a").first.click()
    rows = page.locator('[data-name="itinerary"] tbody tr:not(.group)')
    foot = page.locator('[data-name="itinerary"] .paging')
    total = int(re.findall(r"\d+", foot.inner_text())[1])
    assert rows.count() == 25 < total
    foot.locator("button").last.click()
    assert rows.count() == total
    assert foot.inner_text() == ""


# 11, 12, 13: people, places, who with


def test_an_itinerary_ascends_and_says_who_was_there(explore: Callable[..., Page]) -> None:
    page = explore("county", "#f=person-zeng&lang=zh")
    rows = page.locator('[data-name="itinerary"] tbody tr:not(.group)')
    dates = rows.locator("time").evaluate_all("times => times.map(time => time.dateTime)")
    assert dates == ["2021-01-18"] * 3 + ["2021-01-20"]
    assert rows.nth(0).locator(".refs").inner_text() == "朱素芳、李明"
    assert rows.nth(3).locator(".refs").inner_text() == "单小飞"


def test_dates_of_a_long_itinerary_ascend(explore: Callable[..., Page]) -> None:
    page = explore("crowd")
    page.locator(".ways a").first.click()
    page.locator('[data-name="itinerary"] .paging button').last.click()
    dates = page.eval_on_selector_all('[data-name="itinerary"] time', "times => times.map(time => time.dateTime)")
    assert len(dates) > 30 and dates == sorted(dates)


def test_undated_visits_stand_last(explore: Callable[..., Page]) -> None:
    page = explore("county", "#f=person-zhu&lang=zh")
    assert "日期不详" in page.locator('[data-name="itinerary"] tbody tr:not(.group)').last.inner_text()


def test_posts_over_time(explore: Callable[..., Page]) -> None:
    page = explore("county", "#f=person-zhu&tab=posts&lang=zh")
    rows = page.locator('[data-name="posts"] tbody tr').all_inner_texts()
    assert [re.split(r"\s+", row.strip())[0] for row in rows] == ["云山区委书记", "云山区委副书记"]


@pytest.mark.parametrize(
    ("place", "own", "people"),
    [
        ("place-town", False, {"person-zhu", "person-zeng", "person-li-1", "person-shan", "person-li-2"}),
        ("place-town", True, set()),
        ("place-county", False, {"person-zhu", "person-zeng", "person-li-1", "person-shan", "person-li-2"}),
        ("place-east", False, {"person-zhu", "person-zeng", "person-li-1", "person-shan"}),
    ],
)
def test_visitors_are_the_union_over_everything_inside(
    explore: Callable[..., Page], place: str, own: bool, people: set[str]
) -> None:
    page = explore("county", f"#f={place}&tab=visitors&lang=zh{'&own=1' if own else ''}")
    assert page.get_attribute("#visit-summary", "data-people") == str(len(people))
    assert page.locator('[data-name="visitors"] tbody tr').count() == len(people)


def test_everything_inside_can_be_switched_off(explore: Callable[..., Page]) -> None:
    page = explore("county", "#f=place-town&lang=zh")
    assert page.get_attribute("#visit-summary", "data-people") == "5"
    page.uncheck("#whole")
    assert page.get_attribute("#visit-summary", "data-people") == "0"
    assert "own=1" in page.url


def test_a_place_stands_in_its_chain_and_holds_its_parts(explore: Callable[..., Page]) -> None:
    page = explore("county", "#f=place-east&lang=zh")
    assert page.inner_text("#panel .chain").split() == ["属于", "白石镇", "›", "云山区"]
    page = explore("county", "#f=place-town&tab=inside&lang=zh")
    assert page.locator('[data-name="inside"] tbody tr').count() == 2
    assert page.locator('[data-name="organisations"] tbody tr').count() == 1


@pytest.mark.parametrize("days", [0, 3, 30])
def test_companions_equal_a_brute_force_count(explore: Callable[..., Page], days: int) -> None:
    page = explore("crowd")
    page.locator(".ways a").first.click()
    page.click("#tab-companions")
    page.select_option("#days", str(days))
    me = parse_qs(page.url.split("#")[1])["f"][0]
    knowledge = generate(3000, seed=7)
    assert page.locator('[data-name="companions"] table thead th[scope="col"]').count() == 4
    rows = page.locator('[data-name="companions"] tbody tr')
    for at in (0, 1, 5, 12, 24):
        row = rows.nth(at)
        href = row.locator("th a").get_attribute("href") or ""
        other = parse_qs(href.lstrip("#"))["f"][0]
        counts = tuple(int(row.locator("td").nth(cell).inner_text().replace("–", "0").strip()) for cell in (0, 1))
        assert counts == together(merged_facts(knowledge.facts), me, other, days)


def test_a_cell_of_companions_opens_the_facts_of_both(explore: Callable[..., Page]) -> None:
    page = explore("county", "#f=person-zhu&tab=companions&lang=zh")
    row = page.locator('[data-name="companions"] tbody tr', has_text="曾庆红")
    assert row.locator("td").nth(0).inner_text() == "1"
    row.locator("td button").first.click()
    assert page.locator("#sheet .fact").count() == 2


def test_an_event_lists_its_participants_as_printed(explore: Callable[..., Page]) -> None:
    page = explore("county", "#f=event-tour&lang=zh")
    rows = page.locator('[data-name="participants"] tbody tr')
    assert rows.locator("th .ref").all_inner_texts() == ["朱素芳", "曾庆红", "李明"]
    assert "云山区委书记" in rows.nth(0).inner_text()
    assert page.locator('[data-name="stops"] tbody tr').count() == 3
    assert page.locator("#tab-panel figure.sentence").count() == 1


def test_a_posts_holders(explore: Callable[..., Page]) -> None:
    page = explore("county", "#f=role-deputy&lang=zh")
    assert page.locator('[data-name="holders"] tbody th').all_inner_texts() == ["曾庆红", "朱素芳"]


def test_an_organisation_has_posts_events_and_visitors(explore: Callable[..., Page]) -> None:
    page = explore("county", "#f=org-party&lang=zh")
    assert page.locator('[data-name="posts"] tbody tr').count() == 3
    page = explore("county", "#f=org-works&tab=visitors&lang=zh")
    assert page.get_attribute("#visit-summary", "data-people") == "3"


# 14: the address


def test_a_new_tab_with_the_address_shows_the_same(
    explore: Callable[..., Page], context: BrowserContext, files: dict[str, Path]
) -> None:
    page = explore("crowd")
    page.locator(".ways a").first.click()
    page.focus("#canvas")
    page.keyboard.press("ArrowUp")
    page.keyboard.press("Enter")
    page.click("#tab-companions")
    page.click("#language")
    page.click("#open-filters")
    page.fill("#date-from", "2016")
    page.press("#date-from", "Enter")
    page.locator("#filters fieldset").first.locator("input").nth(3).uncheck()
    other = context.new_page()
    other.goto(page.url)
    other.wait_for_selector('body[data-ready="1"]')
    assert nodes(other) == nodes(page)
    assert other.get_attribute("html", "lang") == "en"
    assert other.get_attribute("#tab-companions", "aria-selected") == "true"
    assert totals(other) == totals(page) and totals(page)[1] > 0


def test_back_returns_to_what_was_looked_at_before(explore: Callable[..., Page]) -> None:
    page = explore("county", "#f=person-zhu&lang=zh")
    page.locator('[data-name="itinerary"] .ref', has_text="东溪村").first.click()
    assert page.inner_text("#panel-title") == "东溪村"
    page.go_back()
    page.wait_for_selector("#panel-title:text-is('朱素芳')")


@pytest.mark.parametrize(
    "hash", ["#f=nobody", "#f=person-zhu&o=x.nobody~zz&e=a~b&from=x&s=900&k=WHAT&days=1e9&lang=fr", "#%E0%A4%A"]
)
def test_an_address_that_names_nothing_opens_all_the_same(explore: Callable[..., Page], hash: str) -> None:
    page = explore("county", hash)
    assert page.locator("#panel").inner_text()


# 15, 16, 17, 18: languages, picture, keyboard, accessibility


def test_languages(explore: Callable[..., Page]) -> None:
    page = explore("county", "#f=person-zhu&lang=zh")
    assert page.get_attribute("html", "lang") == "zh-CN"
    assert "行程" in page.inner_text(".tabs")
    page.click("#language")
    assert page.get_attribute("html", "lang") == "en"
    assert "Itinerary" in page.inner_text(".tabs")
    labels = page.inner_text(".tabs") + page.inner_text(".tools") + page.inner_text("#legend")
    assert not re.search("[一-鿿]", labels.replace("中文", ""))


def test_every_word_is_there_in_both_languages() -> None:
    source = (VIEWER / "scripts" / "text.js").read_text(encoding="utf-8")
    used = set()
    for name in SCRIPTS:
        used |= set(re.findall(r'\bt\(\s*"(\w+)"', (VIEWER / "scripts" / f"{name}.js").read_text(encoding="utf-8")))
    used |= set(re.findall(r'data-(?:text|label|placeholder)="(\w+)"', (VIEWER / "template.html").read_text("utf-8")))
    known = set(re.findall(r"^  (\w+): \[", source.split("const KINDS")[0], flags=re.MULTILINE))
    assert used <= known


def test_the_picture_is_a_png(explore: Callable[..., Page], tmp_path: Path) -> None:
    page = explore("county", "#f=person-zhu&lang=zh")
    with page.expect_download() as waiting:
        page.click("#save-picture")
    waiting.value.save_as(tmp_path / "picture.png")
    content = (tmp_path / "picture.png").read_bytes()
    assert content.startswith(b"\x89PNG\r\n\x1a\n") and len(content) > 10_000
    assert waiting.value.suggested_filename == "朱素芳.png"


def test_print_shows_the_panel_and_no_controls(explore: Callable[..., Page]) -> None:
    page = explore("county", "#f=person-zhu&lang=zh")
    page.emulate_media(media="print")
    assert page.locator("#panel-title").is_visible()
    assert not page.locator(".tools").is_visible() and not page.locator("#search").is_visible()


def test_keyboard(explore: Callable[..., Page]) -> None:
    page = explore("crowd")
    page.locator(".ways a").first.click()
    page.focus("#canvas")
    before = nodes(page)
    said = page.inner_text("#status")
    page.keyboard.press("ArrowRight")
    assert page.inner_text("#status") != said
    assert page.get_attribute("#status", "role") == "status"
    assert page.inner_text(".chosen-name") in page.inner_text("#status")
    while page.locator("#expand").count() == 0:
        page.keyboard.press("ArrowUp")
    page.keyboard.press("Enter")
    assert len(nodes(page)) > len(before)
    page.keyboard.press("f")
    page.keyboard.press("Delete")
    page.keyboard.press("Escape")
    assert page.inner_text("#panel-title") in page.inner_text("#status")
    page.keyboard.press("/")
    assert page.evaluate("document.activeElement.id") == "search"


def test_focus_order_follows_the_page(explore: Callable[..., Page]) -> None:
    page = explore("county", "#f=person-zhu&lang=zh")
    page.evaluate("document.activeElement.blur()")
    order = []
    for _ in range(9):
        page.keyboard.press("Tab")
        order.append(page.evaluate("document.activeElement.id || document.activeElement.className"))
    assert order[:3] == ["skip", "home", "search"]
    assert order.index("open-filters") < order.index("language") < order.index("canvas")


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1440, 390])
@pytest.mark.parametrize(
    "hash",
    ["", "#f=person-zhu&lang=zh", "#f=place-town&lang=en", "#f=event-tour&lang=zh&e=person-zhu~event-tour"],
    ids=["landing", "person", "place", "evidence"],
)
def test_axe_finds_nothing_serious(
    browser: Browser, files: dict[str, Path], scheme: str, width: int, hash: str
) -> None:
    context = browser.new_context(
        locale="zh-CN",
        color_scheme=scheme,  # type: ignore[arg-type]
        viewport={"width": width, "height": 860},
        reduced_motion="reduce",
        bypass_csp=True,
    )
    page = Opened(context.new_page()).open(files["county"], hash)
    if not hash.count("e="):
        page.click("#open-filters")
    page.evaluate(AXE.read_text(encoding="utf-8"))
    found = page.evaluate("axe.run(document)")
    assert len(found["passes"]) > 15
    serious = [
        (rule["id"], [node["html"][:160] for node in rule["nodes"]][:4])
        for rule in found["violations"]
        if rule["impact"] in ("serious", "critical")
    ]
    context.close()
    assert serious == []


@pytest.mark.parametrize("width", [320, 390, 700, 820, 1024])
@pytest.mark.parametrize("hash", ["", "#f=person-zhu&lang=en", "#f=place-town&lang=zh"])
def test_nothing_runs_out_of_a_narrow_page(browser: Browser, files: dict[str, Path], width: int, hash: str) -> None:
    context = browser.new_context(locale="zh-CN", viewport={"width": width, "height": 800})
    page = Opened(context.new_page()).open(files["county"], hash)
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    context.close()


# 19: colours and shapes


def test_the_legend_shows_what_is_drawn(explore: Callable[..., Page]) -> None:
    page = explore("county", "#f=person-zhu&lang=zh")
    kinds = {entity.id: entity.kind for entity in county().entities}
    shown = page.eval_on_selector_all("#legend [data-kind]", "rows => rows.map(row => row.dataset.kind)")
    assert set(shown) == {kinds[node].value for node in nodes(page)}
    fills = page.eval_on_selector_all("#legend svg", "all => all.map(one => one.getAttribute('fill'))")
    colours = dict(zip(shown, fills, strict=True))
    wanted = {"PERSON": "#0072B2", "PLACE": "#E69F00", "ORG": "#56B4E9", "ROLE": "#009E73", "EVENT": "#CC79A7"}
    assert all(colours[kind] == wanted[kind] for kind in shown)


@pytest.mark.parametrize("width", [390, 1024, 1440])
@pytest.mark.parametrize("name", ["crowd", "seeds"])
def test_labels_neither_overlap_nor_leave_the_canvas(
    browser: Browser, files: dict[str, Path], name: str, width: int
) -> None:
    context = browser.new_context(locale="zh-CN", viewport={"width": width, "height": 844})
    page = Opened(context.new_page()).open(files[name])
    for column in (0, 1):
        page.click("#home")
        page.locator(".columns section").nth(column).locator(".ways a").first.click()
        # The canvas has its size when the panel beside it is drawn, and the picture is fitted to it a frame later.
        page.evaluate(
            "() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(done, 100))))"
        )
        boxes = list(page.evaluate("explorer.boxes()").values())
        frame = page.locator("#canvas").bounding_box()
        assert frame is not None
        for at, a in enumerate(boxes):
            assert a["left"] >= frame["x"] and a["left"] + a["width"] <= frame["x"] + frame["width"]
            assert a["top"] >= frame["y"] and a["top"] + a["height"] <= frame["y"] + frame["height"]
            for b in boxes[at + 1 :]:
                wide = min(a["left"] + a["width"], b["left"] + b["width"]) - max(a["left"], b["left"])
                high = min(a["top"] + a["height"], b["top"] + b["height"]) - max(a["top"], b["top"])
                assert wide <= 0 or high <= 0
    context.close()


# 20: hostile text


@pytest.mark.parametrize("number", range(len(HOSTILE)))
def test_hostile_text_stays_text(explore: Callable[..., Page], number: int) -> None:
    page = explore("hostile", f"#f=person-{number}&e=person-{number}~place-x&lang=zh")
    page.wait_for_timeout(30)
    assert page.title() == "县报人物行踪图谱"
    name = " ".join(printable(HOSTILE[number]).split())
    assert page.text_content("#panel-title") == name
    assert page.locator("#sheet .fact").count() == 1
    assert page.locator("#sheet img, #panel img, script[src], a[href^='javascript']").count() == 0
    page.keyboard.press("Escape")
    type_in_search(page, name[:4])
    assert page.title() == "县报人物行踪图谱"


# Data and file


@pytest.mark.parametrize(
    ("text", "span", "read", "offsets"),
    [
        ("甲乙。", (0, 3), "甲乙。", [0, 1, 2]),
        ("率达99.\n\n29%", (0, 10), "率达99.29%", [0, 1, 2, 3, 4, 7, 8, 9]),
        ("前甲\r\n乙后", (1, 5), "甲乙", [1, 4]),
        ("A B", (0, 3), "A B", [0, 1, 2]),
        ("A \n B", (0, 5), "AB", [0, 4]),
        ("甲　　乙", (0, 4), "甲 乙", [0, 1, 3]),
        ("", (0, 0), "", []),
    ],
)
def test_readable(text: str, span: tuple[int, int], read: str, offsets: list[int]) -> None:
    assert readable(text, Span(*span)) == (read, offsets)


def test_the_same_fact_on_two_pages_is_one_with_both_sentences() -> None:
    facts = county().facts
    one = next(fact for fact in facts if fact.relation is Relation.VISITED and fact.evidence)
    elsewhere = replace(one, id="fact-zz", evidence=(replace(one.evidence[0], page="zz"),), score=1.0)
    merged = [fact for fact in merged_facts([elsewhere, one]) if fact.subject == one.subject]
    assert [len(fact.evidence) for fact in merged] == [2]
    another_day = replace(one, id="fact-zy", date="2022-01-01")
    assert len(merged_facts([one, another_day])) == 2


def test_facts_without_an_end_are_counted_not_hidden() -> None:
    knowledge = county()
    people = [entity for entity in knowledge.entities if entity.kind is not Kind.EVENT]
    counts = view_data(people, knowledge.facts, knowledge.articles, knowledge.pages)["counts"]
    assert counts["dropped"] == kept(
        lambda fact: bool({fact.subject, fact.object} & {"event-tour", "event-visit", "event-meeting"})
    )


def test_focus_by_name_opens_there(context: BrowserContext, tmp_path: Path) -> None:
    write_view(county(), tmp_path / "focus.html", focus="朱书记")
    page = Opened(context.new_page()).open(tmp_path / "focus.html")
    assert page.inner_text("#panel-title") == "朱素芳"


def test_of_two_namesakes_the_one_told_of_more_is_opened() -> None:
    assert '"focus":"person-li-1"' in view_html(county(), focus="李明")


def test_a_neighbourhood_in_a_notebooks_frame(context: BrowserContext, tmp_path: Path) -> None:
    frame = embed_html(generate(3000, seed=7), focus=seldom_told())
    part = view_html(generate(3000, seed=7), focus=seldom_told(), neighbourhood_only=True)
    assert len(part) < len(view_html(generate(3000, seed=7)))
    (tmp_path / "notebook.html").write_text(f"<!doctype html><meta charset=utf-8>{frame}", encoding="utf-8")
    opened = Opened(context.new_page())
    opened.page.goto((tmp_path / "notebook.html").as_uri())
    inner = opened.page.frame_locator("iframe")
    inner.locator('body[data-ready="1"]').wait_for()
    assert inner.locator("#panel-title").inner_text()
    inner.locator("#tab-all").click()
    assert opened.wrong == []


def seldom_told() -> str:
    knowledge = generate(3000, seed=7)
    told: dict[str, int] = {}
    for fact in knowledge.facts:
        told[fact.subject] = told.get(fact.subject, 0) + 1
    people = [entity.id for entity in knowledge.entities if entity.kind is Kind.PERSON]
    return min(people, key=lambda person: told.get(person, 0))


@pytest.mark.parametrize(("focus", "only"), [("无此人", False), (None, True)])
def test_a_focus_that_is_not_there_is_an_input_error(focus: str | None, only: bool) -> None:
    with pytest.raises(InputError):
        view_html(county(), focus=focus, neighbourhood_only=only)


def test_a_folder_that_is_not_there_is_an_input_error(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="cannot be written"):
        write_view(county(), tmp_path / "none" / "view.html")


def test_an_empty_graph_opens(context: BrowserContext, tmp_path: Path) -> None:
    write_view(Knowledge((), ()), tmp_path / "empty.html")
    page = Opened(context.new_page()).open(tmp_path / "empty.html")
    assert "没有" in page.inner_text("#panel")


@pytest.mark.parametrize(
    ("subtype", "name", "parts", "stops", "shown"),
    [
        ("inspection", "督导", ("lead", "attend"), ("东溪村", "西溪村"), "朱素芳等督导东溪村等2处"),
        ("inspection", "督导", ("attend", "lead"), ("东溪村",), "曾庆红等督导东溪村"),
        ("inspection", "督导", (), (), "督导"),
        ("meeting", "会议", ("host", "attend"), (), "朱素芳主持会议"),
        ("meeting", "会议", ("attend", "attend"), ("东溪村",), "朱素芳等参加会议"),
        ("signing", "签约", ("attend",), (), "朱素芳签约"),
        ("meeting", "云山区第十次党代会", ("host",), (), "云山区第十次党代会"),
        ("inspection", "朱素芳督导", ("lead",), ("东溪村",), "朱素芳督导"),
    ],
)
def test_an_event_is_shown_with_who_and_where(
    subtype: str, name: str, parts: tuple[str, ...], stops: tuple[str, ...], shown: str
) -> None:
    made = Sample()
    made.page("1.txt", "2021-01-01")
    made.entity("e", Kind.EVENT, name, subtype=subtype)
    for order, (part, who) in enumerate(zip(parts, ("朱素芳", "曾庆红"), strict=False), 1):
        made.entity(who, Kind.PERSON, who)
        made.fact(Relation.PARTICIPATED_IN, who, "e", None, part=part, order=order)
    for stop in stops:
        made.entity(stop, Kind.PLACE, stop)
        made.fact(Relation.TOOK_PLACE_AT, "e", stop, None)
        if parts:
            made.fact(Relation.VISITED, "朱素芳", stop, None, event="e")
    knowledge = made.knowledge()
    names = shown_names(knowledge.entities, knowledge.facts)
    assert names[0] == shown


@pytest.mark.parametrize(
    ("title", "org", "name", "shown"),
    [
        ("书记", "云山区委", "书记", "云山区委书记"),
        ("区领导", "云山区", "区领导", "云山区领导"),
        ("区长", "云山区", "区长", "云山区区长"),
        ("书记", "云山区委", "云山区委书记", "云山区委书记"),
        ("记者", None, "记者", "记者"),
    ],
)
def test_a_post_is_shown_with_its_organisation(title: str, org: str | None, name: str, shown: str) -> None:
    entities = [Entity("r", Kind.ROLE, name, title=title, org="o" if org else None)]
    if org:
        entities.append(Entity("o", Kind.ORG, org))
    assert shown_names(entities, ())[0] == shown


# Scripts


def test_scripts_import_only_from_scripts_above_them() -> None:
    for at, name in enumerate(SCRIPTS):
        source = (VIEWER / "scripts" / f"{name}.js").read_text(encoding="utf-8")
        assert set(re.findall(r'from "\./(\w+)\.js"', source)) <= set(SCRIPTS[:at]), name
    assert {path.stem for path in (VIEWER / "scripts").glob("*.js")} == set(SCRIPTS)


def test_no_script_reads_text_as_markup_or_code() -> None:
    ways = (
        r"\b(innerHTML|outerHTML|insertAdjacentHTML|DOMParser|createContextualFragment|document\.write|eval|Function)\b"
    )
    for path in (VIEWER / "scripts").glob("*.js"):
        code = re.sub(r"^\s*(//|/?\*).*", "", path.read_text(encoding="utf-8"), flags=re.MULTILINE)
        assert re.findall(ways, code) == [], path.name


def test_the_scripts_are_put_together_whole() -> None:
    script = application_script()
    assert not re.search(r"^(import|export)\b", script, flags=re.MULTILINE)
    assert "</script" not in script and "<!--" not in script and "\r" not in script
