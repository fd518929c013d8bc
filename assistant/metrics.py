"""Figures of the running server for Prometheus: counts and times, no text and no ids.

The server mounts :func:`blueprint`; the assistant calls :func:`count_reply` and
:func:`time_step`.
"""

from __future__ import annotations

import contextlib
import time
from typing import TYPE_CHECKING, Callable, Iterator, Optional, Protocol

from prometheus_client import CONTENT_TYPE_LATEST, Counter, Histogram, generate_latest

if TYPE_CHECKING:
    from sanic import Blueprint
    from sanic.request import Request

CHANNELS = frozenset({"notice", "teams"})
"""Channels that are counted by name. Any other is "other": a label never holds what comes in."""

_REPLIES = Counter("notice_replies_total", "Replies by channel and kind", ["channel", "kind"])
_FALLBACKS = Counter("notice_fallbacks_total", "Messages that no topic fitted")
_URGENT = Counter("notice_urgent_total", "Urgent replies by kind of situation", ["situation"])
_FAILED = Counter("notice_failed_total", "Replies given because of a fault")
_OUTCOMES = Counter("notice_outcomes_total", "Replies by how the message ended", ["outcome"])
_SECONDS = Histogram(
    "notice_step_seconds",
    "Time a step of a reply took",
    ["step"],
    buckets=(0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10),
)


class Ended(Protocol):
    """How a message ended; its text is the name that is counted."""

    @property
    def is_fault(self) -> bool:
        """True for what an operator must look at."""
        ...


class Counted(Protocol):
    """What is counted of a reply: a :class:`assistant.turn.replies.Reply` has all of it."""

    @property
    def kind(self) -> str:
        """The kind of reply."""
        ...

    @property
    def topic(self) -> Optional[str]:
        """The topic or, of an urgent reply, the situation."""
        ...

    @property
    def failed(self) -> bool:
        """True where there was no answer to give."""
        ...

    @property
    def outcome(self) -> Ended:
        """How the message ended."""
        ...


@contextlib.contextmanager
def time_step(step: str) -> Iterator[None]:
    """Measure what is done inside: "reply", and in it "read", "redact" and "write"."""
    started = time.perf_counter()
    try:
        yield
    finally:
        _SECONDS.labels(step).observe(time.perf_counter() - started)


def count_reply(reply: Counted, channel: str) -> None:
    """Count a reply by its kind and by how the message ended, an urgent one by its situation."""
    _REPLIES.labels(channel if channel in CHANNELS else "other", reply.kind).inc()
    _OUTCOMES.labels(str(reply.outcome)).inc()
    if reply.outcome.is_fault:
        _FAILED.inc()
    elif reply.kind == "suggest" and not reply.failed:
        _FALLBACKS.inc()
    if reply.kind == "urgent" and reply.topic:
        _URGENT.labels(reply.topic).inc()


def metrics_text() -> bytes:
    """All figures in Prometheus's text form."""
    return generate_latest()


def blueprint(shown_to: Callable[[Request], bool]) -> Blueprint:
    """``GET /metrics`` for a Sanic server, on the server's own port.

    Args:
        shown_to: whether who asks may see the figures; to anybody else there is no such page.
    """
    from sanic import Blueprint, HTTPResponse, response
    from sanic.exceptions import NotFound

    metrics = Blueprint("metrics")

    @metrics.get("/metrics")
    async def figures(request: Request) -> HTTPResponse:
        if not shown_to(request):
            raise NotFound("not shown to other machines")
        return response.raw(metrics_text(), content_type=CONTENT_TYPE_LATEST)

    return metrics
