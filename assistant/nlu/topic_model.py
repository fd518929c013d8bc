"""Which topic a question is about: two readers of it, one opinion.

Needs no Rasa. The *words* reader is a linear support vector machine over words and
pieces of words; the *meaning* reader a logistic regression over the sentence vector.
Each is several points worse alone (docs/understanding.md has the figures).
"""

from __future__ import annotations

from pathlib import Path
from typing import Optional, Sequence

import numpy as np
import numpy.typing as npt
import skops.io
from sklearn.linear_model import LogisticRegression
from sklearn.svm import LinearSVC

from assistant.nlu.encoder import Vectors, shared_encoder
from assistant.nlu.words import WordFeatures

Probabilities = npt.NDArray[np.float64]

# Chosen on the development questions: docs/understanding.md.
WORDS_PENALTY = 0.5
WORDS_TEMPERATURE = 0.15  # turns margins into probabilities
WORDS_SHARE = 0.5  # weight of the words reader in the geometric mean
VECTOR_WEIGHT = 6.0

_FILE = "topics.skops"


class TopicModel:
    """A trained pair of readers. Make one with :meth:`fit` or :meth:`load`."""

    def __init__(
        self, words: WordFeatures, words_reader: LinearSVC, meaning_reader: LogisticRegression
    ) -> None:
        self._words = words
        self._words_reader = words_reader
        self._meaning_reader = meaning_reader

    @property
    def labels(self) -> list[str]:
        """The labels it tells apart, in the order of the columns of :meth:`probabilities`."""
        return [str(label) for label in self._words_reader.classes_]

    @classmethod
    def fit(
        cls, texts: Sequence[str], labels: Sequence[str], vectors: Optional[Vectors] = None
    ) -> TopicModel:
        """Learn from examples.

        Args:
            texts: the examples as people typed them.
            labels: the label of each; at least three different ones.
            vectors: their unit sentence vectors if known, shape ``(len(texts), 384)``.
        """
        words = WordFeatures.fit(texts)
        words_reader = LinearSVC(C=WORDS_PENALTY, random_state=0).fit(words(texts), list(labels))
        known = vectors if vectors is not None else shared_encoder().encode(texts)
        meaning_reader = LogisticRegression(max_iter=100, tol=1e-3)
        meaning_reader.fit(VECTOR_WEIGHT * known, list(labels))
        return cls(words, words_reader, meaning_reader)

    def probabilities(
        self, texts: Sequence[str], vectors: Optional[Vectors] = None
    ) -> Probabilities:
        """How likely each label is: one row a text, one column a label; rows sum to 1."""
        margins = self._words_reader.decision_function(self._words(texts)) / WORDS_TEMPERATURE
        by_words = margins - _log_sum(margins)
        known = vectors if vectors is not None else shared_encoder().encode(texts)
        by_meaning = self._meaning_reader.predict_log_proba(VECTOR_WEIGHT * known)
        together = WORDS_SHARE * by_words + (1 - WORDS_SHARE) * by_meaning
        probabilities: Probabilities = np.exp(together - _log_sum(together))
        return probabilities

    def save(self, folder: Path) -> None:
        """Write the model into a folder."""
        self._words.save(folder)
        skops.io.dump((self._words_reader, self._meaning_reader), folder / _FILE)

    @classmethod
    def load(cls, folder: Path) -> TopicModel:
        """Read what :meth:`save` wrote; no code in the file is executed.

        Raises:
            skops.io.exceptions.UntrustedTypesFoundException: the file holds other types than
                those of scikit-learn.
        """
        words_reader, meaning_reader = skops.io.load(folder / _FILE)
        return cls(WordFeatures.load(folder), words_reader, meaning_reader)


def _log_sum(rows: Probabilities) -> Probabilities:
    """The logarithm of each row's summed exponentials, as a column."""
    highest = rows.max(axis=1, keepdims=True)
    summed: Probabilities = highest + np.log(np.exp(rows - highest).sum(axis=1, keepdims=True))
    return summed
