"""What the channels share: one assistant an app, and a reply to every message."""

from __future__ import annotations

import asyncio
import dataclasses
import logging
from typing import Callable, Optional, TypeVar

from rasa.core.channels.channel import InputChannel
from sanic import Sanic

from assistant.answers import LIMITS
from assistant.conversation import REPLY_WITHIN, SORRY, Assistant
from assistant.replies import Reply

logger = logging.getLogger(__name__)

GRACE = 0.5
"""Seconds that a turn may need beyond its own time limit to say that it is over."""

Rendered = TypeVar("Rendered")


def assistant_of(app: Sanic) -> Assistant:
    """The assistant that answers for all channels of a Rasa server.

    Args:
        app: Rasa's server, its agent loaded.
    """
    if not hasattr(app.ctx, "assistant"):
        app.ctx.assistant = Assistant(app.ctx.agent)
    assistant: Assistant = app.ctx.assistant
    return assistant


class GuaranteedChannel(InputChannel):
    """A channel in which no message stays without a reply."""

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
        reply = Reply(kind="suggest", text=f"{LIMITS}\n{SORRY}", failed=True)
        try:
            turn = assistant_of(app).reply(text, conversation, message_id, self.name())
            reply = await asyncio.wait_for(turn, REPLY_WITHIN + GRACE)
            return render(reply)
        except Exception as error:
            logger.error("No answer: %s", type(error).__name__)
            return render(dataclasses.replace(reply, answer=None, contacts=(), buttons=()))
