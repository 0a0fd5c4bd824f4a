"""The explorer: one HTML file in which a reader without any tool finds who visited where, and which sentence says so.

`write_view` makes the file, `view_html` the same page as a string (whole, or one neighbourhood for a notebook).
"""

from kg.viewer.data import count_merged, merged_facts, view_data
from kg.viewer.page import page_html
from kg.viewer.scope import Scope
from kg.viewer.view import embed_html, find_entity, view_html, write_view

__all__ = [
    "Scope",
    "count_merged",
    "embed_html",
    "find_entity",
    "merged_facts",
    "page_html",
    "view_data",
    "view_html",
    "write_view",
]
