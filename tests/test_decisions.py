"""Decisions hold whatever their order, survive rebuilds, touch no page record, and a bad file is one clear line."""

from __future__ import annotations

import random
from dataclasses import replace
from pathlib import Path

import pytest
from decided_records import applied, records
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.decisions import (
    Anchor,
    Claim,
    Decision,
    DecisionKind,
    Decisions,
    FactAnchor,
    append_decision,
    format_decisions,
    parse_decisions,
    read_decisions,
    remove_decision,
)
from kg.decisions.constraints import Constraints, partition
from kg.errors import InputError
from kg.knowledge import Knowledge, entity_index, statement_of
from kg.messages import Messages
from kg.model import Entity, Fact, Kind, Relation, Span
from kg.redact import redact_private

M, S, R = DecisionKind.MERGE, DecisionKind.SPLIT, DecisionKind.RENAME
REJECT, CONFIRM, DATE, ADD = DecisionKind.REJECT, DecisionKind.CONFIRM, DecisionKind.DATE, DecisionKind.ADD
V, P, H = Relation.VISITED, Relation.PARTICIPATED_IN, Relation.HOLDS_ROLE


def on(page: int, text: str, **more: object) -> Anchor:
    return Anchor(page=f"{page}.txt", text=text, **more)  # type: ignore[arg-type]


def decision(kind: DecisionKind, *, made: str = "2026-11-21", **more: object) -> Decision:
    return Decision(kind=kind, reason="因为", made=made, **more)  # type: ignore[arg-type]


def merge(*anchors: Anchor, **more: object) -> Decision:
    return decision(M, groups=(anchors,), **more)


def split(*anchors: Anchor, **more: object) -> Decision:
    return decision(S, groups=tuple((anchor,) for anchor in anchors), **more)


def rename(anchor: Anchor, name: str, **more: object) -> Decision:
    return decision(R, groups=((anchor,),), name=name, **more)


def fact(page: int, relation: Relation, subject: str, target: str, **more: object) -> FactAnchor:
    return FactAnchor(f"{page}.txt", relation, subject, target, **more)  # type: ignore[arg-type]


EAST = fact(1, V, "甲立成", "东坝")


def under(*rows: Decision) -> Knowledge:
    knowledge, problems = applied(Decisions(rows))
    assert [str(problem) for problem in problems] == []
    return knowledge


def told(*rows: Decision) -> list[str]:
    """The problems of decisions that cannot be applied; nothing else may have changed."""
    knowledge, problems = applied(Decisions(rows))
    assert knowledge == under()
    return [problem.what for problem in problems]


def people(knowledge: Knowledge) -> list[str]:
    return sorted(entity.name for entity in knowledge.entities if entity.kind is Kind.PERSON)


def claims(knowledge: Knowledge, relation: Relation = V) -> list[tuple[str, str, str, str | None]]:
    named = entity_index(knowledge)
    return [
        (record.page.id, named[fact.subject].name, named[fact.object].name, fact.date)
        for record in knowledge.records
        for fact in record.facts
        if fact.relation is relation
    ]


def find(knowledge: Knowledge, page: str, relation: Relation, subject: str, target: str) -> Fact:
    named = entity_index(knowledge)
    [found] = [
        each
        for record in knowledge.records
        if record.page.id == page
        for each in record.facts
        if (each.relation, named[each.subject].name, named[each.object].name) == (relation, subject, target)
    ]
    return found


# Entities


def test_without_decisions_nothing_changes() -> None:
    assert people(under()) == ["丙大海", "乙小波", "吴某珍", "吴秀珍", "甲立戌", "甲立成"]
    assert claims(under())[:3] == [
        ("1.txt", "甲立成", "东坝", "2021-01-12"),
        ("1.txt", "乙小波", "东坝", "2021-01-12"),
        ("1.txt", "甲立成", "西坝", "2021-01-12"),
    ]


