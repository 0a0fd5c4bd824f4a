"""What the paper prints on a day: tours, meetings, appointments, portraits, notices. Each piece knows who is named."""

from __future__ import annotations

import random
from dataclasses import dataclass
from datetime import date

from archive_maker.world import Person, World

THEMES = (
    "乡村振兴", "防汛抗旱", "安全生产", "森林防火", "招商引资", "教育均衡", "医疗改革", "道路建设", "垃圾分类", "河道治理",
    "春耕备耕", "项目建设", "文明创建", "民生实事", "营商环境", "农房整治", "产业发展", "信访维稳", "粮食生产", "旅游开发",
)  # fmt: skip
FILLERS = (
    "他要求，相关部门要在{n}天内把{m}项问题逐项登记、逐项销号。",
    "据了解，该项目总投资{m}万元，计划{n}个月内完工，建成后可带动周边{k}户农户增收。",
    "大家一致认为，要把{m}个村的经验总结好、推广好，让更多人受益。",
    "今年以来，这里新修机耕路{n}公里，改造山塘{m}座，灌溉面积达到{k}亩。",
    "下一步，{n}个工作组将继续走村入户，听取{k}户群众的意见。",
    "村口的公告栏上贴着{n}月份的收支明细，{m}元的账目一清二楚。",
    "由于雨水充足，今年亩产比往年高出{n}公斤，预计{k}亩下月即可上市。",
    "目前，{m}项工作正按照时间表有序推进，已经完成百分之{n}。",
)


@dataclass(frozen=True, slots=True)
class Piece:
    """An article: its lines, who is named in it, and the happening that it reports (None for a portrait)."""

    lines: tuple[str, ...]
    named: tuple[Person, ...]
    happening: str | None = None


