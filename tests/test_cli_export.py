"""kg export in a terminal: progress, and one line for what cannot be exported."""

from __future__ import annotations

import io
import subprocess
import sys
from pathlib import Path

import pytest
from rich.console import Console
from small_store import small_knowledge, write_store

from kg.cli.exporting import ExportProgress, _WrittenColumn
from kg.cli.screen import Screen
from kg.messages import Messages


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("small")
    write_store(small_knowledge(), folder)
    return folder


def run(*words: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run([sys.executable, "-m", "kg", "--lang", "en", *words], capture_output=True, text=True)


@pytest.mark.parametrize(
    ("words", "line"),
    [
        (["--format", "xls"], "✗ no format 'xls' — did you mean xlsx? known formats: jsonl, graphml"),
        (["--format", "shapefile"], "✗ no format 'shapefile' — known formats: jsonl"),
        (["--format", "graphml", "--flavour", "gefi"], "✗ no flavour 'gefi' — did you mean gephi?"),
        (["--format", "csv", "--type", "PERSONS"], "✗ no type 'PERSONS' — did you mean PERSON?"),
        (["--format", "csv", "--relation", "VISIT"], "✗ no relation 'VISIT' — did you mean VISITED?"),
        (["--format", "csv", "--region", "火星"], "✗ no region '火星' among these pages — give a name"),
        (["--format", "csv", "--min-score", "3"], "✗ a score is between 0 and 1, not 3 — --min-score 0.8"),
        (["--format", "csv", "--since", "soon"], "is no date"),
        (["--format", "csv", "--since", "2030"], "✗ nothing is left by these filters — the pages speak of 2021-01-12"),
    ],
    ids=str,
)
def test_what_cannot_be_exported_is_one_line(store: Path, tmp_path: Path, words: list[str], line: str) -> None:
    done = run("export", str(store), "--to", str(tmp_path / "to"), *words)
    assert done.returncode == 2
    assert line in done.stderr
    assert done.stderr.count("\n") == 1
    assert done.stdout == ""
    assert not (tmp_path / "to").exists()


def test_a_place_that_cannot_be_written_is_one_line(store: Path, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    for place in (tmp_path / "file", tmp_path / "file" / "below", Path("/proc/kg-export")):
        done = run("export", str(store), "--format", "csv", "--to", str(place))
        assert done.returncode == 2
        assert done.stderr.count("\n") == 1
        assert "choose another output folder" in done.stderr


def test_several_formats_at_once(store: Path, tmp_path: Path) -> None:
    done = run("export", str(store), "--format", "csv", "--format", "GraphML", "--format", "csv", "--to", str(tmp_path))
    assert done.returncode == 0
    assert done.stderr.count("graph.graphml") == done.stderr.count("visits.csv") == 1
    assert "\x1b" not in done.stderr


def test_progress_names_the_format_and_how_many_there_are(tmp_path: Path) -> None:
    screen = Screen(Messages("zh"))
    seen = io.StringIO()
    screen.err = Console(file=seen, force_terminal=True, width=80)  # type: ignore[assignment]
    with ExportProgress(screen, tmp_path) as progress:
        progress("graphml", 1, 3)
        (tmp_path / ".graphml.z.part").mkdir()
        (tmp_path / ".graphml.z.part" / ".graph.graphml.x.part").write_bytes(b"x" * 2_600_000)
        progress._bar.refresh()
    assert "正在写 graphml" in seen.getvalue()
    assert "1/3" in seen.getvalue()
    assert "3 MB" in seen.getvalue()


def test_binary_files_count_too(tmp_path: Path) -> None:
    aside = tmp_path / ".xlsx.z.part" / ".knowledge.xlsx.y.part"
    aside.mkdir(parents=True)
    (aside / "knowledge.xlsx").write_bytes(b"x" * 4_000_000)
    (tmp_path / "visits.csv").write_bytes(b"x" * 9_000_000)
    assert _WrittenColumn(tmp_path).render(None).plain == "4 MB"  # type: ignore[arg-type]
    assert _WrittenColumn(tmp_path / "missing").render(None).plain == ""  # type: ignore[arg-type]
