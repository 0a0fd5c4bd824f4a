"""Turns of phrase of `kg.events.clauses`, each by a sentence that it reads and by the nearest one that it must leave alone."""

from __future__ import annotations

import pytest
from told import SHANXI, events_of, tell, visits_of

ESTATE = "鸿福家园有三百户。"
COMPANY = "山西美锦能源股份有限公司落户三交镇。"
PARK = "鸿福产业园有三百亩。山西美锦能源股份有限公司投产。"
FIRMS = "吕梁红星建材有限公司、临县宏远商贸有限公司等20余家企业"

# (id, text, every event as `type date | places | name:part …`)
WITHIN_DAYS = [
    ("days-from-the-day-told", "10月1日，征迁工作启动。仅用12天时间，碛口镇就完成86户房屋拆除。",
     ["project 2017-10-01/2017-10-12 | | 碛口镇:organise"]),
    ("contracts-within-days", "10月1日，征迁工作启动。仅用12天时间，碛口镇就完成86家商户签订任务。",
     ["signing 2017-10-01/2017-10-12 | | 碛口镇:organise"]),
    ("firms-sign-within-days", "10月1日，征迁工作启动。仅用12天时间，碛口镇就完成86家商户签约。",
     ["signing 2017-10-01/2017-10-12 | | 碛口镇:organise"]),
    ("firms-to-sign-within-days", "10月1日，征迁工作启动。计划仅用12天时间，碛口镇就完成86家商户签约。", []),
    ("another-signing-is-another", "10月1日，征迁工作启动。仅用12天时间，碛口镇就完成86家商户签订任务。"
     "临县与山西美锦能源股份有限公司签署了合作协议。", ["signing 2017-10-01/2017-10-12 | | 碛口镇:organise"]),
    ("days-that-are-planned", "10月1日，征迁工作启动。计划仅用12天时间，碛口镇就完成86户房屋拆除。", []),
    ("days-that-are-aimed-at", "10月1日，征迁工作启动。力争短短12天内，碛口镇完成86户房屋拆除。", []),
    ("days-from-no-day", "碛口镇商户很多。仅用12天时间，碛口镇就完成86户房屋拆除。", []),
    ("walks-within-days", "10月1日，征迁工作启动。仅用12天时间，碛口镇就完成86户信息登记。", []),
]  # fmt: skip

CALLS = [
    ("bureau-at-a-company", COMPANY + "县发改局多次上门对接。",
     ["other - | 山西美锦能源股份有限公司 | 临县发改局:lead 山西美锦能源股份有限公司:subject"]),
    ("looks-at-a-company", COMPANY + "县发改局多次上门走访。",
     ["inspection - | 山西美锦能源股份有限公司 | 临县发改局:lead 山西美锦能源股份有限公司:subject"]),
    ("many-times-on-no-day", "10月17日，县政府召开座谈会。" + COMPANY + "县发改局多次上门走访。",
     ["meeting 2017-10-17 | | 临县政府:organise",
      "inspection - | 山西美锦能源股份有限公司 | 临县发改局:lead 山西美锦能源股份有限公司:subject"]),
    ("from-door-to-door", ESTATE + "网格员李秀芳逐户上门讲解政策。", ["other - | 鸿福家园 | 李秀芳:lead"]),
    ("will-call", COMPANY + "县发改局将多次上门对接。", []),
    ("service-that-is-offered", ESTATE + "网格员李秀芳提供上门服务。", []),
    ("comes-to-no-door", ESTATE + "网格员李秀芳多次讲解政策。", []),
    ("at-nobody's-door", "网格员李秀芳逐户上门讲解政策。", []),
]  # fmt: skip

MADE_BY = [
    ("made-by-two", "鸿福家园由临县住建局和山西美锦能源股份有限公司共同建设。",
     ["project - | 鸿福家园 | 临县住建局:organise 山西美锦能源股份有限公司:organise"]),
    ("to-be-made", "鸿福家园拟由临县住建局和山西美锦能源股份有限公司共同建设。", []),
    ("not-made-by", "鸿福家园不是由临县住建局建设。", []),
    ("kind-of-thing-made-by", "鸿福家园是由临县住建局建设的安置小区。", []),
    ("duty-of-building", "鸿福家园的道路由临县住建局负责建设和养护。", []),
]  # fmt: skip

TOGETHER = [
    ("two-people-clean-up", ESTATE + "楼长高明亮联合老党员王文平，清理小区楼道。",
     ["project - | 鸿福家园 | 高明亮:lead 王文平:attend"]),
    ("two-people-mean-to", ESTATE + "楼长高明亮联合老党员王文平，计划清理小区楼道。", []),
    ("two-people-go-to-see", ESTATE + "楼长高明亮联合老党员王文平，劝说住户。", []),
    ("two-people-at-no-site", "楼长高明亮联合老党员王文平，清理小区楼道。", []),
]  # fmt: skip

AGREED = [
    ("told-but-done", PARK + f"唐文说，公司与{FIRMS}已达成合作意向。",
     ["other - | 鸿福产业园 | 山西美锦能源股份有限公司:organise 吕梁红星建材有限公司:attend"
      " 临县宏远商贸有限公司:attend"]),
    ("hoped-for", PARK + f"唐文说，公司有望与{FIRMS}成功达成合作意向。", []),
    ("not-reached", PARK + f"唐文说，公司没有与{FIRMS}成功达成合作意向。", []),
    ("in-touch-only", PARK + f"唐文说，公司与{FIRMS}已有往来。", []),
]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "events"),
    [pytest.param(*case, id=id_) for id_, *case in (*WITHIN_DAYS, *CALLS, *MADE_BY, *TOGETHER, *AGREED)],
)
def test_clauses(text: str, events: list[str]) -> None:
    told = tell(text, SHANXI)
    assert set(told.events) == events_of(events)
    assert len(told.events) == len(events)
    assert told.visits == visits_of("")
