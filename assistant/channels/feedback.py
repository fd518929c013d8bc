"""What people think of answers, kept as an event of the conversation.

A ``SlotSet`` is Rasa's own event for a value that is no message: every tracker store keeps it and
every event broker passes it on, and it steers nothing. It holds no word of the person's. The slot
holds the last feedback; a report reads all its events and takes the last of each message.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any, Optional


@dataclass(frozen=True)
class Feedback:
    """Whether the answer to a message was useful, and if not, why: one of a few reasons."""

    message: str
    topic: Optional[str]
    useful: bool
    reason: Optional[str]

    def as_value(self) -> dict[str, Any]:
        """The value of the slot."""
        return asdict(self)
