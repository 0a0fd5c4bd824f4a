"""Reads meetings, ceremonies and signings: who called them, hosted, spoke, attended."""

from __future__ import annotations

import re

from kg.events.happening import Draft
from kg.events.outline import DATE, ORG, PERSON, PLACE, REGION, TITLE, Outline, Sign
from kg.events.patterns import ATTEND, CEREMONY, HOLD, HOST, IN_DAYS, INSPECT, MEET, MEETING, SIGN
from kg.events.story import DAY, Story
from kg.events.tours import within

_BARE = frozenset({"会议", "大会", "座谈会", "活动", "全会"})
_HELD = "召开|举行|举办|开幕|闭幕|开班|落幕|落下帷幕|拉开帷幕|圆满结束"
_SAYS = re.compile(
    rf"(?:{TITLE})*(?:同志|教授)?(?:首先|分别|随后|还|则)?(?:在[^，。；]{{0,12}}(?:中|时|上))?"
    rf"(?:指出|强调|要求|表示|说|介绍|通报|宣读|宣布|汇报|致辞|讲话|作[^，。；{PERSON}]{{0,16}}|就[^，。；{PERSON}]{{0,16}}(?:讲话|发言|致辞|讲座|报告|通报|宣讲|交流)|代表[^，。；]{{0,12}}(?:致辞|讲话|发言|表示))"
)
# A clause of a list of people ends in a name, or in 等, 负责人 and the like; or in an office and two or three characters that
# nobody took for a name (县政协主席|何方): the others of the list were there all the same.
_NAMES_END = re.compile(
    rf"(?:{PERSON}|{TITLE})(?:同志|一行|等)*(?:有关|相关|主要|分管|部门|单位|区县|同志|负责|人|嘉宾|领导|代表|客商|{TITLE}|[、和及以]|{ORG})*(?:共同|一同|应邀|分别|也|都|全程|一并|到会)*$|(?:负责人|负责同志|主要负责人|代表|嘉宾|等)(?:共同|一同|分别)?$|{TITLE}[\u4e00-\u9fff]{{2,3}}$"
)
_ACTS_FIRST = re.compile(
    rf"{PERSON}(?:一行)?(?:{TITLE})?(?:率队|深入|来到|前往|主持|调研|检查|督导|视察|走访|到(?!会)|在|说|指出|强调|要求|表示|介绍|作)"
)
# 塘川镇、县应急管理局作了交流发言
_BODIES_SPEAK = re.compile(
    rf"((?:[{ORG}{PLACE}]|[、和及等])+)(?:主要|有关|相关)?(?:负责人|负责同志|{TITLE})?(?:分别)?(?:作了?[^，。；]{{0,8}}(?:发言|汇报|表态|介绍)|汇报了?|发言)"
)
# 5月26日，L内彩旗招展，…举行奠基仪式: where a ceremony is held, told by how it looked there.
_FESTIVE = re.compile(
    rf"({PLACE})(?:内外|内|里|上|前)?(?:的)?(?:现场|广场|建设现场|施工现场)?[^，。；{PLACE}{REGION}{ORG}]{{0,3}}"
    r"(?:彩旗|红旗|锣鼓|鼓乐|礼炮|鞭炮|人山人海|人头攒动|人声鼎沸|热闹非凡|歌声|欢声|张灯结彩|喜气洋洋|喜气|气氛热烈|机声隆隆|机器轰鸣|旌旗)"
)
# P介绍，9月初，乡政府召开会议: who tells of a meeting need not have spoken there.
_TELLS_OF = re.compile(
    rf"(?:{TITLE})*(?:介绍|说|告诉[^，。；]{{0,4}}|透露|回忆)[，,:：](?:[^。]*?{DATE})?[^。]{{0,16}}?(?:召开|举行)"
)
# P介绍，9月初，乡政府召开会议, at the head of a story: P tells the reporter; who speaks afterwards does so to him, too.
_TOLD_BY = re.compile(rf"[^，。；]{{0,24}}?{PERSON}(?:{TITLE})*(?:介绍|回忆|告诉[^，。；]{{0,4}})[，,:：]")
# Meetings in which a tour ends, with those who were on it (当天下午，P在某地召开座谈会); not 常务会议, which has its own members.
_TALK_NAMES = frozenset(("座谈会", "座谈交流会", "汇报会", "见面会", "恳谈会", "专题会", "交流会"))
# P、Q、R等先后发言
_SPEAK_IN_TURN = re.compile(
    rf"((?:{PERSON}|{TITLE}|{ORG}|{PLACE}|{REGION}|[、和及与])+)等?(?:人|委员|代表|同志|专家)?(?:先后|分别|相继|依次)?(?:作了?[^，。；]{{0,8}})?(?:发言|汇报|表态)(?!人|席|材料|稿)"
)
# P、Q和县委常委、两院院长作交流发言
_SPEAK_AMONG = re.compile(
    rf"(?:^|[，。；])((?:{PERSON}、)*{PERSON}(?:、|和|及|以及)[^，。；]{{0,40}})(?:分别|先后)?作[^，。；]{{0,6}}发言"
)
# 听取县发改局、县旅游局的工作汇报
_HEARD = re.compile(
    rf"听取了?((?:[{ORG}{PLACE}{REGION}]|[、和及与等]|[^，。；{PERSON}]{{1,6}}?)+?)(?:的)?[^，。；{ORG}{PLACE}{REGION}]{{0,6}}汇报"
)
_SITE_OPENS = re.compile(
    rf"({PLACE})[^，。；{PERSON}{ORG}]{{0,8}}(?:开工|奠基|竣工|启用|开业|开园|开馆|揭牌|挂牌|落成|通车|启动)"
)


