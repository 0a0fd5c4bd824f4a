"""What rejecting, confirming, dating and adding facts changes, worked out once and applied record by record.

In: decisions, a `Source` of page records, and what resolution made of them. Out: `Corrections`. Page records are read and
never written; a correction hides a fact, or tells another in its place.
"""

from __future__ import annotations

from collections import ChainMap
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import partial
from types import MappingProxyType

from kg.decisions.adding import Adder, Naming, precision_of
from kg.decisions.binding import Binder, GoneError, Source
from kg.decisions.constraints import Ref
from kg.decisions.kinds import Decision, DecisionKind, Decisions, FactAnchor
from kg.decisions.verdicts import Key, Verdict, ends_of, event_of, joined, key_of, redated
from kg.errors import InputError
from kg.model import Entity, Fact, Kind, PageRecord, Relation

Point = Callable[[PageRecord], PageRecord]
"""Turns a page record into one whose facts point at resolved entities (`kg.resolve.point_at`)."""

_KINDS = tuple(Kind)
_RELATIONS = tuple(Relation)
_ABOUT_FACTS = (DecisionKind.REJECT, DecisionKind.CONFIRM, DecisionKind.DATE)


@dataclass(frozen=True, slots=True)
class Corrections:
    """What is told otherwise than it was read.

    `hidden` are the facts of page records that are not told, by page id; `facts` those told in their place or beside them,
    by page id, sorted by id, pointing at resolved entities. `entities` are resolved entities that are new or changed, by
    id; `gone` the posts and events of which nothing is told any more.
    """

    hidden: Mapping[str, frozenset[str]] = field(default_factory=dict)
    facts: Mapping[str, tuple[Fact, ...]] = field(default_factory=dict)
    entities: Mapping[str, Entity] = field(default_factory=dict)
    gone: frozenset[str] = frozenset()

    def record(self, pointed: PageRecord) -> PageRecord:
        """A record that points at resolved entities, with its facts as decided."""
        page = pointed.page.id
        hidden, told = self.hidden.get(page, frozenset()), self.facts.get(page, ())
        if not hidden and not told:
            return pointed
        facts = [fact for fact in pointed.facts if fact.id not in hidden]
        return replace(pointed, facts=tuple(sorted((*facts, *told), key=_place)))

    def all_entities(self, entities: Iterable[Entity]) -> tuple[Entity, ...]:
        """The entities as decided, sorted by kind and id."""
        kept = {entity.id: entity for entity in entities if entity.id not in self.gone} | dict(self.entities)
        return tuple(sorted(kept.values(), key=lambda entity: (_KINDS.index(entity.kind), entity.id)))


def _place(fact: Fact) -> tuple[int, int, int]:
    """Where a fact stands in its record; the sort is stable, so what was read keeps its order."""
    span = fact.evidence[0].span if fact.evidence else None
    return _RELATIONS.index(fact.relation), span.start if span else -1, span.end if span else -1


def correct(
    decisions: Decisions,
    source: Source,
    ids: Mapping[Ref, str],
    entities: Iterable[Entity] | Mapping[str, Entity],
    point: Point,
    *,
    told_on: Mapping[tuple[str, str], str] = MappingProxyType({}),
    naming: Naming | None = None,
) -> tuple[Corrections, tuple[InputError, ...]]:
    """Work out what decisions on facts change; the order of the decisions does not matter.

    Args:
        ids: the resolved entity of each page entity.
        entities: the resolved entities, or where to look them up by id.
        told_on: (page, fact) → the page whose record tells it, where that is another: what two pages report is one fact,
            and a decision that names it on either holds for it.
        naming: finds the pages that name an entity; without it, `ids` is looked through.

    Returns:
        The corrections, and a line for each decision that cannot be applied, in the order of the file.
    """
    work = _Corrector(decisions, source, ids, entities, point, told_on, naming or partial(_look_through, ids))
    return work.corrections(), work.problems()


