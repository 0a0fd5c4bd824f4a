#!/usr/bin/env python3
"""Whether version, changelog and tags say the same: `python tools/release.py`. Exit code 1 and a line for each that does not."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


def problems(root: Path) -> list[str]:
    """What does not fit, one line each; nothing where all is well or where there is no git.

    The changelog's first section must be that of the version; a tag `v1.2.3` must be of a commit that has this version and
    a section of it; and no tag that leads here may be of a later version than the one in the tree.
    """
    version = version_in((root / "kg" / "__init__.py").read_text(encoding="utf-8"))
    heading = first_section((root / "CHANGELOG.md").read_text(encoding="utf-8"))
    found = []
    if heading not in (version, f"Unreleased ({version})"):
        found.append(f"CHANGELOG.md begins with {heading!r}, kg/__init__.py says {version}")
    for tag in _git(root, "tag", "--merged", "HEAD", "--list", "v*").split():
        tagged = version_in(_git(root, "show", f"{tag}:kg/__init__.py"))
        if f"v{tagged}" != tag:
            found.append(f"tag {tag} is of a commit that says {tagged}")
        if first_section(_git(root, "show", f"{tag}:CHANGELOG.md")) != tagged:
            found.append(f"tag {tag}: CHANGELOG.md does not begin with {tagged}")
        if _order(tagged) > _order(version):
            found.append(f"tag {tag} is later than {version}")
    return found


def version_in(text: str) -> str:
    """The version that a `kg/__init__.py` names, or an empty string.

    >>> version_in('__version__ = "0.1.0"')
    '0.1.0'
    """
    found = re.search(r'^__version__ = "(\d+\.\d+\.\d+)"$', text, flags=re.MULTILINE)
    return found[1] if found else ""


def first_section(text: str) -> str:
    """The title of the first section of a changelog.

    >>> first_section("# Changelog\\n\\n## Unreleased (0.2.0)\\n\\n- a\\n\\n## 0.1.0\\n")
    'Unreleased (0.2.0)'
    """
    found = re.search(r"^## (.+?) *$", text, flags=re.MULTILINE)
    return found[1] if found else ""


def _order(version: str) -> tuple[int, ...]:
    return tuple(int(part) for part in version.split(".") if part)


def _git(root: Path, *arguments: str) -> str:
    ended = subprocess.run(["git", "-C", str(root), *arguments], capture_output=True, text=True, encoding="utf-8")
    return ended.stdout if ended.returncode == 0 else ""


def main() -> int:
    """Print what does not fit.

    Returns:
        1 if there is something, else 0.
    """
    found = problems(ROOT)
    for line in found:
        print(f"✗ {line}", file=sys.stderr)
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
