"""Finding, reading and naming page files.

Comes in: files, folders and patterns. Goes out: a `PageSet`. The order of the inputs and of the disk's folders never
shows: pages are sorted by id.
"""

from __future__ import annotations

import glob
import hashlib
import os
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from kg.errors import InputError
from kg.gazetteers import Divisions, load_divisions
from kg.model import Page
from kg.pages.clues import read_path_clues, read_text_clues
from kg.pages.decoding import decode_page
from kg.pages.issues import PageClues, resolve_issues
from kg.pages.manifest import MANIFEST_NAME, Manifest, ManifestRow, read_manifest


@dataclass(frozen=True, slots=True)
class PageSet:
    """Pages sorted by id, and what could not be used, in the order of the inputs."""

    pages: tuple[Page, ...]
    problems: tuple[InputError, ...] = ()


@dataclass(frozen=True, slots=True)
class _Found:
    """A file to read; `base` is the folder that its id is relative to."""

    path: Path
    base: Path

    @property
    def id(self) -> str:
        return self.path.relative_to(self.base).as_posix()


def read_pages(
    inputs: Sequence[str | Path], *, manifest: str | Path | None = None, divisions: Divisions | None = None
) -> PageSet:
    """Read all pages that the inputs name, with what is known of their issues.

    A `pages.csv` in a given folder, below it, or beside a given file is its manifest.

    Args:
        inputs: files, folders (all `*.txt` below them) and patterns (`papers/2021/*.txt`, `**` for any depth). A page
            found twice is read once. Without inputs, the manifest's own files.
        manifest: a manifest to use instead of those found.
        divisions: the divisions that home regions are looked up in; those of the package by default.

    Returns:
        Pages sorted by id; problems for everything that could not be read or understood. Both may be empty.
    """
    problems: list[InputError] = []
    manifests: list[Manifest] = []
    if manifest is not None:
        _add_manifest(Path(manifest), manifests, problems)
    found = _find(inputs, problems)
    if not inputs and manifests:
        base = manifests[0].path.parent
        found = [_Found(base / row.file, base) for row in manifests[0].rows if (base / row.file).is_file()]
    if manifest is None:
        for path in _beside(found):
            _add_manifest(path, manifests, problems)
    rows = _rows(manifests, problems)
    clues: list[PageClues] = []
    read: list[tuple[_Found, str, str, str]] = []
    names = _ids(found)
    for file, page_id in sorted(zip(found, names, strict=True), key=lambda pair: pair[1]):
        try:
            raw = file.path.read_bytes()
            text = decode_page(raw, where=str(file.path))
        except OSError as error:
            problems.append(InputError(f"cannot be read: {error.strerror or error}", where=str(file.path)))
            continue
        except InputError as error:
            problems.append(error)
            continue
        read.append((file, page_id, hashlib.sha256(raw).hexdigest(), text))
        named = f"{file.base.name}/{file.id}" if file.base.name else file.id
        clues.append(
            PageClues(
                page=page_id,
                folder=_real(file.path.parent),
                text=text,
                printed=read_text_clues(text),
                path=read_path_clues(named),
                row=rows.get(_real(file.path)),
            )
        )
    issues, more = resolve_issues(clues, divisions if divisions is not None else load_divisions())
    problems.extend(more)
    pages = tuple(
        Page(
            id=page_id,
            path=str(file.path),
            sha256=digest,
            text=text,
            issue=resolved.issue,
            number=resolved.page,
            url=each.row.url if each.row else None,
        )
        for (file, page_id, digest, text), each, resolved in zip(read, clues, issues, strict=True)
    )
    return PageSet(pages, tuple(problems))


def _real(path: Path) -> str:
    return os.path.realpath(path)


