"""What the components that tell labels apart have in common."""

from __future__ import annotations

from pathlib import Path
from unittest.mock import Mock

import pytest
from rasa.shared.nlu.constants import FEATURE_TYPE_SENTENCE, TEXT
from rasa.shared.nlu.training_data.features import Features
from rasa.shared.nlu.training_data.message import Message

from assistant.understanding.classifying import ClassifyingComponent
from assistant.understanding.word_featurizer import NAME
from tests.understanding.examples import FEATURES, LABELS, TEXTS


def message(text: str) -> Message:
    """A message with the features that the components before would have added."""
    made = Message({TEXT: text})
    made.add_features(Features(FEATURES([text]), FEATURE_TYPE_SENTENCE, TEXT, NAME))
    return made


def test_what_is_learned_is_kept_and_taken_back(tmp_path: Path) -> None:
    learned, restored = (ClassifyingComponent({}, Mock(), Mock()) for _ in range(2))
    learned.fit([message(text) for text in TEXTS], LABELS)
    learned.save(tmp_path)
    restored.restore(tmp_path)
    asked = message("will it rain this weekend")
    shares = restored.shares(asked)
    assert shares == learned.shares(asked)
    assert max(shares, key=lambda label: shares[label]) == "rain"
    assert sum(shares.values()) == pytest.approx(1)


def test_nothing_is_likely_where_nothing_was_learned(tmp_path: Path) -> None:
    component = ClassifyingComponent({}, Mock(), Mock())
    assert component.shares(message("will it rain")) == {}
    component.save(tmp_path)
    assert list(tmp_path.iterdir()) == []
