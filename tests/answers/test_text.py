"""An answer as plain text."""

from __future__ import annotations

import re
from typing import Any

import pytest

from assistant.answers import LIMITS, Answer, answer_text, current_content
from assistant.answers.answer import AnswerPoint, Route
from assistant.answers.text import (
    day_text,
    duty_labels,
    point_text,
    route_text,
    source_lines_in_full,
)
from assistant.guidance import Library

ALL = [answer for one in current_content().answer_ids if (answer := current_content().answer(one))]


def route(**more: Any) -> Route:
    return Route(id="one", name="One", when="Always", checked="2026-11-30", **more)


def test_every_citation_in_the_text_is_resolved_in_the_text() -> None:
    for answer in ALL:
        said, _, sources = answer_text(answer).partition("\nSources:\n")
        used = set(re.findall(r"\[(\d+)\]", said))
        assert used == set(re.findall(r"\[(\d+)\]", sources)), answer.topic


def test_the_text_points_to_the_review_and_ends_with_the_limits() -> None:
    for answer in ALL:
        text = answer_text(answer)
        assert re.search(r"^(In|Nearest in) the review \(November 2024\): ", text, re.M), (
            answer.topic
        )
        assert text.endswith(LIMITS) == (answer.kind != "urgent")


def test_the_text_is_one_message() -> None:
    for answer in ALL:
        text = answer_text(answer)
        assert "\n\n" not in text, "Rasa's channels split at blank lines"
        assert not re.search(r"[:(\[;,] ?None|\{", text), answer.topic


def test_an_urgent_reply_names_999_first_and_contacts_before_steps() -> None:
    for answer in ALL:
        if answer.kind == "urgent":
            lines = answer_text(answer).splitlines()
            assert "999" in lines[0] and answer.lead == lines[0], answer.topic
            step = lines.index(
                next(one for one in lines if one.startswith(f"- {answer.points[0].text}"))
            )
            contacts = [line for line in lines[:step] if line.startswith("  ")]
            assert len(contacts) == len(answer.contacts), answer.topic
            assert any("ocial" in line for line in contacts), answer.topic
            if answer.other_reader:
                assert lines[1] == answer.other_reader


def test_999_is_said_once_in_an_answer_that_is_not_urgent() -> None:
    for answer in ALL:
        if answer.kind != "urgent":
            assert not re.search(r"^  .*: 999( |$)", answer_text(answer), re.M), answer.topic


def test_no_number_is_printed_that_is_not_a_contact_or_in_a_fact(library: Library) -> None:
    known = " ".join(f"{one.phone} {one.sms}" for one in library.contacts.values())
    known += " ".join(f"{one.phone} {one.sms}" for one in library.services.values())
    for answer in ALL:
        for number in re.findall(r"\b0\d{2,4}(?: \d{2,4}){1,3}\b", answer_text(answer)):
            assert number in known, (answer.topic, number)


def point(**more: Any) -> AnswerPoint:
    return AnswerPoint(text="Tell the police.", numbers=(1, 3), **more)


def test_the_laws_must_stands_before_the_text_and_the_rest_behind_it() -> None:
    assert point_text(point(duty="must")) == "Must: Tell the police. [1][3]"
    assert point_text(point(duty="should")) == "Tell the police. (should) [1][3]"
    assert point_text(point(duty="may")) == "Tell the police. (may) [1][3]"
    assert point_text(point()) == "Tell the police. [1][3]"
    assert duty_labels(point()) == ("", "")


@pytest.mark.parametrize(
    ("contact", "shown"),
    [
        (route(phone="999"), "999"),
        (route(phone="999", sms="text 1"), "999 or text 1"),
        (route(phone="101", url="https://www.police.uk/"), "101 or police.uk"),
        (route(form="https://www.example.org/f"), "referral form example.org/f"),
        (route(phone="1", hours="all day"), "1 (all day)"),
        (route(), "Always"),
        (route(phone="1", service=True), "1. Always"),
    ],
)
def test_a_contact_is_reached_the_shortest_way_first(contact: Route, shown: str) -> None:
    assert route_text(contact) == shown


def test_sources_in_full_have_every_place_and_how_it_is_known() -> None:
    answer: Answer = ALL[-40]
    text = "\n".join(source_lines_in_full(answer))
    for place in answer.places:
        assert f"[{place.number}] {place.label} ({place.edition}; {place.territory})" in text
        assert f"{place.evidence} Checked {day_text(place.checked)}." in text
        assert (place.url or "") in text
    for section in answer.review:
        assert section.says in text


def test_whom_only_teams_reaches_is_reached() -> None:
    lead = route(teams="lead@example.org")
    assert route_text(lead) == "Microsoft Teams lead@example.org"
    both = route(phone="01632 960004", teams="lead@example.org", url="https://example.org/")
    assert route_text(both) == "01632 960004 or Microsoft Teams lead@example.org or example.org"
