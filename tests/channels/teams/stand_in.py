"""What stands in for Microsoft in tests and benchmarks, on loopback.

:class:`Microsoft` is a local HTTP server with the signing keys, the token endpoint and the
connector. Tokens are signed with a key generated here; only where the keys are fetched from
is replaced.
"""

from __future__ import annotations

import asyncio
import contextlib
import itertools
import json
import time
from dataclasses import dataclass, field
from typing import Any, AsyncIterator, Callable, Optional

import aiohttp
import jwt
import requests
from aiohttp import web
from cryptography.hazmat.primitives.asymmetric import rsa
from jwt.algorithms import RSAAlgorithm
from sanic import Sanic

from assistant.channels.teams import TeamsInput
from assistant.channels.teams.auth import ISSUER, OPENID_CONFIGURATION
from assistant.channels.teams.settings import TeamsSettings
from assistant.operations.server import app_with
from tests.ports import free_port

APP_ID = "6d5a1f0e-0000-4000-8000-00000000b071"
TENANT = "6d5a1f0e-0000-4000-8000-0000000000aa"
SECRET = "a-secret-of-the-tests"
KEY_ID = "key-1"
LOGIN = "https://login.microsoftonline.com"

KEY = rsa.generate_private_key(public_exponent=65537, key_size=2048)
OTHER_KEY = rsa.generate_private_key(public_exponent=65537, key_size=2048)

_numbers = itertools.count(1)

Sanic.test_mode = True  # several apps of one name in one process


def published_key(
    key: rsa.RSAPrivateKey = KEY, key_id: str = KEY_ID, endorsements: tuple[str, ...] = ("msteams",)
) -> dict[str, Any]:
    """A signing key as Microsoft publishes it."""
    document: dict[str, Any] = json.loads(RSAAlgorithm.to_jwk(key.public_key()))
    return {**document, "kid": key_id, "endorsements": list(endorsements)}


@dataclass
class Sent:
    """One request that reached the connector."""

    conversation: str
    reply_to: Optional[str]
    content: dict[str, Any]
    authorization: Optional[str]
    at: float


Fault = Callable[[Sent], Optional[web.Response]]


@dataclass
class Microsoft:
    """The stand-in. What its connector takes is ``taken``.

    ``fault`` may answer in the connector's place, or raise ConnectionError to hang up.
    """

    url: str = ""
    keys: list[dict[str, Any]] = field(default_factory=lambda: [published_key()])
    keys_fetched: int = 0
    tokens: list[str] = field(default_factory=list)
    token_requests: list[dict[str, Any]] = field(default_factory=list)
    token_error: Optional[str] = None
    tried: list[Sent] = field(default_factory=list)
    taken: list[Sent] = field(default_factory=list)
    fault: Optional[Fault] = None

    @property
    def service_url(self) -> str:
        return f"{self.url}/uk/"

    @property
    def messages(self) -> list[Sent]:
        """What the person sees."""
        return [one for one in self.taken if one.content["type"] == "message"]

    async def wait_for(self, count: int, within: float = 20.0) -> list[Sent]:
        """The messages, once there are so many."""
        end = time.monotonic() + within
        while len(self.messages) < count:
            assert time.monotonic() < end, f"{len(self.messages)} messages instead of {count}"
            await asyncio.sleep(0.01)
        return self.messages

    async def fetch(self, address: str) -> Any:
        """Where the signing keys are fetched from."""
        if address == OPENID_CONFIGURATION:
            self.keys_fetched += 1
            return {"issuer": ISSUER, "jwks_uri": "keys"}
        return {"keys": self.keys}

    async def _activities(self, request: web.Request) -> web.Response:
        sent = Sent(
            request.match_info["conversation"],
            request.match_info.get("activity"),
            await request.json(),
            request.headers.get("Authorization"),
            time.monotonic(),
        )
        self.tried.append(sent)
        try:
            answer = self.fault(sent) if self.fault else None
        except ConnectionError:
            assert request.transport
            request.transport.close()
            return web.Response()
        if answer is not None:
            return answer
        self.taken.append(sent)
        if sent.content.get("text") and sent.content.get("attachments"):
            return web.Response(status=202)  # Teams makes two messages of it and names neither
        return web.json_response({"id": f"sent-{len(self.taken)}"}, status=201)

    async def _discovery(self, request: web.Request) -> web.Response:
        authority = f"{LOGIN}/{request.match_info['tenant']}"
        return web.json_response(
            {
                "issuer": f"{authority}/v2.0",
                "authorization_endpoint": f"{authority}/oauth2/v2.0/authorize",
                "token_endpoint": f"{authority}/oauth2/v2.0/token",
            }
        )

    async def _token(self, request: web.Request) -> web.Response:
        form = dict(await request.post()) if request.method == "POST" else dict(request.query)
        self.token_requests.append({"path": request.path, **form})
        if self.token_error:
            refusal = {"error": "unauthorized_client", "error_description": self.token_error}
            return web.json_response(refusal, status=400)
        token = f"token-{len(self.tokens) + 1}"
        self.tokens.append(token)
        body: dict[str, Any] = {"access_token": token, "expires_in": 3600, "token_type": "Bearer"}
        return web.json_response({**body, "expires_on": str(int(time.time()) + 3600)})

    @contextlib.asynccontextmanager
    async def running(self) -> AsyncIterator[Microsoft]:
        """Serve until the body is done."""
        app = web.Application(client_max_size=2**22)
        activities = "/uk/v3/conversations/{conversation}/activities"
        app.router.add_post(activities, self._activities)
        app.router.add_post(activities + "/{activity}", self._activities)
        app.router.add_get("/{tenant}/v2.0/.well-known/openid-configuration", self._discovery)
        app.router.add_post("/{tenant}/oauth2/v2.0/token", self._token)
        app.router.add_get("/metadata/identity/oauth2/token", self._token)
        runner = web.AppRunner(app)
        await runner.setup()
        port = free_port()
        await web.TCPSite(runner, "127.0.0.1", port).start()
        self.url = f"http://127.0.0.1:{port}"
        try:
            yield self
        finally:
            await runner.cleanup()


