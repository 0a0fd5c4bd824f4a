"""Decisions → `decisions.yaml`: whole or not at all, and what a person wrote in the file stays as it is.

A decision is added as lines at the end and taken back by removing its lines. Where a file is laid out so that this
cannot be done (a list in brackets, say), it is written anew, which loses comments only there.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import yaml

from kg.decisions.kinds import Anchor, Decision, DecisionKind
from kg.decisions.reading import VERSION, parse_decisions, read_decisions
from kg.errors import InputError
from kg.files import make_folder, open_whole

_HEAD = f"""# 人工更正，每次 kg build 都会重新应用；写法见 docs/decisions.md
# Corrections by people, applied at every build; see docs/decisions.md
version: {VERSION}
decisions:
"""


def append_decision(path: Path, decision: Decision) -> None:
    """Add a decision at the end of a file, which is made where it is missing.

    Raises:
        InputError: the file is malformed (and left as it is) or cannot be written.
    """
    old = _text(path)
    rows = parse_decisions(old, where=str(path)).rows if old else ()
    lines = _item(decision)
    changed = f"{old.rstrip(chr(10))}\n{lines}" if rows else f"{_HEAD}{lines}"
    _write(path, changed, (*rows, decision))


def remove_decision(path: Path, decision: Decision) -> bool:
    """Take back a decision; of several equal ones the last.

    Returns:
        Whether it was there.

    Raises:
        InputError: the file is malformed (and left as it is) or cannot be written.
    """
    old = _text(path)
    rows = parse_decisions(old, where=str(path)).rows if old else ()
    found = [number for number, row in enumerate(rows) if row == decision]
    if not found:
        return False
    at = found[-1]
    left = (*rows[:at], *rows[at + 1 :])
    lines = old.splitlines(keepends=True)
    end = rows[at + 1].line - 1 if at + 1 < len(rows) else len(lines)
    _write(path, "".join((*lines[: rows[at].line - 1], *lines[end:])), left)
    return True


def format_decisions(decisions: Sequence[Decision]) -> str:
    """Decisions as the text of a file."""
    return _HEAD.removesuffix("\n") + ("\n" + "".join(map(_item, decisions)) if decisions else " []\n")


def _text(path: Path) -> str:
    if not path.exists():
        return ""
    read_decisions(path)  # says in one line what is wrong with the file
    with path.open(encoding="utf-8-sig", newline="") as stream:
        return stream.read()


def _write(path: Path, text: str, expected: Sequence[Decision]) -> None:
    try:
        same = parse_decisions(text).rows == tuple(expected)
    except InputError:
        same = False
    make_folder(path.parent)
    with open_whole(path) as stream:
        stream.write(text if same else format_decisions(expected))


class _Dumper(yaml.SafeDumper):
    """Writes every text so that it is read back as it was; PyYAML's other quotes lose NEL and the like at an end."""


def _represent(dumper: _Dumper, text: str) -> yaml.ScalarNode:
    return dumper.represent_scalar("tag:yaml.org,2002:str", text, style=None if text.isprintable() else '"')


_Dumper.add_representer(str, _represent)


def _item(decision: Decision) -> str:
    text: str = yaml.dump(
        [_plain(decision)],
        Dumper=_Dumper,
        allow_unicode=True,
        sort_keys=False,
        width=10_000,
        default_flow_style=False,
    )
    return text


def _plain(decision: Decision) -> dict[str, Any]:
    row: dict[str, Any] = {"kind": decision.kind.value}
    match decision.kind:
        case DecisionKind.MERGE:
            row["entities"] = [_anchor(anchor) for anchor in decision.groups[0]]
        case DecisionKind.SPLIT:
            row["groups"] = [[_anchor(anchor) for anchor in group] for group in decision.groups]
        case DecisionKind.RENAME:
            row |= {"entity": _anchor(decision.groups[0][0]), "name": decision.name}
        case DecisionKind.ADD if decision.claim is not None:
            claim = decision.claim
            row |= {
                "relation": claim.relation.value,
                "subject": _anchor(claim.subject),
                "object": _anchor(claim.object),
            }
            row |= _given(on=claim.date, page=claim.page, quote=claim.quote, part=claim.part)
        case _ if decision.fact is not None:
            fact = decision.fact
            row["fact"] = {
                "page": fact.page,
                "relation": fact.relation.value,
                "subject": fact.subject,
                "object": fact.object,
                **({"date": fact.date} if fact.dated else {}),
                **_given(quote=fact.quote),
            }
            if decision.kind is DecisionKind.DATE:
                row["to"] = decision.to
    row |= {"reason": decision.reason, "date": decision.made, **_given(who=decision.who)}
    return row


def _anchor(anchor: Anchor) -> dict[str, Any]:
    row = _given(page=anchor.page, text=anchor.text, start=anchor.start, code=anchor.code, title=anchor.title)
    if anchor.kind is not None:
        row["kind"] = anchor.kind.value
    if anchor.org is not None:
        row["org"] = _anchor(anchor.org)
    if anchor.new:
        row["new"] = True
    return row


def _given(**values: str | int | None) -> dict[str, Any]:
    return {key: value for key, value in values.items() if value is not None}
