"""`decisions.yaml` → decisions, or one line that says where the file is wrong.

Everything is read as text: 2021-01-12 stays what was typed, and a person called 是 or No is no truth value. Aliases and
tags of YAML are refused, so that no file can grow in memory or make objects.
"""

from __future__ import annotations

import re
from datetime import date, datetime
from pathlib import Path
from typing import Any, NoReturn

import yaml

from kg.decisions.kinds import Anchor, Claim, Decision, DecisionKind, Decisions, FactAnchor
from kg.errors import InputError
from kg.model import PARTS, Kind, Relation

VERSION = "1"
_DEPTH = 12  # a split of posts of organisations needs eight
_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_NULLS = frozenset({"", "~", "null", "Null", "NULL"})
_UNREADABLE = re.compile("[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufefe\uff00-\ufffd\U00010000-\U0010ffff]")
_ISO = re.compile(r"\d{4}(-\d{2}(-\d{2})?)?")
_CODE = re.compile(r"\d{2}(\d{2}(\d{2}(\d{3}(\d{3})?)?)?)?")

_FIELDS: dict[DecisionKind, tuple[frozenset[str], frozenset[str]]] = {
    DecisionKind.MERGE: (frozenset({"entities"}), frozenset()),
    DecisionKind.SPLIT: (frozenset({"groups"}), frozenset()),
    DecisionKind.RENAME: (frozenset({"entity", "name"}), frozenset()),
    DecisionKind.REJECT: (frozenset({"fact"}), frozenset()),
    DecisionKind.CONFIRM: (frozenset({"fact"}), frozenset()),
    DecisionKind.DATE: (frozenset({"fact", "to"}), frozenset()),
    DecisionKind.ADD: (frozenset({"relation", "subject", "object"}), frozenset({"on", "page", "quote", "part"})),
}
_ALWAYS = frozenset({"kind", "reason", "date"})
_ANCHOR_FIELDS = frozenset({"page", "text", "start", "code", "kind", "title", "org", "new"})
_FACT_FIELDS = frozenset({"page", "relation", "subject", "object", "date", "quote"})


def read_decisions(path: Path) -> Decisions:
    """The decisions of a file.

    Raises:
        InputError: it cannot be read or is malformed; `where` has file and line.
    """
    where = str(path)
    try:
        raw = path.read_bytes()
    except FileNotFoundError as error:
        raise InputError("no such file", where=where) from error
    except OSError as error:
        raise InputError(f"cannot be read: {error.strerror or error}", where=where) from error
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        raise InputError("not UTF-8 text", where=f"{where}:{line}", hint="save it as UTF-8") from error
    return parse_decisions(text, where=where)


def parse_decisions(text: str, *, where: str = "decisions.yaml") -> Decisions:
    """The decisions of a text; an empty one has none.

    Raises:
        InputError: it is malformed.
    """
    reader = _Reader(where)
    root = reader.compose(text)
    if root is None:
        return Decisions(where=where, text=text)
    top = reader.mapping(root, frozenset({"version", "decisions"}), frozenset())
    if "version" in top and reader.text(top["version"]) != VERSION:
        reader.wrong(
            top["version"], f"no version {top['version'].value!r} of decisions", hint="this kg knows version 1"
        )
    if "decisions" not in top or reader.is_null(top["decisions"]):
        return Decisions(where=where, text=text)
    rows = reader.sequence(top["decisions"])
    return Decisions(tuple(reader.decision(node) for node in rows), where, text)


def check_date(text: str) -> bool:
    """Whether a text is a day, month or year (2021-01-12, 2021-01, 2021) or an interval of two of them (a/b).

    >>> [check_date(text) for text in ("2021-01-12", "2021-01", "2021-02-30", "2021-01-07/2021-01-17", "1月")]
    [True, True, False, True, False]
    """
    first, slash, last = text.partition("/")
    if slash:
        return check_date(first) and "/" not in last and check_date(last) and first[:7] <= last[:7]
    if not _ISO.fullmatch(text):
        return False
    try:
        date.fromisoformat((text + "-01-01")[:10])
    except ValueError:
        return False
    return True


