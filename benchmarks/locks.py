"""Several processes want the lock of one conversation: Rasa's own Redis lock store, then ours.

Run with ``python -m benchmarks.locks``; it starts Redis by ``scripts/test-services``. A turn that
is inside while another is has overlapped. One that is not let in has lost its ticket (Rasa's) or
waited too long (ours: its person is told to try again). Both stores look again after the same
short time: Rasa's usual second would hide its race.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
from typing import NamedTuple

from assistant.project import find_project
from benchmarks.services import REDIS

PROCESSES, MAX_CONCURRENT_TURNS = 4, 3
SECONDS_IN_ALL = 25.0
TURN_TAKES_S = 0.03  # seconds that a turn takes
LIFETIME = 5.0  # seconds after which waiting for a ticket ends

# Enters the lock again and again, and says from when until when it was inside. Linux counts
# monotonic time for all processes alike.
ENTER = f"""
import asyncio, sys, time
from assistant.training.without_tensorflow import keep_tensorflow_out
keep_tensorflow_out()
from urllib.parse import urlsplit
from rasa.core.lock_store import LockError, RedisLockStore as Rasas
from rasa.utils.endpoints import EndpointConfig
from assistant.store.locks import RedisLockStore as Ours

async def main(whose, url, seconds):
    parts = urlsplit(url)
    ours = Ours(EndpointConfig(url=url))
    store = ours if whose == "ours" else Rasas(parts.hostname, parts.port)
    until = time.monotonic() + seconds
    async def turns():
        while time.monotonic() < until:
            try:
                async with store.lock("one conversation", {LIFETIME}, wait_time_in_seconds=0.02):
                    began = time.monotonic()
                    await asyncio.sleep({TURN_TAKES_S})
                    print("inside", began, time.monotonic())
            except LockError:
                print("refused")
            await asyncio.sleep({TURN_TAKES_S})  # nobody asks again at once
    await asyncio.gather(*(turns() for _ in range({MAX_CONCURRENT_TURNS})))

print("ready", flush=True)
sys.stdin.readline()
asyncio.run(main(sys.argv[1], sys.argv[2], float(sys.argv[3])))
"""


class Outcome(NamedTuple):
    """How many turns were inside alone, with another, or never."""

    alone: int
    overlapped: int
    refused: int


def race(whose: str, seconds: float) -> Outcome:
    """Let all processes begin together, and count.

    Args:
        whose: "ours" or "Rasa's".
        seconds: for which each process goes on.

    Raises:
        RuntimeError: a process has ended by an error.
    """
    command = [sys.executable, "-W", "ignore", "-c", ENTER, whose, os.environ[REDIS], str(seconds)]
    running = [
        subprocess.Popen(
            command,
            cwd=find_project().root,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
        )
        for _ in range(PROCESSES)
    ]
    for process in running:
        assert process.stdout is not None
        process.stdout.readline()
    for process in running:
        assert process.stdin is not None
        process.stdin.write("go\n")
        process.stdin.flush()
    lines = [line for one in running for line in one.communicate()[0].splitlines()]
    if any(process.returncode for process in running):
        raise RuntimeError("a process of the race has ended by an error")
    inside = sorted(
        (float(began), float(ended))
        for what, began, ended in (line.split() for line in lines if line != "refused")
    )
    overlapped = _overlapped(inside)
    return Outcome(len(inside) - overlapped, overlapped, lines.count("refused"))


def _overlapped(turns: list[tuple[float, float]]) -> int:
    """How many of these turns, in the order of their beginnings, were inside with another."""
    met = set()
    latest = 0  # of those so far, the one that was inside longest
    for number in range(1, len(turns)):
        if turns[number][0] < turns[latest][1]:
            met |= {number, latest}
        if turns[number][1] > turns[latest][1]:
            latest = number
    return len(met)


def main() -> int:
    """Start Redis if there is none, and let both race. 0 if ours neither overlaps nor refuses."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=float, default=SECONDS_IN_ALL)
    parsed = parser.parse_args()
    if REDIS not in os.environ:
        script = find_project().root / "scripts" / "test-services"
        command = [sys.executable, "-W", "ignore", "-m", "benchmarks.locks", *sys.argv[1:]]
        os.execv(script, [str(script), *command])
    rasas, ours = race("Rasa's", parsed.seconds), race("ours", parsed.seconds)
    print(f"Rasa's: {rasas}\nours:   {ours}")
    return 0 if ours.alone and not ours.overlapped and not ours.refused else 1


if __name__ == "__main__":
    sys.exit(main())
