"""From what decisions name to the page entities that are meant, on the pages as they are now.

In: decisions and a `Source` of page records. Out: page entities, and one line for each decision that names something that
is not there any more. Never guesses: what could be two is told.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from kg.decisions.constraints import Constraints, Ref, constrain
from kg.decisions.kinds import Anchor, Decision, DecisionKind, Decisions
from kg.errors import InputError
from kg.masks import is_masked
from kg.model import Entity, Issue, Kind, PageRecord

_COUNTY_DIGITS = 6
_CLUSTERED = (DecisionKind.MERGE, DecisionKind.SPLIT, DecisionKind.RENAME)


class Source(Protocol):
    """Where page records are looked up. Only what decisions name is asked for."""

    def records(self, pages: Iterable[str]) -> Iterable[PageRecord]:
        """The records of those of the pages that there are, by page id."""

    def find(self, names: Iterable[str], codes: Iterable[str]) -> Iterable[tuple[str, Issue, Entity]]:
        """Page id, issue and page entity of all that bear one of the names or have one of the codes."""


@dataclass(frozen=True, slots=True)
class Records:
    """A source of records in memory."""

    by_page: Mapping[str, PageRecord]

    @classmethod
    def of(cls, records: Iterable[PageRecord]) -> Records:
        """A source of these records."""
        return cls({record.page.id: record for record in sorted(records, key=lambda record: record.page.id)})

    def records(self, pages: Iterable[str]) -> list[PageRecord]:
        """See `Source`."""
        return [self.by_page[page] for page in sorted(set(pages)) if page in self.by_page]

    def find(self, names: Iterable[str], codes: Iterable[str]) -> list[tuple[str, Issue, Entity]]:
        """See `Source`."""
        names, codes = frozenset(names), frozenset(codes)
        return [
            (page, record.page.issue, entity)
            for page, record in self.by_page.items()
            for entity in record.entities
            if entity.name in names or (entity.code is not None and entity.code in codes)
        ]


class GoneError(Exception):
    """An anchor that names nothing, or more than one thing; `what` is an `InputError`'s."""

    def __init__(self, what: InputError) -> None:
        self.what = what
        super().__init__(str(what))


class Binder:
    """Looks up the anchors of some decisions."""

    def __init__(self, decisions: Decisions, source: Source) -> None:
        """Reads the records that the decisions name, once."""
        anchors = [anchor for row in decisions.rows for anchor in _anchors(row)]
        pages = {anchor.page for anchor in anchors if anchor.page}
        for row in decisions.rows:
            pages |= {row.fact.page} if row.fact else set()
            pages |= {row.claim.page} if row.claim and row.claim.page else set()
        self.records = {record.page.id: record for record in source.records(pages)}
        coded = [anchor for anchor in anchors if anchor.code and not anchor.page]
        self.found: list[tuple[str, Issue, Entity]] = []
        if coded:
            names = {anchor.text for anchor in coded if anchor.text}
            codes = {anchor.code for anchor in coded if anchor.code and not anchor.text}
            self.found = list(source.find(names, codes))
        self.entities: dict[Ref, Entity] = {(page, entity.id): entity for page, _issue, entity in self.found}
        for record in self.records.values():
            self.entities |= {(record.page.id, entity.id): entity for entity in record.entities}

    def refs(self, anchor: Anchor) -> list[Ref]:
        """The page entities that an anchor means, sorted.

        Raises:
            GoneError: there is none, or the page has two of that name.
        """
        if anchor.title is not None:
            raise GoneError(InputError("a post follows its body", hint="decide on the organisation instead"))
        found = self._on_page(anchor) if anchor.page is not None else self._by_code(anchor)
        if not found:
            raise GoneError(InputError(f"{anchor} is not there any more", hint="correct or delete this decision"))
        return found

    def _on_page(self, anchor: Anchor) -> list[Ref]:
        record = self.records.get(anchor.page or "")
        if record is None:
            raise GoneError(InputError(f"no page {anchor.page!r} any more", hint="correct or delete this decision"))
        kinds = {entity.id: entity.kind for entity in record.entities}
        entity_of = {link.mention: link.entity for link in record.links}
        at = {
            mention.span.start: entity_of[mention.id]
            for mention in record.mentions
            if mention.surface == anchor.text
            and mention.id in entity_of
            and anchor.kind in (None, kinds.get(entity_of[mention.id]))
        }
        if anchor.start in at:
            return [(record.page.id, at[anchor.start])]
        # Offsets move when a page is scanned again; what it calls one thing only cannot be mistaken.
        named = set(at.values()) or {
            entity.id
            for entity in record.entities
            if (anchor.text == entity.name or anchor.text in entity.aliases) and anchor.kind in (None, entity.kind)
        }
        if len(named) > 1:
            raise GoneError(InputError(f"{anchor} may be {len(named)} here", hint="give its kind and start"))
        return [(record.page.id, entity_id) for entity_id in named]

    def _by_code(self, anchor: Anchor) -> list[Ref]:
        if anchor.text is None:
            return sorted((page, entity.id) for page, _issue, entity in self.found if entity.code == anchor.code)
        county = (anchor.code or "")[:_COUNTY_DIGITS]
        found = [
            (page, entity)
            for page, issue, entity in self.found
            if entity.name == anchor.text
            and anchor.kind in (None, entity.kind)
            and (entity.code == anchor.code or (entity.anchor or issue.region_code or "")[:_COUNTY_DIGITS] == county)
        ]
        kinds = {entity.kind for _page, entity in found}
        if len(kinds) > 1:
            raise GoneError(InputError(f"{anchor} may be {len(kinds)} here", hint="give its kind and start"))
        return sorted((page, entity.id) for page, entity in found)


