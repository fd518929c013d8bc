"""The HTTP server under the channels: uvicorn, which is kept up, before Sanic's app.

Rasa 3.6 pins a Sanic of 2021, whose own server one request could stop for good
(``Content-Length: -1``). Here Sanic is an ASGI app; uvicorn and h11 read what comes in. Heads,
bodies and the number of open requests are bounded before any of it reaches a channel.
"""

from __future__ import annotations

import asyncio
import socket
from collections import Counter
from typing import Any, Awaitable, Callable, MutableMapping, Optional

import h11
import uvicorn
from sanic import Sanic
from sanic.asgi import ASGIApp
from uvicorn.protocols.http.h11_impl import H11Protocol

from assistant.turn.outcome import CALL_999

Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]

HEAD_TIMEOUT_S = 15.0
"""Seconds that a request may take to send its head, from the connection or the last reply on."""

BODY_TIMEOUT_S = 15.0
"""Seconds that a request may take to send its body."""

READ_TIMEOUT_S = 30.0
"""Seconds that a client may take to read on when the answers that wait for it fill its buffer."""

LARGEST_BODY_BYTES = 512 * 1024
"""How much is read of a body; Teams sends up to half of it. What is cut is too long for any
channel, and the channel says so in its own form."""

LARGEST_HEAD_BYTES = 32 * 1024
MAX_OPEN_REQUESTS = 300
"""Requests that are worked on at the same time. More would be answered too late to be of use."""

MAX_ARRIVING_OF_ONE = 100
"""Of these, requests of one address whose bodies are still on their way: nobody takes all places
by sending slowly. A proxy reads a body whole before it passes it on."""

MAX_CONNECTIONS = 600
"""Connections that are open at the same time: more than there are requests to work on, fewer than
the files that a process may open (often 1,024). Beyond it the one that has been idle for longest
is ended, of the address that has most; so nobody keeps others out by doing nothing."""

SEND_BUFFER_BYTES = 256 * 1024
"""What the system takes of a connection's replies at once; an answer has some 40 KB. It delivers
that even if this process is killed."""

KEEP_ALIVE_S = 65
"""Longer than the proxy keeps its connections open, so that it never meets one that is closing."""

TWO_LENGTHS = f"The request says in two ways how long it is. {CALL_999}"
"""A proxy that believes the one takes for a body what the server takes for the next request."""

BUSY = f"Many people are asking at the moment. Please try again in a minute. {CALL_999}"

NO_ROOM = (
    "HTTP/1.1 503 Service Unavailable\r\nContent-Type: text/plain; charset=utf-8\r\n"
    f"Content-Length: {len(BUSY.encode())}\r\nConnection: close\r\n\r\n{BUSY}"
).encode()
"""What a connection gets for which there is no room; nothing of it is read."""


class WholeReplies:
    """A transport that passes on what is written in one step of the loop as one.

    uvicorn writes a reply as head, body and end. Were the process killed between them, the proxy
    would have begun to pass the reply on, and could not ask the other server in its place.
    """

    def __init__(self, transport: asyncio.Transport, loop: asyncio.AbstractEventLoop) -> None:
        """Take the transport of the connection, and its loop."""
        self._transport = transport
        self._loop = loop
        self._written: list[bytes] = []

    def __getattr__(self, name: str) -> Any:
        """Everything else is the transport's own."""
        return getattr(self._transport, name)

    def write(self, data: bytes) -> None:
        """Keep bytes until the reply is whole, or the loop goes on."""
        if not self._written:
            self._loop.call_soon(self.flush)
        self._written.append(data)

    def flush(self) -> None:
        """Pass on what was kept."""
        written, self._written = b"".join(self._written), []
        if written:
            self._transport.write(written)

    def close(self) -> None:
        """End the connection after what was written."""
        self.flush()
        self._transport.close()


class TimedProtocol(H11Protocol):
    """uvicorn's protocol, with limits: a time for the head of each request and for unread answers,
    a number for connections."""

    _last_heard = 0.0
    """When something came last, in the loop's time."""

    _head_timer: Optional[asyncio.TimerHandle] = None
    _read_timer: Optional[asyncio.TimerHandle] = None

    def connection_made(self, transport: Any) -> None:
        """Take a connection; its first head must come in time."""
        self._replies = WholeReplies(transport, self.loop)
        super().connection_made(self._replies)  # type: ignore[arg-type]
        self._last_heard = self.loop.time()
        if self._has_room():
            self._time_head()
        else:
            transport.write(NO_ROOM)
            transport.close()

    def data_received(self, data: bytes) -> None:
        """Take bytes; the limit ends with the head, and begins again with the next one."""
        self._last_heard = self.loop.time()
        super().data_received(data)
        self._time_head()

    def connection_lost(self, exc: Optional[Exception]) -> None:
        """Nobody is waited for any more."""
        self._stop_head_timer()
        self._stop_read_timer()
        super().connection_lost(exc)

    def on_response_complete(self) -> None:
        """Pass the whole reply on at once."""
        self._replies.flush()
        super().on_response_complete()

    def pause_writing(self) -> None:
        """The client does not read: a request that waits for it would keep its place for ever."""
        super().pause_writing()
        self._read_timer = self.loop.call_later(READ_TIMEOUT_S, self.transport.abort)

    def resume_writing(self) -> None:
        """The client reads again."""
        self._stop_read_timer()
        super().resume_writing()

    def _has_room(self) -> bool:
        """Whether this connection can stay; one that is idle may have to go for it."""
        there = [
            one
            for one in self.connections
            if isinstance(one, TimedProtocol) and not one.transport.is_closing()
        ]
        if len(there) <= MAX_CONNECTIONS:
            return True
        idle = [one for one in there if one is not self and one.conn.their_state is h11.IDLE]
        if not idle:
            return False
        of_one = Counter(_address(one) for one in there)
        longest = min(idle, key=lambda one: (-of_one[_address(one)], one._last_heard))
        longest.transport.abort()
        return True

    def _stop_read_timer(self) -> None:
        if self._read_timer is not None:
            self._read_timer.cancel()
            self._read_timer = None

    def _time_head(self) -> None:
        """Wait for a head while one is missing or is half here; not between two requests."""
        waiting = self.conn.their_state is h11.IDLE
        between = self.cycle is not None and not self.conn.trailing_data[0]
        if not waiting or between:
            self._stop_head_timer()
        elif self._head_timer is None:
            self._head_timer = self.loop.call_later(HEAD_TIMEOUT_S, self.transport.close)

    def _stop_head_timer(self) -> None:
        if self._head_timer is not None:
            self._head_timer.cancel()
            self._head_timer = None


