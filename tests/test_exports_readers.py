"""What programs from elsewhere read in our files: the same nodes, edges, dates and sentences; schemata hold."""

from __future__ import annotations

import json
import math
import re
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.parse
import urllib.request
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import networkx as nx
import pytest
from gold_records import gold_records
from graph_generator import generate
from outside_readers import reader

from kg.exports import FORMATS, write_export
from kg.graph import build_graph
from kg.knowledge import Knowledge
from kg.model import Kind, Relation
from kg.resolve import resolve

SCHEMAS = Path(__file__).parent / "schemas"
KNOWLEDGE = {"seeds": resolve(gold_records()), "generated": generate(600)}


@pytest.fixture(scope="module", params=KNOWLEDGE)
def name(request: pytest.FixtureRequest) -> str:
    """Which knowledge is exported."""
    return str(request.param)


@pytest.fixture(scope="module")
def knowledge(name: str) -> Knowledge:
    return KNOWLEDGE[name]


@pytest.fixture(scope="module")
def folder(name: str, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with every format whose library is installed."""
    folder = tmp_path_factory.mktemp(name)
    for format in FORMATS:
        if format not in ("xlsx", "parquet"):
            write_export(KNOWLEDGE[name], folder, format=format)
    return folder


# GraphML


@pytest.mark.parametrize("flavour", ["gephi", "cytoscape"])
def test_graphml_is_valid_by_its_schema(knowledge: Knowledge, tmp_path: Path, flavour: str) -> None:
    etree = reader("lxml.etree", package="lxml")
    schema = etree.XMLSchema(etree.parse(SCHEMAS / "graphml.xsd"))
    [path] = write_export(knowledge, tmp_path, format="graphml", flavour=flavour)
    schema.assertValid(etree.parse(path))


def test_the_schema_finds_what_is_wrong(tmp_path: Path) -> None:
    etree = reader("lxml.etree", package="lxml")
    schema = etree.XMLSchema(etree.parse(SCHEMAS / "graphml.xsd"))
    [path] = write_export(KNOWLEDGE["seeds"], tmp_path, format="graphml")
    spoilt = re.sub('<node id="([^"]*)"', r'<node id="\1 |"', path.read_text("utf-8"), count=1)
    assert not schema.validate(etree.fromstring(spoilt.encode()))


@pytest.mark.parametrize("flavour", ["gephi", "cytoscape", "yed"])
def test_four_readers_count_alike(knowledge: Knowledge, tmp_path: Path, flavour: str) -> None:
    [path] = write_export(knowledge, tmp_path, format="graphml", flavour=flavour)
    graph = build_graph(knowledge)
    expected = (graph.number_of_nodes(), graph.number_of_edges())
    back = nx.read_graphml(path, force_multigraph=True)
    assert (back.number_of_nodes(), back.number_of_edges()) == expected
    igraph = reader("igraph", package="python-igraph").Graph.Read_GraphML(str(path))
    assert (igraph.vcount(), igraph.ecount()) == expected
    assert set(igraph.vs["name"]) == {entity.name for entity in knowledge.entities}
    assert Counter(igraph.es["relation"]) == Counter(fact.relation.value for fact in knowledge.facts)
    if flavour != "yed":  # rustworkx reads no file of yEd's own either: their drawing keys have no attr.type
        [rust] = reader("rustworkx").read_graphml(str(path))
        assert (rust.num_nodes(), rust.num_edges()) == expected


def test_networkit_counts_alike(knowledge: Knowledge, tmp_path: Path) -> None:
    networkit = reader("networkit")
    [path] = write_export(knowledge, tmp_path, format="graphml")
    graph = build_graph(knowledge)
    read = networkit.graphio.GraphMLReader().read(str(path))
    assert (read.numberOfNodes(), read.numberOfEdges()) == (graph.number_of_nodes(), graph.number_of_edges())


@pytest.mark.parametrize("flavour", ["gephi", "cytoscape"])
def test_every_attribute_comes_back(knowledge: Knowledge, tmp_path: Path, flavour: str) -> None:
    [path] = write_export(knowledge, tmp_path, format="graphml", flavour=flavour)
    graph = build_graph(knowledge)
    back = nx.read_graphml(path, force_multigraph=True)
    more = {"interaction"} if flavour == "cytoscape" else set()
    assert dict(back.nodes(data=True)) == dict(graph.nodes(data=True))
    assert {
        (source, target, key): {name: value for name, value in row.items() if name not in more}
        for source, target, key, row in back.edges(keys=True, data=True)
    } == {(source, target, key): row for source, target, key, row in graph.edges(keys=True, data=True)}


def filled(row: dict[str, Any], empty: dict[str, Any]) -> dict[str, Any]:
    """What a reader of one type a column makes of attributes: numbers are floats, what is missing is empty."""
    return {
        name: float(row[name]) if type(row.get(name)) is int else row.get(name, none) for name, none in empty.items()
    }


def test_igraph_brings_every_attribute_back(knowledge: Knowledge, tmp_path: Path) -> None:
    """igraph has one type a column: a missing text is empty, a missing number NaN, whole numbers are floats."""
    graph = build_graph(knowledge)
    [path] = write_export(knowledge, tmp_path, format="graphml")
    back = reader("igraph", package="python-igraph").Graph.Read_GraphML(str(path))
    ids = back.vs["id"]
    for rows, expected in (
        ({vertex["id"]: vertex.attributes() for vertex in back.vs}, dict(graph.nodes(data=True))),
        (
            {edge.index: {**edge.attributes(), "ends": (ids[edge.source], ids[edge.target])} for edge in back.es},
            {at: {**row, "ends": (s, t)} for at, (s, t, row) in enumerate(graph.edges(data=True))},
        ),
    ):
        names = {name for row in expected.values() for name in row}
        assert names == {name for row in rows.values() for name in row} - {"id"}
        empty = {name: {str: "", bool: False}.get(type(next(iter(rows.values()))[name]), math.nan) for name in names}
        assert len(rows) == len(expected)
        for key, row in expected.items():
            found = {name: value for name, value in rows[key].items() if name != "id"}
            assert repr(sorted(found.items())) == repr(sorted(filled(row, empty).items()))


def test_rustworkx_brings_every_attribute_back(knowledge: Knowledge, tmp_path: Path) -> None:
    [path] = write_export(knowledge, tmp_path, format="graphml")
    graph = build_graph(knowledge)
    [back] = reader("rustworkx").read_graphml(str(path))
    nodes = [dict(row) for row in back.nodes()]
    ids = [row.pop("id") for row in nodes]
    known = [{name: value for name, value in row.items() if value is not None} for row in nodes]
    assert dict(zip(ids, known, strict=True)) == dict(graph.nodes(data=True))
    read = {}
    for source, target, row in back.weighted_edge_list():
        about = {name: value for name, value in row.items() if value is not None}
        read[about.pop("id")] = (ids[source], ids[target], about)
    assert read == {key: (source, target, row) for source, target, key, row in graph.edges(keys=True, data=True)}


def test_networkit_reads_the_same_edges(knowledge: Knowledge, tmp_path: Path) -> None:
    """networkit keeps no attributes; the ends of every edge are what it can bring back."""
    networkit = reader("networkit")
    [path] = write_export(knowledge, tmp_path, format="graphml")
    graph = build_graph(knowledge)
    numbers = {node: number for number, node in enumerate(graph)}
    read = Counter(networkit.graphio.GraphMLReader().read(str(path)).iterEdges())
    assert read == Counter((numbers[source], numbers[target]) for source, target in graph.edges())


# GEXF


def test_gexf_is_valid_by_its_schema(folder: Path) -> None:
    """The schema is that of 1.2draft; 1.3 has the same elements, and `timerepresentation` beside."""
    etree = reader("lxml.etree", package="lxml")
    schema = etree.XMLSchema(etree.parse(SCHEMAS / "gexf.xsd"))
    text = (folder / "graph.gexf").read_text("utf-8")
    older = (
        text.replace('xmlns="http://gexf.net/1.3" version="1.3"', 'xmlns="http://www.gexf.net/1.2draft" version="1.2"')
        .replace(' timerepresentation="interval"', "")
        .replace("<meta><creator>county-kg</creator></meta>", "")
    )
    document = etree.fromstring(older.replace('type="long"', 'type="integer"').encode())
    schema.assertValid(document)


def test_gexf_is_1_3(folder: Path) -> None:
    """The grammar is ours, from the primer; what a grammar cannot say of references and values is checked beside it."""
    etree = reader("lxml.etree", package="lxml")
    grammar = etree.RelaxNG(etree.parse(SCHEMAS / "gexf-1.3.rng"))
    document = etree.parse(folder / "graph.gexf")
    grammar.assertValid(document)
    root, space = document.getroot(), "{http://gexf.net/1.3}"
    types = {
        (declared.get("class"), one.get("id")): one.get("type")
        for declared in root.iter(f"{space}attributes")
        for one in declared
    }
    nodes = [node.get("id") for node in root.iter(f"{space}node")]
    edges = list(root.iter(f"{space}edge"))
    assert len(set(nodes)) == len(nodes)
    assert len({edge.get("id") for edge in edges}) == len(edges)
    assert {edge.get(end) for edge in edges for end in ("source", "target")} <= set(nodes)
    assert all(edge.get("start", "") <= edge.get("end", "") for edge in edges)
    fits = {"string": str, "long": int, "double": float, "boolean": {"true": True, "false": False}.__getitem__}
    for element in (*root.iter(f"{space}node"), *edges):
        values = list(element.iter(f"{space}attvalue"))
        assert len({value.get("for") for value in values}) == len(values)
        for value in values:
            fits[types[etree.QName(element).localname, value.get("for")]](value.get("value"))


@pytest.mark.parametrize(
    ("right", "wrong"),
    [
        ('version="1.3"', 'version="1.2"'),
        ('type="string"', 'type="text"'),
        ('start="20', 'start="x20'),
        ("<nodes>", "<nodes/><nodes>"),
    ],
)
def test_the_grammar_finds_what_is_wrong(folder: Path, right: str, wrong: str) -> None:
    etree = reader("lxml.etree", package="lxml")
    grammar = etree.RelaxNG(etree.parse(SCHEMAS / "gexf-1.3.rng"))
    text = (folder / "graph.gexf").read_text("utf-8")
    assert right in text
    assert not grammar.validate(etree.fromstring(text.replace(right, wrong, 1).encode()))


def test_gexf_brings_every_attribute_back(knowledge: Knowledge, folder: Path) -> None:
    """networkx's reader renames nothing but what has a place of its own; offsets are called otherwise on purpose."""
    graph = build_graph(knowledge)
    back = nx.read_gexf(folder / "graph.gexf", version="1.3")
    assert dict(back.nodes(data=True)) == dict(graph.nodes(data=True))
    read = {row.pop("id"): (source, target, row) for source, target, row in back.edges(data=True)}
    assert len(read) == graph.number_of_edges()
    for source, target, key, row in graph.edges(keys=True, data=True):
        expected = {
            {"start": "offset_start", "end": "offset_end"}.get(name, name): value for name, value in row.items()
        }
        found = {name: value for name, value in read[key][2].items() if name not in ("start", "end")}
        assert (*read[key][:2], found) == (source, target, expected)


def test_networkx_reads_gexf_with_its_time(knowledge: Knowledge, folder: Path) -> None:
    graph = nx.read_gexf(folder / "graph.gexf", version="1.3")
    assert (graph.number_of_nodes(), graph.number_of_edges()) == (len(knowledge.entities), len(knowledge.facts))
    assert graph.graph["mode"] == "dynamic" and graph.graph.get("timeformat", "date") == "date"
    read = Counter((row["label"], row.get("start"), row.get("end")) for *_, row in graph.edges(data=True))
    visits = [fact for fact in knowledge.facts if fact.relation is Relation.VISITED and len(fact.date or "") == 10]
    assert visits
    for fact in visits:
        assert read["VISITED", fact.date, fact.date]
    assert all(start is None for label, start, _end in read if label == "PART_OF")


# Tables


def test_pandas_reads_csv(knowledge: Knowledge, folder: Path) -> None:
    pandas = reader("pandas")
    sizes = {}
    for table in ("visits", "roles", "events", "geography", "entities"):
        frame = pandas.read_csv(folder / f"{table}.csv", dtype=str, keep_default_na=False)
        sizes[table] = len(frame)
        assert not frame.columns[0].startswith("\ufeff")
    assert sizes.pop("entities") == len(knowledge.entities)
    assert sum(sizes.values()) == len(knowledge.facts)
    assert sizes["visits"] == sum(fact.relation is Relation.VISITED for fact in knowledge.facts)


def test_csv_cells_are_no_formulas(folder: Path) -> None:
    pandas = reader("pandas")
    for path in folder.glob("*.csv"):
        if not path.name.startswith("neo4j"):
            frame = pandas.read_csv(path, dtype=str, keep_default_na=False)
            assert not any(re.match("[=+@\\-]", cell) for column in frame for cell in frame[column])


def test_openpyxl_and_pandas_read_the_workbook(knowledge: Knowledge, tmp_path: Path) -> None:
    reader("xlsxwriter", package="XlsxWriter")
    reader("openpyxl")
    pandas = reader("pandas")
    [path] = write_export(knowledge, tmp_path, format="xlsx")
    sheets = pandas.read_excel(path, sheet_name=None, dtype=object, keep_default_na=False)
    assert list(sheets) == ["visits", "roles", "events", "geography", "entities"]
    assert len(sheets["entities"]) == len(knowledge.entities)
    assert sum(len(sheets[name]) for name in sheets if name != "entities") == len(knowledge.facts)
    assert set(sheets["entities"]["name"]) == {entity.name for entity in knowledge.entities}
    assert all(isinstance(score, int | float) for score in sheets["visits"]["score"])


def test_duckdb_asks_parquet(knowledge: Knowledge, tmp_path: Path) -> None:
    reader("pyarrow")
    duckdb = reader("duckdb")
    write_export(knowledge, tmp_path, format="parquet")
    connection = duckdb.connect()

    def ask(sql: str) -> list[tuple[Any, ...]]:
        return list(connection.execute(sql.replace("{}", str(tmp_path))).fetchall())

    [(n_entities,)] = ask("SELECT count(*) FROM '{}/entities.parquet'")
    assert n_entities == len(knowledge.entities)
    [(n_evidence,)] = ask("SELECT count(*) FROM '{}/evidence.parquet'")
    assert n_evidence == sum(len(fact.evidence) for fact in knowledge.facts)
    [(wrong,)] = ask(
        "SELECT count(*) FROM '{}/evidence.parquet' e JOIN '{}/pages.parquet' p ON e.doc = p.doc "
        'WHERE substr(p.text, e.start + 1, e."end" - e.start) <> e.sentence'
    )
    assert wrong == 0
    [(person, place)] = ask("SELECT person, place FROM '{}/visits.parquet' ORDER BY date_from, fact LIMIT 1")
    assert {person, place} <= {entity.name for entity in knowledge.entities}
    [(kind,)] = ask("SELECT typeof(date_from) FROM '{}/visits.parquet' LIMIT 1")
    assert kind == "DATE"


def test_duckdb_reads_what_neo4j_imports(knowledge: Knowledge, folder: Path) -> None:
    """Neo4j itself is no library; the rules of its importer are checked one by one."""
    connection = reader("duckdb").connect()
    columns = "header=true, all_varchar=true, quote='\"', escape='\"'"
    nodes = connection.execute(f"SELECT * FROM read_csv('{folder}/neo4j-nodes.csv', {columns})")
    heads = [column[0] for column in nodes.description]
    rows = [dict(zip(heads, row, strict=True)) for row in nodes.fetchall()]
    ids = Counter(row["id:ID"] for row in rows)
    assert len(ids) == len(rows) == len(knowledge.entities)
    assert {row[":LABEL"].split(";")[1] for row in rows} <= {"Person", "Place", "Organisation", "Role", "Event"}
    edges = connection.execute(
        f"""SELECT ":START_ID", ":END_ID", ":TYPE" FROM read_csv('{folder}/neo4j-relationships.csv', {columns})"""
    ).fetchall()
    assert len(edges) == len(knowledge.facts)
    assert all(start in ids and end in ids for start, end, _type in edges)
    assert {kind for *_ends, kind in edges} <= set(Relation.__members__)
    types = {head.partition(":")[2] for head in heads}
    assert types <= {"ID", "LABEL", "", "string[]", "boolean", "int"}
    command = (folder / "neo4j-import.txt").read_text("utf-8")
    assert "neo4j-admin database import full" in command and "--multiline-fields=true" in command


# FollowTheMoney


@pytest.fixture(scope="module")
def ftm(knowledge: Knowledge, folder: Path) -> list[dict[str, Any]]:
    """The entities of the FollowTheMoney file, each id once, people and posts as many as there are."""
    lines = (folder / "entities.ftm.json").read_text("utf-8").split("\n")
    rows = [json.loads(line) for line in lines if line]
    assert len({row["id"] for row in rows}) == len(rows)
    counted = Counter(row["schema"] for row in rows)
    assert counted["Person"] == sum(entity.kind is Kind.PERSON for entity in knowledge.entities)
    assert counted["Occupancy"] == sum(fact.relation is Relation.HOLDS_ROLE for fact in knowledge.facts)
    return rows


def test_every_entity_fits_the_schemata(ftm: list[dict[str, Any]]) -> None:
    """The package itself needs a compiler (PyICU); its schemata stand in a file, checked against it where it is there."""
    schemata = json.loads((SCHEMAS / "ftm.json").read_text("utf-8"))
    ids = {row["id"]: row["schema"] for row in ftm}
    for row in ftm:
        assert list(row) == ["id", "schema", "properties"]
        schema = schemata[row["schema"]]
        assert set(schema["required"]) <= set(row["properties"]), row
        for name, values in row["properties"].items():
            kind, points_at = schema["properties"][name]
            assert values and len(set(values)) == len(values), (row["schema"], name)
            for value in values:
                assert isinstance(value, str) and value.strip(), (row["schema"], name)
                assert name == "bodyText" or value == " ".join(value.split()), (row["schema"], name)
                if kind == "entity":
                    assert points_at in schemata[ids[value]]["is"], (row["schema"], name, ids[value])
                elif kind in FTM_VALUES:
                    assert re.fullmatch(FTM_VALUES[kind], value), (row["schema"], name, value)


FTM_VALUES = {
    "date": r"\d{4}(-\d{2}(-\d{2})?)?",
    "country": "cn",
    "language": "zho",
    "url": r"https?://\S+",
}


def test_the_schemata_are_those_of_the_package() -> None:
    reader("followthemoney", locked=False)
    done = subprocess.run(
        [sys.executable, "tools/ftm_schemata.py"], cwd=SCHEMAS.parent.parent, capture_output=True, text=True, check=True
    )
    assert json.loads(done.stdout) == json.loads((SCHEMAS / "ftm.json").read_text("utf-8"))


def test_followthemoney_accepts_every_entity(ftm: list[dict[str, Any]]) -> None:
    model = reader("followthemoney", locked=False).model  # its PyICU is compiled on the spot
    ids = {row["id"]: row["schema"] for row in ftm}
    for row in ftm:
        schema = model.get(row["schema"])
        assert schema is not None
        schema.validate(row)
        for name, values in row["properties"].items():
            prop = schema.get(name)
            assert prop is not None and not prop.stub, (row["schema"], name)
            for value in values:
                assert prop.type.validate(value), (row["schema"], name, value)
                if prop.range is not None and prop.type.name == "entity":
                    assert model.get(ids[value]).is_a(prop.range), (row["schema"], name, ids[value])


def test_followthemoney_keeps_the_sentence(ftm: list[dict[str, Any]]) -> None:
    visits = [row["properties"] for row in ftm if row["id"].startswith("fact-")]
    events = [row for row in visits if row.get("keywords") == ["visit"]]
    assert events and all(row["summary"] and row["involved"] and row["location"] for row in events)


# RDF


def test_turtle_and_jsonld_say_the_same(folder: Path) -> None:
    rdflib = reader("rdflib")
    turtle = rdflib.Graph().parse(folder / "graph.ttl", format="turtle")
    jsonld = rdflib.Graph().parse(folder / "graph.jsonld", format="json-ld")
    assert len(turtle) > 100
    assert set(turtle) == set(jsonld)


def test_rdf_has_the_shapes_promised(folder: Path) -> None:
    rdflib, pyshacl = reader("rdflib"), reader("pyshacl")
    graph = rdflib.Graph().parse(folder / "graph.ttl", format="turtle")
    shapes = rdflib.Graph().parse(SCHEMAS / "shapes.ttl", format="turtle")
    conforms, _report, text = pyshacl.validate(graph, shacl_graph=shapes)
    assert conforms, text


def test_the_shapes_find_what_is_wrong(folder: Path) -> None:
    rdflib, pyshacl = reader("rdflib"), reader("pyshacl")
    graph = rdflib.Graph().parse(folder / "graph.ttl", format="turtle")
    shapes = rdflib.Graph().parse(SCHEMAS / "shapes.ttl", format="turtle")
    graph.remove((None, rdflib.URIRef("https://schema.org/agent"), None))
    conforms, _report, _text = pyshacl.validate(graph, shacl_graph=shapes)
    assert not conforms


def test_sparql_finds_the_visits_with_their_sentences(knowledge: Knowledge, folder: Path) -> None:
    graph = reader("rdflib").Graph().parse(folder / "graph.ttl", format="turtle")
    found = graph.query(
        """PREFIX schema: <https://schema.org/> PREFIX prov: <http://www.w3.org/ns/prov#>
        PREFIX oa: <http://www.w3.org/ns/oa#>
        SELECT ?name ?place ?sentence ?start ?doc WHERE {
          ?visit a schema:TravelAction ; schema:agent/schema:name ?name ; schema:toLocation/schema:name ?place ;
            prov:wasDerivedFrom ?evidence .
          ?evidence oa:hasSource/schema:name ?doc ; oa:hasSelector/oa:exact ?sentence ; oa:hasSelector/oa:start ?start }"""
    )
    texts = {page.id: page.text for page in knowledge.pages}
    rows = list(found)
    assert rows
    for row in rows:
        assert texts[str(row.doc)].startswith(str(row.sentence), int(row.start))


# Node-link JSON


def test_networkx_reads_node_link(knowledge: Knowledge, folder: Path) -> None:
    back = nx.node_link_graph(json.loads((folder / "graph.json").read_text("utf-8")), edges="edges")
    graph = build_graph(knowledge)
    assert back.is_multigraph() and back.is_directed()
    assert dict(back.nodes(data=True)) == dict(graph.nodes(data=True))
    for *_ends, row in back.edges(keys=True, data=True):
        row["source"] = row.pop("origin")
    assert list(back.edges(keys=True, data=True)) == list(graph.edges(keys=True, data=True))


# Datasette


@pytest.fixture(scope="module")
def site(folder: Path) -> Iterator[str]:
    """The address of a Datasette server on loopback."""
    reader("datasette")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "datasette", "serve", "knowledge.db", "--metadata", "datasette.json"]
    server = subprocess.Popen(
        [*command, "--host", "127.0.0.1", "--port", str(port), "--setting", "sql_time_limit_ms", "20000"],
        cwd=folder,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        address = f"http://127.0.0.1:{port}"
        for _ in range(300):
            try:
                fetch(f"{address}/-/versions.json")
                break
            except urllib.error.URLError:
                assert server.poll() is None, "datasette ended"
                time.sleep(0.1)
        yield address
    finally:
        server.terminate()
        server.wait(timeout=20)


def fetch(address: str) -> str:
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    with opener.open(address, timeout=30) as answer:
        return str(answer.read().decode("utf-8"))


def ask(site: str, query: str, **words: str) -> list[dict[str, Any]]:
    words = {**words, "_shape": "array"}
    return list(json.loads(fetch(f"{site}/knowledge/{query}.json?{urllib.parse.urlencode(words)}")))


def test_datasette_answers_in_chinese(knowledge: Knowledge, site: str) -> None:
    entities = {entity.id: entity for entity in knowledge.entities}
    visit = next(fact for fact in knowledge.facts if fact.relation is Relation.VISITED)
    person, place = entities[visit.subject].name, entities[visit.object].name
    assert person in {row["person"] for row in ask(site, "who_visited", place=place)}
    places = {row["place"] for row in ask(site, "where_was", person=person)}
    assert place in places
    post = next(fact for fact in knowledge.facts if fact.relation is Relation.HOLDS_ROLE)
    role = entities[post.object]
    assert role.title in {row["title"] for row in ask(site, "posts_of", person=entities[post.subject].name)}
    first = visit.evidence[0]
    page = next(page for page in knowledge.pages if page.id == first.page)
    sentence = page.text[first.span.start : first.span.end]
    assert sentence in {row["sentence"] for row in ask(site, "sentences_with", words=sentence[:12])}
    assert ask(site, "where_was", person="没有这个人") == []
    assert ask(site, "sentences_with", words="") == []


def test_datasette_counts_what_lies_inside(site: str, name: str) -> None:
    if name != "seeds":
        pytest.skip("the generated places are drawn anew with the generator")
    inside = ask(site, "who_visited", place="柯城区")
    assert {"柯城区"} < {row["place"] for row in inside} or len({row["place"] for row in inside}) > 1


def test_every_query_runs_and_every_table_shows(site: str, folder: Path) -> None:
    described = json.loads((folder / "datasette.json").read_text("utf-8"))["databases"]["knowledge"]
    for query, about in described["queries"].items():
        words = dict.fromkeys(re.findall(r":(\w+)", about["sql"]), "王")
        assert isinstance(ask(site, query, **words), list)
    for table, about in described["tables"].items():
        assert about.get("hidden") or "</html>" in fetch(f"{site}/knowledge/{table}")
    front = fetch(f"{site}/knowledge")
    assert "县报知识图谱" in front and "谁到过这里" in front
