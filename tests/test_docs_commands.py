"""What documents show is run: commands end well, and those shown with their output print it word for word."""

from __future__ import annotations

import io
import re
import shutil
import sys
from pathlib import Path

import pytest
from test_docs import NAMES, ROOT, commands, read

from kg.cli import main
from kg.pipeline import build

sys.path.insert(0, str(ROOT / "tools"))

from documenting.outputs import blocks, rewritten

# Of what documents show, this is not run, and why.
NOT_RUN = {
    r"zh_core_web_sm|with-model": "the model is not installed: kg downloads nothing",
    r"--open\b": "opens a browser",
    r"--scheduler tcp://host": "no scheduler runs at that address; tests/test_cluster.py asks a real one",
}


def shown(name: str) -> list[str]:
    """The lines of a document's `sh` blocks that run kg, without the remarks behind them."""
    fenced = re.findall(r"^```sh\n(.*?)^```", read(name), flags=re.MULTILINE | re.DOTALL)
    lines = [line.split("  #")[0].strip() for block in fenced for line in block.replace("\\\n", " ").splitlines()]
    return [line for line in lines if commands([line], "kg")]


WITH_COMMANDS = [name for name in NAMES if shown(name)]
WITH_OUTPUT = [name for name in NAMES if blocks(read(name))]


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """`out`, as `kg build seeds --out out` leaves it."""
    folder = tmp_path_factory.mktemp("documented")
    build([ROOT / "seeds"], folder / "out")
    return folder / "out"


@pytest.fixture
def project(built: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with what documents speak of: the seeds and their graph, and a reader's own pages, names and model."""
    for name in ("seeds", "tests"):
        (tmp_path / name).symlink_to(ROOT / name)
    for copy in (tmp_path / "out", tmp_path / "out" / "我的报纸"):
        shutil.copytree(built, copy)
    page = ROOT / "seeds" / "001_f17a095ea133b679.txt"
    for own in ("我的报纸/2021/0113/01.txt", "papers/2021/01.txt", "开化/2021/0120/01.txt"):
        (tmp_path / own).parent.mkdir(parents=True)
        shutil.copyfile(page, tmp_path / own)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("LC_ALL", "zh_CN.UTF-8")
    monkeypatch.setenv("COLUMNS", "100")
    return tmp_path


def not_run(line: str) -> str | None:
    return next((reason for pattern, reason in NOT_RUN.items() if re.search(pattern, line)), None)


def run(line: str, monkeypatch: pytest.MonkeyPatch) -> int:
    """The exit code of a line; `echo TEXT | kg …` hands over the text."""
    said, _, piped = line.rpartition("|")
    assert not said or said.startswith("echo "), line
    typed = said.removeprefix("echo ").encode()  # what asks questions gets no answer, as at the end of a file
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(typed)))
    (words,) = commands([piped if said else line], "kg")
    return main(words)


@pytest.mark.parametrize("name", WITH_COMMANDS)
def test_commands_shown_end_well(
    name: str, project: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    if any("my-names" in line for line in shown(name)) and not any("gazetteer add" in line for line in shown(name)):
        (project / "my-names").mkdir()
        source = "name,kind,subtype,code,parent_code,aliases,source\n鹿鸣公园,PLACE,site,,330802,,衢州市园林志\n"
        (project / "my-names" / "places.csv").write_text(source, encoding="utf-8")
    if any("./my-model" in line for line in shown(name)):
        (code,) = re.findall(r"^```python\n(import spacy\n.*?)^```", read(name), flags=re.MULTILINE | re.DOTALL)
        exec(code, {})
    failed = []
    for line in shown(name):
        if not_run(line) is None:
            code = run(line, monkeypatch)
            said = capsys.readouterr()
            if code != 0:
                failed.append(f"{line}: {code}: {said.err}")
    assert failed == []


def test_what_is_not_run_is_still_shown() -> None:
    lines = [line for name in WITH_COMMANDS for line in shown(name)]
    assert [pattern for pattern in NOT_RUN if not any(re.search(pattern, line) for line in lines)] == []
    assert sum(not_run(line) is None for line in lines) > 45


@pytest.mark.parametrize("name", WITH_OUTPUT)
def test_output_shown_is_what_commands_print(name: str, tmp_path: Path) -> None:
    text = read(name)
    assert rewritten(text, root=ROOT, folder=tmp_path) == text, "make outputs puts in what commands print now"


def test_there_is_output_to_compare() -> None:
    assert {"docs/tutorial.md", "docs/reading.md"} <= set(WITH_OUTPUT)
    assert sum(len(lines) for name in WITH_OUTPUT for _, lines in blocks(read(name))) >= 15


def test_output_that_is_no_longer_printed_is_noticed(tmp_path: Path) -> None:
    text = "```console lines=1\n$ kg --version\nkg 0.0.0\n```\n"
    assert rewritten(text, root=ROOT, folder=tmp_path) != text


def test_a_command_that_fails_is_no_output(tmp_path: Path) -> None:
    with pytest.raises(RuntimeError, match="exit code 2"):
        rewritten("```console\n$ kg stats nowhere\n```\n", root=ROOT, folder=tmp_path)


def test_python_shown_is_python() -> None:
    fenced = [
        (name, code)
        for name in NAMES
        for code in re.findall(r"^```python\n(.*?)^```", read(name), flags=re.MULTILINE | re.DOTALL)
    ]
    assert fenced
    for name, code in fenced:
        compile(code, name, "exec")
