"""The node-link JSON of networkx, `graph.json`: `networkx.node_link_graph(json.load(file), edges="edges")` reads it.

D3 and graphology take it with little work too. A link's `source` is a node, so what the graph calls `source` of a fact
(`text` or `gazetteer`) is `origin` here. One node or edge a line, so that it can be streamed and compared.

Source: https://networkx.org/documentation/stable/reference/readwrite/json_graph.html.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from pathlib import Path

from kg.exports.edges import Attributes, graph_rows
from kg.exports.texts import clean
from kg.files import open_whole
from kg.graph import SOURCE, Scalar
from kg.knowledge import Knowledge

_RENAMED = {SOURCE: "origin", "target": "target_", "key": "key_"}


def write_nodelink(knowledge: Knowledge, folder: Path) -> tuple[Path, ...]:
    """Write `graph.json` into a folder that exists.

    Returns:
        The one file.

    Raises:
        InputError: the file cannot be written.
    """
    path = folder / "graph.json"
    with graph_rows(knowledge, folder) as graph, open_whole(path) as stream:
        nodes = ({**_clean(attributes), "id": node} for node, attributes in graph.nodes())
        edges = (
            {_RENAMED.get(name, name): value for name, value in _clean(attributes).items()}
            | {"source": source, "target": target, "key": key}
            for source, target, key, attributes in graph.edges()
        )
        stream.write('{"directed": true, "multigraph": true, "graph": {},\n"nodes": [')
        stream.writelines(_listed(nodes))
        stream.write('],\n"edges": [')
        stream.writelines(_listed(edges))
        stream.write("]}\n")
    return (path,)


def _clean(attributes: Attributes) -> dict[str, Scalar]:
    return {name: clean(value) if isinstance(value, str) else value for name, value in attributes.items()}


def _listed(rows: Iterable[dict[str, Scalar]]) -> Iterator[str]:
    for number, row in enumerate(rows):
        yield (",\n" if number else "\n") + json.dumps(row, ensure_ascii=False, allow_nan=False)
