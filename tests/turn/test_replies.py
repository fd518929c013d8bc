"""Replies read out of events: of today, of earlier versions, and of content that has changed since.

``golden/*.jsonl`` are conversations as a version of the assistant kept them, one event a line.
They are never made anew: what was kept once is read for ever.
"""

from __future__ import annotations

import dataclasses
import json
from pathlib import Path
from typing import Any, Iterator, Mapping, get_args

import pytest

from assistant.answers.answer import AnswerKind
from assistant.answers.content import Content
from assistant.answers.current import current_content, use_content
from assistant.guidance import NO_TOPIC
from assistant.project import find_project
from assistant.store.tracker_store import RedactingTrackerStore
from assistant.turn import replies
from assistant.turn.assistant import Assistant
from assistant.turn.choices import resolve_choice
from assistant.turn.outcome import Kind, Outcome, kind_of, outcome_of
from assistant.turn.replies import ANSWER_IS_GONE, Button, Reply, Turn, read_reply, turns_of
from tests.conftest import WithStore

GOLDEN = Path(__file__).parent / "golden"
Events = list[dict[str, Any]]

SURE = {"intent": {"name": "talk.recording", "confidence": 0.99}}


def golden(name: str) -> Events:
    return [json.loads(line) for line in (GOLDEN / f"{name}.jsonl").read_text().splitlines()]


def keep(store: RedactingTrackerStore, conversation: str, events: Events) -> None:
    """Write events as they are."""
    with store.session_scope() as session:
        rows = [
            {
                "sender_id": conversation,
                "type_name": event["event"],
                "timestamp": event.get("timestamp"),
                "data": json.dumps(event),
            }
            for event in events
        ]
        session.bulk_insert_mappings(store.SQLEvent, rows)
        session.commit()


def without(content: Content, *ids: str) -> Content:
    """The content without some answers and pages."""
    data = json.loads(find_project().content.read_text(encoding="utf-8"))
    assert data["digest"] == content.digest
    for one in ids:
        for part in ("titles", "answers", "pages"):
            data[part].pop(one, None)
    return Content({**data, "digest": f"{data['digest']} without {' '.join(ids)}"})


def said(answer: str, **more: Any) -> dict[str, Any]:
    """A message that shows a scripted answer."""
    metadata = {"kind": "answer", "topic": answer, "answer": answer, "whole": True, **more}
    return {"text": "", "buttons": [], "metadata": metadata}


def bot(message: Mapping[str, Any]) -> dict[str, Any]:
    """The same as a kept event."""
    data = {"buttons": message["buttons"]}
    metadata = {"metadata": message["metadata"]}
    return {"event": "bot", "text": message["text"], "data": data, "metadata": metadata}


# --- what an event says ----------------------------------------------------------------


def test_a_scripted_answer_is_read_by_its_id() -> None:
    reply = read_reply([said("talk/recording")], SURE, {})
    assert (reply.kind, reply.topic, reply.confidence) == ("answer", "talk/recording", 0.99)
    assert reply.answer and reply.shows_answer and reply.text.startswith(reply.answer.lead)
    assert reply.contacts == tuple(route.id for route in reply.answer.contacts)
    assert reply.outcome is Outcome.ANSWERED


def test_a_message_about_an_answer_is_not_that_answer() -> None:
    message = {**said("talk/recording", whole=False), "text": "Sources of the answer"}
    reply = read_reply([message], SURE, {})
    assert reply.answer and not reply.shows_answer
    assert reply.text == "Sources of the answer"


def test_what_may_have_been_meant_is_offered_before_what_the_answer_offers_itself() -> None:
    meant = ["respond/refer", "respond/no-such-topic", "talk/recording", "respond/section-47"]
    read = {**SURE, "offered_topics": meant}
    own = [
        {"title": one, "payload": f"/{one}"}
        for one in ("respond.refer", "respond.mash", "respond.escalate", "ask_more")
    ]
    reply = read_reply([{**said("talk/recording"), "buttons": own}], read, {})
    assert reply.suggestions == ("respond/refer", "respond/section-47")
    assert [button.payload for button in reply.buttons] == [
        *("/respond.refer", "/respond.section-47", "/respond.mash", "/respond.escalate"),
        "/ask_more",
    ]
    three = {**SURE, "offered_topics": ["respond/refer", "respond/section-47", "review/about"]}
    shown = read_reply([{**said("talk/recording"), "buttons": own[1:]}], three, {}).buttons
    assert [button.payload for button in shown][3:] == ["/respond.mash", "/ask_more"]
    sure = read_reply([{**said("talk/recording"), "buttons": own}], SURE, {})
    assert sure.suggestions == () and len(sure.buttons) == 4


