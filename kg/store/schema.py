"""The tables of `kg.sqlite` and the views that other programs read.

`page_no` is a page's number in this file only; every id that leaves the file is text. Page tables keep the order of
the record they came from (`position`), so that a record reads back exactly as it was written. Lists are JSON.
"""

from __future__ import annotations

import re

APPLICATION_ID = 0x6B670A01
"""`PRAGMA application_id`: says that an SQLite file is a store of this project."""

SCHEMA_VERSION = 6
"""`PRAGMA user_version`; grows by one with every change of the tables, each with a step in `MIGRATIONS`."""

TABLES = """
CREATE TABLE meta (
  name TEXT PRIMARY KEY,
  value TEXT NOT NULL
) WITHOUT ROWID;

CREATE TABLE pages (
  page_no INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  path TEXT NOT NULL,
  sha256 TEXT NOT NULL,
  text TEXT NOT NULL,
  newspaper TEXT,
  date TEXT,
  region TEXT,
  region_code TEXT,
  issue_number TEXT,
  inferred TEXT NOT NULL,
  number INTEGER,
  url TEXT,
  notes TEXT NOT NULL,
  content_key TEXT NOT NULL
);

CREATE TABLE articles (
  page_no INTEGER NOT NULL REFERENCES pages (page_no) ON DELETE CASCADE,
  position INTEGER NOT NULL,
  id TEXT NOT NULL,
  title TEXT NOT NULL,
  start INTEGER NOT NULL,
  "end" INTEGER NOT NULL,
  date TEXT,
  blocks TEXT NOT NULL,
  PRIMARY KEY (page_no, position)
) WITHOUT ROWID;

CREATE TABLE bylines (
  page_no INTEGER NOT NULL REFERENCES pages (page_no) ON DELETE CASCADE,
  article_position INTEGER NOT NULL,
  position INTEGER NOT NULL,
  name TEXT NOT NULL,
  part TEXT,
  start INTEGER NOT NULL,
  "end" INTEGER NOT NULL,
  PRIMARY KEY (page_no, article_position, position)
) WITHOUT ROWID;

CREATE TABLE mentions (
  page_no INTEGER NOT NULL REFERENCES pages (page_no) ON DELETE CASCADE,
  position INTEGER NOT NULL,
  id TEXT NOT NULL,
  article TEXT,
  start INTEGER NOT NULL,
  "end" INTEGER NOT NULL,
  surface TEXT NOT NULL,
  kind TEXT NOT NULL,
  rule TEXT NOT NULL,
  score REAL NOT NULL,
  PRIMARY KEY (page_no, position)
) WITHOUT ROWID;

CREATE TABLE links (
  page_no INTEGER NOT NULL REFERENCES pages (page_no) ON DELETE CASCADE,
  position INTEGER NOT NULL,
  mention TEXT NOT NULL,
  page_entity TEXT NOT NULL,
  nil INTEGER NOT NULL,
  candidates TEXT NOT NULL,
  PRIMARY KEY (page_no, position)
) WITHOUT ROWID;

CREATE TABLE page_entities (
  page_no INTEGER NOT NULL REFERENCES pages (page_no) ON DELETE CASCADE,
  position INTEGER NOT NULL,
  id TEXT NOT NULL,
  kind TEXT NOT NULL,
  name TEXT NOT NULL,
  subtype TEXT,
  aliases TEXT NOT NULL,
  code TEXT,
  anchor TEXT,
  linked INTEGER NOT NULL,
  title TEXT,
  org TEXT,
  track TEXT,
  rank TEXT,
  date TEXT,
  precision TEXT,
  status TEXT,
  PRIMARY KEY (page_no, position)
) WITHOUT ROWID;

CREATE TABLE facts (
  page_no INTEGER NOT NULL REFERENCES pages (page_no) ON DELETE CASCADE,
  position INTEGER NOT NULL,
  id TEXT NOT NULL,
  relation TEXT NOT NULL,
  subject TEXT NOT NULL,
  object TEXT NOT NULL,
  date TEXT,
  source TEXT NOT NULL,
  rule TEXT NOT NULL,
  score REAL NOT NULL,
  attributes TEXT NOT NULL,
  PRIMARY KEY (page_no, position)
) WITHOUT ROWID;

CREATE TABLE evidence (
  page_no INTEGER NOT NULL REFERENCES pages (page_no) ON DELETE CASCADE,
  fact_position INTEGER NOT NULL,
  position INTEGER NOT NULL,
  page TEXT NOT NULL,
  article TEXT,
  start INTEGER NOT NULL,
  "end" INTEGER NOT NULL,
  PRIMARY KEY (page_no, fact_position, position)
) WITHOUT ROWID;

CREATE TABLE entities (
  id TEXT PRIMARY KEY,
  kind TEXT NOT NULL,
  name TEXT NOT NULL,
  subtype TEXT,
  aliases TEXT NOT NULL,
  code TEXT,
  anchor TEXT,
  linked INTEGER NOT NULL,
  title TEXT,
  org TEXT REFERENCES entities (id),
  track TEXT,
  rank TEXT,
  date TEXT,
  precision TEXT,
  status TEXT
) WITHOUT ROWID;

CREATE TABLE resolved (
  page_no INTEGER NOT NULL REFERENCES pages (page_no) ON DELETE CASCADE,
  page_entity TEXT NOT NULL,
  entity TEXT NOT NULL REFERENCES entities (id),
  PRIMARY KEY (page_no, page_entity)
) WITHOUT ROWID;
CREATE INDEX resolved_entity ON resolved (entity);
"""

