"""The explorer's behaviours once more, on the graph of the seed pages and on a generated one of 100 thousand facts.

What each should show is computed here from the knowledge itself. `test_viewer` has the same behaviours on small graphs
whose answers are written down; hostile text (20) is there only, since neither graph holds any.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from urllib.parse import parse_qs

import axe_playwright_python
import pytest
from browsing import Opened, click_at, nodes, together, totals, type_in_search
from playwright.sync_api import Browser, BrowserContext, Page

from kg.knowledge import Knowledge
from kg.model import Fact, Kind, Relation
from kg.viewer import view_html, write_view
from kg.viewer.data import merged_facts
from kg.viewer.names import romanise

pytest_plugins = ["browsing"]
AXE = Path(axe_playwright_python.__file__).parent / "axe.min.js"
both = pytest.mark.parametrize("name", ["seeds", "large"])


_FACTS: dict[int, tuple[Fact, ...]] = {}


def facts_of(knowledge: Knowledge) -> tuple[Fact, ...]:
    """The facts as the page has them; worked out once for each graph of the session."""
    if id(knowledge) not in _FACTS:
        _FACTS[id(knowledge)] = tuple(merged_facts(knowledge.facts))
    return _FACTS[id(knowledge)]


def busiest(page: Page, column: int = 0) -> str:
    """Go to the first person (or place) of the landing panel; its id."""
    page.locator(".columns section").nth(column).locator(".ways a").first.click()
    return nodes(page)[0]


def neighbours(knowledge: Knowledge, focus: str) -> dict[str, list[Fact]]:
    found: dict[str, list[Fact]] = {}
    for fact in facts_of(knowledge):
        if focus in (fact.subject, fact.object) and fact.subject != fact.object:
            found.setdefault(fact.object if fact.subject == focus else fact.subject, []).append(fact)
    return found


def hub(page: Page, knowledge: Knowledge) -> str:
    """Go to the place with the most neighbours; its id."""
    counts: dict[str, set[str]] = {entity.id: set() for entity in knowledge.entities if entity.kind is Kind.PLACE}
    for fact in facts_of(knowledge):
        for end, other in ((fact.subject, fact.object), (fact.object, fact.subject)):
            if end in counts:
                counts[end].add(other)
    place = min(counts, key=lambda one: (-len(counts[one]), one))
    assert len(counts[place]) > 30
    page.goto(f"{page.url.split('#')[0]}#f={place}&lang=zh")
    page.wait_for_selector(f'#canvas[data-nodes^="{place}"]')
    return place


@both
def test_2_the_file_opens_with_a_panel_and_draws_at_most_150(explore: Callable[..., Page], name: str) -> None:
    page = explore(name)
    assert nodes(page) == []
    busiest(page)
    for _ in range(9):
        page.focus("#canvas")
        page.keyboard.press("n")
        page.keyboard.press("Enter")
    assert 10 <= len(nodes(page)) <= 150


@both
def test_3_people_are_found_by_name_pinyin_and_initials(
    explore: Callable[..., Page], graphs: dict[str, Knowledge], name: str
) -> None:
    page = explore(name)
    people = [entity for entity in graphs[name].entities if entity.kind is Kind.PERSON and len(entity.name) == 3]
    for person in people[:: max(1, len(people) // 6)]:
        sounds = romanise(person.name, person=True).split()
        assert person.id in type_in_search(page, person.name)
        spoken = type_in_search(page, "".join(sounds))
        found = re.findall(r"\d+", page.inner_text("#found .found-note"))
        assert person.id in spoken or int(found[0]) > 40
        assert int(found[0]) >= sum(
            "".join(romanise(other.name, person=True).split()) == "".join(sounds) for other in people
        )


def test_4_namesakes_have_lines_of_their_own(
    context: BrowserContext, graphs: dict[str, Knowledge], tmp_path: Path
) -> None:
    """The generated people are all called differently: five who made visits are given one name."""
    travelled = sorted({fact.subject for fact in facts_of(graphs["large"]) if fact.relation is Relation.VISITED})
    chosen = set(travelled[:: len(travelled) // 5][:5])
    entities = tuple(
        replace(entity, name="单小飞", aliases=()) if entity.id in chosen else entity
        for entity in graphs["large"].entities
    )
    write_view(replace(graphs["large"], entities=entities), tmp_path / "namesakes.html")
    page = Opened(context.new_page()).open(tmp_path / "namesakes.html")
    for typed in ("单小飞", "sxf", "shanxiaofei"):
        assert set(type_in_search(page, typed)) >= chosen
    lines = {row.get_attribute("data-row"): row.inner_text() for row in page.locator("#found [data-row]").all()}
    assert len({lines[person] for person in chosen}) == 5
    page.keyboard.press("Enter")
    assert page.locator("#panel .namesakes a").count() == 4
    told = page.locator("#panel .namesakes .posts").all_inner_texts()
    assert len(told) == 4 and all(told)


@both
def test_5_and_10_a_link_opens_every_fact_between_two(
    explore: Callable[..., Page], graphs: dict[str, Knowledge], name: str
) -> None:
    page = explore(name)
    focus = busiest(page)
    facts = neighbours(graphs[name], focus)
    drawn = nodes(page)
    assert set(drawn[1:]) <= set(facts)
    told = {frozenset((fact.subject, fact.object)) for fact in facts_of(graphs[name]) if fact.subject != fact.object}
    pairs = [pair for at, one in enumerate(drawn) for pair in ({one, two} for two in drawn[at + 1 :]) if pair in told]
    assert int(page.get_attribute("#canvas", "data-edges") or 0) == len(pairs)
    for other in drawn[1:4]:
        page.goto(page.url.split("#")[0] + f"#f={focus}&e={focus}~{other}&lang=zh")
        page.wait_for_selector("#sheet")
        more = page.locator("#sheet .paging button").last
        if more.count():
            more.click()
        assert page.locator("#sheet .fact").count() == len(facts[other])
        page.keyboard.press("Escape")
        page.wait_for_url(lambda url: "&e=" not in url)  # closing goes back in the history, which takes a moment


@both
def test_5_opening_a_node_adds_up_to_41(explore: Callable[..., Page], graphs: dict[str, Knowledge], name: str) -> None:
    page = explore(name)
    hub(page, graphs[name])
    before = nodes(page)
    page.focus("#canvas")
    page.keyboard.press("n")
    while page.locator("#expand").count() == 0:
        page.keyboard.press("n")
    opened = page.get_attribute("#canvas", "data-selected")
    click_at(page, str(opened), double=True)
    assert 1 <= len(nodes(page)) - len(before) <= 41 and nodes(page)[: len(before)] == before


@both
def test_6_the_list_of_more_has_all_the_others(
    explore: Callable[..., Page], graphs: dict[str, Knowledge], name: str
) -> None:
    page = explore(name)
    focus = hub(page, graphs[name])
    before = nodes(page)
    page.click("#more")
    left = set(neighbours(graphs[name], focus)) - set(before)
    assert str(len(left)) in page.inner_text("#sheet .subtitle").replace(",", "")
    added = page.locator("#sheet [data-add]").nth(2).get_attribute("data-add")
    assert added in left
    page.locator("#sheet [data-add]").nth(2).click()
    assert nodes(page) == [*before, added]


def test_7_a_month_chosen_in_the_histogram_shows_that_month(explore: Callable[..., Page]) -> None:
    page = explore("large")
    busiest(page)
    page.click("#open-filters")
    chart = page.locator("#filters svg.pickable").bounding_box()
    bar = page.locator("#filters rect.told").nth(40).bounding_box()
    assert chart is not None and bar is not None
    page.mouse.click(bar["x"] + bar["width"] / 2, chart["y"] + 5)
    month = page.input_value("#date-from")
    assert re.fullmatch(r"\d{4}-\d\d", month) and page.input_value("#date-to") == month
    page.uncheck("#undated")
    shown = page.eval_on_selector_all("#tab-panel time", "times => times.map(time => time.dateTime)")
    assert all(day.startswith(month) for day in shown)


@both
@pytest.mark.parametrize(
    "filter", ["k=PERSON~ROLE", "r=VISITED", "s=80", "u=0", "t=meeting~other", "from=20210101&to=20210131"]
)
def test_8_hidden_and_shown_make_the_total(
    explore: Callable[..., Page], graphs: dict[str, Knowledge], name: str, filter: str
) -> None:
    kinds = {entity.id: entity.kind for entity in graphs[name].entities}
    types = {entity.id: entity.subtype or "other" for entity in graphs[name].entities if entity.kind is Kind.EVENT}

    def shown(fact: Fact) -> bool:
        ends = (fact.subject, fact.object)
        if filter.startswith("k"):
            return not {kinds[end] for end in ends} & {Kind.PERSON, Kind.ROLE}
        if filter.startswith("r"):
            return fact.relation is not Relation.VISITED
        if filter.startswith("s"):
            return round(fact.score * 100) >= 80
        if filter.startswith("u"):
            return fact.date is not None
        if filter.startswith("t"):
            events = [str(dict(fact.attributes).get("event")), *ends]
            return not {types[event] for event in events if event in types} & {"meeting", "other"}
        return fact.date is None or all(day.startswith("2021-01") for day in fact.date.split("/"))

    page = explore(name, f"#{filter}&lang=zh")
    facts = facts_of(graphs[name])
    want = sum(map(shown, facts))
    assert totals(page) == (want, len(facts) - want, len(facts))
    assert 0 < want < len(facts)
    assert f"{want:,}" in page.inner_text("#total-line")


@both
def test_9_a_sentence_says_newspaper_day_and_page(
    explore: Callable[..., Page], graphs: dict[str, Knowledge], name: str
) -> None:
    page = explore(name)
    busiest(page)
    page.locator('[data-name="itinerary"] .cite').first.click()
    figure = page.locator("#sheet figure.sentence").first
    printed = {(held.issue.newspaper, held.issue.date) for held in graphs[name].pages}
    cited = figure.locator(".citation")
    paper = cited.locator(".newspaper").inner_text().strip("《》")
    assert (paper, cited.locator("time").get_attribute("datetime")) in printed
    assert cited.locator("cite").inner_text()
    said = "".join(figure.locator("blockquote").inner_text().split())
    assert any(said in "".join(held.text.split()) for held in graphs[name].pages)
    assert page.locator("#sheet mark.told").count() >= 1


@both
def test_11_an_itinerary_holds_every_visit_in_order(
    explore: Callable[..., Page], graphs: dict[str, Knowledge], name: str
) -> None:
    page = explore(name)
    person = busiest(page)
    all_of_them = page.locator('[data-name="itinerary"] .paging button')
    if all_of_them.count():
        all_of_them.last.click()
    rows = page.locator('[data-name="itinerary"] tbody tr:not(.group)')
    visits = [fact for fact in facts_of(graphs[name]) if fact.relation is Relation.VISITED and fact.subject == person]
    days = rows.locator("time").evaluate_all("times => times.map(time => time.dateTime)")
    assert rows.count() == len(visits)
    assert sorted(days) == sorted(fact.date for fact in visits if fact.date)
    assert [day.split("/")[0] for day in days] == sorted(day.split("/")[0] for day in days)


def test_12_visitors_of_the_seeds_are_the_union_over_everything_inside(
    explore: Callable[..., Page], graphs: dict[str, Knowledge]
) -> None:
    page = explore("seeds")
    place = hub(page, graphs["seeds"])
    outer = {}
    for fact in facts_of(graphs["seeds"]):
        if fact.relation in (Relation.PART_OF, Relation.LOCATED_IN):
            outer.setdefault(fact.subject, set()).add(fact.object)

    def inside(spot: str, seen: frozenset[str] = frozenset()) -> bool:
        return spot == place or any(inside(up, seen | {spot}) for up in outer.get(spot, ()) if up not in seen)

    kinds = {entity.id: entity.kind for entity in graphs["seeds"].entities}
    visits = [
        fact
        for fact in facts_of(graphs["seeds"])
        if fact.relation is Relation.VISITED and kinds[fact.subject] is Kind.PERSON and inside(fact.object)
    ]
    summary = page.locator("#visit-summary")
    assert int(summary.get_attribute("data-visits") or 0) == len(visits) > 20
    assert int(summary.get_attribute("data-people") or 0) == len({fact.subject for fact in visits})


@both
@pytest.mark.parametrize("days", [0, 7])
def test_13_companions_equal_a_brute_force_count(
    explore: Callable[..., Page], graphs: dict[str, Knowledge], name: str, days: int
) -> None:
    page = explore(name)
    me = busiest(page)
    page.click("#tab-companions")
    page.select_option("#days", str(days))
    rows = page.locator('[data-name="companions"] tbody tr')
    assert rows.count() > 2
    for row in rows.all()[:4]:
        other = parse_qs((row.locator("th a").get_attribute("href") or "").lstrip("#"))["f"][0]
        counts = tuple(int(row.locator("td").nth(cell).inner_text().replace("–", "0")) for cell in (0, 1))
        assert counts == together(facts_of(graphs[name]), me, other, days)


@both
def test_14_the_address_brings_it_all_back(
    explore: Callable[..., Page], context: BrowserContext, graphs: dict[str, Knowledge], name: str
) -> None:
    page = explore(name)
    hub(page, graphs[name])
    page.focus("#canvas")
    page.keyboard.press("n")
    page.keyboard.press("Enter")
    page.keyboard.press("n")
    page.keyboard.press("Delete")
    page.click("#tab-events")
    page.click("#language")
    page.click("#open-filters")
    page.uncheck("#relation-4")
    other = Opened(context.new_page())
    other.page.goto(page.url)
    other.page.wait_for_selector('body[data-ready="1"]')
    assert nodes(other.page) == nodes(page) and totals(other.page) == totals(page)
    assert other.page.get_attribute("#tab-events", "aria-selected") == "true"
    assert other.page.inner_text("#panel") == page.inner_text("#panel")


@both
@pytest.mark.parametrize("column", [0, 1, 2])
def test_15_english_leaves_no_chinese_but_names(explore: Callable[..., Page], name: str, column: int) -> None:
    page = explore(name, "#lang=en")
    assert page.get_attribute("html", "lang") == "en"
    heads = page.locator("h3, .figures dt, .counted, button:not(#language), label").all_inner_texts()
    busiest(page, column)
    heads += page.locator("#panel h3, #panel thead th, .tabs button, .kicker, #legend span, .note").all_inner_texts()
    heads += page.locator("#graph-tools button").all_inner_texts()
    assert len(heads) > 30
    assert [words for words in heads if re.search("[一-鿿]", words)] == []


@both
def test_16_the_picture_is_a_png(explore: Callable[..., Page], name: str) -> None:
    page = explore(name)
    busiest(page)
    with page.expect_download() as waiting:
        page.click("#save-picture")
    assert waiting.value.path().read_bytes().startswith(b"\x89PNG\r\n\x1a\n")
    assert waiting.value.suggested_filename == f"{page.inner_text('#panel-title')}.png"
    page.emulate_media(media="print")
    assert page.locator("#panel-title").is_visible() and not page.locator(".tools").is_visible()


@both
def test_17_the_keyboard_is_enough(explore: Callable[..., Page], name: str) -> None:
    page = explore(name)
    assert page.evaluate("document.activeElement.id") == "search"
    page.keyboard.type("zhang" if name == "large" else "zsf")
    first = page.locator("#found .found-name").first.inner_text()
    page.keyboard.press("Enter")
    assert page.inner_text("#panel-title") == first
    assert page.evaluate("document.activeElement.id") == "canvas"
    assert first in page.inner_text("#status")
    page.keyboard.press("n")
    chosen = page.inner_text(".chosen-name")
    assert chosen != first and chosen in page.inner_text("#status")
    page.keyboard.press("f")
    page.keyboard.press("Escape")
    assert first in page.inner_text("#status")
    page.keyboard.press("n")
    page.keyboard.press("Space")
    assert page.inner_text("#panel-title") == chosen


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1280, 390])
@both
def test_18_axe_finds_nothing_serious(
    browser: Browser, files: dict[str, Path], name: str, width: int, scheme: str
) -> None:
    context = browser.new_context(
        locale="zh-CN",
        viewport={"width": width, "height": 844},
        color_scheme=scheme,  # type: ignore[arg-type]
        reduced_motion="reduce",
        bypass_csp=True,
    )
    page = Opened(context.new_page()).open(files[name])
    serious: list[tuple[str, str]] = []

    def look(where: str) -> None:
        found = page.evaluate("axe.run(document)")
        assert len(found["passes"]) > 15
        serious.extend(
            (where, f"{rule['id']}: {rule['nodes'][0]['html'][:160]}")
            for rule in found["violations"]
            if rule["impact"] in ("serious", "critical")
        )

    page.evaluate(AXE.read_text(encoding="utf-8"))
    look("landing")
    for column, tabs in ((0, ("posts", "companions", "events", "all")), (1, ("events", "inside")), (2, ())):
        page.click("#home")
        busiest(page, column)
        look(f"column {column}")
        for tab in tabs:
            page.click(f"#tab-{tab}")
            look(tab)
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    context.close()
    assert serious == []


@both
def test_19_the_legend_is_what_is_drawn(explore: Callable[..., Page], graphs: dict[str, Knowledge], name: str) -> None:
    page = explore(name)
    kinds = {entity.id: entity.kind.value for entity in graphs[name].entities}
    for column in (0, 1, 2):
        page.click("#home")
        busiest(page, column)
        shown = page.eval_on_selector_all("#legend [data-kind]", "rows => rows.map(row => row.dataset.kind)")
        assert set(shown) == {kinds[node] for node in nodes(page)}
        shapes = page.eval_on_selector_all("#legend svg", "all => all.map(one => one.innerHTML)")
        assert len(set(shapes)) == len(shapes)


@both
def test_21_two_files_are_byte_equal(graphs: dict[str, Knowledge], files: dict[str, Path], name: str) -> None:
    assert view_html(graphs[name]).encode("utf-8") == files[name].read_bytes()
