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


def parts_of(text: str) -> list[str]:
    """The overlapping parts of a long text, of a short one all of it; bounded in number."""
    words = _words(text)
    if len(words) <= LONG_WORDS:
        return [" ".join(words)]
    starts = range(0, len(words), PART_WORDS // 2)
    return [" ".join(words[start : start + PART_WORDS]) for start in starts]


def bounded(text: str) -> str:
    """The text as understanding reads it: no word and no run of signs without end."""
    return " ".join(_words(text))


def _words(text: str) -> list[str]:
    words = [word[:LONGEST_WORD] for word in re.findall(r"\S+", text[:LONGEST_READ])]
    return words or [""]
