"""Which posts make their holder a public person."""

from __future__ import annotations

import re

from kg.model import Entity
from kg.ontology import load_ontology

_PUBLIC_TRACKS = frozenset({"party", "government", "legislature", "cppcc", "judiciary", "military", "collective"})
_PRIVATE_HEADS = frozenset("律师 陪审员 战士 士官 战斗员 退役军人 退伍军人 老兵 民兵 班长".split())
"""Titles of public tracks that are no office: a lawyer, a private, a veteran."""
_GRASSROOTS = re.compile(r"(?<!业委会)(书记|主任|支书|村官|村干部|乡干部|镇干部)\Z")
"""Offices of a village or a residents' committee; the chair of a homeowners' committee (业委会主任) holds none."""
_PRIVATE_ORGANISATIONS = frozenset({"company", "school", "media"})


def is_public_post(role: Entity, organisation: Entity | None) -> bool:
    """Whether a post makes its holder a public person.

    Args:
        organisation: what the post belongs to, None where the text gives none.
    """
    if organisation is not None and organisation.subtype in _PRIVATE_ORGANISATIONS:
        return False
    title = role.title or role.name
    titles = load_ontology().find_titles(title)
    if titles and titles[-1].head in _PRIVATE_HEADS:
        return False
    track = role.track or (titles[-1].group if titles else None)
    if title.endswith("负责人"):  # of a bureau; a company's or a building site's is none
        return organisation is not None and organisation.subtype == "government"
    if track == "grassroots":
        return bool(_GRASSROOTS.search(title))
    if track == "mass":  # 工会主席 of a county is an office, 会长 of a calligraphers' club is none
        return organisation is not None and organisation.subtype == "government"
    return track in _PUBLIC_TRACKS
