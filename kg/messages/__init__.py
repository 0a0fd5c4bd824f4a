"""What is said on a terminal, in English or Chinese. Written files never pass through here.

Every sentence stands in the code in English; `kg.messages.chinese` holds its Chinese. `InputError`s come from anywhere
as finished English lines: their Chinese is found by the pattern they were made from. A sentence without a translation
is said in English.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache
from typing import Literal

from kg.errors import InputError
from kg.messages.chinese import ERRORS, SENTENCES

Language = Literal["en", "zh"]
LANGUAGES: tuple[Language, ...] = ("en", "zh")

# C0 and C1 controls would reach the terminal as commands, bidi controls would turn a line round; names come from pages.
_UNPRINTABLE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff]")


def choose_language(asked: str | None, environment: Mapping[str, str]) -> Language:
    """The language asked for, else that of the locale, else English.

    Args:
        asked: the value of `--lang`.
        environment: `os.environ`.

    Raises:
        InputError: a language was asked for that there is none of.
    """
    if asked is not None:
        if asked not in LANGUAGES:
            raise InputError(f"no language {asked!r}", where="--lang", hint=f"known: {', '.join(LANGUAGES)}")
        return asked
    for name in ("LC_ALL", "LC_MESSAGES", "LANGUAGE", "LANG"):
        if value := environment.get(name):
            return "zh" if value.lower().startswith("zh") else "en"
    return "en"


def printable(text: str) -> str:
    """Text that a terminal shows and does not obey; each such character becomes U+FFFD.

    >>> printable("张\\x1b[31m三")
    '张\ufffd[31m三'
    """
    return _UNPRINTABLE.sub("\ufffd", text)


class Messages:
    """Says sentences in one language. `messages("…")` is the sentence, `messages.error(error)` an error's one line."""

    def __init__(self, language: Language = "en") -> None:
        """`language` is that of everything said."""
        self.language = language

    def __call__(self, sentence: str, /, **values: object) -> str:
        """The sentence with its `{names}` filled in.

        Args:
            sentence: in English, as it stands in the code.
        """
        if self.language == "zh":
            sentence = SENTENCES.get(sentence, sentence)
        filled = {name: printable(value) if isinstance(value, str) else value for name, value in values.items()}
        return sentence.format(**filled) if values else sentence

    def error(self, error: InputError) -> str:
        """The error's one line."""
        if self.language == "zh":
            hint = translate_error(error.hint) if error.hint else None
            error = InputError(translate_error(error.what), where=error.where, hint=hint)
        return printable(error.line())


def translate_error(text: str) -> str:
    """Chinese of what an `InputError` says, or the text itself where no pattern fits.

    What stands in a message's blanks may be a message too; what is quoted there is somebody's own word and stays.

    >>> translate_error("no format 'xls'")
    "没有 'xls' 这种格式"
    >>> translate_error("not a Cypher query: LIMIT needs a number")
    '不是 Cypher 查询：LIMIT 后面要有数字'
    """
    if text in ERRORS:
        return ERRORS[text]
    for pattern, chinese in _patterns():
        if match := pattern.fullmatch(text):
            return chinese.format(*(g if g[:1] in ("'", '"') else translate_error(g) for g in match.groups()))
    return text


@lru_cache(maxsize=1)
def _patterns() -> tuple[tuple[re.Pattern[str], str], ...]:
    """What errors are made from, the most specific first."""
    templates = sorted((key for key in ERRORS if "{}" in key), key=lambda key: (-len(key.replace("{}", "")), key))
    return tuple(
        (re.compile("(.+?)".join(map(re.escape, key.split("{}"))), re.DOTALL), ERRORS[key]) for key in templates
    )
