"""One answer, numbered and rendered."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from assistant.answers import LIMITS, Answer, answer_for_topic, answer_for_urgent, answer_text
from assistant.guidance import Library, load_library
from assistant.training.importer import compiled_answers

ABOUT_200_WORDS = 260


@pytest.fixture(scope="module")
def answers(library: Library) -> dict[str, Answer]:
    return compiled_answers(library)


def test_citations_are_numbered_in_order_of_appearance(answers: dict[str, Answer]) -> None:
    for answer in answers.values():
        assert [place.number for place in answer.places] == list(range(1, len(answer.places) + 1))
        cited = [number for point in answer.points for number in point.numbers]
        assert max(cited) <= len(answer.places), answer.topic


def test_every_citation_in_the_text_is_resolved_in_the_text(answers: dict[str, Answer]) -> None:
    for answer in answers.values():
        text = answer_text(answer)
        used = set(re.findall(r"\[(\d+)\]", text.partition("In the review")[0]))
        resolved = set(
            re.findall(r"\[(\d+)\]", "In the review" + text.partition("In the review")[2])
        )
        assert used <= resolved, answer.topic


def test_the_text_points_to_the_review_and_ends_with_the_limits(answers: dict[str, Answer]) -> None:
    for answer in answers.values():
        text = answer_text(answer)
        assert "In the review (November 2024): " in text, answer.topic
        if answer.kind == "answer":
            assert text.endswith(LIMITS)


def test_the_text_is_one_message_of_about_200_words(answers: dict[str, Answer]) -> None:
    for answer in answers.values():
        text = answer_text(answer)
        assert "\n\n" not in text, "Rasa's channels split at blank lines"
        assert len(text.split()) <= ABOUT_200_WORDS, answer.topic


def test_an_urgent_reply_names_999_first_and_contacts_before_steps(
    answers: dict[str, Answer],
) -> None:
    for answer in answers.values():
        if answer.kind == "urgent":
            lines = answer_text(answer).splitlines()
            assert "999" in lines[0], answer.topic
            first_step = next(i for i, line in enumerate(lines) if line.startswith("- "))
            assert any(line.startswith("  ") for line in lines[:first_step]), answer.topic
            assert any("social care" in line for line in lines[:first_step]), answer.topic


def test_no_number_is_printed_that_is_not_a_contact(
    answers: dict[str, Answer], library: Library
) -> None:
    known = " ".join(f"{c.phone} {c.sms}" for c in library.contacts.values())
    for answer in answers.values():
        for number in re.findall(r"\b\d{3,5}(?: \d{2,4}){1,3}\b", answer_text(answer)):
            assert number in known, (answer.topic, number)


def test_must_is_told_apart(library: Library) -> None:
    bound = [
        (topic, point)
        for topic in library.topics.values()
        for point in (*topic.answer.points, *topic.answer.more)
        if point.duty
    ]
    assert bound
    topic, point = bound[0]
    answer = answer_for_topic(topic, library)
    shown = [p for p in (*answer.points, *answer.more) if p.must]
    assert [p.text for p in shown if p.text == point.text] == [point.text]


def test_a_partnerships_own_number_comes_before_the_finder(content: Path) -> None:
    (content / "local.yml").write_text(
        "area: Our area\ncontacts:\n  childrens-social-care:\n    name: Our front door\n"
        "    phone: '01632 960001'\n    checked: 2026-11-21\n"
    )
    local = load_library(content)
    reply = answer_text(answer_for_urgent(local.urgent["urgent/unsafe-tonight"], local))
    assert "  Our front door: 01632 960001" in reply.splitlines()[:5]


def test_an_answer_survives_json(answers: dict[str, Answer]) -> None:
    for answer in answers.values():
        assert Answer.parse_raw(answer.json()) == answer
