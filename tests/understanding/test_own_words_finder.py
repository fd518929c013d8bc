"""The component that puts what is said before how it sounds."""

from __future__ import annotations

from rasa.shared.nlu.constants import INTENT, TEXT
from rasa.shared.nlu.training_data.message import Message

from assistant.guidance.names import OUT_OF_SCOPE, VOICE
from assistant.understanding.own_words_finder import OwnWordsFinder
from assistant.understanding.urgency_detector import RULED_OUT, URGENCY

SOUNDS_YOUNG = {"child": 0.8, "practitioner": 0.2}
SOUNDS_GROWN = {"child": 0.2, "practitioner": 0.8}


def test_it_weighs_voices_and_leaves_other_messages_alone() -> None:
    teacher = Message({TEXT: "I'm a tutor, she says it happens at home", VOICE: SOUNDS_YOUNG})
    unsaid = Message({TEXT: "it happens at home", VOICE: SOUNDS_YOUNG})
    unheard, silent = Message({TEXT: "I'm a tutor"}), Message({})
    OwnWordsFinder().process([teacher, unsaid, unheard, silent])
    assert teacher.get(VOICE) == {"child": 0.0, "practitioner": 1.0}
    assert unsaid.get(VOICE) == SOUNDS_YOUNG
    assert unheard.get(VOICE) is None and silent.get(VOICE) is None


def test_nobody_is_turned_away_for_having_said_an_age() -> None:
    text = "I was 10 when he called me his little wife. I'm 33 now. What is that?"
    away = Message({TEXT: text, VOICE: SOUNDS_YOUNG, INTENT: {"name": OUT_OF_SCOPE}})
    topic = Message({TEXT: text, VOICE: SOUNDS_YOUNG, INTENT: {"name": "support.adult-survivors"}})
    OwnWordsFinder().process([away, topic])
    assert away.get(VOICE) == SOUNDS_YOUNG
    assert topic.get(VOICE)["child"] == 0


def test_a_calm_young_person_who_sounds_grown_is_heard_as_they_sound() -> None:
    text = "I'm 17. A girl took back what she said, and our tutor says that many do"
    calm, urgent = (
        Message({TEXT: text, VOICE: SOUNDS_GROWN, URGENCY: {"probability": probability}})
        for probability in (RULED_OUT - 0.01, RULED_OUT + 0.01)
    )
    OwnWordsFinder().process([calm, urgent])
    assert calm.get(VOICE) == SOUNDS_GROWN
    assert urgent.get(VOICE)["child"] == 1
