"""Whose turn it is: one message at a time in a conversation, a few conversations at a time.

A message first waits for its own conversation, in the order of coming and without polling, and
only then for one of the few places: so nobody's many messages keep a place from somebody else.
Being understood comes before all that, and is one message of a conversation, or one part of a long
one, at a time as well.
"""

from __future__ import annotations

import asyncio
import contextlib
from asyncio import timeout
from dataclasses import dataclass
from typing import AsyncIterator, Iterator
from weakref import WeakValueDictionary

from rasa.core.lock_store import InMemoryLockStore, LockError, LockStore

MAX_CONCURRENT_TURNS = 3
"""Turns that run at the same time. Letting everyone in at once makes every turn time out, and
every user retry."""

QUEUE_TIMEOUT_S = 4.0
"""Seconds that a message waits for its turn, where a channel says nothing else."""

TURN_TIMEOUT_S = 5.0
"""Seconds that a turn may take once it has begun."""


class QueueFullError(RuntimeError):
    """The message waited for its turn in vain."""


@dataclass
class Waiting:
    """Where a message is on its way: a channel that gives up on it can tell a crowd from a fault.

    ``now`` is true from its coming until its turn begins: while it waits to be understood, for its
    conversation, and for a place.
    """

    now: bool = False


class TurnQueue:
    """Turns of all conversations of one process."""

    def __init__(
        self, lock_store: LockStore, max_concurrent_turns: int = MAX_CONCURRENT_TURNS
    ) -> None:
        """Take the agent's lock store: it holds a conversation against other servers."""
        self._lock_store = lock_store
        # Rasa's default store knows this process only, and looks again once a second.
        self._shared = not isinstance(lock_store, InMemoryLockStore)
        self._places = asyncio.Semaphore(max_concurrent_turns)
        self._conversations = _Locks()
        self._understanding = _Locks()
        self._being_answered: dict[str, set[asyncio.Event]] = {}

    @property
    def busy(self) -> frozenset[str]:
        """The conversations of which a message is being answered or kept, or waits for that."""
        return frozenset({*self._conversations, *self._understanding, *self._being_answered})

    @contextlib.asynccontextmanager
    async def turn(
        self, conversation: str, queue_timeout_s: float = QUEUE_TIMEOUT_S
    ) -> AsyncIterator[None]:
        """A turn of a conversation, with its own time limit from its beginning.

        Args:
            conversation: its id.
            queue_timeout_s: how long to wait for the turn.

        Raises:
            QueueFullError: there was no turn in time.
            asyncio.TimeoutError: the turn took too long.
        """
        begun = False
        try:
            async with (
                timeout(queue_timeout_s) as limit,
                self.conversation(conversation),
                self._places,
            ):
                begun = True
                limit.reschedule(asyncio.get_running_loop().time() + TURN_TIMEOUT_S)
                yield
        except TimeoutError:
            if begun:
                raise
            raise QueueFullError("no turn in time") from None
        except LockError:
            raise QueueFullError("another server holds the conversation") from None

    @contextlib.asynccontextmanager
    async def conversation(self, conversation: str) -> AsyncIterator[None]:
        """Hold a conversation alone: for a turn, or to delete or add to it."""
        async with self._conversations.of(conversation):
            if self._shared:
                async with self._lock_store.lock(conversation):
                    yield
            else:
                yield

    @contextlib.contextmanager
    def answering(self, conversation: str) -> Iterator[None]:
        """Have :meth:`answered` wait for a message, from its coming until its answer."""
        answered = asyncio.Event()
        answering = self._being_answered.setdefault(conversation, set())
        answering.add(answered)
        try:
            yield
        finally:
            answered.set()
            answering.discard(answered)
            if not answering:
                self._being_answered.pop(conversation, None)

    async def answered(self, conversation: str) -> None:
        """Wait until every message of a conversation that has come so far is answered."""
        for one in list(self._being_answered.get(conversation, ())):
            await one.wait()

    def understanding(self, conversation: str) -> asyncio.Lock:
        """What to hold while a message of a conversation, or a part of one, is understood."""
        return self._understanding.of(conversation)


class _Locks(WeakValueDictionary[str, asyncio.Lock]):
    """One lock a conversation, alive as long as somebody holds or waits for it; who waits gets it
    in the order of coming."""

    def of(self, conversation: str) -> asyncio.Lock:
        """The lock of a conversation, made where there is none."""
        lock = self.get(conversation)
        if lock is None:
            lock = self[conversation] = asyncio.Lock()
        return lock
