"""Who holds which post: each named rule of `kg.roles` on sentences made up for it."""

from __future__ import annotations

import pytest
from told import (
    ANHUI,
    CHONGQING,
    FUJIAN,
    GANSU,
    GUANGXI,
    GUIZHOU,
    HUBEI,
    HUNAN,
    JIANGSU,
    JILIN,
    MONGOLIA,
    QINGHAI,
    SHANDONG,
    SHANXI,
    SICHUAN,
    XINJIANG,
    YUNNAN,
    ZHEJIANG,
    Paper,
    tell,
)

from kg.model import Relation


def posts(text: str) -> set[tuple[str, str, str | None]]:
    """`person title organisation` a word group, parted by `;`; `-` is no organisation."""
    found: set[tuple[str, str, str | None]] = set()
    for group in filter(None, (piece.strip() for piece in text.split(";"))):
        person, title, org = group.split()
        found.add((person, title, None if org == "-" else org))
    return found


# (id, paper, text, every post that is said)
CHAINS = [
    ("one", ANHUI, "县委书记周启明到黄畈村调研。", "周启明 书记 金寨县委"),
    ("two-of-two-bodies", ANHUI, "县委副书记、县长周启明到黄畈村调研。", "周启明 副书记 金寨县委; 周启明 县长 金寨县"),
    ("inherited-organisation", GANSU, "省农业农村厅党组书记、厅长李进荣到陇西县调研。",
     "李进荣 党组书记 甘肃省农业农村厅; 李进荣 厅长 甘肃省农业农村厅"),
    ("two-bodies", SHANXI, "县委书记、县人大常委会主任赵国旗到碛口镇调研。",
     "赵国旗 书记 临县委; 赵国旗 主任 临县人大常委会"),
    ("office-of-the-body", ANHUI, "县委常委、办公室主任许国强来到黄畈村。",
     "许国强 常委 金寨县委; 许国强 办公室主任 金寨县委"),
    ("standing-deputy", JIANGSU, "滨海县委常委、常务副县长殷立新到东坎镇检查。",
     "殷立新 常委 滨海县委; 殷立新 常务副县长 滨海县"),
    ("township", ANHUI, "天堂寨镇党委副书记、镇长汪国良到黄畈村走访。",
     "汪国良 副书记 天堂寨镇党委; 汪国良 镇长 天堂寨镇"),
    ("city-and-county", SICHUAN, "南充市委副书记、市长张胜利，蓬安县委书记刘生明到相如镇调研。",
     "张胜利 副书记 南充市委; 张胜利 市长 南充市; 刘生明 书记 蓬安县委"),
    ("four-bodies", JILIN,
     "镇赉县委书记田继元，县委副书记、县长佟国华，县人大常委会主任石万山，县政协主席尹春雷出席会议。",
     "田继元 书记 镇赉县委; 佟国华 副书记 镇赉县委; 佟国华 县长 镇赉县; 石万山 主任 镇赉县人大常委会;"
     " 尹春雷 主席 镇赉县政协"),
    ("police-unit", HUNAN, "溆浦县公安局交警大队大队长何志军、教导员欧阳小勇带队到思蒙镇检查。",
     "何志军 大队长 溆浦县公安局交警大队; 欧阳小勇 教导员 溆浦县公安局交警大队"),
    ("banner", MONGOLIA, "旗委书记包玉山、旗长阿古拉、旗人大常委会主任陈永胜参加会议。",
     "包玉山 书记 敖汉旗委; 阿古拉 旗长 敖汉旗; 陈永胜 主任 敖汉旗人大常委会"),
    ("prefecture", YUNNAN, "州委书记陈坚、州长杨长青到剑川县调研。",
     "陈坚 书记 大理白族自治州委; 杨长青 州长 大理白族自治州"),
    ("short-region", QINGHAI, "互助县副县长祁永福、县扶贫局局长李玉梅到塘川镇检查工作。",
     "祁永福 副县长 互助土族自治县; 李玉梅 局长 互助土族自治县扶贫局"),
    ("dotted-name", XINJIANG, "阿扎特巴格镇党委书记买买提·吐尔逊介绍了情况。",
     "买买提·吐尔逊 书记 阿扎特巴格镇党委"),
    ("company", HUBEI, "湖北宏发茶业有限公司董事长覃国栋介绍，公司年产茶叶五百吨。",
     "覃国栋 董事长 湖北宏发茶业有限公司"),
    ("another-county", GANSU, "福州市晋安区区长林建明率考察团来到陇西县。", "林建明 区长 晋安区"),
    ("national-deputy", SHANDONG, "全国人大代表杜新民到泉庄镇调研。", "杜新民 代表 全国人民代表大会"),
    ("body-and-post-share-a-character", SHANXI, "临县公安局长赵国旗、县委统战部长刘志强到会。",
     "赵国旗 局长 临县公安局; 刘志强 部长 临县委统战部"),
    ("bureau-that-is-a-word-long", SHANXI, "副县长王文平、体育局局长赵国旗到会。",
     "王文平 副县长 临县; 赵国旗 局长 体育局"),
    ("department-of-a-ministry", SHANXI, "民政部社会救助司司长赵国旗到碛口镇调研。", "赵国旗 司长 民政部"),
    ("head-of-a-gacha", MONGOLIA, "嘎查达包玉山、嘎查长陈永胜介绍了情况。", "包玉山 嘎查达 -; 陈永胜 嘎查长 -"),
    ("head-of-a-hamlet", JILIN, "屯长佟国华带着大家修路。", "佟国华 屯长 -"),
    ("comrades", SHANXI, "县委书记刘振国同志和县长王大勇同志到碛口镇调研。", "刘振国 书记 临县委; 王大勇 县长 临县"),
]  # fmt: skip

