"""A Cypher query taken apart, and refused where grand-cypher would answer it wrongly or not at all.

In: what a user typed. Out: the pattern and condition as grand-cypher reads them, and the RETURN clause as plain data,
which `kg.query.cypher` carries out itself: grand-cypher 1.2 limits before it makes rows distinct, takes the minimum of
nothing for infinite, and fails to sort where a value is missing.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from kg.errors import InputError
from kg.model import Kind, Relation
from kg.query.conditions import Condition, read_condition, text_of
from kg.query.nearest import nearest

_TOKEN = re.compile(
    r"""\s*(?P<token>'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*"|\d+(?:\.\d+)?|[^\W\d]\w*|-->|<--|<-|->|<>|<=|>=|=~|--|\S)""",
    re.DOTALL,
)
_UNSUPPORTED = {
    "OPTIONAL": "ask twice instead",
    "WITH": "ask for the rows and go on in pandas",
    "UNWIND": "ask for the rows and go on in pandas",
    "UNION": "ask twice and put the answers together",
    "CASE": "ask for the rows and go on in pandas",
    "EXISTS": "ask for the rows and go on in pandas",
    "CALL": "graph.nx has the algorithms of networkx",
    **dict.fromkeys(("CREATE", "MERGE", "DELETE", "DETACH", "SET", "REMOVE", "FOREACH"), "the graph is only read"),
}
_KEYWORDS = frozenset(
    "MATCH WHERE RETURN DISTINCT ORDER BY SKIP LIMIT AND OR NOT IN IS NULL CONTAINS STARTS ENDS WITH AS DESC ASC".split()
)
AGGREGATES = frozenset(("COUNT", "MIN", "MAX", "SUM", "AVG", "COLLECT"))
LABELS = {
    **{kind.value: kind.value for kind in Kind},
    **{"人物": "PERSON", "地点": "PLACE", "机构": "ORG", "职务": "ROLE", "事件": "EVENT"},
}
RELATION_LABELS = {
    **{relation.value: relation.value for relation in Relation},
    **{"任职": "HOLDS_ROLE", "参与": "PARTICIPATED_IN", "发生于": "TOOK_PLACE_AT"},
    **{"到访": "VISITED", "属于": "PART_OF", "位于": "LOCATED_IN"},
}


@dataclass(frozen=True, slots=True)
class Item:
    """One thing to return: a variable's attribute, perhaps aggregated; `variable` is None for COUNT(*)."""

    name: str
    variable: str | None
    attribute: str
    aggregate: str | None = None
    distinct: bool = False


@dataclass(frozen=True, slots=True)
class Parsed:
    """A query in two halves; `order` are (item, descending)."""

    matching: str
    condition: Condition | None
    variables: tuple[str, ...]
    items: tuple[Item, ...]
    distinct: bool
    order: tuple[tuple[Item, bool], ...]
    skip: int
    limit: int | None


def parse(query: str, *, attributes: Sequence[str]) -> Parsed:
    """Take a query apart.

    Args:
        attributes: those that nodes and edges have.

    Raises:
        InputError: it is malformed, not supported, or names a label, relation or attribute that there is none of.
    """
    tokens = [_keyword(match["token"]) for match in _TOKEN.finditer(query)]
    while tokens and tokens[-1] == ";":
        tokens.pop()
    if not tokens:
        raise _malformed("it is empty")
    for before, token in zip(["", *tokens], tokens, strict=False):
        if token.upper() in _UNSUPPORTED and before not in ("STARTS", "ENDS", ".", ":"):
            raise InputError(f"Cypher's {token.upper()} is not answered here", hint=_UNSUPPORTED[token.upper()])
        if token == "$":
            raise InputError("Cypher's parameters are not answered here", hint="put the value into the query")
        if token == "=~":
            raise InputError("Cypher's =~ is not answered here", hint="use CONTAINS, STARTS WITH or ENDS WITH")
        if token in ("'", '"', "`"):
            raise _malformed("a quotation mark has no partner" if token != "`" else "backquotes are not read")
    if tokens[0] != "MATCH":
        raise _malformed("it must begin with MATCH")
    if tokens.count("RETURN") != 1:
        raise _malformed("it needs one RETURN")
    at = tokens.index("RETURN")
    body, tail = tokens[:at], tokens[at + 1 :]
    where = body.index("WHERE") if "WHERE" in body else len(body)
    pattern, condition = body[:where], body[where:]
    variables = _check_pattern(pattern)
    known = _Attributes(variables, tuple(attributes))
    read = read_condition(condition[1:], known.name) if condition else None
    equal = {known.safe(variable): (attribute, text) for variable, attribute, text in (read.equal if read else ())}
    rewritten = "".join(_rewrite_pattern(pattern, known, equal)).strip()
    items, distinct, order, skip, limit = _tail(tail, known)
    return Parsed(rewritten, read, tuple(map(known.safe, variables)), items, distinct, order, skip, limit)


