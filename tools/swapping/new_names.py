"""Chooses a new name for everything that a page's gold names.

In: a page, its gold, its home county. Out: new names by old ones, and new divisions by old codes.
"""

from __future__ import annotations

import random
import re
from collections.abc import Iterator, Mapping
from typing import Any

from kg.evaluate.measures import is_deictic
from kg.gazetteers import Division, Divisions, is_ordinary_word, load_surnames
from swapping import invented_names
from swapping.moved_home import move, stem
from swapping.name_cores import core_of
from swapping.replacement import cut_alike

Row = dict[str, Any]

KEPT = frozenset({"习近平"})
"""People whom every reader knows and after whom doctrines are named: no page is told without them."""

_MASK = re.compile(r"[某×＊*xX○〇□]")
_ADDRESS = re.compile(r"(先生|女士|小姐|师傅|阿姨|大爷|大妈|奶奶|爷爷|老师|同学|老人)$")
_HAN = re.compile(r"[\u4e00-\u9fff]+")
_NATURAL_VILLAGE = re.compile(r"(自然村|村)$")
_DRAWS = 200


def choose_names(
    text: str, gold: Row, home: Division, divisions: Divisions, rng: random.Random
) -> tuple[dict[str, str], dict[str, Division]] | None:
    """Names for one attempt: new name by old name, new division by old code; None where no county fits.

    Args:
        text: the page; no new name stands in it.
        gold: its gold as read from JSON.
        home: the county (or city) of the newspaper.
        divisions: those to choose from.
        rng: decides.
    """
    taken: set[str] = set()

    def free(name: str) -> bool:
        """Whether a name is on the page neither now nor as part of another new name."""
        return bool(name) and name not in text and not any(name in other or other in name for other in taken)

    codes = [entity["code"] for entity in gold["entities"] if entity.get("code")]
    codes += _in_names(gold, home, divisions)
    moved = move(divisions, codes, home.code, rng, free=lambda name: name not in text and stem(name) not in text)
    if not moved:
        return None
    surfaces = {name for entity in gold["entities"] for name in entity["surfaces"]}
    names: dict[str, str] = {}
    for old, new in _division_names(moved, divisions, surfaces):
        names.setdefault(old, new)  # 姜家山 alone is the township of that name, not its village
    taken |= set(names.values())
    for old, kind in _proper_names(gold, [*names, *(stem(name) for name in names)], text):
        if old in names:
            continue
        for _ in range(_DRAWS):
            new = _like(old, kind, moved, divisions, rng)
            if free(new):
                break
        names[old] = new  # if no draw was free, the check of the whole page decides
        taken.add(new)
    for old, new in list(_short_forms(gold, names, moved, surfaces)):
        names.setdefault(old, new)
    return names, moved


def plain_surfaces(gold: Row) -> Iterator[str]:
    """Everything in a gold file that must stand on its page letter for letter."""
    for entity in gold["entities"]:
        yield from entity["surfaces"]
    for article in gold["articles"]:
        yield article["starts"]
    for claims in ("holds_role", "visited", "events"):
        for row in gold[claims]:
            if row.get("evidence"):
                yield row["evidence"]


def _in_names(gold: Row, home: Division, divisions: Divisions) -> Iterator[str]:
    """Codes of the home's townships that only the names of other things tell: 航埠 in 航埠工业功能区."""
    names = [name for entity in gold["entities"] for name in (entity["id"], *entity["surfaces"])]
    for township in divisions.children(home.code) if home.level == "county" else ():
        short = stem(township.name)
        known = short if len(short) > 1 and not is_ordinary_word(short) else township.name
        if any(known in name for name in names):
            yield township.code