def test_what_may_have_been_meant_stands_below_the_words_that_it_is_out_of_scope() -> None:
    own = [
        {"title": "Worried about a child", "payload": "/respond.worried-what-next"},
        {"title": "What can you do?", "payload": "/ask_what_you_do"},
    ]
    refused = {"text": "That is outside.", "buttons": own, "metadata": {"kind": "out-of-scope"}}
    reply = read_reply([refused], {**SURE, "offered_topics": ["respond/refer"]}, {})
    shown = ["/respond.worried-what-next", "/respond.refer", "/ask_what_you_do"]
    assert [one.payload for one in reply.buttons] == shown
    assert reply.suggestions == ("respond/refer",)


def test_an_open_page_is_offered_below_an_answer_as_long_as_there_is_more_of_it() -> None:
    def titles(page: str) -> list[str]:
        reply = read_reply([said("talk/recording")], SURE, {"guided_page": page})
        return [button.title for button in reply.buttons]

    assert titles("guided/signs/start") == ["Carry on: Signs walk-through"]
    assert titles("guided/reflection/end") == []
    assert titles("guided/signs/renamed-since") == []
    assert titles("") == []


def test_a_message_without_a_reply_is_no_turn() -> None:
    events: Events = [
        {"event": "user", "text": "one", "message_id": "1", "parse_data": SURE},
        {"event": "user", "text": "two", "message_id": "2", "parse_data": SURE},
        bot(said("talk/recording")),
        {"event": "user", "text": "three", "message_id": "3", "parse_data": SURE},
    ]
    (turn,) = turns_of(events)
    assert (turn.text, turn.message_id, turn.reply.topic) == ("two", "2", "talk/recording")


def test_slots_are_those_of_the_turn_and_not_of_a_later_one() -> None:
    page = {"event": "slot", "name": "guided_page", "value": "guided/signs/start"}
    user = {"event": "user", "text": "a", "parse_data": SURE}
    first, second = turns_of([user, bot(said("talk/recording")), user, page, bot(said("a/b"))])
    assert first.reply.buttons == ()
    assert [button.title for button in second.reply.buttons] == ["Carry on: Signs walk-through"]


def test_a_copy_with_another_text_reads_no_reply_again(monkeypatch: pytest.MonkeyPatch) -> None:
    """The web shows the words of a button in place of its payload."""
    read = replies.read_reply
    times: list[None] = []

    def counted(*given: Any) -> Reply:
        times.append(None)
        return read(*given)

    monkeypatch.setattr(replies, "read_reply", counted)
    (turn,) = turns_of([{"event": "user", "text": "/a"}, bot(said("talk/recording"))])
    assert times == [], "it is read when it is asked for"
    copied = dataclasses.replace(turn, text="A")
    assert copied.reply is turn.reply and len(times) == 1


def test_every_kind_has_its_outcome() -> None:
    for kind in get_args(Kind):
        assert kind_of(kind) == kind and outcome_of(kind)
    assert {NO_TOPIC, *get_args(AnswerKind)} <= set(get_args(Kind))
    assert kind_of(None) == kind_of("of-old") == "smalltalk"


# --- content that has changed ----------------------------------------------------------


def test_an_answer_that_is_gone_is_said_to_be(own_content: Content) -> None:
    use_content(without(own_content, "talk/recording"))
    reply = read_reply([said("talk/recording")], SURE, {})
    assert reply.text == ANSWER_IS_GONE and reply.answer is None and not reply.shows_answer
    assert not reply.failed


def test_a_kind_that_is_gone_is_still_read() -> None:
    message = {"text": "Something", "buttons": None, "metadata": {"kind": "of-old"}}
    reply = read_reply([message], {}, {})
    assert (reply.text, reply.kind) == ("Something", "smalltalk"), "channels know no other kinds"
    assert read_reply([{"text": "Something", "metadata": None}], {}, {}).kind == "smalltalk"


@pytest.mark.parametrize("found", ["{}", "no json", '{"kind": "guided", "topic": "a/b"}'])
def test_services_found_by_another_version_stay_as_text(found: str) -> None:
    metadata = {"kind": "guided", "topic": "support/find-a-service", "whole": True, "found": found}
    message = {"text": "These services may fit", "buttons": None, "metadata": metadata}
    reply = read_reply([message], SURE, {})
    assert reply.text == "These services may fit" and reply.answer is None


CHANGED = ("talk/recording", "guided/signs/emotional", "respond/strategy-discussion")


