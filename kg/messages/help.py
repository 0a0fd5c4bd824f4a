"""Help texts of the command line, in English, in rich's markup; their Chinese stands in `kg.messages.chinese`."""

from __future__ import annotations

APP = (
    "Pages of Chinese county newspapers → who visited where, when, in which post, with whom, "
    "and which sentence says so."
)
APP_EXAMPLES = """\
[bold]From pages to a picture[/bold]

  kg build seeds --out out         read the pages, make the graph
  kg view out --open               look at it in a browser
  kg export out --format jsonl --to out/jsonl

Exit codes: 0 all well · 1 nothing found · 2 bad input (the rest is done all the same)."""

BUILD = (
    "Read pages and build the graph.\n\n"
    "PAGES are files, folders (every .txt in them) and patterns ('2021/*.txt'). The folder gets kg.sqlite, the store "
    "that all else is made from, and graph.html to look at. Pages that have not changed since the last build are not "
    "read again, and a build that was stopped goes on where it was. It then holds the pages named and no others."
)
BUILD_EXAMPLES = """\
[bold]Examples[/bold]

  kg build seeds --out out
  kg build 'papers/2021/*.txt' --out out/2021 --jobs 4
  kg build scans --manifest scans/pages.csv --out out

Newspaper, date and home region come from the pages, their names, or a pages.csv \
(file,newspaper,date,page,region,url); what nothing says is inferred from the text, and named.

Input that cannot be used gets one line each, the rest is built, and the exit code is 2; \
with --skip-bad it is 0 as long as one page could be read."""
BUILD_PAGES = "Files, folders or patterns of pages."
BUILD_OUT = "The folder to build into; made where missing."
BUILD_MANIFEST = "A pages.csv to use instead of those beside the pages."
BUILD_GAZETTEERS = "A folder of your own gazetteers; can be given several times."
BUILD_JOBS = "Reading processes. The result is the same for any number."
BUILD_QUIET = "Say nothing but what went wrong."
BUILD_SKIP_BAD = "Exit with 0 although some input could not be used."
BUILD_NO_WAIT = "Give up at once when another build is writing OUT."

EXPORT = "Write the graph in a format that other programs read."
EXPORT_EXAMPLES = """\
[bold]Examples[/bold]

  kg export out --format jsonl --to out/jsonl
  kg export out --format graphml --to out/graphml

jsonl    entities, mentions, facts and articles: one JSON object a line
graphml  one graph for Gephi, Cytoscape, yEd, igraph or networkx

docs/format.md describes them. Two builds of the same pages give the same bytes."""
EXPORT_FORMAT = "The format."
EXPORT_TO = "The folder to write into; made where missing."
EXPORT_PLANNED = "Also write events that had not happened when the page was printed."

EVALUATE = "Score the graph against pages that people have annotated."
EVALUATE_EXAMPLES = """\
[bold]Examples[/bold]

  kg evaluate out --gold tests/gold
  kg evaluate out --gold tests/gold --errors | grep 'visit missed'
  kg evaluate out --gold tests/gold --json

P is the share of what was found that is right, R the share of what is there that was found, \
F1 their harmonic mean. docs/gold-guide.md says what counts."""
EVALUATE_GOLD = "A folder with one .json a page (docs/gold-guide.md)."
EVALUATE_ERRORS = "List every error: page, what, names."
EVALUATE_JSON = "Print the figures as JSON."

VIEW = "Write the graph as one web page that needs no network, and open it."
VIEW_EXAMPLES = """\
[bold]Examples[/bold]

  kg view out --open
  kg view out --open --focus 柯城区

The page is graph.html in that folder; it can be copied and sent as it is."""
VIEW_OPEN = "Open it in the browser."
VIEW_FOCUS = "The person, place or organisation to begin with."

STATS = "Say what the graph holds: by kind, by newspaper and month, and what could not be linked."
STATS_EXAMPLES = """\
[bold]Example[/bold]

  kg stats out

A month without pages is a month without visits in the graph, and not in the world."""

OUT = "A folder that kg build has made."
LANG = "Language of messages: zh or en. By default that of the locale; files never depend on it."
VERSION = "Print the version."
