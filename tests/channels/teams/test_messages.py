"""Answers the Teams way: every compiled answer as text, citations and card."""

from __future__ import annotations

import json
import re
from typing import Any, Iterator

import pytest

from assistant.answers import Answer, CitedPlace, Route, answer_text, load_content
from assistant.answers.answer import FIRST_CONTACTS, AnswerPoint
from assistant.answers.text import point_text, review_heading, review_lines, step_text
from assistant.channels.teams.cards import MOST_ACTIONS, OWN_PAGE, SOURCES, STEPS
from assistant.channels.teams.connector import LARGEST_PAYLOAD_BYTES
from assistant.channels.teams.messages import (
    LONGEST_ABSTRACT,
    LONGEST_NAME,
    MOST_CITATIONS,
    message,
)
from assistant.guidance import payload
from assistant.project import Project
from assistant.turn.replies import Button, Reply


@pytest.fixture(scope="module")
def answers(project: Project) -> list[Answer]:
    content = load_content(project)
    found = [content.answer(one) for one in content.answer_ids]
    return [answer for answer in found if answer]


def reply_of(answer: Answer) -> Reply:
    buttons = tuple(Button(topic.title, payload(topic.id)) for topic in answer.next)
    return Reply(
        kind=answer.kind,
        text=answer_text(answer),
        answer=answer,
        shows_answer=True,
        buttons=buttons,
    )


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
    text = re.sub(r"\[([^\]]*)\]\([^)]*\)", r"\1", text).replace("**", "")
    return re.sub(r"_(\((?:should|may)\))_", r"\1", text)


def test_every_answer_is_shown_whole(answers: list[Answer]) -> None:
    for answer in answers:
        activity = message(reply_of(answer))
        text = shown(activity)
        urgent = answer.kind == "urgent"
        parts = [answer.lead, *review_lines(answer)]
        parts += map(step_text if urgent else point_text, answer.points)
        parts += [answer.other_reader or "", *(line.text for line in answer.lines)]
        parts += [step_text(answer.tell)] if answer.tell else []
        for place in answer.places:
            parts += [place.label, place.evidence, place.superseded_by or ""]
        parts += [c.name for c in answer.contacts if urgent or c.phone != "999"]
        parts += [c.phone for c in answer.contacts if c.phone]
        missing = [part for part in parts if part not in text]
        assert not missing, answer.topic
        assert card_of(activity)["fallbackText"] == answer_text(answer)


def test_urgent_replies_keep_what_matters_in_sight(answers: list[Answer]) -> None:
    """Heading, first lines and the other reader in the text; in the card the contacts first."""
    urgent = [one for one in answers if one.kind == "urgent"]
    assert len(urgent) >= 12
    for answer in urgent:
        activity = message(reply_of(answer))
        lines = ["**Get help now**", answer.lead, answer.other_reader]
        assert activity["text"] == "\n\n".join(filter(None, lines))
        assert activity["summary"].startswith(answer.lead[:60]), "what a notification shows"
        card = card_of(activity)
        contacts, tell, steps = card["body"][:3]
        assert answer.tell and tell["text"] == step_text(answer.tell)
        # The rest is unfolded by the first button, so that the first lines stay in sight.
        assert (steps["id"], steps["isVisible"]) == (STEPS, False)
        assert card["actions"][0]["targetElements"] == [STEPS]
        assert len(contacts["items"]) == FIRST_CONTACTS
        texts = [line.text for line in answer.lines] + [step_text(one) for one in answer.points]
        shown_contacts = contacts["items"] + steps["items"][: -len(texts)]
        assert [item["text"] for item in steps["items"][-len(texts) :]] == [f"• {t}" for t in texts]
        assert len(shown_contacts) == len(answer.contacts)
        for contact, element in zip(answer.contacts, shown_contacts):
            assert contact.name in element["text"]
            if contact.phone:
                assert f"(tel:{contact.phone.replace(' ', '')})" in element["text"]
        assert answer.contacts[0].phone, answer.topic


