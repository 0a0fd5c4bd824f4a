"""Places and organisations that only the tagger saw: the weakest finds, kept where nothing else claims the words.

In: a sheet. Out: finds of family `tagger`. Ordinary words, division names that `regions` left out on purpose and words of
generic parts only are not names.
"""

from __future__ import annotations

import re

from kg.gazetteers import is_ordinary_word
from kg.mentions.found import Found
from kg.model import Kind
from kg.ontology import Ontology
from kg.sheet import Sheet
from kg.suffixes import Suffixes

_NAME = re.compile(r"^[A-Za-z]{0,8}[\u4e00-\u9fff]{2,12}$")
_ABROAD = re.compile(
    r"^(?:中国|全国|全球|世界|亚洲|欧洲|非洲|美洲|美国|英国|法国|德国|日本|韩国|俄罗斯|新加坡|越南|印度|泰国|加拿大|澳大利亚|国内|国外|海外|海内外|境外|中|美|日|俄|华东|华南|华北|华中|西北|西南|东北|东部|西部|中部|南方|北方|我国|祖国|大陆|北半球|联合国|[中美俄日韩英法德印越朝蒙]{2})$"
)
_LISTED = re.compile(r"[、，。；：（）]|等|和|与|及|的|举行|召开|副?[总董理主]")
# 增添一个高品质生态|宜居小区: some estate; not 一个名为|鸿福小区.
_SOME = re.compile(r"一[个座处批家](?![^，。；]*(?:名为|名叫|叫做?))[^，。；、]{0,8}$")
_KINDS = {"LOC": (Kind.PLACE, "site"), "ORG": (Kind.ORG, "other"), "nt": (Kind.ORG, "other")}


class TaggedFinder:
    """Holds what tells a name from a word."""

    def __init__(self, ontology: Ontology, suffixes: Suffixes, division_names: frozenset[str]) -> None:
        """`division_names` are all short and full names of provinces, cities and counties."""
        self.ontology = ontology
        self.suffixes = suffixes
        self.division_names = division_names

    def find(self, sheet: Sheet) -> list[Found]:
        """Words tagged as place or organisation that have the form of a name."""
        finds: list[Found] = []
        behind_post = {title.end for title in sheet.titles}
        for word in sheet.words:
            kind = _KINDS.get(word.tag)
            if kind is None or sheet.article_at(word.start) is None:
                continue
            text = sheet.text[word.start : word.end]
            if not _NAME.match(text) or _ABROAD.match(text) or text in self.division_names or is_ordinary_word(text):
                continue
            if (
                text in self.suffixes.by_word
                or text in self.ontology.generic
                or text in self.ontology.bureaux
                or text[-1] in "级族籍界系"
            ):
                continue
            quoted = sheet.text[word.start - 1 : word.start] in {"“", "‘"} and sheet.text[word.end : word.end + 1] in {
                "”",
                "’",
            }
            if quoted or word.start in behind_post or self.ontology.is_generic(text, self.suffixes.by_word):
                continue
            if sheet.text.count(text) < 2 and not (len(text) > 2 and _LISTED.match(sheet.text, word.end)):
                continue
            suffix = self.suffixes.ending(text)
            if suffix is not None and _SOME.search(sheet.text, max(0, word.start - 10), word.start):
                continue
            subtype = suffix.subtype if suffix is not None and suffix.kind == kind[0] else kind[1]
            finds.append(Found(word.start, word.end, kind[0], subtype, "tagger", "tagger", 0.7))
        return finds
