"""Whatever breaks, the person gets the official channels, and urgent comes first."""

from __future__ import annotations

import asyncio
import logging
from typing import Any

import pytest

from assistant.turn import assistant as module
from assistant.turn.assistant import Assistant
from tests.conftest import VAGUE, first_lines

URGENT = "Her dad is going to collect her in ten minutes and she is terrified"
CALM = "what is a strategy discussion?"


def broken(*args: Any, **kwargs: Any) -> Any:
    raise RuntimeError(f"broken by a test, with {URGENT}")


def break_part(assistant: Assistant, part: str, monkeypatch: pytest.MonkeyPatch) -> None:
    agent = assistant._agent
    if part == "classifier":
        monkeypatch.setattr(agent.processor.graph_runner, "run", broken)
    elif part == "tracker store":
        monkeypatch.setattr(agent.tracker_store, "retrieve", broken)
    elif part == "tracker store, writing":
        monkeypatch.setattr(agent.tracker_store, "save", broken)
    elif part == "lock store":
        monkeypatch.setattr(agent.lock_store, "issue_ticket", broken)
    elif part == "responses":
        monkeypatch.setattr(agent.processor.nlg, "generate", broken)
    elif part == "no reply":

        async def silent(*args: Any, **kwargs: Any) -> None:
            return None

        monkeypatch.setattr(agent.processor, "_run_prediction_loop", silent)
    elif part == "too slow":

        async def slow(*args: Any, **kwargs: Any) -> None:
            await asyncio.sleep(5)

        monkeypatch.setattr(agent.processor, "_run_prediction_loop", slow)
        monkeypatch.setattr(module, "TURN_TIMEOUT_S", 0.05)


PARTS = [
    "classifier",
    "tracker store",
    "tracker store, writing",
    "lock store",
    "responses",
    "no reply",
    "too slow",
]


@pytest.mark.parametrize("part", PARTS)
async def test_urgent_comes_first_whatever_breaks(
    assistant: Assistant, conversation: str, part: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    break_part(assistant, part, monkeypatch)
    reply = await assistant.reply(URGENT, conversation)
    assert reply.kind == "urgent"
    assert "999" in first_lines(reply, 1)
    assert "social care" in first_lines(reply)


@pytest.mark.parametrize("part", PARTS)
async def test_every_message_gets_a_reply(
    assistant: Assistant, conversation: str, part: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    break_part(assistant, part, monkeypatch)
    reply = await assistant.reply(CALM, conversation)
    assert "Sorry" in reply.text and "Reference for the log" in reply.text
    assert "999" in reply.text and "social care" in reply.text


@pytest.mark.parametrize("part", PARTS)
async def test_a_broken_part_is_noticed(
    assistant: Assistant, conversation: str, part: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The tests above could not fail if breaking a part broke nothing.

    Nor does Rasa get by without storing the turn: nothing that was answered is lost.
    """
    break_part(assistant, part, monkeypatch)
    assert (await assistant.reply(CALM, conversation)).failed


@pytest.mark.parametrize("part", PARTS)
async def test_a_turn_is_kept_whole_or_not_at_all(
    assistant: Assistant, conversation: str, part: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A message kept without its reply could never get one when it is sent again."""
    with monkeypatch.context() as patch:
        break_part(assistant, part, patch)
        assert (await assistant.reply(CALM, conversation, message_id="one")).failed
    kept = await assistant._agent.tracker_store.retrieve(conversation)
    assert not kept or not kept.events
    answered = await assistant.reply(CALM, conversation, message_id="one")
    assert answered.topic == "respond/strategy-discussion"
    assert [turn.message_id for turn in await assistant.history(conversation)] == ["one"]


async def test_without_an_action_server_the_routes_are_given(
    assistant: Assistant, conversation: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def down(*args: Any, **kwargs: Any) -> None:
        raise ConnectionError("no action server")

    monkeypatch.setattr(assistant._agent.action_endpoint, "request", down)
    reply = await assistant.reply(VAGUE, conversation)
    assert "999" in reply.text and "social care" in reply.text
    reply = await assistant.reply(URGENT, conversation)
    assert reply.kind == "urgent" and not reply.failed
    reply = await assistant.reply(CALM, conversation)
    assert reply.topic == "respond/strategy-discussion"


async def test_in_a_form_without_an_action_server_urgent_still_breaks_in(
    assistant: Assistant, conversation: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def down(*args: Any, **kwargs: Any) -> None:
        raise ConnectionError("no action server")

    opened = await assistant.reply("start the service finder", conversation)
    assert opened.kind == "guided"
    monkeypatch.setattr(assistant._agent.action_endpoint, "request", down)
    reply = await assistant.reply(URGENT, conversation)
    assert reply.kind == "urgent" and not reply.failed
    reply = await assistant.reply("a child", conversation)
    assert reply.failed and "999" in reply.text


async def test_pages_need_no_action_server(
    assistant: Assistant, conversation: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def down(*args: Any, **kwargs: Any) -> None:
        raise ConnectionError("no action server")

    monkeypatch.setattr(assistant._agent.action_endpoint, "request", down)
    for said, part in [("signs walk-through", "not a risk"), ("Start", "Step 1"), ("Next", "2 of")]:
        reply = await assistant.reply(said, conversation)
        assert reply.kind == "guided" and part in reply.text and not reply.failed


async def test_patterns_broken_as_well_still_gives_the_routes(
    assistant: Assistant, conversation: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    break_part(assistant, "classifier", monkeypatch)
    monkeypatch.setattr(assistant.turn.official._patterns, "match", broken)
    reply = await assistant.reply(URGENT, conversation)
    assert "999" in reply.text and "social care" in reply.text


async def test_no_word_of_a_message_is_logged(
    assistant: Assistant,
    conversation: str,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
    capfd: pytest.CaptureFixture[str],
) -> None:
    secret = "zebulonia"
    with caplog.at_level(logging.WARNING):
        await assistant.reply(f"what is a strategy discussion, {secret}?", conversation)
        await assistant.reply(f"/{secret}{{{secret}", conversation)
        break_part(assistant, "classifier", monkeypatch)
        await assistant.reply(f"{URGENT}, {secret}", conversation)
    logged = caplog.text + "".join(capfd.readouterr())
    assert "No answer, incident" in logged
    assert secret not in logged
    assert "terrified" not in logged
