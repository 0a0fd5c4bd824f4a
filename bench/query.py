"""How fast a graph answers, beside other engines on the same graph in the same run.

Makes a store of invented people (`tests/graph_generator.py`), opens it, asks each question several times, and asks the
same of grand-cypher, DuckDB and ladybug where they are installed. Every engine's answers are counted and compared:
a fast wrong answer is none.

    .venv/bin/python bench/query.py
    .venv/bin/python bench/query.py --facts 20000 --runs 9 --without grand-cypher
"""

from __future__ import annotations

import argparse
import csv
import os
import platform
import statistics
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kg.query import Graph

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "tests"))

Question = Callable[[], int]
"""Asks and says how many rows the answer has."""

QUESTIONS = ("visits of one person", "place incl. inside", "co-visits of two people")


def timed(ask: Question, runs: int) -> tuple[float, float, int]:
    """Milliseconds of the first call, the median of the others, and how many rows there are."""
    took: list[float] = []
    rows = 0
    for _ in range(runs + 1):
        start = time.perf_counter()
        rows = ask()
        took.append((time.perf_counter() - start) * 1000)
    return took[0], statistics.median(took[1:] or took), rows


class Asked:
    """What is asked about: the two busiest people, and the township with most visits inside it."""

    def __init__(self, graph: object) -> None:
        from kg.query import Graph

        assert isinstance(graph, Graph)
        index = graph.index
        columns = index.columns
        busiest = Counter(columns.subject[index.visits].tolist()).most_common(2)
        self.one, self.other = (index.entities[row].id for row, _ in busiest)
        townships = [row for row, entity in enumerate(index.entities) if entity.subtype == "township"]
        counted = {row: len(index.visits_by_place.of(index.territory.inside(row))) for row in townships}
        place = max(counted, key=lambda row: counted[row])
        self.place = index.entities[place].id
        self.inside = [index.entities[row].id for row in index.territory.inside(place).tolist()]
        visits = index.visits[~index.planned[index.visits]]
        self.visits = [
            (columns.ids[fact], index.entities[a].id, index.entities[b].id, columns.dates[fact], index.entities[e].id)
            for fact, a, b, e in zip(
                visits.tolist(),
                columns.subject[visits].tolist(),
                columns.object[visits].tolist(),
                columns.event[visits].tolist(),
                strict=True,
            )
        ]


def native(graph: object, asked: Asked) -> dict[str, Question]:
    """The functions of `kg.query`, DataFrames and sentences included."""
    from kg.query import Graph

    assert isinstance(graph, Graph)
    return {
        QUESTIONS[0]: lambda: len(graph.visits(person=asked.one)),
        QUESTIONS[1]: lambda: len(graph.visits(place=asked.place)),
        QUESTIONS[2]: lambda: len(graph.covisits(asked.one, asked.other)),
        "companions of one person": lambda: len(graph.companions(asked.one)),
        "itinerary of one person": lambda: len(graph.itinerary(asked.one)),
        "visitors of a place": lambda: len(graph.visitors(asked.place)),
        "all visits": lambda: len(graph.visits()),
        "a path between two people": lambda: len(graph.path(asked.one, asked.other)),
        "search of all pages": lambda: len(graph.search("调研")),
    }


def duckdb_engine(asked: Asked, folder: Path) -> dict[str, Question]:
    """SQL on a table of visits and one of what lies inside."""
    import duckdb

    path = folder / "visits.csv"
    write_csv(path, ("fact", "person", "place", "date", "event"), asked.visits)
    inside = folder / "inside.csv"
    write_csv(inside, ("place",), [(place,) for place in asked.inside])
    connection = duckdb.connect()
    connection.execute(f"CREATE TABLE visits AS SELECT * FROM read_csv('{path}', all_varchar = true)")
    connection.execute(f"CREATE TABLE inside AS SELECT * FROM read_csv('{inside}', all_varchar = true)")

    def ask(sql: str, *values: str) -> int:
        return len(connection.execute(sql, values).df())

    return {
        QUESTIONS[0]: lambda: ask("SELECT * FROM visits WHERE person = ?", asked.one),
        QUESTIONS[1]: lambda: ask("SELECT * FROM visits JOIN inside USING (place)"),
        QUESTIONS[2]: lambda: ask(
            "SELECT a.fact FROM visits a JOIN visits b ON a.place = b.place AND a.event = b.event "
            "WHERE a.person = ? AND b.person = ?",
            asked.one,
            asked.other,
        ),
    }


