"""An urgent message: the emergency card before anything else."""

from __future__ import annotations

import re

from playwright.async_api import expect

from tests.browser.conftest import URGENT, OpenPage, ask, open_widget, widget


async def test_the_emergency_card_comes_first_with_one_call_to_action(open_page: OpenPage) -> None:
    page = await open_page()
    await open_widget(page)

    answer = await ask(page, URGENT)

    card = answer.locator(":scope > *").first
    await expect(card).to_have_class("emergency")
    heading = card.get_by_role("heading")
    await expect(heading).to_have_text(re.compile("^Emergency: Call 999 now if "))
    # No further reading on the card: its one link dials.
    links = card.get_by_role("link")
    await expect(links).to_have_count(1)
    await expect(links).to_have_attribute("href", "tel:999")
    await expect(card).to_be_in_viewport(ratio=1)


async def test_the_other_contacts_and_the_steps_stand_below(open_page: OpenPage) -> None:
    page = await open_page()
    await open_widget(page)

    answer = await ask(page, URGENT)

    await expect(answer.get_by_text("Children's social care at your council")).to_be_visible()
    await expect(answer.get_by_text("Do not confront the person.")).to_be_visible()
    await expect(answer.get_by_text("In the review")).to_be_visible()
    assert await answer.locator("button.choice").count() == 1


async def test_a_child_in_danger_is_always_met_by_the_999_line(open_page: OpenPage) -> None:
    page = await open_page(viewport={"width": 320, "height": 256})
    await open_widget(page)
    line = widget(page).locator(".danger")
    await expect(line).to_be_in_viewport(ratio=1)
    await expect(line.get_by_role("link", name="call 999")).to_have_attribute("href", "tel:999")

    await ask(page, URGENT)

    await expect(line).to_be_in_viewport(ratio=1)
