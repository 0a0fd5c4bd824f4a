"""What is told once and what people decided on facts: rows of `seen_repeats`, `hidden_facts`, `decided_facts`."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Mapping

from kg.model import Fact
from kg.store import rows as _rows
from kg.store.prints import Ref

_NUMBER = "(SELECT page_no FROM pages WHERE id = ?)"


class Told:
    """Facts that are not told as they were read, and those told in their place, within a transaction."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        """Not for callers: see `Store.resolving`."""
        self._connection = connection

    def repeats(self, page: str) -> dict[str, str]:
        """The page that told it first, for each fact of a page that is told again there."""
        return dict(self._connection.execute("SELECT fact, home FROM seen_repeats WHERE page = ?", (page,)))

    def set_repeats(self, page: str, repeats: Mapping[str, str]) -> None:
        """Replace them."""
        self._connection.execute("DELETE FROM seen_repeats WHERE page = ?", (page,))
        self._connection.executemany(
            "INSERT INTO seen_repeats VALUES (?, ?, ?)", [(page, *row) for row in repeats.items()]
        )

    def tellers(self, home: str) -> list[str]:
        """The pages that tell again what a page told first."""
        found = self._connection.execute("SELECT DISTINCT page FROM seen_repeats WHERE home = ? ORDER BY page", (home,))
        return [page for (page,) in found]

    def untell(self, home: str) -> None:
        """Take back what is told once on a page, or decided there, and what is hidden elsewhere for it; `tell` and
        `decide` come afterwards."""
        self._connection.execute(
            f"DELETE FROM hidden_facts WHERE page_no = {_NUMBER} AND fact NOT IN "
            "(SELECT fact FROM seen_repeats WHERE page = ?)",
            (home, home),
        )
        self._connection.execute(
            "DELETE FROM hidden_facts WHERE (page_no, fact) IN "
            "(SELECT p.page_no, r.fact FROM seen_repeats r JOIN pages p ON p.id = r.page WHERE r.home = ?)",
            (home,),
        )
        self._put_facts(home, ())

    def tell(self, home: str, hidden: Iterable[Ref], facts: tuple[Fact, ...]) -> None:
        """Tell once on a page what several tell."""
        self._hide(hidden)
        self._put_facts(home, facts)

    def decide(self, page: str, hidden: Iterable[str], facts: tuple[Fact, ...]) -> None:
        """Tell a page's facts as decided.

        Args:
            hidden: ids of facts that are not told any more.
            facts: all that the page tells otherwise than it was read.
        """
        self._hide((page, fact) for fact in hidden)
        self._put_facts(page, facts)

    def _hide(self, hidden: Iterable[Ref]) -> None:
        self._connection.executemany(
            "INSERT OR IGNORE INTO hidden_facts SELECT page_no, ? FROM pages WHERE id = ?",
            [(fact, page) for page, fact in sorted(hidden)],
        )

    def _put_facts(self, page: str, facts: tuple[Fact, ...]) -> None:
        for table in ("decided_evidence", "decided_facts"):
            self._connection.execute(f"DELETE FROM {table} WHERE page_no = {_NUMBER}", (page,))
        for (number,) in self._connection.execute("SELECT page_no FROM pages WHERE id = ?", (page,)).fetchall():
            for table, rows in _rows.fact_rows(facts):
                _rows.insert(self._connection, f"decided_{table}", number, rows)
