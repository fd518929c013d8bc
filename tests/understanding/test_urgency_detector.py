"""The component that puts what is urgent first: what a pattern may do, by the length of a text."""

from __future__ import annotations

from unittest.mock import Mock

import numpy as np
import pytest
from rasa.shared.nlu.constants import INTENT, INTENT_RANKING_KEY, TEXT
from rasa.shared.nlu.training_data.message import Message

from assistant.guidance import is_urgent
from assistant.understanding import urgency_detector
from assistant.understanding.long_texts import TOLD_AT_LENGTH_WORDS
from assistant.understanding.urgency_detector import (
    PATTERNS_RULED_OUT_LONG,
    RULED_OUT,
    UrgencyDetector,
)

CALM = "We talked about the weather for a while and then about the garden."
LONG = " ".join([CALM] * (TOLD_AT_LENGTH_WORDS // len(CALM.split()) + 1))


@pytest.fixture
def detector(monkeypatch: pytest.MonkeyPatch) -> UrgencyDetector:
    monkeypatch.setattr(urgency_detector, "word_rows", lambda messages: None)
    monkeypatch.setattr(urgency_detector, "sentence_vectors", lambda messages: None)
    monkeypatch.setattr(urgency_detector, "match_patterns", lambda *_: "urgent/immediate-danger")
    return UrgencyDetector(UrgencyDetector.get_default_config(), Mock(), Mock())


def is_raised(detector: UrgencyDetector, text: str, joint: float) -> bool:
    """Whether a text that a pattern matches comes out as urgent, with this joint probability."""
    detector._model = Mock(spec=["probabilities"], probabilities=lambda *_: np.array([joint]))
    ranking = [
        {"name": "talk.recording", "confidence": 1 - joint},
        {"name": "urgent.child-telling-now", "confidence": joint},
    ]
    message = Message({TEXT: text, INTENT: ranking[0], INTENT_RANKING_KEY: ranking})
    detector.process([message])
    return is_urgent(message.get(INTENT)["name"])


def test_a_pattern_raises_what_is_not_ruled_out(detector: UrgencyDetector) -> None:
    assert is_raised(detector, CALM, RULED_OUT + 0.01)
    assert not is_raised(detector, CALM, RULED_OUT - 0.01)


def test_in_what_is_told_at_length_a_pattern_needs_more(detector: UrgencyDetector) -> None:
    """Among so many words one fits by chance."""
    assert PATTERNS_RULED_OUT_LONG > RULED_OUT
    assert is_raised(detector, LONG, PATTERNS_RULED_OUT_LONG + 0.01)
    assert not is_raised(detector, LONG, PATTERNS_RULED_OUT_LONG - 0.01)
