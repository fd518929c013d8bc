"""Whatever breaks behind the web channel, the person gets the official channels over HTTP."""

from __future__ import annotations

import asyncio
from types import SimpleNamespace
from typing import Any

import pytest
from sanic import Sanic

from assistant.channels import base
from assistant.channels.base import assistant_of
from assistant.channels.web import contract
from assistant.channels.web.render import reply_json
from assistant.store.forgetting import EphemeralTrackerStore
from assistant.turn.assistant import Assistant
from assistant.turn.replies import Reply
from tests.channels.conftest import Client
from tests.turn.faults import CALM, PARTS, URGENT, break_part, broken


def break_channel(app: Sanic, part: str, monkeypatch: pytest.MonkeyPatch) -> None:
    async def silent(*args: Any, **kwargs: Any) -> Reply:
        return Reply(kind="answer", text=" ")

    async def endless(*args: Any, **kwargs: Any) -> Reply:
        await asyncio.sleep(60)
        raise AssertionError("not reached")

    if part == "no model":
        monkeypatch.setattr(app.ctx, "agent", SimpleNamespace(is_ready=lambda: False))
    elif part == "no agent":
        monkeypatch.delattr(app.ctx, "agent")
    elif part == "assistant":
        monkeypatch.setattr(Assistant, "reply", broken)
    elif part == "empty turn":
        monkeypatch.setattr(Assistant, "reply", silent)
    elif part == "endless turn":
        monkeypatch.setattr(Assistant, "reply", endless)
        for channel in app.ctx.input_channels:
            monkeypatch.setattr(channel, "queue_timeout_s", 0)
        monkeypatch.setattr(base, "TURN_TIMEOUT_S", 0.05)
        monkeypatch.setattr(base, "GRACE_S", 0)
    elif part == "rendering":

        def text_only(reply: Reply, *args: Any) -> contract.Reply:
            if reply.answer:
                raise RuntimeError("broken by a test")
            return reply_json(reply, *args)

        monkeypatch.setattr("assistant.channels.web.channel.reply_json", text_only)


CHANNEL_PARTS = [
    "no model",
    "no agent",
    "assistant",
    "empty turn",
    "endless turn",
    "rendering",
]


@pytest.mark.parametrize("part", CHANNEL_PARTS)
async def test_the_channel_answers_whatever_breaks_round_the_turn(
    client: Client, part: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    break_channel(client.app, part, monkeypatch)
    urgent = (await client.ask(URGENT)).reply
    assert urgent["kind"] == urgent["outcome"] == "urgent" and not urgent["failed"]
    assert "999" in urgent["text"].splitlines()[0]
    calm = (await client.ask(CALM)).reply
    assert calm["failed"] and calm["kind"] == "suggest"
    assert "Sorry" in calm["text"] and "Reference for the log" in calm["text"]
    assert "999" in calm["text"] and "social care" in calm["text"]


@pytest.mark.parametrize("part", PARTS)
async def test_the_channel_answers_whatever_breaks_in_the_turn(
    client: Client, part: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    break_part(assistant_of(client.app), part, monkeypatch)
    urgent = await client.ask(URGENT)
    assert urgent.status == 200 and urgent.reply["kind"] == "urgent"
    assert "999" in urgent.reply["text"].splitlines()[0]
    calm = await client.ask(CALM)
    assert calm.status == 200 and calm.reply["failed"]
    assert "Sorry" in calm.reply["text"] and "Reference for the log" in calm.reply["text"]
    assert "999" in calm.reply["text"] and "social care" in calm.reply["text"]


@pytest.mark.parametrize("part", [*CHANNEL_PARTS, *PARTS])
async def test_the_page_answers_whatever_breaks(
    client: Client, part: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    session = client.token
    break_part(assistant_of(client.app), part, monkeypatch)
    break_channel(client.app, part, monkeypatch)
    page = await client.form(text=URGENT, session=session)
    assert page.status == 200
    answer = page.text.partition('id="answer"')[2]
    assert "999" in answer and "social care" in answer


async def test_a_store_that_cannot_be_read_is_said_in_a_sentence(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    break_part(assistant_of(client.app), "tracker store", monkeypatch)
    answered = await client.api("history")
    assert answered.status == 503
    assert "Reference for the log" in answered.error["message"] and answered.error["contacts"]


async def test_without_its_store_the_server_stays_in_use(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    """All servers share the store: left out by the proxy, none would give the contacts."""
    monkeypatch.setattr(EphemeralTrackerStore, "retrieve", broken)
    assert (await client.get("/readyz")).status == 200


async def test_without_a_model_the_server_is_up_and_not_ready(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    break_channel(client.app, "no model", monkeypatch)
    assert (await client.get("/readyz")).status == 503
    assert (await client.get("/healthz")).status == 200


async def test_when_not_even_the_page_can_be_made_999_is_said(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("assistant.channels.web.pages.first_lines", broken)
    page = await client.form(text=URGENT)
    assert page.status == 503 and "999" in page.text


async def test_what_cannot_be_deleted_is_not_said_to_be(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    await client.ask(CALM)
    monkeypatch.setattr(Assistant, "forget", broken)
    assert (await client.api("clear", {})).status == 503
    page = await client.form(action="clear", session=client.token)
    assert page.status == 503 and "deleted" not in page.text


async def test_no_word_of_a_request_is_logged(
    client: Client,
    assistant: Assistant,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
    capfd: pytest.CaptureFixture[str],
) -> None:
    secret = "zebulonia"
    await client.ask(f"what is a strategy discussion, {secret}?")
    await client.api("message", f'{{"id": "{secret}", "text": "{secret}"}}'.encode())
    await client.form(text=secret, action=secret, session=secret)
    for part in ("rendering", "assistant"):
        break_channel(client.app, part, monkeypatch)
        await client.ask(f"{URGENT}, {secret}")
        await client.form(text=f"{URGENT}, {secret}", session=client.token)
    monkeypatch.setattr("assistant.channels.web.pages.first_lines", broken)
    await client.form(text=f"{URGENT}, {secret}", session=client.token)
    logged = caplog.text + "".join(capfd.readouterr())
    assert "No answer, incident" in logged
    assert secret not in logged and "terrified" not in logged
    assert client.token not in logged