def _address(protocol: TimedProtocol) -> str:
    return protocol.client[0] if protocol.client else ""


class BoundedApp:
    """Sanic's app behind limits of size, time and number."""

    def __init__(self, app: Sanic) -> None:
        self._app = app
        app.asgi = True
        self._open = 0
        self._arriving: Counter[str] = Counter()
        self.failure: Optional[BaseException] = None
        """Why the app could not start."""

    async def __call__(self, scope: MutableMapping[str, Any], receive: Receive, send: Send) -> None:
        """One request, or the life of the server."""
        if scope["type"] == "lifespan":
            await self._live(scope, receive, send)
        elif {b"content-length", b"transfer-encoding"} <= {name for name, _ in scope["headers"]}:
            await _say(send, 400, TWO_LENGTHS)
        elif self._open >= MAX_OPEN_REQUESTS:
            await _say(send, 503, BUSY)
        else:
            self._open += 1
            try:
                await self._answer(scope, receive, send)
            finally:
                self._open -= 1

    async def _live(self, scope: MutableMapping[str, Any], receive: Receive, send: Send) -> None:
        try:
            await ASGIApp.create(self._app, scope, receive, send)
        except Exception as error:
            self.failure = error
            await send({"type": "lifespan.startup.failed", "message": ""})

    async def _answer(self, scope: MutableMapping[str, Any], receive: Receive, send: Send) -> None:
        address = (scope.get("client") or ("", 0))[0]
        if self._arriving[address] >= MAX_ARRIVING_OF_ONE:
            await _say(send, 503, BUSY)
            return
        self._arriving[address] += 1
        try:
            async with asyncio.timeout(BODY_TIMEOUT_S):
                body = await _body(receive)
        except TimeoutError:
            await _say(send, 408, f"The request took too long to arrive. {CALL_999}")
            return
        finally:
            self._arriving[address] -= 1
            if not self._arriving[address]:
                del self._arriving[address]
        if body is None:
            return  # whoever asked is gone
        given = False

        async def whole() -> Message:
            nonlocal given
            if given:
                return await receive()
            given = True
            return {"type": "http.request", "body": body, "more_body": False}

        request = await ASGIApp.create(self._app, scope, whole, send)
        await request()


async def _body(receive: Receive) -> Optional[bytes]:
    """The body of a request, cut little above :data:`LARGEST_BODY_BYTES`; None if nobody waits."""
    parts: list[bytes] = []
    size = 0
    while True:
        message = await receive()
        if message["type"] == "http.disconnect":
            return None
        part = message.get("body", b"")
        if size <= LARGEST_BODY_BYTES:
            parts.append(part)
        size += len(part)
        if not message.get("more_body") or size > 2 * LARGEST_BODY_BYTES:
            return b"".join(parts)


async def _say(send: Send, status: int, sentence: str) -> None:
    headers = [(b"content-type", b"text/plain; charset=utf-8"), (b"connection", b"close")]
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": sentence.encode()})


class HttpServer:
    """A server for one app; made in the process that serves."""

    def __init__(self, app: Sanic, host: str, port: int) -> None:
        """Take the address.

        Raises:
            OSError: it cannot be listened on.
        """
        self._socket = _listen(host, port)
        self.port: int = self._socket.getsockname()[1]
        """Where it listens: the port that was asked for, or a free one if that was 0."""
        app.state.host, app.state.port = host, self.port
        self._app = BoundedApp(app)
        config = uvicorn.Config(
            self._app,
            http=TimedProtocol,
            ws="none",
            loop="asyncio",
            lifespan="on",
            log_config=None,
            access_log=False,
            proxy_headers=False,
            server_header=False,
            date_header=True,
            timeout_keep_alive=KEEP_ALIVE_S,
            h11_max_incomplete_event_size=LARGEST_HEAD_BYTES,
        )
        self._server = uvicorn.Server(config)

    def run(self) -> None:
        """Serve until :meth:`stop` or SIGINT.

        Raises:
            Exception: what stopped the app from starting.
        """
        try:
            self._server.run(sockets=[self._socket])
        except KeyboardInterrupt:
            pass
        except SystemExit:  # how uvicorn ends when the app could not start, without saying why
            if self._app.failure is None:
                raise
        if self._app.failure is not None:
            raise self._app.failure

    def stop(self) -> None:
        """Stop once what is under way has ended."""
        self._server.should_exit = True


def _listen(host: str, port: int) -> socket.socket:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    # Named, or asyncio leaves Nagle's algorithm on: the end of a reply then waits for the other
    # side's delayed acknowledgement, 40 ms on Linux.
    listening = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    listening.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, SEND_BUFFER_BYTES)
    try:
        listening.bind((host, port))
    except (OSError, OverflowError) as error:
        listening.close()
        raise OSError(f"Cannot listen on {host}, port {port}: {error}") from error
    return listening
