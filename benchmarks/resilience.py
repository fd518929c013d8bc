"""Messages through nginx to two servers while parts of it die: what people and the store get.

Run with ``python -m benchmarks.resilience``; it starts PostgreSQL and Redis by
``scripts/test-services``. ``--messages`` and ``--conversations`` make a shorter run. While the
messages run, one server is killed and started again, Redis is restarted, PostgreSQL is stopped
for ten seconds, and the other server is told to stop (SIGTERM) and started again.

Exit code 0 says: every message was answered, or was told to try again with the official
channels shown and answered then; each is kept once with the reply that was shown, but for urgent
replies, which are shown first and kept if they can be; and no reply to an urgent message was
without 999 or children's social care.
"""

from __future__ import annotations

import argparse
import asyncio
import csv
import json
import os
import random
import signal
import statistics
import sys
import tempfile
import time
import uuid
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Awaitable, Callable, Optional

import aiohttp

from assistant.project import Project, find_project
from benchmarks.services import (
    POSTGRESQL,
    REDIS,
    AssistantServer,
    Nginx,
    control,
    credentials,
    endpoints,
    new_database,
)
from tests.ports import free_port

MAX_CONCURRENT_TURNS = 12
"""Conversations that go on at the same time."""

URGENT_SHARE = 0.1
STOPPED_FOR = 10.0  # seconds that PostgreSQL is stopped
NOTICED_FOR_S = 10.0  # seconds in which people may still notice that a part was down
TRIES_TO_START = 60
BETWEEN_TRIES = 1.0  # seconds; a person waits longer
NOT_KEPT_URGENT = "urgent replies that were shown and not kept"


@dataclass
class Message:
    """A message and what came of it."""

    conversation: int
    text: str
    urgent: bool
    id: str = field(default_factory=lambda: str(uuid.uuid4()))
    told_to_retry: int = 0
    reply: Optional[dict[str, Any]] = None
    seconds: float = 0.0
    """Until the first reply, whichever it was."""


class Run:
    """Messages under way, and what was seen of them."""

    def __init__(self, url: str, messages: list[Message]) -> None:
        """Take the address of the proxy and the messages."""
        self.messages = messages
        self.faults: list[str] = []
        self.errors: Counter[str] = Counter()
        self.told: list[float] = []
        """When people got the official channels in place of an answer, each try."""
        self.disturbed: list[tuple[float, float]] = []
        """From when until when a part was down."""
        self.done = 0
        self.began = time.monotonic()
        self._url = f"{url}/webhooks/notice"
        self._waiting: dict[int, list[Message]] = defaultdict(list)
        for message in messages:
            self._waiting[message.conversation].append(message)

    async def talk(self) -> None:
        """Send all messages: each conversation in its order, several conversations at once."""
        places = asyncio.Semaphore(MAX_CONCURRENT_TURNS)
        timeout = aiohttp.ClientTimeout(total=60)
        async with aiohttp.ClientSession(timeout=timeout) as http:

            async def conversation(messages: list[Message]) -> None:
                async with places:
                    token = await self._session(http)
                    for message in messages:
                        await self._message(http, token, message)
                        self.done += 1

            await asyncio.gather(*map(conversation, self._waiting.values()))

    async def _session(self, http: aiohttp.ClientSession) -> str:
        for _ in range(TRIES_TO_START):
            status, body = await self._post(http, "session", {}, "")
            if status == 200:
                return str(body["session"])
            await asyncio.sleep(BETWEEN_TRIES)
        raise RuntimeError("no session could be opened")

    async def _message(self, http: aiohttp.ClientSession, token: str, message: Message) -> None:
        began = time.monotonic()
        for _ in range(TRIES_TO_START):
            sent = {"id": message.id, "text": message.text}
            status, body = await self._post(http, "message", sent, token)
            message.seconds = message.seconds or time.monotonic() - began
            self._look(message, status, body)
            if status == 200 and not body["reply"]["failed"]:
                message.reply = body["reply"]
                return
            message.told_to_retry += 1
            await asyncio.sleep(BETWEEN_TRIES)
        self.faults.append(f"never answered: {message.id}")

    def _look(self, message: Message, status: int, body: dict[str, Any]) -> None:
        """Note a reply that breaks a promise."""
        shown = json.dumps(body, ensure_ascii=False)
        official = "999" in shown or "social care" in shown
        if message.urgent and not official:
            # The text, of a test set: one that understanding misses comes again and again.
            self.faults.append(f"urgent, and no official channel: {message.text[:60]!r}")
        if status == 200:
            if body["reply"]["failed"]:
                self.errors["official channels in place of an answer"] += 1
                self.told.append(time.monotonic())
                if not official:
                    self.faults.append(f"not answered, and no official channel: {message.id}")
            return
        code = (body.get("error") or {}).get("code", "?")
        self.errors[f"{status} {code}, with the official channels"] += 1
        contacts = [one["id"] for one in (body.get("error") or {}).get("contacts", ())]
        if not {"police-emergency", "childrens-social-care"} <= set(contacts):
            self.faults.append(f"{status} without the official channels: {message.id}")

    async def _post(
        self, http: aiohttp.ClientSession, name: str, body: Any, token: str
    ) -> tuple[int, dict[str, Any]]:
        headers = {"Authorization": f"Bearer {token}"}
        try:
            async with http.post(f"{self._url}/{name}", json=body, headers=headers) as response:
                return response.status, json.loads(await response.text())
        except (TimeoutError, aiohttp.ClientError, ValueError) as error:
            self.faults.append(f"no reply from the proxy: {type(error).__name__}")
            return 0, {}


