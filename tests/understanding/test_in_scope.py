"""The component that does not lightly turn away what is somebody's own matter."""

from __future__ import annotations

from typing import Any

import pytest
from rasa.shared.nlu.constants import INTENT, INTENT_RANKING_KEY, TEXT
from rasa.shared.nlu.training_data.message import Message

from assistant.answers import current_content
from assistant.guidance import intent_name
from assistant.guidance.names import NOBODY, OUT_OF_SCOPE, VOICE
from assistant.understanding.in_scope import LIGHTER, SOMEBODYS_OWN, InScope, weighed

TEACHER = {"practitioner": 0.9, NOBODY: 0.1}
DRAWING, HOME = "recognise.signs-in-children", "respond.role-education"
URGENT = "urgent.child-telling-now"
GREETING = "greet"


def ranked(*entries: tuple[str, float]) -> list[dict[str, Any]]:
    """A ranking of intents with their probabilities, likeliest first."""
    return [{"name": name, "confidence": share} for name, share in entries]


def read(voices: dict[str, float], *entries: tuple[str, float]) -> str:
    """The intent that the component leaves first."""
    message = Message({TEXT: "a boy draws what worries me"})
    message.set(VOICE, voices)
    message.set(INTENT_RANKING_KEY, ranked(*entries))
    message.set(INTENT, ranked(*entries)[0])
    [processed] = InScope().process([message])
    assert processed.get(INTENT) == processed.get(INTENT_RANKING_KEY)[0]
    name: str = processed.get(INTENT)["name"]
    return name


def test_a_practitioners_worry_gets_the_likeliest_topic() -> None:
    assert read(TEACHER, (OUT_OF_SCOPE, 0.7), (DRAWING, 0.2), (HOME, 0.1)) == DRAWING


@pytest.mark.parametrize("nobody", [SOMEBODYS_OWN, 0.9])
def test_everyday_life_is_turned_away_as_before(nobody: float) -> None:
    voices = {NOBODY: nobody, "practitioner": 1 - nobody}
    assert read(voices, (OUT_OF_SCOPE, 0.7), (DRAWING, 0.2), (HOME, 0.1)) == OUT_OF_SCOPE


@pytest.mark.parametrize(
    "others",
    [
        [(DRAWING, 0.01), (HOME, 0.01)],  # plainly out of scope
        [(one, 0.01) for one in (DRAWING, HOME) * 20],  # like many topics, and like none
        [(URGENT, 0.3), (DRAWING, 0.1)],  # what is urgent is another component's to say
        [(GREETING, 0.4), (DRAWING, 0.1)],
    ],
)
def test_what_is_like_no_topic_is_turned_away_all_the_same(
    others: list[tuple[str, float]],
) -> None:
    first = (OUT_OF_SCOPE, 1 - sum(share for _, share in others))
    assert read(TEACHER, first, *others) == OUT_OF_SCOPE


def test_no_topic_is_given_that_could_harm_its_reader() -> None:
    content = current_content()
    voice, harmful = next(
        (voice, one)
        for voice, replies in content.harm.items()
        for one in replies
        if one in content.titles
    )
    entries = [(OUT_OF_SCOPE, 0.6), (intent_name(harmful), 0.4)]
    assert read({voice: 0.9}, *entries) == OUT_OF_SCOPE
    assert read({"practitioner": 0.9}, *entries) == intent_name(harmful)


@pytest.mark.parametrize("first", [DRAWING, URGENT, f"{OUT_OF_SCOPE}.family-life"])
def test_nothing_but_the_plain_refusal_is_weighed_again(first: str) -> None:
    assert read(TEACHER, (first, 0.5), (HOME, 0.4)) == first


def test_a_message_without_a_voice_or_without_text_is_left_alone() -> None:
    entries = (OUT_OF_SCOPE, 0.6), (DRAWING, 0.4)
    assert read({}, *entries) == OUT_OF_SCOPE
    silent = Message({})
    silent.set(INTENT, {"name": OUT_OF_SCOPE, "confidence": 0.6})
    assert InScope().process([silent])[0].get(INTENT)["name"] == OUT_OF_SCOPE


def test_probabilities_stay_what_they_are_together() -> None:
    again = weighed(ranked((OUT_OF_SCOPE, 0.6), (DRAWING, 0.3), (HOME, 0.1)))
    assert [one["name"] for one in again] == [DRAWING, HOME, OUT_OF_SCOPE]
    assert sum(one["confidence"] for one in again) == pytest.approx(1)
    assert again[2]["confidence"] / again[0]["confidence"] == pytest.approx(2 / LIGHTER)
