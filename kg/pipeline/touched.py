"""Resolves what a few changed pages touch, and nothing else: the same rows as resolving all pages anew.

A changed page touches the names of its people, the days of its events, the articles that share its text, and the
entities that it speaks of. Each of these is a block that is resolved as `kg.resolve` does it, from what was seen of the
pages (`kg.store.seen`); only changed pages, and pages that tell together with them what happened, are read.

In doubt (decisions, another program, many changed pages) nothing is done here and everything is resolved anew.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from kg.model import Kind, PageRecord, content_id
from kg.pipeline.copies import first_print, update_copies
from kg.pipeline.remembering import count, is_counted, keep_page
from kg.resolve import PageEntities, Resolution, Retold, event_ids, person_ids, point_at, see
from kg.resolve.bodies import fixed_id
from kg.resolve.entities import merge_entity
from kg.resolve.kept import read_entity, read_event, read_sighting
from kg.resolve.pointing import event_of, retell_at
from kg.resolve.sightings import SeenEvent, event_order
from kg.store import Store
from kg.store.seen import Ref, Seen

FEW = 20
"""So many changed pages are always few; above, one page in `SHARE`. With more, resolving all is as fast."""
SHARE = 20
_FIXED = (Kind.PLACE, Kind.ORG)


def resolve_touched(store: Store, resolver: str) -> bool:
    """Resolve what changed since the last build, in one transaction.

    Args:
        resolver: what resolves; if another resolved the store, nothing of that holds.

    Returns:
        Whether it was done; if not, nothing was written and all is to be resolved.

    Raises:
        InputError: the disk is full or the file is damaged.
    """
    if store.resolver != resolver or store.decisions()[1]:
        return False
    with store.resolving(resolver) as seen:
        new, gone = seen.changed_pages()
        if len({*new, *gone}) > max(FEW, store.n_pages() // SHARE):
            return False
        pages = [see(record) for record in store.records_of(new)]
        if not all(map(_is_plain, pages)):
            return False
        _Touched(store, seen, pages, gone).resolve()
    store.set_complete(True)
    return True


def _is_plain(page: PageEntities) -> bool:
    """Whether all posts of a page belong to places and organisations, whose ids hang on no other page."""
    kinds = {entity.id: entity.kind for entity in page.entities}
    return all(kinds.get(e.org) in _FIXED for e in page.entities if e.kind is Kind.ROLE and e.org is not None)


class _Touched:
    def __init__(self, store: Store, seen: Seen, pages: list[PageEntities], gone: list[str]) -> None:
        self.store, self.seen, self.pages, self.gone = store, seen, pages, gone
        self.new = {page.page for page in pages}
        self.entities: set[str] = set()
        """Entities of which something else is said now."""
        self.around: set[str] = {*gone, *self.new}
        """Pages of which some entity, event or article is another one now, or may be."""
        self._untold: set[str] = set()

    def resolve(self) -> None:
        seen = self.seen
        blocks, near = self._where_gone()
        articles = update_copies(seen, self.gone, self.pages)
        names = {name for page in self.gone for name in seen.names(page)}
        homes = {home for page in self.gone for home in seen.repeats(page).values()}
        self.around.update(page for home in self.gone for page in seen.tellers(home))
        for page in self.gone:
            self.entities.update(seen.ids(page).values())
        self._untold = {*homes, *self.gone}
        for home in self._untold:
            seen.untell(home)
        seen.forget(self.gone)
        for added in self.pages:
            self._add(added)
        names.update(name for page in self.new for name in seen.names(page))
        for name in sorted(names):
            people = seen.people(name)
            before = {(page, id_): entity for page, id_, _said, entity in people}
            self._point(person_ids(read_sighting(*row[:3]) for row in people), before)
        events = self._events(blocks, near | articles)
        reprints = self._reprints({event.page for event in events})
        before = {ref: entity for page in {event.page for event in events} for ref, entity in seen.ids(page).items()}
        self._point(event_ids(events, reprints), before)
        self.around.update(event.page for event in events)
        self.around.update(page for page, _article in articles)
        self._merge()
        self._retell(homes)

    def _where_gone(self) -> tuple[set[str], set[Ref]]:
        """The blocks and the articles of events on pages that are gone."""
        rows = [row for page in self.gone for row in self.seen.events("page = ?", page)]
        return {r[2] for r in rows if r[2] is not None}, {(r[0], r[3]) for r in rows if r[3] is not None}

    def _add(self, page: PageEntities) -> None:
        """Keep a page; its people and events have ids of their own until their blocks say otherwise."""
        ids: dict[Ref, str] = {}
        for entity in page.entities:
            ref = page.page, entity.id
            if entity.kind in (Kind.PERSON, Kind.EVENT):
                ids[ref] = content_id("event" if entity.kind is Kind.EVENT else "person", *ref)
            elif entity.kind in _FIXED:
                ids[ref] = fixed_id(page.issue, entity)
        for entity in page.entities:
            if entity.kind is Kind.ROLE:
                org = ids[page.page, entity.org] if entity.org is not None else None
                ids[page.page, entity.id] = content_id("role", entity.title or entity.name, org)
        keep_page(self.seen, page, ids)
        for ref, entity_id in ids.items():
            self.seen.point(ref, entity_id, counted=is_counted(ref, entity_id))
        self.entities.update(ids.values())

    def _point(self, ids: dict[Ref, str], before: Mapping[Ref, str]) -> None:
        """Point page entities at entities, where these are others than before."""
        for ref, entity in ids.items():
            if before[ref] != entity:
                self.seen.point(ref, entity, counted=is_counted(ref, entity))
                self.entities |= {before[ref], entity}
                self.around.add(ref[0])

    def _events(self, blocks: set[str], articles: set[Ref]) -> list[SeenEvent]:
        """All events that may be one with an event of a changed page or article, and those that were."""
        rows = [row for page in sorted(self.new) for row in self.seen.events("page = ?", page)]
        found = {row[:2]: row for row in rows}
        done: set[str | Ref] = set()
        wanted: set[str | Ref] = {*blocks, *articles}
        while True:
            for row in found.values():
                if row[2] is not None:
                    wanted.add(row[2])
                if row[3] is not None:
                    wanted.add((row[0], row[3]))
            if not (open_ := wanted - done):
                return [read_event(row[0], row[1], row[4]) for row in found.values()]
            for key in open_:
                if isinstance(key, str):
                    more = self.seen.events("block = ?", key)
                else:
                    more = self.seen.events("page = ? AND article = ?", *key)
                    wanted |= self._family(key)
                found.update({row[:2]: row for row in more})
            done |= open_

    def _family(self, ref: Ref) -> set[Ref]:
        """The first print of an article and all that were printed after it."""
        kept = self.seen.articles("page = ? AND id = ?", *ref)
        if not kept:
            return set()
        root = kept[0]
        while root.copy_of is not None:
            [root] = self.seen.articles("article_no = ?", root.copy_of)
        family, queue = [root], [root]
        while queue:
            children = self.seen.articles("copy_of = ?", queue.pop().number)
            family += children
            queue += children
        return {(article.page, article.id) for article in family}

    def _reprints(self, pages: Iterable[str]) -> dict[Ref, Ref]:
        """The first prints of the articles of pages."""
        found: dict[Ref, Ref] = {}
        for page in sorted(pages):
            for article in self.seen.articles("page = ?", page):
                first = first_print(self.seen, article.number)
                if first is not None:
                    found[page, article.id] = first
        return found

    def _merge(self) -> None:
        """Write the entities of which something else is said, delete those that nobody speaks of."""
        lost = []
        for entity in sorted(self.entities):
            told = self.seen.told_of(entity)
            if told is None:
                lost.append(entity)
                continue
            kind, org, values = told
            said = [(read_entity(Kind(kind), text), times) for text, times in values]
            self.seen.write_entity(merge_entity(entity, Kind(kind), said, org))
        self.seen.delete_entities(lost)

    def _retell(self, homes: set[str]) -> None:
        """Tell once what several pages tell, on every page where that may be otherwise now; count what is changed."""
        lost = set(self.gone) - self.new
        around = (self.around | homes) - lost
        old = {page: self.seen.repeats(page) for page in around}
        repeats = {page: self._repeats(page) for page in sorted(around)}
        homes = homes | around | {home for each in (*old.values(), *repeats.values()) for home in each.values()}
        homes -= lost
        told_with = {teller for home in homes for teller in self.seen.tellers(home)}
        for home in homes - self._untold:
            self.seen.untell(home)
        for page, those in repeats.items():
            if those != old[page]:
                self.seen.set_repeats(page, those)
        tellers = {home: self.seen.tellers(home) for home in homes}
        needed = around | homes | told_with | {page for pages in tellers.values() for page in pages}
        records = {record.page.id: record for record in self.store.records_of(needed)}
        resolution = Resolution(
            tuple(self.seen.dated(records)),
            {ref: entity for page in records for ref, entity in self.seen.ids(page).items()},
            {(page, fact): home for page in records for fact, home in self.seen.repeats(page).items()},
        )
        for home in sorted(homes):
            if tellers[home]:
                told = [records[page] for page in (home, *tellers[home]) if page in records]
                self.seen.tell(home, *retell_at(home, told, resolution))
        self._count(records.values(), resolution)

    def _repeats(self, page: str) -> dict[str, str]:
        """What of a page is told again, as `kg.resolve.repeats.told_again` has it."""
        found: dict[str, str] = {}
        reprints = self._reprints([page])
        for article in self.seen.articles("page = ?", page):
            original = reprints.get((page, article.id))
            if original is not None:
                found.update(dict.fromkeys(article.facts, original[0]))
        later = []
        ids = self.seen.ids(page)
        for row in self.seen.events("page = ?", page):
            event = read_event(row[0], row[1], row[4])
            first = self.seen.first_report(ids[page, event.entity])
            if first is not None and first[0] != page:
                later.append((event_order(read_event(*first)), event_order(event), first[0], event.facts))
        for _first, _event, home, facts in sorted(later):
            found.update(dict.fromkeys(facts, home))
        return found

    def _count(self, records: Iterable[PageRecord], resolution: Resolution) -> None:
        """Count again what pages add to the summary."""
        for record in records:
            page = record.page.id
            kinds = {resolution.ids[page, e.id]: e.kind for e in record.entities if e.kind in _FIXED}
            hidden, facts = self.store.told_instead(page)
            pointed = point_at(record, resolution, Retold({page: hidden}, {page: facts}))
            spoken = {value for fact in pointed.facts if (value := event_of(fact)) is not None}
            count(self.seen, pointed, kinds, self.seen.planned(spoken))
