"""The knowledge of a store: its records as they were read, resolved and corrected as people decided.

In: an open store and decisions. Out: entities, ids and corrections to be stored, or whole `Knowledge`. Builds, exports and
comparisons all come through here, so that none can forget a decision.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial

from kg.decisions import DECIDED, Corrections, Decisions, Ref, bind, correct, parse_decisions
from kg.errors import InputError
from kg.knowledge import Change, Knowledge, Streamed
from kg.model import Entity, Fact, Issue, PageRecord
from kg.resolve import Resolution, Retold, pages_retold, point_at, resolve_entities, retell, see
from kg.store import Store


@dataclass(frozen=True, slots=True)
class Resolved:
    """What resolution and decisions make of a store; `problems` has a line for each decision not applied."""

    resolution: Resolution
    retold: Retold
    corrections: Corrections
    problems: tuple[InputError, ...]

    @property
    def entities(self) -> tuple[Entity, ...]:
        """The entities as decided, sorted by kind and id."""
        return self.corrections.all_entities(self.resolution.entities)

    @property
    def ids(self) -> Mapping[Ref, str]:
        """The entity of each page entity that is told of."""
        gone = self.corrections.gone
        return {ref: entity for ref, entity in self.resolution.ids.items() if entity not in gone}

    def record(self, record: PageRecord) -> PageRecord:
        """A page record that points at the entities, its facts as decided."""
        return self.corrections.record(point_at(record, self.resolution, self.retold))

    @property
    def hidden(self) -> dict[str, frozenset[str]]:
        """Ids of facts that are not told as they were read, by page id."""
        pages = {**self.retold.hidden, **self.corrections.hidden}
        none: frozenset[str] = frozenset()
        return {
            page: self.retold.hidden.get(page, none) | self.corrections.hidden.get(page, none) for page in sorted(pages)
        }

    @property
    def facts(self) -> dict[str, tuple[Fact, ...]]:
        """Facts told in their place or beside them, by page id: what several pages tell, and what people decided."""
        pages = {**self.retold.facts, **self.corrections.facts}
        found: dict[str, tuple[Fact, ...]] = {}
        for page in sorted(pages):
            hidden = self.corrections.hidden.get(page, frozenset())
            kept = (fact for fact in self.retold.facts.get(page, ()) if fact.id not in hidden)
            found[page] = (*kept, *self.corrections.facts.get(page, ()))
        return found


@dataclass(frozen=True, slots=True)
class StoreSource:
    """Page records of a store, for whoever looks up what decisions name."""

    store: Store

    def records(self, pages: Iterable[str]) -> Iterable[PageRecord]:
        """See `kg.decisions.Source`."""
        return self.store.records_of(pages)

    def find(self, names: Iterable[str], codes: Iterable[str]) -> Iterable[tuple[str, Issue, Entity]]:
        """See `kg.decisions.Source`."""
        return self.store.find_entities(names, codes)


def resolve_store(store: Store, decisions: Decisions) -> Resolved:
    """Resolve the pages of a store as people decided; nothing is written.

    Raises:
        InputError: the store is damaged.
    """
    source = StoreSource(store)
    constraints, unbound = bind(decisions, source)
    resolution = resolve_entities(map(see, store.records()), decisions=constraints)
    retold = retell(store.records_of(pages_retold(resolution)), resolution)
    corrections, uncorrected = correct(
        decisions, source, resolution.ids, resolution.entities, partial(point_at, resolution=resolution, retold=retold)
    )
    return Resolved(resolution, retold, corrections, in_order(decisions, (*unbound, *uncorrected)))


def in_order(decisions: Decisions, problems: Iterable[InputError]) -> tuple[InputError, ...]:
    """What is wrong with decisions, in the order of their file."""
    line = {decisions.at(row): row.line for row in decisions.rows}
    return tuple(sorted(problems, key=lambda problem: line.get(problem.where or "", 0)))


def applied_decisions(store: Store) -> Decisions:
    """The decisions of a store's last build, as they stood in their file then."""
    where, text = store.decisions()
    return parse_decisions(text, where=where)


def read_knowledge(store: Store, resolved: Resolved | None = None) -> Knowledge:
    """All that a store knows, with the decisions of its last build unless others are given.

    Its records are streamed: the store must stay open as long as anybody walks over them (`held` makes one of them that
    does not need it).

    Raises:
        InputError: the store is damaged.
    """
    # From the page records and not from the stored entities: they hold also when a build was stopped before resolving.
    resolved = resolved or resolve_store(store, applied_decisions(store))
    return Knowledge(resolved.entities, _streamed(store, resolved.record))


def read_resolved(store: Store) -> Knowledge:
    """The same as `read_knowledge` of a complete store, from what its last build resolved and decided.

    Raises:
        InputError: the store is damaged.
    """

    def point(record: PageRecord) -> PageRecord:
        page = record.page.id
        hidden, facts = store.told_instead(page)
        decided = tuple(fact for fact in facts if DECIDED in dict(fact.attributes))
        retold = tuple(fact for fact in facts if DECIDED not in dict(fact.attributes))
        pointed = point_at(record, Resolution((), store.resolved_on(page)), Retold({page: hidden}, {page: retold}))
        return Corrections(facts={page: decided}).record(pointed)

    return Knowledge(tuple(store.entities()), _streamed(store, point))


def held(knowledge: Knowledge) -> Knowledge:
    """The same knowledge with all its records in memory, independent of the store."""
    return Knowledge(knowledge.entities, tuple(knowledge.records))


def _streamed(store: Store, point: Change) -> Streamed:
    """The records of a store, pointed at entities page by page, as long as nobody builds it meanwhile."""
    version = store.version

    def check() -> None:
        if store.version != version:
            raise InputError(
                "the store was built again", where=str(store.path.parent), hint="run the same command again"
            )

    def steady(records: Iterable[PageRecord]) -> Iterator[PageRecord]:
        for record in records:
            try:
                pointed = point(record)
            except ValueError:
                check()  # the page was read anew and is not resolved yet
                raise
            check()
            yield pointed
        check()

    every = tuple(store.content_keys())
    return Streamed(
        every,
        lambda pages: steady(store.records() if pages is every else store.records_of(pages)),
        lambda pages: steady(store.facts_of(pages)),
        store.texts_of,
    )
