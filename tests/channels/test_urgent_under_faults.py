"""Urgent test messages through web, /chat and Teams under every fault: as many as with all well.

``tests/turn/test_urgent_under_faults.py`` asks all of them of the assistant; here every tenth goes
the whole way, over real HTTP, to the person.
"""

from __future__ import annotations

import asyncio
import contextlib
import html
import sqlite3
from pathlib import Path
from typing import Any, AsyncIterator, Awaitable, Callable, Iterator

import pytest
import pytest_asyncio
from rasa.utils.endpoints import EndpointConfig

from assistant.answers import current_content
from assistant.channels.web import pages
from assistant.evaluation import read_questions
from assistant.guidance import topic_id_of
from assistant.operations.server import build_app
from assistant.project import Project
from assistant.store.tracker_store import RedactingTrackerStore
from assistant.turn import queue
from assistant.turn.assistant import Assistant
from assistant.turn.heard import HeardBefore
from assistant.turn.outcome import LONGEST_MESSAGE
from assistant.turn.processor import ParseData, TurnProcessor
from assistant.turn.queue import TurnQueue
from assistant.understanding.going_on import Heard
from tests.channels.conftest import Client, credentials, served
from tests.channels.teams.stand_in import Microsoft, channel, serving
from tests.conftest import WithStore
from tests.turn.faults import BrokenLockStore, broken, full, silence

EVERY = 10

Ask = Callable[[str], Awaitable[str]]
"""Ask through a channel; gives all that the person sees."""


@pytest.fixture(scope="module")
def leads(project: Project, assistant: Assistant) -> Iterator[dict[str, str]]:
    """Messages, and the first line that each gets with all well; understood once."""
    kept: dict[str, ParseData] = {}
    understand = TurnProcessor.understand

    async def once(processor: TurnProcessor, text: str) -> ParseData:
        if text not in kept:
            kept[text] = await understand(processor, text)
        return kept[text]

    async def read() -> dict[str, str]:
        questions = read_questions(project.root / "tests" / "nlu" / "urgent.tsv")
        found = {}
        for question in questions[::EVERY]:
            intent = (await assistant.parse(question.text))["intent"]["name"]
            answer = current_content().answer(topic_id_of(intent))
            if answer is not None and answer.kind == "urgent":
                found[question.text] = answer.lead
        return found

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(TurnProcessor, "understand", once)
        found = asyncio.run(read())
        assert len(found) > 20
        yield found


@pytest_asyncio.fixture
async def ours(
    with_store: WithStore, store: RedactingTrackerStore, monkeypatch: pytest.MonkeyPatch
) -> AsyncIterator[Assistant]:
    # Each message is somebody's first: what another said before does not count.
    monkeypatch.setattr(HeardBefore, "of", lambda self, conversation, message_id=None: Heard())
    assistant = with_store(store)
    yield assistant
    await assistant.finish(within_s=0)


@pytest_asyncio.fixture
async def web(ours: Assistant, tmp_path: Path) -> AsyncIterator[Client]:
    app = build_app(credentials(tmp_path))
    app.ctx.agent = ours.agent
    app.ctx.notice_assistant = (ours.agent.processor, ours)
    async with served(app) as client:
        yield await client.open()


def the_web(client: Client) -> Ask:
    async def ask(text: str) -> str:
        return str((await client.ask(text)).reply["text"])

    return ask


def the_page(client: Client) -> Ask:
    async def ask(text: str) -> str:
        page = await client.form(text=text, session=client.token)
        assert page.status == 200
        return html.unescape(page.text.partition('id="answer"')[2])

    return ask


@contextlib.asynccontextmanager
async def teams(assistant: Assistant) -> AsyncIterator[tuple[Any, Ask]]:
    async with Microsoft().running() as microsoft:
        agent = assistant.agent
        async with serving(channel(microsoft), microsoft, agent, assistant) as bot:

            async def ask(text: str) -> str:
                before = len(microsoft.messages)
                assert await bot.say(text) == 200
                return str((await microsoft.wait_for(before + 1))[-1].content["text"])

            yield bot.app, ask


# --- the faults ------------------------------------------------------------------------

Fault = Callable[[Any, Assistant, pytest.MonkeyPatch, contextlib.AsyncExitStack], Awaitable[None]]


