"""Word features of messages, as the component adds them."""

from __future__ import annotations

from typing import Any, cast

import pytest
from rasa.shared.nlu.constants import FEATURE_TYPE_SENTENCE, TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData
from scipy.sparse import csr_matrix

from assistant.understanding.counting import count_words
from assistant.understanding.word_featurizer import NAME, WordFeaturizer, WordRow, word_rows
from assistant.understanding.words import learned_with_rows
from tests.understanding.examples import TEXTS


def row(columns: list[int], values: list[float]) -> WordRow:
    features = csr_matrix((values, columns, [0, len(columns)]), shape=(1, 9))
    return WordRow(features, FEATURE_TYPE_SENTENCE, TEXT, NAME)


def test_another_column_or_value_gives_another_fingerprint() -> None:
    rows = [row([1, 2], [0.5, 0.5]), row([1, 3], [0.5, 0.5]), row([1, 2], [0.5, 0.25]), row([], [])]
    assert len({one.fingerprint() for one in rows}) == len(rows)
    assert row([1, 2], [0.5, 0.5]).fingerprint() == rows[0].fingerprint()


def test_a_training_counts_its_texts_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Rasa has the features learned in one step and added in the next."""
    counted: list[int] = []

    def counting(texts: Any, *rest: Any) -> Any:
        counted.append(len(texts))
        return count_words(texts, *rest)

    monkeypatch.setattr("assistant.understanding.words.count_words", counting)
    learned_with_rows.cache_clear()
    data = TrainingData([Message.build(text) for text in TEXTS])
    component = WordFeaturizer({}, cast(Any, None), cast(Any, None))
    component.learn(data)
    component.process_training_data(data)
    assert counted == [len(TEXTS)]
    assert word_rows(data.training_examples).shape[0] == len(TEXTS)
