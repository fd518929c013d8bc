"""Whether a request really comes from Teams: the token that every activity carries.

The rules are those of the Bot Framework's connector authentication: RS256, Microsoft's
issuer, this bot's id as audience, in its time with five minutes for clocks, signed with a
key endorsed for the channel, and a service URL equal to the activity's.
https://learn.microsoft.com/azure/bot-service/rest-api/bot-framework-rest-connector-authentication
"""

from __future__ import annotations

import asyncio
import time
from typing import Any, Awaitable, Callable, Mapping, NamedTuple, Optional

import jwt
from jwt.algorithms import RSAAlgorithm

from assistant.channels.teams.activity import Activity
from assistant.channels.teams.settings import TeamsSettings

OPENID_CONFIGURATION = "https://login.botframework.com/v1/.well-known/openidconfiguration"
ISSUER = "https://api.botframework.com"
CHANNEL_ID = "msteams"
CLOCK_SKEW_S = 300  # between Microsoft's clock and ours
KEYS_MAX_AGE_S = 24 * 3600.0
UNKNOWN_KEY_INTERVAL_S = 3600.0  # between two fetches for a key id that is not known
RETRY_AFTER_FAILURE_S = 60.0

UNAUTHORISED, FORBIDDEN = 401, 403

FetchJson = Callable[[str], Awaitable[Any]]
"""Gets a JSON document from an address; raises when it cannot."""


class AuthenticationError(Exception):
    """The request is not taken. ``reason`` is for the log and holds nothing of the token."""

    def __init__(self, status: int, reason: str) -> None:
        super().__init__(reason)
        self.status = status
        self.reason = reason


class _Key(NamedTuple):
    public: Any
    endorsements: tuple[str, ...]


class SigningKeys:
    """Microsoft's signing keys: fetched when first needed, and again daily.

    A key id that is not among them brings a fetch too, at most once an hour: otherwise
    anyone could make this server fetch by inventing ids.
    """

    def __init__(self, fetch: FetchJson, clock: Callable[[], float] = time.monotonic) -> None:
        self._fetch = fetch
        self._clock = clock
        self._keys: dict[str, _Key] = {}
        self._fetched = self._not_before = float("-inf")
        self._fetching = asyncio.Lock()

    async def get(self, key_id: str) -> Optional[_Key]:
        """The key with this id, or None if Microsoft has none."""
        if self._stale(key_id):
            async with self._fetching:
                if self._stale(key_id):
                    await self._refresh()
        return self._keys.get(key_id)

    def _stale(self, key_id: str) -> bool:
        now = self._clock()
        wanted = key_id not in self._keys or now - self._fetched >= KEYS_MAX_AGE_S
        return wanted and now >= self._not_before

    async def _refresh(self) -> None:
        try:
            configuration = await self._fetch(OPENID_CONFIGURATION)
            documents = (await self._fetch(configuration["jwks_uri"]))["keys"]
            keys = {
                one["kid"]: _Key(RSAAlgorithm.from_jwk(one), tuple(one.get("endorsements", ())))
                for one in documents
                if one.get("kty") == "RSA"
            }
        except Exception as error:
            # The keys fetched before stay good until Microsoft's answer says otherwise.
            self._not_before = self._clock() + RETRY_AFTER_FAILURE_S
            if not self._keys:
                raise AuthenticationError(
                    FORBIDDEN, f"no signing keys: {type(error).__name__}"
                ) from None
            return
        self._keys = keys
        self._fetched = self._clock()
        self._not_before = self._fetched + UNKNOWN_KEY_INTERVAL_S


def bearer_token(header: Optional[str]) -> str:
    """The token in an ``Authorization`` header.

    Raises:
        AuthenticationError: there is none.
    """
    scheme, _, token = (header or "").partition(" ")
    if scheme.lower() != "bearer" or not token.strip():
        raise AuthenticationError(UNAUTHORISED, "no bearer token")
    return token.strip()


class TokenValidator:
    """Checks the token of a request against its activity."""

    def __init__(self, settings: TeamsSettings, keys: SigningKeys) -> None:
        self._settings = settings
        self._keys = keys

    async def check(self, token: str, activity: Activity) -> None:
        """Return if the activity comes from Teams, for this bot, from an allowed tenant.

        Raises:
            AuthenticationError: it does not.
        """
        claims = await self._claims(token, activity)
        if claims.get("serviceurl") != activity.service_url:
            raise AuthenticationError(FORBIDDEN, "the token is for another service URL")
        if not self._settings.may_send_to(activity.service_url):
            raise AuthenticationError(FORBIDDEN, "the service URL is not on the allow-list")
        if activity.tenant not in self._settings.tenants:
            raise AuthenticationError(FORBIDDEN, "the tenant is not on the allow-list")

    async def _claims(self, token: str, activity: Activity) -> Mapping[str, Any]:
        try:
            key_id = jwt.get_unverified_header(token).get("kid")
            if not isinstance(key_id, str):
                raise AuthenticationError(FORBIDDEN, "the token names no key")
            key = await self._keys.get(key_id)
            if key is None:
                raise AuthenticationError(FORBIDDEN, "the token's key is not a published one")
            claims: dict[str, Any] = jwt.decode(
                token,
                key=key.public,
                algorithms=["RS256"],
                audience=self._settings.app_id,
                issuer=ISSUER,
                leeway=CLOCK_SKEW_S,
                options={"require": ["exp", "iss", "aud"]},
            )
        except jwt.PyJWTError as error:
            raise AuthenticationError(FORBIDDEN, type(error).__name__) from None
        if activity.channel_id != CHANNEL_ID or CHANNEL_ID not in key.endorsements:
            raise AuthenticationError(FORBIDDEN, "the token's key is not endorsed for Teams")
        return claims
