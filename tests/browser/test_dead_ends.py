"""No dead ends: whatever the page, the browser or the line does, a question gets its answer.

Each test stands for a kind of fault that people reported of other chat widgets.
"""

from __future__ import annotations

import contextlib
import json
import random
import re
import time
from typing import Any, Optional

import jwt
import pytest
from playwright.async_api import Error, Page, Route, expect

from tests.browser.conftest import (
    RECORDING,
    STRATEGY,
    URGENT,
    HostSite,
    OpenPage,
    ask,
    first_of,
    open_widget,
    widget,
)
from tests.browser.serving import SECRET

STRATEGY_TITLE = "strategy discussion"
TOKEN = """Object.entries(sessionStorage).find(([key]) => !key.endsWith(" sent"))"""


async def set_token(page: Page, make: Any) -> None:
    """Put another token in the place of the session's: what ``make`` gives for it."""
    key, token = await page.evaluate(TOKEN)
    await page.evaluate("([key, token]) => (sessionStorage[key] = token)", [key, make(token)])


def expired(token: str) -> str:
    claims = jwt.decode(token, options={"verify_signature": False})
    return jwt.encode({**claims, "exp": int(time.time()) - 60}, SECRET, algorithm="HS256")


def unknown(token: str) -> str:
    return "a token of a server that is gone"


async def questions_of(page: Page) -> list[str]:
    said = await widget(page).locator(".you").all_inner_texts()
    return [one.replace("You asked:", "").strip() for one in said]


def put(host_site: HostSite, html: str, head: str = "") -> None:
    host_site.policy = ""
    host_site.html = f"<!doctype html><html lang='en'><title>Host</title>{head}{html}</html>"


# --- where the page stands -----------------------------------------------------------


async def test_on_plain_http(open_page: OpenPage, server: str) -> None:
    """There the browser gives neither random ids nor a clipboard."""
    page = await open_page(server.replace("127.0.0.1", "intranet.test"))
    assert await page.evaluate("[isSecureContext, typeof crypto.randomUUID]") == [
        False,
        "undefined",
    ]
    await open_widget(page)
    answer = await ask(page, URGENT)
    await expect(answer.locator(".emergency")).to_be_visible()
    await expect(await ask(page, RECORDING)).to_have_class("answer")
    await widget(page).get_by_role("button", name="Copy").last.click()
    await expect(widget(page).get_by_role("button", name="Copied with")).to_be_visible()


async def test_below_a_path_prefix(open_page: OpenPage, host_site: HostSite, server: str) -> None:
    put(host_site, "<notice-assistant open></notice-assistant>", SCRIPT.format("/assistant"))
    page = await open_page("about:blank")
    asked: list[str] = []

    async def forward(route: Route) -> None:
        asked.append(route.request.url)
        path = route.request.url.partition("/assistant")[2]
        await route.fulfill(response=await route.fetch(url=f"{server}{path}"))

    await page.route("**/assistant/**", forward)
    await page.goto(host_site.origin)
    await expect(await ask(page, RECORDING)).to_have_class("answer")
    assert f"{host_site.origin}/assistant/webhooks/notice/message" in asked


SCRIPT = '<script src="{}/widget.js" async></script>'


@pytest.mark.parametrize("how", ["module", "inserted"])
async def test_loaded_in_a_way_that_names_no_script(
    open_page: OpenPage, host_site: HostSite, server: str, how: str
) -> None:
    if how == "module":
        head = f'<script type="module" src="{server}/widget.js"></script>'
    else:
        head = f"""<script>
          const script = document.createElement("script");
          script.type = "module";
          script.src = "{server}/widget.js";
          document.head.append(script);
        </script>"""
    put(host_site, "<notice-assistant open></notice-assistant>", head)
    page = await open_page(host_site.origin)
    await expect(await ask(page, RECORDING)).to_have_class("answer")


BLOCKED = """Object.defineProperty(window, "sessionStorage", {
  get() { throw new DOMException("Access is denied", "SecurityError"); },
});"""


