"""A build reads what is new, keeps the rest, survives bad pages and being killed, and always gives the same bytes."""

from __future__ import annotations

import os
import random
import shutil
import signal
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from fake_extraction import FakeExtractor
from gold_records import SEEDS, gold_records

from kg.decisions import Decisions
from kg.errors import InputError
from kg.exports import write_export
from kg.extraction import Extractor, Settings
from kg.model import Issue, Kind, Page, PageRecord
from kg.pages import read_pages
from kg.pipeline import Shown, build, building, cover, load_knowledge, reading, show, summarize, view_path
from kg.pipeline.fingerprint import fingerprint
from kg.pipeline.reading import Failure, chunks, flaw, read_chunk, read_records
from kg.pipeline.summary import summary_from_json, summary_to_json
from kg.pipeline.touched import _Touched
from kg.resolve import resolve
from kg.store import Store


@pytest.fixture
def extractor(monkeypatch: pytest.MonkeyPatch) -> FakeExtractor:
    fake = FakeExtractor()
    monkeypatch.setattr(reading, "extractor_of", lambda _settings: fake)
    monkeypatch.setattr(building, "show", lambda _knowledge, out: Shown(view_path(out), 0, 0, 0))
    return fake


@pytest.fixture
def pages(tmp_path: Path) -> Path:
    folder = tmp_path / "pages"
    folder.mkdir()
    for number, text in enumerate(["甲乙东村的事", "甲乙西村的事", "丙丁东村的事", "戊己北村的事"], start=1):
        (folder / f"{number}.txt").write_text(text * 3, "utf-8")
    return folder


def exported(out: Path, to: Path) -> dict[str, bytes]:
    knowledge, complete = load_knowledge(out)
    assert complete
    return {path.name: path.read_bytes() for path in write_export(knowledge, to, format="jsonl")}


def test_a_build_reads_stores_and_counts(pages: Path, tmp_path: Path, extractor: FakeExtractor) -> None:
    summary = build([pages], tmp_path / "out")
    assert (summary.n_read, summary.n_kept, summary.n_removed, summary.problems) == (4, 0, 0, ())
    known = summary.knowledge
    assert (known.n_pages, known.people, known.places, known.visits, known.n_characters) == (4, 3, 3, 4, 72)
    knowledge, complete = load_knowledge(tmp_path / "out")
    assert complete
    assert summarize(knowledge) == known
    assert [row.n_pages for row in cover(knowledge)] == [4]
    [places, orgs] = known.unlinked
    assert (places.kind, places.n_nil, places.top[0]) == (Kind.PLACE, 4, ("东村", 2))
    assert orgs.n_mentions == 0


def change(pages: Path) -> None:
    (pages / "2.txt").write_text("甲乙南村的事", "utf-8")


def remove(pages: Path) -> None:
    (pages / "3.txt").unlink()


def add(pages: Path) -> None:
    (pages / "5.txt").write_text("庚辛南村的事", "utf-8")


def touch(pages: Path) -> None:
    os.utime(pages / "1.txt", (1, 1))


def tell_more(pages: Path) -> None:
    (pages / "pages.csv").write_text("file,url\n4.txt,https://example.org/4\n", "utf-8")


@pytest.mark.parametrize(
    ("happening", "read", "counts"),
    [
        pytest.param(lambda _pages: None, [], (0, 4, 0), id="nothing"),
        pytest.param(touch, [], (0, 4, 0), id="a newer file of the same bytes"),
        pytest.param(change, ["2.txt"], (1, 3, 0), id="a changed page"),
        pytest.param(remove, [], (0, 3, 1), id="a removed page"),
        pytest.param(add, ["5.txt"], (1, 4, 0), id="a new page"),
        pytest.param(tell_more, ["4.txt"], (1, 3, 0), id="a manifest that says more of a page"),
    ],
)
def test_only_what_changed_is_read_again(
    pages: Path,
    tmp_path: Path,
    extractor: FakeExtractor,
    happening: Callable[[Path], None],
    read: list[str],
    counts: tuple[int, int, int],
) -> None:
    build([pages], tmp_path / "out")
    extractor.read_ids.clear()
    happening(pages)
    summary = build([pages], tmp_path / "out")
    assert extractor.read_ids == read
    assert (summary.n_read, summary.n_kept, summary.n_removed) == counts
    build([pages], tmp_path / "fresh")
    assert exported(tmp_path / "out", tmp_path / "a") == exported(tmp_path / "fresh", tmp_path / "b")