def test_two_names_of_one_person_become_one_with_all_that_is_said_of_both() -> None:
    knowledge = under(merge(on(1, "甲立成"), on(2, "甲立戌")))
    [person] = [entity for entity in knowledge.entities if entity.name == "甲立成"]
    assert person.aliases == ("甲立戌",)
    assert [row[0] for row in claims(knowledge) if row[1] == "甲立成"] == ["1.txt", "1.txt", "2.txt"]


def test_a_namesake_is_taken_out_and_what_nobody_names_stays() -> None:
    before = {entity.id for entity in under().entities if entity.name == "甲立成"}
    knowledge = under(split(on(1, "甲立成"), on(3, "甲立成")))
    pair = [entity.id for entity in knowledge.entities if entity.name == "甲立成"]
    assert len(pair) == 2 and before < set(pair)  # the first keeps its id
    links = {record.page.id: {link.entity for link in record.links} for record in knowledge.records}
    assert before <= links["1.txt"] and not before & links["3.txt"]


def test_a_name_is_corrected_and_the_printed_one_stays_an_alias() -> None:
    knowledge = under(rename(on(2, "甲立戌"), "甲立成二"), rename(on(1, "石桥镇委", kind=Kind.ORG), "石桥镇党委"))
    [person] = [entity for entity in knowledge.entities if entity.name == "甲立成二"]
    assert person.aliases == ("甲立戌",)
    assert [entity.name for entity in knowledge.entities if entity.kind is Kind.ROLE] == ["石桥镇党委书记"]


def test_the_latest_name_holds() -> None:
    rows = rename(on(1, "甲立成"), "早名", made="2026-01-01"), rename(on(3, "甲立成"), "晚名", made="2026-01-02")
    assert "晚名" in people(under(*rows)) and "早名" not in people(under(*rows))


def test_a_merge_with_a_code_joins_the_division() -> None:
    knowledge = under(merge(on(1, "东坝"), Anchor(code="330802")))
    [place] = [entity for entity in knowledge.entities if entity.code == "330802"]
    assert place.id == "place-330802"
    assert "东坝" in (place.name, *place.aliases)


def test_a_name_with_a_code_means_whoever_bears_it_in_that_county() -> None:
    knowledge = under(merge(Anchor(text="甲立成", code="330802", kind=Kind.PERSON), on(2, "甲立戌")))
    assert people(knowledge).count("甲立成") == 1 and "甲立戌" not in people(knowledge)


@pytest.mark.parametrize(
    ("rows", "says"),
    [
        pytest.param([merge(on(1, "甲立成"), on(9, "甲立戌"))], "no page '9.txt' any more", id="no such page"),
        pytest.param([merge(on(1, "甲立成"), on(2, "戊己"))], "戊己 (2.txt) is not there any more", id="no such name"),
        pytest.param([merge(on(1, "甲立成"), Anchor(code="110101"))], "110101 is not there any more", id="no such code"),
        pytest.param([merge(on(1, "甲立成"), on(1, "东坝"))], "different kinds are never one: PERSON, PLACE", id="kinds"),
        pytest.param([merge(on(4, "吴某珍"), on(4, "吴秀珍"))], "a masked name stays masked", id="unmasking by merging"),
        pytest.param([rename(on(4, "吴某珍"), "吴秀珍")], "a masked name stays masked", id="unmasking by naming"),
        pytest.param([split(on(1, "甲立成"), on(1, "甲立成", start=19))], "one page cannot be split", id="one page"),
        pytest.param([rename(on(1, "石桥镇委书记", kind=Kind.ROLE), "镇长")], "a post follows its body", id="a post"),
    ],
)  # fmt: skip
def test_what_cannot_be_applied_is_told(rows: list[Decision], says: str) -> None:
    assert told(*rows) == [says]


def test_of_two_that_contradict_the_later_holds_and_the_other_is_told() -> None:
    one, two = on(1, "甲立成"), on(2, "甲立戌")
    early, late = "2026-01-01", "2026-01-02"
    for first, second, n in ((merge(one, two, made=late), split(one, two, made=early), 1), (merge(one, two, made=early), split(one, two, made=late), 2), (merge(one, two), split(one, two), 2)):  # fmt: skip
        knowledge, problems = applied(Decisions((replace(first, line=3), replace(second, line=9))))
        assert len([name for name in people(knowledge) if name.startswith("甲")]) == n
        assert [problem.where for problem in problems] == [f"decisions.yaml:{3 if n == 2 else 9}"]


