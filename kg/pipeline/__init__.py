"""Chains the stages: pages are read, what is new is extracted and stored, everything is resolved and shown.

`build` is the whole way; `load_knowledge` and `open_knowledge` are the ways back from a store. What a build did is returned as a
`BuildSummary`; nothing is printed here.
"""

from kg.pipeline.building import BuildSummary, Progress, build, load_figures, load_knowledge, open_knowledge, redecide
from kg.pipeline.deciding import current_decisions_path
from kg.pipeline.showing import VIEW_NAME, Choice, Shown, show, view_path
from kg.pipeline.summary import Coverage, Inferred, Summary, Unlinked, cover, summarize

__all__ = [
    "VIEW_NAME",
    "BuildSummary",
    "Choice",
    "Coverage",
    "Inferred",
    "Progress",
    "Shown",
    "Summary",
    "Unlinked",
    "build",
    "cover",
    "current_decisions_path",
    "load_figures",
    "load_knowledge",
    "open_knowledge",
    "redecide",
    "show",
    "summarize",
    "view_path",
]