def test_another_reader_reads_everything_again(
    pages: Path, tmp_path: Path, extractor: FakeExtractor, monkeypatch: pytest.MonkeyPatch
) -> None:
    build([pages], tmp_path / "out")
    told: list[str] = []

    class Listener(building.Silence):
        def reader_changed(self) -> None:
            told.append("changed")

    build([pages], tmp_path / "out", progress=Listener())
    assert told == []
    monkeypatch.setattr("kg.pipeline.fingerprint.fingerprint", lambda _settings: "newer")
    assert build([pages], tmp_path / "out", progress=Listener()).n_read == 4
    assert build([pages], tmp_path / "out", progress=Listener()).n_read == 0
    assert told == ["changed"]


def test_the_fingerprint_hangs_on_settings_and_gazetteers(tmp_path: Path) -> None:
    plain = fingerprint(Settings())
    assert plain == fingerprint(Settings())
    own = tmp_path / "own"
    own.mkdir()
    (own / "places.csv").write_text("a")
    first = fingerprint(Settings(gazetteers=(own,)))
    (own / "places.csv").write_text("b")
    assert len({plain, first, fingerprint(Settings(gazetteers=(own,))), fingerprint(Settings(tagger=False))}) == 4
    (own / ".places.csv.swp").write_text("an editor's")
    assert first != plain == fingerprint(Settings())


@pytest.mark.parametrize(
    ("text", "says"),
    [("坏事一桩", "error in kg: RuntimeError: oh"), ("拒绝一页", "refused"), ("错了一页", "points nowhere")],
)
def test_a_page_that_cannot_be_read_does_not_stop_the_others(
    pages: Path, tmp_path: Path, extractor: FakeExtractor, text: str, says: str
) -> None:
    build([pages], tmp_path / "out")
    (pages / "2.txt").write_text(text, "utf-8")
    (pages / "5.txt").write_text("庚辛南村", "utf-8")
    summary = build([pages], tmp_path / "out")
    assert [says in str(problem) for problem in summary.problems] == [True]
    assert "\n" not in str(summary.problems[0])
    assert (summary.n_read, summary.n_kept, summary.n_removed) == (1, 3, 1)
    extractor.read_ids.clear()
    build([pages], tmp_path / "out")
    assert extractor.read_ids == ["2.txt"]  # and it is tried again


