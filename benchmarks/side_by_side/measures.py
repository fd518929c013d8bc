"""What is measured of both servers, and of the assistant with more topics."""

from __future__ import annotations

import asyncio
import contextlib
import itertools
import shutil
import statistics
import tempfile
import time
from pathlib import Path
from typing import Iterator, NamedTuple, Optional, Sequence

import yaml

from assistant.project import Project
from benchmarks.side_by_side.load import ask, growth, questions, reply_of
from benchmarks.side_by_side.servers import Notice, Server, Starter
from benchmarks.side_by_side.topics import add_topics

CLIENTS = (1, 10, 50)
MESSAGES_FOR_MEMORY = 1000
CONVERSATION = 100
"""Messages of the conversation whose growth is measured."""

CHANGED = "Changed by a benchmark."
CHANGE_WITHIN_S = 600.0


class Effort(NamedTuple):
    """How much is measured: rounds, messages of a round by clients, starts."""

    rounds: int
    messages: int
    starts: int


QUICK = Effort(rounds=2, messages=60, starts=1)
WHOLE = Effort(rounds=5, messages=200, starts=3)


class Row(NamedTuple):
    """One figure of both. ``more_is_better`` tells how the ratio is to be read."""

    what: str
    notice: float
    starter: Optional[float] = None
    more_is_better: bool = False

    @property
    def ratio(self) -> Optional[float]:
        """The assistant's figure, in those of the starter bot."""
        return self.notice / self.starter if self.starter else None


def answering(notice: Notice, starter: Starter, project: Project, effort: Effort) -> Iterator[Row]:
    """Start, waiting, throughput, memory and growth; the servers take turns, and then run on."""
    servers: tuple[Server, Server] = (notice, starter)
    starts: dict[str, list[float]] = {server.name: [] for server in servers}
    firsts: dict[str, list[float]] = {server.name: [] for server in servers}
    for _, server in itertools.product(range(effort.starts), servers):
        server.stop()
        began = time.monotonic()
        starts[server.name].append(server.start())
        asyncio.run(reply_of(server, "hello"))
        firsts[server.name].append(time.monotonic() - began)
    yield _both("start to ready, s", [statistics.median(starts[s.name]) for s in servers])
    yield _both("start to first reply, s", [statistics.median(firsts[s.name]) for s in servers])

    asked = {server.name: questions(server, project) for server in servers}
    sent = dict.fromkeys(starts, 0)
    unanswered = [0.0, 0.0]
    for clients in CLIENTS:
        times: dict[str, list[tuple[float, ...]]] = {server.name: [] for server in servers}
        for number in range(effort.rounds):
            for server in servers if number % 2 == 0 else servers[::-1]:
                texts = list(itertools.islice(asked[server.name], effort.messages))
                times[server.name].append(asyncio.run(ask(server, texts, clients)))
                sent[server.name] += len(texts)
        ours, theirs = (
            [statistics.median(column) for column in zip(*times[server.name])] for server in servers
        )
        at = f"{clients} client{'s' if clients > 1 else ''}"
        yield Row(f"{at}: p50, ms", ours[0], theirs[0])
        yield Row(f"{at}: p95, ms", ours[1], theirs[1])
        yield Row(f"{at}: messages a second", ours[2], theirs[2], more_is_better=True)
        for number, server in enumerate(servers):
            unanswered[number] += sum(one[3] for one in times[server.name])
    yield _both("messages of these without an answer", unanswered)

    for server in servers:
        left = MESSAGES_FOR_MEMORY - sent[server.name]
        if left > 0:
            asyncio.run(ask(server, list(itertools.islice(asked[server.name], left)), 4))
    resident = [server.megabytes for server in servers]
    yield _both(f"resident after {MESSAGES_FOR_MEMORY:,} messages, MB", resident)
    said = {notice.name: "what is a strategy discussion?", starter.name: "hello"}
    grown = [asyncio.run(growth(server, said[server.name], CONVERSATION)) for server in servers]
    yield _both(f"message {CONVERSATION} of a conversation, in times of the first", grown)
    yield _both("model archive, MB", [server.archive_megabytes for server in servers])


