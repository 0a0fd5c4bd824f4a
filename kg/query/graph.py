"""The graph that a researcher asks: every question one method, every answer a pandas DataFrame with its evidence.

The work is done by the modules beside this one, which answer with plain columns (`kg.query.tables.Table`).
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kg.errors import InputError
from kg.knowledge import Knowledge, without_planned
from kg.model import Entity, Kind
from kg.query import correcting as _correcting
from kg.query import events as _events
from kg.query import itineraries as _itineraries
from kg.query import paths as _paths
from kg.query import posts as _posts
from kg.query import searching as _searching
from kg.query import sources as _sources
from kg.query import tenures as _tenures
from kg.query import visits as _visits
from kg.query.index import Index
from kg.query.moments import When
from kg.query.names import Named
from kg.query.showing import Card, View, graph_html
from kg.query.tables import Table

if TYPE_CHECKING:
    from networkx import Graph as UndirectedGraph
    from networkx import MultiDiGraph
    from pandas import DataFrame  # type: ignore[import-untyped, unused-ignore] # its stubs are no dependency

    from kg.query.cypher import Cypher


class Graph:
    """An open graph. Make one with `kg.open("out")`.

    Names may be Chinese (朱素芳, 柯城区石梁镇), other names that the pages use, ids, or entities. A name that several
    bear raises `AmbiguousName`, which lists them; one that nobody bears raises `UnknownName`, which suggests others.
    Dates are `2021`, `2021-01`, `2021-01-12` or `datetime.date`, both ends included. Events that were only announced
    are left out unless `planned` is given.
    """

    def __init__(self, index: Index) -> None:
        """See `kg.open`."""
        self.index = index

    @classmethod
    def open(cls, folder: str | Path) -> Graph:
        """Read what `kg build` wrote into a folder; the file is closed again, and later builds don't change the answers.

        Raises:
            InputError: there is no store, it is damaged or of another program, or it holds no facts.
        """
        return cls(Index.read(Path(folder)))

    def visits(
        self,
        *,
        person: Named | None = None,
        place: Named | None = None,
        within: bool = True,
        since: When | None = None,
        until: When | None = None,
        role: Named | None = None,
        event_type: str | None = None,
        planned: bool = False,
        min_score: float = 0.0,
    ) -> DataFrame:
        """Who visited where: one row a person, place and event, in order of time, the undated last.

        Args:
            place: with everything inside it, unless `within` is False.
            since: leaves out visits without a date, as `until` does; a visit of a month counts where the month overlaps.
            role: only people who, on any page, hold this post: an id, a full name (柯城区委书记) or a bare title (区长).
            event_type: `inspection`, `meeting`, … or 考察, 会议, …
            min_score: leave out facts less certain than this (0–1).

        Raises:
            InputError: a name is unknown or ambiguous, a date is none, or there is no such type of event.
        """
        return _visits.visits(
            self.index,
            person=person,
            place=place,
            within=within,
            since=since,
            until=until,
            role=role,
            event_type=event_type,
            planned=planned,
            min_score=min_score,
        ).frame()

    def itinerary(self, person: Named, *, since: When | None = None, until: When | None = None) -> DataFrame:
        """Where a person went: one row an event, its places in one cell, who else was there in another."""
        return _itineraries.itinerary(self.index, person, since=since, until=until).frame()

    def visitors(
        self,
        place: Named,
        *,
        within: bool = True,
        since: When | None = None,
        until: When | None = None,
        event_type: str | None = None,
    ) -> DataFrame:
        """Who came to a place or into what lies inside it: one row a person, most visits first."""
        return _itineraries.visitors(
            self.index, place, within=within, since=since, until=until, event_type=event_type
        ).frame()

    def posts(self, person: Named, *, on: When | None = None) -> DataFrame:
        """Which posts a person held: one row a post, by the first issue that says so.

        Args:
            on: a day (or month, or year); only posts said to be held around it, and failing these the last said before
                and the first said after. `basis` says which.
        """
        return _posts.posts(self.index, person, on=on).frame()

    def holders(self, role: Named, *, on: When | None = None) -> DataFrame:
        """Who held a post, or any post with a bare title (区长): one row a person and post, by first issue."""
        return _posts.holders(self.index, role, on=on).frame()

    def tenures(self, role: Named | None = None, *, contradicted: bool = False) -> DataFrame:
        """Who was seen in which post from when to when: one row a tenure, by post and time.

        `follows` is who was seen in the post before, `against` who was seen in it in the same time where one person holds
        it: the pages contradict each other, or a name was misread, or two namesakes were taken for one person.

        Args:
            role: a post, or a bare title (区长) for all that have it; all posts by default.
            contradicted: only tenures with somebody in `against`.
        """
        return _tenures.tenures(self.index, role, contradicted=contradicted).frame()

    def companions(self, person: Named, *, since: When | None = None, until: When | None = None) -> DataFrame:
        """Who takes part in the same events as a person: one row a companion, most events first."""
        return _visits.companions(self.index, person, since=since, until=until).frame()

    def covisits(
        self, person: Named, other: Named, *, since: When | None = None, until: When | None = None
    ) -> DataFrame:
        """Where two people were together: one row a place and event, in order of time."""
        return _visits.covisits(self.index, person, other, since=since, until=until).frame()

    def events(
        self,
        *,
        person: Named | None = None,
        place: Named | None = None,
        within: bool = True,
        since: When | None = None,
        until: When | None = None,
        event_type: str | None = None,
        planned: bool = False,
    ) -> DataFrame:
        """What happened, with who took part and where: one row an event, in order of time, the undated last."""
        return _events.events(
            self.index,
            person=person,
            place=place,
            within=within,
            since=since,
            until=until,
            event_type=event_type,
            planned=planned,
        ).frame()

    def correct(
        self,
        kind: str,
        what: Named | Sequence[Named],
        *,
        reason: str,
        name: str | None = None,
        to: str | None = None,
        who: str | None = None,
    ) -> Graph:
        """Write down what is wrong (`decisions.yaml`, docs/decisions.md) and apply it; pages are never changed.

        Args:
            kind: `reject`, `confirm`, `date` (a fact); `merge`, `split` (several entities); `rename` (one).
            what: the id of a fact, from the column `fact` of any answer; or entities.
            name: the right name, for `rename`.
            to: the right date, for `date`; an empty text where none is known.
            who: who decides; kept in the file only.

        Returns:
            The corrected graph. This one stays as it is.

        Raises:
            InputError: there is no such fact or entity, or it cannot be decided so; then nothing is written.
        """
        _correcting.correct(self.index, kind, what, reason=reason, name=name, to=to, who=who)
        return Graph.open(self.index.folder)

    def uncorrect(self) -> Graph:
        """Take back the last decision; returns the graph without it.

        Raises:
            InputError: there is none.
        """
        _correcting.uncorrect(self.index.folder)
        return Graph.open(self.index.folder)

    def path(self, a: Named, b: Named, *, relations: Collection[str] | None = None) -> DataFrame:
        """A shortest chain of facts between two entities: one row a step; empty where there is none.

        Args:
            relations: which may be used; by default what people did (not PART_OF and LOCATED_IN).
        """
        return _paths.path(self.index, a, b, relations=relations).frame()

    def evidence(self, fact: str) -> DataFrame:
        """Every sentence that says a fact, most telling first; empty where only administrative geography says it.

        Args:
            fact: an id, from the column `fact` of any other answer.
        """
        return _sources.evidence(self.index, fact).frame()

    def search(
        self, text: str, *, since: When | None = None, until: When | None = None, limit: int | None = None
    ) -> DataFrame:
        """Sentences of the pages with these words, wherever lines break in them; by date of issue and place in print."""
        return _searching.search(self.index, text, since=since, until=until, limit=limit).frame()

    def entity(self, name: Named, *, kind: str | None = None) -> Card:
        """One entity, shown as a card in a notebook; `.entity` has its fields.

        Args:
            kind: `PERSON`, `PLACE`, `ORG`, `ROLE` or `EVENT`, where the name alone does not tell.
        """
        return Card(self.index, self.index.names.one(name, _kinds(kind)))

    def entities(self, *, kind: str | None = None) -> tuple[Entity, ...]:
        """All entities, or those of a kind, by id."""
        kinds = _kinds(kind)
        return tuple(entity for entity in self.index.entities if entity.kind in kinds)

    @cached_property
    def knowledge(self) -> Knowledge:
        """All pages, mentions and facts as `kg.knowledge.Knowledge`, read when first asked for (seconds, if it is large).

        Raises:
            InputError: the store is gone or damaged, or was built again since it was opened.
        """
        from kg.pipeline import load_knowledge

        knowledge = load_knowledge(self.index.folder)[0]
        if len(knowledge.facts) != len(self.index.columns):
            raise InputError("the store was built again", where=str(self.index.folder), hint="open it again")
        return knowledge

    @cached_property
    def nx(self) -> MultiDiGraph[str]:
        """The graph for networkx: an entity a node, a fact an edge, attributes as docs/queries.md lists them."""
        from kg.query.multigraph import multigraph

        return multigraph(self.index)

    def network(
        self,
        *,
        since: When | None = None,
        until: When | None = None,
        relations: Collection[str] = (),
        planned: bool = False,
        min_score: float = 0.0,
    ) -> MultiDiGraph[str]:
        """A part of `nx`: the facts that every filter lets through, and the entities that they name; nothing else is made.

        Args:
            since: leaves out facts without a date, as `until` does.
            relations: `VISITED`, `HOLDS_ROLE`, …; all by default.
            planned: also what had not happened when the page was printed.
            min_score: leave out facts less certain than this (0–1).

        Raises:
            InputError: a date is none, or there is no such relation.
        """
        from kg.query.multigraph import multigraph
        from kg.query.networks import chosen_facts

        facts = chosen_facts(
            self.index, since=since, until=until, relations=relations, planned=planned, min_score=min_score
        )
        return multigraph(self.index, facts)

    def together(self, *, since: When | None = None, until: When | None = None) -> UndirectedGraph[str]:
        """Who takes part in events with whom: people as nodes (`name`), an edge's `weight` the events they share."""
        from kg.query.networks import together

        return together(self.index, since=since, until=until)

    def cypher(
        self, query: str, parameters: Mapping[str, Any] | None = None, *, engine: str = "grand-cypher"
    ) -> DataFrame:
        """What a Cypher query finds; docs/queries.md says which part of Cypher.

        Args:
            parameters: what `$name` stands for in the query: texts, numbers, lists of these.
            engine: `grand-cypher`, or for large graphs `ladybug`; both give the same answer.

        Raises:
            InputError: the engine is not installed, or the query is malformed or of a kind that is not answered.
        """
        return self.cypher_table(query, parameters, engine=engine).frame()

    def cypher_table(
        self, query: str, parameters: Mapping[str, Any] | None = None, *, engine: str = "grand-cypher"
    ) -> Table:
        """The same as a plain table, for who has no pandas."""
        return self._cypher.ask(query, parameters=parameters, engine=engine)

    def view(self, focus: Named, *, height: int = 620, redact: bool = False) -> View:
        """The explorer on one entity and its neighbours, for a notebook; needs no network.

        Args:
            height: in CSS pixels.
            redact: put initials in place of the names of people without a public post, as `kg view --redact` does.
        """
        from kg.redact import redacted_with_ids
        from kg.viewer import Scope, embed_html

        row = self.index.names.one(focus, tuple(Kind))
        entity = self.index.entities[row]
        shown = without_planned(self.knowledge)
        if not redact:
            return View(embed_html(shown, focus=entity.id, height=height), entity.name)
        masked, ids = redacted_with_ids(shown)
        focus_id = ids.get(entity.id, entity.id)
        name = next(other.name for other in masked.entities if other.id == focus_id)
        scope = Scope(redacted=True, held=masked.pages)
        return View(embed_html(masked, focus=focus_id, height=height, scope=scope), name)

    @cached_property
    def _cypher(self) -> Cypher:
        from kg.query.cypher import Cypher

        return Cypher(self.nx)

    def __repr__(self) -> str:
        return (
            f"<kg graph of {self.index.folder}: {len(self.index.entities)} entities, {len(self.index.columns)} facts>"
        )

    def _repr_html_(self) -> str:
        return graph_html(self.index)


def _kinds(asked: str | None) -> tuple[Kind, ...]:
    if asked is None:
        return tuple(Kind)
    try:
        return (Kind(asked.upper()),)
    except ValueError:
        raise InputError(f"no kind is called {asked!r}", hint=f"known: {', '.join(Kind)}") from None
