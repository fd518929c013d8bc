"""A practitioner asks on the demonstration page."""

from __future__ import annotations

import json
import re
from urllib.parse import parse_qs, urlsplit

from playwright.async_api import Request, Route, expect

from assistant.answers import current_content
from tests.browser.conftest import RECORDING, STRATEGY, OpenPage, ask, open_widget, widget
from tests.conftest import VAGUE


async def test_an_answer_has_headings_lists_and_links(open_page: OpenPage) -> None:
    page = await open_page()
    await open_widget(page)

    answer = await ask(page, RECORDING)

    await expect(answer.get_by_role("heading", name="Recording what a child says")).to_be_visible()
    assert await answer.get_by_role("list").first.get_by_role("listitem").count() >= 3
    await expect(answer.get_by_text("In the review (November 2024)")).to_be_visible()
    await expect(answer.get_by_text("Guidance only: this is not a decision")).to_be_visible()
    contact = answer.locator(".contacts a").first
    assert re.match(r"(https:|tel:|mailto:)", await contact.get_attribute("href") or "")


async def test_a_citation_opens_its_source_and_escape_closes_it(open_page: OpenPage) -> None:
    page = await open_page()
    await open_widget(page)
    answer = await ask(page, RECORDING)
    marker = answer.get_by_role("button", name="Source 1:").first

    await marker.click()

    await expect(marker).to_have_attribute("aria-expanded", "true")
    source = answer.locator(".source")
    await expect(source.get_by_role("link")).to_have_attribute("href", re.compile("^https://"))
    await expect(source).to_contain_text("; Wales")  # edition and territory
    await page.keyboard.press("Escape")
    await expect(source).to_have_count(0)
    await expect(marker).to_be_focused()


async def test_a_source_tells_how_it_is_known_and_what_replaced_it(open_page: OpenPage) -> None:
    page = await open_page()
    await open_widget(page)
    answer = await ask(page, STRATEGY)
    replaced = "A 2026 edition is in force since 18 March 2026."
    await expect(answer.get_by_text(replaced).first).to_be_hidden()  # in the folded list

    await answer.get_by_role("button", name="Source 1: Working Together").first.click()

    source = answer.locator(".source")
    await expect(source).to_contain_text(replaced)
    await expect(source).to_contain_text(re.compile(r"Checked \d{1,2} [A-Z][a-z]+ \d{4}\."))
    await expect(source).to_be_in_viewport(ratio=1)


async def test_duties_are_told_apart(open_page: OpenPage) -> None:
    page = await open_page()
    await open_widget(page)
    answer = await ask(page, STRATEGY)
    await expect(answer.locator(".duty").first).to_have_text("(should)")
    await answer.get_by_text("More on this").click()
    must = answer.locator(".must").first
    await expect(must).to_have_text("Must:")
    # For the ear it stands in the sentence, for the eye in a frame.
    await expect(must.locator("xpath=..")).to_contain_text(re.compile(r"Must: \w"))
    await expect(must).not_to_have_css("border-top-width", "0px")


async def test_what_the_review_says_stands_apart_from_the_sources(open_page: OpenPage) -> None:
    page = await open_page()
    await open_widget(page)
    answer = await ask(page, STRATEGY)
    review = answer.locator(".review").first
    await expect(review).to_contain_text(
        re.compile(r"(In|Nearest in) the review \(November 2024\): .+ \(.+\)")
    )
    await expect(review.get_by_role("link")).to_have_attribute("href", re.compile("^https://"))


async def test_a_local_contact_can_be_messaged_and_has_its_form(open_page: OpenPage) -> None:
    page = await open_page()
    await open_widget(page)
    chat, form = "https://teams.microsoft.com/l/chat/0/0?users=a@example.org", "https://f.example/"

    async def local(route: Route) -> None:
        body = await (await route.fetch()).json()
        body["reply"]["contacts"][0].update(
            form=form, teams=chat, teams_label="Message your safeguarding lead"
        )
        await route.fulfill(body=json.dumps(body))

    await page.route("**/message", local)
    answer = await ask(page, RECORDING)
    for name, address in (("Message your safeguarding lead", chat), ("Referral form", form)):
        await expect(answer.get_by_role("link", name=name)).to_have_attribute("href", address)


async def test_all_sources_are_listed_with_their_numbers(open_page: OpenPage) -> None:
    page = await open_page()
    await open_widget(page)
    answer = await ask(page, RECORDING)

    await answer.get_by_text(re.compile(r"^\d+ sources$")).click()

    values = await answer.locator(".sources > li").evaluate_all("all => all.map((li) => li.value)")
    assert values == list(range(1, len(values) + 1))


async def test_the_next_topic_is_a_button(open_page: OpenPage) -> None:
    page = await open_page()
    await open_widget(page)
    await ask(page, RECORDING)

    await widget(page).get_by_role("button", name="How to refer to children's social care").click()

    last = widget(page).locator(".turns > li").last
    await expect(last.get_by_role("heading", level=4)).to_contain_text("refer")
    await expect(last.get_by_role("heading", level=3)).to_contain_text("How to refer")


