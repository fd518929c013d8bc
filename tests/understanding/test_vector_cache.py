"""Vectors of training examples are kept between trainings."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from assistant.understanding import vector_cache
from assistant.understanding.encoder import Vectors, shared_encoder
from assistant.understanding.vector_cache import KeptVectors, encode_cached, ship

TEXTS = ["a girl told me", "what is a strategy discussion"]


@pytest.fixture(autouse=True)
def shipped(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where a release's vectors would lie; there are none unless a test ships some."""
    file = tmp_path / "released" / "vectors.npz"
    monkeypatch.setattr(vector_cache, "SHIPPED", file)
    return file


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
    own = shared_encoder().encode(TEXTS)
    # In eight bits: no number is further off than half a step of its row's scale.
    half_a_step = np.abs(own).max(axis=1, keepdims=True) / 127 / 2
    assert (np.abs(fresh - own) <= half_a_step + 1e-6).all()
    assert fresh.dtype == np.float32
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


def test_where_nothing_can_be_written_vectors_are_made_all_the_same(
    tmp_path: Path, shipped: Path
) -> None:
    no_folder = tmp_path / "a file"
    no_folder.write_bytes(b"")
    made = encode_cached(TEXTS, no_folder / "vectors.npz")
    assert np.array_equal(made, encode_cached(TEXTS, tmp_path / "vectors.npz"))
    assert ship(TEXTS, no_folder / "vectors.npz", shipped) == len(TEXTS) and shipped.exists()


def made_by(file: Path, encoder: bytes) -> None:
    """Have a file say that another encoder made its vectors."""
    with np.load(file, allow_pickle=False) as kept:
        assert kept["encoder"].tobytes() not in (b"", encoder)
        np.savez(file, **{**kept, "encoder": np.frombuffer(encoder, dtype=np.uint8)})


def test_another_encoder_makes_other_vectors(tmp_path: Path, asked: list[str]) -> None:
    file = tmp_path / "vectors.npz"
    encode_cached(TEXTS, file)
    made_by(file, b"another")
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


def test_vectors_are_kept_in_eight_bits_with_a_scale_and_nothing_that_can_run(
    tmp_path: Path,
) -> None:
    file = tmp_path / "vectors.npz"
    got = encode_cached(TEXTS, file)
    with np.load(file, allow_pickle=False) as kept:
        assert kept["vectors"].dtype == np.int8
        large = kept["vectors"].astype(np.float32) * kept["scales"][:, None]
    assert np.array_equal(large, got), "training gets what is kept, whether or not it was kept"


def test_what_is_shipped_is_not_made_again(tmp_path: Path, asked: list[str], shipped: Path) -> None:
    fresh = encode_cached([*TEXTS, "not shipped"], tmp_path / "here.npz")
    assert ship([*TEXTS, TEXTS[0]], tmp_path / "here.npz", shipped) == len(TEXTS)
    asked.clear()
    again = encode_cached([*TEXTS, "not shipped"], tmp_path / "elsewhere.npz")
    assert asked == ["not shipped"], "of these texts and no others"
    assert np.array_equal(again[:2], fresh[:2])


@pytest.mark.parametrize("encoder", [b"", b"another"])
def test_what_was_shipped_of_another_encoder_is_not_used(
    tmp_path: Path, asked: list[str], shipped: Path, encoder: bytes
) -> None:
    ship(TEXTS, tmp_path / "here.npz", shipped)
    asked.clear()
    made_by(shipped, encoder)
    encode_cached(TEXTS, tmp_path / "elsewhere.npz")
    assert asked == TEXTS


def test_vectors_are_kept_with_a_model_and_others_made_once(
    tmp_path: Path, asked: list[str]
) -> None:
    file = tmp_path / "points.npz"
    made = shared_encoder().encode(TEXTS)
    KeptVectors.of(TEXTS, made).write(file)
    kept = KeptVectors.read(file)
    assert kept.for_texts(TEXTS) == pytest.approx(made, abs=0.01) and asked == []
    for _ in range(2):
        assert kept.for_texts([*TEXTS, "one more"]).shape == (3, 384)
    assert asked == ["one more"]


def test_a_file_that_cannot_be_read_keeps_nothing(tmp_path: Path, asked: list[str]) -> None:
    KeptVectors.read(tmp_path / "nothing.npz").for_texts(TEXTS)
    assert asked == TEXTS
