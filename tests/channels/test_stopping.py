"""A server that stops is not noticed, and a channel that is turned off still gives the contacts."""

from __future__ import annotations

import asyncio
import html
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from assistant.channels.base import assistant_of
from assistant.channels.web import WebInput
from assistant.operations import server
from assistant.project import Project
from tests.channels.conftest import Client, Serve
from tests.turn.faults import CALM, URGENT
from tests.waiting import until


async def test_a_stopping_server_is_left_out_first_then_refuses_and_finishes(
    serve: Serve, monkeypatch: pytest.MonkeyPatch
) -> None:
    client = await (await serve()).open()
    stopped, drained = asyncio.Event(), asyncio.Event()

    async def sleep(seconds: float) -> None:
        await (drained.wait() if seconds == server.DRAIN_TIME_S else asyncio.Event().wait())

    monkeypatch.setattr(server, "asyncio", SimpleNamespace(**{**vars(asyncio), "sleep": sleep}))
    stopping = asyncio.create_task(server.stop_gracefully(client.app, stopped.set))
    await asyncio.sleep(0)

    assert (await client.get("/readyz")).status == 503
    assert (await client.get("/healthz")).status == 200
    assert not (await client.ask(CALM)).reply["failed"]
    assert not client.app.ctx.rejecting
    drained.set()
    await until(lambda: client.app.ctx.rejecting)

    refused = await client.ask(CALM)
    assert refused.status == 503 and refused.headers["Retry-After"]
    assert {"police-emergency", "childrens-social-care"} <= {
        contact["id"] for contact in refused.error["contacts"]
    }
    page = await client.form(text=CALM, session=client.token)
    assert page.status == 503 and "999" in page.text and "restarting" in page.text
    assert CALM in page.text, "what was typed is still in its box"
    for other in ("history", "session"):
        assert (await client.api(other, None if other == "history" else {})).status == 503
    # What is urgent is answered to the end, whether or not there is another server.
    urgent = (await client.ask(URGENT)).reply
    assert urgent["kind"] == "urgent" and "999" in urgent["lead"]
    page = await client.form(text=URGENT, session=client.token)
    assert page.status == 200 and urgent["lead"] in html.unescape(page.text)
    plain = await client.get("/nothing")
    assert plain.status == 503 and "999" in plain.text
    assert (await client.get("/healthz")).status == 200
    assert (await client.get("/metrics")).status == 200
    assert not stopped.is_set()
    stopping.cancel()


async def test_it_stops_once_every_turn_is_over(
    serve: Serve, monkeypatch: pytest.MonkeyPatch
) -> None:
    client = await (await serve()).open()
    assistant = assistant_of(client.app)
    processor = assistant.agent.processor
    turn, go_on, stopped = processor.run_turn, asyncio.Event(), asyncio.Event()

    async def held(*args: Any) -> Any:
        await go_on.wait()
        return await turn(*args)

    async def at_once(seconds: float) -> None:
        pass

    monkeypatch.setattr(processor, "run_turn", held)
    monkeypatch.setattr(server, "asyncio", SimpleNamespace(**{**vars(asyncio), "sleep": at_once}))
    # An urgent message is answered at once; that it is kept afterwards is the turn under way.
    assert (await client.ask(URGENT)).reply["kind"] == "urgent"
    stopping = asyncio.create_task(server.stop_gracefully(client.app, stopped.set))
    await until(lambda: client.app.ctx.rejecting)
    for _ in range(10):  # steps of the event loop: without a turn to wait for it would be over
        await asyncio.sleep(0)
    assert not stopped.is_set() and not stopping.done()
    go_on.set()
    await stopping
    assert stopped.is_set()
    assert [turn.text for turn in await assistant.history(client.conversation)] == [URGENT]


async def test_a_channel_that_is_turned_off_gives_the_contacts_and_keeps_nothing(
    client: Client, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    off = tmp_path / "notice"
    (web,) = client.app.ctx.input_channels
    assert isinstance(web, WebInput)
    monkeypatch.setattr(web, "off_switch", off)
    assert not (await client.ask(CALM)).reply["failed"]

    off.touch()
    calm = (await client.ask(CALM)).reply
    assert calm["failed"] and "turned off" in calm["text"] and "Sorry" not in calm["text"]
    assert "999" in calm["text"] and "social care" in calm["text"]
    urgent = (await client.ask(URGENT)).reply
    assert urgent["kind"] == "urgent" and "999" in urgent["text"].splitlines()[0]
    page = await client.form(text=CALM, session=client.token)
    assert page.status == 200 and "turned off" in page.text and "999" in page.text
    assert len(await client.history()) == 1

    off.unlink()
    assert not (await client.ask(CALM)).reply["failed"]


def test_the_file_that_turns_it_off_has_the_channels_name(project: Project) -> None:
    channel = WebInput.from_credentials(None)
    assert channel.off_switch == project.root / "switched-off" / "notice"


async def test_without_redis_nobody_is_refused(serve: Serve) -> None:
    """Nobody can count requests then; everybody is let in."""
    nobody = "redis://127.0.0.1:1/0"
    client = await (await serve(rate_limits={"session": 1, "address": 1, "store": nobody})).open()
    assert not (await client.ask(CALM)).reply["failed"]
    assert not (await client.ask(CALM)).reply["failed"]
