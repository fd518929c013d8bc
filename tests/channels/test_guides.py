"""Guided conversations begin at once: from the widget, /chat, Teams, and by their names."""

from __future__ import annotations

import html
import json
import re
from pathlib import Path
from typing import AsyncIterator

import pytest
import pytest_asyncio

from assistant.answers import current_content
from assistant.answers.content import Choice
from assistant.operations.server import build_app
from assistant.project import Project
from assistant.turn.choices import resolve_choice
from tests.channels.conftest import Client, credentials, served

NAMES = {"find-a-service", "referral-checklist", "reflection", "signs", "my-role"}


@pytest.fixture
def guides() -> tuple[Choice, ...]:
    return current_content().guides


@pytest_asyncio.fixture(scope="module")
async def pages(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Client]:
    """A server without a model."""
    async with served(build_app(credentials(tmp_path_factory.mktemp("pages")))) as made:
        yield made


def test_there_are_five(guides: tuple[Choice, ...]) -> None:
    assert {one.payload for one in guides} == {f"/guided.{name}.start" for name in NAMES}


def test_they_are_obeyed_before_anything_was_offered(guides: tuple[Choice, ...]) -> None:
    for guide in guides:
        assert resolve_choice(guide.payload, []) == guide.payload
        assert resolve_choice(guide.title, []) == guide.payload
        assert resolve_choice(f"{guide.title.lower()}?", []) == guide.payload
    assert resolve_choice("/guided.nothing.start", []) == "guided.nothing.start"
    assert resolve_choice("/restart", []) == "restart"


async def test_the_empty_chat_offers_them(pages: Client, guides: tuple[Choice, ...]) -> None:
    page = await pages.get("/chat")
    offered = re.findall(r'<button name="payload" value="([^"]+)">([^<]+)<', page.text)
    assert [(html.unescape(p), html.unescape(t)) for p, t in offered] == [
        (one.payload, one.title) for one in guides
    ]
    assert page.text.index('id="text"') < page.text.index('id="guides"'), "below the question"


def test_the_widget_names_them_as_the_content_does(
    project: Project, guides: tuple[Choice, ...]
) -> None:
    strings = (project.root / "widget" / "src" / "strings.ts").read_text(encoding="utf-8")
    block = re.search(r"  guides: \{(.*?)\}", strings, re.DOTALL)
    assert block
    named = dict(re.findall(r'"?([a-z-]+)"?: "([^"]+)"', block[1]))
    assert {f"/guided.{name}.start": title for name, title in named.items()} == {
        one.payload: one.title for one in guides
    }


def test_teams_lists_them_as_commands(project: Project, guides: tuple[Choice, ...]) -> None:
    manifest = json.loads(Path(project.root, "teams", "manifest.json").read_text(encoding="utf-8"))
    (commands,) = manifest["bots"][0]["commandLists"]
    titles = {command["title"] for command in commands["commands"]}
    assert {one.title for one in guides} <= titles


async def test_each_begins_and_stands_in_the_history_by_its_name(
    client: Client, guides: tuple[Choice, ...]
) -> None:
    for guide in guides:
        await client.open()
        reply = (await client.pick(guide.payload)).reply
        assert reply["kind"] == "guided" and reply["buttons"], guide.title
        assert [turn["text"] for turn in await client.history()] == [guide.title]
        page = await client.form(payload=guide.payload)
        asked = re.search(r'id="asked">.*?class="asked"[^>]*>([^<]*)<', page.text, re.DOTALL)
        assert asked and html.unescape(asked[1]) == guide.title
