"""A conversation that somebody comes back to after weeks goes on as if nobody had left."""

from __future__ import annotations

import json

from rasa.shared.core.events import SessionStarted

from assistant.store.tracker_store import RedactingTrackerStore
from tests.conftest import WithStore

A_LONG_PAUSE_S = 20 * 24 * 60 * 60

BEFORE = ["what should I write down when a child tells me?", "signs walk-through", "Start"]


def put_back(store: RedactingTrackerStore, conversation: str, seconds: float) -> None:
    """Let all that is kept of a conversation have happened so much earlier."""
    with store.session_scope() as session:
        for event in session.query(store.SQLEvent).filter_by(sender_id=conversation):
            data = json.loads(event.data)
            data["timestamp"] -= seconds
            event.timestamp, event.data = data["timestamp"], json.dumps(data)
        session.commit()


async def test_what_was_open_and_what_was_said_hold_after_a_long_pause(
    with_store: WithStore, store: RedactingTrackerStore
) -> None:
    """Were a session to end, "next" would go nowhere and the sources would be of no answer."""
    assistant = with_store(store)
    for text in BEFORE:
        assert not (await assistant.reply(text, "paused", message_id=text)).failed
    before = [turn.reply for turn in await assistant.history("paused")]
    put_back(store, "paused", A_LONG_PAUSE_S)
    following = await assistant.reply("next", "paused")
    assert "Step 2 of 5" in following.text
    put_back(store, "paused", A_LONG_PAUSE_S)
    again = await assistant.reply(BEFORE[0], "paused", message_id=BEFORE[0])
    assert again == before[0], "sent again, it gets the reply it got"
    sources = await assistant.reply("where does it say that?", "paused")
    assert sources.text.startswith("Sources of the answer on") and sources.answer
    with store.session_scope() as session:
        begun = session.query(store.SQLEvent).filter_by(type_name=SessionStarted.type_name)
        assert begun.count() == 1, "no session ended"
    history = [turn.reply for turn in await assistant.history("paused")]
    assert history == [*before, following, sources]
