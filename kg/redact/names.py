"""What stands in a private name's place, and where in a text it has to stand.

In: names with their signs, and a text. Out: the text with every name replaced, of the same length. It does not know who
is private.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from functools import cache

from ahocorasick_rs import AhoCorasick, MatchKind
from pypinyin import Style, lazy_pinyin

from kg.gazetteers.surnames import load_surnames
from kg.gazetteers.words import is_ordinary_word
from kg.masks import is_masked
from kg.model import Span

_ADDRESS = re.compile(
    r"(?P<lead>[小老阿](?=.$))?(?P<name>.+?)"
    r"(?P<tail>先生|女士|小姐|太太|师傅|阿姨|大爷|大妈|大伯|奶奶|爷爷|老师|同学|老人|老汉|大姐|大哥|[某])?\Z",
    re.DOTALL,
)
_OTHER, _PUBLIC = 1, 2
"""What is known of a character of a page: part of an organisation's name, part of a public name."""


def initials(name: str) -> str:
    """A name's initials, one sign a character, so that nothing behind it moves.

    Forms of address stay, and so does every sign that is no letter; a masked name is left as it is.

    >>> initials("周莉珍"), initials("单雄信"), initials("余先生"), initials("吴某珍")
    ('ZLZ', 'SXX', 'Y先生', '吴某珍')
    """
    match = _ADDRESS.match(name)
    if is_masked(name) or match is None:
        return name
    lead, core, tail = match["lead"] or "", match["name"], match["tail"] or ""
    surnames = load_surnames()
    surname = surnames.of(core) or (core if core in surnames.pinyin else "")
    spoken = surnames.pinyin.get(surname, "").split()
    signs = [_initial(char) for char in core]
    if spoken:
        signs[0] = _plain(spoken[0][0])
    return lead + "".join(signs) + tail


def _plain(char: str) -> str:
    """A letter of a pinyin reading without its tone mark, as a capital; × for what is none."""
    letter = unicodedata.normalize("NFD", char)[:1]
    return letter.upper() if letter.isascii() and letter.isalpha() else "×"


@cache
def _initial(char: str) -> str:
    if not char.isalnum() or "A" <= char <= "Z":
        return char
    first = lazy_pinyin(char, style=Style.FIRST_LETTER, errors="ignore")
    if first and first[0][:1].isascii() and first[0][:1].isalpha():
        return first[0][0].upper()
    return "×"  # a foreign letter, a digit, a character without a reading


class Names:
    """Names that are looked for, longest first, with what takes their place; a name kept takes its own.

    A page's few names stand before those that are looked for on every page: building one automaton a page of all of
    them would take minutes.
    """

    def __init__(self, signs: Mapping[str, str], *, behind: Names | None = None) -> None:
        self._forms = sorted(form for form in signs if form)
        self._signs = [signs[form] for form in self._forms]
        self._automaton = AhoCorasick(self._forms, matchkind=MatchKind.LeftmostLongest) if self._forms else None
        self._behind = behind

    def replaced(
        self,
        text: str,
        *,
        private: Iterable[tuple[Span, str]] = (),
        public: Iterable[Span] = (),
        others: Iterable[Span] = (),
    ) -> str:
        """The text with every name replaced, also where a line break or a space parts it; of the same length.

        Args:
            private: spans known to mean a private person, with what they become.
            public: spans known to mean somebody or something else, which stay, unless a private one lies in them.
            others: organisations and the like: a whole name in them is replaced (钱小贝农场), a word that is also a name
                is not (文明办).
        """
        chars = list(text)
        state = bytearray(len(chars))
        for spans, level in ((others, _OTHER), (public, _PUBLIC)):
            for span in spans:
                state[span.start : span.end] = bytes((level,)) * (span.end - span.start)
        for span, sign in private:
            chars[span.start : span.end] = sign
            state[span.start : span.end] = bytes(span.end - span.start)
        offsets = [at for at, char in enumerate(text) if not char.isspace()]
        dense = re.sub("[\ud800-\udfff]", "\ufffd", "".join([text[at] for at in offsets]))
        floor = 0
        # The sort is stable: of two readings of one stretch the page's own comes first.
        for start, end, sign, whole in sorted(self._found(dense), key=lambda found: (found[0], -found[1])):
            where = offsets[start:end]
            highest = _OTHER if whole else 0
            if start < floor or any(state[at] > highest for at in where):
                continue
            floor = end
            if sign == dense[start:end]:
                continue  # a name that is kept must not undo a private one inside it
            for at, char in zip(where, sign, strict=True):
                chars[at] = char
        return "".join(chars)

    def _found(self, text: str) -> list[tuple[int, int, str, bool]]:
        """Start, end, sign, and whether it is a whole name, which the page's own additions are not."""
        found: list[tuple[int, int, str, bool]] = []
        if self._automaton is not None:
            whole = self._behind is None
            matches = self._automaton.find_matches_as_indexes(text)
            found = [(start, end, self._signs[at], whole) for at, start, end in matches]
        return found + self._behind._found(text) if self._behind is not None else found


def closed(text: str) -> str:
    """Text without spaces and line breaks."""
    return "".join(text.split())


def spread(sign: str, printed: str) -> str:
    """A sign written over a printed name, breaks and spaces of the print kept."""
    signs = iter(sign)
    return "".join(char if char.isspace() else next(signs, "×") for char in printed)


def byline_sign(name: str, span: Span, text: str) -> tuple[tuple[Span, str], ...]:
    """A byline's name as the redacted page now prints it, where the two still run alike."""
    now = closed(text[span.start : span.end])
    return ((Span(0, len(name)), now),) if len(now) == len(name) else ()


def is_whole_name(form: str) -> bool:
    """Whether a form of a name tells so surely whom it means that it is looked for on every page."""
    if len(form) < 2 or is_masked(form):
        return False
    match = _ADDRESS.match(form)
    if match is None or match["lead"] or match["tail"]:
        return False
    return len(form) > 2 or not is_ordinary_word(form)
