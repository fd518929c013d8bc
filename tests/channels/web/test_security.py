"""Who may use the web channel, and what every response tells the browser."""

from __future__ import annotations

import json
import time
from pathlib import Path
from typing import Any

import jwt
import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from rasa.shared.exceptions import RasaException

from assistant.channels.web.sessions import IntranetTokens
from assistant.channels.web.settings import SECRET_VARIABLE, read_settings
from tests.channels.conftest import SECRET, Client, Serve

CALM = "what is a strategy discussion?"
INTRANET = "https://intranet.example.org"
STRANGER = "https://elsewhere.example.org"


# Sessions.


def forged(token: str, **claims: Any) -> str:
    """The token with other claims, signed as the server would."""
    known = jwt.decode(token, options={"verify_signature": False})
    return jwt.encode({**known, **claims}, SECRET, algorithm="HS256")


def without(token: str, claim: str) -> str:
    known = jwt.decode(token, options={"verify_signature": False})
    del known[claim]
    return jwt.encode(known, SECRET, algorithm="HS256")


async def test_only_a_token_of_the_server_is_a_session(client: Client) -> None:
    good = client.token
    known = jwt.decode(good, options={"verify_signature": False})
    header, claims, signature = good.split(".")
    bad = [
        "",
        "nonsense",
        f"{header}.{claims}.{signature[::-1]}",
        f"{header}.{claims}.",
        jwt.encode(known, "another secret, also long enough to sign", algorithm="HS256"),
        jwt.encode(known, SECRET, algorithm="HS512"),
        jwt.encode(known, None, algorithm="none"),  # type: ignore[arg-type]
        forged(good, exp=int(time.time()) - 1),
        forged(good, aud="another purpose"),
        forged(good, origin=STRANGER),
        *(without(good, claim) for claim in ("exp", "aud", "sub", "origin")),
    ]
    for token in bad:
        client.token = token
        answered = await client.ask(CALM)
        assert answered.status == 401, token
        assert answered.error["contacts"], token
    client.token = good
    assert (await client.ask(CALM)).status == 200


async def test_a_token_tells_nothing_of_the_person(client: Client) -> None:
    claims = jwt.decode(client.token, options={"verify_signature": False})
    assert set(claims) == {"aud", "sub", "origin", "exp"}


async def test_a_session_is_for_pages_of_its_origin(serve: Serve) -> None:
    client = await serve(origins=[INTRANET, "https://other.example.org"])
    await client.open(Origin=INTRANET)
    assert (await client.ask(CALM, Origin=INTRANET)).status == 200
    assert (await client.ask(CALM, Origin="https://other.example.org")).status == 401
    assert (await client.ask(CALM, Origin=STRANGER)).status == 403
    assert (await client.ask(CALM)).status == 401


async def test_wrong_tokens_count_for_their_address(serve: Serve, tmp_path: Path) -> None:
    """Else nobody would limit who tries tokens, where no proxy does."""
    sso = {"issuer": CLAIMS["iss"], "audience": "notice", "key": str(key_file(tmp_path, "pem"))}
    for ask in ("message", "history", "clear", "session", "page"):
        client = await serve(rate_limits={"session": 1000, "address": 3}, sso=sso)
        client.token = "nonsense"
        answered = []
        for _ in range(4):
            if ask == "page":
                answered.append(await client.form(text=CALM, session="nonsense"))
            elif ask == "message":
                answered.append(await client.ask(CALM))
            else:
                answered.append(await client.api(ask, None if ask == "history" else {}))
        assert [one.status for one in answered] == [401, 401, 401, 429], ask
        assert "999" in answered[-1].text and answered[-1].headers["Retry-After"]


# Origins.


async def test_pages_of_allowed_origins_may_read_and_others_may_not(serve: Serve) -> None:
    client = await serve(origins=[INTRANET])
    allowed = await client.api("session", {}, Origin=INTRANET)
    assert allowed.status == 200
    assert allowed.headers["Access-Control-Allow-Origin"] == INTRANET
    assert allowed.headers["Vary"] == "Origin"
    for origin in (STRANGER, "null", INTRANET.replace("https", "http"), f"{INTRANET}.evil.test"):
        refused = await client.api("session", {}, Origin=origin)
        assert refused.status == 403, origin
        assert "Access-Control-Allow-Origin" not in refused.headers, origin
    own = await client.api("session", {}, Origin=client.url)
    assert own.status == 200 and "Access-Control-Allow-Origin" not in own.headers


