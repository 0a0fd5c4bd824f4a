"""County newspapers to a knowledge graph: who visited where, when, in which role, with whom, and who says so."""

from __future__ import annotations

import os as _os
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

    from kg.query import Graph

__version__ = "0.1.0"

# numpy starts a thread a core when it is imported, and our arrays are far too small for these to pay.
_os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")


def open(folder: str | Path) -> Graph:  # hides the builtin inside this file only
    """The graph that `kg build` wrote into a folder, ready to be asked.

    Raises:
        InputError: there is no store, it is damaged or of another program, or it holds no facts.
    """
    from kg.query import Graph

    return Graph.open(folder)
