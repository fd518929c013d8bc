"""Slow lines, a server that is gone and comes back, and refusals."""

from __future__ import annotations

import asyncio
import json

from playwright.async_api import Request, Route, expect

from assistant.guidance import GENERAL, Library
from tests.browser.conftest import RECORDING, STRATEGY, Line, OpenPage, ask, open_widget, widget


async def test_a_slow_answer_is_waited_for(open_page: OpenPage) -> None:
    page = await open_page()
    await open_widget(page)
    answered = asyncio.Event()

    async def later(route: Route) -> None:
        await answered.wait()
        await route.continue_()

    await page.route("**/message", later)
    box = widget(page).get_by_label("Your question", exact=True)
    await box.fill(RECORDING)
    await box.press("Enter")
    await expect(widget(page).get_by_text("Looking for the answer")).to_be_visible()

    # A second question is not lost, and not sent either.
    await box.fill(STRATEGY)
    await box.press("Enter")
    await expect(widget(page).locator(".error")).to_have_text(
        "Wait for the answer to your last question."
    )
    await expect(box).to_have_value(STRATEGY)

    answered.set()
    await expect(widget(page).locator(".answer")).to_have_count(1)


async def test_server_gone_and_back(open_page: OpenPage, line: Line, library: Library) -> None:
    general = library.urgent[GENERAL]
    page = await open_page(line.origin)
    await open_widget(page)
    await ask(page, RECORDING)
    sent: list[Request] = []
    page.on("request", lambda one: sent.append(one) if one.url.endswith("/message") else None)

    await line.cut()
    failure = await ask(page, STRATEGY)

    await expect(failure.get_by_role("heading", name="Notice cannot be reached")).to_be_visible()
    await expect(failure.get_by_role("link", name="999")).to_have_attribute("href", "tel:999")
    await expect(failure.get_by_text(general.first)).to_be_visible()
    for contact in general.contacts:
        await expect(failure.get_by_text(library.contacts[contact].name).first).to_be_visible()
    await expect(widget(page).locator(".danger")).to_be_visible()
    await expect(widget(page).get_by_role("heading", name=STRATEGY)).to_be_visible()

    await line.restore()
    await failure.get_by_role("button", name="Try again").click()

    await expect(widget(page).locator(".answer")).to_have_count(2)
    await expect(widget(page).locator(".failure")).to_have_count(0)
    ids = {(one.post_data_json or {})["id"] for one in sent}
    assert len(sent) >= 2 and len(ids) == 1


async def test_a_reload_without_the_server_finds_the_conversation_later(
    open_page: OpenPage, line: Line
) -> None:
    page = await open_page(line.origin)
    await open_widget(page)
    await ask(page, RECORDING)
    await page.route("**/history", lambda route: route.abort())
    await page.reload()
    await open_widget(page)
    await expect(widget(page).get_by_text("Your earlier messages are kept.")).to_be_visible()

    await page.unroute("**/history")
    await widget(page).get_by_role("button", name="Try again").click()

    await expect(widget(page).locator(".answer")).to_have_count(1)
    await expect(widget(page).get_by_text("Your earlier messages are kept.")).to_have_count(0)


async def test_a_proxys_page_counts_as_unreachable(open_page: OpenPage) -> None:
    page = await open_page()
    await open_widget(page)
    await page.route(
        "**/message", lambda route: route.fulfill(status=502, body="<h1>Bad gateway</h1>")
    )
    failure = await ask(page, RECORDING)
    await expect(failure.get_by_role("heading", name="Notice cannot be reached")).to_be_visible()


async def test_a_refusal_is_said_in_the_servers_words(open_page: OpenPage) -> None:
    page = await open_page()
    await open_widget(page)
    contact = {"name": "Childline", "phone": "0800 1111", "tel": "tel:08001111", "when": ""}
    error = {"code": "rate", "message": "Wait a minute, then try again.", "contacts": [contact]}

    async def refuse(route: Route) -> None:
        await route.fulfill(status=429, body=json.dumps({"error": error}))

    await page.route("**/message", refuse)
    failure = await ask(page, RECORDING)
    await expect(failure.get_by_text("Wait a minute, then try again.")).to_be_visible()
    await expect(failure.get_by_role("link", name="0800 1111")).to_be_visible()

    await page.unroute("**/message")
    await failure.get_by_role("button", name="Try again").click()
    await expect(widget(page).locator(".answer")).to_have_count(1)


async def test_an_expired_session_is_renewed_unseen(open_page: OpenPage) -> None:
    page = await open_page()
    await open_widget(page)
    await ask(page, RECORDING)
    await page.evaluate(
        "for (const key of Object.keys(sessionStorage)) sessionStorage[key] = 'old'"
    )

    await ask(page, STRATEGY)

    await expect(widget(page).locator(".answer")).to_have_count(2)
