#!/usr/bin/env python3
"""Run the commands that documents show with their output, and put in what they print now (`make outputs`).

Look at what changed before you commit it: it is what a newcomer will read.
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "tools"))

from documenting.outputs import blocks, rewritten  # noqa: E402 - found only by the line above


def main() -> int:
    """Rewrite the documents that show output.

    Returns:
        0.
    """
    for path in sorted((ROOT / "docs").rglob("*.md")):
        text = path.read_text(encoding="utf-8")
        if not blocks(text):
            continue
        with tempfile.TemporaryDirectory() as folder:
            new = rewritten(text, root=ROOT, folder=Path(folder))
        print(f"{path.relative_to(ROOT)}: {'changed' if new != text else 'as it was'}")
        path.write_text(new, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