def ladybug_engine(asked: Asked, folder: Path) -> dict[str, Question]:
    """Cypher on an embedded property graph."""
    import ladybug

    nodes = folder / "nodes.csv"
    people = sorted({row[1] for row in asked.visits})
    places = sorted({row[2] for row in asked.visits} | set(asked.inside))
    write_csv(
        nodes,
        ("id", "inside"),
        [(each, "") for each in people] + [(p, asked.place * (p in asked.inside)) for p in places],
    )
    edges = folder / "edges.csv"
    write_csv(edges, ("a", "b", "fact", "date", "event"), [(a, b, f, d, e) for f, a, b, d, e in asked.visits])
    connection = ladybug.Connection(ladybug.Database(str(folder / "ladybug.db")))
    connection.execute("CREATE NODE TABLE Entity(id STRING, inside STRING, PRIMARY KEY(id))")
    connection.execute("CREATE REL TABLE Visited(FROM Entity TO Entity, fact STRING, date STRING, event STRING)")
    connection.execute(f"COPY Entity FROM '{nodes}' (HEADER=true)")
    connection.execute(f"COPY Visited FROM '{edges}' (HEADER=true)")

    def ask(query: str, **values: str) -> int:
        return len(connection.execute(query, parameters=values).get_as_df())

    return {
        QUESTIONS[0]: lambda: ask(
            "MATCH (a:Entity {id: $one})-[r:Visited]->(b) RETURN r.fact, b.id, r.date", one=asked.one
        ),
        QUESTIONS[1]: lambda: ask(
            "MATCH (a)-[r:Visited]->(b:Entity) WHERE b.inside = $place RETURN a.id, r.fact, b.id, r.date",
            place=asked.place,
        ),
        QUESTIONS[2]: lambda: ask(
            "MATCH (a:Entity {id: $one})-[r:Visited]->(b)<-[s:Visited]-(c:Entity {id: $other}) "
            "WHERE r.event = s.event RETURN r.fact, s.fact",
            one=asked.one,
            other=asked.other,
        ),
    }


def grand_cypher_engine(asked: Asked, folder: Path) -> dict[str, Question]:
    """grand-cypher itself, without kg around it, on a networkx graph of the visits."""
    import networkx as nx
    from grandcypher import GrandCypher

    graph: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    inside = set(asked.inside)
    for fact, a, b, date, event in asked.visits:
        graph.add_node(a, key=a, inside="")
        graph.add_node(b, key=b, inside=asked.place if b in inside else "")
        graph.add_edge(a, b, key=fact, fact=fact, date=date, event=event)

    def ask(query: str) -> int:
        return len(next(iter(GrandCypher(graph).run(query).values())))

    return {
        QUESTIONS[0]: lambda: ask(f'MATCH (a {{key: "{asked.one}"}})-[r]->(b) RETURN r.fact, b.key, r.date'),
        QUESTIONS[1]: lambda: ask(
            f'MATCH (a)-[r]->(b {{inside: "{asked.place}"}}) RETURN a.key, r.fact, b.key, r.date'
        ),
        # It cannot compare an attribute of two edges, so the pairs come back and are compared here.
        QUESTIONS[2]: lambda: _same_event(
            GrandCypher(graph).run(
                f'MATCH (a {{key: "{asked.one}"}})-[r]->(b)<-[s]-(c {{key: "{asked.other}"}}) RETURN r.event, s.event'
            )
        ),
    }


def _same_event(found: dict[object, list[str]]) -> int:
    first, second = found.values()
    return sum(a == b for a, b in zip(first, second, strict=True))


ENGINES: dict[str, Callable[[Asked, Path], dict[str, Question]]] = {
    "duckdb": duckdb_engine,
    "ladybug": ladybug_engine,
    "grand-cypher": grand_cypher_engine,
}


