"""The HTTP server under the channels: what one request may not do to it, over real sockets."""

from __future__ import annotations

import asyncio
import contextlib
import http.client
import socket
import threading
import time
from pathlib import Path
from typing import Any, Iterator

import pytest
from sanic import HTTPResponse, Sanic
from sanic import response as responses
from sanic.request import Request

from assistant.operations import http_server
from assistant.operations.http_server import BUSY, HttpServer, TimedProtocol
from assistant.operations.server import ServerError, serve
from assistant.project import Project
from assistant.turn.outcome import CALL_999

Sanic.test_mode = True  # several apps of one name in one process

HERE = "127.0.0.1"
LIMIT_S = 0.3
"""The time limits of these tests."""

PATIENCE_S = 30.0
"""More than any machine needs; a server that never answers fails a test after it."""

HALF_A_BODY = b"POST /size HTTP/1.1\r\nHost: here\r\nContent-Length: 10\r\n\r\nhalf"


LARGE = 16 * 1024 * 1024
"""Bytes of an answer that no buffer between two programs holds."""


class Served:
    """A server in a thread of its own."""

    def __init__(self) -> None:
        self.waiting = threading.Event()
        """A request to ``/wait`` is being worked on."""
        self.release = threading.Event()
        """Lets the requests to ``/wait`` end."""
        self.http = HttpServer(app_of_some_pages(self.waiting, self.release), HERE, 0)
        self.port = self.http.port
        self.thread = threading.Thread(target=self.http.run, daemon=True)
        self.thread.start()
        until = time.monotonic() + PATIENCE_S
        while not self.listens():
            assert self.thread.is_alive() and time.monotonic() < until
            time.sleep(0.01)

    def listens(self) -> bool:
        with contextlib.suppress(ConnectionRefusedError):
            return self.goes_on()
        return False

    def stop(self) -> None:
        self.release.set()
        self.http.stop()
        self.thread.join(PATIENCE_S)
        assert not self.thread.is_alive(), "what is under way has ended, and so does the server"

    def connect(self, address: str = HERE) -> socket.socket:
        return socket.create_connection((HERE, self.port), PATIENCE_S, (address, 0))

    def raw(self, sent: bytes) -> bytes:
        """All that comes back for these bytes until the server ends the connection."""
        with self.connect() as connection:
            connection.sendall(sent)
            return until_the_end(connection)

    def call(self, method: str, path: str, body: bytes = b"") -> tuple[int, str]:
        asking = http.client.HTTPConnection(HERE, self.port, timeout=PATIENCE_S)
        with contextlib.closing(asking):
            asking.request(method, path, body)
            answered = asking.getresponse()
            return answered.status, answered.read().decode()

    def goes_on(self) -> bool:
        return self.call("GET", "/") == (200, "here")


def until_the_end(connection: socket.socket) -> bytes:
    parts = []
    with contextlib.suppress(ConnectionResetError):  # it ended before all was sent
        while part := connection.recv(65536):
            parts.append(part)
    return b"".join(parts)


def app_of_some_pages(waiting: threading.Event, release: threading.Event) -> Sanic:
    app = Sanic("bounded", configure_logging=False)

    async def here(request: Request) -> HTTPResponse:
        return responses.text("here")

    async def wait(request: Request) -> HTTPResponse:
        waiting.set()
        while not release.is_set():
            await asyncio.sleep(0.01)
        return responses.text("waited")

    async def size(request: Request) -> HTTPResponse:
        return responses.text(str(len(request.body)))

    async def large(request: Request) -> HTTPResponse:
        return responses.raw(bytes(LARGE))

    app.add_route(here, "/")
    app.add_route(large, "/large")
    app.add_route(wait, "/wait")
    app.add_route(size, "/size", methods=["POST"])
    return app


@pytest.fixture
def server() -> Iterator[Served]:
    served = Served()
    yield served
    served.stop()


