"""Reads what one sentence tells: launches, works, police work, activities, foundings, honours, appointments."""

from __future__ import annotations

import re

from kg.events.clauses import read_clause, read_guests
from kg.events.outline import ORG, PERSON, PLACE, REGION, SPEECH, TITLE, Outline, Sign
from kg.events.patterns import ACTIVITY, ENFORCE, LAUNCH, OTHER, PROJECT
from kg.events.story import Story

_TYPES = (
    ("enforcement", ENFORCE),
    ("launch", LAUNCH),
    ("project", PROJECT),
    ("activity", ACTIVITY),
    ("other", OTHER),
)
# Verbs that tell of a happening also where no date stands beside them.
_STRONG = re.compile(
    r"^(?:捐资|捐款|捐助|捐赠|授予|行政拘留|刑事拘留|拘留|抓获|判处|逮捕|投案|主动投案|控制|开除|引进|成立|正式成立|签订|收购|合并|捐赠|下发|归还|收到|入驻|达成)"
)
# Verbs of something finished: with a date they are a happening even where the sentence leaves out who did it.
_DONE = frozenset(
    "正式上线 上线运行 上线 正式投用 投入使用 投用 正式启用 启用 正式开业 开业 开通运营 正式开通 开通 开放迎客 开馆 开园 试行 推出 通车 揭牌成立 挂牌成立 开工建设 动工 开工 竣工 完工 结顶 封顶 拆除 摘牌 招标 贯通 合龙 成立 正式成立 组建 合并".split()
)
_ACTIVITY_HELD = re.compile(
    rf"(?:在([{PLACE}{REGION}{ORG}]+)[^，。；]{{0,6}})?(?:成功|隆重|正式|顺利)?(?:举行|举办|开展|启动|拉开帷幕|开幕|落幕)"
)
# 县教育局在琼中中学举办“五四”演讲赛: whatever is held is an activity, unless it is a meeting or ceremony.
_HELD_EVENT = re.compile(
    r"(举办|举行|主办|开展|上演)(?=[^，。；]{0,40}?(?:赛|展|节|会(?!议)|夜校|讲座|巡游|活动|演出|晚会|培训|夏令营|冬令营|集市|义诊|宣讲|联欢|表演|庆典|诵读|班会|招聘|巡演|展演|汇演|采摘|大集|庙会|灯会|游园|志愿服务))"
    r"|(?<=[”节赛展会动营])(?:[^，。；]{0,16}?)(开幕|闭幕|落幕|开赛|开营|开锣|拉开帷幕|落下帷幕|上演|开演|火热进行|热闹举行|举行)"
)
# 目前，全村已完成29幢农房的改造: works that are done, told without a day; not 完成改造任务的80%, 力争完成.
_COMPLETED = re.compile(
    r"已经?(?:全面|顺利|基本|陆续|先后)?完成了?[^，。；]{0,8}?\d[^，。；％%]{0,14}?(?:改造|新建|修建|整治|拆除|安装|铺设|绿化|栽植|种植)(?!任务|工作|率|面积)"
    r"|(?:建设|新建|建成|改造)了?\d+[^，。；]{1,16}，(?:分别)?位于"
)
_NEXT_CLAUSE = re.compile(r"[，。；]")
_SOME_BODY = re.compile(
    r"公司|企业|工厂|合作社|基地|学校|医院|村里|镇里|乡里|县里|市里|区里|小区|社区(?=也|因此|被|获)|该村|全村|景区|产品|品牌"
)


