"""Exports as docs/format.md fixes them; hostile text stays text; the same bytes every time; whole files or none."""

from __future__ import annotations

import errno
import json
import random
import xml.etree.ElementTree as ET
from dataclasses import replace
from pathlib import Path
from typing import Any

import networkx as nx
import pytest
from gold_records import gold_records
from hypothesis import given
from hypothesis import strategies as st

from kg.errors import InputError
from kg.exports import FORMATS, write_export
from kg.exports.graphml import write_graph, xml_text
from kg.files import open_whole
from kg.graph import build_graph
from kg.knowledge import Knowledge
from kg.model import Entity, Kind
from kg.resolve import resolve

RECORDS = gold_records()
KNOWLEDGE = resolve(RECORDS)
HOSTILE = [
    "<script>alert(1)</script>",
    "]]>",
    "\"'&amp;",
    "换\x0c页\x00\x0b\x1b[31m",
    "a\r\nb\rc\nd\te",
    "\ud800半个",
    "\ufffe\uffff",
    "𠮷 😀",
    "=cmd|' /C calc'!A0",
    " ",
]
FIELDS = {
    "entities": ["id", "type", "subtype", "name", "aliases", "code", "title", "org", "date"],
    "mentions": ["doc", "article", "start", "end", "text", "entity", "type", "rule", "score"],
    "facts": [
        *("id", "relation", "subject", "object", "date", "doc", "article", "evidence", "source", "rule", "score"),
        "attributes",
    ],
    "articles": ["doc", "id", "title", "start", "end", "date", "bylines"],
}


def rows(folder: Path, name: str) -> list[dict[str, Any]]:
    # Split as the scorer does: only \n ends a line, whatever else a name holds.
    return [json.loads(line) for line in (folder / f"{name}.jsonl").read_text("utf-8").split("\n") if line]


