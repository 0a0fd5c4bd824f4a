"""Why a page was read as it was: every mention with its rule, candidates and losers, every fact with its sentences.

In: a page and an extractor. Out: an `Explanation`, plain data; `explain.html` draws it. The page is read once, by the
extractor itself, and only looked at: what is explained is the very reading that a build would store.
"""

from kg.explain.loose import read_loose_page, with_issue
from kg.explain.reasons import Explanation, FactReason, Loser, MentionReason, Weighed
from kg.explain.watching import explain_page

__all__ = [
    "Explanation",
    "FactReason",
    "Loser",
    "MentionReason",
    "Weighed",
    "explain_page",
    "read_loose_page",
    "with_issue",
]
