"""Adds what any installed spaCy pipeline with Chinese NER finds (`--spacy-model`): one more opinion, the weakest.

In: the name or folder of a pipeline, then sheets. Out: finds of family `tagger`: kept only where no finder of ours
claims the characters. The pipeline segments words as it likes; its entities come back by character offset.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache

import spacy
from spacy.language import Language

from kg.errors import InputError
from kg.mentions.found import Found
from kg.model import Kind
from kg.sheet import Sheet
from kg.suffixes import load_suffixes

# The labels of OntoNotes (zh_core_web_*), CoNLL, MSRA, People's Daily, ACE and CLUENER for what we call by these kinds.
LABELS = {
    **dict.fromkeys(("PER", "PERSON", "NR", "NAME"), Kind.PERSON),
    **dict.fromkeys(("GPE", "LOC", "LOCATION", "FAC", "FACILITY", "NS", "ADDRESS", "SCENE", "PLACE"), Kind.PLACE),
    **dict.fromkeys(("ORG", "ORGANIZATION", "ORGANISATION", "NT", "COMPANY", "GOVERNMENT"), Kind.ORG),
}
SCORE = 0.6
"""Below the package's own tagger (0.7), which was measured with our second signals; a model of the user's was not."""

_DEFAULT_SUBTYPE = {Kind.PERSON: None, Kind.PLACE: "site", Kind.ORG: "other"}
_LEVELS = (("省", "province"), ("自治区", "province"), ("市", "city"), ("州", "city"), ("盟", "city"), ("县", "county"),
           ("区", "county"), ("旗", "county"), ("镇", "township"), ("乡", "township"), ("街道", "township"),
           ("村", "village"), ("社区", "village"))  # fmt: skip
_HAN_OR_LATIN = re.compile(r"[\u3400-\u9fff\U00020000-\U0003ffffA-Za-z]")


def outside_finder(nlp_name: str) -> Callable[[Sheet], list[Found]]:
    """The finder around a spaCy pipeline; one pipeline is loaded once a process.

    Args:
        nlp_name: an installed package (`zh_core_web_sm`) or the folder of a saved pipeline. A component of it must
            declare that it assigns `doc.ents`, as spaCy's own do.

    Returns:
        A function from a sheet to finds in the order of the text; empty where the pipeline names nothing we know.

    Raises:
        InputError: there is no such pipeline, it cannot be loaded, or nothing in it finds entities.
    """
    nlp = _load(nlp_name)

    def find(sheet: Sheet) -> list[Found]:
        finds: list[Found] = []
        # Paragraph by paragraph: a model reads a few hundred characters at once, and no name runs over their edge.
        parts = [(start, sheet.text[start:end]) for start, end, _kind in sheet.paragraphs if end > start]
        for (offset, text), doc in zip(parts, nlp.pipe([text for _, text in parts]), strict=True):
            for entity in doc.ents:
                found = _found(text, offset, entity.start_char, entity.end_char, entity.label_)
                if found is not None:
                    finds.append(found)
        return finds

    return find


@lru_cache(maxsize=2)
def _load(nlp_name: str) -> Language:
    try:
        nlp = spacy.load(nlp_name)
    except OSError as error:
        raise InputError(
            f"no spaCy pipeline {nlp_name}",
            where="--spacy-model",
            hint="name an installed package such as zh_core_web_sm, or the folder of a saved pipeline",
        ) from error
    except Exception as error:
        # A pipeline is somebody else's program: whatever it raises while loading is no error of ours.
        raise InputError(
            f"this spaCy pipeline cannot be loaded: {type(error).__name__}: {error}", where=nlp_name
        ) from error
    if not any("doc.ents" in nlp.get_pipe_meta(name).assigns for name in nlp.pipe_names):
        raise InputError("nothing in this spaCy pipeline finds names", where=nlp_name, hint="it needs a component ner")
    return nlp


def _found(text: str, offset: int, start: int, end: int, label: str) -> Found | None:
    """The find that an entity makes: edges trimmed; None for other labels, single characters and plain signs."""
    kind = LABELS.get(label.upper())
    if kind is None:
        return None
    surface = text[start:end]
    lead = re.match(r"[\W_]*", surface)
    start += lead.end() if lead else 0
    while end > start and re.match(r"[\W_]", text[end - 1]) and text[end - 1] not in "）)":
        end -= 1
    if end - start < 2 or not _HAN_OR_LATIN.search(text, start, end):
        return None
    name = text[start:end]
    return Found(
        offset + start, offset + end, kind, _subtype(name, kind, label), "tagger", f"outside.{label.lower()}", SCORE
    )


def _subtype(name: str, kind: Kind, label: str) -> str | None:
    if kind is Kind.PLACE and label.upper() in ("GPE", "NS"):
        for ending, level in _LEVELS:
            if name.endswith(ending):
                return level
    suffix = load_suffixes().ending(name)
    return suffix.subtype if suffix is not None and suffix.kind == kind else _DEFAULT_SUBTYPE[kind]
