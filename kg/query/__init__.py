"""Questions to a graph: who visited where, with whom, in which post, and which sentence says so.

`Graph.open(folder)` (or `kg.open`) reads a store; its methods answer with pandas DataFrames. The modules beside it
give the same answers as plain tables, for who has no pandas.
"""

from kg.query.graph import Graph
from kg.query.names import AmbiguousName, Named, UnknownName
from kg.query.showing import Card, View
from kg.query.tables import Table

__all__ = ["AmbiguousName", "Card", "Graph", "Named", "Table", "UnknownName", "View"]
