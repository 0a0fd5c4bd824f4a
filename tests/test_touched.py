"""Resolving what changed pages touch gives the same rows, exports and figures as resolving everything anew."""

from __future__ import annotations

import random
import sqlite3
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest
from fake_extraction import FakeExtractor
from gold_records import gold_records

from kg.decisions import Decisions
from kg.errors import InputError
from kg.exports import write_export
from kg.knowledge import Knowledge
from kg.model import PageRecord
from kg.pipeline import (
    build,
    building,
    copies,
    cover,
    load_figures,
    load_knowledge,
    reading,
    summarize,
    view_path,
)
from kg.pipeline.counting import told_coverage, told_summary
from kg.pipeline.touched import resolve_touched
from kg.resolve import repeats, resolve
from kg.store import Store, store_path
from kg.store.seen import Seen
from kg.store.told import Told
from kg.stored import held, read_resolved

RESOLVER = "this kg"
NOTHING = Decisions()
ROWS = (
    "SELECT * FROM entities ORDER BY id",
    "SELECT p.id, r.page_entity, r.entity FROM resolved r JOIN pages p USING (page_no) ORDER BY 1, 2",
    "SELECT p.id, h.fact FROM hidden_facts h JOIN pages p USING (page_no) ORDER BY 1, 2",
    "SELECT p.id, d.position, d.id, d.relation, d.subject, d.object, d.date, d.source, d.rule, d.score, d.attributes "
    "FROM decided_facts d JOIN pages p USING (page_no) ORDER BY 1, 2",
    'SELECT p.id, d.fact_position, d.position, d.page, d.article, d.start, d."end" '
    "FROM decided_evidence d JOIN pages p USING (page_no) ORDER BY 1, 2, 3",
    "SELECT * FROM seen_pages ORDER BY page",
    "SELECT * FROM seen_nil ORDER BY page, entity",
    "SELECT s.page, s.id, s.kind, s.entity, s.org, s.counted, v.said "
    "FROM seen_entities s JOIN seen_values v USING (value_no) ORDER BY 1, 2",
    "SELECT * FROM seen_people ORDER BY page, id",
    "SELECT * FROM seen_events ORDER BY page, id",
    "SELECT * FROM seen_repeats ORDER BY page, fact",
    "SELECT a.page, a.id, a.date, a.marks, a.facts, b.page, b.id "
    "FROM seen_articles a LEFT JOIN seen_articles b ON b.article_no = a.copy_of ORDER BY 1, 2",
    "SELECT m.mark, a.page, a.id FROM seen_marks m LEFT JOIN seen_articles a USING (article_no) ORDER BY 1, 2, 3",
)


def rows(store: Store) -> dict[str, list[tuple[object, ...]]]:
    return {sql: store.rows(sql) for sql in ROWS}


def article_pages(record: PageRecord) -> Iterator[PageRecord]:
    """A page for each article of a page, with what only that article says."""
    for number, article in enumerate(record.articles):
        facts = [fact for fact in record.facts if all(where.article == article.id for where in fact.evidence)]
        mentions = tuple(mention for mention in record.mentions if mention.article == article.id)
        told = {mention.id for mention in mentions}
        page = replace(record.page, id=f"{number:02}-{record.page.id}")
        yield under(
            replace(
                record,
                articles=(article,),
                mentions=mentions,
                links=tuple(link for link in record.links if link.mention in told),
                facts=tuple(facts),
            ),
            page.id,
        )


def under(record: PageRecord, page_id: str) -> PageRecord:
    """The same page under another name."""
    return replace(
        record,
        page=replace(record.page, id=page_id),
        articles=tuple(replace(article, page=page_id) for article in record.articles),
        mentions=tuple(replace(mention, page=page_id) for mention in record.mentions),
        facts=tuple(
            replace(fact, evidence=tuple(replace(where, page=page_id) for where in fact.evidence))
            for fact in record.facts
        ),
    )


def dated(record: PageRecord, date: str | None) -> PageRecord:
    issue = replace(record.page.issue, date=date, inferred=("date",))
    return replace(record, page=replace(record.page, issue=issue))


@cache
def pool() -> dict[str, tuple[PageRecord, ...]]:
    """What each of many pages may say: pages of one article, printed again on other days, or with half of their facts."""
    rng = random.Random(5)
    found: dict[str, tuple[PageRecord, ...]] = {}
    for whole in gold_records():
        for record in article_pages(whole):
            if not record.facts:
                continue
            again = under(record, f"again-{record.page.id}")
            day, other = (f"202{rng.randint(0, 2)}-0{rng.randint(1, 9)}-11" for _ in range(2))
            half = replace(record, facts=record.facts[::2])
            found[record.page.id] = (record, dated(record, day), half)
            found[again.page.id] = (again, dated(again, other), dated(again, None))
    return found


