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
from kg.text import fold

_PUBLISHER_TAIL = re.compile(
    r"(?:委员会|区委|县委|市委|旗委|州委|盟委|委|人民政府|政府|融媒体中心|新闻传媒中心|传媒中心|新闻中心|新闻信息中心|报社|日报社|传媒集团|报业集团|传媒有限公司|广播电视台|电视台|新闻网)?(?:宣传部|办公室|外宣办)?$"
)
_PAPER_STEM = re.compile(
    r"^(?:今日|新)?(?P<stem>[㐀-鿿]{2,4}?)(?:日报|晚报|早报|晨报|时报|商报|导报|周报|周刊|新报|快报|新闻|报)?$"
)

MIN_SCORE, MIN_LEAD = 6.0, 2.0
"""A home region needs this score and this many times the next one's, and that the text speaks from it (`_home`) at
least `MIN_HOME` times; with `FIRM_HOME` times less is enough. Measured on the seed pages, eighteen others and the odd
half of `tests/passages`, each without its manifest."""
MIN_HOME, FIRM_HOME = 2, 3
MIN_HOME_SCORE, MIN_HOME_LEAD = 4.0, 1.5
MIN_NAMED = 7
"""A text that names one region so often is of nothing else, whether or not it speaks from it."""
MIN_TOWNSHIPS, MIN_COUNTIES = 2, 3
"""So many townships tell a county that is not named; so many counties side by side their prefecture."""

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
_OFFICE = r"(?:委|人民政府|政府|人大|政协|领导|长(?![㐀-鿿]{0,2}[街路])|副[区县市旗州]长)"
# A body of the region without its name: 县委, 县公安局, 县第二中学; 全县.
_BARE = (
    r"(?:全[{level}](?![㐀-鿿]?[间域])|(?<![㐀-鿿])[{level}](?:委|政府|人民政府|人大|政协|长)"
    r"|(?<![省市区县乡州旗治园社小校片地城景矿新山郊辖])[{level}](?:委[书副办常宣组政]|政府|人大|政协|长|直|纪委|总工会|妇联|[“四]四?[大套]"
    r"|[㐀-鿿]{{1,8}}(?:局|委员会|办公室|医院|检察院|法院|中心|协会|联合会)))"
)
# 某某日报讯: the paper's own name; 本报某县9月12日电: a paper writes this of places that are not its home.
_PAPER_HEAD = re.compile(r"^[\s　]*(?P<paper>[㐀-鿿]{2,4}(?:日报|晚报|早报|晨报|时报|商报|导报|周报))讯", re.M)
_AWAY = re.compile(r"^[\s　]*本报(?P<place>[㐀-鿿]{2,6}?)\d{1,2}月\d{1,2}日[电讯]", re.M)
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

    A region is home where the text speaks of its bodies without saying whose they are (县委, 我区); one whose bodies it
    introduces by name (某县委书记) is only reported on, unless the text is about nothing else.

    Args:
        text: the text of a page, or of the pages of one issue.
        newspaper: the paper's name, where known.
    """
    text = fold(text)
    kind = _level_word(text)
    hits = _named(text, divisions)
    named: dict[str, int] = defaultdict(int)
    scores: dict[str, float] = defaultdict(float)
    firm: set[str] = set()
    for alias, count in hits.items():
        codes = _codes(divisions, alias)
        for code in codes:
            if len(codes) > 1 and not _parent_named(divisions, code, hits):
                continue
            official = _is_official(divisions, code, alias)
            scores[code] += count * (3.0 if official else 1.0)
            named[code] += count
            if official or len(codes) == 1:
                firm.add(code)
    head = _PAPER_HEAD.search(text)
    own = set(paper_region(divisions, newspaper or (head["paper"] if head else "")))
    for code in own:
        scores[code] += 8.0
        firm.add(code)
    away = {code for match in _AWAY.finditer(text) for code in _codes(divisions, match["place"])} - own
    fitting = [code for code in scores if code in firm - away and (code in own or _fits(divisions, code, kind, hits))]
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
    if own and ranked and ranked[0] not in own:
        # 某州日报讯 above a report from one of the prefecture's counties.
        above = sorted(code for code in own if ranked[0].startswith(code))
        return divisions.get(above[0]) if above else None
    if ranked:
        best = ranked[0]
        lead = scores[best] / scores[ranked[1]] if len(ranked) > 1 else MIN_LEAD
        home = 2 if best in own else _home(text, divisions, best, kind)
        if _is_enough(scores[best], lead, home, named[best]):
            return divisions.get(best)
    prefecture = _by_counties(divisions, hits)
    if prefecture is not None or kind == "市" or own:
        return prefecture
    return _by_townships(text, divisions, hits)


def _is_enough(score: float, lead: float, home: int, named: int) -> bool:
    """Whether a region is home: the text speaks from it, or of nothing else.

    Args:
        score: how much the text names it and its townships.
        lead: how many times the next one's score that is.
        home: what `_home` counts.
        named: how often its name stands in the text.
    """
    if home >= FIRM_HOME and score >= MIN_HOME_SCORE and lead >= MIN_HOME_LEAD:
        return True
    if home >= MIN_HOME and score >= MIN_SCORE and lead >= MIN_LEAD:
        return True
    alone = (score >= 2 * MIN_SCORE and lead >= 4 * MIN_LEAD) or (named >= 5 and lead >= 3 * MIN_LEAD)
    return score >= MIN_SCORE and lead >= MIN_LEAD and (named >= MIN_NAMED or alone)


def _codes(divisions: Divisions, alias: str) -> tuple[str, ...]:
    """What an alias, or a former name that is no alias of today's, means today."""
    codes = divisions.top_aliases().get(alias, ())
    if codes:
        return codes
    rows = divisions.historic(alias)
    found = {division.code for row in rows if (division := divisions.successor(row))}
    return tuple(sorted(found))


