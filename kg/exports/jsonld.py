"""JSON-LD 1.1, `graph.jsonld`: the same resources as Turtle, a line each, with their context in the file.

Source: https://www.w3.org/TR/json-ld11/.
"""

from __future__ import annotations

import json
from pathlib import Path

from kg.exports.rdf import PREFIXES, Iri, Resource, Value, resources
from kg.files import open_whole
from kg.knowledge import Knowledge


def write_jsonld(knowledge: Knowledge, folder: Path) -> tuple[Path, ...]:
    """Write `graph.jsonld` into a folder that exists.

    Returns:
        The one file.

    Raises:
        InputError: the file cannot be written.
    """
    path = folder / "graph.jsonld"
    with open_whole(path) as stream:
        stream.write(f'{{"@context": {json.dumps(dict(PREFIXES))},\n"@graph": [')
        for number, resource in enumerate(resources(knowledge, folder)):
            stream.write(",\n" if number else "\n")
            stream.write(json.dumps(_row(resource), ensure_ascii=False))
        stream.write("\n]}\n")
    return (path,)


def _row(resource: Resource) -> dict[str, object]:
    row: dict[str, object] = {"@id": resource.iri.name, "@type": list(resource.types)}
    said: dict[str, list[object]] = {}
    for predicate, value in resource.statements:
        said.setdefault(predicate, []).append(_written(value))
    for predicate, values in said.items():
        row[predicate] = values[0] if len(values) == 1 else values
    return row


def _written(value: Value) -> object:
    if isinstance(value, Iri):
        return {"@id": value.name}
    if value.language:
        return {"@value": value.text, "@language": value.language}
    return {"@value": value.text, "@type": value.datatype} if value.datatype else value.text
