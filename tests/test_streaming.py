"""What is read page by page from a store is written, chosen and masked as if it were held; memory does not grow with it."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from graph_generator import generate
from outside_readers import reader
from small_store import small_knowledge, write_store

import kg
from kg.errors import InputError
from kg.exports import FORMATS, write_export, write_exports
from kg.exports.spool import Spool
from kg.knowledge import Knowledge, Streamed, facts_alone, record_finder
from kg.pipeline import build, load_knowledge, open_knowledge, show
from kg.pipeline.fingerprint import program_fingerprint
from kg.pipeline.showing import Choice
from kg.store import Store
from kg.viewer.data import count_merged, merged_facts

SEEDS = Path(__file__).resolve().parent.parent / "seeds"
NEEDS = {"xlsx": "xlsxwriter", "parquet": "pyarrow"}
CHOICES: dict[str, dict[str, Any]] = {
    "all": {},
    "planned": {"planned": True},
    "redacted": {"redact": True},
    "years": {"since": "2021-01-10", "until": "2021"},
    "kinds": {"types": ("PERSON", "PLACE")},
    "certain visits by initials": {"relations": ("VISITED",), "min_score": 0.5, "redact": True},
    "region": {"region": "330802"},
}


@pytest.fixture(scope="module")
def seeds(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("seeds")
    build([SEEDS], out)
    return out


@pytest.fixture(scope="module")
def held(seeds: Path) -> Knowledge:
    return load_knowledge(seeds)[0]


@pytest.fixture
def streamed(seeds: Path) -> Iterator[Knowledge]:
    with open_knowledge(seeds) as (knowledge, complete):
        assert complete and isinstance(knowledge.records, Streamed)
        yield knowledge


def written(knowledge: Knowledge, to: Path, **choice: Any) -> dict[str, bytes]:
    formats = [name for name in FORMATS if name not in NEEDS]
    for name, module in NEEDS.items():
        try:
            reader(module)
        except pytest.skip.Exception:
            continue
        formats.append(name)
    write_exports(knowledge, to, formats=formats, **choice)
    return {path.name: path.read_bytes() for path in sorted(to.iterdir())}


@pytest.mark.parametrize("choice", CHOICES.values(), ids=CHOICES)
def test_every_export_has_the_same_bytes(
    held: Knowledge, streamed: Knowledge, choice: dict[str, Any], tmp_path: Path
) -> None:
    assert written(streamed, tmp_path / "a", **choice) == written(held, tmp_path / "b", **choice)


@pytest.mark.parametrize(
    ("choice", "redact"),
    [(Choice(), False), (Choice(since="2021-01-12"), False), (Choice(min_score=0.6), True)],
    ids=["all", "since", "redacted"],
)
def test_a_view_has_the_same_bytes(
    held: Knowledge, streamed: Knowledge, choice: Choice, redact: bool, tmp_path: Path
) -> None:
    first, second = tmp_path / "a.html", tmp_path / "b.html"
    one = show(streamed, tmp_path, to=first, choice=choice, redact=redact)
    other = show(held, tmp_path, to=second, choice=choice, redact=redact)
    assert first.read_bytes() == second.read_bytes()
    assert (one.n_facts, one.n_left_out) == (other.n_facts, other.n_left_out)


def test_streamed_records_are_those_held(held: Knowledge, streamed: Knowledge) -> None:
    assert (len(streamed.records), tuple(streamed.records)) == (len(held.records), held.records)
    assert streamed.records[1] == held.records[1] and streamed.records[-1] == held.records[-1]
    assert tuple(streamed.records[1:3]) == held.records[1:3]
    assert [record.facts for record in facts_alone(streamed)] == [record.facts for record in held.records]
    assert not any(record.page.text or record.mentions for record in facts_alone(streamed))
    find = record_finder(streamed)
    for record in held.records:
        found = find(record.page.id)
        assert found is not None and found.page == record.page
        assert [article.id for article in found.articles] == [article.id for article in record.articles]
    assert find("no such page") is None
    assert count_merged(held.facts) == len(merged_facts(held.facts))


def test_a_build_meanwhile_is_told_and_leaves_the_old_files(tmp_path: Path) -> None:
    out, to = tmp_path / "out", tmp_path / "to"
    write_store(small_knowledge(), out)
    with open_knowledge(out) as (knowledge, _complete):
        before = [path.read_bytes() for path in write_export(knowledge, to, format="csv")]
        with Store.create(out) as store:
            store.remove(["a.txt"])
        with pytest.raises(InputError, match="the store was built again"):
            write_export(knowledge, to, format="csv")
        assert [
            (to / f"{name}.csv").read_bytes() for name in ("visits", "roles", "events", "geography", "entities")
        ] == before
        assert len(list(to.iterdir())) == 5


def test_an_export_while_a_build_writes_is_of_one_moment(tmp_path: Path) -> None:
    write_store(small_knowledge(), tmp_path)
    with Store.create(tmp_path) as building:
        with open_knowledge(tmp_path) as (knowledge, _complete):
            before = len(knowledge.records)
            building.remove(["a.txt"])
            assert len(tuple(knowledge.records)) == before
        with open_knowledge(tmp_path) as (knowledge, _complete):
            assert len(tuple(knowledge.records)) == before - 1


def test_a_spool_gives_back_what_it_was_given(tmp_path: Path) -> None:
    rows = [(0, ("甲\ud800\udc00", 1, None)), (2, {"a": 1.5, "b": True}), (0, []), (2, "乙")]
    with Spool(tmp_path, 3) as spool:
        numbers = [spool.add(group, row) for group, row in rows]
        assert list(spool.rows(0)) == [rows[0][1], []]
        numbers.append(spool.add(1, "after reading"))
        assert [list(spool.rows(group)) for group in range(3)] == [
            [rows[0][1], []],
            ["after reading"],
            [rows[1][1], "乙"],
        ]
        assert numbers == [0, 1, 2, 3, 4] and spool.row(3) == "乙"
    assert list(tmp_path.iterdir()) == []


_PEAK = """
import sys
from pathlib import Path
from kg.exports import write_exports
from kg.pipeline import open_knowledge
with open_knowledge(Path(sys.argv[1])) as (knowledge, _complete):
    write_exports(knowledge, Path(sys.argv[2]), formats=sys.argv[3:])
