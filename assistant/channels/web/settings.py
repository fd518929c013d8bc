"""What ``credentials.yml`` says of the web channel. Described in docs/web-channel.md."""

from __future__ import annotations

import logging
import os
import secrets
from pathlib import Path
from typing import Any, Mapping, Optional
from urllib.parse import urlsplit

from pydantic import BaseModel, Field, ValidationError, validator
from rasa.shared.exceptions import RasaException

logger = logging.getLogger(__name__)

SECRET_VARIABLE = "NOTICE_SESSION_SECRET"  # noqa: S105 - its name
SHORTEST_SECRET = 32


class _Strict(BaseModel):
    class Config:
        extra = "forbid"
        frozen = True


class SingleSignOn(_Strict):
    """The intranet's own tokens: who issues them, for whom, and the file with the public key."""

    issuer: str
    audience: str
    key: Path
    algorithms: tuple[str, ...] = ("RS256",)

    @validator("algorithms")
    def _public_keys_only(cls, algorithms: tuple[str, ...]) -> tuple[str, ...]:
        # A public key used as a shared secret would let anyone sign.
        if not algorithms or any(one[:2] not in ("RS", "ES", "PS") for one in algorithms):
            raise ValueError("name RS, ES or PS algorithms, for example RS256")
        return algorithms


class RateLimits(_Strict):
    """Requests a minute. Many people of one organisation share one address."""

    session: int = Field(default=20, gt=0)
    address: int = Field(default=300, gt=0)
    store: Optional[str] = None


class WebSettings(_Strict):
    """Origins besides the server's own, secret of the session tokens, their life, limits, SSO."""

    origins: tuple[str, ...] = ()
    secret: str
    session_hours: float = Field(default=12, gt=0)
    rate_limits: RateLimits = RateLimits()
    sso: Optional[SingleSignOn] = None

    @validator("origins", each_item=True)
    def _an_origin(cls, origin: str) -> str:
        parts = urlsplit(origin)
        if origin != f"{parts.scheme}://{parts.netloc}" or parts.scheme not in ("https", "http"):
            raise ValueError("an origin has the form https://intranet.example.org, with no path")
        return origin.lower()

    @validator("secret")
    def _long_enough(cls, secret: str) -> str:
        if len(secret) < SHORTEST_SECRET:
            raise ValueError(f"a secret has at least {SHORTEST_SECRET} characters")
        return secret


def read_settings(credentials: Optional[Mapping[str, Any]]) -> WebSettings:
    """The channel's settings.

    Args:
        credentials: what stands below the channel's name in ``credentials.yml``.

    Raises:
        RasaException: naming each wrong setting.
    """
    given = dict(credentials or {})
    given.setdefault("secret", os.environ.get(SECRET_VARIABLE) or _secret_of_this_start())
    try:
        return WebSettings(**given)
    except ValidationError as error:
        lines = [f"{'.'.join(map(str, one['loc']))}: {one['msg']}" for one in error.errors()]
        raise RasaException(
            "The web channel's settings in credentials.yml are wrong: " + "; ".join(lines)
        ) from None


def _secret_of_this_start() -> str:
    logger.warning(
        "%s is not set: sessions of the web channel end when this process does, "
        "and several processes do not share them.",
        SECRET_VARIABLE,
    )
    return secrets.token_hex(SHORTEST_SECRET)
