"""Reading pages: files and encodings, manifests, mastheads, what is inferred."""

from __future__ import annotations

import codecs
import random
from pathlib import Path

import pytest

from kg.errors import InputError
from kg.gazetteers import Divisions, load_divisions
from kg.pages import infer_region, read_manifest, read_pages, read_path_clues, read_text_clues
from kg.pages.clues import Clues
from kg.pages.decoding import decode_page
from kg.pages.issues import infer_date
from kg.pages.manifest import read_date

SEEDS = Path(__file__).parent.parent / "seeds"
TEXT = "河西乡召开春耕动员会\r\n本报讯（记者 周海燕）3月5日，河西乡召开春耕动员会，全乡干部参加会议。\n"


@pytest.fixture(scope="module")
def divisions() -> Divisions:
    return load_divisions()


def write(path: Path, content: str | bytes) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


def copy_seeds(folder: Path) -> Path:
    for path in SEEDS.glob("*.txt"):
        write(folder / path.name, path.read_bytes())
    return folder


@pytest.mark.parametrize(
    "raw",
    [
        TEXT.encode(),
        codecs.BOM_UTF8 + TEXT.encode(),
        TEXT.encode("gb18030"),
        codecs.BOM_UTF16_LE + TEXT.encode("utf-16-le"),
        codecs.BOM_UTF16_BE + TEXT.encode("utf-16-be"),
    ],
    ids=["utf-8", "utf-8 bom", "gb18030", "utf-16 le", "utf-16 be"],
)
def test_decodes_and_keeps_newlines(raw: bytes) -> None:
    assert decode_page(raw, where="x") == TEXT


