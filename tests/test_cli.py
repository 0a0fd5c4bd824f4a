"""The command line as a person meets it: what it says, in which language and width, and how it ends."""

from __future__ import annotations

import ast
import json
import os
import re
import shutil
import signal
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from fake_extraction import FakeExtractor
from gold_records import GOLD, gold_records
from rich.cells import cell_len
from viewer_sample import unpacked

from kg import __version__
from kg.cli import main
from kg.cli.explained import FEATURES, REASONS
from kg.cli.language import take_language, wrap
from kg.cli.redaction import plain_redaction
from kg.knowledge import without_planned
from kg.messages.chinese import SENTENCES
from kg.model import Kind
from kg.pipeline import Shown, building, reading, view_path
from kg.redact import initials, private_people
from kg.redact.names import is_masked
from kg.resolve import resolve_entities, see
from kg.store import Store
from kg.viewer import merged_facts

COMMANDS = ["build", "export", "evaluate", "view", "stats", "diff", "explain", "gazetteer", "review"]
SUBCOMMANDS = ["gazetteer check", "gazetteer show", "gazetteer find", "gazetteer add"]
ROOT = Path(__file__).resolve().parent.parent


@pytest.fixture(autouse=True)
def terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    monkeypatch.setenv("LC_ALL", "C")
    for name in ("NO_COLOR", "FORCE_COLOR", "TERMINAL_WIDTH"):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture
def pages(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(reading, "extractor_of", lambda _settings: FakeExtractor())
    monkeypatch.setattr(building, "show", lambda _knowledge, out: Shown(view_path(out), 0, 0, 0))
    folder = tmp_path / "pages"
    folder.mkdir()
    for number, text in enumerate(["甲乙东村的事", "丙丁西村的事"], start=1):
        (folder / f"{number}.txt").write_text(text, "utf-8")
    return folder


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("built")
    with Store.create(out) as store:
        for record in gold_records():
            store.put(record, content_key="k")
        resolution = resolve_entities(map(see, store.records()))
        store.put_entities(resolution.entities, resolution.ids)
        store.set_complete(True)
    return out


def run(*arguments: object) -> int:
    return main([str(argument) for argument in arguments])


# Help


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("width", [80, 120])
@pytest.mark.parametrize("command", ["", *COMMANDS, *SUBCOMMANDS])
def test_help_fits_the_screen(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, command: str, width: int, language: str
) -> None:
    monkeypatch.setenv("COLUMNS", str(width))
    assert run(*command.split(), "--help", "--lang", language) == 0
    said = capsys.readouterr().out
    lines = said.split("\n")
    assert max(map(cell_len, lines)) <= width
    assert " …" not in said.replace("PAGES… ", "").replace("township …", "")  # nothing cut off
    assert not re.search(r"…\s*│", said)
    assert not any(re.match(r"[│ ]*[，。、；）]", line) for line in lines)
    assert not any(line.strip() == "\\" for line in lines)
    assert "kg " in said
    assert ("例子" in said or "从版面到图谱" in said) is (language == "zh")


@pytest.mark.parametrize("command", ["", *(name for name in COMMANDS if name != "explain")])
def test_without_arguments_there_is_help(capsys: pytest.CaptureFixture[str], command: str) -> None:
    run(*([command] if command else []))
    assert "Usage: kg" in "".join(capsys.readouterr())


def test_the_version(capsys: pytest.CaptureFixture[str]) -> None:
    assert run("--version") == 0
    assert capsys.readouterr().out == f"kg {__version__}\n"


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        (["build", "x"], (None, ["build", "x"])),
        (["--lang", "zh", "build"], ("zh", ["build"])),
        (["build", "--lang=en", "x"], ("en", ["build", "x"])),
        (["--lang", "zh", "--lang", "en"], ("en", [])),
        (["build", "--lang"], ("", ["build"])),
        (["build", "--", "--lang", "zh"], (None, ["build", "--", "--lang", "zh"])),
        (["build", "--language"], (None, ["build", "--language"])),
    ],
)
def test_the_language_is_taken_from_anywhere(arguments: list[str], expected: tuple[str | None, list[str]]) -> None:
    assert take_language(arguments) == expected


