"""Pages of other kinds than the printed report, each invented; and pages shuffled or cut, which must not crash."""

from __future__ import annotations

import random
from itertools import pairwise
from pathlib import Path

import pytest

from kg.articles import split_articles
from kg.articles.signatures import read_signature
from kg.model import Article, Issue, Page, Span

ROOT = Path(__file__).parent.parent
TEXTS = sorted((ROOT / "seeds").glob("*.txt")) + sorted((ROOT / "tests" / "passages").glob("p*.txt"))


def split(text: str) -> tuple[Article, ...]:
    return split_articles(Page("page.txt", "page.txt", "", text, Issue(date="2019-03-06")))


Wanted = list[tuple[str, list[tuple[str, str | None]]]]
BODY = "3月5日，柳树镇河西村的茶园里一派繁忙景象，村民们忙着采茶。\n“今年收成好。”村民周大勇笑着说。全镇茶园达三千亩。"

PAGES: dict[str, tuple[str, Wanted]] = {
    "appointments": (
        "清水县人民代表大会常务委员会任免名单\n　　（2019年3月5日县第十五届人大常委会第三次会议通过）\n　　任命：\n　　周海燕为县水利局局长；\n"
        "　　李建国为县教育局局长。\n　　免去：\n　　钱大勇的县水利局局长职务。\n",
        [("清水县人民代表大会常务委员会任免名单", [])],
    ),
    "notice before appointment": (
        "关于周海燕等同志任职前公示的公告\n根据有关规定，现将拟任职干部公示如下：\n周海燕，女，汉族，1978年6月生，大学学历，现任柳树镇党委书记，拟任县直部门正职。\n"
        "公示期为2019年3月5日至3月11日。\n　　　　　　中共清水县委组织部\n　　　　　　2019年3月5日\n",
        [("关于周海燕等同志任职前公示的公告", [])],
    ),
    "letter to the editor": (
        "一封感谢信\n编辑同志：\n　　3月1日，我去县城赶集，突然晕倒。一位驾驶员把我送到医院。\n　　借贵报一角，说声谢谢！好人一生平安！\n"
        "　　　　　　　　　　　柳树镇  周海燕\n　　编后：有更多热心人，城市才更美。\n",
        [("一封感谢信", [("周海燕", None)])],
    ),
    "column of notices": (
        "遗失声明\n●周海燕不慎将位于清水县城关镇的房屋所有权证遗失，声明作废。\n招聘启事\n清水县光明医院因业务发展需要，招聘护士5名。联系人：宁主任  电话：0000\n"
        "更正\n本报3月1日二版《河西乡春耕忙》一文中，“乡长李强”应为“副乡长李强”。特此更正。\n",
        [("遗失声明", []), ("招聘启事", []), ("更正", [])],
    ),
    "briefs under one heading": (
        "教育动态两则\n县一中篮球队夺冠\n　　3月1日，全县中学生篮球赛落幕，县一中夺冠。\n河西小学有了新书屋\n　　3月2日，县图书馆为河西小学送去图书五百册。（安　宇　辛　福）\n",
        [("县一中篮球队夺冠", []), ("河西小学有了新书屋", [("安宇", None), ("辛福", None)])],
    ),
    "briefs with dots and names": (
        "简讯\n●3月1日，县文旅局在河东镇举办灯会。（周海燕）\n●3月2日，县水利局检查红旗水库。（李建国 王　明）\n●3月3日，县医院到河西村义诊。（亓晓梅）\n",
        [("简讯", [("周海燕", None), ("李建国", None), ("王明", None), ("亓晓梅", None)])],
    ),
    "photographs and their makers": (
        "图片新闻\n▲3月4日，柳树镇农民在晾晒新茶。　　　　成　勇　摄\n▲连日来，河西乡抢收油菜。　　　周海燕　李建国　摄影报道\n▲3月2日，县一中举行班会。　（本报通讯员　孙　丽　摄）\n▲施工现场。（资料图片）\n",
        [("", [("成勇", "摄"), ("周海燕", "摄影报道"), ("李建国", "摄影报道"), ("孙丽", "摄")])],
    ),
    "items pasted together": (
        "张大勇到河西镇调研春耕生产\n　　3月4日，县长张大勇到河西镇调研春耕生产。镇党委书记周平陪同。\n柳树镇召开春耕生产推进会\n　　3月5日，柳树镇召开春耕生产推进会，"
        "安排部署下一步工作。镇长李建国主持会议。\n",
        [("张大勇到河西镇调研春耕生产", []), ("柳树镇召开春耕生产推进会", [])],
    ),
    "subheads of a report": (
        "张大勇到河西镇调研春耕生产\n　　3月4日，县长张大勇到河西镇调研春耕生产。镇党委书记周平陪同。\n深入田间地头察看农情\n　　在河西村，张大勇仔细察看小麦长势，询问农资价格，"
        "叮嘱技术人员做好服务。\n",
        [("张大勇到河西镇调研春耕生产", [])],
    ),
    "web page": (
        "河西村里采茶忙\n来源：清水县融媒体中心  作者：周海燕  编辑：李建国\n发布时间：2019-03-05 10:22  浏览次数：123\n"
        + BODY
        + "\n责任编辑：孙丽\n审核：钱大勇\n",
        [
            (
                "河西村里采茶忙",
                [("周海燕", "作者"), ("李建国", "编辑"), ("孙丽", "责任编辑"), ("钱大勇", "审核")],
            )
        ],
    ),
    "messenger text": (
        "河西村里采茶忙\n" + BODY + "\n图文：周海燕\n供稿：县农业农村局\n编辑：李建国\n初审：孙丽\n终审：钱大勇\n",
        [
            (
                "河西村里采茶忙",
                [("周海燕", "图文"), ("李建国", "编辑"), ("孙丽", "初审"), ("钱大勇", "终审")],
            )
        ],
    ),
    "three reviews on one line": (
        "河西村里采茶忙\n" + BODY + "\n一审：周海燕　二审：李建国　三审：孙丽\n",
        [("河西村里采茶忙", [("周海燕", "一审"), ("李建国", "二审"), ("孙丽", "三审")])],
    ),
    "names without Han surname": (
        "大会召开\n本报巴彦河6月3日电（记者 敖登其其格  阿尔孜古丽·买买提 通讯员 包斯琴高娃）3日，大会召开。\n",
        [
            (
                "大会召开",
                [("敖登其其格", "记者"), ("阿尔孜古丽·买买提", "记者"), ("包斯琴高娃", "通讯员")],
            )
        ],
    ),
    "writer and photographer": (
        "河西村里采茶忙\n" + BODY + "（蜂晓林/文  罗大合/图）\n",
        [("河西村里采茶忙", [("蜂晓林", "文"), ("罗大合", "图")])],
    ),
    "two reporters of different parts": (
        "头鱼拍出高价\n　　本报1月3日讯（记者 勾晓峰 摄影记者 亢小海）今天，冬捕节举行。\n",
        [("头鱼拍出高价", [("勾晓峰", "记者"), ("亢小海", "摄影记者")])],
    ),
    "a name of three letters set wide": (
        "百家宴上话乡愁\n　　本报记者 蓝　小　昊\n　　“坐这边！”3月5日，河西村的文化礼堂里摆开了酒席。\n",
        [("百家宴上话乡愁", [("蓝小昊", "记者")])],
    ),
    "told and written down": (
        "我当赤脚医生那些年\n■口述/周海燕 整理/李建国\n1968年，我十九岁，在河西大队当上了赤脚医生。\n",
        [("我当赤脚医生那些年", [("周海燕", "口述"), ("李建国", "整理")])],
    ),
}


