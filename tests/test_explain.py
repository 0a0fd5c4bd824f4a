"""`kg explain`: every mention with its rule, candidates and losers, every fact with its sentences; page and terminal."""

from __future__ import annotations

import io
import json
import re
import sys
from html.parser import HTMLParser
from pathlib import Path

import pytest
from rich.cells import cell_len

from kg.cli import main
from kg.errors import InputError
from kg.explain import Explanation, explain_page, read_loose_page, with_issue
from kg.explain.html import render_html, write_html
from kg.extraction import Extractor
from kg.gazetteers import load_divisions
from kg.model import Issue, Page
from kg.pages import read_pages

ROOT = Path(__file__).resolve().parent.parent
SEEDS = ROOT / "seeds"
TEXT = "区委书记李小红昨日到石梁镇白云村调研。她来到柯城区花之语农业有限公司，区农业农村局负责人陪同。"


@pytest.fixture(scope="module")
def extractor() -> Extractor:
    return Extractor()


def page(text: str) -> Page:
    issue = Issue("今日柯城", "2021-01-20", "浙江省衢州市柯城区", "330802")
    return Page("1.txt", "1.txt", "0" * 64, text, issue, 1)


@pytest.fixture(scope="module")
def explanation(extractor: Extractor) -> Explanation:
    return explain_page(page(TEXT), extractor)


# Reasons


def test_what_is_explained_is_what_is_read(extractor: Extractor) -> None:
    for read in read_pages([SEEDS]).pages[:2]:
        record = extractor.read(read)
        explained = explain_page(read, extractor)
        assert sorted(each.mention.id for each in explained.mentions) == sorted(each.id for each in record.mentions)
        assert sorted(each.fact.id for each in explained.facts) == sorted(each.id for each in record.facts)
        assert extractor.read(read) == record  # looking on changes nothing


def test_a_mention_has_its_rule_candidates_and_path(explanation: Explanation) -> None:
    (village,) = (each for each in explanation.mentions if each.surface == "白云村")
    assert village.mention.rule == "division.village" and village.family == "division"
    assert (village.entity.code, village.nil) == ("330802100240", False)
    assert village.path == ("浙江省", "衢州市", "柯城区", "石梁镇")
    best = village.candidates[0]
    assert best.code == village.entity.code and best.score == sum(weight or 0 for _, weight in best.features)
    assert "chain" in dict(best.features)


def test_what_overlapped_and_lost_has_a_reason(explanation: Explanation) -> None:
    (firm,) = (each for each in explanation.mentions if each.surface.endswith("有限公司"))
    assert [(lost.surface, lost.reason) for lost in firm.losers if lost.rule == "division.full"] == [("柯城区", "rank")]
    for each in explanation.mentions:
        for lost in each.losers:
            assert lost.start < each.end and each.start < lost.end
            assert (lost.start, lost.end, lost.kind) != (each.start, each.end, each.mention.kind)


def test_positions_hold(explanation: Explanation, extractor: Extractor) -> None:
    for each in (*explanation.mentions, *explain_page(read_pages([SEEDS]).pages[1], extractor).mentions):
        assert each.surface.replace(" ", "") in re.sub(r"\s", "", each.mention.surface) or each.surface


def test_a_fact_has_the_sentences_that_say_it(explanation: Explanation) -> None:
    (visit,) = (each for each in explanation.facts if each.fact.relation == "VISITED" and each.object == "白云村")
    assert visit.subject == "李小红"
    assert visit.sentences[0] == (0, "区委书记李小红昨日到石梁镇白云村调研。")
    (post,) = (each for each in explanation.facts if each.fact.relation == "HOLDS_ROLE" and each.subject == "李小红")
    assert post.object == "柯城区委书记"


def test_what_the_divisions_say_comes_last(explanation: Explanation) -> None:
    sources = [each.fact.source for each in explanation.facts]
    assert sources == sorted(sources, key=["text", "gazetteer"].index) and set(sources) == {"text", "gazetteer"}


@pytest.mark.parametrize(
    ("name", "surfaces"), [("白云", {"白云村"}), ("李小红", {"李小红"}), ("没有", set()), ("柯城区委", {"区委"})]
)
def test_only_about_a_name(explanation: Explanation, name: str, surfaces: set[str]) -> None:
    about = explanation.about(name)
    assert {each.surface for each in about.mentions} == surfaces
    assert all(name in each.subject or name in each.object for each in about.facts)


