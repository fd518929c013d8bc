"""What people think of answers, kept as an event of the conversation.

A ``SlotSet`` is Rasa's own event for a value that is no message: every tracker store keeps it
and every event broker passes it on, and it steers nothing. It holds no word of the person's.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Optional

from rasa.core.agent import Agent
from rasa.shared.core.events import SlotSet

SLOT = "feedback"
"""The slot in ``domain.yml``. A report reads all its events; the slot holds the last one."""


@dataclass(frozen=True)
class Feedback:
    """Whether the answer to a message was useful, and if not, why: one of a few reasons."""

    message: str
    topic: Optional[str]
    useful: bool
    reason: Optional[str]


async def keep_feedback(agent: Agent, conversation: str, feedback: Feedback) -> None:
    """Add feedback to the conversation.

    Raises:
        Exception: whatever the lock store or the tracker store raises.
    """
    async with agent.lock_store.lock(conversation):
        tracker = await agent.tracker_store.get_or_create_tracker(conversation)
        tracker.update(SlotSet(SLOT, asdict(feedback)))
        await agent.tracker_store.save(tracker)