def _is_official(divisions: Divisions, code: str, alias: str) -> bool:
    return alias in divisions.historic_names() or _form(divisions, code, alias) != "stem"


def _home(text: str, divisions: Divisions, code: str, kind: str | None) -> int:
    """How often a text speaks from a region: of its bodies without its name; less how often it introduces them.

    Counted are sentences with a bare 县委 or 县公安局 before any name of the region, 我县 three times, and a township
    that stands before the region's name twice.
    """
    division = divisions.get(code)
    if division is None:
        return 0
    former = any(name.endswith(kind) and name in text for name in _former_names(divisions, code)) if kind else False
    level = kind if kind and former else division.name[-1]
    names = "|".join(re.escape(name) for name in sorted(_names(divisions, code), key=lambda name: (-len(name), name)))
    introduced = len(re.findall(rf"(?:{names})[区县市旗州盟]?{_OFFICE}", text))
    named = re.compile(names)
    deictic = re.compile(_BARE.format(level="市区" if level == "区" and len(code) == 4 else level))
    bare = 0
    for sentence in re.split(r"[。！？\n]", text):
        first = deictic.search(sentence)
        name = named.search(sentence)
        bare += first is not None and (name is None or first.start() < name.start())
    own = len(re.findall(rf"[我本][{level}]|我们(?:{names})", text))
    official = re.search(rf"(?:{names})[区县市旗]?", text)
    before = text[: official.start()] if official else text
    below = len(code) == 6 and _townships(before, divisions, code) > 0
    # 我县 is the paper's own word, whatever stands before its bodies.
    return bare + 3 * own + 2 * below - (0 if own else 2 * introduced)


def _former_names(divisions: Divisions, code: str) -> list[str]:
    return [name for name in divisions.historic_names() if code in _codes(divisions, name)]


def _names(divisions: Divisions, code: str) -> set[str]:
    division = divisions.get(code)
    today = set(divisions.aliases(division)) if division else set()
    return {name for name in today if len(name) > 1}


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


