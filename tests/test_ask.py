"""Asking in a terminal: tables that fit, formats that other programs read, exit codes that scripts rely on."""

from __future__ import annotations

import csv
import io
import json
import re
from pathlib import Path
from typing import Any

import pytest
from rich.cells import cell_len
from small_store import small_knowledge, write_store
from typer.testing import CliRunner

from kg.ask import HEADINGS, Answer, Format, render, wrap
from kg.ask_commands import HELP, make_app
from kg.errors import InputError
from kg.messages import Messages
from kg.query.tables import Table
from kg.store import Store


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("small")
    write_store(small_knowledge(), folder)
    return folder


def run(store: Path, *words: str, language: Any = "en", columns: int = 80) -> Any:
    return CliRunner().invoke(
        make_app(Messages(language)), list(words), env={"KG_OUT": str(store), "COLUMNS": str(columns)}
    )


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (["who", "石梁镇"], 0, "甲成功"),
        (["who", "石梁镇", "--since", "2021-02"], 0, "2021-02-03"),
        (["who", "石梁镇", "--itself"], 1, "Nothing found."),
        (["who", "石梁镇", "--since", "2030"], 1, "Nothing found."),
        (["who", "石梁镇", "--since", "soon"], 2, "'soon' is no date"),
        (["who", "石粱镇"], 2, "did you mean 石梁镇?"),
        (["who", "东桥村"], 2, "2 places or organisations are called"),
        (["who", "石梁镇", "--type", "考察"], 0, "甲成功"),
        (["who", "石梁镇", "--type", "打猎"], 2, "no type of event"),
        (["who", "石梁镇", "--format", "xls"], 2, "no format 'xls'"),
        (["person", "甲成功"], 0, "柯城区委书记"),
        (["person", "乙成功"], 2, "did you mean 甲成功"),
        (["post", "柯城区委书记"], 0, "甲成功"),
        (["post", "镇长", "--on", "2021"], 0, "said that day"),
        (["post", "市长"], 2, "no post is called"),
        (["with", "甲成功", "乙立波"], 0, "会议"),
        (["with", "甲成功"], 0, "乙立波"),
        (["with", "甲成功", "丁文"], 1, "Nothing found."),
        (["with", "甲成功", "甲成功"], 2, "together with themselves"),
        (["search", "又到东桥村"], 0, "甲成功2月3日又到东桥村"),
        (["search", "没有的话"], 1, "Nothing found."),
        (["search", " "], 2, "nothing to search for"),
        (["who", "石梁镇", "--out", "/nowhere"], 2, "no store here"),
    ],
    ids=str,
)
def test_exit_codes(store: Path, words: list[str], code: int, said: str) -> None:
    result = run(store, *words)
    assert result.exit_code == code
    assert said in (result.stdout if code == 0 else result.stderr)
    if code == 2:
        assert result.stdout == ""
        assert result.stderr.count("\n") == 1


def test_cypher_by_command(store: Path) -> None:
    pytest.importorskip("grandcypher", reason="Cypher is an extra: pip install 'county-kg[cypher]'")
    found = run(
        store, "query", "MATCH (a:PERSON)-[r:VISITED]->(b) RETURN a.name AS 人, count(*) AS 次 ORDER BY 次 DESC"
    )
    assert found.exit_code == 0
    assert found.stdout.splitlines()[2].split() == ["甲成功", "3"]
    assert run(store, "query", "MATCH (a:PERSON) WHERE a.name = 'x' RETURN a.name").exit_code == 1
    wrong = run(store, "query", "MATCH (a)-[r*1..3]->(b) RETURN a.name")
    assert wrong.exit_code == 2
    assert "paths of any length" in wrong.stderr


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("columns", [80, 120])
@pytest.mark.parametrize(
    "words",
    [
        ["who", "柯城区", "-e"],
        ["person", "甲成功", "-e"],
        ["post", "镇长", "-e"],
        ["with", "甲成功", "乙立波", "-e"],
        ["search", "村"],
    ],
    ids=str,
)
def test_tables_fit(store: Path, words: list[str], columns: int, language: str) -> None:
    shown = run(store, *words, language=language, columns=columns).stdout
    assert max(map(cell_len, shown.splitlines())) <= columns
    assert "\x1b" not in shown
    assert all(line == line.rstrip() for line in shown.splitlines())


def test_a_build_that_was_stopped_is_told(tmp_path: Path) -> None:
    write_store(small_knowledge(), tmp_path)
    with Store.create(tmp_path) as opened:
        opened.set_complete(False)
    result = run(tmp_path, "who", "石梁镇")
    assert result.exit_code == 0
    assert "did not come to its end" in result.stderr
    assert "did not come" not in result.stdout


def test_evidence_names_the_day_of_its_page(store: Path) -> None:
    for words in (
        ["post", "镇长"],
        ["person", "甲成功"],
        ["with", "甲成功", "乙立波"],
        ["search", "又到"],
        ["who", "柯城区"],
    ):
        said = [line for line in run(store, *words, "-e").stdout.splitlines() if "——" in line]
        assert said
        assert all(re.search(r"今日柯城 2021-0[36]-0[15] [ab]\.txt$", line) for line in said)


