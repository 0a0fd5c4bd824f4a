"""The example of docs/decisions.md does to the seed pages what it says."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import kg
from kg.decisions import DecisionKind, parse_decisions
from kg.errors import InputError
from kg.exports import FORMATS, write_exports
from kg.knowledge import entity_index, statement_of
from kg.model import Relation
from kg.pipeline import build, load_knowledge

ROOT = Path(__file__).resolve().parent.parent


def example() -> str:
    block = re.search(r"^```yaml\n(.*?)^```", (ROOT / "docs" / "decisions.md").read_text("utf-8"), re.M | re.S)
    assert block is not None
    return block[1]


@pytest.fixture(scope="module")
def out(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("out")
    build([ROOT / "seeds"], folder)
    (folder / "decisions.yaml").write_text(example(), "utf-8")
    summary = build([ROOT / "seeds"], folder)
    assert [str(problem) for problem in summary.problems] == []
    assert summary.n_read == 0
    return folder


def test_it_has_every_kind_of_decision() -> None:
    assert {row.kind for row in parse_decisions(example()).rows} == set(DecisionKind)


def test_it_does_what_it_says(out: Path) -> None:
    knowledge, _complete = load_knowledge(out)
    named = entity_index(knowledge)
    names = [entity.name for entity in knowledge.entities]
    assert names.count("习近平") == 1
    assert "衢州市柯城区优宿物业管理有限公司" in names
    facts = {(named[f.subject].name, f.relation, named[f.object].name): f for f in knowledge.facts}
    assert facts["徐旭", Relation.VISITED, "严村村"].score == 1.0
    assert ("居亚平", Relation.VISITED, "五龙村") in facts
    assert ("居亚平", Relation.VISITED, "柯城区") not in facts
    signed = facts["双港街道", Relation.PARTICIPATED_IN, "签订"]
    assert signed.score == 1.0
    signing = [fact for fact in knowledge.facts if signed.object in (fact.subject, fact.object)]
    assert len(signing) > 1 and {fact.date for fact in signing} == {"2021-01"}  # of one event one date
    added = facts["居亚平", Relation.VISITED, "村播产业一条街"]
    [page] = [page for page in knowledge.pages if page.id == added.evidence[0].page]
    assert page.text[added.evidence[0].span.start : added.evidence[0].span.end] == "村播学院和村播产业一条街"
    said = facts["居亚平", Relation.HOLDS_ROLE, "柯城区调研组组长"]
    assert (said.source, statement_of(said)) == ("person", "（人工说明）当时随行的人回忆")
    assert "王编辑" not in repr(knowledge)


@pytest.mark.parametrize("redact", [False, True], ids=["named", "redacted"])
def test_every_format_can_be_written(out: Path, tmp_path: Path, redact: bool) -> None:
    knowledge, _complete = load_knowledge(out)
    written = write_exports(knowledge, tmp_path, formats=tuple(FORMATS), redact=redact)
    assert set(written) == set(FORMATS)
    facts = (tmp_path / "facts.jsonl").read_text("utf-8")
    assert facts.count("当时随行的人回忆") == 1 and "王编辑" not in facts


def test_a_notebook_corrects_and_takes_back(out: Path) -> None:
    graph = kg.open(out)
    visits = graph.visits(person="吴舜泽")
    fact = visits["fact"].iloc[0]
    before = (out / "decisions.yaml").read_bytes()
    corrected = graph.correct("reject", fact, reason="看错了", who="研究者")
    assert fact not in set(corrected.visits(person="吴舜泽")["fact"])
    assert len(graph.visits(person="吴舜泽")) == len(visits)  # what is open does not change
    assert corrected.uncorrect().visits(person="吴舜泽").equals(visits)
    assert (out / "decisions.yaml").read_bytes() == before


@pytest.mark.parametrize(
    ("kind", "what", "more", "says"),
    [
        ("melt", "x", {}, "no decision 'melt'"),
        ("reject", "fact-0", {}, "no fact has the id 'fact-0'"),
        ("date", None, {"to": "gestern"}, "gestern is no date"),
        ("date", None, {}, "to is missing"),
        ("rename", "朱素芳", {}, "name is missing"),
        ("merge", ["朱素芳"], {}, "at least 2 are needed here"),
        ("merge", ["朱素芳", "没有这个人"], {}, "no thing is called"),
        ("merge", ["朱素芳", "石梁镇"], {}, "different kinds are never one"),
    ],
)
def test_what_a_notebook_gets_wrong_is_one_line(
    out: Path, kind: str, what: str | list[str] | None, more: dict[str, str], says: str
) -> None:
    graph = kg.open(out)
    before = (out / "decisions.yaml").read_bytes()
    with pytest.raises(InputError, match=says):
        graph.correct(kind, what or graph.visits(person="吴舜泽")["fact"].iloc[0], reason="试", **more)
    assert (out / "decisions.yaml").read_bytes() == before


def test_people_are_merged_split_and_renamed_in_a_notebook(out: Path) -> None:
    graph = kg.open(out)
    before = (out / "decisions.yaml").read_bytes()
    merged = graph.correct("merge", ["徐旭", "王良春"], reason="试")
    assert merged.entity("徐旭").entity == merged.entity("王良春").entity
    parted = merged.uncorrect()
    renamed = parted.correct("rename", "徐旭", name="徐旭东", reason="试")
    assert "徐旭" in renamed.entity("徐旭东").entity.aliases
    renamed.uncorrect()
    assert (out / "decisions.yaml").read_bytes() == before