@pytest.mark.parametrize(
    ("raw", "words"),
    [
        (b"", "empty"),
        (" 　\r\n".encode(), "empty"),
        (codecs.BOM_UTF8, "empty"),
        (b"no Chinese here\n", "no Chinese"),
        (b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR", "binary"),
        (TEXT.encode() + b"\xff\xfe\xff", "neither UTF-8"),
        ("會議強調，縣政府將繼續推動農業發展，讓農民增加收入。".encode("big5"), "neither UTF-8"),
        (codecs.BOM_UTF16_LE + b"\x00\xd8\x41", "UTF-16"),
        ("café très été à côté".encode("latin-1"), "neither UTF-8"),
    ],
)
def test_refuses_what_is_no_page(raw: bytes, words: str) -> None:
    with pytest.raises(InputError, match=words):
        decode_page(raw, where="x")


def test_seeds_with_their_manifest() -> None:
    found = read_pages([SEEDS])
    assert found.problems == ()
    assert [page.id[:3] for page in found.pages] == ["000", "001", "002", "003", "004"]
    page = found.pages[0]
    assert (page.issue.newspaper, page.issue.date, page.issue.region_code, page.number) == (
        "今日柯城",
        "2021-09-06",
        "330802",
        1,
    )
    assert page.issue.inferred == ()
    assert found.pages[2].issue.number == "1768"


def test_seeds_without_a_manifest(tmp_path: Path) -> None:
    found = read_pages([copy_seeds(tmp_path)])
    assert found.problems == ()
    assert [page.issue.region_code for page in found.pages] == ["330802", "330802", "330802", "330802", "330803"]
    assert [page.issue.date for page in found.pages] == ["2021-09", "2021-01", "2021-01-20", "2020-10", "2023-12"]
    assert [page.issue.inferred for page in found.pages] == [
        ("date", "region"),
        ("date", "region"),
        (),
        ("date",),
        ("date", "region"),
    ]


def test_order_of_inputs_never_shows(tmp_path: Path) -> None:
    write(tmp_path / "b" / "02.txt", TEXT)
    write(tmp_path / "a.TXT", TEXT)
    write(tmp_path / ".hidden" / "x.txt", TEXT)
    write(tmp_path / "._a.txt", TEXT)
    write(tmp_path / "notes.md", TEXT)
    found = read_pages([tmp_path])
    assert [page.id for page in found.pages] == ["a.TXT", "b/02.txt"]
    assert read_pages([tmp_path, tmp_path / "a.TXT"]).pages == found.pages


def test_patterns_and_single_files(tmp_path: Path) -> None:
    write(tmp_path / "2021" / "a.txt", TEXT)
    write(tmp_path / "2022" / "a.txt", TEXT)
    assert [page.id for page in read_pages([str(tmp_path / "*" / "a.txt")]).pages] == ["2021/a.txt", "2022/a.txt"]
    assert [page.id for page in read_pages([str(tmp_path / "**" / "*.txt")]).pages] == ["2021/a.txt", "2022/a.txt"]
    assert [page.id for page in read_pages([tmp_path / "2021" / "a.txt"]).pages] == ["a.txt"]


def test_two_folders_with_one_name_stay_apart(tmp_path: Path) -> None:
    write(tmp_path / "x" / "01.txt", TEXT)
    write(tmp_path / "y" / "01.txt", TEXT)
    assert [page.id for page in read_pages([tmp_path / "y", tmp_path / "x"]).pages] == ["x/01.txt", "y/01.txt"]


def test_bad_files_are_problems_and_the_rest_goes_on(tmp_path: Path) -> None:
    write(tmp_path / "good.txt", TEXT)
    write(tmp_path / "empty.txt", "")
    write(tmp_path / "image.txt", b"\x00\x01\x02\xff" * 9)
    (tmp_path / "nothing").mkdir()
    found = read_pages([tmp_path, tmp_path / "missing", str(tmp_path / "*.none"), tmp_path / "nothing"])
    assert [page.id for page in found.pages] == ["good.txt"]
    said = "\n".join(map(str, found.problems))
    for words in (
        "no such file",
        "no file fits",
        "no *.txt",
        "empty.txt: the file is empty",
        "image.txt: this is a binary",
    ):
        assert words in said
    assert len(found.problems) == 5


def test_manifest_below_the_folder_and_its_problems(tmp_path: Path) -> None:
    write(tmp_path / "sub" / "one.txt", TEXT)
    write(
        tmp_path / "sub" / "pages.csv",
        "\ufefffile,date,region,colour,url,page\r\n"
        "one.txt,2021/3/6,浙江省衢州市柯城区,red,javascript:alert(1),A2\r\n"
        "gone.txt,,,,,\r\none.txt,2020-01-01,,,,\r\n,,,,,\r\n",
    )
    found = read_pages([tmp_path])
    (page,) = found.pages
    assert (page.id, page.issue.date, page.issue.region, page.number, page.url) == (
        "sub/one.txt",
        "2021-03-06",
        "浙江省衢州市柯城区",
        2,
        None,
    )
    said = "\n".join(map(str, found.problems))
    for words in ("unknown column colour", "gone.txt does not exist", "no web address", "has a row already"):
        assert words in said
    assert len(found.problems) == 4


def test_manifest_given_without_inputs_and_in_gb18030(tmp_path: Path) -> None:
    write(tmp_path / "one.txt", TEXT)
    path = write(tmp_path / "list.csv", "file,newspaper,region\none.txt,今日清水,某地某县\n".encode("gb18030"))
    found = read_pages([], manifest=path)
    assert [(page.id, page.issue.newspaper, page.issue.region, page.issue.region_code) for page in found.pages] == [
        ("one.txt", "今日清水", "某地某县", None)
    ]
    assert [str(problem) for problem in found.problems if "某地某县" in str(problem)]


@pytest.mark.parametrize("content", ["name,date\na.txt,2021\n", "", b"\x00\x01\x02"])
def test_unusable_manifests(tmp_path: Path, content: str | bytes) -> None:
    with pytest.raises(InputError):
        read_manifest(write(tmp_path / "pages.csv", content))


@pytest.mark.parametrize(
    ("cell", "wanted"),
    [
        ("2021-01-20", "2021-01-20"),
        ("2021/1/2", "2021-01-02"),
        ("2021年1月2日", "2021-01-02"),
        ("2021-1", "2021-01"),
        ("2021", "2021"),
        ("2021-02-30", None),
        ("20.1.2021", None),
        ("soon", None),
    ],
)
def test_manifest_dates(cell: str, wanted: str | None) -> None:
    assert read_date(cell) == wanted


@pytest.mark.parametrize(
    ("path", "newspaper", "date", "page"),
    [
        ("2021/0120/01.txt", None, "2021-01-20", 1),
        ("20210120_02.txt", None, "2021-01-20", 2),
        ("2021-01-20/A03.txt", None, "2021-01-20", 3),
        ("2021/01/20/第4版.txt", None, "2021-01-20", 4),
        ("今日清水/2021年1月20日/2版.txt", "今日清水", "2021-01-20", 2),
        ("清水日报2021-1-5.txt", "清水日报", "2021-01-05", None),
        ("20210120.txt", None, "2021-01-20", None),
        ("04.txt", None, None, 4),
        ("000_790c225550a08f98.txt", None, None, None),
        ("e006.txt", None, None, None),
        ("2021/1/report.txt", None, None, None),
        ("20211340.txt", None, None, None),
        ("13912345678.txt", None, None, None),
    ],
)
def test_path_clues(path: str, newspaper: str | None, date: str | None, page: int | None) -> None:
    clues = read_path_clues(path)
    assert (clues.newspaper, clues.date, clues.page) == (newspaper, date, page)


BODY = (
    "3月5日，河西乡召开春耕动员会，全乡干部参加会议，乡长讲话，部署种子、化肥、农药等农资的供应和质量检查工作。\n" * 30
)


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("今日清水\n2021年1月20日\n第1768期 星期三\n" + BODY, ("今日清水", "2021-01-20", "1768")),
        (BODY + "2021年1月20日 星期三\n第8期\n", (None, "2021-01-20", "8")),
        (BODY + "清水县人民政府\n2021年1月20日\n", (None, None, None)),
        (BODY[:80] + "2021年1月20日\n" + BODY, (None, None, None)),
        ("截至2021年1月20日完成\n" + BODY, (None, None, None)),
        ("某会召开\n发稿时间：2021/6/9\n" + BODY, (None, "2021-06-09", None)),
        (BODY, (None, None, None)),
    ],
    ids=["top", "bottom", "signed notice", "amid text", "running text", "web", "none"],
)
def test_text_clues(text: str, wanted: tuple[str | None, ...]) -> None:
    clues = read_text_clues(text)
    assert (clues.newspaper, clues.date, clues.number) == wanted


