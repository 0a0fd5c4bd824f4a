"""What several test files share and what is slow to load: one extractor a session."""

from __future__ import annotations

import pytest
from reading import Reader

from kg.extraction import Extractor


@pytest.fixture(scope="session")
def extractor() -> Extractor:
    """All gazetteers, the tagger, the pipeline; loaded once."""
    return Extractor()


@pytest.fixture(scope="session")
def reader(extractor: Extractor) -> Reader:
    """Reads sentences as pages of a county paper."""
    return Reader(extractor)
