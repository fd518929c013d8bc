"""Which of several labels a text has: an ensemble of two classifiers.

Needs no Rasa. The *word classifier* is a linear support vector machine over words and groups of
letters; the *sentence classifier* a logistic regression over the sentence vector. Each is worse
alone. Topics and voices are told this way.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Sequence

import numpy as np
import numpy.typing as npt
from scipy.sparse import csr_matrix

from assistant.understanding.encoder import Vectors
from assistant.understanding.linear import LinearWeights, fit_one_against_rest

Probabilities = npt.NDArray[np.float64]

# Chosen on the development questions: docs/understanding.md.
WORDS_PENALTY = 0.5
WORDS_TEMPERATURE = 0.2  # turns margins into probabilities
WORDS_SHARE = 0.5  # weight of the word classifier in the geometric mean
VECTOR_WEIGHT = 6.0
SENTENCE_PENALTY = 1.0  # C of the regression
# To its end: stopped on the way, where it stands hangs on a handful of examples more or less.
SENTENCE_ITERATIONS = 250
SENTENCE_TOLERANCE = 1e-4

_LABELS = "labels.json"
_WORDS = "words-weights.npz"
_SENTENCES = "sentence-weights.npz"


class TextClassifier:
    """A trained ensemble. Make one with :meth:`fit` or :meth:`load`."""

    def __init__(
        self, labels: Sequence[str], words: LinearWeights, sentences: LinearWeights
    ) -> None:
        self.labels = list(labels)
        """The labels it tells apart, in the order of the columns of :meth:`probabilities`."""
        self.words = words
        self.sentences = sentences

    @classmethod
    def fit(
        cls,
        rows: csr_matrix,
        vectors: Vectors,
        labels: Sequence[str],
        sentence_penalty: float = SENTENCE_PENALTY,
    ) -> TextClassifier:
        """Learn from examples.

        Args:
            rows: their word features, one row a text.
            vectors: their unit sentence vectors, shape ``(len(labels), 384)``.
            labels: the label of each; at least three different ones.
            sentence_penalty: C of the sentence classifier; the lower, the more cautious.
        """
        # Imported where something is learned: assistant/understanding/words.py says why.
        from sklearn.linear_model import LogisticRegression

        words = fit_one_against_rest(rows, labels, WORDS_PENALTY)
        regression = LogisticRegression(
            C=sentence_penalty, max_iter=SENTENCE_ITERATIONS, tol=SENTENCE_TOLERANCE
        )
        regression.fit(VECTOR_WEIGHT * vectors.astype(np.float32), list(labels))
        sentences = LinearWeights.dense(regression.coef_, regression.intercept_)
        return cls([str(label) for label in regression.classes_], words, sentences)

    def probabilities(self, rows: csr_matrix, vectors: Vectors) -> Probabilities:
        """How likely each label is: one row a text, one column a label; rows sum to 1."""
        by_words = self.words.margins(rows) / WORDS_TEMPERATURE
        by_words = by_words - _log_of_sum(by_words)
        by_sentence = self.sentences.margins(VECTOR_WEIGHT * vectors)
        by_sentence = by_sentence - _log_of_sum(by_sentence)
        together = WORDS_SHARE * by_words + (1 - WORDS_SHARE) * by_sentence
        probabilities: Probabilities = np.exp(together - _log_of_sum(together))
        return probabilities

    def save(self, folder: Path) -> None:
        """Write the classifier into a folder."""
        (folder / _LABELS).write_text(json.dumps(self.labels), encoding="utf-8")
        self.words.save(folder / _WORDS)
        self.sentences.save(folder / _SENTENCES)

    @classmethod
    def load(cls, folder: Path) -> TextClassifier:
        """Read what :meth:`save` wrote; nothing in the files is run."""
        labels = json.loads((folder / _LABELS).read_text(encoding="utf-8"))
        words = LinearWeights.load(folder / _WORDS)
        return cls(labels, words, LinearWeights.load(folder / _SENTENCES))


def _log_of_sum(rows: Probabilities) -> Probabilities:
    """The logarithm of each row's sum of exponentials: one column.

    SciPy's ``logsumexp``, step by step, without what it does for other kinds of numbers.
    """
    largest = rows.max(axis=1, keepdims=True)
    is_largest = rows == largest
    times = is_largest.sum(axis=1, keepdims=True, dtype=rows.dtype)
    others = np.where(is_largest, -np.inf, rows)
    rest = np.exp(others - largest).sum(axis=1, keepdims=True) / times
    logarithm: Probabilities = np.log1p(rest) + np.log(times) + largest
    return logarithm
