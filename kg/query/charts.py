"""Figures for notebooks: a heat map, a calendar, a network, with Chinese that can be read.

In: answers as DataFrames, or a networkx graph of people. Out: matplotlib axes. Needs the extra `notebooks`.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import networkx as nx

from kg.errors import InputError

if TYPE_CHECKING:
    from pandas import DataFrame  # type: ignore[import-untyped, unused-ignore]

_FONTS = (
    "Noto Sans CJK SC",
    "Noto Sans SC",
    "Source Han Sans SC",
    "Source Han Sans CN",
    "PingFang SC",
    "Hiragino Sans GB",
    "Heiti SC",
    "Microsoft YaHei",
    "SimHei",
    "WenQuanYi Zen Hei",
    "WenQuanYi Micro Hei",
    "Noto Sans CJK JP",
    "Noto Serif CJK SC",
    "Arial Unicode MS",
    "SimSun",
)
# Colours that the colour-blind tell apart. Source: Okabe and Ito, Color Universal Design, 2008; black left for text.
_COLOURS = ("#0072B2", "#E69F00", "#009E73", "#CC79A7", "#56B4E9", "#D55E00", "#F0E442", "#999999")


def use_chinese_font() -> str:
    """Let matplotlib write Chinese with the first font of this machine that can.

    Returns:
        The font's name.

    Raises:
        InputError: there is none, or matplotlib is not installed; says how to get one.
    """
    try:
        import matplotlib
        from matplotlib import font_manager
    except ImportError:
        raise InputError("matplotlib is not installed", hint="pip install 'county-kg[notebooks]'") from None
    there = {font.name for font in font_manager.fontManager.ttflist}
    found = next((name for name in _FONTS if name in there), None)
    if found is None:
        raise InputError(
            "no font with Chinese characters was found, figures would show boxes",
            hint="install one (Debian: apt install fonts-noto-cjk; Fedora: dnf install google-noto-sans-cjk-fonts) "
            "and delete matplotlib's cache folder",
        )
    matplotlib.rcParams["font.sans-serif"] = [found, "DejaVu Sans"]
    matplotlib.rcParams["font.family"] = "sans-serif"
    matplotlib.rcParams["axes.unicode_minus"] = False
    return found


def heat_map(
    visits: DataFrame,
    *,
    rows: str = "person",
    columns: str = "township",
    title: str = "",
    most_rows: int = 40,
    most_columns: int = 20,
) -> Any:
    """How often each row's value meets each column's, as coloured squares with the number in them.

    Args:
        visits: any answer with both columns; rows where one is missing are left out.
        most_rows, most_columns: those with the largest sums are shown; below the title stands how many there are.

    Raises:
        InputError: no row has both columns.
    """
    known = visits.dropna(subset=[rows, columns])
    if known.empty:
        raise InputError("nothing to draw", hint="the answer has no rows with both columns")
    counts = known.groupby([_told_apart(known, rows), _told_apart(known, columns)]).size().unstack(fill_value=0)
    counts = counts.loc[counts.sum(axis=1).sort_values(ascending=False, kind="stable").index]
    counts = counts[counts.sum().sort_values(ascending=False, kind="stable").index]
    there = counts.shape
    counts = counts.iloc[:most_rows, :most_columns]
    most = int(counts.to_numpy().max())
    axes = _axes(1.6 + 0.75 * counts.shape[1], 1.2 + 0.36 * counts.shape[0])
    # Up to five the darkest blue stays unused: once and twice are no more than once and twice.
    axes.pcolormesh(counts.to_numpy(), cmap="Blues", vmin=0, vmax=max(5, most), edgecolors="white", linewidth=1.5)
    axes.invert_yaxis()
    axes.set_xticks(
        [at + 0.5 for at in range(counts.shape[1])],
        list(counts.columns),
        rotation=40,
        ha="right",
        rotation_mode="anchor",
    )
    axes.set_yticks([at + 0.5 for at in range(counts.shape[0])], list(counts.index))
    for row in range(counts.shape[0]):
        for column in range(counts.shape[1]):
            number = counts.iat[row, column]
            if number:
                dark = number > max(5, most) * 0.6
                axes.text(
                    column + 0.5, row + 0.5, str(number), ha="center", va="center", color="white" if dark else "black"
                )
    left_out = [
        f"{name} {shown}/{of}" for name, shown, of in zip(("行", "列"), counts.shape, there, strict=True) if shown < of
    ]
    _entitle(axes, title, left_out)
    _bare(axes)
    return axes


def calendar(visits: DataFrame, *, title: str = "") -> Any:
    """Months below each other, their days side by side, each as dark as much happened on it; days only, no months."""
    days = visits.loc[visits.precision == "day", "date"].value_counts()
    if days.empty:
        raise InputError("nothing to draw", hint="no row has a date exact to the day")
    months = sorted({day[:7] for day in days.index})
    axes = _axes(9.5, 0.9 + 0.42 * len(months))
    most = int(days.max())
    from matplotlib import colormaps
    from matplotlib.patches import Rectangle

    shade = colormaps["Blues"]
    for row, month in enumerate(months):
        for day in range(1, _days_in(month) + 1):
            number = int(days.get(f"{month}-{day:02}", 0))
            colour = shade(0.25 + 0.75 * number / most) if number else "#f2f2f2"
            axes.add_patch(Rectangle((day - 0.45, row - 0.45), 0.9, 0.9, facecolor=colour, edgecolor="none"))
            if number:
                dark = 0.25 + 0.75 * number / most > 0.6
                axes.text(
                    day, row, str(number), ha="center", va="center", color="white" if dark else "black", fontsize=8
                )
    axes.set_xlim(0.4, 31.6)
    axes.set_ylim(len(months) - 0.4, -0.6)
    axes.set_xticks([1, 5, 10, 15, 20, 25, 31], ["1日", "5", "10", "15", "20", "25", "31"])
    axes.set_yticks(range(len(months)), months)
    axes.set_title(title, loc="left")
    _bare(axes)
    return axes


def network(graph: nx.Graph[str], *, groups: Sequence[set[str]] = (), title: str = "", most: int = 80) -> Any:
    """People as dots, as large as they have ties, as thick lines between them as they share events.

    Args:
        graph: as `Graph.together` makes it.
        groups: sets of nodes to colour alike, such as communities.
        most: only so many, those with the most events in common; below the title stands how many there are.

    Raises:
        InputError: the graph has no nodes.
    """
    if not graph:
        raise InputError("nothing to draw", hint="the graph has no nodes")
    n_nodes = len(graph)
    tied = dict(graph.degree(weight="weight"))
    graph = graph.subgraph(sorted(graph, key=lambda node: (-tied[node], node))[:most])
    axes = _axes(9.5, 7.0)
    places = _arranged(graph)
    colour = {node: _COLOURS[at % len(_COLOURS)] for at, group in enumerate(groups) for node in group}
    degrees = dict(graph.degree(weight="weight"))
    largest = max(degrees.values()) or 1
    heaviest = max((weight for _, _, weight in graph.edges(data="weight", default=1)), default=1)
    for a, b, weight in graph.edges(data="weight", default=1):
        width = 0.6 + 0.7 * weight if heaviest <= 6 else 0.4 + 4.4 * weight / heaviest
        axes.plot(*zip(places[a], places[b], strict=True), color="#bbbbbb", linewidth=width, zorder=1)
    nodes = list(graph.nodes)
    sizes = {node: 40 + 260 * degrees[node] / largest for node in nodes}
    axes.scatter(
        [places[node][0] for node in nodes],
        [places[node][1] for node in nodes],
        s=[sizes[node] for node in nodes],
        c=[colour.get(node, _COLOURS[-1]) for node in nodes],
        edgecolors="white",
        zorder=2,
    )
    for node in nodes:
        axes.annotate(
            graph.nodes[node].get("name", node),
            places[node],
            xytext=(0, 3 + sizes[node] ** 0.5 / 2),
            textcoords="offset points",
            ha="center",
            fontsize=10 if len(nodes) <= 40 else 8,
            zorder=3,
            bbox={"boxstyle": "round,pad=0.1", "facecolor": "white", "edgecolor": "none", "alpha": 0.7},
        )
    _entitle(axes, title, [f"人 {len(nodes)}/{n_nodes}"] if len(nodes) < n_nodes else [])
    axes.set_axis_off()
    axes.margins(0.08)
    return axes


def _arranged(graph: nx.Graph[str]) -> dict[str, tuple[float, float]]:
    """Each connected part by itself, the parts in rows, the largest first, so that none flies away."""
    parts = sorted(nx.connected_components(graph), key=lambda part: (-len(part), min(part)))
    places: dict[str, tuple[float, float]] = {}
    x = y = height = 0.0
    limit = 1.6 * sum(len(part) for part in parts) ** 0.5
    for part in parts:
        size = len(part) ** 0.5
        if x and x + size > limit:
            x, y, height = 0.0, y - height - 0.9, 0.0
        # A fixed order of nodes: the layout begins from their positions in the list.
        inner: nx.Graph[str] = nx.Graph()
        inner.add_nodes_from(sorted(part))
        inner.add_edges_from(sorted((min(edge), max(edge)) for edge in graph.subgraph(part).edges))
        found = nx.kamada_kawai_layout(inner) if len(part) > 2 else nx.circular_layout(inner)
        for node, (left, up) in found.items():
            places[node] = (x + size * (left + 1) / 2, y - size * (1 - up) / 2)
        x += size + 0.8
        height = max(height, size)
    return places


def _axes(width: float, height: float) -> Any:
    from matplotlib import pyplot

    _, axes = pyplot.subplots(figsize=(width, height), layout="constrained")
    return axes


def _told_apart(visits: DataFrame, column: str) -> Any:
    """A column's names, with the end of the id where several bear one name."""
    ids = visits.get(f"{column}_id")
    if ids is None:
        return visits[column]
    shared = visits.groupby(column)[ids.name].transform("nunique") > 1
    return visits[column].where(~shared, visits[column] + "（" + ids.str[-4:] + "）")


def _entitle(axes: Any, title: str, left_out: Sequence[str]) -> None:
    """The title, and below it what part is shown, where it is not all: nobody should take a part for the whole."""
    shown = f"（只画最多的：{'，'.join(left_out)}）" if left_out else ""
    axes.set_title(f"{title}{shown}", loc="left")


def _bare(axes: Any) -> None:
    for spine in axes.spines.values():
        spine.set_visible(False)
    axes.tick_params(length=0)


def _days_in(month: str) -> int:
    from calendar import monthrange

    return monthrange(int(month[:4]), int(month[5:]))[1]
