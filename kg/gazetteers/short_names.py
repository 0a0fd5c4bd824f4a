"""How people shorten the name of a division: 柯城, 黔东南州, 莪山乡, 一二一团.

In: an official name and its level. Out: alias forms, official first. Rules only; abbreviations that no rule gives
(科右前旗, 博州) stand in `gazetteers/divisions/short-names.csv` and are added by `divisions`.
"""

from __future__ import annotations

import re
from typing import NamedTuple

OFFICIAL = "official"
SHORT = "short"
STEM = "stem"


class Alias(NamedTuple):
    """A form by which a text may name a division.

    `form` is `official` (the full name), `short` (an established abbreviation or another complete name: 凉山州,
    莪山乡, 严村 for 严村村) or `stem` (the name without its type word: 柯城, 航埠, 白云; often an ordinary word).
    """

    text: str
    form: str


# The 56 peoples as they stand in names of autonomous divisions, some without 族 (伊犁哈萨克自治州). Longest first.
_PEOPLE_NAMES = """
阿昌族 白族 保安族 布朗族 布依族 朝鲜族 达斡尔族 傣族 德昂族 侗族 东乡族 独龙族 鄂伦春族 俄罗斯族 鄂温克族 高山族
仡佬族 哈尼族 哈萨克族 赫哲族 回族 基诺族 京族 景颇族 柯尔克孜族 拉祜族 黎族 傈僳族 珞巴族 满族 毛南族 门巴族
蒙古族 苗族 仫佬族 纳西族 怒族 普米族 羌族 撒拉族 畲族 水族 塔吉克族 塔塔尔族 土家族 土族 佤族 维吾尔族
乌孜别克族 锡伯族 瑶族 彝族 裕固族 藏族 壮族 各族 哈萨克 柯尔克孜 蒙古 塔吉克 锡伯 维吾尔 民族
"""
_PEOPLES = sorted(_PEOPLE_NAMES.split(), key=lambda name: (-len(name), name))
_FUNCTIONAL = re.compile(
    r"(?:开发区|示范区|示范园|园区|管理区|产业园|实验区|食品区|风景名胜区|聚集区|集聚区|集中区|工业区|工业园|合作区|度假区|保税区|港区"
    r"|旅游区|风景区|生态区|创意园|新区|新城|群岛|海域|委员会)$"
)
_ABBREVIATED = (
    ("高新技术产业开发区", "高新区"),
    ("高新技术开发区", "高新区"),
    ("高新技术产业园区", "高新区"),
    ("高技术产业开发区", "高新区"),
    ("经济技术开发区", "经开区"),
    ("经济开发区", "经开区"),
    ("城乡一体化示范区", "示范区"),
)
_DIGITS = str.maketrans("〇零一二三四五六七八九", "00123456789")
_CORPS = re.compile(r"(?:新疆)?(?:生产建设)?兵团(?:农?第?[一二三四五六七八九十]+师)?|农?第[一二三四五六七八九十]+师")


def without_peoples(stem: str) -> str:
    """The stem of an autonomous division without the peoples it names.

    >>> without_peoples("黔东南苗族侗族"), without_peoples("东乡族"), without_peoples("伊犁哈萨克")
    ('黔东南', '东乡', '伊犁')
    """
    while True:
        for people in _PEOPLES:
            # What is left has two characters at least: 内蒙古 and 东乡族 stay.
            if stem.endswith(people) and len(stem) > len(people) + 1:
                stem = stem[: -len(people)]
                break
        else:
            return stem.removesuffix("族")


def province_forms(name: str) -> tuple[Alias, ...]:
    """Official name and stem of a province (the one-character abbreviations are data)."""
    for suffix in ("特别行政区", "自治区"):
        if name.endswith(suffix):
            stem = without_peoples(name.removesuffix(suffix))
            return (Alias(name, OFFICIAL), Alias(stem, SHORT))
    return (Alias(name, OFFICIAL), Alias(name[:-1], STEM))


def city_forms(name: str) -> tuple[Alias, ...]:
    """Forms of a prefecture-level city, prefecture, league or autonomous prefecture."""
    if name.endswith("自治州"):
        stem = without_peoples(name.removesuffix("自治州"))
        return (Alias(name, OFFICIAL), Alias(f"{stem}州", SHORT), Alias(stem, STEM))
    stem = name.removesuffix("地区") if name.endswith("地区") else name[:-1]
    return (Alias(name, OFFICIAL), Alias(stem, STEM))


