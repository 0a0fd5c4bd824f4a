"""Knowledge as the explorer's page: the whole file, or one neighbourhood for a notebook.

Knowledge comes in; a page goes out. What is shown of it, and how, is decided in the page's own scripts.
"""

from __future__ import annotations

import html
from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import Path

from kg.errors import InputError
from kg.knowledge import Knowledge
from kg.model import Article, Entity, Fact, Mention, Page
from kg.viewer.data import printable, view_data
from kg.viewer.page import page_html
from kg.viewer.scope import Scope


def view_html(
    knowledge: Knowledge,
    *,
    focus: str | None = None,
    neighbourhood_only: bool = False,
    scope: Scope | None = None,
) -> str:
    """The explorer as one HTML document that asks nothing of a network.

    Args:
        focus: id, name or other name of the entity to open with; None opens the landing panel.
        neighbourhood_only: hold only the focus, its neighbours and what is said of and among them.
        scope: what `knowledge` is of all that is known, for the page to say; None is everything.

    Raises:
        InputError: nothing is called `focus`, or `neighbourhood_only` is asked for without a focus.
    """
    entities: Sequence[Entity] = knowledge.entities
    facts: list[Fact] = []
    pages: list[Page] = []
    articles: list[Article] = []
    mentions: list[tuple[Mention, str]] = []
    for record in knowledge.records:
        links = {link.mention: link.entity for link in record.links}
        facts += record.facts
        pages.append(record.page)
        articles += (replace(article, blocks=(), bylines=()) for article in record.articles)
        mentions += ((mention, links[mention.id]) for mention in record.mentions if mention.id in links)
    entity = find_entity(entities, facts, focus) if focus is not None else None
    if neighbourhood_only:
        if entity is None:
            raise InputError("one neighbourhood needs a focus", hint="name a person or place")
        scope = replace(scope or Scope(held=pages), neighbourhood=True)
        entities, facts = _neighbourhood(entities, facts, entity.id)
        cited = {provenance.page for fact in facts for provenance in fact.evidence}
        pages = [page for page in pages if page.id in cited]
        articles = [article for article in articles if article.page in cited]
    start: dict[str, str | bool] = {"focus": entity.id} if entity else {}
    if neighbourhood_only:
        start["embedded"] = True
    return page_html(view_data(entities, facts, articles, pages, mentions, scope=scope), start=start)


def write_view(knowledge: Knowledge, path: Path, *, focus: str | None = None, scope: Scope | None = None) -> None:
    """Write the explorer as one UTF-8 file, whole or not at all.

    Args:
        focus, scope: as in `view_html`.

    Raises:
        InputError: nothing is called `focus`, or the file cannot be written.
    """
    page = view_html(knowledge, focus=focus, scope=scope).encode("utf-8")
    unfinished = path.with_name(path.name + ".part")
    try:
        unfinished.write_bytes(page)
        unfinished.replace(path)
    except OSError as error:
        raise InputError(f"cannot be written ({error.strerror})", where=str(path)) from error


def embed_html(knowledge: Knowledge, *, focus: str, height: int = 620, scope: Scope | None = None) -> str:
    """One neighbourhood as an `<iframe>` for a notebook's output, without access to the notebook.

    Args:
        height: of the frame, in CSS pixels.
        scope: as in `view_html`.

    Raises:
        InputError: nothing is called `focus`.
    """
    name = printable(find_entity(knowledge.entities, knowledge.facts, focus).name)
    page = view_html(knowledge, focus=focus, neighbourhood_only=True, scope=scope)
    # All that an attribute needs; escaping more would make the page a tenth longer.
    attribute = page.replace("&", "&amp;").replace('"', "&quot;")
    return (
        f'<iframe srcdoc="{attribute}" sandbox="allow-scripts allow-downloads" '
        f'style="width:100%;height:{height}px;border:1px solid #bbb" title="{html.escape(name, quote=True)}"></iframe>'
    )


def find_entity(entities: Sequence[Entity], facts: Iterable[Fact], name: str) -> Entity:
    """The entity with an id, a name or, failing these, another name; of several the one most facts speak of.

    Raises:
        InputError: there is none.
    """
    found = (
        [entity for entity in entities if entity.id == name]
        or [entity for entity in entities if entity.name == name]
        or [entity for entity in entities if name in entity.aliases]
    )
    if not found:
        raise InputError(f"nothing is called {name!r}", hint="try `kg query`, or open the file and press /")
    if len(found) == 1:
        return found[0]
    told = {entity.id: 0 for entity in found}
    for fact in facts:
        for end in (fact.subject, fact.object):
            if end in told:
                told[end] += 1
    return min(found, key=lambda entity: (-told[entity.id], entity.id))


def _neighbourhood(entities: Sequence[Entity], facts: Sequence[Fact], focus: str) -> tuple[list[Entity], list[Fact]]:
    """The focus, everything one fact away, the organisations of posts, and all facts among them."""
    near = {focus}
    for fact in facts:
        if focus in (fact.subject, fact.object):
            near |= {fact.subject, fact.object}
    near |= {entity.org for entity in entities if entity.id in near and entity.org}
    kept = [
        replace(
            fact, attributes=tuple((key, value) for key, value in fact.attributes if key != "event" or value in near)
        )
        for fact in facts
        if fact.subject in near and fact.object in near
    ]
    return [entity for entity in entities if entity.id in near], kept