@pytest.mark.parametrize("name", PAGES)
def test_pages_of_other_kinds(name: str) -> None:
    text, wanted = PAGES[name]
    found = [(article.title, [(byline.name, byline.part) for byline in article.bylines]) for article in split(text)]
    assert found == wanted


@pytest.mark.parametrize(
    ("line", "names"),
    [
        ("（符晓星）", ["符晓星"]),
        ("（莫　妃）", ["莫妃"]),
        ("（杜　鹃　陈小光）", ["杜鹃", "陈小光"]),
        ("（南晓一  卞英花）", ["南晓一", "卞英花"]),
        ("（柳树镇 周海燕）", ["周海燕"]),
        ("（格桑梅朵）", ["格桑梅朵"]),
        ("□周海燕", ["周海燕"]),
        ("◎彭晓梅 向隆旺", ["彭晓梅", "向隆旺"]),
        ("（周海燕 尼玛）", ["周海燕", "尼玛"]),
        ("（通讯员 旺堆）", ["旺堆"]),
        ("（尼　玛）", ["尼玛"]),
        ("（附　件）", []),
        ("（见第二版）", []),
        ("（安全）", []),
        ("（时间）", []),
        ("（下同）", []),
        ("（本报综合）", []),
        ("（未完待续）", []),
        ("（资料图片）", []),
        ("（县委宣传部）", []),
        ("（据新华社）", []),
        ("（图片由县文旅局提供）", []),
        ("●安全生产", []),
        ("◆黄河治理", []),
        ("□ 县委宣传部", []),
    ],
)
def test_lines_of_names_only(line: str, names: list[str]) -> None:
    for text in ("河西村里采茶忙\n" + BODY + "\n　　　　　　" + line, "河西村里采茶忙\n" + line + "\n" + BODY):
        assert [byline.name for article in split(text) for byline in article.bylines] == names


