"""The figures for Prometheus hold counts and times, and nothing of what people say."""

from __future__ import annotations

from sanic import Sanic

from assistant.channels.teams import TeamsInput
from assistant.channels.web import WebInput
from assistant.metrics import CHANNELS, blueprint, metrics_text
from assistant.turn.assistant import CHANNEL, Assistant

URGENT = "Her dad is going to collect her in ten minutes and she is terrified"


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
        "notice_failed_total",
        "notice_fallbacks_total",
    ]
    before = [figure(name) for name in names]
    reply = await assistant.reply(URGENT, conversation, channel="a channel nobody knows")
    names[1] = f'notice_urgent_total{{situation="{reply.topic}"}}'
    await assistant.reply("x" * 3000, conversation)
    after = [figure(name) for name in names]
    assert after[0] == before[0] + 1
    assert after[1] >= 1
    assert after[2] == before[2] + 2
    assert after[3] == before[3] + 1
    assert after[4] == before[4]


async def test_no_figure_holds_text_or_ids(assistant: Assistant) -> None:
    await assistant.reply("what would zebedia quarrington do", "conversation-zebedia", "id-zebedia")
    assert b"zebedia" not in metrics_text()


def test_the_server_can_mount_them() -> None:
    app = Sanic("metrics_test")
    app.blueprint(blueprint())
    assert [route.path for route in app.router.routes] == ["metrics"]
