"""Which decisions a build applies, and where they stand."""

from __future__ import annotations

from pathlib import Path

from kg.decisions import DECISIONS_NAME, Decisions, parse_decisions, read_decisions
from kg.errors import InputError
from kg.store import Store


def decisions_path(out: Path, given: Path | None = None) -> Path:
    """Where the decisions on an output folder are: the file given, else `decisions.yaml` in it."""
    return given if given is not None else out / DECISIONS_NAME


def current_decisions_path(store: Store, out: Path, given: Path | None) -> Path:
    """The file that decisions on a store are to be written to: the one given, the folder's, or that of its last build."""
    path = decisions_path(out, given)
    remembered = store.decisions()[0]
    return path if given is not None or path.exists() or not remembered else out / remembered


def given_decisions(out: Path, given: Path | None) -> Decisions | None:
    """The decisions of a file named, or of the folder's own; None where there is no such file.

    Raises:
        InputError: a file was named that is not there, or the file is malformed.
    """
    path = decisions_path(out, given)
    if given is None and not path.exists():
        return None
    return read_decisions(path)


def remembered_decisions(store: Store, out: Path) -> tuple[Decisions, list[InputError]]:
    """The decisions of the last build where this one has none: carried on, unless their file was taken away.

    A file that was named once with `--decisions` is read again where it lies; where it is gone, what it said holds on.
    """
    where, text = store.decisions()
    if not where:
        return Decisions(), []
    path = out / where
    if path.exists():
        return read_decisions(path), []
    known = parse_decisions(text, where=str(path))
    if where == DECISIONS_NAME:
        lost = InputError(f"the file is gone: {len(known.rows)} decisions no longer hold", where=str(path))
        return Decisions(), [lost] if known.rows else []
    kept = InputError("the file is gone; what it said is applied all the same", where=str(path), hint="put it back")
    return known, [kept]


def as_kept(store: Store, decisions: Decisions) -> tuple[str, str]:
    """The file of decisions, and its text, as the store keeps them."""
    path = Path(decisions.where).absolute()
    # The folder's own file goes with the folder when that is copied or moved; any other stays where it is.
    where = DECISIONS_NAME if path == decisions_path(store.path.parent).absolute() else str(path)
    return (where, decisions.text) if decisions.text else ("", "")
