"""The channel with Microsoft's own client: the Agents Playground, offline.

Its connector checks what the bot sends as Teams does, and its client draws it.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any, AsyncIterator

import pytest
from playwright.async_api import FloatRect, Locator, ViewportSize, async_playwright, expect

from assistant.answers import answer_text, load_content
from assistant.answers.words import ENGLISH_WORDS
from assistant.channels.teams import TeamsInput
from assistant.channels.teams.messages import message
from assistant.project import Project
from assistant.turn.assistant import Assistant
from assistant.turn.official import urgent_reply
from assistant.turn.replies import Reply
from tests.browser.tools import browser_options
from tests.channels.teams.stand_in import Bot, Microsoft, serving
from tests.channels.teams.tools import Playground, playground
from tests.waiting import until

URGENT = (
    "A girl in my class has told me her stepdad comes into her bed and she is going home in an hour"
)
QUESTION = "what should I write down when a child tells me something?"
# NOTICE_SCREENSHOTS=docs/images renews the picture in the documentation.
SCREENSHOTS = "NOTICE_SCREENSHOTS"


@pytest.fixture
async def dev_bot(microsoft: Microsoft, assistant: Assistant) -> AsyncIterator[Bot]:
    """The channel as a developer runs it: without authentication, on this machine."""
    teams = TeamsInput.from_credentials({"development": True})
    async with serving(teams, microsoft, assistant.agent) as running:
        yield running


@pytest.fixture
async def client(dev_bot: Bot, tmp_path: Path) -> AsyncIterator[Playground]:
    async with playground(f"{dev_bot.url}/webhooks/teams/webhook", tmp_path) as running:
        yield running


async def test_a_conversation_with_microsofts_own_client(
    client: Playground, dev_bot: Bot, caplog: pytest.LogCaptureFixture
) -> None:
    # Installed and welcomed, once.
    await client.install(client.private)
    welcome = await client.next()
    assert welcome["text"].startswith("Hello. Ask me about")

    # A question: text with citations, and a card.
    await client.say(QUESTION)
    answer = await client.next(card=True)
    assert "review (November 2024):" in answer["text"]
    card = answer["attachments"][0]["content"]
    assert (card["type"], card["version"]) == ("AdaptiveCard", "1.5")

    # A button of it.
    await client.press(answer, 0)
    chosen = await client.next()
    assert "review (November 2024):" in chosen["text"] and chosen["text"] != answer["text"]

    # A thumb: empty answer, kept with the topic.
    assert await client.thumb("like") == "{}"
    feedback = await _feedback(dev_bot)
    assert feedback["useful"] is True and feedback["topic"]

    # Urgent: what to do in the first lines, telephone links first in the card.
    await client.say(URGENT)
    urgent = await client.next(card=True)
    heading, first = urgent["text"].split("\n\n")[:2]
    assert heading == "**Get help now**" and "Call 999" in first
    first = urgent["attachments"][0]["content"]["body"][0]
    assert "[999](tel:999)" in first["items"][0]["text"]

    # The longest answer there is: the sources of the last one, in full.
    await client.say("where does it say that?")
    sources = await client.next()
    assert "https://" in sources["text"]

    # A group: installed, welcomed, mentioned, and its own conversation.
    await client.install(client.group)
    welcome = await client.next()
    assert welcome["place"] == client.group
    await client.say("where does it say that?", client.group, "user-id-1")
    nothing_yet = await client.next()
    assert "have not answered a question yet" in nothing_yet["text"]
    await client.say(QUESTION, client.group, "user-id-1")
    answer_in_group = await client.next()
    assert answer_in_group["text"] == answer["text"]

    # A channel of a team.
    await client.install(client.team)
    welcome = await client.next()
    assert welcome["place"] == client.team

    assert not [one for one in caplog.records if "not sent" in one.message]


async def test_every_answer_passes_microsofts_checks(client: Playground, project: Project) -> None:
    """Citations, their limits, sizes: the connector refuses what Teams would refuse."""
    place = f"{client.url}/_connector/v3/conversations/{client.private}/activities"
    content = load_content(project)
    for answer in filter(None, map(content.answer, content.answer_ids)):
        reply = Reply(answer.kind, answer_text(answer), answer=answer, shows_answer=True)
        async with client.http.post(place, json=message(reply)) as response:
            assert response.status == 202, f"{answer.topic}: {await response.text()}"


async def test_the_client_draws_it(client: Playground, tmp_path: Path) -> None:
    pictures = Path(os.environ.get(SCREENSHOTS, tmp_path))
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(**browser_options())
        page = await browser.new_page(viewport={"width": 1280, "height": 1500})
        await page.goto(client.url)
        box = page.get_by_role("textbox").last
        await box.fill(QUESTION)
        await box.press("Enter")
        await page.get_by_text("review (November 2024)").last.wait_for()
        await page.get_by_role("button", name="Sources").last.wait_for()
        await box.fill(URGENT)
        await box.press("Enter")
        link = page.get_by_role("link", name="999").first
        await link.wait_for()
        assert await link.get_attribute("href") == "tel:999"
        await page.screenshot(path=pictures / "teams.png")
        await browser.close()


LAPTOP: ViewportSize = {"width": 1366, "height": 768}
PANE = 600
"""Pixels of it that show messages, between the head and the box."""


async def test_the_first_lines_of_an_urgent_reply_stay_in_sight(
    client: Playground, project: Project
) -> None:
    """A client may go to the end of what has come: all of that fits a small laptop."""
    content = load_content(project)
    place = f"{client.url}/_connector/v3/conversations/{client.private}/activities"
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(**browser_options())
        page = await browser.new_page(viewport=LAPTOP)
        await page.goto(client.url)
        await page.get_by_role("textbox").last.wait_for()
        heights = {}
        urgent = [one for one in content.answer_ids if one.startswith("urgent/")]
        for number, situation in enumerate(urgent, start=1):
            reply = urgent_reply(situation)
            assert reply.answer
            activity = message(reply)
            async with client.http.post(place, json=activity) as response:
                assert response.status == 202
            button = page.get_by_role("button", name=ENGLISH_WORDS.steps)
            await expect(button).to_have_count(number)
            top = await box(page.get_by_text("Get help now", exact=True).last)
            first = await box(page.get_by_text(f"{reply.answer.contacts[0].name}:").last)
            bottom = await box(button.last)
            assert top["y"] < first["y"] < bottom["y"]
            heights[situation] = bottom["y"] + bottom["height"] - top["y"]
        await browser.close()
    print(heights)
    assert max(heights.values()) <= PANE, heights


async def box(shown: Locator) -> FloatRect:
    """Where it is on the page, once it is drawn: the client draws a message more than once."""
    found: list[FloatRect] = []

    async def drawn() -> bool:
        found.extend(filter(None, [await shown.bounding_box()]))
        return bool(found)

    await until(drawn)
    return found[0]


async def _feedback(bot: Bot) -> dict[str, Any]:
    """The last feedback kept; other tests' conversations are in the store too."""
    store = bot.app.ctx.agent.tracker_store
    kept = [
        event
        for key in await store.keys()
        for event in (await store.retrieve(key)).events
        if event.type_name == "slot" and event.key == "feedback"
    ]
    last = max(kept, key=lambda event: float(event.timestamp))
    return dict(last.value)
