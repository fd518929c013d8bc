"""Conversations through the trained model, its rules and its actions."""

from __future__ import annotations

from typing import Optional

import pytest

from assistant.answers import Answer, current_content
from assistant.answers.text import day_text
from assistant.guidance import topic_of_payload
from assistant.guidance.names import is_out_of_scope
from assistant.turn.assistant import Assistant
from assistant.turn.choices import MORE_PAYLOAD
from assistant.turn.outcome import LONGEST_MESSAGE
from tests.conftest import VAGUE, first_lines


@pytest.mark.parametrize(
    ("said", "part"),
    [
        ("hello", "Ask me about"),
        ("thank you very much", "You are welcome"),
        ("goodbye", "Goodbye"),
        ("what can you do?", "Recognise"),
        ("are you a robot?", "computer program"),
    ],
)
async def test_small_talk(assistant: Assistant, conversation: str, said: str, part: str) -> None:
    reply = await assistant.reply(said, conversation)
    assert reply.kind == "smalltalk"
    assert part in reply.text


async def test_a_question_is_answered_with_citations(
    assistant: Assistant, conversation: str
) -> None:
    reply = await assistant.reply("what is a strategy discussion and who comes?", conversation)
    assert (reply.kind, reply.topic) == ("answer", "respond/strategy-discussion")
    assert reply.answer and reply.answer.places
    assert "in the review (November 2024): " in reply.text.lower().replace("november", "November")
    assert reply.buttons


async def test_where_does_it_say_that(assistant: Assistant, conversation: str) -> None:
    await assistant.reply("what should I write down when a child tells me?", conversation)
    reply = await assistant.reply("where does it say that?", conversation)
    assert reply.topic == "talk/recording"
    assert "https://" in reply.text
    assert reply.answer and not reply.shows_answer
    for place in reply.answer.places:
        assert f"[{place.number}] {place.label}" in reply.text
        assert f"{place.evidence} Checked {day_text(place.checked)}." in reply.text


async def test_sources_before_any_answer(assistant: Assistant, conversation: str) -> None:
    reply = await assistant.reply("where does it say that?", conversation)
    assert "have not answered a question yet" in reply.text


async def test_tell_me_more_goes_on_and_offers_next_topics(
    assistant: Assistant, conversation: str
) -> None:
    first = await assistant.reply("what should I write down when a child tells me?", conversation)
    reply = await assistant.reply("tell me more", conversation)
    assert reply.text != first.text
    assert reply.topic == "talk/recording"
    assert [b.title for b in reply.buttons] == [b.title for b in first.buttons]


async def test_repeat(assistant: Assistant, conversation: str) -> None:
    first = await assistant.reply("what should I write down when a child tells me?", conversation)
    reply = await assistant.reply("can you say that again please", conversation)
    assert reply.text == first.text


@pytest.mark.parametrize(
    ("question", "follow_up", "topic"),
    [
        (
            "what are the signs of sexual abuse in a child?",
            "and for a disabled child?",
            "recognise/disabled-children",
        ),
        ("how do I refer to children's social care?", "and in wales?", "respond/refer"),
        (
            "how do I refer to children's social care?",
            "and if the parents say no to a referral?",
            "respond/consent-to-refer",
        ),
        ("which services help adult survivors?", "and in wales?", "support/wales"),
    ],
)
async def test_a_short_follow_up_stays_near_the_last_answer(
    assistant: Assistant, conversation: str, question: str, follow_up: str, topic: str
) -> None:
    await assistant.reply(question, conversation)
    reply = await assistant.reply(follow_up, conversation)
    assert reply.topic == topic


async def test_a_button_asks_for_its_topic(assistant: Assistant, conversation: str) -> None:
    reply = await assistant.reply("what is a strategy discussion and who comes?", conversation)
    button = reply.buttons[0]
    after = await assistant.reply(button.payload, conversation)
    assert after.kind == "answer"
    assert after.answer and after.answer.title == button.title


async def test_out_of_scope_is_said(assistant: Assistant, conversation: str) -> None:
    reply = await assistant.reply("what is the weather tomorrow?", conversation)
    assert reply.kind == "out-of-scope"
    assert "outside what I can answer" in reply.text


