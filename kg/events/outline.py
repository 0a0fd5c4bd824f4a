"""A sentence with its names replaced by one sign each, so that patterns read like grammar.

In: a sheet and its linked finds. Out: `Outline`s, one a sentence: 区委书记朱素芳率队前往乐来购超市 becomes TP率队前往L.
What somebody says or is quoted with is marked as speech, because places named there were not visited.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from kg.link import Linked
from kg.model import Kind
from kg.sheet import Sheet

# Signs of the outline: private-use characters that no text holds after folding (they are blanked out of the text).
PERSON, PLACE, ORG, DATE, TITLE, REGION = "\ue001", "\ue002", "\ue003", "\ue004", "\ue005", "\ue006"
_SIGNS = {Kind.PERSON: PERSON, Kind.PLACE: PLACE, Kind.ORG: ORG}
_QUOTE = re.compile(r"“[^“”]{0,400}”?")
SPEECH = re.compile(
    r"(?:指出|强调|表示|认为|提出|说|叮嘱|嘱咐|寄语|坦言|直言|告诉记者|告诉笔者|勉励|鼓励|相告|透露|坚信|相信|感慨|回忆道|忏悔道)(?![、。的])"
    r"|(?<![署准限作项照符新体需况])(?:要求|希望|建议|介绍)(?![、。的了])(?!，" + DATE + r")"
)
# 对…提出明确要求，副县长P参加: that something was asked, not what was said.
_NO_SPEECH = re.compile(r"提出了?[^，。；]{0,8}(?:要求|意见|建议|问题|希望)(?=[，。；])")
_CARRIED_SPEECH = re.compile(
    r"^(?:要|希望|一是|二是|三是|四是|五是|必须|坚持|同时，要|同时要|各级|全区上下|全市上下|全县上下|下一步|接下来|努力|加快|切实|进一步|不断|会议(?:指出|强调|要求|认为))"
)


@dataclass(frozen=True, slots=True)
class Sign:
    """One name, date or post in an outline. `at` is its place in the outline, `start`/`end` reading positions."""

    at: int
    start: int
    end: int
    sign: str
    index: int  # of the find, date or title
    entity: str | None


@dataclass(frozen=True, slots=True)
class Outline:
    """A sentence in outline. `speech` is where in `text` reported speech begins (len(text) if nowhere)."""

    start: int
    end: int
    text: str
    signs: tuple[Sign, ...]
    speech: int
    kind: str

    def signs_in(self, start: int, end: int, *kinds: str) -> list[Sign]:
        """Signs at outline positions `[start, end)`, of the given kinds or of all."""
        return [sign for sign in self.signs if start <= sign.at < end and (not kinds or sign.sign in kinds)]

    def sign_at(self, at: int) -> Sign | None:
        """The sign at an outline position."""
        return next((sign for sign in self.signs if sign.at == at), None)


def outline_sentences(sheet: Sheet, linked: Linked, start: int, end: int) -> list[Outline]:
    """Outlines of the sentences between two reading positions, in order."""
    result: list[Outline] = []
    paragraph_end = -1
    carried = False
    for sentence_start, sentence_end in _clauses(sheet, start, end):
        kind, paragraph = _paragraph(sheet, sentence_start)
        outline = _outline(sheet, linked, sentence_start, sentence_end, kind)
        if paragraph != paragraph_end:
            paragraph_end, carried = paragraph, False
        bare = outline.text
        fresh = sentence_start > 0 and sheet.text[sentence_start - 1] == "；"
        named = any(sign.sign == PERSON for sign in outline.signs)
        if carried and (_CARRIED_SPEECH.match(bare) or (not named and not fresh)):
            if not re.match(rf"^(?:随后|接着|之后|会前|会后|会上|此外|{DATE}|在{PLACE}|座谈)", bare):
                outline = Outline(outline.start, outline.end, outline.text, outline.signs, 0, outline.kind)
        if outline.speech < len(outline.text):
            carried = True
        result.append(outline)
    return result


def _clauses(sheet: Sheet, start: int, end: int) -> list[tuple[int, int]]:
    """Sentences between two positions, parted at ； too: what one official orders is not what the next one does."""
    pieces: list[tuple[int, int]] = []
    for sentence_start, sentence_end in sheet.sentences:
        if sentence_start < start or sentence_end > end:
            continue
        at = sentence_start
        depth = 0
        for position in range(sentence_start, sentence_end):
            char = sheet.text[position]
            depth += (char == "“") - (char == "”")
            if char == "；" and depth <= 0:
                pieces.append((at, position + 1))
                at = position + 1
        if at < sentence_end:
            pieces.append((at, sentence_end))
    return pieces


def _paragraph(sheet: Sheet, at: int) -> tuple[str, int]:
    for start, end, kind in sheet.paragraphs:
        if start <= at <= end:
            return kind, end
    return "other", -1


def _outline(sheet: Sheet, linked: Linked, start: int, end: int, kind: str) -> Outline:
    spans: list[tuple[int, int, str, int, str | None]] = []
    for index, find in enumerate(linked.finds):
        if start <= find.start and find.end <= end:
            sign = _SIGNS[find.kind]
            if find.kind == Kind.PLACE and find.subtype in {"province", "city", "county"}:
                sign = REGION
            spans.append((find.start, find.end, sign, index, linked.entity_of[index]))
    for index, date in enumerate(sheet.dates):
        if start <= date.start and date.end <= end and date.rule != "duration":
            spans.append((date.start, date.end, DATE, index, None))
    for index, title in enumerate(sheet.titles):
        if start <= title.start and title.end <= end:
            spans.append((title.start, title.end, TITLE, index, None))
    spans.sort(key=lambda span: (span[0], -span[1], span[2]))
    pieces: list[str] = []
    signs: list[Sign] = []
    at = start
    length = 0
    quotes = [(m.start() + start, m.end() + start) for m in _QUOTE.finditer(sheet.text[start:end])]

    def plain(begin: int, stop: int) -> None:
        nonlocal length
        piece = sheet.text[begin:stop]
        pieces.append(piece)
        length += len(piece)

    for span_start, span_end, sign, index, entity in spans:
        if span_start < at:
            continue
        plain(at, span_start)
        signs.append(Sign(length, span_start, span_end, sign, index, entity))
        pieces.append(sign)
        length += 1
        at = span_end
    plain(at, end)
    text = "".join(pieces)
    spoken = [(a, b) for a, b in quotes if b - a > 14 or re.search(r"[，。！？]", sheet.text[a + 1 : b - 1])]
    if spoken:  # names inside a quotation are not part of the narrative
        signs = [sign for sign in signs if not any(a <= sign.start < b for a, b in spoken)]
        text = _blank_quotes(text)
    asked = [m.span() for m in _NO_SPEECH.finditer(text)]
    match = next((m for m in SPEECH.finditer(text) if not any(a <= m.start() < b for a, b in asked)), None)
    speech = match.start() if match else len(text)
    return Outline(start, end, text, tuple(signs), speech, kind)


def _blank_quotes(text: str) -> str:
    def blank(match: re.Match[str]) -> str:
        inner = match.group()
        if len(inner) > 14 or re.search(r"[，。！？]", inner[1:-1]):
            return "“" + "…" * (len(inner) - 2) + "”" if len(inner) > 1 else inner
        return inner

    return _QUOTE.sub(blank, text)
