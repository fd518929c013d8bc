"""The element's attributes, the page without JavaScript, and leaving the page."""

from __future__ import annotations

import json
from functools import partial

import pytest
from playwright.async_api import Page, Route, expect

from tests.browser.conftest import (
    RECORDING,
    HostSite,
    OpenPage,
    ask,
    first_of,
    open_widget,
    widget,
)
from tests.waiting import until


def put_on(host_site: HostSite, server: str, element: str) -> str:
    host_site.policy = ""
    host_site.html = f"""<!doctype html><html lang="cy"><title>Host</title>
        <meta name="viewport" content="width=device-width"><h1>Host</h1>
        <script src="{server}/widget.js" async></script>{element}</html>"""
    return host_site.origin


async def test_inline_it_stands_in_the_page(
    open_page: OpenPage, host_site: HostSite, server: str
) -> None:
    element = '<notice-assistant inline heading="Ask us"></notice-assistant>'
    page = await open_page(put_on(host_site, server, element))
    await expect(page.get_by_role("region", name="Ask us")).to_be_visible()
    assert await page.get_by_role("button", name="Close").count() == 0
    await ask(page, RECORDING)
    await expect(widget(page).locator(".you")).to_be_in_viewport()
    await expect(widget(page).locator(".root")).to_have_attribute("lang", "en-GB")


async def test_the_script_can_be_pinned_by_its_hash(
    open_page: OpenPage, host_site: HostSite, server: str
) -> None:
    page = await open_page(f"{server}/widget.json")
    integrity = json.loads(await page.inner_text("body"))["integrity"]
    put_on(host_site, server, "<notice-assistant open></notice-assistant>")
    pinned = f'crossorigin="anonymous" integrity="{integrity}" async'
    host_site.html = host_site.html.replace("async", pinned)
    await page.goto(host_site.origin)
    await expect(widget(page).locator(".panel")).to_be_visible()


async def test_it_starts_open_and_leaves_the_focus_alone(
    open_page: OpenPage, host_site: HostSite, server: str
) -> None:
    page = await open_page(put_on(host_site, server, "<notice-assistant open></notice-assistant>"))
    await expect(widget(page).locator(".panel")).to_be_visible()
    assert await page.evaluate("document.activeElement === document.body")


@pytest.mark.parametrize("language", ["", 'language="cy"'])
async def test_it_starts_with_a_guided_conversation_once(
    open_page: OpenPage, host_site: HostSite, server: str, language: str
) -> None:
    element = f'<notice-assistant start="reflection" {language}></notice-assistant>'
    page = await open_page(put_on(host_site, server, element))
    asked = widget(page).locator(".turns > li")
    await expect(asked.get_by_role("heading", name="Reflection session").last).to_be_visible()
    await expect(asked.locator(".answer")).to_have_count(1)
    assert await page.evaluate("document.activeElement === document.body")
    await page.reload()
    await expect(asked.locator(".answer")).to_have_count(1)
    if not language:
        await ask(page, RECORDING)
    await page.reload()
    await expect(asked.locator(".answer")).to_have_count(1 if language else 2)


async def test_it_starts_with_nothing_that_is_no_guided_conversation(
    open_page: OpenPage, host_site: HostSite, server: str
) -> None:
    for name in ("restart", "constructor", ""):
        element = f'<notice-assistant inline start="{name}"></notice-assistant>'
        page = await open_page(put_on(host_site, server, element))
        await expect(widget(page).locator(".welcome")).to_be_visible()
        await expect(widget(page).locator(".turns > li")).to_have_count(0)


async def test_a_question_typed_before_the_script_came_is_kept(
    open_page: OpenPage, server: str
) -> None:
    page = await open_page("about:blank")
    held: list[Route] = []
    await page.route("**/widget.js", lambda route: held.append(route))
    await page.goto(server, wait_until="commit")
    await page.get_by_label("Ask Notice about").fill("half a quest")

    await (await first_of(held)).continue_()

    box = widget(page).get_by_label("Your question", exact=True)
    await expect(box).to_have_value("half a quest")
    await expect(box).to_be_focused()


