from __future__ import annotations

import asyncio
from types import SimpleNamespace
from typing import Any, AsyncIterator, Optional

import pytest

from assistant.store.forgetting import EphemeralTrackerStore
from assistant.turn.assistant import Assistant
from assistant.turn.replies import Button, Reply, Turn
from tests.channels.teams.stand_in import Bot, Microsoft, channel, serving


class StubAssistant:
    """Answers with what it was told; replies depend on the text alone."""

    def __init__(self) -> None:
        self.asked: list[tuple[str, str, Optional[str], str]] = []
        self.takes = 0.0
        self.go_on = asyncio.Event()
        """A test that wants no answer yet clears it."""
        self.go_on.set()
        self.replies: dict[str, Reply] = {}
        self.turns: dict[str, list[Turn]] = {}
        self.slots: list[tuple[str, str, Any]] = []

    async def reply(
        self,
        text: str,
        conversation: str,
        message_id: Optional[str],
        channel: str,
        **place: Any,
    ) -> Reply:
        self.asked.append((text, conversation, message_id, channel))
        await self.go_on.wait()
        await asyncio.sleep(self.takes)
        usual = Reply(
            kind="suggest", text=f"answer to {text}", buttons=(Button("Refer", "/respond.refer"),)
        )
        reply = self.replies.get(text, usual)
        self.turns.setdefault(conversation, []).append(Turn(text, message_id, lambda: reply))
        return reply

    async def history(self, conversation: str) -> list[Turn]:
        return self.turns.get(conversation, [])

    async def keep_slot(self, conversation: str, name: str, value: Any) -> None:
        self.slots.append((conversation, name, value))

    @property
    def texts(self) -> list[str]:
        return [text for text, *_ in self.asked]


@pytest.fixture
async def microsoft() -> AsyncIterator[Microsoft]:
    async with Microsoft().running() as stand_in:
        yield stand_in


@pytest.fixture
def stub() -> StubAssistant:
    return StubAssistant()


@pytest.fixture
async def bot(microsoft: Microsoft, stub: StubAssistant) -> AsyncIterator[Bot]:
    """The channel with an assistant that only repeats."""
    async with serving(channel(microsoft), microsoft, nobody(), stub) as running:
        yield running


@pytest.fixture
async def real_bot(microsoft: Microsoft, assistant: Assistant) -> AsyncIterator[Bot]:
    """The channel with the trained model."""
    async with serving(channel(microsoft), microsoft, assistant.agent) as running:
        yield running


def nobody() -> Any:
    """An agent that is ready, can keep feedback and do nothing else."""
    from rasa.core.lock_store import InMemoryLockStore

    return SimpleNamespace(
        is_ready=lambda: True,
        processor=None,
        tracker_store=EphemeralTrackerStore(None),
        lock_store=InMemoryLockStore(),
    )
