"""What every channel shares: one assistant an app, and a reply to every message.

:class:`assistant.conversation.Assistant` guarantees a reply for what happens in a turn. The
base class here does so for everything round it: no model, a turn that never ends, an empty
turn, an answer that the channel cannot render.
"""

from __future__ import annotations

import asyncio
import dataclasses
import functools
from typing import Callable, Iterable, Optional, TypeVar

from rasa.core.agent import Agent
from rasa.core.channels.channel import InputChannel
from sanic import Sanic

from assistant.answers import Route, routes
from assistant.conversation import PLACE_WITHIN, REPLY_WITHIN, Assistant
from assistant.guidance import Library
from assistant.importer import GuidanceImporter
from assistant.logs import keep_messages_out_of_logs
from assistant.official import RESTARTING, TURNED_OFF, OfficialChannels, apology_for
from assistant.project import Project, find_project
from assistant.replies import Reply

GRACE = 0.5
"""Seconds that a turn may need beyond its own time limit to say that it is over."""

TO_THE_END = "to_the_end"
"""Mark of a route (``ctx_to_the_end=True``) that takes messages while the server stops: its
replies go their own way, so that a refusal would reach nobody."""

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
        kept = app.ctx.notice_assistant = (agent.processor, Assistant(agent))
    assistant: Assistant = kept[1]
    return assistant


class GuaranteedChannel(InputChannel):
    """A channel in which no message stays without a reply."""

    place_within = PLACE_WITHIN
    """Seconds that a message of this channel waits for its place in a crowd."""

    def __init__(self) -> None:
        """Read the content; close the logs to what people type.

        Raises:
            ProjectError, ContentError: the content is not there or cannot be used.
        """
        keep_messages_out_of_logs()
        project = find_project()
        self._content = _content(project)
        self._off = project.switched_off / self.name()

    @property
    def library(self) -> Library:
        """The content of the project."""
        return self._content.library

    def contacts(self, ids: Iterable[str]) -> tuple[Route, ...]:
        """The contacts with these ids; one that the content no longer has is left out."""
        known = [one for one in ids if one in self.library.contacts]
        return routes(known, self.library)

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
        try:
            if sentence := self._closed(app):
                return render(self._content.official.reply(text, sentence))
            turn = assistant_of(app).reply(
                text,
                conversation,
                message_id,
                self.name(),
                place_within=self.place_within,
                closed=lambda: self._closed(app),
            )
            reply = await asyncio.wait_for(turn, self.place_within + REPLY_WITHIN + GRACE)
            if not reply.text.strip():
                raise RuntimeError("the reply is empty")
            return render(reply)
        except Exception as error:
            apology = apology_for(error)
        reply = self._content.official.reply(text, apology)
        try:
            return render(reply)
        except Exception:
            return render(dataclasses.replace(reply, answer=None, contacts=(), buttons=()))

    def _closed(self, app: Sanic) -> Optional[str]:
        """Why this channel answers nothing at the moment, in a sentence; None if it does.

        Looked at for each message, so that turning a channel off needs no restart.
        """
        if self._off.exists():
            return TURNED_OFF
        if getattr(app.ctx, "refusing", False):  # set by notice serve when it stops
            return RESTARTING
        return None


class _Content:
    """What channels need of the content, with a model or without."""

    def __init__(self, project: Project) -> None:
        """Read it: a mistake in the content stops the start.

        Raises:
            ContentError: the content cannot be used.
        """
        paths = str(project.config), str(project.domain), [str(project.data)]
        self._importer = GuidanceImporter(*paths)
        self.library = self._importer.library

    @functools.cached_property
    def official(self) -> OfficialChannels:
        """The official channels, compiled when first needed."""
        return OfficialChannels(self._importer.get_domain().responses)


@functools.lru_cache(maxsize=1)
def _content(project: Project) -> _Content:
    """The content, read once for all channels of a process."""
    return _Content(project)
