"""County newspapers to a knowledge graph: who visited where, when, in which role, with whom, and who says so."""

__version__ = "0.1.0"
