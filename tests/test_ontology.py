"""Posts as printed, generic names, and files that are not of their form."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import pytest

from kg.errors import InputError
from kg.ontology import FILE, Ontology, load_ontology
from kg.suffixes import load_suffixes


@pytest.fixture(scope="module")
def ontology() -> Ontology:
    return load_ontology()


@pytest.mark.parametrize(
    ("text", "titles"),
    [
        pytest.param("县委书记", ["书记"], id="head behind a body"),
        pytest.param("县委常委、常务副县长", ["常委", "常务副县长"], id="deputy belongs to the post"),
        pytest.param("原副主任、时任局长", ["原副主任", "时任局长"], id="qualifiers"),
        pytest.param("第一书记", ["第一书记"], id="first secretary"),
        pytest.param("党总支书记、党支部书记", ["党总支书记", "党支部书记"], id="longest head"),
        pytest.param("驻村工作队队长", ["驻村工作队队长"], id="team leader"),
        pytest.param("一级主任科员、四级调研员", ["一级主任科员", "四级调研员"], id="ranks"),
        pytest.param("副董事长兼总经理", ["副董事长", "总经理"], id="two posts"),
        pytest.param("县领导", ["县领导"], id="collective"),
        pytest.param("村民、居民、牧民", ["村民", "居民", "牧民"], id="occupations"),
        pytest.param("见习记者", ["见习记者"], id="media"),
        pytest.param("人大代表", ["人大代表"], id="deputy of the congress"),
        pytest.param("县一中校长、高中校长", ["校长", "校长"], id="no officer in a school"),
        pytest.param("道路交通、天气晴好", [], id="no post"),
        pytest.param("书本、记录、县城、主题", [], id="halves of posts"),
        pytest.param("", [], id="empty"),
        pytest.param("成长、增长、延长、特长", [], id="long, not a head"),
    ],
)
def test_find_titles(ontology: Ontology, text: str, titles: list[str]) -> None:
    assert [title.text for title in ontology.find_titles(text)] == titles


def test_titles_know_where_they_stand(ontology: Ontology) -> None:
    (title,) = ontology.find_titles("任县原副书记的")
    assert (title.start, title.head_start, title.end) == (2, 4, 6)
    assert (title.text, title.head, title.group, title.rank) == ("原副书记", "书记", "party", 1)


def test_titles_do_not_overlap(ontology: Ontology) -> None:
    titles = ontology.find_titles("副书记副主任原原副副局长、总总经理村民代表主席团主席")
    assert all(a.end <= b.start for a, b in pairwise(titles))
    assert all(title.start <= title.head_start < title.end for title in titles)


@pytest.mark.parametrize(
    ("core", "generic"),
    [
        pytest.param("综合信息指挥室", True, id="office"),
        pytest.param("社区卫生服务中心", True, id="health centre"),
        pytest.param("新时代文明实践中心", True, id="practice centre"),
        pytest.param("第一小学", True, id="numbered school"),
        pytest.param("经济开发区", True, id="zone"),
        pytest.param("", True, id="nothing"),
        pytest.param("鸿福家园", False, id="estate"),
        pytest.param("默锐科技", False, id="company"),
        pytest.param("青杠坡陵园", False, id="cemetery"),
        pytest.param("凤凰小学", False, id="named school"),
        pytest.param("Ａ座", False, id="letter"),
    ],
)
def test_is_generic(ontology: Ontology, core: str, generic: bool) -> None:
    assert ontology.is_generic(core, load_suffixes().by_word) is generic


def test_lists_have_no_word_twice_in_other_tracks(ontology: Ontology) -> None:
    """Organs and heads are different words: 书记 is nobody's body, 教育局 nobody's post."""
    assert not set(ontology.organs) & set(ontology.heads)


@pytest.mark.parametrize(
    "yaml",
    [
        pytest.param(None, id="no file"),
        pytest.param("heads: [", id="no YAML"),
        pytest.param("heads: 1\npeople: [a]\n", id="heads no mapping"),
        pytest.param("heads: {}\npeople: 3\n", id="people no list"),
        pytest.param(
            "heads: {}\npeople: []\ncollective: []\nqualifiers: []\ndeputies: []\norgans: []\n", id="organs no mapping"
        ),
    ],
)
def test_bad_files_are_input_errors(tmp_path: Path, yaml: str | None) -> None:
    if yaml is not None:
        (tmp_path / FILE).write_text(yaml, "utf-8")
    with pytest.raises(InputError) as caught:
        load_ontology(tmp_path)
    assert "\n" not in str(caught.value)
