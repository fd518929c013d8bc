"""A reply as plain data: what it links to, and what of a conversation is in no link."""

from __future__ import annotations

from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest

from assistant.answers import Answer, answer_text, current_content
from assistant.answers.find import topics
from assistant.answers.links import mail_link
from assistant.answers.text import point_text
from assistant.channels.web import render
from assistant.channels.web.render import contact_json, reply_json
from assistant.channels.web.supervision import LONGEST_LINK
from assistant.guidance import GENERAL, WELSH
from assistant.turn.replies import Reply
from tests.performance.counting import Calls

PAGES = "https://notice.example.org/guide/"


def json_of(answer: Answer, pages: str | None = PAGES) -> Any:
    reply = Reply(
        kind=answer.kind,
        text=answer_text(answer),
        topic=answer.topic,
        answer=answer,
        shows_answer=True,
    )
    return reply_json(reply, lambda ids: (), pages)


def body_of(mail: str) -> str:
    return parse_qs(urlsplit(mail).query)["body"][0]


def test_an_answer_links_to_its_own_page_where_there_is_one() -> None:
    content = current_content()
    for answer in topics(content):
        shown = json_of(answer)
        assert shown["page"] == f"answers/{answer.topic}"
        assert PAGES + shown["page"] in body_of(shown["supervision"])
        without = json_of(answer, None)
        assert without["page"] is None and without["supervision"] is None
    for other in (GENERAL, "guided/reflection/start"):
        found = content.answer(other)
        assert found and json_of(found)["page"] is None and json_of(found)["supervision"] is None


def test_the_mail_to_supervision_is_fitted_once_an_answer(monkeypatch: pytest.MonkeyPatch) -> None:
    calls = Calls(monkeypatch)
    calls.count(render, "supervision_mail", "fitted")
    answer = next(topics(current_content()))
    pages = "https://one.example/folder/"
    assert json_of(answer, pages) == json_of(answer, pages)
    assert calls.taken() == {"fitted": 1}
    # Another address of the pages, or other content, is another mail.
    json_of(answer, "https://other.example/")
    assert calls.taken() == {"fitted": 1}
    render.mail_about(answer.topic, pages, "another digest")
    assert calls.taken() == {"fitted": 1}


def test_the_mail_to_supervision_has_points_with_duty_and_sources_and_is_not_cut() -> None:
    with_points = 0
    for answer in topics(current_content()):
        mail = json_of(answer)["supervision"]
        assert len(mail) <= LONGEST_LINK, answer.topic
        lines = body_of(mail).split("\r\n")
        told = [line.removeprefix("- ") for line in lines if line.startswith("- ")]
        assert told == [point_text(point) for point in answer.points[: len(told)]]
        numbers = {n for point in answer.points[: len(told)] for n in point.numbers}
        sources = "\n".join(lines).partition("Sources:")[2]
        assert all(f"[{number}]" in sources for number in numbers), answer.topic
        with_points += bool(told)
    assert with_points > len(current_content().titles) / 2


@pytest.mark.parametrize("nation", ["England", "Wales"])
def test_nothing_of_the_conversation_is_in_the_mail(nation: Any) -> None:
    content = current_content()
    for answer in topics(content):
        plain = json_of(answer)["supervision"]
        told = content.answer(answer.topic, "police", nation)
        assert told and json_of(told)["supervision"] == plain
        welsh = content.answer(answer.topic, language=WELSH)
        assert welsh and json_of(welsh)["supervision"] == plain


def test_an_address_is_a_link_that_opens_a_mail() -> None:
    content = current_content()
    found = [one for one in content.contacts(content.contact_ids) if one.email]
    assert found, "some contact is reached by e-mail"
    for route in found:
        assert contact_json(route)["mail"] == mail_link(route.email or "")
    assert mail_link("team@example.org") == "mailto:team@example.org"
    assert mail_link("a?bcc=x&y@example.org") == "mailto:a%3Fbcc%3Dx%26y@example.org"
    assert contact_json(found[0].copy(update={"email": None}))["mail"] is None
