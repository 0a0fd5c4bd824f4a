"""Splitting pages: starts, titles, paragraphs, bylines; every sentence here is invented or of a seed page."""

from __future__ import annotations

import json
from itertools import pairwise
from pathlib import Path

import pytest

from kg.articles import split_articles
from kg.articles.credits import credit_line, read_credit
from kg.mastheads import chinese_number, read_masthead_line
from kg.model import Article, Issue, Page, Span

ROOT = Path(__file__).parent.parent
SEEDS = sorted((ROOT / "seeds").glob("*.txt"))


def make_page(text: str, *, date: str | None = "2019-03-06") -> Page:
    return Page("page.txt", "page.txt", "", text, Issue(date=date))


def split(text: str, *, date: str | None = "2019-03-06") -> tuple[Article, ...]:
    return split_articles(make_page(text, date=date))


def read_seed(path: Path) -> str:
    return path.read_bytes().decode("utf-8-sig")


@pytest.mark.parametrize("path", SEEDS, ids=lambda path: path.stem[:3])
def test_seed_articles_and_bylines(path: Path) -> None:
    text = read_seed(path)
    gold = json.loads((ROOT / "tests" / "gold" / f"{path.stem}.json").read_text("utf-8"))
    articles = split(text)
    starts = [text.find(article["starts"]) for article in gold["articles"]]
    assert len(articles) == len(starts)
    for article, start in zip(articles, starts, strict=True):
        assert abs(article.span.start - start) <= 45
    wanted = [[row["person"] for row in article["bylines"]] for article in gold["articles"]]
    assert [[byline.name for byline in article.bylines] for article in articles] == wanted


@pytest.mark.parametrize("path", SEEDS, ids=lambda path: path.stem[:3])
def test_seed_blocks_hold_every_line_once(path: Path) -> None:
    text = read_seed(path)
    end = 0
    for article in split(text):
        lines = [line for block in article.blocks for line in block.lines]
        assert article.span == Span(lines[0].start, lines[-1].end)
        assert article.span.start >= end
        end = article.span.end
        assert lines == sorted(lines)
        for before, after in pairwise(lines):
            assert not text[before.end : after.start].strip()
        for byline in article.bylines:
            assert "".join(text[byline.span.start : byline.span.end].split()) == byline.name


def test_seed_broken_paragraphs_are_joined() -> None:
    text = read_seed(SEEDS[0])
    paragraphs = [block for article in split(text) for block in article.blocks if block.kind == "paragraph"]
    joined = ["".join(text[line.start : line.end] for line in block.lines) for block in paragraphs]
    assert any("签约率达99.29%" in paragraph for paragraph in joined)
    assert any("典型的多跨场景系统改革" in paragraph for paragraph in joined)
    assert not any("打造四省" in paragraph and "边际共同富裕" not in paragraph for paragraph in joined)


