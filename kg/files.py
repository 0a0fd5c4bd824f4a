"""Writing files that are either wholly there or not at all, and saying in one line why one cannot be written."""

from __future__ import annotations

import errno
import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TextIO

from kg.errors import InputError


def unwritable(path: Path, error: OSError) -> InputError:
    """The one line for an `OSError` that stopped writing at `path`."""
    where = str(path)
    match error.errno:
        case errno.ENOSPC | errno.EDQUOT:
            return InputError("no space left on the disk", where=where, hint="free some space and run the same command")
        case errno.EACCES | errno.EPERM | errno.EROFS:
            return InputError("not allowed to write here", where=where, hint="choose another output folder")
        case errno.ENOTDIR | errno.EEXIST:
            return InputError(
                "a file stands where a folder is needed", where=where, hint="choose another output folder"
            )
        case errno.EISDIR:
            return InputError("a folder stands where a file is to be written", where=where)
        case errno.ENAMETOOLONG:
            return InputError("the name is too long for this disk", where=where)
        case _:
            return InputError(
                f"cannot be written: {error.strerror or error}", where=where, hint="choose another output folder"
            )


def make_folder(path: Path) -> None:
    """Make a folder and those above it; one that is there already is fine.

    Raises:
        InputError: it cannot be made, or a file has its name.
    """
    try:
        path.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise unwritable(path, error) from error


@contextmanager
def open_whole(path: Path) -> Iterator[TextIO]:
    """A UTF-8 text file that takes its name only when everything was written; newlines as given, no BOM.

    A reader sees the old file or the new one, never a part; after an error the old one is as it was.

    Raises:
        InputError: the disk is full or the place cannot be written.
    """
    temporary: str | None = None
    try:
        handle, temporary = tempfile.mkstemp(prefix=f".{path.name}.", suffix=".part", dir=path.parent)
        with open(handle, "w", encoding="utf-8", errors="replace", newline="\n") as stream:  # noqa: PTH123 - a descriptor
            yield stream
            stream.flush()
            os.fsync(stream.fileno())
        # mkstemp keeps the file private; an export is for whoever may read the folder.
        Path(temporary).chmod(0o666 & ~_umask())
        Path(temporary).replace(path)
        temporary = None
    except OSError as error:
        raise unwritable(path, error) from error
    finally:
        if temporary is not None:
            with suppress(OSError):
                Path(temporary).unlink()


def _umask() -> int:
    mask = os.umask(0o022)
    os.umask(mask)
    return mask
