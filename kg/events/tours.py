"""Reads tours: who went where, looked at what, with whom, over as many sentences as it takes."""

from __future__ import annotations

import re

from kg.events.outline import DATE, ORG, PERSON, PLACE, REGION, TITLE, Outline, Sign
from kg.events.patterns import ACCOMPANIED, INSPECT, MOVE
from kg.events.story import DAY, Story

_VISITOR = re.compile(rf"来({REGION}|{PLACE})")
# How a sentence begins that goes on with the tour told before, though it names none of its people: 调研期间，…; 到某村，…; not
# 到秋天，….
_ONWARD = re.compile(
    rf"^(?:{DATE})?(?:，)?(?:随后|接着|之后|其后|此外|最后|当天|当日|下午|上午|途中|在|(?:调研|考察|视察|检查|走访|慰问)(?:期间|中)|代表团|慰问团?组?|(?:调研|视察|考察|检查|督查|督导|工作|专家|考评|巡查|慰问)小?组|考察团|参观团|委员们|代表们|队员们|一行人|来到|走进|到[{PLACE}{REGION}]|每到一处|一路上|他|她|还|期间|并|“)"
)
_SAME_SITE = re.compile(
    r"(?:来到|走进|参观|在|进入|走入|察看|查看|赶到|赶赴|奔赴|到)(?:了)?(?:该)?(?:园区|现场|项目现场|小区|村里|企业|基地|学校|施工现场|建设现场|车间|公司|厂区|这里|工地|村中)|来(?:村|厂|校|企业|园区)(?=考察|调研|视察|检查|指导|参观|看望|慰问|走访)"
)
# 一行走进项目现场: on a tour, the site that the paragraph has named; not 在现场, where somebody may have been before.
_INTO_SITE = re.compile(
    r"(?:来到|走进|进入|走入)(?:了)?(?:该)?(?:园区|项目现场|小区|村里|企业|基地|学校|施工现场|建设现场|车间|公司|厂区|工地)"
)
_AT = re.compile(
    rf"^(?:{DATE})?(?:，)?(?:随后|接着|之后)?(?:，)?在(?:位于)?(?:[{PLACE}{REGION}{ORG}的])+(?:[^，。；]{{0,8}}|[^，。；]{{0,20}}(?:现场|工地|车间))，"
)
_COMMANDS = re.compile(r"(?:现场|靠前|一线|坐镇)?(?:指挥|督战|调度)(?!部|中心|员|长|所)")
# 得到, 看到, 联系到, 嫁到, 分配到, 回到: nobody goes there to visit.
_NOT_GOING = tuple("得看达收感遇找提想听受等直做谈碰签贯系嫁搬迁调派配分回考升用")
_MET = re.compile(r"(?:走进|走入|来到|走访|看望|慰问|听取了?|与|和)[^，。；]{0,8}$")
_COUNTED = re.compile(r"[^，。；]{0,8}?[\d一二三四五六七八九十]+余?多?(?:次|人次|场|批)")
_LEADS = re.compile(r"(?:带领|率领|率)$")
_REPORTER = re.compile(rf"记者(?:一行)?(?:再次|又|随[^，。；]{{1,8}})?(?:{MOVE.pattern})")
_ALL_OF_THEM = re.compile(
    r"与会(?:人员|嘉宾|领导|代表|者)|参会(?:人员|代表|者)|参加(?:会议|活动)的|大家(?:还|一起|先后|来到|走进|参观)|领导和嘉宾|嘉宾们|代表们"
)
_ARRIVED = re.compile(r"(?:赶到|赶赴|奔赴|来到|到)(?:了)?(?:事发|事故|火灾|救援|活动|施工)?现场")
# 与网格员P一起开展宣传: P takes part, where he is anyway; not 与网格员P交谈.
_WITH = re.compile(rf"(?:与|和)(?:[^，。；、]{{0,12}})?({PERSON})(?:同志)?(?:一起|一道|一同)")
# 和副县长P一起走访某村: P goes there, too.
_GOES_ALONG = re.compile(
    r"(?:一起|一道|一同)，?(?:实地|先后|分别)*(?:来到|走进|前往|深入|赴|到|走访|调研|视察|检查|考察|督导|察看|查看|看望|慰问|参观)"
)
# 剪彩结束后，P一行来到…: with those who were at the ceremony; not 剪彩结束后，P来到….
_AND_COMPANY = re.compile(
    rf"(?:[^，。；]{{0,8}}(?:结束后?|之?后|完毕)，|随后，?|接着，?)[^。；]{{0,8}}?{PERSON}(?:{TITLE})?一行"
)
# 某公司承担着…。P听取了处置情况介绍: behind a paragraph's first words, a site, he is there.
_HEARS = re.compile(
    rf"(?:随后，|接着，)?(?:在[^，。；]{{1,12}}，)?{PERSON}(?:{TITLE})?(?:一行)?(?:还|仔细|认真|详细|边走边看|，)*(听取|了解|询问|观看)了?"
)
# P带领Q、R等调研: P leads, Q and R attend; not P率队, who brings nobody by name.
_BRINGS = re.compile(r"带领|率领|率(?!队)|带着")
# 结束了在甲市的考察|后，P带领考察团抵达乙市: what is over is not what the sentence tells.
_IS_OVER = re.compile(r"(?:活动|工作|行程)?(?:结束)?之?后，")
_TALKS = re.compile(r"座谈(?:交流)?(?!会|暨|活动)")