# Not getrusage: that counts what the process was before it began to run this.
print(next(line.split()[1] for line in open("/proc/self/status") if line.startswith("VmHWM")))
"""


@pytest.mark.skipif(sys.platform != "linux", reason="other systems count memory otherwise")
def test_memory_hardly_grows_with_the_pages(tmp_path: Path) -> None:
    """Ten times the facts: held, they took 34 MB more, streamed 5."""
    peaks = []
    for n_facts in (3_000, 30_000):
        store = tmp_path / str(n_facts)
        write_store(generate(n_facts), store)
        with sqlite3.connect(store / "kg.sqlite") as connection:  # resolved by this program: nothing is resolved again
            connection.execute("INSERT OR REPLACE INTO meta VALUES ('resolver', ?)", (program_fingerprint(),))
        connection.close()
        command = [sys.executable, "-c", _PEAK, str(store), str(tmp_path / f"to{n_facts}")]
        done = subprocess.run([*command, "jsonl", "graphml", "csv"], capture_output=True, text=True, check=True)
        peaks.append(int(done.stdout) / 1024)
    assert peaks[1] - peaks[0] < 20


# The graph of networkx


def test_networkx_gets_only_what_was_chosen(tmp_path: Path) -> None:
    write_store(generate(3000), tmp_path)
    graph = kg.open(tmp_path)
    part = graph.network(relations=["visited"], since="2015", until="2016", min_score=0.3)
    whole = graph.nx
    kept = {
        (s, t, key): row
        for s, t, key, row in whole.edges(keys=True, data=True)
        if key in {k for *_, k in part.edges(keys=True)}
    }
    assert {(s, t, key): row for s, t, key, row in part.edges(keys=True, data=True)} == kept
    assert 0 < part.number_of_edges() < whole.number_of_edges()
    assert {row["relation"] for row in kept.values()} == {"VISITED"}
    assert all(row["score"] >= 0.3 and "2015" <= row["date"][:4] <= "2016" for row in kept.values())
    events = {row["event"] for row in kept.values() if "event" in row}
    assert set(part) == {end for s, t, _key in kept for end in (s, t)} | events
    assert {node: whole.nodes[node] for node in part} == dict(part.nodes(data=True))
    everything = graph.network(planned=True)
    assert set(everything.edges(keys=True)) == set(whole.edges(keys=True))
    with pytest.raises(InputError, match="no relation"):
        graph.network(relations=["WENT"])