def test_offsets_may_move_and_an_ambiguous_name_is_not_guessed() -> None:
    moved = merge(on(1, "甲立成", start=999), on(2, "甲立戌", start=999))
    assert people(under(moved)) == people(under(merge(on(1, "甲立成"), on(2, "甲立戌"))))
    first = records()[0]
    twice = replace(first, links=(replace(first.links[0], entity="yi"), *first.links[1:]))
    pages = (twice, *records()[1:])
    _, problems = applied(Decisions((merge(on(1, "甲立成"), on(2, "甲立戌")),)), pages)
    assert [problem.what for problem in problems] == ["甲立成 (1.txt) may be 2 here"]
    start = twice.mentions[1].span.start
    _, problems = applied(Decisions((merge(on(1, "甲立成", start=start), on(2, "甲立戌")),)), pages)
    assert problems == []


REFS = [(page, local) for page in ("1", "2", "3") for local in "ab"]


@settings(max_examples=200, deadline=None)
@given(
    clusters=st.lists(st.integers(0, 2), min_size=6, max_size=6),
    same=st.lists(st.sampled_from(REFS), max_size=3, unique=True),
    apart=st.lists(st.tuples(st.sampled_from(REFS), st.sampled_from(REFS)), max_size=3),
)
def test_clusters_obey_whatever_they_were(
    clusters: list[int], same: list[tuple[str, str]], apart: list[tuple[tuple[str, str], tuple[str, str]]]
) -> None:
    pairs = frozenset(frozenset(pair) for pair in apart if pair[0] != pair[1] and not set(pair) <= set(same))
    constraints = Constraints((frozenset(same),) if len(same) > 1 else (), pairs)
    base = {ref: f"person-{cluster}" for ref, cluster in zip(REFS, clusters, strict=True)}
    named = {ref: base[ref] for ref in constraints.refs}
    moved, left = partition(named, constraints)
    after = {ref: left.get(ref) or moved.get(base[ref], base[ref]) for ref in REFS}
    assert len({after[ref] for ref in same}) <= 1
    assert all(len({after[ref] for ref in pair}) == 2 for pair in pairs)
    if not constraints:
        assert after == base


# Facts


def test_a_rejected_fact_vanishes_with_the_event_that_only_it_told() -> None:
    knowledge = under(decision(REJECT, fact=EAST))
    assert ("1.txt", "甲立成", "东坝", "2021-01-12") not in claims(knowledge)
    assert ("1.txt", "甲立成", "西坝", "2021-01-12") in claims(knowledge)
    events = [
        decision(REJECT, fact=fact(2, relation, *ends))
        for relation, *ends in ((P, "甲立戌", "走访"), (P, "乙小波", "走访"), (V, "甲立戌", "东坝"))
    ]
    assert [e.name for e in under(*events).entities if e.kind is Kind.EVENT] == ["调研"]
    assert [e.name for e in under(*events[:2]).entities if e.kind is Kind.EVENT] == ["调研", "走访"] or [
        e.name for e in under(*events[:2]).entities if e.kind is Kind.EVENT
    ] == ["走访", "调研"]


def test_a_post_that_others_hold_stays() -> None:
    rejected = decision(REJECT, fact=fact(3, H, "丙大海", "石桥镇委书记"))
    assert [e.name for e in under(rejected).entities if e.kind is Kind.ROLE] == ["石桥镇委书记"]
    everybody = [
        decision(REJECT, fact=fact(page, H, name, "石桥镇委书记")) for page, name in ((1, "甲立成"), (2, "甲立戌"))
    ]
    assert [e.name for e in under(rejected, *everybody).entities if e.kind is Kind.ROLE] == []


