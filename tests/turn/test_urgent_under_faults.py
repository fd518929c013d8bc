"""Every urgent test message against every fault: as many urgent replies as with all well.

Each fault breaks the real thing: a database that cannot be opened, that is locked, full, read-only
or slow, a lock store and an action server on a port where nobody listens, a queue that is held.
The messages are understood once, by the trained model; what is asked under a fault is the same
reading, but for the model that fails.
"""

from __future__ import annotations

import asyncio
import itertools
import sqlite3
from pathlib import Path
from typing import Any, AsyncIterator, Callable, Iterator, Optional

import pytest
import pytest_asyncio
import sqlalchemy as sa
from rasa.core.lock_store import InMemoryLockStore
from rasa.utils.endpoints import EndpointConfig

from assistant.evaluation import read_questions
from assistant.guidance import is_urgent
from assistant.project import Project
from assistant.store.database import make_engine
from assistant.store.locks import RedisLockStore
from assistant.store.tracker_store import RedactingTrackerStore
from assistant.turn import official, queue
from assistant.turn.assistant import Assistant
from assistant.turn.outcome import LONGEST_MESSAGE, Outcome
from assistant.turn.processor import ParseData, TurnProcessor
from assistant.turn.queue import TurnQueue
from assistant.turn.replies import Reply
from assistant.understanding.long_texts import LONG_WORDS
from tests.conftest import VAGUE, WithStore
from tests.turn.faults import CALM, BrokenLockStore, broken, silence
from tests.waiting import PATIENCE_S

NOWHERE = "127.0.0.1:1"
"""An address at which nobody listens."""

OTHER_WORDS = "We talked about housing and benefits for the whole family. "
"""Ten words: the parts of a long text that hold nothing else are the same for all messages."""

MANY_KEPT = 20
"""Urgent turns that are looked for in the store: all of them would take long."""

Under = Callable[..., Any]


class Readings:
    """What the model reads in a text, kept: each text is understood once in all these tests."""

    def __init__(self, processor: TurnProcessor) -> None:
        self.understand = processor.understand
        self.kept: dict[str, ParseData] = {}

    async def __call__(self, text: str) -> ParseData:
        if text not in self.kept:
            self.kept[text] = await self.understand(text)
        return self.kept[text]


@pytest.fixture(scope="module")
def messages(project: Project) -> list[str]:
    questions = read_questions(project.root / "tests" / "nlu" / "urgent.tsv")
    texts = [question.text for question in questions]
    assert len(texts) >= 220
    return texts


@pytest.fixture(scope="module")
def readings(assistant: Assistant) -> Iterator[Readings]:
    made = Readings(assistant.agent.processor)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(TurnProcessor, "understand", lambda processor, text: made(text))
        yield made


@pytest_asyncio.fixture(scope="module")
async def well(assistant: Assistant, messages: list[str], readings: Readings) -> dict[str, Reply]:
    """The urgent replies with all well, by their message."""
    replies = await ask_all(assistant, messages)
    urgent = {text: reply for text, reply in zip(messages, replies) if reply.kind == "urgent"}
    assert len(urgent) >= 0.98 * len(messages)
    return urgent


@pytest_asyncio.fixture
async def ours(
    with_store: WithStore, store: RedactingTrackerStore, readings: Readings
) -> AsyncIterator[Assistant]:
    """An assistant over a real database."""
    assistant = with_store(store)
    yield assistant
    await drop(assistant)


async def ask_all(assistant: Assistant, messages: list[str], **how: Any) -> list[Reply]:
    """The replies to all of these messages, one after another, each in its own conversation."""
    replies = []
    for text in messages:
        asked = {"conversation": new_conversation(), **how}
        replies.append(await assistant.reply(text, **asked))
    await drop(assistant)
    return replies


def new_conversation() -> str:
    return f"urgent-{next(_numbers)}"


_numbers = itertools.count()


async def drop(assistant: Assistant) -> None:
    """Keep nothing of what is not kept yet: under a fault it would be tried for long."""
    await assistant.finish(within_s=0)


async def as_many(assistant: Assistant, well: dict[str, Reply], **how: Any) -> None:
    """Every message that is urgent with all well gets an urgent reply, by itself the very same."""
    replies = await ask_all(assistant, list(well), **how)
    missed = [text for text, reply in zip(well, replies) if reply.kind != "urgent"]
    assert missed == []
    if "conversation" not in how:  # in one conversation, what was said before counts too
        assert replies == list(well.values())


# --- the tracker store -----------------------------------------------------------------


def down(store: RedactingTrackerStore, database: Path) -> None:
    """A database that cannot be opened."""
    store.engine = make_engine(
        sa.engine.make_url(f"sqlite:///{database.parent / 'no' / 'file.db'}")
    )
    store.sessionmaker.configure(bind=store.engine)


