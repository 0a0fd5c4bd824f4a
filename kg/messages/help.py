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

Exit codes: 0 all well · 1 nothing found, or a gazetteer has problems · 2 bad input (the rest is done all the same)."""

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
BUILD_WORKERS = "Read with N Dask workers on this machine (needs the extra dask)."
BUILD_SCHEDULER = "Read with the workers of a Dask scheduler, such as tcp://host:8786. The store stays here."
BUILD_QUIET = "Say nothing but what went wrong."
BUILD_SKIP_BAD = "Exit with 0 although some input could not be used."
BUILD_DECISIONS = "What people corrected; by default decisions.yaml in OUT."
BUILD_NO_WAIT = "Give up at once when another build is writing OUT."
BUILD_REHASH = "Look into every file again, even where its size and times are as before."

EXPORT = "Write the graph in a format that other programs read."
EXPORT_EXAMPLES = """\
[bold]Examples[/bold]

  kg export out --format jsonl --to out/jsonl
  kg export out --format graphml --format gexf --to gephi
  kg export out --format csv --to visits --since 2021 --region 柯城区
  kg export out --format xlsx --to public --redact private

jsonl     entities, mentions, facts and articles: one JSON object a line
graphml   one graph for Gephi, Cytoscape, yEd, igraph or networkx
gexf      for Gephi's timeline
csv       tables for Excel, R and pandas; xlsx is an Excel workbook
parquet   typed tables for DuckDB and polars
neo4j     for neo4j-admin database import
ftm       FollowTheMoney entities for Aleph
turtle    RDF; so is jsonld
nodelink  networkx' JSON
datasette a database with ready queries

docs/exports.md describes them. Two builds of the same pages give the same bytes."""
EXPORT_FORMAT = "The format, see below; may be given several times."
EXPORT_TO = "The folder to write into; made where missing."
EXPORT_REDACT = "Put initials in place of the names of people without a public post (also written --redact private)."
EXPORT_SINCE = "Only what is dated from this day, month or year on (2021-01)."
EXPORT_UNTIL = "Only what is dated up to this day, month or year, which counts."
EXPORT_REGION = "Only what happens in this region: a code or a name (330802, 柯城区)."
EXPORT_TYPE = "Only entities of this kind: PERSON, PLACE, ORG, ROLE or EVENT; may be given several times."
EXPORT_RELATION = "Only this relation (VISITED); may be given several times."
EXPORT_MIN_SCORE = "Only facts of at least this score, 0 to 1."
EXPORT_FLAVOUR = "Whose conventions GraphML follows: gephi, cytoscape or yed."
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
  kg view out --since 2021 --region 柯城区 --to 2021.html
  kg view out --redact private --to public.html

The page is one file, graph.html in that folder; it can be copied and sent as it is. A part says what it leaves out."""
VIEW_TO = "The file to write instead of graph.html in OUT."
VIEW_PERSON = "Only this person, and whoever shares an event with them; may be given several times."
VIEW_OPEN = "Open it in the browser."
VIEW_FOCUS = "The person, place or organisation to begin with."

STATS = "Say what the graph holds: by kind, by newspaper and month, and what could not be linked."
STATS_BY = "Rows of a month or of a year: month, year."
STATS_FORMAT = "table, json or csv; json and csv give the rows by newspaper and month only."
STATS_EXAMPLES = """\
[bold]Example[/bold]

  kg stats out
  kg stats out --by year
  kg stats out --format csv > coverage.csv

A month without pages is a month without visits in the graph, and not in the world."""

DIFF = "Show which facts one build has and another has not, compared by what they say."
DIFF_EXAMPLES = """\
[bold]Examples[/bold]

  kg build seeds --out new && kg diff out new
  kg diff out new --limit 20
  kg diff out new --json > changes.json

A fact that was lost may be an error that is gone: nothing is judged here. The exit code is 0 whether anything \
changed or not."""
DIFF_OLD = "The folder of the earlier build."
DIFF_NEW = "The folder of the later build."
DIFF_LIMIT = "Show at most N lost and N gained facts."
DIFF_JSON = "Print everything as JSON."

REVIEW = (
    "Ask about what is doubtful, and keep what you decide.\n\n"
    "Two people in one post, possible doubles, names of no gazetteer, uncertain facts: each with its sentence. Answers are "
    "written to decisions.yaml at once and hold at every later build; pages and what was read on them are never changed."
)
REVIEW_EXAMPLES = """\
[bold]Examples[/bold]

  kg review out
  kg review out --kind merge --who 王编辑
  kg review out --list
  kg review out --json > doubts.json

Answer with a letter, and a reason behind it if you like: s 同一届任期内. \
u takes the last answer back, q ends; everything until then is kept. docs/decisions.md describes the file. \
The exit code is 1 where nothing is doubtful."""
REVIEW_LIST = "Print a table instead of asking."
REVIEW_JSON = "Print everything as JSON instead of asking."
REVIEW_KIND = "Only contradiction, merge, name or score; can be given several times."
REVIEW_MIN_SCORE = "Ask about facts with a lower score."
REVIEW_MIN_MENTIONS = "Ask about names of no gazetteer that are seen this often."
REVIEW_DECISIONS = "The file to write to; by default decisions.yaml in OUT."
REVIEW_WHO = "Who decides; written beside each decision, and never exported."

