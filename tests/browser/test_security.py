"""Text stays text in both directions, no weak policy is needed, tokens stay where they belong."""

from __future__ import annotations

import json
from typing import Any, Awaitable, Callable

from playwright.async_api import Page, Request, Route, expect

from tests.browser.conftest import RECORDING, HostSite, OpenPage, ask, open_widget, widget
from tests.channels.conftest import DESCRIPTION

ATTACKS = [
    "<img src=x onerror=\"window.hit='img'\">",
    "<script>window.hit='script'</script>",
    "<a href=\"javascript:window.hit='link'\">x</a>",
    "javascript:window.hit='address'",
    '"><svg onload="window.hit=\'svg\'">',
]


async def nothing_ran(page: Page) -> None:
    assert await page.evaluate("window.hit") is None
    root = widget(page).locator(".turns")
    assert await root.locator("img, script, svg, iframe, object").count() == 0
    hrefs = await root.locator("a").evaluate_all("all => all.map((a) => a.getAttribute('href'))")
    assert [one for one in hrefs if not one.startswith(("https://", "tel:"))] == []


async def test_what_a_person_types_stays_text(open_page: OpenPage) -> None:
    page = await open_page()
    await open_widget(page)
    for attack in ATTACKS:
        await ask(page, attack)
        await expect(widget(page).locator(".you").last).to_have_text(f"You asked: {attack}")
    await nothing_ran(page)
    await page.reload()
    await open_widget(page)
    await expect(widget(page).locator(".answer")).to_have_count(len(ATTACKS))
    await nothing_ran(page)


def hostile_reply(attack: str, kind: str, structured: bool) -> dict[str, Any]:
    """Every field of a reply as the description of the channel has it, the text hostile."""

    def made(name: str) -> dict[str, Any]:
        schema = DESCRIPTION["components"]["schemas"][name]["properties"]
        return dict.fromkeys(schema, attack)

    point = {**made("Point"), "numbers": [1]}
    urgent = {"other_reader": attack, "tell": point, "lines": [attack]}
    return {
        **made("Reply"),
        **(urgent if kind == "urgent" else {"other_reader": None, "tell": None, "lines": []}),
        "kind": kind,
        "text": f"{attack}\n- {attack}\nhttps://{attack}",
        "lead": f"{attack}. {attack}" if structured else None,
        "points": [point],
        "more": [point],
        "contacts": [made("Contact"), made("Contact")],
        "citations": [{**made("Citation"), "number": 1}],
        "review": [made("Review")],
        "buttons": [made("Button")],
        "failed": kind == "guided",
    }


def answering(reply: dict[str, Any]) -> Callable[[Route], Awaitable[None]]:
    async def handle(route: Route) -> None:
        await route.fulfill(body=json.dumps({"reply": reply}))

    return handle


async def test_what_the_server_says_stays_text(open_page: OpenPage) -> None:
    page = await open_page()
    await open_widget(page)
    for attack in ATTACKS:
        for kind, structured in (("answer", True), ("urgent", True), ("guided", False)):
            reply = hostile_reply(attack, kind, structured)

            await page.route("**/message", answering(reply))
            answer = await ask(page, "a question")
            await expect(answer).to_have_class("answer")
            await page.unroute("**/message")
            for opener in await answer.locator(".marker, summary").all():
                await opener.click()
    await nothing_ran(page)


async def test_a_refusal_stays_text(open_page: OpenPage) -> None:
    page = await open_page()
    await open_widget(page)
    error = {"code": "x", "message": ATTACKS[0], "contacts": []}
    await page.route(
        "**/message", lambda route: route.fulfill(status=400, body=json.dumps({"error": error}))
    )
    failure = await ask(page, "a question")
    await expect(failure.get_by_text(ATTACKS[0])).to_be_visible()
    await nothing_ran(page)


STRICT = (
    "default-src 'none'; script-src {server}; connect-src {server} 'self'; style-src 'none'; "
    "frame-ancestors 'none'; base-uri 'none'; form-action 'none'; "
    "require-trusted-types-for 'script'"
)


async def test_it_works_under_the_strictest_policy_of_another_origin(
    open_page: OpenPage, host_site: HostSite, server: str
) -> None:
    """The policy of docs/embedding.md. The page fixture fails the test if anything was stopped."""
    host_site.policy = STRICT.format(server=server)
    host_site.html = f"""<!doctype html><html lang="en"><title>Host</title>
        <script src="{server}/widget.js" async></script>
        <notice-assistant token-url="/notice-token" colour="#00703c"></notice-assistant></html>"""
    page = await open_page(host_site.origin)
    requests: list[Request] = []
    page.on("request", lambda one: requests.append(one))
    await open_widget(page)

    await ask(page, RECORDING)

    await expect(widget(page).locator(".answer h4")).to_be_visible()
    background = (
        await widget(page)
        .locator("header")
        .evaluate("one => getComputedStyle(one).backgroundColor")
    )
    assert background == "rgb(0, 112, 60)"
    # The intranet's token goes to the session alone; the session's own goes with the question.
    sent = {
        one.url.rsplit("/", 1)[1]: one.headers.get("authorization")
        for one in requests
        if one.method == "POST"
    }
    assert sent["session"] == "Bearer a token of the intranet"
    assert sent["message"] not in (None, sent["session"])


async def test_an_unknown_origin_gets_contacts_and_no_answer(
    open_page: OpenPage, server: str
) -> None:
    stranger = HostSite()
    stranger.html = f"""<!doctype html><html lang="en"><title>Stranger</title>
        <script src="{server}/widget.js"></script>
        <notice-assistant open></notice-assistant></html>"""
    page = await open_page(stranger.origin)
    failure = await ask(page, RECORDING)
    await expect(failure.get_by_role("link", name="999")).to_be_visible()
    assert await widget(page).locator(".answer").count() == 0
    stranger.close()
