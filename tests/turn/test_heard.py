"""What is known of a conversation: in memory, for a while, and gone when it is cleared."""

from __future__ import annotations

import pytest

from assistant.guidance import WELSH
from assistant.turn import heard
from assistant.turn.assistant import Assistant
from assistant.turn.heard import KEPT_FOR_S, HeardBefore
from assistant.understanding.going_on import Heard

TOLD = "my stepdad comes in my room at night and touches me"


def test_it_is_forgotten_after_a_silence() -> None:
    now = 0.0
    before = HeardBefore(clock=lambda: now)
    before.note("a", Heard("urgent/child-user", "child", True))
    now = KEPT_FOR_S
    assert before.of("a").voice == "child"
    now = KEPT_FOR_S + 1
    assert before.of("a") == Heard()
    assert before.of("b") == Heard()


def test_it_holds_no_more_than_it_may(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(heard, "MOST_CONVERSATIONS", 2)
    before = HeardBefore()
    for name in "abc":
        before.note(name, Heard(voice="child"))
    assert before.of("a") == Heard()
    assert before.of("b").voice == before.of("c").voice == "child"


async def test_a_child_who_cannot_ring_is_told_how_to_write(
    assistant: Assistant, conversation: str
) -> None:
    assert (await assistant.reply(TOLD, conversation)).topic == "urgent/child-user"
    reply = await assistant.reply("i cant ring anyone they will hear", conversation)
    assert (reply.kind, reply.topic) == ("urgent", "urgent/child-cannot-ring")
    await assistant.finish()
    # What is kept of it is what was shown.
    assert [turn.reply.topic for turn in await assistant.history(conversation)] in (
        [],
        ["urgent/child-user", "urgent/child-cannot-ring"],
    )


async def test_a_child_who_writes_welsh_is_answered_in_welsh_again(
    assistant: Assistant, conversation: str
) -> None:
    told = await assistant.reply("mae fy llystad yn dod i fy ystafell ac yn fy mrifo", conversation)
    assert told.topic == "urgent/child-user"
    for few_words in ("dwi'n 12", "12", "alla i ddim ffonio neb", "ond dydw i ddim yn gwybod"):
        reply = await assistant.reply(few_words, conversation)
        assert (reply.kind, reply.topic) == ("urgent", "urgent/child-goes-on")
        assert reply.answer and reply.answer.language == WELSH


async def test_a_message_that_comes_again_gets_the_same_reply(
    assistant: Assistant, conversation: str
) -> None:
    for said, number in ((TOLD, "1"), ("im 12", "2")):
        first = await assistant.reply(said, conversation, number)
        assert await assistant.reply(said, conversation, number) == first
    assert (await assistant.reply("no", conversation, "3")).topic == "urgent/child-goes-on"


async def test_it_goes_when_the_conversation_is_cleared(
    assistant: Assistant, conversation: str
) -> None:
    await assistant.reply(TOLD, conversation)
    await assistant.reply("im 12", conversation)
    await assistant.forget(conversation)
    assert (await assistant.reply("no", conversation)).kind != "urgent"


async def test_a_child_who_begins_with_their_age(assistant: Assistant, conversation: str) -> None:
    reply = await assistant.reply("im 12", conversation)
    assert reply.kind == "smalltalk" and "childline" in reply.contacts
    assert "Thank you for telling me" in reply.text


async def test_another_nation_of_the_last_answer(assistant: Assistant, conversation: str) -> None:
    asked = "What is the time limit after a referral?"
    first = await assistant.reply(asked, conversation)
    assert first.kind == "answer"
    reply = await assistant.reply("what about Wales", conversation)
    assert (reply.kind, reply.topic, reply.shows_answer) == ("answer", first.topic, True)
    assert "Wales" in reply.text
