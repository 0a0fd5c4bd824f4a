"""The plain data that travels between the stages: pages, articles, mentions, entities, facts.

Everything here is a frozen dataclass or an enum; nothing is computed but content hashes. Offsets are code points in
`Page.text` (the decoded file, BOM removed, newlines untouched), half-open `[start, end)`.

This module imports the standard library only, and no other module of `kg`.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from enum import StrEnum


class Kind(StrEnum):
    """What a node of the graph is."""

    PERSON = "PERSON"
    PLACE = "PLACE"
    ORG = "ORG"
    ROLE = "ROLE"
    EVENT = "EVENT"


class Relation(StrEnum):
    """What an edge of the graph says; subject and object kinds are fixed by FORMAT (docs/format.md)."""

    HOLDS_ROLE = "HOLDS_ROLE"
    PARTICIPATED_IN = "PARTICIPATED_IN"
    TOOK_PLACE_AT = "TOOK_PLACE_AT"
    VISITED = "VISITED"
    PART_OF = "PART_OF"
    LOCATED_IN = "LOCATED_IN"


PLACE_SUBTYPES = ("province", "city", "county", "township", "village", "site")
ORG_SUBTYPES = ("government", "company", "school", "media", "other")
EVENT_SUBTYPES = (
    "inspection",
    "meeting",
    "ceremony",
    "signing",
    "launch",
    "activity",
    "enforcement",
    "project",
    "other",
)
PARTS = ("lead", "host", "attend", "accompany", "speak", "subject", "organise")


def content_id(prefix: str, *parts: object) -> str:
    """A short ASCII id that depends on the content of `parts` and on nothing else.

    Args:
        prefix: what the id names (`person`, `fact`, …); letters only, so that the id is a valid XML NMTOKEN.
        parts: what identifies the thing; `None` and the empty string differ.

    >>> content_id("person", "张三", None)
    'person-7a7dc495d945'
    """
    told = "".join("\x00\x1f" if part is None else f"\x01{part}\x1f" for part in parts)
    digest = hashlib.sha256(told.encode("utf-8", "surrogatepass"))
    return f"{prefix}-{digest.hexdigest()[:12]}"


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A half-open range of code points in `Page.text`."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Issue:
    """What is known of the newspaper issue a page belongs to; `None` is unknown.

    `date` is ISO (`2021-01-20`, or a month or year where no more is known). `region` is the printed path of the home
    region (浙江省衢州市柯城区), `region_code` its division code. `inferred` names the fields that no page, manifest or
    file name states and that were concluded from the text.
    """

    newspaper: str | None = None
    date: str | None = None
    region: str | None = None
    region_code: str | None = None
    number: str | None = None
    inferred: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Page:
    """One printed page, as one text file. `id` is the path relative to what the user gave, with `/`."""

    id: str
    path: str
    sha256: str
    text: str
    issue: Issue
    number: int | None = None
    url: str | None = None


@dataclass(frozen=True, slots=True)
class Byline:
    """A reporter or photographer named in a credit; `part` as printed (见习记者, 摄) or None; `span` is the name."""

    name: str
    part: str | None
    span: Span


@dataclass(frozen=True, slots=True)
class Block:
    """A run of lines that is read as one: `kind` is `kicker`, `title`, `byline`, `paragraph`, `caption` or `other`.

    `lines` are page spans in reading order; a paragraph broken by the OCR has several.
    """

    kind: str
    lines: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Article:
    """One article of a page. `page` is `Page.id`; `span` runs from its first to its last character on the page.

    `date` is the article's own date line if it has one, else None. Blocks are in reading order and do not overlap.
    """

    id: str
    page: str
    title: str
    span: Span
    blocks: tuple[Block, ...]
    bylines: tuple[Byline, ...] = ()
    date: str | None = None


@dataclass(frozen=True, slots=True)
class Mention:
    """A name in the text. `page.text[span.start:span.end] == surface`; `score` is 0–1; `rule` found it."""

    id: str
    page: str
    article: str | None
    span: Span
    surface: str
    kind: Kind
    rule: str
    score: float


@dataclass(frozen=True, slots=True)
class Candidate:
    """An entity that a mention may mean, with the features that spoke for and against it (`name=weight`)."""

    entity: str
    name: str
    score: float
    evidence: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Link:
    """What a mention was taken for. `candidates` are sorted best first; a NIL mention has an entity of its own."""

    mention: str
    entity: str
    nil: bool
    candidates: tuple[Candidate, ...] = ()


@dataclass(frozen=True, slots=True)
class Entity:
    """A node. In a `PageRecord` its id is the page's own; `resolve` gives the ids that exports show.

    `code` is the official division code (2, 4, 6, 9 or 12 digits); `anchor` is the code of the smallest division known
    to contain or govern the entity (for a NIL place, organisation, person or role), used to keep namesakes of two
    counties apart. `title` and `org` belong to ROLE, `date`, `precision` and `status` to EVENT.
    """

    id: str
    kind: Kind
    name: str
    subtype: str | None = None
    aliases: tuple[str, ...] = ()
    code: str | None = None
    anchor: str | None = None
    linked: bool = False
    title: str | None = None
    org: str | None = None
    track: str | None = None
    rank: str | None = None
    date: str | None = None
    precision: str | None = None
    status: str | None = None


@dataclass(frozen=True, slots=True)
class DateSpan:
    """A time expression. `start`/`end` are offsets in the string it was read from.

    `iso` is the date as FORMAT writes it (day, month, year, or `a/b`), None where the expression fixes none (近日).
    `precision` is `day`, `month`, `year`, `interval` or `none`; `finer` keeps what `iso` drops (`上旬`, `下午`).
    """

    start: int
    end: int
    surface: str
    iso: str | None
    precision: str
    rule: str
    finer: str | None = None


@dataclass(frozen=True, slots=True, order=True)
class Provenance:
    """Where a fact is said: a sentence of an article of a page."""

    page: str
    article: str | None
    span: Span


@dataclass(frozen=True, slots=True)
class Fact:
    """A sourced claim. `evidence` is most telling first; it may be empty only where `source` is `gazetteer`.

    `attributes` are sorted (key, value) pairs; values are strings or integers. `score` is the calibrated chance, 0–1,
    that the claim is what a careful reader would read.
    """

    id: str
    relation: Relation
    subject: str
    object: str
    date: str | None
    evidence: tuple[Provenance, ...]
    source: str
    rule: str
    score: float
    attributes: tuple[tuple[str, str | int], ...] = ()


@dataclass(frozen=True, slots=True)
class PageRecord:
    """All that extraction read on one page. Entities are the page's own; ids in facts and links refer to them."""

    page: Page
    articles: tuple[Article, ...]
    mentions: tuple[Mention, ...]
    links: tuple[Link, ...]
    entities: tuple[Entity, ...]
    facts: tuple[Fact, ...]
    notes: tuple[str, ...] = ()
