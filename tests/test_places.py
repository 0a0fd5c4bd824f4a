"""Known places and organisations, and the check of a gazetteer folder."""

from __future__ import annotations

from pathlib import Path

import pytest

from kg.errors import InputError
from kg.gazetteers import check_gazetteers, gazetteer_folder, load_places
from kg.model import Kind

HEADER = "name,kind,subtype,code,parent_code,aliases,source\n"


def test_seed_list() -> None:
    rows = load_places()
    assert list(rows) == sorted(rows, key=lambda row: (row.name, row.kind))
    by_name = {row.name: row for row in rows}
    assert "长三角" in by_name["长江三角洲"].aliases and by_name["长江三角洲"].kind is Kind.PLACE
    assert by_name["西湖"].parent_code == "3301"
    assert by_name["新华社"].subtype == "media" and "新华通讯社" in by_name["新华社"].aliases
    assert "国家发改委" in by_name["国家发展和改革委员会"].aliases
    assert all(row.source for row in rows)


def test_our_own_folder_has_no_problems() -> None:
    assert check_gazetteers(gazetteer_folder()) == []


def test_a_users_row_wins(tmp_path: Path) -> None:
    (tmp_path / "places.csv").write_text(
        f"# 我的\n{HEADER}西湖,PLACE,site,,360102,,本报\n鹿鸣公园,PLACE,site,,330802,鹿鸣山公园,本报\n",
        encoding="utf-8",
    )
    rows = {row.name: row for row in load_places([gazetteer_folder(), tmp_path])}
    assert rows["西湖"].parent_code == "360102" and rows["西湖"].aliases == ()
    assert rows["鹿鸣公园"].aliases == ("鹿鸣山公园",) and rows["鹿鸣公园"].where.endswith("places.csv:4")
    assert "新华社" in rows
    assert check_gazetteers(tmp_path) == []


def test_a_folder_without_files(tmp_path: Path) -> None:
    assert load_places([tmp_path]) == ()
    assert check_gazetteers(tmp_path) == []


@pytest.mark.parametrize(
    ("body", "line", "part"),
    [
        ("某园,SITE,site,,,,本报\n", 2, "kind"),
        ("某园,PLACE,company,,,,本报\n", 2, "subtype"),
        ("某园,PLACE,site,,,,\n", 2, "source"),
        ("某园,PLACE,site,,,本报\n", 2, "cells"),
        ("某园,PLACE,site,,,,本报\n某园,PLACE,site,,,,本报\n", 3, "twice"),
    ],
)
def test_unreadable_rows(tmp_path: Path, body: str, line: int, part: str) -> None:
    (tmp_path / "places.csv").write_text(HEADER + body, encoding="utf-8")
    with pytest.raises(InputError, match=part):
        load_places([tmp_path])
    (problem,) = check_gazetteers(tmp_path)
    assert (problem.file, problem.line) == ("places.csv", line) and part in problem.message


@pytest.mark.parametrize(
    ("row", "part"),
    [
        ("某园,PLACE,site,,999999,,本报", "no division 999999"),
        ("某园,PLACE,site,,,花园,本报", "ordinary word"),
        ("某园,PLACE,site,,,园,本报", "too short"),
        ("某园,PLACE,site,,,柯城,本报", "division's name"),
        ("某园,PLACE,site,,,,本报\n乙园,PLACE,site,,,某园,本报", "also names"),
    ],
)
def test_problems_of_places(tmp_path: Path, row: str, part: str) -> None:
    (tmp_path / "places.csv").write_text(HEADER + row + "\n", encoding="utf-8")
    assert [problem for problem in check_gazetteers(tmp_path) if part in problem.message]


def test_problems_of_former_names(tmp_path: Path) -> None:
    header = "name,code,from,to,successor_code,note,source\n"
    path = tmp_path / "historic-divisions.csv"
    path.write_text(f"{header}甲县,1,2001,1999,330802,浙江,\n乙县,2,,,999999,浙江,某书\n", encoding="utf-8")
    messages = [(problem.line, problem.message) for problem in check_gazetteers(tmp_path)]
    assert messages == [
        (2, "甲县: it ended 1999 and began 2001"),
        (2, "甲县: no source"),
        (3, "乙县: no division 999999"),
    ]


def test_a_byte_order_mark_and_other_encodings(tmp_path: Path) -> None:
    path = tmp_path / "places.csv"
    path.write_bytes(b"\xef\xbb\xbf" + (HEADER + "某园,PLACE,site,,,,本报\n").encode())
    assert [row.name for row in load_places([tmp_path])] == ["某园"]
    path.write_bytes((HEADER + "某园,PLACE,site,,,,本报\n").encode("gb18030"))
    with pytest.raises(InputError):
        load_places([tmp_path])