def read_messages(project: Project, count: int, conversations: int) -> list[Message]:
    """Questions of the test sets, a tenth of them urgent, dealt out to the conversations."""
    chosen = random.Random(count)

    def questions(name: str) -> list[str]:
        with (project.root / "tests" / "nlu" / name).open(encoding="utf-8") as file:
            return [row["question"] for row in csv.DictReader(file, delimiter="\t")]

    urgent, calm = questions("urgent.tsv"), questions("topics-a.tsv") + questions("topics-b.tsv")
    messages = []
    for number in range(count):
        is_urgent = chosen.random() < URGENT_SHARE
        text = chosen.choice(urgent if is_urgent else calm)
        messages.append(Message(number % conversations, text, is_urgent))
    return messages


async def disturb(run: Run, servers: list[AssistantServer]) -> None:
    """Break one part after the other as the run goes on."""

    async def at(share: float, what: str, do: Callable[[], Awaitable[None]]) -> None:
        while run.done < share * len(run.messages):
            await asyncio.sleep(0.1)
        began = time.monotonic()
        await do()
        run.disturbed.append((began, time.monotonic()))
        print(f"{began - run.began:7.1f} s  {what}", flush=True)

    async def kill() -> None:
        await asyncio.to_thread(servers[0].end, signal.SIGKILL)
        servers[0].start()
        await asyncio.to_thread(servers[0].wait)

    async def restart_redis() -> None:
        await asyncio.to_thread(control, REDIS, "stop")
        await asyncio.sleep(1)
        await asyncio.to_thread(control, REDIS, "start")

    async def stop_postgresql() -> None:
        await asyncio.to_thread(control, POSTGRESQL, "stop")
        await asyncio.sleep(STOPPED_FOR)
        await asyncio.to_thread(control, POSTGRESQL, "start")

    async def stop_gracefully() -> None:
        await asyncio.to_thread(servers[1].end, signal.SIGTERM)
        servers[1].start()
        await asyncio.to_thread(servers[1].wait)

    await at(0.1, "a server killed (SIGKILL) and started again", kill)
    await at(0.4, "Redis stopped and started again", restart_redis)
    await at(0.55, f"PostgreSQL stopped for {STOPPED_FOR:.0f} s", stop_postgresql)
    await at(0.7, "the other server told to stop (SIGTERM) and started again", stop_gracefully)


