"""Sentences to unit vectors, without torch or TensorFlow.

The weights are all-MiniLM-L6-v2, trained further on this project's questions (``adaptation/``)
and made into one that computes in int8 (ONNX); ``minilm/README.md`` says what the files are and
where they come from. Both files are checked against their sha256 before the first use.
"""

from __future__ import annotations

import functools
import hashlib
from pathlib import Path
from typing import Sequence

import numpy as np
import numpy.typing as npt
import onnxruntime
from tokenizers.implementations import BertWordPieceTokenizer

from assistant.guidance.shorthand import expand

DIMENSION = 384
MAX_PIECES = 256  # what the model was trained on; longer texts are cut

MODEL_SHA256 = "4713be8c842f365780720a3b87a4b10d9e1597e1ebe1b031e18a40fae3c7bdfa"
VOCABULARY_SHA256 = "07eced375cec144d27c900241f3e339478dec958f92fddbc551f295c992038a3"
WEIGHTS = Path(__file__).parent / "minilm" / "adapted.onnx"
VOCABULARY = Path(__file__).parent / "minilm" / "vocab.txt"

Vectors = npt.NDArray[np.float32]


class EncoderError(RuntimeError):
    """The weights or the vocabulary are not the ones this project was measured with."""


class Encoder:
    """Encodes sentences. Make one with :func:`shared_encoder`."""

    def __init__(self, model: Path, vocabulary: Path) -> None:
        """Load and check the files.

        Raises:
            EncoderError: a file is missing or its sha256 is not the expected one.
        """
        _verify(model, MODEL_SHA256, "restore assistant/understanding/minilm/adapted.onnx")
        _verify(vocabulary, VOCABULARY_SHA256, "restore assistant/understanding/minilm/vocab.txt")
        self._tokenizer = BertWordPieceTokenizer(str(vocabulary), lowercase=True)
        self._tokenizer.enable_truncation(MAX_PIECES)
        onnxruntime.disable_telemetry_events()  # nothing about its use leaves this machine
        options = onnxruntime.SessionOptions()
        options.log_severity_level = 3
        # One message is too little work to share out: two threads take half as much computing
        # again, to end no sooner.
        options.intra_op_num_threads = 1
        self._session = onnxruntime.InferenceSession(
            str(model), options, providers=["CPUExecutionProvider"]
        )

    def encode(self, texts: Sequence[str]) -> Vectors:
        """Unit vectors, one row a text: shape ``(len(texts), 384)``, float32.

        Shorthand is written out first (:mod:`assistant.guidance.shorthand`).
        """
        texts = [expand(text) for text in texts]
        vectors = np.zeros((len(texts), DIMENSION), dtype=np.float32)
        # One by one: the numbers of a batch share their scale in int8, so that a text would get
        # another vector in training than when somebody asks it.
        for row, text in enumerate(texts):
            vectors[row] = self._encode_one(text)
        return vectors

    def _encode_one(self, text: str) -> Vectors:
        _, hidden = self.pieces(text)
        pooled = hidden.mean(axis=0)
        unit: Vectors = pooled / np.linalg.norm(pooled, axis=0)
        return unit

    def pieces(self, text: str) -> tuple[list[str], Vectors]:
        """The word pieces of a text and a vector of any length for each: ``(pieces, 384)``.

        The shorthand of the text stands as it is.
        """
        encoding = self._tokenizer.encode(text)
        ids = np.array([encoding.ids], dtype=np.int64)
        given = {
            "input_ids": ids,
            "attention_mask": np.ones_like(ids),
            "token_type_ids": np.zeros_like(ids),
        }
        ((hidden,),) = self._session.run(["last_hidden_state"], given)
        return list(encoding.tokens), hidden


@functools.lru_cache(maxsize=1)
def shared_encoder() -> Encoder:
    """The one encoder of this process: the weights are read once.

    Raises:
        EncoderError: see :class:`Encoder`.
    """
    return Encoder(WEIGHTS, VOCABULARY)


def _verify(path: Path, expected: str, fix: str) -> None:
    if not path.is_file():
        raise EncoderError(f"{path.name} is missing; {fix}")
    if hashlib.sha256(path.read_bytes()).hexdigest() != expected:
        raise EncoderError(f"{path.name} is not the expected file; {fix}")
