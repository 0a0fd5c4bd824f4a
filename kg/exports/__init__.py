"""The formats that knowledge can be written in, by name; a module a format."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from types import MappingProxyType

from kg.errors import InputError
from kg.files import make_folder
from kg.knowledge import Knowledge


def _jsonl(knowledge: Knowledge, folder: Path, planned: bool) -> tuple[Path, ...]:
    from kg.exports.jsonl import write_jsonl

    return write_jsonl(knowledge, folder, planned=planned)


def _graphml(knowledge: Knowledge, folder: Path, planned: bool) -> tuple[Path, ...]:
    # networkx takes 0.2 s to load: only who asks for it pays.
    from kg.exports.graphml import write_graphml

    return write_graphml(knowledge, folder, planned=planned)


FORMATS: Mapping[str, Callable[[Knowledge, Path, bool], tuple[Path, ...]]] = MappingProxyType(
    {"jsonl": _jsonl, "graphml": _graphml}
)


def write_export(knowledge: Knowledge, folder: Path, *, format: str, planned: bool = False) -> tuple[Path, ...]:
    """Write knowledge into a folder, which is made where it is missing.

    Args:
        format: a key of `FORMATS`.
        planned: also write events that had not happened when the page was printed.

    Returns:
        The files written.

    Raises:
        InputError: there is no such format, or the folder cannot be written.
    """
    writer = FORMATS.get(format)
    if writer is None:
        raise InputError(f"no format {format!r}", hint=f"known formats: {', '.join(FORMATS)}")
    make_folder(folder)
    return writer(knowledge, folder, planned)
