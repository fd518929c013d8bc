"""The tracker store on a real PostgreSQL."""

from __future__ import annotations

import asyncio

from rasa.shared.core.events import UserUttered

from assistant.privacy.tracker_store import RedactingTrackerStore
from assistant.project import Project
from tests.privacy.test_tracker_store import said, tracker_with
from tests.privacy.test_writers import write_at_once
from tests.services.conftest import POSTGRESQL, control


async def test_postgresql_under_several_writers(postgresql: str, project: Project) -> None:
    await write_at_once(postgresql, project.root)


async def test_redacted_kept_and_deleted(postgresql: str) -> None:
    store = RedactingTrackerStore(host=postgresql)
    await store.save(tracker_with("pg", said("my client Zebedia, 7, told me")))
    kept = await store.retrieve("pg")
    assert kept is not None and kept.latest_message is not None
    assert kept.latest_message.text == "my client [name], 7, told me"
    await store.delete("pg")
    assert await store.retrieve("pg") is None


async def test_what_is_said_while_the_database_is_down_is_written_afterwards(
    postgresql: str,
) -> None:
    store = RedactingTrackerStore(host=postgresql)
    await store.save(tracker_with("down", said("before")))
    tracker = await store.retrieve("down")
    assert tracker is not None
    control(POSTGRESQL, "stop")
    try:
        tracker.update(said("while it is down"))
        await asyncio.wait_for(store.save(tracker), 5)
    finally:
        control(POSTGRESQL, "start")
    await store.save(tracker_with("other", said("hello")))
    kept = await store.retrieve("down")
    assert kept is not None
    texts = [event.text for event in kept.events if isinstance(event, UserUttered)]
    assert texts == ["before", "while it is down"]