def test_pages_of_one_issue_share(tmp_path: Path) -> None:
    folder = tmp_path / "issue"
    write(folder / "01.txt", "今日柯城\n2021年1月20日 星期三\n中共衢州市柯城区委主办\n" + BODY)
    write(folder / "02.txt", BODY)
    first, second = read_pages([folder]).pages
    assert second.issue == first.issue
    assert (second.issue.newspaper, second.issue.date, second.issue.region_code, second.number) == (
        "今日柯城",
        "2021-01-20",
        "330802",
        2,
    )
    assert second.issue.inferred == ()


def test_pages_of_no_one_issue_share_nothing(tmp_path: Path) -> None:
    write(tmp_path / "x" / "spring.txt", "今日柯城\n2021年1月20日 星期三\n" + BODY)
    write(tmp_path / "x" / "summer.txt", BODY)
    other = read_pages([tmp_path]).pages[1]
    assert (other.issue.newspaper, other.issue.date) == (None, None)


def test_manifest_wins_over_the_masthead(tmp_path: Path) -> None:
    write(tmp_path / "a.txt", "今日清水\n2021年1月20日 星期三\n" + BODY)
    write(tmp_path / "pages.csv", "file,date\na.txt,2021-01-21\n")
    found = read_pages([tmp_path])
    assert found.pages[0].issue.date == "2021-01-21"
    assert "the page prints 2021-01-20" in str(found.problems[0])


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("我区在石梁镇召开会议。柯城区委书记讲话。石梁镇、航埠镇、柯城区农业局参加。全区共有项目12个。", "330802"),
        ("全县动员。喜德县委召开会议，喜德县长讲话，我县将继续努力。", "513432"),
        ("我市召开会议。惠州市委书记讲话，惠州将继续努力。惠州市长参加。", "4413"),
        ("会议召开，大家参加。", None),
        ("我区召开会议，区委书记讲话，区长参加。", None),
        ("柯城区与衢江区签约。柯城区领导和衢江区领导参加。柯城区、衢江区将共同努力。", None),
        ("鼓楼区召开会议。鼓楼区委书记讲话。我区鼓楼区工作扎实。", None),
        ("自治区党委召开会议，自治区领导参加。", None),
        # 县委 before any county is named: the paper's own.
        ("县委书记周大力到首阳镇、云田镇督查。县长参加。据悉，陇西县今年实施项目86项。", "621122"),
        # A county whose offices are introduced by name is one that is reported on.
        ("金寨县天堂寨镇发生山洪。六安市委副书记、市长赶到，金寨县委书记、县长陪同。", None),
        ("榕江县体育馆座无虚席。忠诚镇与古州镇比赛，县足球协会主席介绍了赛事。", None),
        # A former name, and an older level word.
        ("文登市召开会议。文登市工业园开工。我市将抓好落实，文登人共同努力，文登市财政支持。", "371003"),
        # 某州日报讯 above a report from one of its counties.
        ("恩施日报讯（记者 周海燕）宣恩县晓关侗族乡古木参天。宣恩县投入资金。宣恩县推广。", "4228"),
        # A dateline names a place that is not home.
        ("本报措勤9月12日电 措勤县举行文化节。县长参加。县委书记参加。", None),
        # Townships tell a county that nobody names; one that many counties have tells none.
        ("法庭开到泗溪镇下桥村。司前畲族镇的调解员旁听。罗阳镇举行启动仪式。", "330329"),
        ("长安镇召开会议。永兴镇参加。", None),
        # Sister counties side by side are their prefecture's page.
        ("临县的农民晾晒枣芽茶。柳林县抢收小麦。孝义市举行班会。", "1411"),
        ("临县的农民晾晒枣芽茶。柳林县抢收小麦。榕江县举行球赛。陇西县种药。", None),
        ("\n\u3000\r\n", None),
    ],
)
def test_infer_region(divisions: Divisions, text: str, wanted: str | None) -> None:
    found = infer_region(text, divisions)
    assert (found.code if found else None) == wanted


