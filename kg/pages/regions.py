"""The home region of a page: stated by its publisher, or inferred from the names and deictic words of its text.

Comes in: text and the divisions. Goes out: a `Division` or None. A wrong home region puts every 我区 and every bare
village into a wrong county, so an even or thin count gives None.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from functools import lru_cache

import ahocorasick_rs

from kg.gazetteers import Division, Divisions

_PUBLISHER_TAIL = re.compile(
    r"(?:委员会|区委|县委|市委|旗委|州委|盟委|委|人民政府|政府|融媒体中心|新闻传媒中心|传媒中心|新闻中心|新闻信息中心|报社|日报社|传媒集团|报业集团|传媒有限公司|广播电视台|电视台|新闻网)?(?:宣传部|办公室|外宣办)?$"
)
_PAPER_STEM = re.compile(
    r"^(?:今日|新)?(?P<stem>[㐀-鿿]{2,4}?)(?:日报|晚报|早报|晨报|时报|商报|导报|周报|周刊|新报|快报|新闻|报)?$"
)

MIN_SCORE = 6.0
MIN_LEAD = 2.0
"""The best region needs this score and this many times the next one's. Measured on the five seed pages and eighteen
others without their manifest: see `tests/test_pages.py` for the seeds."""

# What an editor says of the home region. A 区 inside 自治区, 园区, 社区, 开发区, 山区 and the like is no district.
_DEICTIC = {
    "区": re.compile(
        r"(?<![㐀-鿿])?(?:(?:我|全|本)区(?!域|块|间)|(?<![自治园社小校片地景灾库矿牧郊辖新街山湖林开发保护厂营战军城分各农老特院片市镇])区(?:委|政府|领导|人大|政协|长|四套班子|纪委))"
    ),
    "县": re.compile(r"(?:我|全|本)县|(?<![省市区乡各州])县(?:委|政府|领导|人大|政协|长|四套班子|纪委)"),
    "市": re.compile(r"(?:我|全|本)市(?!场)|(?<![省县区各])(?:副)?市(?:委|政府|领导|人大|政协|长(?!期)|四套班子|纪委)"),
    "旗": re.compile(r"(?:我|全|本)旗|旗(?:委|政府|领导|人大|政协|长)"),
    "州": re.compile(r"(?:我|全|本)州|州(?:委|政府|领导|人大|政协|长)"),
}
_OWN = re.compile(r"我([区县市旗州])")


def stated_region(divisions: Divisions, publishers: tuple[str, ...]) -> Division | None:
    """The region of the first publisher that names one (中共衢州市柯城区委 → 柯城区), or None."""
    for body in publishers:
        plain = re.sub(r"^(?:中国共产党|中共)", "", body)
        for tail in ("委员会", "委", ""):
            # 柯城区委宣传部, 柯城区融媒体中心, 柯城区委: take off what is no place.
            cut = _PUBLISHER_TAIL.sub("", plain) if not tail else plain.removesuffix(tail)
            for candidate in (cut, _after_level(plain)):
                found = divisions.parse_region(candidate) if len(candidate) >= 3 else None
                if found is not None:
                    return found
    return None


def _after_level(body: str) -> str:
    """A body's name up to its last 省, 市, 县, 区 … that ends a place."""
    match = re.match(r"^[㐀-鿿]*[省市县区旗州盟镇乡](?=委|人民政府|政府|融媒|新闻|传媒|报|广播|电视|$)", body)
    return match.group(0) if match else body


def paper_region(divisions: Divisions, newspaper: str) -> tuple[str, ...]:
    """The codes that a paper's name may mean (今日柯城 → 柯城区); empty where it names no place."""
    match = _PAPER_STEM.match(newspaper)
    return divisions.top_aliases().get(match["stem"], ()) if match else ()


