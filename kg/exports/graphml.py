"""GraphML for Gephi, Cytoscape, yEd and igraph, written node by node, then edge by edge.

Own writer, because networkx's repeats edge ids, lets through characters that XML forbids and takes minutes for a
hundred thousand edges with many attributes. One type per attribute name; ids of nodes and edges are NMTOKENs.

Source: notes on what each reader expects were measured with networkx, python-igraph and Gephi; the format is
http://graphml.graphdrawing.org/xmlns/1.1/graphml.xsd.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import Literal

import networkx as nx

from kg.exports.edges import Edge, GraphRows, Types, graph_rows, note_types
from kg.exports.texts import xml_attribute, xml_text
from kg.files import open_whole
from kg.graph import KIND, LABEL, RELATION
from kg.knowledge import Knowledge
from kg.model import content_id

_NMTOKEN = re.compile(r"[A-Za-z_][A-Za-z0-9._-]*\Z")
_HEAD = """<?xml version="1.0" encoding="UTF-8"?>
<graphml xmlns="http://graphml.graphdrawing.org/xmlns" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" \
xsi:schemaLocation="http://graphml.graphdrawing.org/xmlns http://graphml.graphdrawing.org/xmlns/1.0/graphml.xsd">
"""


Flavour = Literal["gephi", "cytoscape", "yed"]
FLAVOURS: tuple[Flavour, ...] = ("gephi", "cytoscape", "yed")


@dataclass(frozen=True, slots=True)
class _Manner:
    """What a flavour adds: to the head, to the keys, to a node and to an edge; and how it calls whole numbers."""

    head: str
    keys: str
    node: Callable[[Mapping[str, object]], str]
    edge: Callable[[Mapping[str, object]], str]
    whole: str = "long"


def write_graphml(knowledge: Knowledge, folder: Path, *, flavour: Flavour = "gephi") -> tuple[Path, ...]:
    """Write `graph.graphml` into a folder that exists.

    Args:
        flavour: whose conventions to follow; `gephi` is what igraph and networkx read best too, `cytoscape` adds
            `interaction` to edges, `yed` draws boxes and labels.

    Returns:
        The one file.

    Raises:
        InputError: the file cannot be written.
    """
    path = folder / "graph.graphml"
    with graph_rows(knowledge, folder) as rows, open_whole(path) as stream:
        stream.writelines(_lines(rows, _MANNERS[flavour]))
    return (path,)


def write_graph(graph: nx.MultiDiGraph[str], path: Path, *, flavour: Flavour = "gephi") -> None:
    """Write any multigraph of ours as one GraphML file; the graph stays as it is.

    Raises:
        InputError: the file cannot be written.
        TypeError: an attribute is neither scalar, list, tuple, set nor None.
    """
    node_types: dict[str, set[type]] = {}
    edge_types: dict[str, set[type]] = {}
    for _node, attributes in graph.nodes(data=True):
        note_types(node_types, attributes)
    for _source, _target, attributes in graph.edges(data=True):
        note_types(edge_types, attributes)
    rows = GraphRows(lambda: iter(graph.nodes(data=True)), lambda: _edges(graph), node_types, edge_types)
    with open_whole(path) as stream:
        stream.writelines(_lines(rows, _MANNERS[flavour]))


def _edges(graph: nx.MultiDiGraph[str]) -> Iterator[Edge]:
    seen: set[str] = set()
    for source, target, key, attributes in graph.edges(keys=True, data=True):
        edge_id = str(key)
        if edge_id in seen:  # a key of networkx's own (0, 1, …) is unique between two nodes only
            edge_id = content_id("edge", source, target, key)
        seen.add(edge_id)
        yield source, target, edge_id, attributes


def _lines(rows: GraphRows, manner: _Manner) -> Iterator[str]:
    yield manner.head
    node_keys, edge_keys = _keys("n", rows.node_types), _keys("e", rows.edge_types)
    for owner, keys in (("node", node_keys), ("edge", edge_keys)):
        for name, (key, kind) in keys.items():
            shown = manner.whole if kind == "long" else kind
            yield f'<key id="{key}" for="{owner}" attr.name="{_attribute(name)}" attr.type="{shown}"/>\n'
    yield manner.keys
    yield '<graph edgedefault="directed">\n'
    for node, attributes in rows.nodes():
        yield f'<node id="{_nmtoken("node", node)}">{_values(attributes, node_keys)}{manner.node(attributes)}</node>\n'
    for source, target, key, attributes in rows.edges():
        ends = f'source="{_nmtoken("node", source)}" target="{_nmtoken("node", target)}"'
        yield f'<edge id="{_nmtoken("edge", key)}" {ends}>'
        yield f"{_values(attributes, edge_keys)}{manner.edge(attributes)}</edge>\n"
    yield "</graph>\n</graphml>\n"


def _keys(prefix: str, types: Types) -> dict[str, tuple[str, str]]:
    """Key id and type of each attribute name, by name; a name with values of two types is a string."""
    found = {}
    for number, name in enumerate(sorted(types)):
        kinds = {_kind(kind) for kind in types[name]}
        single = "double" if kinds == {"long", "double"} else "string"
        found[name] = f"{prefix}{number}", kinds.pop() if len(kinds) == 1 else single
    return found


def _kind(of: type) -> str:
    if issubclass(of, bool):
        return "boolean"
    if issubclass(of, int):
        return "long"
    return "double" if issubclass(of, float) else "string"


def _values(attributes: Mapping[str, object], keys: Mapping[str, tuple[str, str]]) -> str:
    """The data of a node or an edge, by name; `keys` are sorted."""
    return "".join(
        [
            f'<data key="{key}">{xml_text(value) if type(value) is str else xml_text(_text(value))}</data>'
            for name, (key, _kind) in keys.items()
            if (value := attributes.get(name)) is not None
        ]
    )


def _text(value: object) -> str:
    match value:
        case bool():
            return "true" if value else "false"
        case str():
            return value
        case int() | float():
            return repr(value)
        case set() | frozenset():
            return ";".join(sorted(map(str, value)))
        case list() | tuple():
            return ";".join(map(str, value))
        case _ if hasattr(value, "isoformat"):
            return str(value.isoformat())
        case _:
            raise TypeError(f"GraphML has no type for {type(value).__name__}")


def _attribute(name: str) -> str:
    """An attribute's name; `id` would hide the node's own in Gephi and Cytoscape."""
    return xml_attribute("id_" if name == "id" else name)


def _nmtoken(prefix: str, text: str) -> str:
    return text if _NMTOKEN.match(text) else content_id(prefix, text)


def _nothing(_attributes: Mapping[str, object]) -> str:
    return ""


def _interaction(attributes: Mapping[str, object]) -> str:
    return f'<data key="interaction">{xml_text(str(attributes.get(RELATION, "")))}</data>'


_COLOURS = {"PERSON": "#FFCC99", "PLACE": "#CCE5CC", "ORG": "#CCDDFF", "ROLE": "#EEEEEE", "EVENT": "#FFF2B3"}


def _yed_node(attributes: Mapping[str, object]) -> str:
    label = str(attributes.get(LABEL, ""))
    colour = _COLOURS.get(str(attributes.get(KIND)), "#FFFFFF")
    width = 20 + 13 * min(len(label), 24)
    return (
        f'<data key="graphics"><y:ShapeNode><y:Geometry height="30.0" width="{width}.0" x="0.0" y="0.0"/>'
        f'<y:Fill color="{colour}" transparent="false"/><y:NodeLabel>{xml_text(label)}</y:NodeLabel>'
        '<y:Shape type="roundrectangle"/></y:ShapeNode></data>'
    )


def _yed_edge(attributes: Mapping[str, object]) -> str:
    label = xml_text(str(attributes.get(LABEL, "")))
    return (
        '<data key="lines"><y:PolyLineEdge><y:Arrows source="none" target="standard"/>'
        f"<y:EdgeLabel>{label}</y:EdgeLabel></y:PolyLineEdge></data>"
    )


_MANNERS: Mapping[Flavour, _Manner] = MappingProxyType(
    {
        "gephi": _Manner(_HEAD, "", _nothing, _nothing),
        # Cytoscape's reader knows "int" and shows `name` and `interaction` where the others show `label`.
        "cytoscape": _Manner(
            _HEAD,
            '<key id="interaction" for="edge" attr.name="interaction" attr.type="string"/>\n',
            _nothing,
            _interaction,
            whole="int",
        ),
        "yed": _Manner(
            _HEAD.replace(" xmlns:xsi", ' xmlns:y="http://www.yworks.com/xml/graphml" xmlns:xsi', 1),
            '<key id="graphics" for="node" yfiles.type="nodegraphics"/>\n'
            '<key id="lines" for="edge" yfiles.type="edgegraphics"/>\n',
            _yed_node,
            _yed_edge,
        ),
    }
)
