"""Builds apply decisions without reading pages, carry them on, and every way out of the store heeds them."""

from __future__ import annotations

import re
import sqlite3
from pathlib import Path

import pytest
from decided_records import records
from fake_extraction import FakeExtractor

import kg
from kg.cli import main
from kg.decisions import (
    Anchor,
    Claim,
    Decision,
    DecisionKind,
    FactAnchor,
    append_decision,
    format_decisions,
    parse_decisions,
)
from kg.diff import diff_stores
from kg.errors import InputError
from kg.exports import write_export
from kg.knowledge import entity_index
from kg.model import Kind, Relation
from kg.pipeline import Shown, build, building, load_figures, load_knowledge, reading, redecide, view_path
from kg.pipeline.touched import resolve_touched
from kg.store import Store, store_path
from kg.store.schema import MIGRATIONS
from kg.stored import held, read_knowledge, read_resolved, resolve_store

V = Relation.VISITED


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
    for number, text in enumerate(["甲乙东村的事", "甲己东村的事", "丙丁西村的事"], start=1):
        (folder / f"{number}.txt").write_text(text * 3, "utf-8")
    return folder


def on(page: int, text: str) -> Anchor:
    return Anchor(page=f"{page}.txt", text=text)


def decision(kind: DecisionKind, **more: object) -> Decision:
    return Decision(kind=kind, reason="因为", made="2026-11-21", **more)  # type: ignore[arg-type]


MERGE = decision(DecisionKind.MERGE, groups=((on(1, "甲乙"), on(2, "甲己")),))
REJECT = decision(DecisionKind.REJECT, fact=FactAnchor("3.txt", V, "丙丁", "西村"))
DATE = decision(DecisionKind.DATE, fact=FactAnchor("1.txt", V, "甲乙", "东村"), to="2021-01-12")
ADD = decision(DecisionKind.ADD, claim=Claim(V, on(3, "丙丁"), on(1, "东村"), "2021"))
ALL = (MERGE, REJECT, DATE, ADD)
LOST = decision(DecisionKind.REJECT, fact=FactAnchor("9.txt", V, "丙丁", "西村"))


def write(path: Path, *rows: Decision) -> Path:
    path.parent.mkdir(exist_ok=True)
    path.write_text(format_decisions(rows), "utf-8")
    return path


def visits(out: Path) -> list[tuple[str, str, str, str | None]]:
    """What is known, after seeing that every way to read a store says the same of it."""
    knowledge, _complete = load_knowledge(out)
    named = entity_index(knowledge)
    known = [
        (record.page.id, named[fact.subject].name, named[fact.object].name, fact.date)
        for record in knowledge.records
        for fact in record.facts
    ]
    with sqlite3.connect(store_path(out)) as connection:
        assert sorted(connection.execute("SELECT doc, person, place, date FROM visits"), key=str) == sorted(
            known, key=str
        )
        ids = [row[0] for row in connection.execute("SELECT id FROM entities")]
        assert sorted(ids) == sorted(named)
    asked = kg.open(out).visits()
    assert sorted(zip(asked["doc"], asked["person"], asked["place"], asked["date"], strict=True), key=str) == sorted(
        known, key=str
    )
    return known


def page_tables(out: Path) -> list[str]:
    """Everything that extraction wrote, as SQL."""
    from kg.store.schema import PAGE_TABLES

    tables = {"pages", *PAGE_TABLES} - {"resolved"}
    with sqlite3.connect(store_path(out)) as connection:
        return [
            line for line in connection.iterdump() if any(line.startswith(f'INSERT INTO "{table}"') for table in tables)
        ]


def exported(out: Path, to: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in write_export(load_knowledge(out)[0], to, format="jsonl")}


BEFORE = [("1.txt", "甲乙", "东村", None), ("2.txt", "甲己", "东村", None), ("3.txt", "丙丁", "西村", None)]
AFTER = [("1.txt", "甲乙", "东村", "2021-01-12"), ("2.txt", "甲乙", "东村", None), ("3.txt", "丙丁", "东村", "2021")]