PAGES: dict[str, tuple[str, list[tuple[str, list[tuple[str, str | None]]]]]] = {
    "briefs with titles and closing names": (
        "清水县日报\n2019年3月5日 星期二\n第3版\n\n城关镇开展消防演练\n本报讯（记者 周海燕）3月3日，城关镇组织消防演练。\n\n"
        "供电所上门服务春耕\n3月2日，县供电所到田间检查线路。（李建国）\n\n"
        "农商行放贷助企\n近日，县农商行为三家企业发放贷款。（王　明 赵小芳）\n\n"
        "县医院义诊进村\n本报讯（通讯员 钱大勇）日前，县医院在河西村义诊。\n\n图书馆新书上架\n3月4日，县图书馆上架新书。（孙丽）\n",
        [
            ("城关镇开展消防演练", [("周海燕", "记者")]),
            ("供电所上门服务春耕", [("李建国", None)]),
            ("农商行放贷助企", [("王明", None), ("赵小芳", None)]),
            ("县医院义诊进村", [("钱大勇", "通讯员")]),
            ("图书馆新书上架", [("孙丽", None)]),
        ],
    ),
    "one-sentence news is one article": (
        "一句话新闻\n●3月1日，县文旅局在河东镇举办灯会。\n●3月2日，县水利局检查红旗水库。\n",
        [("一句话新闻", [])],
    ),
    "photographs only": (
        "▲3月5日，河西村村民在采茶。\n本报记者 周海燕 摄\n▲3月6日，城关镇志愿者植树。（李建国 摄）\n",
        [("", [("周海燕", "摄"), ("李建国", "摄")])],
    ),
    "carriage returns, broken paragraph, later byline": (
        "清水县召开农业大会\r\n\r\n本报讯（记者 周海燕 特约记者 李建国）3月5日，全县农业大会召开。\r\n\r\n会议要求，抓好春耕\r\n\r\n"
        "备耕工作。\r\n\r\n河西村修路\r\n\r\n■本报记者 钱大勇 实习生 孙丽\r\n\r\n3月4日，河西村新路通车。\r\n",
        [
            ("清水县召开农业大会", [("周海燕", "记者"), ("李建国", "特约记者")]),
            ("河西村修路", [("钱大勇", "记者"), ("孙丽", "实习生")]),
        ],
    ),
    "subheads of a feature open nothing": (
        "一条路带活一个乡\n——看河西乡如何兴产业\n□ 本报记者 周海燕 文/图\n去年以来，河西乡修通了进山的路。\n修路：从泥泞到通畅\n"
        "3月以来，施工队日夜赶工。\n兴业：从外出到返乡\n2018年，村民赵小芳回乡办起茶厂。\n县领导走访慰问老党员\n"
        "本报讯 （记者 钱大勇）3月4日，县委副书记李大力走访慰问老党员。\n",
        [("一条路带活一个乡", [("周海燕", "记者")]), ("县领导走访慰问老党员", [("钱大勇", "记者")])],
    ),
    "web text with parts": (
        "河西县法院：司法护航春耕\n\n来源：河西县人民法院   作者：周海燕   时间：2022-03-05 10:22\n\n3月4日，河西县法院在柳树镇巡回审判。\n\n"
        "一、上门立案\n\n法官钱大勇来到田间，为农户立案。\n\n二、现场调解\n\n经调解，双方握手言和。\n\n（完）\n",
        [("河西县法院：司法护航春耕", [("周海燕", "作者")])],
    ),
    "original title and staff of a web text": (
        "（原标题：一乡长被查）\n3月4日，河西县纪委通报，一名乡长被查。\n河西新闻实习记者 周海燕 记者 李建国\n责编 钱大勇 编辑 孙丽\n",
        [("一乡长被查", [("周海燕", "实习记者"), ("李建国", "记者"), ("钱大勇", "责编"), ("孙丽", "编辑")])],
    ),
    "credits after the text; the page's staff belongs to none": (
        "柳树镇：党建引领兴产业\n\n近日，记者走进柳树镇河西村，看到一派繁忙。\n\n全镇茶园达三千亩。（记者 周海燕 通讯员 李建国）\n\n"
        "县人社局：送岗下乡\n\n3月3日，县人社局在柳树镇举办招聘会。（钱大勇）\n\n责任编辑：孙丽 版式：赵小芳 校对：王明\n",
        [
            ("柳树镇：党建引领兴产业", [("周海燕", "记者"), ("李建国", "通讯员")]),
            ("县人社局：送岗下乡", [("钱大勇", None)]),
        ],
    ),
    "continued from another page": (
        "（上接第1版）会议强调，要抓好落实。\n\n会议还研究了其他事项。\n\n我县新增两家企业\n\n"
        "本报讯（全媒体记者 周海燕 通讯员阿依古丽·买买提）近日，我县两家企业入选。\n",
        [("", []), ("我县新增两家企业", [("周海燕", "记者"), ("阿依古丽·买买提", "通讯员")])],
    ),
    "a column label is no byline": (
        "记者走基层\n河西乡里春来早\n本报讯 记者周海燕、通讯员李建国报道：3月5日，河西乡春耕忙。\n",
        [("河西乡里春来早", [("周海燕", "记者"), ("李建国", "通讯员")])],
    ),
    "narrow column, hard breaks": (
        "河西乡召开春耕动员会\n本报讯（记者 周海燕）3月5日，河\n西乡召开春耕动员会，乡长李大力参加\n会议并讲话。\n"
        "会议要求，各村要抓好种子、化肥等农\n资供应，确保不误农时。\n柳树镇检查消防\n本报讯（记者 钱大勇）3月4日，柳树\n镇检查消防安全。\n",
        [("河西乡召开春耕动员会", [("周海燕", "记者")]), ("柳树镇检查消防", [("钱大勇", "记者")])],
    ),
    "index and slogans are outside": (
        "河西乡修水渠\n\n本报讯（记者 周海燕）3月4日，河西乡水渠开工。\n\n柳树镇种茶\n\n本报讯（记者 李建国）3月4日，柳树镇种茶忙。\n\n"
        "本期导读\n\n春风化雨\n\n（详见2-3版）\n\n创建全国文明城市\n\n讲文明 树新风\n",
        [("河西乡修水渠", [("周海燕", "记者")]), ("柳树镇种茶", [("李建国", "记者")])],
    ),
    "reporters in running text are no bylines": (
        "河西乡修水渠\n3月4日，记者周海燕从县水利局了解到，水渠（长三里）开工。记者 看到，工地繁忙。\n",
        [("河西乡修水渠", [])],
    ),
    "a caption before an untitled report, and a block said twice": (
        "　　3月5日，救灾人员在现场。某社发(周海燕 摄)\n　　新华网兰州3月5日报道 5日，河西县一水库的险情已排除。\n　　记者了解到，水库无人员伤亡。\n\n\n"
        "记者了解到，水库无人员伤亡。\n",
        [("", [("周海燕", "摄")])],
    ),
}


