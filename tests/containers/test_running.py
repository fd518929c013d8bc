"""The running containers: guarded as compose.yml says, and what people get through TLS."""

from __future__ import annotations

import socket
import ssl
import time
from concurrent.futures import ThreadPoolExecutor

import pytest

from tests.containers.stack import SERVERS, SERVICES, Stack, docker

OFFICIAL = {"police-emergency", "childrens-social-care"}


@pytest.mark.parametrize("service", SERVICES)
def test_a_container_has_no_more_rights_than_it_needs(stack: Stack, service: str) -> None:
    container = stack.inspect(service)
    host = container["HostConfig"]
    assert host["ReadonlyRootfs"] and not host["Privileged"]
    assert host["CapDrop"] == ["ALL"] and not host["CapAdd"]
    assert host["SecurityOpt"] == ["no-new-privileges:true"]
    assert host["Memory"] > 0 and host["NanoCpus"] > 0 and host["PidsLimit"] > 0
    assert host["LogConfig"]["Config"]["max-size"]
    assert container["State"]["Health"]["Status"] == "healthy"
    # What the kernel says of the process itself.
    status = docker("exec", container["Id"], "cat", "/proc/1/status")
    kernel = dict(line.split(":\t", 1) for line in status.splitlines() if ":\t" in line)
    assert "0" not in kernel["Uid"].split() and int(kernel["CapEff"], 16) == 0
    assert kernel["NoNewPrivs"] == "1" and kernel["Seccomp"] == "2"
    tried = ["exec", container["Id"], "sh", "-c", "touch /tried 2>/dev/null || echo refused"]
    assert docker(*tried).strip() == "refused"


def test_only_the_proxy_can_be_reached_from_outside(stack: Stack) -> None:
    for service in SERVICES:
        container = stack.inspect(service)
        published = container["HostConfig"]["PortBindings"] or {}
        assert bool(published) == (service == "nginx")
        networks = set(container["NetworkSettings"]["Networks"])
        assert any(name.endswith("_outside") for name in networks) == (service == "nginx")


def test_a_conversation_through_tls(stack: Stack) -> None:
    token = stack.session()
    urgent = stack.say(token, "he is hurting her right now")
    assert urgent["kind"] == "urgent" and "999" in urgent["text"]
    reply = stack.say(token, "What is grooming?")
    assert not reply["failed"] and reply["text"]
    turns = stack.ask("/webhooks/notice/history", token=token)
    assert turns.status == 200 and "grooming" in turns.text
    page = stack.ask("/chat")
    assert page.status == 200 and "max-age" in page.headers["Strict-Transport-Security"]
    # No answer names the proxy's or the server's inner address.
    assert "assistant-1" not in page.text and "assistant-2" not in page.text
    # Kept in PostgreSQL.
    assert int(stack.psql("SELECT count(*) FROM events WHERE type_name = 'user'")) >= 2


def test_without_a_server_the_official_contacts_are_shown(stack: Stack) -> None:
    """Also by a proxy that starts when no server is there."""
    stack.compose("stop", "-t", "1", *SERVERS)
    stack.compose("restart", "-t", "1", "nginx")
    stack.wait("nginx")
    began = time.monotonic()
    answer = stack.ask("/webhooks/notice/session", {})
    print(f"contacts after {time.monotonic() - began:.1f} s")
    assert answer.status in (502, 504)
    assert {one["id"] for one in answer.json["error"]["contacts"]} >= OFFICIAL
    page = stack.ask("/chat")
    assert "Call 999" in page.text
    stack.compose("start", *SERVERS)
    print(f"both servers ready after {stack.wait(*SERVERS):.0f} s")
    assert not stack.say(stack.session(), "What is grooming?")["failed"]


def test_both_servers_answer(stack: Stack) -> None:
    def answered(server: str) -> float:
        figures = docker(
            *("exec", stack.container(server), "python", "-c"),
            "import urllib.request as u; "
            "print(u.urlopen('http://127.0.0.1:5005/metrics').read().decode())",
        )
        lines = [one for one in figures.splitlines() if one.startswith("notice_replies_total")]
        return sum(float(line.rpartition(" ")[2]) for line in lines)

    before = {server: answered(server) for server in SERVERS}
    token = stack.session()
    for _ in range(6):
        stack.say(token, "thank you")
    assert all(answered(server) > before[server] for server in SERVERS)


