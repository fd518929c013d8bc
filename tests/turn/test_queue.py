"""Whose turn it is: in order, without polling, nobody locked out; in virtual time."""

from __future__ import annotations

import asyncio
from contextlib import asynccontextmanager
from typing import Any, AsyncIterator, Callable, Coroutine

import pytest
from rasa.core.channels.channel import OutputChannel, UserMessage
from rasa.core.lock import TicketLock
from rasa.core.lock_store import InMemoryLockStore, LockError, LockStore
from rasa.shared.core.trackers import DialogueStateTracker

from assistant.turn.assistant import Assistant
from assistant.turn.outcome import Outcome
from assistant.turn.queue import (
    MAX_CONCURRENT_TURNS,
    QUEUE_TIMEOUT_S,
    TURN_TIMEOUT_S,
    QueueFullError,
    TurnQueue,
)
from tests.turn.clock import all_of, in_virtual_time, jumps, now
from tests.turn.faults import CALM, BrokenLockStore, full

A_TURN = 1.0
"""Seconds that a turn takes here."""

IN_VAIN_S = 30
"""Seconds of real time after which a test has waited for what does not come."""

PATIENT = 1000.0
"""Seconds that who waits has, where the limit is not what is tested."""

TestBody = Callable[[], Coroutine[Any, Any, None]]


def timeless(test: TestBody) -> Callable[[], None]:
    """Run a test in virtual time."""

    def run() -> None:
        in_virtual_time(test())

    run.__name__, run.__doc__ = test.__name__, test.__doc__
    return run


class Turns:
    """A queue, and the log of its turns: who began and who ended, in order."""

    def __init__(self, store: LockStore | None = None) -> None:
        self.queue = TurnQueue(store or InMemoryLockStore())
        self.begun: list[str] = []
        self.ended: list[str] = []
        self.times: dict[str, float] = {}
        self.working: set[str] = set()
        self.most = 0

    async def take(self, conversation: str, name: str = "", wait: float = PATIENT) -> None:
        """A turn of a conversation; ``name`` tells it from the others."""
        name = name or conversation
        async with self.queue.turn(conversation, wait):
            assert conversation not in self.working, "two turns of one conversation at once"
            self.begun.append(name)
            self.times[name] = now()
            self.working.add(conversation)
            self.most = max(self.most, len(self.working))
            try:
                await asyncio.sleep(A_TURN)
            finally:
                self.working.discard(conversation)
            self.ended.append(name)


# --- order -----------------------------------------------------------------------------


@timeless
async def test_messages_of_one_conversation_are_answered_in_the_order_of_coming() -> None:
    turns = Turns()
    names = [f"message {number}" for number in range(12)]
    await all_of(*(turns.take("a", name) for name in names))
    assert turns.begun == turns.ended == names
    assert turns.most == 1


@timeless
async def test_conversations_take_turns_in_the_order_of_coming() -> None:
    turns = Turns()
    names = [f"person {number}" for number in range(10)]
    await all_of(*(turns.take(name) for name in names))
    assert turns.begun == names
    assert turns.most == MAX_CONCURRENT_TURNS


@timeless
async def test_nobody_polls() -> None:
    """The next turn begins in the moment in which the one before ends: the clock moves only for
    the turns themselves, however many wait."""
    turns = Turns()
    await all_of(*(turns.take("a", str(number)) for number in range(12)))
    assert [turns.times[str(number)] for number in range(12)] == [n * A_TURN for n in range(12)]
    assert jumps() == 12


@timeless
async def test_waiting_in_vain_wakes_up_once() -> None:
    turns = Turns()
    async with full(turns.queue):
        before = jumps()
        with pytest.raises(QueueFullError):
            await turns.take("a", wait=2.0)
        assert now() == 2.0 and jumps() == before + 1


# --- nobody locked out -----------------------------------------------------------------


@pytest.mark.parametrize("messages", [1, 6, 12, 20])
@pytest.mark.parametrize("busy", [1, 2, 3, 5])
def test_many_messages_of_others_delay_a_person_by_no_more_than_one_turn(
    messages: int, busy: int
) -> None:
    """Counted in turns that end between the person's message and its turn, one a place."""

    async def test() -> None:
        turns = Turns()
        crowd = [
            asyncio.create_task(turns.take(f"busy {who}", f"busy {who}: {number}"))
            for number in range(messages)
            for who in range(busy)
        ]
        await asyncio.sleep(A_TURN / 2)  # in the middle of their first turns
        ended = len(turns.ended)
        person = asyncio.create_task(turns.take("person"))
        while "person" not in turns.begun:
            await asyncio.sleep(A_TURN / 10)
        delay = turns.ended[ended:]
        places_taken = min(busy, MAX_CONCURRENT_TURNS)
        waiting = max(busy - MAX_CONCURRENT_TURNS, 0)
        if places_taken < MAX_CONCURRENT_TURNS:
            assert delay == [], "a place is free: the person waits for nobody"
        # Before the person stand those who came before, once each, never again and again.
        assert len(delay) <= places_taken + waiting
        assert all(
            len([one for one in delay if one.startswith(f"busy {w}:")]) <= 1 for w in range(busy)
        )
        await person
        for task in crowd:
            task.cancel()
        await asyncio.gather(*crowd, return_exceptions=True)

    in_virtual_time(test())


