"""Reads the happenings of an article, sentence by sentence, with what earlier sentences said in mind.

In: a sheet, its linked finds and the home region. Out: `Happening`s. A tour goes on over sentences (随后, 一行, 在…) until
another day or other people begin one; a meeting gathers who hosted, spoke, attended; anything else is read from one
sentence that names who and when or where. Plans, refusals and what somebody says are not happenings.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from kg.events.happening import Draft, Happening
from kg.events.outline import DATE, ORG, PERSON, PLACE, REGION, TITLE, Outline, Sign, outline_sentences
from kg.events.patterns import (
    ACCOMPANIED,
    ACTIVITY,
    ATTEND,
    CEREMONY,
    ENFORCE,
    HOLD,
    HOST,
    INSPECT,
    LAUNCH,
    MEET,
    MEETING,
    MOVE,
    NEGATED,
    OTHER,
    PLANNED,
    PROJECT,
    SIGN,
    SPEAK,
)
from kg.gazetteers import Division
from kg.link import Linked
from kg.model import Article, Kind
from kg.sheet import Sheet

_CLAUSE = re.compile(r"[^，；。！？\n]+")
_NOT_ACTING = re.compile(
    rf"^(?:{TITLE}|同志|总书记)*(?:关于|在|考察|对|的|系列|等)*[^，。；]{{0,24}}?(?:重要讲话|讲话精神|重要指示|指示精神|重要批示|批示精神|重要论述|思想|回信|贺信|题为)"
)
_OBJECT_BEFORE = re.compile(r"(?:与|向|对|为|给|和|由|被|把|将|同|跟|邀请|看望了?|慰问了?|会见了?|专程来津的?)[^，。；]{0,10}$")
_GOVERNED = re.compile(
    r"(?:先后|分别|首先|随后|还|又|直接|立即|从[^，。；]{1,6})?(来到了?|走进了?|前往|赶赴|奔赴|赴|抵达|走访了?|参观了?|考察了?|视察了?|察看了?|查看了?|检查了?|调研了?|督导了?|"
    r"看望了?|慰问了?|走访慰问了?|深入到?|行至|走到|到达|赶到|踏入|走入|步入|进入|到|来|在|位于|出现在|落户|入驻|实地[^，。；]{2,6})[^，。；、]{0,7}$"
)
_STRONG_MOVE = re.compile(r"(?:来到|走进|前往|赶赴|奔赴|赴|抵达|到|来|走访|参观|考察|视察|检查|调研|督导|进入|深入)[^，。；、]{0,4}$")
_PRONOUN_STOP = re.compile(r"(?:来到|走进|参观|在|进入|走入|察看|查看)(?:了)?(?:该)?(?:园区|现场|项目现场|小区|村里|企业|基地|学校|施工现场|建设现场|车间|公司|厂区|这里|工地|村中)")
_VISITOR = re.compile(rf"来({REGION}|{PLACE})|(?:专程)?来([\u4e00-\u9fff])的")
_ONWARD = re.compile(rf"^(?:{DATE})?(?:，)?(?:随后|接着|之后|其后|此外|最后|当天|当日|下午|上午|途中|在|来到|走进|每到一处|一路上|他|她|还|期间|签约前|会前|会后|会上|座谈会上)")
_DAY = "day"


def read_happenings(sheet: Sheet, linked: Linked, home_path: tuple[Division, ...]) -> list[Happening]:
    """All happenings of a page; two articles on one event give one."""
    drafts: list[Draft] = []
    for article in sheet.articles:
        drafts += _Reader(sheet, linked, home_path, article).read()
    drafts = _merge(drafts)
    return [_finish(draft, sheet) for draft in drafts if _stands(draft)]


class _Reader:
    """One article."""

    def __init__(self, sheet: Sheet, linked: Linked, home_path: tuple[Division, ...], article: Article) -> None:
        self.sheet = sheet
        self.linked = linked
        self.home = home_path[-1] if home_path else None
        self.home_codes = {region.code for region in home_path}
        self.article = article
        self.drafts: list[Draft] = []
        self.tour: Draft | None = None
        self.meeting: Draft | None = None
        self.last: Draft | None = None
        self.last_site: str | None = None
        self.previous_site: str | None = None

    def read(self) -> list[Draft]:
        offsets = self.sheet.offsets
        from bisect import bisect_left

        start = bisect_left(offsets, self.article.span.start)
        end = bisect_left(offsets, self.article.span.end)
        for outline in outline_sentences(self.sheet, self.linked, start, end):
            self._read_sentence(outline)
        return self.drafts

    # ------------------------------------------------------------------ a sentence

    def _read_sentence(self, outline: Outline) -> None:
        narrative = outline.text[: outline.speech]
        made = False
        if narrative:
            made = self._read_meeting(outline, narrative)
            made = self._read_ceremony(outline, narrative) or made
            made = self._read_tour(outline, narrative) or made
            self._read_attendance(outline, narrative)
            if not made and outline.kind not in {"kicker", "caption", "outside"}:
                self._read_other(outline, narrative)
        self._read_speakers(outline)
        sites = [s for s in outline.signs if s.sign == PLACE and s.entity]
        self.previous_site = self.last_site
        self.last_site = sites[-1].entity if sites else None

    def _date(self, outline: Outline, before: int | None = None) -> tuple[bool, str | None, str | None]:
        """Whether the narrative names a date, and the first one's ISO form and precision."""
        limit = outline.speech if before is None else before
        for sign in outline.signs:
            if sign.sign == DATE and sign.at < max(limit, 1):
                date = self.sheet.dates[sign.index]
                return True, date.iso, date.precision
        return False, None, None

    def _acts(self, outline: Outline, sign: Sign) -> bool:
        """Whether a person or body does something here, and is not merely quoted (习近平总书记重要讲话精神)."""
        return not _NOT_ACTING.match(outline.text[sign.at + 1 :])

    def _people(self, outline: Outline, start: int, end: int) -> list[Sign]:
        return [
            sign
            for sign in outline.signs_in(start, end, PERSON)
            if self._acts(outline, sign) and self.linked.finds[sign.index].family != "byline"
        ]

    def _new(self, outline: Outline, type_: str, name: str, rule: str, score: float) -> Draft:
        named, iso, precision = self._date(outline)
        draft = Draft(type_, name, rule, score)
        if named:
            draft.date, draft.precision = iso, precision
        elif self.last is not None and self.last.precision == _DAY:
            draft.date, draft.precision = self.last.date, self.last.precision
        draft.evidence.append(outline.start)
        self.drafts.append(draft)
        return draft

    @staticmethod
    def _cancelled(text: str, at: int) -> bool:
        clause = max(text.rfind(mark, 0, at) for mark in "，。；") + 1
        return bool(PLANNED.search(text[clause:at]) or NEGATED.search(text[clause:at]))

    # ------------------------------------------------------------------ meetings

    def _read_meeting(self, outline: Outline, narrative: str) -> bool:
        for match in MEETING.finditer(narrative):
            clause_start = max(narrative.rfind(mark, 0, match.start()) for mark in "，。；") + 1
            tail = narrative[match.end() : match.end() + 16]
            head = narrative[max(0, match.start() - 60) : match.start()]
            held_before = HOLD.search(narrative, clause_start, match.start())
            held_after = re.match(rf"[”》]?(?:[^，。；]{{0,3}})?(?:在[{PLACE}{REGION}{ORG}][^，。；]{{0,4}})?(?:正式)?(召开|举行|举办|开幕)", tail)
            hosted = re.match(r"[”》]?并?(?:讲话|作)", tail) and re.search(r"主持$|参加$|出席$", head)
            at_meeting = re.match(r"上[，,]", tail)
            if not (held_before or held_after or hosted or at_meeting):
                continue
            if self._cancelled(narrative, held_before.start() if held_before else match.start()):
                continue
            if at_meeting and not any(s.sign == PERSON for s in outline.signs) and self.meeting is None:
                continue
            named, iso, _precision = self._date(outline)
            known = self.meeting
            if known is not None and (not named or known.date is None or iso == known.date or iso is None):
                if not (at_meeting and match.group(1) in {"座谈会"} and known.name not in {"座谈会", "会议"} and self.tour is None):
                    draft = known
                    if named and draft.date is None:
                        draft.date, draft.precision = iso, _precision
                    draft.evidence.append(outline.start)
                else:
                    draft = self._new(outline, "meeting", match.group(1), "event.meeting", 0.85)
            else:
                draft = self._new(outline, "meeting", match.group(1), "event.meeting", 0.85)
            if held_before:
                for sign in outline.signs_in(clause_start, held_before.start(), ORG, REGION, PLACE):
                    after = narrative[sign.at + 1 : held_before.start()]
                    if re.fullmatch(rf"(?:{ORG}|{REGION}|[、和与及，联合专题组织主持日前近日于在下午上{DATE}])*", after) and sign.entity:
                        if sign.sign == ORG or narrative[sign.at - 1 : sign.at] != "在":
                            draft.join(sign.entity, "organise", person=False)
            elif held_after:
                first = next(iter(outline.signs_in(clause_start, match.start(), ORG)), None)
                if first is not None and first.entity and first.at <= clause_start + 1:
                    draft.join(first.entity, "organise", person=False)
            place = re.search(rf"在((?:[{PLACE}{REGION}{ORG}])+)[^，。；]{{0,4}}?(?:召开|举行|举办|开幕)", narrative)
            if place:
                sign = outline.sign_at(place.end(1) - 1)
                if sign is not None and sign.entity:
                    draft.stops.setdefault(sign.entity, sign.start)
            for host in HOST.finditer(narrative):
                person = [s for s in self._people(outline, 0, host.start()) if s.at >= host.start() - 12]
                for sign in person[-1:]:
                    if sign.entity:
                        draft.join(sign.entity, "host", person=True)
            self.meeting = self.last = draft
            return True
        host = re.search(rf"{PERSON}(?:同志)?主持(?=$|[，。；])", narrative)
        if host and self.meeting is not None:
            sign = outline.sign_at(host.start())
            if sign is not None and sign.entity:
                self.meeting.join(sign.entity, "host", person=True)
        meet = MEET.search(narrative)
        if meet and not self._cancelled(narrative, meet.start()):
            subject = self._people(outline, 0, meet.start())
            objects = self._people(outline, meet.end(), len(narrative))
            if meet.group(1).startswith(("会见", "亲切会见")) and subject and objects:
                draft = self._new(outline, "meeting", "会见", "event.meet", 0.85)
                for sign in subject:
                    if sign.entity:
                        draft.join(sign.entity, "lead", person=True)
                for sign in objects:
                    if sign.entity:
                        draft.join(sign.entity, "attend", person=True)
                place = re.search(rf"在({REGION})期间", narrative)
                if place and (sign := outline.sign_at(place.start(1))) and sign.entity:
                    draft.stops[sign.entity] = sign.start
                if draft.date is None and self.last is not None and self.last is not draft:
                    draft.date, draft.precision = self.last.date, self.last.precision
                self.meeting = self.last = draft
                return True
        return False

    def _read_speakers(self, outline: Outline) -> None:
        """朱素芳强调, 金凤林在会上介绍: who speaks at the meeting that the article is about."""
        if self.meeting is None or (self.tour is not None and self.tour is self.last):
            return
        text = outline.text
        for sign in outline.signs:
            if sign.sign != PERSON or not sign.entity or not self._acts(outline, sign):
                continue
            after = text[sign.at + 1 : sign.at + 28]
            if re.match(rf"(?:{TITLE})?(?:同志|教授)?(?:首先|分别|随后)?(?:在[^，。；]{{0,12}}(?:中|时|上))?(?:指出|强调|要求|表示|说|介绍|通报|[^，。；{PERSON}]{{0,14}}(?:讲话|发言|致辞|讲座|报告|通报|宣讲))", after):
                known = self.meeting.parts.get(sign.entity)
                if known in {None, "attend"}:
                    self.meeting.join(sign.entity, "speak", person=True)
                    if known is None:
                        self.meeting.evidence.append(outline.start)

    # ------------------------------------------------------------------ ceremonies and signings

    def _read_ceremony(self, outline: Outline, narrative: str) -> bool:
        match = CEREMONY.search(narrative) or SIGN.search(narrative)
        if match is None or self._cancelled(narrative, match.start()):
            return False
        word = match.group(1)
        signing = "签" in word or word.startswith("达成")
        type_ = "signing" if signing else "ceremony"
        people = self._people(outline, 0, len(narrative))
        bodies = outline.signs_in(0, match.start(), ORG)
        if not people and not bodies:
            return False
        known = next((d for d in reversed(self.drafts) if d.type == type_), None)
        named, iso, precision = self._date(outline)
        if known is not None and (not named or iso == known.date or known.date is None or iso is None):
            draft = known
            if named and draft.date is None:
                draft.date, draft.precision = iso, precision
            draft.evidence.append(outline.start)
        else:
            draft = self._new(outline, type_, word, f"event.{type_}", 0.8)
        attends = ATTEND.search(narrative, 0, match.start())
        for sign in people:
            if sign.entity:
                part = "attend" if attends or sign.at > match.start() else ("lead" if not signing else "attend")
                draft.join(sign.entity, part, person=True)
        if signing:
            for sign in bodies:
                nxt = narrative[sign.at + 1 : sign.at + 2]
                if sign.entity and nxt != TITLE and not (nxt == PERSON):
                    draft.join(sign.entity, "subject", person=False)
        for sign in self._governed(outline, narrative):
            draft.stops.setdefault(sign.entity or "", sign.start)
        head = re.search(rf"({PLACE})[^，。；{PERSON}{ORG}]{{0,6}}$", narrative[: match.start()])
        if head and (sign := outline.sign_at(head.start(1))) and sign.entity:
            draft.stops.setdefault(sign.entity, sign.start)
        self.last = draft
        return True

    # ------------------------------------------------------------------ tours

    def _read_tour(self, outline: Outline, narrative: str) -> bool:
        trigger = INSPECT.search(narrative)
        moved = self._move(outline, narrative)
        visitor = _VISITOR.search(narrative)
        if trigger is None and moved is None and visitor is None:
            return False
        at = min(m.start() for m in (trigger, moved, visitor) if m is not None)
        if trigger is not None and self._cancelled(narrative, trigger.start()) and moved is None:
            return False
        accompanied: list[Sign] = []
        company = ACCOMPANIED.search(narrative)
        if company:
            accompanied = self._people(outline, company.start(), company.end())
            at = max(at, company.end()) if at >= company.start() else at
        subjects = [s for s in self._people(outline, 0, at) if s not in accompanied and not self._is_object(narrative, s)]
        bodies: list[Sign] = []
        if not subjects:
            bodies = [
                s for s in outline.signs_in(0, at, ORG, REGION)
                if re.match(r"(?:一行|组团|组织|等|多次|派出|[^，。；]{0,3}$)", narrative[s.at + 1 : at]) and s.entity and not re.search(r"[在到来从赴]$", narrative[: s.at])
            ]  # fmt: skip
        goes_on = self.tour is not None and bool(
            _ONWARD.match(outline.text) or "一行" in narrative or (subjects and any(s.entity in self.tour.people for s in subjects))
        )
        if not subjects and not bodies and not goes_on:
            return False
        stops = self._governed(outline, narrative)
        if _PRONOUN_STOP.search(narrative) and not [s for s in stops if s.sign == PLACE] and self.last_site and (self.tour or subjects):
            pass_site: str | None = self.last_site
        else:
            pass_site = None
        named, iso, precision = self._date(outline, at + 1)
        if not named:
            named, iso, precision = self._date(outline)
        tour = self.tour
        leads = {s.entity for s in subjects if s.entity}
        fresh = tour is None or bool(
            (named and precision == _DAY and tour.date and iso != tour.date)
            or (leads and tour.people and not leads & tour.people)
        )
        if fresh:
            if trigger is None and not (subjects and (stops or visitor)):
                return False
            if trigger is not None and not (subjects or bodies):
                return False
            name = trigger.group(1) if trigger else "走访"
            tour = self._new(outline, "inspection", name, "event.tour", 0.85)
            if not named and self.tour is not None and self.tour.precision == _DAY:
                tour.date, tour.precision = self.tour.date, self.tour.precision
        else:
            assert_tour = tour
            if assert_tour is None:
                return False
            tour = assert_tour
            if named and tour.date is None and iso:
                tour.date, tour.precision = iso, precision
            tour.evidence.append(outline.start)
            if trigger and tour.name == "走访":
                tour.name = trigger.group(1)
        for sign in subjects:
            if sign.entity:
                tour.join(sign.entity, "lead" if fresh or tour.parts.get(sign.entity) == "lead" else "attend", person=True)
        for sign in bodies:
            if sign.entity:
                tour.join(sign.entity, "lead", person=False)
        for sign in accompanied:
            if sign.entity:
                tour.join(sign.entity, "accompany", person=True)
        for sign in stops:
            if sign.entity:
                tour.stops.setdefault(sign.entity, sign.start)
        if pass_site:
            tour.stops.setdefault(pass_site, outline.start)
        if visitor and visitor.group(1):
            sign = outline.sign_at(visitor.start(1))
            if sign is not None and sign.entity:
                for person in [s.entity for s in subjects if s.entity]:
                    tour.guests.setdefault((person, sign.entity), outline.start)
        self.tour = self.last = tour
        return True

    def _move(self, outline: Outline, narrative: str) -> re.Match[str] | None:
        """A verb of motion that governs a place: 来到L, 走进新新街道的L; not 到 alone in 得到, 看到."""
        for match in MOVE.finditer(narrative):
            if narrative[match.start() - 1 : match.start()] in tuple("得看达收感遇找提想听受等直做谈碰"):
                continue
            if re.match(rf"[^，。；]{{0,5}}[{PLACE}{REGION}{ORG}]", narrative[match.end() :]) and not self._cancelled(narrative, match.start()):
                return match
        return None

    @staticmethod
    def _is_object(narrative: str, sign: Sign) -> bool:
        clause = max(narrative.rfind(mark, 0, sign.at) for mark in "，。；") + 1
        return bool(_OBJECT_BEFORE.search(narrative[clause : sign.at])) and not re.match(r"一行", narrative[sign.at + 1 :])

    def _governed(self, outline: Outline, narrative: str) -> list[Sign]:
        """Places that a verb of motion or looking, or 在, leads to: the most specific of a chain, and lists of them."""
        stops: list[Sign] = []
        previous: Sign | None = None
        for sign in outline.signs:
            if sign.at >= len(narrative) or sign.sign not in {PLACE, REGION, ORG}:
                continue
            after = narrative[sign.at + 1 :]
            inner = re.match(rf"(?:的|境内的?|内的?)?[{PLACE}{REGION}]", after) or (sign.sign != ORG and re.match(rf"(?:的)?{ORG}", after))
            before = narrative[: sign.at]
            chain = re.search(rf"(?:[{PLACE}{REGION}](?:的|境内的?)?)+$", before)
            root = before[: chain.start()] if chain else before
            listed = previous is not None and re.fullmatch(rf"(?:[^，。；{PERSON}{TITLE}]{{0,10}}?)?[、和及与以]及?(?:[{REGION}{PLACE}](?:的)?)*", narrative[previous.at + 1 : sign.at])
            verb = _GOVERNED.search(root)
            good = bool(listed) or bool(verb)
            if good and sign.sign == REGION and not listed:
                good = bool(_STRONG_MOVE.search(root)) and not re.match(rf"[^，。；]{{0,3}}(?:以来|期间|的{PERSON}|经济|发展)", after)
                if good and verb and verb.group(1) == "来":
                    good = True
            if good and sign.sign == ORG:
                good = bool(verb) and verb is not None and not verb.group(1).startswith(("在", "位于", "到", "来")) or bool(listed) or bool(verb and verb.group(1) in {"来到", "来到了"})
            if re.match(rf"(?:的)?(?:{TITLE}|[^，。；]{{0,4}}?{TITLE}{PERSON})", after) and not re.match(r"现场", after):
                good = False
            if good and verb and self._cancelled(narrative, verb.start()):
                good = False
            if good:
                previous = sign
                if not inner:
                    stops.append(sign)
            elif not inner:
                previous = None
        return stops

    # ------------------------------------------------------------------ attendance

    def _read_attendance(self, outline: Outline, narrative: str) -> None:
        """区领导邵晓航、吴伟红等参加。 The names before the verb took part in what the article just told."""
        if self.last is None:
            return
        for match in ATTEND.finditer(narrative):
            head = narrative[: match.start()]
            run = re.search(rf"(?:{TITLE}|{ORG}|{PLACE}|{REGION}|{PERSON}|[、，,和与及等同志的副兼原（）：; ]|党组|党委|有关|负责人|主要)+$", head)
            if run is None:
                continue
            people = [s for s in self._people(outline, run.start(), match.start())]
            if not people:
                continue
            part = "accompany" if match.group(1) in {"陪同", "随同"} else "attend"
            for sign in people:
                if sign.entity and self.last.parts.get(sign.entity) is None:
                    self.last.join(sign.entity, part, person=True)
            self.last.evidence.append(outline.start)
            if part == "attend":
                bodies = [s for s in outline.signs_in(run.start(), match.start(), ORG) if narrative[s.at + 1 : s.at + 2] in "、，和等"]
                for sign in bodies:
                    if sign.entity:
                        self.last.join(sign.entity, "attend", person=False)

    # ------------------------------------------------------------------ anything else

    def _read_other(self, outline: Outline, narrative: str) -> None:
        named, iso, precision = self._date(outline)
        for type_, pattern in (("enforcement", ENFORCE), ("launch", LAUNCH), ("project", PROJECT), ("activity", ACTIVITY), ("other", OTHER)):
            match = pattern.search(narrative)
            if match is None or self._cancelled(narrative, match.start()):
                continue
            subjects = [
                s for s in outline.signs_in(0, match.start() if type_ != "enforcement" else len(narrative), PERSON, ORG, REGION)
                if s.entity and self._acts(outline, s) and not (s.sign == PERSON and self.linked.finds[s.index].family == "byline")
                and narrative[s.at + 1 : s.at + 2] not in (TITLE,) and not re.search(r"[在到来从赴距]$", narrative[: s.at])
            ]  # fmt: skip
            if not subjects:
                continue
            stops = self._governed(outline, narrative)
            if not (named and iso):
                continue
            draft = self._new(outline, type_, match.group(1), f"event.{type_}", 0.6)
            for sign in subjects[:4]:
                part = "subject" if type_ in {"enforcement", "other"} else ("lead" if sign.sign == PERSON else "organise")
                draft.join(sign.entity or "", part, person=sign.sign == PERSON)
            for sign in stops:
                draft.stops.setdefault(sign.entity or "", sign.start)
            return


