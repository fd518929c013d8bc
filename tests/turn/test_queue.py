"""More messages at once than there are places: who waits is answered, and urgent comes first."""

from __future__ import annotations

import asyncio
from asyncio import timeout
from typing import Any

import pytest

from assistant.turn import assistant as module
from assistant.turn.assistant import MAX_CONCURRENT_TURNS, Assistant
from assistant.turn.replies import Reply
from tests.faults.test_guaranteed_reply import CALM, URGENT

ANSWER = Reply(kind="answer", text="the answer")


@pytest.fixture
def places(assistant: Assistant, monkeypatch: pytest.MonkeyPatch) -> asyncio.Semaphore:
    """The places, all of them taken by others; a test may free one."""
    taken = asyncio.Semaphore(0)
    monkeypatch.setattr(assistant, "_places", taken)
    return taken


@pytest.fixture
def turns(assistant: Assistant, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What got a turn; it is answered at once."""
    said: list[str] = []

    async def turn(text: str, *args: Any) -> Reply:
        said.append(text)
        return ANSWER

    monkeypatch.setattr(assistant, "_turn", turn)
    return said


async def test_a_crowd_is_answered_a_few_at_a_time(
    assistant: Assistant, monkeypatch: pytest.MonkeyPatch
) -> None:
    working = most = 0
    full = asyncio.Event()

    async def turn(*args: Any) -> Reply:
        nonlocal working, most
        working += 1
        most = max(most, working)
        if working == MAX_CONCURRENT_TURNS:
            full.set()
        await full.wait()
        await asyncio.sleep(0)
        working -= 1
        return ANSWER

    monkeypatch.setattr(assistant, "_turn", turn)
    replies = await asyncio.gather(
        *(assistant.reply(CALM, f"crowd-{number}") for number in range(20))
    )
    assert all(reply is ANSWER for reply in replies)
    assert most == MAX_CONCURRENT_TURNS


async def test_waiting_for_a_place_takes_nothing_of_the_turns_time(
    assistant: Assistant,
    places: asyncio.Semaphore,
    turns: list[str],
    conversation: str,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(module, "TURN_TIMEOUT_S", 0.2)
    asking = asyncio.create_task(assistant.reply(CALM, conversation))
    await asyncio.sleep(0.3)
    assert not asking.done()
    places.release()
    assert await asking is ANSWER


@pytest.mark.parametrize(
    ("queue_timeout_s", "reply_within", "answered"), [(0.1, 30.0, True), (30.0, 0.1, False)]
)
async def test_the_time_for_a_place_and_the_time_for_a_turn_are_two(
    assistant: Assistant,
    conversation: str,
    monkeypatch: pytest.MonkeyPatch,
    queue_timeout_s: float,
    reply_within: float,
    answered: bool,
) -> None:
    async def turn(*args: Any) -> Reply:
        await asyncio.sleep(0.3 if answered else 20)
        return ANSWER

    monkeypatch.setattr(assistant, "_turn", turn)
    monkeypatch.setattr(module, "TURN_TIMEOUT_S", reply_within)
    reply = await assistant.reply(CALM, conversation, queue_timeout_s=queue_timeout_s)
    assert (reply is ANSWER) is answered


async def test_who_waits_too_long_gets_the_official_channels_and_costs_no_turn(
    assistant: Assistant, places: asyncio.Semaphore, turns: list[str], conversation: str
) -> None:
    reply = await assistant.reply(CALM, conversation, queue_timeout_s=0.05)
    assert reply.failed and "999" in reply.text and "social care" in reply.text
    assert turns == []
    places.release()
    assert await assistant.reply(CALM, conversation) is ANSWER, "the place was not given back"


async def test_nobody_holds_a_lock_while_waiting_for_a_place(
    assistant: Assistant, places: asyncio.Semaphore, turns: list[str], conversation: str
) -> None:
    """The lock of a server that died ends by itself: so would that of one who waits long."""
    asking = asyncio.create_task(assistant.reply(CALM, conversation))
    await asyncio.sleep(0.05)
    async with timeout(1), assistant._agent.lock_store.lock(conversation):
        assert not asking.done()
    places.release()
    assert await asking is ANSWER


async def test_an_urgent_message_waits_for_nobody(
    assistant: Assistant, places: asyncio.Semaphore, conversation: str
) -> None:
    reply = await assistant.reply(URGENT, conversation)
    assert reply.kind == "urgent" and not reply.failed
    assert "999" in reply.text.splitlines()[0]
