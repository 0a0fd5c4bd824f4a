"""Files that are as they were are not opened, and what is found is what a look into every file would find."""

from __future__ import annotations

import io
import os
import random
import shutil
import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest
from fake_extraction import FakeExtractor

from kg.errors import InputError
from kg.exports import write_export
from kg.pages import FileMemory, FoundPages, find_pages, memory, read_pages
from kg.pipeline import Shown, build, building, load_knowledge, reading, view_path
from kg.store import Store, store_path

REGION = "浙江省衢州市柯城区"
TITLES = ("今日清水 2021年3月{day}日 星期五 第{day}期", "中共衢州市柯城区委主办", "3月{day}日 星期五", "要闻", "", "")
BODIES = (
    "3月{day}日上午，县委书记到河西乡调研。2020年全县修路20公里，去年更多。我县各乡镇干部参加。",
    "柯城区召开会议，柯城区委书记讲话。我区各部门参加，区委要求加快。",
    "本报讯 3月{day}日上午，河东村的茶园开园，县公安局到场。2020年，全乡种茶，今年更多。",
)


@pytest.fixture
def settled(monkeypatch: pytest.MonkeyPatch) -> None:
    """Files made a moment ago are as good as old ones."""
    monkeypatch.setattr(memory, "SETTLED_NS", -(10**18))


