"""The administrative divisions of China, five levels, with every form by which a text may name one.

In: `gazetteers/divisions/` (the National Bureau of Statistics' codes of 2023-06-30, see its README). Out: `Divisions`,
which answers for codes, names and paths. Townships and villages are read one city at a time, when first asked for. It
does not decide what a mention in a text means.
"""

from __future__ import annotations

import lzma
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache, partial
from pathlib import Path

from kg.errors import InputError
from kg.gazetteers.historic import HistoricDivision, commented_rows, load_historic
from kg.gazetteers.regions import RegionReading, read_region
from kg.gazetteers.short_names import (
    Alias,
    city_forms,
    county_forms,
    province_forms,
    township_forms,
    village_forms,
)

_LEVELS = {2: "province", 4: "city", 6: "county", 9: "township", 12: "village"}
_FORMS = {
    "province": province_forms,
    "city": city_forms,
    "county": county_forms,
    "township": township_forms,
    "village": village_forms,
}
# Type words that part an alias from the stem that its official name begins with (the nation's lower levels are searched
# by that stem instead of being indexed).
_TYPE_WORDS = ("居委会", "社区", "街道", "嘎查", "苏木", "地区", "村", "镇", "乡")


@dataclass(frozen=True, slots=True)
class Division:
    """A division: official code (2, 4, 6, 9 or 12 digits), name, level (`province` … `village`)."""

    code: str
    name: str
    level: str


def gazetteer_folder() -> Path:
    """The folder of the gazetteers: `kg/_gazetteers` in an installed package, `gazetteers` in a checkout.

    Raises:
        InputError: neither exists.
    """
    package = Path(__file__).resolve().parent.parent
    for folder in (package / "_gazetteers", package.parent / "gazetteers"):
        if (folder / "divisions" / "top.tsv").is_file():
            return folder
    raise InputError("the gazetteers are missing", where=str(package), hint="install county-kg again")


@lru_cache(maxsize=4)
def load_divisions(folder: Path | None = None) -> Divisions:
    """The divisions of a gazetteer folder (default: the package's own); cached, so that all callers share one.

    Raises:
        InputError: the folder has no `divisions/top.tsv`.
    """
    return Divisions(folder or gazetteer_folder())


