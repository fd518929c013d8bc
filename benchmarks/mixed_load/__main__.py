"""The mixed load: see the package. ``--minutes`` makes it shorter.

Exit code 0 says: every message of a person was answered, no container was started again, memory
did not grow by more than a tenth in the second half, and urgent replies came within the goal.
"""

from __future__ import annotations

import argparse
import asyncio
import itertools
import json
import os
import random
import shutil
import subprocess
import sys
import tempfile
import time
import uuid
import warnings
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import aiohttp
import yaml
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
)

from assistant.project import find_project
from assistant.training.without_tensorflow import keep_tensorflow_out

os.environ.setdefault("SQLALCHEMY_SILENCE_UBER_WARNING", "1")
warnings.showwarning = lambda *args, **kwargs: None  # Rasa's dependencies, about each other
keep_tensorflow_out()

from benchmarks.mixed_load.hostile import KINDS, Target  # noqa: E402
from benchmarks.resilience import Message, Run, read_messages  # noqa: E402
from tests import ports  # noqa: E402
from tests.channels.teams import stand_in  # noqa: E402
from tests.containers.stack import SERVERS, SERVICES, Stack  # noqa: E402

WEB_PEOPLE, WEB_PAUSE = 48, 5.0  # together some nine messages a second
TEAMS_PEOPLE, TEAMS_PAUSE = 24, 6.0  # four
HOSTILE_PAUSE = 4.0  # seconds between two requests of one kind
PER_SESSION = 8  # a session may send 20 messages a minute
SAMPLE_EVERY = 15.0  # seconds between two looks at memory
SETTLING_SHARE = 0.4  # share of the time after which memory is to stay as it is
MAX_GROWTH = 1.10
URGENT_WITHIN = 0.5  # seconds, for 95 of 100
TEAMS_WITHIN = 60.0  # seconds, then a message counts as not answered

HERE = Path(__file__).parent
INSIDE = Path("/load")  # where the folder of the load is mounted
PORT = 9099  # of the stand-in for Microsoft, on each container's own loopback


class WebPeople(Run):
    """People who talk in the widget until time is up."""

    def __init__(self, stack: Stack, messages: list[Message], ends: float) -> None:
        super().__init__(stack.url, messages)
        self._ends = ends

    async def people(self, http: aiohttp.ClientSession) -> None:
        """All of them at once."""
        await asyncio.gather(*(self._person(http, own) for own in self._waiting.values()))

    async def _person(self, http: aiohttp.ClientSession, messages: list[Message]) -> None:
        await asyncio.sleep(random.uniform(0, WEB_PAUSE))
        token = ""
        for number, message in enumerate(messages):
            if time.monotonic() > self._ends:
                return
            if number % PER_SESSION == 0:
                token = await self._session(http)
            await self._message(http, token, message)
            self.done += 1
            await asyncio.sleep(random.uniform(0.5, 1.5) * WEB_PAUSE)


@dataclass
class TeamsPeople:
    """People who write in Teams until time is up, and what they saw."""

    url: str
    key: rsa.RSAPrivateKey
    messages: list[Message]
    ends: float
    sent: dict[str, tuple[Message, float]] = field(default_factory=dict)
    refused: Counter[int] = field(default_factory=Counter)

    async def people(self, http: aiohttp.ClientSession) -> None:
        """All of them at once."""
        waiting: dict[int, list[Message]] = defaultdict(list)
        for message in self.messages:
            waiting[message.conversation].append(message)
        await asyncio.gather(*(self._person(http, own) for own in waiting.values()))

    async def _person(self, http: aiohttp.ClientSession, messages: list[Message]) -> None:
        await asyncio.sleep(random.uniform(0, TEAMS_PAUSE))
        microsoft = stand_in.Microsoft(url=f"http://127.0.0.1:{PORT}")
        for message in messages:
            if time.monotonic() > self.ends:
                return
            # A chat of its own for each message tells which reply belongs to it.
            chat = f"a:{message.id}"
            body = stand_in.activity(
                microsoft, message.text, id=message.id, conversation={"id": chat}
            )
            token = stand_in.token(microsoft, self.key)
            headers = {"Authorization": f"Bearer {token}"}
            self.sent[chat] = (message, time.time())
            url = f"{self.url}/webhooks/teams/webhook"
            async with http.post(url, json=body, headers=headers) as response:
                if response.status != 200:
                    self.refused[response.status] += 1
            await asyncio.sleep(random.uniform(0.5, 1.5) * TEAMS_PAUSE)

    async def read(self, replies: asyncio.StreamReader) -> None:
        """Take what a stand-in prints."""
        while line := await replies.readline():
            seen = json.loads(line)
            message, at = self.sent.get(seen["conversation"], (None, 0.0))
            if message is not None and message.reply is None:
                message.reply, message.seconds = seen["content"], seen["at"] - at