def read_meeting(story: Story, outline: Outline, narrative: str) -> bool:
    """A meeting that the sentence tells of or goes on telling."""
    if story.meeting is not None:
        _sponsors(outline, narrative, story.meeting)
    for match in MEETING.finditer(narrative):
        clause = max(narrative.rfind(mark, 0, match.start()) for mark in "，。；") + 1
        tail = narrative[match.end() : match.end() + 24]
        before = HOLD.search(narrative, clause, match.start())
        after = re.match(
            rf"[”》]?(?:{DATE})?(?:[^，。；]{{0,3}})?(?:在[{PLACE}{REGION}{ORG}]+[^，。；]{{0,8}}?)?(?:正式|隆重|顺利)?({_HELD})",
            tail,
        )
        after = after or re.match(
            r"[^。；]{0,40}?(?:胜利|圆满|隆重|顺利)(闭幕|召开|开幕|落幕)", narrative[match.end() :]
        )
        joined = re.search(r"(?:主持|参加|出席|列席)(?:了)?[^，。；]{0,12}$", narrative[clause : match.start()])
        at_it = (
            re.match(r"(?:上|间隙|期间)?[，,]", tail)
            and match.group(1) in {"会议", "座谈会", "大会", "推介会", "交流会"}
            and tail.startswith("上")
        )
        if not (before or after or joined or at_it):
            continue
        if story.cancelled(narrative, before.start() if before else match.start()):
            continue
        told = _TOLD_BY.match(narrative) is not None and story.meeting is None
        if (
            at_it
            and not before
            and not after
            and story.meeting is None
            and not outline.signs_in(0, len(outline.text), PERSON)
        ):
            continue
        draft = _known(story, outline, match.group(1), clause, opens=bool(before or after))
        _organisers(story, outline, narrative, draft, clause, match, before)
        _venue(outline, narrative, draft)
        for host in HOST.finditer(narrative):
            for sign in [s for s in story.people(outline, 0, host.start()) if s.at >= host.start() - 12][-1:]:
                draft.join(sign.entity or "", "host", person=True)
        if match.group(1) in _TALK_NAMES and _ends_tour(story, draft, story.people(outline, clause, match.start())):
            draft.follows = story.tour  # 当天下午，P在某县召开座谈会: with whom he had been on the way
        if joined and not re.search("主持", narrative[clause : match.start()]):
            _join_run(
                story,
                outline,
                narrative,
                draft,
                joined.start() + clause,
            )
        if not told:  # P介绍，9月初，乡政府召开会议: nobody who speaks to the reporter spoke there
            story.meeting = story.last = draft
        return True
    hosted = re.search(rf"{PERSON}(?:同志)?主持(?=$|[，。；])", narrative)
    if hosted and story.meeting is not None and (chair := outline.sign_at(hosted.start())) is not None:
        story.meeting.join(chair.entity or "", "host", person=True)
    return _read_encounter(story, outline, narrative)


