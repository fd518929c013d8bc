"""An urgent message: the first lines, the other reader's line and the first contact in sight."""

from __future__ import annotations

import json

import pytest
from playwright.async_api import Page, expect

from assistant.answers import answer_text, current_content
from assistant.channels.web import contract
from assistant.channels.web.render import reply_json
from assistant.guidance import Library
from assistant.turn.official import urgent_reply
from assistant.turn.replies import Reply
from tests.browser.conftest import URGENT, OpenPage, ask, open_widget, widget

LONG_STORY = "It has been going on for a long time and nobody at home will listen. " * 12

SIZES = {
    "desktop": {"width": 1280, "height": 860},
    "narrow": {"width": 320, "height": 640},
    "400 percent": {"width": 320, "height": 256},
}


def shown_json(reply: Reply) -> contract.Reply:
    content = current_content()
    return reply_json(reply, lambda ids: content.contacts(list(ids)))


async def answer_with(page: Page, reply: contract.Reply) -> None:
    """Have the server answer with this, whatever is asked."""
    body = json.dumps({"reply": reply})
    await page.route("**/message", lambda route: route.fulfill(body=body))


@pytest.mark.parametrize("asked", ["help me", LONG_STORY], ids=["short", "long"])
@pytest.mark.parametrize("size", SIZES)
async def test_what_matters_is_on_the_first_screen(
    open_page: OpenPage, library: Library, size: str, asked: str
) -> None:
    """Of each of the replies, whoever reads it, however long the question was."""
    page = await open_page(viewport=SIZES[size])
    await open_widget(page)
    for situation in library.urgent:
        reply = urgent_reply(situation)
        await answer_with(page, shown_json(reply))
        answer = await ask(page, asked)
        await page.unroute("**/message")
        card = answer.locator(".emergency")
        await expect(card.get_by_role("heading", name="Get help now")).to_be_in_viewport(ratio=1)
        await expect(card.locator(".first")).to_be_in_viewport(ratio=1)
        await expect(widget(page).get_by_role("link", name="call 999").first).to_be_in_viewport(
            ratio=1
        )
        if size != "400 percent":
            other = reply.answer.other_reader if reply.answer else None
            if other:
                await expect(card.get_by_text(other)).to_be_in_viewport(ratio=1)
            await expect(card.locator("a.call")).to_be_in_viewport(ratio=1)
        assert await nothing_covers(page, ".turns > li:last-child .first"), situation


async def nothing_covers(page: Page, selector: str) -> bool:
    """Whether every corner of an element is what is seen there."""
    seen: bool = await (
        widget(page)
        .locator(selector)
        .evaluate("""(one) => {
      const box = one.getBoundingClientRect();
      const root = one.getRootNode();
      return [[1, 1], [1, -2], [-2, 1], [-2, -2]].every(([x, y]) => {
        const at = root.elementFromPoint(
          (x > 0 ? box.left : box.right) + x, (y > 0 ? box.top : box.bottom) + y);
        return one === at || one.contains(at);
      });
    }""")
    )
    return seen


async def test_the_parts_come_in_the_order_of_their_weight(open_page: OpenPage) -> None:
    """For each of the replies: what stands in the text of every channel, in its order."""
    page = await open_page()
    await open_widget(page)
    for situation in ("urgent/child-user", "urgent/child-telling-now", "urgent/general"):
        reply = urgent_reply(situation)
        made = reply.answer
        assert made and made.tell
        await answer_with(page, shown_json(reply))
        answer = await ask(page, "help")
        await page.unroute("**/message")
        shown = " ".join((await answer.inner_text()).split())
        parts = [made.title, made.lead, made.other_reader, *(c.name for c in made.first_contacts)]
        parts += [made.tell.text, *(line.text for line in made.lines)]
        parts += [*(c.name for c in made.other_contacts), *(step.text for step in made.points)]
        parts.append(made.review[0].says)
        at = 0
        for part in filter(None, parts):
            at = shown.find(part, at)
            assert at >= 0, f"{situation}: {part}"
        assert "Must:" not in shown and "(should)" not in shown
        assert made.lead in answer_text(made)


async def test_every_number_of_the_card_can_be_tapped(open_page: OpenPage) -> None:
    page = await open_page()
    await open_widget(page)
    answer = await ask(page, URGENT)
    card = answer.locator(":scope > *").first
    await expect(card).to_have_class("emergency")
    first = card.get_by_role("link").first
    await expect(first).to_have_text("Call 999")
    await expect(first).to_have_attribute("href", "tel:999")
    for contact in await card.locator(".contacts > li").all():
        assert await contact.get_by_role("link").count() >= 1


async def test_the_steps_stand_below_without_labels_of_duty(open_page: OpenPage) -> None:
    page = await open_page()
    await open_widget(page)
    answer = await ask(page, URGENT)
    assert await answer.locator(":scope > ul > li").count() >= 4
    await expect(answer.locator(".review").first).to_contain_text("review (November 2024): ")
    assert await answer.locator(".must, .duty").count() == 0
    assert await answer.locator("button.choice").count() == 3


async def test_a_child_in_danger_is_always_met_by_the_999_line(open_page: OpenPage) -> None:
    page = await open_page(viewport=SIZES["400 percent"])
    await open_widget(page)
    line = widget(page).locator(".danger")
    await expect(line).to_be_in_viewport(ratio=1)
    await expect(line.get_by_role("link", name="call 999")).to_have_attribute("href", "tel:999")

    await ask(page, URGENT)

    await expect(line).to_be_in_viewport(ratio=1)
