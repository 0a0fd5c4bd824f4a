"""Figures show what the answers say: every number, namesakes apart, and what is left out."""

from __future__ import annotations

from typing import Any

import networkx as nx
import pytest
from outside_readers import reader

from kg.errors import InputError

pandas = pytest.importorskip("pandas", reason="answers are DataFrames: pip install 'county-kg[notebooks]'")


@pytest.fixture(autouse=True)
def drawing() -> Any:
    reader("matplotlib").use("Agg")
    from matplotlib import pyplot

    yield
    pyplot.close("all")


def visits(*rows: tuple[str, str, str | None, str]) -> Any:
    frame = pandas.DataFrame(rows, columns=["person", "person_id", "township", "date"])
    frame["precision"] = ["day" if len(date) == 10 else "month" for date in frame.date]
    return frame


VISITS = visits(
    ("甲", "person-aaaa1111", "石梁镇", "2021-01-12"),
    ("甲", "person-aaaa1111", "石梁镇", "2021-01-13"),
    ("甲", "person-aaaa1111", "航埠镇", "2021-01-13"),
    ("乙", "person-bbbb2222", "石梁镇", "2021-02-28"),
    ("乙", "person-bbbb3333", "石梁镇", "2021-02"),
    ("丙", "person-cccc4444", None, "2021-02-01"),
)


def words(axes: Any) -> list[str]:
    return [text.get_text() for text in axes.texts]


def ticks(axis: Any) -> list[str]:
    return [label.get_text() for label in axis.get_ticklabels()]


def test_heat_map_counts_and_keeps_namesakes_apart() -> None:
    from kg.query.charts import heat_map

    axes = heat_map(VISITS, title="到访")
    assert ticks(axes.yaxis) == ["甲", "乙（2222）", "乙（3333）"]
    assert ticks(axes.xaxis) == ["石梁镇", "航埠镇"]
    assert sorted(words(axes)) == ["1", "1", "1", "2"]
    assert axes.get_title(loc="left") == "到访"


def test_heat_map_says_what_it_leaves_out() -> None:
    from kg.query.charts import heat_map

    axes = heat_map(VISITS, title="到访", most_rows=1, most_columns=1)
    assert (ticks(axes.yaxis), ticks(axes.xaxis), words(axes)) == (["甲"], ["石梁镇"], ["2"])
    assert axes.get_title(loc="left") == "到访（只画最多的：行 1/3，列 1/2）"


def test_calendar_shows_days_only() -> None:
    from kg.query.charts import calendar

    axes = calendar(VISITS)
    assert ticks(axes.yaxis) == ["2021-01", "2021-02"]
    assert sorted(words(axes)) == ["1", "1", "1", "2"]
    # 2021 is no leap year: a square for each day that there was.
    assert len(axes.patches) == 31 + 28


def test_network_draws_those_with_most_in_common() -> None:
    from kg.query.charts import network

    graph: nx.Graph[str] = nx.Graph()
    for node in "abcd":
        graph.add_node(node, name=f"人{node}")
    graph.add_edge("a", "b", weight=5)
    graph.add_edge("b", "c", weight=1)
    axes = network(graph, title="同行", most=3)
    assert words(axes) == ["人a", "人b", "人c"]
    assert axes.get_title(loc="left") == "同行（只画最多的：人 3/4）"
    assert network(graph).get_title(loc="left") == ""


def test_nothing_to_draw_is_told() -> None:
    from kg.query.charts import calendar, heat_map, network

    for draw in (
        lambda: heat_map(VISITS.iloc[5:]),
        lambda: calendar(VISITS.iloc[4:5]),
        lambda: network(nx.Graph()),
    ):
        with pytest.raises(InputError, match="nothing to draw"):
            draw()


def test_a_machine_without_chinese_fonts_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    from matplotlib import font_manager

    from kg.query.charts import use_chinese_font

    monkeypatch.setattr(font_manager.fontManager, "ttflist", [])
    with pytest.raises(InputError, match=r"no font with Chinese characters.*fonts-noto-cjk"):
        use_chinese_font()