def _known(story: Story, outline: Outline, name: str, clause: int, *, opens: bool) -> Draft:
    """The meeting that the article already tells of, if this can be it; else a new one."""
    named, iso, precision = story.date(outline, clause, outline.speech)  # 25日至26日调研，并于26日下午召开座谈会
    if precision != DAY:
        named, iso, precision = story.date(outline, 0, outline.speech)
    known = story.meeting
    same_name = known is not None and (
        known.name == name or name in _BARE or known.name in _BARE or known.name.endswith(name)
    )
    same_day = known is not None and (not named or known.date is None or iso is None or iso == known.date)
    if known is not None and same_day and known.rule == "event.meeting" and (same_name or not opens or not named):
        if story.tour is story.last and opens and name == "座谈会":
            return story.new(outline, "meeting", name, "event.meeting", 0.85)
        if named and known.date is None:
            known.date, known.precision = iso, precision
        if known.name in _BARE:
            known.name = name
        known.evidence.append(outline.start)
        return known
    draft = story.new(outline, "meeting", name, "event.meeting", 0.85)
    if named:
        draft.date, draft.precision = iso, precision
    return draft


def _ends_tour(story: Story, draft: Draft, hosts: list[Sign]) -> bool:
    """Whether a meeting that has just been told closes the day's tour: held by one of its people, on its day."""
    tour = story.tour
    if tour is None or draft.follows is not None or len(draft.evidence) > 1 or tour.reported:
        return False
    same_day = draft.date is None or tour.date is None or within(draft.date, tour.date)
    return same_day and any(sign.entity in tour.people for sign in hosts)


def _organisers(story: Story, outline: Outline, narrative: str, draft: Draft, clause: int, match: re.Match[str],
                before: re.Match[str] | None) -> None:  # fmt: skip
    """Who called the meeting: directly before 召开, or what the meeting's name begins with; 由…主办, 承办, 协办."""
    if before is not None:
        for sign in story.bodies(outline, clause, before.start()):
            rest = narrative[sign.at + 1 : before.start()]
            if re.fullmatch(
                rf"(?:[{ORG}{REGION}{PLACE}{DATE}]|[、和与及，联合专题组织主持日前近日于在下午上集中首次再度共同]|隆重|顺利)*",
                rest,
            ):
                draft.join(sign.entity or "", "organise", person=False)
                if sign.sign == REGION:
                    draft.region = sign.entity
    else:
        first = next(iter(story.bodies(outline, clause, match.start())), None)
        if first is not None and first.sign == ORG and first.at <= clause + 1:
            draft.join(first.entity or "", "organise", person=False)
    _sponsors(outline, narrative, draft)


def _sponsors(outline: Outline, narrative: str, draft: Draft) -> None:
    """由A、B主办，C承办，D协办."""
    for role in re.finditer(
        rf"由?((?:[{ORG}{REGION}{PLACE}]|[、和与及]|中共|联合|共同)+)(?:主办|承办|协办|联合举办)", narrative
    ):
        for sign in outline.signs_in(role.start(1), role.end(1), ORG, REGION, PLACE):
            draft.join(sign.entity or "", "organise", person=False)


def _venue(outline: Outline, narrative: str, draft: Draft) -> None:
    place = re.search(
        rf"在((?:[{PLACE}{REGION}{ORG}])+)[^，。；]{{0,8}}?(?:隆重|正式|顺利|成功)?(?:{_HELD})", narrative
    )
    if place and (sign := outline.sign_at(place.end(1) - 1)) is not None and sign.entity:
        draft.stops.setdefault(sign.entity, sign.start)


