"""Urgency by learned example: a logistic regression over sentence vectors and word groups.

Needs no Rasa. A message is read in windows (the whole of it, each sentence, two and
three sentences in a row), because the urgent fact may be one clause of a long message
whose whole is about something else; the most urgent window counts.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any, NamedTuple, Optional, Sequence

import numpy as np
import numpy.typing as npt
import skops.io
from scipy.sparse import csr_matrix, hstack
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression

from assistant.nlu.encoder import Vectors, shared_encoder
from assistant.nlu.urgency_patterns import split_sentences

NOT_URGENT = "not-urgent"

# Weight of the sentence vector against the word groups, and the inverse penalty. Chosen by
# cross-validation on the training examples: docs/understanding.md.
VECTOR_WEIGHT = 5.0
INVERSE_PENALTY = 10.0
LONGEST_WINDOW = 3  # sentences

_FILE = "urgency.skops"


class Urgency(NamedTuple):
    """The likeliest urgent situation of a message and the probability that it is urgent."""

    situation: str
    probability: float


class UrgencyModel:
    """A trained model. Make one with :meth:`fit` or :meth:`load`."""

    def __init__(self, words: TfidfVectorizer, classifier: LogisticRegression) -> None:
        self._words = words
        self._classifier = classifier

    @classmethod
    def fit(
        cls,
        texts: Sequence[str],
        labels: Sequence[str],
        vectors: Optional[Vectors] = None,
    ) -> "UrgencyModel":
        """Learn from examples.

        Args:
            texts: the messages.
            labels: for each the urgent id, or ``NOT_URGENT``.
            vectors: their unit sentence vectors, if they are already known.
        """
        words = TfidfVectorizer(ngram_range=(1, 3), min_df=2, sublinear_tf=True)
        words.fit(texts)
        classifier = LogisticRegression(C=INVERSE_PENALTY, max_iter=2000)
        known = vectors if vectors is not None else shared_encoder().encode(texts)
        classifier.fit(_features(words, texts, known), list(labels))
        return cls(words, classifier)

    def read(self, text: str) -> Urgency:
        """How urgent a message is, by its most urgent window."""
        return self.read_windows(windows(text))

    def read_windows(
        self, parts: Sequence[str], vectors: Optional[Vectors] = None
    ) -> Urgency:
        """How urgent the most urgent of these windows is."""
        known = vectors if vectors is not None else shared_encoder().encode(parts)
        features = _features(self._words, parts, known)
        probabilities: npt.NDArray[np.float64] = self._classifier.predict_proba(features)
        classes = list(self._classifier.classes_)
        none = classes.index(NOT_URGENT)
        most = int(np.argmin(probabilities[:, none]))
        urgent = probabilities[most].copy()
        urgent[none] = -1.0
        situation = classes[int(np.argmax(urgent))]
        return Urgency(situation, float(1.0 - probabilities[most, none]))

    def save(self, folder: Path) -> None:
        """Write the model into a folder."""
        skops.io.dump((self._words, self._classifier), folder / _FILE)

    @classmethod
    def load(cls, folder: Path) -> "UrgencyModel":
        """Read what :meth:`save` wrote; no code in the file is executed.

        Raises:
            skops.io.exceptions.UntrustedTypesFoundException: the file is not one of ours.
        """
        words, classifier = skops.io.load(folder / _FILE, trusted=_TRUSTED)
        return cls(words, classifier)


# Types that scikit-learn's vectorizer holds and that skops does not know by itself.
_TRUSTED: list[str] = ["numpy.dtype"]


def windows(text: str) -> list[str]:
    """The whole message, then its sentences and runs of up to three sentences."""
    sentences = split_sentences(text)
    runs = [
        " ".join(sentences[start : start + size])
        for size in range(1, LONGEST_WINDOW + 1)
        for start in range(len(sentences) - size + 1)
    ]
    return list(dict.fromkeys([text, *runs]))


def _features(words: TfidfVectorizer, texts: Sequence[str], vectors: Vectors) -> Any:
    return hstack([words.transform(texts), csr_matrix(VECTOR_WEIGHT * vectors)]).tocsr()
