"""Page records made from gold annotations: what extraction would give if it read as a careful reader does.

Lets everything behind extraction be tested on the seed pages without extraction, and with `noise` on records that are
wrong in every way a scorer has to count.
"""

from __future__ import annotations

import hashlib
import json
import random
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from kg.evaluate.gold import read_gold
from kg.evaluate.scoresheet import project
from kg.model import (
    Article,
    Block,
    Byline,
    Candidate,
    Entity,
    Fact,
    Issue,
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

ROOT = Path(__file__).resolve().parent.parent
SEEDS = ROOT / "seeds"
GOLD = ROOT / "tests" / "gold"


def gold_records(gold: Path = GOLD, texts: Path = SEEDS, *, noise: random.Random | None = None) -> list[PageRecord]:
    """One record a gold page, sorted by page id."""
    pages = {page.doc: page for page in read_gold(gold)}
    records = []
    for path in sorted(gold.glob("*.json")):
        row = json.loads(path.read_text("utf-8"))
        raw = (texts / row["doc"]).read_bytes()
        spans, _optional = project(pages[row["doc"]], raw.decode("utf-8-sig"))
        records.append(_Reader(row, raw, spans, noise).record())
    return records


class _Reader:
    def __init__(
        self,
        gold: dict[str, Any],
        raw: bytes,
        spans: dict[tuple[int, int], tuple[str, str]],
        noise: random.Random | None,
    ) -> None:
        self.gold, self.spans, self.noise = gold, spans, noise
        issue = gold["issue"]
        code = next((e.get("code") for e in gold["entities"] if e.get("code") and len(e["code"]) == 6), None)
        self.page = Page(
            id=gold["doc"],
            path=f"/somewhere/{gold['doc']}",
            sha256=hashlib.sha256(raw).hexdigest(),
            text=raw.decode("utf-8-sig"),
            issue=Issue(issue.get("newspaper"), issue.get("date"), issue.get("region"), code),
        )
        self.entities: dict[str, Entity] = {}
        self.facts: list[Fact] = []

    def chance(self, share: float) -> bool:
        return self.noise is not None and self.noise.random() < share

    def other(self, name: str) -> str:
        """The name, or with noise another entity's."""
        names = [row["id"] for row in self.gold["entities"]]
        return self.noise.choice(names) if self.noise and self.chance(0.1) else name

    def record(self) -> PageRecord:
        for row in self.gold["entities"]:
            if not self.chance(0.05):
                self.entity(row["id"], Kind(row["type"]), row)
        articles = tuple(self.articles())
        mentions, links = self.mentions(articles)
        self.roles()
        self.visits()
        self.events()
        for relation, key in ((Relation.PART_OF, "part_of"), (Relation.LOCATED_IN, "located_in")):
            for row in self.gold[key]:
                if not self.chance(0.1):
                    self.fact(relation, self.named(row[0]), self.named(self.other(row[1])), None, None)
        return PageRecord(
            self.page, articles, mentions, links, tuple(self.entities.values()), tuple(self.facts), ("a note",)
        )

    def entity(self, name: str, kind: Kind, row: dict[str, Any] | None = None, **more: Any) -> str:
        row = row or {}
        entity_id = content_id("e", self.page.id, kind, name, more.get("org"))
        code = None if self.chance(0.2) else row.get("code")
        self.entities.setdefault(
            entity_id,
            Entity(
                id=entity_id,
                kind=kind,
                name=name,
                subtype=row.get("subtype") or more.pop("subtype", None),
                aliases=tuple(sorted(set(row.get("surfaces", ())) - {name})),
                code=code,
                anchor=self.page.issue.region_code,
                linked=code is not None,
                **more,
            ),
        )
        return entity_id

    def named(self, name: str) -> str:
        for kind in (Kind.PERSON, Kind.PLACE, Kind.ORG):
            entity_id = content_id("e", self.page.id, kind, name, None)
            if entity_id in self.entities:
                return entity_id
        return self.entity(name, Kind.ORG)

    def fact(
        self, relation: Relation, subject: str, object_: str, date: str | None, said: str | None, **more: Any
    ) -> None:
        at = self.page.text.find(said) if said else -1
        if self.chance(0.1):
            at = max(0, at - 60)
        evidence = (Provenance(self.page.id, "a1", Span(at, at + len(said or ""))),) if at >= 0 else ()
        self.facts.append(
            Fact(
                id=content_id("fact", self.page.id, len(self.facts)),
                relation=relation,
                subject=subject,
                object=object_,
                date=date,
                evidence=evidence,
                source="text" if evidence else "gazetteer",
                rule="gold",
                score=0.9,
                attributes=tuple(sorted((key, value) for key, value in more.items() if value is not None)),
            )
        )

    def articles(self) -> Iterator[Article]:
        starts = [max(0, self.page.text.find(row["starts"])) for row in self.gold["articles"]]
        for number, (row, start) in enumerate(zip(self.gold["articles"], starts, strict=True)):
            if self.chance(0.15):
                start += 50
            end = min([other for other in starts if other > start], default=len(self.page.text))
            span = Span(start, end)
            bylines = tuple(
                Byline(b["person"], b["part"], Span(start, start + len(b["person"])))
                for b in row.get("bylines", ())
                if not self.chance(0.2)
            )
            yield Article(
                f"a{number + 1}", self.page.id, row["title"], span, (Block("paragraph", (span,)),), bylines, None
            )

    def mentions(self, articles: tuple[Article, ...]) -> tuple[tuple[Mention, ...], tuple[Link, ...]]:
        mentions, links = [], []
        for (start, end), (name, kind) in sorted(self.spans.items()):
            if self.chance(0.1):
                continue
            if self.chance(0.1):
                start, end = start, min(end + 1, len(self.page.text))
            entity = self.named(self.other(name))
            article = next((a.id for a in articles if a.span.start <= start < a.span.end), None)
            mention_id = content_id("mention", self.page.id, start, end)
            mentions.append(
                Mention(
                    id=mention_id,
                    page=self.page.id,
                    article=article,
                    span=Span(start, end),
                    surface=self.page.text[start:end],
                    kind=Kind(kind),
                    rule="gold",
                    score=0.95,
                )
            )
            nil = not self.entities[entity].linked
            links.append(Link(mention_id, entity, nil, (Candidate(entity, name, 0.5, ("name=1.0",)),)))
        return tuple(mentions), tuple(links)

    def roles(self) -> None:
        for row in self.gold["holds_role"]:
            if self.chance(0.1):
                continue
            org = self.named(self.other(row["org"])) if row.get("org") else None
            role = self.entity(row["title"], Kind.ROLE, title=row["title"], org=org)
            self.fact(Relation.HOLDS_ROLE, self.named(row["person"]), role, None, row.get("evidence"))

    def visits(self) -> None:
        for row in self.gold["visited"]:
            if not self.chance(0.1):
                date = None if self.chance(0.1) else row.get("date")
                event = content_id("e", self.page.id, Kind.EVENT, row.get("event"), None)
                place = self.named(self.other(row["place"]))
                self.fact(Relation.VISITED, self.named(row["person"]), place, date, row.get("evidence"), event=event)

    def events(self) -> None:
        for row in self.gold["events"]:
            if self.chance(0.1):
                continue
            subtype = "other" if self.chance(0.2) else row["type"]
            event = self.entity(row["id"], Kind.EVENT, subtype=subtype, date=row.get("date"))
            for order, participant in enumerate(row["participants"]):
                if not self.chance(0.1):
                    self.fact(
                        Relation.PARTICIPATED_IN,
                        self.named(self.other(participant["name"])),
                        event,
                        row.get("date"),
                        row.get("evidence"),
                        part="attend" if self.chance(0.2) else participant["part"],
                        order=order + 1,
                    )
            for place in row.get("places", ()):
                self.fact(Relation.TOOK_PLACE_AT, event, self.named(self.other(place)), row.get("date"), None)
