"""What a node is called in the picture, where its own name would not tell it from its neighbours.

Entities and facts come in; a name for each entity goes out. Only posts and events are renamed: a page full of 书记 and
督导 says nothing. Exports keep the names as they are.
"""

from __future__ import annotations

from collections.abc import Sequence

from kg.model import Entity, Fact, Kind, Relation

_TELLING = 7
"""Events named with more characters than this say enough by themselves (柯城区第十次党代会)."""


def shown_names(entities: Sequence[Entity], facts: Sequence[Fact]) -> list[str]:
    """The name to show for each entity, in the order given."""
    names = {entity.id: entity.name for entity in entities}
    persons = frozenset(entity.id for entity in entities if entity.kind is Kind.PERSON)
    events = _Events(names, persons, facts)
    shown = []
    for entity in entities:
        if entity.kind is Kind.ROLE:
            shown.append(_post(entity, names))
        elif entity.kind is Kind.EVENT:
            shown.append(events.name(entity))
        else:
            shown.append(entity.name)
    return shown


def _post(entity: Entity, names: dict[str, str]) -> str:
    """A post named by its bare title gets its organisation put in front."""
    if entity.name != entity.title or entity.org not in names:
        return entity.name
    org = names[entity.org or ""]
    # 柯城区 + 区领导 reads 柯城区领导; 柯城区 + 区长 keeps both.
    twice = org[-1:] == entity.name[:1] and entity.name[1:2] not in ("长", "")
    return org + entity.name[1:] if twice else org + entity.name


class _Events:
    """Who took part in each event and where, first in print first."""

    def __init__(self, names: dict[str, str], persons: frozenset[str], facts: Sequence[Fact]) -> None:
        self._names = names
        self._persons = persons
        self._people: dict[str, list[tuple[bool, bool, int, str]]] = {}
        self._hosts: set[tuple[str, str]] = set()
        self._places: dict[str, dict[str, None]] = {}
        for fact in facts:
            attributes = dict(fact.attributes)
            if fact.relation is Relation.PARTICIPATED_IN:
                order = attributes.get("order")
                part = attributes.get("part")
                if part == "host":
                    self._hosts.add((fact.object, fact.subject))
                rank = (
                    fact.subject not in persons,  # who arranges an event names it only where no person does
                    part not in ("lead", "host"),
                    order if isinstance(order, int) else 500,
                    fact.subject,
                )
                self._people.setdefault(fact.object, []).append(rank)
            elif fact.relation is Relation.VISITED and "event" in attributes:
                self._places.setdefault(str(attributes["event"]), {})[fact.object] = None
        for fact in facts:
            if fact.relation is Relation.TOOK_PLACE_AT and fact.subject not in self._places:
                self._places[fact.subject] = {fact.object: None}

    def name(self, event: Entity) -> str:
        """A short name with who and where: 蒋国强等督导佑安药房等4处."""
        if len(event.name) > _TELLING:
            return event.name
        people = list(dict.fromkeys(rank[-1] for rank in sorted(self._people.get(event.id, ()))))
        places = list(self._places.get(event.id, ()))
        who = self._names[people[0]] if people else ""
        if who and who in event.name:
            return event.name
        if event.subtype == "inspection" and places:
            where = self._names[places[0]]
            where += f"等{len(places)}处" if len(places) > 1 else ""
        else:
            where = ""
        if not who:
            return event.name + where
        gathering = event.subtype in ("meeting", "ceremony") and people[0] in self._persons
        if gathering and (event.id, people[0]) in self._hosts:
            return f"{who}主持{event.name}{where}"
        if len(people) > 1 and people[0] in self._persons:
            who += "等"
        if gathering:
            who += "参加"
        return f"{who}{event.name}{where}"
