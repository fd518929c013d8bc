"""Sentence vectors of training examples, kept between runs.

Encoding is half of the training time, and most examples are the same as last time. The file
is a by-product: without it, or with another encoder, all vectors are made anew.
"""

from __future__ import annotations

import hashlib
import zipfile
from pathlib import Path
from typing import Sequence

import numpy as np

from assistant.understanding.encoder import MODEL_SHA256, VOCABULARY_SHA256, Vectors, shared_encoder
from assistant.understanding.shorthand import expand

_ENCODER = hashlib.sha256((MODEL_SHA256 + VOCABULARY_SHA256).encode()).digest()


def encode_cached(texts: Sequence[str], file: Path) -> Vectors:
    """Unit vectors, one row a text, shape ``(len(texts), 384)``; new ones are added to the file.

    Args:
        texts: what to encode.
        file: where vectors are kept, a ``.npz``; made if it is not there.

    Raises:
        EncoderError: the encoder's files are not the expected ones.
    """
    kept = _read(file)
    keys = [_key(text) for text in texts]
    missing = {key: text for key, text in zip(keys, texts) if key not in kept}
    if missing:
        kept |= zip(missing, shared_encoder().encode(list(missing.values())))
        _write(file, kept)
    return np.stack([kept[key] for key in keys]) if keys else np.zeros((0, 384), np.float32)


def _key(text: str) -> bytes:
    # What the encoder reads, and which encoder: a change of either makes another key.
    return hashlib.sha256(_ENCODER + expand(text).encode()).digest()


def _read(file: Path) -> dict[bytes, Vectors]:
    try:
        with np.load(file, allow_pickle=False) as data:
            return {bytes(key): row for key, row in zip(data["keys"], data["vectors"])}
    except (OSError, EOFError, ValueError, KeyError, zipfile.BadZipFile):
        return {}


def _write(file: Path, kept: dict[bytes, Vectors]) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    part = file.with_suffix(".part.npz")
    keys = np.frombuffer(b"".join(kept), dtype=np.uint8).reshape(-1, 32)
    np.savez(part, keys=keys, vectors=np.stack(list(kept.values())))
    part.replace(file)
