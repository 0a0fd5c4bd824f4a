"""A site for Datasette: `knowledge.db` (tables and views of the store) and `datasette.json` (titles, facets, queries).

    datasette knowledge.db --metadata datasette.json

The database is written anew from what is exported, so that filters and initials hold in it and no path of this
computer gets out. Queries take Chinese as it is typed.

Source: https://docs.datasette.io/en/stable/metadata.html, https://docs.datasette.io/en/stable/sql_queries.html.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from types import MappingProxyType

from kg.exports.texts import clean
from kg.exports.whole import whole_file
from kg.files import open_whole
from kg.knowledge import Knowledge
from kg.model import Entity, PageRecord
from kg.store import STORE_NAME, Store

DATABASE = "knowledge.db"
METADATA = "datasette.json"

_QUERIES: Mapping[str, Mapping[str, str]] = MappingProxyType(
    {
        "who_visited": {
            "title": "谁到过这里 · Who visited a place",
            "description": "地名全称，如 航埠镇；含其下辖的村。The place and everything inside it.",
            "sql": """\
WITH RECURSIVE inside(id) AS (
  SELECT id FROM entities WHERE name = :place AND kind IN ('PLACE', 'ORG')
  UNION
  SELECT n.subject_id FROM named_facts n JOIN inside ON n.object_id = inside.id
  WHERE n.relation IN ('PART_OF', 'LOCATED_IN')
)
SELECT person, place, date, newspaper, issue_date, sentence, doc, score
FROM visits WHERE place_id IN (SELECT id FROM inside) ORDER BY date, person""",
        },
        "where_was": {
            "title": "某人到过哪里 · Where somebody was",
            "description": "姓名全称。The full name.",
            "sql": "SELECT place, date, newspaper, issue_date, sentence, doc, score FROM visits\n"
            "WHERE person_id IN (SELECT id FROM entities WHERE name = :person AND kind = 'PERSON') ORDER BY date, place",
        },
        "posts_of": {
            "title": "某人的职务 · Posts of a person",
            "description": "按报纸日期排列。By the day of the newspaper.",
            "sql": "SELECT title, organisation, issue_date, newspaper, sentence, doc, score FROM posts\n"
            "WHERE person_id IN (SELECT id FROM entities WHERE name = :person AND kind = 'PERSON')\n"
            "ORDER BY issue_date, title",
        },
        "who_held": {
            "title": "谁任此职 · Who held a post",
            "description": "机构名与职务，如 柯城区委、书记。Organisation and title.",
            "sql": "SELECT person, title, organisation, issue_date, sentence, doc, score FROM posts\n"
            "WHERE organisation = :organisation AND title LIKE '%' || :title || '%' ORDER BY issue_date, person",
        },
        "together": {
            "title": "两人同在何处 · Where two people were together",
            "description": "两人的姓名全称。Both full names.",
            "sql": "SELECT a.event, a.type, a.date, a.part AS first_part, b.part AS second_part, a.sentence, a.doc\n"
            "FROM events a JOIN events b ON b.event_id = a.event_id\n"
            "WHERE a.participant = :first AND b.participant = :second ORDER BY a.date, a.event",
        },
        "sentences_with": {
            "title": "原文检索 · Sentences with a word",
            "description": "任何词语，如 垃圾分类。Any words.",
            "sql": "SELECT relation, subject, object, date, sentence, doc, score FROM named_facts\n"
            "WHERE instr(sentence, :words) > 0 AND :words <> '' ORDER BY date, doc LIMIT 200",
        },
    }
)

_TABLES: Mapping[str, Mapping[str, object]] = MappingProxyType(
    {
        "visits": {
            "title": "走访 · Visits",
            "description": "谁在何时到过何处，哪句话这样说。One row a visit told of, with its sentence.",
            "facets": ["newspaper", "place"],
            "sortable_columns": ["date", "issue_date", "score"],
        },
        "posts": {
            "title": "职务 · Posts",
            "description": "谁在哪个机构任何职。One row each time a post is told of.",
            "facets": ["title", "organisation"],
        },
        "events": {
            "title": "活动 · Events",
            "description": "会议、调研、签约等及其参加者。One row a participant.",
            "facets": ["type", "part"],
        },
        "named_facts": {
            "title": "全部事实 · All facts",
            "description": "每条事实及其依据。Every fact with its sentence.",
            "facets": ["relation", "newspaper"],
        },
        "entities": {
            "title": "人、地、机构、职务、活动 · Entities",
            "description": "图中的结点。The nodes of the graph.",
            "facets": ["kind", "subtype"],
            "label_column": "name",
            "sortable_columns": ["name", "kind", "code"],
        },
        "pages": {
            "title": "版面 · Pages",
            "description": "报纸版面的文字。The pages as text.",
            "facets": ["newspaper"],
            "label_column": "id",
        },
        "articles": {"title": "文章 · Articles", "label_column": "title"},
        **{
            name: {"hidden": True}
            for name in ("meta", "links", "page_entities", "resolved", "bylines", "evidence", "facts", "mentions")
        },
    }
)


def write_datasette(knowledge: Knowledge, folder: Path) -> tuple[Path, ...]:
    """Write the database and its description into a folder that exists.

    Returns:
        The files: database, description.

    Raises:
        InputError: a file cannot be written.
    """
    path = folder / DATABASE
    with whole_file(path) as temporary:
        with Store.create(temporary.parent) as store:
            known = {entity.id for entity in knowledge.entities}
            for record in knowledge.records:
                store.put(_readable(record), content_key="")
            store.put_entities((_entity(entity, known) for entity in knowledge.entities), None)
            store.set_complete(True)
        (temporary.parent / STORE_NAME).rename(temporary)
    with open_whole(folder / METADATA) as stream:
        json.dump(_metadata(), stream, ensure_ascii=False, indent=1)
        stream.write("\n")
    return (path, folder / METADATA)


def _metadata() -> dict[str, object]:
    about = {
        "title": "县报知识图谱 · Knowledge graph of county newspapers",
        "description": "谁在何时到何地，任何职，哪版哪句话这样说。分数只说原文是否这样说。"
        "Who visited where, when, in which post, and which sentence says so.",
    }
    database = {**about, "tables": dict(_TABLES), "queries": dict(_QUERIES)}
    return {**about, "databases": {Path(DATABASE).stem: database}}


def _readable(record: PageRecord) -> PageRecord:
    """The record without paths of this computer, and with text that SQLite can hold."""
    page = record.page
    return replace(
        record,
        page=replace(page, path=page.id, text=_storable(page.text)),
        articles=tuple(
            replace(
                article,
                title=_storable(article.title),
                bylines=tuple(replace(byline, name=_storable(byline.name)) for byline in article.bylines),
            )
            for article in record.articles
        ),
        mentions=tuple(replace(mention, surface=_storable(mention.surface)) for mention in record.mentions),
        links=tuple(replace(link, candidates=()) for link in record.links),
    )


def _entity(entity: Entity, known: set[str]) -> Entity:
    return replace(
        entity,
        name=clean(entity.name),
        aliases=tuple(map(clean, entity.aliases)),
        title=clean(entity.title) if entity.title is not None else None,
        org=entity.org if entity.org in known else None,
    )


def _storable(text: str) -> str:
    """Lone surrogates and NUL replaced one for one, so that offsets stay."""
    return text.encode("utf-8", "replace").decode("utf-8").replace("\x00", "\ufffd")