DECISION_TABLES = """
CREATE TABLE hidden_facts (
  page_no INTEGER NOT NULL REFERENCES pages (page_no) ON DELETE CASCADE,
  fact TEXT NOT NULL,
  PRIMARY KEY (page_no, fact)
) WITHOUT ROWID;

CREATE TABLE decided_facts (
  page_no INTEGER NOT NULL REFERENCES pages (page_no) ON DELETE CASCADE,
  position INTEGER NOT NULL,
  id TEXT NOT NULL,
  relation TEXT NOT NULL,
  subject TEXT NOT NULL REFERENCES entities (id),
  object TEXT NOT NULL REFERENCES entities (id),
  date TEXT,
  source TEXT NOT NULL,
  rule TEXT NOT NULL,
  score REAL NOT NULL,
  attributes TEXT NOT NULL,
  PRIMARY KEY (page_no, position)
) WITHOUT ROWID;

CREATE TABLE decided_evidence (
  page_no INTEGER NOT NULL REFERENCES pages (page_no) ON DELETE CASCADE,
  fact_position INTEGER NOT NULL,
  position INTEGER NOT NULL,
  page TEXT NOT NULL,
  article TEXT,
  start INTEGER NOT NULL,
  "end" INTEGER NOT NULL,
  PRIMARY KEY (page_no, fact_position, position)
) WITHOUT ROWID;
"""
"""What people decided, and what several pages tell (told once, with the evidence of all), beside what pages say: facts that are not told, and those told in their place. `facts` itself is
what extraction read and is never changed; `known_facts` and `known_evidence` are what holds."""

SENTENCE_TABLES = """
CREATE TABLE sentences (
  sentence_no INTEGER PRIMARY KEY AUTOINCREMENT,
  page_no INTEGER NOT NULL REFERENCES pages (page_no) ON DELETE CASCADE,
  article TEXT,
  start INTEGER NOT NULL,
  "end" INTEGER NOT NULL
);
CREATE INDEX sentences_page ON sentences (page_no);

CREATE VIRTUAL TABLE sentence_index USING fts5 (pairs, content='', tokenize="unicode61 remove_diacritics 0");
"""
"""Where sentences are, and the full-text index over them: `sentence_index.rowid` is `sentence_no`, `pairs` see
`kg.store.sentences`. The index keeps no text of its own and forgets
nothing: numbers of removed sentences are never given again, so that a join with `sentences` leaves them out."""

