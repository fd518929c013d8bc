"""The way back to where an activity came from."""

from __future__ import annotations

import asyncio
import contextlib
from typing import Any, AsyncIterator, Mapping, Optional

from rasa.core.channels.channel import OutputChannel

from assistant.channels.teams.activity import Activity
from assistant.channels.teams.connector import Connector, SendError, TooLargeError
from assistant.channels.teams.messages import message, shortened
from assistant.turn.replies import Button, Reply

NAME = "teams"
TYPING_DELAY_S = 0.5
"""Seconds after which the person sees that an answer is on its way; most come sooner."""


class TeamsOutput(OutputChannel):
    """Sends into the conversation of one activity, as the answer to it."""

    def __init__(self, connector: Connector, activity: Activity) -> None:
        """Take what to send with and what to answer; its service URL has been verified."""
        self._connector = connector
        self._activity = activity

    @classmethod
    def name(cls) -> str:
        """The channel's name in events."""
        return NAME

    async def send_reply(
        self, reply: Reply, content: Optional[Mapping[str, Any]] = None
    ) -> Optional[str]:
        """Send a reply as one message.

        Args:
            reply: of any kind.
            content: the message that shows it, if it is made already.

        Returns:
            Teams' id of the message.

        Raises:
            SendError, TooLargeError: see :meth:`Connector.send`.
        """
        try:
            return await self._send(content or message(reply))
        except TooLargeError:
            return await self._send(shortened(reply))

    async def send_response(self, recipient_id: str, message: dict[str, Any]) -> None:
        """Send a message of Rasa's own, whole and with its buttons."""
        buttons = tuple(
            Button(button["title"], button["payload"]) for button in message.get("buttons") or ()
        )
        text = message.get("text") or ""
        await self.send_reply(Reply(kind="smalltalk", text=text, buttons=buttons))

    @contextlib.asynccontextmanager
    async def typing(self) -> AsyncIterator[None]:
        """Show that an answer is on its way while the body runs, if it takes a while."""
        showing = asyncio.create_task(self._show_typing())
        try:
            yield
        finally:
            showing.cancel()
            await asyncio.gather(showing, return_exceptions=True)

    async def _show_typing(self) -> None:
        await asyncio.sleep(TYPING_DELAY_S)
        # Whether it shows or not, the answer comes.
        with contextlib.suppress(SendError):
            await self._send({"type": "typing"})

    async def _send(self, content: Mapping[str, Any]) -> Optional[str]:
        to = self._activity
        return await self._connector.send(
            to.service_url,
            to.conversation.id,
            {
                **content,
                "from": {"id": to.recipient.id},
                "recipient": {"id": to.sender.id},
                "conversation": {"id": to.conversation.id},
                **({"replyToId": to.id} if to.id else {}),
            },
            reply_to=to.id,
        )
