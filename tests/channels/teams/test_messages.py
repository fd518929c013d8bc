"""Answers the Teams way: every compiled answer as text, citations and card."""

from __future__ import annotations

import json
import re
from typing import Any, Iterator

import pytest

from assistant.answers import Answer, answer_text
from assistant.channels.teams.cards import MOST_ACTIONS
from assistant.answers.text import point_text, review_line
from assistant.channels.teams.connector import LARGEST
from assistant.channels.teams.messages import (
    LONGEST_ABSTRACT,
    LONGEST_NAME,
    MOST_CITATIONS,
    message,
)
from assistant.guidance import Library, payload
from assistant.training.importer import compiled_answers
from assistant.turn.replies import Button, Reply


@pytest.fixture(scope="module")
def answers(library: Library) -> list[Answer]:
    return list(compiled_answers(library).values())


def reply_of(answer: Answer) -> Reply:
    buttons = tuple(Button(topic.title, payload(topic.id)) for topic in answer.next)
    return Reply(kind=answer.kind, text=answer_text(answer), answer=answer, buttons=buttons)


def card_of(activity: dict[str, Any]) -> dict[str, Any]:
    (attachment,) = activity["attachments"]
    assert attachment["contentType"] == "application/vnd.microsoft.card.adaptive"
    content: dict[str, Any] = attachment["content"]
    return content


def elements(card: dict[str, Any]) -> Iterator[dict[str, Any]]:
    waiting = list(card["body"])
    while waiting:
        element = waiting.pop(0)
        yield element
        waiting = element.get("items", []) + waiting


def shown(activity: dict[str, Any]) -> str:
    """All text of a message, links as their text."""
    texts = [element.get("text", "") for element in elements(card_of(activity))]
    text = "\n".join([activity["text"], *texts])
    return re.sub(r"\[([^\]]*)\]\([^)]*\)", r"\1", text).replace("**", "")


def test_every_answer_is_shown_whole(answers: list[Answer]) -> None:
    for answer in answers:
        activity = message(reply_of(answer))
        text = shown(activity)
        parts = [answer.lead, review_line(answer), *map(point_text, answer.points)]
        parts += [place.label for place in answer.places]
        parts += [c.name for c in answer.contacts if answer.kind == "urgent" or c.phone != "999"]
        parts += [c.phone for c in answer.contacts if c.phone]
        missing = [part for part in parts if part not in text]
        assert not missing, answer.topic
        assert card_of(activity)["fallbackText"] == answer_text(answer)
        assert "999" in text or answer.topic == "urgent/child-user" or answer.contacts


def test_urgent_answers_have_their_action_and_links_first(answers: list[Answer]) -> None:
    for answer in (one for one in answers if one.kind == "urgent"):
        activity = message(reply_of(answer))
        assert activity["text"].startswith(answer.lead)
        first = card_of(activity)["body"][0]
        assert len(first["items"]) == len(answer.contacts)
        phones = [contact for contact in answer.contacts if contact.phone]
        for contact, element in zip(answer.contacts, first["items"]):
            assert contact.name in element["text"]
            if contact.phone:
                assert f"(tel:{contact.phone.replace(' ', '')})" in element["text"]
        assert phones, f"{answer.topic} has no telephone"


def test_citations_are_within_microsofts_limits(answers: list[Answer]) -> None:
    for answer in answers:
        activity = message(reply_of(answer))
        (entity,) = activity["entities"]
        assert "additionalType" not in entity
        claims = entity["citation"]
        assert 1 <= len(claims) <= MOST_CITATIONS
        for claim in claims:
            appearance = claim["appearance"]
            assert f"[{claim['position']}]" in activity["text"]
            assert 0 < len(appearance["name"]) <= LONGEST_NAME
            assert 0 < len(appearance["abstract"]) <= LONGEST_ABSTRACT
            assert appearance.get("url", "https://").startswith("https://")


def test_cards_are_narrow_wrap_and_have_few_actions(answers: list[Answer]) -> None:
    for answer in answers:
        card = card_of(message(reply_of(answer)))
        assert (card["type"], card["version"]) == ("AdaptiveCard", "1.5")
        kinds = {element["type"] for element in elements(card)}
        assert kinds <= {"TextBlock", "Container"}, "columns do not fit a phone"
        assert all(e["wrap"] for e in elements(card) if e["type"] == "TextBlock")
        assert len(card["actions"]) <= MOST_ACTIONS
        assert card["actions"][-1]["targetElements"] == ["sources"]


def test_messages_are_far_below_the_limit_of_size(answers: list[Answer]) -> None:
    largest = max(len(json.dumps(message(reply_of(one))).encode("utf-16-le")) for one in answers)
    assert largest < LARGEST / 2


def test_no_answer_holds_what_teams_would_draw_as_markdown(answers: list[Answer]) -> None:
    for answer in answers:
        texts = [answer.lead, answer.limits, review_line(answer)]
        texts += [point.text for point in (*answer.points, *answer.more)]
        texts += [place.label for place in answer.places]
        texts += [contact.name for contact in answer.contacts]
        assert not [text for text in texts if re.search(r"[*_#`~|<>\\]", text)], answer.topic


def test_a_reply_without_an_answer_is_its_text_and_its_buttons() -> None:
    buttons = (Button("Referring", "/respond.refer"),)
    activity = message(Reply(kind="suggest", text="Which?\n- one\n- two", buttons=buttons))
    assert activity["text"] == "Which?\n\n• one\n\n• two"
    card = card_of(activity)
    assert card["body"] == [] and card["fallbackText"] == "Which?\n- one\n- two"
    assert "entities" not in activity
    assert "attachments" not in message(Reply(kind="smalltalk", text="Hello"))


def test_small_talk_has_no_thumbs() -> None:
    assert "channelData" not in message(Reply(kind="smalltalk", text="Hello"))
    rated = message(Reply(kind="suggest", text="Hello"))
    assert rated["channelData"] == {"feedbackLoop": {"type": "default"}}
