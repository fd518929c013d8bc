"""Sentence vectors of training examples, kept between trainings and shipped with the project.

Encoding is most of a first training, and most examples are the same as last time. Vectors are
kept in eight bits a number with one scale a row; what training gets is always what was kept, so a
model does not depend on whether there was a cache. Without the files, or with another encoder, all
vectors are made anew.
"""

from __future__ import annotations

import contextlib
import hashlib
import zipfile
from pathlib import Path
from typing import Iterable, Mapping, Sequence

import numpy as np
import numpy.typing as npt

from assistant.guidance.shorthand import expand
from assistant.understanding.encoder import (
    DIMENSION,
    MODEL_SHA256,
    VOCABULARY_SHA256,
    Vectors,
    shared_encoder,
)

SHIPPED = Path(__file__).parent / "minilm" / "vectors.npz"
"""Vectors of the examples as they were released, so that a first training is short."""

KEY_BYTES = 16

_ENCODER = hashlib.sha256((MODEL_SHA256 + VOCABULARY_SHA256).encode()).digest()

Small = tuple[npt.NDArray[np.int8], np.float32]
"""A vector in eight bits a number, and what they are multiplied with."""


class KeptVectors:
    """Vectors of texts, each made once: read from a file, and those that it lacks when asked for.

    ``kept`` are vectors by the keys of their texts.
    """

    def __init__(self, kept: dict[bytes, Small]) -> None:
        self._kept = kept

    @classmethod
    def of(cls, texts: Sequence[str], vectors: Vectors) -> KeptVectors:
        """Keep the vectors of these texts, one row a text."""
        return cls({_key(text): _small(vector) for text, vector in zip(texts, vectors)})

    @classmethod
    def read(cls, file: Path) -> KeptVectors:
        """Those of a file; none where it holds another encoder's, or cannot be read."""
        return cls(_read(file))

    def write(self, file: Path) -> None:
        """Write them to a file, whole or not at all."""
        write_vectors(file, self._kept)

    def for_texts(self, texts: Sequence[str]) -> Vectors:
        """Vectors of nearly unit length, one row a text, shape ``(len(texts), 384)``.

        Raises:
            EncoderError: the encoder's files are not the expected ones.
        """
        keys = [_key(text) for text in texts]
        _make_missing(dict(zip(keys, texts)), self._kept)
        return _large_rows(keys, self._kept)


def encode_cached(texts: Sequence[str], file: Path) -> Vectors:
    """Vectors of nearly unit length, one row a text, shape ``(len(texts), 384)``.

    Args:
        texts: what to encode.
        file: where vectors are kept, a ``.npz``; made if it is not there and can be written. It
            then holds those of these texts and what it held before of the same encoder.

    Raises:
        EncoderError: the encoder's files are not the expected ones.
    """
    keys = [_key(text) for text in texts]
    return _large_rows(keys, _kept(dict(zip(keys, texts)), file))


def ship(texts: Iterable[str], file: Path, target: Path = SHIPPED) -> int:
    """Write the kept vectors of these texts, and no others, to be shipped.

    Returns:
        How many were written.
    """
    by_key = {_key(text): text for text in texts}
    kept = _kept(by_key, file)
    write_vectors(target, {key: kept[key] for key in by_key})
    return len(by_key)


def not_shipped(texts: Iterable[str]) -> list[str]:
    """The texts whose vectors are not shipped: each is encoded in a first training."""
    shipped = _read(SHIPPED)
    return [text for text in texts if _key(text) not in shipped]


def write_vectors(file: Path, kept: dict[bytes, Small]) -> None:
    """Write vectors, whole or not at all."""
    file.parent.mkdir(parents=True, exist_ok=True)
    part = file.with_suffix(".part.npz")
    np.savez(
        part,
        encoder=np.frombuffer(_ENCODER, dtype=np.uint8),
        keys=np.frombuffer(b"".join(kept), dtype=np.uint8).reshape(-1, KEY_BYTES),
        vectors=np.stack([vector for vector, _ in kept.values()]),
        scales=np.array([scale for _, scale in kept.values()], dtype=np.float32),
    )
    part.replace(file)


def _kept(texts: Mapping[bytes, str], file: Path) -> dict[bytes, Small]:
    """What is kept, with vectors of all these texts, by their keys; the file gets what it had
    not."""
    kept = _read(SHIPPED) | _read(file)
    if _make_missing(texts, kept):
        # A cache: where nothing can be written (a container's read-only disk), it is done without.
        with contextlib.suppress(OSError):
            write_vectors(file, kept)
    return kept


def _make_missing(texts: Mapping[bytes, str], kept: dict[bytes, Small]) -> bool:
    """Encode the texts, by their keys, that have no vector among the kept ones; true if any."""
    missing = {key: text for key, text in texts.items() if key not in kept}
    if missing:
        made = shared_encoder().encode(list(missing.values()))
        kept |= zip(missing, map(_small, made))
    return bool(missing)


def _key(text: str) -> bytes:
    return hashlib.sha256(expand(text).encode()).digest()[:KEY_BYTES]


def _small(vector: Vectors) -> Small:
    scale = np.float32(np.abs(vector).max() / 127)
    return np.round(vector / scale).astype(np.int8), scale


def _large_rows(keys: Sequence[bytes], kept: Mapping[bytes, Small]) -> Vectors:
    rows = [vector.astype(np.float32) * scale for vector, scale in map(kept.__getitem__, keys)]
    return np.stack(rows) if rows else np.zeros((0, DIMENSION), np.float32)


def _read(file: Path) -> dict[bytes, Small]:
    """What a file holds of this encoder; nothing if it is another's, or cannot be read."""
    try:
        with np.load(file, allow_pickle=False) as data:
            if data["encoder"].tobytes() != _ENCODER:
                return {}
            rows = zip(data["keys"], data["vectors"], data["scales"])
            return {key.tobytes(): (vector, scale) for key, vector, scale in rows}
    except (OSError, EOFError, ValueError, KeyError, zipfile.BadZipFile):
        return {}
