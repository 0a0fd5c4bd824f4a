"""The explorer's page: template, style, scripts and data put together into one HTML file that needs no network.

pyvis generates the page through its Jinja environment, which here is ours (autoescaping on, our template), and
carries the drawing options; vis-network draws. The page's content security policy names every script and style by its
hash, so nothing that a newspaper's text smuggles in could ever run.
"""

from __future__ import annotations

import base64
import gzip
import hashlib
import json
import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader
from markupsafe import Markup

_HERE = Path(__file__).parent

# In this order; a script imports from scripts above it only (tests/test_viewer.py holds this).
SCRIPTS = (
    "text",
    "dom",
    "dates",
    "store",
    "filters",
    "search",
    "state",
    "neighbours",
    "shapes",
    "arrange",
    "draw",
    "scope",
    "charts",
    "evidence",
    "times",
    "parts",
    "person",
    "place",
    "others",
    "landing",
    "panel",
    "searchbox",
    "filterbox",
    "controls",
    "picture",
    "main",
)

_IMPORT = re.compile(r'^import \{([^}]*)\} from "\./(\w+)\.js";\n', re.MULTILINE)
_EXPORT = re.compile(r"^export (?=(?:async )?(?:function|const|class) (\w+))", re.MULTILINE)

# What pyvis hands to vis-network. Physics is off: positions come from arrange.js, which knows how wide labels are
# (pyvis's default physics needs 22 s for 500 nodes).
OPTIONS: Mapping[str, Any] = {
    "autoResize": True,
    "physics": {"enabled": False},
    "layout": {"randomSeed": 1, "improvedLayout": False},
    "edges": {"smooth": False},
    "interaction": {
        "hover": True,
        "keyboard": {"enabled": False},
        "multiselect": False,
        "navigationButtons": False,
        "tooltipDelay": 3600000,
    },
}


@cache
def application_script() -> str:
    """The scripts as one, without modules, which a page opened from a disk may not load.

    Each script becomes a function that returns what it exports; what it imports it takes from the functions before.
    """
    pieces = ['"use strict";\n(() => {\nconst modules = {};']
    for name in SCRIPTS:
        source = (_HERE / "scripts" / f"{name}.js").read_text(encoding="utf-8")
        exports = ", ".join(_EXPORT.findall(source))
        body = _EXPORT.sub("", _IMPORT.sub(r"const {\1} = modules.\2;\n", source))
        pieces.append(f"modules.{name} = (() => {{\n{body}\nreturn {{ {exports} }};\n}})();")
    return "\n".join([*pieces, "})();\n"])


@cache
def _asset(name: str) -> str:
    return (_HERE / name).read_text(encoding="utf-8")


def _source_hash(text: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode('utf-8')).digest()).decode('ascii')}'"


def _json(value: object) -> str:
    """JSON that cannot close the script element it stands in, and that any JavaScript reads."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    return text.replace("<", "\\u003c").replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")


def pack(columns: Mapping[str, Any]) -> str:
    """The columns as JSON, gzip, base64; byte for byte the same for the same columns."""
    text = json.dumps(columns, ensure_ascii=False, separators=(",", ":"))
    return base64.b64encode(gzip.compress(text.encode("utf-8"), compresslevel=9, mtime=0)).decode("ascii")


def page_html(columns: Mapping[str, Any], *, start: Mapping[str, Any] | None = None) -> str:
    """The whole page as one string.

    Args:
        columns: what `view_data` returns.
        start: what the page opens with where its address says nothing: `focus` (an entity's id), `embedded` (true in
            a notebook's frame).
    """
    from pyvis.network import Network  # slow to import (IPython), and only needed here

    style = _asset("style.css")
    drawing = _asset("vendor/vis-network.min.js")
    application = application_script()
    network = Network(height="100%", width="100%", directed=True, cdn_resources="in_line")
    network.set_options(json.dumps(OPTIONS))
    network.template_dir = str(_HERE)
    network.path = "template.html"
    network.templateEnv = Environment(loader=FileSystemLoader(_HERE, encoding="utf-8"), autoescape=True)
    network.templateEnv.globals |= {
        "script_sources": Markup(" ".join((_source_hash(drawing), _source_hash(application)))),
        "style_sources": Markup(" ".join((_source_hash(style), *_asset("vendor/style-hashes.txt").split()))),
        "style": Markup(style),
        "drawing": Markup(drawing),
        "application": Markup(application),
        "packed": Markup(pack(columns)),
        "start": Markup(_json(dict(start or {}))),
        "as_json": lambda value: Markup(_json(json.loads(value))),
    }
    html: str = network.generate_html()
    return html
