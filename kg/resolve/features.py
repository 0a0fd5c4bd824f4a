"""By what two sightings of one name are taken for one person: a table of features, and a threshold.

Only people of one name are ever compared. Weights are in steps of a half and were set by reason; the threshold and the
weights were then measured on invented archives whose truth is known (docs/performance-archive.md).
"""

from __future__ import annotations

from bisect import bisect_left, insort
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date as _date
from functools import lru_cache

from kg.resolve.sightings import SeenPost, Sighting

FEATURES = {
    "same-post": 8.0,  # one title at one organisation: 县教育局局长 twice
    "former-post": 8.0,  # one page says that the other's post was held before: 原开化县副县长
    "same-body": 4.0,  # another title at the same organisation, company or village: 副局长, then 局长
    "same-job": 2.0,  # one occupation, and a body named by one of them at most: 校长 twice
    "same-paper": 5.0,  # both credited as reporters by one newspaper
    "both-officials": 3.0,  # posts of party or state in one county: officials move from post to post there
    "bare-name": 2.5,  # one of them is a name only, and no third person of that name is known in the county
    "leading-post": 2.0,  # 县领导, and within a year a post of the county itself, not of one of its bureaux or townships
    "companion": 1.0,  # for each person whom both are seen with, at most three
    "same-place": 1.0,  # events at a place that both were at
    "same-times": 0.5,  # a bare name within the years in which the other is seen
    "years-between": -1.0,  # more than three years without either
    "many-years-between": -3.0,  # more than eight
    "two-seats": -8.0,  # in one time, heads of bodies that nobody heads together: two bureaux, two townships
    "other-walk": -6.0,  # one in office, the other a villager, a shopkeeper, a teacher …, or a reporter
    "other-body": -3.0,  # two companies, two villages: nothing says that one left for the other
    "other-county": -8.0,  # posts, or papers, of two counties
}
THRESHOLD = 2.0
"""From here on two are one. Wrong merges are worse than missing ones: what reaches less stays apart."""
MARGIN = 1.0
"""A bare name that fits two of its namesakes nearly as well is left to itself."""

YEARS_BETWEEN = 3 * 365
MANY_YEARS_BETWEEN = 8 * 365
_MAX_COMPANIONS = 3

_OFFICE = frozenset(("party", "government", "legislature", "cppcc", "judiciary", "collective", "mass"))
_SINGLE_BODY = tuple("局 办 中心 院 校 学 园 站 所 队 部 公司 厂 街道 镇 乡 党委 党工委 人大 人大常委会 政协".split())
_BUREAUX = tuple("局 办 中心 院 校 学 园 站 所 队 公司 厂".split())
_A_YEAR = 365
_HEADS = tuple("书记 局长 主任 镇长 乡长 院长 校长 所长 站长 队长 部长 主席".split())
_BODY_NAME = 7
"""Characters from which the end of a name tells it: 茶业有限公司 is six, and many end so."""
_VILLAGE_DIGITS = 12
_COUNTY_DIGITS = 6


@lru_cache(maxsize=65536)
def day_number(date: str | None) -> int | None:
    """The day as a number, of a month or year its first; None where there is no date."""
    if not date:
        return None
    year, month, day = (*date.split("/")[0].split("-"), "1", "1")[:3]
    try:
        return _date(int(year), int(month), int(day)).toordinal()
    except ValueError:
        return None


@dataclass(slots=True)
class Profile:
    """All that is known of sightings taken for one person; of each post the days (as numbers) on which it was seen."""

    sightings: list[Sighting] = field(default_factory=list)
    posts: dict[SeenPost, list[int]] = field(default_factory=dict)
    companions: Counter[str] = field(default_factory=Counter)
    places: set[str] = field(default_factory=set)
    papers: set[str | None] = field(default_factory=set)
    counties: set[str | None] = field(default_factory=set)
    walks: set[str] = field(default_factory=set)
    first: int | None = None
    last: int | None = None
    _seats: dict[SeenPost, str | None] = field(default_factory=dict)

    @classmethod
    def of(cls, sightings: Iterable[Sighting]) -> Profile:
        """What the sightings say together."""
        profile = cls()
        for sighting in sightings:
            profile.add(sighting)
        return profile

    def add(self, sighting: Sighting) -> None:
        """Take one more sighting for the same person."""
        self.sightings.append(sighting)
        day = day_number(sighting.date)
        self.first, self.last = _earlier(self.first, day), _later(self.last, day)
        regions: set[str | None] = set()
        for post in sighting.posts:
            days = self.posts.get(post)
            if days is None:
                days = self.posts[post] = []
                kind = walk(post)
                self.walks |= {kind} if kind is not None else set()
                # A post in office says where its holder belongs better than the paper that prints it (衢州市市长 in a county's).
                self._seats[post] = (
                    post.region[:_COUNTY_DIGITS] if post.region and not post.past and kind == "office" else None
                )
            if day is not None:
                insort(days, day)
            if (seat := self._seats[post]) is not None:
                regions.add(seat)
        self.companions.update(sighting.companions)
        self.places |= sighting.places
        self.papers.add(sighting.newspaper)
        self.counties |= regions or {sighting.county}


def is_same_body(one: str | None, other: str | None) -> bool:
    """Whether two names of bodies are one: the same, or one is the other without its beginning cut off at a line or a word.

    >>> is_same_body("恒瑞茶业有限公司", "瑞茶业有限公司"), is_same_body("齐溪中学", "中学")
    (True, False)
    """
    if one is None or other is None:
        return False
    short, long = sorted((one, other), key=len)
    return long == short or (len(short) >= _BODY_NAME and long.endswith(short))


