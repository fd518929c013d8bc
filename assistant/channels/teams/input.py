"""The webhook that Teams calls.

A request is checked, answered with 200 at once and worked on in the background: Teams sends
again what is not answered within 15 seconds. Of each conversation one activity is worked on
at a time, in the order in which they came.
"""

from __future__ import annotations

import asyncio
import logging
from collections import OrderedDict
from typing import Any, Awaitable, Callable, Coroutine, Mapping, NamedTuple, Optional, Sequence
from weakref import WeakValueDictionary

import aiohttp
from rasa.core.channels.channel import UserMessage
from sanic import Blueprint, HTTPResponse, Sanic
from sanic import response as responses
from sanic.exceptions import InvalidUsage
from sanic.request import Request

from assistant.channels.addresses import address_of, is_from_this_machine, is_loopback
from assistant.channels.base import AlwaysAnsweringChannel, assistant_of
from assistant.channels.feedback import Feedback
from assistant.channels.limits import Limit, store_of_counts
from assistant.channels.teams.activity import Activity, ActivityError
from assistant.channels.teams.auth import (
    FORBIDDEN,
    AuthenticationError,
    FetchJson,
    SigningKeys,
    TokenValidator,
    bearer_token,
)
from assistant.channels.teams.connector import REQUEST_TIMEOUT, RETRY_WAITS_S, Connector, SendError
from assistant.channels.teams.credentials import BotToken
from assistant.channels.teams.messages import message
from assistant.channels.teams.output import NAME, TeamsOutput
from assistant.channels.teams.settings import TeamsSettings, TeamsSettingsError
from assistant.guidance.names import FEEDBACK
from assistant.turn.choices import GREETING_PAYLOAD, IMAGE_TOPIC_PAYLOAD
from assistant.turn.replies import Reply

logger = logging.getLogger(__name__)

LARGEST_BODY_BYTES = 256 * 1024
MAX_REMEMBERED = 20_000
"""Activities that are known to have come already; as many answers that a thumb can be about."""
REFUSED_A_MINUTE = 60
"""Requests of one address that are refused with a reason, in the log too. More are only refused. A
good token is taken all the same: behind a proxy that names nobody, all have one address."""

FINISH_TIMEOUT_S = 15.0  # that sending gets when the server stops

LAST_ANSWER = "last"
"""Instead of an id: Teams gives none for a text with a card. Its thumbs count for the last."""

WELCOME = "welcome"

MESSAGE, EDITED = "message", "messageUpdate"
"""Types of activities that are answered. A changed message comes with the id that it had and with
all its words (``editMessage``, ``undeleteMessage``). The reply that it had stays: Teams names no
message with a card, and what has no name cannot be changed. A deleted one (``messageDelete``) gets
nothing. https://learn.microsoft.com/microsoftteams/platform/bots/build-conversational-capability
"""

NOT_OPENED = (
    "I take no pictures, files or cards, and I have not opened what you sent. "
    "Never send an image of a child here."
)
IMAGE_GUIDANCE_INTRO = (
    f"{NOT_OPENED} For any other question, type it without names.\n"
    "If it is, or may be, a sexual image of a child:"
)

DEVELOPMENT = (
    "DEVELOPMENT MODE: the Teams channel takes messages WITHOUT AUTHENTICATION. "
    "It answers this machine only. Remove `development` from credentials.yml before real use."
)


class _Sent(NamedTuple):
    """What an answer answered."""

    tracker_key: str
    message_id: Optional[str]
    topic: Optional[str]