async def test_a_conversation_goes_on_after_its_topics_and_pages_are_gone(
    with_store: WithStore, store: RedactingTrackerStore, own_content: Content
) -> None:
    assistant = with_store(store)
    for text in (
        "what should I write down when a child tells me?",
        "what is a strategy discussion?",
        "signs walk-through",
        "Start",
    ):
        assert not (await assistant.reply(text, "changed")).failed
    use_content(without(own_content, *CHANGED))
    # By its words, by its button, back to the page, its sources, more of it, and something else.
    for text in (
        "next",
        "back",
        "/talk.recording",
        "where does it say that?",
        "tell me more",
        "can you say that again please",
        "what should I write down when a child tells me?",
        "/guided.signs.emotional",
        "how do I refer to children's social care?",
    ):
        reply = await assistant.reply(text, "changed")
        assert not reply.failed and reply.text and "None" not in reply.text, text
        assert not any(button.title.endswith(": ") for button in reply.buttons)
    texts = [turn.reply.text for turn in await assistant.history("changed")]
    assert texts[:2] == [ANSWER_IS_GONE, ANSWER_IS_GONE]
    assert reply.topic == "respond/refer"


# --- earlier versions ------------------------------------------------------------------


@pytest.fixture(params=sorted(path.stem for path in GOLDEN.glob("*.jsonl")))
def version(request: pytest.FixtureRequest) -> str:
    return str(request.param)


def test_every_kept_turn_of_every_version_is_read(version: str) -> None:
    events = golden(version)
    turns = list(turns_of(events))
    assert len(turns) == sum(event["event"] == "user" for event in events)
    kinds = [turn.reply.kind for turn in turns]
    assert {"answer", "guided", "urgent", "smalltalk"} <= set(kinds)
    for turn in turns:
        assert turn.reply.text and not turn.reply.failed
        assert turn.reply.topic or turn.reply.kind not in ("answer", "urgent")


def test_what_was_kept_in_words_is_shown_in_those_words() -> None:
    """Its sources were numbered otherwise: today's would stand below another's numbers."""
    events = golden("bd4f381")
    kept = [event["text"] for event in events if event["event"] == "bot"]
    turns = list(turns_of(events))
    assert [turn.reply.text for turn in turns] == kept
    assert all(turn.reply.answer is None and not turn.reply.shows_answer for turn in turns)


async def test_a_conversation_of_any_version_goes_on(
    version: str, with_store: WithStore, store: RedactingTrackerStore
) -> None:
    assistant = with_store(store)
    keep(store, version, golden(version))
    before = await assistant.history(version)
    sources = await assistant.reply("where does it say that?", version)
    assert sources.text.startswith("Sources of the answer on") and sources.answer
    for text in ("tell me more", "can you say that again please", "next", "signs walk-through"):
        assert not (await assistant.reply(text, version)).failed, text
    await turn_into(assistant, version, before)
    history = await assistant.history(version)
    assert [turn.reply for turn in history][: len(before)] == [turn.reply for turn in before]


async def turn_into(assistant: Assistant, conversation: str, before: list[Turn]) -> None:
    """Every button that was offered can still be pressed."""
    for button in {button for turn in before for button in turn.reply.buttons}:
        reply = await assistant.reply(button.payload, conversation)
        assert not reply.failed and reply.text, button


async def test_a_message_of_an_earlier_version_sent_again_is_not_answered_anew(
    version: str, with_store: WithStore, store: RedactingTrackerStore
) -> None:
    keep(store, version, golden(version))
    assistant = with_store(store)
    first = (await assistant.history(version))[0]
    again = await assistant.reply("anything", version, message_id=first.message_id)
    assert again == first.reply


# --- choices ---------------------------------------------------------------------------


def before(*buttons: Button) -> list[Turn]:
    return [Turn("a question", None, lambda: Reply("suggest", "Which?", buttons=buttons))]


def choices() -> Iterator[tuple[str, list[Turn], str]]:
    offered = before(Button("Forget my role", "/forget_role"), Button("Next", "/guided_continue"))
    yield "/talk.recording", [], "/talk.recording"
    yield "/greet", [], "/greet"
    yield "/forget_role", offered, "/forget_role"
    yield "/forget_role", [], "forget_role"
    yield "/restart", offered, "restart"
    yield '/talk.recording{"role": "police"}', [], 'talk.recording{"role": "police"}'
    yield " // /restart", [], "restart"
    yield "next.", offered, "/guided_continue"
    yield "NEXT", before(), "NEXT"
    yield "Recording what a child says!", [], "/talk.recording"
    yield "recording what a child said", [], "recording what a child said"


@pytest.mark.parametrize(("text", "turns", "read"), choices())
def test_only_what_shows_content_or_was_offered_is_obeyed(
    text: str, turns: list[Turn], read: str
) -> None:
    assert resolve_choice(text, turns) == read


def test_the_reply_as_plain_data_names_every_source() -> None:
    reply = read_reply([said("talk/recording")], SURE, {})
    data = json.loads(json.dumps(reply.as_json("what do I write down?")))
    assert data["outcome"] == "answered" and data["topic"] == "talk/recording"
    assert data["citations"][0]["source"] == "national-review"
    assert reply.answer
    assert len(data["citations"]) == len(reply.answer.review) + len(reply.answer.places)
    assert current_content().title("talk/recording") == reply.answer.title
