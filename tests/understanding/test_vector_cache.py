"""Vectors of training examples are kept between trainings."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from assistant.understanding import vector_cache
from assistant.understanding.encoder import Vectors, shared_encoder
from assistant.understanding.vector_cache import encode_cached

TEXTS = ["a girl told me", "what is a strategy discussion"]


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What the encoder is asked for."""
    texts: list[str] = []

    class Counting:
        def encode(self, wanted: list[str]) -> Vectors:
            texts.extend(wanted)
            return shared_encoder().encode(wanted)

    monkeypatch.setattr(vector_cache, "shared_encoder", Counting)
    return texts


def test_kept_vectors_are_the_encoders_own_and_are_not_made_twice(
    tmp_path: Path, asked: list[str]
) -> None:
    file = tmp_path / "models" / "vectors.npz"
    fresh = encode_cached(TEXTS, file)
    assert np.allclose(fresh, shared_encoder().encode(TEXTS), atol=1e-5)
    asked.clear()
    again = encode_cached([*TEXTS, "one more"], file)
    assert asked == ["one more"]
    assert np.array_equal(again[:2], fresh)


@pytest.mark.parametrize("content", [b"", b"no archive", b"PK\x05\x06" + b"\0" * 18])
def test_a_damaged_file_is_made_anew(tmp_path: Path, asked: list[str], content: bytes) -> None:
    file = tmp_path / "vectors.npz"
    file.write_bytes(content)
    encode_cached(TEXTS, file)
    encode_cached(TEXTS, file)
    assert asked == TEXTS


def test_another_encoder_makes_other_vectors(
    tmp_path: Path, asked: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "vectors.npz"
    encode_cached(TEXTS, file)
    monkeypatch.setattr(vector_cache, "_ENCODER", b"another")
    encode_cached(TEXTS, file)
    assert asked == [*TEXTS, *TEXTS]


def test_shorthand_that_is_read_otherwise_makes_other_vectors(
    tmp_path: Path, asked: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "vectors.npz"
    encode_cached(["LADO?"], file)
    monkeypatch.setattr(vector_cache, "expand", lambda text: f"{text} written out otherwise")
    encode_cached(["LADO?"], file)
    assert asked == ["LADO?", "LADO?"]


def test_nothing_to_encode_is_nothing(tmp_path: Path) -> None:
    assert encode_cached([], tmp_path / "vectors.npz").shape == (0, 384)
