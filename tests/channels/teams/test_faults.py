"""Whatever breaks, is turned off or stops behind Teams, the person gets the official channels."""

from __future__ import annotations

import asyncio
from contextlib import AbstractAsyncContextManager
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from assistant.channels import base
from assistant.channels.base import AlwaysAnsweringChannel, assistant_of
from assistant.channels.teams import input as teams_input
from assistant.channels.teams.input import NOT_OPENED
from assistant.operations import server
from assistant.turn.queue import TurnQueue
from tests.channels.teams.conftest import StubAssistant, nobody
from tests.channels.teams.stand_in import Bot, Microsoft, activity, channel, serving
from tests.channels.web.test_faults import CHANNEL_PARTS, break_channel
from tests.turn.faults import CALM, PARTS, URGENT, break_part, broken, full
from tests.waiting import until

WORD = "zebulonia"
PICTURE = {"contentType": "image/png", "contentUrl": "https://example.org/x.png"}


async def both(bot: Bot, **parts: Any) -> tuple[str, str]:
    """The answers to an urgent and to a calm message."""
    before = len(bot.microsoft.messages)
    for said in (URGENT, CALM):
        assert await bot.say(said, **parts) == 200
    sent = await bot.microsoft.wait_for(before + 2)
    urgent, calm = (one.content["text"] for one in sent[before:])
    return urgent, calm


def official(urgent: str, calm: str, said: str) -> bool:
    """Whether the urgent message got its reply, and the calm one the official channels and why."""
    # Where the card cannot be made, the reply is its text, which has no heading.
    assert "999" in urgent.removeprefix("**Get help now**\n\n").partition("\n")[0]
    assert "999" in calm and "social care" in calm
    return said in calm


