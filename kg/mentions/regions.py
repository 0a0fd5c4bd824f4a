"""Finds divisions: provinces, cities and counties of the nation, townships and villages of the regions at hand.

In: a sheet and the home region. Out: finds of family `division` (full names), `short` (abbreviations, bare stems) and
`deictic` (我区, 全市), each with the codes it may mean, nearest to home first. Linking chooses among the codes.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache

from ahocorasick_rs import AhoCorasick, MatchKind

from kg.gazetteers import Division, Divisions, is_ordinary_word, word_frequency
from kg.mentions.found import Found
from kg.model import Kind
from kg.sheet import Sheet

LEVEL_CHARS = {"省": "province", "市": "city", "州": "city", "盟": "city", "区": "county", "县": "county", "旗": "county",
               "镇": "township", "乡": "township", "街道": "township"}  # fmt: skip
_PLACE_TAGS = frozenset({"LOC", "ns", "ORG", "nt"})
# Official or short names of some divisions that everywhere else are plain words.
_GENERIC_NAMES = frozenset(
    "高新区 开发区 经开区 城区 郊区 矿区 新区 市中区 市辖区 经济开发区 工业园区 管理区 新城区 老城区 东区 西区 南区 北区".split()
)
_ROAD = re.compile(r"[东西南北中]?(?:路|街(?!道)|大道|大街|巷)(?!线|过|经|上)")
_UNIT_LIST = re.compile(
    r"((?:[\u4e00-\u9fff]{2,4}、)+[\u4e00-\u9fff]{2,4}(?:和[\u4e00-\u9fff]{2,4})?)等(?:\d+|[一二三四五六七八九十两]+)?个?(乡镇|镇街|镇|乡|街道|村庄|行政村|自然村|村屯|村|社区)"
)
_DEICTIC = re.compile(
    r"(?:我|全|本)(自治区|省|市|区|县|州|盟|旗|镇|乡|街道)(?!级|委|政府|长|域|场|民[政办族宗]|外|内外|道)"
)
# 在衢挂职, 来柯考察, 赴津: the one-character stem of a home region after a verb of motion or 在.
_ONE = re.compile(
    r"(?<=[在来赴驻离返抵访留])([\u4e00-\u9fff])(?=[考调视指检参投挂人企高工创就采进开出举召的表项过慰客经务就读，。])"
)
# 福建|政务服务网: a service, not the place.
_SERVICE = re.compile(r"(?:政务服务网|人才网|公共资源交易网)")


class RegionFinder:
    """Holds the automata; one for the nation, one for each set of regions met (cached)."""

    def __init__(self, divisions: Divisions) -> None:
        """`divisions` is the loaded gazetteer; building the national automaton takes some tens of milliseconds."""
        self.divisions = divisions
        self._top = {alias: codes for alias, codes in divisions.top_aliases().items() if len(alias) > 1}
        self._top_names = list(self._top)
        self._national = AhoCorasick(self._top_names, matchkind=MatchKind.LeftmostLongest)
        self._below = lru_cache(maxsize=256)(self._build_below)

    def find(self, sheet: Sheet, home: Division | None) -> list[Found]:
        """Every division that the sheet names, full or short; may overlap across families."""
        path = self.divisions.path(home.code) if home else ()
        finds = list(self._find_national(sheet, path))
        named = {code for find in finds for code in find.codes[:1] if len(code) == 6 and find.family == "division"}
        regions = [home.code] if home and len(home.code) >= 4 else []
        regions += sorted(named - {region.code for region in path} - set(regions))
        for region in regions[:12]:
            below = region[:6] if len(region) > 6 else region
            is_home = home is not None and region == home.code
            finds += self._find_below(sheet, below, is_home=is_home)
        finds += self._find_deictic(sheet, path)
        if home is not None and len(home.code) >= 4:
            finds += self._find_lists(sheet, home.code[:6])
        return finds

    def _find_lists(self, sheet: Sheet, code: str) -> Iterator[Found]:
        """太真、灰坪、双桥等4个乡镇: in a list that says what it lists, bare stems of the home region are sure."""
        _, _, names, _ = self._below(code)
        for match in _UNIT_LIST.finditer(sheet.text):
            level = (
                "village" if match.group(2)[-1] in "村社屯" or match.group(2).startswith(("村", "社区")) else "township"
            )
            at = match.start(1)
            for order, printed in enumerate(re.split(r"[、和]", match.group(1))):
                name = printed
                if order == 0:  # 位于太真、灰坪: what stands before the first name
                    known = [
                        printed[cut:]
                        for cut in range(len(printed) - 1)
                        if printed[cut:] in names or f"{printed[cut:]}村" in names
                    ]
                    name = known[0] if known else printed
                    at += len(printed) - len(name)
                codes = tuple(c for c in names.get(name, ()) if (len(c) == 9) == (level == "township"))
                if level == "village" and not codes:
                    codes = tuple(
                        c for form in (f"{name}村", f"{name}社区") for c in names.get(form, ()) if len(c) == 12
                    )
                if codes or (len(name) > 1 and sheet.word_at(at) is not None):
                    family = "division" if codes else "weak"
                    yield Found(
                        at,
                        at + len(name),
                        Kind.PLACE,
                        level,
                        family,
                        "division.list" if codes else "name.list",
                        0.9,
                        codes,
                    )
                at += len(name) + 1

    def _find_national(self, sheet: Sheet, path: Sequence[Division]) -> list[Found]:
        """Provinces, cities, counties; a short name in doubt is taken beside a sure one in a list (济宁、聊城)."""
        sure: list[Found] = []
        doubtful: list[Found] = []
        far: list[Found] = []
        province = path[0].code if path else ""
        for find, holds in self._read_national(sheet, path):
            if not holds:
                doubtful.append(find)
            elif find.rule == "division.short" and find.subtype == "county" and not find.codes[0].startswith(province):
                far.append(find)
            else:
                sure.append(find)
        # A county elsewhere by its short name (亿元|大关, 长期|望城) needs its full name, its city or its province named.
        named = {code for find in sure for code in find.codes}
        for find in far:
            held = any(code[:size] in named for code in find.codes for size in (2, 4, 6))
            (sure if held else doubtful).append(find)
        sure.sort(key=lambda find: (find.start, find.end))
        ends = {find.end for find in sure if find.subtype in {"city", "county"}}
        starts = {find.start for find in sure if find.subtype in {"city", "county"}}
        for find in doubtful:
            before = sheet.text[find.start - 1 : find.start] in ("、", "和") and find.start - 1 in ends
            after = sheet.text[find.end : find.end + 1] in ("、", "和") and find.end + 1 in starts
            if before or after:
                sure.append(find)
                ends.add(find.end)
        return sure

    def _read_national(self, sheet: Sheet, path: Sequence[Division]) -> Iterator[tuple[Found, bool]]:
        home_codes = {region.code for region in path}
        for index, start, end in self._national.find_matches_as_indexes(sheet.text):
            alias = self._top_names[index]
            codes = self._near_first(self._top[alias], home_codes, path)
            region = self.divisions.get(codes[0])
            if region is None:
                continue
            full = any((d := self.divisions.get(code)) is not None and d.name == alias for code in codes)
            if self._is_road(sheet.text, end) or (alias in _GENERIC_NAMES and codes[0] not in home_codes):
                continue
            if _SERVICE.match(sheet.text, end):
                continue
            if (full or alias[-1] in "县旗州盟") and len(alias) > 2:
                if len(alias) < 6 and not self._starts_clean(sheet, start):
                    continue
                if (
                    sheet.text[end : end + 1] == "长"
                    and sheet.text[end - 1] in "省市县区州旗"
                    and not _begins_longer_word(sheet, end)  # 湖北省|长江流域
                    and not any(sheet.text[end : end + size] in self._top for size in (2, 3))  # 湖南省|长沙市
                ):
                    # 如皋市长: the character belongs to the post
                    short = Found(start, end - 1, Kind.PLACE, region.level, "short", "division.short", 0.9, codes)
                    yield short, True
                    continue
                yield Found(start, end, Kind.PLACE, region.level, "division", "division.full", 0.97, codes), True
            else:
                begin = start - _is_greater(sheet, start) if region.level == "city" else start
                find = Found(begin, end, Kind.PLACE, region.level, "short", "division.short", 0.9, codes)
                yield find, self._short_holds(sheet, alias, start, end, codes[0] in home_codes)

    @staticmethod
    def _is_road(text: str, end: int) -> bool:
        """苏州路, 南京东路 are roads of other cities."""
        return bool(_ROAD.match(text, end))

    def _near_first(self, codes: Iterable[str], home_codes: set[str], path: Sequence[Division]) -> tuple[str, ...]:
        """Candidates sorted: on the home path, in the home city, in the home province, larger before smaller, code."""
        city = next((region.code for region in path if len(region.code) == 4), "-")
        province = path[0].code if path else "-"

        def distance(code: str) -> tuple[bool, bool, bool, int, str]:
            return (code not in home_codes, not code.startswith(city), not code.startswith(province), len(code), code)

        return tuple(sorted(codes, key=distance))

    def _short_holds(self, sheet: Sheet, alias: str, start: int, end: int, at_home: bool) -> bool:
        """Whether a short name (温岭, 大同) is the place here: the tagger or the page's home says so."""
        word = sheet.word_at(start)
        around = sheet.text[max(0, start - 1) : start] + sheet.text[end : end + 1]
        if sheet.article_at(start) is None and around.strip():
            return False  # names of apps and columns in a masthead: 柯城发布
        if word is None:
            return at_home or not is_ordinary_word(alias)
        if word.tag in {"PER", "nr"} and word.end - word.start > len(alias):
            return False
        if sheet.text[end : end + 1] == "族":
            return False
        if at_home:
            return True
        if alias == "全州" or sheet.text[end : end + 1] in {"湾", "河", "江", "湖", "海"}:
            return False
        if is_ordinary_word(alias):
            return False
        if word.start == start and word.tag in _PLACE_TAGS:
            return True
        if word.end > end and word.tag not in _PLACE_TAGS:
            return False
        named = word.tag in {"n", "nz", "nr", "nw", "x", "j", "s"}
        return word.start == start and word.end >= end and named and word_frequency(alias) < 2000

    def _build_below(self, code: str) -> tuple[AhoCorasick, list[str], dict[str, tuple[str, ...]], dict[str, str]]:
        names: dict[str, list[str]] = {}
        forms: dict[str, str] = {}
        for alias, unit in self.divisions.units_below(code):
            if len(alias.text) < 2 or (alias.form == "stem" and len(unit) > 9):
                continue
            names.setdefault(alias.text, []).append(unit)
            if forms.get(alias.text) != "official":
                forms[alias.text] = alias.form
        keys = list(names)
        automaton = AhoCorasick(keys, matchkind=MatchKind.LeftmostLongest)
        return automaton, keys, {name: tuple(sorted(set(codes))) for name, codes in names.items()}, forms

    def _find_below(self, sheet: Sheet, code: str, *, is_home: bool) -> Iterator[Found]:
        automaton, keys, names, forms = self._below(code)
        text = sheet.text
        for index, start, end in automaton.find_matches_as_indexes(text):
            alias = keys[index]
            codes = names[alias]
            township = len(codes[0]) == 9
            if alias in _GENERIC_NAMES:
                continue
            level = "township" if township else "village"
            if forms[alias] == "stem":
                if is_home and self._stem_holds(sheet, alias, start, end):
                    yield Found(start, end, Kind.PLACE, level, "short", "division.stem", 0.8, codes)
                continue
            if not is_home and not township:
                continue  # a village of a county that is only named: its name is too common to be told apart
            if is_ordinary_word(alias) or not (self._starts_clean(sheet, start) or (township and len(alias) > 3)):
                continue
            if (
                alias.endswith("村")
                and text[end : end + 1] == "村"
                and text[end : end + 2]
                not in ("村民", "村委", "村党", "村支", "村两", "村办", "村集", "村里", "村口", "村头")
            ):
                continue
            score = 0.96 if is_home else 0.9
            yield Found(start, end, Kind.PLACE, level, "division", f"division.{level}", score, codes)

    def _starts_clean(self, sheet: Sheet, start: int) -> bool:
        """Whether a name may begin here: at a word's start, or behind a level character (石梁镇|白云村)."""
        if start == 0:
            return True
        word = sheet.word_at(start)
        if word is None or word.start == start:
            return True
        before = sheet.text[start - 1]
        if before in "省市区县州盟旗镇乡道村共和与及在到的为由、":
            return True
        # 联合|城步县 as the tagger glues it; not 沿海|城市: there the seam cuts a word
        return word.tag in _PLACE_TAGS and word_frequency(before + sheet.text[start]) < 100

    def _stem_holds(self, sheet: Sheet, alias: str, start: int, end: int) -> bool:
        """A bare township stem (太真 in 太真、灰坪等4个乡镇) needs the tagger's word and must be no ordinary word."""
        if is_ordinary_word(alias):
            return False
        word = sheet.word_at(start)
        return word is None or (word.start == start and word.end == end and word.tag in {"LOC", "ns", "nz"})

    def _find_deictic(self, sheet: Sheet, path: Sequence[Division]) -> Iterator[Found]:
        by_level = {region.level: region for region in path}
        for match in _DEICTIC.finditer(sheet.text):
            char = match.group(1)
            level = "province" if char == "自治区" else LEVEL_CHARS[char]
            region = by_level.get(level)
            if region is None and char == "市":  # a county-level city or a municipality calls itself 我市
                region = next((r for r in reversed(path) if r.name.endswith("市")), None)
            if region is not None and char == "市" and path[-1].level == "county" and path[-1].name.endswith("市"):
                region = path[-1]
            if region is not None:
                yield Found(match.start(), match.end(), Kind.PLACE, region.level, "deictic", "division.deictic", 0.8,
                            (region.code,))  # fmt: skip
        for region in path:
            if region.level in {"city", "county"}:
                stem = region.name[:1]
                for match in _ONE.finditer(sheet.text):
                    if match.group(1) == stem and len(region.name) <= 4:
                        yield Found(match.start(1), match.end(1), Kind.PLACE, region.level, "deictic",
                                    "division.one-character", 0.75, (region.code,))  # fmt: skip


def _is_greater(sheet: Sheet, start: int) -> bool:
    """Whether 大 directly before a city belongs to it (走进|大成都); not 扩大|成都…, where it ends a word."""
    word = sheet.word_at(start - 1) if start > 0 and sheet.text[start - 1] == "大" else None
    return word is not None and word.start == start - 1


def _begins_longer_word(sheet: Sheet, at: int) -> bool:
    """Whether a word of several characters begins at `at` and is no post (长江, 长期)."""
    word = sheet.word_at(at)
    return word is not None and word.start == at and word.end - at > 1 and word.tag != "PER"
