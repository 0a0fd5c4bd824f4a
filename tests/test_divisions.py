"""Divisions: codes, paths, aliases, printed regions, former names; and the tool that makes the data."""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path
from types import ModuleType

import pytest

from kg.errors import InputError
from kg.gazetteers import Division, Divisions, gazetteer_folder, load_divisions

ROOT = Path(__file__).resolve().parent.parent


@pytest.fixture(scope="module")
def divisions() -> Divisions:
    return load_divisions()


@pytest.fixture(scope="module")
def tool() -> ModuleType:
    path = ROOT / "tools" / "make_divisions.py"
    spec = importlib.util.spec_from_file_location("make_divisions", path)
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


@pytest.mark.parametrize(
    ("code", "name", "level"),
    [
        ("33", "浙江省", "province"),
        ("3308", "衢州市", "city"),
        ("330802", "柯城区", "county"),
        ("330802005", "新新街道", "township"),
        ("330802005004", "彩虹社区", "village"),
        ("330802101232", "严村村", "village"),
        ("330803100242", "严村村", "village"),
        ("441900003", "东城街道", "township"),
        ("659001", "石河子市", "county"),
        ("71", "台湾省", "province"),
        ("82", "澳门特别行政区", "province"),
        ("150622", "准格尔旗", "county"),
    ],
)
def test_get(divisions: Divisions, code: str, name: str, level: str) -> None:
    assert divisions.get(code) == Division(code, name, level)


def test_get_reads_six_digits_of_cities(divisions: Divisions) -> None:
    assert divisions.get("330800") == divisions.get("3308")
    assert divisions.get("330000") == divisions.get("33")
    assert divisions.get("441900") == divisions.get("4419")


@pytest.mark.parametrize(
    "code", ["", "0", "1101", "4290", "6590", "99", "330899", "33080", "330802999", "330802005999", "柯城区", "３３"]
)
def test_get_unknown(divisions: Divisions, code: str) -> None:
    assert divisions.get(code) is None
    assert divisions.path(code) == ()
    assert divisions.children(code) == ()


@pytest.mark.parametrize(
    ("code", "parent"),
    [
        ("110105", "11"),
        ("429004", "42"),
        ("659001", "65"),
        ("469005", "46"),
        ("500233", "50"),
        ("441900003", "4419"),
        ("460400100", "4604"),
        ("330802005004", "330802005"),
        ("3308", "33"),
        ("33", None),
    ],
)
def test_parent_skips_what_only_statistics_knows(divisions: Divisions, code: str, parent: str | None) -> None:
    found = divisions.parent(code)
    assert (found.code if found else None) == parent


def test_path_and_within(divisions: Divisions) -> None:
    names = [division.name for division in divisions.path("330802100240")]
    assert names == ["浙江省", "衢州市", "柯城区", "石梁镇", "白云村"]
    assert [division.name for division in divisions.path("441900003")] == ["广东省", "东莞市", "东城街道"]
    assert divisions.within("330802100240", "330802") and divisions.within("330802", "330802")
    assert not divisions.within("330802", "330803") and not divisions.within("33", "330802")


@pytest.mark.parametrize(
    ("code", "has", "lacks"),
    [
        ("33", "3308", "330802"),
        ("11", "110105", "110105001"),
        ("42", "429004", "420102"),
        ("3308", "330802", "330802005"),
        ("4419", "441900003", "441900003001"),
        ("330802", "330802005", "330802005004"),
        ("330802005", "330802005004", "330802006001"),
    ],
)
def test_children(divisions: Divisions, code: str, has: str, lacks: str) -> None:
    codes = [division.code for division in divisions.children(code)]
    assert has in codes and lacks not in codes and codes == sorted(codes)


@pytest.mark.parametrize(
    ("code", "text", "form"),
    [
        ("33", "浙江", "stem"),
        ("45", "广西", "short"),
        ("15", "内蒙古", "short"),
        ("81", "香港", "short"),
        ("330802", "柯城区", "official"),
        ("330802", "柯城", "stem"),
        ("330824", "开化", "stem"),
        ("1522", "兴安", "stem"),
        ("5134", "凉山州", "short"),
        ("5134", "凉山", "stem"),
        ("5226", "黔东南州", "short"),
        ("4228", "恩施州", "short"),
        ("6528", "巴州", "short"),
        ("152221", "科右前旗", "short"),
        ("331127", "景宁县", "short"),
        ("622926", "东乡", "stem"),
        ("520203", "六枝", "stem"),
        ("310115", "浦东", "short"),
        ("330802101", "航埠", "stem"),
        ("330802005004", "彩虹居委会", "short"),
        ("330802100240", "白云", "stem"),
        ("330802101232", "严村", "short"),
        ("110105029", "平房乡", "short"),
    ],
)
def test_alias_forms(divisions: Divisions, code: str, text: str, form: str) -> None:
    division = divisions.get(code)
    assert division is not None
    forms = {alias.text: alias.form for alias in divisions.alias_forms(division)}
    assert forms.get(text) == form
    texts = divisions.aliases(division)
    assert texts[0] == division.name and len(set(texts)) == len(texts)


