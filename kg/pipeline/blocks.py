"""What is resolved without looking at anything else: the people of one name, the events of one day and county.

In: what was seen, from the store, block by block. Out: ids. A block is plain data, so that it can be resolved here or on
another machine (`kg.pipeline.cluster`) with the same result.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from kg.decisions import NO_CONSTRAINTS, Constraints
from kg.pipeline.copies import FirstPrints
from kg.resolve import event_ids, person_ids
from kg.resolve.kept import read_event, read_sighting
from kg.store.prints import Ref
from kg.store.seen import Seen

Spread = Callable[[Iterable[Sequence["Block"]]], Iterator[dict[Ref, str]]]
"""Resolves lists of blocks, somewhere, and gives the ids of each list in any order."""

_PARTITION = 1000
"""Sightings a partition: a second of work at most, unless one name has more."""


@dataclass(frozen=True, slots=True)
class Block:
    """Sightings or events (page, id and text as `kg.resolve.kept` writes it) that need no others to be resolved.

    `decisions` are those on people of the name, `reprints` leads from (page, article) of the events to the first prints.
    """

    people: tuple[tuple[str, str, str], ...] = ()
    events: tuple[tuple[str, str, str], ...] = ()
    decisions: Constraints = NO_CONSTRAINTS
    reprints: tuple[tuple[Ref, Ref], ...] = ()

    def __len__(self) -> int:
        return len(self.people) + len(self.events)


def resolve_blocks(blocks: Sequence[Block]) -> dict[Ref, str]:
    """The ids of the page entities of blocks."""
    ids: dict[Ref, str] = {}
    for block in blocks:
        if block.people:
            ids |= person_ids((read_sighting(*row) for row in block.people), block.decisions)
        if block.events:
            ids |= event_ids((read_event(*row) for row in block.events), dict(block.reprints))
    return ids


def resolve_here(parts: Iterable[Sequence[Block]]) -> Iterator[dict[Ref, str]]:
    """Resolve one list after the other in this process."""
    return map(resolve_blocks, parts)


def name_blocks(seen: Seen, names: Iterable[str], decisions: Mapping[str, Constraints]) -> Iterator[Block]:
    """The people of each name; whom nobody else is named like and no decision parts needs no block but has one."""
    for name in names:
        people = tuple(row[:3] for row in seen.people(name))
        yield Block(people=people, decisions=decisions.get(name, NO_CONSTRAINTS))


def event_blocks(seen: Seen, days: Iterable[str], articles: Iterable[Ref], prints: FirstPrints) -> Iterator[Block]:
    """Events of some days (as `block_text` writes them) and articles, with all that may be one with them.

    What joins two blocks is an article that was printed again: its events may be those of its first print.
    """
    done: set[str | Ref] = set()
    seeds: list[str | Ref] = [*days, *articles]
    for seed in seeds:
        if seed in done:
            continue
        rows: dict[Ref, tuple[str, str, str]] = {}
        reprints: dict[Ref, Ref] = {}
        waiting = [seed]
        done.add(seed)
        while waiting:
            key = waiting.pop()
            if isinstance(key, str):
                found = seen.events("block = ?", key)
            else:
                family = prints.family(key)
                done.update(family)
                reprints |= {ref: prints.first[ref] for ref in family if ref in prints.first}
                found = [row for ref in family for row in seen.events("page = ? AND article = ?", *ref)]
            for page, id_, day, article, said in found:
                rows[page, id_] = page, id_, said
                linked: list[str | Ref] = [] if day is None else [day]
                if article is not None and (page, article) in prints:
                    linked.append((page, article))
                waiting += [other for other in linked if other not in done]
                done.update(linked)
        if rows:
            yield Block(events=tuple(rows.values()), reprints=tuple(sorted(reprints.items())))


def parts(blocks: Iterable[Block]) -> Iterator[list[Block]]:
    """Blocks in lists that are worth a task."""
    part: list[Block] = []
    size = 0
    for block in blocks:
        if part and size + len(block) > _PARTITION:
            yield part
            part, size = [], 0
        part.append(block)
        size += len(block)
    if part:
        yield part