def test_decisions_change_the_graph_and_no_page_is_read(pages: Path, tmp_path: Path, extractor: FakeExtractor) -> None:
    out = tmp_path / "out"
    build([pages], out)
    assert visits(out) == BEFORE
    tables, plain = page_tables(out), exported(out, tmp_path / "plain")
    extractor.read_ids.clear()
    write(out / "decisions.yaml", *ALL)
    summary = build([pages], out)
    assert (summary.n_read, summary.n_kept, summary.problems) == (0, 3, ())
    assert summary.knowledge.people == 2
    assert visits(out) == AFTER
    assert page_tables(out) == tables
    assert extractor.read_ids == []
    # taken back: as if it had never been
    write(out / "decisions.yaml")
    build([pages], out)
    assert exported(out, tmp_path / "again") == plain
    assert page_tables(out) == tables


def test_decisions_are_carried_across_rebuilds(pages: Path, tmp_path: Path, extractor: FakeExtractor) -> None:
    out = tmp_path / "out"
    write(out / "decisions.yaml", *ALL)
    build([pages], out)
    assert visits(out) == AFTER
    (pages / "0.txt").write_text("甲乙北村", "utf-8")
    (pages / "3.txt").write_text("丙丁西村的事，又一遍", "utf-8")
    build([pages], out)
    assert visits(out) == [("0.txt", "甲乙", "北村", None), *AFTER]
    store_path(out).unlink()
    build([pages], out)
    assert visits(out) == [("0.txt", "甲乙", "北村", None), *AFTER]
    build([pages], tmp_path / "fresh", decisions=out / "decisions.yaml")
    assert exported(out, tmp_path / "a") == exported(tmp_path / "fresh", tmp_path / "b")


def test_an_anchor_that_is_gone_is_told_and_stops_nothing(
    pages: Path, tmp_path: Path, extractor: FakeExtractor
) -> None:
    out = tmp_path / "out"
    write(out / "decisions.yaml", *ALL[:2], LOST, *ALL[2:])
    summary = build([pages], out)
    line = 1 + format_decisions(ALL[:2]).count("\n")
    assert [str(problem) for problem in summary.problems] == [
        f"{out / 'decisions.yaml'}:{line}: no page '9.txt' any more — correct or delete this decision"
    ]
    assert visits(out) == AFTER
    assert len(build([pages], out).problems) == 1  # and again, for as long as it stands there
    (pages / "3.txt").unlink()
    summary = build([pages], out)
    assert len(summary.problems) == 3
    (pages / "3.txt").write_text("丙丁西村的事" * 3, "utf-8")
    assert len(build([pages], out).problems) == 1
    assert visits(out) == AFTER


def test_decisions_that_are_unchanged_cost_nothing(
    pages: Path, tmp_path: Path, extractor: FakeExtractor, monkeypatch: pytest.MonkeyPatch
) -> None:
    out = tmp_path / "out"
    write(out / "decisions.yaml", *ALL, LOST)
    first = build([pages], out)
    view_path(out).write_text("drawn", "utf-8")
    with monkeypatch.context() as patch:
        patch.delattr(building, "resolve_touched")
        patch.setattr(Store, "records", lambda _store: pytest.fail("pages are read"))
        again = build([pages], out)
        assert load_figures(out)[0] == first.knowledge
    assert again.knowledge == first.knowledge
    assert list(map(str, again.problems)) == list(map(str, first.problems)) and len(again.problems) == 1
    write(out / "decisions.yaml", *ALL[1:])
    assert build([pages], out).problems == ()
    assert visits(out) == [("1.txt", "甲乙", "东村", "2021-01-12"), ("2.txt", "甲己", "东村", None), AFTER[2]]


