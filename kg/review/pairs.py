"""People who may be one: two entities of one name, and names that an OCR engine may have made of one another.

Only proposes; features are counted and shown, and a person decides.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from itertools import combinations

from kg.model import Entity, Kind, Relation
from kg.resolve import is_shared_name
from kg.review.doubts import Doubt, DoubtKind, Reader

_MOST_NAMESAKES = 12  # of one name; 王伟 of a province is no question for a person to answer pair by pair
_WEIGHTS = {"same_name": 1.0, "one_character": 0.0, "post": 3.0, "companions": 1.0, "places": 0.5, "regions": -0.5}


def possible_merges(reader: Reader, apart: frozenset[frozenset[str]]) -> list[Doubt]:
    """Pairs of people who may be one, the likeliest first.

    Two of one name are always asked about. Two names that differ in one character, or by one that is lost at the end, are,
    where they share a post, or both companions and places. Who takes part in one event with the other, both named, is somebody else.

    Args:
        apart: pairs of entity ids that a person told apart.
    """
    people = [
        entity
        for entity in reader.knowledge.entities
        if entity.kind is Kind.PERSON and is_shared_name(entity.name) and entity.id in reader.first
    ]
    posts, events, places = _surroundings(reader)
    members: dict[str, set[str]] = defaultdict(set)
    for person, attended in events.items():
        for event in attended:
            members[event].add(person)
    doubts = []
    for one, other, reason in _candidates(people):
        if frozenset((one.id, other.id)) in apart or events[one.id] & events[other.id]:
            continue
        shared_posts = sorted(reader.shown(post) for post in posts[one.id] & posts[other.id])
        beside = _companions(one.id, events, members) & _companions(other.id, events, members)
        where = places[one.id] & places[other.id]
        enough = len(beside) > 1 and bool(where) and len(one.name) > 2
        if reason == "one_character" and not shared_posts and not enough:
            continue
        why = [(reason, "")]
        why += [("post", post) for post in shared_posts[:1]]
        regions = [reader.region(each) for each in (one, other)]
        why += [("regions", " / ".join(each or "?" for each in regions))] if len(set(regions)) > 1 else []
        why += [("companions", str(len(beside)))] if beside else []
        why += [("places", str(len(where)))] if where else []
        ids = (one.id, other.id)
        doubts.append(
            Doubt(
                DoubtKind.MERGE,
                ids,
                tuple(reader.shown(each) for each in ids),
                why=tuple(why),
                sentences=tuple(said for each in ids if (said := reader.mention(each)) is not None),
                entity_kind=Kind.PERSON,
                weight=sum(_WEIGHTS[name] for name, _value in why),
            )
        )
    return doubts


def _surroundings(reader: Reader) -> tuple[dict[str, set[str]], dict[str, set[str]], dict[str, set[str]]]:
    posts: dict[str, set[str]] = defaultdict(set)
    events: dict[str, set[str]] = defaultdict(set)
    places: dict[str, set[str]] = defaultdict(set)
    for fact in reader.knowledge.facts:
        match fact.relation:
            case Relation.HOLDS_ROLE if reader.entities[fact.object].org:
                posts[fact.subject].add(fact.object)
            case Relation.PARTICIPATED_IN:
                events[fact.subject].add(fact.object)
            case Relation.VISITED:
                places[fact.subject].add(fact.object)
            case _:
                pass
    return posts, events, places


def _companions(person: str, events: dict[str, set[str]], members: dict[str, set[str]]) -> set[str]:
    return set().union(*(members[event] for event in events[person])) - {person}


def _candidates(people: Iterable[Entity]) -> list[tuple[Entity, Entity, str]]:
    """Pairs that share a block: the name, or the name with one character left open."""
    named: dict[str, list[Entity]] = defaultdict(list)
    for person in people:
        named[person.name].append(person)
    pairs = [
        (one, other, "same_name")
        for _name, group in sorted(named.items())
        if len(group) <= _MOST_NAMESAKES
        for one, other in combinations(group, 2)
    ]
    blocks: dict[str, list[str]] = defaultdict(list)
    for name in sorted(named):
        # 张伟 and 张健 are two people until a post says otherwise; with another surname nearly all are.
        for at in range(len(name)) if len(name) > 2 else (1,):
            blocks[f"{name[:at]}?{name[at + 1 :]}"].append(name)
    for name in sorted(named):
        # 朱辉土|陪同 read as 朱辉: the reading, too, loses a character
        if name[:-1] in named and len(name) > 2:
            pairs += [(one, other, "one_character") for one in named[name[:-1]] for other in named[name]]
    for names in blocks.values():
        if len(names) <= _MOST_NAMESAKES:
            for first, second in combinations(names, 2):
                pairs += [(one, other, "one_character") for one in named[first] for other in named[second]]
    return pairs