class Writer:
    """Writes pieces of a day; keeps the people whom the paper may come back to."""

    def __init__(self, world: World, chance: random.Random) -> None:
        """`chance` decides everything that is printed."""
        self.world, self.chance = world, chance
        self.known: dict[str, list[Person]] = {"villager": [], "boss": [], "teacher": []}
        self.n_happenings = 0

    def tour(self, day: date) -> tuple[Piece, ...]:
        """A leader goes round with others; now and then it is printed a second time, shorter."""
        heads = self.world.serving(day, "county")
        below = self.world.serving(day, "below")
        if not heads or not below:
            return ()
        leader = self.chance.choice(heads[:4] if self.chance.random() < 0.5 else heads)
        company = [p for p in self.chance.sample(heads, min(3, len(heads))) if p.name != leader.name][:2]
        local = self.chance.choice(below)
        theme = self.chance.choice(THEMES)
        stops = [self.chance.choice(self.world.villages) for _ in range(2)]
        boss = self._civil("boss")
        names = _apart((leader, *company, local, boss))
        leader, others, boss_in = names[0], [p for p in names[1:] if p.kind != "boss"], boss in names
        when = f"{day.month}月{day.day}日"
        first, second = (f"{township.name}{village.name}" for township, village in stops)
        lines = [
            f"{leader.name}调研{theme}工作",
            f"本报讯（记者 {self._reporter(day).name}）{when}，{self._post(leader, day)}{leader.name}"
            f"到{first}、{second}调研{theme}工作。" + (f"{self._people(others, day)}陪同。" if others else ""),
            f"在{first}，{leader.name}实地察看了{theme}情况，与群众交谈。{self._filler()}",
        ]
        if boss_in:
            lines.append(f"随后，{leader.name}来到{boss.body}，听取{job_of(boss)}{boss.name}的介绍。{self._filler()}")
        reporter = self._last
        happening = self._happening()
        pieces = [Piece(tuple(lines), _apart((*names, reporter)), happening)]
        if self.chance.random() < 0.12:
            again = (
                f"{leader.name}到{stops[0][0].name}调研",
                f"本报讯（记者 {reporter.name}）{when}，{self._post(leader, day)}{leader.name}到{first}、{second}"
                f"调研{theme}工作。" + (f"{self._people(others, day)}参加调研。" if others else ""),
            )
            pieces.append(Piece(again, _apart((leader, *others, reporter)), happening))
        return tuple(pieces)

    def meeting(self, day: date) -> tuple[Piece, ...]:
        """A meeting of the county; now and then reported twice."""
        heads = self.world.serving(day, "county")
        if len(heads) < 3:
            return ()
        theme = self.chance.choice(THEMES)
        present = _apart(self.chance.sample(heads, min(len(heads), self.chance.randrange(3, 6))))
        below = _apart((*present, *self.chance.sample(self.world.serving(day, "below"), 2)))[len(present) :]
        chair, rest = present[0], present[1:]
        when = f"{day.month}月{day.day}日"
        reporter = self._reporter(day)
        lines = [
            f"全县{theme}工作会议召开",
            f"本报讯（记者 {reporter.name}）{when}，全县{theme}工作会议召开。{self._post(chair, day)}{chair.name}出席会议并讲话。"
            + (f"县领导{'、'.join(p.name for p in rest)}参加会议。" if rest else ""),
            f"{chair.name}指出，{theme}工作关系全局。{self._filler()}",
        ]
        if below:
            lines.append("".join(f"{self._post(p, day)}{p.name}作了发言。" for p in below) + self._filler())
        happening = self._happening()
        pieces = [Piece(tuple(lines), _apart((*present, *below, reporter)), happening)]
        if self.chance.random() < 0.12:
            again = (
                f"我县部署{theme}工作",
                f"本报讯（记者 {reporter.name}）{when}，全县{theme}工作会议召开，{self._post(chair, day)}{chair.name}"
                "出席会议并讲话。" + (f"{'、'.join(p.name for p in rest)}参加会议。" if rest else ""),
            )
            pieces.append(Piece(again, _apart((*present, reporter)), happening))
        return tuple(pieces)

    def visit(self, day: date) -> tuple[Piece, ...]:
        """Somebody of the city comes."""
        guests = [(p, p.post_on(day)) for p in self.world.guests]
        now = [(p, term) for p, term in guests if term is not None]
        heads = self.world.serving(day, "county")
        if not now or not heads:
            return ()
        guest, term = self.chance.choice(now)
        host = self.chance.choice(heads)
        township, village = self.chance.choice(self.world.villages)
        theme = self.chance.choice(THEMES)
        reporter = self._reporter(day)
        named = _apart((guest, host, reporter))
        lines = [
            f"{term.post}来我县调研",
            f"本报讯（记者 {reporter.name}）{day.month}月{day.day}日，{term.post}{guest.name}来到{township.name}{village.name}"
            f"调研{theme}工作。" + (f"{self._post(host, day)}{host.name}陪同调研。" if host in named else ""),
            f"{guest.name}对{theme}工作给予肯定。{self._filler()}",
        ]
        return (Piece(tuple(lines), named, self._happening()),)

    def appointment(self, day: date) -> tuple[Piece, ...]:
        """Whoever took up a seat lately is announced with the seat left; the only bridge from county to county."""
        new = [
            (p, term)
            for p in self.world.officials
            for term in p.terms
            if 0 <= (day - term.begins).days <= 20 and "#" in term.seat
        ]
        if not new:
            return ()
        person, term = self.chance.choice(new)
        before = person.former(day)
        past = f"，原任{before.post}" if before else ""
        county = self.world.county.name
        post = f"{county[:-1]}{term.post}" if term.post.startswith("县") else f"{county}{term.post}"
        lines = (
            "任前公示",
            f"本报讯 {day.month}月{day.day}日，县委召开干部大会。会上宣布，{person.name}任{post}{past}。",
            f"{f'{before.post}' if before else ''}{person.name}表示，将尽快熟悉情况。{self._filler()}"
            if before is None
            else f"原{before.post}{person.name}表示，将尽快熟悉情况。{self._filler()}",
        )
        return (Piece(lines, (person,), self._happening()),)

    def portrait(self, day: date) -> tuple[Piece, ...]:
        """A villager, a boss or somebody of a school; a third of the time one whom the paper had before."""
        kind = self.chance.choice(("villager", "villager", "boss", "teacher"))
        person = self._civil(kind)
        theme = self.chance.choice(THEMES)
        where = person.place or person.body
        reporter = self._reporter(day)
        lines = [
            f"{theme}里的身边人",
            f"“今年的收成不错。”{day.month}月{day.day}日，{where}{person.job}{person.name}告诉记者。{self._filler()}",
            f"说起这些年的变化，{person.name}打开了话匣子。{self._filler()}",
            f"（记者 {reporter.name}）",
        ]
        return (Piece(tuple(lines), _apart((person, reporter))),)

    def notice(self, day: date) -> tuple[Piece, ...]:
        """Something without people, for a page is not made of names only."""
        township, village = self.chance.choice(self.world.villages)
        theme = self.chance.choice(THEMES)
        lines = (
            f"{township.name}扎实推进{theme}",
            f"近日，{township.name}{village.name}扎实推进{theme}工作。{self._filler()}{self._filler()}{self._filler()}",
        )
        return (Piece(lines, ()),)

    def _civil(self, kind: str) -> Person:
        known = self.known[kind]
        if known and self.chance.random() < 0.35:
            # the paper comes back to those whom it had lately
            return self.chance.choice(known[-60:])
        person = getattr(self.world, kind)()
        known.append(person)
        return person

    def _reporter(self, day: date) -> Person:
        serving = [p for p in self.world.reporters if p.post_on(day)] or self.world.reporters[:1]
        self._last = self.chance.choice(serving)
        return self._last

    def _post(self, person: Person, day: date) -> str:
        term = person.post_on(day)
        return term.post if term else ""

    def _people(self, people: list[Person], day: date) -> str:
        return "、".join(f"{self._post(person, day)}{person.name}" for person in people)

    def _filler(self) -> str:
        told = self.chance.choice(FILLERS)
        return told.format(
            n=self.chance.randrange(2, 99), m=self.chance.randrange(2, 900), k=self.chance.randrange(20, 9000)
        )

    def _happening(self) -> str:
        self.n_happenings += 1
        return f"h{self.n_happenings:06}"


def job_of(person: Person) -> str:
    """The occupation as printed before a name."""
    return person.job


def _apart(people: tuple[Person, ...] | list[Person]) -> tuple[Person, ...]:
    """Without those whose name stands already for somebody else in the same piece."""
    found: dict[str, Person] = {}
    for person in people:
        found.setdefault(person.name, person)
    return tuple(found.values())
