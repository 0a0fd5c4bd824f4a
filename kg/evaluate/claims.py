"""Scoring what is claimed: roles, visits and events."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass, field

from kg.evaluate.gold import GoldRole, GoldVisit, Pair
from kg.evaluate.measures import bare_title, is_byline, region
from kg.evaluate.scoresheet import Scores, Scoresheet
from kg.model import Fact, Relation

_LIKE_ENOUGH = 0.2
"""Least likeness of two events' participants and places for them to be one."""


def score_roles(sheet: Scoresheet, scores: Scores) -> None:
    """Posts by person and core title; where several fit, by organisation. Bylines are left out."""
    gold, ignore = _gold_roles(sheet.gold.roles)
    predicted = _predicted_roles(sheet)
    tally, tally_org = scores.tally("role"), scores.tally("role org")
    for key in sorted(set(gold) | set(predicted)):
        left = dict(predicted.get(key, {}))
        for names, role in sorted(gold.get(key, []), key=lambda row: sorted(row[0])):
            right = next((org for org in sorted(left) if org in names), None)
            chosen = right if right is not None else min(left, default=None)
            if chosen is None:
                tally.missed += 1
                scores.errors.append(("role missed", *key, "/".join(sorted(names))))
                continue
            tally.hit += 1
            _note_evidence(sheet, scores, role.evidence, left.pop(chosen))
            if role.org:
                tally_org.hit += right is not None
                tally_org.missed += right is None
                tally_org.spurious += right is None and chosen != ""
                if right is None:
                    scores.errors.append(("role org wrong", *key, f"{sorted(names)} got {chosen!r}"))
        if key not in ignore:
            tally.spurious += len(left)
            scores.errors += [("role spurious", *key, org) for org in left]


def _gold_roles(roles: Collection[GoldRole]) -> tuple[dict[Pair, list[tuple[set[str], GoldRole]]], set[Pair]]:
    """By (person, core title): each post with all names its organisation may have; and the optional ones."""
    gold: dict[Pair, list[tuple[set[str], GoldRole]]] = {}
    ignore: set[Pair] = set()
    for role in roles:
        if is_byline(role.title):
            continue
        key = role.person, bare_title(role.title)
        if role.optional:
            ignore.add(key)
            continue
        names = {region(name) for name in (role.org, *role.org_also) if name}
        rows = gold.setdefault(key, [])
        same = next((row for row in rows if row[0] & names or not (row[0] or names)), None)
        if same:
            same[0].update(names)
        else:
            rows.append((names, role))
    return gold, ignore


def _predicted_roles(sheet: Scoresheet) -> dict[Pair, dict[str, Fact]]:
    predicted: dict[Pair, dict[str, Fact]] = defaultdict(dict)
    for fact in sheet.facts_of(Relation.HOLDS_ROLE):
        role = sheet.entities.get(fact.object)
        title = (role.title or role.name) if role else ""
        if is_byline(title):
            continue
        org = region(sheet.gold_name(role.org)).lstrip("+") if role and role.org else ""
        predicted[sheet.gold_name(fact.subject), bare_title(title)].setdefault(org, fact)
    return predicted


def score_visits(sheet: Scoresheet, scores: Scores) -> None:
    """Visits by person and place, and by person, place and date; what the place lies in counts for nothing."""
    parents = {part: whole for (part, whole), _optional in reversed(sheet.gold.part_of)}
    gold: dict[Pair, list[GoldVisit]] = defaultdict(list)
    unsure: set[Pair] = set()
    for visit in sheet.gold.visits:
        if visit.optional:
            unsure.add((visit.person, visit.place))
        else:
            gold[visit.person, visit.place].append(visit)
    predicted: dict[Pair, list[Fact]] = defaultdict(list)
    for fact in sheet.facts_of(Relation.VISITED):
        predicted[sheet.gold_name(fact.subject), sheet.gold_name(fact.object)].append(fact)
    ignore = unsure | {(person, up) for person, place in set(gold) | unsure for up in _above(place, parents)}
    ignore -= set(gold)
    scores.tally("visited").add(set(gold), set(predicted), ignore)
    dated = {(*key, visit.date) for key, visits in gold.items() for visit in visits}
    dated_predicted = {(*key, fact.date) for key, facts in predicted.items() for fact in facts}
    scores.tally("visited, dated").add(dated, dated_predicted, {row for row in dated_predicted if row[:2] in ignore})
    scores.errors += [("visit missed", *key) for key in sorted(set(gold) - set(predicted))]
    scores.errors += [("visit spurious", *key) for key in sorted(set(predicted) - set(gold) - ignore)]
    for key in sorted(set(gold) & set(predicted)):
        _note_evidence(sheet, scores, gold[key][0].evidence, predicted[key][0])
    for person, place, date in sorted(dated - dated_predicted, key=str):
        if (person, place) in predicted:
            got = sorted({str(fact.date) for fact in predicted[person, place]})
            scores.errors.append(("visit date", person, place, str(date), f"got {got}"))


