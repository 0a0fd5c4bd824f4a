"""Which files the inputs name, and the id of each.

Comes in: files, folders and patterns. Goes out: `FoundFile`s, each file once, and a problem for each input that names
none. The files themselves are not read here; there may be tens of thousands, so that each costs one look at the disk.
"""

from __future__ import annotations

import glob
import os
import stat
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from kg.errors import InputError
from kg.pages.manifest import MANIFEST_NAME


@dataclass(frozen=True, slots=True)
class FoundFile:
    """A page file: `path` as the user would name it, `base` the folder that `id` is relative to, `named` the id below its name.

    `folder` and `real` are where it was found and the file itself, without links; `state` is what the disk says of it, None
    where it would not say.
    """

    path: str
    base: Path
    id: str
    named: str
    folder: str
    real: str
    state: os.stat_result | None


def find_files(inputs: Sequence[str | Path], problems: list[InputError]) -> list[FoundFile]:
    """The files of all inputs, each once, under the first input that names it."""
    found: list[FoundFile] = []
    for given in inputs:
        path = Path(given).expanduser()
        try:
            if path.is_dir():
                files = list(_walk(path, path, problems))
                found += files
                if not files:
                    problems.append(InputError("no *.txt in this folder", where=str(path)))
            elif path.exists():
                found += find_in(path.parent, [path.name], path.parent)
            elif glob.has_magic(str(path)):
                found += _expand(path, problems)
            else:
                problems.append(InputError("no such file or folder", where=str(path)))
        except OSError as error:
            problems.append(InputError(f"cannot be read: {error.strerror or error}", where=str(path)))
    once: dict[str, FoundFile] = {}
    for file in found:
        once.setdefault(file.real, file)
    return list(once.values())


def find_in(folder: Path, names: Sequence[str], base: Path) -> Iterator[FoundFile]:
    """Files of one folder."""
    # Path objects for each of many files would cost more than everything else here.
    path_before = str(folder / "x")[:-1]
    id_before = (folder / "x").relative_to(base).as_posix()[:-1]
    base_before = f"{base.name}/{id_before}" if base.name else id_before
    real_folder = os.path.realpath(folder)
    real_before = str(Path(real_folder) / "x")[:-1]
    for name in names:
        path, real = path_before + name, real_before + name
        state: os.stat_result | None
        try:
            state = os.lstat(real)
            if stat.S_ISLNK(state.st_mode):
                real = os.path.realpath(path)
                state = Path(real).stat()
        except OSError:
            state = None  # reading it will say why
        yield FoundFile(path, base, id_before + name, base_before + name, real_folder, real, state)


def _walk(folder: Path, base: Path, problems: list[InputError]) -> Iterator[FoundFile]:
    """All *.txt below a folder, hidden ones left out (a Mac leaves ._01.txt beside every file)."""

    def note(error: OSError) -> None:
        problems.append(InputError(f"cannot be read: {error.strerror or error}", where=str(error.filename)))

    for root, folders, names in os.walk(folder, onerror=note):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        pages = sorted(name for name in names if name.lower().endswith(".txt") and not name.startswith("."))
        yield from find_in(Path(root), pages, base)


def _expand(pattern: Path, problems: list[InputError]) -> list[FoundFile]:
    """The files of a pattern; ids are relative to its part before the first `*`."""
    parts = pattern.parts
    fixed = next(i for i, part in enumerate(parts) if glob.has_magic(part))
    base = Path(*parts[:fixed]) if fixed else Path()
    found: list[FoundFile] = []
    # glob.glob and not Path.glob: that one refuses absolute patterns.
    for match in sorted(glob.glob(str(pattern), recursive=True)):  # noqa: PTH207
        path = Path(match)
        if path.is_dir():
            found += _walk(path, base, problems)
        else:
            found += find_in(path.parent, [path.name], base)
    if not found:
        problems.append(InputError("no file fits this pattern", where=str(pattern)))
    return found


def page_ids(found: Sequence[FoundFile]) -> list[str]:
    """Ids of the files; where two bases give one id, the bases' names are put before, as far up as needed."""
    ids = [file.id for file in found]
    depth = 1
    while len(set(ids)) < len(ids) and depth <= 40:
        groups: dict[str, list[int]] = defaultdict(list)
        for index, page_id in enumerate(ids):
            groups[page_id].append(index)
        for index in [index for group in groups.values() if len(group) > 1 for index in group]:
            above = Path(os.path.realpath(found[index].base)).parts[1:]
            ids[index] = "/".join((*above[-depth:], found[index].id))
        depth += 1
    return ids


def manifests_beside(found: Sequence[FoundFile]) -> list[Path]:
    """The manifests beside the files and in the folders between them and their bases, nearest last."""
    folders: set[Path] = set()
    for parent, base in {(os.path.dirname(file.path), file.base) for file in found}:  # noqa: PTH120 - one Path a file
        folder = Path(parent)
        while folder not in folders:
            folders.add(folder)
            if folder == base or base not in folder.parents:
                break
            folder = folder.parent
    return sorted(folder / MANIFEST_NAME for folder in folders if (folder / MANIFEST_NAME).is_file())
