"""The lock store on a real Redis, in the race that breaks Rasa's own."""

from __future__ import annotations

import asyncio
import subprocess
import sys
from pathlib import Path

import pytest
from rasa.core.lock_store import LockError
from rasa.utils.endpoints import EndpointConfig

from assistant.project import Project
from assistant.store.locks import LOCK_LIFETIME_S, LONGEST_WAIT_S, RedisLockStore
from assistant.turn.queue import TURN_TIMEOUT_S
from benchmarks.services import REDIS, control

PROCESSES, MAX_CONCURRENT_TURNS, EACH = 3, 4, 15

IN_VAIN_S = 300
"""Seconds after which processes that do not all get in are given up."""

# Enters the lock again and again; whoever finds the mark of another in the file has met it.
ENTER = """
import asyncio, pathlib, sys
from assistant.training.without_tensorflow import keep_tensorflow_out
keep_tensorflow_out()
from rasa.core.lock_store import LockError
from rasa.utils.endpoints import EndpointConfig
from assistant.store.locks import RedisLockStore

async def main(url, mark, at_once, each):
    store = RedisLockStore(EndpointConfig(url=url))
    async def turn():
        async with store.lock("one conversation"):
            if mark.exists():
                print("overlap")
            mark.write_text("here")
            await asyncio.sleep(0.005)
            mark.unlink()
            print("entered")
    async def turns():
        entered = 0
        while entered < each:
            try:
                await turn()
                entered += 1
            except LockError:
                pass  # on a busy machine: the person is told to try again
    await asyncio.gather(*(turns() for _ in range(at_once)))

asyncio.run(main(sys.argv[1], pathlib.Path(sys.argv[2]), int(sys.argv[3]), int(sys.argv[4])))
"""


def test_several_processes_never_overlap_and_all_get_in(
    redis_url: str, tmp_path: Path, project: Project
) -> None:
    command = [sys.executable, "-W", "ignore", "-c", ENTER, redis_url, str(tmp_path / "mark")]
    running = [
        subprocess.Popen(
            [*command, str(MAX_CONCURRENT_TURNS), str(EACH)],
            cwd=project.root,
            stdout=subprocess.PIPE,
            text=True,
        )
        for _ in range(PROCESSES)
    ]
    try:
        ended = [process.communicate(timeout=IN_VAIN_S)[0] for process in running]
    finally:
        for process in running:
            process.kill()
    printed = [line for text in ended for line in text.split()]
    assert printed.count("overlap") == 0
    assert printed.count("entered") == PROCESSES * MAX_CONCURRENT_TURNS * EACH


def test_a_turn_stops_waiting_by_itself_and_its_lock_outlives_it() -> None:
    assert LONGEST_WAIT_S < TURN_TIMEOUT_S < LOCK_LIFETIME_S


async def test_waiting_ends(redis_url: str) -> None:
    store = RedisLockStore(EndpointConfig(url=redis_url))
    async with store.lock("held"):
        with pytest.raises(LockError):
            async with store.lock("held", lock_lifetime=0.2):
                pass


async def test_a_cancelled_turn_frees_its_lock(redis_url: str) -> None:
    store = RedisLockStore(EndpointConfig(url=redis_url))

    entered = asyncio.Event()

    async def turn() -> None:
        async with store.lock("cancelled"):
            entered.set()
            await asyncio.Event().wait()

    task = asyncio.create_task(turn())
    await asyncio.wait_for(entered.wait(), 10)
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)
    async with store.lock("cancelled", lock_lifetime=1):
        pass


async def test_without_redis_turns_go_on(redis_url: str) -> None:
    store = RedisLockStore(EndpointConfig(url=redis_url))
    async with store.lock("before"):
        pass
    control(REDIS, "stop")
    try:
        async with store.lock("down"):
            entered = True
    finally:
        control(REDIS, "start")
    assert entered
