"""Articles as marks of their text, and which was printed before: rows of `seen_articles` and `seen_marks`."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass

Ref = tuple[str, str]
"""A page and the id of an entity, an article or a fact on it."""


@dataclass(frozen=True, slots=True)
class KeptArticle:
    """A row of `seen_articles`; `copy_of` is the number of the earlier article that it is most like."""

    number: int
    page: str
    id: str
    date: str | None
    marks: tuple[int, ...]
    facts: tuple[str, ...]
    copy_of: int | None


class Prints:
    """The articles that resolution compares, within a transaction."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        """Not for callers: see `Store.resolving`."""
        self._connection = connection

    def add(self, page: str, id_: str, date: str | None, marks: Iterable[int], facts: Iterable[str]) -> int:
        """Keep an article; its number. It is found by its marks after `index` only, by those below zero never."""
        number = self._connection.execute(
            "INSERT INTO seen_articles (page, id, date, marks, facts) VALUES (?, ?, ?, ?, ?)",
            (page, id_, date, json.dumps(list(marks)), json.dumps(list(facts))),
        ).lastrowid
        if number is None:
            raise sqlite3.DatabaseError("no row number")
        return number

    def index(self, after: int) -> None:
        """Index the marks of articles with greater numbers; in the order of the marks, for an archive has millions."""
        self._connection.execute(
            "INSERT INTO seen_marks SELECT m.value, a.article_no FROM seen_articles a, json_each(a.marks) m "
            "WHERE a.article_no > ? AND m.value >= 0 ORDER BY 1, 2",
            (after,),
        )

    def last(self) -> int:
        """The number of the newest article; 0 where there is none."""
        [(number,)] = self._connection.execute("SELECT coalesce(max(article_no), 0) FROM seen_articles")
        return int(number)

    def articles(self, where: str, *values: object) -> list[KeptArticle]:
        """Articles; `where` is a condition of our own on the columns of `seen_articles`."""
        return [
            KeptArticle(number, page, id_, date, tuple(json.loads(marks)), tuple(json.loads(facts)), copy_of)
            for number, page, id_, date, marks, facts, copy_of in self._connection.execute(
                f"SELECT * FROM seen_articles WHERE {where}", values
            )
        ]

    def numbers(self) -> list[int]:
        """The numbers of all articles."""
        return [n for (n,) in self._connection.execute("SELECT article_no FROM seen_articles ORDER BY 1")]

    def drop(self, articles: Iterable[KeptArticle]) -> None:
        """Forget articles and their marks."""
        for article in articles:
            self._connection.executemany(
                "DELETE FROM seen_marks WHERE mark = ? AND article_no = ?", [(m, article.number) for m in article.marks]
            )
            self._connection.execute("DELETE FROM seen_articles WHERE article_no = ?", (article.number,))

    def set_copy(self, number: int, of: int | None) -> None:
        """Say which earlier article one is most like."""
        self._connection.execute("UPDATE seen_articles SET copy_of = ? WHERE article_no = ?", (of, number))

    def copies(self) -> list[tuple[int, str, str, int | None]]:
        """Number, page, id and `copy_of` of all articles that are copies or are copied."""
        return self._connection.execute(
            "SELECT article_no, page, id, copy_of FROM seen_articles WHERE copy_of IS NOT NULL UNION "
            "SELECT article_no, page, id, copy_of FROM seen_articles "
            "WHERE article_no IN (SELECT copy_of FROM seen_articles WHERE copy_of IS NOT NULL) ORDER BY 1"
        ).fetchall()

    def copies_of(self, number: int) -> list[int]:
        """The numbers of the copies of an article."""
        return [
            n for (n,) in self._connection.execute("SELECT article_no FROM seen_articles WHERE copy_of = ?", (number,))
        ]

    def common(self, above: int) -> set[int]:
        """Marks that more articles have than so many."""
        found = self._connection.execute("SELECT mark FROM seen_marks GROUP BY mark HAVING count(*) > ?", (above,))
        return {mark for (mark,) in found}

    def rare(self, at_most: int) -> dict[int, int]:
        """How many marks that no more articles have than so many, for each article with any."""
        found = self._connection.execute(
            "SELECT article_no, count(*) FROM seen_marks WHERE mark IN "
            "(SELECT mark FROM seen_marks GROUP BY mark HAVING count(*) <= ?) GROUP BY article_no",
            (at_most,),
        )
        return dict(found.fetchall())

    def is_common(self, mark: int, above: int) -> bool:
        """Whether more articles have a mark than so many."""
        found = self._connection.execute("SELECT 1 FROM seen_marks WHERE mark = ? LIMIT ?", (mark, above + 1))
        return len(found.fetchall()) > above

    def with_mark(self, mark: int) -> list[int]:
        """Numbers of the articles with a mark."""
        return [n for (n,) in self._connection.execute("SELECT article_no FROM seen_marks WHERE mark = ?", (mark,))]

    def sharing(self, marks: Iterable[int], at_least: int) -> list[tuple[int, int]]:
        """Numbers of articles with enough of some marks, and how many they have."""
        return self._connection.execute(
            "SELECT article_no, count(*) FROM seen_marks WHERE mark IN (SELECT value FROM json_each(?)) "
            "GROUP BY article_no HAVING count(*) >= ?",
            (json.dumps(list(marks)), at_least),
        ).fetchall()
