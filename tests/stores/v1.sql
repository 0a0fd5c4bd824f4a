-- The store of two pages as schema 1 of kg wrote it (see test_store.py); never changed.
PRAGMA application_id = 1801914881;
PRAGMA user_version = 1;
BEGIN TRANSACTION;
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
INSERT INTO "articles" VALUES(1,0,'a1','甲乙到东',0,21,NULL,'[["paragraph",[[0,21]]]]');
INSERT INTO "articles" VALUES(2,0,'a1','甲乙西村',0,6,NULL,'[["paragraph",[[0,6]]]]');
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
INSERT INTO "entities" VALUES('person-4b6ca01ea5a4','PERSON','甲乙',NULL,'[]',NULL,'330803',0,NULL,NULL,NULL,NULL,NULL,NULL,NULL);
INSERT INTO "entities" VALUES('place-822c8a5f7467','PLACE','西村','site','[]',NULL,'330803',0,NULL,NULL,NULL,NULL,NULL,NULL,NULL);
INSERT INTO "entities" VALUES('place-b8f44bbd9743','PLACE','到东','site','[]',NULL,'330803',0,NULL,NULL,NULL,NULL,NULL,NULL,NULL);
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
INSERT INTO "evidence" VALUES(1,0,0,'1.txt','a1',0,4);
INSERT INTO "evidence" VALUES(2,0,0,'2.txt','a1',0,4);
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
INSERT INTO "facts" VALUES(1,0,'fact-d99a618996b6','VISITED','p','l','2021-01-20','text','fake',0.5,'{}');
INSERT INTO "facts" VALUES(2,0,'fact-8c985ba159bb','VISITED','p','l','2021-01-20','text','fake',0.5,'{}');
CREATE TABLE links (
  page_no INTEGER NOT NULL REFERENCES pages (page_no) ON DELETE CASCADE,
  position INTEGER NOT NULL,
  mention TEXT NOT NULL,
  page_entity TEXT NOT NULL,
  nil INTEGER NOT NULL,
  candidates TEXT NOT NULL,
  PRIMARY KEY (page_no, position)
) WITHOUT ROWID;
INSERT INTO "links" VALUES(1,0,'mention-d5e5efed9751','p',1,'[]');
INSERT INTO "links" VALUES(1,1,'mention-cce2e6b1b347','l',1,'[]');
INSERT INTO "links" VALUES(2,0,'mention-da838a3374c4','p',1,'[]');
INSERT INTO "links" VALUES(2,1,'mention-fc60be73ec21','l',1,'[]');
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
INSERT INTO "mentions" VALUES(1,0,'mention-d5e5efed9751','a1',0,2,'甲乙','PERSON','fake',0.5);
INSERT INTO "mentions" VALUES(1,1,'mention-cce2e6b1b347','a1',2,4,'到东','PLACE','fake',0.5);
INSERT INTO "mentions" VALUES(2,0,'mention-da838a3374c4','a1',0,2,'甲乙','PERSON','fake',0.5);
INSERT INTO "mentions" VALUES(2,1,'mention-fc60be73ec21','a1',2,4,'西村','PLACE','fake',0.5);
CREATE TABLE meta (
  name TEXT PRIMARY KEY,
  value TEXT NOT NULL
) WITHOUT ROWID;
INSERT INTO "meta" VALUES('state','complete');
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
INSERT INTO "page_entities" VALUES(1,0,'p','PERSON','甲乙',NULL,'[]',NULL,'330803',0,NULL,NULL,NULL,NULL,NULL,NULL,NULL);
INSERT INTO "page_entities" VALUES(1,1,'l','PLACE','到东','site','[]',NULL,'330803',0,NULL,NULL,NULL,NULL,NULL,NULL,NULL);
INSERT INTO "page_entities" VALUES(2,0,'p','PERSON','甲乙',NULL,'[]',NULL,'330803',0,NULL,NULL,NULL,NULL,NULL,NULL,NULL);
INSERT INTO "page_entities" VALUES(2,1,'l','PLACE','西村','site','[]',NULL,'330803',0,NULL,NULL,NULL,NULL,NULL,NULL,NULL);
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
INSERT INTO "pages" VALUES(1,'1.txt','pages/1.txt','','甲乙到东村调研。
他说，东村的桥修
得好。','今日某报','2021-01-20','浙江省衢州市衢江区','330803',NULL,'[]',NULL,NULL,'[]','k');
INSERT INTO "pages" VALUES(2,'2.txt','pages/2.txt','','甲乙西村的事','今日某报','2021-01-20','浙江省衢州市衢江区','330803',NULL,'[]',NULL,NULL,'[]','k');
CREATE TABLE resolved (
  page_no INTEGER NOT NULL REFERENCES pages (page_no) ON DELETE CASCADE,
  page_entity TEXT NOT NULL,
  entity TEXT NOT NULL REFERENCES entities (id),
  PRIMARY KEY (page_no, page_entity)
) WITHOUT ROWID;
INSERT INTO "resolved" VALUES(1,'p','person-4b6ca01ea5a4');
INSERT INTO "resolved" VALUES(2,'p','person-4b6ca01ea5a4');
INSERT INTO "resolved" VALUES(2,'l','place-822c8a5f7467');
INSERT INTO "resolved" VALUES(1,'l','place-b8f44bbd9743');
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
COMMIT;