def test_a_confirmed_fact_is_certain_and_a_date_can_be_fixed() -> None:
    sure = find(under(decision(CONFIRM, fact=EAST)), "1.txt", V, "甲立成", "东坝")
    assert (sure.score, dict(sure.attributes)["decided"], sure.date) == (1.0, "confirmed", "2021-01-12")
    west = fact(1, V, "甲立成", "西坝", date="2021-01-12", dated=True, quote="又到\n西坝")
    moved = under(decision(DATE, fact=west, to="2021-01"))
    fixed = find(moved, "1.txt", V, "甲立成", "西坝")
    assert (fixed.date, fixed.score, dict(fixed.attributes)["precision"]) == ("2021-01", 1.0, "month")


def test_an_event_has_one_date() -> None:
    moved = under(decision(DATE, fact=EAST, to="2021-01-11"))
    assert {row[3] for row in claims(moved) if row[0] == "1.txt"} == {"2021-01-11"}
    assert {row[3] for row in claims(moved, P) if row[0] == "1.txt"} == {"2021-01-11"}
    [tour] = [entity for entity in moved.entities if entity.name == "调研"]
    assert (tour.date, tour.precision) == ("2021-01-11", "day")
    looked_at, beside = (find(moved, "1.txt", V, name, "东坝") for name in ("甲立成", "乙小波"))
    assert (looked_at.score, beside.score) == (1.0, 0.5)
    unknown = under(decision(DATE, fact=EAST, to=None))
    assert [entity.date for entity in unknown.entities if entity.name == "调研"] == [None]


@pytest.mark.parametrize(
    ("reject", "confirm", "stays"),
    [("2026-01-02", "2026-01-01", False), ("2026-01-01", "2026-01-02", True), ("2026-01-01", "2026-01-01", False)],
)
def test_of_reject_and_confirm_the_later_holds_and_of_one_day_the_rejection(
    reject: str, confirm: str, stays: bool
) -> None:
    rows = decision(REJECT, fact=EAST, made=reject), decision(CONFIRM, fact=EAST, made=confirm)
    assert (("1.txt", "甲立成", "东坝", "2021-01-12") in claims(under(*rows))) is stays


def test_an_added_fact_shows_the_words_that_say_it() -> None:
    claim = Claim(V, on(1, "乙小波"), on(1, "西坝"), "2021-01-12", "1.txt", "甲立成又到\n西坝")
    knowledge = under(decision(ADD, claim=claim))
    added = find(knowledge, "1.txt", V, "乙小波", "西坝")
    [where] = added.evidence
    assert knowledge.records[0].page.text[where.span.start : where.span.end] == "甲立成又到西坝"
    assert (added.source, added.score, where.article) == ("text", 1.0, "a1")
    assert statement_of(added) is None


def test_an_added_fact_without_a_page_is_a_persons_statement() -> None:
    knowledge = under(decision(ADD, claim=Claim(V, on(2, "乙小波"), Anchor(code="330802"), "2021")))
    added = find(knowledge, "2.txt", V, "乙小波", "柯城区")
    assert (added.source, added.evidence, statement_of(added)) == ("person", (), "（人工说明）因为")


def test_an_added_fact_may_bring_people_and_posts_that_no_page_names() -> None:
    somebody = Anchor(text="丁新", code="330802", kind=Kind.PERSON, new=True)
    post = Anchor(title="镇长", org=on(1, "石桥镇委", kind=Kind.ORG))
    rows = (
        decision(ADD, claim=Claim(H, somebody, post, page="3.txt")),
        decision(ADD, claim=Claim(V, somebody, on(1, "东坝"))),
    )
    knowledge = under(*rows)
    assert find(knowledge, "3.txt", H, "丁新", "石桥镇委镇长").attributes[0] == ("decided", "added")
    assert find(knowledge, "1.txt", V, "丁新", "东坝").source == "person"
    assert len([entity for entity in knowledge.entities if entity.name == "丁新"]) == 1


