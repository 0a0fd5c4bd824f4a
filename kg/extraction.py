"""Reads one page: a pure function of the page, the gazetteers and the settings.

In: a `Page`. Out: a `PageRecord`. No page sees another, nothing is written, no clock is read.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, islice
from pathlib import Path

from kg.articles import split_articles
from kg.events import read_happenings
from kg.facts import FactWriter
from kg.gazetteers import Division, load_divisions
from kg.link import Linker
from kg.mentions import find_mentions, mention_pipeline
from kg.model import Page, PageRecord
from kg.ontology import load_ontology
from kg.roles import read_posts
from kg.sheet import Draft, join_lines, mark
from kg.tagger import Tagged, load_tagger


@dataclass(frozen=True, slots=True)
class Settings:
    """What changes how pages are read. `gazetteers` are the user's folders; their rows win over the package's."""

    gazetteers: tuple[Path, ...] = ()
    tagger: bool = True
    spacy_model: str | None = None


class Extractor:
    """Holds what all pages share: gazetteers, ontology, tagger, pipeline. Reading keeps no state between pages."""

    def __init__(self, settings: Settings | None = None) -> None:
        """Load everything (some seconds); the tagger is left out where jieba's weights are missing."""
        self.settings = settings or Settings()
        self.divisions = load_divisions()
        self.ontology = load_ontology()
        self.tagger = load_tagger() if self.settings.tagger else None
        self.nlp = mention_pipeline(
            tuple(str(folder) for folder in self.settings.gazetteers), self.settings.spacy_model
        )
        self.linker = Linker(self.divisions)

    def read(self, page: Page) -> PageRecord:
        """All that the page says: articles, mentions, links, entities, facts."""
        draft = join_lines(page, split_articles(page))
        return self._finish(draft, self.tagger.tag(draft.for_tagger()) if self.tagger else ())

    def read_many(self, pages: Iterable[Page]) -> Iterator[PageRecord | Exception]:
        """What `read` gives for each page, or raises, in order; faster, as the tagger takes all sentences at once."""
        drafts: list[Draft | Exception] = []
        for page in pages:
            try:
                drafts.append(join_lines(page, split_articles(page)))
            except Exception as error:
                drafts.append(error)
        sentences = [[] if isinstance(draft, Exception) else draft.for_tagger() for draft in drafts]
        tagged = iter(self.tagger.tag(list(chain.from_iterable(sentences))) if self.tagger else ())
        for draft, its_sentences in zip(drafts, sentences, strict=True):
            words = tuple(islice(tagged, len(its_sentences)))
            if isinstance(draft, Exception):
                yield draft
                continue
            try:
                yield self._finish(draft, words)
            except Exception as error:
                yield error

    def _finish(self, draft: Draft, tagged: Sequence[tuple[Tagged, ...]]) -> PageRecord:
        page, articles = draft.page, draft.articles
        sheet = mark(draft, tagged, ontology=self.ontology)
        home = self.home(page)
        finds = find_mentions(sheet, home, nlp=self.nlp)
        linked = self.linker.link(sheet, finds, home)
        path = (*self.divisions.path(home.code)[:-1], home) if home else ()
        posts = read_posts(sheet, linked, path, self.ontology)
        writer = FactWriter(sheet, linked)  # after the posts: they may name a region that the page does not (县长)
        writer.add_posts(posts)
        writer.add_bylines()
        writer.add_geography()
        writer.add_happenings(read_happenings(sheet, linked, path, posts))
        return PageRecord(
            page,
            articles,
            tuple(linked.mentions),
            tuple(linked.links),
            tuple(writer.entities.values()),
            tuple(writer.facts.values()),
        )

    def home(self, page: Page) -> Division | None:
        """The home region of a page's newspaper, or None where nothing tells it."""
        reading = self.divisions.read_region(page.issue.region) if page.issue.region else None
        if reading is not None:
            # the printed name counts: 文登市 of 2011 is 文登区 today, but its 副市长 is no 副区长
            return Division(reading.division.code, reading.printed or reading.division.name, reading.division.level)
        return self.divisions.get(page.issue.region_code) if page.issue.region_code else None
