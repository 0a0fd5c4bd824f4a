"""The reference of the command line, from the texts that `kg … --help` shows, in both languages."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import typer

from kg.cli.app import make_app
from kg.cli.language import translate_help
from kg.messages import LANGUAGES, Language, Messages

_HEAD = """# 命令 · Commands

由 `kg --help` 和各命令的 `--help` 生成。 *Made from the help texts of the program.*
"""
_WIDE = 10_000  # columns: lines are broken by whoever shows them


def write_commands(folder: Path) -> Path:
    """Write `commands.md` into a folder, which is made where missing.

    Returns:
        The file.
    """
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / "commands.md"
    path.write_text(commands_page(), encoding="utf-8")
    return path


def commands_page() -> str:
    """All commands in the order of `kg --help`, each with its text, arguments, options and examples."""
    spoken = {language: dict(_walk(_command_line(language))) for language in LANGUAGES}
    parts = [_HEAD]
    for name, command in spoken["zh"].items():
        parts.append(_command(name, command, spoken["en"][name]))
    return "\n".join(parts)


def _command_line(language: Language) -> Any:
    say = Messages(language)
    command = typer.main.get_command(make_app(say))
    translate_help(command, say, width=_WIDE)
    return command


def _walk(command: Any, name: str = "kg") -> Iterator[tuple[str, Any]]:
    yield name, command
    for child in getattr(command, "commands", {}).values():
        yield from _walk(child, f"{name} {child.name}")


def _command(name: str, chinese: Any, english: Any) -> str:
    arguments = [_metavar(param) for param in chinese.params if param.param_type_name == "argument"]
    usage = " ".join([name, "[OPTIONS]", *arguments, *(["COMMAND …"] if hasattr(chinese, "commands") else [])])
    rows = [
        f"| {_shown(one)} | {_cell(one.help)}<br>{_cell(other.help)} |"
        for one, other in zip(chinese.params, english.params, strict=True)
        if not getattr(one, "hidden", False)
    ]
    parts = [f"## {name}", "", "```text", usage, "```", "", _prose(chinese.help), "", _italic(english.help), ""]
    if rows:
        parts += ["| 参数 · parameter | 意思 · meaning |", "| --- | --- |", *rows, ""]
    for spoken in (chinese, english):
        if spoken.epilog:
            parts += ["```text", re.sub(r"\[/?\w+\]", "", spoken.epilog).strip("\n"), "```", ""]
    return "\n".join(parts)


def _metavar(param: Any) -> str:
    name = str(param.metavar or param.human_readable_name).upper()
    name += "..." if param.nargs == -1 else ""
    return name if param.required else f"[{name}]"


def _shown(param: Any) -> str:
    if param.param_type_name == "argument":
        return f"`{_metavar(param)}`"
    names = ", ".join(f"`{name}`" for name in (*param.opts, *param.secondary_opts))
    if param.is_flag:
        return names
    taken = str(param.metavar or param.type.name.upper()).replace("|", "\\|")
    default = "必填 · required" if param.required else _default(param.default)
    return f"{names} {taken}{f'<br>{default}' if default else ''}"


def _default(value: Any) -> str:
    if value in (None, (), [], "") or callable(value) or not isinstance(value, (str, int, float)):
        return ""
    return f"默认 · default `{getattr(value, 'value', value)}`"


def _cell(text: str | None) -> str:
    return " ".join(_prose(text or "").split()).replace("|", "\\|")


def _prose(text: str | None) -> str:
    return re.sub(r"([<*\[_])", r"\\\1", re.sub(r"\[/?\w+\]", "", text or ""))


def _italic(text: str | None) -> str:
    return "\n\n".join(f"*{' '.join(part.split())}*" for part in _prose(text).split("\n\n") if part.strip())
