"""Reads who holds which post: one fact per person and post with its organisation.

In: a sheet, its linked finds, the ontology's titles. Out: `Post`s. A chain of posts is read from left to right
(区委副书记、区长蒋国强 gives two), its organisation is the name directly before, the region the post itself names
(副市长), or what the chain began with.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from kg.gazetteers import Division
from kg.link import Linked
from kg.mentions.found import Found
from kg.model import Entity, Kind
from kg.ontology import PARTY_PREFIXES, Ontology, Title
from kg.sheet import Sheet

_LINK = re.compile(r"^[、，,和兼及 ]{0,2}(?:兼|并)?$")
_UNKNOWN_BODY = re.compile(r"^、[\u4e00-\u9fff（）]{1,16}$")
# Words that make a person likely and are no post: they help to find names, nobody "holds" them.
_NO_POST = frozenset(
    "群众 家长 老人 成员 乡亲 专家 学者 嘉宾 同学 小朋友 顾客 游客 旅客 乘客 网友 读者 主人 户主 男子 女子 小伙 小伙子 姑娘 家属 伤员 患者 病人 市民 英雄 模范 冠军 选手 球员 烈士 客商 采购商 大户 乡贤 商户 员工们".split()
)
_OWN_NOBODY = frozenset(
    "被告人 被告 原告 犯罪嫌疑人 嫌疑人 驾驶人 驾驶员 当事人 受害人 老党员 党员 退役军人 退伍军人 老兵 劳模 劳动模范 全国劳模 离休干部 退休干部 退休党员 报警人 肇事者 失主".split()
)
_GAP_TO_PERSON = re.compile(r"^(?: |同志|：|:|——|\n|、)?$")
_REGION_POST = re.compile(r"(?:^|副|常务副|代|代理|原|时任|前)(省|市|州|盟|区|县|旗|镇|乡)长(?:助理)?$")
_COLLECTIVE_LEVEL = re.compile(r"^(自治区|自治州|[省市区县州盟旗镇乡])")
_TAKES_OFFICE = re.compile(
    r"(?:担任|当选为?|出任|历任|曾任|现任|升任|调任|转任|就任|任命为|聘为|选为|接任|兼任|时任|成为|当上|成了|任)(?:过)?(?:[\u4e00-\u9fff]{2,8}[省市区县州盟旗])?$"
)
_IN_BRACKETS = re.compile(r"（(?:挂职|兼|主持工作|正[县处科厅]级|副[县处科厅]级|分管[^（）]{1,6}|[正副]?[县处科]级?)）")
_THEN_HELD = re.compile(r"时任|曾任|原任|现任|^原")
# 原县住建局局长P, 时任某县委书记P: the word stands before the body. Nearest that must not match: 会前|县长P, 草原|管理局局长P.
_FORMERLY = re.compile(r"(?:(?<![草太中平高还复屯固五])原|时任|曾任|原任)$")
_HELD_ONCE = re.compile(r"(?:原|曾|历|时)任(?:过)?$")
_APPOINTS = re.compile(r"任命|任职|任免|决定任|选举|推选|聘任|聘请")
_LEAVES_OFFICE = re.compile(r"(?:不再担任|免去|辞去|卸任)[^。；]{0,20}$")
_LEVEL_BEFORE = re.compile(r"(?:自治区|自治州|[省市区县州])$")
_NO_ORG = frozenset(
    {"总书记", "教授", "记者", "通讯员", "院士", "专家", "学者", "博士", "老师", "摄影", "作者", "编辑", "责编"}
)
_LIST = re.compile(r"^[、和与及，]$")
_VILLAGERS = frozenset({"村民", "老农", "茶农", "果农", "种粮大户", "养殖大户", "种植大户", "农户", "牧民", "渔民", "农民", "脱贫户", "贫困户", "低保户", "养殖户", "种植户", "大户", "村支书", "村主任", "村会计", "老人", "村干部"})  # fmt: skip


_VILLAGE_PLACE = frozenset({(Kind.PLACE, "village")})
_HOME_PLACE = frozenset({(Kind.PLACE, "village"), (Kind.PLACE, "township"), (Kind.PLACE, "site")})
_COMPANY = frozenset({(Kind.ORG, "company")})
_SCHOOL = frozenset({(Kind.ORG, "school")})
_OFFICE = frozenset({(Kind.ORG, "government")})
_HOSPITAL = frozenset({(Kind.ORG, "other"), (Kind.PLACE, "site")})


def _fits(title: Title) -> frozenset[tuple[Kind, str | None]]:
    """Kinds of places and bodies that a post may belong to when none stands beside it; empty: any body of the sentence."""
    head = title.head
    if (
        head in _VILLAGERS
        or head.startswith("村")
        or head in {"驻村第一书记", "第一书记", "驻村干部", "网格员", "网格长", "村官"}
    ):
        return _VILLAGE_PLACE
    if head in {"居民", "业委会主任", "业主", "住户", "楼道长", "楼栋长"}:
        return _HOME_PLACE
    if title.group == "company" or head in {"职工", "员工", "工人", "仓管员", "业务员", "操作工", "技术员", "驾驶员"}:
        return _COMPANY
    if head in {
        "民警",
        "辅警",
        "所长",
        "大队长",
        "中队长",
        "支队长",
        "教导员",
        "指导员",
        "班长",
        "消防员",
        "副所长",
        "交警",
        "站长",
    }:
        return _OFFICE
    if head in {"校长", "老师", "教师", "班主任", "学生", "园长", "教导主任", "讲师"}:
        return _SCHOOL
    if head in {"医生", "医师", "主治医师", "护士", "护士长", "主任医师", "副主任医师", "药师"}:
        return _HOSPITAL
    return frozenset()


@dataclass(frozen=True, slots=True)
class Post:
    """A person's post. `person` and `org` are entity ids; `start`/`end` reading positions of the post and the name."""

    person: str
    title: str
    org: str | None
    org_region: Division | None
    group: str
    rank: int
    start: int
    end: int
    rule: str
    score: float
    past: bool = False


