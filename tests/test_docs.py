"""What documents say exists: files they link to, `make` targets, `kg` subcommands and options they show."""

from __future__ import annotations

import ast
import importlib.util
import re
import shlex
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parent.parent
FOLDERS = (".github", "bench", "docs", "gazetteers", "kg", "notebooks", "seeds", "tests", "tools")
DOCUMENTS = sorted(
    path
    for path in [*ROOT.glob("*.md"), *(path for folder in FOLDERS for path in (ROOT / folder).rglob("*.md"))]
    if "node_modules" not in path.parts  # of whoever works on the viewer's scripts
)
NAMES = [path.relative_to(ROOT).as_posix() for path in DOCUMENTS]

# Signs of the shell that end a command of ours: what stands behind belongs to another program.
_SHELL_ENDS = {"&&", "||", "|", ";", ">", ">>"}


def read(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


def without_code(text: str) -> str:
    """The prose of a Markdown text: fenced blocks and inline code cut out."""
    return re.sub(r"`[^`\n]*`", "", re.sub(r"^```.*?^```", "", text, flags=re.MULTILINE | re.DOTALL))


def links(text: str) -> list[str]:
    """Targets of the links and images of a Markdown text, in order."""
    return re.findall(r"\]\(([^)\s]+)(?:\s+\"[^\"]*\")?\)", without_code(text))


def code_lines(text: str) -> list[str]:
    """Inline code, and the lines of fenced blocks, of a Markdown text; continued lines joined."""
    text = text.replace("\\\n", " ")
    lines: list[str] = []
    for block in re.findall(r"^```[^\n]*\n(.*?)^```", text, flags=re.MULTILINE | re.DOTALL):
        lines.extend(block.splitlines())
    prose = re.sub(r"^```.*?^```", "", text, flags=re.MULTILINE | re.DOTALL)
    return [line.strip() for line in [*lines, *re.findall(r"`([^`\n]+)`", prose)]]


def anchors(text: str) -> set[str]:
    """The anchors that a forge gives the headings of a Markdown text."""
    headings = re.findall(r"^#+ +(.+?) *$", re.sub(r"^```.*?^```", "", text, flags=re.M | re.S), flags=re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


def commands(lines: list[str], program: str) -> list[list[str]]:
    """The words behind `program` of each command that runs it; nothing for a line that only begins alike.

    >>> commands(["kg build a --out b && kg view b  # look", "kgx build"], "kg")
    [['build', 'a', '--out', 'b'], ['view', 'b']]
    """
    found: list[list[str]] = []
    for line in lines:
        if not re.search(rf"(?<![\w./-]){program} ", line.replace(".venv/bin/", "").replace("$(BIN)/", "")):
            continue
        lexer = shlex.shlex(line, posix=True, punctuation_chars="&|;<>")
        lexer.whitespace_split = True
        try:
            words = list(lexer)
        except ValueError:  # an apostrophe of prose: no command
            continue
        current: list[str] | None = None
        start = True
        for word in words:
            if word in _SHELL_ENDS:
                current, start = None, True
            elif start and word.removeprefix(".venv/bin/").removeprefix("$(BIN)/") == program:
                current, start = [], False
                found.append(current)
            elif current is not None:
                current.append(word)
            elif not re.fullmatch(r"\$|@|\w+=\S*", word):  # a prompt or a variable may stand before the program
                start = False
    return found


def makefile_targets() -> set[str]:
    return set(re.findall(r"^([a-z][\w-]*):(?!=)", read("Makefile"), flags=re.MULTILINE))


@pytest.mark.parametrize("name", NAMES)
def test_links_lead_somewhere(name: str) -> None:
    text = read(name)
    broken = []
    for target in links(text):
        if re.match(r"[a-z]+:", target):
            continue
        path, _, anchor = target.partition("#")
        goal = (ROOT / name).parent / path if path else ROOT / name
        if not goal.exists() or (anchor and anchor not in anchors(goal.read_text(encoding="utf-8"))):
            broken.append(target)
    assert broken == []


@pytest.mark.parametrize("name", NAMES)
def test_files_named_exist(name: str) -> None:
    paths = [
        code
        for code in code_lines(read(name))
        if re.fullmatch(r"(\.ci|kg|tests|docs|seeds|tools|bench)/[\w./-]*", code)
    ]
    assert [path for path in paths if not (ROOT / path).exists()] == []


@pytest.mark.parametrize("name", NAMES)
def test_make_targets_exist(name: str) -> None:
    shown = {words[0] for words in commands(code_lines(read(name)), "make") if words and words[0].islower()}
    assert sorted(shown - makefile_targets()) == []


def test_readme_gives_exactly_two_commands_to_begin_with() -> None:
    block = re.search(r"^```sh\n(.*?)^```", read("README.md"), flags=re.MULTILINE | re.DOTALL)
    assert block is not None
    lines = [line.split("#")[0].strip() for line in block[1].splitlines()]
    assert lines == ["make demo", "make test"]


def test_index_names_every_document() -> None:
    listed = {target.partition("#")[0] for target in links(read("docs/README.md"))}
    there = {path.relative_to(ROOT / "docs").as_posix() for path in (ROOT / "docs").rglob("*.md")} - {"README.md"}
    assert sorted(there - listed) == []


def test_pages_for_users_begin_in_chinese_and_those_for_developers_in_english() -> None:
    sections = re.split(r"^## ", read("docs/README.md"), flags=re.MULTILINE)[1:]
    wrong = []
    for section in sections:
        for target in re.findall(r"\]\(([\w./-]+\.md)", section):
            title = re.search(r"^# +(.+)", read(f"docs/{target}"), flags=re.MULTILINE)
            assert title is not None, target
            chinese = re.match(r"[\u3400-\u9fff]", title[1]) is not None
            if chinese == section.startswith("开发") and not target.startswith("exports/"):  # those are names: Neo4j
                wrong.append(f"{target}: {title[1]}")
    assert wrong == []


def test_pages_have_a_summary_in_the_other_language() -> None:
    lacking = []
    for section in re.split(r"^## ", read("docs/README.md"), flags=re.MULTILINE)[1:]:
        for target in re.findall(r"\]\(([\w./-]+\.md)", section):
            if target in ("../CHANGELOG.md", "../seeds/README.md"):
                continue
            text = without_code(read(f"docs/{target}"))
            chinese = max(len(re.findall(r"[\u3400-\u9fff]", line)) for line in text.splitlines())
            english = len(re.findall(r"\b[A-Za-z]{2,}\b", text))
            if (chinese < 35) if section.startswith("开发") else (english < 30):
                lacking.append(target)
    assert lacking == []


def command_line() -> Any:
    """The `kg` command, a click group; skips the test while there is no command line."""
    if importlib.util.find_spec("kg.cli") is None:
        pytest.skip("kg/cli does not exist yet")
    import typer

    from kg.cli.app import make_app
    from kg.messages import Messages

    return typer.main.get_command(make_app(Messages("en")))


def unknown(words: list[str]) -> list[str]:
    """Which words of a command, behind `kg`, name a subcommand or long option that does not exist."""
    known = command_line().commands
    first, *rest = words
    if first.startswith("-"):
        return []
    if first not in known:
        return [first]
    command = known[first]
    while rest and rest[0] in getattr(command, "commands", {}):
        command = command.commands[rest.pop(0)]
    if rest and not rest[0].startswith("-") and getattr(command, "commands", None):
        return [rest[0]]
    options = {option for parameter in command.params for option in (*parameter.opts, *parameter.secondary_opts)}
    shown = {word.partition("=")[0] for word in rest if word.startswith("--")}
    return sorted(shown - options - {"--help"})


SHOWN = [
    (name, words)
    for name, lines in [
        *((name, code_lines(read(name))) for name in NAMES),
        ("Makefile", [line.strip() for line in read("Makefile").splitlines()]),
    ]
    for words in commands(lines, "kg")
    if words
]


@pytest.mark.parametrize(("name", "words"), SHOWN, ids=[f"{name}: kg {' '.join(words)}" for name, words in SHOWN])
def test_kg_commands_exist(name: str, words: list[str]) -> None:
    assert unknown(words) == []


def test_examples_in_help_exist() -> None:
    group = command_line()
    epilogs = [group.epilog or "", *(command.epilog or "" for command in group.commands.values())]
    shown = commands([line.strip() for epilog in epilogs for line in epilog.splitlines()], "kg")
    assert len(shown) >= len(group.commands)
    assert [(words, unknown(words)) for words in shown if unknown(words)] == []


def test_every_subcommand_is_documented() -> None:
    shown = {words[0] for name, words in SHOWN if name.endswith(".md")}
    assert sorted(set(command_line().commands) - shown) == []


def every_command(command: Any, name: str = "kg") -> list[tuple[str, Any]]:
    below = [every_command(child, f"{name} {child.name}") for child in getattr(command, "commands", {}).values()]
    return [(name, command), *(pair for pairs in below for pair in pairs)]


def test_every_option_is_documented() -> None:
    said = "\n".join(read(name) for name in NAMES if name != "CHANGELOG.md")
    options = {
        (name, option)
        for name, command in every_command(command_line())
        for parameter in command.params
        for option in (*parameter.opts, *parameter.secondary_opts)
        if option.startswith("--")
    }
    assert len(options) > 60
    assert sorted(pair for pair in options if not re.search(re.escape(pair[1]) + r"(?![\w-])", said)) == []


def public(body: list[ast.stmt], inside: str) -> list[tuple[str, bool]]:
    """Name of each public function and class, and whether it has a docstring; overloads count once."""
    found: list[tuple[str, bool]] = []
    for node in body:
        if not isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef) or node.name.startswith("_"):
            continue
        if any(isinstance(one, ast.Name) and one.id == "overload" for one in node.decorator_list):
            continue
        name = f"{inside}.{node.name}"
        found.append((name, ast.get_docstring(node) is not None))
        if isinstance(node, ast.ClassDef):
            if any(isinstance(base, ast.Name) and base.id == "Protocol" for base in node.bases):
                continue  # says what it wants in one docstring
            found += public(node.body, name)
    return found


def test_every_public_function_is_documented() -> None:
    names = [
        pair
        for path in sorted((ROOT / "kg").rglob("*.py"))
        for pair in public(ast.parse(path.read_text(encoding="utf-8")).body, path.relative_to(ROOT).as_posix())
    ]
    assert len(names) > 400
    assert [name for name, documented in names if not documented] == []


def test_public_sees_what_is_missing() -> None:
    source = "def a():\n  'said'\ndef b(): ...\ndef _c(): ...\nclass D:\n  'said'\n  def e(self): ...\n"
    assert public(ast.parse(source).body, "m") == [("m.a", True), ("m.b", False), ("m.D", True), ("m.D.e", False)]


def test_scores_are_explained_with_the_figures_of_the_code() -> None:
    from kg.facts import OTHER_SHARE, SHARES
    from kg.model import Relation

    said = read("docs/scores.md")
    highest = {relation: max(share for (one, _), share in SHARES.items() if one == relation) for relation in Relation
               if any(one == relation for one, _ in SHARES)}  # fmt: skip
    assert f"到访（最高 {highest[Relation.VISITED]}）" in said
    assert f"活动地点（最高 {highest[Relation.TOOK_PLACE_AT]}）" in said
    assert f"没有量过的给 {OTHER_SHARE}" in said


@pytest.mark.parametrize(
    ("line", "found"),
    [
        pytest.param("kg build a --out b", [["build", "a", "--out", "b"]], id="plain"),
        pytest.param(".venv/bin/kg build a", [["build", "a"]], id="by path"),
        pytest.param("kg build a && kg view a  # look", [["build", "a"], ["view", "a"]], id="two, and a comment"),
        pytest.param("LANG=C kg build a | head", [["build", "a"]], id="variable before, pipe behind"),
        pytest.param("kg", [], id="the name alone"),
        pytest.param("kg/cli.py", [], id="a path"),
        pytest.param("the kg command isn't here", [], id="prose"),
        pytest.param("pip install kg now", [], id="an argument"),
        pytest.param("# kg build a", [], id="a comment"),
    ],
)
def test_commands(line: str, found: list[list[str]]) -> None:
    assert commands([line], "kg") == found
