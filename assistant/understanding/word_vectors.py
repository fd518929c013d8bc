"""The vector of every word of a text, as the sentence encoder sees it there.

For editors' tools that compare texts word by word; the assistant itself reads whole sentences.
"""

from __future__ import annotations

import functools
from typing import Iterator, Sequence

import numpy as np

from assistant.guidance.shorthand import expand
from assistant.understanding.encoder import VOCABULARY, WEIGHTS, Encoder, Vectors

_PART = "##"
"""Begins a piece that goes on with the word before it."""


class WordEncoder(Encoder):
    """The sentence encoder, asked for the words of a text. Make one with :func:`word_encoder`."""

    def encode_words(self, text: str) -> tuple[list[str], Vectors]:
        """The words of a text, and one vector of any length for each: ``(words, 384)``."""
        encoding = self._tokenizer.encode(expand(text))
        ids = np.array([encoding.ids], np.int64)
        given = {
            "input_ids": ids,
            "attention_mask": np.ones_like(ids),
            "token_type_ids": np.zeros_like(ids),
        }
        ((hidden,),) = self._session.run(["last_hidden_state"], given)
        # Of what has no word, such as a picture, the whole stands for one.
        found = list(_words(encoding.tokens)) or [("", list(range(len(encoding.ids))))]
        vectors = [hidden[pieces].mean(axis=0) for _, pieces in found]
        shape = (len(found), hidden.shape[1])
        return [word for word, _ in found], np.array(vectors, np.float32).reshape(shape)


def _words(pieces: Sequence[str]) -> Iterator[tuple[str, list[int]]]:
    """Each word with the places of its pieces."""
    word, places = "", list[int]()
    for place, piece in enumerate((*pieces, "")):
        if piece.startswith(_PART):
            word += piece.removeprefix(_PART)
            places.append(place)
            continue
        if word[:1].isalnum():
            yield word, places
        word, places = piece, [place]


@functools.lru_cache(maxsize=1)
def word_encoder() -> WordEncoder:
    """The one encoder of words of this process.

    Raises:
        EncoderError: see :class:`~assistant.understanding.encoder.Encoder`.
    """
    return WordEncoder(WEIGHTS, VOCABULARY)
