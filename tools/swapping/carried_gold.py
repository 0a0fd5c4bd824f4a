"""Takes a gold file along when its page gets other names or other offsets.

In: a gold file as read from JSON and a rewritten page. Out: the gold of the rewritten page.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from kg.evaluate.gold import GoldEntity, GoldPage
from kg.evaluate.scoresheet import project
from kg.gazetteers import Division
from swapping.replacement import Rewritten

Row = dict[str, Any]
# Which strings of a gold file quote a stretch of the page; every other one is a name, a word of the guide or a date.
_QUOTED = frozenset({"starts", "evidence", "context"})
_UNTOUCHED = frozenset({"doc", "date", "type", "subtype", "part", "article", "is", "event"})


def gold_row_page(row: Row) -> GoldPage:
    """A gold file's entities as `kg.evaluate` projects them; nothing else of it."""
    return GoldPage(
        doc=row["doc"],
        articles=(),
        entities=tuple(
            GoldEntity(entity["id"], entity["type"], tuple(entity["surfaces"]), entity.get("code"))
            for entity in row["entities"]
        ),
        exceptions=tuple(
            (each["surface"], each["context"])
            for each in row.get("projection_exceptions", ())
            if not each.get("is_entity")
        ),
        roles=(),
        visits=(),
        events=(),
        part_of=(),
        located_in=(),
        optional_spans=frozenset((start, end) for start, end in row.get("optional_spans", ())),
    )


def carry_gold(gold: Row, rewritten: Rewritten, codes: Mapping[str, Division]) -> Row:
    """The gold of a page under its new names.

    Args:
        gold: the old page's gold.
        rewritten: the page under its new names.
        codes: the new division by old code.
    """
    spans, _optional = project(gold_row_page(gold), rewritten.source)
    surfaces: dict[str, dict[str, None]] = {}
    for (start, end), (entity, _kind) in sorted(spans.items()):
        first, last = rewritten.span(start, end)
        surfaces.setdefault(entity, {})[rewritten.text[first:last]] = None
    carried: Row = {key: _carry(value, key, rewritten) for key, value in gold.items()}
    for old, new in zip(gold["entities"], carried["entities"], strict=True):
        # What stands on the page, should a surface have become something else there than it would by itself.
        new["surfaces"] = list(dict.fromkeys((*new["surfaces"], *surfaces.get(old["id"], ()))))
        if old.get("code"):
            new["code"] = codes[old["code"]].code
    carried["optional_spans"] = [list(rewritten.span(*span)) for span in gold.get("optional_spans", ())]
    return carried


def _carry(value: Any, key: str, rewritten: Rewritten) -> Any:
    match value:
        case dict():
            return {inner: _carry(each, inner, rewritten) for inner, each in value.items()}
        case list():
            return [_carry(each, key, rewritten) for each in value]
        case str() if key in _UNTOUCHED:
            return value
        case str() if key in _QUOTED:
            return rewritten.carry(value)
        case str():
            return rewritten.apply(value)
        case _:
            return value