@pytest.mark.parametrize(
    ("row", "says"),
    [
        pytest.param(decision(REJECT, fact=fact(1, V, "甲立成", "北坝")), "VISITED 甲立成 → 北坝 (1.txt) is not there any more", id="no such fact"),
        pytest.param(decision(REJECT, fact=fact(1, V, "甲立成", "东坝", date=None, dated=True)), "VISITED 甲立成 → 东坝 (1.txt) is not there any more", id="another date"),
        pytest.param(decision(CONFIRM, fact=fact(1, V, "甲立成", "东坝", quote="西坝")), "VISITED 甲立成 → 东坝 (1.txt) is not there any more", id="another sentence"),
        pytest.param(decision(DATE, fact=fact(8, V, "甲立成", "东坝"), to=None), "no page '8.txt' any more", id="no such page"),
        pytest.param(decision(ADD, claim=Claim(V, on(1, "东坝"), on(1, "西坝"))), "VISITED leads from PERSON to ORG/PLACE", id="a place does not travel"),
        pytest.param(decision(ADD, claim=Claim(V, on(1, "甲立成"), on(1, "北坝"))), "北坝 (1.txt) is not there any more", id="no such end"),
        pytest.param(decision(ADD, claim=Claim(V, on(1, "甲立成"), on(1, "西坝"), page="1.txt", quote="没有的话")), "the page does not say the words quoted", id="no such words"),
        pytest.param(decision(ADD, claim=Claim(H, Anchor(text="戊", code="330802", kind=Kind.PERSON, new=True), Anchor(title="镇长"))), "no page names either end of this fact", id="nowhere to keep it"),
    ],
)  # fmt: skip
def test_a_fact_that_is_gone_is_told(row: Decision, says: str) -> None:
    assert told(row) == [says]


def test_an_anchor_is_what_the_page_says_and_not_the_cluster() -> None:
    rows = merge(on(1, "甲立成"), on(2, "甲立戌")), decision(REJECT, fact=fact(2, V, "甲立戌", "东坝"))
    assert ("2.txt", "甲立成", "东坝", "2021-02-03") not in claims(under(*rows))
    # and a decision on the name of another page does not reach this one
    assert told(decision(REJECT, fact=fact(2, V, "甲立成", "东坝"))) != []


# All together

POOL = [
    merge(on(1, "甲立成"), on(2, "甲立戌")),
    merge(on(1, "甲立成"), on(3, "丙大海"), made="2026-11-20"),
    merge(on(2, "乙小波"), on(3, "丙大海"), made="2026-11-22"),
    split(on(1, "甲立成"), on(3, "甲立成")),
    split(on(1, "甲立成"), on(2, "甲立戌"), made="2026-11-22"),
    split(on(1, "乙小波"), on(2, "乙小波")),
    rename(on(1, "甲立成"), "甲立城"),
    rename(on(3, "甲立成"), "甲力成"),
    rename(on(1, "东坝"), "东坝村"),
    decision(REJECT, fact=EAST),
    decision(CONFIRM, fact=EAST),
    decision(CONFIRM, fact=EAST, made="2026-11-22"),
    decision(DATE, fact=EAST, to="2021-01-10"),
    decision(DATE, fact=fact(1, V, "乙小波", "东坝"), to="2021-01-09"),
    decision(DATE, fact=fact(1, P, "甲立成", "调研"), to=None, made="2026-11-20"),
    decision(REJECT, fact=fact(1, P, "甲立成", "调研")),
    decision(REJECT, fact=fact(3, H, "丙大海", "石桥镇委书记")),
    decision(ADD, claim=Claim(V, on(1, "甲立成"), on(1, "东坝"), "2021-01-10")),
    decision(ADD, claim=Claim(V, on(1, "乙小波"), on(1, "西坝"), page="1.txt", quote="西坝看")),
    decision(ADD, claim=Claim(V, Anchor(text="丁新", code="330802", kind=Kind.PERSON, new=True), on(1, "东坝"))),
    decision(ADD, claim=Claim(H, on(2, "乙小波"), Anchor(title="镇长", org=on(2, "石桥镇委", kind=Kind.ORG)))),
    decision(REJECT, fact=fact(9, V, "甲立成", "东坝")),
]