def changed_answer(notice: Notice, starter: Starter) -> Row:
    """From a changed text in a file until it is said; both servers run."""
    topic = notice.folder / "data" / "guidance" / "respond" / "strategy-discussion.yml"
    answer = yaml.safe_load(topic.read_text(encoding="utf-8"))
    answer["lead"] = f"{CHANGED} {answer['lead']}"
    began = time.monotonic()
    topic.write_text(yaml.safe_dump(answer, allow_unicode=True), encoding="utf-8")
    notice.run("reload")
    _wait_for(notice, "what is a strategy discussion?", began)
    ours = time.monotonic() - began

    domain = starter.folder / "domain.yml"
    before = domain.read_text(encoding="utf-8")
    began = time.monotonic()
    domain.write_text(before.replace("Hey! How are you?", CHANGED), encoding="utf-8")
    try:
        starter.run("train")
        starter.stop()
        starter.start()
        _wait_for(starter, "hello", began)
        theirs = time.monotonic() - began
    finally:
        domain.write_text(before, encoding="utf-8")
    return Row("changed answer live, s", ours, theirs)


def _both(what: str, figures: Sequence[float]) -> Row:
    ours, theirs = figures
    return Row(what, ours, theirs)


def _wait_for(server: Server, question: str, began: float) -> None:
    while CHANGED not in asyncio.run(reply_of(server, question)):
        if time.monotonic() - began > CHANGE_WITHIN_S:
            raise RuntimeError(f"{server.name} does not say what was changed")
        time.sleep(0.1)


def training(project: Project, starter: Starter, python: Path) -> Iterator[Row]:
    """From nothing but the files, and again with one more example."""
    with _notice(project) as notice, tempfile.TemporaryDirectory() as name:
        theirs = Starter(Path(name), python)
        for part in ("config.yml", "domain.yml", "credentials.yml", "endpoints.yml"):
            shutil.copy(starter.folder / part, theirs.folder)
        shutil.copytree(starter.folder / "data", theirs.folder / "data")
        yield Row("training from nothing, s", notice.run("train"), theirs.run("train"))
        asked = notice.folder / "data" / "questions" / "talk" / "recording.yml"
        _append(asked, "  - which notes does a benchmark keep\n")
        nlu = theirs.folder / "data" / "nlu.yml"
        text = nlu.read_text(encoding="utf-8")
        nlu.write_text(text.replace("    - hey\n", "    - hey\n    - hey there you\n", 1))
        yield Row("training after one more example, s", notice.run("train"), theirs.run("train"))


def topics(project: Project, numbers: tuple[int, ...], effort: Effort) -> Iterator[Row]:
    """The assistant alone with so many topics: training, archive, start, memory, waiting."""
    for number in numbers:
        with _notice(project) as notice:
            add_topics(notice.folder / "data", number)
            yield Row(f"{number:,} topics: training, s", notice.run("train"))
            yield Row(f"{number:,} topics: model archive, MB", notice.archive_megabytes)
            yield Row(f"{number:,} topics: start to ready, s", notice.start())
            texts = list(itertools.islice(questions(notice, project), effort.messages))
            waited = [asyncio.run(ask(notice, texts, 1)).p50 for _ in range(effort.rounds)]
            yield Row(f"{number:,} topics: p50 of one client, ms", statistics.median(waited))
            yield Row(f"{number:,} topics: resident, MB", notice.megabytes)


@contextlib.contextmanager
def _notice(project: Project) -> Iterator[Notice]:
    """An untrained copy of the project, for as long as it is needed."""
    with tempfile.TemporaryDirectory() as name:
        notice = Notice.copy_of(project, Path(name), None)
        try:
            yield notice
        finally:
            notice.stop()


def _append(path: Path, text: str) -> None:
    path.write_text(path.read_text(encoding="utf-8").rstrip("\n") + "\n" + text, encoding="utf-8")
