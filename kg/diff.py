"""What one build says that another does not: facts gained and lost, compared by content and never by id.

In: two pieces of knowledge, or the folders of two builds. Out: a `Diff`, and its table as text. It judges nothing: a
fact lost may be an error gone. Planned happenings are left out, as exports leave them out.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from kg.knowledge import Knowledge, entity_index, facts_by_page, without_planned
from kg.model import Entity, Kind, Relation
from kg.store import Store
from kg.stored import held, read_knowledge

_RELATIONS = tuple(Relation)


@dataclass(frozen=True, slots=True)
class Claim:
    """A fact by its content. `part` is what a participant did (`host`), else None; names are canonical names."""

    doc: str
    relation: Relation
    subject: str
    object: str
    date: str | None
    part: str | None = None

    def line(self) -> str:
        """The claim on one line, page last; names may hold anything, so control characters and breaks are dropped."""
        said = f"{self.relation} {self.subject} → {self.object}"
        said += f" ({self.part})" if self.part else ""
        said += f" {self.date}" if self.date else ""
        return "".join(char if char.isprintable() else " " for char in f"{said} [{self.doc}]")


@dataclass(frozen=True, slots=True)
class Diff:
    """What changed between two builds.

    `gained` and `lost` are sorted by page, relation and names and hold only claims of pages that both builds have;
    pages that one alone has stand in `pages_added` and `pages_removed`, by id.
    """

    gained: tuple[Claim, ...]
    lost: tuple[Claim, ...]
    n_same: int
    pages_added: tuple[str, ...] = ()
    pages_removed: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        """Whether anything changed."""
        return bool(self.gained or self.lost or self.pages_added or self.pages_removed)


def diff_knowledge(old: Knowledge, new: Knowledge) -> Diff:
    """Compare two builds fact by fact.

    A fact that two sentences of a page say is one claim. A page whose file has another name is another page.
    """
    before, after = _claims(old), _claims(new)
    shared = before.keys() & after.keys()
    was = {claim for page in shared for claim in before[page]}
    now = {claim for page in shared for claim in after[page]}
    return Diff(
        gained=tuple(sorted(now - was, key=_order)),
        lost=tuple(sorted(was - now, key=_order)),
        n_same=len(was & now),
        pages_added=tuple(sorted(after.keys() - shared)),
        pages_removed=tuple(sorted(before.keys() - shared)),
    )


def diff_stores(old: Path, new: Path) -> Diff:
    """Compare the builds in two output folders.

    Raises:
        InputError: a folder has no store, or it cannot be read.
    """
    return diff_knowledge(_load(old), _load(new))


def format_diff(diff: Diff, *, limit: int | None = None) -> str:
    """The diff as text: a table of counts by relation, then each claim behind `+` or `-`.

    Args:
        diff: what to show.
        limit: show at most so many gained and so many lost claims; None shows all.
    """
    gained = Counter(claim.relation for claim in diff.gained)
    lost = Counter(claim.relation for claim in diff.lost)
    lines = [f"{'':16}{'+':>7}{'-':>7}"]
    lines += [f"{each:16}{gained[each]:7}{lost[each]:7}" for each in _RELATIONS if gained[each] or lost[each]]
    lines.append(f"{'all':16}{len(diff.gained):7}{len(diff.lost):7}   = {diff.n_same}")
    for sign, claims in (("-", diff.lost), ("+", diff.gained)):
        lines += [f"{sign} {claim.line()}" for claim in claims[:limit]]
        if limit is not None and len(claims) > limit:
            lines.append(f"{sign} … {len(claims) - limit}")
    for sign, pages in (("-", diff.pages_removed), ("+", diff.pages_added)):
        lines += [f"{sign} [{page}]" for page in pages[:limit]]
        if limit is not None and len(pages) > limit:
            lines.append(f"{sign} … {len(pages) - limit}")
    return "\n".join(lines)


def _load(folder: Path) -> Knowledge:
    with Store.open(folder) as store:
        return held(read_knowledge(store))


def _claims(knowledge: Knowledge) -> dict[str, set[Claim]]:
    """Claims by page id; a page that says nothing has an empty set."""
    shown = without_planned(knowledge)
    entities = entity_index(shown)
    claims: dict[str, set[Claim]] = {page.id: set() for page in shown.pages}
    for page, fact in facts_by_page(shown):
        part = dict(fact.attributes).get("part") if fact.relation is Relation.PARTICIPATED_IN else None
        claims[page.id].add(
            Claim(
                page.id,
                fact.relation,
                _describe(fact.subject, entities),
                _describe(fact.object, entities),
                fact.date,
                None if part is None else str(part),
            )
        )
    return claims


def _describe(entity_id: str, entities: Mapping[str, Entity]) -> str:
    """A name that tells the entity without its id: a post with its body, a happening with its kind."""
    entity = entities.get(entity_id)
    if entity is None:
        return entity_id
    match entity.kind:
        case Kind.ROLE:
            org = entities.get(entity.org or "")
            return f"{org.name if org else ''}{entity.title or entity.name}"
        case Kind.EVENT:
            return f"{entity.subtype or 'other'}:{entity.name}"
        case _:
            return entity.name


def _order(claim: Claim) -> tuple[object, ...]:
    return (
        claim.doc,
        _RELATIONS.index(claim.relation),
        claim.subject,
        claim.object,
        claim.date or "",
        claim.part or "",
    )
