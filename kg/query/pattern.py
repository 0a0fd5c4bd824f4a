"""What stands behind MATCH, as plain data: nodes, the relations between them, and what must be equal in them.

In: tokens. Out: a `Pattern` in which every node and relation has a name, `v0`, `v1`, … in the order of the query, and
the conditions written inside it ({name: '…'}) as tokens of a condition.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from kg.errors import InputError
from kg.model import Kind, Relation
from kg.query.tokens import is_name, malformed

LABELS = {
    **{kind.value: kind.value for kind in Kind},
    **{"人物": "PERSON", "地点": "PLACE", "机构": "ORG", "职务": "ROLE", "事件": "EVENT"},
}
RELATION_LABELS = {
    **{relation.value: relation.value for relation in Relation},
    **{"任职": "HOLDS_ROLE", "参与": "PARTICIPATED_IN", "发生于": "TOOK_PLACE_AT"},
    **{"到访": "VISITED", "属于": "PART_OF", "位于": "LOCATED_IN"},
}
_EVERY_KIND = frozenset(kind.value for kind in Kind)
_EVERY_RELATION = frozenset(relation.value for relation in Relation)
_MOST_NODES = 6
"""More nodes make more ways in which two of them are one than is worth waiting for."""


@dataclass(frozen=True, slots=True)
class Step:
    """A relation of the pattern; `clause` numbers the MATCH that it stands in, `both_ways` is `--`."""

    name: str
    relations: frozenset[str]
    source: str
    target: str
    both_ways: bool
    clause: int


@dataclass(frozen=True, slots=True)
class Pattern:
    """Nodes with the kinds that they may be of, in the order of the query, and the relations between them."""

    nodes: Mapping[str, frozenset[str]]
    steps: tuple[Step, ...]


@dataclass(frozen=True, slots=True)
class Read:
    """A pattern, the names that the query gives to its parts, and the conditions inside it as tokens."""

    pattern: Pattern
    named: Mapping[str, str]
    conditions: tuple[str, ...]


def read_pattern(tokens: Sequence[str]) -> Read:
    """Read the tokens from MATCH to WHERE or RETURN.

    Raises:
        InputError: it is malformed, not answered here, or names a kind or relation that there is none of.
    """
    reader = _Reader(tokens)
    reader.read()
    pattern = Pattern(reader.nodes, tuple(reader.steps))
    if not reader.named:
        raise malformed("nothing in the pattern has a name: (a:PERSON)")
    if len(pattern.nodes) > _MOST_NODES:
        raise InputError(f"a pattern of more than {_MOST_NODES} nodes is not answered here", hint="ask in two queries")
    return Read(pattern, reader.named, tuple(reader.conditions))


class _Reader:
    def __init__(self, tokens: Sequence[str]) -> None:
        self._tokens = [*tokens, "", ""]
        self._at = 0
        self._clause = 0
        self._n = 0
        self.named: dict[str, str] = {}
        self.nodes: dict[str, frozenset[str]] = {}
        self.steps: list[Step] = []
        self.conditions: list[str] = []

    def read(self) -> None:
        self._expect("MATCH")
        self._chain()
        while self._now:
            if self._take("MATCH"):
                self._clause += 1
            else:
                self._expect(",")
            self._chain()

    def _chain(self) -> None:
        if is_name(self._now) and self._tokens[self._at + 1] == "=":
            raise InputError("a path as a value is not answered here", hint="name the nodes and relations")
        source = self._node()
        while self._now in ("-", "--", "-->", "<-", "<--"):
            source = self._step(source)

    def _node(self) -> str:
        self._expect("(")
        asked = self._name()
        name = self._fresh(asked) if asked not in self.named else self.named[asked]
        if asked in self.named and name not in self.nodes and any(step.name == name for step in self.steps):
            raise malformed(f"{asked} names a relation and a node")
        kinds = self._labels(LABELS, "kind") or _EVERY_KIND
        self.nodes[name] = self.nodes.get(name, _EVERY_KIND) & kinds
        self._map(name)
        self._expect(")")
        return name

    def _step(self, source: str) -> str:
        head = self._next()
        inside = head in ("-", "<-")
        name, relations = self._inside() if inside else (self._fresh(""), _EVERY_RELATION)
        tail = self._next() if inside else head[1:] if head.startswith("<") else head
        if tail not in ("-", "--", "->", "-->"):
            raise self._wrong(back=1)
        backwards, forwards = head.startswith("<"), tail.endswith(">")
        if backwards and forwards:
            raise malformed("an arrow has two heads")
        # The relation counts before the node behind it: names are given in the order of the query.
        at = len(self.steps)
        self.steps.append(Step(name, relations, source, "", not (backwards or forwards), self._clause))
        target = self._node()
        ends = (target, source) if backwards else (source, target)
        self.steps[at] = Step(name, relations, *ends, not (backwards or forwards), self._clause)
        return target

    def _inside(self) -> tuple[str, frozenset[str]]:
        self._expect("[")
        asked = self._name()
        if asked in self.named:
            raise malformed(f"{asked} names two things")
        name = self._fresh(asked)
        relations = self._labels(RELATION_LABELS, "relation") or _EVERY_RELATION
        if self._now == "*":
            raise InputError("paths of any length are not answered here", hint="graph.path finds a shortest one")
        self._map(name)
        self._expect("]")
        return name, relations

    def _name(self) -> str:
        return self._next() if is_name(self._now) else ""

    def _fresh(self, asked: str) -> str:
        name = f"v{self._n}"
        self._n += 1
        if asked:
            self.named[asked] = name
        return name

    def _labels(self, known: Mapping[str, str], what: str) -> frozenset[str]:
        """The labels behind `:`; none where there is no `:`."""
        found: set[str] = set()
        if not self._take(":"):
            return frozenset()
        while True:
            token = self._next()
            label = known.get(token) or known.get(token.upper())
            if label is None:
                raise InputError(
                    f"no {what} is called {token!r}", hint=f"known: {', '.join(dict.fromkeys(known.values()))}"
                )
            found.add(label)
            if self._now == ":":
                raise InputError(f"nothing has two {what}s", hint=f"either of two is {label}|…")
            if not self._take("|"):
                return frozenset(found)
            self._take(":")  # :A|:B is the older way of writing :A|B

    def _map(self, name: str) -> None:
        if not self._take("{"):
            return
        asked = next((asked for asked, given in self.named.items() if given == name), None)
        if asked is None:
            asked = f" {name}"  # a name that no query can give
            self.named[asked] = name
        while not self._take("}"):
            attribute = self._next()
            attribute = "order" if attribute == "ORDER" else attribute  # the one attribute that is a keyword too
            self._expect(":")
            value = []
            while self._now not in (",", "}", ""):
                value.append(self._next())
            self.conditions += [*(["AND"] if self.conditions else []), asked, ".", attribute, "=", *value]
            if self._now != "}":
                self._expect(",")

    @property
    def _now(self) -> str:
        return self._tokens[self._at]

    def _next(self) -> str:
        self._at += 1
        return self._tokens[self._at - 1]

    def _take(self, token: str) -> bool:
        taken = self._now == token
        self._at += taken
        return taken

    def _expect(self, token: str) -> None:
        if not self._take(token):
            raise self._wrong()

    def _wrong(self, *, back: int = 0) -> InputError:
        found = self._tokens[self._at - back] or "its end"
        return malformed(f"the pattern cannot be read at {found}")