async def trouble(
    target: Target, kind: Any, stack: Stack, seen: dict[str, Counter[int]], ends: float
) -> None:
    """One kind of hostile request, again and again."""
    token = ""
    for number in itertools.count():
        if time.monotonic() > ends:
            return
        if number % PER_SESSION == 0:
            token = await asyncio.to_thread(stack.session)
        seen[kind.__name__][await kind(target, token)] += 1
        await asyncio.sleep(random.uniform(0.5, 1.5) * HOSTILE_PAUSE)


def resident(stack: Stack) -> dict[str, float]:
    """Megabytes of memory of each assistant's server process."""
    found = {}
    for server in SERVERS:
        process = stack.inspect(server)["State"]["Pid"]
        status = Path(f"/proc/{process}/status").read_text()
        line = next(one for one in status.splitlines() if one.startswith("VmRSS"))
        found[server] = int(line.split()[1]) / 1000
    return found


async def watch(stack: Stack, samples: list[tuple[float, dict[str, float]]], ends: float) -> None:
    """Look at memory again and again."""
    while time.monotonic() < ends:
        samples.append((time.monotonic(), await asyncio.to_thread(resident, stack)))
        await asyncio.sleep(SAMPLE_EVERY)


def prepare(stack: Stack, folder: Path) -> rsa.RSAPrivateKey:
    """Start the servers anew with Teams beside the web channel; the key that signs for Teams."""
    folder.chmod(0o755)
    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    pem = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    (folder / "signing-key.pem").write_bytes(pem)
    shutil.copy(HERE / "teams_in_container.py", folder)
    shutil.copy(Path(stand_in.__file__), folder / "stand_in.py")
    (folder / "tests").mkdir()  # what the stand-in takes from there
    shutil.copy(Path(ports.__file__), folder / "tests")
    (folder / "tests" / "__init__.py").touch()  # else another package's "tests" comes before it
    credentials = yaml.safe_load((stack.clone / "deploy" / "credentials.yml").read_text())
    # All people of this load come from one address.
    credentials["assistant.channels.web.WebInput"]["rate_limits"]["address"] = 100_000
    credentials["teams_in_container.TeamsUnderLoad"] = {"port": PORT}
    (folder / "credentials.yml").write_text(yaml.safe_dump(credentials))
    part = {
        "command": [
            "notice",
            "serve",
            "--host=0.0.0.0",
            "--endpoints=deploy/endpoints.yml",
            f"--credentials={INSIDE}/credentials.yml",
        ],
        "environment": {"PYTHONPATH": str(INSIDE)},
        "volumes": [f"{folder}:{INSIDE}:ro"],
    }
    override = folder / "override.yml"
    override.write_text(yaml.safe_dump({"services": dict.fromkeys(SERVERS, part)}))
    for path in folder.rglob("*"):
        path.chmod(0o755 if path.is_dir() else 0o644)
    stack.compose("-f", str(override), "up", "-d", "--no-build")
    stack.wait()
    return key


async def measure(minutes: float) -> bool:
    """Run everything and print the figures; True if what the module says holds."""
    project, stack = find_project(), Stack()
    stack.wait()
    with tempfile.TemporaryDirectory() as name:
        key = await asyncio.to_thread(prepare, stack, Path(name))
        stand_ins = [
            await asyncio.create_subprocess_exec(
                "docker",
                "exec",
                stack.container(server),
                "python",
                "-W",
                "ignore",
                f"{INSIDE}/teams_in_container.py",
                str(PORT),
                stdout=subprocess.PIPE,
                limit=2**20,
            )
            for server in SERVERS
        ]
        try:
            for process in stand_ins:
                assert process.stdout
                await process.stdout.readline()  # it is ready
            return await load(project, stack, key, stand_ins, minutes)
        finally:
            for process in stand_ins:
                process.kill()


