"""The page without JavaScript, used as a browser without JavaScript uses it."""

from __future__ import annotations

import base64
import hashlib
import html
import os
import re
import time
from pathlib import Path
from urllib.parse import quote

import jwt
import pytest

from assistant.channels.web import pages
from assistant.channels.web.pages import CHAT_ENDED, NOT_DELETED, NOT_RATED, ORIGIN_REFUSED
from assistant.guidance import GENERAL, Library
from assistant.operations import server
from assistant.operations.server import build_app
from assistant.project import Project
from tests.channels.conftest import SECRET, Answered, Client, Serve, credentials, served
from tests.conftest import VAGUE
from tests.operations.installed import facts_of_the_package

CALM = "what is a strategy discussion?"
URGENT = "Her dad is going to collect her in ten minutes and she is terrified"
INTRANET = "https://intranet.example.org"
FORM = "application/x-www-form-urlencoded"


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
    assert re.search(r"(In the|Nearest in the) review \(November 2024\):</strong>", page.text)
    payload = re.search(r'name="payload" value="([^"]+)">([^<]+)<', page.text)
    assert payload
    following = await shared.form(payload=html.unescape(payload[1]), **fields(page))
    answer, _, earlier = following.text.partition('class="earlier"')
    assert payload[2] in answer.partition('id="answer"')[2], "the words of the button"
    assert CALM in earlier and CALM not in answer
    assert not re.findall(r'id="([^"]+)"(?=.*id="\1")', following.text, flags=re.DOTALL)


async def test_an_urgent_reply_is_a_card_in_the_order_of_its_weight(shared: Client) -> None:
    page = await shared.form(text=URGENT)
    answer = page.text.partition('id="answer"')[2]
    assert 'class="turn urgent"' in page.text
    parts = ["Get help now", 'class="lead"', 'class="other"', 'class="contacts"', 'class="tell"']
    parts += ['class="points"', 'class="review"', 'class="sources"']
    places = [answer.index(part) for part in parts]
    assert places == sorted(places)
    assert '<a class="phone" href="tel:999">' in answer
    card = answer.partition('class="points"')[2].partition("</ul>")[0]
    assert "<strong>" not in card and 'class="duty"' not in card, (
        "a step is done, whatever its duty"
    )


async def test_duties_are_told_apart_in_words(shared: Client) -> None:
    page = await shared.form(text=CALM)
    answer = page.text.partition('id="answer"')[2]
    assert "<strong>Must:</strong>" in answer
    assert '<span class="duty">(should)</span>' in answer


async def test_each_source_tells_how_it_is_known_when_asked(shared: Client) -> None:
    page = await shared.form(text=CALM)
    sources = page.text.partition('class="sources"')[2].partition("</ol>")[0]
    items = sources.split("<li ")[1:]
    folded = re.compile(
        r"<details><summary>How we know.*?Checked \d{1,2} [A-Z][a-z]+ \d{4}\.</details>", re.S
    )
    assert items and all(folded.search(item) for item in items)
    # Of Working Together 2023: seen without unfolding anything.
    unfolded = re.sub(r"<details>.*?</details>", "", sources, flags=re.S)
    assert "edition is in force since" in unfolded


async def test_contacts_of_suggestions_are_links_and_said_once(shared: Client) -> None:
    page = await shared.form(text=VAGUE)
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
    session = hidden(page, "session")
    gone = await shared.form(action="clear", session=session)
    assert "This chat has been deleted" in gone.text and CALM not in gone.text
    assert await turns(shared, session) == []
    empty = await shared.form(text="hello", **fields(gone))
    assert "Earlier in this chat" not in empty.text and CHAT_ENDED not in empty.text


async def turns(client: Client, session: str) -> list[str]:
    """What the server has kept of a session."""
    other = client.another()
    other.token = session
    return [turn["text"] for turn in await other.history()]


