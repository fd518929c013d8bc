"""The assistant and Rasa's own starter bot, side by side in one run: ``make bench``.

``--quick`` asks less and leaves out training and the growth with topics: some four minutes, once
the starter bot is installed and trained. Figures go to the screen and to ``build/bench.json``.
"""

from __future__ import annotations

import argparse
import json
import os
import signal
import sys
import tempfile
from pathlib import Path

from assistant.project import find_project
from assistant.training.train import train
from assistant.training.without_tensorflow import keep_tensorflow_out
from benchmarks.side_by_side.chart import draw
from benchmarks.side_by_side.measures import (
    QUICK,
    WHOLE,
    Row,
    answering,
    changed_answer,
    topics,
    training,
)
from benchmarks.side_by_side.servers import Notice, Starter

TOPICS = (500,)
"""Topics to grow to, from those that there are. 1,500 have 190,000 examples: hours of training."""


def main() -> int:
    """Measure, and print each figure when it is known."""
    parser = argparse.ArgumentParser(prog="make bench", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="ask less, train nothing")
    parser.add_argument("--topics", type=int, nargs="*", default=TOPICS, help="0: none")
    parser.add_argument("--chart", type=Path, help="write the ratios as SVG to this file")
    given = parser.parse_args()
    effort = QUICK if given.quick else WHOLE
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))  # the servers are stopped then too
    keep_tensorflow_out()
    project = find_project()
    python = project.root / ".venv" / "starter" / "bin" / "python"
    rows: list[Row] = []

    def show(row: Row) -> None:
        rows.append(row)
        starter = "" if row.starter is None else f"{row.starter:.2f}"
        ratio = "" if row.ratio is None else f"{row.ratio:.2f}"
        print(f"{row.what:52} {row.notice:9.2f} {starter:>11} {ratio:>7}", flush=True)

    model = train(project)
    starter = Starter.made_in(project.root / "build" / "starter", python)
    load = os.getloadavg()
    print(f"{'':52} {'notice':>9} {'starter bot':>11} {'ratio':>7}", flush=True)
    with tempfile.TemporaryDirectory() as folder:
        notice = Notice.copy_of(project, Path(folder), model)
        try:
            for row in answering(notice, starter, project, effort):
                show(row)
            show(changed_answer(notice, starter))
        finally:
            notice.stop()
            starter.stop()
    if not given.quick:
        for row in training(project, starter, python):
            show(row)
        for row in topics(project, tuple(number for number in given.topics if number), effort):
            show(row)
    after = os.getloadavg()
    print(f"load of the machine before and after: {load[0]:.1f}, {after[0]:.1f}")
    kept = {
        "load": [load[0], after[0]],
        "rows": [{**row._asdict(), "ratio": row.ratio} for row in rows],
    }
    (project.root / "build" / "bench.json").write_text(json.dumps(kept, indent=1), encoding="utf-8")
    if given.chart:
        draw(rows, given.chart)
    return 0


if __name__ == "__main__":
    sys.exit(main())