def read_only(store: RedactingTrackerStore, database: Path) -> None:
    address = f"sqlite:///file:{database}?mode=ro&uri=true"
    store.engine = make_engine(sa.engine.make_url(address))
    store.sessionmaker.configure(bind=store.engine)


def full_disk(store: RedactingTrackerStore, database: Path) -> None:
    """No page more than there are: what SQLite says of a full disk."""

    def limit(connection: Any, record: Any) -> None:
        pages = connection.execute("PRAGMA page_count").fetchone()[0]
        connection.execute(f"PRAGMA max_page_count = {pages}")

    sa.event.listen(store.engine, "connect", limit)
    store.engine.dispose()


@pytest.fixture
def locked(database: Path, store: RedactingTrackerStore) -> Iterator[None]:
    """Another process writes, and does not end."""
    other = sqlite3.connect(database, isolation_level=None)
    other.execute("BEGIN EXCLUSIVE")
    yield
    other.rollback()
    other.close()


@pytest.fixture
def slow(store: RedactingTrackerStore, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A database that does not answer before the test is over."""
    answers = silence(store, monkeypatch)
    yield
    answers.set()


@pytest.fixture
def short_turns(monkeypatch: pytest.MonkeyPatch) -> None:
    """So that the test's calm message is not waited for long."""
    monkeypatch.setattr(queue, "TURN_TIMEOUT_S", 0.05)


@pytest.mark.parametrize("fault", [down, read_only, full_disk])
async def test_the_database_cannot_be_used(
    ours: Assistant,
    well: dict[str, Reply],
    store: RedactingTrackerStore,
    database: Path,
    fault: Callable[[RedactingTrackerStore, Path], None],
) -> None:
    fault(store, database)
    # Enough to need another page.
    calm = [await ours.reply(CALM, f"calm-{number}") for number in range(40)]
    assert calm[-1].outcome is Outcome.STORE_UNAVAILABLE
    await as_many(ours, well)


@pytest.mark.usefixtures("locked", "short_turns")
async def test_the_database_is_locked(ours: Assistant, well: dict[str, Reply]) -> None:
    assert (await ours.reply(CALM, "calm")).outcome is Outcome.TIMED_OUT
    await as_many(ours, well)


@pytest.mark.usefixtures("slow", "short_turns")
async def test_the_database_is_slow(ours: Assistant, well: dict[str, Reply]) -> None:
    assert (await ours.reply(CALM, "calm")).outcome is Outcome.TIMED_OUT
    await as_many(ours, well)


# --- what else a turn needs ------------------------------------------------------------


async def test_the_lock_store_is_down(
    assistant: Assistant, well: dict[str, Reply], monkeypatch: pytest.MonkeyPatch
) -> None:
    store = RedisLockStore(EndpointConfig(url=f"redis://{NOWHERE}/0"))
    monkeypatch.setattr(assistant, "queue", TurnQueue(store))
    assert not (await assistant.reply(CALM, "calm")).failed, "it goes on without a lock"
    await as_many(assistant, well)


async def test_the_lock_store_breaks(
    assistant: Assistant, well: dict[str, Reply], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(assistant, "queue", TurnQueue(BrokenLockStore()))
    assert (await assistant.reply(CALM, "calm")).outcome is Outcome.CRASHED
    await as_many(assistant, well)


async def test_the_action_server_is_unreachable(
    assistant: Assistant, well: dict[str, Reply], monkeypatch: pytest.MonkeyPatch
) -> None:
    nobody = EndpointConfig(url=f"http://{NOWHERE}/webhook", enable_selective_domain=True)
    monkeypatch.setattr(assistant.agent.processor, "action_endpoint", nobody)
    assert (await assistant.reply(VAGUE, "calm")).failed
    await as_many(assistant, well)


async def test_the_queue_is_full(
    assistant: Assistant, well: dict[str, Reply], monkeypatch: pytest.MonkeyPatch
) -> None:
    """No slot is free, and the conversation is held as well."""
    no_slot = TurnQueue(InMemoryLockStore(), max_concurrent_turns=0)
    monkeypatch.setattr(assistant, "queue", no_slot)
    # To be kept, an urgent turn would wait for an hour; its reply waits for nothing.
    monkeypatch.setattr("assistant.turn.assistant.QUEUE_TIMEOUT_S", 3600.0)
    async with asyncio.timeout(PATIENCE_S):
        assert (await assistant.reply(next(iter(well)), new_conversation())).kind == "urgent"
    async with no_slot.conversation("one"):
        calm = await assistant.reply(CALM, "one", queue_timeout_s=0.01)
        assert calm.outcome is Outcome.QUEUE_FULL
        await as_many(assistant, well, conversation="one")


@pytest.mark.parametrize("why", [Outcome.TURNED_OFF, Outcome.RESTARTING])
async def test_the_channel_is_closed(
    assistant: Assistant, well: dict[str, Reply], why: Outcome
) -> None:
    def closed() -> Optional[Outcome]:
        return why

    assert (await assistant.reply(CALM, "calm", closed=closed)).outcome is why
    await as_many(assistant, well, closed=closed)
    urgent, conversation = next(iter(well)), new_conversation()
    await assistant.reply(urgent, conversation, closed=closed)
    await assistant.finish()
    assert await assistant.history(conversation) == [], "a closed channel keeps nothing"


async def test_no_content_but_what_is_in_memory(
    assistant: Assistant, well: dict[str, Reply], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The files may be gone, or be written anew at this moment."""
    for name in ("load_content", "find_project"):
        monkeypatch.setattr(f"assistant.answers.current.{name}", broken)
    await as_many(assistant, well)


async def test_all_at_once(assistant: Assistant, well: dict[str, Reply]) -> None:
    """Everybody asks in the same moment: nobody who is in danger waits for a turn."""
    asked = (assistant.reply(text, f"at-once-{n}") for n, text in enumerate(well))
    replies = await asyncio.gather(*asked)
    await drop(assistant)
    assert replies == list(well.values())


# --- the model -------------------------------------------------------------------------


async def test_the_model_fails_and_the_patterns_are_left(
    assistant: Assistant,
    well: dict[str, Reply],
    readings: Readings,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The one fault under which fewer are recognised: plain statements only."""
    monkeypatch.setattr(
        TurnProcessor, "understand", lambda processor, text: readings.understand(text)
    )
    monkeypatch.setattr(assistant.agent.processor.graph_runner, "run", broken)
    replies = await ask_all(assistant, list(well))
    urgent = [reply for reply in replies if reply.kind == "urgent"]
    matched = [text for text in well if official.urgent_by_pattern(text)]
    assert len(urgent) == len(matched) >= 35
    others = [reply for reply in replies if reply.kind != "urgent"]
    assert all("999" in one.text.splitlines()[0] and one.contacts for one in others)


# --- texts that are long ---------------------------------------------------------------


def among(text: str, before: int, after: int) -> str:
    """A message among so many sentences about other things."""
    return f"{OTHER_WORDS * before}{text} {OTHER_WORDS * after}".strip()


async def test_the_text_is_too_long(assistant: Assistant, well: dict[str, Reply]) -> None:
    texts = [among(text, 15, 25) for text in well]
    assert all(len(text) > LONGEST_MESSAGE for text in texts)
    replies = await ask_all(assistant, texts)
    # Among so many calm sentences one that is urgent by a hair is missed (docs/understanding.md).
    assert len([text for text, reply in zip(well, replies) if reply.kind != "urgent"]) <= 1


@pytest.mark.parametrize(("before", "after"), [(0, 40), (40, 0)])
async def test_the_text_is_too_long_and_begins_or_ends_with_it(
    assistant: Assistant, well: dict[str, Reply], before: int, after: int
) -> None:
    some = list(well)[::10]
    replies = await ask_all(assistant, [among(text, before, after) for text in some])
    assert [text for text, reply in zip(some, replies) if reply.kind != "urgent"] == []


async def test_a_text_that_is_too_long_and_calm_is_not_urgent(
    assistant: Assistant, readings: Readings
) -> None:
    calm = among("What is a strategy discussion?", 20, 20)
    assert (await assistant.reply(calm, "too long and calm")).outcome is Outcome.TOO_LONG


async def test_a_long_text_within_the_limit_is_read_in_parts_too(
    assistant: Assistant, well: dict[str, Reply]
) -> None:
    """One urgent clause would drown in the rest. What is told at length needs more to be urgent,
    so some are missed; in parts fewer are."""
    texts = [long for text in list(well)[::3] if fits(long := among(text, 15, 8))]
    assert len(texts) > 50
    whole = [is_urgent((await assistant.parse(text))["intent"]["name"]) for text in texts]
    replies = await ask_all(assistant, texts)
    in_parts = [reply.kind == "urgent" for reply in replies]
    assert sum(whole) < sum(in_parts) and sum(in_parts) >= 0.8 * len(texts)
    assert all(part for alone, part in zip(whole, in_parts) if alone)


def fits(text: str) -> bool:
    return len(text) <= LONGEST_MESSAGE and len(text.split()) > LONG_WORDS


async def test_a_long_calm_text_is_calm(assistant: Assistant, readings: Readings) -> None:
    calm = among("What is a strategy discussion?", 12, 12)
    assert fits(calm)
    reply = await assistant.reply(calm, "long and calm")
    assert reply.kind != "urgent" and not reply.failed


# --- afterwards ------------------------------------------------------------------------


async def test_what_was_urgent_is_kept_afterwards(
    ours: Assistant, well: dict[str, Reply], store: RedactingTrackerStore
) -> None:
    some = list(well)[:MANY_KEPT]
    for number, text in enumerate(some):
        await ours.reply(text, f"kept-{number}", message_id="one")
    await ours.finish()
    for number, text in enumerate(some):
        (turn,) = await ours.history(f"kept-{number}")
        assert turn.reply == well[text]
