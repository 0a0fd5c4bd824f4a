"""Recording what is wrong from a notebook: a decision is written beside the store and applied to it.

The graph that is open stays as it is; see `Graph.correct`.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

from kg.decisions import (
    Decision,
    DecisionKind,
    FactAnchor,
    anchor_fact,
    anchor_mentions,
    append_decision,
    check_date,
    read_decisions,
    remove_decision,
)
from kg.errors import InputError
from kg.model import Entity, Kind
from kg.pipeline import current_decisions_path, redecide
from kg.query.index import Index
from kg.query.names import Named
from kg.store import Store
from kg.stored import read_knowledge

_ABOUT_FACTS = (DecisionKind.REJECT, DecisionKind.CONFIRM, DecisionKind.DATE)
_KINDS = tuple(kind for kind in DecisionKind if kind is not DecisionKind.ADD)


def correct(
    index: Index,
    kind: str,
    what: str | Entity | Sequence[Named],
    *,
    reason: str,
    name: str | None = None,
    to: str | None = None,
    who: str | None = None,
) -> None:
    """See `Graph.correct`."""
    if kind not in _KINDS:
        raise InputError(f"no decision {kind!r}", hint=f"known: {', '.join(_KINDS)}")
    if not reason.strip():
        raise InputError("reason is missing")
    decided = DecisionKind(kind)
    if decided is DecisionKind.DATE and to is None:
        raise InputError("to is missing", hint="a date, or an empty text where none is known")
    if to and not check_date(to):
        raise InputError(f"{to} is no date", hint="write 2021-01-12, 2021-01, 2021 or 2021-01-07/2021-01-17")
    if decided is DecisionKind.RENAME and not (name or "").strip():
        raise InputError("name is missing")
    made = datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%S")
    if decided in _ABOUT_FACTS:
        decision = Decision(decided, reason, made, who, fact=_fact(index, what), to=to or None)
    else:
        entities = _entities(index, what, at_least=1 if decided is DecisionKind.RENAME else 2)
        with Store.open(index.folder) as store:
            given = anchor_mentions(read_knowledge(store).records, [entity.id for entity in entities], None)
        for entity in entities:
            if entity.id not in given:
                raise InputError(f"no page mentions {entity.name!r}", hint="correct decisions.yaml by hand")
        anchors = tuple(given[entity.id] for entity in entities)
        groups = tuple((anchor,) for anchor in anchors) if decided is DecisionKind.SPLIT else (anchors,)
        decision = Decision(decided, reason, made, who, groups=groups, name=name)
    _apply(index.folder, decision)


def uncorrect(folder: Path) -> None:
    """See `Graph.uncorrect`."""
    path = _path(folder)
    rows = read_decisions(path).rows if path.exists() else ()
    if not rows:
        raise InputError("there is no decision to take back", where=str(path))
    remove_decision(path, rows[-1])
    redecide(folder, decisions=path)


def _apply(folder: Path, decision: Decision) -> None:
    path = _path(folder)
    append_decision(path, decision)
    last = f"{path}:{read_decisions(path).rows[-1].line}"
    # A notebook says at once what is wrong, and leaves no decision behind that does nothing.
    for problem in redecide(folder, decisions=path):
        if problem.where == last:
            remove_decision(path, decision)
            redecide(folder, decisions=path)
            raise InputError(problem.what, hint=problem.hint)


def _path(folder: Path) -> Path:
    with Store.open(folder) as store:
        return current_decisions_path(store, folder, None)


def _fact(index: Index, what: str | Entity | Sequence[Named]) -> FactAnchor:
    try:
        row = index.columns.ids.index(what) if isinstance(what, str) else -1
    except ValueError:
        row = -1
    if row < 0:
        raise InputError(f"no fact has the id {what!r}", hint="take one from the column fact of an answer")
    page = index.columns.pages[int(index.columns.page[row])].id
    with Store.open(index.folder) as store:
        found = next((anchor_fact(record, str(what)) for record in store.records_of([page])), None)
    if found is None:
        raise InputError("a decision added this fact", hint="correct decisions.yaml by hand")
    return found


def _entities(index: Index, what: str | Entity | Sequence[Named], *, at_least: int) -> list[Entity]:
    named = [what] if isinstance(what, str | Entity) else list(what)
    if len(named) < at_least:
        raise InputError(f"at least {at_least} are needed here")
    return [index.entities[index.names.one(each, tuple(Kind))] for each in named]
