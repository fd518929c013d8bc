"""The component that says where somebody is pointed whose message is out of scope."""

from __future__ import annotations

from unittest.mock import Mock

import pytest
from rasa.shared.nlu.constants import FEATURE_TYPE_SENTENCE, INTENT, INTENT_RANKING_KEY, TEXT
from rasa.shared.nlu.training_data.features import Features
from rasa.shared.nlu.training_data.message import Message

from assistant.guidance.names import OUT_OF_SCOPE, SIGNPOST
from assistant.understanding.signpost_finder import NO_SIGNPOST, SignpostFinder
from assistant.understanding.word_featurizer import NAME
from tests.understanding.examples import FEATURES, LABELS, classifier


def finder(names: dict[str, str]) -> SignpostFinder:
    """A component that has learned the texts of tea, rain and trains under these names."""
    component = SignpostFinder({}, Mock(), Mock())
    component._classifier = classifier([names.get(label, label) for label in LABELS])
    return component


def read(component: SignpostFinder, text: str, intent: str = OUT_OF_SCOPE) -> Message:
    """The message as the component leaves it, with another intent behind the first."""
    message = Message({TEXT: text})
    message.add_features(Features(FEATURES([text]), FEATURE_TYPE_SENTENCE, TEXT, NAME))
    first, second = {"name": intent, "confidence": 0.7}, {"name": "talk.rain", "confidence": 0.3}
    message.set(INTENT, first)
    message.set(INTENT_RANKING_KEY, [first, second])
    [processed] = component.process([message])
    return processed


def test_a_clear_signpost_becomes_part_of_the_intent() -> None:
    message = read(finder({}), "will it rain this weekend")
    assert message.get(INTENT) == {"name": f"{OUT_OF_SCOPE}.rain", "confidence": 0.7}
    assert [one["name"] for one in message.get(INTENT_RANKING_KEY)] == [
        f"{OUT_OF_SCOPE}.rain",
        "talk.rain",
    ]
    assert sum(message.get(SIGNPOST).values()) == pytest.approx(1)


@pytest.mark.parametrize("text", ["zzz", "please"])
def test_where_the_signpost_is_in_doubt_the_plain_refusal_stays(text: str) -> None:
    assert read(finder({}), text).get(INTENT)["name"] == OUT_OF_SCOPE


def test_what_needs_no_signpost_gets_the_plain_refusal() -> None:
    message = read(finder({"rain": NO_SIGNPOST}), "will it rain this weekend")
    assert message.get(INTENT)["name"] == OUT_OF_SCOPE


@pytest.mark.parametrize("intent", ["urgent.general", "talk.recording", "nlu_fallback"])
def test_nothing_but_what_is_out_of_scope_is_pointed_anywhere(intent: str) -> None:
    message = read(finder({}), "will it rain this weekend", intent)
    assert message.get(INTENT)["name"] == intent
    assert message.get(SIGNPOST) is None
