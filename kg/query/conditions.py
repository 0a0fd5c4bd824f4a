"""The condition of a Cypher query, read and decided here, with Cypher's own logic of three values.

grand-cypher 1.2 reads `A OR B AND C` from left to right, takes NOT of what is missing for true, and finds a missing
value different from everything. Comes in: the tokens behind WHERE. Goes out: a condition that is true, false or None
(unknown) of a row.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from operator import eq, ge, gt, le, lt, ne
from typing import Any

from kg.errors import InputError
from kg.query.tokens import is_text, text_of

Row = Mapping[str, Any]
Decide = Callable[[Row], bool | None]
Value = Callable[[Row], Any]

_COMPARISONS: Mapping[str, Callable[[Any, Any], bool]] = {"=": eq, "<>": ne, "<": lt, ">": gt, "<=": le, ">=": ge}
_TEXTUAL: Mapping[str, Callable[[str, str], bool]] = {
    "CONTAINS": lambda text, part: part in text,
    "STARTS": str.startswith,
    "ENDS": str.endswith,
}
_NUMBER = re.compile(r"\d+(\.\d+)?")
_CONSTANTS = {"TRUE": True, "FALSE": False, "NULL": None}


@dataclass(frozen=True, slots=True)
class Condition:
    """`decide` takes a row by `variable.attribute`; `needs` are these names; `equal` are such a name and the text that it
    must equal whatever else holds, so that it can be looked for first."""

    decide: Decide
    needs: tuple[str, ...]
    equal: tuple[tuple[str, str], ...]

    @classmethod
    def all_of(cls, conditions: Sequence[Condition]) -> Condition | None:
        """One condition that holds where all do; None where there are none."""
        if len(conditions) < 2:
            return next(iter(conditions), None)
        return cls(
            lambda row: _all([condition.decide(row) for condition in conditions]),
            tuple(dict.fromkeys(name for condition in conditions for name in condition.needs)),
            tuple(pair for condition in conditions for pair in condition.equal),
        )


def read_condition(tokens: Sequence[str], name: Callable[[str, str], str]) -> Condition:
    """Read the tokens behind WHERE.

    Args:
        name: gives the row's name of a variable and an attribute, or raises where there is none.

    Raises:
        InputError: it is malformed.
    """
    reader = _Reader(tokens, name)
    decide = reader.either()
    if not reader.at_end:
        raise reader.wrong()
    return Condition(decide, tuple(dict.fromkeys(reader.needs)), tuple(reader.equal) if not reader.loose else ())


class _Reader:
    """Recursive descent: OR, AND, NOT, comparison."""

    def __init__(self, tokens: Sequence[str], name: Callable[[str, str], str]) -> None:
        self._tokens = [*tokens, ""]
        self._at = 0
        self._name = name
        self.needs: list[str] = []
        self.equal: list[tuple[str, str]] = []
        self.loose = False  # an OR or NOT stands somewhere: no comparison must hold by itself

    @property
    def at_end(self) -> bool:
        return self._at == len(self._tokens) - 1

    def wrong(self) -> InputError:
        found = self._tokens[self._at] or "its end"
        return InputError(f"not a Cypher condition at {found}", hint="as in: WHERE a.name = '张三' AND r.date > '2021'")

    def either(self) -> Decide:
        parts = [self._both()]
        while self._take("OR"):
            self.loose = True
            parts.append(self._both())
        return parts[0] if len(parts) == 1 else lambda row: _any([part(row) for part in parts])

    def _both(self) -> Decide:
        parts = [self._negated()]
        while self._take("AND"):
            parts.append(self._negated())
        return parts[0] if len(parts) == 1 else lambda row: _all([part(row) for part in parts])

    def _negated(self) -> Decide:
        if not self._take("NOT"):
            return self._comparison()
        self.loose = True
        inner = self._negated()
        return lambda row: None if (known := inner(row)) is None else not known

    def _comparison(self) -> Decide:
        if self._take("("):
            inner = self.either()
            self._expect(")")
            return inner
        start = self._at
        left = self._value()
        operator = self._tokens[self._at]
        self._at += 1
        if operator in _COMPARISONS:
            compare = _COMPARISONS[operator]
            second = self._at
            right = self._value()
            if operator == "=" and self._at - second == 1 and second - start == 4 and is_text(self._tokens[second]):
                self.equal.append((self.needs[-1], text_of(self._tokens[second])))
            return lambda row: _compared(compare, left(row), right(row))
        if operator == "IS":
            wanted = not self._take("NOT")
            self._expect("NULL")
            return lambda row: (left(row) is None) is wanted
        if operator in _TEXTUAL:
            if operator != "CONTAINS":
                self._expect("WITH")
            test = _TEXTUAL[operator]
            right = self._value()
            return lambda row: _tested(test, left(row), right(row))
        if operator == "IN":
            values = self._list()
            return lambda row: _any([_compared(eq, left(row), value(row)) for value in values])
        self._at -= 1
        raise self.wrong()

    def _list(self) -> list[Value]:
        self._expect("[")
        values: list[Value] = []
        while not self._take("]"):
            values.append(self._value())
            if self._tokens[self._at] != "]":
                self._expect(",")
        return values

    def _value(self) -> Value:
        token = self._tokens[self._at]
        following = self._tokens[self._at + 1 : self._at + 3]
        if is_text(token):
            self._at += 1
            text = text_of(token)
            return lambda row: text
        sign = -1 if token == "-" else 1
        digits = following[0] if token == "-" and following else token
        if _NUMBER.fullmatch(digits):
            self._at += 2 if token == "-" else 1
            number = sign * float(digits)
            return lambda row: number
        if token.upper() in _CONSTANTS and following[:1] != ["."]:
            self._at += 1
            constant = _CONSTANTS[token.upper()]
            return lambda row: constant
        if len(following) == 2 and following[0] == "." and following[1]:
            name = self._name(token, following[1])
            self._at += 3
            self.needs.append(name)
            return lambda row: row[name]
        raise self.wrong()

    def _take(self, word: str) -> bool:
        if self._tokens[self._at] != word:
            return False
        self._at += 1
        return True

    def _expect(self, word: str) -> None:
        if not self._take(word):
            raise self.wrong()


def _any(known: Sequence[bool | None]) -> bool | None:
    return True if True in known else None if None in known else False


def _all(known: Sequence[bool | None]) -> bool | None:
    return False if False in known else None if None in known else True


def _compared(compare: Callable[[Any, Any], bool], left: Any, right: Any) -> bool | None:
    """Unknown where a side is missing; values of two types are different, and neither is more."""
    if left is None or right is None:
        return None
    if _sort(left) is not _sort(right):
        return {eq: False, ne: True}.get(compare)
    return compare(left, right)


def _tested(test: Callable[[str, str], bool], text: Any, part: Any) -> bool | None:
    return test(text, part) if isinstance(text, str) and isinstance(part, str) else None


def _sort(value: Any) -> type:
    return bool if isinstance(value, bool) else float if isinstance(value, int | float) else str
