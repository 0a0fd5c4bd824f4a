"""What merges, splits and renamings mean for resolution, and how clusters are brought to obey them.

In: decisions with the page entities that they name. Out: `Constraints`, plain sets that any way of clustering can heed,
and `partition`, which makes clusters of any origin obey them. The order of decisions never matters.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from kg.decisions.kinds import Decision, DecisionKind
from kg.model import Entity, Kind, content_id

Ref = tuple[str, str]
"""A page entity: page id, id of the entity on that page."""


@dataclass(frozen=True, slots=True)
class Constraints:
    """What resolution must obey.

    `same` are sets of page entities that are one, disjoint; `apart` are pairs that are not, never two of one set. `names`
    gives (time of the decision, name): of several names of one entity the latest holds. `parted` are the page entities
    that a split takes out of a cluster: what it does not name stays with the others.
    """

    same: tuple[frozenset[Ref], ...] = ()
    apart: frozenset[frozenset[Ref]] = frozenset()
    names: Mapping[Ref, tuple[str, str]] = field(default_factory=dict)
    parted: frozenset[Ref] = frozenset()

    def __bool__(self) -> bool:
        """Whether there is anything to obey."""
        return bool(self.same or self.apart or self.names)

    @property
    def refs(self) -> frozenset[Ref]:
        """All page entities named in `same` and `apart`."""
        return frozenset().union(*self.same, *self.apart)


NO_CONSTRAINTS = Constraints()


class _Sets:
    """Disjoint sets of page entities, some of them apart."""

    def __init__(self) -> None:
        self.of: dict[Ref, set[Ref]] = {}
        self.apart: dict[Ref, set[Ref]] = {}

    def set_of(self, ref: Ref) -> set[Ref]:
        return self.of.setdefault(ref, {ref})

    def may_join(self, refs: Sequence[Ref]) -> bool:
        joined = set().union(*map(self.set_of, refs))
        return not any(self.apart.get(ref, set()) & joined for ref in joined)

    def join(self, refs: Sequence[Ref]) -> None:
        joined = set().union(*map(self.set_of, refs))
        self.of |= dict.fromkeys(joined, joined)

    def part(self, one: Ref, other: Ref) -> None:
        self.apart.setdefault(one, set()).add(other)
        self.apart.setdefault(other, set()).add(one)


def constrain(
    bound: Sequence[tuple[Decision, Sequence[Sequence[Ref]]]],
) -> tuple[Constraints, tuple[Decision, ...]]:
    """The constraints of merges, splits and renamings.

    Args:
        bound: decisions, the most binding first, each with the page entities of each of its groups.

    Returns:
        The constraints, and the decisions that contradict more binding ones and are left out.
    """
    sets = _Sets()
    names: dict[Ref, tuple[str, str]] = {}
    parted: set[Ref] = set()
    against: list[Decision] = []
    for decision, groups in bound:
        if decision.kind is DecisionKind.RENAME:
            for ref in groups[0]:
                names[ref] = max(names.get(ref, ("", "")), (decision.made, decision.name or ""))
        elif decision.kind is DecisionKind.MERGE:
            if sets.may_join(groups[0]):
                sets.join(groups[0])
            else:
                against.append(decision)
        elif _may_split(sets, groups):
            for number, group in enumerate(groups):
                sets.join(group)
                for other in groups[number + 1 :]:
                    for ref in group:
                        for far in other:
                            sets.part(ref, far)
                parted.update(group if number else ())
        else:
            against.append(decision)
    same = {frozenset(each) for each in sets.of.values() if len(each) > 1}
    apart = frozenset(frozenset((ref, far)) for ref, others in sets.apart.items() for far in others)
    constraints = Constraints(tuple(sorted(same, key=sorted)), apart, names, frozenset(parted))
    return constraints, tuple(against)


def _may_split(sets: _Sets, groups: Sequence[Sequence[Ref]]) -> bool:
    """Whether each group may be one, and no two of them are one already or share anybody."""
    joined = [set().union(*map(sets.set_of, group)) for group in groups]
    apart = all(not one & other for number, one in enumerate(joined) for other in joined[number + 1 :])
    return apart and all(map(sets.may_join, groups))


def partition(base: Mapping[Ref, str], constraints: Constraints) -> tuple[dict[str, str], dict[Ref, str]]:
    """Clusters that obey the constraints, from clusters that know nothing of them.

    What is one joins whole clusters; what is apart is taken out of a cluster, and those that no decision names stay
    together. The result hangs on the clusters and the constraints only.

    Args:
        base: the cluster id of every page entity that the constraints name.

    Returns:
        New ids of whole clusters where they change, and of single page entities that leave theirs.
    """
    sets = _Sets()
    for pair in constraints.apart:
        sets.part(*sorted(pair))
    for same in constraints.same:
        sets.join(sorted(ref for ref in same if ref in base))
    # A whole cluster takes part as one more member; page ids are never empty.
    for ref in sorted(base, key=lambda ref: (ref in constraints.parted, ref)):
        whole = [ref, ("", base[ref])]
        if sets.may_join(whole):
            sets.join(whole)
    moved: dict[str, str] = {}
    new_ids: dict[Ref, str] = {}
    for members in {id(each): each for each in sets.of.values()}.values():
        # Who looks a division up by its code must find it: its id stays.
        wholes = sorted((one for page, one in members if not page), key=lambda one: (not _is_division(one), one))
        refs = sorted(ref for ref in members if ref[0])
        new_id = wholes[0] if wholes else _left_id(base[refs[0]], refs)
        moved |= {whole: new_id for whole in wholes if whole != new_id}
        new_ids |= dict.fromkeys(refs, new_id)
    left = {ref: new_id for ref, new_id in new_ids.items() if moved.get(base[ref], base[ref]) != new_id}
    return moved, left


def _is_division(entity_id: str) -> bool:
    return entity_id.removeprefix("place-").isdigit()


def _left_id(cluster: str, refs: Iterable[Ref]) -> str:
    return content_id(cluster.partition("-")[0], "apart", *(part for ref in refs for part in ref))


def renamed(
    entities: Iterable[Entity], ids: Mapping[Ref, str], names: Mapping[Ref, tuple[str, str]]
) -> tuple[Entity, ...]:
    """The entities with the names that people gave them; what they were called stays as an alias.

    A post called after a body follows its body's new name.
    """
    given: dict[str, tuple[str, str]] = {}
    for ref, name in names.items():
        if ref in ids:
            given[ids[ref]] = max(given.get(ids[ref], ("", "")), name)
    entities = tuple(entities)
    if not given:
        return entities
    was = {entity.id: entity.name for entity in entities if entity.id in given}

    def changed(entity: Entity) -> Entity:
        if entity.id in given:
            name = given[entity.id][1]
            return replace(entity, name=name, aliases=tuple(sorted({*entity.aliases, entity.name} - {name})))
        if entity.kind is Kind.ROLE and entity.org in given and entity.name.startswith(was[entity.org]):
            name = given[entity.org][1] + entity.name[len(was[entity.org]) :]
            return replace(entity, name=name, aliases=tuple(sorted({*entity.aliases, entity.name} - {name})))
        return entity

    return tuple(map(changed, entities))
