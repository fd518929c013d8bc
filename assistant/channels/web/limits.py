"""How often a session and an address may ask. In memory, or in Redis for several servers."""

from __future__ import annotations

import math
from typing import Optional

from throttled.asyncio import MemoryStore, RedisStore, Throttled, per_min
from throttled.asyncio.store import BaseStore

from assistant.channels.web.settings import RateLimits

REMEMBERED = 100_000  # sessions and addresses kept in memory


class Limiter:
    """Counts requests of sessions and addresses."""

    def __init__(self, limits: RateLimits) -> None:
        store: BaseStore = (
            RedisStore(server=limits.store)
            if limits.store
            else MemoryStore(options={"MAX_SIZE": REMEMBERED})
        )
        self._sessions = Throttled(quota=per_min(limits.session), store=store)
        self._addresses = Throttled(quota=per_min(limits.address), store=store)

    async def wait_for_session(self, conversation: str) -> Optional[int]:
        """Count a request of a session; the seconds to wait if it was one too many."""
        return await _wait(self._sessions, f"session:{conversation}")

    async def wait_for_address(self, address: str) -> Optional[int]:
        """Count a request of an address; the seconds to wait if it was one too many."""
        return await _wait(self._addresses, f"address:{address}")


async def _wait(throttled: Throttled, key: str) -> Optional[int]:
    result = await throttled.limit(key)
    return max(1, math.ceil(result.state.retry_after)) if result.limited else None
