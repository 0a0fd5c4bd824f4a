"""Finds again what the page has named already: a proven name elsewhere, a short name that the page defines or uses.

In: a sheet and the finds that stand so far. Out: finds of family `known`, each with the full name it is short for.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from ahocorasick_rs import AhoCorasick, MatchKind

from kg.gazetteers import is_ordinary_word, word_frequency
from kg.mentions.found import Found
from kg.model import Kind
from kg.ontology import Ontology
from kg.sheet import Sheet
from kg.suffixes import Suffixes

# 柯城区优宿物业管理有限公司（以下简称“优宿”）
_DEFINED = re.compile(r"（(?:以下|下文|下称|简称|以下统称|后文)?(?:简)?称?[:：]?[“\"‘]?([^（）“”\"‘’]{2,12})[”\"’]?）")
_DEFINES = re.compile(r"（(?:以下|下文|后文)?(?:简|统)?称")
_COMPANY_TAILS = (
    "集团股份有限公司 股份有限公司 有限责任公司 集团有限公司 有限公司 集团公司 总公司 分公司 集团 公司 专业合作社 合作社 农商银行 银行"
).split()
_FIRMS = re.compile(
    r"((?:[^，。；、：\s]{2,16}、)+[^，。；、：\s]{2,12}?)等?(?:\d+|[一二两三四五六七八九十百]+|多)?余?多?(?:家|户)[^，。；、]{0,6}?(?:企业|公司|厂商|单位)"
)
_FIRM = re.compile(r"[\u4e00-\u9fffA-Za-z]{3,8}")
_TRADES = re.compile(
    r"(?:（[^）]{1,8}）|科技|技术|信息|网络|电子|电力|电气|实业|工业|农业|林业|生态|旅游|文化|传媒|教育|建设|建筑|工程|开发|发展|投资|控股|管理|服务|物业|家居|家私|家具|制造|机械|机具|设备|装备|材料|建材|新材料|能源|新能源|环保|食品|餐饮|饮品|酒业|药业|木业|竹业|石业|种业|乳业|牧业|渔业|林业|纸业|染织|织造|针织|印染|制衣|鞋业|皮革|陶瓷|玻璃|家纺|毛纺|丝绸|电缆|线缆|铝材|铝业|铜业|钢构|门窗|肉类|粮业|糖业|酿酒|饲料|化肥|肥业|农牧|农资|电池|储能|光伏|风电|棉业|蚕业|花卉|苗木|医药|生物|化工|化学|纺织|服饰|服装|商贸|贸易|经贸|物流|运输|汽车|置业|房地产|地产|包装|容器|印刷|塑料|橡胶|五金|制品|用品|钢铁|矿业|水泥|养殖|种植|畜牧|水产|果蔬|茶业|茶叶|蔬菜|粮油|电商|电子商务|数码|智能|光电|半导体|通信|供应链|连锁|超市|百货|酒店|劳务|咨询|检测|监理|设计|装饰|园林|市政|水利|水务|燃气|热力|股份|国际|中国|集团)+$"
)


def find_defined(sheet: Sheet, finds: Sequence[Found]) -> list[Found]:
    """Short names that the text defines right after a name: every occurrence on the page means that name."""
    ends = {find.end: find for find in finds if find.kind in {Kind.ORG, Kind.PLACE}}
    result: list[Found] = []
    for match in _DEFINED.finditer(sheet.text):
        owner = ends.get(match.start())
        if owner is None or not _DEFINES.match(match.group()):
            continue
        full = owner.name or sheet.text[owner.start : owner.end]
        for short in re.split(r"[、”“或]+", match.group(1)):
            if len(short) >= 2:
                result += _everywhere(sheet, short, owner, full, "known.defined", 0.95)
    return result


def find_repeated(sheet: Sheet, finds: Sequence[Found], ontology: Ontology, suffixes: Suffixes) -> list[Found]:
    """Names again and their distinctive cores: 三易易公司 after 三易易农业科技有限公司, 智尚小镇 after 航埠智尚小镇."""
    names: dict[str, tuple[Found, str, str, float]] = {}
    for find in finds:
        text = sheet.text[find.start : find.end]
        full = find.name or text
        if find.kind == Kind.PERSON:
            if find.rule not in {"person.courtesy"} and len(text) >= 2:
                names.setdefault(text, (find, full, "known.again", 0.92))
            continue
        if find.family == "deictic" or find.family == "short":
            continue
        if find.family == "tagger" and suffixes.ending(text) is None:
            continue
        if find.family in {"name", "quoted", "organ", "tagger"} and not find.rule.endswith("level") and len(text) >= 3:
            names.setdefault(text, (find, full, "known.again", 0.9))
        for short in short_names(text, find, ontology, suffixes):
            names.setdefault(short, (find, full, "known.short", 0.85))
    if not names:
        return []
    if any("九三学社" in name for name in names):  # the one party with a short name of its own
        owner, full = next((find, full) for name, (find, full, _, _) in names.items() if "九三学社" in name)
        names.setdefault("九三", (owner, full, "known.short", 0.85))
    keys = sorted(names)
    automaton = AhoCorasick(keys, matchkind=MatchKind.LeftmostLongest)
    result: list[Found] = []
    for index, start, end in automaton.find_matches_as_indexes(sheet.text):
        owner, full, rule, score = names[keys[index]]
        if rule == "known.short" and (not _stands_alone(sheet, start, end) or sheet.text[end : end + 1] == "·"):
            continue  # “优宿·云仓”: a product
        dropped = rule == "known.short" and owner.kind == Kind.PLACE and full.endswith(keys[index])
        if dropped and end <= owner.start and _in_text(sheet, start):
            continue  # 看了|实训基地 in one county, 某区实训基地 in the next: the short name comes after the full one
        if owner.kind == Kind.PERSON and sheet.text.startswith("新时代", end):
            continue
        family = "person" if owner.kind == Kind.PERSON else "known"
        if rule == "known.short" and suffixes.ending(keys[index]) is not None:
            family, score = "quoted", 0.95  # 默锐科技 is a name by its last word, and the same company
        if keys[index] == "九三" and re.match(r"[年届阅]|学社|之家", sheet.text[end : end + 2]):
            continue
        result.append(Found(start, end, owner.kind, owner.subtype, family, rule, score, owner.codes, full))
    return result + list(_sites_of_companies(sheet, [*finds, *result]))


def _sites_of_companies(sheet: Sheet, finds: Sequence[Found]) -> Iterator[Found]:
    """某某五金|阳春|生产基地: a company, where, and what it has there make the name of one site."""
    regions = {find.start: find for find in finds if find.family in {"short", "division"}}
    for company in finds:
        region = regions.get(company.end)
        if company.kind != Kind.ORG or company.subtype != "company" or region is None:
            continue
        what = _COMPANY_SITE.match(sheet.text, region.end)
        if what is not None:
            yield Found(company.start, what.end(), Kind.PLACE, "site", "name", "known.site-of", 0.85, region.codes)


_COMPANY_SITE = re.compile(
    r"[\u4e00-\u9fff]{0,8}?(?:平台|基地|产业园|工业园|物流园|科技园|工厂|分厂|厂区|中心)(?!的?[建项])"
)


def find_listed_firms(sheet: Sheet, finds: Sequence[Found]) -> list[Found]:
    """与甲电器、乙空调、丙智造等200余家企业: items of a list that says it lists firms and holds one that is known."""
    known = {(find.start, find.end) for find in finds if find.kind == Kind.ORG}
    taken = [(find.start, find.end) for find in finds if find.family not in {"short", "weak", "known", "tagger"}]
    result: list[Found] = []
    for match in _FIRMS.finditer(sheet.text):
        items = [
            (match.start(1) + m.start(), match.start(1) + m.end()) for m in re.finditer(r"[^、和]+", match.group(1))
        ]
        if not any(end == item_end for item_end in (e for _, e in items) for _, end in known):
            continue
        for start, end in items[1:]:
            text = sheet.text[start:end]
            free = not any(s < end and start < e for s, e in taken)
            if free and (start, end) not in known and _FIRM.fullmatch(text) and not is_ordinary_word(text):
                result.append(Found(start, end, Kind.ORG, "company", "name", "known.listed-firm", 0.8))
    return result


# 县产业园 after 某县产业园; not 各县产业园, whose 县 does not begin a word.
_COUNTY_SITE = re.compile(r"[\u4e00-\u9fff]{1,4}?([县市区旗][\u4e00-\u9fff]{3,12})$")
# 智能制造产业园 after 滨江新城智能制造产业园
_IN_ZONE = re.compile(r"[\u4e00-\u9fff]{2,6}(?:新城|新区|开发区|高新区|经开区|小镇)([\u4e00-\u9fff]{4,12})$")


def short_names(text: str, find: Found, ontology: Ontology, suffixes: Suffixes) -> Iterator[str]:
    """Forms by which a page may name again what it named in full once; none is an ordinary word."""
    if find.kind == Kind.ORG and find.subtype == "company":
        tail = next((tail for tail in _COMPANY_TAILS if text.endswith(tail)), None)
        if tail is None:
            return
        core = re.sub(r"（[^）]*）", "", text[: -len(tail)])
        for region in (3, 2, 4, 0):
            stem = core[region:]
            if region and not _is_region(core[:region]):
                continue
            bare = _TRADES.sub("", stem)
            trade = stem[len(bare) :]
            if len(bare) >= 2 and not is_ordinary_word(bare):
                yield bare
                yield from (bare + word for word in ("公司", "集团"))
                yield from (bare + trade[:size] for size in (2, 4) if len(trade) >= size)
            if region and len(stem) >= 4:
                yield stem
            if not region or _is_region(core[:region]):
                break
    elif find.kind == Kind.PLACE and find.subtype == "site":
        outer = re.sub(r"（[^）]*）$", "", text)
        if outer != text and len(outer) >= 4:
            yield outer
        suffix = suffixes.ending(text)
        for one, other in (("项目", "工程"), ("工程", "项目")):
            if text.endswith(one) and find.rule != "known.short":
                yield text.removesuffix(one) + other  # 某某山塘工程 after 某某山塘项目
        level = _COUNTY_SITE.match(text)
        if suffix is not None and level is not None and find.codes:
            yield level.group(1)
        zone = _IN_ZONE.match(text)
        if suffix is not None and zone is not None and len(zone.group(1)) >= 5:
            # 智能制造产业园 after 滨江新城智能制造产业园; not 文化产业园, of which every county has one
            if not is_ordinary_word(zone.group(1).removesuffix(suffix.word)):
                yield zone.group(1)
        if suffix is not None and find.codes:
            for size in (2, 3):
                rest = text[size:]
                core = rest[: -len(suffix.word)] if suffix.word else rest
                if (
                    len(core) >= 2
                    and not is_ordinary_word(rest)
                    and core not in ontology.generic
                    and _is_region(text[:size])
                ):
                    yield rest
    elif find.kind == Kind.PLACE and text.endswith("自然村"):
        yield text[:-3] + "村"


def _is_region(text: str) -> bool:
    return text[-1:] in "省市区县州旗盟镇乡" or (
        2 <= len(text) <= 4 and word_frequency(text) > 0 and not is_ordinary_word(text)
    )


def _everywhere(sheet: Sheet, short: str, owner: Found, full: str, rule: str, score: float) -> Iterator[Found]:
    for match in re.finditer(re.escape(short), sheet.text):
        yield Found(match.start(), match.end(), owner.kind, owner.subtype, "quoted", rule, score, owner.codes, full)


def _in_text(sheet: Sheet, at: int) -> bool:
    """Whether a position is in running text, not in a headline, which may name shortly what the text names in full."""
    return any(start <= at < end and kind == "paragraph" for start, end, kind in sheet.paragraphs)


def _stands_alone(sheet: Sheet, start: int, end: int) -> bool:
    word = sheet.word_at(start)
    after = sheet.word_at(end) if end < len(sheet.text) else None
    return (word is None or word.start == start) and (
        after is None or after.start == end or sheet.text[end] in "的在公集"
    )
