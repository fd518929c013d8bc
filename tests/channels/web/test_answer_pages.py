"""A page for each answer, the list and the search: a server without any model is enough."""

from __future__ import annotations

import html
import re
import threading
from pathlib import Path
from typing import AsyncIterator
from urllib.parse import parse_qs, urlsplit

import aiohttp
import pytest
import pytest_asyncio

from assistant.answers import Content, current_content
from assistant.answers.find import MOST_FOUND, THEMES, find_answers
from assistant.channels.web import answer_pages as web_answer_pages
from assistant.channels.web.answer_pages import NO_SUCH_ANSWER, NOTHING_FOUND
from assistant.channels.web.render import contact_json
from assistant.guidance import Library
from assistant.operations.server import build_app
from assistant.turn.outcome import LONGEST_MESSAGE
from tests.channels.conftest import Answered, Client, credentials, served

TOPIC = "respond/refer"


@pytest_asyncio.fixture(scope="module")
async def client(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Client]:
    async with served(build_app(credentials(tmp_path_factory.mktemp("pages")))) as made:
        yield made


@pytest.fixture
def compiled() -> Content:
    return current_content()


async def search(client: Client, text: str) -> Answered:
    return await client.call("POST", "/answers", aiohttp.FormData({"text": text})())


def unmarked(page: Answered) -> str:
    return " ".join(html.unescape(re.sub(r"<[^>]+>", "", page.text)).split())


async def test_every_topic_has_a_page_and_stands_in_the_list(
    client: Client, library: Library
) -> None:
    page = await client.get("/answers")
    assert page.status == 200
    assert set(re.findall(r'href="answers/([^"]+)"', page.text)) == set(library.topics)
    assert re.findall(r"<h2>([^<]+)</h2>", page.text) == list(THEMES.values())
    titles, descriptions = set(), set()
    for topic in library.topics.values():
        own = await client.get(f"/answers/{topic.id}")
        assert own.status == 200 and topic.title in unmarked(own)
        titles.add(re.search(r"<title>(.*?)</title>", own.text)[1])  # type: ignore[index]
        descriptions.add(re.search(r'name="description" content="([^"]*)"', own.text)[1])  # type: ignore[index]
    assert len(titles) == len(descriptions) == len(library.topics)


async def test_a_page_shows_all_of_its_answer(
    client: Client, compiled: Content, library: Library
) -> None:
    answer = compiled.answer(TOPIC)
    assert answer is not None
    page = await client.get(f"/answers/{TOPIC}")
    shown = unmarked(page)
    assert answer.lead in shown and answer.limits in shown
    assert all(point.text in shown for point in (*answer.points, *answer.more))
    assert "(should)" in shown and "In the review (November 2024):" in shown
    assert all(place.label in shown and place.evidence in shown for place in answer.places)
    assert all(f'id="source-0-{place.number}"' in page.text for place in answer.places)
    for contact in answer.contacts:
        tel = contact_json(contact)["tel"]
        assert contact.name in shown and (tel is None or f'href="{tel}"' in page.text)
    assert all(
        f'href="../../answers/{one.id}"' in page.text
        for one in answer.next
        if "guided" not in one.id
    )
    day = library.topics[TOPIC].reviewed
    assert f"Reviewed {day.day} {day:%B %Y}." in shown
    assert f'<link rel="canonical" href="{client.url}/answers/{TOPIC}">' in page.text
    assert "<script" not in page.text and "style=" not in page.text and "<details" not in page.text


async def test_the_mail_to_supervision_has_the_answer_and_a_question_of_the_panel(
    client: Client, library: Library
) -> None:
    questions = library.guides["reflection"].pages
    for topic, question in (
        (TOPIC, "question-2"),
        ("talk/recording", "question-4"),
        ("recognise/black-and-minoritised-children", "question-5"),
    ):
        page = await client.get(f"/answers/{topic}")
        link = re.search(r'href="(mailto:[^"]*)"', page.text)
        assert link
        mail = parse_qs(urlsplit(html.unescape(link[1])).query)
        told = library.topics[topic]
        assert mail["subject"] == [f"For supervision: {told.title}"]
        lines = mail["body"][0].split("\r\n")
        assert told.lead in lines and questions[question].lead in lines
        assert any(line.endswith(f"{client.url}/answers/{topic}") for line in lines)