def _division_names(
    moved: Mapping[str, Division], divisions: Divisions, surfaces: set[str]
) -> Iterator[tuple[str, str]]:
    """Full names and short ones. The short name of a township or village that is also a word is one only if the gold
    says so: 花园 in 香榭丽花园 is no 花园街道."""
    for code, new in sorted(moved.items(), key=lambda pair: (len(pair[0]), pair[0])):
        old = divisions.get(code)
        assert old is not None, code  # moved codes come from the gazetteer
        yield old.name, new.name
        short, new_short = stem(old.name), stem(new.name)
        if short != old.name and (len(code) <= 6 or short in surfaces or not is_ordinary_word(short)):
            yield short, new_short
        if old.name == short + "村村":  # 严村村 is called 严村 too
            yield short, new_short


def _proper_names(gold: Row, divisions: list[str], text: str) -> Iterator[tuple[str, str]]:
    """(old name, kind) of people, natural villages, companies and sites: of the two last, the distinctive part."""
    surnames = load_surnames()
    for entity in gold["entities"]:
        kind, subtype = entity["type"], entity.get("subtype")
        if kind == "PERSON":
            name = entity["id"].split("（")[0]
            if name not in KEPT and _HAN.fullmatch(name) and len(name) <= 4 and surnames.of(name):
                yield name, "person"
        elif kind == "PLACE" and subtype == "village" and not entity.get("code"):
            core = _NATURAL_VILLAGE.sub("", entity["id"].split("（")[0])
            if len(core) > 1 and core not in divisions:
                yield core, "village"
        elif subtype in ("site", "company") or (kind == "ORG" and subtype in ("other", "media")):
            for surface in (entity["id"], *entity["surfaces"]):
                whole = subtype == "company"
                distinctive = core_of("".join(surface.split()), divisions=divisions, whole=whole)
                if distinctive and _only_named(distinctive, gold, text):
                    yield distinctive, "company" if whole else "site"


def _only_named(core: str, gold: Row, text: str) -> bool:
    """Whether a core stands on the page in names only; elsewhere it is a word (村播 in 以村播帮助)."""
    names = [name for entity in gold["entities"] for name in entity["surfaces"] if core in name]
    names += [each["context"] for each in gold.get("projection_exceptions", ()) if core in each["context"]]
    for name in sorted(names, key=len, reverse=True):
        text = text.replace(name, "")
    return core not in text


def _like(old: str, kind: str, moved: Mapping[str, Division], divisions: Divisions, rng: random.Random) -> str:
    """A new name of the kind and length of the old one."""
    match kind:
        case "person":
            return _person_like(old, rng)
        case "village":
            counties = [each.code for each in moved.values() if each.level == "county"]
            village = rng.choice(divisions.children(rng.choice(divisions.children(rng.choice(counties))).code))
            # Only what a hamlet may be called: 教育学院社区 lends no name to one.
            return stem(village.name) if village.name.endswith("村") and len(village.name) <= 4 else ""
        case "company":
            return invented_names.company_core(rng, length=len(old))
        case _:
            return invented_names.site_core(rng, length=len(old))


def _person_like(old: str, rng: random.Random) -> str:
    if address := _ADDRESS.search(old):
        return invented_names.surname_alone(rng) + address.group()
    new = invented_names.person(rng, length=len(old))
    return "".join(o if _MASK.match(o) else n for o, n in zip(old, new, strict=True))


def _short_forms(
    gold: Row, names: Mapping[str, str], moved: Mapping[str, Division], surfaces: set[str]
) -> Iterator[tuple[str, str]]:
    """Surfaces that no name covers: 衢 for 衢州市, 老王 and 素芳 for people."""
    for entity in gold["entities"]:
        for surface in entity["surfaces"]:
            if (whole := "".join(surface.split())) != surface and whole in names:
                yield surface, cut_alike(surface, names[whole])
            if is_deictic(surface) or any(name in surface for name in names):
                continue
            if entity.get("code") and len(surface) == 1:
                yield surface, stem(moved[entity["code"]].name)[0]
            elif entity["type"] == "PERSON" and entity["id"] in names:
                old, new = entity["id"], names[entity["id"]]
                if old.endswith(surface):
                    yield surface, new[-len(surface) :]
                elif old[0] in surface:
                    yield surface, surface.replace(old[0], new[0])