def test_a_file_of_ones_own_is_remembered(pages: Path, tmp_path: Path, extractor: FakeExtractor) -> None:
    out = tmp_path / "out"
    own = write(tmp_path / "own.yaml", REJECT)
    build([pages], out, decisions=own)
    assert visits(out) == BEFORE[:2]
    assert build([pages], out).problems == ()
    assert visits(out) == BEFORE[:2]
    append_decision(own, DATE)
    build([pages], out)
    assert visits(out) == AFTER[:1] + BEFORE[1:2]
    own.unlink()
    [problem] = build([pages], out).problems
    assert "what it said is applied all the same" in str(problem)
    assert visits(out) == AFTER[:1] + BEFORE[1:2]
    write(out / "decisions.yaml")
    assert build([pages], out).problems == ()
    assert visits(out) == BEFORE


def test_decisions_whose_file_was_deleted_no_longer_hold_and_that_is_told(
    pages: Path, tmp_path: Path, extractor: FakeExtractor
) -> None:
    out = tmp_path / "out"
    write(out / "decisions.yaml", *ALL)
    build([pages], out)
    (out / "decisions.yaml").unlink()
    [problem] = build([pages], out).problems
    assert "4 decisions no longer hold" in str(problem)
    assert visits(out) == BEFORE
    assert build([pages], out).problems == ()