@pytest.fixture
def opened(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The names of the page files that are opened."""
    names: list[str] = []
    really = Path.open

    def watched(path: Path, *args: object, **more: object) -> object:
        if path.suffix == ".txt" and path.stem.isdigit():
            names.append(path.name)
        return really(path, *args, **more)  # type: ignore[call-overload]

    monkeypatch.setattr(Path, "open", watched)
    return names


def text_of(rng: random.Random) -> str:
    day = rng.randint(1, 9)
    return (
        "\n".join(part.format(day=day) for part in (rng.choice(TITLES), rng.choice(BODIES), rng.choice(TITLES))) + "\n"
    )


def some_folder(folder: Path, rng: random.Random, n_pages: int = 12) -> Path:
    for number in range(n_pages):
        path = folder / ("2021-03-01", "2021-03-02", "杂")[number % 3] / f"{(number // 3 + 1) * 111:02}.txt"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text_of(rng), "utf-8")
    return folder


def later(known: FileMemory) -> FileMemory:
    return FileMemory(known.files_now, known.guesses_now)


def same(found: FoundPages, folder: Path, manifest: Path | None = None) -> None:
    """What was found, read, is what somebody without memory reads."""
    fresh = read_pages([folder], manifest=manifest)
    assert tuple(page.read() for page in found.pages) == fresh.pages
    assert [str(problem) for problem in found.problems] == [str(problem) for problem in fresh.problems]


# What may happen to a folder of pages between two builds.


def edit(path: Path, rng: random.Random) -> None:
    path.write_text(text_of(rng), "utf-8")


def edit_as_long(path: Path, rng: random.Random) -> None:
    """Same size and same time of writing; only the time of change tells."""
    state = path.stat()
    path.write_bytes(bytes(path.read_bytes()).replace("县".encode(), "区".encode(), 1))
    os.utime(path, ns=(state.st_atime_ns, state.st_mtime_ns))


def touch(path: Path, rng: random.Random) -> None:
    os.utime(path, (rng.randint(1, 9), rng.randint(1, 9)))


def remove(path: Path, rng: random.Random) -> None:
    path.unlink()


def rename(path: Path, rng: random.Random) -> None:
    path.rename(path.with_name(f"{rng.randint(10, 99)}.txt"))


def swap(path: Path, rng: random.Random) -> None:
    """Two files change their names: size and times may be those of the other."""
    other = rng.choice(sorted(path.parent.glob("*.txt")))
    aside = path.with_name("aside")
    path.rename(aside)
    if other.exists():
        other.rename(path)
        aside.rename(other)
    else:
        aside.rename(path)


def break_(path: Path, rng: random.Random) -> None:
    path.write_bytes(rng.choice([b"", b"\x00\x01\x02\xff" * 9, b"no page"]))


def link(path: Path, rng: random.Random) -> None:
    aside = path.with_name(f"{path.name}.{rng.randint(1, 999)}")
    path.rename(aside)
    path.symlink_to(aside)


def list_it(path: Path, rng: random.Random) -> None:
    row = f"{path.name},{rng.choice(['今日清水', '', '清水报'])},{rng.choice(['2021-03-04', '', '2020'])},{rng.choice([REGION, ''])}"
    (path.parent / "pages.csv").write_text(f"file,newspaper,date,region\n{row}\n", "utf-8")


HAPPENINGS: tuple[Callable[[Path, random.Random], None], ...] = (
    edit,
    edit_as_long,
    touch,
    remove,
    rename,
    swap,
    break_,
    link,
    list_it,
)


@pytest.mark.parametrize("seed", range(6))
def test_whatever_happens_to_files_what_is_found_is_what_a_first_look_finds(
    seed: int, tmp_path: Path, settled: None
) -> None:
    rng = random.Random(seed)
    folder = some_folder(tmp_path / "清水", rng)
    known = FileMemory()
    same(find_pages([folder], memory=known), folder)
    for _step in range(25):
        for _ in range(rng.choice([0, 1, 1, 3])):
            paths = sorted(folder.rglob("*.txt"))
            if len(paths) < 4:
                some_folder(folder, rng)
            else:
                rng.choice(HAPPENINGS)(rng.choice(paths), rng)
        known = later(known)
        same(find_pages([folder], memory=known), folder)
        known = later(known)
        same(find_pages([folder], memory=known), folder)


def test_the_pages_of_these_tests_have_much_to_infer(tmp_path: Path) -> None:
    """Otherwise the test above would prove little."""
    pages = [
        page for seed in range(6) for page in read_pages([some_folder(tmp_path / f"{seed}", random.Random(seed))]).pages
    ]
    assert sum("region" in page.issue.inferred for page in pages) > 5
    assert sum("date" in page.issue.inferred for page in pages) > 5
    assert len({page.issue for page in pages}) > 10


def test_a_file_that_is_as_it_was_is_not_opened(tmp_path: Path, settled: None, opened: list[str]) -> None:
    folder = some_folder(tmp_path, random.Random(1))
    known = FileMemory()
    first = find_pages([folder], memory=known)
    assert len(opened) >= 12
    opened.clear()
    known = later(known)
    again = find_pages([folder], memory=known)
    assert opened == []
    assert [page.sha256 for page in again.pages] == [page.sha256 for page in first.pages]
    assert all(page.text is None for page in again.pages)


def test_a_touched_file_is_opened_and_nothing_more(
    tmp_path: Path, settled: None, opened: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = some_folder(tmp_path, random.Random(1))
    known = FileMemory()
    find_pages([folder], memory=known)
    os.utime(folder / "2021-03-01" / "111.txt", (1, 1))
    opened.clear()

    def refused(_text: str) -> None:
        raise AssertionError("the masthead is looked for again")

    with monkeypatch.context() as patch:
        patch.setattr("kg.pages.reading.read_text_clues", refused)
        patch.setattr("kg.pages.issues.infer_region", refused)
        patch.setattr("kg.pages.issues.infer_date", refused)
        known = later(known)
        find_pages([folder], memory=known)
        assert opened == ["111.txt"]
        opened.clear()
        find_pages([folder], memory=later(known))
        assert opened == []


def test_what_changed_as_it_was_read_is_read_again(tmp_path: Path, opened: list[str]) -> None:
    """A second change within one tick of the disk's clock shows in neither size nor time."""
    path = tmp_path / "1.txt"
    path.write_text("县委书记到河西乡调研。", "utf-8")
    known = FileMemory()
    find_pages([path], memory=known)
    assert known.files_now == {}
    opened.clear()
    find_pages([path], memory=later(known))
    assert opened == ["1.txt"]


def test_a_file_that_changes_while_it_is_read_is_not_remembered(
    tmp_path: Path, settled: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "1.txt"
    path.write_text("县委书记到河西乡调研。", "utf-8")

    class Growing(io.FileIO):
        def read(self, _size: int = -1) -> bytes:
            raw = super().readall()
            with open(path, "ab") as more:  # noqa: PTH123 - Path.open is watched
                more.write("又到河东村。".encode())
            return raw

    monkeypatch.setattr(Path, "open", lambda path, _mode: Growing(path))
    raw, read = memory.read_settled(str(path))
    assert raw.decode().endswith("调研。") and read is None


def test_a_file_that_changed_unseen_is_noticed_where_its_text_is_needed(tmp_path: Path, settled: None) -> None:
    """A disk that lies about times: what is known of the file is for other bytes."""
    rng = random.Random(3)
    folder = tmp_path / "清水"
    for number in (1, 2):
        (folder / "一").mkdir(parents=True, exist_ok=True)
        (folder / "一" / f"0{number}.txt").write_text(BODIES[1].format(day=number), "utf-8")
    known = FileMemory()
    find_pages([folder], memory=known)
    path = folder / "一" / "01.txt"
    row = known.files_now[str(path)]
    edit(path, rng)
    lied = {**known.files_now, str(path): (memory.stamp(path.stat()), *row[1:])}
    # Its region was inferred from other texts, so the text is asked for.
    same(find_pages([folder], memory=FileMemory(lied, {})), folder)
    # Where nothing is inferred the page that is read says so.
    page = find_pages([folder], memory=FileMemory(lied, known.guesses_now)).pages[0]
    with pytest.raises(InputError, match="changed while kg was running"):
        page.read()


def test_a_region_is_inferred_anew_where_another_page_of_the_issue_changed(tmp_path: Path, settled: None) -> None:
    folder = tmp_path / "2021-03-01"
    folder.mkdir()
    (folder / "01.txt").write_text("县委书记到河西乡调研，县公安局到场。", "utf-8")
    (folder / "02.txt").write_text("全乡种茶。", "utf-8")
    known = FileMemory()
    assert {page.issue.region_code for page in find_pages([folder], memory=known).pages} == {None}
    (folder / "02.txt").write_text("我区召开会议。柯城区委书记、柯城区长到场，区委要求加快。我区各部门参加。", "utf-8")
    found = find_pages([folder], memory=later(known))
    assert {page.issue.region_code for page in found.pages} == {"330802"}
    same(found, folder)


# Whole builds


@pytest.fixture
def extractor(monkeypatch: pytest.MonkeyPatch) -> FakeExtractor:
    fake = FakeExtractor()
    monkeypatch.setattr(reading, "extractor_of", lambda _settings: fake)
    monkeypatch.setattr(building, "show", lambda _knowledge, out: Shown(view_path(out), 0, 0, 0))
    return fake


def exported(out: Path, to: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in write_export(load_knowledge(out)[0], to, format="jsonl")}


@pytest.mark.parametrize("seed", range(3))
def test_builds_on_one_store_give_what_a_fresh_build_gives(
    seed: int, tmp_path: Path, settled: None, extractor: FakeExtractor
) -> None:
    rng = random.Random(seed)
    folder, out = some_folder(tmp_path / "清水", rng), tmp_path / "out"
    build([folder], out)
    for _step in range(5):
        for _ in range(rng.choice([0, 1, 3])):
            rng.choice(HAPPENINGS)(rng.choice(sorted(folder.rglob("*.txt"))), rng)
        again = build([folder], out)
        fresh = build([folder], tmp_path / "fresh")
        assert list(map(str, again.problems)) == list(map(str, fresh.problems))
        assert again.knowledge == fresh.knowledge
        assert exported(out, tmp_path / "a") == exported(tmp_path / "fresh", tmp_path / "b")
        shutil.rmtree(tmp_path / "fresh")


def test_a_build_opens_what_it_reads(
    tmp_path: Path, settled: None, extractor: FakeExtractor, opened: list[str]
) -> None:
    folder, out = some_folder(tmp_path / "清水", random.Random(1)), tmp_path / "out"
    build([folder], out)
    opened.clear()
    build([folder], out)
    assert opened == []
    (folder / "2021-03-01" / "pages.csv").write_text("file,url\n222.txt,https://example.org/2\n", "utf-8")
    summary = build([folder], out)
    assert summary.n_read == 1 and extractor.read_ids[-1] == "2021-03-01/222.txt"
    edit(folder / "2021-03-01" / "111.txt", random.Random(7))
    build([folder], out)
    opened.clear()
    build([folder], out)
    assert opened == []
    build([folder], out, rehash=True)
    assert len(opened) >= 12
    build([folder], tmp_path / "fresh")
    assert exported(out, tmp_path / "a") == exported(tmp_path / "fresh", tmp_path / "b")


def test_another_reader_opens_every_file(
    tmp_path: Path, settled: None, extractor: FakeExtractor, opened: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    folder, out = some_folder(tmp_path / "清水", random.Random(1)), tmp_path / "out"
    build([folder], out)
    opened.clear()
    monkeypatch.setattr("kg.pipeline.fingerprint.fingerprint", lambda _settings: "a newer kg")
    build([folder], out)
    assert len(opened) >= 12


def test_files_that_are_gone_are_forgotten(tmp_path: Path, settled: None, extractor: FakeExtractor) -> None:
    folder, out = some_folder(tmp_path / "清水", random.Random(1)), tmp_path / "out"
    build([folder], out)
    shutil.rmtree(folder / "2021-03-02")
    build([folder], out)
    with Store.open(out) as store:
        paths = [path for (path,) in store.rows("SELECT path FROM page_files")]
        keys = store.rows("SELECT key FROM guesses")
    assert paths and not any("2021-03-02" in path for path in paths)
    known = FileMemory()
    find_pages([folder], memory=known)
    assert sorted(key for (key,) in keys) == sorted(known.guesses_now)


def test_a_store_that_remembers_no_files_is_brought_up_to_date(
    tmp_path: Path, settled: None, extractor: FakeExtractor, opened: list[str]
) -> None:
    folder, out = some_folder(tmp_path / "清水", random.Random(1)), tmp_path / "out"
    build([folder], out)
    with sqlite3.connect(store_path(out)) as connection:
        for table in ("page_files", "guesses"):
            connection.execute(f"DROP TABLE {table}")
        connection.execute("DELETE FROM meta WHERE name = 'files_reader'")
        connection.execute("PRAGMA user_version = 5")
    opened.clear()
    assert build([folder], out).n_read == 0
    assert len(opened) >= 12
    opened.clear()
    build([folder], out)
    assert opened == []
