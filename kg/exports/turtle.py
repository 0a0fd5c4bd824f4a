"""RDF 1.1 Turtle, `graph.ttl`, for triple stores and SPARQL; a block a resource, streamed. What it says: `rdf`.

Source: https://www.w3.org/TR/turtle/.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from kg.exports.rdf import PREFIXES, Iri, Resource, Value, resources
from kg.files import open_whole
from kg.knowledge import Knowledge

_SPECIAL = re.compile(r'[\\"\n\r\t]')
_ESCAPES = {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\r": "\\r", "\t": "\\t"}


def write_turtle(knowledge: Knowledge, folder: Path) -> tuple[Path, ...]:
    """Write `graph.ttl` into a folder that exists.

    Returns:
        The one file.

    Raises:
        InputError: the file cannot be written.
    """
    path = folder / "graph.ttl"
    with open_whole(path) as stream:
        for prefix, space in PREFIXES.items():
            stream.write(f"@prefix {prefix}: <{space}> .\n")
        stream.writelines(_lines(resources(knowledge, folder)))
    return (path,)


def _lines(found: Iterator[Resource]) -> Iterator[str]:
    for resource in found:
        yield f"\n{resource.iri.name} a {', '.join(resource.types)}"
        for predicate, value in resource.statements:
            yield f" ;\n  {predicate} {_written(value)}"
        yield " .\n"


def _written(value: Value) -> str:
    if isinstance(value, Iri):
        return value.name
    text = _SPECIAL.sub(lambda match: _ESCAPES[match.group()], value.text)
    if value.language:
        return f'"{text}"@{value.language}'
    return f'"{text}"^^{value.datatype}' if value.datatype else f'"{text}"'