def walk(post: SeenPost) -> str | None:
    """In which walk of life a post is: `office`, `media` or `trade`; None where it may be either (主任, of what?)."""
    if post.track == "media":
        return "media"
    if post.track not in _OFFICE or (post.region is not None and len(post.region) >= _VILLAGE_DIGITS):
        return "trade"
    return "office" if post.org is not None else None


def compare(one: Profile, other: Profile) -> tuple[str, ...]:
    """The features that hold of two profiles of one name; one that counts several times stands several times."""
    found: list[str] = []
    posts = {(p.title, p.org, p.past) for p in one.posts if p.org and p.track != "collective"}
    others = {(p.title, p.org, p.past) for p in other.posts if p.org and p.track != "collective"}
    bodies, other_bodies = {org for _, org, _ in posts}, {org for _, org, _ in others}
    same_body = any(is_same_body(body, another) for body in bodies for another in other_bodies)
    if posts & others:
        found.append("same-post")
    elif _left(one, other) or _left(other, one):
        found.append("former-post")
    elif same_body:
        found.append("same-body")
    elif not (bodies and other_bodies) and _jobs(one) & _jobs(other):
        found.append("same-job")
    offices = "office" in one.walks and "office" in other.walks
    if one.walks & other.walks == {"media"} and one.papers & other.papers:
        found.append("same-paper")
    if one.walks and other.walks and not one.walks & other.walks:
        found.append("other-walk")
    near = bool(one.counties & other.counties)
    if not near and "former-post" not in found:
        found.append("other-county")
    if offices and near:
        found.append("both-officials")
    if one.walks == other.walks == {"trade"} and bodies and other_bodies and not same_body:
        found.append("other-body")
    if offices and two_seats(one.posts, other.posts):
        found.append("two-seats")
    if not (offices and near):  # all officials of a county go with the same leaders to the same places
        found += ["companion"] * min(_MAX_COMPANIONS, len(one.companions.keys() & other.companions.keys()))
        if one.places & other.places:
            found.append("same-place")
    gap = years_apart(one, other)
    if gap:
        found.append(gap)
    return tuple(found)


def score(features: Iterable[str]) -> float:
    """The sum of the weights."""
    return sum(FEATURES[name] for name in features)


def is_leading(one: Profile, other: Profile) -> bool:
    """Whether one is only called a leader of a region (县领导) while the other has a post of just that region."""
    for post, days in one.posts.items():
        if post.track != "collective":
            continue
        for held, seen in other.posts.items():
            if held.track == "collective" or held.region != post.region or (held.org or "").endswith(_BUREAUX):
                continue
            if any(_nearest(seen, day) <= _A_YEAR for day in days):
                return True
    return False


def _nearest(days: Sequence[int], day: int) -> int:
    at = bisect_left(days, day)
    return min((abs(day - other) for other in days[max(0, at - 1) : at + 1]), default=_A_YEAR + 1)


def two_seats(posts: Mapping[SeenPost, list[int]], others: Mapping[SeenPost, list[int]]) -> bool:
    """Whether posts that one person does not hold together were held in one time.

    Of two bodies nobody is the head at once. Who is seen in one post and later in the other has moved; who is then seen
    in the first again, within years, has not.
    """
    seats = [(post, days) for post, days in posts.items() if days and _is_seat(post)]
    other_seats = [(post, days) for post, days in others.items() if days and _is_seat(post)]
    return any(
        post.org != other.org and (_returns(days, other_days) or _returns(other_days, days))
        for post, days in seats
        for other, other_days in other_seats
    )


def _returns(days: Sequence[int], between: Sequence[int]) -> bool:
    """Whether a day of `between` lies between two of `days` that are not years apart, or is one of them."""
    for day in between:
        at = bisect_left(days, day)
        if at < len(days) and (days[at] == day or (at and days[at] - days[at - 1] <= YEARS_BETWEEN)):
            return True
    return False


def years_apart(one: Profile, other: Profile) -> str | None:
    """The feature of the time between two profiles, if any."""
    if one.first is None or other.first is None or one.last is None or other.last is None:
        return None
    days = max(one.first - other.last, other.first - one.last)
    if days > MANY_YEARS_BETWEEN:
        return "many-years-between"
    return "years-between" if days > YEARS_BETWEEN else None


def _left(one: Profile, other: Profile) -> bool:
    """Whether what the one held is what the other held before, as a page says (原甲县副县长)."""
    held = {(p.title, p.org, (p.region or "")[:_COUNTY_DIGITS]) for p in one.posts if p.org and not p.past}
    return any(p.past and (p.title, p.org, (p.region or "")[:_COUNTY_DIGITS]) in held for p in other.posts)


def _jobs(profile: Profile) -> set[str]:
    return {post.title for post in profile.posts if walk(post) == "trade" and not post.past}


def _is_seat(post: SeenPost) -> bool:
    return (
        not post.past
        and post.org is not None
        and post.org.endswith(_SINGLE_BODY)
        and post.title.endswith(_HEADS)
        and walk(post) == "office"
    )


def _earlier(known: int | None, day: int | None) -> int | None:
    return day if known is None else known if day is None else min(known, day)


def _later(known: int | None, day: int | None) -> int | None:
    return day if known is None else known if day is None else max(known, day)
