"""How good the graph is, measured anew (`make quality`): docs/quality.md, a summary in README.md, tests/quality.json.

In: the seed pages, the same under other names (`swap_names.py`), the same damaged (`ocr_noise.py`), the passages, and
their gold. Out: these files renewed, and on the terminal what changed since the committed figures.

    python tools/quality.py                         measure, write, say what changed
    python tools/quality.py --elsewhere DIR         also score DIR (pages, DIR/gold); printed, never written
    python tools/quality.py --errors FILE           errors of the seeds and the odd passages, tab-separated; the even
                                                    passages are left out
"""

from __future__ import annotations

import argparse
import json
import re
import sys
from pathlib import Path
from typing import Any

from measuring.document import changes, write_summary, write_tables
from measuring.figures import measure, read, read_set

from kg.errors import InputError
from kg.evaluate import evaluate, format_table
from kg.extraction import Extractor

ROOT = Path(__file__).resolve().parent.parent
FIGURES = ROOT / "tests" / "quality.json"
DOCUMENT = ROOT / "docs" / "quality.md"
README = ROOT / "README.md"


def main(arguments: list[str]) -> int:
    """Run the command line; 0, or 2 with one line on standard error."""
    parser = argparse.ArgumentParser(description="Measure extraction on everything that has gold.")
    parser.add_argument("--elsewhere", type=Path, help="a folder of pages with gold/ in it: printed, never written")
    parser.add_argument("--errors", type=Path, help="file for the errors of seeds and odd passages")
    parser.add_argument("--dry-run", action="store_true", help="write neither the figures nor the document")
    options = parser.parse_args(arguments)
    try:
        _run(options.elsewhere, options.errors, write=not options.dry_run)
    except (InputError, OSError) as error:
        print(error, file=sys.stderr)
        return 2
    return 0


def _run(elsewhere: Path | None, errors_path: Path | None, *, write: bool) -> None:
    table, errors = measure(ROOT, say=lambda stage: print(f"… {stage}", file=sys.stderr))
    old: dict[str, Any] = json.loads(FIGURES.read_text("utf-8")) if FIGURES.is_file() else {}
    document = write_tables(DOCUMENT.read_text("utf-8"), table)
    readme = write_summary(README.read_text("utf-8"), table)
    if write:
        DOCUMENT.write_text(document, "utf-8")
        README.write_text(readme, "utf-8")
        FIGURES.write_text(_as_json(table), "utf-8")
    if errors_path:
        told = ("\t".join((name, *error)) for name, rows in errors.items() for error in rows)
        errors_path.write_text("\n".join(told) + "\n", "utf-8")
    _print_scores(table)
    lines = changes(old, table)
    print("\nsince the committed figures:" if lines else "\nnothing changed since the committed figures")
    print("\n".join(lines))
    if elsewhere:
        annotated = read_set(elsewhere, elsewhere / "gold")
        print(f"\n{elsewhere}")
        print(format_table(evaluate(read(annotated, Extractor()), annotated.gold)))


def _as_json(table: dict[str, Any]) -> str:
    """JSON with one row of figures a line, so that a change of a figure is a change of a line."""
    spread = json.dumps(table, ensure_ascii=False, indent=1) + "\n"
    return re.sub(r"\{[^{}]+\}", lambda match: " ".join(match.group().split()), spread)


def _print_scores(table: dict[str, Any]) -> None:
    names = list(table["scores"])
    print(f"{'F1':28}" + "".join(f"{name[:14]:>15}" for name in names))
    for row in table["scores"][names[0]]:
        print(f"{row:28}" + "".join(f"{table['scores'][name][row]['f1']:15.3f}" for name in names))
    print("noise: " + "  ".join(f"{row['rate']:.0%} {row['f1']:.3f}" for row in table["noise"]))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