async def test_a_refusal_can_be_read_by_an_allowed_page(serve: Serve) -> None:
    client = await serve(origins=[INTRANET])
    refused = await client.ask(CALM, Origin=INTRANET)
    assert refused.status == 401
    assert refused.headers["Access-Control-Allow-Origin"] == INTRANET


async def test_preflights_allow_what_the_widget_sends_and_no_cookies(serve: Serve) -> None:
    client = await serve(origins=[INTRANET])
    asked = {"Access-Control-Request-Method": "POST"}
    path = "/webhooks/notice/message"
    allowed = await client.call("OPTIONS", path, None, {"Origin": INTRANET, **asked})
    assert allowed.status in (200, 204)
    assert allowed.headers["Access-Control-Allow-Origin"] == INTRANET
    assert allowed.headers["Access-Control-Allow-Headers"] == "Authorization, Content-Type"
    refused = await client.call("OPTIONS", path, None, {"Origin": STRANGER, **asked})
    for name in ("Access-Control-Allow-Origin", "Access-Control-Allow-Credentials"):
        assert name not in refused.headers
    assert "Access-Control-Allow-Credentials" not in allowed.headers


# Headers.

PATHS = ["/", "/chat", "/chat.css", "/widget.js", "/widget.json", "/healthz", "/readyz", "/nothing"]


async def test_every_response_carries_the_headers(client: Client) -> None:
    answers = [await client.get(path) for path in PATHS]
    answers += [await client.ask(CALM), await client.ask("x" * 70_000), await client.api("history")]
    answers += [await client.get("/webhooks/notice/message"), await client.form(text=CALM)]
    for answered in answers:
        headers = answered.headers
        assert headers["X-Content-Type-Options"] == "nosniff"
        assert headers["Referrer-Policy"] == "same-origin"
        assert "Set-Cookie" not in headers
        policy = directives(headers["Content-Security-Policy"])
        assert policy["default-src"] == "'none'" and policy["base-uri"] == "'none'"
        assert "unsafe" not in headers["Content-Security-Policy"]
        assert "Server" not in headers


async def test_what_was_said_is_in_no_cache(client: Client) -> None:
    for answered in (
        await client.ask(CALM),
        await client.api("history"),
        await client.form(text=CALM),
        await client.get("/chat"),
    ):
        assert answered.headers["Cache-Control"] == "no-store"


async def test_only_allowed_origins_may_frame_the_page(serve: Serve, client: Client) -> None:
    own = directives((await client.get("/chat")).headers["Content-Security-Policy"])
    assert own["frame-ancestors"] == "'self'" and own["script-src"] == "'self'"
    other = await serve(origins=[INTRANET])
    page = directives((await other.get("/chat")).headers["Content-Security-Policy"])
    assert page["frame-ancestors"] == f"'self' {INTRANET}"
    data = directives((await other.get("/healthz")).headers["Content-Security-Policy"])
    assert data["frame-ancestors"] == "'none'"


def directives(policy: str) -> dict[str, str]:
    parts = (part.strip().partition(" ") for part in policy.split(";"))
    return {name: value for name, _, value in parts}


# Single sign-on.

KEY = rsa.generate_private_key(public_exponent=65537, key_size=2048)
OTHER_KEY = rsa.generate_private_key(public_exponent=65537, key_size=2048)
PEM = KEY.public_key().public_bytes(
    serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo
)
CLAIMS = {"iss": "https://sign-on.example.org", "aud": "notice", "sub": "a person"}


def key_file(folder: Path, kind: str) -> Path:
    if kind == "pem":
        text = PEM.decode()
    else:
        jwk = json.loads(jwt.algorithms.RSAAlgorithm.to_jwk(KEY.public_key()))
        other = json.loads(jwt.algorithms.RSAAlgorithm.to_jwk(OTHER_KEY.public_key()))
        keys = [{**jwk, "kid": "ours", "alg": "RS256"}]
        if kind == "two keys":
            keys.append({**other, "kid": "old", "alg": "RS256"})
        text = json.dumps({"keys": keys})
    path = folder / "keys"
    path.write_text(text, encoding="utf-8")
    return path


def signed(key: Any = KEY, algorithm: str = "RS256", kid: str = "ours", **claims: Any) -> str:
    known = {**CLAIMS, "exp": int(time.time()) + 60, **claims}
    known = {name: value for name, value in known.items() if value is not None}
    return jwt.encode(known, key, algorithm=algorithm, headers={"kid": kid})


