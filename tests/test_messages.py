"""Everything that is said has Chinese, says the same in it, and no name can steer the terminal."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

import kg
from kg.errors import InputError
from kg.messages import Messages, choose_language, printable, translate_error
from kg.messages import help as texts
from kg.messages.chinese import ERRORS, SENTENCES

SOURCES = sorted(Path(kg.__file__).parent.rglob("*.py"))


def template(node: ast.expr) -> list[str]:
    """What a message is made from, `{}` for what varies; a choice gives both, anything else none."""
    match node:
        case ast.Constant(value=str() as text):
            return [text]
        case ast.JoinedStr(values=values):
            return ["".join(str(v.value) if isinstance(v, ast.Constant) else "{}" for v in values)]
        case ast.IfExp(body=body, orelse=other):
            return template(body) + template(other)
    return []


def calls(names: set[str]) -> list[tuple[str, ast.Call]]:
    found = []
    for path in SOURCES:
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Call):
                name = node.func.id if isinstance(node.func, ast.Name) else getattr(node.func, "attr", "")
                if name in names:
                    found.append((f"{path.name}:{node.lineno}", node))
    return found


def test_every_error_has_chinese() -> None:
    missing = set()
    for where, call in calls({"InputError", "malformed"}):
        said = call.args[:1] + [keyword.value for keyword in call.keywords if keyword.arg in ("what", "hint")]
        missing |= {(where, text) for node in said for text in template(node) if text not in ERRORS and text != "{}"}
    assert sorted(missing) == []


def test_every_hint_put_together_beforehand_has_chinese() -> None:
    hints = [
        (f"{path.name}:{node.lineno}", text)
        for path in SOURCES
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.Assign) and any(isinstance(at, ast.Name) and at.id == "hint" for at in node.targets)
        for text in template(node.value)
    ]
    assert len(hints) > 8
    assert [(where, text) for where, text in hints if text not in ERRORS] == []


def test_every_sentence_has_chinese() -> None:
    missing = set()
    for where, call in calls({"say", "note", "line"}):
        if where.startswith(("app.py", "screen.py", "language.py")) and call.args:
            missing |= {(where, text) for text in template(call.args[0]) if text not in SENTENCES}
    assert sorted(missing) == []


def test_every_help_text_has_chinese() -> None:
    english = {name: text for name, text in vars(texts).items() if name.isupper() and isinstance(text, str)}
    assert sorted(name for name, text in english.items() if text not in SENTENCES) == []


@pytest.mark.parametrize(("english", "chinese"), [*SENTENCES.items()], ids=range(len(SENTENCES)))
def test_sentences_have_the_same_blanks(english: str, chinese: str) -> None:
    assert sorted(re.findall(r"{\w*}", chinese)) == sorted(re.findall(r"{\w*}", english))
    commands = re.compile(r"^  kg .*?(?=  \s|$)", re.MULTILINE)
    assert [line.strip() for line in commands.findall(english)] == [line.strip() for line in commands.findall(chinese)]


@pytest.mark.parametrize(("english", "chinese"), [*ERRORS.items()], ids=range(len(ERRORS)))
def test_errors_have_the_same_blanks(english: str, chinese: str) -> None:
    n = english.count("{}")
    assert sorted(re.findall(r"{(\d)}", chinese)) == [str(at) for at in range(n)]
    filled = english.format(*(f"值{at}" for at in range(n)))
    assert translate_error(filled) == chinese.format(*(f"值{at}" for at in range(n)))


@pytest.mark.parametrize(
    ("error", "chinese"),
    [
        (InputError("no such file or folder", where="a.txt"), "a.txt: 没有这个文件或文件夹"),
        (InputError("the file is empty", where="空.txt", hint="never heard"), "空.txt: 文件是空的 — never heard"),
        (InputError("cannot be read: Permission denied", where="a"), "a: 读不了：没有权限"),
        (InputError("{x} is no date", where="a:2"), "a:2: {x} 不是日期"),
        (InputError("not a Cypher query: MATCH has no variable b"), "不是 Cypher 查询：MATCH 里没有变量 b"),
        (
            InputError("not a Cypher query: the pattern cannot be read at its end"),
            "不是 Cypher 查询：模式在 末尾 处写错了",
        ),
        (InputError("grand-cypher failed: cannot be read: Permission denied"), "grand-cypher 出错：读不了：没有权限"),
        (InputError("no fact has the id 'not JSON'"), "没有 id 为 'not JSON' 的事实"),
        (
            InputError("no format 'xls'", hint="did you mean xlsx? known formats: csv, xlsx"),
            "没有 'xls' 这种格式 — 是不是要找 xlsx？可用的格式：csv, xlsx",
        ),
        (InputError("something new"), "something new"),
    ],
)
def test_errors_are_put_into_chinese(error: InputError, chinese: str) -> None:
    assert Messages("zh").error(error) == chinese
    assert Messages("en").error(error) == error.line()


@pytest.mark.parametrize(
    ("asked", "environment", "language"),
    [
        (None, {}, "en"),
        (None, {"LANG": "zh_CN.UTF-8"}, "zh"),
        (None, {"LANG": "zh_CN.UTF-8", "LC_ALL": "C"}, "en"),
        (None, {"LANG": "en_GB.UTF-8", "LANGUAGE": "zh"}, "zh"),
        (None, {"LANG": "", "LC_MESSAGES": "ZH_tw"}, "zh"),
        ("zh", {"LANG": "en_GB.UTF-8"}, "zh"),
        ("en", {"LC_ALL": "zh_CN.UTF-8"}, "en"),
    ],
)
def test_choosing_a_language(asked: str | None, environment: dict[str, str], language: str) -> None:
    assert choose_language(asked, environment) == language


def test_a_language_there_is_none_of_is_told() -> None:
    with pytest.raises(InputError, match="no language 'fr'"):
        choose_language("fr", {})


@pytest.mark.parametrize("text", ["\x1b]0;x\x07", "\x9b31m", "a\rb", "\u202egpj.exe", "\u2028", "\ud800"])
def test_names_cannot_steer_the_terminal(text: str) -> None:
    assert not set(printable(text)) & set("\x1b\x07\x9b\r\u202e\u2028\ud800")
    assert Messages("en")("{n}", n=text) == printable(text)
    said = Messages("zh").error(InputError("x", where=f"{text}.txt"))
    assert said == printable(said)
    assert "\n" not in said


@pytest.mark.parametrize("text", ["今日柯城", "买买提·艾力", "𠮷", "a b", "“{}”"])
def test_names_stay_as_they_are(text: str) -> None:
    assert printable(text) == text
    assert Messages("en")("{n}", n=text) == text
