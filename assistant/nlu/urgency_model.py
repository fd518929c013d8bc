"""Whether a message is urgent, by learned example: two readers of it, one opinion.

Needs no Rasa. As for topics, one reader looks at words, the other at the meaning; here
the second is a support vector machine with a kernel, because "urgent" has no one meaning.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Optional, Sequence

import numpy as np
import numpy.typing as npt
import skops.io
from sklearn.svm import SVC, LinearSVC

from assistant.nlu.encoder import Vectors, shared_encoder
from assistant.nlu.words import WordFeatures

# Chosen on the development questions: docs/understanding.md.
WORDS_PENALTY = 0.5
MEANING_PENALTY = 5.0
MEANING_WIDTH = 1.5  # gamma of the kernel over unit vectors
SURENESS = 2.0  # steepness from summed margins to probability

# A longer message is read in parts as well: the encoder cuts it, and one urgent clause
# would drown in the rest.
LONG = 150  # words
PART = 100  # words

_FILE = "urgency.skops"


class UrgencyModel:
    """A trained pair of readers. Make one with :meth:`fit` or :meth:`load`."""

    def __init__(self, words: WordFeatures, words_reader: LinearSVC, meaning_reader: SVC) -> None:
        self._words = words
        self._words_reader = words_reader
        self._meaning_reader = meaning_reader

    @classmethod
    def fit(
        cls, texts: Sequence[str], urgent: Sequence[bool], vectors: Optional[Vectors] = None
    ) -> UrgencyModel:
        """Learn from examples.

        Args:
            texts: the messages as people typed them.
            urgent: whether each is urgent.
            vectors: their unit sentence vectors if known, shape ``(len(texts), 384)``.
        """
        words = WordFeatures.fit(texts)
        labels = [bool(one) for one in urgent]
        words_reader = LinearSVC(C=WORDS_PENALTY, random_state=0).fit(words(texts), labels)
        known = vectors if vectors is not None else shared_encoder().encode(texts)
        meaning_reader = SVC(C=MEANING_PENALTY, gamma=MEANING_WIDTH, cache_size=500)
        meaning_reader.fit(known, labels)
        return cls(words, words_reader, meaning_reader)

    def probability(self, text: str, vector: Optional[Vectors] = None) -> float:
        """How likely the message is urgent, by its most urgent part: 0 to 1.

        Args:
            text: the message as it was typed.
            vector: its unit sentence vector if known, shape ``(1, 384)``.
        """
        whole = self.probabilities([text], vector)
        in_parts = parts(text)
        if in_parts:
            whole = np.concatenate([whole, self.probabilities(in_parts)])
        return float(whole.max())

    def probabilities(
        self, texts: Sequence[str], vectors: Optional[Vectors] = None
    ) -> npt.NDArray[np.float64]:
        """How likely each text, read as a whole, is urgent."""
        known = vectors if vectors is not None else shared_encoder().encode(texts)
        margins = self._words_reader.decision_function(self._words(texts))
        margins = margins + self._meaning_reader.decision_function(known)
        probabilities: npt.NDArray[np.float64] = 1.0 / (1.0 + np.exp(-SURENESS * margins))
        return probabilities

    def save(self, folder: Path) -> None:
        """Write the model into a folder."""
        self._words.save(folder)
        skops.io.dump((self._words_reader, self._meaning_reader), folder / _FILE)

    @classmethod
    def load(cls, folder: Path) -> UrgencyModel:
        """Read what :meth:`save` wrote; no code in the file is executed.

        Raises:
            skops.io.exceptions.UntrustedTypesFoundException: the file holds other types than
                those of scikit-learn.
        """
        words_reader, meaning_reader = skops.io.load(folder / _FILE)
        return cls(WordFeatures.load(folder), words_reader, meaning_reader)


def parts(text: str) -> list[str]:
    """The overlapping parts of a long message; none of a short one."""
    words = re.findall(r"\S+", text)
    if len(words) <= LONG:
        return []
    starts = range(0, len(words), PART // 2)
    return [" ".join(words[start : start + PART]) for start in starts]
