"""Answers made from topics and urgent situations."""

from __future__ import annotations

from assistant.answers import Answer
from assistant.answers.from_content import URGENT_HEADING


def test_an_urgent_answer_names_no_reader_in_its_heading(answers: dict[str, Answer]) -> None:
    for answer in answers.values():
        if answer.kind == "urgent":
            assert answer.title == URGENT_HEADING
            assert answer.tell and answer.contacts and answer.points