class _Attributes:
    """Checks that `a.name` speaks of a variable of the pattern and of something that entities or facts have."""

    def __init__(self, variables: tuple[str, ...], attributes: tuple[str, ...]) -> None:
        self.variables = variables
        self.attributes = attributes

    def check(self, variable: str, attribute: str) -> None:
        if variable not in self.variables:
            raise _malformed(f"MATCH has no variable {variable}")
        self.check_attribute(attribute)

    def name(self, variable: str, attribute: str) -> str:
        """What a row calls a variable's attribute."""
        self.check(variable, attribute)
        return f"{self.safe(variable)}.{attribute}"

    def safe(self, variable: str) -> str:
        """The name of a variable for grand-cypher, which reads ASCII only."""
        return f"v{self.variables.index(variable)}"

    def check_attribute(self, attribute: str) -> None:
        if attribute not in self.attributes:
            near = nearest(attribute, self.attributes)
            hint = f"did you mean {', '.join(near)}?" if near else f"known: {', '.join(self.attributes)}"
            raise InputError(f"no attribute is called {attribute!r}", hint=hint)


def _keyword(token: str) -> str:
    return token.upper() if token.upper() in _KEYWORDS else token


def _check_pattern(tokens: list[str]) -> tuple[str, ...]:
    """Refuse what is answered wrongly; the variables in order."""
    variables: dict[str, None] = {}
    chain: list[str] = []
    inside = ""
    for at, token in enumerate(tokens):
        before = tokens[at - 1] if at else ""
        after = tokens[at + 1] if at + 1 < len(tokens) else ""
        if token in "([{":
            inside += token
            if inside == "[{":
                raise InputError("attributes inside [ ] are not answered here", hint="use WHERE r.date = '2021-01-12'")
            if token != "{" and re.fullmatch(r"[^\W\d]\w*", after):
                if token == "[" and after in variables:
                    raise _malformed(f"{after} names two relations")
                variables[after] = None
                if token == "(":
                    if chain and chain[-1] == after:
                        raise InputError("a relation from something to itself is not answered here", hint="name both")
                    chain.append(after)
        elif token in ")]}":
            inside = inside[:-1]
        elif token == "--" or (token == "-" and before == "]" and _arrow_before(tokens, at) != "<-"):
            raise InputError(
                "a pattern without direction would be answered wrongly", hint="write -[r]-> or <-[r]- (PERSON -> PLACE)"
            )
        elif token == "->" and before == "]" and _arrow_before(tokens, at) == "<-":
            raise _malformed("an arrow has two heads")
        elif inside.endswith("{"):
            continue
        elif inside == "[" and token == "*":
            raise InputError("paths of any length are not answered here", hint="graph.path finds a shortest one")
        elif token in (",", "MATCH") and not inside:
            chain = []
        elif token == "=" and not inside:
            raise InputError("a path as a value would be answered wrongly", hint="name the nodes and relations")
        elif token in (":", "|") and inside:
            _label(after, inside)
    if not variables:
        raise _malformed("nothing in the pattern has a name: (a:PERSON)")
    return tuple(variables)


def _arrow_before(tokens: list[str], closing: int) -> str:
    opening = max((at for at in range(closing) if tokens[at] == "["), default=0)
    return tokens[opening - 1] if opening else ""


def _label(token: str, inside: str) -> str:
    known = LABELS if inside == "(" else RELATION_LABELS
    found = known.get(token) or known.get(token.upper())
    if found is None:
        what = "kind" if inside == "(" else "relation"
        raise InputError(f"no {what} is called {token!r}", hint=f"known: {', '.join(dict.fromkeys(known.values()))}")
    return found