class Divisions:
    """All divisions. Levels that only statistics knows (市辖区 1101, 省直辖 4290, 441900) do not exist here."""

    def __init__(self, folder: Path) -> None:
        """Read provinces, cities and counties; `folder` is a gazetteer folder (with `divisions/` in it)."""
        self._folder = folder / "divisions"
        try:
            text = (self._folder / "top.tsv").read_text(encoding="utf-8")
        except (OSError, UnicodeDecodeError) as error:
            raise InputError("cannot read the divisions", where=str(self._folder), hint=str(error)) from error
        self._top: dict[str, str] = dict(line.split("\t", 1) for line in text.splitlines())
        self._historic_path = folder / "historic-divisions.csv"
        self._blocks: dict[str, str] = {}
        self._below: dict[str, dict[str, tuple[str, ...]]] = {}
        # All pages of a newspaper name one region, and reading it takes milliseconds.
        self._read_region = lru_cache(maxsize=4096)(partial(read_region, self))

    def get(self, code: str) -> Division | None:
        """The division of a code, or None. A six-digit code ending in 00 (330800, 330000) is the city or province."""
        if len(code) == 6 and code.endswith("00"):
            code = code[:2] if code.endswith("0000") else code[:4]
        level = _LEVELS.get(len(code))
        if level is None or not code.isascii() or not code.isdigit():
            return None
        if len(code) <= 6:
            name = self._top.get(code)
            return None if name is None else Division(code, name, level)
        block = self._block(code[:4])
        start = block.find(f"\n{code}\t")
        if start < 0:
            return None
        start += len(code) + 2
        return Division(code, block[start : block.index("\n", start)], level)

    def parent(self, code: str) -> Division | None:
        """The division one level up that people know (429004 → 湖北省), or None for a province or an unknown code."""
        for size in (9, 6, 4, 2):
            if size < len(code) and (division := self._exact(code[:size])):
                return division
        return None

    def path(self, code: str) -> tuple[Division, ...]:
        """The division and all above it, province first; empty for an unknown code."""
        division = self.get(code)
        if division is None:
            return ()
        above = (self._exact(division.code[:size]) for size in (2, 4, 6, 9) if size < len(division.code))
        return (*(each for each in above if each), division)

    def children(self, code: str) -> tuple[Division, ...]:
        """The divisions one level down that people know, by code; empty for villages and unknown codes."""
        division = self.get(code)
        if division is None:
            return ()
        code = division.code
        if len(code) <= 4:
            below = [Division(each, name, _LEVELS[len(each)]) for each, name in self._top.items() if each != code]
            near = tuple(each for each in below if each.code.startswith(code) and self._is_parent(code, each.code))
            if near or len(code) == 2:
                return near
        size = 12 if len(code) == 9 else 9
        return tuple(
            Division(each, name, _LEVELS[size])
            for each, name in self._lines(code)
            if len(each) == size and each != code
        )

    def within(self, code: str, ancestor: str) -> bool:
        """Whether a division lies in another one, or is it."""
        return code.startswith(ancestor)

    def alias_forms(self, division: Division) -> tuple[Alias, ...]:
        """All forms by which a text may name a division, official name first, no duplicates; no former names."""
        forms = _FORMS[division.level](division.name)
        extra = self._short_names.get(division.code, ())
        if not extra:
            return forms
        known = {alias.text for alias in forms}
        return (*forms, *(alias for alias in extra if alias.text not in known))

    def aliases(self, division: Division) -> tuple[str, ...]:
        """The texts of `alias_forms`, in the same order."""
        return tuple(alias.text for alias in self.alias_forms(division))

    def find(
        self, name: str, *, level: str | None = None, within: str | None = None, deep: bool = False
    ) -> tuple[Division, ...]:
        """All divisions that a text may call `name`, by code; no former names (`historic` has those).

        Args:
            name: any alias form.
            level: only this level.
            within: only this division and what lies in it; its townships and villages are looked at too.
            deep: look at the townships and villages of the whole nation (reads all of it, about a second).
        """
        codes = [code for code in self._top_index.get(name, ()) if within is None or code.startswith(within)]
        if level in (None, "township", "village") and (deep or within is not None):
            codes += self._find_below(name, within or "")
        found = (self.get(code) for code in sorted(set(codes)))
        return tuple(each for each in found if each and (level is None or each.level == level))

    def top_aliases(self) -> Mapping[str, tuple[str, ...]]:
        """Codes (sorted) of provinces, cities and counties by every alias of two characters or more."""
        return self._top_index

    def units_below(self, code: str) -> Iterator[tuple[Alias, str]]:
        """Every alias of every township and village below a province, city, county or township, by code.

        Args:
            code: the empty string means the whole nation.
        """
        for each, name in self._lines(code):
            if each != code:
                for alias in township_forms(name) if len(each) == 9 else village_forms(name):
                    yield alias, each

    def historic(self, name: str) -> tuple[HistoricDivision, ...]:
        """The former divisions of a name (文登市, 衢县); empty if there was none."""
        return load_historic(self._historic_path).get(name, ())

    def historic_names(self) -> Mapping[str, tuple[HistoricDivision, ...]]:
        """All former divisions by name."""
        return load_historic(self._historic_path)

    def successor(self, historic: HistoricDivision) -> Division | None:
        """What a former division is today: its successor, or the smallest division that holds all its successors."""
        first, *others = historic.successors or ("",)
        for size in (12, 9, 6, 4, 2):
            code = first[:size]
            if len(code) == size and all(each.startswith(code) for each in others):
                division = self._exact(code)
                if division:
                    return division
        return None

    def read_region(self, text: str) -> RegionReading | None:
        """Read a printed path (浙江省衢州市柯城区, 内蒙古兴安盟乌兰浩特市, 山东省威海市文登市) with how it was printed.

        Returns None where nothing fits or a bare name has several meanings (鼓楼区).
        """
        return self._read_region(text)

    def parse_region(self, text: str) -> Division | None:
        """The lowest division of a printed path, today's for a former name; None where `read_region` gives None."""
        reading = self._read_region(text)
        return None if reading is None else reading.division

    def below(self, code: str) -> Mapping[str, tuple[str, ...]]:
        """Codes (sorted) of the townships and villages of a county by alias; read once, then kept.

        Args:
            code: a county, or a city without counties (4419).
        """
        index = self._below.get(code)
        if index is None:
            lists: dict[str, list[str]] = {}
            for alias, each in self.units_below(code):
                lists.setdefault(alias.text, []).append(each)
            index = self._below[code] = {text: tuple(codes) for text, codes in lists.items()}
        return index

    @cached_property
    def _top_index(self) -> dict[str, tuple[str, ...]]:
        lists: dict[str, list[str]] = {}
        for code, name in self._top.items():
            for text in self.aliases(Division(code, name, _LEVELS[len(code)])):
                if len(text) > 1:
                    lists.setdefault(text, []).append(code)
        return {text: tuple(sorted(codes)) for text, codes in lists.items()}

    @cached_property
    def _short_names(self) -> dict[str, tuple[Alias, ...]]:
        path = self._folder / "short-names.csv"
        lists: dict[str, list[Alias]] = {}
        for number, cells in commented_rows(path)[1:]:
            if len(cells) != 3 or cells[2] not in ("short", "stem"):
                raise InputError("expected code,short,form with form short or stem", where=f"{path}:{number}")
            lists.setdefault(cells[0], []).append(Alias(cells[1], cells[2]))
        return {code: tuple(aliases) for code, aliases in lists.items()}

    def _exact(self, code: str) -> Division | None:
        """`get` without reading 330800 as 3308, so that the pseudo county 441900 stays unknown."""
        return None if len(code) == 6 and code.endswith("00") else self.get(code)

    def _is_parent(self, code: str, child: str) -> bool:
        parent = self.parent(child)
        return parent is not None and parent.code == code

    def _block(self, prefix: str) -> str:
        """All lines of a city, each between two newlines; empty if there is none."""
        block = self._blocks.get(prefix)
        if block is None:
            path = self._folder / f"{prefix}.tsv.xz"
            try:
                block = "\n" + lzma.decompress(path.read_bytes()).decode() if path.is_file() else "\n"
            except (OSError, lzma.LZMAError, UnicodeDecodeError) as error:
                raise InputError("cannot read this block of divisions", where=str(path), hint=str(error)) from error
            self._blocks[prefix] = block
        return block

    @cached_property
    def _prefixes(self) -> tuple[str, ...]:
        return tuple(sorted(path.name.split(".", 1)[0] for path in self._folder.glob("*.tsv.xz")))

    def _lines(self, code: str) -> Iterator[tuple[str, str]]:
        """(code, name) of all townships and villages whose code begins with `code`, in order."""
        if len(code) < 4:
            for prefix in self._prefixes:
                if prefix.startswith(code):
                    yield from self._lines(prefix)
            return
        block = self._block(code[:4])
        start = block.find(f"\n{code}")
        if start < 0:
            return
        # Lines are sorted, so those of one prefix stand together.
        end = block.index("\n", block.rfind(f"\n{code}") + 1)
        for line in block[start + 1 : end].split("\n"):
            each, _, name = line.partition("\t")
            yield each, name

    def _find_below(self, name: str, within: str) -> Iterable[str]:
        if len(within) >= 6 or (len(within) == 4 and not self._has_counties(within)):
            county = within[:6] if len(within) >= 6 else within
            return [code for code in self.below(county).get(name, ()) if code.startswith(within)]
        stem = name
        for word in _TYPE_WORDS:
            if name.endswith(word) and len(name) > len(word):
                stem = name[: -len(word)]
                break
        found: list[str] = []
        for prefix in [each for each in self._prefixes if each.startswith(within) or within.startswith(each)]:
            block = self._block(prefix)
            at = block.find(f"\t{stem}")
            while at >= 0:
                line_start = block.rindex("\n", 0, at) + 1
                code, official = block[line_start:at], block[at + 1 : block.index("\n", at)]
                forms = township_forms(official) if len(code) == 9 else village_forms(official)
                if any(alias.text == name for alias in forms):
                    found.append(code)
                at = block.find(f"\t{stem}", at + 1)
        return found

    def _has_counties(self, city: str) -> bool:
        return city in self._cities_with_counties

    @cached_property
    def _cities_with_counties(self) -> frozenset[str]:
        return frozenset(code[:4] for code in self._top if len(code) == 6)
