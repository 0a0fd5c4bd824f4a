"""CSV for `neo4j-admin database import full`: nodes and relationships with typed headers, and the command to run.

One file of nodes with a label a kind (`Person`, `Place`, …), one of relationships. `;` parts the values of a list, so
none stands inside one; every end of a relationship is a node. Quotes are doubled, never escaped by a backslash.

Source: https://neo4j.com/docs/operations-manual/current/import/ (header format, `--multiline-fields`).
"""

from __future__ import annotations

import csv
from collections.abc import Iterator
from pathlib import Path

from kg.exports.edges import Attributes, graph_rows
from kg.exports.texts import clean
from kg.files import open_whole
from kg.graph import LIST_SEPARATOR, Scalar
from kg.knowledge import Knowledge
from kg.model import Kind

NODES = "neo4j-nodes.csv"
RELATIONSHIPS = "neo4j-relationships.csv"
COMMAND = "neo4j-import.txt"
_LABELS = {
    Kind.PERSON: "Person",
    Kind.PLACE: "Place",
    Kind.ORG: "Organisation",
    Kind.ROLE: "Role",
    Kind.EVENT: "Event",
}
_NODE_HEAD = (
    *("id:ID", "name", ":LABEL", "subtype", "aliases:string[]", "code", "title", "org", "date", "status"),
    *("linked:boolean", "mentions:int"),
)
_NODE_NAMES = ("name", "type", "subtype", "aliases", "code", "title", "org", "date", "status", "linked", "weight")
_EDGE_HEAD = (
    *(":START_ID", ":END_ID", ":TYPE", "fact", "date", "part", "order:int", "event", "doc", "article", "newspaper"),
    *("issue_date", "evidence", "start:int", "end:int", "n_evidence:int", "score:double", "source", "rule"),
)
_EDGE_NAMES = (
    *("date", "part", "order", "event", "doc", "article", "newspaper", "issue_date", "evidence", "start", "end"),
    *("n_evidence", "score", "source", "rule"),
)
_HOW = f"""\
Stop the database, copy the two CSV files into Neo4j's import folder, and run there (Neo4j 5):

neo4j-admin database import full neo4j --overwrite-destination --array-delimiter="{LIST_SEPARATOR}" --multiline-fields=true \
--nodes={NODES} --relationships={RELATIONSHIPS}

Then start it and ask, for instance, who was in a village with whom:

MATCH (p:Person)-[v:VISITED]->(place:Place {{name: "航埠镇"}}) RETURN p.name, v.date, v.evidence ORDER BY v.date
"""


def write_neo4j(knowledge: Knowledge, folder: Path) -> tuple[Path, ...]:
    """Write nodes, relationships and the command that imports them into a folder that exists.

    Returns:
        The files: nodes, relationships, command.

    Raises:
        InputError: a file cannot be written.
    """
    with graph_rows(knowledge, folder) as graph:
        _write(folder / NODES, _NODE_HEAD, (_node(*node) for node in graph.nodes()))
        _write(folder / RELATIONSHIPS, _EDGE_HEAD, (_edge(*edge) for edge in graph.edges()))
    with open_whole(folder / COMMAND) as stream:
        stream.write(_HOW)
    return (folder / NODES, folder / RELATIONSHIPS, folder / COMMAND)


def _write(path: Path, head: tuple[str, ...], rows: Iterator[list[str]]) -> None:
    with open_whole(path) as stream:
        writer = csv.writer(stream, lineterminator="\n", quoting=csv.QUOTE_MINIMAL)
        writer.writerow(head)
        writer.writerows(rows)


def _node(node: str, attributes: Attributes) -> list[str]:
    name, kind, *values = (attributes.get(key) for key in _NODE_NAMES)
    label = ";".join(("Entity", _LABELS[Kind(str(kind))]))
    return [node, _text(name), label, *map(_text, values)]


def _edge(source: str, target: str, fact: str, attributes: Attributes) -> list[str]:
    return [
        *(source, target, str(attributes["relation"]), fact),
        *(_text(attributes.get(name)) for name in _EDGE_NAMES),
    ]


def _text(value: Scalar | None) -> str:
    match value:
        case None:
            return ""
        case bool():
            return "true" if value else "false"
        case float() if value.is_integer():
            return str(int(value))
        case _:
            # Readers of CSV disagree on a carriage return inside a cell.
            return clean(str(value)).replace("\r\n", "\n").replace("\r", "\n")
