"""What is known of each conversation from what was said before, for a while.

In the memory of this process alone: it must be there before any store is asked. Where it is not
(after a restart, on another server), a message is read by itself. It holds no words.
"""

from __future__ import annotations

import time
from collections import OrderedDict
from typing import Callable

from assistant.understanding.going_on import Heard

KEPT_FOR_S = 30 * 60
"""Seconds without a message after which somebody else may sit at the same screen."""

MOST_CONVERSATIONS = 10_000


class HeardBefore:
    """What is known of each conversation."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._heard: OrderedDict[str, tuple[Heard, float]] = OrderedDict()

    def of(self, conversation: str) -> Heard:
        """What is known of a conversation; nothing where it is new or long silent."""
        heard, at = self._heard.get(conversation, (Heard(), 0.0))
        return heard if self._clock() - at <= KEPT_FOR_S else Heard()

    def note(self, conversation: str, heard: Heard) -> None:
        """Take note of what is known now."""
        self._heard[conversation] = heard, self._clock()
        self._heard.move_to_end(conversation)
        if len(self._heard) > MOST_CONVERSATIONS:
            self._heard.popitem(last=False)

    def forget(self, conversation: str) -> None:
        """Drop what is known of a conversation."""
        self._heard.pop(conversation, None)


__all__ = ["HeardBefore"]
