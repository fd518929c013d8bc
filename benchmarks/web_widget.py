"""The web widget: how fast an answer is on the screen, and its size and load beside two others.

Run with ``python -m benchmarks.web_widget``; needs a trained model and the test tools. The
other widgets come from npm, are loaded in the same browser in turns with ours, and talk to
nobody. All traffic stays on the loopback address.
"""

from __future__ import annotations

import asyncio
import functools
import gzip
import http.server
import statistics
import tarfile
import tempfile
import threading
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from playwright.async_api import Browser, async_playwright

from assistant.project import find_project
from tests.browser.serving import running_server
from tests.browser.tools import BUNDLE, NPM, browser_options, node

QUESTIONS = 300
A_CHAT = 10
"""Questions asked in one chat before it is cleared, as a long chat of a practitioner."""
LOADS = 25


@dataclass(frozen=True)
class Widget:
    """A widget: its npm package, the script that a page loads, and when it can be used."""

    name: str
    package: str
    script: str
    page: str
    ready: str


OTHERS = [
    Widget(
        "rasa-webchat 1.0.1",
        "rasa-webchat@1.0.1",
        "lib/index.js",
        """<div id="rasa"></div><script src="script.js"></script>
        <script>
          WebChat.default({socketUrl: location.origin, hideWhenNotConnected: false}, null)
        </script>""",
        "document.querySelector('.rw-launcher')",
    ),
    Widget(
        "deep-chat 2.4.2",
        "deep-chat@2.4.2",
        "dist/deepChat.bundle.js",
        """<script type="module" src="script.js"></script><deep-chat demo="true"></deep-chat>""",
        "document.querySelector('deep-chat')?.shadowRoot?.querySelector('#text-input')",
    ),
]
OURS = Widget(
    "notice",
    "",
    "",
    """<script src="script.js"></script><notice-assistant></notice-assistant>""",
    "document.querySelector('notice-assistant')?.shadowRoot?.querySelector('.launcher')",
)

# From the navigation's start until the widget can be used and the frame with it is painted.
LOADED = """() => new Promise((done, fail) => {
  const look = () => {
    if (performance.now() > 30_000) fail(new Error("the widget never came"));
    else if (READY) requestAnimationFrame(() => setTimeout(() => done(performance.now())));
    else setTimeout(look, 1);
  };
  look();
})"""

# From the click on Send until the frame with the answer is painted, and what the request took.
ASK = """async (question) => {
  const { shadowRoot } = document.querySelector("notice-assistant");
  const turns = shadowRoot.querySelector(".turns");
  shadowRoot.querySelector("textarea").value = question;
  performance.clearResourceTimings();
  const answered = new Promise((done) => {
    const watch = new MutationObserver(() => {
      if (!turns.lastElementChild?.querySelector(".answer, .failure")) return;
      watch.disconnect();
      requestAnimationFrame(() => setTimeout(() => done(performance.now())));
    });
    watch.observe(turns, { childList: true, subtree: true });
  });
  const clicked = performance.now();
  shadowRoot.querySelector(".send").click();
  shadowRoot.querySelector(".warning button:last-child")?.click();
  const painted = await answered;
  const request = () => performance.getEntriesByType("resource")
    .find((one) => one.name.endsWith("/message"));
  while (!request()) await new Promise((done) => setTimeout(done, 5));
  return [painted - clicked, request().responseStart - request().requestStart];
}"""


async def time_answers(browser: Browser, server: str) -> None:
    """Ask the development questions by clicking Send; print percentiles."""
    file = find_project().root / "tests" / "nlu" / "development.tsv"
    rows = file.read_text(encoding="utf-8").splitlines()[1:]
    questions = [row.split("\t")[0] for row in rows[:: max(1, len(rows) // QUESTIONS)]][:QUESTIONS]
    page = await (await browser.new_context()).new_page()
    painted, served = [], []
    for at, question in enumerate(questions):
        if at % A_CHAT == 0:
            await page.goto("about:blank")
            await page.context.clear_cookies()
            await page.goto(server)
            await page.evaluate("sessionStorage.clear()")
            await page.get_by_role("button", name="Ask Notice").click()
            await page.evaluate(ASK, "hello")  # the session's request is not a question's
        whole, server_part = await page.evaluate(ASK, question)
        painted.append(whole)
        served.append(server_part)
    print(f"{len(painted)} questions, {A_CHAT} a chat, milliseconds:")
    for name, values in (("click to painted answer", painted), ("of it the server", served)):
        cuts = statistics.quantiles(values, n=100)
        print(f"  {name:<26} median {cuts[49]:6.1f}   p95 {cuts[94]:6.1f}")
    share = statistics.fmean(s / p for s, p in zip(served, painted))
    print(f"  the server's mean share    {share:.0%}")


def unpack(widget: Widget, folder: Path) -> bytes:
    """The script of a widget: ours, or the one in its npm package."""
    if not widget.package:
        return BUNDLE.read_bytes()
    archive = node(str(NPM), "pack", "--silent", "--pack-destination", str(folder), widget.package)
    with tarfile.open(folder / archive.strip()) as package:
        member = package.extractfile(f"package/{widget.script}")
        assert member
        return member.read()


async def compare_loading(browser: Browser, folder: Path) -> None:
    """Load a page with each widget, in turns, each time with an empty cache; print the medians."""
    widgets = [OURS, *OTHERS]
    sizes: dict[str, tuple[int, int]] = {}
    for at, widget in enumerate(widgets):
        script = unpack(widget, folder)
        sizes[widget.name] = (len(script), len(gzip.compress(script, 9)))
        site = folder / str(at)
        site.mkdir()
        (site / "script.js").write_bytes(script)
        (site / "index.html").write_text(f"<!doctype html><title>x</title><h1>x</h1>{widget.page}")
    handler = functools.partial(_Quiet, directory=str(folder))
    serving = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
    threading.Thread(target=serving.serve_forever, daemon=True).start()
    times: dict[str, list[float]] = {widget.name: [] for widget in widgets}
    for _ in range(LOADS):
        for at, widget in enumerate(widgets):
            context = await browser.new_context()
            page = await context.new_page()
            await page.goto(f"http://127.0.0.1:{serving.server_port}/{at}/", wait_until="commit")
            times[widget.name].append(await page.evaluate(LOADED.replace("READY", widget.ready)))
            await context.close()
    serving.shutdown()
    print(f"\n{LOADS} loads each, empty cache, no network delay:")
    print(f"  {'widget':<20} {'script kB':>10} {'gzip kB':>8} {'median ms':>10} {'p95 ms':>7}")
    for name, values in times.items():
        size, packed = (part / 1000 for part in sizes[name])
        cuts = statistics.quantiles(values, n=20)
        print(f"  {name:<20} {size:>10.1f} {packed:>8.1f} {cuts[9]:>10.0f} {cuts[18]:>7.0f}")


class _Quiet(http.server.SimpleHTTPRequestHandler):
    def log_message(self, format: str, *arguments: Any) -> None:
        pass


async def main() -> None:
    """Both measurements in one browser."""
    async with async_playwright() as playwright:
        options = browser_options()
        # The other widgets ask for fonts elsewhere: no name but this machine's is looked up.
        options.setdefault("args", []).append(
            "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1"
        )
        browser = await playwright.chromium.launch(**options)
        with running_server("http://127.0.0.1:9") as server:
            await time_answers(browser, server)
        with tempfile.TemporaryDirectory() as folder:
            await compare_loading(browser, Path(folder))
        await browser.close()


if __name__ == "__main__":
    asyncio.run(main())
