"""A Cypher query as tokens, its parameters put in; what no part of the query can use is refused here."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from kg.errors import InputError

_TOKEN = re.compile(
    r"""\s*(?P<token>'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*"|\d+(?:\.\d+)?|\$\w+|[^\W\d]\w*|-->|<--|<-|->|<>|<=|>=|=~|--|\S)""",
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
_ESCAPED = {"n": "\n", "t": "\t", "r": "\r", "b": "\b", "f": "\f"}


def tokens_of(query: str, parameters: Mapping[str, Any]) -> list[str]:
    """The tokens of a query, keywords in capitals.

    Args:
        parameters: what `$name` stands for: a text, a number, True, False, None, or a list of these.

    Raises:
        InputError: it is empty, asks for something that is not answered, or a parameter is missing or of another type.
    """
    found: list[str] = []
    for match in _TOKEN.finditer(query):
        token = match["token"]
        # Behind a point stands the name of an attribute, and `order` is one.
        token = token.upper() if token.upper() in _KEYWORDS and found[-1:] != ["."] else token
        _refuse(token, found[-1] if found else "")
        found += _parameter(token[1:], parameters) if token[0] == "$" else [token]
    while found and found[-1] == ";":
        found.pop()
    if not found:
        raise malformed("it is empty")
    return found


def malformed(what: str) -> InputError:
    """The one line about a query that is none."""
    return InputError(
        f"not a Cypher query: {what}", hint="as in: MATCH (a:PERSON)-[r:VISITED]->(b) RETURN a.name, b.name"
    )


def is_name(token: str) -> bool:
    """Whether a token can name a variable, a kind or an attribute."""
    return token.isidentifier() and token not in _KEYWORDS


def is_text(token: str) -> bool:
    """Whether a token is text in quotation marks."""
    return token[:1] in ("'", '"') and len(token) > 1


def text_of(token: str) -> str:
    """What stands between the quotation marks of a token.

    >>> text_of(r"'a\\'b\\n'")
    "a'b\\n"
    """
    return re.sub(r"\\(.)", lambda match: _ESCAPED.get(match[1], match[1]), token[1:-1], flags=re.DOTALL)


def _refuse(token: str, before: str) -> None:
    if token.upper() in _UNSUPPORTED and before not in ("STARTS", "ENDS", ".", ":"):
        raise InputError(f"Cypher's {token.upper()} is not answered here", hint=_UNSUPPORTED[token.upper()])
    if token == "=~":
        raise InputError("Cypher's =~ is not answered here", hint="use CONTAINS, STARTS WITH or ENDS WITH")
    if token in ("'", '"', "`"):
        raise malformed("a quotation mark has no partner" if token != "`" else "backquotes are not read")


def _parameter(name: str, parameters: Mapping[str, Any]) -> list[str]:
    if name not in parameters:
        raise InputError(f"the parameter ${name} has no value", hint=f"graph.cypher(query, dict({name}='…'))")
    return _literal(name, parameters[name])


def _literal(name: str, value: Any) -> list[str]:
    match value:
        case None | bool():
            return ["NULL" if value is None else str(value).upper()]
        case str():
            return ["'" + value.replace("\\", "\\\\").replace("'", "\\'") + "'"]
        case int() | float():
            return ["-", f"{-value}"] if value < 0 else [f"{value}"]
        case list() | tuple():
            inner = [token for each in value for token in (",", *_literal(name, each))]
            return ["[", *inner[1:], "]"]
        case _:
            raise InputError(
                f"the parameter ${name} is a {type(value).__name__}", hint="give a text, a number or a list of these"
            )
