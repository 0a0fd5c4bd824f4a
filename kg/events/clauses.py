"""Happenings that one clause tells with all who have a part: honours, gifts, agreements, sponsors, guests, calls at a door.

Each pattern is one turn of phrase of the genre, with a sentence it came from; what is told more freely is read by
`kg.events.others`.
"""

from __future__ import annotations

import re

from kg.dates import interval_of
from kg.events.outline import ORG, PERSON, PLACE, REGION, TITLE, Outline, Sign
from kg.events.patterns import IN_DAYS
from kg.events.story import Story

# 他被省公安厅授予…称号, 被县委评为…: by whom, and what; not 被评为先进个人, which says nobody's name.
_HONOURS = re.compile(
    rf"被((?:[{ORG}{REGION}]|[、和])+)[^，。；]{{0,4}}?(追授|授予|评为|表彰为|命名为|评定为|确定为|聘为|任命为|记[一二三]等功)"
)
# 活动由县文旅局主办、某协会承办; not 他是活动的承办人.
_SPONSORS = re.compile(
    rf"(活动|比赛|大赛|赛事|展览|演出|节会|文化节|旅游节|晚会)(?:是)?由(?:[{ORG}{REGION}{PLACE}]|[、和与及联合共同])+(?:主办|承办|协办)"
)
# 某集团向我市捐赠救灾款; not 向我市求助, nor 将向我市捐赠 (a plan).
_GAVE = re.compile(
    rf"([{ORG}{PERSON}{REGION}])[^，。；、]{{0,8}}?向((?:[{ORG}{REGION}{PLACE}]|[、和])+)[^，。；]{{0,8}}?(?:捐赠|捐款|捐资|捐助|赠送)"
)
# 公司与A、B、C等200余家企业已达成入驻意向: told by the company, but done; not 有望与A、B达成, 没有与A、B达成. Of two firms
# that sign, `kg.events.meetings` reads a signing.
_AGREED = re.compile(
    rf"(?:([{ORG}{REGION}{PLACE}])|公司|企业|园区|平台|项目|我们|镇里|村里|街道|开发区)[^，。；、]{{0,8}}?(?:与|和|同)((?:[{ORG}]|、|和){{2,}})等?[^，。；]{{0,16}}?(?:已|已经|先后|分别|成功)达成了?[^，。；]{{0,8}}?(?:意向|协议|合作|共识)"
)
# 区教育局多次上门对接; 网格员P上门做通住户的思想工作: somebody went to the door of somebody; not 提供上门服务, an offer.
_CALLED = re.compile(
    r"(?:多次|先后|主动|随即|立即|连夜|第一时间|亲自|一次次|逐户|挨家挨户|[\d一两二三四五六七八九十]+次)?(?<!提供)(?<!推出)(?<!推行)上门(走访|了解|查看|察看|看望|慰问|对接|做通|协调|沟通|讲解|宣讲|指导|调解|劝导|服务)"
)
_LOOKS = frozenset("走访 了解 查看 察看 看望 慰问".split())
# “某某之家”由A和B共同打造: who made it, told of the thing that was made; not 不是由A建设, nor A打造的品牌, nor A负责建设和养护.
_MADE_BY = re.compile(
    rf"(?<!不)(?<!不是)(?<!并非)由((?:[{ORG}{REGION}{PLACE}]|[、和与及]|县|市|区)+)(?:共同|联合|合作|携手|出资|投资|独资|负责|一起)*(打造|建设|兴建|修建|援建|承建|筹建|创建|建成|共建|捐建)(?!的|和|与|、)"
)
# 业委会主任P联合退休党员Q，…改造小区停车位; not P带着Q…计划改造.
_TOGETHER = re.compile(
    rf"({PERSON})(?:联合|带着|携手|发动)[^，。；]{{0,8}}?({PERSON})[^。；]{{0,24}}?(改造|修建|新建|整修|修缮|绿化|清理)"
)
# 活动邀请某大学教授P授课; not 邀请群众参加, which names nobody.
_INVITES = re.compile(rf"邀请((?:[{ORG}{TITLE}{PERSON}{PLACE}{REGION}、和，]|同志|先生|女士)+)")


def read_clause(story: Story, outline: Outline) -> bool:
    """One or more happenings whose clause names who did what for whom; True where there is one."""
    return any(
        reader(story, outline)
        for reader in (_honoured, _sponsored, _gave, _agreed, _within_days, _called, _made_by, _together)
    )


