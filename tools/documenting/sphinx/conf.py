"""Settings of Sphinx for `make docs`. Nothing in the pages is loaded from elsewhere: no fonts, no scripts."""

from __future__ import annotations

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))  # tools/

from documenting.searching import SearchChineseByPairs
from pygments.lexers.special import TextLexer
from sphinx.application import Sphinx
from sphinx.search import languages

from kg import __version__

project = "county-kg"
author = "county-kg"
release = version = __version__
language = "zh_CN"
extensions = ["myst_parser"]
source_suffix = {".md": "markdown"}
exclude_patterns = ["docs/images"]
root_doc = "index"
nitpicky = True

myst_heading_anchors = 4
myst_enable_extensions = ["colon_fence"]

html_theme = "furo"
html_title = f"county-kg {__version__}"
html_static_path = ["static"]
html_css_files = ["docs.css"]
html_copy_source = False
html_show_sphinx = False
html_show_copyright = False
html_last_updated_fmt = None  # no clock: the same sources give the same pages
pygments_style = "friendly"
pygments_dark_style = "github-dark"
html_search_language = "zh"


def setup(app: Sphinx) -> None:
    """Chinese is searched by pairs of characters, in place of Sphinx' own words; CSV is shown as it is."""
    languages["zh"] = SearchChineseByPairs
    app.add_lexer("csv", TextLexer)