class TeamsInput(AlwaysAnsweringChannel):
    """Rasa's input channel for Microsoft Teams."""

    queue_timeout_s = 300.0
    """Longer than on the web: no request is kept open, and a late answer is still read."""

    def __init__(
        self,
        settings: TeamsSettings,
        fetch: Optional[FetchJson] = None,
        token_http: Optional[Any] = None,
        waits: Sequence[float] = RETRY_WAITS_S,
    ) -> None:
        """Take the settings; nothing is fetched before the first message.

        Args:
            settings: complete, see :class:`TeamsSettings`.
            fetch: gets Microsoft's signing keys, if not from Microsoft.
            token_http: what msal sends its requests with, if not a session of its own.
            waits: seconds before each further try to send.
        """
        super().__init__()
        self.settings = settings
        self._validator = TokenValidator(settings, SigningKeys(fetch or self._fetch_json))
        self._token = None if settings.development else BotToken(settings, token_http)
        self._waits = waits
        self._http: Optional[aiohttp.ClientSession] = None
        self._connector: Optional[Connector] = None
        self._seen: OrderedDict[tuple[str, str], None] = OrderedDict()
        self._sent: OrderedDict[tuple[str, str], _Sent] = OrderedDict()
        # A conversation's lock lives as long as one of its activities waits for it.
        self._turns: WeakValueDictionary[str, asyncio.Lock] = WeakValueDictionary()
        self._tasks: set[asyncio.Task[None]] = set()
        self._refusals = Limit("refused by teams", REFUSED_A_MINUTE, store_of_counts())

    @classmethod
    def name(cls) -> str:
        """The name of the channel in addresses and events."""
        return NAME

    @classmethod
    def from_credentials(cls, credentials: Optional[Mapping[str, Any]]) -> TeamsInput:
        """Make the channel from what stands below its name in ``credentials.yml``.

        Raises:
            TeamsSettingsError: the settings are not complete, or contradict each other.
        """
        return cls(TeamsSettings.read(credentials))

    def blueprint(self, on_new_message: Callable[[UserMessage], Awaitable[Any]]) -> Blueprint:
        """The routes. Messages go to the app's assistant, which guarantees a reply."""
        blueprint = Blueprint("teams_webhook")

        # Functions, because Sanic marks its handlers and a method takes no mark.
        @blueprint.get("/")
        async def health(request: Request) -> HTTPResponse:
            return responses.json({"status": "ok"})

        # While the server stops too: to Teams a refusal is a message that nobody answers.
        @blueprint.post("/webhook", ctx_accept_while_stopping=True)
        async def webhook(request: Request) -> HTTPResponse:
            return await self._webhook(request)

        blueprint.listener("before_server_start")(self._open)
        blueprint.listener("before_server_stop")(self._before_stop)
        blueprint.listener("after_server_stop")(self._close)
        return blueprint

    async def _open(self, app: Sanic, loop: asyncio.AbstractEventLoop) -> None:
        if self.settings.development:
            logger.critical(DEVELOPMENT)
            if app.state.host and not is_loopback(app.state.host):
                raise TeamsSettingsError(
                    "Teams in credentials.yml: development works on this machine only. "
                    f"Listen on 127.0.0.1, not on {app.state.host}, or remove it."
                )
        self._http = aiohttp.ClientSession(cookie_jar=aiohttp.DummyCookieJar())
        self._connector = Connector(self._http, self._token, self._waits)

    async def finish(self, within_s: float = FINISH_TIMEOUT_S) -> None:
        """Wait until what has come in is worked off, for no longer than this: the server stops."""
        if self._tasks:
            await asyncio.wait(self._tasks, timeout=within_s)

    async def _before_stop(self, app: Sanic, loop: asyncio.AbstractEventLoop) -> None:
        await self.finish()

    async def _close(self, app: Sanic, loop: asyncio.AbstractEventLoop) -> None:
        if self._http is not None:
            await self._http.close()

    async def _fetch_json(self, address: str) -> Any:
        assert self._http is not None, "requests are taken only after _open"
        async with self._http.get(
            address, timeout=REQUEST_TIMEOUT, allow_redirects=False
        ) as response:
            response.raise_for_status()
            return await response.json(content_type=None)

    async def _webhook(self, request: Request) -> HTTPResponse:
        if len(request.body) > LARGEST_BODY_BYTES:
            return responses.empty(413)
        try:
            activity = await self._activity(request)
        except AuthenticationError as refused:
            return await self._refuse(request, refused.status, f"refused: {refused.reason}")
        except (ActivityError, InvalidUsage) as error:
            return await self._refuse(request, 400, f"not understood: {type(error).__name__}")
        if activity.type == "invoke":
            return self._invoke(request.app, activity)
        if self._is_new(activity):
            self._start(self._in_turn(self._handle(request.app, activity), activity))
        return responses.empty(200)

    async def _refuse(self, request: Request, status: int, why: str) -> HTTPResponse:
        """Refuse a request of nobody known, and say why in the log as long as there are few."""
        wait = await self._refusals.count(address_of(request))
        if wait is not None:
            return responses.empty(429, headers={"Retry-After": str(wait)})
        logger.warning("Teams request %s", why)
        return responses.empty(status)

    async def _activity(self, request: Request) -> Activity:
        """The request's activity, if it comes from Teams."""
        if self.settings.development:
            activity = Activity.read(request.json)
            if not is_from_this_machine(request):
                raise AuthenticationError(FORBIDDEN, "development mode answers this machine only")
            if not self.settings.may_send_to(activity.service_url):
                raise AuthenticationError(FORBIDDEN, "development mode sends to this machine only")
            return activity
        token = bearer_token(request.headers.get("authorization"))
        activity = Activity.read(request.json)
        await self._validator.check(token, activity)
        return activity

    def _is_new(self, activity: Activity) -> bool:
        """Whether this has not come before; of a changed message, whether its words have not."""
        place, said = activity.conversation.id, f"{activity.id} says {activity.wording}"
        if activity.type == EDITED:
            return self._is_first(place, said)
        if activity.id is None:
            return True
        if activity.type == MESSAGE:  # a change that leaves the words as they are is not new
            _remember(self._seen, (place, said), None)
        return self._is_first(place, activity.id)

    def _is_first(self, place: str, what: str) -> bool:
        """Whether this has not come before in this place; from now on it has."""
        if (place, what) in self._seen:
            return False
        _remember(self._seen, (place, what), None)
        return True

    def _start(self, work: Coroutine[Any, Any, None]) -> None:
        task = asyncio.create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    def _in_turn(
        self, work: Coroutine[Any, Any, None], activity: Activity
    ) -> Coroutine[Any, Any, None]:
        """The work, when all that came before it in this conversation is done."""
        lock = self._turns.setdefault(activity.conversation.id, asyncio.Lock())

        async def wait_and_work() -> None:
            async with lock:
                try:
                    await work
                except Exception as error:
                    # Never the text: SendError holds Teams' status, other messages stay out.
                    why = str(error) if isinstance(error, SendError) else type(error).__name__
                    logger.error("Teams answer not sent: %s", why)

        return wait_and_work()

    async def _handle(self, app: Sanic, activity: Activity) -> None:
        if activity.type == MESSAGE:
            await self._answer(app, activity, activity.id)
        elif activity.type == EDITED and (activity.said or activity.has_attachments):
            # An id of its own: the one of the message stands for the reply that it got before.
            await self._answer(app, activity, f"{activity.id}.{activity.wording}")
        elif activity.type in ("installationUpdate", "conversationUpdate"):
            await self._welcome(app, activity)

    async def _answer(self, app: Sanic, activity: Activity, message_id: Optional[str]) -> None:
        said, before = await self._said(app, activity), ""
        if activity.has_attachments:
            before = NOT_OPENED if said else IMAGE_GUIDANCE_INTRO
            said = said or IMAGE_TOPIC_PAYLOAD
        await self._reply(
            app, activity, said or GREETING_PAYLOAD, activity.tracker_key, message_id, before
        )

    async def _said(self, app: Sanic, activity: Activity) -> str:
        """What to answer: of a button its payload, or its title if it was offered to others.

        In a group everybody sees the buttons of an answer, but the assistant obeys only
        payloads that it offered in the same conversation.
        """
        button = activity.button
        if button is None:
            return activity.said
        try:
            turns = await assistant_of(app).history(activity.tracker_key)
        except Exception:
            turns = []  # the assistant will find the same and give the official channels
        offered = {choice.payload for turn in turns for choice in turn.reply.buttons}
        return button.payload if button.payload in offered else button.title

    async def _welcome(self, app: Sanic, activity: Activity) -> None:
        """Say hello once: to a person in a private chat, or to a group that gets the bot."""
        personal = activity.conversation.type == "personal"
        if not (activity.adds_bot or (personal and activity.adds_person)):
            return
        # Teams tells of one installation in several activities.
        if not self._is_first(activity.conversation.id, WELCOME):
            return
        try:
            if await assistant_of(app).history(activity.place_key):
                return
        except Exception as error:
            logger.error("Could not check for an earlier welcome: %s", type(error).__name__)
        await self._reply(app, activity, GREETING_PAYLOAD, activity.place_key, WELCOME)

    async def _reply(
        self,
        app: Sanic,
        activity: Activity,
        said: str,
        tracker_key: str,
        message_id: Optional[str],
        before: str = "",
    ) -> None:
        assert self._connector is not None, "requests are taken only after _open"
        output = TeamsOutput(self._connector, activity)

        def render(reply: Reply) -> tuple[Reply, dict[str, Any]]:
            return reply, message(reply, before, self.settings.pages)

        async with output.typing():
            reply, content = await self.answer(app, said, tracker_key, message_id, render)
        sent = await output.send_reply(reply, content)
        what = _Sent(tracker_key, message_id, reply.topic)
        for name in (LAST_ANSWER, sent):
            if name is not None:
                _remember(self._sent, (activity.conversation.id, name), what)

    def _invoke(self, app: Sanic, activity: Activity) -> HTTPResponse:
        """Answer an invoke; its answer is the HTTP response itself."""
        if activity.name != "message/submitAction":
            return responses.empty(501)
        useful = activity.thumb
        if useful is not None and self._is_new(activity):
            keeping = self._keep_feedback(app, activity, useful)
            self._start(self._in_turn(keeping, activity))
        # Anything in the body would show the person an error.
        return responses.json({})

    async def _keep_feedback(self, app: Sanic, activity: Activity, useful: bool) -> None:
        """Keep a thumb with the answer that it is about, without a word of free text."""
        place = activity.conversation.id
        last = self._sent.get((place, LAST_ANSWER))
        about = self._sent.get((place, activity.reply_to_id or LAST_ANSWER), last)
        if about is None:
            # From before a restart: the person's last answer.
            turns = await assistant_of(app).history(activity.tracker_key)
            if not turns:
                return
            about = _Sent(activity.tracker_key, turns[-1].message_id, turns[-1].reply.topic)
        feedback = Feedback(about.message_id or "", about.topic, useful, reason=None)
        await assistant_of(app).keep_slot(about.tracker_key, FEEDBACK, feedback.as_value())


def _remember(memory: OrderedDict[Any, Any], key: Any, value: Any) -> None:
    """Keep this, and forget the oldest when there is too much."""
    memory[key] = value
    if len(memory) > MAX_REMEMBERED:
        memory.popitem(last=False)
