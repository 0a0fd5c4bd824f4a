"""Facts gained and lost are told by what they say, whatever their ids, scores and sentences."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from kg.diff import Claim, Diff, diff_knowledge, diff_stores, format_diff
from kg.errors import InputError
from kg.knowledge import Knowledge
from kg.model import Entity, Fact, Issue, Kind, Page, PageRecord, Provenance, Relation, Span
from kg.resolve import resolve
from kg.store import Store

ENTITIES = (
    Entity("p1", Kind.PERSON, "张三丰"),
    Entity("p2", Kind.PERSON, "李四光"),
    Entity("l1", Kind.PLACE, "白云村", subtype="village", code="330802100240"),
    Entity("o1", Kind.ORG, "柯城区委", subtype="government"),
    Entity("r1", Kind.ROLE, "柯城区委书记", title="书记", org="o1"),
    Entity("e1", Kind.EVENT, "走访", subtype="inspection", date="2021-01-12"),
    Entity("e2", Kind.EVENT, "开工", subtype="ceremony", status="planned"),
)


def fact(subject: str, relation: Relation, object_: str, **more: object) -> Fact:
    values: dict[str, object] = {
        "id": f"f-{subject}-{object_}-{len(more)}",
        "date": None,
        "evidence": (Provenance("a.txt", "a1", Span(0, 5)),),
        "source": "text",
        "rule": "r",
        "score": 0.8,
    }
    return Fact(relation=relation, subject=subject, object=object_, **(values | more))  # type: ignore[arg-type]


VISIT = fact("p1", Relation.VISITED, "l1", date="2021-01-12")
POST = fact("p1", Relation.HOLDS_ROLE, "r1")
LEADS = fact("p1", Relation.PARTICIPATED_IN, "e1", attributes=(("order", 1), ("part", "lead")))
PLANNED = fact("p1", Relation.PARTICIPATED_IN, "e2")


def built(*facts: Fact, page: str = "a.txt", entities: tuple[Entity, ...] = ENTITIES) -> PageRecord:
    return PageRecord(Page(page, f"/x/{page}", "0", "文" * 9, Issue(region_code="330802")), (), (), (), entities, facts)


def knowledge(*facts: Fact) -> Knowledge:
    return resolve([built(*facts)])


@pytest.mark.parametrize(
    ("old", "new", "gained", "lost"),
    [
        pytest.param((VISIT, POST), (POST, VISIT), [], [], id="order says nothing"),
        pytest.param((VISIT,), (replace(VISIT, id="x", score=0.3, rule="s"),), [], [], id="nor do ids, scores, rules"),
        pytest.param((), (POST,), ["HOLDS_ROLE 张三丰 → 柯城区委书记 [a.txt]"], [], id="gained"),
        pytest.param((POST,), (), [], ["HOLDS_ROLE 张三丰 → 柯城区委书记 [a.txt]"], id="lost"),
        pytest.param(
            (VISIT,),
            (replace(VISIT, date="2021-01-13"),),
            ["VISITED 张三丰 → 白云村 2021-01-13 [a.txt]"],
            ["VISITED 张三丰 → 白云村 2021-01-12 [a.txt]"],
            id="another day is another claim",
        ),
        pytest.param(
            (LEADS,),
            (replace(LEADS, attributes=(("order", 2), ("part", "attend"))),),
            ["PARTICIPATED_IN 张三丰 → inspection:走访 (attend) [a.txt]"],
            ["PARTICIPATED_IN 张三丰 → inspection:走访 (lead) [a.txt]"],
            id="another part is another claim",
        ),
        pytest.param((LEADS,), (replace(LEADS, attributes=(("part", "lead"),)),), [], [], id="the order is none"),
        pytest.param((), (PLANNED,), [], [], id="plans are no facts"),
    ],
)
def test_claims(old: tuple[Fact, ...], new: tuple[Fact, ...], gained: list[str], lost: list[str]) -> None:
    diff = diff_knowledge(knowledge(*old), knowledge(*new))
    assert [claim.line() for claim in diff.gained] == gained
    assert [claim.line() for claim in diff.lost] == lost
    assert bool(diff) == bool(gained or lost)


def test_pages_that_one_build_has_alone() -> None:
    old = resolve([built(VISIT), built(POST, page="b.txt")])
    new = resolve([built(VISIT), built(POST, page="c.txt")])
    diff = diff_knowledge(old, new)
    assert diff == Diff((), (), 1, pages_added=("c.txt",), pages_removed=("b.txt",))


def test_back_and_forth_are_mirrors() -> None:
    old, new = knowledge(VISIT, POST), knowledge(POST, LEADS)
    there, back = diff_knowledge(old, new), diff_knowledge(new, old)
    assert there.gained == back.lost and there.lost == back.gained and there.n_same == back.n_same == 1


def test_table() -> None:
    diff = diff_knowledge(knowledge(VISIT, POST), knowledge(POST, LEADS))
    assert format_diff(diff) == (
        "                      +      -\n"
        "PARTICIPATED_IN       1      0\n"
        "VISITED               0      1\n"
        "all                   1      1   = 1\n"
        "- VISITED 张三丰 → 白云村 2021-01-12 [a.txt]\n"
        "+ PARTICIPATED_IN 张三丰 → inspection:走访 (lead) [a.txt]"
    )
    assert "+ … 1" in format_diff(diff, limit=0)


def test_a_hostile_name_stays_on_its_line() -> None:
    claim = Claim("a\n.txt", Relation.VISITED, "张\x1b[31m三", "白\r云\u2028村", None)
    assert claim.line() == "VISITED 张 [31m三 → 白 云 村 [a .txt]"


def test_stores(tmp_path: Path) -> None:
    for name, facts in (("old", (VISIT, POST)), ("new", (POST,))):
        with Store.create(tmp_path / name) as store:
            store.put(built(*facts), content_key=name)
            store.set_complete(True)
    diff = diff_stores(tmp_path / "old", tmp_path / "new")
    assert [claim.relation for claim in diff.lost] == [Relation.VISITED] and not diff.gained
    assert not diff_stores(tmp_path / "old", tmp_path / "old")
    with pytest.raises(InputError, match="no store here"):
        diff_stores(tmp_path / "none", tmp_path / "old")
