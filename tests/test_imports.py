"""The layers of docs/architecture.md hold: a module imports only from layers below it, and a library has one home.

The table is read out of the document, so neither can change without the other. What may be imported within a layer
stands in the document too, one line each: "- `roles` may import `link`: why".
"""

from __future__ import annotations

import ast
import re
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = ROOT / "kg"
ARCHITECTURE = ROOT / "docs" / "architecture.md"

# Which modules may know a library; a name covers everything below it. Whatever else needs one asks these modules, so
# that the library can be replaced in one place.
HOMES = {
    "spacy": ("kg.mentions", "kg.explain"),
    "jieba": ("kg.tagger", "kg.gazetteers.words"),
    "networkx": ("kg.graph", "kg.exports", "kg.query"),
    "pyvis": ("kg.viewer",),
    "sqlite3": ("kg.store",),
    "distributed": ("kg.pipeline",),
}
STANDARD_LIBRARY_ONLY = ("kg.errors", "kg.model")


def read_layers(text: str) -> dict[str, int]:
    """Module → layer of a Markdown table whose rows begin with a layer's number; 8 is the highest."""
    layers: dict[str, int] = {}
    for line in text.splitlines():
        cells = [cell.strip() for cell in line.replace("\\|", "/").strip("|").split("|")]
        if len(cells) >= 2 and cells[0].isdecimal():
            for name in re.findall(r"`(\w+)/?`", cells[1]):
                assert name not in layers, f"{name} stands twice in the table"
                layers[name] = int(cells[0])
    return layers


def read_exceptions(text: str) -> set[tuple[str, str]]:
    """(importer, imported) pairs that the document allows beside the layers."""
    return set(re.findall(r"^- `(\w+)` may import `(\w+)`: \S", text, flags=re.MULTILINE))


