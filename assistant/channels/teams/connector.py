"""Sending to Teams: in order, not too fast, again when Teams is busy, never too large.

The limits are Microsoft's: seven messages a second, eight in two and sixty in thirty into
one conversation; 412, 429, 502 and 504 mean "again later", and so, for us, do 500 and 503;
100 KB as UTF-16.
https://learn.microsoft.com/microsoftteams/platform/bots/how-to/rate-limit
"""

from __future__ import annotations

import asyncio
import json
import logging
import random
import time
from collections import deque
from typing import Any, Callable, Mapping, Optional, Sequence
from urllib.parse import quote
from weakref import WeakValueDictionary

import aiohttp

from assistant.channels.teams.credentials import BotToken, TokenError

logger = logging.getLogger(__name__)

LARGEST_PAYLOAD_BYTES = 100_000  # of UTF-16
RATE_LIMITS = ((7, 1.0), (8, 2.0), (60, 30.0))
"""So many messages into one conversation in so many seconds."""
RETRYABLE_STATUSES = frozenset({412, 429, 500, 502, 503, 504})
RETRY_WAITS_S = (1.0, 2.0, 4.0, 8.0, 16.0)
"""Seconds before each further try, at most; the true wait is chosen by chance below that."""
MAX_RETRY_AFTER_S = 30.0  # that Teams itself may ask for
REQUEST_TIMEOUT = aiohttp.ClientTimeout(total=15, connect=5)


class TooLargeError(ValueError):
    """The activity is larger than Teams takes."""


class SendError(RuntimeError):
    """Teams did not take an activity; the message has the status, never the text."""


class _Unavailable(Exception):
    """One try has failed, and another may not.

    Attributes:
        why: what went wrong, without a word of the text.
        retry_after: the seconds that Teams itself asks for, if it does.
        refused: the token that it does not take any more, if that is what went wrong.
    """

    def __init__(
        self, why: str, retry_after: Optional[float] = None, refused: Optional[str] = None
    ) -> None:
        super().__init__(why)
        self.why = why
        self.retry_after = retry_after
        self.refused = refused


class Rate:
    """Keeps one conversation below Microsoft's rates."""

    def __init__(
        self,
        clock: Callable[[], float] = time.monotonic,
        rates: Sequence[tuple[int, float]] = RATE_LIMITS,
    ) -> None:
        self._clock = clock
        self._rates = rates
        self._sent: deque[float] = deque(maxlen=max(count for count, _ in rates))

    def wait(self) -> float:
        """Seconds until the next message may go; it then counts as sent."""
        sent = list(self._sent)
        starts = [sent[-count] + span for count, span in self._rates if len(sent) >= count]
        at = max([self._clock(), *starts])
        self._sent.append(at)
        return at - self._clock()


class Connector:
    """Sends activities to the service URLs that the channel has verified."""

    def __init__(
        self,
        http: aiohttp.ClientSession,
        token: Optional[BotToken],
        waits: Sequence[float] = RETRY_WAITS_S,
    ) -> None:
        """Take what to send with.

        Args:
            http: a session without cookies.
            token: the bot's token; None sends without one, for development only.
            waits: see :data:`RETRY_WAITS_S`.
        """
        self._http = http
        self._token = token
        self._waits = waits
        # A conversation's rate lives as long as one of its messages still counts.
        self._rates: WeakValueDictionary[str, Rate] = WeakValueDictionary()
        self._kept: deque[tuple[float, Rate]] = deque()

    async def send(
        self,
        service_url: str,
        conversation: str,
        activity: Mapping[str, Any],
        reply_to: Optional[str] = None,
    ) -> Optional[str]:
        """Send one activity, trying again while Teams is busy.

        Args:
            service_url: verified by the caller.
            conversation: Teams' id of the conversation.
            activity: what to send.
            reply_to: the activity that it answers.

        Returns:
            Teams' id of what was sent.

        Raises:
            TooLargeError: Teams takes no activity of this size.
            SendError: Teams did not take it, for good or after the last try.
        """
        body = json.dumps(activity, ensure_ascii=False)
        if len(body.encode("utf-16-le", "surrogatepass")) > LARGEST_PAYLOAD_BYTES:
            raise TooLargeError("larger than 100 KB")
        url = _url(service_url, conversation, reply_to)
        rate = self._rate(conversation)
        refused: Optional[str] = None
        why = ""
        for longest_wait in (*self._waits, None):
            await asyncio.sleep(rate.wait())
            try:
                return await self._try(url, body, refused)
            except _Unavailable as failed:
                why = failed.why
                if failed.refused:  # at once again, with another token
                    refused = failed.refused
                elif longest_wait is not None:
                    chosen = random.uniform(longest_wait / 2, longest_wait)
                    await asyncio.sleep(failed.retry_after or chosen)
        raise SendError(why)

    async def _try(self, url: str, body: str, refused: Optional[str]) -> Optional[str]:
        """Send once, with another token than the refused one; Teams' id of what was sent.

        Raises:
            TooLargeError, SendError: Teams does not take it, now or later.
            _Unavailable: it may take it later, or with another token.
        """
        try:
            token = await self._token.get(refused) if self._token else None
            status, retry_after, sent = await self._post(url, body, token)
        except TokenError as error:
            raise _Unavailable(str(error)) from error
        except (TimeoutError, aiohttp.ClientError) as error:
            # It may have arrived all the same. An answer twice is better than none.
            raise _Unavailable(type(error).__name__) from error
        if status < 300:
            return sent
        if status == 413:
            raise TooLargeError("Teams says that it is too large")
        why = f"status {status}"
        if status == 401 and token and refused is None:
            raise _Unavailable(why, refused=token)
        if status in RETRYABLE_STATUSES:
            raise _Unavailable(why, retry_after)
        raise SendError(why)

    async def _post(
        self, url: str, body: str, token: Optional[str]
    ) -> tuple[int, Optional[float], Optional[str]]:
        headers = {"Content-Type": "application/json; charset=utf-8"}
        if token:
            headers["Authorization"] = f"Bearer {token}"
        async with self._http.post(
            url,
            data=body.encode("utf-8", "replace"),
            headers=headers,
            timeout=REQUEST_TIMEOUT,
            allow_redirects=False,  # the token goes to the verified address and nowhere else
        ) as response:
            return response.status, _seconds(response), await _id(response)

    def _rate(self, conversation: str) -> Rate:
        now = time.monotonic()
        longest = max(span for _, span in RATE_LIMITS)
        while self._kept and self._kept[0][0] < now - longest:
            self._kept.popleft()
        rate = self._rates.setdefault(conversation, Rate())
        self._kept.append((now, rate))
        return rate


def _url(service_url: str, conversation: str, reply_to: Optional[str]) -> str:
    """Where activities of a conversation are sent; an answer, below what it answers."""
    url = f"{service_url.rstrip('/')}/v3/conversations/{quote(conversation, safe='')}/activities"
    return f"{url}/{quote(reply_to, safe='')}" if reply_to else url


def _seconds(response: aiohttp.ClientResponse) -> Optional[float]:
    """What ``Retry-After`` asks for, within reason."""
    try:
        return min(float(response.headers["Retry-After"]), MAX_RETRY_AFTER_S)
    except (KeyError, ValueError):
        return None


async def _id(response: aiohttp.ClientResponse) -> Optional[str]:
    try:
        return str((await response.json(content_type=None))["id"])
    except (ValueError, KeyError, TypeError):
        return None  # typing and errors have none