def _find(inputs: Sequence[str | Path], problems: list[InputError]) -> list[_Found]:
    """The files of all inputs, each once, under the first input that names it."""
    found: list[_Found] = []
    for given in inputs:
        path = Path(given).expanduser()
        try:
            if path.is_dir():
                files = _walk(path, problems)
                found += [_Found(file, path) for file in files]
                if not files:
                    problems.append(InputError("no *.txt in this folder", where=str(path)))
            elif path.exists():
                found.append(_Found(path, path.parent))
            elif glob.has_magic(str(path)):
                found += _expand(path, problems)
            else:
                problems.append(InputError("no such file or folder", where=str(path)))
        except OSError as error:
            problems.append(InputError(f"cannot be read: {error.strerror or error}", where=str(path)))
    once: dict[str, _Found] = {}
    for file in found:
        once.setdefault(_real(file.path), file)
    return list(once.values())


def _walk(folder: Path, problems: list[InputError]) -> list[Path]:
    """All *.txt below a folder, hidden ones left out (a Mac leaves ._01.txt beside every file)."""

    def note(error: OSError) -> None:
        problems.append(InputError(f"cannot be read: {error.strerror or error}", where=str(error.filename)))

    files: list[Path] = []
    for root, folders, names in os.walk(folder, onerror=note):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        files += [
            Path(root) / name for name in sorted(names) if name.lower().endswith(".txt") and not name.startswith(".")
        ]
    return files


def _expand(pattern: Path, problems: list[InputError]) -> list[_Found]:
    """The files of a pattern; ids are relative to its part before the first `*`."""
    parts = pattern.parts
    fixed = next(i for i, part in enumerate(parts) if glob.has_magic(part))
    base = Path(*parts[:fixed]) if fixed else Path()
    found: list[_Found] = []
    # glob.glob and not Path.glob: that one refuses absolute patterns.
    for match in sorted(glob.glob(str(pattern), recursive=True)):  # noqa: PTH207
        path = Path(match)
        if path.is_dir():
            found += [_Found(file, base) for file in _walk(path, problems)]
        else:
            found.append(_Found(path, base))
    if not found:
        problems.append(InputError("no file fits this pattern", where=str(pattern)))
    return found


def _ids(found: Sequence[_Found]) -> list[str]:
    """Ids of the files; where two bases give one id, the bases' names are put before, as far up as needed."""
    ids = [file.id for file in found]
    depth = 1
    while True:
        groups: dict[str, list[int]] = defaultdict(list)
        for index, page_id in enumerate(ids):
            groups[page_id].append(index)
        double = [index for group in groups.values() if len(group) > 1 for index in group]
        if not double or depth > 40:
            return ids
        for index in double:
            above = Path(_real(found[index].base)).parts[1:]
            ids[index] = "/".join((*above[-depth:], found[index].id))
        depth += 1


def _beside(found: Sequence[_Found]) -> list[Path]:
    """The manifests beside the files and in the folders between them and their bases, nearest last."""
    folders: set[Path] = set()
    for file in found:
        folder = file.path.parent
        while folder not in folders:
            folders.add(folder)
            if folder == file.base or file.base not in folder.parents:
                break
            folder = folder.parent
    return sorted(folder / MANIFEST_NAME for folder in folders if (folder / MANIFEST_NAME).is_file())


def _add_manifest(path: Path, manifests: list[Manifest], problems: list[InputError]) -> None:
    try:
        manifest = read_manifest(path)
    except InputError as error:
        problems.append(error)
        return
    problems.extend(manifest.problems)
    manifests.append(manifest)


def _rows(manifests: Sequence[Manifest], problems: list[InputError]) -> dict[str, ManifestRow]:
    """Rows by real path of their file; a manifest nearer to the file comes after and counts."""
    rows: dict[str, ManifestRow] = {}
    for manifest in manifests:
        for row in manifest.rows:
            path = manifest.path.parent / row.file
            if not path.is_file():
                problems.append(InputError(f"{row.file} does not exist", where=f"{manifest.path}:{row.line}"))
            rows[_real(path)] = row
    return rows