def imported(source: str, module: str, *, is_package: bool) -> set[str]:
    """Full names of everything that a module imports, wherever in it the import stands.

    Args:
        module: the full name of the module, to which relative imports are relative.
        is_package: whether it is an `__init__.py`.
    """
    names: set[str] = set()
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            names.update(alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            base = node.module or ""
            if node.level:
                home = module.split(".") if is_package else module.split(".")[:-1]
                home = home[: len(home) - node.level + 1]
                base = ".".join([*home, base] if base else home)
            # `from kg import model` imports kg.model; `from kg.model import Page` imports kg.model.Page, of which
            # only the beginning is ever looked at.
            names.update(f"{base}.{alias.name}" for alias in node.names)
    return names


def modules() -> list[tuple[str, Path]]:
    found = []
    for path in sorted(PACKAGE.rglob("*.py")):
        parts = path.relative_to(ROOT).with_suffix("").parts
        found.append((".".join(parts[:-1] if parts[-1] == "__init__" else parts), path))
    return found


def top(name: str) -> str | None:
    """The module of the table that a full name belongs to; None outside kg and for `kg` itself."""
    parts = name.split(".")
    return parts[1] if parts[0] == "kg" and len(parts) > 1 else None


def within(name: str, homes: tuple[str, ...]) -> bool:
    return any(name == home or name.startswith(home + ".") for home in homes)


def forbidden(module: str, names: set[str], layers: dict[str, int], exceptions: set[tuple[str, str]]) -> list[str]:
    """What of `names` a module may not import, each with the reason; sorted, empty where all is well."""
    mine = top(module)
    wrong = []
    for name in sorted(names):
        library = name.split(".")[0]
        if library in HOMES and not within(module, HOMES[library]):
            wrong.append(f"{name}: only {', '.join(HOMES[library])} may")
        if within(module, STANDARD_LIBRARY_ONLY) and library != "kg" and library not in sys.stdlib_module_names:
            wrong.append(f"{name}: {module} uses the standard library only")
        other = top(name)
        # `from kg import __version__` names the package itself; the entry point stands above every layer.
        if other is None or other == mine or other.startswith("__") or mine == "__main__":
            continue
        if mine is None and other == "query":
            continue  # inside kg.open only (docs/architecture.md)
        if mine is None:
            wrong.append(f"{name}: whatever kg/__init__.py imports, every layer imports")
        elif mine not in layers or other not in layers:
            continue  # test_the_table_names_every_module says so, once
        elif (mine, other) not in exceptions and layers[other] >= layers[mine]:
            wrong.append(f"{name}: layer {layers[other]} from layer {layers[mine]}")
    return wrong


DOCUMENT = ARCHITECTURE.read_text(encoding="utf-8")
LAYERS = read_layers(DOCUMENT)
EXCEPTIONS = read_exceptions(DOCUMENT)


def test_the_table_names_every_module() -> None:
    there = {name for name in (top(module) for module, _ in modules()) if name and not name.startswith("__")}
    assert sorted(there - set(LAYERS)) == [], "modules of kg/ without a layer in docs/architecture.md"
    assert sorted(set(LAYERS) - there) == [], "modules in docs/architecture.md that kg/ does not have"
    assert {name for pair in EXCEPTIONS for name in pair} <= there


@pytest.mark.parametrize(("module", "path"), modules(), ids=[module for module, _ in modules()])
def test_imports_point_downwards(module: str, path: Path) -> None:
    names = imported(path.read_text(encoding="utf-8"), module, is_package=path.name == "__init__.py")
    assert forbidden(module, names, LAYERS, EXCEPTIONS) == []


def test_exceptions_are_needed() -> None:
    used = {
        (top(module), top(name))
        for module, path in modules()
        for name in imported(path.read_text(encoding="utf-8"), module, is_package=path.name == "__init__.py")
    }
    assert sorted(pair for pair in EXCEPTIONS if pair not in used) == []


TRIAL = {"cli": 8, "graph": 5, "resolve": 5, "store": 3, "viewer": 6, "mentions": 4, "model": 1}


@pytest.mark.parametrize(
    ("module", "source", "allowed"),
    [
        pytest.param("kg.cli", "from kg.graph import build_graph", True, id="downwards"),
        pytest.param("kg.graph", "from kg import cli", False, id="upwards"),
        pytest.param("kg.graph", "from . import cli", False, id="upwards, relative"),
        pytest.param("kg.viewer.page", "from ..cli import main", False, id="upwards, relative, from a package"),
        pytest.param("kg.viewer.page", "from .columns import pack", True, id="within its package"),
        pytest.param("kg.graph", "import kg.resolve", False, id="sideways"),
        pytest.param("kg.resolve", "import kg.graph", True, id="sideways, excepted"),
        pytest.param("kg.graph", "def f():\n    from kg.cli import main", False, id="upwards, inside a function"),
        pytest.param("kg.graph", "import networkx as nx", True, id="a library at home"),
        pytest.param("kg.viewer", "import networkx as nx", False, id="a library elsewhere"),
        pytest.param("kg.viewer.page", "from pyvis.network import Network", True, id="a library at home in a package"),
        pytest.param("kg.mentions_fast", "import spacy", False, id="a name that only begins like a home"),
        pytest.param("kg.model", "import json", True, id="standard library"),
        pytest.param("kg.model", "import numpy", False, id="not the standard library"),
        pytest.param("kg", "from kg.graph import build_graph", False, id="the package itself"),
        pytest.param("kg.cli", "from kg import __version__", True, id="the version"),
    ],
)
def test_the_check_itself(module: str, source: str, allowed: bool) -> None:
    names = imported(source, module, is_package=module == "kg")
    layers = TRIAL | {"mentions_fast": 4}
    assert (forbidden(module, names, layers, {("resolve", "graph")}) == []) is allowed


def test_reading_the_table() -> None:
    text = (
        "| layer | module |\n| --- | --- |\n| 6 | `exports/` (one `x` each) \\| `viewer/` | out |\n| 0 | `errors` | |\n"
    )
    assert read_layers(text) == {"exports": 6, "x": 6, "viewer": 6, "errors": 0}
    assert read_exceptions("- `a` may import `b`: why\n- `c` may import `d`\n") == {("a", "b")}