def _honoured(story: Story, outline: Outline) -> bool:
    """2008年，他被省公安厅授予…称号；今年7月1日，又被县委评为…: who honours and who is honoured; each clause by itself."""
    made = False
    for match in _HONOURS.finditer(outline.text):
        named, iso, precision = story.date_before(outline, match.start())
        clause = max(outline.text.rfind(mark, 0, match.start()) for mark in "。；") + 1
        people = [s for s in story.people(outline, clause, match.start()) if s.entity]
        subject = people[-1] if people else story.topic_person
        givers = [s for s in outline.signs_in(match.start(1), match.end(1), ORG, REGION) if s.entity]
        if not (named and iso and subject and subject.entity and givers) or story.is_future(iso):
            continue
        draft = story.new(outline, "other", match.group(2), "event.other", 0.6, anywhere=True)
        draft.date, draft.precision = iso, precision
        draft.join(givers[-1].entity or "", "organise", person=False)
        draft.join(subject.entity, "subject", person=True)
        made = True
    return made


def _gave(story: Story, outline: Outline) -> bool:
    """某集团向我市捐赠救灾款: who gives leads, who is given to is the subject."""
    match = _GAVE.search(outline.text, 0, outline.speech)
    if match is None or story.cancelled(outline.text, match.end(2)):
        return False
    giver = [s for s in outline.signs_in(match.start(1), match.end(1), ORG, PERSON, REGION) if s.entity][-1:]
    taker = [s for s in outline.signs_in(match.start(2), match.end(2), ORG, REGION, PLACE) if s.entity]
    named, iso, precision = story.date_before(outline, match.start(2))
    if not giver or not taker or story.is_future(iso):
        return False
    draft = story.new(outline, "other", "捐赠", "event.other", 0.6, anywhere=True)
    if named:
        draft.date, draft.precision = iso, precision
    elif story.last is not None:
        draft.date, draft.precision = story.last.date, story.last.precision
    draft.join(giver[0].entity or "", "lead", person=giver[0].sign == PERSON)
    for sign in taker:
        draft.join(sign.entity or "", "subject", person=False)
        if sign.sign == REGION and not story.is_away(sign):
            draft.stops.setdefault(sign.entity or "", sign.start)
    return True


def _agreed(story: Story, outline: Outline) -> bool:
    """公司与A、B等企业已达成入驻意向: who reached an understanding with whom; 公司 is whom the article tells of."""
    match = _AGREED.search(outline.text)
    if match is None or any(story.cancelled(outline.text, at) for at in (match.start(2), match.end() - 1)):
        return False
    with_whom = outline.signs_in(match.start(2), match.end(2), ORG)
    own = outline.sign_at(match.start(1)) if match.group(1) else story.topic
    if own is None or not own.entity or len(with_whom) < 2:
        return False
    named, iso, precision = story.date_before(outline, match.start())
    draft = story.new(outline, "other", "达成意向", "event.other", 0.6, anywhere=True)
    if named and not story.is_future(iso):
        draft.date, draft.precision = iso, precision
    draft.join(own.entity, "organise", person=False)
    for sign in with_whom:
        draft.join(sign.entity or "", "attend", person=False)
    if story.site_of_paragraph is not None and story.site_of_paragraph.entity:
        draft.stops.setdefault(story.site_of_paragraph.entity, outline.start)
    return True


def _within_days(story: Story, outline: Outline) -> bool:
    """仅11天，某区就完成…签订任务: what took so many days from the day on that the article told last."""
    match = IN_DAYS.search(outline.text, 0, outline.speech)
    if match is None or story.day_told is None:
        return False
    if story.cancelled(outline.text, match.start()) or story.cancelled(outline.text, match.start(1)):
        return False  # 力争仅用11天，完成…; 仅用11天，就将完成…
    spans = [d for d in story.sheet.dates if d.rule == "duration" and outline.start <= d.start < outline.end]
    days = next((iso for d in spans if (iso := interval_of(story.day_told, d))), None)
    doers = story.bodies(outline, 0, match.end()) or ([story.topic] if story.topic is not None else [])
    if days is None or not doers:
        return False
    type_ = "signing" if match.group(1).startswith("签") else "project"
    draft = story.new(outline, type_, match.group(1), f"event.{type_}", 0.6, anywhere=True)
    draft.date, draft.precision = days, "interval"
    for sign in doers:
        draft.join(sign.entity or "", "organise", person=False)
    if story.site_of_paragraph is not None and story.site_of_paragraph.entity:
        draft.stops.setdefault(story.site_of_paragraph.entity, outline.start)
    return True


