"""How `kg explain` shows its reasons: sentence by sentence the mentions, then the facts."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from rich.cells import cell_len
from rich.text import Text

from kg.cli.language import wrap
from kg.cli.screen import Screen
from kg.explain import Explanation, FactReason, MentionReason
from kg.messages import Messages, printable

# What the features of linking mean, for a reader; one that is not here is shown by its name.
FEATURES = {
    "chain": "stands right behind its parent",
    "chain-down": "stands right before what lies in it",
    "home-path": "is the home region or above it",
    "in-home": "lies in the home region",
    "in-home-city": "lies in the home city",
    "in-home-province": "lies in the home province",
    "parent-in-article": "its parent is named too",
    "larger": "is the larger of the two",
}
REASONS = {
    "rank": "a stronger kind of find covers it",
    "length": "a longer one covers it",
    "score": "a surer one covers it",
    "order": "an earlier one covers it",
}


def show_explanation(screen: Screen, explanation: Explanation) -> None:
    """Print everything; long lines are folded under their own indent."""
    lines = _Lines(screen)
    issue = explanation.page.issue
    about = " · ".join(filter(None, (explanation.page.id, issue.newspaper, issue.date, issue.region)))
    lines.put(about, style="bold")
    if issue.inferred:
        names = screen.say(", ").join(screen.say(name) for name in issue.inferred)
        lines.put(screen.say("inferred from the text: {names}", names=names), style="dim")
    _show_mentions(lines, explanation)
    _show_facts(lines, explanation.facts)


class _Lines:
    """Lines with a hanging indent, in the width of the terminal."""

    def __init__(self, screen: Screen) -> None:
        self._console = screen.out
        self.say = screen.say

    def blank(self) -> None:
        self._console.print()

    def put(self, text: str, *, indent: int = 0, style: str = "", lead: str = "", lead_style: str = "bold") -> None:
        """One line; `lead` begins it and is styled for itself."""
        room = max(self._console.width - indent - 2, 20)
        folded = wrap(" ".join(printable(lead + text).split()), room).split("\n")
        n_lead = len(" ".join(printable(lead).split()))
        for number, line in enumerate(folded):
            shown = Text(" " * (indent if number == 0 else indent + 2) + line, style=style)
            if number == 0 and n_lead:
                shown.stylize(lead_style, indent, indent + n_lead)
            self._console.print(shown, soft_wrap=cell_len(shown.plain) <= self._console.width)


def _show_mentions(lines: _Lines, explanation: Explanation) -> None:
    titles = dict(explanation.titles)
    article = None
    reasons = list(explanation.mentions)
    sentences = iter(explanation.sentences)
    sentence = next(sentences, None)
    printed = None
    for reason in reasons:
        if reason.mention.article != article and reason.mention.article is not None:
            article = reason.mention.article
            if titles.get(article, "").strip():
                lines.blank()
                lines.put(titles[article], style="bold underline")
        while sentence is not None and sentence[1] <= reason.start:
            sentence = next(sentences, None)
        if sentence is not None and sentence != printed and sentence[0] <= reason.start:
            printed = sentence
            lines.blank()
            lines.put(explanation.text[sentence[0] : sentence[1]], style="dim")
        _show_mention(lines, reason)


def _show_mention(lines: _Lines, reason: MentionReason) -> None:
    say = lines.say
    mention = reason.mention
    found = f"{say(mention.kind.value)} {mention.rule} {mention.score:.2f} → {_entity(reason, say)}"
    lines.put(found, indent=2, lead=f"{reason.surface}  ")
    if reason.also:
        lines.put(say("found too by {rules}", rules=", ".join(reason.also)), indent=6, style="dim")
    for number, each in enumerate(reason.candidates):
        sign = "✓" if each.code is not None and each.code == reason.entity.code else "✗" if number else "?"
        why = say(", ").join(_features(each.features, say))
        where = "".join(each.path) or each.name
        lines.put(
            f"{sign} {each.score:g}  {where} {each.code or ''}  {why}", indent=6, style="" if sign == "✓" else "dim"
        )
    for lost in reason.losers:
        words = say(
            "✗ {surface} {kind} {rule} {score} lost: {reason}",
            surface=lost.surface,
            kind=say(lost.kind.value),
            rule=lost.rule,
            score=f"{lost.score:.2f}",
            reason=say(REASONS[lost.reason]),
        )
        lines.put(words, indent=6, style="dim")


def _show_facts(lines: _Lines, reasons: Sequence[FactReason]) -> None:
    if not reasons:
        return
    say = lines.say
    lines.blank()
    lines.put(say("Facts"), style="bold underline")
    shown: tuple[int, str] | None = None
    geography = False
    for reason in reasons:
        fact = reason.fact
        if fact.source == "gazetteer" and not geography:
            geography = True
            lines.blank()
            lines.put(say("Known from the divisions alone"), style="dim")
        attributes = dict(fact.attributes)
        part = f" ({attributes['part']})" if "part" in attributes else ""
        words = f"{reason.subject} → {reason.object}{part} {fact.date or ''}  {fact.rule} {fact.score:.2f}"
        first = reason.sentences[0] if reason.sentences else None
        if first is not None and first != shown and not geography:
            shown = first
            lines.blank()
            lines.put(first[1], style="dim")
        lines.put(words, indent=2, lead=f"{say(fact.relation.value)}  ")
        for _, sentence in () if geography else reason.sentences[1:]:
            lines.put(sentence, indent=6, style="dim")


def _entity(reason: MentionReason, say: Messages) -> str:
    entity = reason.entity
    where = "".join(reason.path)
    if reason.nil:
        nil = say("in no gazetteer")
        return f"{entity.name} ({nil})"
    return " ".join(filter(None, (entity.name, entity.code, f"({where})" if where else "")))


def _features(features: Sequence[tuple[str, float | None]], say: Messages) -> Iterator[str]:
    for name, weight in features:
        words = say(FEATURES[name]) if name in FEATURES else name
        yield words if weight is None else f"{words} {weight:+g}"
