"""The ratios as a chart: one bar a figure, to the left where the assistant does better."""

from __future__ import annotations

from pathlib import Path
from typing import Sequence

from benchmarks.side_by_side.measures import Row

BETTER, WORSE = "#00703c", "#b1620e"


def draw(rows: Sequence[Row], path: Path) -> None:
    """Write the chart of all rows that have a ratio, as SVG."""
    import matplotlib

    matplotlib.use("svg")
    matplotlib.rcParams["svg.hashsalt"] = "notice"  # the same figures give the same file
    from matplotlib import pyplot

    compared = [(row, ratio) for row in reversed(rows) if (ratio := row.ratio) is not None]
    costs = [1 / ratio if row.more_is_better else ratio for row, ratio in compared]
    figure, axes = pyplot.subplots(figsize=(9, 0.4 * len(compared) + 1))
    axes.barh(
        [row.what for row, _ in compared],
        [cost - 1 for cost in costs],
        left=1,
        color=[BETTER if cost <= 1 else WORSE for cost in costs],
    )
    axes.set_xscale("log")
    ticks = [0.1, 0.2, 0.5, 1, 2, 5, 10]
    axes.set_xticks(ticks, [f"{tick:g}" for tick in ticks])
    axes.minorticks_off()
    axes.axvline(1, color="#0b0c0c", linewidth=1)
    axes.set_xlabel("cost, in that of Rasa's starter bot (its throughput turned over)")
    for side in ("top", "right"):
        axes.spines[side].set_visible(False)
    figure.tight_layout()
    figure.savefig(path, format="svg", metadata={"Date": None})
