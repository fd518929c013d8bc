"""People who ask both servers: how long each waits, and how many are answered in a second."""

from __future__ import annotations

import asyncio
import csv
import itertools
import random
import statistics
import time
from typing import Iterator, NamedTuple, Sequence

import aiohttp
import yaml

from assistant.project import Project
from benchmarks.side_by_side.servers import NotAnsweredError, Notice, Person, Server

MESSAGES_A_CONVERSATION = 5
"""At most; fewer where there would be fewer conversations than clients."""

_LONGEST_WAIT = aiohttp.ClientTimeout(total=300)


class Times(NamedTuple):
    """Milliseconds that half and 95 of a hundred waited at most; answers a second; messages that
    got no answer, but a reply that says so."""

    p50: float
    p95: float
    throughput: float
    unanswered: float


def questions(server: Server, project: Project) -> Iterator[str]:
    """What people ask this server, without end and in the same order in every run.

    Development questions for the assistant; for the starter bot the examples that it was given,
    which are the questions that it can answer.
    """
    if isinstance(server, Notice):
        path = project.root / "tests" / "nlu" / "development.tsv"
        with path.open(encoding="utf-8") as file:
            texts = [row["question"] for row in csv.DictReader(file, delimiter="\t")]
    else:
        nlu = yaml.safe_load((server.folder / "data" / "nlu.yml").read_text(encoding="utf-8"))
        lines = "".join(intent["examples"] for intent in nlu["nlu"]).splitlines()
        texts = [line.removeprefix("- ") for line in lines]
    random.Random(1).shuffle(texts)
    return itertools.cycle(texts)


async def ask(server: Server, texts: Sequence[str], clients: int) -> Times:
    """Ask all texts, so many people at a time; sessions are opened before the clock starts.

    Raises:
        aiohttp.ClientError: a message got no reply.
    """
    unanswered = 0
    waited: list[float] = []
    size = max(1, min(MESSAGES_A_CONVERSATION, len(texts) // clients))
    async with _http() as http:
        conversations = [
            (server.person(http), texts[first : first + size])
            for first in range(0, len(texts), size)
        ]
        for person, _ in conversations:
            await person.arrive()
        waiting = iter(conversations)

        async def talk() -> None:
            nonlocal unanswered
            for person, said in waiting:
                for text in said:
                    asked = time.monotonic()
                    try:
                        await person.ask(text)
                    except NotAnsweredError:
                        unanswered += 1
                    waited.append(1000 * (time.monotonic() - asked))

        began = time.monotonic()
        await asyncio.gather(*(talk() for _ in range(clients)))
        seconds = time.monotonic() - began
    percentiles = statistics.quantiles(waited, n=20)
    return Times(
        statistics.median(waited), percentiles[18], (len(waited) - unanswered) / seconds, unanswered
    )


async def growth(server: Server, text: str, messages: int) -> float:
    """How many times longer the last tenth of one conversation waits than its first tenth."""
    async with _http() as http:
        person = server.person(http)
        await person.arrive()
        waited = [await _milliseconds(person, text) for _ in range(messages + 1)][1:]
    tenth = messages // 10
    return statistics.median(waited[-tenth:]) / statistics.median(waited[:tenth])


async def reply_of(server: Server, text: str) -> str:
    """What somebody new is told."""
    async with _http() as http:
        person = server.person(http)
        await person.arrive()
        return await person.ask(text)


async def _milliseconds(person: Person, text: str) -> float:
    began = time.monotonic()
    await person.ask(text)
    return 1000 * (time.monotonic() - began)


def _http() -> aiohttp.ClientSession:
    connector = aiohttp.TCPConnector(limit=0)
    return aiohttp.ClientSession(timeout=_LONGEST_WAIT, connector=connector)