@pytest.fixture(scope="module")
def jsonl(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("jsonl")
    write_export(KNOWLEDGE, folder, format="jsonl")
    return folder


@pytest.mark.parametrize("name", FIELDS)
def test_jsonl_has_the_fixed_fields_first_and_in_order(jsonl: Path, name: str) -> None:
    for row in rows(jsonl, name):
        assert list(row)[: len(FIELDS[name])] == FIELDS[name]


def test_jsonl_is_utf8_without_bom_or_escapes(jsonl: Path) -> None:
    raw = (jsonl / "entities.jsonl").read_bytes()
    assert not raw.startswith(b"\xef\xbb\xbf")
    assert b"\\u" not in raw and b"\r" not in raw and raw.endswith(b"\n")


def test_jsonl_points_into_the_pages(jsonl: Path) -> None:
    texts = {record.page.id: record.page.text for record in RECORDS}
    ids = {row["id"] for row in rows(jsonl, "entities")}
    for row in rows(jsonl, "mentions"):
        assert texts[row["doc"]][row["start"] : row["end"]] == row["text"]
        assert row["entity"] in ids and isinstance(row["linked"], bool)
    for row in rows(jsonl, "facts"):
        assert {row["subject"], row["object"]} <= ids
        assert row["doc"] in texts
        assert row["evidence"] or row["source"] == "gazetteer"
    assert {row["doc"] for row in rows(jsonl, "articles")} == set(texts)


def test_an_article_without_a_date_of_its_own_has_that_of_the_issue(jsonl: Path) -> None:
    dates = {record.page.id: record.page.issue.date for record in RECORDS}
    assert all(row["date"] == dates[row["doc"]] for row in rows(jsonl, "articles"))


def test_plans_are_exported_only_when_asked_for(tmp_path: Path) -> None:
    planned = replace(
        KNOWLEDGE, entities=(*KNOWLEDGE.entities, Entity("event-plan", Kind.EVENT, "拟建", status="planned"))
    )
    for asked in (False, True):
        write_export(planned, tmp_path, format="jsonl", planned=asked)
        assert any(row["id"] == "event-plan" for row in rows(tmp_path, "entities")) is asked


@pytest.mark.parametrize("format", FORMATS)
def test_the_same_knowledge_gives_the_same_bytes(tmp_path: Path, format: str) -> None:
    shuffled = list(RECORDS)
    random.Random(5).shuffle(shuffled)
    first = write_export(KNOWLEDGE, tmp_path / "a", format=format)
    second = write_export(resolve(shuffled), tmp_path / "b", format=format)
    assert [path.name for path in first] == [path.name for path in second]
    assert [path.read_bytes() for path in first] == [path.read_bytes() for path in second]


@pytest.mark.parametrize("format", FORMATS)
@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_hostile_names_stay_names(tmp_path: Path, format: str, text: str) -> None:
    entity = Entity("person-1", Kind.PERSON, text, aliases=(text + "2",))
    [path, *_rest] = write_export(Knowledge((entity,), ()), tmp_path, format=format)
    if format == "jsonl":
        [row] = rows(tmp_path, "entities")
        assert row["name"] == text.encode("utf-8", "replace").decode()
    else:
        [node] = nx.read_graphml(path).nodes(data=True)
        assert node[0] == "person-1"
        readable = "".join(char for char in text if xml_text(char))
        assert node[1].get("name", "") in (readable, readable.strip() and readable)


def test_graphml_comes_back_as_it_was(tmp_path: Path) -> None:
    [path] = write_export(KNOWLEDGE, tmp_path, format="graphml")
    graph = build_graph(KNOWLEDGE)
    back = nx.read_graphml(path, force_multigraph=True)
    assert dict(back.nodes(data=True)) == dict(graph.nodes(data=True))
    assert {(s, o, k): row for s, o, k, row in back.edges(keys=True, data=True)} == {
        (s, o, k): row for s, o, k, row in graph.edges(keys=True, data=True)
    }


def test_graphml_is_what_gephi_cytoscape_and_igraph_expect(tmp_path: Path) -> None:
    [path] = write_export(KNOWLEDGE, tmp_path, format="graphml")
    space = "{http://graphml.graphdrawing.org/xmlns}"
    root = ET.parse(path).getroot()
    keys = {key.get("id"): key for key in root.iter(f"{space}key")}
    assert len({(key.get("for"), key.get("attr.name")) for key in keys.values()}) == len(keys)
    assert not any(key.get("attr.name") == "id" for key in keys.values())
    for tag, more in (("node", {"label", "weight", "name", "type"}), ("edge", {"label", "weight", "relation"})):
        elements = list(root.iter(space + tag))
        ids = [element.get("id", "") for element in elements]
        assert len(set(ids)) == len(ids) > 0
        assert all(name.isascii() and name[0].isalpha() and " " not in name for name in ids)
        for element in elements:
            names = [keys[value.get("key")].get("attr.name") for value in element.iter(f"{space}data")]
            assert more <= set(names) and len(set(names)) == len(names)


def test_graphml_takes_whatever_a_graph_of_networkx_holds(tmp_path: Path) -> None:
    graph: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    graph.add_node("a b|c", id="x", mixed=1, none=None, several=["甲", "乙"], flag=True)
    graph.add_node("二", mixed="one", number=1)
    graph.add_edge("a b|c", "二", number=0.5)
    graph.add_edge("二", "a b|c", number=2)
    before = list(graph.nodes(data=True)), list(graph.edges(keys=True, data=True))
    write_graph(graph, tmp_path / "g.graphml")
    assert (list(graph.nodes(data=True)), list(graph.edges(keys=True, data=True))) == before
    back = nx.read_graphml(tmp_path / "g.graphml", force_multigraph=True)
    first, second = (row for _node, row in back.nodes(data=True))
    assert first == {"id_": "x", "mixed": "1", "several": "甲;乙", "flag": True}
    assert second == {"mixed": "one", "number": 1}
    assert [row["number"] for _s, _t, row in back.edges(data=True)] == [0.5, 2.0]
    assert len({key for _s, _t, key in back.edges(keys=True)}) == 2


def test_graphml_refuses_what_it_has_no_type_for(tmp_path: Path) -> None:
    graph: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    graph.add_node("a", odd={"a": 1})
    with pytest.raises(TypeError, match="dict"):
        write_graph(graph, tmp_path / "g.graphml")
    assert list(tmp_path.iterdir()) == []


@given(st.text())
def test_any_text_is_xml(text: str) -> None:
    assert ET.fromstring(f"<a>{xml_text(text)}</a>").text in (text, xml_text(text), None) or set(text) - set(
        xml_text(text)
    )


def test_an_unknown_format_is_told(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="known formats: jsonl, graphml"):
        write_export(KNOWLEDGE, tmp_path, format="xls")


def test_a_file_in_place_of_the_folder_is_told(tmp_path: Path) -> None:
    (tmp_path / "out").write_text("")
    with pytest.raises(InputError, match="a file stands where a folder is needed"):
        write_export(KNOWLEDGE, tmp_path / "out", format="jsonl")


def test_an_unfinished_file_leaves_the_old_one(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    path.write_text("old")
    with pytest.raises(InputError, match="no space left on the disk"), open_whole(path) as stream:
        stream.write("new")
        raise OSError(errno.ENOSPC, "No space left on device")
    assert path.read_text() == "old"
    assert [found.name for found in tmp_path.iterdir()] == ["a.jsonl"]


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no device that is always full")
def test_a_full_disk_is_told(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(
        "tempfile.mkstemp", lambda **_more: (__import__("os").open("/dev/full", 1), str(tmp_path / "x"))
    )
    with pytest.raises(InputError, match="no space left on the disk"), open_whole(tmp_path / "a") as stream:
        stream.write("x" * 100_000)
    assert not (tmp_path / "a").exists()