@pytest.mark.parametrize(
    ("code", "text"),
    [
        ("152221", "科尔沁右翼前"),  # nobody stops before 旗 there
        ("110102", "西"),
        ("140502", "城"),
        ("130171", "石家庄高新技术产业开"),
        ("330802100240", "白云村村"),  # only one-character stems double their 村
        ("330802101232", "严"),
        ("15", "内"),
    ],
)
def test_no_such_alias(divisions: Divisions, code: str, text: str) -> None:
    division = divisions.get(code)
    assert division is not None and text not in divisions.aliases(division)


def test_top_aliases(divisions: Divisions) -> None:
    top = divisions.top_aliases()
    assert top["柯城"] == ("330802",)
    assert top["鼓楼区"] == ("320106", "320302", "350102", "410204")
    assert top["吉林"] == ("22", "2202")
    assert not [text for text in top if len(text) < 2]
    assert not [text for text in top if "市辖区" in text or "直辖" in text]


def test_find(divisions: Divisions) -> None:
    assert [d.code for d in divisions.find("石梁镇", within="330802")] == ["330802100"]
    assert divisions.find("石梁镇") == ()
    assert [d.code for d in divisions.find("严村", within="330802")] == ["330802101232"]
    assert [d.code for d in divisions.find("严村村", within="3308", level="village")][:2] == [
        "330802101232",
        "330803100242",
    ]
    assert divisions.find("白云村", within="330803") == ()
    assert divisions.find("白云", within="330802", level="county") == ()
    assert [d.code for d in divisions.find("东城街道", within="4419")] == ["441900003"]
    assert divisions.find("没有的名字") == ()


def test_find_deep_agrees_with_the_index_of_a_county(divisions: Divisions) -> None:
    deep = {division.code for division in divisions.find("白云村", deep=True)}
    assert "330802100240" in deep and len(deep) > 50
    assert {division.code for division in divisions.find("白云村", within="330802")} <= deep


def test_units_below(divisions: Divisions) -> None:
    units = list(divisions.units_below("330802"))
    texts = {(alias.text, code) for alias, code in units}
    assert ("白云村", "330802100240") in texts and ("航埠", "330802101") in texts
    assert all(code.startswith("330802") and len(code) in (9, 12) for _, code in units)
    assert not list(divisions.units_below("999999"))


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("浙江省衢州市柯城区", "330802"),
        ("贵州省黔东南州凯里市", "522601"),
        ("新疆乌鲁木齐市", "6501"),
        ("内蒙古兴安盟乌兰浩特市", "152201"),
        ("四川省凉山州喜德县", "513432"),
        ("云南省文山市", "532601"),
        ("安徽省合肥市长丰县岗集镇", "340121104"),
        ("天津市", "12"),
        ("广西来宾市", "4513"),
        ("柯城区", "330802"),
        ("上海市浦东新区", "310115"),
        ("海南省文昌市", "469005"),
        ("新疆生产建设兵团第八师石河子市", "659001"),
        ("广东省东莞市东城街道", "441900003"),
        ("湖北仙桃", "429004"),
        ("浙江省 衢州市 / 柯城区", "330802"),
        ("浙江省衢州市柯城区石梁镇白云村", "330802100240"),
        ("江苏省南京市鼓楼区", "320106"),
        ("北京朝阳区", "110105"),
        ("吉林", "22"),
        ("吉林市", "2202"),
        ("内蒙古科右前旗", "152221"),
        ("重庆市忠县", "500233"),
        ("海南省海南藏族自治州", None),
        ("鼓楼区", None),
        ("朝阳区", None),
        ("浙江省柯城县", None),
        ("江苏省衢州市", None),
        ("柯城区委", None),
        ("某某县", None),
        ("市辖区", None),
        ("区", None),
        ("", None),
        ("浙" * 100, None),
    ],
)
def test_parse_region(divisions: Divisions, text: str, code: str | None) -> None:
    division = divisions.parse_region(text)
    assert (division.code if division else None) == code


@pytest.mark.parametrize(
    ("text", "code", "printed"),
    [
        ("山东省威海市文登市", "371003", "文登市"),
        ("北京市密云县", "110118", "密云县"),
        ("浙江省衢县", "330803", "衢县"),
        ("浙江省余杭市", "330110", "余杭市"),
        ("江苏省吴县市", "3205", "吴县市"),  # divided between two districts of 苏州
        ("内蒙古哲里木盟", "1505", "哲里木盟"),
        ("四川省涪陵地区", "50", "涪陵地区"),
        ("四川省忠县", "500233", "忠县"),
        ("天津市蓟县", "120119", "蓟县"),
    ],
)
def test_former_names(divisions: Divisions, text: str, code: str, printed: str) -> None:
    reading = divisions.read_region(text)
    assert reading is not None
    assert (reading.division.code, reading.printed, reading.historic) == (code, printed, True)


