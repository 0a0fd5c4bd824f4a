"""Names that a mistyped one may have meant: near in writing or near in sound.

In: a name and the names there are. Out: a few of them, best first. Only errors ask, so it may take its time.
"""

from __future__ import annotations

from collections.abc import Iterable

_MOST_BY_SOUND = 60_000
"""Names compared by sound; reading one aloud takes some 15 µs, and an error should be there in a second."""


def edit_distance(left: str, right: str, *, most: int) -> int:
    """Insertions, deletions and substitutions between two strings; `most + 1` where there are more than `most`.

    >>> edit_distance("石梁镇", "石粱镇", most=2)
    1
    """
    if abs(len(left) - len(right)) > most:
        return most + 1
    above = list(range(len(right) + 1))
    for row, char in enumerate(left, 1):
        line = [row]
        for column, other in enumerate(right, 1):
            line.append(min(above[column] + 1, line[-1] + 1, above[column - 1] + (char != other)))
        if min(line) > most:
            return most + 1
        above = line
    return above[-1]


def nearest(name: str, names: Iterable[str], *, person: bool = False, n: int = 3) -> tuple[str, ...]:
    """The names nearest to one that does not exist, best first; empty where none is near.

    Args:
        names: what there is; repetitions do no harm.
        person: read the names as those of people (曾 Zēng).
        n: at most so many.
    """
    there = sorted(set(names))
    most = max(1, len(name) // 2)
    ranked: dict[str, tuple[int, int, str]] = {}
    for each in there:
        distance = edit_distance(name, each, most=most)
        # Two of two characters changed is another name altogether; a part of a name is near however short it is.
        if distance <= most and distance < max(len(name), len(each)):
            ranked[each] = (distance, 0 if name in each else 1, each)  # 区委书记: 柯城区委书记 before 书记
        elif len(name) > 1 and name in each:
            ranked[each] = (most, 2, each)
    typed = name.isascii()
    spoken = "".join(name.lower().split()) if typed else _spoken(name, person)
    if spoken and len(there) <= _MOST_BY_SOUND:
        for each in there:
            if not typed and abs(len(each) - len(name)) > 1:
                continue
            sound = _spoken(each, person)
            slack = 1 if len(spoken) > 4 else 0
            distance = edit_distance(spoken, sound, most=slack)
            if typed and distance and spoken == _initials(each, person):
                distance = 0
            if distance <= slack:
                ranked[each] = min(ranked.get(each, (9, 9, each)), (0 if distance == 0 else 1, 0, each))
    return tuple(each for _, _, each in sorted(ranked.values())[:n])


def _spoken(name: str, person: bool) -> str:
    from kg.viewer.names import romanise  # takes a quarter of a second to load, and only errors ask

    return romanise(name, person=person).replace(" ", "")


def _initials(name: str, person: bool) -> str:
    from kg.viewer.names import romanise

    return "".join(syllable[0] for syllable in romanise(name, person=person).split())
