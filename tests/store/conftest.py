"""Tracker stores to test with."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Callable, Optional

import pytest
from rasa.core.agent import Agent
from rasa.core.brokers.broker import EventBroker
from rasa.core.lock_store import InMemoryLockStore

from assistant.store.tracker_store import RedactingTrackerStore
from assistant.turn.assistant import Assistant, InProcessActions


class ListBroker(EventBroker):
    """Remembers what is published."""

    def __init__(self) -> None:
        self.published: list[dict[str, Any]] = []

    def publish(self, event: dict[str, Any]) -> None:
        self.published.append(event)


@pytest.fixture
def database(tmp_path: Path) -> Path:
    return tmp_path / "kept" / "conversations.db"


@pytest.fixture
def broker() -> ListBroker:
    return ListBroker()


@pytest.fixture
def store(database: Path, broker: ListBroker) -> RedactingTrackerStore:
    return RedactingTrackerStore(db=str(database), event_broker=broker)


WithStore = Callable[[RedactingTrackerStore], Assistant]


@pytest.fixture(scope="session")
def with_store(model: Path) -> WithStore:
    """An assistant over a tracker store; the model is loaded once."""
    loaded: Optional[Agent] = None

    def made(store: RedactingTrackerStore) -> Assistant:
        nonlocal loaded
        if loaded is None:
            loaded = Agent.load(
                model_path=str(model),
                lock_store=InMemoryLockStore(),
                action_endpoint=InProcessActions(),
            )
        loaded.tracker_store = loaded._create_tracker_store(store, loaded.domain)
        loaded.processor.tracker_store = loaded.tracker_store
        return Assistant(loaded)

    return made
