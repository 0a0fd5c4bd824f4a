"""Turns what the stages read into facts with evidence: posts, events, visits, and what lies where.

In: a sheet, its linked finds, posts and happenings. Out: entities and facts of the page. Nothing is read from the text
here; each fact points at the sentence that its reader gives.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

from kg.events import Happening
from kg.gazetteers import Division
from kg.link import Linked
from kg.model import Entity, Fact, Kind, Provenance, Relation, content_id
from kg.roles import Post
from kg.sheet import Sheet

# What share of a rule's facts a careful reader would keep, measured on the annotated pages with tools/quality.py (table in
# docs/quality.md), drawn towards 0.8 where a rule is rare. Posts carry scores of their own (see roles).
SHARES: dict[tuple[Relation, str], float] = {
    (Relation.LOCATED_IN, "geography.text"): 0.98,
    (Relation.LOCATED_IN, "geography.gazetteer"): 0.98,
    (Relation.PART_OF, "geography.gazetteer"): 0.98,
    (Relation.PART_OF, "geography.text"): 0.93,
    (Relation.PARTICIPATED_IN, "event.meeting"): 0.96,
    (Relation.PARTICIPATED_IN, "event.tour"): 0.93,
    (Relation.PARTICIPATED_IN, "event.encounter"): 0.9,
    (Relation.PARTICIPATED_IN, "event.ceremony"): 0.89,
    (Relation.PARTICIPATED_IN, "event.after-meeting"): 0.92,
    (Relation.PARTICIPATED_IN, "event.enforcement"): 0.9,
    (Relation.PARTICIPATED_IN, "event.other"): 0.84,
    (Relation.PARTICIPATED_IN, "event.launch"): 0.86,
    (Relation.PARTICIPATED_IN, "event.signing"): 0.82,
    (Relation.PARTICIPATED_IN, "event.activity"): 0.65,
    (Relation.PARTICIPATED_IN, "event.talks"): 0.6,
    (Relation.PARTICIPATED_IN, "event.project"): 0.55,
    (Relation.TOOK_PLACE_AT, "event.meeting"): 0.92,
    (Relation.TOOK_PLACE_AT, "event.tour"): 0.89,
    (Relation.TOOK_PLACE_AT, "event.activity"): 0.85,
    (Relation.TOOK_PLACE_AT, "event.ceremony"): 0.78,
    (Relation.TOOK_PLACE_AT, "event.project"): 0.64,
    (Relation.TOOK_PLACE_AT, "event.signing"): 0.45,
    (Relation.TOOK_PLACE_AT, "event.other"): 0.52,
    (Relation.TOOK_PLACE_AT, "event.launch"): 0.78,
    (Relation.VISITED, "event.ceremony"): 0.95,
    (Relation.VISITED, "event.tour"): 0.89,
    (Relation.VISITED, "event.after-meeting"): 0.92,
    (Relation.VISITED, "event.meeting"): 0.82,
}
OTHER_SHARE = 0.6
# Credits that are a post; 文, 图, 供稿 only say what somebody sent in.
_CREDIT = re.compile(r"记者|通讯员|实习生|摄|采访|作者|编辑|责编")


class FactWriter:
    """Collects the facts and further entities (roles, events) of one page."""

    def __init__(self, sheet: Sheet, linked: Linked) -> None:
        """`linked` gives the entities; its own list is not changed."""
        self.sheet = sheet
        self.linked = linked
        self.entities: dict[str, Entity] = dict(linked.entities)
        self.facts: dict[str, Fact] = {}

    def add_posts(self, posts: Sequence[Post]) -> None:
        """One HOLDS_ROLE fact a person, title and organisation; several sentences are several evidences."""
        for post in posts:
            org = post.org
            if org is None and post.org_region is not None:
                org = self._region(post.org_region)
            org_entity = self.entities.get(org) if org else None
            seat = org_entity.name if org_entity else ""
            name = seat[:-1] + post.title if seat and seat[-1] == post.title[0] else seat + post.title  # 柯城区|区领导
            role_id = content_id("role", self.sheet.page.id, post.title, org)
            anchor = org_entity.anchor if org_entity else None
            self.entities.setdefault(
                role_id,
                Entity(
                    role_id,
                    Kind.ROLE,
                    name,
                    anchor=anchor,
                    title=post.title,
                    org=org,
                    track=post.group,
                    rank=str(post.rank),
                ),
            )
            attributes = (("past", 1),) if post.past else ()
            self._add(
                Relation.HOLDS_ROLE,
                post.person,
                role_id,
                None,
                self._evidence(post.start),
                post.rule,
                post.score,
                attributes,
            )

    def add_bylines(self) -> None:
        """Reporters and photographers hold their credit as a post without organisation."""
        by_span = {
            (m.span.start, m.span.end): entity
            for m, entity in zip(self.linked.mentions, self.linked.entity_of, strict=True)
        }
        for article in self.sheet.articles:
            for byline in article.bylines:
                person = by_span.get((byline.span.start, byline.span.end))
                if (
                    person is None
                    or self.entities[person].kind != Kind.PERSON
                    or not byline.part
                    or not _CREDIT.search(byline.part)
                ):
                    continue
                title = "摄影" if "摄" in byline.part else byline.part
                role_id = content_id("role", self.sheet.page.id, title, None)
                self.entities.setdefault(
                    role_id, Entity(role_id, Kind.ROLE, title, title=title, track="media", rank="9")
                )
                where = Provenance(self.sheet.page.id, article.id, byline.span)
                self._add(Relation.HOLDS_ROLE, person, role_id, None, (where,), "post.byline", 0.97)

    def add_geography(self) -> None:
        """PART_OF and LOCATED_IN, from the text's own nesting and from the divisions."""
        first: dict[str, int] = {}
        for find, entity in zip(self.linked.finds, self.linked.entity_of, strict=True):
            first.setdefault(entity, find.start)
        for child_id, parent_id in self.linked.inside.items():
            child, parent = self.entities[child_id], self.entities[parent_id]
            relation = Relation.PART_OF if child.kind == Kind.PLACE else Relation.LOCATED_IN
            evidence = self._evidence(first[child_id]) if child_id in first else ()
            source = "gazetteer" if child.code and parent.code else "text"
            if source == "text" and not evidence:
                continue
            score = 0.99 if source == "gazetteer" else 0.85
            self._add(relation, child_id, parent_id, None, evidence, f"geography.{source}", score, source=source)

    def add_happenings(self, happenings: Iterable[Happening]) -> None:
        """Events with participants, places and visits."""
        for happening in happenings:
            event_id = content_id("event", self.sheet.page.id, *happening.key())
            self.entities[event_id] = Entity(
                event_id, Kind.EVENT, happening.name, happening.type, anchor=None, date=happening.date,
                precision=happening.precision, status=happening.status,
            )  # fmt: skip
            evidence = tuple(p for at in happening.evidence for p in self._evidence(at))
            dated = (("precision", happening.precision),) if happening.precision else ()
            for order, (entity, part) in enumerate(happening.participants, 1):
                self._add(Relation.PARTICIPATED_IN, entity, event_id, happening.date, evidence, happening.rule,
                          happening.score, (("order", order), ("part", part)))  # fmt: skip
            for place in happening.places:
                self._add(
                    Relation.TOOK_PLACE_AT, event_id, place, happening.date, evidence, happening.rule, happening.score
                )
            for person, place, at, day in happening.visits:
                where = tuple(dict.fromkeys((*self._evidence(at), *evidence)))
                precise = (("precision", "day"),) if day else dated
                self._add(Relation.VISITED, person, place, day or happening.date, where, happening.rule,
                          happening.score, (("event", event_id), *precise))  # fmt: skip

    def _region(self, region: Division) -> str:
        entity_id = f"place-{region.code}"
        self.entities.setdefault(
            entity_id,
            Entity(entity_id, Kind.PLACE, region.name, region.level, code=region.code, anchor=region.code, linked=True),
        )
        return entity_id

    def _evidence(self, at: int) -> tuple[Provenance, ...]:
        start, end = self.sheet.sentence_at(at)
        article = self.sheet.article_at(at)
        return (Provenance(self.sheet.page.id, article.id if article else None, self.sheet.span(start, end)),)

    def _add(self, relation: Relation, subject: str, obj: str, date: str | None, evidence: tuple[Provenance, ...],
             rule: str, score: float, attributes: tuple[tuple[str, str | int], ...] = (), *, source: str = "text") -> None:  # fmt: skip
        fact_id = content_id(
            "fact",
            self.sheet.page.id,
            relation,
            subject,
            obj,
            date,
            *(attributes if relation != Relation.PARTICIPATED_IN else ()),
        )
        if relation != Relation.HOLDS_ROLE:
            score = SHARES.get((relation, rule), OTHER_SHARE)
        known = self.facts.get(fact_id)
        if known is not None:
            merged = tuple(dict.fromkeys((*known.evidence, *evidence)))
            self.facts[fact_id] = replace(known, evidence=merged, score=max(known.score, score))
            return
        self.facts[fact_id] = Fact(
            fact_id, relation, subject, obj, date, evidence, source, rule, round(score, 4), tuple(sorted(attributes))
        )