def _above(place: str, parents: dict[str, str]) -> set[str]:
    seen: set[str] = set()
    while place in parents and parents[place] not in seen:
        place = parents[place]
        seen.add(place)
    return seen


@dataclass(slots=True)
class _Happening:
    """What two events are compared by."""

    people: set[str] = field(default_factory=set)
    places: set[str] = field(default_factory=set)
    date: str | None = None
    kind: str | None = None

    def likeness(self, other: _Happening) -> float:
        """Shared participants and places over all of them, a little more where the date is the same."""
        union = len(self.people | other.people) + len(self.places | other.places)
        same = len(self.people & other.people) + len(self.places & other.places)
        if not same:
            return 0.0
        return same / union + 0.2 * (self.date is not None and self.date == other.date)


def score_events(sheet: Scoresheet, scores: Scores) -> None:
    """Events matched one to one by who and where; then their participants, parts, places, types and dates."""
    optional = {event.id for event in sheet.gold.events if event.optional}
    gold = {
        event.id: _Happening({name for name, _part in event.parts}, set(event.places), event.date, event.kind)
        for event in sheet.gold.events
    }
    predicted, predicted_parts = _predicted_events(sheet)
    match = _match_events(gold, predicted, optional)
    back = {event_id: gold_id for gold_id, event_id in match.items()}
    scores.tally("event").add(
        set(gold) - optional, set(match) | {("+", event_id) for event_id in predicted if event_id not in back}, optional
    )
    for event in sheet.gold.events:
        if event.id not in match and not event.optional:
            scores.errors.append(("event missed", event.id, str(event.evidence)))
    unsure = {(event.id, name) for event in sheet.gold.events for name in event.unsure}
    for gold_id in optional:
        unsure |= {(gold_id, name) for name in gold[gold_id].people | gold[gold_id].places}
        if gold_id in match:
            matched = predicted[match[gold_id]]
            unsure |= {(gold_id, name) for name in matched.people | matched.places}

    def rows(names: str) -> tuple[set[tuple[str | Pair, str]], set[tuple[str | Pair, str]]]:
        ours: set[tuple[str | Pair, str]] = set()
        for event_id, happening in predicted.items():
            known: str | Pair = back.get(event_id, ("+", event_id))
            ours |= {(known, name) for name in getattr(happening, names)}
        theirs = {(gold_id, name) for gold_id, happening in gold.items() for name in getattr(happening, names)}
        return {row for row in theirs if row not in unsure}, ours

    gold_part, predicted_part = rows("people")
    scores.tally("participant").add(gold_part, predicted_part, unsure)
    scores.tally("event place").add(*rows("places"), unsure)
    gold_parts = {(event.id, name): part for event in sheet.gold.events for name, part in event.parts}
    for known, name in sorted(gold_part & predicted_part, key=str):
        if isinstance(known, str):
            scores.parts.append(gold_parts[known, name] == predicted_parts.get((match[known], name)))
    scores.errors += [("participant missed", str(e), n) for e, n in sorted(gold_part - predicted_part, key=str)]
    spurious = {row for row in predicted_part - gold_part if row not in unsure}
    scores.errors += [("participant spurious", str(e), n) for e, n in sorted(spurious, key=str)]
    for gold_id, event_id in match.items():
        if gold_id not in optional:
            scores.event_types.append(gold[gold_id].kind == predicted[event_id].kind)
            scores.event_dates.append(gold[gold_id].date == predicted[event_id].date)


def _predicted_events(sheet: Scoresheet) -> tuple[dict[str, _Happening], dict[Pair, str | int | None]]:
    found: dict[str, _Happening] = {}
    parts: dict[Pair, str | int | None] = {}
    for fact in sheet.facts:
        if fact.relation is Relation.PARTICIPATED_IN:
            name = sheet.gold_name(fact.subject)
            found.setdefault(fact.object, _Happening()).people.add(name)
            parts[fact.object, name] = dict(fact.attributes).get("part")
        elif fact.relation is Relation.TOOK_PLACE_AT:
            found.setdefault(fact.subject, _Happening()).places.add(sheet.gold_name(fact.object))
    for event_id, happening in found.items():
        if entity := sheet.entities.get(event_id):
            happening.date, happening.kind = entity.date, entity.subtype
    return found, parts


def _match_events(gold: dict[str, _Happening], predicted: dict[str, _Happening], optional: set[str]) -> dict[str, str]:
    """Gold event → event, most alike first; optional events take only what the others leave."""
    pairs = sorted(
        (
            (gold_id not in optional, theirs.likeness(ours), gold_id, event_id)
            for gold_id, theirs in gold.items()
            for event_id, ours in predicted.items()
        ),
        reverse=True,
    )
    match: dict[str, str] = {}
    used: set[str] = set()
    for _asked, likeness, gold_id, event_id in pairs:
        if likeness >= _LIKE_ENOUGH and gold_id not in match and event_id not in used:
            match[gold_id] = event_id
            used.add(event_id)
    return match


def _note_evidence(sheet: Scoresheet, scores: Scores, words: str | None, fact: Fact) -> None:
    said = sheet.is_said(words, fact)
    if said is not None:
        scores.evidence.append(said)