async def test_where_storage_is_blocked(open_page: OpenPage, server: str) -> None:
    page = await open_page("about:blank")
    await page.add_init_script(BLOCKED)
    await page.goto(server)
    await open_widget(page)
    await expect(await ask(page, RECORDING)).to_have_class("answer")
    await expect(await ask(page, "where does it say that?")).to_contain_text("https://")
    await widget(page).get_by_role("button", name="Clear chat").click()
    async with page.expect_response("**/clear") as response:
        await widget(page).get_by_role("button", name="Delete").click()
    assert (await response.value).ok


GRABBING = """<input id="search" aria-label="Search">
<script>
  for (const name of ["keydown", "keypress", "keyup"])
    addEventListener(name, (event) => {
      if (!/^(INPUT|TEXTAREA)$/.test(event.target.tagName)) document.all.search.focus();
    });
</script>"""


async def test_the_pages_shortcuts_take_no_key_of_the_widget(
    open_page: OpenPage, host_site: HostSite, server: str
) -> None:
    put(host_site, f"{GRABBING}<notice-assistant open></notice-assistant>", SCRIPT.format(server))
    page = await open_page(host_site.origin)
    box = widget(page).get_by_label("Your question", exact=True)
    await box.focus()
    await page.keyboard.type("She is scared of the stepfather")
    await expect(box).to_have_value("She is scared of the stepfather")
    await expect(page.get_by_label("Search")).to_have_value("")
    await page.keyboard.press("Enter")
    await widget(page).locator(".turns .answer").wait_for()
    await page.get_by_role("heading", level=2).first.focus()


@pytest.mark.parametrize("focus", ["widget", "page"])
async def test_leaving_by_three_shifts_works_wherever_the_focus_is(
    open_page: OpenPage, host_site: HostSite, server: str, focus: str
) -> None:
    away = "https://weather.example/"
    element = f'<notice-assistant open exit-url="{away}"></notice-assistant>'
    put(host_site, f"{GRABBING}{element}", SCRIPT.format(server))
    page = await open_page(host_site.origin)
    await page.route(away, lambda route: route.fulfill(body="Sunny"))
    await ask(page, RECORDING)
    where = widget(page) if focus == "widget" else page
    await where.get_by_label("Your question" if focus == "widget" else "Search").focus()
    for _ in range(3):
        await page.keyboard.press("Shift")
    await page.wait_for_url(away)
    await page.route(host_site.origin, lambda route: route.fulfill(body="nothing"))
    await page.goto(host_site.origin)
    assert await page.evaluate("Object.values(sessionStorage)") == []


async def test_enter_of_an_input_method_sends_nothing(open_page: OpenPage) -> None:
    """Safari reports the Enter that ends a word with this key code, and no ``isComposing``."""
    page = await open_page()
    await open_widget(page)
    box = widget(page).get_by_label("Your question", exact=True)
    await box.fill("half a word")
    await box.evaluate("""(box) => box.dispatchEvent(new KeyboardEvent("keydown", {
      key: "Enter", keyCode: 229, bubbles: true, composed: true, cancelable: true }))""")
    await expect(widget(page).locator(".turns > li")).to_have_count(0)
    await expect(box).to_have_value("half a word")


async def test_characters_are_counted_as_the_server_counts_them(open_page: OpenPage) -> None:
    page = await open_page()
    await open_widget(page)
    answer = await ask(page, f"{STRATEGY}{chr(10) * 900}{'🙂' * (2000 - len(STRATEGY) - 901)}?")
    await expect(answer).to_have_class("answer")
    await expect(answer).not_to_contain_text("longer than")


async def test_an_inline_widget_leaves_the_page_where_it_is(
    open_page: OpenPage, host_site: HostSite, server: str
) -> None:
    html = """<input aria-label="Elsewhere"><div style="height: 3000px"></div>
        <notice-assistant inline></notice-assistant><div style="height: 3000px"></div>"""
    put(host_site, html, SCRIPT.format(server))
    page = await open_page(host_site.origin, viewport={"width": 600, "height": 300})
    held: list[Route] = []
    await page.route("**/message", lambda route: held.append(route))
    box = widget(page).get_by_label("Your question", exact=True)
    await box.fill(RECORDING)
    await box.press("Enter")
    await page.get_by_label("Elsewhere").focus()
    await page.evaluate("scrollTo(0, 0)")
    await (await first_of(held)).continue_()
    await widget(page).locator(".answer").wait_for()
    assert await page.evaluate("scrollY") == 0
    # Who is in the widget sees the answer.
    await page.unroute("**/message")
    await ask(page, STRATEGY)
    await expect(widget(page).locator(".you").last).to_be_in_viewport()


