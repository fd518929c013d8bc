"""From an id to what Rasa calls it, and back."""

from __future__ import annotations

import pytest

from assistant.guidance import intent_name, is_urgent, payload, response_name, topic_id_of
from assistant.guidance.names import answered_by

IDS = ["talk/when-a-child-tells", "urgent/child-user", "guided/reflection/question-1"]


@pytest.mark.parametrize("one", IDS)
def test_an_id_becomes_an_intent_a_response_and_a_payload_and_back(one: str) -> None:
    assert topic_id_of(intent_name(one)) == one
    assert answered_by(response_name(one)) == one
    assert topic_id_of(payload(one)[1:]) == one
    assert "/" not in intent_name(one), "Rasa keeps the slash for retrieval intents"


def test_urgent_is_the_intent_of_a_situation_and_nothing_else() -> None:
    assert is_urgent("urgent.child-user")
    for other in ("talk.recording", "urgently", "nlu_fallback", "", None):
        assert not is_urgent(other)
