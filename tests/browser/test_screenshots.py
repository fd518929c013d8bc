"""The pictures of README and docs. ``make screenshots`` draws them anew: look at them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from playwright.async_api import Page

from assistant.turn.official import urgent_reply
from tests.browser.conftest import RECORDING, STRATEGY, OpenPage, ask, open_widget, widget
from tests.browser.test_urgent import SIZES, shown_json

PHONE = {"viewport": {"width": 390, "height": 780}, "device_scale_factor": 2}

READERS = {
    "child": ("urgent/child-user", "my uncle touches me at night and im 12"),
    "practitioner": (
        "urgent/child-telling-now",
        "A girl in my class has told me her stepdad comes into her bed",
    ),
    "general": ("urgent/general", "please, it is happening again, what now"),
}


async def draw(page: Page, path: Path, left: int = 0) -> None:
    """Draw what the screen shows, but for so many pixels at the left."""
    # Where the pointer was left would show as a button's hover.
    await page.mouse.move(1, 1)
    screen = page.viewport_size or SIZES["desktop"]
    shown = (screen["width"] - left, screen["height"])
    clip = {"x": left, "y": 0, "width": shown[0], "height": shown[1]}
    await page.screenshot(path=path, animations="disabled", clip=clip)  # type: ignore[arg-type]
    assert path.stat().st_size > 20_000


async def test_desktop(open_page: OpenPage, images: Path) -> None:
    page = await open_page()
    await open_widget(page)
    answer = await ask(page, RECORDING)
    await answer.get_by_role("button", name="Source 1:").first.click()
    await draw(page, images / "desktop.png")


async def test_mobile(open_page: OpenPage, images: Path) -> None:
    page = await open_page(color_scheme="dark", **PHONE)
    await open_widget(page)
    await ask(page, STRATEGY)
    await draw(page, images / "mobile.png")


@pytest.mark.parametrize("reader", READERS)
@pytest.mark.parametrize("size", ["desktop", "narrow"])
async def test_urgent(open_page: OpenPage, images: Path, reader: str, size: str) -> None:
    situation, question = READERS[reader]
    body = json.dumps({"reply": shown_json(urgent_reply(situation))})
    page = await open_page(viewport=SIZES[size], device_scale_factor=1 + (size == "narrow"))
    await page.route("**/message", lambda route: route.fulfill(body=body))
    await open_widget(page)
    await ask(page, question)
    if size == "narrow":
        await draw(page, images / f"urgent-{reader}-320.png")
    else:
        await draw(page, images / f"urgent-{reader}.png", left=780)


async def test_offline(open_page: OpenPage, images: Path) -> None:
    page = await open_page(**PHONE)
    await open_widget(page)
    await page.context.set_offline(True)
    failure = await ask(page, STRATEGY)
    await failure.wait_for()
    await draw(page, images / "offline.png")
    await page.context.set_offline(False)
    assert await widget(page).locator(".danger").is_visible()
