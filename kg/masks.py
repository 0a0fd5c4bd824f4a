"""Names that were printed so that they name nobody; nothing in this project may undo that."""

from __future__ import annotations

import re

_MASK = re.compile("[某×＊*□〇○]|[xX]{2}")
"""吴某珍, 王××, 张XX. 某 stands in no real name."""


def is_masked(name: str) -> bool:
    """Whether a name names nobody.

    >>> is_masked("吴某珍"), is_masked("吴秀珍")
    (True, False)
    """
    return bool(_MASK.search(name))
