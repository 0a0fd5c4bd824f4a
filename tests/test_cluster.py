"""Pages read on a real Dask cluster of processes: the same bytes, workers that are killed, schedulers that are not there."""

from __future__ import annotations

import os
import shutil
import signal
import socket
import threading
import time
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

import pytest
from gold_records import SEEDS, gold_records

from kg.errors import InputError
from kg.exports import write_export
from kg.extraction import Settings
from kg.model import Issue, Page, PageRecord
from kg.pages import read_pages
from kg.pipeline import blocks, build, building, load_knowledge, view_path
from kg.pipeline.blocks import Block
from kg.pipeline.cluster import Cluster, Workers, partitions, read_partition, resolve_partition
from kg.pipeline.packing import pack, unpack
from kg.pipeline.reading import Failure, read_records
from kg.store import RecordRows
from kg.store.prints import Ref

distributed = pytest.importorskip("distributed")

N_PAGES = 200  # four partitions


@pytest.fixture
def many(tmp_path: Path) -> Path:
    folder = tmp_path / "pages"
    folder.mkdir()
    seed = sorted(SEEDS.glob("*.txt"))[0].read_text("utf-8")
    rows = ["file,date,region"]
    for number in range(N_PAGES):
        at = number * 37 % (len(seed) - 900)
        (folder / f"{number:03}.txt").write_text(seed[at : at + 900], "utf-8")
        rows.append(
            f"{number:03}.txt,2021-{number % 12 + 1:02}-15,{('浙江省衢州市柯城区', '浙江省衢州市衢江区')[number % 2]}"
        )
    (folder / "pages.csv").write_text("\n".join(rows) + "\n", "utf-8")
    return folder


@pytest.fixture
def cluster() -> Iterator[object]:
    with distributed.LocalCluster(
        n_workers=2, threads_per_worker=1, processes=True, host="127.0.0.1", dashboard_address=None
    ) as local:
        yield local


def exported(out: Path, to: Path) -> dict[str, bytes]:
    knowledge, complete = load_knowledge(out)
    assert complete
    return {path.name: path.read_bytes() for path in write_export(knowledge, to, format="jsonl")}


