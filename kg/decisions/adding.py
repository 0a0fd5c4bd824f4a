"""A fact that a person adds: its ends, its evidence, and the page that it is kept with.

Evidence is what the person gave: words of a page where they named some, otherwise their reason, marked as a person's
statement (`source` is `person`).
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping

from kg.decisions.binding import Binder, GoneError
from kg.decisions.constraints import Ref
from kg.decisions.kinds import DECIDED, Anchor, Claim, Decision
from kg.errors import InputError
from kg.knowledge import STATEMENT
from kg.masks import is_masked
from kg.model import Entity, Fact, Kind, PageRecord, Provenance, Relation, Span, content_id

Naming = Callable[[Collection[str]], Iterable[tuple[str, str]]]
"""Finds (page, entity) for all page entities that are one of some resolved entities."""

RULE = "decision.add"
_COUNTY_DIGITS = 6
_PLACED = frozenset({Kind.PLACE, Kind.ORG})
_ENDS: Mapping[Relation, tuple[frozenset[Kind], frozenset[Kind]]] = {
    Relation.HOLDS_ROLE: (frozenset({Kind.PERSON}), frozenset({Kind.ROLE})),
    Relation.PARTICIPATED_IN: (frozenset({Kind.PERSON}) | _PLACED, frozenset({Kind.EVENT})),
    Relation.TOOK_PLACE_AT: (frozenset({Kind.EVENT}), _PLACED),
    Relation.VISITED: (frozenset({Kind.PERSON}), _PLACED),
    Relation.PART_OF: (frozenset({Kind.PLACE}), frozenset({Kind.PLACE})),
    Relation.LOCATED_IN: (frozenset({Kind.ORG}), frozenset({Kind.PLACE})),
}


class Adder:
    """Makes facts of claims; `added` are the entities that no page has, by id."""

    def __init__(self, binder: Binder, ids: Mapping[Ref, str], entities: Mapping[str, Entity], naming: Naming) -> None:
        """`entities` are the resolved ones by id."""
        self.binder, self.ids, self.entities, self.naming = binder, ids, entities, naming
        self.added: dict[str, Entity] = {}

    def add(self, row: Decision) -> tuple[str, Fact]:
        """The id of the page that the fact is kept with, and the fact.

        Raises:
            GoneError: an end or the evidence is not there any more, or the relation does not fit its ends.
        """
        claim = row.claim
        if claim is None:
            raise ValueError("not an added fact")
        subject, target = self._entity(claim.subject, claim), self._entity(claim.object, claim)
        subjects, targets = _ENDS[claim.relation]
        if subject.kind not in subjects or target.kind not in targets:
            what = f"{claim.relation} leads from {_names(subjects)} to {_names(targets)}"
            raise GoneError(InputError(what, hint=f"here it is {subject.kind} and {target.kind}"))
        evidence = self._evidence(claim)
        attributes: dict[str, str | int] = {DECIDED: "added"}
        if claim.part is not None:
            attributes["part"] = claim.part
        if not evidence:
            attributes[STATEMENT] = row.reason
        fact = Fact(
            # Of what was decided and not of clusters: the id is the same when these change.
            id=content_id("fact", RULE, repr(claim)),
            relation=claim.relation,
            subject=subject.id,
            object=target.id,
            date=claim.date,
            evidence=evidence,
            source="text" if evidence else "person",
            rule=RULE,
            score=1.0,
            attributes=tuple(sorted(attributes.items())),
        )
        return self._page(claim, subject, target), fact

    def _entity(self, anchor: Anchor, claim: Claim) -> Entity:
        if anchor.title is not None:
            return self._post(anchor.title, anchor.org, claim)
        try:
            found = {self.ids[ref] for ref in self.binder.refs(anchor)}
        except GoneError:
            if not anchor.new:
                raise
            return self._new(anchor, claim)
        if len(found) > 1:
            raise GoneError(InputError(f"{anchor} may be {len(found)} here", hint="name a page that has it"))
        return self.entities[found.pop()]

    def _new(self, anchor: Anchor, claim: Claim) -> Entity:
        """An entity that no page names, with the id that it would have if one did."""
        if anchor.kind is None or anchor.text is None:
            raise GoneError(InputError(f"{anchor} is not there any more", hint="correct or delete this decision"))
        prefix = anchor.kind.value.lower()
        if anchor.kind is Kind.EVENT:
            entity = Entity(
                content_id(prefix, RULE, repr(anchor), claim.date), Kind.EVENT, anchor.text, "other", date=claim.date,
                precision=precision_of(claim.date),
            )  # fmt: skip
        else:
            county = anchor.code[:_COUNTY_DIGITS] if anchor.code else None
            apart = (RULE, repr(anchor)) if county is None or is_masked(anchor.text) else ()
            entity = Entity(
                content_id(prefix, anchor.text, county, *apart), anchor.kind, anchor.text, anchor=anchor.code
            )
        known = self.entities.get(entity.id)
        if known is None:
            self.added[entity.id] = entity
        return known or entity

    def _post(self, title: str, org: Anchor | None, claim: Claim) -> Entity:
        body = self._entity(org, claim) if org is not None else None
        entity_id = content_id("role", title, body.id if body else None)
        known = self.entities.get(entity_id)
        if known is None:
            name = f"{body.name if body else ''}{title}"
            place = body.anchor if body else None
            known = Entity(entity_id, Kind.ROLE, name, title=title, org=body.id if body else None, anchor=place)
            self.added[entity_id] = known
        return known

    def _evidence(self, claim: Claim) -> tuple[Provenance, ...]:
        if claim.page is None or claim.quote is None:
            return ()
        record = self.binder.records.get(claim.page)
        if record is None:
            raise GoneError(InputError(f"no page {claim.page!r} any more", hint="correct or delete this decision"))
        span = find_words(record.page.text, claim.quote)
        if span is None:
            raise GoneError(
                InputError("the page does not say the words quoted", hint="correct or delete this decision")
            )
        return (Provenance(claim.page, _article_at(record, span), span),)

    def _page(self, claim: Claim, subject: Entity, target: Entity) -> str:
        for page in (claim.page, claim.subject.page, claim.object.page):
            if page is not None and page in self.binder.records:
                return page
        ends = {subject.id, target.id}
        pages = sorted(page for page, _entity in self.naming(ends))
        if not pages:
            raise GoneError(
                InputError("no page names either end of this fact", hint="give page: the page to keep it with")
            )
        return pages[0]


def find_words(text: str, words: str) -> Span | None:
    """Where words stand on a page, wherever lines break in them; the first place of several.

    >>> find_words("区长到白\\n云村调研", "到白云村")
    Span(start=2, end=7)
    """
    kept = [(at, char) for at, char in enumerate(text) if not char.isspace()]
    closed = "".join(char for _at, char in kept)
    wanted = "".join(words.split())
    first = closed.find(wanted) if wanted else -1
    return None if first < 0 else Span(kept[first][0], kept[first + len(wanted) - 1][0] + 1)


def precision_of(date: str | None) -> str | None:
    """The precision of a date as `docs/format.md` writes it.

    >>> [precision_of(date) for date in ("2021-01-12", "2021-01", "2021", "2021-01/2021-02", None)]
    ['day', 'month', 'year', 'interval', None]
    """
    if not date:
        return None
    return "interval" if "/" in date else {10: "day", 7: "month"}.get(len(date), "year")


def _article_at(record: PageRecord, span: Span) -> str | None:
    return next((a.id for a in record.articles if a.span.start <= span.start < a.span.end), None)


def _names(kinds: frozenset[Kind]) -> str:
    return "/".join(sorted(kinds))