@pytest.mark.parametrize("text", ["decisions: [", "version: 1\ndecisions:\n- kind: melt\n", "\udcff"])
def test_a_malformed_file_stops_before_anything_is_touched(
    pages: Path, tmp_path: Path, extractor: FakeExtractor, text: str, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "out"
    build([pages], out)
    before = store_path(out).read_bytes()
    (out / "decisions.yaml").write_bytes(text.encode("utf-8", "surrogateescape"))
    (pages / "1.txt").write_text("别的", "utf-8")
    extractor.read_ids.clear()
    assert main(["build", str(pages), "--out", str(out), "-q"]) == 2
    [line] = capsys.readouterr().err.splitlines()
    assert "decisions.yaml:" in line
    assert store_path(out).read_bytes() == before
    assert extractor.read_ids == []
    with pytest.raises(InputError):
        build([pages], out, decisions=tmp_path / "nowhere.yaml")


def test_a_build_that_was_stopped_applies_decisions_in_the_end(
    pages: Path, tmp_path: Path, extractor: FakeExtractor
) -> None:
    out = tmp_path / "out"
    write(out / "decisions.yaml", *ALL)

    class Stopped(building.Silence):
        def page_done(self, page: object) -> None:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        build([pages], out, progress=Stopped())
    assert not load_knowledge(out)[1]
    redecide(out)
    assert not load_knowledge(out)[1]  # pages are still missing
    build([pages], out)
    assert visits(out) == AFTER


def test_decisions_are_applied_without_pages(pages: Path, tmp_path: Path, extractor: FakeExtractor) -> None:
    out = tmp_path / "out"
    build([pages], out)
    write(out / "decisions.yaml", *ALL, LOST)
    extractor.read_ids.clear()
    assert len(redecide(out)) == 1
    assert visits(out) == AFTER
    assert extractor.read_ids == []
    with pytest.raises(InputError, match="no store here"):
        redecide(tmp_path / "nowhere")


def test_what_changed_between_builds_shows_decisions(pages: Path, tmp_path: Path, extractor: FakeExtractor) -> None:
    for name in ("old", "new"):
        build([pages], tmp_path / name)
    write(tmp_path / "new" / "decisions.yaml", REJECT)
    redecide(tmp_path / "new")
    [lost] = diff_stores(tmp_path / "old", tmp_path / "new").lost
    assert (lost.subject, lost.object) == ("丙丁", "西村")


def test_a_statement_is_shown_as_one(pages: Path, tmp_path: Path, extractor: FakeExtractor) -> None:
    out = tmp_path / "out"
    write(out / "decisions.yaml", ADD)
    build([pages], out)
    graph = kg.open(out)
    [added] = [row for _at, row in graph.visits(place="东村").iterrows() if row["person"] == "丙丁"]
    assert added["evidence"] == "（人工说明）因为"
    assert len(graph.knowledge.facts) == 4
    with sqlite3.connect(store_path(out)) as connection:
        said = connection.execute("SELECT sentence FROM visits WHERE person = '丙丁' AND place = '东村'").fetchall()
    assert said == [("（人工说明）因为",)]
    [table] = [
        path for path in write_export(load_knowledge(out)[0], tmp_path / "csv", format="csv") if "visits" in path.name
    ]
    assert "（人工说明）因为" in table.read_text("utf-8-sig")
    from kg.viewer import write_view

    write_view(load_knowledge(out)[0], tmp_path / "view.html")
    assert (tmp_path / "view.html").stat().st_size > 10_000


def test_a_store_of_the_last_schema_is_brought_to_this_one(
    pages: Path, tmp_path: Path, extractor: FakeExtractor
) -> None:
    out = tmp_path / "out"
    build([pages], out)
    connection = sqlite3.connect(store_path(out))
    for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'view'").fetchall():
        connection.execute(f"DROP VIEW {name}")
    for table in re.findall(r"CREATE (?:VIRTUAL )?TABLE (\w+)", "".join(MIGRATIONS.values())):
        connection.execute(f"DROP TABLE {table}")
    for index in re.findall(r"CREATE INDEX (\w+)", "".join(MIGRATIONS.values())):
        connection.execute(f"DROP INDEX IF EXISTS {index}")
    connection.execute("CREATE VIEW visits AS SELECT 1 AS old")
    connection.execute("PRAGMA user_version = 1")
    connection.commit()
    connection.close()
    with pytest.raises(InputError, match="older kg"):
        load_knowledge(out)
    write(out / "decisions.yaml", *ALL)
    extractor.read_ids.clear()
    build([pages], out)
    assert extractor.read_ids == []
    assert visits(out) == AFTER


def test_a_store_gives_what_records_in_memory_give(tmp_path: Path) -> None:
    from decided_records import applied
    from test_decisions import POOL

    from kg.decisions import Decisions

    with Store.create(tmp_path) as store:
        for record in records():
            store.put(record, content_key="k")
        for number in range(len(POOL)):
            chosen = Decisions(tuple(POOL[number:] + POOL[: number // 2]))
            resolved = resolve_store(store, chosen)
            knowledge, problems = applied(chosen)
            assert held(read_knowledge(store, resolved)) == knowledge
            assert sorted(map(str, resolved.problems)) == sorted(map(str, problems))
            told = resolve_touched(store, parse_decisions(format_decisions(chosen.rows)), "this kg")
            assert sorted(problem.what for problem in told) == sorted(problem.what for problem in problems)
            assert held(read_resolved(store)) == knowledge
            rows = store.rows("SELECT subject_id, relation, object_id, date, doc, score FROM named_facts")
            expected = [
                (fact.subject, fact.relation.value, fact.object, fact.date, record.page.id, fact.score)
                for record in knowledge.records
                for fact in record.facts
            ]
            # A view shows both of two facts that became one when their people did.
            assert set(rows) == set(expected)
            assert store.rows("PRAGMA foreign_key_check") == []


def test_new_people_are_entities_of_the_store(pages: Path, tmp_path: Path, extractor: FakeExtractor) -> None:
    out = tmp_path / "out"
    somebody = Anchor(text="丁新", code="330803", kind=Kind.PERSON, new=True)
    write(out / "decisions.yaml", decision(DecisionKind.ADD, claim=Claim(V, somebody, on(1, "东村"))))
    build([pages], out)
    assert ("1.txt", "丁新", "东村", None) in visits(out)
    # when a page names them, they are the same
    (pages / "4.txt").write_text("丁新东村", "utf-8")
    build([pages], out)
    assert {row[1] for row in visits(out) if row[1] == "丁新"} == {"丁新"}
    assert len({entity.id for entity in load_knowledge(out)[0].entities if entity.name == "丁新"}) == 1
