"""What several test files share and what is slow to load: one extractor a session."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:  # spaCy is loaded only where a test reads a page
    from reading import Reader

    from kg.extraction import Extractor


pytest.register_assert_rewrite("browsing")  # the explorer's tests name it as a plugin


@pytest.fixture(scope="session")
def extractor() -> Extractor:
    """All gazetteers, the tagger, the pipeline; loaded once."""
    from kg.extraction import Extractor

    return Extractor()


@pytest.fixture(scope="session")
def reader(extractor: Extractor) -> Reader:
    """Reads sentences as pages of a county paper."""
    from reading import Reader

    return Reader(extractor)