@settings(max_examples=300, deadline=None)
@given(rows=st.lists(st.sampled_from(POOL), max_size=9), seed=st.integers(0, 1000))
def test_decisions_in_any_order_give_the_same(rows: list[Decision], seed: int) -> None:
    rows = [replace(row, line=number + 1) for number, row in enumerate(rows)]
    turned = list(rows)
    random.Random(seed).shuffle(turned)
    before = records()
    knowledge, problems = applied(Decisions(tuple(rows)))
    again, also = applied(Decisions(tuple(turned)), tuple(random.Random(seed).sample(before, len(before))))
    assert again == knowledge
    assert sorted(map(str, also)) == sorted(map(str, problems))
    assert records() == before
    known = entity_index(knowledge)
    for record in knowledge.records:
        keys = [(each.relation, each.subject, each.object, each.date) for each in record.facts]
        assert len(set(keys)) == len(keys)
        for each in record.facts:
            assert {each.subject, each.object} <= known.keys()
            assert dict(each.attributes).get("event", each.subject) in known
            assert each.evidence or statement_of(each)
        assert all(link.entity in known for link in record.links)


def test_statements_and_new_people_are_redacted_and_who_decided_is_in_no_output() -> None:
    claim = Claim(V, Anchor(text="丁新华", code="330802", kind=Kind.PERSON, new=True), on(1, "东坝"))
    row = replace(decision(ADD, claim=claim), reason="丁新华自己说的", who="王编辑")
    knowledge = under(row)
    assert "王编辑" not in repr(knowledge)
    assert "丁新华" in repr(knowledge)
    assert "丁新华" not in repr(redact_private(knowledge))


# The file

HEAD = "version: 1\ndecisions:\n"


@pytest.mark.parametrize(
    ("text", "line", "says"),
    [
        pytest.param("decisions: [", 1, "no valid YAML", id="no YAML"),
        pytest.param(HEAD + "- kind: merge\n  kind: split\n", 4, "kind stands here twice", id="a key twice"),
        pytest.param(HEAD + "- kind: melt\n  reason: x\n  date: 2026-11-21\n", 3, "no decision 'melt'", id="kind"),
        pytest.param(HEAD + "- kind: reject\n  date: 2026-11-21\n", 3, "reason is missing", id="no reason"),
        pytest.param(HEAD + "- kind: reject\n  reason: x\n  date: 2026-11-21\n", 3, "fact is missing", id="no fact"),
        pytest.param(HEAD + "- kind: reject\n  reason: x\n  date: morgen\n  fact: {}\n", 5, "morgen is no date", id="date"),
        pytest.param(HEAD + "- kind: reject\n  reason: x\n  date: 2026-02-30\n  fact: {}\n", 5, "2026-02-30 is no date", id="no such day"),
        pytest.param(HEAD + "- kind: reject\n  reason: x\n  date: 2026-11-21\n  fact: {page: a}\n", 6, "object is missing", id="half a fact"),
        pytest.param(HEAD + "- kind: reject\n  reason:\n  date: 2026-11-21\n  fact: {}\n", 4, "something is missing here", id="empty reason"),
        pytest.param(HEAD + "- kind: merge\n  reason: x\n  date: 2026-11-21\n  entities: [{page: a, text: b}]\n", 6, "at least 2 are needed here", id="a merge of one"),
        pytest.param(HEAD + "- kind: merge\n  reason: x\n  date: 2026-11-21\n  entities:\n  - {page: a}\n  - {code: '330802'}\n", 7, "page and text are needed here, or a code", id="half an anchor"),
        pytest.param(HEAD + "- kind: merge\n  reason: x\n  date: 2026-11-21\n  entities:\n  - {code: '33080'}\n  - {code: '330802'}\n", 7, "33080 is no division code", id="code"),
        pytest.param(HEAD + "- kind: rename\n  reason: x\n  date: 2026-11-21\n  entity: {page: a, text: b, start: -1}\n  name: c\n", 6, "-1 is no offset", id="offset"),
        pytest.param(HEAD + "- kind: add\n  reason: x\n  date: 2026-11-21\n  relation: KNOWS\n  subject: {code: '33'}\n  object: {code: '33'}\n", 6, "no relation 'KNOWS'", id="relation"),
        pytest.param(HEAD + "- kind: rename\n  reason: x\n  date: 2026-11-21\n  cluster: person-1\n", 6, "nothing is called 'cluster' here", id="a cluster"),
        pytest.param("version: 2\ndecisions: []\n", 1, "no version '2' of decisions", id="version"),
        pytest.param("- kind: merge\n", 1, "names and values are needed here", id="a list"),
        pytest.param("a: &x [1]\ndecisions: *x\n", 2, "aliases (*) are not read here", id="an alias"),
        pytest.param("decisions: !!python/object:os.system [x]\n", 1, "tags (!) are not read here", id="an object"),
        pytest.param("decisions: " + "[" * 500, 1, "nested too deep", id="depth"),
        pytest.param("decisions:\n- \x1b[31m\n", 2, "a control character", id="escape"),
        pytest.param("--- {}\n--- {}\n", 2, "no valid YAML", id="two documents"),
    ],
)  # fmt: skip
def test_a_malformed_file_is_one_line_with_its_number(text: str, line: int, says: str) -> None:
    with pytest.raises(InputError) as error:
        parse_decisions(text, where="d.yaml")
    assert error.value.where == f"d.yaml:{line}"
    assert error.value.what.startswith(says)
    assert "\n" not in str(error.value)
    chinese = Messages("zh").error(error.value)
    assert chinese != Messages("en").error(error.value) and "\n" not in chinese


