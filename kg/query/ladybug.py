"""ladybug, an embedded graph database, as the engine that finds the nodes of a pattern in a large graph.

Source: https://github.com/LadybugDB/ladybug, the successor of Kuzu. Releases 0.21 and 0.22 leave out matches of a
pattern of two relations as soon as a table has more than 2,048 of them (docs/performance-query.md has the figures), so
each release is tried before it is trusted.
"""

from __future__ import annotations

import csv
import tempfile
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property
from itertools import chain
from pathlib import Path
from typing import Any

from kg.errors import InputError
from kg.query.matching import MOST_MATCHES, Facts, Wanted

_TRIED = 2500
"""More relations than ladybug reads at once (2,048)."""


class LadybugEngine:
    """Looks in a database in memory that holds ids and kinds, and a pair of nodes once a relation."""

    nodes_may_coincide = True

    def __init__(self, facts: Facts) -> None:
        """The database is filled when a pattern needs it: one relation alone needs no engine.

        Raises:
            InputError: ladybug is not installed, or is a release that leaves out matches.
        """
        self._connection = _connect()
        if not finds_everything(self._connection):
            raise InputError(
                "this release of ladybug leaves out matches",
                hint="pip install 'county-kg[ladybug]', or leave engine out",
            )
        self._facts = facts

    @cached_property
    def _relations(self) -> tuple[str, ...]:
        """The relations there are, each a table from now on."""
        relations = tuple(sorted(self._facts.pairs))
        _fill(self._connection, self._facts.kinds.items(), {name: self._facts.pairs[name] for name in relations})
        return relations

    def find(self, wanted: Wanted) -> Iterator[tuple[str, ...]]:
        """Node ids in the order of `wanted.nodes`."""
        steps = [
            f"({step.source}:Entity)-[:{'|:'.join(relations)}]->({step.target}:Entity)"
            for step in wanted.steps
            if (relations := [name for name in self._relations if name in step.relations])
        ]
        if len(steps) < len(wanted.steps):
            return
        kinds = {f"k{name}": sorted(kinds) for name, kinds in wanted.nodes.items()}
        ids = {f"i{name}": list(ids) for name, ids in wanted.among.items()}
        tests = [f"{name}.kind IN $k{name}" for name in wanted.nodes] + [
            f"{name}.id IN $i{name}" for name in wanted.among
        ]
        asked = f"MATCH {', '.join(steps)} WHERE {' AND '.join(tests)} "
        asked += f"RETURN DISTINCT {', '.join(f'{name}.id' for name in wanted.nodes)} LIMIT {MOST_MATCHES + 1}"
        yield from map(tuple, _run(self._connection, asked, **kinds, **ids))


def finds_everything(connection: Any) -> bool:
    """Whether ladybug finds all pairs of relations that meet; asked of a new database, which it leaves empty."""
    pairs = [(f"p{at * 7919 % 40}", f"x{at * 104729 % 37}", at) for at in range(_TRIED)]
    nodes = dict.fromkeys(chain.from_iterable(pair[:2] for pair in pairs))
    _run(connection, "CREATE NODE TABLE Tried(id STRING, PRIMARY KEY(id))")
    _run(connection, "CREATE REL TABLE Met(FROM Tried TO Tried, at INT64)")
    _copy(connection, "Tried", ((node,) for node in nodes))
    _copy(connection, "Met", pairs)
    found = _run(connection, "MATCH (a:Tried {id: 'p0'})-[r:Met]->(b)<-[s:Met]-(c:Tried {id: 'p1'}) RETURN r.at, s.at")
    _run(connection, "DROP TABLE Met")
    _run(connection, "DROP TABLE Tried")
    first, second = (Counter(place for person, place, _ in pairs if person == one) for one in ("p0", "p1"))
    return len({tuple(row) for row in found}) == sum(number * second[place] for place, number in first.items())


def _fill(connection: Any, kinds: Iterable[tuple[str, str]], pairs: dict[str, Iterable[tuple[str, str]]]) -> None:
    _run(connection, "CREATE NODE TABLE Entity(id STRING, kind STRING, PRIMARY KEY(id))")
    _copy(connection, "Entity", kinds)
    for relation, rows in pairs.items():
        _run(connection, f"CREATE REL TABLE {relation}(FROM Entity TO Entity)")
        _copy(connection, relation, rows)


def _connect() -> Any:
    try:
        import ladybug
    except ImportError:
        raise InputError("ladybug is not installed", hint="pip install 'county-kg[ladybug]'") from None
    return ladybug.Connection(ladybug.Database(":memory:"))


def _copy(connection: Any, table: str, rows: Iterable[Sequence[object]]) -> None:
    with tempfile.TemporaryDirectory(prefix="kg-ladybug-") as folder:
        path = Path(folder) / "rows.csv"
        with path.open("w", encoding="utf-8", newline="") as stream:
            csv.writer(stream).writerows(rows)
        _run(connection, f"COPY {table} FROM '{path}' (HEADER=false)")


def _run(connection: Any, query: str, **parameters: object) -> list[list[Any]]:
    try:
        return list(connection.execute(query, parameters=parameters).get_all())
    except RuntimeError as error:
        raise InputError(f"ladybug failed: {str(error).splitlines()[0]}", hint="leave engine out") from error
