"""What a person clears stays cleared, whatever was on its way at that moment."""

from __future__ import annotations

import asyncio
import time
from pathlib import Path
from typing import Any

import pytest

from assistant.guidance.names import FEEDBACK
from assistant.store import tracker_store
from assistant.store.database import writing
from assistant.store.forgetting import DAY_S
from assistant.store.tracker_store import FORGOTTEN, ForgottenError, RedactingTrackerStore
from assistant.turn import queue
from assistant.turn.outcome import Outcome
from assistant.turn.processor import TurnProcessor
from tests.conftest import ListBroker, WithStore
from tests.store.trackers import LateWrite, said, tracker_with

ASKED = "what is a peculiarly-worded strategy discussion?"
WHOSE = "conversation-of-zebedia"


async def test_a_write_that_outlives_its_turn_does_not_land_after_the_person_has_cleared(
    with_store: WithStore,
    store: RedactingTrackerStore,
    broker: ListBroker,
    database: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The thread that writes is not stopped, and the conversation's lock ends with the turn."""
    assistant = with_store(store)
    late = LateWrite(monkeypatch)
    with monkeypatch.context() as patch:
        patch.setattr(queue, "TURN_TIMEOUT_S", 0.2)
        timed_out = await assistant.reply(ASKED, WHOSE, message_id="one")
    assert timed_out.outcome is Outcome.TIMED_OUT
    await assistant.forget(WHOSE)
    await late.go_on()
    assert await assistant.history(WHOSE) == [] and broker.published == []
    assert b"peculiarly" not in database.read_bytes()


async def test_what_one_server_only_understands_is_not_kept_after_another_has_cleared(
    with_store: WithStore,
    store: RedactingTrackerStore,
    database: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    other = RedactingTrackerStore(domain=store.domain, db=str(database))
    understand = TurnProcessor.understand

    async def meanwhile(*args: Any) -> Any:
        await other.delete(WHOSE)
        return await understand(*args)

    assistant = with_store(store)
    with monkeypatch.context() as patch:
        patch.setattr(TurnProcessor, "understand", meanwhile)
        reply = await assistant.reply(ASKED, WHOSE, message_id="one")
    assert reply.kind == "answer", "it is shown all the same"
    assert await assistant.history(WHOSE) == []
    await assistant.reply("what is a referral?", WHOSE, message_id="two")
    (kept,) = await assistant.history(WHOSE)
    assert kept.message_id == "two", "what comes after the clearing is kept"


async def test_what_was_read_before_it_was_cleared_is_not_written_anew(
    store: RedactingTrackerStore, broker: ListBroker
) -> None:
    """To the store all that was deleted would look new."""
    await store.save(tracker_with(WHOSE, said("the first")))
    tracker = await store.retrieve(WHOSE)
    assert tracker is not None
    tracker.update(said("the second"))
    await store.delete(WHOSE)
    published = len(broker.published)
    with pytest.raises(ForgottenError):
        await store.save(tracker)
    assert await store.retrieve(WHOSE) is None and len(broker.published) == published


async def test_a_thumb_on_its_way_is_not_kept_either(
    with_store: WithStore, store: RedactingTrackerStore
) -> None:
    assistant = with_store(store)
    await assistant.reply(ASKED, WHOSE, message_id="one")
    await assistant.forget(WHOSE)
    await assistant.keep_slot(WHOSE, FEEDBACK, {"message": "one", "useful": True})
    assert list(await store.keys()) == []


async def test_the_mark_of_a_cleared_conversation_names_nobody_and_goes_after_a_day(
    store: RedactingTrackerStore, database: Path
) -> None:
    await store.delete(WHOSE)
    await store.delete(WHOSE)
    assert WHOSE.encode() not in database.read_bytes()
    assert marks(store) == 1
    await store.delete_old()
    assert marks(store) == 1
    with store.session_scope() as session:
        session.execute(FORGOTTEN.update().values(moment=time.time() - DAY_S - 1))
        session.commit()
    await store.delete_old()
    assert marks(store) == 0


async def test_an_old_conversation_that_somebody_comes_back_to_is_not_deleted(
    store: RedactingTrackerStore, database: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    await store.save(tracker_with(WHOSE, said("long ago")))
    with store.session_scope() as session:
        session.query(store.SQLEvent).update({"timestamp": time.time() - 40 * DAY_S})
        session.commit()
    other = RedactingTrackerStore(db=str(database))

    def after_somebody_came_back(*args: Any) -> Any:
        monkeypatch.setattr(tracker_store, "writing", writing)
        asyncio.run(other.save(tracker_with(WHOSE, said("again"))))
        return writing(*args)

    monkeypatch.setattr(tracker_store, "writing", after_somebody_came_back)
    assert await store.delete_old() == 0
    assert await store.retrieve(WHOSE) is not None


def marks(store: RedactingTrackerStore) -> int:
    with store.session_scope() as session:
        return int(session.query(FORGOTTEN).count())