def read_tour(story: Story, outline: Outline, narrative: str) -> bool:
    """Begin or go on with a tour; True where the sentence belongs to one."""
    trigger = next((m for m in INSPECT.finditer(narrative) if not _IS_OVER.match(narrative, m.end())), None)
    moved = _move(story, narrative)
    visitor = _VISITOR.search(narrative)
    at_place = _AT.match(narrative) if story.tour is not None else None
    arrived = _ARRIVED.search(narrative)
    inside = _INTO_SITE.search(narrative) if story.tour is not None else None
    hears = _HEARS.match(narrative) if story.tour is not None and story.opening_site is not None else None
    found = [m for m in (trigger, moved, visitor, arrived, inside, hears) if m is not None]
    if not found and at_place is None:
        return False
    at = min((m.start(1) if m is hears else m.start() for m in found), default=len(narrative))
    if trigger is not None and moved is None and story.cancelled(narrative, trigger.start()):
        return False
    if trigger is not None and _COUNTED.match(narrative, trigger.end()):
        return False  # 今年以来先后组织委员视察、调研活动9次
    accompanied: list[Sign] = []
    company = ACCOMPANIED.search(narrative)
    if company:
        accompanied = story.people(outline, company.start(), company.end())
        if at >= company.start():
            at = max(at, company.end())
    subjects = [
        sign
        for sign in story.people(outline, 0, at)
        if sign not in accompanied and not story.is_object(narrative, sign)
    ]
    if not found:  # 在L，一行走进牧民P的新居: P is whom they met
        subjects = [sign for sign in subjects if not _MET.search(narrative[: sign.at])]
    if at_place is not None and not subjects:
        subjects = [
            s for s in story.people(outline, 0, len(outline.text)) if story.tour and s.entity in story.tour.people
        ]
    if at_place is not None:
        subjects = subjects[:1]
    subjects = _of_clause(narrative, subjects, at)
    reporters = _reporter(story, outline)
    subjects += reporters
    bodies = [] if subjects else _touring_bodies(story, outline, narrative, at)
    if not subjects and not bodies and not accompanied and story.meeting is None and story.tour is None:
        return False
    goes_on = story.tour is not None and bool(
        _ONWARD.match(outline.text)
        or "一行" in narrative
        or any(sign.entity in story.tour.people for sign in subjects)
        or at_place
    )
    if not subjects and not bodies and not accompanied and not goes_on and not _ALL_OF_THEM.search(narrative):
        return False
    stops = story.governed(outline, narrative)
    if at_place is not None:
        stops += [s for s in _at_bodies(story, outline, at_place.end()) if s not in stops]
    stops, hosts = _away_hosts(story, outline, stops)
    same_site = (
        (story.topic_site or story.site_of_paragraph)
        if _SAME_SITE.search(narrative) and not any(s.sign == PLACE for s in stops)
        else None
    )
    tour = story.tour
    heard = hears is not None and tour is not None and any(sign.entity in tour.people for sign in subjects)
    if same_site is None and not stops and (trigger is not None or heard) and tour is not None and story.opening_site:
        same_site = story.opening_site  # 某安置点共安置418户。P一行察看了安置房质量
    named, iso, precision = story.date(outline, 0, outline.speech)
    leads = {sign.entity for sign in subjects}
    another_day = bool(tour and named and precision == DAY and tour.date and not within(iso, tour.date))
    others = bool(tour and leads and tour.people and not leads & tour.people)
    if tour is not None and leads and not tour.people and tour.precision == "interval" and precision == DAY:
        others = True  # 考察团5月3日至7日赴三市。6日，P带领考察团抵达…: who is named is told of on that day
    background = named and precision not in {DAY, "interval"}
    if tour is not None and leads and not leads & tour.people and background:
        return False  # 费某今年2月来到这里: told on the way
    if tour is None or another_day or others:
        gathered = story.meeting if stops and not subjects and _ALL_OF_THEM.search(narrative) else None
        if trigger is None and gathered is None and not (subjects and (stops or visitor or (arrived and same_site))):
            return False
        if trigger is not None and not (subjects or bodies or gathered or accompanied):
            return False
        if (
            trigger is not None
            and not stops
            and not visitor
            and not named
            and outline.kind not in {"title", "kicker"}
            and not same_site
        ):
            return False
        previous = tour
        tour = story.new(outline, "inspection", trigger.group(1) if trigger else "走访", "event.tour", 0.85)
        if gathered is not None:
            tour.follows = gathered  # 与会人员首先来到…: whoever the meeting had
            tour.rule = "event.after-meeting"
        last = story.last
        if last is not None and last.type in {"ceremony", "meeting"} and _AND_COMPANY.match(narrative) and leads:
            if len(leads) == 1 and leads <= last.people and not story.date(outline)[0]:
                tour.follows = last  # 剪彩结束，P一行来到…: whoever was there
        if not named and previous is not None and previous.precision == DAY:
            tour.date, tour.precision = previous.date, previous.precision
        part = "lead"
    else:
        if named and tour.date is None and iso:
            tour.date, tour.precision = iso, precision
        tour.evidence.append(outline.start)
        if trigger and tour.name == "走访":
            tour.name = trigger.group(1)
        part = "attend"
    tour.reported = tour.reported or bool(reporters)
    tour.looked = tour.looked or trigger is not None or bool(reporters) or bool(_COMMANDS.search(narrative))
    brings = _BRINGS.search(narrative, 0, at)
    brought = brings.start() if brings is not None else None
    first = part == "lead" or not tour.people  # also behind a headline that named only their committee
    for sign in subjects:
        known = tour.parts.get(sign.entity or "")
        behind = brought is not None and subjects[0].at < brought < sign.at  # P带领Q、R等调研
        tour.join(sign.entity or "", "lead" if (first and not behind) or known == "lead" else "attend", person=True)
    for sign in bodies:
        tour.join(sign.entity or "", "lead", person=False)
    for sign in accompanied:
        tour.join(sign.entity or "", "accompany", person=True)
    for sign in _beside(story, outline, narrative):
        tour.join(sign.entity or "", "accompany", person=True)
        if not _GOES_ALONG.search(narrative):
            tour.still.add(sign.entity or "")
    for sign in _led_bodies(story, outline, narrative):
        tour.join(sign.entity or "", "attend", person=False)
    for sign in hosts:
        tour.join(sign.entity or "", "host", person=False)
    if named and precision == DAY:
        tour.day = iso
    for sign in (*stops, *([same_site] if same_site is not None else [])):
        if sign.entity and sign.entity not in tour.stops:
            tour.stops[sign.entity] = outline.start if sign is same_site else sign.start
            if tour.day and tour.date and tour.day != tour.date:
                tour.days[sign.entity] = tour.day
    if visitor is not None:
        sign_at = outline.sign_at(visitor.start(1))
        if sign_at is not None and sign_at.entity:
            for sign in subjects:
                tour.guests.setdefault((sign.entity or "", sign_at.entity), outline.start)
            if bodies and not subjects:  # 党政代表团来西吉县考察: whoever is named later came there
                tour.stops.setdefault(sign_at.entity, sign_at.start)
    talks = _TALKS.search(narrative)
    story.tour = story.last = tour
    if talks is not None and tour.people and not story.cancelled(narrative, talks.start()):
        meeting = story.new(outline, "meeting", "座谈", "event.talks", 0.7)
        meeting.date, meeting.precision = tour.date, tour.precision
        meeting.follows = tour
        place = re.search(rf"(?:到|在)((?:[{PLACE}{REGION}{ORG}])+)[^，。；]{{0,4}}座谈", narrative)
        if place and (sign_at := outline.sign_at(place.end(1) - 1)) is not None and sign_at.entity:
            meeting.stops[sign_at.entity] = sign_at.start
            tour.stops.pop(sign_at.entity, None)
    return True


