"""Sentences read as pages: a page around a string, and what it mentions, as plain tuples that a table can state."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

from kg.extraction import Extractor
from kg.model import Entity, Issue, Kind, Mention, Page, PageRecord

HEADLINE = "春耕备耕工作有序推进"


def page_of(text: str, *, region: str | None = None, date: str | None = "2021-03-05", page_id: str = "p.txt") -> Page:
    """A page with exactly this text."""
    sha256 = hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
    return Page(page_id, page_id, sha256, text, Issue("测试报", date, region))


def article_of(text: str) -> str:
    """`text` as an article under a headline that names nothing."""
    return f"{HEADLINE}\n　　{text}\n"


@dataclass(frozen=True, slots=True)
class Said:
    """A mention with what it was linked to."""

    mention: Mention
    entity: Entity

    @property
    def surface(self) -> str:
        return self.mention.surface

    @property
    def kind(self) -> Kind:
        return self.mention.kind


class Reader:
    """Reads invented sentences; remembers what it read."""

    def __init__(self, extractor: Extractor) -> None:
        self.extractor = extractor
        self._records: dict[tuple[str, str | None], PageRecord] = {}

    def record(self, text: str, region: str | None) -> PageRecord:
        """The record of an article whose body is `text`."""
        key = (text, region)
        if key not in self._records:
            self._records[key] = self.extractor.read(page_of(article_of(text), region=region))
        return self._records[key]

    def said(self, text: str, region: str | None) -> list[Said]:
        """Every mention of the article's body, in order."""
        record = self.record(text, region)
        entities = {entity.id: entity for entity in record.entities}
        return [
            Said(mention, entities[link.entity]) for mention, link in zip(record.mentions, record.links, strict=True)
        ]

    def people(self, text: str, region: str | None) -> list[str]:
        """Names of people as printed, in order."""
        return [said.surface for said in self.said(text, region) if said.kind == Kind.PERSON]

    def divisions(self, text: str, region: str | None) -> list[tuple[str, str]]:
        """Places with a division code: `(surface, code)`."""
        return [(said.surface, said.entity.code) for said in self.said(text, region) if said.entity.code]

    def bodies(self, text: str, region: str | None) -> list[tuple[str, str]]:
        """Organisations: `(surface, full name)`."""
        return [(said.surface, said.entity.name) for said in self.said(text, region) if said.kind == Kind.ORG]

    def sites(self, text: str, region: str | None) -> list[tuple[str, str | None]]:
        """Places that no gazetteer has: `(surface, subtype)`."""
        return [
            (said.surface, said.entity.subtype)
            for said in self.said(text, region)
            if said.kind == Kind.PLACE and said.entity.code is None
        ]

    def posts(self, text: str, region: str | None) -> list[tuple[str, str | None, str | None]]:
        """Posts held: `(person, title, name of the organisation)`."""
        record = self.record(text, region)
        entities = {entity.id: entity for entity in record.entities}
        held = []
        for fact in record.facts:
            role = entities[fact.object]
            if role.kind == Kind.ROLE:
                org = entities[role.org].name if role.org else None
                held.append((entities[fact.subject].name, role.title, org))
        return held
