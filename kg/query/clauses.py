"""A Cypher query taken apart into pattern, condition and what to return, as plain data."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from kg.errors import InputError
from kg.query.conditions import Condition, read_condition
from kg.query.nearest import nearest
from kg.query.pattern import Pattern, read_pattern
from kg.query.tokens import malformed, tokens_of

AGGREGATES = frozenset(("COUNT", "MIN", "MAX", "SUM", "AVG", "COLLECT"))


@dataclass(frozen=True, slots=True)
class Item:
    """One thing to return: a variable's attribute, perhaps aggregated; `variable` is None for COUNT(*)."""

    name: str
    variable: str | None
    attribute: str
    aggregate: str | None = None
    distinct: bool = False

    @property
    def cell(self) -> str:
        """What a row of matches calls the attribute."""
        return f"{self.variable}.{self.attribute}"


@dataclass(frozen=True, slots=True)
class Parsed:
    """A query in its parts; `order` are (item, descending)."""

    pattern: Pattern
    condition: Condition | None
    items: tuple[Item, ...]
    distinct: bool
    order: tuple[tuple[Item, bool], ...]
    skip: int
    limit: int | None


def parse(query: str, *, attributes: Sequence[str], parameters: Mapping[str, Any] | None = None) -> Parsed:
    """Take a query apart.

    Args:
        attributes: those that nodes and edges have.
        parameters: what `$name` stands for.

    Raises:
        InputError: it is malformed, not answered here, or names a label, relation, attribute or parameter that there
            is none of.
    """
    tokens = tokens_of(query, parameters or {})
    if tokens[0] != "MATCH":
        raise malformed("it must begin with MATCH")
    if tokens.count("RETURN") != 1:
        raise malformed("it needs one RETURN")
    at = tokens.index("RETURN")
    body, tail = tokens[:at], tokens[at + 1 :]
    where = body.index("WHERE") if "WHERE" in body else len(body)
    if "MATCH" in body[where:]:
        raise InputError("a MATCH behind WHERE is not answered here", hint="put WHERE behind all patterns")
    read = read_pattern(body[:where])
    known = _Attributes(read.named, tuple(attributes))
    conditions = []
    if read.conditions:
        conditions.append(read_condition(read.conditions, known.cell))
    if where < len(body):
        conditions.append(read_condition(body[where + 1 :], known.cell))
    items, distinct, order, skip, limit = _tail(tail, known)
    return Parsed(read.pattern, Condition.all_of(conditions), items, distinct, order, skip, limit)


class _Attributes:
    """Checks that `a.name` speaks of a variable of the pattern and of something that entities or facts have."""

    def __init__(self, named: Mapping[str, str], attributes: tuple[str, ...]) -> None:
        self.named = named
        self.attributes = attributes

    def variable(self, asked: str) -> str:
        if asked not in self.named:
            raise malformed(f"MATCH has no variable {asked}")
        return self.named[asked]

    def cell(self, variable: str, attribute: str) -> str:
        """What a row calls a variable's attribute."""
        self.check(attribute)
        return f"{self.variable(variable)}.{attribute}"

    def check(self, attribute: str) -> None:
        if attribute not in self.attributes:
            near = nearest(attribute, self.attributes)
            hint = f"did you mean {', '.join(near)}?" if near else f"known: {', '.join(self.attributes)}"
            raise InputError(f"no attribute is called {attribute!r}", hint=hint)


def _tail(
    tokens: list[str], known: _Attributes
) -> tuple[tuple[Item, ...], bool, tuple[tuple[Item, bool], ...], int, int | None]:
    limit = skip = None
    rest = list(tokens)
    for word in ("LIMIT", "SKIP"):
        if word in rest:
            at = rest.index(word)
            number = rest[at + 1 : at + 2]
            if not number or not number[0].isdecimal():
                raise malformed(f"{word} needs a number")
            limit, skip = (int(number[0]), skip) if word == "LIMIT" else (limit, int(number[0]))
            del rest[at : at + 2]
    sorted_by: list[str] = []
    if "ORDER" in rest:
        at = rest.index("ORDER")
        if rest[at + 1 : at + 2] != ["BY"]:
            raise malformed("ORDER needs BY")
        rest, sorted_by = rest[:at], rest[at + 2 :]
    distinct = rest[:1] == ["DISTINCT"]
    items = tuple(_item(each, known) for each in _parted(rest[1:] if distinct else rest))
    order = tuple(_sorting(each, items, known) for each in _parted(sorted_by)) if sorted_by else ()
    if distinct or any(item.aggregate for item in items):
        # A row then stands for many matches, and another attribute of them is not one value.
        for item, _ in order:
            if item not in items:
                raise InputError(
                    f"the answer cannot be sorted by {item.name}", hint="return it too, or sort by what is"
                )
    return items, distinct, order, skip or 0, limit


def _sorting(tokens: list[str], items: tuple[Item, ...], known: _Attributes) -> tuple[Item, bool]:
    words = tokens[:-1] if tokens[-1:] in (["DESC"], ["ASC"]) else tokens
    named = next((item for item in items if [item.name] == words), None)
    item = named or _item(words, known)
    same = (each for each in items if replace(each, name=item.name) == item)
    return next(same, item), tokens[-1:] == ["DESC"]


def _parted(tokens: list[str]) -> list[list[str]]:
    parts: list[list[str]] = [[]]
    depth = 0
    for token in tokens:
        depth += (token == "(") - (token == ")")
        if token == "," and not depth:
            parts.append([])
        else:
            parts[-1].append(token)
    return parts


def _item(tokens: list[str], known: _Attributes) -> Item:
    name = ""
    if "AS" in tokens:
        at = tokens.index("AS")
        if len(tokens) != at + 2:
            raise malformed("AS needs one name")
        name, tokens = tokens[at + 1], tokens[:at]
    shown = name or "".join(tokens).replace("DISTINCT", "DISTINCT ")
    if len(tokens) >= 4 and tokens[0].upper() in AGGREGATES and tokens[1] == "(" and tokens[-1] == ")":
        aggregate, inner = tokens[0].upper(), tokens[2:-1]
        distinct = inner[:1] == ["DISTINCT"]
        inner = inner[1:] if distinct else inner
        if inner == ["*"] and aggregate == "COUNT" and not distinct:
            return Item(shown, None, "", aggregate)
        if aggregate == "COUNT" and len(inner) == 1:
            inner = [inner[0], ".", "id"]
        item = _item(inner, known)
        if item.aggregate:
            raise malformed(f"cannot return {''.join(tokens)}")
        return Item(shown, item.variable, item.attribute, aggregate, distinct)
    if len(tokens) == 1 and tokens[0] in known.named:
        raise InputError(f"{tokens[0]} is a whole node or relation", hint=f"return its attributes: {tokens[0]}.name")
    if len(tokens) != 3 or tokens[1] != ".":
        raise malformed(f"cannot return {''.join(tokens) or 'nothing'}")
    known.check(tokens[2])
    return Item(shown, known.variable(tokens[0]), tokens[2])
