"""What is known of names before any page is read: divisions, surnames, ordinary words, known places."""

from kg.gazetteers.check import Problem, check_gazetteers
from kg.gazetteers.divisions import Division, Divisions, gazetteer_folder, load_divisions
from kg.gazetteers.historic import HistoricDivision
from kg.gazetteers.places import PlaceRow, load_places
from kg.gazetteers.regions import RegionReading
from kg.gazetteers.short_names import Alias
from kg.gazetteers.surnames import Surnames, load_surnames
from kg.gazetteers.words import is_ordinary_word, word_frequency

__all__ = [
    "Alias",
    "Division",
    "Divisions",
    "HistoricDivision",
    "PlaceRow",
    "Problem",
    "RegionReading",
    "Surnames",
    "check_gazetteers",
    "gazetteer_folder",
    "is_ordinary_word",
    "load_divisions",
    "load_places",
    "load_surnames",
    "word_frequency",
]
