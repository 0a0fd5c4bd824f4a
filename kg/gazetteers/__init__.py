"""What is known of names before any page is read: divisions, surnames, ordinary words, known places."""

from kg.gazetteers.divisions import Division, Divisions, gazetteer_folder, load_divisions
from kg.gazetteers.historic import HistoricDivision
from kg.gazetteers.regions import RegionReading
from kg.gazetteers.short_names import Alias

__all__ = [
    "Alias",
    "Division",
    "Divisions",
    "HistoricDivision",
    "RegionReading",
    "gazetteer_folder",
    "load_divisions",
]