def test_rows_are_json(explanation: Explanation) -> None:
    rows = json.loads(json.dumps(explanation.as_rows(), ensure_ascii=False))
    assert rows["doc"] == "1.txt" and rows["region"] == "浙江省衢州市柯城区"
    assert TEXT[rows["mentions"][0]["start"] : rows["mentions"][0]["end"]] == rows["mentions"][0]["text"]


@pytest.mark.parametrize("text", ["", "\n \n", "天气很好。"])
def test_a_page_without_names(extractor: Extractor, text: str) -> None:
    explained = explain_page(page(text), extractor)
    assert explained.mentions == () and explained.facts == ()
    assert "<html" in render_html(explained)


# Loose text


@pytest.mark.parametrize(
    ("raw", "text"),
    [
        (TEXT.encode(), TEXT),
        (TEXT.encode("gb18030"), TEXT),
        (b"\xef\xbb\xbf" + TEXT.encode(), TEXT),
        ((TEXT + "\r\n").encode(), TEXT + "\r\n"),
    ],
)
def test_loose_text_becomes_a_page(raw: bytes, text: str) -> None:
    read = read_loose_page(raw, load_divisions())
    assert (read.id, read.text) == ("-", text)


@pytest.mark.parametrize("raw", [b"", b"  \n", b"no Chinese here", bytes(range(256)) * 8])
def test_what_is_no_text_is_refused(raw: bytes) -> None:
    with pytest.raises(InputError):
        read_loose_page(raw, load_divisions())


@pytest.mark.parametrize(
    ("region", "code"), [("柯城区", "330802"), ("330802", "330802"), ("浙江省杭州市", "3301"), (None, "330802")]
)
def test_the_region_that_is_given(region: str | None, code: str) -> None:
    issue = with_issue(page(TEXT), load_divisions(), region=region).issue
    assert issue.region_code == code


@pytest.mark.parametrize(
    ("date", "iso"), [("2021-01-20", "2021-01-20"), ("2020年3月", "2020-03"), ("2019", "2019"), (None, "2021-01-20")]
)
def test_the_date_that_is_given(date: str | None, iso: str) -> None:
    assert with_issue(page(TEXT), load_divisions(), date=date).issue.date == iso


@pytest.mark.parametrize(
    "given", [{"region": "鼓楼区"}, {"region": "没有此地"}, {"date": "昨天"}, {"date": "2021-13-01"}]
)
def test_no_such_region_or_date(given: dict[str, str]) -> None:
    with pytest.raises(InputError):
        with_issue(page(TEXT), load_divisions(), **given)


# The web page