def _called(story: Story, outline: Outline) -> bool:
    """区教育局多次上门对接: who went to the door; the company that the article tells of is where, and the subject."""
    match = _CALLED.search(outline.text, 0, outline.speech)
    if match is None or story.tour is not None or story.cancelled(outline.text, match.start()):
        return False
    clause = max(outline.text.rfind(mark, 0, match.start()) for mark in "，。；") + 1
    people = [s for s in story.people(outline, clause, match.start()) if not story.is_object(outline.text, s)]
    callers: list[Sign] = people[-1:] or story.bodies(outline, clause, match.start())[-1:]
    company = story.topic if story.topic is not None and story.entity(story.topic).subtype == "company" else None
    site = story.site_of_paragraph
    if not callers or (company is None and site is None) or (company and company.entity == callers[0].entity):
        return False
    type_ = "inspection" if match.group(1) in _LOOKS else "other"
    draft = story.new(outline, type_, "上门" + match.group(1), "event.call", 0.6)
    if not story.date(outline)[0]:
        draft.date = draft.precision = None  # 多次: not on the day that the sentences before told of
    for sign in callers:
        draft.join(sign.entity or "", "lead", person=sign.sign == PERSON)
    if company is not None:
        draft.join(company.entity or "", "subject", person=False)
    where = company or site
    if where is not None:
        draft.stops.setdefault(where.entity or "", outline.start)
    return True


def _made_by(story: Story, outline: Outline) -> bool:
    """“…之家”由A和B共同打造: the works at the site that the sentence is about."""
    match = _MADE_BY.search(outline.text, 0, outline.speech)
    if match is None or story.cancelled(outline.text, match.start()):
        return False
    makers = [s for s in outline.signs_in(match.start(1), match.end(1), ORG, REGION, PLACE) if s.entity]
    sites = [s for s in outline.signs_in(0, match.start(), PLACE) if s.entity and story.entity(s).subtype == "site"]
    if not makers or not sites:
        return False
    named, iso, precision = story.date_before(outline, match.start())
    draft = story.new(outline, "project", match.group(2), "event.project", 0.6, anywhere=True)
    if named and not story.is_future(iso):
        draft.date, draft.precision = iso, precision
    for sign in makers:
        draft.join(sign.entity or "", "organise", person=False)
    draft.stops.setdefault(sites[-1].entity or "", sites[-1].start)
    return True


def _together(story: Story, outline: Outline) -> bool:
    """P联合Q改造小区停车位: works of two people, at the site that the paragraph is about."""
    match = _TOGETHER.search(outline.text, 0, outline.speech)
    site = story.site_of_paragraph
    if match is None or site is None or story.cancelled(outline.text, match.start(3)):
        return False
    first, second = outline.sign_at(match.start(1)), outline.sign_at(match.start(2))
    if first is None or second is None or not first.entity or not second.entity:
        return False
    draft = story.new(outline, "project", match.group(3), "event.project", 0.6)
    draft.join(first.entity, "lead", person=True)
    draft.join(second.entity, "attend", person=True)
    draft.stops.setdefault(site.entity or "", outline.start)
    return True


def _sponsored(story: Story, outline: Outline) -> bool:
    """活动由A、B主办，C承办: the activity that the article opened with, on its day."""
    if story.meeting is not None or story.first_date[1] != "day":
        return False
    match = _SPONSORS.search(outline.text)
    if match is None or story.cancelled(outline.text, match.start()):
        return False
    known = next((d for d in reversed(story.drafts) if d.type == "activity"), None)
    draft = known or story.new(outline, "activity", match.group(1), "event.activity", 0.7)
    if known is None:
        draft.date, draft.precision = story.first_date
    for run in re.finditer(rf"((?:[{ORG}{REGION}{PLACE}]|[、和与及联合共同])+)(?:主办|承办|协办)", outline.text):
        for sign in outline.signs_in(run.start(1), run.end(1), ORG):
            draft.join(sign.entity or "", "organise", person=False)
    story.last = draft
    return True


def read_guests(story: Story, outline: Outline) -> bool:
    """活动邀请…教授: guests of the activity that the article tells of."""
    match = _INVITES.search(outline.text)
    if match is None or story.last is None or story.last.type not in {"activity", "meeting", "ceremony"}:
        return False
    for sign in story.people(outline, match.start(1), match.end(1)):
        story.last.join(sign.entity or "", "speak", person=True)
    return True