def infer_region(text: str, divisions: Divisions, *, newspaper: str | None = None) -> Division | None:
    """The home region that a text speaks from, or None where nothing or two regions are as likely.

    Args:
        text: the text of a page, or of the pages of one issue.
        newspaper: the paper's name, where known.
    """
    kind = _level_word(text)
    hits = _named(text, divisions)
    scores: dict[str, float] = defaultdict(float)
    firm: set[str] = set()
    seen: set[str] = set()
    for alias, count in hits.items():
        codes = divisions.top_aliases()[alias]
        forms = {code: _form(divisions, code, alias) for code in codes}
        seen.update(codes if len(codes) == 1 else ())
        for code in codes:
            if len(codes) > 1 and not _parent_named(divisions, code, hits):
                continue
            official = forms[code] != "stem"
            scores[code] += count * (3.0 if official else 1.0)
            if official or len(codes) == 1:
                firm.add(code)
    own = set(paper_region(divisions, newspaper)) if newspaper else set()
    for code in own:
        scores[code] += 8.0
        firm.add(code)
    fitting = [code for code in scores if code in firm and _fits(divisions, code, kind)]
    ranked = sorted(fitting, key=lambda code: (-scores[code], code))[:4]
    for code in ranked:
        if len(code) == 6:
            scores[code] += _townships(text, divisions, code)
    if kind is None:
        # Without 我市 or 县委 a county and its city are both possible; the city only where no county of it leads.
        ranked = [
            code
            for code in ranked
            if not any(
                other != code and other.startswith(code) and scores[other] * 2 >= scores[code] for other in ranked
            )
        ]
    ranked.sort(key=lambda code: (-scores[code], code))
    if not ranked or scores[ranked[0]] < MIN_SCORE:
        return None
    if len(ranked) > 1 and scores[ranked[0]] < MIN_LEAD * scores[ranked[1]]:
        return None
    return divisions.get(ranked[0])


def _level_word(text: str) -> str | None:
    """区, 县, 市 …: the lowest level that the text speaks of as its own; None where it speaks of none."""
    own = Counter(match[1] for match in _OWN.finditer(text))
    for word in ("区", "县", "旗"):
        if own[word] and own[word] * 2 >= own["市"]:
            return word
    counts = {word: len(pattern.findall(text)) for word, pattern in _DEICTIC.items()}
    for word in ("区", "县", "旗"):
        if counts[word] >= 2 and counts[word] * 2 >= counts["市"]:
            return word
    if own["州"] or own["市"]:
        return "市" if own["市"] >= own["州"] else "州"
    return "市" if counts["市"] >= 2 else None


def _fits(divisions: Divisions, code: str, kind: str | None) -> bool:
    division = divisions.get(code)
    if division is None or (division.level == "province" and division.name[-1] != "市"):
        return False
    if kind is None:
        return division.level in ("county", "city")
    return division.name.endswith(kind) and not (kind == "区" and division.level != "county")


@lru_cache(maxsize=2)
def _matcher(divisions: Divisions) -> tuple[ahocorasick_rs.AhoCorasick, tuple[str, ...]]:
    names = tuple(sorted(divisions.top_aliases()))
    return ahocorasick_rs.AhoCorasick(list(names), matchkind=ahocorasick_rs.MatchKind.LeftmostLongest), names


def _named(text: str, divisions: Divisions) -> Counter[str]:
    """How often each alias of a province, city or county stands in the text, longest match first."""
    matcher, names = _matcher(divisions)
    clean = re.sub(r"[\ud800-\udfff]", " ", text)
    return Counter(names[index] for index, _, _ in matcher.find_matches_as_indexes(clean))


def _form(divisions: Divisions, code: str, alias: str) -> str:
    division = divisions.get(code)
    forms = divisions.alias_forms(division) if division else ()
    return next((each.form for each in forms if each.text == alias), "stem")


def _parent_named(divisions: Divisions, code: str, hits: Counter[str]) -> bool:
    return any(hits[alias] for above in divisions.path(code)[:-1] for alias in divisions.aliases(above))


def _townships(text: str, divisions: Divisions, code: str) -> float:
    """Two for each township of a county that the text names in full, and a little for each time."""
    total = 0.0
    for alias, each in divisions.units_below(code):
        if len(each) == 9 and alias.form == "official" and len(alias.text) >= 3:
            count = text.count(alias.text)
            if count:
                total += 2.0 + min(count - 1, 4) * 0.5
    return total
