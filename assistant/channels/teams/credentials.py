"""The bot's own token: what it shows Teams when it sends an answer."""

from __future__ import annotations

import asyncio
import re
import time
from typing import Any, Callable, Optional

import msal
import requests

from assistant.channels.teams.settings import TeamsSettings

AUTHORITY = "https://login.microsoftonline.com"
RESOURCE = "https://api.botframework.com"
RENEW_BEFORE_END_S = 300.0  # before its end a token is no longer used
REQUEST_TIMEOUT_S = 10.0  # of a request to Microsoft


class TokenError(RuntimeError):
    """Microsoft gave no token; the message has its error code and no secret."""


class BotToken:
    """Gets the token from Microsoft and keeps it until shortly before it ends.

    Each bot has its own: nothing is shared between two of them in one process.
    """

    def __init__(
        self,
        settings: TeamsSettings,
        http: Optional[Any] = None,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        """Take who the bot is; nothing is fetched yet.

        Args:
            settings: with one way to prove it.
            http: what msal sends its requests with, if not a session of its own.
            clock: seconds that only grow.
        """
        self._settings = settings
        self._http = http or _Session()
        self._clock = clock
        self._token = ""
        self._until = float("-inf")
        self._fetching = asyncio.Lock()

    async def get(self, refused: Optional[str] = None) -> str:
        """A token that is still good.

        Args:
            refused: the token that Teams has just answered with 401, if any; another is got.

        Raises:
            TokenError: Microsoft gave none.
        """
        async with self._fetching:
            if self._clock() >= self._until or self._token == refused:
                # msal is synchronous: in a thread it holds up nobody else.
                result = await asyncio.to_thread(self._acquire)
                self._token = result["access_token"]
                self._until = (
                    self._clock() + float(result.get("expires_in", 0)) - RENEW_BEFORE_END_S
                )
            return self._token

    def _acquire(self) -> dict[str, Any]:
        try:
            # A new client each time, because an old one's cache could hold the refused token.
            result = self._ask()
        except Exception as error:
            raise TokenError(f"no token: {type(error).__name__}") from None
        if "access_token" not in result:
            found = re.search(r"AADSTS\d+", str(result.get("error_description")))
            code = found.group() if found else result.get("error", "no reason given")
            raise TokenError(f"no token: {code}")
        return result

    def _ask(self) -> dict[str, Any]:
        settings = self._settings
        if settings.managed_identity:
            identity = msal.ManagedIdentityClient(
                msal.UserAssignedManagedIdentity(client_id=settings.app_id),
                http_client=self._http,
            )
            return dict(identity.acquire_token_for_client(resource=RESOURCE))
        proof: Any = settings.app_password.get_secret_value()
        if settings.certificate:
            proof = {"private_key_pfx_path": settings.certificate}
            if settings.certificate_passphrase:
                proof["passphrase"] = settings.certificate_passphrase.get_secret_value()
        bot = msal.ConfidentialClientApplication(
            settings.app_id,
            client_credential=proof,
            authority=f"{AUTHORITY}/{settings.tenant_id}",
            http_client=self._http,
            # The authority is a constant: there is nothing to discover about it.
            instance_discovery=False,
        )
        return dict(bot.acquire_token_for_client(scopes=[f"{RESOURCE}/.default"]))


class _Session(requests.Session):
    """Every request has a time limit; msal sets none on a client it is given."""

    def request(self, *args: Any, **kwargs: Any) -> requests.Response:
        kwargs.setdefault("timeout", REQUEST_TIMEOUT_S)
        return super().request(*args, **kwargs)
