"""Writes the measured tables into docs/quality.md and README.md, and says what changed against an older measurement.

In: the data of `measuring.figures`. Out: Markdown between `<!-- name -->` and `<!-- /name -->`; what stands outside the
markers is written by hand and left alone.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from typing import Any

from kg.errors import InputError
from measuring.figures import EVEN, NO_TAGGER, ODD, PASSAGES, SEEDS, SWAPPED

Table = dict[str, Any]
_COLUMNS = (SEEDS, SWAPPED, ODD, EVEN, PASSAGES)
_CHANGE = 0.0005  # half of the last digit shown


def write_tables(document: str, table: Table) -> str:
    """The document with every generated table renewed.

    Raises:
        InputError: the document has no place for a table.
    """
    for name, lines in (
        ("scores", _scores(table)),
        ("precision", _precision(table)),
        ("noise", _noise(table)),
        ("calibration", _calibration(table)),
        ("calibration-by-relation", _by_relation(table)),
        ("tagger", _tagger(table)),
        ("causes", _causes(table)),
    ):
        document = _renewed(document, name, lines, where="docs/quality.md")
    return document


def write_summary(readme: str, table: Table) -> str:
    """README.md with its few figures renewed.

    Raises:
        InputError: it has no place for them.
    """
    rows = []
    for shown, name in (("人名 · people", "mention PERSON"), ("职务 · posts", "role"), ("到访 · visits", "visited"),
                        ("事件 · events", "event"), ("参加 · participants", "participant")):  # fmt: skip
        figures = [
            table["scores"][column][name][part] for column in (SEEDS, PASSAGES) for part in ("precision", "recall")
        ]
        rows.append((shown, *(f"{100 * figure:.0f}%" for figure in figures)))
    header = ("", "种子页：读出的有多少对", "该读的读出多少", "短文：读出的有多少对", "该读的读出多少")
    return _renewed(readme, "quality", _markdown(header, rows), where="README.md")


def _renewed(document: str, name: str, lines: Sequence[str], *, where: str) -> str:
    pattern = re.compile(rf"(<!-- {name} -->\n).*?(<!-- /{name} -->)", re.DOTALL)
    document, n_places = pattern.subn(lambda match: match[1] + "\n".join(lines) + "\n" + match[2], document)
    if n_places != 1:
        raise InputError(f"no place for the table {name!r}", where=where, hint=f"<!-- {name} -->")
    return document


def changes(old: Table, new: Table) -> list[str]:
    """Lines that say which F1 (and which noise row) changed, worst first; then how many figures came or went."""
    before, after = _flat(old), _flat(new)
    moved = sorted(
        (after[key] - before[key], key)
        for key in before.keys() & after.keys()
        if abs(after[key] - before[key]) >= _CHANGE
    )
    lines = [f"{change:+.3f}  {key}: {before[key]:.3f} → {after[key]:.3f}" for change, key in moved]
    for word, keys in (("new", after.keys() - before.keys()), ("gone", before.keys() - after.keys())):
        if keys:
            lines.append(f"{word}: {len(keys)} figures ({sorted(keys)[0]}, …)")
    return lines


def _flat(table: Table) -> dict[str, float]:
    flat = {
        f"{name} · {row}": float(figures["f1"])
        for name, rows in table.get("scores", {}).items()
        for row, figures in rows.items()
    }
    flat |= {f"noise {row['rate']:.0%} · mentions": float(row["f1"]) for row in table.get("noise", ())}
    return flat


def _markdown(header: Sequence[str], rows: Sequence[Sequence[str]]) -> list[str]:
    line = "| " + " | ".join(header) + " |"
    rule = "| --- |" + " --: |" * (len(header) - 1)
    return [line, rule, *("| " + " | ".join(row) + " |" for row in rows)]


def _figure(rows: Table, name: str, figure: str) -> str:
    value = rows.get(name, {}).get(figure)
    return "" if value is None else f"{value:.3f}"


def _scores(table: Table) -> list[str]:
    scores = table["scores"]
    rows = []
    for name in scores[SEEDS]:
        lowest = _figure(scores[SWAPPED], name, "f1_lowest")
        cells = [_figure(scores[column], name, "f1") for column in _COLUMNS]
        cells[1] += f" ({lowest})"
        rows.append((name, *cells))
    header = ("F1 or accuracy", "seeds", "seeds, other names", "passages, odd", "passages, even", "all passages")
    return _markdown(header, rows)


def _precision(table: Table) -> list[str]:
    scores = table["scores"]
    rows = []
    for name, figures in scores[SEEDS].items():
        if "precision" in figures:
            cells = [_figure(scores[c], name, f) for c in (SEEDS, ODD, EVEN) for f in ("precision", "recall")]
            rows.append((name, *cells))
    return _markdown(("", "seeds P", "R", "passages, odd P", "R", "passages, even P", "R"), rows)


def _noise(table: Table) -> list[str]:
    clean = table["noise"][0]["f1"]
    rows = []
    for row in table["noise"]:
        kinds = [f"{row[kind]:.3f}" for kind in ("PERSON", "PLACE", "ORG")]
        lost = f"{100 * (row['f1'] - clean):+.1f}" if row["rate"] else ""
        cells = (f"{row['precision']:.3f}", f"{row['recall']:.3f}", f"{row['f1']:.3f}", *kinds, lost)
        rows.append((f"{row['rate']:.0%}", *cells, str(len(row["failed"]))))
    header = ("damaged", "P", "R", "F1", "people", "places", "organisations", "points lost", "readings failed")
    return _markdown(header, rows)


def _share(right: int, n: int) -> str:
    return f"{right / n:.3f}" if n else ""


def _calibration(table: Table) -> list[str]:
    rows = []
    for name in (SEEDS, PASSAGES):
        part = table["calibration"][name]
        for each in part["bins"]:
            label = f"{name}, {each['low']:.2f}–{each['high']:.2f}"
            shares = (_share(each["right"], each["n"]), _share(each["quite_right"], each["n"]))
            rows.append((label, str(each["n"]), *shares))
        for label, key in (("≥ 0.90", "high"), ("all", "all")):
            each = part[key]
            shares = (_share(each["right"], each["judged"]), _share(each["quite_right"], each["judged"]))
            rows.append((f"**{name}, {label}**", str(each["judged"]), *shares))
    return _markdown(("score", "facts judged", "share right", "and body and day right"), rows)


def _by_relation(table: Table) -> list[str]:
    rows = []
    for name in (SEEDS, PASSAGES):
        for relation, each in table["calibration"][name]["by_relation"].items():
            shares = (_share(each["right"], each["n"]), str(each["n_high"]), _share(each["right_high"], each["n_high"]))
            rows.append((f"{name}, `{relation}`", str(each["n"]), *shares))
    return _markdown(("", "facts judged", "share right", "scored ≥ 0.9", "share right of them"), rows)


def _tagger(table: Table) -> list[str]:
    scores = table["scores"]
    rows = [("share of the text tagged", *(f"{table['tagged'][name]:.0%}" for name in (SEEDS, PASSAGES)), "0%", "0%")]
    columns = (SEEDS, PASSAGES, SEEDS + NO_TAGGER, PASSAGES + NO_TAGGER)
    for name in ("mention PERSON", "mention PLACE", "mention ORG", "mention all", "role", "visited", "event"):
        rows.append((name, *(_figure(scores[column], name, "f1") for column in columns)))
    return _markdown(("", "seeds", "passages", "seeds without tagger", "passages without tagger"), rows)


def _causes(table: Table) -> list[str]:
    """By what went wrong (most errors first), then by cause."""
    counts = {name: {(e["what"], e["cause"]): e["n"] for e in table["causes"][name]} for name in (SEEDS, PASSAGES)}
    keys = {key for each in counts.values() for key in each}
    n_by_what = Counter[str]()
    for each in counts.values():
        for (what, _cause), n in each.items():
            n_by_what[what] += n
    n_by_key = {key: sum(each.get(key, 0) for each in counts.values()) for key in keys}
    ordered = sorted(keys, key=lambda key: (-n_by_what[key[0]], key[0], -n_by_key[key], key[1]))
    rows = [(f"{key[0]}: {key[1]}", *(str(counts[name].get(key, 0)) for name in counts)) for key in ordered]
    return _markdown(("", "seeds", "passages"), rows)
