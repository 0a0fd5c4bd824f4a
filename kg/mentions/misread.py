"""Finds names that the OCR read with one character wrong, lost or doubled, where the page itself has the name right.

In: a sheet, the finds that stand, the names of divisions. Out: finds whose `name` is the right reading; the text keeps what
is printed, and the rule says what happened. One edit is allowed (a look-alike, a character lost or doubled), and only in a
name of three characters or more that stands elsewhere on the page or is the home region or a township of it. What is a
division of the home city or a word itself is never taken for a misread name (白石村 beside 白云村), nor what differs in a
direction or number (余西村 beside 余东村).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence

from ahocorasick_rs import AhoCorasick

from kg.gazetteers import Surnames, is_ordinary_word, load_look_alikes
from kg.mentions.found import Found
from kg.model import Kind
from kg.ontology import Ontology
from kg.sheet import Sheet
from kg.suffixes import Suffixes

_TELLING = frozenset("东西南北中上下前后左右大小新老一二三四五六七八九十百甲乙丙丁0123456789及和与或的在了")
_GUESSED = frozenset({"name.suffix", "name.tagged", "name.visited"})  # what only its last word made a name
_BODY = re.compile(r"纪委监委|纪委|党工委|党委|委(?!员|托|派|任)|人民政府|政府|人大常委会|人大(?!代)|政协|办事处")
_EDGE = re.compile(r"[\s、，。；“：]?$")
_GAP = re.compile(r"[\s，。、；：“”（）]")
_PROVEN = frozenset({"name", "organ", "listed", "division", "quoted", "own"})


def find_misread(
    sheet: Sheet,
    finds: Sequence[Found],
    around: Iterable[Found],
    is_division: Callable[[str], bool],
    surnames: Surnames,
    ontology: Ontology,
    suffixes: Suffixes,
) -> list[Found]:
    """Misread names of the sheet.

    Args:
        sheet: the page as it is read.
        finds: what stands so far; its names are the ones that may be misread elsewhere.
        around: the home region, what it lies in and its townships; they need not stand on the page; their positions are not used.
        is_division: whether a text is the name of a division of the home city.
        surnames: what may begin a person's name.
        ontology, suffixes: they tell a name from a merely descriptive one.
    """
    known: dict[str, Found] = {}
    for find in (*finds, *around):
        text = find.name if find.start == find.end else sheet.text[find.start : find.end]
        if text and find.kind != Kind.PERSON and find.family in _PROVEN and len(text) >= 3 and not _GAP.search(text):
            suffix = suffixes.ending(text)
            if find.family == "division" or suffix is None or len(text) - len(suffix.word) >= 2:
                known.setdefault(text, find)
    taken = [(find.start, find.end) for find in finds if find.family in _PROVEN or find.kind == Kind.PERSON]
    guessed = {(find.start, find.end) for find in finds if find.rule in _GUESSED}
    result = [
        _found(sheet.text, name, owner, start, end, rule)
        for name, owner, start, end, rule, at in _near(sheet.text, known)
        if not is_division(sheet.text[start:end])
        and not is_ordinary_word(sheet.text[start:end])
        and not _more_often(sheet.text, sheet.text[start:end], name, known)
        and not (owner.rule.endswith("level") and at == start)  # 与|政府 is no 区政府
        and not _in_word(sheet, at)
        and (owner.family == "division" or not ontology.is_generic(sheet.text[start:end], suffixes.by_word))
        and not any(s <= start and end <= e for s, e in taken if (s, e) != (start, end) or (s, e) not in guessed)
    ]  # fmt: skip
    return result + list(_wrong_surnames(sheet, finds, surnames))


def _found(text: str, name: str, owner: Found, start: int, end: int, rule: str) -> Found:
    """The misread name; behind a division its committee or government belongs to it (瞿江区|委)."""
    body = _BODY.match(text, end) if owner.family == "division" else None
    if body is not None:
        full = f"{owner.name or name}{body.group()}"
        return Found(start, body.end(), Kind.ORG, "government", "organ", rule, 0.93, owner.codes, full)
    family = _family(owner, end - start)
    rule += ".level" * owner.rule.endswith("level")  # linking then adds the region to it
    return Found(start, end, owner.kind, owner.subtype, family, rule, 0.93, owner.codes, owner.name or name)


def _family(owner: Found, size: int) -> str:
    """A division stands against the person that a damaged name looks like; a long name against its parts."""
    if owner.family in {"division", "organ"}:
        return owner.family
    return "quoted" if size > 4 else "known"


def _near(text: str, known: dict[str, Found]) -> Iterator[tuple[str, Found, int, int, str, int]]:
    """Places one edit away from a known name: one half of the name stands there unharmed."""
    halves: dict[str, list[tuple[str, int]]] = {}
    for name in sorted(known):
        cut = len(name) // 2
        for at, half in ((0, name[: max(cut, 2)]), (cut, name[cut:])):
            halves.setdefault(half, []).append((name, at))
    if not halves:
        return
    framed: dict[str, list[str]] = {}  # names of three characters by their first and last
    for name in sorted(known):
        if len(name) == 3:
            framed.setdefault(name[0] + name[2], []).append(name)
    firsts = {frame[0] for frame in framed}
    for start, first in enumerate(text[:-2]):
        if first not in firsts:
            continue
        middle, last = text[start + 1], text[start + 2]
        for name in framed.get(first + last, ()):
            if middle != name[1] and _alike(middle, name[1]):
                yield name, known[name], start, start + 3, "misread.character", start + 1
    keys = sorted(halves)
    seen: set[tuple[str, int, int]] = set()
    for index, start, end in AhoCorasick(keys).find_matches_as_indexes(text, overlapping=True):
        for name, at in halves[keys[index]]:
            for begin, stop, rule, where in _variants(text, name, at, start, end):
                if (name, begin, stop) not in seen:
                    seen.add((name, begin, stop))
                    yield name, known[name], begin, stop, rule, where


def _variants(text: str, name: str, at: int, start: int, end: int) -> Iterator[tuple[int, int, str, int]]:
    """The spans around the unharmed half at `[start, end)` that are `name` but for one edit: start, end, the kind of edit,
    where it is. The last character stays: it says what kind of thing is named (柯城|区, 柯城|经济)."""
    size = len(name)
    for change, rule in ((0, "misread.character"), (-1, "misread.lost"), (1, "misread.doubled")):
        begin, stop = (start, start + size + change) if at == 0 else (end - size - change, end)
        printed = text[max(begin, 0) : stop]
        if len(printed) != size + change or printed[-1] != name[-1] or _GAP.search(printed):
            continue
        if change == 0:
            wrong = [i for i in range(size) if printed[i] != name[i]]
            if len(wrong) == 1 and _alike(printed[wrong[0]], name[wrong[0]]):
                yield begin, stop, rule, begin + wrong[0]
        elif change > 0 and printed[1:] == name:
            continue  # 位于|于家湾工业园: 于 belongs to 位于, the name itself is unharmed
        elif size >= 5 and printed[0] == name[0]:
            longer, shorter = (name, printed) if change < 0 else (printed, name)
            more = next((i for i, char in enumerate(shorter) if char != longer[i]), len(shorter))
            if longer[more + 1 :] == shorter[more:] and (
                change < 0 or (more > 0 and longer[more] == longer[more - 1] and more < size - 1)
            ):
                yield begin, stop, rule, begin + more


def _more_often(text: str, printed: str, name: str, known: dict[str, Found]) -> bool:
    """Whether `printed` may be the right name of the two: it is a known one and the page does not print `name` more often."""
    owner = known.get(printed)
    return owner is not None and (owner.rule not in _GUESSED or text.count(printed) >= text.count(name))


def _alike(printed: str, right: str) -> bool:
    return right in load_look_alikes().get(printed, "") and not (printed in _TELLING and right in _TELLING)


def _in_word(sheet: Sheet, at: int) -> bool:
    """Whether the character that differs belongs to an everyday word as it stands (永兴|办学 is no 永兴小学)."""
    word = sheet.word_at(at) if at < len(sheet.text) else None
    return word is not None and word.end - word.start > 1 and is_ordinary_word(sheet.text[word.start : word.end])


def _wrong_surnames(sheet: Sheet, finds: Sequence[Found], surnames: Surnames) -> Iterator[Found]:
    """昊某某 for 吴某某: a person of the page behind a character that is no surname and begins a line or clause."""
    text = sheet.text
    people = {text[f.start : f.end]: f for f in finds if f.kind == Kind.PERSON and f.end - f.start == 3}
    for name, find in sorted(people.items()):
        at = text.find(name[1:])
        while at >= 0:
            start = at - 1
            wrong = text[start] if start >= 0 else ""
            if (
                "\u4e00" <= wrong <= "\u9fff"
                and wrong not in surnames.single
                and _alike(wrong, name[0])
                and _EDGE.match(text[start - 1 : start])
                and not is_ordinary_word(name[1:])
            ):
                yield Found(start, at + 2, Kind.PERSON, None, "person", "misread.surname", 0.75, (), find.name or name)
            at = text.find(name[1:], at + 1)
