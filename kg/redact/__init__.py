"""Initials in place of the names of private people, before anything leaves the house.

In: `Knowledge`. Out: `Knowledge` of the same shape in which whoever holds no public post is called by the initials of
their name (周莉珍 → ZLZ), in the pages' text too. A name keeps its length, so every offset stays true. No id, and no
hash, is made from a name any more. It knows only people whom extraction found: a name that was not recognised stays.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Mapping
from dataclasses import replace

from kg.knowledge import Knowledge, changed_records, entity_index, facts_alone, record_finder
from kg.masks import is_masked
from kg.model import Article, Entity, Fact, Kind, Link, Mention, PageRecord, Relation, Span, content_id
from kg.redact.names import Names, byline_sign, closed, initials, is_whole_name, spread
from kg.redact.posts import is_public_post

__all__ = ["initials", "is_public_post", "private_people", "redact_private", "redacted_with_ids"]


def redact_private(knowledge: Knowledge) -> Knowledge:
    """The same knowledge with initials in place of the names of people without a public post.

    Whoever holds, or held, a post of party, government, congress, court or village committee on any page keeps the
    name; names that were printed masked (吴某珍) stay as printed. Ids of people, facts, mentions, articles and events are
    new ones, made of places on pages; they are the same in every redacted export of the same pages and lead back to no
    other export. The result is deterministic.

    Returns:
        Knowledge in the same order, entities sorted anew by kind and id.
    """
    return redacted_with_ids(knowledge)[0]


def redacted_with_ids(knowledge: Knowledge) -> tuple[Knowledge, Mapping[str, str]]:
    """What `redact_private` gives, and the new id of every entity that got one, by its old id.

    The ids lead back to names: they are for finding somebody in what is redacted, and are never written anywhere.
    """
    redaction = _Redaction(knowledge)
    records = changed_records(knowledge.records, redaction.record, in_parts=False)
    order = {kind: number for number, kind in enumerate(Kind)}
    entities = sorted(map(redaction.entity, knowledge.entities), key=lambda entity: (order[entity.kind], entity.id))
    return Knowledge(tuple(entities), records), redaction.ids


def private_people(knowledge: Knowledge) -> frozenset[str]:
    """Ids of people who hold no public post on any page, those with a masked name among them."""
    entities = entity_index(knowledge)
    public = {
        fact.subject
        for record in facts_alone(knowledge)
        for fact in record.facts
        if fact.relation is Relation.HOLDS_ROLE
        and fact.object in entities
        and is_public_post(entities[fact.object], entities.get(entities[fact.object].org or ""))
    }
    return frozenset(entity.id for entity in knowledge.entities if entity.kind is Kind.PERSON) - public


class _Redaction:
    def __init__(self, knowledge: Knowledge) -> None:
        self.entities = entity_index(knowledge)
        self.private = private_people(knowledge)
        self.find = record_finder(knowledge)
        # What each private person is called anywhere, and where everything first stands.
        self.forms: dict[str, set[str]] = {}
        for entity_id in sorted(self.private):
            entity = self.entities[entity_id]
            self.forms[entity_id] = {entity.name, *entity.aliases}
        places: dict[str, tuple[str, int, int]] = {}
        for record in knowledge.records:
            mentions = {mention.id: mention for mention in record.mentions}
            for link in record.links:
                if link.mention in mentions:
                    mention = mentions[link.mention]
                    places.setdefault(link.entity, (record.page.id, mention.span.start, mention.span.end))
                    if link.entity in self.private:
                        self.forms[link.entity].add(closed(mention.surface))
            for fact in record.facts:
                at = fact.evidence[0].span if fact.evidence else Span(-1, -1)
                for end in (fact.subject, fact.object):
                    places.setdefault(end, (record.page.id, at.start, at.end))
        self.everywhere: dict[str, str] = {}
        for entity_id in sorted(self.private):
            for form in sorted(self.forms[entity_id]):
                if is_whole_name(form) and (form == self.entities[entity_id].name or len(form) > 2):
                    self.everywhere.setdefault(form, self.sign(entity_id, form))
        self.kept = {
            form: form
            for entity in knowledge.entities
            if (entity.kind is Kind.PERSON and entity.id not in self.private)
            or (entity.kind is Kind.PLACE and entity.code)
            for form in (entity.name, *entity.aliases)
            if len(form) > 1
        }
        self.anywhere = Names(self.kept | self.everywhere)
        self.ids = self._new_ids(knowledge, places)

    def on_page(self, record: PageRecord) -> Names:
        """The names to be replaced on a page: those of the private people on it, and those that are replaced anywhere."""
        named: dict[str, str] = {}
        present = {link.entity for link in record.links} | {
            end for fact in record.facts for end in (fact.subject, fact.object)
        }
        for entity_id in sorted(present & self.private):
            for form in sorted(self.forms[entity_id]):
                if len(form) > 1 and form not in self.everywhere:
                    named.setdefault(form, self.sign(entity_id, form))
        return Names(named, behind=self.anywhere)

    def sign(self, entity_id: str, form: str) -> str:
        """What stands for a form of a person's name: the same letters as in the full name where it is part of it."""
        name = self.entities[entity_id].name
        at = name.find(form)
        if is_masked(name) or at < 0:
            return initials(form)
        return initials(name)[at : at + len(form)]

    def entity(self, entity: Entity) -> Entity:
        new_id = self.ids.get(entity.id, entity.id)
        org = self.ids.get(entity.org, entity.org) if entity.org else None
        if entity.id in self.private:
            name = self.sign(entity.id, entity.name)
            aliases = {self.sign(entity.id, alias) for alias in entity.aliases} - {name}
            return replace(entity, id=new_id, name=name, aliases=tuple(sorted(aliases)))
        if entity.kind is Kind.PERSON or (entity.kind is Kind.PLACE and entity.code):
            return replace(entity, id=new_id, org=org)
        name = self.anywhere.replaced(entity.name)
        aliases = {self.anywhere.replaced(alias) for alias in entity.aliases} - {name}
        title = self.anywhere.replaced(entity.title) if entity.title else entity.title
        return replace(entity, id=new_id, name=name, aliases=tuple(sorted(aliases)), title=title, org=org)

    def record(self, record: PageRecord) -> PageRecord:
        page = record.page
        names = self.on_page(record)
        text = self._text(record, names)
        taken: set[str] = set()
        mention_ids = {
            mention.id: content_id("mention", page.id, mention.span.start, mention.span.end, mention.kind)
            for mention in record.mentions
        }
        return replace(
            record,
            page=replace(page, text=text, sha256=hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()),
            articles=tuple(self._article(article, text, names) for article in record.articles),
            mentions=tuple(self._mention(mention, text, mention_ids, record) for mention in record.mentions),
            links=tuple(self._link(link, names, mention_ids) for link in record.links),
            facts=tuple(self._fact(fact, record, names, taken) for fact in record.facts),
            notes=tuple(map(names.replaced, record.notes)),
        )

    def _text(self, record: PageRecord, names: Names) -> str:
        entity_of = {link.mention: link.entity for link in record.links}
        public: list[Span] = []
        others: list[Span] = []
        private: list[tuple[Span, str]] = []
        for mention in record.mentions:
            entity = self.entities.get(entity_of.get(mention.id, ""))
            if entity is None:
                continue
            if entity.id in self.private:
                printed = record.page.text[mention.span.start : mention.span.end]
                private.append((mention.span, spread(self.sign(entity.id, closed(printed)), printed)))
            elif entity.kind is Kind.PERSON or (entity.kind is Kind.PLACE and entity.code):
                public.append(mention.span)
            else:
                others.append(mention.span)
        return names.replaced(record.page.text, private=private, public=public, others=others)

    def _article(self, article: Article, text: str, names: Names) -> Article:
        bylines = tuple(
            replace(byline, name=names.replaced(byline.name, private=byline_sign(byline.name, byline.span, text)))
            for byline in article.bylines
        )
        return replace(article, id=_article_id(article), title=names.replaced(article.title), bylines=bylines)

    def _mention(self, mention: Mention, text: str, ids: Mapping[str, str], record: PageRecord) -> Mention:
        return replace(
            mention,
            id=ids[mention.id],
            article=self._new_article(mention.page, mention.article, record),
            surface=text[mention.span.start : mention.span.end],
        )

    def _link(self, link: Link, names: Names, ids: Mapping[str, str]) -> Link:
        # A candidate may be an entity that only this page has: its id is made of a name.
        candidates = tuple(
            replace(
                candidate,
                entity=self.ids.get(candidate.entity, candidate.entity),
                name=names.replaced(candidate.name),
                evidence=tuple(map(names.replaced, candidate.evidence)),
            )
            for candidate in link.candidates
            if candidate.entity in self.entities and link.entity not in self.private
        )
        return replace(
            link,
            mention=ids.get(link.mention, link.mention),
            entity=self.ids.get(link.entity, link.entity),
            candidates=candidates,
        )

    def _fact(self, fact: Fact, record: PageRecord, names: Names, taken: set[str]) -> Fact:
        subject, target = (self.ids.get(end, end) for end in (fact.subject, fact.object))
        evidence = tuple(
            replace(provenance, article=self._new_article(provenance.page, provenance.article, record))
            for provenance in fact.evidence
        )
        where = [part for one in evidence for part in (one.page, one.span.start, one.span.end)]
        number = 0
        while (
            fact_id := content_id("fact", record.page.id, fact.relation, subject, target, fact.date, number, *where)
        ) in taken:
            number += 1
        taken.add(fact_id)
        attributes = tuple(
            (key, self.ids.get(value, value) if value in self.entities else names.replaced(value))
            if isinstance(value, str)
            else (key, value)
            for key, value in fact.attributes
        )
        return replace(fact, id=fact_id, subject=subject, object=target, evidence=evidence, attributes=attributes)

    def _new_article(self, page: str, article: str | None, record: PageRecord) -> str | None:
        """The new id of an article, which may stand on another page than the record's."""
        where = record if page == record.page.id else self.find(page)
        for one in where.articles if where else ():
            if one.id == article:
                return _article_id(one)
        return article

    def _new_ids(self, knowledge: Knowledge, places: Mapping[str, tuple[str, int, int]]) -> dict[str, str]:
        """New ids for every entity whose old one may have been made of a private name, by where it first stands."""
        ids: dict[str, str] = {}
        renamed: set[str] = set()
        for entity in knowledge.entities:
            changed = self.anywhere.replaced(entity.name) != entity.name
            if entity.id in self.private or entity.kind is Kind.EVENT or (changed and entity.kind is not Kind.PERSON):
                renamed.add(entity.id)
        # A role's id is made of its organisation's.
        renamed |= {entity.id for entity in knowledge.entities if entity.org in renamed}
        # Several happenings are told by one sentence; a person nobody mentions stands nowhere.
        numbers: Counter[tuple[Kind, str, int, int]] = Counter()
        for entity in knowledge.entities:
            if entity.id not in renamed:
                continue
            where = (entity.kind, *places.get(entity.id, ("", -1, -1)))
            numbers[where] += 1
            ids[entity.id] = content_id(entity.kind.value.lower(), "redacted", *where, numbers[where])
        return ids


def _article_id(article: Article) -> str:
    return content_id("article", article.page, article.span.start, article.span.end)
