"""The store gives back what was put, survives what happens to files, and is read by other programs."""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
import sys
import threading
from dataclasses import replace
from pathlib import Path

import pytest
from gold_records import gold_records
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kg.errors import InputError
from kg.model import Article, Entity, Fact, Issue, Link, Mention, Page, PageRecord
from kg.resolve import resolve_entities, see
from kg.store import Store, build_lock, content_key, store_path

RECORDS = gold_records()


def filled(folder: Path, records: list[PageRecord] = RECORDS) -> None:
    with Store.create(folder) as store:
        for record in records:
            store.put(record, content_key="k")
        resolution = resolve_entities(map(see, store.records()))
        store.put_entities(resolution.entities, resolution.ids)
        store.set_complete(True)


# Page ids are what the store tells pages apart by; articles and mentions carry the id of their page.
TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=6)


@st.composite
def page_records(draw: st.DrawFn) -> PageRecord:
    """Records with anything in any field, NUL and quotes in texts included."""
    st.register_type_strategy(str, TEXT)
    number = st.integers(0, 2**40)
    for kind in (int,):
        st.register_type_strategy(kind, number)
    st.register_type_strategy(float, st.floats(0, 1))
    page = draw(st.builds(Page, id=st.just("页.txt"), number=st.none() | number, issue=st.builds(Issue)))
    many = {"max_size": 2}
    attributes = st.dictionaries(TEXT, TEXT | number, max_size=2).map(lambda pairs: tuple(sorted(pairs.items())))
    return PageRecord(
        page,
        tuple(draw(st.lists(st.builds(Article, page=st.just(page.id)), **many))),
        tuple(draw(st.lists(st.builds(Mention, page=st.just(page.id)), **many))),
        tuple(draw(st.lists(st.builds(Link), **many))),
        tuple(draw(st.lists(st.builds(Entity), **many))),
        tuple(draw(st.lists(st.builds(Fact, attributes=attributes), **many))),
        tuple(draw(st.lists(TEXT, **many))),
    )


@settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture]
)
@given(record=page_records())
def test_a_record_comes_back_as_it_was_put(tmp_path: Path, record: PageRecord) -> None:
    with Store.create(tmp_path) as store:
        store.put(record, content_key="k")
        assert list(store.records()) == [record]


def test_seed_records_come_back_in_order_of_their_ids(tmp_path: Path) -> None:
    filled(tmp_path, RECORDS[::-1])
    with Store.open(tmp_path) as store:
        assert list(store.records()) == RECORDS
        assert store.n_pages() == len(RECORDS)
        assert store.is_complete
        assert [page.text for page, _entities in store.page_entities()] == [""] * len(RECORDS)


def test_a_page_is_replaced_as_a_whole(tmp_path: Path) -> None:
    filled(tmp_path)
    bare = replace(RECORDS[1], articles=(), mentions=(), links=(), entities=(), facts=())
    with Store.create(tmp_path) as store:
        store.put(bare, content_key="new")
        assert list(store.records()) == [RECORDS[0], bare, *RECORDS[2:]]
        assert store.content_keys()[bare.page.id] == "new"


def test_a_removed_page_leaves_nothing(tmp_path: Path) -> None:
    filled(tmp_path)
    with Store.create(tmp_path) as store:
        assert store.remove([record.page.id for record in RECORDS] + ["never there"]) == len(RECORDS)
    with sqlite3.connect(store_path(tmp_path)) as connection:
        for table in ("articles", "bylines", "mentions", "links", "page_entities", "facts", "evidence", "resolved"):
            assert connection.execute(f"SELECT count(*) FROM {table}").fetchone() == (0,), table


def test_an_error_in_a_transaction_leaves_the_page_as_it_was(tmp_path: Path) -> None:
    filled(tmp_path)
    broken = replace(RECORDS[0], facts=(replace(RECORDS[0].facts[0], score=object()),))  # type: ignore[arg-type]
    with Store.create(tmp_path) as store:
        with pytest.raises(InputError):
            store.put(broken, content_key="new")
        assert list(store.records()) == RECORDS