LISTS = [
    ("deputies", SHANXI, "临县副县长王文平、秦建平到碛口镇检查。", "王文平 副县长 临县; 秦建平 副县长 临县"),
    ("collective-before", CHONGQING, "酉阳县委召开会议，县领导冉光明、田应国、石慧琴参加会议。",
     "冉光明 县领导 酉阳土家族苗族自治县; 田应国 县领导 酉阳土家族苗族自治县; 石慧琴 县领导 酉阳土家族苗族自治县"),
    ("collective-after", CHONGQING, "冉光明、田应国、石慧琴等县领导到酉阳县龙潭镇调研。",
     "冉光明 县领导 酉阳土家族苗族自治县; 田应国 县领导 酉阳土家族苗族自治县; 石慧琴 县领导 酉阳土家族苗族自治县"),
    ("deputy-chairs", SHANXI, "县政协主席冯云平主持会议，副主席刘永强、薛爱平出席。",
     "冯云平 主席 临县政协; 刘永强 副主席 临县政协; 薛爱平 副主席 临县政协"),
    ("chain-then-single", HUBEI, "宣恩县副县长舒立群，县领导向明德、谌小红参加会议。",
     "舒立群 副县长 宣恩县; 向明德 县领导 宣恩县; 谌小红 县领导 宣恩县"),
    ("chain-goes-to-the-first-only", GANSU, "县委书记、县长莫建平、何旭东到文峰镇。",
     "莫建平 书记 陇西县委; 莫建平 县长 陇西县; 何旭东 县长 陇西县"),
]  # fmt: skip

NEAR_THE_NAME = [
    ("after-the-name", SHANDONG, "上周五，薛启明书记带领大家来到泉庄镇。", "薛启明 书记 -"),
    ("brackets", SHANDONG, "薛启明（县委副书记）介绍了有关情况。", "薛启明 副书记 沂水县委"),
    ("takes-office", SHANXI, "郭建设，男，1965年3月生，现任临县教育局局长。", "郭建设 局长 临县教育局"),
    ("served-before", SHANXI, "郭建设，1965年3月生，曾任临县教育局局长。", "郭建设 局长 临县教育局"),
    ("held-one-after-another", GUIZHOU, "石正明历任榕江县农业局局长、榕江县委副书记等职。",
     "石正明 局长 榕江县农业局; 石正明 副书记 榕江县委"),
    ("appointed", ZHEJIANG, "会议决定任命：叶伟民为松阳县民政局局长，潘丽芬为松阳县财政局局长。",
     "叶伟民 局长 松阳县民政局; 潘丽芬 局长 松阳县财政局"),
    ("appointed-together", ZHEJIANG, "任命何志勇、李大伟为松阳县人民法院副院长。",
     "何志勇 副院长 松阳县人民法院; 李大伟 副院长 松阳县人民法院"),
    ("dismissed", ZHEJIANG, "会议决定免去周伟国的松阳县民政局局长职务。", "周伟国 局长 松阳县民政局"),
    ("no-longer", GUANGXI, "梁志强不再担任县教育局局长职务。", "梁志强 局长 融水苗族自治县教育局"),
    ("former", SHANXI, "县水利局原局长高明亮来到会场。", "高明亮 原局长 临县水利局"),
    ("on-loan", ANHUI, "梅山镇副镇长（挂职）周启明到会。", "周启明 副镇长 梅山镇"),
    ("then-held", ANHUI, "时任县妇联主席的叶丽华到会。", "叶丽华 主席 金寨县妇联"),
    ("is", ANHUI, "叶丽华是梅山镇小南京村党支部书记。", "叶丽华 书记 小南京村党支部"),
    ("body-said-again", HUBEI, "宣恩县委书记、县人大常委会主任张光明，县委副书记、县长习海军到会。",
     "张光明 书记 宣恩县委; 张光明 主任 宣恩县人大常委会; 习海军 副书记 宣恩县委; 习海军 县长 宣恩县"),
    ("company-that-the-sentence-opens-with", HUBEI,
     "湖北宏发茶业有限公司由恩施鑫源集团投资兴建，公司董事长覃国栋到会。", "覃国栋 董事长 湖北宏发茶业有限公司"),
    ("committee-of-the-zone", SHANXI, "临县临江开发区党工委副书记、管委会主任李文斌到会。",
     "李文斌 副书记 临县临江开发区党工委; 李文斌 主任 临县临江开发区管委会"),
]  # fmt: skip

