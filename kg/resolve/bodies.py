"""Which places and bodies are one across pages: what their name and their county say, and nothing else.

In: an entity of a page and its issue. Out: the name by which it is compared, and the id that it has across pages, which
hangs on no other page. Certain forms only: the names of the packaged gazetteer for bodies of the whole nation (国务院,
新华社), and the short forms of bureaux that every county uses alike (卫健局, 卫生健康局). What is merely likely, `kg.review`
proposes.
"""

from __future__ import annotations

import re
from functools import lru_cache

from kg.gazetteers import load_places
from kg.model import Entity, Issue, Kind, content_id
from kg.ontology import load_ontology

_COUNTY_DIGITS = 6
_PARTY = "中共"
_CENTRE = "中共中央"
# Heads of the nation and of its bodies, and of the bodies that lead the party. Nearest that must not count: 代表 and 委员 of
# 全国人大 and 全国政协, of whom there are thousands, and among them namesakes.
_LEADS = re.compile(
    r"(?:常务)?副?(?:总理|主席|委员长|书记|部长|主任|院长|检察长|审计长|行长|秘书长)|总书记|国务委员|书记处书记"
)
_POLITBURO = "中共中央政治局"
_OF_POLITBURO = re.compile(r"(?:常委|常务委员|候补)?委员|常委")
# 新化县公安局琅塘派出所 is 琅塘派出所 of its county. Nearest that must stay: 公安局刑警大队, which says nothing without its bureau.
_STATION = re.compile(r".*公安局(?:.+分局)?([^局]{2,}派出所)")
# 团市委 and 共青团拉萨市委 of one region; nearest that must stay: 共青团某某大学委员会
_LEAGUE = re.compile(r"(?:共青团|团)(?:.*?)([省市区县州盟旗])委(?:员会)?")
_OF_THE_NATION = {"国家主席": "国家", "国家副主席": "国家", "总书记": _CENTRE}
"""Posts that are read without a body, and whose it is."""


def fixed_id(issue: Issue, entity: Entity) -> str:
    """The id across pages of a place or a body of a page.

    A place of the gazetteer has that of its code; others that of name, and of the county unless the nation has but one.
    """
    if entity.kind is Kind.PLACE and entity.code:
        return f"place-{entity.code}"
    nation = national_name(entity)
    if nation is not None:
        return content_id(entity.kind.value.lower(), nation, None)
    return content_id(entity.kind.value.lower(), compared_name(entity), county(issue, entity))


def county(issue: Issue, entity: Entity) -> str | None:
    """The county that keeps namesakes apart: the entity's own, else the newspaper's, unless a gazetteer knows it."""
    code = entity.anchor or (None if entity.linked else issue.region_code)
    return code[:_COUNTY_DIGITS] if code else None


def compared_name(entity: Entity) -> str:
    """The name by which a place or a body is one with another: the full form of a bureau's name, the national name.

    >>> compared_name(Entity("org-1", Kind.ORG, "柯城区卫健局", anchor="330802", linked=True))
    '柯城区卫生健康局'
    >>> compared_name(Entity("org-1", Kind.ORG, "卫健餐饮有限公司", anchor="330802"))
    '卫健餐饮有限公司'
    """
    nation = national_name(entity)
    if nation is not None:
        return nation
    if entity.kind is not Kind.ORG:
        return entity.name
    station = _STATION.fullmatch(entity.name)
    if station is not None:
        return station[1]
    return _full(entity.name) if entity.linked else entity.name


def national_name(entity: Entity) -> str | None:
    """The name of what the nation has one of, or None: 党中央 and 中共中央 are 中共中央 in every paper."""
    if entity.code or not entity.linked:
        return None
    return _national().get((entity.kind, entity.name))


def nation_of(title: str, org: Entity | None) -> str | None:
    """The body of a post by which its holder is known country-wide, None of all other posts.

    >>> nation_of("国家主席", None)
    '国家'
    >>> nation_of("代表", Entity("org-1", Kind.ORG, "国务院", linked=True)) is None
    True
    """
    if org is None:
        return _OF_THE_NATION.get(title)
    nation = national_name(org) if org.subtype == "government" else None
    if nation is None:
        return None
    told = _LEADS.fullmatch(title) or (nation == _POLITBURO and _OF_POLITBURO.fullmatch(title))
    return nation if told else None


@lru_cache(maxsize=1)
def _national() -> dict[tuple[Kind, str], str]:
    rows = [row for row in load_places() if row.code is None and row.parent_code is None]
    names = {(row.kind, name): row.name for row in rows for name in row.aliases}
    names |= {(row.kind, row.name): row.name for row in rows}
    # A page prints 中央政治局 and the reading leaves 中共 out.
    short = {(kind, name.removeprefix(_PARTY)): full for (kind, name), full in names.items() if name.startswith(_PARTY)}
    return short | names


@lru_cache(maxsize=1)
def _bureau() -> re.Pattern[str]:
    forms = "|".join(sorted(map(re.escape, load_ontology().full_bureaux), key=len, reverse=True))
    return re.compile(rf"(.+[省市区县州盟旗])({forms})(局|厅|委|委员会)")


@lru_cache(maxsize=1 << 14)
def _full(name: str) -> str:
    ontology = load_ontology()
    bureau = _bureau().fullmatch(name)
    if bureau is not None:
        return bureau[1] + ontology.full_bureaux[bureau[2]] + ("委员会" if bureau[3] == "委" else bureau[3])
    league = _LEAGUE.fullmatch(name)
    if league is not None:
        return f"团{league[1]}委"
    for short, full in ontology.full_bodies.items():
        region = name.removesuffix(short)
        if region != name and region[-1:] and region[-1] in "省市区县州盟旗":
            return region + full
    return name
