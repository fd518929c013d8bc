"""A real server on a loopback port, in the loop of the tests: a test can break its parts."""

from __future__ import annotations

import contextlib
import json
import socket
import uuid
from dataclasses import dataclass
from pathlib import Path
from typing import Any, AsyncIterator, Awaitable, Callable, Mapping, Optional

import aiohttp
import jsonschema
import jwt
import pytest
import pytest_asyncio
import yaml
from sanic import Sanic

from assistant.channels.web.channel import OPENAPI
from assistant.operations.server import build_app
from assistant.turn.assistant import Assistant

Sanic.test_mode = True  # several apps of one name in one process

CHANNEL = "assistant.channels.web.WebInput"
SECRET = "a secret of the tests, long enough to sign with any of the algorithms"
DESCRIPTION: dict[str, Any] = json.loads(OPENAPI.read_text(encoding="utf-8"))


@dataclass
class Answered:
    """What came back: ``body`` is the JSON, ``text`` the page."""

    status: int
    headers: Any
    text: str

    @property
    def body(self) -> Any:
        return json.loads(self.text)

    @property
    def reply(self) -> Any:
        return self.body["reply"]

    @property
    def error(self) -> Any:
        return self.body["error"]


class Client:
    """Calls a server. Everything that the channel says is checked against its description."""

    def __init__(self, http: aiohttp.ClientSession, url: str, app: Sanic) -> None:
        self.http = http
        self.url = url
        self.app = app
        self.token = ""

    async def get(self, path: str, **headers: str) -> Answered:
        return await self.call("GET", path, headers=headers)

    async def post(self, path: str, data: bytes, **headers: str) -> Answered:
        return await self.call("POST", path, data, headers)

    async def form(self, **fields: str) -> Answered:
        body = aiohttp.FormData(fields)()
        return await self.call("POST", "/chat", body)

    async def api(self, name: str, body: Any = None, **headers: str) -> Answered:
        """A call of the channel, with the session that this client has."""
        headers = {"Authorization": f"Bearer {self.token}", **headers}
        if body is not None and "Content_Type" not in headers:
            headers["Content-Type"] = "application/json"
        data = body if isinstance(body, bytes) or body is None else json.dumps(body).encode()
        method = "GET" if name == "history" else "POST"
        answered = await self.call(method, f"/webhooks/notice/{name}", data, headers)
        described(method.lower(), f"/{name}", answered)
        return answered

    def another(self) -> Client:
        """A client of the same server, without a session."""
        return Client(self.http, self.url, self.app)

    @property
    def conversation(self) -> str:
        """The conversation of the session that this client has: its token names it."""
        return str(jwt.decode(self.token, options={"verify_signature": False})["sub"])

    async def open(self, **headers: str) -> Client:
        """Begin a session."""
        self.token = (await self.api("session", {}, **headers)).body["session"]
        return self

    async def ask(self, text: str, message_id: Optional[str] = None, **headers: str) -> Answered:
        message = {"id": message_id or str(uuid.uuid4()), "text": text}
        return await self.api("message", message, **headers)

    async def pick(self, payload: str) -> Answered:
        return await self.api("message", {"id": str(uuid.uuid4()), "payload": payload})

    async def history(self) -> list[Any]:
        turns: list[Any] = (await self.api("history")).body["turns"]
        return turns

    async def call(
        self, method: str, path: str, data: Any = None, headers: Optional[Mapping[str, str]] = None
    ) -> Answered:
        """Any request; an underscore in the name of a header is a hyphen."""
        sent = {name.replace("_", "-"): value for name, value in (headers or {}).items()}
        async with self.http.request(
            method, self.url + path, data=data, headers=sent, allow_redirects=False
        ) as response:
            return Answered(response.status, response.headers, await response.text())


def described(method: str, path: str, answered: Answered) -> None:
    """Fail if the channel's own description does not allow what it said."""
    responses = DESCRIPTION["paths"][path][method]["responses"]
    assert str(answered.status) in responses, (path, answered.status, answered.text)
    schema = responses[str(answered.status)]["content"]["application/json"]["schema"]
    validator = jsonschema.Draft202012Validator({**schema, "components": DESCRIPTION["components"]})
    validator.validate(answered.body)


Serve = Callable[..., Awaitable[Client]]


@contextlib.asynccontextmanager
async def served(app: Sanic) -> AsyncIterator[Client]:
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        server = await app.create_server(
            sock=listening, return_asyncio_server=True, access_log=False
        )
        await server.startup()
        await server.before_start()
        await server.start_serving()
        url = f"http://127.0.0.1:{listening.getsockname()[1]}"
        # No cookie jar: a server that needed cookies would fail every test.
        # A connection for each request: one that idles between tests may be closed by the server
        # just as the next request is sent on it.
        connector = aiohttp.TCPConnector(force_close=True)
        async with aiohttp.ClientSession(
            cookie_jar=aiohttp.DummyCookieJar(), connector=connector
        ) as http:
            yield Client(http, url, app)
        await server.before_stop()
        await server.close()
        await server.after_stop()


@pytest_asyncio.fixture(scope="session")
async def shared(
    assistant: Assistant, tmp_path_factory: pytest.TempPathFactory
) -> AsyncIterator[Client]:
    app = build_app(credentials(tmp_path_factory.mktemp("web")))
    app.ctx.agent = assistant.agent
    async with served(app) as client:
        yield client


def credentials(folder: Path, **settings: Any) -> Path:
    """A ``credentials.yml`` with the web channel. The limits are out of the way."""
    defaults: dict[str, Any] = {
        "secret": SECRET,
        "rate_limits": {"session": 100_000, "address": 100_000},
    }
    path = folder / "credentials.yml"
    path.write_text(yaml.safe_dump({CHANNEL: {**defaults, **settings}}), encoding="utf-8")
    return path


@pytest_asyncio.fixture
async def serve(assistant: Assistant, tmp_path: Path) -> AsyncIterator[Serve]:
    """Serve with settings of the test's own."""
    async with contextlib.AsyncExitStack() as stack:

        async def start(**settings: Any) -> Client:
            app = build_app(credentials(tmp_path, **settings))
            app.ctx.agent = assistant.agent
            return await stack.enter_async_context(served(app))

        yield start


@pytest_asyncio.fixture
async def client(shared: Client) -> Client:
    """A client with a new session."""
    return await shared.another().open()
