"""Thousands of generated requests to the channels: none may break them, none may be logged.

Run with ``python -m benchmarks.fuzzing``; ``--inputs`` says how many (20,000), a fifth of them for
Teams. Schemathesis makes requests from the web channel's own description, fitting ones and wrong
ones, and checks every response against it; Hypothesis makes the activities for Teams. They go to
``notice serve`` on a loopback port, a new chat every few hundred. At the end the server's log is
read: it may hold known lines only.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import re
import signal
import subprocess
import sys
import tempfile
import time
import urllib.request
import uuid
from pathlib import Path
from typing import Any

import aiohttp
import hypothesis
import yaml
from hypothesis import strategies as st

from benchmarks.services import AssistantServer
from tests.ports import free_port

SCHEMATHESIS = Path(sys.prefix) / "tools" / "bin" / "st"
CHECKS = (
    "not_a_server_error",
    "status_code_conformance",
    "content_type_conformance",
    "response_schema_conformance",
)
CASES_EACH = 50
"""Requests of one kind to one chat; a chat that nobody clears gets slow."""

TEAMS_SHARE = 0.2
TEAMS_EACH = 100
TEAMS_STATUSES = (200, 400, 403, 501)
ANSWERED_WITHIN = 120.0  # seconds; what came before in the chat is worked off first

PLANTED = {
    "zebedia quarrington": "my client zebedia quarrington told me her dad touches her",
    "ZZ9 9ZZ": "they live at 14 Acacia Avenue, ZZ9 9ZZ",
    "07700 900123": "call me on 07700 900123",
}
"""Identifier to a message that holds it: asked beside what is generated, and looked for."""

KNOWN_LINE = re.compile(
    r"Ready: http://localhost:\d+ \(Ctrl\+C stops it\)"
    r"|(WARNING|ERROR|CRITICAL):assistant\.[\w.]+:"
    r"(No answer, incident [a-z]{8}: \w+"
    r"|Teams request not understood: (ActivityError|\[name\])"  # InvalidUsage looks like a name
    r"|Teams request refused: development mode sends to this machine only"
    r"|DEVELOPMENT MODE: the Teams channel takes messages WITHOUT AUTHENTICATION\. It answers this "
    r"machine only\. Remove `development` from credentials\.yml before real use\."
    r"|\w+ is not set: sessions of the web channel end when "
    r"this process does, and several processes do not share them\.)"
)


class FuzzingError(AssertionError):
    """A request broke a channel, or its text is in the log; the message says which."""


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


async def fuzz_teams(url: str, inputs: int, seed: int) -> int:
    """Send generated activities to the Teams channel in development mode, as one chat.

    Args:
        url: of the server.
        inputs: at most so many activities.
        seed: the same one makes the same activities.

    Returns:
        The number of activities.

    Raises:
        FuzzingError: a response with another status than the channel gives, or a question after
            all of them that nobody answered.
    """
    from assistant.training.without_tensorflow import keep_tensorflow_out

    keep_tensorflow_out()
    from tests.channels.teams.stand_in import Microsoft, activity
    from tests.channels.teams.test_faults import good, odd

    drawn: list[Any] = []

    @hypothesis.seed(seed)
    @hypothesis.settings(
        max_examples=inputs,
        phases=[hypothesis.Phase.generate],
        database=None,
        deadline=None,
        suppress_health_check=list(hypothesis.HealthCheck),
    )
    @hypothesis.given(good | odd | st.binary(max_size=200))
    def draw(one: Any) -> None:
        drawn.append(one)

    draw()
    address = f"{url}/webhooks/teams/webhook"
    chat = {"conversation": {"id": f"a:chat-{seed}", "conversationType": "personal"}}
    async with Microsoft().running() as microsoft, aiohttp.ClientSession() as http:

        async def post(body: Any) -> None:
            data = body if isinstance(body, bytes) else json.dumps(body)
            async with http.post(address, data=data) as response:
                if response.status not in TEAMS_STATUSES:
                    raise FuzzingError(f"Teams: {response.status} for {body!r}")

        for one in drawn:
            made = one if isinstance(one, bytes) else activity(microsoft, **{**chat, **one})
            await post(made)
        for text in PLANTED.values():
            question = activity(microsoft, text, **chat)
            await post(question)
            until = time.monotonic() + ANSWERED_WITHIN
            while not any(sent.reply_to == question["id"] for sent in microsoft.messages):
                if time.monotonic() > until:
                    raise FuzzingError("Teams: a question was not answered")
                await asyncio.sleep(0.05)
    return len(drawn) + len(PLANTED)


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
        store = "assistant.store.tracker_store.RedactingTrackerStore"
        endpoints, credentials = folder / "endpoints.yml", folder / "credentials.yml"
        kept = {"type": store, "db": str(folder / "kept" / "conversations.db")}
        nlg = {"type": "assistant.turn.nlg.CompiledAnswers"}
        endpoints.write_text(yaml.safe_dump({"tracker_store": kept, "nlg": nlg}))
        limits = {"session": 1_000_000, "address": 10_000_000}
        channels = {
            "assistant.channels.web.WebInput": {"rate_limits": limits},
            "assistant.channels.teams.TeamsInput": {"development": True},
        }
        credentials.write_text(yaml.safe_dump(channels))
        server = AssistantServer(free_port(), folder, (endpoints, credentials))
        server.start()
        try:
            server.wait()
            base = f"http://127.0.0.1:{server.port}"
            url = f"{base}/webhooks/notice"
            sent = chats = 0
            while sent < inputs * TEAMS_SHARE:
                sent += asyncio.run(fuzz_teams(base, TEAMS_EACH, seed=chats))
                chats += 1
            print(f"{sent} activities, {chats} chats in Teams", flush=True)
            chats = 0
            while sent < inputs:
                token = open_session(url)
                for text in PLANTED.values():
                    _ask(url, token, text)
                sent += fuzz(url, token, CASES_EACH, seed=chats) + len(PLANTED)
                chats += 1
                print(f"{sent} requests, {chats} chats", flush=True)
        finally:
            server.end(signal.SIGTERM)
        check_log(server.log.read_text())
        kept_bytes = b"".join(path.read_bytes() for path in (folder / "kept").iterdir())
        for identifier in PLANTED:
            if identifier.encode() in kept_bytes:
                raise FuzzingError(f"kept: {identifier}")
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
