"""The component that puts what is said before how it sounds."""

from __future__ import annotations

from rasa.shared.nlu.constants import TEXT
from rasa.shared.nlu.training_data.message import Message

from assistant.guidance.names import VOICE
from assistant.understanding.own_words_finder import OwnWordsFinder

SOUNDS_YOUNG = {"child": 0.8, "practitioner": 0.2}


def test_it_weighs_voices_and_leaves_other_messages_alone() -> None:
    teacher = Message({TEXT: "I'm a tutor, she says it happens at home", VOICE: SOUNDS_YOUNG})
    unsaid = Message({TEXT: "it happens at home", VOICE: SOUNDS_YOUNG})
    unheard, silent = Message({TEXT: "I'm a tutor"}), Message({})
    OwnWordsFinder().process([teacher, unsaid, unheard, silent])
    assert teacher.get(VOICE) == {"child": 0.0, "practitioner": 1.0}
    assert unsaid.get(VOICE) == SOUNDS_YOUNG
    assert unheard.get(VOICE) is None and silent.get(VOICE) is None
