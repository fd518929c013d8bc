"""The pages of answers, the search and the changes in a real browser: axe, 320 px, paper, pictures.

A server without a model is enough for them.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any, AsyncIterator

import pytest
import pytest_asyncio
from playwright.async_api import Browser, Page, expect

from assistant.answers import changes
from assistant.answers.changes import Change, Changes, Reworded
from assistant.channels.web import changes_page
from assistant.operations.server import build_app
from assistant.project import Project
from tests.browser.test_accessibility import violations
from tests.browser.test_desk import NARROW, WIDE_PARTS, opened
from tests.browser.test_screenshots import draw
from tests.channels.conftest import credentials, served
from tests.channels.test_changed import TODAY

ANSWER = "answers/talk/recording"
FOUND = "recording what a child says"


@pytest_asyncio.fixture(scope="module")
async def site(project: Project, tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[str]:
    """The address of a server on which an answer has just changed."""
    folder = tmp_path_factory.mktemp("site")
    change = Change(
        date=TODAY.isoformat(),
        about="talk/recording",
        title="Recording what a child says",
        kind="changed",
        why=("A newer edition is in force.",),
        lead=Reworded(before="Write it down soon.", after="Write it down at once."),
        added=("A point that is new.",),
        removed=("A point that was taken out.",),
    )
    here = Project(folder)
    here.changes.parent.mkdir(exist_ok=True)
    made = Changes(made=TODAY.isoformat(), changes=(change,))
    here.changes.write_text(made.json(), encoding="utf-8")
    with pytest.MonkeyPatch.context() as patch:
        for module in (changes, changes_page):
            patch.setattr(module, "find_project", lambda: here)
        async with served(build_app(credentials(folder))) as client:
            yield f"{client.url}/"


async def searched(page: Page) -> None:
    await page.get_by_label("Find an answer by its words").fill(FOUND)
    await page.keyboard.press("Enter")
    await page.get_by_role("heading", level=1, name="Answers found").wait_for()


@pytest.mark.parametrize("path", ["answers", "search", "nothing", ANSWER, "changes", "chat"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
async def test_they_pass_axe_and_fit_a_narrow_screen(
    browser: Browser, site: str, path: str, scheme: Any
) -> None:
    # axe is put into the page, which its own policy would forbid.
    options: dict[str, Any] = {"color_scheme": scheme, "bypass_csp": True}
    address = site + ("answers" if path == "search" else path)
    address = address.replace("nothing", "answers/talk/nothing")
    page = await opened(browser, address, viewport=NARROW, **options)
    if path == "search":
        await searched(page)
    assert await page.evaluate(WIDE_PARTS) == []
    assert await page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert await violations(page) == []
    await page.context.close()


async def test_an_answer_is_found_and_read_by_keyboard(browser: Browser, site: str) -> None:
    page = await opened(browser, f"{site}answers")
    await searched(page)
    await page.get_by_role("link", name="Recording what a child says").focus()
    await page.keyboard.press("Enter")
    await page.get_by_role("heading", level=1, name="Recording what a child says").wait_for()
    await page.get_by_role("link", name="Changed").press("Enter")
    await expect(page.get_by_text("Write it down at once.")).to_be_visible()
    await page.context.close()


@pytest.mark.parametrize("path", ["answers", ANSWER, "changes"])
@pytest.mark.parametrize("width", [320, 794])
@pytest.mark.parametrize("media", ["screen", "print"])
async def test_the_line_on_top_begins_where_the_text_begins(
    browser: Browser, site: str, path: str, width: int, media: Any
) -> None:
    page = await opened(browser, site + path, viewport={"width": width, "height": 640})
    await page.emulate_media(media=media)
    left = """(one) => { const text = document.createRange(); text.selectNodeContents(one);
      return Math.round(text.getBoundingClientRect().left); }"""
    edges = {await page.locator(one).evaluate(left) for one in (".danger", ".name", "h1")}
    assert len(edges) == 1
    await page.context.close()


@pytest.mark.parametrize("name", ["answer-page", "answer-320"])
async def test_the_picture_of_an_answer(
    browser: Browser, site: str, images: Path, name: str
) -> None:
    narrow = name == "answer-320"
    viewport: Any = {**NARROW, "height": 900} if narrow else {"width": 1000, "height": 1000}
    page = await opened(browser, site + ANSWER, viewport=viewport, device_scale_factor=1 + narrow)
    await draw(page, images / f"{name}.png")
    await page.context.close()