def test_every_refusal_names_999_and_leads_on() -> None:
    content = current_content()
    refusals = [one for one in content.said_names if is_out_of_scope(one.removeprefix("utter_"))]
    assert len(refusals) >= 2
    for name in refusals:
        for nation in ("England", "Wales"):
            said = content.said(name, nation)
            assert said and said.kind == "out-of-scope"
            assert "999" in said.text and "police-emergency" in said.contacts, name
            assert any(content.has(topic_of_payload(one.payload)) for one in said.buttons), name


@pytest.mark.parametrize(
    ("text", "points_to"),
    [
        ("how much screen time is right for a nine year old", "family life"),
        ("how do I apply for universal credit", "Citizens Advice"),
        ("write my court report for me", "I cannot write"),
        ("my elderly neighbour is neglected by her carer", "adult social care"),
    ],
)
async def test_a_refusal_says_who_can_help(
    assistant: Assistant, conversation: str, text: str, points_to: str
) -> None:
    reply = await assistant.reply(text, conversation)
    assert reply.kind == "out-of-scope"
    assert points_to in reply.text


async def test_what_is_not_understood_gets_suggestions_and_official_routes(
    assistant: Assistant, conversation: str
) -> None:
    reply = await assistant.reply(VAGUE, conversation)
    assert reply.kind == "suggest"
    assert 1 <= len(reply.suggestions) <= 3
    assert [button.payload for button in reply.buttons]
    assert "999" in reply.text and "social care" in reply.text


async def test_after_three_misses_a_person_is_offered(
    assistant: Assistant, conversation: str
) -> None:
    for _ in range(2):
        reply = await assistant.reply(VAGUE, conversation)
        assert reply.suggestions
    reply = await assistant.reply(VAGUE, conversation)
    assert "people you can talk to" in reply.text
    assert "0808 800 5000" in reply.text


async def test_a_person_can_be_asked_for(assistant: Assistant, conversation: str) -> None:
    reply = await assistant.reply("I want to speak to a real person", conversation)
    assert "people you can talk to" in reply.text


async def test_the_words_of_a_choice_pick_it(assistant: Assistant, conversation: str) -> None:
    reply = await assistant.reply("what is a strategy discussion and who comes?", conversation)
    topic = next(one for one in reply.buttons[::-1] if one.payload != MORE_PAYLOAD)
    after = await assistant.reply(f"{topic.title.lower()}.", conversation)
    assert after.confidence == 1 and after.answer
    assert after.answer.title == topic.title


async def test_history_reads_roles_and_open_pages_as_the_live_turns_did(
    assistant: Assistant, conversation: str
) -> None:
    live = []
    for said in ("I am a teacher", "signs walk-through", "how do I refer to social care?", "stop"):
        live.append(await assistant.reply(said, conversation))
    assert [turn.reply for turn in await assistant.history(conversation)] == live
    _, _, answer, _ = live
    assert answer.answer and "schools" in answer.answer.points[0].text
    assert answer.buttons[-1].title == "Carry on: Signs walk-through"


async def test_commands_of_rasa_are_not_obeyed(assistant: Assistant, conversation: str) -> None:
    await assistant.reply("what should I write down when a child tells me?", conversation)
    await assistant.reply("/restart", conversation)
    reply = await assistant.reply("where does it say that?", conversation)
    assert reply.topic == "talk/recording", "the conversation was restarted"
    reply = await assistant.reply('/urgent.child-user{"x": "y"}', conversation)
    assert reply.confidence < 1


async def test_nothing_typed_and_too_much_typed(assistant: Assistant, conversation: str) -> None:
    assert (await assistant.reply("  ", conversation)).text == "Please type a question."
    reply = await assistant.reply("word " * LONGEST_MESSAGE, conversation)
    assert "2,000 characters" in reply.text
    assert "999" in reply.text


