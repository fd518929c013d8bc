"""Requests that are meant to stop the service or to make it slow, one function a kind.

Each takes the proxy's host and port, an open HTTP client and a session's token, and ends when the
service has answered or hung up. Where a kind comes from: the findings that ``SECURITY.md`` and
``docs/resilience.md`` tell of.
"""

from __future__ import annotations

import asyncio
import json
import ssl
import uuid
from dataclasses import dataclass
from typing import Any, Awaitable, Callable

import aiohttp

SLOW_CONNECTIONS = 34
SLOW_FOR = 20.0  # seconds that a slow request sends a byte a second, if it is let
HUNG_UP = (ConnectionError, asyncio.IncompleteReadError, ssl.SSLError, TimeoutError)


@dataclass(frozen=True)
class Target:
    """Where hostile requests go."""

    host: str
    port: int
    tls: ssl.SSLContext
    http: aiohttp.ClientSession

    async def message(self, token: str, text: Any) -> int:
        """Send something as a message; the status."""
        return await self.post("message", {"id": str(uuid.uuid4()), "text": text}, token)

    async def post(self, name: str, body: Any, token: str) -> int:
        """Post a body as it is, or as JSON; the status, 0 where the service hung up."""
        data = body if isinstance(body, bytes) else json.dumps(body).encode()
        headers = {"Authorization": f"Bearer {token}", "Content-Type": "application/json"}
        url = f"https://{self.host}:{self.port}/webhooks/notice/{name}"
        try:
            async with self.http.post(url, data=data, headers=headers) as response:
                await response.read()
                return response.status
        except (*HUNG_UP, aiohttp.ClientError):
            return 0

    async def raw(self, head: bytes, drip: bool = False) -> int:
        """Send bytes as they are, at once or one a second; the status, 0 where it hung up."""
        try:
            reader, writer = await asyncio.open_connection(self.host, self.port, ssl=self.tls)
        except HUNG_UP:
            return 0
        try:
            if drip:
                for number in range(int(SLOW_FOR)):
                    writer.write(head[number : number + 1])
                    await writer.drain()
                    await asyncio.sleep(1.0)
            writer.write(head)
            await writer.drain()
            line = await asyncio.wait_for(reader.readline(), SLOW_FOR)
            return int(line.split()[1]) if len(line.split()) > 1 else 0
        except HUNG_UP:
            return 0
        finally:
            writer.close()


def _head(length: str, *more: str) -> bytes:
    lines = [
        "POST /webhooks/notice/message HTTP/1.1",
        "Host: localhost",
        "Content-Type: application/json",
        f"Content-Length: {length}",
        *more,
    ]
    return "\r\n".join([*lines, "", "{}"]).encode()


async def negative_length(target: Target, token: str) -> int:
    """A body of less than nothing."""
    return await target.raw(_head("-1"))


async def two_lengths(target: Target, token: str) -> int:
    """A body that is both long and short."""
    return await target.raw(_head("2", "Transfer-Encoding: chunked"))


async def slow_requests(target: Target, token: str) -> int:
    """34 connections that send a byte a second."""
    await asyncio.gather(*(target.raw(_head("9"), drip=True) for _ in range(SLOW_CONNECTIONS)))
    return 0


async def dense_message(target: Target, token: str) -> int:
    """A message within the limit that is costly to search for identifiers."""
    return await target.message(token, ("a.b-c_d@1 " * 199)[:1982])


async def far_too_long(target: Target, token: str) -> int:
    """8,000 signs over the limit."""
    return await target.message(token, "£" * 10_000)


async def one_long_word(target: Target, token: str) -> int:
    """A word that never ends."""
    return await target.message(token, "kept" * 480)


async def marks_upon_marks(target: Target, token: str) -> int:
    """A letter with two thousand accents."""
    return await target.message(token, "a" + "\u0301" * 1900)


async def deep_json(target: Target, token: str) -> int:
    """Lists within lists."""
    return await target.post("message", b"[" * 100_000, token)


async def large_body(target: Target, token: str) -> int:
    """More than a megabyte."""
    return await target.post("message", b'{"text": "' + b"x" * 1_500_000 + b'"}', token)


async def null_fields(target: Target, token: str) -> int:
    """Fields that hold nothing, or another kind of thing."""
    return await target.post("message", {"id": None, "text": ["a", {"b": None}]}, token)


async def broken_text(target: Target, token: str) -> int:
    """Half a character, and a zero byte."""
    return await target.post("message", b'{"id": "x", "text": "\\ud800 \\u0000 \xff"}', token)


async def forged_token(target: Target, token: str) -> int:
    """Somebody else's conversation."""
    return await target.message(token[:-4] + "AAAA", "hello")


async def many_sessions(target: Target, token: str) -> int:
    """Sessions that nobody will use."""
    for _ in range(5):
        await target.post("session", {}, "")
    return 0


async def commands(target: Target, token: str) -> int:
    """What Rasa's own parser would obey."""
    return await target.message(token, ' / /restart{"role": "x"}')


async def teams_without_token(target: Target, token: str) -> int:
    """An activity that nobody signed."""
    url = f"https://{target.host}:{target.port}/webhooks/teams/webhook"
    try:
        async with target.http.post(url, json={"type": "message", "text": "hello"}) as response:
            return response.status
    except (*HUNG_UP, aiohttp.ClientError):
        return 0


KINDS: tuple[Callable[[Target, str], Awaitable[int]], ...] = (
    negative_length,
    two_lengths,
    slow_requests,
    dense_message,
    far_too_long,
    one_long_word,
    marks_upon_marks,
    deep_json,
    large_body,
    null_fields,
    broken_text,
    forged_token,
    many_sessions,
    commands,
    teams_without_token,
)
