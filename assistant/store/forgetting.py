"""Tracker stores that can forget: Rasa 3.6 has no way to delete a conversation."""

from __future__ import annotations

import asyncio
import logging
from typing import Any

from rasa.core.tracker_store import FailSafeTrackerStore, InMemoryTrackerStore, TrackerStore

from assistant.faults import place_of
from assistant.rasa_inside import store_inside

logger = logging.getLogger(__name__)

DAY_S = 24 * 60 * 60


class EphemeralTrackerStore(InMemoryTrackerStore):
    """Keeps conversations in memory only, and deletes them on request."""

    async def delete(self, conversation: str) -> None:
        """Delete all that is kept of a conversation."""
        self.store.pop(conversation, None)


async def delete_conversation(store: TrackerStore, conversation: str) -> None:
    """Delete a conversation from the store, through the wrapper that Rasa puts round it.

    Raises:
        TypeError: the store has no ``delete``.
    """
    inner = inner_store(store)
    if not hasattr(inner, "delete"):
        raise TypeError(f"{type(inner).__name__} cannot delete conversations")
    await inner.delete(conversation)


async def delete_old_daily(store: TrackerStore) -> None:
    """Delete old conversations now and then once a day, until cancelled: a task of the server.

    Args:
        store: the agent's tracker store. One without ``delete_old`` keeps nothing for days.
    """
    inner = inner_store(store)
    while hasattr(inner, "delete_old"):
        try:
            await inner.delete_old()
        except Exception as error:
            logger.error("Old conversations not deleted: %s", place_of(error))
        await asyncio.sleep(DAY_S)


def inner_store(store: TrackerStore) -> Any:
    """The store inside the wrapper that Rasa puts round it."""
    return store_inside(store) if isinstance(store, FailSafeTrackerStore) else store
