"""Stage 1: files, folders and patterns of files into pages that know their issue.

Comes in: what the user named. Goes out: `Page`s in a fixed order and a problem for each file that cannot be used, so
that one bad file does not stop a run of thousands. No article is read here.
"""

from __future__ import annotations

from kg.pages.clues import Clues, read_path_clues, read_text_clues
from kg.pages.issues import PageClues, ResolvedIssue, resolve_issues
from kg.pages.manifest import Manifest, ManifestRow, read_manifest
from kg.pages.memory import FileMemory, Learned
from kg.pages.reading import FoundPage, FoundPages, PageSet, find_pages, read_pages
from kg.pages.regions import infer_region

__all__ = [
    "Clues",
    "FileMemory",
    "FoundPage",
    "FoundPages",
    "Learned",
    "Manifest",
    "ManifestRow",
    "PageClues",
    "PageSet",
    "ResolvedIssue",
    "find_pages",
    "infer_region",
    "read_manifest",
    "read_pages",
    "read_path_clues",
    "read_text_clues",
    "resolve_issues",
]