@pytest.mark.parametrize("path", sorted(SEEDS.glob("*.txt")), ids=lambda path: path.stem[:3])
def test_regions_of_cut_and_shuffled_pages(divisions: Divisions, path: Path) -> None:
    text = path.read_bytes().decode("utf-8-sig")
    choose = random.Random(path.name)
    lines = text.splitlines(keepends=True)
    whole = infer_region(text, divisions)
    for _ in range(6):
        choose.shuffle(lines)
        # A page in another order, or a piece of it, is of the same home or of none that can be told.
        assert infer_region("".join(lines), divisions) in (whole, None)
        start = choose.randrange(len(text))
        assert infer_region(text[start : start + 1500], divisions) in (whole, None)


@pytest.mark.parametrize(
    ("text", "printed", "wanted"),
    [
        ("本报讯 3月5日下午，某会召开。2020年，我县增收。今年要再努力。", Clues(), "2021-03"),
        ("3月5日，某会召开。2020年9月，水库建成。", Clues(), "2021-03"),
        ("2021年3月2日，水库开工。\n3月5日，某会召开。", Clues(), "2021-03"),
        ("3月5日，某会召开。今年预计2025年投入使用。", Clues(), None),
        ("3月5日，某会召开。", Clues(), None),
        ("截至2020年，全县脱贫。", Clues(), None),
        ("截至2020年底，全县脱贫。", Clues(month_day=(1, 20), weekday=2), "2021-01-20"),
        ("全县脱贫。", Clues(month_day=(1, 20), weekday=2), None),
    ],
)
def test_infer_date(text: str, printed: Clues, wanted: str | None) -> None:
    assert infer_date(text, printed) == wanted
