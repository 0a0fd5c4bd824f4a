"""Exports as docs/format.md fixes them; hostile text stays text; the same bytes every time; whole files or none."""

from __future__ import annotations

import csv
import errno
import io
import json
import pickle
import random
import sqlite3
import subprocess
import sys
import tempfile
import xml.etree.ElementTree as ET
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import networkx as nx
import pytest
from gold_records import gold_records
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from outside_readers import reader

from kg import model
from kg.errors import InputError
from kg.exports import FORMATS, write_export, write_exports
from kg.exports.graphml import write_graph
from kg.exports.texts import cell_text, clean, xml_attribute, xml_text
from kg.exports.whole import whole_file
from kg.files import open_whole
from kg.graph import build_graph
from kg.knowledge import Knowledge
from kg.resolve import resolve

RECORDS = gold_records()
KNOWLEDGE = resolve(RECORDS)
NEEDS = {"xlsx": "xlsxwriter", "parquet": "pyarrow"}
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
    "＝1+1",
    '"; DROP TABLE facts; --\\',
    "_x0041_\\u0041 {}${x}",
    "\u2028\u2029\x85",
    "甲;乙",
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


@pytest.fixture(params=FORMATS)
def format(request: pytest.FixtureRequest) -> str:
    """Every format whose library is there."""
    name: str = request.param
    if name in NEEDS:
        reader(NEEDS[name])
    return name


# JSON Lines


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
        KNOWLEDGE,
        entities=(*KNOWLEDGE.entities, model.Entity("event-plan", model.Kind.EVENT, "拟建", status="planned")),
    )
    for asked in (False, True):
        write_export(planned, tmp_path, format="jsonl", planned=asked)
        assert any(row["id"] == "event-plan" for row in rows(tmp_path, "entities")) is asked


# Every format


def test_the_same_knowledge_gives_the_same_bytes(tmp_path: Path, format: str) -> None:
    shuffled = list(RECORDS)
    random.Random(5).shuffle(shuffled)
    first = write_export(KNOWLEDGE, tmp_path / "a", format=format)
    second = write_export(resolve(shuffled), tmp_path / "b", format=format)
    assert [path.name for path in first] == [path.name for path in second]
    assert [path.read_bytes() for path in first] == [path.read_bytes() for path in second]


def test_a_writer_leaves_what_it_is_given_and_nothing_beside_its_files(tmp_path: Path, format: str) -> None:
    before = pickle.dumps(KNOWLEDGE)
    paths = write_export(KNOWLEDGE, tmp_path, format=format)
    assert pickle.dumps(KNOWLEDGE) == before
    assert sorted(tmp_path.iterdir()) == sorted(paths)


def test_nothing_known_is_a_valid_file(tmp_path: Path, format: str) -> None:
    paths = write_export(Knowledge((), ()), tmp_path, format=format)
    assert all(path.exists() for path in paths)


def test_a_second_export_takes_the_place_of_the_first(tmp_path: Path, format: str) -> None:
    write_export(KNOWLEDGE, tmp_path, format=format)
    small = Knowledge((model.Entity("person-1", model.Kind.PERSON, "甲"),), ())
    again = write_export(small, tmp_path, format=format)
    fresh = write_export(small, tmp_path / "fresh", format=format)
    assert [path.read_bytes() for path in again] == [path.read_bytes() for path in fresh]


def test_no_two_formats_share_a_file(tmp_path: Path) -> None:
    for module in NEEDS.values():
        reader(module)
    told: list[tuple[str, int, int]] = []
    written = write_exports(
        KNOWLEDGE, tmp_path, formats=[*FORMATS, "csv"], progress=lambda name, at, of: told.append((name, at, of))
    )
    paths = [path for found in written.values() for path in found]
    assert list(written) == list(FORMATS) and len(set(paths)) == len(paths)
    assert told == [(name, at, len(FORMATS)) for at, name in enumerate(FORMATS)]


