"""Reads the happenings of an article, sentence by sentence, with what earlier sentences said in mind.

In: a sheet, its linked finds and the home region. Out: `Happening`s. A tour goes on over sentences (随后, 一行, 在…) until
another day or other people begin one; a meeting gathers who hosted, spoke, attended; anything else is read from one
sentence that names who and when or where. Plans, refusals and what somebody says are not happenings.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Sequence

from kg.events.happening import Draft, Happening
from kg.events.meetings import read_attendance, read_ceremony, read_meeting, read_speakers
from kg.events.others import read_other
from kg.events.outline import DATE, ORG, PERSON, PLACE, REGION, Outline, outline_sentences
from kg.events.story import DAY, Story
from kg.events.tours import read_tour
from kg.gazetteers import Division
from kg.link import Linked
from kg.model import Article, Kind
from kg.roles import Post
from kg.sheet import Sheet

# What may stand before the body that a sentence is about: 本报讯（记者 …）今年以来，|某区; 去年，“|某公司; not 在|某镇，.
_OPENS = re.compile(rf"(?:[^，。（）]{{0,6}}讯)?(?:（[^）]{{0,60}}）)?(?:{DATE}|[，“ ]|目前|如今|近年来)*")
# 来到甲镇和县某局调研，并在县某局召开座谈会: who was on the tour was at the meeting.
_THEN_MET = re.compile(
    rf"(?:并|还|随后|之后|最后)(?:于?{DATE})?在[{PLACE}{REGION}{ORG}]+[^，。；]{{0,8}}?(?:召开|举行|组织召开|主持召开)"
)
# Rooms and seats of a county that its own leaders do not visit: 县行政中心会议室, 县政府; the township's hall they do.
_ROOM = re.compile(r"(?:会议室|报告厅|礼堂|会议中心|行政中心|行政大楼|机关大院|办公楼|[省市区县州盟旗](?:委|政府))$")
# 某某敬老院住着20位老人。P听取了介绍: bodies that a paragraph opens with and one can go to; not 县教育局.
_HOUSE = re.compile(r"(?:福利院|总院|医院|敬老院|养老院|卫生院)$")
_ROAD = re.compile(r"(?:路|街|大道|线|高速|公路|桥)$")


def read_happenings(
    sheet: Sheet, linked: Linked, home_path: tuple[Division, ...], posts: Sequence[Post]
) -> list[Happening]:
    """All happenings of a page; two articles on one event give one. `posts` tell who is at home where."""
    seats: dict[str, set[str]] = {}
    for post in posts:
        if post.org in linked.entities and post.group != "people":
            seats.setdefault(post.person, set()).add(linked.entities[post.org].name)
        seat = post.org or ""
        if seat in linked.entities and linked.entities[seat].kind == Kind.ORG:
            seat = linked.inside.get(seat, seat)
        code = linked.entities[seat].code if seat in linked.entities else None
        if code and post.group != "people":
            seats.setdefault(post.person, set()).add(code)
    drafts: list[Draft] = []
    for article in sheet.articles:
        drafts += _read_article(sheet, linked, home_path, article)
    drafts = _merge(drafts)
    home_codes = frozenset(region.code for region in home_path if region.level in {"province", "city", "county"})
    return [_finish(draft, linked, seats, home_codes) for draft in drafts if _stands(draft)]


def _read_article(sheet: Sheet, linked: Linked, home_path: tuple[Division, ...], article: Article) -> list[Draft]:
    home = home_path[-1] if home_path else None
    story = Story(sheet, linked, home, frozenset(region.code for region in home_path), article)
    start = bisect_left(sheet.offsets, article.span.start)
    end = bisect_left(sheet.offsets, article.span.end)
    for outline in outline_sentences(sheet, linked, start, end):
        _read_sentence(story, outline)
    for draft in story.drafts:
        if draft.follows is not None:
            for entity, part in draft.follows.parts.items():
                if draft.rule in {"event.after-meeting", "event.meeting"} and entity not in draft.follows.people:
                    continue
                if entity in draft.follows.still:
                    continue  # who was met on the way stayed there
                draft.join(entity, "lead" if part == "lead" else "attend", person=entity in draft.follows.people)
            if draft.type == "signing" and not draft.stops:
                draft.stops.update(draft.follows.stops)
    return story.drafts


def _read_sentence(story: Story, outline: Outline) -> None:
    narrative = outline.text[: outline.speech]
    made = False
    if story.first_date == (None, None) and outline.kind == "paragraph":
        named, iso, precision = story.date(outline)
        if named and iso:
            story.first_date = (iso, precision)
    if narrative and outline.kind != "outside":
        made = read_meeting(story, outline, narrative)
        made = read_ceremony(story, outline, narrative) or made
        toured = read_tour(story, outline, narrative)
        if made and toured and "暨" in narrative:  # 开展调研座谈暨授牌仪式: one company for both
            for draft in story.drafts:
                if draft.type == "ceremony" and outline.start in draft.evidence:
                    draft.follows = story.tour
        if made and toured and story.meeting is not None and _THEN_MET.search(narrative):
            if outline.start in story.meeting.evidence and story.meeting.follows is None:
                story.meeting.follows = story.tour  # 来到甲镇和县某局调研，并在县某局召开座谈会
        made = toured or made
        read_attendance(story, outline, narrative)
    story.opened = None
    if not made and outline.kind in {"paragraph", "subhead"} and read_other(story, outline):
        story.opened = story.drafts[-1] if story.drafts else None
    read_speakers(story, outline)
    story.previous_date = story.date(outline)[1:]
    if story.previous_date[1] == DAY:
        story.day_told = story.previous_date[0]
    places = [sign for sign in outline.signs if sign.sign == PLACE and sign.entity]
    sites = [sign for sign in places if story.entity(sign).subtype == "site"]
    off_road = [sign for sign in sites if not _ROAD.search(story.entity(sign).name)]
    story.topic_site = next(iter(off_road or sites or places), None)
    if outline.kind == "paragraph" and outline.start - story.paragraph_start > 600:
        story.site_of_paragraph = None
    if off_road or [sign for sign in places if story.entity(sign).subtype == "village"]:
        story.site_of_paragraph = (off_road or places)[-1]
        story.paragraph_start = outline.start
    first = next((sign for sign in outline.signs if sign.sign == PERSON and sign.entity), None)
    if first is not None and first.at <= 24 and story.linked.finds[first.index].family != "byline":
        story.topic_person = first
    if story.sheet.text[outline.start - 1 : outline.start] in {"", "\n"} or outline.kind != "paragraph":
        opens = [s for s in outline.signs if s.at <= 2 and s.sign in {PLACE, ORG} and s.entity]
        doors = {"site", "village", "company", "school"}  # 某街道|养老服务中心服务5个社区。P走进餐厅
        story.opening_site = next(
            (s for s in opens if story.entity(s).subtype in doors or _HOUSE.search(story.entity(s).name)), None
        )
    stops = [s for s in story.governed(outline, narrative) if s.sign == PLACE] if narrative else []
    if stops or story.since_stops > 1:
        story.last_stops, story.since_stops = stops, 0
    story.since_stops += 1
    story.last_bodies = [s for s in story.bodies(outline, 0, len(narrative)) if s.sign == ORG] if narrative else []
    opening = next((s for s in outline.signs if s.sign in {ORG, REGION, PLACE} and s.entity), None)
    if opening is not None and (opening.at <= 2 or _OPENS.fullmatch(outline.text, 0, opening.at)):
        named_body = opening.sign != PLACE or story.entity(opening).subtype in {"township", "village"}
        if named_body and opening in story.bodies(outline, 0, opening.at + 1):  # not 某村党总支|书记P说
            story.topic = opening


def _merge(drafts: Iterable[Draft]) -> list[Draft]:
    """One draft an event: same type, same date (or one of them none), and people or places in common."""
    kept: list[Draft] = []
    for draft in drafts:
        other = next((other for other in kept if _same(other, draft)), None)
        if other is None:
            kept.append(draft)
            continue
        if other.date is None:
            other.date, other.precision = draft.date, draft.precision
        for entity, part in draft.parts.items():
            other.join(entity, part, person=entity in draft.people)
        for stop, at in draft.stops.items():
            other.stops.setdefault(stop, at)
        other.days.update(draft.days)
        for guest, at in draft.guests.items():
            other.guests.setdefault(guest, at)
        other.evidence += draft.evidence
        other.looked = other.looked or draft.looked
    return kept


def _same(other: Draft, draft: Draft) -> bool:
    if (
        {other.type, draft.type} == {"launch", "ceremony"}
        and other.date == draft.date
        and set(other.parts) & set(draft.parts)
    ):
        other.type = "ceremony"  # 公司开业 and 出席开业庆典
        return True
    if other.type != draft.type or draft.type not in {"inspection", "meeting", "ceremony", "signing"}:
        return False
    if other.rule != draft.rule or draft.rule in {"event.encounter", "event.talks"}:
        return False
    if not (other.date == draft.date or other.date is None or draft.date is None):
        return False
    if draft.type == "inspection" and other.date != draft.date and not (other.headline or draft.headline):
        return False
    if draft.type == "meeting" and other.name != draft.name and other.date is not None and draft.date is not None:
        return False
    return bool(set(other.parts) & set(draft.parts)) or not other.parts or not draft.parts


def _stands(draft: Draft) -> bool:
    """An event needs a participant and a date or place."""
    if draft.type == "inspection" and not draft.stops and not draft.guests and draft.precision != "day":
        return False
    return bool(draft.parts) and bool(draft.date or draft.stops or draft.guests)


def _around(place: str, linked: Linked) -> list[str]:
    """Codes of the divisions that a place lies in, its own too, the smallest first."""
    codes: list[str] = []
    at: str | None = place
    while at is not None:
        code = linked.entities[at].code
        codes += [code] if code else []
        at = linked.inside.get(at)
    return codes


def _finish(draft: Draft, linked: Linked, seats: dict[str, set[str]], home_codes: frozenset[str]) -> Happening:
    visits: list[tuple[str, str, int, str | None]] = []
    if draft.type in {"inspection", "ceremony", "signing"} or (draft.type in {"meeting", "activity"} and draft.stops):
        people = [person for person in draft.parts if person in draft.people and person not in draft.still]
        around_of = {stop: _around(stop, linked) for stop in draft.stops}
        for person in people:
            own = seats.get(person, set())
            for stop, at in draft.stops.items():
                around = around_of[stop]
                if person in draft.local and not set(around) & {code for code in own if len(code) == 6}:
                    continue  # 某县、某区领导分别在当地陪同
                if _ROOM.search(linked.entities[stop].name) and next((c for c in around if len(c) < 9), "") in own:
                    continue  # a room of the county hall is no visit for those who work there
                if linked.entities[stop].code in own or linked.entities[stop].name in own:
                    continue  # 安顺市委常委 does not visit 安顺, nor a head his own hospital
                visits.append((person, stop, at, draft.days.get(stop)))
    for (person, region), at in draft.guests.items():
        if linked.entities[region].code in seats.get(person, ()):
            continue
        if not any(visit[:2] == (person, region) for visit in visits):
            visits.append((person, region, at, None))
    for region in dict.fromkeys(region for _, region in draft.guests):
        for person in draft.parts:  # 省某厅的P陪同 somebody who came to our city: he came, too
            codes = {code for code in seats.get(person, ()) if code.isdigit()}
            here = linked.entities[region].code or "-"
            outside = codes and not any(code.startswith(here) for code in codes)
            if outside and draft.parts[person] in {"lead", "accompany", "attend"} and person not in draft.still:
                if not any(visit[:2] == (person, region) for visit in visits):
                    visits.append((person, region, next(iter(draft.guests.values())), None))
    stops = tuple(draft.stops) or tuple(dict.fromkeys(region for _, region in draft.guests))
    if draft.guests and not draft.stops:
        region = next(iter(draft.guests))[1]
        at = draft.guests[next(iter(draft.guests))]
        visits += [
            (person, region, at, None)
            for person in draft.parts
            if person in draft.people and draft.parts[person] in {"lead", "accompany"} and (person, region) not in draft.guests
            and person not in draft.still
            and linked.entities[region].code not in seats.get(person, ())
        ]  # fmt: skip
    finer = tuple(place for place in stops if linked.entities[place].code not in home_codes)
    if finer and draft.type in {"inspection", "ceremony"}:
        stops = finer  # 来我区调研 and then stop by stop: the stops say where
    if not stops and draft.region is not None:
        stops = (draft.region,)
    only_went = draft.rule == "event.tour" and not draft.looked and not draft.guests
    return Happening(
        type="other" if only_went else draft.type,
        name=draft.name,
        date=draft.date,
        precision=draft.precision,
        participants=tuple(draft.parts.items()),
        places=stops,
        visits=tuple(visits),
        evidence=tuple(dict.fromkeys(draft.evidence)),
        rule=draft.rule,
        score=draft.score,
        status=draft.status,
    )


__all__ = ["REGION", "read_happenings"]
