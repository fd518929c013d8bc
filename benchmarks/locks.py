"""Several processes want the lock of one conversation: Rasa's own Redis lock store, then ours.

Run with ``python -m benchmarks.locks``; it starts Redis by ``scripts/test-services``. A turn that
meets another inside is an overlap; one that is never let in has lost its ticket.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
from collections import Counter
from pathlib import Path

from assistant.project import find_project
from benchmarks.services import REDIS

PROCESSES, AT_ONCE = 4, 3
SECONDS = 25.0

# Enters the lock again and again; whoever finds the mark of another in the file has met it.
ENTER = """
import asyncio, os, pathlib, sys, time
from assistant.without_tensorflow import keep_tensorflow_out
keep_tensorflow_out()
from urllib.parse import urlsplit
from rasa.core.lock_store import RedisLockStore as Rasas
from rasa.utils.endpoints import EndpointConfig
from assistant.locks import RedisLockStore as Ours

async def main(whose, url, mark, seconds):
    parts = urlsplit(url)
    ours = Ours(EndpointConfig(url=url))
    store = ours if whose == "ours" else Rasas(parts.hostname, parts.port)
    async def turns(number):
        until = time.monotonic() + seconds
        while time.monotonic() < until:
            try:
                async with store.lock("one conversation", wait_time_in_seconds=0.02):
                    print("overlap" if mark.exists() else "alone")
                    mark.write_text("here")
                    await asyncio.sleep(0.005)
                    mark.unlink(missing_ok=True)
            except Exception as error:
                print("lost:" + type(error).__name__)
    await asyncio.gather(*map(turns, range(int(sys.argv[5]))))

asyncio.run(main(sys.argv[1], sys.argv[2], pathlib.Path(sys.argv[3]), float(sys.argv[4])))
"""


def race(whose: str, seconds: float) -> Counter[str]:
    """How many turns were alone, overlapped or lost their ticket, in all processes.

    Args:
        whose: "ours" or "Rasa's".
        seconds: for which each process goes on.
    """
    with tempfile.TemporaryDirectory() as folder:
        command = [
            *(sys.executable, "-W", "ignore", "-c", ENTER, whose, os.environ[REDIS]),
            *(str(Path(folder, "mark")), str(seconds), str(AT_ONCE)),
        ]
        root = find_project().root
        running = [
            subprocess.Popen(
                command, cwd=root, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
            )
            for _ in range(PROCESSES)
        ]
        return Counter(line for one in running for line in one.communicate()[0].split())


def main() -> int:
    """Start Redis if there is none, and let both race. 0 if ours neither overlaps nor loses."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=float, default=SECONDS)
    parsed = parser.parse_args()
    if REDIS not in os.environ:
        script = find_project().root / "scripts" / "test-services"
        command = [sys.executable, "-W", "ignore", "-m", "benchmarks.locks", *sys.argv[1:]]
        os.execv(script, [str(script), *command])
    counted: Counter[str] = Counter()
    for whose in ("Rasa's", "ours"):
        counted = race(whose, parsed.seconds)
        print(f"{whose}: {dict(counted)}", flush=True)
    return 0 if set(counted) == {"alone"} else 1


if __name__ == "__main__":
    sys.exit(main())
