"""The tables of `kg.sqlite` and the views that other programs read.

`page_no` is a page's number in this file only; every id that leaves the file is text. Page tables keep the order of
the record they came from (`position`), so that a record reads back exactly as it was written. Lists are JSON.
"""

from __future__ import annotations

APPLICATION_ID = 0x6B670A01
"""`PRAGMA application_id`: says that an SQLite file is a store of this project."""

SCHEMA_VERSION = 1
"""`PRAGMA user_version`; grows by one with every change of the tables, each with a step in `MIGRATIONS`."""

MIGRATIONS: dict[int, str] = {}
"""SQL that takes a store from the version that is the key to the next."""

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

CREATE VIEW named_facts AS
  SELECT f.relation, s.name AS subject, s.kind AS subject_kind, o.name AS object, o.kind AS object_kind, f.date,
    p.newspaper, p.date AS issue_date, p.id AS doc,
    (SELECT substr(p.text, e.start + 1, e."end" - e.start) FROM evidence e
      WHERE e.page_no = f.page_no AND e.fact_position = f.position AND e.page = p.id
      ORDER BY e.position LIMIT 1) AS sentence,
    f.source, f.rule, f.score, f.attributes, f.id AS fact, rs.entity AS subject_id, ro.entity AS object_id
  FROM facts f
  JOIN pages p ON p.page_no = f.page_no
  JOIN resolved rs ON rs.page_no = f.page_no AND rs.page_entity = f.subject
  JOIN resolved ro ON ro.page_no = f.page_no AND ro.page_entity = f.object
  JOIN entities s ON s.id = rs.entity
  JOIN entities o ON o.id = ro.entity;

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

CREATE VIEW events AS
  SELECT n.object AS event, v.subtype AS type, v.date, v.status, n.subject AS participant,
    json_extract(n.attributes, '$.part') AS part, n.newspaper, n.issue_date, n.doc, n.sentence, n.score, n.fact,
    n.object_id AS event_id, n.subject_id AS participant_id
  FROM named_facts n
  JOIN entities v ON v.id = n.object_id
  WHERE n.relation = 'PARTICIPATED_IN';
"""

PAGE_TABLES = ("articles", "bylines", "mentions", "links", "page_entities", "facts", "evidence", "resolved")
