"""What the reader of an article keeps in mind from one sentence to the next, and how it looks at one sentence."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from kg.events.happening import Draft
from kg.events.outline import DATE, ORG, PERSON, PLACE, REGION, TITLE, Outline, Sign
from kg.events.patterns import NEGATED, PLANNED
from kg.gazetteers import Division, word_frequency
from kg.link import Linked
from kg.model import Article, Entity
from kg.sheet import Sheet

DAY = "day"
# 习近平总书记重要讲话精神: quoted, not acting.
_NOT_ACTING = re.compile(
    rf"^(?:{TITLE}|同志|总书记)*(?:关于|在|考察|对|的|系列|等|[{REGION}])*[^，。；]{{0,24}}?(?:重要讲话|讲话精神|重要指示|指示精神|重要批示|批示精神|重要论述|思想|回信|贺信|题为)"
)
_OBJECT_BEFORE = re.compile(
    rf"(?:(?<!{PERSON})与|向|对|为|给|(?<!{PERSON})和|由|被|把|将|(?<!{PERSON})同|跟|邀请|看望了?|慰问了?|会见了?|专程来.的)[^，。；、]{0, 10}$"
)
# What governs a place: a verb of motion or of looking, or 在. 先后前往乐来购超市, 参观中国乡村美术馆.
GOVERNED = re.compile(
    r"(?:先后|分别|首先|随后|还|又|直接|立即|实地|从[^，。；]{1,6})*(来到了?|走进了?|前往|赶赴|奔赴|分赴|赴|抵达|去了|去到|走访慰问了?|走访了?|参观了?|参观学习了?|考察了?|视察了?|察看了?|查看了?|检查了?|调研了?|督导了?|"
    r"看望慰问了?|看望了?|慰问了?|拜访了?|拜会了?|深入到?|行至|走到|到达|赶到|踏入|走入|步入|进入|落户|入驻|(?<![得看收感遇想听受谈解意])到|来(?!自|源|电|信)|在|位于)[^，。；、]{0,7}$"
)
_STRONG = re.compile(
    r"(?:来到|走进|前往|赶赴|奔赴|分赴|赴|抵达|赶到|(?<![得看收感遇想听受谈解意])到|来(?!自|源|电|信)|走访|参观|考察|视察|检查|调研|督导|拜访|拜会|进入|深入)(?:了)?[^，。；、在]{0,4}$"
)
# 在R调研, 在R会见: 在 before a region tells where one is only if the verb of the event follows.
_VERB_NEXT = re.compile(
    r"(?:实地|专题|分别|亲切)?(?:调研|考察|会见|会谈|出席|签约|签署|主持召开|召开|举办|举行|督导|检查|视察|走访|慰问|看望|参观|座谈|洽谈|拜访|拜会)"
)
_EXAMINED = re.compile(
    r"[^，。；的]{0,24}?(?:进行|开展)(?:了)?[^，。；]{0,6}?(?:检查|督查|督导|调研|视察|考察|察看|暗访|走访|巡查|慰问)"
)
# 考察了由在外人士创办的|某公司: what is said of a site stands between.
_FAR = re.compile(r"(?:参观|考察|视察|察看|查看|检查|调研|走访)了[^，。；、]{2,24}的$")
# 参观了L，L，L等地: commas part a list only where it ends in 等地 and the like; not 参观了L，L的村民说.
_COMMA_LIST = re.compile(rf"，(?:[{REGION}{PLACE}](?:的)?)*")
_AND_OTHERS = re.compile(
    rf"(?:[^，。；]{{0,10}}，?[{REGION}{PLACE}{ORG}])*[^，。；]{{0,6}}?等(?:地|处|企业|单位|村|项目|点)"
)
# Offices that people go to (电子商务服务中心, 气象站); not 指挥中心办公室. In a list of stops any 中心 is one.
_OPEN_DOOR = re.compile(
    r"(?:服务|配送|体验|展示|活动|指导|救助|调解|就业|创业|文化|托育|养老)[^局委办]{0,4}中心$|(?:服务|工作|消防|供水|气象|卫生|农技|兽医)站$"
)
# 某网某地4月26日讯: behind the date when it was sent; not 4月26日电力中断.
_DATELINE = re.compile(r"(?:讯|电)(?=[ （(]|$)")
_ENTERS = re.compile(r"(?:来到|走进|步入|走入|踏入)(?:了)?$")
_HEAD_NEXT = re.compile(
    rf"(?:副|第一|原|老)?(?:书记|主任|局长|主席|院长|所长|站长|会长|部长|经理|董事长)(?:{PERSON}|{TITLE})"
)
# 参加宁夏特色产业推介会: the region belongs to the event's name; not 在宁夏举行推介会.
_IN_EVENT_NAME = re.compile(
    r"[^，。；、的在举召开]{2,12}(?:推介会|博览会|展销会|交易会|洽谈会|采购会|招商会|论坛|峰会|大赛|联赛|锦标赛|旅游节|文化节)"
)
_STAFF = re.compile(
    rf"^(?:的)?(?:[^，。；、]{{0,6}}?(?:干部|职工|员工|群众|村民|师生|负责|代表|人员|官兵|民警|主持|召开|举办|企业家|农户|商户)|{TITLE}|[^，。；、]{{0,4}}{TITLE}{PERSON})"
)


@dataclass(slots=True)
class Story:
    """One article while it is read. `topic` is who or what it is about: the organisation or place last in subject."""

    sheet: Sheet
    linked: Linked
    home: Division | None
    home_codes: frozenset[str]
    article: Article
    drafts: list[Draft] = field(default_factory=list)
    tour: Draft | None = None
    meeting: Draft | None = None
    last: Draft | None = None
    topic: Sign | None = None
    topic_site: Sign | None = None
    topic_person: Sign | None = None
    site_of_paragraph: Sign | None = None  # the site or village last named, for works that name none
    paragraph_start: int = 0
    previous_date: tuple[str | None, str | None] = (None, None)  # the same of the sentence before
    day_told: str | None = None  # the last day that a sentence gave
    first_date: tuple[str | None, str | None] = (None, None)  # ISO form and precision of the article's first date
    last_stops: list[Sign] = field(default_factory=list)  # where the last sentences led, of two at most
    since_stops: int = 0
    opening_site: Sign | None = None  # the site that the paragraph begins with
    last_bodies: list[Sign] = field(default_factory=list)
    opened: Draft | None = None  # what the sentence before told, if it was no tour and no meeting

    def entity(self, sign: Sign) -> Entity:
        """The entity of a name sign."""
        return self.linked.entities[sign.entity or ""]

    def date(self, outline: Outline, start: int = 0, end: int | None = None) -> tuple[bool, str | None, str | None]:
        """Whether a date stands in `[start, end)` of the outline, its ISO form and precision; the first one counts."""
        limit = len(outline.text) if end is None else end
        dateline: tuple[bool, str | None, str | None] = False, None, None
        for sign in outline.signs:
            if sign.sign == DATE and start <= sign.at < limit:
                if outline.text.rfind("《", 0, sign.at) > outline.text.rfind("》", 0, sign.at):
                    continue  # 签署了《2018年合作协议》
                date = self.sheet.dates[sign.index]
                if date.rule in {"recurring", "comparison", "impossible", "duration"}:
                    continue
                if not _DATELINE.match(outline.text, sign.at + 1):
                    return True, date.iso, date.precision
                dateline = True, date.iso, date.precision  # 某网某地4月26日讯 近日，: when it was sent, if nothing else
        return dateline

    def date_before(self, outline: Outline, at: int) -> tuple[bool, str | None, str | None]:
        """The last date before `at` in the sentence (1938年出生…1998年退休), else the first one anywhere in it."""
        best: tuple[bool, str | None, str | None] | None = None
        for sign in outline.signs:
            if sign.sign == DATE and sign.at < at:
                named, iso, precision = self.date(outline, sign.at, sign.at + 1)
                if named and (iso or best is None):
                    best = (named, iso, precision)
        return best or self.date(outline)

    def is_future(self, iso: str | None) -> bool:
        """Whether a date lies after the issue: what it dates is a plan."""
        issue = self.sheet.page.issue.date
        return bool(iso and issue and iso[: len(issue)] > issue[: len(iso)])

    def acts(self, outline: Outline, sign: Sign) -> bool:
        """Whether a person or body does something here, and is not merely quoted (习近平总书记重要讲话精神)."""
        return not _NOT_ACTING.match(outline.text[sign.at + 1 :])

    def people(self, outline: Outline, start: int, end: int) -> list[Sign]:
        """People that act between two outline positions; credits are none."""
        return [
            sign
            for sign in outline.signs_in(start, end, PERSON)
            if sign.entity and self.acts(outline, sign) and self.linked.finds[sign.index].family != "byline"
        ]

    def bodies(self, outline: Outline, start: int, end: int) -> list[Sign]:
        """Organisations and regions between two positions that are not merely somebody's affiliation."""
        found: list[Sign] = []
        listed_at = -1  # the end of a list of places that a verb governs (在甲镇、乙镇建有基地)
        for sign in outline.signs_in(start, end, ORG, REGION, PLACE):
            if not sign.entity or outline.text[sign.at + 1 : sign.at + 2] in (TITLE, PERSON):
                continue
            if sign.sign == ORG and _HEAD_NEXT.match(outline.text, sign.at + 1):
                continue  # 某村党总支|书记P: the post takes part of the body's name
            if sign.sign == PLACE and self.entity(sign).subtype not in {"township", "village"}:
                continue
            governed = re.search(rf"[在到来从赴距往于](?:[{PLACE}{REGION}](?:的)?)*$", outline.text[: sign.at])
            if governed or (sign.at == listed_at + 1 and outline.text[listed_at] in "、和"):
                listed_at = sign.at + 1
                continue
            if outline.text[sign.at + 1 : sign.at + 2] in {PLACE, REGION, ORG}:
                continue  # a place that only says where the next one is
            if sign.sign == REGION and _IN_EVENT_NAME.match(outline.text, sign.at + 1):
                continue
            found.append(sign)
        return found

    def new(self, outline: Outline, type_: str, name: str, rule: str, score: float, *, anywhere: bool = False) -> Draft:
        """A draft of this sentence; without a date of its own it has that of the day the article is telling; `anywhere` looks into reported speech too."""
        named, iso, precision = self.date(outline, 0, None if anywhere else max(outline.speech, 1))
        draft = Draft(type_, name, rule, score)
        if named:
            draft.date, draft.precision = iso, precision
        elif type_ in {"inspection", "meeting", "ceremony", "signing"}:
            if self.last is not None and self.last.precision == DAY:
                draft.date, draft.precision = self.last.date, self.last.precision
            elif self.last is None and self.previous_date[1] == DAY and outline.kind == "paragraph":
                draft.date, draft.precision = self.previous_date
            elif self.last is None and type_ == "ceremony" and self.first_date[1] == DAY:
                draft.date, draft.precision = self.first_date
        draft.evidence.append(outline.start)
        draft.headline = outline.kind in {"title", "kicker", "subhead"}
        self.drafts.append(draft)
        return draft

    @staticmethod
    def cancelled(text: str, at: int) -> bool:
        """Whether what stands at `at` is planned, conditional or denied in its clause."""
        clause = max(text.rfind(mark, 0, at) for mark in "，。；") + 1
        return bool(PLANNED.search(text[clause:at]) or NEGATED.search(text[clause:at]))

    @staticmethod
    def is_object(text: str, sign: Sign) -> bool:
        """Whether a person is met or addressed rather than acting (与网格员P一起, 看望P); 一行 shows a leader."""
        clause = max(text.rfind(mark, 0, sign.at) for mark in "，。；") + 1
        return bool(_OBJECT_BEFORE.search(text[clause : sign.at])) and not text.startswith("一行", sign.at + 1)

    def governed(self, outline: Outline, text: str) -> list[Sign]:
        """Places in `text` that a verb of motion or looking, or 在, leads to: of a chain the last, of a list each."""
        stops: list[Sign] = []
        previous: Sign | None = None
        entered = False  # whether the list began with 来到, 走进: then it may hold bodies of any kind
        for sign in outline.signs:
            if sign.at >= len(text) or sign.sign not in {PLACE, REGION, ORG} or not sign.entity:
                continue
            after = text[sign.at + 1 :]
            before = text[: sign.at]
            chain = re.search(rf"(?:[{PLACE}{REGION}](?:的|境内的?)?)+$", before)
            root = before[: chain.start()] if chain else before
            listed = previous is not None and re.fullmatch(
                rf"(?:[^，。；{PERSON}{TITLE}]{{0,26}}?)?[、和及与以]及? ?(?:[{REGION}{PLACE}](?:的)?)*",
                text[previous.at + 1 : sign.at],
            )
            if previous is not None and not listed and _COMMA_LIST.fullmatch(text, previous.at + 1, sign.at):
                listed = _AND_OTHERS.match(after)  # 参观了L，L，L等地
            inherited = previous is not None and re.fullmatch(r"(?:的|境内的?|内的?)?", text[previous.at + 1 : sign.at])
            listed = listed or inherited
            verb = GOVERNED.search(root) or _FAR.search(root)
            examined = root.endswith("对") and _EXAMINED.match(after) is not None  # 对L、L进行检查
            good = bool(listed) or verb is not None or examined
            if good and sign.sign == REGION and not listed and not examined:
                good = (
                    bool(_STRONG.search(root))
                    and not root.endswith("来")
                    and not re.match(r"[^，。；]{0,3}(?:以来|期间|经济|发展|人民)", after)
                    and not _IN_EVENT_NAME.match(after)
                )
            if good and sign.sign == ORG:
                goes = bool(listed) or examined or bool(_STRONG.search(root) or _FAR.search(root))
                good = (
                    (self._visitable(sign) and goes)
                    or bool(_ENTERS.search(root))
                    or (bool(listed) and (entered or self.entity(sign).name.endswith(("中心", "机房", "展厅"))))
                )
            if good and not listed:
                entered = bool(_ENTERS.search(root))
            if good and not listed and _STAFF.match(after) and not re.match(r"[^，。；]{0,4}现场", after):
                good = False
            if good and verb is not None and not listed and self.cancelled(text, verb.start()):
                good = False
            inner = re.match(rf"(?:的|境内的?|内的?)?[{PLACE}{REGION}]", after) or (
                sign.sign != ORG and re.match(rf"(?:的)?{ORG}", after) and self._visitable_at(outline, sign.at)
            )
            if good:
                before_it = outline.sign_at(sign.at - 1)
                previous = sign
                if not inner and before_it is not None and self._is_class_of_site(sign, before_it):
                    stops.append(before_it)
                elif not inner or self.entity(sign).subtype == "village":
                    stops.append(sign)
            elif not inner:
                previous = None
        return stops

    def _is_class_of_site(self, sign: Sign, village: Sign) -> bool:
        """金米村|木耳种植基地: a site of everyday words behind the village that it stands in; the village is the name."""
        if village.end != sign.start or not village.entity or self.entity(village).subtype != "village":
            return False
        if self.entity(sign).subtype != "site" or sign.entity in self.linked.inside.values():
            return False
        at = sign.start
        while at < sign.end:
            word = self.sheet.word_at(at)
            if (
                word is None
                or word.tag not in {"n", "vn", "v", "a", "f"}
                or word_frequency(self.sheet.text[word.start : word.end]) == 0
            ):
                return False
            at = word.end
        return True

    def _visitable(self, sign: Sign) -> bool:
        """Whether a body has a door to go through: a company, school, hospital, museum; not a bureau or committee."""
        entity = self.entity(sign)
        return entity.subtype in {"company", "school", "other", "media"} or bool(_OPEN_DOOR.search(entity.name))

    def _visitable_at(self, outline: Outline, at: int) -> bool:
        following = next((sign for sign in outline.signs if sign.at > at), None)
        return following is not None and following.sign == ORG and self._visitable(following)

    def is_away(self, sign: Sign, *, city: bool = False) -> bool:
        """Whether a region is neither the home region nor above or below it; with `city`, whether it is of another city."""
        code = self.entity(sign).code
        if city and code and self.home and code[:4] == self.home.code[:4]:
            return False
        return bool(code and self.home and code not in self.home_codes and not code.startswith(self.home.code))