PEOPLE = [
    ("villager-of-township-and-village", HUBEI, "“这几年村里变化很大。”沙道沟镇两河口村村民彭大贵高兴地说。",
     "彭大贵 村民 两河口村"),
    ("villager-of-the-sentence-before", ANHUI, "5月14日，记者来到黄畈村。村民陈大贵正在采茶。", "陈大贵 村民 黄畈村"),
    ("villager-of-nowhere", ANHUI, "村民陈大贵告诉记者，他家种了五亩水稻。", "陈大贵 村民 -"),
    ("first-secretary", GUIZHOU, "忠诚镇王岭村驻村第一书记罗永强说。", "罗永强 驻村第一书记 王岭村"),
    ("police-of-nowhere", ZHEJIANG, "民警叶剑锋、辅警阙小明赶到现场。", "叶剑锋 民警 -; 阙小明 辅警 -"),
    ("old-party-member", SICHUAN, "老党员唐玉珍住在相如镇。", "唐玉珍 老党员 -"),
    ("photographer", GUANGXI, "4月20日，四荣乡天气晴朗。（韦丽娜 摄）", "韦丽娜 摄影 -"),
    ("party-member-visited", SHANXI, "5月14日，张建国看望老党员武二小。", "武二小 老党员 -"),
    ("trainee", GUANGXI, "本报讯（实习生 韦丽娜）茶叶开采。", "韦丽娜 实习生 -"),
    ("byline", GUANGXI, "本报讯（记者 韦丽娜）4月20日，四荣乡东田村村民贾老三正在采茶。",
     "韦丽娜 记者 -; 贾老三 村民 东田村"),
]  # fmt: skip

NOT_POSTS = [
    ("nobody-named", SHANXI, "临县县委书记、县长等领导参加会议。"),
    ("nobody-named-speaks", SHANXI, "县委书记强调，要抓好落实。"),
    ("post-of-nobody", HUBEI, "宣恩县人民政府副县长的职责是协助县长工作。"),
    ("represents", SICHUAN, "蓬安县人大代表、政协委员和群众代表参加评议。"),
    ("for-a-long-time", HUBEI, "宣恩县公安局长期关心彭大贵。"),
    ("head-of-no-hamlet", JILIN, "大屯长势喜人，佟国华很高兴。"),
    ("department-of-nobody", HUBEI, "司长带队，彭大贵介绍了情况。"),
    ("a-person-without-a-post", HUBEI, "彭大贵家住两河口村。"),
    ("office-for-something", SHANXI, "临县推行河长制，设立村级河长四百名。"),
    ("generic-staff", GANSU, "陇西县各乡镇党委书记和县直部门主要负责人参加会议。"),
    ("bracket-of-a-picture", ANHUI, "梅山镇副镇长（见图）周启明到会。"),
    ("head-who-is-accompanied", ANHUI, "陪同县妇联主席的叶丽华到会。"),
    ("is-not", ANHUI, "叶丽华不是小南京村党支部书记。"),
    ("father-who-is", ANHUI, "叶丽华的父亲是小南京村党支部书记。"),
    ("party-member-in-need", SHANXI, "5月14日，张建国看望困难党员武二小。"),
    ("who-sent-it-in", GUANGXI, "本报讯（供稿 韦丽娜）茶叶开采。"),
    ("post-of-another-sentence", FUJIAN, "会议由县长主持。张元明到会。"),
]


@pytest.mark.parametrize(
    ("paper", "text", "expected"),
    [pytest.param(*case, id=id_) for id_, *case in (*CHAINS, *LISTS, *NEAR_THE_NAME, *PEOPLE)],
)
def test_posts(paper: Paper, text: str, expected: str) -> None:
    assert tell(text, paper).posts == posts(expected)


@pytest.mark.parametrize(("paper", "text"), [pytest.param(*case, id=id_) for id_, *case in NOT_POSTS])
def test_no_posts(paper: Paper, text: str) -> None:
    assert tell(text, paper).posts == frozenset()


