"""Long texts in parts: what is read of a message that is too long to be read at once.

Needs no Rasa. The encoder cuts a long text, and one urgent clause would drown in the rest.
"""

from __future__ import annotations

import re
from typing import Sequence

import numpy as np
import numpy.typing as npt

LONG_WORDS = 150
"""Words from which on a message is read in parts as well as whole."""

PART_WORDS = 100
"""Words of a part; each overlaps half of the one before."""

LONGEST_READ = 20_000
"""Characters of a text over the limit that are read: it is the bound on what reading costs."""

LONGEST_WORD = 60
"""Characters of one word that are read: nobody types a longer one, and some cost much time."""


LONG_EXAMPLE_WORDS = 40
"""Words from which on an example counts as a long one."""

TOLD_AT_LENGTH_WORDS = 80
"""Words from which on a message is told at length throughout."""

LONG_EXAMPLE_WEIGHT = 4.0
"""How many short examples a long one counts for: long, narrated messages are few among the
examples and many among what people send (docs/understanding.md)."""


def is_long(text: str) -> bool:
    """True for a message that is told at length."""
    return len(text.split()) >= LONG_EXAMPLE_WORDS


def example_weights(texts: Sequence[str]) -> npt.NDArray[np.float64]:
    """How much each example counts in training, shape ``(len(texts),)``."""
    return np.array([LONG_EXAMPLE_WEIGHT if is_long(text) else 1.0 for text in texts])


SMALL_PART_WORDS = LONG_EXAMPLE_WORDS - 1
"""Words of a part of a text that is too long to be answered: no part counts as told at length."""


def parts_to_read(text: str, too_long: bool) -> list[str]:
    """What is read of a text, in this order: all of it, and its overlapping parts if it is long.

    Args:
        text: the message.
        too_long: it is over the limit: then it is read in small parts only, bounded in number.
            Nothing but what is urgent in it is answered.
    """
    words = _words(text)
    if too_long:
        return _parts(words, SMALL_PART_WORDS)
    return [text, *_parts(words, PART_WORDS)] if len(words) > LONG_WORDS else [text]


def _parts(words: Sequence[str], size: int) -> list[str]:
    """Overlapping parts up to the one that has the last word: a shorter one would hold nothing
    new, and a few words torn from their story look like an emergency."""
    step = -(-size // 2)
    starts = range(0, max(1, len(words) - (size - step)), step)
    return [" ".join(words[start : start + size]) for start in starts]


def bounded(text: str) -> str:
    """The text as understanding reads it: no word and no run of signs without end."""
    return " ".join(_words(text))


def _words(text: str) -> list[str]:
    words = [word[:LONGEST_WORD] for word in re.findall(r"\S+", text[:LONGEST_READ])]
    return words or [""]
