"""WCAG 2.2 AA, row by row, in a real browser."""

from __future__ import annotations

import json
import re
from typing import Any, Optional

import pytest
from playwright.async_api import Page, Route, expect

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
from tests.browser.tools import PACKAGES, install_packages

AXE_OPTIONS = {
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    "rules": {"target-size": {"enabled": True}},
}

THEMES: list[dict[str, Any]] = [
    {"color_scheme": "light"},
    {"color_scheme": "dark"},
    {"forced_colors": "active"},
    {"forced_colors": "active", "color_scheme": "dark"},
]

# What has the focus, also inside the widget; null for the body.
FOCUSED = """
() => {
  let at = document.activeElement;
  while (at?.shadowRoot?.activeElement) at = at.shadowRoot.activeElement;
  if (!at || at === document.body) return null;
  const whole = at.getBoundingClientRect();
  const [left, top_] = [Math.max(whole.left, 0), Math.max(whole.top, 0)];
  const box = { left, top: top_, width: Math.min(whole.right, innerWidth) - left,
    height: Math.min(whole.bottom, innerHeight) - top_ };
  // Points spread over what is on the screen: one that is on top shows where the focus is.
  const shares = [0.1, 0.5, 0.9];
  const seen = shares.some((x) => shares.some((y) => {
    let top = document.elementFromPoint(box.left + x * box.width, box.top + y * box.height);
    while (top?.shadowRoot) {
      const inner = top.shadowRoot.elementFromPoint(
        box.left + x * box.width, box.top + y * box.height);
      if (!inner || inner === top) break;
      top = inner;
    }
    return top && (at.contains(top) || top.contains(at) && top.getRootNode() === at.getRootNode());
  }));
  const inWidget = at.getRootNode() !== document;
  const name = at.getAttribute("aria-label") ?? at.innerText ?? "";
  return { name, tag: at.tagName, seen, inWidget };
}
"""

# Everything in the widget that is wider than the room it has, or lies outside the screen.
OVERFLOWING = """
() => [...document.querySelector("notice-assistant").shadowRoot.querySelectorAll("*")]
  .filter((one) => one.checkVisibility() && !one.closest(".hidden"))
  .filter((one) => {
    const box = one.getBoundingClientRect();
    const cut = getComputedStyle(one).display !== "inline" && one.scrollWidth > one.clientWidth + 1;
    return cut || box.left < 0 || box.right > innerWidth + 0.5;
  })
  .map((one) => one.outerHTML.slice(0, 120))
"""

SCROLLS_OR_FITS = """(one) => one.scrollHeight <= one.clientHeight + 1
  || getComputedStyle(one).overflowY === "auto"
"""

# WCAG 1.4.12's own figures, put into the widget as a person's own style would be.
TEXT_SPACING = """
() => {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(`* { line-height: 1.5 !important; letter-spacing: 0.12em !important;
    word-spacing: 0.16em !important } p { margin-bottom: 2em !important }`);
  const { shadowRoot } = document.querySelector("notice-assistant");
  shadowRoot.adoptedStyleSheets = [...shadowRoot.adoptedStyleSheets, sheet];
}
"""


async def violations(page: Page) -> list[str]:
    install_packages()
    await page.evaluate((PACKAGES / "axe-core" / "axe.min.js").read_text(encoding="utf-8"))
    found = await page.evaluate("options => axe.run(document, options)", AXE_OPTIONS)
    return [
        f"{one['id']}: {one['nodes'][0]['html']} {one['nodes'][0]['failureSummary']}"
        for one in found["violations"]
    ]


async def every_state(page: Page) -> None:
    """Bring all that the widget can show onto the page at once."""
    await open_widget(page)
    await ask(page, URGENT)
    answer = await ask(page, RECORDING)
    await answer.get_by_role("button", name="Source 1:").first.click()
    for summary in await answer.locator("summary").all():
        await summary.click()
    await widget(page).get_by_role("group", name="Was this useful?").last.get_by_text("No").click()
    await page.route("**/message", lambda route: route.abort())
    await ask(page, STRATEGY)
    await page.unroute("**/message")
    await widget(page).get_by_label("Your question", exact=True).fill("Emma Jones, 14 Elm Road")
    await widget(page).get_by_role("button", name="Send", exact=True).click()
    await widget(page).get_by_role("button", name="Clear chat").click()


