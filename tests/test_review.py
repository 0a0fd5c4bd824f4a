"""What is doubtful is found and asked once, answers are decisions, and what was answered can be taken back."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

import pytest
from decided_records import applied, records

from kg.cli import main
from kg.cli.doubted import Reply, read_answer
from kg.decisions import Anchor, Decision, DecisionKind, Decisions, FactAnchor, append_decision, read_decisions
from kg.errors import InputError
from kg.messages.chinese import SENTENCES
from kg.model import Kind, PageRecord, Relation
from kg.pipeline import load_knowledge, redecide, view_path
from kg.review import Answer, Doubt, DoubtKind, Session, choices, find_doubts
from kg.store import Store
from kg.stored import resolve_store

CONTRADICTION, MERGE, NAME, SCORE = (
    DoubtKind.CONTRADICTION,
    DoubtKind.MERGE,
    DoubtKind.NAME,
    DoubtKind.SCORE,
)


def doubts(*rows: Decision, kind: DoubtKind | None = None, pages: tuple[PageRecord, ...] | None = None) -> list[Doubt]:
    decisions = Decisions(rows)
    knowledge, problems = applied(decisions, pages)
    assert problems == []
    found = find_doubts(knowledge, decisions, min_score=0.6, min_mentions=2)
    return [doubt for doubt in found if kind in (None, doubt.kind)]


def raw(pages: Iterable[str]) -> list[PageRecord]:
    return [record for record in records() if record.page.id in set(pages)]


def session(path: Path, found: Iterable[Doubt], *, who: str | None = None) -> Session:
    knowledge, _problems = applied(Decisions())
    return Session(tuple(found), knowledge, path, raw=raw, now=lambda: "2026-11-21T10:00:00", who=who)


def test_what_is_doubtful() -> None:
    found = doubts()
    assert [doubt.kind for doubt in found] == sorted((doubt.kind for doubt in found), key=list(DoubtKind).index)
    [contradiction] = doubts(kind=CONTRADICTION)
    assert (contradiction.claim, sorted(contradiction.names)) == ("石桥镇委书记", ["丙大海", "甲立戌"])
    assert contradiction.why == (("days", "2021-02-04 / 2021-02-06"),)
    assert [sentence.text for sentence in contradiction.sentences] == [
        "石桥镇委书记甲立戌到东坝走访，乙小波一起来到东坝。",
        "石桥镇委书记丙大海在柯城区。",
    ]
    [pair] = doubts(kind=MERGE)
    assert sorted(pair.names) == ["甲立戌", "甲立成"]
    assert dict(pair.why) == {"one_character": "", "post": "石桥镇委书记", "companions": "1", "places": "1"}
    assert "东坝" in [doubt.names[0] for doubt in doubts(kind=NAME)]
    assert len(doubts(kind=SCORE)) == len([fact for record in records() for fact in record.facts])


def test_the_same_whatever_the_order_of_pages() -> None:
    assert doubts(pages=records()[::-1]) == doubts()


@pytest.mark.parametrize(
    ("change", "kind"),
    [
        pytest.param({"date": "2021-04-06"}, CONTRADICTION, id="two months later he is the successor"),
        pytest.param({"date": None}, CONTRADICTION, id="a page of no date"),
    ],
)
def test_what_is_not_doubtful(change: dict[str, str | None], kind: DoubtKind) -> None:
    third = records()[2]
    page = replace(third.page, issue=replace(third.page.issue, **change))  # type: ignore[arg-type]
    assert doubts(kind=kind, pages=(*records()[:2], replace(third, page=page), records()[3])) == []


@pytest.mark.parametrize("title", ["副书记", "委员", "原书记"])
def test_posts_that_several_hold(title: str) -> None:
    pages = tuple(
        replace(record, entities=tuple(replace(e, title=title) if e.kind is Kind.ROLE else e for e in record.entities))
        for record in records()
    )
    assert doubts(kind=CONTRADICTION, pages=pages) == []


def test_masked_people_and_people_of_one_event_are_never_proposed() -> None:
    named = {name for doubt in doubts(kind=MERGE) for name in doubt.names}
    assert "吴某珍" not in named
    second = records()[1]
    names = {"乙小波": "甲立成"}
    together = replace(
        second,
        entities=tuple(replace(e, name=names.get(e.name, e.name)) for e in second.entities),
    )
    pairs = doubts(kind=MERGE, pages=(together,))
    assert pairs == []


@pytest.mark.parametrize(
    ("kind", "answer", "gone"),
    [
        (MERGE, Answer.SAME, MERGE),
        (MERGE, Answer.DIFFERENT, MERGE),
        (CONTRADICTION, Answer.REJECT_FIRST, CONTRADICTION),
        (CONTRADICTION, Answer.REJECT_SECOND, CONTRADICTION),
        (CONTRADICTION, Answer.ACCEPT, CONTRADICTION),
        (CONTRADICTION, Answer.SAME, CONTRADICTION),
        (SCORE, Answer.ACCEPT, None),
        (SCORE, Answer.REJECT, None),
        (SCORE, Answer.DATE, None),
        (NAME, Answer.ACCEPT, None),
        (NAME, Answer.RENAME, None),
    ],
)
def test_an_answered_question_is_not_asked_again_and_can_be_taken_back(
    tmp_path: Path, kind: DoubtKind, answer: Answer, gone: DoubtKind | None
) -> None:
    path = tmp_path / "decisions.yaml"
    append_decision(
        path,
        Decision(
            DecisionKind.REJECT, "早先", "2026-01-01", fact=FactAnchor("4.txt", Relation.VISITED, "吴某珍", "东坝")
        ),
    )
    before = path.read_bytes()
    asked = doubts(kind=kind)[0]
    walk = session(path, [asked], who="王编辑")
    n = walk.answer(answer, "看过报纸", value="2021-01-10" if answer is Answer.DATE else "新名字")
    assert n == (2 if (kind, answer) == (CONTRADICTION, Answer.ACCEPT) else 1)
    assert walk.doubt is None and walk.n_decided == n
    rows = read_decisions(path).rows
    assert {(row.reason, row.who, row.made) for row in rows[1:]} == {("看过报纸", "王编辑", "2026-11-21T10:00:00")}
    left = doubts(*rows)
    assert asked not in left
    assert gone is None or [doubt for doubt in left if doubt.kind is gone] == []
    assert walk.undo() and walk.doubt == asked and walk.n_decided == 0
    assert path.read_bytes() == before
    assert not walk.undo()


def test_decisions_are_anchored_on_what_pages_print(tmp_path: Path) -> None:
    path = tmp_path / "decisions.yaml"
    walk = session(path, doubts(kind=MERGE) + doubts(kind=SCORE)[:1])
    walk.answer(Answer.SAME, "错字")
    walk.answer(Answer.REJECT, "错")
    merged, rejected = read_decisions(path).rows
    assert {(anchor.page, anchor.text, anchor.kind) for anchor in merged.groups[0]} == {
        ("1.txt", "甲立成", Kind.PERSON),
        ("2.txt", "甲立戌", Kind.PERSON),
    }
    assert rejected.fact is not None and rejected.fact.dated
    assert not [part for part in ("person-", "fact-", "place-") if part in path.read_text("utf-8")]


def test_skipping_writes_nothing_and_can_be_undone(tmp_path: Path) -> None:
    walk = session(tmp_path / "decisions.yaml", doubts()[:2])
    walk.skip()
    assert walk.doubt == doubts()[1]
    assert walk.undo() and walk.doubt == doubts()[0]
    assert not (tmp_path / "decisions.yaml").exists()


def test_what_cannot_be_written_leaves_the_question(tmp_path: Path) -> None:
    path = tmp_path / "decisions.yaml"
    path.write_text("decisions: [", "utf-8")
    walk = session(path, doubts(kind=MERGE))
    with pytest.raises(InputError):
        walk.answer(Answer.SAME, "错字")
    assert walk.doubt == doubts(kind=MERGE)[0] and walk.n_decided == 0
    with pytest.raises(ValueError, match="no answer"):
        walk.answer(Answer.REJECT, "错字")


DOUBT = {kind: doubts(kind=kind)[0] for kind in DoubtKind}


@pytest.mark.parametrize(
    ("line", "kind", "reply"),
    [
        ("s", MERGE, Reply(Answer.SAME)),
        (" S  OCR 错字 ", MERGE, Reply(Answer.SAME, reason="OCR 错字")),
        ("", MERGE, Reply()),
        ("k", SCORE, Reply()),
        ("u", SCORE, Reply(word="undo")),
        ("q", SCORE, Reply(word="quit")),
        ("t 2021-01-12 见当日报纸", SCORE, Reply(Answer.DATE, "2021-01-12", "见当日报纸")),
        ("t -", SCORE, Reply(Answer.DATE, "")),
        ("n 东坝村", NAME, Reply(Answer.RENAME, "东坝村")),
        ("1 已调走", CONTRADICTION, Reply(Answer.REJECT_FIRST, reason="已调走")),
    ],
)
def test_answers(line: str, kind: DoubtKind, reply: Reply) -> None:
    assert read_answer(line, DOUBT[kind]) == reply


@pytest.mark.parametrize(
    ("line", "kind"), [("x", MERGE), ("r", MERGE), ("t", SCORE), ("t 2021-13", SCORE), ("n", NAME)]
)
def test_what_is_no_answer_is_told(line: str, kind: DoubtKind) -> None:
    with pytest.raises(InputError):
        read_answer(line, DOUBT[kind])


def test_every_word_has_chinese() -> None:
    from kg.cli import doubted

    words = {*doubted._ASKED.values(), *doubted._TITLES.values(), *doubted._REASONS.values()}
    assert sorted(words - SENTENCES.keys()) == []
    assert set(doubted._KEYS.values()) == set(Answer) == set(doubted._ASKED)
    assert all(choices(doubt) for doubt in DOUBT.values())


# The command


@pytest.fixture
def out(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "out"
    monkeypatch.setattr("kg.pipeline.building.show", lambda _knowledge, out: view_path(out))
    monkeypatch.setenv("COLUMNS", "80")
    with Store.create(folder) as store:
        for record in records():
            store.put(record, content_key="k")
        resolved = resolve_store(store, Decisions())
        store.put_entities(resolved.entities, resolved.ids)
        store.set_complete(True)
    return folder


def ask(monkeypatch: pytest.MonkeyPatch, out: Path, *typed: str, options: tuple[str, ...] = ()) -> int:
    lines = iter(typed)

    def typing() -> str:
        try:
            return next(lines)
        except StopIteration:
            raise EOFError from None

    monkeypatch.setattr("builtins.input", typing)
    return main(["review", str(out), *options])


def test_answers_are_applied_at_once(
    out: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    options = ("--kind", "merge", "--kind", "contradiction", "--lang", "zh", "--who", "王编辑")
    assert ask(monkeypatch, out, "", "what", "s 错字", "u", "s OCR 错字", options=options) == 0
    said = capsys.readouterr()
    assert "1/2  同一时间，一个职务两个人？" in said.out and "2/2  是同一人吗？" in said.out
    assert "已撤销" in said.out and "1 条判断已写入" in said.out
    assert "what 不是这里的答案" in said.err
    assert all(
        sum(1 + (ord(char) > 0x2E7F) for char in line) <= 80
        for line in said.out.splitlines()
        if "›" not in line and "/" not in line
    )
    [row] = read_decisions(out / "decisions.yaml").rows
    assert (row.kind, row.reason, row.who) == (DecisionKind.MERGE, "OCR 错字", "王编辑")
    people = [entity.name for entity in load_knowledge(out)[0].entities if entity.kind is Kind.PERSON]
    assert "甲立戌" not in people


def test_quitting_keeps_what_was_decided(out: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert ask(monkeypatch, out, "r", "q", "r", options=("--kind", "score")) == 0
    assert len(read_decisions(out / "decisions.yaml").rows) == 1
    assert ask(monkeypatch, out, "r", options=("--kind", "score")) == 0  # and goes on from there
    assert len(read_decisions(out / "decisions.yaml").rows) == 2


def test_nobody_to_ask(out: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    assert ask(monkeypatch, out) == 0
    assert "Nothing was decided" in capsys.readouterr().out
    assert not (out / "decisions.yaml").exists()


def test_lists(out: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["review", str(out), "--list", "--lang", "en"]) == 0
    said = capsys.readouterr().out
    assert "石桥镇委书记" in said and "doubtful" in said
    assert main(["review", str(out), "--json"]) == 0
    rows = json.loads(capsys.readouterr().out)
    assert [row["kind"] for row in rows[:2]] == ["contradiction", "merge"]
    assert {sentence["doc"] for sentence in rows[1]["sentences"]} == {"1.txt", "2.txt"}
    assert main(["review", str(out), "--json", "--kind", "score", "--min-score", "0"]) == 1
    assert json.loads(capsys.readouterr().out) == []
    assert main(["review", str(out), "--list", "--kind", "what"]) == 2
    assert main(["review", str(out / "nowhere"), "--list"]) == 2


def test_names_cannot_steer_the_terminal(
    out: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    rename = Decision(
        DecisionKind.RENAME, "x", "2026-01-01", groups=((Anchor("1.txt", "甲立成"),),), name="甲\x1b[31m\u202e[red]成"
    )
    append_decision(out / "decisions.yaml", rename)
    redecide(out)
    assert main(["review", str(out), "--list"]) == 0
    assert ask(monkeypatch, out) == 0
    said = capsys.readouterr().out
    assert "[red]成" in said and not {"\x1b", "\u202e"} & set(said)


def test_a_decision_that_is_lost_is_told_here_too(out: Path, capsys: pytest.CaptureFixture[str]) -> None:
    row = Decision(DecisionKind.REJECT, "x", "2026-01-01", fact=FactAnchor("9.txt", Relation.VISITED, "甲", "乙"))
    append_decision(out / "decisions.yaml", row)
    assert main(["review", str(out), "--list", "--lang", "zh"]) == 0
    assert "decisions.yaml:5: 已经没有版面 '9.txt'" in capsys.readouterr().err
