"""From what each page calls by a name to what holds across pages.

Comes in: page records with entities of their own. Goes out: entities with ids that are the same in every export and
every rebuild, and the records pointing at them. Mentions and facts are never rewritten. Grouping is by fixed keys
(code, or name and county), and by what people decided (`kg.decisions`): it never guesses that two names are one person.

Works in two passes so that a store of many pages can be streamed: `resolve_entities` needs the pages' entities only,
`point_at` then turns one record at a time.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

from kg.decisions import NO_CONSTRAINTS, Constraints, partition, renamed
from kg.knowledge import Knowledge
from kg.model import Entity, Fact, Issue, Kind, PageRecord, Relation, content_id

_KIND_ORDER = {kind: number for number, kind in enumerate(Kind)}
_RELATION_ORDER = {relation: number for number, relation in enumerate(Relation)}
_COUNTY_DIGITS = 6
_HIERARCHY = (Relation.PART_OF, Relation.LOCATED_IN)
_ENTITY_ATTRIBUTES = ("event", "org", "role", "place")
"""Fact attributes whose value, where it is the id of a page entity, follows that entity."""

_UNSHARED_NAME = re.compile(
    r"某|[×＊*xX○〇□]|"  # 吴某珍, 王××; nearest name that must not match: none, these signs stand in no real name
    r"^.{1,2}(先生|女士|小姐|太太|师傅|阿姨|大爷|大妈|大伯|奶奶|爷爷|老师|同学|老人|老汉|大姐|大哥)$|"
    r"^[小老阿].$"  # 小陈, 老李; 小 and 老 with one character more (老舍) are left apart as well: a split is safe
)


@dataclass(frozen=True, slots=True)
class PageEntities:
    """The part of a page record that entity resolution reads."""

    page: str
    issue: Issue
    entities: tuple[Entity, ...]


@dataclass(frozen=True, slots=True)
class Resolution:
    """Entities across pages, and for each (page id, id of a page entity) the entity's id."""

    entities: tuple[Entity, ...]
    ids: Mapping[tuple[str, str], str]


@dataclass(slots=True)
class _Group:
    """Everything that pages say of one entity, counted."""

    names: Counter[str] = field(default_factory=Counter)
    aliases: set[str] = field(default_factory=set)
    values: dict[str, Counter[str]] = field(default_factory=dict)
    linked: bool = False


_COUNTED = ("subtype", "code", "anchor", "title", "track", "rank", "date", "precision", "status")


def is_shared_name(name: str) -> bool:
    """Whether a person's name may stand for one person on two pages.

    Masked names and a surname with a form of address tell nothing beyond their page.

    >>> is_shared_name("张三"), is_shared_name("吴某珍"), is_shared_name("余先生")
    (True, False, False)
    """
    return len(name) > 1 and not _UNSHARED_NAME.search(name)


def resolve(records: Iterable[PageRecord], *, decisions: Constraints = NO_CONSTRAINTS) -> Knowledge:
    """Resolve all pages at once; the order they come in does not matter.

    Args:
        decisions: see `resolve_entities`.

    Raises:
        ValueError: a record points at an entity that it does not have (a bug in extraction).
    """
    ordered = sorted(records, key=lambda record: record.page.id)
    pages = (PageEntities(r.page.id, r.page.issue, r.entities) for r in ordered)
    resolution = resolve_entities(pages, decisions=decisions)
    return Knowledge(resolution.entities, tuple(point_at(record, resolution) for record in ordered))


def resolve_entities(pages: Iterable[PageEntities], *, decisions: Constraints = NO_CONSTRAINTS) -> Resolution:
    """Group the entities of pages into entities across pages.

    Args:
        pages: in any order, each page once.
        decisions: what people say is one and is not, and what it is called; it holds against anything else.

    Returns:
        Entities sorted by kind and id; every page entity has an id in `ids`.

    Raises:
        ValueError: a role names an organisation that its page does not have.
    """
    ids: dict[tuple[str, str], str] = {}
    groups: dict[tuple[Kind, str], _Group] = {}
    orgs: dict[str, str] = {}
    if decisions:
        pages = list(pages)
    moved, left = _decided(pages, decisions)
    for page in pages:
        # A role's id hangs on its organisation's, so roles come last.
        for entity in sorted(page.entities, key=lambda entity: entity.kind is Kind.ROLE):
            org = _org_id(page, entity, ids)
            entity_id = _entity_id(page, entity, org)
            entity_id = left.get((page.page, entity.id)) or moved.get(entity_id, entity_id)
            ids[page.page, entity.id] = entity_id
            if org is not None:
                orgs[entity_id] = org
            _count(groups.setdefault((entity.kind, entity_id), _Group()), entity)
    entities = [_merged(kind, entity_id, group, orgs.get(entity_id)) for (kind, entity_id), group in groups.items()]
    entities.sort(key=lambda entity: (_KIND_ORDER[entity.kind], entity.id))
    return Resolution(renamed(entities, ids, decisions.names), ids)