@pytest.mark.parametrize("kind", ["pem", "one key", "two keys"])
async def test_a_session_needs_a_token_of_the_intranet(
    serve: Serve, tmp_path: Path, kind: str
) -> None:
    sso = {"issuer": CLAIMS["iss"], "audience": "notice", "key": str(key_file(tmp_path, kind))}
    client = await serve(sso=sso)
    hours_ago = int(time.time()) - 7200
    refused = {
        "none": "",
        "nonsense": "nonsense",
        "another issuer": signed(iss="https://evil.test"),
        "another audience": signed(aud="payroll"),
        "expired": signed(exp=hours_ago),
        "endless": signed(exp=None),
        "no issuer": signed(iss=None),
        "no audience": signed(aud=None),
        "another key": signed(OTHER_KEY),
        "not signed": signed(None, "none"),
        "the public key as a secret": hs256_with(PEM),
    }
    for name, token in refused.items():
        client.token = token
        answered = await client.api("session", {})
        assert answered.status == 401, name
        assert "sign in" in answered.error["message"] and answered.error["contacts"]
        assert (await client.get("/chat", Authorization=f"Bearer {token}")).status == 401
    client.token = signed()
    await client.open()
    assert (await client.ask(CALM)).reply["kind"] == "answer"
    page = await client.get("/chat", Authorization=f"Bearer {signed()}")
    assert page.status == 200


async def test_an_unknown_key_id_is_refused_where_there_are_several(
    serve: Serve, tmp_path: Path
) -> None:
    path = str(key_file(tmp_path, "two keys"))
    client = await serve(sso={"issuer": CLAIMS["iss"], "audience": "notice", "key": path})
    client.token = signed(kid="unknown")
    assert (await client.api("session", {})).status == 401


def hs256_with(secret: bytes) -> str:
    """A token that a library would sign only with its guard against this off."""
    import base64
    import hashlib
    import hmac

    def part(data: bytes) -> bytes:
        return base64.urlsafe_b64encode(data).rstrip(b"=")

    head = part(json.dumps({"alg": "HS256", "typ": "JWT"}).encode())
    body = part(json.dumps({**CLAIMS, "exp": int(time.time()) + 60}).encode())
    signature = hmac.new(secret, head + b"." + body, hashlib.sha256).digest()
    return b".".join([head, body, part(signature)]).decode()


# Settings.


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"origins": ["https://intranet.example.org/page"]}, "origins"),
        ({"origins": ["*"]}, "origins"),
        ({"secret": "short"}, "at least 32 characters"),
        ({"sessionhours": 2}, "sessionhours"),
        ({"session_hours": 0}, "session_hours"),
        ({"rate_limits": {"session": 0}}, "rate_limits.session"),
        ({"sso": {"issuer": "a", "audience": "b"}}, "sso.key"),
        (
            {"sso": {"issuer": "a", "audience": "b", "key": "c", "algorithms": ["HS256"]}},
            "RS, ES or PS",
        ),
    ],
)
def test_a_wrong_setting_is_named(wrong: dict[str, Any], said: str) -> None:
    with pytest.raises(RasaException, match=said):
        read_settings(wrong)


@pytest.mark.parametrize("text", ["no key", "{}", '{"keys": []}', None])
def test_a_key_file_without_a_key_stops_the_start(tmp_path: Path, text: Any) -> None:
    path = tmp_path / "key"
    if text is not None:
        path.write_text(text)
    sso = read_settings(
        {"secret": SECRET, "sso": {"issuer": "a", "audience": "b", "key": str(path)}}
    ).sso
    assert sso
    with pytest.raises(RasaException, match="key"):
        IntranetTokens(sso)


def test_without_a_secret_each_start_has_its_own_and_says_so(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.delenv(SECRET_VARIABLE, raising=False)
    assert read_settings(None).secret != read_settings(None).secret
    assert SECRET_VARIABLE in caplog.text
    caplog.clear()
    monkeypatch.setenv(SECRET_VARIABLE, SECRET)
    assert read_settings(None).secret == SECRET
    assert not caplog.text


@pytest.mark.parametrize("origin", ["http://[", "null", "http://", "http://[::1"])
async def test_an_origin_that_is_no_address_is_another_page(client: Client, origin: str) -> None:
    """It is nobody's fault: no incident in the log, which would call an operator."""
    assert (await client.api("session", {}, Origin=origin)).status == 403
    assert (await client.post("/chat", b"text=x", Origin=origin)).status == 403


async def test_a_name_that_no_file_can_have_is_no_page(client: Client) -> None:
    assert (await client.get(f"/pages/{'a' * 5000}.html")).status == 404