@pytest.mark.parametrize("name", PAGES)
def test_invented_pages(name: str) -> None:
    text, wanted = PAGES[name]
    found = [(article.title, [(byline.name, byline.part) for byline in article.bylines]) for article in split(text)]
    assert found == wanted


@pytest.mark.parametrize("text", ["", "\n\n　\r\n", "2019年3月5日 星期二\n第3版\n", "本期导读\n（详见2版）\n"])
def test_pages_without_articles(text: str) -> None:
    assert split(text) == ()


@pytest.mark.parametrize(
    "text",
    [
        "本报讯 " + "记者张三、" * 40 + "某会召开。",
        "（张三）" * 3000,
        "本报讯（记者 张三",
        "记者 张三 " * 500,
        "\x0c本报讯\x0b\r某会召开",
        "（原标题：）\n（摄）\n■记者",
    ],
)
def test_hostile_text_is_split_without_harm(text: str) -> None:
    for article in split(text):
        assert text[article.span.start : article.span.end].strip()


@pytest.mark.parametrize(
    ("text", "issue", "wanted"),
    [
        ("某会召开\n发稿时间：2021/6/9\n6月6日，某会召开。", None, "2021-06-09"),
        ("某会召开\n新华网兰州12月5日报道 5日，某会在兰州召开，百人参加会议。", "2014-12-06", "2014-12-05"),
        ("某会召开\n新华社兰州12月30日电 30日，某会在兰州召开，百人参加会议。", "2015-01-02", "2014-12-30"),
        ("某会召开\n新华社兰州12月30日电 30日，某会在兰州召开，百人参加会议。", None, None),
        ("某会召开\n本报讯（记者 周海燕）12月5日，某会召开。", "2014-12-06", None),
        ("某会召开\n新华社兰州2月30日电 30日，某会在兰州召开，百人参加会议。", "2015-03-02", None),
    ],
)
def test_article_date(text: str, issue: str | None, wanted: str | None) -> None:
    (article,) = split(text, date=issue)
    assert article.date == wanted


