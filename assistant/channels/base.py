"""What every channel shares: one assistant an app, and a reply to every message.

:class:`assistant.turn.assistant.Assistant` guarantees a reply for what happens in a turn. The
base class here does so for everything round it: no model, a turn that never ends, an empty
turn, an answer that the channel cannot render.
"""

from __future__ import annotations

import asyncio
import dataclasses
from typing import Callable, Iterable, Optional, TypeVar

from rasa.core.agent import Agent
from rasa.core.channels.channel import InputChannel
from sanic import Sanic

from assistant.answers import Route, current_content
from assistant.metrics import count_reply
from assistant.privacy.logs import configure_private_logging
from assistant.project import find_project
from assistant.turn.assistant import Assistant
from assistant.turn.official import (
    instead_of_an_answer,
    log_fault,
    urgent_without_a_model,
)
from assistant.turn.outcome import Outcome
from assistant.turn.queue import QUEUE_TIMEOUT_S, TURN_TIMEOUT_S, Waiting
from assistant.turn.replies import Reply

GRACE_S = 0.5
"""Seconds that a turn may need beyond its own time limit to say that it is over."""

ACCEPT_WHILE_STOPPING = "accept_while_stopping"
"""Mark of a route (``ctx_accept_while_stopping=True``) that takes messages while the server stops:
what is urgent is answered. A channel whose replies go their own way answers the rest too, for a
refusal would reach nobody; the web lets a proxy ask another server."""

Rendered = TypeVar("Rendered")


class NotReadyError(RuntimeError):
    """The app has no loaded model."""


def assistant_of(app: Sanic) -> Assistant:
    """The one assistant of an app, made from the agent that Rasa keeps in ``app.ctx.agent``.

    Raises:
        NotReadyError: no model is loaded.
    """
    agent: Optional[Agent] = getattr(app.ctx, "agent", None)
    if agent is None or not agent.is_ready():
        raise NotReadyError("no model is loaded")
    # Rasa gives the agent a new processor when it loads another model.
    kept = getattr(app.ctx, "notice_assistant", None)
    if kept is None or kept[0] is not agent.processor:
        made = Assistant(agent)  # before: it puts a processor of its own into the agent
        kept = app.ctx.notice_assistant = (agent.processor, made)
    assistant: Assistant = kept[1]
    return assistant


class AlwaysAnsweringChannel(InputChannel):
    """A channel in which no message stays without a reply."""

    queue_timeout_s = QUEUE_TIMEOUT_S
    """Seconds that a message of this channel waits for its turn in a crowd."""

    def __init__(self) -> None:
        """Load the content; close the logs to what people type.

        Raises:
            ProjectError, ContentError: the content is not there or cannot be used.
        """
        configure_private_logging()
        current_content()  # a mistake in the content stops the start
        self.off_switch = find_project().switched_off / self.name()
        """The file with which an operator turns the channel off: off for as long as it is there."""

    def contacts(self, ids: Iterable[str]) -> tuple[Route, ...]:
        """The contacts with these ids; one that the content no longer has is left out."""
        return current_content().contacts(list(ids))

    async def answer(
        self,
        app: Sanic,
        text: str,
        conversation: str,
        message_id: Optional[str],
        render: Callable[[Reply], Rendered],
    ) -> Rendered:
        """Answer one message in the channel's own form, whatever breaks.

        Args:
            app: the app that the message came in through.
            text: what the person typed, or the payload of a button.
            conversation: id of the conversation.
            message_id: the channel's id of the message; the same id gets the same reply.
            render: makes the channel's form of a reply.

        Raises:
            Exception: what ``render`` raises for a reply that is text only.
        """
        waiting = Waiting()
        try:
            turn = assistant_of(app).reply(
                text,
                conversation,
                message_id,
                self.name(),
                queue_timeout_s=self.queue_timeout_s,
                closed=lambda: self._closed(app),
                waiting=waiting,
            )
            limit = self.queue_timeout_s + TURN_TIMEOUT_S + GRACE_S
            reply = await asyncio.wait_for(turn, limit)
            if not reply.text.strip():
                raise RuntimeError("the reply is empty")
            return render(reply)
        except Exception as error:
            reply = self._without_the_assistant(app, text, _outcome_of(error, waiting), error)
            count_reply(reply, self.name())
        try:
            return render(reply)
        except Exception:
            return render(dataclasses.replace(reply, answer=None, contacts=(), buttons=()))

    def _without_the_assistant(
        self, app: Sanic, text: str, outcome: Outcome, error: Exception
    ) -> Reply:
        """What is left when there is no model, or no reply of it: the patterns and the routes."""
        urgent = urgent_without_a_model(text)
        if urgent is not None:
            return urgent
        if reason := self._closed(app):
            return instead_of_an_answer(reason)
        return instead_of_an_answer(outcome, log_fault(error) if outcome.is_fault else None)

    def _closed(self, app: Sanic) -> Optional[Outcome]:
        """Why this channel answers nothing at the moment; None if it does.

        Looked at for each message, so that turning a channel off needs no restart.
        """
        if self.off_switch.exists():
            return Outcome.TURNED_OFF
        if getattr(app.ctx, "rejecting", False):  # set by notice serve when it stops
            return Outcome.RESTARTING
        return None


def _outcome_of(error: Exception, waiting: Waiting) -> Outcome:
    """How a message ended of which the assistant gave no reply that can be shown."""
    if not isinstance(error, asyncio.TimeoutError):
        return Outcome.CRASHED
    return Outcome.QUEUE_FULL if waiting.now else Outcome.TIMED_OUT