def _read_encounter(story: Story, outline: Outline, narrative: str) -> bool:
    """P会见了客商Q一行: a meeting of its own."""
    meet = MEET.search(narrative)
    if meet is None or not meet.group(1).startswith(("会见", "亲切会见")) or story.cancelled(narrative, meet.start()):
        return False
    subjects = story.people(outline, 0, meet.start())
    guests = story.people(outline, meet.end(), len(narrative))
    if not subjects or not (guests or story.meeting):
        return False
    previous = story.last
    draft = story.new(outline, "meeting", "会见", "event.encounter", 0.85)
    if draft.date is None and previous is not None:
        draft.date, draft.precision = previous.date, previous.precision
    for sign in subjects:
        draft.join(sign.entity or "", "lead", person=True)
    for sign in guests:
        draft.join(sign.entity or "", "attend", person=True)
        draft.still.add(sign.entity or "")
    place = re.search(rf"在({REGION})期间", narrative)
    if place and (sign_at := outline.sign_at(place.start(1))) is not None and sign_at.entity:
        draft.stops[sign_at.entity] = sign_at.start
    came = re.search(rf"来([{REGION}{PLACE}])的", narrative[meet.end() :])
    if came and (sign_at := outline.sign_at(meet.end() + came.start(1))) is not None and sign_at.entity:
        for sign in guests:
            draft.guests[(sign.entity or "", sign_at.entity)] = outline.start
    story.last = draft
    if story.meeting is None:
        story.meeting = draft
    elif story.meeting.rule == "event.meeting":
        story.last = story.meeting
    return True


def read_speakers(story: Story, outline: Outline) -> None:
    """朱素芳强调, Q介绍了情况: who speaks at what the article is telling."""
    draft = story.last
    if draft is None or draft.type not in {"meeting", "inspection", "signing", "ceremony", "activity"}:
        return
    if draft.type == "meeting":
        for run in _BODIES_SPEAK.finditer(outline.text):
            for sign in outline.signs_in(run.start(1), run.end(1), ORG, PLACE):
                draft.join(sign.entity or "", "speak", person=False)
        for run in (*_SPEAK_IN_TURN.finditer(outline.text), *_SPEAK_AMONG.finditer(outline.text)):
            for sign in story.people(outline, run.start(1), run.end(1)):
                draft.join(sign.entity or "", "speak", person=True)
        heard = _HEARD.search(outline.text)
        for sign in outline.signs_in(heard.start(1), heard.end(1), ORG, PLACE) if heard else []:
            if sign.entity and (sign.sign == ORG or story.entity(sign).subtype in {"township", "village"}):
                draft.join(sign.entity, "speak", person=False)
    for sign in outline.signs:
        if sign.sign != PERSON or not sign.entity or not story.acts(outline, sign):
            continue
        if story.linked.finds[sign.index].family == "byline" or not _SAYS.match(outline.text[sign.at + 1 :]):
            continue
        known = draft.parts.get(sign.entity)
        if draft.type == "meeting" and known is None and _TELLS_OF.match(outline.text, sign.at + 1):
            continue
        if draft.type == "meeting" and known in {None, "attend"}:
            draft.join(sign.entity, "speak", person=True)
            if known is None:
                draft.evidence.append(outline.start)
        elif (
            known is None
            and draft.type == "inspection"
            and not draft.reported
            and re.match(rf"(?:{TITLE})*(?:同志)?介绍", outline.text[sign.at + 1 :])
        ):
            if outline.text[sign.at - 1 : sign.at] == TITLE:
                draft.join(sign.entity, "speak", person=True)
                draft.still.add(sign.entity)
        elif draft.type == "activity" and re.match(
            rf"(?:{TITLE})*(?:授课|讲课|作[^，。；]{{0,12}}(?:讲座|授课)|主讲|宣讲)", outline.text[sign.at + 1 :]
        ):
            draft.join(sign.entity, "speak", person=True)
        elif known == "attend" and draft.type in {"signing", "ceremony", "activity"}:
            draft.parts[sign.entity] = "speak"


# 某县、某区领导P、Q分别在当地陪同: each in his own county only; not 全程陪同.
_EACH_AT_HOME = re.compile(r"在当地|在各地|就地|在各自")
_ALSO = re.compile(r"[^，。；]{2,8}(?:或|并|和)")
_MEETING_NEXT = re.compile(r"(?:了)?[^，。；]{0,6}(?:座谈|会)")


