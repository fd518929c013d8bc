"""The web channel: one request, one whole answer.

What it takes and gives stands in :mod:`assistant.channels.web.contract`.
"""

from __future__ import annotations

import functools
import re
from dataclasses import replace
from pathlib import Path
from typing import Any, Awaitable, Callable, Mapping, Optional, Type, TypeVar

from pydantic import BaseModel, ValidationError
from rasa.core.channels.channel import UserMessage
from sanic import Blueprint, HTTPResponse
from sanic import response as responses
from sanic.exceptions import PayloadTooLarge, SanicException, ServiceUnavailable
from sanic.request import Request

from assistant.answers import current_content
from assistant.channels.addresses import address_of
from assistant.channels.base import (
    ACCEPT_WHILE_STOPPING,
    AlwaysAnsweringChannel,
    assistant_of,
)
from assistant.channels.feedback import Feedback
from assistant.channels.limits import Limit, store_of_counts
from assistant.channels.web import contract
from assistant.channels.web.headers import OWN_ORIGIN, allow_origin, origin_of, secure
from assistant.channels.web.render import reply_json, unanswered_json
from assistant.channels.web.sessions import IntranetTokens, Session, SessionError, Sessions
from assistant.channels.web.settings import WebSettings, read_settings
from assistant.guidance.names import FEEDBACK
from assistant.turn.official import first_lines, log_fault
from assistant.turn.outcome import CALL_999, SORRY, Outcome
from assistant.turn.replies import Reply, Turn

NAME = "notice"
"""The channel's prefix below ``/webhooks/``."""

LARGEST_BODY_BYTES = 64 * 1024
TOO_LONG = Outcome.TOO_LONG.sentence or ""
RESTART_RETRY_AFTER_S = 60
"""Seconds after which a program may ask again that a stopping server refused."""

NOT_UNDERSTOOD = "The page sent something that the assistant does not understand."

_BELOW_PAGES = re.compile(rf"(?<=/)(webhooks/{NAME}/[^/]*|chat)$")
"""The rest of an address after the folder of the pages."""

OPENAPI = Path(__file__).with_name("openapi.json")
"""The description of the channel, written by ``notice schema``."""


class Refused(Exception):
    """A request that is not answered: the status, a code for programs, a sentence for people."""

    def __init__(
        self, status: int, code: str, sentence: str, retry_after: Optional[int] = None
    ) -> None:
        super().__init__(code)
        self.status = status
        self.code = code
        self.sentence = sentence
        self.retry_after = retry_after

    def as_text(self) -> HTTPResponse:
        """The sentence, and the line on danger, as plain text."""
        return self.with_retry_after(
            responses.text(f"{self.sentence} {CALL_999}", status=self.status)
        )

    def with_retry_after(self, response: HTTPResponse) -> HTTPResponse:
        """The response, with the seconds after which to ask again where there are any."""
        if self.retry_after is not None:
            response.headers["retry-after"] = str(self.retry_after)
        return response


Body = TypeVar("Body", bound=BaseModel)
Handler = Callable[..., Awaitable[HTTPResponse]]


def add_route(blueprint: Blueprint, method: str, path: str, handler: Handler, **marks: Any) -> None:
    """Add a method of an object as a route; ``marks`` begin with ``ctx_``."""
    # Sanic writes attributes on a handler, which a bound method does not allow.
    made = functools.partial(handler)
    blueprint.add_route(made, path, methods=[method], name=f"{method.lower()}_{path}", **marks)


def add_page(blueprint: Blueprint, path: str, handler: Handler) -> None:
    """Add what is read with GET, and with HEAD by monitors of uptime."""
    add_route(blueprint, "GET", path, handler)
    add_route(blueprint, "HEAD", path, handler)


TAKES_MESSAGES = {f"ctx_{ACCEPT_WHILE_STOPPING}": True}
"""Mark of a route whose urgent messages are answered while the server stops."""


def refuse_if_restarting(outcome: str) -> None:
    """Refuse a message that got no answer because this server stops: a proxy asks another one.

    Raises:
        ServiceUnavailable: the outcome is :attr:`Outcome.RESTARTING`.
    """
    if outcome == Outcome.RESTARTING:
        raise ServiceUnavailable("stopping")