async def test_each_text_has_its_own_direction(
    open_page: OpenPage, host_site: HostSite, server: str
) -> None:
    put(host_site, "<notice-assistant open></notice-assistant>", SCRIPT.format(server))
    host_site.html = host_site.html.replace("<html ", "<html dir='rtl' ")
    page = await open_page(host_site.origin)
    direction = "one => getComputedStyle(one).direction"
    assert await widget(page).locator(".panel").evaluate(direction) == "ltr"
    box = widget(page).get_by_label("Your question", exact=True)
    await box.fill("طفل في خطر")
    assert await box.evaluate(direction) == "rtl"
    await box.press("Enter")
    await widget(page).locator(".answer, .failure").first.wait_for()
    assert await widget(page).locator(".you [dir]").evaluate(direction) == "rtl"


async def test_copying_without_leave_falls_back(open_page: OpenPage) -> None:
    page = await open_page()
    await page.evaluate(
        "() => { navigator.clipboard.writeText = () => Promise.reject(new DOMException('no')); }"
    )
    await open_widget(page)
    await ask(page, RECORDING)
    await widget(page).get_by_role("button", name="Copy").click()
    await expect(widget(page).get_by_role("button", name="Copied with")).to_be_visible()


# --- sessions that end ---------------------------------------------------------------


@pytest.mark.parametrize("make", [expired, unknown], ids=["expired", "unknown"])
async def test_a_question_after_the_session_has_ended(open_page: OpenPage, make: Any) -> None:
    page = await open_page()
    await open_widget(page)
    await ask(page, RECORDING)
    await set_token(page, make)
    answer = await ask(page, STRATEGY)
    await expect(answer).to_contain_text(STRATEGY_TITLE)
    await expect(widget(page).get_by_text("This question began a new one.")).to_be_visible()
    await page.reload()
    await open_widget(page)
    await expect(widget(page).locator(".answer")).to_have_count(1)
    assert await questions_of(page) == [STRATEGY]


async def test_a_chat_whose_session_has_expired_is_deleted(
    open_page: OpenPage, server: str
) -> None:
    page = await open_page()
    await open_widget(page)
    await ask(page, RECORDING)
    _, token = await page.evaluate(TOKEN)
    await set_token(page, expired)
    await delete(page)
    await expect(widget(page).locator("[aria-live]")).to_have_text("The chat is deleted")
    await expect(widget(page).locator(".turns > li")).to_have_count(0)
    assert await kept(page, server, token) == []


async def test_deleted_is_not_said_of_what_is_not(open_page: OpenPage, server: str) -> None:
    page = await open_page()
    await open_widget(page)
    await ask(page, RECORDING)
    _, token = await page.evaluate(TOKEN)
    await set_token(page, unknown)
    await delete(page)
    # Not the words that are read aloud: those stay until the next ones.
    told = widget(page).locator(".warning").get_by_text("It could not be deleted on the server")
    await expect(told).to_be_visible()
    await expect(widget(page).locator(".turns > li")).to_have_count(0)
    await widget(page).get_by_role("button", name="OK").click()
    await expect(told).to_have_count(0)
    assert await kept(page, server, token) == [RECORDING]
    await expect(await ask(page, STRATEGY)).to_contain_text(STRATEGY_TITLE)


async def delete(page: Page) -> None:
    await widget(page).get_by_role("button", name="Clear chat").click()
    async with page.expect_response("**/clear"):
        await widget(page).get_by_role("button", name="Delete").click()


async def kept(page: Page, server: str, token: str) -> list[str]:
    """What the server has kept of a session."""
    response = await page.request.get(
        f"{server}/webhooks/notice/history", headers={"Authorization": f"Bearer {token}"}
    )
    return [turn["text"] for turn in (await response.json())["turns"]]


