"""The reading room and the handbook in a real browser: axe, 320 px, and a picture to look at."""

from __future__ import annotations

import datetime
from pathlib import Path
from typing import Any, Iterator

import pytest
from playwright.async_api import Browser, Page

from assistant.answers import load_content
from assistant.editing.handbook import handbook
from assistant.guidance import Library
from assistant.project import Project
from tests.browser.serving import running
from tests.browser.test_accessibility import violations
from tests.browser.test_screenshots import draw
from tests.own_store import own_endpoints

PAGES = ("", "answers/talk/recording", "answers/urgent/child-user")
NARROW = {"width": 320, "height": 640}
WIDE_PARTS = """() => [...document.querySelectorAll("body *")]
  .filter((one) => !one.closest("pre, .unseen, .skip"))
  .filter((one) => one.getBoundingClientRect().right > innerWidth + 0.5)
  .map((one) => one.outerHTML.slice(0, 120))"""

FEW_ARTICLES = """() => document.querySelectorAll(".chapter").forEach((chapter) =>
  [...chapter.querySelectorAll("article")].slice(2).forEach((one) => one.remove()))"""


@pytest.fixture(scope="module")
def desk(project: Project, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of ``notice desk``."""
    folder = tmp_path_factory.mktemp("desk")
    command = ["desk", "--endpoints", str(own_endpoints(project, folder))]
    environment = {"PYTHONPATH": str(project.root)}
    with running(command, "/", folder / "desk.log", environment) as address:
        yield f"{address}/"


async def opened(browser: Browser, address: str, **options: Any) -> Page:
    context = await browser.new_context(**options)
    page = await context.new_page()
    await page.goto(address)
    return page


@pytest.mark.parametrize("path", PAGES)
@pytest.mark.parametrize("scheme", ["light", "dark"])
async def test_the_desk_passes_axe_and_fits_a_narrow_screen(
    browser: Browser, desk: str, path: str, scheme: Any
) -> None:
    # axe is put into the page, which its own policy would forbid.
    options: dict[str, Any] = {"color_scheme": scheme, "bypass_csp": True}
    page = await opened(browser, desk + path, viewport=NARROW, **options)
    assert await page.evaluate(WIDE_PARTS) == []
    assert await page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    for summary in await page.locator("summary").all():
        await summary.click()
    assert await violations(page) == []
    await page.context.close()


async def test_an_answer_is_found_and_read_by_keyboard(browser: Browser, desk: str) -> None:
    page = await opened(browser, desk)
    await page.get_by_label("Find an answer by its words").fill("recording what a child says")
    await page.keyboard.press("Enter")
    link = page.get_by_role("link", name="Recording what a child says")
    await link.focus()
    await page.keyboard.press("Enter")
    await page.get_by_role("heading", level=1, name="Recording what a child says").wait_for()
    await page.context.close()


async def test_the_picture_of_the_desk(browser: Browser, desk: str, images: Path) -> None:
    page = await opened(
        browser, f"{desk}answers/talk/recording", viewport={"width": 1280, "height": 860}
    )
    await draw(page, images / "desk.png")
    await page.context.close()


async def test_the_handbook_passes_axe_and_fits_a_narrow_screen(
    browser: Browser, project: Project, library: Library, tmp_path: Path
) -> None:
    file = tmp_path / "handbook.html"
    made = datetime.date(2026, 12, 1)
    file.write_text(handbook(load_content(project), library, made), encoding="utf-8")
    page = await opened(browser, file.as_uri(), viewport=NARROW)
    assert await page.evaluate(WIDE_PARTS) == []
    # All articles are made alike, and axe would take many minutes for all of them.
    await page.evaluate(FEW_ARTICLES)
    assert await violations(page) == []
    await page.context.close()