class WebInput(AlwaysAnsweringChannel):
    """Rasa's input channel for the widget and every other page of an intranet."""

    def __init__(self, settings: WebSettings) -> None:
        """Take the settings; see :mod:`assistant.channels.web.settings`."""
        super().__init__()
        self.settings = settings
        self.has_answer_pages = False
        """Whether the server has the pages of answers beside the channel; they set it."""
        self._sessions = Sessions(settings)
        self._intranet = IntranetTokens(settings.sso) if settings.sso else None
        limits = settings.rate_limits
        store = store_of_counts(limits.store)
        self._session_limit = Limit("session", limits.session, store)
        self._address_limit = Limit("address", limits.address, store)

    @classmethod
    def name(cls) -> str:
        """The name of the channel in addresses and events."""
        return NAME

    @classmethod
    def from_credentials(cls, credentials: Optional[Mapping[str, Any]]) -> WebInput:
        """Make the channel from what stands below its name in ``credentials.yml``.

        Raises:
            RasaException: a setting is wrong.
        """
        return cls(read_settings(credentials))

    def blueprint(self, on_new_message: Callable[[UserMessage], Awaitable[Any]]) -> Blueprint:
        """The routes. Messages go to the app's assistant, which guarantees a reply."""
        blueprint = Blueprint("notice_web")
        for path, method, handler in (
            ("session", "POST", self._open),
            ("message", "POST", self._message),
            ("history", "GET", self._history),
            ("clear", "POST", self._clear),
            ("feedback", "POST", self._feedback),
            ("openapi.json", "GET", self._description),
        ):
            marks = TAKES_MESSAGES if path == "message" else {}
            add_route(blueprint, method, f"/{path}", handler, **marks)
            add_route(blueprint, "OPTIONS", f"/{path}", self._preflight)
        blueprint.middleware("response")(self._headers)
        blueprint.exception(Exception)(self._refuse)
        return blueprint

    # What the page without JavaScript uses too.

    def open_session(self, request: Request, own_page: bool = False) -> Session:
        """A new session for the page that asks.

        Args:
            request: of that page.
            own_page: the answer is a page of our own, which asks on in our own name, whichever
                page the form stood on.

        Raises:
            Refused: a page of this origin may not, or the intranet's token is not accepted.
        """
        origin = self._origin(request)
        if self._intranet is not None:
            try:
                self._intranet.verify(request.token or "")
            except SessionError:
                raise Refused(
                    401, "sign-in", "Please sign in to your intranet and open this page again."
                ) from None
        return self._sessions.issue(OWN_ORIGIN if own_page else origin)

    def session_of(
        self, request: Request, token: Optional[str], even_ended: bool = False
    ) -> Session:
        """The session of a token that came with a request.

        Args:
            request: what the token came with.
            token: the token, if one came.
            even_ended: take one that has expired too, to delete its conversation.

        Raises:
            Refused: the origin is not allowed, or the token is not accepted.
        """
        try:
            return self._sessions.verify(token or "", self._origin(request), even_ended)
        except SessionError:
            raise Refused(401, "session", "This chat has ended. Please start a new one.") from None

    async def count(self, request: Request) -> None:
        """Count a request of an address: before its token is looked at, so that a wrong one counts.

        Raises:
            Refused: it was one too many.
        """
        _refuse_if_too_many(await self._address_limit.count(address_of(request)))

    async def count_of(self, session: Session) -> None:
        """Count a request of a session.

        Raises:
            Refused: it was one too many.
        """
        _refuse_if_too_many(await self._session_limit.count(session.conversation))

    # The routes.

    async def _open(self, request: Request) -> HTTPResponse:
        _body(request, contract.Empty)
        await self.count(request)
        session = self.open_session(request)
        opened: contract.Session = {
            "session": session.token,
            "expires": session.expires.isoformat(timespec="seconds"),
        }
        return responses.json(opened)

    async def _message(self, request: Request) -> HTTPResponse:
        session = await self._admit(request)
        message = _body(request, contract.Message)
        reply = await self.answer(
            request.app, message.said, session.conversation, message.id, self.renderer(request)
        )
        refuse_if_restarting(reply["outcome"])
        answered: contract.Answered = {"reply": reply}
        return responses.json(answered)

    async def _history(self, request: Request) -> HTTPResponse:
        session = await self._admit(request)
        turns, render = await self.turns(request, session), self.renderer(request)
        history: contract.History = {
            "turns": [
                {"id": turn.message_id, "text": turn.text, "reply": render(turn.reply)}
                for turn in turns
            ]
        }
        return responses.json(history)

    async def _clear(self, request: Request) -> HTTPResponse:
        session = await self._admit(request, even_ended=True)
        _body(request, contract.Empty)
        await self.clear(request, session)
        return responses.json({})

    async def _feedback(self, request: Request) -> HTTPResponse:
        session = await self._admit(request)
        given = _body(request, contract.Feedback)
        await self.rate(request, session, str(given.id), given.useful, given.reason)
        return responses.json({})

    async def _description(self, request: Request) -> HTTPResponse:
        return await responses.file(OPENAPI, mime_type="application/json")

    async def _preflight(self, request: Request) -> HTTPResponse:
        return responses.empty()

    # What the routes share.

    def renderer(self, request: Request) -> Callable[[Reply], contract.Reply]:
        """What makes a reply the web's plain data, for whoever sent this request."""
        pages = address_of_pages(request) if self.has_answer_pages else None
        return lambda reply: reply_json(reply, self.contacts, pages)

    async def turns(self, request: Request, session: Session) -> list[Turn]:
        """The turns of a session, with the words of a button in place of its payload."""
        turns = await assistant_of(request.app).history(session.conversation)
        buttons = [button for turn in turns for button in turn.reply.buttons]
        titles = guide_titles() | {button.payload: button.title for button in buttons}
        return [replace(turn, text=titles.get(turn.text, turn.text)) for turn in turns]

    async def clear(self, request: Request, session: Session) -> None:
        """Delete all that is kept of a session, once a turn under way is over."""
        await assistant_of(request.app).forget(session.conversation)

    async def rate(
        self,
        request: Request,
        session: Session,
        message_id: str,
        useful: bool,
        reason: Optional[contract.Reason],
    ) -> None:
        """Keep what a person thinks of the answer to a message.

        Raises:
            Refused: there is no such message.
        """
        turns = await self.turns(request, session)
        about = [turn for turn in turns if turn.message_id == message_id]
        if not about:
            raise Refused(400, "unknown-message", "There is no answer to rate any more.")
        feedback = Feedback(message_id, about[0].reply.topic, useful, reason and reason.value)
        await assistant_of(request.app).keep_slot(
            session.conversation, FEEDBACK, feedback.as_value()
        )

    async def _admit(self, request: Request, even_ended: bool = False) -> Session:
        """The session of a request that may go on."""
        await self.count(request)
        session = self.session_of(request, request.token, even_ended)
        await self.count_of(session)
        return session

    def _origin(self, request: Request) -> str:
        origin = origin_of(request, self.settings.origins)
        if origin is None:
            raise Refused(403, "origin", "This page may not use the assistant.")
        return origin

    async def _headers(self, request: Request, response: HTTPResponse) -> None:
        secure(response)
        allow_origin(request, response, self.settings.origins)

    def refused(self, error: Exception) -> Refused:
        """What to tell the person about an error; one that is no fault of theirs is logged."""
        if isinstance(error, Refused):
            return error
        if isinstance(error, PayloadTooLarge):
            return Refused(413, "too-large", TOO_LONG)
        if isinstance(error, SanicException) and error.status_code < 500:
            return Refused(error.status_code, "bad-request", NOT_UNDERSTOOD)
        if isinstance(error, ServiceUnavailable):
            return Refused(
                503,
                "restarting",
                Outcome.RESTARTING.sentence or "",
                retry_after=RESTART_RETRY_AFTER_S,
            )
        return Refused(503, "unavailable", f"{SORRY} (Reference for the log: {log_fault(error)})")

    async def _refuse(self, request: Request, error: Exception) -> HTTPResponse:
        refused = self.refused(error)
        first, contacts = first_lines()
        body = unanswered_json(refused.code, refused.sentence, first, contacts)
        return refused.with_retry_after(responses.json(body, status=refused.status))


