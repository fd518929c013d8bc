"""The web channel over real HTTP. Every response is also checked against openapi.json."""

from __future__ import annotations

import asyncio
import uuid
from pathlib import Path

import pytest
from rasa.core.run import configure_app, create_http_input_channels

from assistant.channels.base import assistant_of
from assistant.channels.web.channel import LARGEST_BODY_BYTES
from assistant.guidance import Library
from assistant.guidance.names import FEEDBACK
from assistant.operations import http_server
from assistant.turn.assistant import Assistant
from assistant.turn.outcome import LONGEST_MESSAGE
from tests.channels.conftest import DESCRIPTION, Client, Serve, credentials, served
from tests.conftest import VAGUE
from tests.waiting import until

CALM = "what is a strategy discussion?"
URGENT = "Her dad is going to collect her in ten minutes and she is terrified"
INTRANET = "https://intranet.example.org"


async def test_an_answer_comes_whole_with_its_citations(client: Client) -> None:
    reply = (await client.ask(CALM)).reply
    assert (reply["kind"], reply["topic"]) == ("answer", "respond/strategy-discussion")
    assert reply["text"].startswith(reply["lead"]) and not reply["failed"]
    places = {place["number"]: place for place in reply["citations"]}
    for point in reply["points"] + reply["more"]:
        assert point["numbers"] and set(point["numbers"]) <= set(places)
    assert reply["review"] and all(place["url"] for place in reply["review"])
    for place in reply["review"]:
        near = "Nearest in the review" if place["nearest"] else "In the review"
        assert place["heading"].startswith(f"{near} (")
    assert reply["limits"] and reply["buttons"]


async def test_an_urgent_reply_says_whom_to_call_and_tell(client: Client) -> None:
    reply = (await client.ask(URGENT)).reply
    assert reply["kind"] == "urgent" and "999" in reply["lead"]
    assert reply["tell"]["text"]
    assert "tel:999" in [contact["tel"] for contact in reply["contacts"]]


async def test_suggestions_come_with_the_contacts_in_full(client: Client) -> None:
    reply = (await client.ask(VAGUE)).reply
    assert reply["kind"] == "suggest" and reply["lead"] is None and reply["citations"] == []
    assert all(contact["phone"] or contact["url"] for contact in reply["contacts"])


async def test_a_contact_that_content_dropped_is_left_out(client: Client, library: Library) -> None:
    channel = client.app.ctx.input_channels[0]
    assert [one.id for one in channel.contacts(["gone", "childline"])] == ["childline"]


async def test_sources_keep_their_links_and_are_no_answer(client: Client) -> None:
    await client.ask(CALM)
    reply = (await client.ask("where does it say that?")).reply
    assert reply["lead"] is None and reply["points"] == [] and reply["citations"]


async def test_only_what_shows_content_is_obeyed_where_it_was_not_offered(client: Client) -> None:
    payload = (await client.ask(CALM)).reply["buttons"][0]["payload"]
    picked = (await client.pick(payload)).reply
    assert f"/{picked['topic'].replace('/', '.')}" == payload
    other = await client.another().open()
    assert (await other.pick(payload)).reply["topic"] == picked["topic"]
    for command in ("/restart", "/guided_stop", '/respond.section-47{"role": "police"}'):
        await other.pick(command)
    tracker = await client.app.ctx.agent.tracker_store.retrieve(other.conversation)
    said = [event for event in tracker.events if event.type_name == "user"]
    assert [event.text for event in said if event.text.startswith("/")] == [payload]
    assert "restart" not in {event.type_name for event in tracker.events}


async def test_a_double_click_gives_one_answer(client: Client) -> None:
    message_id = str(uuid.uuid4())
    both = await asyncio.gather(client.ask(CALM, message_id), client.ask(CALM, message_id))
    assert both[0].reply == both[1].reply
    assert (await client.ask(CALM, message_id)).reply == both[0].reply
    assert [turn["id"] for turn in await client.history()] == [message_id]


async def test_the_history_is_what_was_said(client: Client) -> None:
    first = (await client.ask(CALM)).reply
    second = (await client.pick(first["buttons"][0]["payload"])).reply
    turns = await client.history()
    assert [turn["reply"] for turn in turns] == [first, second]
    assert [turn["text"] for turn in turns] == [CALM, first["buttons"][0]["title"]]


