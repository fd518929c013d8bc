"""The figures for Prometheus hold counts and times, and nothing of what people say."""

from __future__ import annotations

import asyncio
import inspect
from pathlib import Path

import pytest
from sanic import Sanic

from assistant.channels import addresses, base
from assistant.channels.base import assistant_of
from assistant.channels.teams import TeamsInput
from assistant.channels.web import WebInput
from assistant.cli.commands import serving
from assistant.metrics import CHANNELS, metrics_text
from assistant.operations.server import build_app
from assistant.turn.assistant import CHANNEL, Assistant
from assistant.turn.outcome import Outcome
from tests.channels.conftest import credentials, served
from tests.conftest import VAGUE
from tests.turn.faults import CALM, URGENT, break_part


def figure(line: str) -> float:
    """The value of the figure that is named like this; 0 if there is none yet."""
    lines = metrics_text().decode().splitlines()
    return sum(float(one.rpartition(" ")[2]) for one in lines if one.startswith(line + " "))


def test_every_channel_is_counted_by_its_name() -> None:
    assert {CHANNEL, WebInput.name(), TeamsInput.name()} == CHANNELS


async def test_replies_are_counted_by_kind_and_timed(
    assistant: Assistant, conversation: str
) -> None:
    names = [
        'notice_replies_total{channel="other",kind="urgent"}',
        'notice_urgent_total{situation="urgent/going-home-now"}',
        'notice_step_seconds_count{step="reply"}',
        'notice_outcomes_total{outcome="urgent"}',
    ]
    topic = (await assistant.reply(URGENT, conversation)).topic
    names[1] = f'notice_urgent_total{{situation="{topic}"}}'
    before = [figure(name) for name in names]
    await assistant.reply(URGENT, conversation, channel="a channel nobody knows")
    assert [figure(name) - count for name, count in zip(names, before)] == [1, 1, 1, 1]


FAILED, FALLBACKS = "notice_failed_total", "notice_fallbacks_total"


@pytest.mark.parametrize(
    ("text", "part", "outcome", "failed", "fallbacks"),
    [
        ("x " * 3000, "nothing", "too-long", 0, 0),
        (" ", "nothing", "nothing-typed", 0, 0),
        (VAGUE, "nothing", "suggested", 0, 1),
        (CALM, "no reply", "crashed", 1, 0),
        (CALM, "too slow", "timed-out", 1, 0),
    ],
)
async def test_only_a_fault_counts_as_failed(
    assistant: Assistant,
    conversation: str,
    monkeypatch: pytest.MonkeyPatch,
    text: str,
    part: str,
    outcome: str,
    failed: int,
    fallbacks: int,
) -> None:
    """Else an alarm on it would ring whenever somebody pastes a long text."""
    break_part(assistant, part, monkeypatch)
    names = [f'notice_outcomes_total{{outcome="{outcome}"}}', FAILED, FALLBACKS]
    before = [figure(name) for name in names]
    await assistant.reply(text, conversation)
    assert [figure(name) - count for name, count in zip(names, before)] == [1, failed, fallbacks]


async def test_a_channel_turned_off_is_no_fault(assistant: Assistant, conversation: str) -> None:
    before = figure(FAILED)
    await assistant.reply(CALM, conversation, closed=lambda: Outcome.TURNED_OFF)
    assert figure(FAILED) == before


async def test_a_message_without_a_model_counts_as_failed() -> None:
    before = figure(FAILED)
    await WebInput.from_credentials(None).answer(
        Sanic("no_model"), CALM, "nobody", None, lambda reply: reply
    )
    assert figure(FAILED) == before + 1


@pytest.mark.parametrize(
    ("step", "outcome", "failed"),
    [("understand", Outcome.QUEUE_FULL, 0), ("fetch_tracker_and_update_session", "timed-out", 1)],
)
async def test_a_message_given_up_while_waiting_is_a_full_queue_and_a_begun_turn_is_a_fault(
    assistant: Assistant, monkeypatch: pytest.MonkeyPatch, step: str, outcome: str, failed: int
) -> None:
    """The channel gives up on both. To wait to be understood is to wait."""

    async def endless(*args: object) -> None:
        await asyncio.Event().wait()

    app = Sanic("a_crowd")
    app.ctx.agent = assistant.agent
    web = WebInput.from_credentials(None)
    # Of this very one: another test may have left it a method of its own.
    monkeypatch.setattr(assistant_of(app).agent.processor, step, endless)
    monkeypatch.setattr(web, "queue_timeout_s", 0.2)
    monkeypatch.setattr(base, "TURN_TIMEOUT_S", 0)
    names = [f'notice_outcomes_total{{outcome="{outcome}"}}', FAILED]
    before = [figure(name) for name in names]
    reply = await web.answer(app, CALM, "somebody", None, lambda reply: reply)
    assert reply.outcome == outcome and "999" in reply.text
    assert [figure(name) - count for name, count in zip(names, before)] == [1, failed]
    urgent = await web.answer(app, URGENT, "somebody", None, lambda reply: reply)
    assert urgent.kind == "urgent"


async def test_no_figure_holds_text_or_ids(assistant: Assistant) -> None:
    await assistant.reply("what would zebedia quarrington do", "conversation-zebedia", "id-zebedia")
    assert b"zebedia" not in metrics_text()


@pytest.mark.parametrize("open_metrics", [False, True])
async def test_the_server_shows_them_to_its_own_machine_unless_told_otherwise(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, open_metrics: bool
) -> None:
    """On whatever address it listens. ``--open-metrics`` is set on purpose."""
    async with served(build_app(credentials(tmp_path), open_metrics)) as client:
        assert b"notice_replies_total" in (await client.get("/metrics")).text.encode()
        elsewhere = 200 if open_metrics else 404
        for header in ("Forwarded", "X_Forwarded_For", "X_Real_Ip"):
            assert (await client.get("/metrics", **{header: "127.0.0.1"})).status == elsewhere
        monkeypatch.setattr(addresses, "is_loopback", lambda host: False)
        asked = await client.get("/metrics")
        assert asked.status == elsewhere and ("notice_" in asked.text) == open_metrics


def test_the_server_listens_on_loopback_and_keeps_its_figures_unless_told_otherwise() -> None:
    defaults = inspect.signature(serving.serve).parameters
    assert defaults["host"].default == serving.LOOPBACK == "127.0.0.1"
    assert defaults["open_metrics"].default is False