@pytest.mark.parametrize("theme", THEMES, ids=lambda theme: "-".join(map(str, theme.values())))
async def test_axe_finds_nothing(open_page: OpenPage, theme: dict[str, Any]) -> None:
    page = await open_page(reduced_motion="reduce", **theme)
    assert await violations(page) == []
    await open_widget(page)
    assert await violations(page) == []
    await page.get_by_role("button", name="Close").click()
    await every_state(page)
    assert await violations(page) == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
async def test_axe_finds_nothing_in_the_page_with_an_exit(
    open_page: OpenPage, host_site: HostSite, server: str, scheme: str
) -> None:
    html = HOST_PAGE.format(server=server, links="")
    attributes = 'inline colour="#00703c" exit-url="https://weather.example/"'
    host_site.html = html.replace("assistant open", f"assistant {attributes}")
    host_site.policy = ""
    page = await open_page(host_site.origin, color_scheme=scheme, reduced_motion="reduce")
    await ask(page, RECORDING)
    assert await violations(page) == []


async def test_everything_works_by_keyboard_alone(open_page: OpenPage) -> None:
    page = await open_page()
    await tab_to(page, "Ask Notice")
    await page.keyboard.press("Enter")
    box = widget(page).get_by_label("Your question", exact=True)
    await expect(box).to_be_focused()
    await page.keyboard.type(RECORDING)
    await page.keyboard.press("Enter")
    await widget(page).locator(".answer").wait_for()
    await expect(box).to_be_focused()  # an answer does not move the focus

    await tab_to(page, "Source 1:.*", back=True)
    await page.keyboard.press("Space")
    await expect(widget(page).locator(".source")).to_be_visible()
    await page.keyboard.press("Tab")
    await page.keyboard.press("Escape")
    await expect(widget(page).locator(".source")).to_have_count(0)
    await tab_to(page, "How to refer to children's social care")
    await page.keyboard.press("Enter")
    await expect(widget(page).locator(".answer")).to_have_count(2)

    await page.keyboard.press("Escape")
    await expect(page.get_by_role("button", name="Ask Notice")).to_be_focused()
    await expect(widget(page).locator(".panel")).to_be_hidden()


async def test_the_keyboard_is_not_trapped(open_page: OpenPage) -> None:
    page = await open_page()
    await open_widget(page)
    await tab_to(page, "Send")
    await page.keyboard.press("Tab")
    focused = await page.evaluate(FOCUSED)
    assert focused is None or not focused["inWidget"]
    await page.keyboard.press("Shift+Tab")
    assert (await page.evaluate(FOCUSED))["inWidget"]


async def tab_to(page: Page, name: str, back: bool = False) -> None:
    for _ in range(80):
        await page.keyboard.press("Shift+Tab" if back else "Tab")
        focused = await page.evaluate(FOCUSED)
        if focused and re.fullmatch(name, focused["name"]):
            return
    raise AssertionError(f"{name} cannot be reached with the Tab key")


async def test_what_a_screen_reader_is_given(open_page: OpenPage) -> None:
    page = await open_page()
    await open_widget(page)
    await ask(page, URGENT)

    await expect(widget(page)).to_match_aria_snapshot("""
    - region "Notice":
      - heading "Notice" [level=2]
      - button "Clear chat"
      - button "Close"
      - paragraph:
        - text: If a child is in immediate danger
        - link "call 999"
      - region "Conversation":
        - list:
          - listitem:
            - 'heading /You asked: a child just told me/ [level=3]'
            - heading "Get help now" [level=4]
            - paragraph: /999/
            - paragraph
            - list:
              - listitem:
                - strong: Police or ambulance, emergency
                - link "Call 999"
      - paragraph: Leave out names and anything that identifies a child.
      - textbox "Your question"
      - button "Send"
    """)