def expired(session: str) -> str:
    claims = jwt.decode(session, options={"verify_signature": False})
    return jwt.encode({**claims, "exp": int(time.time()) - 60}, SECRET, algorithm="HS256")


async def test_a_chat_is_deleted_when_its_session_has_expired_too(shared: Client) -> None:
    session = hidden(await shared.form(text=CALM), "session")
    assert await turns(shared, session) == [CALM]
    gone = await shared.form(action="clear", session=expired(session))
    assert "This chat has been deleted" in gone.text
    assert await turns(shared, session) == []


async def test_deleted_is_said_only_where_it_was(shared: Client) -> None:
    session = hidden(await shared.form(text=CALM), "session")
    foreign = jwt.encode(
        {**jwt.decode(session, options={"verify_signature": False}), "origin": INTRANET},
        SECRET,
        algorithm="HS256",
    )
    for token in ("", "nonsense", foreign):
        kept = await shared.form(action="clear", session=token)
        assert kept.status == 401
        assert NOT_DELETED in html.unescape(kept.text) and "has been deleted" not in kept.text
        assert 'href="tel:999"' in kept.text
    assert await turns(shared, session) == [CALM]


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
    old = expired(hidden(await shared.get("/chat"), "session"))
    page = await shared.form(text=CALM, session=old)
    assert page.status == 200 and "What a strategy discussion is" in page.text
    assert CHAT_ENDED in page.text
    following = await shared.form(text="hello", **fields(page))
    assert "Earlier in this chat (1)" in following.text


async def test_a_thumb_in_a_chat_that_has_ended_is_not_taken_for_kept(shared: Client) -> None:
    page = await shared.form(text=CALM)
    old = expired(hidden(page, "session"))
    rated = await shared.form(action="useful", session=old, message=hidden(page, "message"))
    assert rated.status == 200 and NOT_RATED in rated.text and "Thank you" not in rated.text
    following = await shared.form(text=CALM, **fields(rated))
    assert "What a strategy discussion is" in following.text


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
    """And brings nothing of its own into the page that says so: neither session nor text."""
    theirs = hidden(await shared.get("/chat"), "session")
    body = f"text=planted&session={theirs}".encode()
    refused = await shared.post("/chat", body, Origin=origin, Content_Type=FORM)
    assert refused.status == 403 and "text/html" in refused.headers["Content-Type"]
    assert theirs not in refused.text and "planted" not in refused.text
    assert hidden(refused, "session") == ""
    assert ORIGIN_REFUSED in refused.text
    await shared.form(text=CALM, **fields(refused))
    assert await turns(shared, theirs) == []


async def test_a_form_on_an_allowed_page_begins_one_chat(serve: Serve) -> None:
    """Its answer is a page of our own, which goes on in our name."""
    client = await serve(origins=[INTRANET])
    begun = await client.post("/chat", b"text=hello", Origin=INTRANET, Content_Type=FORM)
    following = await client.form(text=CALM, **fields(begun))
    assert "Earlier in this chat (1)" in following.text and CHAT_ENDED not in following.text
    gone = await client.form(action="clear", session=hidden(following, "session"))
    assert "has been deleted" in gone.text


async def test_every_error_shows_the_first_lines_and_their_contacts(
    serve: Serve, library: Library
) -> None:
    client = await serve(rate_limits={"session": 1, "address": 1000})
    page = await client.form(text=CALM)
    refused = await client.form(text=CALM, **fields(page))
    shown = html.unescape(refused.text)
    general = library.urgent[GENERAL]
    assert general.first in shown
    places = [shown.index(library.contacts[one].name) for one in general.contacts]
    assert places == sorted(places) and shown.index(general.first) < places[0]