async def test_urgent_words_in_a_message_that_is_too_long_still_count(
    assistant: Assistant, conversation: str
) -> None:
    text = "Her dad is going to collect her in ten minutes and she is terrified. " + "note " * 600
    reply = await assistant.reply(text, conversation)
    assert reply.kind == "urgent"


async def test_an_urgent_message_breaks_in_and_offers_its_topic(
    assistant: Assistant, conversation: str
) -> None:
    await assistant.reply("what is a strategy discussion?", conversation)
    reply = await assistant.reply(
        "A girl in my class has told me her stepdad comes into her bed "
        "and she is going home in an hour",
        conversation,
    )
    assert reply.kind == "urgent"
    assert "999" in first_lines(reply, 1)
    assert "social care" in first_lines(reply)
    button = reply.buttons[0]
    assert button.payload.startswith("/") and "None" not in button.title
    after = await assistant.reply(button.payload, conversation)
    assert after.kind == "answer"


async def test_a_child_gets_a_reply_for_a_child(assistant: Assistant, conversation: str) -> None:
    reply = await assistant.reply("my dad touches me at night and im scared", conversation)
    assert reply.topic == "urgent/child-user"
    assert "0800 1111" in reply.text
    assert "not your fault" in reply.text


async def test_conversations_do_not_mix(assistant: Assistant, conversation: str) -> None:
    await assistant.reply("what should I write down when a child tells me?", conversation)
    other = await assistant.reply("where does it say that?", f"{conversation}-other")
    assert other.topic is None


async def test_a_forgotten_conversation_is_gone(assistant: Assistant, conversation: str) -> None:
    await assistant.reply("what should I write down when a child tells me?", conversation)
    await assistant.forget(conversation)
    reply = await assistant.reply("where does it say that?", conversation)
    assert "have not answered a question yet" in reply.text


def as_written(shown: Optional[Answer], written: Optional[Answer]) -> bool:
    """It is that answer, whichever points stand first because they were asked for."""
    assert shown and written
    ordered = [sorted(one.every_point, key=lambda point: point.text) for one in (shown, written)]
    return shown.lead == written.lead and ordered[0] == ordered[1]


async def test_a_question_that_names_a_nation_is_answered_as_there_this_once(
    assistant: Assistant, conversation: str
) -> None:
    content, topic = current_content(), "respond/mandatory-reporting"
    in_wales, in_england = (content.answer(topic, None, one) for one in ("Wales", "England"))
    assert in_wales != in_england
    await assistant.reply("I work in England", conversation)
    there = await assistant.reply("what about Wales for mandatory reporting", conversation)
    assert as_written(there.answer, in_wales)
    again = await assistant.reply("can you say that again please", conversation)
    assert again.answer == there.answer
    # It says nothing of where the person works: the next question is answered as before.
    here = await assistant.reply("what is mandatory reporting?", conversation)
    assert as_written(here.answer, in_england)
    kept = [turn.reply.answer for turn in await assistant.history(conversation)]
    assert kept[1] == there.answer


@pytest.mark.parametrize(
    "said",
    [
        "strategy discussion is Thursday and police say they can't come",
        "who minutes a core group when the lead is on leave",
        "can the LADO meeting go ahead without HR",
        "our MASH sent the referral back twice",
        "MARF went in on Monday and I've heard nothing",
        "my team manager closed the CIN plan and I don't agree",
        "police won't share the ABE with us before conference",
        "a toddler in my room goes rigid whenever her uncle comes to collect",
        "childminder: three year old sobs if it's dad at pick up, never with mum",
        "she is three and terrified of her grandad all of a sudden",
    ],
)
async def test_a_step_of_the_process_or_a_little_childs_fear_is_not_turned_away(
    assistant: Assistant, conversation: str, said: str
) -> None:
    reply = await assistant.reply(said, conversation)
    assert reply.kind in ("answer", "suggest", "urgent")


@pytest.mark.parametrize("said", ["ok ta", "Diolch i chi", "You're a star, ta very much!"])
async def test_thanks_in_slang_are_thanks(
    assistant: Assistant, conversation: str, said: str
) -> None:
    assert "You are welcome" in (await assistant.reply(said, conversation)).text