async def test_clear_deletes_at_once(client: Client) -> None:
    await client.ask(CALM)
    assert (await client.api("clear", {})).body == {}
    assert await client.history() == []
    assert await client.app.ctx.agent.tracker_store.retrieve(client.conversation) is None


async def test_clear_waits_for_the_turn_under_way(client: Client) -> None:
    """Otherwise that turn would be written after the deletion."""
    turns = assistant_of(client.app).queue
    asked = asyncio.create_task(client.ask(CALM))
    await until(lambda: client.conversation in turns.busy, every_s=0)
    assert not asked.done()
    await client.api("clear", {})
    assert (await asked).status == 200
    assert await client.history() == []
    assert client.conversation not in turns.busy


async def test_sessions_share_nothing_and_no_client_chooses_its_conversation(
    client: Client,
) -> None:
    await client.ask(CALM)
    other = await client.another().open()
    assert other.conversation != client.conversation
    assert await other.history() == []
    for key in ("sender", "conversation", "sender_id"):
        message = {"id": str(uuid.uuid4()), "text": CALM, key: client.conversation}
        assert (await other.api("message", message)).status == 400


@pytest.mark.parametrize("rating", [{"useful": True}, {"useful": False, "reason": "unclear"}])
async def test_feedback_is_an_event_without_words(
    client: Client, rating: dict[str, object]
) -> None:
    message_id = str(uuid.uuid4())
    before = (await client.ask(CALM, message_id)).reply
    assert (await client.api("feedback", {"id": message_id, **rating})).body == {}
    tracker = await client.app.ctx.agent.tracker_store.retrieve(client.conversation)
    events = [one for one in tracker.events if one.type_name == "slot" and one.key == FEEDBACK]
    expected = {"message": message_id, "topic": before["topic"], "reason": None, **rating}
    assert [one.value for one in events] == [expected]
    # It steers nothing: the conversation goes on, and the history is as it was.
    assert (await client.ask("tell me more")).reply["topic"] == before["topic"]
    assert (await client.history())[0]["reply"] == before


async def test_feedback_needs_an_answer_and_one_of_the_reasons(client: Client) -> None:
    message_id = str(uuid.uuid4())
    await client.ask(CALM, message_id)
    for wrong in (
        {"id": str(uuid.uuid4()), "useful": True},
        {"id": message_id, "useful": False, "reason": "a long story"},
        {"id": message_id, "useful": "very"},
        {"id": message_id},
    ):
        assert (await client.api("feedback", wrong)).status == 400


# What is refused.


async def test_a_long_message_is_answered_in_a_sentence(client: Client) -> None:
    reply = (await client.ask("a " * LONGEST_MESSAGE)).reply
    assert "longer than 2,000 characters" in reply["text"] and "999" in reply["text"]
    reply = (await client.ask(f"{URGENT}. " + "She said more. " * 200)).reply
    assert reply["kind"] == "urgent"


@pytest.mark.parametrize("size", [LARGEST_BODY_BYTES, http_server.LARGEST_BODY_BYTES + 1])
async def test_a_body_that_is_too_large_is_refused_with_the_contacts(
    client: Client, size: int
) -> None:
    answered = await client.ask("x" * size)
    assert answered.status == 413
    assert "2,000 characters" in answered.error["message"]
    assert answered.error["contacts"][0]["tel"] == "tel:999"
    assert answered.headers["X-Content-Type-Options"] == "nosniff"


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"not json",
        b"[]",
        b'"text"',
        b'{"id": "' + b"\xff" + b'"}',
        b"[" * 20_000,
        b'{"text": "a question"}',
        b'{"id": "no uuid", "text": "a question"}',
        b'{"id": "8a6e0804-2bd0-4672-b79d-d97027f9071a"}',
        b'{"id": "8a6e0804-2bd0-4672-b79d-d97027f9071a", "text": "a", "payload": "/a"}',
        b'{"id": "8a6e0804-2bd0-4672-b79d-d97027f9071a", "payload": "a"}',
        b'{"id": "8a6e0804-2bd0-4672-b79d-d97027f9071a", "text": ["a"]}',
    ],
)
async def test_what_is_not_described_is_refused(client: Client, body: bytes) -> None:
    answered = await client.api("message", body)
    assert answered.status == 400 and answered.error["contacts"]


async def test_only_json_is_taken(client: Client) -> None:
    """A form can be sent by any page without asking the server first."""
    message = {"id": str(uuid.uuid4()), "text": CALM}
    for kind in ("text/plain", "application/x-www-form-urlencoded"):
        assert (await client.api("message", message, Content_Type=kind)).status == 400
    taken = await client.api("message", message, Content_Type="application/json; charset=utf-8")
    assert taken.status == 200


