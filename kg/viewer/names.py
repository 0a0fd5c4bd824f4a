"""Names for searching: what a reader types on a keyboard to find 曾庆红.

In: a name. Out: its syllables without tones, surnames of people read as surnames. Nothing here is ever shown.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from pypinyin import Style, lazy_pinyin
from pypinyin.contrib.tone_convert import to_normal

# Used where the gazetteer of surnames is not at hand. Source: 现代汉语词典, entries marked 姓; only characters whose
# reading as a surname is not their usual one.
_SURNAME_READINGS: Mapping[str, str] = {
    "曾": "zeng",
    "单": "shan",
    "解": "xie",
    "仇": "qiu",
    "区": "ou",
    "查": "zha",
    "任": "ren",
    "华": "hua",
    "朴": "piao",
    "盖": "ge",
    "尉": "wei",
    "乐": "yue",
    "翟": "zhai",
    "覃": "qin",
    "缪": "miao",
    "种": "chong",
    "员": "yun",
    "燕": "yan",
    "那": "na",
    "纪": "ji",
    "柏": "bai",
    "车": "che",
    "召": "shao",
    "宓": "mi",
    "黑": "he",
    "万俟": "mo qi",
    "尉迟": "yu chi",
    "长孙": "zhang sun",
    "单于": "chan yu",
    "令狐": "ling hu",
    "澹台": "tan tai",
}


@cache
def surname_readings() -> Mapping[str, str]:
    """Surname → its syllables, parted by spaces; those built in and the gazetteer's (曾 Zēng, 尉迟 Yùchí)."""
    try:
        from kg.gazetteers.surnames import load_surnames
    except ImportError:
        return _SURNAME_READINGS
    toneless = {surname: to_normal(spoken.lower()) for surname, spoken in load_surnames().pinyin.items()}
    return {surname: _syllables(surname, spoken) for surname, spoken in toneless.items()} | dict(_SURNAME_READINGS)


def _syllables(surname: str, spoken: str) -> str:
    """A reading with its syllables parted, where the usual readings of the characters tell where to part it."""
    usual = lazy_pinyin(surname, style=Style.NORMAL)
    return " ".join(usual) if "".join(usual) == spoken else spoken


def romanise(name: str, *, person: bool = False) -> str:
    """The syllables of a name, parted by spaces, lower case; letters and digits stay as they are.

    Args:
        person: read the first character (or two, of a compound surname) as a surname.

    >>> romanise("曾庆红", person=True)
    'zeng qing hong'
    """
    head = ""
    if person:
        readings = surname_readings()
        for length in (2, 1):
            if len(name) > length and name[:length] in readings:
                head, name = readings[name[:length]], name[length:]
                break
    syllables = lazy_pinyin(name, style=Style.NORMAL)
    return " ".join([*head.split(), *(part.strip() for part in syllables if part.strip())]).lower()