@dataclass(slots=True)
class _Pending:
    title: str
    org: str | None
    region: Division | None
    group: str
    rank: int
    start: int
    end: int
    left: bool = False  # the organisation stands elsewhere in the sentence


def read_posts(sheet: Sheet, linked: Linked, home_path: tuple[Division, ...], ontology: Ontology) -> list[Post]:
    """Every post of the page in text order; the same post may be read in several sentences."""
    return list(_Reader(sheet, linked, home_path, ontology).read())


class _Reader:
    def __init__(self, sheet: Sheet, linked: Linked, home_path: tuple[Division, ...], ontology: Ontology) -> None:
        self.sheet = sheet
        self.ontology = ontology
        self.linked = linked
        self.home_path = home_path
        finds = linked.finds
        self.by_end = {find.end: index for index, find in enumerate(finds)}
        self.by_start = {find.start: index for index, find in enumerate(finds)}
        covered = {}
        for index, find in enumerate(finds):
            for at in range(find.start, find.end):
                covered[at] = index
        self.covered = covered

    def read(self) -> Iterator[Post]:
        titles = [
            kept
            for title in self.sheet.titles
            if title.head not in _NO_POST
            and not (title.head == "党员" and self.sheet.text.endswith("困难", 0, title.start))  # 看望困难党员P
            and (kept := self._outside_names(title)) is not None
        ]
        index = 0
        while index < len(titles):
            chain, index = self._chain(titles, index)
            yield from self._assign(chain)

    def _outside_names(self, title: Title) -> Title | None:
        """The post without what belongs to a name before it (自治州党委|常委, 安顺市|县领导); None inside a name."""
        at = self.covered.get(title.start)
        if at is None:
            return None if self.covered.get(title.end - 1) is not None else title
        find = self.linked.finds[at]
        if find.end >= title.end:
            return None
        rest = self.sheet.text[find.end : title.end]
        known = self.ontology.find_titles(rest)
        if known and known[-1].end == len(rest):
            last = known[-1]
            start = find.end + last.start
            return Title(start, title.end, find.end + last.head_start, last.text, last.head, last.group, last.rank)
        if rest == "长" and find.kind == Kind.ORG:
            # 州委统战|部|长, 市公安|局|长: the character belongs to both
            rest = self.sheet.text[find.end - 1 : title.end]
        return Title(find.end, title.end, find.end, rest, rest, title.group, title.rank) if len(rest) > 1 else None

    # ------------------------------------------------------------------ chains

    def _chain(self, titles: list[Title], index: int) -> tuple[list[_Pending], int]:
        """Posts joined by 、 from `index` on, and the index after them."""
        chain: list[_Pending] = []
        while index < len(titles):
            title = titles[index]
            text, start = self._printed(title)
            org, region, left = self._organisation(title, start, chain)
            begin = start
            if org is not None and not left and (at := self._adjacent(start)) is not None:
                begin = self.linked.finds[at].start
            if chain and not self._joined(chain[-1].end, begin):
                break
            if chain and title.group == "collective":
                break
            chain.append(_Pending(text, org, region, title.group, title.rank, begin, title.end, left))
            index += 1
            if title.end in self.by_start and self.linked.finds[self.by_start[title.end]].kind == Kind.PERSON:
                break
        return chain, max(index, 1)

    def _joined(self, end: int, begin: int) -> bool:
        """Whether a chain of posts goes on: over 、, also where a body that no finder knows stands before the next post."""
        gap = self.sheet.text[end:begin]
        if _LINK.match(gap):
            return True
        if not _UNKNOWN_BODY.match(gap):
            return False
        return not any(
            self.covered.get(at) is not None and self.linked.finds[self.covered[at]].kind == Kind.PERSON
            for at in range(end, begin)
        )

    def _printed(self, title: Title) -> tuple[str, int]:
        """The post with a party prefix (党组书记), and where it begins."""
        start, text = title.start, title.text
        for prefix in PARTY_PREFIXES:
            at = start - len(prefix)
            if at >= 0 and self.sheet.text.startswith(prefix, at) and self.covered.get(at) is None:
                start, text = at, prefix + text
                for qualifier in ("原", "时任", "前"):
                    if self.sheet.text.startswith(qualifier, start - len(qualifier)):
                        start, text = start - len(qualifier), qualifier + text
                break
        return text, start

    def _adjacent(self, start: int) -> int | None:
        """Index of the place or body that ends right before `start` (a blank or 的 may stand between)."""
        text = self.sheet.text
        for gap in ("", " ", "的", "村"):
            at = start - len(gap)
            if text[at:start] == gap and at in self.by_end:
                index = self.by_end[at]
                if self.linked.finds[index].kind in {Kind.ORG, Kind.PLACE}:
                    return index
        if start in self.covered:  # 安顺市县领导: the level character belongs to both
            index = self.covered[start]
            if self.linked.finds[index].kind in {Kind.ORG, Kind.PLACE} and self.linked.finds[index].start < start:
                return index
        return None

    def _organisation(
        self, title: Title, start: int, chain: list[_Pending]
    ) -> tuple[str | None, Division | None, bool]:
        """The body or region of a post; the flag says that it was not directly before."""
        at = self._adjacent(start)
        if at is not None and title.head not in _NO_ORG:
            return self.linked.entity_of[at], None, False
        post = _REGION_POST.search(title.text)
        if post:
            bodies = self._bodies_of(post.group(1)) if chain else {}
            if chain and chain[-1].org in bodies:
                return bodies[chain[-1].org], None, True
            return self._region(post.group(1), start), None, False
        if title.group == "collective":
            level = _COLLECTIVE_LEVEL.match(title.head)
            return (self._region(level.group(1), start) if level else None), None, False
        level_before = _LEVEL_BEFORE.search(self.sheet.text, max(0, start - 3), start)
        if level_before and title.head in {
            "主席",
            "政府主席",
            "州长",
            "咨询委员",
            "人大代表",
            "代表",
            "劳模",
            "道德模范",
        }:
            return self._region(level_before.group(), start), None, False
        if title.head in _NO_ORG:
            return None, None, False
        if chain and _LINK.match(self.sheet.text[chain[-1].end : start]):
            return chain[-1].org, chain[-1].region, True
        return self._left_of(title), None, True

    def _bodies_of(self, level: str) -> dict[str | None, str]:
        """Party bodies and the region that the same chain's 市长, 县长 belongs to: 祁门县委 → 祁门县."""
        regions: dict[str | None, str] = {}
        for entity in self.linked.entities.values():
            if entity.kind == Kind.ORG and entity.anchor and re.search(r"(?:委|党委|政府)$", entity.name):
                place = f"place-{entity.anchor}"
                known = self.linked.entities.get(place)
                if known is not None and known.name.endswith(level):
                    regions[entity.id] = place
        return regions

    def _left_of(self, title: Title) -> str | None:
        """The place or body named before a post, of a kind that fits it: in its sentence, for villagers in the article."""
        if title.head in _OWN_NOBODY:
            return None
        fits = _fits(title)
        start, _ = self.sheet.sentence_at(title.start)
        article = self.sheet.article_at(title.start)
        reach = 3 if title.group != "people" and title.head not in _VILLAGERS else 40
        seen_sentences: set[int] = set()
        for find, entity in zip(reversed(self.linked.finds), reversed(self.linked.entity_of), strict=True):
            if find.end > title.start or find.family == "deictic":
                continue
            sentence, _ = self.sheet.sentence_at(find.start)
            if sentence != start:
                seen_sentences.add(sentence)
                if not fits or len(seen_sentences) > reach or self.sheet.article_at(find.start) is not article:
                    return None
            if (find.kind, find.subtype) in fits or (not fits and sentence == start and find.kind == Kind.ORG):
                return self._topic(sentence, find) or entity if fits is _COMPANY else entity
        return None

    def _topic(self, sentence: int, near: Found) -> str | None:
        """The company that the sentence of `near` opens with: 甲公司由乙集团投资，…公司董事长P is of 甲公司."""
        for find, entity in zip(self.linked.finds, self.linked.entity_of, strict=True):
            if sentence <= find.start < near.start:
                opens = find.start - sentence <= 2 and (find.kind, find.subtype) in _COMPANY
                return entity if opens else None
        return None

    def _region(self, level: str, at: int) -> str | None:
        """Entity of the region that a bare level word means: on the home path, else the last one named before."""
        wanted = {"省": "province", "自治区": "province", "市": "city", "州": "city", "盟": "city", "自治州": "city",
                  "区": "county", "县": "county", "旗": "county", "镇": "township", "乡": "township"}.get(level)  # fmt: skip
        path = self.home_path
        region: Division | None = None
        if level == "市" and path:
            region = next(
                (r for r in reversed(path) if r.level in {"county", "city", "province"} and r.name.endswith("市")), None
            )
        else:
            region = next((r for r in path if r.level == wanted), None)
        if region is not None and level in "区县旗市" and not region.name.endswith(level):
            region = None
        if region is not None:
            place = f"place-{region.code}"
            self.linked.entities.setdefault(
                place,
                Entity(place, Kind.PLACE, region.name, region.level, code=region.code, anchor=region.code, linked=True),
            )
            return place
        article = self.sheet.article_at(at)
        best: str | None = None
        for find, entity in zip(self.linked.finds, self.linked.entity_of, strict=True):
            if find.start >= at:
                break
            if find.kind == Kind.PLACE and find.subtype == wanted and self.sheet.article_at(find.start) is article:
                if level in "区县旗" and not self.linked.entities[entity].name.endswith(level):
                    continue
                best = entity
            elif wanted == "township" and find.kind == Kind.ORG and self.sheet.article_at(find.start) is article:
                inside = self.linked.inside.get(entity)
                if inside and self.linked.entities[inside].subtype == "township":
                    best = inside
        return best

    # ------------------------------------------------------------------ who

    def _assign(self, chain: list[_Pending]) -> Iterator[Post]:
        if not chain:
            return
        text = self.sheet.text
        finds, entity_of = self.linked.finds, self.linked.entity_of
        end, start = chain[-1].end, chain[0].start
        # NAME before: 朱素芳书记, 朱素芳（区委书记）, 徐登富、王永明等区领导
        after = self._person_at(end)
        if after is None and text[end : end + 1] == "的" and _THEN_HELD.search(text[max(0, start - 2) : end]):
            after = self._person_at(end + 1)  # 时任县妇联主席的P
        behind = self.by_end.get(start)
        if (
            after is not None
            and text[end : end + 1] == "、"
            and behind is not None
            and finds[behind].kind == Kind.PERSON
        ):
            after = None  # P书记、P县长: the first title stays with the first name
        before = self.by_end.get(start)
        if before is not None and finds[before].kind != Kind.PERSON:
            before = None
        if after is None and before is not None and not self._not_behind_name(chain[-1], end):
            org, region = chain[0].org, chain[0].region
            person = finds[before]
            if org is None or chain[0].left:
                at = self._adjacent(person.start)
                if at is not None and chain[0].title not in _NO_ORG:
                    org, region = entity_of[at], None
            past = text[person.start - 2 : person.start] == "免去" or text.startswith("职务", end)
            for post in chain:
                yield self._post(
                    entity_of[before],
                    post,
                    org,
                    region,
                    person.start,
                    end,
                    "post.dismissed" if past else "post.after-name",
                    0.82,
                    past,
                )
            return
        if (
            after is None
            and chain[0].group == "collective"
            and text[start - 1 : start] == "等"
            and (before := self.by_end.get(start - 1)) is not None
        ):
            for index in self._list_back(before):
                for post in chain:
                    yield self._post(
                        entity_of[index], post, post.org, post.region, finds[index].start, end, "post.list-before", 0.86
                    )
            return
        if after is None and text[start - 1 : start] == "（" and text[end : end + 1] in "），、":
            before = self.by_end.get(start - 1)
            if before is not None and finds[before].kind == Kind.PERSON:
                for post in chain:
                    yield self._post(
                        entity_of[before], post, post.org, post.region, finds[before].start, end, "post.brackets", 0.92
                    )
                return
        if after is not None:
            people = self._list_on(after)
            formerly = self._formerly(chain)
            for position, index in enumerate(people):
                posts = chain if position == 0 else chain[-1:]
                for post in posts:
                    rule = "post.before-name" if position == 0 else "post.list"
                    yield self._post(
                        entity_of[index],
                        post,
                        post.org,
                        post.region,
                        post.start,
                        finds[index].end,
                        rule,
                        0.95 - 0.02 * bool(position),
                        post.start in formerly,
                    )
            return
        appointed = (
            self.by_end.get(start - 1 - 2 * text.startswith("同志", start - 3))
            if text[start - 1 : start] == "为"
            else None
        )
        if (
            appointed is not None
            and finds[appointed].kind == Kind.PERSON
            and _APPOINTS.search(text, max(0, start - 400), start)
        ):
            for index in self._list_back(appointed):
                for post in chain:  # 任命：王某为县卫生局局长
                    yield self._post(entity_of[index], post, post.org, post.region, start, end, "post.appointed", 0.9)
            return
        dismissed = (
            self.by_end.get(start - 1 - 2 * text.startswith("同志", start - 3))
            if text[start - 1 : start] == "的"
            else None
        )
        if dismissed is not None and finds[dismissed].kind == Kind.PERSON and text.startswith("职务", end):
            for post in chain:  # 免去王某的县卫生局局长职务
                yield self._post(
                    entity_of[dismissed], post, post.org, post.region, start, end, "post.dismissed", 0.9, True
                )
            return
        being = self._being(start)
        if being is not None:
            for post in chain:
                yield self._post(entity_of[being], post, post.org, post.region, start, end, "post.is", 0.85)
            return
        window = text[max(0, start - 14) : start]
        if _TAKES_OFFICE.search(window):
            subject = self._subject(start)
            if subject is not None:
                past = bool(_LEAVES_OFFICE.search(text[max(0, start - 24) : start]) or _HELD_ONCE.search(window))
                for post in chain:
                    yield self._post(
                        entity_of[subject], post, post.org, post.region, start, end, "post.takes-office", 0.85, past
                    )

    def _formerly(self, chain: list[_Pending]) -> set[int]:
        """Where the posts of a chain begin that were left: those behind 原, and what follows it at the same body.

        原县委书记、省人大常委会副主任P holds the second.
        """
        found: set[int] = set()
        orgs: set[str | None] = set()
        for post in chain:
            before = self.sheet.text[max(0, post.start - 3) : post.start]
            at = self.by_start.get(post.start)
            of_the_same = post.left and post.org in orgs
            # 县委常委、|宣传部部长
            of_its_part = bool(found) and at is not None and self.linked.finds[at].rule == "organ.bare"
            if _FORMERLY.search(before) or of_the_same or of_its_part:
                found.add(post.start)
                orgs.add(post.org)
            elif found and not post.left:
                break
        return found

    def _being(self, start: int) -> int | None:
        """P是某镇某村|党支部书记: the person before 是, over the regions that the post's body stands in."""
        finds = self.linked.finds
        while (before := self.by_end.get(start)) is not None and finds[before].kind == Kind.PLACE:
            start = finds[before].start
        if self.sheet.text[start - 1 : start] != "是":
            return None
        person = self.by_end.get(start - 1)
        return person if person is not None and finds[person].kind == Kind.PERSON else None

    def _not_behind_name(self, post: _Pending, end: int) -> bool:
        """Whether a post directly behind a name is not that person's: 周敏代表市委 (a verb), 周大爷老人."""
        text = self.sheet.text
        if post.title.endswith("代表"):
            return text[end : end + 1] not in {"，", "、", "。", "）", ""}
        return post.group == "people"

    def _post(self, person: str, post: _Pending, org: str | None, region: Division | None, start: int, end: int,
              rule: str, score: float, past: bool = False) -> Post:  # fmt: skip
        if post.left:
            score -= 0.1
        return Post(person, post.title, org, region, post.group, post.rank, start, end, rule, score, past)

    def _person_at(self, at: int) -> int | None:
        bracket = _IN_BRACKETS.match(self.sheet.text, at)
        if bracket is not None:
            at = bracket.end()
        for gap in (0, 1, 2):
            index = self.by_start.get(at + gap)
            if index is not None and self.linked.finds[index].kind == Kind.PERSON:
                if _GAP_TO_PERSON.match(self.sheet.text[at : at + gap]):
                    return index
        return None

    def _list_on(self, first: int) -> list[int]:
        """A person and those that follow in the same list without a post of their own."""
        finds = self.linked.finds
        people = [first]
        while True:
            end = finds[people[-1]].end
            following = self.by_start.get(end + 1)
            if (
                following is None
                or finds[following].kind != Kind.PERSON
                or not _LIST.match(self.sheet.text[end : end + 1])
            ):
                return people
            if self.sheet.text[end] == "，":
                return people
            people.append(following)

    def _list_back(self, last: int) -> list[int]:
        finds = self.linked.finds
        if finds[last].kind != Kind.PERSON:
            return []
        people = [last]
        while True:
            start = finds[people[-1]].start
            before = self.by_end.get(start - 1)
            if before is None or finds[before].kind != Kind.PERSON or self.sheet.text[start - 1] not in "、和与及":
                return people[::-1]
            people.append(before)

    def _subject(self, at: int) -> int | None:
        """The person that a sentence (or the one before, in the same article) speaks of."""
        article = self.sheet.article_at(at)
        best: int | None = None
        for index, find in enumerate(self.linked.finds):
            if find.start >= at:
                break
            if find.kind == Kind.PERSON and find.family != "byline" and self.sheet.article_at(find.start) is article:
                best = index
        return best