async def test_a_thumb_after_the_session_has_ended(open_page: OpenPage) -> None:
    page = await open_page()
    await open_widget(page)
    answer = await ask(page, RECORDING)
    await set_token(page, unknown)
    turn = answer.locator("xpath=ancestor::li")
    useful = turn.get_by_role("group", name="Was this useful?")
    await useful.get_by_role("button", name="Yes").click()
    await expect(
        turn.get_by_text("This chat has ended, so this could not be kept.")
    ).to_be_focused()


async def test_a_chat_that_has_ended_says_so_after_a_reload(open_page: OpenPage) -> None:
    page = await open_page()
    await open_widget(page)
    await ask(page, RECORDING)
    await set_token(page, expired)
    await page.reload()
    await open_widget(page)
    await expect(widget(page).get_by_text("Your earlier chat has ended.")).to_be_visible()
    await expect(widget(page).get_by_role("heading", name="Ask about")).to_be_visible()


# --- reloads and lines that break ----------------------------------------------------


@pytest.mark.parametrize("question", [RECORDING, URGENT], ids=["question", "urgent"])
@pytest.mark.parametrize("reached", [True, False], ids=["server-has-it", "lost-on-its-way"])
@pytest.mark.parametrize("first", [True, False], ids=["first", "later"])
async def test_a_reload_while_waiting_loses_nothing(
    open_page: OpenPage, question: str, reached: bool, first: bool
) -> None:
    page = await open_page()
    await open_widget(page)
    if not first:
        await ask(page, STRATEGY)
    held: list[Route] = []

    async def hold(route: Route) -> None:
        if reached:
            await route.fetch()  # the answer never comes
        held.append(route)

    await page.route("**/message", hold)
    box = widget(page).get_by_label("Your question", exact=True)
    await box.fill(question)
    await box.press("Enter")
    await first_of(held)
    await page.unroute("**/message")
    await page.reload()
    await open_widget(page)

    expected = [question] if first else [STRATEGY, question]
    await expect(widget(page).locator(".answer")).to_have_count(len(expected))
    assert await questions_of(page) == expected
    await page.reload()
    await open_widget(page)
    await expect(widget(page).locator(".answer")).to_have_count(len(expected))
    assert await questions_of(page) == expected


async def test_a_choice_that_was_on_its_way_is_sent_again(open_page: OpenPage) -> None:
    page = await open_page()
    await open_widget(page)
    answer = await ask(page, RECORDING)
    await page.route("**/message", lambda route: route.abort())
    choice = answer.locator("button.choice").first
    title = await choice.inner_text()
    await choice.click()
    await widget(page).locator(".failure").wait_for()
    await page.unroute("**/message")
    await page.reload()
    await open_widget(page)
    await expect(widget(page).locator(".answer")).to_have_count(2)
    assert await questions_of(page) == [RECORDING, title]


async def test_a_question_kept_offline_is_asked_after_a_reload(open_page: OpenPage) -> None:
    page = await open_page()
    await open_widget(page)
    await ask(page, RECORDING)
    await page.route("**/webhooks/**", lambda route: route.abort())
    await ask(page, URGENT)
    await page.reload()
    await open_widget(page)
    # Nothing can be read: the question is there, and whom to call.
    cut = widget(page).locator(".past .failure")
    await expect(cut.get_by_role("link", name="Call 999")).to_be_visible()
    assert await questions_of(page) == [URGENT]
    await page.unroute("**/webhooks/**")
    await cut.get_by_role("button", name="Try again").click()
    await expect(widget(page).locator(".answer")).to_have_count(2)
    assert await questions_of(page) == [RECORDING, URGENT]
    await expect(cut).to_have_count(0)