def read_attendance(story: Story, outline: Outline, narrative: str) -> None:
    """区领导邵晓航、吴伟红等参加。 The names before the verb took part in what the article just told."""
    if story.last is None:
        _read_gathering(story, outline, narrative)
        return
    run_end = -1
    for match in ATTEND.finditer(narrative):
        draft = story.last
        again = _ALSO.fullmatch(narrative, run_end, match.start()) if run_end >= 0 else None
        if (
            story.tour is not None
            and match.group(1) in {"陪同", "随同"}
            and INSPECT.match(narrative, match.end())
            and story.last.type == "meeting"
        ):
            draft = story.tour  # 副县长P陪同督导。 behind what was said at the talks
        if again is not None and story.meeting is not None and _MEETING_NEXT.match(narrative, match.end()):
            draft = story.meeting  # P、Q陪同考察或参加座谈
        else:
            run_end = match.start()
        known = set(draft.parts)
        if _join_run(
            story,
            outline,
            narrative,
            draft,
            run_end,
            accompany=draft is not story.meeting and match.group(1) in {"陪同", "随同", "一同", "一起"},
        ):
            draft.evidence.append(outline.start)
            if _EACH_AT_HOME.search(match.group()):
                draft.local |= (set(draft.parts) - known) & draft.people


def _read_gathering(story: Story, outline: Outline, narrative: str) -> None:
    """县领导…参加活动, where the article has told of a feast or show but named no meeting: what it opened with."""
    match = ATTEND.search(narrative)
    place = story.site_of_paragraph
    if match is None or place is None or outline.kind != "paragraph":
        return
    draft = Draft("activity", "活动", "event.gathering", 0.6)
    draft.date, draft.precision = story.first_date
    draft.evidence.append(outline.start)
    draft.stops[place.entity or ""] = place.start
    if _join_run(story, outline, narrative, draft, match.start()):
        story.drafts.append(draft)
        story.last = draft


def _join_run(
    story: Story, outline: Outline, narrative: str, draft: Draft, end: int, *, accompany: bool = False
) -> bool:
    """Add the names that end before `end`, clause by clause back to the first that does not end in a name."""
    start = end
    stop = end
    while start > 0:
        comma = max(narrative.rfind(mark, 0, stop) for mark in "，；。") + 1
        clause = narrative[comma:stop]
        if not _NAMES_END.search(clause) or _ACTS_FIRST.search(clause):
            break
        start = comma
        stop = comma - 1
        if stop <= 0:
            break
    joined = False
    for sign in story.people(outline, start, end):
        if story.is_object(narrative, sign):
            continue
        if draft.parts.get(sign.entity or "") is None:
            draft.join(sign.entity or "", "accompany" if accompany else "attend", person=True)
        joined = True
    for sign in outline.signs_in(start, end, ORG, REGION, PLACE):
        after = narrative[sign.at + 1 :]
        if sign.sign == PLACE and story.entity(sign).subtype not in {"township", "village"}:
            continue
        if (
            sign.entity
            and re.match(r"(?:[、，和及与]|等|有关|相关|主要|负责|班子|分管|代表)", after)
            and not re.match(rf"[、，和](?:[{ORG}{REGION}{PLACE}]|常务|副)*{TITLE}", after)
        ):
            draft.join(sign.entity, "attend", person=False)
            joined = True
    return joined


def _read_signings(story: Story, outline: Outline, narrative: str) -> bool:
    """会上，A与B签署了《…》，C与D签订了协议: each clause with two parties is a signing of its own."""
    clauses: list[tuple[re.Match[str], list[Sign]]] = []
    for match in re.finditer(r"签署|签订(?!情况)", narrative):
        start = max(narrative.rfind(mark, 0, match.start()) for mark in "，。；") + 1
        parties = story.bodies(outline, start, match.start())
        if len(parties) >= 2 and not story.cancelled(narrative, match.start()):
            clauses.append((match, parties))
    if len(clauses) < 2:
        return False
    for match, parties in clauses:
        draft = story.new(outline, "signing", match.group(), "event.signing", 0.8)
        for sign in parties:
            draft.join(sign.entity or "", "subject", person=False)
        if story.last is not None:
            draft.stops.update(story.last.stops)
    return True