def county_forms(name: str) -> tuple[Alias, ...]:
    """Forms of a county, district, county-level city or banner; a development zone has no stem."""
    for suffix, kind in (("自治县", "县"), ("自治旗", "旗")):
        if name.endswith(suffix):
            stem = without_peoples(name.removesuffix(suffix))
            return (Alias(name, OFFICIAL), Alias(f"{stem}{kind}", SHORT), Alias(stem, STEM))
    if name in ("神农架林区", "六枝特区"):
        return (Alias(name, OFFICIAL), Alias(name[:-2], STEM))
    if _FUNCTIONAL.search(name):
        return (Alias(name, OFFICIAL), *_abbreviated(name))
    # 科尔沁右翼前, 达尔罕茂明安联合: nobody stops there.
    if re.search(r"(?:[前中后左右]|联合)旗$", name):
        return (Alias(name, OFFICIAL),)
    stem = name[:-1]
    # 东区, 城区, 郊区: what is left is a direction or nothing, never a name.
    if name.endswith("区") and len(stem) == 1:
        return (Alias(name, OFFICIAL),)
    return (Alias(name, OFFICIAL), Alias(stem, STEM))


def township_forms(name: str) -> tuple[Alias, ...]:
    """Forms of a township, town, subdistrict, sumu, area (北京), farm or zone with a township code."""
    official = Alias(name, OFFICIAL)
    if name.endswith("街道"):
        return _with_stem(official, name[:-2])
    if name.endswith("镇"):
        return _with_stem(official, name[:-1])
    if name.endswith("乡"):
        stem = name[:-1]
        bare = without_peoples(stem) if stem.endswith("族") else stem
        if bare == stem:
            return _with_stem(official, stem)
        return (official, Alias(f"{bare}乡", SHORT), Alias(bare, STEM))
    if name.endswith("苏木"):
        return _with_stem(official, name[:-2])
    if name.endswith("地区") and len(name) > 3:
        stem = name[:-2]
        return (official, Alias(f"{stem}乡", SHORT), Alias(f"{stem}镇", SHORT), Alias(stem, STEM))
    if "兵团" in name or name.endswith("团"):
        return (official, *_corps_forms(name))
    if name.startswith(("国营", "地方国营", "国有")) and len(name) > 5:
        return (official, Alias(name.split("国", 1)[1][1:], SHORT))
    if name.endswith("办事处"):
        return _with_stem(official, name[:-3])
    return (official, *_abbreviated(name))


def village_forms(name: str) -> tuple[Alias, ...]:
    """Forms of a village, community, gacha or residents' committee.

    >>> [alias.text for alias in village_forms("白云村")], [alias.text for alias in village_forms("严村村")]
    (['白云村', '白云'], ['严村村', '严村'])
    """
    size = len(name)
    if name[-1] == "村":
        if size == 2:
            return (Alias(name, OFFICIAL), Alias(f"{name}村", SHORT))
        if size == 3 and name[1] == "村":
            return (Alias(name, OFFICIAL), Alias(name[:2], SHORT))
        return (Alias(name, OFFICIAL), Alias(name[:-1], STEM)) if size > 2 else (Alias(name, OFFICIAL),)
    if name.endswith("社区"):
        stem = name[:-2]
        if size == 3:
            return (Alias(name, OFFICIAL), Alias(f"{stem}居委会", SHORT))
        form = SHORT if stem[-1] == "村" else STEM
        return (Alias(name, OFFICIAL), Alias(f"{stem}居委会", SHORT), Alias(stem, form))
    if name.endswith("居委会") and size > 4:
        return (Alias(name, OFFICIAL), Alias(f"{name[:-3]}社区", SHORT), Alias(name[:-3], STEM))
    if name.endswith("嘎查") and size > 3:
        return (Alias(name, OFFICIAL), Alias(name[:-2], STEM))
    return (Alias(name, OFFICIAL),)


def _with_stem(official: Alias, stem: str) -> tuple[Alias, ...]:
    return (official, Alias(stem, STEM)) if len(stem) > 1 else (official,)


def _abbreviated(name: str) -> tuple[Alias, ...]:
    for long, short in _ABBREVIATED:
        if name.endswith(long) and name != long:
            return (Alias(name.removesuffix(long) + short, SHORT),)
    return ()


def _corps_forms(name: str) -> tuple[Alias, ...]:
    """一二一团 and 121团 for 兵团一二一团."""
    bare = _CORPS.sub("", name)
    forms = [Alias(bare, SHORT)] if bare and bare != name else []
    if re.fullmatch(r"[〇零一二三四五六七八九]{2,3}团", bare):
        forms.append(Alias(bare.translate(_DIGITS), SHORT))
    return tuple(forms)
