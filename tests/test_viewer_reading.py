"""What a reader relies on in the explorer: silence that is not absence, parts that say so, a keyboard's way, paper."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from browsing import Opened, nodes
from graph_generator import generate
from playwright.sync_api import Browser, BrowserContext, Page
from viewer_sample import Sample, county, unpacked

from kg.knowledge import Knowledge
from kg.model import Kind, Relation
from kg.pipeline import Choice, show
from kg.viewer import Scope, view_html, write_view
from kg.viewer.data import merged_facts

pytest_plugins = ["browsing"]


def opened_part(context: BrowserContext, path: Path, hash: str = "") -> Page:
    return Opened(context.new_page()).open(path, hash)


# Silence is not absence


def months(page: Page, name: str) -> dict[str, int]:
    """The months of a chart on the panel, from what each bar says."""
    said = page.eval_on_selector_all(f"#panel rect.{name}", "bars => bars.map(bar => bar.textContent)")
    return {line.split(": ")[0]: int(line.split(": ")[1].replace(",", "")) for line in said}


def held_months(knowledge: Knowledge) -> dict[str, int]:
    counted: dict[str, int] = {}
    for page in knowledge.pages:
        month = (page.issue.date or "")[:7]
        counted[month] = counted.get(month, 0) + 1
    return counted


@pytest.mark.parametrize("name", ["county", "seeds", "large"])
@pytest.mark.parametrize("column", [0, 1])
def test_panels_show_the_months_that_were_read(
    explore: Callable[..., Page], graphs: dict[str, Knowledge], name: str, column: int
) -> None:
    page = explore(name)
    assert months(page, "held") == held_months(graphs[name])
    page.locator(".columns section").nth(column).locator(".ways a").first.click()
    assert months(page, "held") == held_months(graphs[name])
    assert months(page, "told")


@pytest.mark.parametrize("tab", ["itinerary", "posts"])
def test_a_persons_tabs_show_coverage(explore: Callable[..., Page], tab: str) -> None:
    page = explore("county", f"#f=person-zhu&tab={tab}&lang=zh")
    assert months(page, "held") == {"2021-01": 2, "2021-03": 1}
    assert "没有灰柱的月份没有报纸" in page.inner_text("#panel")


def test_a_post_without_a_date_counts_where_it_was_printed(context: BrowserContext, tmp_path: Path) -> None:
    made = Sample()
    made.page("1.txt", "2019-05-06")
    made.entity("p", Kind.PERSON, "丁一")
    made.entity("r", Kind.ROLE, "村支书", title="村支书")
    made.fact(Relation.HOLDS_ROLE, "p", "r", None, made.say("1.txt", "村支书丁一说。", 丁一="p"))
    write_view(made.knowledge(), tmp_path / "post.html")
    page = opened_part(context, tmp_path / "post.html", "#f=r&lang=zh")
    assert months(page, "told") == {"2019-05": 1}
    assert page.locator('[data-name="holders"] time').first.get_attribute("datetime") == "2019-05-06"


def test_a_neighbourhood_still_knows_all_months() -> None:
    knowledge = generate(3000, seed=7)
    person = next(entity for entity in knowledge.entities if entity.kind is Kind.PERSON)
    columns = unpacked(view_html(knowledge, focus=person.id, neighbourhood_only=True))
    assert dict(map(tuple, columns["held"]["months"])) == held_months(knowledge)
    assert columns["counts"]["pages"] < len(knowledge.pages)


def test_pages_without_a_date_are_counted() -> None:
    made = Sample()
    made.page("1.txt", "2019-05-06")
    made.page("2.txt", "")
    assert unpacked(view_html(made.knowledge()))["held"] == {
        "pages": 2,
        "days": ["2019-05-06", "2019-05-06"],
        "months": [["2019-05", 1]],
        "undated": 1,
    }


# A part says that it is one


def test_a_part_says_so_on_every_panel(context: BrowserContext, graphs: dict[str, Knowledge], tmp_path: Path) -> None:
    path = tmp_path / "part.html"
    choice = Choice(since="2016", until="2017-06", min_score=0.5)
    shown = show(graphs["crowd"], tmp_path, to=path, choice=choice, redact=True)
    page = opened_part(context, path)
    total = len(merged_facts(graphs["crowd"].facts))
    assert shown.n_facts + shown.n_left_out == total
    for words in (page.inner_text(".landing"), page.inner_text("#totals")):
        assert "只含一部分" in words and "2016年起" in words and "到2017年6月为止" in words
        assert f"{shown.n_left_out:,}" in words and "首字母" in words
    read = held_months(graphs["crowd"])
    assert months(page, "held") == {month: n for month, n in read.items() if "2016-01" <= month <= "2017-06"} != read
    page.locator(".ways a").first.click()
    assert "只含一部分" in page.inner_text("#totals")
    page.click("#language")
    assert "This file holds a part: from 2016 on; up to Jun 2017" in page.inner_text("#totals")


def test_the_whole_says_nothing_of_parts(explore: Callable[..., Page]) -> None:
    page = explore("county")
    assert page.locator(".scope").count() == 0


def test_a_notebooks_neighbourhood_says_that_it_is_one(context: BrowserContext, tmp_path: Path) -> None:
    path = tmp_path / "near.html"
    path.write_text(view_html(county(), focus="朱素芳", neighbourhood_only=True), encoding="utf-8")
    assert "不是全部" in opened_part(context, path).inner_text("#totals")


def test_a_region_typed_with_signs_stays_text(context: BrowserContext, tmp_path: Path) -> None:
    path = tmp_path / "scope.html"
    write_view(county(), path, scope=Scope(region="<b>x</b>\u202e\ud800", n_left_out=1))
    page = opened_part(context, path)
    assert "<b>x</b>" in page.inner_text(".landing .scope")
    assert page.locator(".scope b").count() == 0


# Time in a place's and a post's panel


def test_years_of_visitors_stand_in_order(explore: Callable[..., Page]) -> None:
    page = explore("crowd")
    page.locator(".columns section").nth(1).locator(".ways a").first.click()
    heads = page.locator('[data-name="visitors"] thead th').all_inner_texts()
    years = [head for head in heads if re.fullmatch(r"\d{4}", head)]
    assert 2 <= len(years) <= 5 and years == sorted(years)
    for row in page.locator('[data-name="visitors"] tbody tr').all()[:8]:
        cells = [int(text.replace("–", "0")) for text in row.locator("td").all_inner_texts()[1:]]
        assert sum(cells[:-1]) == cells[-1] > 0


def test_years_agree_with_a_brute_force_count(explore: Callable[..., Page], graphs: dict[str, Knowledge]) -> None:
    page = explore("large")
    page.locator(".columns section").nth(1).locator(".ways a").first.click()
    place = nodes(page)[0]
    inside: dict[str, set[str]] = {}
    facts = merged_facts(graphs["large"].facts)
    for fact in facts:
        if fact.relation in (Relation.PART_OF, Relation.LOCATED_IN):
            inside.setdefault(fact.object, set()).add(fact.subject)
    extent, waiting = {place}, [place]
    while waiting:
        fresh = inside.get(waiting.pop(), set()) - extent
        extent |= fresh
        waiting += fresh
    people = {entity.id for entity in graphs["large"].entities if entity.kind is Kind.PERSON}
    visits = [
        fact for fact in facts if fact.relation is Relation.VISITED and fact.object in extent and fact.subject in people
    ]
    assert page.get_attribute("#visit-summary", "data-visits") == str(len(visits))
    assert page.get_attribute("#visit-summary", "data-people") == str(len({fact.subject for fact in visits}))


def test_a_bar_joins_the_days_on_which_a_post_was_printed(context: BrowserContext, tmp_path: Path) -> None:
    made = Sample()
    made.entity("r", Kind.ROLE, "区长", title="区长")
    for number, (who, day) in enumerate((("甲一", "2019-01-01"), ("甲一", "2020-06-01"), ("乙二", "2021-01-01"))):
        made.page(f"{number}.txt", day)
        made.entity(who, Kind.PERSON, who)
        made.fact(Relation.HOLDS_ROLE, who, "r", day, made.say(f"{number}.txt", f"区长{who}说。"))
    write_view(made.knowledge(), tmp_path / "post.html")
    page = opened_part(context, tmp_path / "post.html", "#f=r&lang=zh")
    rows = page.locator(".dots .dot-row:not(.ends)")
    assert [row.locator("circle").count() for row in rows.all()] == [2, 1]
    assert [row.locator("line.span").count() for row in rows.all()] == [1, 0]
    assert [row.locator(".dot-name").inner_text() for row in rows.all()] == ["甲一", "乙二"]


def test_a_timeline_says_how_many_places_it_leaves_out(explore: Callable[..., Page]) -> None:
    page = explore("crowd")
    page.locator(".ways a").first.click()
    section = page.locator("#tab-panel section", has=page.locator(".dots")).first
    places = int(re.findall(r"\d+", page.inner_text("#tab-panel .summary"))[1])
    assert places > 8 and section.locator(".dot-row:not(.ends)").count() == 8
    assert f"列出前 8 个，共 {places} 个" in section.inner_text()


def test_an_axis_of_many_years_has_figures(explore: Callable[..., Page]) -> None:
    page = explore("seeds")
    page.click("#open-filters")
    years = page.locator("#filters .axis text").all_text_contents()
    assert 2 <= len(years) <= 12 and years == sorted(years)


# By keyboard


def test_following_a_link_goes_on_at_the_new_panel(explore: Callable[..., Page]) -> None:
    page = explore("county", "#f=person-zhu&lang=zh")
    page.locator('[data-name="itinerary"] .ref', has_text="东溪村").first.focus()
    page.keyboard.press("Enter")
    assert page.inner_text("#panel-title") == "东溪村"
    assert page.evaluate("document.activeElement.id") == "panel-title"
    assert "选中：东溪村" in page.inner_text("#status")


@pytest.mark.parametrize(
    ("hash", "control", "key"),
    [
        ("#f=person-zhu&lang=zh", "#tab-posts", "Enter"),
        ("#f=person-zhu&lang=zh", "#tab-events", "Space"),
        ("#f=place-town&lang=zh", "#whole", "Space"),
        ("#f=person-zhu&tab=companions&lang=zh", "#days", "ArrowDown"),
    ],
)
def test_what_was_pressed_keeps_the_focus(explore: Callable[..., Page], hash: str, control: str, key: str) -> None:
    page = explore("county", hash)
    before = page.url
    page.focus(control)
    page.keyboard.press(key)
    page.wait_for_url(lambda url: url != before)
    assert page.evaluate("'#' + document.activeElement.id") == control


def test_a_filter_keeps_the_focus(explore: Callable[..., Page]) -> None:
    page = explore("county", "#f=person-zhu&lang=zh")
    page.click("#open-filters")
    page.focus("#relation-1")
    page.keyboard.press("Space")
    assert page.evaluate("document.activeElement.id") == "relation-1"
    assert "r=" in page.url


def test_links_drawn_open_their_evidence_by_keyboard(explore: Callable[..., Page]) -> None:
    page = explore("county", "#f=person-zhu&lang=zh")
    drawn = set(nodes(page))
    facts = [
        fact
        for fact in merged_facts(county().facts)
        if "person-zhu" in (fact.subject, fact.object) and {fact.subject, fact.object} <= drawn
    ]
    page.focus("#links")
    page.keyboard.press("Enter")
    assert page.locator("#sheet .fact").count() == len(facts) > 5
    page.keyboard.press("Escape")
    assert page.evaluate("document.activeElement.id") == "links"


@pytest.mark.parametrize("name", ["crowd", "seeds", "large"])
def test_arrows_reach_every_node_drawn(explore: Callable[..., Page], name: str) -> None:
    page = explore(name)
    page.locator(".ways a").first.click()
    page.focus("#canvas")
    names = page.evaluate("explorer.boxes()")
    reached: set[str] = set()
    for _ in range(2):
        for key in ("n",) * len(names):
            page.keyboard.press(key)
            reached.add(page.get_attribute("#canvas", "data-selected") or "")
    assert reached == set(names)


def test_a_new_focus_is_selected(explore: Callable[..., Page]) -> None:
    page = explore("county", "#f=person-zhu&lang=zh")
    page.locator(".posts-line a").first.click()
    assert page.inner_text(".chosen-name") == page.inner_text("#panel-title") == "云山区委书记"


def test_home_goes_on_at_the_landing_panel(explore: Callable[..., Page]) -> None:
    page = explore("county", "#f=person-zhu&lang=zh")
    page.focus("#home")
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.className") == "lead"
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('.ways') !== null")


def test_headings_go_down_step_by_step(explore: Callable[..., Page]) -> None:
    for hash in ("", "#f=person-zhu", "#f=place-town", "#f=event-tour", "#f=role-deputy"):
        page = explore("county", hash)
        levels = page.eval_on_selector_all("h1, h2, h3", "all => all.map(one => Number(one.tagName[1]))")
        assert levels[:2] == [1, 2] and set(levels[2:]) <= {3}


def test_a_browser_that_cannot_unpack_is_told_so(context: BrowserContext, files: dict[str, Path]) -> None:
    page = context.new_page()
    page.add_init_script("delete globalThis.DecompressionStream")
    page.goto(files["county"].as_uri())
    page.wait_for_selector("#panel .note")
    assert "Safari 16.4" in page.inner_text("#panel")


# On paper


def test_on_paper_a_line_says_where_it_was_printed(explore: Callable[..., Page]) -> None:
    page = explore("county", "#f=person-zhu&lang=zh")
    page.emulate_media(media="print")
    row = page.locator('[data-name="itinerary"] tbody tr:not(.group)').first
    assert "《试验日报》 2021-01-19 第1版" in row.inner_text()
    assert not row.locator(".cite").is_visible()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_picture_is_fine_and_white_on_every_screen(browser: Browser, files: dict[str, Path], scheme: str) -> None:
    context = browser.new_context(
        viewport={"width": 1200, "height": 800},
        color_scheme=scheme,  # type: ignore[arg-type]
        bypass_csp=True,
    )
    page = Opened(context.new_page()).open(files["county"], "#f=person-zhu&lang=zh")
    before = page.evaluate("explorer.boxes()")
    with page.expect_download() as waiting:
        page.click("#save-picture")
    content = waiting.value.path().read_bytes()
    width, height = (int.from_bytes(content[at : at + 4], "big") for at in (16, 20))
    frame = page.locator("#canvas").bounding_box()
    assert frame is not None
    assert width > 2.9 * frame["width"] and height > 2.9 * frame["height"]
    corner = page.evaluate(
        """async bytes => {
          const image = await createImageBitmap(new Blob([new Uint8Array(bytes)], { type: "image/png" }));
          const pen = new OffscreenCanvas(image.width, image.height).getContext("2d");
          pen.drawImage(image, 0, 0);
          return [...pen.getImageData(5, image.height / 2, 1, 1).data];
        }""",
        list(content),
    )
    assert corner == [255, 255, 255, 255]
    assert page.evaluate("explorer.boxes()") == before and page.evaluate("devicePixelRatio") == 1
    context.close()
