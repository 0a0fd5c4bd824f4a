"""Decisions and pages change in any order; the store holds what resolving everything in memory as decided gives."""

from __future__ import annotations

import os
import random
import subprocess
import sys
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from pathlib import Path

import pytest
from test_touched import RESOLVER, chosen, exported, pool, put_all, resolve_all, rows

from kg.decisions import Anchor, Claim, Decision, DecisionKind, Decisions, FactAnchor
from kg.model import Entity, Kind, PageRecord, Relation
from kg.pipeline import cover, summarize
from kg.pipeline.blocks import Block, resolve_blocks
from kg.pipeline.counting import told_coverage, told_summary
from kg.pipeline.touched import resolve_touched
from kg.store import Store
from kg.store.prints import Ref
from kg.stored import held, read_knowledge, read_resolved, resolve_store

_JOINABLE = (Kind.PERSON, Kind.ORG, Kind.PLACE, Kind.EVENT)
_MOVED = "SELECT * FROM seen_moved ORDER BY page, id"


@cache
def named() -> dict[Kind, dict[str, list[tuple[str, Entity]]]]:
    """Page entities of the pages, by kind and name."""
    found: dict[Kind, dict[str, list[tuple[str, Entity]]]] = {}
    for page, (record, *_more) in sorted(pool().items()):
        for entity in record.entities:
            found.setdefault(entity.kind, {}).setdefault(entity.name, []).append((page, entity))
    return found


def anchor(page: str, entity: Entity) -> Anchor:
    return Anchor(page=page, text=entity.name, kind=entity.kind)


def everywhere(rng: random.Random) -> Anchor:
    """A body or a site of a county, on whatever page it stands."""
    kind = rng.choice((Kind.ORG, Kind.PLACE))
    name = rng.choice(sorted(name for name, told in named()[kind].items() if len(told) > 2))
    page, entity = named()[kind][name][0]
    code = entity.code or entity.anchor or pool()[page][0].page.issue.region_code
    return Anchor(text=name, code=(code or "330800")[:6], kind=kind)


def some_fact(rng: random.Random) -> FactAnchor:
    record: PageRecord = rng.choice([records[0] for _page, records in sorted(pool().items())])
    fact = rng.choice(record.facts)
    names = {entity.id: entity.name for entity in record.entities}
    return FactAnchor(record.page.id, fact.relation, names[fact.subject], names[fact.object], fact.date, dated=True)


def decision(rng: random.Random, number: int) -> Decision:
    """A decision as no person would make it, on what the pages say."""

    def made(kind: DecisionKind, **more: object) -> Decision:
        return Decision(kind, "因为", f"2026-11-{number % 28 + 1:02}", line=number + 1, **more)  # type: ignore[arg-type]

    kind = rng.choice(_JOINABLE)
    several = sorted(name for name, told in named()[kind].items() if len(told) > 1)
    one = rng.choice(named()[kind][rng.choice(sorted(named()[kind]))])
    other = rng.choice(named()[kind][rng.choice(sorted(named()[kind]))])
    match rng.randrange(9):
        case 0:
            return made(DecisionKind.MERGE, groups=((anchor(*one), anchor(*other)),))
        case 1 | 2 if several:
            pair = rng.sample(named()[kind][rng.choice(several)], 2)
            if rng.random() < 0.6:
                return made(DecisionKind.SPLIT, groups=tuple((anchor(*each),) for each in pair))
            return made(DecisionKind.MERGE, groups=(tuple(anchor(*each) for each in pair),))
        case 3:
            return made(DecisionKind.RENAME, groups=((anchor(*one),),), name=f"新{number}")
        case 4:
            return made(DecisionKind.MERGE, groups=((everywhere(rng), everywhere(rng)),))
        case 5 | 6:
            return made(DecisionKind.REJECT, fact=some_fact(rng))
        case 7:
            return made(DecisionKind.DATE, fact=some_fact(rng), to=rng.choice(["2020-02-02", "2019", None]))
    person = rng.choice(named()[Kind.PERSON][rng.choice(sorted(named()[Kind.PERSON]))])
    place = rng.choice(named()[Kind.PLACE][rng.choice(sorted(named()[Kind.PLACE]))])
    somebody = Anchor(text=f"丁新{number % 3}", code="330803", kind=Kind.PERSON, new=True)
    subject = rng.choice([anchor(*person), somebody])
    return made(DecisionKind.ADD, claim=Claim(Relation.VISITED, subject, anchor(*place), "2021"))


