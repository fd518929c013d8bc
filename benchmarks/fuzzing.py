"""Thousands of generated requests to the web channel: none may break it, none may be logged.

Run with ``python -m benchmarks.fuzzing``; ``--inputs`` says how many (20,000). Schemathesis makes
requests from the channel's own description, fitting ones and wrong ones, and checks every response
against it. They go to ``notice serve`` on a loopback port, a new chat every few hundred. At the
end the server's log is read: it may hold known lines only.
"""

from __future__ import annotations

import argparse
import json
import re
import signal
import subprocess
import sys
import tempfile
import urllib.request
import uuid
from pathlib import Path

import yaml

from benchmarks.services import AssistantServer
from tests.browser.serving import free_port

SCHEMATHESIS = Path(sys.prefix) / "tools" / "bin" / "st"
CHECKS = (
    "not_a_server_error",
    "status_code_conformance",
    "content_type_conformance",
    "response_schema_conformance",
)
EACH = 50
"""Requests of one kind to one chat; a chat that nobody clears gets slow."""

PLANTED = ("zebedia quarrington", "ZZ9 9ZZ", "07700 900123")
"""Asked beside what is generated, which no redaction needs to know."""

KNOWN_LINE = re.compile(
    r"(WARNING|ERROR):assistant\.[\w.]+:"
    r"(No answer, incident [0-9a-f]{8}: \w+|\w+ is not set: sessions of the web channel end when "
    r"this process does, and several processes do not share them\.)"
)


class FuzzingError(AssertionError):
    """A request broke the channel, or its text is in the log; the message says which."""


def open_session(url: str) -> str:
    """The token of a new chat."""
    asked = urllib.request.Request(
        f"{url}/session", data=b"{}", headers={"Content-Type": "application/json"}
    )
    with urllib.request.urlopen(asked) as answer:
        return str(json.load(answer)["session"])


def fuzz(url: str, token: str, examples: int, seed: int) -> int:
    """Send generated requests of every kind that the channel has.

    Args:
        url: of the channel, with ``/webhooks/notice``.
        token: of the chat.
        examples: requests of each kind, at most.
        seed: the same one makes the same requests.

    Returns:
        The number of requests.

    Raises:
        FuzzingError: a response is not as described, or a server error.
    """
    command = [
        *(str(SCHEMATHESIS), "run", f"{url}/openapi.json", "--url", url),
        *("--header", f"Authorization: Bearer {token}", "--phases", "coverage,fuzzing"),
        *("--checks", ",".join(CHECKS), "--max-examples", str(examples), "--seed", str(seed)),
        *("--suppress-health-check", "all", "--no-color", "--continue-on-failure"),
    ]
    with tempfile.TemporaryDirectory() as folder:
        run = subprocess.run(command, cwd=folder, capture_output=True, text=True)
    counted = re.search(r"(\d[\d,]*) generated", run.stdout)
    if run.returncode != 0 or counted is None:
        raise FuzzingError(run.stdout[-4000:] + run.stderr[-2000:])
    return int(counted[1].replace(",", ""))


def check_log(text: str) -> None:
    """Fail unless a server's log holds known lines only.

    Raises:
        FuzzingError: naming the line.
    """
    for line in text.splitlines():
        if line.strip() and not KNOWN_LINE.fullmatch(line.strip()):
            raise FuzzingError(f"an unknown line in the log: {line}")


def measure(inputs: int) -> None:
    """Start a server, send so many requests, and print what came of them.

    Raises:
        FuzzingError: see :func:`fuzz` and :func:`check_log`.
    """
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        store = "assistant.privacy.tracker_store.RedactingTrackerStore"
        endpoints, credentials = folder / "endpoints.yml", folder / "credentials.yml"
        kept = {"type": store, "db": str(folder / "kept" / "conversations.db")}
        endpoints.write_text(yaml.safe_dump({"tracker_store": kept}))
        limits = {"session": 1_000_000, "address": 10_000_000}
        credentials.write_text(
            yaml.safe_dump({"assistant.channels.web.WebInput": {"rate_limits": limits}})
        )
        server = AssistantServer(free_port(), folder, (endpoints, credentials))
        server.start()
        try:
            server.wait()
            url = f"http://127.0.0.1:{server.port}/webhooks/notice"
            sent = chats = 0
            while sent < inputs:
                token = open_session(url)
                for text in PLANTED:
                    _ask(url, token, text)
                sent += fuzz(url, token, EACH, seed=chats) + len(PLANTED)
                chats += 1
                print(f"{sent} requests, {chats} chats", flush=True)
        finally:
            server.end(signal.SIGTERM)
        check_log(server.log.read_text())
        kept_bytes = b"".join(path.read_bytes() for path in (folder / "kept").iterdir())
        for text in PLANTED:
            if text.encode() in kept_bytes:
                raise FuzzingError(f"kept: {text}")
    print(f"{sent} requests: no server error, every response as described, nothing logged")


def _ask(url: str, token: str, text: str) -> None:
    body = {"id": str(uuid.uuid4()), "text": text}
    headers = {"Content-Type": "application/json", "Authorization": f"Bearer {token}"}
    data = json.dumps(body).encode()
    with urllib.request.urlopen(
        urllib.request.Request(f"{url}/message", data=data, headers=headers)
    ) as answer:
        answer.read()


def main() -> int:
    """Read the command line and measure."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--inputs", type=int, default=20_000)
    try:
        measure(parser.parse_args().inputs)
    except FuzzingError as error:
        print(error, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
