"""What `kg stats` gives to other programs: pages, facts and visits by newspaper and period."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Sequence
from dataclasses import asdict

from kg.pipeline import Coverage

FORMATS = ("table", "json", "csv")
PERIODS = ("month", "year")
_FIELDS = ("newspaper", "period", "n_pages", "n_facts", "n_visits", "n_silent")
# A table programme runs what begins so; the apostrophe before makes it text.
_FORMULA = re.compile(r"^[=+\-@\t\r]")


def coverage_text(coverage: Sequence[Coverage], format: str) -> str:
    """The rows as JSON (a list of objects) or CSV, ending in a newline; unknown is null, or an empty cell."""
    rows = [asdict(row) for row in coverage]
    if format == "json":
        return json.dumps(rows, ensure_ascii=False, indent=1) + "\n"
    written = io.StringIO()
    writer = csv.writer(written, lineterminator="\n")
    writer.writerow(_FIELDS)
    for row in rows:
        cells = ("" if row[name] is None else str(row[name]) for name in _FIELDS)
        writer.writerow([_FORMULA.sub(lambda match: "'" + match[0], cell) for cell in cells])
    return written.getvalue()
