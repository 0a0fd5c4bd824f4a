"""Finds people: beside a post, in lists, by the tagger with a surname, masked (吴某珍), and surname + 先生.

In: a sheet, the bylines of its articles, the surnames. Out: finds of family `byline`, `person` and `tagger`. Names of
people are found, never listed: the only lists are of surnames and of the parts of Tibetan, Mongolian and Yi names.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from kg.gazetteers import Surnames, is_ordinary_word, word_frequency
from kg.mentions.found import Found
from kg.model import Kind
from kg.sheet import Sheet, Word

_HAN = re.compile(r"^[\u4e00-\u9fff〇]+$")
# 艾力·买买提明 and its OCR forms with ? . ・
_DOTTED = re.compile(r"[\u4e00-\u9fff]{1,7}(?:[·•・∙‧?？.][\u4e00-\u9fff]{1,8}){1,3}")
_MASKED = re.compile(
    r"[\u4e00-\u9fff]某(?:某|[\u4e00-\u9fff](?=[、，。；（）和与因被的在]|$)|(?=[、，。；（）和与因被的在等家驾持经系对]))"
)
_COURTESY = re.compile(
    r"[\u4e00-\u9fff]{1,2}(先生|女士|小姐|师傅|大爷|大妈|大姐|大叔|大娘|阿姨|奶奶|爷爷|老汉|老伯|大伯|同学)"
)
# What may follow a name; used where the tagger gives no name, to choose its length.
_AFTER = re.compile(
    r"[、，。：；（）！？“”\s]|和|与|及|等|率|来|在|到|说|表示|指出|强调|介绍|要求|主持|参加|出席|陪同|一行|先后|带领|深入|前往|赴|走|作|"
    r"宣布|会见|认为|告诉|代表|随|对|向|为|就|同志|书记|主任|的|是|从|被|将|带|讲|致|率|正|则|也|还|均|分别|围绕|$"
)
# What stands behind a name of a thing, not a person: 高陵高速, 温岭产业, 于民生.
_NAME_OF_THING = re.compile(
    r"高速|公路|铁路|方向|[路县市镇乡村河江湖山桥街牌族式杯型号省区州岛站港]|产业|品牌|同城|一体化|两地|地区|新时代|生(?:活|产)|”牌|\"牌"
)
_KIN = re.compile(
    r"(?:妻子|丈夫|女儿|儿子|孙子|孙女|外孙女?|父亲|母亲|爷爷|奶奶|哥哥|弟弟|姐姐|妹妹|儿媳|女婿|发小|搭档|同事|徒弟|师傅|战友|好友|名叫|名为|骑手|女青年|小伙子?|组员|门将|后卫|前锋|\d岁的|老猎手|寨老|把头|领队|队友|室友|邻居|老伴)(?=[\u4e00-\u9fff])"
)
# 编辑：王刚 校对：李强、张丽: who made the page.
_CREDIT = re.compile(
    r"(?:编辑|责编|编审|编校|校对|美编|组版|版式|排版|审读|审核|初审|复审|终审|[一二三]审|值班主任|值班编委|值班总编|总值班|监制|制图|视觉|统筹|实习生)：([^：；。，\n]{2,24})"
)
_SPEAKER = re.compile(
    r"(?:(?<=[，。：；”！？\n ])|^)([\u4e00-\u9fff]{2,4}?)(?=(?:高兴地|激动地|笑着|感慨地|憨厚地|动情地|回忆)?(?:说|告诉|表示|回忆)|，[男女]，)"
)
_GOING = frozenset("来在到赴往去自从")
_NEVER_FIRST = frozenset("是有为从同请将被让来要")
_FOREIGN_BREAK = re.compile(r"[\u4e00-\u9fff][?？.][\u4e00-\u9fff]")
_THING_END = re.compile(r"[化站厂园区局室组队院所厅部会型级者性度率]$|到$")
_GLUED_VERB = re.compile(
    r"先后|先行|来到|来我|来[^\u4e00-\u9fff]|率队|率领|率[省市县区]|带队|带领|等人|等[^\u4e00-\u9fff]|分别|参加|出席|深入|前往|介绍|表示|强调|指出|要求|在[^，。]{0,8}[中上时]|主持|讲话|说[：，。]|作[了为]|随后|随即|专程|专门|近日|一行|围绕|任[组主]|兼任|现任"
)
_TO_MARK = re.compile(r"([\u4e00-\u9fff]{2,5})(?=[、，。；：）（\n]|$)")
_SPACED = re.compile(
    r"(?:(?<=[、，。；：（）\n ])|^|(?<=长|记|任|席|员|者))([\u4e00-\u9fff]) {1,2}([\u4e00-\u9fff])(?=[、，。；：）（\n为任等的、]|$| )"
)
_SAYS = re.compile(r"(?:告诉|说|表示|介绍|回忆|坦言|笑着|高兴地|激动地|老人|同志)")
# 某某一行先后来到…: a leader without a Han surname; not 某某一带先后建成….
_LEADS_ON = re.compile(r"一行|指出|强调|率队|先后(?:来到|深入|到)|主持(?:召开)?会议")
# 冯云|平等领导参加, 周志|高等陪同: of a name's last character and 等 the tagger makes a word; not 主张男女平等参加工作, where no
# name stands before.
_AND_OTHERS = re.compile(
    r"[平高中上优同均初]等(?:县|市|区)?(?:领导|人|同志|一行|陪同|参加|出席|先后|分别|到会|负责|嘉宾|委员|代表|，|、|。)"
)
_CLEAR_END = re.compile(r"[、，。：；（）！？“”\s]|说|告诉|表示|的|和|是|等|$")
_THIRD_IS_VERB = frozenset(
    "来说在等和介表指强率到赴出主参就还向为一要对从同与带走深会看听作代实前首边也是及分称讲致宣认告随被将正则均围先陪宴亲专现任当获同任因近这"
)
# A name that ends a clause or a list; not 高平等地客商, where 等地 says that it is a place.
_CLOSED = re.compile(r"[\u4e00-\u9fff]{2,3}(?=[、，；。）\n]|等(?!地)[^，。、；]{0,4}[，。；]|$)")
_CLOSED_OR_JOINED = re.compile(rf"{_CLOSED.pattern}|[\u4e00-\u9fff]{{2,3}}(?=[和及与])")
# 区长|金华致辞: behind an office somebody acts who bears the name of a region.
_ACTS_BY_NAME = re.compile(
    r"([\u4e00-\u9fff]{2})(?:同志)?(?=(?:出席|参加|主持|致辞|致词|宣布|讲话|发言|强调|指出|要求|表示|认为|介绍|说|带队|率|一行|来到|深入|前往|陪同|作|代表[^团]|为[^，。]{0,12}(?:揭牌|授牌|颁奖)))"
)
_MARK = re.compile(r"[，。；：、！？]")
_LIST_LINK = "、和与及"
_VAGUE_AFTER = frozenset({"群众", "老人", "代表", "成员", "委员", "干部", "党员", "专家", "学者", "家长", "领导"})


class PeopleFinder:
    """Holds the surnames and given names."""

    def __init__(self, surnames: Surnames, place_names: frozenset[str], given_names: Sequence[str] = ()) -> None:
        """`place_names` are the nation's division names, full and short: none of them is a person's name alone.
        `given_names` are names, longest first, of which those without a surname are made."""
        parts = "|".join(map(re.escape, given_names)) or "(?!)"
        self._composed = re.compile(rf"[白包韩海陈王李张]?(?P<parts>(?:{parts}){{1,3}})")
        self._parts = re.compile(parts)
        self.surnames = surnames
        self.place_names = place_names

    def find(self, sheet: Sheet, named: Sequence[Found] = ()) -> list[Found]:
        """People of the sheet; the same name may be found by several rules.

        `named` are places and organisations found so far: what is part of one of their names is no person where only the
        tagger says so (通安润 of 通安润集团).
        """
        things = "\n".join(
            sheet.text[find.start : find.end] for find in named if find.family in {"name", "organ", "listed", "weak"}
        )
        finds = list(self._bylines(sheet))
        finds += self._masked(sheet)
        finds += self._dotted(sheet)
        finds += self._made_of_given_names(sheet)
        finds += self._spaced(sheet)
        tagged = list(self._tagged(sheet))
        titled = list(self._beside_titles(sheet))
        finds += titled
        finds += tagged
        finds += self._lists(sheet, titled + tagged)
        finds += self._courtesy(sheet)
        finds += self._introduced(sheet)
        finds += self._credited(sheet)
        return self._settle_lengths(sheet, self._signalled(sheet, finds, things))

    def _signalled(self, sheet: Sheet, finds: list[Found], things: str) -> list[Found]:
        """Drop names that only the tagger saw and nothing else on the page supports."""
        supported: set[str] = set()
        for find in finds:
            name = sheet.text[find.start : find.end]
            if find.rule != "person.tagger" or self._supported(sheet, find.start, find.end):
                supported.add(name)
        kept: list[Found] = []
        for find in finds:
            name = sheet.text[find.start : find.end]
            if find.rule == "person.tagger" and (
                name not in supported or name in things or _NAME_OF_THING.match(sheet.text, find.end)
            ):
                continue
            kept.append(find)
        return kept

    def _supported(self, sheet: Sheet, start: int, end: int) -> bool:
        """A second signal for a tagged name: what it does, how it is addressed, a list; a third character helps."""
        text = sheet.text
        if text[start - 1 : start] in {"“", "‘", "《"} and text[end : end + 1] in {"”", "’", "》"}:
            return False
        if _NAME_OF_THING.match(text, end) or (text[start : start + 1] in "来在赴" and end - start == 2):
            return False
        if end - start >= 3 and text[start] in self.surnames.common:
            return True
        following = sheet.word_at(end) if end < len(text) else None
        acts = (
            following is not None and following.start == end and following.tag in {"v", "vd", "d", "p", "u", "c", "ad"}
        )
        marks = text[end : end + 1] in {"、", "，", "）", "。", "：", "等"} and text[start - 1 : start] in {
            "、",
            "（",
            "：",
            "，",
            "。",
            "\n",
            " ",
        }
        listed = (
            text[end : end + 1] == "、" and (other := sheet.word_at(end + 1)) is not None and other.tag in {"PER", "nr"}
        )
        return bool(acts or marks or listed or _SAYS.match(text, end))

    # ------------------------------------------------------------------ single rules

    def _bylines(self, sheet: Sheet) -> Iterator[Found]:
        wanted = {
            offset
            for article in sheet.articles
            for byline in article.bylines
            for offset in (byline.span.start, byline.span.end - 1)
        }
        position: dict[int, int] = {}
        for at, offset in enumerate(sheet.offsets):
            if offset in wanted:
                position.setdefault(offset, at)
        for article in sheet.articles:
            for byline in article.bylines:
                start, last = position.get(byline.span.start), position.get(byline.span.end - 1)
                if start is not None and last is not None and start <= last:
                    yield Found(start, last + 1, Kind.PERSON, None, "byline", "person.byline", 0.98)

    def _masked(self, sheet: Sheet) -> Iterator[Found]:
        for match in _MASKED.finditer(sheet.text):
            if match.group()[0] in self.surnames.single and not sheet.text.startswith("某某", match.start()):
                yield Found(match.start(), match.end(), Kind.PERSON, None, "person", "person.masked", 0.95)

    def _spaced(self, sheet: Sheet) -> Iterator[Found]:
        """王　芳: a name of two characters set apart to the width of three, as lists print it."""
        for match in _SPACED.finditer(sheet.text):
            if match.group(1) in self.surnames.single and not is_ordinary_word(match.group(1) + match.group(2)):
                yield Found(match.start(1), match.end(2), Kind.PERSON, None, "person", "person.spaced", 0.9)

    def _dotted(self, sheet: Sheet) -> Iterator[Found]:
        for match in _DOTTED.finditer(sheet.text):
            start, end = match.span()
            titled = [title for title in sheet.titles if start < title.end <= end]
            if titled:  # 县长艾力·买买提明: the post is no part of the name
                start = titled[-1].end
            head = re.split(r"[·•・∙‧?？.]", sheet.text[start:end])[0]
            real_dot = any(char in "·•・∙‧" for char in sheet.text[start:end])
            while head and is_edge(sheet, start) is False:
                start += 1
                head = head[1:]
            word = sheet.word_at(start)
            if not head or end - start < 4 or not (real_dot or titled):
                continue
            if not real_dot and not _FOREIGN_BREAK.search(sheet.text[start:end]):
                continue
            quoted = sheet.text[start - 1 : start] in {"“", "‘"}
            if titled or (word is not None and word.tag in {"PER", "nr"} and not quoted):
                end = self._cut_tail(sheet, start, end)
                if end - start >= 4:
                    yield Found(start, end, Kind.PERSON, None, "person", "person.dotted", 0.9)

    def _made_of_given_names(self, sheet: Sheet) -> Iterator[Found]:
        """研究员|尼玛扎西, 白|乌力吉: two given names or more at the beginning of a word, or one behind a post."""
        behind = {title.end for title in sheet.titles}
        for match in self._composed.finditer(sheet.text):
            start, end = match.span()
            if start not in behind and match.start("parts") in behind:
                start = match.start("parts")
            word = sheet.word_at(start)
            begins = word is None or word.start == start
            several = len(self._parts.findall(match.group("parts"))) > 1 or start < match.start("parts")
            if match.group() in self.place_names or sheet.text[end : end + 1] in "县旗乡镇村市区山河湖寺州路苏嘎":
                continue
            if (several and begins) or start in behind:
                yield Found(start, end, Kind.PERSON, None, "person", "person.given-names", 0.9)

    def _cut_tail(self, sheet: Sheet, start: int, end: int) -> int:
        """End of a dotted name: before a word that the tagger calls a verb, or a post (…丁出席, …江主任)."""
        dot = max(sheet.text.rfind(char, start, end) for char in "·•・∙‧?？.")
        group = sheet.text.find("一行", dot + 2, end)
        if group > 0:
            return group
        at = dot + 1
        while at < end:
            word = sheet.word_at(at)
            if word is None:
                break
            if sheet.text.startswith("都拉", word.start):
                at = max(word.end, word.start + 2)  # 哈布|都|拉
                continue
            if word.start > dot + 1 and (word.tag in {"v", "vd", "vn", "p", "d", "c", "u", "n", "f", "r"}):
                return word.start
            at = word.end
        for title in sheet.titles:
            if dot + 2 < title.start < end:
                return title.start
        return end

    def _tagged(self, sheet: Sheet) -> Iterator[Found]:
        for word in sheet.words:
            if word.tag not in {"PER", "nr"}:
                continue
            text = sheet.text[word.start : word.end]
            if is_ordinary_word(text) or sheet.text.startswith("新时代", word.end):
                continue
            if self.is_name(text):
                end = self._grown(sheet, word)
                yield Found(word.start, end, Kind.PERSON, None, "person", "person.tagger", 0.9)
            elif word.tag == "PER" and self._could_be_name(text) and self._second_signal(sheet, word):
                end = self._grown(sheet, word)
                yield Found(word.start, end, Kind.PERSON, None, "person", "person.other-people", 0.85)

    def _could_be_name(self, text: str) -> bool:
        """Whether `text` may be a name without a Han surname (达瓦顿珠, 白音巴特尔): characters only, no place."""
        return bool(_HAN.match(text)) and 2 <= len(text) <= 6 and text not in self.place_names

    def _second_signal(self, sheet: Sheet, word: Word) -> bool:
        """What makes a person of a name without a Han surname: a post or 的 before it, a verb of saying, a list."""
        text = sheet.text
        if any(title.end == word.start for title in sheet.titles):
            return True
        if _SAYS.match(text, word.end) or _LEADS_ON.match(text, word.end):
            return True
        before, after = text[word.start - 1 : word.start], text[word.end : word.end + 1]
        return (
            before in {"、", "和", "（"}
            and after in {"、", "和", "等", "，", "）", "。"}
            and len(text[word.start : word.end]) >= 3
        )

    def _grown(self, sheet: Sheet, word: Word) -> int:
        """End of a name that the tagger cut short: over single characters that belong to no word, to a clear end."""
        end = word.end
        if end - word.start == 2 and _AND_OTHERS.match(sheet.text, end):
            return end + 1
        while end - word.start < 5:
            following = sheet.word_at(end)
            if following is None or following.start != end or following.end - end > 2 or _AFTER.match(sheet.text, end):
                break
            piece = sheet.text[following.start : following.end]
            if (
                not _HAN.match(piece)
                or following.tag in {"w", "v", "p", "c", "u", "d", "r", "m", "q", "f"}
                or word_frequency(piece) > (0 if len(piece) > 1 else 10**9)
            ):
                break
            end = following.end
        if end > word.end and end - word.start <= 5 and _CLEAR_END.match(sheet.text, end):
            return end
        return word.end

    def is_name(self, text: str) -> bool:
        """Whether `text` has the form of a Han person's full name: surname and one or two characters."""
        if not _HAN.match(text) or text in self.place_names or not 2 <= len(text) <= 4:
            return False
        if text == "苏木" or text.endswith("嘎查"):
            return False  # 各乡镇苏木: levels of a banner
        if text[0] in _GOING and text[1:] in self.place_names:
            return False  # 来柯城, 赴北京
        if text[:2] in self.surnames.compound and len(text) >= 3:
            return True
        if len(text) == 4:  # a married woman's double surname: 陈方安生
            return text[0] in self.surnames.common and text[1] in self.surnames.common
        return text[0] in self.surnames.single

    def _beside_titles(self, sheet: Sheet) -> Iterator[Found]:
        text = sheet.text
        for title in sheet.titles:
            at = title.end
            if text[at : at + 1] == " ":
                at += 1
            if text.startswith("同志", at):
                at += 2
            if at < len(text) and title.head not in _VAGUE_AFTER:
                length = self._length_after(sheet, at, office=title.group not in {"people", "media"})
                if length:
                    yield Found(at, at + length, Kind.PERSON, None, "person", "person.after-title", 0.96)
            word = sheet.word_at(title.start - 1) if title.start else None
            if (
                word is not None
                and word.end == title.start
                and word.tag in {"PER", "nr"}
                and self.is_name(text[word.start : word.end])
            ):
                yield Found(word.start, word.end, Kind.PERSON, None, "person", "person.before-title", 0.95)

    def _length_after(self, sheet: Sheet, at: int, *, office: bool) -> int:
        """Length of the name behind a post: as tagged, or up to the next mark where that is longer and can be a name."""
        length = max(self._name_length(sheet, at), self._to_punctuation(sheet, at, office=office))
        if length == 0 and office:
            length = self._by_surname(sheet, at) or self._between_posts(sheet, at)
        acts = _ACTS_BY_NAME.match(sheet.text, at) if length == 0 and office else None
        if acts is not None and acts.group(1) in self.place_names and acts.group(1)[0] in self.surnames.common:
            return len(acts.group(1))
        return length

    def _between_posts(self, sheet: Sheet, at: int) -> int:
        """县委书记|盘中举、县长…: in a row of posts what stands between post and mark is a name, whatever the words."""
        closed = _CLOSED.match(sheet.text, at)
        if closed is None or not self.is_name(closed.group()) or closed.group() in self.place_names:
            return 0
        if sheet.text[closed.end() : closed.end() + 1] not in ("、", "，") or is_ordinary_word(closed.group()):
            return 0
        behind = closed.end() + 1
        title = next((title for title in sheet.titles if title.start >= behind), None)
        if title is None or title.group in {"people", "media"} or title.start - behind > 8:
            return 0
        return 0 if _MARK.search(sheet.text, behind, title.start) else len(closed.group())

    def _by_surname(self, sheet: Sheet, at: int) -> int:
        """Behind an office a surname begins a name even where the tagger reads it as a word (第一书记|向以勤来自)."""
        text = sheet.text
        for length in (4, 3, 2):
            name = text[at : at + length]
            compound = name[:2] in self.surnames.compound
            if name[:1] in _NEVER_FIRST:
                return 0
            if len(name) < length or not self.is_name(name) or (length == 4) != compound or is_ordinary_word(name):
                continue
            boundary = sheet.word_at(at + length)
            if boundary is None or boundary.start != at + length:
                continue
            if any(at <= title.start < at + length for title in sheet.titles):
                continue
            position, good = at, True
            while position < at + length and good:
                word = sheet.word_at(position)
                if word is None:
                    break
                size = word.end - word.start
                good = word.start >= at and word.tag not in {"r", "u", "c", "w", "TIME", "xc"}
                # 县长|路奇率队: no dictionary has the word; not 主任|强调道
                unknown = size == length and word_frequency(name) == 0 and not _GLUED_VERB.match(text, at)
                good = good and (
                    size == 1
                    or unknown
                    or word.tag in {"PER", "nr", "nz"}
                    or (word.start == at + 1 and word.tag in {"n", "a", "an", "ns", "LOC", "nz"})
                )
                position = word.end
            if good:
                return length
        return 0

    def _to_punctuation(self, sheet: Sheet, at: int, *, office: bool) -> int:
        """Length of what stands between a post and the next mark (村支书马海拉则、) if it can only be a name, else 0."""
        match = _TO_MARK.match(sheet.text, at)
        if match is None:
            return 0
        name = match.group(1)
        if len(name) > 2 and name[-1] in "说等称道":
            name = name[:-1]
        first = sheet.word_at(at)
        if _THING_END.search(name) and not (first is not None and first.tag in {"PER", "nr"}):
            return 0
        if any(at <= title.start < at + len(name) for title in sheet.titles):
            return 0
        if name in self.place_names or is_ordinary_word(name):
            noun = (
                first is not None
                and (first.start, first.end) == (at, at + len(name))
                and first.tag in {"n", "ns", "nr", "LOC", "nz", "PER"}
            )
            return len(name) if office and noun and name[0] in self.surnames.common and len(name) < 4 else 0
        if len(name) > 3 and first is not None and first.tag in {"PER", "nr"} and first.start == at:
            rest = sheet.word_at(first.end)
            if (
                self.is_name(sheet.text[at : first.end])
                and rest is not None
                and rest.tag in {"v", "vn", "vd", "d", "p"}
            ):
                return 0  # 陈志俊|到会，
        following = sheet.word_at(at + 1)
        if (
            name[0] not in self.surnames.common
            and first is not None
            and first.tag in {"v", "d", "vd"}
            and first.end == at + 1
        ):
            if following is not None and following.tag in {"v", "vd", "vn", "d"}:
                return 0  # 书记|要|到场，网格员|齐|上阵
        position, stop = at, at + len(name)
        single = 0
        while position < stop:
            word = sheet.word_at(position)
            if word is None or (word.start < at and position > at) or word.end > stop:
                return 0
            if word.start < at:  # 副书|记景|宪法: the post is sure, so the tagger's word is cut at its end
                word = Word(at, word.end, "x")
            piece = sheet.text[word.start : word.end]
            given = position == at + 1 and word.end == stop and name[0] in self.surnames.single
            unknown = word_frequency(piece) == 0 and piece not in self.place_names and word.tag not in {"TIME", "m"}
            if len(piece) > 1 and word.tag not in {"PER", "nr", "nz"} and not (office and (given or unknown)):
                if is_ordinary_word(piece) or word.tag in {
                    "d",
                    "p",
                    "c",
                    "u",
                    "r",
                    "m",
                    "ad",
                    "LOC",
                    "ORG",
                    "nt",
                    "TIME",
                    "an",
                    "n",
                }:
                    return 0
            if (
                position == at
                and len(piece) == 1
                and word.tag in {"p", "c", "d", "r", "u", "v", "m"}
                and piece not in self.surnames.common
                and (piece not in self.surnames.single or not office)
            ):
                return 0
            single += len(piece) == 1
            position = word.end
        han = self.is_name(name) and len(name) <= 3
        if han or (len(name) >= 3 and (single < len(name) or name[0] not in self.surnames.common)):
            return len(name)
        return 0

    def _name_length(self, sheet: Sheet, at: int) -> int:
        """Length of the name at `at`, 0 for none: the tagger's word if it is a name, else by what follows."""
        text = sheet.text
        word = sheet.word_at(at)
        if word is not None and word.start == at and word.tag in {"PER", "nr"}:
            name = text[word.start : word.end]
            if self.is_name(name):
                return len(name) + (len(name) == 2 and _AND_OTHERS.match(text, word.end) is not None)
            if _HAN.match(name) and 4 <= len(name) <= 7 and not any(c in name for c in "、，"):
                return len(name) if word.tag == "PER" and name[0] not in self.surnames.common else 0
        for length in (3, 2, 4):
            name = text[at : at + length]
            if len(name) == length and self.is_name(name) and _AFTER.match(text, at + length):
                if is_ordinary_word(name) or not self._plain_inside(sheet, at, at + length):
                    continue
                return length
        return 0

    def _plain_inside(self, sheet: Sheet, start: int, end: int) -> bool:
        """Whether the tagger's words under a supposed name leave it possible: it begins a word, and holds no verb,
        conjunction or other function word, and no ordinary word of two characters."""
        rare = (
            sheet.text[start] not in self.surnames.common
            and sheet.text[start : start + 2] not in self.surnames.compound
        )
        at = start
        whole = sheet.word_at(start)
        if whole is not None and whole.end == end and whole.start < start and whole.tag == "ORG":
            return True  # the tagger takes body, post and name for one organisation
        while at < end:
            word = sheet.word_at(at)
            if word is None:
                return True
            if word.start < start or word.end > end + 1:
                return False
            if word.tag in {"c", "p", "u", "d", "r", "m", "q", "f", "TIME", "t", "w", "xc"} and (
                at > start or rare or word.end - word.start > 1
            ):
                return False
            if (word.start, word.end) == (start, end) and word.tag in {"n", "vn", "v", "a", "an", "ad"}:
                return False
            if (
                word.end - word.start > 1
                and word.tag in {"v", "vn", "n", "a", "ad", "vd"}
                and is_ordinary_word(sheet.text[word.start : word.end])
            ):
                return False
            if at == start and word.end == start + 1 and (given := sheet.word_at(start + 1)) is not None:
                if given.end == end and end - start == 3 and given.tag in {"ns", "LOC", "nr", "nz", "PER"}:
                    return True  # 谈|永福: a given name that is a place elsewhere
            if rare and at == start and word.tag not in {"PER", "nr", "nz", "ns", "LOC", "n"}:
                return False
            at = word.end
        return True

    def _lists(self, sheet: Sheet, seeds: list[Found]) -> Iterator[Found]:
        """王永明、李纯浩、邱雪萍: from a found name on, over 、和与及, while what follows has the form of a name."""
        text = sheet.text
        posts = {title.start for title in sheet.titles}
        walked: set[tuple[int, bool]] = set()  # each stretch of a list is read once, whatever the number of its seeds
        for seed in seeds:
            at = seed.end
            behind_post = seed.rule == "person.after-title"
            names = 1
            while text[at : at + 1] in _LIST_LINK and text[at : at + 1] and (at, behind_post) not in walked:
                walked.add((at, behind_post))
                length = self._name_length(sheet, at + 1)
                if not length and behind_post:
                    length = self._to_punctuation(sheet, at + 1, office=True)
                closed = _CLOSED_OR_JOINED.match(text, at + 1)
                if not length and names >= 2 and closed is not None:
                    # 余珂、严启方、|冷静，: behind two names a word that can be one is one; so is a region's name whose first
                    # character is a common surname (周平、|常宁及), where the list goes on or ends
                    name = closed.group()
                    named_like_region = name in self.place_names and name[0] in self.surnames.common
                    length = (
                        len(name) if named_like_region or (_CLOSED.match(text, at + 1) and self.is_name(name)) else 0
                    )
                if not length or (at + 1) in posts:
                    break
                names += 1
                yield Found(at + 1, at + 1 + length, Kind.PERSON, None, "person", "person.list", 0.93)
                at += 1 + length

    def _credited(self, sheet: Sheet) -> Iterator[Found]:
        """Names in the lines that say who edited, read and set the page; each up to a blank or the next label."""
        for match in _CREDIT.finditer(sheet.text):
            for part in re.finditer(r"[^ 、/]+", match.group(1)):
                start = match.start(1) + part.start()
                name = part.group()
                if self.is_name(name) and not is_ordinary_word(name):
                    yield Found(start, start + len(name), Kind.PERSON, None, "person", "person.credit", 0.9)

    def _introduced(self, sheet: Sheet) -> Iterator[Found]:
        """Names behind a word of kin or company (妻子拉毛措, 52岁的吉克伍呷) and before a word of saying (更登加说)."""
        text = sheet.text
        for match in _KIN.finditer(text):
            at = match.end()
            word = sheet.word_at(at)
            length = self._name_length(sheet, at)
            if (
                not length
                and word is not None
                and word.start == at
                and word.tag in {"PER", "nr", "nz"}
                and self._could_be_name(text[word.start : word.end])
            ):
                length = word.end - word.start
            if not length:
                length = self._to_punctuation(sheet, at, office=False)
            if length:
                yield Found(at, at + length, Kind.PERSON, None, "person", "person.introduced", 0.88)
        for match in _SPEAKER.finditer(text):
            name = match.group(1)
            word = sheet.word_at(match.start(1))
            if word is None or word.start != match.start(1) or is_ordinary_word(name) or name in self.place_names:
                continue
            if any(match.start(1) <= title.start < match.end(1) for title in sheet.titles):
                continue
            unknown = (word.end == match.end(1) and word_frequency(name) == 0) or self._plain_inside(
                sheet, match.start(1), match.end(1)
            )
            if (self.is_name(name) and unknown) or (
                len(name) >= 3
                and word.end == match.end(1)
                and word_frequency(name) == 0
                and word.tag in {"PER", "nr", "nz", "LOC"}
            ):
                yield Found(match.start(1), match.end(1), Kind.PERSON, None, "person", "person.speaker", 0.86)

    def _courtesy(self, sheet: Sheet) -> Iterator[Found]:
        for match in _COURTESY.finditer(sheet.text):
            for size in (2, 1):
                start = match.start(1) - size
                name = sheet.text[start : match.start(1)]
                if start < match.start() or (name not in self.surnames.compound and name not in self.surnames.single):
                    continue
                word = sheet.word_at(start)
                if word is None or word.start == start:
                    yield Found(start, match.end(), Kind.PERSON, None, "person", "person.courtesy", 0.85)
                    break

    # ------------------------------------------------------------------ lengths

    def _settle_lengths(self, sheet: Sheet, finds: list[Found]) -> list[Found]:
        """Names in one length: cut off what begins the next word (周全|先后), then what the page shows in two lengths."""
        cut = []
        for find in finds:
            size = find.end - find.start
            if find.family != "byline" and size == 4 and sheet.text[find.end - 1] == "家":
                find = Found(find.start, find.end - 1, find.kind, None, find.family, find.rule, find.score)
                size -= 1
            if find.family != "byline" and size in {3, 4} and _GLUED_VERB.match(sheet.text, find.end - 1):
                shorter = sheet.text[find.start : find.end - 1]
                if size == 3 or shorter[:2] in self.surnames.compound:
                    find = Found(find.start, find.end - 1, find.kind, None, find.family, find.rule, find.score)
            cut.append(find)
        return self._one_length(sheet, cut)

    def _one_length(self, sheet: Sheet, finds: list[Found]) -> list[Found]:
        """Names that the page shows in two lengths get one: 徐旭来 is 徐旭 + 来 where 徐旭 stands elsewhere."""
        counts = Counter(sheet.text[find.start : find.end] for find in finds)
        wrong: dict[str, str] = {}
        for name in sorted(counts):
            if len(name) == 3 and name[:2] in counts and name[2] in _THIRD_IS_VERB and counts[name[:2]] >= counts[name]:
                wrong[name] = name[:2]
            elif len(name) == 2:
                occurrences = [m.start() for m in re.finditer(re.escape(name), sheet.text)]
                nexts = {sheet.text[at + 2 : at + 3] for at in occurrences}
                if len(nexts) == 1 and len(occurrences) > 1 and (longer := name + next(iter(nexts))) in counts:
                    wrong[name] = longer
        settled: list[Found] = []
        for find in finds:
            name = sheet.text[find.start : find.end]
            if find.family != "byline" and name in wrong:
                end = find.start + len(wrong[name])
                settled.append(Found(find.start, end, find.kind, None, find.family, find.rule, find.score))
            else:
                settled.append(find)
        return settled


def is_edge(sheet: Sheet, at: int) -> bool:
    """Whether a word of the tagger begins at `at` (True without a tagger)."""
    word: Word | None = sheet.word_at(at)
    return word is None or word.start == at