class Elements(HTMLParser):
    """Tags and attributes of a page, and its text."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.text = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.text += data


def test_the_web_page_shows_names_and_reasons(explanation: Explanation) -> None:
    elements = Elements()
    elements.feed(render_html(explanation))
    assert [tag for tag, _ in elements.tags].count("mark") == len(explanation.mentions) + 3  # and the legend
    for part in ("白云村", "division.village", "330802100240", "chain +6", "李小红", "VISITED", "重叠"):
        assert part in elements.text
    ids = [attributes["id"] for _, attributes in elements.tags if "id" in attributes]
    assert len(ids) == len(set(ids))
    targets = {str(attributes["href"]).removeprefix("#") for tag, attributes in elements.tags if tag == "a"}
    assert targets <= set(ids)


def test_the_web_page_loads_and_runs_nothing(extractor: Extractor) -> None:
    html = render_html(explain_page(read_pages([SEEDS]).pages[0], extractor))
    elements = Elements()
    elements.feed(html)
    assert not {tag for tag, _ in elements.tags} & {"script", "link", "img", "iframe", "object", "base", "form"}
    assert not re.search(r"https?://|url\(|@import|javascript:", html)
    assert "default-src 'none'" in html


@pytest.mark.parametrize(
    "evil",
    [
        "<script>alert(1)</script>",
        "</style><img src=x onerror=alert(1)>",
        "{text}{0}%s",
        '" onmouseover="alert(1)',
        "&lt;b&gt;",
        "\x1b[31m\u202e",
    ],
)
def test_hostile_text_stays_text(extractor: Extractor, evil: str) -> None:
    text = f"区委书记李小红到石梁镇{evil}调研\n昨日，区委书记李小红到石梁镇白云村{evil}调研。柯城区{evil}有限公司开业。"
    read = page(text)
    hostile = Page(evil, evil, read.sha256, text, Issue(evil, "2021-01-20", evil, "330802"), 1)
    html = render_html(explain_page(hostile, extractor))
    elements = Elements()
    elements.feed(html)
    assert {tag for tag, _ in elements.tags} <= {
        *("html", "head", "meta", "title", "style", "body", "h1", "h2", "p", "mark", "small", "a", "div", "span", "br"),
        *("table", "thead", "tbody", "tr", "th", "td"),
    }
    assert not any(name.startswith("on") for _, attributes in elements.tags for name in attributes)
    assert not set("\x1b\u202e") & set(html)


def test_writing_the_web_page(explanation: Explanation, tmp_path: Path) -> None:
    write_html(explanation, tmp_path / "why.html")
    assert (tmp_path / "why.html").read_text("utf-8") == render_html(explanation)
    with pytest.raises(InputError):
        write_html(explanation, tmp_path / "nowhere" / "why.html")


# The command


@pytest.fixture(autouse=True)
def terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    monkeypatch.setenv("LC_ALL", "C")
    for name in ("NO_COLOR", "FORCE_COLOR", "TERMINAL_WIDTH"):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture(autouse=True)
def one_extractor(monkeypatch: pytest.MonkeyPatch, extractor: Extractor) -> None:
    monkeypatch.setattr("kg.extraction.Extractor", lambda _settings: extractor)


def feed(monkeypatch: pytest.MonkeyPatch, raw: bytes) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(raw)))


@pytest.mark.parametrize("width", [80, 120])
@pytest.mark.parametrize("language", ["en", "zh"])
def test_a_page_on_the_terminal(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, width: int, language: str
) -> None:
    monkeypatch.setenv("COLUMNS", str(width))
    path = SEEDS / "001_f17a095ea133b679.txt"
    assert main(["explain", str(path), "--lang", language]) == 0
    said = capsys.readouterr().out
    assert "division." in said and "→" in said and "✓" in said and "✗" in said
    assert ("事实" in said) is (language == "zh")
    assert max(map(cell_len, said.split("\n"))) <= width
    assert not any(re.match(r" *[，。、；）]", line) for line in said.split("\n"))


@pytest.mark.parametrize("arguments", [[], ["-"]])
def test_text_on_standard_input(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, arguments: list[str]
) -> None:
    feed(monkeypatch, TEXT.encode())
    assert main(["explain", *arguments, "--region", "柯城区", "--date", "2021-01-20"]) == 0
    said = capsys.readouterr().out
    assert "330802100240" in said and "VISITED 李小红 → 白云村 2021-01-19" in said


def test_the_region_changes_what_is_meant(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    codes = []
    for region in ("浙江省衢州市柯城区", "安徽省铜陵市郊区"):
        feed(monkeypatch, "他昨日到白云村调研，在白云村开会。".encode())
        main(["explain", "--region", region, "--json"])
        rows = json.loads(capsys.readouterr().out)
        codes.append({row["entity"]["code"] for row in rows["mentions"] if row["text"] == "白云村"})
    assert codes == [{"330802100240"}, {"340711103205"}]


def test_html_goes_to_a_file(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    feed(monkeypatch, TEXT.encode())
    assert main(["explain", "--region", "柯城区", "--html", str(tmp_path / "why.html")]) == 0
    said = capsys.readouterr()
    assert said.out == "" and str(tmp_path / "why.html") in said.err
    assert "白云村" in (tmp_path / "why.html").read_text("utf-8")


def test_nothing_found_is_1(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    feed(monkeypatch, "天气很好。".encode())
    assert main(["explain"]) == 1
    assert "Nothing was found" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("arguments", "raw", "part"),
    [
        (["nowhere.txt"], b"", "no such file or folder"),
        ([str(SEEDS)], b"", "one page at a time"),
        ([str(SEEDS / "*.txt")], b"", "one page at a time"),
        ([], b"", "the file is empty"),
        ([], b"english only", "no Chinese"),
        (["--region", "鼓楼区"], TEXT.encode(), "divisions are called 鼓楼区"),
        (["--date", "gestern"], TEXT.encode(), "gestern is no date"),
        (["--gazetteers", "nowhere"], TEXT.encode(), "no such folder"),
    ],
)
def test_bad_input_is_one_line_and_2(
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    arguments: list[str],
    raw: bytes,
    part: str,
) -> None:
    feed(monkeypatch, raw)
    assert main(["explain", *arguments]) == 2
    said = capsys.readouterr()
    assert said.out == "" and part in said.err and said.err.count("\n") == 1


def test_names_from_pages_cannot_steer_the_terminal(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    feed(monkeypatch, "区委书记李小红到石梁镇[red]\u202e\u0085白云村调研。".encode())
    main(["explain", "--region", "柯城区"])
    said = capsys.readouterr().out
    assert not set("\x1b\u202e\u0085") & set(said)
