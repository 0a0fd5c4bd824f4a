"""Says what each find is: a division by its code, a body of a region by its full name, or an entity of its own (NIL).

In: a sheet, its finds, the home region. Out: mentions, links with scored candidates, entities of the page, and for each
place and body the thing it lies in. A find that no gazetteer knows keeps an entity of its own; it is never guessed into
another.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field

from kg.gazetteers import Division, Divisions, is_ordinary_word
from kg.mentions.found import Found
from kg.mentions.regions import LEVEL_CHARS
from kg.model import Candidate, Entity, Kind, Link, Mention, content_id
from kg.sheet import Sheet

# Features by which one candidate division is preferred; higher is likelier. Measured on the pages in docs/quality.md.
FEATURES = {
    "chain": 6.0,  # the name directly before is an ancestor (石梁镇|白云村)
    "chain-down": 4.0,  # the name directly after lies inside it
    "home-path": 4.0,  # it is the home region or above it
    "in-home": 3.0,  # it lies in the home region
    "in-home-city": 1.5,
    "in-home-province": 1.0,
    "parent-in-article": 2.5,  # its township or county is named in the same article
    "larger": 0.5,  # a city rather than a county of the same short name
}
# What may stand between a place and what lies in it: 新新街道的L, 余东村境内的L, 在村里建起的L.
_WITHIN = re.compile(r"的|境内的?|内的?|村里的|(?:境内)?(?:新建|建起|打造)的")
_SITS = re.compile(
    r"(?:坐落于|坐落在|位于|地处|入驻|落户于?|落户在|进驻|设在|建在)[^，。；]{0,6}$|于\d{4}年[^，。；]{0,8}(?:入驻|落户)[^，。；]{0,4}$"
)
# 德阳市|市委: the level said twice
_AGAIN = re.compile(r"[省市区县州盟旗镇乡](?:委|政府|政协|人大|纪委)")
_BRANCH_REGION = re.compile(
    r"(?:公安局|法院|检察院|税务局|自然资源局|生态环境局|规划局)([\u4e00-\u9fff]{2,4})(?:分局|分院|法庭)$"
)
_CROSSING = re.compile(r"(?:铁路|高铁|高速|高速公路|国道|省道|长江|黄河|运河)$")  # they run through many counties
_OF_THE_COMMITTEE = frozenset(("组织部", "宣传部", "统战部", "政法委"))
NIL_MARGIN = 0.4  # two candidates closer than this stay undecided


@dataclass(slots=True)
class Linked:
    """What linking knows of a page. `entity_of[i]` belongs to `finds[i]`; `inside` leads from an entity to the one it lies in."""

    finds: list[Found]
    mentions: list[Mention] = field(default_factory=list)
    links: list[Link] = field(default_factory=list)
    entities: dict[str, Entity] = field(default_factory=dict)
    entity_of: list[str] = field(default_factory=list)
    inside: dict[str, str] = field(default_factory=dict)


class Linker:
    """Links the finds of one page after another; holds the gazetteer only."""

    def __init__(self, divisions: Divisions) -> None:
        """`divisions` is the loaded gazetteer."""
        self.divisions = divisions

    def link(self, sheet: Sheet, finds: Sequence[Found], home: Division | None) -> Linked:
        """Link every find; `home` may be None (then nothing deictic is resolved)."""
        return _PageLinker(self.divisions, sheet, list(finds), home).run()


class _PageLinker:
    def __init__(self, divisions: Divisions, sheet: Sheet, finds: list[Found], home: Division | None) -> None:
        self.divisions = divisions
        self.sheet = sheet
        self.home = home
        self.path = divisions.path(home.code) if home else ()
        self.linked = Linked(finds)
        self.forms: dict[str, Counter[str]] = defaultdict(Counter)
        self.codes: list[str | None] = []
        self.made: dict[str, Entity] = {}

    def run(self) -> Linked:
        finds = self.linked.finds
        self.codes = [None] * len(finds)
        candidates: list[tuple[Candidate, ...]] = [()] * len(finds)
        full = [find for find in finds if find.rule.startswith("division") and len(find.codes) == 1]
        self.certain = {find.codes[0] for find in full}
        for index, find in enumerate(finds):
            if find.rule.startswith("division"):
                self.codes[index], candidates[index] = self._choose(index, find)
        for index, find in enumerate(finds):
            entity = self._entity(index, find)
            self.linked.entity_of.append(entity.id)
            surface_span = self.sheet.span(find.start, find.end)
            surface = self.sheet.page.text[surface_span.start : surface_span.end]
            article = self.sheet.article_at(find.start)
            mention = Mention(
                content_id("mention", self.sheet.page.id, surface_span.start, surface_span.end, find.kind),
                self.sheet.page.id,
                article.id if article else None,
                surface_span,
                surface,
                find.kind,
                find.rule,
                find.score,
            )
            self.linked.mentions.append(mention)
            self.linked.links.append(Link(mention.id, entity.id, not entity.linked, candidates[index]))
            self.forms[entity.id][re.sub(r"\s+", "", surface)] += 1
        self.linked.entities = self.made
        self._place_everything()
        self._name_aliases()
        return self.linked

    # ------------------------------------------------------------------ divisions

    def _choose(self, index: int, find: Found) -> tuple[str | None, tuple[Candidate, ...]]:
        """The code of a division find and all candidates, best first; None where two are too close."""
        finds, within = self.linked.finds, self.divisions.within
        before = finds[index - 1] if index and finds[index - 1].end == find.start else None
        after = finds[index + 1] if index + 1 < len(finds) and finds[index + 1].start == find.end else None
        scored: list[Candidate] = []
        contradicted = before is not None and before.subtype == "township" and find.subtype == "village"
        for code in find.codes:
            region = self.divisions.get(code)
            if region is None:
                continue
            if contradicted and before is not None and not any(within(code, other) for other in before.codes):
                continue  # the township printed before it has no such village: another one, or an old border
            evidence = self._features(code, before, after, index)
            scored.append(Candidate(f"place-{code}", region.name, sum(FEATURES[name] for name in evidence), evidence))
        scored.sort(key=lambda c: (-c.score, len(c.entity), c.entity))
        if not scored:
            return None, ()
        if len(scored) > 1 and scored[0].score - scored[1].score < NIL_MARGIN:
            return None, tuple(scored)
        return scored[0].entity.removeprefix("place-"), tuple(scored)

    def _features(self, code: str, before: Found | None, after: Found | None, index: int) -> tuple[str, ...]:
        within = self.divisions.within
        names: list[str] = []
        if before is not None and any(within(code, other) and code != other for other in before.codes):
            names.append("chain")
        if after is not None and any(within(other, code) and code != other for other in after.codes):
            names.append("chain-down")
        if any(region.code == code for region in self.path):
            names.append("home-path")
        elif self.home is not None and within(code, self.home.code):
            names.append("in-home")
        else:
            city = next((region.code for region in self.path if len(region.code) == 4), None)
            if city and within(code, city):
                names.append("in-home-city")
            if self.path and within(code, self.path[0].code):
                names.append("in-home-province")
        parent = self.divisions.parent(code)
        if parent is not None and parent.code in self.certain and not (self.home and parent.code == self.home.code):
            names.append("parent-in-article")
        if len(code) <= 4:
            names.append("larger")
        return tuple(names)

    # ------------------------------------------------------------------ entities

    def _entity(self, index: int, find: Found) -> Entity:
        code = self.codes[index]
        text = re.sub(r"\s+", "", self.sheet.text[find.start : find.end])
        if find.kind == Kind.PLACE and code is not None:
            region = self.divisions.get(code)
            if region is not None:
                return self._make(
                    Entity(f"place-{code}", Kind.PLACE, region.name, region.level, code=code, anchor=code, linked=True)
                )
        name = find.name or text
        anchor = self._home_code()
        if find.family != "own" and (find.kind == Kind.ORG or find.rule == "name.level"):
            name, anchor = self._body_name(index, find, name)
            key = name
        elif find.kind == Kind.PERSON:
            name = name.replace(" ", "")
            key = name
        else:
            key = name
            if find.codes:
                anchor = find.codes[0]
        kind = find.kind
        if kind != Kind.PERSON:  # one name is one thing on a page, site or body, whatever the context of each mention
            for other in (Kind.PLACE, Kind.ORG):
                existing = self.made.get(content_id(other.lower(), self.sheet.page.id, key))
                if existing is not None:
                    return existing
        entity_id = content_id(kind.lower(), self.sheet.page.id, key)
        return self._make(
            Entity(
                entity_id,
                kind,
                name,
                find.subtype,
                anchor=anchor,
                linked=find.rule.startswith("listed")
                or (kind == Kind.ORG and anchor is not None and find.family == "organ"),
            )
        )

    def _make(self, entity: Entity) -> Entity:
        return self.made.setdefault(entity.id, entity)

    def _home_code(self) -> str | None:
        return self.home.code if self.home else None

    def _body_name(self, index: int, find: Found, name: str) -> tuple[str, str | None]:
        """Full name of a body and the division it belongs to: 区教育局 → 柯城区教育局, 330802."""
        name = name.removeprefix("中共")
        name = name.replace("人民政府", "政府")
        codes = find.codes
        if find.rule == "organ.bare" and codes:
            code = self._code_inside(index, find) or codes[0]
            region = self.divisions.get(code)
            if region is not None:
                return region.name + ("委" if name in _OF_THE_COMMITTEE else "") + name, code
        if codes:
            code = self._code_inside(index, find) or codes[0]
            region = self.divisions.get(code)
            forms = self.divisions.aliases(region) if region else ()
            printed = next(
                (form for form in sorted(forms, key=len, reverse=True) if form in name[: len(form) + 14]), None
            )
            if region and printed and find.family == "organ":
                at = name.index(printed)
                rest = name[at + len(printed) :]
                if rest[:1] in ("市", "县", "区") and printed != region.name:
                    return name, code  # 长兴市委 of a region that is called 长兴县 today
                if _AGAIN.match(rest) and rest[0] == region.name[-1]:
                    rest = rest[1:]  # 德阳市|市委 is 德阳市委; not 德阳市|市场监管局
                above = self._is_above(name[:at], region)  # 衢州市|柯城区委; not 九三学社|柯城区委
                name = ("" if above else name[:at]) + region.name + rest
            return name, code
        level = re.match(r"自治区|自治州|自治县|街道|社区|[省市区县州盟旗镇乡村]", name)
        if level is None or not find.rule.endswith("level"):
            return name, self._home_code()
        region = self._carried(index, level.group()) or self._region_of_level(level.group(), find.start)
        if region is None:
            return name, self._home_code()
        return region.name + name[level.end() :], region.code

    def _is_above(self, text: str, region: Division) -> bool:
        """Whether a text is nothing but names of what a region lies in."""
        for above in self.divisions.path(region.code)[:-1]:
            names = sorted(self.divisions.aliases(above), key=len, reverse=True)
            text = text.removeprefix(next((name for name in names if text.startswith(name)), ""))
        return not text

    def _code_inside(self, index: int, find: Found) -> str | None:
        if len(find.codes) == 1:
            return find.codes[0]
        best: tuple[float, str] | None = None
        for code in find.codes:
            score = sum(FEATURES[name] for name in self._features(code, None, None, index))
            if best is None or score > best[0]:
                best = (score, code)
        return best[1] if best else None

    def _carried(self, index: int, level: str) -> Division | None:
        """平果市委书记P，|市委|副书记、市长Q: the region that the body before has by name, where only people and posts stand
        between."""
        finds = self.linked.finds
        sentence, _ = self.sheet.sentence_at(finds[index].start)
        at = finds[index].start
        for other in reversed(finds[:index]):
            if other.start < sentence or at - other.end > 12:
                return None
            at = other.start
            if other.kind == Kind.PERSON:
                continue
            region = self.divisions.get(other.codes[0]) if other.codes else None
            named = region is not None and other.rule == "organ.region" and len(region.code) == 6
            return region if region is not None and named and region.name.endswith(level) else None
        return None

    def _region_of_level(self, level: str, at: int) -> Division | None:
        """The region that a bare level character means here: of the home path, else the last one named before."""
        wanted = {"自治区": "province", "自治州": "city", "自治县": "county", "街道": "township", "社区": "village",
                  "村": "village"}.get(level) or LEVEL_CHARS.get(level)  # fmt: skip
        if level == "市" and self.path and self.path[-1].level in {"county", "township"}:
            county = next((region for region in self.path if region.level == "county"), None)
            if county and county.name.endswith("市"):
                return county
        for region in self.path:
            if region.level == wanted and (
                level not in "市区县州盟旗" or region.name.endswith(level) or wanted == "city"
            ):
                return region
            if level == "市" and region.level == "city" and len(region.code) == 2:
                return region
        for region in self.path:
            if region.level == wanted:
                return region
        if level == "市" and self.path and self.path[0].name.endswith("市"):
            return self.path[0]
        article = self.sheet.article_at(at)
        nearest: Division | None = None
        for index, find in enumerate(self.linked.finds):
            if find.start >= at:
                if nearest is not None:
                    break
                if article is None or self.sheet.article_at(find.start) is not article:
                    break
            code = self.codes[index]
            named = self.divisions.get(code) if code else None
            if named and named.level == wanted and (article is None or self.sheet.article_at(find.start) is article):
                nearest = named
        return nearest

    # ------------------------------------------------------------------ where things lie

    def _place_everything(self) -> None:
        """Fill `inside`: the smallest named place that holds each NIL place and each body."""
        order = sorted(range(len(self.linked.finds)), key=lambda index: self.linked.finds[index].rule == "known.short")
        for index in order:  # a full name says more of where it is than a short one
            find = self.linked.finds[index]
            entity = self.made[self.linked.entity_of[index]]
            if entity.code or entity.kind == Kind.PERSON or entity.id in self.linked.inside:
                continue
            parent = self._parent(index, find, entity)
            if parent is not None and parent != entity.id:
                self.linked.inside[entity.id] = parent
        for entity in list(self.made.values()):
            self._add_path(entity)

    def _parent(self, index: int, find: Found, entity: Entity) -> str | None:
        """The entity that a NIL place or a body lies in, or None where neither name nor sentence says it."""
        finds = self.linked.finds
        if find.rule in {"listed", "tagger"} and not find.codes:
            return None
        adjoining = index and finds[index - 1].end == find.start and finds[index - 1].kind == Kind.PLACE
        if find.kind == Kind.PLACE and find.rule == "name.region" and len(find.codes) == 1 and len(find.codes[0]) == 12:
            own = self.divisions.get(find.codes[0])
            if own is not None and self.sheet.text.startswith(own.name, find.start):
                return self._division(own.code)  # 万田乡 + 某村乡村振兴讲堂: it lies in the village
        village = self._named_village(entity.name) if entity.subtype == "site" else None
        if village is not None:
            return village
        if entity.kind == Kind.ORG:
            return self._seat(index, find, entity, adjoining=bool(adjoining))
        if adjoining and finds[index - 1].subtype in {"township", "village", "site"}:
            return self.linked.entity_of[index - 1]
        if find.codes and find.rule != "known.short":
            code = self._code_inside(index, find)
            if code:
                return self._division(code)
        if find.rule == "name.level" and entity.anchor and entity.anchor != self._home_code():
            return self._division(entity.anchor)
        if adjoining:
            return self.linked.entity_of[index - 1]
        start, _ = self.sheet.sentence_at(find.start)
        for other in range(index - 1, -1, -1):
            place = finds[other]
            if place.start < start:
                break
            gap = self.sheet.text[place.end : find.start]
            if place.kind == Kind.PLACE and place.subtype in {"township", "village", "site"} and _WITHIN.fullmatch(gap):
                return self.linked.entity_of[other]
        stem = self._home_township(entity.name)
        if stem is not None:
            return stem
        if _CROSSING.search(entity.name):
            return None
        return self._division(self.home.code) if self.home else None

    def _seat(self, index: int, find: Found, entity: Entity, *, adjoining: bool) -> str | None:
        """Where a body sits: what its name begins with, its region, the place before it, 坐落于…."""
        named = max(
            (
                (len(form), place.id)
                for place in self.made.values()
                if place.kind == Kind.PLACE and place.subtype in {"site", "village", "township"}
                for form in (place.name, *self.forms[place.id])
                if len(form) > 2 and len(form) < len(entity.name) and entity.name.startswith(form)
            ),
            default=None,
        )
        if named is not None:
            return named[1]
        if adjoining and self.linked.finds[index - 1].subtype in {"township", "village", "site"}:
            return self.linked.entity_of[index - 1]
        branch = _BRANCH_REGION.search(entity.name)
        if branch is not None:
            here = [d for d in self.divisions.find(branch.group(1)) if self.home and d.code[:4] == self.home.code[:4]]
            if len(here) == 1:
                return self._division(here[0].code)
        if find.codes and find.family == "organ":
            code = self._code_inside(index, find)
            if code:
                return self._division(code)
        if (find.family == "organ" or find.rule == "name.level") and entity.anchor:
            return self._division(entity.anchor)
        if adjoining:
            return self.linked.entity_of[index - 1]
        _, end = self.sheet.sentence_at(find.start)
        for other in range(index + 1, len(self.linked.finds)):
            place = self.linked.finds[other]
            if place.start >= end:
                break
            if place.kind == Kind.PLACE and place.subtype in {"site", "village", "township"}:
                if _SITS.search(self.sheet.text, find.end, place.start):
                    return self.linked.entity_of[other]
                break
        if entity.subtype == "government" and find.rule == "name.suffix" and self.home:
            return self._division(self.home.code)
        if entity.subtype in {"government", "media", "school", "other"} and find.codes:
            code = self._code_inside(index, find)
            region = self.divisions.get(code) if code else None
            if region is not None and (entity.subtype == "government" or region.name in entity.name):
                return self._division(region.code)
        return None

    def _named_village(self, name: str) -> str | None:
        """余东乡村未来社区 lies in 余东村: a site named after a village of the page."""
        found = {
            place.id
            for place in self.made.values()
            if place.subtype == "village" and place.name.endswith("村") and len(place.name) in {3, 4}
            if name.startswith(place.name[:-1]) and len(name) > len(place.name) + 1
        }
        return found.pop() if len(found) == 1 else None

    def _home_township(self, name: str) -> str | None:
        """航埠智尚小镇 lies in 航埠镇: a site named after a township of the home county."""
        if self.home is None or len(self.home.code) < 6:
            return None
        below = self.divisions.below(self.home.code[:6])
        for size in (3, 2):
            stem = name[:size]
            codes = [code for code in below.get(stem, ()) if len(code) == 9]
            if len(name) > size + 1 and len(codes) == 1 and not is_ordinary_word(stem):
                return self._division(codes[0])
        return None

    def _division(self, code: str) -> str | None:
        region = self.divisions.get(code)
        if region is None:
            return None
        return self._make(
            Entity(f"place-{code}", Kind.PLACE, region.name, region.level, code=code, anchor=code, linked=True)
        ).id

    def _add_path(self, entity: Entity) -> None:
        """Ancestors of a coded place up to the province become entities too, so that what lies where is complete."""
        code = entity.code
        child = entity.id
        while code:
            parent = self.divisions.parent(code)
            if parent is None:
                break
            parent_id = self._division(parent.code)
            if parent_id is None:
                break
            self.linked.inside[child] = parent_id
            child, code = parent_id, parent.code

    def _name_aliases(self) -> None:
        for entity_id, entity in list(self.made.items()):
            forms = sorted(form for form in self.forms[entity_id] if form != entity.name)
            self.made[entity_id] = Entity(
                entity.id,
                entity.kind,
                entity.name,
                entity.subtype,
                tuple(forms),
                entity.code,
                entity.anchor,
                entity.linked,
            )
