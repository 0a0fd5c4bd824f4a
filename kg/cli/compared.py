"""How `kg diff` shows what changed between two builds."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import asdict

from rich import box
from rich.table import Table
from rich.text import Text

from kg.cli.screen import Screen
from kg.diff import Claim, Diff
from kg.messages import printable
from kg.model import Relation


def show_diff(screen: Screen, diff: Diff, *, limit: int | None) -> None:
    """A table of counts by relation, then each claim behind `-` or `+`, page by page; at most `limit` of each."""
    say = screen.say
    gained = Counter(claim.relation for claim in diff.gained)
    lost = Counter(claim.relation for claim in diff.lost)
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False)
    table.add_column(say("relation"), no_wrap=True)
    table.add_column(say("gained"), justify="right", style="green", no_wrap=True)
    table.add_column(say("lost"), justify="right", style="red", no_wrap=True)
    for relation in Relation:
        if gained[relation] or lost[relation]:
            table.add_row(relation.value, f"{gained[relation]:,}", f"{lost[relation]:,}")
    table.add_row(say("all"), f"{len(diff.gained):,}", f"{len(diff.lost):,}", style="bold")
    if diff:
        screen.out.print(table)
    screen.line("{n} facts are in both", n=f"{diff.n_same:,}")
    if not diff:
        screen.line("The two builds say the same")
    _claims(screen, diff, limit)
    for sign, sentence, pages in (
        ("-", "Pages that only the old build has: {n}", diff.pages_removed),
        ("+", "Pages that only the new build has: {n}", diff.pages_added),
    ):
        if pages:
            screen.out.print()
            screen.line(sentence, n=len(pages))
            _lines(screen, [(sign, page) for page in pages], limit)


def diff_rows(diff: Diff) -> dict[str, object]:
    """The diff as plain JSON values, keys in a fixed order."""
    return {
        "gained": [asdict(claim) for claim in diff.gained],
        "lost": [asdict(claim) for claim in diff.lost],
        "same": diff.n_same,
        "pages_added": list(diff.pages_added),
        "pages_removed": list(diff.pages_removed),
    }


def _claims(screen: Screen, diff: Diff, limit: int | None) -> None:
    """Lost before gained, page by page: what took a fact's place stands beside it."""
    shown: list[tuple[str, Claim]] = [
        *(("-", claim) for claim in diff.lost[:limit]),
        *(("+", claim) for claim in diff.gained[:limit]),
    ]
    page = None
    for sign, claim in sorted(shown, key=lambda pair: (pair[1].doc, pair[0] == "+")):
        if claim.doc != page:
            page = claim.doc
            screen.out.print()
            screen.out.print(Text(printable(page), style="bold"), soft_wrap=True)
        words = f"{claim.relation.value} {claim.subject} → {claim.object}"
        words += f" ({claim.part})" if claim.part else ""
        words += f" {claim.date}" if claim.date else ""
        _lines(screen, [(sign, words)], None)
    hidden = sum(max(0, len(claims) - len(claims[:limit])) for claims in (diff.lost, diff.gained))
    if hidden:
        screen.line("… and {n} more", n=f"{hidden:,}")


def _lines(screen: Screen, lines: Sequence[tuple[str, str]], limit: int | None) -> None:
    for sign, words in lines[:limit]:
        style = "red" if sign == "-" else "green"
        # A name may hold anything; one claim is one line.
        screen.out.print(Text(f"{sign} {printable(' '.join(words.split()))}", style=style), soft_wrap=True)
    if limit is not None and len(lines) > limit:
        screen.line("… and {n} more", n=f"{len(lines) - limit:,}")
