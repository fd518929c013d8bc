"""The component that ranks topics."""

from __future__ import annotations

from unittest.mock import Mock

import pytest
from rasa.shared.nlu.constants import FEATURE_TYPE_SENTENCE, TEXT
from rasa.shared.nlu.training_data.features import Features
from rasa.shared.nlu.training_data.message import Message

from assistant.guidance.names import OUT_OF_SCOPE
from assistant.understanding.topic_classifier import TopicClassifier
from assistant.understanding.word_featurizer import NAME, word_rows
from tests.understanding.examples import FEATURES, LABELS, classifier


def message(text: str) -> Message:
    """A message with the features that the components before would have added."""
    made = Message({TEXT: text})
    made.add_features(Features(FEATURES([text]), FEATURE_TYPE_SENTENCE, TEXT, NAME))
    return made


def test_out_of_scope_weighs_more_than_its_examples_but_takes_nothing_from_urgency() -> None:
    names = {"tea": OUT_OF_SCOPE, "rain": "talk.rain", "trains": "urgent.trains"}
    learned_from = classifier([names[label] for label in LABELS])

    def confidences(weight: float) -> dict[str, float]:
        component = TopicClassifier({"out_of_scope_weight": weight}, Mock(), Mock())
        component._classifier = learned_from
        [read] = component.process([message("a cup of rain in the train")])
        return {one["name"]: one["confidence"] for one in read.get("intent_ranking")}

    learned, weighed = confidences(1.0), confidences(6.0)
    assert sum(weighed.values()) == pytest.approx(1)
    assert weighed["urgent.trains"] == pytest.approx(learned["urgent.trains"])
    odds = learned[OUT_OF_SCOPE] / learned["talk.rain"]
    assert weighed[OUT_OF_SCOPE] / weighed["talk.rain"] == pytest.approx(6 * odds)


def test_a_message_without_text_is_left_alone() -> None:
    component = TopicClassifier({"out_of_scope_weight": 1.0}, Mock(), Mock())
    component._classifier = classifier(LABELS)
    (read,) = component.process([Message({"intent": {"name": "greet"}})])
    assert read.get("intent_ranking") is None


@pytest.mark.parametrize("weight", [0, -1, "much"])
def test_a_weight_that_is_none_is_refused(weight: object) -> None:
    with pytest.raises(ValueError, match=r"out_of_scope_weight.*above 0"):
        TopicClassifier.validate_config({"out_of_scope_weight": weight})


def test_a_pipeline_without_word_features_is_refused() -> None:
    with pytest.raises(ValueError, match="put WordFeaturizer before"):
        word_rows([Message({TEXT: "a text"})])
