"""What the reading of pages depends on beside the pages: this program, its gazetteers, the user's, the settings."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import TYPE_CHECKING

from kg import __version__
from kg.errors import InputError
from kg.gazetteers import gazetteer_folder

if TYPE_CHECKING:
    from kg.extraction import Settings

# What comes after extraction: pages need not be read again when it changes. A module left out here by mistake costs
# time; one that stands here and reads pages would keep old readings, so the list is short.
_AFTER_EXTRACTION = frozenset(
    {
        "cli",
        "decisions",
        "evaluate",
        "exports",
        "graph.py",
        "messages.py",
        "pipeline",
        "resolve",
        "review",
        "store",
        "stored.py",
        "viewer",
        "__main__.py",
    }
)
_LIBRARIES = ("jieba", "spacy", "numpy", "pypinyin", "lunar-python")


def fingerprint(settings: Settings) -> str:
    """A hash that changes whenever a page might be read differently.

    Raises:
        InputError: a gazetteer file cannot be read.
    """
    digest = hashlib.sha256()
    digest.update(f"{__version__}\n{settings.tagger}\n{settings.spacy_model}\n".encode())
    for library in (*_LIBRARIES, *([settings.spacy_model] if settings.spacy_model else [])):
        try:
            digest.update(f"{library} {version(library)}\n".encode())
        except PackageNotFoundError:
            digest.update(f"{library} -\n".encode())
    package = Path(__file__).resolve().parent.parent
    sources = (path for path in _files(package, "*.py") if path.relative_to(package).parts[0] not in _AFTER_EXTRACTION)
    _add(digest, package, sources)
    for folder in (gazetteer_folder(), *settings.gazetteers):
        _add(digest, folder, _files(folder, "*"))
    return digest.hexdigest()


def program_fingerprint() -> str:
    """A hash of this program, reading and what comes after it."""
    digest = hashlib.sha256(__version__.encode())
    package = Path(__file__).resolve().parent.parent
    _add(digest, package, _files(package, "*.py"))
    return digest.hexdigest()


def _files(folder: Path, pattern: str) -> Iterator[Path]:
    for path in sorted(folder.rglob(pattern)):
        if path.is_file() and not any(part.startswith((".", "__pycache__")) for part in path.relative_to(folder).parts):
            yield path


def _add(digest: hashlib._Hash, folder: Path, paths: Iterator[Path]) -> None:
    for path in paths:
        digest.update(path.relative_to(folder).as_posix().encode("utf-8", "surrogateescape") + b"\0")
        try:
            digest.update(hashlib.sha256(path.read_bytes()).digest())
        except OSError as error:
            raise InputError(f"cannot be read: {error.strerror or error}", where=str(path)) from error