def _of_clause(narrative: str, subjects: list[Sign], at: int) -> list[Sign]:
    """书记P在指挥部坐镇，|市长Q赶赴甲镇: who goes is named in the verb's own clause, if the one before says something else."""
    comma = max(narrative.rfind(mark, 0, at) for mark in "，；")
    own = [sign for sign in subjects if sign.at > comma]
    if comma < 0 or not own or len(own) == len(subjects):
        return subjects
    before = narrative[max(narrative.rfind(mark, 0, comma) for mark in "，；") + 1 : comma]
    if re.search(rf"(?:{PERSON}|{TITLE})(?:同志|等人?|一行|（[^（）]*）)?$", before):
        return subjects
    return own


def within(day: str | None, date: str) -> bool:
    """Whether `day` is `date` or lies in it, where that is an interval (9月3日至4日 … 9月4日)."""
    first, _, last = date.partition("/")
    return day == date or bool(day and last and first <= day <= last)


def _at_bodies(story: Story, outline: Outline, end: int) -> list[Sign]:
    """在…有限公司扩建项目现场，: the body that a sentence of a tour opens with, where it has a door."""
    inside = [sign for sign in outline.signs if sign.at < end and sign.sign in {PLACE, ORG}]
    return [
        sign
        for sign in inside[-1:]
        if sign.sign == ORG and story.entity(sign).subtype in {"company", "school", "other"}
    ]


