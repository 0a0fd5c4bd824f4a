"""Lays pieces out as pages of about a thousand characters, with a manifest and the truth of who is who."""

from __future__ import annotations

import json
import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from archive_maker.articles import Piece, Writer
from archive_maker.world import World

PAGE_CHARACTERS = 1000
NEWSPAPER = "今日新报"
REPRINTS = 0.01  # of pages, those that print an older piece again, with some characters misread


@dataclass(frozen=True, slots=True)
class MadePage:
    """One page: file name, day, text, the person behind each name, and for each happening reported who is named in the piece.

    `reprints` are happenings that the paper had before; `posts` are name, post as it is printed before the name, and whose
    seat it is (`office`, or `trade` where several may hold it).
    """

    file: str
    day: date
    text: str
    people: dict[str, str]
    happenings: dict[str, list[str]]
    reprints: tuple[str, ...]
    posts: tuple[tuple[str, str, str], ...]


@dataclass(frozen=True, slots=True)
class Archive:
    """Pages in order of time."""

    pages: tuple[MadePage, ...]
    region: str
    n_people: int
    namesake_share: float


def make_archive(
    n_pages: int, *, seed: int = 2021, years: int = 20, county: str = "330824", namesakes: float = 0.05
) -> Archive:
    """An archive of `n_pages` pages over `years` years from 2004 on; always the same for the same arguments.

    Args:
        namesakes: share of new people who are given the name of somebody who is there already.
    """
    world = World(seed, first=date(2004, 1, 1), years=years, county=county, namesakes=namesakes)
    pages = tuple(_pages(n_pages, world, random.Random(seed + 1)))
    printed = {person for page in pages for person in page.people.values()}
    names: dict[str, int] = {}
    for person in world.people:
        if person.id in printed:
            names[person.name] = names.get(person.name, 0) + 1
    shared = sum(count for count in names.values() if count > 1)
    return Archive(pages, world.region, len(printed), shared / max(1, len(printed)))


def write_archive(archive: Archive, folder: Path) -> None:
    """Write pages, manifest and `truth.jsonl` (beside the pages' folder, so that no build reads it)."""
    pages = folder / "pages"
    pages.mkdir(parents=True, exist_ok=True)
    rows = ["file,newspaper,date,page,region,url"]
    with (folder / "truth.jsonl").open("w", encoding="utf-8") as truth:
        for at, page in enumerate(archive.pages):
            (pages / page.file).write_bytes(page.text.encode())
            rows.append(f"{page.file},{NEWSPAPER},{page.day.isoformat()},{at % 4 + 1},{archive.region},")
            said = {
                "file": page.file,
                "people": page.people,
                "happenings": page.happenings,
                "reprints": page.reprints,
                "posts": page.posts,
                "day": page.day.isoformat(),
            }
            truth.write(json.dumps(said, ensure_ascii=False) + "\n")
    (pages / "pages.csv").write_text("\n".join(rows) + "\n", encoding="utf-8")


def _pages(n_pages: int, world: World, chance: random.Random) -> Iterator[MadePage]:
    writer = Writer(world, chance)
    n_days = (world.last - world.first).days
    kept: list[Piece] = []
    waiting: list[Piece] = []
    for number in range(n_pages):
        day = world.first + timedelta(days=number * n_days // n_pages)
        pieces, waiting = waiting, []
        again: list[str] = []
        if kept and chance.random() < REPRINTS:
            old = chance.choice(kept)
            pieces.append(Piece(tuple(_misread(line, chance) for line in old.lines), old.named, old.happening))
            again.append(old.happening or "")
        while sum(len(line) for piece in pieces for line in piece.lines) < PAGE_CHARACTERS:
            kind = chance.choices(
                (writer.tour, writer.meeting, writer.visit, writer.appointment, writer.portrait, writer.notice),
                (25, 20, 4, 6, 25, 20),
            )[0]
            made = kind(day)
            pieces += made[:1]
            waiting += made[1:]  # the second report stands on the next page
        fitting = _one_name_one_person(pieces)
        kept += [piece for piece in fitting if piece.happening and len(piece.named) > 2][:1]
        del kept[:-200]
        yield MadePage(
            f"{day.isoformat()}-{number:06}.txt",
            day,
            "\n\n\n".join("\n\n".join(piece.lines) for piece in fitting) + "\n",
            {person.name: person.id for piece in fitting for person in piece.named},
            {p.happening: [person.name for person in p.named] for p in fitting if p.happening},
            tuple(again),
            tuple(sorted({row for piece in fitting for row in _posts(piece, day)})),
        )


def _posts(piece: Piece, day: date) -> Iterator[tuple[str, str, str]]:
    """Name, post and its sort of everybody whose post stands before the name; a reprint says what was so then."""
    text = "".join(piece.lines)
    for person in piece.named:
        term = person.post_on(day)
        held = (term.post, "office") if term is not None else (f"{person.place or person.body}{person.job}", "trade")
        if held[0] and f"{held[0]}{person.name}" in text:
            yield person.name, *held


def _one_name_one_person(pieces: list[Piece]) -> list[Piece]:
    """Without pieces that name a namesake of somebody on the page: a page cannot tell them apart, nor can the truth."""
    owner: dict[str, str] = {}
    kept = []
    for piece in pieces:
        if all(owner.get(person.name, person.id) == person.id for person in piece.named):
            owner.update((person.name, person.id) for person in piece.named)
            kept.append(piece)
    return kept


def _misread(line: str, chance: random.Random) -> str:
    """The line as another scan reads it: a full stop lost, a comma taken for another sign; names stay whole."""
    return "".join("，" if char == "、" and chance.random() < 0.03 else char for char in line)
