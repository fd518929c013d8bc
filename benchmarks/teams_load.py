"""200 conversations in Teams at once, with a connector that fails one time in twenty.

Everything is on loopback: the channel in one process, with the trained model, the project's
stores and an empty database; the people and the stand-in for Microsoft in another. Each
conversation asks three things without waiting for answers; the second and third answers
depend on the first. What arrives is compared with what the assistant answers when it is asked
alone: nothing may be lost, doubled, crossed or out of order. ``python -m benchmarks.teams_load``
"""

from __future__ import annotations

import asyncio
import multiprocessing
import os
import random
import statistics
import tempfile
import time
import warnings
from multiprocessing.connection import Connection
from pathlib import Path
from typing import NamedTuple, Optional

import aiohttp
from aiohttp import web

from assistant.training.without_tensorflow import keep_tensorflow_out

os.environ.setdefault("SQLALCHEMY_SILENCE_UBER_WARNING", "1")
warnings.showwarning = lambda *args, **kwargs: None  # Rasa's dependencies, about each other
keep_tensorflow_out()

from rasa.core.agent import load_agent  # noqa: E402
from rasa.core.utils import AvailableEndpoints  # noqa: E402

from assistant.channels.teams.messages import message  # noqa: E402
from assistant.guidance import load_library  # noqa: E402
from assistant.privacy.logs import configure_private_logging  # noqa: E402
from assistant.project import find_project  # noqa: E402
from assistant.training.train import current_model, train  # noqa: E402
from assistant.turn.assistant import Assistant  # noqa: E402
from assistant.turn.in_process_actions import InProcessActions  # noqa: E402
from tests.channels.teams.stand_in import (  # noqa: E402
    Microsoft,
    Sent,
    activity,
    channel,
    serving,
    token,
)

CONVERSATIONS = 200
TOPICS = 40
FOLLOW_UPS = ("where does it say that?", "tell me more")
SHARE_THAT_FAILS = 0.05
STATUSES = (412, 429, 500, 502, 503, 504)
LOST_AFTER_S = 600.0  # seconds, then what has not come is lost


class Expected(NamedTuple):
    """What a conversation asks first, and the texts that its three messages bring."""

    title: str
    texts: list[str]


class Asked(NamedTuple):
    """When a message was posted, and when the webhook said 200."""

    at: float
    accepted: float


class Failing:
    """Fails by chance, the same way in every run; counts what it did."""

    def __init__(self) -> None:
        self.count = 0
        self._random = random.Random(5)

    def __call__(self, sent: Sent) -> Optional[web.Response]:
        """Let it pass, answer with an error, or hang up."""
        if self._random.random() >= SHARE_THAT_FAILS:
            return None
        self.count += 1
        status = self._random.choice((*STATUSES, 0))
        if status == 0:
            raise ConnectionError
        return web.Response(status=status)


async def main() -> None:
    """Run it and print the figures."""
    pipe, other = multiprocessing.Pipe()
    # Forked, so that both processes have the same signing key; before there are threads.
    server = multiprocessing.get_context("fork").Process(target=_serve, args=(other,))
    server.start()
    other.close()
    async with Microsoft().running() as microsoft, aiohttp.ClientSession() as http:
        pipe.send(microsoft.url)
        url, expected = await asyncio.to_thread(pipe.recv)
        right = [expected[number % len(expected)] for number in range(CONVERSATIONS)]
        microsoft.fault = failing = Failing()
        started = time.monotonic()
        asked = await asyncio.gather(
            *(_converse(http, url, microsoft, *one) for one in enumerate(right))
        )
        while len(microsoft.messages) < sum(len(one.texts) for one in right):
            if time.monotonic() > started + LOST_AFTER_S:
                break
            await asyncio.sleep(0.1)
        seconds = time.monotonic() - started
        pipe.send("stop")
        keys_fetched = await asyncio.to_thread(pipe.recv)
        server.join()

    lost = doubled = wrong = 0
    accepted = [one.accepted - one.at for times in asked for one in times]
    waited: list[float] = []
    for number, (one, times) in enumerate(zip(right, asked)):
        sent = [message for message in microsoft.messages if message.conversation == f"a:{number}"]
        lost += max(0, len(one.texts) - len(sent))
        doubled += max(0, len(sent) - len(one.texts))
        wrong += sum(this.content["text"] != text for this, text in zip(sent, one.texts))
        waited += [this.at - that.at for this, that in zip(sent, times)]
    print(f"conversations {CONVERSATIONS}, messages {len(accepted)}, in {seconds:.1f} s")
    print(f"connector: {len(microsoft.tried)} tries, {failing.count} failed on purpose")
    print(f"tokens fetched {len(microsoft.tokens)}, signing keys fetched {keys_fetched}")
    print(f"lost {lost}, doubled {doubled}, crossed or out of order {wrong}")
    print(f"from question to the webhook's 200: {_spread(accepted)}")
    print(f"from question to answer: {_spread(waited)}")
    print("load of the machine: {:.1f} {:.1f} {:.1f}".format(*os.getloadavg()))
    if lost or doubled or wrong:
        raise SystemExit(1)


def _spread(seconds: list[float]) -> str:
    ordered = sorted(seconds)
    high = ordered[int(len(ordered) * 0.95)]
    return (
        f"median {statistics.median(ordered):.1f} s, 95% {high:.1f} s, slowest {ordered[-1]:.1f} s"
    )


def _serve(pipe: Connection) -> None:
    """The server's process: the channel as ``notice serve`` runs it, with a database of its own."""
    asyncio.run(_server(pipe))


async def _server(pipe: Connection) -> None:
    configure_private_logging()
    project = find_project()
    microsoft = Microsoft(url=pipe.recv())
    endpoints = AvailableEndpoints.read_endpoints(str(project.endpoints))
    endpoints.action = InProcessActions()
    with tempfile.TemporaryDirectory() as folder:
        endpoints.tracker_store.kwargs["db"] = str(Path(folder, "conversations.db"))
        model = current_model(project) or train(project)
        agent = await load_agent(model_path=str(model), endpoints=endpoints)
        assistant = Assistant(agent)
        topics = list(load_library(project.data).topics.values())
        titles = [topic.title for topic in topics[:: len(topics) // TOPICS]]
        expected = [Expected(title, await _alone(assistant, title)) for title in titles]
        async with serving(channel(microsoft), microsoft, agent) as bot:
            pipe.send((bot.url, expected))
            await asyncio.to_thread(pipe.recv)
        pipe.send(microsoft.keys_fetched)


async def _alone(assistant: Assistant, title: str) -> list[str]:
    """The texts that a conversation on this topic brings when there is no other."""
    texts = []
    for said in (title, *FOLLOW_UPS):
        texts.append(message(await assistant.reply(said, title))["text"])
    await assistant.forget(title)
    return texts


async def _converse(
    http: aiohttp.ClientSession, url: str, microsoft: Microsoft, number: int, expected: Expected
) -> list[Asked]:
    """Ask everything in one conversation; gives when."""
    asked = []
    for said in (expected.title, *FOLLOW_UPS):
        at = time.monotonic()
        body = activity(microsoft, said, conversation={"id": f"a:{number}"})
        headers = {"Authorization": f"Bearer {token(microsoft)}"}
        async with http.post(f"{url}/webhooks/teams/webhook", json=body, headers=headers) as taken:
            assert taken.status == 200, taken.status
        asked.append(Asked(at, time.monotonic()))
    return asked


if __name__ == "__main__":
    asyncio.run(main())
