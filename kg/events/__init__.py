"""Reading what happened: who took part, where, when, and who went where."""

from kg.events.happening import Happening
from kg.events.reading import read_happenings

__all__ = ["Happening", "read_happenings"]