class _Corrector:
    def __init__(
        self,
        decisions: Decisions,
        source: Source,
        ids: Mapping[Ref, str],
        entities: Iterable[Entity] | Mapping[str, Entity],
        point: Point,
        told_on: Mapping[tuple[str, str], str],
        naming: Naming,
    ) -> None:
        self.rows = [row for row in decisions.rows if row.kind in (*_ABOUT_FACTS, DecisionKind.ADD)]
        self.decisions = Decisions(tuple(self.rows), decisions.where)
        self.source, self.ids, self.point = source, ids, point
        known = entities if isinstance(entities, Mapping) else {entity.id: entity for entity in entities}
        self.added: dict[str, Entity] = {}
        self.entities: Mapping[str, Entity] = ChainMap(self.added, known)  # type: ignore[arg-type]
        self.naming = naming
        self.changed: dict[str, Entity] = {}
        self.told: dict[int, InputError] = {}
        self.binder = Binder(self.decisions, source)
        self.raw: dict[str, PageRecord] = dict(self.binder.records)
        self.pointed: dict[str, PageRecord] = {page: point(record) for page, record in self.raw.items()}
        self.elsewhere: dict[str, set[str]] = {}
        for (page, _fact), home in told_on.items() if self.rows else ():
            self.elsewhere.setdefault(page, set()).add(home)
        self.verdicts: dict[tuple[str, str], Verdict] = {}
        self.moved_events: dict[tuple[str, str | None], tuple[str, str]] = {}
        self.new: dict[str, dict[str, Fact]] = {}

    def corrections(self) -> Corrections:
        if not self.rows:
            return Corrections()
        for row in self.rows:
            try:
                self._hear(row)
            except GoneError as gone:
                self.told[id(row)] = InputError(gone.what.what, where=self.decisions.at(row), hint=gone.what.hint)
        self._move_events()
        hidden: dict[str, set[str]] = {}
        facts: dict[str, tuple[Fact, ...]] = {}
        rejected: list[Fact] = []
        for page, record in sorted(self.pointed.items()):
            hidden_here, told, rejected_here = self._decided(record)
            if hidden_here:
                hidden[page] = self._raw_ids(page, hidden_here)
            if told:
                facts[page] = tuple(sorted(told.values(), key=lambda fact: fact.id))
            rejected += rejected_here
        given = Corrections({page: frozenset(each) for page, each in hidden.items()}, facts, self.changed)
        return replace(given, gone=self._gone(given, rejected))

    def problems(self) -> tuple[InputError, ...]:
        return tuple(self.told[id(row)] for row in self.rows if id(row) in self.told)

    def _hear(self, row: Decision) -> None:
        if row.fact is None:
            adder = Adder(self.binder, self.ids, self.entities, self.naming)
            page, fact = adder.add(row)
            self.changed |= adder.added
            self.added |= adder.added
            self._need([page])
            known = self.new.setdefault(page, {}).get(fact.id)
            # The same fact given twice: the later reason stands.
            self.new[page][fact.id] = max(known, fact, key=repr) if known else fact
            return
        for page, fact in self._found(row.fact):
            self.verdicts.setdefault((page, fact.id), Verdict()).hear(row)
            event = event_of(fact)
            if row.kind is DecisionKind.DATE and event is not None:
                moved = (event, fact.date)
                self.moved_events[moved] = max(self.moved_events.get(moved, ("", "")), (row.made, row.to or ""))

    def _need(self, pages: Iterable[str]) -> None:
        """Read and point further pages."""
        for record in self.source.records(page for page in pages if page not in self.raw):
            self.raw[record.page.id], self.pointed[record.page.id] = record, self.point(record)

    def _found(self, anchor: FactAnchor) -> list[tuple[str, Fact]]:
        """The facts that an anchor means, by what its page calls them, each with the page whose record tells it."""
        if anchor.page not in self.pointed:
            raise GoneError(InputError(f"no page {anchor.page!r} any more", hint="correct or delete this decision"))
        homes = sorted(self.elsewhere.get(anchor.page, ()))
        self._need(homes)
        names, quote = self._names(anchor.page), _closed(anchor.quote or "")
        text = self.raw[anchor.page].page.text
        read = {
            (each.relation, self.ids[anchor.page, each.subject], self.ids[anchor.page, each.object], each.date)
            for each in self.raw[anchor.page].facts
        }

        def means(fact: Fact, home: str) -> bool:
            said = [e.span for e in fact.evidence if e.page == anchor.page]
            dates = {fact.date} if home == anchor.page else {key[3] for key in read if key[:3] == key_of(fact)[:3]}
            return (
                fact.relation is anchor.relation
                and anchor.subject in names.get(fact.subject, ())
                and anchor.object in names.get(fact.object, ())
                and (not anchor.dated or anchor.date in dates)
                and (home == anchor.page or bool(said))
                and (not quote or any(quote in _closed(text[span.start : span.end]) for span in said))
            )

        pages = [anchor.page, *homes]
        found = [(page, fact) for page in pages for fact in self.pointed[page].facts if means(fact, page)]
        if not found:
            raise GoneError(InputError(f"{anchor} is not there any more", hint="correct or delete this decision"))
        return found

    def _names(self, page: str) -> dict[str, set[str]]:
        """What a page calls each resolved entity, codes among it; never names of other pages, which come and go."""
        record = self.raw[page]
        names: dict[str, set[str]] = {}
        for entity in record.entities:
            known = names.setdefault(self.ids[page, entity.id], set())
            known.update((entity.name, *entity.aliases, *([entity.code] if entity.code else [])))
        surfaces = {mention.id: mention.surface for mention in record.mentions}
        for link in record.links:
            if link.mention in surfaces:
                names[self.ids[page, link.entity]].add(surfaces[link.mention])
        return names

    def _move_events(self) -> None:
        """An event has one date: who corrects one fact of it has corrected them all, on every page."""
        if not self.moved_events:
            return
        events = {event for event, _date in self.moved_events}
        pages = sorted({page for page, _entity in self.naming(events)})
        self._need(pages)
        for (event, date), (_made, to) in self.moved_events.items():
            if self.entities[event].date == date:
                self.changed[event] = replace(self.entities[event], date=to or None, precision=precision_of(to))

    def _decided(self, record: PageRecord) -> tuple[set[Key], dict[Key, Fact], list[Fact]]:
        """Keys of the facts not told as read, the facts told instead or beside them, and those rejected."""
        page = record.page.id
        hidden: set[Key] = set()
        rejected: list[Fact] = []
        told: dict[Key, Fact] = {}
        untouched = {key_of(fact): fact for fact in record.facts}
        changed: list[Fact] = []
        for fact in record.facts:
            verdict = self.verdicts.get((page, fact.id), Verdict())
            moved = self.moved_events.get((event_of(fact) or "", fact.date))
            if verdict.is_rejected:
                rejected.append(fact)
            elif verdict.date is not None or verdict.confirmed or moved is not None:
                changed.append(redated(fact, verdict, moved))
            else:
                continue
            hidden.add(key_of(fact))
            del untouched[key_of(fact)]
        for fact in [*changed, *self.new.get(page, {}).values()]:
            key = key_of(fact)
            for known in (told.get(key), untouched.pop(key, None)):
                if known is not None:
                    hidden.add(key)
                    fact = joined(fact, known)
            told[key] = fact
        return hidden & {key_of(fact) for fact in record.facts}, told, rejected

    def _raw_ids(self, page: str, keys: set[Key]) -> set[str]:
        """The facts of the page record that pointing made into these, and what they became."""
        became = {fact.id for fact in self.pointed[page].facts if key_of(fact) in keys}
        return became | {
            fact.id
            for fact in self.raw[page].facts
            if (fact.relation, self.ids[page, fact.subject], self.ids[page, fact.object], fact.date) in keys
        }

    def _gone(self, given: Corrections, rejected: Iterable[Fact]) -> frozenset[str]:
        """Posts and events that only rejected facts told of. People and places stay: the pages name them."""
        named = {
            end
            for fact in rejected
            for end in ends_of(fact)
            if end in self.entities and self.entities[end].kind in (Kind.ROLE, Kind.EVENT)
        }
        if not named:
            return frozenset()
        pages: dict[str, list[str]] = {}
        for page, entity in self.naming(named):
            pages.setdefault(entity, []).append(page)
        return frozenset(
            entity for entity in named if not self._is_told(entity, sorted(set(pages.get(entity, []))), given)
        )

    def _is_told(self, entity: str, pages: list[str], given: Corrections) -> bool:
        if any(entity in ends_of(fact) for facts in given.facts.values() for fact in facts):
            return True
        for page in pages:
            self._need([page])
            if any(entity in ends_of(fact) for fact in given.record(self.pointed[page]).facts):
                return True
        return False


def _look_through(ids: Mapping[Ref, str], entities: Collection[str]) -> list[tuple[str, str]]:
    return [(page, entity) for (page, _local), entity in ids.items() if entity in entities]


def _closed(text: str) -> str:
    return "".join(text.split())
