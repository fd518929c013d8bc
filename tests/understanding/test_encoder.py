"""Sentences to vectors, with the very weights that the project was measured with."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from assistant.understanding.encoder import (
    DIMENSION,
    WEIGHTS,
    Encoder,
    EncoderError,
    shared_encoder,
)


def test_vectors_are_unit_length_and_near_in_meaning() -> None:
    toddler, infant, invoice = shared_encoder().encode(
        ["toddler has bruises", "infant is injured", "please pay the invoice"]
    )
    assert toddler.shape == (DIMENSION,)
    assert np.linalg.norm(toddler) == pytest.approx(1, abs=1e-5)
    assert toddler @ infant > toddler @ invoice + 0.2


WORDS = ("bruises", "school", "invoices", "grandfather", "night", "police", "rain", "holiday")
MANY = [
    f"{'please ' * (7 * i % 11)}tell me about {word} {kind}"
    for kind in ("and children", "in a court", "on a train", "at the doctor", "without money")
    for i, word in enumerate(WORDS)
]
"""Texts of which no two neighbours have the same length."""


def test_the_order_of_texts_is_kept() -> None:
    together = shared_encoder().encode(MANY)
    alone = np.vstack([shared_encoder().encode([text]) for text in MANY])
    assert (alone @ together.T).argmax(axis=1).tolist() == list(range(len(MANY)))


def test_the_same_texts_have_the_same_vectors_again() -> None:
    assert np.array_equal(shared_encoder().encode(MANY), shared_encoder().encode(MANY))


def test_a_vector_does_not_depend_on_what_else_is_encoded() -> None:
    """Training encodes many texts, a message is encoded alone: the same vector either way."""
    texts = ["a", "a much longer sentence about children and families", "short one"]
    together = shared_encoder().encode(texts)
    for i, text in enumerate(texts):
        assert np.array_equal(together[i], shared_encoder().encode([text])[0])


def test_no_texts_have_no_vectors() -> None:
    assert shared_encoder().encode([]).shape == (0, DIMENSION)


def test_a_text_of_any_length_has_a_vector() -> None:
    for text in ("", "?", "word " * 5000, "x" * 5000):
        assert np.linalg.norm(shared_encoder().encode([text])[0]) == pytest.approx(1, abs=1e-5)


def test_another_vocabulary_and_a_missing_file_are_refused(tmp_path: Path) -> None:
    other = tmp_path / "vocab.txt"
    with pytest.raises(EncoderError, match="is missing; restore"):
        Encoder(WEIGHTS, other)
    other.write_text("[PAD]\n")
    with pytest.raises(EncoderError, match="not the expected file; restore"):
        Encoder(WEIGHTS, other)