# 签约前，P一行看了L: the ceremony only says when.
_BESIDE = re.compile(r"^[^，。；]{0,14}?(?:前|后|之前|之后|以前|以后|期间|间隙|当天|当日|结束时|结束)，")


def read_ceremony(story: Story, outline: Outline, narrative: str) -> bool:
    """A ceremony or signing: 出席开工仪式, 签署合同, 为“…”授牌."""
    if _read_signings(story, outline, narrative):
        return True
    match = CEREMONY.search(narrative) or SIGN.search(narrative)
    if match is None or story.cancelled(narrative, match.start()):
        return False
    beside = _BESIDE.match(narrative)
    if beside is not None and match.start() < beside.end():
        return False
    word = match.group(1)
    signing = "签" in word or word.startswith("达成")
    if signing and IN_DAYS.search(narrative):
        return False  # 仅用11天，就完成142家企业签约: not on one day; `kg.events.clauses` reads it
    type_ = "signing" if signing else "ceremony"
    people = [s for s in story.people(outline, 0, len(narrative)) if not re.search(r"由$", narrative[: s.at])]
    bodies = [s for s in story.bodies(outline, 0, match.start()) if s.sign == ORG or signing]
    known = next((d for d in reversed(story.drafts) if d.type == type_ and d.precision != "interval"), None)
    named, iso, precision = story.date(outline, 0, outline.speech)
    told = known is not None or bool(story.last and story.last.people and named)
    if not people and not bodies and not (told and re.search("仪式|双方|典礼|开幕式|闭幕式", narrative)):
        return False
    previous = story.last
    if known is not None and (not named or iso == known.date or known.date is None or iso is None):
        draft = known
        if named and draft.date is None:
            draft.date, draft.precision = iso, precision
        draft.evidence.append(outline.start)
    else:
        draft = story.new(outline, type_, word, f"event.{type_}", 0.8)
        if not people and not bodies and previous is not None:  # nobody is named: 随后举行签约仪式
            draft.follows = previous
    attends = ATTEND.search(narrative)
    if "见证" in narrative[: match.start()] and story.meeting is not None:
        draft.follows = story.meeting  # guests of a meeting see a signing
        story.last = story.meeting
        return True
    for sign in people:
        lead = re.match(rf"(?:{TITLE})*宣布", narrative[sign.at + 1 :]) or (
            not attends and sign.at < match.start() and not signing
        )
        draft.join(sign.entity or "", "lead" if lead else "attend", person=True)
    clause = max(narrative.rfind(mark, 0, match.start()) for mark in "，。；") + 1
    for sign in bodies:
        if signing:
            draft.join(sign.entity or "", "subject", person=False)
        elif sign.at >= clause and re.search(r"举行|举办", narrative[sign.at : match.start()]):
            draft.join(sign.entity or "", "organise", person=False)  # 某公司举行投产仪式
    stops = story.governed(outline, narrative)
    opens = _SITE_OPENS.search(narrative)
    if opens and (sign_at := outline.sign_at(opens.start(1))) is not None:
        stops.append(sign_at)
    festive = _FESTIVE.search(narrative)
    if not stops and festive and (sign_at := outline.sign_at(festive.start(1))) is not None and sign_at.entity:
        stops = [sign_at]
    if not stops and not draft.stops and draft.type == "ceremony":
        stops = story.last_stops
        for sign in story.last_bodies:
            draft.join(sign.entity or "", "subject", person=False)
        if story.opened is not None:  # …公司开业。县领导…出席开业庆典
            draft.stops.update(story.opened.stops)
            for entity, part in story.opened.parts.items():
                draft.join(entity, part, person=entity in story.opened.people)
            if draft.date is None:
                draft.date, draft.precision = story.opened.date, story.opened.precision
    for sign in stops:
        draft.stops.setdefault(sign.entity or "", sign.start)
    _venue(outline, narrative, draft)
    story.last = draft
    return True


__all__ = ["DAY", "Sign", "read_attendance", "read_ceremony", "read_meeting", "read_speakers"]
