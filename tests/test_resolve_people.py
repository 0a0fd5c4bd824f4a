"""Who is one person over pages: evidence joins, its absence or the contrary keeps apart, and order is of no account."""

from __future__ import annotations

import json
import os
import random
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from gold_records import gold_records

from kg.decisions import Constraints
from kg.resolve import person_ids, resolve, resolve_entities, see
from kg.resolve.features import FEATURES, THRESHOLD, Profile, compare, is_same_body
from kg.resolve.people import group_people
from kg.resolve.sightings import SeenPost, Sighting

HOME = "330824"


def post(
    title: str, org: str | None, track: str = "government", *, region: str | None = HOME, past: bool = False
) -> SeenPost:
    return SeenPost(title, org, region, track, past)


EDUCATION = post("局长", "甲县教育局")
WATER = post("局长", "甲县水利局")
DEPUTY = post("副县长", "甲县")
LEADER = post("县领导", "甲县", "collective")
ELSEWHERE = post("副县长", "乙县", region="330825")
VILLAGER = post("村民", "东村", "people", region="330824101201")
FARMER = post("种粮大户", "东村", "people", region="330824101201")
OTHER_VILLAGER = post("村民", "西村", "people", region="330824101202")
BOSS = post("总经理", "恒瑞茶业有限公司", "company")
REPORTER = post("记者", None, "media", region=None)


def seen(date: str, *posts: SeenPost, **more: object) -> Sighting:
    values: dict[str, object] = {
        "page": f"{date}.txt", "entity": "p", "name": "张三丰", "date": date, "county": HOME, "newspaper": "甲报",
    } | more  # fmt: skip
    return Sighting(posts=posts, **values)  # type: ignore[arg-type]


def dates(sightings: list[Sighting], **more: object) -> list[list[str]]:
    return [[s.date or "" for s in group] for group in group_people(sightings, **more)]  # type: ignore[arg-type]


CASES = [
    pytest.param(seen("2010", EDUCATION), seen("2012", EDUCATION), True, id="one post"),
    pytest.param(seen("2010", EDUCATION), seen("2012", WATER), True, id="an official who moved"),
    pytest.param(seen("2010", EDUCATION), seen("2019-06", WATER), False, id="officials, and nothing for nine years"),
    pytest.param(seen("2010", EDUCATION), seen("2010", WATER, page="x"), False, id="two bureaux on one day"),
    pytest.param(seen("2010", EDUCATION), seen("2011", VILLAGER), False, id="an official and a villager"),
    pytest.param(seen("2010", EDUCATION), seen("2011", REPORTER), False, id="an official and a reporter"),
    pytest.param(seen("2010", EDUCATION), seen("2011", BOSS), False, id="an official and a manager"),
    pytest.param(seen("2010", VILLAGER), seen("2012", FARMER), True, id="one village"),
    pytest.param(seen("2010", VILLAGER), seen("2010-02", OTHER_VILLAGER), False, id="two villages"),
    pytest.param(seen("2010", REPORTER), seen("2012", REPORTER), True, id="a reporter of one paper"),
    pytest.param(seen("2010", DEPUTY), seen("2011", ELSEWHERE), False, id="officials of two counties"),
    pytest.param(
        seen("2010", ELSEWHERE), seen("2011", DEPUTY, replace(ELSEWHERE, past=True)), True, id="came from there: 原"
    ),
    pytest.param(
        seen("2010", DEPUTY, county="330825", newspaper="乙报"), seen("2011", DEPUTY), True, id="one post in two papers"
    ),
    pytest.param(seen("2010"), seen("2012"), True, id="bare names of a county"),
    pytest.param(seen("2010"), seen("2016"), False, id="bare names, six years between"),
    pytest.param(seen("2010"), seen("2010-02", county="330825"), False, id="bare names of two counties"),
    pytest.param(seen("2010", EDUCATION), seen("2010-03"), True, id="a bare name and the only bearer"),
    pytest.param(seen("2010", DEPUTY), seen("2010-03", LEADER), True, id="a leader of the county"),
]  # fmt: skip


@pytest.mark.parametrize(("one", "other", "same"), CASES)
def test_two_sightings(one: Sighting, other: Sighting, same: bool) -> None:
    assert (len(group_people([one, other])) == 1) is same
    assert (len(group_people([other, one])) == 1) is same


def test_heads_of_two_bureaux_in_turns_are_two() -> None:
    turns = [seen(f"2010-0{month}", EDUCATION if month % 2 else WATER) for month in range(1, 7)]
    assert [len(group) for group in group_people(turns)] == [3, 3]
    in_sequence = [seen(f"2010-0{month}", EDUCATION if month < 4 else WATER) for month in range(1, 7)]
    assert [len(group) for group in group_people(in_sequence)] == [6]


def test_a_bare_name_of_two_bearers_goes_to_nobody_without_a_reason() -> None:
    official = seen("2010-01", EDUCATION, companions=frozenset("甲乙丙"))
    villager = seen("2010-02", VILLAGER)
    assert dates([official, villager, seen("2010-03")]) == [["2010-01"], ["2010-02"], ["2010-03"]]
    beside = seen("2010-03", companions=frozenset("甲乙"))
    assert dates([official, villager, beside]) == [["2010-01", "2010-03"], ["2010-02"]]