@timeless
async def test_a_message_that_waits_for_its_conversation_holds_no_place() -> None:
    turns = Turns()
    hold = asyncio.Event()

    async def long_turn() -> None:
        async with turns.queue.conversation("a"):
            await hold.wait()

    holding = asyncio.create_task(long_turn())
    await asyncio.sleep(0)
    crowd = [asyncio.create_task(turns.take("a", str(number))) for number in range(12)]
    await asyncio.sleep(0)
    await all_of(*(turns.take(f"person {number}") for number in range(MAX_CONCURRENT_TURNS)))
    assert turns.begun == [f"person {number}" for number in range(MAX_CONCURRENT_TURNS)]
    assert now() == A_TURN, "all places were free"
    hold.set()
    await all_of(holding, *crowd)


@timeless
async def test_a_conversation_that_is_over_is_forgotten() -> None:
    turns = Turns()
    await all_of(*(turns.take(f"person {number}") for number in range(50)))
    assert not turns.queue.busy


# --- time limits -----------------------------------------------------------------------


@timeless
async def test_a_message_that_waits_too_long_fails_and_takes_no_place() -> None:
    turns = Turns()
    async with full(turns.queue):
        with pytest.raises(QueueFullError):
            await turns.take("a", wait=QUEUE_TIMEOUT_S)
        assert now() == QUEUE_TIMEOUT_S
    assert turns.begun == []
    await turns.take("a")
    assert turns.ended == ["a"], "what it waited for was given back"


@timeless
async def test_waiting_for_ones_own_conversation_ends_too() -> None:
    turns = Turns()
    async with turns.queue.conversation("a"):
        with pytest.raises(QueueFullError):
            await turns.take("a", wait=3.0)
        assert now() == 3.0
    await turns.take("a")


@timeless
async def test_a_turn_has_its_own_time_from_its_beginning() -> None:
    """Waiting takes nothing of it, and it is no longer for having waited."""
    turns = Turns()
    begun: list[float] = []

    async def endless() -> None:
        async with turns.queue.turn("a", PATIENT):
            begun.append(now())
            await asyncio.Event().wait()

    async with full(turns.queue):
        waiting = asyncio.create_task(endless())
        await asyncio.sleep(TURN_TIMEOUT_S - 0.5)
        assert begun == []
    with pytest.raises(TimeoutError):
        await waiting
    assert begun == [TURN_TIMEOUT_S - 0.5]
    assert now() == begun[0] + TURN_TIMEOUT_S


@timeless
async def test_a_turn_out_of_time_gives_back_its_place_and_its_conversation() -> None:
    turns = Turns()
    for _ in range(MAX_CONCURRENT_TURNS + 1):
        with pytest.raises(TimeoutError) as raised:
            async with turns.queue.turn("a", PATIENT):
                await asyncio.Event().wait()
        assert not isinstance(raised.value, QueueFullError)
    await turns.take("a")


@timeless
async def test_a_time_limit_of_the_turns_own_is_no_full_queue() -> None:
    queue = Turns().queue
    with pytest.raises(TimeoutError):
        async with queue.turn("a", PATIENT):
            raise TimeoutError


@timeless
async def test_a_message_that_is_cancelled_while_it_waits_gives_its_place_to_the_next() -> None:
    turns = Turns()
    async with turns.queue.conversation("a"):
        first = asyncio.create_task(turns.take("a", "first"))
        second = asyncio.create_task(turns.take("a", "second"))
        await asyncio.sleep(0)
        first.cancel()
        await asyncio.gather(first, return_exceptions=True)
    await second
    assert turns.ended == ["second"]


# --- several servers -------------------------------------------------------------------


class SharedLockStore(LockStore):
    """A lock store of several servers: one lock, in whose hands is told."""

    def __init__(self) -> None:
        super().__init__()
        self.taken: list[str] = []
        self.held: set[str] = set()

    @asynccontextmanager
    async def lock(
        self, conversation_id: str, *args: Any, **kwargs: Any
    ) -> AsyncIterator[TicketLock]:
        if conversation_id in self.held:
            raise LockError("another server has it")
        self.held.add(conversation_id)
        self.taken.append(conversation_id)
        try:
            yield TicketLock(conversation_id)
        finally:
            self.held.discard(conversation_id)


@timeless
async def test_across_servers_the_lock_store_is_asked_once_for_each_turn() -> None:
    store = SharedLockStore()
    turns = Turns(store)
    await all_of(*(turns.take("a", str(number)) for number in range(6)), turns.take("b"))
    assert sorted(store.taken) == ["a"] * 6 + ["b"]
    assert store.held == set()


