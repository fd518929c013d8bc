"""Parts of a turn that tests break, one at a time, and two messages to ask meanwhile."""

from __future__ import annotations

import asyncio
import threading
from contextlib import asynccontextmanager
from typing import Any, AsyncIterator

import pytest
from rasa.core.lock import TicketLock
from rasa.core.lock_store import LockStore
from rasa.shared.core.trackers import DialogueStateTracker
from sqlalchemy.orm import Session

from assistant.store.tracker_store import RedactingTrackerStore
from assistant.turn import queue
from assistant.turn.assistant import Assistant
from assistant.turn.nlg import CompiledAnswers
from assistant.turn.queue import MAX_CONCURRENT_TURNS, TurnQueue
from tests.waiting import PATIENCE_S

URGENT = "Her dad is going to collect her in ten minutes and she is terrified"
"""An urgent message, plain enough for a pattern."""

CALM = "what is a strategy discussion?"


def broken(*args: Any, **kwargs: Any) -> Any:
    raise RuntimeError(f"broken by a test, with {URGENT}")


class BrokenLockStore(LockStore):
    """A lock store of several servers that cannot be reached."""

    @asynccontextmanager
    async def lock(self, *args: Any, **kwargs: Any) -> AsyncIterator[TicketLock]:
        broken()
        yield TicketLock("never")


@asynccontextmanager
async def full(turns: TurnQueue) -> AsyncIterator[None]:
    """All turns taken by others until the body is done."""
    release = asyncio.Event()

    async def hold(conversation: str) -> None:
        async with turns.turn(conversation, PATIENCE_S):
            await release.wait()

    with pytest.MonkeyPatch.context() as patch:  # of these turns alone: they are beginning
        patch.setattr(queue, "TURN_TIMEOUT_S", PATIENCE_S)
        held = [asyncio.create_task(hold(f"other {n}")) for n in range(MAX_CONCURRENT_TURNS)]
        await asyncio.sleep(0)
    try:
        yield
    finally:
        release.set()
        await asyncio.gather(*held, return_exceptions=True)


def silence(store: RedactingTrackerStore, monkeypatch: pytest.MonkeyPatch) -> threading.Event:
    """Have a store's database answer nothing until this event is set."""
    answers, opened = threading.Event(), store.sessionmaker

    def silent() -> Session:
        answers.wait(2 * PATIENCE_S)
        return opened()

    monkeypatch.setattr(store, "sessionmaker", silent)
    return answers


def break_part(assistant: Assistant, part: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Break a part until the end of the test; any other name breaks nothing."""
    agent = assistant.agent
    if part == "model":
        monkeypatch.setattr(agent.processor.graph_runner, "run", broken)
    elif part == "tracker store":
        monkeypatch.setattr(agent.tracker_store, "retrieve", broken)
        monkeypatch.setattr(agent.tracker_store, "retrieve_full_tracker", broken)
    elif part == "tracker store, writing":
        monkeypatch.setattr(agent.tracker_store, "save", broken)
    elif part == "lock store":
        monkeypatch.setattr(assistant, "queue", TurnQueue(BrokenLockStore()))
    elif part == "responses":
        monkeypatch.setattr(CompiledAnswers, "generate", broken)
    elif part == "no reply":

        async def silent(message: Any, tracker: DialogueStateTracker, output: Any) -> Any:
            return tracker

        monkeypatch.setattr(agent.processor, "run_turn", silent)
    elif part == "too slow":

        async def endless(*args: Any, **kwargs: Any) -> None:
            await asyncio.Event().wait()

        monkeypatch.setattr(agent.processor, "run_turn", endless)
        monkeypatch.setattr(queue, "TURN_TIMEOUT_S", 0.05)


PARTS = [
    "model",
    "tracker store",
    "tracker store, writing",
    "lock store",
    "responses",
    "no reply",
    "too slow",
]
