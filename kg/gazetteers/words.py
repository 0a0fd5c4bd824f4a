"""Which strings are ordinary words (花园, 建设, 发展), so that a short name alone proves no place.

In: the dictionary in jieba's wheel (`jieba/dict.txt`: word, frequency, tag), found by path, jieba is never imported;
and `gazetteers/ordinary-words.txt`, which rules over it for short names of counties and above. It does not segment.

Source: jieba 0.42.1 (MIT).
"""

from __future__ import annotations

import importlib.util
from functools import lru_cache
from pathlib import Path

from kg.errors import InputError
from kg.gazetteers.divisions import gazetteer_folder, load_divisions

# Names of people, places and organisations in jieba's tag set; its other names (nz: 和平, 新华) are words all the same.
_NAME_TAGS = ("nr", "ns", "nt")


def dictionary_path() -> Path:
    """Where jieba's dictionary lies.

    Raises:
        InputError: jieba is not installed.
    """
    spec = importlib.util.find_spec("jieba")
    for folder in (spec.submodule_search_locations or ()) if spec else ():
        path = Path(folder) / "dict.txt"
        if path.is_file():
            return path
    raise InputError("jieba's dictionary is missing", hint="install county-kg again")


@lru_cache(maxsize=1)
def _frequencies() -> dict[str, int]:
    """Frequency of every word, negative for names."""
    frequencies: dict[str, int] = {}
    for line in dictionary_path().read_text(encoding="utf-8").splitlines():
        word, _, rest = line.partition(" ")
        frequency, _, tag = rest.partition(" ")
        frequencies[word] = -int(frequency) if tag.startswith(_NAME_TAGS) else int(frequency)
    return frequencies


@lru_cache(maxsize=1)
def _ordinary_short_names() -> frozenset[str]:
    path = gazetteer_folder() / "ordinary-words.txt"
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise InputError("cannot read this list", where=str(path), hint=str(error)) from error
    return frozenset(line for line in lines if line and not line.startswith("#"))


def word_frequency(text: str) -> int:
    """How often the dictionary's corpus has `text` as a word, a name or not; 0 if it is no entry."""
    return abs(_frequencies().get(text, 0))


def is_ordinary_word(text: str) -> bool:
    """Whether `text` is a word of the dictionary that is no name of a person, place or organisation.

    A name or short name of a province, city or county is ordinary only if `gazetteers/ordinary-words.txt` lists it.

    >>> is_ordinary_word("花园"), is_ordinary_word("和平"), is_ordinary_word("义乌"), is_ordinary_word("双港")
    (True, True, False, False)
    """
    if text in load_divisions().top_aliases():
        return text in _ordinary_short_names()
    return _frequencies().get(text, 0) > 0
