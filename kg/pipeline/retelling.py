"""Tells once, in the store, what several pages tell: `kg.resolve.pointing.retell` page by page.

In: pages on which some entity, event or article is another one now. Out: the tables of what is told again, hidden and
told instead, and the pages whose facts may be others for it.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache

from kg.model import PageRecord
from kg.pipeline.copies import FirstPrints
from kg.resolve import Resolution
from kg.resolve.kept import read_event
from kg.resolve.pointing import retell_at
from kg.resolve.sightings import event_order
from kg.store import Store
from kg.store.prints import Ref
from kg.store.seen import Seen

_HELD = 64
"""Pages whose facts are held: those that tell one thing are of the same days."""


class Retelling:
    """What is told once; `untold` are the pages of which it was taken back and is to be told anew."""

    def __init__(self, store: Store, seen: Seen) -> None:
        """Nothing is changed yet."""
        self.store, self.seen = store, seen
        self.untold: set[str] = set()
        self.tellers: set[str] = set()
        """The pages that told again what an untold page told."""

    def untell(self, homes: Iterable[str]) -> None:
        """Take back what is told once on pages; before anything is forgotten or changed that it came of."""
        for home in homes:
            if home not in self.untold:
                self.untold.add(home)
                self.tellers.update(self.seen.told.tellers(home))
                self.seen.told.untell(home)

    def untell_around(self, page: str) -> None:
        """Take back what is told once on a page, and what of its facts is told elsewhere."""
        self.untell([page, *self.seen.told.repeats(page).values()])

    def tell(self, around: Iterable[str], prints: FirstPrints) -> set[str]:
        """Tell it as it is now.

        Args:
            around: pages that there are, of which entities, events or articles are others than before.

        Returns:
            The pages whose facts may be told otherwise than before.
        """
        told = self.seen.told
        for page in around:
            old, new = told.repeats(page), self._repeats(page, prints)
            # A home is untold before any of its tellers is another: what to take back hangs on them.
            self.untell([page, *old.values(), *new.values()])
            if new != old:
                told.set_repeats(page, new)
        facts = lru_cache(_HELD)(self._facts)
        changed = {*self.untold, *self.tellers}
        for home in sorted(self.untold):
            tellers = told.tellers(home)
            if tellers:
                changed.update(tellers)
                found = [facts(page) for page in (home, *tellers)]
                self._tell_at(home, [each for each in found if each is not None])
        return changed

    def _facts(self, page: str) -> tuple[PageRecord, dict[Ref, str], dict[Ref, str]] | None:
        for record in self.store.facts_of([page]):
            repeats = {(page, fact): home for fact, home in self.seen.told.repeats(page).items()}
            return record, self.seen.ids(page), repeats
        return None

    def _tell_at(self, home: str, pages: list[tuple[PageRecord, dict[Ref, str], dict[Ref, str]]]) -> None:
        records = [record for record, _ids, _repeats in pages]
        ids: dict[Ref, str] = {}
        repeats: dict[Ref, str] = {}
        for _record, its_ids, its_repeats in pages:
            ids |= its_ids
            repeats |= its_repeats
        events = self.seen.dated(record.page.id for record in records)
        self.seen.told.tell(home, *retell_at(home, records, Resolution(tuple(events), ids, repeats)))

    def _repeats(self, page: str, prints: FirstPrints) -> dict[str, str]:
        """What of a page is told again, as `kg.resolve.repeats.told_again` has it."""
        found: dict[str, str] = {}
        if page in prints.pages:
            for article in self.seen.prints.articles("page = ?", page):
                original = prints.first.get((page, article.id))
                if original is not None:
                    found.update(dict.fromkeys(article.facts, original[0]))
        later = []
        for id_, entity, said in self.seen.later_reports(page):
            event = read_event(page, id_, said)
            first = self.seen.first_report(entity)
            if first is not None and first[0] != page:
                later.append((event_order(read_event(*first)), event_order(event), first[0], event.facts))
        for _first, _event, home, facts in sorted(later):
            found.update(dict.fromkeys(facts, home))
        return found
