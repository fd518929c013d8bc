"""The page without JavaScript, used as a browser without JavaScript uses it."""

from __future__ import annotations

import html
import re

import pytest

from tests.channels.conftest import Answered, Client, Serve

CALM = "what is a strategy discussion?"
URGENT = "Her dad is going to collect her in ten minutes and she is terrified"


def hidden(page: Answered, name: str) -> str:
    """The value of a hidden field; the same in every form of the page."""
    values = set(re.findall(rf'type="hidden" name="{name}" value="([^"]*)"', page.text))
    assert len(values) == 1
    return html.unescape(values.pop())


def fields(page: Answered) -> dict[str, str]:
    return {"session": hidden(page, "session"), "page": hidden(page, "page")}


async def test_the_form_is_there_at_once_with_999_above_it(shared: Client) -> None:
    page = await shared.get("/chat")
    assert page.status == 200 and page.headers["Content-Type"].startswith("text/html")
    assert 'call <a href="tel:999">999</a>' in page.text.partition("<main")[0]
    assert '<label for="text">' in page.text and '<textarea id="text"' in page.text
    assert "<script" not in page.text and "style=" not in page.text


async def test_a_conversation(shared: Client) -> None:
    page = await shared.get("/chat")
    page = await shared.form(text=CALM, **fields(page))
    assert "What a strategy discussion is" in page.text.partition("</title>")[0]
    assert 'href="#source-0-1"' in page.text and 'id="source-0-1"' in page.text
    assert "In the review (November 2024)" in page.text
    payload = re.search(r'name="payload" value="([^"]+)">([^<]+)<', page.text)
    assert payload
    following = await shared.form(payload=html.unescape(payload[1]), **fields(page))
    answer, _, earlier = following.text.partition('class="earlier"')
    assert payload[2] in answer.partition('id="answer"')[2], "the words of the button"
    assert CALM in earlier and CALM not in answer
    assert not re.findall(r'id="([^"]+)"(?=.*id="\1")', following.text, flags=re.DOTALL)


async def test_an_urgent_reply_is_a_card_with_its_contacts_first(shared: Client) -> None:
    page = await shared.form(text=URGENT)
    answer = page.text.partition('id="answer"')[2]
    assert 'class="turn urgent"' in page.text and "Urgent" in answer
    assert answer.index("999") < answer.index('class="contacts"') < answer.index('class="points"')


async def test_contacts_of_suggestions_are_links_and_said_once(shared: Client) -> None:
    page = await shared.form(text="which one of the two was it that we had before")
    answer = page.text.partition('id="answer"')[2].partition('class="ask"')[0]
    assert 'href="tel:08088005000"' in answer
    assert answer.count("0808 800 5000") == 1


async def test_what_a_person_types_is_never_markup(shared: Client) -> None:
    attack = '"><script>alert(1)</script><img src=x onerror=alert(1)>'
    page = await shared.form(text=attack)
    page = await shared.form(text=CALM, **fields(page))
    assert attack not in page.text and "<script" not in page.text and "<img" not in page.text
    assert html.escape("<script>") in page.text


async def test_sent_twice_from_one_page_is_asked_once(shared: Client) -> None:
    start = await shared.get("/chat")
    await shared.form(text=CALM, **fields(start))
    again = await shared.form(text=CALM, **fields(start))
    assert "Earlier in this chat" not in again.text
    other = await shared.form(text="who comes to a conference?", **fields(start))
    assert "Earlier in this chat (1)" in other.text, "another question from the same page"


async def test_the_chat_can_be_deleted(shared: Client) -> None:
    page = await shared.form(text=CALM)
    gone = await shared.form(action="clear", session=hidden(page, "session"))
    assert "This chat has been deleted" in gone.text and CALM not in gone.text
    empty = await shared.form(text="hello", **fields(gone))
    assert "Earlier in this chat" not in empty.text


async def test_feedback(shared: Client) -> None:
    page = await shared.form(text=CALM)
    rated = await shared.form(
        action="not:unclear", session=hidden(page, "session"), message=hidden(page, "message")
    )
    assert "Thank you" in rated.text and CALM in rated.text
    unknown = await shared.form(
        action="useful", session=hidden(page, "session"), message="nonsense"
    )
    assert unknown.status == 400 and 'href="tel:999"' in unknown.text


async def test_a_session_that_has_ended_costs_nobody_the_question(shared: Client) -> None:
    page = await shared.form(text=CALM, session="expired")
    assert page.status == 200 and "What a strategy discussion is" in page.text


async def test_a_refusal_keeps_the_question_and_shows_the_contacts(serve: Serve) -> None:
    client = await serve(rate_limits={"session": 1, "address": 1000})
    page = await client.form(text=CALM)
    refused = await client.form(text="my <next> question", **fields(page))
    assert refused.status == 429 and refused.headers["Retry-After"]
    assert 'role="alert"' in refused.text and 'href="tel:999"' in refused.text
    assert "my &lt;next&gt; question</textarea>" in refused.text
    assert hidden(refused, "session") == hidden(page, "session")


@pytest.mark.parametrize("origin", ["https://elsewhere.example.org", "null"])
async def test_a_form_of_another_site_is_not_taken(shared: Client, origin: str) -> None:
    refused = await shared.post(
        "/chat", b"text=hello", Origin=origin, Content_Type="application/x-www-form-urlencoded"
    )
    assert refused.status == 403 and "text/html" in refused.headers["Content-Type"]


async def test_a_long_question_is_answered_in_a_sentence(shared: Client) -> None:
    page = await shared.form(text="a " * 2000)
    assert "longer than 2,000 characters" in page.text
    assert (await shared.form(text="a " * 60_000)).status == 413


async def test_nothing_typed_is_asked_for(shared: Client) -> None:
    page = await shared.form()
    assert page.status == 200 and "Please type a question" in page.text