async def test_without_javascript_the_form_asks_on_the_page_of_its_own(
    open_page: OpenPage, server: str
) -> None:
    page = await open_page("about:blank", java_script_enabled=False)
    await page.goto(server)
    await expect(
        page.get_by_text("If a child is in immediate danger call 999").first
    ).to_be_visible()
    await page.get_by_label("Ask Notice about").fill(RECORDING)

    await widget(page).get_by_role("button", name="Send").click()

    await expect(page.get_by_role("heading", name="Recording what a child says")).to_be_visible()


async def test_exit_this_page_is_off_unless_asked_for(open_page: OpenPage) -> None:
    page = await open_page()
    await open_widget(page)
    assert await widget(page).get_by_text("Exit this page").count() == 0


async def nothing_kept(page: Page, server: str, token: str, origin: str) -> bool:
    headers = {"Authorization": f"Bearer {token}", "Origin": origin}
    response = await page.request.get(f"{server}/webhooks/notice/history", headers=headers)
    return not (await response.json())["turns"]


async def test_exit_this_page_leaves_and_forgets(
    open_page: OpenPage, host_site: HostSite, server: str
) -> None:
    away = "https://weather.example/"
    element = f'<notice-assistant open exit-url="{away}"></notice-assistant>'
    for leave in ("click", "keys"):
        page = await open_page(put_on(host_site, server, element))
        await page.route(away, lambda route: route.fulfill(body="Sunny"))
        await ask(page, RECORDING)
        token = await page.evaluate("Object.values(sessionStorage)[0]")
        if leave == "click":
            await widget(page).get_by_role("link", name="Exit this page").click()
        else:
            for _ in range(3):
                await page.keyboard.press("Shift")
        await page.wait_for_url(away)
        await until(partial(nothing_kept, page, server, token, host_site.origin))
        # The page is not in the history any more: going back does not show it.
        await page.go_back()
        assert page.url == "about:blank"


async def test_typing_capitals_is_not_leaving(
    open_page: OpenPage, host_site: HostSite, server: str
) -> None:
    element = '<notice-assistant open exit-url="https://weather.example/"></notice-assistant>'
    page = await open_page(put_on(host_site, server, element))
    await widget(page).get_by_label("Your question", exact=True).focus()
    for key in ("Shift+M", "Shift+A", "Shift+S", "Shift+H"):
        await page.keyboard.press(key)
    assert page.url.startswith(host_site.origin)


async def test_removed_and_put_back_it_still_listens(open_page: OpenPage) -> None:
    page = await open_page()
    await page.evaluate("""() => {
      const one = document.querySelector("notice-assistant");
      one.remove();
      document.body.append(one);
    }""")
    await open_widget(page)
    await page.get_by_label("Subject").focus()
    await ask(page, RECORDING)


async def test_it_speaks_welsh_and_switches_to_english(
    open_page: OpenPage, host_site: HostSite, server: str
) -> None:
    element = '<notice-assistant inline language="cy"></notice-assistant>'
    page = await open_page(put_on(host_site, server, element))
    root, box = widget(page).locator(".root"), widget(page).locator("textarea")
    await expect(root).to_have_attribute("lang", "cy")
    await expect(widget(page).locator("button.send")).to_have_text("Anfon")
    await box.fill("Sut mae cofnodi'r hyn ddywedodd y plentyn?")
    await widget(page).locator("button.send").click()
    answer = widget(page).locator(".answer")
    await expect(answer).to_have_attribute("lang", "cy")
    await expect(answer.locator("h5").first).to_have_text("Gyda phwy i gysylltu")
    await page.get_by_role("button", name="English").click()
    await expect(root).to_have_attribute("lang", "en-GB")
    await expect(widget(page).locator("button.send")).to_have_text("Send")
    await expect(widget(page).locator(".answer")).to_have_attribute("lang", "cy")
    await expect(page.get_by_role("button", name="Cymraeg")).to_be_focused()
