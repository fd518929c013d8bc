"""One turn at a time in a conversation, across servers: a lock store on Redis.

Rasa's own ``RedisLockStore`` reads, changes and writes its lock in three steps: several servers
lose each other's tickets and enter together. This one is redis-py's own lock, which takes and
frees in one step each. Named in ``endpoints.yml``::

    lock_store:
      type: assistant.store.locks.RedisLockStore
      url: redis://localhost:6379/1
"""

from __future__ import annotations

import asyncio
import logging
from contextlib import asynccontextmanager
from typing import AsyncIterator, Optional

import redis.asyncio
import redis.exceptions
from rasa.core.lock import TicketLock
from rasa.core.lock_store import LockError, LockStore
from rasa.utils.endpoints import EndpointConfig
from redis.asyncio.lock import Lock

from assistant.faults import place_of

logger = logging.getLogger(__name__)

KEY_PREFIX = "notice:lock:"
POLL_INTERVAL_S = 0.05  # between two tries
LOCK_LIFETIME_S = 10.0
"""Seconds after which Redis frees a lock by itself: longer than any turn lasts, and short for
people whose server died in the middle of one."""
LONGEST_WAIT_S = 3.5
"""Seconds that a turn waits for the one before: less than it may take altogether, for redis-py can
swallow a cancellation, and the turn then goes on."""
CONNECT_TIMEOUT_S = 1.0  # a person waits
REDIS_TIMEOUT_S = 3.0
"""A busy Redis is waited for: to go on without a lock is for a Redis that is down."""


class RedisLockStore(LockStore):
    """Locks in Redis. While Redis is down turns go on unlocked.

    The tracker store is safe under two writers, so an answer is worth more than the lock.
    """

    def __init__(self, endpoint_config: EndpointConfig) -> None:
        """Take the address and what else redis-py takes (``password``, ``username``)."""
        self._client = redis.asyncio.from_url(
            endpoint_config.url,
            socket_connect_timeout=CONNECT_TIMEOUT_S,
            socket_timeout=REDIS_TIMEOUT_S,
            **endpoint_config.kwargs,
        )
        super().__init__()

    @asynccontextmanager
    async def lock(
        self,
        conversation_id: str,
        lock_lifetime: float = LOCK_LIFETIME_S,
        wait_time_in_seconds: float = POLL_INTERVAL_S,
    ) -> AsyncIterator[TicketLock]:
        """Hold the lock of a conversation.

        Args:
            conversation_id: the conversation.
            lock_lifetime: seconds after which Redis frees the lock of a server that has died.
                Waiting for it ends then too, or after :data:`LONGEST_WAIT_S`.
            wait_time_in_seconds: between two tries.

        Raises:
            LockError: another turn of the conversation holds it all that time.
        """
        lock = self._client.lock(
            KEY_PREFIX + conversation_id,
            timeout=lock_lifetime,
            sleep=wait_time_in_seconds,
            blocking_timeout=min(lock_lifetime, LONGEST_WAIT_S),
            thread_local=False,
        )
        held = await self._acquire(lock)
        if held is False:
            raise LockError("Another turn of this conversation holds the lock.")
        try:
            yield TicketLock(conversation_id)
        finally:
            if held:
                # Shielded: a turn that is cancelled frees its lock as well.
                await asyncio.shield(self._release(lock))

    async def ping(self) -> None:
        """Ask Redis for an answer.

        Raises:
            redis.exceptions.RedisError: there is none.
        """
        await self._client.ping()

    async def _acquire(self, lock: Lock) -> Optional[bool]:
        """True if the lock is held, False if another holds it, None if Redis is down."""
        try:
            return bool(await lock.acquire())
        except (redis.exceptions.RedisError, OSError) as error:
            logger.error("Redis unavailable, continuing without a lock: %s", place_of(error))
            return None

    async def _release(self, lock: Lock) -> None:
        try:
            await lock.release()
        except (redis.exceptions.RedisError, OSError) as error:
            logger.error("Lock not freed: %s", place_of(error))
