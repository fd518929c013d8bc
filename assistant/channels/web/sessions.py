"""Sessions: tokens that the server signs. The conversation's id is in the token, so that no
client can choose it; the origin is in it, so that no other page can use it."""

from __future__ import annotations

import json
import secrets
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

import jwt
from rasa.shared.exceptions import RasaException

from assistant.channels.web.settings import SingleSignOn, WebSettings

ALGORITHM = "HS256"
AUDIENCE = "notice-session"
"""Of the tokens: no other kind of token that the same secret signs is taken for one."""
CLOCK_SKEW_S = 60  # between the intranet's clock and ours


class SessionError(ValueError):
    """A token that is not accepted. Says nothing of what is in it."""


@dataclass(frozen=True)
class Session:
    """A session: its token, when it ends, and the conversation that it stands for."""

    token: str
    expires: datetime
    conversation: str


class Sessions:
    """Issues and verifies session tokens."""

    def __init__(self, settings: WebSettings) -> None:
        self._secret = settings.secret
        self._life = timedelta(hours=settings.session_hours)

    def issue(self, origin: str) -> Session:
        """A new session for pages of this origin."""
        expires = datetime.now(UTC) + self._life
        conversation = f"web-{secrets.token_urlsafe(18)}"
        claims = {"aud": AUDIENCE, "sub": conversation, "origin": origin, "exp": expires}
        token = jwt.encode(claims, self._secret, algorithm=ALGORITHM)
        return Session(token, expires, conversation)

    def verify(self, token: str, origin: str, even_ended: bool = False) -> Session:
        """The session of a token.

        Args:
            token: as it came with a request.
            origin: of the page that sent it.
            even_ended: take one that has expired too: who may delete a chat may do so for ever.

        Raises:
            SessionError: not signed by us, expired, or issued to pages of another origin.
        """
        try:
            claims = jwt.decode(
                token,
                self._secret,
                algorithms=[ALGORITHM],
                audience=AUDIENCE,
                options={
                    "require": ["aud", "sub", "origin", "exp"],
                    "verify_exp": not even_ended,
                },
            )
        except jwt.InvalidTokenError:
            raise SessionError("not a session token, or expired") from None
        if claims["origin"] != origin:
            raise SessionError("issued to another origin")
        expires = datetime.fromtimestamp(claims["exp"], UTC)
        return Session(token, expires, claims["sub"])


class IntranetTokens:
    """Verifies the intranet's own tokens. Nothing of them is kept."""

    def __init__(self, settings: SingleSignOn) -> None:
        """Read the key file, PEM or JWKS.

        Raises:
            RasaException: the file cannot be read or holds no such key.
        """
        self._settings = settings
        try:
            text = settings.key.read_text(encoding="utf-8")
            self._keys = _keys(text, settings.algorithms[0])
        except (OSError, ValueError, jwt.PyJWTError) as error:
            raise RasaException(
                f"The key file of single sign-on, {settings.key}: {error}"
            ) from None

    def verify(self, token: str) -> None:
        """Accept a token of the intranet.

        Raises:
            SessionError: wrong issuer, audience, signature or algorithm, or expired.
        """
        try:
            key = self._keys.get(jwt.get_unverified_header(token).get("kid"), self._keys.get(None))
            if key is None:
                raise SessionError("signed with an unknown key")
            jwt.decode(
                token,
                key,
                algorithms=list(self._settings.algorithms),
                issuer=self._settings.issuer,
                audience=self._settings.audience,
                leeway=CLOCK_SKEW_S,
                options={"require": ["exp", "iss", "aud"]},
            )
        except (jwt.PyJWTError, TypeError, ValueError):
            raise SessionError("the intranet's token is not accepted") from None


def _keys(text: str, algorithm: str) -> dict[Any, Any]:
    """Public keys by their id; a PEM file's key, or a lone one, serves tokens without an id."""
    if not text.lstrip().startswith("{"):
        return {None: jwt.get_algorithm_by_name(algorithm).prepare_key(text)}
    keys = jwt.PyJWKSet.from_dict(json.loads(text)).keys
    named = {one.key_id: one.key for one in keys}
    return {None: keys[0].key} | named if len(keys) == 1 else named
