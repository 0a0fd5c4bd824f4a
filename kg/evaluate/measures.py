"""Counting hits: tallies, the alignment of two sets of spans, and when two titles or two names count as one."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Collection, Hashable, Iterable, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass

TextSpan = tuple[int, int]

_DEICTIC = re.compile(r"^(我|全|本|该|两|这个|当地)?(省|市|区|县|州|旗|乡|镇|村|街道|社区|公司|集团|企业|学校|医院)$")
_POST = re.compile(
    r"(原|前|时任|代|代理|常务)*(副|总|第一|首席|名誉|助理)*"
    r"(书记员|书记|主任委员|主任|[省市区县镇乡厅局部院校所处科组会州旗盟]长助理|[省市区县镇乡厅局部院校所处科组会州旗盟行社股]长|"
    r"(支|大|中|总)?队长|主席|主委|秘书长|委员|常委|经理|董事长|负责人|领导)"
)
BYLINE_WORDS = ("记者", "通讯员", "摄影", "采访", "作者", "编辑")


@dataclass(slots=True)
class Tally:
    """Hits, misses and inventions of one measure."""

    hit: int = 0
    missed: int = 0
    spurious: int = 0

    def add(
        self, gold: AbstractSet[Hashable], predicted: AbstractSet[Hashable], ignore: Collection[Hashable] = ()
    ) -> None:
        """Count two sets; a prediction that is in `ignore` and not in gold counts for nothing."""
        self.hit += len(gold & predicted)
        self.missed += len(gold - predicted)
        self.spurious += sum(row not in ignore for row in predicted - gold)

    def precision_recall_f1(self) -> tuple[float, float, float]:
        """The three figures; a measure with nothing to find or nothing found is 1.0 in recall or precision."""
        precision = self.hit / (self.hit + self.spurious) if self.hit + self.spurious else 1.0
        recall = self.hit / (self.hit + self.missed) if self.hit + self.missed else 1.0
        return precision, recall, harmonic(precision, recall)


def harmonic(precision: float, recall: float) -> float:
    """F1; 0.0 where both are 0."""
    return 2 * precision * recall / (precision + recall) if precision + recall else 0.0


def is_deictic(surface: str) -> bool:
    """Whether a surface points rather than names (我区, 全市, 该公司); such mentions are optional."""
    return _DEICTIC.match(surface) is not None


def bare_title(title: str) -> str:
    """Core of a post: its last head word with qualifiers.

    >>> bare_title("区委副书记"), bare_title("市人大常委会原主任"), bare_title("网格员")
    ('副书记', '原主任', '网格员')
    """
    title = re.sub(r"[（(].*?[)）]|[\s“”\"]", "", title)
    heads = [match.group(0) for match in _POST.finditer(title)]
    return (heads[-1] if heads else title).replace("时任", "").replace("前", "原")


def is_byline(title: str) -> bool:
    """Whether a role is only that of who wrote or photographed; bylines are scored by themselves."""
    return any(word in title for word in BYLINE_WORDS)


def region(name: str) -> str:
    """A region and its government count as one organisation of a post (区长 of 柯城区 or of 柯城区政府)."""
    return re.sub(r"(人民)?政府$", "", name)


def credit(words: str | None) -> str:
    """The kind of a byline's part: 本报记者 counts as 记者."""
    words = words or ""
    return next((word for word in ("见习记者", "通讯员", "记者", "摄", "采访") if word in words), words)


def align(gold: Mapping[TextSpan, tuple[str, str]], predicted: Mapping[TextSpan, str]) -> dict[str, str]:
    """Gold entity → predicted entity, one to one, by the characters that their mentions share, most first."""
    by_char: dict[int, set[str]] = defaultdict(set)
    for (start, end), entity in predicted.items():
        for at in range(start, end):
            by_char[at].add(entity)
    share: Counter[tuple[str, str]] = Counter()
    for (start, end), (entity, _kind) in gold.items():
        for at in range(start, end):
            for other in sorted(by_char.get(at, ())):
                share[entity, other] += 1
    found: dict[str, str] = {}
    used: set[str] = set()
    for (entity, other), _count in share.most_common():
        if entity not in found and other not in used:
            found[entity] = other
            used.add(other)
    return found


def relax(
    gold: AbstractSet[TextSpan], predicted: AbstractSet[TextSpan], optional: Collection[TextSpan]
) -> set[TextSpan]:
    """Predicted spans moved onto the gold span that they share half of both's characters with.

    Those that match none and touch an optional span are dropped.
    """
    moved: set[TextSpan] = set()
    used: set[TextSpan] = set()
    for start, end in sorted(predicted):
        shared, best = max(
            ((min(end, other[1]) - max(start, other[0]), other) for other in gold - used), default=(0, None)
        )
        if best and shared * 2 >= max(end - start, best[1] - best[0]):
            moved.add(best)
            used.add(best)
        elif not any(first < end and start < last for first, last in optional):
            moved.add((start, end))
    return moved


def closure(pairs: Iterable[tuple[str, str]]) -> dict[str, set[str]]:
    """Everything above each first member of (part, whole) pairs; a member of a cycle is above itself."""
    parents: dict[str, set[str]] = defaultdict(set)
    for part, whole in pairs:
        parents[part].add(whole)
    above: dict[str, set[str]] = {}
    for part, wholes in parents.items():
        seen: set[str] = set()
        stack = sorted(wholes)
        while stack:
            whole = stack.pop()
            if whole not in seen:
                seen.add(whole)
                stack.extend(parents.get(whole, ()))
        above[part] = seen
    return above
