"""`--spacy-model`: any installed spaCy pipeline adds names, shown with a small one made here."""

from __future__ import annotations

from pathlib import Path

import pytest
import spacy
from spacy.language import Language
from spacy.tokens import Doc

from kg.articles import split_articles
from kg.cli import main
from kg.errors import InputError
from kg.extraction import Extractor, Settings
from kg.mentions import resolve_overlaps
from kg.mentions.outside import LABELS, outside_finder
from kg.model import Issue, Kind, Page
from kg.ontology import load_ontology
from kg.sheet import Sheet, lay_out

RULES = [
    {"label": "PERSON", "pattern": "阿卜杜拉"},
    {"label": "GPE", "pattern": "桃源里镇"},
    {"label": "LOC", "pattern": "“百花谷”"},
    {"label": "ORG", "pattern": "风之子公司"},
    {"label": "FAC", "pattern": "那座桥"},
    {"label": "DATE", "pattern": "昨日上午"},
    {"label": "PERSON", "pattern": "谁"},
    {"label": "ORG", "pattern": "2021"},
    {"label": "PLACE", "pattern": "柯城"},
]


@pytest.fixture(scope="module")
def model(tmp_path_factory: pytest.TempPathFactory) -> Path:
    nlp = spacy.blank("zh")
    nlp.add_pipe("entity_ruler").add_patterns(RULES)  # type: ignore[attr-defined]
    folder = tmp_path_factory.mktemp("models") / "zh_small"
    nlp.to_disk(folder)
    return folder


def page(text: str) -> Page:
    issue = Issue("今日柯城", "2021-01-20", "浙江省衢州市柯城区", "330802")
    return Page("1.txt", "1.txt", "0" * 64, text, issue, 1)


def sheet(text: str) -> Sheet:
    read = page(text)
    return lay_out(read, split_articles(read), ontology=load_ontology(), tagger=None)


@pytest.mark.parametrize(
    ("text", "surface", "kind", "subtype", "rule"),
    [
        ("他见到了阿卜杜拉。", "阿卜杜拉", Kind.PERSON, None, "outside.person"),
        ("他来到桃源里镇。", "桃源里镇", Kind.PLACE, "township", "outside.gpe"),
        ("他来到“百花谷”游玩。", "百花谷", Kind.PLACE, "site", "outside.loc"),
        ("这是风之子公司的车。", "风之子公司", Kind.ORG, "company", "outside.org"),
        ("他走过那座桥回家。", "那座桥", Kind.PLACE, "site", "outside.fac"),
        ("第一段。\n第二段里有阿卜杜拉。", "阿卜杜拉", Kind.PERSON, None, "outside.person"),
        ("他（阿卜杜拉）说。", "阿卜杜拉", Kind.PERSON, None, "outside.person"),
    ],
)
def test_entities_become_finds(
    model: Path, text: str, surface: str, kind: Kind, subtype: str | None, rule: str
) -> None:
    laid = sheet(text)
    (find,) = outside_finder(str(model))(laid)
    assert laid.text[find.start : find.end] == surface
    assert (find.kind, find.subtype, find.rule, find.family) == (kind, subtype, rule, "tagger")


@pytest.mark.parametrize("text", ["昨日上午下雨。", "谁来了？", "2021年到了。", "没有名字。", "", "\n\n"])
def test_other_entities_are_none(model: Path, text: str) -> None:
    assert outside_finder(str(model))(sheet(text)) == []


def test_labels_of_common_models_are_known() -> None:
    assert {LABELS[label] for label in ("PERSON", "GPE", "ORG", "FAC", "LOC")} == {Kind.PERSON, Kind.PLACE, Kind.ORG}
    assert not {"DATE", "TIME", "MONEY", "CARDINAL", "NORP", "EVENT", "LAW", "LANGUAGE"} & set(LABELS)


def test_finds_of_ours_win(model: Path) -> None:
    from kg.mentions import Found

    laid = sheet("风之子公司昨日成立。")
    ours = Found(0, 3, Kind.PLACE, "site", "known", "known.short", 0.5)
    assert resolve_overlaps([*outside_finder(str(model))(laid), ours]) == [ours]


@Language.component("only_rules_no_names")
def only_rules_no_names(doc: Doc) -> Doc:
    return doc


def test_what_is_no_pipeline_for_names_is_told(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="no spaCy pipeline zh_nowhere"):
        outside_finder("zh_nowhere")
    blank = spacy.blank("zh")
    blank.add_pipe("sentencizer")
    blank.to_disk(tmp_path / "blank")
    with pytest.raises(InputError, match="nothing in this spaCy pipeline finds names"):
        outside_finder(str(tmp_path / "blank"))
    (tmp_path / "broken").mkdir()
    (tmp_path / "broken" / "meta.json").write_text("{", "utf-8")
    with pytest.raises(InputError):
        outside_finder(str(tmp_path / "broken"))


@pytest.mark.parametrize("command", ["build", "explain"])
def test_a_model_that_is_not_there_is_one_line(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, command: str
) -> None:
    monkeypatch.setenv("LC_ALL", "C")
    (tmp_path / "1.txt").write_text("昨日上午，他们见到了阿卜杜拉。", "utf-8")
    out = ["--out", str(tmp_path / "out")] if command == "build" else []
    assert main([command, str(tmp_path / "1.txt"), *out, "--spacy-model", "zh_nowhere"]) == 2
    said = capsys.readouterr()
    assert [line for line in said.err.split("\n") if line.startswith("✗")] == [
        "✗ --spacy-model: no spaCy pipeline zh_nowhere — name an installed package such as zh_core_web_sm, "
        "or the folder of a saved pipeline"
    ]


def test_the_model_adds_names_to_what_is_read(model: Path) -> None:
    text = "当时天色已晚，客人阿卜杜拉还在等。柯城区的灯都亮了。"
    plain = Extractor(Settings()).read(page(text))
    more = Extractor(Settings(spacy_model=str(model))).read(page(text))
    added = {(mention.surface, mention.rule) for mention in more.mentions} - {
        (mention.surface, mention.rule) for mention in plain.mentions
    }
    assert added == {("阿卜杜拉", "outside.person")}
    # What our own finders know stays theirs.
    kept = {(mention.surface, mention.rule) for mention in plain.mentions}
    assert kept <= {(mention.surface, mention.rule) for mention in more.mentions}
