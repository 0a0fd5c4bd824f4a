"""The search index of a store finds what a plain look through every page finds, and old stores are brought up to it."""

from __future__ import annotations

import shutil
import sqlite3
from dataclasses import replace
from pathlib import Path

import pytest
from fake_extraction import FakeExtractor
from gold_records import gold_records
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kg.errors import InputError
from kg.model import Issue, Page, PageRecord
from kg.pipeline import load_knowledge
from kg.store import Store, store_path
from kg.store.schema import MIGRATIONS, SCHEMA_VERSION
from kg.store.sentences import plain, sentences_of

RECORDS = gold_records()
OLD = Path(__file__).parent / "stores" / "v1.sql"


def stored(folder: Path, records: list[PageRecord]) -> Path:
    with Store.create(folder) as store:
        for record in records:
            store.put(record, content_key="k")
        store.index_sentences()
    return folder


def found(folder: Path, text: str) -> list[tuple[str, int, int]]:
    with Store.open(folder) as store:
        return [(page_id, sentence.start, sentence.end) for page_id, sentence in store.find_sentences(text)]


def looked_through(records: list[PageRecord], text: str) -> list[tuple[str, int, int]]:
    return sorted(
        (record.page.id, each.start, each.end)
        for record in records
        for each in sentences_of(record.page.text, record.articles)
        if plain(text) in plain(record.page.text[each.start : each.end])
    )


@pytest.fixture(scope="module")
def seeds(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return stored(tmp_path_factory.mktemp("seeds"), RECORDS)


@pytest.mark.parametrize(
    ("text", "is_there"),
    [
        pytest.param("花园", True, id="two characters"),
        pytest.param("区", True, id="one character"),
        pytest.param("花园街道", True, id="four characters"),
        pytest.param("花 园\n街道", True, id="blanks and breaks in the question"),
        pytest.param("２０２１", True, id="another width"),
        pytest.param("，", True, id="punctuation only"),
        pytest.param("区委书记、", True, id="punctuation at the end"),
        pytest.param("园花", False, id="the other way round"),
        pytest.param("花园园街", False, id="entries that do not follow each other"),
        pytest.param('"', False, id="a quote is no syntax"),
        pytest.param("花园 OR 街道", False, id="no syntax at all"),
    ],
)
def test_a_search_finds_what_looking_through_all_pages_finds(seeds: Path, text: str, is_there: bool) -> None:
    assert found(seeds, text) == looked_through(RECORDS, text)
    assert bool(found(seeds, text)) is is_there


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.data())
def test_any_piece_of_a_sentence_is_found(seeds: Path, data: st.DataObject) -> None:
    record = data.draw(st.sampled_from(RECORDS))
    sentence = data.draw(st.sampled_from(list(sentences_of(record.page.text, record.articles))))
    start = data.draw(st.integers(sentence.start, sentence.end - 1))
    piece = record.page.text[start : data.draw(st.integers(start + 1, min(sentence.end, start + 20)))]
    if plain(piece):
        assert (record.page.id, sentence.start, sentence.end) in found(seeds, piece)


def test_every_character_of_a_page_is_in_a_sentence() -> None:
    for record in RECORDS:
        missing = list(record.page.text)
        for sentence in sentences_of(record.page.text, record.articles):
            missing[sentence.start : sentence.end] = [" "] * (sentence.end - sentence.start)
        assert "".join(missing).split() == []


def test_a_changed_page_is_found_by_its_new_text_only(tmp_path: Path) -> None:
    page = Page("1.txt", "1.txt", "", "甲乙到东村调研。", Issue())
    other = FakeExtractor().read(replace(page, id="2.txt"))
    stored(tmp_path, [FakeExtractor().read(page), other])
    with Store.create(tmp_path) as store:
        store.put(FakeExtractor().read(replace(page, text="丙丁到西村开会。")), content_key="k")
        assert store.index_sentences() == 1
        assert store.index_sentences() == 0
    assert [page_id for page_id, *_ in found(tmp_path, "东村")] == ["2.txt"]
    assert [page_id for page_id, *_ in found(tmp_path, "西村")] == ["1.txt"]
    with Store.create(tmp_path) as store:
        store.remove(["1.txt"])
    assert found(tmp_path, "西村") == []