def _decided(
    pages: Iterable[PageEntities], decisions: Constraints
) -> tuple[dict[str, str], dict[tuple[str, str], str]]:
    """How grouping by keys has to change so that it obeys decisions; posts follow their bodies."""
    named = decisions.refs
    base = {
        (page.page, entity.id): _entity_id(page, entity, None)
        for page in (pages if named else ())
        for entity in page.entities
        if (page.page, entity.id) in named and entity.kind is not Kind.ROLE
    }
    return partition(base, decisions)


def point_at(record: PageRecord, resolution: Resolution) -> PageRecord:
    """The record with its links and facts pointing at resolved entities, facts that became one merged.

    Raises:
        ValueError: a link or fact names an entity that the record does not have.
    """
    page = record.page.id

    def entity_id(local: str) -> str:
        try:
            return resolution.ids[page, local]
        except KeyError:
            raise ValueError(f"page {page}: no entity {local}") from None

    links = tuple(
        replace(
            link,
            entity=entity_id(link.entity),
            candidates=tuple(
                replace(candidate, entity=resolution.ids.get((page, candidate.entity), candidate.entity))
                for candidate in link.candidates
            ),
        )
        for link in record.links
    )
    merged: dict[tuple[Relation, str, str, str | None], Fact] = {}
    for fact in record.facts:
        attributes = tuple(
            (
                key,
                resolution.ids.get((page, value), value)
                if key in _ENTITY_ATTRIBUTES and isinstance(value, str)
                else value,
            )
            for key, value in fact.attributes
        )
        fact = replace(fact, subject=entity_id(fact.subject), object=entity_id(fact.object), attributes=attributes)
        if fact.subject == fact.object and fact.relation in _HIERARCHY:
            continue  # two names of one place: nothing is part of itself
        key = (fact.relation, fact.subject, fact.object, fact.date)
        merged[key] = _merge_facts(merged[key], fact) if key in merged else fact
    mentions = sorted(record.mentions, key=lambda mention: (mention.span, mention.id))
    facts = sorted(merged.values(), key=_fact_order)
    return replace(record, mentions=tuple(mentions), links=links, entities=(), facts=tuple(facts))


def _fact_order(fact: Fact) -> tuple[object, ...]:
    where = fact.evidence[0].span if fact.evidence else None
    return (
        _RELATION_ORDER[fact.relation],
        (where.start, where.end) if where else (-1, -1),
        fact.subject,
        fact.object,
        fact.date or "",
        fact.id,
    )


def _merge_facts(first: Fact, second: Fact) -> Fact:
    """Two readings of one claim on one page: all evidence; the better score with its rule; attributes of both."""
    better = second if second.score > first.score else first
    return replace(
        first,
        evidence=tuple(dict.fromkeys((*first.evidence, *second.evidence))),
        source="text" if "text" in (first.source, second.source) else first.source,
        rule=better.rule,
        score=better.score,
        attributes=tuple(sorted({**dict(second.attributes), **dict(first.attributes)}.items())),
    )


def _county(page: PageEntities, entity: Entity) -> str | None:
    """The county that keeps namesakes apart: the entity's own, else the newspaper's, unless a gazetteer knows it."""
    code = entity.anchor or (None if entity.linked else page.issue.region_code)
    return code[:_COUNTY_DIGITS] if code else None


def _entity_id(page: PageEntities, entity: Entity, org: str | None) -> str:
    prefix = entity.kind.value.lower()
    match entity.kind:
        case Kind.PLACE if entity.code:
            return f"place-{entity.code}"
        case Kind.PLACE | Kind.ORG:
            return content_id(prefix, entity.name, _county(page, entity))
        case Kind.PERSON:
            county = _county(page, entity)
            if county is None or not is_shared_name(entity.name):
                return content_id(prefix, entity.name, county, page.page, entity.id)
            return content_id(prefix, entity.name, county)
        case Kind.ROLE:
            return content_id(prefix, entity.title or entity.name, org)
        case Kind.EVENT:
            return content_id(prefix, page.page, entity.id)


def _org_id(page: PageEntities, entity: Entity, ids: Mapping[tuple[str, str], str]) -> str | None:
    if entity.org is None:
        return None
    try:
        return ids[page.page, entity.org]
    except KeyError:
        raise ValueError(f"page {page.page}: {entity.id} names no entity {entity.org}") from None


def _count(group: _Group, entity: Entity) -> None:
    group.names[entity.name] += 1
    group.aliases.update(entity.aliases)
    group.linked |= entity.linked
    for name in _COUNTED:
        value = getattr(entity, name)
        if value is not None:
            group.values.setdefault(name, Counter())[value] += 1


def _most_told(counter: Counter[str] | None) -> str | None:
    """The most frequent value; among equals the longest, then the first by code points."""
    if not counter:
        return None
    return min(counter, key=lambda value: (-counter[value], -len(value), value))


def _merged(kind: Kind, entity_id: str, group: _Group, org: str | None) -> Entity:
    name = _most_told(group.names) or ""
    told = {key: _most_told(group.values.get(key)) for key in _COUNTED}
    return Entity(
        id=entity_id,
        kind=kind,
        name=name,
        aliases=tuple(sorted((group.aliases | set(group.names)) - {name})),
        linked=group.linked,
        org=org,
        **told,
    )
