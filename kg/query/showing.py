"""What objects look like in a notebook: small HTML without scripts, styles of its own only, every text escaped."""

from __future__ import annotations

import html
from collections import Counter
from dataclasses import dataclass

import numpy as np

from kg.messages import printable
from kg.model import Entity, Kind
from kg.query.columns import RELATIONS
from kg.query.index import Index

_KIND_NAMES = {
    Kind.PERSON: "人物",
    Kind.PLACE: "地点",
    Kind.ORG: "机构",
    Kind.ROLE: "职务",
    Kind.EVENT: "事件",
}
_RELATION_NAMES = {
    "HOLDS_ROLE": "任职",
    "PARTICIPATED_IN": "参与",
    "TOOK_PLACE_AT": "发生于",
    "VISITED": "到访",
    "PART_OF": "属于",
    "LOCATED_IN": "位于",
}
_MOST = 12


class Card:
    """One entity with what tells it from others; `entity` has its fields, and any question takes it by its id."""

    def __init__(self, index: Index, row: int) -> None:
        """`row` is that of the entity."""
        self._index = index
        self._row = row

    @property
    def entity(self) -> Entity:
        """The entity itself."""
        return self._index.entities[self._row]

    @property
    def id(self) -> str:
        """Its id."""
        return self.entity.id

    @property
    def name(self) -> str:
        """Its canonical name."""
        return self.entity.name

    def __repr__(self) -> str:
        return f"<{self.entity.kind.value} {printable(self.name)} {self._index.describe(self._row)}>"

    def _repr_html_(self) -> str:
        index, entity = self._index, self.entity
        columns = index.columns
        facts = np.flatnonzero((columns.subject == self._row) | (columns.object == self._row))
        relations = Counter(RELATIONS[number].value for number in columns.relation[facts].tolist())
        held = columns.object[index.posts_by_person[self._row]].tolist()
        region = index.region(entity)
        rows = [
            ("类别", _KIND_NAMES[entity.kind] + (f" · {entity.subtype}" if entity.subtype else "")),
            ("别名", "、".join(entity.aliases[:_MOST])),
            ("所在", region),
            ("职务", "、".join(dict.fromkeys(index.entities[post].name for post in held))),
            ("事实", "，".join(f"{_RELATION_NAMES[name]} {count}" for name, count in relations.items())),
            ("代码", entity.code or ""),
            ("id", entity.id),
        ]
        return _table(entity.name, rows)


@dataclass(frozen=True, slots=True)
class View:
    """The explorer in a frame; the last value of a cell shows it."""

    html: str
    name: str

    def __repr__(self) -> str:
        return f"<explorer at {printable(self.name)}, {len(self.html):,} characters of HTML>"

    def _repr_html_(self) -> str:
        return self.html


def graph_html(index: Index) -> str:
    """What a graph holds."""
    columns = index.columns
    kinds = Counter(entity.kind for entity in columns.entities)
    relations = Counter(columns.relation.tolist())
    issues = sorted(page.issue.date for page in columns.pages if page.issue.date)
    papers = Counter(page.issue.newspaper for page in columns.pages if page.issue.newspaper)
    rows = [
        ("注意", "" if columns.complete else "上一次建图没有做完；这里是已经读完的部分"),
        ("版面", f"{len(columns.pages):,}" + (f"（{issues[0]} — {issues[-1]}）" if issues else "")),
        ("报纸", "、".join(name for name, _ in papers.most_common(_MOST))),
        *((name, f"{kinds[kind]:,}") for kind, name in _KIND_NAMES.items()),
        ("事实", f"{len(columns):,}"),
        *(
            (_RELATION_NAMES[relation.value], f"{relations[number]:,}")
            for number, relation in enumerate(RELATIONS)
            if relations[number]
        ),
    ]
    return _table(str(index.folder), rows)


def _table(title: str, rows: list[tuple[str, str]]) -> str:
    cells = "".join(
        f'<tr><th style="text-align:left;font-weight:normal;opacity:.7">{_escape(name)}</th>'
        f'<td style="text-align:left">{_escape(value)}</td></tr>'
        for name, value in rows
        if value
    )
    caption = f'<caption style="text-align:left;font-weight:bold">{_escape(title)}</caption>'
    return f"<table>{caption}<tbody>{cells}</tbody></table>"


def _escape(text: str) -> str:
    return html.escape(printable(text), quote=True)
