"""Groups the sightings of one name into people.

In: all sightings of a name, and what was decided of them. Out: groups, each one person. A name is a block: no block
sees another, so that a page that is added asks only for the blocks of the names that it prints.

Three steps. Sightings with a post that is the same, without years between, are one from the start. What these make is
joined best first, as long as the features (`kg.resolve.features`) reach the threshold. Bare names come last, and those
of whom a page says no more than 县领导: each
goes to the one whom it fits, or, if that is open, stays with the bare names of its own years.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from types import MappingProxyType

from kg.decisions import Ref
from kg.resolve.features import MARGIN, THRESHOLD, YEARS_BETWEEN, Profile, compare, is_leading, score, two_seats, walk
from kg.resolve.sightings import Sighting

Group = tuple[Sighting, ...]


def group_people(
    sightings: Iterable[Sighting],
    *,
    same: Mapping[Ref, Ref] = MappingProxyType({}),
    apart: Iterable[frozenset[Ref]] = (),
    threshold: float = THRESHOLD,
) -> tuple[Group, ...]:
    """The people behind sightings of one name.

    Args:
        sightings: in any order, each page entity once.
        same: for page entities that are one by decision, the one that stands for all of them.
        apart: pairs that are not one.

    Returns:
        Groups by their first sighting; sightings of a group by issue date, page and id.
    """
    ordered = sorted(sightings, key=_order)
    return _Block(ordered, same, apart).resolve(threshold)


def _order(sighting: Sighting) -> tuple[str, str, str]:
    return sighting.date or "~", sighting.page, sighting.entity


class _Block:
    def __init__(self, ordered: Sequence[Sighting], same: Mapping[Ref, Ref], apart: Iterable[frozenset[Ref]]) -> None:
        self.ordered = ordered
        self.same = same
        self.apart: dict[Ref, set[Ref]] = {}
        here = {sighting.ref for sighting in ordered} if apart else set()
        for pair in apart:
            if pair <= here:
                one, other = sorted(pair)
                self.apart.setdefault(one, set()).add(other)
                self.apart.setdefault(other, set()).add(one)

    def resolve(self, threshold: float) -> tuple[Group, ...]:
        posted, bare = self._start()
        posted = self._join(posted, threshold)
        groups = self._settle(posted, bare, threshold)
        found = [tuple(sorted(group.sightings, key=_order)) for group in groups]
        return tuple(sorted(found, key=lambda group: _order(group[0])))

    def _start(self) -> tuple[list[Profile], list[Profile]]:
        """Profiles with posts and without, as decisions and equal posts make them."""
        decided: dict[Ref, list[Sighting]] = {}
        for sighting in self.ordered:
            decided.setdefault(self.same.get(sighting.ref, sighting.ref), []).append(sighting)
        posted: list[Profile] = []
        bare: list[Profile] = []
        latest: dict[tuple[object, ...], Profile] = {}
        for group in sorted(decided.values(), key=lambda group: _order(group[0])):
            profile = Profile.of(group)
            keys = [key for sighting in group for key in _keys(sighting)]
            known = next((latest[key] for key in keys if key in latest and self._fits(latest[key], profile)), None)
            if known is not None:
                profile = _merge(known, profile)
            elif keys:
                posted.append(profile)
            else:
                bare.append(profile)
            latest.update(dict.fromkeys(keys, profile))
        return posted, bare

    def _fits(self, known: Profile, profile: Profile) -> bool:
        """Whether equal posts make one of two: not after years, and not against a decision."""
        if profile.first is not None and known.last is not None and profile.first - known.last > YEARS_BETWEEN:
            return False
        return not self._parted(known, profile) and not two_seats(known.posts, profile.posts)

    def _join(self, profiles: list[Profile], threshold: float) -> list[Profile]:
        """Join the best pair as long as one reaches the threshold; among equals the earliest."""
        alive: dict[int, Profile] = dict(enumerate(profiles))
        scores: dict[tuple[int, int], float] = {}
        for at in alive:
            self._rate(alive, scores, at, range(at))
        following = len(profiles)
        while scores:
            best = min(scores, key=lambda pair: (-scores[pair], pair))
            if scores[best] < threshold:
                break
            one, other = best
            joined = Profile.of(sorted((*alive.pop(one).sightings, *alive.pop(other).sightings), key=_order))
            scores = {pair: value for pair, value in scores.items() if not {one, other} & set(pair)}
            alive[following] = joined
            self._rate(alive, scores, following, [at for at in alive if at != following])
            following += 1
        return sorted(alive.values(), key=lambda profile: _order(profile.sightings[0]))

    def _rate(
        self, alive: dict[int, Profile], scores: dict[tuple[int, int], float], at: int, others: Iterable[int]
    ) -> None:
        for other in others:
            if not self._parted(alive[at], alive[other]):
                scores[other, at] = score(compare(alive[other], alive[at]))

    def _settle(self, posted: list[Profile], bare: list[Profile], threshold: float) -> list[Profile]:
        """Give bare names to the people whom they fit; what fits nobody is joined with its like over the years."""
        additions: dict[int, list[Sighting]] = {}
        left: list[Profile] = []
        homes = [_home(profile) for profile in posted]
        for profile in bare:
            rated = sorted(
                ((self._bare_score(profile, at, posted, homes), at) for at in range(len(posted))),
                key=lambda row: (-row[0], row[1]),
            )
            best = rated[0] if rated else (float("-inf"), -1)
            second = rated[1][0] if len(rated) > 1 else float("-inf")
            if best[0] >= threshold and best[0] - second >= MARGIN:
                additions.setdefault(best[1], []).extend(profile.sightings)
            else:
                left.append(profile)
        for at, sightings in additions.items():
            # Two bare names that must be apart may not meet again in one whom both fit.
            here = {sighting.ref for sighting in sightings} if self.apart else set()
            parted = {sighting.ref for sighting in sightings if self.apart.get(sighting.ref, set()) & here}
            left += [Profile.of([sighting]) for sighting in sightings if sighting.ref in parted]
            kept = [sighting for sighting in sightings if sighting.ref not in parted]
            posted[at].sightings += kept
        return posted + self._chain(left)

    def _bare_score(self, bare: Profile, at: int, posted: Sequence[Profile], homes: Sequence[set[str | None]]) -> float:
        profile = posted[at]
        if self._parted(bare, profile):
            return float("-inf")
        features = [name for name in compare(bare, profile) if name != "other-county"]
        if not bare.counties & homes[at]:
            features.append("other-county")
        if not any(homes[other] & bare.counties for other in range(len(posted)) if other != at):  # no rival
            features.append("bare-name")
        if is_leading(bare, profile):
            features.append("leading-post")
        if None not in (bare.first, profile.first) and profile.first <= bare.first <= (profile.last or 0):  # type: ignore[operator]
            features.append("same-times")
        return score(features)

    def _chain(self, profiles: list[Profile]) -> list[Profile]:
        """Bare names of one county, each not years after the one before."""
        chains: list[Profile] = []
        latest: dict[frozenset[str | None], Profile] = {}
        for profile in sorted(profiles, key=lambda profile: _order(profile.sightings[0])):
            key = frozenset(profile.counties)
            known = latest.get(key)
            if known is not None and None not in profile.counties and self._fits(known, profile):
                profile = _merge(known, profile)
            else:
                chains.append(profile)
            latest[key] = profile
        return chains

    def _parted(self, one: Profile, other: Profile) -> bool:
        if not self.apart:
            return False
        others = {sighting.ref for sighting in other.sightings}
        return any(self.apart.get(sighting.ref, set()) & others for sighting in one.sightings)


def _merge(known: Profile, profile: Profile) -> Profile:
    """Add the second's sightings to the first in place."""
    for sighting in profile.sightings:
        known.add(sighting)
    return known


def _home(profile: Profile) -> set[str | None]:
    """Where a bare mention of the person may stand: the counties of posts, and of the papers that name them."""
    return profile.counties | {sighting.county for sighting in profile.sightings}


def _keys(sighting: Sighting) -> list[tuple[object, ...]]:
    """Posts by which sightings are one without more ado."""
    keys: list[tuple[object, ...]] = []
    for post in sighting.posts:
        if post.track == "media" and post.org is None:
            keys.append(("media", sighting.newspaper, sighting.county))
        elif post.org is not None and post.track != "collective":
            keys.append((post.title, post.org, post.region, post.past))
        elif walk(post) == "trade":
            keys.append((sighting.page, sighting.entity))  # a villager: of somebody's own until the features say more
    return keys
