"""Finds names of organisations and sites by their last word: region? + core + suffix.

In: a sheet and the region finds. Out: finds of family `organ` (bodies of a region: 区教育局, 市委) and `name`
(companies, schools, sites, estates). The core is read to the left, word by word, until something that no name holds.
Short names of things already named are found later (`known`).
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence

from ahocorasick_rs import AhoCorasick, MatchKind

from kg.gazetteers import word_frequency
from kg.mentions.found import Found
from kg.model import Kind
from kg.ontology import Ontology
from kg.sheet import Sheet
from kg.suffixes import Suffix, Suffixes

MAX_NAME = 26
_STOP_TAGS = frozenset({"w", "p", "c", "u", "d", "r", "xc", "TIME", "q"})
_NAME_TAGS = frozenset(
    {"n", "nz", "nr", "ns", "nt", "nw", "LOC", "ORG", "vn", "an", "j", "s", "x", "PER", "m", "f", "a", "t"}
)
# Verbs that stand inside names (湿地保护管理站, 农业开发公司); a name never begins with one unless a region precedes.
_INNER_VERBS = frozenset(
    "开发 建设 管理 服务 保护 整治 治理 改造 示范 展示 创新 创业 教育 养殖 种植 加工 制造 发电 供水 投资 促进 监督 监管 指挥 执法 救援 "
    "交易 批发 培训 实训 研发 孵化 物流 运输 销售 经营 营商 招商 勘测 设计 规划 审查 调查 督导 巡察 巡视 救助 康复 托养 体验 采摘 旅游 度假 "
    "综合 联合 合作 振兴 扶贫 搬迁 安置 处理 利用 回收 焚烧 填埋 储备 仓储 配送 装备 智造 推广 指导 监测 检测 检验 防治 控制 预防 保障 便民 "
    "互助 共富 统战 宣传 组织 纪检 监察 审计 统计 登记 仲裁 调解 信访 应急 管委 分洪 蓄洪 灌溉 供电 消防 加固".split()
)
_LEVEL_START = re.compile(r"(自治区|街道|社区|[省市区县州盟旗镇乡村])")
_BRACKET = {"）": "（", "”": "“", "》": "《", "’": "‘"}
_NOT_NAMES = re.compile(
    r"^(?:勇当|争当|争做|当好|各|该|本|这|那|全|每|某|其|此|有关|相关|所有|多|两|几|一|个|我|新|老|大|小|旧|原|现|等|及|与|和|的|为|以|对|将|让|在|从|由|被|把|向|到)"
)
_DEICTIC_BEFORE = frozenset("我本该全各")
# Everyday heads: a core that no dictionary has is not enough to make a name of them (污水零直排项目).
_LOOSE = frozenset("项目 工程 平台 市场 基地 中心 办公室 大棚 仓库 车间 工地 片 园区".split())
_SHOPS = frozenset("堂 馆 店 城 坊 阁 园 轩".split())
# Shops, markets, estates: in a place's position a plain word before them is their name (前往清泉药房、和悦菜市场).
_DOORS = frozenset(
    "药房 大药房 药店 菜场 菜市场 农贸市场 批发市场 超市 商场 广场 大厦 酒店 大酒店 宾馆 饭店 影院 电影院 影城 剧院 公园 小区 花园 家园 公寓 嘉园 山庄 水库 大桥 茶楼 一条街".split()
)
_PLACE_CONTEXT = re.compile(
    r"(?:来到|走进|前往|到|在|参观|视察|督导|检查|走访|位于|入驻|[、和与及]|镇|乡|街道|社区|村)$"
)
_CLASS_OF_VILLAGE = re.compile(r"(?:新农|中心|贫困|试点|示范|文明|富裕|空壳|薄弱|重点|先进|族)村$|建制镇$|子公司$")
_WORKS = frozenset("项目 工程 铁路 公路 高速".split())
_LEVEL_PAIR = re.compile(r"[省市区县州盟旗镇乡村][省市区县州盟旗镇乡村级内外域道街]")
# Last words before which a plain direction is name enough: 城西派出所.
_STATION_HEADS = frozenset("派出所 法庭 支行 分局 中队 大队 小学 中学 幼儿园 税务所 司法所 供电所".split())
# Sites whose name needs its region where the rest is everyday words (某市|青年创业孵化园), not behind a name (某市|鸿福产业园).
_ZONES = frozenset(
    "孵化园 孵化器 创业园 产业园 产业园区 科技园 示范园 物流园 服务中心 公共服务中心 示范基地 实训基地 教育基地 博览中心 会展中心 体育中心 会议中心 文化中心 东站 西站 南站 北站 陆港".split()
)
_UNIT_HEADS = frozenset("办公室 机关大院 指挥中心 会议室 大院 大楼 办公楼".split())
# A party body inside another body is part of the post that follows: 省经信厅党组|书记.
_TITLE_PREFIXES = frozenset("党组 党委 机关党委 工会 团委 监事会 理事会 董事会".split())
_BARE_HEADS = frozenset("路 街 巷 桥 河 湖 江 山 寺 港 岛 村 镇 乡 街道 苏木 塔 苑 城".split())
_PLAIN = re.compile(r"驻[外京沪杭汉粤]|援[疆藏青]|对口|支援|帮扶|招商")
_GLUED = frozenset("率赴到在由与和为向从至给让对把将及以")
_FUNCTION = frozenset("在和与及为由向对被至到从将让以是经请受按据使")
_COMPOUND_BEFORE = frozenset("护发园新社地城景库山片辖校灾林矿牧业术易税验范聚功能度超夜菜门楼股黑")
_BEFORE_LEVEL = frozenset("w v vd p c u d r TIME t xc f m q ad a".split())
# What stands before the region in a registered name: 中国农业银行|海丰县支行, 国网|祁门县供电公司, 武警|漠河市中队.
# 柯城公安查处一起…: the police of a region in the language of the desk.
_POLICE = re.compile(
    r"(?:公安|交警|税务|消防|海关|检察)(?=查处|破获|抓获|成功|提醒|民警|通报|侦破|捣毁|打掉|部门|干警|机关(?:查|破|抓))"
)
_IMPRINT = re.compile(r"(中共[\u4e00-\u9fff]{2,14}?委)(?=员会)?(?:主办|主管|机关报)")
# The other parties: 九三学社|衢州市|委会, 民盟|南通市|海门区|基层委, 民建中央; not 农民进城.
_PARTY = re.compile(r"民革|民盟|民建|民进|农工党|农工民主党|致公党|九三学社|台盟")
_PARTY_BODY = re.compile(r"(?:直属)?(?:基层委员会|基层委|工作委员会|工委|委员会|委会|委|总支部|总支|支社|支部|中央)")
# 率财政局、教育局、民政局等部门走访; not 由财政局、教育局负责, where it is not said whose they are.
_BROUGHT = re.compile(
    r"(?:率领|率|带领|会同|组织)((?:[\u4e00-\u9fff]{2,8}局、)+[\u4e00-\u9fff]{2,8}局)(?=等|相关|有关|主要|负责|及|和)"
)
# 到某镇|调研项目建设: works that somebody looks at; no site is called so.
_LOOKED_AT = re.compile(r"调研|检查|督查|督导|视察|考察|走访|慰问|察看|查看")
# 县长, 区委, 市领导: whose bureaux they are that are named behind.
_LEVEL_OF_OFFICE = re.compile(r"([市州盟区县旗])(?:长|委|领导)")
_OF_THE_COMMITTEE = frozenset(("组织部", "宣传部", "统战部", "政法委"))
_STANDALONE = frozenset(
    "政法委 纪委 纪委监委 监委 组织部 宣传部 统战部 人大常委会 人大 政协 人武部 总工会 团委 妇联 机关工委 政府".split()
)
_BRANDS = re.compile(
    r"(?:国网|国家电网|南方电网|共青团|武警|中国电信|中国移动|中国联通|中国铁塔|中国石化|中国石油|中石化|中石油|中国邮政|中国邮储|邮储|民革|民盟|民建|民进|农工党|致公党|九三学社|"
    r"(?:中国)?(?:工商|农业|建设|交通|邮政储蓄|光大|招商|民生|中信|平安|浦发|兴业|华夏|国家开发|农业发展)?银行|人保财险|人寿保险|中国人寿|中国人保|新华书店|国家税务总局|国家统计局)$"
)
_INNER_HEADS = frozenset(
    "有限公司 有限责任公司 集团 公司 酒厂 厂 小区 社区 开发区 经济技术开发区 工业园区 工业园 产业园 产业园区 园区 水库 小镇 新城 片区 谷 景区 医院 学校 "
    "小学 中学 学院 大学 银行 分行 支行 村 示范园 物流园 新区 高新区".split()
)
_PERSONAL = frozenset(
    "教授 老师 教师 医生 专家 学者 律师 法官 工程师 研究员 党员 志愿者 代表 成员 委员 常委 导师 院士 博士 民警 干部 会计".split()
)
_BODY_END = re.compile(
    r"(?:局|办|委|厅|处|科|组|段|所|站|队|院|校|部|室|社|司|行|会|署|馆|团|厂|场|台|中心|集团|公司|总队|联|股)$"
)
_NOT_BODY = re.compile(
    r"[，。、；：（）“”]|^(?:人民)?政府$|^级|^[委]$|的|原|时任|副$|^(?:长|民|内|里|上|际|场|容|区|县|面)"
)
_VAGUE_PROJECT = re.compile(
    r"重点|重大|新老|援建|在建|各村|物资|采购|封装|优质|惠民|民生|改革|素质|品牌|人才|系统|招商|合作|试点|[“”]|课题|科研|产业化|扶贫|\d"
)
# 在县医院举行, 来到、走进: a body that somebody goes to is a site there.
_GONE_TO = re.compile(
    r"(?:来到|走进|前往|参观|赶赴|视察|考察|走访|(?<!送)到)[^，。；、]{0,4}$|(?:来到|走进|前往|参观|视察|考察|走访)了?[^，。；]{4,60}(?:、|和|及) ?$"
)
_HELD_THERE = re.compile(r"(?:隆重|正式|成功)?(?:举行|举办|召开|开展|启动)")
_BRANCH = re.compile(r"（[^（）]{1,8}(?:店|分店|校区|院区|馆区|分院|分校|站)）")
# What the tagger glues to a name: 市场|城内, 临空经济区协办.
_AFTER_NAME = re.compile(r"内(?=[，。、的])|(?:主办|承办|协办|举办|举行|召开)")
_OBJECTS = re.compile(
    r"(?:来到|走进|前往|参观|走访|深入)了?((?:(?!来到|走进|前往|参观|走访|深入)[^，。；：\n]){4,60})$"
)
# 宏图1.2兆瓦电站 in a list of stops; not 1.5万亩公园, which only says how large.
_ITEM = re.compile(
    r"(?!各|多|一|该|本|全|[0-9.]+[十百千万亿]*(?:亩|平方|公顷|公里|米|吨|户|个|家|名|人|株|头|棵|座|栋|处|条))(?:(?!的|了|等)[\u4e00-\u9fffA-Za-z0-9.“”]){4,18}"
)
_NAME_ENDS = re.compile(r"[，。、；和与及]|等|开展|进行|实地|调研|考察|检查|参观|看望|慰问|察看|了解")
_LINES = frozenset("公路 一级公路 高速公路 高速 铁路 高铁 快速路 国道 省道 隧道 大桥".split())
_BETWEEN = re.compile(
    r"(?:(?<![\u4e00-\u9fff])|(?<=[自从由]))(?![自从由])[\u4e00-\u9fff]{2,4}至[\u4e00-\u9fff]{2,4}?(?:[一二三四]级|城际|快速|旅游)?$"
)
_ZONE_THEN = re.compile(r"(?:经济技术开发区|高新技术产业开发区|经济开发区|开发区|高新区|经开区)(?!建设|扩)")
_REGISTERED = ("有限公司", "有限责任公司", "股份有限公司", "专业合作社")
_ACRONYM = re.compile(r"[A-Z]{2,4}(?![A-Za-z·（])")  # 某省|IT产业基地: a trade, not a name
_COUNTED = re.compile(r"第?(?:\d+|[一二两三四五六七八九十百]+)余?(?:个|座|家|处|条|所|片|批)")  # 走访了11个嘎查
_CODE_CORE = re.compile(r"[A-Z]{1,2}\d{1,3}")
_CLASS_IN_BRACKETS = re.compile(r"（([^（）]{1,6})）")
# 打造…先行示范区, 被评为三星小区: an aim or an honour, not a place.
_AIMED_AT = re.compile(
    r"(?:(?:打造|建设|建成|创建|争创|建立)[^，。；、]{0,8}|(?:评为|获评|荣获|授予|命名为)[^，。；]{0,12})$"
)
_AIMS = frozenset("示范区 先行区 样板区 引领区 试验区 集散中心".split())
_HONOURS = frozenset("小区 社区 村 街道 景区 示范点 示范村 示范园 基地 示范基地".split())
# 新添一个高档小区, 一个优美|宜居小区: some estate; not 一个名为|鸿福小区.
_SOME = re.compile(r"一[个座处批家](?!名为|名叫|叫)[^，。；、的“]{0,4}$")
# 工程师, 中心城区, 项目资金: the last word of a name begins another word.
_NOT_BEFORE = re.compile(
    r"工程(?=机械|技术|师|院|学|款|量|车|部|造价|质量)|中心(?=城市|城区|城镇|镇|村)|项目(?=审|评审|申报|资金|经理|负责|管理)"
)
_ABROAD_STATE = re.compile(
    r"^(?:俄罗斯|美国|英国|法国|德国|日本|韩国|越南|印度|泰国|新加坡|蒙古国?|加拿大|澳大利亚|[\u4e00-\u9fff]{2,4}斯坦)政府$"
)
_LEVEL_END = re.compile(r"(?:自治区|自治州|自治县|街道|社区|[省市区县州盟旗镇乡村])$")
_NOT_AFTER_COMMITTEE = frozenset("员托任屈派婉以身靡")
_COMMITTEE_CORES = (
    "计 体 经信 发改 卫计 卫健 建交 教 科 农 经贸 民宗 国资 市容园林 城管 住建 规划 计生 体改 文旅 人口计生 外经贸 农工 建"
).split()
_COMMITTEE_UNITS = "组织部 宣传部 统战部 政法委 政研室 党校 老干部局 编办 改革办 巡察办 网信办 办公室 办 常委会 全委会 党建办 社会工作部 依法治区办 农办".split()


class NameFinder:
    """Holds the suffixes and the ontology."""

    def __init__(self, suffixes: Suffixes, ontology: Ontology) -> None:
        """Both are loaded data; the organ automaton is built here."""
        self.suffixes = suffixes
        self.ontology = ontology
        self._organ_words = _organ_words(ontology)
        self._organ_set = frozenset(self._organ_words)
        self._organs = AhoCorasick(self._organ_words, matchkind=MatchKind.LeftmostLongest)

    # ------------------------------------------------------------------ organs of a region

    def find_organs(self, sheet: Sheet, regions: Sequence[Found]) -> list[Found]:
        """Bodies of a region: a region name or a bare level character, then an organ word (市委, 衢江区人大常委会)."""
        text = sheet.text
        ends: dict[int, Found] = {}
        for find in regions:
            kept = ends.get(find.end)
            if find.family != "deictic" and (kept is None or find.start < kept.start):
                ends[find.end] = find
        finds: list[Found] = []
        posts = {title.start for title in sheet.titles}
        last: Found | None = None
        for index, at, end in self._organs.find_matches_as_indexes(text):
            word = self._organ_words[index]
            if word.endswith("委"):
                if text[end : end + 1] in _NOT_AFTER_COMMITTEE:
                    continue
            elif len(word) == 1 or (word.endswith("人大") and text.startswith("代表", end)):
                continue  # 村|人大代表之家, 县人大代表3名
            at = self._merged(text, at)
            region = ends.get(at)
            begin = region.start if region else at
            if region is None:
                level = _LEVEL_END.search(text, max(0, at - 3), at)
                joined = level is not None and last is not None and last.end == level.start()
                stem = self._stem(ends.get(level.start())) if level is not None else None
                doubled = level is not None and level.start() in ends and text[level.start() - 1] == level.group()[-1]
                if level is None or not (
                    joined or stem or doubled or self._level_begins(sheet, level.start(), level.group())
                ):
                    shared = self._sharing(sheet, word, at, end, posts, last)
                    if shared is not None:
                        finds.append(shared)
                        last = shared if shared.rule != "organ.bare" else last
                    continue
                if level.group() in {"村", "社区"}:
                    continue  # 村党支部, 村委: whose village it is stands elsewhere; no name of their own
                begin = level.start()
                named = ends.get(begin)
                if named is not None and text[begin - 1] == level.group()[-1]:
                    region, begin = named, named.start  # 三台县|县委: the level is said twice
                elif stem is not None:
                    region, begin = stem, stem.start
                if text[begin - 1 : begin] == "团" and word == "委":
                    begin -= 1  # 团县委
            codes = region.codes if region else ()
            rule = "organ.region" if region else "organ.level"
            brand = _BRANDS.search(text, max(0, begin - 12), begin)
            if brand:
                begin = brand.start()
            chain = self._party_chain(text, begin, regions)
            if chain < begin:
                begin, rule = chain, "organ.party-chain"
            if (
                rule != "organ.party-chain"
                and begin == (region.start if region else -1)
                and self._in_masthead(sheet, begin)
            ):
                begin = self._chain_start(begin, regions)
            if region is not None and region.subtype == "village" and text[end : end + 1] in {"会", "部"}:
                end += 1  # 淋滩村|委会, 党总支|部
            unit = next((unit for unit in self.ontology.units if text.startswith(unit, end)), "")
            if unit and not any(
                title.start < end + len(unit) <= title.end for title in sheet.titles if title.start >= end
            ):
                end += len(unit)
            last = Found(begin, end, Kind.ORG, "government", "organ", rule, 0.95, codes)
            finds.append(last)
        for find in regions:
            match = _POLICE.match(text, find.end)
            if match is not None and find.family != "deictic":
                finds.append(
                    Found(find.start, find.end + 2, Kind.ORG, "government", "organ", "organ.region", 0.9, find.codes)
                )
        by_start: dict[int, Found] = {}
        for find in regions:
            kept = by_start.get(find.start)
            if kept is None or kept.end < find.end:
                by_start[find.start] = find
        for match in _PARTY.finditer(text):
            seam = sheet.word_at(match.start())
            named = by_start.get(match.end())
            body = _PARTY_BODY.match(text, named.end if named else match.end())
            if body is None or (named is None and body.group() != "中央") or (seam and seam.start < match.start()):
                continue
            codes = named.codes if named else ()
            finds.append(Found(match.start(), body.end(), Kind.ORG, "government", "organ", "organ.party", 0.96, codes))
        finds += self._brought_along(sheet)
        for match in _IMPRINT.finditer(text):  # also where the OCR lost a character: 中共衢州市柯区委主办
            if not any(find.start == match.start() for find in finds):
                finds.append(Found(*match.span(1), Kind.ORG, "government", "organ", "organ.imprint", 0.85))
        return finds

    def _brought_along(self, sheet: Sheet) -> list[Found]:
        """县长P率财政局、教育局等部门走访: bureaux in a list, of the level that the sentence names before."""
        finds: list[Found] = []
        for run in _BROUGHT.finditer(sheet.text):
            words = run.group(1).split("、")
            level = _LEVEL_OF_OFFICE.findall(sheet.text, sheet.sentence_at(run.start())[0], run.start())
            if len(words) < 2 or not level or not all(word in self._organ_set for word in words):
                continue
            at = run.start(1)
            for word in words:
                finds.append(Found(at, at + len(word), Kind.ORG, "government", "organ", "organ.level", 0.85, (),
                                   level[-1] + word))  # fmt: skip
                at += len(word) + 1
        return finds

    @staticmethod
    def _sharing(sheet: Sheet, word: str, at: int, end: int, posts: set[int], last: Found | None) -> Found | None:
        """A body without its region, which the body before it has: 县公安局、教育局, 市委书记、人大常委会|主任."""
        text = sheet.text
        of_list = (
            last is not None
            and last.rule in {"organ.level", "organ.region"}
            and (last.end, text[at - 1]) in {(at - 1, mark) for mark in "、和及与"}
            and len(word) > 2
            and word != "常委会"  # 区人大及常委会
        )
        before_post = (
            (
                (word in _STANDALONE and (end in posts or (len(word) > 2 and text[end : end + 1] == "、")))
                or (len(word) == 3 and word[-1] == "局" and end in posts)  # not 由财政局、教育局、民政局负责
            )
            and text[at - 1 : at] in ("、", "，", "兼", " ", "\n", "", "：")
        )
        if not of_list and not before_post:
            return None
        if last is None or (not of_list and (last.end < sheet.sentence_at(at)[0] or at - last.end >= 24)):
            return Found(at, end, Kind.ORG, "government", "organ", "organ.bare", 0.9)
        level = ""
        if last.rule == "organ.level":
            level = _level_of(last.name or text[last.start : last.end])
        full = level + ("委" if word in _OF_THE_COMMITTEE else "") + word if level else None
        rule = "organ.level" if full else "organ.bare"
        return Found(at, end, Kind.ORG, "government", "organ", rule, 0.9, last.codes, full)

    @staticmethod
    def _stem(find: Found | None) -> Found | None:
        """长兴 of 长兴市|委: a short name whose level character no gazetteer joins to it (a county that became a district)."""
        return find if find is not None and find.family == "short" and find.codes and len(find.codes[0]) == 6 else None

    @staticmethod
    def _in_masthead(sheet: Sheet, at: int) -> bool:
        return sheet.article_at(at) is None

    @staticmethod
    def _chain_start(begin: int, regions: Sequence[Found]) -> int:
        """Start of the regions that stand directly before `begin` (衢州市|柯城区融媒体中心 in an imprint)."""
        while True:
            before = min((r.start for r in regions if r.end == begin and r.family == "division"), default=begin)
            if before == begin:
                return begin
            begin = before

    def _merged(self, text: str, at: int) -> int:
        """Start of a bureau of two cores joined by 和 (教育和|体育局), else `at`."""
        if text[at - 1 : at] == "和":
            for size in (6, 5, 4, 3, 2):
                if text[at - 1 - size : at - 1] in self.ontology.bureaux:
                    return at - 1 - size
        return at

    def _party_chain(self, text: str, begin: int, regions: Sequence[Found]) -> int:
        """Start of 中共 before a chain of regions that ends at `begin` (中共|衢州市|柯城区委), else `begin`."""
        at = text.rfind("中共", max(0, begin - 16), begin)
        if at >= 0 and self._all_regions(text[at + 2 : begin], at + 2, regions):
            return at
        return begin

    @staticmethod
    def _all_regions(gap: str, at: int, regions: Sequence[Found]) -> bool:
        end = at + len(gap)
        while at < end:
            step = max((r.end for r in regions if r.start == at and r.end <= end), default=at)
            if step == at:
                return False
            at = step
        return True

    def _level_begins(self, sheet: Sheet, start: int, level: str) -> bool:
        """Whether the level character at `start` stands by itself (区委), not inside a word (社区委, 开发区管委会)."""
        if start == 0:
            return True
        before = sheet.text[start - 1]
        if not "\u4e00" <= before <= "\u9fff" or before in _DEICTIC_BEFORE or before in _FUNCTION:
            return True
        if before == "团" and sheet.text[start + 1 : start + 2] == "委":
            return True  # 团县委
        if level in {"区", "市"} and before in _COMPOUND_BEFORE:
            return False
        word = sheet.word_at(start)
        if word is None:
            return True
        if word.start != start:
            return False
        previous = sheet.word_at(start - 1)
        if previous is None or previous.tag in _BEFORE_LEVEL:
            return True
        return word.tag in {"ORG", "nt"} and word.end - word.start > 2  # 包干单位|区教育局

    # ------------------------------------------------------------------ names by suffix

    def find_names(self, sheet: Sheet, regions: Sequence[Found], organs: Sequence[Found]) -> list[Found]:
        """Names that end in a suffix; `organs` are starting points too (市委 + 主题教育办第二联络组)."""
        finds: list[Found] = []
        heads = sorted((f for f in regions if f.family != "deictic"), key=lambda f: (f.start, -(f.end - f.start)))
        organ_ends = {organ.end for organ in organs}
        starts = [head.start for head in heads]
        longest = max((head.end - head.start for head in heads), default=0)
        for start, end, suffix in self.suffixes.find(sheet.text):
            if end in organ_ends or not self._ends_clean(sheet, end):
                continue
            left = self._left_edge(sheet, start, end)
            # A head before the edge moves it, and one that ends two characters before moves it again.
            near = heads[bisect_left(starts, left - 2 * longest - 2) : bisect_right(starts, end)]
            find = self._read(sheet, start, end, suffix, left, near, organs)
            if find is not None:
                finds.append(find)
        return finds + self._committees(sheet, finds)

    @staticmethod
    def _committees(sheet: Sheet, finds: Sequence[Found]) -> list[Found]:
        """某开发区党工委副书记、|管委会|主任: the committee of the zone that the chain began with."""
        result = []
        for match in re.finditer("(?<=[、，])管委会", sheet.text):
            owner = next((f for f in reversed(finds) if f.end <= match.start() and f.kind == Kind.ORG), None)
            if (
                owner is None
                or match.start() - owner.end > 12
                or not any(t.start in (match.start(), match.end()) for t in sheet.titles)
            ):
                continue
            zone = sheet.text[owner.start : owner.end].removesuffix("党工委").removesuffix("工委")
            if owner.end - owner.start > len(zone):
                result.append(Found(match.start(), match.end(), Kind.ORG, "government", "name", "name.committee", 0.9,
                                    owner.codes, f"{zone}管委会"))  # fmt: skip
        return result

    def find_post_bodies(self, sheet: Sheet, regions: Sequence[Found], organs: Sequence[Found]) -> list[Found]:
        """Bodies that no suffix tells, by the post behind them: 县养路段|段长, 州民委|副主任, 市档案史志局|局长."""
        text = sheet.text
        finds: list[Found] = []
        ends = {find.end for find in (*regions, *organs)}
        for title in sheet.titles:
            if title.group in {"people", "collective", "media", "military", "culture"} or title.head in _PERSONAL:
                continue
            end = title.start
            for prefix in ("党组", "党委", "机关党委", "党总支", "党支部"):
                if (
                    text.endswith(prefix, 0, end)
                    and text[end - len(prefix) - 1 : end - len(prefix)] not in "镇乡道村区县市省州"
                ):
                    end -= len(prefix)
                    break
            if end < 2 or end in ends or not "\u4e00" <= text[end - 1] <= "\u9fff":
                continue
            last = sheet.word_at(end - 1)
            head = last.start if last is not None and last.end == end and end - last.start < 3 else end
            left = self._left_edge(sheet, head, end)
            left = min((f.start for f in regions if f.start < left <= f.end and f.end < end), default=left)
            chain = _last_chain([f for f in regions if left <= f.start and f.end < end and f.family != "deictic"])
            if chain:
                begin, codes = chain[-1].start, chain[-1].codes
                rest = text[chain[-1].end : end]
            else:
                begin = left
                codes = ()
                level = _LEVEL_START.match(text, left)
                while level is None and begin < end - 2:
                    word = sheet.word_at(begin)
                    begin = word.end if word is not None and word.end > begin else begin + 1
                    level = _LEVEL_START.match(text, begin) if begin < end - 2 else None
                if (
                    level is None
                    or level.group() in {"村", "社区"}
                    or not self._level_begins(sheet, begin, level.group())
                ):
                    continue
                rest = text[level.end() : end]
            if not 2 <= len(rest) <= 12 or not _BODY_END.search(rest) or _NOT_BODY.search(rest):
                continue
            finds.append(Found(begin, end, Kind.ORG, "government", "name", "name.before-post", 0.85, codes))
        return finds

    def _ends_clean(self, sheet: Sheet, end: int) -> bool:
        """Whether a name may end here: at the end of a word, or right before a post (业委会|主任)."""
        if end >= len(sheet.text):
            return True
        word = sheet.word_at(end)
        if word is None or word.start == end or any(title.start == end for title in sheet.titles):
            return True
        return _AFTER_NAME.match(sheet.text, end) is not None

    def _read(self, sheet: Sheet, start: int, end: int, suffix: Suffix, left: int, heads: Sequence[Found],
              organs: Sequence[Found]) -> Found | None:  # fmt: skip
        """The name that ends in the suffix at `[start, end)` and begins at `left` or before, or None where there is no name."""
        text = sheet.text
        left = min((f.start for f in heads if f.start < left <= f.end <= start), default=left)
        if suffix.kind == Kind.ORG:  # 衢江区|驻外|招商组: a verb of two characters may stand after the region
            left = min((f.start for f in heads if f.family == "division" and 0 < left - f.end <= 2
                        and _PLAIN.fullmatch(text[f.end : left])), default=left)  # fmt: skip
        inside = [f for f in heads if left <= f.start and f.end <= end and text[f.start - 1 : f.start] != "（"]
        if any(f.end == end and f.start < start for f in heads):
            return None
        chain = _last_chain([f for f in inside if f.end <= start])
        organ = max((o for o in organs if left <= o.start and o.end <= start), key=lambda o: o.start, default=None)
        tagged = self._tagged_name(sheet, left, end)
        if organ is not None and (not chain or organ.end >= chain[-1].end or chain[0].start == organ.end):
            begin, codes, rule = organ.start, organ.codes, "name.organ"
            core = text[organ.end : start]
            if (not core and suffix.word not in _UNIT_HEADS) or suffix.word in _TITLE_PREFIXES or suffix.weak:
                return None
            if suffix.word in _WORKS:
                return None  # 市委|重点项目: the body is the name
            if len(core) > 14:
                return None
        elif between := _BETWEEN.search(text[max(0, start - 16) : start]) if suffix.word in _LINES else None:
            begin, rule = start - (between.end() - between.start()), "name.between"  # also where both ends are regions
            core, codes = text[begin:end], ()
        elif chain:
            begin, rule = self._region_start(sheet, chain, suffix, start, end), "name.region"
            if begin == chain[-1].start and self._in_masthead(sheet, begin):
                begin = chain[0].start
            if begin == chain[-1].start and suffix.word in _REGISTERED and chain[0].family == "short":
                begin = chain[0].start  # 陕西|洛川|延昌果业有限公司: a registered name
            brand = _BRANDS.search(text, max(0, begin - 12), max(begin, 0))
            if brand and begin == chain[0].start:
                begin = brand.start()
            codes = chain[-1].codes
            core = text[chain[-1].end : end]
            if begin < 0 or (suffix.weak and not tagged and not (suffix.word in _BARE_HEADS and len(core) <= 4)):
                return None
            if suffix.word in _TITLE_PREFIXES and core != suffix.word and not core.endswith("综合党委"):
                return None
            if core == "市场" or _LOOKED_AT.match(core):
                return None  # 台湾市场
            coded = _CODE_CORE.fullmatch(core.removesuffix(suffix.word))  # 衢江|M0园区; not 某省|LED产业基地
            if suffix.word in _WORKS and (_VAGUE_PROJECT.search(core) or self._inner(text, chain[-1].end, start)):
                return self._site_before(sheet, chain[-1], start)
            if re.match(r"[各某\d]|老旧|一(?!中|小(?!区))", core):
                return None  # 某镇|一小区内; not 某县|一中
            if core == "站" and text[chain[0].start - 1 : chain[0].start] in {"-", "—", "－"}:
                return None  # 文化行——金华站: a leg of a campaign
            if suffix.word in _LOOSE and _ACRONYM.match(core) and not coded:
                return None
            if suffix.word in _WORKS and self._zone_ends(core[: -len(suffix.word)]):
                return None  # 在某市经济技术开发区|建设铁路
            if suffix.word in _LOOSE and chain[-1].family == "short" and not (self._generic(core) or tagged or coded):
                return None
        else:
            bare = self._bare_start(sheet, left, start, end, suffix, tagged=tagged)
            bare = self._visited(sheet, start, end, suffix) or bare
            if bare is None:
                return None
            begin, rule = bare
            codes = ()
        if rule in {"name.suffix", "name.level", "name.tagged", "name.region"}:
            begin = self._after_and(text, begin, start)
        if rule in {"name.suffix", "name.level", "name.tagged"}:
            begin = self._after_inner_township(sheet, begin, start, suffix)
        if rule in {"name.suffix", "name.tagged"} and text[begin] in _GLUED and start - begin > 2:
            begin += 1
        if text.startswith(("联合", "邀请", "组织", "协同", "会同"), begin) and start - begin > 3:
            begin += 2
        inner = text.find("公司", begin, end - 2)
        if suffix.word == "公司" and inner > begin and rule == "name.suffix" and end - inner > 5:
            begin = inner + 2  # 饲料加工公司|某某公司: what it is, then its name
        name = text[begin:end]
        if rule == "name.suffix" and _SOME.search(text, max(0, begin - 6), begin):
            return None  # 新添一个高档小区
        if (
            _COUNTED.match(name)
            or (chain and _COUNTED.match(core))
            or (suffix.word == "乡" and text[start - 1] in "返下还回离")
        ):
            return None
        before = text[max(0, begin - 16) : begin]
        if (suffix.word in _AIMS or (suffix.word in _HONOURS and rule == "name.suffix")) and _AIMED_AT.search(before):
            return None
        classes = _CLASS_IN_BRACKETS.match(text, end)
        if classes and chain and core == suffix.word and classes.group(1) in self.suffixes.by_word:
            return None  # 某市开发区（园区）整合: classes of places
        if _NOT_BEFORE.match(text, end - 2) or _ABROAD_STATE.match(name):
            return None
        if _CLASS_OF_VILLAGE.search(name) or ("有限" in name[:-4] and "公司" in name[:-4] and name.endswith("公司")):
            return None
        if rule != "name.organ" and self._in_masthead(sheet, begin) and rule != "name.region":
            return None
        if name in self.suffixes.by_word or not 2 <= len(name) <= MAX_NAME or name[0] in "）”、，的和与及":
            return None
        if re.search(r"[“”（）]", name) and not _balanced(name):
            return None
        end = self._branch_end(text, end)
        kind, subtype = suffix.kind, suffix.subtype
        if suffix.weak and kind == Kind.PLACE and suffix.word in _SHOPS and sheet.word_at(end - 1) is not None:
            word = sheet.word_at(end - 1)
            if word is not None and word.tag in {"ORG", "nt"}:
                kind, subtype = Kind.ORG, "company"
        if suffix.site_or_body and self._acts(sheet, begin, end):
            kind, subtype = Kind.ORG, "other"
        elif (
            suffix.body_or_site
            and not self._acts(sheet, begin, end)
            and (
                _GONE_TO.search(text[max(0, begin - 72) : begin])
                or (text[max(0, begin - 1) : begin] == "在" and _HELD_THERE.match(text, end))
            )
        ):
            kind, subtype = Kind.PLACE, "site"
        if name.endswith("村村") and not text.startswith(("民", "委"), end):
            end -= 1
        score = 0.92 if rule != "name.suffix" else 0.86
        family = "organ" if rule == "name.organ" else "weak" if suffix.weak else "name"
        return Found(begin, end, kind, subtype, family, rule, score, codes)

    def _region_start(self, sheet: Sheet, chain: Sequence[Found], suffix: Suffix, start: int, end: int) -> int:
        """Where a name behind a chain of regions begins: with the last region where that is registered or merely
        descriptive (花园街道社区卫生服务中心), behind it where the name stands by itself (衢化街道|九号桥菜场)."""
        text, last = sheet.text, chain[-1]
        core = text[last.end : end]
        word = sheet.word_at(end - 1)
        whole = word is not None and word.start == last.start and word.tag in {"ORG", "nt"}
        if self._generic(core):
            return last.start
        if suffix.kind == Kind.PLACE and last.subtype in {"province", "city", "county"}:
            if suffix.word in _ZONES and not self._distinctive(sheet, last.end, end - len(suffix.word), strict=False):
                return last.start  # 某市|青年创业孵化园: everyday words, which name it only with their region
        if suffix.weak and suffix.word in _SHOPS and whole:
            return last.start  # 杭州|某某堂, which the tagger reads as one organisation
        behind = last.end if len(core) > len(suffix.word) else -1
        zone = _ZONE_THEN.match(core)
        if zone is not None and suffix.kind == Kind.PLACE and len(core) - zone.end() > len(suffix.word) + 1:
            return last.end + zone.end()  # 某县经济开发区|临港产业园
        if "集团" in core[2:-2] and suffix.word == "公司" and last.family == "division":
            return behind  # 科左中旗|草原集团乳业公司: the group's name begins it
        if last.family != "division" and text[last.end - 1] not in "旗县区市镇乡州":
            # 如东|滨海新城 where the page names 滨海新城 by itself as well
            alone = text.count(core) > 2 * text.count(text[last.start : end])
            return behind if alone and behind >= 0 else last.start
        if suffix.kind == Kind.ORG and (
            suffix.subtype == "government"
            or (last.subtype in {"province", "city", "county"} and not suffix.word.endswith("厂"))
        ):
            return last.start
        return behind

    def _bare_start(self, sheet: Sheet, left: int, start: int, end: int, suffix: Suffix, *,
                    tagged: bool) -> tuple[int, str] | None:  # fmt: skip
        """Start and rule of a name without a region before it, or None."""
        text = sheet.text
        core = text[left:end]
        level = _LEVEL_START.match(core)
        first = sheet.word_at(left)
        if (
            level is not None
            and first is not None
            and first.end > left + len(level.group())
            and first.tag not in {"ORG", "nt", "LOC"}
        ):
            level = None  # 村播产业一条街: the character begins a word of its own
        if (
            level is not None
            and len(core)
            >= len(suffix.word) + len(level.group()) + (0 if suffix.kind == Kind.ORG and len(suffix.word) > 2 else 1)
            and self._level_begins(sheet, left, level.group(1))
        ):
            if (
                level.group() in {"村", "社区", "街道"}
                or _LEVEL_PAIR.match(core)
                or re.search("优秀|先进|示范性|各", core)
            ):
                return None
            rest = core[len(level.group()) :]
            if (left > 0 and text[left - 1] in "各多些两三四五六七八九十个") or suffix.word in _TITLE_PREFIXES:
                return None
            if suffix.word in {"项目", "工程", "平台", "示范点", "小区", "网格", "基地"} or suffix.weak:
                return None
            if suffix.kind == Kind.PLACE and rest != suffix.word and suffix.word in _UNIT_HEADS and "楼" in rest:
                return left, "name.level"  # 县政府大楼三楼会议室
            if suffix.kind == Kind.PLACE and rest != suffix.word and not self._generic(rest):
                return left + len(level.group()), "name.suffix"
            return left, "name.level"
        if suffix.word == "党委" and 2 <= start - left <= 4 and self.suffixes.ending(text[left:start]) is None:
            return left, "name.suffix"  # 河西片区党委: of a region that no gazetteer has
        if suffix.word in _TITLE_PREFIXES or (suffix.word in {"项目", "基地"} and core[0].isascii()):
            return None
        if suffix.word == "路口" and text[start - 1] in "一每各个":
            return None
        if suffix.weak:
            word = sheet.word_at(end - 1)
            return (
                (word.start, "name.tagged")
                if tagged and word is not None and not self._generic(text[word.start : end])
                else None
            )
        if suffix.word in _STATION_HEADS and re.fullmatch("城?[东西南北中]|城关|新城|老城", text[left:start]):
            return left, "name.suffix"
        if self._generic(core) or _NOT_NAMES.match(core):
            return None
        if suffix.word in _WORKS and (_VAGUE_PROJECT.search(core) or self._inner(text, left, start)):
            return None
        if suffix.word in _LOOSE:
            if not tagged and not self._distinctive(sheet, left, start, strict=True):
                return None
        elif not self._distinctive(sheet, left, start, strict=False):
            named = (
                suffix.word in _DOORS
                and 2 <= start - left <= 4
                and _PLACE_CONTEXT.search(text[max(0, left - 6) : left])
            )
            if not named:
                return None
        if len(core) - len(suffix.word) < 2 and not tagged:
            return None
        return left, "name.suffix"

    def _visited(self, sheet: Sheet, start: int, end: int, suffix: Suffix) -> tuple[int, str] | None:
        """来到同心共富综合体，: between a verb of going or a comma of its list and the suffix all is the name, if it is not
        made of everyday words (走进田间地头、农家小院)."""
        if suffix.kind != Kind.PLACE or suffix.weak or suffix.word in _WORKS or not _NAME_ENDS.match(sheet.text, end):
            return None
        clause = _OBJECTS.search(sheet.text[max(0, start - 60) : end])
        if clause is None:
            return None
        item = re.split(r"[、和与及]", clause.group(1))[-1]
        core = item[: -len(suffix.word)]
        if not 3 <= len(core) <= 12 or not _ITEM.fullmatch(item) or self._generic(core) or self.suffixes.ending(core):
            return None
        begin = end - len(item)
        at = begin
        while at < start:  # one word that no dictionary has
            word = sheet.word_at(at)
            if word is None or (word.end - word.start > 1 and word_frequency(sheet.text[word.start : word.end]) == 0):
                return begin, "name.visited"
            at = word.end
        return None

    def _site_before(self, sheet: Sheet, region: Found, start: int) -> Found | None:
        """九华乡|飞鸿神网谷|项目: the site that a project is named after, where the region parts it from what is before."""
        name = sheet.text[region.end : start]
        suffix = self.suffixes.ending(name)
        if region.family != "division" or suffix is None or suffix.kind != Kind.PLACE or not 3 <= len(name) <= 10:
            return None
        if self._generic(name) or not self._distinctive(sheet, region.end, start, strict=False):
            return None
        return Found(region.end, start, Kind.PLACE, suffix.subtype, "name", "name.region", 0.85, region.codes)

    def _inner(self, text: str, begin: int, start: int) -> bool:
        """Whether a company, estate or zone is named inside a project's name: then that is the name (蓝天小区改造项目)."""
        return any(
            inner.word in _INNER_HEADS and inner_end > len(inner.word) + 1
            for _, inner_end, inner in self.suffixes.find(text[begin:start])
        )

    def _zone_ends(self, core: str) -> bool:
        """经济技术开发区|建设: whether a zone named only by its class is followed by something that is done there."""
        return any(inner.word in _INNER_HEADS and core.endswith("建设") and end <= len(core) - 2
                   for _, end, inner in self.suffixes.find(core))  # fmt: skip

    def _after_and(self, text: str, begin: int, start: int) -> int:
        """县第三小学和|团结路幼儿园: a name ends before 和 where a suffix does."""
        for at in range(start - 2, begin + 2, -1):
            if text[at] in "和与及" and self.suffixes.ending(text[begin:at]) is not None:
                return at + 1
        return begin

    def _after_inner_township(self, sheet: Sheet, begin: int, start: int, suffix: Suffix) -> int:
        """向阳乡|辽原村: a township that no gazetteer has parts a village or site from what is before it."""
        if suffix.kind == Kind.ORG:
            return begin
        for at in range(start - 1, begin, -1):
            if sheet.text[at] in "镇乡" or sheet.text[at - 1 : at + 1] == "街道":
                word = sheet.word_at(at)
                if word is not None and word.end == at + 1 and word.tag in {"LOC", "ns"} and word.end - word.start > 2:
                    return at + 1
        return begin

    @staticmethod
    def _branch_end(text: str, end: int) -> int:
        """乐来购超市（世纪广场店）: the branch in brackets belongs to the name."""
        match = _BRANCH.match(text, end)
        return match.end() if match else end

    def _left_edge(self, sheet: Sheet, start: int, end: int) -> int:
        """How far left the name may reach: over name words, closed brackets and quotes, not over what no name holds."""
        text = sheet.text
        sentence_start = sheet.sentence_at(start)[0]
        floor = max(sentence_start, end - MAX_NAME)
        at = start
        word = sheet.word_at(start)
        if word is not None and word.start < start:
            at = max(word.start, floor) if word.tag in _NAME_TAGS or word.tag == "v" else start
        first_verb = at
        while at > floor:
            before = text[at - 1]
            if (
                before == "·"
                and at - 2 >= floor
                and (dotted := sheet.word_at(at - 2)) is not None
                and dotted.tag != "PER"
            ):
                at = first_verb = dotted.start  # 正安·国际吉他产业园
                continue
            if before in _BRACKET:
                opened = text.rfind(_BRACKET[before], max(floor, at - 12), at - 1)
                if opened < 0 or before == "》":
                    break
                inner = text[opened + 1 : at - 1]
                if before == "）" and (len(inner) > 6 or opened == floor):
                    break
                at = opened
                first_verb = at
                continue
            index = sheet.word_index(at - 1)
            if index < 0:
                break
            word = sheet.words[index]
            if word.end < at:
                break
            piece = text[word.start : word.end]
            if piece.isascii() and piece.isalnum():
                at = first_verb = word.start
                continue
            if word.tag == "PER" and at != start:
                break
            if text[word.start : word.end] == "办" and text[at] == "第":
                at = first_verb = word.start  # 市委主题教育办|第二联络组
                continue
            if word.tag in _STOP_TAGS or (word.tag == "v" and text[word.start : word.end] not in _INNER_VERBS):
                break
            if word.tag not in _NAME_TAGS and word.tag != "v":
                break
            if word.start < floor:
                break
            at = word.start
            if word.tag not in {"v", "vn", "f", "a", "m", "t"}:
                first_verb = at
        level = _LEVEL_START.match(text, first_verb)
        if level is not None and first_verb > floor:  # 保护|区管理局 as the tagger cuts it
            for size in (3, 2, 1):
                head = text[first_verb - size : first_verb + len(level.group())]
                if first_verb - size >= floor and head in self.suffixes.by_word:
                    return self._left_edge(sheet, first_verb - size, end)
        return first_verb

    def _generic(self, core: str) -> bool:
        """Whether a name's core is made of generic words only (综合信息指挥室), so that it needs its region."""
        return self.ontology.is_generic(re.sub(r"[（(][^）)]*[）)]|[“”]", "", core), self.suffixes.by_word)

    def _distinctive(self, sheet: Sheet, start: int, end: int, *, strict: bool) -> bool:
        """Whether a core without a region is a proper name: the tagger marks part of it, or (unless `strict`) no
        dictionary has one of its words."""
        at = start
        while at < end:
            word = sheet.word_at(at)
            if word is None:
                return True
            text = sheet.text[word.start : word.end]
            plain = strict and word.tag in {"nz", "nw"} and word_frequency(text) > 0  # 草莓|种植项目
            if (
                word.tag in {"LOC", "ORG", "ns", "nt", "nz", "nr", "PER", "nw"}
                and not plain
                and not self._generic(text)
            ):
                return True
            if (
                not strict
                and word.tag in {"n", "x", "a"}
                and len(text) > 1
                and word_frequency(text) == 0
                and not self._generic(text)
            ):
                return True
            at = word.end
        return False

    def _tagged_name(self, sheet: Sheet, start: int, end: int) -> bool:
        """Whether the tagger marks a name that ends here and begins at or after `start`."""
        word = sheet.word_at(end - 1)
        return (
            word is not None
            and word.end == end
            and word.start >= start
            and word.tag in {"LOC", "ORG", "ns", "nt", "nz"}
            and word.end - word.start > 2
        )

    def _acts(self, sheet: Sheet, start: int, end: int) -> bool:
        """Whether a place that can act does: a post follows (医院副院长) or something is sent to it (上报至…)."""
        text = sheet.text
        if any(title.start == end for title in sheet.titles):
            return True
        return bool(re.search(r"(?:上报至|反馈至|报送|提交|移交|联合|邀请|由|向)$", text[max(0, start - 4) : start]))