def test_no_answer_waits_for_an_acknowledgement_or_for_room(
    server: Served, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With Nagle's algorithm on, each answer takes 40 ms more."""
    take, taken = TimedProtocol.connection_made, []

    def noted(protocol: TimedProtocol, transport: Any) -> None:
        taken.append(transport)
        take(protocol, transport)

    monkeypatch.setattr(TimedProtocol, "connection_made", noted)
    asking = http.client.HTTPConnection(HERE, server.port, timeout=PATIENCE_S)
    with contextlib.closing(asking):
        asking.request("GET", "/")
        assert asking.getresponse().read() == b"here"
        (connection,) = (one.get_extra_info("socket") for one in taken)
        assert connection.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY)
        # A reply fits into what the system still delivers when the server is killed.
        held = connection.getsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF)
        assert held >= http_server.SEND_BUFFER_BYTES


class Noting:
    """A transport that notes what is written."""

    def __init__(self, transport: Any) -> None:
        self._transport = transport
        self.written: list[bytes] = []

    def __getattr__(self, name: str) -> Any:
        return getattr(self._transport, name)

    def write(self, data: bytes) -> None:
        self.written.append(data)
        self._transport.write(data)


@pytest.mark.parametrize("asked", [b"GET /", b"GET /nowhere", b"POST /size", b"no request"])
def test_a_reply_is_written_whole_or_not_at_all(
    server: Served, monkeypatch: pytest.MonkeyPatch, asked: bytes
) -> None:
    """A server that is killed within a reply would leave the proxy with half of it."""
    take, taken = TimedProtocol.connection_made, []

    def noted(protocol: TimedProtocol, transport: Any) -> None:
        taken.append(Noting(transport))
        take(protocol, taken[-1])

    monkeypatch.setattr(TimedProtocol, "connection_made", noted)
    closing = b" HTTP/1.1\r\nHost: here\r\nConnection: close\r\n\r\n"
    got = server.raw(asked + closing)
    (connection,) = taken
    assert connection.written == [got] and b"\r\n\r\n" in got


@pytest.mark.parametrize("length", [b"-1", b"+1", b"1, 2", b"a", b""])
def test_a_content_length_that_is_none_is_refused_and_the_server_goes_on(
    server: Served, length: bytes
) -> None:
    """``-1`` stopped Sanic's own server for everybody, for good."""
    head = b"POST /size HTTP/1.1\r\nHost: here\r\nContent-Length: %s\r\n\r\n" % length
    assert server.raw(head + b"body").startswith(b"HTTP/1.1 400 ")
    assert server.goes_on()


def test_nothing_is_smuggled_behind_a_request_of_two_lengths(server: Served) -> None:
    head = b"POST /size HTTP/1.1\r\nHost: here\r\nContent-Length: 4\r\n"
    behind = b"GET / HTTP/1.1\r\nHost: here\r\nConnection: close\r\n\r\n"
    answered = server.raw(head + b"Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n" + behind)
    assert answered.startswith(b"HTTP/1.1 400 ") and answered.count(b"HTTP/1.1") == 1
    assert server.goes_on()


