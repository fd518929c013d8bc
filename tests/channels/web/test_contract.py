"""What the web channel takes."""

from __future__ import annotations

from typing import Any

import pytest
from pydantic import ValidationError

from assistant.channels.web.contract import Empty, Feedback, Message

ID = "8a6e0804-2bd0-4672-b79d-d97027f9071a"


def test_a_message_is_words_or_a_button() -> None:
    typed = Message.parse_obj({"id": ID, "text": "/what"})
    assert (typed.id, typed.said) == (ID, "/what")
    assert Message.parse_obj({"id": ID, "payload": "/what"}).said == "/what"


@pytest.mark.parametrize(
    "wrong",
    [
        {"id": ID},
        {"id": ID, "text": "a", "payload": "/a"},
        {"id": ID, "payload": "a"},
        {"id": ID, "text": None},
        {"id": ID, "text": "a", "sender": "b"},
        {"id": "1", "text": "a"},
    ],
)
def test_anything_else_is_no_message(wrong: dict[str, Any]) -> None:
    with pytest.raises(ValidationError):
        Message.parse_obj(wrong)


@pytest.mark.parametrize("field", ["text", "payload"])
def test_what_no_store_could_keep_is_taken_out(field: str) -> None:
    assert Message.parse_obj({"id": ID, field: "/a\0 \ud800"}).said == "/a ?"


def test_feedback_has_no_words_of_its_own() -> None:
    assert Feedback.parse_obj({"id": ID, "useful": True}).reason is None
    with pytest.raises(ValidationError):
        Feedback.parse_obj({"id": ID, "useful": False, "reason": "a long story"})
    with pytest.raises(ValidationError):
        Empty.parse_obj({"text": "a"})
