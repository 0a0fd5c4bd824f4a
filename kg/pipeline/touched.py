"""Resolves in the store what changed pages and decisions touch, and nothing else; of a new store that is everything.

A changed page touches the names of its people, the days of its events, the articles that share its text, and the
entities that it speaks of; a decision those that it names. Each of these is a block that is resolved as `kg.resolve` does
it, from what was seen of the pages (`kg.store.seen`), so that memory does not grow with what the pages say. The rows are
those that `kg.resolve.resolve` and `kg.decisions` make of all pages at once.

Where another program resolved the store, or many pages have changed, everything is forgotten and all pages are new.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from kg.decisions import Decisions
from kg.errors import InputError
from kg.model import Kind, content_id
from kg.pipeline.blocks import Block, Spread, event_blocks, name_blocks, parts, resolve_here
from kg.pipeline.copies import FirstPrints, copy_all, update_copies
from kg.pipeline.correcting import correct_facts
from kg.pipeline.joining import Joining
from kg.pipeline.remembering import count_pages, is_counted, keep_page
from kg.pipeline.retelling import Retelling
from kg.resolve import PageEntities, see
from kg.resolve.bodies import fixed_id
from kg.resolve.entities import merge_entity
from kg.resolve.kept import read_entity
from kg.resolve.sightings import SeenArticle
from kg.store import Store
from kg.store.prints import Ref
from kg.store.seen import Seen
from kg.stored import StoreSource, in_order

FEW = 20
"""So many changed pages are always few; above, one page in `SHARE`. With more, resolving all is as fast."""
SHARE = 20


def resolve_touched(
    store: Store,
    decisions: Decisions,
    resolver: str,
    *,
    decided: tuple[str, str] = ("", ""),
    spread: Spread = resolve_here,
) -> tuple[InputError, ...]:
    """Resolve what changed since the last build, in one transaction.

    Args:
        decisions: what people decided; of the same decisions as last time only what changed pages touch is looked at.
        resolver: what resolves; if another resolved the store, nothing of that holds.
        decided: the file of the decisions, and its text, as they are kept.
        spread: where blocks are resolved.

    Returns:
        A line for each decision that cannot be applied, in the order of the file.

    Raises:
        InputError: the disk is full or the file is damaged.
    """
    with store.resolving(resolver, decided) as seen:
        new, gone = seen.changed_pages()
        if store.resolver != resolver or len({*new, *gone}) > max(FEW, store.n_pages() // SHARE):
            seen.clear()
            new, gone = list(store.content_keys()), []
        problems = _Touched(store, seen, new, gone, spread).resolve(decisions)
    store.set_complete(True)
    return problems


class _Touched:
    def __init__(self, store: Store, seen: Seen, new: list[str], gone: list[str], spread: Spread) -> None:
        self.store, self.seen, self.new, self.gone, self.spread = store, seen, new, gone, spread
        self.entities: set[str] = set()
        """Entities of which something else is said now."""
        self.around: set[str] = {*new, *gone}
        """Pages of which some entity, event or article is another one now, or may be."""
        self.retelling = Retelling(store, seen)
        self.joining = Joining(seen)

    def resolve(self, decisions: Decisions) -> tuple[InputError, ...]:
        """Bring everything up to the pages and the decisions; the problems of these."""
        seen, joining, source = self.seen, self.joining, StoreSource(self.store)
        self._take_back()
        names = {name for page in self.gone for name in seen.names(page)}
        days, near = self._where_gone()
        seen.forget(self.gone)
        near |= self._add_new(names, days)
        prints = FirstPrints(seen.prints)
        unbound = joining.bind(decisions, source)
        names |= joining.touched_names()
        self._resolve(name_blocks(seen, sorted(names), joining.by_name))
        self._resolve(event_blocks(seen, sorted(days), sorted(near), prints))
        joined = joining.join()
        self.entities |= joined.entities
        self.around |= joined.pages | {page for page, _article in near}
        self._point_posts()
        given = joining.names()
        unspoken = self._merge(given)
        there = sorted(self.around - (set(self.gone) - set(self.new)))
        seen.publish(there)
        seen.delete_entities(unspoken)
        changed = self.retelling.tell(there, prints) - (set(self.gone) - set(self.new))
        corrected = correct_facts(self.store, seen, decisions, source)
        joining.keep(given, corrected)
        count_pages(self.store, seen, sorted({*changed, *corrected.pages}))
        return in_order(decisions, (*unbound, *corrected.problems))

    def _take_back(self) -> None:
        """Take back what hangs on pages that are gone, and decisions on facts, as long as it is known what that was."""
        seen, joining = self.seen, self.joining
        for page in (*joining.corrected_pages, *self.gone):
            self.retelling.untell_around(page)
        self.around.update(joining.corrected_pages)
        self.around.update(page for home in self.gone for page in seen.told.tellers(home))
        for page in self.gone:
            self.entities.update(seen.ids(page).values())
        joining.forget(self.gone)
        self.entities.update(joining.last_corrected)
        self.around.update(page for entity in joining.last_corrected for page, _id in seen.refs_of(entity))

    def _where_gone(self) -> tuple[set[str], set[Ref]]:
        """The blocks and the articles of events on pages that are gone."""
        rows = [row for page in self.gone for row in self.seen.events("page = ?", page)]
        return {r[2] for r in rows if r[2] is not None}, {(r[0], r[3]) for r in rows if r[3] is not None}

    def _add_new(self, names: set[str], days: set[str]) -> set[Ref]:
        """Keep the new pages; names and days that they tell of are added to those given.

        Returns:
            Articles whose events may be others now.
        """
        prints, all_new = self.seen.prints, not self.seen.prints.last() and not self.gone
        added: list[SeenArticle] = []
        for record in self.store.records_of(self.new):
            page = see(record)
            self._add(page)
            names.update(entity.name for entity in page.entities if entity.kind is Kind.PERSON)
            if all_new:
                for each in page.articles:
                    prints.add(each.page, each.id, each.date, each.sketch, each.facts)
            else:
                days.update(row[2] for row in self.seen.events("page = ? AND block IS NOT NULL", page.page) if row[2])
                added += page.articles
        if not all_new:
            return update_copies(prints, self.gone, added)
        copy_all(prints)
        days.update(self.seen.crowded_blocks())
        return set(FirstPrints(prints))

    def _add(self, page: PageEntities) -> None:
        """Keep a page; its people and events have ids of their own until their blocks say otherwise."""
        ids: dict[Ref, str] = {}
        for entity in page.entities:
            ref = page.page, entity.id
            if entity.kind in (Kind.PERSON, Kind.EVENT):
                ids[ref] = content_id("event" if entity.kind is Kind.EVENT else "person", *ref)
            elif entity.kind in (Kind.PLACE, Kind.ORG):
                ids[ref] = fixed_id(page.issue, entity)
        for entity in page.entities:
            if entity.kind is Kind.ROLE:
                org = ids.get((page.page, entity.org)) if entity.org is not None else None
                if entity.org is not None and org is None:
                    raise ValueError(f"page {page.page}: {entity.id} names no entity {entity.org}")
                ids[page.page, entity.id] = content_id("role", entity.title or entity.name, org)
        keep_page(self.seen, page, ids)
        self.entities.update(ids.values())

    def _resolve(self, blocks: Iterable[Block]) -> None:
        """Resolve blocks, here or elsewhere, and point page entities at other entities where they are others now."""
        for ids in self.spread(parts(blocks)):
            self._point(ids)

    def _point(self, ids: Mapping[Ref, str]) -> None:
        base = self.joining.bases_of(list(ids))
        changed = {ref: entity for ref, entity in ids.items() if base.get(ref) != entity}
        for ref, entity in changed.items():
            self.entities |= {self.seen.entity_of(ref) or entity, entity}
            self.around.add(ref[0])
        self.seen.point((ref, entity, is_counted(ref, entity)) for ref, entity in changed.items())
        self.joining.settled(changed)

    def _point_posts(self) -> None:
        """A post's id hangs on its body's: where that is another entity now, so is the post."""
        for page in sorted(self.around):
            for post, title, org, before in self.seen.posts(page):
                entity = content_id("role", title, org)
                if entity != before:
                    self.seen.set_body((page, post), entity, org)
                    self.entities |= {before, entity}

    def _merge(self, given: Mapping[str, str]) -> list[str]:
        """Write the entities of which something else is said.

        Args:
            given: the names that people gave, by entity.

        Returns:
            Those that nobody speaks of any more.
        """
        seen = self.seen
        for entity in (*given, *self.joining.last_named):
            self.entities.update((entity, *seen.posts_of(entity)))
        unspoken = []
        for entity in sorted(self.entities):
            told = seen.told_of(entity)
            if told is None:
                unspoken.append(entity)
                continue
            kind, org, values = told
            said = [(read_entity(Kind(kind), text), times) for text, times in values]
            seen.write_entity(self.joining.renamed(merge_entity(entity, Kind(kind), said, org), given))
        return unspoken