def _rewrite_pattern(tokens: list[str], known: _Attributes, equal: Mapping[str, tuple[str, str]]) -> list[str]:
    """The pattern as grand-cypher reads it; what a node must be equal to anyway is looked for at once."""
    rewritten: list[str] = []
    inside = ""
    node = ""
    for at, token in enumerate(tokens):
        before = tokens[at - 1] if at else ""
        after = tokens[at + 1] if at + 1 < len(tokens) else ""
        if token in "([{":
            inside += token
        elif token in ")]}":
            if token == ")" and before != "}" and node in equal and _plain(equal[node][1]):
                attribute, text = equal[node]
                rewritten.append(f'{{{attribute}: "{text}"}}')
            inside = inside[:-1]
            node = ""
        elif inside.endswith("{"):
            if after == ":":
                known.check_attribute(token)
        elif before in (":", "|") and inside:
            token = _label(token, inside)
        elif token == "," and not inside:
            token = "MATCH"
        elif token in ("-->", "<--"):
            token = "-[]->" if token == "-->" else "<-[]-"
        elif token in known.variables:
            token = known.safe(token)
            node = token if inside == "(" else ""
        rewritten.append(f" {token} " if token == "MATCH" else _string(token))
    return rewritten


def _plain(text: str) -> bool:
    return '"' not in text and "\\" not in text


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
                raise _malformed(f"{word} needs a number")
            limit, skip = (int(number[0]), skip) if word == "LIMIT" else (limit, int(number[0]))
            del rest[at : at + 2]
    sorted_by: list[str] = []
    if "ORDER" in rest:
        at = rest.index("ORDER")
        if rest[at + 1 : at + 2] != ["BY"]:
            raise _malformed("ORDER needs BY")
        rest, sorted_by = rest[:at], rest[at + 2 :]
    distinct = rest[:1] == ["DISTINCT"]
    items = tuple(_item(each, known) for each in _parted(rest[1:] if distinct else rest))
    order = []
    for each in _parted(sorted_by) if sorted_by else []:
        down = each[-1:] == ["DESC"]
        words = each[:-1] if each[-1:] in (["DESC"], ["ASC"]) else each
        named = next((item for item in items if [item.name] == words), None)
        order.append((named or _item(words, known), down))
    return items, distinct, tuple(order), skip or 0, limit


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
            raise _malformed("AS needs one name")
        name, tokens = tokens[at + 1], tokens[:at]
    shown = name or "".join(tokens).replace("DISTINCT", "DISTINCT ")
    if len(tokens) >= 4 and tokens[0].upper() in AGGREGATES and tokens[1] == "(" and tokens[-1] == ")":
        aggregate, inner = tokens[0].upper(), tokens[2:-1]
        distinct = inner[:1] == ["DISTINCT"]
        inner = inner[1:] if distinct else inner
        if inner == ["*"] and aggregate == "COUNT":
            return Item(shown, None, "", aggregate)
        if aggregate == "COUNT" and len(inner) == 1:
            inner = [inner[0], ".", "id"]
        item = _item(inner, known)
        return Item(shown, item.variable, item.attribute, aggregate, distinct)
    if len(tokens) == 1 and tokens[0] in known.variables:
        raise InputError(f"{tokens[0]} is a whole node or relation", hint=f"return its attributes: {tokens[0]}.name")
    if len(tokens) != 3 or tokens[1] != ".":
        raise _malformed(f"cannot return {''.join(tokens) or 'nothing'}")
    known.check(tokens[0], tokens[2])
    return Item(shown, known.safe(tokens[0]), tokens[2])


def _string(token: str) -> str:
    """A string in the only quotation marks that grand-cypher reads."""
    if token[:1] not in ("'", '"') or len(token) < 2:
        return token
    inner = text_of(token)
    if not _plain(inner):
        raise InputError(
            "quotation marks and backslashes inside a string are not read", hint="use CONTAINS around them"
        )
    return f'"{inner}"'


def _malformed(what: str) -> InputError:
    return InputError(
        f"not a Cypher query: {what}", hint="as in: MATCH (a:PERSON)-[r:VISITED]->(b) RETURN a.name, b.name"
    )
