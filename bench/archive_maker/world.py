"""People of a county over many years: officials with careers and successions, reporters, villagers, bosses, guests."""

from __future__ import annotations

import random
from bisect import bisect_right
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import accumulate

from kg.gazetteers import Division, Divisions, load_divisions

# Surnames that are most frequent in China, and how many of a thousand people bear each (rounded; public statistics of
# 2020 give 王 7.25 %, 李 7.19 %, 张 6.83 % …). The tail is spread evenly over the rest of the list.
SURNAMES = {
    "王": 72, "李": 72, "张": 68, "刘": 54, "陈": 45, "杨": 31, "黄": 22, "赵": 23, "吴": 20, "周": 21, "徐": 17,
    "孙": 15, "马": 13, "朱": 13, "胡": 13, "郭": 12, "何": 12, "林": 11, "高": 10, "罗": 10, "郑": 9, "梁": 8,
    "谢": 8, "宋": 8, "唐": 7, "许": 7, "韩": 7, "冯": 6, "邓": 6, "曹": 6, "彭": 6, "曾": 6, "肖": 6, "田": 5,
    "董": 5, "潘": 5, "袁": 5, "蔡": 5, "蒋": 5, "余": 5, "杜": 4, "叶": 4, "程": 4, "苏": 4, "魏": 4, "吕": 4,
    "丁": 4, "任": 4, "沈": 4, "姚": 4, "卢": 4, "姜": 4, "崔": 4, "钟": 4, "谭": 4, "陆": 4, "汪": 4, "范": 4,
    "廖": 4, "石": 4, "金": 4, "贾": 4, "韦": 3, "夏": 3, "付": 3, "方": 3, "邹": 3, "熊": 3, "白": 3, "孟": 3,
}  # fmt: skip
MEN = "伟强军勇建国明辉志刚平海波斌峰浩俊杰涛鹏飞宏春林生荣华根水土福寿金火炎松柏良忠信义德才文武康宁安泰祥瑞东南北"
WOMEN = "芳丽娟敏静霞燕玲艳红梅兰英秀珍凤玉琴云莲香慧洁莉萍雪美佳琳倩颖婷晓菊素仙爱彩月桂"
SEX_RATIO = 0.65  # of those whom a paper names, men

BUREAUX = (
    "教育局", "财政局", "民政局", "水利局", "农业农村局", "交通运输局", "自然资源局", "住建局", "卫健局", "审计局",
    "统计局", "人社局", "应急管理局", "市场监管局", "司法局", "文旅局", "林业局", "商务局", "科技局", "气象局",
)  # fmt: skip
COUNTY_POSTS = ("县委书记", "县长", "县人大常委会主任", "县政协主席")
DEPUTIES = ("副县长", "副县长", "副县长", "县委副书记", "县委常委、组织部部长", "县委常委、宣传部部长")
COMPANY_WORDS = (
    "机械", "纺织", "食品", "建材", "木业", "茶业", "电子", "轴承", "塑胶", "竹业", "环保科技", "农业开发", "物流",
)  # fmt: skip
FIRM_SYLLABLES = "恒瑞嘉盛宏达永兴鑫源泰丰和顺正康华茂百川"
CIVIL_JOBS = ("村民", "种粮大户", "茶农", "养殖户", "村民", "果农")


@dataclass(slots=True)
class Term:
    """A seat held from one day to another, as printed; `seat` tells two holders of one post apart (副县长)."""

    seat: str
    post: str
    begins: date
    ends: date


@dataclass(slots=True)
class Person:
    """Somebody; `kind` is official, reporter, villager, boss, teacher or guest."""

    id: str
    name: str
    kind: str
    terms: list[Term] = field(default_factory=list)
    place: str = ""
    body: str = ""
    job: str = ""

    def post_on(self, day: date) -> Term | None:
        """What is held on a day, the latest taken up first."""
        held = [term for term in self.terms if term.begins <= day < term.ends]
        return held[-1] if held else None

    def former(self, day: date) -> Term | None:
        """The last seat left before a day."""
        left = [term for term in self.terms if term.ends <= day]
        return left[-1] if left else None