def test_the_index_is_made_anew_where_most_of_it_is_of_removed_pages(tmp_path: Path) -> None:
    pages = [Page(f"{number}.txt", "", "", "甲乙东村。" * 200, Issue()) for number in range(3)]
    records = [FakeExtractor().read(page) for page in pages]
    for _round in range(4):
        stored(tmp_path, records)
    with sqlite3.connect(store_path(tmp_path)) as connection:
        n_entries = connection.execute(
            "SELECT count(*) FROM sentence_index WHERE sentence_index MATCH '东村'"
        ).fetchone()
        n_live = connection.execute("SELECT count(*) FROM sentences").fetchone()
    assert n_live == (600,)
    assert n_entries[0] <= 2 * n_live[0] + 600
    assert len(found(tmp_path, "东村")) == 600


def test_other_programs_search_with_plain_sql(seeds: Path) -> None:
    with sqlite3.connect(store_path(seeds)) as connection:
        rows = connection.execute(
            "SELECT doc, sentence FROM sentence_texts WHERE sentence_no IN "
            "(SELECT rowid FROM sentence_index WHERE sentence_index MATCH '花园') ORDER BY doc, start"
        ).fetchall()
    assert [doc for doc, _ in rows] == [page_id for page_id, *_ in looked_through(RECORDS, "花园")]
    assert all("花园" in sentence and "\n" not in sentence for _, sentence in rows)


@pytest.fixture
def old(tmp_path: Path) -> Path:
    with sqlite3.connect(store_path(tmp_path)) as connection:
        connection.executescript(OLD.read_text(encoding="utf-8"))
    return tmp_path


def test_a_store_of_the_first_schema_is_brought_up_to_date(old: Path) -> None:
    with pytest.raises(InputError, match="older kg"):
        Store.open(old)
    texts = {"1.txt": "甲乙到东村调研。\n他说，东村的桥修\n得好。", "2.txt": "甲乙西村的事"}
    issue = Issue("今日某报", "2021-01-20", "浙江省衢州市衢江区", "330803")
    expected = [FakeExtractor().read(Page(id_, f"pages/{id_}", "", text, issue)) for id_, text in texts.items()]
    with Store.create(old) as store:
        assert list(store.records()) == expected
        assert store.index_sentences() == 2
        assert [page_id for page_id, _ in store.find_sentences("东村的桥")] == ["1.txt"]
    with sqlite3.connect(store_path(old)) as connection:
        assert connection.execute("PRAGMA user_version").fetchone() == (SCHEMA_VERSION,)
        assert connection.execute("PRAGMA foreign_key_check").fetchall() == []
        assert connection.execute("SELECT count(*) FROM visits").fetchone() == (2,)
    assert len(load_knowledge(old)[0].records) == 2


def test_a_migrated_store_has_the_schema_of_a_new_one(old: Path, tmp_path: Path) -> None:
    def schema(folder: Path) -> list[tuple[str, ...]]:
        with sqlite3.connect(store_path(folder)) as connection:
            return connection.execute("SELECT type, name, sql FROM sqlite_master ORDER BY type, name").fetchall()

    Store.create(old).close()
    Store.create(tmp_path / "new").close()
    assert schema(old) == schema(tmp_path / "new")


def test_every_schema_has_its_migration() -> None:
    assert sorted(MIGRATIONS) == list(range(1, SCHEMA_VERSION))


def test_a_migration_that_is_broken_off_changes_nothing(old: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shutil.copy(store_path(old), old / "before")
    monkeypatch.setitem(MIGRATIONS, 2, "CREATE TABLE one (a);\nCREATE TABLE one (a)")
    with pytest.raises(InputError):
        Store.create(old)
    monkeypatch.undo()
    with sqlite3.connect(store_path(old)) as connection:
        assert connection.execute("PRAGMA user_version").fetchone() == (1,)
    Store.create(old).close()