def hostile(text: str) -> Knowledge:
    """A visit told in a sentence that is `text`, by somebody and to a place of that name."""
    page = model.Page("p.txt", "/home/somebody/p.txt", "0" * 64, text, model.Issue("报", "2021-01-20"), 1, None)
    whole = model.Span(0, len(text))
    article = model.Article("article-1", "p.txt", text, whole, (), (model.Byline(text, None, whole),))
    said = (model.Provenance("p.txt", "article-1", whole),)
    mention = model.Mention("mention-1", "p.txt", "article-1", whole, text, model.Kind.PERSON, "made", 1.0)
    day = "2021-01-19"
    facts = (
        model.Fact("fact-1", model.Relation.HOLDS_ROLE, "person-1", "role-1", None, said, "text", "made", 0.9),
        model.Fact("fact-2", model.Relation.PARTICIPATED_IN, "person-1", "event-1", day, said, "text", "made", 0.9, (("part", "lead"),)),
        model.Fact("fact-3", model.Relation.TOOK_PLACE_AT, "event-1", "place-1", day, said, "text", "made", 0.9),
        model.Fact("fact-4", model.Relation.VISITED, "person-1", "place-1", day, said, "text", "made", 0.9, (("event", "event-1"),)),
        model.Fact("fact-5", model.Relation.LOCATED_IN, "org-1", "place-1", None, (), "gazetteer", "made", 1.0),
    )  # fmt: skip
    entities = (
        model.Entity("person-1", model.Kind.PERSON, text, aliases=(text + "2",)),
        model.Entity("place-1", model.Kind.PLACE, text, subtype="site"),
        model.Entity("org-1", model.Kind.ORG, text, subtype="government"),
        model.Entity("role-1", model.Kind.ROLE, text, title=text, org="org-1"),
        model.Entity("event-1", model.Kind.EVENT, text, subtype="inspection", date=day, precision="day"),
    )
    record = model.PageRecord(page, (article,), (mention,), (model.Link("mention-1", "person-1", True),), (), facts)
    return Knowledge(entities, (record,))


Read = Callable[[Path], tuple[Any, Any]]
"""The person's name and the sentence of the visit, as an outside reader finds them."""


def read_jsonl(folder: Path) -> tuple[Any, Any]:
    return rows(folder, "entities")[0]["name"], rows(folder, "articles")[0]["title"]


def read_graphml(folder: Path) -> tuple[Any, Any]:
    space = "{http://graphml.graphdrawing.org/xmlns}"
    root = ET.parse(folder / "graph.graphml").getroot()
    keys = {key.get("id"): key.get("attr.name") for key in root.iter(f"{space}key")}

    def value(tag: str, element_id: str, name: str) -> str:
        [element] = [element for element in root.iter(space + tag) if element.get("id") == element_id]
        return next(data.text or "" for data in element if keys[data.get("key")] == name)

    return value("node", "person-1", "name"), value("edge", "fact-4", "evidence")


def read_gexf(folder: Path) -> tuple[Any, Any]:
    space = "{http://gexf.net/1.3}"
    root = ET.parse(folder / "graph.gexf").getroot()
    titles = {key.get("id"): key.get("title") for key in root.iter(f"{space}attribute")}
    [node] = [node for node in root.iter(f"{space}node") if node.get("id") == "person-1"]
    [edge] = [edge for edge in root.iter(f"{space}edge") if edge.get("id") == "fact-4"]
    values = {titles[value.get("for")]: value.get("value") for value in edge.iter(f"{space}attvalue")}
    return node.get("label"), values["evidence"]


def read_csv(folder: Path) -> tuple[Any, Any]:
    [row] = csv.DictReader(io.StringIO((folder / "visits.csv").read_bytes().decode("utf-8-sig"), newline=""))
    return row["person"], row["sentence"]


def read_xlsx(folder: Path) -> tuple[Any, Any]:
    sheet = reader("openpyxl").load_workbook(folder / "knowledge.xlsx")["visits"]
    head, row = sheet.iter_rows()
    cells = {name.value: cell for name, cell in zip(head, row, strict=True)}
    assert {cells[name].data_type for name in ("person", "sentence")} <= {"s", "n"}  # n: an empty cell
    # The file writes _x0041_ as _x005F_x0041_, as ECMA-376 asks (ST_Xstring); openpyxl leaves that to its caller.
    unescape = reader("openpyxl.utils.escape", package="openpyxl").unescape
    return unescape(cells["person"].value or ""), unescape(cells["sentence"].value or "")


