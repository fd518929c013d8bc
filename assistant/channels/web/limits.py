"""How often a session and an address may ask. In memory, or in Redis for several servers."""

from __future__ import annotations

import logging
import math
from typing import Optional

import redis.exceptions
from throttled import exceptions
from throttled.asyncio import MemoryStore, RedisStore, Throttled, per_min
from throttled.asyncio.store import BaseStore

from assistant.channels.web.settings import RateLimits

logger = logging.getLogger(__name__)

REMEMBERED = 100_000  # sessions and addresses kept in memory
WITHIN = 1.0  # seconds that a person waits for Redis
IN_REDIS = {"CONNECTION_POOL_KWARGS": {"socket_timeout": WITHIN, "socket_connect_timeout": WITHIN}}


class Limiter:
    """Counts requests of sessions and addresses."""

    def __init__(self, limits: RateLimits) -> None:
        store: BaseStore = (
            RedisStore(server=limits.store, options=IN_REDIS)
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
    try:
        result = await throttled.limit(key)
    except (exceptions.StoreUnavailableError, redis.exceptions.RedisError, OSError) as error:
        # Nobody who needs help is refused because nobody can count.
        logger.error("Goes on without rate limits: %s", type(error).__name__)
        return None
    return max(1, math.ceil(result.state.retry_after)) if result.limited else None