def bind(decisions: Decisions, source: Source) -> tuple[Constraints, tuple[InputError, ...]]:
    """What resolution must obey, and a line for each merge, split or renaming that cannot be applied.

    The lines are in the order of the file.
    """
    rows = [row for row in decisions.rows if row.kind in _CLUSTERED]
    chosen = Decisions(tuple(rows), decisions.where)
    binder = Binder(chosen, source)
    problems: dict[int, InputError] = {}
    bound: list[tuple[Decision, Sequence[Sequence[Ref]]]] = []

    def tell(row: Decision, what: InputError) -> None:
        problems[id(row)] = InputError(what.what, where=decisions.at(row), hint=what.hint)

    for row in chosen.newest_first():
        try:
            groups = [sorted({ref for anchor in group for ref in binder.refs(anchor)}) for group in row.groups]
            _check(row, [[binder.entities[ref] for ref in group] for group in groups], groups)
        except GoneError as gone:
            tell(row, gone.what)
        else:
            bound.append((row, groups))
    constraints, against = constrain(bound)
    for row in against:
        tell(row, InputError("another decision says the opposite, and holds", hint="delete one of the two"))
    return constraints, tuple(problems[id(row)] for row in rows if id(row) in problems)


def _check(row: Decision, groups: Sequence[Sequence[Entity]], refs: Sequence[Sequence[Ref]]) -> None:
    entities = [entity for group in groups for entity in group]
    if any(entity.kind is Kind.ROLE for entity in entities):
        raise GoneError(InputError("a post follows its body", hint="decide on the organisation instead"))
    if len({entity.kind for entity in entities}) > 1:
        kinds = ", ".join(sorted({entity.kind for entity in entities}))
        raise GoneError(InputError(f"different kinds are never one: {kinds}", hint="give the kind of each"))
    names = {entity.name for entity in entities}
    if row.kind is DecisionKind.RENAME and not is_masked(row.name or ""):
        names |= {row.name or ""}
    if row.kind is not DecisionKind.SPLIT and len(names) > 1 and any(map(is_masked, names)):
        raise GoneError(InputError("a masked name stays masked", hint="delete this decision"))
    codes = {entity.code for entity in entities if entity.code}
    if row.kind is DecisionKind.MERGE and len(codes) > 1:
        raise GoneError(InputError(f"two divisions with codes of their own: {', '.join(sorted(codes))}"))
    if row.kind is DecisionKind.SPLIT:
        seen: set[Ref] = set()
        for group in refs:
            if seen & set(group):
                raise GoneError(InputError("one page cannot be split", hint="reject the facts that are wrong instead"))
            seen.update(group)


def _anchors(row: Decision) -> list[Anchor]:
    found = [anchor for group in row.groups for anchor in group]
    if row.claim is not None:
        ends = [row.claim.subject, row.claim.object]
        found += [*ends, *(end.org for end in ends if end.org is not None)]
    return found
