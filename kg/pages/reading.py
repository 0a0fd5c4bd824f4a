"""Reading and naming page files.

Comes in: files, folders and patterns, and what is remembered of files from before. Goes out: pages sorted by id, so that
the order of the inputs and of the disk's folders never shows. A file that is as it was is not opened: what it said of its
issue is remembered, and its text is read when somebody asks for it.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from kg.errors import InputError
from kg.gazetteers import Divisions, load_divisions
from kg.model import Issue, Page
from kg.pages.clues import read_path_clues, read_text_clues
from kg.pages.decoding import decode_page
from kg.pages.finding import FoundFile, find_files, find_in, manifests_beside, page_ids
from kg.pages.issues import PageClues, resolve_issues
from kg.pages.manifest import Manifest, ManifestRow, read_manifest
from kg.pages.memory import FileMemory, read_settled


@dataclass(frozen=True, slots=True)
class FoundPage:
    """A page but for its text; `text` is None where the file was not opened."""

    id: str
    path: str
    sha256: str
    issue: Issue
    number: int | None
    url: str | None
    text: str | None

    def read(self) -> Page:
        """The page with its text.

        Raises:
            InputError: the file cannot be read, or is no longer what it was when pages were looked for.
        """
        text = self.text if self.text is not None else _read_same(self.path, self.sha256)
        return Page(self.id, self.path, self.sha256, text, self.issue, self.number, self.url)


@dataclass(frozen=True, slots=True)
class FoundPages:
    """Pages sorted by id, and what could not be used, in the order of the inputs."""

    pages: tuple[FoundPage, ...]
    problems: tuple[InputError, ...] = ()


@dataclass(frozen=True, slots=True)
class PageSet:
    """Pages sorted by id, and what could not be used, in the order of the inputs."""

    pages: tuple[Page, ...]
    problems: tuple[InputError, ...] = ()


class _ChangedError(Exception):
    """A file is not what is remembered of it, though the disk said so a moment ago."""


def read_pages(
    inputs: Sequence[str | Path], *, manifest: str | Path | None = None, divisions: Divisions | None = None
) -> PageSet:
    """Read all pages that the inputs name, with what is known of their issues; see `find_pages`."""
    found = find_pages(inputs, manifest=manifest, divisions=divisions)
    return PageSet(tuple(page.read() for page in found.pages), found.problems)


def find_pages(
    inputs: Sequence[str | Path],
    *,
    manifest: str | Path | None = None,
    divisions: Divisions | None = None,
    memory: FileMemory | None = None,
) -> FoundPages:
    """Find all pages that the inputs name, with what is known of their issues.

    A `pages.csv` in a given folder, below it, or beside a given file is its manifest.

    Args:
        inputs: files, folders (all `*.txt` below them) and patterns (`papers/2021/*.txt`, `**` for any depth). A page
            found twice is read once. Without inputs, the manifest's own files.
        manifest: a manifest to use instead of those found.
        divisions: the divisions that home regions are looked up in; those of the package by default.
        memory: what is known from before; notes what is to be known the next time. It changes nothing of what is found.

    Returns:
        Pages sorted by id; problems for everything that could not be read or understood. Both may be empty.
    """
    memory = memory if memory is not None else FileMemory()
    divisions = divisions if divisions is not None else load_divisions()
    while True:
        try:
            return _find_pages(inputs, manifest, divisions, memory)
        except _ChangedError as error:
            memory.distrust(str(error))


def _find_pages(
    inputs: Sequence[str | Path], manifest: str | Path | None, divisions: Divisions, memory: FileMemory
) -> FoundPages:
    problems: list[InputError] = []
    manifests: list[Manifest] = []
    if manifest is not None:
        _add_manifest(Path(manifest), manifests, problems)
    found = find_files(inputs, problems)
    if not inputs and manifests:
        found = _listed(manifests[0])
    if manifest is None:
        for path in manifests_beside(found):
            _add_manifest(path, manifests, problems)
    rows = _rows(manifests, {file.real for file in found}, problems)
    clues: list[PageClues] = []
    files: list[FoundFile] = []
    texts: dict[str, str] = {}
    for page_id, file in sorted(zip(page_ids(found), found, strict=True), key=lambda pair: pair[0]):
        learned = memory.unchanged(file.path, file.state)
        if learned is not None:
            sha256, printed = learned.sha256, learned.clues
        else:
            try:
                raw, stamp = read_settled(file.path)
                text = texts[file.path] = decode_page(raw, where=file.path)
            except OSError as error:
                problems.append(InputError(f"cannot be read: {error.strerror or error}", where=file.path))
                continue
            except InputError as error:
                problems.append(error)
                continue
            sha256 = hashlib.sha256(raw).hexdigest()
            printed = memory.learn(file.path, stamp, sha256, partial(read_text_clues, text))
        files.append(file)
        clues.append(
            PageClues(
                page=page_id,
                folder=file.folder,
                sha256=sha256,
                printed=printed,
                path=read_path_clues(file.named),
                row=rows.get(file.real),
            )
        )
    known = {each.page: file.path for each, file in zip(clues, files, strict=True)}

    def text_of(page: PageClues) -> str:
        path = known[page.page]
        if path not in texts:
            try:
                return _read_same(path, page.sha256)
            except InputError:
                raise _ChangedError(path) from None
        return texts[path]

    issues, more = resolve_issues(clues, divisions, text_of, memory)
    problems.extend(more)
    pages = tuple(
        FoundPage(
            id=each.page,
            path=file.path,
            sha256=each.sha256,
            issue=resolved.issue,
            number=resolved.page,
            url=each.row.url if each.row else None,
            text=texts.get(file.path),
        )
        for file, each, resolved in zip(files, clues, issues, strict=True)
    )
    return FoundPages(pages, tuple(problems))


def _read_same(path: str, sha256: str) -> str:
    """The text of a file whose bytes are known.

    Raises:
        InputError: it cannot be read, or has other bytes now.
    """
    try:
        raw = Path(path).read_bytes()
    except OSError as error:
        raise InputError(f"cannot be read: {error.strerror or error}", where=path) from error
    if hashlib.sha256(raw).hexdigest() != sha256:
        raise InputError("the file was changed while kg was running", where=path, hint="run the same command again")
    return decode_page(raw, where=path)


def _listed(manifest: Manifest) -> list[FoundFile]:
    """The files that a manifest names and that are there."""
    base = manifest.path.parent
    found: list[FoundFile] = []
    for row in manifest.rows:
        path = base / row.file
        if path.is_file():
            found += find_in(path.parent, [path.name], base)
    return found


def _add_manifest(path: Path, manifests: list[Manifest], problems: list[InputError]) -> None:
    try:
        manifest = read_manifest(path)
    except InputError as error:
        problems.append(error)
        return
    problems.extend(manifest.problems)
    manifests.append(manifest)


def _rows(manifests: Sequence[Manifest], there: set[str], problems: list[InputError]) -> Mapping[str, ManifestRow]:
    """Rows by real path of their file; a manifest nearer to the file comes after and counts.

    Args:
        there: real paths of files that were found; only of others the disk is asked.
    """
    rows: dict[str, ManifestRow] = {}
    for manifest in manifests:
        folder = manifest.path.parent
        beside = str(Path(os.path.realpath(folder)) / "x")[:-1]
        for row in manifest.rows:
            real = beside + row.file
            if real not in there:
                path = folder / row.file
                if not path.is_file():
                    problems.append(InputError(f"{row.file} does not exist", where=f"{manifest.path}:{row.line}"))
                real = os.path.realpath(path)
            rows[real] = row
    return rows