async def test_each_theme_has_a_question_of_the_panel(client: Client, library: Library) -> None:
    for theme in THEMES:
        topic = next(one for one in library.topics if one.startswith(f"{theme}/"))
        page = await client.get(f"/answers/{topic}")
        assert re.search(r"Question%20\d%20of%206", page.text), theme


async def test_search_finds_by_title_lead_and_points(client: Client) -> None:
    page = await search(client, "how do I refer to social care")
    found = re.findall(r'href="answers/([^"]+)"', page.text)
    assert found[0] == TOPIC
    assert 'value="how do I refer to social care"' in page.text
    assert len(found) == len(set(found)) <= MOST_FOUND + 1  # and the link to /answers
    (only, *_) = re.findall(r'href="answers/([^"]+)"', (await search(client, "MAPPA")).text)
    assert only == "respond/mappa-and-orders"


async def test_what_is_typed_is_in_no_address_and_never_markup(client: Client) -> None:
    page = await search(client, '"><script>alert(1)</script>')
    assert "<script" not in page.text and html.escape("<script>") in page.text
    assert 'method="post" action="answers"' in page.text


async def test_who_finds_nothing_or_is_in_danger_gets_the_official_channels(
    client: Client,
) -> None:
    nothing = await search(client, "zzzzqqqq")
    assert NOTHING_FOUND in nothing.text
    assert 'href="tel:999"' in nothing.text.partition("<main")[2]
    urgent = await search(client, "he is touching her right now")
    assert 'role="alert"' in urgent.text
    assert 'href="tel:999"' in urgent.text.partition("<main")[2].partition("<form")[0]
    calm = await search(client, "strategy discussion")
    assert 'role="alert"' not in calm.text


@pytest.mark.parametrize(
    "path",
    ["urgent/general", "respond/nothing-of-this-name", "guided/reflection", "respond/%3Cb%3E"],
)
async def test_there_is_no_page_of_anything_else(client: Client, path: str) -> None:
    page = await client.get(f"/answers/{path}")
    assert page.status == 404 and NO_SUCH_ANSWER in page.text
    assert f'href="../../answers/{TOPIC}"' in page.text and "<b>" not in page.text
    assert (await client.get("/answers/urgent")).status == 404


async def test_headers_and_limits_are_those_of_the_chat(client: Client, tmp_path: Path) -> None:
    chat = await client.get("/chat")
    for path in ("/answers", f"/answers/{TOPIC}"):
        page = await client.get(path)
        for name in ("Content-Security-Policy", "Referrer-Policy", "X-Content-Type-Options"):
            assert page.headers[name] == chat.headers[name]
        assert (await client.call("HEAD", path)).status == 200
    limits = {"session": 5, "address": 2}
    async with served(build_app(credentials(tmp_path, rate_limits=limits))) as other:
        assert [(await other.get(f"/answers/{TOPIC}")).status for _ in range(3)] == [200, 200, 429]
        refused = await search(other, "refer")
        assert refused.status == 429 and refused.headers["Retry-After"]
        assert 'href="tel:999"' in refused.text


async def test_a_slash_too_many_leads_to_the_page(client: Client) -> None:
    for path in ("/answers", f"/answers/{TOPIC}"):
        page = await client.get(f"{path}/")
        assert page.status == 308
        async with client.http.get(f"{client.url}{path}/") as followed:
            assert followed.status == 200 and followed.url.path == path


def test_a_word_counts_more_in_the_title_than_in_a_point(compiled: Content) -> None:
    found = [answer.topic for answer in find_answers("conference", compiled)]
    assert found[0] == "respond/child-protection-conference"
    assert find_answers("", compiled) == [] and find_answers("?!", compiled) == []
    assert find_answers("x" * 5000, compiled) == []
    assert len(find_answers("the", compiled)) > 0, "a word that says nothing, alone"


async def test_a_long_search_keeps_nobody_waiting(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Sixty thousand characters held the whole server for as long as it took to read them."""
    looked_at = []

    def look(text: str) -> None:
        looked_at.append((len(text), threading.current_thread() is threading.main_thread()))

    monkeypatch.setattr(web_answer_pages, "urgent_by_pattern", look)
    assert (await search(client, "record it. " * 5_000)).status == 200
    assert looked_at == [(LONGEST_MESSAGE, False)]