@pytest.mark.parametrize(
    ("text", "width", "lines"),
    [
        ("短的", 10, ["短的"]),
        ("一二三四五六", 6, ["一二三", "四五六"]),
        ("一二三，四五", 6, ["一二", "三，四", "五"]),
        ("一二（三四）五", 6, ["一二", "（三", "四）五"]),
        ("看 graph.html 页", 8, ["看", "graph.html", "页"]),
        ("a\n\n  b", 5, ["a", "", "  b"]),
    ],
)
def test_chinese_is_wrapped_between_characters(text: str, width: int, lines: list[str]) -> None:
    assert wrap(text, width).split("\n") == lines


def test_every_sentence_of_the_command_line_has_chinese() -> None:
    missing = set()
    for path in sorted((ROOT / "kg" / "cli").glob("*.py")):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            match node:
                case ast.Call(
                    func=ast.Name(id="say") | ast.Attribute(attr="say" | "note" | "line"),
                    args=[ast.Constant(value=str() as sentence), *_],
                ):
                    missing |= {(path.name, sentence)} - {(path.name, known) for known in SENTENCES}
    assert sorted(missing) == []
    assert {*FEATURES.values(), *REASONS.values()} <= set(SENTENCES)


# Build


def test_a_build_says_what_it_found_and_what_next(
    pages: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "an out"
    assert run("build", pages, "--out", out) == 0
    said = capsys.readouterr()
    assert "2 pages read, 0 kept from before, 0 removed" in said.out
    for word in ("pages", "articles", "people", "places", "organisations", "visits", "events", "posts held"):
        assert word in said.out
    assert "most often 东村 (1), 西村 (1)" in said.out
    assert f"kg view '{out}' --open" in said.out  # as it must be typed
    assert "2 pages to read" in said.err
    assert "\x1b" not in said.out + said.err  # no colour where there is no terminal


def test_a_build_in_chinese(pages: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("build", pages, "--out", tmp_path / "out", "--lang", "zh") == 0
    said = capsys.readouterr()
    assert "读了 2 个版面" in said.out and "人物" in said.out and "待读 2 个版面" in said.err


def test_the_locale_chooses_the_language_and_not_the_files(
    pages: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    for locale in ("zh_CN.UTF-8", "C"):
        monkeypatch.setenv("LC_ALL", locale)
        run("build", pages, "--out", tmp_path / locale)
        run("export", tmp_path / locale, "--format", "jsonl", "--to", tmp_path / locale / "to")
    said = capsys.readouterr().out
    assert "版面" in said and "pages" in said
    for name in ("entities", "mentions", "facts", "articles"):
        first, second = (tmp_path / locale / "to" / f"{name}.jsonl" for locale in ("zh_CN.UTF-8", "C"))
        assert first.read_bytes() == second.read_bytes()


def test_quiet_says_only_what_went_wrong(pages: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("build", pages, "--out", tmp_path / "out", "--quiet") == 0
    assert tuple(capsys.readouterr()) == ("", "")
    assert run("build", pages, tmp_path / "nowhere", "--out", tmp_path / "out", "--quiet") == 2
    said = capsys.readouterr()
    assert said.out == ""
    assert said.err == f"✗ {tmp_path / 'nowhere'}: no such file or folder\n"


BAD = {
    "missing": None,
    "empty.txt": b"",
    "binary.txt": bytes(range(256)) * 16,
    "english.txt": b"There is no Chinese in here at all.\n" * 5,
    "unknown.txt": "本報訊，今日我區召開會議".encode("big5") * 5,
}


@pytest.mark.parametrize("name", BAD)
@pytest.mark.parametrize("alone", [True, False], ids=["alone", "beside good pages"])
def test_bad_input_is_one_line_and_exit_code_2(
    pages: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], name: str, alone: bool
) -> None:
    bad = tmp_path / name
    content = BAD[name]
    if content is not None:
        bad.write_bytes(content)
    assert run("build", bad, *([] if alone else [pages]), "--out", tmp_path / "out") == 2
    said = capsys.readouterr()
    assert [line for line in said.err.split("\n") if line.startswith("✗")] == [
        line for line in said.err.split("\n") if str(bad) in line
    ]
    assert "Traceback" not in said.err + said.out
    assert ("2 pages read" in said.out) is not alone
    assert (tmp_path / "out").exists() is not alone


def test_skip_bad_ends_well(pages: Path, tmp_path: Path) -> None:
    assert run("build", pages, tmp_path / "nowhere", "--out", tmp_path / "out", "--skip-bad") == 0
    assert run("build", tmp_path / "nowhere", "--out", tmp_path / "out", "--skip-bad") == 2


def test_a_manifest_that_says_too_much(pages: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    manifest = tmp_path / "m.csv"
    manifest.write_text("file,colour\npages/1.txt,red\npages/gone.txt,blue\n", "utf-8")
    assert run("build", pages, "--manifest", manifest, "--out", tmp_path / "out") == 2
    said = capsys.readouterr()
    assert "unknown column colour" in said.err and "gone.txt does not exist" in said.err
    assert "2 pages read" in said.out


def test_an_output_folder_that_cannot_be_written(
    pages: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "file").write_text("")
    assert run("build", pages, "--out", tmp_path / "file") == 2
    assert "a file stands where a folder is needed" in capsys.readouterr().err


def test_a_gazetteer_folder_that_is_not_there(pages: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("build", pages, "--out", tmp_path / "out", "--gazetteers", tmp_path / "own") == 2
    assert "no such folder" in capsys.readouterr().err


def test_nothing_found_is_1(
    pages: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    class Blind(FakeExtractor):
        def read(self, page):  # type: ignore[no-untyped-def]
            return replace(super().read(page), mentions=(), links=(), entities=(), facts=())

    monkeypatch.setattr(reading, "extractor_of", lambda _settings: Blind())
    assert run("build", pages, "--out", tmp_path / "out") == 1
    assert "Nothing was found" in capsys.readouterr().err


def test_ctrl_c_is_calm(
    pages: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    class Interrupted(FakeExtractor):
        def read(self, page):  # type: ignore[no-untyped-def]
            raise KeyboardInterrupt

    monkeypatch.setattr(reading, "extractor_of", lambda _settings: Interrupted())
    assert run("build", pages, "--out", tmp_path / "out") == 130
    said = capsys.readouterr()
    assert "Stopped. What was read is kept" in said.err and "Traceback" not in said.err


def test_a_second_build_does_not_wait_when_told_so(
    pages: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    from kg.store import build_lock

    with build_lock(tmp_path):
        assert run("build", pages, "--out", tmp_path, "--no-wait") == 2
    assert "another build is writing this store" in capsys.readouterr().err


def test_names_from_pages_are_not_markup(pages: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (pages / "3.txt").write_text("[b\x1b[31m的事", "utf-8")
    run("build", pages, "--out", tmp_path / "out")
    said = capsys.readouterr().out
    assert "\x1b" not in said


# What comes after


@pytest.mark.parametrize("format", ["jsonl", "graphml"])
def test_export(built: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], format: str) -> None:
    assert run("export", built, "--format", format, "--to", tmp_path / "to") == 0
    said = capsys.readouterr()
    assert said.out == ""
    assert all(
        (tmp_path / "to" / path.name).stat().st_size and str(path) in said.err for path in (tmp_path / "to").iterdir()
    )


def test_evaluate_prints_a_plain_table(built: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("evaluate", built, "--gold", GOLD) == 0
    lines = capsys.readouterr().out.split("\n")
    assert lines[0].split() == ["P", "R", "F1", "hit", "missed", "spurious"]
    assert lines[1].split()[:5] == ["mention", "PERSON", "1.000", "1.000", "1.000"]


def test_evaluate_lists_errors_and_prints_json(built: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("evaluate", built, "--gold", GOLD, "--json") == 0
    assert json.loads(capsys.readouterr().out)["mention PERSON"]["f1"] == 1.0
    assert run("evaluate", built, "--gold", GOLD, "--errors") == 0


def test_evaluate_names_gold_that_was_not_built(
    built: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    [first, *_rest] = sorted(GOLD.glob("*.json"))
    (tmp_path / "a.json").write_bytes(first.read_bytes())
    (tmp_path / "b.json").write_text(
        first.read_text("utf-8").replace(json.loads(first.read_text("utf-8"))["doc"], "x.txt")
    )
    assert run("evaluate", built, "--gold", tmp_path) == 2
    assert "x.txt: this gold page is not among the pages built" in capsys.readouterr().err


@pytest.mark.parametrize(("by", "periods"), [("month", 37), ("year", 4)])
def test_stats_for_programs(built: Path, by: str, periods: int, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("stats", built, "--by", by, "--format", "json") == 0
    rows = json.loads(capsys.readouterr().out)
    assert sum(row["n_pages"] for row in rows) == 5
    assert all(row["n_silent"] == (12 if by == "year" else 1) for row in rows if row["n_pages"] == 0)
    assert run("stats", built, "--by", by, "--format", "csv") == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[0] == "newspaper,period,n_pages,n_facts,n_visits,n_silent"
    assert len(lines) == 1 + len(rows)
    assert len({row["period"] for row in rows}) <= periods


def test_silent_months_are_shown_as_such(built: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("stats", built, "--lang", "en") == 0
    assert "no pages" in capsys.readouterr().out


@pytest.mark.parametrize("arguments", [["--by", "week"], ["--format", "xml"]])
def test_stats_knows_its_words(built: Path, arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert run("stats", built, *arguments) == 2
    assert "known:" in capsys.readouterr().err or "可用的" in capsys.readouterr().err


def test_stats(built: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("stats", built, "--lang", "zh") == 0
    said = capsys.readouterr().out
    assert "今日柯城" in said and "2021-01" in said and "到访" in said
    assert max(map(cell_len, said.split("\n"))) <= 80


@pytest.fixture(scope="module")
def two_builds(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    old, new = (tmp_path_factory.mktemp(name) for name in ("old", "new"))
    first, second, *_rest = gold_records()
    changed = replace(first, facts=tuple(replace(fact, date="1999-01-01") for fact in first.facts[:2]))
    for out, records in ((old, [first, second]), (new, [changed])):
        with Store.create(out) as store:
            for record in records:
                store.put(record, content_key="k")
            store.set_complete(True)
    return old, new


@pytest.mark.parametrize("width", [80, 120])
@pytest.mark.parametrize("language", ["en", "zh"])
def test_diff(
    two_builds: tuple[Path, Path],
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    width: int,
    language: str,
) -> None:
    monkeypatch.setenv("COLUMNS", str(width))
    assert run("diff", *two_builds, "--lang", language, "--limit", 3) == 0
    lines = capsys.readouterr().out.split("\n")
    assert [line for line in lines if line.startswith("+ ") and line.endswith("1999-01-01")]
    assert sum(line.startswith("- ") for line in lines) == 3 + 1  # and the page that is gone
    assert ("… and" in "".join(lines)) is (language == "en")
    assert max(cell_len(line) for line in lines if not line.startswith(("+", "-"))) <= width


def test_diff_of_a_build_with_itself(two_builds: tuple[Path, Path], capsys: pytest.CaptureFixture[str]) -> None:
    assert run("diff", two_builds[0], two_builds[0]) == 0
    said = capsys.readouterr().out
    assert "The two builds say the same" in said and "+" not in said


def test_diff_as_json(two_builds: tuple[Path, Path], capsys: pytest.CaptureFixture[str]) -> None:
    assert run("diff", *two_builds, "--json") == 0
    rows = json.loads(capsys.readouterr().out)
    assert len(rows["pages_removed"]) == 1 and rows["pages_added"] == []
    assert {row["date"] for row in rows["gained"]} == {"1999-01-01"} and len(rows["lost"]) > 2


def test_diff_needs_two_builds(
    two_builds: tuple[Path, Path], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run("diff", two_builds[0], tmp_path) == 2
    assert f"{tmp_path}: no store here" in capsys.readouterr().err
    assert run("diff", two_builds[0]) == 2


@pytest.mark.parametrize(
    "command", [("stats",), ("view",), ("export", "--format", "jsonl", "--to", "to"), ("evaluate", "--gold", GOLD)]
)
def test_where_there_is_no_store(tmp_path: Path, capsys: pytest.CaptureFixture[str], command: tuple[str, ...]) -> None:
    assert run(command[0], tmp_path, *command[1:]) == 2
    assert "no store here — build one: kg build" in capsys.readouterr().err


def test_an_unfinished_build_is_mentioned(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with Store.create(tmp_path) as store:
        store.put(gold_records()[0], content_key="k")
    assert run("stats", tmp_path) == 0
    assert "did not come to its end" in capsys.readouterr().err


@pytest.mark.parametrize(
    "arguments",
    [
        pytest.param(["nonsense"], id="no such command"),
        pytest.param(["build", "x"], id="no --out"),
        pytest.param(["build", "x", "--out", "y", "--jobs", "0"], id="no processes"),
        pytest.param(["export", "x", "--format", "xls", "--to", "y"], id="no such format"),
        pytest.param(["stats", "x", "--lang", "fr"], id="no such language"),
        pytest.param(["stats", "x", "--lang"], id="no language"),
    ],
)
def test_wrong_arguments_are_2(capsys: pytest.CaptureFixture[str], arguments: list[str]) -> None:
    assert main(arguments) == 2
    assert "Traceback" not in capsys.readouterr().err


def test_view_says_where_and_opens(
    built: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[str] = []
    monkeypatch.setattr("webbrowser.open", lambda url: opened.append(url) or False)
    assert run("view", built, "--open") == 0
    said = capsys.readouterr()
    assert str(view_path(built)) in said.out
    assert opened == [view_path(built).as_uri()]
    assert "open that file yourself" in said.err
    assert view_path(built).stat().st_size > 10_000
    assert run("view", built, "--focus", "没有这个人") == 2


@pytest.mark.skipif(not hasattr(signal, "SIGPIPE"), reason="no pipes that break")
def test_a_reader_that_goes_away_is_no_error(built: Path) -> None:
    command = [sys.executable, "-m", "kg", "stats", str(built)]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        assert process.stdout is not None and process.stderr is not None
        process.stdout.close()
        assert process.stderr.read() == b""
    assert process.returncode == 141


def test_chinese_comes_out_whatever_the_locale(built: Path) -> None:
    environment = os.environ | {
        "LC_ALL": "C",
        "PYTHONIOENCODING": "ascii",
        "PYTHONUTF8": "0",
        "PYTHONCOERCECLOCALE": "0",
    }
    command = [sys.executable, "-m", "kg", "stats", str(built)]
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, check=True)
    assert "今日柯城" in done.stdout.decode("utf-8")


@pytest.mark.parametrize("spelled", [("--redact",), ("--redact", "private"), ("--redact=private",)])
def test_view_without_private_names(built: Path, tmp_path: Path, spelled: tuple[str, ...]) -> None:
    out = tmp_path / "out"
    shutil.copytree(built, out)
    knowledge, *_ = building.load_knowledge(built)
    private = private_people(knowledge)
    public = "".join(
        entity.name for entity in knowledge.entities if entity.kind is Kind.PERSON and entity.id not in private
    )
    names = {entity.name for entity in knowledge.entities if entity.id in private and not is_masked(entity.name)}
    names = {name for name in names if name not in public and len(name) > 2}

    def left() -> set[str]:
        columns = unpacked(view_path(out).read_text("utf-8"))
        told = json.dumps(columns, ensure_ascii=False)
        return {name for name in names if name in told} | set(columns["entities"]["id"]) & private

    assert run("view", out) == 0
    assert left() & names == names and left() & private
    assert run("view", *spelled, out) == 0
    assert left() == set()


@pytest.mark.parametrize(
    ("given", "plain"),
    [
        (["view", "out", "--redact", "private"], ["view", "out", "--redact"]),
        (["view", "--redact", "out"], ["view", "--redact", "out"]),
        (["view", "--redact=private", "private"], ["view", "--redact", "private"]),
        (["view", "--redact", "./private"], ["view", "--redact", "./private"]),
        (["view", "private", "--redact"], ["view", "private", "--redact"]),
        (["explain", "--", "--redact", "private"], ["explain", "--", "--redact", "private"]),
    ],
)
def test_redact_private_is_redact(given: list[str], plain: list[str]) -> None:
    assert plain_redaction(given) == plain


def test_a_view_of_a_part_says_what_it_leaves_out(
    built: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "part.html"
    assert run("view", built, "--lang", "en", "--since", "2021", "--region", "柯城区", "--to", path) == 0
    said = capsys.readouterr().out
    columns = unpacked(path.read_text("utf-8"))
    whole = len(merged_facts(without_planned(building.load_knowledge(built)[0]).facts))
    n_shown, n_left_out = len(columns["facts"]["subject"]), columns["scope"]["leftOut"]
    assert n_shown + n_left_out == whole and n_left_out > 0
    assert f"holds {n_shown} facts and leaves out {n_left_out}" in said
    assert columns["scope"]["since"] == "2021" and columns["scope"]["region"] == "柯城区"
    assert sum(n for _month, n in columns["held"]["months"]) == 4  # of five pages one is of 2020


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("--person", "没有这个人"), "nobody is called"),
        (("--since", "2099"), "nothing is left"),
        (("--region", "乌有县"), "no region"),
        (("--min-score", "2"), "between 0 and 1"),
        (("--redact=all",), "no such redaction"),
        (("--to", "/nowhere/page.html"), "cannot be written"),
        (("--focus", "没有这个人"), "nothing is called"),
        (("--focus", "朱素芳", "--until", "2019"), "the part chosen does not hold '朱素芳'"),
    ],
)
def test_a_view_that_cannot_be_meant(
    built: Path, capsys: pytest.CaptureFixture[str], arguments: tuple[str, ...], told: str
) -> None:
    assert run("view", built, "--lang", "en", *arguments) == 2
    error = capsys.readouterr().err
    assert told in error and "Traceback" not in error and error.count("\n") == 1


def test_a_large_page_says_how_to_choose(
    built: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    assert run("view", built, "--lang", "en") == 0
    assert "--region" not in capsys.readouterr().err
    monkeypatch.setattr("kg.pipeline.showing.LARGE", 1000)
    assert run("view", built, "--lang", "en") == 0
    assert "--since 2021 --until 2021-06 --region NAME --person NAME" in capsys.readouterr().err


def test_a_private_focus_is_found_by_name_and_shown_by_initials(built: Path, tmp_path: Path) -> None:
    knowledge = without_planned(building.load_knowledge(built)[0])
    private = private_people(knowledge)
    person = next(entity for entity in knowledge.entities if entity.id in private and initials(entity.name).isascii())
    path = tmp_path / "page.html"
    assert run("view", built, "--redact", "--focus", person.name, "--to", path) == 0
    html = path.read_text("utf-8")
    columns = unpacked(html)
    [focus] = re.findall(r'"focus":"([^"]+)"', html)
    assert focus != person.id
    assert columns["entities"]["name"][columns["entities"]["id"].index(focus)] == initials(person.name)