def test_a_cluster_gives_the_same_bytes_even_if_workers_are_killed(
    many: Path, tmp_path: Path, cluster: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(building, "show", lambda _knowledge, out: view_path(out))
    build([many], tmp_path / "here")
    stored: list[str] = []
    killed: list[int] = []

    class Killer(building.Silence):
        """Kills a worker when the first page of the first partition is stored."""

        def page_done(self, page: Page) -> None:
            stored.append(page.id)
            if not killed:
                worker = cluster.workers[0]  # type: ignore[attr-defined]
                killed.append(worker.pid)
                os.kill(worker.pid, signal.SIGKILL)

    address = cluster.scheduler_address  # type: ignore[attr-defined]
    summary = build([many], tmp_path / "there", cluster=Cluster(address), progress=Killer())
    assert killed
    assert (summary.n_read, summary.problems) == (N_PAGES, ())
    assert sorted(stored) == sorted({*stored})  # each page once: what was done is not read again
    assert exported(tmp_path / "there", tmp_path / "b") == exported(tmp_path / "here", tmp_path / "a")


def test_names_are_resolved_by_workers_even_if_one_is_killed(
    many: Path, tmp_path: Path, cluster: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A worker dies after the first of many partitions; what was resolved is not resolved again."""
    monkeypatch.setattr(building, "show", lambda _knowledge, out: view_path(out))
    monkeypatch.setattr(blocks, "_PARTITION", 20)
    build([many], tmp_path / "here")
    address = cluster.scheduler_address  # type: ignore[attr-defined]
    resolved: list[Ref] = []
    parts: list[int] = []
    really = Workers.resolve

    def watched(workers: Workers, given: Iterable[Sequence[Block]]) -> Iterator[dict[Ref, str]]:
        def counted() -> Iterator[Sequence[Block]]:
            for part in given:
                parts.append(len(part))
                yield part

        for ids in really(workers, counted()):
            if not resolved:
                os.kill(cluster.workers[0].pid, signal.SIGKILL)  # type: ignore[attr-defined]
            resolved.extend(ids)
            yield ids

    monkeypatch.setattr(Workers, "resolve", watched)
    build([many], tmp_path / "there", cluster=Cluster(address))
    assert len(parts) > 10
    assert len(resolved) == len({*resolved}) > 100
    assert exported(tmp_path / "there", tmp_path / "b") == exported(tmp_path / "here", tmp_path / "a")


def test_workers_of_this_machine(tmp_path: Path) -> None:
    seeds = read_pages([SEEDS]).pages
    with Workers(Cluster(workers=1)) as workers:
        rows = [each for each in workers.read(seeds, Settings()) if isinstance(each, RecordRows)]
    expected = [record for record in read_records(seeds, Settings(), jobs=1) if isinstance(record, PageRecord)]
    assert sorted((each.record for each in rows), key=lambda record: record.page.id) == expected
    assert sorted(rows, key=lambda each: each.page.id) == [RecordRows.of(record) for record in expected]


def test_records_travel_as_parquet_and_come_back_the_same() -> None:
    from io import BytesIO

    from pyarrow import parquet

    records = gold_records()
    pages = {record.page.id: record.page for record in records}
    broken = Failure(Page("0.txt", "0.txt", "", "", Issue()), InputError("broken"))
    packed = pack([*records, broken])
    assert list(unpack(packed, pages)) == [broken, *map(RecordRows.of, records)]
    assert [each.record for each in unpack(packed, pages) if isinstance(each, RecordRows)] == list(records)
    facts = parquet.read_table(BytesIO(packed.tables["facts"]))
    assert facts.num_rows == sum(len(record.facts) for record in records)
    assert "page_no" in facts.column_names and "relation" in facts.column_names
    assert list(unpack(pack([]), {})) == []


def test_pages_are_parted_by_region() -> None:
    pages = [
        Page(f"{number:03}.txt", "", "", "", Issue(region_code=("330803", "330802", None)[number % 3]))
        for number in range(300)
    ]
    parts = list(partitions(pages))
    assert [len(part) for part in parts] == [64, 36] * 3
    assert all(len({page.issue.region_code for page in part}) == 1 for part in parts)
    assert sorted(page.id for part in parts for page in part) == [page.id for page in pages]
    assert list(partitions(pages[::-1])) == parts


def test_a_worker_with_another_kg_is_told() -> None:
    with pytest.raises(InputError, match="another kg"):
        read_partition(read_pages([SEEDS]).pages, Settings(), "another fingerprint")
    with pytest.raises(InputError, match="another kg"):
        resolve_partition([], "another fingerprint")


def closed_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


@pytest.mark.parametrize(
    "address", [f"tcp://127.0.0.1:{closed_port()}", "127.0.0.1:1", "nonsense://x", "not an address", ""]
)
def test_a_scheduler_that_is_not_there_is_told(tmp_path: Path, address: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kg.pipeline.cluster._PATIENCE", 2)
    began = time.monotonic()
    with pytest.raises(InputError, match="no Dask scheduler answers"):
        build([SEEDS], tmp_path / "out", cluster=Cluster(address))
    assert time.monotonic() - began < 60
    shutil.rmtree(tmp_path / "out", ignore_errors=True)


def test_something_else_that_listens_is_no_scheduler(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kg.pipeline.cluster._PATIENCE", 1)
    with socket.create_server(("127.0.0.1", 0)) as silent, pytest.raises(InputError, match="no Dask scheduler"):
        workers = Workers(Cluster(f"tcp://127.0.0.1:{silent.getsockname()[1]}"))
        list(workers.read(read_pages([SEEDS]).pages, Settings()))


def test_a_scheduler_without_workers_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kg.pipeline.cluster._PATIENCE", 1)
    with (
        distributed.LocalCluster(n_workers=0, host="127.0.0.1", dashboard_address=None) as empty,
        pytest.raises(InputError, match="no workers"),
    ):
        list(Workers(Cluster(empty.scheduler_address)).read(read_pages([SEEDS]).pages, Settings()))


def test_a_cluster_that_goes_away_is_told_and_loses_nothing(
    many: Path, tmp_path: Path, cluster: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(building, "show", lambda _knowledge, out: view_path(out))
    closing = threading.Thread(target=cluster.close)  # type: ignore[attr-defined]

    class Closer(building.Silence):
        def page_done(self, page: Page) -> None:
            if not closing.ident:
                closing.start()

    address = cluster.scheduler_address  # type: ignore[attr-defined]
    with pytest.raises(InputError, match="went away"):
        build([many], tmp_path / "out", cluster=Cluster(address), progress=Closer())
    closing.join()
    knowledge, complete = load_knowledge(tmp_path / "out")
    assert not complete
    n_stored = len(knowledge.records)
    assert n_stored > 0
    summary = build([many], tmp_path / "out")
    assert (summary.n_kept, summary.n_read) == (n_stored, N_PAGES - n_stored)