class _Reader:
    """Walks YAML nodes; every complaint has its line."""

    def __init__(self, where: str) -> None:
        self.where = where

    def wrong(self, node: Any, what: str, hint: str | None = None) -> NoReturn:
        line = node if isinstance(node, int) else node.start_mark.line + 1
        raise InputError(what, where=f"{self.where}:{line}", hint=hint)

    def compose(self, text: str) -> Any:
        if bad := _UNREADABLE.search(text):
            self.wrong(text.count("\n", 0, bad.start()) + 1, "a control character", hint="delete it")
        try:
            depth = 0
            for event in yaml.parse(text, Loader=_LOADER):
                if isinstance(event, yaml.AliasEvent):
                    self.wrong(event, "aliases (*) are not read here", hint="write it out")
                if isinstance(event, yaml.NodeEvent) and getattr(event, "tag", None):
                    self.wrong(event, "tags (!) are not read here", hint="delete it")
                depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
                if depth > _DEPTH:
                    self.wrong(event, "nested too deep")
            return yaml.compose(text, Loader=_LOADER)
        except yaml.MarkedYAMLError as error:
            mark = error.problem_mark or error.context_mark
            # What is missing at the end is missed behind the last line.
            line = min(mark.line + 1 if mark else 1, max(1, text.rstrip().count("\n") + 1))
            self.wrong(line, f"no valid YAML: {error.problem or error.context}")
        except yaml.YAMLError as error:
            self.wrong(1, f"no valid YAML: {error}")

    def is_null(self, node: Any) -> bool:
        return isinstance(node, yaml.ScalarNode) and not node.style and node.value in _NULLS

    def mapping(self, node: Any, allowed: frozenset[str], needed: frozenset[str]) -> dict[str, Any]:
        if not isinstance(node, yaml.MappingNode):
            self.wrong(node, "names and values are needed here", hint=f"known here: {', '.join(sorted(allowed))}")
        found: dict[str, Any] = {}
        for key_node, value in node.value:
            key = self.text(key_node)
            if key not in allowed:
                self.wrong(
                    key_node, f"nothing is called {key!r} here", hint=f"known here: {', '.join(sorted(allowed))}"
                )
            if key in found:
                self.wrong(key_node, f"{key} stands here twice")
            found[key] = value
        for key in sorted(needed - found.keys()):
            self.wrong(node, f"{key} is missing")
        return found

    def sequence(self, node: Any, at_least: int = 0) -> list[Any]:
        if not isinstance(node, yaml.SequenceNode):
            self.wrong(node, "a list is needed here", hint="each item behind a dash (-)")
        if len(node.value) < at_least:
            self.wrong(node, f"at least {at_least} are needed here")
        return list(node.value)

    def text(self, node: Any) -> str:
        if not isinstance(node, yaml.ScalarNode):
            self.wrong(node, "a plain text is needed here")
        if self.is_null(node) or not node.value.strip():
            self.wrong(node, "something is missing here")
        return str(node.value)

    def optional(self, values: dict[str, Any], key: str) -> str | None:
        return None if key not in values or self.is_null(values[key]) else self.text(values[key])

    def choice(self, node: Any, names: type[Kind] | type[Relation] | type[DecisionKind], what: str) -> str:
        text = self.text(node)
        if text not in list(names):
            self.wrong(node, f"no {what} {text!r}", hint=f"known: {', '.join(names)}")
        return text

    def date(self, values: dict[str, Any], key: str) -> str | None:
        text = self.optional(values, key)
        if text is not None and not check_date(text):
            self.wrong(
                values[key], f"{text} is no date", hint="write 2021-01-12, 2021-01, 2021 or 2021-01-07/2021-01-17"
            )
        return text

    def decision(self, node: Any) -> Decision:
        everything = frozenset({"who"}) | _ALWAYS
        for needed, more in _FIELDS.values():
            everything |= needed | more
        kind = DecisionKind(self.choice(self.mapping(node, everything, _ALWAYS)["kind"], DecisionKind, "decision"))
        needed, more = _FIELDS[kind]
        values = self.mapping(node, needed | more | _ALWAYS | {"who"}, needed | _ALWAYS)
        made = self.text(values["date"])
        if not _is_moment(made):
            self.wrong(values["date"], f"{made} is no date", hint="write 2026-11-21 or 2026-11-21T10:30:00")
        return Decision(
            kind=kind,
            reason=self.text(values["reason"]),
            made=made,
            who=self.optional(values, "who"),
            groups=self.groups(kind, values),
            name=self.optional(values, "name"),
            fact=self.fact(values["fact"]) if "fact" in values else None,
            to=self.date(values, "to"),
            claim=self.claim(values) if kind is DecisionKind.ADD else None,
            line=node.start_mark.line + 1,
        )

    def groups(self, kind: DecisionKind, values: dict[str, Any]) -> tuple[tuple[Anchor, ...], ...]:
        match kind:
            case DecisionKind.MERGE:
                return (tuple(self.anchor(node) for node in self.sequence(values["entities"], at_least=2)),)
            case DecisionKind.SPLIT:
                groups = self.sequence(values["groups"], at_least=2)
                return tuple(tuple(self.anchor(node) for node in self.sequence(each, at_least=1)) for each in groups)
            case DecisionKind.RENAME:
                return ((self.anchor(values["entity"]),),)
            case _:
                return ()

    def anchor(self, node: Any) -> Anchor:
        values = self.mapping(node, _ANCHOR_FIELDS, frozenset())
        code = self.optional(values, "code")
        if code is not None and not _CODE.fullmatch(code):
            self.wrong(values["code"], f"{code} is no division code", hint="2, 4, 6, 9 or 12 digits")
        anchor = Anchor(
            page=self.optional(values, "page"),
            text=self.optional(values, "text"),
            start=self.number(values["start"]) if "start" in values else None,
            code=code,
            kind=Kind(self.choice(values["kind"], Kind, "kind")) if "kind" in values else None,
            title=self.optional(values, "title"),
            org=self.anchor(values["org"]) if "org" in values else None,
            new="new" in values and self.text(values["new"]).lower() in ("true", "yes"),
        )
        if anchor.title is None and anchor.org is not None:
            self.wrong(node, "title is missing")
        if anchor.title is None and anchor.code is None and (anchor.page is None or anchor.text is None):
            self.wrong(node, "page and text are needed here, or a code")
        if anchor.new and anchor.title is None and (anchor.kind is None or anchor.text is None):
            self.wrong(node, "what is new needs a text and a kind")
        return anchor

    def number(self, node: Any) -> int:
        text = self.text(node)
        if not re.fullmatch(r"[0-9]{1,9}", text):
            self.wrong(node, f"{text} is no offset", hint="count characters from 0")
        return int(text)

    def fact(self, node: Any) -> FactAnchor:
        values = self.mapping(node, _FACT_FIELDS, frozenset({"page", "relation", "subject", "object"}))
        return FactAnchor(
            page=self.text(values["page"]),
            relation=Relation(self.choice(values["relation"], Relation, "relation")),
            subject=self.text(values["subject"]),
            object=self.text(values["object"]),
            date=self.date(values, "date"),
            dated="date" in values,
            quote=self.optional(values, "quote"),
        )

    def claim(self, values: dict[str, Any]) -> Claim:
        part = self.optional(values, "part")
        if part is not None and part not in PARTS:
            self.wrong(values["part"], f"no part {part!r}", hint=f"known: {', '.join(PARTS)}")
        if "quote" in values and "page" not in values:
            self.wrong(values["quote"], "a quote needs the page that it stands on")
        return Claim(
            relation=Relation(self.choice(values["relation"], Relation, "relation")),
            subject=self.anchor(values["subject"]),
            object=self.anchor(values["object"]),
            date=self.date(values, "on"),
            page=self.optional(values, "page"),
            quote=self.optional(values, "quote"),
            part=part,
        )


def _is_moment(text: str) -> bool:
    if not re.fullmatch(r"\d{4}-\d{2}-\d{2}(T\d{2}:\d{2}(:\d{2})?)?", text):
        return False
    try:
        datetime.fromisoformat(text)
    except ValueError:
        return False
    return True