async def test_so_does_the_servers_own_error_page(
    shared: Client, library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*args: object) -> None:
        raise RuntimeError("broken by a test")

    monkeypatch.setattr(server, "assistant_of", broken)
    answered = await shared.get("/readyz")
    assert answered.status == 500
    lines = answered.text.splitlines()
    general = library.urgent[GENERAL]
    assert lines[0] == general.first
    names = [library.contacts[one].name for one in general.contacts]
    assert [line.partition(":")[0].strip() for line in lines[1 : len(names) + 1]] == names
    assert "Reference for the log" in lines[-1] and "broken by a test" not in answered.text


async def test_a_long_question_is_answered_in_a_sentence_and_stays_in_its_box(
    shared: Client,
) -> None:
    typed = "a " * 1500
    page = await shared.form(text=typed)
    assert "longer than 2,000 characters" in page.text
    assert f"{typed}</textarea>" in page.text
    assert (await shared.form(text="a " * 60_000)).status == 413


@pytest.mark.parametrize("end", ["\r\n", "\n", "\r"])
async def test_a_line_end_counts_once_as_in_the_box(shared: Client, end: str) -> None:
    """Forms send a line's end as two characters; the box's maxlength counts one."""
    text = f"{CALM}{end * (2000 - len(CALM) - 1)}?"
    body = f"text={quote(text)}".encode()
    page = await shared.post("/chat", body, Content_Type=FORM)
    assert "What a strategy discussion is" in page.text and "longer than" not in page.text


async def test_a_slash_at_the_end_loses_nothing(shared: Client) -> None:
    """Also below a path prefix: the way back is relative."""
    page = await shared.get("/chat/")
    assert page.status == 308 and page.headers["Location"] == "../chat"
    page = await shared.post("/chat/", b"text=hello", Content_Type=FORM)
    assert page.status == 308 and page.headers["Location"] == "../chat"


async def test_a_source_opens_beside_the_answer(shared: Client) -> None:
    """So that nobody has to come back to a page that was sent."""
    page = await shared.form(text=CALM)
    links = re.findall(r'<a href="https://[^>]*>', page.text)
    assert links
    assert all('target="_blank" rel="noopener noreferrer"' in link for link in links)
    assert "nothing is asked twice" in page.text


@pytest.mark.parametrize(
    "path", ["/", "/chat", "/widget.js", "/widget.json", "/healthz", "/readyz"]
)
async def test_monitors_may_ask_for_the_head_alone(
    shared: Client, path: str, project: Project, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    if facts := facts_of_the_package(project, tmp_path):
        monkeypatch.syspath_prepend(facts)
    head = await shared.call("HEAD", path)
    assert head.status == 200 and head.text == ""


async def test_nothing_typed_is_asked_for(shared: Client) -> None:
    page = await shared.form()
    assert page.status == 200 and "Please type a question" in page.text


async def test_under_an_answer_stands_the_link_to_its_page(shared: Client) -> None:
    page = await shared.form(text=CALM)
    link = re.search(r'<p class="own-page ways"><a href="([^"]+)"', page.text)
    mail = re.search(r'<a href="mailto:\?([^"]+)">Send to supervision', page.text)
    assert link and "What a strategy discussion is" in (await shared.get(f"/{link[1]}")).text
    assert mail and quote(f"{shared.url}/{link[1]}", safe="") in html.unescape(mail[1])
    assert "own-page" not in (await shared.form(text=URGENT)).text


async def test_the_hash_is_that_of_the_script_as_it_is_now(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    script = tmp_path / "widget.js"
    monkeypatch.setattr(pages, "WIDGET", script)
    async with served(build_app(credentials(tmp_path))) as client:
        assert (await client.get("/widget.json")).status == 404
        for second, code in enumerate(("first()", "other()")):
            script.write_text(code)
            os.utime(script, (second, second))
            digest = base64.b64encode(hashlib.sha384(code.encode()).digest()).decode()
            for _ in range(2):
                told = (await client.get("/widget.json")).body
                assert told["integrity"] == f"sha384-{digest}"
            assert (await client.get("/widget.js")).text == code
