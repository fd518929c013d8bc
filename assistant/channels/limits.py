"""So many a minute of each: of a session, of an address, of what is refused.

Counted in memory, or in Redis for several servers.
"""

from __future__ import annotations

import logging
import math
from typing import Optional

import redis.exceptions
from throttled import exceptions
from throttled.asyncio import MemoryStore, RedisStore, Throttled, per_min
from throttled.asyncio.store import BaseStore

logger = logging.getLogger(__name__)

MAX_KEYS_IN_MEMORY = 100_000  # sessions and addresses kept in memory
REDIS_TIMEOUT_S = 1.0  # that a person waits for Redis
REDIS_OPTIONS = {
    "CONNECTION_POOL_KWARGS": {
        "socket_timeout": REDIS_TIMEOUT_S,
        "socket_connect_timeout": REDIS_TIMEOUT_S,
    }
}


def store_of_counts(redis_url: Optional[str] = None) -> BaseStore:
    """Where counts are kept: in memory, or in the Redis at this address."""
    if redis_url:
        return RedisStore(server=redis_url, options=REDIS_OPTIONS)
    return MemoryStore(options={"MAX_SIZE": MAX_KEYS_IN_MEMORY})


class Limit:
    """So many a minute of each."""

    def __init__(self, name: str, per_minute: int, store: BaseStore) -> None:
        """Take what is counted, how many are free, and where the counts are kept."""
        self._name = name
        self._throttled = Throttled(quota=per_min(per_minute), store=store)

    async def count(self, key: str) -> Optional[int]:
        """Count one of a session or an address.

        Returns:
            The seconds to wait if it was one too many, else None.
        """
        try:
            result = await self._throttled.limit(f"{self._name}:{key}")
        except (exceptions.StoreUnavailableError, redis.exceptions.RedisError, OSError) as error:
            # Nobody who needs help is refused because nobody can count.
            logger.error(
                "Nothing is limited, because requests cannot be counted: %s", type(error).__name__
            )
            return None
        return max(1, math.ceil(result.state.retry_after)) if result.limited else None
