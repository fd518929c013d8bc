"""The tracker store on a real PostgreSQL."""

from __future__ import annotations

import asyncio
import time

import pytest
from rasa.shared.core.events import UserUttered
from sqlalchemy.exc import OperationalError

from assistant.cli import OK, run
from assistant.project import Project
from assistant.store.tracker_store import (
    ForgottenError,
    RedactingTrackerStore,
    RepeatedMessageError,
)
from benchmarks.services import POSTGRESQL, control
from tests.store.test_writers import write_at_once
from tests.store.trackers import said, tracker_with


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


def test_retention_deletes_where_the_servers_of_deploy_keep(
    postgresql: str,
    project: Project,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    store = RedactingTrackerStore(host=postgresql)
    asyncio.run(store.save(tracker_with("old", said("hello there"))))
    monkeypatch.setenv("NOTICE_DATABASE", postgresql)
    monkeypatch.setenv("NOTICE_LOCKS", "redis://127.0.0.1:1/1")  # not asked
    file = str(project.root / "deploy" / "endpoints.yml")
    assert run(["retention", "--days", "0", "--endpoints", file]) == OK
    assert "1 conversation(s) older than 0 days deleted." in capsys.readouterr().out
    assert asyncio.run(store.keys()) == []


async def test_what_is_cleared_stays_cleared_whoever_writes_meanwhile(postgresql: str) -> None:
    """The writer holds its conversation; who deletes waits for it, and finds what it wrote."""
    writer, other = RedactingTrackerStore(host=postgresql), RedactingTrackerStore(host=postgresql)
    for number in range(20):
        await asyncio.gather(
            writer.save(tracker_with("cleared", said(f"before {number}"))),
            other.delete("cleared"),
            return_exceptions=True,  # the writer may come too late
        )
        assert await writer.retrieve("cleared") is None, number
        marked = time.time()
        await other.delete("cleared")
        with pytest.raises(ForgottenError):
            await writer.save(tracker_with("cleared", said("late")), since=marked)
        assert await writer.retrieve("cleared") is None


async def test_while_the_database_is_down_nothing_is_taken_for_kept(postgresql: str) -> None:
    store = RedactingTrackerStore(host=postgresql)
    await store.save(tracker_with("down", said("before")))
    tracker = await store.retrieve("down")
    assert tracker is not None
    tracker.update(said("while it is down", message_id="one"))
    control(POSTGRESQL, "stop")
    try:
        with pytest.raises(OperationalError):
            await asyncio.wait_for(store.save(tracker), 5)
    finally:
        control(POSTGRESQL, "start")
    await store.save(tracker)
    kept = await store.retrieve("down")
    assert kept is not None
    texts = [event.text for event in kept.events if isinstance(event, UserUttered)]
    assert texts == ["before", "while it is down"]
    with pytest.raises(RepeatedMessageError):
        await store.save(tracker_with("down", said("while it is down", message_id="one")))
