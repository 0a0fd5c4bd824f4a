"""What a person decided about who is who, as resolution takes it: page entities that are one, or are not.

This is the one place where decisions enter resolution. They name page entities, never clusters, so that they hold
when clusters change; a name that is on no page is passed over (whoever makes the constraints reports it).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

Ref = tuple[str, str]
"""A page entity: page id and the id of the entity in the page's record."""


@dataclass(frozen=True, slots=True)
class Constraints:
    """Groups of page entities.

    `together`: all of a group are one entity, whatever their names. `apart`: no two of a group are one entity. Where
    both are said of two, directly or over others, `together` holds: apart can then not be.
    """

    together: tuple[tuple[Ref, ...], ...] = ()
    apart: tuple[tuple[Ref, ...], ...] = ()


NO_CONSTRAINTS = Constraints()


class Unions:
    """Sets that grow together. The smallest member stands for its set, so that the order of joining is of no account."""

    def __init__(self) -> None:
        """Every member is a set of its own until it is joined."""
        self._parent: dict[Ref, Ref] = {}

    def find(self, member: Ref) -> Ref:
        """Who stands for the member's set."""
        parent = self._parent
        root = member
        while (above := parent.get(root, root)) != root:
            root = above
        while member != root:
            parent[member], member = root, parent.get(member, root)
        return root

    def join(self, one: Ref, other: Ref) -> None:
        """Make one set of two."""
        first, second = sorted((self.find(one), self.find(other)))
        if first != second:
            self._parent[second] = first


def united(groups: Iterable[tuple[Ref, ...]]) -> Unions:
    """Groups that share a member are one."""
    unions = Unions()
    for group in groups:
        for other in group[1:]:
            unions.join(group[0], other)
    return unions


def parted(constraints: Constraints) -> Iterator[tuple[Ref, Ref]]:
    """Every pair of page entities that must not be one."""
    unions = united(constraints.together)
    for group in constraints.apart:
        for at, one in enumerate(group):
            for other in group[at + 1 :]:
                if unions.find(one) != unions.find(other):
                    yield one, other
