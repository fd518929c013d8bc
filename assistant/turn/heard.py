"""What is known of each conversation from what was said before, for a while.

In the memory of this process alone: it must be there before any store is asked. Where it is not
(after a restart, on another server), a message is read by itself. It holds no words.
"""

from __future__ import annotations

import time
from collections import OrderedDict
from dataclasses import dataclass
from typing import Callable, Optional

from assistant.understanding.going_on import Heard

KEPT_FOR_S = 30 * 60
"""Seconds without a message after which somebody else may sit at the same screen."""

MOST_CONVERSATIONS = 10_000


@dataclass(frozen=True)
class _Entry:
    """What is known now, and what was before the last message, with that message's id."""

    now: Heard
    before: Heard
    message_id: Optional[str]
    at: float


class HeardBefore:
    """What is known of each conversation."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._entries: OrderedDict[str, _Entry] = OrderedDict()

    def of(self, conversation: str, message_id: Optional[str] = None) -> Heard:
        """What is known of a conversation before a message; nothing if it is new or long silent.

        A message that comes again, with the id of the last, is read as it was the first time.
        """
        entry = self._entries.get(conversation)
        if entry is None or self._clock() - entry.at > KEPT_FOR_S:
            return Heard()
        again = message_id is not None and message_id == entry.message_id
        return entry.before if again else entry.now

    def note(self, conversation: str, heard: Heard, message_id: Optional[str] = None) -> None:
        """Take note of what is known after a message."""
        before = self.of(conversation, message_id)
        self._entries[conversation] = _Entry(heard, before, message_id, self._clock())
        self._entries.move_to_end(conversation)
        if len(self._entries) > MOST_CONVERSATIONS:
            self._entries.popitem(last=False)

    def forget(self, conversation: str) -> None:
        """Drop what is known of a conversation."""
        self._entries.pop(conversation, None)


__all__ = ["HeardBefore"]
