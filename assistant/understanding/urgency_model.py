"""Whether a message is urgent, by learned example: an ensemble of two classifiers.

Needs no Rasa. As for topics, one looks at words and the other at the sentence vector; here the
second has a kernel, because "urgent" has no one meaning.
"""

from __future__ import annotations

from pathlib import Path
from typing import Sequence

import numpy as np
import numpy.typing as npt
from scipy.sparse import csr_matrix

from assistant.understanding.encoder import Vectors
from assistant.understanding.linear import LinearWeights

# Chosen on the development questions: docs/understanding.md.
WORDS_PENALTY = 0.5
SENTENCE_PENALTY = 5.0
KERNEL_WIDTH = 1.0  # gamma of the kernel over unit vectors
LANDMARKS = 1500  # sentences that the kernel compares with
WORDS_SHARE = 0.25  # of the word classifier's margin: on what the public writes it is the weaker
STEEPNESS = 2.0  # from summed margins to probability

_WORDS = "urgent-words.npz"
_SENTENCES = "urgent-sentences.npz"
_KERNEL = "urgent-kernel.npz"


class UrgencyModel:
    """A trained ensemble. Make one with :meth:`fit` or :meth:`load`."""

    def __init__(
        self,
        words: LinearWeights,
        landmarks: npt.NDArray[np.float32],
        normaliser: npt.NDArray[np.float32],
        sentences: LinearWeights,
    ) -> None:
        self.words = words
        self._landmarks = landmarks
        self._normaliser = normaliser
        self._sentences = sentences

    @classmethod
    def fit(
        cls,
        rows: csr_matrix,
        vectors: Vectors,
        urgent: Sequence[bool],
        weights: npt.NDArray[np.float64],
    ) -> UrgencyModel:
        """Learn from examples.

        Args:
            rows: their word features, one row a text.
            vectors: their unit sentence vectors, shape ``(len(urgent), 384)``.
            urgent: whether each is urgent.
            weights: how much each counts.
        """
        # Imported where something is learned: assistant/understanding/words.py says why.
        from sklearn.kernel_approximation import Nystroem
        from sklearn.svm import LinearSVC

        labels = [bool(one) for one in urgent]
        by_words = LinearSVC(C=WORDS_PENALTY, tol=1e-2, random_state=0)
        by_words.fit(rows, labels, sample_weight=weights)
        landmarks = min(LANDMARKS, len(labels))
        kernel = Nystroem(gamma=KERNEL_WIDTH, n_components=landmarks, random_state=0)
        mapped = kernel.fit_transform(vectors)
        # The primal problem: many more examples than landmarks.
        by_sentence = LinearSVC(C=SENTENCE_PENALTY, dual=False)
        by_sentence.fit(mapped, labels, sample_weight=weights)
        return cls(
            LinearWeights.dense(by_words.coef_, by_words.intercept_),
            kernel.components_.astype(np.float32),
            kernel.normalization_.astype(np.float32),
            LinearWeights.dense(by_sentence.coef_, by_sentence.intercept_),
        )

    def probabilities(self, rows: csr_matrix, vectors: Vectors) -> npt.NDArray[np.float64]:
        """How likely each text, read as a whole, is urgent: 0 to 1."""
        squares = 2.0 - 2.0 * (vectors @ self._landmarks.T)  # of unit vectors
        mapped = np.exp(-KERNEL_WIDTH * squares) @ self._normaliser.T
        margins = WORDS_SHARE * self.words.margins(rows) + self._sentences.margins(mapped)
        probabilities: npt.NDArray[np.float64] = 1.0 / (1.0 + np.exp(-STEEPNESS * margins.ravel()))
        return probabilities

    def save(self, folder: Path) -> None:
        """Write the model into a folder."""
        self.words.save(folder / _WORDS)
        self._sentences.save(folder / _SENTENCES)
        np.savez(folder / _KERNEL, landmarks=self._landmarks, normaliser=self._normaliser)

    @classmethod
    def load(cls, folder: Path) -> UrgencyModel:
        """Read what :meth:`save` wrote; nothing in the files is run."""
        with np.load(folder / _KERNEL, allow_pickle=False) as kernel:
            landmarks, normaliser = kernel["landmarks"], kernel["normaliser"]
        words = LinearWeights.load(folder / _WORDS)
        return cls(words, landmarks, normaliser, LinearWeights.load(folder / _SENTENCES))