@pytest.mark.parametrize("text", ["", "# 空的\n", "decisions:\n", "version: 1\ndecisions: []\n", "{}"])
def test_nothing_decided_is_no_error(text: str) -> None:
    assert parse_decisions(text).rows == ()


def test_a_file_that_is_no_text_is_told(tmp_path: Path) -> None:
    path = tmp_path / "d.yaml"
    with pytest.raises(InputError, match="no such file"):
        read_decisions(path)
    path.write_bytes("version: 1\n# 王".encode("gb18030"))
    with pytest.raises(InputError, match=r"d.yaml:2: not UTF-8 text"):
        read_decisions(path)
    path.unlink()
    path.mkdir()
    with pytest.raises(InputError, match="cannot be read"):
        read_decisions(path)


TEXT = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=12).filter(
    lambda text: bool(text.strip())
)
TRICKY = st.sampled_from(["~", "null", "No", "- x", "a: b", "#", "'", '"', "!x", "*x", "&x", "[", "{", "|", "> ", "\u2028", "\x07", "\x85", " x ", "2021-01-12", "=", "<<", "？", "𠮷", "\ufeff", "%", "@", "`", "\r\n", "\t"])  # fmt: skip
WORDS = (TEXT | TRICKY).filter(lambda text: bool(text.strip()))
DATES = st.sampled_from(["2021", "2021-01", "2021-01-12", "2021-01-07/2021-01-17"])
MENTIONS = st.builds(
    Anchor, page=WORDS, text=WORDS, start=st.none() | st.integers(0, 99999), kind=st.none() | st.sampled_from(Kind)
)
ANCHORS = MENTIONS | st.builds(Anchor, code=st.sampled_from(["33", "330802", "330802101232"]), text=st.none() | WORDS)
POSTS = st.builds(Anchor, title=WORDS, org=st.none() | ANCHORS)
FACTS = st.builds(FactAnchor, WORDS, st.sampled_from(Relation), WORDS, WORDS, quote=st.none() | WORDS) | st.builds(
    FactAnchor, WORDS, st.sampled_from(Relation), WORDS, WORDS, date=st.none() | DATES, dated=st.just(True)
)
CLAIMS = st.builds(
    Claim, st.sampled_from(Relation), ANCHORS, ANCHORS | POSTS, st.none() | DATES, WORDS, st.none() | WORDS,
    part=st.none() | st.sampled_from(["lead", "attend"]),
)  # fmt: skip


