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
_TRADES = re.compile(
    r"(?:（[^）]{1,8}）|科技|技术|信息|网络|电子|电力|电气|实业|工业|农业|林业|生态|旅游|文化|传媒|教育|建设|建筑|工程|开发|发展|投资|控股|管理|服务|物业|家居|家私|家具|制造|机械|机具|设备|装备|材料|建材|新材料|能源|新能源|环保|食品|餐饮|饮品|酒业|药业|医药|生物|化工|化学|纺织|服饰|服装|商贸|贸易|经贸|物流|运输|汽车|置业|房地产|地产|包装|容器|印刷|塑料|橡胶|五金|钢铁|矿业|水泥|养殖|种植|畜牧|水产|果蔬|茶业|茶叶|蔬菜|粮油|电商|电子商务|数码|智能|光电|半导体|通信|供应链|连锁|超市|百货|酒店|劳务|咨询|检测|监理|设计|装饰|园林|市政|水利|水务|燃气|热力|股份|国际|中国|集团)+$"
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
    keys = sorted(names)
    automaton = AhoCorasick(keys, matchkind=MatchKind.LeftmostLongest)
    result: list[Found] = []
    for index, start, end in automaton.find_matches_as_indexes(sheet.text):
        owner, full, rule, score = names[keys[index]]
        if rule == "known.short" and (not _stands_alone(sheet, start, end) or sheet.text[end : end + 1] == "·"):
            continue  # “优宿·云仓”: a product
        if owner.kind == Kind.PERSON and sheet.text.startswith("新时代", end):
            continue
        family = "person" if owner.kind == Kind.PERSON else "known"
        if rule == "known.short" and suffixes.ending(keys[index]) is not None:
            family, score = "quoted", 0.95  # 默锐科技 is a name by its last word, and the same company
        result.append(Found(start, end, owner.kind, owner.subtype, family, rule, score, owner.codes, full))
    return result


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


def _stands_alone(sheet: Sheet, start: int, end: int) -> bool:
    word = sheet.word_at(start)
    after = sheet.word_at(end) if end < len(sheet.text) else None
    return (word is None or word.start == start) and (
        after is None or after.start == end or sheet.text[end] in "的在公集"
    )
