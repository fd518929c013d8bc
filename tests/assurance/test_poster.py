"""The poster as a page: all its words, on one sheet of A4."""

from __future__ import annotations

import html
import re
from pathlib import Path

import pytest
from playwright.async_api import Browser

from assistant.project import Project
from tests.assurance.poster import POSTER, page
from tests.browser.conftest import browser

__all__ = ["browser"]


@pytest.fixture(scope="module")
def poster(project: Project) -> str:
    return (project.root / POSTER).read_text(encoding="utf-8")


def test_every_word_of_the_poster_stands_on_the_page(poster: str) -> None:
    shown = html.unescape(re.sub(r"<[^>]+>", "", page(poster).partition("<body>")[2]))
    assert shown.split() == re.sub(r"(?m)^(#+|-) |\*\*", "", poster).split()


async def test_it_fits_one_sheet(browser: Browser, poster: str, tmp_path: Path) -> None:
    file = tmp_path / "poster.html"
    file.write_text(page(poster), encoding="utf-8")
    context = await browser.new_context()
    shown = await context.new_page()
    await shown.goto(file.as_uri())
    pdf = await shown.pdf(prefer_css_page_size=True)
    assert len(re.findall(rb"/Type\s*/Page\b", pdf)) == 1
    await context.close()