class World:
    """The county, its people and who sits where when."""

    def __init__(self, seed: int, *, first: date, years: int, county: str, namesakes: float) -> None:
        """`namesakes` is the share of new people who are given a name that somebody of the archive bears already."""
        self.chance = random.Random(seed)
        self.namesakes = namesakes
        self.first, self.last = first, first + timedelta(days=365 * years)
        divisions = load_divisions()
        self.county = self._division(divisions, county)
        self.region = "".join(division.name for division in divisions.path(county))
        self.townships = divisions.children(county)
        self.villages = [(t, v) for t in self.townships for v in divisions.children(t.code)]
        above = divisions.path(county)[-2]
        self.neighbours = [d for d in divisions.children(above.code) if d.code != county and d.level == "county"]
        self.city = above
        self.people: list[Person] = []
        self._names: list[str] = []
        tail = [row for row in _other_surnames() if row not in SURNAMES]
        weights = [*SURNAMES.values(), *[max(1, 170 // len(tail))] * len(tail)]
        self._surnames = [*SURNAMES, *tail]
        self._sums = list(accumulate(weights))
        self.seats: dict[str, list[Person]] = {}
        self._make_careers()
        self.reporters = self._make_reporters()
        self.guests = self._make_guests()

    @staticmethod
    def _division(divisions: Divisions, code: str) -> Division:
        found = divisions.get(code)
        if found is None:
            raise SystemExit(f"no division {code}")
        return found

    def new(self, kind: str, *, alone: bool = False) -> Person:
        """Somebody not seen before, with a name of their own or somebody else's.

        Args:
            alone: never somebody else's: of two deputies with one name a paper would say which.
        """
        if self._names and self.chance.random() < self.namesakes and not alone:
            name = self.chance.choice(self._names)
        else:
            name = self._name()
        self._names.append(name)
        person = Person(f"p{len(self.people):06}", name, kind)
        self.people.append(person)
        return person

    def _name(self) -> str:
        at = self.chance.random() * self._sums[-1]
        surname = self._surnames[min(bisect_right(self._sums, at), len(self._surnames) - 1)]
        given = MEN if self.chance.random() < SEX_RATIO else WOMEN
        size = 2 if self.chance.random() < 0.8 else 1
        return surname + "".join(self.chance.sample(given, size))

    def _make_careers(self) -> None:
        """Fill every seat for the whole time: by promotion from below, from a neighbouring county, or anew."""
        county = self.county.name
        ladder: list[list[tuple[str, str]]] = [
            [(f"{post}#0", post) for post in COUNTY_POSTS],
            [(f"{post}#{at}", post) for at, post in enumerate(DEPUTIES)],
            [(f"{body}", f"县{body}局长") for body in BUREAUX]
            + [(f"{t.name}书记", f"{t.name}党委书记") for t in self.townships]
            + [(f"{t.name}镇长", f"{t.name}{t.name[-1]}长") for t in self.townships if t.name[-1] in "镇乡"],
            [(f"副{body}", f"县{body}副局长") for body in BUREAUX],
        ]
        free_on = [(self.first, level, seat, post) for level, rows in enumerate(ladder) for seat, post in rows]
        while free_on:
            free_on.sort(key=lambda row: (row[0], row[1], row[2]))
            day, level, seat, post = free_on.pop(0)
            if day >= self.last:
                continue
            person = self._candidate(day, level)
            ends = day + timedelta(days=self.chance.randrange(600, 1900))
            person.terms.append(Term(seat, post, day, ends))
            self.seats.setdefault(seat, []).append(person)
            free_on.append((ends, level, seat, post))
        self.officials = [person for person in self.people if person.kind == "official"]
        self.county_name = county

    def _candidate(self, day: date, level: int) -> Person:
        waiting = [p for p in self.people if p.kind == "official" and p.terms and _ready(p, day)]
        if waiting and self.chance.random() < 0.6:
            return self.chance.choice(waiting)
        person = self.new("official", alone=level <= 1)
        if level <= 1 and self.neighbours and day > self.first and self.chance.random() < 0.5:
            origin = self.chance.choice(self.neighbours)
            post = f"{origin.name}{'副县长' if origin.name.endswith('县') else '副区长'}"
            post = f"{origin.name}副市长" if origin.name.endswith("市") else post
            begins = day - timedelta(days=self.chance.randrange(400, 1500))
            person.terms.append(Term(f"{origin.name}#0", post, begins, day))
        return person

    def _make_reporters(self) -> list[Person]:
        found = []
        day = self.first
        while day < self.last:
            person = self.new("reporter")
            begins = day - timedelta(days=self.chance.randrange(0, 700))
            ends = begins + timedelta(days=self.chance.randrange(900, 4000))
            person.terms.append(Term("记者", "记者", begins, ends))
            found.append(person)
            day += timedelta(days=120)
        return found

    def _make_guests(self) -> list[Person]:
        """Officials of the city who come now and then, and of neighbouring counties."""
        found = []
        for post in (
            f"{self.city.name[:-1]}市副市长",
            f"{self.city.name[:-1]}市委常委",
            f"{self.city.name[:-1]}市市长",
        ):
            day = self.first
            while day < self.last:
                person = self.new("guest")
                ends = day + timedelta(days=self.chance.randrange(700, 1900))
                person.terms.append(Term(post, post, day, ends))
                found.append(person)
                day = ends
        return found

    def villager(self) -> Person:
        """A villager with a village and an occupation."""
        person = self.new("villager")
        township, village = self.chance.choice(self.villages)
        person.place = f"{township.name}{village.name}"
        person.job = self.chance.choice(CIVIL_JOBS)
        return person

    def boss(self) -> Person:
        """Somebody who leads a company of the county."""
        person = self.new("boss")
        firm = "".join(self.chance.sample(FIRM_SYLLABLES, 2)) + self.chance.choice(COMPANY_WORDS)
        person.body, person.job = f"{firm}有限公司", self.chance.choice(("董事长", "总经理", "负责人"))
        return person

    def teacher(self) -> Person:
        """Somebody of a school or the hospital."""
        person = self.new("teacher")
        school = self.chance.choice(self.townships).name[:-1]
        person.body, person.job = self.chance.choice(
            ((f"{school}中学", "教师"), (f"{school}小学", "校长"), (f"{self.county.name[:-1]}县人民医院", "医生"))
        )
        return person

    def serving(self, day: date, level: str) -> list[Person]:
        """Officials in office on a day: `county` (heads and deputies) or `below` (bureaux and townships)."""
        found = []
        for person in self.officials:
            term = person.post_on(day)
            if term is not None and not any(term.post.startswith(d.name) for d in self.neighbours):
                top = "#" in term.seat
                if top == (level == "county"):
                    found.append(person)
        return found


def _ready(person: Person, day: date) -> bool:
    """Whether a former official may take a seat: out of office for less than two years."""
    last = max(term.ends for term in person.terms)
    return last <= day <= last + timedelta(days=700)


def _other_surnames() -> list[str]:
    import csv

    from kg.gazetteers import gazetteer_folder

    text = (gazetteer_folder() / "surnames.csv").read_text(encoding="utf-8")
    rows = csv.DictReader(line for line in text.splitlines() if not line.startswith("#"))
    return sorted({row["surname"] for row in rows if row["type"] == "common"})