def test_duties_are_told_apart_for_the_eye_too(answers: list[Answer]) -> None:
    texts = "\n".join(message(reply_of(one))["text"] for one in answers if one.kind != "urgent")
    for mark in ("• **Must:** ", " _(should)_ [", " _(may)_ ["):
        assert mark in texts


def test_the_review_stands_apart_from_the_sources(answers: list[Answer]) -> None:
    headings = set()
    for answer in answers:
        activity = message(reply_of(answer))
        card = card_of(activity)
        (sources,) = (one for one in card["body"] if one.get("id") == SOURCES)
        listed = "\n".join(item["text"] for item in sources["items"])
        for place in answer.review:
            said = f"**{review_heading(place)}:** {place.says}"
            headings.add(review_heading(place))
            outside = [one.get("text", "") for one in elements(card) if one not in sources["items"]]
            assert said in "\n".join([activity["text"], *outside]) and said not in listed
    assert headings == {"In the review (November 2024)", "Nearest in the review (November 2024)"}


PLACE = CitedPlace(
    number=1,
    source="guide",
    document="Guide",
    place="chapter 3",
    label="Guide: chapter 3",
    edition="2023",
    territory="England",
    standing="statutory",
    url="https://guide.example.org",
    superseded_by="A 2026 edition is in force",
    evidence="Read on the publisher's own page.",
    checked="2026-11-30",
)
LEAD = Route(
    id="lead",
    name="Your safeguarding lead",
    when="You are worried",
    form="https://forms.example.org/refer",
    teams="lead@example.org",
    checked="2026-11-30",
)


def test_a_local_contact_can_be_messaged_and_has_its_form() -> None:
    answer = Answer(
        kind="answer",
        topic="respond/refer",
        title="Referring",
        lead="Refer today.",
        points=(AnswerPoint(text="Refer.", numbers=(1,), duty="must"),),
        places=(PLACE,),
        review=(),
        contacts=(LEAD,),
        next=(),
    )
    card = card_of(message(reply_of(answer)))
    contact = card["body"][1]["text"]
    link = "https://teams.microsoft.com/l/chat/0/0?users=lead@example.org"
    assert f"[Message your safeguarding lead]({link})" in contact
    assert "[Referral form](https://forms.example.org/refer)" in contact
    assert "1 source" not in contact
    (source,) = (item["text"] for item in card["body"][2]["items"][1:])
    assert source == (
        "[1] [Guide: chapter 3](https://guide.example.org) (2023; England) "
        "A 2026 edition is in force. Read on the publisher's own page. Checked 30 November 2026."
    )


def test_citations_are_within_microsofts_limits(answers: list[Answer]) -> None:
    for answer in answers:
        activity = message(reply_of(answer))
        if not (entities := activity.get("entities")):
            assert not re.search(r"\[\d+\]", activity["text"]), answer.topic
            continue
        (entity,) = entities
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
        assert card["actions"][-1]["targetElements"][0] == SOURCES


def test_messages_are_far_below_the_limit_of_size(answers: list[Answer]) -> None:
    largest = max(len(json.dumps(message(reply_of(one))).encode("utf-16-le")) for one in answers)
    assert largest < LARGEST_PAYLOAD_BYTES / 2


def test_no_answer_holds_what_teams_would_draw_as_markdown(answers: list[Answer]) -> None:
    for answer in answers:
        texts = [answer.lead, answer.limits, *review_lines(answer)]
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


def test_an_answer_links_to_its_own_page_where_people_reach_it(answers: list[Answer]) -> None:
    pages = "https://notice.example.org/"
    for answer in answers:
        reply = reply_of(answer)
        texts = [one.get("text", "") for one in elements(card_of(message(reply, pages=pages)))]
        link = f"[{OWN_PAGE}]({pages}answers/{answer.topic})"
        assert (link in texts[-1]) == (answer.kind == "answer"), answer.topic
        assert OWN_PAGE not in json.dumps(message(reply))
