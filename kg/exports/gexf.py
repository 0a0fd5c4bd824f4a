"""GEXF 1.3 for Gephi's timeline, `graph.gexf`: each visit, post and part an edge with `start` and `end`.

Intervals of days only, never mixed with timestamps; an edge without a date is always there, as Gephi has it. What the
fact's own attributes call `start` and `end` (offsets on the page) are `offset_start` and `offset_end` here.

Source: https://gexf.net/primer.html, https://github.com/gephi/gexf/tree/master/specs/1.3.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

from kg.exports.edges import GraphRows, Types, graph_rows
from kg.exports.texts import xml_attribute
from kg.files import open_whole
from kg.graph import DATE, END, LABEL, START, WEIGHT, Scalar
from kg.knowledge import Knowledge
from kg.select import date_bounds

_HEAD = """<?xml version="1.0" encoding="UTF-8"?>
<gexf xmlns="http://gexf.net/1.3" version="1.3">
<meta><creator>county-kg</creator></meta>
"""
_OWN = frozenset({LABEL, WEIGHT})
"""Attributes that GEXF has a place of their own for."""
_RENAMED = {START: "offset_start", END: "offset_end", "id": "id_", "for": "for_"}


def write_gexf(knowledge: Knowledge, folder: Path) -> tuple[Path, ...]:
    """Write `graph.gexf` into a folder that exists.

    Returns:
        The one file.

    Raises:
        InputError: the file cannot be written.
    """
    path = folder / "graph.gexf"
    with graph_rows(knowledge, folder) as rows, open_whole(path) as stream:
        stream.writelines(_lines(rows))
    return (path,)


def _lines(rows: GraphRows) -> Iterator[str]:
    node_keys = _keys("n", rows.node_types, kept=frozenset({LABEL}))
    edge_keys = _keys("e", rows.edge_types, kept=_OWN)
    yield _HEAD
    yield '<graph defaultedgetype="directed" mode="dynamic" timeformat="date" timerepresentation="interval">\n'
    for owner, keys in (("node", node_keys), ("edge", edge_keys)):
        yield f'<attributes class="{owner}">\n'
        for name, (key, kind) in keys.items():
            yield f'<attribute id="{key}" title="{xml_attribute(_RENAMED.get(name, name))}" type="{kind}"/>\n'
        yield "</attributes>\n"
    yield "<nodes>\n"
    for node, attributes in rows.nodes():
        label = xml_attribute(str(attributes.get(LABEL, "")))
        yield f'<node id="{xml_attribute(node)}" label="{label}">{_values(attributes, node_keys)}</node>\n'
    yield "</nodes>\n<edges>\n"
    for source, target, key, attributes in rows.edges():
        date = attributes.get(DATE)
        days = date_bounds(date) if isinstance(date, str) else None
        when = f' start="{days[0]}" end="{days[1]}"' if days else ""
        ends = f'source="{xml_attribute(source)}" target="{xml_attribute(target)}"'
        label = xml_attribute(str(attributes.get(LABEL, "")))
        yield f'<edge id="{xml_attribute(str(key))}" {ends} label="{label}" weight="{attributes.get(WEIGHT, 1.0)!r}"{when}>'
        yield f"{_values(attributes, edge_keys)}</edge>\n"
    yield "</edges>\n</graph>\n</gexf>\n"


def _keys(prefix: str, types: Types, *, kept: frozenset[str]) -> dict[str, tuple[str, str]]:
    """Id and type of each attribute by name, those in `kept` left out; a name with values of two types is a string."""
    found = {}
    for number, name in enumerate(sorted(types.keys() - kept)):
        kinds = {_KINDS[kind] for kind in types[name]}
        found[name] = f"{prefix}{number}", kinds.pop() if len(kinds) == 1 else "string"
    return found


_KINDS: Mapping[type, str] = {bool: "boolean", int: "long", float: "double", str: "string"}


def _values(attributes: Mapping[str, Scalar], keys: Mapping[str, tuple[str, str]]) -> str:
    values = "".join(
        f'<attvalue for="{keys[name][0]}" value="{_text(value)}"/>'
        for name, value in sorted(attributes.items())
        if name in keys
    )
    return f"<attvalues>{values}</attvalues>"


def _text(value: Scalar) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    return xml_attribute(value) if isinstance(value, str) else repr(value)