def put_all(store: Store, records: Iterable[tuple[PageRecord, str]]) -> None:
    wanted = {record.page.id: (record, key) for record, key in records}
    there = store.content_keys()
    store.remove([page for page in there if page not in wanted])
    for page, (record, key) in wanted.items():
        if there.get(page) != key:
            store.put(record, content_key=key)


def resolve_all(store: Store, decisions: Decisions = NOTHING) -> tuple[InputError, ...]:
    """Resolve everything anew, whatever was resolved before."""
    store.put_entities([], {})
    return resolve_touched(store, decisions, RESOLVER)


def chosen(rng: random.Random, page: str) -> tuple[PageRecord, str]:
    number = rng.randrange(len(pool()[page]))
    return pool()[page][number], f"key {number}"


def exported(knowledge: Knowledge, to: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in write_export(knowledge, to, format="jsonl")}


@pytest.mark.parametrize("common", [repeats.COMMON, 3])
@pytest.mark.parametrize("seed", [1, 2, 3])
def test_changes_in_any_order_give_what_building_from_nothing_gives(
    seed: int, common: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Pages come, go and change; with `common` marks of text become phrases that everybody prints, and rare again."""
    for module in (repeats, copies):
        monkeypatch.setattr(module, "COMMON", common)
    rng = random.Random(seed)
    pages = sorted(pool())
    state = {page: chosen(rng, page) for page in rng.sample(pages, len(pages) // 5)}
    with Store.create(tmp_path / "kept") as store:
        put_all(store, state.values())
        resolve_all(store)
        for step in range(5):
            for page in rng.sample(pages, rng.choice([1, 1, 2, 6])):
                if page in state and rng.random() < 0.5:
                    del state[page]
                else:
                    state[page] = chosen(rng, page)
            put_all(store, state.values())
            assert resolve_touched(store, NOTHING, RESOLVER) == ()
            with Store.create(tmp_path / str(step)) as fresh:
                shuffled = list(state.values())
                rng.shuffle(shuffled)
                put_all(fresh, shuffled)
                resolve_all(fresh)
                expected = rows(fresh)
            for sql, got in rows(store).items():
                assert got == expected[sql], (step, sql)
            assert store.rows("PRAGMA foreign_key_check") == []
            knowledge = resolve(record for record, _key in state.values())
            assert told_summary(store) == summarize(knowledge)
            for by_year in (False, True):
                assert told_coverage(store, by_year=by_year) == cover(knowledge, by_year=by_year)
            assert held(read_resolved(store)) == knowledge
        assert exported(read_resolved(store), tmp_path / "a") == exported(knowledge, tmp_path / "b")


def test_the_pages_of_these_tests_are_told_again_and_printed_again(tmp_path: Path) -> None:
    """Otherwise the test above would prove little."""
    with Store.create(tmp_path) as store:
        put_all(store, ((records[0], "key 0") for records in pool().values()))
        resolve_all(store)
        counts = {name: store.rows(f"SELECT count(*) FROM {name}")[0][0] for name in ("hidden_facts", "decided_facts")}
        copied = store.rows("SELECT count(*) FROM seen_articles WHERE copy_of IS NOT NULL")[0][0]
        assert counts["hidden_facts"] > 50 and counts["decided_facts"] > 50 and copied > 10


def kept(folder: Path, n_pages: int = 12) -> list[str]:
    pages = sorted(pool(), key=lambda page: page.removeprefix("again-"))[:n_pages]  # with what prints them again
    with Store.create(folder) as store:
        put_all(store, ((pool()[page][0], "key 0") for page in pages))
        resolve_all(store)
        store.set_complete(True)
    return pages


def another_program(store: Store) -> str:
    return "a newer kg"


def never_kept(store: Store) -> str:
    store.put_entities([], {})
    return RESOLVER


def many_changes(store: Store) -> str:
    for page in sorted(pool())[:21]:
        store.put(pool()[page][1], content_key="key 1")
    return RESOLVER


@pytest.mark.parametrize("doubt", [another_program, never_kept, many_changes])
def test_in_doubt_everything_is_resolved(
    doubt: Callable[[Store], str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept(tmp_path)
    with Store.create(tmp_path) as store:
        resolver = doubt(store)
        forgotten: list[bool] = []
        really = Seen.clear
        monkeypatch.setattr(Seen, "clear", lambda seen: (forgotten.append(True), really(seen))[1])
        resolve_touched(store, NOTHING, resolver)
        after = rows(store)
        assert forgotten
        resolve_all(store)
        assert rows(store) == after


def test_what_breaks_off_is_done_by_the_next(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    pages = kept(tmp_path)
    changed = pool()[pages[3]][1]
    for owner, name in ((Seen, "write_entity"), (Told, "tell"), (Seen, "count_page"), (Told, "set_repeats")):
        with Store.create(tmp_path) as store:
            store.put(changed, content_key=name)
            before = rows(store)

            def broken(*_values: object) -> None:
                raise sqlite3.OperationalError("disk I/O error")

            with monkeypatch.context() as patch:
                patch.setattr(owner, name, broken)
                try:
                    resolve_touched(store, NOTHING, RESOLVER)
                    raise AssertionError(f"{name} was not needed")
                except Exception as error:
                    assert "disk I/O error" in str(error)
            assert rows(store) == before
            assert resolve_touched(store, NOTHING, RESOLVER) == ()
            after = rows(store)
            resolve_all(store)
            assert rows(store) == after


@pytest.fixture
def extractor(monkeypatch: pytest.MonkeyPatch) -> FakeExtractor:
    fake = FakeExtractor()
    monkeypatch.setattr(reading, "extractor_of", lambda _settings: fake)
    monkeypatch.setattr(building, "show", lambda _knowledge, out: view_path(out))
    return fake


@pytest.mark.parametrize("view_pages", [building.VIEW_PAGES, 2])
def test_a_build_reads_few_pages_to_resolve_one_more(
    view_pages: int, tmp_path: Path, extractor: FakeExtractor, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(building, "VIEW_PAGES", view_pages)
    pages, out = tmp_path / "pages", tmp_path / "out"
    pages.mkdir()
    for number in range(40):
        (pages / f"{number:02}.txt").write_text(f"{chr(0x4E00 + number)}乙{'东西'[number % 2]}村的事", "utf-8")
    build([pages], out)
    (pages / "40.txt").write_text("七乙东村的事", "utf-8")
    asked: list[str] = []
    really = Store.records_of

    def watched(store: Store, page_ids: Iterable[str]) -> Iterator[PageRecord]:
        page_ids = sorted(page_ids)
        asked.extend(page_ids)
        return really(store, page_ids)

    def refused(_seen: Seen) -> None:
        raise AssertionError("everything is resolved")

    with monkeypatch.context() as patch:
        patch.setattr(Store, "records_of", watched)
        patch.setattr(Seen, "clear", refused)
        more = build([pages], out)
    assert set(asked) == {"40.txt"}
    fresh = build([pages], tmp_path / "fresh")
    assert more.knowledge == fresh.knowledge
    knowledge, complete = load_knowledge(out)
    assert knowledge == load_knowledge(tmp_path / "fresh")[0]
    assert load_figures(out) == (fresh.knowledge, cover(knowledge), complete)


def test_figures_need_no_page_where_the_build_came_to_its_end(
    tmp_path: Path, extractor: FakeExtractor, monkeypatch: pytest.MonkeyPatch
) -> None:
    pages, out = tmp_path / "pages", tmp_path / "out"
    pages.mkdir()
    (pages / "1.txt").write_text("甲乙东村的事", "utf-8")
    build([pages], out)
    expected = load_figures(out)
    read: list[str] = []
    monkeypatch.setattr(Store, "records", lambda _store: read.append("all") or iter(()))
    assert load_figures(out) == expected and not read
    monkeypatch.undo()
    with Store.create(out) as store:
        store.set_complete(False)
    assert load_figures(out) == (*expected[:2], False)


def test_an_older_store_is_resolved_whole_and_then_by_what_changes(
    tmp_path: Path, extractor: FakeExtractor, monkeypatch: pytest.MonkeyPatch
) -> None:
    pages, out = tmp_path / "pages", tmp_path / "out"
    pages.mkdir()
    for number in range(4):
        (pages / f"{number}.txt").write_text("甲乙东村的事", "utf-8")
    build([pages], out)
    with sqlite3.connect(store_path(out)) as connection:
        for kind, name in connection.execute(
            "SELECT type, name FROM sqlite_master WHERE (name LIKE 'seen%' OR name IN "
            "('page_files', 'guesses', 'pages_key', 'entities_org', 'decided_subject', 'decided_object')) AND sql IS NOT NULL "
            "ORDER BY type"
        ).fetchall():
            connection.execute(f"DROP {kind} {name}")
        connection.execute("DELETE FROM meta WHERE name = 'resolver'")
        connection.execute("PRAGMA user_version = 3")
    done: list[bool] = []
    forgotten: list[int] = []
    really = Seen.clear
    monkeypatch.setattr(Seen, "clear", lambda seen: (done.append(True), really(seen))[1])
    for text in ("丙丁东村的事", "戊己西村的事"):
        (pages / "1.txt").write_text(text, "utf-8")
        build([pages], out)
        forgotten.append(len(done))
        build([pages], tmp_path / text)
        assert load_knowledge(out)[0] == load_knowledge(tmp_path / text)[0]
        done.clear()
    assert forgotten == [1, 0]
