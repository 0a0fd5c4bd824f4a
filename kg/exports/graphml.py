"""GraphML for Gephi, Cytoscape, yEd and igraph, written straight from the graph and without changing it.

Own writer, because networkx's repeats edge ids, lets through characters that XML forbids and takes minutes for a
hundred thousand edges with many attributes. One type per attribute name; ids of nodes and edges are NMTOKENs.

Source: notes on what each reader expects were measured with networkx, python-igraph and Gephi; the format is
http://graphml.graphdrawing.org/xmlns/1.1/graphml.xsd.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

import networkx as nx

from kg.files import open_whole
from kg.graph import build_graph
from kg.knowledge import Knowledge, without_planned
from kg.model import content_id

_FORBIDDEN = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_SPECIAL = re.compile("[&<>\r]")
_ESCAPES = {"&": "&amp;", "<": "&lt;", ">": "&gt;", "\r": "&#13;"}  # a bare \r would be read as \n
_NMTOKEN = re.compile(r"[A-Za-z_][A-Za-z0-9._-]*\Z")
_HEAD = """<?xml version="1.0" encoding="UTF-8"?>
<graphml xmlns="http://graphml.graphdrawing.org/xmlns" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" \
xsi:schemaLocation="http://graphml.graphdrawing.org/xmlns http://graphml.graphdrawing.org/xmlns/1.0/graphml.xsd">
"""


def write_graphml(knowledge: Knowledge, folder: Path, *, planned: bool = False) -> tuple[Path, ...]:
    """Write `graph.graphml` into a folder that exists.

    Args:
        planned: also write events that had not happened when the page was printed.

    Returns:
        The one file.

    Raises:
        InputError: the file cannot be written.
    """
    path = folder / "graph.graphml"
    write_graph(build_graph(knowledge if planned else without_planned(knowledge)), path)
    return (path,)


def write_graph(graph: nx.MultiDiGraph[str], path: Path) -> None:
    """Write any multigraph of ours as one GraphML file; the graph stays as it is.

    Raises:
        InputError: the file cannot be written.
        TypeError: an attribute is neither scalar, list, tuple, set nor None.
    """
    with open_whole(path) as stream:
        stream.writelines(_lines(graph))


def xml_text(text: str) -> str:
    """Text for an XML element: forbidden characters dropped, markup escaped.

    >>> xml_text("a\\x0cb<c>&\\r")
    'ab&lt;c&gt;&amp;&#13;'
    """
    return _SPECIAL.sub(lambda match: _ESCAPES[match.group()], _FORBIDDEN.sub("", text))


def _lines(graph: nx.MultiDiGraph[str]) -> Iterator[str]:
    yield _HEAD
    node_keys = _keys("n", (attributes for _node, attributes in graph.nodes(data=True)))
    edge_keys = _keys("e", (attributes for _source, _target, attributes in graph.edges(data=True)))
    for owner, keys in (("node", node_keys), ("edge", edge_keys)):
        for name, (key, kind) in keys.items():
            yield f'<key id="{key}" for="{owner}" attr.name="{_attribute(name)}" attr.type="{kind}"/>\n'
    yield '<graph edgedefault="directed">\n'
    ids = {node: _nmtoken("node", node) for node in graph}
    for node, attributes in graph.nodes(data=True):
        yield f'<node id="{ids[node]}">{_values(attributes, node_keys)}</node>\n'
    seen: set[str] = set()
    for source, target, key, attributes in graph.edges(keys=True, data=True):
        edge_id = _nmtoken("edge", str(key))
        if edge_id in seen:  # a key of networkx's own (0, 1, …) is unique between two nodes only
            edge_id = content_id("edge", source, target, key)
        seen.add(edge_id)
        yield f'<edge id="{edge_id}" source="{ids[source]}" target="{ids[target]}">'
        yield f"{_values(attributes, edge_keys)}</edge>\n"
    yield "</graph>\n</graphml>\n"


def _keys(prefix: str, rows: Iterable[Mapping[str, object]]) -> dict[str, tuple[str, str]]:
    """Key id and type of each attribute name, by name; a name with values of two types is a string."""
    kinds: dict[str, str] = {}
    for attributes in rows:
        for name, value in attributes.items():
            if value is None:
                continue
            kind = _kind(value)
            before = kinds.setdefault(name, kind)
            if before != kind:
                kinds[name] = "double" if {before, kind} == {"long", "double"} else "string"
    return {name: (f"{prefix}{number}", kinds[name]) for number, name in enumerate(sorted(kinds))}


def _kind(value: object) -> str:
    if isinstance(value, bool):
        return "boolean"
    if isinstance(value, int):
        return "long"
    if isinstance(value, float):
        return "double"
    return "string"


def _values(attributes: Mapping[str, object], keys: Mapping[str, tuple[str, str]]) -> str:
    return "".join(
        f'<data key="{keys[name][0]}">{xml_text(_text(value))}</data>'
        for name, value in sorted(attributes.items())
        if value is not None
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
    return xml_text("id_" if name == "id" else name).replace('"', "&quot;")


def _nmtoken(prefix: str, text: str) -> str:
    return text if _NMTOKEN.match(text) else content_id(prefix, text)
