"""One answer as plain data."""

from __future__ import annotations

from assistant.answers import Answer


def test_an_answer_survives_json(answers: dict[str, Answer]) -> None:
    for answer in answers.values():
        assert Answer.parse_raw(answer.json(exclude_none=True)) == answer