SEEN_TABLES = """
CREATE TABLE seen_pages (
  page TEXT PRIMARY KEY,
  content_key TEXT NOT NULL,
  inferred INTEGER NOT NULL,
  characters INTEGER NOT NULL,
  articles INTEGER NOT NULL,
  mentions INTEGER NOT NULL,
  place_mentions INTEGER NOT NULL,
  org_mentions INTEGER NOT NULL,
  posts INTEGER NOT NULL,
  visits INTEGER NOT NULL,
  facts INTEGER NOT NULL
) WITHOUT ROWID;

CREATE TABLE seen_nil (
  page TEXT NOT NULL,
  entity TEXT NOT NULL,
  mentions INTEGER NOT NULL,
  PRIMARY KEY (page, entity)
) WITHOUT ROWID;

CREATE TABLE seen_values (
  value_no INTEGER PRIMARY KEY,
  said TEXT NOT NULL UNIQUE
);

CREATE TABLE seen_entities (
  page TEXT NOT NULL,
  id TEXT NOT NULL,
  kind TEXT NOT NULL,
  entity TEXT NOT NULL,
  org TEXT,
  value_no INTEGER NOT NULL,
  counted INTEGER NOT NULL,
  PRIMARY KEY (page, id)
) WITHOUT ROWID;
CREATE INDEX seen_entity ON seen_entities (entity, counted, value_no);

CREATE TABLE seen_people (
  page TEXT NOT NULL,
  id TEXT NOT NULL,
  name TEXT NOT NULL,
  said TEXT NOT NULL,
  PRIMARY KEY (page, id)
) WITHOUT ROWID;
CREATE INDEX seen_name ON seen_people (name);

CREATE TABLE seen_events (
  page TEXT NOT NULL,
  id TEXT NOT NULL,
  block TEXT,
  article TEXT,
  said TEXT NOT NULL,
  PRIMARY KEY (page, id)
) WITHOUT ROWID;
CREATE INDEX seen_block ON seen_events (block);

CREATE TABLE seen_articles (
  article_no INTEGER PRIMARY KEY AUTOINCREMENT,
  page TEXT NOT NULL,
  id TEXT NOT NULL,
  date TEXT,
  marks TEXT NOT NULL,
  facts TEXT NOT NULL,
  copy_of INTEGER,
  UNIQUE (page, id)
);
CREATE INDEX seen_copies ON seen_articles (copy_of);

CREATE TABLE seen_marks (
  mark INTEGER NOT NULL,
  article_no INTEGER NOT NULL,
  PRIMARY KEY (mark, article_no)
) WITHOUT ROWID;

CREATE TABLE seen_repeats (
  page TEXT NOT NULL,
  fact TEXT NOT NULL,
  home TEXT NOT NULL,
  PRIMARY KEY (page, fact)
) WITHOUT ROWID;
CREATE INDEX seen_home ON seen_repeats (home);

CREATE INDEX pages_key ON pages (id, content_key);
CREATE INDEX entities_org ON entities (org);
CREATE INDEX decided_subject ON decided_facts (subject);
CREATE INDEX decided_object ON decided_facts (object)
"""
"""What resolution last saw of each page, so that the next build resolves only what a changed page touches. They refer to
pages by id and not by key: what a page said must outlive it until what it touched is resolved again."""

MOVED_TABLE = """
CREATE TABLE seen_moved (
  page TEXT NOT NULL,
  id TEXT NOT NULL,
  base TEXT NOT NULL,
  PRIMARY KEY (page, id)
) WITHOUT ROWID;
CREATE INDEX seen_base ON seen_moved (base)
"""
"""Page entities that a decision points at another entity, and the one (`base`) that they are without it."""

FILE_TABLES = """
CREATE TABLE page_files (
  path TEXT PRIMARY KEY,
  stamp TEXT NOT NULL,
  sha256 TEXT NOT NULL,
  printed TEXT NOT NULL
) WITHOUT ROWID;

CREATE TABLE guesses (
  key TEXT PRIMARY KEY,
  value TEXT
) WITHOUT ROWID
"""
"""What was learned of page files, so that those which are as they were need not be opened, and what was inferred from
whole texts; see `kg.pages.memory`. Nothing that a build gives depends on them."""