def write_csv(path: Path, names: Sequence[str], rows: Sequence[Sequence[str | None]]) -> None:
    """A table that every engine loads."""
    with path.open("w", newline="", encoding="utf-8") as stream:
        writer = csv.writer(stream)
        writer.writerow(names)
        writer.writerows(rows)


def cypher(graph: Graph, engine: str, parameters: dict[str, str]) -> None:
    """Print how long `graph.cypher` takes with an engine; its first question builds what the engine looks in."""
    questions = {
        "the visits of one place": "MATCH (a:PERSON)-[r:VISITED]->(b {id: $place}) RETURN a.name, r.date",
        "pairs of people at one place": "MATCH (a:PERSON)-[r:VISITED]->(b {id: $place})<-[s:VISITED]-(c:PERSON) "
        "RETURN a.name, c.name",
        "co-visits of two people": "MATCH (a {id: $one})-[r:VISITED]->(b)<-[s:VISITED]-(c {id: $other}) "
        "WHERE r.event = s.event RETURN b.name, r.date",
        "who went where a person went": "MATCH (a {id: $one})-[:VISITED]->(b)<-[s:VISITED]-(c:PERSON) "
        "RETURN c.name, count(DISTINCT b) AS n ORDER BY n DESC",
        "every place, counted": "MATCH (a:PERSON)-[r:VISITED]->(b:PLACE) RETURN b.name, count(*) AS n ORDER BY n DESC",
    }
    for question, text in questions.items():
        first, median, rows = timed(lambda text=text: len(graph.cypher(text, parameters, engine=engine)), 2)  # type: ignore[misc]
        print(f"| Cypher: {question} | kg, {engine} | {rows:,} | {first:,.1f} | {median:,.1f} |", flush=True)


def main(arguments: Sequence[str]) -> None:
    """Measure and print a table in Markdown."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--facts", type=int, default=100_000)
    parser.add_argument("--runs", type=int, default=5, help="calls after the first; their median counts")
    parser.add_argument("--without", action="append", default=[], choices=sorted(ENGINES), help="leave an engine out")
    options = parser.parse_args(arguments)

    from graph_generator import generate
    from small_store import write_store

    import kg
    from kg.query.index import Index

    with tempfile.TemporaryDirectory(prefix="kg-bench-") as name:
        folder = Path(name)
        write_store(generate(options.facts), folder)
        kg.open(folder)  # modules are loaded once in a process
        import pandas  # noqa: F401 # half a second, once in a process

        first, median, _ = timed(lambda: len(Index.read(folder).columns), options.runs)
        graph = kg.open(folder)
        asked = Asked(graph)
        answers = native(graph, asked)
        print(
            f"{len(graph.index.columns):,} facts, {len(graph.index.entities):,} entities, "
            f"{len(graph.index.columns.pages):,} pages; Python {platform.python_version()}, load {os.getloadavg()[0]:.1f}\n"
        )
        print("| question | engine | rows | first, ms | then, ms |\n| --- | --- | --: | --: | --: |")
        print(f"| open a store | kg | | {first:,.0f} | {median:,.0f} |")
        counts: dict[str, int] = {}
        for question, ask in answers.items():
            first, median, counts[question] = timed(ask, options.runs)
            print(f"| {question} | kg | {counts[question]:,} | {first:,.1f} | {median:,.1f} |")
        first, _, _ = timed(lambda: len(kg.open(folder).nx), 0)
        print(f"| open a store and build graph.nx | kg | | {first:,.0f} | |")
        busiest = Counter(row[2] for row in asked.visits).most_common(1)[0][0]
        for engine in ("grand-cypher", "ladybug"):
            if engine not in options.without:
                cypher(graph, engine, {"place": busiest, "one": asked.one, "other": asked.other})
        for engine, make in ENGINES.items():
            if engine in options.without:
                continue
            try:
                questions = make(asked, folder)
            except ImportError:
                print(f"| | {engine} is not installed | | | |")
                continue
            for question, ask in questions.items():
                first, median, rows = timed(ask, 1 if engine == "grand-cypher" else options.runs)
                wrong = "" if rows == counts[question] else f" (kg: {counts[question]:,})"
                print(f"| {question} | {engine} | {rows:,}{wrong} | {first:,.1f} | {median:,.1f} |", flush=True)


if __name__ == "__main__":
    main(sys.argv[1:])
