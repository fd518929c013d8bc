"""The reading room: all that is said and what is behind it, on this machine only."""

from __future__ import annotations

import html
import re
from collections import Counter
from pathlib import Path
from typing import AsyncIterator

import aiohttp
import pytest
import pytest_asyncio

from assistant.answers import Content, load_content
from assistant.answers.changes import Change, Reworded
from assistant.editing.sign_off import to_be_signed, told_answers, told_replies
from assistant.guidance import WELSH, ContentError, Library, Problem
from assistant.operations.desk.room import History, Rooms, teams_text, terminal_text
from assistant.operations.desk.server import desk_app
from assistant.operations.use_report import FEW, Use
from assistant.project import Project
from tests.channels.conftest import Answered, Client, served

TOPIC, REPLY = "talk/recording", "urgent/child-user"
CHANGE = Change(
    date="2026-11-30",
    about=TOPIC,
    title="Recording",
    kind="changed",
    why=("An edition of <December>",),
    reworded=(Reworded(before="As it was.", after="As it is."),),
)
HISTORY = History(since="v0.1.0", changes={TOPIC: CHANGE})


@pytest.fixture(scope="module")
def rooms(project: Project) -> Rooms:
    use = Use(topics=Counter({TOPIC: 17}), useful=Counter({TOPIC: 4}))
    return Rooms(project, HISTORY, use)


@pytest_asyncio.fixture(scope="module")
async def client(rooms: Rooms) -> AsyncIterator[Client]:
    async with served(desk_app(rooms)) as made:
        yield made


@pytest.fixture(scope="module")
def compiled(project: Project) -> Content:
    return load_content(project)


def unmarked(page: Answered) -> str:
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", page.text)).split())


def plain(text: str) -> str:
    return " ".join(text.split())


async def test_every_answer_stands_in_the_list_and_has_its_page(
    client: Client, library: Library, compiled: Content
) -> None:
    page = await client.get("/")
    assert page.status == 200
    every = set(to_be_signed(compiled))
    assert every > {*library.topics, *library.urgent}
    assert set(re.findall(r'href="answers/([^"]+)"', page.text)) == every
    for name in every:
        own = await client.get(f"/answers/{name}")
        assert own.status == 200
        shown = unmarked(own)
        for answer in told_answers(name, compiled):
            texts = [answer.lead, *(point.text for point in answer.points)]
            assert all(plain(text) in shown for text in texts)
        assert all(plain(said.text) in shown for said in told_replies(name, compiled))
        ids = re.findall(r' id="([^"]+)"', own.text)
        assert len(ids) == len(set(ids))


async def test_all_that_is_behind_an_answer_is_shown(
    client: Client, library: Library, compiled: Content
) -> None:
    page = unmarked(await client.get(f"/answers/{TOPIC}"))
    topic, answer = library.topics[TOPIC], compiled.answer(TOPIC)
    assert answer is not None
    assert plain(terminal_text(answer)) in page and plain(teams_text(answer)) in page
    for point in topic.points:
        assert all(plain(library.facts[fact].says) in page for fact in point.facts)
    assert all(plain(note) in page for note in topic.open)
    assert "what do I write down after a child tells me something" in page
    assert "given 17" in page and f"found useful {FEW}" in page
    assert "Before As it was." in page and "Now As it is." in page and "<December>" in page
    assert "not signed off" in page and f"notice sign-off {TOPIC} --by" in page


async def test_welsh_is_shown_beside_the_english(client: Client, compiled: Content) -> None:
    page = await client.get(f"/answers/{TOPIC}")
    welsh = compiled.answer(TOPIC, language=WELSH)
    assert welsh is not None and "As the web shows it, in Welsh" in page.text
    assert f'<p class="lead">{welsh.lead}</p>' in html.unescape(page.text)
    assert page.text.count('lang="cy"') == 3, "web, Teams and terminal"
    assert "in Welsh" not in (await client.get("/answers/talk/parents-and-carers")).text


async def test_guided_conversations_roles_and_fixed_replies_have_pages(client: Client) -> None:
    signs = await client.get("/answers/guided/signs")
    assert "As Teams shows it, Step 1: feelings" in signs.text
    assert "notice sign-off guided/signs --by" in signs.text and "child-sign-feelings" in signs.text
    services = await client.get("/answers/guided/find-a-service")
    assert "NSPCC helpline" in services.text and "Childline" in services.text
    assert "I can read English only" in (await client.get("/answers/replies/other_language")).text


async def test_an_urgent_reply_has_its_contacts_above_its_steps(client: Client) -> None:
    page = unmarked(await client.get(f"/answers/{REPLY}"))
    web = page.partition("As the web shows it")[2]
    assert web.index("Childline") < web.index("What is happening is not your fault")


async def test_search_and_what_is_not_there(client: Client) -> None:
    found = await client._call("POST", "/", aiohttp.FormData({"text": "recording"})(), {})
    assert f'href="answers/{TOPIC}"' in found.text and 'value="recording"' in found.text
    nothing = await client._call("POST", "/", aiohttp.FormData({"text": '"><i>zq'})(), {})
    assert "No answer has these words." in nothing.text and "<i>" not in nothing.text
    assert (await client.get("/answers/talk/nothing")).status == 404
    assert (await client.get("/answers/guided/nothing")).status == 404


async def test_only_its_own_machine_and_nothing_from_elsewhere(client: Client) -> None:
    assert (await client.get("/", Host="evil.test")).status == 403
    assert (await client.get("/", Host="localhost:5006")).status == 200
    page = await client.get("/")
    policy = page.headers["content-security-policy"]
    assert policy.startswith("default-src 'none'; style-src 'self'") and "script" not in policy
    assert "<script" not in page.text and "style=" not in page.text
    for sheet in ("chat.css", "desk.css"):
        assert sheet in page.text and (await client.get(f"/{sheet}")).status == 200


async def test_content_with_problems_is_named(
    client: Client, rooms: Rooms, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken() -> None:
        raise ContentError([Problem(Path("data/x.yml"), 3, "lead", "write <something>")])

    monkeypatch.setattr(rooms, "now", broken)
    page = await client.get("/")
    assert page.status == 500 and "data/x.yml:3" in unmarked(page)
    assert "write <something>" in unmarked(page)