async def test_it_can_be_asked_where_it_says_that(open_page: OpenPage) -> None:
    page = await open_page()
    await open_widget(page)
    await ask(page, RECORDING)

    reply = await ask(page, "where does it say that?")

    assert await reply.get_by_role("link").count() >= 1


async def test_suggestions_are_buttons(open_page: OpenPage) -> None:
    page = await open_page()
    await open_widget(page)

    reply = await ask(page, VAGUE)

    assert await reply.locator("button.choice").count() >= 1
    await expect(reply.get_by_role("link", name="999")).to_have_attribute("href", "tel:999")


async def test_a_guided_step_is_shown_and_its_choice_is_sent(open_page: OpenPage) -> None:
    page = await open_page()
    await open_widget(page)
    step = {
        "kind": "guided",
        "text": "Who is it for?\n- one of two\n- two of two",
        "lead": None,
        "buttons": [{"title": "A child", "payload": '/for{"who": "child"}'}],
    }
    lists = ("points", "more", "contacts", "citations")
    body = json.dumps({"reply": {**{name: [] for name in lists}, **step}})
    await page.route("**/message", lambda route: route.fulfill(body=body))

    reply = await ask(page, "find a service")
    await expect(reply.get_by_role("listitem").first).to_have_text("one of two")
    async with page.expect_request("**/message") as request:
        await reply.get_by_role("button", name="A child").click()

    sent = (await request.value).post_data_json or {}
    assert sent["payload"] == '/for{"who": "child"}' and "text" not in sent
    await expect(widget(page).locator(".you").last).to_have_text("You asked: A child")


async def test_an_example_can_be_asked_at_once(open_page: OpenPage) -> None:
    page = await open_page()
    await open_widget(page)
    await widget(page).get_by_role("button", name=STRATEGY).click()
    await expect(widget(page).locator(".answer h4")).to_contain_text("strategy discussion")


async def test_a_guided_conversation_can_be_begun_at_once(open_page: OpenPage) -> None:
    page = await open_page()
    await open_widget(page)
    welcome = widget(page).locator(".welcome")
    names = [one.title for one in current_content().guides]
    await expect(welcome.locator(".guides button")).to_have_count(len(names))
    assert sorted(await welcome.locator(".guides button").all_inner_texts()) == sorted(names)
    await welcome.get_by_role("button", name="Referral checklist").click()
    answer = widget(page).locator(".answer")
    await expect(answer.get_by_role("heading", name="Referral checklist")).to_be_visible()
    await expect(welcome).to_be_hidden()
    await page.reload()
    await open_widget(page)
    await expect(widget(page).locator(".you")).to_have_text("You asked: Referral checklist")


async def test_an_answer_can_be_linked_to_and_sent_to_supervision(
    open_page: OpenPage, server: str
) -> None:
    page = await open_page()
    await open_widget(page)
    await ask(page, RECORDING)
    tools = widget(page).locator(".tools")
    link = tools.get_by_role("link", name="Link to this answer")
    await expect(link).to_have_attribute("href", f"{server}/answers/talk/recording")
    mail = tools.get_by_role("link", name="Send to supervision")
    draft = parse_qs(urlsplit(await mail.get_attribute("href") or "").query)
    assert draft["subject"] == ["For supervision: Recording what a child says"]
    assert f"{server}/answers/talk/recording" in draft["body"][0]
    assert RECORDING not in draft["body"][0]
    async with page.context.expect_page() as opened:
        await link.click()
    own = await opened.value
    await expect(own.get_by_role("heading", name="Recording what a child says")).to_be_visible()


async def test_an_answer_that_changed_says_so_and_a_mail_is_a_link(open_page: OpenPage) -> None:
    page = await open_page()

    async def changed(route: Route) -> None:
        response = await route.fetch()
        body = await response.json()
        body["reply"]["changed"] = "Changed 12 March 2026"
        body["reply"]["contacts"][0].update(email="a@example.org", mail="mailto:a@example.org")
        await route.fulfill(response=response, json=body)

    await page.route("**/message", changed)
    await open_widget(page)
    answer = await ask(page, RECORDING)
    await expect(answer.get_by_text("Changed 12 March 2026")).to_be_visible()
    mail = answer.get_by_role("link", name="a@example.org")
    await expect(mail).to_have_attribute("href", "mailto:a@example.org")


async def test_a_question_is_sent_once(open_page: OpenPage) -> None:
    page = await open_page()
    await open_widget(page)
    sent: list[Request] = []
    page.on("request", lambda one: sent.append(one) if one.url.endswith("/message") else None)
    box = widget(page).get_by_label("Your question", exact=True)
    await box.fill(RECORDING)

    await box.press("Enter")
    await box.press("Enter")
    await widget(page).locator(".answer").wait_for()

    assert len(sent) == 1


