"""Draws invented names of people, companies and sites.

In: a seeded random generator. Out: names that look like those of any county paper; no name is taken from a page.
"""

from __future__ import annotations

import random

# Surnames with their share per mille of the population (2020 census, rounded); the last line stands for the long tail,
# which county papers are full of and name finders stumble over.
_SURNAME_SHARES = """
王 72 李 72 张 68 刘 52 陈 45 杨 31 黄 22 赵 21 吴 20 周 20 徐 14 孙 14 马 13 朱 13 胡 12 郭 12 何 11 林 11 高 10
罗 9 郑 9 梁 8 谢 7 宋 7 唐 7 许 6 韩 6 邓 6 冯 6 曹 6 彭 6 曾 6 肖 6 田 6 董 6 潘 5 袁 5 蔡 5 蒋 5 余 5 于 5
杜 5 叶 5 程 5 魏 5 苏 5 吕 5 丁 4 任 4 卢 4 姚 4 沈 4 钟 4 姜 4 崔 4 谭 4 陆 4 范 4 汪 4 廖 4 石 4 金 4 韦 3 贾 3 夏 3
付 3 方 3 邹 3 熊 3 白 3 孟 3 秦 3 邱 3 侯 3 江 3 尹 3 薛 3 闫 3 段 3 雷 3 龙 3 黎 3 史 3 陶 3 贺 3 毛 3 郝 3 顾 3 龚 3
邵 2 万 2 覃 2 武 2 钱 2 戴 2 严 2 莫 2 孔 2 向 2 常 2 汤 2 康 2 易 2 乔 2 赖 2 文 2 章 2 洪 2 温 2 俞 2 阮 1 项 1 祝 1
柴 1 蓝 1 舒 1 鲍 1 居 1 敖 1 冼 1 诸 1 麻 1 占 1 褚 1 桑 1 郎 1 晏 1 揭 1 盘 1 桂 1 阙 1 管 1 鄢 1
"""
_SURNAMES = _SURNAME_SHARES.split()[0::2]
_SHARES = [int(share) for share in _SURNAME_SHARES.split()[1::2]]
# Characters of given names in their usual places; a single given name takes one of either row.
_FIRST_GIVEN = (
    "国建志文明海永春晓小德玉红金丽秀俊雪佳家嘉思雨梓子宇浩伟立宏庆正新振少学兴世光忠荣利云月美淑桂惠慧亚彩凤爱素翠燕长成"
    "根水火土木阿伯仲其良祖宗耀昌炳鸿绍启泽宝瑞福禄寿益可若芷静诗欣依婉"
)
_LAST_GIVEN = (
    "华平军明强杰辉峰波斌勇超涛磊刚林生民龙飞鹏荣东庭源泉清松柏良才根发祥福贵富财有亮毅凯翔宇轩豪博文斐萍芳英娟丽红霞燕玲"
    "珍莉琴芬婷静敏洁琳颖雯洋悦欣怡妍菲蓉莲梅兰菊香云月花妹娥仙姣琼瑶晨晖旭昊楠桦森"
)
_COMPANY = "恒泰瑞丰盛宏嘉鑫源通达联创科诚信德润安康隆昌祥茂裕邦汇腾凯诺捷拓维晶力辰宇越远奥博思迈朗旺欧亚冠顺"
_SITE_NAMES = """
翠湖 云锦 香樟 梧桐 金桂 玉兰 碧水 凤凰 龙泉 荷塘 竹溪 梅岭 松涛 桃源 银杏 枫林 石桥 白鹭 青山 紫荆 兰亭 柳岸 双清
仙霞 锦绣 滨河 朝阳 西苑 东湖 南园 长乐 永宁 太平 望江 临江 文昌 状元 钟楼 鼓楼 御景 天誉 领秀 悦澜 星河 名都 帝景
中央 学府 阳光 丽景 水岸 逸景 嘉和 盛世 和悦 福源 聚贤 迎宾 建业 望湖 观澜 听涛 映月 揽翠 半山 云栖 麒麟 石鼓 塔山
沙洲 清泉 马鞍 狮山
"""
_SITES = _SITE_NAMES.split()
_SITE_ENDS = "湾里坊洲台坪岭源"


def person(rng: random.Random, *, length: int) -> str:
    """A full name of `length` characters (2–4; four get a double-barrelled surname)."""
    surname = surname_alone(rng)
    if length >= 4:
        surname += surname_alone(rng)
    return surname + given(rng, length=length - len(surname))


def surname_alone(rng: random.Random) -> str:
    """A surname by its share of the population."""
    return rng.choices(_SURNAMES, weights=_SHARES)[0]


def given(rng: random.Random, *, length: int) -> str:
    """A given name of one or two characters."""
    if length == 1:
        return rng.choice(_FIRST_GIVEN + _LAST_GIVEN)
    return rng.choice(_FIRST_GIVEN) + rng.choice(_LAST_GIVEN)


def company_core(rng: random.Random, *, length: int) -> str:
    """The distinctive part of a company's name (恒泰)."""
    return "".join(rng.sample(_COMPANY, length))


def site_core(rng: random.Random, *, length: int) -> str:
    """The distinctive part of an estate's, road's or shop's name (翠湖)."""
    if length == 2:
        return rng.choice(_SITES)
    return rng.choice(_SITES) + (rng.choice(_SITES) if length > 3 else rng.choice(_SITE_ENDS))
