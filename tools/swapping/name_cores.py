"""Finds the distinctive part of a site's or company's name: 裕丰 in 裕丰菜市场, 以晴 in 衢州以晴包装容器有限公司.

In: a name as the gold gives it, and the division names that may stand at its head. Out: the core, or None where nothing
in the name is distinctive. The words below are kinds of places and businesses; none comes with a name.
"""

from __future__ import annotations

import re
from collections.abc import Collection

# What follows the core. Longest first; stripped again and again, so 污水处理厂 needs no line beside 处理厂.
_KINDS = """
股份有限公司 有限责任公司 集团有限公司 有限公司 集团公司 分公司 公司 集团 合作社 专业合作社 农场 家庭农场 厂 商行
药房 药店 超市 菜市场 农贸市场 市场 菜场 商城 农商城 广场 大厦 大楼 大酒店 酒店 宾馆 饭店 民宿 餐厅 影院 电影院
剧院 书店 店 花园 家园 公寓 小区 新村 苑 府 城 湾 庭 公馆 大道 大街 路 街 巷 弄 线 桥 大桥 公园 景区 风景区 水库
山塘 山塘工程 山塘项目 网格 小镇 特色小镇 创业园 产业园 工业园 工业园区 工业功能区 科技园 园区 基地 示范基地
农业科技示范基地 物流园 新城 开发区 生态园 农庄 谷 小微企业 企业 包装容器 包装 容器 建设管理 建设 管理 物业管理
物业 家居 家私 家具 信息科技 科技 信息 网络 电器 空调 建机 机械 智造 制造 光电 激光 电子 电气 新材料 材料 化工
纸业 食品 农业 农业开发 生态农业 农业发展 旅游 文化 传媒 投资 实业 贸易 商贸 医药 纺织 服饰 服装 钢铁 能源 新能源
汽车 汽配 轴承 置业 房地产 建筑 工程 项目 养殖 种植 茶业 茶叶 酒业 乳业 矿业 自然村 村
"""
_TYPE_WORDS = sorted(
    _KINDS.split(),
    key=lambda word: (-len(word), word),
)
# A core that is one of these is a common word of such names, not a name.
_COMMON_WORDS = """
乡村 村播 未来 生态 数字 数字经济 经济 创新 创新型 创新型产业 高新技术 产业 工业 农业 专业 行政 服务 便民 建筑垃圾
智能 人民 中心 四省边际 中国 全国 国家 综合 文化 教育 健康 共富 美术 世纪 幸福 红色 特色 现代 现代农业 科技 物流
农产品 民生 农商 农商行 农投 城投 行政中心 政务服务 大数据 党群 邻里 老年 儿童
"""
_NOT_DISTINCTIVE = frozenset(_COMMON_WORDS.split())
_HEADS = ("中国", "全国", "省", "市", "区", "县", "乡", "镇", "村")
_HAN = re.compile(r"[\u4e00-\u9fff]{2,4}")


def core_of(name: str, *, divisions: Collection[str], whole: bool) -> str | None:
    """The core of a name, two to four Han characters, or None.

    Args:
        name: one surface of the gold.
        divisions: names and short names of divisions, which may stand before the core.
        whole: whether a name without any type word is a core itself (胡庆余堂 is; 长三角 is no invented name).

    >>> core_of("浙江东南建设管理有限公司", divisions=["浙江"], whole=True)
    '东南'
    >>> core_of("乡村振兴讲堂", divisions=[], whole=False) is None
    True
    """
    core = re.split(r"[（(]", name)[0].strip('“”"')
    core = _without_heads(core, divisions)
    stripped = False
    while word := next((word for word in _TYPE_WORDS if core.endswith(word) and len(core) - len(word) >= 2), None):
        core = core[: -len(word)]
        stripped = True
    if any(name_of in core or _overlaps(name_of, name, core) for name_of in divisions):
        return None
    if not (stripped or whole) or not _HAN.fullmatch(core) or core in _NOT_DISTINCTIVE or core in _TYPE_WORDS:
        return None
    return core


def _without_heads(name: str, divisions: Collection[str]) -> str:
    heads = sorted((*divisions, *_HEADS), key=lambda head: (-len(head), head))
    while head := next((head for head in heads if name.startswith(head) and len(name) > len(head)), None):
        name = name[len(head) :]
    return name


def _overlaps(division: str, name: str, core: str) -> bool:
    """Whether a division's name begins in the core and ends behind it (今日柯|城)."""
    at = name.find(core)
    return any(at < start < at + len(core) for start in range(len(name)) if name.startswith(division, start))