async def all_is_well(*args: Any) -> None:
    return None


async def store_down(app: Any, ours: Assistant, patch: pytest.MonkeyPatch, held: Any) -> None:
    patch.setattr(ours.agent.tracker_store, "sessionmaker", broken)


async def store_locked(app: Any, ours: Assistant, patch: pytest.MonkeyPatch, held: Any) -> None:
    """Neither read nor written: a database that another process holds for itself."""
    store = ours.agent.tracker_store
    other = sqlite3.connect(store.engine.url.database, isolation_level=None)
    other.execute("PRAGMA locking_mode = EXCLUSIVE")
    other.execute("BEGIN EXCLUSIVE")
    held.callback(other.close)
    held.callback(other.rollback)
    patch.setattr(queue, "TURN_TIMEOUT_S", 0.05)
    patch.setattr(pages, "EARLIER_TIMEOUT_S", 0.01)


async def store_silent(app: Any, ours: Assistant, patch: pytest.MonkeyPatch, held: Any) -> None:
    """It does not answer before the test is over."""
    held.callback(silence(ours.agent.tracker_store, patch).set)
    patch.setattr(queue, "TURN_TIMEOUT_S", 0.05)
    patch.setattr(pages, "EARLIER_TIMEOUT_S", 0.01)


async def locks_down(app: Any, ours: Assistant, patch: pytest.MonkeyPatch, held: Any) -> None:
    patch.setattr(ours, "queue", TurnQueue(BrokenLockStore()))


async def actions_down(app: Any, ours: Assistant, patch: pytest.MonkeyPatch, held: Any) -> None:
    nobody = EndpointConfig(url="http://127.0.0.1:1/webhook", enable_selective_domain=True)
    patch.setattr(ours.agent.processor, "action_endpoint", nobody)


async def queue_full(app: Any, ours: Assistant, patch: pytest.MonkeyPatch, held: Any) -> None:
    await held.enter_async_context(full(ours.queue))


async def turned_off(app: Any, ours: Assistant, patch: pytest.MonkeyPatch, held: Any) -> None:
    for one in app.ctx.input_channels:
        patch.setattr(one, "off_switch", Path(__file__))


async def stopping(app: Any, ours: Assistant, patch: pytest.MonkeyPatch, held: Any) -> None:
    patch.setattr(app.ctx, "draining", True)
    patch.setattr(app.ctx, "rejecting", True)


FAULTS = [
    all_is_well,
    store_down,
    store_locked,
    store_silent,
    locks_down,
    actions_down,
    queue_full,
    turned_off,
    stopping,
]


async def as_many(ask: Ask, leads: dict[str, str]) -> None:
    missed = [text for text, lead in leads.items() if lead not in await ask(text)]
    assert missed == []


@pytest.mark.parametrize("way", [the_web, the_page])
@pytest.mark.parametrize("fault", FAULTS)
async def test_the_web(
    web: Client,
    ours: Assistant,
    leads: dict[str, str],
    fault: Fault,
    way: Callable[[Client], Ask],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    async with contextlib.AsyncExitStack() as held:
        await fault(web.app, ours, monkeypatch, held)
        await as_many(way(web), leads)


@pytest.mark.parametrize("fault", FAULTS)
async def test_teams(
    ours: Assistant, leads: dict[str, str], fault: Fault, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with contextlib.AsyncExitStack() as held, teams(ours) as (app, ask):
        await fault(app, ours, monkeypatch, held)
        await as_many(ask, leads)


@pytest.mark.parametrize("way", [the_web, the_page])
async def test_a_text_that_is_too_long(
    web: Client, leads: dict[str, str], way: Callable[[Client], Ask]
) -> None:
    about = "We talked about housing and benefits for the whole family. "
    ask = way(web)
    urgent = {*leads.values(), general()}
    for text in list(leads)[::3]:
        long = f"{about * 18}{text} {about * 18}"
        assert len(long) > LONGEST_MESSAGE
        seen = await ask(long)
        # In a part another situation may be the likeliest: any urgent reply will do.
        assert any(lead in seen for lead in urgent), text


def general() -> str:
    answer = current_content().answer("urgent/general")
    assert answer is not None
    return answer.lead