class Redirected(requests.Session):
    """Sends what is meant for Microsoft's login, or for a machine's identity, to the stand-in."""

    def __init__(self, microsoft: Microsoft) -> None:
        super().__init__()
        self._microsoft = microsoft

    def request(self, method: Any, url: Any, *args: Any, **kwargs: Any) -> requests.Response:
        for real in (LOGIN, "http://169.254.169.254"):
            url = str(url).replace(real, self._microsoft.url)
        return super().request(method, url, *args, **kwargs)


def token(
    microsoft: Microsoft,
    key: Any = KEY,
    algorithm: str = "RS256",
    headers: Optional[dict[str, Any]] = None,
    **claims: Any,
) -> str:
    """A token as Teams sends it; a claim given as None is left out."""
    now = int(time.time())
    usual = {
        "iss": ISSUER,
        "aud": APP_ID,
        "iat": now,
        "nbf": now,
        "exp": now + 3600,
        "serviceurl": microsoft.service_url,
    }
    merged = {name: value for name, value in {**usual, **claims}.items() if value is not None}
    return jwt.encode(merged, key, algorithm, headers={"kid": KEY_ID, **(headers or {})})


def activity(microsoft: Microsoft, text: str = "", **parts: Any) -> dict[str, Any]:
    """An activity as Teams sends it: a message in a private chat, if nothing else is given."""
    usual: dict[str, Any] = {
        "type": "message",
        "id": f"activity-{next(_numbers)}",
        "channelId": "msteams",
        "serviceUrl": microsoft.service_url,
        "from": {"id": "29:person", "aadObjectId": "person-1"},
        "recipient": {"id": "28:bot"},
        "conversation": {"id": "a:private", "conversationType": "personal"},
        "channelData": {"tenant": {"id": TENANT}},
        "text": text,
    }
    return {**usual, **parts}


def settings(microsoft: Microsoft, **other: Any) -> TeamsSettings:
    """Settings of a single-tenant bot with a secret."""
    usual = {
        "app_id": APP_ID,
        "tenant_id": TENANT,
        "app_password": SECRET,
        "service_urls": [microsoft.url],
    }
    return TeamsSettings.read({**usual, **other})


def channel(microsoft: Microsoft, **other: Any) -> TeamsInput:
    """A channel whose every way to Microsoft leads to the stand-in; tries again at once."""
    return TeamsInput(
        settings(microsoft, **other), microsoft.fetch, Redirected(microsoft), waits=(0.01,) * 5
    )


@dataclass
class Bot:
    """A server with the Teams channel, and a client that posts as Teams does."""

    url: str
    microsoft: Microsoft
    http: aiohttp.ClientSession
    app: Sanic

    async def post(self, body: Any, token_text: Optional[str] = "", **headers: str) -> int:
        """Post an activity; with a good token if none, or None, is given. Gives the status."""
        return (await self.ask(body, token_text, **headers))[0]

    async def ask(
        self, body: Any, token_text: Optional[str] = "", **headers: str
    ) -> tuple[int, str]:
        """As :meth:`post`, with the response's body."""
        if token_text == "":
            token_text = token(self.microsoft)
        if token_text is not None:
            headers["Authorization"] = f"Bearer {token_text}"
        data = body if isinstance(body, (str, bytes)) else json.dumps(body)
        address = f"{self.url}/webhooks/teams/webhook"
        async with self.http.post(address, data=data, headers=headers) as response:
            return response.status, await response.text()

    async def say(self, text: str, **parts: Any) -> int:
        """Post a message."""
        return await self.post(activity(self.microsoft, text, **parts))


@contextlib.asynccontextmanager
async def serving(
    teams: TeamsInput,
    microsoft: Microsoft,
    agent: Any,
    assistant: Any = None,
    host: str = "127.0.0.1",
) -> AsyncIterator[Bot]:
    """Serve a channel as ``notice serve`` does until the body is done.

    Args:
        teams: the channel.
        microsoft: where its answers go.
        agent: what the app has as its agent.
        assistant: what answers, if not an assistant made from the agent.
        host: the address to listen on.
    """
    app = app_with([teams])
    app.ctx.agent = agent
    if assistant is not None:
        app.ctx.notice_assistant = (agent.processor, assistant)
    async with listening(app, host) as url, aiohttp.ClientSession() as http:
        yield Bot(url, microsoft, http, app)


@contextlib.asynccontextmanager
async def listening(app: Sanic, host: str = "127.0.0.1") -> AsyncIterator[str]:
    """Let an app listen in this event loop until the body is done; gives its address."""
    port = free_port()
    server: Any = await app.create_server(
        host=host, port=port, return_asyncio_server=True, access_log=False
    )
    await server.startup()
    await server.before_start()
    await server.after_start()
    try:
        yield f"http://127.0.0.1:{port}"
    finally:
        await server.before_stop()
        await server.close()
        await server.after_stop()