def _fits(divisions: Divisions, code: str, kind: str | None, hits: Counter[str]) -> bool:
    division = divisions.get(code)
    if kind and any(alias.endswith(kind) and code in _codes(divisions, alias) for alias in _former(divisions, hits)):
        return True
    if division is None or (division.level == "province" and division.name[-1] != "市"):
        return False
    if kind is None:
        return division.level in ("county", "city")
    return division.name.endswith(kind) and not (kind == "区" and division.level != "county")


@lru_cache(maxsize=2)
def _matcher(divisions: Divisions) -> tuple[ahocorasick_rs.AhoCorasick, tuple[str, ...]]:
    names = tuple(sorted({*divisions.top_aliases(), *(name for name in divisions.historic_names() if len(name) > 2)}))
    return ahocorasick_rs.AhoCorasick(list(names), matchkind=ahocorasick_rs.MatchKind.LeftmostLongest), names


def _named(text: str, divisions: Divisions) -> Counter[str]:
    """How often each alias of a province, city or county stands in the text, longest match first."""
    matcher, names = _matcher(divisions)
    clean = re.sub(r"[\ud800-\udfff]", " ", text)
    return Counter(names[index] for index, _, _ in matcher.find_matches_as_indexes(clean))


def _former(divisions: Divisions, hits: Counter[str]) -> list[str]:
    return [alias for alias in hits if alias in divisions.historic_names()]


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


def _by_counties(divisions: Divisions, hits: Counter[str]) -> Division | None:
    """The prefecture whose counties a text names side by side, without one that it speaks from."""
    counties: dict[str, set[str]] = defaultdict(set)
    for alias in hits:
        codes = divisions.top_aliases().get(alias, ())
        if (
            len(codes) == 1
            and len(codes[0]) == 6
            and (_is_official(divisions, codes[0], alias) or _parent_named(divisions, codes[0], hits))
        ):
            city, county = divisions.get(codes[0][:4]), divisions.get(codes[0])
            # 荆州区 beside 荆州市 is as often the city's own name.
            if city and county and city.name[:-1] != county.name[:-1]:
                counties[codes[0][:4]].add(codes[0])
    ranked = sorted(counties, key=lambda code: (-len(counties[code]), code))
    if not ranked or len(counties[ranked[0]]) < MIN_COUNTIES:
        return None
    others = sum(len(counties[code]) for code in ranked[1:])
    if others * 2 > len(counties[ranked[0]]):
        return None
    return divisions.get(ranked[0])


_TOWNSHIP = re.compile(r"(?=([㐀-鿿]{1,8}?(?:街道|[镇乡])))")


@lru_cache(maxsize=2)
def _township_index(divisions: Divisions) -> dict[str, tuple[str, ...]]:
    """The counties (or cities without counties) that have a township of a name; reads the whole nation, a second."""
    found: dict[str, set[str]] = defaultdict(set)
    for alias, code in divisions.units_below(""):
        if len(code) == 9 and alias.form == "official" and len(alias.text) >= 3:
            above = divisions.parent(code)
            if above is not None:
                found[alias.text].add(above.code)
    return {name: tuple(sorted(codes)) for name, codes in found.items()}


def _by_townships(text: str, divisions: Divisions, hits: Counter[str]) -> Division | None:
    """The county that most of the named townships can be of, where a text names them and not their county."""
    index = _township_index(divisions)
    votes: dict[str, set[str]] = defaultdict(set)
    for match in _TOWNSHIP.finditer(text):
        name = match[1]
        for code in index.get(name, ()):
            votes[code].add(name)
    ranked = sorted(votes, key=lambda code: (-len(votes[code]), code))
    if not ranked or len(votes[ranked[0]]) < MIN_TOWNSHIPS:
        return None
    if len(ranked) > 1 and len(votes[ranked[1]]) * 2 > len(votes[ranked[0]]):
        return None
    best = ranked[0]
    introduced = _home(text, divisions, best, None) < 0 or any(best in _codes(divisions, alias) for alias in hits)
    return None if introduced else divisions.get(best)