@pytest.mark.parametrize("part", CHANNEL_PARTS)
async def test_whatever_breaks_round_the_turn(
    real_bot: Bot, part: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    break_channel(real_bot.app, part, monkeypatch)
    if part == "rendering":
        broken_cards(monkeypatch)
    assert official(*await both(real_bot), "Reference for the log")


def broken_cards(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*args: Any) -> Any:
        raise RuntimeError("broken by a test")

    monkeypatch.setattr("assistant.channels.teams.messages.answer_card", broken)


@pytest.mark.parametrize("part", PARTS)
async def test_whatever_breaks_in_the_turn(
    real_bot: Bot, part: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    break_part(assistant_of(real_bot.app), part, monkeypatch)
    assert official(*await both(real_bot), "Reference for the log")


async def test_a_picture_while_there_is_no_model(
    real_bot: Bot, monkeypatch: pytest.MonkeyPatch
) -> None:
    break_channel(real_bot.app, "no model", monkeypatch)
    await real_bot.say("", attachments=[PICTURE])
    (sent,) = await real_bot.microsoft.wait_for(1)
    assert sent.content["text"].startswith(NOT_OPENED) and "999" in sent.content["text"]


async def kept(bot: Bot) -> set[str]:
    """The conversations of which anything is kept."""
    await assistant_of(bot.app).finish()
    return set(await bot.app.ctx.agent.tracker_store.keys())


async def test_turned_off(real_bot: Bot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (teams,) = real_bot.app.ctx.input_channels
    assert teams.off_switch.parts[-2:] == ("switched-off", "teams")
    off = tmp_path / "teams"
    monkeypatch.setattr(teams, "off_switch", off)
    off.touch()
    here, before = {"id": "a:turned off"}, await kept(real_bot)
    assert official(*await both(real_bot, conversation=here), "turned off")
    assert await kept(real_bot) == before
    off.unlink()
    await real_bot.say(CALM, conversation=here)
    answer = (await real_bot.microsoft.wait_for(3))[-1].content
    assert "turned off" not in answer["text"] and answer["entities"][0]["citation"]
    assert len(await kept(real_bot)) == len(before) + 1


async def test_while_the_server_stops(real_bot: Bot, monkeypatch: pytest.MonkeyPatch) -> None:
    """Teams does not ask another server: what is refused would stay without an answer."""
    monkeypatch.setattr(server, "DRAIN_TIME_S", 0)
    monkeypatch.setattr(server, "TURN_TIMEOUT_S", 0)
    monkeypatch.setattr(server, "GRACE_S", 0)
    stopped = asyncio.Event()
    await server.stop_gracefully(real_bot.app, stopped.set)
    assert stopped.is_set()
    async with real_bot.http.get(f"{real_bot.url}/privacy") as refused:
        assert refused.status == 503
    here, before = {"id": "a:stopping"}, await kept(real_bot)
    assert official(*await both(real_bot, conversation=here), "restarting")
    assert await kept(real_bot) == before


def waiting_for(turns: TurnQueue, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The conversations of which a message, understood by now, begins to wait for its turn."""
    waiting: list[str] = []
    turn = turns.turn

    def noted(conversation: str, *args: Any) -> AbstractAsyncContextManager[None]:
        waiting.append(conversation)
        return turn(conversation, *args)

    monkeypatch.setattr(turns, "turn", noted)
    return waiting


async def test_who_waits_longer_than_on_the_web_is_answered(
    real_bot: Bot, monkeypatch: pytest.MonkeyPatch
) -> None:
    turns = assistant_of(real_bot.app).queue
    monkeypatch.setattr(AlwaysAnsweringChannel, "queue_timeout_s", 0)
    monkeypatch.setattr(base, "TURN_TIMEOUT_S", 0)
    monkeypatch.setattr(base, "GRACE_S", 0)
    async with full(turns):
        waiting = waiting_for(turns, monkeypatch)
        await real_bot.say("what is a section 47 enquiry?")
        await until(lambda: waiting)
        assert not real_bot.microsoft.messages
    (sent,) = await real_bot.microsoft.wait_for(1)
    assert "In the review" in sent.content["text"]


async def test_who_waits_for_a_turn_when_the_server_stops_is_told_so(
    real_bot: Bot, monkeypatch: pytest.MonkeyPatch
) -> None:
    """All of them, before the process ends, and at the cost of no turn."""
    assistant = assistant_of(real_bot.app)
    monkeypatch.setattr(assistant.agent.processor, "run_turn", broken)
    async with full(assistant.queue):
        waiting = waiting_for(assistant.queue, monkeypatch)
        for number in range(20):
            await real_bot.say(CALM, conversation={"id": f"a:{number}"})
        await until(lambda: len(waiting) == 20)
        assert not real_bot.microsoft.messages
        monkeypatch.setattr(real_bot.app.ctx, "rejecting", True, raising=False)
    for sent in await real_bot.microsoft.wait_for(20):
        text = sent.content["text"]
        assert "restarting" in text and "999" in text and "Reference" not in text


# Half characters and zeros too: JSON can carry them.
texts = st.text(st.characters(exclude_categories=()), max_size=20).map(lambda text: WORD + text)
anything = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | texts,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(texts, inner, max_size=3),
    max_leaves=10,
)
accounts = st.fixed_dictionaries({"id": texts}, optional={"aadObjectId": texts})
likely = {
    "type": st.sampled_from(
        ["message", "conversationUpdate", "installationUpdate", "invoke", "event"]
    ),
    "name": st.sampled_from(["message/submitAction", "task/fetch"]),
    "action": st.sampled_from(["add", "remove"]),
    "id": st.none() | texts,
    "text": st.none() | texts,
    "from": accounts,
    "recipient": accounts,
    "conversation": st.fixed_dictionaries(
        {"id": texts}, optional={"conversationType": st.sampled_from(["personal", "channel"])}
    ),
    "membersAdded": st.lists(accounts, max_size=2),
    "attachments": st.lists(
        st.fixed_dictionaries({}, optional={"contentType": texts, "content": anything}), max_size=2
    ),
    "value": st.fixed_dictionaries({"payload": texts, "title": texts})
    | st.fixed_dictionaries({"actionValue": st.fixed_dictionaries({"reaction": texts})}),
    "replyToId": texts,
}
good = st.fixed_dictionaries({}, optional=likely)
# One wrong part at a time: of bodies with many, nothing but the first would ever be looked at.
odd = st.tuples(good, st.sampled_from([*likely, "channelData"]), anything).map(
    lambda drawn: {**drawn[0], drawn[1]: drawn[2]}
)


async def test_half_characters_in_an_id_are_refused(bot: Bot) -> None:
    for parts in ({"id": "\ud800"}, {"conversation": {"id": "\ud800"}}, {"from": {"id": "\ud800"}}):
        assert await bot.say(CALM, **parts) == 400
    assert await bot.say(f"{CALM}\ud800") == 200
    await bot.microsoft.wait_for(1)


@settings(max_examples=100, deadline=None, suppress_health_check=list(HealthCheck))
@given(parts=good | odd)
async def test_no_activity_breaks_the_channel(
    bot: Bot, caplog: pytest.LogCaptureFixture, parts: dict[str, Any]
) -> None:
    """What is an activity is worked off, anything else refused; no word reaches the log."""
    body = activity(bot.microsoft, **{"text": WORD, **parts})
    assert await bot.post(body) in (200, 400, 403, 501)
    (teams,) = bot.app.ctx.input_channels
    await teams.finish()
    assert "incident" not in caplog.text and "Traceback" not in caplog.text
    assert WORD not in caplog.text


async def test_refused_requests_of_one_address_do_not_fill_the_log(
    microsoft: Microsoft,
    stub: StubAssistant,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    """A good token is taken all the same: who shares the address with a stranger is answered."""
    monkeypatch.setattr(teams_input, "REFUSED_A_MINUTE", 3)
    async with serving(channel(microsoft), microsoft, nobody(), stub) as bot:
        told = [await bot.post(activity(microsoft, CALM), "nonsense") for _ in range(2)]
        told += [await bot.post("no activity"), await bot.post(activity(microsoft, CALM), None)]
        assert told == [403, 403, 400, 429]
        assert sum("Teams request" in one.message for one in caplog.records) == 3
        assert await bot.say(CALM) == 200
        await microsoft.wait_for(1)
    assert stub.texts == [CALM]