def _merge(drafts: Iterable[Draft]) -> list[Draft]:
    """One draft an event: same type, same date (or one of them none), and people or places in common."""
    kept: list[Draft] = []
    for draft in drafts:
        for other in kept:
            same_day = other.date == draft.date or other.date is None or draft.date is None
            shared = set(other.parts) & set(draft.parts)
            if other.type == draft.type and same_day and shared and draft.type in {"inspection", "meeting", "ceremony", "signing"}:
                if draft.type == "meeting" and other.name != draft.name and other.date is not None and draft.date is not None:
                    continue
                if other.date is None:
                    other.date, other.precision = draft.date, draft.precision
                for entity, part in draft.parts.items():
                    other.join(entity, part, person=entity in draft.people)
                for stop, at in draft.stops.items():
                    other.stops.setdefault(stop, at)
                for guest, at in draft.guests.items():
                    other.guests.setdefault(guest, at)
                other.evidence += draft.evidence
                break
        else:
            kept.append(draft)
    return kept


def _stands(draft: Draft) -> bool:
    return bool(draft.parts) and bool(draft.date or draft.stops or draft.guests or draft.type in {"inspection"})


def _finish(draft: Draft, sheet: Sheet) -> Happening:
    visits: list[tuple[str, str, int]] = []
    if draft.type in {"inspection", "ceremony", "signing"}:
        for person in draft.parts:
            if person not in draft.people:
                continue
            for stop, at in draft.stops.items():
                if stop != person:
                    visits.append((person, stop, at))
    for (person, region), at in draft.guests.items():
        if not any(v[0] == person and v[1] == region for v in visits):
            visits.append((person, region, at))
    stops = tuple(draft.stops) or tuple(dict.fromkeys(region for _, region in draft.guests))
    return Happening(
        type=draft.type,
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
