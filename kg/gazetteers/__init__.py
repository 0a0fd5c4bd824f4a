"""What is known of names before any page is read: divisions, surnames, ordinary words, known places."""

from kg.gazetteers.adding import add_place, kind_of
from kg.gazetteers.check import check_gazetteers
from kg.gazetteers.divisions import Division, Divisions, gazetteer_folder, load_divisions
from kg.gazetteers.given_names import load_given_names
from kg.gazetteers.historic import HistoricDivision
from kg.gazetteers.look_alikes import load_look_alikes
from kg.gazetteers.lookup import Branch, Meaning, find_meanings, find_region, path_names, region_tree
from kg.gazetteers.places import PlaceRow, load_places, places_of
from kg.gazetteers.problems import Problem
from kg.gazetteers.regions import RegionReading
from kg.gazetteers.short_names import Alias
from kg.gazetteers.surnames import Surnames, load_surnames
from kg.gazetteers.words import is_ordinary_word, word_frequency

__all__ = [
    "Alias",
    "Branch",
    "Division",
    "Divisions",
    "HistoricDivision",
    "Meaning",
    "PlaceRow",
    "Problem",
    "RegionReading",
    "Surnames",
    "add_place",
    "check_gazetteers",
    "find_meanings",
    "find_region",
    "gazetteer_folder",
    "is_ordinary_word",
    "kind_of",
    "load_divisions",
    "load_given_names",
    "load_look_alikes",
    "load_places",
    "load_surnames",
    "path_names",
    "places_of",
    "region_tree",
    "word_frequency",
]