def test_namesakes_are_told_apart_by_where_they_lie(store: Path) -> None:
    told = run(store, "who", "东桥村").stderr
    assert "place-330802100201 (柯城区石梁镇" in told
    assert "place-330803100201 (衢江区西岭镇" in told


def test_columns_stand_below_their_headings(store: Path) -> None:
    lines = run(store, "who", "石梁镇", language="zh").stdout.splitlines()
    at = cell_len(lines[0][: lines[0].index("日期")])
    for line in lines[2:]:
        start = line.index("2021-01-12")
        assert cell_len(line[:start]) == at


def test_evidence_stands_below_its_row(store: Path) -> None:
    lines = run(store, "who", "石梁镇", "--evidence").stdout.splitlines()
    assert "“本报讯 甲成功1月12日到东桥村，看了＜ＡＢ＞厂。”" in lines[3]
    assert lines[4] == "    —— 今日柯城 2021-03-05 a.txt"
    assert "本报讯" not in run(store, "who", "石梁镇").stdout


def test_json(store: Path) -> None:
    [first, _] = json.loads(run(store, "who", "石梁镇", "-f", "json").stdout)
    assert (first["person"], first["n_visits"], first["places"]) == ("甲成功", 2, "东桥村、甲厂")
    assert set(json.loads(run(store, "person", "甲成功", "-f", "json").stdout)) == {"posts", "itinerary", "companions"}
    nothing = run(store, "search", "没有的话", "-f", "json")
    assert (nothing.exit_code, json.loads(nothing.stdout)) == (1, [])


def test_csv(store: Path) -> None:
    rows = list(csv.DictReader(io.StringIO(run(store, "search", "又到", "-f", "csv").stdout)))
    assert [row["sentence"] for row in rows] == ["甲成功2月3日又到东桥村，说=1+1。"] * 2


@pytest.mark.parametrize(
    ("value", "cell"),
    [
        ("=1+1", "'=1+1"),
        ("+86", "'+86"),
        ("-1", "'-1"),
        ("@x", "'@x"),
        ("1=1", "1=1"),
        (None, ""),
        ("\x1b[1m", "\ufffd[1m"),
    ],
)
def test_csv_runs_nothing(value: str | None, cell: str) -> None:
    answer = Answer("rows", Table.of(["name"], [(value,), ("x",)]), ("name",))
    shown = render([answer], format=Format.CSV, say=Messages("en"))
    assert list(csv.reader(io.StringIO(shown)))[1:] == [[cell] if cell else [], ["x"]] or cell == ""


@pytest.mark.parametrize(
    ("value", "cell"),
    [("a|b", r"a\|b"), ("<b>", r"\<b\>"), ("[x](y)", r"\[x\](y)"), ("朱素芳", "朱素芳"), ("a\nb", "a b")],
)
def test_markdown_is_text(value: str, cell: str) -> None:
    answer = Answer("rows", Table.of(["name"], [(value,)]), ("name",))
    assert render([answer], format=Format.MARKDOWN, say=Messages("en")).splitlines()[2] == f"| {cell} |"


def test_tables_cannot_steer_the_terminal() -> None:
    answer = Answer("rows", Table.of(["name", "evidence"], [("\x1b]0;x\x07", "\u202egpj")]), ("name",))
    for format in Format:
        shown = render([answer], format=format, say=Messages("zh"), evidence=True)
        assert not set(shown) & set("\x1b\x07\u202e") or format is Format.JSON


@pytest.mark.parametrize(
    ("text", "width", "lines"),
    [
        ("", 10, [""]),
        ("石梁镇", 10, ["石梁镇"]),
        ("石梁镇、航埠镇", 8, ["石梁镇、", "航埠镇"]),
        ("石梁镇、航埠镇", 6, ["石梁", "镇、航", "埠镇"]),
        ("2021-01-12 到", 10, ["2021-01-12", "到"]),
        ("abcdefghijkl", 5, ["abcde", "fghij", "kl"]),
        ("看（石梁）", 4, ["看", "（石", "梁）"]),
    ],
)
def test_wrap(text: str, width: int, lines: list[str]) -> None:
    assert wrap(text, width) == lines


def test_everything_has_chinese() -> None:
    assert all(HELP.values())
    assert all(chinese for _, chinese in HEADINGS.values())
    for command in ("who", "person", "post", "with", "search", "query"):
        shown = run(Path("out"), command, "--help", language="zh").stdout
        assert not [line for line in shown.splitlines() if "Only" in line or "Show the" in line]


def test_the_terminal_needs_no_pandas(store: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import sys

    import kg

    monkeypatch.setitem(sys.modules, "pandas", None)
    assert run(store, "who", "石梁镇").exit_code == 0
    with pytest.raises(InputError, match=r"pandas is not installed — pip install 'county-kg\[notebooks\]'"):
        kg.open(store).visits()