@pytest.mark.parametrize(
    "path", ["/metrics", "/metrics/", "//metrics", "/metrics//", "/Metrics/", "/%6detrics/"]
)
def test_metrics_are_not_for_everybody(stack: Stack, path: str) -> None:
    answer = stack.ask(path)
    assert answer.status == 404 and "notice_" not in answer.text


def test_the_proxys_own_pages_have_the_headers_and_the_contacts(stack: Stack) -> None:
    missing = stack.ask("/metrics")
    too_large = stack.ask("/webhooks/notice/message", {"text": "a" * 1_100_000})
    assert too_large.status == 413
    assert {one["id"] for one in too_large.json["error"]["contacts"]} >= OFFICIAL
    for answer in (missing, too_large):
        assert "default-src 'none'" in answer.headers["Content-Security-Policy"]
        assert "max-age" in answer.headers["Strict-Transport-Security"]
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        assert "999" in answer.text and "nginx/" not in str(answer.headers)


def raw(stack: Stack, request: bytes) -> bytes:
    with (
        socket.create_connection((stack.host, stack.port), timeout=30) as plain,
        stack.tls.wrap_socket(plain, server_hostname="localhost") as connection,
    ):
        connection.sendall(request)
        received = b""
        while more := connection.recv(65536):
            received += more
        return received


def test_a_malformed_request_gets_a_page_of_the_proxys_own(stack: Stack) -> None:
    for request in (
        b"POST /chat HTTP/1.1\r\nHost: x\r\nContent-Length: -1\r\n\r\n{}",
        b"GET /" + b"a" * 20_000 + b" HTTP/1.1\r\nHost: x\r\n\r\n",
    ):
        answer = raw(stack, request)
        assert answer.split()[1] in (b"400", b"414")
        assert b"999" in answer and b"default-src 'none'" in answer


@pytest.mark.parametrize(
    ("version", "ciphers", "taken"),
    [
        (ssl.TLSVersion.TLSv1_3, None, True),
        (ssl.TLSVersion.TLSv1_2, "ECDHE+AESGCM", True),
        (ssl.TLSVersion.TLSv1_2, "AES128-SHA:CAMELLIA128-SHA:ECDHE-ECDSA-AES128-SHA", False),
        (ssl.TLSVersion.TLSv1_1, "ALL:@SECLEVEL=0", False),
    ],
)
@pytest.mark.filterwarnings("ignore::DeprecationWarning")
def test_only_modern_tls_is_spoken(
    stack: Stack, version: ssl.TLSVersion, ciphers: str | None, taken: bool
) -> None:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
    if ciphers:
        context.set_ciphers(ciphers)
    context.minimum_version = context.maximum_version = version
    try:
        with (
            socket.create_connection((stack.host, stack.port), timeout=10) as plain,
            context.wrap_socket(plain) as spoken,
        ):
            assert taken and spoken.version()
    except (ssl.SSLError, ConnectionError):
        assert not taken


def test_one_address_cannot_take_every_place(stack: Stack) -> None:
    """400 requests at once of a page that costs nothing: some are refused, with the contacts."""
    with ThreadPoolExecutor(16) as many:
        answers = list(many.map(lambda _: stack.ask("/webhooks/notice/nothing"), range(400)))
    refused = [answer for answer in answers if answer.status == 429]
    assert refused and {answer.status for answer in answers} <= {404, 429}
    for answer in refused:
        assert "999" in answer.text


def test_content_is_taken_up_again_without_a_restart(stack: Stack) -> None:
    stack.compose("kill", "-s", "HUP", "assistant-1")
    for _ in range(100):
        if b"Content taken up" in stack.compose("logs", "--no-color", "assistant-1"):
            break
    else:
        raise AssertionError("nothing is said of the content")
    assert stack.inspect("assistant-1")["RestartCount"] == 0