def address_of_pages(request: Request) -> str:
    """The folder of ``/chat`` and the other pages, as the sender of a request reaches it."""
    folder = _BELOW_PAGES.sub("", str(request.server_path))
    return f"{request.scheme}://{request.host}{folder}"


def guide_titles() -> dict[str, str]:
    """What the buttons say that start the guided conversations, by their payloads.

    Pages offer them before anything was said, so that no earlier reply tells.
    """
    return {guide.payload: guide.title for guide in current_content().guides}


def _refuse_if_too_many(wait: Optional[int]) -> None:
    """Refuse a request that was one too many.

    Args:
        wait: seconds after which the next is free; None if this one is.

    Raises:
        Refused: there is something to wait for.
    """
    if wait is not None:
        sentence = (
            f"That was too many questions at once. Please try again in {wait} seconds. {CALL_999}"
        )
        raise Refused(429, "too-many", sentence, retry_after=wait)


def _body(request: Request, model: Type[Body]) -> Body:
    """The JSON of a request.

    Raises:
        Refused: it is too large, not JSON, or not what is described.
    """
    if len(request.body) > LARGEST_BODY_BYTES:
        raise Refused(413, "too-large", TOO_LONG)
    # Any page may send a form to any server; JSON only with the server's leave (CORS).
    if request.content_type.partition(";")[0].strip().lower() != "application/json":
        raise Refused(400, "not-json", NOT_UNDERSTOOD)
    try:
        return model.parse_raw(request.body, content_type="application/json")
    # TypeError: pydantic makes an object of a list of pairs, whatever their keys are.
    except (ValidationError, ValueError, TypeError, RecursionError):
        raise Refused(400, "bad-request", NOT_UNDERSTOOD) from None