def test_an_error_inside_comes_out_when_asked_for(
    pages: Path, tmp_path: Path, extractor: FakeExtractor, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("KG_DEBUG", "1")
    (pages / "2.txt").write_text("坏事一桩", "utf-8")
    with pytest.raises(RuntimeError, match="oh"):
        build([pages], tmp_path / "out")


def test_nothing_readable_leaves_everything_as_it_was(pages: Path, tmp_path: Path, extractor: FakeExtractor) -> None:
    build([pages], tmp_path / "out")
    (tmp_path / "empty.txt").write_text("")
    with pytest.raises(InputError, match="no such file"):
        build([tmp_path / "nowhere"], tmp_path / "out")
    with pytest.raises(ExceptionGroup, match="nothing could be read"):
        build([tmp_path / "nowhere", tmp_path / "empty.txt"], tmp_path / "new")
    assert not (tmp_path / "new").exists()
    with Store.open(tmp_path / "out") as store:
        assert store.n_pages() == 4


def test_bad_files_beside_good_ones_are_problems(pages: Path, tmp_path: Path, extractor: FakeExtractor) -> None:
    (pages / "empty.txt").write_text("")
    (pages / "binary.txt").write_bytes(bytes(range(256)) * 8)
    summary = build([pages, tmp_path / "nowhere"], tmp_path / "out")
    assert summary.n_read == 4
    assert sorted(Path(problem.where or "").name for problem in summary.problems) == [
        "binary.txt",
        "empty.txt",
        "nowhere",
    ]


def test_progress_hears_of_every_page(pages: Path, tmp_path: Path, extractor: FakeExtractor) -> None:
    heard: list[object] = []

    class Listener(building.Silence):
        def started(self, n_pages: int, n_to_read: int, n_characters: int) -> None:
            heard.append((n_pages, n_to_read, n_characters))

        def page_done(self, page: Page) -> None:
            heard.append(page.id)

        def stage(self, name: str) -> None:
            heard.append(name)

    build([pages], tmp_path / "out", progress=Listener())
    assert heard == ["pages", (4, 4, 72), "load", "1.txt", "2.txt", "3.txt", "4.txt", "resolve", "view"]


def test_a_build_that_was_stopped_goes_on(pages: Path, tmp_path: Path, extractor: FakeExtractor) -> None:
    class Stopped(building.Silence):
        def page_done(self, page: Page) -> None:
            if page.id == "2.txt":
                raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        build([pages], tmp_path / "out", progress=Stopped())
    knowledge, complete = load_knowledge(tmp_path / "out")
    assert not complete
    assert [page.id for page in knowledge.pages] == ["1.txt", "2.txt"]
    extractor.read_ids.clear()
    assert build([pages], tmp_path / "out").n_kept == 2
    assert extractor.read_ids == ["3.txt", "4.txt"]


@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork")
def test_a_killed_build_loses_no_whole_page_and_goes_on(
    tmp_path: Path, extractor: FakeExtractor, monkeypatch: pytest.MonkeyPatch
) -> None:
    pages, out = tmp_path / "pages", tmp_path / "out"
    pages.mkdir()
    for number in range(12):
        (pages / f"{number:02}.txt").write_text(f"甲乙东村第{number}页" + "文字" * 2000, "utf-8")
    build([pages], tmp_path / "undisturbed")
    expected = exported(tmp_path / "undisturbed", tmp_path / "a")
    chance = random.Random(7)
    stored = 0
    for _kill in range(8):
        child = os.fork()
        if child == 0:
            extractor.seconds = 0.002
            try:
                build([pages], out)
            finally:
                os._exit(0)
        time.sleep(chance.uniform(0, 0.05))
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
        if (out / "kg.sqlite").exists():
            with Store.create(out) as store:
                texts = {record.page.id: record.page.text for record in store.records()}
            assert len(texts) >= stored
            assert all(text == (pages / page_id).read_text("utf-8") for page_id, text in texts.items())
            stored = len(texts)
    extractor.seconds = 0
    extractor.read_ids.clear()
    build([pages], out)
    assert len(extractor.read_ids) == 12 - stored
    assert exported(out, tmp_path / "b") == expected


def test_records_that_break_their_promises_are_found(tmp_path: Path) -> None:
    page = Page("1.txt", "/1.txt", "", "甲乙东村", Issue())
    record = FakeExtractor().read(page)
    assert flaw(record) is None
    moved = replace(record.mentions[0], surface="别的")
    broken = [
        replace(record, mentions=(moved, *record.mentions[1:])),
        replace(record, mentions=record.mentions[:1]),
        replace(record, entities=record.entities[:1]),
        replace(record, entities=(*record.entities, record.entities[0])),
        replace(record, facts=(replace(record.facts[0], evidence=()),)),
        replace(record, entities=(*record.entities, replace(record.entities[0], id="r", org="gone"))),
    ]
    assert all(flaw(each) for each in broken)
    assert flaw(replace(record, facts=(replace(record.facts[0], evidence=(), source="gazetteer"),))) is None


def test_one_bad_page_is_a_failure_and_not_an_end() -> None:
    page = Page("1.txt", "/1.txt", "", "坏事一桩", Issue())
    good = replace(page, text="甲乙东村")
    outcomes = list(read_chunk(FakeExtractor(), [page, good, page]))  # type: ignore[arg-type]
    assert [type(outcome) for outcome in outcomes] == [Failure, PageRecord, Failure]


@pytest.mark.parametrize(
    ("lengths", "expected"),
    [
        pytest.param([], [], id="none"),
        pytest.param([5] * 20, [16, 4], id="short pages"),
        pytest.param([4000] * 6, [4, 2], id="long pages"),
        pytest.param([90_000, 1, 90_000], [1, 1, 1], id="pages longer than a piece"),
        pytest.param([0] * 17, [16, 1], id="empty pages"),
    ],
)
def test_pages_are_read_in_pieces(lengths: list[int], expected: list[int]) -> None:
    pages = [Page(f"{number}.txt", "", "", "字" * length, Issue()) for number, length in enumerate(lengths)]
    pieces = list(chunks(pages))
    assert [len(piece) for piece in pieces] == expected
    assert [page for piece in pieces for page in piece] == pages


def test_pages_read_together_are_read_as_alone() -> None:
    extractor = Extractor(Settings())
    pages = read_pages([SEEDS]).pages
    assert list(extractor.read_many(pages)) == [extractor.read(page) for page in pages]
    assert list(extractor.read_many([])) == []


def test_the_number_of_processes_does_not_show(tmp_path: Path) -> None:
    # The real extractor: what is started apart cannot be replaced from here.
    pages = tmp_path / "pages"
    pages.mkdir()
    seeds = sorted(SEEDS.glob("*.txt"))
    for number in range(10):
        shutil.copy(seeds[number % len(seeds)], pages / f"{number}.txt")
    build([pages], tmp_path / "one", jobs=1)
    build([pages], tmp_path / "two", jobs=2)
    assert exported(tmp_path / "one", tmp_path / "a") == exported(tmp_path / "two", tmp_path / "b")
    assert view_path(tmp_path / "one").read_bytes() == view_path(tmp_path / "two").read_bytes()


def test_no_pages_need_no_extractor() -> None:
    assert list(read_records([], Settings(), jobs=4)) == []


def test_the_view_can_be_written_again(pages: Path, tmp_path: Path, extractor: FakeExtractor) -> None:
    build([pages], tmp_path / "out")
    knowledge, _complete = load_knowledge(tmp_path / "out")
    path = show(knowledge, tmp_path / "out", focus="甲乙").path
    assert path == view_path(tmp_path / "out")
    with pytest.raises(InputError):
        show(knowledge, tmp_path / "out", focus="没有这个人")


def test_a_build_of_nothing_new_resolves_nothing(
    pages: Path, tmp_path: Path, extractor: FakeExtractor, monkeypatch: pytest.MonkeyPatch
) -> None:
    resolved: list[int] = []
    really = _Touched.resolve

    def watched(work: _Touched, decisions: Decisions) -> tuple[InputError, ...]:
        resolved.append(len(work.new))
        return really(work, decisions)

    monkeypatch.setattr(_Touched, "resolve", watched)
    first = build([pages], tmp_path / "out")
    view_path(tmp_path / "out").write_text("drawn", "utf-8")
    again = build([pages], tmp_path / "out")
    assert resolved == [4]
    assert again.knowledge == first.knowledge
    assert (again.n_read, again.n_kept) == (0, 4)
    assert again.view and first.view and again.view.path == first.view.path
    monkeypatch.setattr(building, "program_fingerprint", lambda: "a newer kg")
    build([pages], tmp_path / "out")
    change(pages)
    build([pages], tmp_path / "out")
    assert resolved == [4, 4, 1]  # the changed page is resolved alone


def test_what_is_kept_of_a_summary_is_the_summary() -> None:
    knowledge = resolve(gold_records())
    summary = summarize(knowledge)
    assert summary.unlinked and summary.n_facts
    assert summary_from_json(summary_to_json(summary)) == summary
    assert [summary_from_json(text) for text in ("", "{}", "[1]", '{"unlinked": [], "inferred": []}')] == [None] * 4


def test_an_archive_is_not_drawn_by_its_build(
    pages: Path, tmp_path: Path, extractor: FakeExtractor, monkeypatch: pytest.MonkeyPatch
) -> None:
    out = tmp_path / "out"
    small = build([pages], out)
    view_path(out).write_text("drawn", "utf-8")
    change(pages)
    monkeypatch.setattr(building, "VIEW_PAGES", 3)
    large = build([pages], out)
    assert small.view is not None and small.view.path == view_path(out)
    assert large.view is None
    assert not view_path(out).exists()  # it showed what is no longer so
    assert large.knowledge == summarize(load_knowledge(out)[0])
    assert build([pages], out).view is None


@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork")
def test_a_build_killed_anywhere_is_finished_by_the_next(
    tmp_path: Path, extractor: FakeExtractor, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Kills fall anywhere in a build, resolution and search index included."""
    pages = tmp_path / "pages"
    pages.mkdir()
    for number in range(30):
        (pages / f"{number:02}.txt").write_text(f"甲乙{'东西'[number % 2]}村第{number}页。" + "文字。" * 300, "utf-8")
    extractor.seconds = 0.002
    began = time.monotonic()
    build([pages], tmp_path / "undisturbed")
    takes = time.monotonic() - began
    expected = exported(tmp_path / "undisturbed", tmp_path / "a")
    with Store.open(tmp_path / "undisturbed") as store:
        sentences = list(store.find_sentences("村第"))
    chance = random.Random(11)
    for round_ in range(10):
        out = tmp_path / f"out-{round_}"
        for _kill in range(2):
            child = os.fork()
            if child == 0:
                try:
                    build([pages], out)
                finally:
                    os._exit(0)
            time.sleep(chance.uniform(0, takes))
            os.kill(child, signal.SIGKILL)
            os.waitpid(child, 0)
        build([pages], out)
        assert exported(out, tmp_path / f"jsonl-{round_}") == expected
        with Store.open(out) as store:
            assert list(store.find_sentences("村第")) == sentences