def read_other(story: Story, outline: Outline) -> bool:
    """One happening of a sentence that neither a tour nor a meeting explains; True where there is one."""
    text = outline.text
    if read_clause(story, outline):
        return True
    named, iso, precision = story.date(outline)
    limit = len(text) if named and iso else outline.speech
    best: tuple[int, str, re.Match[str]] | None = None
    for type_, pattern in _TYPES:
        chosen: re.Match[str] | None = None
        for match in pattern.finditer(text, 0, limit):
            if type_ == "project" and text.startswith("的", match.end()):
                continue  # 经改造的两个房间于去年国庆开放迎客: the works only say which rooms
            if not story.cancelled(text, match.start()):
                done = match.group(1) in _DONE
                if chosen is None or (done and chosen.group(1) not in _DONE):
                    chosen = match  # 项目一期新增建设用地36亩，主楼已于今年8月|结顶
        if chosen is not None and (best is None or chosen.start() < best[0]):
            best = (chosen.start(), type_, chosen)
    held_event = _HELD_EVENT.search(text, 0, limit)
    if (
        held_event is not None
        and not story.cancelled(text, held_event.start(held_event.lastindex or 1))
        and (best is None or best[1] in {"activity", "project", "other"})
    ):
        best = (held_event.start(held_event.lastindex or 1), "activity", held_event)
    if best is None:
        return read_guests(story, outline)
    at, type_, match = best
    named, iso, precision = story.date_before(outline, at)
    subjects = _subjects(
        story,
        outline,
        at,
        everywhere=type_ in {"enforcement", "other"} or match.group(match.lastindex or 1) in {"达成"},
    )
    stops = story.governed(outline, text[:limit])
    if type_ == "activity":
        held = _ACTIVITY_HELD.search(text, max(0, at - 40))
        if held is None and match.re is not _HELD_EVENT:
            return read_guests(story, outline)
        if held is not None and held.group(1) and held.start() > at:  # 活动在L举行: what stands before is its name
            draft = story.new(outline, type_, match.group(match.lastindex or 1), "event.activity", 0.7, anywhere=True)
            sign_at = outline.sign_at(held.end(1) - 1)
            if sign_at is not None and sign_at.entity:
                draft.stops[sign_at.entity] = sign_at.start
            story.last = draft
            read_guests(story, outline)
            return True
    if story.is_future(iso):
        return read_guests(story, outline)
    verb = match.group(match.lastindex or 1)
    completed = type_ == "project" and _COMPLETED.search(text, 0, limit) is not None
    if type_ in {"project", "launch"} and verb not in _DONE and not completed:
        # 建设, 改造, 打造 tell a happening only with a day or month and somebody who did it
        if precision not in {"day", "month", "interval"} and not any(s.sign == ORG for s in subjects):
            return read_guests(story, outline)
    if verb == "成为" and not any(s.sign in {ORG, PERSON} for s in subjects):
        return read_guests(story, outline)
    if precision == "year" and subjects and all(s.sign in {REGION, PLACE} for s in subjects) and verb not in _DONE:
        return read_guests(story, outline)
    placed = type_ == "activity" and bool(stops) and bool(subjects)
    if (
        not (named and iso)
        and not placed
        and not (_STRONG.match(match.group(match.lastindex or 1)) and (stops or subjects))
        and not completed
    ):
        return read_guests(story, outline)
    if not subjects and story.topic is not None and (completed or (named and iso and verb in _DONE)):
        subjects = [story.topic]
    clause = max(text.rfind(mark, 0, at) for mark in "，。；") + 1
    if _SOME_BODY.search(text, clause, at):
        subjects = [s for s in subjects if s.at >= clause]  # 公司发放了分红款: not the person told of before
    elif not subjects and story.topic_person is not None and named and iso and type_ in {"enforcement", "other"}:
        subjects = [story.topic_person]
    if not subjects:
        return read_guests(story, outline)
    draft = story.new(outline, type_, match.group(match.lastindex or 1), f"event.{type_}", 0.6, anywhere=True)
    if named and iso:
        draft.date, draft.precision = iso, precision
    for sign in subjects[:5]:
        person = sign.sign == PERSON
        if type_ in {"enforcement", "other"}:
            acted_on = any(other.sign == PERSON and other.at > at for other in subjects)
            officer = type_ == "enforcement" and person and sign.at < at and acted_on
            officer = officer and not re.search(r"(?:将|被|把|因)$", text[: sign.at])
            part = "lead" if officer else "subject" if sign.at >= at or person or type_ == "other" else "lead"
        else:
            part = "lead" if person else "organise"
        draft.join(sign.entity or "", part, person=person)
    for sign in stops:
        draft.stops.setdefault(sign.entity or "", sign.start)
    for seat in re.finditer(rf"(?:位于|坐落于|在)(?:[{PLACE}{REGION}](?:的)?)*([{PLACE}{ORG}])", text):
        sign_at = outline.sign_at(seat.start(1))
        if sign_at is None or not sign_at.entity or sign_at.at > max(at, seat.start()) + 40:
            continue
        if (seat.group().startswith("在") and type_ == "activity") or (
            not seat.group().startswith("在") and type_ == "launch" and sign_at.sign == PLACE
        ):
            draft.stops.setdefault(sign_at.entity, sign_at.start)
    here = type_ == "activity" and not any(s.sign == PLACE for s in subjects) and "这里" in text
    if not draft.stops and (type_ in {"project", "launch"} or here):
        inside = [
            s
            for s in outline.signs
            if s.sign == PLACE
            and s.entity
            and s not in subjects
            and story.entity(s).subtype in {"site", "village"}
            and not _NEXT_CLAUSE.search(text, at, s.at)
        ]
        # 街道推出议事制: in all of it, not at the estate told of before
        own_ground = any(s.sign == PLACE or (s.sign == REGION and type_ == "launch") for s in subjects)
        site = inside[0] if inside else None if own_ground else story.site_of_paragraph
        if site is not None and site.entity:
            draft.stops.setdefault(site.entity, outline.start)
    if not draft.stops:
        for sign in subjects:
            if sign.sign in {PLACE, REGION} and sign.entity and not story.is_away(sign):
                draft.stops.setdefault(sign.entity, sign.start)
    if not draft.stops and (draft.date is None or verb in {"成立", "正式成立", "组建"}):
        for sign in outline.signs_in(0, at, ORG):  # 香榭丽花园业委会|主任P收到租金: at the estate whose committee it is
            home = story.linked.inside.get(sign.entity or "")
            if home is not None and story.linked.entities[home].subtype in {"site", "village"}:
                draft.stops.setdefault(home, sign.start)
    held = _ACTIVITY_HELD.search(text, at) if type_ == "activity" else None
    if held and held.group(1) and (sign_at := outline.sign_at(held.end(1) - 1)) is not None and sign_at.entity:
        draft.stops.setdefault(sign_at.entity, sign_at.start)
    if type_ == "activity":
        story.last = draft
        read_guests(story, outline)
    return True


def _subjects(story: Story, outline: Outline, at: int, *, everywhere: bool) -> list[Sign]:
    """Who does it or whom it befalls: people and bodies before the verb, for police work and the like also after it."""
    text = outline.text
    end = len(text) if everywhere else at
    people = [
        s
        for s in story.people(outline, 0, end)
        if not re.search(r"(?:记者|通讯员)$", text[: s.at]) and not SPEECH.match(text, s.at + 1)
    ]
    bodies = [s for s in story.bodies(outline, 0, end) if s.at < at or s.sign == ORG]
    merged = sorted({sign.at: sign for sign in (*people, *bodies)}.values(), key=lambda sign: sign.at)
    return [sign for sign in merged if not re.match(rf"(?:的|{TITLE})", text[sign.at + 1 :]) or sign.sign == PERSON]


__all__ = ["ORG", "read_other"]
