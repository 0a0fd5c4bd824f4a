"""Disjoint sets that grow together."""

from __future__ import annotations

Ref = tuple[str, str]
"""A page entity: page id and the id of the entity in the page's record."""


class Unions:
    """Sets of page entities. The smallest member stands for its set, so that the order of joining is of no account."""

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
