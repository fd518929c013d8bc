"""A real server, a real browser, and pages that fail their test if the browser complains."""

from __future__ import annotations

import asyncio
import http.server
import os
import threading
from pathlib import Path
from typing import Any, AsyncIterator, Awaitable, Callable, Iterator, Optional

import pytest
from playwright.async_api import Browser, Locator, Page, Route, async_playwright, expect

from tests.browser.serving import running_server
from tests.browser.tools import browser_options
from tests.ports import free_port
from tests.waiting import until

PATIENCE_MS = 30_000
"""Longer than any machine needs; what never comes fails a test after it."""

expect.set_options(timeout=PATIENCE_MS)

# Collects what the page's content security policy stopped.
WATCH_POLICY = """
window.stopped = [];
addEventListener("securitypolicyviolation", (event) => stopped.push(event.violatedDirective));
"""


@pytest.fixture
def images(tmp_path: Path) -> Path:
    """Where pictures are drawn: away from docs/images, unless ``make screenshots`` asks for it."""
    return Path(os.environ.get("NOTICE_SCREENSHOTS") or tmp_path)


class HostSite:
    """An intranet on another origin, whose one page a test may choose."""

    def __init__(self) -> None:
        self.html = ""
        self.policy = ""
        site = self

        class Handler(http.server.BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                is_page = self.path == "/"
                body = site.html if is_page else "a token of the intranet"
                self.send_response(200)
                self.send_header("Content-Type", "text/html" if is_page else "text/plain")
                self.send_header("Content-Security-Policy", site.policy)
                self.end_headers()
                self.wfile.write(body.encode())

            def log_message(self, format: str, *args: Any) -> None:
                pass

        self._server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.origin = f"http://127.0.0.1:{self._server.server_port}"
        threading.Thread(target=self._server.serve_forever, daemon=True).start()

    def close(self) -> None:
        self._server.shutdown()
        self._server.server_close()


class Line:
    """The line between browser and server, which a test can cut: connections are refused."""

    def __init__(self, server_port: int) -> None:
        self._server_port = server_port
        self._listening: Optional[asyncio.Server] = None
        self._open: set[asyncio.StreamWriter] = set()
        self.port = free_port()
        self.origin = f"http://127.0.0.1:{self.port}"

    async def restore(self) -> None:
        self._listening = await asyncio.start_server(self._connected, "127.0.0.1", self.port)

    async def cut(self) -> None:
        assert self._listening
        self._listening.close()
        for writer in self._open:
            writer.close()
        self._open.clear()

    async def _connected(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        far_reader, far_writer = await asyncio.open_connection("127.0.0.1", self._server_port)
        self._open |= {writer, far_writer}
        both = (_pump(reader, far_writer), _pump(far_reader, writer))
        await asyncio.gather(*both)


async def _pump(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    try:
        while data := await reader.read(65536):
            writer.write(data)
            await writer.drain()
    except ConnectionError:
        pass
    finally:
        writer.close()


@pytest.fixture(scope="session")
def host_site() -> Iterator[HostSite]:
    site = HostSite()
    yield site
    site.close()


@pytest.fixture(scope="session")
def server(model: Path, host_site: HostSite) -> Iterator[str]:
    """The address of ``notice serve`` on the trained model."""
    with running_server(host_site.origin) as address:
        yield address


@pytest.fixture
async def line(server: str) -> AsyncIterator[Line]:
    line = Line(int(server.rsplit(":", 1)[1]))
    await line.restore()
    yield line
    await line.cut()


@pytest.fixture(scope="session")
async def browser() -> AsyncIterator[Browser]:
    options = browser_options()
    # Names for the loopback address, which itself counts as safe even without TLS.
    options["args"] = [*options.get("args", []), "--host-resolver-rules=MAP *.test 127.0.0.1"]
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(**options)
        yield browser
        await browser.close()


OpenPage = Callable[..., Awaitable[Page]]


@pytest.fixture
async def open_page(browser: Browser, server: str) -> AsyncIterator[OpenPage]:
    """Opens a page in a fresh browser profile, the demonstration page unless told otherwise.

    The test fails if a script on any of the pages failed, or if a policy stopped anything.
    """
    pages: list[Page] = []
    errors: list[str] = []

    async def open_one(address: str = server, **options: Any) -> Page:
        context = await browser.new_context(
            **{"viewport": {"width": 1280, "height": 860}, **options}
        )
        context.set_default_timeout(PATIENCE_MS)
        await context.add_init_script(WATCH_POLICY)
        page = await context.new_page()
        page.on("pageerror", lambda error: errors.append(str(error)))
        pages.append(page)
        await page.goto(address)
        return page

    yield open_one
    for page in pages:
        assert await page.evaluate("window.stopped ?? []") == []
        await page.context.close()
    assert errors == []


def widget(page: Page) -> Locator:
    return page.locator("notice-assistant")


async def open_widget(page: Page) -> None:
    await page.get_by_role("button", name="Ask Notice").click()


async def ask(page: Page, question: str) -> Locator:
    """Type a question, send it with Enter, and wait for its answer or failure."""
    turns = widget(page).locator(".turns > li")
    count = await turns.count()
    box = widget(page).get_by_label("Your question", exact=True)
    await box.fill(question)
    await box.press("Enter")
    reply = turns.nth(count).locator(".answer, .failure")
    await reply.wait_for()
    return reply


async def first_of(held: list[Route]) -> Route:
    """The first request that a test holds back, once it has come."""
    await until(lambda: held)
    return held[0]


RECORDING = "What should I write down when a child tells me something?"
STRATEGY = "What happens at a strategy discussion?"
URGENT = "a child just told me her dad touches her and she goes home tonight"