async def test_text_that_no_store_could_keep_is_answered(client: Client) -> None:
    body = b'{"id": "%s", "text": "%s \\ud800 \\u0000"}' % (
        str(uuid.uuid4()).encode(),
        CALM.encode(),
    )
    assert not (await client.api("message", body)).reply["failed"]
    assert (await client.history())[0]["text"] == f"{CALM} ? "[:-1]


async def test_a_payload_that_no_store_could_keep_is_answered(client: Client) -> None:
    body = b'{"id": "%s", "payload": "/ \\ud800 %s"}' % (str(uuid.uuid4()).encode(), CALM.encode())
    assert not (await client.api("message", body)).reply["failed"]


async def test_an_empty_message_is_asked_for(client: Client) -> None:
    assert "type a question" in (await client.ask("  ")).reply["text"]


async def test_markup_stays_text(client: Client) -> None:
    attack = "<script>alert(1)</script> what is a strategy discussion?"
    answered = await client.ask(attack)
    assert answered.headers["Content-Type"] == "application/json"
    assert "<script" not in answered.text
    assert (await client.history())[0]["text"] == attack


async def test_a_session_asks_only_so_often(serve: Serve) -> None:
    client = await (await serve(rate_limits={"session": 3, "address": 1000})).open()
    answers = [await client.ask(CALM) for _ in range(4)]
    assert [one.status for one in answers] == [200, 200, 200, 429]
    refused = answers[-1]
    assert 0 < int(refused.headers["Retry-After"]) <= 60
    assert "999" in refused.error["message"] and refused.error["contacts"]
    other = await client.another().open()
    assert (await other.ask(CALM)).status == 200


async def test_an_address_asks_only_so_often_in_however_many_sessions(serve: Serve) -> None:
    client = await serve(rate_limits={"session": 1000, "address": 3})
    answers = [await client.api("session", {}) for _ in range(4)]
    assert [one.status for one in answers] == [200, 200, 200, 429]


async def test_the_address_is_the_persons_where_a_proxy_says_so(serve: Serve) -> None:
    client = await serve(rate_limits={"session": 1000, "address": 1})
    first, second = {"X_Forwarded_For": "192.0.2.1"}, {"X_Forwarded_For": "192.0.2.2"}
    assert (await client.api("session", {}, **first)).status == 200
    assert (await client.api("session", {}, **second)).status == 429  # no proxy: not believed
    client.app.config.PROXIES_COUNT = 1
    assert (await client.api("session", {}, **second)).status == 200
    assert (await client.api("session", {}, **second)).status == 429


# The description and Rasa's own server.


def test_every_route_is_described(shared: Client) -> None:
    served_routes = {
        (f"/{path[len('webhooks/notice/') :]}", method.lower())
        for route in shared.app.router.routes
        if (path := route.path).startswith("webhooks/notice/")
        for method in route.methods
    }
    described = {
        (path, method) for path, methods in DESCRIPTION["paths"].items() for method in methods
    }
    assert {one for one in served_routes if one[1] != "options"} == described


async def test_the_description_is_published(client: Client) -> None:
    answered = await client.get("/webhooks/notice/openapi.json")
    assert answered.body == DESCRIPTION
    assert answered.headers["Content-Type"] == "application/json"


async def test_it_works_in_the_server_of_rasa_run(assistant: Assistant, tmp_path: Path) -> None:
    """Rasa's own app answers preflights itself: the channel's headers must still be there."""
    path = credentials(tmp_path, origins=[INTRANET])
    channels = create_http_input_channels(None, str(path))
    app = configure_app(channels, enable_api=False)
    app.ctx.agent = assistant.agent
    async with served(app) as client:
        await client.open(Origin=INTRANET)
        assert (await client.ask(CALM, Origin=INTRANET)).reply["kind"] == "answer"
        preflight = await client.call(
            "OPTIONS",
            "/webhooks/notice/message",
            None,
            {"Origin": INTRANET, "Access-Control-Request-Method": "POST"},
        )
        assert preflight.headers["Access-Control-Allow-Origin"] == INTRANET
        assert "Authorization" in preflight.headers["Access-Control-Allow-Headers"]
        assert "Access-Control-Allow-Credentials" not in preflight.headers
