"""Whatever breaks, the person gets the official channels, and urgent comes first."""

from __future__ import annotations

import asyncio
import logging
from typing import Any

import pytest
from rasa.utils.endpoints import EndpointConfig

from assistant.answers.content import Content
from assistant.guidance import ContentError
from assistant.store.forgetting import EphemeralTrackerStore
from assistant.turn import official
from assistant.turn.assistant import MOST_PARTS, Assistant
from assistant.turn.choices import IMAGE_TOPIC_PAYLOAD, OWN_PAYLOADS
from assistant.turn.outcome import CALL_999, Outcome
from tests.conftest import VAGUE, first_lines
from tests.turn.faults import CALM, PARTS, URGENT, break_part, broken

NOBODY = EndpointConfig(url="http://127.0.0.1:1/webhook", enable_selective_domain=True)
"""An action server that cannot be reached."""


@pytest.fixture
def no_action_server(assistant: Assistant, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(assistant.agent.processor, "action_endpoint", NOBODY)


@pytest.mark.parametrize("part", PARTS)
async def test_urgent_comes_first_whatever_breaks(
    assistant: Assistant, conversation: str, part: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    break_part(assistant, part, monkeypatch)
    reply = await assistant.reply(URGENT, conversation)
    assert (reply.kind, reply.outcome) == ("urgent", Outcome.URGENT)
    assert "999" in first_lines(reply, 1)
    assert "social care" in reply.text
    await assistant.finish()


@pytest.mark.parametrize("part", PARTS)
async def test_every_message_gets_a_reply(
    assistant: Assistant, conversation: str, part: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    break_part(assistant, part, monkeypatch)
    reply = await assistant.reply(CALM, conversation)
    assert reply.failed and reply.outcome.is_fault
    assert "Sorry" in reply.text and "Reference for the log" in reply.text
    assert "999" in first_lines(reply, 1) and "social care" in reply.text
    assert reply.contacts


async def test_how_a_message_ended_has_a_name(
    assistant: Assistant, conversation: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    outcomes = {
        "too slow": Outcome.TIMED_OUT,
        "responses": Outcome.CRASHED,
        "nothing": Outcome.ANSWERED,
    }
    for part, outcome in outcomes.items():
        with monkeypatch.context() as patch:
            break_part(assistant, part, patch)
            assert (await assistant.reply(CALM, conversation)).outcome is outcome
    assert (await assistant.reply("  ", conversation)).outcome is Outcome.NOTHING_TYPED
    assert (await assistant.reply("/ ", conversation)).outcome is Outcome.NOTHING_TYPED
    assert (await assistant.reply("word " * 500, conversation)).outcome is Outcome.TOO_LONG


@pytest.mark.parametrize("part", PARTS)
async def test_a_turn_is_kept_whole_or_not_at_all(
    assistant: Assistant, conversation: str, part: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A message kept without its reply could never get one when it is sent again."""
    with monkeypatch.context() as patch:
        break_part(assistant, part, patch)
        assert (await assistant.reply(CALM, conversation, message_id="one")).failed
    kept = await assistant.agent.tracker_store.retrieve(conversation)
    assert not kept or not kept.events
    answered = await assistant.reply(CALM, conversation, message_id="one")
    assert answered.topic == "respond/strategy-discussion"
    assert [turn.message_id for turn in await assistant.history(conversation)] == ["one"]


async def test_an_urgent_turn_is_kept_once_it_is_answered(
    assistant: Assistant, conversation: str
) -> None:
    urgent = await assistant.reply(URGENT, conversation, message_id="one")
    calm = await assistant.reply(CALM, conversation, message_id="two")
    again = await assistant.reply(URGENT, conversation, message_id="one")
    await assistant.finish()
    assert again == urgent
    turns = await assistant.history(conversation)
    assert [turn.message_id for turn in turns] == ["one", "two"]
    assert [turn.reply for turn in turns] == [urgent, calm]


async def test_an_urgent_turn_that_is_not_kept_yet_is_forgotten_too(
    assistant: Assistant, conversation: str
) -> None:
    """Its place in the conversation is taken before the person has the reply."""
    await assistant.reply(URGENT, conversation)
    await assistant.forget(conversation)
    await assistant.finish()
    assert await assistant.history(conversation) == []


async def test_what_is_urgent_and_too_long_is_not_kept(
    assistant: Assistant, conversation: str
) -> None:
    reply = await assistant.reply(f"{URGENT}. " + "She said more. " * 200, conversation)
    assert reply.kind == "urgent"
    await assistant.finish()
    assert await assistant.history(conversation) == []


@pytest.mark.usefixtures("no_action_server")
async def test_without_an_action_server_the_routes_are_given(
    assistant: Assistant, conversation: str
) -> None:
    reply = await assistant.reply(VAGUE, conversation)
    assert reply.failed and "999" in reply.text and "social care" in reply.text
    reply = await assistant.reply(URGENT, conversation)
    assert reply.kind == "urgent" and not reply.failed
    reply = await assistant.reply(CALM, conversation)
    assert reply.topic == "respond/strategy-discussion"


async def test_in_a_form_without_an_action_server_urgent_still_breaks_in(
    assistant: Assistant, conversation: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened = await assistant.reply("start the service finder", conversation)
    assert opened.kind == "guided"
    monkeypatch.setattr(assistant.agent.processor, "action_endpoint", NOBODY)
    reply = await assistant.reply(URGENT, conversation)
    assert reply.kind == "urgent" and not reply.failed
    await assistant.finish()
    assert [turn.text for turn in await assistant.history(conversation)][-1] == URGENT
    reply = await assistant.reply("a child", conversation)
    assert reply.failed and "999" in reply.text


@pytest.mark.usefixtures("no_action_server")
async def test_pages_need_no_action_server(assistant: Assistant, conversation: str) -> None:
    for said, part in [("signs walk-through", "not a risk"), ("Start", "Step 1"), ("Next", "2 of")]:
        reply = await assistant.reply(said, conversation)
        assert reply.kind == "guided" and part in reply.text and not reply.failed


async def test_patterns_broken_as_well_still_gives_the_routes(
    assistant: Assistant, conversation: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    break_part(assistant, "model", monkeypatch)
    monkeypatch.setattr(official, "match_patterns", broken)
    reply = await assistant.reply(URGENT, conversation)
    assert reply.failed and "999" in reply.text and "social care" in reply.text


@pytest.mark.parametrize("said", [URGENT, CALM])
async def test_without_content_999_is_still_said(
    assistant: Assistant,
    conversation: str,
    own_content: Content,
    said: str,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def gone() -> Content:
        raise ContentError(())

    for module in ("turn.choices", "turn.official", "turn.replies", "turn.nlg"):
        monkeypatch.setattr(f"assistant.{module}.current_content", gone)
    reply = await assistant.reply(said, conversation)
    assert reply.failed and reply.text.startswith(official.ALWAYS_URGENT)


async def test_a_situation_that_the_content_has_no_more_gets_the_general_reply(
    own_content: Content,
) -> None:
    reply = official.urgent_reply("urgent/no-such-situation")
    assert reply.topic == "urgent/general" and "999" in first_lines(reply, 1)


async def test_what_channels_ask_for_by_id_needs_no_understanding(
    assistant: Assistant, conversation: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(assistant.agent.processor, "understand", broken)
    for payload in sorted(OWN_PAYLOADS):
        assert not (await assistant.reply(payload, conversation)).failed
    reply = await assistant.reply(IMAGE_TOPIC_PAYLOAD, conversation)
    assert reply.topic == "respond/viewing-and-handling-images"


async def test_the_title_of_a_topic_is_a_choice_and_no_emergency(
    assistant: Assistant, conversation: str, own_content: Content
) -> None:
    """A button says it; in Teams its words are what comes back."""
    alarms = []
    for topic, title in own_content.titles.items():
        reply = await assistant.reply(title, conversation)
        if reply.kind == "urgent":
            alarms.append(topic)
        await assistant.forget(conversation)
    assert alarms == []


async def test_a_stores_wrapper_that_hides_its_errors_is_taken_off(assistant: Assistant) -> None:
    assert isinstance(assistant.agent.tracker_store, EphemeralTrackerStore)
    assert assistant.agent.processor.tracker_store is assistant.agent.tracker_store


async def test_finishing_waits_for_what_is_not_kept_yet(
    assistant: Assistant, conversation: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    hold, saved = asyncio.Event(), assistant.agent.tracker_store.save

    async def save(*args: Any) -> None:
        await hold.wait()
        await saved(*args)

    monkeypatch.setattr(assistant.agent.tracker_store, "save", save)
    await assistant.reply(URGENT, conversation)
    finishing = asyncio.create_task(assistant.finish())
    await asyncio.sleep(0)
    assert not finishing.done()
    hold.set()
    await finishing
    assert len(await assistant.history(conversation)) == 1


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
        break_part(assistant, "model", monkeypatch)
        await assistant.reply(f"{URGENT}, {secret}", conversation)
        await assistant.finish()
    logged = caplog.text + "".join(capfd.readouterr())
    assert "No answer, incident" in logged
    assert "RuntimeError at turn/" in logged, "the log says where it broke"
    assert secret not in logged
    assert "terrified" not in logged


def test_every_way_to_end_without_an_answer_has_its_sentence() -> None:
    for outcome in Outcome:
        reply = official.instead_of_an_answer(outcome)
        assert reply.text.startswith("If a child is in danger, call 999 now."), outcome
        if outcome.is_fault:
            assert "Sorry" in (outcome.sentence or ""), outcome
    assert CALL_999 in (Outcome.RESTARTING.sentence or "")


@pytest.mark.parametrize("before", ["/", "// ", "\u200b/"])
async def test_a_slash_before_an_urgent_message_does_not_make_it_wait(
    assistant: Assistant, conversation: str, before: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is no command: it must not need the store to find that out."""
    break_part(assistant, PARTS[0], monkeypatch)
    assert (await assistant.reply(before + URGENT, conversation)).outcome is Outcome.URGENT
    closed = await assistant.reply(before + URGENT, conversation, closed=lambda: Outcome.TURNED_OFF)
    assert closed.outcome is Outcome.URGENT
    await assistant.finish()


async def test_an_urgent_message_in_other_letters_gets_the_urgent_reply(
    assistant: Assistant, conversation: str
) -> None:
    for hidden in ("\u00ad".join(URGENT), "".join(map(full_width, URGENT))):
        assert (await assistant.reply(hidden, conversation)).outcome is Outcome.URGENT
    await assistant.finish()


def full_width(character: str) -> str:
    return chr(ord(character) + 0xFEE0) if "!" <= character <= "~" else character


async def test_what_is_spelled_in_single_letters_is_read_in_a_long_text_too(
    assistant: Assistant, conversation: str
) -> None:
    """A share of it only: the text as a whole does not count as spelled."""
    calm = "We had a lovely day at the seaside and the weather was kind to us. " * 30
    spelled = " ".join("mydadrapedmelastnightandiamhurt")
    reply = await assistant.reply(f"{calm} {spelled} {calm}", conversation)
    assert reply.kind == "urgent"


async def test_what_is_read_of_a_text_of_short_words_is_bounded(
    assistant: Assistant, conversation: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    read: list[str] = []

    async def understand(text: str) -> dict[str, Any]:
        read.append(text)
        return {"intent": {"name": "none"}}

    monkeypatch.setattr(assistant.agent.processor, "understand", understand)
    assert (await assistant.reply("a1 " * 30_000, conversation)).outcome is Outcome.TOO_LONG
    assert len(read) == MOST_PARTS
