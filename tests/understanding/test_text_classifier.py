"""An ensemble of two tells labels apart."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from scipy.special import logsumexp

from assistant.understanding.encoder import shared_encoder
from assistant.understanding.text_classifier import (
    VECTOR_WEIGHT,
    WORDS_SHARE,
    WORDS_TEMPERATURE,
    TextClassifier,
)
from tests.understanding.examples import FEATURES, LABELS, classifier


def test_it_learns_saves_and_loads(tmp_path: Path) -> None:
    made = classifier(LABELS)
    texts = ["brew me some tea", "late train again"]
    rows, vectors = FEATURES(texts), shared_encoder().encode(texts)
    probabilities = made.probabilities(rows, vectors)
    assert probabilities.sum(axis=1) == pytest.approx([1, 1])
    assert [made.labels[i] for i in probabilities.argmax(axis=1)] == ["tea", "trains"]
    made.save(tmp_path)
    again = TextClassifier.load(tmp_path)
    assert again.labels == made.labels
    assert again.probabilities(rows, vectors) == pytest.approx(probabilities)


def test_nothing_in_its_files_can_run_as_code(tmp_path: Path) -> None:
    classifier(LABELS).save(tmp_path)
    for file in tmp_path.glob("*.npz"):
        with np.load(file, allow_pickle=False) as arrays:
            assert all(arrays[name].dtype != object for name in arrays)


def test_probabilities_are_those_that_scipy_gives_to_the_last_bit() -> None:
    made = classifier(LABELS)
    texts = ["brew me some tea", "late train again", "rain"]
    for asked in (texts, texts[:1]):
        rows, vectors = FEATURES(asked), shared_encoder().encode(asked)
        readings = [
            made.words.margins(rows) / WORDS_TEMPERATURE,
            made.sentences.margins(VECTOR_WEIGHT * vectors),
        ]
        by_words, by_sentence = (one - logsumexp(one, axis=1, keepdims=True) for one in readings)
        together = WORDS_SHARE * by_words + (1 - WORDS_SHARE) * by_sentence
        expected = np.exp(together - logsumexp(together, axis=1, keepdims=True))
        assert np.array_equal(made.probabilities(rows, vectors), expected)