def read_parquet(folder: Path) -> tuple[Any, Any]:
    [row] = reader("pyarrow.parquet").read_table(folder / "visits.parquet").to_pylist()
    return row["person"], row["sentence"]


def read_neo4j(folder: Path) -> tuple[Any, Any]:
    nodes, edges = (
        list(csv.DictReader(io.StringIO((folder / name).read_bytes().decode(), newline="")))
        for name in ("neo4j-nodes.csv", "neo4j-relationships.csv")
    )
    ids = {node["id:ID"]: node for node in nodes}
    assert all(edge[":START_ID"] in ids and edge[":END_ID"] in ids for edge in edges)
    return ids["person-1"]["name"], next(edge["evidence"] for edge in edges if edge["fact"] == "fact-4")


def read_ftm(folder: Path) -> tuple[Any, Any]:
    lines = (folder / "entities.ftm.json").read_text("utf-8").split("\n")
    found = {row["id"]: row["properties"] for row in map(json.loads, filter(None, lines))}
    return found["person-1"]["name"][0], found["fact-4"].get("summary", [""])[0]


def read_rdf(folder: Path, name: str, format: str) -> tuple[Any, Any]:
    rdflib = reader("rdflib")
    graph = rdflib.Graph().parse(folder / name, format=format)
    schema, oa = rdflib.Namespace("https://schema.org/"), rdflib.Namespace("http://www.w3.org/ns/oa#")
    [quote] = graph.objects(predicate=oa.exact)
    return str(graph.value(rdflib.URIRef("urn:county-kg:person-1"), schema.name)), str(quote)


def read_turtle(folder: Path) -> tuple[Any, Any]:
    return read_rdf(folder, "graph.ttl", "turtle")


def read_jsonld(folder: Path) -> tuple[Any, Any]:
    return read_rdf(folder, "graph.jsonld", "json-ld")


def read_nodelink(folder: Path) -> tuple[Any, Any]:
    graph = nx.node_link_graph(json.loads((folder / "graph.json").read_text("utf-8")), edges="edges")
    return graph.nodes["person-1"]["name"], graph.edges["person-1", "place-1", "fact-4"]["evidence"]


def read_datasette(folder: Path) -> tuple[Any, Any]:
    connection = sqlite3.connect(folder / "knowledge.db")
    try:
        [row] = connection.execute("SELECT person, sentence FROM visits").fetchall()
    finally:
        connection.close()
    return row


def breaks(text: str) -> str:
    return clean(text).replace("\r\n", "\n").replace("\r", "\n")


def words(text: str) -> str:
    return " ".join(clean(text).split())


def replaced(text: str) -> str:
    return text.encode("utf-8", "replace").decode()


# What a format may make of a name and of a sentence.
READ: dict[str, tuple[Read, Callable[[str], str], Callable[[str], str]]] = {
    "jsonl": (read_jsonl, replaced, replaced),
    "graphml": (read_graphml, clean, clean),
    "gexf": (read_gexf, clean, clean),
    "csv": (read_csv, cell_text, cell_text),
    "xlsx": (read_xlsx, breaks, breaks),
    "parquet": (read_parquet, clean, clean),
    "neo4j": (read_neo4j, breaks, breaks),
    "ftm": (read_ftm, lambda text: words(text) or "?", words),
    "turtle": (read_turtle, clean, clean),
    "jsonld": (read_jsonld, clean, clean),
    "nodelink": (read_nodelink, clean, clean),
    "datasette": (read_datasette, clean, lambda text: replaced(text).replace("\x00", "\ufffd")),
}


def check_hostile(format: str, text: str) -> None:
    read, name, sentence = READ[format]
    with tempfile.TemporaryDirectory() as folder:
        write_export(hostile(text), Path(folder), format=format)
        assert read(Path(folder)) == (name(text), sentence(text))


def test_every_format_is_tried_with_hostile_text() -> None:
    assert list(READ) == list(FORMATS)


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_hostile_text_stays_text(format: str, text: str) -> None:
    check_hostile(format, text)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    text=st.lists(
        st.one_of(
            st.sampled_from(HOSTILE),
            st.text(min_size=1, max_size=6),
            st.characters(categories=["Cc", "Cf", "Cs", "Zl", "Zp"]),
        ),
        min_size=1,
        max_size=4,
    ).map("".join)
)
def test_any_text_stays_text(format: str, text: str) -> None:
    check_hostile(format, text)