@pytest.mark.parametrize("status", [429, 503])
async def test_a_server_that_is_busy_costs_nobody_the_chat(
    open_page: OpenPage, status: int
) -> None:
    page = await open_page()
    await open_widget(page)
    await ask(page, RECORDING)
    error = {"code": "x", "message": "Please try again.", "first": "First.", "contacts": []}
    body = json.dumps({"error": error})
    await page.route("**/history", lambda route: route.fulfill(status=status, body=body))
    await page.reload()
    await open_widget(page)
    # A question asked meanwhile stands in its place afterwards.
    await ask(page, STRATEGY)
    await page.unroute("**/history")
    await widget(page).locator(".past").get_by_role("button", name="Try again").click()
    await expect(widget(page).locator(".answer")).to_have_count(2)
    assert await questions_of(page) == [RECORDING, STRATEGY]


async def test_a_reply_that_failed_can_be_asked_again(open_page: OpenPage) -> None:
    page = await open_page()
    await open_widget(page)
    ids: list[Any] = []

    async def failing(route: Route) -> None:
        ids.append((route.request.post_data_json or {})["id"])
        reply = (await (await route.fetch()).json())["reply"]
        sorry = {"text": "Sorry.", "lead": None, "failed": True, "outcome": "crashed"}
        nothing: dict[str, Any] = {"citations": [], "buttons": [], "limits": None}
        await route.fulfill(body=json.dumps({"reply": {**reply, **sorry, **nothing}}))

    await page.route("**/message", failing)
    await ask(page, RECORDING)
    await page.unroute("**/message")
    async with page.expect_request("**/message") as request:
        await widget(page).get_by_role("button", name="Try again").click()
    assert ((await request.value).post_data_json or {})["id"] == ids[0]
    await expect(widget(page).get_by_role("heading", name="Recording what")).to_be_visible()
    assert await questions_of(page) == [RECORDING]


async def test_what_is_cleared_while_it_is_asked_stays_away(open_page: OpenPage) -> None:
    page = await open_page()
    await open_widget(page)
    await ask(page, STRATEGY)
    held: list[Route] = []
    await page.route("**/message", lambda route: held.append(route))
    box = widget(page).get_by_label("Your question", exact=True)
    await box.fill(RECORDING)
    await box.press("Enter")
    await first_of(held)
    await delete(page)
    await expect(widget(page).locator(".turns > li")).to_have_count(0)
    await page.unroute("**/message")
    await page.reload()
    await open_widget(page)
    await expect(widget(page).get_by_role("heading", name="Ask about")).to_be_visible()
    assert await questions_of(page) == []
    await expect(await ask(page, STRATEGY)).to_contain_text(STRATEGY_TITLE)


async def test_a_copied_tab_shows_the_chat(open_page: OpenPage) -> None:
    """As docs/embedding.md says: browsers copy a tab's storage."""
    page = await open_page()
    await open_widget(page)
    await ask(page, RECORDING)
    async with page.expect_popup() as popup:
        await page.evaluate("window.open(location.href)")
    copy = await popup.value
    await open_widget(copy)
    await expect(widget(copy).locator(".answer")).to_have_count(1)


# --- the page without JavaScript -----------------------------------------------------


async def test_on_the_page_without_javascript_the_answer_stays(
    open_page: OpenPage, server: str
) -> None:
    """A source opens beside it; going back and sending again asks nothing twice."""
    page = await open_page(f"{server}/chat", java_script_enabled=False)
    await page.get_by_label("Your question", exact=True).fill(RECORDING)
    await page.get_by_role("button", name="Ask").click()
    await page.context.route("https://**", lambda route: route.fulfill(body="a source"))
    async with page.context.expect_page():
        await page.locator(".sources a").first.click()
    await expect(page.get_by_role("heading", name="Recording what a child says")).to_be_visible()
    await page.locator(".choices button").first.click()
    await expect(page.get_by_text("Earlier in this chat (1)")).to_be_visible()
    # "Confirm form resubmission", because nothing of an answer is kept on the disk.
    with contextlib.suppress(Error):
        await page.go_back()
    await page.reload()  # the person says yes
    await expect(page.get_by_role("heading", name="Recording what a child says")).to_be_visible()
    await expect(page.get_by_text("Earlier in this chat (1)")).to_be_visible()


# --- anything, in any order ----------------------------------------------------------