@st.composite
def decisions(draw: st.DrawFn) -> Decision:
    kind = draw(st.sampled_from(DecisionKind))
    more: dict[str, object] = {}
    match kind:
        case DecisionKind.MERGE:
            more["groups"] = (tuple(draw(st.lists(ANCHORS, min_size=2, max_size=3))),)
        case DecisionKind.SPLIT:
            group = st.lists(ANCHORS, min_size=1, max_size=2).map(tuple)
            more["groups"] = tuple(draw(st.lists(group, min_size=2, max_size=3)))
        case DecisionKind.RENAME:
            more |= {"groups": ((draw(ANCHORS),),), "name": draw(WORDS)}
        case DecisionKind.ADD:
            more["claim"] = draw(CLAIMS)
        case _:
            more["fact"] = draw(FACTS)
            if kind is DecisionKind.DATE:
                more["to"] = draw(st.none() | DATES)
    made = draw(st.sampled_from(["2026-11-21", "2026-11-21T10:30:00"]))
    return Decision(kind=kind, reason=draw(WORDS), made=made, who=draw(st.none() | WORDS), **more)  # type: ignore[arg-type]


@settings(max_examples=300, deadline=None)
@given(rows=st.lists(decisions(), max_size=4))
def test_what_is_written_is_read_back_whatever_stands_in_it(rows: list[Decision]) -> None:
    assert list(parse_decisions(format_decisions(rows)).rows) == rows


@settings(max_examples=100, deadline=None)
@given(rows=st.lists(decisions(), min_size=1, max_size=4), data=st.data())
def test_adding_and_taking_back_restores_the_file(
    tmp_path_factory: pytest.TempPathFactory, rows: list[Decision], data: st.DataObject
) -> None:
    path = tmp_path_factory.mktemp("d") / "decisions.yaml"
    for row in rows[:-1]:
        append_decision(path, row)
    before = path.read_bytes() if path.exists() else None
    append_decision(path, rows[-1])
    assert list(read_decisions(path).rows) == rows
    assert remove_decision(path, rows[-1])
    assert list(read_decisions(path).rows) == rows[:-1]
    if before is not None:
        assert path.read_bytes() == before


WRITTEN = """# 我的更正
version: 1
decisions:
  # 先写两条
  - kind: rename   # 错字
    entity: {page: 1.txt, text: 甲}
    name: 乙
    reason: 因为
    date: 2026-11-21

  - kind: reject
    fact: {page: 1.txt, relation: VISITED, subject: 甲, object: 丙}
    reason: 因为
    date: 2026-11-21
"""


@pytest.mark.parametrize(
    "text", [WRITTEN, WRITTEN.replace("  -", "-").replace("\n    ", "\n  ")], ids=["indented", "flush"]
)
def test_what_a_person_wrote_in_the_file_stays(tmp_path: Path, text: str) -> None:
    path = tmp_path / "decisions.yaml"
    path.write_text(text, "utf-8")
    rows = read_decisions(path).rows
    append_decision(path, POOL[0])
    assert read_decisions(path).rows == (*rows, POOL[0])
    if text != WRITTEN:
        assert path.read_text("utf-8").startswith(text)
        remove_decision(path, POOL[0])
        assert path.read_text("utf-8") == text
    remove_decision(path, rows[1])
    assert "# 我的更正" in path.read_text("utf-8") or text == WRITTEN
    assert rows[1] not in read_decisions(path).rows


def test_a_malformed_file_is_not_written_to(tmp_path: Path) -> None:
    path = tmp_path / "decisions.yaml"
    path.write_text("decisions: [", "utf-8")
    with pytest.raises(InputError):
        append_decision(path, POOL[0])
    assert path.read_text("utf-8") == "decisions: ["
    assert [each.name for each in tmp_path.iterdir()] == ["decisions.yaml"]


def test_spans_of_quotes() -> None:
    from kg.decisions.adding import find_words

    assert find_words("区长到白\n  云村", "到白云村") == Span(2, 9)
    assert find_words("区长", "") is None


def test_masked_entities_of_one_page_stay_two() -> None:
    assert isinstance(records()[3].entities[0], Entity)
    assert people(under())[2:4] == ["吴某珍", "吴秀珍"]