VIEWS = """
CREATE VIEW sentence_texts AS
  SELECT n.sentence_no, p.id AS doc, p.newspaper, p.date AS issue_date, a.title,
    replace(replace(substr(p.text, n.start + 1, n."end" - n.start), char(13), ''), char(10), '') AS sentence,
    n.article, n.start, n."end"
  FROM sentences n
  JOIN pages p ON p.page_no = n.page_no
  LEFT JOIN articles a ON a.page_no = n.page_no AND a.id = n.article;

CREATE VIEW known_facts AS
  SELECT f.page_no, f.position, f.id, f.relation, s.entity AS subject, o.entity AS object, f.date, f.source, f.rule,
    f.score, f.attributes, 0 AS decided
  FROM facts f
  JOIN resolved s ON s.page_no = f.page_no AND s.page_entity = f.subject
  JOIN resolved o ON o.page_no = f.page_no AND o.page_entity = f.object
  WHERE NOT EXISTS (SELECT 1 FROM hidden_facts h WHERE h.page_no = f.page_no AND h.fact = f.id)
  UNION ALL
  SELECT page_no, position, id, relation, subject, object, date, source, rule, score, attributes, 1 FROM decided_facts;

CREATE VIEW known_evidence AS
  SELECT page_no, fact_position, position, page, article, start, "end", 0 AS decided FROM evidence
  UNION ALL
  SELECT page_no, fact_position, position, page, article, start, "end", 1 FROM decided_evidence;

CREATE VIEW named_facts AS
  SELECT f.relation, s.name AS subject, s.kind AS subject_kind, o.name AS object, o.kind AS object_kind, f.date,
    p.newspaper, p.date AS issue_date, p.id AS doc,
    coalesce((SELECT substr(said.text, e.start + 1, e."end" - e.start) FROM known_evidence e
      JOIN pages said ON said.id = e.page
      WHERE e.page_no = f.page_no AND e.fact_position = f.position AND e.decided = f.decided
      ORDER BY e.position LIMIT 1), '（人工说明）' || json_extract(f.attributes, '$.statement')) AS sentence,
    f.source, f.rule, f.score, f.attributes, f.id AS fact, f.subject AS subject_id, f.object AS object_id
  FROM known_facts f
  JOIN pages p ON p.page_no = f.page_no
  JOIN entities s ON s.id = f.subject
  JOIN entities o ON o.id = f.object;

CREATE VIEW visits AS
  SELECT subject AS person, object AS place, date, newspaper, issue_date, doc, sentence, score, fact,
    subject_id AS person_id, object_id AS place_id
  FROM named_facts WHERE relation = 'VISITED';

CREATE VIEW posts AS
  SELECT n.subject AS person, r.title, g.name AS organisation, n.date, n.newspaper, n.issue_date, n.doc, n.sentence,
    n.score, n.fact, n.subject_id AS person_id, n.object_id AS role_id, r.org AS organisation_id
  FROM named_facts n
  JOIN entities r ON r.id = n.object_id
  LEFT JOIN entities g ON g.id = r.org
  WHERE n.relation = 'HOLDS_ROLE';

CREATE VIEW tenures AS
  SELECT n.subject AS person, n.object AS post, r.title, g.name AS organisation,
    min(coalesce(n.date, n.issue_date)) AS first_seen, max(coalesce(n.date, n.issue_date)) AS last_seen,
    count(*) AS times, n.subject_id AS person_id, n.object_id AS role_id, r.org AS organisation_id
  FROM named_facts n
  JOIN entities r ON r.id = n.object_id
  LEFT JOIN entities g ON g.id = r.org
  WHERE n.relation = 'HOLDS_ROLE' AND json_extract(n.attributes, '$.past') IS NULL
  GROUP BY n.subject_id, n.object_id;

CREATE VIEW events AS
  SELECT n.object AS event, v.subtype AS type, v.date, v.status, n.subject AS participant,
    json_extract(n.attributes, '$.part') AS part, n.newspaper, n.issue_date, n.doc, n.sentence, n.score, n.fact,
    n.object_id AS event_id, n.subject_id AS participant_id
  FROM named_facts n
  JOIN entities v ON v.id = n.object_id
  WHERE n.relation = 'PARTICIPATED_IN';
"""
"""Views for other programs; made anew by every migration."""

PAGE_TABLES = ("articles", "bylines", "mentions", "links", "page_entities", "facts", "evidence", "resolved")

MIGRATIONS: dict[int, str] = {1: DECISION_TABLES, 2: SENTENCE_TABLES, 3: SEEN_TABLES, 4: MOVED_TABLE, 5: FILE_TABLES}
"""SQL that takes a store from the version that is the key to the next; views are dropped before and made after."""


def columns_of(table: str) -> dict[str, str]:
    """The columns of a table of pages in their order, each with its SQL type (TEXT, INTEGER or REAL)."""
    [body] = re.findall(rf"CREATE TABLE {table} \((.*?)\n\)", TABLES, re.DOTALL)
    return dict(re.findall(r'^  "?(\w+)"? (TEXT|INTEGER|REAL)', body, re.MULTILINE))
