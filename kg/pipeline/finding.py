"""Finds the pages of a build, helped by what the store of the last build remembers of their files."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from kg.errors import InputError
from kg.pages import FileMemory, FoundPages, find_pages
from kg.store import KeptFiles, Store
from kg.store.collector import without_collector


@dataclass(frozen=True, slots=True)
class Found:
    """The pages, and what is known of their files: before, and now."""

    pages: FoundPages
    before: KeptFiles
    now: KeptFiles


def find(inputs: Sequence[str | Path], out: Path, *, manifest: Path | None, reader: str, rehash: bool) -> Found:
    """Find pages as `kg.pages.find_pages` does; files that are as the store of a folder knows them are not opened.

    Args:
        reader: what reads the pages (`fingerprint`); what another one learned of files is not used.
        rehash: open all files, whatever is known of them.
    """
    before = _known(out, reader)
    memory = FileMemory() if rehash else FileMemory(before.files, before.guesses)
    # Tens of thousands of objects that all stay.
    with without_collector():
        pages = find_pages(inputs, manifest=manifest, memory=memory)
    return Found(pages, before, KeptFiles(memory.files_now, memory.guesses_now))


def _known(out: Path, reader: str) -> KeptFiles:
    try:
        with Store.open(out) as store, without_collector():
            return store.files(reader)
    except InputError:
        return KeptFiles()  # no store yet, an older one, or a damaged one: who writes it will say so
