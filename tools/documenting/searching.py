"""Chinese search in the site: pages and questions are cut alike, so that whatever stands in a page is found.

Sphinx cuts pages into words with jieba but leaves the question whole, for there is no jieba in a browser: 区委书记调研
finds nothing. Here both are cut into pairs of neighbouring characters (区委 委书 书记 …), as Lucene's CJKAnalyzer does, and a page
must have all of them.
"""

from __future__ import annotations

import re

from sphinx.search import SearchLanguage

_HAN = "\\u3400-\\u9fff"  # written alike in Python's and JavaScript's regular expressions
_RUN = re.compile(f"[{_HAN}]+|[^\\W{_HAN}]+")

_SPLITTER = f"""
var splitQuery = (query) => (query.match(/[{_HAN}]+|(?:(?![{_HAN}])[\\p{{Letter}}\\p{{Number}}_])+/gu) || []).flatMap(
  (run) => !/[{_HAN}]/u.test(run) || run.length < 2 ? [run]
    : Array.from({{ length: run.length - 1 }}, (_, at) => run.slice(at, at + 2)));
"""


def cut(text: str) -> list[str]:
    """Pairs of neighbouring Han characters, single ones, and words of other scripts.

    >>> cut("区委书记 --since 村")
    ['区委', '委书', '书记', '区', '委', '书', '记', 'since', '村']
    """
    terms: list[str] = []
    for run in _RUN.findall(text):
        if re.match(f"[{_HAN}]", run):
            terms += [run[at : at + 2] for at in range(len(run) - 1)] + list(run) * (len(run) > 1)
        if len(run) == 1 or not re.match(f"[{_HAN}]", run):
            terms.append(run)
    return terms


class SearchChineseByPairs(SearchLanguage):
    """The search language `zh` with pairs of characters for words."""

    lang = "zh"
    language_name = "Chinese"
    js_splitter_code = _SPLITTER

    def split(self, input: str) -> list[str]:
        """Cut the text of a page."""
        return cut(input)

    def stem(self, word: str) -> str:
        """Upper and lower case are one; nothing else is taken off."""
        return word.lower()