def test_todays_name_beats_a_former_one(divisions: Divisions) -> None:
    reading = divisions.read_region("海南省海口市")
    assert reading is not None and reading.division.code == "4601" and not reading.historic


def test_historic_rows_are_sound(divisions: Divisions) -> None:
    rows = [row for rows in divisions.historic_names().values() for row in rows]
    assert len(rows) > 250
    keys = [(row.name, row.code) for row in rows]
    assert len(set(keys)) == len(keys)
    for row in rows:
        assert row.source and row.note and row.successors
        assert all(divisions.get(code) for code in row.successors), row
        assert row.since is None or row.until is None or row.since < row.until, row
    (row,) = divisions.historic("文登市")
    assert (row.since, row.until, row.successors) == (1988, 2014, ("371003",))
    assert divisions.historic("柯城区") == ()


def test_short_names_have_divisions_and_are_no_rule(divisions: Divisions) -> None:
    lines = (gazetteer_folder() / "divisions" / "short-names.csv").read_text(encoding="utf-8").splitlines()
    rows = [line.split(",") for line in lines if not line.startswith("#")][1:]
    assert len({tuple(row[:2]) for row in rows}) == len(rows)
    for code, _, _ in rows:
        assert divisions.get(code), code


def test_data_are_clean(divisions: Divisions) -> None:
    for code in ("3308", "4419", "5001", "6590"):
        rows = list(divisions._lines(code))
        codes = [each for each, _ in rows]
        assert codes == sorted(codes) and len(set(codes)) == len(codes)
        for each, name in rows:
            assert name == name.strip() and "\t" not in name
            assert not name.endswith(("村委会", "村民委员会", "社区居委会", "办事处")), name
            assert "虚拟" not in name and "生活区" not in name, name
            assert len(each) == 9 or divisions.get(each[:9]), each


def test_no_folder(tmp_path: Path) -> None:
    with pytest.raises(InputError):
        Divisions(tmp_path)


@pytest.mark.parametrize(
    ("raw", "doubled", "name"),
    [
        ("白云村委会", False, "白云村"),
        ("白云村村民委员会", False, "白云村"),
        ("白云村村委会", True, "白云村"),
        ("严村村委会", False, "严村村"),
        ("严村村委会", True, "严村"),
        ("严村村村委会", True, "严村村"),
        ("六合村民委员会", False, "六合村"),
        ("彩虹社区居委会", False, "彩虹社区"),
        ("彩虹社区居民委员会", False, "彩虹社区"),
        ("三电社区居民委会", False, "三电社区"),
        ("新建社区居委", False, "新建社区"),
        ("吉祥居委会", False, "吉祥社区"),
        ("第八居委会", False, "第八居委会"),
        ("集镇居委会", False, "集镇居委会"),
        ("呼和芒哈嘎查村委员会", False, "呼和芒哈嘎查"),
        ("柯克哈达牧委会", False, "柯克哈达村"),
        ("王英村委员会", False, "王英村"),
        ("东村村民委员", False, "东村村"),
        ("星宏村委会（新）", False, "星宏村"),
        ("黄龙居委会（社区）", False, "黄龙社区"),
        ("新(土郎)村民委员会", False, "新(土郎)村"),
        ("八五一０农场新垦管理区", False, "八五一〇农场新垦管理区"),
        ("林场村村委会", True, "林场村"),
        ("开发区虚拟社区", False, None),
        ("一连生活区", False, None),
        ("第四生产队", False, None),
        ("七连队", False, None),
        ("吉阳区直辖村级区划", False, None),
    ],
)
def test_village_name(tool: ModuleType, raw: str, doubled: bool, name: str | None) -> None:
    assert tool.village_name(raw, doubled=doubled) == name


def test_village_name_drops_the_path(tool: ModuleType) -> None:
    path = ("广东省", "河源市", "东源县", "黄田镇")
    assert tool.village_name("东源县黄田镇清溪村民委员会", doubled=False, path=path) == "清溪村"
    assert tool.village_name("黄田镇居委会", doubled=False, path=path) == "黄田镇居委会"


@pytest.mark.parametrize(
    ("raw", "name"),
    [
        ("漓东街道办事处", "漓东街道"),
        ("白云街道", "白云街道"),
        ("科技城（东渚街道）", "东渚街道"),
        ("大安经济开发区（省级）", "大安经济开发区"),
        ("兵团八十六团分部", "兵团八十六团"),
        ("白马湖农场", "白马湖农场"),
        ("海棠区直辖村级区划", None),
        ("向阳区直辖村级区划", None),
        ("红光类似乡级单位", None),
    ],
)
def test_township_name(tool: ModuleType, raw: str, name: str | None) -> None:
    assert tool.township_name(raw) == name
