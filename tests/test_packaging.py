"""What is handed over: sdist and wheel build, the wheel runs alone, versions fit tags, hooks run what CI runs."""

from __future__ import annotations

import filecmp
import os
import re
import subprocess
import sys
import sysconfig
import tarfile
import venv
import zipfile
from pathlib import Path
from typing import Any

import pytest
import yaml
from test_docs import ROOT, read

from kg import __version__
from kg.pipeline import build

sys.path.insert(0, str(ROOT / "tools"))

from release import problems, version_in

COMMITTED = ("kg", "gazetteers", "seeds", "tests", "docs", "tools", "README.md", "LICENSE", "pyproject.toml")


def run(*command: str | Path, cwd: Path, **environment: str) -> str:
    """What a command prints; its complaints where it fails. Nothing of our own environment leads back to the sources."""
    inherited = {name: value for name, value in os.environ.items() if not name.startswith(("PYTHON", "PYTEST", "LC_"))}
    ended = subprocess.run([str(word) for word in command], cwd=cwd, env={**inherited, **environment},
                           capture_output=True, text=True, encoding="utf-8")  # fmt: skip
    assert ended.returncode == 0, ended.stderr
    return ended.stdout


@pytest.fixture(scope="module")
def sdist(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sdist, built from the sources by the locked hatchling, without network."""
    pytest.importorskip("hatchling", reason="hatchling is not installed: WHEEL AND SDIST NOT BUILT")
    folder = tmp_path_factory.mktemp("sdist")
    run(sys.executable, "-m", "hatchling", "build", "-t", "sdist", "-d", folder, cwd=ROOT)
    (path,) = folder.iterdir()
    return path


@pytest.fixture(scope="module")
def wheel(sdist: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel, built from the unpacked sdist: so nothing is in it that the sdist lacks."""
    folder = tmp_path_factory.mktemp("wheel")
    with tarfile.open(sdist) as archive:
        archive.extractall(folder / "unpacked", filter="data")
    (sources,) = (folder / "unpacked").iterdir()
    run(sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", folder / "dist", cwd=sources)
    (path,) = (folder / "dist").iterdir()
    return path


def members(path: Path) -> set[str]:
    """Names of the files in a wheel, or in an sdist without its outer folder."""
    if path.suffix == ".whl":
        return set(zipfile.ZipFile(path).namelist())
    with tarfile.open(path) as archive:
        return {name.partition("/")[2] for name in archive.getnames()}


def test_sdist_holds_the_sources(sdist: Path) -> None:
    names = members(sdist)
    assert sdist.name == f"county_kg-{__version__}.tar.gz"
    assert {"pyproject.toml", "README.md", "LICENSE", "kg/__init__.py", "gazetteers/ontology.yaml"} <= names
    assert {f"seeds/{path.name}" for path in (ROOT / "seeds").iterdir()} <= names


def test_wheel_holds_the_package_and_the_gazetteers(wheel: Path) -> None:
    names = members(wheel)
    assert wheel.name == f"county_kg-{__version__}-py3-none-any.whl"
    committed = run("git", "-c", "core.quotepath=off", "ls-files", "kg", "gazetteers", cwd=ROOT).split("\n")[:-1]
    assert committed
    expected = {re.sub(r"^gazetteers/", "kg/_gazetteers/", name) for name in committed}
    assert sorted(expected - names) == []
    others = {name for name in names - expected if not name.startswith(f"county_kg-{__version__}.dist-info/")}
    assert sorted(others) == []  # no tests, no caches, no modules of node


@pytest.mark.parametrize("kind", ["sdist", "wheel"])
def test_nothing_that_tools_leave_behind_is_packed(kind: str, request: pytest.FixtureRequest) -> None:
    names = members(request.getfixturevalue(kind))
    left = (
        r"(^|/)(node_modules|__pycache__|\.venv|\.git|out|site|build|dist|\.mypy_cache|\.hypothesis)/|\.sqlite$|\.pyc$"
    )
    assert sorted(name for name in names if re.search(left, name)) == []


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of programs of a fresh environment with the wheel in it.

    The libraries that it needs are lent by the environment the tests run in: a path file names their folder, whose own
    path files, among them that of the editable install, are not read.
    """
    folder = tmp_path_factory.mktemp("fresh") / "venv"
    venv.create(folder, with_pip=False)
    programs = folder / ("Scripts" if os.name == "nt" else "bin")
    run(sys.executable, "-m", "pip", "--python", programs / "python", "install", "--quiet", "--no-deps", "--no-index",
        "--disable-pip-version-check", wheel, cwd=folder)  # fmt: skip
    own = Path(
        run(programs / "python", "-c", "import sysconfig; print(sysconfig.get_path('purelib'))", cwd=folder).strip()
    )
    lent = dict.fromkeys([sysconfig.get_path("purelib"), sysconfig.get_path("platlib")])
    (own / "lent.pth").write_text("\n".join(lent) + "\n", encoding="utf-8")
    return programs


def test_the_wheel_is_what_runs(installed: Path, tmp_path: Path) -> None:
    where = run(installed / "python", "-c", "import kg; print(kg.__file__)", cwd=tmp_path).strip()
    assert Path(where).is_relative_to(installed.parent)
    assert __version__ in run(installed / "kg", "--version", cwd=tmp_path)


def test_the_installed_kg_builds_the_same_graph(installed: Path, tmp_path: Path) -> None:
    run(installed / "kg", "build", ROOT / "seeds", "--out", "out", "--quiet", cwd=tmp_path)
    run(installed / "kg", "export", "out", "--format", "jsonl", "--to", "theirs", "--quiet", cwd=tmp_path)
    assert "330802101" in run(installed / "kg", "gazetteer", "find", "航埠镇", cwd=tmp_path)
    build([ROOT / "seeds"], tmp_path / "sources")
    run(sys.executable, "-m", "kg", "export", "sources", "--format", "jsonl", "--to", "ours", "--quiet", cwd=tmp_path,
        PYTHONPATH=str(ROOT))  # fmt: skip
    names = sorted(path.name for path in (tmp_path / "ours").iterdir())
    assert names == ["articles.jsonl", "entities.jsonl", "facts.jsonl", "mentions.jsonl"]
    _, differ, missing = filecmp.cmpfiles(tmp_path / "ours", tmp_path / "theirs", names, shallow=False)
    assert (differ, missing) == ([], [])


def test_version_changelog_and_tags_fit() -> None:
    assert problems(ROOT) == []
    assert version_in(read("kg/__init__.py")) == __version__


def git(folder: Path, *arguments: str) -> None:
    who = ["-c", "user.name=nobody", "-c", "user.email=nobody@example.org", "-c", "commit.gpgsign=false"]
    run("git", *who, *arguments, cwd=folder)


def released(folder: Path, version: str, heading: str, tag: str | None) -> None:
    """One more commit of a repository, with a version, a changelog and perhaps a tag."""
    (folder / "kg").mkdir(exist_ok=True)
    (folder / "kg" / "__init__.py").write_text(f'__version__ = "{version}"\n', encoding="utf-8")
    (folder / "CHANGELOG.md").write_text(f"# Changelog\n\n## {heading}\n", encoding="utf-8")
    git(folder, "init", "--quiet") if not (folder / ".git").exists() else None
    git(folder, "add", ".")
    git(folder, "commit", "--quiet", "--allow-empty", "-m", heading)
    if tag:
        git(folder, "tag", tag)


@pytest.mark.parametrize(
    ("releases", "found"),
    [
        pytest.param([("0.1.0", "0.1.0", "v0.1.0")], [], id="released"),
        pytest.param([("0.1.0", "0.1.0", "v0.1.0"), ("0.2.0", "Unreleased (0.2.0)", None)], [], id="going on"),
        pytest.param([("0.1.0", "0.1.0", "v0.2.0")], ["tag v0.2.0 is of a commit that says 0.1.0"], id="another tag"),
        pytest.param(
            [("0.1.0", "Unreleased (0.1.0)", "v0.1.0")],
            ["tag v0.1.0: CHANGELOG.md does not begin with 0.1.0"],
            id="tagged before the changelog was closed",
        ),
        pytest.param(
            [("0.2.0", "0.2.0", "v0.2.0"), ("0.1.0", "Unreleased (0.1.0)", None)],
            ["tag v0.2.0 is later than 0.1.0"],
            id="going back",
        ),
        pytest.param(
            [("0.2.0", "Unreleased (0.1.0)", None)],
            ["CHANGELOG.md begins with 'Unreleased (0.1.0)', kg/__init__.py says 0.2.0"],
            id="changelog of another version",
        ),
        pytest.param(
            [("0.10.0", "0.10.0", "v0.10.0"), ("0.9.0", "Unreleased (0.9.0)", None)],
            ["tag v0.10.0 is later than 0.9.0"],
            id="numbers, not letters",
        ),
    ],
)
def test_release_problems(tmp_path: Path, releases: list[tuple[str, str, str | None]], found: list[str]) -> None:
    for version, heading, tag in releases:
        released(tmp_path, version, heading, tag)
    assert problems(tmp_path) == found


def checks() -> list[str]:
    """The commands of `make check`, with the folder of scripts written out."""
    makefile = read("Makefile")
    rule = re.search(r"^check:[^\n]*\n((?:\t.*\n)+)", makefile, flags=re.MULTILINE)
    scripts = re.search(r"^SCRIPTS := (\S+)$", makefile, flags=re.MULTILINE)
    assert rule is not None and scripts is not None
    recipe = rule[1].replace("\\\n", " ").replace("$(BIN)/", "").replace("$(SCRIPTS)", scripts[1])
    return [line.strip() for line in recipe.splitlines()]


def test_ci_checks_before_it_tests() -> None:
    script = read(".ci/run")
    assert 0 < script.index("\nmake check") < script.index("\nmake test")
    assert {line.split()[0] for line in checks()} == {"ruff", "mypy", "deno", "MYPYPATH=tools"}


def test_hooks_run_what_make_check_runs() -> None:
    config: Any = yaml.safe_load(read(".pre-commit-config.yaml"))
    assert {repo["repo"] for repo in config["repos"]} == {"local"}  # nothing is fetched
    hooks = {hook["id"]: hook for repo in config["repos"] for hook in repo["hooks"]}
    assert {hook["language"] for hook in hooks.values()} == {"system"}
    entries = [" ".join(hook["entry"].removeprefix("env ").replace(".venv/bin/", "").replace(" --force-exclude", "").split())
               for hook in hooks.values()]  # fmt: skip
    assert [line for line in (" ".join(line.split()) for line in checks()) if line not in entries] == []
    assert {"ruff check", "ruff format --check"} <= set(entries)


def test_pull_requests_are_asked_for_facts() -> None:
    template = read(".github/pull_request_template.md")
    assert "Facts gained:" in template and "Facts lost:" in template
