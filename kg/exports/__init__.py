"""The formats that knowledge can be written in, by name; a module a format.

What is exported is chosen first (`kg.select`), private names are masked before that (`kg.redact`), so that every
format holds the same.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from difflib import get_close_matches
from importlib import import_module
from pathlib import Path
from types import MappingProxyType

from kg.errors import InputError
from kg.exports.whole import whole_set
from kg.files import make_folder
from kg.knowledge import Knowledge, without_planned

Writer = Callable[..., tuple[Path, ...]]
Progress = Callable[[str, int, int], None]

FORMATS: Mapping[str, str] = MappingProxyType(
    {
        "jsonl": "JSON Lines as docs/format.md fixes them",
        "graphml": "GraphML for Gephi, Cytoscape, yEd, igraph, networkx",
        "gexf": "GEXF 1.3 for Gephi's timeline",
        "csv": "tables for Excel, LibreOffice, R and pandas",
        "xlsx": "an Excel workbook",
        "parquet": "typed tables for DuckDB, pandas and polars",
        "neo4j": "CSV for neo4j-admin database import",
        "ftm": "FollowTheMoney entities for Aleph",
        "turtle": "RDF as Turtle",
        "jsonld": "RDF as JSON-LD",
        "nodelink": "node-link JSON of networkx",
        "datasette": "a database with queries for Datasette",
    }
)
"""What each format is, by name."""

FLAVOURS = ("gephi", "cytoscape", "yed")
"""Whose conventions GraphML can follow."""


def write_export(
    knowledge: Knowledge, folder: Path, *, format: str, flavour: str = "gephi", planned: bool = False
) -> tuple[Path, ...]:
    """Write knowledge into a folder, which is made where it is missing.

    Args:
        format: a key of `FORMATS`.
        flavour: one of `FLAVOURS`; only GraphML heeds it.
        planned: also write events that had not happened when the page was printed.

    Returns:
        The files written.

    Raises:
        InputError: there is no such format or flavour, its library is not installed, or the folder cannot be written.
    """
    [paths] = write_exports(knowledge, folder, formats=(format,), flavour=flavour, planned=planned).values()
    return paths


def write_exports(
    knowledge: Knowledge,
    folder: Path,
    *,
    formats: Sequence[str],
    flavour: str = "gephi",
    planned: bool = False,
    redact: bool = False,
    since: str | None = None,
    until: str | None = None,
    region: str | None = None,
    types: Sequence[str] = (),
    relations: Sequence[str] = (),
    min_score: float = 0.0,
    progress: Progress | None = None,
) -> dict[str, tuple[Path, ...]]:
    """Write a part of the knowledge in several formats into one folder; no two formats share a file name.

    Args:
        formats: keys of `FORMATS`; one given twice is written once.
        flavour: one of `FLAVOURS`; only GraphML heeds it.
        planned: also write events that had not happened when the page was printed.
        redact: put initials in place of the names of people without a public post.
        since, until, region, types, relations, min_score: see `kg.select.select`.
        progress: called before each format with its name, its number from 0 and how many there are.

    Returns:
        The files written, by format in the order given.

    Raises:
        InputError: an unknown format, flavour or filter, nothing left by the filters, a missing library, or a folder
            that cannot be written; where a name is unknown, nothing is written.
    """
    from kg.redact import redact_private
    from kg.select import select

    chosen, flavour = check_names(formats, flavour)
    shown = knowledge if planned else without_planned(knowledge)
    # Initials first: who holds a public post, and which id somebody gets, must not depend on what is chosen.
    shown = redact_private(shown) if redact else shown
    shown = select(
        shown, since=since, until=until, region=region, types=types, relations=relations, min_score=min_score
    )
    make_folder(folder)
    written = {}
    for number, name in enumerate(chosen):
        if progress is not None:
            progress(name, number, len(chosen))
        # Loaded when asked for: networkx, pyarrow and their like take a while.
        writer: Writer = getattr(import_module(f"kg.exports.{name}"), f"write_{name}")
        with whole_set(folder, name) as aside:
            paths = writer(shown, aside, flavour=flavour) if name == "graphml" else writer(shown, aside)
        written[name] = tuple(folder / path.name for path in paths)
    return written


def check_names(formats: Sequence[str], flavour: str) -> tuple[tuple[str, ...], str]:
    """The formats meant, each once, and the flavour.

    Raises:
        InputError: there is none of that name, or no format at all.
    """
    chosen = tuple(dict.fromkeys(_known(name.strip().lower(), tuple(FORMATS), "format") for name in formats))
    if not chosen:
        raise InputError("no format given", hint=f"known formats: {', '.join(FORMATS)}")
    return chosen, _known(flavour.strip().lower(), FLAVOURS, "flavour")


def _known(name: str, names: Sequence[str], what: str) -> str:
    if name in names:
        return name
    near = get_close_matches(name, names, n=1, cutoff=0.5)
    known = ", ".join(names)
    hint = f"did you mean {near[0]}? known {what}s: {known}" if near else f"known {what}s: {known}"
    raise InputError(f"no {what} {name!r}", hint=hint)
