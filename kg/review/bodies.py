"""Organisations that may be one: a full name and a short form, and names that an OCR engine may have made of one another.

Only proposes, and a person decides: a short form that one page explains may mean something else on the next. What is certain is
one already (`kg.resolve.bodies`).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from itertools import combinations

from kg.gazetteers import load_look_alikes
from kg.model import Entity, Kind
from kg.review.doubts import Doubt, DoubtKind, Reader

_WEIGHTS = {"short_form": 2.0, "region_left_out": 2.0, "look_alike": 1.0}
_LONG = 5
"""Characters from which a name that differs by one look-alike is proposed: shorter ones are often two."""
_COMPANY = "公司"
_CITY = 4  # digits of a city's code
_MOST = 3  # bodies that one short form may mean; 振兴公司 of a county with ten such is no question


def possible_same_bodies(reader: Reader, apart: frozenset[frozenset[str]]) -> list[Doubt]:
    """Pairs of organisations that may be one, the likeliest first; of one county, or one of it and one of its city.

    Asked are: a name that a page uses as the short form of another, or 某某公司 where one company's name begins so
    (`short_form`); names that differ only in the region before them (`region_left_out`); names that differ in one
    character which is easily misread, unless one page names both (`look_alike`).

    Args:
        apart: pairs of entity ids that a person told apart.
    """
    bodies: dict[str, list[Entity]] = defaultdict(list)
    for entity in reader.knowledge.entities:
        if entity.kind is Kind.ORG and entity.id in reader.first and reader.region(entity):
            bodies[reader.region(entity)].append(entity)
    doubts, done = [], set(apart)
    for region, own in sorted(bodies.items()):
        group = own + (bodies.get(region[:_CITY], []) if len(region) > _CITY else [])
        for one, other, reason in _pairs(group, _printed_regions(reader, region)):
            pair = frozenset((one.id, other.id))
            misread_on_one_page = reason == "look_alike" and reader.n_pages[one.id] & reader.n_pages[other.id]
            if pair not in done and not misread_on_one_page:
                done.add(pair)
                doubts.append(_doubt(reader, one, other, reason))
    return doubts


def _pairs(group: list[Entity], regions: tuple[str, ...]) -> Iterator[tuple[Entity, Entity, str]]:
    ordered = sorted(group, key=lambda body: (body.name, body.id))
    shortened: dict[str, list[Entity]] = defaultdict(list)
    without: dict[str, list[Entity]] = defaultdict(list)
    for body in ordered:
        bare = _without_region(body.name, regions)
        without[bare].append(body)
        begins = {bare[:size] for size in (2, 3, 4)} if bare.endswith(_COMPANY) and len(bare) > _LONG else set()
        for form in sorted({*body.aliases, *begins}):
            shortened[form].append(body)
    for body in ordered:
        core = _without_region(body.name, regions).removesuffix(_COMPANY)
        forms = (body.name, core) if body.name.endswith(_COMPANY) and len(body.name) <= _LONG else (body.name,)
        others = {other.id: other for form in forms for other in shortened[form] if other is not body}
        if 0 < len(others) <= _MOST:
            yield from ((other, body, "short_form") for other in others.values())
    for alike in without.values():
        # Two of one name are of a county and of its city, and two; two full names are what a gazetteer says.
        yield from (
            (one, other, "region_left_out")
            for one, other in combinations(alike, 2)
            if one.name != other.name and not (one.linked and other.linked)
        )
    named = {body.name: body for body in reversed(ordered)}
    for first, second in _look_alikes(named):
        if not (named[first].linked and named[second].linked):
            yield named[first], named[second], "look_alike"


def _without_region(name: str, regions: tuple[str, ...]) -> str:
    """A name without the regions that it begins with; all of it where nothing else would be left."""
    for region in regions:
        rest = name.removeprefix(region)
        if len(rest) > 2:
            name = rest
    return name


def _look_alikes(names: Iterable[str]) -> Iterator[tuple[str, str]]:
    """Pairs of names that differ in one character, by one that it may be read as."""
    alike = load_look_alikes()
    known = frozenset(names)
    for name in sorted(known):
        for at, char in enumerate(name if len(name) >= _LONG else ""):
            for other in alike.get(char, ""):
                misread = f"{name[:at]}{other}{name[at + 1 :]}"
                if name < misread and misread in known:
                    yield name, misread


def _printed_regions(reader: Reader, code: str) -> tuple[str, ...]:
    """What a name of a body of a region may begin with, from above: 浙江省, 浙江, 衢州市, 衢州, 柯城区, 柯城."""
    names: list[str] = []
    for size in (2, 4, 6):
        place = reader.entities.get(f"place-{code[:size]}") if size <= len(code) else None
        if place is not None:
            names += (place.name, place.name[:-1]) if len(place.name) > 2 else (place.name,)
    return tuple(dict.fromkeys(names))


def _doubt(reader: Reader, one: Entity, other: Entity, reason: str) -> Doubt:
    ids = (one.id, other.id)
    return Doubt(
        DoubtKind.MERGE,
        ids,
        tuple(reader.shown(each) for each in ids),
        why=((reason, ""),),
        sentences=tuple(said for each in ids if (said := reader.mention(each)) is not None),
        entity_kind=Kind.ORG,
        weight=_WEIGHTS[reason],
    )
