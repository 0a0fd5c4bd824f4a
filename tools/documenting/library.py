"""The reference of the Python package, from its docstrings and signatures, read without running anything.

`python.md` is for who asks a graph in a notebook: `kg.open` and what `kg.query` gives away. `modules/` has every public
function and class of every module, for developers.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import griffe

_PYTHON = """# Python

由文档字符串生成；怎样提问、每一列是什么，见[提问](../docs/queries.md)。 *Made from docstrings; the columns of the tables
stand in [Asking the graph](../docs/queries.md).*
"""
_MODULES = """# Modules

Every public function and class of `kg`, made from docstrings. Which module may import which stands in
[Architecture](../../docs/architecture.md). 每个模块的公开函数和类，由文档字符串生成。

| module | what it does |
| --- | --- |
"""
_LONG = 96  # characters of a signature that still stand in one line


def write_library(root: Path, folder: Path) -> list[Path]:
    """Write `python.md`, `modules/index.md` and a page a top module into a folder.

    Args:
        root: where the package `kg` lies.

    Returns:
        The pages that a table of contents should name; `modules/index.md` names the rest.
    """
    package = load(root)
    (folder / "modules").mkdir(parents=True, exist_ok=True)
    python = folder / "python.md"
    python.write_text(python_page(package), encoding="utf-8")
    tops = [member for member in _public(package) if member.is_module]
    rows, listed = [], []
    for module in [package, *tops]:
        page = folder / "modules" / f"{module.name}.md"
        page.write_text("\n".join(_module(module, 1, down=module is not package)), encoding="utf-8")
        rows.append(f"| [`{module.path}`]({module.name}.md) | {_escaped(_first_line(module))} |")
        listed.append(module.name)
    index = folder / "modules" / "index.md"
    toctree = ["", "```{toctree}", ":hidden:", "", *listed, "```", ""]
    index.write_text(_MODULES + "\n".join([*rows, *toctree]), encoding="utf-8")
    return [python, index]


def load(root: Path) -> griffe.Module:
    """The package as its source says."""
    package = griffe.load("kg", search_paths=[str(root)], allow_inspection=False, docstring_parser="google")
    assert isinstance(package, griffe.Module)
    return package


def public_names(package: griffe.Module) -> set[str]:
    """Dotted names of all public functions, methods and classes below a package, e.g. `kg.text.read`."""
    return {member.path for member in _walk(package) if member.is_function or member.is_class}


def python_page(package: griffe.Module) -> str:
    """What a notebook uses: `kg.open`, then whatever `kg.query` lists in `__all__`."""
    query = package["query"]
    parts = [_PYTHON, *_member(package["open"], 2, prefix="kg.")]
    for name in sorted(query.exports or [], key=lambda name: (name != "Graph", name)):
        target = query[str(name)]
        parts += _member(target.final_target if target.is_alias else target, 2)
    return "\n".join(parts)


def _walk(inside: griffe.Object | griffe.Alias) -> Iterator[griffe.Object | griffe.Alias]:
    for member in _public(inside):
        yield member
        if member.is_module or member.is_class:
            yield from _walk(member)


def _public(inside: griffe.Object | griffe.Alias) -> list[griffe.Object | griffe.Alias]:
    return [member for name, member in inside.members.items() if not member.is_alias and not name.startswith("_")]


def _module(module: griffe.Object | griffe.Alias, level: int, *, down: bool) -> list[str]:
    parts = ["#" * level + f" `{module.path}`", "", *_docstring(module)]
    members = _public(module)
    for member in members:
        if member.is_function or member.is_class:
            parts += _member(member, level + 1)
    for member in members:
        if down and member.is_module:
            parts += _module(member, level + 1 if level == 1 else level, down=True)
    return parts


def _member(member: griffe.Object | griffe.Alias, level: int, prefix: str = "") -> list[str]:
    kind = "class " if member.is_class else ""
    parts = ["#" * level + f" {kind}`{prefix}{member.name}`", ""]
    shown = _fields(member) if member.is_class else [_signature(member) if member.is_function else _attribute(member)]
    parts += ["```python", *shown, "```", ""]
    parts += _docstring(member)
    if member.is_class:
        for inner in _public(member):
            if inner.is_function or inner.is_class or (inner.docstring and "property" in inner.labels):
                parts += _member(inner, min(level + 1, 6))
    return parts


def _fields(member: griffe.Object | griffe.Alias) -> list[str]:
    bases = ", ".join(str(base) for base in getattr(member, "bases", []))
    head = f"class {member.name}({bases})" if bases else f"class {member.name}"
    fields = [
        "    " + _attribute(inner)
        for inner in _public(member)
        if inner.is_attribute
        and "class-attribute" in inner.labels | ({"class-attribute"} if inner.annotation else set())
        and "property" not in inner.labels
        and "\n" not in str(inner.value)
    ]
    return [head + ":", *fields] if fields else [head]


def _attribute(member: griffe.Object | griffe.Alias) -> str:
    kind = f": {member.annotation}" if getattr(member, "annotation", None) else ""
    return member.name + kind + (f" = {member.value}" if getattr(member, "value", None) else "")


def _signature(function: griffe.Object | griffe.Alias) -> str:
    shown: list[str] = []
    star = False
    for parameter in function.parameters:
        if parameter.name in ("self", "cls"):
            continue
        kind = parameter.kind.value if parameter.kind else ""
        if kind == "keyword-only" and not star:
            shown.append("*")
            star = True
        star = star or kind == "variadic positional"
        stars = {"variadic positional": "*", "variadic keyword": "**"}.get(kind, "")
        text = stars + parameter.name + (f": {parameter.annotation}" if parameter.annotation else "")
        default = "" if stars or parameter.default is None else str(parameter.default)
        shown.append(text + (f" = {default}" if default else ""))
    back = f" -> {function.annotation}" if function.annotation else ""
    line = f"{function.name}({', '.join(shown)}){back}"
    return (
        line
        if len(line) <= _LONG
        else "\n    ".join([f"{function.name}(", *(f"{one}," for one in shown)]) + f"\n){back}"
    )


def _docstring(member: griffe.Object | griffe.Alias) -> list[str]:
    if member.docstring is None:
        return []
    parts: list[str] = []
    for section in member.docstring.parse(warnings=False):
        value = section.value
        if section.kind.value == "text":
            parts += [_text(str(value)), ""]
        elif section.kind.value in ("parameters", "attributes"):
            parts += [f"- `{one.name}`: {_inline(one.description)}" for one in value] + [""]
        elif section.kind.value == "returns":
            parts += ["**Returns** " + " ".join(_inline(one.description) for one in value), ""]
        elif section.kind.value == "raises":
            parts += [f"**Raises** `{one.annotation}`: {_inline(one.description)}\n" for one in value]
        else:
            parts += [_text(str(getattr(value, "description", value))), ""]
    return parts


def _text(text: str) -> str:
    """Paragraphs; examples with `>>>` as blocks; indented blocks as they are printed."""
    shown = []
    for part in re.split(r"\n\s*\n", text):
        if ">>> " in part:
            before, _, example = part.partition(">>> ")
            shown += [_escaped(before.rstrip())] if before.strip() else []
            shown.append("```pycon\n>>> " + example.rstrip() + "\n```")
        elif part.startswith("    "):
            shown.append("```text\n" + part.rstrip() + "\n```")
        else:
            shown.append(_escaped(part))
    return "\n\n".join(shown)


def _inline(text: str) -> str:
    return " ".join(_escaped(text).split())


def _escaped(text: str) -> str:
    """Docstrings are prose with `code`: outside of code nothing is markup.

    >>> _escaped("a < `b<c>` *d")
    'a \\\\< `b<c>` \\\\*d'
    """
    return "".join(
        part if part.startswith("`") else re.sub(r"([<*\[])", r"\\\1", part) for part in re.split(r"(`[^`]+`)", text)
    )


def _first_line(member: griffe.Object | griffe.Alias) -> str:
    return member.docstring.value.split("\n")[0] if member.docstring else ""
