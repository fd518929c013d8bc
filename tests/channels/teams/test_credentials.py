"""The three ways in which a bot proves who it is, with the real msal."""

from __future__ import annotations

import asyncio
import datetime
from pathlib import Path

import jwt
import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.serialization import BestAvailableEncryption, pkcs12

from assistant.channels.teams.credentials import BotToken, TokenError
from tests.channels.teams.stand_in import APP_ID, KEY, TENANT, Microsoft, Redirected, settings


@pytest.fixture
def certificate(tmp_path: Path) -> Path:
    """A .pfx file with a self-signed certificate, its passphrase ``open``."""
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "notice")])
    now = datetime.datetime.now(datetime.UTC)
    signed = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(KEY.public_key())
        .serial_number(1)
        .not_valid_before(now)
        .not_valid_after(now + datetime.timedelta(days=1))
        .sign(KEY, hashes.SHA256())
    )
    path = tmp_path / "bot.pfx"
    locked = BestAvailableEncryption(b"open")
    path.write_bytes(pkcs12.serialize_key_and_certificates(b"bot", KEY, signed, None, locked))
    return path


async def test_a_certificate(microsoft: Microsoft, certificate: Path) -> None:
    with_certificate = settings(
        microsoft, app_password="", certificate=str(certificate), certificate_passphrase="open"
    )
    assert await BotToken(with_certificate, Redirected(microsoft)).get() == "token-1"
    (request,) = microsoft.token_requests
    assert "client_secret" not in request
    claims = jwt.decode(
        request["client_assertion"], KEY.public_key(), ["PS256", "RS256"], {"verify_aud": False}
    )
    assert claims["iss"] == claims["sub"] == APP_ID
    assert f"/{TENANT}/" in claims["aud"]


async def test_a_managed_identity(microsoft: Microsoft) -> None:
    own = settings(microsoft, app_password="", managed_identity=True)
    assert await BotToken(own, Redirected(microsoft)).get() == "token-1"
    (request,) = microsoft.token_requests
    assert request["client_id"] == APP_ID
    assert request["resource"] == "https://api.botframework.com"


async def test_a_certificate_that_cannot_be_read(microsoft: Microsoft, tmp_path: Path) -> None:
    missing = settings(microsoft, app_password="", certificate=str(tmp_path / "none.pfx"))
    with pytest.raises(TokenError, match="no token: FileNotFoundError"):
        await BotToken(missing, Redirected(microsoft)).get()


async def test_a_token_is_fetched_once_for_all_who_wait(microsoft: Microsoft) -> None:
    bot = BotToken(settings(microsoft), Redirected(microsoft))
    assert set(await asyncio.gather(*(bot.get() for _ in range(20)))) == {"token-1"}
    assert len(microsoft.token_requests) == 1