@pytest.mark.parametrize("seed", range(4))
def test_decisions_and_pages_that_come_and_go_give_what_memory_gives(seed: int, tmp_path: Path) -> None:
    rng = random.Random(seed)
    pages = sorted(pool())
    state = {page: chosen(rng, page) for page in rng.sample(pages, len(pages) // 4)}
    decided = [decision(rng, number) for number in range(40)]
    rejected = moved = 0
    with Store.create(tmp_path / "kept") as store:
        put_all(store, state.values())
        resolve_all(store)
        for step in range(6):
            for page in rng.sample(pages, rng.choice([0, 1, 6])):
                if page in state and rng.random() < 0.5:
                    del state[page]
                else:
                    state[page] = chosen(rng, page)
            chosen_rows = decided if step == 2 else sorted(rng.sample(decided, 25), key=lambda row: row.line)
            decisions = Decisions(() if step == 4 else tuple(chosen_rows))
            put_all(store, state.values())
            problems = list(map(str, resolve_touched(store, decisions, RESOLVER)))
            again = rows(store)
            assert list(map(str, resolve_touched(store, decisions, RESOLVER))) == problems
            assert rows(store) == again
            knowledge = held(read_knowledge(store, expected := resolve_store(store, decisions)))
            rejected += len(expected.corrections.hidden)
            moved += len(store.rows(_MOVED))
            assert problems == list(map(str, expected.problems))
            assert held(read_resolved(store)) == knowledge
            assert told_summary(store) == summarize(knowledge)
            assert told_coverage(store) == cover(knowledge)
            assert store.rows("PRAGMA foreign_key_check") == []
            got = rows(store) | {_MOVED: store.rows(_MOVED)}
            resolve_all(store, decisions)
            for sql, fresh in (rows(store) | {_MOVED: store.rows(_MOVED)}).items():
                assert got[sql] == fresh, (step, sql)
        assert exported(read_resolved(store), tmp_path / "a") == exported(knowledge, tmp_path / "b")
    assert rejected and moved


def test_the_same_decisions_have_only_touched_names_resolved(tmp_path: Path) -> None:
    rng = random.Random(7)
    decisions = Decisions(tuple(decision(rng, number) for number in range(40)))
    pages = sorted(pool())
    seen: list[Block] = []

    def watched(parts: Iterable[Sequence[Block]]) -> Iterator[dict[Ref, str]]:
        for part in parts:
            seen.extend(part)
            yield resolve_blocks(part)

    with Store.create(tmp_path) as store:
        put_all(store, ((pool()[page][0], "key 0") for page in pages))
        resolve_touched(store, decisions, RESOLVER, spread=watched)
        assert len(seen) > 50
        seen.clear()
        resolve_touched(store, decisions, RESOLVER, spread=watched)
        assert seen == []
        changed, _key = pool()[pages[3]][2], store.put(pool()[pages[3]][2], content_key="key 2")
        resolve_touched(store, decisions, RESOLVER, spread=watched)
        names = {entity.name for entity in changed.entities if entity.kind is Kind.PERSON}
        assert len([block for block in seen if block.people]) == len(names)
        seen.clear()
        [split] = [
            row for row in decisions.rows if row.kind is DecisionKind.SPLIT and row.groups[0][0].kind is Kind.PERSON
        ][:1]
        fewer = Decisions(tuple(row for row in decisions.rows if row is not split))
        resolve_touched(store, fewer, RESOLVER, spread=watched)
        assert {row[2].split('"')[1] for block in seen for row in block.people} == {split.groups[0][0].text}


_SCRIPT = """
import hashlib, random, sys
from pathlib import Path
from test_touched import RESOLVER, pool, put_all, rows
from test_touched_decisions import decision
from kg.decisions import Decisions
from kg.pipeline.touched import resolve_touched
from kg.store import Store

rng = random.Random(3)
decisions = Decisions(tuple(decision(rng, number) for number in range(20)))
pages = sorted(pool())[:60]
random.Random(int(sys.argv[2])).shuffle(pages)
with Store.create(Path(sys.argv[1])) as store:
    put_all(store, ((pool()[page][0], "key") for page in pages[:50]))
    resolve_touched(store, decisions, RESOLVER)
    put_all(store, ((pool()[page][0], "key") for page in pages))
    resolve_touched(store, decisions, RESOLVER)
    print(hashlib.sha256(repr(rows(store)).encode()).hexdigest())
"""


def test_neither_hashes_nor_the_order_of_pages_matter(tmp_path: Path) -> None:
    digests = set()
    for seed in ("1", "2"):
        path = os.pathsep.join((str(Path(__file__).parent), *sys.path))
        done = subprocess.run(
            [sys.executable, "-c", _SCRIPT, str(tmp_path / seed), seed],
            env={**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": path},
            capture_output=True,
            text=True,
            check=True,
        )
        digests.add(done.stdout)
    assert len(digests) == 1 and digests.pop()