@pytest.mark.parametrize(
    ("line", "wanted"),
    [
        ("■记者 周海燕", [("周海燕", "记者")]),
        ("通讯员 李建国 王　明", [("李建国", "通讯员"), ("王明", "通讯员")]),
        ("■柳树采访小组 周海燕 李建国", [("周海燕", "采访小组"), ("李建国", "采访小组")]),
        (
            "河西传媒集团见习记者 周海燕 李建国通讯员 孙丽",
            [("周海燕", "见习记者"), ("李建国", "见习记者"), ("孙丽", "通讯员")],
        ),
        ("本报记者 周海燕 李建国 摄影报道", [("周海燕", "记者"), ("李建国", "记者")]),
        ("新华社记者 周海燕 摄", [("周海燕", "摄")]),
        ("文/周海燕 图/李建国", [("周海燕", "文"), ("李建国", "图")]),
        ("记者 欧阳建国 王文彬 文/图", [("欧阳建国", "记者"), ("王文彬", "记者")]),
        ("作者：周海燕 来源：河西日报", [("周海燕", "作者")]),
        ("记者 王某某 吐尔逊·阿不都", [("王某某", "记者"), ("吐尔逊·阿不都", "记者")]),
    ],
)
def test_credit_lines(line: str, wanted: list[tuple[str, str | None]]) -> None:
    credit = credit_line(line, Span(0, len(line)))
    assert credit is not None
    assert [(byline.name, byline.part) for byline in credit.bylines] == wanted
    for byline in credit.bylines:
        assert "".join(line[byline.span.start : byline.span.end].split()) == byline.name


@pytest.mark.parametrize(
    "line",
    [
        "记者走基层",
        "记者走边陲 老乡话小康②",
        "记者从县委了解到，今年茶叶丰收",
        "编辑手记",
        "通讯员培训班开班",
        "省作协来我县采访",
        "河西村修路",
        "图书馆新书上架",
        "记者",
        "",
    ],
)
def test_lines_that_are_no_credits(line: str) -> None:
    assert credit_line(line, Span(0, len(line))) is None


def test_names_only_have_no_part() -> None:
    credit = read_credit("周海燕 李建国", Span(0, 7))
    assert [(byline.name, byline.part) for byline in credit.bylines] == [("周海燕", None), ("李建国", None)]


@pytest.mark.parametrize(
    ("line", "field", "value"),
    [
        ("2021年1月20日", "date", "2021-01-20"),
        ("2021年1月20日　星期三　农历庚子年十二月初八", "date", "2021-01-20"),
        ("二〇二一年一月二十日 星期三", "date", "2021-01-20"),
        ("第1768期", "number", "1768"),
        ("总第305期 今日四版", "number", "305"),
        ("今日清水", "paper", "今日清水"),
        ("中共清水县委主办", "publisher", "中共清水县委"),
        ("清水县融媒体中心编印", "publisher", "清水县融媒体中心"),
        ("A3版", "page", 3),
        ("第二版", "page", 2),
        ("1月20日 星期三", "month_day", (1, 20)),
        ("发稿时间：2021/6/9", "date", "2021-06-09"),
    ],
)
def test_masthead_lines(line: str, field: str, value: object) -> None:
    masthead = read_masthead_line(line)
    assert masthead is not None
    assert getattr(masthead, field) == value


@pytest.mark.parametrize(
    "line",
    [
        "截至2021年1月20日，全区完成12个项目",
        "2021年1月20日，县委召开大会。",
        "1月12日下午",
        "县委主办茶文化节",
        "今日四川看发展",
        "河西乡召开动员会",
        "2021清水茶叶节开幕",
        "全县通报",
        "",
    ],
)
def test_lines_that_are_no_masthead(line: str) -> None:
    assert read_masthead_line(line) is None


@pytest.mark.parametrize(
    ("text", "value"), [("三十", 30), ("二十一", 21), ("二○二一", 2021), ("几", None), ("百十", None)]
)
def test_chinese_number(text: str, value: int | None) -> None:
    assert chinese_number(text) == value