def compare_with_store(run: Run, database: str) -> dict[str, int]:
    """Count messages and replies that the store has lost, doubled or changed.

    Args:
        run: the run that is over.
        database: in which nothing but this run was kept.
    """
    from assistant.training.without_tensorflow import keep_tensorflow_out

    keep_tensorflow_out()
    from assistant.store.tracker_store import RedactingTrackerStore
    from assistant.turn.replies import turns_of

    store = RedactingTrackerStore(host=database)
    kept: Counter[str] = Counter()
    conversations: defaultdict[str, list[dict[str, Any]]] = defaultdict(list)
    for conversation, event in store.events_between(0, time.time() + 60):
        conversations[conversation].append(event)
        if event["event"] == "user":
            kept[event["message_id"]] += 1
    shown = {
        turn.message_id: turn.reply.text
        for events in conversations.values()
        for turn in turns_of(events)
    }
    replied = [message for message in run.messages if message.reply is not None]
    # An urgent reply is shown before it is kept: it goes with a server that is killed, or with a
    # store that is down. Whatever of it is kept is compared like the rest.
    answered = [one for one in replied if kept[one.id] or (one.reply or {})["kind"] != "urgent"]
    return {
        "messages kept": sum(kept.values()),
        NOT_KEPT_URGENT: len(replied) - len(answered),
        "answered messages that are not kept": sum(not kept[one.id] for one in answered),
        "messages kept more than once": sum(number > 1 for number in kept.values()),
        "messages kept without a reply": sum(not shown.get(one) for one in kept),
        "replies kept more than once or not as shown": sum(
            shown.get(one.id) != (one.reply or {})["text"] for one in answered
        ),
    }


def report(run: Run, kept: dict[str, int], seconds: float) -> bool:
    """Print the figures; True if every promise was kept."""
    answered = [one for one in run.messages if one.reply is not None]
    told = [one for one in run.messages if one.told_to_retry]
    urgent = [one for one in answered if one.urgent]
    as_urgent = sum((one.reply or {})["kind"] == "urgent" for one in urgent)
    times = sorted(one.seconds for one in run.messages)
    print(f"messages: {len(run.messages)}")
    print(f"conversations: {len({one.conversation for one in run.messages})}")
    print(f"seconds: {seconds:.0f} ({len(run.messages) / seconds:.1f} messages a second)")
    print(f"answered: {len(answered)}; of these told to try again first: {len(told)}")
    for error, count in run.errors.most_common():
        print(f"  {count} x {error}")
    unexplained = sum(
        not any(began <= moment <= ended + NOTICED_FOR_S for began, ended in run.disturbed)
        for moment in run.told
    )
    print(f"  {unexplained} of these while every part had been up for {NOTICED_FOR_S:.0f} s")
    print(f"urgent messages: {len(urgent)}, of these with the urgent reply: {as_urgent}")
    print(f"first reply after: median {statistics.median(times):.2f} s, slowest {times[-1]:.2f} s")
    for what, number in kept.items():
        print(f"{what}: {number}")
    print(f"replies that broke a promise: {len(run.faults)}")
    for fault in run.faults[:20]:
        print(f"  {fault}")
    counted_only = ("messages kept", NOT_KEPT_URGENT)
    wrong = [number for what, number in kept.items() if what not in counted_only]
    return not run.faults and not any(wrong)


async def measure(messages: int, conversations: int) -> bool:
    """Run everything once, on the services that the environment names."""
    project = find_project()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        database = new_database()
        files = endpoints(folder, database), credentials(folder)
        servers = [AssistantServer(free_port(), folder, files) for _ in range(2)]
        nginx = Nginx(project, folder, free_port(), [server.port for server in servers])
        run = Run(f"http://127.0.0.1:{nginx.port}", read_messages(project, messages, conversations))
        nginx.check()
        nginx.start()
        try:
            for server in servers:
                server.start()
            for server in servers:
                await asyncio.to_thread(server.wait)
            print("both servers are ready", flush=True)
            run.began = time.monotonic()
            disturbing = asyncio.create_task(disturb(run, servers))
            await run.talk()
            seconds = time.monotonic() - run.began
            await disturbing
            kept = compare_with_store(run, database)
            logs = "".join(server.log.read_text() for server in servers)
        finally:
            nginx.end()
            for server in servers:
                server.end(signal.SIGKILL)
    if any(message.text in logs for message in run.messages):
        run.faults.append("a message stands in a server's log")
    return report(run, kept, seconds)


def main() -> int:
    """Start the services if there are none, and measure."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--messages", type=int, default=20_000)
    parser.add_argument("--conversations", type=int, default=500)
    parsed = parser.parse_args()
    if POSTGRESQL not in os.environ:
        script = find_project().root / "scripts" / "test-services"
        command = [sys.executable, "-W", "ignore", "-m", "benchmarks.resilience", *sys.argv[1:]]
        os.execv(script, [str(script), *command])
    return 0 if asyncio.run(measure(parsed.messages, parsed.conversations)) else 1


if __name__ == "__main__":
    sys.exit(main())