async def test_the_answer_is_copied_with_its_citations(open_page: OpenPage) -> None:
    page = await open_page(permissions=["clipboard-read", "clipboard-write"])
    await open_widget(page)
    await ask(page, RECORDING)

    await widget(page).get_by_role("button", name="Copy").click()

    await expect(widget(page).get_by_role("button", name="Copied with its sources")).to_be_visible()
    text = await page.evaluate("navigator.clipboard.readText()")
    assert text.startswith("Recording what a child says\n")
    assert re.search(r"^\[1\] .+ \(.+; Wales\) https://", text, re.MULTILINE)

    answer = await ask(page, STRATEGY)
    await widget(page).get_by_role("button", name="Copy", exact=True).click()
    await expect(answer.locator("..").get_by_role("button", name="Copied with")).to_be_visible()
    text = await page.evaluate("navigator.clipboard.readText()")
    replaced = r"^\[1\] .+ A 2026 edition is in force since 18 March 2026\. https://"
    assert re.search(replaced, text, re.MULTILINE)


async def test_the_print_holds_the_answer_and_nothing_of_the_page(open_page: OpenPage) -> None:
    page = await open_page()
    await open_widget(page)
    await ask(page, STRATEGY)
    await ask(page, RECORDING)
    await page.evaluate("window.print = () => {}")

    await widget(page).get_by_role("button", name="Print").last.click()

    await page.emulate_media(media="print")
    await expect(page.get_by_role("heading", name="Safeguarding children")).to_be_hidden()
    first, last = (widget(page).locator(".turns > li").nth(at) for at in (0, 1))
    await expect(first).to_be_hidden()
    await expect(last.locator(".sources")).to_be_visible()
    await expect(last.locator(".tools")).to_be_hidden()
    await page.evaluate("dispatchEvent(new Event('afterprint'))")
    await page.emulate_media(media="screen")
    await expect(page.get_by_role("heading", name="Safeguarding children")).to_be_visible()
    await expect(last.locator(".sources")).to_be_hidden()


async def test_feedback_asks_for_a_reason_and_no_text(open_page: OpenPage) -> None:
    page = await open_page()
    await open_widget(page)
    answer = await ask(page, RECORDING)
    turn = answer.locator("xpath=ancestor::li")
    await (
        turn.get_by_role("group", name="Was this useful?").get_by_role("button", name="No").click()
    )

    async with page.expect_response("**/feedback") as response:
        await turn.get_by_role("button", name="Out of date").click()

    assert (await response.value).ok
    sent = (await response.value).request.post_data_json or {}
    assert (sent["useful"], sent["reason"]) == (False, "out-of-date")
    await expect(turn.get_by_text("Thank you")).to_be_focused()


async def test_a_reload_keeps_the_conversation(open_page: OpenPage) -> None:
    page = await open_page()
    await open_widget(page)
    await ask(page, RECORDING)
    await widget(page).get_by_role("button", name="How to refer to children's social care").click()
    await expect(widget(page).locator(".answer")).to_have_count(2)
    before = await widget(page).locator(".turns").inner_text()

    await page.reload()
    await open_widget(page)

    await expect(widget(page).locator(".answer")).to_have_count(2)
    assert await widget(page).locator(".turns").inner_text() == before


async def test_two_tabs_are_two_conversations(open_page: OpenPage) -> None:
    page = await open_page()
    await open_widget(page)
    await ask(page, RECORDING)
    other = await page.context.new_page()
    await other.goto(page.url)
    await open_widget(other)
    await expect(widget(other).locator(".turns > li")).to_have_count(0)
    await ask(other, STRATEGY)

    for tab, title in (
        (page, "Recording what a child says"),
        (other, "What a strategy discussion"),
    ):
        await tab.reload()
        await open_widget(tab)
        await expect(widget(tab).locator(".answer h4")).to_have_count(1)
        await expect(widget(tab).locator(".answer h4")).to_contain_text(title)


async def test_a_cleared_chat_is_gone_here_and_on_the_server(open_page: OpenPage) -> None:
    page = await open_page()
    await open_widget(page)
    await ask(page, RECORDING)

    await widget(page).get_by_role("button", name="Clear chat").click()
    await expect(widget(page).get_by_role("group", name="Delete this chat?")).to_be_focused()
    async with page.expect_response("**/clear") as response:
        await widget(page).get_by_role("button", name="Delete").click()

    assert (await response.value).ok
    await expect(widget(page).locator(".turns > li")).to_have_count(0)
    await expect(widget(page).get_by_label("Your question", exact=True)).to_be_focused()
    await page.reload()
    await open_widget(page)
    await expect(widget(page).get_by_role("heading", name="Ask about")).to_be_visible()


async def test_what_cannot_be_sent_is_said_at_the_box(open_page: OpenPage) -> None:
    page = await open_page()
    await open_widget(page)
    box = widget(page).get_by_label("Your question", exact=True)
    await box.press("Enter")
    await expect(widget(page).get_by_text("Type a question first.").first).to_be_visible()
    await expect(box).to_have_attribute("aria-invalid", "true")
    await expect(box).to_have_accessible_description(re.compile("Type a question first."))

    await box.fill("a" * 2001)
    await box.press("Enter")

    words = "Your question has 2,001 characters. Shorten it to 2,000."
    await expect(box).to_have_accessible_description(re.compile(words))
    assert len(await box.input_value()) == 2001