@pytest.mark.parametrize(
    "change",
    [
        pytest.param({"sha256": "other"}, id="bytes"),
        pytest.param({"id": "b/1.txt"}, id="place"),
        pytest.param({"number": 2}, id="page number"),
        pytest.param({"url": "https://example.org/"}, id="url"),
        pytest.param({"issue": Issue(newspaper="某报")}, id="newspaper"),
        pytest.param({"issue": Issue(date="2021-01-20")}, id="date"),
        pytest.param({"issue": Issue(region="2021-01-20")}, id="the same words elsewhere"),
        pytest.param({"issue": Issue(inferred=("date",))}, id="inferred"),
    ],
)
def test_the_content_key_hangs_on_all_that_a_record_depends_on(change: dict[str, object]) -> None:
    page = Page("a/1.txt", "/a/1.txt", "abc", "文", Issue())
    assert content_key(page, "1") != content_key(replace(page, **change), "1")  # type: ignore[arg-type]


def test_the_content_key_hangs_on_the_reader_and_not_on_the_machine() -> None:
    page = Page("a/1.txt", "/a/1.txt", "abc", "文", Issue())
    assert content_key(page, "1") != content_key(page, "2")
    assert content_key(page, "1") == content_key(replace(page, path="/elsewhere/a/1.txt"), "1")


def test_other_programs_see_names(tmp_path: Path) -> None:
    filled(tmp_path)
    with sqlite3.connect(store_path(tmp_path)) as connection:
        visits = connection.execute("SELECT person, place, date, sentence FROM visits").fetchall()
        assert len(visits) == sum(fact.relation == "VISITED" for record in RECORDS for fact in record.facts)
        assert all(person and place for person, place, _date, _sentence in visits)
        texts = "".join(record.page.text for record in RECORDS)
        assert any(sentence for *_rest, sentence in visits)
        assert all(sentence in texts for *_rest, sentence in visits if sentence)
        assert connection.execute("SELECT count(*) FROM posts WHERE organisation IS NOT NULL").fetchone()[0] > 0
        assert connection.execute("SELECT count(*) FROM events WHERE part = 'lead'").fetchone()[0] > 0
        assert connection.execute("PRAGMA foreign_key_check").fetchall() == []


# Files that are no store, or not any more.


def _not_sqlite(path: Path) -> None:
    path.write_bytes(b"PK\x03\x04" * 400)


def _other_sqlite(path: Path) -> None:
    with sqlite3.connect(path) as connection:
        connection.execute("CREATE TABLE t (x)")


def _newer(path: Path) -> None:
    with sqlite3.connect(path) as connection:
        connection.execute("PRAGMA user_version = 99")


def _damaged(path: Path) -> None:
    raw = bytearray(path.read_bytes())
    raw[4096:] = bytes(len(raw) - 4096)
    path.write_bytes(raw)


def _cut(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:5000])


BROKEN = [
    pytest.param(_not_sqlite, "not a store of kg", id="not SQLite"),
    pytest.param(_other_sqlite, "not a store of kg", id="another program's SQLite"),
    pytest.param(_newer, "newer kg", id="newer schema"),
    pytest.param(_damaged, "damaged", id="damaged"),
    pytest.param(_cut, "damaged", id="cut off"),
]


@pytest.mark.parametrize(("breaking", "says"), BROKEN)
def test_a_broken_store_is_told_in_one_line(tmp_path: Path, breaking: object, says: str) -> None:
    path = store_path(tmp_path)
    if breaking is not _other_sqlite:
        filled(tmp_path)
    breaking(path)  # type: ignore[operator]
    before = path.read_bytes()
    for opening in (Store.open, Store.create):
        with pytest.raises(InputError, match=says) as told, opening(tmp_path) as store:
            list(store.records())
        assert "\n" not in str(told.value)
    assert path.read_bytes() == before


