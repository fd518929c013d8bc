"""The vector of every word of a text, as the sentence encoder sees it there.

For editors' tools that compare texts word by word; the assistant itself reads whole sentences.
"""

from __future__ import annotations

from typing import Iterator, Sequence

import numpy as np

from assistant.guidance.shorthand import expand
from assistant.understanding.encoder import Vectors, shared_encoder

_PART = "##"
"""Begins a piece that goes on with the word before it."""


def encode_words(text: str) -> tuple[list[str], Vectors]:
    """The words of a text, and one vector of any length for each: ``(words, 384)``."""
    pieces, hidden = shared_encoder().pieces(expand(text))
    # Of what has no word, such as a picture, the whole stands for one.
    found = list(_words(pieces)) or [("", list(range(len(pieces))))]
    vectors = [hidden[places].mean(axis=0) for _, places in found]
    return [word for word, _ in found], np.array(vectors, np.float32)


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
