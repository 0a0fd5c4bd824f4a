"""Who held which post from when to when: first and last sighting, succession, and what cannot both be."""

from __future__ import annotations

import json
import random
from pathlib import Path

import pytest
from test_repeats import SHORT, record

import kg
from kg.cli import main
from kg.model import Entity, Kind
from kg.resolve import resolve
from kg.store import Store
from kg.tenures import PostSeen, contradictions, is_single, successions, tenures, tenures_of

SINGLE = frozenset(("mayor",))


def seen(person: str, *dates: str, role: str = "mayor", past: bool = False) -> list[PostSeen]:
    return [PostSeen(person, role, date or None, f"{person}-{date}-{role}-{past}", past) for date in dates]


def spans(sightings: list[PostSeen]) -> list[tuple[str, str, str]]:
    return [(t.person, t.first_seen, t.last_seen) for t in tenures_of(sightings, SINGLE)]


def test_first_and_last_sighting() -> None:
    sightings = [*seen("a", "2012-05-01", "2010-01-07", "2011", ""), *seen("b", "2013-02-01")]
    assert spans(sightings) == [("a", "2010-01-07", "2012-05-01"), ("b", "2013-02-01", "2013-02-01")]
    first = tenures_of(sightings, SINGLE)[0]
    assert [fact.split("-m")[0] for fact in first.facts] == ["a-2010-01-07", "a-2011", "a-2012-05-01"]
    for seed in range(4):
        assert tenures_of(random.Random(seed).sample(sightings, len(sightings)), SINGLE) == tenures_of(
            sightings, SINGLE
        )


def test_a_former_post_ends_a_tenure_and_does_not_lengthen_it() -> None:
    [tenure] = tenures_of([*seen("a", "2010-01", "2011-01"), *seen("a", "2012-01", past=True)], SINGLE)
    assert (tenure.last_seen, tenure.left_by) == ("2011-01", "2012-01")
    assert tenures_of(seen("a", "2012-01", past=True), SINGLE) == ()


@pytest.mark.parametrize(
    ("between", "n"),
    [
        pytest.param(seen("b", "2013-01"), 2, id="another one held it for years"),
        pytest.param(seen("b", "2013-01", role="deputy"), 1, id="of another post"),
        pytest.param([], 1, id="nobody"),
    ],
)
def test_who_came_back_has_two_tenures(between: list[PostSeen], n: int) -> None:
    found = tenures_of([*seen("a", "2010-01", "2011-01", "2016-01"), *between], SINGLE)
    assert sum(tenure.person == "a" for tenure in found) == n


def test_succession() -> None:
    found = tenures_of([*seen("b", "2013", "2015"), *seen("a", "2010", "2012"), *seen("c", "2015-06")], SINGLE)
    pairs = [(pair.before.person, pair.after.person) for pair in successions(found, SINGLE)]
    assert pairs == [("a", "b"), ("b", "c")]
    assert not contradictions(found, SINGLE)
    assert not successions(found, frozenset())


def test_who_is_seen_within_the_time_of_another_neither_follows_nor_is_followed() -> None:
    found = tenures_of(
        [*seen("a", "2010", "2012", "2014"), *seen("misread", "2012"), *seen("b", "2015", "2017")], SINGLE
    )
    assert [(pair.before.person, pair.after.person) for pair in successions(found, SINGLE)] == [("a", "b")]
    assert [(pair.one.person, pair.other.person) for pair in contradictions(found, SINGLE)] == [("a", "misread")]


def test_of_three_one_after_the_other_none_is_left_out() -> None:
    held = [*seen("a", "2010", "2012"), *seen("b", "2011", "2012-06", "2014"), *seen("c", "2013", "2015")]
    found = tenures_of(held, SINGLE)
    assert not successions(found, SINGLE)
    found = tenures_of([*seen("a", "2010", "2012"), *seen("b", "2011", "2013"), *seen("c", "2015")], SINGLE)
    assert [(pair.before.person, pair.after.person) for pair in successions(found, SINGLE)] == [("b", "c")]


def test_two_at_once_contradict_each_other() -> None:
    found = tenures_of(
        [*seen("a", "2010-01", "2012-01"), *seen("b", "2011-05", "2012-06", "2014-01"), *seen("c", "2014-02")], SINGLE
    )
    [pair] = contradictions(found, SINGLE)
    assert (pair.one.person, pair.other.person, pair.first, pair.last) == ("a", "b", "2011-05", "2012-01")
    assert [(s.before.person, s.after.person) for s in successions(found, SINGLE)] == [("b", "c")]
    assert not contradictions(found, frozenset())


@pytest.mark.parametrize(
    ("title", "org", "single"),
    [
        ("县长", "o", True), ("党委书记", "o", True), ("局长", "o", True), ("主任", "o", True), ("代县长", "o", True),
        ("县长", None, False), ("副县长", "o", False), ("常委", "o", False), ("村民", "o", False), ("县领导", "o", False),
        ("原县长", "o", False), ("主任科员", "o", False), ("", "o", False),
    ],
)  # fmt: skip
def test_posts_of_one_person(title: str, org: str | None, single: bool) -> None:
    assert is_single(Entity("r", Kind.ROLE, title, title=title, org=org)) is single


PAGES = [
    record("1", "2019-01-07", day="2019-01-06"),
    record("2", "2020-03-03", SHORT, day="2020-03-02"),
    record("3", "2020-02-01", "县长丁四海到西村看望老人。", day="2020-01-31", people=("丁四海",), place="西村"),
]


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    from kg.decisions import Decisions
    from kg.pipeline.touched import resolve_touched

    out = tmp_path_factory.mktemp("tenures")
    with Store.create(out) as store:
        for page in PAGES:
            store.put(page, content_key="k")
        resolve_touched(store, Decisions(), "this kg")
    return out


def test_tenures_of_knowledge_of_the_store_and_of_the_command_are_the_same(
    built: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    expected = [("甲一明", "2019-01-07", "2020-03-03"), ("丁四海", "2020-02-01", "2020-02-01")]
    knowledge = resolve(PAGES)
    names = {entity.id: entity.name for entity in knowledge.entities}
    assert [(names[t.person], t.first_seen, t.last_seen) for t in tenures(knowledge)] == expected
    with Store.open(built) as store:
        rows = store.rows("SELECT person, first_seen, last_seen FROM tenures ORDER BY first_seen")
    assert rows == expected
    frame = kg.open(built).tenures("县长")
    assert list(zip(frame.person, frame.first_seen, frame.last_seen, strict=True)) == expected
    assert main(["tenures", "县长", "--out", str(built), "--format", "json", "--contradicted"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert [(row["person"], row["against"]) for row in told] == [("甲一明", "丁四海"), ("丁四海", "甲一明")]


@pytest.mark.parametrize(
    ("arguments", "code"),
    [([], 0), (["县长"], 0), (["市长"], 2), (["县长", "--format", "xml"], 2), (["县长", "--contradicted"], 0)],
)
def test_the_command_answers_with_its_exit_code(
    built: Path, arguments: list[str], code: int, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["tenures", *arguments, "--out", str(built)]) == code
    told = capsys.readouterr()
    assert ("甲一明" in told.out) is (code == 0)
    assert "Traceback" not in told.err