@timeless
async def test_the_lock_of_several_servers_is_not_held_while_waiting_for_ones_own() -> None:
    """The lock of a server that died ends by itself: so would that of one who waits long."""
    store = SharedLockStore()
    turns = Turns(store)
    first = asyncio.create_task(turns.take("a", "first"))
    second = asyncio.create_task(turns.take("a", "second"))
    await asyncio.sleep(A_TURN / 2)
    assert store.taken == ["a"]
    await all_of(first, second)


@timeless
async def test_a_conversation_that_another_server_holds_is_a_full_queue_and_no_crash() -> None:
    store = SharedLockStore()
    store.held.add("a")
    turns = Turns(store)
    with pytest.raises(QueueFullError):
        await turns.take("a")
    await turns.take("b")


@timeless
async def test_a_lock_store_that_cannot_be_reached_gives_back_the_conversation() -> None:
    turns = Turns(BrokenLockStore())
    for _ in range(2):
        with pytest.raises(RuntimeError):
            await turns.take("a")


def test_rasas_own_store_is_not_polled_once_a_second() -> None:
    class Asked(InMemoryLockStore):
        def lock(self, *args: Any, **kwargs: Any) -> Any:
            raise AssertionError("asked")

    async def test() -> None:
        await Turns(Asked()).take("a")

    in_virtual_time(test())


# --- the assistant's own use of it -----------------------------------------------------

ANSWER = "the answer"


async def say_answer(
    message: UserMessage, tracker: DialogueStateTracker, output: OutputChannel
) -> DialogueStateTracker:
    """A turn that is over at once."""
    await output.send_response(message.sender_id, {"text": ANSWER})
    return tracker


@pytest.fixture
def turns(assistant: Assistant, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What got a turn; it is answered at once."""
    said: list[str] = []

    async def run_turn(message: UserMessage, *more: Any) -> DialogueStateTracker:
        said.append(message.text)
        return await say_answer(message, *more)

    monkeypatch.setattr(assistant.agent.processor, "run_turn", run_turn)
    return said


async def test_a_crowd_is_answered_a_few_at_a_time(
    assistant: Assistant, monkeypatch: pytest.MonkeyPatch
) -> None:
    working = most = 0
    all_at_work = asyncio.Event()

    async def run_turn(*turn: Any) -> DialogueStateTracker:
        nonlocal working, most
        working += 1
        most = max(most, working)
        if working == MAX_CONCURRENT_TURNS:
            all_at_work.set()
        await all_at_work.wait()
        await asyncio.sleep(0)
        working -= 1
        return await say_answer(*turn)

    monkeypatch.setattr(assistant.agent.processor, "run_turn", run_turn)
    crowd = (assistant.reply(CALM, f"crowd-{number}", queue_timeout_s=60) for number in range(20))
    assert all(reply.text == ANSWER for reply in await asyncio.gather(*crowd))
    assert most == MAX_CONCURRENT_TURNS


async def test_many_messages_of_one_conversation_are_understood_one_by_one(
    assistant: Assistant, turns: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Another person is understood after one of them, not after all; so is one part of a paste."""
    understood: list[str] = []
    reading = assistant.agent.processor.understand

    async def noted(text: str) -> Any:
        understood.append(text)
        return await reading(text)

    monkeypatch.setattr(assistant.agent.processor, "understand", noted)
    many = [f"{CALM} {number}" for number in range(12)]
    asked = [assistant.reply(text, "many") for text in many]
    await asyncio.gather(*asked, assistant.reply(CALM, "another"))
    assert understood.index(CALM) == 1
    assert [text for text in understood if text != CALM] == many
    assert sorted(turns) == sorted(understood)
    understood.clear()
    paste = " ".join([CALM] * 1000)
    await asyncio.gather(assistant.reply(paste, "many"), assistant.reply(CALM, "many"))
    assert len(understood) > 20 and understood.index(CALM) <= 1
    assert not assistant.queue.busy


async def test_a_full_queue_gives_the_official_channels(
    assistant: Assistant, turns: list[str], conversation: str
) -> None:
    async with full(assistant.queue):
        reply = await assistant.reply(CALM, conversation, queue_timeout_s=0.01)
    assert reply.outcome is Outcome.QUEUE_FULL and reply.failed and not reply.outcome.is_fault
    assert "999" in reply.text and "social care" in reply.text and "Reference" not in reply.text
    assert turns == []
    assert (await assistant.reply(CALM, conversation)).text == ANSWER


async def test_a_channel_that_closes_while_a_message_waits_is_asked_again(
    assistant: Assistant, turns: list[str], conversation: str
) -> None:
    asked = asyncio.Event()
    closes: list[Outcome] = []

    def closed() -> Outcome | None:
        asked.set()
        return closes[0] if closes else None

    async with full(assistant.queue):
        asking = asyncio.create_task(
            assistant.reply(CALM, conversation, queue_timeout_s=60, closed=closed)
        )
        await asyncio.wait_for(asked.wait(), IN_VAIN_S)
        closes.append(Outcome.RESTARTING)
    assert (await asking).outcome is Outcome.RESTARTING
    assert turns == []