def test_no_path_of_this_computer_gets_out(tmp_path: Path, format: str) -> None:
    for path in write_export(hostile("甲到乙村。"), tmp_path, format=format):
        assert b"/home/somebody" not in path.read_bytes()


@pytest.mark.parametrize(
    ("text", "cell"),
    [
        ("=1+1", "'=1+1"),
        ("+1", "'+1"),
        ("-1", "'-1"),
        ("@x", "'@x"),
        (" =1", "' =1"),
        ("\t=1", "'\t=1"),
        ("＝1", "'＝1"),
        ("\x00=1", "'=1"),
        ("一=一", "一=一"),
        ("1-1", "1-1"),
        ("'=1", "'=1"),
        ("", ""),
    ],
)
def test_no_cell_is_a_formula(text: str, cell: str) -> None:
    assert cell_text(text) == cell


# GraphML


def test_graphml_comes_back_as_it_was(tmp_path: Path) -> None:
    [path] = write_export(KNOWLEDGE, tmp_path, format="graphml")
    graph = build_graph(KNOWLEDGE)
    back = nx.read_graphml(path, force_multigraph=True)
    assert dict(back.nodes(data=True)) == dict(graph.nodes(data=True))
    assert {(s, o, k): row for s, o, k, row in back.edges(keys=True, data=True)} == {
        (s, o, k): row for s, o, k, row in graph.edges(keys=True, data=True)
    }


@pytest.mark.parametrize("flavour", ["gephi", "cytoscape", "yed"])
def test_graphml_is_what_gephi_cytoscape_and_igraph_expect(tmp_path: Path, flavour: str) -> None:
    [path] = write_export(KNOWLEDGE, tmp_path, format="graphml", flavour=flavour)
    space = "{http://graphml.graphdrawing.org/xmlns}"
    root = ET.parse(path).getroot()
    keys = {key.get("id"): key for key in root.iter(f"{space}key")}
    named = [key for key in keys.values() if key.get("attr.name")]
    assert len({(key.get("for"), key.get("attr.name")) for key in named}) == len(named)
    assert not any(key.get("attr.name") == "id" for key in keys.values())
    types = {"gephi": {"long"}, "cytoscape": {"int"}, "yed": {"long"}}[flavour]
    assert {key.get("attr.type") for key in named} <= types | {"string", "double", "boolean"}
    edge_names = {"label", "weight", "relation"} | ({"interaction"} if flavour == "cytoscape" else set())
    for tag, more in (("node", {"label", "weight", "name", "type"}), ("edge", edge_names)):
        elements = list(root.iter(space + tag))
        ids = [element.get("id", "") for element in elements]
        assert len(set(ids)) == len(ids) > 0
        assert all(name.isascii() and name[0].isalpha() and " " not in name for name in ids)
        for element in elements:
            names = [keys[value.get("key")].get("attr.name") for value in element.iter(f"{space}data")]
            assert more <= set(names) and len(set(names)) == len(names)


def test_yed_shows_names_and_relations(tmp_path: Path) -> None:
    [path] = write_export(hostile("甲<乙>"), tmp_path, format="graphml", flavour="yed")
    y = "{http://www.yworks.com/xml/graphml}"
    root = ET.parse(path).getroot()
    assert {label.text for label in root.iter(f"{y}NodeLabel")} == {"甲<乙>"}
    assert {label.text for label in root.iter(f"{y}EdgeLabel")} == {relation.value for relation in model.Relation} - {
        "PART_OF"
    }


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
@example("\r\n\t")
@example("]]>")
def test_any_text_is_xml(text: str) -> None:
    assert (ET.fromstring(f"<a>{xml_text(text)}</a>").text or "") == clean(text)
    assert ET.fromstring(f'<a b="{xml_attribute(text)}"/>').get("b") == clean(text)


# Bad input, full disks


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"format": "xls"}, "no format 'xls' — did you mean xlsx?"),
        ({"format": "shapefile"}, "known formats: jsonl, graphml"),
        ({"format": "graphml", "flavour": "gefi"}, "no flavour 'gefi' — did you mean gephi?"),
    ],
)
def test_an_unknown_name_is_told(tmp_path: Path, options: dict[str, str], message: str) -> None:
    with pytest.raises(InputError) as caught:
        write_export(KNOWLEDGE, tmp_path / "out", **options)
    assert message in str(caught.value)
    assert not (tmp_path / "out").exists()


