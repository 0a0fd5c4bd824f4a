"""An extractor that finds something on any page at once, so that what lies around extraction is tested in no time."""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator

from kg.errors import InputError
from kg.model import (
    Article,
    Block,
    Entity,
    Fact,
    Kind,
    Link,
    Mention,
    Page,
    PageRecord,
    Provenance,
    Relation,
    Span,
    content_id,
)


class FakeExtractor:
    """Takes the first two characters of a page for a person and the next two for a place that was visited.

    A page that holds 坏 breaks it, one that holds 错 gives a record that points nowhere, 拒 is refused as bad input.
    """

    def __init__(self, *, seconds: float = 0.0) -> None:
        """`seconds` is what a page takes."""
        self.seconds = seconds
        self.read_ids: list[str] = []

    def read_many(self, pages: Iterable[Page]) -> Iterator[PageRecord | Exception]:
        """Records and what went wrong, one after the other."""
        for page in pages:
            try:
                yield self.read(page)
            except Exception as error:
                yield error

    def read(self, page: Page) -> PageRecord:
        """A record with everything in it."""
        self.read_ids.append(page.id)
        time.sleep(self.seconds)
        if "坏" in page.text:
            raise RuntimeError("oh")
        if "拒" in page.text:
            raise InputError("refused", where=page.id)
        person = Entity("p", Kind.PERSON, page.text[:2], anchor="330803")
        place = Entity("l", Kind.PLACE, page.text[2:4], anchor="330803", subtype="site")
        mentions, links = [], []
        for start, entity in ((0, person), (2, place)):
            span = Span(start, start + 2)
            mention_id = content_id("mention", page.id, start)
            mentions.append(Mention(mention_id, page.id, "a1", span, entity.name, entity.kind, "fake", 0.5))
            links.append(Link(mention_id, entity.id, True))
        evidence = (Provenance(page.id, "a1", Span(0, 4)),)
        visit = Fact(
            id=content_id("fact", page.id),
            relation=Relation.VISITED,
            subject="p",
            object="gone" if "错" in page.text else "l",
            date=page.issue.date,
            evidence=evidence,
            source="text",
            rule="fake",
            score=0.5,
        )
        span = Span(0, len(page.text))
        article = Article("a1", page.id, page.text[:4], span, (Block("paragraph", (span,)),))
        return PageRecord(page, (article,), tuple(mentions), tuple(links), (person, place), (visit,))
