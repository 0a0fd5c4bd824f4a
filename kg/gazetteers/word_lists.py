"""Checking the lists of words: `ontology.yaml`, `suffixes.yaml`, plain lists, and that a file names its source.

In: a file. Out: problems with lines. The YAML is read as nodes, because only they know their lines. What the keys mean
stands at the head of each file; `kg.ontology` and `kg.suffixes` read them.
"""

from __future__ import annotations

import re
from collections.abc import Generator, Iterator
from pathlib import Path

import yaml

from kg.gazetteers.problems import Problem
from kg.model import ORG_SUBTYPES, PLACE_SUBTYPES, Kind

_LISTS = (
    "qualifiers",
    "deputies",
    "people",
    "not_posts",
    "collective",
    "bureaux",
    "bureau_suffixes",
    "units",
    "generic",
)
_FORMS = ("full_bureaux", "full_bodies")
_SUFFIX_FLAGS = ("weak", "site_or_body", "body_or_site")
_SUBTYPES = {Kind.PLACE.value: PLACE_SUBTYPES, Kind.ORG.value: ORG_SUBTYPES}
_SOURCE = re.compile(r"source|来源|出处", re.IGNORECASE)
_YES_NO = ("true", "false")


def check_ontology(path: Path) -> Iterator[Problem]:
    """Problems of the list of posts and organs; none if there is no such file."""
    root = yield from _read(path)
    if root is None:
        return
    if not isinstance(root, yaml.MappingNode):
        yield _at(path, root, "expected keys with lists of words")
        return
    seen: set[str] = set()
    for key, value in root.value:
        name = str(key.value)
        if name in seen:
            yield _at(path, key, f"{name} stands here twice")
        seen.add(name)
        if name in _LISTS:
            yield from _words(path, value, {})
        elif name == "organs":
            for _track, words in _tracks(value):
                yield from _words(path, words, {})
            if not isinstance(value, yaml.MappingNode):
                yield _at(path, value, "expected tracks with lists of words")
        elif name in _FORMS:
            yield from _forms(path, value)
        elif name == "heads":
            yield from _heads(path, value)
        else:
            yield _at(path, key, f"unknown key {name}")
    for name in sorted({*_LISTS, "heads", "organs"} - seen):
        yield Problem(path.name, 0, f"{name} is missing")
    yield from names_its_source(path, path.parent)


def _forms(path: Path, value: yaml.Node) -> Iterator[Problem]:
    if not isinstance(value, yaml.MappingNode):
        yield _at(path, value, "expected short forms with full ones")
        return
    seen: set[str] = set()
    for short, _full in value.value:
        if short.value in seen:
            yield _at(path, short, f"{short.value} stands here twice")
        seen.add(short.value)


def check_suffixes(path: Path) -> Iterator[Problem]:
    """Problems of the list of last words of names; none if there is no such file."""
    root = yield from _read(path)
    if root is None:
        return
    if not isinstance(root, yaml.SequenceNode):
        yield _at(path, root, "expected a list of rows")
        return
    first: dict[str, int] = {}
    for row in root.value:
        if not isinstance(row, yaml.MappingNode):
            yield _at(path, row, "expected keys with values")
            continue
        cells = {str(key.value): value for key, value in row.value}
        for key, value in row.value:
            if key.value not in ("kind", "subtype", "words", *_SUFFIX_FLAGS):
                yield _at(path, key, f"unknown key {key.value}")
            elif key.value in _SUFFIX_FLAGS and value.value not in _YES_NO:
                yield _at(path, value, f"{key.value} must be true or false")
        kind, subtype = (str(getattr(cells.get(name), "value", "")) for name in ("kind", "subtype"))
        if kind not in _SUBTYPES:
            yield _at(path, row, f"kind {kind!r}; PLACE or ORG")
        elif subtype not in _SUBTYPES[kind]:
            yield _at(path, row, f"subtype {subtype!r}; one of {' '.join(_SUBTYPES[kind])}")
        if "words" not in cells:
            yield _at(path, row, "words is missing")
        else:
            yield from _words(path, cells["words"], first)
    yield from names_its_source(path, path.parent)


