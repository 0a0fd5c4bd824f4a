"""Finding every name on a page: a spaCy pipeline whose components write one span group.

In: a `Sheet` and the home region. Out: `Found`s that do not overlap, sorted. Each finder is a registered component
(`kg_regions`, `kg_listed`, `kg_names`, `kg_people`, `kg_known`) over a Doc of one token a character (a word segmenter would lose
names that cut a word: 花园街道社区 is segmented 花园 + 街道社区). A component appends to `doc.spans["kg"]`, label = kind,
`kb_id` = code, `span_id` = rule. Any other component that sets `doc.ents` or `doc.spans["kg"]` can be added by configuration.
Linking is not done here.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import lru_cache
from pathlib import Path

import spacy
from spacy.language import Language
from spacy.tokens import Doc, Span
from spacy.vocab import Vocab

from kg.gazetteers import Division, load_divisions, load_given_names, load_surnames
from kg.mentions.found import Found, resolve_overlaps
from kg.mentions.known import find_defined, find_listed_firms, find_repeated
from kg.mentions.listed import ListedFinder
from kg.mentions.misread import find_misread
from kg.mentions.names import NameFinder
from kg.mentions.outside import outside_finder
from kg.mentions.people import PeopleFinder
from kg.mentions.regions import RegionFinder
from kg.mentions.tagged import TaggedFinder
from kg.model import Kind
from kg.ontology import load_ontology
from kg.sheet import Sheet
from kg.suffixes import load_suffixes

__all__ = ["Found", "find_mentions", "mention_pipeline", "resolve_overlaps"]

SPAN_GROUP = "kg"
COMPONENTS = ("kg_regions", "kg_listed", "kg_names", "kg_people", "kg_tagged", "kg_known")


@spacy.registry.tokenizers("kg.characters.v1")  # type: ignore[attr-defined, untyped-decorator, unused-ignore]
def _characters() -> Callable[[Language], Callable[[str], Doc]]:
    def create(nlp: Language) -> Callable[[str], Doc]:
        vocab: Vocab = nlp.vocab

        def tokenize(text: str) -> Doc:
            return Doc(vocab, words=list(text), spaces=[False] * len(text))

        return tokenize

    return create


class _Finder:
    """A pipeline component around a function that turns a Doc (with its sheet) into finds."""

    def __init__(self, find: Callable[[Doc], Sequence[Found]]) -> None:
        self._find = find

    def __call__(self, doc: Doc) -> Doc:
        finds: list[Found] = doc.user_data["finds"]
        spans = list(doc.spans[SPAN_GROUP]) if SPAN_GROUP in doc.spans else []
        new = []
        for find in self._find(doc):
            finds.append(find)
            new.append(Span(doc, find.start, find.end, label=find.kind.value, kb_id=find.codes[0] if find.codes else "",
                            span_id=find.rule))  # fmt: skip
        doc.spans[SPAN_GROUP] = [*spans, *new]
        return doc


@Language.factory("kg_regions")
def _regions(nlp: Language, name: str) -> _Finder:
    finder = RegionFinder(load_divisions())
    return _Finder(lambda doc: finder.find(doc.user_data["sheet"], doc.user_data["home"]))


@Language.factory("kg_names")
def _names(nlp: Language, name: str) -> _Finder:
    finder = NameFinder(load_suffixes(), load_ontology())

    def find(doc: Doc) -> list[Found]:
        sheet: Sheet = doc.user_data["sheet"]
        regions = [f for f in doc.user_data["finds"] if f.kind == Kind.PLACE and f.rule.startswith("division")]
        organs = finder.find_organs(sheet, regions)
        return organs + finder.find_names(sheet, regions, organs) + finder.find_post_bodies(sheet, regions, organs)

    return _Finder(find)


@Language.factory("kg_listed", default_config={"folders": []})
def _listed(nlp: Language, name: str, folders: list[str]) -> _Finder:
    finder = ListedFinder([Path(folder) for folder in folders])
    return _Finder(lambda doc: finder.find(doc.user_data["sheet"]))


@Language.factory("kg_people")
def _people(nlp: Language, name: str) -> _Finder:
    divisions = load_divisions()
    finder = PeopleFinder(load_surnames(), frozenset(divisions.top_aliases()), load_given_names())
    return _Finder(lambda doc: finder.find(doc.user_data["sheet"], doc.user_data["finds"]))


@Language.factory("kg_tagged")
def _tagged(nlp: Language, name: str) -> _Finder:
    finder = TaggedFinder(load_ontology(), load_suffixes(), frozenset(load_divisions().top_aliases()))
    return _Finder(lambda doc: finder.find(doc.user_data["sheet"]))


@Language.factory("kg_outside", default_config={"model": ""})
def _outside(nlp: Language, name: str, model: str) -> _Finder:
    finder = outside_finder(model)
    return _Finder(lambda doc: finder(doc.user_data["sheet"]))


@Language.factory("kg_known")
def _known(nlp: Language, name: str) -> _Finder:
    ontology, suffixes, divisions, surnames = load_ontology(), load_suffixes(), load_divisions(), load_surnames()

    def find(doc: Doc) -> list[Found]:
        sheet: Sheet = doc.user_data["sheet"]
        home: Division | None = doc.user_data["home"]
        around = [
            Found(0, 0, Kind.PLACE, region.level, "division", "division.full", 0.9, (region.code,), region.name)
            for region in (divisions.path(home.code) if home else ())
        ]
        around += [
            Found(0, 0, Kind.PLACE, "township", "division", "division.township", 0.9, codes, name)
            for name, codes in (divisions.below(home.code[:6]) if home and len(home.code) >= 6 else {}).items()
            if len(codes) == 1 and len(codes[0]) == 9 and name[-1] in "镇乡道"
        ]

        def near(name: str) -> bool:  # a division of the home city is itself, not another one misread
            return home is not None and any(region.code.startswith(home.code[:4]) for region in divisions.find(name))

        standing = resolve_overlaps(doc.user_data["finds"])
        return [
            *find_defined(sheet, standing),
            *find_repeated(sheet, standing, ontology, suffixes),
            *find_listed_firms(sheet, standing),
            *find_misread(sheet, standing, around, near, surnames, ontology, suffixes),
        ]

    return _Finder(find)


@lru_cache(maxsize=4)
def mention_pipeline(folders: tuple[str, ...] = (), model: str | None = None) -> Language:
    """The spaCy pipeline of all finders; `folders` are the user's gazetteer folders, the strongest last."""
    nlp = spacy.blank("zh", config={"nlp": {"tokenizer": {"@tokenizers": "kg.characters.v1"}}})
    for component in COMPONENTS:
        nlp.add_pipe(component, config={"folders": list(folders)} if component == "kg_listed" else {})
    if model is not None:
        nlp.add_pipe("kg_outside", config={"model": model})  # last: what it finds must not count as known
    nlp.max_length = 10_000_000
    return nlp


def find_mentions(sheet: Sheet, home: Division | None, *, nlp: Language) -> list[Found]:
    """The names of a page: sorted, not overlapping, by the policy of `found.resolve_overlaps`."""
    if not sheet.text:
        return []
    doc = nlp.make_doc(sheet.text)
    doc.user_data["sheet"] = sheet
    doc.user_data["home"] = home
    doc.user_data["finds"] = []
    for _name, component in nlp.pipeline:
        doc = component(doc)
    return [find for find in resolve_overlaps(doc.user_data["finds"]) if not _own_name(sheet, find)]


def _own_name(sheet: Sheet, find: Found) -> bool:
    """Whether a find is the paper's own name (来源：某某日报), which by the guide is an imprint and no entity. A media centre that
    runs the paper is one."""
    name = sheet.text[find.start : find.end]
    return find.kind == Kind.ORG and name == sheet.page.issue.newspaper and name[-1] in "报刊"