async def test_each_answer_is_announced_once_and_politely(open_page: OpenPage) -> None:
    page = await open_page()
    await open_widget(page)
    regions = widget(page).locator("[aria-live], [role=log], [role=status], [role=alert]")
    await expect(regions).to_have_count(1)
    await expect(regions).to_have_attribute("aria-live", "polite")
    await regions.evaluate("""(region) => {
      window.announced = [];
      new MutationObserver(() => region.textContent && announced.push(region.textContent))
        .observe(region, { childList: true, characterData: true, subtree: true });
    }""")

    await ask(page, URGENT)
    await ask(page, RECORDING)
    await expect(regions).to_contain_text("Recording what a child says.")

    urgent, answer = await page.evaluate("announced")
    assert re.match("Get help now\\. .*Call 999\\. .*Childline.*", urgent)
    assert answer.startswith("Recording what a child says. ")
    assert answer.endswith(" sources follow.")


SMALL = [(320, 640), (320, 256)]


@pytest.mark.parametrize("spaced", [False, True], ids=["plain", "text-spacing"])
@pytest.mark.parametrize(("width", "height"), SMALL, ids=lambda size: str(size))
async def test_reflow_and_focus_on_a_small_screen(
    open_page: OpenPage, width: int, height: int, spaced: bool
) -> None:
    """320 CSS pixels, and 400% zoom of a 1280 by 1024 screen: no scrolling in two directions."""
    page = await open_page(viewport={"width": width, "height": height})
    if spaced:
        await page.evaluate(TEXT_SPACING)
    await every_state(page)

    assert await page.evaluate(OVERFLOWING) == []
    assert await page.evaluate("document.documentElement.scrollWidth") <= width
    # Whoever has no keyboard can scroll to what does not fit.
    assert await widget(page).locator(".panel").evaluate(SCROLLS_OR_FITS)
    await widget(page).get_by_role("button", name="Keep", exact=True).click()
    hidden = [one for one in await walk(page, inside=True) if not one["seen"]]
    assert hidden == []


@pytest.mark.parametrize("element", ["", "language='cy'"], ids=["english", "welsh"])
async def test_the_welcome_fits_a_small_screen(
    open_page: OpenPage, host_site: HostSite, server: str, element: str
) -> None:
    host_site.policy = ""
    host_site.html = f"""<!doctype html><html lang="en"><title>Host</title>
        <main><h1>Host</h1></main>
        <meta name="viewport" content="width=device-width">
        <script src="{server}/widget.js" async></script>
        <notice-assistant open {element}></notice-assistant></html>"""
    page = await open_page(host_site.origin, viewport={"width": 320, "height": 640})
    await expect(widget(page).locator(".root")).to_have_attribute(
        "lang", "cy" if element else "en-GB"
    )
    await expect(widget(page).locator(".guides")).to_be_visible()
    assert (
        await widget(page).locator(".guides").evaluate("(one) => one.closest('[lang]').lang")
        == "en-GB"
    )
    for spaced in (False, True):
        if spaced:
            await page.evaluate(TEXT_SPACING)
        assert await page.evaluate(OVERFLOWING) == []
        assert await page.evaluate("document.documentElement.scrollWidth") <= 320
    assert await violations(page) == []


async def test_at_double_text_size_nothing_is_cut(open_page: OpenPage) -> None:
    page = await open_page(viewport={"width": 640, "height": 480})
    await page.evaluate("document.documentElement.style.fontSize = '200%'")
    await every_state(page)
    assert await page.evaluate(OVERFLOWING) == []


async def walk(page: Page, inside: bool, limit: int = 120) -> list[dict[str, Any]]:
    """Tab on as long as the focus stays inside the widget, or outside of it."""
    seen: list[dict[str, Any]] = []
    for _ in range(limit):
        await page.keyboard.press("Tab")
        await page.evaluate(
            "() => new Promise((done) => requestAnimationFrame(() => setTimeout(done)))"
        )
        focused: Optional[dict[str, Any]] = await page.evaluate(FOCUSED)
        if focused is None or focused["inWidget"] != inside:
            return seen
        seen.append(focused)
    raise AssertionError("the focus never left")


HOST_PAGE = """<!doctype html><html lang="en"><title>Host</title>
<script src="{server}/widget.js"></script>
<link rel="stylesheet" href="data:text/css,a{{display:block;padding:4px;text-align:right}}">
<notice-assistant open></notice-assistant>
<main><h1>Links down the right side</h1>{links}</main></html>"""


