"""How `kg gazetteer` shows regions and names."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict

from rich import box
from rich.table import Table
from rich.text import Text
from rich.tree import Tree

from kg.cli.screen import Screen
from kg.gazetteers import Branch, Divisions, Meaning, path_names
from kg.messages import printable


def show_tree(screen: Screen, divisions: Divisions, branch: Branch) -> None:
    """A region and what lies in it, with codes; known places behind a dot."""
    above = path_names(divisions, branch.division.code)[:-1]
    tree = Tree(_label(branch, "".join(above)), guide_style="dim")
    _grow(tree, branch)
    screen.out.print(tree)


def show_meanings(screen: Screen, meanings: Sequence[Meaning]) -> None:
    """A table: code, level, path, and what list has it."""
    say = screen.say
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False)
    table.add_column(say("code"), no_wrap=True)
    table.add_column(say("level"), no_wrap=True)
    table.add_column(say("path"), overflow="fold", ratio=1)
    table.add_column(say("list"), overflow="fold")
    for each in meanings:
        last = each.path[-1] if each.path else each.name
        path = "›".join(each.path) if last == each.name or not each.path else f"{each.name} → {'›'.join(each.path)}"
        if each.source in ("divisions", "historic", "places"):
            source = Text(say(each.source), style="dim")
        else:
            source = Text(printable(each.source), style="bold")
        years = f" {each.note}" if each.level == "historic" else ""
        table.add_row(each.code or "", say(each.level), Text(printable(path or each.name) + years), source)
    screen.out.print(table)


def meaning_rows(meanings: Sequence[Meaning]) -> list[dict[str, object]]:
    """The meanings as plain JSON values, keys in a fixed order."""
    return [asdict(each) for each in meanings]


def _grow(tree: Tree, branch: Branch) -> None:
    for row in branch.places:
        label = Text.assemble("· ", printable(row.name), (f" {row.subtype}", "dim"))
        if row.aliases:
            label.append(f" ({printable('、'.join(row.aliases))})", style="dim")
        tree.add(label)
    for each in branch.below:
        _grow(tree.add(_label(each, "")), each)


def _label(branch: Branch, above: str) -> Text:
    return Text.assemble((above, "dim"), (branch.division.name, "bold" if branch.below else ""),
                         (f" {branch.division.code}", "dim"))  # fmt: skip