def test_no_format_is_told(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="no format given — known formats: jsonl"):
        write_exports(KNOWLEDGE, tmp_path, formats=())


@pytest.mark.parametrize(("format", "module"), [("xlsx", "xlsxwriter"), ("parquet", "pyarrow")])
def test_a_missing_library_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, format: str, module: str) -> None:
    monkeypatch.setitem(sys.modules, module, None)
    with pytest.raises(InputError, match=r"not installed — install it: pip install 'county-kg\[exports\]'"):
        write_export(KNOWLEDGE, tmp_path, format=format)
    assert list(tmp_path.iterdir()) == []


def test_a_file_in_place_of_the_folder_is_told(tmp_path: Path) -> None:
    (tmp_path / "out").write_text("")
    with pytest.raises(InputError, match="a file stands where a folder is needed"):
        write_export(KNOWLEDGE, tmp_path / "out", format="jsonl")


@pytest.mark.parametrize("opened", [open_whole, whole_file])
def test_an_unfinished_file_leaves_the_old_one(tmp_path: Path, opened: Any) -> None:
    path = tmp_path / "a.xlsx"
    path.write_text("old")
    with pytest.raises(InputError, match="no space left on the disk"), opened(path) as unfinished:
        unfinished.write_text("new") if isinstance(unfinished, Path) else unfinished.write("new")
        raise OSError(errno.ENOSPC, "No space left on device")
    assert path.read_text() == "old"
    assert [found.name for found in tmp_path.iterdir()] == ["a.xlsx"]


def test_a_folder_in_place_of_a_file_is_told(tmp_path: Path, format: str) -> None:
    name = write_export(KNOWLEDGE, tmp_path / "a", format=format)[0].name
    (tmp_path / "b" / name / "inside").mkdir(parents=True)
    with pytest.raises(InputError):
        write_export(KNOWLEDGE, tmp_path / "b", format=format)
    assert [path.name for path in (tmp_path / "b").iterdir()] == [name]


_ON_A_FULL_DISK = """
import resource, signal, sys
from pathlib import Path
sys.path.insert(0, "tests")
from graph_generator import generate
from kg.errors import InputError
from kg.exports import write_export

small, large, folder = generate(400), generate(1200), Path(sys.argv[1])
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
for name in sys.argv[2:]:
    paths = write_export(small, folder / name, format=name)
    before = {path: path.read_bytes() for path in paths}
    # Only the largest file of the export does not fit: the others are written before or after it.
    largest = max(path.stat().st_size for path in write_export(large, folder / "elsewhere" / name, format=name))
    resource.setrlimit(resource.RLIMIT_FSIZE, (largest - 1, resource.RLIM_INFINITY))
    try:
        write_export(large, folder / name, format=name)
        print("written on a full disk:", name)
    except InputError as error:
        if ".part" in str(error):
            print(name, error)
    resource.setrlimit(resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
    after = {path: path.read_bytes() for path in (folder / name).iterdir()}
    if after != before:
        print(name, [path.name for path in after if after[path] != before.get(path)])
"""


@pytest.mark.skipif(sys.platform == "win32", reason="no limit of file sizes to stand for a full disk")
def test_a_full_disk_leaves_the_old_files_of_every_format(tmp_path: Path) -> None:
    for module in NEEDS.values():
        reader(module)
    root = Path(__file__).resolve().parent.parent
    command = [sys.executable, "-c", _ON_A_FULL_DISK, str(tmp_path), *FORMATS]
    done = subprocess.run(command, cwd=root, capture_output=True, text=True, check=False)
    assert (done.stdout, done.stderr) == ("", "")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no device that is always full")
def test_a_full_disk_is_told(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(
        "tempfile.mkstemp", lambda **_more: (__import__("os").open("/dev/full", 1), str(tmp_path / "x"))
    )
    with pytest.raises(InputError, match="no space left on the disk"), open_whole(tmp_path / "a") as stream:
        stream.write("x" * 100_000)
    assert not (tmp_path / "a").exists()