async def test_the_focus_on_the_host_page_is_never_hidden(
    open_page: OpenPage, host_site: HostSite, server: str
) -> None:
    links = "".join(f'<a href="#{n}">Link number {n} of the page</a>' for n in range(60))
    host_site.html = HOST_PAGE.format(server=server, links=links)
    host_site.policy = ""
    page = await open_page(host_site.origin)
    await expect(widget(page).locator(".panel")).to_be_visible()
    await widget(page).get_by_role("button", name="Send", exact=True).focus()

    await page.keyboard.press("Tab")
    focused = [await page.evaluate(FOCUSED), *await walk(page, inside=False)]

    assert len(focused) == 60
    assert [one["name"] for one in focused if not one["seen"]] == []
    # The launcher is back as soon as it has the focus.
    await tab_to(page, "Ask Notice", back=True)
    await expect(page.get_by_role("button", name="Ask Notice")).to_have_css("opacity", "1")


async def test_targets_are_24_pixels_or_more(open_page: OpenPage) -> None:
    page = await open_page()
    await every_state(page)
    small = (
        await widget(page)
        .locator("button, a, summary, textarea")
        .evaluate_all("""(all) => all
      .filter((one) => one.checkVisibility())
      .map((one) => [one.innerText, one.getBoundingClientRect()])
      .filter(([, box]) => box.width < 24 || box.height < 24)
      .map(([text, box]) => `${text}: ${box.width} x ${box.height}`)""")
    )
    assert small == []


CONTRAST = """(one) => {
  const parts = (colour) => colour.match(/[0-9.]+/g).slice(0, 3).map(Number);
  const linear = (v) => (v /= 255) <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4;
  const luminance = (colour) => {
    const [r, g, b] = parts(colour).map(linear);
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const style = getComputedStyle(one);
  const [a, b] = [style[PROPERTY], style.backgroundColor].map(luminance);
  return (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
}"""


@pytest.mark.parametrize("scheme", ["light", "dark"])
async def test_edges_that_carry_meaning_have_contrast(open_page: OpenPage, scheme: str) -> None:
    page = await open_page(color_scheme=scheme)
    await open_widget(page)
    for edged in (".panel textarea", "button.choice"):
        one = widget(page).locator(edged).first
        assert await one.evaluate(CONTRAST.replace("PROPERTY", "'borderTopColor'")) >= 3


@pytest.mark.parametrize("colour", ["#00703c", "#ffdd00", "#777777", "#000000", "#ffffff"])
async def test_any_colour_of_the_host_stays_readable(
    open_page: OpenPage, host_site: HostSite, server: str, colour: str
) -> None:
    page_html = HOST_PAGE.format(server=server, links="")
    host_site.html = page_html.replace(" open>", f' open colour="{colour}">')
    host_site.policy = ""
    page = await open_page(host_site.origin)
    for one in ("header", "button.send"):
        contrast = await widget(page).locator(one).evaluate(CONTRAST.replace("PROPERTY", "'color'"))
        assert contrast >= 4.5


@pytest.mark.parametrize(("motion", "moves"), [("reduce", 0), ("no-preference", 1)])
async def test_nothing_moves_for_who_wants_no_motion(
    open_page: OpenPage, motion: str, moves: int
) -> None:
    page = await open_page(reduced_motion=motion)
    await open_widget(page)
    answer = await ask(page, RECORDING)
    assert await answer.evaluate("one => one.getAnimations().length") == moves


async def test_who_waits_long_is_told_so_once(open_page: OpenPage) -> None:
    page = await open_page()
    await page.clock.install()
    await open_widget(page)
    routes: list[Route] = []
    await page.route("**/message", lambda route: routes.append(route))
    box = widget(page).get_by_label("Your question", exact=True)
    await box.fill(RECORDING)
    await box.press("Enter")
    held = await first_of(routes)
    await page.clock.fast_forward(5_000)
    await page.clock.fast_forward(100)
    await expect(widget(page).locator("[aria-live]")).to_have_text("Still looking for the answer.")
    await held.fulfill(status=500, body=json.dumps({}))
