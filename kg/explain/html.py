"""An explanation as one web page drawn by displaCy: names marked in the text, and below what overlapped and lost.

In: an `Explanation`. Out: HTML that loads nothing, not even a font, and runs nothing. Whatever comes from a page is
escaped: displaCy escapes the text, this module titles, labels and tables.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from html import escape
from itertools import groupby, pairwise
from pathlib import Path

from spacy import displacy

from kg.explain.reasons import LENGTH, ORDER, RANK, SCORE, Explanation, FactReason, Loser, MentionReason
from kg.files import open_whole
from kg.model import Kind

# Light enough for black text at a contrast of 7 to 1 and more.
_COLOURS = {Kind.PERSON: "#ffd8a8", Kind.PLACE: "#b2f2bb", Kind.ORG: "#a5d8ff"}
_KEPT, _LOST = "#8ce99a", "#dee2e6"
_REASONS = {
    RANK: "被更可靠的一类盖过 · a stronger kind of find covers it",
    LENGTH: "被更长的盖过 · a longer one covers it",
    SCORE: "被分数更高的盖过 · a surer one covers it",
    ORDER: "被更靠前的盖过 · an earlier one covers it",
}
_MARK = (
    '<mark style="background: {bg}" title="{tip}">{text}'
    '<small><a href="#{anchor}" id="m-{anchor}">{label}</a></small></mark>'
)
_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff]")

_STYLE = """
body { font: 16px/1.6 "Noto Sans CJK SC", "PingFang SC", "Microsoft YaHei", sans-serif; max-width: 60em;
  margin: 2em auto; padding: 0 1em; color: #111; background: #fff; }
mark { padding: .1em .2em; border-radius: .25em; color: #111; }
mark small { font-size: .7em; margin-left: .3em; } mark a, td a { color: inherit; }
table { border-collapse: collapse; width: 100%; margin: 1em 0; font-size: .9em; }
th, td { border-bottom: 1px solid #ccc; padding: .3em .5em; text-align: left; vertical-align: top; }
tr:target { background: #fff3bf; } .meta { color: #555; } .spans { overflow-x: auto; } .spans span { white-space: nowrap; }
td { overflow-wrap: anywhere; }
@media print { body { max-width: none; } }
"""


def write_html(explanation: Explanation, path: Path) -> None:
    """Write the web page.

    Raises:
        InputError: the file cannot be written.
    """
    with open_whole(path) as stream:
        stream.write(render_html(explanation))


def render_html(explanation: Explanation) -> str:
    """The web page as a string."""
    issue = explanation.page.issue
    about = " · ".join(filter(None, (issue.newspaper, issue.date, issue.region)))
    parts = [
        "<!DOCTYPE html>",
        '<html lang="zh"><head><meta charset="utf-8">',
        # Nothing is fetched and no script runs, whatever a page smuggled in.
        "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">",
        '<meta name="viewport" content="width=device-width">',
        f"<title>{_safe(explanation.page.id)}</title><style>{_STYLE}</style></head><body>",
        f'<h1>{_safe(explanation.page.id)}</h1><p class="meta">{_safe(about)}</p>',
        '<p class="meta">'
        + " ".join(f'<mark style="background: {colour}">{kind}</mark>' for kind, colour in _COLOURS.items())
        + "</p>",
        *_articles(explanation),
        *_overlaps(explanation),
        *_mention_table(explanation.mentions),
        *_fact_table(explanation.facts),
        "</body></html>\n",
    ]
    return "\n".join(parts)


def _articles(explanation: Explanation) -> Iterator[str]:
    """The text, article by article, with the mentions marked."""
    titles = dict(explanation.titles)
    for article, paragraphs in groupby(explanation.paragraphs, key=lambda paragraph: paragraph[3]):
        group = list(paragraphs)
        start, end = group[0][0], group[-1][1]
        if article is not None:
            yield f"<h2>{_safe(' '.join(titles.get(article, '').split()))}</h2>"
        ents = [
            {
                "start": each.start - start,
                "end": each.end - start,
                "label": each.mention.kind.value,
                "params": {
                    "label": _safe(each.entity.code or each.mention.kind.value),
                    "tip": _safe(_summary(each)),
                    "anchor": _anchor(each),
                },
            }
            for each in explanation.mentions
            if start <= each.start and each.end <= end
        ]
        yield displacy.render(
            {"text": _visible(explanation.text[start:end]), "ents": ents},
            style="ent",
            manual=True,
            jupyter=False,
            options={"template": _MARK, "colors": {kind.value: colour for kind, colour in _COLOURS.items()}},
        )


def _overlaps(explanation: Explanation) -> Iterator[str]:
    """Every sentence where finds overlapped, with the kept and the dropped ones under it."""
    contested = [each for each in explanation.mentions if each.losers]
    if not contested:
        return
    yield "<h2>重叠 · Overlaps</h2>"
    for start, end in explanation.sentences:
        here = [each for each in contested if start <= each.start < end]
        if here:
            yield _spans(explanation.text, start, end, here)


def _spans(text: str, start: int, end: int, reasons: Sequence[MentionReason]) -> str:
    """displaCy's view of one sentence; labels are numbers, because it lets long ones run into each other."""
    pieces: list[tuple[int, int, str]] = []
    key: list[str] = []
    for reason in reasons:
        pieces.append((reason.start, reason.end, "✓"))
        key.append(f"✓ {reason.surface} {reason.mention.rule}")
        for lost in reason.losers:
            number = f"✗{sum(line.startswith('✗') for line in key) + 1}"
            pieces.append((lost.start, lost.end, number))
            key.append(f"{number} {_loser_line(lost)}")
    start = min([start, *(first for first, _, _ in pieces)])
    end = max([end, *(last for _, last, _ in pieces)])
    # One token between two edges: displaCy sets tokens apart, and single characters would fall asunder.
    edges = sorted({start, end, *(at for first, last, _ in pieces for at in (first, last))})
    token = {edge: at for at, edge in enumerate(edges)}
    drawn: str = displacy.render(
        {
            "tokens": [_visible(text[first:last]) for first, last in pairwise(edges)],
            "spans": [
                {"start_token": token[first], "end_token": token[last], "label": label} for first, last, label in pieces
            ],
        },
        style="span",
        manual=True,
        jupyter=False,
        options={"colors": {label: _KEPT if label == "✓" else _LOST for _, _, label in pieces}},
    )
    return drawn + '<p class="meta">' + "<br>".join(map(_safe, key)) + "</p>"


def _mention_table(reasons: Sequence[MentionReason]) -> Iterator[str]:
    yield "<h2>提及 · Mentions</h2>"
    yield from _table(
        ("名称", "规则", "分", "实体", "候选", "落选"),
        (
            (
                _anchor(each),
                (
                    f'<a href="#m-{_anchor(each)}">{_safe(each.surface)}</a>',
                    "<br>".join(map(_safe, (each.mention.rule, *each.also))),
                    f"{each.mention.score:.2f}",
                    _safe(_entity(each)),
                    "<br>".join(_safe(line) for line in _candidate_lines(each)),
                    "<br>".join(_safe(_loser_line(lost)) for lost in each.losers),
                ),
            )
            for each in reasons
        ),
    )


def _fact_table(reasons: Sequence[FactReason]) -> Iterator[str]:
    yield "<h2>事实 · Facts</h2>"
    yield from _table(
        ("关系", "从", "到", "日期", "规则", "分", "证据"),
        (
            (
                None,
                (
                    _safe(each.fact.relation),
                    _safe(each.subject),
                    _safe(each.object),
                    _safe(each.fact.date or ""),
                    _safe(each.fact.rule),
                    f"{each.fact.score:.2f}",
                    "<br>".join(_safe(sentence) for _, sentence in each.sentences),
                ),
            )
            for each in reasons
        ),
    )


def _table(head: Sequence[str], rows: Iterable[tuple[str | None, Sequence[str]]]) -> Iterator[str]:
    """Rows of cells that are escaped already; the first of each is its anchor."""
    yield "<table><thead><tr>" + "".join(f"<th>{cell}</th>" for cell in head) + "</tr></thead><tbody>"
    for anchor, cells in rows:
        opening = f'<tr id="{anchor}">' if anchor else "<tr>"
        yield opening + "".join(f"<td>{cell}</td>" for cell in cells) + "</tr>"
    yield "</tbody></table>"


def _anchor(reason: MentionReason) -> str:
    return f"{reason.start}-{reason.end}"


def _summary(reason: MentionReason) -> str:
    return f"{reason.mention.rule} {reason.mention.score:.2f} → {_entity(reason)}"


def _entity(reason: MentionReason) -> str:
    entity = reason.entity
    return " ".join(filter(None, (entity.name, entity.code, "›".join(reason.path), "NIL" if reason.nil else "")))


def _candidate_lines(reason: MentionReason) -> Iterator[str]:
    for each in reason.candidates:
        features = ", ".join(name if weight is None else f"{name} {weight:+g}" for name, weight in each.features)
        yield f"{each.score:g} {'›'.join(each.path) or each.name} ({features})"


def _loser_line(lost: Loser) -> str:
    return f"{lost.surface} {lost.kind} {lost.rule}: {_REASONS[lost.reason]}"


def _visible(text: str) -> str:
    return _CONTROL.sub("\ufffd", text)


def _safe(text: str) -> str:
    return escape(_visible(text), quote=True)
