"""Waiting in tests: for something to be so, and never for ever."""

from __future__ import annotations

import asyncio
import inspect
import time
from typing import Any, Callable

PATIENCE_S = 30.0
"""Longer than any machine needs; what never comes fails a test after it."""


async def until(condition: Callable[[], Any], every_s: float = 0.01) -> None:
    """Wait until something is so.

    Args:
        condition: gives it, or what to await for it.
        every_s: seconds between two looks; 0 looks at every step of the event loop.

    Raises:
        AssertionError: it never was.
    """
    end = time.monotonic() + PATIENCE_S
    while True:
        found = condition()
        if await found if inspect.isawaitable(found) else found:
            return
        assert time.monotonic() < end, f"after {PATIENCE_S:.0f} seconds it is not so"
        await asyncio.sleep(every_s)