async def load(
    project: Any, stack: Stack, key: rsa.RSAPrivateKey, stand_ins: list[Any], minutes: float
) -> bool:
    """The load itself, once everything runs."""
    before = {one: stack.inspect(one) for one in SERVICES}
    began = time.monotonic()
    ends = began + 60 * minutes
    messages = read_messages(project, int(60 * minutes * 20), WEB_PEOPLE)
    web = WebPeople(stack, messages, ends)
    others = read_messages(project, int(60 * minutes * 10), TEAMS_PEOPLE)
    for one in others:
        one.id = str(uuid.uuid4())
    teams = TeamsPeople(stack.url, key, others, ends)
    hostile: dict[str, Counter[int]] = defaultdict(Counter)
    samples: list[tuple[float, dict[str, float]]] = []
    readers = [asyncio.create_task(teams.read(process.stdout)) for process in stand_ins]

    def client() -> aiohttp.ClientSession:
        connector = aiohttp.TCPConnector(ssl=stack.tls, limit=0)
        return aiohttp.ClientSession(connector=connector, timeout=aiohttp.ClientTimeout(total=60))

    async with client() as people, client() as attackers:
        target = Target(stack.host, stack.port, stack.tls, attackers)
        await asyncio.gather(
            web.people(people),
            teams.people(people),
            watch(stack, samples, ends),
            *(trouble(target, kind, stack, hostile, ends) for kind in KINDS),
        )
    waited = time.monotonic()
    while time.monotonic() < waited + TEAMS_WITHIN and any(
        message.reply is None for message, _ in teams.sent.values()
    ):
        await asyncio.sleep(0.5)
    for task in readers:
        task.cancel()
    started_again = [
        one
        for one in SERVICES
        if (now := stack.inspect(one))["RestartCount"] != before[one]["RestartCount"]
        or now["State"]["StartedAt"] != before[one]["State"]["StartedAt"]
    ]
    return report(web, teams, hostile, samples, started_again, waited - began)


def report(
    web: WebPeople,
    teams: TeamsPeople,
    hostile: dict[str, Counter[int]],
    samples: list[tuple[float, dict[str, float]]],
    started_again: list[str],
    seconds: float,
) -> bool:
    """Print the figures; True if what the module says holds."""
    in_web = [one for one in web.messages if one.reply or one.told_to_retry]
    in_teams = [message for message, _ in teams.sent.values()]
    count = len(in_web) + len(in_teams)
    print(f"messages: {len(in_web)} web, {len(in_teams)} Teams; {count / seconds:.1f} a second")
    requests = sum(sum(statuses.values()) for statuses in hostile.values())
    print(f"hostile requests: {requests}, {requests / seconds:.1f} a second")
    for kind, statuses in hostile.items():
        said = ", ".join(f"{status or 'hung up'} {n} times" for status, n in statuses.items())
        print(f"  {kind.replace('_', ' ')}: {said}")
    lost = [one for one in (*in_web, *in_teams) if one.reply is None]
    print(f"not answered: {len(lost)}; refused by Teams' door: {dict(teams.refused)}")
    told = sum(one.told_to_retry > 0 for one in in_web)
    print(f"told to try again first (web): {told}")
    for error, number in web.errors.most_common():
        print(f"  {number} x {error}")
    held = True
    for where, sent in (("web", in_web), ("Teams", in_teams)):
        for what, some in (
            ("all", sent),
            ("urgent", [one for one in sent if one.urgent]),
        ):
            times = sorted(one.seconds for one in some if one.reply)
            if not times:
                continue
            high = times[int(len(times) * 0.95)]
            print(
                f"{where}, {what} ({len(times)}): median {times[len(times) // 2]:.3f} s, "
                f"95% {high:.3f} s, slowest {times[-1]:.3f} s"
            )
            held = held and (what != "urgent" or high < URGENT_WITHIN)
    first = samples[0][0]
    for server in SERVERS:
        sizes = [(at - first, sample[server]) for at, sample in samples]
        late = [size for at, size in sizes if at > SETTLING_SHARE * sizes[-1][0]]
        tenth = max(1, len(late) // 10)
        early, last = sum(late[:tenth]) / tenth, sum(late[-tenth:]) / tenth
        print(
            f"{server}: {sizes[0][1]:.0f} MB at the start, {early:.0f} after "
            f"{SETTLING_SHARE * sizes[-1][0] / 60:.0f} minutes, {last:.0f} at the end"
        )
        held = held and last <= MAX_GROWTH * early
    print(f"containers started again: {', '.join(started_again) or 'none'}")
    print(f"replies that broke a promise: {len(web.faults)}")
    for fault in web.faults[:20]:
        print(f"  {fault}")
    return held and not (lost or web.faults or started_again or teams.refused)


def main() -> int:
    """Measure."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--minutes", type=float, default=30.0)
    return 0 if asyncio.run(measure(parser.parse_args().minutes)) else 1


if __name__ == "__main__":
    sys.exit(main())