def test_a_head_that_never_ends_is_cut(server: Served, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(http_server, "HEAD_TIMEOUT_S", LIMIT_S)
    for sent in (b"", b"GET / HTTP/1.1\r\nHost: he"):
        assert server.raw(sent) == b""
    assert server.goes_on()


def test_bytes_that_come_slowly_do_not_make_a_head_last(
    server: Served, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(http_server, "HEAD_TIMEOUT_S", LIMIT_S)
    with server.connect() as connection:
        began = time.monotonic()
        with contextlib.suppress(ConnectionError):
            connection.sendall(b"GET / HTTP/1.1\r\nX: ")
            while time.monotonic() - began < PATIENCE_S:
                connection.sendall(b"x")
                time.sleep(LIMIT_S / 10)
        assert time.monotonic() - began < PATIENCE_S
    assert server.goes_on()


def test_the_head_after_an_answer_has_its_own_time(
    server: Served, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A proxy keeps its connections open between two requests; half a head is no such pause."""
    asking = http.client.HTTPConnection(HERE, server.port, timeout=PATIENCE_S)
    with contextlib.closing(asking):
        for _ in range(2):
            asking.request("GET", "/")
            assert asking.getresponse().read() == b"here"
            # Only now: a busy machine may take longer from the connection to the first head.
            monkeypatch.setattr(http_server, "HEAD_TIMEOUT_S", LIMIT_S)
            time.sleep(2 * LIMIT_S)
        assert asking.sock is not None, "the connection is the same"
        asking.sock.sendall(b"GET / HTTP/1.1\r\n")
        assert asking.sock.recv(1) == b""


def test_a_head_that_is_too_large_is_refused(server: Served) -> None:
    head = b"GET / HTTP/1.1\r\nHost: here\r\nX: " + b"x" * 2 * http_server.LARGEST_HEAD_BYTES
    with server.connect() as connection, contextlib.suppress(ConnectionError):
        connection.sendall(head)
        assert connection.recv(65536)[:13] == b"HTTP/1.1 400 "
    assert server.goes_on()


def test_a_body_that_never_ends_is_cut(server: Served, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(http_server, "BODY_TIMEOUT_S", LIMIT_S)
    answered = server.raw(HALF_A_BODY)
    assert answered.startswith(b"HTTP/1.1 408 ") and CALL_999.encode() in answered
    assert server.goes_on()


def test_of_a_body_no_more_is_kept_than_the_largest_channel_takes(server: Served) -> None:
    status, kept = server.call("POST", "/size", b"x" * http_server.LARGEST_BODY_BYTES)
    assert (status, kept) == (200, str(http_server.LARGEST_BODY_BYTES))
    status, kept = server.call("POST", "/size", b"x" * (2 * http_server.LARGEST_BODY_BYTES))
    assert status == 200
    assert http_server.LARGEST_BODY_BYTES < int(kept) < 1.5 * http_server.LARGEST_BODY_BYTES


def test_more_open_requests_than_it_can_work_on_are_told_so_with_999(
    server: Served, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(http_server, "MAX_OPEN_REQUESTS", 2)
    assert "999" in BUSY
    with contextlib.ExitStack() as stack:
        waiting = [stack.enter_context(server.connect()) for _ in range(2)]
        waiting[0].sendall(b"GET /wait HTTP/1.1\r\nHost: here\r\nConnection: close\r\n\r\n")
        waiting[1].sendall(HALF_A_BODY)  # counts while it is still on its way
        until = time.monotonic() + PATIENCE_S
        while (answered := server.call("GET", "/"))[0] == 200:
            assert time.monotonic() < until
        assert answered == (503, BUSY)
        server.release.set()
        assert b"waited" in until_the_end(waiting[0])
        assert server.goes_on(), "one has ended: there is room for the next"
        waiting[1].close()
    while not server.goes_on():
        assert time.monotonic() < until


def test_whoever_goes_away_leaves_room(server: Served, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(http_server, "MAX_OPEN_REQUESTS", 1)
    for _ in range(3):
        with server.connect() as gone:
            gone.sendall(HALF_A_BODY)
            until = time.monotonic() + PATIENCE_S
            while server.goes_on():
                assert time.monotonic() < until
        while not server.goes_on():
            assert time.monotonic() < until


def test_one_address_does_not_take_all_places_by_sending_slowly(
    server: Served, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(http_server, "MAX_ARRIVING_OF_ONE", 1)
    until = time.monotonic() + PATIENCE_S
    with server.connect() as slow:
        slow.sendall(HALF_A_BODY)
        while (answered := server.call("GET", "/"))[0] == 200:
            assert time.monotonic() < until
        assert answered == (503, BUSY), "for this address, though there are places"
    while not server.goes_on():
        assert time.monotonic() < until


def test_who_only_connects_keeps_nobody_out(
    server: Served, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(http_server, "MAX_CONNECTIONS", 3)
    with contextlib.ExitStack() as stack:
        silent = []
        for _ in range(4):
            silent.append(stack.enter_context(server.connect()))
            silent[-1].sendall(b"GET / HTTP/1.1\r\nHost: he")
        assert server.goes_on() and server.goes_on()
        for first in silent[:2]:
            assert until_the_end(first) == b"", "the longest idle has had to go"
        silent[-1].sendall(b"re\r\nConnection: close\r\n\r\n")
        assert b"here" in until_the_end(silent[-1]), "the last is still there"


def test_of_idle_connections_one_of_whoever_has_most_is_ended(
    server: Served, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(http_server, "MAX_CONNECTIONS", 3)
    with contextlib.ExitStack() as stack:
        try:
            other = stack.enter_context(server.connect("127.0.0.2"))
        except OSError:
            pytest.skip("this machine has one address of its own only")
        other.sendall(b"GET / HTTP/1.1\r\n")  # idle for longest, but the only one of its address
        for _ in range(4):
            stack.enter_context(server.connect()).sendall(b"GET")
        assert server.goes_on()
        other.sendall(b"Host: here\r\nConnection: close\r\n\r\n")
        assert b"here" in until_the_end(other)


def test_where_every_connection_is_at_work_the_next_is_told_so_with_999(
    server: Served, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(http_server, "MAX_CONNECTIONS", 2)
    until = time.monotonic() + PATIENCE_S
    with contextlib.ExitStack() as stack:
        waiting = [stack.enter_context(server.connect()) for _ in range(2)]
        for one in waiting:
            one.sendall(b"GET /wait HTTP/1.1\r\nHost: here\r\nConnection: close\r\n\r\n")
        while (answered := server.call("GET", "/")) != (503, BUSY):
            assert time.monotonic() < until, answered
            waiting.append(stack.enter_context(server.connect()))
            waiting[-1].sendall(b"GET /wait HTTP/1.1\r\nHost: here\r\nConnection: close\r\n\r\n")
        server.release.set()
        assert b"waited" in until_the_end(waiting[-1]) + until_the_end(waiting[-2])
    while not server.goes_on():
        assert time.monotonic() < until


def test_who_does_not_read_the_answers_keeps_no_place(
    server: Served, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The second of two requests on one connection waits until the first answer is read."""
    monkeypatch.setattr(http_server, "MAX_OPEN_REQUESTS", 1)
    monkeypatch.setattr(http_server, "READ_TIMEOUT_S", LIMIT_S)
    until = time.monotonic() + PATIENCE_S
    with server.connect() as deaf:
        deaf.sendall(2 * b"GET /large HTTP/1.1\r\nHost: here\r\n\r\n")
        time.sleep(LIMIT_S)
        while not server.goes_on():
            assert time.monotonic() < until
        with contextlib.suppress(ConnectionError):
            assert len(until_the_end(deaf)) < LARGE


def test_who_reads_slowly_gets_the_whole_answer(
    server: Served, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(http_server, "READ_TIMEOUT_S", PATIENCE_S)
    with server.connect() as slow:
        slow.sendall(b"GET /large HTTP/1.1\r\nHost: here\r\nConnection: close\r\n\r\n")
        time.sleep(LIMIT_S)
        assert len(until_the_end(slow)) > LARGE


def test_what_is_under_way_ends_before_the_server_does() -> None:
    served = Served()
    with served.connect() as waiting:
        waiting.sendall(b"GET /wait HTTP/1.1\r\nHost: here\r\nConnection: close\r\n\r\n")
        assert served.waiting.wait(PATIENCE_S)
        served.http.stop()
        served.thread.join(2 * LIMIT_S)
        assert served.thread.is_alive()
        served.release.set()
        assert b"waited" in until_the_end(waiting)
    served.stop()


def test_an_app_that_cannot_start_says_why() -> None:
    app = app_of_some_pages(threading.Event(), threading.Event())

    async def load(app: Sanic, loop: asyncio.AbstractEventLoop) -> None:
        raise ServerError("there is no model")

    app.register_listener(load, "before_server_start")
    with pytest.raises(ServerError, match="there is no model"):
        HttpServer(app, HERE, 0).run()


def test_a_taken_port_is_said_in_a_sentence(project: Project, tmp_path: Path) -> None:
    with socket.socket() as holds:
        holds.bind((HERE, 0))
        holds.listen()
        port = holds.getsockname()[1]
        files = (project.credentials, project.endpoints)
        with pytest.raises(ServerError, match=f"Cannot listen on {HERE}, port {port}") as said:
            serve(project, tmp_path / "no model is read", HERE, port, *files)
    assert "Choose another with --port" in str(said.value)
    with pytest.raises(ServerError, match="port 70000"):
        serve(project, tmp_path / "no model is read", HERE, 70_000, *files)
