"""Tracker stores that can forget: Rasa 3.6 has no way to delete a conversation."""

from __future__ import annotations

from rasa.core.tracker_store import FailSafeTrackerStore, InMemoryTrackerStore, TrackerStore


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
    inner = store._tracker_store if isinstance(store, FailSafeTrackerStore) else store
    if not hasattr(inner, "delete"):
        raise TypeError(f"{type(inner).__name__} cannot delete conversations")
    await inner.delete(conversation)