@pytest.mark.parametrize(
    ("rule", "paper", "text"),
    [
        ("post.before-name", ANHUI, "县委书记周启明到黄畈村调研。"),
        ("post.list", SHANXI, "临县副县长王文平、秦建平到碛口镇检查。"),
        ("post.list-before", CHONGQING, "冉光明、田应国等县领导到酉阳县龙潭镇调研。"),
        ("post.after-name", SHANDONG, "薛启明书记来到泉庄镇。"),
        ("post.brackets", SHANDONG, "薛启明（县委副书记）介绍了情况。"),
        ("post.appointed", ZHEJIANG, "决定任命：叶伟民为松阳县民政局局长。"),
        ("post.dismissed", ZHEJIANG, "决定免去周伟国的松阳县民政局局长职务。"),
        ("post.takes-office", SHANXI, "郭建设现任临县教育局局长。"),
        ("post.is", ANHUI, "叶丽华是梅山镇小南京村党支部书记。"),
        ("post.byline", GUANGXI, "4月20日，四荣乡天气晴朗。（韦丽娜 摄）"),
    ],
    ids=lambda value: value if isinstance(value, str) and value.startswith("post.") else "",
)
def test_rules_are_named(rule: str, paper: Paper, text: str) -> None:
    assert rule in {fact.rule for fact in tell(text, paper).facts(Relation.HOLDS_ROLE)}


@pytest.mark.parametrize(
    ("text", "past"),
    [
        ("会议决定免去周伟国的松阳县民政局局长职务。", True),
        ("决定免去李大伟松阳县民政局局长职务。", True),
        ("周伟国不再担任松阳县民政局局长。", True),
        ("会议决定任命：周伟国为松阳县民政局局长。", False),
        ("周伟国现任松阳县民政局局长。", False),
        ("松阳县民政局局长周伟国到会。", False),
        ("原松阳县民政局局长周伟国到会。", True),
        ("时任松阳县民政局局长周伟国陪同。", True),
        ("周伟国，1965年3月生，曾任松阳县民政局局长。", True),
        ("周伟国，1965年3月生，原任松阳县民政局局长。", True),
        ("会前，松阳县民政局局长周伟国看望了大家。", False),
        ("太原市民政局局长周伟国到会。", False),
        ("中原松阳县民政局局长周伟国到会。", False),
    ],
    ids=[
        "dismissed",
        "dismissed-without-的",
        "no-longer",
        "appointed",
        "holds",
        "before-name",
        "former",
        "then",
        "once",
        "before-that",
        "before-the-meeting",
        "a-city-that-ends-so",
        "a-word-that-ends-so",
    ],
)
def test_past_posts(text: str, past: bool) -> None:
    (fact,) = tell(text, ZHEJIANG).facts(Relation.HOLDS_ROLE)
    assert bool(dict(fact.attributes).get("past")) is past


@pytest.mark.parametrize(
    ("text", "past"),
    [
        ("原松阳县委书记、丽水市政协副主席周伟国到会。", {"书记"}),
        ("原松阳县委常委、宣传部部长周伟国到会。", {"常委", "部长"}),
        ("松阳县委书记、原云和县县长周伟国到会。", {"县长"}),
        ("松阳县委书记、县长周伟国到会。", set()),
    ],
    ids=["the-first", "both-of-one-body", "the-second", "none"],
)
def test_which_posts_of_a_chain_are_past(text: str, past: set[str]) -> None:
    told = tell(text, ZHEJIANG)
    titles = {entity.id: entity.title for entity in told.record.entities}
    facts = told.facts(Relation.HOLDS_ROLE)
    assert len(facts) == 2
    assert {titles[fact.object] for fact in facts if dict(fact.attributes).get("past")} == past


@pytest.mark.parametrize(
    ("text", "track"),
    [
        ("县委书记周启明到黄畈村调研。", "party"),
        ("金寨县县长周启明到黄畈村调研。", "government"),
        ("金寨县人民法院院长周启明到黄畈村调研。", "judiciary"),
        ("湖北宏发茶业有限公司总经理周启明到黄畈村。", "company"),
        ("黄畈村村民周启明正在采茶。", "people"),
        ("金寨县县领导周启明到黄畈村。", "collective"),
    ],
)
def test_track_of_the_role(text: str, track: str) -> None:
    told = tell(text, ANHUI)
    (fact,) = told.facts(Relation.HOLDS_ROLE)
    assert told.entities()[fact.object].track == track


def test_one_post_in_two_sentences_is_one_fact_with_two_evidences() -> None:
    told = tell("县委书记周启明到黄畈村调研。县委书记周启明还来到前畈村。", ANHUI)
    (fact,) = told.facts(Relation.HOLDS_ROLE)
    assert told.text_of(fact) == ["县委书记周启明到黄畈村调研。", "县委书记周启明还来到前畈村。"]


def test_two_people_of_one_post_share_the_role() -> None:
    told = tell("临县副县长王文平、秦建平到碛口镇检查。", SHANXI)
    assert len({fact.object for fact in told.facts(Relation.HOLDS_ROLE)}) == 1
