"""The repository's Markdown, copied beside the generated reference, with a table of contents made of `docs/README.md`.

`docs/README.md` is the index that a forge shows: a section for each kind of page, the pages in reading order. The site
has the same sections, so that there is one place where a page is listed.
"""

from __future__ import annotations

import re
import shutil
from pathlib import Path

from documenting.commands import write_commands
from documenting.library import write_library

# What pages in `docs/` link to, copied as files.
_BESIDE = ("LICENSE", "CHANGELOG.md", "CONTRIBUTING.md", "README.md", "seeds/README.md")
_BROKEN = re.compile(
    "(?<=[\u2014\u201c\u201d\u3001-\u9fff\uff00-\uffef])\n *(?=[\u201c\u3008-\u9fff\uff00-\uffef])"
)  # between characters
_GENERATED = "查阅"  # the section of the index that the generated pages stand in


def assemble(root: Path, to: Path) -> None:
    """Write all that Sphinx needs below `to`, laid out as in the repository, so that relative links stay true.

    Args:
        root: the repository.
        to: an empty or missing folder.
    """
    shutil.copytree(root / "docs", to / "docs")
    index = (to / "docs" / "README.md").read_text(encoding="utf-8")
    (to / "docs" / "README.md").unlink()
    for name in (*_BESIDE, *(path.relative_to(root).as_posix() for path in root.glob("notebooks/*.ipynb"))):
        (to / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(root / name, to / name)
    for path in to.rglob("*.md"):
        text = joined(path.read_text(encoding="utf-8"))  # and what leads to the index leads to the site's
        path.write_text(re.sub(r"\]\((\.\./)*docs/(README\.md)?\)", r"](\1index.md)", text), encoding="utf-8")
    generated = [write_commands(to / "reference"), *write_library(root, to / "reference")]
    names = [path.relative_to(to).with_suffix("").as_posix() for path in generated]
    (to / "index.md").write_text(site_index(joined(index), names), encoding="utf-8")


def joined(text: str) -> str:
    """Paragraphs of Chinese in one line, because a browser shows a broken line as a blank between two characters.

    >>> joined("一行，\\n又一行\\nand more\\n\\n```\\n甲\\n乙\\n```\\n")
    '一行，又一行\\nand more\\n\\n```\\n甲\\n乙\\n```\\n'
    """
    parts = re.split(r"(^```.*?^```$)", text, flags=re.MULTILINE | re.DOTALL)
    return "".join(part if part.startswith("```") else _BROKEN.sub("", part) for part in parts)


def site_index(text: str, generated: list[str]) -> str:
    """The index of `docs/` as the site's first page: its links lead from the root, and each section lists its pages.

    Args:
        text: `docs/README.md`.
        generated: names of pages, without ending, which the section of the reference lists last.

    >>> print(site_index("# All\\n\\n## 入门 · First\\n\\n[a](a.md) [b](../B.md#c)", []))
    # All
    <BLANKLINE>
    ## 入门 · First
    <BLANKLINE>
    [a](docs/a.md) [b](B.md#c)
    <BLANKLINE>
    ```{toctree}
    :hidden:
    :caption: 入门 · First
    <BLANKLINE>
    docs/a
    B
    ```
    <BLANKLINE>
    """
    text = re.sub(r"\[[\w./-]+\.md\]\(", "[](", text)  # by its title instead of its file's name
    text = re.sub(r"\]\((?![a-z]+:|\.\./)", "](docs/", text)
    text = re.sub(r"\]\(\.\./", "](", text)
    head, *sections = re.split(r"^(?=## )", text, flags=re.MULTILINE)
    parts = [head.rstrip() + "\n"]
    for section in sections:
        title = section.partition("\n")[0].removeprefix("## ").strip()
        pages = [page.removesuffix(".md") for page in re.findall(r"\]\(([\w./-]+\.md)", section)]
        if title.startswith(_GENERATED):
            pages += generated
        toctree = ["```{toctree}", ":hidden:", f":caption: {title}", "", *dict.fromkeys(pages), "```", ""]
        parts.append("\n".join([section.rstrip(), "", *toctree]))
    return "\n".join(parts)