def _level_of(name: str) -> str:
    """The bare level character that an organ's name begins with (市 in 市委), for the organ that shares it."""
    match = _LEVEL_START.match(name)
    return match.group() if match else ""


def _balanced(name: str) -> bool:
    return name.count("（") == name.count("）") and name.count("“") == name.count("”")


def _last_chain(inside: Sequence[Found]) -> list[Found]:
    """The last run of adjoining regions (湖北省|武汉市), longest names first."""
    best: list[Found] = []
    for find in inside:
        if best and find.start == best[-1].end:
            best.append(find)
        elif not best or find.start >= best[-1].end:
            best = [find]
    return best


def _organ_words(ontology: Ontology) -> list[str]:
    """Every organ of a region as printed after the region: 委, 委组织部, 教育局, 公安局 …"""
    words = set(ontology.organs)
    words |= {
        f"{core}{suffix}"
        for core in ontology.bureaux
        for suffix in ontology.bureau_suffixes
        if suffix not in {"站", "所", "系统", "委", "公司", "集团", "队"}
    }
    words |= {f"{core}委" for core in _COMMITTEE_CORES}
    words |= {f"{core}委" for core in ontology.bureaux if len(core) > 1}
    words |= {f"{party}{unit}" for party in ("委", "党委") for unit in _COMMITTEE_UNITS}
    return sorted(words)
