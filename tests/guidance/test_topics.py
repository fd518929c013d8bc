"""Questions that practitioners ask, and their answers."""

from __future__ import annotations

from typing import Any

import pytest
from pydantic import ValidationError

from assistant.guidance.topics import TOPIC_ID, Topic

TOPIC: dict[str, Any] = {
    "id": "talk/recording",
    "title": "What do I write down?",
    "lead": "Their words.",
    "points": [{"text": "A point", "facts": ["a"]}],
    "review": [{"cite": "national-review", "says": "x", "fit": "nearest"}],
    "reviewed": "2026-11-30",
}


def test_the_id_is_theme_and_topic() -> None:
    assert Topic.parse_obj(TOPIC).theme == "talk"
    assert all(TOPIC_ID.match(one) for one in ("talk/recording", "review/section-47"))
    wrong = ("recording", "Talk/recording", "talk/", "talk/re/cord", "talk/-a", "talk/a--b")
    assert not any(TOPIC_ID.match(one) for one in wrong)


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"points": []}, "give at least one"),
        ({"review": []}, "give at least one"),
        ({"title": "What? " * 14}, "at most 80 characters"),
    ],
)
def test_what_is_wrong_is_refused(wrong: dict[str, Any], said: str) -> None:
    with pytest.raises(ValidationError, match=said):
        Topic.parse_obj({**TOPIC, **wrong})
