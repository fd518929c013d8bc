"""The pictures of README and docs. Each run draws them anew into docs/images/: look at them."""

from __future__ import annotations

from pathlib import Path

from playwright.async_api import Page

from tests.browser.conftest import RECORDING, STRATEGY, URGENT, OpenPage, ask, open_widget, widget

IMAGES = Path(__file__).resolve().parents[2] / "docs" / "images"
PHONE = {"viewport": {"width": 390, "height": 780}, "device_scale_factor": 2}


async def draw(page: Page, name: str) -> None:
    # Where the pointer was left would show as a button's hover.
    await page.mouse.move(1, 1)
    path = IMAGES / f"{name}.png"
    await page.screenshot(path=path, animations="disabled")
    assert path.stat().st_size > 20_000


async def test_desktop(open_page: OpenPage) -> None:
    page = await open_page()
    await open_widget(page)
    answer = await ask(page, RECORDING)
    await answer.get_by_role("button", name="Source 3:").first.click()
    await draw(page, "desktop")


async def test_mobile(open_page: OpenPage) -> None:
    page = await open_page(color_scheme="dark", **PHONE)
    await open_widget(page)
    await ask(page, STRATEGY)
    await draw(page, "mobile")


async def test_urgent(open_page: OpenPage) -> None:
    page = await open_page(**PHONE)
    await open_widget(page)
    await ask(page, URGENT)
    await draw(page, "urgent")


async def test_offline(open_page: OpenPage) -> None:
    page = await open_page(**PHONE)
    await open_widget(page)
    await page.context.set_offline(True)
    failure = await ask(page, STRATEGY)
    await failure.wait_for()
    await draw(page, "offline")
    await page.context.set_offline(False)
    assert await widget(page).locator(".danger").is_visible()
