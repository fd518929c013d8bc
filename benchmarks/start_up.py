"""Cold start: ``notice ask`` with TensorFlow kept out, against the same with it imported.

Both load the same model and answer the same question in a fresh process, in turn, so that
the machine's mood falls on both. Run it with ``make benchmark``.
"""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
from typing import NamedTuple

ROUNDS = 5

_SCRIPT = """
import asyncio, resource, sys, time, warnings
started = time.perf_counter()
warnings.simplefilter("ignore")
if sys.argv[1] == "out":
    from assistant.training.without_tensorflow import keep_tensorflow_out
    keep_tensorflow_out()
from assistant.privacy.logs import configure_private_logging
from assistant.project import find_project
from assistant.training.train import current_model
import rasa.core.agent
imported = time.perf_counter()
configure_private_logging()
from assistant.turn.assistant import Assistant
assistant = Assistant.load(current_model(find_project()))
loaded = time.perf_counter()
asyncio.run(assistant.reply("what is a section 47 enquiry?", "benchmark"))
answered = time.perf_counter()
megabytes = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
print(imported - started, loaded - imported, answered - loaded, answered - started, megabytes)
"""


class Run(NamedTuple):
    """One cold start: seconds for imports, loading and the answer, their sum, and memory."""

    imports: float
    loading: float
    answer: float
    seconds: float
    megabytes: float


def cold_start(tensorflow: str) -> Run:
    """Measure one fresh process; ``tensorflow`` is ``in`` or ``out``."""
    quiet = {"TF_CPP_MIN_LOG_LEVEL": "3", "SQLALCHEMY_SILENCE_UBER_WARNING": "1"}
    done = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", _SCRIPT, tensorflow],
        env={**os.environ, **quiet},
        capture_output=True,
        text=True,
        check=True,
    )
    return Run(*(float(value) for value in done.stdout.split()[-5:]))


def main() -> None:
    """Print medians and the ratio."""
    cold_start("out"), cold_start("in")  # fill the disk cache
    pairs = [(cold_start("out"), cold_start("in")) for _ in range(ROUNDS)]
    print(f"median of {ROUNDS} cold starts   TensorFlow kept out   imported   ratio")
    for name in Run._fields:
        out = statistics.median(getattr(pair[0], name) for pair in pairs)
        imported = statistics.median(getattr(pair[1], name) for pair in pairs)
        print(f"{name:28} {out:18.2f} {imported:10.2f} {out / imported:7.2f}")


if __name__ == "__main__":
    main()
