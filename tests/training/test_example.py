"""Examples are copied, compared and told apart as Rasa's messages are, at less cost."""

from __future__ import annotations

import copy

import numpy as np
from rasa.shared.nlu.constants import FEATURE_TYPE_SENTENCE, INTENT, TEXT
from rasa.shared.nlu.training_data.features import Features
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from assistant.training.example import Example, VoiceExample


def features(value: float) -> Features:
    return Features(np.array([[value]]), FEATURE_TYPE_SENTENCE, TEXT, "test")


def test_a_copy_is_changed_by_itself() -> None:
    example = Example.build(text="what is a strategy discussion", intent="ask")
    example.add_features(features(1.0))
    copied = copy.deepcopy(example)
    assert copied == example and copied.fingerprint() == example.fingerprint()
    copied.set(INTENT, "other")
    copied.add_features(features(2.0))
    assert example.get(INTENT) == "ask" and len(example.features) == 1
    assert copied.fingerprint() != example.fingerprint()
    assert type(copy.deepcopy(VoiceExample({TEXT: "a"}))) is VoiceExample


def test_whatever_differs_gives_another_fingerprint() -> None:
    examples = [
        Example.build(text=text, intent=intent) for text in ("a", "b") for intent in ("c", "d")
    ]
    with_features = [Example.build(text="a", intent="c") for _ in range(2)]
    for value, example in enumerate(with_features):
        example.add_features(features(value))
    all_of_them = [*examples, *with_features]
    assert len({one.fingerprint() for one in all_of_them}) == len(all_of_them)
    assert all(int(one.fingerprint(), 16) for one in all_of_them)


def test_the_same_example_twice_counts_once() -> None:
    twice = [Example.build(text="a", intent="c") for _ in range(2)]
    assert len(TrainingData(twice).training_examples) == 1
    merged = TrainingData(twice).merge(TrainingData([Message.build(text="e", intent="c")]))
    assert [one.get(TEXT) for one in merged.training_examples] == ["a", "e"]