def check_plain_words(path: Path) -> Iterator[Problem]:
    """Problems of a list with a word a line; none if there is no such file."""
    if not path.exists():
        return
    try:
        lines = path.read_text(encoding="utf-8-sig").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        yield Problem(path.name, 0, f"cannot read this list; {error}")
        return
    first: dict[str, int] = {}
    for number, line in enumerate(lines, start=1):
        if not line or line.startswith("#"):
            continue
        if line != line.strip() or " " in line:
            yield Problem(path.name, number, f"{line.strip()}: one word a line, no blanks")
        if first.setdefault(line, number) != number:
            yield Problem(path.name, number, f"{line} stands in line {first[line]} too")
    yield from names_its_source(path, path.parent)


def names_its_source(path: Path, folder: Path) -> Iterator[Problem]:
    """One problem where no comment of the file says where its rows come from; none if there is no such file."""
    if not path.exists():
        return
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError):
        return  # said by whoever reads the rows
    if not any(_SOURCE.search(line) for line in text.splitlines() if line.startswith("#")):
        yield Problem(
            path.relative_to(folder).as_posix(), 0, "no source; name it in a comment at the head (# Source: …)"
        )


def _heads(path: Path, node: yaml.Node) -> Iterator[Problem]:
    if not isinstance(node, yaml.MappingNode):
        yield _at(path, node, "expected tracks with lists of words")
        return
    for _track, groups in _tracks(node):
        if not isinstance(groups, yaml.SequenceNode):
            yield _at(path, groups, "expected a list of rows")
            continue
        first: dict[str, int] = {}
        for group in groups.value:
            cells = {str(key.value): value for key, value in group.value} if isinstance(group, yaml.MappingNode) else {}
            for name in sorted(set(cells) - {"rank", "words"}):
                yield _at(path, cells[name], f"unknown key {name}")
            if not str(getattr(cells.get("rank"), "value", "")).isdecimal():
                yield _at(path, group, "rank must be a number")
            if "words" not in cells:
                yield _at(path, group, "words is missing")
            else:
                yield from _words(path, cells["words"], first)


def _tracks(node: yaml.Node) -> list[tuple[str, yaml.Node]]:
    return [(str(key.value), value) for key, value in node.value] if isinstance(node, yaml.MappingNode) else []


def _words(path: Path, node: yaml.Node, first: dict[str, int]) -> Iterator[Problem]:
    """Problems of one list; `first` has the lines of the words seen before it and gets those of this one."""
    if not isinstance(node, yaml.SequenceNode):
        yield _at(path, node, "expected a list of words")
        return
    for word in node.value:
        text = str(word.value)
        line = word.start_mark.line + 1
        if not isinstance(word, yaml.ScalarNode) or not text.strip():
            yield _at(path, word, "expected a word")
        elif re.search(r"\s", text):
            yield Problem(path.name, line, f"{text}: a word with a blank; is a comma missing?")
        elif first.get(text) == line:
            yield Problem(path.name, line, f"{text} stands here twice")
        elif text in first:
            yield Problem(path.name, line, f"{text} stands in line {first[text]} too; that row counts")
        else:
            first[text] = line


def _read(path: Path) -> Generator[Problem, None, yaml.Node | None]:
    """The root of a YAML file, None if there is no file or a problem was given instead."""
    if not path.exists():
        return None
    try:
        root: yaml.Node | None = yaml.compose(path.read_text(encoding="utf-8-sig"), Loader=yaml.SafeLoader)
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 0
        yield Problem(path.name, line, f"no valid YAML; {error.problem or error.context or ''}")
    except (OSError, UnicodeDecodeError, yaml.YAMLError, RecursionError) as error:
        yield Problem(path.name, 0, f"cannot read this list; {error}")
    else:
        if root is None:
            yield Problem(path.name, 0, "the file is empty")
        return root
    return None


def _at(path: Path, node: yaml.Node, message: str) -> Problem:
    return Problem(path.name, node.start_mark.line + 1, message)