class Person:
    """Does things at random, and knows what the chat must hold in the end."""

    def __init__(self, page: Page, seed: int) -> None:
        self.page = page
        self.chance = random.Random(seed)
        self.expected: set[str] = set()
        self.count = 0
        self.offline = False

    async def ask(self) -> None:
        self.count += 1
        question = f"{self.chance.choice([RECORDING, STRATEGY, URGENT])} ({self.count})"
        box = widget(self.page).get_by_label("Your question", exact=True)
        await box.fill(question)
        await box.press("Enter")
        if await box.input_value() == "":  # taken; otherwise the last answer is still awaited
            self.expected.add(question)
        if self.chance.random() < 0.5:
            await self.idle()

    async def idle(self) -> None:
        await expect(widget(self.page).locator(".looking")).to_have_count(0)

    async def reload(self) -> None:
        await self.page.reload()
        if self.offline or await self.page.evaluate(TOKEN) is None:
            await open_widget(self.page)
            return
        # Read before the session may end: what is in it is no question that was lost.
        async with self.page.expect_response("**/history"):
            await open_widget(self.page)

    async def go_offline(self) -> None:
        self.offline = True
        await self.page.route("**/webhooks/**", lambda route: route.abort())

    async def come_back(self) -> None:
        self.offline = False
        await self.page.unroute("**/webhooks/**")

    async def clear(self) -> None:
        sure = widget(self.page).locator(".sure .warning")
        await widget(self.page).get_by_role("button", name="Clear chat").click()
        await sure.get_by_role("button", name="Delete").click()
        told = sure.get_by_text("could not be deleted")
        await expect(told.or_(widget(self.page).locator(".sure:empty"))).to_have_count(1)
        if not await sure.count() or await sure.get_by_text("gone from this page").count():
            self.expected.clear()
        if await sure.count():
            await sure.get_by_role("button", name=re.compile("OK|Keep")).click()

    async def expire(self) -> None:
        """The session ends: what was answered stays with it, what was not is asked anew."""
        await self.idle()
        entry: Optional[list[str]] = await self.page.evaluate(TOKEN)
        if entry is None:
            return
        await self.page.evaluate("(key) => (sessionStorage[key] = 'unknown')", entry[0])
        sent = await self.page.evaluate(
            """Object.entries(sessionStorage).filter(([key]) => key.endsWith(" sent"))
              .flatMap(([, sent]) => JSON.parse(sent)).filter((one) => !one.answered)
              .map((one) => one.shown)"""
        )
        self.expected = set(sent)

    async def use_a_copy(self) -> None:
        """The tab is duplicated, which copies its session, and the copy asks something."""
        await self.idle()
        entry: Optional[list[str]] = await self.page.evaluate(TOKEN)
        if self.offline or entry is None or entry[1] == "unknown":
            return
        async with self.page.expect_popup() as popup:
            await self.page.evaluate("window.open(location.href)")
        copy = await popup.value
        async with copy.expect_response("**/history"):
            await open_widget(copy)
        # It also asks what was not answered in the first; then it takes a question of its own.
        turns = widget(copy).locator(".turns > li")
        await expect(turns).to_have_count(len(self.expected))
        await expect(turns.locator(".answer")).to_have_count(len(self.expected))
        self.count += 1
        question = f"{STRATEGY} ({self.count})"
        await ask(copy, question)
        await copy.close()
        self.expected.add(question)

    async def act(self, steps: int) -> None:
        for _ in range(steps):
            step = self.chance.choice(
                [self.ask] * 4
                + [self.reload, self.reload, self.clear, self.expire, self.use_a_copy]
                + [self.come_back if self.offline else self.go_offline]
            )
            await step()


@pytest.mark.parametrize("seed", range(10))
async def test_in_any_order_each_question_is_there_once(open_page: OpenPage, seed: int) -> None:
    page = await open_page()
    await open_widget(page)
    person = Person(page, seed)
    await person.act(16)
    await person.come_back()
    await person.reload()
    turns = widget(page).locator(".turns > li")
    await expect(turns).to_have_count(len(person.expected))
    await expect(turns.locator(".answer")).to_have_count(len(person.expected))
    assert set(await questions_of(page)) == person.expected