def _move(story: Story, narrative: str) -> re.Match[str] | None:
    """A verb of motion that governs a place: 来到L, 走进新新街道的L; not 到 alone in 得到, 看到."""
    for match in MOVE.finditer(narrative):
        if match.group(1) == "到" and narrative[match.start() - 1 : match.start()] in _NOT_GOING:
            continue
        if re.match(rf"[^，。；]{{0,5}}[{PLACE}{REGION}{ORG}]", narrative[match.end() :]) and not story.cancelled(
            narrative, match.start()
        ):
            return match
    return None


def _reporter(story: Story, outline: Outline) -> list[Sign]:
    """10月9日上午，记者走进L: the first reporter of the credit went there."""
    if not _REPORTER.search(story.sheet.text, outline.start, outline.end):
        return []
    for index, find in enumerate(story.linked.finds):
        if find.family == "byline" and story.sheet.article_at(find.start) is story.article:
            byline = next((b for b in story.article.bylines if "记者" in (b.part or "")), None)
            if byline is not None:
                return [Sign(0, find.start, find.end, PERSON, index, story.linked.entity_of[index])]
    return []


def _touring_bodies(story: Story, outline: Outline, narrative: str, at: int) -> list[Sign]:
    """石台县水文站一行, 衢江区组团赴北京考察, 区教育局多次上门: a body that goes itself."""
    return [
        sign
        for sign in story.bodies(outline, 0, at)
        if re.match(
            r"(?:一行|组团|组织|等|多次|派出|代表团|工作人员|工作组|[^，。；]{0,3}$)", narrative[sign.at + 1 : at]
        )
    ]


def _beside(story: Story, outline: Outline, narrative: str) -> list[Sign]:
    """P与网格员Q一起开展宣传: Q takes part, where he is anyway."""
    match = _WITH.search(narrative)
    return story.people(outline, match.start(1), match.end(1)) if match else []


def _led_bodies(story: Story, outline: Outline, narrative: str) -> list[Sign]:
    """P带领市茶叶协会有关负责人: the bodies whose people come along."""
    led = []
    for sign in outline.signs:
        if sign.at < len(narrative) and sign.entity and sign.sign in {ORG, PLACE, REGION}:
            before = narrative[: sign.at]
            run = re.search(rf"(?:带领|率领|率)(?:[{ORG}{PLACE}{REGION}、和及的]|有关|相关)*$", before)
            if run and re.match(
                rf"(?:[{ORG}{PLACE}{REGION}、和及]|有关|相关|主要|部门|等)*(?:负责|人员|干部|同志|单位|部门|{TITLE})",
                narrative[sign.at + 1 :],
            ):
                led.append(sign)
    return led


def _away_hosts(story: Story, outline: Outline, stops: list[Sign]) -> tuple[list[Sign], list[Sign]]:
    """前往成都某机床厂: away from home the town is where one went, and the company the host."""
    kept: list[Sign] = []
    hosts: list[Sign] = []
    for sign in stops:
        before = outline.sign_at(sign.at - 1)
        if sign.sign == ORG and before is not None and before.sign == REGION and story.is_away(before, city=True):
            kept.append(before)
            hosts.append(sign)
        else:
            kept.append(sign)
    return kept, hosts


__all__ = ["TITLE", "read_tour"]
