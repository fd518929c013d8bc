"""Trackers to keep: what the tests of the store share."""

from __future__ import annotations

import asyncio
import contextlib
import threading
from typing import Any, Iterator

import pytest
from rasa.shared.core.events import ActionExecuted, UserUttered
from rasa.shared.core.trackers import DialogueStateTracker
from sqlalchemy.orm import Session

from assistant.store import tracker_store
from assistant.store.database import writing
from tests.waiting import PATIENCE_S


def tracker_with(conversation: str, *events: Any, slots: Any = ()) -> DialogueStateTracker:
    tracker = DialogueStateTracker(conversation, slots)
    for event in (ActionExecuted("action_listen"), *events):
        tracker.update(event)
    return tracker


def said(text: str, **more: Any) -> UserUttered:
    return UserUttered(text, {"name": "greet", "confidence": 1.0}, **more)


class LateWrite:
    """Holds the next write to a database, in its thread, until :meth:`go_on`."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self._go_on, self._ended = threading.Event(), threading.Event()
        self._monkeypatch = monkeypatch
        monkeypatch.setattr(tracker_store, "writing", self._late)

    @contextlib.contextmanager
    def _late(self, session: Session, conversation: str) -> Iterator[None]:
        self._monkeypatch.setattr(tracker_store, "writing", writing)  # others are in time
        self._go_on.wait(PATIENCE_S)
        try:
            with writing(session, conversation):
                yield
        finally:
            self._ended.set()

    async def go_on(self) -> None:
        """Let it write, and wait until it has, or could not."""
        self._go_on.set()
        assert await asyncio.to_thread(self._ended.wait, PATIENCE_S)