def test_no_store_is_told(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="no store here"):
        Store.open(tmp_path)


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may write anywhere")
def test_a_folder_that_may_not_be_written_is_told(tmp_path: Path) -> None:
    tmp_path.chmod(0o500)
    try:
        with pytest.raises(InputError, match="not allowed to write"):
            Store.create(tmp_path)
    finally:
        tmp_path.chmod(0o700)


def test_a_file_in_place_of_the_folder_is_told(tmp_path: Path) -> None:
    (tmp_path / "out").write_text("")
    with pytest.raises(InputError, match="a file stands where a folder is needed"):
        Store.create(tmp_path / "out")


def test_a_full_disk_is_told_and_loses_nothing(tmp_path: Path) -> None:
    filled(tmp_path, RECORDS[:2])
    with Store.create(tmp_path) as store:
        pages = store._connection.execute("PRAGMA page_count").fetchone()[0]
        store._connection.execute(f"PRAGMA max_page_count = {pages + 1}")  # as full as a disk can be made in a test
        with pytest.raises(InputError, match="no space left"):
            store.put(RECORDS[2], content_key="k")
        assert list(store.records()) == RECORDS[:2]


def test_a_store_can_be_read_where_nothing_can_be_written(tmp_path: Path) -> None:
    filled(tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["kg.sqlite"]  # one file, no -wal beside it
    store_path(tmp_path).chmod(0o400)
    tmp_path.chmod(0o500)
    try:
        with Store.open(tmp_path) as store:
            assert store.n_pages() == len(RECORDS)
    finally:
        tmp_path.chmod(0o700)


def test_a_store_left_by_a_killed_process_is_read(tmp_path: Path) -> None:
    script = (
        "import os, sys; sys.path.insert(0, 'tests')\n"
        "from pathlib import Path\n"
        "from gold_records import gold_records\n"
        "from kg.store import Store\n"
        "store = Store.create(Path(sys.argv[1]))\n"
        "for record in gold_records()[:3]: store.put(record, content_key='k')\n"
        "store._connection.execute('BEGIN'); store._connection.execute('DELETE FROM pages')\n"
        "os.kill(os.getpid(), 9)\n"
    )
    subprocess.run([sys.executable, "-c", script, tmp_path], check=False, cwd=Path(__file__).parent.parent)
    assert (tmp_path / "kg.sqlite-wal").exists()
    with Store.open(tmp_path) as store:
        assert list(store.records()) == RECORDS[:3]
        assert not store.is_complete
    filled(tmp_path)
    with Store.open(tmp_path) as store:
        assert list(store.records()) == RECORDS


def test_a_second_build_waits_or_says_so(tmp_path: Path) -> None:
    told = []
    order = []
    held, waited = threading.Event(), threading.Event()

    def second() -> None:
        held.wait(10)
        with pytest.raises(InputError, match="another build"), build_lock(tmp_path, timeout=0):
            pass
        with build_lock(tmp_path, on_wait=lambda: (told.append("waiting"), waited.set())):
            order.append("second")

    thread = threading.Thread(target=second)
    thread.start()
    with build_lock(tmp_path):
        held.set()
        waited.wait(10)
        order.append("first")
    thread.join(10)
    assert order == ["first", "second"]
    assert told == ["waiting"]


def test_a_killed_build_leaves_no_lock(tmp_path: Path) -> None:
    script = (
        "import os, sys\nfrom pathlib import Path\nfrom kg.store import build_lock\n"
        "with build_lock(Path(sys.argv[1])): os.kill(os.getpid(), 9)\n"
    )
    subprocess.run([sys.executable, "-c", script, tmp_path], check=False, cwd=Path(__file__).parent.parent)
    with build_lock(tmp_path, timeout=0):
        pass


def test_something_else_named_like_the_lock_is_told(tmp_path: Path) -> None:
    (tmp_path / "kg.lock").write_bytes(b"not a database " * 100)
    with pytest.raises(InputError, match="not a lock file"), build_lock(tmp_path, timeout=0):
        pass
    shutil.rmtree(tmp_path / "kg.lock", ignore_errors=True)
