"""Files, and sets of files, that are wholly there or not at all; what to say where a library is not installed."""

from __future__ import annotations

import errno
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from kg.errors import InputError
from kg.files import unwritable


@contextmanager
def whole_set(folder: Path, name: str) -> Iterator[Path]:
    """A folder beside the files of `folder`; what is written there takes its place among them at the end, all or nothing.

    So the files of one export always speak of the same graph: after a full disk the old ones are as they were.

    Args:
        name: of the export, for the folder's name.

    Raises:
        InputError: the disk is full or the place cannot be written.
    """
    aside: Path | None = None
    try:
        aside = Path(tempfile.mkdtemp(prefix=f".{name}.", suffix=".part", dir=folder))
        yield aside
        made = sorted(aside.iterdir())
        for path in made:
            if (folder / path.name).is_dir():
                raise unwritable(folder / path.name, IsADirectoryError(errno.EISDIR, ""))
        for path in made:
            path.replace(folder / path.name)
    except OSError as error:
        raise unwritable(folder, error) from error
    except InputError as error:
        if aside is None or not (error.where or "").startswith(str(aside)):
            raise
        # Nobody knows the folder that the file was being written in.
        raise InputError(error.what, where=str(folder), hint=error.hint) from error
    finally:
        if aside is not None:
            shutil.rmtree(aside, ignore_errors=True)


@contextmanager
def whole_file(path: Path) -> Iterator[Path]:
    """A path in a folder of its own beside `path`; the file written there takes the name of `path` at the end.

    A reader sees the old file or the new one, never a part; after an error the old one is as it was.

    Raises:
        InputError: the disk is full or the place cannot be written.
    """
    folder: str | None = None
    try:
        folder = tempfile.mkdtemp(prefix=f".{path.name}.", suffix=".part", dir=path.parent)
        temporary = Path(folder) / path.name
        yield temporary
        with temporary.open("rb") as stream:
            os.fsync(stream.fileno())
        temporary.replace(path)
    except OSError as error:
        raise unwritable(path, error) from error
    finally:
        if folder is not None:
            shutil.rmtree(folder, ignore_errors=True)


def not_installed(format: str, library: str) -> InputError:
    """The one line for a format whose library is missing."""
    return InputError(
        f"{format} needs {library}, which is not installed", hint="install it: pip install 'county-kg[exports]'"
    )
