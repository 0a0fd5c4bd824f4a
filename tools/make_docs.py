#!/usr/bin/env python3
"""Build the documentation as a site that needs no network: `python tools/make_docs.py --to site` (`make docs`).

The Markdown of the repository is copied as it lies there, the reference is made from `--help` and from docstrings, and
Sphinx builds pages from both. A warning of Sphinx is an error: a link into nothing, a page that no index names.
"""

from __future__ import annotations

import argparse
import shutil
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))
sys.path.insert(0, str(ROOT / "tools"))


def main(argv: list[str] | None = None) -> int:
    """Make the site.

    Returns:
        0; 1 if Sphinx found something wrong, 2 if it is not installed.
    """
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--to", type=Path, default=ROOT / "site", metavar="FOLDER", help="where the pages go")
    parser.add_argument("--sources", type=Path, default=ROOT / "build" / "docs", metavar="FOLDER", help="scratch")
    asked = parser.parse_args(argv)
    to, sources = asked.to.resolve(), asked.sources.resolve()
    try:
        from documenting.assembling import assemble
        from sphinx.cmd.build import build_main
    except ImportError as error:
        print(f"✗ {error.name} is not installed: pip install 'county-kg[docs]'", file=sys.stderr)
        return 2
    shutil.rmtree(sources, ignore_errors=True)
    assemble(ROOT, sources)
    shutil.rmtree(to, ignore_errors=True)
    settings = str(ROOT / "tools" / "documenting" / "sphinx")
    arguments = ["--quiet", "--fail-on-warning", "--keep-going", "--fresh-env", "--conf-dir", settings]
    trees = str(sources.with_name(sources.name + "-trees"))
    if build_main([*arguments, "--doctree-dir", trees, str(sources), str(to)]):
        return 1
    print(f"{sum(1 for _ in to.rglob('*.html'))} pages: {to / 'index.html'}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
