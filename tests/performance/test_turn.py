"""A message is read once, its conversation once, and it is written once, however long that is."""

from __future__ import annotations

import asyncio
import json
from typing import Any

import pytest
from rasa.shared.core.trackers import DialogueStateTracker

from assistant.answers.content import Content
from assistant.store.tracker_store import TURNS_READ, RedactingTrackerStore
from assistant.turn.assistant import Assistant
from assistant.turn.choices import GREETING_PAYLOAD, SOURCES_PAYLOAD
from assistant.turn.processor import TurnProcessor
from assistant.turn.rules import RulesThatMayHold
from assistant.turn.runner import PlainRunner
from assistant.understanding.encoder import Encoder
from assistant.understanding.words import WordFeatures
from tests.conftest import WithStore
from tests.performance.counting import Calls, Statements, Steps
from tests.turn.faults import CALM, URGENT

LARGEST_BOT_EVENT = 1000  # bytes
STATEMENTS_A_TURN = 7
"""One that reads; in writing two that look what is new, one whether the conversation was deleted
meanwhile, one whether the message is there already, BEGIN, and one INSERT for all events."""

STEPS_A_TURN = 14_000
"""Calls of functions: a sixth more than today."""

MOST_GROWTH = 1.2
"""How much more a turn of a long conversation may cost than one after :data:`TURNS_READ`."""


@pytest.fixture
def assistant(with_store: WithStore, store: RedactingTrackerStore) -> Assistant:
    return with_store(store)


@pytest.fixture
def calls(
    assistant: Assistant, store: RedactingTrackerStore, monkeypatch: pytest.MonkeyPatch
) -> Calls:
    counted = Calls(monkeypatch)
    counted.count(TurnProcessor, "understand", "understood")
    counted.count(PlainRunner, "run", "graph runs")
    counted.count(Encoder, "_encode_one", "encoded")
    counted.count(WordFeatures, "__call__", "words counted")
    counted.count(store, "_read", "read")
    counted.count(store, "_save", "written")
    counted.count(Content, "said", "texts said to everybody")
    for node in assistant.agent.processor.graph_runner.nodes.values():
        if isinstance(node, RulesThatMayHold):
            counted.count(node, "node", "rules read")
    return counted


READ_ONCE = {"understood": 1, "encoded": 1, "words counted": 1}
ONE_TURN = {"graph runs": 3, "read": 1, "written": 1}
"""Three runs of the model: one reads the message, two choose the response and then to listen. No
rules are read for them, and no text is put together that the answer does not show."""


async def test_a_message_is_read_once_and_kept_once(assistant: Assistant, calls: Calls) -> None:
    await _begin(assistant, calls)
    await assistant.reply(CALM, "counted", message_id="one")
    assert calls.taken() == {**READ_ONCE, **ONE_TURN}


async def test_so_is_an_urgent_one(assistant: Assistant, calls: Calls) -> None:
    await _begin(assistant, calls)
    assert (await assistant.reply(URGENT, "counted", message_id="one")).kind == "urgent"
    await assistant.finish()
    assert calls.taken() == {**READ_ONCE, **ONE_TURN}


async def test_a_button_needs_no_encoder(assistant: Assistant, calls: Calls) -> None:
    await _begin(assistant, calls)
    await assistant.reply(SOURCES_PAYLOAD, "counted", message_id="one")
    taken = calls.taken()
    assert "encoded" not in taken and "words counted" not in taken
    assert (taken["read"], taken["written"]) == (1, 1)


async def test_small_talk_is_answered_by_a_rule(assistant: Assistant, calls: Calls) -> None:
    """The counts above could not fail if nothing were counted."""
    await _begin(assistant, calls)
    await assistant.reply(GREETING_PAYLOAD, "counted", message_id="one")
    taken = calls.taken()
    assert (taken["rules read"], taken["texts said to everybody"]) == (2, 1)


async def test_a_message_that_comes_again_is_not_written(
    assistant: Assistant, calls: Calls
) -> None:
    await assistant.reply(CALM, "counted", message_id="one")
    calls.taken()
    await assistant.reply(CALM, "counted", message_id="one")
    assert "written" not in calls.taken()


async def test_statements_of_a_turn(assistant: Assistant, store: RedactingTrackerStore) -> None:
    for number in range(TURNS_READ + 2):
        await assistant.reply(CALM, "counted", message_id=f"message-{number}")
    with Statements(store) as statements:
        await assistant.reply(CALM, "counted", message_id="one")
    assert len(statements.sent) <= STATEMENTS_A_TURN, statements.sent
    assert sum(one.startswith("INSERT") for one in statements.sent) == 1


async def test_bytes_of_what_the_bot_said(
    assistant: Assistant, store: RedactingTrackerStore
) -> None:
    answered = await assistant.reply(CALM, "counted", message_id="one")
    assert len(answered.text) > LARGEST_BOT_EVENT, "a whole answer"
    await assistant.reply(URGENT, "counted", message_id="two")
    await assistant.finish()
    with store.session_scope() as session:
        kept = [data for (data,) in session.query(store.SQLEvent.data)]
    said = [data for data in kept if json.loads(data)["event"] == "bot"]
    assert len(said) == 2
    assert max(len(data.encode()) for data in said) <= LARGEST_BOT_EVENT


async def test_a_long_conversation_costs_no_more(
    assistant: Assistant, store: RedactingTrackerStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Counted in calls and in events that are read. Threads' work is done in this thread."""
    _work_in_this_thread(monkeypatch)
    events: list[int] = []
    made = DialogueStateTracker.from_events.__func__

    def counted(cls: Any, sender: str, read: Any, *args: Any, **kwargs: Any) -> Any:
        if sender == "long":
            events.append(len(read))
        return made(cls, sender, read, *args, **kwargs)

    monkeypatch.setattr(DialogueStateTracker, "from_events", classmethod(counted))
    steps = []
    for number in range(3 * TURNS_READ):
        with Steps() as counting:
            await assistant.reply(CALM, "long", message_id=f"message-{number}")
        steps.append(counting.calls)
    assert events[-1] <= MOST_GROWTH * events[TURNS_READ]
    assert steps[-1] <= MOST_GROWTH * steps[TURNS_READ + 1], steps
    assert steps[-1] <= STEPS_A_TURN, steps


async def _begin(assistant: Assistant, calls: Calls) -> None:
    """What is loaded with the first message is none of the second's."""
    await assistant.reply(CALM, "begun")
    calls.taken()


def _work_in_this_thread(monkeypatch: pytest.MonkeyPatch) -> None:
    async def here(work: Any, *args: Any, **kwargs: Any) -> Any:
        return work(*args, **kwargs)

    def at_once(loop: Any, executor: Any, work: Any, *args: Any) -> Any:
        done = loop.create_future()
        done.set_result(work(*args))
        return done

    monkeypatch.setattr(asyncio, "to_thread", here)
    monkeypatch.setattr(asyncio.BaseEventLoop, "run_in_executor", at_once)