EXPLAIN = (
    "Say why a page was read as it was: which rule found each name, what it was taken for and why, what lost, "
    "and which sentences say each fact.\n\n"
    "PAGE is one file; without it, or with -, text is read from standard input."
)
EXPLAIN_SHORT = "Say why a page was read as it was."
EXPLAIN_EXAMPLES = """\
[bold]Examples[/bold]

  kg explain seeds/000_790c225550a08f98.txt
  kg explain seeds/000_790c225550a08f98.txt --name 柯城
  kg explain seeds/000_790c225550a08f98.txt --html why.html
  echo 区委书记到石梁镇白云村调研。 | kg explain --region 柯城区

✓ was chosen, ✗ was not. The web page needs no network; names are marked in the text."""
EXPLAIN_PAGE = "A page file, or - for standard input."
EXPLAIN_NAME = "Only mentions and facts with NAME in them."
EXPLAIN_HTML = "Write a web page (displaCy) instead of printing."
EXPLAIN_REGION = "The home region: a name, a path or a code."
EXPLAIN_DATE = "The date of the issue: 2021-01-20, 2021-01 or 2021."
EXPLAIN_JSON = "Print everything as JSON."
SPACY_MODEL = "A spaCy pipeline (package or folder) to find more names; ours win."

GAZETTEER = "Check, show, search and extend the lists of names."
GAZETTEER_EXAMPLES = """\
[bold]Examples[/bold]

  kg gazetteer find 白云村
  kg gazetteer show 柯城区
  kg gazetteer check my-names

Names of your own stand in a folder of yours, which kg build and kg explain take with --gazetteers; its rows always win."""
CHECK = "Check gazetteer files: columns, duplicates, unknown parents, missing sources, ordinary words as short names."
CHECK_EXAMPLES = """\
[bold]Examples[/bold]

  kg gazetteer check
  kg gazetteer check my-names

Each problem is one line with file and line number. The exit code is 1 where there are any."""
CHECK_FOLDER = "The folder to check; by default the gazetteers that kg came with."
SHOW = "Print a region as a tree: what lies in it, with official codes."
SHOW_EXAMPLES = """\
[bold]Examples[/bold]

  kg gazetteer show 柯城区
  kg gazetteer show 浙江省 --depth 1
  kg gazetteer show 330802 --gazetteers my-names

A name that several regions have (鼓楼区) needs its path: 福建省福州市鼓楼区."""
SHOW_REGION = "A name, a path or a code."
SHOW_DEPTH = "Levels below the region."
FIND = "List everything that a name may mean, in the whole nation, with its path."
FIND_EXAMPLES = """\
[bold]Examples[/bold]

  kg gazetteer find 白云村
  kg gazetteer find 白云村 --within 浙江省
  kg gazetteer find 衢县

Short and former names are found as well. The exit code is 1 where no list has the name."""
FIND_NAME = "The name as a text prints it."
FIND_WITHIN = "Only what lies in this region: a name, a path or a code."
FIND_JSON = "Print everything as JSON."
ADD = "Append a name to places.csv in a folder of yours; folder and file are made where missing."
ADD_EXAMPLES = """\
[bold]Examples[/bold]

  kg gazetteer add 鹿鸣公园 --kind site --parent 柯城区 \\
      --source 衢州市园林志 --gazetteers my-names
  kg gazetteer add 柯城农商银行 --kind company --alias 农商行 \\
      --parent 柯城区 --source 企业年报 --gazetteers my-names
  kg build seeds --out out --gazetteers my-names

The row is checked first; nothing is written where it is wrong."""
ADD_NAME = "The name."
ADD_KIND = "A place: site, village, township … An organisation: company, school, government, media, other."
ADD_SOURCE = "Where the name can be looked up."
ADD_FOLDER = "The folder of your own gazetteers."
ADD_PARENT = "The smallest region that holds it: a name, a path or a code."
ADD_ALIAS = "Another name of it; can be given several times."
ADD_CODE = "Its own division code, if it has one."

OUT = "A folder that kg build has made."
LANG = "Language of messages: zh or en. By default that of the locale; files never depend on it."
VERSION = "Print the version."
