"""Programs that nobody here wrote, for reading what we export; where one is missing, its tests say so loudly."""

from __future__ import annotations

import importlib
import os
from typing import Any

import pytest


def reader(module: str, *, package: str | None = None, locked: bool = True) -> Any:
    """An outside library; where it is not installed the test is skipped, and fails where CI=true.

    Args:
        package: what to install, where it is not called like the module.
        locked: whether `make test` installs it; one that needs a compiler is left to whoever has it.
    """
    try:
        return importlib.import_module(module)
    except ImportError:
        reason = f"{package or module} is not installed (pip install 'county-kg[dev,exports]'): NOT CHECKED"
        if locked and os.environ.get("CI") == "true":
            pytest.fail(reason, pytrace=False)
        pytest.skip(reason)