def test_a_leader_is_who_has_a_post_of_the_county() -> None:
    bureau = [seen("2010-01", EDUCATION), seen("2010-05", EDUCATION)]
    deputy = [seen("2010-02", DEPUTY), seen("2010-06", DEPUTY)]
    apart = [frozenset((one.ref, other.ref)) for one in bureau for other in deputy]
    found = dates([*bureau, *deputy, seen("2010-04", LEADER)], apart=apart)
    assert found == [["2010-01", "2010-05"], ["2010-02", "2010-04", "2010-06"]]


def test_decisions_hold_against_evidence() -> None:
    official, villager = seen("2010", EDUCATION), seen("2011", VILLAGER)
    assert dates([official, villager], same={official.ref: official.ref, villager.ref: official.ref}) == [
        ["2010", "2011"]
    ]
    again = seen("2012", EDUCATION)
    assert dates([official, again], apart=[frozenset((official.ref, again.ref))]) == [["2010"], ["2012"]]
    bare = [seen("2010-01"), seen("2010-02")]
    assert len(dates(bare, apart=[frozenset(s.ref for s in bare)])) == 2


def test_what_is_parted_stays_so_when_others_would_join_it() -> None:
    many = [seen(f"201{year}", EDUCATION) for year in range(4)]
    groups = group_people(many, apart=[frozenset((many[0].ref, many[3].ref))])
    assert not any({many[0].ref, many[3].ref} <= {s.ref for s in group} for group in groups)
    assert sum(map(len, groups)) == 4


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("恒瑞茶业有限公司", "恒瑞茶业有限公司", True),
        ("恒瑞茶业有限公司", "瑞茶业有限公司", True),
        ("茶业有限公司", "恒瑞茶业有限公司", False),
        ("齐溪中学", "中学", False),
        (None, None, False),
    ],
)
def test_bodies(one: str | None, other: str | None, same: bool) -> None:
    assert is_same_body(one, other) is same


def test_every_feature_is_one_of_the_table_and_the_threshold_divides_them() -> None:
    pairs = [(Profile.of([one.values[0]]), Profile.of([one.values[1]])) for one in CASES]
    used = {name for one, other in pairs for name in compare(one, other)}
    assert used <= FEATURES.keys()
    assert min(FEATURES.values()) < 0 < THRESHOLD <= FEATURES["bare-name"] < FEATURES["both-officials"]


def _archive() -> list[Sighting]:
    chance = random.Random(3)
    posts = [EDUCATION, WATER, DEPUTY, LEADER, ELSEWHERE, VILLAGER, OTHER_VILLAGER, BOSS, REPORTER]
    found = []
    for number in range(60):
        held = tuple(chance.sample(posts, chance.choice((0, 1, 1))))
        date = f"{chance.randrange(2004, 2016)}-{chance.randrange(1, 13):02}"
        beside = frozenset(chance.sample("甲乙丙丁戊己", chance.randrange(4)))
        found.append(seen(date, *held, page=f"{number}.txt", companions=beside))
    return found


def test_the_order_of_sightings_is_of_no_account() -> None:
    sightings = _archive()
    expected = group_people(sightings)
    assert 4 < len(expected) < 60
    for seed in range(8):
        shuffled = random.Random(seed).sample(sightings, len(sightings))
        assert group_people(shuffled) == expected


def test_ids_stay_when_later_pages_come() -> None:
    sightings = sorted(_archive(), key=lambda s: (s.date or "", s.page))
    early = [s for s in sightings if (s.date or "") < "2010"]
    before, after = person_ids(early), person_ids(sightings)
    first = group_people(early)[0][0].ref
    assert after[first] == before[first]
    firsts = [group[0].ref for group in group_people(sightings) if group[0] in early]
    known = {group[0].ref for group in group_people(early)}
    assert {ref for ref in firsts if ref in known and after[ref] == before[ref]} == {
        ref for ref in firsts if ref in known
    }


def test_blocks_resolved_alone_are_as_in_the_whole() -> None:
    pages = [see(record) for record in gold_records()]
    whole = resolve_entities(pages)
    blocks: dict[str, list[Sighting]] = {}
    for page in pages:
        for sighting in page.people:
            blocks.setdefault(sighting.name, []).append(sighting)
    assert blocks
    for block in blocks.values():
        for ref, entity_id in person_ids(block).items():
            assert whole.ids[ref] == entity_id


def test_decided_persons_are_one_entity_under_other_names_too() -> None:
    pages = [see(record) for record in gold_records()]
    people = sorted({(page.page, s.entity, s.name) for page in pages for s in page.people})
    one = people[0]
    other = next(each for each in people if each[2] != one[2])
    joined = resolve_entities(pages, decisions=Constraints(same=(frozenset((one[:2], other[:2])),)))
    assert joined.ids[one[:2]] == joined.ids[other[:2]]


_PROGRAM = """
import json, sys
sys.path.insert(0, "tests")
from gold_records import gold_records
from test_resolve_people import _archive
from kg.resolve import resolve
from kg.resolve.people import group_people
knowledge = resolve(gold_records())
print(json.dumps([[entity.id for entity in knowledge.entities], [fact.id for fact in knowledge.facts],
                  [[s.page for s in group] for group in group_people(_archive())]]))
"""


def test_the_hash_seed_is_of_no_account() -> None:
    root = Path(__file__).resolve().parent.parent
    outputs = {
        subprocess.run(
            [sys.executable, "-c", _PROGRAM], cwd=root, env={**os.environ, "PYTHONHASHSEED": seed},
            capture_output=True, text=True, check=True,
        ).stdout
        for seed in ("0", "1", "4711")
    }  # fmt: skip
    assert len(outputs) == 1
    assert [fact.id for fact in resolve(gold_records()).facts] == json.loads(outputs.pop())[1]
