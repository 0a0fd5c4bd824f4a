"""`kg gazetteer`: checking, showing, finding and adding names; and that a user's row wins over everything else."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from rich.cells import cell_len

from kg.cli import main
from kg.errors import InputError
from kg.extraction import Extractor, Settings
from kg.gazetteers import (
    add_place,
    check_gazetteers,
    find_meanings,
    find_region,
    gazetteer_folder,
    load_divisions,
    load_places,
    region_tree,
)
from kg.messages import translate_error
from kg.model import Entity, Issue, Kind, Mention, Page, PageRecord

HEADER = "name,kind,subtype,code,parent_code,aliases,source\n"


@pytest.fixture(autouse=True)
def terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    monkeypatch.setenv("LC_ALL", "C")
    for name in ("NO_COLOR", "FORCE_COLOR", "TERMINAL_WIDTH"):
        monkeypatch.delenv(name, raising=False)


def run(*arguments: object) -> int:
    return main([str(argument) for argument in arguments])


# Checking


def problems(folder: Path) -> list[tuple[str, int, str]]:
    return [(problem.file, problem.line, problem.message) for problem in check_gazetteers(folder)]


YAML_HEAD = "# Source: made up for a test\n"
ONTOLOGY = YAML_HEAD + (
    "qualifiers: [原]\ndeputies: [副]\nheads:\n  party:\n    - {rank: 1, words: [书记]}\npeople: [村民]\nnot_posts: [代表团]\n"
    "collective: [区领导]\norgans:\n  party: [委]\nbureaux: [教育]\nbureau_suffixes: [局]\nunits: [科]\ngeneric: [中心]\n"
)
SUFFIXES = YAML_HEAD + "- {kind: ORG, subtype: company, words: [公司]}\n- {kind: PLACE, subtype: site, words: [公园]}\n"


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("places.csv", HEADER + "某园,PLACE,site,,330802,某某园,本报\n,,,,,,\n"),
        ("ontology.yaml", ONTOLOGY),
        ("suffixes.yaml", SUFFIXES),
        ("suffixes.yaml", SUFFIXES + "- {kind: PLACE, subtype: site, weak: true, words: [园, 城]}\n"),
        ("ordinary-words.txt", "# Source: 自编\n花园\n建设\n"),
        ("surnames.csv", "# 来源：自编\nsurname,type,pinyin\n柯,common,Kē\n"),
        ("given-names.csv", "# 来源：自编\nname,people\n扎西,藏\n"),
        ("notes.txt", "anything"),
    ],
)
def test_good_files_have_no_problems(tmp_path: Path, name: str, text: str) -> None:
    (tmp_path / name).write_text(text, encoding="utf-8")
    assert problems(tmp_path) == []


@pytest.mark.parametrize(
    ("name", "text", "line", "part"),
    [
        pytest.param("place.csv", HEADER, 0, "no file of this name", id="a name that nothing reads"),
        pytest.param("places.csv", "名称,出处\n", 0, "expected name,kind", id="header"),
        pytest.param("places.csv", HEADER + "某园,PLACE,village,330802,,,本报\n", 2, "is a county", id="level"),
        pytest.param("places.csv", HEADER + "某园,PLACE,site,,330899,,本报\n", 2, "no division", id="unknown parent"),
        pytest.param("ontology.yaml", ONTOLOGY + "titels: [局长]\n", 16, "unknown key titels", id="unknown key"),
        pytest.param("ontology.yaml", ONTOLOGY.replace("[村民]", "[村民,\n 村民]"), 8, "line 7", id="word twice"),
        pytest.param(
            "ontology.yaml", ONTOLOGY.replace("[村民]", "[村民, 村民]"), 7, "twice", id="word twice in a line"
        ),
        pytest.param("ontology.yaml", ONTOLOGY.replace("[村民]", "[村民 居民]"), 7, "comma", id="a comma missing"),
        pytest.param("ontology.yaml", ONTOLOGY.replace("[村民]", "村民"), 7, "list of words", id="no list"),
        pytest.param("ontology.yaml", ONTOLOGY.replace("[村民]", "[村民"), 8, "no valid YAML", id="bracket open"),
        pytest.param("ontology.yaml", ONTOLOGY.replace("rank: 1", "rank: first"), 6, "rank", id="rank"),
        pytest.param(
            "ontology.yaml", ONTOLOGY.replace("rank: 1", "rang: 1"), 6, "unknown key rang", id="key of a group"
        ),
        pytest.param("ontology.yaml", ONTOLOGY.replace("units: [科]\n", ""), 0, "units is missing", id="missing key"),
        pytest.param("ontology.yaml", ONTOLOGY.removeprefix(YAML_HEAD), 0, "no source", id="ontology without source"),
        pytest.param("ontology.yaml", "# Source: x\n- a\n", 2, "keys", id="a list for a mapping"),
        pytest.param("ontology.yaml", "", 0, "empty", id="empty"),
        pytest.param(
            "suffixes.yaml", SUFFIXES + "- {kind: ORG, subtype: site, words: [厂]}\n", 4, "subtype", id="subtype"
        ),
        pytest.param("suffixes.yaml", SUFFIXES + "- {kind: SITE, words: [厂]}\n", 4, "kind", id="kind"),
        pytest.param(
            "suffixes.yaml", SUFFIXES + "- {kind: ORG, subtype: other, words: [公司]}\n", 4, "line 2", id="two rows"
        ),
        pytest.param(
            "suffixes.yaml", SUFFIXES + "- {kind: ORG, subtype: other, wek: true, words: [社]}\n", 4, "wek", id="flag"
        ),
        pytest.param("suffixes.yaml", YAML_HEAD + "kind: ORG\n", 2, "list of rows", id="a mapping for a list"),
        pytest.param("ordinary-words.txt", "# Source: x\n花园\n花园\n", 3, "line 2", id="ordinary word twice"),
        pytest.param("ordinary-words.txt", "# Source: x\n花园 建设\n", 2, "one word a line", id="two in a line"),
        pytest.param(
            "surnames.csv", "surname,type,pinyin\n柯,common,Kē\n", 0, "no source", id="surnames without source"
        ),
        pytest.param(
            "given-names.csv", "# 来源：x\nname,people\n扎西,藏\n扎西,藏\n", 4, "twice", id="given name twice"
        ),
        pytest.param("surnames.csv", "# 来源：x\nsurname,type,pinyin\n柯,often,Kē\n", 3, "expected", id="surname type"),
    ],
)
def test_problems_have_file_and_line(tmp_path: Path, name: str, text: str, line: int, part: str) -> None:
    (tmp_path / name).write_text(text, encoding="utf-8")
    found = problems(tmp_path)
    assert [each for each in found if each[:2] == (name, line) and part in each[2]], found


@pytest.mark.parametrize("language", ["en", "zh"])
def test_every_kind_of_problem_can_be_said_in_chinese(tmp_path: Path, language: str) -> None:
    (tmp_path / "places.csv").write_text(HEADER + "某园,PLACE,site,,999999,花园,本报\n", encoding="utf-8")
    for problem in check_gazetteers(tmp_path):
        assert translate_error(problem.message) != problem.message


def test_divisions_are_checked_too(tmp_path: Path) -> None:
    import lzma

    folder = tmp_path / "divisions"
    folder.mkdir()
    shutil.copy(gazetteer_folder() / "divisions" / "short-names.csv", folder)
    (folder / "top.tsv").write_text("33\t浙江省\n3308\t衢州市\n330802\t柯城区\n3308\t衢州\n440101\t某区\n", "utf-8")
    block = "330802100\t石梁镇\n330802100200\t某村\n330802100100\t乱村\n330899100200\t孤村\nabc\n"
    (folder / "3308.tsv.xz").write_bytes(lzma.compress(block.encode()))
    (folder / "3309.tsv.xz").write_bytes(b"no archive")
    found = {(file, line) for file, line, _ in problems(tmp_path) if "short-names" not in file}
    assert found == {
        ("divisions", 0),  # no README.md
        ("divisions/top.tsv", 4),
        ("divisions/top.tsv", 5),
        ("divisions/3308.tsv.xz", 3),
        ("divisions/3308.tsv.xz", 5),
        ("divisions/3309.tsv.xz", 0),
    }


@pytest.mark.parametrize("name", ["places.csv", "ontology.yaml", "ordinary-words.txt", "divisions/top.tsv"])
def test_bytes_that_are_no_text_are_a_problem(tmp_path: Path, name: str) -> None:
    (tmp_path / "divisions").mkdir()
    (tmp_path / name).write_bytes("石梁镇，柯城区\t".encode("gb18030"))
    assert (name, 0) in {(file, line) for file, line, _ in problems(tmp_path)}


def test_check_says_where_and_ends_with_1(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "places.csv").write_text(HEADER + "某园,PLACE,site,,999999,,本报\n", encoding="utf-8")
    assert run("gazetteer", "check", tmp_path) == 1
    said = capsys.readouterr()
    assert said.out == ""
    assert f"✗ {tmp_path / 'places.csv'}:2: 某园: no division 999999" in said.err
    assert run("gazetteer", "check", tmp_path, "--lang", "zh") == 1
    assert "某园：没有代码为 999999 的行政区划" in capsys.readouterr().err


def test_check_of_a_good_folder_ends_with_0(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("gazetteer", "check", tmp_path) == 0
    assert "No problems in" in capsys.readouterr().out


def test_check_of_no_folder_ends_with_2(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("gazetteer", "check", tmp_path / "nowhere") == 2
    assert "no such folder" in capsys.readouterr().err


# Showing and finding


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("柯城区", "330802"),
        ("柯城", "330802"),
        ("330802", "330802"),
        ("330802100240", "330802100240"),
        ("浙江省衢州市柯城区石梁镇", "330802100"),
        ("福建省福州市鼓楼区", "350102"),
        ("衢县", "330803"),
        ("浙江", "33"),
    ],
)
def test_one_region(text: str, code: str) -> None:
    assert find_region(load_divisions(), text).code == code


@pytest.mark.parametrize(("text", "part"), [("鼓楼区", "divisions are called"), ("没有此地", "no division is known")])
def test_no_region_or_too_many(text: str, part: str) -> None:
    with pytest.raises(InputError, match=part):
        find_region(load_divisions(), text)


def test_the_tree_of_a_county() -> None:
    tree = region_tree(load_divisions(), "330802", depth=2)
    township = next(each for each in tree.below if each.division.name == "石梁镇")
    assert "白云村" in [each.division.name for each in township.below]
    assert region_tree(load_divisions(), "330802", depth=0).below == ()


@pytest.mark.parametrize("width", [80, 120])
def test_show(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, width: int, tmp_path: Path) -> None:
    monkeypatch.setenv("COLUMNS", str(width))
    add_place(tmp_path, "某某公园", subtype="site", source="本报", parent_code="330802")
    assert run("gazetteer", "show", "柯城区", "--gazetteers", tmp_path) == 0
    said = capsys.readouterr().out
    assert "浙江省衢州市柯城区 330802" in said and "石梁镇 330802100" in said and "某某公园" in said
    assert max(map(cell_len, said.split("\n"))) <= width


def test_show_of_an_ambiguous_name_names_the_choices(capsys: pytest.CaptureFixture[str]) -> None:
    assert run("gazetteer", "show", "鼓楼区") == 2
    assert "福建省福州市鼓楼区 (350102)" in capsys.readouterr().err


@pytest.mark.parametrize("width", [80, 120])
@pytest.mark.parametrize("language", ["en", "zh"])
def test_find_lists_every_candidate_with_its_path(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, width: int, language: str
) -> None:
    monkeypatch.setenv("COLUMNS", str(width))
    assert run("gazetteer", "find", "白云村", "--lang", language) == 0
    said = capsys.readouterr().out
    assert said.count("白云村") > 50
    assert "330802100240" in said and "浙江省›衢州市›柯城区›石梁镇›白云村" in said
    assert max(map(cell_len, said.split("\n"))) <= width


@pytest.mark.parametrize(
    ("name", "within", "found"),
    [
        ("白云村", "330802", {("village", "330802100240")}),
        ("衢县", None, {("historic", "330821")}),
        ("长三角", None, {("site", None)}),
        ("长三角", "330802", set()),
        ("柯城", None, {("county", "330802")}),
        ("没有此地", None, set()),
    ],
)
def test_meanings(name: str, within: str | None, found: set[tuple[str, str | None]]) -> None:
    meanings = find_meanings(load_divisions(), name, within=within)
    assert {(each.level, each.code) for each in meanings} == found


def test_a_users_meaning_comes_first(tmp_path: Path) -> None:
    add_place(tmp_path, "白云村", subtype="site", source="本报", parent_code="330803", aliases=["白云老村"])
    first, *rest = find_meanings(load_divisions(), "白云村", folders=[tmp_path])
    assert (first.source, first.path[-2:]) == (str(tmp_path), ("衢江区", "白云村")) and len(rest) > 50
    (alias,) = find_meanings(load_divisions(), "白云老村", folders=[tmp_path])
    assert (alias.name, alias.note) == ("白云村", "白云老村")


def test_find_of_nothing_ends_with_1(capsys: pytest.CaptureFixture[str]) -> None:
    assert run("gazetteer", "find", "没有此地") == 1
    said = capsys.readouterr()
    assert said.out == "" and "No gazetteer has 没有此地" in said.err


def test_find_prints_json(capsys: pytest.CaptureFixture[str]) -> None:
    assert run("gazetteer", "find", "柯城", "--json") == 0
    (row,) = json.loads(capsys.readouterr().out)
    assert (row["code"], row["path"]) == ("330802", ["浙江省", "衢州市", "柯城区"])


# Adding


def test_add_makes_the_file_and_then_appends(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = tmp_path / "my" / "names"
    words = ("--kind", "site", "--parent", "柯城区", "--source", "园林志, 1999", "--gazetteers", folder)
    assert run("gazetteer", "add", "鹿鸣公园", *words, "--alias", "鹿鸣山公园", "--alias", "鹿鸣园") == 0
    assert run("gazetteer", "add", "某某公司", "--kind", "company", "--source", "本报", "--gazetteers", folder) == 0
    assert "Added: " in capsys.readouterr().out
    park, firm = load_places([folder])[::-1] if load_places([folder])[0].name == "某某公司" else load_places([folder])
    assert (park.name, park.kind, park.subtype, park.parent_code) == ("鹿鸣公园", Kind.PLACE, "site", "330802")
    assert (park.aliases, park.source) == (("鹿鸣山公园", "鹿鸣园"), "园林志, 1999")
    assert (firm.name, firm.kind, firm.parent_code) == ("某某公司", Kind.ORG, None)
    assert (folder / "places.csv").read_text("utf-8").startswith("# 自己的")
    assert check_gazetteers(folder) == []


@pytest.mark.parametrize(
    "before",
    [
        pytest.param(("\ufeff" + HEADER + "甲园,PLACE,site,,,,本报\n").encode(), id="byte order mark"),
        pytest.param((HEADER + "甲园,PLACE,site,,,,本报").encode(), id="no newline at the end"),
        pytest.param((HEADER + "甲园,PLACE,site,,,,本报\n").replace("\n", "\r\n").encode(), id="Windows"),
        pytest.param(("# 我的\n" + HEADER + "甲园,PLACE,site,,,,本报\n\n").encode(), id="comments and blank lines"),
    ],
)
def test_add_leaves_the_rest_as_it_was(tmp_path: Path, before: bytes) -> None:
    path = tmp_path / "places.csv"
    path.write_bytes(before)
    row = add_place(tmp_path, "乙园", subtype="site", source="本报")
    after = path.read_bytes()
    assert after.startswith(before.rstrip(b"\r\n")) and after.count(b"\r\n") in (0, after.count(b"\n"))
    assert [each.name for each in load_places([tmp_path])] == ["乙园", "甲园"]
    assert row.where == next(each.where for each in load_places([tmp_path]) if each.name == "乙园")


@pytest.mark.parametrize(
    ("name", "options", "part"),
    [
        ("甲园", {}, "twice"),
        ("乙园", {"subtype": "sight"}, "subtype"),
        ("乙园", {"source": " "}, "source"),
        (" ", {}, "must not be empty"),
        ("乙", {}, "too short"),
        ("乙园", {"aliases": ["花园"]}, "ordinary word"),
        ("乙园", {"aliases": ["甲园"]}, "also names"),
        ("乙园", {"parent_code": "999999"}, "no division"),
        ("乙园", {"code": "330802"}, "is a county"),
        ("乙\n园", {}, "cannot stand"),
        ("乙;园", {}, "cannot stand"),
        ("=乙园", {}, "cannot stand"),
        ("#乙园", {}, "cannot stand"),
        ("乙园", {"source": "=HYPERLINK(1)"}, "cannot stand"),
    ],
)
def test_a_wrong_row_is_not_written(tmp_path: Path, name: str, options: dict[str, object], part: str) -> None:
    path = tmp_path / "places.csv"
    path.write_text(HEADER + "甲园,PLACE,site,,,,本报\n", "utf-8")
    before = path.read_bytes()
    with pytest.raises(InputError, match=part):
        add_place(tmp_path, name, **{"subtype": "site", "source": "本报", **options})  # type: ignore[arg-type]
    assert path.read_bytes() == before


@pytest.mark.parametrize(
    "arguments",
    [
        ["add", "乙园", "--kind", "site", "--gazetteers", "x"],
        ["add", "乙园", "--source", "x", "--gazetteers", "x"],
        ["add", "乙园", "--kind", "site", "--source", "x"],
        ["show", "柯城区", "--depth", "9"],
        ["show", "没有此地"],
        ["find", "白云村", "--within", "鼓楼区"],
        ["find", "白云村", "--gazetteers", "nowhere"],
        ["nonsense"],
    ],
)
def test_wrong_arguments_are_2(capsys: pytest.CaptureFixture[str], arguments: list[str]) -> None:
    assert run("gazetteer", *arguments) == 2
    assert "Traceback" not in capsys.readouterr().err


# A user's row wins

OWN = """\
石梁镇,PLACE,site,,330802,,本报
白云公园,PLACE,site,,330802,,本报
白云村文化广场,PLACE,site,,330802100,,本报
白云村文化广场老年学堂,ORG,school,,330802100,,本报
长三角,ORG,company,,330802,,本报
王大明,ORG,company,,330802,大明修车铺,本报
柯城书院,PLACE,site,,330802,书院里,本报
老航埠,PLACE,township,330802101,330802,,本报
柯城区教育局,PLACE,site,,330802,,本报
共同富裕,ORG,other,,330802,,本报
"""


@pytest.fixture(scope="module")
def own(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("own")
    (folder / "places.csv").write_text(HEADER + OWN, encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def extractor(own: Path) -> Extractor:
    return Extractor(Settings(gazetteers=(own,)))


def page(text: str) -> Page:
    issue = Issue("今日柯城", "2021-01-20", "浙江省衢州市柯城区", "330802")
    return Page("1.txt", "1.txt", "0" * 64, text, issue, 1)


def meant(record: PageRecord, surface: str) -> list[tuple[Mention, Entity, bool]]:
    links = {link.mention: link for link in record.links}
    entities = {entity.id: entity for entity in record.entities}
    return [
        (mention, entities[links[mention.id].entity], links[mention.id].nil)
        for mention in record.mentions
        if mention.surface.replace("\n", "") == surface
    ]


@pytest.mark.parametrize(
    ("text", "surface", "kind", "subtype", "name"),
    [
        pytest.param("昨日，他到石梁镇调研。", "石梁镇", "PLACE", "site", "石梁镇", id="a division of the same name"),
        pytest.param("昨日，他到石梁镇白云村调研。", "石梁镇", "PLACE", "site", "石梁镇", id="a division in a chain"),
        pytest.param(
            "石梁镇党委书记王小明说。", "石梁镇", "PLACE", "site", "石梁镇", id="an organ that begins with it"
        ),
        pytest.param("白云公园管理处昨日成立。", "白云公园", "PLACE", "site", "白云公园", id="a longer name"),
        pytest.param(
            "在衢州市白云公园里散步。", "白云公园", "PLACE", "site", "白云公园", id="a longer name with region"
        ),
        pytest.param(
            "他们来到白云村文化广场参观。", "白云村文化广场", "PLACE", "site", "白云村文化广场", id="a shorter division"
        ),
        pytest.param(
            "白云村文化广场老年学堂昨日开学。",
            "白云村文化广场老年学堂",
            "ORG",
            "school",
            "白云村文化广场老年学堂",
            id="the longer of two own names",
        ),
        pytest.param("长三角昨日签约。", "长三角", "ORG", "company", "长三角", id="a row of the package"),
        pytest.param("区委书记王大明昨日到村里。", "王大明", "ORG", "company", "王大明", id="a person behind a post"),
        pytest.param(
            "本报讯（记者 王大明）昨日下雪。", "王大明", "ORG", "company", "王大明", id="a person in a byline"
        ),
        pytest.param("他在大明修车铺工作。", "大明修车铺", "ORG", "company", "王大明", id="by an alias"),
        pytest.param("大家在书院里听课。", "书院里", "PLACE", "site", "柯城书院", id="an alias of ordinary words"),
        pytest.param("柯城区教育局昨日开会。", "柯城区教育局", "PLACE", "site", "柯城区教育局", id="an organ in full"),
        pytest.param("为推进共同富裕而努力。", "共同富裕", "ORG", "other", "共同富裕", id="no name for anybody else"),
        pytest.param(
            "老人家开学\n昨日上午，他们一行来到了白云村文\n化广场参观。",
            "白云村文化广场",
            "PLACE",
            "site",
            "白云村文化广场",
            id="a broken line",
        ),
    ],
)
def test_a_users_row_always_wins(
    extractor: Extractor, text: str, surface: str, kind: str, subtype: str, name: str
) -> None:
    found = meant(extractor.read(page(text)), surface)
    assert [(m.kind, e.subtype, e.name, nil) for m, e, nil in found] == [(kind, subtype, name, False)]


def test_a_users_row_with_a_code_is_that_division(extractor: Extractor) -> None:
    ((_, entity, nil),) = meant(extractor.read(page("昨日，他到老航埠调研。")), "老航埠")
    assert (entity.code, entity.subtype, nil) == ("330802101", "township", False)


def test_a_users_row_lies_in_its_parent(extractor: Extractor) -> None:
    record = extractor.read(page("昨日，他到白云村文化广场参观。"))
    ((_, entity, _),) = meant(record, "白云村文化广场")
    parents = {fact.object for fact in record.facts if fact.relation == "PART_OF" and fact.subject == entity.id}
    assert [each.code for each in record.entities if each.id in parents] == ["330802100"]


def test_where_no_row_of_the_user_stands_nothing_changes(extractor: Extractor) -> None:
    text = "区委书记李小红昨日到航埠镇严村调研，柯城区农业农村局、大宗公司负责人陪同。"
    assert extractor.read(page(text)) == Extractor(Settings()).read(page(text))


def test_of_two_folders_the_later_wins(own: Path, tmp_path: Path) -> None:
    (tmp_path / "places.csv").write_text(HEADER + "白云公园,ORG,company,,330803,,本报\n", encoding="utf-8")
    record = Extractor(Settings(gazetteers=(own, tmp_path))).read(page("白云公园管理处昨日成立。"))
    assert [(m.kind, e.subtype) for m, e, _ in meant(record, "白云公园")] == [("ORG", "company")]


def test_build_takes_the_folder(own: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "1.txt").write_text("柯城区石梁镇\n他们来到白云村文化广场参观。", "utf-8")
    words = (tmp_path / "1.txt", "--out", tmp_path / "out", "--gazetteers", own)
    assert run("build", *words) == 0
    assert run("export", tmp_path / "out", "--format", "jsonl", "--to", tmp_path / "to") == 0
    assert '"白云村文化广场"' in (tmp_path / "to" / "mentions.jsonl").read_text("utf-8")
    capsys.readouterr()
    with (own / "places.csv").open("a", encoding="utf-8") as stream:
        stream.write("# 多了一行\n")
    assert run("build", *words) == 0
    assert "1 pages read" in capsys.readouterr().out  # a changed row is read anew
