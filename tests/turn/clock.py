"""An event loop whose clock jumps: what waits for a time is woken at once, and in order.

Nothing here takes real time, and nothing races: the clock moves only when nobody can go on.
"""

from __future__ import annotations

import asyncio
import selectors
from typing import Any, Awaitable, Coroutine, Optional, TypeVar

T = TypeVar("T")

DAY_S = 24 * 60 * 60  # seconds


class JumpingLoop(asyncio.SelectorEventLoop):
    """``now`` is its time in seconds, ``jumps`` how often it had to wait for one to come."""

    def __init__(self) -> None:
        self.now = 0.0
        self.jumps = 0
        super().__init__(_Jumping(self))

    def time(self) -> float:
        """The time that asyncio goes by."""
        return self.now


class _Jumping(selectors.DefaultSelector):
    def __init__(self, loop: JumpingLoop) -> None:
        super().__init__()
        self._loop = loop

    def select(self, timeout: Optional[float] = None) -> list[Any]:
        if timeout is None:
            raise RuntimeError("everybody waits, and nothing will ever happen")
        if timeout > 0:
            self._loop.now += timeout
            self._loop.jumps += 1
            if self._loop.now > DAY_S:
                raise RuntimeError("a day has gone by, and somebody still waits")
        return super().select(0)


def in_virtual_time(work: Coroutine[Any, Any, T]) -> T:
    """Run a coroutine on a loop of its own."""
    loop = JumpingLoop()
    try:
        return loop.run_until_complete(work)
    finally:
        loop.run_until_complete(loop.shutdown_asyncgens())
        loop.close()


def now() -> float:
    """The time of the running loop."""
    return asyncio.get_running_loop().time()


def jumps() -> int:
    """How often the running loop had to wait for a time to come."""
    loop = asyncio.get_running_loop()
    assert isinstance(loop, JumpingLoop)
    return loop.jumps


async def all_of(*works: Awaitable[T]) -> list[T]:
    """Their results, when all have ended."""
    return list(await asyncio.gather(*works))