@pytest.mark.parametrize(
    "text",
    [
        # A portrait is headed by the name it begins with.
        "先进人物榜\n□周海燕\n周海燕，女，1978年生，现任柳树镇河西村党支部书记，多年来一心为民。\n",
        # Headings of one kind.
        "三个村的春天\n◎白云山\n3月，白云山下的茶园开园，游人不断，村民忙着迎客。\n◎石桥河\n3月，石桥河畔油菜花开，游人不断。\n",
        # A name before the text of a page without a title.
        "□周海燕\n",
        "记者走进柳树镇\n3月5日，记者来到柳树镇，茶园里一派繁忙。\n",
    ],
)
def test_names_that_sign_nothing(text: str) -> None:
    assert [byline for article in split(text) for byline in article.bylines] == []


def test_a_signature_needs_its_place() -> None:
    line = "柳树镇 周海燕"
    assert read_signature(line, Span(0, len(line)), indent=2) is None
    signature = read_signature(line, Span(0, len(line)), indent=10)
    assert signature is not None and not signature.under_title


def check(text: str) -> None:
    end = 0
    for article in split(text):
        lines = [line for block in article.blocks for line in block.lines]
        assert end <= article.span.start < article.span.end <= len(text)
        end = article.span.end
        assert lines == sorted(lines)
        for before, after in pairwise(lines):
            assert before.end <= after.start
        for byline in article.bylines:
            assert "".join(text[byline.span.start : byline.span.end].split()) == byline.name


@pytest.mark.parametrize("path", TEXTS, ids=lambda path: path.stem[:4])
def test_shuffled_and_cut_pages_do_no_harm(path: Path) -> None:
    text = path.read_bytes().decode("utf-8-sig")
    choose = random.Random(path.name)
    lines = text.splitlines(keepends=True)
    for _ in range(2):
        choose.shuffle(lines)
        check("".join(lines))
    for _ in range(3):
        start = choose.randrange(len(text))
        check(text[start : start + choose.randrange(len(text) + 1)])
    check(text[::-1])
    check(text.replace("\n", ""))
