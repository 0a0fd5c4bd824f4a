"""Knowledge as a `networkx.MultiDiGraph`: an entity a node, a fact an edge.

Owns the names of node and edge attributes. Every attribute is a string, a number or a boolean, and an attribute that
is unknown is absent, so that any writer can take the graph as it is. Lists (aliases) are joined with `;`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass

import networkx as nx

from kg.knowledge import Knowledge, evidence_page, facts_by_page, record_finder
from kg.model import Entity, Fact, Issue, Page, PageRecord

LABEL = "label"
NAME = "name"
KIND = "type"
SUBTYPE = "subtype"
ALIASES = "aliases"
CODE = "code"
TITLE = "title"
ORG = "org"
DATE = "date"
STATUS = "status"
LINKED = "linked"
WEIGHT = "weight"
RELATION = "relation"
DOC = "doc"
ARTICLE = "article"
NEWSPAPER = "newspaper"
ISSUE_DATE = "issue_date"
EVIDENCE = "evidence"
START = "start"
END = "end"
N_EVIDENCE = "n_evidence"
SOURCE = "source"
RULE = "rule"
SCORE = "score"
LIST_SEPARATOR = ";"

Scalar = str | int | float | bool


def build_graph(knowledge: Knowledge) -> nx.MultiDiGraph[str]:
    """The graph of all entities and facts.

    Nodes are entity ids in the order of `Knowledge.entities`; `weight` is the number of their mentions. Edge keys are
    fact ids, unique in the graph; `label` is the relation, `weight` the number of sentences that say it (1 where only
    administrative geography does), `evidence` the most telling sentence as printed.
    """
    graph: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    n_mentions = Counter(link.entity for record in knowledge.records for link in record.links)
    for entity in knowledge.entities:
        graph.add_node(entity.id, **node_attributes(entity, n_mentions[entity.id]))
    find = record_finder(knowledge)
    for page, fact in facts_by_page(knowledge):
        graph.add_edge(fact.subject, fact.object, key=fact.id, **fact_attributes(page, fact, find))
    return graph


def node_attributes(entity: Entity, n_mentions: int) -> dict[str, Scalar]:
    """What a node says of an entity that is mentioned so often."""
    return _known(
        {
            LABEL: entity.name,
            NAME: entity.name,
            KIND: entity.kind.value,
            SUBTYPE: entity.subtype,
            ALIASES: LIST_SEPARATOR.join(alias.replace(LIST_SEPARATOR, "；") for alias in entity.aliases) or None,
            CODE: entity.code,
            TITLE: entity.title,
            ORG: entity.org,
            DATE: entity.date,
            STATUS: entity.status,
            LINKED: entity.linked,
            WEIGHT: float(n_mentions),
        }
    )


@dataclass(frozen=True, slots=True)
class Quote:
    """The most telling sentence of a fact, where it stands, and in which article."""

    sentence: str
    start: int
    end: int
    article: str | None


def edge_attributes(
    relation: str,
    *,
    date: str | None,
    doc: str,
    issue: Issue,
    quote: Quote | None,
    n_evidence: int,
    source: str,
    rule: str,
    score: float,
    more: Iterable[tuple[str, Scalar]],
) -> dict[str, Scalar]:
    """What an edge says of a fact.

    Args:
        doc: the page that says it, of `issue`.
        more: what the fact itself says (part, order, event).
    """
    attributes: dict[str, Scalar | None] = {
        LABEL: relation,
        RELATION: relation,
        DATE: date,
        DOC: doc,
        ARTICLE: quote.article if quote else None,
        NEWSPAPER: issue.newspaper,
        ISSUE_DATE: issue.date,
        EVIDENCE: quote.sentence if quote else None,
        START: quote.start if quote else None,
        END: quote.end if quote else None,
        N_EVIDENCE: n_evidence,
        SOURCE: source,
        RULE: rule,
        SCORE: float(score),
        WEIGHT: float(max(1, n_evidence)),
    }
    # What the fact itself says must not take the place of what is said about it.
    attributes |= {name: value for name, value in more if name not in attributes and name != "key"}
    return _known(attributes)


def fact_attributes(page: Page, fact: Fact, find: Callable[[str], PageRecord | None]) -> dict[str, Scalar]:
    """What an edge says of a fact that is told on a page; `find` looks up other pages that say it."""
    first = fact.evidence[0] if fact.evidence else None
    said_on = evidence_page(first, page, find) if first else page
    span = first.span if first else None
    return edge_attributes(
        fact.relation.value,
        date=fact.date,
        doc=said_on.id,
        issue=said_on.issue,
        quote=Quote(said_on.text[span.start : span.end], span.start, span.end, first.article)
        if first and span
        else None,
        n_evidence=len(fact.evidence),
        source=fact.source,
        rule=fact.rule,
        score=fact.score,
        more=fact.attributes,
    )


def _known(attributes: dict[str, Scalar | None]) -> dict[str, Scalar]:
    return {name: value for name, value in attributes.items() if value is not None}
